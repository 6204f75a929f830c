//! A style while its files are read, one over the other: what they say, before it becomes borders, labels and blocks.

use std::sync::Arc;

use super::page_mark::{PageMark, Side};
use super::{ChartLook, Contents, NumberPattern, OfficialLook, Style, TableLook, id, roles};
use crate::document::{
    Align, Border, CellBorders, CellMargins, CharacterFormat, Color, DocumentGrid, Indent, Length, NumberFormat,
    Numbering, NumberingLevel, PageSetup, ParagraphStyleId, Script, StyleSheet, TabAlign, TabLeader, TabStop, scripts,
};

/// Levels of a list, as many as WordprocessingML has.
const LIST_LEVELS: usize = 9;

/// A style in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub name: String,
    pub sheet: StyleSheet,
    pub page: PageSetup,
    pub grid: GridDraft,
    pub header: PageMark,
    pub footer: PageMark,
    pub table: TableDraft,
    pub chart: ChartLook,
    pub official: OfficialDraft,
    pub heading_numbers: [Option<NumberPattern>; 4],
    pub figure_number: Option<NumberPattern>,
    pub list: ListDraft,
    pub cover: bool,
    pub watermark: String,
    pub contents: Contents,
    /// What leads from an entry of the contents to its page.
    pub leader: TabLeader,
}

/// The document grid (文档网格): lines of a page and characters of a line, 0 for those that it leaves alone.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GridDraft {
    pub lines: u16,
    pub characters: u16,
}

impl GridDraft {
    /// The grid of a type area for characters that are an em wide. Whole twips, so that all lines and characters fit.
    fn of(self, page: &PageSetup, em: Length) -> Option<DocumentGrid> {
        let part =
            |of: Length, count: u16| Length::twips((of.to_emu() / Length::twips(1).to_emu() / i64::from(count)) as i32);
        let line_pitch = match self.lines {
            0 if self.characters == 0 => return None,
            0 => Length::twips(312),
            lines => part(page.text_height(), lines),
        };
        let character_spacing = (self.characters > 0).then(|| part(page.text_width(), self.characters) - em);
        Some(DocumentGrid { line_pitch, character_spacing })
    }
}

/// The rules of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// Around every cell.
    Grid,
    /// Above and below the table and below its header.
    ThreeLine,
    /// Between rows, and above and below, but none upright.
    Rows,
}

/// How tables look.
#[derive(Clone, Debug)]
pub(super) struct TableDraft {
    pub rules: Rules,
    pub outer_rule: Length,
    pub inner_rule: Length,
    pub margin_side: Length,
    pub margin_above: Length,
    pub margin_below: Length,
    pub header_shading: Option<Color>,
    pub space_below: Length,
    pub number: Option<NumberPattern>,
}

/// The head and the foot of an official document.
#[derive(Clone, Debug)]
pub(super) struct OfficialDraft {
    pub issuer_top: Length,
    pub rule: Length,
    pub rule_color: Color,
    pub rule_space: Length,
    pub imprint_rule: Length,
    pub imprint_inner_rule: Length,
    pub even_page: bool,
}

/// How lists look.
#[derive(Clone, Debug)]
pub(super) struct ListDraft {
    pub bullets: Vec<String>,
    pub numbers: Vec<NumberPattern>,
    pub indent: f64,
}

impl Draft {
    /// Every named style, and nothing said about them.
    pub(super) fn new(name: &str) -> Self {
        let mark = PageMark {
            text: String::new(),
            side: Side::All(Align::Center),
            indent: Indent::Length(Length::ZERO),
            rule: None,
            on_first_page: true,
        };
        Self {
            name: name.to_owned(),
            sheet: roles::sheet(),
            page: PageSetup::default(),
            grid: GridDraft::default(),
            header: mark.clone(),
            footer: mark,
            table: TableDraft {
                rules: Rules::Grid,
                outer_rule: Length::pt(0.5),
                inner_rule: Length::pt(0.5),
                margin_side: Length::twips(108),
                margin_above: Length::ZERO,
                margin_below: Length::ZERO,
                header_shading: None,
                space_below: Length::ZERO,
                number: None,
            },
            chart: ChartLook::default(),
            official: OfficialDraft {
                issuer_top: Length::ZERO,
                rule: Length::ZERO,
                rule_color: Color::BLACK,
                rule_space: Length::ZERO,
                imprint_rule: Length::pt(0.5),
                imprint_inner_rule: Length::pt(0.5),
                even_page: false,
            },
            heading_numbers: [const { None }; 4],
            figure_number: None,
            list: ListDraft { bullets: vec!["●".into()], numbers: Vec::new(), indent: 2.0 },
            cover: false,
            watermark: String::new(),
            contents: Contents::default(),
            leader: TabLeader::Dot,
        }
    }

    /// The style.
    pub(super) fn finish(mut self) -> Style {
        self.page.grid = self.grid.of(&self.page, self.sheet.style_character_format(ParagraphStyleId(0)).size);
        self.sheet.default_paragraph.snap_to_grid = Some(self.page.grid.is_some());
        self.sheet.numberings = self.list.numberings(self.em_of(id::LIST_ITEM));
        self.set_contents_tabs();
        let chart = self.chart_look();
        let shows_chapters = self.header.shows_chapters() || self.footer.shows_chapters();
        Style {
            header: self.header.build(&self.sheet, id::HEADER),
            footer: self.footer.build(&self.sheet, id::FOOTER),
            turned_footer: self.footer.build_turned(&self.sheet, id::FOOTER, &self.page),
            table_number: self.table.number.clone(),
            table: self.table.look(),
            chart,
            official: self.official.look(),
            name: self.name,
            sheet: Arc::new(self.sheet),
            page: self.page,
            heading_numbers: self.heading_numbers,
            figure_number: self.figure_number,
            cover: self.cover,
            watermark: self.watermark,
            contents: self.contents,
            shows_chapters,
        }
    }

    /// What a style does not say of a chart's text is as in its tables and captions.
    fn chart_look(&self) -> ChartLook {
        let of = |id: &str, own: &CharacterFormat| {
            let style = self.sheet.style_character_format(self.sheet.find(id).unwrap_or_default());
            let mut format = CharacterFormat {
                latin_font: Some(style.latin_font),
                east_asian_font: Some(style.east_asian_font),
                size: Some(style.size),
                bold: Some(style.bold),
                italic: Some(style.italic),
                color: Some(style.color),
                ..CharacterFormat::default()
            };
            format.apply(own);
            format
        };
        let (text, title) = (of(id::TABLE_TEXT, &self.chart.text), of(id::CAPTION, &self.chart.title));
        ChartLook { text, title, ..self.chart.clone() }
    }

    /// The page's number stands at the right edge.
    fn set_contents_tabs(&mut self) {
        let stop = TabStop { at: self.page.text_width(), align: TabAlign::End, leader: self.leader };
        for style in &mut self.sheet.paragraph_styles {
            if style.id == id::CONTENTS[0] || style.id == id::CONTENTS_CAPTIONS {
                style.paragraph.tabs = Some(vec![stop]);
            }
        }
    }

    /// The advance of a full-width character in a named style.
    fn em_of(&self, id: &str) -> Length {
        let format = self.sheet.style_character_format(self.sheet.find(id).unwrap_or_default());
        format.size + format.spacing
    }
}

fn rule(width: Length) -> Option<Border> {
    (width > Length::ZERO).then(|| Border::single(width))
}

impl OfficialDraft {
    fn look(self) -> OfficialLook {
        let head_rule = rule(self.rule);
        OfficialLook {
            issuer_top: self.issuer_top,
            head_rule: head_rule.map(|rule| Border { color: self.rule_color, space: self.rule_space, ..rule }),
            imprint_outer: rule(self.imprint_rule),
            imprint_inner: rule(self.imprint_inner_rule),
            imprint_on_even_page: self.even_page,
        }
    }
}

impl TableDraft {
    fn look(self) -> TableLook {
        let (outer, inner) = (rule(self.outer_rule), rule(self.inner_rule));
        let ends = CellBorders { top: outer, bottom: outer, ..Default::default() };
        let borders = match self.rules {
            Rules::Grid => {
                CellBorders { left: outer, right: outer, inside_horizontal: inner, inside_vertical: inner, ..ends }
            }
            Rules::ThreeLine => ends,
            Rules::Rows => CellBorders { inside_horizontal: inner, ..ends },
        };
        TableLook {
            borders,
            margins: CellMargins {
                top: self.margin_above,
                bottom: self.margin_below,
                left: self.margin_side,
                right: self.margin_side,
            },
            header_shading: self.header_shading,
            header_rule: inner.filter(|_| self.rules == Rules::ThreeLine),
            space_below: self.space_below,
        }
    }
}

impl ListDraft {
    /// The definitions, in the order of [`super::BULLETED`] and [`super::NUMBERED`].
    fn numberings(&self, em: Length) -> Vec<Numbering> {
        let bullets = |level: usize| {
            let sign = self.bullets.get(level % self.bullets.len().max(1)).map_or("●", String::as_str);
            (NumberFormat::Bullet, sign.to_owned())
        };
        let numbers = |level: usize| match self.numbers.get(level % self.numbers.len().max(1)) {
            Some(pattern) => pattern.label(level),
            None => (NumberFormat::Decimal, format!("%{}.", level + 1)),
        };
        let definition = |label: &dyn Fn(usize) -> (NumberFormat, String)| Numbering {
            levels: (0..LIST_LEVELS).map(|level| self.level(level, label(level), em)).collect(),
            ..Numbering::default()
        };
        vec![definition(&bullets), definition(&numbers)]
    }

    /// Whole twips, so that every reader has the same.
    fn level(&self, level: usize, (format, text): (NumberFormat, String), em: Length) -> NumberingLevel {
        let hang_em = label_em(format, &text) + 0.5;
        let in_twips = |ems: f64| Length::twips((em * ems).to_twips());
        NumberingLevel {
            format,
            text,
            indent_left: Indent::Length(in_twips(self.indent + 2.0 * level as f64 + hang_em)),
            first_line: Indent::Length(-in_twips(hang_em)),
            ..NumberingLevel::default()
        }
    }
}

/// Width of a label with a number as wide as is common, in ems.
fn label_em(format: NumberFormat, text: &str) -> f64 {
    let number = match format {
        NumberFormat::Decimal => "10",
        NumberFormat::LowerLetter => "m",
        NumberFormat::Chinese => "十一",
        NumberFormat::Circled => "①",
        NumberFormat::Bullet => "",
        _ => "10",
    };
    let shown: String = match text.split_once('%') {
        Some((before, after)) => format!("{before}{number}{}", after.get(1..).unwrap_or("")),
        None => text.to_owned(),
    };
    let width = |(range, script): (std::ops::Range<usize>, Script)| {
        let count = shown.get(range).map_or(0, |part| part.chars().count()) as f64;
        if script == Script::EastAsian { count } else { count * 0.5 }
    };
    scripts(&shown).map(width).sum()
}
