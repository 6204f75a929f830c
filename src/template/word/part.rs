//! One part of a template, compiled: its XML cut at the tags, each block at the size that its place says.

use std::collections::{BTreeSet, HashMap};

use super::asides::Asides;
use super::blocks::{Found, Placer, Plan, by_text, first_byte, letters_of, pair};
use super::controls::Controls;
use super::cut::{Counts, Cutter, Scope};
use super::edits::Edits;
use super::ink::Ink;
use super::marks::Mark;
use super::numbering::StyleLists;
use super::text::{Letter, Text, TextKind, texts};
use super::tree::{Id, Tree};
use super::whole::Whole;
use super::{guest, problem, repeat};
use crate::diagnostic::{Diagnostic, DocumentPart, Place};
use crate::template::expression::{Piece, Position, Tag, TagKind, Tagged, paragraph_tags};
use crate::template::problem::{Spot as Paragraph, Where};

/// A part of a template, ready to be merged.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) text: Tagged,
    /// Blocks that begin and end where no block can.
    pub(super) misplaced: Vec<Diagnostic>,
}

/// What is compiled.
pub(super) struct Input<'a> {
    /// The template's name in messages.
    pub(super) file: &'a str,
    pub(super) part: DocumentPart,
    pub(super) tree: &'a Tree,
    /// The element of the part that is meant, if it is not all of it.
    pub(super) only: Option<Id>,
    /// Elements of the part that are compiled elsewhere.
    pub(super) without: BTreeSet<Id>,
    /// The table whose rows the whole part is repeated for.
    pub(super) repeat: Option<&'a str>,
    pub(super) styles: &'a StyleLists,
    pub(super) controls: &'a Controls,
    /// Whether it belongs to a document that is put into another.
    pub(super) visits: bool,
}

/// A part cut at its tags, before they are read.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) pieces: Vec<Piece>,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) misplaced: Vec<Diagnostic>,
    pub(super) has_tags: bool,
    /// The loop that all of a document stands in that is put into another.
    pub(super) turn: usize,
}

impl Compiled {
    /// Reads the tags.
    pub(super) fn part(self, file: &str) -> Part {
        let Self { paragraphs, pieces, problems, misplaced, .. } = self;
        Part { text: Tagged::of_document(file, paragraphs, pieces, problems), misplaced }
    }

    /// The pieces of another part, to stand amid this one's.
    fn take(&mut self, other: Self) -> Vec<Piece> {
        let lines = self.paragraphs.len();
        self.paragraphs.extend(other.paragraphs);
        self.problems.extend(other.problems);
        self.misplaced.extend(other.misplaced);
        let mut pieces = other.pieces;
        for piece in &mut pieces {
            if let Piece::Tag(tag) = piece {
                tag.move_down(lines);
            }
        }
        pieces
    }
}

/// Compiles a part. `counts` counts over the whole template; `asides` says what is told in the scope of the place
/// that refers to it.
pub(super) fn compile(input: &Input<'_>, asides: &mut Asides<'_>, counts: &mut Counts) -> Compiled {
    let tree = input.tree;
    let is_meant = |id: Id| {
        input.only.is_none_or(|only| only == id || tree.within(only).contains(&id))
            && !input.without.iter().any(|&other| other == id || tree.within(other).contains(&id))
    };
    let texts: Vec<Text> = texts(tree).into_iter().filter(|text| is_meant(text.holder)).collect();
    let mut compiled = Compiled { paragraphs: paragraphs(tree, input.part, &texts), ..Compiled::default() };
    let mut edits = Edits::default();
    let (mut found, mut escapes): (Vec<Found>, Vec<&Letter>) = Default::default();
    {
        let place = Where::document(input.file, &compiled.paragraphs);
        for (number, text) in texts.iter().enumerate() {
            let tags = paragraph_tags(&place, &text.shown(), number + 1);
            compiled.problems.extend(tags.problems);
            escapes.extend(tags.escapes.into_iter().filter_map(|letter| text.letters.get(letter)));
            found.extend(tags.tags.into_iter().map(|(tag, letters)| Found { tag, text: number, letters }));
        }
    }
    compiled.has_tags = !(found.is_empty() && compiled.problems.is_empty() && escapes.is_empty());
    escapes.into_iter().for_each(|letter| edits.delete(letter.bytes()));
    // In the order in which a reader of the XML comes to them: a text box may stand amid a paragraph.
    found.sort_by_key(|found| first_byte(&texts, found));
    let tags = by_text(&found, texts.len());
    let is_block = |found: &Found| found.tag.kind != TagKind::Show;
    let ink = Ink::of(tree, &texts, |text| letters_of(&found, &tags, &texts, text, is_block));
    let blocks = pair(&found).filter(|_| compiled.problems.is_empty());
    let placer = Placer::new(tree, &texts, &found, &tags, &ink, &asides.charts);
    let mut plan = blocks.as_ref().map(|blocks| placer.plan(blocks)).unwrap_or_default();
    if let Some(only) = input.only.filter(|&only| tree.name(only) == "w:body") {
        // What comes after it is not its own.
        plan.need_paragraph.remove(&only);
    }
    compiled.misplaced = misplaced(input.file, &compiled.paragraphs, &found, &plan);
    let Some(blocks) = blocks.filter(|_| compiled.misplaced.is_empty()) else {
        // Nothing is merged, and the tags are read for what else is wrong with them.
        compiled.pieces = found.into_iter().map(|found| Piece::Tag(found.tag)).collect();
        return compiled;
    };
    let tagged = found.iter().filter_map(|found| texts.get(found.text)?.letters.get(found.letters.start));
    input.controls.fill(tree, tagged.map(|letter| letter.element), &mut edits);
    let mut cutter = Cutter {
        tree,
        texts: &texts,
        found: &found,
        tags: &tags,
        edits,
        rows_counted: BTreeSet::new(),
        changed_cells: Default::default(),
    };
    let mut scopes = cutter.cut(&blocks, &plan, input.styles, counts);
    let mut edits = cutter.edits;
    let whole = input.repeat.and_then(|table| Whole::new(tree, table, counts));
    scopes.extend(whole.iter().map(Whole::scope));
    if input.visits {
        let range = input.only.map_or(0..tree.source().len(), |only| tree.outer(only));
        scopes.push(Scope { range, turn: Some(counts.loops), whole: true });
        compiled.turn = counts.loops;
        counts.loops += 1;
    }
    repeat::make_unique(tree, &scopes, input.styles, &mut edits);
    let mut told = BTreeSet::new();
    for aside in asides.of(input, &scopes, &plan.charts_filled, counts) {
        told.insert(aside.bytes.start);
        let pieces = compiled.take(aside.compiled);
        edits.pieces(aside.bytes, Mark::Aside(aside.number), pieces, Mark::AsideEnd);
    }
    if let Some(whole) = whole {
        whole.repeat(&plan, &mut edits);
    }
    for &other in &input.without {
        edits.delete(tree.outer(other));
    }
    if let Some(only) = input.only.filter(|_| input.visits) {
        guest::mark(tree, only, &told, &mut edits);
        if tree.name(only) == "w:body" {
            edits.delete(tree.start_tag(only));
            edits.delete(tree.inner(only).end..tree.outer(only).end);
        }
    }
    if let Some(id) = input.only.and_then(|only| tree.attribute(only, "w:id").or(tree.attribute(only, "Id"))) {
        edits.replace(id, Mark::AsideId.write());
    }
    let range = input.only.map_or(0..tree.source().len(), |only| tree.outer(only));
    compiled.pieces = edits.into_pieces(tree.source(), range);
    compiled
}

fn misplaced(file: &str, paragraphs: &[Paragraph], found: &[Found], plan: &Plan) -> Vec<Diagnostic> {
    let place = Where::document(file, paragraphs);
    let told = |(tag, other, why): &(usize, usize, _)| {
        let (found, other) = (found.get(*tag)?, found.get(*other)?);
        let (at, spot) = (place.at(found.tag.at), place.spot(other.tag.at.line));
        Some(problem::misplaced(at, &written(&found.tag), &written(&other.tag), &spot, *why))
    };
    plan.misplaced.iter().filter_map(told).collect()
}

/// What a tag of a block looks like in a message.
fn written(tag: &Tag) -> String {
    let sign = match tag.kind {
        TagKind::Open => "#",
        TagKind::Close => "/",
        TagKind::Else => "else",
        TagKind::Show | TagKind::Comment => "",
    };
    let name = tag.text.split_whitespace().next().unwrap_or_default();
    match tag.kind {
        TagKind::Else => "{{else}}".into(),
        _ => format!("{{{{{sign}{name}}}}}"),
    }
}

/// How messages call the place of an element.
pub(super) fn place(file: &str, part: DocumentPart, tree: &Tree, at: Id) -> Place {
    let holder = tree.around(at, "w:p").unwrap_or(at);
    let shown = tree.within(holder).filter(|&id| tree.name(id) == "w:t").map(|id| tree.text(tree.inner(id)));
    let text: Box<[char]> = shown.flat_map(str::chars).collect();
    let holder = Text { holder, kind: TextKind::Paragraph, letters: Vec::new() };
    let spots: Vec<_> =
        paragraphs(tree, part, &[holder]).into_iter().map(|spot| Paragraph { text: text.clone(), ..spot }).collect();
    Where::document(file, &spots).at(Position::START)
}

/// How messages call the texts of a part.
fn paragraphs(tree: &Tree, part: DocumentPart, texts: &[Text]) -> Vec<Paragraph> {
    let places = Places::of(tree, part);
    let describe = |text: &Text| {
        let (part, paragraph) = places.paragraph(tree, part, text.holder);
        Paragraph { part, paragraph, cell: places.cell(tree, text.holder), text: text.shown().chars().collect() }
    };
    texts.iter().map(describe).collect()
}

/// What notes are called in their part, and in messages.
type NoteKind = (&'static str, fn(u32) -> DocumentPart);

/// Paragraphs, notes, rows and cells of a part, counted in one go: there may be very many.
struct Places {
    paragraphs: Vec<Id>,
    /// Notes, but for the lines that part notes from text, which are kept among them; what they are called.
    notes: Vec<Id>,
    note: Option<NoteKind>,
    /// For rows their numbers in their tables, for cells in their rows.
    numbers: HashMap<Id, u32>,
}

impl Places {
    fn of(tree: &Tree, part: DocumentPart) -> Self {
        let note: Option<NoteKind> = match part {
            DocumentPart::Footnote(_) => Some(("w:footnote", DocumentPart::Footnote)),
            DocumentPart::Endnote(_) => Some(("w:endnote", DocumentPart::Endnote)),
            _ => None,
        };
        let mut places = Self { paragraphs: Vec::new(), notes: Vec::new(), note, numbers: HashMap::new() };
        let mut counts: HashMap<Id, u32> = HashMap::new();
        for id in tree.ids() {
            let outer = match tree.name(id) {
                "w:p" | "a:p" => {
                    places.paragraphs.push(id);
                    continue;
                }
                "w:tr" => tree.around(id, "w:tbl"),
                "w:tc" => tree.around(id, "w:tr"),
                name => {
                    if note.is_some_and(|(note, _)| note == name) && tree.value(id, "w:type").is_none() {
                        places.notes.push(id);
                    }
                    continue;
                }
            };
            if let Some(outer) = outer {
                let count = counts.entry(outer).or_default();
                *count += 1;
                places.numbers.insert(id, *count);
            }
        }
        places
    }

    /// The part, or the note of it, that an element stands in, and the number of its paragraph there.
    fn paragraph(&self, tree: &Tree, part: DocumentPart, id: Id) -> (DocumentPart, u32) {
        let before = |id: Id| self.paragraphs.partition_point(|&other| other <= id) as u32;
        let note = self.note.and_then(|(name, part)| Some((tree.around(id, name)?, part)));
        let (part, first) = match note {
            Some((note, part)) => (part(self.notes.partition_point(|&other| other <= note) as u32), before(note)),
            None => (part, 0),
        };
        (part, before(id).saturating_sub(first).max(1))
    }

    /// The numbers of the row and of the cell that an element stands in.
    fn cell(&self, tree: &Tree, id: Id) -> Option<(u32, u32)> {
        let cell = tree.around(id, "w:tc")?;
        let row = tree.around(cell, "w:tr")?;
        Some((self.numbers.get(&row).copied()?, self.numbers.get(&cell).copied()?))
    }
}
