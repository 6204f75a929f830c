//! Sheets as other people's programs and hands make them: odd headers, headers of several lines, rows of other kinds.

use super::*;

fn header(rows: &[&str]) -> (u32, Vec<String>) {
    let found = describe(&book("甲.xlsx", rows, &[])).remove(0);
    (found.header_rows[0], found.columns.into_iter().map(|column| column.name).collect())
}

#[test]
fn a_row_on_top_that_is_filled_like_the_rows_below_names_the_columns_whatever_it_says() {
    for (rows, names) in [
        (["时间 '1 '2 '3", "周一 语文 数学 体育", "周二 数学 语文 音乐"], vec!["时间", "1", "2", "3"]),
        (["项目 1 2 3", "语文 王 李 赵", "数学 钱 孙 周"], vec!["项目", "1", "2", "3"]),
        (
            ["姓名是什么？ 单位在哪里。 评价；", "张三 一小 好", "李四 二小 很好"],
            vec!["姓名是什么？", "单位在哪里。", "评价；"],
        ),
        (["班级 '20% '30%", "一班 甲 乙", "二班 丙 丁"], vec!["班级", "20%", "30%"]),
        (["学校 负责人：张 备注", "一小 甲 乙", "二小 丙 丁"], vec!["学校", "负责人：张", "备注"]),
        (["'0101 '0102 '0103", "甲 乙 丙", "丁 戊 己"], vec!["0101", "0102", "0103"]),
        (["学校 — 备注", "一小 甲 乙", "二小 丙 丁"], vec!["学校", "备注"]),
        (["学校 _ 备注", "一小 甲 乙", "二小 丙 丁"], vec!["学校", "备注"]),
    ] {
        assert_eq!(header(&rows), (1, names.into_iter().map(str::to_owned).collect()), "{rows:?}");
    }
}

#[test]
fn what_explains_a_long_name_is_no_part_of_it() {
    let long = format!("学校 主要做法（请简要说明{}） 备注", "本年度的活动和成效".repeat(8));
    assert_eq!(header(&[&long, "一小 甲 乙", "二小 丙 丁"]).1, ["学校", "主要做法", "备注"]);
}

#[test]
fn numbers_in_turn_beside_a_name_are_names_of_columns() {
    assert_eq!(header(&["科目 1 2 3", "语文 90 80 70", "数学 85 75 95"]).1, ["科目", "1", "2", "3"]);
}

#[test]
fn a_colon_in_one_of_many_names_keeps_no_header_from_being_one() {
    let rows = ["序号 学校 党员总数 其中：女 预备：人", "1 一小 12 5 1", "2 二小 8 3 0"];
    assert_eq!(header(&rows), (1, ["序号", "学校", "党员总数", "其中：女", "预备：人"].map(str::to_owned).to_vec()));
    let found =
        describe(&book("甲.xlsx", &["学校 党员 _", "_ 总数 其中：女", "一小 12 5"], &[(0, 0, 1, 0), (0, 1, 0, 2)]));
    assert_eq!(found[0].columns[2].name, "党员/其中：女");
}

#[test]
fn a_line_about_the_table_and_a_title_stay_above_the_header() {
    assert_eq!(header(&["单位：一小 时间：5月", "姓名 职务", "张三 校长", "李四 教师"]).0, 2);
    assert_eq!(header(&["花名册", "姓名 住址", "张三 东街", "李四 西街"]).0, 2);
    // Two rows of data above a row of words: nobody can tell, and the words name the columns.
    assert_eq!(header(&["1 2", "3 4", "甲 乙", "5 6", "7 8"]).0, 3);
}

#[test]
fn names_that_go_on_in_the_rows_below_are_put_together() {
    let rows = ["Function Percent Number Median", "_ of_Hires of_Hires Monthly", "_ _ _ Salary"];
    let more =
        ["Consulting 0.1 89 9500", "Finance 0.2 323 7916", "Law 0.3 4 Insufficient", "Sales 0.3 4 100", "Art 0.1 2 50"];
    let rows: Vec<_> = rows.into_iter().chain(more).collect();
    assert_eq!(header(&rows).1, ["Function", "Percent of_Hires", "Number of_Hires", "Median Monthly Salary"]);
    let rows =
        ["AND TOTAL CHAP. CHAP.", "MONTH FILINGS '7 '11", "'200504 167943 132890 562", "'200505 152495 119316 509"];
    assert_eq!(header(&rows).1, ["AND MONTH", "TOTAL FILINGS", "CHAP.7", "CHAP.11"]);
    let above = |line| [&[line], &rows[..]].concat();
    assert_eq!(header(&above("YEAR _ _ TOTAL")).1, ["YEAR AND MONTH", "TOTAL FILINGS", "CHAP.7", "TOTAL CHAP.11"]);
    for no_line in ["Filings", "_ YEAR _ TOTAL", "YEAR _ _ 2006", "全部 _ _ 合计", "Year Filings"] {
        let found = header(&above(no_line)).1;
        assert_eq!(found[0] == "Year AND MONTH", no_line == "Year Filings", "{no_line}: {found:?}");
    }
    let rows = ["Nr. Name Wahlbe- abgegeb. ungültige", "_ _ rechtigte Stimmen Stimmen", "1 Linz 1092760 618531 43745"];
    assert_eq!(header(&rows).1, ["Nr.", "Name", "Wahlberechtigte", "abgegeb.Stimmen", "ungültige Stimmen"]);
}

#[test]
fn a_first_row_of_figures_is_no_line_of_the_header() {
    for rows in [
        ["代码 值 和", "'0 '1 '2", "'1 '1 '2"],
        ["代码 值 和", "'0 '1 '2", "1 1 2"],
        ["项目 值 和", "甲 '1 '2", "'1 '1 '2"],
    ] {
        assert_eq!(header(&rows).1.join(" "), rows[0], "{rows:?}");
    }
}

#[test]
fn the_same_columns_under_another_name_are_another_table() {
    let rows = [
        "税率 _ 单身 _ _",
        "欧元 英镑 2021 2022 2023",
        "15000 9000 0.2 0.3 0.1",
        "20000 12000 0.2 0.1 0.3",
        "_",
        "税率 _ 已婚 _ _",
        "欧元 _ 2021 2022 2023",
        "15000 _ 0.1 0.1 0.1",
        "20000 _ 0.2 0.1 0.2",
    ];
    let found = describe(&book("甲.xlsx", &rows, &[(0, 2, 0, 4)]));
    let ranges: Vec<_> = found.iter().filter_map(|table| table.range.as_deref()).collect();
    assert_eq!(ranges, ["A1:E4", "A7:E9"]);
    assert_eq!(found[1].titles[0], "税率 已婚");
}

#[test]
fn totals_in_english_are_no_data() {
    let totals = ["Total", "TOTAL:", "Subtotal"].map(|word| format!("{word} 7"));
    for total in &totals {
        let (table, problems) = super::table(&["Region Sales", "East 3", "West 4", total], &[]);
        assert_eq!(table.rows.len(), 2, "{total}");
        assert_eq!(told(&problems), [""; 0], "{total}");
    }
}

#[test]
fn midnight_among_times_of_day_is_a_time() {
    let mut book = book("甲.xlsx", &["班次 时间", "早 8:00", "中 16:00", "晚 _"], &[]);
    book.sheets[0].rows[3].resize(2, workbook::CellValue::Empty);
    book.sheets[0].rows[3][1] = workbook::CellValue::Error("1900/1/0".into());
    let described = describe(&book).remove(0);
    assert_eq!((described.columns[1].errors, described.columns[1].distinct), (0, 3));
    let (dataset, problems) = Dataset::find(&[book], &[spec("表", &[0], &[])], &[]);
    assert_eq!(values(&dataset.tables[0], "时间"), ["8:00", "16:00", "0:00"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn counts_above_shares_of_other_rows_lack_no_percent_sign() {
    let (_, problems) = table(&["项目 一月", "设备数 8253465", "用户数 4082500", "使用率 '69%"], &[]);
    assert_eq!(told(&problems), [""; 0]);
    let (_, problems) = table(&["项目 一月", "甲 28", "乙 '60%", "丙 '69%"], &[]);
    assert_eq!(told(&problems), ["dataset.percent-unsure 甲.xlsx#表!B2"]);
}

#[test]
fn columns_without_names_are_told_in_one_line() {
    let (_, problems) =
        table(&["学校 教师 _ _ _ 学生", "一小 3 漏 漏 漏 40", "二小 3 漏 漏 漏 40", "三小 3 漏 漏 漏 4"], &[]);
    assert_eq!(told(&problems), ["dataset.column-without-name 甲.xlsx#表!C1"]);
    let problem = problems.iter().find(|problem| problem.code == "dataset.column-without-name").unwrap();
    assert_eq!(problem.message.zh, "C:E 列有内容，表头却是空的，没有读");
}

#[test]
fn a_form_that_is_sent_in_empty_is_known_by_its_colons() {
    let rows = [
        "报名表",
        "Name: _ Telephone:",
        "_",
        "Surname:",
        "Address:",
        "_ _ E-mail:",
        "Course: _ Level:",
        "_ _ Signature",
    ];
    assert_eq!(describe(&book("甲.xlsx", &rows, &[]))[0].kind, FoundKind::Form);
    let list = ["姓名 人数", "甲 3", "乙 4", "丙 6", "填表人：", "审核人：", "日期："];
    assert_eq!(describe(&book("甲.xlsx", &list, &[]))[0].kind, FoundKind::Table);
}

#[test]
fn a_header_and_a_row_of_words_are_a_table_and_no_form() {
    for rows in [["姓名 单位 职务", "张三 第一小学 校长"], ["姓名 单位 职务", "李工 人事部 科员"]]
    {
        assert_eq!(describe(&book("甲.xlsx", &rows, &[]))[0].kind, FoundKind::Table, "{rows:?}");
    }
    let form = ["姓名 张三 性别 男", "单位 一小 职务 校长"];
    let found = describe(&book("甲.xlsx", &form, &[])).remove(0);
    assert_eq!(found.kind, FoundKind::Form);
    assert_eq!(
        found.columns.iter().map(|column| column.first_values.join("")).collect::<Vec<_>>(),
        ["张三", "男", "一小", "校长"]
    );
}
