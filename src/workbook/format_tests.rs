//! The same cells in every format (`tests/workbooks`, made by `make.py`; xlsb by the few records that matter).

use super::*;
use std::io::Write;

const XLSX: &[u8] = include_bytes!("../../tests/workbooks/kinds.xlsx");
const XLS: &[u8] = include_bytes!("../../tests/workbooks/kinds.xls");
const ODS: &[u8] = include_bytes!("../../tests/workbooks/kinds.ods");
const PERCENTS_XLSX: &[u8] = include_bytes!("../../tests/workbooks/percents.xlsx");
const PERCENTS_XLS: &[u8] = include_bytes!("../../tests/workbooks/percents.xls");
const PERCENTS_ODS: &[u8] = include_bytes!("../../tests/workbooks/percents.ods");
const UNCOMPUTED: &[u8] = include_bytes!("../../tests/workbooks/uncomputed.xls");

fn text(text: &str) -> CellValue {
    CellValue::Text(text.into())
}

fn error(name: &str) -> CellValue {
    CellValue::Error(name.into())
}

fn day(day: u8) -> CellValue {
    CellValue::Date { year: 2023, month: 4, day }
}

fn runs(spans: &Spans) -> Vec<(usize, usize)> {
    spans.runs().collect()
}

/// All of them, under a name that says nothing true.
fn all() -> [(&'static str, Sheet); 4] {
    let read = |bytes: &[u8]| read("甲.txt", bytes).unwrap().sheets.swap_remove(0);
    [("xlsx", read(XLSX)), ("xls", read(XLS)), ("ods", read(ODS)), ("xlsb", read(&xlsb(0x17)))]
}

#[test]
fn numbers_texts_and_errors_are_read_alike_whether_typed_or_computed() {
    for (format, sheet) in all() {
        assert_eq!(sheet.rows[2][..3], [CellValue::Number(12.0), CellValue::Number(24.0), text("甲乙")], "{format}");
        // LibreOffice keeps no booleans in xls.
        assert!(matches!(sheet.cell(2, 3), CellValue::Bool(true) | CellValue::Number(1.0)), "{format}");
        assert_eq!(sheet.rows[2][4..6], [error("#DIV/0!"), error("#N/A")], "{format}");
    }
}

#[test]
fn dates_that_count_from_1904_are_the_days_they_are() {
    for (format, sheet) in all() {
        assert_eq!(sheet.rows[2][6..8], [day(15), day(16)], "{format}");
    }
}

#[test]
fn hidden_rows_and_columns_and_merged_areas_are_told() {
    for (format, sheet) in all() {
        assert_eq!(runs(&sheet.hidden_rows), [(3, 3), (5, 6)], "{format}");
        assert_eq!(runs(&sheet.hidden_columns), [(2, 2), (4, 4)], "{format}");
        let title = Area { top: 0, left: 0, bottom: 0, right: 3 };
        assert_eq!(sheet.merged, [title, Area { top: 4, left: 0, bottom: 5, right: 1 }], "{format}");
    }
}

#[test]
fn numbers_that_are_shown_as_percentages_are_told_from_others_in_every_format() {
    let (number, percent) = (CellValue::Number, CellValue::Percent);
    for bytes in [PERCENTS_XLSX, PERCENTS_XLS, PERCENTS_ODS] {
        let sheet = &read("甲.txt", bytes).unwrap().sheets[0];
        let rows: Vec<_> = sheet.rows[1..].iter().map(|row| &row[1..]).collect();
        let expected = [
            [percent(0.9), percent(0.9), percent(0.9)],
            [percent(0.57), percent(0.57), percent(0.125)],
            [percent(0.9), percent(0.125), text("未完成")],
            [number(85.0), number(0.85), text("未完成")],
            [number(90.0), number(0.0), text("未完成")],
            [percent(1.0), percent(1.0), percent(1.0)],
        ];
        assert_eq!(rows, expected);
    }
    let sheet = read("甲.xlsb", &xlsb(0x17)).unwrap().sheets.swap_remove(0);
    assert_eq!(sheet.rows[8][1..], [percent(0.9), percent(0.25), percent(0.125), number(0.5)]);
}

#[test]
fn a_row_of_an_ods_file_that_is_repeated_repeats_its_percentages() {
    let repeated = |xml: String| {
        let row = xml.find("<table:table-cell table:number-columns-repeated=\"3\" table:style-name").unwrap();
        let row = xml[..row].rfind("<table:table-row").unwrap() + "<table:table-row".len();
        format!("{} table:number-rows-repeated=\"2\"{}", &xml[..row], &xml[row..])
    };
    let sheet = &read("甲.ods", &tests::with_part(PERCENTS_ODS, "content.xml", repeated)).unwrap().sheets[0];
    assert_eq!(sheet.rows.len(), 8);
    assert_eq!([sheet.cell(1, 3), sheet.cell(2, 3)], [&CellValue::Percent(0.9); 2]);
    assert_eq!(*sheet.cell(5, 1), CellValue::Number(85.0));
}

#[test]
fn formulas_that_nobody_computed_are_told_from_empty_cells() {
    let sheet = &read("甲.xls", UNCOMPUTED).unwrap().sheets[0];
    assert_eq!(sheet.rows, [[CellValue::Number(12.0), CellValue::NotComputed]]);
    let ods =
        tests::with_part(ODS, "content.xml", |xml| xml.replace(" office:value-type=\"float\" office:value=\"24\"", ""));
    assert_eq!(*read("甲.ods", &ods).unwrap().sheets[0].cell(2, 1), CellValue::NotComputed);
}

#[test]
fn an_error_of_a_newer_excel_is_an_error_cell_and_all_else_is_read() {
    for name in ["#SPILL!", "#CALC!", "#FIELD!", "#BUSY!", "#PYTHON!"] {
        let xlsx = tests::with_part(XLSX, "xl/worksheets/sheet1.xml", |xml| xml.replace("#DIV/0!", name));
        let sheet = &read("甲.xlsx", &xlsx).unwrap().sheets[0];
        assert_eq!(*sheet.cell(2, 4), error(name));
        assert_eq!((sheet.cell(2, 2), sheet.cell(2, 6)), (&text("甲乙"), &day(15)));
        assert_eq!(runs(&sheet.hidden_rows), [(3, 3), (5, 6)]);
    }
    let sheet = &read("甲.xlsb", &xlsb(0x2D)).unwrap().sheets[0];
    assert_eq!((sheet.cell(8, 0), sheet.cell(2, 2)), (&error("#SPILL!"), &text("甲乙")));
}

#[test]
fn a_package_of_another_systems_making_is_read() {
    // Parts named in capitals and with the folders of Windows, in the encoding that they state.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(XLSX)).unwrap();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().to_uppercase().replace('/', "\\");
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
        let xml = xml.replace("encoding=\"UTF-8\"", "encoding=\"GB2312\"");
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&encoding_rs::GBK.encode(&xml).0).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(read("甲.xlsx", &bytes).unwrap(), read("甲.xlsx", XLSX).unwrap());
}

#[test]
fn a_package_that_claims_more_strings_than_it_has_takes_no_memory_for_them() {
    let xlsx = tests::with_part(XLSX, "xl/sharedStrings.xml", |xml| {
        xml.replacen("uniqueCount=\"", "uniqueCount=\"99999999999", 1)
    });
    assert_eq!(*read("甲.xlsx", &xlsx).unwrap().sheets[0].cell(1, 0), text("数"));
}

#[test]
fn an_ods_file_with_line_feeds_between_its_cells_is_read() {
    let pretty = |xml: String| {
        xml.replace("<table:table-cell", "\n  <table:table-cell").replace("</table:table-row>", "\n</table:table-row>")
    };
    let sheet = &read("甲.ods", &tests::with_part(ODS, "content.xml", pretty)).unwrap().sheets[0];
    assert_eq!(sheet.rows, read("甲.ods", ODS).unwrap().sheets[0].rows);
}

#[test]
fn an_ods_file_that_ends_early_or_repeats_text_and_blanks_beyond_measure_is_refused() {
    let refused = |change: &dyn Fn(String) -> String| {
        read("甲.ods", &tests::with_part(ODS, "content.xml", change)).unwrap_err().code
    };
    assert_eq!(refused(&|xml| xml[..xml.find("</table:table>").unwrap()].to_owned()), "workbook.damaged");
    let blanks = "<text:s text:c=\"99999999999\"/></text:p>";
    assert_eq!(refused(&|xml| xml.replacen("</text:p>", blanks, 1)), "workbook.too-many-cells");
    let long = format!("{}</text:p>", "字".repeat(1 << 20));
    let repeated = "<table:table-row table:number-rows-repeated=\"9999\"";
    let text = |xml: String| xml.replacen("</text:p>", &long, 1).replacen("<table:table-row", repeated, 1);
    assert_eq!(refused(&text), "workbook.too-many-cells");
}

#[test]
fn locked_workbooks_of_the_old_and_the_open_format_are_called_locked() {
    let mut xls = XLS.to_vec();
    // The record that says who wrote the file, made into the one that says that it is locked.
    let at = xls.windows(4).position(|window| window == [0x5C, 0x00, 0x70, 0x00]).unwrap();
    xls[at..at + 6].copy_from_slice(&[0x2F, 0x00, 0x70, 0x00, 1, 0]);
    assert_eq!(read("甲.xls", &xls).unwrap_err().code, "workbook.locked");
    let ods = tests::with_part(ODS, "META-INF/manifest.xml", |xml| {
        xml.replace("</manifest:manifest>", "<manifest:encryption-data/></manifest:manifest>")
    });
    assert_eq!(read("甲.ods", &ods).unwrap_err().code, "workbook.locked");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(150))]

    #[test]
    fn a_damaged_part_of_any_format_gives_a_workbook_or_a_problem(
        changes in proptest::collection::vec((0.0..1.0, 0_u8..=255), 1..8),
        format in 0_usize..3,
    ) {
        let damage = |part: &mut Vec<u8>| for (at, byte) in &changes {
            let at = (at * part.len() as f64) as usize;
            part[at] = *byte;
        };
        let bytes = match format {
            0 => tests::with_bytes(&xlsb(0x17), "xl/worksheets/sheet1.bin", damage),
            1 => tests::with_bytes(ODS, "content.xml", damage),
            _ => { let mut xls = XLS.to_vec(); damage(&mut xls); xls }
        };
        let _ = read("甲", &bytes);
    }
}

/// An xlsb workbook with the same cells, and below them an error of a code.
fn xlsb(code: u8) -> Vec<u8> {
    let wide = |text: &str| {
        let units: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
    };
    let row = |row: u32, hidden: bool| {
        let flags = [&[0x1D, 1, 0][..], &[if hidden { 0x10 } else { 0 }], &[0; 5]].concat();
        record(0, &[&row.to_le_bytes()[..], &[0; 4], &flags].concat())
    };
    let cell = |kind: u16, column: u32, style: u8, value: &[u8]| {
        record(kind, &[&column.to_le_bytes()[..], &[style, 0, 0, 0], value].concat())
    };
    let numbers = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
    let hidden_column = |column| record(60, &[numbers(&[column, column, 2304, 0]), vec![1, 0]].concat());
    let mut sheet = [
        record(0x81, &[]),
        record(0x94, &numbers(&[0, 8, 0, 7])),
        record(0x186, &[]),
        hidden_column(2),
        hidden_column(4),
        record(0x187, &[]),
        record(0x91, &[]),
        row(2, false),
        cell(5, 0, 0, &12_f64.to_le_bytes()),
        cell(9, 1, 0, &24_f64.to_le_bytes()),
        cell(8, 2, 0, &wide("甲乙")),
        cell(10, 3, 0, &[1]),
        cell(11, 4, 0, &[0x07]),
        cell(3, 5, 0, &[0x2A]),
        cell(5, 6, 1, &43569_f64.to_le_bytes()),
        cell(9, 7, 1, &43570_f64.to_le_bytes()),
    ];
    let rows = (3..8).flat_map(|number| row(number, matches!(number, 3 | 5 | 6)));
    // 25 as a whole number of hundredths.
    let hundredths = (25_u32 << 2 | 3).to_le_bytes();
    let rest = [
        row(8, false),
        cell(3, 0, 0, &[code]),
        cell(5, 1, 2, &0.9_f64.to_le_bytes()),
        cell(2, 2, 2, &hundredths),
        cell(9, 3, 3, &0.125_f64.to_le_bytes()),
        cell(5, 4, 0, &0.5_f64.to_le_bytes()),
        record(0x92, &[]),
    ]
    .concat();
    let merged = [[0, 0, 0, 3], [4, 5, 0, 1]].map(|area| record(176, &numbers(&area))).concat();
    let sheet = [std::mem::take(&mut sheet).concat(), rows.collect(), rest, merged].concat();
    let bundle = [&[0; 4][..], &[1, 0, 0, 0], &wide("rId1"), &wide("各类")].concat();
    let workbook = [record(0x99, &[1; 12]), record(156, &bundle), record(0x90, &[]), record(0x84, &[])].concat();
    let format = |number: u16| record(0x2F, &[&[0, 0][..], &number.to_le_bytes(), &[0; 12]].concat());
    let percent = record(0x2C, &[&164_u16.to_le_bytes()[..], &wide("0.0%")].concat());
    let formats = [record(0x267, &1_u32.to_le_bytes()), percent, record(0x268, &[])].concat();
    let styles = [format(0), format(14), format(9), format(164)].concat();
    let styles = [formats, record(0x269, &4_u32.to_le_bytes()), styles].concat();
    let relation = |target: &str, kind: &str| {
        format!(
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://a/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in [
        ("_rels/.rels", relation("xl/workbook.bin", "officeDocument").into_bytes()),
        ("xl/_rels/workbook.bin.rels", relation("worksheets/sheet1.bin", "worksheet").into_bytes()),
        ("xl/workbook.bin", workbook),
        ("xl/styles.bin", styles),
        ("xl/worksheets/sheet1.bin", sheet),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&part).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A record of BIFF12: kind and length in seven bits a byte, then the data.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let variable = |number: usize| match number {
        0..0x80 => vec![number as u8],
        _ => vec![number as u8 | 0x80, (number >> 7) as u8],
    };
    [variable(kind.into()), variable(data.len()), data.to_vec()].concat()
}
