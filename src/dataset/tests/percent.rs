use super::*;

/// A sheet's rows as the others write them; a number that ends in `%` is a cell with a percentage's format.
fn percents(file: &str, rows: &[&str], format: &str) -> Workbook {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("表").unwrap();
    write_rows(sheet, rows);
    let format = Format::new().set_num_format(format);
    for (row, line) in rows.iter().enumerate() {
        for (column, word) in line.split(' ').enumerate() {
            if let Some(Ok(percent)) = word.strip_suffix('%').map(str::parse::<f64>) {
                sheet.write_with_format(row as u32, column as u16, percent / 100.0, &format).unwrap();
            }
        }
    }
    workbook::read(file, &writer.save_to_buffer().unwrap()).unwrap()
}

fn found(books: &[Workbook]) -> (Table, Vec<Diagnostic>) {
    let all: Vec<_> = (0..books.len()).collect();
    let (mut dataset, problems) = Dataset::find(books, &[spec("表", &all, &[])], &[]);
    (dataset.tables.pop().expect("there is a table"), problems)
}

#[test]
fn a_cell_shown_as_a_percentage_is_one_under_a_heading_that_counts_in_percent_and_a_share_elsewhere() {
    for format in ["0%", "0.0%", "0.00%;[Red]-0.00%", "\"约\"0.0%"] {
        let rows = ["学校 达标率（%） 优秀率", "一小 90% 57%", "二小 57% 12.5%", "三小 100% 0%"];
        let (table, problems) = found(&[percents("甲.xlsx", &rows, format)]);
        assert_eq!(values(&table, "达标率"), ["90", "57", "100"], "{format}");
        assert_eq!(values(&table, "优秀率"), ["0.57", "0.125", "0"], "{format}");
        assert_eq!(told(&problems), [""; 0], "{format}");
    }
}

#[test]
fn a_column_written_in_several_ways_is_right_cell_by_cell() {
    let rows = ["学校 达标率（%） 优秀率", "一小 90% 90%", "二小 85 0.85", "三小 '77.5% '77.5%", "四小 57% 57%"];
    let (table, problems) = found(&[percents("甲.xlsx", &rows, "0.0%")]);
    assert_eq!(values(&table, "达标率"), ["90", "85", "77.5", "57"]);
    assert_eq!(values(&table, "优秀率"), ["0.9", "0.85", "0.775", "0.57"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_heading_over_others_that_counts_in_percent_counts_for_them() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("表").unwrap();
    sheet.merge_range(0, 0, 1, 0, "", &Format::new()).unwrap();
    sheet.merge_range(0, 1, 0, 2, "", &Format::new()).unwrap();
    write_rows(sheet, &["区县 达标率（%）", "_ 小学 中学", "东区 '90% 80", "西区 '85% 70"]);
    let book = workbook::read("甲.xlsx", &writer.save_to_buffer().unwrap()).unwrap();
    let (table, problems) = found(&[book]);
    assert_eq!(values(&table, "小学"), ["90", "85"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_percentage_among_words_is_the_words_that_are_seen() {
    let rows = ["学校 完成情况", "一小 90%", "二小 未开始", "三小 未开始"];
    let (table, problems) = found(&[percents("甲.xlsx", &rows, "0%")]);
    assert_eq!(values(&table, "完成情况"), ["90%", "未开始", "未开始"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_plain_number_beyond_one_among_cells_shown_as_percentages_is_told() {
    let (table, problems) = found(&[percents("甲.xlsx", &["学校 优秀率", "一小 45%", "二小 60"], "0%")]);
    assert_eq!(values(&table, "优秀率"), ["0.45", "60"]);
    assert_eq!(told(&problems), ["dataset.percent-unsure 甲.xlsx#表!B3"]);
}

#[test]
fn a_column_in_percent_that_holds_shares_of_one_is_told() {
    let (table, problems) = table(&["学校 达标率（%）", "一小 0.9", "二小 1", "三小 0", "四小 '0.85"], &[]);
    assert_eq!(values(&table, "达标率"), ["0.9", "1", "0", "0.85"]);
    assert_eq!(told(&problems), ["dataset.shares-in-percent 甲.xlsx#表!B1"]);
    assert!(problems[0].message.zh.contains("看起来") && problems[0].hint.is_some());
}

#[test]
fn a_share_of_one_among_percentages_is_told_with_its_cell() {
    let books = [
        book("甲.xlsx", &["学校 达标率（%）", "一小 90", "二小 85.5", "三小 0"], &[]),
        book("乙.xlsx", &["学校 达标率（%）", "四小 0.57"], &[]),
    ];
    let (_, problems) = found(&books);
    assert_eq!(told(&problems), ["dataset.share-unsure 乙.xlsx#表!B2"]);
    assert!(problems[0].message.zh.contains("0.57 看起来是 57%"));
}

#[test]
fn a_file_without_the_percent_sign_is_read_where_its_numbers_are_clear_and_else_an_error() {
    let books = |first: &[&str], format| {
        [percents("甲.xlsx", first, format), book("乙.xlsx", &["学校 达标率（%）", "二小 90"], &[])]
    };
    let found = |first: &[&str]| found(&books(first, "0%"));
    for (first, values_are) in [("88", "88"), ("92%", "92"), ("'92%", "92"), ("0", "0")] {
        let (table, problems) = found(&["学校 达标率", &format!("一小 {first}")]);
        assert_eq!(names(&table)[1], "达标率（%）");
        assert_eq!(values(&table, "达标率"), [values_are, "90"]);
        assert_eq!(told(&problems), [""; 0]);
    }
    for first in ["0.9", "1", "'0.9"] {
        let (_, problems) = found(&["学校 达标率", &format!("一小 {first}")]);
        assert_eq!(told(&problems), ["dataset.percent-or-share 甲.xlsx#表!B2"], "{first}");
        assert_eq!(problems[0].severity, crate::diagnostic::Severity::Error);
    }
    let (_, problems) = found(&["学校 达标率", "一小 95", "三小 1", "四小 100"]);
    assert_eq!(told(&problems), [""; 0]);
    let (_, problems) = found(&["学校 达标率", "一小 95", "三小 0.92", "四小 0.9"]);
    assert_eq!(told(&problems), ["dataset.percent-or-share 甲.xlsx#表!B3"]);
    assert!(problems[0].message.zh.contains("分不清 0.92 是 92% 还是 0.92%"));
}

#[test]
fn small_percentages_are_percentages() {
    for rows in
        [["学校 差错率（%）", "一小 0.3", "二小 2.5", "三小 12"], ["学校 达标率（%）", "一小 0", "二小 1", "三小 1"]]
    {
        assert_eq!(told(&table(&rows, &[]).1), [""; 0]);
    }
    assert_eq!(told(&table(&["学校 优秀率", "一小 0.3", "二小 0.5"], &[]).1), [""; 0]);
}

#[test]
fn a_total_of_shares_that_is_shown_as_a_percentage_is_compared() {
    let rows = |total: &'static str| ["学校 进度 经费", "一小 30% 10", "二小 70% 20", total];
    let (_, problems) = found(&[percents("甲.xlsx", &rows("合计 100% 30"), "0%")]);
    assert_eq!(told(&problems), [""; 0]);
    let (_, problems) = found(&[percents("甲.xlsx", &rows("合计 90% 30"), "0%")]);
    assert_eq!(told(&problems), ["dataset.total-differs 甲.xlsx#表!B4"]);
}

#[test]
fn a_forms_cell_shown_as_a_percentage_is_one_under_a_label_that_counts_in_percent() {
    let rows = ["学校名称 第一小学", "达标率（%） 90%", "优秀率 57%"];
    let mut form = spec("表", &[0], &[]);
    form.layout = Layout::Form;
    let (dataset, problems) = Dataset::find(&[percents("甲.xlsx", &rows, "0.0%")], &[form], &[]);
    assert_eq!(values(&dataset.tables[0], "达标率"), ["90"]);
    assert_eq!(values(&dataset.tables[0], "优秀率"), ["0.57"]);
    assert_eq!(told(&problems), [""; 0]);
}
