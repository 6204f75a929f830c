//! Names of sheets that Excel takes.

use std::collections::HashSet;

/// Most UTF-16 units of a name.
const LONGEST: usize = 31;

/// A name for each sheet: without the characters that Excel refuses, not too long, no two alike where capitals do not
/// count.
pub(super) fn valid_and_unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    names
        .map(|name| {
            let base = valid(name);
            let mut unique = base.clone();
            let mut number = 2_usize;
            while !taken.insert(unique.to_lowercase()) {
                let ending = format!("({number})");
                unique = cut(&base, LONGEST - ending.len()) + &ending;
                number += 1;
            }
            unique
        })
        .collect()
}

fn valid(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\u{FFFE}' | '\u{FFFF}'))
        .collect();
    let kept = kept.trim_matches(['\'', ' ']);
    let kept = cut(kept, LONGEST);
    let kept = kept.trim_end_matches(['\'', ' ']);
    // Excel keeps History for itself.
    if kept.is_empty() || kept.eq_ignore_ascii_case("history") { format!("表{kept}") } else { kept.to_owned() }
}

fn cut(name: &str, units: usize) -> String {
    let mut left = units;
    let fitting = name.chars().take_while(|c| match left.checked_sub(c.len_utf16()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    fitting.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_excel_refuses_is_left_out_of_a_name() {
        let names = ["党员/队伍[2023]", "'引号'", "", "History", "党支部", "党支部"];
        let shown = valid_and_unique(names.into_iter());
        assert_eq!(shown, ["党员队伍2023", "引号", "表", "表History", "党支部", "党支部(2)"]);
    }

    #[test]
    fn long_names_that_begin_alike_stay_apart() {
        let long = "云江市第一实验小学教育集团滨江校区附属幼儿园党支部委员会第二党小组";
        let names = valid_and_unique([long, long].into_iter());
        assert_eq!(names[0].chars().count(), 31);
        assert_eq!(names[1], "云江市第一实验小学教育集团滨江校区附属幼儿园党支部委员会(2)");
    }

    proptest! {
        #[test]
        fn any_names_become_names_that_excel_takes(names in prop::collection::vec(".{0,40}", 0..12)) {
            let made = valid_and_unique(names.iter().map(String::as_str));
            let folded: HashSet<_> = made.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(folded.len(), names.len());
            for name in made {
                prop_assert!(rust_xlsxwriter::utility::check_sheet_name(&name).is_ok(), "{}", name);
            }
        }
    }
}
