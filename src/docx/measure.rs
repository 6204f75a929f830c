//! Lengths in the units of the file, within what word processors accept.

use crate::document::{Border, BorderLine, Length};
use docx_rs::BorderType;

/// 22 inches: Word's largest page, and no length on it is longer.
const MOST_TWIPS: i32 = 31_680;

/// Twentieths of a point.
pub fn twips(length: Length) -> i32 {
    length.to_twips().clamp(-MOST_TWIPS, MOST_TWIPS)
}

/// Twentieths of a point; what is negative is nothing.
pub fn positive_twips(length: Length) -> u32 {
    u32::try_from(twips(length)).unwrap_or(0)
}

/// As [`positive_twips`], as docx-rs takes widths.
pub fn width(length: Length) -> usize {
    positive_twips(length) as usize
}

/// Half points, in which font sizes are given; Word knows 1 to 3276.
pub fn half_points(size: Length) -> usize {
    (size.to_pt() * 2.0).round().clamp(1.0, 3276.0) as usize
}

/// Half points, in which raised text is told; Word knows 1638 points up and down.
pub fn signed_half_points(rise: Length) -> i64 {
    (rise.to_pt() * 2.0).round().clamp(-3276.0, 3276.0) as i64
}

/// Points, in which a paragraph's rule stands off its text; Word knows 0 to 31.
pub fn border_space(space: Length) -> usize {
    space.to_pt().round().clamp(0.0, 31.0) as usize
}

/// Eighths of a point, in which rules are measured; Word knows 2 to 96.
pub fn border_size(border: &Border) -> usize {
    (border.width.to_pt() * 8.0).round().clamp(2.0, 96.0) as usize
}

/// How a rule is drawn.
pub fn border_type(line: BorderLine) -> BorderType {
    match line {
        BorderLine::Single => BorderType::Single,
        BorderLine::Double => BorderType::Double,
        BorderLine::Triple => BorderType::Triple,
        BorderLine::Dashed => BorderType::Dashed,
        BorderLine::Dotted => BorderType::Dotted,
        BorderLine::None => BorderType::Nil,
    }
}
