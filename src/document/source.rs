//! Where the values that a document shows come from. A long table has hundreds of thousands, so that what many of them
//! have in common is kept once, and an address is made when it is asked for.

use std::fmt;
use std::sync::Arc;

/// Where one shown value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The expression in the template, such as `合计 党支部.正式党员`.
    pub expression: Arc<str>,
    /// Line in the template, from 1.
    pub line: usize,
    /// Column in the template in characters, from 1.
    pub column: usize,
    /// The cells it was computed from.
    pub cells: Box<[SourceCells]>,
}

/// A run of cells of one column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceCells {
    /// Where they stand.
    pub sheet: Arc<SourceSheet>,
    /// The column, from 0.
    pub column: u32,
    /// The first row, from 0.
    pub top: u32,
    /// The last row.
    pub bottom: u32,
}

/// A sheet that values come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SourceSheet {
    /// The workbook's path as the user wrote it.
    pub file: String,
    /// The sheet.
    pub sheet: String,
}

impl SourceCells {
    /// `C5`, or `C5:C70`.
    pub fn address(&self) -> String {
        let top = cell_address(self.column, self.top);
        match self.top == self.bottom {
            true => top,
            false => format!("{top}:{}", cell_address(self.column, self.bottom)),
        }
    }
}

impl fmt::Display for SourceCells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}!{}", self.sheet.file, self.sheet.sheet, self.address())
    }
}

/// A cell's address, such as `C5`; row and column from 0.
pub fn cell_address(column: u32, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters_as_in_excel() {
        for (column, row, text) in [(0, 0, "A1"), (25, 8, "Z9"), (26, 0, "AA1"), (701, 0, "ZZ1"), (702, 4, "AAA5")] {
            assert_eq!(cell_address(column, row), text);
        }
    }
}
