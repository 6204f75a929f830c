//! Reads pieces of a template into a tree. What stands in a tag is read by Handlebars' own grammar.

use std::sync::Arc;

use handlebars::template::{HelperTemplate, TemplateElement};

use super::scan::{Piece, Tag, TagKind, scan};
use super::tag::TagReader;
use super::value::Value;
use super::{Position, Use};
use crate::diagnostic::Diagnostic;
use crate::template::helpers::Helper;
use crate::template::problem::{Where, syntax as problem};

/// Blocks within blocks.
pub(in crate::template) const MOST_BLOCKS: usize = 64;

/// A piece of text with its tags read.
#[derive(Debug, PartialEq)]
pub(super) enum Node {
    Text(String),
    /// A value, or a table or picture.
    Show(Expr, Shown),
    Block(Box<Block>),
}

/// How a tag is called in the trace of figures.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::template) struct Shown {
    pub(in crate::template) text: Arc<str>,
    pub(in crate::template) at: Position,
}

#[derive(Debug, PartialEq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// What stands in its first tag.
    pub(super) text: Arc<str>,
    pub(super) subject: Expr,
    pub(super) at: Position,
    pub(super) body: Vec<Node>,
    pub(super) otherwise: Vec<Node>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum BlockKind {
    Each,
    If,
    Unless,
    With,
}

impl BlockKind {
    /// Every block under both its names.
    pub(super) const NAMES: [(&'static str, Self); 8] = [
        ("each", Self::Each),
        ("遍历", Self::Each),
        ("if", Self::If),
        ("如果", Self::If),
        ("unless", Self::Unless),
        ("除非", Self::Unless),
        ("with", Self::With),
        ("对于", Self::With),
    ];

    /// The block of a name.
    pub(in crate::template) fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find_map(|(known, kind)| (known == name).then_some(kind))
    }
}

/// What gives a value.
#[derive(Debug, PartialEq)]
pub(in crate::template) enum Expr {
    Literal(Value, Position),
    Name(Name),
    Call(Box<Call>),
}

impl Expr {
    pub(in crate::template) fn at(&self) -> Position {
        match self {
            Self::Literal(_, at) => *at,
            Self::Name(name) => name.at,
            Self::Call(call) => call.at,
        }
    }
}

/// A name as it is written, taken apart.
#[derive(Debug, PartialEq)]
pub(in crate::template) struct Name {
    pub(in crate::template) written: String,
    /// How many loops further out.
    pub(in crate::template) up: usize,
    /// Whether it begins with `@`.
    pub(in crate::template) local: bool,
    pub(in crate::template) parts: Vec<String>,
    pub(in crate::template) at: Position,
}

/// A helper with its arguments.
#[derive(Debug, PartialEq)]
pub(in crate::template) struct Call {
    pub(in crate::template) helper: &'static Helper,
    pub(in crate::template) arguments: Vec<Expr>,
    pub(in crate::template) options: Vec<CallOption>,
    /// The columns of a table tag.
    pub(in crate::template) columns: Vec<TableColumn>,
    pub(in crate::template) at: Position,
}

impl Call {
    /// The name that it is about, if its first argument is one.
    pub(in crate::template) fn subject(&self) -> &str {
        match self.arguments.first() {
            Some(Expr::Name(name)) => &name.written,
            _ => "",
        }
    }
}

/// An argument with a name. The English name of an option, or a column's where columns are meant.
#[derive(Debug, PartialEq)]
pub(in crate::template) struct CallOption {
    pub(in crate::template) key: String,
    pub(in crate::template) at: Position,
    pub(in crate::template) value: Expr,
}

/// A column of a table tag.
#[derive(Debug, PartialEq)]
pub(in crate::template) struct TableColumn {
    /// As the template says it, or the column's own name.
    pub(in crate::template) heading: String,
    /// The option that names it.
    pub(in crate::template) option: &'static str,
    pub(in crate::template) value: Expr,
    pub(in crate::template) shown: Shown,
}

/// What could be read of a text with tags, and all that could not.
#[derive(Debug)]
pub(super) struct Parsed {
    /// Tags and blocks with a mistake are left out, what stands in such a block with it: every node is in its right scope.
    pub(super) nodes: Vec<Node>,
    /// In the order of their places.
    pub(super) problems: Vec<Diagnostic>,
}

/// Reads a text that begins at `start`.
pub(super) fn parse(file: &Where<'_>, source: &str, start: Position, used: Use) -> Parsed {
    let (pieces, problems) = scan(file, source, start);
    parse_pieces(file, pieces, problems, used)
}

/// Reads pieces, and tells what was wrong with them before together with what is found now.
pub(super) fn parse_pieces(file: &Where<'_>, pieces: Vec<Piece>, problems: Vec<Diagnostic>, used: Use) -> Parsed {
    let whole = problems.is_empty();
    let mut parser = Parser { file, used, problems, open: Vec::new(), outermost: Vec::new(), given_up: false };
    for piece in pieces {
        match piece {
            Piece::Text(text) if text.is_empty() => {}
            Piece::Text(text) => parser.nodes().push(Node::Text(text)),
            Piece::Tag(tag) => parser.tag(tag),
        }
    }
    // With a tag that could not be read the rest may seem out of order without being so.
    if whole && !parser.given_up {
        for open in &parser.open {
            parser.problems.push(problem::unclosed_block(file.at(open.at), &open.name));
        }
    }
    let Parser { mut problems, outermost: mut nodes, .. } = parser;
    if !whole {
        problems.retain(|found| !problem::is_about_order(found));
        nodes.clear();
    }
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    Parsed { nodes, problems }
}

struct Parser<'a> {
    file: &'a Where<'a>,
    used: Use,
    problems: Vec<Diagnostic>,
    open: Vec<OpenBlock>,
    outermost: Vec<Node>,
    /// Blocks stand too deep; what follows is not read.
    given_up: bool,
}

struct OpenBlock {
    name: String,
    at: Position,
    /// The block and its `else if`s.
    branches: Vec<Branch>,
    otherwise: Option<Vec<Node>>,
    unreadable: bool,
}

struct Branch {
    kind: BlockKind,
    text: Arc<str>,
    subject: Expr,
    at: Position,
    body: Vec<Node>,
}

impl OpenBlock {
    fn nodes(&mut self) -> Option<&mut Vec<Node>> {
        self.otherwise.as_mut().or_else(|| self.branches.last_mut().map(|branch| &mut branch.body))
    }

    /// The block as a node; none if what it is about could not be read.
    fn close(self) -> Vec<Node> {
        if self.unreadable {
            return Vec::new();
        }
        self.branches.into_iter().rev().fold(self.otherwise.unwrap_or_default(), |otherwise, branch| {
            let Branch { kind, text, subject, at, body } = branch;
            vec![Node::Block(Box::new(Block { kind, text, subject, at, body, otherwise }))]
        })
    }
}

impl Parser<'_> {
    fn nodes(&mut self) -> &mut Vec<Node> {
        self.open.last_mut().and_then(OpenBlock::nodes).unwrap_or(&mut self.outermost)
    }

    fn tag(&mut self, tag: Tag) {
        if self.given_up {
            return;
        }
        match tag.kind {
            TagKind::Comment => {}
            TagKind::Show => {
                if let Some(value) = TagReader::new(self.file, &tag, self.used, &mut self.problems).value() {
                    let shown = Shown { text: Arc::from(tag.text.trim()), at: tag.at };
                    self.nodes().push(Node::Show(value, shown));
                }
            }
            TagKind::Open => self.open(&tag),
            TagKind::Else => self.turn(&tag),
            TagKind::Close => self.close(&tag),
        }
    }

    fn open(&mut self, tag: &Tag) {
        if self.too_deep(tag) {
            return;
        }
        let name = tag.text.split_whitespace().next().unwrap_or_default().to_owned();
        let branch = self.branch(tag);
        let unreadable = branch.is_none();
        // A block with a mistake still has its end.
        let branch = branch.unwrap_or(Branch {
            kind: BlockKind::If,
            text: Arc::default(),
            subject: Expr::Literal(Value::Blank, tag.at),
            at: tag.at,
            body: Vec::new(),
        });
        self.open.push(OpenBlock { name, at: tag.at, branches: vec![branch], otherwise: None, unreadable });
    }

    /// Whether a block would stand within too many others; every `else if` is one within the last.
    fn too_deep(&mut self, tag: &Tag) -> bool {
        self.given_up = self.open.iter().map(|block| block.branches.len()).sum::<usize>() >= MOST_BLOCKS;
        if self.given_up {
            self.problems.push(problem::too_many_blocks(self.file.at(tag.at), MOST_BLOCKS));
        }
        self.given_up
    }

    fn branch(&mut self, tag: &Tag) -> Option<Branch> {
        let mut reader = TagReader::new(self.file, tag, self.used, &mut self.problems);
        let (name, subject) = reader.block()?;
        match BlockKind::named(&name) {
            Some(kind) => {
                let text = Arc::from(tag.text.trim());
                Some(Branch { kind, text, subject: subject?, at: tag.at, body: Vec::new() })
            }
            None => {
                self.problems.push(problem::unknown_block(self.file.at(tag.at), &name));
                None
            }
        }
    }

    fn turn(&mut self, tag: &Tag) {
        let Some(block) = self.open.last_mut() else {
            self.problems.push(problem::stray_else(self.file.at(tag.at)));
            return;
        };
        if block.otherwise.is_some() {
            self.problems.push(problem::second_else(self.file.at(tag.at), &block.name));
        } else if tag.text.trim().is_empty() {
            block.otherwise = Some(Vec::new());
        } else if !self.too_deep(tag)
            && let Some(branch) = self.branch(tag)
            && let Some(block) = self.open.last_mut()
        {
            block.branches.push(branch);
        }
    }

    fn close(&mut self, tag: &Tag) {
        let name = tag.text.trim();
        let Some(block) = self.open.last() else {
            self.problems.push(problem::stray_close(self.file.at(tag.at), name));
            return;
        };
        let same = |open: &OpenBlock| match BlockKind::named(&open.name) {
            Some(kind) => BlockKind::named(name) == Some(kind),
            None => open.name == name,
        };
        if !same(block) {
            // It may close a block further out: then those within were not closed.
            match self.open.iter().rposition(same) {
                Some(meant) => {
                    for unclosed in self.open.drain(meant + 1..) {
                        self.problems.push(problem::unclosed_block(self.file.at(unclosed.at), &unclosed.name));
                    }
                }
                None => {
                    let open = (block.name.as_str(), self.file.spot(block.at.line));
                    self.problems.push(problem::wrong_close(self.file.at(tag.at), name, open));
                    return;
                }
            }
        }
        if let Some(block) = self.open.pop() {
            let nodes = block.close();
            self.nodes().extend(nodes);
        }
    }
}

/// The parts of a tag as Handlebars reads them.
pub(super) fn handlebars(text: &str) -> Result<HelperTemplate, (usize, usize)> {
    // A line feed keeps a tag that ends in a brace or a tilde from running into those that close it.
    let read = handlebars::Template::compile(&format!("{{{{{text}\n}}}}"));
    let template = read.map_err(|error| error.pos().unwrap_or((1, 3)))?;
    match template.elements.into_iter().next() {
        Some(TemplateElement::Expression(helper)) => Ok(*helper),
        _ => Err((1, 3)),
    }
}

/// Takes a name apart: `../a.b`, `@index`, `[a b]`.
pub(super) fn name(written: &str, at: Position) -> Name {
    let local = written.starts_with('@');
    let mut rest = written.trim_start_matches('@').trim_start_matches("./");
    let mut up = 0;
    while let Some(outer) = rest.strip_prefix("../") {
        (up, rest) = (up + 1, outer);
    }
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = match rest.strip_prefix('[') {
            Some(bracketed) => bracketed.split_once(']').unwrap_or((bracketed, "")),
            None => rest.split_at(rest.find(['.', '/']).unwrap_or(rest.len())),
        };
        parts.push(part.to_owned());
        rest = after.strip_prefix(['.', '/']).unwrap_or(after);
    }
    Name { written: written.to_owned(), up, local, parts, at }
}
