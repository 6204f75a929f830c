use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Writer};

use super::*;

fn text(text: &str) -> CellValue {
    CellValue::Text(text.into())
}

/// A workbook with something of every kind.
fn sample() -> Vec<u8> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("学校").unwrap();
    sheet.merge_range(0, 0, 0, 3, "全市学校一览", &Format::new()).unwrap();
    sheet.write(1, 0, "代码").unwrap();
    sheet.write(1, 1, "校名").unwrap();
    sheet.write_with_format(2, 0, 101, &Format::new().set_num_format("0000")).unwrap();
    sheet.write(2, 1, "第一小学").unwrap();
    let day = ExcelDateTime::parse_from_str("2023-04-15").unwrap();
    sheet.write_with_format(2, 2, &day, &Format::new().set_num_format("yyyy年m月d日")).unwrap();
    sheet.write(2, 3, true).unwrap();
    sheet.write_formula(3, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write_formula(3, 1, Formula::new("=2*3").set_result("6")).unwrap();
    let hidden = writer.add_worksheet().set_name("旧").unwrap();
    hidden.set_hidden(true);
    hidden.write(0, 0, 1.5).unwrap();
    writer.save_to_buffer().unwrap()
}

#[test]
fn values_dates_booleans_errors_and_results_of_formulas_are_read() {
    let workbook = read("甲.xlsx", &sample()).unwrap();
    let sheet = &workbook.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.hidden), ("学校", false));
    assert_eq!(*sheet.cell(2, 1), text("第一小学"));
    assert_eq!(*sheet.cell(2, 2), CellValue::Date { year: 2023, month: 4, day: 15 });
    assert_eq!(*sheet.cell(2, 3), CellValue::Bool(true));
    assert_eq!(*sheet.cell(3, 1), CellValue::Number(6.0));
    assert_eq!(*sheet.cell(99, 99), CellValue::Empty);
    assert!(workbook.sheets[1].hidden);
}

#[test]
fn a_number_that_is_shown_with_leading_zeros_is_the_text_that_is_shown() {
    let workbook = read("甲.xlsx", &sample()).unwrap();
    assert_eq!(*workbook.sheets[0].cell(2, 0), text("0101"));
}

#[test]
fn merged_areas_are_found_without_reading_the_cells_again() {
    let workbook = read("甲.xlsx", &sample()).unwrap();
    assert_eq!(workbook.sheets[0].merged, [Area { top: 0, left: 0, bottom: 0, right: 3 }]);
    assert_eq!(workbook.sheets[1].merged, []);
}

#[test]
fn hidden_and_filtered_rows_and_hidden_columns_are_told() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    for row in 0..6 {
        sheet.write(row, 0, if row % 2 == 0 { "甲" } else { "乙" }).unwrap();
        sheet.write(row, 4, row).unwrap();
    }
    sheet.autofilter(0, 0, 5, 4).unwrap();
    sheet.filter_column(0, &rust_xlsxwriter::FilterCondition::new().add_list_filter("甲")).unwrap();
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(1).unwrap();
    sheet.set_column_hidden(3).unwrap();
    let read = read("甲.xlsx", &writer.save_to_buffer().unwrap()).unwrap();
    assert_eq!(read.sheets[0].hidden_rows.runs().collect::<Vec<_>>(), [(1, 3), (5, 5)]);
    assert_eq!(read.sheets[0].hidden_columns.runs().collect::<Vec<_>>(), [(1, 1), (3, 3)]);
}

#[test]
fn a_formula_that_was_never_computed_is_told_from_an_empty_cell() {
    // As openpyxl writes formulas.
    let bytes = with_part(&sample(), "xl/worksheets/sheet2.xml", |xml| {
        xml.replace("<v>1.5</v></c>", "<v>1.5</v></c><c r=\"B1\"><f>SUM(A1:A1)</f><v></v></c>")
    });
    let workbook = read("甲.xlsx", &bytes).unwrap();
    assert_eq!(workbook.sheets[1].rows, [[CellValue::Number(1.5), CellValue::NotComputed]]);
}

#[test]
fn dates_count_from_1904_where_the_workbook_says_so() {
    let bytes =
        with_part(&sample(), "xl/workbook.xml", |xml| xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" "));
    let workbook = read("甲.xlsx", &bytes).unwrap();
    assert_eq!(*workbook.sheets[0].cell(2, 2), CellValue::Date { year: 2027, month: 4, day: 16 });
}

/// As LibreOffice writes them.
const XLS: &[u8] = include_bytes!("../../tests/workbooks/schools.xls");
const ODS: &[u8] = include_bytes!("../../tests/workbooks/schools.ods");

#[test]
fn old_and_open_formats_are_told_by_content_and_read_alike() {
    for bytes in [XLS, ODS] {
        // The name says xlsx; the content is what counts.
        let workbook = read("甲.xlsx", bytes).unwrap();
        let sheet = &workbook.sheets[0];
        assert_eq!(*sheet.cell(0, 0), text("全市学校一览"));
        assert_eq!(*sheet.cell(2, 0), text("0101"));
        assert_eq!(*sheet.cell(2, 2), CellValue::Date { year: 2023, month: 4, day: 15 });
        // LibreOffice keeps no booleans in xls.
        assert!(matches!(sheet.cell(3, 3), CellValue::Bool(false) | CellValue::Number(0.0)));
        assert_eq!(*sheet.cell(3, 4), CellValue::Number(60.0));
        assert_eq!((workbook.sheets[1].name.as_str(), workbook.sheets[1].hidden), ("旧", true));
    }
    assert_eq!(read("甲.xls", XLS).unwrap().sheets[0].merged, [Area { top: 0, left: 0, bottom: 0, right: 3 }]);
}

#[test]
fn an_xls_sheet_that_claims_more_than_there_can_be_is_refused() {
    // The dimensions record of the first sheet: kind 0x0200, 14 bytes, then first and last row.
    let at = XLS.windows(4).position(|window| window == [0x00, 0x02, 14, 0]).unwrap();
    let mut bytes = XLS.to_vec();
    bytes[at + 8..at + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(read("甲.xls", &bytes).unwrap_err().code, "workbook.damaged");
}

#[test]
fn an_ods_sheet_that_repeats_a_cell_beyond_measure_is_refused() {
    let bytes = with_part(ODS, "content.xml", |xml| {
        let repeated = xml.replacen("<table:table-row ", "<table:table-row table:number-rows-repeated=\"1000000\" ", 1);
        repeated.replacen("<table:table-cell ", "<table:table-cell table:number-columns-repeated=\"16000\" ", 1)
    });
    assert_eq!(read("甲.ods", &bytes).unwrap_err().code, "workbook.too-many-cells");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]

    #[test]
    fn a_damaged_file_gives_a_workbook_or_a_problem(
        changes in proptest::collection::vec((0.0..1.0, 0_u8..=255), 1..20),
        cut in 0.1..1.0,
    ) {
        for bytes in [XLS, ODS, &sample()] {
            let mut damaged = bytes.to_vec();
            for (at, byte) in &changes {
                let at = (at * bytes.len() as f64) as usize;
                damaged[at] = *byte;
            }
            let _ = read("甲.xlsx", &damaged);
            damaged.truncate((cut * bytes.len() as f64) as usize);
            let _ = read("甲.xlsx", &damaged);
        }
    }

    #[test]
    fn a_sheet_whose_markup_is_damaged_gives_a_workbook_or_a_problem(
        changes in proptest::collection::vec((0.0..1.0, "[0-9A-Z<>/\"= ]"), 1..8),
        part in proptest::sample::select(vec!["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]),
    ) {
        let bytes = with_part(&sample(), part, |xml| {
            let mut xml = xml + " ";
            for (at, text) in &changes {
                let at = (at * xml.len() as f64) as usize;
                if xml.is_char_boundary(at) && xml.is_char_boundary(at + 1) {
                    xml.replace_range(at..=at, text);
                }
            }
            xml
        });
        let _ = read("甲.xlsx", &bytes);
    }
}

#[test]
fn what_is_no_workbook_is_called_by_its_name() {
    let code = |bytes: &[u8]| read("甲.xlsx", bytes).unwrap_err();
    assert_eq!(code(b"").code, "workbook.empty");
    for (bytes, word) in [
        (&b"<html><table><tr><td>1</td></tr></table>"[..], "网页"),
        ("\u{FEFF}<HTML xmlns:x=\"excel\">".as_bytes(), "网页"),
        ("各位老师：\n请于周五前报送。\n".as_bytes(), "文本文件"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x00\x01\x02\x03", "别的文件"),
    ] {
        let problem = code(bytes);
        assert_eq!(problem.code, "workbook.not-a-workbook");
        assert!(problem.message.zh.contains(word), "{}", problem.message.zh);
    }
}

#[test]
fn a_file_that_is_cut_short_says_so() {
    let bytes = sample();
    assert_eq!(read("甲.xlsx", &bytes[..bytes.len() / 2]).unwrap_err().code, "workbook.cut-short");
}

#[test]
fn a_workbook_with_a_password_is_called_locked() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    let problem = read("甲.xlsx", &bytes).unwrap_err();
    assert_eq!(problem.code, "workbook.locked");
    assert!(problem.hint.is_some());
}

#[test]
fn a_small_file_that_unpacks_to_very_much_is_refused_before_it_fills_memory() {
    let bytes = with_part(&sample(), "xl/worksheets/sheet2.xml", |xml| xml + &" ".repeat(40 << 20));
    assert!(bytes.len() < 100 << 10);
    assert_eq!(read("甲.xlsx", &bytes).unwrap_err().code, "workbook.too-large");
}

#[test]
fn a_sheet_that_claims_all_cells_there_can_be_takes_only_those_it_has() {
    let bytes = with_part(&sample(), "xl/worksheets/sheet2.xml", |xml| {
        xml.replace("<dimension ref=\"A1\"/>", "<dimension ref=\"A1:XFD1048576\"/>")
    });
    assert_eq!(read("甲.xlsx", &bytes).unwrap().sheets[1].rows, [[CellValue::Number(1.5)]]);
}

#[test]
fn one_part_is_not_two_sheets_and_all_sheets_together_have_a_limit() {
    let again = with_part(&sample(), "xl/workbook.xml", |xml| {
        let sheet = xml.split("<sheet ").nth(1).unwrap().split("/>").next().unwrap().to_owned();
        xml.replace("</sheets>", &format!("<sheet {}/></sheets>", sheet.replace("name=\"", "name=\"另")))
    });
    let found = read("甲.xlsx", &again).unwrap_err();
    assert_eq!(found.code, "workbook.damaged");
    assert!(found.message.en.contains("two sheets are one part"), "{}", found.message.en);

    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..5 {
        book.add_worksheet().write_number(99, 0, 1).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let read = |cells| {
        let options = Options { limits: Limits { cells, ..Limits::default() }, ..Options::default() };
        read_with("甲.xlsx", &bytes, &options).map(|book| book.sheets.len())
    };
    // Each sheet has a hundred rows and one cell.
    assert_eq!(read(127).ok(), Some(5));
    let found = read(126).unwrap_err();
    assert_eq!(found.code, "workbook.too-many-cells");
    assert!(found.message.en.contains("together: at most 504"), "{}", found.message.en);
}

#[test]
fn column_letters_count_as_excel_does() {
    assert_eq!(["A", "Z", "AA", "XFD"].map(str::to_owned), [0, 25, 26, 16383].map(column_letters));
    assert_eq!(cell_address(4, 2), "C5");
    assert!(!cell_address(u32::MAX, u32::MAX).is_empty());
}

/// The workbook with the text of one of its parts changed.
pub(super) fn with_part(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    with_bytes(bytes, name, |part| {
        let changed = change(String::from_utf8(part.clone()).unwrap()).into_bytes();
        assert_ne!(changed, *part, "the part is not as the test expects");
        *part = changed;
    })
}

/// The workbook with the bytes of one of its parts changed.
pub(super) fn with_bytes(bytes: &[u8], name: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let part_name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if part_name == name {
            change(&mut content);
        }
        writer.start_file(part_name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
