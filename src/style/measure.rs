//! Lengths as a style file writes them: `28.95pt`, `37mm`, `三号`, `2字`.

use crate::document::{Indent, Length};

/// The Chinese names of type sizes, in points.
const SIZES: [(&str, f64); 16] = [
    ("初号", 42.0),
    ("小初", 36.0),
    ("一号", 26.0),
    ("小一", 24.0),
    ("二号", 22.0),
    ("小二", 18.0),
    ("三号", 16.0),
    ("小三", 15.0),
    ("四号", 14.0),
    ("小四", 12.0),
    ("五号", 10.5),
    ("小五", 9.0),
    ("六号", 7.5),
    ("小六", 6.5),
    ("七号", 5.5),
    ("八号", 5.0),
];

/// No length of a style is longer, so that sums stay far from overflowing.
const LONGEST_PT: f64 = 3000.0;

/// A size of type: by its Chinese name, or a length.
pub(super) fn size(text: &str) -> Option<Length> {
    let named = SIZES.into_iter().find(|(name, _)| *name == text.trim()).map(|(_, pt)| Length::pt(pt));
    named.or_else(|| length(text)).filter(|size| (1.0..=400.0).contains(&size.to_pt()))
}

/// A length with its unit.
pub(super) fn length(text: &str) -> Option<Length> {
    let (number, unit) = split(text)?;
    let pt_per_unit = match unit {
        "pt" | "磅" => 1.0,
        "mm" | "毫米" => 72.0 / 25.4,
        "cm" | "厘米" => 720.0 / 25.4,
        "in" | "英寸" => 72.0,
        _ => return None,
    };
    (number.abs() * pt_per_unit <= LONGEST_PT).then(|| match unit {
        "mm" | "毫米" => Length::mm(number),
        "cm" | "厘米" => Length::mm(number * 10.0),
        _ => Length::pt(number * pt_per_unit),
    })
}

/// An indent: a number of characters, with or without 字, or a length.
pub(super) fn indent(text: &str) -> Option<Indent> {
    match split(text)? {
        (number, "" | "字" | "字符" | "em") => (number.abs() <= 100.0).then_some(Indent::Chars(number)),
        _ => length(text).map(Indent::Length),
    }
}

fn split(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '.' | '-' | '+')).unwrap_or(text.len());
    let number: f64 = text[..end].parse().ok()?;
    Some((number, text[end..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_chinese_names() {
        assert_eq!(size("三号"), Some(Length::pt(16.0)));
        assert_eq!(size("小四"), size("12pt"));
        assert_eq!(size("16"), None);
        assert_eq!(size("0pt"), None);
    }

    #[test]
    fn a_length_has_a_unit() {
        assert_eq!(length("28.95 pt"), Some(Length::twips(579)));
        assert_eq!(length("3.7厘米"), length("37mm"));
        assert_eq!(length("-0.25磅"), Some(Length::twips(-5)));
        for text in ["28", "28px", "", "mm", "1e9mm", "9999mm", "1.2.3mm"] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn an_indent_is_counted_in_characters_or_measured() {
        assert_eq!(indent("2"), Some(Indent::Chars(2.0)));
        assert_eq!(indent("2字"), Some(Indent::Chars(2.0)));
        assert_eq!(indent("8mm"), Some(Indent::Length(Length::mm(8.0))));
        assert_eq!(indent("二字"), None);
    }
}
