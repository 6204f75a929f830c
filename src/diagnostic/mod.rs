//! One problem, told so that its reader can mend it: where it is, what is wrong, and a way out.
//!
//! Every module builds its own problems in a file `problem.rs`, where the words stand in both languages side by side,
//! and hands them up as [`Diagnostic`]s. Nobody prints before the end of a stage: all problems of a run come at once.

mod nearest;
mod place;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

pub use nearest::{did_you_mean, nearest};
pub use place::{DocumentPart, Place, cell_position};

/// The language that the program speaks to its user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

/// The same words in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Words in Chinese and in English.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The words in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// The report is made, and somebody should look at it.
    Warning,
    /// The report cannot be made, or would be wrong.
    Error,
}

impl Severity {
    /// Its word.
    pub fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Error, Language::Chinese) => "错误",
            (Self::Warning, Language::Chinese) => "警告",
            (Self::Note, Language::Chinese) => "提示",
            (Self::Error, Language::English) => "error",
            (Self::Warning, Language::English) => "warning",
            (Self::Note, Language::English) => "note",
        }
    }
}

/// A stable name for programs, such as `workbook.sheet-not-found`.
pub type Code = &'static str;

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name for programs, such as `workbook.sheet-not-found`.
    #[serde(deserialize_with = "code")]
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// The report that was being made, if the problem belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// The column it is about, as `table.column`, where a rule of the project speaks of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The unit in whose cells it is, such as `0101 第一小学`, if anybody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What stands in the cell, if anybody looked; no words if it is blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What is wrong.
    pub message: Words,
    /// A way out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Words>,
    /// The same, one by one: of a problem that many have, such as schools that have sent nothing, one for each. A person at
    /// a terminal is told the sum of it; lists and programs take these in its place.
    #[serde(skip)]
    pub each: Vec<Diagnostic>,
}

/// A code that was written down: kept for as long as the program runs, each once.
fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
    static KNOWN: Mutex<BTreeSet<Code>> = Mutex::new(BTreeSet::new());
    let code = String::deserialize(deserializer)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    match known.get(code.as_str()) {
        Some(code) => Ok(code),
        None if known.len() >= MOST_CODES || code.len() > LONGEST_CODE => Ok("other"),
        None => {
            let code: Code = code.leak();
            known.insert(code);
            Ok(code)
        }
    }
}

/// More codes than the program has, and one longer than any of them: what was written down may be anything.
const MOST_CODES: usize = 2000;
const LONGEST_CODE: usize = 100;

impl Diagnostic {
    /// An error: the report cannot be made, or would be wrong.
    pub fn error(code: &'static str, place: Place, message: Words) -> Self {
        Self {
            severity: Severity::Error,
            code,
            place,
            report: None,
            column: None,
            unit: None,
            found: None,
            message,
            hint: None,
            each: Vec::new(),
        }
    }

    /// A warning: the report is made, and somebody should look at it.
    pub fn warning(code: &'static str, place: Place, message: Words) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// A note: worth knowing, nothing is wrong.
    pub fn note(code: &'static str, place: Place, message: Words) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, place, message) }
    }

    /// Adds a way out.
    #[must_use]
    pub fn with_hint(mut self, hint: Words) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Says which column it is about, as `table.column`.
    #[must_use]
    pub fn about(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// Says which report was being made.
    #[must_use]
    pub fn in_report(mut self, report: impl Into<String>) -> Self {
        self.report = Some(report.into());
        self
    }

    /// Says the same one by one.
    #[must_use]
    pub fn with_each(mut self, each: Vec<Self>) -> Self {
        self.each = each;
        self
    }

    /// Whether a report cannot be made because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The problem as a person reads it: place, what is wrong, and below it the way out.
    pub fn to_text(&self, language: Language) -> String {
        let severity = self.severity.name(language);
        let (colon, way_out, report_label) = match language {
            Language::Chinese => ("：", "  办法：", "  报告："),
            Language::English => (": ", "  hint: ", "  report: "),
        };
        let mut text = format!("{severity}{colon}");
        if self.place != Place::Run {
            text += &format!("{}{colon}", self.place.in_language(language));
        }
        text += self.message.in_language(language);
        if let Some(hint) = &self.hint {
            text += &format!("\n{way_out}{}", hint.in_language(language));
        }
        if let Some(report) = &self.report {
            text += &format!("\n{report_label}{report}");
        }
        text
    }
}

/// Puts problems in the order of their places, of one place the worst first.
pub fn sort(problems: &mut [Diagnostic]) {
    problems.sort_by(|a, b| (&a.place, Reverse(a.severity), a.code).cmp(&(&b.place, Reverse(b.severity), b.code)));
}

/// The problems one by one, as lists and programs take them.
pub fn one_by_one(problems: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    problems.iter().flat_map(|problem| match problem.each.as_slice() {
        [] => std::slice::from_ref(problem),
        each => each,
    })
}

/// The same, to be changed.
pub fn one_by_one_mut(problems: &mut [Diagnostic]) -> impl Iterator<Item = &mut Diagnostic> {
    problems.iter_mut().flat_map(|problem| match problem.each.is_empty() {
        true => std::slice::from_mut(problem),
        false => problem.each.as_mut_slice(),
    })
}

/// The way out where a document would take more than so many bytes of memory.
pub fn less_or_more_memory(most: u64) -> Words {
    let most = most >> 20;
    Words::new(
        format!(
            "分成几份；确实要这么大，就在 huibao.toml 的 [limits] 里把 memory 调大（现在是 {most}），convert 和 merge 用 --memory"
        ),
        format!(
            "make several of it; if that much is meant, raise [limits] memory in huibao.toml (it is {most}), or --memory of convert and merge"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_of_a_word_document_is_found_by_its_part_its_table_and_its_words() {
        let place = Place::Paragraph {
            file: "表.docx".into(),
            part: DocumentPart::Header(2),
            paragraph: 3,
            cell: Some((1, 2)),
            column: 4,
            words: "校名：{{学校名陈}}".into(),
        };
        let problem = Diagnostic::error("x.y", place, Words::new("没有", "none"));
        assert_eq!(
            problem.to_text(Language::Chinese),
            "错误：表.docx 页眉2第3段（表格第1行第2列）“校名：{{学校名陈}}”：没有"
        );
        assert_eq!(
            problem.to_text(Language::English),
            "error: 表.docx header 2 paragraph 3 (table row 1, column 2) “校名：{{学校名陈}}”: none"
        );
    }

    #[test]
    fn a_problem_reads_as_place_words_and_way_out() {
        let problem = Diagnostic::error(
            "workbook.sheet-not-found",
            Place::Sheet { file: "input/a.xlsx".into(), sheet: "学较".into() },
            Words::new("没有这张工作表", "there is no such sheet"),
        )
        .with_hint(Words::new("是不是“学校”？", "did you mean “学校”?"));
        assert_eq!(
            problem.to_text(Language::Chinese),
            "错误：input/a.xlsx#学较：没有这张工作表\n  办法：是不是“学校”？"
        );
        assert_eq!(
            problem.to_text(Language::English),
            "error: input/a.xlsx#学较: there is no such sheet\n  hint: did you mean “学校”?"
        );
    }
}
