//! The sheets that a table is read from, and the table found in each.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::build::Source;
use super::form::{self, Extract};
use super::header::is_blank;
use super::locate::{Located, Reason};
use super::problem::{self, At};
use super::region::Region;
use super::{Hidden, Layout, SheetChoice, SheetName, TableSpec, names, pick, several};
use crate::diagnostic::Diagnostic;
use crate::workbook::{Sheet, Spans, Workbook};

/// Stands for all sheets of a workbook; no sheet can be called so.
const ALL_SHEETS: &str = "*";

/// A table of so few rows may be a form that was taken for one.
const FEW_ROWS: usize = 10;

/// A sheet that a table is read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen<'a> {
    /// Workbook and sheet.
    number: (usize, usize),
    pub(super) at: At<'a>,
    pub(super) sheet: &'a Sheet,
    /// Whether the project file means this very sheet, not just all of the workbook.
    pub(super) meant: bool,
}

/// Finds the tables in the sheets, each sheet once, and remembers what of them has been read.
#[derive(Debug)]
pub(super) struct Finder<'a> {
    workbooks: &'a [Workbook],
    /// By workbook, sheet, and whether hidden rows are skipped.
    found: HashMap<(usize, usize, bool), Vec<Located>>,
    /// The header's first cell of each table that is read, by workbook and sheet, and whether it was asked for by `at`.
    read: BTreeMap<(usize, usize), BTreeSet<(usize, u32)>>,
    unasked: BTreeSet<(usize, usize, bool)>,
    names: HashMap<(usize, usize), u32>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(workbooks: &'a [Workbook]) -> Self {
        let (found, names) = (HashMap::new(), HashMap::new());
        Self { workbooks, found, read: BTreeMap::new(), unasked: BTreeSet::new(), names }
    }

    /// The sheets that a table is read from, with the table found in each; `sheets` gets their names.
    pub(super) fn sources(
        &mut self,
        spec: &TableSpec,
        sheets: &mut Vec<SheetName>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Source<'a>> {
        let chosen = self.chosen(spec, problems);
        self.find_all(&chosen, spec.hidden == Hidden::Skip);
        let located = chosen.into_iter().map(|chosen| {
            let Chosen { number, at, sheet, .. } = chosen;
            let located = self.locate(number, sheet, spec, at)?;
            Ok(Source { at, sheet, id: self.id(chosen, sheets), located })
        });
        let located: Vec<Result<Source<'_>, Diagnostic>> = located.collect();
        let told = located.into_par_iter().map(|located| match located {
            Ok(source) => {
                let mut problems = Vec::new();
                tell_what_was_passed_over(source.at, &source.located, &mut problems);
                tell_what_is_hidden(source.at, source.sheet, &source.located, &mut problems);
                (Some(source), problems)
            }
            Err(problem) => (None, vec![problem]),
        });
        let told: Vec<_> = told.collect();
        let mut sources = Vec::with_capacity(told.len());
        for (source, found) in told {
            sources.extend(source);
            problems.extend(found);
        }
        let is_form = |source: &Source<'_>| {
            source.located.rows.len() < FEW_ROWS && spec.at.is_none() && form::recognise(source.sheet).is_some()
        };
        let are_forms: Vec<_> = sources.par_iter().map(is_form).collect();
        let forms = sources.iter().zip(are_forms).filter(|(_, is_form)| *is_form);
        problems.extend(forms.map(|(source, _)| form::problem::undeclared(source.at, true)));
        sources
    }

    /// Finds the tables in sheets that have not been looked at, many sheets at a time.
    fn find_all(&mut self, chosen: &[Chosen<'_>], skips_hidden: bool) {
        let key = |(workbook, number): (usize, usize)| (workbook, number, skips_hidden);
        let new: Vec<_> = chosen.iter().filter(|chosen| !self.found.contains_key(&key(chosen.number))).collect();
        let found = new.par_iter().map(|chosen| several::find_all(&Region::whole(chosen.sheet, skips_hidden)));
        let found: Vec<_> = found.collect();
        self.found.extend(new.iter().map(|chosen| key(chosen.number)).zip(found));
    }

    /// The sheets that a table is read from.
    pub(super) fn chosen(&mut self, spec: &TableSpec, problems: &mut Vec<Diagnostic>) -> Vec<Chosen<'a>> {
        let mut all = Vec::new();
        let mut taken = BTreeSet::new();
        for choice in &spec.sheets {
            let Some(workbook) = self.workbooks.get(choice.workbook) else { continue };
            let numbers = match choose(workbook, choice) {
                Ok(numbers) if choice.sheet.is_none() => self.likeliest(choice.workbook, &numbers, spec).collect(),
                Ok(numbers) => numbers,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            for number in numbers {
                // Patterns may overlap.
                if !taken.insert((choice.workbook, number)) {
                    continue;
                }
                let Some(sheet) = workbook.sheets.get(number) else { continue };
                let at = At::new(&workbook.file, &sheet.name);
                if sheet.hidden {
                    problems.push(problem::hidden_sheet(at, spec.hidden));
                    if spec.hidden == Hidden::Skip {
                        continue;
                    }
                }
                let meant = choice.sheet.as_deref() != Some(ALL_SHEETS);
                all.push(Chosen { number: (choice.workbook, number), at, sheet, meant });
            }
        }
        all
    }

    /// A table put together from cells of a sheet.
    pub(super) fn extracted<'t>(
        &mut self,
        chosen: Chosen<'t>,
        table: &'t Extract,
        sheets: &mut Vec<SheetName>,
    ) -> Source<'t> {
        self.read.entry(chosen.number).or_default();
        let id = self.id(chosen, sheets);
        table.source(chosen.at, id)
    }

    fn id(&mut self, chosen: Chosen<'_>, sheets: &mut Vec<SheetName>) -> u32 {
        *self.names.entry(chosen.number).or_insert_with(|| {
            sheets.push(SheetName {
                file: chosen.at.file.to_owned(),
                sheet: chosen.at.sheet.to_owned(),
                pictures: Arc::clone(&chosen.sheet.pictures),
            });
            sheets.len() as u32 - 1
        })
    }

    fn locate(
        &mut self,
        (workbook, number): (usize, usize),
        sheet: &'a Sheet,
        spec: &TableSpec,
        at: At<'_>,
    ) -> Result<Located, Diagnostic> {
        let skips = spec.hidden == Hidden::Skip;
        let whole = Region::whole(sheet, skips);
        let found = self.found.entry((workbook, number, skips)).or_insert_with(|| several::find_all(&whole));
        let located = match &spec.at {
            None => {
                self.unasked.insert((workbook, number, skips));
                found.first().cloned().ok_or_else(|| match form::recognise(sheet) {
                    Some(_) => form::problem::undeclared(at, false),
                    None => problem::no_table(at),
                })
            }
            Some((wanted, place)) => {
                let picked = pick::pick(found, wanted).cloned().or_else(|| pick::forced(&whole, wanted));
                picked.ok_or_else(|| problem::no_table_at(place.clone(), at, wanted, found))
            }
        };
        let located = located?;
        let first = (located.header.top, located.columns().0);
        self.read.entry((workbook, number)).or_default().insert(first);
        Ok(located)
    }

    /// Tables that stand beside or below one that was read because nothing said which is meant, and that no other
    /// table of the project is; and sheets of the same workbooks that nothing is read from.
    pub(super) fn tell_what_was_not_read(&self, problems: &mut Vec<Diagnostic>) {
        for (workbook, number, skips) in &self.unasked {
            let Some(found) = self.found.get(&(*workbook, *number, *skips)).filter(|found| found.len() > 1) else {
                continue;
            };
            let Some(at) = self.at(*workbook, *number) else { continue };
            let read = self.read.get(&(*workbook, *number));
            let is_read =
                |located: &&Located| read.is_some_and(|read| read.contains(&(located.header.top, located.columns().0)));
            let others: Vec<_> = found.iter().filter(|located| !is_read(located)).collect();
            if !others.is_empty() {
                problems.push(problem::other_tables(at, found, &others));
            }
        }
        let read: BTreeSet<_> = self.read.keys().map(|(workbook, _)| *workbook).collect();
        for workbook in read {
            let Some(book) = self.workbooks.get(workbook) else { continue };
            let sheets = book.sheets.iter().enumerate();
            let left = sheets
                .filter(|(number, sheet)| !sheet.rows.is_empty() && !self.read.contains_key(&(workbook, *number)));
            let left: Vec<_> = left.map(|(_, sheet)| sheet).collect();
            if !left.is_empty() {
                problems.push(problem::sheets_not_read(&book.file, &left));
            }
        }
    }

    fn at(&self, workbook: usize, number: usize) -> Option<At<'a>> {
        let book = self.workbooks.get(workbook)?;
        Some(At::new(&book.file, &book.sheets.get(number)?.name))
    }
}

impl<'a> Finder<'a> {
    /// Of the sheets that have anything in them the one that is most likely meant, the first of several: 填表说明 before
    /// a table is passed over.
    fn likeliest(
        &mut self,
        workbook: usize,
        numbers: &[usize],
        spec: &TableSpec,
    ) -> impl Iterator<Item = usize> + use<> {
        let first = numbers.first().copied();
        let mut best = first.map(|number| (0, number));
        for number in numbers.iter().filter(|_| numbers.len() > 1) {
            let likely = self.likelihood(workbook, *number, spec);
            if best.is_none_or(|(known, _)| likely > known) {
                best = Some((likely, *number));
            }
            if likely == CERTAIN {
                break;
            }
        }
        best.map(|(_, number)| number).into_iter()
    }

    /// How well what a sheet holds goes with a table.
    fn likelihood(&mut self, workbook: usize, number: usize, spec: &TableSpec) -> u32 {
        let Some(sheet) = self.workbooks.get(workbook).and_then(|book| book.sheets.get(number)) else { return 0 };
        if spec.layout != Layout::Rows {
            return if form::recognise(sheet).is_some() { CERTAIN } else { 0 };
        }
        let skips = spec.hidden == Hidden::Skip;
        let find = || several::find_all(&Region::whole(sheet, skips));
        let found = self.found.entry((workbook, number, skips)).or_insert_with(find);
        let meant = match &spec.at {
            Some((wanted, _)) => pick::pick(found, wanted),
            None => found.first(),
        };
        let Some(located) = meant.filter(|located| !located.rows.is_empty()) else { return 0 };
        let names = || located.header.columns.iter().map(|(_, name)| name.as_str());
        let has = |name: &String| names::find_name(names(), name).is_some();
        let others = |name: &String| {
            let spec = spec.columns.iter().find(|column| names::same_name(&column.name, name));
            spec.into_iter().flat_map(|column| &column.also).any(|(also, _)| has(also))
        };
        let keyed = spec.key.iter().all(|(name, _)| has(name) || others(name));
        if located.header.columns.len() < 2 {
            1
        } else if keyed {
            CERTAIN
        } else {
            2
        }
    }
}

/// The likelihood of a sheet that goes with a table in all that the project says of it.
const CERTAIN: u32 = 3;

/// The sheets that a choice means, at least one; without a name all that are seen and have anything in them.
fn choose(workbook: &Workbook, choice: &SheetChoice) -> Result<Vec<usize>, Diagnostic> {
    let find = |is_meant: &dyn Fn(&Sheet) -> bool| workbook.sheets.iter().position(is_meant);
    let Some(name) = choice.sheet.as_deref().filter(|name| *name != ALL_SHEETS) else {
        let sheets = workbook.sheets.iter().enumerate();
        let seen = sheets.filter(|(_, sheet)| !sheet.hidden && !sheet.rows.is_empty()).map(|(number, _)| number);
        let seen: Vec<_> = seen.collect();
        let nothing = || problem::no_content(choice.place.clone(), &workbook.file);
        return if seen.is_empty() { Err(nothing()) } else { Ok(seen) };
    };
    let found = find(&|sheet| sheet.name == name).or_else(|| find(&|sheet| names::same_name(&sheet.name, name)));
    found.map(|number| vec![number]).ok_or_else(|| {
        let known = workbook.sheets.iter().map(|sheet| sheet.name.as_str());
        problem::sheet_not_found(choice.place.clone(), &workbook.file, name, known)
    })
}

pub(super) fn tell_what_was_passed_over(at: At<'_>, located: &Located, problems: &mut Vec<Diagnostic>) {
    // A title above the header is what everybody expects there.
    for reason in Reason::ALL.into_iter().filter(|reason| *reason != Reason::Title) {
        let rows = located.passed_over.iter().filter(|(_, why)| *why == reason).map(|(row, _)| *row);
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            problems.push(problem::passed_over(at, reason, &rows));
        }
    }
    let row = located.header.bottom as u32;
    problems.extend(
        located.named_here.map(|column| problem::column_named_here(at, row, column, &located.header.columns[0].1)),
    );
    if !located.unnamed.is_empty() {
        problems.push(problem::unnamed_columns(at, row, &located.unnamed));
    }
    if located.rows.is_empty() {
        problems.push(problem::no_rows(at));
    }
}

/// Which of a table's rows and columns the sheet hides, and whether they were read all the same.
pub(super) fn tell_what_is_hidden(at: At<'_>, sheet: &Sheet, located: &Located, problems: &mut Vec<Diagnostic>) {
    let (left, right) = located.columns();
    let (left, right) = reach(&sheet.hidden_columns, left as usize, right as usize, located.skips_hidden);
    let (top, bottom) = (located.header.top, located.last_row() as usize);
    let (top, bottom) = reach(&sheet.hidden_rows, top, bottom, located.skips_hidden);
    let is_used = |row: usize, column: usize| !is_blank(sheet.cell(row, column));
    let rows = within(&sheet.hidden_rows, top, bottom.min(sheet.rows.len()));
    let rows: Vec<_> = rows.filter(|row| (left..=right).any(|column| is_used(*row, column))).collect();
    let columns = within(&sheet.hidden_columns, left, right);
    let columns: Vec<_> = columns.filter(|column| (top..=bottom).any(|row| is_used(row, *column))).collect();
    if !rows.is_empty() || !columns.is_empty() {
        problems.push(problem::hidden_lines(at, &rows, &columns, located.skips_hidden));
    }
}

/// The table's first and last row or column, with the hidden ones around it if they were passed over.
fn reach(hidden: &Spans, first: usize, last: usize, skipped: bool) -> (usize, usize) {
    if !skipped {
        return (first, last);
    }
    let before = hidden.runs().find(|(_, end)| end + 1 == first).map_or(first, |(start, _)| start);
    let after = hidden.runs().find(|(start, _)| *start == last + 1).map_or(last, |(_, end)| end);
    (before, after)
}

fn within(hidden: &Spans, first: usize, last: usize) -> impl Iterator<Item = usize> + '_ {
    hidden.runs().flat_map(move |(start, end)| start.max(first)..(end + 1).min(last + 1))
}
