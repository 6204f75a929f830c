use super::*;

#[test]
fn titles_notes_blank_rows_and_totals_are_not_data() {
    let (table, problems) = table(
        &[
            "全市学校一览",
            "填报单位：某市教委 _ 单位：人",
            "_",
            "序号 学校 教师 学生",
            "1 第一小学 30 500",
            "_",
            "2 第二小学 20 300",
            "合计 _ 50 800",
            "注：含民办学校。",
            "填表人：张某 _ 审核人：李某",
        ],
        &[(0, 0, 0, 3)],
    );
    assert_eq!(names(&table), ["序号", "学校", "教师", "学生"]);
    assert_eq!(values(&table, "学校"), ["第一小学", "第二小学"]);
    assert_eq!(table.rows[1].cells[3].origin, Origin { sheet: 0, row: 6, column: 3 });
    assert_eq!(told(&problems), [""; 0]);
    let notes: Vec<_> = problems.iter().map(|problem| problem.message.zh.as_str()).collect();
    assert_eq!(notes, ["第 8 行不算数据：合计", "第 9, 10 行不算数据：注释或签名"]);
}

#[test]
fn a_header_of_two_rows_with_merged_cells_gives_names_of_two_levels() {
    let (table, _) = table(
        &["序号 学校 党员队伍 _ 党费（元）", "_ _ 正式党员 预备党员 _", "1 一小 30 2 500", "2 二小 20 1 300"],
        &[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)],
    );
    assert_eq!(names(&table), ["序号", "学校", "党员队伍/正式党员", "党员队伍/预备党员", "党费（元）"]);
    assert_eq!(table.find_column("正式党员"), Some(2));
    assert_eq!(table.find_column("党费"), Some(4));
    assert_eq!(values(&table, "预备党员"), ["2", "1"]);
}

#[test]
fn a_header_of_three_rows_is_one_header() {
    let (table, _) = table(
        &["学校 党员 _ _", "_ 正式 _ 预备", "_ 男 女 _", "一小 3 4 1", "二小 5 6 0"],
        &[(0, 0, 2, 0), (0, 1, 0, 3), (1, 1, 1, 2), (1, 3, 2, 3)],
    );
    assert_eq!(names(&table), ["学校", "党员/正式/男", "党员/正式/女", "党员/预备"]);
    assert_eq!(values(&table, "女"), ["4", "6"]);
}

#[test]
fn a_group_whose_cells_were_never_merged_is_understood() {
    let (table, _) = table(&["学校 党员 _ 党费", "_ 正式 预备 _", "一小 3 1 50", "二小 5 0 60"], &[]);
    assert_eq!(names(&table), ["学校", "党员/正式", "党员/预备", "党费"]);
}

#[test]
fn a_first_row_of_words_is_data_and_not_a_second_header() {
    let (table, _) = table(&["支部 书记 类型", "一支部 张某 教工", "二支部 李某 学生"], &[]);
    assert_eq!(names(&table), ["支部", "书记", "类型"]);
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn a_short_row_of_label_and_value_above_is_not_the_header() {
    let (table, _) = table(&["填报单位 第一小学", "支部 书记 类型 人数", "一支部 张某 教工 3"], &[]);
    assert_eq!(names(&table), ["支部", "书记", "类型", "人数"]);
}

#[test]
fn headers_repeated_down_the_sheet_and_column_numbers_are_passed_over() {
    let (table, _) =
        table(&["学校 教师 学生 班级", "甲 1 2 3", "一小 3 40 2", "学校 教师 学生 班级", "二小 5 60 3"], &[]);
    assert_eq!(values(&table, "学校"), ["一小", "二小"]);
}

#[test]
fn the_numbers_of_columns_are_no_data_and_a_first_row_of_small_numbers_is() {
    for rows in [&["学校 教师 学生", "甲 1 2", "一小 3 4"], &["学校 教师 学生", "栏次 1 2", "一小 3 4"]]
    {
        assert_eq!(values(&table(rows, &[]).0, "学校"), ["一小"]);
    }
    let numbers = ["一 二 三 四 五 六", "1 2 3 4 5 6", "7 8 9 10 11 12"];
    assert_eq!(table(&numbers, &[]).0.rows.len(), 1);
    let (table, _) = table(&["班级 教师 学生", "1 2 3", "2 4 6"], &[]);
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn subtotals_and_section_titles_between_rows_are_passed_over() {
    let (table, problems) = table(
        &["学校 教师 学生", "一、小学", "一小 3 40", "小学小计 3 40", "二、中学", "一中 9 90", "总计 12 130"],
        &[(1, 0, 1, 2)],
    );
    assert_eq!(values(&table, "学校"), ["一小", "一中"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_total_that_is_not_the_sum_of_its_rows_is_told_with_its_cell() {
    let (_, problems) = table(&["学校 教师 优秀率", "一小 3 0.5", "二小 4 0.7", "合计 8 0.6"], &[]);
    assert_eq!(told(&problems), ["dataset.total-differs 甲.xlsx#表!B4"]);
    assert!(problems.iter().any(|problem| problem.message.zh == "合计行里“教师”是 8，各行加起来是 7"));
}

#[test]
fn rows_with_nothing_but_their_number_are_no_rows() {
    let (table, _) = table(&["序号 学校 教师", "1 一小 3", "2", "3"], &[]);
    assert_eq!(table.rows.len(), 1);
}

#[test]
fn a_value_merged_over_rows_holds_for_each_with_the_cell_it_stands_in() {
    let (table, problems) = table(&["学校 支部 党员", "一小 一支部 3", "_ 二支部 4", "二小 三支部 5"], &[(1, 0, 2, 0)]);
    assert_eq!(values(&table, "学校"), ["一小", "一小", "二小"]);
    assert_eq!(table.rows[1].cells[0].origin, Origin { sheet: 0, row: 1, column: 0 });
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_number_merged_over_rows_would_be_added_twice_and_is_told() {
    let (_, problems) = table(&["学校 支部 党费", "一小 一支部 300", "_ 二支部 _", "二小 三支部 50"], &[(1, 2, 2, 2)]);
    assert_eq!(told(&problems), ["dataset.merged-number 甲.xlsx#表!C2"]);
}

#[test]
fn another_table_below_blank_rows_is_not_taken_for_rows() {
    let (table, problems) = table(&["学校 教师", "一小 3", "二小 4", "_", "培训 讲师", "党史 王某", "团史 李某"], &[]);
    assert_eq!(values(&table, "学校"), ["一小", "二小"]);
    assert_eq!(told(&problems), ["dataset.another-table 甲.xlsx#表"]);
}

#[test]
fn a_column_with_values_and_no_name_is_told() {
    let (table, problems) = table(&["学校 教师 _ 学生 班级 电脑", "一小 3 漏 40 2 5"], &[]);
    assert_eq!(names(&table), ["学校", "教师", "学生", "班级", "电脑"]);
    assert_eq!(told(&problems), ["dataset.column-without-name 甲.xlsx#表!C1"]);
}

#[test]
fn a_stray_value_beside_a_narrow_table_does_not_turn_its_last_row_into_the_header() {
    let (table, problems) = table(&["支部 学校", "甲 一小", "乙 二小", "丙 三小 漏"], &[]);
    assert_eq!(values(&table, "学校"), ["一小", "二小", "三小"]);
    assert_eq!(told(&problems), ["dataset.column-without-name 甲.xlsx#表!C1"]);
}

#[test]
fn a_header_with_nothing_below_is_an_empty_table() {
    let (table, problems) = table(&["学校一览", "学校 教师"], &[(0, 0, 0, 1)]);
    assert_eq!(names(&table), ["学校", "教师"]);
    assert_eq!(told(&problems), ["dataset.no-rows 甲.xlsx#表"]);
}

#[test]
fn two_columns_of_one_name_are_told_apart() {
    let (table, problems) = table(&["学校 备注 备注", "一小 甲 乙"], &[]);
    assert_eq!(names(&table), ["学校", "备注", "备注2"]);
    assert_eq!(told(&problems), ["dataset.column-name-twice 甲.xlsx#表!C1"]);
}

#[test]
fn a_sheet_without_a_table_is_told() {
    let numbers = book("甲.xlsx", &["1 2 3", "4 5 6"], &[]);
    let (dataset, problems) = Dataset::find(&[numbers], &[spec("表", &[0], &[])], &[]);
    assert_eq!(dataset.tables, []);
    assert_eq!(told(&problems), ["dataset.no-table 甲.xlsx#表"]);
}

#[test]
fn a_sheet_is_found_by_name_and_a_wrong_name_gets_the_nearest() {
    let book = book("甲.xlsx", &["学校 教师", "一小 3"], &[]);
    let with = |sheet: &str| {
        let mut spec = spec("表", &[0], &[]);
        spec.sheets[0].sheet = Some(sheet.to_owned());
        Dataset::find(std::slice::from_ref(&book), &[spec], &[])
    };
    assert_eq!(with(" 表").0.tables.len(), 1);
    let (_, problems) = with("表格");
    assert_eq!(problems[0].code, "dataset.sheet-not-found");
    assert_eq!(problems[0].hint.as_ref().map(|hint| hint.zh.as_str()), Some("是不是“表”？"));
}

#[test]
fn hidden_sheets_are_passed_over_unless_they_are_named() {
    let mut book = book("甲.xlsx", &["学校 教师", "一小 3"], &[]);
    let mut old = book.sheets[0].clone();
    (old.hidden, old.name) = (true, "旧".to_owned());
    book.sheets.insert(0, old);
    let (dataset, _) = Dataset::find(&[book], &[spec("表", &[0], &[])], &[]);
    assert_eq!(dataset.sheets[0].sheet, "表");
}

#[test]
fn several_files_make_one_table_whatever_the_order_of_their_columns() {
    let books = [
        book("甲.xlsx", &["学校 教师 学生", "一小 3 40"], &[]),
        book("乙.xlsx", &["某区", "学生 学　校 教师", "60 二小 5"], &[]),
    ];
    let (dataset, problems) = Dataset::find(&books, &[spec("表", &[0, 1], &[])], &[]);
    let table = &dataset.tables[0];
    assert_eq!(names(table), ["学校", "教师", "学生"]);
    assert_eq!(values(table, "学校"), ["一小", "二小"]);
    assert_eq!(values(table, "学生"), ["40", "60"]);
    assert_eq!(table.rows[1].cells[2].origin, Origin { sheet: 1, row: 2, column: 0 });
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_missing_column_is_an_error_and_an_extra_one_is_kept() {
    let books = [
        book("甲.xlsx", &["学校 党员总数", "一小 3"], &[]),
        book("乙.xlsx", &["学校 党员人数", "二小 5"], &[]),
        book("丙.xlsx", &["学校 党员总数 备注", "三小 5 新建"], &[]),
    ];
    let (dataset, problems) = Dataset::find(&books, &[spec("表", &[0, 1, 2], &[])], &[]);
    assert_eq!(names(&dataset.tables[0]), ["学校", "党员总数", "党员人数", "备注"]);
    assert_eq!(values(&dataset.tables[0], "备注"), ["Blank", "Blank", "新建"]);
    assert_eq!(told(&problems), ["dataset.missing-column 乙.xlsx#表"]);
    let hint = problems.iter().find(|problem| problem.is_error()).and_then(|problem| problem.hint.as_ref());
    assert_eq!(
        hint.map(|hint| hint.zh.as_str()),
        Some(
            "“党员人数”是不是就是它？是就把名称改一致，或在 huibao.toml 里写 \
         [[column]] name = \"表.党员总数\" also = [\"党员人数\"]"
        )
    );
}

fn called(name: &str, also: &[&str]) -> ColumnSpec {
    let also = also.iter().map(|also| ((*also).to_owned(), Place::Run)).collect();
    ColumnSpec { name: name.to_owned(), also, ..ColumnSpec::default() }
}

#[test]
fn nobody_misses_a_serial_number_and_many_missing_columns_are_told_at_once() {
    let books = |rows: &[&str]| {
        let numbered = ["序号 学校 党员 教师 电话", "1 一小 12 30 5551", "2 二小 3 9 5552"];
        [book("甲.xlsx", &numbered, &[]), book("乙.xlsx", rows, &[])]
    };
    let (_, problems) =
        Dataset::find(&books(&["学校 党员 教师 电话", "三小 4 8 5553"]), &[spec("表", &[0, 1], &[])], &[]);
    assert_eq!(told(&problems), [""; 0]);
    let (_, problems) = Dataset::find(&books(&["学校 备注", "三小 好"]), &[spec("表", &[0, 1], &[])], &[]);
    assert_eq!(told(&problems), ["dataset.missing-column 乙.xlsx#表"]);
    let problem = problems.iter().find(|problem| problem.code == "dataset.missing-column").unwrap();
    assert_eq!(problem.message.zh, "缺“党员”“教师”“电话”这 3 列，别的文件里有");
}

#[test]
fn a_column_answers_to_other_names_that_the_project_gives() {
    let books = [
        book("甲.xlsx", &["学校 党员数", "一小 3"], &[]),
        book("乙.xlsx", &["学校 党员总数", "二小 5"], &[]),
        book("丙.xlsx", &["学校 基本情况 _", "_ 党员人数（人） 教师", "三小 7 30"], &[(0, 1, 0, 2)]),
    ];
    let columns = vec![called("党员总数", &["党员数", "党员人数"])];
    let spec = TableSpec { columns, ..spec("表", &[0, 1, 2], &[]) };
    let (dataset, problems) = Dataset::find(&books, &[spec], &[]);
    assert_eq!(names(&dataset.tables[0]), ["学校", "党员总数", "基本情况/教师"]);
    assert_eq!(values(&dataset.tables[0], "党员总数"), ["3", "5", "7"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn another_name_that_two_columns_have_is_told_with_both() {
    let book = book("甲.xlsx", &["学校 党员总数 党员数", "一小 3 4"], &[]);
    let spec = TableSpec { columns: vec![called("党员总数", &["党员数"])], ..spec("表", &[0], &[]) };
    let (_, problems) = Dataset::find(&[book], &[spec], &[]);
    assert_eq!(told(&problems), ["dataset.also-in-two-columns 甲.xlsx#表!C1"]);
    assert_eq!(problems[0].message.zh, "B 列“党员总数”和 C 列“党员数”都可以算“党员总数”，分不清是哪一列");
}

#[test]
fn a_column_that_the_project_speaks_of_and_no_sheet_has_is_told_with_the_nearest() {
    let book = book("甲.xlsx", &["学校 党员总数", "一小 3"], &[]);
    let columns = vec![called("党员总树", &["党员"]), called("党员总数", &[]), called("党员总数", &[])];
    let (_, problems) = Dataset::find(&[book], &[TableSpec { columns, ..spec("表", &[0], &[]) }], &[]);
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["dataset.unknown-column", "dataset.column-twice"]);
    assert_eq!(problems[0].hint.as_ref().map(|hint| hint.zh.as_str()), Some("是不是“党员总数”？"));
}

#[test]
fn a_blank_corner_above_the_names_of_the_rows_is_called_name() {
    let (table, problems) = table(&["_ 2022年 2023年", "一小 3 4", "二小 5 6", "合计 8 10"], &[]);
    assert_eq!(names(&table), ["名称", "2022年", "2023年"]);
    assert_eq!(values(&table, "名称"), ["一小", "二小"]);
    assert!(problems.iter().any(|problem| problem.code == "dataset.column-named-here"), "{problems:?}");
    assert!(problems.iter().all(|problem| problem.code != "dataset.total-differs"), "{problems:?}");
}

#[test]
fn a_row_whose_only_cell_is_as_wide_as_its_merged_heading_is_data() {
    let rows = ["学校 说明 _ _", "一小 甲 _ _", "_ 乙 _ _", "二小 丙 _ _"];
    let merged = [(0, 1, 0, 3), (1, 0, 2, 0), (1, 1, 1, 3), (2, 1, 2, 3), (3, 1, 3, 3)];
    let (table, _) = table(&rows, &merged);
    assert_eq!(values(&table, "学校"), ["一小", "一小", "二小"]);
    assert_eq!(values(&table, "说明"), ["甲", "乙", "丙"]);
}

#[test]
fn what_was_found_can_be_told() {
    let book =
        book("甲.xlsx", &["学校一览", "代码 学校 教师", "'0101 一小 3", "'0102 二小 4", "合计 _ 7"], &[(0, 0, 0, 2)]);
    let found = describe(&book);
    let told = serde_json::to_value(&found[0]).unwrap();
    let column = |name: &str, letters: &str, kind: &str, first_values: [&str; 2]| {
        serde_json::json!({
            "name": name, "letters": letters, "kind": kind, "unit": null, "blanks": 0, "errors": 0, "distinct": 2,
            "range": null, "sum": null, "values": [], "first_values": first_values,
        })
    };
    let mut teachers = column("教师", "C", "number", ["3", "4"]);
    teachers["range"] = serde_json::json!(["3", "4"]);
    teachers["sum"] = serde_json::json!(7.0);
    assert_eq!(
        told,
        serde_json::json!({
            "kind": "table", "sheet": "表", "hidden": false, "range": "A2:C4", "titles": ["学校一览"], "header_rows": [2],
            "columns": [
                column("代码", "A", "text", ["0101", "0102"]),
                column("学校", "B", "text", ["一小", "二小"]),
                teachers,
            ],
            "rows": 2, "keys": [["代码"], ["学校"]],
            "passed_over": [{"row": 1, "why": "title"}, {"row": 5, "why": "total"}],
            "total_agrees": true, "merged": [], "unnamed_columns": [], "at": null,
            "problems": told["problems"],
        })
    );
    assert_eq!(told["problems"][0]["code"], "dataset.rows-passed-over");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn any_grid_at_all_gives_a_table_or_a_problem(
        cells in proptest::collection::vec(proptest::collection::vec("(合计|注：|学校|[0-9]{1,4}|\\PC{0,6})?", 0..6), 0..12),
        merged in proptest::collection::vec((0_u32..12, 0_u32..6, 0_u32..4, 0_u32..4), 0..6),
    ) {
        use crate::workbook::{Area, CellValue, Sheet};
        let cell = |text: String| match text.parse::<f64>() {
            Ok(number) => CellValue::Number(number),
            Err(_) if text.is_empty() => CellValue::Empty,
            Err(_) => CellValue::Text(text.into()),
        };
        let rows = cells.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
        let area = |(top, left, down, right): (u32, u32, u32, u32)| Area { top, left, bottom: top + down, right: left + right };
        let mut merged: Vec<_> = merged.into_iter().map(area).collect();
        merged.sort();
        let sheet = Sheet { name: "表".to_owned(), rows, merged, ..Sheet::default() };
        let book = Workbook { file: "甲.xlsx".to_owned(), sheets: vec![sheet], ..Workbook::default() };
        let (dataset, problems) = Dataset::find(std::slice::from_ref(&book), &[spec("表", &[0], &[])], &[]);
        proptest::prop_assert!(!dataset.tables.is_empty() || !problems.is_empty());
        let width = |table: &Table| table.rows.iter().all(|row| row.cells.len() == table.columns.len());
        proptest::prop_assert!(dataset.tables.iter().all(width));
        describe(&book);
    }
}

#[test]
fn a_total_that_differs_is_an_error_where_the_project_says_so() {
    let book = book("甲.xlsx", &["学校 党员数", "一小 3", "二小 4", "合计 8"], &[]);
    let severity = |totals| {
        let spec = TableSpec { totals, ..spec("表", &[0], &[]) };
        let (_, problems) = Dataset::find(std::slice::from_ref(&book), &[spec], &[]);
        problems.into_iter().find(|problem| problem.code == "dataset.total-differs").map(|problem| problem.severity)
    };
    assert_eq!(severity(None), Some(Severity::Warning));
    assert_eq!(severity(Some(Severity::Error)), Some(Severity::Error));
}

#[test]
fn a_sheet_full_of_columns_of_one_name_is_read_without_counting_them_over_and_over() {
    let text = |text: &str| workbook::CellValue::Text(text.into());
    let rows = vec![vec![text("人数"); 16_384], vec![workbook::CellValue::Number(1.0); 16_384]];
    let sheet = workbook::Sheet { name: "表".into(), rows, ..workbook::Sheet::default() };
    let book = workbook::Workbook { file: "甲.xlsx".into(), sheets: vec![sheet], ..workbook::Workbook::default() };
    let start = std::time::Instant::now();
    let (dataset, _) = Dataset::find(&[book], &[spec("表", &[0], &[])], &[]);
    assert_eq!(dataset.tables[0].columns.last().unwrap().name, "人数16384");
    // Counted over and over they took minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// A workbook of several sheets, each with a name and rows.
fn sheets(sheets: &[(&str, &[&str])]) -> Workbook {
    let mut writer = Writer::new();
    for (name, rows) in sheets {
        write_rows(writer.add_worksheet().set_name(*name).unwrap(), rows);
    }
    workbook::read("甲.xlsx", &writer.save_to_buffer().unwrap()).unwrap()
}

#[test]
fn without_a_name_the_first_sheet_is_read_that_goes_with_the_table() {
    let table: &[&str] = &["学校代码 党员", "'0101 12"];
    let words: &[&str] = &["填表说明：请如实填写", "1.单位为人", "2.只填整数"];
    let other: &[&str] = &["姓名 电话", "张某 5551"];
    let cases: [&[(&str, &[&str])]; 4] = [
        &[("说明", words), ("表", table)],
        &[("通讯录", other), ("表", table)],
        &[("表", table), ("通讯录", other)],
        &[("说明", words), ("通讯录", other), ("表", table)],
    ];
    for case in cases {
        let (dataset, problems) = Dataset::find(&[sheets(case)], &[spec("学校", &[0], &["学校代码"])], &[]);
        assert_eq!((names(&dataset.tables[0]), told(&problems)), (vec!["学校代码", "党员"], vec![]));
        assert_eq!(dataset.sheets[0].sheet, "表");
        assert_eq!(problems.iter().filter(|problem| problem.code == "dataset.sheets-not-read").count(), 1);
    }
    let (dataset, _) = Dataset::find(&[sheets(cases[1])], &[spec("通讯录", &[0], &[])], &[]);
    assert_eq!(dataset.sheets[0].sheet, "通讯录");
}
