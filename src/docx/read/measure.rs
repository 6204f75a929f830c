//! Lengths as the file writes them, within reason.

use crate::document::Length;

/// No length on paper is longer: 22 inches ten times over.
const MOST_POINTS: f64 = 15_840.0;

/// A number; none that is infinite or no number.
pub fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// Points.
pub fn points(points: f64) -> Length {
    Length::pt(points.clamp(-MOST_POINTS, MOST_POINTS))
}

/// Eighths of a point, in which rules are measured.
pub fn eighths(eighths: f64) -> Length {
    points(eighths / 8.0)
}

/// Twips, or a measure with its unit (`2.5cm`, `12pt`).
pub fn twips(text: &str) -> Option<Length> {
    let text = text.trim();
    let units = [("pt", 1.0), ("cm", 72.0 / 2.54), ("mm", 72.0 / 25.4), ("in", 72.0), ("pc", 12.0), ("pi", 12.0)];
    for (unit, worth) in units {
        if let Some(amount) = text.strip_suffix(unit) {
            return Some(points(number(amount)? * worth));
        }
    }
    number(text).map(|twips| points(twips / 20.0))
}

/// English Metric Units.
pub fn emu(text: &str) -> Option<Length> {
    number(text).map(|emu| points(emu / 12_700.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_may_have_units() {
        assert_eq!(twips("240"), Some(Length::pt(12.0)));
        assert_eq!(twips("1in"), Some(Length::pt(72.0)));
        assert_eq!(twips("NaN"), None);
        assert_eq!(emu("914400"), Some(Length::pt(72.0)));
        assert_eq!(twips("99999999999"), Some(Length::pt(15_840.0)));
    }
}
