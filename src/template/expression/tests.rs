//! Names, blocks and what is said of mistakes in them.

use proptest::prelude::*;

use super::*;
use crate::dataset::{Kind, Rows, View};
use crate::template::testing::{city, merge, merge_with, problems, project, text};

#[test]
fn names_are_columns_of_the_unit() {
    assert_eq!(text("{{学校名称}}有学生{{学生数}}人", Some(0)), "一中有学生1200人");
    assert_eq!(text("{{[学校名称]}}、{{{ 类型 }}}、{{& 类型}}", Some(0)), "一中、公办、公办");
}

#[test]
fn tables_are_narrowed_to_the_unit_over_any_number_of_links() {
    assert_eq!(text("{{计数 党支部}}", None), "4");
    assert_eq!(text("{{计数 党支部}}/{{计数 全部.党支部}}", Some(1)), "1/4");
    assert_eq!(text("{{#each 区县}}{{区县名称}}{{计数 党支部}} {{/each}}", None), "东区4 西区0 ");
}

#[test]
fn what_a_row_names_is_a_value_in_its_loop() {
    let template = "{{#each 党支部}}{{学校.学校名称}}({{区县.区县名称}}) {{/each}}";
    assert_eq!(text(template, None), "一中(东区) 一中(东区) 一中(东区) 二小(东区) ");
}

#[test]
fn rows_of_everything_are_not_narrowed_to_the_unit() {
    assert_eq!(text("{{#each 全部.学校}}{{计数 党支部}} {{/each}}", Some(1)), "3 1 0 ");
}

#[test]
fn loops_know_where_they_are() {
    let template = "{{#each 学校}}{{@序号}}/{{@index}}{{#if @first}}首{{/if}}{{#if @last}}末{{/if}} {{/each}}";
    assert_eq!(text(template, None), "1/0首 2/1 3/2末 ");
    assert_eq!(
        text("{{#each 学校}}{{#each 党支部}}{{../@序号}}.{{@序号}} {{/each}}{{/each}}", None),
        "1.1 1.2 1.3 2.1 "
    );
}

#[test]
fn two_dots_go_one_loop_out() {
    let template = "{{#each 学校}}{{#each 党支部}}{{../学校名称}}{{支部名称}}/{{计数 ../党支部}} {{/each}}{{/each}}";
    assert_eq!(text(template, None), "一中教工一支部/3 一中教工二支部/3 一中学生支部/3 二小联合支部/1 ");
}

#[test]
fn columns_answer_to_their_last_part_and_to_either_bracket() {
    let template = "{{#each (首行 党支部)}}{{党员总数}} {{党员队伍.党员总数}} {{党费（元）}} {{党费(元)}}{{/each}}";
    assert_eq!(text(template, None), "12 12 285.5 285.5");
}

#[test]
fn the_project_file_is_at_hand() {
    assert_eq!(text("{{项目.标题}}{{减 项目.年度 1}}", None), "年度总结2022");
    assert_eq!(text("{{日期 项目.日期}}", None), "2024年1月15日");
}

#[test]
fn blocks_have_two_names_and_an_else() {
    assert_eq!(text("{{#如果 (大于 学生数 1000)}}大{{else}}小{{/如果}}", Some(0)), "大");
    assert_eq!(text("{{#遍历 党支部}}甲{{否则}}没有支部{{/遍历}}", Some(2)), "没有支部");
    assert_eq!(text("{{#除非 党支部}}没有{{/unless}}", Some(2)), "没有");
    assert_eq!(text("{{#对于 (首行 党支部)}}{{书记}}{{/对于}}", Some(0)), "赵甲");
    let chain =
        "{{#if (大于 学生数 1100)}}大{{else if (大于 学生数 900)}}中{{否则 如果 (大于 学生数 700)}}小{{else}}微{{/if}}";
    assert_eq!([0, 2, 1].map(|school| text(chain, Some(school))), ["大", "中", "小"]);
}

#[test]
fn zero_blank_no_and_an_empty_table_are_false() {
    let template = "{{#each 党支部}}{{#if 示范}}是{{else}}否{{/if}}{{#if 党费（元）}}有{{else}}无{{/if}}{{/each}}";
    assert_eq!(text(template, None), "是有否有否无否无");
}

#[test]
fn a_line_of_blocks_alone_leaves_nothing_behind() {
    let template =
        "| 学校 |\n|---|\n{{#each 学校}}\n  {{#if 党支部}} {{! 有支部 }}\n| {{学校名称}} |\n  {{/if}}\r\n{{/each}}\n后";
    assert_eq!(text(template, None), "| 学校 |\n|---|\n| 一中 |\n| 二小 |\n后");
    assert_eq!(text("前 {{~#if 学校~}}\n 中 \n{{~/if~}} 后", None), "前中后");
    assert_eq!(text("甲{{#if 学校}}\n乙\n{{/if}}丙", None), "甲\n乙\n丙");
}

#[test]
fn what_an_input_method_types_is_understood() {
    assert_eq!(text("{{占比　（计数 党支部）　（加 5　3）}}", None), "50.0%");
    assert_eq!(text("{{计数 （筛选 学校 类型＝“公办”）}}", None), "2");
}

#[test]
fn braces_after_a_backslash_are_text() {
    assert_eq!(text(r"\{{学校}} {{计数 学校}}", None), "{{学校}} 3");
    assert_eq!(text(r"\\{{计数 学校}}", None), r"\3");
}

#[test]
fn what_a_cell_holds_stays_apart_from_the_text() {
    let merged = merge("{{#each (末行 (前 党支部 3))}}{{书记}}{{/each}}", None);
    assert_eq!(merged.text, "孙*丙*");
    assert_eq!(merged.inserts.sources.len(), 1);
    let forged = merge("a\u{FDD0}0\u{FDD1}b", None);
    assert_eq!(forged.text, "a0b");
}

#[test]
fn every_value_knows_its_cells() {
    let sources = |template: &str, school| {
        let source = merge(template, school).inserts.sources.remove(0);
        let cells: Vec<_> = source.cells.iter().map(ToString::to_string).collect();
        (source.expression, source.line, source.column, cells.join(" "))
    };
    let cells = |cells: &str| cells.to_owned();
    assert_eq!(
        sources("甲\n有{{合计 党支部.党员总数}}人", None),
        ("合计 党支部.党员总数".into(), 2, 2, cells("input/全市.xlsx#党支部!D5:D8"))
    );
    assert_eq!(sources("{{学校名称}}", Some(1)).3, "input/全市.xlsx#学校!B6");
    assert_eq!(
        sources("{{计数 (筛选 学校 类型=\"公办\")}}", None).3,
        "input/全市.xlsx#学校!A5 input/全市.xlsx#学校!A7"
    );
    assert_eq!(
        sources("{{占比 (合计 党支部.正式党员) (合计 党支部.党员总数)}}", None).3,
        "input/全市.xlsx#党支部!D5:D8 input/全市.xlsx#党支部!E5:E7"
    );
}

#[test]
fn mistakes_in_blocks_come_all_at_once() {
    assert_eq!(
        problems(
            "{{#each 党支部}}\n{{#if 书记}}\n{{/each}}\n{{/with}}\n{{else}}\n{{#eahc 党支部}}{{/eahc}}\n  {{#each 学校}}\n",
            None
        ),
        [
            "错误：学校.md:2:1：{{#if}} 没有结束\n  办法：在它的内容之后加上 {{/if}}",
            "错误：学校.md:4:1：{{/with}} 没有对应的开头 {{#with …}}",
            "错误：学校.md:5:1：{{else}} 不在任何块里",
            "错误：学校.md:6:1：没有叫“eahc”的块\n  办法：是不是“each”？",
            "错误：学校.md:7:3：{{#each}} 没有结束\n  办法：在它的内容之后加上 {{/each}}",
        ]
    );
    assert_eq!(
        problems("{{#each 党支部}}{{/if}}{{/each}}", None),
        ["错误：学校.md:1:14：{{/if}} 和开头对不上：第 1 行开始的是 {{#each}}\n  办法：改成 {{/each}}"]
    );
}

#[test]
fn mistakes_in_tags_come_all_at_once() {
    let found = problems(
        "{{合汁 党支部.党员总数}}{{占比 1}}\n{{四舍五入 1 位=2}}{{> 页眉}}{{学校名称\n{{计数 党支部 \"}}\n{{}}{{计数 (合计}}",
        None,
    );
    let shown: Vec<_> = found.iter().map(|problem| problem.lines().next().unwrap()).collect();
    assert_eq!(
        shown,
        [
            "错误：学校.md:1:3：没有叫“合汁”的助手",
            "错误：学校.md:1:18：“占比”要 2 个参数，这里有 1 个",
            "错误：学校.md:2:10：“四舍五入”没有“位=”这个选项",
            "错误：学校.md:2:15：模板里不能用 {{> }}",
            "错误：学校.md:2:23：标签没有写完，缺少 }}",
            "错误：学校.md:3:10：引号没有配对",
            "错误：学校.md:4:1：标签是空的",
            "错误：学校.md:4:13：看不懂这个标签：计数 (合计",
        ]
    );
}

#[test]
fn names_that_the_data_does_not_have_come_all_at_once() {
    assert_eq!(
        problems(
            "{{学校名陈}}\n{{合计 党支部.党员总}}{{计数 党支步}}\n{{#each 党支部}}{{学校名称}}{{@序}}{{../../书记}}{{/each}}\n{{项目.年}}{{合计}}{{@index}}",
            Some(0)
        ),
        [
            "错误：学校.md:1:3：数据里没有“学校名陈”这个列或表\n  办法：是不是“学校名称”？",
            "错误：学校.md:2:6：表“党支部”没有“党员总”这一列\n  办法：是不是“党员队伍/党员总数”？",
            "错误：学校.md:2:20：数据里没有“党支步”这个列或表\n  办法：是不是“党支部”？",
            "错误：学校.md:3:16：“学校名称”不在这一层循环里\n  办法：外层的列写成 ../学校名称",
            "错误：学校.md:3:24：没有“@序”\n  办法：可以用：@index、@序号、@first、@last、@记录号、@合并号",
            "错误：学校.md:3:30：“../../书记”的 ../ 太多：这里只在 1 层循环里",
            "错误：学校.md:4:3：项目文件的 [project] 里没有“年”\n  办法：是不是“年度”？",
            "错误：学校.md:4:11：数据里没有“合计”这个列或表\n  办法：“合计”是助手，后面要写参数：{{合计 …}}",
            "错误：学校.md:4:17：“@index”只能用在 {{#each}} 里",
        ]
    );
}

#[test]
fn columns_and_tables_are_not_values() {
    let found = problems(
        "{{党支部}}{{党支部.书记}}{{合计 学生数}}{{#each 学生数}}{{/each}}{{#with 党支部}}{{/with}}{{排序 党支部 书记}}",
        Some(0),
    );
    let shown: Vec<_> = found.iter().map(|problem| problem.lines().next().unwrap()).collect();
    assert_eq!(
        shown,
        [
            "错误：学校.md:1:3：“党支部”是一张表，不是一个值",
            "错误：学校.md:1:10：“党支部.书记”是一整列，不是一个值",
            "错误：学校.md:1:23：“合计”要一张表的一列，“学生数”不是",
            "错误：学校.md:1:36：“each”要一张表",
            "错误：学校.md:1:58：with 只对一行",
            "错误：学校.md:1:81：“排序”的列名要加引号",
        ]
    );
}

#[test]
fn checking_and_merging_find_the_same_names_wrong() {
    let source = "{{学校名}}{{#each 党支部}}{{书计}}{{/each}}";
    let tagged = Tagged::parse("学校.md", source, Position::START, Use::Report);
    let found = tagged.check(&city(), None, &project());
    let shown: Vec<_> = found.iter().map(|problem| problem.to_text(crate::diagnostic::Language::Chinese)).collect();
    assert_eq!(shown, problems(source, None));
}

#[test]
fn an_unknown_helper_does_not_hide_unknown_names() {
    let source = "{{合记 1}}{{学校名}}{{#each (合记 1)}}{{书记}}{{/each}}{{#each 党支部}}{{书计}}";
    let tagged = Tagged::parse("学校.md", source, Position::START, Use::Report);
    let found = tagged.check(&city(), None, &project());
    let places: Vec<_> = found.iter().map(|problem| (problem.code, problem.place.to_string())).collect();
    // 书记 is not asked for where nobody knows what the loop is over, and 书计 not before its loop has an end.
    assert_eq!(
        places,
        [
            ("template.unknown-helper", "学校.md:1:3".to_owned()),
            ("template.unknown-name", "学校.md:1:11".to_owned()),
            ("template.unknown-helper", "学校.md:1:25".to_owned()),
            ("template.unclosed-block", "学校.md:1:47".to_owned()),
        ]
    );
}

#[test]
fn a_place_counts_from_where_the_text_begins() {
    let start = Position { line: 5, column: 7 };
    let tagged = Tagged::parse("a.toml", "甲{{\n合汁 1}}", start, Use::Line);
    assert_eq!(tagged.syntax_problems()[0].place.to_string(), "a.toml:6:1");
}

#[test]
fn a_blank_is_shown_as_nothing_and_reported_with_its_cell() {
    let merged = merge("书记{{#each (末行 党支部)}}{{书记}}{{/each}}。", None);
    assert_eq!(merged.text, "书记。");
    assert_eq!(
        merged.problems,
        ["警告：input/全市.xlsx#党支部!G8：模板第 1 行的 {{书记}} 没有值\n  \
          办法：填上数据，或用 {{缺省 … \"—\"}} 写明没有数据时显示什么"]
    );
}

#[test]
fn words_where_a_number_belongs_are_reported_with_their_cell() {
    assert_eq!(
        problems("{{合计 学校.占地面积}}\n{{平均 学校.占地面积}}", None),
        ["错误：input/全市.xlsx#学校!F7：“约三十亩”不是数字，模板第 1 行的“合计”要用数字\n  \
          办法：改成数字；没有数据就让单元格空着"]
    );
}

#[test]
fn a_line_takes_values_as_they_are_and_no_blanks() {
    let line = merge_with(&city(), "{{代码}} {{学校名称}}*", Some(0), Use::Line);
    assert_eq!((line.text.as_str(), line.problems.len()), ("0101 一中*", 0));
    let blank = merge_with(&city(), "{{项目.空}}", None, Use::Line);
    assert!(blank.problems[0].starts_with("错误：学校.md:1:1：模板第 1 行的 {{项目.空}} 没有值"));
    let table = merge_with(&city(), "{{表格 学校 列=\"代码\"}}", None, Use::Line);
    assert!(table.problems[0].contains("只能写在报告正文里"));
}

#[test]
fn nesting_is_bounded() {
    let brackets = format!("{{{{{}学校{}}}}}", "(计数 ".repeat(5000), ")".repeat(5000));
    assert!(problems(&brackets, None)[0].contains("括号套得太多"));
    let blocks = "{{#if 学校}}".repeat(5000) + &"{{/if}}".repeat(5000);
    assert!(problems(&blocks, None)[0].contains("块套得太多"));
    assert!(problems(&format!("{{{{计数 {}}}}}", "[".repeat(5000)), None)[0].contains("看不懂"));
    assert!(problems(&format!("{{{{计数 {}}}}}", "{\"a\":".repeat(5000)), None)[0].contains("看不懂"));
    assert!(problems(&format!("{{{{计数 {}}}}}", "[\"]\",".repeat(5000)), None)[0].contains("看不懂"));
    let chain = "{{#if 学校}}".to_owned() + &"{{else if 学校}}".repeat(20_000) + "{{/if}}";
    assert!(problems(&chain, None)[0].contains("块套得太多"));
}

#[test]
fn loops_are_bounded() {
    let mut data = city();
    let row = data.tables[0].rows[0].clone();
    data.tables[0].rows = vec![row; 2000];
    data.links.clear();
    let template = "{{#each 全部.区县}}{{#each 全部.区县}}{{/each}}{{/each}}";
    let merged = merge_with(&data, template, None, Use::Report);
    assert_eq!(merged.problems[0].lines().next().unwrap(), "错误：学校.md：循环超过 20000 次");
}

#[test]
fn a_view_is_what_belongs_to_the_rows() {
    let data = city();
    let all = data.all();
    let to = |table: u16, rows: &[u32]| TableRows {
        table: crate::dataset::TableId(table),
        rows: Rows::Some(rows.into()),
        whole: false,
    };
    let some = |rows: &[u32]| Rows::Some(rows.into());
    let school = narrow::narrow(&all, &data, &to(1, &[0]));
    assert_eq!(school, View { rows: vec![some(&[0]), some(&[0]), some(&[0, 1, 2])] });
    let branch = narrow::narrow(&school, &data, &to(2, &[1]));
    assert_eq!(branch, View { rows: vec![some(&[0]), some(&[0]), some(&[1])] });
    let both = narrow::narrow(&all, &data, &to(1, &[1, 2]));
    assert_eq!(both, View { rows: vec![some(&[0, 1]), some(&[1, 2]), some(&[3])] });
    // What is out of view stays out of view.
    let other = narrow::narrow(&school, &data, &to(1, &[1]));
    assert_eq!(other.rows[2], some(&[]));
    assert_eq!(data.tables[1].columns[4].kind, Kind::Number);
}

proptest! {
    #[test]
    fn no_template_is_too_odd(source in r#"([{}#/~!&^>*@\\"'“”()（）=\[\]. \n]|each|if|else|计数|党支部|学校|列|表格|\{\{|\}\}){0,40}"#) {
        let _ = merge(&source, Some(0));
    }

    #[test]
    fn text_without_braces_comes_out_as_it_is(source in r"[^{\\\u{FDD0}-\u{FDEF}]{0,60}") {
        prop_assert_eq!(text(&source, None), source);
    }
}

#[test]
fn a_long_value_in_many_places_is_too_much_text_and_is_told_once() {
    let mut city = city();
    city.tables[1].rows[0].cells[1].value = crate::dataset::Value::Text("字".repeat(1 << 20).into());
    let eachs = |count: usize| ["{{#each 全部.党支部}}".repeat(count), "{{/each}}".repeat(count)];
    for shown in ["{{#each (首行 全部.学校)}}{{学校名称}}{{/each}}", "{{表格 (首行 全部.学校) 列=\"学校名称\"}}"]
    {
        let [before, after] = eachs(4);
        let found = merge_with(&city, &format!("{before}{shown}{after}"), None, Use::Report);
        let of_size: Vec<_> = found.problems.iter().filter(|problem| problem.contains("64 MB")).collect();
        assert_eq!(of_size, ["错误：学校.md：报告的文字超过 64 MB"], "{shown}");
        let held: usize = found.inserts.texts().map(|(text, _)| text.len()).sum();
        assert!(held < 80 << 20, "{held}");
    }
}
