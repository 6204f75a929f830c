//! Lengths made safe to add up, and on Word's own steps.

use crate::document::Length;

/// The largest length that a document may ask for, in twips (about 35 m): sums of any number of them stay whole.
const MAX_TWIPS: i32 = 2_000_000;

/// A length as the .docx has it: in whole twips, and within reason. Both outputs measure with this one value.
pub(super) fn snapped(length: Length) -> Length {
    Length::twips(length.to_twips().clamp(-MAX_TWIPS, MAX_TWIPS))
}

/// [`snapped`], and not negative.
pub(super) fn snapped_positive(length: Length) -> Length {
    snapped(length).max(Length::ZERO)
}

/// A font size: between one point and Word's largest.
pub(super) fn font_size(size: Length) -> Length {
    size.clamp(Length::twips(20), Length::twips(1638 * 20))
}

/// Whether a width fits, by Word's test: in whole twips, so that sums of rounded advances do not decide.
pub(super) fn fits(width: Length, available: Length) -> bool {
    whole_twips(width) <= whole_twips(available)
}

fn whole_twips(length: Length) -> i64 {
    length.to_emu().div_euclid(Length::twips(1).to_emu())
}

/// A part of a length in ems.
pub(super) fn ems(size: Length, em: f32) -> Length {
    size * f64::from(em)
}

/// `amount * part / whole`, rounded down, without overflow; nothing of nothing.
pub(super) fn share(amount: Length, part: i64, whole: i64) -> Length {
    if whole == 0 {
        return Length::ZERO;
    }
    let share = (i128::from(amount.to_emu()) * i128::from(part)).div_euclid(i128::from(whole));
    Length::emu(i64::try_from(share).unwrap_or(0))
}

/// Half of a length.
pub(super) fn half(length: Length) -> Length {
    Length::emu(length.to_emu().div_euclid(2))
}

/// In points, as pages have it.
pub(super) fn points(length: Length) -> f32 {
    length.to_pt() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_eight_characters_with_negative_spacing_fit_the_type_area() {
        let line = Length::pt(28.0 * 16.0 - 28.0 * 0.25);
        assert!(fits(line, Length::pt(442.2)));
        assert!(!fits(Length::pt(28.0 * 16.0), Length::pt(442.2)));
    }

    #[test]
    fn a_part_of_a_twip_does_not_break_a_line() {
        assert!(fits(Length::emu(840 * 635 + 600), Length::twips(840)));
        assert!(!fits(Length::emu(841 * 635), Length::twips(840)));
    }

    #[test]
    fn lengths_beyond_reason_are_cut_down() {
        assert_eq!(snapped(Length::emu(i64::MAX)), Length::twips(MAX_TWIPS));
        assert_eq!(snapped_positive(Length::emu(i64::MIN)), Length::ZERO);
    }
}
