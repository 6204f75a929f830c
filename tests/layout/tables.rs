//! Rules of tables, in a column of two hundred points.

use crate::{place, set_in, texts};

/// A page of 200 by 160 points for text, tables in 10 points on lines of 15.
const PAPER: &str = "based_on = \"plain\"\n\n[page]\nmargin_left = \"100pt\"\nmargin_right = \"295.3pt\"\n\
    margin_top = \"100pt\"\nmargin_bottom = \"581.8pt\"\nheader_distance = \"20pt\"\nfooter_distance = \"20pt\"\n\n\
    [normal]\nsize = \"10pt\"\nline_pitch = \"15pt\"\n\n[footer]\ntext = \"\"\n\n[body]\nfirst_line = 0\n\n\
    [table_text]\nsize = \"10pt\"\nline_pitch = \"15pt\"\n\n[caption]\nsize = \"10pt\"\nline_pitch = \"15pt\"\n\n\
    [table]\nmargin_side = \"4pt\"\nmargin_above = \"0pt\"\nmargin_below = \"0pt\"\nspace_below = \"0pt\"\n";

fn table(name: &str, style: &str, body: &str) -> String {
    set_in(name, &format!("{PAPER}{style}"), body)
}

/// The upright rules of a golden text, from left to right.
fn uprights(text: &str) -> Vec<f32> {
    let rules = text.lines().filter(|line| line.contains(" rule ") && line.split(' ').nth(1).unwrap().contains('–'));
    let mut found: Vec<f32> =
        rules.map(|line| line.split(' ').nth(2).unwrap().trim_start_matches('x').parse().unwrap()).collect();
    found.sort_by(f32::total_cmp);
    found.dedup();
    found
}

/// By custom: short columns have what they need, and a long text what is left.
#[test]
fn widths_come_from_content() {
    let text =
        table("table-widths", "", "| 序号 | 内容 |\n|---|---|\n| 1 | 教育系统党建工作总结各学校按时报送工作要点 |");
    let edges = uprights(&text);
    assert_eq!((edges[0], edges[2]), (100.0, 300.0), "as wide as the text");
    assert!((28.0..50.0).contains(&(edges[1] - edges[0])), "{edges:?}");
}

/// Widths as the template says them: `宽=`.
#[test]
fn widths_come_from_the_template() {
    let text = table("table-told-widths", "", "{{表格 学校 列=\"代码，名称\" 宽=\"1，3\"}}");
    assert_eq!(uprights(&text), [100.0, 150.0, 300.0], "{text}");
}

/// By custom: words begin at the left, figures end at the right, dates and row numbers stand in the middle, headers too.
#[test]
fn cells_are_aligned_by_kind() {
    let text = table(
        "table-kinds",
        "",
        "| 序号 | 学校 | 人数 | 日期 |\n|---|---|---:|---|\n| 1 | 一中 | 9 | 2023-04-15 |\n| 12 | 第二中学 | 120 | 2023-05-01 |",
    );
    let edges = uprights(&text);
    let middle = |column: usize| (edges[column] + edges[column + 1]) / 2.0;
    let (left, right) = (edges[1] + 4.0, edges[3] - 4.0);
    let near = |found: f32, wanted: f32| assert!((found - wanted).abs() < 0.3, "{found} is not {wanted}: {text}");
    for (words, figure, date) in [("一中", "9", "2023-04-15"), ("第二中学", "120", "2023-05-01")] {
        near(place(&text, words).2, left);
        near(place(&text, figure).3, right);
        let (_, _, begins, ends) = place(&text, date);
        near((begins + ends) / 2.0, middle(3));
    }
    for (column, centred) in [(0, "序号"), (0, "12"), (1, "学校"), (2, "人数"), (3, "日期")] {
        let (_, _, begins, ends) = place(&text, centred);
        near((begins + ends) / 2.0, middle(column));
    }
}

/// By custom: decimal points stand below each other where figures have not all as many decimals.
#[test]
fn decimal_points_stand_below_each_other() {
    let text = table("table-decimals", "", "| 甲 |\n|---:|\n| 1.5 |\n| 12.25 |\n| 100 |");
    let ends = ["1.5", "12.25", "100"].map(|figure| place(&text, figure).3);
    assert_eq!([ends[1] - ends[0], ends[1] - ends[2]], [5.0, 12.5], "a digit; two and the point: {text}");
}

/// Word (gridSpan): equal cells of a header beside each other are one, its text in the middle.
#[test]
fn equal_headers_are_one_cell() {
    let text = table("table-spans", "", "| 学校 | 党员 | 党员 |\n|---|---:|---:|\n| 一中 | 3 | 2 |");
    let edges = uprights(&text);
    let (_, _, left, right) = place(&text, "党员");
    assert!(((left + right) - (edges[1] + edges[3])).abs() < 0.3, "over both: {text}");
    assert_eq!(text.matches("党员").count(), 1, "{text}");
}

fn rows(count: usize) -> String {
    let rows: String = (1..=count).map(|row| format!("| 校{row} | {row} |\n")).collect();
    format!("题：各校\n\n| 学校 | 人数 |\n|---|---:|\n{rows}")
}

/// Word (tblHeader): the header stands again where the table goes on; the caption does not, and neither Word nor the PDF
/// says 续表: Word has no field that knows.
#[test]
fn header_rows_are_repeated_where_a_table_goes_on() {
    let text = table("table-repeated", "", &rows(14));
    let headers: Vec<&str> = text.lines().filter(|line| line.ends_with(" 人数")).collect();
    assert_eq!(headers.len(), 2, "{text}");
    assert!(headers[1].starts_with("2 "));
    assert_eq!(texts(&text).iter().filter(|line| line.contains("各校")).count(), 1);
}

/// Word (cantSplit): a row that fits a page is whole; one that is higher than a page begins below its header and goes on on
/// the next.
#[test]
fn rows_are_kept_whole_where_they_fit_a_page() {
    let body = |above: usize, count: usize| {
        format!("{}| 甲 | 乙 |\n|---|---|\n| 一 | {} |", "丙\n\n".repeat(above), "党".repeat(count))
    };
    let pages = |text: &str| {
        let lines = text.lines().filter(|line| line.contains('党'));
        let mut pages: Vec<usize> = lines.map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect();
        pages.dedup();
        pages
    };
    let whole = table("table-whole-row", "", &body(7, 17 * 3));
    assert_eq!(pages(&whole), [2], "{whole}");
    let split = table("table-split-row", "", &body(5, 17 * 12));
    assert_eq!((pages(&split), split.matches('党').count()), (vec![1, 2], 17 * 12), "{split}");
}

/// By custom, Word (vAlign center): a cell lower than its row stands in the middle.
#[test]
fn cells_stand_in_the_middle_of_their_row() {
    let text = table(
        "table-middle",
        "",
        "| 甲 | 乙 |\n|---|---|\n| 一 | 教育系统党建工作总结各学校按时报送工作要点和工作总结教育系统党建工作总结 |",
    );
    let [first, one, last] = ["教育系统", "一", "总结"].map(|start| place(&text, start).1);
    assert!(last > first && (one - (first + last) / 2.0).abs() < 0.1, "{text}");
}

/// By custom: 三线表 has a thick rule above and below and a thin one below the header; the full grid one around every cell.
#[test]
fn looks_have_their_rules() {
    let body = "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n| 三 | 四 |";
    let three =
        table("table-three-line", "look = \"three_line\"\nouter_rule = \"1.5pt\"\ninner_rule = \"0.75pt\"\n", body);
    let widths = |text: &str| {
        let mut widths: Vec<(String, String)> = text
            .lines()
            .filter(|line| line.contains(" rule "))
            .map(|line| (line.split(' ').nth(1).unwrap().to_owned(), line.rsplit(' ').next().unwrap().to_owned()))
            .collect();
        widths.dedup();
        widths.into_iter().map(|(_, width)| width).collect::<Vec<_>>()
    };
    assert_eq!(widths(&three), ["1.50", "0.75", "1.50"], "{three}");
    assert!(uprights(&three).is_empty());
    let grid = table("table-grid", "look = \"grid\"\n", body);
    assert_eq!(uprights(&grid).len(), 3, "{grid}");
    let rows = table("table-rows", "look = \"rows\"\n", body);
    assert!(uprights(&rows).is_empty() && widths(&rows).len() == 4, "{rows}");
}

/// By custom: a row of totals is bold and stays with the table; the note stands below.
#[test]
fn totals_and_notes_stand_below_their_table() {
    let text = table(
        "table-total",
        "",
        "{{表格 学校 列=\"名称，校数=计数(学校)\" 合计=true 题=\"各校\" 注=\"截至年底。\"}}\n\n注后",
    );
    let order = ["表1", "名称", "第二小学", "合计", "注：截至年底。", "注后"].map(|start| place(&text, start).1);
    assert!(order.is_sorted(), "{text}");
}

/// GB/T 7713 by custom: tables are numbered in their order, a reference shows the number, and the caption stays with its table.
#[test]
fn captions_are_numbered_and_referred_to() {
    let body = format!(
        "见[](#甲表)和[](#乙表)。\n\n题：甲表\n\n| 甲 |\n|---|\n| 1 |\n\n{}题：乙表\n\n| 乙 |\n|---|\n| 2 |",
        "丙\n\n".repeat(6)
    );
    let text = table("table-captions", "", &body);
    assert!(texts(&text)[0].starts_with("见表1和表2。"), "{text}");
    assert_eq!(place(&text, "表2").0, 2, "with the table on its page: {text}");
}

/// By custom: the unit of a heading that is too long for its column stands below it, whole.
#[test]
fn the_unit_of_a_long_heading_stands_below_it() {
    let body = "| 学校 | 人均面积（平方米） | 备注 |\n|---|---:|---|\n| 第一中学校 | 12.5 | 省级示范高中，连续五年获评文明校园 |";
    let text = table("table-units", "", body);
    let (name, unit) = (place(&text, "人均面积"), place(&text, "（平方米）"));
    assert_eq!(unit.1 - name.1, 15.0, "{text}");
}
