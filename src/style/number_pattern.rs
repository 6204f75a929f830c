//! How headings, captions and lists are numbered, told by an example: `一、`, `（一）`, `1.1`, `第一章　`, `表1　`.

use super::numeral;
use crate::document::NumberFormat;

/// The way a number is written, with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPattern {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Number(NumberFormat),
}

impl NumberPattern {
    /// Reads an example. The last numeral in it (`1`, `一`, `①` or `a`) is the number itself, those before it are the
    /// numbers of the levels above: `1.1`. `None` if it has no numeral.
    pub fn from_example(example: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        for c in example.chars() {
            let format = match c {
                '1' => NumberFormat::Decimal,
                '一' => NumberFormat::Chinese,
                '①' => NumberFormat::Circled,
                'a' => NumberFormat::LowerLetter,
                _ => {
                    match pieces.last_mut() {
                        Some(Piece::Text(text)) => text.push(c),
                        _ => pieces.push(Piece::Text(c.to_string())),
                    }
                    continue;
                }
            };
            pieces.push(Piece::Number(format));
        }
        pieces.iter().any(|piece| matches!(piece, Piece::Number(_))).then_some(Self { pieces })
    }

    /// The number as it is written; `numbers` are those of all levels down to this one.
    pub fn write(&self, numbers: &[u32]) -> String {
        let formats = self.pieces.iter().filter(|piece| matches!(piece, Piece::Number(_))).count();
        // an outer level that has not begun to count is left out by counting as 1
        let mut numbers = numbers.iter().copied().skip(numbers.len().saturating_sub(formats));
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(between) => text += between,
                Piece::Number(format) => text += &numeral::write(*format, numbers.next().unwrap_or(1).max(1)),
            }
        }
        text
    }

    /// What stands before a number, the number, and what stands after it.
    pub fn parts(&self, number: u32) -> [String; 3] {
        let last = self.pieces.iter().rposition(|piece| matches!(piece, Piece::Number(_))).unwrap_or(0);
        let part = |pieces: &[Piece]| Self { pieces: pieces.to_vec() }.write(&[number]);
        let (before, rest) = self.pieces.split_at(last.min(self.pieces.len()));
        let (own, after) = rest.split_at(rest.len().min(1));
        [part(before), part(own), part(after)]
    }

    /// The number that a text begins with in this way, if somebody typed it, and the text after it.
    pub fn read<'t>(&self, text: &'t str) -> Option<(u32, &'t str)> {
        let mut rest = text;
        let mut found = None;
        for piece in &self.pieces {
            match piece {
                // typed with or without the blank after it
                Piece::Text(between) => rest = rest.strip_prefix(between.trim_end())?,
                Piece::Number(format) => {
                    let (number, after) = numeral::read(*format, rest)?;
                    (found, rest) = (Some(number), after);
                }
            }
        }
        // 1.5亿元 is a figure, not the number 1.
        let figure = rest.starts_with(|c: char| c.is_ascii_digit()) && text.starts_with(|c: char| c.is_ascii_digit());
        found.filter(|_| !figure).map(|number| (number, rest))
    }

    /// The label of a list's level: how its number is written, and the text with `%n` for it.
    pub(super) fn label(&self, level: usize) -> (NumberFormat, String) {
        let mut format = NumberFormat::Decimal;
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(between) => text += between,
                Piece::Number(own) => {
                    format = *own;
                    text += &format!("%{}", level + 1);
                }
            }
        }
        (format, text)
    }

    /// How many numbers it has, its own and those of the levels above.
    pub(super) fn depth(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Number(_))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(example: &str) -> NumberPattern {
        NumberPattern::from_example(example).unwrap()
    }

    #[test]
    fn a_number_is_written_as_the_example_shows() {
        assert_eq!(pattern("一、").write(&[12]), "十二、");
        assert_eq!(pattern("（一）").write(&[3, 2]), "（二）");
        assert_eq!(pattern("1.1 ").write(&[3, 2]), "3.2 ");
        assert_eq!(pattern("第一章　").write(&[2]), "第二章　");
        assert_eq!(pattern("表1　").write(&[7]), "表7　");
        assert_eq!(pattern("表1　").parts(7), ["表", "7", "　"]);
        assert_eq!(NumberPattern::from_example("、"), None);
    }

    #[test]
    fn a_typed_number_is_recognised() {
        assert_eq!(pattern("一、").read("三、总体情况"), Some((3, "总体情况")));
        assert_eq!(pattern("1.1 ").read("2.10经费"), Some((10, "经费")));
        assert_eq!(pattern("（一）").read("一、总体情况"), None);
        assert_eq!(pattern("1.").read("1.5亿元"), None);
        assert_eq!(pattern("一、").read("一是抓学习"), None);
    }
}
