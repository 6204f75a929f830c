//! A text cut into runs such that every reader sets each character in the face that we set it in.

use std::ops::Range;

use crate::document::{Script, Signs, is_symbol, scripts_with};

/// A stretch of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it is in the text.
    pub range: Range<usize>,
    /// Its face.
    pub script: Script,
    /// Whether readers may take some of it for the other script, so that its run has to name its face for all.
    pub doubtful: bool,
    /// Whether it is symbols, which have a face of their own.
    pub symbols: bool,
}

/// Cuts a text so that a run needs one face only where readers would differ; neighbours without doubt stay together.
pub fn stretches(text: &str, wide_quotes: bool) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (range, script) in scripts_with(text, Signs { wide_quotes, ..Signs::default() }) {
        for (symbols, range) in by_symbols(text, range) {
            let doubtful = symbols || text[range.clone()].chars().any(|c| is_doubtful(c, script));
            match stretches.last_mut() {
                Some(last) if !last.doubtful && !doubtful => last.range.end = range.end,
                _ => stretches.push(Stretch { range, script, doubtful, symbols }),
            }
        }
    }
    stretches
}

/// A stretch of one script, cut where symbols begin and end; whether each part is symbols.
fn by_symbols(text: &str, mut rest: Range<usize>) -> impl Iterator<Item = (bool, Range<usize>)> {
    std::iter::from_fn(move || {
        let symbols = is_symbol(text[rest.clone()].chars().next()?);
        let end = text[rest.clone()].find(|c| is_symbol(c) != symbols).map_or(rest.end, |length| rest.start + length);
        let part = rest.start..end;
        rest.start = end;
        Some((symbols, part))
    })
}

/// Word, WPS and LibreOffice choose a face by character, by neighbours or by language, each in its own way, for signs
/// that both scripts use; and spaces go with the Latin face everywhere, which is not where they stand after a Han
/// character here.
fn is_doubtful(c: char, script: Script) -> bool {
    match script {
        Script::EastAsian => matches!(u32::from(c), 0..0x2E80 | 0xE000..=0xF8FF | 0x1F000..=0x1FFFF),
        Script::Latin => matches!(u32::from(c), 0x2000..0x2E80),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, bool)> {
        stretches(text, true).into_iter().map(|stretch| (&text[stretch.range], stretch.doubtful)).collect()
    }

    #[test]
    fn plain_chinese_with_figures_stays_one_run() {
        assert_eq!(cut("全市共有党支部12个，党员A1类345名。"), [("全市共有党支部12个，党员A1类345名。", false)]);
    }

    #[test]
    fn marks_that_readers_differ_on_name_their_face() {
        assert_eq!(cut("“三会一课”"), [("“三会一课”", true)]);
        assert_eq!(cut("2023年—2024年"), [("2023", false), ("年—", true), ("2024年", false)]);
        assert_eq!(cut("共 12 所"), [("共 ", true), ("12 所", false)]);
        assert_eq!(cut("don’t"), [("don’t", true)]);
    }

    #[test]
    fn symbols_are_runs_of_their_own() {
        let symbols = |text| {
            stretches(text, true)
                .into_iter()
                .filter(|s| s.symbols)
                .map(|s| (s.range.start, s.range.end))
                .collect::<Vec<_>>()
        };
        assert_eq!(cut("是☑否☐，√"), [("是", false), ("☑", true), ("否", false), ("☐", true), ("，√", true)]);
        assert_eq!(symbols("是☑☐否"), [(3, 9)]);
        assert!(symbols("□是■否√").is_empty());
    }
}
