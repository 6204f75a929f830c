//! Reads what a style file says about one named style.

use super::{measure, problem};
use crate::document::{
    Align, CharacterFormat, Color, FontName, Indent, Length, LineSpacing, ParagraphFormat, ParagraphStyle,
};
use crate::settings::{Group, Located, Reader};

/// The keys of one named style. `align` and the indents of headers and footers are read elsewhere.
pub(super) fn read(reader: &Reader<'_>, group: &mut Group<'_, '_>, in_line: bool, style: &mut ParagraphStyle) {
    let mut paragraph = ParagraphFormat::default();
    let mut character = CharacterFormat::default();

    let font = |text: Located<String>| -> FontName { text.value.into() };
    character.east_asian_font = group.text("font").map(font);
    character.latin_font = group.text("latin_font").map(font);
    character.size = size(reader, group, "size");
    character.spacing = length(reader, group, "character_spacing");
    character.color = color(reader, group, "color");
    character.bold = group.switch("bold").map(|on| on.value);
    character.italic = group.switch("italic").map(|on| on.value);

    paragraph.line_spacing = line_pitch(reader, group);
    paragraph.space_before = length(reader, group, "space_before");
    paragraph.space_after = length(reader, group, "space_after");
    paragraph.keep_next = group.switch("keep_next").map(|on| on.value);
    paragraph.keep_lines = group.switch("keep_lines").map(|on| on.value);
    paragraph.widow_control = group.switch("widow_control").map(|on| on.value);
    paragraph.page_break_before = group.switch("page_break_before").map(|on| on.value);
    if in_line {
        paragraph.align = align(reader, group);
        paragraph.first_line = indent(reader, group, "first_line");
        paragraph.indent_left = indent(reader, group, "indent_left");
        paragraph.indent_right = indent(reader, group, "indent_right");
    }
    style.paragraph.apply(&paragraph);
    style.character.apply(&character);
}

/// A value that a key's text stands for; a problem if it stands for none.
pub(super) fn read_as<T>(
    reader: &Reader<'_>,
    text: Option<Located<String>>,
    example: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let text = text?;
    let value = read(&text.value);
    if value.is_none() {
        reader.report(problem::not_understood(&text, example));
    }
    value
}

/// A length with its unit.
pub(super) fn length(reader: &Reader<'_>, group: &mut Group<'_, '_>, key: &'static str) -> Option<Length> {
    read_as(reader, group.text_or_number(key), "\"28pt\"、\"10mm\"", measure::length)
}

/// A length that is not negative.
pub(super) fn distance(reader: &Reader<'_>, group: &mut Group<'_, '_>, key: &'static str) -> Option<Length> {
    let positive = |text: &str| measure::length(text).filter(|length| *length >= Length::ZERO);
    read_as(reader, group.text_or_number(key), "\"28pt\"、\"10mm\"", positive)
}

/// An indent.
pub(super) fn indent(reader: &Reader<'_>, group: &mut Group<'_, '_>, key: &'static str) -> Option<Indent> {
    read_as(reader, group.text_or_number(key), "2、\"2字\"、\"8mm\"", measure::indent)
}

/// A colour.
pub(super) fn color(reader: &Reader<'_>, group: &mut Group<'_, '_>, key: &'static str) -> Option<Color> {
    read_as(reader, group.text(key), "\"D9E2F3\"", Color::from_hex)
}

/// A word out of a few.
pub(super) fn choice<T: Copy>(
    reader: &Reader<'_>,
    group: &mut Group<'_, '_>,
    key: &'static str,
    choices: &[(&str, T)],
) -> Option<T> {
    let text = group.text(key)?;
    let found = choices.iter().find(|(word, _)| *word == text.value).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        reader.report(problem::no_such_choice(&text, &words));
    }
    found
}

/// A size of type.
pub(super) fn size(reader: &Reader<'_>, group: &mut Group<'_, '_>, key: &'static str) -> Option<Length> {
    read_as(reader, group.text_or_number(key), "\"三号\"、\"16pt\"", measure::size)
}

fn align(reader: &Reader<'_>, group: &mut Group<'_, '_>) -> Option<Align> {
    let choices = [
        ("left", Align::Start),
        ("center", Align::Center),
        ("right", Align::End),
        ("justify", Align::Justify),
        ("distribute", Align::Distribute),
    ];
    choice(reader, group, "align", &choices)
}

/// An exact pitch, or `"auto"` for lines as high as what stands in them (a picture).
fn line_pitch(reader: &Reader<'_>, group: &mut Group<'_, '_>) -> Option<LineSpacing> {
    let read = |text: &str| match text {
        "auto" => Some(LineSpacing::Multiple(1.0)),
        _ => measure::length(text).filter(|pitch| pitch.to_pt() >= 1.0).map(LineSpacing::Exact),
    };
    read_as(reader, group.text_or_number("line_pitch"), "\"28.95pt\"", read)
}
