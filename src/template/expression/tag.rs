//! Reads what stands in one tag: which helper, with which arguments, and where each of them stands.

use handlebars::template::{HelperTemplate, Parameter, TemplateElement};

use super::scan::Tag;
use super::syntax::{Call, CallOption, Expr, Shown, TableColumn, handlebars, name};
use super::value::Value;
use super::{Position, Use};
use crate::diagnostic::Diagnostic;
use crate::template::chart;
use crate::template::helpers::{Does, columns, helper};
use crate::template::problem::{Where, syntax as problem};

pub(super) struct TagReader<'a> {
    file: &'a Where<'a>,
    text: &'a str,
    start: Position,
    tag_at: Position,
    used: Use,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> TagReader<'a> {
    pub(super) fn new(file: &'a Where<'a>, tag: &'a Tag, used: Use, problems: &'a mut Vec<Diagnostic>) -> Self {
        Self { file, text: &tag.text, start: tag.text_at, tag_at: tag.at, used, problems }
    }

    /// The value that a tag shows.
    pub(super) fn value(&mut self) -> Option<Expr> {
        let read = self.read(self.text)?;
        let value = match &read.name {
            Parameter::Subexpression(_) if read.params.is_empty() => self.parameter(&read.name)?,
            _ => self.call(&read)?,
        };
        if let (Use::Line, Expr::Call(call)) = (self.used, &value)
            && (call.helper.stands_alone() || call.helper.draws())
        {
            self.problems.push(problem::not_in_a_line(self.file.at(self.tag_at), call.helper));
            return None;
        }
        if let (Use::Report | Use::Line, Expr::Call(call)) = (self.used, &value)
            && matches!(call.helper.does, Does::OfCell(_))
        {
            self.problems.push(problem::only_in_word(self.file.at(self.tag_at), call.helper));
            return None;
        }
        Some(value)
    }

    /// The name of a block and what it is about.
    pub(super) fn block(&mut self) -> Option<(String, Option<Expr>)> {
        let read = self.read(self.text)?;
        let block = read.name.as_name()?.to_owned();
        if !super::syntax::BlockKind::NAMES.iter().any(|(known, _)| *known == block) {
            return Some((block, None));
        }
        for key in read.hash.keys() {
            let at = self.find(key);
            self.problems.push(problem::unknown_option(self.file.at(at), key, &block, &[]));
        }
        if let [subject] = read.params.as_slice() {
            let subject = self.inner(subject);
            return Some((block, subject));
        }
        self.problems.push(problem::block_arguments(self.file.at(self.tag_at), &block, read.params.len()));
        Some((block, None))
    }

    fn read(&mut self, text: &str) -> Option<HelperTemplate> {
        if text.trim().is_empty() {
            self.problems.push(problem::empty_tag(self.file.at(self.tag_at)));
            return None;
        }
        match handlebars(text) {
            Ok(read) => Some(read),
            Err((line, column)) => {
                // Handlebars counts from its own braces, and only where this is the tag's own text it is of use.
                let mut at = self.start;
                if text == self.text {
                    match line {
                        1 => at.column += column.saturating_sub(3),
                        _ => (at.line, at.column) = (at.line + line - 1, column),
                    }
                }
                let end = self.text.trim_end();
                let mut last = self.start;
                last.advance(end);
                self.problems.push(problem::not_understood(self.file.at(at.min(last)), text.trim()));
                None
            }
        }
    }

    /// Where a word stands in the tag; the tag's beginning if it cannot be told.
    fn find(&self, word: &str) -> Position {
        let is_name = |c: char| c.is_alphanumeric() || "_-@./[]（）".contains(c);
        let whole = |&(at, _): &(usize, &str)| {
            let before = self.text[..at].chars().next_back();
            let after = self.text[at + word.len()..].chars().next();
            !before.is_some_and(is_name) && !after.is_some_and(is_name)
        };
        let mut found = self.start;
        match self.text.match_indices(word).find(whole) {
            Some((at, _)) => found.advance(&self.text[..at]),
            None => found = self.tag_at,
        }
        found
    }

    fn parameter(&mut self, parameter: &Parameter) -> Option<Expr> {
        match parameter {
            Parameter::Literal(literal) => self.literal(literal),
            Parameter::Name(_) | Parameter::Path(_) => {
                let written = parameter.as_name()?;
                Some(Expr::Name(name(written, self.find(written))))
            }
            Parameter::Subexpression(inner) => match inner.as_element() {
                TemplateElement::Expression(read) => self.call(read),
                _ => None,
            },
            _ => None,
        }
    }

    /// A value within another's brackets, where no table or picture can stand.
    fn inner(&mut self, parameter: &Parameter) -> Option<Expr> {
        let value = self.parameter(parameter)?;
        match &value {
            Expr::Call(call) if call.helper.stands_alone() => {
                self.problems.push(problem::not_within(self.file.at(call.at), call.helper));
                None
            }
            _ => Some(value),
        }
    }

    fn literal(&mut self, literal: &serde_json::Value) -> Option<Expr> {
        let written = literal.to_string();
        let at = self.find(&written);
        let value = match literal {
            serde_json::Value::Null => Value::Blank,
            serde_json::Value::Bool(yes) => Value::Bool(*yes),
            serde_json::Value::String(text) => Value::text(text),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().filter(|number| number.is_finite())?),
            serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
                self.problems.push(problem::not_understood(self.file.at(at), &written));
                return None;
            }
        };
        Some(Expr::Literal(value, at))
    }

    fn call(&mut self, read: &HelperTemplate) -> Option<Expr> {
        let word = read.name.as_name()?;
        let at = self.find(word);
        if read.params.is_empty() && read.hash.is_empty() {
            return Some(Expr::Name(name(word, at)));
        }
        let Some(helper) = helper(word) else {
            self.problems.push(problem::unknown_helper(self.file.at(at), word));
            return None;
        };
        let found = self.problems.len();
        // The rows of a chart may be named like its other arguments.
        let is_rows = |key: &String| helper.option(key) == Some("data");
        let named = read.hash.iter().filter(|(key, _)| read.params.is_empty() && is_rows(key)).map(|(_, rows)| rows);
        let arguments: Vec<_> =
            read.params.iter().chain(named.clone()).filter_map(|parameter| self.inner(parameter)).collect();
        if !helper.takes(read.params.len() + named.count()) {
            self.problems.push(problem::arguments(self.file.at(at), helper, read.params.len()));
        }
        let others = read.hash.iter().filter(|(key, _)| !(read.params.is_empty() && is_rows(key)));
        let mut options: Vec<_> = others.map(|(key, value)| (self.find(key), key, value)).collect();
        // The category is the first column wherever it is named.
        let later = |key: &String| helper.option(key) != Some("category");
        options.sort_by(|a, b| (later(a.1), a.0, a.1).cmp(&(later(b.1), b.0, b.1)));
        let mut call = Call { helper, arguments, options: Vec::new(), columns: Vec::new(), at };
        for (at, key, value) in options {
            self.option(&mut call, at, key, value);
        }
        if let Does::Where | Does::At = helper.does
            && call.options.is_empty()
            && self.problems.len() == found
        {
            self.problems.push(problem::no_condition(self.file.at(at), helper));
        }
        for wanted in helper.needs {
            if self.problems.len() == found && !call.options.iter().any(|option| option.key == *wanted) {
                self.problems.push(problem::missing_option(self.file.at(at), helper, wanted));
            }
        }
        if matches!(helper.does, Does::Chart) && self.problems.len() == found {
            // names come from rows, and rows have names
            let named = call.options.iter().any(|option| option.key == "category");
            match (call.arguments.is_empty(), named) {
                (false, false) => self.problems.push(problem::missing_option(self.file.at(at), helper, "category")),
                (true, true) => self.problems.push(problem::missing_option(self.file.at(at), helper, "data")),
                _ => {}
            }
        }
        (self.problems.len() == found).then(|| Expr::Call(Box::new(call)))
    }

    fn option(&mut self, call: &mut Call, at: Position, key: &str, value: &Parameter) {
        let known = match call.helper.does {
            Does::Where | Does::At => Some(key),
            _ => call.helper.option(key),
        };
        let Some(known) = known else {
            self.problems.push(problem::unknown_option(
                self.file.at(at),
                key,
                call.helper.names[1],
                call.helper.options,
            ));
            return;
        };
        let Some(value) = self.inner(value) else { return };
        if call.options.iter().any(|option| option.key == known) {
            self.problems.push(problem::option_twice(self.file.at(at), key));
            return;
        }
        if call.helper.has_columns() && columns::OPTIONS.contains(&known) {
            let Expr::Literal(Value::Text(list), _) = &value else {
                self.problems.push(problem::list_in_quotes(self.file.at(at), key));
                return;
            };
            for column in columns::split(list) {
                let option = call.helper.option(key).unwrap_or_default();
                if let Some(column) = self.column(column, option) {
                    call.columns.push(column);
                }
            }
        }
        if known == "kind"
            && matches!(call.helper.does, Does::Chart)
            && let Expr::Literal(kind, at) = &value
            && chart::kind(&kind.shown().unwrap_or_default()).is_none()
        {
            self.problems.push(problem::unknown_kind(
                self.file.at(*at),
                &kind.shown().unwrap_or_default(),
                chart::kinds(),
            ));
            return;
        }
        call.options.push(CallOption { key: known.to_owned(), at, value });
    }

    /// A column of a table tag: `列`, `列=标题`, `标题=助手(…)`.
    fn column(&mut self, column: columns::ColumnText<'_>, option: &'static str) -> Option<TableColumn> {
        let at = self.find(column.value);
        let value = match columns::as_tag(column.value) {
            Some(tag) => {
                let read = self.read(&tag)?;
                self.inner(&read.name)?
            }
            None => Expr::Name(name(column.value, at)),
        };
        let shown = Shown { text: column.value.into(), at };
        Some(TableColumn { heading: column.heading.to_owned(), option, value, shown })
    }
}
