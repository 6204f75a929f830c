//! A table of contents as the document last showed it: whether it is still true, and how its lines look.

use std::collections::BTreeMap;

use super::super::tree::Id;
use super::contents::{Entry, label};
use super::part::{Field, Part};
use super::places::{Anchors, Places};

/// How the lines of one style look.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// The paragraph's own properties, its style among them.
    pub(super) paragraph: String,
    /// Whether tab stops are among them.
    pub(super) has_tabs: bool,
    pub(super) text: String,
    pub(super) tab: String,
    pub(super) page: String,
}

/// A line.
#[derive(Debug)]
struct Line {
    style: String,
    /// Its text but for the page number.
    text: String,
    /// The paragraph that it leads to.
    target: Option<Id>,
    look: Look,
}

/// The lines that a table of contents last showed.
#[derive(Debug)]
pub(super) struct Cached {
    lines: Vec<Line>,
}

impl Cached {
    /// Reads them; `room` is the width of the text in twips.
    pub(super) fn of(part: &Part, field: &Field, room: u32) -> Self {
        let tree = &part.tree;
        let result = part.result(field);
        let mut paragraphs: Vec<Id> =
            part.texts(result.clone()).filter_map(|text| part.context(text).paragraph).collect();
        paragraphs.dedup();
        let line = |paragraph: Id| {
            let fields = part.fields_in(tree.within(paragraph));
            let page = fields.iter().rfind(|inner| inner.instruction.kind == "PAGEREF");
            let end = tree.within(paragraph).end.min(result.end);
            let text = part.before(paragraph, result.start, page.map_or(end, |page| page.begin));
            let target = page.and_then(|page| part.bookmark(page.instruction.argument()?));
            let own = tree.child(paragraph, "w:pPr");
            let style = own.and_then(|own| tree.value(tree.child(own, "w:pStyle")?, "w:val")).unwrap_or_default();
            Line {
                style: style.to_owned(),
                text,
                target: target.and_then(|mark| part.context(mark.start).paragraph),
                look: look(part, paragraph, page, result.start, room),
            }
        };
        Self { lines: paragraphs.into_iter().map(line).collect() }
    }

    /// Whether the lines are those of the entries, page numbers aside. Before the first layout labels are not known and
    /// may be what they are.
    pub(super) fn is_true(
        &self,
        part: &Part,
        entries: &[Entry],
        styles: &BTreeMap<u8, String>,
        places: &Places,
        anchors: &mut Anchors,
    ) -> bool {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        self.lines.len() == entries.len()
            && self.lines.iter().zip(entries).all(|(line, entry)| {
                let name = anchors.entry(part, entry.paragraph);
                let number = places.paragraph_number(&name).map(|number| label(number).0).unwrap_or_default();
                let (text, known) = (bare(&entry.text), bare(&line.text));
                let says = if places.are_known() {
                    known == bare(&number) + &text + &bare(&entry.before_page)
                } else {
                    known.contains(&text)
                };
                let leads = if entry.has_page { line.target == Some(entry.paragraph) } else { line.target.is_none() };
                says && leads && styles.get(&entry.level).is_none_or(|style| *style == line.style)
            })
    }

    /// The look of the lines of a style.
    pub(super) fn of_style(&self, style: &str) -> Option<&Look> {
        self.lines.iter().find(|line| line.style == style).map(|line| &line.look)
    }

    /// The look of a line that leads to such a paragraph.
    pub(super) fn of_target(&self, target: impl Fn(Id) -> bool) -> Option<&Look> {
        self.lines.iter().find(|line| line.target.is_some_and(&target)).map(|line| &line.look)
    }

    /// The look of the first line.
    pub(super) fn first(&self) -> Option<&Look> {
        self.lines.first().map(|line| &line.look)
    }
}

fn look(part: &Part, paragraph: Id, page: Option<&Field>, from: Id, room: u32) -> Look {
    let tree = &part.tree;
    let run_look = |id: Id| {
        let run = tree.parent(id)?;
        Some(tree.text(tree.outer(tree.child(run, "w:rPr")?)).to_owned())
    };
    let texts: Vec<Id> = part.texts(tree.within(paragraph)).filter(|id| *id >= from).collect();
    let of = |name: &str| texts.iter().copied().find(|&id| tree.name(id) == name).and_then(run_look);
    let last_tab = texts.iter().rev().copied().find(|&id| tree.name(id) == "w:tab");
    let number = page.and_then(|page| part.texts(part.result(page)).next());
    let number = number.or_else(|| texts.last().copied()).and_then(run_look);
    let own = tree.child(paragraph, "w:pPr");
    let mut properties = String::new();
    for id in own.into_iter().flat_map(|own| tree.children(own)) {
        // A section ends only once, and a list does not count its contents.
        match tree.name(id) {
            "w:sectPr" | "w:pPrChange" | "w:numPr" => {}
            "w:tabs" => properties += &within(part, id, room),
            _ => properties += tree.text(tree.outer(id)),
        }
    }
    Look {
        has_tabs: own.is_some_and(|own| tree.child(own, "w:tabs").is_some()),
        paragraph: properties,
        text: of("w:t").unwrap_or_default(),
        tab: last_tab.and_then(run_look).unwrap_or_default(),
        page: number.unwrap_or_default(),
    }
}

/// Tab stops with the last where the text ends, if it was beyond that: the lines of another paper.
fn within(part: &Part, tabs: Id, room: u32) -> String {
    let tree = &part.tree;
    let mut text = tree.text(tree.outer(tabs)).to_owned();
    for tab in tree.children(tabs).filter(|&tab| matches!(tree.value(tab, "w:val"), Some("right" | "end"))) {
        let at = tree.attribute(tab, "w:pos");
        let beyond = at.filter(|at| tree.text(at.clone()).parse::<f64>().is_ok_and(|at| at > f64::from(room)));
        if let Some(at) = beyond {
            let shift = tree.outer(tabs).start;
            text.replace_range(at.start - shift..at.end - shift, &room.to_string());
            return text;
        }
    }
    text
}
