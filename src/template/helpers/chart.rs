//! `{{图表 …}}`: the data of a chart and what the tag says of its looks.

use super::chart_options::Given;
use super::{logic, number};
use crate::document::SourceId;
use crate::template::chart::{ChartForm, Family, InsertedChart, InsertedSeries};
use crate::template::expression::{ColumnOp, Runner, TableOp, Traced, Value};
use crate::template::problem::{charts as problem, values};

/// A chart of more values can be neither read nor drawn.
const MOST_VALUES: usize = 20_000;
/// Excel draws no more series.
const MOST_SERIES: usize = 255;

/// Makes the chart of a tag; nothing if something is wrong with it.
pub(in crate::template) fn make(runner: &mut Runner<'_>, tag: &TableOp<'_>) -> Option<InsertedChart> {
    let over = runner.eval(&tag.over).value;
    let options = Given::of(runner, tag);
    let form = options.form(runner)?;
    let mut chart = InsertedChart {
        form,
        title: options.words("title"),
        caption: options.words("caption"),
        note: options.words("note"),
        size: [options.length(runner, "width"), options.length(runner, "height")],
        legend: options.legend(runner),
        labels: options.value("labels").map(|value| logic::is_true(runner.dataset, value)),
        picture: options.words("format"),
        axes: options.axes(),
        limits: ["min", "max"].map(|key| options.number(runner, key)),
        ..InsertedChart::default()
    };
    let slices = form.filter(|form| matches!(form.family, Family::Pie | Family::Doughnut));
    match tag.call.arguments.is_empty() {
        true => of_columns(runner, tag, &mut chart, slices),
        false => of_rows(runner, tag, over, &mut chart, slices)?,
    }
    if options.value("swap").is_some_and(|value| logic::is_true(runner.dataset, value)) {
        chart = swapped(chart);
    }
    if let Some(form) = slices.filter(|_| chart.series.len() > 1) {
        let place = options.place(runner, "value");
        runner.report(problem::one_series(place, form.name(), chart.series.len()));
        return None;
    }
    options.mark(runner, &mut chart);
    if form.is_some() && chart.is_empty() {
        runner.report(problem::nothing_to_draw(runner.place(tag.call.at)));
    }
    Some(chart)
}

/// Takes a category a row, and a series a column.
fn of_rows(
    runner: &mut Runner<'_>,
    tag: &TableOp<'_>,
    over: Value,
    chart: &mut InsertedChart,
    slices: Option<ChartForm>,
) -> Option<()> {
    let (category, columns) = tag.columns.split_first()?;
    last_part(category.heading).clone_into(&mut chart.heading);
    chart.series = columns.iter().map(|column| series(last_part(column.heading))).collect();
    let scatter = chart.form.is_some_and(|form| form.family == Family::Scatter);
    let abouts = runner.abouts(over);
    let count = abouts.len();
    let most = count.saturating_mul(columns.len().max(1));
    if most > MOST_VALUES || columns.len() > MOST_SERIES {
        runner.report(problem::too_many_values(runner.place(tag.call.at), most, MOST_VALUES));
        return None;
    }
    for (index, about) in abouts.enumerate() {
        if !runner.turn() {
            break;
        }
        runner.frames.push(about, index, count);
        let name = runner.value(&category.value);
        if scatter {
            let at = number_of(runner, tag, &name);
            chart.at.push(at);
        }
        chart.categories.push(name.value.shown().unwrap_or_default());
        for (column, series) in columns.iter().zip(&mut chart.series) {
            let (number, source) = value(runner, tag, column, series, slices);
            series.values.push(number);
            series.sources.push(source);
        }
        runner.frames.pop();
    }
    Some(())
}

/// Without rows each column is a value by itself: a heading `本年/领导班子` is the series and the category.
fn of_columns(runner: &mut Runner<'_>, tag: &TableOp<'_>, chart: &mut InsertedChart, slices: Option<ChartForm>) {
    for column in &tag.columns {
        let (name, category) = column.heading.split_once('/').unwrap_or(("", column.heading));
        let known = chart.categories.iter().position(|known| known == category);
        let place = known.unwrap_or_else(|| {
            chart.categories.push(category.to_owned());
            chart.categories.len() - 1
        });
        let known = chart.series.iter().position(|series| series.name == name);
        let number = known.unwrap_or_else(|| {
            chart.series.push(series(name));
            chart.series.len() - 1
        });
        let Some(series) = chart.series.get_mut(number) else { continue };
        let (value, source) = value(runner, tag, column, series, slices);
        series.values.resize(series.values.len().max(place + 1), None);
        series.sources.resize(series.values.len(), None);
        if let (Some(held), Some(from)) = (series.values.get_mut(place), series.sources.get_mut(place)) {
            (*held, *from) = (value, source);
        }
    }
    let whole = chart.title.clone().or(chart.caption.clone()).unwrap_or_else(|| "数值".to_owned());
    for series in &mut chart.series {
        if series.name.is_empty() {
            series.name.clone_from(&whole);
        }
        series.values.resize(chart.categories.len(), None);
        series.sources.resize(chart.categories.len(), None);
    }
}

fn series(name: &str) -> InsertedSeries {
    InsertedSeries { name: name.to_owned(), ..InsertedSeries::default() }
}

/// The innermost part of a name such as `党员队伍/正式党员`.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// A value of a series, and where it comes from.
fn value(
    runner: &mut Runner<'_>,
    tag: &TableOp<'_>,
    column: &ColumnOp<'_>,
    series: &mut InsertedSeries,
    slices: Option<ChartForm>,
) -> (Option<f64>, Option<SourceId>) {
    let found = runner.value(&column.value);
    let number = number_of(runner, tag, &found);
    if let (Some(number), Some(form)) = (number.filter(|number| *number < 0.0), slices) {
        let place = runner.value_place(&found, tag.call.at);
        runner.report(problem::negative_slice(place, number, form.name()));
    }
    runner.cover(column.shown, |tag| match found.value.is_blank() {
        false => tag.filled += 1,
        true => {
            tag.blank += 1;
            tag.cells.extend(found.cells.only());
        }
    });
    let source = found.cells.first().map(|_| runner.source(&found, column.shown));
    if let (true, Value::Figure { text, number }) = (series.picture.is_empty(), &found.value) {
        series.picture = picture_of(text, *number).unwrap_or_default();
    }
    (number, source)
}

/// A number or a blank; anything else is a problem of its cell.
fn number_of(runner: &mut Runner<'_>, tag: &TableOp<'_>, value: &Traced) -> Option<f64> {
    match &value.value {
        Value::Number(number) | Value::Figure { number, .. } => Some(*number),
        // a helper that has nothing to compute with says so
        Value::Text(text) if text.as_ref() == number::NO_SHARE => None,
        Value::Blank => None,
        _ => {
            let place = runner.value_place(value, tag.call.at);
            let (helper, spot) = (tag.call.helper.names[1], runner.spot(tag.call.at));
            runner.report(values::not_a_number(place, &value.value, helper, &spot));
            None
        }
    }
}

/// How a helper has written a number, as a picture of Excel's: `45.2%` is `0.0"%"`.
fn picture_of(text: &str, number: f64) -> Option<String> {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let from = text.find(|c| is_figure(c) || c == '-')?;
    let (before, rest) = text.split_at(from);
    let end = rest.find(|c| !is_figure(c) && c != '-').unwrap_or(rest.len());
    let (figures, after) = rest.split_at(end);
    let plain = figures.replace(',', "");
    let same = plain.parse::<f64>().is_ok_and(|shown| (shown - number).abs() <= number.abs() * 0.01 + 0.5);
    let places = plain.split_once('.').map_or(0, |(_, places)| places.len());
    let whole = if figures.contains(',') { "#,##0" } else { "0" };
    let quoted = |text: &str| if text.is_empty() { String::new() } else { format!("\"{}\"", text.replace('"', "")) };
    let decimals = if places > 0 { format!(".{}", "0".repeat(places)) } else { String::new() };
    same.then(|| format!("{}{whole}{decimals}{}", quoted(before), quoted(after)))
}

/// Rows for columns: each category becomes a series.
fn swapped(chart: InsertedChart) -> InsertedChart {
    let series = chart.categories.iter().enumerate().map(|(at, name)| InsertedSeries {
        name: name.clone(),
        values: chart.series.iter().map(|one| one.values.get(at).copied().flatten()).collect(),
        sources: chart.series.iter().map(|one| one.sources.get(at).copied().flatten()).collect(),
        picture: chart.series.first().map(|one| one.picture.clone()).unwrap_or_default(),
        ..InsertedSeries::default()
    });
    let (series, categories) = (series.collect(), chart.series.iter().map(|one| one.name.clone()).collect());
    InsertedChart { series, categories, heading: String::new(), ..chart }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_helper_wrote_is_a_picture() {
        for (text, number, picture) in [
            ("45.2%", 45.2, Some("0.0\"%\"")),
            ("1,234.50", 1234.5, Some("#,##0.00")),
            ("-3人", -3.0, Some("0\"人\"")),
            ("1.23万", 12345.0, None),
            ("与上年持平", 0.0, None),
        ] {
            assert_eq!(picture_of(text, number).as_deref(), picture, "{text}");
        }
    }
}
