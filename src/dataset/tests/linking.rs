use super::*;

fn link(from: (&str, &str), to: (&str, &str)) -> LinkSpec {
    let end = |(table, column): (&str, &str)| (table.to_owned(), column.to_owned(), Place::Run);
    LinkSpec { from: end(from), to: end(to) }
}

/// Districts, schools, branches and activities.
fn city() -> (Dataset, Vec<Diagnostic>) {
    let books = [
        book("区县.xlsx", &["区县", "东区", "西区"], &[]),
        book("学校.xlsx", &["代码 学校 区县", "'0101 一小 东区", "'0102 二小 东区", "'0201 三小 西区"], &[]),
        book("支部.xlsx", &["支部 代码 党员", "甲 '0101 3", "乙 '0201 4", "丙 '0101 5"], &[]),
        book("活动.xlsx", &["活动 支部", "党课 丙", "参观 乙", "讨论 丙", "读书 甲"], &[]),
    ];
    let specs = ["区县", "学校", "支部", "活动"].iter().enumerate().map(|(at, name)| spec(name, &[at], &[]));
    let links = [
        link(("学校", "区县"), ("区县", "区县")),
        link(("支部", "代码"), ("学校", "代码")),
        link(("活动", "支部"), ("支部", "支部")),
    ];
    Dataset::find(&books, &specs.collect::<Vec<_>>(), &links)
}

const DISTRICTS: TableId = TableId(0);
const SCHOOLS: TableId = TableId(1);
const BRANCHES: TableId = TableId(2);
const ACTIVITIES: TableId = TableId(3);

fn rows(view: &View, table: TableId) -> Option<Vec<u32>> {
    match &view.rows[table.0 as usize] {
        Rows::All => None,
        Rows::Some(rows) => Some(rows.to_vec()),
    }
}

#[test]
fn a_view_at_a_row_has_what_names_it_and_what_it_names_over_any_number_of_links() {
    let (dataset, problems) = city();
    assert_eq!(told(&problems), [""; 0]);
    let view = dataset.all().at(&dataset, SCHOOLS, 0);
    assert_eq!(rows(&view, SCHOOLS), Some(vec![0]));
    assert_eq!(rows(&view, BRANCHES), Some(vec![0, 2]));
    assert_eq!(rows(&view, ACTIVITIES), Some(vec![0, 2, 3]));
    assert_eq!(rows(&view, DISTRICTS), Some(vec![0]));
    let view = dataset.all().at(&dataset, DISTRICTS, 1);
    assert_eq!(rows(&view, SCHOOLS), Some(vec![2]));
    assert_eq!(rows(&view, ACTIVITIES), Some(vec![1]));
}

#[test]
fn a_view_is_never_wider_than_the_one_it_is_taken_in_and_keeps_its_order() {
    let (dataset, _) = city();
    let mut sorted = dataset.all();
    sorted.rows[BRANCHES.0 as usize] = Rows::Some(Arc::from([2, 1, 0]));
    let view = sorted.at(&dataset, SCHOOLS, 0);
    assert_eq!(rows(&view, BRANCHES), Some(vec![2, 0]));
    sorted.rows[BRANCHES.0 as usize] = Rows::Some(Arc::from([0]));
    let view = sorted.at(&dataset, SCHOOLS, 0);
    assert_eq!(rows(&view, BRANCHES), Some(vec![0]));
    assert_eq!(rows(&view, ACTIVITIES), Some(vec![3]));
}

#[test]
fn a_table_that_is_not_linked_stays_as_it_is() {
    let (mut dataset, _) = city();
    dataset.links.remove(0);
    let view = dataset.all().at(&dataset, SCHOOLS, 0);
    assert_eq!(rows(&view, DISTRICTS), None);
}

#[test]
fn a_value_that_is_not_there_is_an_error_at_its_cell_with_the_nearest() {
    let books = [
        book("学校.xlsx", &["代码 学校", "'0101 第一小学", "'0102 第二小学"], &[]),
        book("支部.xlsx", &["支部 学校", "甲 第一小学", "乙 第一小雪", "丙 第　二小学"], &[]),
    ];
    let specs = [spec("学校", &[0], &[]), spec("支部", &[1], &[])];
    let (dataset, problems) = Dataset::find(&books, &specs, &[link(("支部", "学校"), ("学校", "学校"))]);
    assert_eq!(told(&problems), ["dataset.dangling-link 支部.xlsx#表!B3"]);
    assert_eq!(problems[0].hint.as_ref().unwrap().zh, "是不是“第一小学”？如果是新的，先在“学校”里补上这一行");
    assert_eq!(dataset.links[0].targets, [Some(0), None, Some(1)]);
    assert_eq!(dataset.links[0].followers, [vec![0], vec![2]]);
}

#[test]
fn a_number_that_has_lost_its_zeros_is_told_what_it_was() {
    let books = [
        book("学校.xlsx", &["代码 学校", "'0101 一小", "'0102 二小"], &[]),
        book("支部.xlsx", &["支部 所属", "甲 101", "乙 102"], &[]),
    ];
    let specs = [spec("学校", &[0], &[]), spec("支部", &[1], &[])];
    let (_, problems) = Dataset::find(&books, &specs, &[link(("支部", "所属"), ("学校", "代码"))]);
    assert_eq!(told(&problems), ["dataset.dangling-link 支部.xlsx#表!B2", "dataset.dangling-link 支部.xlsx#表!B3"]);
    assert!(problems[0].hint.as_ref().unwrap().zh.contains("“0101”"));
}

#[test]
fn numbers_and_texts_of_the_same_digits_are_linked() {
    let books = [
        book("学校.xlsx", &["编号 学校", "3101 一小", "3102 二小"], &[]),
        book("支部.xlsx", &["支部 所属", "甲 '3101", "乙 '３１０２"], &[]),
    ];
    let specs = [spec("学校", &[0], &[]), spec("支部", &[1], &[])];
    let (dataset, problems) = Dataset::find(&books, &specs, &[link(("支部", "所属"), ("学校", "编号"))]);
    assert_eq!(told(&problems), [""; 0]);
    assert_eq!(dataset.links[0].targets, [Some(0), Some(1)]);
}

#[test]
fn keys_are_there_not_blank_and_not_twice() {
    let book = book("学校.xlsx", &["代码 学校", "'0101 一小", "_ 二小", "'０１０１ 三小"], &[]);
    let (_, problems) = Dataset::find(std::slice::from_ref(&book), &[spec("学校", &[0], &["代码"])], &[]);
    assert_eq!(told(&problems), ["dataset.blank-key 学校.xlsx#表!A3", "dataset.key-twice 学校.xlsx#表!A4"]);
    assert!(problems[1].message.zh.contains("学校.xlsx#表!A2"), "{}", problems[1].message.zh);
    let (_, problems) = Dataset::find(&[book], &[spec("学校", &[0], &["代吗"])], &[]);
    assert_eq!(problems[0].code, "dataset.unknown-column");
    assert_eq!(problems[0].hint.as_ref().unwrap().zh, "是不是“代码”？");
}

#[test]
fn links_that_close_a_circle_are_errors_and_end() {
    let books = [book("甲.xlsx", &["名 上级", "a b", "b a"], &[]), book("乙.xlsx", &["号 甲", "b a", "a b"], &[])];
    let specs = [spec("甲", &[0], &[]), spec("乙", &[1], &[])];
    let links = [
        link(("甲", "名"), ("甲", "名")),
        link(("甲", "上级"), ("甲", "名")),
        link(("甲", "上级"), ("乙", "号")),
        link(("乙", "甲"), ("甲", "名")),
    ];
    let (dataset, problems) = Dataset::find(&books, &specs, &links);
    assert_eq!(problems.iter().filter(|problem| problem.code == "dataset.circular-link").count(), 3);
    assert_eq!(dataset.links.len(), 1);
}

#[test]
fn wrong_tables_and_columns_of_links_get_the_nearest_name_all_at_once() {
    let books = [book("学校.xlsx", &["代码 学校", "'0101 一小"], &[])];
    let links = [link(("学较", "代码"), ("学校", "代玛"))];
    let (_, problems) = Dataset::find(&books, &[spec("学校", &[0], &[])], &links);
    let hints: Vec<_> = problems.iter().map(|problem| problem.hint.as_ref().unwrap().zh.as_str()).collect();
    assert_eq!(hints, ["是不是“学校”？", "是不是“代码”？"]);
}

#[test]
fn blank_links_are_counted_in_one_warning() {
    let books = [
        book("学校.xlsx", &["学校 教师", "一小 3"], &[]),
        book("支部.xlsx", &["支部 学校 党员", "甲 一小 1", "乙 _ 2", "丙 _ 3"], &[]),
    ];
    let specs = [spec("学校", &[0], &[]), spec("支部", &[1], &[])];
    let (_, problems) = Dataset::find(&books, &specs, &[link(("支部", "学校"), ("学校", "学校"))]);
    assert_eq!(told(&problems), ["dataset.blank-link 支部.xlsx#表!B3"]);
    assert!(problems[0].message.zh.contains("2 行"));
}
