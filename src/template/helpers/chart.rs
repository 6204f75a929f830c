//! `{{图表 …}}`: the data of a chart and what the tag says of its looks.

use super::{logic, number, picture_size};
use crate::diagnostic::Place;
use crate::document::{LegendSide, Length};
use crate::template::chart::{ChartForm, Family, InsertedChart, InsertedSeries, kind, kinds};
use crate::template::expression::{ColumnOp, Runner, TableOp, Traced, Value};
use crate::template::problem::{charts as problem, pictures, syntax, values};

/// A chart of more values can be neither read nor drawn.
const MOST_VALUES: usize = 20_000;
/// Excel draws no more series.
const MOST_SERIES: usize = 255;

/// Where series may be named.
const SIDES: [(&[&str], Option<LegendSide>); 5] = [
    (&["下", "bottom"], Some(LegendSide::Bottom)),
    (&["上", "top"], Some(LegendSide::Top)),
    (&["右", "right"], Some(LegendSide::Right)),
    (&["左", "left"], Some(LegendSide::Left)),
    (&["无", "none"], None),
];

/// Makes the chart of a tag; nothing if something is wrong with it.
pub(in crate::template) fn make(runner: &mut Runner<'_>, tag: &TableOp<'_>) -> Option<InsertedChart> {
    let over = runner.eval(&tag.over).value;
    let options = Given { tag, values: runner.options(&tag.options) };
    let form = options.form(runner)?;
    let (category, columns) = tag.columns.split_first()?;
    let mut chart = InsertedChart {
        form,
        title: options.words("title"),
        caption: options.words("caption"),
        note: options.words("note"),
        heading: last_part(category.heading).to_owned(),
        series: columns.iter().map(|column| series(column.heading)).collect(),
        size: [options.length(runner, "width"), options.length(runner, "height")],
        legend: options.legend(runner),
        labels: options.value("labels").map(|value| logic::is_true(runner.dataset, value)),
        picture: options.words("format"),
        axes: options.axes(),
        limits: ["min", "max"].map(|key| options.number(runner, key)),
        ..InsertedChart::default()
    };
    let scatter = form.is_some_and(|form| form.family == Family::Scatter);
    let slices = form.filter(|form| matches!(form.family, Family::Pie | Family::Doughnut));
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
            value(runner, tag, column, series, slices);
        }
        runner.frames.pop();
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

fn series(name: &str) -> InsertedSeries {
    InsertedSeries { name: last_part(name).to_owned(), ..InsertedSeries::default() }
}

/// The innermost part of a name such as `党员队伍/正式党员`.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The value of a series in the row at hand.
fn value(
    runner: &mut Runner<'_>,
    tag: &TableOp<'_>,
    column: &ColumnOp<'_>,
    series: &mut InsertedSeries,
    slices: Option<ChartForm>,
) {
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
    series.values.push(number);
    series.sources.push(source);
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

/// What the tag says besides its columns.
struct Given<'a, 't> {
    tag: &'a TableOp<'t>,
    values: Vec<(&'t str, Traced)>,
}

impl Given<'_, '_> {
    fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| &value.value)
    }

    fn words(&self, name: &str) -> Option<String> {
        self.value(name).and_then(Value::shown)
    }

    fn place(&self, runner: &Runner<'_>, name: &str) -> Place {
        let option = self.tag.call.options.iter().find(|option| option.key == name);
        runner.place(option.map_or(self.tag.call.at, |option| option.at))
    }

    /// The Chinese name of an option.
    fn called(&self, name: &'static str) -> &'static str {
        let names = self.tag.call.helper.options.iter().find(|names| names[0] == name);
        names.map_or(name, |[_, chinese]| *chinese)
    }

    /// The kind; `None` if there is none of that name, which is told.
    fn form(&self, runner: &mut Runner<'_>) -> Option<Option<ChartForm>> {
        let Some(name) = self.words("kind") else { return Some(None) };
        let found = kind(&name);
        if found.is_none() {
            runner.report(syntax::unknown_kind(self.place(runner, "kind"), &name, kinds()));
            return None;
        }
        Some(found)
    }

    fn length(&self, runner: &mut Runner<'_>, name: &'static str) -> Option<Length> {
        let text = self.words(name)?;
        let length = picture_size::read_length(&text);
        if length.is_none() {
            runner.report(pictures::bad_length(self.place(runner, name), name, &text));
        }
        length
    }

    fn number(&self, runner: &mut Runner<'_>, name: &'static str) -> Option<f64> {
        let text = self.words(name)?;
        let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            let (value, spot) = (Value::text(&text), runner.spot(self.tag.call.at));
            runner.report(values::not_a_number(self.place(runner, name), &value, self.called(name), &spot));
        }
        number
    }

    fn legend(&self, runner: &mut Runner<'_>) -> Option<Option<LegendSide>> {
        let word = self.words("legend")?;
        let known = SIDES.iter().find(|(names, _)| names.contains(&word.trim()));
        if known.is_none() {
            let names: Vec<&str> = SIDES.iter().filter_map(|(names, _)| names.first().copied()).collect();
            runner.report(problem::unknown_word(self.place(runner, "legend"), self.called("legend"), &word, &names));
        }
        known.map(|(_, side)| *side)
    }

    /// The titles of axes; a unit stands in brackets behind the title of the values, or alone.
    fn axes(&self) -> [Option<String>; 3] {
        let [category, value, second] = ["category_title", "value_title", "second_title"].map(|name| self.words(name));
        let value = match (value, self.words("unit")) {
            (Some(title), Some(unit)) => Some(format!("{title}（{unit}）")),
            (None, Some(unit)) => Some(format!("单位：{unit}")),
            (title, None) => title,
        };
        [category, value, second]
    }

    /// Marks the series that are lines among columns, and those on the second axis.
    fn mark(&self, runner: &mut Runner<'_>, chart: &mut InsertedChart) {
        let lists = ["line", "second"].map(|name| (name, self.words(name)));
        for (name, list) in lists {
            let list = list.unwrap_or_default();
            for wanted in list.split(['，', ',', '、']).map(str::trim).filter(|wanted| !wanted.is_empty()) {
                match chart.series.iter_mut().find(|series| series.name == wanted) {
                    Some(series) if name == "line" => series.is_line = true,
                    Some(series) => series.second = true,
                    None => {
                        let known: Vec<&str> = chart.series.iter().map(|series| series.name.as_str()).collect();
                        let place = self.place(runner, name);
                        let known = known.into_iter();
                        runner.report(problem::unknown_series(place, self.called(name), wanted, known));
                    }
                }
            }
        }
        if self.words("line").is_none() {
            // the last one, and what is measured on another axis
            let last = chart.series.len().saturating_sub(1);
            let any = chart.series.iter().any(|series| series.second);
            for (at, series) in chart.series.iter_mut().enumerate() {
                series.is_line = if any { series.second } else { at == last && at > 0 };
            }
        }
    }
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
