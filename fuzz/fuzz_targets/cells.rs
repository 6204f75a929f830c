//! Grids of cells that the fuzzer makes up, of the words that tables and forms are made of.

use arbitrary::Arbitrary;
use huibao::workbook::{Area, CellValue, Sheet, Workbook};

#[derive(Arbitrary, Debug)]
enum Content<'a> {
    Empty,
    Text(&'a str),
    /// One of the words that tables and forms are made of.
    Word(u8),
    Number(f64),
    Percent(f64),
    Small(i16),
    Date(u16, u8, u8),
    Bool(bool),
    Error,
    NotComputed,
}

/// A sheet, and what the project file says of it.
#[derive(Arbitrary, Debug)]
pub struct Grid<'a> {
    rows: Vec<Vec<Content<'a>>>,
    merged: Vec<(u8, u8, u8, u8)>,
    pub key: &'a str,
    pub at: Option<&'a str>,
}

const WORDS: [&str; 32] = [
    "序号",
    "学校代码",
    "学校名称",
    "支部名称",
    "党员总数",
    "正式党员",
    "预备党员",
    "党费（元）",
    "日期",
    "合计",
    "小计",
    "总计",
    "注：",
    "填表人：",
    "一、小学",
    "0101",
    "12人",
    "约30",
    "1.2万",
    "二〇二三年四月",
    "2023.4",
    "是",
    "√",
    "—",
    "无",
    "姓名",
    "性别",
    "出生年月",
    "主要简历",
    "家庭成员",
    "（贴照片处）",
    "□ 是 ☑ 否",
];

/// A workbook of this one sheet.
pub fn workbook(grid: &Grid<'_>) -> Workbook {
    let cell = |content: &Content<'_>| match content {
        Content::Empty => CellValue::Empty,
        Content::Text("") => CellValue::Empty,
        Content::Text(text) => CellValue::Text((*text).into()),
        Content::Word(word) => CellValue::Text(WORDS[usize::from(*word) % WORDS.len()].into()),
        Content::Number(number) => CellValue::Number(*number),
        Content::Percent(share) => CellValue::Percent(*share),
        Content::Small(number) => CellValue::Number(f64::from(*number)),
        Content::Date(year, month, day) => {
            CellValue::Date { year: i32::from(*year), month: month % 12 + 1, day: day % 28 + 1 }
        }
        Content::Bool(yes) => CellValue::Bool(*yes),
        Content::Error => CellValue::Error("#REF!".into()),
        Content::NotComputed => CellValue::NotComputed,
    };
    let rows: Vec<Vec<_>> = grid.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let merged = grid.merged.iter().map(|(top, left, height, width)| {
        let (top, left) = (u32::from(*top), u32::from(*left));
        Area { top, left, bottom: top + u32::from(*height), right: left + u32::from(*width) }
    });
    let mut merged: Vec<_> = merged.collect();
    merged.sort();
    let sheet = Sheet { name: "表".into(), rows, merged, ..Sheet::default() };
    Workbook { file: "a.xlsx".into(), sheets: vec![sheet], ..Workbook::default() }
}
