//! How long each stage of the shipped example takes, and how many whole reports a second come out: `cargo bench`.
//! Figures of one machine, and how they were taken, are in docs/performance.md.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that cannot go on fails")]

use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use huibao::batch::{Choice, Destination, OutputFolder, Plan, RunOptions};
use huibao::document::Document;
use huibao::font::{FontLibrary, FontSource};
use huibao::layout::lay_out;
use huibao::{docx, pdf};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn plan() -> Plan {
    let (plan, problems) = Plan::read(project(), Choice::default());
    plan.unwrap_or_else(|| panic!("{problems:?}"))
}

fn fonts() -> FontLibrary {
    FontLibrary::load(FontSource::Carried, None).unwrap()
}

/// The kinds of report to measure, by the name's beginning.
const KINDS: [&str; 2] = ["city", "school"];

fn report(plan: &Plan, kind: &str) -> usize {
    plan.names().position(|name| name.starts_with(kind)).unwrap()
}

fn document(kind: &str) -> Document {
    let plan = plan();
    let (document, _) = plan.document(report(&plan, kind)).unwrap();
    document
}

/// All workbooks, templates and styles, read and checked.
#[divan::bench]
fn read(bencher: Bencher) {
    bencher.bench(plan);
}

#[divan::bench(args = KINDS)]
fn merge(bencher: Bencher, kind: &str) {
    let plan = plan();
    let report = report(&plan, kind);
    bencher.bench(|| plan.document(report).unwrap());
}

#[divan::bench(args = KINDS)]
fn docx(bencher: Bencher, kind: &str) {
    let (document, writer) = (document(kind), docx::Writer::default());
    bencher.bench(|| writer.write(&document).unwrap());
}

#[divan::bench(args = KINDS)]
fn layout(bencher: Bencher, kind: &str) {
    let (document, fonts) = (document(kind), fonts());
    bencher.bench(|| lay_out(&document, &fonts));
}

#[divan::bench(args = KINDS)]
fn pdf(bencher: Bencher, kind: &str) {
    let (document, fonts) = (document(kind), fonts());
    let pages = lay_out(&document, &fonts).pages;
    let writer = pdf::Writer::new(&fonts);
    let pages = || pages.clone();
    bencher.with_inputs(pages).bench_values(|pages| writer.write(pages, &document.info).unwrap());
}

/// A PDF whose fonts no report before it had: nothing of its font programs can be shared.
#[divan::bench(args = KINDS)]
fn pdf_with_new_fonts(bencher: Bencher, kind: &str) {
    let (document, fonts) = (document(kind), fonts());
    let pages = lay_out(&document, &fonts).pages;
    let pages = || pages.clone();
    bencher.with_inputs(pages).bench_values(|pages| pdf::Writer::new(&fonts).write(pages, &document.info).unwrap());
}

/// All shipped reports, each of which has characters that the others lack: reports a second, mostly of two pages.
#[divan::bench(sample_count = 10)]
fn whole_different(bencher: Bencher) {
    let (plan, fonts) = (plan(), fonts());
    bencher.counter(ItemsCount::new(plan.len())).with_inputs(|| tempfile::tempdir().unwrap()).bench_refs(|folder| {
        let output = OutputFolder::open(Destination::folder(folder.path()), false).unwrap();
        assert!(plan.build(&fonts, output, RunOptions::default(), &|_| {}).unwrap().failed.is_empty());
    });
}

/// The city's six-page report over and over, as .docx and .pdf, on all cores, written to disk: reports a second. The
/// copies share their font programs, as reports of one batch with the same characters do.
#[divan::bench(sample_count = 10)]
fn whole(bencher: Bencher) {
    const COPIES: usize = 40;
    let (mut plan, fonts) = (plan(), fonts());
    plan.repeat(report(&plan, "city"), COPIES);
    bencher.counter(ItemsCount::new(COPIES)).with_inputs(|| tempfile::tempdir().unwrap()).bench_refs(|folder| {
        let output = OutputFolder::open(Destination::folder(folder.path()), false).unwrap();
        let outcome = plan.build(&fonts, output, RunOptions::default(), &|_| {}).unwrap();
        assert_eq!(outcome.made.len(), COPIES);
    });
}
