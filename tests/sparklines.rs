//! Charts as small as a word in the cells of tables, in Word and PDF, from text templates and templates in Word.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod project;

use std::fs;
use std::io::{Cursor, Read};

use huibao::batch::{Choice, Plan};
use huibao::document::{Block, Cell, Document, Length, Paragraph, ParagraphStyleId, Section, Table, TableRow};
use huibao::font::{FontLibrary, FontSource};
use huibao::layout::{Item, PlacedPicture};
use huibao::style::Style;
use project::Project;

const PROJECT: &str = "[project]\ntitle = \"图\"\n\n[[table]]\nname = \"学校\"\nfrom = \"input/学校.xlsx\"\nkey = \"代码\"\n\n\
    [[table]]\nname = \"月报\"\nfrom = \"input/月报.xlsx\"\n\n[[link]]\nfrom = \"月报.代码\"\nto = \"学校.代码\"\n\n\
    [[report]]\nname = \"r\"\ntemplate = \"TEMPLATE\"\noutput = \"r\"\n";

fn project(template: &str) -> Project {
    let project = Project::new();
    project.write("huibao.toml", &PROJECT.replace("TEMPLATE", template));
    project.workbook(
        "input/学校.xlsx",
        "学校",
        &[
            &["代码", "名称", "完成", "计划", "一季", "二季"],
            &["01", "甲", "3", "4", "5", "-5"],
            &["02", "乙", "4", "4", "1", "2"],
        ],
    );
    let months = &[&["代码", "人数"][..], &["01", "1"], &["01", "3"], &["02", ""], &["01", "2"]];
    project.workbook("input/月报.xlsx", "月报", months);
    project
}

fn pictures(project: &Project) -> Result<(Vec<PlacedPicture>, Vec<String>), Vec<String>> {
    let (plan, problems) = Plan::read(&project.path(""), Choice::default());
    let told = |problems: &[huibao::diagnostic::Diagnostic]| {
        problems.iter().map(|problem| problem.message.en.to_string()).collect::<Vec<_>>()
    };
    let plan = plan.ok_or_else(|| told(&problems))?;
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let (_, layout, warnings) = plan.on_pages(0, &fonts).map_err(|problems| told(&problems))?;
    let items = layout.pages.pages.into_iter().flat_map(|page| page.items);
    let shown = items.filter_map(|item| if let Item::Picture(picture) = item { Some(*picture) } else { None });
    Ok((shown.collect(), told(&warnings)))
}

fn written(template: &str) -> Project {
    let project = project("templates/r.md");
    project.write("templates/r.md", &format!("---\n样式：plain\n---\n\n{template}\n"));
    project
}

#[test]
fn columns_of_a_table_may_be_small_charts() {
    let project = written(
        "{{表格 学校 列=\"名称，各月=小图(月报.人数)，完成=小图(完成 计划 类型=\\\"进度\\\" 宽=\\\"20mm\\\")\"}}",
    );
    let (shown, warnings) = pictures(&project).unwrap();
    let told: Vec<&str> = shown.iter().map(|picture| picture.description.as_str()).collect();
    // the second school's only month is blank: a blank cell
    assert_eq!(told, ["折线小图：1、3、2", "进度：75%", "进度：100%"]);
    assert_eq!(warnings, Vec::<String>::new());
    let widths: Vec<i32> = shown.iter().map(|picture| picture.width_pt.round() as i32).collect();
    assert_eq!(widths, [68, 57, 57]);
    assert!(shown.iter().all(|picture| picture.image.drawing.is_some()), "vectors");
}

#[test]
fn cells_of_typed_tables_may_have_them_and_codes_too() {
    let rows =
        "{{#each 学校}}\n| {{名称}} | {{小图 一季 二季 类型=\"柱形\"}} | {{二维码 代码 宽=\"15mm\"}} |\n{{/each}}";
    let project = written(&format!("| 名称 | 各季 | 码 |\n|---|---|---|\n{rows}"));
    let (shown, warnings) = pictures(&project).unwrap();
    let told: Vec<&str> = shown.iter().map(|picture| picture.description.as_str()).collect();
    assert_eq!(told, ["柱形小图：5、-5", "二维码：01", "柱形小图：1、2", "二维码：02"]);
    assert_eq!(warnings, Vec::<String>::new());
}

#[test]
fn templates_in_word_have_them_in_their_cells() {
    let project = project("templates/r.docx");
    let cell = |text: &str| Cell::of(vec![Block::Paragraph(Paragraph::text(ParagraphStyleId::default(), text))]);
    let row = |cells: Vec<Cell>| TableRow { header: false, keep_whole: true, height: None, cells };
    let table = Table {
        columns: vec![Length::mm(40.0), Length::mm(40.0)],
        rows: vec![row(vec![cell("{{#each 学校}}{{名称}}"), cell("{{小图 一季 二季}}{{/each}}")])],
        ..Table::default()
    };
    let section = Section { blocks: vec![Block::from(table)], ..Section::default() };
    let document = Document {
        info: Default::default(),
        styles: Style::carried("plain").unwrap().sheet,
        lists: Vec::new(),
        sections: vec![section],
        sources: Vec::new(),
        notes: Vec::new(),
        note_separator: Vec::new(),
    };
    fs::write(project.path("templates/r.docx"), huibao::docx::write(&document).unwrap()).unwrap();
    let (shown, _) = pictures(&project).unwrap();
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[0].description, "折线小图：5、-5");
}

#[test]
fn in_word_it_is_a_drawing_with_a_copy_in_pixels() {
    let project = written("{{表格 学校 列=\"名称，各季=小图(一季 二季)\"}}");
    assert_eq!(project.run(&["build"]).0, 0);
    let docx = fs::read(project.path("out/r.docx")).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains("descr=\"折线小图：5、-5\"") && text.contains("svgBlip"));
    assert_eq!((0..zip.len()).filter(|at| zip.by_index(*at).unwrap().name().unwrap().ends_with(".svg")).count(), 2);
}

#[test]
fn what_is_wrong_is_told() {
    for (tag, told) in [
        ("{{小图 一季 类型=\"饼图\"}}", "饼图"),
        ("{{小图 一季 高=\"9\"}}", "9"),
        ("{{小图 名称}}", "not a number"),
        ("{{合计 (小图 一季)}}", "column"),
    ] {
        let project = written(&format!("{{{{#each 学校}}}}\n\n{tag}\n\n{{{{/each}}}}"));
        let problems = pictures(&project).map(|(_, warnings)| warnings);
        let problems = problems.unwrap_or_else(|problems| problems);
        assert!(problems.iter().any(|problem| problem.contains(told)), "{tag}: {problems:?}");
    }
}
