//! How long it takes to read workbooks, beside the bare reading of the same files by calamine: `cargo bench --bench
//! workbooks`. benches/readers.py times the readers that others use on the same files.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on fails")]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx};
use divan::Bencher;
use divan::counter::ItemsCount;
use huibao::dataset::{Dataset, LinkSpec, SheetChoice, TableSpec};
use huibao::diagnostic::Place;
use huibao::workbook::{self, Workbook};
use rayon::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format};

const ROWS: u32 = 100_000;
const SCHOOLS: u32 = 1_000;
const FILES: u32 = 500;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workbooks");
    fs::create_dir_all(folder.join("schools")).unwrap();
    folder
}

/// A list of members: 100,000 rows of 20 columns, texts, codes, numbers and dates.
fn large() -> Vec<u8> {
    let path = folder().join("large.xlsx");
    if !path.exists() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("党员").unwrap();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        for (column, name) in ["编号", "学校代码", "姓名", "入党日期", "类别", "所在支部"].into_iter().enumerate()
        {
            sheet.write(0, column as u16, name).unwrap();
        }
        for column in 6..20_u16 {
            sheet.write(0, column, format!("第{}项", column - 5)).unwrap();
        }
        for row in 1..=ROWS {
            sheet.write(row, 0, format!("{row:08}")).unwrap();
            sheet.write(row, 1, format!("{:04}", row % SCHOOLS)).unwrap();
            sheet.write(row, 2, format!("党员{}", row % 7919)).unwrap();
            let day = ExcelDateTime::from_ymd(1990 + (row % 33) as u16, (row % 12) as u8 + 1, (row % 28) as u8 + 1);
            sheet.write_with_format(row, 3, day.unwrap(), &date).unwrap();
            sheet.write(row, 4, ["正式党员", "预备党员"][(row % 7 == 0) as usize]).unwrap();
            sheet.write(row, 5, format!("第{}党支部", row % 97)).unwrap();
            for column in 6..20_u16 {
                sheet.write(row, column, f64::from((row * u32::from(column)) % 1000) / 4.0).unwrap();
            }
        }
        book.save(&path).unwrap();
    }
    fs::read(path).unwrap()
}

/// The schools that the members' codes name.
fn schools() -> Workbook {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "学校代码").unwrap();
    sheet.write(0, 1, "学校名称").unwrap();
    for row in 0..SCHOOLS {
        sheet.write(row + 1, 0, format!("{row:04}")).unwrap();
        sheet.write(row + 1, 1, format!("第{row}中学")).unwrap();
    }
    workbook::read("学校.xlsx", &book.save_to_buffer().unwrap()).unwrap()
}

/// One workbook a school: title, header, ten branches, total row.
fn many() -> Vec<(String, Vec<u8>)> {
    let files = (0..FILES).map(|school| {
        let path = folder().join(format!("schools/{school:04}.xlsx"));
        if !path.exists() {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            sheet.merge_range(0, 0, 0, 7, "党支部基本情况统计表", &Format::new()).unwrap();
            let names = ["序号", "学校代码", "支部名称", "党员总数", "正式党员", "预备党员", "党费（元）", "成立日期"];
            for (column, name) in names.into_iter().enumerate() {
                sheet.write(1, column as u16, name).unwrap();
            }
            for branch in 0..10_u32 {
                let row = branch + 2;
                sheet.write(row, 0, branch + 1).unwrap();
                sheet.write(row, 1, format!("{school:04}")).unwrap();
                sheet.write(row, 2, format!("第{}党支部", branch + 1)).unwrap();
                sheet.write(row, 3, 12 + branch).unwrap();
                sheet.write(row, 4, 11 + branch).unwrap();
                sheet.write(row, 5, 1).unwrap();
                sheet.write(row, 6, 100.5 + f64::from(school)).unwrap();
                sheet.write(row, 7, "2019年6月1日").unwrap();
            }
            sheet.write(12, 0, "合计").unwrap();
            for (column, sum) in [(3, 165.0), (4, 155.0), (5, 10.0), (6, 1005.0 + 10.0 * f64::from(school))] {
                sheet.write(12, column, sum).unwrap();
            }
            book.save(&path).unwrap();
        }
        (format!("{school:04}.xlsx"), fs::read(path).unwrap())
    });
    files.collect()
}

fn table(name: &str, key: &str, workbooks: std::ops::Range<usize>) -> TableSpec {
    let choice = |workbook| SheetChoice { workbook, sheet: None, place: Place::Run };
    TableSpec {
        name: name.to_owned(),
        place: Place::Run,
        sheets: workbooks.map(choice).collect(),
        key: vec![(key.to_owned(), Place::Run)],
        ..TableSpec::default()
    }
}

fn link(table: &str) -> LinkSpec {
    let end = |table: &str| (table.to_owned(), "学校代码".to_owned(), Place::Run);
    LinkSpec { from: end(table), to: end("学校") }
}

/// Read, typed, keyed and linked.
#[divan::bench(sample_count = 7, sample_size = 1)]
fn large_file(bencher: Bencher) {
    let (bytes, schools) = (large(), schools());
    let tables = [table("学校", "学校代码", 0..1), table("党员", "编号", 1..2)];
    bencher.bench(|| {
        let workbooks = [schools.clone(), workbook::read("党员.xlsx", &bytes).unwrap()];
        let (dataset, problems) = Dataset::find(&workbooks, &tables, &[link("党员")]);
        assert!(dataset.tables[1].rows.len() == ROWS as usize && problems.is_empty(), "{problems:?}");
        dataset
    });
}

/// What calamine alone takes to read the cells of that file.
#[divan::bench(sample_count = 7, sample_size = 1)]
fn large_file_calamine(bencher: Bencher) {
    let bytes = large();
    bencher.bench(|| {
        let mut book = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
        book.worksheet_range("党员").unwrap()
    });
}

/// From memory, on all cores: read and made one table with links.
#[divan::bench(sample_count = 7, sample_size = 1)]
fn many_files(bencher: Bencher) {
    let (files, schools) = (many(), schools());
    bencher.counter(ItemsCount::new(FILES)).bench(|| {
        let read = files.par_iter().map(|(file, bytes)| workbook::read(file, bytes).unwrap());
        made_one_table(&schools, read.collect())
    });
}

/// The same, from disk.
#[divan::bench(sample_count = 7, sample_size = 1)]
fn many_files_from_disk(bencher: Bencher) {
    let (files, schools) = (many(), schools());
    bencher.counter(ItemsCount::new(FILES)).bench(|| made_one_table(&schools, read_from_disk(&files)));
}

/// Read from disk on all cores, and no more: what benches/readers.py times of python-calamine on one.
#[divan::bench(sample_count = 7, sample_size = 1)]
fn many_files_from_disk_read_only(bencher: Bencher) {
    let files = many();
    bencher.counter(ItemsCount::new(FILES)).bench(|| read_from_disk(&files));
}

fn read_from_disk(files: &[(String, Vec<u8>)]) -> Vec<Workbook> {
    let folder = folder().join("schools");
    let read = |(file, _): &(String, Vec<u8>)| workbook::read(file, &fs::read(folder.join(file)).unwrap()).unwrap();
    files.par_iter().map(read).collect()
}

fn made_one_table(schools: &Workbook, read: Vec<Workbook>) -> Dataset {
    let tables = [table("学校", "学校代码", 0..1), table("党支部", "支部名称", 1..1 + FILES as usize)];
    let tables = tables.map(|table| TableSpec { key: Vec::new(), ..table });
    let workbooks: Vec<_> = std::iter::once(schools.clone()).chain(read).collect();
    let (dataset, _) = Dataset::find(&workbooks, &tables, &[link("党支部")]);
    assert_eq!(dataset.tables[1].rows.len(), FILES as usize * 10);
    dataset
}
