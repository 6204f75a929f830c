//! Writes the lines of a table of contents: paragraphs in the template's own styles, links and page numbers that Word
//! can update.

use std::collections::BTreeMap;

use super::super::escape::escaped;
use super::super::field_marks::{begin, mark, run};
use super::super::tree::Id;
use super::cached::{Cached, Look};
use super::contents::{Entry, Wanted, label};
use super::edit::Changes;
use super::frame::Frame;
use super::part::{Field, Part};
use super::places::{Anchors, Places};
use super::styles::Styles;

/// The styles of lines by their levels, and those that the document has not.
#[derive(Debug, Default)]
pub(super) struct LineStyles {
    /// Identifiers by level.
    pub(super) of_level: BTreeMap<u8, String>,
    /// New styles, as they stand in the part of styles, by their identifiers.
    pub(super) new: BTreeMap<String, String>,
}

/// Levels of contents.
const LEVELS: std::ops::RangeInclusive<u8> = 1..=9;
/// What a line of a level is indented by, in twips and in hundredths of a character, as Word has it in Chinese.
const INDENT: (u32, u32) = (420, 200);

impl LineStyles {
    /// The styles that a document has for contents, or for lists of captions.
    pub(super) fn known(styles: &Styles, captions: bool) -> Self {
        let mut known = Self::default();
        for level in LEVELS {
            let name = if captions { "table of figures".to_owned() } else { format!("toc {level}") };
            if let Some(id) = styles.paragraph(&name) {
                known.of_level.insert(level, id.to_owned());
            }
        }
        known
    }

    /// Makes the styles that entries need and the document has not: as its last lines look, or as Word has them.
    pub(super) fn complete(&mut self, styles: &Styles, cached: &Cached, entries: &[Entry], room: u32, captions: bool) {
        for entry in entries {
            if self.of_level.contains_key(&entry.level) {
                continue;
            }
            let of_level = |id: Id| entries.iter().any(|other| other.paragraph == id && other.level == entry.level);
            let level = entry.level;
            let (wanted, name) = match captions {
                true => ("TableofFigures".to_owned(), "table of figures".to_owned()),
                false => (format!("TOC{level}"), format!("toc {level}")),
            };
            let id = styles.free(&wanted);
            let deeper = u32::from(level) - 1;
            let indent = match deeper {
                0 => String::new(),
                _ => format!("<w:ind w:leftChars=\"{}\" w:left=\"{}\"/>", INDENT.1 * deeper, INDENT.0 * deeper),
            };
            let of_first = || cached.first().map(|look| (indented(&without_style(&look.paragraph), &indent), look));
            let look = cached.of_target(of_level).map(|look| (without_style(&look.paragraph), look)).or_else(of_first);
            let look = look.filter(|(_, look)| look.has_tabs).map(|(paragraph, look)| (paragraph, look.text.clone()));
            let (paragraph, run) = look.unwrap_or_else(|| {
                let tab = format!("<w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{room}\"/>");
                (format!("<w:tabs>{tab}</w:tabs>{indent}"), String::new())
            });
            let based_on = styles
                .of_plain_paragraphs()
                .map(|id| format!("<w:basedOn w:val=\"{id}\"/><w:next w:val=\"{id}\"/>"))
                .unwrap_or_default();
            // Links are blue and underlined only where somebody made them so.
            let run = if run.contains("<w:rStyle") { String::new() } else { run };
            self.new.insert(
                id.clone(),
                format!(
                    "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based_on}\
                     <w:uiPriority w:val=\"39\"/><w:unhideWhenUsed/><w:pPr>{paragraph}</w:pPr>{run}</w:style>"
                ),
            );
            for level in if captions { LEVELS } else { level..=level } {
                self.of_level.insert(level, id.clone());
            }
        }
    }
}

/// Properties of a paragraph but for its style, and what only a paragraph has.
fn without_style(properties: &str) -> String {
    let mut rest = properties.to_owned();
    for (begin, end) in [("<w:pStyle ", "/>"), ("<w:rPr>", "</w:rPr>")] {
        if let Some(at) = rest.find(begin)
            && let Some(length) = rest.get(at..).and_then(|rest| rest.find(end))
        {
            rest.replace_range(at..at + length + end.len(), "");
        }
    }
    rest
}

/// Properties of a paragraph with an indent, unless they have one.
fn indented(properties: &str, indent: &str) -> String {
    const BEHIND: [&str; 6] = [
        "<w:contextualSpacing",
        "<w:mirrorIndents",
        "<w:suppressOverlap",
        "<w:jc ",
        "<w:textAlignment",
        "<w:outlineLvl",
    ];
    if properties.contains("<w:ind ") {
        return properties.to_owned();
    }
    let at = BEHIND.iter().filter_map(|name| properties.find(name)).min().unwrap_or(properties.len());
    let (before, after) = properties.split_at(at);
    [before, indent, after].concat()
}

/// What lines are written with.
pub(super) struct Writer<'a> {
    pub(super) part: &'a Part,
    pub(super) styles: &'a Styles,
    pub(super) line_styles: &'a LineStyles,
    pub(super) cached: &'a Cached,
    pub(super) places: &'a Places,
    /// Width of the column of text in twips.
    pub(super) room: u32,
}

/// What a table of contents without entries says, as Word does.
const NOTHING: (&str, &str) = ("未找到目录项。", "未找到图形项目表。");

impl Writer<'_> {
    /// Puts the lines of entries in the place of those that the field last showed. Says whether it could: a field that
    /// is torn over other structures is not touched.
    pub(super) fn write(&self, field: &Field, entries: &[Entry], anchors: &mut Anchors, changes: &mut Changes) -> bool {
        let Some(frame) = Frame::of(self.part, field) else { return false };
        let wanted = Wanted::of(&field.instruction);
        let linked = field.instruction.has('h');
        let separator = field.instruction.value('p').map(str::to_owned);
        let mut lines: Vec<(String, String)> = Vec::new();
        for entry in entries {
            lines.push(self.line(entry, linked, separator.as_deref(), anchors));
        }
        if lines.is_empty() {
            let words = if wanted.lists_captions() { NOTHING.1 } else { NOTHING.0 };
            let own = self.cached.first().map(|look| look.paragraph.clone()).unwrap_or_default();
            lines.push((own, run("", &format!("<w:t>{words}</w:t>"))));
        }
        frame.write(&lines, changes);
        true
    }

    /// A line's own properties and its content.
    fn line(&self, entry: &Entry, linked: bool, separator: Option<&str>, anchors: &mut Anchors) -> (String, String) {
        let name = anchors.entry(self.part, entry.paragraph);
        let style = self.line_styles.of_level.get(&entry.level).map(String::as_str).unwrap_or_default();
        let own_look = self.cached.of_style(style);
        let plain = Look::default();
        let look = own_look.unwrap_or(&plain);
        let number = self.places.paragraph_number(&name).filter(|number| !number.label.is_empty());
        let mut text = String::new();
        let mut label_width = None;
        if let Some(number) = number {
            let (words, parted) = label(number);
            words.chars().for_each(|c| escaped(c, &mut text));
            if parted == "\t" {
                label_width = Some(width(&words));
                text += "</w:t></w:r>";
                text += &run(&look.tab, "<w:tab/>");
                text += &format!("<w:r>{}<w:t xml:space=\"preserve\">", look.text);
            } else {
                text += parted;
            }
        }
        entry.text.chars().for_each(|c| escaped(c, &mut text));
        let mut content = run(&look.text, &format!("<w:t xml:space=\"preserve\">{text}</w:t>"));
        if entry.has_page {
            content += &match separator {
                None => run(&look.tab, "<w:tab/>"),
                Some(separator) => {
                    let mut text = String::new();
                    separator.chars().for_each(|c| escaped(c, &mut text));
                    run(&look.tab, &format!("<w:t xml:space=\"preserve\">{text}</w:t>"))
                }
            };
            if !entry.before_page.is_empty() {
                let mut text = String::new();
                entry.before_page.chars().for_each(|c| escaped(c, &mut text));
                content += &run(&look.page, &format!("<w:t>{text}</w:t>"));
            }
            let page = self.places.page_number(&name, None).unwrap_or_else(|| "1".into());
            content += &page_reference(&look.page, &name, &page);
        }
        if linked {
            content = format!("<w:hyperlink w:anchor=\"{name}\" w:history=\"1\">{content}</w:hyperlink>");
        }
        (self.properties(entry.level, style, own_look, label_width, separator.is_none()), content)
    }

    /// The properties of a line: those that its last lines had, or its style and what that lacks.
    fn properties(&self, level: u8, style: &str, own: Option<&Look>, label: Option<u32>, at_tab: bool) -> String {
        if let Some(look) = own.filter(|look| label.is_none() || look.has_tabs) {
            return look.paragraph.clone();
        }
        let mut tabs = String::new();
        if let Some(label) = label {
            // The text begins at the next half of two characters behind the label.
            let left = INDENT.0 * (u32::from(level) - 1);
            let at = (left + label + LABEL_GAP).div_ceil(INDENT.0 / 2) * (INDENT.0 / 2);
            tabs += &format!("<w:tab w:val=\"left\" w:pos=\"{at}\"/>");
        }
        let has_end = self.styles.ends_at_tab(style)
            || self.line_styles.new.get(style).is_some_and(|new| new.contains("<w:tabs>"));
        if at_tab && (!has_end || !tabs.is_empty()) {
            tabs += &format!("<w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{}\"/>", self.room);
        }
        let tabs = if tabs.is_empty() { tabs } else { format!("<w:tabs>{tabs}</w:tabs>") };
        format!("<w:pStyle w:val=\"{style}\"/>{tabs}")
    }
}

/// The least gap between a label and its heading's text, in twips.
const LABEL_GAP: u32 = 105;

/// About how wide a label is in text of ten and a half points, in twips.
fn width(label: &str) -> u32 {
    label.chars().map(|c| if c >= '\u{2E80}' { 210 } else { 105 }).sum()
}

fn page_reference(look: &str, name: &str, page: &str) -> String {
    let mut text = String::new();
    page.chars().for_each(|c| escaped(c, &mut text));
    begin(look, &format!("PAGEREF {name} \\h")) + &run(look, &format!("<w:t>{text}</w:t>")) + &mark(look, "end")
}
