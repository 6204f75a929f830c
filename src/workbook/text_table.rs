//! Text files of rows and separators: csv, tsv, what Excel saves as “Unicode text”.

use csv::{Reader, ReaderBuilder, StringRecord, Terminator};

use super::encoding::{Decoded, Encoding, decode};
use super::grid::{Grid, TooManyCells};
use super::limits::Options;
use super::problem::{self, Foreign};
use super::{CellValue, Sheet, cell_address};
use crate::diagnostic::{Diagnostic, Place};

/// What parts the cells of a row.
const SEPARATORS: [u8; 3] = [b'\t', b',', b';'];
/// No sign of this kind is in an office's text: a row is one cell.
const NONE: u8 = 0x1F;
/// How much of a file is looked at to find its separator.
const SAMPLE_BYTES: usize = 64 << 10;
const SAMPLE_ROWS: usize = 50;
/// A line of a list of names is no longer, in characters.
const NAME_LENGTH: usize = 40;

/// The sheet that a text file is, named as Excel names it, and what is noticed about it.
pub(super) fn sheet(file: &str, bytes: &[u8], options: &Options) -> Result<(Sheet, Vec<Diagnostic>), Diagnostic> {
    let decoded = decode(bytes, options.encoding);
    if is_binary(&decoded.text) {
        return Err(problem::not_a_workbook(file, Foreign::Other));
    }
    let text = with_plain_line_ends(&decoded.text);
    let (separator, text) = match stated_separator(&text) {
        Some((separator, rest)) => (separator, rest),
        None => (separator(&text).ok_or_else(|| problem::no_table(file))?, text.as_str()),
    };
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let mut sheet = Sheet { name: name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned(), ..Sheet::default() };
    let at = |row: u32, column: u32| Place::Cell {
        file: file.to_owned(),
        sheet: sheet.name.clone(),
        cell: cell_address(row, column),
    };
    let table = read(text, separator, options.limits.cells)
        .map_err(|TooManyCells| problem::too_many_cells(file, None, &options.limits))?;
    if !decoded.sound {
        return Err(undecodable(file, &decoded, options.encoding, &table, at));
    }
    if let Some((row, column)) = table.open_quote {
        return Err(problem::quote_not_closed(at(row, column)));
    }
    let mut problems = Vec::new();
    if decoded.guessed {
        problems.push(problem::encoding_guessed(file, decoded.encoding));
    }
    problems.extend(table.shortened.iter().map(|found| problem::digits_shortened(at(found.row, found.column), found)));
    sheet.rows = table.rows;
    Ok((sheet, problems))
}

fn undecodable(
    file: &str,
    decoded: &Decoded,
    told: Option<Encoding>,
    table: &Table,
    at: impl Fn(u32, u32) -> Place,
) -> Diagnostic {
    let mut cells =
        table.rows.iter().zip(0..).flat_map(|(row, number)| row.iter().zip(0..).map(move |cell| (number, cell)));
    let damaged = |value: &CellValue| matches!(value, CellValue::Text(text) if text.contains('\u{FFFD}'));
    let first = cells.find(|(_, (value, _))| damaged(value)).map(|(row, (_, column))| (row, column));
    match first {
        Some((row, column)) => {
            let more = cells.filter(|(_, (value, _))| damaged(value)).count();
            let line = decoded.text.chars().take_while(|c| *c != '\u{FFFD}').filter(|c| *c == '\n').count() + 1;
            problem::undecodable(at(row, column), decoded.encoding, line, more, told.is_some())
        }
        None => problem::unknown_encoding_of_file(file),
    }
}

/// A table as it is read.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<CellValue>>,
    /// The cell with a quotation mark that is never closed.
    open_quote: Option<(u32, u32)>,
    /// Columns with numbers that lost their last digits.
    shortened: Vec<Shortened>,
}

/// A column with numbers of many digits in scientific notation, which have just a few of them left.
#[derive(Debug)]
pub(super) struct Shortened {
    pub(super) row: u32,
    pub(super) column: u32,
    /// The first.
    pub(super) text: String,
    /// How many there are.
    pub(super) cells: usize,
}

fn read(text: &str, separator: u8, most_cells: usize) -> Result<Table, TooManyCells> {
    let mut reader = reader(text, separator);
    let mut record = StringRecord::new();
    let mut grid = Grid::new(most_cells);
    let mut table = Table::default();
    let mut row = 0_u32;
    let mut last = None;
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) | Err(_) => break,
        }
        // The reader passes over blank lines; rows are numbered as Excel does.
        let lines = reader.position().line() - line;
        let inside: usize = record.iter().map(|field| field.matches('\n').count()).sum();
        row = row.saturating_add(u32::try_from(lines.saturating_sub(inside as u64 + 1)).unwrap_or(u32::MAX));
        for (field, column) in record.iter().zip(0..) {
            grid.put(row, column, cell(field))?;
            if is_shortened(field) {
                match table.shortened.iter_mut().find(|found| found.column == column) {
                    Some(found) => found.cells += 1,
                    None => table.shortened.push(Shortened { row, column, text: field.to_owned(), cells: 1 }),
                }
            }
        }
        let runs_on = record.iter().next_back().is_some_and(|field| field.contains('\n'));
        last = runs_on.then(|| (row, record.len().saturating_sub(1) as u32));
        row = row.saturating_add(1);
    }
    if last.is_some() && text.matches('"').count() % 2 == 1 {
        table.open_quote = last;
    }
    table.rows = grid.into_rows();
    Ok(table)
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator).terminator(Terminator::Any(b'\n'));
    builder.from_reader(text.as_bytes())
}

/// A field as a cell. Programs that want digits kept as text write `="0101"` or `'0101`.
fn cell(field: &str) -> CellValue {
    let field = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(field);
    let digits = field.strip_prefix('\'').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match field {
        "TRUE" => CellValue::Bool(true),
        "FALSE" => CellValue::Bool(false),
        _ => super::reading::text(digits.unwrap_or(field)),
    }
}

/// Whether a number is what Excel makes of an identity number: `1.10101E+17`.
fn is_shortened(field: &str) -> bool {
    let Some((digits, exponent)) = field.trim().split_once("E+") else { return false };
    let digits_only = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits_only && !digits.is_empty() && exponent.parse::<u32>().is_ok_and(|exponent| (11..100).contains(&exponent))
}

/// The separator by which most of the first rows have the same number of cells; nothing if the text is no table.
fn separator(text: &str) -> Option<u8> {
    let end = (0..=SAMPLE_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let sample = text.get(..end).unwrap_or(text);
    let lines = sample.lines().filter(|line| !line.trim().is_empty());
    if sample.trim_start().starts_with(['{', '[', '<']) {
        return None;
    }
    let fits = SEPARATORS.iter().filter_map(|separator| fit(sample, *separator).map(|fit| (fit, *separator)));
    let best = fits.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let is_name = |line: &str| line.chars().count() <= NAME_LENGTH && !line.contains('。');
    let names = || lines.clone().nth(1).is_some() && lines.clone().all(is_name);
    best.map(|(_, separator)| separator).or_else(|| names().then_some(NONE))
}

/// How many of the first rows have the number of cells that most have, and that number; nothing if that is no table.
fn fit(sample: &str, separator: u8) -> Option<(usize, usize)> {
    let records = reader(sample, separator).into_records().take(SAMPLE_ROWS);
    let lengths: Vec<_> = records.flatten().filter(|record| record.iter().any(|field| !field.is_empty())).collect();
    let lengths: Vec<_> = lengths.iter().map(StringRecord::len).collect();
    let times = |length: usize| lengths.iter().filter(|other| **other == length).count();
    let several = lengths.iter().filter(|length| **length > 1);
    let (rows, columns) = several.map(|length| (times(*length), *length)).max()?;
    (lengths.iter().filter(|length| **length > 1).count() * 2 >= lengths.len()).then_some((rows, columns))
}

/// The separator that a first line `sep=;` states for Excel, and what follows it.
fn stated_separator(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    match first.trim_matches(['"', ' ']).strip_prefix("sep=")?.as_bytes() {
        [separator] if separator.is_ascii() => Some((*separator, rest)),
        [] if first.contains('\t') => Some((b'\t', rest)),
        _ => None,
    }
}

fn with_plain_line_ends(text: &str) -> String {
    let mut plain = text.trim_end_matches('\u{1A}').replace("\r\n", "\n").replace('\r', "\n");
    plain.push('\n');
    plain
}

fn is_binary(text: &str) -> bool {
    let control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{1A}');
    text.chars().take(SAMPLE_BYTES).any(|c| control(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::workbook::Limits;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let (sheet, problems) = sheet("input/甲.csv", text.as_bytes(), &Options::default()).unwrap();
        assert_eq!(problems, []);
        let shown = |cell: &CellValue| match cell {
            CellValue::Text(text) => text.to_string(),
            CellValue::Empty => String::new(),
            other => format!("{other:?}"),
        };
        sheet.rows.iter().map(|row| row.iter().map(shown).collect()).collect()
    }

    fn refused(bytes: &[u8]) -> String {
        sheet("input/甲.csv", bytes, &Options::default()).unwrap_err().to_text(Language::Chinese)
    }

    #[test]
    fn separators_are_found_out() {
        let expected = [["学校", "党员"], ["一小", "1,200"], ["二小", "3"]];
        assert_eq!(rows("学校,党员\n一小,\"1,200\"\n二小,3\n"), expected);
        assert_eq!(rows("学校\t党员\r\n一小\t1,200\r\n二小\t3\r\n"), expected);
        assert_eq!(rows("学校;党员\r一小;1,200\r二小;3"), expected);
        assert_eq!(rows("sep=;\n学校;党员\n一小;1,200\n二小;3"), expected);
    }

    #[test]
    fn quotes_line_breaks_and_ragged_rows_are_as_they_are_meant() {
        let read = rows("全市学校一览\n学校,备注,党员\n一小,\"甲、\"\"乙\"\"\n丙\",3\n\n\n二小\n三小,,5,多\n");
        let expected: [&[&str]; 7] = [
            &["全市学校一览"],
            &["学校", "备注", "党员"],
            &["一小", "甲、\"乙\"\n丙", "3"],
            &[],
            &[],
            &["二小"],
            &["三小", "", "5", "多"],
        ];
        assert_eq!(read, expected.map(|row| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>()));
    }

    #[test]
    fn codes_truths_and_errors_are_what_they_are() {
        assert_eq!(
            rows("代码,a,b,c\n\"=\"\"0101\"\"\",'0102,TRUE,#N/A"),
            [["代码", "a", "b", "c"], ["0101", "0102", "Bool(true)", "Error(\"#N/A\")"]]
        );
    }

    #[test]
    fn a_list_of_names_is_a_table_of_one_column_and_prose_is_none() {
        assert_eq!(rows("学校\n第一小学\n第二小学\n"), [["学校"], ["第一小学"], ["第二小学"]]);
        for text in ["各位老师：\n请于周五前报送。\n谢谢。\n", "{\"学校\": \"一小\"}", "\n\n"] {
            assert!(refused(text.as_bytes()).contains("看不出是表格"), "{}", refused(text.as_bytes()));
        }
    }

    #[test]
    fn a_byte_that_means_nothing_is_told_with_its_cell_and_line() {
        let bytes = [b"a,b\n\n1,".as_slice(), "学".as_bytes(), b"\xFF\n2,\xFF\n"].concat();
        assert_eq!(
            refused(&bytes),
            "错误：input/甲.csv#甲!B3：第 3 行有按 UTF-8 认不出的字符（另有 1 个单元格也是）\n  \
             办法：在 huibao.toml 这张表里写明编码，例如 encoding = \"GB18030\"；或者在 Excel 里打开，另存为 .xlsx"
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_where_it_begins() {
        let told = refused("a,b\n1,2\n3,\"4\n5,6\n".as_bytes());
        assert!(told.starts_with("错误：input/甲.csv#甲!B3：引号没有收尾"), "{told}");
    }

    #[test]
    fn numbers_that_lost_their_digits_are_told_once_a_column() {
        let text = "姓名,身份证号\n甲,1.10101E+17\n乙,1.10102E+17\n";
        let (_, problems) = sheet("甲.csv", text.as_bytes(), &Options::default()).unwrap();
        let told: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("警告：甲.csv#甲!B2：“1.10101E+17”（共 2 处）"), "{told:?}");
    }

    #[test]
    fn the_encoding_is_a_note_where_it_was_found_out() {
        let bytes = encoding_rs::GBK.encode("学校,党员\n第一小学,12\n").0;
        let (_, problems) = sheet("甲.csv", &bytes, &Options::default()).unwrap();
        assert_eq!(problems[0].to_text(Language::Chinese), "提示：甲.csv：按 GB18030 编码读取");
        let told = Options { encoding: Encoding::named("GBK", &Place::Run).ok(), ..Options::default() };
        assert_eq!(sheet("甲.csv", &bytes, &told).unwrap().1, []);
    }

    #[test]
    fn more_cells_than_may_be_are_refused() {
        let options = Options { limits: Limits { cells: 3, ..Limits::default() }, ..Options::default() };
        let problem = sheet("甲.csv", b"1,2\n3,4\n", &options).unwrap_err();
        assert!(problem.to_text(Language::Chinese).contains("把 cells 调大"), "{problem:?}");
    }

    proptest::proptest! {
        #[test]
        fn what_csv_writes_is_read_as_it_was(
            cells in proptest::collection::vec(proptest::collection::vec("[甲乙,;\t\"\n0-9]{0,5}", 3), 1..20),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["学校", "党员", "备注"]).unwrap();
            // A row that begins and ends with something is no blank line.
            for row in &cells {
                writer.write_record([format!("甲{}", row[0]), row[1].clone(), format!("{}乙", row[2])]).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let table = read(std::str::from_utf8(&bytes).unwrap(), b',', 1000).unwrap();
            for (row, expected) in table.rows[1..].iter().zip(&cells) {
                proptest::prop_assert_eq!(&row[1], &cell(&expected[1]));
                proptest::prop_assert_eq!(&row[2], &cell(&format!("{}乙", expected[2])));
            }
        }

        #[test]
        fn any_text_gives_a_sheet_or_a_problem(text in "[甲a0,;\t\"\r\n=. ]{0,60}") {
            let _ = sheet("甲.csv", text.as_bytes(), &Options::default());
        }
    }
}
