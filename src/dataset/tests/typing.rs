use super::*;

#[test]
fn numbers_as_text_in_any_width_with_separators_are_numbers() {
    let (table, problems) = table(&["学校 学生", "一小 '1,200", "二小 '３００", "三小 40", "四小 —"], &[]);
    assert_eq!(values(&table, "学生"), ["1200", "300", "40", "Blank"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_text_among_numbers_is_an_error_with_its_cell_and_a_way_out() {
    let (table, problems) = table(&["学校 党员总数", "一小 12", "二小 5", "三小 若干"], &[]);
    assert_eq!(table.columns[1].kind, Kind::Number);
    assert_eq!(told(&problems), ["dataset.text-in-number-column 甲.xlsx#表!B4"]);
    assert!(problems.iter().all(|problem| problem.hint.is_some()));
}

#[test]
fn a_number_with_a_measure_word_is_read_and_the_guess_is_noted() {
    let (table, problems) = table(&["学校 党员总数", "一小 12人", "二小 约30", "三小 1.2万", "四小 5"], &[]);
    assert_eq!(values(&table, "党员总数"), ["12", "30", "12000", "5"]);
    assert_eq!(told(&problems), [""; 0]);
    assert_eq!(problems.iter().filter(|problem| problem.code == "dataset.guessed-number").count(), 3);
}

#[test]
fn codes_and_telephone_numbers_keep_all_their_digits() {
    let (table, _) =
        table(&["学校代码 学校 联系电话", "'0101 一小 13812345678", "'0102 二小 '13912345678", "1103 三小 _"], &[]);
    assert_eq!(values(&table, "学校代码"), ["0101", "0102", "1103"]);
    assert_eq!(values(&table, "联系电话"), ["13812345678", "13912345678", "Blank"]);
    assert_eq!(table.columns[2].kind, Kind::Text);
}

#[test]
fn an_identity_number_that_excel_has_cut_off_is_told() {
    let (_, problems) = table(&["姓名 身份证号", "张某 110101199001011000", "李某 '110101199001011234"], &[]);
    assert_eq!(told(&problems), ["dataset.digits-lost 甲.xlsx#表!B2"]);
}

#[test]
fn dates_are_read_in_every_way_people_write_them() {
    let (table, problems) = table(
        &["支部 换届时间", "甲 2023年4月15日", "乙 2023.4", "丙 '2023/4/15", "丁 20051220", "戊 2022", "己 2005.10"],
        &[],
    );
    assert_eq!(table.columns[1].kind, Kind::Date);
    let date = |row: usize| match table.rows[row].cells[1].value {
        Value::Date(date) => (date.year, date.month, date.day),
        _ => panic!("row {row} is no date"),
    };
    assert_eq!(date(0), (2023, Some(4), Some(15)));
    assert_eq!(date(1), (2023, Some(4), None));
    assert_eq!(date(2), (2023, Some(4), Some(15)));
    assert_eq!(date(3), (2005, Some(12), Some(20)));
    assert_eq!(date(4), (2022, None, None));
    assert_eq!(date(5), (2005, None, None));
    assert_eq!(told(&problems), ["dataset.month-unsure 甲.xlsx#表!B7"]);
}

#[test]
fn yes_and_no_are_read_as_words_and_as_ticks() {
    let (table, _) = table(&["学校 民办 达标", "一小 是 √", "二小 否 ×", "三小 _ √"], &[]);
    assert_eq!(values(&table, "民办"), ["Bool(true", "Bool(false", "Blank"]);
    assert_eq!(table.columns[2].kind, Kind::Bool);
}

#[test]
fn percentages_are_shares_unless_the_name_counts_in_percent() {
    let (table, _) = table(&["学校 优秀率 达标率（%）", "一小 '45% '90%", "二小 0.5 80"], &[]);
    assert_eq!(values(&table, "优秀率"), ["0.45", "0.5"]);
    assert_eq!(values(&table, "达标率"), ["90", "80"]);
}

#[test]
fn equal_texts_share_their_memory() {
    let (table, _) = table(&["学校 区县", "一小 东区", "二小 东区"], &[]);
    let [Value::Text(first), Value::Text(second)] = [0, 1].map(|row: usize| &table.rows[row].cells[1].value) else {
        panic!("both are texts")
    };
    assert!(Arc::ptr_eq(first, second));
}

#[test]
fn error_cells_are_errors_with_their_cell() {
    use crate::workbook::CellValue;
    let mut book = book("甲.xlsx", &["学校 教师", "一小 3", "二小 4"], &[]);
    book.sheets[0].rows[1][1] = CellValue::Error("#DIV/0!".into());
    book.sheets[0].rows[2][1] = CellValue::NotComputed;
    let (_, problems) = Dataset::find(&[book], &[spec("表", &[0], &[])], &[]);
    assert_eq!(told(&problems), ["dataset.error-cell 甲.xlsx#表!B2", "dataset.not-computed 甲.xlsx#表!B3"]);
}

/// The table of one sheet of which the project says what a column holds.
fn declared(rows: &[&str], column: &str, kind: Kind) -> (Table, Vec<Diagnostic>) {
    let column = ColumnSpec { name: column.into(), kind: Some(kind), ..ColumnSpec::default() };
    let spec = TableSpec { columns: vec![column], ..spec("表", &[0], &[]) };
    let (mut dataset, problems) = Dataset::find(&[book("甲.xlsx", rows, &[])], &[spec], &[]);
    (dataset.tables.pop().expect("there is a table"), problems)
}

#[test]
fn a_column_that_is_said_to_hold_numbers_is_read_so_and_its_words_are_left_to_rules() {
    let rows = ["学校 得奖", "一小 '12人", "二小 市级", "三小 县级"];
    assert_eq!(table(&rows, &[]).0.columns[1].kind, Kind::Text);
    let (table, problems) = declared(&rows, "得奖", Kind::Number);
    assert_eq!(table.columns[1].kind, Kind::Number);
    assert_eq!(values(&table, "得奖"), ["12", "市级", "县级"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_column_that_is_said_to_hold_text_or_dates_is_read_so() {
    let (table, _) = declared(&["学校 号", "一小 101", "二小 10.5"], "号", Kind::Text);
    assert_eq!(values(&table, "号"), ["101", "10.5"]);
    assert!(table.rows.iter().all(|row| matches!(row.cells[1].value, Value::Text(_))));
    let (table, _) = declared(&["学校 何时", "一小 '2023.10", "二小 近日"], "何时", Kind::Date);
    assert!(matches!(table.rows[0].cells[1].value, Value::Date(Date { year: 2023, month: Some(10), day: None })));
}

#[test]
fn ten_thousands_are_counted_once_where_the_heading_counts_in_them() {
    let (table, problems) =
        table(&["学校 经费（万元）", "一小 12", "二小 1.2万", "三小 3000元", "四小 约30", "五小 7"], &[]);
    assert_eq!(values(&table, "经费"), ["12", "1.2", "0.3", "30", "7"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_day_that_no_calendar_has_is_an_error_with_its_cell() {
    let (table, problems) =
        table(&["支部 换届时间", "甲 2023年4月15日", "乙 2023年13月", "丙 2023-02-30", "丁 2023年5月", "戊 2022"], &[]);
    assert_eq!(table.columns[1].kind, Kind::Date);
    assert_eq!(told(&problems), ["dataset.impossible-date 甲.xlsx#表!B3", "dataset.impossible-date 甲.xlsx#表!B4"]);
}

#[test]
fn what_is_no_date_among_dates_is_told() {
    let (_, problems) = table(
        &["支部 换届时间", "甲 2023年4月15日", "乙 2023年5月", "丙 待定", "丁 2023年6月", "戊 8", "己 2023.7"],
        &[],
    );
    assert_eq!(told(&problems), ["dataset.text-in-date-column 甲.xlsx#表!B4", "dataset.no-date 甲.xlsx#表!B6"]);
    assert!(!problems[0].is_error());
}

#[test]
fn a_date_that_has_lost_its_format_is_a_guess() {
    let (table, problems) = table(&["支部 成立日期", "甲 2023年4月15日", "乙 45031"], &[]);
    let Value::Date(date) = table.rows[1].cells[1].value else { panic!("it is a date") };
    assert_eq!((date.year, date.month, date.day), (2023, Some(4), Some(15)));
    assert_eq!(told(&problems), [""; 0]);
    assert_eq!(problems[0].message.zh, "45031 是没有设成日期格式的日期，读作 2023-04-15");
}

#[test]
fn a_number_among_percentages_that_may_be_one_is_told() {
    let (table, problems) = table(&["学校 优秀率", "一小 '45%", "二小 0.5", "三小 60"], &[]);
    assert_eq!(values(&table, "优秀率"), ["0.45", "0.5", "60"]);
    assert_eq!(told(&problems), ["dataset.percent-unsure 甲.xlsx#表!B4"]);
}

#[test]
fn dashes_are_blank_everywhere_and_the_word_for_none_only_where_no_words_stand() {
    let (table, _) = table(&["学校 学生数 备注", "一小 无 无", "二小 — —", "三小 30 新建", "四小 / /"], &[]);
    assert_eq!(values(&table, "学生数"), ["Blank", "Blank", "30", "Blank"]);
    assert_eq!(values(&table, "备注"), ["无", "Blank", "新建", "Blank"]);
}

#[test]
fn a_yes_among_numbers_is_a_slip() {
    let (_, problems) = table(&["学校 学生数", "一小 30", "二小 40", "三小 是"], &[]);
    assert_eq!(told(&problems), ["dataset.text-in-number-column 甲.xlsx#表!B4"]);
}

#[test]
fn dates_with_the_year_last_are_read_where_the_sheet_says_what_stands_first() {
    let rows = ["支部 换届时间", "甲 29/01/2020", "乙 04/09/2021", "丙 5.5.2022"];
    let (table, problems) = table(&rows, &[]);
    assert_eq!(table.columns[1].kind, Kind::Date);
    let shown = |table: &Table| table.rows.iter().map(|row| value_shown(&row.cells[1].value)).collect::<Vec<_>>();
    assert_eq!(shown(&table), ["2020-01-29", "2021-09-04", "2022-05-05"]);
    assert_eq!(told(&problems), [""; 0]);
    assert_eq!(problems.iter().filter(|problem| problem.code == "dataset.guessed-date").count(), 3);
    let (table, problems) = super::table(&["支部 换届时间", "甲 04/09/2021", "乙 2022.5"], &[]);
    assert_eq!(shown(&table), ["2021", "2022-05"]);
    assert_eq!(told(&problems), ["dataset.month-unsure 甲.xlsx#表!B2"]);
}
