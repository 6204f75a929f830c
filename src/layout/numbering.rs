//! The numbers of list items.

use crate::document::{Document, NumberFormat, Numbering, NumberingLevel, NumberingRef};

use super::number::number;

/// As many levels as WordprocessingML has.
const LEVELS: usize = 9;

/// How far each list has counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    lists: Vec<[Option<u32>; LEVELS]>,
}

impl Counters {
    pub fn new(lists: usize) -> Self {
        Self { lists: vec![[None; LEVELS]; lists] }
    }

    /// Counts an item, and gives its label.
    pub fn next_label(&mut self, document: &Document, item: NumberingRef) -> Option<String> {
        let numbering = definition(document, item)?;
        let level = usize::from(item.level).min(LEVELS - 1);
        let counted = self.lists.get_mut(item.list)?;
        let first = numbering.levels.get(level).map_or(1, |level| level.start);
        counted[level] = counted[level].map_or(first, |last| last.saturating_add(1)).into();
        for (inner, count) in counted.iter_mut().enumerate().skip(level + 1) {
            let begins_after = numbering.levels.get(inner).and_then(|level| level.restart_after);
            // an item of a level begins the count of those inside it anew, or only one of the level that is named
            if begins_after.is_none_or(|after| level < usize::from(after)) {
                *count = None;
            }
        }
        numbering.levels.get(level).map(|definition| label(numbering, definition, counted))
    }
}

/// The level that an item belongs to.
pub(super) fn level_of(document: &Document, item: NumberingRef) -> Option<&NumberingLevel> {
    definition(document, item)?.levels.get(usize::from(item.level).min(LEVELS - 1))
}

fn definition(document: &Document, item: NumberingRef) -> Option<&Numbering> {
    document.styles.numberings.get(*document.lists.get(item.list)?)
}

fn label(numbering: &Numbering, level: &NumberingLevel, counted: &[Option<u32>; LEVELS]) -> String {
    let mut label = String::new();
    let mut characters = level.text.chars().peekable();
    while let Some(character) = characters.next() {
        let named = characters.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| *digit >= 1);
        match named.map(|digit| digit as usize - 1) {
            Some(at) if character == '%' => {
                characters.next();
                let of = numbering.levels.get(at);
                let format = of.map_or(NumberFormat::Decimal, |of| of.format);
                let format =
                    if level.arabic && format != NumberFormat::Bullet { NumberFormat::Decimal } else { format };
                // a level that has not counted yet stands at its first number
                let count = counted.get(at).copied().flatten();
                label += &number(count.unwrap_or(of.map_or(1, |of| of.start)), format);
            }
            _ => label.push(character),
        }
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::document;

    fn level(format: NumberFormat, text: &str) -> NumberingLevel {
        NumberingLevel { format, text: text.into(), ..NumberingLevel::default() }
    }

    #[test]
    fn a_level_begins_where_it_says_and_counts_on_where_it_is_told_to() {
        let outer = NumberingLevel { start: 3, ..level(NumberFormat::Decimal, "%1") };
        let inner = NumberingLevel { restart_after: Some(0), arabic: true, ..level(NumberFormat::Chinese, "%1.%2") };
        let document = document(Vec::new(), |sheet| sheet.numberings = vec![Numbering { levels: vec![outer, inner] }]);
        let document = Document { lists: vec![0], ..document };
        let mut counters = Counters::new(1);
        let mut next = |level| counters.next_label(&document, NumberingRef { list: 0, level }).unwrap();
        assert_eq!([next(0), next(1), next(0), next(1)], ["3", "3.1", "4", "4.2"]);
    }

    #[test]
    fn an_outer_item_makes_the_inner_count_begin_anew() {
        let levels = vec![level(NumberFormat::Chinese, "%1、"), level(NumberFormat::Decimal, "（%1.%2）")];
        let document = document(Vec::new(), |sheet| sheet.numberings = vec![Numbering { levels }]);
        let document = Document { lists: vec![0, 0], ..document };
        let mut counters = Counters::new(2);
        let mut next = |list, level| counters.next_label(&document, NumberingRef { list, level }).unwrap();
        assert_eq!(next(0, 0), "一、");
        assert_eq!(next(0, 1), "（一.1）");
        assert_eq!(next(0, 1), "（一.2）");
        assert_eq!(next(0, 0), "二、");
        assert_eq!(next(0, 1), "（二.1）");
        assert_eq!(next(1, 0), "一、", "another list counts anew");
    }

    #[test]
    fn a_list_that_is_not_there_has_no_label() {
        let document = document(Vec::new(), |_| ());
        assert_eq!(Counters::new(0).next_label(&document, NumberingRef { list: 7, level: 200 }), None);
    }
}
