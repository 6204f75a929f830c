//! Reads settings files (TOML) key by key, so that all their mistakes come at once, each with its line and column.
//!
//! ```
//! use huibao::settings::Reader;
//!
//! let reader = Reader::new("huibao.toml", "[project]\ntitel = '总结'");
//! let mut file = reader.parse();
//! let mut project = file.required_group("project");
//! let title = project.text("title");
//! project.finish();
//! file.finish();
//! let problems = reader.into_problems();
//! assert!(title.is_none());
//! assert_eq!(problems[0].place.to_string(), "huibao.toml:2:1"); // titel: did you mean title?
//! ```

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// One settings file and the problems found in it.
#[derive(Debug)]
pub struct Reader<'a> {
    file: &'a str,
    source: &'a str,
    problems: RefCell<Vec<Diagnostic>>,
}

impl<'a> Reader<'a> {
    /// A reader of a file's text.
    pub fn new(file: &'a str, source: &'a str) -> Self {
        Self { file, source, problems: RefCell::default() }
    }

    /// The file's outermost table; syntax errors go to the problems.
    pub fn parse(&self) -> Group<'_, 'a> {
        let (table, errors) = DeTable::parse_recoverable(self.source);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            if self.source.get(span.clone()).is_some_and(is_chinese_key) {
                continue;
            }
            let place = self.place(span);
            let message = error.message().to_owned();
            self.report(Diagnostic::error(
                "settings.syntax",
                place,
                Words::new(format!("不是合法的 TOML：{message}"), format!("not valid TOML: {message}")),
            ));
        }
        Group { reader: self, span: 0..0, values: table.into_inner(), asked: Vec::new() }
    }

    /// Adds a problem found by whoever interprets the values.
    pub fn report(&self, problem: Diagnostic) {
        self.problems.borrow_mut().push(problem);
    }

    /// All problems, in the order of their places.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        let mut problems = self.problems.into_inner();
        problems.sort_by(|a, b| a.place.cmp(&b.place));
        problems
    }

    fn place(&self, span: Range<usize>) -> Place {
        let before = self.source.get(..span.start).unwrap_or(self.source);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place::Text {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// A table of a settings file. Ask for its keys, then [`Group::finish`] it: keys that nobody asked for are problems.
#[derive(Debug)]
pub struct Group<'r, 'a> {
    reader: &'r Reader<'a>,
    span: Range<usize>,
    values: DeTable<'a>,
    asked: Vec<&'static str>,
}

impl<'r, 'a> Group<'r, 'a> {
    /// Where the table begins.
    pub fn place(&self) -> Place {
        self.reader.place(self.span.clone())
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<Located<String>> {
        self.take(key, ("文字，例如 \"…\"", "a text, such as \"…\""), |value| match value {
            DeValue::String(text) => Some(text.into_owned()),
            _ => None,
        })
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &'static str) -> Option<Located<String>> {
        let found = self.values.contains_key(key);
        let text = self.text(key);
        if !found {
            self.reader.report(missing(self.place(), key));
        }
        text
    }

    /// A text, or a number as the text it is written with.
    pub fn text_or_number(&mut self, key: &'static str) -> Option<Located<String>> {
        self.take(key, ("文字或数字", "a text or a number"), |value| plain_text(&value))
    }

    /// A text, or a number as the text it is written with, that must be there.
    pub fn required_text_or_number(&mut self, key: &'static str) -> Option<Located<String>> {
        if !self.has(key) {
            self.reader.report(missing(self.place(), key));
        }
        self.text_or_number(key)
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// Where the value of a key stands; where the table begins if it is not there.
    pub fn place_of(&self, key: &str) -> Place {
        self.values.get(key).map_or_else(|| self.place(), |value| self.reader.place(value.span()))
    }

    /// The keys that nobody has asked for and that are not ASCII: words of the user's own, with texts, numbers or dates.
    pub fn own_words(&mut self) -> Vec<(String, Located<String>)> {
        let mut own: Vec<_> = self.values.keys().filter(|key| !key.get_ref().is_ascii()).cloned().collect();
        own.sort_by_key(|key| key.span().start);
        own.into_iter()
            .filter_map(|key| {
                let value = self.values.remove(&key)?;
                let place = self.reader.place(value.span());
                let name = key.into_inner().into_owned();
                match plain_text(value.get_ref()) {
                    Some(text) => Some((name, Located { value: text, place })),
                    None => {
                        let wanted = ("文字、数字或日期", "a text, a number or a date");
                        self.reader.report(wrong_type(place, &name, wanted, value.get_ref()));
                        None
                    }
                }
            })
            .collect()
    }

    /// A number.
    pub fn number(&mut self, key: &'static str) -> Option<Located<f64>> {
        self.take(key, ("数字", "a number"), |value| match value {
            DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok(),
            DeValue::Float(number) => number.as_str().replace('_', "").parse().ok(),
            _ => None,
        })
    }

    /// Yes or no.
    pub fn switch(&mut self, key: &'static str) -> Option<Located<bool>> {
        self.take(key, ("true 或 false", "true or false"), |value| match value {
            DeValue::Boolean(switch) => Some(switch),
            _ => None,
        })
    }

    /// One text or several.
    pub fn texts(&mut self, key: &'static str) -> Vec<Located<String>> {
        self.several(
            key,
            ("文字，或几个文字 [\"…\", \"…\"]", "a text, or several: [\"…\", \"…\"]"),
            |value| match value {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            },
        )
    }

    /// One text, number or date or several, each as the text it is written with.
    pub fn values(&mut self, key: &'static str) -> Vec<Located<String>> {
        self.several(
            key,
            ("文字、数字或日期，或几个这样的值", "a text, a number or a date, or several of them"),
            plain_text,
        )
    }

    fn several(
        &mut self,
        key: &'static str,
        wanted: (&str, &str),
        read: impl Fn(&DeValue<'a>) -> Option<String>,
    ) -> Vec<Located<String>> {
        let Some(value) = self.take_any(key) else { return Vec::new() };
        let span = value.span();
        let items = match value.into_inner() {
            DeValue::Array(items) => items.into_iter().collect(),
            single => vec![Spanned::new(span, single)],
        };
        let mut texts = Vec::new();
        for item in items {
            let place = self.reader.place(item.span());
            match read(item.get_ref()) {
                Some(value) => texts.push(Located { value, place }),
                None => self.reader.report(wrong_type(place, key, wanted, item.get_ref())),
            }
        }
        texts
    }

    /// A table within, empty if it is not there.
    pub fn group(&mut self, key: &'static str) -> Group<'r, 'a> {
        let wanted = ("一组设置 [表]", "a table of settings");
        let found = self.take_any(key).and_then(|value| self.as_group(key, value, wanted));
        found.unwrap_or_else(|| Group {
            reader: self.reader,
            span: self.span.clone(),
            values: DeTable::new(),
            asked: Vec::new(),
        })
    }

    /// A table that must be there.
    pub fn required_group(&mut self, key: &'static str) -> Group<'r, 'a> {
        if !self.values.contains_key(key) {
            self.reader.report(missing(self.place(), key));
        }
        self.group(key)
    }

    /// The tables of a list `[[key]]`.
    pub fn groups(&mut self, key: &'static str) -> Vec<Group<'r, 'a>> {
        let Some(value) = self.take_any(key) else { return Vec::new() };
        let span = value.span();
        let items: Vec<_> = match value.into_inner() {
            DeValue::Array(items) => items.into_iter().collect(),
            single => vec![Spanned::new(span, single)],
        };
        let wanted = ("一组设置 [[表]]", "a list of tables");
        items.into_iter().filter_map(|item| self.as_group(key, item, wanted)).collect()
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self) {
        for (key, _) in self.values {
            let place = self.reader.place(key.span());
            let name = key.into_inner();
            let problem = Diagnostic::error(
                "settings.unknown-key",
                place,
                Words::new(format!("没有“{name}”这项设置"), format!("there is no setting “{name}”")),
            );
            let all = self.asked.join(", ");
            self.reader.report(problem.with_hint(match nearest(&name, self.asked.iter().copied()) {
                Some(meant) => did_you_mean(meant),
                None => Words::new(format!("这里可以写：{all}"), format!("possible here: {all}")),
            }));
        }
    }

    fn take_any(&mut self, key: &'static str) -> Option<Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.values.remove(key)
    }

    fn take<T>(
        &mut self,
        key: &'static str,
        wanted: (&str, &str),
        read: impl FnOnce(DeValue<'a>) -> Option<T>,
    ) -> Option<Located<T>> {
        let value = self.take_any(key)?;
        let place = self.reader.place(value.span());
        let value = value.into_inner();
        let problem = wrong_type(place.clone(), key, wanted, &value);
        match read(value) {
            Some(value) => Some(Located { value, place }),
            None => {
                self.reader.report(problem);
                None
            }
        }
    }

    fn as_group(&self, key: &str, value: Spanned<DeValue<'a>>, wanted: (&str, &str)) -> Option<Group<'r, 'a>> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(values) => Some(Group { reader: self.reader, span, values, asked: Vec::new() }),
            other => {
                self.reader.report(wrong_type(self.reader.place(span), key, wanted, &other));
                None
            }
        }
    }
}

/// A text, or what a number or date is written with.
fn plain_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// TOML wants quotes around keys that are not ASCII; users may leave them out.
fn is_chinese_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_') && !text.is_ascii()
}

fn missing(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error(
        "settings.missing-key",
        place,
        Words::new(format!("缺少设置“{key}”"), format!("the setting “{key}” is missing")),
    )
    .with_hint(Words::new(format!("在这里加一行 {key} = …"), format!("add a line {key} = …")))
}

fn wrong_type(place: Place, key: &str, (zh, en): (&str, &str), found: &DeValue<'_>) -> Diagnostic {
    let (found_zh, found_en) = match found {
        DeValue::String(_) => ("文字", "a text"),
        DeValue::Integer(_) | DeValue::Float(_) => ("数字", "a number"),
        DeValue::Boolean(_) => ("true/false", "true/false"),
        DeValue::Datetime(_) => ("日期", "a date"),
        DeValue::Array(_) => ("列表", "a list"),
        DeValue::Table(_) => ("一组设置", "a table"),
    };
    Diagnostic::error(
        "settings.wrong-type",
        place,
        Words::new(
            format!("“{key}”应当是{zh}，这里写的是{found_zh}"),
            format!("“{key}” should be {en}, but it is {found_en}"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(source: &str, read: impl FnOnce(&mut Group<'_, '_>)) -> Vec<String> {
        let reader = Reader::new("a.toml", source);
        let mut file = reader.parse();
        read(&mut file);
        file.finish();
        reader.into_problems().iter().map(|p| p.to_text(crate::diagnostic::Language::Chinese)).collect()
    }

    #[test]
    fn every_mistake_is_named_with_its_line_and_column() {
        let found = problems("名称 = 3\ntitel = '总结'\n[[table]]\nname = 5\n", |file| {
            file.text("title");
            for mut table in file.groups("table") {
                table.required_text("name");
                table.required_text("from");
                table.finish();
            }
        });
        assert_eq!(
            found,
            [
                "错误：a.toml:1:1：没有“名称”这项设置\n  办法：这里可以写：title, table",
                "错误：a.toml:2:1：没有“titel”这项设置\n  办法：是不是“title”？",
                "错误：a.toml:3:1：缺少设置“from”\n  办法：在这里加一行 from = …",
                "错误：a.toml:4:8：“name”应当是文字，例如 \"…\"，这里写的是数字",
            ]
        );
    }

    #[test]
    fn a_syntax_error_has_its_place() {
        let found = problems("a = \n", |file| {
            file.text("a");
        });
        assert!(found[0].starts_with("错误：a.toml:1:"), "{found:?}");
    }

    #[test]
    fn words_of_the_users_own_are_taken_as_text() {
        let reader = Reader::new("a.toml", "a = 1\n日期 = 2024-01-15\n填报单位 = '市教工委'\n人数 = 3\n表 = []");
        let mut file = reader.parse();
        let own: Vec<_> = file.own_words().into_iter().map(|(key, text)| format!("{key}={}", text.value)).collect();
        assert_eq!(own, ["日期=2024-01-15", "填报单位=市教工委", "人数=3"]);
        assert_eq!(reader.into_problems().len(), 1);
    }

    #[test]
    fn one_text_stands_for_a_list_of_one() {
        let reader = Reader::new("a.toml", "key = '甲'\nkeys = ['乙', '丙']");
        let mut file = reader.parse();
        let one: Vec<_> = file.texts("key").into_iter().map(|t| t.value).collect();
        let two: Vec<_> = file.texts("keys").into_iter().map(|t| t.value).collect();
        assert_eq!((one, two), (vec!["甲".to_owned()], vec!["乙".to_owned(), "丙".to_owned()]));
    }
}
