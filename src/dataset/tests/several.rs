use super::*;

/// The ranges of all tables found on a sheet, each with what `at` is to say.
fn found(rows: &[&str], merged: &Merged) -> Vec<String> {
    let found = describe(&book("甲.xlsx", rows, merged)).into_iter();
    found.map(|table| format!("{} {}", table.range.unwrap_or_default(), table.at.unwrap_or_default())).collect()
}

/// The table that `at` chooses, and what was said.
fn at(wanted: &str, rows: &[&str], merged: &Merged) -> (Option<Table>, Vec<Diagnostic>) {
    let spec = TableSpec { at: Some((wanted.to_owned(), Place::Run)), ..spec("表", &[0], &[]) };
    let (mut dataset, problems) = Dataset::find(&[book("甲.xlsx", rows, merged)], &[spec], &[]);
    (dataset.tables.pop(), problems)
}

const BELOW: [&str; 11] = [
    "一、学校情况",
    "序号 学校 教师",
    "1 一小 30",
    "2 二小 20",
    "合计 _ 50",
    "注：不含代课教师。",
    "_",
    "二、培训情况",
    "单位：人",
    "培训班 讲师 人数",
    "党史 王某 40",
];

#[test]
fn tables_below_one_another_under_titles_are_all_found() {
    assert_eq!(found(&BELOW, &[(0, 0, 0, 2), (7, 0, 7, 2)]), ["A2:C4 一、学校情况", "A10:C11 二、培训情况"]);
    let (table, problems) = table(&BELOW, &[]);
    assert_eq!(values(&table, "学校"), ["一小", "二小"]);
    assert_eq!(told(&problems), ["dataset.another-table 甲.xlsx#表"]);
    let problem = problems.iter().find(|problem| problem.code == "dataset.another-table").unwrap();
    assert_eq!(problem.message.zh, "这里不止一张表：读的是 A2:C4，没有读 A10:C11“二、培训情况”");
    assert_eq!(
        problem.hint.as_ref().unwrap().zh,
        "要读那一张，在它的 [[table]] 里写 at = \"二、培训情况\"；只要这一张，就写 at = \"一、学校情况\""
    );
}

#[test]
fn the_title_or_the_first_cell_says_which_table_is_meant() {
    for wanted in ["二、培训情况", "培训情况", "（二）培训情况", " 培训 情况", "A10", "a8"] {
        let (table, problems) = at(wanted, &BELOW, &[]);
        assert_eq!(values(&table.expect(wanted), "讲师"), ["王某"], "{wanted}");
        assert_eq!(told(&problems), [""; 0], "{wanted}");
    }
}

#[test]
fn a_title_that_is_not_there_is_told_with_the_nearest_or_with_all_there_are() {
    let (table, problems) = at("培训清况", &BELOW, &[]);
    assert_eq!(table, None);
    assert_eq!(problems[0].code, "dataset.no-table-at");
    assert_eq!(problems[0].hint.as_ref().unwrap().zh, "是不是“二、培训情况”？");
    let (_, problems) = at("Z99", &BELOW, &[]);
    assert_eq!(problems[0].hint.as_ref().unwrap().zh, "可以写 at = \"一、学校情况\"、at = \"二、培训情况\"");
}

#[test]
fn nothing_is_said_of_other_tables_that_the_project_reads_too() {
    let second = TableSpec { at: Some(("培训情况".to_owned(), Place::Run)), ..spec("培训", &[0], &[]) };
    let (dataset, problems) = Dataset::find(&[book("甲.xlsx", &BELOW, &[])], &[spec("学校", &[0], &[]), second], &[]);
    assert_eq!(dataset.tables.len(), 2);
    assert_eq!(dataset.sheets.len(), 1);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn tables_below_one_another_without_a_title_are_found_after_a_blank_row() {
    let rows = ["姓名 职务", "张某 书记", "李某 委员", "_", "学校 人数 时间 地点", "一小 30 三月 礼堂"];
    assert_eq!(found(&rows, &[]), ["A1:B3 姓名", "A5:D6 学校"]);
}

#[test]
fn tables_below_one_another_without_anything_between_are_found() {
    let rows = ["学校名称 教师人数", "一小 30", "二小 20", "培训班名称 培训时间 讲师姓名", "党史 三月 王某"];
    assert_eq!(found(&rows, &[]), ["A1:B3 学校名称", "A4:C5 培训班名称"]);
    let rows = ["学校 教师", "一小 30", "合计 30", "序号 培训班 讲师", "1 党史 王某"];
    assert_eq!(found(&rows, &[]), ["A1:B2 学校", "A4:C5 培训班"]);
}

#[test]
fn two_tables_of_words_under_titles_are_found() {
    let rows = [
        "支部班子",
        "姓名 职务",
        "张某 书记",
        "李某 委员",
        "_",
        "获奖情况",
        "奖项名称 获奖时间",
        "先锋 三月",
        "示范 五月",
    ];
    assert_eq!(found(&rows, &[(0, 0, 0, 1), (5, 0, 5, 1)]), ["A2:B4 支部班子", "A7:B9 获奖情况"]);
}

#[test]
fn equal_headers_under_titles_of_their_own_are_two_tables_and_under_section_titles_one() {
    let rows = ["2022年情况", "学校 教师", "一小 30", "2023年情况", "学校 教师", "一小 31"];
    assert_eq!(found(&rows, &[(0, 0, 0, 1), (3, 0, 3, 1)]), ["A2:B3 2022年情况", "A5:B6 2023年情况"]);
    let rows = ["情况表", "一、小学", "学校 教师", "一小 30", "二、中学", "学校 教师", "一中 31"];
    assert_eq!(found(&rows, &[]), ["A3:B7 "]);
    let rows = ["情况表", "学校 教师", "一小 30", "情况表（续）", "学校 教师", "一中 31"];
    assert_eq!(found(&rows, &[(0, 0, 0, 1), (3, 0, 3, 1)]), ["A2:B6 "]);
}

#[test]
fn a_header_that_resembles_this_one_under_a_title_is_that_of_another_table() {
    let rows = [
        "在编人员",
        "姓名 岗位 去向",
        "张某 教师 在岗",
        "李某 会计 在岗",
        "编外人员",
        "姓名 工种 去向",
        "王某 保安 在岗",
    ];
    assert_eq!(found(&rows, &[(0, 0, 0, 2), (4, 0, 4, 2)]), ["A2:C4 在编人员", "A6:C7 编外人员"]);
}

#[test]
fn three_tables_down_one_sheet_are_all_found() {
    let rows = [
        "学校 教师",
        "一小 3",
        "_",
        "区县 学校数",
        "东区 5",
        "西区 6",
        "_",
        "_",
        "活动名称 日期 地点",
        "参观 2023.4 西山",
        "讲座 2023.5 礼堂",
    ];
    assert_eq!(found(&rows, &[]), ["A1:B2 学校", "A4:B6 区县", "A9:C11 活动名称"]);
}

#[test]
fn tables_beside_one_another_are_found_where_their_headers_share_a_name() {
    let rows = ["学校 教师 _ 学校 学生", "一小 30 _ 一小 500", "二小 20 _ 二小 300"];
    assert_eq!(found(&rows, &[]), ["A1:B3 教师", "D1:E3 学生"]);
    let (table, problems) = at("D1", &rows, &[]);
    let table = table.unwrap();
    assert_eq!(
        (names(&table), values(&table, "学生")),
        (vec!["学校", "学生"], vec!["500".to_owned(), "300".to_owned()])
    );
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn tables_beside_one_another_are_found_where_one_is_longer_or_begins_lower() {
    let rows = ["学校 教师 _ 类别 所数", "一小 30 _ 小学 5", "二小 20 _ 中学 3", "三小 10", "四小 15"];
    assert_eq!(found(&rows, &[]), ["A1:B5 学校", "D1:E3 类别"]);
    let rows = ["学校 教师 _ 类别 所数", "一小 30 _ 小学 5", "_ _ _ 中学 3", "_ _ _ 幼儿园 8"];
    assert_eq!(found(&rows, &[]), ["A1:B2 学校", "D1:E4 类别"]);
    let rows = ["学校 教师", "一小 30", "二小 20 _ _ 类别 所数", "三小 10 _ _ 小学 5", "四小 15 _ _ 中学 3"];
    assert_eq!(found(&rows, &[]), ["A1:B5 学校", "E3:F5 类别"]);
}

#[test]
fn tables_beside_one_another_are_found_where_each_has_its_title() {
    let rows = ["教师情况 _ _ 学生情况", "学校 教师 _ 名称 学生", "一小 30 _ 一小 500", "二小 20 _ 二小 300"];
    assert_eq!(found(&rows, &[(0, 0, 0, 1), (0, 3, 0, 4)]), ["A2:B4 教师情况", "D2:E4 学生情况"]);
}

#[test]
fn a_table_with_a_blank_column_within_is_one() {
    let rows =
        ["学校一览 _ _ _ 单位：人", "学校 教师 _ 学生 班级", "一小 30 _ 500 12", "二小 20 _ 300 8", "合计 50 _ 800 20"];
    assert_eq!(found(&rows, &[]), ["A2:E4 "]);
    let rows = ["学校 教师 _ 备注 经办", "一小 30 _ 新建 张某", "二小 20", "三小 10 _ 撤并 李某", "四小 10"];
    assert_eq!(found(&rows, &[]), ["A1:E5 "]);
}

#[test]
fn a_wide_table_below_two_that_stand_side_by_side_is_found() {
    let rows = [
        "学校 教师 _ 学校 学生",
        "一小 30 _ 一小 500",
        "二小 20 _ 二小 300",
        "_",
        "培训班 讲师 时间 地点 人数",
        "党史 王某 三月 礼堂 40",
        "团史 李某 四月 礼堂 50",
    ];
    assert_eq!(found(&rows, &[]), ["A1:B3 教师", "D1:E3 学生", "A5:E7 培训班"]);
}

#[test]
fn a_slip_of_words_among_numbers_is_no_header() {
    let rows = ["学校 教师数 学生数", "一小 30 500", "二小 若干 不详", "三小 20 300", "_", "四小 未报 未报"];
    let (table, problems) = table(&rows, &[]);
    assert_eq!(values(&table, "学校"), ["一小", "二小", "三小", "四小"]);
    assert_eq!(problems.iter().filter(|problem| problem.code == "dataset.text-in-number-column").count(), 4);
}

#[test]
fn a_row_with_one_text_is_data_unless_a_header_follows() {
    let rows = ["学校 教师", "一小 30", "二小", "三小 20"];
    let (table, _) = table(&rows, &[]);
    assert_eq!(values(&table, "学校"), ["一小", "二小", "三小"]);
}

#[test]
fn a_cell_that_the_project_names_begins_a_table_though_nothing_else_says_so() {
    let rows = ["学校 教师", "一小 张某", "活动 内容", "参观 西山"];
    assert_eq!(found(&rows, &[]).len(), 1);
    let (table, _) = at("A3", &rows, &[]);
    assert_eq!(names(&table.unwrap()), ["活动", "内容"]);
}

fn hiding(rows: &[&str], hide: impl Fn(&mut Worksheet)) -> Workbook {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("表").unwrap();
    write_rows(sheet, rows);
    hide(sheet);
    workbook::read("甲.xlsx", &writer.save_to_buffer().unwrap()).unwrap()
}

#[test]
fn hidden_rows_and_columns_are_read_or_not_as_the_project_says_and_said_either_way() {
    let book = hiding(&["学校 教师 内部编号", "一小 3 7", "二小 4 8", "三小 5 9"], |sheet| {
        sheet.set_row_hidden(2).unwrap();
        sheet.set_column_hidden(2).unwrap();
    });
    let with = |hidden| {
        let spec = TableSpec { hidden, ..spec("表", &[0], &[]) };
        let (mut dataset, problems) = Dataset::find(std::slice::from_ref(&book), &[spec], &[]);
        (dataset.tables.pop().unwrap(), problems.last().map(|problem| problem.message.zh.clone()).unwrap())
    };
    let (table, said) = with(Hidden::Read);
    assert_eq!(values(&table, "学校"), ["一小", "二小", "三小"]);
    assert_eq!(said, "第 3 行和 C 列是隐藏的，照样读了");
    let (table, said) = with(Hidden::Skip);
    assert_eq!(
        (names(&table), values(&table, "学校")),
        (vec!["学校", "教师"], vec!["一小".to_owned(), "三小".to_owned()])
    );
    assert_eq!(said, "第 3 行和 C 列是隐藏的，没有读");
}

#[test]
fn hidden_sheets_are_said_to_be_read_or_not() {
    let mut book = book("甲.xlsx", &["学校 教师", "一小 3"], &[]);
    let mut old = book.sheets[0].clone();
    (old.hidden, old.name) = (true, "旧".to_owned());
    book.sheets.push(old);
    let said = |sheet: Option<&str>, hidden| {
        let mut spec = TableSpec { hidden, ..spec("表", &[0], &[]) };
        spec.sheets[0].sheet = sheet.map(str::to_owned);
        let (dataset, problems) = Dataset::find(std::slice::from_ref(&book), &[spec], &[]);
        let said: Vec<_> =
            problems.iter().map(|problem| format!("{}：{}", problem.place, problem.message.zh)).collect();
        (dataset.tables.len(), said)
    };
    assert_eq!(said(None, Hidden::Read), (1, vec!["甲.xlsx：没有读的工作表：“旧”（隐藏）".to_owned()]));
    let (tables, told) = said(Some("旧"), Hidden::Read);
    assert_eq!((tables, told[0].as_str()), (1, "甲.xlsx#旧：这张工作表是隐藏的，照样读了"));
    let (tables, told) = said(Some("旧"), Hidden::Skip);
    assert_eq!((tables, told[0].as_str()), (0, "甲.xlsx#旧：这张工作表是隐藏的，没有读"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(96))]
    #[test]
    fn no_cell_of_any_grid_is_in_two_tables(
        cells in proptest::collection::vec(proptest::collection::vec("(合计|注：|序号|学校名称|人数|一、甲|[0-9]{1,3}|[甲乙丙]{1,3})?", 0..9), 0..24),
        skips in proptest::bool::ANY,
    ) {
        use crate::workbook::{CellValue, Sheet};
        let cell = |text: String| match text.parse::<f64>() {
            Ok(number) => CellValue::Number(number),
            Err(_) if text.is_empty() => CellValue::Empty,
            Err(_) => CellValue::Text(text.into()),
        };
        let rows = cells.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
        let hidden_rows = [(3, 4), (9, 9)].into_iter().collect();
        let sheet = Sheet { name: "表".to_owned(), rows, hidden_rows, ..Sheet::default() };
        let mut taken = std::collections::HashSet::new();
        for located in super::super::several::find_all(&super::super::region::Region::whole(&sheet, skips)) {
            for row in located.rows.iter().copied().chain(located.header.top as u32..=located.header.bottom as u32) {
                for (column, _) in &located.header.columns {
                    proptest::prop_assert!(taken.insert((row, *column)), "row {row}, column {column}");
                }
            }
            proptest::prop_assert!(!skips || !located.rows.iter().any(|row| sheet.hidden_rows.contains(*row as usize)));
        }
    }
}
