//! How the cells of a table's column are aligned by the kind of what stands in them: figures by their decimal point, dates
//! and row numbers in the middle.
//!
//! Figures are at the right already; those with fewer decimals than others of the column get the room of what they lack
//! as an indent, so that every reader has the points below each other. A tab stop would leave that to the reader.

use crate::document::Align;

/// Width of a figure and of a point, in ems.
const DIGIT_EM: f64 = 0.5;
const POINT_EM: f64 = 0.25;
/// Heads a column of row numbers.
const ROW_NUMBERS: &str = "序号";

/// What stands in a cell; nothing if it has nothing to say.
pub(super) struct Entry {
    pub text: String,
    /// It stands where numbers do.
    pub number: bool,
}

/// Where a cell's content stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Placing {
    /// If not as its style has it.
    pub align: Option<Align>,
    /// Room at its right, in ems.
    pub after_em: f64,
}

/// The cells of a column.
pub(super) fn column(heading: &str, entries: &[Entry]) -> Vec<Placing> {
    let centred = vec![Placing { align: Some(Align::Center), after_em: 0.0 }; entries.len()];
    let mut told = entries.iter().filter(|entry| !entry.text.is_empty()).peekable();
    if heading.trim() == ROW_NUMBERS {
        return centred;
    }
    if told.peek().is_some() && told.all(|entry| !entry.number && is_date(&entry.text)) {
        return centred;
    }
    by_point(entries).unwrap_or_else(|| vec![Placing::default(); entries.len()])
}

/// The cells of a column of figures that do not all have as many decimals, with one unit or none.
fn by_point(entries: &[Entry]) -> Option<Vec<Placing>> {
    let figures: Vec<Option<(usize, &str)>> = entries
        .iter()
        .map(|entry| if entry.text.is_empty() { Some(None) } else { figure(entry).map(Some) })
        .collect::<Option<_>>()?;
    let mut told = figures.iter().flatten();
    let (first, unit) = told.next()?;
    let mut most = *first;
    for (decimals, other) in told {
        if other != unit {
            return None;
        }
        most = most.max(*decimals);
    }
    let room = |decimals: usize| match (most - decimals.min(most), decimals) {
        (0, _) => 0.0,
        (lacking, 0) => lacking as f64 * DIGIT_EM + POINT_EM,
        (lacking, _) => lacking as f64 * DIGIT_EM,
    };
    let place = |figure: Option<(usize, &str)>| Placing {
        align: None,
        after_em: room(figure.map_or(0, |(decimals, _)| decimals)),
    };
    Some(figures.into_iter().map(place).collect())
}

/// How many decimals a figure has, and what follows it.
fn figure(entry: &Entry) -> Option<(usize, &str)> {
    let text = entry.text.trim().trim_start_matches(['-', '−', '－', '+', '＋', '￥', '¥']);
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let sound = entry.number && whole.starts_with(|c: char| c.is_ascii_digit()) && !decimals.contains(['.', ',']);
    (sound && !unit.contains(|c: char| c.is_ascii_digit())).then_some((decimals.len(), unit))
}

/// Whether a text is a day or a month: 2023年4月15日, 2023-04, 2023.4.15.
fn is_date(text: &str) -> bool {
    let text = text.trim();
    let year = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(year..).unwrap_or_default();
    year == 4
        && rest.starts_with(['年', '-', '.', '/'])
        && rest.contains(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || "年月日-./".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(heading: &str, number: bool, texts: &[&str]) -> Vec<Placing> {
        let entry = |text: &&str| Entry { text: (*text).to_owned(), number };
        column(heading, &texts.iter().map(entry).collect::<Vec<_>>())
    }

    fn rooms(texts: &[&str]) -> Vec<f64> {
        placed("党费", true, texts).into_iter().map(|placing| placing.after_em).collect()
    }

    #[test]
    fn points_stand_below_each_other() {
        assert_eq!(rooms(&["1,234.5", "12", "0.25", "", "-3.1"]), [0.5, 1.25, 0.0, 1.25, 0.5]);
        assert_eq!(rooms(&["45.2%", "50%"]), [0.0, 0.75]);
    }

    #[test]
    fn figures_of_one_kind_and_those_of_several_units_stay() {
        assert_eq!(rooms(&["12", "3", "1,000"]), [0.0; 3]);
        assert_eq!(rooms(&["1.5万", "300元"]), [0.0; 2]);
        assert_eq!(rooms(&["1.5", "约3"]), [0.0; 2]);
        assert_eq!(rooms(&["1.2.3", "4"]), [0.0; 2]);
        assert_eq!(rooms(&[]), [0.0; 0]);
    }

    #[test]
    fn dates_and_row_numbers_stand_in_the_middle() {
        let centred = |heading, number, texts: &[&str]| {
            placed(heading, number, texts).iter().all(|placing| placing.align == Some(Align::Center))
        };
        assert!(centred("时间", false, &["2023年4月15日", "", "2023-04", "2023.4.15"]));
        assert!(centred("序号", true, &["1", "2"]));
        assert!(!centred("文号", false, &["2023年第3号"]));
        assert!(!centred("年度", true, &["2023"]));
        assert!(!centred("版本", false, &["2023年", "一"]));
    }
}
