//! Text as XML holds it.

use std::borrow::Cow;

/// The text without the characters that XML 1.0 cannot hold and without other control characters, which no reader shows.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_shown) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_shown(*c)).collect())
    }
}

fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// The text, cleaned, as it stands in an element or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_shown(*c)) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_dropped_and_markup_escaped() {
        assert_eq!(clean("党\u{0}员\u{1F}\u{FFFF}\t数"), "党员数");
        assert_eq!(escape("<&\"\u{8}>"), "&lt;&amp;&quot;&gt;");
    }
}
