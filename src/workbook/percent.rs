//! Numbers that a workbook shows as percentages: 0.9 as 90%.

/// Whether a number format shows numbers as percentages. A percent sign in quotes, after a backslash or as a filling
/// is a character like any other: `0"%"` shows 90 as 90%.
pub(super) fn is_percent_format(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => return true,
            // What follows is for negative numbers.
            ';' => return false,
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '[' => drop(chars.by_ref().find(|c| *c == ']')),
            '\\' | '_' | '*' => drop(chars.next()),
            _ => {}
        }
    }
    false
}

/// Whether one of Excel's own number formats does.
pub(super) fn is_percent_number(format: u16) -> bool {
    matches!(format, 9 | 10)
}

/// A share in percent, without the dust of binary fractions: 57 for 0.57, which times a hundred is 56.99999999999999.
pub fn in_percent(share: f64) -> f64 {
    format!("{share}e2").parse().unwrap_or(share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_percentages_are_told_from_signs_that_are_mere_characters() {
        for code in ["0%", "0.00%", "0.0%;[Red]-0.0%", "[Red]0%", "0.0 %", "_ * 0%_ ", "\"约\"0%", "#,##0.0\\ %"] {
            assert!(is_percent_format(code), "{code}");
        }
        for code in ["General", "0.00", "0\"%\"", "0\\%", "0_%", "[$%]0", "0;-0%", "", "0\"", "0\\"] {
            assert!(!is_percent_format(code), "{code}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_share_with_few_decimals_is_a_percentage_with_two_decimals_less(ten_thousandths in -1_000_000_i32..1_000_000) {
            let share: f64 = (f64::from(ten_thousandths) / 1e4).to_string().parse().unwrap();
            proptest::prop_assert_eq!(in_percent(share), f64::from(ten_thousandths) / 1e2);
        }

        #[test]
        fn any_number_at_all_has_a_percentage(share: f64) {
            let expected = share * 100.0;
            let percent = in_percent(share);
            let near = (percent - expected).abs() <= expected.abs() * 1e-15 || !expected.is_finite() || share.abs() < 1e-300;
            proptest::prop_assert!(near, "{share}: {percent}");
        }
    }
}
