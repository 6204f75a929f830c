//! Reads what a style file says about lines of all styles.

use super::{format, problem};
use crate::document::StyleSheet;
use crate::settings::{Group, Reader};

/// The switches of lines, each with Word's default.
pub(super) fn read(reader: &Reader<'_>, mut group: Group<'_, '_>, sheet: &mut StyleSheet) {
    let typography = &mut sheet.typography;
    if let Some(joint) = group.number("joint") {
        match (0.0..=1.0).contains(&joint.value) {
            true => {
                typography.joint_em = joint.value;
                let off = (joint.value <= 0.0).then_some(false);
                let format = &mut sheet.default_paragraph;
                (format.auto_space_latin, format.auto_space_digits) = (off, off);
            }
            false => reader.report(problem::joint_out_of_range(joint.place)),
        }
    }
    if let Some(marks) = group.text("not_at_start") {
        typography.kinsoku.not_at_start = marks.value;
    }
    if let Some(marks) = group.text("not_at_end") {
        typography.kinsoku.not_at_end = marks.value;
    }
    if let Some(on) = group.switch("kinsoku") {
        sheet.default_paragraph.kinsoku = Some(on.value);
    }
    for (key, on) in [
        ("full_width_quotes", &mut typography.full_width_quotes),
        ("hang_punctuation", &mut typography.hang_punctuation),
        ("compress_punctuation", &mut typography.compress_punctuation),
        ("break_beside_marks", &mut typography.break_beside_marks),
        ("keep_numbers_with_units", &mut typography.keep_numbers_with_units),
    ] {
        if let Some(switch) = group.switch(key) {
            *on = switch.value;
        }
    }
    if let Some(tab) = format::distance(reader, &mut group, "default_tab") {
        typography.default_tab = tab;
    }
    group.finish();
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Language;
    use crate::document::{Length, LineSpacing, Typography};
    use crate::style::Style;

    fn sheet(lines: &str) -> crate::document::StyleSheet {
        (*Style::parse("a.toml", &format!("[typography]\n{lines}\n")).unwrap().sheet).clone()
    }

    #[test]
    fn every_rule_of_lines_has_one_switch_with_words_default() {
        let word = sheet("");
        assert_eq!(word.typography, Typography { default_tab: word.typography.default_tab, ..Typography::default() });
        assert_eq!(word.default_paragraph.kinsoku, Some(true));
        assert_eq!(word.default_paragraph.auto_space_latin, None);
        type Read = fn(&Typography) -> bool;
        let switches: [(&str, bool, Read); 5] = [
            ("full_width_quotes", true, |rules| rules.full_width_quotes),
            ("hang_punctuation", false, |rules| rules.hang_punctuation),
            ("compress_punctuation", false, |rules| rules.compress_punctuation),
            ("break_beside_marks", true, |rules| rules.break_beside_marks),
            ("keep_numbers_with_units", false, |rules| rules.keep_numbers_with_units),
        ];
        for (key, default, read) in switches {
            assert_eq!(read(&word.typography), default, "{key}");
            let changed = sheet(&format!("{key} = {}", !default)).typography;
            assert_eq!(read(&changed), !default, "{key}");
            let others = switches.iter().filter(|(other, ..)| *other != key);
            assert!(others.into_iter().all(|(_, default, read)| read(&changed) == *default), "{key} alone");
        }
        assert_eq!(sheet("kinsoku = false").default_paragraph.kinsoku, Some(false));
        let apart = sheet("joint = 0").default_paragraph;
        assert_eq!((apart.auto_space_latin, apart.auto_space_digits), (Some(false), Some(false)));
    }

    #[test]
    fn a_grid_is_made_of_lines_and_characters_that_fit_the_type_area() {
        let grid = |source: &str| Style::parse("a.toml", source).map(|style| (style.page.grid, style.sheet));
        let (none, sheet) = grid("based_on = 'gongwen'").unwrap();
        assert_eq!((none, sheet.default_paragraph.snap_to_grid), (None, Some(false)));
        let official = "based_on = 'gongwen'\n[page]\nlines = 22\ncharacters = 28\n[normal]\nline_pitch = 'auto'\n";
        let (official, sheet) = grid(official).unwrap();
        let official = official.unwrap();
        assert_eq!((official.line_pitch, official.character_spacing), (Length::twips(579), Some(Length::twips(-5))));
        assert_eq!(sheet.default_paragraph.snap_to_grid, Some(true));
        assert_eq!(sheet.paragraph_styles[0].paragraph.line_spacing, Some(LineSpacing::Multiple(1.0)));
        let lines = grid("based_on = 'gongwen'\n[page]\nlines = 22\n").unwrap().0.unwrap();
        assert_eq!(lines.character_spacing, None);
        let problems = grid("[page]\nlines = 22.5\ncharacters = 101\n").unwrap_err();
        let said: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::English)).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("a.toml:2:9") && said[0].contains("0 to 100"), "{said:?}");
    }
}
