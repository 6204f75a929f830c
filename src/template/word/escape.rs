//! Values as they stand in XML, and whether anything of XML is seen.

/// Elements that are seen though they hold no text.
const OBJECTS: [&str; 13] = [
    "<w:drawing",
    "<w:pict",
    "<w:object",
    "<w:sym",
    "<w:footnoteReference",
    "<w:endnoteReference",
    "<w:fldSimple",
    "<w:fldChar",
    "<w:pgNum",
    "<w:ptab",
    "<m:oMath",
    "<mc:AlternateContent",
    "<w:br w:type=\"page\"",
];

/// Whether anything is seen in a stretch of a document.
pub(super) fn has_ink(xml: &str) -> bool {
    if OBJECTS.iter().any(|object| xml.contains(object)) {
        return true;
    }
    let mut rest = xml;
    while let Some(at) = rest.find("<w:t") {
        let tag = rest.get(at..).unwrap_or_default();
        let Some(end) = tag.find('>') else { return false };
        let is_text = matches!(tag.as_bytes().get(4), Some(b'>' | b' '));
        rest = tag.get(end + 1..).unwrap_or_default();
        let text = rest.split('<').next().unwrap_or_default();
        if is_text && !text.trim().is_empty() {
            return true;
        }
    }
    false
}

/// Text in a run: a line feed is a line break, a tab a tab.
pub(super) fn with_breaks(text: &str, out: &mut String) {
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '\n' if before == '\r' => {}
            '\n' | '\r' | '\u{B}' | '\u{2028}' => *out += "</w:t><w:br/><w:t xml:space=\"preserve\">",
            '\t' => *out += "</w:t><w:tab/><w:t xml:space=\"preserve\">",
            c => escaped(c, out),
        }
        before = c;
    }
}

pub(super) fn plain(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\u{B}' | '\u{2028}' => out.push(' '),
            c => escaped(c, out),
        }
    }
}

/// A character as it stands in an element or in a quoted attribute; what XML cannot hold, or nobody can see, is dropped.
pub(super) fn escaped(c: char, out: &mut String) {
    match c {
        '&' => *out += "&amp;",
        '<' => *out += "&lt;",
        '>' => *out += "&gt;",
        '"' => *out += "&quot;",
        c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}') => {}
        c => out.push(c),
    }
}

/// Part of a link's target.
pub(super) fn url(text: &str, out: &mut String) {
    for byte in text.trim().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'?' | b'#' | b'@' | b'=' | b'+' | b',' | b';' | b'%' => {
                out.push(char::from(byte))
            }
            b'&' => *out += "&amp;",
            byte => *out += &format!("%{byte:02X}"),
        }
    }
}
