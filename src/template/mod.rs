//! Templates: Markdown with Handlebars tags, merged with rows of a dataset into a document.
//!
//! Merging has two steps. `merge` runs the tags: what it gives is Markdown in which every value that came from data
//! stands as a placeholder, so that no cell can turn into markup. `markdown` reads that text into blocks of a document
//! and puts the values in the places held for them.

mod calendar;
mod cell_color;
mod chart;
mod chinese_number;
mod coverage;
mod expression;
mod front_matter;
mod helpers;
mod inserts;
mod markdown;
mod problem;
#[cfg(test)]
mod testing;
mod word;

pub use word::{FieldResults, Macros, WordDocument, WordReading, WordTemplate, WordValue};

pub use chart::{ChartForm, Family, InsertedChart, InsertedSeries};
pub use coverage::{Coverage, TagCoverage};
pub use expression::{Reads, TagList, TagUse};
pub use inserts::{Insert, InsertedCell, InsertedPicture, InsertedTable, Inserts};

use std::collections::BTreeSet;
use std::sync::Arc;

use expression::{Position, Tagged, Use};
use front_matter::{Head, Key, Preface, forms, parted};
use markdown::Typed;

use crate::dataset::{Dataset, TableId};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::memory::MOST_MEMORY;
use crate::document::{Document, Image, Length, figure};
use crate::picture::Print;
use crate::settings::Located;
use crate::style::Style;

/// What the project file says about the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectFacts {
    /// `{{项目.标题}}`
    pub title: String,
    /// `{{项目.年度}}`
    pub year: String,
    /// Further keys of `[project]`, each `{{项目.键}}`.
    pub others: Vec<(String, String)>,
}

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The data.
    pub dataset: &'a Dataset,
    /// About the whole.
    pub project: &'a ProjectFacts,
    /// The row that the report is about; without it, the report is about everything.
    pub unit: Option<(TableId, u32)>,
    /// How many rows before that one the template leaves out (SKIPIF).
    pub skipped: u32,
}

/// Where a picture comes from.
#[derive(Clone, Copy, Debug)]
pub enum PictureSource<'a> {
    /// A file.
    File {
        /// Its path, relative to the project's folder or else to that of the workbook that names it.
        path: &'a str,
        /// The workbook, if one names it.
        workbook: Option<&'a str>,
    },
    /// A picture in a cell.
    Part {
        /// The workbook.
        workbook: &'a str,
        /// The picture's file within it.
        part: &'a str,
    },
}

/// Finds the pictures of a report.
pub trait Pictures: Sync {
    /// A picture, made ready for print.
    ///
    /// # Errors
    /// There is no such file, it is no picture, or it lies outside the folder.
    fn picture(&self, source: PictureSource<'_>, print: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic>;
}

/// Finds documents that templates put in.
pub trait Documents: std::fmt::Debug + Send + Sync {
    /// The document at a path relative to the folder of the file `beside`, which names it: its name in messages, and its
    /// bytes.
    ///
    /// # Errors
    /// There is no such file, or it lies outside that folder.
    fn document(&self, beside: &str, path: &str, named_at: &Place) -> Result<(String, Vec<u8>), Diagnostic>;
}

/// A template, parsed.
#[derive(Debug)]
pub struct Template {
    file: String,
    front_problems: Vec<Diagnostic>,
    style: Option<Located<String>>,
    preface: Preface,
    /// The rest of the front matter, and where each value stands.
    head: Vec<(Key, Place, Tagged)>,
    /// What is wrong with the form of values without tags.
    form_problems: Vec<Diagnostic>,
    body: Tagged,
    /// Where the text refers to headings and captions.
    references: Typed,
    /// Bytes of memory that a report may take.
    memory: u64,
}

impl Template {
    /// Parses a template; `file` is its name in messages. What is wrong with it is told by
    /// [`Template::syntax_problems`] and [`Template::check`].
    pub fn parse(file: &str, source: &str) -> Self {
        let (front, first_line, body, mut front_problems) = parted(file, source);
        let official = is_official(front.fields.iter().map(|(key, _)| *key));
        let mut form_problems = Vec::new();
        let preface = Preface::read(&front, &mut front_problems);
        let tagged = |key: Key| !matches!(key, Key::Style | Key::Cover | Key::Contents | Key::Form);
        let fields = front.fields.iter().filter(|(key, _)| tagged(*key));
        let head = fields.map(|(key, value)| {
            let text = Tagged::parse(file, &value.value, Position::of(&value.place), Use::Report);
            if !has_tags(&text) {
                form_problems.extend(forms::check(*key, &value.value, preface.form, official, &value.place));
            }
            (*key, value.place.clone(), text)
        });
        let head = head.collect();
        Self {
            file: file.to_owned(),
            front_problems,
            style: front.get(Key::Style).cloned(),
            preface,
            head,
            form_problems,
            references: Typed::of(file, body, first_line),
            body: Tagged::parse(file, body, Position { line: first_line, ..Position::START }, Use::Report),
            memory: MOST_MEMORY,
        }
    }

    /// Says how many bytes of memory a report may take; [`MOST_MEMORY`] if not given.
    #[must_use]
    pub fn with_memory(mut self, memory: Option<u64>) -> Self {
        self.memory = memory.unwrap_or(MOST_MEMORY);
        self
    }

    /// Says where documents are found that the template puts in (`{{include "…"}}`).
    #[must_use]
    pub fn with_documents(mut self, documents: Arc<dyn Documents>) -> Self {
        let guests = word::Library::new(&self.file, documents, self.memory);
        self.body.set_guests(guests);
        self
    }

    /// Everything that can be seen to be wrong without data: front matter, unclosed blocks, unknown helpers.
    pub fn syntax_problems(&self) -> Vec<Diagnostic> {
        let tags = self.texts().flat_map(Tagged::syntax_problems);
        self.front_problems.iter().chain(&self.form_problems).chain(tags).cloned().collect()
    }

    /// Whether it leaves out the row that a report would be about (`{{@skip}}`).
    pub fn skips(&self, scope: Scope<'_>) -> bool {
        self.body.skips(scope)
    }

    /// Front matter and text.
    fn texts(&self) -> impl Iterator<Item = &Tagged> {
        self.head.iter().map(|(_, _, text)| text).chain([&self.body])
    }

    /// Its tags, and what they need of the data.
    pub fn tags(&self) -> TagList {
        let mut list = TagList::default();
        self.texts().for_each(|text| text.list_tags(&mut list));
        list
    }

    /// The style that the front matter names.
    pub fn style(&self) -> Option<&Located<String>> {
        self.style.as_ref()
    }

    /// Everything that can be seen to be wrong before a report is made, names that the data does not have among it.
    /// `unit` is the table whose rows the reports are about.
    pub fn check(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Vec<Diagnostic> {
        let tags = self.texts().flat_map(|text| text.check(dataset, unit, project));
        self.front_problems.iter().chain(&self.form_problems).cloned().chain(tags).collect()
    }

    /// The columns that its tags name.
    pub fn columns(
        &self,
        dataset: &Dataset,
        unit: Option<TableId>,
        project: &ProjectFacts,
    ) -> BTreeSet<(TableId, usize)> {
        self.texts().flat_map(|text| text.columns(dataset, unit, project)).collect()
    }

    /// What it may read of the data.
    pub fn reads(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Reads {
        let mut reads = Reads::default();
        self.texts().for_each(|text| reads.add(text.reads(dataset, unit, project)));
        reads
    }

    /// Merges the template with data. The diagnostics beside the document are warnings and notes.
    ///
    /// # Errors
    /// What keeps the report from being made, and any warnings besides.
    pub fn merge(
        &self,
        scope: Scope<'_>,
        style: &Style,
        pictures: &dyn Pictures,
    ) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
        self.merge_covered(scope, style, pictures, None)
    }

    /// Merges as [`Template::merge`] does, and tells `coverage` what the tags came to.
    ///
    /// # Errors
    /// What keeps the report from being made, and any warnings besides.
    pub fn merge_covered(
        &self,
        scope: Scope<'_>,
        style: &Style,
        pictures: &dyn Pictures,
        coverage: Option<&mut Coverage>,
    ) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
        let room = Some(style.page.text_width());
        let mut inserts = Inserts::covered(coverage.is_some());
        inserts.room = room;
        inserts.ink = Some(style.chart.color(0));
        let mut problems = self.front_problems.clone();
        let official = is_official(self.head.iter().map(|(key, _, _)| *key));
        let mut head = Head::before_text(self.preface.cover(style), self.preface.contents(style));
        head.form = self.preface.form;
        for (key, place, text) in &self.head {
            let (filled, found) = text.fill(scope, Some(pictures), &mut inserts);
            problems.extend(found);
            if has_tags(text) {
                let plain = markdown::plain(&filled, &inserts);
                problems.extend(forms::check(*key, &plain, self.preface.form, official, place));
            }
            if let Key::SealPicture | Key::SignaturePicture = key {
                let paths = markdown::plain(&filled, &inserts);
                let (stamps, found) = stamps(&paths, pictures, place);
                problems.extend(found);
                *(if *key == Key::SealPicture { &mut head.seals } else { &mut head.signatures }) = stamps;
            }
            head.set(*key, filled);
        }
        let (body, found) = self.body.fill(scope, Some(pictures), &mut inserts);
        problems.extend(found);
        inserts.tell(coverage);
        if problems.iter().any(Diagnostic::is_error) {
            return Err(problems);
        }
        let (document, found) = markdown::to_document(&body, &head, inserts, style, &self.references);
        // The merged text is not the template's, so that its lines would tell nobody anything.
        problems.extend(found.into_iter().map(|problem| match problem.place {
            Place::Run => Diagnostic { place: Place::File { file: self.file.clone() }, ..problem },
            _ => problem,
        }));
        if document.memory() > self.memory {
            return Err(vec![problem::values::too_large_report(&self.file, self.memory)]);
        }
        match problems.iter().any(Diagnostic::is_error) {
            true => Err(problems),
            false => Ok((document, problems)),
        }
    }
}

/// The width of a seal, as that of an institution has it.
const SEAL: Length = Length::twips(2381);

/// The pictures of seals or signatures, named one after the other.
fn stamps(paths: &str, pictures: &dyn Pictures, place: &Place) -> (Vec<Arc<Image>>, Vec<Diagnostic>) {
    let print = Print { width: Some(SEAL), height: Some(SEAL), room: SEAL, over_text: true, ..Print::default() };
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for path in paths.split(['、', '，', ',']).map(str::trim).filter(|path| !path.is_empty()) {
        match pictures.picture(PictureSource::File { path, workbook: None }, &print, place) {
            Ok(image) => found.push(image),
            Err(problem) => problems.push(problem),
        }
    }
    (found, problems)
}

/// Whether a front matter is that of an official document.
fn is_official(mut keys: impl Iterator<Item = Key>) -> bool {
    keys.any(|key| matches!(key, Key::Issuer | Key::Number))
}

fn has_tags(text: &Tagged) -> bool {
    let mut list = TagList::default();
    text.list_tags(&mut list);
    !list.tags.is_empty()
}

/// A line of text with tags, such as a report's `output`.
#[derive(Debug)]
pub struct Line {
    text: Tagged,
}

impl Line {
    /// Parses a line; `place` is where it stands.
    pub fn parse(place: &Place, source: &str) -> Self {
        let file = match place {
            Place::Text { file, .. } => file.clone(),
            other => other.to_string(),
        };
        // A text in the project file begins after its quotation mark.
        let mut start = Position::of(place);
        start.column += 1;
        Self { text: Tagged::parse(&file, source, start, Use::Line) }
    }

    /// Everything that can be seen to be wrong without data.
    pub fn syntax_problems(&self) -> &[Diagnostic] {
        self.text.syntax_problems()
    }

    /// Everything that can be seen to be wrong, names that the data does not have among it.
    pub fn check(&self, dataset: &Dataset, unit: Option<TableId>, project: &ProjectFacts) -> Vec<Diagnostic> {
        self.text.check(dataset, unit, project)
    }

    /// The columns that its tags name.
    pub fn columns(
        &self,
        dataset: &Dataset,
        unit: Option<TableId>,
        project: &ProjectFacts,
    ) -> BTreeSet<(TableId, usize)> {
        self.text.columns(dataset, unit, project)
    }

    /// The line with its tags replaced.
    ///
    /// # Errors
    /// What keeps it from being filled: also a value that is blank.
    pub fn fill(&self, scope: Scope<'_>) -> Result<String, Vec<Diagnostic>> {
        self.fill_with(scope, &str::to_owned)
    }

    /// The line with its tags replaced by what `written` makes of their values.
    ///
    /// # Errors
    /// What keeps it from being filled: also a value that is blank.
    pub fn fill_with(&self, scope: Scope<'_>, written: &dyn Fn(&str) -> String) -> Result<String, Vec<Diagnostic>> {
        let (text, problems) = self.text.fill(scope, None, &mut Inserts::default());
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut parts = text.split(inserts::OPEN);
        let mut line = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (value, rest) = part.split_once(inserts::CLOSE).unwrap_or((part, ""));
            line += &written(value);
            line += rest;
        }
        Ok(line)
    }

    /// Whether there are tags in it.
    pub fn has_tags(&self) -> bool {
        has_tags(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    struct NoPictures;

    impl Pictures for NoPictures {
        fn picture(&self, _: PictureSource<'_>, _: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
            let words = crate::diagnostic::Words::new("没有图片", "no picture");
            Err(Diagnostic::error("test.picture", named_at.clone(), words))
        }
    }

    fn shown(problems: &[Diagnostic]) -> Vec<String> {
        problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect()
    }

    #[test]
    fn front_matter_and_text_are_filled_for_a_unit() {
        let source = "---\n标题：{{学校名称}}总结\n样式：plain\n---\n\n共{{计数 党支部}}个支部。\n";
        let template = Template::parse("学校.md", source);
        assert_eq!(template.style().unwrap().value, "plain");
        let (dataset, project, style) = (testing::city(), testing::project(), Style::carried("plain").unwrap());
        let scope = Scope { dataset: &dataset, project: &project, unit: Some((testing::SCHOOLS, 0)), skipped: 0 };
        let (document, problems) = template.merge(scope, &style, &NoPictures).unwrap();
        assert_eq!(shown(&problems), [""; 0]);
        assert_eq!(document.info.title, "一中总结");
        let places: Vec<_> = document.sources.iter().map(|source| (source.line, source.column)).collect();
        assert_eq!(places, [(2, 4), (6, 2)]);
    }

    #[test]
    fn a_report_that_would_take_too_much_memory_is_not_made() {
        let (dataset, project, style) = (testing::city(), testing::project(), Style::carried("plain").unwrap());
        let scope = Scope { dataset: &dataset, project: &project, unit: None, skipped: 0 };
        let source = "{{#each 全部.党支部}}\n{{#each 全部.党支部}}\n\n字\n\n{{/each}}\n{{/each}}";
        let made = |memory| Template::parse("学校.md", source).with_memory(memory).merge(scope, &style, &NoPictures);
        assert!(made(None).is_ok());
        let found = made(Some(20_000)).unwrap_err();
        assert_eq!(found.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["template.too-large"]);
    }

    #[test]
    fn mistakes_in_front_matter_and_text_come_together_with_their_lines() {
        let source = "---\n标题：{{学校名\n---\n{{#if 学校}}\n";
        assert_eq!(
            shown(&Template::parse("学校.md", source).syntax_problems()),
            [
                "错误：学校.md:2:4：标签没有写完，缺少 }}\n  办法：补上 }}；如果 {{ 只是文字，前面加一个反斜杠：\\{{",
                "错误：学校.md:4:1：{{#if}} 没有结束\n  办法：在它的内容之后加上 {{/if}}",
            ]
        );
        let source = "---\n标提：甲\n---\n{{#if 学校}}\n";
        let found = Template::parse("学校.md", source).syntax_problems();
        let places: Vec<_> = found.iter().map(|problem| problem.place.to_string()).collect();
        assert_eq!(places, ["学校.md:2:1", "学校.md:4:1"], "a wrong key hides nothing below");
        let source = "---\n标题：{{学校名陈}}\n---\n{{书计}}\n";
        let found =
            Template::parse("学校.md", source).check(&testing::city(), Some(testing::SCHOOLS), &testing::project());
        let places: Vec<_> = found.iter().map(|problem| problem.place.to_string()).collect();
        assert_eq!(places, ["学校.md:2:6", "学校.md:4:3"]);
    }

    #[test]
    fn a_line_counts_its_columns_in_the_project_file() {
        let place = Place::Text { file: "huibao.toml".into(), line: 9, column: 10 };
        let line = Line::parse(&place, "学校/{{代马}}");
        let found = line.check(&testing::city(), Some(testing::SCHOOLS), &testing::project());
        assert_eq!(found[0].place.to_string(), "huibao.toml:9:16");
    }
}
