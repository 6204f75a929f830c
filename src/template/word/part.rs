//! One part of a template, compiled: its XML cut at the tags, each block at the size that its place says.

use std::collections::BTreeSet;

use super::blocks::{Block, Found, Placer, Plan, Spot, pair};
use super::edits::{Edits, Rank};
use super::ink::Ink;
use super::marks::Mark;
use super::numbering::StyleLists;
use super::problem;
use super::repeat;
use super::text::{Text, TextKind, texts};
use super::tree::{Id, Tree};
use crate::diagnostic::{Diagnostic, DocumentPart};
use crate::template::expression::{BlockKind, Piece, Tag, TagKind, Tagged, paragraph_tags};
use crate::template::problem::{Spot as Paragraph, Where};

/// A part of a template, ready to be merged.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) text: Tagged,
    /// Blocks that begin and end where no block can.
    pub(super) misplaced: Vec<Diagnostic>,
}

/// Compiles a part; nothing if it has no tags. `loops` counts the loops of the whole template.
pub(super) fn compile(
    file: &str,
    name: DocumentPart,
    tree: &Tree,
    styles: &StyleLists,
    loops: &mut usize,
) -> Option<Part> {
    let texts = texts(tree);
    let paragraphs = paragraphs(tree, name, &texts);
    let place = Where::document(file, &paragraphs);
    let mut edits = Edits::default();
    let (mut found, mut problems, mut escapes) = (Vec::new(), Vec::new(), Vec::new());
    for (number, text) in texts.iter().enumerate() {
        let mut tags = paragraph_tags(&place, &text.shown(), number + 1);
        problems.append(&mut tags.problems);
        escapes.extend(tags.escapes.into_iter().map(|letter| (number, letter)));
        found.extend(tags.tags.into_iter().map(|(tag, letters)| Found { tag, text: number, letters }));
    }
    if found.is_empty() && problems.is_empty() && escapes.is_empty() {
        return None;
    }
    // In the order in which a reader of the XML comes to them: a text box may stand amid a paragraph.
    found.sort_by_key(|found| first_byte(&texts, found));
    for (text, letter) in &escapes {
        let letter = texts.get(*text).and_then(|text| text.letters.get(*letter));
        letter.into_iter().for_each(|letter| edits.delete(letter.bytes()));
    }
    let hidden: Vec<_> = (0..texts.len())
        .map(|text| {
            let blocks = found.iter().filter(|found| found.text == text && found.tag.kind != TagKind::Show);
            blocks.map(|found| found.letters.clone()).collect()
        })
        .collect();
    let ink = Ink::of(tree, &texts, &hidden);
    let mut compiler = Compiler { tree, texts: &texts, found: &found, edits };
    let blocks = pair(&found).filter(|_| problems.is_empty());
    let placer = Placer { tree, texts: &texts, found: &found, ink: &ink };
    let plan = blocks.as_ref().map(|blocks| placer.plan(blocks)).unwrap_or_default();
    let told = |(tag, other, why): &(usize, usize, _)| {
        let (found, other) = (found.get(*tag)?, found.get(*other)?);
        let (at, spot) = (place.at(found.tag.at), place.spot(other.tag.at.line));
        Some(problem::misplaced(at, &written(&found.tag), &written(&other.tag), &spot, *why))
    };
    let misplaced: Vec<_> = plan.misplaced.iter().filter_map(told).collect();
    let pieces = match blocks {
        Some(blocks) if misplaced.is_empty() => compiler.pieces(&blocks, &plan, styles, loops),
        // Nothing is merged, and the tags are read for what else is wrong with them.
        _ => found.iter().map(|found| Piece::Tag(found.tag.clone())).collect(),
    };
    Some(Part { text: Tagged::of_document(file, paragraphs, pieces, problems), misplaced })
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

fn first_byte(texts: &[Text], found: &Found) -> usize {
    let letter = texts.get(found.text).and_then(|text| text.letters.get(found.letters.start));
    letter.map_or(0, |letter| letter.bytes().start)
}

/// How messages call the texts of a part.
fn paragraphs(tree: &Tree, part: DocumentPart, texts: &[Text]) -> Vec<Paragraph> {
    let numbers: Vec<Id> = tree.ids().filter(|&id| matches!(tree.name(id), "w:p" | "a:p")).collect();
    let describe = |text: &Text| {
        let cell = tree.around(text.holder, "w:tc").and_then(|cell| {
            let row = tree.around(cell, "w:tr")?;
            let table = tree.around(row, "w:tbl")?;
            let place = |outer: Id, inner: Id, name: &str| {
                let siblings = tree.within(outer).take_while(|&id| id <= inner);
                siblings.filter(|&id| tree.name(id) == name && tree.around(id, tree.name(outer)) == Some(outer)).count()
                    as u32
            };
            Some((place(table, row, "w:tr"), place(row, cell, "w:tc")))
        });
        let paragraph = numbers.partition_point(|&id| id <= text.holder).max(1) as u32;
        Paragraph { part, paragraph, cell, text: text.shown() }
    };
    texts.iter().map(describe).collect()
}

struct Compiler<'a> {
    tree: &'a Tree,
    texts: &'a [Text],
    found: &'a [Found],
    edits: Edits,
}

impl Compiler<'_> {
    fn pieces(&mut self, blocks: &[Block], plan: &Plan, styles: &StyleLists, loops: &mut usize) -> Vec<Piece> {
        let tree = self.tree;
        let mut turns = std::collections::HashMap::new();
        let mut repeated = Vec::new();
        for block in blocks.iter().filter(|block| block.kind == BlockKind::Each) {
            let place = |tag: Option<&usize>| tag.and_then(|tag| self.byte(*tag, plan));
            if let (Some(&open), Some(from), Some(to)) =
                (block.tags.first(), place(block.tags.first()), place(block.tags.last()))
            {
                turns.insert(open, *loops);
                repeated.push((from..to, *loops));
                *loops += 1;
            }
        }
        for (number, found) in self.found.iter().enumerate() {
            let Some(text) = self.texts.get(found.text) else { continue };
            let turn = turns.get(&number).map(|turn| Mark::Turn(*turn).write()).unwrap_or_default();
            match plan.spots.get(&number) {
                Some(Spot::At(at)) => {
                    let boundary =
                        if plan.around_paragraphs.contains(&number) { Mark::Boundary.write() } else { String::new() };
                    let (before, after) = match found.tag.kind {
                        // What follows belongs to the first turn, and to the others too.
                        TagKind::Open | TagKind::Else => (String::new(), boundary + &turn),
                        _ => (String::new(), boundary),
                    };
                    self.edits.tag(*at, number, found.tag.clone(), before, after);
                }
                Some(Spot::InRun) => {
                    let (before, after) = self.parted_run(text, found);
                    self.edits.tag(first_byte(self.texts, found), number, found.tag.clone(), before, turn + &after);
                }
                None if found.tag.kind == TagKind::Comment => {}
                None => {
                    let before = self.value_mark(text);
                    self.edits.tag(first_byte(self.texts, found), number, found.tag.clone(), before, String::new());
                }
            }
            self.take_out(text, found);
        }
        self.tidy_runs();
        for &id in &plan.gone {
            self.take_out_element(id);
        }
        for &id in plan.may_go.iter().filter(|id| !plan.gone.contains(id)) {
            self.wrap(id, Mark::Paragraph, Mark::ParagraphEnd);
        }
        for &id in &plan.may_empty {
            match tree.name(id) {
                "w:tr" => self.wrap(id, Mark::Row, Mark::RowEnd),
                _ => self.wrap(id, Mark::Table, Mark::TableEnd),
            }
        }
        for &id in &plan.need_paragraph {
            // The body's own section properties come after its last paragraph.
            let last = tree.children(id).last().filter(|&last| tree.name(last) == "w:sectPr");
            let at = last.map_or(tree.inner(id).end, |last| tree.outer(last).start);
            self.edits.insert(at, Rank::Between(usize::MAX), Mark::NeedsParagraph.write());
        }
        repeat::make_unique(tree, &repeated, styles, &mut self.edits);
        std::mem::take(&mut self.edits).pieces(tree.source(), 0..tree.source().len())
    }

    fn byte(&self, tag: usize, plan: &Plan) -> Option<usize> {
        match plan.spots.get(&tag)? {
            Spot::At(at) => Some(*at),
            Spot::InRun => Some(first_byte(self.texts, self.found.get(tag)?)),
        }
    }

    fn wrap(&mut self, id: Id, begin: Mark<'_>, end: Mark<'_>) {
        let bytes = self.tree.outer(id);
        self.edits.insert(bytes.start, Rank::Begins, begin.write());
        self.edits.insert(bytes.end, Rank::Ends, end.write());
    }

    /// What ends a run before a tag and begins it anew after, with the same look.
    fn parted_run(&self, text: &Text, found: &Found) -> (String, String) {
        let prefix = match text.kind {
            TextKind::Paragraph => "w",
            TextKind::Drawing => "a",
            TextKind::Bare | TextKind::Attribute => return (String::new(), String::new()),
        };
        let element = text.letters.get(found.letters.start).map(|letter| letter.element);
        let run = element.and_then(|element| self.tree.parent(element));
        let look = run.and_then(|run| self.tree.child(run, &format!("{prefix}:rPr")));
        let look = look.map(|look| self.tree.text(self.tree.outer(look))).unwrap_or_default();
        let space = if prefix == "w" { " xml:space=\"preserve\"" } else { "" };
        (format!("</{prefix}:t></{prefix}:r>"), format!("<{prefix}:r>{look}<{prefix}:t{space}>"))
    }

    fn value_mark(&self, text: &Text) -> String {
        match text.kind {
            TextKind::Paragraph => String::new(),
            TextKind::Drawing | TextKind::Bare => Mark::Plain.write(),
            TextKind::Attribute if self.tree.name(text.holder) == "Relationship" => Mark::Url.write(),
            TextKind::Attribute => Mark::Plain.write(),
        }
    }

    /// Takes the characters of a tag out.
    fn take_out(&mut self, text: &Text, found: &Found) {
        let letters = text.letters.get(found.letters.clone()).unwrap_or_default();
        for same in letters.chunk_by(|a, b| a.element == b.element) {
            if let (Some(first), Some(last)) = (same.first(), same.last()) {
                self.edits.delete(first.bytes().start..last.bytes().end);
            }
        }
    }

    /// Runs that held nothing but tags go; those that hold text keep its blanks.
    fn tidy_runs(&mut self) {
        let mut spaced = BTreeSet::new();
        for (number, text) in self.texts.iter().enumerate().filter(|(_, text)| text.kind == TextKind::Paragraph) {
            let tags: Vec<_> = self.found.iter().filter(|found| found.text == number).collect();
            let in_tag = |at: usize| tags.iter().any(|found| found.letters.contains(&at));
            let begins_value =
                |at: usize| tags.iter().any(|found| found.letters.start == at && found.tag.kind == TagKind::Show);
            let numbered: Vec<_> = text.letters.iter().enumerate().collect();
            for letters in numbered.chunk_by(|a, b| self.tree.parent(a.1.element) == self.tree.parent(b.1.element)) {
                let Some((_, first)) = letters.first() else { continue };
                let Some(run) = self.tree.parent(first.element) else { continue };
                let touched = letters.iter().any(|(at, _)| in_tag(*at));
                let emptied = letters.iter().all(|(at, _)| in_tag(*at) && !begins_value(*at));
                let only_text = self.tree.children(run).all(|id| {
                    matches!(self.tree.name(id), "w:rPr" | "w:t" | "w:br" | "w:tab" | "w:lastRenderedPageBreak")
                });
                if emptied && only_text {
                    self.edits.delete(self.tree.outer(run));
                } else if touched {
                    spaced.extend(letters.iter().map(|(_, letter)| letter.element));
                }
            }
        }
        for element in spaced {
            if self.tree.name(element) == "w:t" && self.tree.attribute(element, "xml:space").is_none() {
                let end = self.tree.start_tag(element).end;
                self.edits.insert(end.saturating_sub(1), Rank::Begins, " xml:space=\"preserve\"");
            }
        }
    }

    /// Takes an element out, but not the marks of bookmarks and comments in it, whose partners may stand elsewhere.
    fn take_out_element(&mut self, id: Id) {
        let bytes = self.tree.outer(id);
        let mut from = bytes.start;
        for inner in self.tree.within(id) {
            let name = self.tree.name(inner);
            if name.starts_with("w:bookmark") || name.starts_with("w:commentRange") || name.starts_with("w:perm") {
                let kept = self.tree.outer(inner);
                self.edits.delete(from..kept.start);
                from = kept.end;
            }
        }
        self.edits.delete(from..bytes.end);
    }
}
