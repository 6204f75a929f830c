//! Boxes to tick: `□ 是 ☑ 否`, `男□ 女☑`, `（√）同意 （ ）不同意`.

const OPEN: [char; 7] = ['□', '☐', '○', '◻', '▢', '◯', '〇'];
const TICKED: [char; 7] = ['☑', '☒', '■', '●', '▣', '◼', '🗹'];
const TICKS: [char; 5] = ['√', '✓', '✔', '×', '✕'];

/// What is ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ticked {
    /// The options that are ticked.
    pub(super) chosen: Vec<String>,
    /// How many options there are.
    pub(super) options: usize,
}

impl Ticked {
    /// What stands as the value.
    pub(super) fn value(&self) -> String {
        self.chosen.join("、")
    }
}

/// Whether a text has boxes to tick.
pub(super) fn has_boxes(text: &str) -> bool {
    read(text).is_some()
}

/// Reads the boxes of a text; nothing if it has none.
pub(super) fn read(text: &str) -> Option<Ticked> {
    if text.chars().count() > 200 {
        return None;
    }
    let text = with_plain_boxes(text);
    let is_box = |c: char| c == '□' || c == '☑';
    let text = text.trim();
    if !text.contains(is_box) || text.chars().all(|c| is_box(c) || c.is_whitespace()) {
        return None;
    }
    // The box stands before its option, or behind it if the text ends with one and does not begin with one.
    let behind = text.ends_with(is_box) && !text.starts_with(is_box);
    let mut chosen = Vec::new();
    let mut options = 0;
    let mut parts: Vec<(bool, &str)> = Vec::new();
    if behind {
        for part in text.split_inclusive(is_box) {
            parts.push((part.ends_with('☑'), part.trim_end_matches(is_box)));
        }
    } else {
        let mut rest = text.find(is_box).and_then(|first| text.get(first..)).unwrap_or_default();
        while let Some(sign) = rest.chars().next() {
            let after = rest.get(sign.len_utf8()..).unwrap_or_default();
            let end = after.find(is_box).unwrap_or(after.len());
            parts.push((sign == '☑', after.get(..end).unwrap_or_default()));
            rest = after.get(end..).unwrap_or_default();
        }
    }
    for (ticked, option) in parts {
        let option = option.trim_matches(|c: char| c.is_whitespace() || "_＿，、；;,：:".contains(c));
        options += usize::from(!option.is_empty());
        if ticked && !option.is_empty() {
            chosen.push(option.to_owned());
        }
    }
    (options > 0).then_some(Ticked { chosen, options })
}

/// All kinds of boxes as □ and ☑: a tick beside or in a box ticks it.
fn with_plain_boxes(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let has_boxes = chars.iter().any(|c| matches!(c, '□' | '☐' | '☑' | '☒' | '■' | '🗹'));
    let (brackets, ticked_brackets) = count_brackets(&chars);
    let brackets = ticked_brackets > 0 || brackets > 1;
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        if let Some((ticked, length)) = bracket(&chars, at).filter(|_| brackets) {
            plain.push(if ticked { '☑' } else { '□' });
            at += length;
            continue;
        }
        at += 1;
        // A circle may be a zero, and a tick alone is a yes.
        let round = matches!(c, '○' | '◯' | '〇' | '●');
        if OPEN.contains(&c) && (has_boxes || round && chars.contains(&'●')) && !(round && has_boxes) {
            let ticked = chars.get(at).is_some_and(|next| TICKS.contains(next) && *next != '×');
            at += usize::from(ticked);
            plain.push(if ticked { '☑' } else { '□' });
        } else if TICKED.contains(&c) && (has_boxes || round && chars.iter().any(|c| matches!(c, '○' | '◯'))) {
            plain.push('☑');
        } else if has_boxes && matches!(c, '√' | '✓' | '✔') {
            if plain.ends_with('□') {
                plain.pop();
            }
            // √□: the box that comes next is the ticked one.
            at += usize::from(chars.get(at).is_some_and(|next| OPEN.contains(next)));
            plain.push('☑');
        } else {
            plain.push(c);
        }
    }
    plain
}

fn count_brackets(chars: &[char]) -> (usize, usize) {
    let found = (0..chars.len()).filter_map(|at| bracket(chars, at));
    found.fold((0, 0), |(all, ticked), (is_ticked, _)| (all + 1, ticked + usize::from(is_ticked)))
}

/// （√）, [ ]: whether it is ticked, and how many characters it takes.
fn bracket(chars: &[char], at: usize) -> Option<(bool, usize)> {
    let close = match chars.get(at)? {
        '（' => '）',
        '(' => ')',
        '[' => ']',
        '【' => '】',
        '［' => '］',
        _ => return None,
    };
    let mut ticked = false;
    for (length, c) in chars.get(at + 1..)?.iter().take(6).enumerate() {
        match c {
            c if *c == close || (close == '）' && *c == ')') => return Some((ticked, length + 2)),
            c if c.is_whitespace() => {}
            c if TICKS.contains(c) => ticked = true,
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        read(text).map(|ticked| ticked.value())
    }

    #[test]
    fn what_is_ticked_is_the_value() {
        for (text, expected) in [
            ("□ 是 ☑ 否", "否"),
            ("男□ 女☑", "女"),
            ("☑男  □女", "男"),
            ("□是\n☑否", "否"),
            ("（√）同意 （ ）不同意", "同意"),
            ("同意（ ） 不同意（√）", "不同意"),
            ("□√是 □否", "是"),
            ("√□是 □否", "是"),
            ("√是 □否", "是"),
            ("[ ] 公办 [√] 民办", "民办"),
            ("●已缴 ○未缴", "已缴"),
            ("☑理论学习 □志愿服务 ☑其他：____", "理论学习、其他"),
            ("□ 是 □ 否", ""),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_tick_alone_and_empty_brackets_among_words_are_no_boxes() {
        for text in ["√", "×", "共（ ）人", "二〇二三年", "第一小学", "□", "☑"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[□☑√×○●（）() \\[\\]是否_：甲]{0,20}") {
            let _ = read(&text);
        }
    }
}
