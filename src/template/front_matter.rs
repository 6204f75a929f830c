//! The front matter of a template: `key: value` lines between two lines of `---`, before the text.

pub(super) mod date;
pub(super) mod forms;
mod key;
mod official_form;
mod preface;
mod problem;

pub(super) use key::Key;
pub(super) use official_form::OfficialForm;
pub(super) use preface::Preface;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::document::Image;
use crate::settings::Located;
use crate::style::Contents;

/// The front matter as typed: tags not yet replaced.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    /// The lines in their order; each key once.
    pub fields: Vec<(Key, Located<String>)>,
}

impl FrontMatter {
    /// What a key says.
    pub(super) fn get(&self, key: Key) -> Option<&Located<String>> {
        self.fields.iter().find(|(found, _)| *found == key).map(|(_, value)| value)
    }
}

/// What the front matter says of one report: tags replaced, values still held by placeholders.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    values: Vec<(Key, String)>,
    /// Title, issuer and date stand on a cover.
    pub cover: bool,
    /// What stands in the contents.
    pub contents: Contents,
    /// The form of an official document.
    pub form: OfficialForm,
    /// Pictures of the seals, in the order of the names that they stand on.
    pub seals: Vec<Arc<Image>>,
    /// Signatures of the persons who issue it.
    pub signatures: Vec<Arc<Image>>,
}

impl Head {
    /// Nothing but what stands before the text.
    pub(super) fn before_text(cover: bool, contents: Contents) -> Self {
        let form = OfficialForm::default();
        Self { values: Vec::new(), cover, contents, form, seals: Vec::new(), signatures: Vec::new() }
    }

    /// Sets a key that has not been set.
    pub(super) fn set(&mut self, key: Key, text: impl Into<String>) {
        self.values.push((key, text.into()));
    }

    /// What a key says; nothing if it is not there.
    pub(super) fn text(&self, key: Key) -> &str {
        self.values.iter().find(|(found, _)| *found == key).map_or("", |(_, text)| text.trim())
    }
}

/// Parts a template into front matter and text; beside the text, the line on which it begins. A template without front
/// matter is all text.
///
/// # Errors
/// Unknown keys, keys given twice, lines that say nothing, a front matter that does not end.
pub(super) fn front_matter<'s>(file: &str, source: &'s str) -> Result<(FrontMatter, usize, &'s str), Vec<Diagnostic>> {
    let (matter, line, text, problems) = parted(file, source);
    if problems.is_empty() { Ok((matter, line, text)) } else { Err(problems) }
}

/// Parts a template as [`front_matter`] does, and gives beside what can be read of it what is wrong. Where a front matter
/// does not end, nobody can tell where the text begins, and there is none.
pub(super) fn parted<'s>(file: &str, source: &'s str) -> (FrontMatter, usize, &'s str, Vec<Diagnostic>) {
    let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
    let mut lines = Lines { rest: source, number: 0 };
    if !lines.next().is_some_and(is_fence) {
        return (FrontMatter::default(), 1, source, Vec::new());
    }
    let mut matter = FrontMatter::default();
    let mut problems = Vec::new();
    loop {
        let Some(line) = lines.next() else {
            let place = Place::Text { file: file.to_owned(), line: 1, column: 1 };
            return (FrontMatter::default(), 1, "", vec![problem::not_closed(place)]);
        };
        if is_fence(line) {
            break;
        }
        let at = |column: usize| Place::Text { file: file.to_owned(), line: lines.number, column };
        match read_line(line, at) {
            Ok(Some((key, value))) => match matter.get(key) {
                Some(first) => problems.push(problem::given_twice(at(1), line, &first.place)),
                None => matter.fields.push((key, value)),
            },
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    (matter, lines.number + 1, lines.rest, problems)
}

/// `None` for a blank line.
fn read_line(line: &str, at: impl Fn(usize) -> Place) -> Result<Option<(Key, Located<String>)>, Diagnostic> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    let colon = line.find([':', '：']).ok_or_else(|| problem::no_colon(at(1), line))?;
    let name = line[..colon].trim();
    let key = Key::named(name).ok_or_else(|| {
        let known = Key::NAMES.iter().flat_map(|(_, zh, en)| [*zh, *en]);
        problem::unknown_key(at(column_of(line, line.len() - line.trim_start().len())), name, known)
    })?;
    let value = line[colon..].trim_start_matches([':', '：']).trim();
    let start = line.trim_end().len() - value.len();
    Ok((!value.is_empty()).then(|| (key, Located { value: value.to_owned(), place: at(column_of(line, start)) })))
}

fn column_of(line: &str, byte: usize) -> usize {
    line.get(..byte).map_or(1, |before| before.chars().count() + 1)
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Lines without their line feeds, and what is left after them.
struct Lines<'s> {
    rest: &'s str,
    /// Number of the line given last, from 1.
    number: usize,
}

impl<'s> Lines<'s> {
    fn next(&mut self) -> Option<&'s str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.number += 1;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn a_line_is_a_key_and_its_value_with_tags() {
        let source =
            "---\n标题：{{项目.年度}}年总结\r\n\nstyle: official\n日期 : {{日期 项目.日期}}\n主送：\n---\n# 一\n";
        let (matter, line, body) = front_matter("a.md", source).unwrap();
        let shown: Vec<_> =
            matter.fields.iter().map(|(key, value)| format!("{key:?} {} {}", value.value, value.place)).collect();
        assert_eq!(
            shown,
            ["Title {{项目.年度}}年总结 a.md:2:4", "Style official a.md:4:8", "Date {{日期 项目.日期}} a.md:5:6"]
        );
        assert_eq!((line, body), (8, "# 一\n"));
    }

    #[test]
    fn a_template_without_front_matter_is_all_text() {
        let (matter, line, body) = front_matter("a.md", "\u{FEFF}# 总结\n---\n").unwrap();
        assert_eq!((matter, line, body), (FrontMatter::default(), 1, "# 总结\n---\n"));
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let problems = front_matter("a.md", "---\n标提：甲\n没有冒号\ntitle: 乙\n标题：丙\n---\n").unwrap_err();
        let text: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
        assert_eq!(
            text.join("\n"),
            "错误：a.md:2:1：没有“标提”这一项\n  办法：是不是“标题”？\n\
             错误：a.md:3:1：“没有冒号”不是“项：值”\n  办法：写成“标题：…”的样子\n\
             错误：a.md:5:1：“标题：丙”已经写过了\n  办法：第一次在 a.md:4:8，删掉其中一行"
        );
    }

    #[test]
    fn a_front_matter_that_does_not_end_is_an_error() {
        let problems = front_matter("a.md", "---\n标题：甲\n").unwrap_err();
        assert_eq!(problems[0].code, "template.front-matter-not-closed");
    }
}
