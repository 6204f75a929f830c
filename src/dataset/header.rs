//! The header of a table: the row, or the two or three rows, whose cells name the columns below.

use super::cell::{self, Reading};
use super::header_lines::{further_lines, line_label, with_first_line, with_line};
use super::names::{self, PATH, header_name};
use super::odd_header;
use super::region::{Areas, Region};
use crate::workbook::CellValue;

/// How far down a header is looked for.
const SEARCHED_ROWS: usize = 100;
/// How many rows below a header say which columns are used.
const SAMPLED_ROWS: usize = 50;
pub(super) const MAX_LEVELS: usize = 3;
/// In half widths: so many letters, or half as many Han characters.
const LONGEST_NAME: usize = 80;
/// Words of more half widths are no entry of a list, but something to be read.
const LONGEST_ENTRY: usize = 40;

/// A header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Its first row.
    pub(super) top: usize,
    /// Its last row.
    pub(super) bottom: usize,
    /// The named columns, from left to right: place in the sheet, and name.
    pub(super) columns: Vec<(usize, String)>,
}

/// What a column of row names is called whose heading is left blank, as in the corner of a cross table.
const CORNER: &str = "名称";

impl Header {
    /// Names the column left of the first where its heading is blank and words stand below, as in the corner of a cross
    /// table: without the names of its rows the table would say nothing.
    pub(super) fn name_corner(&mut self, region: &Region<'_>) -> Option<u32> {
        let corner = self.columns.first()?.0.checked_sub(1)?;
        let blank_above = (self.top..=self.bottom).all(|row| is_blank(region.cell(row, corner)));
        let below = (self.bottom + 1..region.rows.end).take(SAMPLED_ROWS);
        let rows: Vec<_> = below.filter(|row| region.filled(*row).nth(1).is_some()).collect();
        let is_word = |row: &&usize| matches!(region.cell(**row, corner), CellValue::Text(text) if !names::trimmed(text).is_empty());
        let named = rows.iter().filter(is_word).count();
        if !blank_above || named == 0 || named * 5 < rows.len() * 4 {
            return None;
        }
        self.columns.insert(0, (corner, CORNER.to_owned()));
        Some(corner as u32)
    }
}

/// Finds the header: the first row of labels that names nearly all columns that are used below it.
pub(super) fn find(region: &Region<'_>) -> Option<Header> {
    let first = region.rows.clone().find(|row| !region.is_blank_row(*row))?;
    let last = region.rows.end.min(first + SEARCHED_ROWS);
    let one_column = (first..last).all(|row| region.filled(row).nth(1).is_none());
    if one_column && !is_list(region, first, last) {
        return None;
    }
    let mut best: Option<(f64, Header)> = None;
    for row in first..last {
        let Some(header) = header_at(region, row) else { continue };
        if header.columns.len() < 2 && !one_column {
            continue;
        }
        let coverage = coverage(region, &header);
        if coverage >= 0.8 {
            let header = with_first_line(region, header);
            return odd_header::above(region, &header).or(Some(header));
        }
        if best.as_ref().is_none_or(|(known, _)| coverage > *known) {
            best = Some((coverage, header));
        }
    }
    let best = best.filter(|(coverage, _)| *coverage >= 0.5).map(|(_, header)| header);
    best.or_else(|| odd_header::numbered(region, first, last))
        .or_else(|| odd_header::mostly_labels(region, first, last))
}

/// Whether words below each other are a list under its heading, and not lines to be read, as of a sheet that tells how to
/// fill in the others.
fn is_list(region: &Region<'_>, first: usize, last: usize) -> bool {
    let (mut all, mut to_be_read) = (0, 0);
    for row in first..last {
        for column in region.filled(row) {
            all += 1;
            let CellValue::Text(text) = region.cell(row, column) else { continue };
            to_be_read += usize::from(width(text) > LONGEST_ENTRY || text.contains(['。', '；', '，']));
        }
    }
    all > 1 && to_be_read * 4 < all
}

/// Whether a name is longer than columns are called.
pub(super) fn is_too_long(name: &str) -> bool {
    width(name) > LONGEST_NAME
}

fn width(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(names::is_wide(c))).sum()
}

/// Whether a cell has nothing to be seen.
pub(super) fn is_blank(cell: &CellValue) -> bool {
    match cell {
        CellValue::Empty => true,
        CellValue::Text(text) => names::is_blank(text),
        _ => false,
    }
}

/// What a cell would be called as a header; nothing if it can be none.
pub(super) fn label(cell: &CellValue) -> Option<String> {
    match cell {
        CellValue::Number(year) if year.fract() == 0.0 && (1900.0..=2100.0).contains(year) => Some(year.to_string()),
        CellValue::Text(text) => {
            let name = header_name(text);
            // 备注： and 其中：女 may be names, 单位：某校 is a note.
            let rest = name.find([':', '：']).and_then(|at| name.get(at..));
            let colon = rest.is_some_and(|rest| rest.chars().count() > 1) && !name.starts_with("其中");
            let sentence = name.ends_with(['。', '；', ';']);
            let year = name.len() == 4 && name.starts_with(['1', '2']);
            let number = matches!(cell::read(&name), Reading::Number(_) | Reading::Percent(_) | Reading::Code) && !year;
            let usable = !name.is_empty() && !is_too_long(&name);
            (usable && !colon && !sentence && !number && !cell::is_dash(&name)).then_some(name)
        }
        _ => None,
    }
}

/// Whether all cells of a row could be headers, and there are any.
pub(super) fn is_labels(region: &Region<'_>, row: usize) -> bool {
    let mut any = false;
    region.filled(row).all(|column| {
        any = true;
        label(region.cell(row, column)).is_some()
    }) && any
}

/// The header that begins at a row, if it can be one.
pub(super) fn header_at(region: &Region<'_>, top: usize) -> Option<Header> {
    if !is_labels(region, top) {
        return None;
    }
    let areas: Vec<_> = (top..top + MAX_LEVELS).map(|row| region.areas(row)).collect();
    let levels_end = bottom(region, &areas, top);
    let bottom = levels_end + further_lines(region, &areas, top, levels_end);
    let width = (top..=bottom).map(|row| region.width(row)).max().unwrap_or(0);
    let right = areas.first().and_then(|areas| areas.iter().map(|area| area.right as usize + 1).max());
    let width = width.max(right.unwrap_or(0)).min(width + 256).min(region.columns.end);
    let left = region.columns.start.min(width);
    let mut paths = vec![String::new(); width - left];
    for (row, areas) in (top..=bottom).zip(&areas) {
        let mut group: Option<String> = None;
        for (column, path) in (left..).zip(&mut paths) {
            let part = match areas.at(column) {
                // The rows below a merged cell's first add nothing.
                Some(area) if (area.top as usize) < row => None,
                // The first of merged columns may be hidden, its name is that of all.
                Some(area) => label(region.sheet.cell(area.top as usize, area.left as usize)),
                None if row > levels_end => line_label(region.cell(row, column)),
                None => match label(region.cell(row, column)) {
                    Some(own) => {
                        group = Some(own.clone());
                        Some(own)
                    }
                    // A group's name stands over its first column only.
                    None if row < bottom && !is_blank(region.cell(row + 1, column)) => group.clone(),
                    None => None,
                },
            };
            if row > levels_end {
                if let Some(part) = part {
                    *path = with_line(path, &part);
                }
            } else if let Some(part) = part.filter(|part| names::last_part(path) != part.as_str()) {
                if !path.is_empty() {
                    path.push(PATH);
                }
                path.push_str(&part);
            }
        }
    }
    // A name merged over several columns with nothing below it to tell them apart names the first of them.
    let last = areas.get(bottom - top);
    let covered =
        |column: usize| last.and_then(|areas| areas.at(column)).is_some_and(|area| (area.left as usize) < column);
    let columns: Vec<_> = (left..)
        .zip(paths)
        .filter(|(column, path)| !path.is_empty() && !covered(*column) && !region.passes_over_column(*column))
        .collect();
    let header = Header { top, bottom, columns };
    (!header.columns.is_empty()).then_some(header)
}

/// The last row of the header that begins at a row.
fn bottom(region: &Region<'_>, areas: &[Areas], top: usize) -> usize {
    let mut bottom = top;
    for area in areas.first().into_iter().flat_map(Areas::iter) {
        let (first, last) = (area.top as usize, area.bottom as usize);
        let is_here = first == top && last - top < MAX_LEVELS && region.rows.contains(&last);
        if is_here && !is_blank(region.sheet.cell(first, area.left as usize)) && is_labels(region, last) {
            bottom = bottom.max(last);
        }
    }
    while bottom + 1 - top < MAX_LEVELS
        && areas.get(bottom - top).is_some_and(|areas| has_level_below(region, areas, bottom))
    {
        bottom += 1;
    }
    bottom
}

/// Whether the row below names parts of groups in this row: each of its cells is a label that stands under a cell
/// merged over several columns, or in or under a gap that a group's name leaves.
fn has_level_below(region: &Region<'_>, areas: &Areas, row: usize) -> bool {
    let below = row + 1;
    if region.filled(row).nth(1).is_none() || !is_labels(region, below) {
        return false;
    }
    let mut groups = 0;
    let mut gaps = 0;
    for column in region.filled(below) {
        match areas.at(column) {
            Some(area) if area.left < area.right => {
                let (left, right) = (area.left as usize, area.right as usize);
                if region.with_columns(left..right + 1).filled(below).nth(1).is_none() {
                    return false;
                }
                groups += 1;
            }
            Some(_) => return false,
            None if is_blank(region.cell(row, column)) => gaps += 1,
            None => {
                // Not merged: the first column of a group, with a gap to its right that is named below.
                let next = column + 1;
                if !is_blank(region.cell(row, next)) || is_blank(region.cell(below, next)) {
                    return false;
                }
            }
        }
    }
    // Without merged cells, columns that stand alone must leave the row below blank: else it is a row of data.
    groups > 0 || gaps > 0 && region.filled(row).any(|column| is_blank(region.cell(below, column)))
}

/// Which part of the columns that are used below a header, up to a blank row or another header, it names.
fn coverage(region: &Region<'_>, header: &Header) -> f64 {
    let mut used = Vec::new();
    for row in (header.bottom + 1..region.rows.end).take(SAMPLED_ROWS) {
        let columns: Vec<_> = region.filled(row).collect();
        if !used.is_empty() && (columns.is_empty() || is_heading(region, row)) {
            break;
        }
        if columns.len() >= 2 || header.columns.len() == 1 {
            used.extend(columns);
        }
    }
    used.sort_unstable();
    used.dedup();
    let is_named = |column: &&usize| header.columns.binary_search_by_key(*column, |(named, _)| *named).is_ok();
    let named = used.iter().filter(is_named).count();
    // The last row of a table of words names nothing either: with nothing below, any header found before is better.
    if used.is_empty() { 0.5 } else { named as f64 / used.len() as f64 }
}

/// Whether a row reads as a header, whatever stands around it: labels, one of them 序号, or at least half of them words
/// that name columns.
pub(super) fn is_heading(region: &Region<'_>, row: usize) -> bool {
    if region.filled(row).nth(1).is_none() || !is_labels(region, row) {
        return false;
    }
    let (mut all, mut headings) = (0, 0);
    for column in region.filled(row) {
        let name = label(region.cell(row, column)).unwrap_or_default();
        if super::locate::is_serial(&name) {
            return true;
        }
        all += 1;
        headings += usize::from(names_a_column(&name));
    }
    headings * 2 >= all
}

/// Whether a name ends as columns' names do.
fn names_a_column(name: &str) -> bool {
    const ENDINGS: &str = "编号 代码 编码 号码 名称 姓名 性别 年龄 民族 籍贯 学历 学位 职务 职称 专业 电话 手机 \
        地址 地点 单位 部门 时间 日期 年月 年份 年度 月份 季度 人数 总数 数量 次数 个数 金额 \
        总额 经费 党费 单价 总价 合计 小计 得分 分数 总分 名次 排名 等级 等次 比例 占比 类型 \
        类别 性质 规格 型号 内容 情况 备注 说明 负责人 联系人";
    let folded = names::folded(name);
    let bare = names::without_unit(&folded).unwrap_or(&folded);
    ENDINGS.split(' ').any(|ending| bare.ends_with(ending))
}
