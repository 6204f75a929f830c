//! The text of a paragraph: runs and what wraps them.

use super::field::{Shown, address_link};
use super::properties::{self, RunProperties};
use super::story::{Story, bookmark};
use super::symbols;
use super::tree::Element;
use super::unshown;
use crate::diagnostic::Words;
use crate::document::{Bookmark, CharacterFormat, Content, Length, Link, Run, TabAlign, TabStop, VerticalPosition};

impl Story<'_> {
    /// The runs of an element of a paragraph; wrappers are looked through, deleted text is left out.
    pub fn inline(&mut self, element: &Element, runs: &mut Vec<Run>) {
        for child in &element.children {
            match child.name.as_ref() {
                "w:r" => self.run(child, runs),
                "w:hyperlink" => {
                    let around = self.link.clone();
                    self.link = self.hyperlink(child).or(self.link.take());
                    self.inline(child, runs);
                    self.link = around;
                }
                "w:bookmarkStart" => runs.extend(bookmark(child)),
                "w:ins" | "w:moveTo" | "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => {
                    self.inline(child, runs);
                }
                "w:sdt" => {
                    if let Some(content) = child.child("w:sdtContent") {
                        self.inline(content, runs);
                    }
                }
                "w:fldSimple" => self.simple_field(child, runs),
                "m:oMath" | "m:oMathPara" => self.formula(child, runs),
                _ => self.missing.extend(unshown::of(child)),
            }
        }
    }

    /// Where a link leads.
    fn hyperlink(&self, element: &Element) -> Option<Link> {
        let anchor = element.attribute("w:anchor").filter(|anchor| !anchor.is_empty());
        let relation = element.attribute("r:id").and_then(|id| self.relations.get(id));
        match relation.filter(|relation| relation.external && !relation.target.is_empty()) {
            Some(relation) => Some(address_link(&relation.target, anchor)),
            None => anchor.map(|anchor| Link::Bookmark(anchor.into())),
        }
    }

    fn simple_field(&mut self, element: &Element, runs: &mut Vec<Run>) {
        self.fields.begin();
        self.fields.instruction(element.attribute("w:instr").unwrap_or_default());
        self.fields.separate();
        self.inline(element, runs);
        self.end_field(&CharacterFormat::default(), runs);
    }

    /// A field ends: what it computes, or what Word draws of it without keeping it, stands here.
    fn end_field(&mut self, format: &CharacterFormat, runs: &mut Vec<Run>) {
        let ended = self.fields.end();
        runs.extend(ended.field.map(|field| of(Content::Field(field), format)));
        runs.extend(ended.text.map(|text| of(Content::Text(text), format)));
        if ended.form_lost {
            let what = Words::new("域 EQ 的排法（只写成一行文字）", "the form of an EQ field (set as a line of text)");
            self.missing.push(what);
        }
    }

    fn run(&mut self, element: &Element, runs: &mut Vec<Run>) {
        let own = element.child("w:rPr");
        let style = own.and_then(|own| own.child_value("w:rStyle"));
        let asked_for = self.book.running.of_id(style);
        let from = runs.len();
        let mut properties: RunProperties = self.book.styles.character_style(style);
        properties.apply(&properties::run(own, &self.book.theme));
        let hidden = properties.hidden.unwrap_or(false);
        if !hidden && !self.fields.in_instruction() {
            self.missing.extend(unshown::of_children(own));
            self.book.tell_of_style(style);
        }
        let format = properties.format;
        for child in &element.children {
            match child.name.as_ref() {
                "w:fldChar" => match child.attribute("w:fldCharType") {
                    Some("begin") => {
                        self.fields.begin();
                        if let Some(own) = child.child("w:ffData").and_then(|data| data.child("w:checkBox")) {
                            let ticked = own.switch("w:checked").or_else(|| own.switch("w:default"));
                            self.fields.tick_box(ticked.unwrap_or(false));
                        }
                    }
                    Some("separate") => self.fields.separate(),
                    _ if hidden => drop(self.fields.end()),
                    _ => self.end_field(&format, runs),
                },
                "w:instrText" => self.fields.instruction(&child.text),
                _ if hidden => {}
                _ => self.content(child, &format, runs),
            }
        }
        if let Some(style) = asked_for {
            self.styled_text(style, from, runs);
        }
    }

    /// Marks text in a character style that headers ask for; runs that follow each other are one text.
    fn styled_text(&mut self, style: u32, from: usize, runs: &mut Vec<Run>) {
        let of_run = |run: &Run| if let Content::Text(text) = &run.content { text.clone() } else { String::new() };
        let more: String = runs.iter().skip(from).map(of_run).collect();
        let goes_on = self.styled.filter(|(of, _, end)| *of == style && *end == from);
        let begun = goes_on.and_then(|(_, at, _)| Some((at, &mut runs.get_mut(at)?.content)));
        if let Some((at, Content::Bookmark(Bookmark::Styled { text, .. }))) = begun {
            *text = format!("{text}{more}").into();
            self.styled = Some((style, at, runs.len()));
        } else if !more.trim().is_empty() {
            let text = more.trim_start().into();
            runs.insert(from, Run::of(Content::Bookmark(Bookmark::Styled { style, text })));
            self.styled = Some((style, from, runs.len()));
        }
    }

    /// The format of text here: what can be clicked knows where it leads.
    fn linked(&self, format: &CharacterFormat) -> CharacterFormat {
        let link = self.fields.link().or(self.link.as_ref());
        CharacterFormat { link: link.map(|link| Some(link.clone())), ..format.clone() }
    }

    /// One thing in a run.
    fn content(&mut self, child: &Element, format: &CharacterFormat, runs: &mut Vec<Run>) {
        let face = format.latin_font.as_deref().unwrap_or_default().to_owned();
        match child.name.as_ref() {
            "w:t" => {
                let kept = child.attribute("xml:space") == Some("preserve");
                let text = if kept { child.text.as_str() } else { child.text.trim_matches([' ', '\n', '\t', '\r']) };
                let text = symbols::in_unicode(text, &face).replace(['\n', '\r', '\t'], " ");
                let in_symbols = symbols::is_symbol_face(&face).then(|| symbols::in_symbol_face(format.clone()));
                self.text(&text, in_symbols.as_ref().unwrap_or(format), runs);
            }
            "w:tab" => self.mark(Content::Tab, format, runs),
            "w:ptab" => {
                let stop = self.page_tab(child);
                self.page_tabs.push(stop);
                self.mark(Content::Tab, format, runs);
            }
            "w:cr" => self.mark(Content::LineBreak, format, runs),
            "w:br" => {
                let content = match child.attribute("w:type") {
                    Some("page") => Content::PageBreak,
                    Some("column") => Content::ColumnBreak,
                    _ => Content::LineBreak,
                };
                self.mark(content, format, runs);
            }
            "w:noBreakHyphen" => self.text("\u{2011}", format, runs),
            "w:softHyphen" => self.text("\u{AD}", format, runs),
            "w:sym" => {
                let font = child.attribute("w:font").unwrap_or_default();
                let code = child.attribute("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
                if let Some(sign) = code.and_then(char::from_u32) {
                    let format = CharacterFormat { latin_font: Some(font.into()), ..format.clone() };
                    let sign = symbols::character(sign, font).to_string();
                    self.text(&sign, &symbols::in_symbol_face(format), runs);
                }
            }
            "w:pgNum" => self.mark(Content::Field(crate::document::Field::Page), format, runs),
            "w:ruby" => {
                self.missing.push(Words::new("拼音", "phonetic guide"));
                if let Some(base) = child.child("w:rubyBase") {
                    self.inline(base, runs);
                }
            }
            "w:footnoteReference" | "w:endnoteReference" => self.note(child, format, runs),
            "w:footnoteRef" | "w:endnoteRef" => {
                if let Some(number) = self.note_number.clone() {
                    let position = format.position.or(Some(VerticalPosition::Superscript));
                    let format = CharacterFormat { position, ..format.clone() };
                    runs.push(of(Content::Text(number), &format));
                }
            }
            "w:drawing" => self.drawing(child, format, runs),
            "w:pict" | "w:object" => self.vml(child, format, runs),
            _ => self.missing.extend(unshown::of(child)),
        }
    }

    /// The stop of a tab that goes by the text's width.
    fn page_tab(&self, element: &Element) -> TabStop {
        let (at, align) = match element.attribute("w:alignment") {
            Some("center") => (self.width * 0.5, TabAlign::Center),
            Some("right") => (self.width, TabAlign::End),
            _ => (Length::ZERO, TabAlign::Start),
        };
        TabStop { at, align, leader: properties::leader(element) }
    }

    fn text(&mut self, text: &str, format: &CharacterFormat, runs: &mut Vec<Run>) {
        match self.fields.computed() {
            Shown::Text if !text.is_empty() => runs.push(of(Content::Text(text.to_owned()), &self.linked(format))),
            Shown::Field(field) => runs.push(of(Content::Field(field), &self.linked(format))),
            Shown::Text | Shown::Nothing => {}
        }
    }

    fn mark(&mut self, content: Content, format: &CharacterFormat, runs: &mut Vec<Run>) {
        if !self.fields.in_instruction() {
            runs.push(of(content, &self.linked(format)));
        }
    }

    fn note(&mut self, element: &Element, format: &CharacterFormat, runs: &mut Vec<Run>) {
        if self.fields.in_instruction() {
            return;
        }
        let Some(id) = element.attribute("w:id") else { return };
        let kind = if element.name.as_ref() == "w:footnoteReference" { "footnotes" } else { "endnotes" };
        let own_mark = element.attribute("w:customMarkFollows").is_some_and(super::tree::is_on);
        if let Some(note) = super::notes::read(self, kind, id, own_mark) {
            let position = format.position.or(Some(VerticalPosition::Superscript));
            let format = CharacterFormat { position, ..format.clone() };
            runs.extend(note.number.map(|number| of(Content::Text(number), &format)));
            runs.extend(note.footnote.map(|note| of(Content::Note(note), &format)));
        }
    }
}

fn of(content: Content, format: &CharacterFormat) -> Run {
    Run { content, format: format.clone().into(), source: None }
}
