//! Reads the text of a merged template as Markdown and makes a document of it.
//!
//! Values from data stand in the text as placeholders and are put in their places after the text has been read, so that
//! no cell can turn into markup.

mod anchors;
mod blocks;
mod by_kind;
mod contents;
mod cover;
mod header_cells;
mod headings;
mod inline;
mod measure;
mod notes;
mod official;
mod parts;
mod problem;
mod references;
mod row_height;
mod sections;
mod table;
mod text;
mod title;
mod watermark;
mod widths;

pub(super) use inline::plain;
pub(super) use references::Typed;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use comrak::{Arena, Options, parse_document};

use super::front_matter::{Head, Key, OfficialForm, date};
use super::inserts::Inserts;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, Info, Paragraph, ParagraphFormat};
use crate::style::{NUMBERED, Style, id};
use blocks::Written;
use official::attachments::Attached;
use references::Titles;
use sections::Sections;

/// Makes a document of a merged template. The diagnostics have no place, since the text is no longer the template's, but
/// for references, whose places `typed` knows.
pub(super) fn to_document(
    body: &str,
    head: &Head,
    inserts: Inserts,
    style: &Style,
    typed: &Typed,
) -> (Document, Vec<Diagnostic>) {
    let plain = |key: Key| inline::plain(head.text(key), &inserts);
    let info = Info {
        title: inline::plain(&without_breaks(head.text(Key::Title), ""), &inserts),
        subject: plain(Key::Subject),
        author: plain(Key::Signed),
        keywords: keywords(&plain(Key::Keywords)),
        language: "zh-CN".to_owned(),
        date: date::iso(&plain(Key::Date)),
    };
    let arena = Arena::new();
    let root = parse_document(&arena, body, &options(true));

    let (above, title) = (official::head(head, &inserts, style), titled(head, &inserts, style));
    let mut writer = blocks::Writer::new(style, &inserts);
    writer.below_title(!above.is_empty() || !title.is_empty());
    writer.write(root);
    let Written { parts, anchors, mut notes, lists, mut problems } = writer.finish();
    let attached = Attached::of(head, &parts, &inserts, &mut problems);

    let mut sections = Sections::new(style, &info.title);
    // a text of one paragraph stays below its head, wherever the signature finds room
    let short =
        parts.first().is_some_and(|text| text.stretches.iter().map(|stretch| stretch.blocks.len()).sum::<usize>() <= 1);
    let kept = above.is_empty() || !short;
    sections.add(false, above);
    sections.add(false, title);
    for (at, part) in parts.into_iter().enumerate() {
        if let Some(at) = at.checked_sub(1) {
            // an attachment that is nothing but a wide table has its title above that
            let turned = part.stretches.first().is_some_and(|stretch| stretch.turned);
            sections.add(turned, attached.opening(at, &part, style));
        }
        for stretch in part.stretches {
            sections.add(stretch.turned, stretch.blocks);
        }
        if at == 0 {
            sections.add_below(official::close(&attached, head, &inserts, style), kept);
        }
    }
    sections.add(false, official::imprint(head, &inserts, style));
    let mut text = sections.finish();
    if head.form == OfficialForm::Letter {
        official::set_pages_of_letter(&mut text, style);
    }
    let mut used = BTreeSet::new();
    let titles = Titles::of(&anchors);
    for blocks in notes.iter_mut().chain(text.iter_mut().map(|section| &mut section.blocks)) {
        references::resolve(blocks, &titles, &mut used, &mut |title| {
            let problem = titles.nothing_of(title, typed);
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        });
    }
    let contents = contents::blocks(head.contents, &anchors, &mut used, style);
    for blocks in notes.iter_mut().chain(text.iter_mut().map(|section| &mut section.blocks)) {
        anchors::drop_unused(blocks, &used);
    }
    let cover = if head.cover { cover::blocks(head, &inserts, style) } else { Vec::new() };
    let mut sections = sections::with_preface(cover, contents, text, &info.title, style);
    watermark::add(&plain(Key::Watermark), &mut sections, style);
    let document = Document {
        info,
        styles: Arc::clone(&style.sheet),
        lists,
        sections,
        sources: inserts.sources,
        notes,
        note_separator: Vec::new(),
    };
    (document, problems)
}

/// Makes blocks of a text that will stand in another document; tables and figures are counted on from `counted`. With
/// the blocks come the lists that their items are in: whether each is numbered.
pub(super) fn fragment(
    text: &str,
    inserts: &Inserts,
    style: &Style,
    counted: &mut (u32, u32),
) -> (Vec<Block>, Vec<bool>) {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options(false));
    let mut writer = blocks::Writer::new(style, inserts);
    writer.count_from(*counted);
    writer.write(root);
    *counted = writer.counted();
    let Written { parts, anchors, lists, .. } = writer.finish();
    let attached = Attached::of(&Head::default(), &parts, inserts, &mut Vec::new());
    let mut blocks = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        blocks.extend(at.checked_sub(1).into_iter().flat_map(|at| attached.opening(at, &part, style)));
        blocks.extend(part.stretches.into_iter().flat_map(|stretch| stretch.blocks));
    }
    references::resolve(&mut blocks, &Titles::of(&anchors), &mut BTreeSet::new(), &mut |_| ());
    anchors::drop_unused(&mut blocks, &BTreeSet::new());
    // A document must not end with a table; what comes after this one is not known here.
    if let [.., Block::Table(_), Block::Paragraph(last)] = blocks.as_slice()
        && last.runs.is_empty()
    {
        blocks.pop();
    }
    (blocks, lists.into_iter().map(|list| list == NUMBERED).collect())
}

/// Title, subtitle, main recipient.
fn titled(head: &Head, inserts: &Inserts, look: &Style) -> Vec<Block> {
    let mut blocks = Vec::new();
    let subtitle = !head.text(Key::Subtitle).is_empty();
    for (key, id) in [(Key::Title, id::TITLE), (Key::Subtitle, id::SUBTITLE), (Key::To, id::RECIPIENT)] {
        let text = head.text(key);
        if text.is_empty() || (head.cover && key != Key::To) {
            continue;
        }
        let mut runs = text::RunBuilder::default();
        if key == Key::Title {
            inline::expand(&without_breaks(text, "\n"), &mut runs, inserts);
        } else {
            inline::expand(text, &mut runs, inserts);
        }
        if key == Key::To && !runs.ends_with(&['：', ':']) {
            runs.text("：", &Default::default(), None);
        }
        let style = look.sheet.find(id).unwrap_or_default();
        let mut format = ParagraphFormat::default();
        if key == Key::Title && subtitle {
            format.space_after = Some(crate::document::Length::ZERO);
        }
        let mut runs = runs.finish();
        if key == Key::Title {
            runs = title::in_lines(runs, style, look);
        }
        blocks.push(Block::Paragraph(Paragraph { style, format: format.into(), runs, ..Paragraph::default() }));
    }
    blocks
}

/// A title as typed, with something else in the places where its author wants lines to end.
fn without_breaks(title: &str, with: &str) -> String {
    title.split(['|', '｜']).map(str::trim).collect::<Vec<_>>().join(with)
}

fn keywords(text: &str) -> Vec<String> {
    text.split(['、', '，', ',']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// How the text is read, with footnotes or without.
fn options(notes: bool) -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.insert = true;
    options.extension.highlight = true;
    options.extension.superscript = true;
    options.extension.subscript = true;
    options.extension.cjk_friendly_emphasis = true;
    options.extension.footnotes = notes;
    // `---` right below a line begins a new page too; headings are written with `#`
    options.parse.ignore_setext = true;
    options
}
