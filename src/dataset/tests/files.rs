use super::*;

const SCHOOLS: [&str; 5] =
    ["学校代码 学校名称", "'0101 第一小学", "'0102 第二小学", "'0103 第三小学", "'0104 第四小学"];

fn link_to_schools() -> LinkSpec {
    let end = |table: &str| (table.to_owned(), "学校代码".to_owned(), Place::Run);
    LinkSpec { from: end("支部"), to: end("学校") }
}

/// The schools, and branches from files, each with its rows.
fn branches(files: &[(&str, &[&str])], change: impl Fn(&mut TableSpec)) -> (Dataset, Vec<Diagnostic>) {
    let mut books = vec![book("学校.xlsx", &SCHOOLS, &[])];
    books.extend(files.iter().map(|(file, rows)| book(file, rows, &[])));
    let all: Vec<_> = (1..books.len()).collect();
    let mut branches = spec("支部", &all, &["学校代码", "支部"]);
    change(&mut branches);
    Dataset::find(&books, &[spec("学校", &[0], &["学校代码"]), branches], &[link_to_schools()])
}

fn owed(spec: &mut TableSpec) {
    spec.every = Some(("学校".to_owned(), Place::Run));
}

fn message<'a>(problems: &'a [Diagnostic], code: &str) -> &'a str {
    problems.iter().find(|problem| problem.code == code).map_or("", |problem| problem.message.zh.as_str())
}

fn hint<'a>(problems: &'a [Diagnostic], code: &str) -> &'a str {
    let hint = problems.iter().find(|problem| problem.code == code).and_then(|problem| problem.hint.as_ref());
    hint.map_or("", |hint| hint.zh.as_str())
}

#[test]
fn whoever_has_sent_nothing_is_listed_in_one_warning() {
    let one: &[&str] = &["学校代码 支部 党员", "'0101 语文 3", "'0103 数学 4"];
    let (_, problems) = branches(&[("东区.xlsx", one)], owed);
    assert_eq!(told(&problems), ["dataset.nothing-sent "]);
    let expected = "“学校”共 4 个，有 2 个没有报“支部”：0102 第二小学、0104 第四小学";
    assert_eq!(message(&problems, "dataset.nothing-sent"), expected);
    let each = &problems[0].each;
    assert_eq!(told(each), ["dataset.nothing-sent 学校.xlsx#表!A3", "dataset.nothing-sent 学校.xlsx#表!A5"]);
    assert_eq!(each[1].message.zh, "0104 第四小学没有报“支部”");
    let (_, problems) = branches(&[("东区.xlsx", one)], |_| {});
    assert_eq!(told(&problems), [""; 0]);
}

#[test]
fn of_very_many_who_have_sent_nothing_the_first_are_named_and_each_is_listed() {
    let schools: Vec<String> =
        std::iter::once("学校代码 学校名称".to_owned()).chain((1..=80).map(|n| format!("'{n:04} 学校{n}"))).collect();
    let schools: Vec<&str> = schools.iter().map(String::as_str).collect();
    let books = [book("学校.xlsx", &schools, &[]), book("支部.xlsx", &["学校代码 支部", "'0001 语文"], &[])];
    let mut branches = spec("支部", &[1], &[]);
    owed(&mut branches);
    let (_, problems) = Dataset::find(&books, &[spec("学校", &[0], &["学校代码"]), branches], &[link_to_schools()]);
    let message = message(&problems, "dataset.nothing-sent");
    assert!(message.starts_with("“学校”共 80 个，有 79 个没有报“支部”：0002 学校2、"), "{message}");
    assert!(message.ends_with("、0051 学校51 等"), "{message}");
    assert_eq!(problems[0].each.len(), 79);
}

#[test]
fn a_file_that_belongs_to_nobody_is_told_with_whose_it_seems_to_be() {
    let one: &[&str] = &["学校代码 支部 党员", "'0101 语文 3", "'0102 数学 4", "'0104 数学 4"];
    let stray: &[&str] = &["学校代码 支部 党员", "'0301 语文 3", "'0301 数学 4"];
    let (_, problems) = branches(&[("东区.xlsx", one), ("0103第三小学.xlsx", stray)], owed);
    assert_eq!(told(&problems), ["dataset.file-of-nobody 0103第三小学.xlsx", "dataset.nothing-sent "]);
    let file = "这个文件的 2 行不是“学校”里任何一个的：“学校代码”写的是 0301";
    assert_eq!(message(&problems, "dataset.file-of-nobody"), file);
    assert_eq!(
        hint(&problems, "dataset.file-of-nobody"),
        "像是“0103 第三小学”的：是就把“学校代码”改对，不是就把文件移走"
    );
    let missing =
        "“学校”共 4 个，有 1 个没有报“支部”：0103 第三小学（文件 0103第三小学.xlsx 像是它的，里面却没有它的行）";
    assert_eq!(message(&problems, "dataset.nothing-sent"), missing);
}

#[test]
fn a_file_is_known_by_the_unit_in_its_title_too() {
    let stray: &[&str] = &["填报单位：第二小学", "学校代码 支部 党员", "'0301 语文 3", "'0302 数学 4"];
    let (_, problems) = branches(&[("报表1.xlsx", stray)], owed);
    assert!(message(&problems, "dataset.file-of-nobody").ends_with("0301、0302"));
    assert!(hint(&problems, "dataset.file-of-nobody").starts_with("像是“0102 第二小学”的"));
}

#[test]
fn a_file_that_could_not_be_read_and_an_empty_one_are_named_beside_their_units() {
    let empty: &[&str] = &["学校代码 支部 党员"];
    let (_, problems) = branches(&[("0102.xlsx", empty)], |spec| {
        owed(spec);
        spec.unread = vec!["党支部/第四小学.xlsx".to_owned()];
    });
    let missing = message(&problems, "dataset.nothing-sent");
    assert!(missing.contains("0102 第二小学（文件 0102.xlsx 像是它的"), "{missing}");
    assert!(missing.contains("0104 第四小学（文件 党支部/第四小学.xlsx 像是它的"), "{missing}");
    assert_eq!(message(&problems, "dataset.file-of-nobody"), "");
}

#[test]
fn nothing_can_be_owed_without_a_link() {
    let books = [book("学校.xlsx", &SCHOOLS, &[]), book("支部.xlsx", &["学校代码 支部", "'0101 语文"], &[])];
    let mut branches = spec("支部", &[1], &[]);
    owed(&mut branches);
    let (_, problems) = Dataset::find(&books, &[spec("学校", &[0], &["学校代码"]), branches], &[]);
    assert_eq!(problems[0].code, "dataset.every-without-link");
    assert_eq!(problems[0].hint.as_ref().unwrap().zh, "加上 [[link]] from = \"支部.学校代码\" to = \"学校.学校代码\"");
}

#[test]
fn a_table_that_nobody_knows_cannot_be_owed() {
    let (_, problems) = branches(&[("东区.xlsx", &["学校代码 支部", "'0101 语文"])], |spec| {
        spec.every = Some(("学较".to_owned(), Place::Run));
    });
    assert_eq!(hint(&problems, "dataset.unknown-table"), "是不是“学校”？");
}

#[test]
fn the_same_content_sent_twice_is_told_once_and_read_once() {
    let rows: &[&str] = &["填表日期 _ 三月", "学校代码 支部 党员", "'0101 语文 3", "'0101 数学 4"];
    let (dataset, problems) = branches(&[("甲.xlsx", rows), ("甲 - 副本.xlsx", rows)], |_| {});
    assert_eq!(dataset.tables[1].rows.len(), 2);
    assert_eq!(told(&problems), ["dataset.same-content 甲 - 副本.xlsx#表"]);
    assert_eq!(problems[0].message.zh, "和 甲.xlsx#表 的内容完全一样（2 行），只读了那一份");
    let (dataset, problems) = branches(&[("甲.xlsx", rows), ("乙.xlsx", rows)], |spec| spec.key.clear());
    assert_eq!(dataset.tables[1].rows.len(), 4);
    assert!(message(&problems, "dataset.same-content").ends_with("数会算两遍"));
}

#[test]
fn one_key_in_two_files_is_told_with_both_places_and_what_differs() {
    let first: &[&str] = &["学校代码 支部 党员", "'0101 语文 3", "'0101 数学 4"];
    let again: &[&str] = &["学校代码 支部 党员", "'0102 语文 5", "'0101 数学 6", "'0101 语文 3"];
    let (_, problems) = branches(&[("甲.xlsx", first), ("乙.xlsx", again)], |_| {});
    assert_eq!(told(&problems), ["dataset.key-twice 乙.xlsx#表!A3", "dataset.key-twice 乙.xlsx#表!A4"]);
    let differ = "“学校代码、支部”为“0101 数学”的行有两行：第 3 行，和 甲.xlsx#表!A3（第 3 行）；两行不同：党员 4/6";
    assert_eq!(problems[0].message.zh, differ);
    assert!(problems[1].message.zh.ends_with("甲.xlsx#表!A2（第 2 行）；两行内容一样"));
}

#[test]
fn many_keys_in_the_same_two_files_are_told_once() {
    let first: &[&str] = &["学校代码 支部 党员", "'0101 甲 3", "'0101 乙 4", "'0101 丙 5", "'0101 丁 6"];
    let again: &[&str] = &["学校代码 支部 党员", "'0101 甲 3", "'0101 乙 4", "'0101 丙 5", "'0101 丁 7"];
    let (_, problems) = branches(&[("甲.xlsx", first), ("乙.xlsx", again)], |_| {});
    assert_eq!(told(&problems), ["dataset.keys-twice 乙.xlsx#表"]);
    assert_eq!(
        problems[0].message.zh,
        "有 4 行“学校代码、支部”和 甲.xlsx#表 的重复：3 行内容一样，1 行不同：第 5 行“0101 丁”党员 6/7"
    );
}

#[test]
fn a_sheet_that_two_patterns_name_is_read_once() {
    let rows: &[&str] = &["学校代码 支部 党员", "'0101 语文 3"];
    let (dataset, problems) = branches(&[("甲.xlsx", rows)], |spec| spec.sheets.push(spec.sheets[0].clone()));
    assert_eq!((dataset.tables[1].rows.len(), told(&problems).len()), (1, 0));
}

#[test]
fn a_value_that_is_not_there_is_told_once_a_sheet_with_its_rows() {
    let rows: &[&str] = &["学校代码 支部 党员", "'0105 语文 3", "'0101 数学 4", "'0105 英语 2"];
    let (_, problems) = branches(&[("甲.xlsx", rows)], |_| {});
    assert_eq!(told(&problems), ["dataset.dangling-link 甲.xlsx#表!A2"]);
    assert_eq!(problems[0].message.zh, "“学校.学校代码”里没有“0105”（2 行：第 2, 4 行）");
}

#[test]
fn nobody_misses_room_for_remarks() {
    let with: &[&str] = &["学校代码 支部 党员 备注", "'0101 语文 3 新", "'0101 数学 4 _"];
    let without: &[&str] = &["学校代码 支部 党员", "'0102 英语 5"];
    let (dataset, problems) = branches(&[("甲.xlsx", with), ("乙.xlsx", without)], |_| {});
    assert_eq!(values(&dataset.tables[1], "备注"), ["新", "Blank", "Blank"]);
    assert!(problems.is_empty(), "{problems:?}");
}
