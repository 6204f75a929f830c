//! Reads the text of a merged template as Markdown and makes a document of it.
//!
//! Values from data stand in the text as placeholders and are put in their places after the text has been read, so that
//! no cell can turn into markup.

mod blocks;
mod date;
mod header_cells;
mod headings;
mod inline;
mod measure;
mod problem;
mod signature;
mod table;
mod text;
mod title;
mod widths;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use comrak::{Arena, Options, parse_document};

use super::inserts::Inserts;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, Info, Paragraph, ParagraphFormat, Section};
use crate::style::{NUMBERED, Style, id};

/// What the front matter says of one report: tags replaced, values still held by placeholders.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    pub title: String,
    pub subtitle: String,
    /// Main recipient.
    pub to: String,
    /// Issuer.
    pub signed: String,
    pub date: String,
    pub subject: String,
    pub keywords: String,
}

/// Makes a document of a merged template. The diagnostics are warnings; they have no place, since the text is no longer
/// the template's.
pub(super) fn to_document(body: &str, head: &Head, inserts: Inserts, style: &Style) -> (Document, Vec<Diagnostic>) {
    let plain = |text: &str| inline::plain(text, &inserts);
    let info = Info {
        title: plain(&head.title),
        subject: plain(&head.subject),
        author: plain(&head.signed),
        keywords: keywords(&plain(&head.keywords)),
        language: "zh-CN".to_owned(),
        date: date::iso(&plain(&head.date)),
    };
    let arena = Arena::new();
    let root = parse_document(&arena, body, &options());

    let mut writer = blocks::Writer::new(style, &inserts);
    write_head(&mut writer, head, style);
    writer.write(root);
    let (mut blocks, lists, problems) = writer.finish();
    signature::append(&mut blocks, head, &inserts, style);

    let section = Section {
        page: style.page.clone(),
        header: style.header_with_title(&info.title),
        footer: style.footer_with_title(&info.title),
        blocks,
    };
    let document = Document {
        info,
        styles: Arc::clone(&style.sheet),
        lists,
        sections: vec![section],
        sources: inserts.sources,
        notes: Vec::new(),
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
    let root = parse_document(&arena, text, &options());
    let mut writer = blocks::Writer::new(style, inserts);
    writer.count_from(*counted);
    writer.write(root);
    *counted = writer.counted();
    let (mut blocks, lists, _) = writer.finish();
    // A document must not end with a table; what comes after this one is not known here.
    if let [.., Block::Table(_), Block::Paragraph(last)] = blocks.as_slice()
        && last.runs.is_empty()
    {
        blocks.pop();
    }
    (blocks, lists.into_iter().map(|list| list == NUMBERED).collect())
}

/// Title, subtitle, main recipient.
fn write_head(writer: &mut blocks::Writer<'_>, head: &Head, look: &Style) {
    let subtitle = !head.subtitle.trim().is_empty();
    for (text, style) in [(&head.title, id::TITLE), (&head.subtitle, id::SUBTITLE), (&head.to, id::RECIPIENT)] {
        if text.trim().is_empty() {
            continue;
        }
        let mut runs = text::RunBuilder::default();
        inline::expand(text.trim(), &mut runs, writer.inserts());
        if style == id::RECIPIENT && !runs.ends_with(&['：', ':']) {
            runs.text("：", &Default::default(), None);
        }
        let mut format = ParagraphFormat::default();
        if style == id::TITLE && subtitle {
            format.space_after = Some(crate::document::Length::ZERO);
        }
        let mut runs = runs.finish();
        if style == id::TITLE {
            let character = look.sheet.style_character_format(writer.style(style));
            let line_em = look.page.text_width().to_pt() / (character.size + character.spacing).to_pt().max(1.0);
            runs = title::balance(runs, line_em, &look.sheet.typography.kinsoku);
        }
        let paragraph = Paragraph { style: writer.style(style), format, runs, ..Paragraph::default() };
        writer.push(Block::Paragraph(paragraph));
    }
}

fn keywords(text: &str) -> Vec<String> {
    text.split(['、', '，', ',']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.cjk_friendly_emphasis = true;
    // `---` right below a line begins a new page too; headings are written with `#`
    options.parse.ignore_setext = true;
    options
}
