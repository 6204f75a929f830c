//! The named styles (`styles.xml`).

use std::collections::HashMap;

use super::lists::Lists;
use super::properties::{self, Ground, RunProperties};
use super::table_style::TableStyle;
use super::theme::Theme;
use super::tree::{Element, is_on};
use super::unshown;
use crate::diagnostic::Words;
use crate::document::{
    CharacterFormat, Length, NumberingRef, ParagraphFormat, ParagraphStyle, ParagraphStyleId, StyleSheet,
};

/// More styles than Word keeps.
const MOST_STYLES: usize = 8000;
/// So deep styles may build on each other.
const MOST_ANCESTORS: usize = 60;

/// All named styles.
#[derive(Debug, Default)]
pub struct Styles {
    /// Defaults and paragraph styles.
    pub sheet: StyleSheet,
    paragraph: HashMap<String, ParagraphStyleId>,
    grounds: Vec<Ground>,
    hidden: Vec<bool>,
    character: HashMap<String, RunProperties>,
    table: HashMap<String, TableStyle>,
    default_table: Option<String>,
    /// What styles have that is not shown, till they are used: their name, what they build on, and what it is.
    untold: HashMap<String, Untold>,
}

#[derive(Debug)]
struct Untold {
    name: String,
    based_on: Option<String>,
    what: Vec<Words>,
}

/// Paragraph styles while they are read.
struct Reading<'a> {
    elements: HashMap<&'a str, &'a Element>,
    theme: &'a Theme,
    lists: &'a Lists,
}

impl Styles {
    /// Reads the styles; `east_asian` says that the document's language is Chinese, Japanese or Korean.
    pub fn read(part: Option<&Element>, theme: &Theme, lists: &Lists, east_asian: bool) -> Self {
        let mut styles = Self::default();
        let defaults = part.and_then(|part| part.child("w:docDefaults"));
        let default = |name: &str, inner: &str| defaults?.child(name)?.child(inner);
        let character = properties::run(default("w:rPrDefault", "w:rPr"), theme).format;
        styles.sheet.default_character = CharacterFormat {
            size: character.size.or(Some(Length::pt(10.0))),
            latin_font: character.latin_font.clone().or_else(|| Some("Times New Roman".into())),
            east_asian_font: character.east_asian_font.clone().or_else(|| character.latin_font.clone()),
            east_asian_signs: Some(character.east_asian_signs.unwrap_or(false) || east_asian),
            ..character
        };
        let paragraph = properties::paragraph(default("w:pPrDefault", "w:pPr"), &Ground::default());
        let mut ground = Ground {
            tabs: paragraph.tabs.clone().unwrap_or_default(),
            borders: paragraph.borders.unwrap_or_default(),
            ..Ground::default()
        };
        ground.counted.take(default("w:pPrDefault", "w:pPr"));
        styles.sheet.default_paragraph = paragraph;
        let all: Vec<&Element> =
            part.iter().flat_map(|part| part.children_named("w:style")).take(MOST_STYLES).collect();
        let of_kind = |kind: &str| -> HashMap<&str, &Element> {
            let of_kind = all.iter().filter(|style| style.attribute("w:type") == Some(kind));
            of_kind.filter_map(|style| Some((style.attribute("w:styleId")?, *style))).collect()
        };
        let default_of = |kind: &str| {
            let of_kind = all.iter().filter(|style| style.attribute("w:type") == Some(kind));
            let mut defaults = of_kind.filter(|style| style.attribute("w:default").is_some_and(is_on));
            defaults.next().and_then(|style| style.attribute("w:styleId"))
        };
        let reading = Reading { elements: of_kind("paragraph"), theme, lists };
        match default_of("paragraph") {
            Some(id) => {
                styles.paragraph(id, &reading, &ground, 0);
            }
            // every paragraph has a style
            None => styles.keep(
                "",
                ParagraphStyle { name: "Normal".into(), ..ParagraphStyle::default() },
                ground.clone(),
                false,
            ),
        }
        for style in all.iter().filter(|style| style.attribute("w:type") == Some("paragraph")) {
            if let Some(id) = style.attribute("w:styleId") {
                styles.paragraph(id, &reading, &ground, 0);
            }
        }
        let characters = of_kind("character");
        for id in characters.keys() {
            let run = chain(&characters, id).iter().fold(RunProperties::default(), |mut run, style| {
                run.apply(&properties::run(style.child("w:rPr"), theme));
                run
            });
            styles.character.insert((*id).to_owned(), run);
        }
        let tables = of_kind("table");
        for id in tables.keys() {
            let style = TableStyle::read(&chain(&tables, id), theme);
            styles.table.insert((*id).to_owned(), style);
        }
        styles.default_table = default_of("table").map(str::to_owned);
        styles.untold = all.iter().filter_map(|style| untold(style)).collect();
        styles
    }

    /// What a style and those that it builds on have that is not shown, each with its style's name; only once.
    pub fn take_untold(&mut self, id: &str) -> Vec<(String, Words)> {
        let mut told = Vec::new();
        let mut next = self.untold.remove(id);
        while let Some(style) = next {
            told.extend(style.what.into_iter().map(|what| (style.name.clone(), what)));
            next = style.based_on.and_then(|id| self.untold.remove(&id));
        }
        told
    }

    /// Reads a paragraph style after those that it builds on.
    fn paragraph(&mut self, id: &str, reading: &Reading, defaults: &Ground, depth: usize) -> Option<ParagraphStyleId> {
        if let Some(known) = self.paragraph.get(id) {
            return Some(*known);
        }
        let element = reading.elements.get(id).filter(|_| depth < MOST_ANCESTORS)?;
        let parent = element.child_value("w:basedOn").filter(|parent| *parent != id);
        let parent = parent.and_then(|parent| self.paragraph(parent, reading, defaults, depth + 1));
        if let Some(known) = self.paragraph.get(id) {
            return Some(*known); // a style that is its own ancestor
        }
        let at_parent = parent.map(|parent| usize::from(parent.0));
        let mut ground = at_parent.and_then(|at| self.grounds.get(at)).unwrap_or(defaults).clone();
        let mut paragraph = properties::paragraph(element.child("w:pPr"), &ground);
        paragraph.numbering = element.child("w:pPr").and_then(|properties| {
            let item = properties.child("w:numPr")?;
            let level = item.child_value("w:ilvl").and_then(|level| level.parse().ok());
            let list = item.child_value("w:numId");
            match list {
                Some(list) => Some(reading.lists.find(list).map(|list| NumberingRef {
                    list,
                    level: level.unwrap_or_else(|| reading.lists.level_of_style(list, id)),
                })),
                // another level of the list that an ancestor names
                None => {
                    let inherited = self.sheet.paragraph_format(&self.bare(parent?)).numbering?;
                    Some(Some(NumberingRef { level: level?, ..inherited }))
                }
            }
        });
        if let Some(tabs) = &paragraph.tabs {
            ground.tabs.clone_from(tabs);
        }
        ground.borders = paragraph.borders.unwrap_or(ground.borders);
        ground.counted.take(element.child("w:pPr"));
        let run = properties::run(element.child("w:rPr"), reading.theme);
        let hidden =
            run.hidden.unwrap_or_else(|| at_parent.and_then(|at| self.hidden.get(at).copied()).unwrap_or(false));
        let style = ParagraphStyle {
            id: id.to_owned(),
            name: element.child_value("w:name").unwrap_or(id).to_owned(),
            based_on: parent,
            next: None,
            paragraph,
            character: run.format,
        };
        self.keep(id, style, ground, hidden);
        self.paragraph.get(id).copied()
    }

    fn bare(&self, style: ParagraphStyleId) -> crate::document::Paragraph {
        crate::document::Paragraph { style, ..Default::default() }
    }

    fn keep(&mut self, id: &str, style: ParagraphStyle, ground: Ground, hidden: bool) {
        let Ok(at) = u16::try_from(self.sheet.paragraph_styles.len()) else { return };
        self.paragraph.insert(id.to_owned(), ParagraphStyleId(at));
        self.sheet.paragraph_styles.push(style);
        self.grounds.push(ground);
        self.hidden.push(hidden);
    }

    /// The paragraph style of an identifier; the default one if there is none.
    pub fn paragraph_style(&self, id: Option<&str>) -> ParagraphStyleId {
        id.and_then(|id| self.paragraph.get(id)).copied().unwrap_or_default()
    }

    /// What direct properties of a paragraph of a style add to.
    pub fn ground(&self, style: ParagraphStyleId) -> Ground {
        self.grounds.get(usize::from(style.0)).cloned().unwrap_or_default()
    }

    /// Whether a paragraph style hides its text.
    pub fn hides(&self, style: ParagraphStyleId) -> bool {
        self.hidden.get(usize::from(style.0)).copied().unwrap_or(false)
    }

    /// The character style of an identifier.
    pub fn character_style(&self, id: Option<&str>) -> RunProperties {
        id.and_then(|id| self.character.get(id)).cloned().unwrap_or_default()
    }

    /// The table style of an identifier, or the default one.
    pub fn table_style(&self, id: Option<&str>) -> TableStyle {
        let named = id.and_then(|id| self.table.get(id));
        named.or_else(|| self.table.get(self.default_table.as_deref()?)).cloned().unwrap_or_default()
    }

    /// Whether a style or one of its ancestors sets a paragraph's property, beyond the document's defaults.
    pub fn of_style(&self, style: ParagraphStyleId) -> (ParagraphFormat, CharacterFormat) {
        let mut formats = (ParagraphFormat::default(), CharacterFormat::default());
        let mut lineage = Vec::new();
        let mut next = Some(style);
        while let Some(style) =
            next.and_then(|id| self.sheet.paragraph_style(id)).filter(|_| lineage.len() < MOST_ANCESTORS)
        {
            lineage.push(style);
            next = style.based_on;
        }
        for style in lineage.into_iter().rev() {
            formats.0.apply(&style.paragraph);
            formats.1.apply(&style.character);
        }
        formats
    }
}

fn untold(style: &Element) -> Option<(String, Untold)> {
    let of = |part: &'_ str| unshown::of_children(style.child(part)).collect::<Vec<_>>();
    let what = ["w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr"].into_iter().flat_map(of).collect();
    let name = style.child_value("w:name").or_else(|| style.attribute("w:styleId"))?.to_owned();
    let based_on = style.child_value("w:basedOn").map(str::to_owned);
    Some((style.attribute("w:styleId")?.to_owned(), Untold { name, based_on, what }))
}

/// A style and those that it builds on, the oldest first.
fn chain<'a>(styles: &HashMap<&str, &'a Element>, id: &str) -> Vec<&'a Element> {
    let mut chain = Vec::new();
    let mut next = Some(id);
    while let Some(style) = next.and_then(|id| styles.get(id)).filter(|_| chain.len() < MOST_ANCESTORS) {
        chain.push(*style);
        next = style.child_value("w:basedOn");
    }
    chain.reverse();
    chain
}
