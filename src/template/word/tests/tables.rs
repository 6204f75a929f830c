//! Tables: rows and columns that repeat, cells that change.

use super::super::testing::{body, docx, p, problems, row, text};
use super::shown;

#[test]
fn rows_repeat_where_both_tags_stand_in_rows_of_one_table() {
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let within = table(&[row(&["名称", "人数"]), row(&["{{#each 党支部}}{{支部名称}}", "{{党员总数}}{{/each}}"])]);
    assert_eq!(shown(&within, Some(0)), "名称|人数|‖教工一支部|12|‖教工二支部|8|‖学生支部|30|‖");
    let around = table(&[
        row(&["名称", "人数"]),
        row(&["{{#each 党支部}}", ""]),
        row(&["{{支部名称}}", "{{党员总数}}"]),
        row(&["{{else}}", ""]),
        row(&["没有支部", ""]),
        row(&["{{/each}}", ""]),
        row(&["合计", "{{合计 党支部.党员总数}}"]),
    ]);
    assert_eq!(shown(&around, Some(0)), "名称|人数|‖教工一支部|12|‖教工二支部|8|‖学生支部|30|‖合计|50|‖");
    assert_eq!(shown(&around, Some(2)), "名称|人数|‖没有支部||‖合计|0|‖");
    // The number before the loop's tag belongs to the row, too.
    let numbered = table(&[row(&["序", "名称"]), row(&["{{@序号}}", "{{#each 党支部}}{{支部名称}}{{/each}}"])]);
    assert!(problems(&docx(&numbered, &[]))[0].contains("@序号"));
    let numbered = table(&[
        row(&["序", "名称", "人数"]),
        row(&["{{@序号}}", "{{#each 党支部}}{{支部名称}}", "{{党员总数}}{{/each}}"]),
    ]);
    assert_eq!(shown(&numbered, Some(1)), "序|名称|人数|‖1|联合支部|5|‖");
}

#[test]
fn a_merged_header_cell_beside_a_loop_is_no_hindrance() {
    let merged = "<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>支部</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>名称</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>\
        <w:tc><w:p><w:r><w:t>{{#each 党支部}}{{支部名称}}</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>{{党员总数}}{{/each}}</w:t></w:r></w:p></w:tc></w:tr>";
    let merged = body(&format!("<w:tbl>{merged}</w:tbl>"), Some(0));
    assert_eq!(merged.matches("<w:vMerge/>").count(), 3);
    assert_eq!(text(&merged), "支部|名称||‖|教工一支部|12|‖|教工二支部|8|‖|学生支部|30|‖");
}

#[test]
fn a_table_whose_rows_are_all_gone_goes() {
    let table =
        format!("{}<w:tbl><w:tblPr/>{}</w:tbl>", p("前"), row(&["{{#each 党支部}}{{支部名称}}", "{{书记}}{{/each}}"]));
    assert_eq!(body(&table, Some(2)), p("前"));
}

#[test]
fn columns_repeat_where_every_row_repeats_its_cells() {
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&["名称", "{{#each 党支部}}", "{{支部名称}}", "{{/each}}"]),
        row(&["人数", "{{#each 党支部}}", "{{党员总数}}", "{{/each}}"])
    );
    assert_eq!(shown(&table, Some(0)), "名称|教工一支部|教工二支部|学生支部|‖人数|12|8|30|‖");
}

#[test]
fn tables_of_a_loop_do_not_run_into_each_other() {
    let source = format!("{}<w:tbl>{}</w:tbl>{}", p("{{#each 党支部}}"), row(&["{{支部名称}}"]), p("{{/each}}"));
    let merged = body(&source, Some(0));
    assert_eq!(merged.matches("</w:tbl><w:p>").count(), 2);
    assert!(merged.ends_with("</w:tbl><w:p/>"), "a document ends with a paragraph: {merged}");
}

#[test]
fn equal_cells_below_each_other_grow_together() {
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&["类型", "名称"]),
        row(&["{{#each 党支部}}{{同值合并 类型}}", "{{支部名称}}{{/each}}"])
    );
    let merged = body(&table, Some(0));
    assert_eq!(text(&merged), "类型|名称|‖教工|教工一支部|‖|教工二支部|‖学生|学生支部|‖");
    let merges: Vec<_> = merged.split("<w:tcPr>").skip(1).map(|rest| rest.split("</w:tcPr>").next().unwrap()).collect();
    assert_eq!(merges, ["<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>", "<w:vMerge w:val=\"restart\"/>"]);
}

#[test]
fn a_cells_colour_can_depend_on_its_value() {
    let cell = "<w:tc><w:tcPr><w:tcW w:w=\"1\"/><w:shd w:val=\"clear\" w:fill=\"FFFFFF\"/><w:vAlign w:val=\"top\"/></w:tcPr>\
        <w:p><w:r><w:t>{{#each 党支部}}{{#if (大于 党员总数 10)}}{{底纹 “红”}}{{/if}}{{党员总数}}</w:t></w:r></w:p></w:tc>";
    let table = format!("<w:tbl><w:tr>{cell}<w:tc>{}</w:tc></w:tr></w:tbl>", p("{{支部名称}}{{/each}}"));
    let merged = body(&table, Some(0));
    assert_eq!(text(&merged), "12|教工一支部|‖8|教工二支部|‖30|学生支部|‖");
    let fills: Vec<_> = merged.split("w:fill=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(fills, ["FFC7CE", "FFFFFF", "FFC7CE"]);
    assert!(merged.contains("<w:tcW w:w=\"1\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFC7CE\"/><w:vAlign"));
    assert!(problems(&docx(&p("{{底纹 “红”}}"), &[]))[0].contains("要写在表格的单元格里"));
}

#[test]
fn a_cell_that_changes_in_several_ways_has_its_properties_once_and_in_order() {
    let cell = p("{{底纹 “红”}}{{同值合并 学校名称}}{{底纹 “绿”}}");
    let merged = body(&format!("<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"), Some(0));
    let properties =
        "<w:tcPr><w:vMerge w:val=\"restart\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"C6EFCE\"/></w:tcPr>";
    assert!(merged.contains(&format!("<w:tc>{properties}<w:p>")), "{merged}");
}

const WIDE: &str = "<w:tblGrid><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"500\"/><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"500\"/></w:tblGrid>";

fn cell(width: u32, look: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{look}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn the_grid_follows_the_number_of_columns_and_merged_headers_grow_along() {
    let looped = |first: &str, value: &str| {
        let cells = [
            cell(1000, "", first),
            cell(500, "", "{{#each 党支部}}"),
            cell(2000, "", value),
            cell(500, "", "{{/each}}"),
        ];
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let header =
        format!("<w:tr>{}{}</w:tr>", cell(1000, "", "项目"), cell(3000, "<w:gridSpan w:val=\"3\"/>", "各支部"));
    let title = format!("<w:tr>{}</w:tr>", cell(4000, "<w:gridSpan w:val=\"4\"/>", "情况表"));
    let table = format!(
        "<w:tbl><w:tblPr/>{WIDE}{title}{header}{}{}</w:tbl>",
        looped("名称", "{{支部名称}}"),
        looped("人数", "{{党员总数}}")
    );
    let merged = body(&table, Some(0));
    assert_eq!(text(&merged), "情况表|‖项目|各支部|‖名称|教工一支部|教工二支部|学生支部|‖人数|12|8|30|‖");
    let values = |before: &str| -> Vec<String> {
        merged.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    assert_eq!(values("<w:gridCol w:w=\""), ["1000", "1000", "1000", "1000"]);
    assert_eq!(values("<w:gridSpan w:val=\""), ["4", "3"]);
    assert_eq!(values("<w:tcW w:w=\"")[3..], ["1000"; 8]);
    assert!(!merged.contains("huibao"), "{merged}");
    // Without rows neither the columns nor what stands above them are there.
    let merged = body(&table, Some(2));
    assert_eq!(text(&merged), "情况表|‖项目|‖名称|‖人数|‖");
    assert_eq!(merged.matches("<w:gridCol ").count(), 1);
}

#[test]
fn columns_of_several_cells_a_turn_keep_their_widths_beside_each_other() {
    let looped = |a: &str, b: &str| {
        let cells = [
            cell(1000, "", "x"),
            cell(1000, "", &format!("{{{{#each 党支部}}}}{a}")),
            cell(3000, "", &format!("{b}{{{{/each}}}}")),
        ];
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let grid = "<w:tblGrid><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"3000\"/></w:tblGrid>";
    let table =
        format!("<w:tbl>{grid}{}{}</w:tbl>", looped("{{支部名称}}", "{{类型}}"), looped("人数", "{{党员总数}}"));
    let merged = body(&table, Some(1));
    assert_eq!(
        merged.matches("<w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"3000\"/>").count(),
        1
    );
    let merged = body(&table, Some(0));
    let widths: Vec<_> =
        merged.split("<w:gridCol w:w=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(widths, ["1000", "333", "1000", "333", "1000", "334", "1000"]);
}

#[test]
fn a_cell_s_colour_is_its_own_though_a_table_with_colours_stands_in_it() {
    let inner = format!("<w:tbl>{}</w:tbl>", row(&["{{底纹 “绿”}}内"]));
    let source = format!("<w:tbl><w:tr><w:tc>{inner}{}</w:tc></w:tr></w:tbl>", p("{{底纹 “红”}}外"));
    let merged = body(&source, Some(0));
    let fills: Vec<_> = merged.split("w:fill=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(fills, ["FFC7CE", "C6EFCE"]);
}

#[test]
fn a_header_cell_over_several_columns_does_not_break_a_loop_of_rows() {
    let header = format!(
        "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>",
        p("党员"),
        p("书记")
    );
    let looped = row(&["{{#each 党支部}}{{支部名称}}", "{{党员总数}}", "{{类型}}{{/each}}"]);
    let merged = body(&format!("<w:tbl>{header}{looped}</w:tbl>"), Some(0));
    assert_eq!(text(&merged), "党员|书记|‖教工一支部|12|教工|‖教工二支部|8|教工|‖学生支部|30|学生|‖");
    assert_eq!(merged.matches("gridSpan").count(), 1);
}
