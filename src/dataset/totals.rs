//! Total rows are no data; what they say is compared with what the rows add up to.

use rayon::prelude::*;

use super::build::Source;
use super::cell::{self, Reading};
use super::kind::NameSays;
use super::locate::{Reason, is_serial, text};
use super::names::{folded, trimmed};
use super::problem;
use super::scale::Scale;
use super::{Column, Row, Table, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::workbook::CellValue;

/// So many totals before or after a subtotal are tried as where its rows begin or end.
const MOST_BOUNDS: usize = 32;
/// So many subtotals of a sheet are looked up by the name before them: 东区 of 东区小计.
const MOST_NAMED: usize = 20;

/// Compares the totals and subtotals of each source with its rows. A single total is over all of them; a subtotal, or one
/// of several totals, over the rows up to some other total above it (or below, where totals stand on top).
pub(super) fn check(
    table: &Table,
    scales: &[Vec<Scale>],
    sources: &[Source<'_>],
    level: Severity,
    problems: &mut Vec<Diagnostic>,
) {
    let adds_up: Vec<_> = table.columns.iter().map(Column::adds_up).collect();
    let mut rest = table.rows.as_slice();
    let rows = sources.iter().map(|source| {
        let (rows, after) = rest.split_at(source.located.rows.len().min(rest.len()));
        rest = after;
        rows
    });
    let rows: Vec<_> = rows.collect();
    let told = sources.par_iter().zip(rows).enumerate().flat_map_iter(|(number, (source, rows))| {
        let mut problems = Vec::new();
        let marks = source.located.passed_over.iter();
        let marks: Vec<_> = marks.filter(|(_, why)| matches!(why, Reason::Total | Reason::Subtotal)).copied().collect();
        // Of a table inside a form the cells stand elsewhere than in the sheet.
        if source.at.is_whole() && !marks.is_empty() && !rows.is_empty() {
            let scale = |column: usize| scales.get(column).and_then(|scales| scales.get(number)).copied();
            Totals::new((table, &adds_up), source, rows, marks, &scale).check(&mut problems);
        }
        problems
    });
    let told: Vec<_> = told.collect();
    problems.extend(told.into_iter().map(|problem| Diagnostic { severity: level, ..problem }));
}

/// The totals of one source.
struct Totals<'a> {
    source: &'a Source<'a>,
    rows: &'a [Row],
    /// Rows of the sheet, from top to bottom.
    marks: Vec<(u32, Reason)>,
    columns: Vec<Summed<'a>>,
}

/// A column that adds up.
struct Summed<'a> {
    name: &'a str,
    /// Where it stands in the sheet.
    place: u32,
    number: usize,
    scale: Scale,
    /// The sum of the first rows, for each number of them.
    sums: Vec<f64>,
    /// The rows whose cells have something in them that is no number.
    unread: Vec<usize>,
}

impl<'a> Totals<'a> {
    /// `adds_up` says of each of the table's columns whether it does.
    fn new(
        (table, adds_up): (&'a Table, &[bool]),
        source: &'a Source<'a>,
        rows: &'a [Row],
        marks: Vec<(u32, Reason)>,
        scale: &dyn Fn(usize) -> Option<Scale>,
    ) -> Self {
        let mut columns = Vec::new();
        let summed = table.columns.iter().enumerate().zip(adds_up).filter(|(_, adds_up)| **adds_up);
        for ((number, column), _) in summed {
            let place = rows.first().and_then(|row| row.cells.get(number)).map(|cell| cell.origin.column);
            let here = |place: &u32| source.located.is_named(*place as usize);
            let Some(place) = place.filter(here) else { continue };
            let mut sums = vec![0.0];
            let (mut sum, mut unread) = (0.0, Vec::new());
            for (at, row) in rows.iter().enumerate() {
                if let Some(cell) = row.cells.get(number) {
                    sum += amount(&cell.value);
                    let origin = cell.origin;
                    let raw = source.sheet.cell(origin.row as usize, origin.column as usize);
                    if is_unread(raw, &cell.value) {
                        unread.push(at);
                    }
                }
                sums.push(sum);
            }
            let scale = scale(number).unwrap_or_default();
            columns.push(Summed { name: &column.name, place, number, scale, sums, unread });
        }
        Self { source, rows, marks, columns }
    }

    fn check(&self, problems: &mut Vec<Diagnostic>) {
        let one_total = self.marks.iter().filter(|(_, why)| *why == Reason::Total).count() == 1;
        let first = self.marks.iter().find(|(_, why)| *why == Reason::Subtotal || !one_total);
        let on_top = first.is_some_and(|(row, _)| self.rows_above(*row) == 0);
        for (at, (row, why)) in self.marks.iter().enumerate() {
            let meant = if one_total && *why == Reason::Total {
                Some((0, self.rows.len()))
            } else {
                self.nearest_range(at, on_top)
            };
            let Some((from, to)) = meant else { continue };
            for column in self.columns.iter().filter(|column| !self.agrees(*row, column, from, to)) {
                let (Some(stated), sum) = (self.stated(*row, column), column.sum(from, to)) else { continue };
                let all = from == 0 && to == self.rows.len();
                let rows = self.source.located.rows.get(from..to).unwrap_or_default();
                let over = rows.first().copied().zip(rows.last().copied()).filter(|_| !all);
                let at = self.source.at;
                problems.push(problem::total_differs(at, *row, column.place, column.name, (stated, sum), over));
            }
        }
    }

    /// How many rows of data stand above a row of the sheet.
    fn rows_above(&self, row: u32) -> usize {
        self.source.located.rows.partition_point(|data| *data < row)
    }

    /// The rows that a subtotal is over: of those that it could be over the ones that agree in most columns, of these
    /// the fewest, or for a total the most. Nothing if nobody can tell, or if the rows that its name names agree.
    fn nearest_range(&self, at: usize, on_top: bool) -> Option<(usize, usize)> {
        let (row, why) = *self.marks.get(at)?;
        let here = self.rows_above(row);
        let mut bounds: Vec<_> = if on_top {
            let below = self.marks.iter().skip(at + 1).take(MOST_BOUNDS).map(|(row, _)| self.rows_above(*row));
            below.chain([self.rows.len()]).filter(|bound| *bound > here).collect()
        } else {
            let above = self.marks.iter().take(at).rev().take(MOST_BOUNDS).map(|(row, _)| self.rows_above(*row));
            above.chain([0]).filter(|bound| *bound < here).collect()
        };
        if why == Reason::Total {
            // The last of several is over all, if over nothing else.
            bounds.reverse();
        }
        let ranges = bounds.iter().map(|bound| (here.min(*bound), here.max(*bound)));
        let wrong = |(from, to): (usize, usize)| {
            self.columns.iter().filter(|column| !self.agrees(row, column, from, to)).count()
        };
        let best = ranges.min_by_key(|range| wrong(*range))?;
        if wrong(best) == 0 || at < MOST_NAMED && self.named_rows_agree(row) {
            return None;
        }
        // 东区合计, 西区合计 one below the other are over rows that stand apart.
        let beside = at.checked_sub(1).into_iter().chain([at + 1]).filter_map(|at| self.marks.get(at));
        let is_in_a_block =
            beside.into_iter().any(|(other, why)| *why == Reason::Subtotal && self.rows_above(*other) == here);
        (!is_in_a_block).then_some(best)
    }

    /// Whether a subtotal is that of the rows that have the word before it in one of their cells: 东区小计.
    fn named_rows_agree(&self, row: u32) -> bool {
        let cells = self.source.sheet.rows.get(row as usize).map(Vec::as_slice).unwrap_or_default();
        let Some(name) = cells.iter().filter_map(text).find_map(|text| {
            let text = folded(text).into_owned();
            let name = ["小计", "合计", "总计", "共计"].iter().find_map(|word| text.strip_suffix(word));
            name.filter(|name| !name.is_empty()).map(str::to_owned)
        }) else {
            return false;
        };
        let is_named = |row: &&Row| {
            row.cells.iter().any(|cell| matches!(&cell.value, Value::Text(text) if folded(text).contains(&name)))
        };
        let rows: Vec<_> = self.rows.iter().filter(is_named).collect();
        !rows.is_empty()
            && self.columns.iter().all(|column| {
                let cells = rows.iter().filter_map(|row| row.cells.get(column.number));
                let sum = cells.map(|cell| amount(&cell.value)).sum();
                self.stated(row, column).is_none_or(|stated| is_equal(stated, sum))
            })
    }

    fn stated(&self, row: u32, column: &Summed<'_>) -> Option<f64> {
        match self.source.sheet.cell(row as usize, column.place as usize) {
            CellValue::Number(number) => Some(column.scale.of(*number)),
            CellValue::Percent(share) => Some(NameSays::of(column.name).share(*share)),
            CellValue::Text(text) => match cell::read(&trimmed(text)) {
                Reading::Number(number) | Reading::Guess(number) => Some(column.scale.of(number)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether what a total states may be right: where a cell could not be read, which is told there, nobody knows.
    fn agrees(&self, row: u32, column: &Summed<'_>, from: usize, to: usize) -> bool {
        self.stated(row, column).is_none_or(|stated| is_equal(stated, column.sum(from, to)))
            || column.unread.partition_point(|row| *row < from) < column.unread.partition_point(|row| *row < to)
    }
}

impl Summed<'_> {
    /// The sum of some of the rows.
    fn sum(&self, from: usize, to: usize) -> f64 {
        let up_to = |row: usize| self.sums.get(row).copied().unwrap_or_default();
        up_to(to) - up_to(from)
    }
}

/// Whether a cell holds an error, or words where a number belongs.
fn is_unread(raw: &CellValue, value: &Value) -> bool {
    match value {
        Value::Number(_) => false,
        Value::Blank => matches!(raw, CellValue::Error(_) | CellValue::NotComputed),
        _ => true,
    }
}

fn amount(value: &Value) -> f64 {
    match value {
        Value::Number(number) => *number,
        _ => 0.0,
    }
}

fn is_equal(stated: f64, sum: f64) -> bool {
    (stated - sum).abs() <= 0.005 + 1e-9 * sum.abs()
}

/// Shares, means and years do not add up.
pub(super) fn adds_up(name: &str) -> bool {
    // 上年党员数 does.
    let year = ["年", "年度", "年份", "年龄", "年限", "年级"].iter().any(|ending| without_unit(name).ends_with(ending));
    const NOT_ADDED: &str = "year month code id zip rate ratio percent pct average avg mean median rank \
        age price index score latitude longitude lat lon lng temperature version";
    const NOT_SUMS: &str = "率 比 平均 人均 均分 % ％ 号 排名 名次 行次 栏次 单价 均价 经度 纬度 温度 湿度 身高 体重 楼层 \
        月份 季度 编码 代码 邮编 电话 指数 系数 权重 得分 评分 成绩";
    let english = name
        .split(|c: char| !c.is_ascii_alphabetic())
        .any(|word| NOT_ADDED.split(' ').any(|not_added| word.eq_ignore_ascii_case(not_added)));
    !year && !english && !is_serial(name) && !NOT_SUMS.split(' ').any(|word| name.contains(word))
}

fn without_unit(name: &str) -> &str {
    name.split(['（', '(']).next().unwrap_or(name)
}
