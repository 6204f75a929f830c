//! Rules held against small tables: what is told, and where.

use super::*;
use crate::dataset::TableId;
use crate::dataset::testing::Draft;
use crate::diagnostic::Language;

fn named(name: &str) -> Named {
    let (table, column) = name.split_once('.').unwrap_or((name, ""));
    Named { table: table.into(), column: column.into(), place: Place::Run }
}

fn column(name: &str) -> ColumnRules {
    ColumnRules { column: named(name), ..ColumnRules::default() }
}

fn range(least: &str, greatest: &str) -> Option<Range> {
    Some(Range { least: least.into(), greatest: greatest.into(), ..Range::default() })
}

/// Three schools with what they state, and the branches of two of them in a file of each school's own.
fn city() -> Dataset {
    Draft::default()
        .table(
            "学校",
            "代码 校名 党员# 上年# 支部数# 成立@",
            &["市.xlsx#学校:", "0101|一小|25|20|2|1956-09", "0102|二小|8|8|1|2021-09-01", "0103|三小|9|-|1|2023"],
        )
        .table(
            "支部",
            "支部 代码 类型 正式# 预备# 党员#",
            &["甲.xlsx#表:", "语文|0101|教工|9|1|10", "数学|0101|教工|10|3|13", "乙.xlsx#表:", "体育|0102|学生|7|1|8"],
        )
        .table("上年", "代码 党员#", &["旧.xlsx#表:", "0102|4", "0101|25", "0109|3"])
        .link("支部.代码", "学校.代码")
        .done()
}

fn check(dataset: &Dataset, columns: &[ColumnRules], sums: &[SumRule]) -> Vec<Diagnostic> {
    let rules = Rules { columns: columns.to_vec(), sums: sums.to_vec() };
    let tables: Vec<_> = dataset.tables.iter().map(|table| table.name.as_str()).collect();
    rules.check(dataset, &tables)
}

/// What one rule of a column says of the city, without its hints.
fn told(rules: ColumnRules) -> Vec<String> {
    lines(&check(&city(), &[rules], &[]))
}

fn lines(problems: &[Diagnostic]) -> Vec<String> {
    let first = |problem: &Diagnostic| problem.to_text(Language::Chinese).lines().next().map(str::to_owned);
    problems.iter().filter_map(first).collect()
}

#[test]
fn a_blank_cell_breaks_a_rule_that_it_must_be_filled() {
    assert_eq!(
        told(ColumnRules { required: true, ..column("学校.上年") }),
        ["错误：市.xlsx#学校!D4：“学校.上年”必须填，这里空着"]
    );
    assert_eq!(told(ColumnRules { required: true, ..column("支部.类型") }), [""; 0]);
}

#[test]
fn a_dash_among_words_is_blank_and_the_answer_none_is_not() {
    let dataset = Draft::default().table("表", "名 奖", &["甲.xlsx#表:", "一|无", "二|—", "三|市级"]).done();
    let rules = ColumnRules { required: true, ..column("表.奖") };
    assert_eq!(lines(&check(&dataset, &[rules], &[])), ["错误：甲.xlsx#表!B3：“表.奖”必须填，这里空着"]);
}

#[test]
fn a_blank_key_that_has_been_told_is_not_told_again_and_a_dash_for_a_key_is() {
    let dataset = Draft::default().table("表", "名 号", &["甲.xlsx#表:", "-|1", "—|2", "三|3"]).done();
    let rules = ColumnRules { required: true, ..column("表.名") };
    assert_eq!(lines(&check(&dataset, &[rules], &[])), ["错误：甲.xlsx#表!A3：“表.名”必须填，这里空着"]);
}

#[test]
fn a_column_that_a_sheet_lacks_is_told_once_and_not_row_by_row() {
    let mut dataset = city();
    for row in &mut dataset.tables[1].rows[..2] {
        let fallback = row.cells[0].origin;
        row.cells[2] = crate::dataset::Cell { value: crate::dataset::Value::Blank, origin: fallback };
    }
    let rules = ColumnRules { required: true, ..column("支部.类型") };
    let told = check(&dataset, &[rules], &[]);
    assert_eq!(lines(&told), ["错误：甲.xlsx#表：缺“支部.类型”这一列，它每一行都必须填"]);
}

#[test]
fn a_value_that_stands_twice_breaks_a_rule_that_it_must_differ() {
    assert_eq!(
        told(ColumnRules { unique: true, ..column("支部.类型") }),
        ["错误：甲.xlsx#表!C3：“支部.类型”不能重复，“教工”在 甲.xlsx#表!C2 已经有了"]
    );
    assert_eq!(told(ColumnRules { unique: true, ..column("支部.支部") }), [""; 0]);
}

#[test]
fn a_value_of_another_kind_is_told() {
    let dataset = Draft::default().table("表", "名 日期", &["甲.xlsx#表:", "一|昨天", "二|—"]).done();
    let rules = ColumnRules { kind: Some(Kind::Date), ..column("表.日期") };
    assert_eq!(lines(&check(&dataset, &[rules], &[])), ["错误：甲.xlsx#表!B2：“表.日期”应当是日期，这里是“昨天”"]);
}

#[test]
fn a_text_among_numbers_that_has_been_told_is_not_told_again() {
    let dataset = Draft::default().table("表", "名 人数#", &["甲.xlsx#表:", "一|若干", "二|600"]).done();
    let rules = ColumnRules { range: range("0", "500"), ..column("表.人数") };
    assert_eq!(
        lines(&check(&dataset, std::slice::from_ref(&rules), &[])),
        ["错误：甲.xlsx#表!B3：“表.人数”应当在 0 到 500 之间，这里是 600"]
    );
    // Who says that it is a column of numbers is told by the rule, and not by the dataset.
    let rules = ColumnRules { kind: Some(Kind::Number), ..rules };
    assert_eq!(check(&dataset, &[rules], &[]).len(), 2);
}

#[test]
fn numbers_and_dates_lie_in_their_range() {
    assert_eq!(
        told(ColumnRules { range: range("", "20"), ..column("学校.党员") }),
        ["错误：市.xlsx#学校!C2：“学校.党员”应当不大于 20，这里是 25"]
    );
    assert_eq!(
        told(ColumnRules { range: range("1949-10-01", "2022-12-31"), ..column("学校.成立") }),
        ["错误：市.xlsx#学校!F4：“学校.成立”应当在 1949-10-01 到 2022-12-31 之间，这里是 2023"]
    );
}

#[test]
fn a_value_that_is_none_of_the_few_is_told_with_the_nearest() {
    let rules = ColumnRules { one_of: vec!["教 工".into(), "学生会".into()], ..column("支部.类型") };
    let problems = check(&city(), &[rules], &[]);
    assert_eq!(lines(&problems), ["错误：乙.xlsx#表!C2：“支部.类型”不能填“学生”"]);
    assert_eq!(problems[0].hint.as_ref().unwrap().zh, "是不是“学生会”？只能填：教 工、学生会");
}

#[test]
fn sums_and_last_years_figures_in_other_units_are_compared_in_one() {
    let dataset = Draft::default()
        .table("学校", "代码 党费（万元）# 上年党费（元）#", &["市.xlsx#学校:", "0101|1.5|14000", "0102|2|90000"])
        .table("支部", "支部 代码 党费（元）#", &["甲.xlsx#表:", "语文|0101|9000", "数学|0101|6000", "体育|0102|2000"])
        .link("支部.代码", "学校.代码")
        .done();
    let sum =
        SumRule { parts: vec![named("支部.党费")], with: named("学校.党费（万元）"), ..SumRule::default() };
    let change = Change { from: named("学校.上年党费"), above: "20%".into(), place: Place::Run };
    let change = ColumnRules { change: Some(change), ..column("学校.党费（万元）") };
    let told = lines(&check(&dataset, &[change], &[sum]));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("是 2，上年是 9（市.xlsx#学校!C3），减少了 77.8%"), "{told:?}");
    assert!(told[1].contains("写的是 2，“支部.党费（元）”加起来是 0.2 万元，多 1.8"), "{told:?}");
}

#[test]
fn a_pattern_holds_for_the_whole_value_and_is_told_in_its_own_words() {
    let pattern = |says: Option<&str>| {
        let expression = r"\d{3}|\d{5}".into();
        Some(Pattern { expression, says: says.map(Into::into), ..Pattern::default() })
    };
    let told_with = |says| told(ColumnRules { pattern: pattern(says), ..column("上年.代码") });
    assert_eq!(
        told_with(Some("3 位或 5 位数字"))[0],
        "错误：旧.xlsx#表!A2：“上年.代码”应当是3 位或 5 位数字，这里是“0102”"
    );
    assert_eq!(told_with(None)[0], "错误：旧.xlsx#表!A2：“上年.代码”的写法不对，这里是“0102”");
    assert_eq!(told_with(None).len(), 3);
}

#[test]
fn a_pattern_that_is_none_or_takes_too_much_memory_is_told() {
    for expression in ["(", r"a)(b", r"(?:\w{500}){500}"] {
        let pattern = Some(Pattern { expression: expression.into(), ..Pattern::default() });
        let problems = check(&city(), &[ColumnRules { pattern, ..column("学校.代码") }], &[]);
        assert_eq!(
            problems.iter().map(|problem| problem.code).collect::<Vec<_>>(),
            ["rules.bad-pattern"],
            "{expression}"
        );
    }
}

#[test]
fn a_value_that_is_not_known_elsewhere_is_told_with_the_nearest() {
    let rules = ColumnRules { refers_to: Some(named("学校.代码")), ..column("上年.代码") };
    let problems = check(&city(), &[rules], &[]);
    assert_eq!(lines(&problems), ["错误：旧.xlsx#表!A4：“上年.代码”里的“0109”，“学校.代码”里没有"]);
    assert!(problems[0].hint.as_ref().unwrap().zh.starts_with("是不是“010"));
}

#[test]
fn what_may_stand_in_a_workbook_that_could_not_be_read_is_not_missed() {
    let rules = Rules {
        columns: vec![ColumnRules { refers_to: Some(named("学校.代码")), ..column("上年.代码") }],
        sums: vec![sum(&["支部.党员"], "学校.党员")],
    };
    let mut dataset = city();
    dataset.incomplete = vec![TableId(0), TableId(1)];
    let told = lines(&rules.check(&dataset, &["学校", "支部", "上年"]));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("错误：市.xlsx#学校!C2：“学校.党员”写的是 25"));
}

#[test]
fn a_change_is_taken_against_the_same_row_or_the_row_with_the_same_key() {
    let change = |from: &str, above: &str| Some(Change { from: named(from), above: above.into(), place: Place::Run });
    assert_eq!(
        told(ColumnRules { change: change("学校.上年", "20%"), ..column("学校.党员") }),
        ["警告：市.xlsx#学校!C2：“学校.党员”是 25，上年是 20（市.xlsx#学校!D2），增加了 25%，超过 20%"]
    );
    assert_eq!(
        told(ColumnRules {
            change: change("上年.党员", "3"), level: Some(Severity::Error), ..column("学校.党员")
        }),
        ["错误：市.xlsx#学校!C3：“学校.党员”是 8，上年是 4（旧.xlsx#表!B2），增加了 4，超过 3"]
    );
    assert_eq!(
        told(ColumnRules { change: change("上年.党员", "许多"), ..column("学校.党员") })[0],
        "错误：“许多”不是变化的限度"
    );
}

#[test]
fn a_change_needs_numbers_and_a_key() {
    let change = Some(Change { from: named("学校.校名"), above: "20%".into(), place: Place::Run });
    assert_eq!(told(ColumnRules { change, ..column("学校.党员") }), ["错误：“学校.校名”不是数的列，不能拿来加减比较"]);
    let mut dataset = city();
    dataset.tables[2].key = Vec::new();
    let change = Some(Change { from: named("上年.党员"), above: "20%".into(), place: Place::Run });
    let problems = check(&dataset, &[ColumnRules { change, ..column("学校.党员") }], &[]);
    assert_eq!(lines(&problems), ["错误：“学校”和“上年”没有一样的 key，不知道哪一行对哪一行"]);
}

fn sum(parts: &[&str], with: &str) -> SumRule {
    SumRule { parts: parts.iter().map(|part| named(part)).collect(), with: named(with), ..SumRule::default() }
}

#[test]
fn a_sum_over_a_link_names_both_figures_and_the_cells_that_were_added() {
    assert_eq!(
        lines(&check(&city(), &[], &[sum(&["支部.党员"], "学校.党员")])),
        [
            "错误：市.xlsx#学校!C2：“学校.党员”写的是 25，“支部.党员”加起来是 23，多 2；相加的是 甲.xlsx#表!F2:F3",
            "错误：市.xlsx#学校!C4：“学校.党员”写的是 9，“支部.党员”加起来是 0，多 9；没有找到属于它的行",
        ]
    );
}

#[test]
fn columns_of_one_row_add_up_to_another() {
    let mut dataset = city();
    dataset.tables[1].rows[0].cells[3].value = crate::dataset::Value::Number(8.0);
    assert_eq!(
        lines(&check(&dataset, &[], &[sum(&["支部.正式", "支部.预备"], "支部.党员")])),
        ["错误：甲.xlsx#表!F2：“支部.党员”写的是 10，“支部.正式”“支部.预备”加起来是 9，多 1；相加的是 D2、E2"]
    );
}

#[test]
fn rows_are_counted() {
    assert_eq!(
        lines(&check(&city(), &[], &[sum(&["支部"], "学校.支部数")])),
        ["错误：市.xlsx#学校!E4：“学校.支部数”写的是 1，“支部”实有 0 行，多 1；没有找到属于它的行"]
    );
}

#[test]
fn sums_may_differ_by_the_tolerance_and_a_word_among_them_makes_them_unsure() {
    let rule = SumRule { tolerance: 2.0, ..sum(&["支部.党员"], "学校.党员") };
    assert_eq!(lines(&check(&city(), &[], &[rule])).len(), 1);
    let mut dataset = city();
    dataset.tables[1].rows[0].cells[5].value = crate::dataset::Value::Text("若干".into());
    assert_eq!(lines(&check(&dataset, &[], &[sum(&["支部.党员"], "学校.党员")])).len(), 1);
}

#[test]
fn a_sheet_that_lacks_a_column_makes_its_sums_unsure() {
    let mut dataset = city();
    for row in &mut dataset.tables[1].rows[..2] {
        let fallback = row.cells[0].origin;
        row.cells[4] = crate::dataset::Cell { value: crate::dataset::Value::Blank, origin: fallback };
    }
    assert_eq!(lines(&check(&dataset, &[], &[sum(&["支部.正式", "支部.预备"], "支部.党员")])), [""; 0]);
}

#[test]
fn sums_without_a_link_and_names_that_are_not_there_are_told_all_at_once() {
    let sums = [
        sum(&["上年.党员"], "学校.党员"),
        sum(&["学校"], "学校.支部数"),
        sum(&["支布.党员", "支部.正试"], "学校.党圆"),
    ];
    assert_eq!(
        lines(&check(&city(), &[], &sums)),
        [
            "错误：“上年”没有关联到“学校”，不知道哪些行属于哪一个",
            "错误：数“学校”的行数，不能和它自己的列比",
            "错误：表“学校”没有“党圆”这一列",
            "错误：没有叫“支布”的表",
            "错误：表“支部”没有“正试”这一列",
        ]
    );
}

#[test]
fn many_cells_that_were_added_are_cut_short() {
    let rows: Vec<_> = (0..40).map(|row| format!("{row}|0101|{}", if row % 2 == 0 { "-" } else { "1" })).collect();
    let lines: Vec<_> = ["甲.xlsx#表:"].into_iter().chain(rows.iter().map(String::as_str)).collect();
    let dataset = Draft::default()
        .table("学校", "代码 党员#", &["市.xlsx#学校:", "0101|21"])
        .table("支部", "支部 代码 党员#", &lines)
        .link("支部.代码", "学校.代码")
        .done();
    let problems = check(&dataset, &[], &[sum(&["支部.党员"], "学校.党员")]);
    let text = &problems[0].message.zh;
    assert!(text.contains("甲.xlsx#表!C3、C5、C7") && text.ends_with("C25……"), "{text}");
}

proptest::proptest! {
    /// One stated sum is right exactly when no problem is told.
    #[test]
    fn a_sum_is_told_exactly_when_it_differs(parts in proptest::collection::vec(-1000_i32..1000, 0..12), off in -3_i32..3) {
        let total: i32 = parts.iter().sum();
        let rows: Vec<_> = parts.iter().enumerate().map(|(at, part)| format!("{at}|0101|{part}")).collect();
        let lines: Vec<_> = ["甲.xlsx#表:"].into_iter().chain(rows.iter().map(String::as_str)).collect();
        let dataset = Draft::default()
            .table("学校", "代码 党员#", &["市.xlsx#学校:", &format!("0101|{}", total + off)])
            .table("支部", "支部 代码 党员#", &lines)
            .link("支部.代码", "学校.代码")
            .done();
        let problems = check(&dataset, &[], &[sum(&["支部.党员"], "学校.党员")]);
        proptest::prop_assert_eq!(problems.is_empty(), off == 0);
    }
}

#[test]
fn rules_that_find_everything_wrong_end_with_a_named_limit() {
    let rows: Vec<_> = (0..1000).map(|row| format!("{row}|1|2")).collect();
    let lines: Vec<_> = std::iter::once("甲.xlsx#表:").chain(rows.iter().map(String::as_str)).collect();
    let dataset = Draft::default().table("表", "名 甲# 乙#", &lines).done();
    let rule = SumRule { parts: vec![named("表.甲")], with: named("表.乙"), ..SumRule::default() };
    let problems = check(&dataset, &[], &vec![rule; 300]);
    assert_eq!(problems.len(), MOST_PROBLEMS + 1001);
    assert_eq!(problems.last().map(|problem| problem.code), Some("rules.too-many-problems"));
}
