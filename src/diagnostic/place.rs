//! Where a problem is: a file, a sheet, a cell, a character of a text, a paragraph of a Word document.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Language, Words};

/// Where a problem is. Places are in order by file, sheet, row and column; those without a file come first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The run as a whole.
    #[default]
    Run,
    /// A file or folder.
    File {
        /// Its path as the user wrote it.
        file: String,
    },
    /// A sheet of a workbook.
    Sheet {
        /// The workbook's path.
        file: String,
        /// The sheet's name.
        sheet: String,
    },
    /// A cell of a workbook.
    Cell {
        /// The workbook's path.
        file: String,
        /// The sheet's name.
        sheet: String,
        /// The cell's address, such as `C5`.
        cell: String,
    },
    /// A character of a text file: a template, a style, the project file.
    Text {
        /// The file's path.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A paragraph of a Word document.
    Paragraph {
        /// The file's path.
        file: String,
        /// The part of the document that it stands in.
        part: DocumentPart,
        /// Which paragraph of the part it is, from 1.
        paragraph: u32,
        /// Row and column of the innermost table cell that it stands in, from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        cell: Option<(u32, u32)>,
        /// Column in characters, from 1.
        column: u32,
        /// The paragraph's own words around it.
        words: String,
    },
}

/// A part of a Word document that text can stand in, as its user calls it. Numbers are from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "number")]
pub enum DocumentPart {
    /// The text itself.
    Body,
    /// A header, in the order of the file.
    Header(u32),
    /// A footer, in the order of the file.
    Footer(u32),
    /// A footnote.
    Footnote(u32),
    /// An endnote.
    Endnote(u32),
    /// A chart.
    Chart(u32),
    /// SmartArt.
    Diagram(u32),
    /// The properties: title, author, keywords …
    Properties,
    /// Data that content controls show.
    Data(u32),
    /// The targets of links.
    Links,
}

impl DocumentPart {
    /// What a user calls it.
    pub fn words(self) -> Words {
        let (zh, en, number) = match self {
            Self::Body => ("正文", "body", None),
            Self::Header(number) => ("页眉", "header", Some(number)),
            Self::Footer(number) => ("页脚", "footer", Some(number)),
            Self::Footnote(number) => ("脚注", "footnote", Some(number)),
            Self::Endnote(number) => ("尾注", "endnote", Some(number)),
            Self::Chart(number) => ("图表", "chart", Some(number)),
            Self::Diagram(number) => ("SmartArt 图示", "SmartArt", Some(number)),
            Self::Properties => ("文件属性", "properties", None),
            Self::Data(number) => ("内容控件的数据", "data", Some(number)),
            Self::Links => ("链接", "links", None),
        };
        match number {
            Some(number) => Words::new(format!("{zh}{number}"), format!("{en} {number}")),
            None => Words::new(zh, en),
        }
    }
}

impl Place {
    /// The place as a reader of a language writes it.
    pub fn in_language(&self, language: Language) -> String {
        let Self::Paragraph { file, part, paragraph, cell, words, .. } = self else { return self.to_string() };
        let part = part.words();
        match language {
            Language::Chinese => {
                let cell = cell.map(|(row, column)| format!("（表格第{row}行第{column}列）")).unwrap_or_default();
                format!("{file} {}第{paragraph}段{cell}“{words}”", part.zh)
            }
            Language::English => {
                let cell = cell.map(|(row, column)| format!(" (table row {row}, column {column})")).unwrap_or_default();
                format!("{file} {} paragraph {paragraph}{cell} “{words}”", part.en)
            }
        }
    }
}

/// What places are compared by: file, sheet, part of a document, row and column or the like, and what parts places that
/// agree in all of these.
type Order<'a> = (&'a str, &'a str, Option<DocumentPart>, (u64, u64), u8, &'a str, Option<(u32, u32)>);

impl Place {
    fn order(&self) -> Order<'_> {
        match self {
            Self::Run => ("", "", None, (0, 0), 0, "", None),
            Self::File { file } => (file, "", None, (0, 0), 1, "", None),
            Self::Text { file, line, column } => (file, "", None, (*line as u64, *column as u64), 2, "", None),
            Self::Paragraph { file, part, paragraph, cell, column, words } => {
                let position = (u64::from(*paragraph), u64::from(*column));
                (file, "", Some(*part), position, 3, words, *cell)
            }
            Self::Sheet { file, sheet } => (file, sheet, None, (0, 0), 4, "", None),
            Self::Cell { file, sheet, cell } => {
                let position = cell_position(cell);
                let position = position.map_or((0, 0), |(row, column)| (u64::from(row) + 1, u64::from(column) + 1));
                (file, sheet, None, position, 5, cell, None)
            }
        }
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph { .. } => f.write_str(&self.in_language(Language::Chinese)),
            Self::Run => Ok(()),
            Self::File { file } => f.write_str(file),
            Self::Sheet { file, sheet } => write!(f, "{file}#{sheet}"),
            Self::Cell { file, sheet, cell } => write!(f, "{file}#{sheet}!{cell}"),
            Self::Text { file, line, column } => write!(f, "{file}:{line}:{column}"),
        }
    }
}

/// Row and column of a cell's address such as `C5`, or of the first of several such as `C5:C9`; both from 0.
pub fn cell_position(address: &str) -> Option<(u32, u32)> {
    let letters = address.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = address.get(letters..)?.bytes().take_while(u8::is_ascii_digit).count();
    if letters == 0 || letters > 4 || digits == 0 {
        return None;
    }
    let column = address.bytes().take(letters).fold(0_u32, |column, c| column * 26 + u32::from(c - b'A') + 1);
    let row: u32 = address.get(letters..letters + digits)?.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_row_and_a_column() {
        assert_eq!(cell_position("A1"), Some((0, 0)));
        assert_eq!(cell_position("C5"), Some((4, 2)));
        assert_eq!(cell_position("AA10:AB12"), Some((9, 26)));
        for none in ["", "5", "C", "C0", "c5", "ABCDE1", "C99999999999"] {
            assert_eq!(cell_position(none), None, "{none}");
        }
    }
}
