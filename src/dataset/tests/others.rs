//! What stood in workbooks that other people's programs ship among their tests, made again in small.

use super::*;

/// The tables found on a sheet: range, and names of the columns.
fn found(rows: &[&str], merged: &Merged) -> Vec<String> {
    let found = describe(&book("甲.xlsx", rows, merged)).into_iter();
    let names =
        |table: &FoundTable| table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>().join(" ");
    found.map(|table| format!("{} {}", table.range.clone().unwrap_or_default(), names(&table))).collect()
}

#[test]
fn a_name_may_take_several_lines_and_have_its_unit_in_the_last() {
    let rows = ["学校 党员 经费", "_ （人） （万元）", "一小 30 1.5", "二小 20 2"];
    assert_eq!(found(&rows, &[]), ["A1:C4 学校 党员（人） 经费（万元）"]);
    let rows = ["学校 党员 经费", "_ 人 万元", "一小 30 1.5", "二小 20 2"];
    assert_eq!(found(&rows, &[]), ["A1:C4 学校 党员（人） 经费（万元）"]);
    let rows = ["Function Percent Minimum", "_ of_Hires Monthly", "_ _ Salary", "Finance 0.5 3000", "Law 0.2 2000"];
    assert_eq!(found(&rows, &[]), ["A1:C5 Function Percent of_Hires Minimum Monthly Salary"]);
    let merged = [(0, 0, 1, 0), (0, 1, 0, 2)];
    let rows = ["学校 党员 _", "_ 男 女", "_ （人） （人）", "一小 3 4", "二小 5 6"];
    assert_eq!(found(&rows, &merged), ["A1:C5 学校 党员/男（人） 党员/女（人）"]);
    // Words below the second line: it is a row in which the first cell was forgotten.
    let rows = ["学校 校长 书记", "_ 张某 李某", "二小 王某 赵某", "三小 孙某 钱某"];
    assert_eq!(found(&rows, &[]), ["A1:C4 学校 校长 书记"]);
    let rows = ["学校 党员 经费", "_ 若干 少许", "二小 若干 3", "三小 5 6"];
    assert_eq!(found(&rows, &[]), ["A1:C4 学校 党员 经费"]);
}

#[test]
fn a_header_that_comes_again_with_fewer_columns_or_under_another_group_is_no_data() {
    let rows = ["税率 1997 1998 1999 2000", "甲 3 4 5 6", "税率 1997 1998 1999", "乙 5 6 7 8"];
    let (first, problems) = table(&rows, &[]);
    assert_eq!(values(&first, "1997"), ["3", "5"]);
    assert_eq!(told(&problems), [""; 0]);
    let rows = [
        "收入 单身 _ _",
        "_ 1997 1998 1999",
        "15000 23 20 18",
        "20000 28 25 24",
        "_",
        "收入 已婚 _ _",
        "_ 1997 1998 1999",
        "15000 15 14 9",
        "20000 20 18 14",
    ];
    let merged = [(0, 0, 1, 0), (0, 1, 0, 3), (5, 0, 6, 0), (5, 1, 5, 3)];
    // One school that has not answered is no new header.
    let missing = ["学校 男 女 少数民族", "一小 3 4 1", "_", "三小 未报 _ _", "四小 5 6 2"];
    assert_eq!(found(&missing, &[(3, 1, 3, 3)]).len(), 1);
    let expected = ["A1:D4 收入 单身/1997 单身/1998 单身/1999", "A6:D9 收入 已婚/1997 已婚/1998 已婚/1999"];
    assert_eq!(found(&rows, &merged), expected);
}

const BALANCE: [&str; 8] = [
    "资产负债表",
    "资产 行次 年初数 期末数 负债 行次 年初数 期末数",
    "流动资产： _ _ _ 流动负债： _ _ _",
    "货币资金 1 60 50 短期借款 4 10 10",
    "存货 2 40 50 应付账款 5 20 30",
    "流动资产合计 3 100 100 预收账款 6 5 5",
    "固定资产 _ 20 30 所有者权益（或股东权益）合计 7 35 45",
    "资产总计 _ 120 130 _ _ _ _",
];

#[test]
fn two_tables_side_by_side_with_nothing_between_them_are_two() {
    let names = "行次 年初数 期末数";
    assert_eq!(found(&BALANCE, &[]), [format!("A2:D7 资产 {names}"), format!("E2:H6 负债 {names}")]);
    let spec = TableSpec { at: Some(("负债".to_owned(), Place::Run)), ..spec("表", &[0], &[]) };
    let (dataset, problems) = Dataset::find(&[book("甲.xlsx", &BALANCE, &[])], &[spec], &[]);
    assert_eq!(values(&dataset.tables[0], "负债"), ["短期借款", "应付账款", "预收账款"]);
    assert_eq!(values(&dataset.tables[0], "期末数"), ["10", "30", "5"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn lists_that_begin_with_codes_stand_side_by_side_too() {
    let rows = ["代码 项目 金额 代码 项目 金额", "1 利息 30 7 手续费 3", "2 租金 20 8 工资 9", "3 其他 1 _ _ _"];
    assert_eq!(found(&rows, &[]), ["A1:C4 代码 项目 金额", "D1:F3 代码 项目 金额"]);
}

#[test]
fn columns_of_one_name_in_groups_of_figures_are_one_table() {
    let rows = ["区县 男 女 合计 男 女", "东区 1 2 3 4 5", "西区 2 3 4 5 6"];
    assert_eq!(found(&rows, &[]).len(), 1);
}

#[test]
fn a_table_without_a_title_is_named_by_a_column_that_only_it_has() {
    let rows = ["学校 教师 学生", "一小 30 500", "二小 20 300", "_", "学校 班名 人数", "一小 党史 40", "二小 法律 30"];
    let described = describe(&book("甲.xlsx", &rows, &[]));
    let at: Vec<_> = described.iter().map(|table| table.at.as_deref().unwrap_or_default()).collect();
    assert_eq!(at, ["教师", "班名"]);
    for wanted in ["班名", "人数", "A5"] {
        let spec = TableSpec { at: Some((wanted.to_owned(), Place::Run)), ..spec("表", &[0], &[]) };
        let (dataset, problems) = Dataset::find(&[book("甲.xlsx", &rows, &[])], &[spec], &[]);
        assert_eq!(dataset.tables.first().map(|table| table.rows.len()), Some(2), "{wanted}: {problems:?}");
        assert!(dataset.tables[0].find_column("班名").is_some());
    }
}

#[test]
fn lines_to_be_read_are_no_table_and_a_list_in_one_column_is() {
    let notes = ["填表说明", "一、本表由学校填写，一校一份。", "二、人数按年底在册填。", "三、金额以元计。"];
    assert_eq!(found(&notes, &[]), [" "]);
    assert_eq!(found(&["填表说明"], &[]), [" "]);
    assert_eq!(found(&["学校", "第一小学", "第二小学"], &[]), ["A1:A3 学校"]);
}

#[test]
fn letters_in_a_heading_are_narrower_than_han_characters() {
    let long = "Total_Local_Revenues_and_State_Revenues_of_the_District_(thousands)";
    let rows = [format!("District {long}"), "Bay 3".to_owned(), "Lee 4".to_owned()];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    assert_eq!(found(&rows, &[]), [format!("A1:B3 District {long}")]);
}

#[test]
fn cells_that_hold_errors_are_not_called_blank() {
    let mut book = book("甲.xlsx", &["学校 占比 人数", "一小 _ 3", "二小 _ 4", "三小 _ 5"], &[]);
    let sheet = &mut book.sheets[0];
    for row in [1, 2] {
        sheet.rows[row][1] = workbook::CellValue::Error("#DIV/0!".into());
    }
    let share = &describe(&book)[0].columns[1];
    assert_eq!((share.blanks, share.errors, share.distinct), (1, 2, 0));
}

#[test]
fn the_date_of_the_number_nought_is_an_error() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("表").unwrap();
    write_rows(sheet, &["学校 建校时间", "一小 _", "二小 _"]);
    let day = Format::new().set_num_format("yyyy/m/d");
    sheet.write_with_format(1, 1, 0, &day).unwrap();
    sheet.write_with_format(2, 1, 45_031, &day).unwrap();
    let book = workbook::read("甲.xlsx", &writer.save_to_buffer().unwrap()).unwrap();
    let (dataset, problems) = Dataset::find(&[book], &[spec("表", &[0], &[])], &[]);
    assert_eq!(dataset.tables[0].columns[1].kind, Kind::Date);
    assert_eq!(told(&problems), ["dataset.error-cell 甲.xlsx#表!B2"]);
    assert!(problems[0].message.zh.ends_with("1900/1/0"), "{}", problems[0].message.zh);
}
