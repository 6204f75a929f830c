//! One problem, told so that its reader can mend it: where it is, what is wrong, and a way out.
//!
//! Every module builds its own problems in a file `problem.rs`, where the words stand in both languages side by side,
//! and hands them up as [`Diagnostic`]s. Nobody prints before the end of a stage: all problems of a run come at once.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

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

/// Where a problem is. Places are in order by file, sheet, row and column; those without a file come first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The run as a whole.
    #[default]
    Run,
    /// A file or folder.
    File {
        /// Its path as the user wrote it.
        file: String,
    },
    /// A sheet of a workbook.
    Sheet {
        /// The workbook's path.
        file: String,
        /// The sheet's name.
        sheet: String,
    },
    /// A cell of a workbook.
    Cell {
        /// The workbook's path.
        file: String,
        /// The sheet's name.
        sheet: String,
        /// The cell's address, such as `C5`.
        cell: String,
    },
    /// A character of a text file: a template, a style, the project file.
    Text {
        /// The file's path.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A paragraph of a Word document.
    Paragraph {
        /// The file's path.
        file: String,
        /// The part of the document that it stands in.
        part: DocumentPart,
        /// Which paragraph of the part it is, from 1.
        paragraph: u32,
        /// Row and column of the innermost table cell that it stands in, from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        cell: Option<(u32, u32)>,
        /// Column in characters, from 1.
        column: u32,
        /// The paragraph's own words around it.
        words: String,
    },
}

/// A part of a Word document that text can stand in, as its user calls it. Numbers are from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "number")]
pub enum DocumentPart {
    /// The text itself.
    Body,
    /// A header, in the order of the file.
    Header(u32),
    /// A footer, in the order of the file.
    Footer(u32),
    /// A footnote.
    Footnote(u32),
    /// An endnote.
    Endnote(u32),
    /// A chart.
    Chart(u32),
    /// SmartArt.
    Diagram(u32),
    /// The properties: title, author, keywords …
    Properties,
    /// Data that content controls show.
    Data(u32),
    /// The targets of links.
    Links,
}

impl DocumentPart {
    /// What a user calls it.
    pub fn words(self) -> Words {
        let (zh, en, number) = match self {
            Self::Body => ("正文", "body", None),
            Self::Header(number) => ("页眉", "header", Some(number)),
            Self::Footer(number) => ("页脚", "footer", Some(number)),
            Self::Footnote(number) => ("脚注", "footnote", Some(number)),
            Self::Endnote(number) => ("尾注", "endnote", Some(number)),
            Self::Chart(number) => ("图表", "chart", Some(number)),
            Self::Diagram(number) => ("SmartArt 图示", "SmartArt", Some(number)),
            Self::Properties => ("文件属性", "properties", None),
            Self::Data(number) => ("内容控件的数据", "data", Some(number)),
            Self::Links => ("链接", "links", None),
        };
        match number {
            Some(number) => Words::new(format!("{zh}{number}"), format!("{en} {number}")),
            None => Words::new(zh, en),
        }
    }
}

impl Place {
    /// The place as a reader of a language writes it.
    pub fn in_language(&self, language: Language) -> String {
        let Self::Paragraph { file, part, paragraph, cell, words, .. } = self else { return self.to_string() };
        let part = part.words();
        match language {
            Language::Chinese => {
                let cell = cell.map(|(row, column)| format!("（表格第{row}行第{column}列）")).unwrap_or_default();
                format!("{file} {}第{paragraph}段{cell}“{words}”", part.zh)
            }
            Language::English => {
                let cell = cell.map(|(row, column)| format!(" (table row {row}, column {column})")).unwrap_or_default();
                format!("{file} {} paragraph {paragraph}{cell} “{words}”", part.en)
            }
        }
    }
}

/// What places are compared by: file, sheet, part of a document, row and column or the like, and what parts places that
/// agree in all of these.
type Order<'a> = (&'a str, &'a str, Option<DocumentPart>, (u64, u64), u8, &'a str, Option<(u32, u32)>);

impl Place {
    fn order(&self) -> Order<'_> {
        match self {
            Self::Run => ("", "", None, (0, 0), 0, "", None),
            Self::File { file } => (file, "", None, (0, 0), 1, "", None),
            Self::Text { file, line, column } => (file, "", None, (*line as u64, *column as u64), 2, "", None),
            Self::Paragraph { file, part, paragraph, cell, column, words } => {
                let position = (u64::from(*paragraph), u64::from(*column));
                (file, "", Some(*part), position, 3, words, *cell)
            }
            Self::Sheet { file, sheet } => (file, sheet, None, (0, 0), 4, "", None),
            Self::Cell { file, sheet, cell } => {
                let position = cell_position(cell);
                let position = position.map_or((0, 0), |(row, column)| (u64::from(row) + 1, u64::from(column) + 1));
                (file, sheet, None, position, 5, cell, None)
            }
        }
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph { .. } => f.write_str(&self.in_language(Language::Chinese)),
            Self::Run => Ok(()),
            Self::File { file } => f.write_str(file),
            Self::Sheet { file, sheet } => write!(f, "{file}#{sheet}"),
            Self::Cell { file, sheet, cell } => write!(f, "{file}#{sheet}!{cell}"),
            Self::Text { file, line, column } => write!(f, "{file}:{line}:{column}"),
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
        None if known.len() >= MOST_CODES => Ok("other"),
        None => {
            let code: Code = code.leak();
            known.insert(code);
            Ok(code)
        }
    }
}

/// More codes than the program has.
const MOST_CODES: usize = 2000;

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

/// Row and column of a cell's address such as `C5`, or of the first of several such as `C5:C9`; both from 0.
pub fn cell_position(address: &str) -> Option<(u32, u32)> {
    let letters = address.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = address.get(letters..)?.bytes().take_while(u8::is_ascii_digit).count();
    if letters == 0 || letters > 4 || digits == 0 {
        return None;
    }
    let column = address.bytes().take(letters).fold(0_u32, |column, c| column * 26 + u32::from(c - b'A') + 1);
    let row: u32 = address.get(letters..letters + digits)?.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// The way out where one name was meant by another.
pub fn did_you_mean(meant: &str) -> Words {
    Words::new(format!("是不是“{meant}”？"), format!("did you mean “{meant}”?"))
}

/// The known name nearest to one that is not known, if any is near enough to be meant. Brackets and the like are one in
/// either width.
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let unknown = half_width(unknown);
    let unknown_length = unknown.chars().count();
    known
        .into_iter()
        .filter_map(|name| {
            let plain = half_width(name);
            let distance = strsim::damerau_levenshtein(&unknown, &plain);
            let longest = unknown_length.max(plain.chars().count());
            let within = || plain.contains(unknown.as_str()) || unknown.contains(plain.as_str());
            // of names as near as each other, the one that was not written to its end
            let completes = plain.starts_with(unknown.as_str());
            (distance * 2 <= longest || unknown_length >= 2 && within()).then_some((distance, !completes, name))
        })
        .min_by_key(|(distance, other, name)| (*distance, *other, name.to_string()))
        .map(|(.., name)| name)
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

fn half_width(name: &str) -> String {
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    name.chars().map(half).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_of_the_other_width_is_no_slip() {
        assert_eq!(nearest("党员（男）", ["党费（元）", "党员(女)"]), Some("党员(女)"));
    }

    #[test]
    fn the_nearest_name_is_one_slip_away() {
        let known = ["支部名称", "支部类型", "党员总数"];
        assert_eq!(nearest("支部名陈", known), Some("支部名称"));
        assert_eq!(nearest("党员", known), Some("党员总数"));
        assert_eq!(nearest("电话", known), None);
        assert_eq!(nearest("学校名", ["学校", "学校名称"]), Some("学校名称"), "one that was not written to its end");
    }

    #[test]
    fn an_address_is_a_row_and_a_column() {
        assert_eq!(cell_position("A1"), Some((0, 0)));
        assert_eq!(cell_position("C5"), Some((4, 2)));
        assert_eq!(cell_position("AA10:AB12"), Some((9, 26)));
        for none in ["", "5", "C", "C0", "c5", "ABCDE1", "C99999999999"] {
            assert_eq!(cell_position(none), None, "{none}");
        }
    }

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
