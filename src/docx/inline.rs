//! The runs of a paragraph: text, links, fields and bookmarks.

use std::collections::BTreeMap;
use std::sync::Arc;

use docx_rs::{
    BookmarkEnd, BookmarkStart, Break, BreakType, BuildXML, FieldChar, FieldCharType, FootnoteReference, InstrText,
    RunChild, Tab, Text,
};

use super::aside::Asides;
use super::body::{Part, finished};
use super::character::{note_number_property, one_face, run_property};
use super::text::stretches;
use super::xml::{clean, escape};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, Bookmark, Bound, CharacterFormat, Content, Count, Document, Field, FontName, Instruction, Link, Own,
    Paragraph, Run, SYMBOL_FACE, Script, StyledText, VerticalPosition, number,
};

/// One face for every character of a run, whatever script a reader takes it for.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    name: FontName,
    /// Whether they are East Asian.
    east_asian: bool,
}

/// What a run is that holds the number of a footnote.
enum NoteNumber {
    /// In the text, of this footnote.
    Reference(usize),
    /// In the footnote itself.
    Own,
}

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
    /// Adds the runs of a paragraph; those that lead to one place are one link.
    ///
    /// # Errors
    /// Something that is not written.
    pub fn runs(&mut self, paragraph: &Paragraph) -> Result<(), Diagnostic> {
        let mut rest = paragraph.runs.as_slice();
        while let Some(first) = rest.first() {
            let link = first.format.link.as_ref().and_then(Option::as_ref);
            let same = |run: &&Run| run.format.link.as_ref().and_then(Option::as_ref) == link;
            let (linked, after) = rest.split_at(rest.iter().take_while(same).count());
            rest = after;
            if let Some(link) = link {
                let link = self.link(link);
                self.add(format!("<w:hyperlink{link} w:history=\"1\">"));
            }
            self.stretch(paragraph, linked)?;
            if link.is_some() {
                self.add("</w:hyperlink>");
            }
        }
        Ok(())
    }

    fn stretch(&mut self, paragraph: &Paragraph, runs: &[Run]) -> Result<(), Diagnostic> {
        let mut runs = runs.iter().peekable();
        while let Some(run) = runs.next() {
            self.note_fonts(&run.format);
            if let Content::Text(_) = &run.content
                && let Some(number) = self.number_of_note(run, runs.peek().copied())
            {
                self.note_number(&run.format, &number)?;
                continue;
            }
            match &run.content {
                Content::Text(text) => {
                    // neighbours of one format are one text: the script of a space or mark may hang on what is beside it
                    let mut text = clean(text);
                    let goes_on = |next: &Run| next.format == run.format && matches!(next.content, Content::Text(_));
                    while let Some(next) = runs.next_if(|next| goes_on(next)) {
                        if let Content::Text(more) = &next.content {
                            text.to_mut().push_str(&clean(more));
                        }
                    }
                    self.text(paragraph, &run.format, &text)?;
                }
                Content::Formula(formula) => self.text(paragraph, &run.format, &clean(&formula.text))?,
                // the number before it is written with it
                Content::Note(_) => {}
                Content::Bookmark(Bookmark::Named(name)) => {
                    let id = self.shared.bookmarks.begin(name);
                    self.add(BookmarkStart::new(id, clean(name)).build());
                    let ends =
                        |run: &Run| matches!(&run.content, Content::Bound(Bound::BookmarkEnd(end)) if end == name);
                    if !paragraph.runs.iter().any(ends) {
                        self.add(BookmarkEnd::new(id).build());
                    }
                }
                Content::Bound(Bound::BookmarkEnd(name)) => {
                    if let Some(id) = self.shared.bookmarks.of(name) {
                        self.add(BookmarkEnd::new(id).build());
                    }
                }
                // a word processor finds the text by its style
                Content::Bookmark(Bookmark::Styled { .. }) => {}
                Content::Tab => self.run_of(&run.format, &[RunChild::Tab(Tab::new())])?,
                Content::LineBreak => self.run_of(&run.format, &[break_of(BreakType::TextWrapping)])?,
                Content::PageBreak => self.run_of(&run.format, &[break_of(BreakType::Page)])?,
                Content::ColumnBreak => self.run_of(&run.format, &[break_of(BreakType::Column)])?,
                Content::Bound(Bound::FieldBegin(instruction)) => {
                    self.run_of(&run.format, &field_begin(instruction))?
                }
                Content::Bound(Bound::FieldEnd) => self.run_of(&run.format, &[field_end()])?,
                Content::Field(field) => self.run_of(&run.format, &self.field(*field))?,
                Content::Float(float) => self.run(&run.format, None, |part| part.float(float))?,
                Content::Picture(picture) => self.run(&run.format, None, |part| part.picture(picture))?,
                Content::Chart(drawing) => self.run(&run.format, None, |part| {
                    part.chart(drawing);
                    Ok(())
                })?,
            }
        }
        Ok(())
    }

    /// Adds a run of these.
    fn run_of(&mut self, format: &Own<CharacterFormat>, children: &[RunChild]) -> Result<(), Diagnostic> {
        self.run(format, None, |part| {
            children.iter().for_each(|child| part.add(child.build()));
            Ok(())
        })
    }

    /// Adds a run with what `content` adds to it.
    fn run(
        &mut self,
        format: &Own<CharacterFormat>,
        face: Option<Face>,
        content: impl FnOnce(&mut Self) -> Result<(), Diagnostic>,
    ) -> Result<(), Diagnostic> {
        let path = self.path;
        self.add("<w:r>");
        let properties = self.shared.properties.runs.get_or_make((format.clone(), face), |(format, face)| {
            let mut asides = Asides::default();
            let mut property = run_property(format, &mut asides);
            if let Some(face) = face {
                property.fonts = Some(one_face(&face.name, face.east_asian));
            }
            finished(&property, &asides, path)
        })?;
        self.out.extend_from_slice(properties);
        content(self)?;
        self.add("</w:r>");
        Ok(())
    }

    /// The footnote whose number a run is: in the text that of the mark that follows, in the footnote its own.
    fn number_of_note(&mut self, run: &Run, next: Option<&Run>) -> Option<NoteNumber> {
        match next.map(|next| &next.content) {
            Some(Content::Note(note)) => Some(NoteNumber::Reference(note + 1)),
            _ if run.format.position == Some(VerticalPosition::Superscript) && self.owes_number => {
                self.owes_number = false;
                Some(NoteNumber::Own)
            }
            _ => None,
        }
    }

    fn note_number(&mut self, format: &CharacterFormat, number: &NoteNumber) -> Result<(), Diagnostic> {
        let mut asides = Asides::default();
        let property = note_number_property(format, &mut asides);
        self.add("<w:r>");
        self.finished(&property, &asides)?;
        match number {
            NoteNumber::Reference(note) => self.add(FootnoteReference::new(*note).build()),
            // docx-rs has no word for it
            NoteNumber::Own => self.add("<w:footnoteRef/>"),
        }
        self.add("</w:r>");
        Ok(())
    }

    fn text(&mut self, paragraph: &Paragraph, format: &Own<CharacterFormat>, text: &str) -> Result<(), Diagnostic> {
        let sheet = self.sheet;
        let style = &sheet.style(paragraph.style).character;
        for stretch in stretches(text, sheet.document.styles.typography.full_width_quotes) {
            let east_asian = stretch.script == Script::EastAsian;
            let face = stretch.doubtful.then(|| {
                let name = if stretch.symbols {
                    let face = SYMBOL_FACE.into();
                    self.note_font(&face);
                    face
                } else if east_asian {
                    format.east_asian_font.as_ref().unwrap_or(&style.east_asian_font).clone()
                } else {
                    format.latin_font.as_ref().unwrap_or(&style.latin_font).clone()
                };
                Face { name, east_asian }
            });
            self.run(format, face, |part| {
                part.add("<w:t xml:space=\"preserve\">");
                part.add(Text::new(&text[stretch.range]).text);
                part.add("</w:t>");
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The attribute that says where a link leads.
    fn link(&mut self, link: &Link) -> String {
        match link {
            Link::Bookmark(name) => format!(" w:anchor=\"{}\"", escape(name)),
            Link::Address(address) => {
                let at = self.links.iter().position(|known| known == address).unwrap_or_else(|| {
                    self.links.push(address.clone());
                    self.links.len() - 1
                });
                format!(" r:id=\"{}\"", link_relation(at))
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
        children.push(field_end());
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

fn field_end() -> RunChild {
    RunChild::FieldChar(FieldChar::new(FieldCharType::End))
}

fn break_of(kind: BreakType) -> RunChild {
    RunChild::Break(Break::new(kind))
}
