//! Any grid at all is a form or none, in time that grows with its cells.

use huibao::dataset::{Dataset, Layout, TableSpec, describe};
use huibao::workbook::{Area, CellValue, Sheet, Workbook};
use proptest::prelude::*;

use crate::{book, forms, inside};

/// Words of forms among anything else.
fn cell_value() -> impl Strategy<Value = CellValue> {
    let words = prop::sample::select(vec![
        "姓名",
        "性别",
        "男□ 女☑",
        "党员情况",
        "单位：",
        "填报单位：某校  日期：2023年",
        "简\n历",
        "照片",
        "注：说明",
        "张三",
        "汉族",
        "合计",
        "序号",
        "一、情况",
        "____",
        "年　月　日",
        "□ 是 ☑ 否",
        "：",
        "/",
        "　",
    ]);
    prop_oneof![
        4 => Just(CellValue::Empty),
        4 => words.prop_map(|word| CellValue::Text(word.into())),
        1 => "\\PC{1,12}".prop_map(|text| CellValue::Text(text.into())),
        1 => any::<f64>().prop_map(CellValue::Number),
        1 => any::<f64>().prop_map(CellValue::Percent),
        1 => Just(CellValue::Date { year: 2023, month: 5, day: 1 }),
        1 => Just(CellValue::NotComputed),
    ]
}

fn sheet() -> impl Strategy<Value = Sheet> {
    let rows = prop::collection::vec(prop::collection::vec(cell_value(), 0..8), 0..14);
    let area = (0_u32..16, 0_u32..10, 0_u32..8, 0_u32..6);
    let merged = prop::collection::vec(area, 0..8).prop_map(|areas| {
        let areas =
            areas.into_iter().map(|(top, left, high, wide)| Area { top, left, bottom: top + high, right: left + wide });
        areas.collect()
    });
    (rows, merged).prop_map(|(rows, merged)| Sheet { name: "表".into(), rows, merged, ..Sheet::default() })
}

proptest! {
    #[test]
    fn any_sheets_are_forms_or_none(sheets in prop::collection::vec(sheet(), 1..5)) {
        let books: Vec<_> = sheets.into_iter().map(|sheet| Workbook { file: "表.xlsx".into(), sheets: vec![sheet], ..Workbook::default() }).collect();
        let specs = [forms("登记表", books.len(), &["姓名"]), inside("简历", "登记表"), inside("B2", "登记表")];
        let (dataset, _) = Dataset::find(&books, &specs, &[]);
        for table in &dataset.tables {
            let names: std::collections::BTreeSet<_> = table.columns.iter().map(|column| &column.name).collect();
            prop_assert_eq!(names.len(), table.columns.len());
            prop_assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
        }
        for book in &books {
            describe(book);
        }
    }

    #[test]
    fn every_value_of_a_plain_form_is_found_whatever_it_is(values in prop::collection::vec("[甲乙丙丁戊]{1,8}", 8)) {
        let labels = ["姓名", "籍贯", "学历", "职务", "工作单位", "家庭住址", "入党时间", "奖惩情况"];
        let lines = labels.iter().zip(&values).enumerate().map(|(number, (label, value))| {
            let (row, column) = (number / 2 + 2, ["A", "C"][number % 2]);
            let beside = ["B", "D"][number % 2];
            format!("{column}{row} {label}\n{beside}{row} {value}")
        });
        let lines = lines.collect::<Vec<_>>().join("\n");
        let (dataset, _) = Dataset::find(&[book("表.xlsx", &[&format!("A1:D1 登记表\n{lines}")])], &[forms("表", 1, &[])], &[]);
        let expected: Vec<_> = labels.iter().zip(&values).map(|(label, value)| format!("{label}={value}")).collect();
        prop_assert_eq!(crate::rows(&dataset.tables[0]).concat(), expected);
    }
}

#[test]
fn a_sheet_twice_as_large_takes_about_twice_the_time() {
    // Each pair of rows could be a table's begin: none may be looked through again for each of the others.
    let time = |rows: usize| {
        let text = |text: &str| CellValue::Text(text.into());
        let row = |number: usize| {
            (0..40).map(|column| text(if (number + column).is_multiple_of(2) { "姓名" } else { "张三" })).collect()
        };
        let sheet = Sheet { name: "表".into(), rows: (0..rows).map(row).collect(), ..Sheet::default() };
        let books = [Workbook { file: "表.xlsx".into(), sheets: vec![sheet], ..Workbook::default() }];
        let spec = TableSpec { layout: Layout::Form, ..forms("表", 1, &[]) };
        let least = |_| {
            let start = std::time::Instant::now();
            Dataset::find(&books, std::slice::from_ref(&spec), &[]);
            start.elapsed()
        };
        (0..5).map(least).min().unwrap()
    };
    let (small, large) = (time(90), time(360));
    assert!(large < small * 12, "{small:?} for 90 rows, {large:?} for 360");
}
