//! The numbers of list items.

use crate::document::{Document, NumberFormat, Numbering, NumberingLevel, NumberingRef, ParagraphNumber, number};

/// As many levels as WordprocessingML has.
const LEVELS: usize = 9;

/// How far each list has counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    lists: Vec<[Option<u32>; LEVELS]>,
    /// For each list whether it has had an item at each level.
    begun: Vec<[bool; LEVELS]>,
}

impl Counters {
    pub fn new(lists: usize) -> Self {
        Self { lists: vec![[None; LEVELS]; lists], begun: vec![[false; LEVELS]; lists] }
    }

    /// Counts an item, and gives its label.
    pub fn next_label(&mut self, document: &Document, item: NumberingRef) -> Option<String> {
        let numbering = definition(document, item)?;
        let level = usize::from(item.level).min(LEVELS - 1);
        let counted = self.lists.get_mut(numbering.counts_with.unwrap_or(item.list))?;
        let begun = self.begun.get_mut(item.list)?.get_mut(level)?;
        if !std::mem::replace(begun, true) && numbering.begins.contains(&item.level) {
            counted[level] = None;
        }
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

    /// The number of the item that was counted last, as those that refer to it show it.
    pub fn number(&self, document: &Document, item: NumberingRef) -> Option<ParagraphNumber> {
        let numbering = definition(document, item)?;
        let counted = self.lists.get(numbering.counts_with.unwrap_or(item.list))?;
        let mut at = usize::from(item.level).min(LEVELS - 1);
        let own = numbering.levels.get(at)?;
        let bare = NumberingLevel { text: without_words(&own.text).to_owned(), ..own.clone() };
        let mut context = vec![label(numbering, own, counted)];
        // a level whose label holds those above it stands for them
        while let Some(outer) = outermost_in(&numbering.levels.get(at)?.text).unwrap_or(at).min(at).checked_sub(1) {
            at = outer;
            context.push(label(numbering, numbering.levels.get(at)?, counted));
        }
        context.reverse();
        let label = label(numbering, own, counted);
        Some(ParagraphNumber { label, bare: self::label(numbering, &bare, counted), context, suffix: own.suffix })
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

/// A label's text from its first number to its last.
fn without_words(text: &str) -> &str {
    let numbers = || text.match_indices('%').filter(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    match (numbers().next(), numbers().next_back()) {
        (Some((first, _)), Some((last, _))) => text.get(first..last + 2).unwrap_or(text),
        _ => text,
    }
}

/// The outermost level whose number a label shows.
fn outermost_in(text: &str) -> Option<usize> {
    let digits = text.split('%').skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
    digits.filter(|digit| *digit >= 1).map(|digit| digit as usize - 1).min()
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
        let document = document(Vec::new(), |sheet| {
            sheet.numberings = vec![Numbering { levels: vec![outer, inner], ..Numbering::default() }]
        });
        let document = Document { lists: vec![0], ..document };
        let mut counters = Counters::new(1);
        let mut next = |level| counters.next_label(&document, NumberingRef { list: 0, level }).unwrap();
        assert_eq!([next(0), next(1), next(0), next(1)], ["3", "3.1", "4", "4.2"]);
    }

    #[test]
    fn an_outer_item_makes_the_inner_count_begin_anew() {
        let levels = vec![level(NumberFormat::Chinese, "%1、"), level(NumberFormat::Decimal, "（%1.%2）")];
        let document =
            document(Vec::new(), |sheet| sheet.numberings = vec![Numbering { levels, ..Numbering::default() }]);
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
    fn a_list_that_begins_anew_is_gone_on_with_by_the_others_of_its_definition() {
        let levels = vec![level(NumberFormat::Decimal, "%1.")];
        let first = Numbering { levels: levels.clone(), ..Numbering::default() };
        let anew = Numbering { levels, counts_with: Some(0), begins: vec![0] };
        let document = document(Vec::new(), |sheet| sheet.numberings = vec![first, anew]);
        let document = Document { lists: vec![0, 1], ..document };
        let mut counters = Counters::new(2);
        let mut next = |list| counters.next_label(&document, NumberingRef { list, level: 0 }).unwrap();
        assert_eq!([next(0), next(0), next(1), next(0), next(1)], ["1.", "2.", "1.", "2.", "3."]);
    }

    #[test]
    fn a_number_that_is_referred_to_knows_the_levels_above_it() {
        let levels = vec![
            level(NumberFormat::Chinese, "第%1章"),
            level(NumberFormat::Chinese, "（%2）"),
            level(NumberFormat::Decimal, "%3."),
            level(NumberFormat::Decimal, "%3.%4"),
        ];
        let document =
            document(Vec::new(), |sheet| sheet.numberings = vec![Numbering { levels, ..Numbering::default() }]);
        let document = Document { lists: vec![0], ..document };
        let mut counters = Counters::new(1);
        let mut next = |level| {
            let item = NumberingRef { list: 0, level };
            counters.next_label(&document, item);
            counters.number(&document, item).unwrap()
        };
        assert_eq!(next(0).bare, "一");
        assert_eq!(next(1).context, ["第一章", "（一）"]);
        assert_eq!(next(2).bare, "1");
        assert_eq!(next(3).context, ["第一章", "（一）", "1.1"]);
    }

    #[test]
    fn a_label_that_shows_the_levels_below_it_has_an_end() {
        let levels = vec![level(NumberFormat::Decimal, "%5"), level(NumberFormat::Decimal, "%9.%2")];
        let document =
            document(Vec::new(), |sheet| sheet.numberings = vec![Numbering { levels, ..Numbering::default() }]);
        let document = Document { lists: vec![0], ..document };
        let mut counters = Counters::new(1);
        let item = NumberingRef { list: 0, level: 1 };
        counters.next_label(&document, item);
        assert_eq!(counters.number(&document, item).unwrap().context.len(), 2);
    }

    #[test]
    fn a_list_that_is_not_there_has_no_label() {
        let document = document(Vec::new(), |_| ());
        assert_eq!(Counters::new(0).next_label(&document, NumberingRef { list: 7, level: 200 }), None);
    }
}
