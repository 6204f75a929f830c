//! What takes its time for a page takes no more than that for each of many: nothing grows with the square of a document.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::time::{Duration, Instant};

use huibao::batch::{Choice, Plan};
use huibao::document::Document;
use huibao::font::{FontLibrary, FontSource};
use huibao::layout::lay_out;
use huibao::{docx, pdf};

/// How many times as long the long document is.
const TIMES: usize = 8;
/// What takes so many times as long is more than linear; squared, it would be 64 times.
const MOST: u32 = 20;
const ROUNDS: usize = 3;
/// Six hundred pages against six.
const PAGES_TIMES: usize = 100;
/// Setting the many may take so many times what the few take, in percent of as many times.
const PAGES_MOST_PERCENT: u32 = 120;

/// The shipped report of the city, with tables, charts, notes and links, said so many times over.
fn document(times: usize) -> Document {
    let (plan, problems) = Plan::read(Path::new(env!("CARGO_MANIFEST_DIR")), Choice::default());
    let plan = plan.unwrap_or_else(|| panic!("{problems:?}"));
    let report = plan.names().position(|name| name == "city").unwrap();
    let (mut document, _) = plan.document(report).unwrap();
    for section in &mut document.sections {
        section.blocks = std::iter::repeat_n(&section.blocks, times).flatten().cloned().collect();
    }
    document
}

/// Time that this thread has had of a processor, which other work on the machine does not count in; by the clock where the
/// system does not tell.
fn processor_time(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// What a piece of work takes.
fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    let before = processor_time(start);
    run();
    processor_time(start) - before
}

/// Runs a stage for the short document, 0, and the long one, 1; of some rounds in turn the fastest count, so that a busy
/// machine hurts both alike.
fn hold(stage: &str, run: &dyn Fn(usize)) {
    let rounds = (0..ROUNDS).map(|_| [time(|| run(0)), time(|| run(1))]);
    let [short, long] = rounds.reduce(|best, round| [best[0].min(round[0]), best[1].min(round[1])]).unwrap();
    assert!(long < short * MOST, "{stage}: {short:?} for one, {long:?} for {TIMES} times as much");
}

#[test]
fn a_long_document_takes_no_longer_for_a_page_than_a_short_one() {
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let writer = pdf::Writer::new(&fonts);
    let documents = [1, TIMES].map(document);
    let pages = documents.each_ref().map(|document| lay_out(document, &fonts).pages);
    assert!(pages[0].pages.len() >= 6 && pages[1].pages.len() > (pages[0].pages.len() - 1) * TIMES);
    hold("layout", &|which| drop(lay_out(&documents[which], &fonts)));
    hold("pdf", &|which| drop(writer.write(pages[which].clone(), &documents[which].info).unwrap()));
    hold("docx", &|which| drop(docx::write(&documents[which]).unwrap()));
}

#[test]
fn six_hundred_pages_take_at_most_120_times_as_long_as_six() {
    let fonts = FontLibrary::load(FontSource::Carried, None).unwrap();
    let documents = [1, PAGES_TIMES].map(document);
    let pages = documents.each_ref().map(|document| lay_out(document, &fonts).pages.pages.len());
    assert!(pages[0] >= 6 && pages[1] >= 600, "{pages:?}");
    // the few pages are set as often as the many are more, so that both sides are as long at work
    let rounds = (0..ROUNDS).map(|_| {
        let few = time(|| (0..PAGES_TIMES).for_each(|_| drop(lay_out(&documents[0], &fonts))));
        let many = time(|| drop(lay_out(&documents[1], &fonts)));
        (many.as_nanos() * 100 / few.as_nanos().max(1)) as u32
    });
    let percent = rounds.min().unwrap();
    assert!(percent <= PAGES_MOST_PERCENT, "{percent} %");
}
