//! Makes well-formed XML of what the fuzzer made of a part: otherwise nearly all of its work is refused by the parser.

use std::fmt::Write;

/// The text with its tags balanced, its attributes quoted and each there once, and nothing else changed that a parser
/// would take.
pub fn mended(bytes: &[u8]) -> Vec<u8> {
    let text: String =
        String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control() || "\t\n".contains(*c)).collect();
    let mut made = String::with_capacity(text.len() + 64);
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        escape(&mut made, before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let name = &name[..name_length(name)];
            if let Some(at) = open.iter().rposition(|known| *known == name) {
                close(&mut made, open.drain(at..));
            }
            continue;
        }
        let name = &tag[..name_length(tag)];
        if name.is_empty() || (open.is_empty() && made.contains('<')) {
            continue;
        }
        let _ = write!(made, "<{name}");
        attributes(&mut made, &tag[name.len()..]);
        match tag.ends_with('/') {
            true => made.push_str("/>"),
            false => {
                made.push('>');
                open.push(name);
            }
        }
    }
    escape(&mut made, rest);
    close(&mut made, open.drain(..));
    made.into_bytes()
}

fn close<'a>(made: &mut String, open: impl DoubleEndedIterator<Item = &'a str>) {
    for name in open.rev() {
        let _ = write!(made, "</{name}>");
    }
}

fn attributes(made: &mut String, tag: &str) {
    let mut known: Vec<&str> = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        rest = after;
        let begin =
            before.rfind(|c| !is_name(c)).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let name = &before[begin..];
        if name_length(name) == 0 || known.contains(&name) || known.len() > 100 {
            continue;
        }
        known.push(name);
        let _ = write!(made, " {name}=\"");
        escape(made, value);
        made.push('"');
    }
}

/// `&` stays where it begins one of the five entities or a number.
fn escape(made: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        made.push_str(before);
        let entity = after.split_once(';').map_or("", |(entity, _)| entity);
        let number =
            entity.strip_prefix('#').is_some_and(|number| number.parse().ok().and_then(char::from_u32).is_some());
        made.push_str(if number || ["amp", "lt", "gt", "quot", "apos"].contains(&entity) { "&" } else { "&amp;" });
        rest = after;
    }
    made.push_str(rest);
}

fn name_length(text: &str) -> usize {
    match text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => text.find(|c| !is_name(c)).unwrap_or(text.len()),
        false => 0,
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || ":_-.".contains(c)
}
