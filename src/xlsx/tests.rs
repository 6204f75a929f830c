//! Workbooks written and read back.

use super::*;
use crate::workbook::{self, Area, CellValue, Sheet as Read};

fn column(heading: &str, form: Form, summed: bool) -> Column {
    Column { heading: heading.split('/').map(str::to_owned).collect(), form, summed }
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(text.into())
}

fn row(cells: Vec<Cell<'_>>) -> Row<'_> {
    Row { cells, tint: Tint::None }
}

fn schools() -> Workbook<'static> {
    let day = Cell::Date { year: 2001, month: Some(7), day: Some(1) };
    let month = Cell::Date { year: 2003, month: Some(9), day: None };
    let sheet = Sheet {
        name: "学校".into(),
        title: "年度总结（学校）".into(),
        columns: vec![
            column("代码", Form::Text, false),
            column("党员队伍/正式党员", Form::Number(0), true),
            column("党员队伍/预备党员", Form::Number(0), true),
            column("党费（元）", Form::Number(1), true),
            column("成立时间", Form::Text, false),
        ],
        rows: vec![
            row(vec![text("0101"), Cell::Number(1200.0), Cell::Number(3.0), Cell::Number(0.1), day]),
            row(vec![text("0102"), Cell::Number(34.0), Cell::Blank, Cell::Number(0.2), month]),
        ],
        total: Some("合计"),
        filter: false,
    };
    Workbook { title: "年度总结".into(), sheets: vec![sheet] }
}

fn read_back(workbook: &Workbook<'_>) -> Vec<Read> {
    workbook::read("a.xlsx", &write(workbook).unwrap()).unwrap().sheets
}

#[test]
fn what_is_read_back_is_what_was_written() {
    let sheet = &read_back(&schools())[0];
    assert_eq!(sheet.name, "学校");
    let shown: Vec<_> = sheet.rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>().join("|")).collect();
    assert_eq!(
        shown,
        [
            "年度总结（学校）",
            "代码|党员队伍||党费（元）|成立时间",
            "|正式党员|预备党员",
            "0101|1200|3|0.1|2001-7-1",
            "0102|34||0.2|2003-9-1",
            "合计|1234|3|0.3",
        ]
    );
    let area = |top, left, bottom, right| Area { top, left, bottom, right };
    let merged = [area(0, 0, 0, 4), area(1, 0, 2, 0), area(1, 1, 1, 2), area(1, 3, 2, 3), area(1, 4, 2, 4)];
    assert_eq!(sheet.merged, merged);
}

fn shown(cell: &CellValue) -> String {
    match cell {
        CellValue::Text(text) | CellValue::Error(text) => text.to_string(),
        CellValue::Number(number) => number.to_string(),
        CellValue::Date { year, month, day } => format!("{year}-{month}-{day}"),
        CellValue::Empty => String::new(),
        other => format!("{other:?}"),
    }
}

#[test]
fn equal_workbooks_are_equal_to_the_byte() {
    assert!(write(&schools()).unwrap() == write(&schools()).unwrap());
}

#[test]
fn a_text_that_looks_like_a_formula_stays_a_text() {
    let mut workbook = schools();
    workbook.sheets[0].rows[0].cells[0] = text("=HYPERLINK(\"http://x\")");
    let sheet = &read_back(&workbook)[0];
    assert_eq!(shown(sheet.cell(3, 0)), "=HYPERLINK(\"http://x\")");
}

#[test]
fn a_date_before_excels_calendar_is_words() {
    let mut workbook = schools();
    workbook.sheets[0].rows[0].cells[4] = Cell::Date { year: 1895, month: Some(3), day: Some(9) };
    assert_eq!(shown(read_back(&workbook)[0].cell(3, 4)), "1895年3月9日");
}

#[test]
fn a_sheet_without_rows_and_one_of_one_column_are_written() {
    let mut workbook = schools();
    workbook.sheets[0].rows.clear();
    workbook.sheets[0].total = None;
    let one = Sheet { name: "学校".into(), columns: vec![column("名称", Form::Text, false)], ..Sheet::default() };
    workbook.sheets.push(Sheet { filter: true, title: "题".into(), ..one });
    let sheets = read_back(&workbook);
    assert_eq!(sheets[0].rows.len(), 3);
    assert_eq!((sheets[1].name.as_str(), shown(sheets[1].cell(1, 0))), ("学校(2)", "名称".into()));
}

#[test]
fn more_rows_than_excel_opens_are_told() {
    let mut workbook = schools();
    workbook.sheets[0].rows = vec![Row::default(); MOST_ROWS];
    assert_eq!(write(&workbook).unwrap_err().code, "xlsx.too-many-rows");
}

proptest::proptest! {
    #[test]
    fn any_text_comes_back_but_for_control_characters(content in "[^_]{0,40}[\\x00-\\x1f]{0,2}") {
        let mut workbook = schools();
        workbook.sheets[0].rows[0].cells[0] = text(&content);
        let sheet = &read_back(&workbook)[0];
        let kept: String = content.chars().filter(|c| *c == '\n' || *c == '\t' || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'))).collect();
        proptest::prop_assert_eq!(shown(sheet.cell(3, 0)), kept);
    }
}
