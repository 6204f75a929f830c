//! The runs of a paragraph in docx-rs's words: text, links, fields and bookmarks.

use std::collections::BTreeMap;
use std::sync::Arc;

use docx_rs::{
    BookmarkEnd, BookmarkStart, Break, BreakType, FieldChar, FieldCharType, FootnoteReference, Hyperlink,
    HyperlinkData, InstrText, ParagraphChild, Run as Built, RunChild, RunProperty, Tab, Text,
};

use super::body::Part;
use super::character::{note_number_property, one_face, run_property};
use super::text::stretches;
use super::xml::clean;
use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, Bookmark, Bound, CharacterFormat, Content, Count, Document, Field, Instruction, Link, Paragraph, Run,
    SYMBOL_FACE, Script, StyledText, VerticalPosition, number,
};

/// The bookmarks of a file by their names.
#[derive(Debug, Default)]
pub struct Bookmarks {
    ids: BTreeMap<Arc<str>, usize>,
}

impl Bookmarks {
    /// The number of a bookmark that begins.
    fn begin(&mut self, name: &Arc<str>) -> usize {
        let next = self.ids.len();
        *self.ids.entry(Arc::clone(name)).or_insert(next)
    }

    fn of(&self, name: &str) -> Option<usize> {
        self.ids.get(name).copied()
    }
}

impl Part<'_> {
    /// The runs of a paragraph; those that lead to one place are one link.
    ///
    /// # Errors
    /// Something that is not written.
    pub fn runs(&mut self, paragraph: &Paragraph) -> Result<Vec<ParagraphChild>, Diagnostic> {
        let mut children = Vec::with_capacity(paragraph.runs.len());
        let mut rest = paragraph.runs.as_slice();
        while let Some(first) = rest.first() {
            let link = first.format.link.as_ref().and_then(Option::as_ref);
            let same = |run: &&Run| run.format.link.as_ref().and_then(Option::as_ref) == link;
            let (linked, after) = rest.split_at(rest.iter().take_while(same).count());
            rest = after;
            match link {
                None => self.stretch(paragraph, linked, &mut children)?,
                Some(link) => {
                    let mut within = Vec::with_capacity(linked.len());
                    self.stretch(paragraph, linked, &mut within)?;
                    let link = self.link(link);
                    children.push(ParagraphChild::Hyperlink(Hyperlink { link, history: Some(1), children: within }));
                }
            }
        }
        Ok(children)
    }

    fn stretch(
        &mut self,
        paragraph: &Paragraph,
        runs: &[Run],
        children: &mut Vec<ParagraphChild>,
    ) -> Result<(), Diagnostic> {
        let mut runs = runs.iter().peekable();
        while let Some(run) = runs.next() {
            self.note_fonts(&run.format);
            if let Content::Text(_) = &run.content
                && let Some(note) = self.number_of_note(run, runs.peek().copied())
            {
                let property = note_number_property(&run.format, &mut self.asides);
                let number = RunChild::FootnoteReference(FootnoteReference::new(note));
                children.push(self::run(property, vec![number]));
                continue;
            }
            let property = run_property(&run.format, &mut self.asides);
            let child = match &run.content {
                Content::Text(text) => {
                    // neighbours of one format are one text: the script of a space or mark may hang on what is beside it
                    let mut text = clean(text);
                    let goes_on = |next: &Run| next.format == run.format && matches!(next.content, Content::Text(_));
                    while let Some(next) = runs.next_if(|next| goes_on(next)) {
                        if let Content::Text(more) = &next.content {
                            text.to_mut().push_str(&clean(more));
                        }
                    }
                    self.text(paragraph, &run.format, &property, &text, children);
                    continue;
                }
                Content::Tab => vec![RunChild::Tab(Tab::new())],
                Content::LineBreak => vec![RunChild::Break(Break::new(BreakType::TextWrapping))],
                Content::PageBreak => vec![RunChild::Break(Break::new(BreakType::Page))],
                Content::ColumnBreak => vec![RunChild::Break(Break::new(BreakType::Column))],
                Content::Float(float) => vec![self.float(float)?],
                // the number before it is written with it
                Content::Note(_) => continue,
                Content::Bookmark(Bookmark::Named(name)) => {
                    let id = self.shared.bookmarks.begin(name);
                    children.push(ParagraphChild::BookmarkStart(BookmarkStart::new(id, clean(name))));
                    let ends =
                        |run: &Run| matches!(&run.content, Content::Bound(Bound::BookmarkEnd(end)) if end == name);
                    if !paragraph.runs.iter().any(ends) {
                        children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id)));
                    }
                    continue;
                }
                Content::Bound(Bound::BookmarkEnd(name)) => {
                    let id = self.shared.bookmarks.of(name);
                    children.extend(id.map(|id| ParagraphChild::BookmarkEnd(BookmarkEnd::new(id))));
                    continue;
                }
                // a word processor finds the text by its style
                Content::Bookmark(Bookmark::Styled { .. }) => continue,
                Content::Bound(Bound::FieldBegin(instruction)) => field_begin(instruction),
                Content::Bound(Bound::FieldEnd) => vec![RunChild::FieldChar(FieldChar::new(FieldCharType::End))],
                Content::Field(field) => self.field(*field),
                Content::Picture(picture) => vec![self.picture(picture)],
                Content::Chart(drawing) => vec![self.chart(drawing)],
                Content::Formula(formula) => {
                    self.text(paragraph, &run.format, &property, &clean(&formula.text), children);
                    continue;
                }
            };
            children.push(self::run(property, child));
        }
        Ok(())
    }

    /// The footnote whose number a run is: in the text that of the mark that follows, in the footnote its own.
    fn number_of_note(&mut self, run: &Run, next: Option<&Run>) -> Option<usize> {
        match next.map(|next| &next.content) {
            Some(Content::Note(note)) => Some(note + 1),
            _ if run.format.position == Some(VerticalPosition::Superscript) => self.own_number.take(),
            _ => None,
        }
    }

    fn text(
        &mut self,
        paragraph: &Paragraph,
        format: &CharacterFormat,
        property: &RunProperty,
        text: &str,
        children: &mut Vec<ParagraphChild>,
    ) {
        let sheet = self.sheet;
        let style = &sheet.style(paragraph.style).character;
        let symbol_face = SYMBOL_FACE.into();
        for stretch in stretches(text, sheet.document.styles.typography.full_width_quotes) {
            let mut property = property.clone();
            if stretch.doubtful {
                let east_asian = stretch.script == Script::EastAsian;
                let face = if stretch.symbols {
                    self.note_font(&symbol_face);
                    &symbol_face
                } else if east_asian {
                    format.east_asian_font.as_ref().unwrap_or(&style.east_asian_font)
                } else {
                    format.latin_font.as_ref().unwrap_or(&style.latin_font)
                };
                property.fonts = Some(one_face(face, east_asian));
            }
            children.push(run(property, vec![RunChild::Text(Text::new(&text[stretch.range]))]));
        }
    }

    fn link(&mut self, link: &Link) -> HyperlinkData {
        match link {
            Link::Bookmark(name) => HyperlinkData::Anchor { anchor: clean(name).into_owned() },
            Link::Address(address) => {
                let at = self.links.iter().position(|known| known == address).unwrap_or_else(|| {
                    self.links.push(address.clone());
                    self.links.len() - 1
                });
                HyperlinkData::External { rid: link_relation(at), path: String::new() }
            }
        }
    }

    /// A field with a result for readers that compute none.
    fn field(&self, field: Field) -> Vec<RunChild> {
        let document = self.sheet.document;
        let (instruction, result) = match field {
            Field::Page => ("PAGE".to_owned(), "1".to_owned()),
            Field::PageCount => ("NUMPAGES".to_owned(), "1".to_owned()),
            Field::Count(count, format) => {
                let kind = match count {
                    Count::Page => "PAGE",
                    Count::Pages => "NUMPAGES",
                    Count::SectionPages => "SECTIONPAGES",
                    Count::Section => "SECTION",
                };
                let format_name = format.and_then(Instruction::format_name);
                let switch = format_name.map(|name| format!(" \\* {name}")).unwrap_or_default();
                (format!("{kind}{switch}"), number(1, format.unwrap_or_default()))
            }
            Field::Styled(wanted) => styled(document, wanted),
        };
        let mut children = field_begin(&instruction);
        children.push(RunChild::Text(Text::new(result)));
        children.push(RunChild::FieldChar(FieldChar::new(FieldCharType::End)));
        children
    }
}

/// `STYLEREF`: a level of headings by its number, which every language's Word knows; and what it shows first.
fn styled(document: &Document, wanted: StyledText) -> (String, String) {
    let style = document.styles.paragraph_styles.get(wanted.style as usize);
    let name = match style.map(|style| (style.paragraph.outline_level.flatten(), style.name.as_str())) {
        Some((Some(level), _)) => (level + 1).to_string(),
        Some((None, name)) => format!("\"{}\"", clean(name).replace('"', "")),
        None => "1".to_owned(),
    };
    let last = if wanted.last { " \\l" } else { "" };
    let runs = document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(&paragraph.runs),
        Block::Table(_) => None,
    });
    let text = runs.flatten().find_map(|run| match &run.content {
        Content::Bookmark(Bookmark::Styled { style, text }) if *style == wanted.style => Some(text.to_string()),
        _ => None,
    });
    (format!("STYLEREF {name}{last}"), text.unwrap_or_default())
}

/// The relation identifier of a part's link to an address.
pub fn link_relation(at: usize) -> String {
    format!("rIdLink{}", at + 1)
}

fn field_begin(instruction: &str) -> Vec<RunChild> {
    vec![
        RunChild::FieldChar(FieldChar::new(FieldCharType::Begin)),
        RunChild::InstrText(Box::new(InstrText::Unsupported(clean(instruction).into_owned()))),
        RunChild::FieldChar(FieldChar::new(FieldCharType::Separate)),
    ]
}

fn run(run_property: RunProperty, children: Vec<RunChild>) -> ParagraphChild {
    ParagraphChild::Run(Box::new(Built { run_property, children }))
}
