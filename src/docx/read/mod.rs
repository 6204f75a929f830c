//! Reads a .docx of any make into the document model, to be set on pages.
//!
//! `package` opens the file, `tree` reads its parts, `styles`, `theme`, `lists` and `book` have what all texts share.
//! A `Story` reads one text: its blocks (`story`, `table`), what stands in its paragraphs (`inline`, `field`, `notes`),
//! and its drawings (`drawing`, `vml`). What cannot be shown is told in a warning with its place.

mod book;
mod chart;
mod chart_axis;
mod chart_data;
mod chart_labels;
#[cfg(test)]
mod chart_tests;
mod drawing;
mod drawing_text;
mod equation;
mod field;
mod formula;
mod frame;
mod geometry;
mod inline;
mod lists;
mod math;
mod measure;
mod merge;
mod notes;
mod package;
mod picture;
mod position;
mod problem;
mod properties;
mod running;
mod section;
mod shape;
mod story;
mod styles;
mod symbols;
mod table;
mod table_style;
#[cfg(test)]
mod tests;
mod theme;
mod tree;
mod unshown;
mod unshown_drawing;
mod vml;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Words};
use crate::document::memory::MOST_MEMORY;
use crate::document::{Block, Document, Info, Kinsoku, PageSetup, Section, Typography, VerticalAlign};
use book::{Book, Settings};
use lists::Lists;
pub use package::KnownParts;
use package::Package;
use section::Margins;
use story::Story;
use styles::Styles;
use theme::Theme;
use tree::Element;

/// A .docx file as a document, and warnings of what in it is not shown.
///
/// # Errors
/// It is no .docx, damaged, locked, or too large.
pub fn read(file: &str, bytes: &[u8]) -> Result<(Document, Vec<Diagnostic>), Diagnostic> {
    read_within(file, bytes, MOST_MEMORY, None)
}

/// The same, of a document that may take so many bytes of memory, and whose parts may be known from others.
///
/// # Errors
/// As for [`read`].
pub fn read_within(
    file: &str,
    bytes: &[u8],
    memory: u64,
    known: Option<&KnownParts>,
) -> Result<(Document, Vec<Diagnostic>), Diagnostic> {
    let package = Package::open(file, bytes, memory)?.with_known(known);
    let path = package.document_path()?;
    let relations = package.relations(&path)?;
    let part = |kind: &str| match relations.of_kind(kind) {
        Some(path) => package.tree(path),
        None => Ok(None),
    };
    let tree = package.own_tree(&path)?.ok_or_else(|| problem::no_docx(file))?;
    let styles_part = part("styles")?;
    let settings_part = part("settings")?;
    let settings = Settings::read(settings_part.as_deref());
    let language = styles_part
        .as_ref()
        .and_then(|styles| styles.child("w:docDefaults")?.child("w:rPrDefault")?.child("w:rPr")?.child("w:lang"))
        .and_then(|language| language.attribute("w:eastAsia"))
        .map(str::to_owned);
    let running = running::Running::read(&package, &relations, styles_part.as_deref())?;
    let theme_language = settings.language.as_deref().or(language.as_deref());
    let theme = Theme::read(part("theme")?.as_deref(), theme_language);
    let lists = Lists::read(part("numbering")?.as_deref(), &theme);
    let east_asian = language.as_deref().is_some_and(properties::is_east_asian);
    let styles = Styles::read(styles_part.as_deref(), &theme, &lists, east_asian);
    let core = package.relations("")?.of_kind("core-properties").map(|path| package.tree(path)).transpose()?.flatten();
    let info = info(core.as_deref(), language);
    let mut book = Book::new(file, package, relations.clone(), theme, (styles, lists, settings));
    book.running = Arc::new(running);
    for what in settings_part.as_deref().into_iter().flat_map(unshown::of_settings) {
        book.not_shown(&Words::new("文档的设置", "document's settings"), "", &what);
    }
    let mut bodies = tree.children.into_iter().filter(|child| child.name.as_ref() == "w:body");
    let mut body = bodies.next().unwrap_or_default();
    // a document has one, but some programs write more
    body.children.extend(bodies.flat_map(|more| more.children));
    let sections = sections(&mut book, &relations, &body)?;
    let has_notes = !book.notes.footnotes.is_empty();
    let note_separator = if has_notes { notes::separator(&mut book, "footnotes") } else { Vec::new() };
    for name in std::mem::take(&mut book.lists.unknown_formats) {
        let what =
            Words::new(format!("编号格式 {name}（写成 1、2、3）"), format!("number format {name} (written 1, 2, 3)"));
        book.not_shown(&Words::new("列表", "lists"), "", &what);
    }
    for what in std::mem::take(&mut book.lists.unshown) {
        book.not_shown(&Words::new("列表", "lists"), "", &what);
    }
    if book.more_warnings > 0 {
        book.warnings.push(problem::more_not_shown(file, book.more_warnings));
    }
    let mut sheet = book.styles.sheet;
    sheet.numberings = book.lists.definitions;
    book.settings.rules.notes_by_page = book.notes.by_page;
    sheet.typography = typography(&book.settings);
    let document = Document {
        info,
        styles: Arc::new(sheet),
        lists: book.lists.lists,
        sections,
        sources: Vec::new(),
        notes: book.notes.footnotes,
        note_separator,
    };
    Ok((document, book.warnings))
}

/// Refuses a file that is larger than the memory that it may take, before it is read.
///
/// # Errors
/// It is larger.
pub fn check_size(file: &str, bytes: u64, memory: u64) -> Result<(), Diagnostic> {
    if bytes > memory { Err(problem::too_large(file, memory)) } else { Ok(()) }
}

fn typography(settings: &Settings) -> Typography {
    let own = Kinsoku::word();
    Typography {
        kinsoku: Kinsoku {
            not_at_start: settings.not_at_start.clone().unwrap_or(own.not_at_start),
            not_at_end: settings.not_at_end.clone().unwrap_or(own.not_at_end),
        },
        compress_punctuation: settings.compress_punctuation,
        default_tab: settings.default_tab,
        word: Some(settings.rules),
        ..Typography::default()
    }
}

fn info(core: Option<&Element>, language: Option<String>) -> Info {
    let of = |name: &str| core.and_then(|core| core.child(name)).map(|found| found.text.trim().to_owned());
    let text = |name: &str| of(name).unwrap_or_default();
    let date = of("dcterms:created").and_then(|date| date.get(..10).map(str::to_owned));
    Info {
        title: text("dc:title"),
        subject: text("dc:subject"),
        author: text("dc:creator"),
        keywords: text("cp:keywords")
            .split([',', '，', ';'])
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        language: language.filter(|language| language.contains('-')).unwrap_or_else(|| "zh-CN".to_owned()),
        date: date.filter(|date| date.chars().all(|c| c.is_ascii_digit() || c == '-')),
    }
}

fn is_vertical(section: &Element) -> bool {
    section.child_value("w:textDirection").is_some_and(|direction| !matches!(direction, "lrTb" | "tb"))
}

/// The sections: a paragraph that has a section's properties is its last one.
fn sections(book: &mut Book, relations: &package::Relations, body: &Element) -> Result<Vec<Section>, Diagnostic> {
    let ends: Vec<(usize, &Element)> = body
        .children
        .iter()
        .enumerate()
        .filter_map(|(at, child)| match child.name.as_ref() {
            "w:sectPr" => Some((at, child)),
            "w:p" => Some((at, child.child("w:pPr")?.child("w:sectPr")?)),
            _ => None,
        })
        .collect();
    let none = Element::default();
    let ends = if ends.is_empty() { vec![(body.children.len(), &none)] } else { ends };
    let mut sections = Vec::new();
    let mut margins = Margins::default();
    let mut from = 0;
    let mut fields = field::Fields::default();
    let last = ends.last().map(|(at, _)| *at);
    for (at, properties) in ends {
        let page = section::page(properties);
        for what in unshown::of_children(Some(properties)) {
            book.not_shown(&Words::new("节的版面", "page setup"), "", &what);
        }
        book.notes.begin_section(properties, &book.settings);
        margins.take(properties, book, page.text_width())?;
        for (shows, zh, en) in [
            (
                page.vertical_align != VerticalAlign::Top,
                "整页文字的垂直对齐",
                "the vertical place of the text on its page",
            ),
            (properties.child("w:lnNumType").is_some(), "行号", "line numbers"),
            (is_vertical(properties), "竖排（横排）", "vertical text (set from left to right)"),
        ] {
            if shows {
                book.not_shown(&Words::new("正文", "body"), "", &Words::new(zh, en));
            }
        }
        let first_differs = properties.switch("w:titlePg").unwrap_or(false);
        let even_differs = book.settings.even_and_odd;
        let width = page.columns.widths.first().map_or(page.text_width(), |(width, _)| *width);
        let mut story = Story::new(book, relations, Words::new("正文", "body"), width);
        story.fields = std::mem::take(&mut fields);
        let mut blocks: Vec<Block> = Vec::new();
        for child in body.children.get(from..(at + 1).min(body.children.len())).unwrap_or_default() {
            story.block(child, &mut blocks);
        }
        story.end(&mut blocks);
        fields = story.fields;
        if book.settings.endnotes_by_section || Some(at) == last {
            notes::end(book, &mut blocks);
        }
        from = at + 1;
        sections.push(Section {
            page,
            header: margins.header.shown(first_differs, even_differs),
            footer: margins.footer.shown(first_differs, even_differs),
            blocks,
        });
    }
    if sections.is_empty() {
        sections.push(Section { page: PageSetup::default(), ..Section::default() });
    }
    Ok(sections)
}
