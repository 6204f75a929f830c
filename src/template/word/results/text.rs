//! The paragraphs that fields look for: headings, captions, and texts in a style.

use super::super::tree::Id;
use super::part::Part;
use super::styles::Styles;

/// A paragraph of the body that says something.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) id: Id,
    /// Its style's identifier.
    pub(super) style: String,
    /// Its level in the outline, from 1.
    pub(super) outline: Option<u8>,
    /// The level of its heading's style, from 1.
    pub(super) heading: Option<u8>,
}

/// More tables of contents than a document has; further ones show what they last did.
pub(super) const MOST_CONTENTS: usize = 100;

/// The paragraphs of a part that have text, those of contents left out.
pub(super) fn paragraphs(part: &Part, styles: &Styles) -> Vec<Paragraph> {
    let tree = &part.tree;
    let contents: Vec<_> = part
        .fields
        .iter()
        .filter(|field| field.instruction.kind == "TOC")
        .take(MOST_CONTENTS)
        .map(|field| tree.outer(field.begin).start..tree.outer(field.end).end)
        .collect();
    let in_contents = |at: usize| contents.iter().any(|range| range.contains(&at));
    let mut found = Vec::new();
    for id in tree.ids().filter(|&id| tree.name(id) == "w:p") {
        let context = part.context(id);
        if context.fallback.is_some() {
            continue;
        }
        let mut texts = part.texts(tree.within(id)).filter(|&text| part.context(text).paragraph == Some(id));
        if texts.next().is_none() || texts_in_contents(part, id, &in_contents) {
            continue;
        }
        let look = tree.child(id, "w:pPr");
        let value = |name: &str| look.and_then(|look| tree.value(tree.child(look, name)?, "w:val"));
        let style = value("w:pStyle").or(styles.of_plain_paragraphs()).unwrap_or_default().to_owned();
        let own = value("w:outlineLvl").and_then(|level| level.parse::<u8>().ok());
        let outline = match own {
            Some(level) => (level < 9).then(|| level + 1),
            None => styles.outline(&style),
        };
        found.push(Paragraph { id, heading: styles.heading(&style), style, outline });
    }
    found
}

fn texts_in_contents(part: &Part, paragraph: Id, in_contents: &impl Fn(usize) -> bool) -> bool {
    let texts = part.texts(part.tree.within(paragraph));
    let mut own = texts.filter(|&text| part.context(text).paragraph == Some(paragraph));
    own.all(|text| in_contents(part.tree.outer(text).start))
}

/// A text on one line: breaks and tabs are blanks, but none between Chinese characters.
pub(super) fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => gap = true,
            c => {
                let wide = |c: char| c >= '\u{2E80}';
                if std::mem::take(&mut gap)
                    && let Some(before) = line.chars().next_back()
                    && !(wide(before) && wide(c))
                    && before != ' '
                    && c != ' '
                {
                    line.push(' ');
                }
                line.push(c);
            }
        }
    }
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_on_two_lines_is_one_without_a_gap_between_chinese_characters() {
        assert_eq!(on_one_line("关于表彰\n先进的决定"), "关于表彰先进的决定");
        assert_eq!(on_one_line("Part\tone "), "Part one");
        assert_eq!(on_one_line("第 1\n部分"), "第 1 部分");
    }
}
