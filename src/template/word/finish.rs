//! The last step of a merge: values go into the places held for them, marks do their work, and XML comes out.

use std::sync::LazyLock;

use super::asides::Aside;
use super::cells::Cells;
use super::chart;
use super::columns::fit;
use super::cut::Frame;
use super::escape::{has_ink, plain, url, with_breaks};
use super::marks::Mark;
use super::media::{HIGHEST, own_width};
use super::numbering::NewList;
use super::rich::RichWriter;
use super::sections::{join_section, without_blank_page};
use super::session::Session;
use super::shelf::Captured;
use crate::document::{Content, Length, Picture};
use crate::style::{ChartLook, Style};
use crate::template::chart::ChartForm;
use crate::template::inserts::{CLOSE, Insert, InsertedPicture, OPEN};
use crate::template::markdown::fragment;

/// What the looks of text and tables begin from that are put in; reading it takes longer than most merges.
static PLAIN: LazyLock<Option<Style>> = LazyLock::new(|| Style::carried("plain"));

impl Session<'_> {
    /// The XML of a part.
    pub(super) fn part(&mut self, path: &str, text: &str) -> String {
        path.clone_into(&mut self.owner);
        let mut writer = Writer {
            session: self,
            out: String::with_capacity(text.len()),
            open: Vec::new(),
            after_table: false,
            escape: Escape::Breaks,
            outer: Vec::new(),
            frame: None,
            cells: Cells::default(),
            zones: Vec::new(),
            tail: None,
            past: None,
        };
        let mut pieces = text.split(OPEN);
        writer.literal(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (inside, rest) = piece.split_once(CLOSE).unwrap_or(("", piece));
            if let Some(mark) = Mark::read(inside) {
                writer.mark(mark);
            }
            writer.literal(rest);
        }
        let ended = writer.tail.and_then(|tail| without_blank_page(&writer.out, tail));
        ended.unwrap_or(writer.out)
    }
}

/// How the next value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escape {
    Breaks,
    Plain,
    Url,
    /// It is a cell's value.
    Merge(usize),
    /// It is a cell's colour.
    Shade(usize),
    /// It is a chart's data; the chart's kind is kept apart.
    Chart,
}

struct Writer<'s, 'a> {
    session: &'s mut Session<'a>,
    out: String,
    /// Where what may go begins.
    open: Vec<usize>,
    after_table: bool,
    escape: Escape,
    /// What an aside stands in.
    outer: Vec<Outer>,
    frame: Option<usize>,
    cells: Cells,
    /// The zones of the tables with repeated columns that have begun.
    zones: Vec<String>,
    /// Where a loop has ended after which nothing is seen.
    tail: Option<usize>,
    /// Beyond the last row of a loop: whether the text at hand is shown text, which goes.
    past: Option<bool>,
}

/// The text that an aside interrupts.
struct Outer {
    aside: usize,
    id: String,
    first: bool,
    out: String,
    open: Vec<usize>,
    owner: String,
}

/// The owners of pictures in notes that are told in loops.
pub(super) const FOOTNOTES: &str = "</w:footnotes>";
pub(super) const ENDNOTES: &str = "</w:endnotes>";
/// Word takes two tables without a paragraph between them for one.
const BETWEEN_TABLES: &str = "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>\
    <w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>";
/// A bookmark's name has no more characters.
const LONGEST_NAME: usize = 40;

impl Writer<'_, '_> {
    fn literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        // What was said of a value is over where there is none.
        (self.escape, self.frame) = (Escape::Breaks, None);
        if std::mem::take(&mut self.after_table) && (text.starts_with("<w:tbl>") || text.starts_with("<w:tbl ")) {
            self.out += BETWEEN_TABLES;
        }
        match self.past {
            Some(_) => self.without_text(text),
            None => self.out += text,
        }
    }

    /// The rest of a cell beyond the last row of a loop: its elements stay, its text goes.
    fn without_text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(shown) = self.past {
            let Some((before, from)) = rest.find('<').map(|at| rest.split_at(at)) else {
                self.out += if shown { "" } else { rest };
                return;
            };
            let (tag, after) = from.find('>').map_or((from, ""), |end| from.split_at(end + 1));
            self.out += if shown { "" } else { before };
            self.out += tag;
            self.past = match tag {
                "</w:tc>" => None,
                tag => Some(tag.starts_with("<w:t>") || tag.starts_with("<w:t ") && !tag.ends_with("/>")),
            };
            rest = after;
        }
        self.out += rest;
    }

    fn mark(&mut self, mark: Mark<'_>) {
        match mark {
            Mark::Value(number) => {
                if self.past.is_none() {
                    self.value(number);
                }
            }
            Mark::Past => self.past = Some(true),
            Mark::Frame(frame) => self.frame = Some(frame),
            Mark::Merge(cell) => self.escape = Escape::Merge(cell),
            Mark::MergePlace(cell) => self.cells.merge_place(cell, self.out.len()),
            Mark::Chart(kind) => {
                self.escape = Escape::Chart;
                kind.clone_into(&mut self.session.chart_kind);
            }
            Mark::Shade(cell) => self.escape = Escape::Shade(cell),
            Mark::ShadePlace(cell) => self.cells.shade_place(cell, self.out.len()),
            Mark::NextRow => self.cells.next_row(),
            Mark::Plain => self.escape = Escape::Plain,
            Mark::Url => self.escape = Escape::Url,
            Mark::Section | Mark::Paragraph | Mark::Table | Mark::Row => self.open.push(self.out.len()),
            Mark::Columns(zones) => {
                self.open.push(self.out.len());
                self.zones.push(zones.to_owned());
            }
            Mark::ColumnsEnd => self.fit_columns(),
            Mark::SectionEnd => {
                let from = self.open.pop().unwrap_or_default();
                join_section(&mut self.out, from);
            }
            Mark::Tail(turn) => self.tail = (self.session.turn(turn) > 0).then_some(self.out.len()),
            Mark::ParagraphEnd => self.close(has_ink),
            Mark::TableEnd => self.close(|table| table.contains("<w:tr ") || table.contains("<w:tr>")),
            Mark::RowEnd => self.close(|row| row.contains("<w:tc>") || row.contains("<w:tc ")),
            Mark::NeedsParagraph => self.end_with_paragraph(),
            Mark::Boundary => self.after_table = self.out.ends_with("</w:tbl>"),
            Mark::Turn(turn) => {
                self.past = None;
                *self.session.turns.entry(turn).or_default() += 1;
            }
            Mark::NewId(id) => {
                let id = self.session.new_id(id);
                self.out += &id;
            }
            Mark::SameId(id) => match self.session.ids.get(&self.session.known_by(id)) {
                Some(same) => self.out += &same.to_string(),
                None => self.out += id,
            },
            Mark::Name(turn, name) if self.session.visits.now().is_some() => {
                let count = self.session.turn(turn);
                let name = self.session.visits.name(count, name);
                self.out += &name;
            }
            Mark::Name(turn, name) => match self.session.turn(turn) {
                0 | 1 => self.out += name,
                count => {
                    let suffix = format!("_{count}");
                    self.out.extend(name.chars().take(LONGEST_NAME - suffix.len()));
                    self.out += &suffix;
                }
            },
            Mark::Aside(aside) => {
                let (id, first) = self.session.aside(aside);
                let (out, open) = (std::mem::take(&mut self.out), std::mem::take(&mut self.open));
                let own = match self.session.told(aside) {
                    Some(Aside::Footnote(_)) => FOOTNOTES.to_owned(),
                    Some(Aside::Endnote(_)) => ENDNOTES.to_owned(),
                    _ => id.clone(),
                };
                let owner = std::mem::replace(&mut self.session.owner, own);
                self.outer.push(Outer { aside, id, first, out, open, owner });
            }
            Mark::AsideEnd => {
                if let Some(Outer { aside, id, first, out, open, owner }) = self.outer.pop() {
                    self.session.owner = owner;
                    let content = std::mem::replace(&mut self.out, out);
                    self.open = open;
                    self.out += &id;
                    let told = self.session.told(aside);
                    let is_chart = matches!(told, Some(Aside::Chart { .. }));
                    let data = self.session.chart.take_if(|_| is_chart);
                    let filled = data.and_then(|data| Some((data.clone(), chart::fill(&content, &data)?)));
                    let (content, data) = match filled {
                        Some((data, (content, relation))) => (content, Some((relation, data))),
                        None => (content, None),
                    };
                    let visitor = self.session.visits.now().map(|(visitor, _)| visitor);
                    let own = match (&told, &visitor) {
                        (Some(Aside::Chart { path, .. }), Some(visitor)) => {
                            let replaced = data.as_ref().map(|(relation, _)| relation.as_str());
                            self.session.visits.relations_of_part(visitor, path, replaced)
                        }
                        _ => None,
                    };
                    let number = visitor.is_none().then_some(aside);
                    if let Some(aside) = told {
                        self.session.captured.push(Captured { aside, number, id, first, content, data, own });
                    }
                }
            }
            Mark::AsideId => {
                if let Some(outer) = self.outer.last() {
                    self.out += &outer.id;
                }
            }
            Mark::Guest(number) => {
                self.after_table = self.out.ends_with("</w:tbl>");
                self.session.visits.enter(number);
            }
            Mark::GuestEnd => self.session.visits.leave(),
            Mark::Style(id) => {
                let id = self.session.visits.style(id, &mut self.session.lists);
                self.out += &id;
            }
            Mark::Link(id) => {
                let Session { visits, media, owner, .. } = &mut *self.session;
                let note = [FOOTNOTES, ENDNOTES].iter().position(|end| end == owner);
                let id = visits.link(owner, note, id, media);
                self.out += &id;
            }
            Mark::List(turn, list) => {
                let number = self.session.list(turn, list);
                self.out += &number;
            }
        }
    }

    fn value(&mut self, number: usize) {
        let escape = std::mem::replace(&mut self.escape, Escape::Breaks);
        let inserts = self.session.inserts;
        let frame = self.frame.take().and_then(|frame| self.session.frame(frame));
        match (inserts.get(number), frame.as_ref()) {
            (Some(Insert::Text { text, .. }), Some(frame)) if frame.markdown => self.rich(text, frame),
            (Some(Insert::Text { text, .. }), _) => match escape {
                Escape::Breaks => with_breaks(text, &mut self.out),
                Escape::Plain | Escape::Chart => plain(text, &mut self.out),
                Escape::Url => url(text, &mut self.out),
                Escape::Merge(cell) => {
                    let merge = self.cells.value(cell, text);
                    if merge.is_none_or(|(_, _, shown)| shown) {
                        with_breaks(text, &mut self.out);
                    }
                    if let Some((at, merge, _)) = merge {
                        self.put(at, 0, merge, true);
                    }
                }
                Escape::Shade(cell) => {
                    if let Some((at, shade)) = self.cells.shade(cell, text) {
                        // The cell's own colour goes, and one that was set before.
                        let own = self.out.get(at..).filter(|rest| rest.starts_with("<w:shd "));
                        let own = own.and_then(|rest| rest.find("/>")).map_or(0, |end| end + 2);
                        self.put(at, own, &shade, false);
                    }
                }
            },
            (Some(Insert::Chart(data)), _) if escape == Escape::Chart => {
                plain(&data.sentence(&self.session.chart_kind), &mut self.out);
                let wanted = data.form.map(ChartForm::family_name);
                let other = wanted.filter(|wanted| *wanted != self.session.chart_kind);
                self.session.other_kinds.extend(other.map(|wanted| (wanted, self.session.chart_kind.clone())));
                self.session.chart = Some(data.as_ref().clone());
            }
            (Some(Insert::Table(_) | Insert::Chart(_) | Insert::Gallery(_)), Some(frame)) => {
                self.rich(&format!("{OPEN}{number}{CLOSE}"), frame)
            }
            (Some(Insert::Picture(picture)), Some(frame)) => self.picture(picture, frame),
            _ => {}
        }
    }

    /// Puts something in further up, in the place of so many bytes.
    fn put(&mut self, at: usize, gone: usize, text: &str, merge: bool) {
        if self.out.is_char_boundary(at) && self.out.is_char_boundary(at + gone) {
            self.out.replace_range(at..at + gone, text);
            let by = text.len() as isize - gone as isize;
            let behind = self.open.iter_mut().filter(|open| **open > at);
            behind.for_each(|open| *open = open.saturating_add_signed(by));
            self.cells.moved(at, by, merge);
        }
    }

    /// A text that is Markdown, or the place of a table.
    fn rich(&mut self, text: &str, frame: &Frame) {
        let Some(mut style) = PLAIN.clone() else { return };
        (style.page.margin_left, style.page.margin_right, style.page.width) = (Length::ZERO, Length::ZERO, frame.room);
        // The template's own headings are numbered as it numbers them.
        style.heading_numbers = Default::default();
        let accents = &self.session.styles.accents;
        style.chart.colors = if accents.is_empty() { ChartLook::default().colors } else { accents.clone() };
        let (blocks, lists) = fragment(text, self.session.inserts, &style, &mut self.session.counted);
        let Session { media, next_id, owner, styles, lists: numbers, .. } = &mut *self.session;
        let text = *next_id;
        *next_id += usize::from(!lists.is_empty());
        let lists = lists.into_iter().enumerate();
        let lists: Vec<usize> =
            lists.map(|(at, numbered)| numbers.number(NewList::Text { numbered, text, at })).collect();
        let mut drawing = |content: &Content| {
            *next_id += 1;
            match content {
                Content::Picture(picture) => media.drawing(owner, picture, *next_id - 1),
                Content::Chart(chart) => media.chart(owner, chart, *next_id - 1),
                _ => String::new(),
            }
        };
        let from = self.out.len();
        let out = &mut self.out;
        let writer = RichWriter {
            look: &frame.look,
            own: styles,
            sheet: &style.sheet,
            out,
            drawing: &mut drawing,
            lists: &lists,
        };
        writer.write(&blocks);
        let (before, after) = self.out.split_at(from);
        if before.ends_with("</w:tbl>") && after.starts_with("<w:tbl>") {
            self.out.insert_str(from, BETWEEN_TABLES);
        }
    }

    /// A picture in the line, its caption below it.
    fn picture(&mut self, picture: &InsertedPicture, frame: &Frame) {
        let (width, height, crop) = picture.placed(frame.room, HIGHEST, own_width(&picture.image));
        let description = picture.caption.clone().unwrap_or_else(|| picture.description.clone());
        let id = self.session.next_id;
        self.session.next_id += 1;
        let drawn = Picture { image: picture.image.clone(), width, height, crop, description };
        let drawing = self.session.media.drawing(&self.session.owner, &drawn, id);
        self.out += &format!("</w:t>{drawing}<w:t xml:space=\"preserve\">");
        if let Some(caption) = &picture.caption {
            with_breaks(&format!("\n{caption}"), &mut self.out);
        }
    }

    fn close(&mut self, stays: impl Fn(&str) -> bool) {
        let from = self.open.pop().unwrap_or_default();
        if !stays(self.out.get(from..).unwrap_or_default()) {
            self.out.truncate(from);
            self.after_table = self.out.ends_with("</w:tbl>");
        }
    }

    /// Fits the table that ends here to the number of its columns.
    fn fit_columns(&mut self) {
        let from = self.open.pop().unwrap_or_default();
        let zones = self.zones.pop().unwrap_or_default();
        if let Some((table, columns)) = fit(self.out.get(from..).unwrap_or_default(), &zones) {
            self.out.truncate(from);
            self.out += &table;
            self.session.most_columns = self.session.most_columns.max(columns);
        }
    }

    fn end_with_paragraph(&mut self) {
        let mut from = self.out.len().saturating_sub(4096);
        while !self.out.is_char_boundary(from) {
            from -= 1;
        }
        let tail = self.out.get(from..).unwrap_or_default();
        let paragraph = ["</w:p>", "<w:p/>"].iter().filter_map(|end| tail.rfind(end)).max();
        let others = [
            "</w:tbl>",
            "</w:tcPr>",
            "<w:tc>",
            "<w:body>",
            "<w:txbxContent>",
            "<w:tc ",
            "<w:hdr ",
            "<w:ftr ",
            "<w:footnote ",
            "<w:endnote ",
            "<w:comment ",
        ];
        let other = others.iter().filter_map(|end| tail.rfind(end)).max();
        if paragraph.is_none() && other.is_some() || paragraph < other {
            self.out += "<w:p/>";
        }
    }
}
