//! The text of paragraphs, put together from the runs that a word processor cut it into, and the tags in it.
//!
//! A tag may be split over runs, through proofing marks and bookmarks; its quotation marks may be curly, its blanks
//! non-breaking, its braces and signs full width. Each character knows its bytes.

use std::ops::Range;

use super::tree::{Id, Tree};

/// A character of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// As the tag's reader sees it.
    pub(super) shown: char,
    /// The element it stands in: `w:t`, or `w:br` and `w:tab` themselves.
    pub(super) element: Id,
    start: usize,
    end: usize,
}

impl Letter {
    /// Its bytes.
    pub(super) fn bytes(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A text that tags may stand in.
#[derive(Debug)]
pub(super) struct Text {
    /// The paragraph; of other text the element that holds it.
    pub(super) holder: Id,
    pub(super) kind: TextKind,
    pub(super) letters: Vec<Letter>,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKind {
    /// A paragraph of runs (`w:p`), in which a value may have line breaks.
    Paragraph,
    /// A paragraph of a drawing or a chart (`a:p`).
    Drawing,
    /// Bare text of an element, such as a property.
    Bare,
    /// The value of an attribute, such as the text that stands for a picture.
    Attribute,
}

impl Text {
    /// The characters as a string.
    pub(super) fn shown(&self) -> String {
        self.letters.iter().map(|letter| letter.shown).collect()
    }
}

/// Whether anything in a stretch of XML may be a tag. A tag may be split between its two braces.
fn may_have_tags(source: &str) -> bool {
    ["{{", "｛", "{<", "%7B", "%7b"].iter().any(|sign| source.contains(sign))
}

/// Every text of a part that may have a tag in it, in the order of their bytes' beginnings.
pub(super) fn texts(tree: &Tree) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    // For each paragraph that is open the place of its text.
    let mut open: Vec<(Id, usize)> = Vec::new();
    for id in tree.ids() {
        while open.last().is_some_and(|(paragraph, _)| !tree.within(*paragraph).contains(&id)) {
            open.pop();
        }
        attributes(tree, id, &mut texts);
        let paragraph = open.last().and_then(|(_, at)| texts.get_mut(*at));
        match (tree.name(id), paragraph) {
            ("w:p", _) => start(&mut texts, &mut open, id, TextKind::Paragraph),
            ("a:p", _) => start(&mut texts, &mut open, id, TextKind::Drawing),
            ("w:t", Some(text)) if text.kind == TextKind::Paragraph && !is_moved_away(tree, id) => {
                letters(tree, id, tree.inner(id), &mut text.letters);
            }
            ("a:t", Some(text)) if text.kind == TextKind::Drawing => {
                letters(tree, id, tree.inner(id), &mut text.letters);
            }
            // Within tag they are blanks.
            ("w:br" | "w:tab" | "w:cr", Some(text)) if text.kind == TextKind::Paragraph && in_a_run(tree, id) => {
                let bytes = tree.outer(id);
                text.letters.push(Letter { shown: ' ', element: id, start: bytes.start, end: bytes.end });
            }
            ("w:noBreakHyphen", Some(text)) if text.kind == TextKind::Paragraph && in_a_run(tree, id) => {
                let bytes = tree.outer(id);
                text.letters.push(Letter { shown: '-', element: id, start: bytes.start, end: bytes.end });
            }
            ("w:t" | "a:t" | "w:delText", _) => {}
            _ if tree.within(id).is_empty() && may_have_tags(tree.text(tree.inner(id))) => {
                let mut text = Text { holder: id, kind: TextKind::Bare, letters: Vec::new() };
                letters(tree, id, tree.inner(id), &mut text.letters);
                texts.push(text);
            }
            _ => {}
        }
    }
    for text in &mut texts {
        mend(&mut text.letters);
    }
    texts.retain(|text| text.letters.windows(2).any(|pair| matches!(pair, [a, b] if (a.shown, b.shown) == ('{', '{'))));
    texts
}

fn start(texts: &mut Vec<Text>, open: &mut Vec<(Id, usize)>, holder: Id, kind: TextKind) {
    open.push((holder, texts.len()));
    texts.push(Text { holder, kind, letters: Vec::new() });
}

fn is_moved_away(tree: &Tree, id: Id) -> bool {
    tree.ancestors(id).take_while(|&id| tree.name(id) != "w:p").any(|id| tree.name(id) == "w:moveFrom")
}

fn in_a_run(tree: &Tree, id: Id) -> bool {
    tree.parent(id).is_some_and(|parent| tree.name(parent) == "w:r")
}

fn attributes(tree: &Tree, id: Id, texts: &mut Vec<Text>) {
    if !may_have_tags(tree.text(tree.start_tag(id))) {
        return;
    }
    for (name, value) in tree.attributes(id) {
        let mut text = Text { holder: id, kind: TextKind::Attribute, letters: Vec::new() };
        match name {
            // The target of a link is written with escapes.
            "Target" => url_letters(tree, id, value, &mut text.letters),
            _ => letters(tree, id, value, &mut text.letters),
        }
        texts.push(text);
    }
}

/// `&#x10FFFF;`, and some zeros.
const LONGEST_ENTITY: usize = 16;

/// The characters of a stretch of text; none if something other than text stands in it.
fn letters(tree: &Tree, element: Id, range: Range<usize>, into: &mut Vec<Letter>) {
    let text = tree.text(range.clone());
    if text.contains('<') {
        return;
    }
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if first == '&' { rest.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';') } else { None };
        let entity = end.and_then(|end| Some((entity(rest.get(1..end)?)?, end + 1)));
        let (shown, length) = entity.unwrap_or((first, first.len_utf8()));
        let start = range.end - rest.len();
        into.push(Letter { shown, element, start, end: start + length });
        rest = rest.get(length..).unwrap_or_default();
    }
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// The characters of a link's target, its escaped bytes (`%7B`) put together.
fn url_letters(tree: &Tree, element: Id, range: Range<usize>, into: &mut Vec<Letter>) {
    let mut plain = Vec::new();
    letters(tree, element, range, &mut plain);
    let mut at = 0;
    while let Some(letter) = plain.get(at) {
        let mut bytes = Vec::new();
        let mut end = at;
        while let Some(byte) = escaped_byte(&plain, end) {
            bytes.push(byte);
            end += 3;
            if std::str::from_utf8(&bytes).is_ok() {
                break;
            }
        }
        match std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
            Some(shown) => {
                let last = plain.get(end - 1).map_or(letter.end, |last| last.end);
                into.push(Letter { shown, end: last, ..*letter });
                at = end;
            }
            None => {
                into.push(*letter);
                at += 1;
            }
        }
    }
}

fn escaped_byte(letters: &[Letter], at: usize) -> Option<u8> {
    let [percent, high, low] = letters.get(at..at + 3)? else { return None };
    let digit = |letter: &Letter| letter.shown.to_digit(16);
    (percent.shown == '%').then_some(())?;
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// Puts right inside tags what word processors and input methods write otherwise. Characters without width go.
fn mend(letters: &mut Vec<Letter>) {
    letters.retain(|letter| !matches!(letter.shown, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}'));
    let brace = |c: char| match c {
        '{' | '｛' => Some('{'),
        '}' | '｝' => Some('}'),
        _ => None,
    };
    // Full-width braces are braces where there are two; one alone is a sign like others.
    let doubled: Vec<Option<char>> = letters
        .iter()
        .enumerate()
        .map(|(at, letter)| {
            let own = brace(letter.shown);
            let next_to =
                |other: Option<usize>| other.and_then(|at| letters.get(at)).and_then(|other| brace(other.shown));
            own.filter(|_| next_to(at.checked_sub(1)) == own || next_to(Some(at + 1)) == own)
        })
        .collect();
    for (letter, brace) in letters.iter_mut().zip(doubled) {
        letter.shown = brace.unwrap_or(letter.shown);
    }
    let mut at = 0;
    while at < letters.len() {
        if !pair(letters, at, '{') {
            at += 1;
            continue;
        }
        let end = (at + 2..letters.len()).find(|&end| pair(letters, end, '}') || pair(letters, end, '{'));
        let end = end.unwrap_or(letters.len());
        if let Some(tag) = letters.get_mut(at + 2..end) {
            mend_tag(tag);
        }
        at = end.max(at + 2);
    }
}

fn pair(letters: &[Letter], at: usize, brace: char) -> bool {
    matches!(letters.get(at..at + 2), Some([a, b]) if a.shown == brace && b.shown == brace)
}

/// What stands between the braces of a tag.
fn mend_tag(tag: &mut [Letter]) {
    let mut begins = true;
    let mut at = 0;
    while let Some(letter) = tag.get(at).copied() {
        let mended = match letter.shown {
            '＃' if begins => '#',
            '／' if begins => '/',
            '！' if begins => '!',
            '＾' if begins => '^',
            quote @ ('“' | '”' | '"' | '＂' | '‘' | '’' | '\'' | '＇') => {
                if let Some(closing) = closing_quote(quote, tag.get(at + 1..).unwrap_or_default()) {
                    let mark = if "“”\"＂".contains(quote) { '"' } else { '\'' };
                    for place in [at, at + 1 + closing] {
                        if let Some(letter) = tag.get_mut(place) {
                            letter.shown = mark;
                        }
                    }
                    let words = tag.get_mut(at + 1..at + 1 + closing).unwrap_or_default();
                    for letter in words.iter_mut().filter(|letter| letter.shown == mark) {
                        letter.shown = if mark == '"' { '”' } else { '’' };
                    }
                    at += closing + 2;
                    begins = false;
                    continue;
                }
                quote
            }
            '＠' => '@',
            '．' => '.',
            c @ ('０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') => {
                char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c)
            }
            c if c.is_whitespace() => ' ',
            c => c,
        };
        begins &= mended == ' ';
        if let Some(letter) = tag.get_mut(at) {
            letter.shown = mended;
        }
        at += 1;
    }
}

/// Where the partner of a quotation mark stands. Word turns straight marks into curly ones, not always the right way.
fn closing_quote(open: char, after: &[Letter]) -> Option<usize> {
    let find = |marks: &[char]| after.iter().position(|letter| marks.contains(&letter.shown));
    match open {
        '"' => find(&['"']).or_else(|| find(&['”', '“', '＂'])),
        '\'' => find(&['\'']).or_else(|| find(&['’', '‘', '＇'])),
        '“' | '”' | '＂' => find(&['”', '＂']).or_else(|| find(&['“', '"'])),
        _ => find(&['’', '＇']).or_else(|| find(&['‘', '\''])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        let tree = Tree::read(source.as_bytes().to_vec()).unwrap();
        texts(&tree).iter().map(Text::shown).collect()
    }

    fn paragraph(text: &str) -> String {
        let mut found = shown(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
        found.pop().unwrap_or_default()
    }

    #[test]
    fn a_tag_split_over_runs_and_marks_is_one_text() {
        let source = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>共{</w:t></w:r><w:proofErr/>\
            <w:r><w:t>{计数</w:t></w:r><w:bookmarkStart/><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>\
            <w:r><w:br/><w:t>党支部&#125;}</w:t></w:r></w:p>";
        assert_eq!(shown(source), ["共{{计数 党支部}}"]);
    }

    #[test]
    fn text_boxes_have_paragraphs_of_their_own() {
        let source = "<w:p><w:r><w:t>{{外</w:t><w:txbxContent><w:p><w:r><w:t>{{内}}</w:t></w:r></w:p>\
            </w:txbxContent><w:t>}}</w:t></w:r></w:p>";
        assert_eq!(shown(source), ["{{外}}", "{{内}}"]);
    }

    #[test]
    fn what_input_methods_and_autocorrection_write_is_mended_inside_tags_only() {
        for (written, read) in [
            ("｛｛＃each　党支部｝｝", "{{#each 党支部}}"),
            ("{｛／each｝}", "{{/each}}"),
            ("“｛”{{日期\u{A0}日期\u{200B} “中文”}}０", "“｛”{{日期 日期 \"中文\"}}０"),
            ("{{筛选 学校 类型=”民办”}}", "{{筛选 学校 类型=\"民办\"}}"),
            ("{{筛选 学校 类型=“民办“}}", "{{筛选 学校 类型=\"民办\"}}"),
            ("{{缺省 书记 \"“无”\"}}", "{{缺省 书记 \"“无”\"}}"),
            ("{{缺省 书记 ‘无’}}", "{{缺省 书记 '无'}}"),
            ("{{前 学校 ５}}", "{{前 学校 5}}"),
            ("{{＠序号}}", "{{@序号}}"),
        ] {
            assert_eq!(paragraph(written), read);
        }
    }

    #[test]
    fn attributes_properties_and_links_may_have_tags() {
        let source = "<x><wp:docPr descr=\"{{校名}}&quot;\" id=\"1\"/><dc:title>{{题}}</dc:title>\
            <r Target=\"mailto:%7B%7b邮箱%7D%7D%20\"/></x>";
        assert_eq!(shown(source), ["{{校名}}\"", "{{题}}", "mailto:{{邮箱}} "]);
    }
}
