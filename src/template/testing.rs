//! A small city for tests, and templates merged with it into text that a test can read.

use std::sync::Arc;

use super::expression::{Position, Tagged, Use};
use super::{Insert, Inserts, PictureSource, Pictures, ProjectFacts, Scope};
use crate::dataset::{Cell, Column, Dataset, Date, Kind, Link, Origin, Row, SheetName, Table, TableId, Value};
use crate::diagnostic::{Diagnostic, Language, Place};
use crate::document::{Image, ImageFormat};
use crate::picture::Print;

/// The tables of [`city`].
pub(super) const SCHOOLS: TableId = TableId(1);

/// 2 districts, 3 schools and 4 branches. The third school has no branch and a text where its area belongs.
pub(super) fn city() -> Dataset {
    let tables = vec![
        table("区县", "区县名称", &["东区", "西区"]),
        table(
            "学校",
            "代码 学校名称 区县 类型 学生数# 占地面积# 成立时间@",
            &[
                "0101|一中|东区|公办|1200|20000.5|1956-09-01",
                "0102|二小|东区|民办|800|-|1987-09",
                "0201|职校|西区|公办|1000|约三十亩|2001",
            ],
        ),
        table(
            "党支部",
            "支部名称 学校代码 类型 党员队伍/党员总数# 党员队伍/正式党员# 党费（元）# 书记 示范?",
            &[
                "教工一支部|0101|教工|12|10|285.5|赵甲|是",
                "教工二支部|0101|教工|8|8|1200|钱乙|否",
                "学生支部|0101|学生|30|15|0|孙*丙*|否",
                "联合支部|0102|教工|5|-|-|-|否",
            ],
        ),
    ];
    let sheets = ["区县", "学校", "党支部"].map(|name| SheetName {
        file: "input/全市.xlsx".into(),
        sheet: name.into(),
        pictures: Default::default(),
    });
    let mut city = Dataset { sheets: sheets.to_vec(), tables, ..Dataset::default() };
    link(&mut city, (2, 1), (1, 0));
    link(&mut city, (1, 2), (0, 0));
    city
}

/// A table whose header stands in row 4; `#` marks a column of numbers, `@` of dates, `?` of yes and no; `-` is blank.
fn table(name: &str, header: &str, rows: &[&str]) -> Table {
    let sheet = ["区县", "学校", "党支部"].iter().position(|known| *known == name).unwrap() as u32;
    let columns: Vec<_> = header
        .split(' ')
        .map(|heading| {
            let name = heading.trim_end_matches(['#', '@', '?']).to_owned();
            let kind = match heading.chars().last() {
                Some('#') => Kind::Number,
                Some('@') => Kind::Date,
                Some('?') => Kind::Bool,
                _ => Kind::Text,
            };
            Column { name, kind }
        })
        .collect();
    let rows = rows.iter().enumerate().map(|(row, cells)| {
        let cells = cells.split('|').zip(&columns).enumerate().map(|(column, (text, spec))| Cell {
            value: value(text, spec.kind),
            origin: Origin { sheet, row: row as u32 + 4, column: column as u32 },
        });
        Row { cells: cells.collect() }
    });
    let rows = rows.collect();
    Table { name: name.into(), columns, key: vec![0], rows }
}

fn value(text: &str, kind: Kind) -> Value {
    let date = || {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let mut part = || parts.next().and_then(|part| part.parse().ok());
        Some(Value::Date(Date { year, month: part(), day: part() }))
    };
    let other = match kind {
        Kind::Number => text.parse().ok().map(Value::Number),
        Kind::Date => date(),
        Kind::Bool => Some(Value::Bool(text == "是")),
        Kind::Text => None,
    };
    if text == "-" { Value::Blank } else { other.unwrap_or_else(|| Value::Text(text.into())) }
}

fn link(city: &mut Dataset, from: (u16, usize), to: (u16, usize)) {
    let rows = |table: u16| &city.tables[table as usize].rows;
    let target = |row: &Row| rows(to.0).iter().position(|other| other.cells[to.1].value == row.cells[from.1].value);
    let targets: Vec<_> = rows(from.0).iter().map(|row| target(row).map(|row| row as u32)).collect();
    let followers = (0..rows(to.0).len() as u32)
        .map(|to| (0..targets.len() as u32).filter(|&row| targets[row as usize] == Some(to)).collect::<Vec<u32>>());
    let followers = followers.collect();
    city.links.push(Link {
        from: TableId(from.0),
        from_column: from.1,
        to: TableId(to.0),
        to_column: to.1,
        targets,
        followers,
    });
}

pub(super) fn project() -> ProjectFacts {
    ProjectFacts {
        title: "年度总结".into(),
        year: "2023".into(),
        others: vec![("日期".into(), "2024-01-15".into()), ("空".into(), String::new())],
    }
}

pub(super) struct Album;

impl Pictures for Album {
    fn picture(&self, source: PictureSource<'_>, _: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
        let path = match source {
            PictureSource::File { path, .. } => path,
            PictureSource::Part { part, .. } => part,
        };
        if path != "校徽.png" {
            let words = crate::diagnostic::Words::new(format!("没有图片 {path}"), format!("no picture {path}"));
            return Err(Diagnostic::error("test.picture", named_at.clone(), words));
        }
        Ok(Arc::new(Image {
            format: ImageFormat::Png,
            bytes: Vec::new().into(),
            width_px: 1,
            height_px: 1,
            drawing: None,
        }))
    }
}

/// What became of a template: its text with values in their places, and the problems as a person reads them.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) text: String,
    pub(super) problems: Vec<String>,
    pub(super) inserts: Inserts,
}

/// Merges a template for a school (by its row), or for the whole city.
pub(super) fn merge(source: &str, school: Option<u32>) -> Merged {
    merge_with(&city(), source, school, Use::Report)
}

/// Merges a template or a line with any data.
pub(super) fn merge_with(data: &Dataset, source: &str, school: Option<u32>, used: Use) -> Merged {
    let project = project();
    let mut inserts = Inserts::default();
    let scope = Scope { dataset: data, project: &project, unit: school.map(|row| (SCHOOLS, row)), skipped: 0 };
    let (text, problems) =
        Tagged::parse("学校.md", source, Position::START, used).fill(scope, Some(&Album), &mut inserts);
    let problems = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
    let text = match used {
        // The values of a line stand in it, between marks.
        Use::Line => text.replace([super::inserts::OPEN, super::inserts::CLOSE], ""),
        _ => filled(&text, &inserts),
    };
    Merged { text, problems, inserts }
}

/// The text with the values in the places held for them; tables as lines.
fn filled(text: &str, inserts: &Inserts) -> String {
    use super::inserts::{CLOSE, OPEN};
    let mut parts = text.split(OPEN);
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(CLOSE).unwrap();
        match inserts.get(number.parse().unwrap()).unwrap() {
            Insert::Text { text, .. } => filled += text,
            Insert::Chart(chart) => filled += &chart.sentence(chart.form.unwrap_or_default().name()),
            Insert::Picture(picture) => {
                filled += &format!("[图 {:?} {:?}]", picture.print.width.map(|width| width.to_mm()), picture.caption);
            }
            Insert::Gallery(gallery) => {
                let texts: Vec<_> = gallery.pictures.iter().map(|picture| picture.text.as_str()).collect();
                filled += &format!("[照片墙 {} {:?}]", gallery.across, texts);
            }
            Insert::Table(table) => {
                let mut lines: Vec<String> = table.caption.iter().cloned().collect();
                lines.extend(table.header.iter().map(|row| row.join("|")));
                let cells = |row: &Vec<super::InsertedCell>| {
                    row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")
                };
                lines.extend(table.rows.iter().map(cells));
                lines.extend(table.note.clone());
                filled += &lines.join("\n");
            }
        }
        filled += rest;
    }
    filled
}

/// The text of a template that has nothing wrong with it.
pub(super) fn text(source: &str, school: Option<u32>) -> String {
    let merged = merge(source, school);
    assert_eq!(merged.problems, [""; 0], "{source}");
    merged.text
}

/// The problems of a template.
pub(super) fn problems(source: &str, school: Option<u32>) -> Vec<String> {
    merge(source, school).problems
}
