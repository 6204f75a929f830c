//! What a `{{图表 …}}` says of the chart besides its columns.

use super::picture_size;
use crate::diagnostic::Place;
use crate::document::{LegendSide, Length};
use crate::template::chart::{ChartForm, InsertedChart, kind, kinds};
use crate::template::expression::{Runner, TableOp, Traced, Value};
use crate::template::problem::{charts as problem, pictures, syntax, values};

/// Where series may be named.
const SIDES: [(&[&str], Option<LegendSide>); 5] = [
    (&["下", "bottom"], Some(LegendSide::Bottom)),
    (&["上", "top"], Some(LegendSide::Top)),
    (&["右", "right"], Some(LegendSide::Right)),
    (&["左", "left"], Some(LegendSide::Left)),
    (&["无", "none"], None),
];

/// What the tag says besides its columns.
pub(super) struct Given<'a, 't> {
    tag: &'a TableOp<'t>,
    values: Vec<(&'t str, Traced)>,
}

impl<'a, 't> Given<'a, 't> {
    pub(super) fn of(runner: &mut Runner<'_>, tag: &'a TableOp<'t>) -> Self {
        Self { tag, values: runner.options(&tag.options) }
    }

    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| &value.value)
    }

    pub(super) fn words(&self, name: &str) -> Option<String> {
        self.value(name).and_then(Value::shown)
    }

    pub(super) fn place(&self, runner: &Runner<'_>, name: &str) -> Place {
        let option = self.tag.call.options.iter().find(|option| option.key == name);
        runner.place(option.map_or(self.tag.call.at, |option| option.at))
    }

    /// The Chinese name of an option.
    fn called(&self, name: &'static str) -> &'static str {
        let names = self.tag.call.helper.options.iter().find(|names| names[0] == name);
        names.map_or(name, |[_, chinese]| *chinese)
    }

    /// The kind; `None` if there is none of that name, which is told.
    pub(super) fn form(&self, runner: &mut Runner<'_>) -> Option<Option<ChartForm>> {
        let Some(name) = self.words("kind") else { return Some(None) };
        let found = kind(&name);
        if found.is_none() {
            runner.report(syntax::unknown_kind(self.place(runner, "kind"), &name, kinds()));
            return None;
        }
        Some(found)
    }

    pub(super) fn length(&self, runner: &mut Runner<'_>, name: &'static str) -> Option<Length> {
        let text = self.words(name)?;
        let length = picture_size::read_length(&text);
        if length.is_none() {
            runner.report(pictures::bad_length(self.place(runner, name), name, &text));
        }
        length
    }

    pub(super) fn number(&self, runner: &mut Runner<'_>, name: &'static str) -> Option<f64> {
        let text = self.words(name)?;
        let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            let (value, spot) = (Value::text(&text), runner.spot(self.tag.call.at));
            runner.report(values::not_a_number(self.place(runner, name), &value, self.called(name), &spot));
        }
        number
    }

    pub(super) fn legend(&self, runner: &mut Runner<'_>) -> Option<Option<LegendSide>> {
        let word = self.words("legend")?;
        let known = SIDES.iter().find(|(names, _)| names.contains(&word.trim()));
        if known.is_none() {
            let names: Vec<&str> = SIDES.iter().filter_map(|(names, _)| names.first().copied()).collect();
            runner.report(problem::unknown_word(self.place(runner, "legend"), self.called("legend"), &word, &names));
        }
        known.map(|(_, side)| *side)
    }

    /// The titles of axes; a unit stands in brackets behind the title of the values, or alone.
    pub(super) fn axes(&self) -> [Option<String>; 3] {
        let [category, value, second] = ["category_title", "value_title", "second_title"].map(|name| self.words(name));
        let value = match (value, self.words("unit")) {
            (Some(title), Some(unit)) => Some(format!("{title}（{unit}）")),
            (None, Some(unit)) => Some(format!("单位：{unit}")),
            (title, None) => title,
        };
        [category, value, second]
    }

    /// Marks the series that are lines among columns, and those on the second axis.
    pub(super) fn mark(&self, runner: &mut Runner<'_>, chart: &mut InsertedChart) {
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
