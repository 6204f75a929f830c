//! Titles that are longer than a line, parted as GB/T 9704-2012 (7.3.1) asks: no word is broken, and the lines make a
//! trapezium or a diamond, of sensible lengths. The breaks are written into the document, so that every reader has the
//! same. Where the author has set breaks, they stand.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::inline;
use super::measure::ems;
use crate::document::{Content, Kinsoku, ParagraphStyleId, Run};
use crate::style::Style;

/// More lines than this no title has; such a text is left to break by itself.
const MOST_LINES: usize = 4;
/// Longer texts are no titles.
const MOST_CHARACTERS: usize = 120;
/// What a Latin letter or digit may be wider than [`ems`] takes it for.
const LATIN_SLACK_EM: f64 = 0.12;
/// Lines whose lengths differ by less look like a rectangle.
const ALIKE_EM: f64 = 1.0;

/// The harm of a break, and of a shape; a line two ems from the mean does one of harm less than [`AT_WORD`].
const AT_WORD: f64 = 3.0;
/// Between characters that each are a word: as likely as not the name of a place.
const BETWEEN_CHARACTERS: f64 = 9.0;
/// Where one line ends in 和 and the like.
const AFTER_LINK: f64 = 6.0;
/// Where one begins with it.
const BEFORE_LINK: f64 = 3.0;
const IN_WORD: f64 = 60.0;
const ONE_MORE_LINE: f64 = 25.0;
const RECTANGLE: f64 = 2.0;
/// The middle line is the shortest.
const HOURGLASS: f64 = 40.0;

/// The title's runs with line breaks where it is longer than a line of the type area in a style.
pub(super) fn in_lines(runs: Vec<Run>, of_style: ParagraphStyleId, style: &Style) -> Vec<Run> {
    let character = style.sheet.style_character_format(of_style);
    let line_em = style.page.text_width().to_pt() / (character.size + character.spacing).to_pt().max(1.0);
    balance(runs, line_em, &style.sheet.typography.kinsoku)
}

/// The title's runs with line breaks, if it does not fit a line of so many ems.
pub(super) fn balance(runs: Vec<Run>, line_em: f64, kinsoku: &Kinsoku) -> Vec<Run> {
    let text = inline::text_of(&runs);
    if text.contains('\n') || text.chars().count() > MOST_CHARACTERS {
        return runs;
    }
    let title = Title::new(&text, line_em, kinsoku);
    let all = title.characters.len();
    if title.fits(0, all) {
        return runs;
    }
    let mut best: Option<(f64, Vec<usize>)> = None;
    let fewest = (title.width(0, all) / line_em).ceil().max(2.0) as usize;
    for lines in fewest..=MOST_LINES {
        title.try_breaks(lines, &mut Vec::new(), (lines - fewest) as f64 * ONE_MORE_LINE, &mut best);
    }
    best.map_or(runs.clone(), |(_, breaks)| broken(runs, &breaks))
}

/// A title being parted.
struct Title {
    characters: Vec<char>,
    /// Width of the text before each character, in ems, and after the last.
    widths: Vec<f64>,
    /// Latin letters and digits before each character, and after the last.
    latin: Vec<usize>,
    line_em: f64,
    /// The harm of a break before each character; `None` where there may be none.
    harm: Vec<Option<f64>>,
}

impl Title {
    fn new(text: &str, line_em: f64, kinsoku: &Kinsoku) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let before: Vec<&str> = starts.filter_map(|at| text.get(..at)).collect();
        let latin = before.iter().map(|before| before.chars().filter(char::is_ascii_alphanumeric).count());
        let words = words(&characters);
        let harm = (0..characters.len()).map(|at| harm(&characters, &words, at, kinsoku));
        Self {
            widths: before.iter().map(|before| ems(before)).collect(),
            latin: latin.collect(),
            line_em,
            harm: harm.collect(),
            characters,
        }
    }

    fn width(&self, from: usize, to: usize) -> f64 {
        let at = |at: usize| self.widths.get(at).copied().unwrap_or_default();
        at(to) - at(from)
    }

    fn fits(&self, from: usize, to: usize) -> bool {
        let at = |at: usize| self.latin.get(at).copied().unwrap_or_default();
        self.width(from, to) + (at(to) - at(from)) as f64 * LATIN_SLACK_EM <= self.line_em
    }

    /// Tries every way to end the lines that are left, and keeps the one that does least harm.
    fn try_breaks(&self, left: usize, breaks: &mut Vec<usize>, harm: f64, best: &mut Option<(f64, Vec<usize>)>) {
        if best.as_ref().is_some_and(|(least, _)| harm >= *least) {
            return;
        }
        let (from, all) = (breaks.last().copied().unwrap_or(0), self.characters.len());
        if left == 1 {
            if self.fits(from, all) {
                let harm = harm + self.harm_of_shape(breaks);
                if best.as_ref().is_none_or(|(least, _)| harm < *least) {
                    *best = Some((harm, breaks.clone()));
                }
            }
            return;
        }
        for to in from + 1..all {
            if !self.fits(from, to) {
                return;
            }
            let Some(Some(own)) = self.harm.get(to) else { continue };
            breaks.push(to);
            self.try_breaks(left - 1, breaks, harm + own, best);
            breaks.pop();
        }
    }

    /// Lines of about one length, but no rectangle and no hourglass.
    fn harm_of_shape(&self, breaks: &[usize]) -> f64 {
        let ends = breaks.iter().copied().chain([self.characters.len()]);
        let mut from = 0;
        let lengths: Vec<f64> = ends.map(|to| self.width(std::mem::replace(&mut from, to), to)).collect();
        let mean = lengths.iter().sum::<f64>() / lengths.len() as f64;
        let mut harm: f64 = lengths.iter().map(|length| (length - mean).powi(2) / 2.0).sum();
        let alike = |pair: &[f64]| matches!(pair, [a, b] if (a - b).abs() < ALIKE_EM);
        if lengths.windows(2).all(alike) {
            harm += RECTANGLE;
        }
        let narrow = |lines: &[f64]| matches!(lines, [a, b, c] if *b + ALIKE_EM < a.min(*c));
        harm + lengths.windows(3).filter(|lines| narrow(lines)).count() as f64 * HOURGLASS
    }
}

/// The words that titles of official documents are made of; names are not among them.
const WORDS: &str = include_str!("title_words.txt");
/// No word of them is longer.
const LONGEST_WORD: usize = 7;

/// Length of the word that each character begins, in characters; 0 within a word. What is not in the list is words of one
/// character, runs of Latin letters and digits apart.
fn words(text: &[char]) -> Vec<usize> {
    static KNOWN: OnceLock<HashSet<&str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| WORDS.split_whitespace().collect());
    let mut words = Vec::with_capacity(text.len());
    while let Some(first) = text.get(words.len()) {
        let rest = text.get(words.len()..).unwrap_or_default();
        let latin = rest.iter().take_while(|c| c.is_ascii_alphanumeric()).count();
        let is_known = |length: &usize| {
            rest.get(..*length).is_some_and(|word| known.contains(word.iter().collect::<String>().as_str()))
        };
        let length =
            if first.is_ascii_alphanumeric() { latin } else { (2..=LONGEST_WORD).rev().find(is_known).unwrap_or(1) };
        words.extend((0..length).map(|at| if at == 0 { length } else { 0 }));
    }
    words
}

/// How bad a break before the character at `at` would be; `None` where there may be none.
fn harm(text: &[char], words: &[usize], at: usize, kinsoku: &Kinsoku) -> Option<f64> {
    let (before, after) = (*text.get(at.checked_sub(1)?)?, *text.get(at)?);
    let latin = |c: char| c.is_ascii_alphanumeric();
    let holds = kinsoku.not_at_start.contains(after) || kinsoku.not_at_end.contains(before) || after == ' ';
    // a number holds to its unit, and no line begins with what belongs to the line above
    if holds || latin(before) && latin(after) || before.is_ascii_digit() || "的了等之".contains(after) {
        return None;
    }
    let links = |c: char| "和与及或并、".contains(c);
    let link = match (links(before), links(after)) {
        (true, _) => AFTER_LINK,
        (false, true) => BEFORE_LINK,
        (false, false) => 0.0,
    };
    let length = words.get(at).copied().unwrap_or(1);
    // a number opens a phrase (2023年…), a mark or a space closes one, and so does what a title is about
    let phrase_ends = !before.is_alphanumeric() || after.is_ascii_digit();
    let about = at >= 2 && text.get(at - 2..at) == Some(&['关', '于']);
    let single = length == 1 && at.checked_sub(1).and_then(|before| words.get(before)) == Some(&1);
    Some(match length {
        0 => IN_WORD,
        _ if about => 0.0,
        _ if phrase_ends => link,
        _ if single && before != '的' => BETWEEN_CHARACTERS + link,
        _ => AT_WORD + link,
    })
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
    fn words_are_whole_and_lines_make_a_shape() {
        for (title, wanted) in [
            (
                "云江师范学院附属中学与兰渚区教师发展中心联合办学实验初级中学2023年党建工作总结",
                "云江师范学院附属中学与兰渚区教师发展中心|联合办学实验初级中学2023年党建工作总结",
            ),
            (
                "云江市教育局关于做好全市教育系统年度总结工作的通知",
                "云江市教育局关于做好全市|教育系统年度总结工作的通知",
            ),
            (
                "关于进一步加强和改进全市教育系统基层党组织建设工作的若干意见（征求意见稿）的通知",
                "关于进一步加强和改进全市|教育系统基层党组织建设工作的|若干意见（征求意见稿）的通知",
            ),
        ] {
            assert_eq!(lines(title).join("|"), wanted);
        }
    }

    #[test]
    fn three_lines_are_no_hourglass() {
        let title =
            "中共云江市委教育工作委员会关于进一步加强和改进全市教育系统基层党组织建设和党员教育管理监督工作的若干意见";
        let lengths: Vec<f64> = lines(title).iter().map(|line| ems(line)).collect();
        let [first, middle, last] = lengths[..] else { panic!("{:?}", lines(title)) };
        assert!(middle >= first.min(last) - ALIKE_EM, "{:?}", lines(title));
    }

    #[test]
    fn breaks_of_the_author_stand() {
        assert_eq!(
            lines("云江市教育局\n关于做好全市教育系统年度总结工作的通知"),
            ["云江市教育局", "关于做好全市教育系统年度总结工作的通知"]
        );
    }

    #[test]
    fn a_text_that_no_break_helps_is_left_alone() {
        let word = "A".repeat(60);
        assert_eq!(lines(&word), [word.as_str()]);
    }
}
