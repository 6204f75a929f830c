//! The table of a sheet: its header, and which of the rows below are data.

use serde::Serialize;

use super::header::{self, Header, filled, is_blank};
use super::names::{folded, trimmed};
use crate::diagnostic::Words;
use crate::workbook::{Area, CellValue, Sheet};

/// A table as it stands in a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Located {
    /// What names its columns.
    pub(super) header: Header,
    /// The sheet's rows that are data.
    pub(super) rows: Vec<u32>,
    /// The rows below the header that are not, but for blank ones.
    pub(super) passed_over: Vec<(u32, Reason)>,
    /// Columns with values and no name.
    pub(super) unnamed: Vec<u32>,
    /// Where another table seems to begin; it and all below it are passed over.
    pub(super) next: Option<u32>,
    /// Cells merged over several rows: column, first row, last row; sorted.
    tall: Vec<(u32, u32, u32)>,
}

/// Reason a row is not data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A title or note above the header.
    Title,
    /// A total over all rows: 合计, 总计.
    Total,
    /// A total over some of the rows: 小计.
    Subtotal,
    /// The header once more, as on every printed page.
    HeaderAgain,
    /// The columns' numbers: 1, 2, 3 … below the header.
    ColumnNumbers,
    /// A title between rows.
    Section,
    /// A note or signature: 注：, 填表人.
    Note,
    /// Nothing but its serial number.
    OnlyNumbered,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Total,
        Self::Subtotal,
        Self::HeaderAgain,
        Self::ColumnNumbers,
        Self::Section,
        Self::Note,
        Self::OnlyNumbered,
    ];

    /// What such a row is.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Title => ("表头上面的标题或说明", "a title or note above the header"),
            Self::Total => ("合计", "a total"),
            Self::Subtotal => ("小计", "a subtotal"),
            Self::HeaderAgain => ("重复的表头", "the header once more"),
            Self::ColumnNumbers => ("栏次", "the columns' numbers"),
            Self::Section => ("分段标题", "a title between rows"),
            Self::Note => ("注释或签名", "a note or signature"),
            Self::OnlyNumbered => ("只有序号的空行", "nothing but a serial number"),
        };
        Words::new(zh, en)
    }
}

impl Located {
    /// Finds the table of a sheet.
    pub(super) fn find(sheet: &Sheet) -> Option<Self> {
        let header = header::find(sheet)?;
        let titles = (0..header.top).filter(|row| filled(sheet, *row).next().is_some());
        let passed_over = titles.map(|row| (row as u32, Reason::Title)).collect();
        let mut located =
            Self { header, rows: Vec::new(), passed_over, unnamed: Vec::new(), next: None, tall: Vec::new() };
        located.find_rows(sheet);
        located.tall = sheet
            .merged
            .iter()
            .filter(|area| area.top < area.bottom && area.top as usize > located.header.bottom)
            .map(|area| (area.left, area.top, area.bottom))
            .collect();
        located.tall.sort_unstable();
        Some(located)
    }

    /// The cell that holds for a row and column of the sheet: itself, or the one that is merged down over it.
    pub(super) fn holder(&self, row: u32, column: u32) -> u32 {
        if self.tall.is_empty() {
            return row;
        }
        let after = self.tall.partition_point(|(left, top, _)| (*left, *top) <= (column, row));
        match after.checked_sub(1).and_then(|at| self.tall.get(at)) {
            Some((left, top, bottom)) if *left == column && row <= *bottom => *top,
            _ => row,
        }
    }

    fn find_rows(&mut self, sheet: &Sheet) {
        let sections: Vec<_> = sheet.merged.iter().filter(|area| area.left < area.right).copied().collect();
        let is_named = |column: &usize| self.header.columns.binary_search_by_key(column, |(named, _)| *named).is_ok();
        let mut unnamed = std::collections::BTreeSet::new();
        let mut numeric = vec![0_u32; self.header.columns.len()];
        let mut after_blank = false;
        for row in self.header.bottom + 1..sheet.rows.len() {
            let mut columns = filled(sheet, row);
            let Some(first) = columns.next() else {
                after_blank = true;
                continue;
            };
            let why = self.why_not(sheet, &sections, row, first);
            if why.is_none() && after_blank && self.begins_another(sheet, row, &numeric) {
                self.next = Some(row as u32);
                break;
            }
            after_blank = false;
            match why {
                Some(why) => self.passed_over.push((row as u32, why)),
                None => {
                    self.rows.push(row as u32);
                    unnamed.extend(filled(sheet, row).filter(|column| !is_named(column)).map(|column| column as u32));
                    for ((column, _), count) in self.header.columns.iter().zip(&mut numeric) {
                        *count += u32::from(matches!(sheet.cell(row, *column), CellValue::Number(_)));
                    }
                }
            }
        }
        self.unnamed = unnamed.into_iter().collect();
    }

    fn why_not(&self, sheet: &Sheet, sections: &[Area], row: usize, first: usize) -> Option<Reason> {
        let first_text = text(sheet.cell(row, first));
        if let Some(text) = first_text {
            if is_note(text, self.header.columns.len() > 1 && filled(sheet, row).nth(3).is_none()) {
                return Some(Reason::Note);
            }
            if filled(sheet, row).nth(1).is_none() && self.header.columns.len() > 1 {
                let from = sections.partition_point(|area| (area.top as usize) < row);
                let here = sections.iter().skip(from).take_while(|area| area.top as usize == row);
                let width = here.map(|area| area.right - area.left + 1).max().unwrap_or(1) as usize;
                if width >= 2 && width * 2 >= self.header.columns.len() || is_section(text) {
                    return Some(Reason::Section);
                }
            }
        }
        if let Some(total) = self.total(sheet, row) {
            return Some(total);
        }
        if self.is_header_again(sheet, row) {
            return Some(Reason::HeaderAgain);
        }
        if self.rows.is_empty() && is_column_numbers(sheet, row) {
            return Some(Reason::ColumnNumbers);
        }
        let numbered = self.header.columns.iter().any(|(column, name)| *column == first && is_serial(name));
        (numbered && self.header.columns.len() > 1 && filled(sheet, row).nth(1).is_none())
            .then_some(Reason::OnlyNumbered)
    }

    /// A total's name stands in one of the row's first cells, before any number but a serial one.
    fn total(&self, sheet: &Sheet, row: usize) -> Option<Reason> {
        let mut seen = 0;
        for (column, name) in &self.header.columns {
            match sheet.cell(row, *column) {
                CellValue::Text(text) => {
                    if let Some(why) = total_word(text) {
                        return Some(why);
                    }
                    seen += 1;
                    if seen == 3 {
                        return None;
                    }
                }
                CellValue::Empty => {}
                _ if is_serial(name) => {}
                _ => return None,
            }
        }
        None
    }

    fn is_header_again(&self, sheet: &Sheet, row: usize) -> bool {
        (self.header.top..=self.header.bottom).any(|level| {
            let mut cells = filled(sheet, level).peekable();
            cells.peek().is_some()
                && filled(sheet, row).count() == filled(sheet, level).count()
                && cells.all(|column| match (sheet.cell(level, column), sheet.cell(row, column)) {
                    (CellValue::Text(name), CellValue::Text(again)) => folded(name) == folded(again),
                    (name, again) => name == again,
                })
        })
    }

    /// Below blank rows: words stand where there were numbers.
    fn begins_another(&self, sheet: &Sheet, row: usize, numeric: &[u32]) -> bool {
        let rows = self.rows.len() as u32;
        let counted = self.header.columns.iter().zip(numeric).filter(|(_, count)| rows > 0 && **count * 2 > rows);
        let (mut words, mut others) = (0, 0);
        for ((column, _), _) in counted.filter(|((_, name), _)| !is_serial(name)) {
            match text(sheet.cell(row, *column)) {
                Some(text) if matches!(super::cell::read(text), super::cell::Reading::Words) => words += 1,
                _ => others += 1,
            }
        }
        words > 0 && words >= others && filled(sheet, row).all(|column| text(sheet.cell(row, column)).is_some())
    }
}

fn text(cell: &CellValue) -> Option<&str> {
    match cell {
        CellValue::Text(text) => Some(text.trim()),
        _ => None,
    }
}

/// Whether a column of this name numbers the rows.
pub(super) fn is_serial(name: &str) -> bool {
    matches!(super::names::last_part(name), "序号" | "序" | "项次" | "No" | "No." | "NO" | "NO." | "№")
}

fn total_word(text: &str) -> Option<Reason> {
    // Nearly all texts end otherwise.
    let end = trimmed(text);
    if !end.ends_with(['计', '和', '总', '数', '：', ':', ')', '）']) {
        return None;
    }
    let word = folded(text);
    let word = word.trim_end_matches(':');
    let word = super::names::without_unit(word).unwrap_or(word);
    match word {
        "合计" | "总计" | "共计" | "总和" | "累计" | "合计数" | "总计数" | "总数" => {
            Some(Reason::Total)
        }
        "小计" => Some(Reason::Subtotal),
        _ if word.chars().count() > 12 => None,
        // 全市合计 may be over all rows, 东区合计 is not.
        _ if ["合计", "总计", "小计", "共计"].iter().any(|ending| word.ends_with(ending)) => {
            Some(Reason::Subtotal)
        }
        _ => None,
    }
}

/// 注：…, and the people who filled the form in. Words that could begin a row of data need their colon, or a row that
/// has little else.
fn is_note(text: &str, few_cells: bool) -> bool {
    const ALWAYS: [&str; 8] = ["注：", "注:", "备注：", "备注:", "说明：", "说明:", "数据来源", "填表说明"];
    const SIGNATURES: [&str; 9] =
        ["填表人", "填报人", "制表人", "审核人", "复核人", "填表日期", "填报日期", "填报单位", "报送单位"];
    const WITH_COLON: [&str; 5] = ["制表", "负责人", "单位负责人", "联系人", "联系电话"];
    if ALWAYS.iter().any(|start| text.starts_with(start)) {
        return true;
    }
    let after = |start: &str| {
        let rest = text.strip_prefix(start)?.trim_start_matches(['（', '(', '签', '字', '盖', '章', '）', ')']);
        Some(rest.trim_start())
    };
    let colon = |start: &&str| after(start).is_some_and(|rest| rest.starts_with([':', '：']));
    SIGNATURES.iter().chain(&WITH_COLON).any(colon)
        || few_cells && SIGNATURES.iter().any(|start| after(start).is_some_and(str::is_empty))
}

/// 一、小学 or （一）小学.
fn is_section(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(']);
    let rest = text.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < text.len() && rest.starts_with(['、', '）', ')'])
}

/// 甲 乙 1 2 3 below a header.
fn is_column_numbers(sheet: &Sheet, row: usize) -> bool {
    let mut next = 1.0;
    for column in filled(sheet, row) {
        match sheet.cell(row, column) {
            CellValue::Number(number) if *number == next => next += 1.0,
            CellValue::Text(text) => match trimmed(text).as_ref() {
                "甲" | "乙" | "丙" | "丁" | "栏次" | "A" | "B" | "C" if next == 1.0 => {}
                digits if digits.parse() == Ok(next) => next += 1.0,
                _ => return false,
            },
            _ => return false,
        }
    }
    next > 3.0 && !is_blank(sheet.cell(row, filled(sheet, row).next().unwrap_or(0)))
}
