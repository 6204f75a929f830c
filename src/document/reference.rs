//! What refers to a place: links, bookmarks, and where these came to stand.

use std::sync::Arc;

use super::{LabelSuffix, NumberFormat};

/// Where a text leads that can be clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// An address outside the document.
    Address(Arc<str>),
    /// A bookmark of the document, by its name.
    Bookmark(Arc<str>),
}

/// A place in the text that can be referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bookmark {
    /// A place of a name.
    Named(Arc<str>),
    /// The beginning of a text that headers show ([`Field::Styled`]).
    Styled {
        /// Which of the styles that headers ask for it has.
        style: u32,
        /// The text.
        text: Arc<str>,
    },
}

/// The bounds of a text that a word processor computes anew, or refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A field begins. Its instruction, such as `PAGEREF _Toc1 \\h`; what it shows follows as runs like any others.
    FieldBegin(Arc<str>),
    /// The field that began last ends.
    FieldEnd,
    /// The bookmark of a name ends; it began with a [`Bookmark::Named`].
    BookmarkEnd(Arc<str>),
}

/// Text that a reader computes from the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The page's number.
    Page,
    /// How many pages the document has.
    PageCount,
    /// A number or a count, written as the field says; as the section's page numbers if it says nothing.
    Count(Count, Option<NumberFormat>),
    /// The text of a style that stands on the page, or else before it (`STYLEREF` in headers and footers).
    Styled(StyledText),
}

/// What a [`Field::Count`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The page's number.
    Page,
    /// How many pages the document has.
    Pages,
    /// How many pages the section has.
    SectionPages,
    /// The section's number.
    Section,
}

/// Which text a [`Field::Styled`] shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyledText {
    /// The style, as [`Bookmark::Styled`] numbers it: in a document of ours, as [`super::StyleSheet::paragraph_styles`] does.
    pub style: u32,
    /// The last text of the style on the page, not the first.
    pub last: bool,
    /// What is shown of it.
    pub shows: Shows,
}

/// What is shown of a paragraph that is referred to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shows {
    /// Its text.
    #[default]
    Text,
    /// Its number as it stands.
    Number,
    /// Its number with those of the levels above it.
    FullNumber,
    /// Its number without the words around it: 三 of 第三章.
    BareNumber,
}

/// A document's pages, and where its bookmarks came to stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pagination {
    /// The pages in order.
    pub pages: Vec<PageNumber>,
    /// The bookmarks in the order of the pages; of several with one name the first counts.
    pub bookmarks: Vec<BookmarkPlace>,
    /// The footnotes that begin on each page, from top to bottom, by their place in [`super::Document::notes`].
    pub notes: Vec<Vec<usize>>,
}

/// What a page calls itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageNumber {
    /// Its number as it is written in its section.
    pub text: String,
    /// Its number.
    pub number: u32,
    /// The section that it begins with, from 0.
    pub section: usize,
}

/// Where a bookmark came to stand.
#[derive(Clone, Debug, PartialEq)]
pub struct BookmarkPlace {
    /// The bookmark.
    pub bookmark: Bookmark,
    /// Its page, from 0.
    pub page: usize,
    /// Top of its line, in points from the page's top.
    pub top_pt: f32,
    /// The number of its paragraph, if that is an item of a list.
    pub number: Option<ParagraphNumber>,
}

/// The number of a list item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParagraphNumber {
    /// As it stands: `第三章`, `1.2.`
    pub label: String,
    /// Without the words around it: `三`, `1.2`
    pub bare: String,
    /// The labels from the outermost level to its own, those left out that the next one holds.
    pub context: Vec<String>,
    /// What stands between it and the paragraph's text.
    pub suffix: LabelSuffix,
}

impl ParagraphNumber {
    /// The number in one of the ways that a reference shows it, without the full stop that ends it.
    pub fn shown(&self, shows: Shows) -> String {
        let trimmed = |label: &str| label.trim().trim_end_matches('.').to_owned();
        match shows {
            Shows::Text | Shows::Number => trimmed(&self.label),
            Shows::FullNumber => trimmed(&self.context.concat()),
            Shows::BareNumber => trimmed(&self.bare),
        }
    }
}

/// The name that a style has in a file, by the one that a word processor in Chinese or English shows: `标题 1` is `heading 1`.
/// A number alone is a level of headings.
pub fn style_name_in_file(shown: &str) -> String {
    const NAMES: [(&str, &str); 12] = [
        ("标题", "heading"),
        ("目录", "toc"),
        ("副标题", "subtitle"),
        ("题注", "caption"),
        ("正文", "normal"),
        ("正文文本", "body text"),
        ("强调", "emphasis"),
        ("要点", "strong"),
        ("页眉", "header"),
        ("页脚", "footer"),
        ("列表段落", "list paragraph"),
        ("图表目录", "table of figures"),
    ];
    let lower = shown.trim().to_lowercase();
    if lower.len() == 1 && lower.chars().all(|c| ('1'..='9').contains(&c)) {
        return format!("heading {lower}");
    }
    if lower == "标题" {
        return "title".into();
    }
    let (words, level) = match lower.char_indices().last() {
        Some((at, c)) if c.is_ascii_digit() => (lower[..at].trim_end(), Some(c)),
        _ => (lower.as_str(), None),
    };
    match (NAMES.iter().find(|(known, _)| *known == words), level) {
        (Some((_, name)), Some(level)) => format!("{name} {level}"),
        (Some((_, name)), None) => (*name).to_owned(),
        (None, _) => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_their_chinese_and_english_names() {
        for (shown, name) in [
            ("标题 1", "heading 1"),
            ("标题1", "heading 1"),
            ("Heading 2", "heading 2"),
            ("3", "heading 3"),
            ("标题", "title"),
            ("目录 2", "toc 2"),
            ("章标题", "章标题"),
        ] {
            assert_eq!(style_name_in_file(shown), name);
        }
    }

    #[test]
    fn a_number_is_shown_as_it_stands_in_full_or_bare() {
        let number = ParagraphNumber {
            label: "（二）".into(),
            bare: "二".into(),
            context: vec!["一、".into(), "（二）".into()],
            ..ParagraphNumber::default()
        };
        let shown = [Shows::Number, Shows::FullNumber, Shows::BareNumber].map(|shows| number.shown(shows));
        assert_eq!(shown, ["（二）", "一、（二）", "二"]);
    }
}
