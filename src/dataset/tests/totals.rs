use super::*;

fn differ(rows: &[&str]) -> Vec<String> {
    let (_, problems) = table(rows, &[]);
    let differ = problems.iter().filter(|problem| problem.code == "dataset.total-differs");
    differ.map(|problem| format!("{} {}", problem.place, problem.message.zh)).collect()
}

const SOUND: [&str; 8] = [
    "区县 学校 教师",
    "东区 一小 3",
    "东区 二小 4",
    "小计 _ 7",
    "西区 三小 5",
    "西区 四小 6",
    "小计 _ 11",
    "总计 _ 18",
];

#[test]
fn subtotals_and_the_total_over_them_agree_with_their_rows() {
    assert_eq!(differ(&SOUND), [""; 0]);
}

#[test]
fn a_subtotal_that_differs_is_told_with_its_rows() {
    let mut rows = SOUND;
    rows[6] = "小计 _ 12";
    assert_eq!(differ(&rows), ["甲.xlsx#表!C7 小计里“教师”是 12，第 5 至 6 行加起来是 11"]);
}

#[test]
fn totals_on_top_are_those_of_the_rows_below() {
    let rows = [
        "区县 学校 教师",
        "合计 _ 18",
        "小计 _ 7",
        "东区 一小 3",
        "东区 二小 4",
        "小计 _ 11",
        "西区 三小 5",
        "西区 四小 6",
    ];
    assert_eq!(differ(&rows), [""; 0]);
    let rows = [
        "区县 学校 教师",
        "合计 _ 19",
        "小计 _ 8",
        "东区 一小 3",
        "东区 二小 4",
        "小计 _ 11",
        "西区 三小 5",
        "西区 四小 6",
    ];
    let told = [
        "甲.xlsx#表!C2 合计行里“教师”是 19，各行加起来是 18",
        "甲.xlsx#表!C3 小计里“教师”是 8，第 4 至 5 行加起来是 7",
    ];
    assert_eq!(differ(&rows), told);
}

#[test]
fn several_totals_are_each_over_their_own_rows_and_the_last_over_all() {
    let rows = ["学校 教师", "一小 3", "二小 4", "合计 7", "三小 5", "合计 5", "总计 12"];
    assert_eq!(differ(&rows), [""; 0]);
    let rows = ["学校 教师", "一小 3", "二小 4", "合计 7", "三小 5", "合计 5", "总计 13"];
    assert_eq!(differ(&rows).len(), 1);
}

#[test]
fn subtotals_by_name_below_all_rows_are_not_called_wrong() {
    let rows =
        ["区县 学校 教师", "东区 一小 3", "西区 三小 5", "东区 二小 4", "东区小计 _ 7", "西区小计 _ 5", "总计 _ 12"];
    assert_eq!(differ(&rows), [""; 0]);
}

#[test]
fn a_total_typed_as_text_is_compared_too() {
    assert_eq!(differ(&["学校 教师", "一小 3", "二小 4", "合计 '８"]).len(), 1);
}

#[test]
fn a_total_with_a_word_of_measure_is_compared_too() {
    let (_, problems) = table(&["学校 党员数", "一小 30", "二小 20", "合计 51人"], &[]);
    assert_eq!(told(&problems), ["dataset.total-differs 甲.xlsx#表!B4"]);
}

#[test]
fn a_total_over_a_cell_that_cannot_be_read_is_not_told_besides() {
    let (_, problems) = table(&["学校 党员数 学生数", "一小 若干 300", "二小 20 200", "三小 8 1", "合计 51 500"], &[]);
    let expected = ["dataset.text-in-number-column 甲.xlsx#表!B2", "dataset.total-differs 甲.xlsx#表!C5"];
    assert_eq!(told(&problems), expected);
}
