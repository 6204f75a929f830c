//! Cuts a part's XML at its tags: where each tag goes, what of the XML goes, and the marks for the last step.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::blocks::{Block, Found, Plan, Spot, first_byte, letters_of};
use super::edits::{Edits, Rank};
use super::marks::Mark;
use super::numbering::StyleLists;
use super::rich::{Look, room};
use super::text::{Text, TextKind};
use super::tree::{Id, Tree};
use crate::document::Length;
use crate::template::expression::{BlockKind, Tag, TagKind};
use crate::template::helpers::{Does, helper};

/// How what stands in the place of a tag looks.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) look: Look,
    /// How wide it may be.
    pub(super) room: Length,
    /// Its text is Markdown.
    pub(super) markdown: bool,
}

/// What a tag that is no plain value makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Paragraphs and tables: it stands in a paragraph of its own.
    Blocks,
    /// A picture, in the line.
    Picture,
    /// The value of a cell that grows together with an equal one above it.
    Merge,
    /// A cell's colour.
    Shade,
}

/// What a tag makes.
pub(super) fn shape_of(tag: &Tag) -> Option<Shape> {
    let helper = helper(tag.text.split_whitespace().next()?)?;
    match helper.does {
        Does::Table | Does::Chart | Does::Markdown | Does::Include => Some(Shape::Blocks),
        Does::Picture => Some(Shape::Picture),
        Does::Compute(_) if helper.draws() => Some(Shape::Picture),
        Does::OfCell(_) if helper.names[0] == "shade" => Some(Shape::Shade),
        Does::OfCell(_) => Some(Shape::Merge),
        _ => None,
    }
}

/// Whether a tag is a chart's.
pub(super) fn is_chart(tag: &Tag) -> bool {
    tag.text.split_whitespace().next().and_then(helper).is_some_and(|helper| helper.names[0] == "chart")
}

fn is_markdown(tag: &Tag) -> bool {
    let name = tag.text.split_whitespace().next();
    name.and_then(helper).is_some_and(|helper| matches!(helper.does, Does::Markdown | Does::Include))
}

/// A stretch of a part that a block gives a scope of its own.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) range: Range<usize>,
    /// The loop's number; none if the block does not turn.
    pub(super) turn: Option<usize>,
    /// Whether it is the whole document, repeated for each row.
    pub(super) whole: bool,
}

/// What is counted over a whole template.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) loops: usize,
    /// How what stands in the places of tables, pictures and formatted text looks.
    pub(super) frames: Vec<Frame>,
    /// Cells that grow together with equal ones, or change their colour.
    pub(super) changed_cells: usize,
}

/// Makes the changes.
pub(super) struct Cutter<'a> {
    pub(super) tree: &'a Tree,
    pub(super) texts: &'a [Text],
    pub(super) found: &'a [Found],
    /// The tags of each text.
    pub(super) tags: &'a [Vec<usize>],
    pub(super) edits: Edits,
    /// Tables whose rows are counted.
    pub(super) rows_counted: BTreeSet<Id>,
    pub(super) changed_cells: BTreeMap<Id, CellChanges>,
}

/// What values change of a cell.
#[derive(Debug, Default)]
pub(super) struct CellChanges {
    /// The numbers of the values that it grows together by.
    merges: Vec<usize>,
    /// Its number, if its colour changes.
    shade: Option<usize>,
}

impl Cutter<'_> {
    /// Puts every tag in its place; gives the scopes that blocks make. `counts` counts over the whole template.
    pub(super) fn cut(
        &mut self,
        blocks: &[Block],
        plan: &Plan,
        styles: &StyleLists,
        counts: &mut Counts,
    ) -> Vec<Scope> {
        let tree = self.tree;
        let (mut turns, mut ended) = (HashMap::new(), HashMap::new());
        let mut scopes = Vec::new();
        for block in blocks.iter().filter(|block| matches!(block.kind, BlockKind::Each | BlockKind::With)) {
            let place = |tag: Option<&usize>| tag.and_then(|tag| self.byte(*tag, plan));
            let (from, to) = (place(block.tags.first()), place(block.tags.last()));
            let (Some(&open), Some(from), Some(to)) = (block.tags.first(), from, to) else { continue };
            let turn = (block.kind == BlockKind::Each).then_some(counts.loops);
            if let Some(turn) = turn {
                turns.insert(open, turn);
                ended.extend(block.tags.last().map(|&close| (close, turn)));
                counts.loops += 1;
            }
            scopes.push(Scope { range: from..to, turn, whole: false });
        }
        for (number, found) in self.found.iter().enumerate() {
            let Some(text) = self.texts.get(found.text) else { continue };
            let turn = turns.get(&number).map(|turn| Mark::Turn(*turn).write()).unwrap_or_default();
            match plan.spots.get(&number) {
                Some(Spot::At(at)) => {
                    let mut boundary =
                        if plan.around_paragraphs.contains(&number) { Mark::Boundary.write() } else { String::new() };
                    if let Some(turn) = ended.get(&number).filter(|_| plan.tails.contains(&number)) {
                        boundary += &Mark::Tail(*turn).write();
                    }
                    let (before, after) = match found.tag.kind {
                        // What follows belongs to the first turn, and to the others too.
                        TagKind::Open | TagKind::Else => (String::new(), boundary + &turn),
                        _ => (String::new(), boundary),
                    };
                    self.edits.tag(*at, Rank::Between(number), found.tag.clone(), before, after);
                }
                Some(Spot::InRun) => {
                    let (before, after) = self.parted_run(text, found);
                    self.edits.tag(
                        first_byte(self.texts, found),
                        Rank::Between(number),
                        found.tag.clone(),
                        before,
                        turn + &after,
                    );
                }
                None if found.tag.kind == TagKind::Comment => {}
                None if plan.alone.contains(&number) => {
                    let frame = self.frame(text, found, counts);
                    let after = Mark::Boundary.write();
                    let at = tree.outer(text.holder).start;
                    self.edits.tag(at, Rank::Between(number), found.tag.clone(), frame, after);
                    self.take_out_element(text.holder);
                }
                None if plan.of_cells.contains(&number) => {
                    let before = self.cell_mark(text, found, counts);
                    self.edits.tag(
                        first_byte(self.texts, found),
                        Rank::Between(number),
                        found.tag.clone(),
                        before,
                        String::new(),
                    );
                }
                None => {
                    let picture = text.kind == TextKind::Paragraph && shape_of(&found.tag).is_some();
                    if picture && styles.cuts_pictures(tree, text.holder) {
                        self.free_lines(text.holder);
                    }
                    let before = match plan.charts.get(&number) {
                        Some(kind) => Mark::Chart(kind).write(),
                        None if picture => self.frame(text, found, counts),
                        None => self.value_mark(text),
                    };
                    self.edits.tag(
                        first_byte(self.texts, found),
                        Rank::Between(number),
                        found.tag.clone(),
                        before,
                        String::new(),
                    );
                }
            }
            self.take_out(text, found);
        }
        self.prepare_cells();
        self.tidy_runs();
        for &id in &plan.gone {
            self.take_out_element(id);
        }
        for &id in plan.may_go.iter().filter(|id| !plan.gone.contains(id)) {
            self.wrap(id, Mark::Paragraph, Mark::ParagraphEnd);
        }
        for &id in &plan.sections {
            self.wrap(id, Mark::Section, Mark::SectionEnd);
        }
        for (&table, columns) in &plan.columns {
            let zones = columns.sign(tree, &plan.gone, &mut self.edits);
            self.edits.insert(tree.outer(table).start, Rank::Begins, Mark::Columns(&zones).write());
        }
        for &id in &plan.may_empty {
            match tree.name(id) {
                "w:tr" => self.wrap(id, Mark::Row, Mark::RowEnd),
                _ => self.wrap(id, Mark::Table, Mark::TableEnd),
            }
        }
        for &table in plan.columns.keys() {
            self.edits.insert(tree.outer(table).end, Rank::Ends, Mark::ColumnsEnd.write());
        }
        for &id in &plan.need_paragraph {
            // The body's own section properties come after its last paragraph.
            let last = tree.children(id).last().filter(|&last| tree.name(last) == "w:sectPr");
            let at = last.map_or(tree.inner(id).end, |last| tree.outer(last).start);
            self.edits.insert(at, Rank::Between(usize::MAX), Mark::NeedsParagraph.write());
        }
        scopes
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

    /// Notes that the cell of a tag changes, and marks the tag's value.
    fn cell_mark(&mut self, text: &Text, found: &Found, counts: &mut Counts) -> String {
        let Some(cell) = self.tree.around(text.holder, "w:tc") else { return String::new() };
        let changes = self.changed_cells.entry(cell).or_default();
        let mut next = || {
            counts.changed_cells += 1;
            counts.changed_cells - 1
        };
        if shape_of(&found.tag) == Some(Shape::Shade) {
            let number = *changes.shade.get_or_insert_with(next);
            return Mark::Shade(number).write();
        }
        let number = next();
        changes.merges.push(number);
        Mark::Merge(number).write()
    }

    /// Makes places in the properties of the cells that change.
    fn prepare_cells(&mut self) {
        const BEFORE_MERGE: [&str; 3] = ["w:tcW", "w:gridSpan", "w:hMerge"];
        const BEFORE_SHADE: [&str; 5] = ["w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders"];
        let tree = self.tree;
        for (cell, CellChanges { merges, shade }) in std::mem::take(&mut self.changed_cells) {
            if !merges.is_empty() {
                self.count_rows(cell);
            }
            let merges: String = merges.into_iter().map(|number| Mark::MergePlace(number).write()).collect();
            let shade = shade.map(|number| Mark::ShadePlace(number).write()).unwrap_or_default();
            match tree.child(cell, "w:tcPr") {
                Some(look) if tree.children(look).next().is_some() => {
                    let after = |before: &[&str]| {
                        let last = tree.children(look).filter(|&id| before.contains(&tree.name(id))).last();
                        last.map_or(tree.inner(look).start, |last| tree.outer(last).end)
                    };
                    self.edits.insert(after(&BEFORE_MERGE), Rank::Ends, merges);
                    self.edits.insert(after(&BEFORE_SHADE), Rank::Ends, shade);
                }
                Some(look) => self.edits.replace(tree.outer(look), format!("<w:tcPr>{merges}{shade}</w:tcPr>")),
                None => {
                    let properties = format!("<w:tcPr>{merges}{shade}</w:tcPr>");
                    self.edits.insert(tree.start_tag(cell).end, Rank::Ends, properties);
                }
            }
        }
    }

    /// Marks the rows of the table that a cell stands in, once.
    fn count_rows(&mut self, cell: Id) {
        let tree = self.tree;
        let Some(table) = tree.around(cell, "w:tbl") else { return };
        if !self.rows_counted.insert(table) {
            return;
        }
        for row in
            tree.within(table).filter(|&row| tree.name(row) == "w:tr" && tree.around(row, "w:tbl") == Some(table))
        {
            self.edits.insert(tree.outer(row).start, Rank::Begins, Mark::NextRow.write());
        }
        self.edits.insert(tree.outer(table).end, Rank::Ends, Mark::NextRow.write());
    }

    /// Lets the lines of a paragraph be as high as what stands in them.
    fn free_lines(&mut self, paragraph: Id) {
        const AFTER: [&str; 12] = [
            "w:ind",
            "w:contextualSpacing",
            "w:mirrorIndents",
            "w:suppressOverlap",
            "w:jc",
            "w:textDirection",
            "w:textAlignment",
            "w:outlineLvl",
            "w:cnfStyle",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
        ];
        let tree = self.tree;
        let free = "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>";
        let Some(look) = tree.child(paragraph, "w:pPr") else {
            let at = tree.start_tag(paragraph).end;
            return self.edits.insert(at, Rank::Begins, format!("<w:pPr>{free}</w:pPr>"));
        };
        match tree.child(look, "w:spacing") {
            Some(own) if tree.value(own, "w:lineRule").is_some() => {
                if let Some(rule) = tree.attribute(own, "w:lineRule") {
                    self.edits.replace(rule, "auto");
                }
                if let Some(line) = tree.attribute(own, "w:line") {
                    self.edits.replace(line, "240");
                }
            }
            Some(own) => {
                let at = tree.start_tag(own).start + "<w:spacing".len();
                self.edits.insert(at, Rank::Begins, " w:line=\"240\" w:lineRule=\"auto\"");
            }
            None => {
                let next = tree.children(look).find(|&id| AFTER.contains(&tree.name(id)));
                let at = next.map_or(tree.inner(look).end, |next| tree.outer(next).start);
                self.edits.insert(at, Rank::Begins, free);
            }
        }
    }

    /// Keeps how the paragraph and the run of a tag look.
    fn frame(&self, text: &Text, found: &Found, counts: &mut Counts) -> String {
        let run = text.letters.get(found.letters.start).and_then(|letter| self.tree.parent(letter.element));
        let look = Look::of(self.tree, text.holder, run);
        counts.frames.push(Frame { look, room: room(self.tree, text.holder), markdown: is_markdown(&found.tag) });
        Mark::Frame(counts.frames.len() - 1).write()
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
        if let (Some(first), Some(last)) = (letters.first(), letters.last()) {
            // A place where Word may break a word means nothing in a tag.
            let hyphens = self.tree.ids().filter(|&id| self.tree.name(id) == "w:softHyphen");
            let inside = hyphens
                .map(|id| self.tree.outer(id))
                .filter(|hyphen| hyphen.start > first.bytes().start && hyphen.end < last.bytes().end);
            inside.for_each(|hyphen| self.edits.delete(hyphen));
        }
    }

    /// Runs that held nothing but tags go; those that hold text keep its blanks.
    fn tidy_runs(&mut self) {
        let mut spaced = BTreeSet::new();
        for (number, text) in self.texts.iter().enumerate().filter(|(_, text)| text.kind == TextKind::Paragraph) {
            let in_tags = letters_of(self.found, self.tags, self.texts, number, |_| true);
            let in_tag = |at: usize| in_tags.get(at).copied().unwrap_or_default();
            let tags = self.tags.get(number).into_iter().flatten().filter_map(|&tag| self.found.get(tag));
            let values: BTreeSet<usize> =
                tags.filter(|found| found.tag.kind == TagKind::Show).map(|found| found.letters.start).collect();
            let begins_value = |at: usize| values.contains(&at);
            let numbered: Vec<_> = text.letters.iter().enumerate().collect();
            for letters in numbered.chunk_by(|a, b| self.tree.parent(a.1.element) == self.tree.parent(b.1.element)) {
                let Some((_, first)) = letters.first() else { continue };
                let Some(run) = self.tree.parent(first.element) else { continue };
                let touched = letters.iter().any(|(at, _)| in_tag(*at));
                let emptied = letters.iter().all(|(at, _)| in_tag(*at) && !begins_value(*at));
                let only_text = self.tree.children(run).all(|id| {
                    matches!(
                        self.tree.name(id),
                        "w:rPr"
                            | "w:t"
                            | "w:br"
                            | "w:tab"
                            | "w:lastRenderedPageBreak"
                            | "w:softHyphen"
                            | "w:noBreakHyphen"
                    )
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
