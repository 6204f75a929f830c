//! Tables inside forms: they are read along if a trial shows that nothing keeps them from it.

use super::guess::Guesses;
use super::names::table_name;
use super::sources::Source;
use super::spec;
use crate::dataset::{Dataset, Layout, TableSpec};
use crate::diagnostic::{Diagnostic, Place};
use crate::workbook::Workbook;

/// A table inside the forms of a source.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Inner {
    /// A name that templates can say, and no other table has.
    pub(super) name: String,
    /// What it is called in the forms, if otherwise.
    pub(super) at: Option<String>,
    /// Whether it could be read.
    pub(super) is_sound: bool,
}

impl Inner {
    /// How it is read.
    pub(super) fn spec(&self, form: &str) -> TableSpec {
        TableSpec {
            name: self.name.clone(),
            at: self.at.as_ref().map(|at| (at.clone(), Place::Run)),
            layout: Layout::Inside(form.to_owned(), Place::Run),
            ..TableSpec::default()
        }
    }
}

/// The tables inside the forms of each source.
pub(super) fn tables(
    sources: &[Source],
    dataset: &Dataset,
    guesses: &Guesses,
    workbooks: &[Workbook],
) -> Vec<Vec<Inner>> {
    let mut taken: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
    let mut of_source = |(number, source): (usize, &Source)| -> Vec<Inner> {
        let forms = TableSpec { key: key(dataset, guesses, number), ..spec(source) };
        let named = |at: &String| {
            let name = free_name(at, &taken);
            taken.push(name.clone());
            let at = (name != *at).then(|| at.clone());
            let inner = Inner { name, at, is_sound: true };
            Inner { is_sound: is_sound(&forms, &inner, workbooks), ..inner }
        };
        source.inside.iter().map(named).collect()
    };
    sources.iter().enumerate().map(&mut of_source).collect()
}

fn key(dataset: &Dataset, guesses: &Guesses, source: usize) -> Vec<(String, Place)> {
    let key = guesses.keys.get(source).into_iter().flatten();
    let columns = dataset.tables.get(source).map(|table| table.columns.as_slice()).unwrap_or_default();
    key.filter_map(|column| columns.get(*column)).map(|column| (column.name.clone(), Place::Run)).collect()
}

fn free_name(at: &str, taken: &[String]) -> String {
    let name = table_name(at).unwrap_or_else(|| "内表".to_owned());
    let numbered = (2..).map(|number| format!("{name}{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
}

fn is_sound(forms: &TableSpec, inner: &Inner, workbooks: &[Workbook]) -> bool {
    let (dataset, problems) = Dataset::find(workbooks, &[forms.clone(), inner.spec(&forms.name)], &[]);
    dataset.table_id(&inner.name).is_some() && !problems.iter().any(Diagnostic::is_error)
}
