//! The table of a sheet: its header, and which of the rows below are data.

use std::collections::BTreeMap;

use serde::Serialize;

use super::below::{self, Seen, Trail};
use super::cell::{self, Reading};
use super::header::Header;
use super::names::{folded, trimmed};
use super::region::Region;
use crate::diagnostic::Words;
use crate::workbook::{Area, CellValue, cell_address};

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
    /// The column of row names that has no heading of its own and got one here.
    pub(super) named_here: Option<u32>,
    /// Texts above the header: row, column and words.
    pub(super) titles: Vec<(u32, u32, String)>,
    /// Whether hidden rows and columns are passed over.
    pub(super) skips_hidden: bool,
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
    /// The table of a region, under a header that was found there; and the row where another one begins below it.
    pub(super) fn below(region: &Region<'_>, mut header: Header) -> (Self, Option<usize>) {
        let named_here = header.name_corner(region);
        let titled = (region.rows.start..header.top).filter(|row| !region.is_blank_row(*row));
        let passed_over: Vec<_> = titled.map(|row| (row as u32, Reason::Title)).collect();
        let mut titles = Vec::new();
        for (row, _) in &passed_over {
            titles.extend(region.filled(*row as usize).filter_map(|column| {
                text(region.cell(*row as usize, column)).map(|text| (*row, column as u32, trimmed(text).into_owned()))
            }));
        }
        let mut located = Self {
            header,
            rows: Vec::new(),
            passed_over,
            unnamed: Vec::new(),
            named_here,
            titles,
            skips_hidden: region.skips_hidden,
            tall: Vec::new(),
        };
        let next = located.find_rows(region);
        let merged = region.sheet.merged.iter();
        let below = |area: &&Area| area.top < area.bottom && area.top as usize > located.header.bottom;
        located.tall = merged.filter(below).map(|area| (area.left, area.top, area.bottom)).collect();
        located.tall.sort_unstable();
        (located, next)
    }

    /// The first row of the table, its titles included, and the last.
    pub(super) fn extent(&self) -> (u32, u32) {
        let first = self.passed_over.first().map_or(self.header.top as u32, |(row, _)| *row);
        (first.min(self.header.top as u32), self.last_row())
    }

    /// The last row of data, or of the header if there is none.
    pub(super) fn last_row(&self) -> u32 {
        self.rows.last().copied().unwrap_or(self.header.bottom as u32)
    }

    /// The first and last of its named columns.
    pub(super) fn columns(&self) -> (u32, u32) {
        let place = |column: Option<&(usize, String)>| column.map_or(0, |(place, _)| *place as u32);
        (place(self.header.columns.first()), place(self.header.columns.last()))
    }

    /// The first cell of its header: `A3`.
    pub(super) fn first_cell(&self) -> String {
        cell_address(self.header.top as u32, self.columns().0)
    }

    /// The table with its header: `A3:H20`.
    pub(super) fn range(&self) -> String {
        let (left, right) = self.columns();
        format!("{}:{}", cell_address(self.header.top as u32, left), cell_address(self.last_row(), right))
    }

    /// A table whose header and rows are known.
    pub(super) fn with_rows(header: Header, rows: Vec<u32>) -> Self {
        Self {
            header,
            rows,
            passed_over: Vec::new(),
            unnamed: Vec::new(),
            named_here: None,
            titles: Vec::new(),
            skips_hidden: false,
            tall: Vec::new(),
        }
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

    fn find_rows(&mut self, region: &Region<'_>) -> Option<usize> {
        let wide: Vec<_> = region.sheet.merged.iter().filter(|area| area.left < area.right).copied().collect();
        let mut unnamed: BTreeMap<usize, usize> = BTreeMap::new();
        let mut seen = Seen::new(self.header.columns.len());
        for row in self.header.bottom + 1..region.rows.end {
            if region.passes_over_row(row) {
                continue;
            }
            let mut columns = region.filled(row);
            let Some(first) = columns.next() else {
                seen.trail.push((row, Trail::Blank));
                continue;
            };
            let alone = columns.next().is_none();
            let why = self.why_not(region, &wide, row, first);
            if matches!(why, None | Some(Reason::HeaderAgain))
                && let Some(next) = below::another_begins(region, self, &seen, row, why.is_some())
            {
                self.rows.truncate(self.rows.partition_point(|row| (*row as usize) < next));
                self.passed_over.retain(|(row, _)| (*row as usize) < next);
                unnamed.retain(|_, row| *row < next);
                self.unnamed = unnamed.into_keys().map(|column| column as u32).collect();
                return Some(next);
            }
            match why {
                Some(why) => {
                    self.passed_over.push((row as u32, why));
                    seen.pass_over(row, why);
                }
                None => {
                    self.rows.push(row as u32);
                    for column in region.filled(row).filter(|column| !self.is_named(*column)) {
                        unnamed.entry(column).or_insert(row);
                    }
                    seen.add(region, row, &self.header, alone);
                }
            }
        }
        self.unnamed = unnamed.into_keys().map(|column| column as u32).collect();
        None
    }

    pub(super) fn is_named(&self, column: usize) -> bool {
        self.header.columns.binary_search_by_key(&column, |(named, _)| *named).is_ok()
    }

    fn why_not(&self, region: &Region<'_>, wide: &[Area], row: usize, first: usize) -> Option<Reason> {
        let first_text = text(region.cell(row, first));
        if let Some(text) = first_text {
            if is_note(text, self.header.columns.len() > 1 && region.filled(row).nth(3).is_none()) {
                return Some(Reason::Note);
            }
            if region.filled(row).nth(1).is_none() && self.header.columns.len() > 1 {
                let from = wide.partition_point(|area| (area.top as usize) < row);
                let here = wide.iter().skip(from).take_while(|area| area.top as usize == row);
                // What counts are the table's columns: one whose heading is merged is one.
                let covered = |area: &Area| {
                    let across = |place: usize| (area.left as usize..=area.right as usize).contains(&place);
                    self.header.columns.iter().filter(|(place, _)| across(*place)).count()
                };
                let width = here.map(covered).max().unwrap_or(1);
                let ends_open =
                    text.ends_with(['：', ':']) && self.header.columns.first().is_some_and(|(at, _)| *at == first);
                if width >= 2 && width * 2 >= self.header.columns.len() || is_section(text) || ends_open {
                    return Some(Reason::Section);
                }
            }
        }
        if let Some(total) = self.total(region, row) {
            return Some(total);
        }
        if self.is_header_again(region, row) {
            return Some(Reason::HeaderAgain);
        }
        if self.rows.is_empty() && is_column_numbers(region, row) {
            return Some(Reason::ColumnNumbers);
        }
        let numbered = self.header.columns.iter().any(|(column, name)| *column == first && is_serial(name));
        if !numbered || self.header.columns.len() < 2 || region.filled(row).nth(1).is_some() {
            return None;
        }
        // Words alone where numbers belong are a title.
        let is_words = first_text.is_some_and(|text| matches!(cell::read(text), Reading::Words));
        Some(if is_words { Reason::Section } else { Reason::OnlyNumbered })
    }

    /// A total's name stands in one of the row's first cells, before any number but a serial one.
    fn total(&self, region: &Region<'_>, row: usize) -> Option<Reason> {
        let mut seen = 0;
        for (column, name) in &self.header.columns {
            match region.cell(row, *column) {
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

    /// Whether a row says what a row of the header says, or at least half of it and nothing else.
    pub(super) fn is_header_again(&self, region: &Region<'_>, row: usize) -> bool {
        (self.header.top..=self.header.bottom).any(|level| {
            let (all, again) = (region.filled(level).count(), region.filled(row).count());
            (again == all || again > 2 && again < all && again * 2 >= all)
                && region.filled(row).all(|column| match (region.cell(level, column), region.cell(row, column)) {
                    (CellValue::Text(name), CellValue::Text(again)) => folded(name) == folded(again),
                    (name, again) => name == again,
                })
        })
    }
}

pub(super) fn text(cell: &CellValue) -> Option<&str> {
    match cell {
        CellValue::Text(text) => Some(text.trim()),
        _ => None,
    }
}

/// Whether a column of this name numbers the rows.
pub(crate) fn is_serial(name: &str) -> bool {
    matches!(super::names::last_part(name), "序号" | "序" | "项次" | "No" | "No." | "NO" | "NO." | "№")
}

fn total_word(text: &str) -> Option<Reason> {
    // Nearly all texts end otherwise.
    let end = trimmed(text);
    if !end.ends_with(['计', '和', '总', '数', '：', ':', ')', '）', 'l', 'L', 's', 'S']) {
        return None;
    }
    if end.is_ascii() {
        return english_total(end.trim_end_matches(':').trim_end());
    }
    let word = folded(text);
    let word = word.trim_end_matches(':');
    let word = super::names::without_unit(word).unwrap_or(word);
    match word {
        "合计" | "总计" | "共计" | "总和" | "累计" | "合计数" | "总计数" | "总数" => {
            Some(Reason::Total)
        }
        "小计" => Some(Reason::Subtotal),
        _ if bare_length(word) > 12 => None,
        // 全市合计 may be over all rows, 东区合计 is not.
        _ if ["合计", "总计", "小计", "共计"].iter().any(|ending| word.ends_with(ending)) => {
            Some(Reason::Subtotal)
        }
        _ => None,
    }
}

/// Total, GRAND TOTAL, Subtotal; `Region total` is one over some of the rows.
fn english_total(text: &str) -> Option<Reason> {
    if text.len() > 30 {
        return None;
    }
    let word = text.to_ascii_lowercase();
    match word.as_str() {
        "total" | "totals" | "grand total" | "grand totals" | "overall total" | "sum total" => Some(Reason::Total),
        _ if ["subtotal", "sub-total", "subtotals", " total", " totals"].iter().any(|end| word.ends_with(end)) => {
            Some(Reason::Subtotal)
        }
        _ => None,
    }
}

/// How many characters a folded text has outside of brackets.
fn bare_length(folded: &str) -> usize {
    let mut depth = 0_usize;
    let outside = folded.chars().filter(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    outside.count()
}

/// 注：…, and the people who filled the form in. Words that could begin a row of data need their colon, or a row that
/// has little else.
pub(super) fn is_note(text: &str, few_cells: bool) -> bool {
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
pub(super) fn is_section(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(']);
    let rest = text.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < text.len() && rest.starts_with(['、', '）', ')'])
}

/// 甲 乙 1 2 3 below a header. Without such a letter, few numbers in turn may be a row of data: 1, 2 and 3 of
/// something.
fn is_column_numbers(region: &Region<'_>, row: usize) -> bool {
    let mut next = 1.0;
    let mut lettered = false;
    for column in region.filled(row) {
        match region.cell(row, column) {
            CellValue::Number(number) if *number == next => next += 1.0,
            CellValue::Text(text) => match trimmed(text).as_ref() {
                "甲" | "乙" | "丙" | "丁" | "栏次" | "A" | "B" | "C" if next == 1.0 => lettered = true,
                digits if digits.parse() == Ok(next) => next += 1.0,
                _ => return false,
            },
            _ => return false,
        }
    }
    next > if lettered { 2.0 } else { 5.0 }
}
