//! Where the blocks of a part begin and end in its XML: within a paragraph, around paragraphs, table rows, or cells, as
//! the places of their tags say.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::columns::Columns;
use super::ink::Ink;
use super::text::{Text, TextKind};
use super::tree::{Id, Tree};
use crate::template::expression::{BlockKind, MOST_BLOCKS, Tag, TagKind};

/// A tag found in one of a part's texts.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) tag: Tag,
    /// Index of its text.
    pub(super) text: usize,
    /// Its characters.
    pub(super) letters: Range<usize>,
}

/// The tags of each text, by their places in `found`.
pub(super) fn by_text(found: &[Found], texts: usize) -> Vec<Vec<usize>> {
    let mut tags = vec![Vec::new(); texts];
    for (at, found) in found.iter().enumerate() {
        if let Some(tags) = tags.get_mut(found.text) {
            tags.push(at);
        }
    }
    tags
}

/// Which letters of a text belong to its tags, or to some of these.
pub(super) fn letters_of(
    found: &[Found],
    tags: &[Vec<usize>],
    texts: &[Text],
    text: usize,
    which: impl Fn(&Found) -> bool,
) -> Vec<bool> {
    let mut letters = vec![false; texts.get(text).map_or(0, |text| text.letters.len())];
    for found in tags.get(text).into_iter().flatten().filter_map(|&tag| found.get(tag)).filter(|found| which(found)) {
        letters.get_mut(found.letters.clone()).into_iter().flatten().for_each(|letter| *letter = true);
    }
    letters
}

/// The first byte of a tag.
pub(super) fn first_byte(texts: &[Text], found: &Found) -> usize {
    let letter = texts.get(found.text).and_then(|text| text.letters.get(found.letters.start));
    letter.map_or(0, |letter| letter.bytes().start)
}

/// A block: the tags that begin it, turn it and end it.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// Indices of its tags: the first begins it, the last ends it.
    pub(super) tags: Vec<usize>,
}

/// Where one tag of a block is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Where it stands in its run, which it parts.
    InRun,
    /// At this byte, between elements.
    At(usize),
}

/// What the blocks of a part come to.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// For each tag of a block its place.
    pub(super) spots: BTreeMap<usize, Spot>,
    /// Elements that hold only tags of blocks and go.
    pub(super) gone: BTreeSet<Id>,
    /// Paragraphs that go when nothing is seen in them.
    pub(super) may_go: BTreeSet<Id>,
    /// Paragraphs that hold the end of a section and tags of blocks, and nothing that is seen.
    pub(super) sections: BTreeSet<Id>,
    /// Tags that end a loop after which nothing is seen in the body.
    pub(super) tails: BTreeSet<usize>,
    /// Tables whose rows may all go, and rows whose cells may.
    pub(super) may_empty: BTreeSet<Id>,
    /// What must still end with a paragraph.
    pub(super) need_paragraph: BTreeSet<Id>,
    /// Tags of blocks around paragraphs and tables.
    pub(super) around_paragraphs: BTreeSet<usize>,
    /// Tables with blocks around cells, whose columns repeat.
    pub(super) columns: BTreeMap<Id, Columns>,
    /// Tags of tables and formatted text, each in a paragraph of its own.
    pub(super) alone: BTreeSet<usize>,
    /// Tags of charts, each in the text that stands for a chart drawn in Word: the kind of the chart.
    pub(super) charts: BTreeMap<usize, &'static str>,
    /// The `c:chart` elements of those.
    pub(super) charts_filled: BTreeSet<Id>,
    /// Tags that change the cell they stand in.
    pub(super) of_cells: BTreeSet<usize>,
    /// Tags that stand where no block can begin, turn or end: the tag, and that of its block it does not go with.
    pub(super) misplaced: Vec<(usize, usize, Why)>,
}

/// Why a block cannot be where its tags are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// One tag in a table, the other outside or in another table.
    OtherTable,
    /// One tag in a text box, a link or a content control, the other outside.
    OtherBox,
    /// Text before and after the tag in its paragraph, and the block goes on in others.
    AmidText,
    /// Two blocks come to overlap.
    Crossing,
    /// A table or formatted text that is not in a paragraph of its own.
    NotAlone,
    /// What changes a cell does not stand in one.
    NotInCell,
    /// A chart's data stands neither in a paragraph of its own nor in the text of a chart that can take it.
    NotAChart,
}

/// Pairs the tags of blocks; nothing if they do not pair.
pub(super) fn pair(found: &[Found]) -> Option<Vec<Block>> {
    let mut blocks = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    for (at, Found { tag, .. }) in found.iter().enumerate() {
        match tag.kind {
            TagKind::Open => {
                // It is told elsewhere, and where all their tags belong would take long to find.
                if open.len() >= MOST_BLOCKS {
                    return None;
                }
                let kind = BlockKind::named(tag.text.split_whitespace().next()?)?;
                open.push(Block { kind, tags: vec![at] });
            }
            TagKind::Else => open.last_mut()?.tags.push(at),
            TagKind::Close => {
                let mut block = open.pop().filter(|block| BlockKind::named(tag.text.trim()) == Some(block.kind))?;
                block.tags.push(at);
                blocks.push(block);
            }
            TagKind::Show | TagKind::Comment => {}
        }
    }
    open.is_empty().then_some(blocks)
}

/// Finds the places of blocks.
pub(super) struct Placer<'a> {
    pub(super) tree: &'a Tree,
    pub(super) texts: &'a [Text],
    pub(super) found: &'a [Found],
    pub(super) ink: &'a Ink,
    /// The charts that can be filled, by the identifiers of their relations: their kinds.
    pub(super) charts: &'a BTreeMap<String, &'static str>,
    /// For each text, whether anything in its paragraph is seen that stands in none of the blocks which begin and end there.
    seen_outside: Vec<bool>,
}

impl<'a> Placer<'a> {
    /// `tags` are those of each text.
    pub(super) fn new(
        tree: &'a Tree,
        texts: &'a [Text],
        found: &'a [Found],
        tags: &[Vec<usize>],
        ink: &'a Ink,
        charts: &'a BTreeMap<String, &'static str>,
    ) -> Self {
        let mut placer = Self { tree, texts, found, ink, charts, seen_outside: Vec::new() };
        let seen = |(text, tags): (&Text, &Vec<usize>)| !tags.is_empty() && placer.seen_outside_blocks(text, tags);
        placer.seen_outside = texts.iter().zip(tags).map(seen).collect();
        placer
    }

    /// The places of all blocks.
    pub(super) fn plan(&self, blocks: &[Block]) -> Plan {
        let mut plan = Plan { columns: self.column_tables(blocks), ..Plan::default() };
        for block in blocks {
            let result = match self.one_text(block) {
                Some(text) => self.within_text(block, text, &mut plan),
                None => self.over_texts(block, &mut plan),
            };
            if let Err((tag, other, why)) = result {
                plan.misplaced.push((tag, other, why));
            }
        }
        for found in self.found.iter().filter(|found| found.tag.kind == TagKind::Comment) {
            let text = self.texts.get(found.text).filter(|text| text.kind == TextKind::Paragraph);
            if let Some(text) = text.filter(|text| !self.ends_section(text.holder) && !self.seen_outside(found.text)) {
                plan.may_go.insert(text.holder);
                self.needs_paragraph(text.holder, &mut plan);
            }
        }
        self.find_alone(&mut plan);
        self.find_crossing(blocks, &mut plan);
        plan
    }

    pub(super) fn text(&self, tag: usize) -> Option<&Text> {
        self.texts.get(self.found.get(tag)?.text)
    }

    pub(super) fn holder(&self, tag: usize) -> Id {
        self.text(tag).map_or(0, |text| text.holder)
    }

    /// The bytes of a tag, from its first character to its last.
    pub(super) fn bytes(&self, tag: usize) -> Range<usize> {
        let letters = self.found.get(tag).and_then(|found| self.text(tag)?.letters.get(found.letters.clone()));
        match letters {
            Some([first, .., last]) => first.bytes().start..last.bytes().end,
            _ => 0..0,
        }
    }

    /// The elements of a tag's first and last character.
    fn ends(&self, tag: usize) -> Option<(Id, Id)> {
        let letters = self.text(tag)?.letters.get(self.found.get(tag)?.letters.clone())?;
        Some((letters.first()?.element, letters.last()?.element))
    }

    fn one_text(&self, block: &Block) -> Option<usize> {
        let mut texts = block.tags.iter().map(|&tag| self.found.get(tag).map(|found| found.text));
        let first = texts.next()??;
        texts.all(|text| text == Some(first)).then_some(first)
    }

    fn within_text(&self, block: &Block, at: usize, plan: &mut Plan) -> Result<(), (usize, usize, Why)> {
        let (Some(text), [open, .., close]) = (self.texts.get(at), block.tags.as_slice()) else { return Ok(()) };
        if matches!(text.kind, TextKind::Bare | TextKind::Attribute) {
            plan.spots.extend(block.tags.iter().map(|&tag| (tag, Spot::InRun)));
            return Ok(());
        }
        let paragraph = self.tree.outer(text.holder);
        let all_inside = !self.ink.seen_in(paragraph.start..self.bytes(*open).start)
            && !self.ink.seen_in(self.bytes(*close).end..paragraph.end)
            && !self.ends_section(text.holder);
        if all_inside && block.tags.len() == 2 && block.kind != BlockKind::Each {
            plan.spots.insert(*open, Spot::At(paragraph.start));
            plan.spots.insert(*close, Spot::At(paragraph.end));
            plan.around_paragraphs.extend([*open, *close]);
            self.needs_paragraph(text.holder, plan);
            return Ok(());
        }
        let nothing_outside = !self.ends_section(text.holder) && !self.seen_outside(at);
        if nothing_outside && text.kind == TextKind::Paragraph {
            plan.may_go.insert(text.holder);
            self.needs_paragraph(text.holder, plan);
        }
        self.in_runs(block, text.holder, plan)
    }

    fn seen_outside(&self, text: usize) -> bool {
        self.seen_outside.get(text).copied().unwrap_or_default()
    }

    /// Whether anything is seen in a paragraph that stands in none of the blocks which begin and end in it.
    fn seen_outside_blocks(&self, text: &Text, tags: &[usize]) -> bool {
        let mut depth = 0_usize;
        let mut from = self.tree.outer(text.holder).start;
        for (tag, found) in tags.iter().filter_map(|&tag| Some((tag, self.found.get(tag)?))) {
            let bytes = self.bytes(tag);
            if depth == 0 && self.ink.seen_in(from..bytes.start) {
                return true;
            }
            match found.tag.kind {
                TagKind::Open => depth += 1,
                TagKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            from = if depth == 0 && found.tag.kind == TagKind::Show { bytes.start } else { bytes.end };
        }
        self.ink.seen_in(from..self.tree.outer(text.holder).end)
    }

    /// A block within a paragraph: its tags between runs, or within one, all in the same element.
    fn in_runs(&self, block: &Block, paragraph: Id, plan: &mut Plan) -> Result<(), (usize, usize, Why)> {
        let run = |tag: usize| self.ends(tag).and_then(|(first, _)| self.tree.parent(first)).unwrap_or(paragraph);
        let parent = |tag: usize| self.tree.parent(run(tag)).unwrap_or(paragraph);
        let first = block.tags.first().copied().unwrap_or_default();
        let common = block.tags.iter().fold(parent(first), |common, &tag| self.common(common, parent(tag)));
        let (Some(&open), Some(&close)) = (block.tags.first(), block.tags.last()) else { return Ok(()) };
        for &tag in &block.tags {
            if parent(tag) == common {
                plan.spots.insert(tag, self.by_run(tag));
                continue;
            }
            // The link or control that the tag stands in must be wholly inside or outside of the block.
            let outer = self.below(common, run(tag));
            let (bytes, around) = (self.bytes(tag), self.tree.outer(outer));
            let before = !self.ink.solid_in(around.start..bytes.start);
            let after = !self.ink.solid_in(bytes.end..around.end);
            let spot = match (before, after) {
                (true, _) if tag != close => around.start,
                (_, true) => around.end,
                (true, _) => around.start,
                _ => return Err((tag, if tag == open { close } else { open }, Why::OtherBox)),
            };
            plan.spots.insert(tag, Spot::At(spot));
        }
        Ok(())
    }

    /// Before or after its run where it is the first or last in it, or else within.
    fn by_run(&self, tag: usize) -> Spot {
        let Some((first, last)) = self.ends(tag) else { return Spot::InRun };
        let (Some(first_run), Some(last_run)) = (self.tree.parent(first), self.tree.parent(last)) else {
            return Spot::InRun;
        };
        let bytes = self.bytes(tag);
        let (first_run, last_run) = (self.tree.outer(first_run), self.tree.outer(last_run));
        // Another tag may follow in the run, and must come after this one.
        let next = self.found.get(tag).and_then(|found| self.text(tag)?.letters.get(found.letters.end));
        let is_last = next.is_none_or(|next| next.bytes().start >= first_run.end);
        if !self.ink.solid_in(first_run.start..bytes.start) {
            Spot::At(first_run.start)
        } else if first_run != last_run || is_last && !self.ink.solid_in(bytes.end..first_run.end) {
            Spot::At(first_run.end)
        } else {
            Spot::InRun
        }
    }

    /// A block over several paragraphs, rows or cells.
    fn over_texts(&self, block: &Block, plan: &mut Plan) -> Result<(), (usize, usize, Why)> {
        let (Some(&open), Some(&close)) = (block.tags.first(), block.tags.last()) else { return Ok(()) };
        let other = |tag: usize| if tag == open { close } else { open };
        for &tag in &block.tags {
            if !self.text(tag).is_some_and(|text| matches!(text.kind, TextKind::Paragraph | TextKind::Drawing)) {
                return Err((tag, other(tag), Why::OtherBox));
            }
        }
        let common = block.tags.iter().fold(self.holder(open), |common, &tag| self.common(common, self.holder(tag)));
        let children: Vec<Id> = block.tags.iter().map(|&tag| self.below(common, self.holder(tag))).collect();
        let named = |name: &str| children.iter().all(|&child| self.tree.name(child) == name);
        if named("w:tr") {
            return self.around_rows(block, &children, plan);
        }
        if named("w:tc") {
            let table = self.tree.around(common, "w:tbl");
            let (first, last) = (children.first().copied(), children.last().copied());
            let is_columns = table.is_some_and(|table| plan.columns.contains_key(&table));
            let whole_row = self.is_whole_row(block, common);
            if let (false, Some(first), Some(last)) = (is_columns, first, last)
                && (whole_row || table.is_some_and(|table| self.rows_of_many(table) > 1))
                && self.tree.name(common) == "w:tr"
                && first != last
            {
                return self.around_rows(block, &vec![common; children.len()], plan);
            }
            return self.around_cells(block, &children, common, plan);
        }
        for (&tag, &child) in block.tags.iter().zip(&children) {
            let why = match self.tree.name(child) {
                "w:p" | "a:p" if child == self.holder(tag) => None,
                "w:sdt" => self
                    .tree
                    .around(self.holder(tag), "w:tbl")
                    .filter(|table| self.tree.within(child).contains(table))
                    .map(|_| Why::OtherTable),
                "w:tbl" | "w:tr" | "w:tc" => Some(Why::OtherTable),
                _ => Some(Why::OtherBox),
            };
            if let Some(why) = why {
                return Err((tag, other(tag), why));
            }
        }
        self.around_paragraphs(block, &children, plan)
    }

    fn around_paragraphs(&self, block: &Block, children: &[Id], plan: &mut Plan) -> Result<(), (usize, usize, Why)> {
        let (Some(&open), Some(&close)) = (block.tags.first(), block.tags.last()) else { return Ok(()) };
        for (&tag, &child) in block.tags.iter().zip(children) {
            let (bytes, around) = (self.bytes(tag), self.tree.outer(child));
            let before = self.ink.seen_in(around.start..bytes.start);
            let after = self.ink.seen_in(bytes.end..around.end);
            let section = self.ends_section(child);
            let at = match (before, after) {
                // A section's end stays where it is: the loop's turns are sections if it is the loop's last paragraph.
                (false, false) if section => {
                    plan.sections.insert(child);
                    around.end
                }
                (false, false) => {
                    plan.gone.insert(child);
                    around.start
                }
                (false, true) if tag != close => around.start,
                (true, false) => around.end,
                (false, true) => around.start,
                (true, true) => return Err((tag, if tag == open { close } else { open }, Why::AmidText)),
            };
            plan.spots.insert(tag, Spot::At(at));
            plan.around_paragraphs.insert(tag);
            self.needs_paragraph(child, plan);
            let body = self.tree.parent(child).filter(|&id| self.tree.name(id) == "w:body");
            let is_last = body.is_some_and(|body| !self.ink.seen_in(at..self.tree.outer(body).end));
            if tag == close && block.kind == BlockKind::Each && is_last {
                plan.tails.insert(tag);
            }
        }
        Ok(())
    }

    /// Whether a paragraph carries the end of a section.
    pub(super) fn ends_section(&self, paragraph: Id) -> bool {
        self.tree.child(paragraph, "w:pPr").is_some_and(|properties| self.tree.child(properties, "w:sectPr").is_some())
    }

    /// What an element stands in may be left without a paragraph at its end.
    pub(super) fn needs_paragraph(&self, element: Id, plan: &mut Plan) {
        let parent = self
            .tree
            .ancestors(element)
            .find(|&id| self.tree.name(id) != "w:sdt" && self.tree.name(id) != "w:sdtContent");
        plan.need_paragraph.extend(parent.filter(|&id| self.tree.name(id).starts_with("w:")));
    }

    /// The innermost element that holds both, or is one of them and holds the other.
    fn common(&self, a: Id, b: Id) -> Id {
        let holds = |id: Id, other: Id| id == other || self.tree.within(id).contains(&other);
        std::iter::once(a).chain(self.tree.ancestors(a)).find(|&id| holds(id, b)).unwrap_or(0)
    }

    /// The child of an element that holds another, or is it.
    pub(super) fn below(&self, outer: Id, inner: Id) -> Id {
        std::iter::once(inner)
            .chain(self.tree.ancestors(inner))
            .find(|&id| self.tree.parent(id) == Some(outer))
            .unwrap_or(inner)
    }

    /// Blocks that came to overlap when their places were found.
    fn find_crossing(&self, blocks: &[Block], plan: &mut Plan) {
        let mut order: Vec<(usize, usize, usize)> = Vec::new();
        for (number, block) in blocks.iter().enumerate() {
            for &tag in &block.tags {
                let at = match plan.spots.get(&tag) {
                    Some(Spot::At(at)) => *at,
                    Some(Spot::InRun) => self.bytes(tag).start,
                    None => return,
                };
                order.push((at, tag, number));
            }
        }
        order.sort_unstable();
        let mut open: Vec<usize> = Vec::new();
        for (_, tag, number) in order {
            let Some(block) = blocks.get(number) else { continue };
            if block.tags.first() == Some(&tag) {
                open.push(number);
            } else if open.last() != Some(&number) {
                let other = open.last().and_then(|&number| blocks.get(number)?.tags.first()).copied().unwrap_or(tag);
                return plan.misplaced.push((tag, other, Why::Crossing));
            } else if block.tags.last() == Some(&tag) {
                open.pop();
            }
        }
    }
}
