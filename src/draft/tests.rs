//! What is drafted from small sets of workbooks.

use super::testing::{Rows, book};
use super::*;

fn drafted(files: &[(&str, &[Rows<'_>])]) -> Draft {
    let books: Vec<_> = files.iter().map(|(path, sheets)| book(path, sheets)).collect();
    let paths: Vec<_> = books.iter().map(|book| book.file.clone()).collect();
    draft(&paths, &books, "学校").0.expect("there is a table")
}

const SCHOOLS: &[&str] =
    &["学校代码 学校名称 区县 学生数", "'01 一小 东区 300", "'02 二小 西区 500", "'03 三小 东区 800"];
const BRANCHES: &[&str] = &["支部名称 学校代码 党员数", "语文 '01 3", "数学 '01 4", "英语 '02 5", "体育 '03 2"];

#[test]
fn schools_and_their_branches_give_a_report_over_all_and_one_of_each_school() {
    let draft = drafted(&[("input/学校.xlsx", &[("学校", SCHOOLS)]), ("input/党支部.xlsx", &[("党支部", BRANCHES)])]);
    assert_eq!(draft.tables, [("学校".to_owned(), 3), ("党支部".to_owned(), 4)]);
    let file = &draft.project_file;
    assert!(file.contains("[[link]]\nfrom = \"党支部.学校代码\"\nto = \"学校.学校代码\"\n"), "{file}");
    assert!(file.contains("output = \"学校/{{学校代码}} {{学校名称}}\""), "{file}");
    let [(_, overview), (path, school)] = draft.templates.as_slice() else { panic!("{:?}", draft.templates) };
    assert_eq!(path, "templates/学校.md");
    assert!(overview.contains("学校共有{{计数 学校}}条记录。学生数共{{合计 学校.学生数}}。"), "{overview}");
    assert!(overview.contains("(分组 学校 \"区县\")"), "{overview}");
    assert!(school.starts_with("---\n标题：{{学校名称}}情况报告\n---\n"), "{school}");
    assert!(
        school.contains("{{#if (计数 党支部)}}\n党支部共有{{计数 党支部}}条记录。党员数共{{合计 党支部.党员数}}。"),
        "{school}"
    );
}

#[test]
fn a_link_that_does_not_hold_for_every_row_is_only_proposed() {
    let mut branches = BRANCHES.to_vec();
    branches.extend(["化学 '02 3", "物理 '03 3", "音乐 '09 1"]);
    let draft = drafted(&[("input/学校.xlsx", &[("学校", SCHOOLS)]), ("input/党支部.xlsx", &[("党支部", &branches)])]);
    let file = &draft.project_file;
    assert!(!file.contains("\n[[link]]"), "{file}");
    assert!(file.contains("可是这些值在那边没有：“09”"), "{file}");
    assert!(file.contains("# from = \"党支部.学校代码\""), "{file}");
}

#[test]
fn a_table_called_like_a_column_gets_another_name() {
    let draft = drafted(&[("input/a.xlsx", &[("区县", &["区县 人口", "东区 5", "西区 6"]), ("学校", SCHOOLS)])]);
    assert_eq!(draft.tables, [("区县表".to_owned(), 2), ("学校".to_owned(), 3)]);
}

#[test]
fn a_column_that_no_tag_can_name_gets_a_name_of_its_own() {
    let draft = drafted(&[("input/a.xlsx", &[("表", &["名称 {{甲}}，\"乙\"", "一 3", "二 4"])])]);
    assert!(draft.project_file.contains("also = [\"{{甲}}，\\\"乙\\\"\"]"), "{}", draft.project_file);
    assert!(draft.templates[0].1.contains("甲乙共{{合计"), "{}", draft.templates[0].1);
}

#[test]
fn years_below_each_other_are_not_added_up() {
    let draft = drafted(&[("input/历年.xlsx", &[("历年", &["年度 党员总数", "2022年 500", "2023年 520"])])]);
    let overview = &draft.templates[0].1;
    assert!(!overview.contains("{{合计") && !overview.contains("合计="), "{overview}");
}

#[test]
fn cells_that_cannot_be_read_do_not_keep_the_first_draft_from_being_built() {
    let rows: &[&str] = &["学校 党员总数", "一小 3", "二小 若干", "三小 5", "四小 6"];
    let draft = drafted(&[("input/a.xlsx", &[("学校情况", rows)])]);
    assert!(draft.project_file.contains("wrong_cells = \"blank\""), "{}", draft.project_file);
    assert!(draft.project_file.contains("B3"), "{}", draft.project_file);
}

#[test]
fn sheets_without_a_table_are_left_out_and_told() {
    let books = [book("input/a.xlsx", &[("说明", &["只有一句话。"])])];
    let (draft, notes) = draft(&["input/a.xlsx".to_owned()], &books, "a");
    assert_eq!(draft, None);
    assert_eq!(notes.iter().map(|note| note.code).collect::<Vec<_>>(), ["draft.no-table"]);
}

#[test]
fn a_long_list_without_anything_that_belongs_to_it_is_reported_as_a_whole_and_shown_in_part() {
    let rows: Vec<String> =
        std::iter::once("编号 姓名 分数".to_owned()).chain((1..200).map(|n| format!("'{n:04} 甲{n} {n}"))).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let draft = drafted(&[("input/名单.xlsx", &[("名单", &rows)])]);
    assert_eq!(draft.templates.len(), 1);
    assert!(draft.templates[0].1.contains("(前 名单 20)"), "{}", draft.templates[0].1);
}

#[test]
fn many_tables_that_could_all_name_each_others_rows_are_drafted_in_no_time() {
    let sheets: Vec<(String, Vec<String>)> = (0..40)
        .map(|sheet| {
            let header = (0..6).map(|column| format!("列{sheet}之{column}")).collect::<Vec<_>>().join(" ");
            let rows =
                (0..4).map(|row| (0..6).map(|column| format!("文{row}之{column}")).collect::<Vec<_>>().join(" "));
            (format!("第{sheet}张"), std::iter::once(header).chain(rows).collect())
        })
        .collect();
    let rows: Vec<Vec<&str>> = sheets.iter().map(|(_, rows)| rows.iter().map(String::as_str).collect()).collect();
    let sheets: Vec<Rows<'_>> =
        sheets.iter().zip(&rows).map(|((name, _), rows)| (name.as_str(), rows.as_slice())).collect();
    let draft = drafted(&[("input/a.xlsx", &sheets)]);
    assert_eq!(draft.tables.len(), 40);
}

#[test]
fn a_folder_that_many_hands_have_filled_in_is_one_table() {
    let files: &[(&str, &[Rows<'_>])] = &[
        ("input/学校.xlsx", &[("学校", SCHOOLS)]),
        ("input/支部/一.xlsx", &[("Sheet1", &["序号 学校代码 支部名称 党员总数 党费（元）", "1 '01 语文 3 500"])]),
        ("input/支部/二.xlsx", &[("Sheet1", &["支部名称 党员总数 学校代码 党费（万元） 备注", "数学 5 '02 0.07 新"])]),
        ("input/支部/三.xlsx", &[("Sheet1", &["序号 学校代码 支部名称 党员总数 党费（元）", "1 '03 英语 4 30"])]),
        (
            "input/支部/四.xls",
            &[
                ("填表说明", &["1.如实填写", "2.单位为人"]),
                ("Sheet1", &["学校代码 党支部名称 党员人数 党费（元）", "'01 体育 8 80"]),
            ],
        ),
        ("input/支部/五.xlsx", &[("Sheet1", &["学校代码 支部名称 党员总数 党费（元）", "'99 美术 4 30"])]),
        ("input/支部/六.xlsx", &[("Sheet1", &["序号 学校代码 支部名称 党员总数 党费（元）", "1 '03 英语 4 30"])]),
        ("input/支部/七.xlsx", &[("Sheet1", &["学校代码 支部名称 党员总数 党费（元）", "'02 行政 1 3"])]),
    ];
    let books: Vec<_> = files.iter().map(|(path, sheets)| book(path, sheets)).collect();
    let paths: Vec<_> = books.iter().map(|book| book.file.clone()).collect();
    let (draft, notes) = draft(&paths, &books, "学校");
    let draft = draft.expect("there is a table");
    assert_eq!(draft.tables, [("学校".to_owned(), 3), ("支部".to_owned(), 5)]);
    let file = &draft.project_file;
    assert!(file.contains("name = \"支部.支部名称\"\nalso = [\"党支部名称\"]"), "{file}");
    assert!(file.contains("name = \"支部.党员总数\"\nalso = [\"党员人数\"]"), "{file}");
    assert!(file.contains("    \"input/支部/*.xls\",\n"), "{file}");
    let except = "except = [\n    \"input/支部/六.xlsx\",   # 没有读：和另一个文件的内容完全一样\n    \
        \"input/支部/五.xlsx\",   # 没有读：“学校代码”写的是 99，“学校”里没有\n]\n";
    assert!(file.contains(except), "{file}");
    assert!(file.contains("    \"input/支部/*.xlsx\",\n"), "{file}");
    assert!(file.contains("\n[[link]]\nfrom = \"支部.学校代码\"\nto = \"学校.学校代码\"\n"), "{file}");
    assert_eq!(notes.iter().filter(|note| note.code == "draft.kept-out").count(), 2);
}

#[test]
fn files_of_years_and_other_tables_of_a_folder_stay_apart() {
    let branches = |extra: &'static str| vec![extra, "语文 '01 3"];
    let (a, b) = (branches("支部名称 学校代码 党员数"), branches("支部名称 学校代码 党员数 备注"));
    let draft = drafted(&[("input/2022年.xlsx", &[("表", &a)]), ("input/2023年.xlsx", &[("表", &b)])]);
    assert_eq!(draft.tables.len(), 2);
    let draft = drafted(&[("input/d/a.xlsx", &[("表", BRANCHES)]), ("input/d/b.xlsx", &[("表", SCHOOLS)])]);
    assert_eq!(draft.tables.len(), 2);
}

const OF_FIRST: &[&str] = &["学校代码 支部名称 书记 党员数", "'01 语文 张某 3", "'01 数学 李某 4"];
const OF_SECOND: &[&str] = &["学校代码 支部名称 书记 党员数", "'02 语文 王某 5"];
const OF_THIRD: &[&str] = &["学校代码 支部名称 书记 党员数", "'03 体育 赵某 2"];

/// The file that a drafted project has with three schools' workbooks and one more.
fn with_one_more(path: &str, rows: &[&str]) -> String {
    let sheets = [("支部", OF_FIRST), ("支部", OF_SECOND), ("支部", OF_THIRD), ("支部", rows)];
    let paths = ["input/党支部/一小.xlsx", "input/党支部/二小.xlsx", "input/党支部/三小.xlsx", path];
    let files: Vec<_> = paths.iter().zip(sheets.chunks(1)).map(|(path, sheets)| (*path, sheets)).collect();
    drafted(&[&[("input/学校.xlsx", &[("学校", SCHOOLS)][..])], &files[..]].concat()).project_file
}

#[test]
fn a_workbook_sent_again_under_another_name_is_kept_out_so_that_nothing_counts_twice() {
    let again: &[&str] = &["学校代码 支部名称 书记 党员数", "'01 语文 张某 5", "'01 数学 李某 4"];
    let file = with_one_more("input/党支部/补报.xlsx", again);
    let kept_out =
        "except = [\n    \"input/党支部/补报.xlsx\",   # 没有读：有 2 行的“学校代码、支部名称”在 一小.xlsx 里已经有了";
    assert!(file.contains(kept_out), "{file}");
    assert!(file.contains("key = [\"学校代码\", \"支部名称\"]"), "{file}");
    // More of one school is not the same again.
    let more: &[&str] = &["学校代码 支部名称 书记 党员数", "'01 英语 张某 5", "'01 音乐 李某 4"];
    let file = with_one_more("input/党支部/补报.xlsx", more);
    assert!(file.contains("from = \"input/党支部/*.xlsx\""), "{file}");
}

#[test]
fn a_workbook_that_lacks_a_column_is_one_of_the_others_and_kept_out() {
    let file = with_one_more("input/党支部/四小.xlsx", &["学校代码 支部名称 党员数", "'03 美术 4"]);
    assert!(file.contains("except = [\n    \"input/党支部/四小.xlsx\",   # 没有读：缺“书记”这一列"), "{file}");
    assert_eq!(file.matches("\n[[table]]").count(), 2, "{file}");
}

#[test]
fn a_list_that_nobody_has_filled_in_is_no_form() {
    let rows: &[&str] =
        &["党支部情况表", "填报单位：四小 _ _ 单位：人", "序号 学校代码 支部名称 书记 党员数", "填表人：某某"];
    let found = crate::dataset::describe(&book("四小.xlsx", &[("支部", rows)]));
    assert_eq!((found[0].kind, found[0].rows), (crate::dataset::FoundKind::Table, 0));
}

#[test]
fn a_code_that_is_blank_in_one_row_is_proposed_as_the_key_and_asked_for() {
    let rows: &[&str] = &["代码 人数", "'01 5", "'02 6", "'03 5", "'04 8", "_ 6", "'06 5"];
    let draft = drafted(&[("input/a.xlsx", &[("情况", rows)])]);
    let file = &draft.project_file;
    assert!(file.contains("# key = \"代码\"   # 1 行空着；补齐以后去掉开头的 #\n"), "{file}");
    assert!(file.contains("[[column]]\nname = \"情况.代码\"\nrequired = true"), "{file}");
    assert!(file.contains("unique = true\nlevel = \"warning\"\n"), "{file}");
}

#[test]
fn only_what_a_person_would_add_up_or_average_is_shown() {
    let rows: &[&str] = &[
        "行次 学校 楼层 建校年份 编码数 人数 得分",
        "1 一小 3 1950 11 30 9.5",
        "2 二小 5 1961 12 50 8.5",
        "3 三小 4 2001 14 40 9",
        "4 四小 4 1999 15 45 7",
    ];
    let draft = drafted(&[("input/a.xlsx", &[("学校情况", rows)])]);
    let overview = &draft.templates[0].1;
    assert!(overview.contains("人数共{{合计"), "{overview}");
    assert!(overview.contains("得分平均"), "{overview}");
    for word in ["行次共", "行次平均", "楼层", "建校年份共", "建校年份平均", "得分共"] {
        assert!(!overview.lines().any(|line| line.contains("共有") && line.contains(word)), "{word}: {overview}");
    }
}
