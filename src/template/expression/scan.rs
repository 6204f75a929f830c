//! Cuts a template into text and tags, and mends inside the tags what an input method for Chinese types otherwise.
//!
//! Handlebars reads what stands in a tag (`syntax`); where tags begin and end is found here, so that every problem has
//! its line and column and all of them come at once.

use std::ops::Range;

use super::Position;
use crate::diagnostic::Diagnostic;
use crate::template::problem::{Where, syntax as problem};

/// Brackets within brackets in one tag; more are no template but an attack on the parser's stack.
pub(super) const MOST_BRACKETS: usize = 32;

/// The characters that stand for values in the merged text, and their kin: never part of a template.
pub(super) fn is_noncharacter(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::template) enum Piece {
    /// Text as it comes out.
    Text(String),
    /// A tag.
    Tag(Tag),
}

/// A tag without its braces.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::template) struct Tag {
    pub(in crate::template) kind: TagKind,
    /// What it says, as Handlebars reads it; characters stand where they stood in the template.
    pub(in crate::template) text: String,
    /// Where its braces open.
    pub(in crate::template) at: Position,
    /// Where `text` begins.
    pub(super) text_at: Position,
    /// `{{~` and `~}}`: white space beside it goes.
    trim: (bool, bool),
}

impl Tag {
    /// A tag that stands in no template.
    pub(in crate::template) fn made(kind: TagKind, text: &str) -> Self {
        let at = Position::START;
        Self { kind, text: text.to_owned(), at, text_at: at, trim: (false, false) }
    }

    /// Counts its place from so many lines further up.
    pub(in crate::template) fn move_down(&mut self, lines: usize) {
        self.at.line += lines;
        self.text_at.line += lines;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum TagKind {
    /// `{{…}}`
    Show,
    /// `{{#…}}`
    Open,
    /// `{{else …}}`
    Else,
    /// `{{/…}}`
    Close,
    /// `{{! … }}`
    Comment,
}

/// Cuts a source into pieces. With problems the pieces are not complete.
pub(super) fn scan(file: &Where<'_>, source: &str, start: Position) -> (Vec<Piece>, Vec<Diagnostic>) {
    let mut scanner = Scanner::new(file, source, start);
    scanner.run();
    let mut pieces = scanner.pieces;
    trim_lines(&mut pieces);
    trim_tildes(&mut pieces);
    (pieces, scanner.problems)
}

/// What is found in one paragraph of a template in Word; characters count from 0.
#[derive(Debug, Default)]
pub(in crate::template) struct ParagraphTags {
    /// The tags, each with its characters.
    pub(in crate::template) tags: Vec<(Tag, Range<usize>)>,
    /// Backslashes that make braces text, and go.
    pub(in crate::template) escapes: Vec<usize>,
    pub(in crate::template) problems: Vec<Diagnostic>,
}

/// Finds the tags of a text without line feeds that is the line of its number.
pub(in crate::template) fn paragraph_tags(file: &Where<'_>, source: &str, line: usize) -> ParagraphTags {
    let mut scanner = Scanner::new(file, source, Position { line, column: 1 });
    scanner.run();
    let tags = scanner.pieces.into_iter().filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) => None,
    });
    ParagraphTags { tags: tags.zip(scanner.spans).collect(), escapes: scanner.escapes, problems: scanner.problems }
}

struct Scanner<'a> {
    file: &'a Where<'a>,
    source: &'a str,
    at: usize,
    position: Position,
    pieces: Vec<Piece>,
    /// For each tag the characters of its line that it takes up, from 0.
    spans: Vec<Range<usize>>,
    /// The backslashes that are not shown, as characters of their line.
    escapes: Vec<usize>,
    problems: Vec<Diagnostic>,
}

impl<'a> Scanner<'a> {
    fn new(file: &'a Where<'a>, source: &'a str, start: Position) -> Self {
        let (pieces, spans, escapes, problems) = Default::default();
        Self { file, source, at: 0, position: start, pieces, spans, escapes, problems }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let skipped = self.rest().get(..bytes).unwrap_or(self.rest());
        self.position.advance(skipped);
        self.at += skipped.len();
        skipped
    }

    fn run(&mut self) {
        let mut text = String::new();
        while !self.rest().is_empty() {
            let before = self.skip(self.rest().find("{{").unwrap_or(self.rest().len()));
            text.extend(before.chars().filter(|&c| !is_noncharacter(c)));
            if self.rest().is_empty() {
                break;
            }
            // One backslash makes the braces text; of two or more one goes, and the tag is a tag.
            let backslashes = before.len() - before.trim_end_matches('\\').len();
            if backslashes > 0 {
                text.pop();
                self.escapes.push(self.position.column.saturating_sub(2));
            }
            if backslashes == 1 {
                text.push_str(self.skip("{{".len()));
                continue;
            }
            self.pieces.push(Piece::Text(std::mem::take(&mut text)));
            let from = self.position.column - 1;
            if let Some(tag) = self.tag() {
                self.spans.push(from..self.position.column - 1);
                self.pieces.push(Piece::Tag(tag));
            }
        }
        self.pieces.push(Piece::Text(text));
    }

    fn tag(&mut self) -> Option<Tag> {
        let at = self.position;
        if self.rest().starts_with("{{{{") {
            self.problems.push(problem::unsupported(self.file.at(at), "{{{{ }}}}"));
            self.skip("{{{{".len());
            return None;
        }
        if self.rest().starts_with("{{!") {
            let end = if self.rest().starts_with("{{!--") { "--}}" } else { "}}" };
            return match self.rest().find(end) {
                Some(found) => {
                    self.skip(found + end.len());
                    let kind = TagKind::Comment;
                    Some(Tag { kind, text: String::new(), at, text_at: at, trim: (false, false) })
                }
                None => self.unclosed(at),
            };
        }
        let (open, close) = if self.rest().starts_with("{{{") { ("{{{", "}}}") } else { ("{{", "}}") };
        self.skip(open.len());
        let trim_before = self.rest().starts_with('~');
        self.skip(usize::from(trim_before));
        let blanks = self.rest().len() - self.rest().trim_start().len();
        self.skip(blanks);
        let (kind, sigil) = match self.rest().chars().next() {
            Some('#') if self.rest().starts_with("#>") || self.rest().starts_with("#*") => return self.foreign(at, 2),
            Some('>' | '*') => return self.foreign(at, 1),
            Some('#') => (TagKind::Open, "#"),
            Some('/') => (TagKind::Close, "/"),
            Some('^') => (TagKind::Else, "^"),
            Some('&') => (TagKind::Show, "&"),
            _ => (TagKind::Show, ""),
        };
        self.skip(sigil.len());
        let mut text_at = self.position;
        let mut text = self.inside(at, close)?;
        let trim_after = text.ends_with('~');
        text.truncate(text.trim_end_matches('~').len());
        let mut kind = kind;
        if let (TagKind::Show, Some(condition)) = (kind, else_tag(&text)) {
            kind = TagKind::Else;
            text_at.advance(&text[..text.len() - condition.len()]);
            text = condition.to_owned();
        }
        Some(Tag { kind, text, at, text_at, trim: (trim_before, trim_after) })
    }

    fn unclosed(&mut self, at: Position) -> Option<Tag> {
        self.problems.push(problem::unclosed_tag(self.file.at(at)));
        let next = self.rest().get(2..).and_then(|rest| rest.find("{{")).map_or(self.rest().len(), |next| next + 2);
        self.skip(next);
        None
    }

    fn foreign(&mut self, at: Position, sigil: usize) -> Option<Tag> {
        let sigil = self.skip(sigil);
        self.problems.push(problem::unsupported(self.file.at(at), &format!("{{{{{sigil} }}}}")));
        self.inside(at, "}}");
        None
    }

    /// The rest of a tag, up to its closing braces.
    fn inside(&mut self, at: Position, close: &str) -> Option<String> {
        let mut text = String::new();
        let mut brackets = Vec::new();
        let mut deepest = 0;
        loop {
            if self.rest().starts_with(close) {
                self.skip(close.len());
                break;
            }
            let Some(c) = self.rest().chars().next().filter(|_| !self.rest().starts_with("{{")) else {
                self.problems.push(problem::unclosed_tag(self.file.at(at)));
                return None;
            };
            let begins_word = text.is_empty() || text.ends_with([' ', '\t', '\r', '\n', '(', '=']);
            match c {
                '"' | '\'' | '“' | '‘' => {
                    self.quoted(c, &mut text)?;
                    continue;
                }
                '[' => {
                    // A name of any characters. Lists, which nest without end, are nothing that a tag may hold.
                    let name = self.rest().find(']').and_then(|end| self.rest().get(..=end));
                    let name = name.filter(|name| !name[1..].contains(['[', '"', '\'', '{', '}', '\n']));
                    let Some(name) = name else { return self.unreadable(&text) };
                    text.push_str(self.skip(name.len()));
                    continue;
                }
                '{' => return self.unreadable(&text),
                '\u{3000}' => text.push(' '),
                '＝' => text.push('='),
                // A bracket that begins a word is a helper's; one within a word is part of a name.
                '(' | '（' => {
                    brackets.push(begins_word);
                    text.push(if begins_word { '(' } else { '（' });
                }
                ')' | '）' => {
                    let helper = brackets.pop().unwrap_or(c == ')');
                    text.push(if helper { ')' } else { '）' });
                }
                _ if is_noncharacter(c) => {}
                _ => text.push(c),
            }
            deepest = deepest.max(brackets.len());
            self.skip(c.len_utf8());
        }
        if deepest > MOST_BRACKETS {
            self.problems.push(problem::too_many_brackets(self.file.at(at), MOST_BRACKETS));
            return None;
        }
        // The loop variable of an outer loop may be written `../@index`; Handlebars says `@../index`.
        while text.contains("../@") {
            text = text.replace("../@", "@../");
        }
        Some(text)
    }

    fn unreadable(&mut self, before: &str) -> Option<String> {
        self.problems.push(problem::not_understood(self.file.at(self.position), before.trim()));
        let end = self.rest().find("}}").map_or(self.rest().len(), |end| end + "}}".len());
        self.skip(end);
        None
    }

    fn quoted(&mut self, open: char, text: &mut String) -> Option<()> {
        let close = match open {
            '“' => '”',
            '‘' => '’',
            same => same,
        };
        let at = self.position;
        let inside = self.rest().get(open.len_utf8()..).unwrap_or_default();
        let mut escaped = false;
        let end = inside.char_indices().find(|&(_, c)| {
            let found = c == close && !escaped;
            escaped = c == '\\' && !escaped;
            found
        });
        let words = end.map(|(end, _)| &inside[..end]).filter(|words| !words.contains("{{"));
        let Some(words) = words else {
            self.problems.push(problem::unclosed_quote(self.file.at(at)));
            // What follows belongs to no tag that could be read.
            let resume = inside.find("}}").map_or(inside.len(), |end| end + 2);
            self.skip(open.len_utf8() + resume);
            return None;
        };
        let quote = if open == '\'' || open == '‘' { '\'' } else { '"' };
        text.push(quote);
        for c in words.chars().filter(|&c| !is_noncharacter(c)) {
            match c {
                // Handlebars takes strings as JSON, which wants these written so.
                '\n' | '\r' | '\t' => text.push(' '),
                '"' if open == '“' => text.push('\''),
                c => text.push(c),
            }
        }
        text.push(quote);
        self.skip(open.len_utf8() + words.len() + close.len_utf8());
        Some(())
    }
}

/// What follows `else`, if a tag begins with it.
fn else_tag(text: &str) -> Option<&str> {
    ["else", "否则"].into_iter().find_map(|word| {
        let rest = text.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(rest)
    })
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t'))
}

/// A line on which only blocks begin, end or turn leaves nothing behind.
fn trim_lines(pieces: &mut [Piece]) {
    // All lines are found before the first is taken out, since two of them may share the text between.
    for (from, to) in lines_of_blocks(pieces) {
        for (at, piece) in pieces.iter_mut().enumerate().take(to + 1).skip(from) {
            let Piece::Text(text) = piece else { continue };
            if at == from {
                text.truncate(text.trim_end_matches([' ', '\t']).len());
            } else if at == to {
                text.drain(..text.find('\n').map_or(text.len(), |feed| feed + 1));
            } else {
                text.clear();
            }
        }
    }
}

/// Such lines, each as the text that ends before it and the text that begins with its end.
fn lines_of_blocks(pieces: &[Piece]) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut from = None;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Tag(tag) if tag.kind == TagKind::Show => from = None,
            Piece::Tag(_) => {}
            Piece::Text(text) => {
                let (first, last) = (at == 0, at + 1 == pieces.len());
                let head = text.split('\n').next().unwrap_or_default();
                let tail = text.rsplit('\n').next().unwrap_or_default();
                let one_line = head.len() == text.len();
                let ends_line = is_blank(head.trim_end_matches('\r')) && (!one_line || last);
                if let (Some(from), true) = (from, ends_line) {
                    lines.push((from, at));
                }
                match is_blank(tail) {
                    true if !one_line || first => from = Some(at),
                    true => {}
                    false => from = None,
                }
            }
        }
    }
    lines
}

fn trim_tildes(pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        let Some(Piece::Tag(Tag { trim: (before, after), .. })) = pieces.get(at) else { continue };
        let (before, after) = (*before, *after);
        if let (true, Some(Piece::Text(text))) = (before, at.checked_sub(1).and_then(|at| pieces.get_mut(at))) {
            text.truncate(text.trim_end().len());
        }
        if let (true, Some(Piece::Text(text))) = (after, pieces.get_mut(at + 1)) {
            *text = text.trim_start().to_owned();
        }
    }
}
