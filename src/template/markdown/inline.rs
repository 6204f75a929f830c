//! The text of a paragraph: marks of emphasis become formats, placeholders the values that they stand for.

use comrak::Node;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::NodeValue;

use super::text::{RunBuilder, has_shape};
use super::{problem, references};
use crate::diagnostic::Diagnostic;
use crate::document::{CharacterFormat, Content, Run, Underline, VerticalPosition};
use crate::template::inserts::{CLOSE, Insert, Inserts, OPEN};

/// Formats deeper than this are not told apart any more.
const DEEPEST_FORMAT: usize = 32;

/// A piece of a text with placeholders.
pub(super) enum Piece<'t, 'i> {
    /// Typed in the template.
    Typed(&'t str),
    /// A value.
    Value(&'i Insert),
}

/// Cuts a text at its placeholders. A placeholder that stands for nothing is dropped.
pub(super) fn pieces<'t, 'i>(text: &'t str, inserts: &'i Inserts) -> Vec<Piece<'t, 'i>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        if !before.is_empty() {
            pieces.push(Piece::Typed(before));
        }
        let Some((number, after)) = after.split_once(CLOSE) else { return pieces };
        pieces.extend(number.parse().ok().and_then(|number| inserts.get(number)).map(Piece::Value));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Typed(rest));
    }
    pieces
}

/// A text with its values and without any format.
pub(in crate::template) fn plain(text: &str, inserts: &Inserts) -> String {
    let shown = pieces(text, inserts).into_iter().map(|piece| match piece {
        Piece::Typed(text) => text.to_owned(),
        Piece::Value(Insert::Text { text, .. }) => text.replace(['\n', '\t'], " "),
        Piece::Value(_) => String::new(),
    });
    let shown: String = shown.collect();
    shown.trim().chars().filter(|c| has_shape(*c)).collect()
}

/// Adds a text with its values to runs.
pub(super) fn expand(text: &str, runs: &mut RunBuilder, inserts: &Inserts) {
    expand_in(text, &CharacterFormat::default(), runs, inserts, &mut Vec::new());
}

fn expand_in(
    text: &str,
    format: &CharacterFormat,
    runs: &mut RunBuilder,
    inserts: &Inserts,
    problems: &mut Vec<Diagnostic>,
) {
    for piece in pieces(text, inserts) {
        match piece {
            Piece::Typed(text) => runs.text(text, format, None),
            Piece::Value(Insert::Text { text, source }) => runs.text(text, format, *source),
            Piece::Value(Insert::Table(table)) => {
                problems.push(problem::table_not_alone());
                runs.text(&in_place_of("表格", table.caption.as_deref()), format, None);
            }
            Piece::Value(Insert::Gallery(gallery)) => {
                problems.push(problem::picture_not_alone());
                runs.text(&in_place_of("照片墙", gallery.caption.as_deref()), format, None);
            }
            Piece::Value(Insert::Chart(chart)) => {
                problems.push(problem::chart_not_alone());
                runs.text(&in_place_of("图表", chart.caption.as_deref().or(chart.title.as_deref())), format, None);
            }
            Piece::Value(Insert::Picture(picture)) => {
                problems.push(problem::picture_not_alone());
                runs.text(&in_place_of("图片", picture.caption.as_deref()), format, None);
            }
        }
    }
}

fn in_place_of(kind: &str, caption: Option<&str>) -> String {
    match caption {
        Some(caption) => format!("［{kind}：{caption}］"),
        None => format!("［{kind}］"),
    }
}

/// The lines of a paragraph, heading or cell: where the template has a line feed, a new one begins.
pub(super) struct Lines {
    /// Typed text with placeholders and the format that it stands in.
    pub lines: Vec<Line>,
}

/// A line.
#[derive(Default)]
pub(super) struct Line {
    pub parts: Vec<(String, CharacterFormat)>,
    /// Ends in a line break (`\`), not just in a line feed.
    pub broken: bool,
}

impl Lines {
    /// Reads what a node holds. Any depth of marks is walked without recursion.
    pub(super) fn of<'a>(node: Node<'a>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut lines = vec![Line::default()];
        let mut formats = vec![CharacterFormat::default()];
        let mut depth = 0_usize;
        for edge in node.traverse() {
            let (child, starts) = match edge {
                NodeEdge::Start(child) => (child, true),
                NodeEdge::End(child) => (child, false),
            };
            let data = child.data();
            if let (true, NodeValue::FootnoteReference(note)) = (starts, &data.value) {
                let link = Some(references::note(note.ix as usize, note.ref_num <= 1));
                if let Some(line) = lines.last_mut() {
                    line.parts.push((references::NUMBER.to_owned(), CharacterFormat { link, ..Default::default() }));
                }
                continue;
            }
            if let (true, NodeValue::Link(link), None) = (starts, &data.value, child.first_child()) {
                let number = CharacterFormat { link: Some(references::target(&link.url)), ..Default::default() };
                if let Some(line) = lines.last_mut() {
                    line.parts.push((references::NUMBER.to_owned(), number));
                }
                continue;
            }
            if let Some(sign) = typed_sign(child) {
                if let (Some(line), Some(format)) = (lines.last_mut(), formats.last()) {
                    line.parts.push((sign.to_owned(), format.clone()));
                }
                continue;
            }
            if let Some(change) = format_of(&data.value) {
                depth = if starts { depth + 1 } else { depth.saturating_sub(1) };
                if starts && depth < DEEPEST_FORMAT {
                    let mut format = formats.last().cloned().unwrap_or_default();
                    format.apply(&change);
                    formats.push(format);
                } else if !starts && depth + 1 < DEEPEST_FORMAT && formats.len() > 1 {
                    formats.pop();
                }
                continue;
            }
            if !starts {
                continue;
            }
            let text = match &data.value {
                NodeValue::Text(text) => text.to_string(),
                NodeValue::Code(code) => code.literal.clone(),
                NodeValue::HtmlInline(html) | NodeValue::Raw(html) => html.clone(),
                NodeValue::SoftBreak | NodeValue::LineBreak => {
                    if let Some(line) = lines.last_mut() {
                        line.broken = matches!(data.value, NodeValue::LineBreak);
                    }
                    lines.push(Line::default());
                    continue;
                }
                NodeValue::Image(_) => {
                    problems.push(problem::image());
                    continue;
                }
                _ => continue,
            };
            if let (Some(line), Some(format)) = (lines.last_mut(), formats.last()) {
                line.parts.push((text, format.clone()));
            }
        }
        Self { lines }
    }

    /// The runs of all lines.
    pub(super) fn runs(&self, inserts: &Inserts, problems: &mut Vec<Diagnostic>) -> Vec<Run> {
        runs_of(&self.lines, inserts, problems)
    }

    /// The text as typed in the first line, up to the first value.
    pub(super) fn typed_start(&self) -> &str {
        let first = self.lines.first().and_then(|line| line.parts.first());
        first.map_or("", |(text, _)| text.split(OPEN).next().unwrap_or(""))
    }
}

/// The runs of some lines.
pub(super) fn runs_of(lines: &[Line], inserts: &Inserts, problems: &mut Vec<Diagnostic>) -> Vec<Run> {
    let mut runs = RunBuilder::default();
    for (at, line) in lines.iter().enumerate() {
        for (text, format) in &line.parts {
            expand_in(text, format, &mut runs, inserts, problems);
        }
        match (at + 1 < lines.len(), line.broken) {
            (true, true) => runs.line_break(),
            (true, false) => runs.line_end(),
            (false, _) => {}
        }
    }
    runs.finish()
}

impl Line {
    /// The text with placeholders, without formats.
    pub(super) fn source(&self) -> String {
        self.parts.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// Takes away what the line begins with.
    pub(super) fn strip_start(&mut self, prefix: &str) {
        if let Some((text, _)) = self.parts.first_mut()
            && let Some(rest) = text.strip_prefix(prefix)
        {
            *text = rest.to_owned();
        }
    }

    /// Takes away what the line ends with, if it does.
    pub(super) fn take_end(&mut self, suffix: &str) -> bool {
        if let Some((text, _)) = self.parts.last_mut()
            && let Some(rest) = text.trim_end().strip_suffix(suffix)
        {
            *text = rest.trim_end().to_owned();
            return true;
        }
        false
    }
}

fn format_of(value: &NodeValue) -> Option<CharacterFormat> {
    let format = CharacterFormat::default();
    match value {
        NodeValue::Strong => Some(CharacterFormat { bold: Some(true), ..format }),
        NodeValue::Emph => Some(CharacterFormat { italic: Some(true), ..format }),
        NodeValue::Strikethrough => Some(CharacterFormat { strike: Some(true), ..format }),
        NodeValue::Insert => Some(CharacterFormat { underline: Some(Underline::Single), ..format }),
        NodeValue::Highlight => Some(CharacterFormat { emphasis_mark: Some(true), ..format }),
        NodeValue::Superscript => Some(CharacterFormat { position: Some(VerticalPosition::Superscript), ..format }),
        NodeValue::Subscript => Some(CharacterFormat { position: Some(VerticalPosition::Subscript), ..format }),
        NodeValue::Link(link) => Some(CharacterFormat { link: Some(references::target(&link.url)), ..format }),
        _ => None,
    }
}

/// The sign that stands around a node and only looks like a mark: the dash of a range, unless letters, figures and signs stand
/// between (5~10人，20~30人; but H~2~O); the end of a Latin word (C++和C++).
fn typed_sign<'a>(node: Node<'a>) -> Option<&'static str> {
    match node.data().value {
        NodeValue::Subscript => {
            let is_low = |child: Node<'a>| match &child.data().value {
                NodeValue::Text(text) => text.chars().all(|c| c.is_ascii_alphanumeric() || "+-=()".contains(c)),
                _ => false,
            };
            (!node.children().all(is_low)).then_some("~")
        }
        NodeValue::Insert => {
            let before = node.previous_sibling()?;
            let NodeValue::Text(text) = &before.data().value else { return None };
            text.ends_with(|c: char| c.is_ascii_alphanumeric()).then_some("++")
        }
        _ => None,
    }
}

/// Makes every run bold.
pub(super) fn embolden(runs: &mut [Run]) {
    for run in runs {
        run.format.bold = Some(true);
    }
}

/// The text of runs, without formats.
pub(super) fn text_of(runs: &[Run]) -> String {
    let text = runs.iter().map(|run| match &run.content {
        Content::Text(text) => text.as_str(),
        Content::LineBreak => "\n",
        _ => "",
    });
    text.collect()
}
