//! The numbers of list items.

use crate::document::{Document, NumberFormat, Numbering, NumberingLevel, NumberingRef};

/// As many levels as WordprocessingML has.
const LEVELS: usize = 9;

/// How far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    lists: Vec<[u32; LEVELS]>,
}

impl Counters {
    pub fn new(lists: usize) -> Self {
        Self { lists: vec![[0; LEVELS]; lists] }
    }

    /// Counts an item, and gives its label.
    pub fn next_label(&mut self, document: &Document, item: NumberingRef) -> Option<String> {
        let numbering = definition(document, item)?;
        let level = usize::from(item.level).min(LEVELS - 1);
        let counted = self.lists.get_mut(item.list)?;
        counted[level] = counted[level].saturating_add(1);
        counted[level + 1..].fill(0);
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

fn label(numbering: &Numbering, level: &NumberingLevel, counted: &[u32; LEVELS]) -> String {
    let mut label = String::new();
    let mut characters = level.text.chars().peekable();
    while let Some(character) = characters.next() {
        let named = characters.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| *digit >= 1);
        match named.map(|digit| digit as usize - 1) {
            Some(at) if character == '%' => {
                characters.next();
                let format = numbering.levels.get(at).map_or(NumberFormat::Decimal, |level| level.format);
                // a level that has not counted yet stands at its first number
                label += &number(counted[at.min(LEVELS - 1)].max(1), format);
            }
            _ => label.push(character),
        }
    }
    label
}

/// A number in a list's way of writing.
fn number(value: u32, format: NumberFormat) -> String {
    match format {
        NumberFormat::Decimal => value.to_string(),
        NumberFormat::Chinese => chinese(value),
        NumberFormat::Circled => circled(value).map_or_else(|| value.to_string(), String::from),
        NumberFormat::LowerLetter => {
            let letter = char::from(b'a' + ((value.max(1) - 1) % 26) as u8);
            // Word goes on with aa, bb, cc
            std::iter::repeat_n(letter, ((value.max(1) - 1) / 26 + 1).min(100) as usize).collect()
        }
        NumberFormat::Bullet => String::new(),
    }
}

fn circled(value: u32) -> Option<char> {
    let code = match value {
        1..=20 => 0x2460 + value - 1,
        21..=35 => 0x3251 + value - 21,
        36..=50 => 0x32B1 + value - 36,
        _ => return None,
    };
    char::from_u32(code)
}

/// 一, 十二, 一百零一, up to 99999; Arabic figures above.
fn chinese(value: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(u32, &str); 5] = [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if value == 0 || value > 99_999 {
        return value.to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in UNITS {
        let digit = value / unit % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        if !(digit == 1 && unit == 10 && text.is_empty()) {
            text.push(DIGITS[digit as usize]);
        }
        text += name;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Indent, Length};
    use crate::layout::testing::document;

    fn level(format: NumberFormat, text: &str) -> NumberingLevel {
        let none = Indent::Length(Length::ZERO);
        NumberingLevel { format, text: text.into(), indent_left: none, first_line: none }
    }

    #[test]
    fn chinese_numbers_are_counted_as_people_count() {
        let texts = [1, 10, 12, 20, 101, 110, 1001, 10_010].map(chinese);
        assert_eq!(texts, ["一", "十", "十二", "二十", "一百零一", "一百一十", "一千零一", "一万零一十"]);
    }

    #[test]
    fn circled_numbers_go_to_fifty() {
        assert_eq!([1, 21, 50, 51].map(|value| number(value, NumberFormat::Circled)), ["①", "㉑", "㊿", "51"]);
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
