//! What single fields come to: references, page numbers, texts in a style, properties.

use std::collections::HashMap;

use super::super::tree::Id;
use super::formula::{self, Computed, Tables};
use super::part::{Bookmark, Field, Part};
use super::places::{Anchors, Places};
use super::properties::Properties;
use super::styles::Styles;
use super::text::{Paragraph, on_one_line};
use crate::diagnostic::DocumentPart;
use crate::document::{Instruction, Shows, number};

/// What fields are evaluated with.
pub(super) struct Book<'a> {
    pub(super) body: &'a Part,
    pub(super) styles: &'a Styles,
    pub(super) paragraphs: &'a [Paragraph],
    pub(super) properties: &'a Properties,
    pub(super) places: &'a Places,
    /// Texts that fields have given names (`SET`), in small letters.
    pub(super) named: &'a HashMap<String, String>,
    /// The results of the body's fields so far.
    pub(super) results: &'a [Option<String>],
    /// The body's tables in which formulas stand.
    pub(super) tables: &'a Tables,
    /// The file's name.
    pub(super) file_name: Option<&'a str>,
}

/// What a field comes to.
pub(super) enum Outcome {
    /// Its result.
    Result(String),
    /// It keeps what it last showed.
    Kept,
    /// It refers to a bookmark that there is not.
    NoBookmark(String),
    /// It asks for a style that there is not.
    NoStyle(String),
    /// It asks for a property that there is not.
    NoProperty(String),
    /// It computes with a figure that is not there, and shows nothing.
    Lacking,
    /// What it shows hangs on the document, and cannot be computed.
    Stale,
}

impl From<Option<String>> for Outcome {
    fn from(result: Option<String>) -> Self {
        result.map_or(Self::Kept, Self::Result)
    }
}

/// Fields whose results hang on the text of the document and are not computed.
const STALE: [&str; 5] = ["INDEX", "TOA", "RD", "BIBLIOGRAPHY", "AUTOTEXT"];

impl Book<'_> {
    /// What a field of a part comes to.
    pub(super) fn evaluate(&self, part: &Part, field: &Field, anchors: &mut Anchors) -> Outcome {
        let instruction = &field.instruction;
        let in_body = part.kind == DocumentPart::Body;
        let format = instruction.number_format();
        match instruction.kind.as_str() {
            "REF" => self.reference(part, field, instruction.argument(), anchors),
            "PAGEREF" => self.page_reference(field, anchors),
            "NOTEREF" => self.note_reference(field),
            "STYLEREF" => self.styled(part, field, anchors),
            "PAGE" if in_body => {
                let probe = anchors.probe(field.begin);
                self.places.page_number(&probe, format).into()
            }
            "NUMPAGES" => self.places.page_count().map(|count| number(count, format.unwrap_or_default())).into(),
            "SECTIONPAGES" if in_body => {
                let probe = anchors.probe(field.begin);
                self.places.section_pages(&probe).map(|count| number(count, format.unwrap_or_default())).into()
            }
            "SECTION" if in_body => {
                let ends = part.tree.ids().take_while(|&id| id < field.begin);
                let before = ends.filter(|&id| part.tree.name(id) == "w:sectPr").count() as u32;
                Outcome::Result(number(before + 1, format.unwrap_or_default()))
            }
            "TITLE" | "SUBJECT" | "AUTHOR" | "KEYWORDS" | "COMMENTS" | "LASTSAVEDBY"
                if instruction.words.is_empty() =>
            {
                self.property(&instruction.kind, instruction)
            }
            "DOCPROPERTY" | "INFO" => match instruction.argument() {
                Some(name) => self.property(name, instruction),
                None => Outcome::Kept,
            },
            "FILENAME" if !instruction.has('p') => {
                self.file_name.map(|name| in_case(name.to_owned(), instruction)).into()
            }
            _ if formula::is_formula(instruction) => {
                let results = if in_body { self.results } else { &[] };
                match self.tables.compute(part, field, results) {
                    Computed::Shown(shown) => Outcome::Result(shown),
                    Computed::Lacking => Outcome::Lacking,
                    Computed::Unknown => Outcome::Stale,
                }
            }
            kind if STALE.contains(&kind) => Outcome::Stale,
            // A bookmark's name alone refers to it.
            kind if self.body.bookmark(kind).is_some() && !KINDS.contains(&kind) => {
                self.reference(part, field, Some(kind), anchors)
            }
            _ => Outcome::Kept,
        }
    }

    fn property(&self, name: &str, instruction: &Instruction) -> Outcome {
        const COUNTED: [&str; 9] =
            ["pages", "words", "characters", "lines", "paragraphs", "bytes", "createtime", "lastsavedtime", "edittime"];
        match self.properties.get(name) {
            None if self.properties.is_date(name) => Outcome::Kept,
            Some(value) => Outcome::Result(in_case(on_one_line(value), instruction)),
            None if COUNTED.contains(&name.to_lowercase().as_str()) || instruction.kind != "DOCPROPERTY" => {
                Outcome::Kept
            }
            None => Outcome::NoProperty(name.to_owned()),
        }
    }

    fn reference(&self, part: &Part, field: &Field, name: Option<&str>, anchors: &mut Anchors) -> Outcome {
        let Some(name) = name else { return Outcome::Kept };
        let instruction = &field.instruction;
        let Some(bookmark) = self.body.bookmark(name) else {
            return match self.named.get(&name.to_lowercase()) {
                Some(text) => Outcome::Result(in_case(text.clone(), instruction)),
                None => Outcome::NoBookmark(name.to_owned()),
            };
        };
        let direction = || self.direction(part, field, bookmark);
        let shows = [('n', Shows::Number), ('r', Shows::FullNumber), ('w', Shows::FullNumber)];
        if let Some((switch, shows)) = shows.into_iter().find(|(switch, _)| instruction.has(*switch)) {
            if !self.places.are_known() {
                return Outcome::Kept;
            }
            let relative = switch == 'r';
            let number = self.places.paragraph_number(name);
            let mut shown = match number {
                Some(number) if instruction.has('t') && shows == Shows::Number => number.shown(Shows::BareNumber),
                Some(number) if relative => self.relative(part, field, number, anchors),
                Some(number) => number.shown(shows),
                // A paragraph without a number is referred to as 0.
                None => "0".into(),
            };
            if instruction.has('p') {
                shown += &direction();
            }
            return Outcome::Result(shown);
        }
        if instruction.has('p') {
            return Outcome::Result(direction());
        }
        if instruction.has('f') {
            return Outcome::Kept;
        }
        match self.body.bookmark_text(bookmark, self.results) {
            Some(text) => Outcome::Result(in_case(text, instruction)),
            None if part.cached(field).is_empty() => Outcome::Kept,
            None => Outcome::Stale,
        }
    }

    /// A number without the levels that the place of the field shares with it.
    fn relative(
        &self,
        part: &Part,
        field: &Field,
        number: &crate::document::ParagraphNumber,
        anchors: &mut Anchors,
    ) -> String {
        let own = part.context(field.begin).paragraph.filter(|_| part.kind == DocumentPart::Body);
        let own = own.map(|paragraph| anchors.probe(paragraph));
        let own = own.and_then(|probe| self.places.paragraph_number(&probe)).map(|own| own.context.as_slice());
        let shared =
            own.unwrap_or_default().iter().zip(&number.context).take_while(|(one, other)| one == other).count();
        let context = number.context.get(shared.min(number.context.len().saturating_sub(1))..).unwrap_or_default();
        crate::document::ParagraphNumber { context: context.to_vec(), ..number.clone() }.shown(Shows::FullNumber)
    }

    /// Above or below, in the words that the field last had.
    fn direction(&self, part: &Part, field: &Field, bookmark: &Bookmark) -> String {
        const WORDS: [(&str, &str); 6] = [
            ("上方", "下方"),
            ("above", "below"),
            ("上文", "下文"),
            ("见上", "见下"),
            ("上面", "下面"),
            ("上述", "下述"),
        ];
        let cached = part.cached(field);
        let known = WORDS.iter().find(|(above, below)| cached.ends_with(above) || cached.ends_with(below));
        let (above, below) = known.unwrap_or(&WORDS[0]);
        let is_below = part.kind == DocumentPart::Body && bookmark.start > field.begin;
        if is_below { (*below).to_owned() } else { (*above).to_owned() }
    }

    fn page_reference(&self, field: &Field, anchors: &mut Anchors) -> Outcome {
        let Some(name) = field.instruction.argument() else { return Outcome::Kept };
        let Some(bookmark) = self.body.bookmark(name) else { return Outcome::NoBookmark(name.to_owned()) };
        let page = self.places.page_number(name, field.instruction.number_format());
        if !field.instruction.has('p') {
            return page.into();
        }
        let own = self.places.page(&anchors.probe(field.begin));
        match page {
            Some(_) if own == self.places.page(name) => Outcome::Result(self.direction(self.body, field, bookmark)),
            Some(page) if self.body.cached(field).contains("page") => Outcome::Result(format!("on page {page}")),
            Some(page) => Outcome::Result(format!("在第 {page} 页")),
            None => Outcome::Kept,
        }
    }

    /// The number of the note whose mark stands in a bookmark.
    fn note_reference(&self, field: &Field) -> Outcome {
        let Some(name) = field.instruction.argument() else { return Outcome::Kept };
        let Some(bookmark) = self.body.bookmark(name) else { return Outcome::NoBookmark(name.to_owned()) };
        let tree = &self.body.tree;
        let is_note = |id: &Id| matches!(tree.name(*id), "w:footnoteReference" | "w:endnoteReference");
        let Some(note) = (bookmark.start..bookmark.end).find(is_note) else { return Outcome::Kept };
        let of_kind = tree.ids().take_while(|&id| id <= note).filter(|&id| tree.name(id) == tree.name(note));
        let own_mark = |id: Id| tree.value(id, "w:customMarkFollows").is_some_and(|value| value != "0");
        let count = of_kind.filter(|&id| !own_mark(id) && self.body.context(id).fallback.is_none()).count() as u32;
        Outcome::Result(number(count, field.instruction.number_format().unwrap_or_default()))
    }

    /// The nearest text in a style: before the field, or else after it. Headers show the first one until they are set.
    fn styled(&self, part: &Part, field: &Field, anchors: &mut Anchors) -> Outcome {
        let instruction = &field.instruction;
        let Some(name) = instruction.argument() else { return Outcome::Kept };
        if !self.styles.knows(name) {
            return Outcome::NoStyle(name.to_owned());
        }
        let in_body = part.kind == DocumentPart::Body;
        let from = if in_body { field.begin } else { 0 };
        let mut found: Vec<(Id, String)> = Vec::new();
        for paragraph in self.paragraphs.iter().filter(|paragraph| self.styles.is_called(&paragraph.style, name)) {
            if part.context(field.begin).paragraph != Some(paragraph.id) || !in_body {
                found.push((paragraph.id, self.body.paragraph_text(paragraph.id, self.results)));
            }
        }
        if found.is_empty() {
            found = self.runs_of_style(name);
        }
        let before = found.partition_point(|(id, _)| *id < from);
        let Some((id, text)) = before.checked_sub(1).map_or_else(|| found.first(), |at| found.get(at)) else {
            return Outcome::Kept;
        };
        let shows = [('s', Shows::BareNumber), ('n', Shows::Number), ('r', Shows::Number), ('w', Shows::FullNumber)];
        if let Some((_, shows)) = shows.into_iter().find(|(switch, _)| instruction.has(*switch)) {
            let shows = if instruction.has('t') { Shows::BareNumber } else { shows };
            let probe = self.body.context(*id).paragraph.map(|paragraph| anchors.probe(paragraph));
            let number = probe.and_then(|probe| self.places.paragraph_number(&probe));
            return match (number, self.places.are_known()) {
                (Some(number), _) => Outcome::Result(number.shown(shows)),
                (None, true) => Outcome::Result("0".into()),
                (None, false) => Outcome::Kept,
            };
        }
        Outcome::Result(in_case(on_one_line(text), instruction))
    }

    /// Text in a character style, and where it begins.
    fn runs_of_style(&self, name: &str) -> Vec<(Id, String)> {
        let tree = &self.body.tree;
        let mut found: Vec<(Id, String)> = Vec::new();
        let mut last = None;
        for run in tree.ids().filter(|&id| tree.name(id) == "w:r" && self.body.context(id).fallback.is_none()) {
            let style = tree.child(run, "w:rPr").and_then(|look| tree.value(tree.child(look, "w:rStyle")?, "w:val"));
            if !style.is_some_and(|style| self.styles.is_called(style, name)) {
                continue;
            }
            let text = self.body.run_text(run);
            match found.last_mut() {
                Some((_, before)) if last == Some(run) => *before += &text,
                _ if !text.trim().is_empty() => found.push((run, text)),
                _ => {}
            }
            last = Some(tree.within(run).end);
        }
        found
    }
}

/// Kinds that are no bookmarks' names, though bookmarks may be called so.
const KINDS: [&str; 12] =
    ["TOC", "SEQ", "SET", "IF", "DATE", "TIME", "HYPERLINK", "QUOTE", "PAGE", "TC", "XE", "MERGEFIELD"];

/// A text in the case that a field asks for.
fn in_case(text: String, instruction: &Instruction) -> String {
    match instruction.value('*').map(str::to_lowercase).as_deref() {
        Some("upper") => text.to_uppercase(),
        Some("lower") => text.to_lowercase(),
        _ => text,
    }
}
