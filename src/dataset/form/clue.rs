//! What speaks for a cell to be a label, and what for a value: its words, and where the same words stand in other forms.

use std::collections::{BTreeSet, HashMap};

use super::super::cell::{self, Reading};
use super::super::names::{folded, without_unit};
use super::block::{Block, Blocks};
use super::text::{ends_with_colon, inline, is_vertical, label_name};
use super::{boxes, words};
use crate::workbook::CellValue;

/// From here on a cell is a label for its words alone.
pub(super) const SURE: i32 = 4;
/// What cannot be a label.
pub(super) const NEVER: i32 = -8;

/// What is known of a table's forms before one of them is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Clues {
    /// Names that the project file uses: keys, and the columns that it says something of. Folded.
    labels: BTreeSet<String>,
    /// Names of tables inside the form. Folded.
    tables: BTreeSet<String>,
    /// Labels that stood beside or above a table in a form already read. Folded.
    tables_seen: BTreeSet<String>,
    /// How many forms there are.
    forms: usize,
    /// In how many of them a text stands.
    seen: HashMap<String, usize>,
    /// How often a text was taken as label, and as value.
    taken: HashMap<String, (usize, usize)>,
}

impl Clues {
    /// What the project file says: names of labels, and of tables inside.
    pub(super) fn of(labels: BTreeSet<String>, tables: BTreeSet<String>) -> Self {
        Self { labels, tables, ..Self::default() }
    }

    /// Looks through a form for words that others have too.
    pub(super) fn look_through(&mut self, blocks: &Blocks) {
        self.forms += 1;
        let mut texts = BTreeSet::new();
        for block in &blocks.all {
            texts.insert(key(&block.text));
            let labels = inline(&block.text).into_iter().flatten();
            texts.extend(labels.map(|(label, _)| key(&label)));
        }
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            *self.seen.entry(text).or_default() += 1;
        }
    }

    /// Remembers what a text was taken as.
    pub(super) fn take(&mut self, text: &str, as_label: bool) {
        let (labels, values) = self.taken.entry(key(text)).or_default();
        *(if as_label { labels } else { values }) += 1;
    }

    /// Remembers the name of a table inside a form.
    pub(super) fn take_table(&mut self, name: &str) {
        self.tables_seen.insert(folded(name).into_owned());
    }

    /// Whether a table inside the form is called so: 家庭主要成员 and 家庭成员情况 are not 家庭成员, but its name stands
    /// in them.
    pub(super) fn names_table(&self, label: &str) -> bool {
        let label = folded(label);
        !label.is_empty()
            && (self.tables_seen.contains(label.as_ref())
                || self.tables.iter().any(|name| label == *name || label.contains(name.as_str())))
    }

    /// Points for each block to be a label.
    pub(super) fn scores(&self, blocks: &Blocks) -> Vec<i32> {
        blocks.all.iter().map(|block| self.score(block)).collect()
    }

    fn score(&self, block: &Block) -> i32 {
        let points = points(block);
        if points <= NEVER || block.is_blank() {
            return NEVER;
        }
        (points + self.points_of_others(&block.text)).max(NEVER + 1)
    }

    /// Points for a label's name, wherever it stands.
    pub(super) fn score_of_name(&self, name: &str) -> i32 {
        points_of_words(name) + self.points_of_others(name)
    }

    fn points_of_others(&self, text: &str) -> i32 {
        let name = key(text);
        let bare = without_unit(&name).unwrap_or(&name);
        if self.labels.contains(&name) || self.labels.contains(bare) {
            return 12;
        }
        let seen = self.seen.get(&name).copied().unwrap_or(0);
        let share = match self.forms {
            0 | 1 => 0,
            2 => i32::from(seen == 2) * 2,
            forms if seen * 5 >= forms * 4 => 5,
            forms if seen * 2 >= forms => 2,
            forms if seen * 5 < forms => -3,
            _ => 0,
        };
        let taken = match self.taken.get(&name) {
            Some((labels, values)) if labels + values > 1 && *labels >= values * 4 => 3,
            Some((labels, values)) if labels + values > 1 && *values >= labels * 4 => -3,
            _ => 0,
        };
        share + taken
    }
}

/// A text as it is compared with others.
fn key(text: &str) -> String {
    if text.chars().count() > 40 {
        return String::new();
    }
    folded(&label_name(text)).into_owned()
}

fn points(block: &Block) -> i32 {
    if !matches!(block.value, CellValue::Text(_)) {
        return NEVER;
    }
    let text = block.text.as_str();
    if boxes::has_boxes(text) {
        return NEVER;
    }
    let tall = block.area.bottom > block.area.top && is_vertical(text);
    let spread = text.chars().any(|c| c == ' ' || c == '\u{3000}') && !text.is_ascii();
    points_of_words(text)
        + if ends_with_colon(text) { 8 } else { 0 }
        + if tall { 6 } else { 0 }
        + if spread && !words::is_name(&folded(text)) { 2 } else { 0 }
}

fn points_of_words(text: &str) -> i32 {
    let name = label_name(text);
    let length = name.chars().count();
    if length == 0 || length > 24 || words::is_measure(&name) || name.contains(['。', '；', ';', '！', '，']) {
        return NEVER;
    }
    match cell::read(&name) {
        Reading::Number(_)
        | Reading::Percent(_)
        | Reading::Code
        | Reading::Date(_)
        | Reading::ImpossibleDate
        | Reading::YearLast(_)
        | Reading::Bool(_)
        | Reading::Nothing => {
            return NEVER;
        }
        Reading::Guess(_) => return NEVER + 2,
        Reading::Words => {}
    }
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let base = without_unit(&folded(&name)).map_or_else(|| folded(&name).into_owned(), ToOwned::to_owned);
    let unit = base.len() < folded(&name).len();
    words::points(&base)
        + if unit { 2 } else { 0 }
        + if digits > 0 { -2 - i32::from(digits > 4) * 4 } else { 0 }
        + if length > 12 {
            -3
        } else if length > 8 {
            -1
        } else {
            0
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_forms_are_labels_and_words_of_people_are_not() {
        for label in [
            "姓名",
            "出生年月",
            "是否民办学校",
            "党员总数",
            "身份证号码",
            "奖惩情况",
            "所在支部",
            "党费（元）",
            "活动主题",
        ] {
            assert!(points_of_words(label) >= SURE, "{label}: {}", points_of_words(label));
        }
        for value in
            ["张三", "男", "汉族", "本科", "2023年4月", "35", "12人", "同意。", "云江市第一小学", "王小明", "无"]
        {
            assert!(points_of_words(value) < SURE, "{value}: {}", points_of_words(value));
        }
    }
}
