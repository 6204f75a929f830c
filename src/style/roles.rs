//! The named styles that every style sheet has, under the names that a word processor knows, and the keys of a style
//! file that speak of them.

use super::id;
use crate::document::{ParagraphFormat, ParagraphStyle, ParagraphStyleId, StyleSheet};

/// A named style.
pub(super) struct Role {
    /// Key in a style file.
    pub key: &'static str,
    /// Identifier in a document.
    pub id: &'static str,
    /// Name in a word processor.
    name: &'static str,
    /// What it begins from.
    based_on: &'static str,
    /// What is typed after it.
    next: &'static str,
}

const fn role(key: &'static str, id: &'static str, name: &'static str, based_on: &'static str) -> Role {
    Role { key, id, name, based_on, next: id }
}

const fn before_body(key: &'static str, id: &'static str, name: &'static str) -> Role {
    Role { key, id, name, based_on: id::NORMAL, next: id::BODY }
}

/// All of them; each begins from an earlier one.
pub(super) const ROLES: [Role; 41] = [
    role("normal", id::NORMAL, "Normal", ""),
    role("body", id::BODY, "Body Text", id::NORMAL),
    before_body("title", id::TITLE, "Title"),
    before_body("subtitle", id::SUBTITLE, "Subtitle"),
    before_body("recipient", id::RECIPIENT, "Salutation"),
    before_body("heading1", id::HEADINGS[0], "heading 1"),
    before_body("heading2", id::HEADINGS[1], "heading 2"),
    before_body("heading3", id::HEADINGS[2], "heading 3"),
    before_body("heading4", id::HEADINGS[3], "heading 4"),
    before_body("caption", id::CAPTION, "caption"),
    role("table_text", id::TABLE_TEXT, "Table Text", id::NORMAL),
    role("table_header", id::TABLE_HEADER, "Table Header", id::TABLE_TEXT),
    role("table_number", id::TABLE_NUMBER, "Table Number", id::TABLE_TEXT),
    before_body("table_note", id::TABLE_NOTE, "Table Note"),
    role("list_item", id::LIST_ITEM, "List Paragraph", id::NORMAL),
    role("quote", id::QUOTE, "Quote", id::BODY),
    before_body("figure", id::FIGURE, "Figure"),
    role("signature", id::SIGNATURE, "Signature", id::NORMAL),
    role("copy_number", id::COPY_NUMBER, "份号", id::NORMAL),
    role("secrecy", id::SECRECY, "密级和紧急程度", id::NORMAL),
    role("issuer", id::ISSUER, "发文机关标志", id::NORMAL),
    role("document_number", id::DOCUMENT_NUMBER, "发文字号", id::NORMAL),
    role("signer", id::SIGNER, "签发人", id::DOCUMENT_NUMBER),
    role("attachment_note", id::ATTACHMENT_NOTE, "附件说明", id::NORMAL),
    role("closing_note", id::CLOSING_NOTE, "附注", id::NORMAL),
    role("attendance", id::ATTENDANCE, "出席人员", id::NORMAL),
    role("attachment_label", id::ATTACHMENT_LABEL, "附件序号", id::NORMAL),
    before_body("attachment_title", id::ATTACHMENT_TITLE, "附件标题"),
    role("imprint", id::IMPRINT, "版记", id::NORMAL),
    role("note", id::NOTE, "footnote text", id::NORMAL),
    role("header", id::HEADER, "header", id::NORMAL),
    role("footer", id::FOOTER, "footer", id::NORMAL),
    role("cover_title", id::COVER_TITLE, "Cover Title", id::TITLE),
    role("cover_subtitle", id::COVER_SUBTITLE, "Cover Subtitle", id::SUBTITLE),
    role("cover_line", id::COVER_LINE, "Cover Line", id::NORMAL),
    before_body("contents_title", id::CONTENTS_TITLE, "TOC Heading"),
    role("contents1", id::CONTENTS[0], "toc 1", id::NORMAL),
    role("contents2", id::CONTENTS[1], "toc 2", id::CONTENTS[0]),
    role("contents3", id::CONTENTS[2], "toc 3", id::CONTENTS[1]),
    role("contents4", id::CONTENTS[3], "toc 4", id::CONTENTS[2]),
    role("contents_captions", id::CONTENTS_CAPTIONS, "table of figures", id::NORMAL),
];

/// A sheet with all of them. Nothing in it is left to a reader's taste: no grid, no hanging marks, no lone lines.
pub(super) fn sheet() -> StyleSheet {
    let at = |id: &str| ROLES.iter().position(|role| role.id == id).map(|at| ParagraphStyleId(at as u16));
    let styles = ROLES.iter().map(|role| ParagraphStyle {
        id: role.id.to_owned(),
        name: role.name.to_owned(),
        based_on: at(role.based_on),
        next: at(role.next),
        paragraph: ParagraphFormat { outline_level: outline_level(role.id).map(Some), ..Default::default() },
        ..Default::default()
    });
    StyleSheet {
        default_paragraph: ParagraphFormat {
            snap_to_grid: Some(false),
            overflow_punctuation: Some(false),
            kinsoku: Some(true),
            widow_control: Some(true),
            ..Default::default()
        },
        paragraph_styles: styles.collect(),
        ..Default::default()
    }
}

/// An attachment's title stands above the headings of its text, as a chapter of the whole.
fn outline_level(id: &str) -> Option<u8> {
    let heading = id::HEADINGS.iter().position(|heading| *heading == id).map(|level| level as u8);
    heading.or((id == id::ATTACHMENT_TITLE).then_some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_begins_from_an_earlier_one() {
        for (at, style) in sheet().paragraph_styles.iter().enumerate() {
            let base = style.based_on.map(|ParagraphStyleId(base)| base as usize);
            assert_eq!(base.is_none(), at == 0, "{}", style.id);
            assert!(base.is_none_or(|base| base < at), "{}", style.id);
            assert!(style.next.is_some(), "{}", style.id);
        }
    }
}
