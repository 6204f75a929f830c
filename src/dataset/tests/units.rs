use super::*;
use crate::diagnostic::Severity;

fn found(books: &[&[&str]], columns: Vec<ColumnSpec>) -> (Table, Vec<Diagnostic>) {
    let names = ["甲.xlsx", "乙.xlsx", "丙.xlsx", "丁.xlsx"];
    let books: Vec<_> = names.iter().zip(books).map(|(name, rows)| book(name, rows, &[])).collect();
    let all: Vec<_> = (0..books.len()).collect();
    let spec = TableSpec { columns, ..spec("学校", &all, &[]) };
    let (mut dataset, problems) = Dataset::find(&books, &[spec], &[]);
    (dataset.tables.pop().expect("there is a table"), problems)
}

fn column(name: &str, also: &[&str]) -> ColumnSpec {
    let also = also.iter().map(|also| ((*also).to_owned(), Place::Run)).collect();
    ColumnSpec { name: name.to_owned(), also, ..ColumnSpec::default() }
}

fn noted(problems: &[Diagnostic]) -> Vec<String> {
    let notes = problems.iter().filter(|problem| problem.code == "dataset.unit-converted");
    notes.map(|problem| format!("{} {}", problem.place, problem.message.zh)).collect()
}

const YUAN: &[&str] = &["学校 党费（元）", "一小 12000"];
const ALSO_YUAN: &[&str] = &["学校 党费（元）", "三小 300.5"];
const WAN: &[&str] = &["学校 党费(万元)", "二小 1.2345", "合计 1.2345"];

#[test]
fn one_column_in_two_units_is_turned_into_that_of_most_files() {
    let (table, problems) = found(&[WAN, YUAN, ALSO_YUAN], Vec::new());
    assert_eq!(names(&table), ["学校", "党费（元）"]);
    assert_eq!(values(&table, "党费"), ["12345", "12000", "300.5"]);
    assert_eq!(told(&problems), [""; 0]);
    assert_eq!(noted(&problems), ["甲.xlsx#表!B1 这里的单位是万元，“党费（元）”按元算，这一列的数都乘以 10000"]);
    let (table, problems) = found(&[YUAN, WAN, WAN], Vec::new());
    assert_eq!(values(&table, "党费"), ["1.2", "1.2345", "1.2345"]);
    assert!(noted(&problems)[0].ends_with("都除以 10000"));
}

#[test]
fn the_project_says_which_unit_counts() {
    let (table, problems) = found(&[WAN, WAN, YUAN], vec![column("党费（元）", &[])]);
    assert_eq!(names(&table), ["学校", "党费（元）"]);
    assert_eq!(values(&table, "党费（元）"), ["12345", "12345", "12000"]);
    assert_eq!(noted(&problems).len(), 2);
    let other: &[&str] = &["学校 缴纳（万元）", "四小 2"];
    let (table, problems) = found(&[YUAN, other], vec![column("党费（元）", &["缴纳"])]);
    assert_eq!(values(&table, "党费"), ["12000", "20000"]);
    assert_eq!((told(&problems), noted(&problems).len()), (vec![], 1));
}

#[test]
fn guesses_in_cells_are_turned_too_unless_they_name_their_unit() {
    let odd: &[&str] = &["学校 党费（万元）", "四小 约3", "五小 1.2万元", "六小 800元", "七小 2"];
    let (table, _) = found(&[YUAN, ALSO_YUAN, odd], Vec::new());
    assert_eq!(values(&table, "党费"), ["12000", "300.5", "30000", "12000", "800", "20000"]);
}

#[test]
fn a_heading_without_a_unit_counts_in_the_plain_one_and_is_an_error_beside_larger_ones() {
    let silent: &[&str] = &["学校 党费", "四小 5"];
    let (table, problems) = found(&[YUAN, silent], Vec::new());
    assert_eq!((values(&table, "党费"), told(&problems)), (vec!["12000".to_owned(), "5".to_owned()], vec![]));
    let (_, problems) = found(&[WAN, silent], Vec::new());
    assert_eq!(told(&problems), ["dataset.unit-missing 乙.xlsx#表!B1"]);
    assert!(problems.iter().any(|problem| problem.severity == Severity::Error));
    let (_, problems) = found(&[WAN, silent, &["学校 党费", "五小 7"]], Vec::new());
    assert_eq!(told(&problems), ["dataset.unit-here-alone 甲.xlsx#表!B1"]);
    let (table, problems) = found(&[WAN, silent], vec![column("党费（万元）", &[])]);
    assert_eq!(values(&table, "党费"), ["1.2345", "5"]);
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn a_unit_of_money_above_the_table_holds_for_headings_that_count_money() {
    let above: &[&str] = &["填报单位：二小 _ 单位：万元、人", "学校 党费 党员数", "二小 1.5 30"];
    let plain: &[&str] = &["学校 党费（元） 党员数", "一小 12000 20"];
    let (table, problems) = found(&[plain, above], Vec::new());
    assert_eq!(values(&table, "党费"), ["12000", "15000"]);
    assert_eq!(values(&table, "党员数"), ["20", "30"]);
    assert_eq!(noted(&problems).len(), 1);
    let yuan: &[&str] = &["金额单位：元", "学校 党费 党员数", "一小 12000 20"];
    let (table, problems) = found(&[yuan, above], Vec::new());
    assert_eq!(values(&table, "党费"), ["12000", "15000"]);
    assert_eq!(noted(&problems).len(), 1);
}

#[test]
fn a_total_row_is_compared_in_the_unit_of_its_sheet() {
    let wrong: &[&str] = &["学校 党费（万元）", "二小 1.2", "三小 2", "合计 3.3"];
    let (_, problems) = found(&[YUAN, ALSO_YUAN, wrong], Vec::new());
    assert_eq!(told(&problems), ["dataset.total-differs 丙.xlsx#表!B4"]);
}

#[test]
fn what_counts_something_else_is_no_other_name_for_a_column() {
    let men: &[&str] = &["学校 党员数（男）", "一小 3"];
    let women: &[&str] = &["学校 党员数（女）", "二小 5"];
    let all: &[&str] = &["学校 党员数", "三小 8"];
    for books in [[men, women], [all, women]] {
        let (table, problems) = found(&books, Vec::new());
        assert_eq!(table.columns.len(), 3);
        assert!(told(&problems).contains(&"dataset.missing-column 乙.xlsx#表".to_owned()), "{:?}", told(&problems));
    }
    let (table, _) = found(&[men], Vec::new());
    assert_eq!((table.find_column("党员数"), table.find_column("党员数（女）")), (None, None));
    let years = [&["学校 今年/人数", "一小 3"] as &[&str], &["学校 上年/人数", "二小 5"]];
    assert_eq!(found(&years, Vec::new()).0.columns.len(), 3);
}

#[test]
fn also_does_not_make_one_column_of_two_measures() {
    let visits: &[&str] = &["学校 培训（人次）", "二小 5"];
    let (_, problems) = found(&[&["学校 参训（人）", "一小 3"], visits], vec![column("参训（人）", &["培训"])]);
    assert_eq!(told(&problems), ["dataset.other-measure 乙.xlsx#表!B1"]);
}
