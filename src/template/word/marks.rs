//! Marks in the text of a part: what is to be done to the XML when the values are known. They stand between the same
//! noncharacters as the places of values, which no part and no cell has.

use crate::template::inserts::{CLOSE, OPEN, PAST};

/// What a mark says. A number without a letter is the place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    /// The place of a value.
    Value(usize),
    /// The next value is shown without line breaks.
    Plain,
    /// The next value is part of a link's target.
    Url,
    /// A paragraph begins that goes if nothing is to be seen in it.
    Paragraph,
    /// Such a paragraph ends.
    ParagraphEnd,
    /// A table begins that goes if it has no rows.
    Table,
    /// Such a table ends.
    TableEnd,
    /// A paragraph begins that holds the end of a section and nothing else but tags.
    Section,
    /// Such a paragraph ends.
    SectionEnd,
    /// The loop of this number has ended, after which nothing is seen in the body any more.
    Tail(usize),
    /// A row begins that goes if it has no cells.
    Row,
    /// Such a row ends.
    RowEnd,
    /// A table begins whose columns repeat in these zones.
    Columns(&'a str),
    /// Such a table ends.
    ColumnsEnd,
    /// Something ends here that must end with a paragraph.
    NeedsParagraph,
    /// A block over paragraphs begins, turns or ends here.
    Boundary,
    /// A turn of the loop of this number begins.
    Turn(usize),
    /// A new identifier, in the place of this one.
    NewId(&'a str),
    /// The identifier that took the place of this one last.
    SameId(&'a str),
    /// A name that must be unique, in the loop of this number.
    Name(usize, &'a str),
    /// The list of this number, which begins anew in each turn of the loop of this number.
    List(usize, &'a str),
    /// The next value is a table, a picture or formatted text, which looks as this frame says.
    Frame(usize),
    /// The next value is that of the cell of this number, which grows together with an equal one above it.
    Merge(usize),
    /// The place of the merge of the cell of this number.
    MergePlace(usize),
    /// The next value is the data of the chart that this text stands for, which is drawn as this kind.
    Chart(&'a str),
    /// The next value is the colour of the cell of this number.
    Shade(usize),
    /// The place of the colour of the cell of this number.
    ShadePlace(usize),
    /// A row of a table with such cells begins, or the table ends.
    NextRow,
    /// The content of the aside of this number begins: a header, a footer or a note that is told here, and kept elsewhere.
    Aside(usize),
    /// It ends.
    AsideEnd,
    /// The aside's own identifier.
    AsideId,
    /// The text of the document of this number begins, which is put in.
    Guest(usize),
    /// It ends.
    GuestEnd,
    /// A style of such a document, by its identifier there.
    Style(&'a str),
    /// A relation of such a document, by its identifier there.
    Link(&'a str),
    /// A loop has gone beyond its last row: the text that follows in the cell goes.
    Past,
}

impl<'a> Mark<'a> {
    /// The mark as it stands in text.
    pub(super) fn write(self) -> String {
        let inside = match self {
            Self::Value(number) => number.to_string(),
            Self::Plain => "p".into(),
            Self::Url => "u".into(),
            Self::Paragraph => "(".into(),
            Self::ParagraphEnd => ")".into(),
            Self::Table => "[".into(),
            Self::TableEnd => "]".into(),
            Self::Section => "{".into(),
            Self::SectionEnd => "}".into(),
            Self::Tail(turn) => format!("j{turn}"),
            Self::Row => "<".into(),
            Self::RowEnd => ">".into(),
            Self::Columns(zones) => format!("k{zones}"),
            Self::ColumnsEnd => "q".into(),
            Self::NeedsParagraph => "n".into(),
            Self::Boundary => "b".into(),
            Self::Turn(turn) => format!("t{turn}"),
            Self::NewId(id) => format!("i{id}"),
            Self::SameId(id) => format!("s{id}"),
            Self::Name(turn, name) => format!("m{turn} {name}"),
            Self::List(turn, id) => format!("l{turn} {id}"),
            Self::Frame(number) => format!("f{number}"),
            Self::Merge(cell) => format!("v{cell}"),
            Self::MergePlace(cell) => format!("w{cell}"),
            Self::Chart(kind) => format!("d{kind}"),
            Self::Shade(cell) => format!("h{cell}"),
            Self::ShadePlace(cell) => format!("c{cell}"),
            Self::NextRow => "r".into(),
            Self::Aside(number) => format!("a{number}"),
            Self::AsideEnd => "e".into(),
            Self::AsideId => "o".into(),
            Self::Guest(number) => format!("g{number}"),
            Self::GuestEnd => "x".into(),
            Self::Style(id) => format!("y{id}"),
            Self::Link(id) => format!("z{id}"),
            Self::Past => PAST.into(),
        };
        format!("{OPEN}{inside}{CLOSE}")
    }

    /// Reads what stands between the noncharacters.
    pub(super) fn read(inside: &'a str) -> Option<Self> {
        let kind = inside.chars().next()?;
        if kind.is_ascii_digit() {
            return Some(Self::Value(inside.parse().ok()?));
        }
        let rest = inside.get(kind.len_utf8()..)?;
        let pair = || rest.split_once(' ').and_then(|(turn, name)| Some((turn.parse().ok()?, name)));
        Some(match kind {
            'p' => Self::Plain,
            'u' => Self::Url,
            '(' => Self::Paragraph,
            ')' => Self::ParagraphEnd,
            '[' => Self::Table,
            ']' => Self::TableEnd,
            '{' => Self::Section,
            '}' => Self::SectionEnd,
            'j' => Self::Tail(rest.parse().ok()?),
            '<' => Self::Row,
            '>' => Self::RowEnd,
            'k' => Self::Columns(rest),
            'q' => Self::ColumnsEnd,
            'n' => Self::NeedsParagraph,
            'b' => Self::Boundary,
            't' => Self::Turn(rest.parse().ok()?),
            'i' => Self::NewId(rest),
            's' => Self::SameId(rest),
            'm' => pair().map(|(turn, name)| Self::Name(turn, name))?,
            'l' => pair().map(|(turn, name)| Self::List(turn, name))?,
            'f' => Self::Frame(rest.parse().ok()?),
            'v' => Self::Merge(rest.parse().ok()?),
            'w' => Self::MergePlace(rest.parse().ok()?),
            'd' => Self::Chart(rest),
            'h' => Self::Shade(rest.parse().ok()?),
            'c' => Self::ShadePlace(rest.parse().ok()?),
            'r' => Self::NextRow,
            'a' => Self::Aside(rest.parse().ok()?),
            'e' => Self::AsideEnd,
            'o' => Self::AsideId,
            'g' => Self::Guest(rest.parse().ok()?),
            'x' => Self::GuestEnd,
            'y' => Self::Style(rest),
            'z' => Self::Link(rest),
            PAST => Self::Past,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_they_are_written() {
        for mark in [
            Mark::Value(12),
            Mark::Plain,
            Mark::Url,
            Mark::Paragraph,
            Mark::ParagraphEnd,
            Mark::Table,
            Mark::TableEnd,
            Mark::Section,
            Mark::SectionEnd,
            Mark::Tail(4),
            Mark::Row,
            Mark::RowEnd,
            Mark::Columns("1-3"),
            Mark::ColumnsEnd,
            Mark::NeedsParagraph,
            Mark::Boundary,
            Mark::Turn(3),
            Mark::NewId("5"),
            Mark::SameId("5"),
            Mark::Name(2, "书签 一"),
            Mark::List(0, "7"),
            Mark::Frame(4),
            Mark::Merge(1),
            Mark::MergePlace(1),
            Mark::Chart("柱形图"),
            Mark::Shade(2),
            Mark::ShadePlace(2),
            Mark::NextRow,
            Mark::Aside(1),
            Mark::AsideEnd,
            Mark::AsideId,
            Mark::Guest(2),
            Mark::GuestEnd,
            Mark::Style("标题 1"),
            Mark::Link("rId1"),
            Mark::Past,
        ] {
            let written = mark.write();
            let inside = written.trim_start_matches(OPEN).trim_end_matches(CLOSE);
            assert_eq!(Mark::read(inside), Some(mark));
        }
    }
}
