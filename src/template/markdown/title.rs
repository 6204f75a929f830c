//! Titles that are longer than a line: parted into lines of about one length, preferring ends of phrases
//! and never within a number, near what GB/T 9704-2012 (7.3.1) asks for. The breaks are written into the document, so that every reader has the same.

use super::inline;
use super::measure::ems;
use crate::document::{Content, Kinsoku, Run};

/// More lines than this no title has; such a text is left to break by itself.
const MOST_LINES: usize = 4;
/// Longer texts are no titles.
const MOST_CHARACTERS: usize = 120;
/// What a Latin letter or digit may be wider than [`ems`] takes it for.
const LATIN_SLACK_EM: f64 = 0.12;
/// A break where no phrase seems to end is as bad as a line this far, in ems, from the mean.
const WITHIN_PHRASE_EM: f64 = 2.5;

/// The title's runs with line breaks, if it does not fit a line of so many ems.
pub(super) fn balance(runs: Vec<Run>, line_em: f64, kinsoku: &Kinsoku) -> Vec<Run> {
    let text: Vec<char> = inline::text_of(&runs).chars().collect();
    if text.contains(&'\n') || text.len() > MOST_CHARACTERS || fits(&text, line_em) {
        return runs;
    }
    let fewest = (width(&text) / line_em).ceil().max(2.0) as usize;
    let breaks = (fewest..=MOST_LINES).find_map(|lines| best(&text, lines, line_em, kinsoku));
    breaks.map_or(runs.clone(), |breaks| broken(runs, &breaks))
}

/// Where to break a text into so many lines; `None` if no way fits.
fn best(text: &[char], lines: usize, line_em: f64, kinsoku: &Kinsoku) -> Option<Vec<usize>> {
    let mean = width(text) / lines as f64;
    // ways[end]: the least cost of setting the text up to `end` in the lines so far, and the breaks.
    let mut ways: Vec<Option<(f64, Vec<usize>)>> = vec![None; text.len() + 1];
    if let Some(start) = ways.first_mut() {
        *start = Some((0.0, Vec::new()));
    }
    for line in 1..=lines {
        let mut next: Vec<Option<(f64, Vec<usize>)>> = vec![None; text.len() + 1];
        let last = line == lines;
        for (start, way) in ways.iter().enumerate() {
            let Some((cost, breaks)) = way else { continue };
            for end in start + 1..=text.len() {
                let part = text.get(start..end).unwrap_or_default();
                if !fits(part, line_em) {
                    break;
                }
                let at_end = end == text.len();
                let Some(harm) = (if at_end { Some(0.0) } else { harm(text, end, kinsoku) }) else { continue };
                if at_end != last {
                    continue;
                }
                let cost = cost + (width(part) - mean).powi(2) + harm;
                if next.get(end).is_some_and(|best| best.as_ref().is_none_or(|(least, _)| cost < *least))
                    && let Some(slot) = next.get_mut(end)
                {
                    let breaks = breaks.iter().copied().chain((!at_end).then_some(end)).collect();
                    *slot = Some((cost, breaks));
                }
            }
        }
        ways = next;
    }
    ways.pop().flatten().map(|(_, breaks)| breaks)
}

/// How bad a break before the character at `at` would be; `None` where there may be none.
fn harm(text: &[char], at: usize, kinsoku: &Kinsoku) -> Option<f64> {
    let (before, after) = (*text.get(at.checked_sub(1)?)?, *text.get(at)?);
    let latin = |c: char| c.is_ascii_alphanumeric();
    if kinsoku.not_at_start.contains(after) || kinsoku.not_at_end.contains(before) || (latin(before) && latin(after)) {
        return None;
    }
    // A number opens a phrase (2023年…), a mark or a space closes one; a number holds to its unit.
    let phrase_ends = !before.is_alphanumeric() || (after.is_ascii_digit() && !latin(before));
    let parts_number = before.is_ascii_digit();
    Some(if phrase_ends { 0.0 } else { WITHIN_PHRASE_EM.powi(2) * if parts_number { 4.0 } else { 1.0 } })
}

fn fits(text: &[char], line_em: f64) -> bool {
    let latin = text.iter().filter(|c| c.is_ascii_alphanumeric()).count();
    width(text) + latin as f64 * LATIN_SLACK_EM <= line_em
}

fn width(text: &[char]) -> f64 {
    ems(&text.iter().collect::<String>())
}

/// The runs with a line break before each of the characters, counted over all runs.
fn broken(runs: Vec<Run>, breaks: &[usize]) -> Vec<Run> {
    let mut parted = Vec::new();
    let mut at = 0;
    for run in runs {
        let Content::Text(text) = &run.content else {
            parted.push(run);
            continue;
        };
        let mut part = String::new();
        for c in text.chars() {
            if breaks.contains(&at) {
                if !part.is_empty() {
                    parted.push(Run { content: Content::Text(std::mem::take(&mut part)), ..run.clone() });
                }
                parted.push(Run { content: Content::LineBreak, ..run.clone() });
            }
            part.push(c);
            at += 1;
        }
        if !part.is_empty() {
            parted.push(Run { content: Content::Text(part), ..run.clone() });
        }
    }
    parted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(title: &str) -> Vec<String> {
        let runs = balance(vec![Run::text(title)], 20.1, &Kinsoku::default());
        inline::text_of(&runs).split('\n').map(str::to_owned).collect()
    }

    #[test]
    fn a_title_that_fits_is_one_line() {
        assert_eq!(lines("云江市第一中学2023年党建工作总结"), ["云江市第一中学2023年党建工作总结"]);
    }

    #[test]
    fn no_character_is_left_alone_on_the_last_line() {
        assert_eq!(lines("云江市信息工程职业学校2023年党建工作总结"), ["云江市信息工程职业学校", "2023年党建工作总结"]);
    }

    #[test]
    fn lines_are_of_about_one_length() {
        assert_eq!(
            lines("云江师范学院附属中学与兰渚区教师发展中心联合办学实验初级中学2023年党建工作总结"),
            ["云江师范学院附属中学与兰渚区教师发展中心", "联合办学实验初级中学2023年党建工作总结"]
        );
        let long = "关于进一步加强和改进全市教育系统基层党组织建设工作的若干意见（征求意见稿）的通知";
        assert_eq!(lines(long).len(), 2, "{:?}", lines(long));
        assert!(lines(long).iter().all(|line| !line.starts_with(['）', '的']) && !line.ends_with('（')));
    }

    #[test]
    fn a_text_that_no_break_helps_is_left_alone() {
        let word = "A".repeat(60);
        assert_eq!(lines(&word), [word.as_str()]);
    }
}
