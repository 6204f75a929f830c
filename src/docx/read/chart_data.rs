//! The figures and names that a chart keeps, and how it writes them.

use super::measure::number;
use super::tree::Element;
use crate::document::figure;

/// Reads a chart's figures, so many at most.
pub struct Cache {
    left: usize,
    full: bool,
}

/// The figures of a series.
#[derive(Debug, Default)]
pub struct Numbers {
    /// One a category; a missing one is a gap.
    pub values: Vec<Option<f64>>,
    /// How they are written, as a picture of Excel's; empty for as they are.
    pub form: String,
}

impl Cache {
    /// A reader of at most so many values.
    pub fn new(most: usize) -> Self {
        Self { left: most, full: false }
    }

    /// Whether there were more values.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// The points of a cache in their places.
    fn points<'e>(&mut self, cache: &'e Element) -> Vec<Option<&'e str>> {
        let place = |point: &Element| point.attribute("idx").and_then(|idx| idx.parse::<usize>().ok());
        let points = || cache.children_named("c:pt").filter_map(|point| Some((place(point)?, point.child("c:v")?)));
        let count = cache.child("c:ptCount").and_then(|count| count.attribute("val")?.parse::<usize>().ok());
        let last = points().map(|(at, _)| at.saturating_add(1)).max().unwrap_or(0);
        let count = count.unwrap_or(0).max(last);
        if count > self.left {
            self.full = true;
            return Vec::new();
        }
        self.left -= count;
        let mut found = vec![None; count];
        for (at, value) in points() {
            if let Some(place) = found.get_mut(at) {
                *place = Some(value.text.as_str());
            }
        }
        found
    }

    /// The figures of `c:val` or its like.
    pub fn numbers(&mut self, element: Option<&Element>) -> Numbers {
        let Some(cache) = element.and_then(|element| cache_of(element, &["c:numCache", "c:numLit"])) else {
            return Numbers::default();
        };
        let values = self.points(cache).into_iter().map(|text| number(text?)).collect();
        Numbers { values, form: picture(&form_of(cache)) }
    }

    /// The names of `c:cat`: texts, or figures and dates as they are written.
    pub fn names(&mut self, element: Option<&Element>) -> Vec<String> {
        let known = ["c:strCache", "c:strLit", "c:lvl", "c:numCache", "c:numLit"];
        let Some(cache) = element.and_then(|element| cache_of(element, &known)) else { return Vec::new() };
        let form = form_of(cache);
        let written = |text: Option<&str>| {
            let text = text.unwrap_or_default().trim();
            match number(text).filter(|_| cache.name.starts_with("c:num")) {
                Some(days) if is_date(&form) => date(days, &form),
                Some(number) if picture(&form).is_empty() => figure::plain(number),
                Some(number) => figure::as_picture(number, &picture(&form)),
                None => text.to_owned(),
            }
        };
        self.points(cache).into_iter().map(written).collect()
    }
}

/// The cache below an element; of several levels of names the innermost.
fn cache_of<'e>(element: &'e Element, names: &[&str]) -> Option<&'e Element> {
    names.iter().find_map(|name| element.find(name))
}

fn form_of(cache: &Element) -> String {
    cache.child("c:formatCode").map(|code| code.text.trim().to_owned()).unwrap_or_default()
}

/// A format code of Excel as a picture: conditions, colours and fillers have no meaning in a chart. Empty for figures as
/// they are.
pub fn picture(code: &str) -> String {
    if code.eq_ignore_ascii_case("general") || code == "@" {
        return String::new();
    }
    let mut picture = String::new();
    let mut signs = code.chars();
    let mut quoted = false;
    while let Some(sign) = signs.next() {
        match sign {
            '"' => {
                quoted = !quoted;
                picture.push(sign);
            }
            _ if quoted => picture.push(sign),
            '[' => {
                // what stands for a currency is written
                let inner: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                if let Some(currency) = inner.strip_prefix('$') {
                    picture.extend(currency.split('-').next());
                }
            }
            '\\' => picture.extend(signs.next().into_iter().flat_map(|sign| ['"', sign, '"'])),
            '_' | '*' => {
                signs.next();
            }
            _ => picture.push(sign),
        }
    }
    picture
}

fn is_date(code: &str) -> bool {
    figure::signs(&picture(code))
        .iter()
        .any(|(sign, quoted)| !quoted && matches!(sign, 'y' | 'm' | 'd' | 'Y' | 'M' | 'D'))
}

/// A day of Excel's calendar as a picture says.
fn date(days: f64, code: &str) -> String {
    // days since the first of March of the year 0, in which leap days end years
    let from = days.floor().clamp(-600_000.0, 3_000_000.0) as i64 + 693_899;
    let era = from.div_euclid(146_097);
    let of_era = from.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let signs = figure::signs(&picture(code));
    let same = |one: &(char, bool), other: &(char, bool)| {
        one.1 == other.1 && one.0.eq_ignore_ascii_case(&other.0) && one.0.is_ascii_alphabetic()
    };
    let mut text = String::new();
    for part in signs.chunk_by(same) {
        let Some((sign, quoted)) = part.first() else { continue };
        let width = if part.len() >= 2 { 2 } else { 1 };
        match (quoted, sign.to_ascii_lowercase()) {
            (false, 'y') if part.len() <= 2 => text += &format!("{:02}", year.rem_euclid(100)),
            (false, 'y') => text += &year.to_string(),
            (false, 'm') => text += &format!("{month:0width$}"),
            (false, 'd') if part.len() <= 2 => text += &format!("{day:0width$}"),
            (false, ';') => break,
            _ => text.extend(part.iter().map(|(sign, _)| sign)),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_the_chart_says() {
        for (days, code, text) in [
            (45_000.0, "yyyy\"年\"m\"月\"d\"日\"", "2023年3月15日"),
            (45_351.0, "yyyy\\-mm\\-dd", "2024-02-29"),
            (45_352.5, "yy/m/d;@", "24/3/1"),
            (36_526.0, "yyyy/mm", "2000/01"),
        ] {
            assert!(is_date(code));
            assert_eq!(date(days, code), text, "{code}");
        }
        assert!(!is_date("0.00\"d\"") && !is_date("General"));
    }

    #[test]
    fn a_format_code_becomes_a_picture() {
        for (code, text) in [
            ("General", ""),
            ("#,##0_ ", "#,##0"),
            ("[Red]0.0%", "0.0%"),
            ("[$￥-804]#,##0", "￥#,##0"),
            ("0\\万", "0\"万\""),
        ] {
            assert_eq!(picture(code), text);
        }
    }
}
