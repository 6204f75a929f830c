//! Pictures from files and from cells, in Word and PDF, from text templates and templates in Word.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod project;

use std::fs;
use std::io::{Cursor, Read};

use huibao::batch::{Choice, Plan};
use huibao::diagnostic::{Diagnostic, Language};
use huibao::font::{FontLibrary, FontSource};
use huibao::layout::{Item, Layout, PlacedPicture};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use project::Project;
use rust_xlsxwriter::{Image, Workbook};

/// A photo with a red corner.
fn photo(width: u32, height: u32) -> DynamicImage {
    let pixel =
        |x, y| if x < width / 3 && y < height / 3 { Rgb([220, 20, 20]) } else { Rgb([(x % 200) as u8, 90, 160]) };
    RgbImage::from_fn(width, height, pixel).into()
}

fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    photo(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='30'>\
    <circle cx='30' cy='15' r='12' fill='#b00'/></svg>";

const PROJECT: &str = "[project]\ntitle = \"图\"\n\n[[table]]\nname = \"学校\"\nfrom = \"input/学校.xlsx\"\nkey = \"代码\"\n\n\
    [[report]]\nname = \"school\"\ntemplate = \"templates/school.md\"\neach = \"学校\"\noutput = \"{{代码}}\"\n";

/// Three schools: one with a picture over its cell, one with a picture in it, one with a file's name.
fn project(template: &str) -> Project {
    let project = Project::new();
    project.write("huibao.toml", PROJECT);
    project.write("templates/school.md", &format!("---\n标题：{{{{名称}}}}\n样式：plain\n---\n\n{template}\n"));
    project.write("校徽.svg", LOGO);
    fs::write(project.path("input/照片/丙.webp"), file(90, 60, ImageFormat::WebP)).unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["代码", "名称", "照片"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    for (row, (code, name)) in [("01", "甲"), ("02", "乙"), ("03", "丙")].into_iter().enumerate() {
        sheet.write(row as u32 + 1, 0, code).unwrap();
        sheet.write(row as u32 + 1, 1, name).unwrap();
        sheet.set_row_height(row as u32 + 1, 60).unwrap();
    }
    let over = Image::new_from_buffer(&file(100, 50, ImageFormat::Png)).unwrap();
    sheet.insert_image_fit_to_cell(1, 2, &over, true).unwrap();
    let within = Image::new_from_buffer(&file(80, 60, ImageFormat::Jpeg)).unwrap();
    sheet.embed_image(2, 2, &within).unwrap();
    sheet.write(3, 2, "照片\\丙.webp").unwrap();
    book.save(project.path("input/学校.xlsx")).unwrap();
    project
}

fn set(project: &Project, report: usize) -> (Layout, Vec<Diagnostic>) {
    let (plan, problems) = Plan::read(&project.path(""), Choice::default());
    let plan = plan.unwrap_or_else(|| panic!("{problems:?}"));
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let (_, layout, warnings) = plan.on_pages(report, &fonts).unwrap();
    (layout, warnings)
}

fn shown(layout: &Layout) -> Vec<PlacedPicture> {
    let items = layout.pages.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| if let Item::Picture(picture) = item { Some(picture.as_ref().clone()) } else { None })
        .collect()
}

fn part(docx: &[u8], path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    zip.by_name(path).unwrap_or_else(|_| panic!("{path}")).read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_cell_has_its_picture_whichever_way_it_was_put_there() {
    let project = project("{{图片 照片 宽=\"40mm\"}}");
    for (report, (width, height)) in [(100, 50), (80, 60), (90, 60)].into_iter().enumerate() {
        let (layout, warnings) = set(&project, report);
        assert!(warnings.is_empty(), "{warnings:?}");
        let pictures = shown(&layout);
        assert_eq!(pictures.len(), 1);
        let picture = &pictures[0];
        assert_eq!((picture.image.width_px, picture.image.height_px), (width, height));
        let named = if report == 2 { "丙" } else { "照片" };
        assert_eq!(picture.description, named, "for those who cannot see it");
        assert!((picture.width_pt - 40.0 / 25.4 * 72.0).abs() < 0.1, "{}", picture.width_pt);
        let ratio = picture.width_pt / picture.height_pt;
        assert!((ratio - width as f32 / height as f32).abs() < 0.02, "{ratio}");
    }
}

#[test]
fn a_report_can_ask_whether_there_is_a_picture() {
    let project = project("{{#if 照片}}有{{图片 照片}}{{else}}无{{/if}}");
    project.change("templates/school.md", "有", "有\n\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["代码", "名称", "照片"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    sheet.write(1, 0, "01").unwrap();
    sheet.write(1, 1, "甲").unwrap();
    sheet.write(2, 0, "02").unwrap();
    sheet.write(2, 1, "乙").unwrap();
    let over = Image::new_from_buffer(&file(100, 50, ImageFormat::Png)).unwrap();
    sheet.insert_image_fit_to_cell(2, 2, &over, true).unwrap();
    book.save(project.path("input/学校.xlsx")).unwrap();
    assert_eq!(shown(&set(&project, 0).0).len(), 0);
    assert_eq!(shown(&set(&project, 1).0).len(), 1);
}

#[test]
fn large_photos_are_scaled_down_as_the_project_says() {
    let project = project("{{图片 \"大.jpg\" 宽=\"25.4mm\"}}\n\n{{图片 \"大.jpg\" 宽=\"25.4mm\"}}");
    fs::write(project.path("大.jpg"), file(1200, 900, ImageFormat::Jpeg)).unwrap();
    let pictures = shown(&set(&project, 0).0);
    assert_eq!((pictures[0].image.width_px, pictures[0].image.height_px), (220, 165));
    assert!(std::sync::Arc::ptr_eq(&pictures[0].image, &pictures[1].image));
    project.change("huibao.toml", "title = \"图\"", "title = \"图\"\npicture_dpi = 0");
    assert_eq!(shown(&set(&project, 0).0)[0].image.width_px, 1200);
}

#[test]
fn a_picture_fills_its_box_where_it_is_to_be_cropped() {
    let project = project("{{图片 \"a.png\" 宽=\"30mm\" 高=\"30mm\" 方式=\"裁剪\" 对齐=\"右\"}}");
    fs::write(project.path("a.png"), file(100, 50, ImageFormat::Png)).unwrap();
    let picture = &shown(&set(&project, 0).0)[0];
    assert!((picture.width_pt - picture.height_pt).abs() < 0.1);
    assert!((picture.crop.left - 0.25).abs() < 0.01 && (picture.crop.right - 0.25).abs() < 0.01);
    assert_eq!((picture.crop.top, picture.crop.bottom), (0.0, 0.0));
    project.run(&["build"]);
    let docx = fs::read(project.path("out/01.docx")).unwrap();
    let document = String::from_utf8(part(&docx, "word/document.xml")).unwrap();
    assert!(document.contains("<a:srcRect l=\"25000\" r=\"25000\"/>"), "{document}");
}

#[test]
fn a_drawing_is_drawn_in_both_files() {
    let project = project(
        "{{图片 \"校徽.svg\" 宽=\"30mm\"}}\n\n{{二维码 \"https://example.cn/01\" 题=\"扫码\"}}\n\n{{条形码 代码}}",
    );
    assert_eq!(project.run(&["build"]).0, 0);
    let docx = fs::read(project.path("out/01.docx")).unwrap();
    let document = String::from_utf8(part(&docx, "word/document.xml")).unwrap();
    assert_eq!(document.matches("asvg:svgBlip").count(), 3);
    assert!(String::from_utf8(part(&docx, "word/media/image1.svg")).unwrap().contains("#bb0000"));
    assert!(part(&docx, "word/media/image1.png").starts_with(b"\x89PNG"));
    let pdf = fs::read(project.path("out/01.pdf")).unwrap();
    let pdf = lopdf::Document::load_mem(&pdf).unwrap();
    let kind = |kind: &[u8]| {
        let streams = pdf.objects.values().filter_map(|object| object.as_stream().ok());
        let named = |stream: &&lopdf::Stream| {
            stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|name| name == kind)
        };
        streams.filter(named).count()
    };
    assert_eq!((kind(b"Form"), kind(b"Image")), (3, 0));
    // what Word's reader gives of the file that was written is drawn as vectors too
    let (document, _) = huibao::docx::read("01.docx", &docx).unwrap();
    assert!(format!("{document:?}").contains("drawing: Some"));
}

#[test]
fn what_is_wrong_with_a_picture_is_told_with_its_cell() {
    let project = project("{{图片 照片}}");
    let said = |name: &str, bytes: &[u8]| {
        fs::write(project.path("input/照片/丙.webp"), bytes).unwrap();
        let (plan, _) = Plan::read(&project.path(""), Choice::default());
        let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
        let problems = plan.unwrap().on_pages(2, &fonts).unwrap_err();
        let text = problems[0].to_text(Language::Chinese);
        assert!(text.contains("!C4：") || text.contains("C4"), "{name}: {text}");
        problems[0].code
    };
    assert_eq!(said("text", b"no picture"), "batch.not-a-picture");
    assert_eq!(said("cut", &file(90, 60, ImageFormat::Png)[..200]), "batch.picture-damaged");
    let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR\0\0\xC3\x50\0\0\xC3\x50\x08\x02\0\0\0".to_vec();
    huge.extend([0; 40]);
    assert_eq!(said("huge", &huge), "batch.picture-too-large");
    assert_eq!(said("heic", b"\0\0\0\x18ftypheic\0\0\0\0"), "batch.picture-format");
    assert_eq!(
        said("a linked picture in svg", LOGO.replace("<circle", "<image href='a.png'/><circle").as_bytes()),
        "batch.picture-format"
    );
}

/// The first problem that a template with a tag has.
fn assert_told(tag: &str, code: &str) {
    let project = project(tag);
    let (plan, problems) = Plan::read(&project.path(""), Choice::default());
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let found = match plan {
        Some(plan) => plan.on_pages(0, &fonts).err().unwrap_or_default(),
        None => problems,
    };
    assert_eq!(found.first().map(|problem| problem.code), Some(code), "{tag}: {found:?}");
}

#[test]
fn what_is_asked_of_a_picture_is_checked() {
    for (tag, code) in [
        ("{{图片 \"校徽.svg\" 宽=\"30\"}}", "template.bad-width"),
        ("{{图片 \"校徽.svg\" 高=\"x\"}}", "template.bad-width"),
        ("{{图片 \"校徽.svg\" 方式=\"裁切\"}}", "template.unknown-form"),
        ("{{图片 \"校徽.svg\" 宽=\"3cm\" 方式=\"裁剪\"}}", "template.crop-without-box"),
        ("{{图片 \"校微.svg\"}}", "batch.cannot-read"),
        ("{{图片 \"../校徽.svg\"}}", "batch.outside-project"),
        ("{{条形码 名称}}", "template.not-in-barcode"),
    ] {
        assert_told(tag, code);
    }
}

#[test]
fn pictures_of_rows_stand_beside_and_below_each_other() {
    let project = project("{{照片墙 全部.学校 照片=\"照片\" 说明=\"名称\" 每行=2 题=\"掠影\"}}");
    let (layout, warnings) = set(&project, 0);
    assert!(warnings.is_empty(), "{warnings:?}");
    let pictures = shown(&layout);
    assert_eq!(pictures.len(), 3);
    let [first, second, third] = &pictures[..] else { panic!("three") };
    assert!((first.y_pt - second.y_pt).abs() < 0.1 && first.x_pt + first.width_pt <= second.x_pt);
    assert!(third.y_pt > first.y_pt + first.height_pt && (third.x_pt - first.x_pt).abs() < 0.1);
    for picture in &pictures {
        assert!((picture.height_pt / picture.width_pt - 0.75).abs() < 0.01, "all have one shape");
    }
    let described: Vec<_> = pictures.iter().map(|picture| picture.description.as_str()).collect();
    assert_eq!(described, ["甲", "乙", "丙"]);
    assert_eq!(project.run(&["build", "--fonts", "carried"]).0, 0);
    let document = part(&fs::read(project.path("out/01.docx")).unwrap(), "word/document.xml");
    let document = String::from_utf8(document).unwrap();
    assert!(document.matches("<w:cantSplit />").count() == 2, "{document}");
}

#[test]
fn a_row_of_pictures_is_never_split_between_pages() {
    let tag = "{{照片墙 全部.学校 照片=\"照片\" 说明=\"名称\" 每行=1 宽=\"100mm\" 高=\"95mm\"}}";
    let (layout, _) = set(&project(&format!("第一段。\n\n{tag}")), 0);
    let of_page =
        |page: &huibao::layout::Page| page.items.iter().filter(|item| matches!(item, Item::Picture(_))).count();
    assert_eq!(layout.pages.pages.iter().map(of_page).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn what_is_asked_of_many_pictures_is_checked() {
    for (tag, code) in [
        ("{{照片墙 全部.学校 照片=\"相片\"}}", "template.unknown-name"),
        ("{{照片墙 全部.学校 照片=\"照片\" 每行=9}}", "template.bad-across"),
        ("{{照片墙 全部.学校 照片=\"照片\" 每行=\"两\"}}", "template.bad-across"),
        ("{{照片墙 全部.学校}}", "template.missing-option"),
    ] {
        assert_told(tag, code);
    }
}

const LETTER: &str = "第一段。\n\n第二段。";

fn letter(front: &str, body: &str) -> Project {
    let project = project(body);
    project
        .write("templates/school.md", &format!("---\n标题：{{{{名称}}}}的函\n样式：gongwen\n{front}\n---\n\n{body}\n"));
    let mut seal = Cursor::new(Vec::new());
    photo(300, 300).to_rgba8().write_to(&mut seal, ImageFormat::Png).unwrap();
    fs::write(project.path("章01.png"), seal.into_inner()).unwrap();
    project.write("校徽.svg", LOGO);
    project
}

#[test]
fn a_watermark_stands_behind_the_text_of_every_page() {
    let project = letter("水印：{{名称}}草稿\n封面：是", &"很长的一段。\n\n".repeat(60));
    let (layout, warnings) = set(&project, 0);
    assert!(warnings.is_empty(), "{warnings:?}");
    assert!(layout.pages.pages.len() >= 3);
    for page in &layout.pages.pages {
        let Some(Item::Text(first)) = page.items.first() else { panic!("{:?}", page.items.first()) };
        let text: String = first.glyphs.iter().map(|glyph| glyph.character).collect();
        assert_eq!((text.as_str(), first.slope, first.element), ("甲草稿", 45.0, None));
    }
    assert_eq!(project.run(&["build", "--fonts", "carried"]).0, 0);
    let docx = fs::read(project.path("out/01.docx")).unwrap();
    let header = String::from_utf8(part(&docx, "word/header1.xml")).unwrap();
    assert!(header.contains("string=\"甲草稿\"") && header.contains("rotation:315"), "{header}");
    // a PDF of the file that was written shows it too
    let (document, problems) = huibao::docx::read("01.docx", &docx).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert!(format!("{document:?}").contains("WordArt { text: \"甲草稿\""));
}

#[test]
fn a_style_may_have_a_watermark_which_a_template_leaves_out_or_replaces() {
    let behind = |front: &str| {
        let project = letter(front, LETTER);
        project.write("styles/内部.toml", "based_on = \"gongwen\"\n\n[page]\nwatermark = \"内部资料\"\n");
        project.change("templates/school.md", "样式：gongwen", "样式：styles/内部.toml");
        let (layout, warnings) = set(&project, 0);
        assert!(warnings.is_empty(), "{warnings:?}");
        let sloping = layout.pages.pages[0].items.iter().filter_map(|item| match item {
            Item::Text(run) if run.slope != 0.0 => {
                Some(run.glyphs.iter().map(|glyph| glyph.character).collect::<String>())
            }
            _ => None,
        });
        sloping.collect::<String>()
    };
    assert_eq!(behind("主题：函"), "内部资料");
    assert_eq!(behind("水印：草稿"), "草稿");
    assert_eq!(behind("水印：无"), "");
}

#[test]
fn a_seal_stands_on_the_name_and_the_date() {
    let project = letter("署名：XX市教育委员会\n日期：2024年1月15日\n印章：章{{代码}}.png", LETTER);
    let (layout, warnings) = set(&project, 0);
    assert!(warnings.is_empty(), "{warnings:?}");
    let page = &layout.pages.pages[0];
    let seal = &shown(&layout)[0];
    assert!((seal.width_pt - 42.0 / 25.4 * 72.0).abs() < 0.1 && seal.description == "印章");
    let lines_of = |wanted: char| {
        let runs = page.items.iter().filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None });
        let mut of = runs.filter(|run| run.glyphs.iter().any(|glyph| glyph.character == wanted));
        of.next().map(|run| run.baseline_pt).unwrap()
    };
    let (name, date) = (lines_of('委'), lines_of('月'));
    let middle = seal.y_pt + seal.height_pt / 2.0;
    assert!(name < date && (name - 12.0..date).contains(&middle), "{name} {middle} {date}");
    // over the text
    let at = |wanted: &dyn Fn(&Item) -> bool| page.items.iter().position(wanted).unwrap();
    let has_name =
        |item: &Item| matches!(item, Item::Text(run) if run.glyphs.iter().any(|glyph| glyph.character == '委'));
    assert!(at(&has_name) < at(&|item| matches!(item, Item::Picture(_))));
    assert_eq!(project.run(&["build", "--fonts", "carried", "--report", "school"]).0, 1, "two schools have no seal");
    let document = part(&fs::read(project.path("out/01.docx")).unwrap(), "word/document.xml");
    let document = String::from_utf8(document).unwrap();
    assert!(document.contains("<wp:anchor ") && document.contains("behindDoc=\"0\""), "{document}");
}

#[test]
fn each_name_of_a_joint_document_has_its_seal() {
    let project = letter("署名：甲局、乙局、丙局\n日期：2024年1月15日\n印章：章01.png、校徽.svg、章01.png", LETTER);
    let seals = shown(&set(&project, 0).0);
    assert_eq!(seals.len(), 3);
    assert!(seals.windows(2).all(|pair| pair[0].x_pt + pair[0].width_pt <= pair[1].x_pt + 0.1), "none touches another");
    assert!(seals[1].image.drawing.is_some());
}

#[test]
fn a_seal_that_is_not_there_is_told_with_its_line() {
    let project = letter("署名：甲局\n印章：章02.png", LETTER);
    let (plan, _) = Plan::read(&project.path(""), Choice::default());
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let problems = plan.unwrap().on_pages(0, &fonts).unwrap_err();
    assert_eq!(problems[0].code, "batch.cannot-read");
    assert!(problems[0].place.to_string().contains("school.md:5:4"), "{:?}", problems[0].place);
}

#[test]
fn the_line_below_pictures_is_never_on_another_page_than_the_last_of_them() {
    for height in (88..112).step_by(2) {
        let tag = format!("{{{{照片墙 全部.学校 照片=\"照片\" 每行=1 宽=\"120mm\" 高=\"{height}mm\" 题=\"掠影\"}}}}");
        let (layout, _) = set(&project(&format!("第一段。\n\n{tag}")), 0);
        let pages = &layout.pages.pages;
        let page_of = |wanted: &dyn Fn(&Item) -> bool| pages.iter().rposition(|page| page.items.iter().any(wanted));
        let caption =
            |item: &Item| matches!(item, Item::Text(run) if run.glyphs.iter().any(|glyph| glyph.character == '掠'));
        assert_eq!(page_of(&caption), page_of(&|item| matches!(item, Item::Picture(_))), "{height} mm");
    }
}

#[test]
fn a_table_shows_the_pictures_of_its_cells() {
    let project = project("{{表格 全部.学校 列=\"代码，名称，照片\"}}");
    let (layout, warnings) = set(&project, 0);
    assert!(warnings.is_empty(), "{warnings:?}");
    let pictures = shown(&layout);
    assert_eq!(pictures.len(), 2, "a file's name is a word in a table");
    let mm = |points: f32| points / 72.0 * 25.4;
    let sizes: Vec<_> = pictures.iter().map(|one| (mm(one.width_pt).round(), mm(one.height_pt).round())).collect();
    assert_eq!(sizes, [(30.0, 15.0), (30.0, 23.0)]);
    assert!(pictures[0].y_pt + pictures[0].height_pt <= pictures[1].y_pt);
}
