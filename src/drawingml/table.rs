//! The table behind a chart: where every name and value stands in its workbook.

use crate::diagnostic::Diagnostic;
use crate::document::{Chart, ChartKind, Series};
use crate::xlsx::{self, DATA_SHEET as SHEET};

/// A column of the table.
struct Column<'a> {
    heading: &'a str,
    cells: Cells<'a>,
}

enum Cells<'a> {
    Names(&'a [String]),
    Numbers(&'a [Option<f64>]),
}

/// The columns of a series.
#[derive(Clone, Copy)]
pub struct Place {
    /// Of what its values belong to.
    pub at: usize,
    /// Of its values.
    pub values: usize,
}

/// The table behind a chart.
pub struct Table<'a> {
    columns: Vec<Column<'a>>,
    /// The columns of every series, in the order of groups.
    pub places: Vec<Place>,
}

impl<'a> Table<'a> {
    /// The table of a chart: names or first numbers, then a column a series.
    pub fn of(chart: &'a Chart) -> Self {
        let all = || chart.groups.iter().flat_map(|group| group.series.iter().map(|series| (group.kind, series)));
        let points = all().find(|(kind, _)| *kind == ChartKind::Points).map(|(_, series)| series.at.as_slice());
        let cells = points.map_or(Cells::Names(&chart.categories), Cells::Numbers);
        let mut table = Self { columns: vec![Column { heading: &chart.heading, cells }], places: Vec::new() };
        for (kind, series) in all() {
            let own = kind == ChartKind::Points && points != Some(series.at.as_slice());
            let at = if own { table.add(&chart.heading, &series.at) } else { 0 };
            let values = table.add(&series.name, &series.values);
            table.places.push(Place { at, values });
        }
        table
    }

    fn add(&mut self, heading: &'a str, values: &'a [Option<f64>]) -> usize {
        self.columns.push(Column { heading, cells: Cells::Numbers(values) });
        self.columns.len() - 1
    }

    /// The workbook.
    pub fn workbook(&self) -> Result<Vec<u8>, Diagnostic> {
        let columns = self.columns.iter().map(|column| xlsx::DataColumn {
            heading: column.heading,
            cells: match column.cells {
                Cells::Names(names) => xlsx::DataCells::Names(names),
                Cells::Numbers(numbers) => xlsx::DataCells::Numbers(numbers),
            },
        });
        xlsx::write_data(&columns.collect::<Vec<_>>())
    }
}

/// The cell of a column's heading.
fn heading(column: usize) -> String {
    format!("{SHEET}!${}$1", xlsx::column_name(column))
}

/// The cells of a column below its heading.
fn range(column: usize, count: usize) -> String {
    let column = xlsx::column_name(column);
    format!("{SHEET}!${column}$2:${column}${}", count.max(1) + 1)
}

/// The name of a series, as its cell.
pub fn name(series: &Series, place: Place) -> String {
    format!(
        "<c:tx><c:strRef><c:f>{}</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>{}</c:v></c:pt></c:strCache></c:strRef></c:tx>",
        heading(place.values),
        super::xml::escape(&series.name)
    )
}

/// Names in the first column.
pub fn names(categories: &[String]) -> String {
    let point =
        |(at, name): (usize, &String)| format!("<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", super::xml::escape(name));
    let points: String = categories.iter().enumerate().map(point).collect();
    let count = categories.len();
    format!(
        "<c:strRef><c:f>{}</c:f><c:strCache><c:ptCount val=\"{count}\"/>{points}</c:strCache></c:strRef>",
        range(0, count)
    )
}

/// Numbers in a column; `form` is how Excel is told to write them.
pub fn numbers(values: &[Option<f64>], column: usize, form: &str) -> String {
    let known =
        values.iter().enumerate().filter_map(|(at, value)| Some((at, value.filter(|value| value.is_finite())?)));
    let points: String = known.map(|(at, value)| format!("<c:pt idx=\"{at}\"><c:v>{value}</c:v></c:pt>")).collect();
    let (count, form) = (values.len(), if form.is_empty() { "General" } else { form });
    format!(
        "<c:numRef><c:f>{}</c:f><c:numCache><c:formatCode>{}</c:formatCode><c:ptCount val=\"{count}\"/>{points}</c:numCache></c:numRef>",
        range(column, count),
        super::xml::escape(form)
    )
}
