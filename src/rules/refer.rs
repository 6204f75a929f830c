//! Values that must be known in another column.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::find::{At, Finder};
use super::{ColumnRules, cells, problem};
use crate::dataset::{comparable, value_shown};
use crate::diagnostic::{Diagnostic, Severity, nearest};

/// For this many values that are not known the nearest known one is looked for; more have one cause.
const HINTED: usize = 50;

pub(super) fn check(finder: &Finder<'_>, rules: &ColumnRules, at: At, problems: &mut Vec<Diagnostic>) {
    let Some(refers_to) = &rules.refers_to else { return };
    let Some(to) = finder.column(refers_to, problems) else { return };
    // A link says the same of its column, and what is not known may stand in the workbook that could not be read.
    let links = &finder.dataset.links;
    let linked = links.iter().any(|link| {
        (link.from, link.from_column, link.to, link.to_column) == (at.table, at.column, to.table, to.column)
    });
    if linked || finder.is_incomplete(to.table) {
        return;
    }
    let known: BTreeSet<Cow<'_, str>> = finder.cells(to).filter_map(|cell| comparable(&cell.value)).collect();
    let without_zeros: BTreeMap<&str, &str> =
        known.iter().rev().map(|name| (name.trim_start_matches('0'), name.as_ref())).collect();
    let level = rules.level.unwrap_or(Severity::Error);
    let mut hinted = 0;
    for cell in finder.cells(at).filter(|cell| !cells::is_blank(&cell.value)) {
        let Some(value) = comparable(&cell.value).filter(|value| !known.contains(value)) else { continue };
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        let zeros = without_zeros.get(value.trim_start_matches('0')).filter(|_| digits).copied();
        hinted += 1;
        let near = || nearest(&value, known.iter().map(Cow::as_ref));
        let near = if zeros.is_none() && hinted <= HINTED { near() } else { None };
        let names = (finder.name(at), finder.name(to));
        let shown = value_shown(&cell.value);
        problems.push(problem::not_known(level, finder.place(cell.origin), (&names.0, &names.1), &shown, zeros, near));
    }
}
