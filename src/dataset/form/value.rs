//! A form's value as the cell of a table would hold it.

use super::super::cell::{self, Reading};
use super::super::names::folded;
use super::block::Block;
use super::boxes;
use super::text::filled_in;
use crate::workbook::CellValue;

/// A value that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Read {
    pub(super) value: CellValue,
    /// The boxes, if both of two are ticked.
    pub(super) remark: Option<String>,
}

/// The value of one block, or of several below one another.
pub(super) fn of(blocks: &[&Block]) -> Read {
    match blocks {
        [block] if !matches!(block.value, CellValue::Text(_)) => Read { value: block.value.clone(), remark: None },
        [block] => {
            let read = of_text(&block.text);
            match (&read.value, &block.value) {
                // The text as it stands is shared, not copied.
                (CellValue::Text(read), CellValue::Text(text)) if read == text => {
                    Read { value: block.value.clone(), remark: None }
                }
                _ => read,
            }
        }
        blocks => {
            let lines: Vec<_> =
                blocks.iter().map(|block| filled_in(&block.text)).filter(|line| !line.is_empty()).collect();
            of_text(&lines.join("\n"))
        }
    }
}

/// The value that a text says.
pub(super) fn of_text(text: &str) -> Read {
    if let Some(ticked) = boxes::read(text) {
        let remark = (ticked.options == 2 && ticked.chosen.len() == 2).then(|| text.to_owned());
        return Read { value: text_value(&ticked.value()), remark };
    }
    let text = filled_in(text);
    // 2023 年 5 月 1 日
    if text.contains(char::is_whitespace) && text.len() <= 60 {
        let together = folded(text);
        if matches!(cell::read(&together), Reading::Date(_) | Reading::Guess(_)) {
            return Read { value: text_value(&together), remark: None };
        }
    }
    Read { value: text_value(text), remark: None }
}

fn text_value(text: &str) -> CellValue {
    if text.is_empty() { CellValue::Empty } else { CellValue::Text(text.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_left_open_are_blank_and_dates_set_apart_are_dates() {
        assert_eq!(of_text("  年  月  日").value, CellValue::Empty);
        assert_eq!(of_text("□ 是 □ 否").value, CellValue::Empty);
        assert_eq!(of_text("2023 年 5 月 1 日").value, text_value("2023年5月1日"));
        assert_eq!(of_text("张　三").value, text_value("张　三"));
        assert_eq!(of_text("☑是 ☑否").remark.as_deref(), Some("☑是 ☑否"));
    }
}
