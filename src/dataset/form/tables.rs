//! The tables of a project that are made of forms, and those that stand inside them.

use std::collections::BTreeMap;

use super::extract::Extract;
use super::problem;
use super::several::{Forms, Wanted};
use crate::dataset::source::{Chosen, Finder};
use crate::dataset::{Dataset, Hidden, Layout, Link, LinkSpec, TableSpec};
use crate::diagnostic::{Diagnostic, Place};

/// The forms of each table that is made of forms, by its name.
pub(in crate::dataset) type FormsByTable<'a> = BTreeMap<&'a str, Forms<'a>>;

/// Reads the forms of all tables that are made of forms.
pub(in crate::dataset) fn read_all<'a>(
    finder: &mut Finder<'a>,
    specs: &'a [TableSpec],
    links: &[LinkSpec],
    problems: &mut Vec<Diagnostic>,
) -> FormsByTable<'a> {
    let of_forms = specs.iter().filter(|spec| spec.layout == Layout::Form);
    let read = of_forms.map(|spec| {
        let chosen = finder.chosen(spec, problems);
        let forms = Forms::read(chosen, &wanted(spec, specs, links), spec.hidden == Hidden::Skip, problems);
        (spec.name.as_str(), forms.without_copies(spec, problems))
    });
    read.collect()
}

/// What the project says of the forms: the names of labels and of tables inside.
fn wanted(spec: &TableSpec, specs: &[TableSpec], links: &[LinkSpec]) -> Wanted {
    let keys = spec.key.iter().map(|(name, _)| name);
    let columns = spec
        .columns
        .iter()
        .flat_map(|column| [&column.name].into_iter().chain(column.also.iter().map(|(name, _)| name)));
    let ends = links.iter().flat_map(|link| [&link.from, &link.to]).filter(|(table, ..)| *table == spec.name);
    let labels = keys.chain(columns).chain(ends.map(|(_, column, _)| column)).cloned().collect();
    let inside = specs.iter().filter_map(|inner| match &inner.layout {
        Layout::Inside(form, _) if *form == spec.name => Some(inner.at.as_ref().map_or(&inner.name, |(name, _)| name)),
        _ => None,
    });
    Wanted { labels, tables: inside.cloned().collect() }
}

/// The parts of a table that stands inside forms.
#[derive(Debug, Default)]
pub(in crate::dataset) struct InnerTable<'f> {
    /// Each form's part.
    pub(in crate::dataset) tables: Vec<(Chosen<'f>, Extract)>,
    /// Whether all forms could be read, and each has its part.
    pub(in crate::dataset) is_whole: bool,
}

/// The table that stands inside forms: a part of it from each form, with the form's key in front of the rows.
pub(in crate::dataset) fn inner<'f>(
    forms: &'f FormsByTable<'_>,
    spec: &TableSpec,
    specs: &[TableSpec],
    problems: &mut Vec<Diagnostic>,
) -> InnerTable<'f> {
    let Layout::Inside(form, place) = &spec.layout else { return InnerTable::default() };
    let Some(outer) = specs.iter().find(|outer| outer.name == *form && outer.layout == Layout::Form) else {
        problems.push(problem::not_a_form(place.clone(), form, forms.keys().copied()));
        return InnerTable::default();
    };
    let Some(forms) = forms.get(form.as_str()) else { return InnerTable::default() };
    let (name, named_at) = spec.at.as_ref().map_or((&spec.name, &spec.place), |(name, place)| (name, place));
    let key: Vec<_> = outer.key.iter().map(|(name, _)| name.as_str()).collect();
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for sheet in &forms.sheets {
        match sheet.inner(name, form, &key) {
            Some(extract) => found.push((sheet.chosen, extract)),
            None => missing.push(sheet),
        }
    }
    if found.is_empty() && !missing.is_empty() {
        let known = forms.sheets.iter().flat_map(|sheet| sheet.inner_names());
        problems.push(problem::no_inner(named_at.clone(), name, known));
    } else {
        let places = missing.iter().map(|sheet| (sheet.chosen.at.sheet(), sheet));
        problems.extend(places.map(|(place, sheet): (Place, _)| problem::no_inner(place, name, sheet.inner_names())));
    }
    let is_whole = forms.is_whole && outer.unread.is_empty() && missing.is_empty();
    InnerTable { tables: found, is_whole }
}

/// Links the rows of tables inside forms to their forms' rows: they come from one sheet. A link that the project file
/// has is left to it.
pub(in crate::dataset) fn link(dataset: &mut Dataset, specs: &[TableSpec], links: &[LinkSpec]) {
    for spec in specs {
        let Layout::Inside(form, _) = &spec.layout else { continue };
        let linked = links.iter().any(|link| link.from.0 == spec.name && link.to.0 == *form);
        let (Some(from), Some(to), false) = (dataset.table_id(&spec.name), dataset.table_id(form), linked) else {
            continue;
        };
        let key = dataset.table(to).key.clone();
        let rows = dataset.table(to).rows.iter().zip(0_u32..);
        let by_sheet: BTreeMap<_, _> =
            rows.filter_map(|(row, number)| Some((row.cells.first()?.origin.sheet, number))).collect();
        let sheets = dataset.table(from).rows.iter().map(|row| row.cells.first().map(|cell| cell.origin.sheet));
        let targets: Vec<_> = sheets.map(|sheet| by_sheet.get(&sheet?).copied()).collect();
        let mut followers = vec![Vec::new(); dataset.table(to).rows.len()];
        for (target, row) in targets.iter().zip(0_u32..) {
            if let Some(rows) = target.and_then(|target| followers.get_mut(target as usize)) {
                rows.push(row);
            }
        }
        let to_column = key.first().copied().unwrap_or(0);
        dataset.links.push(Link { from, from_column: 0, to, to_column, targets, followers });
    }
}
