//! A template in Word to begin from: the columns of a table as the fields of a form on paper, one form for each row; or
//! as the columns of a list of all rows.
//!
//! `fields` finds the tag for each column, `form` and `list` set them on the page. Merged right away with the same
//! workbook the template gives sound documents, and whoever goes on from it does so in Word.

mod fields;
mod form;
mod list;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use fields::Field;

use super::columns::Renamed;
use super::names::says_nothing;
use crate::dataset::{Dataset, TableId};
use crate::document::{
    Align, Block, Cell, CharacterFormat, Color, Document, Info, Length, LineSpacing, PageSetup, Paragraph,
    ParagraphFormat, Section, Table, TableRow, VerticalAlign,
};
use crate::style::{self, Style, id};

/// What a starter is made from.
#[derive(Clone, Copy, Debug)]
pub struct StarterRequest<'a> {
    /// The data, its columns renamed where no tag could say them.
    pub dataset: &'a Dataset,
    /// What was renamed.
    pub renamed: &'a Renamed,
    /// The table whose rows are merged.
    pub table: TableId,
    /// What may stand above, the first that says something.
    pub titles: &'a [String],
    /// A list of all rows in one document instead of a form for each row.
    pub list: bool,
}

/// The grey of words that are for whoever writes the template.
const HINT: Color = Color { red: 0x80, green: 0x80, blue: 0x80 };
/// Below a table stands a paragraph, which Word needs and nobody is to see.
const BELOW_TABLE: f64 = 1.0;

/// The document; nothing if the style that it is set in is not carried.
pub fn starter(request: StarterRequest<'_>) -> Option<Document> {
    let StarterRequest { dataset, renamed, table, titles, list } = request;
    let style = Style::carried(style::DEFAULT)?;
    let paper = Paper { style: &style };
    let title = titles.iter().find(|title| !says_nothing(title)).map_or("登记表", String::as_str);
    let fields = Field::all(dataset, renamed, table);
    let mut page = style.page.clone();
    let content = match list {
        true => list::blocks(dataset, table, &fields, &paper, &mut page),
        false => vec![Block::from(form::table(&fields, &paper, page.text_width()))],
    };
    let mut blocks = vec![paper.hint(list), paper.text(id::TITLE, &literal(title))];
    blocks.extend(content);
    blocks.push(paper.below_table());
    let section = Section { header: style.header.clone(), footer: style.footer_with_title("", false), page, blocks };
    let info =
        Info { title: title.replace(['{', '}', '｛', '｝'], ""), language: "zh-CN".to_owned(), ..Info::default() };
    Some(Document {
        info,
        styles: Arc::clone(&style.sheet),
        lists: Vec::new(),
        sections: vec![section],
        sources: Vec::new(),
        notes: Vec::new(),
        note_separator: Vec::new(),
    })
}

/// Makes paragraphs, cells and tables in the styles of a style sheet.
struct Paper<'a> {
    style: &'a Style,
}

impl Paper<'_> {
    fn paragraph(&self, style: &str, text: &str, format: ParagraphFormat) -> Paragraph {
        Paragraph { format: format.into(), ..Paragraph::text(self.style.sheet.find(style).unwrap_or_default(), text) }
    }

    fn text(&self, style: &str, text: &str) -> Block {
        Block::Paragraph(self.paragraph(style, text, ParagraphFormat::default()))
    }

    /// What tags are, in a comment: it goes when the template is merged.
    fn hint(&self, list: bool) -> Block {
        let each = match list {
            true => "表里写着标签的那一行，数据有几行就重复几行",
            false => "数据的每一行做成一份",
        };
        let text = format!(
            "{{{{! 说明：双花括号里的是标签，合并时换成数据；{each}。标签可以移动、删掉、改字体，长得像什么，填上的就像什么。\
             这一段合并时不出现，也可以删掉。}}}}"
        );
        let mut paragraph = self.paragraph(id::TABLE_NOTE, &text, ParagraphFormat::default());
        let grey = CharacterFormat { color: Some(HINT), ..CharacterFormat::default() };
        paragraph.runs.iter_mut().for_each(|run| run.format = grey.clone().into());
        Block::Paragraph(paragraph)
    }

    fn below_table(&self) -> Block {
        let pitch = LineSpacing::Exact(Length::pt(BELOW_TABLE));
        let format = ParagraphFormat {
            line_spacing: Some(pitch),
            space_after: Some(Length::ZERO),
            ..ParagraphFormat::default()
        };
        Block::Paragraph(self.paragraph(id::TABLE_NOTE, "", format))
    }

    fn label(&self, text: &str) -> Cell {
        let shading = self.style.table.header_shading;
        // A form's label does not hold its row to the next one, as a header's cell does.
        let format = ParagraphFormat { keep_next: Some(false), ..ParagraphFormat::default() };
        let paragraph = self.paragraph(id::TABLE_HEADER, text, format);
        Cell { shading, ..Cell::of(vec![Block::Paragraph(paragraph)]) }
    }

    /// The number of a row.
    fn number(&self, text: &str) -> Cell {
        let format = ParagraphFormat { align: Some(Align::Center), ..ParagraphFormat::default() };
        let paragraph = self.paragraph(id::TABLE_TEXT, text, format);
        Cell { vertical_align: VerticalAlign::Top, ..Cell::of(vec![Block::Paragraph(paragraph)]) }
    }

    fn value(&self, field: &Field, after: &str) -> Cell {
        let style = if field.number { id::TABLE_NUMBER } else { id::TABLE_TEXT };
        let cell = Cell::of(vec![self.text(style, &format!("{}{after}", field.tag))]);
        let vertical_align = if field.long { VerticalAlign::Top } else { VerticalAlign::Center };
        Cell { vertical_align, ..cell }
    }

    fn table(&self, columns: Vec<Length>, rows: Vec<TableRow>) -> Table {
        let look = &self.style.table;
        Table { columns, borders: look.borders, margins: look.margins, rows, ..Table::default() }
    }
}

/// A page lying on its side.
fn landscape(page: &PageSetup) -> PageSetup {
    PageSetup {
        width: page.height,
        height: page.width,
        margin_top: page.margin_left,
        margin_bottom: page.margin_right,
        margin_left: page.margin_bottom,
        margin_right: page.margin_bottom,
        ..page.clone()
    }
}

/// A text in which nothing is a tag.
fn literal(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars().filter(|c| !c.is_control()).peekable();
    while let Some(c) = characters.next() {
        let is_open = |c: &char| matches!(c, '{' | '｛');
        match characters.peek() {
            Some(next) if is_open(&c) && is_open(next) => {
                plain.extend(['\\', c]);
                plain.extend(characters.next());
            }
            // A backslash there would make the braces a tag again.
            Some(next) if c == '\\' && is_open(next) => plain.push('＼'),
            _ => plain.push(c),
        }
    }
    plain
}
