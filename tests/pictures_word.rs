//! Pictures, galleries and codes in templates in Word; and pictures that WPS puts into cells.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod project;

use std::fs;
use std::io::{Cursor, Read, Write};

use huibao::batch::{Choice, Plan};
use huibao::document::{Block, Paragraph, ParagraphStyleId};
use huibao::font::{FontLibrary, FontSource};
use huibao::layout::{Item, Layout, PlacedPicture};
use huibao::style::Style;
use huibao::template::{ProjectFacts, Scope, Template};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use project::Project;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='30'><path d='M0 0h60v30z'/></svg>";

const PROJECT: &str = "[project]\ntitle = \"图\"\n\n[[table]]\nname = \"学校\"\nfrom = \"input/学校.xlsx\"\nkey = \"代码\"\n\n\
    [[report]]\nname = \"school\"\ntemplate = \"templates/school.docx\"\neach = \"学校\"\noutput = \"{{代码}}\"\n";

/// A Word document whose paragraphs are these.
fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let (dataset, project, style) =
        (huibao::dataset::Dataset::default(), ProjectFacts::default(), Style::carried("plain").unwrap());
    let scope = Scope { dataset: &dataset, project: &project, unit: None, skipped: 0 };
    struct Bare;
    impl huibao::template::Pictures for Bare {
        fn picture(
            &self,
            _: huibao::template::PictureSource<'_>,
            _: &huibao::picture::Print,
            _: &huibao::diagnostic::Place,
        ) -> Result<std::sync::Arc<huibao::document::Image>, huibao::diagnostic::Diagnostic> {
            unreachable!("the text has no pictures")
        }
    }
    let (mut document, _) = Template::parse("a.md", "文字。").merge(scope, &style, &Bare).unwrap();
    let blocks = paragraphs.iter().map(|text| Block::Paragraph(Paragraph::text(ParagraphStyleId::default(), *text)));
    document.sections[0].blocks = blocks.collect();
    huibao::docx::write(&document).unwrap()
}

fn project(paragraphs: &[&str]) -> Project {
    let project = Project::new();
    project.write("huibao.toml", PROJECT);
    fs::write(project.path("templates/school.docx"), docx(paragraphs)).unwrap();
    project.write("校徽.svg", LOGO);
    project.workbook(
        "input/学校.xlsx",
        "学校",
        &[&["代码", "名称", "照片"], &["01", "甲", "a.png"], &["02", "乙", "b.jpg"]],
    );
    let picture: DynamicImage = RgbImage::from_fn(80, 40, |x, _| Rgb([x as u8, 90, 160])).into();
    for (name, format) in [("a.png", ImageFormat::Png), ("b.jpg", ImageFormat::Jpeg)] {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        fs::write(project.path(name), bytes.into_inner()).unwrap();
    }
    project
}

fn part(docx: &[u8], path: &str) -> String {
    let mut text = Vec::new();
    ZipArchive::new(Cursor::new(docx)).unwrap().by_name(path).unwrap().read_to_end(&mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

fn set(project: &Project) -> Layout {
    let (plan, problems) = Plan::read(&project.path(""), Choice::default());
    let plan = plan.unwrap_or_else(|| panic!("{problems:?}"));
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let (_, layout, warnings) = plan.on_pages(0, &fonts).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    layout
}

fn shown(layout: &Layout) -> Vec<PlacedPicture> {
    let items = layout.pages.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| if let Item::Picture(picture) = item { Some(picture.as_ref().clone()) } else { None })
        .collect()
}

#[test]
fn a_template_in_word_has_pictures_codes_and_galleries_too() {
    let project = project(&[
        "标志{{图片 \"校徽.svg\" 宽=\"3cm\"}}在行内",
        "{{图片 照片 宽=\"20mm\" 高=\"20mm\" 方式=\"裁剪\"}}",
        "{{二维码 名称 宽=\"2cm\"}}",
        "{{照片墙 全部.学校 照片=\"照片\" 说明=\"名称\" 每行=2 题=\"掠影\"}}",
        "文字。",
    ]);
    assert_eq!(project.run(&["build", "--fonts", "carried"]).0, 0);
    let file = fs::read(project.path("out/01.docx")).unwrap();
    let document = part(&file, "word/document.xml");
    assert_eq!(document.matches("<asvg:svgBlip").count(), 2, "the logo and the code");
    assert!(document.contains("<a:srcRect l=\"25000\" r=\"25000\"/>"), "{document}");
    assert!(part(&file, "[Content_Types].xml").contains("Extension=\"svg\""));
    let pictures = shown(&set(&project));
    let drawn: Vec<bool> = pictures.iter().map(|picture| picture.image.drawing.is_some()).collect();
    assert_eq!(drawn, [true, false, true, false, false]);
    let [_, cropped, code, first, second] = &pictures[..] else { panic!("{pictures:?}") };
    assert!((cropped.crop.left - 0.25).abs() < 0.01 && (cropped.width_pt - cropped.height_pt).abs() < 0.1);
    assert!((code.width_pt - 56.7).abs() < 0.1 && code.description == "二维码：甲");
    assert!((first.y_pt - second.y_pt).abs() < 0.1 && first.x_pt < second.x_pt);
}

/// A workbook with a picture as WPS puts it into a cell.
fn as_wps_has_it(workbook: &[u8], picture: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for at in 0..from.len() {
        let mut entry = from.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let text = String::from_utf8(bytes).unwrap();
            let cell = text.find("<c r=\"C2\"").unwrap();
            let end = cell + text[cell..].find("</c>").unwrap() + 4;
            let named = "<c r=\"C2\" t=\"str\"><f>_xlfn.DISPIMG(\"ID_7A\",1)</f><v>=DISPIMG(\"ID_7A\",1)</v></c>";
            bytes = [&text[..cell], named, &text[end..]].concat().into_bytes();
        }
        to.start_file(name, options).unwrap();
        to.write_all(&bytes).unwrap();
    }
    let images = "<etc:cellImages xmlns:etc=\"e\" xmlns:xdr=\"x\" xmlns:a=\"a\" xmlns:r=\"r\"><etc:cellImage><xdr:pic><xdr:nvPicPr>\
        <xdr:cNvPr id=\"2\" name=\"ID_7A\"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed=\"rId1\"/></xdr:blipFill></xdr:pic>\
        </etc:cellImage></etc:cellImages>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
        Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
        Target=\"media/image1.png\"/></Relationships>";
    let parts: [(&str, &[u8]); 3] = [
        ("xl/cellimages.xml", images.as_bytes()),
        ("xl/_rels/cellimages.xml.rels", relations.as_bytes()),
        ("xl/media/image1.png", picture),
    ];
    for (name, bytes) in parts {
        to.start_file(name, options).unwrap();
        to.write_all(bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn a_picture_that_wps_put_into_a_cell_is_the_cells() {
    let project = project(&["{{#if 照片}}{{图片 照片 宽=\"20mm\"}}{{/if}}", "格子里是{{照片}}。"]);
    let (book, picture) = (project.path("input/学校.xlsx"), project.path("a.png"));
    let workbook = as_wps_has_it(&fs::read(&book).unwrap(), &fs::read(&picture).unwrap());
    fs::write(&book, workbook).unwrap();
    fs::remove_file(picture).unwrap();
    let layout = set(&project);
    assert_eq!(shown(&layout).len(), 1);
    let texts = layout.pages.pages[0].items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run.glyphs.iter().map(|glyph| glyph.character).collect::<String>()),
        _ => None,
    });
    assert!(texts.collect::<String>().contains("格子里是[图片]。"));
}
