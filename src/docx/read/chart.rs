//! Charts drawn in Word (`c:chartSpace`), with the figures that the file keeps of them.

use super::chart_axis::inner_area;
use super::chart_data::{Cache, Numbers};
use super::chart_labels::marker;
use super::drawing_text::{character, color};
use super::measure::{emu, number, points};
use super::theme::Theme;
use super::tree::{Element, is_on};
use crate::diagnostic::Words;
use crate::document::{
    Border, CharacterFormat, Chart, ChartGroup, ChartKind, Color, LegendSide, Length, Marker, Series, Stacking,
};

/// Colours of a theme that series take in turn.
const ACCENTS: [&str; 6] = ["accent1", "accent2", "accent3", "accent4", "accent5", "accent6"];
/// Marks that series take in turn.
pub const MARKERS: [Marker; 4] = [Marker::Diamond, Marker::Square, Marker::Triangle, Marker::Round];
/// A chart of more values is not drawn: nobody could read it.
const MOST_VALUES: usize = 50_000;
/// Size of a chart's text where nothing is said.
const SIZE: f64 = 10.0;
/// Rules that do not say their colour.
pub const GREY: Color = Color { red: 0x86, green: 0x86, blue: 0x86 };
const WHITE: Color = Color { red: 255, green: 255, blue: 255 };

/// Reads a chart part; also what of it is not shown.
pub fn read(part: &Element, theme: &Theme) -> (Chart, Vec<Words>) {
    let mut reader = Reader { theme, missing: Vec::new() };
    let chart = reader.chart(part);
    (chart, reader.missing)
}

pub struct Reader<'t> {
    pub theme: &'t Theme,
    missing: Vec<Words>,
}

/// The value of a child's `val`.
pub fn value<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.child(name)?.attribute("val")
}

/// A switch: on where the child is there and does not say no.
pub fn switch(element: &Element, name: &str) -> Option<bool> {
    element.child(name).map(|child| child.attribute("val").is_none_or(is_on))
}

pub fn amount(element: &Element, name: &str) -> Option<f64> {
    value(element, name).and_then(number)
}

impl Reader<'_> {
    pub fn lacks(&mut self, zh: &str, en: &str) {
        let words = Words::new(zh, en);
        if !self.missing.contains(&words) {
            self.missing.push(words);
        }
    }

    fn chart(&mut self, part: &Element) -> Chart {
        let own = part.child("c:spPr");
        let line = own.and_then(|own| own.child("a:ln"));
        let mut format = CharacterFormat {
            latin_font: self.theme.face("minorHAnsi"),
            east_asian_font: self.theme.face("minorEastAsia"),
            size: Some(points(SIZE)),
            ..CharacterFormat::default()
        };
        format.apply(&self.text(part.child("c:txPr")));
        let mut chart = Chart {
            fill: own.map_or(Some(WHITE), |own| self.fill(own)),
            border: match (own, line) {
                (None, _) => Some(Border { color: GREY, ..Border::single(points(0.75)) }),
                (Some(_), Some(line)) => self.fill(line).map(|color| Border {
                    color,
                    ..Border::single(line.attribute("w").and_then(emu).unwrap_or(points(0.75)))
                }),
                (Some(_), None) => None,
            },
            ..Chart::default()
        };
        let Some(element) = part.child("c:chart") else { return chart };
        if let Some(area) = element.child("c:plotArea") {
            self.plot(area, &mut chart, &mut format);
        }
        self.blanks(value(element, "c:dispBlanksAs"), &mut chart);
        self.title(element, &format, &mut chart);
        chart.plot = element.child("c:plotArea").and_then(inner_area);
        chart.legend = element.child("c:legend").map(|legend| match value(legend, "c:legendPos") {
            Some("l") => LegendSide::Left,
            Some("t") => LegendSide::Top,
            Some("b") => LegendSide::Bottom,
            _ => LegendSide::Right,
        });
        if element.child("c:view3D").is_some() {
            self.lacks("图表的立体效果（画成平面）", "the third dimension of a chart (drawn flat)");
        }
        if part.child("c:userShapes").is_some() {
            self.lacks("图表上另画的图形和文字", "shapes and text drawn on a chart");
        }
        chart.format = format;
        chart
    }

    /// What a missing value is.
    fn blanks(&self, shown: Option<&str>, chart: &mut Chart) {
        for series in chart.groups.iter_mut().flat_map(|group| &mut group.series) {
            series.passes_gaps = shown == Some("span");
            if shown == Some("zero") {
                series.values.iter_mut().for_each(|value| *value = value.or(Some(0.0)));
            }
        }
    }

    /// The title: its own words, or the name of the only series.
    fn title(&mut self, element: &Element, format: &CharacterFormat, chart: &mut Chart) {
        let title = element.child("c:title");
        let deleted = switch(element, "c:autoTitleDeleted").unwrap_or(false);
        let own = title.map(words).unwrap_or_default();
        chart.title = match chart.groups.as_slice() {
            _ if !own.is_empty() => own,
            [ChartGroup { series, .. }] if !deleted && series.len() == 1 => {
                series.first().map(|series| series.name.clone()).unwrap_or_default()
            }
            _ => String::new(),
        };
        chart.title_format = format.clone();
        let size = format.size.unwrap_or_default() * if format.size == Some(points(SIZE)) { 1.4 } else { 1.2 };
        chart.title_format.size = Some(size);
        if let Some(title) = title {
            let of_rich = title.child("c:tx").and_then(|text| text.child("c:rich"));
            chart.title_format.apply(&self.text(of_rich.or_else(|| title.child("c:txPr"))));
            chart.title_format.apply(&character(title.find("a:rPr"), self.theme));
        }
    }

    /// How text looks by `c:txPr` or `c:rich`; faces that the theme gives are left to it.
    pub fn text(&self, element: Option<&Element>) -> CharacterFormat {
        let of = |element: &Element| {
            Some(character(Some(element.child("a:p")?.child("a:pPr")?.child("a:defRPr")?), self.theme))
        };
        element.and_then(of).unwrap_or_default()
    }

    /// A colour that fills; none where nothing does.
    pub fn fill(&self, own: &Element) -> Option<Color> {
        own.children.iter().find_map(|child| match child.name.as_ref() {
            "a:solidFill" => color(child, self.theme),
            "a:gradFill" => color(child.find("a:gs")?, self.theme),
            "a:pattFill" => color(child.child("a:fgClr")?, self.theme),
            _ => None,
        })
    }

    fn plot(&mut self, area: &Element, chart: &mut Chart, format: &mut CharacterFormat) {
        let is_axis = |child: &&Element| matches!(child.name.as_ref(), "c:valAx" | "c:catAx" | "c:dateAx" | "c:serAx");
        let axes: Vec<&Element> = area.children.iter().filter(is_axis).collect();
        let axis_of = |group: &Element, values: bool| {
            let mut ids = group.children_named("c:axId").filter_map(|id| id.attribute("val"));
            let across = |axis: &Element| matches!(value(axis, "c:axPos"), Some("b" | "t"));
            let points = group.name.as_ref() == "c:scatterChart";
            ids.find_map(|id| {
                axes.iter().copied().find(|axis| {
                    let of_values = axis.name.as_ref() == "c:valAx" && !(points && across(axis));
                    value(axis, "c:axId") == Some(id) && of_values == values && axis.name.as_ref() != "c:serAx"
                })
            })
        };
        let mut cache = Cache::new(MOST_VALUES);
        let mut first: Option<&Element> = None;
        let mut forms = [None, None];
        for child in area.children.iter().filter(|child| child.name.ends_with("Chart")) {
            let Some(kind) = self.kind(child) else { continue };
            let values = axis_of(child, true);
            let own = values.and_then(|axis| value(axis, "c:axId"));
            let second = first.is_some_and(|first| value(first, "c:axId") != own);
            if first.is_none() {
                first = values;
            }
            let taken: usize = chart.groups.iter().map(|group| group.series.len()).sum();
            let mut group = ChartGroup { kind, second_axis: second, series: Vec::new() };
            for (at, series) in child.children_named("c:ser").enumerate() {
                let numbers = cache.numbers(series.child("c:val").or_else(|| series.child("c:yVal")));
                if chart.categories.is_empty() && kind != ChartKind::Points {
                    chart.categories = cache.names(series.child("c:cat"));
                }
                let own_form = numbers.form.clone();
                let at_first = cache.numbers(series.child("c:xVal")).values;
                group.series.push(self.series(series, child, kind, taken + at, (numbers, at_first)));
                if let Some(form) = forms.get_mut(usize::from(second)) {
                    form.get_or_insert(own_form);
                }
            }
            let place = if second { &mut chart.second_axis } else { &mut chart.value_axis };
            if let Some(axis) = values {
                *place = self.axis(axis, format);
                if axis.child("c:numFmt").and_then(|form| form.attribute("sourceLinked")).is_some_and(is_on) {
                    place.form = forms.get(usize::from(second)).cloned().flatten().unwrap_or_default();
                }
                chart.between |= value(axis, "c:crossBetween") != Some("midCat");
            }
            if !second && let Some(axis) = axis_of(child, false) {
                chart.category_axis = self.axis(axis, format);
            }
            chart.groups.push(group);
        }
        if area.child("c:dTable").is_some() {
            self.lacks("图表下的数据表", "the table of data below a chart");
        }
        if cache.is_full() {
            self.lacks("数据太多的图表", "a chart of too many values");
            chart.groups.clear();
            chart.categories.clear();
        }
        let series = chart.groups.iter().flat_map(|group| &group.series);
        let longest = series.map(|series| series.values.len()).max().unwrap_or(0);
        for at in chart.categories.len()..longest {
            chart.categories.push((at + 1).to_string());
        }
    }

    fn kind(&mut self, group: &Element) -> Option<ChartKind> {
        let stacking = match value(group, "c:grouping") {
            Some("stacked") => Stacking::Sum,
            Some("percentStacked") => Stacking::Share,
            _ => Stacking::None,
        };
        Some(match group.name.as_ref() {
            "c:barChart" | "c:bar3DChart" => ChartKind::Bars {
                across: value(group, "c:barDir") == Some("bar"),
                stacking,
                gap: amount(group, "c:gapWidth").unwrap_or(150.0) / 100.0,
                overlap: amount(group, "c:overlap").unwrap_or(0.0) / 100.0,
            },
            "c:lineChart" | "c:line3DChart" => ChartKind::Lines(stacking),
            "c:areaChart" | "c:area3DChart" => ChartKind::Areas(stacking),
            "c:pieChart" | "c:pie3DChart" | "c:ofPieChart" | "c:doughnutChart" => {
                if group.name.as_ref() == "c:ofPieChart" {
                    self.lacks("复合饼图的第二个图（画成一个饼图）", "the second plot of a pie chart (drawn as one)");
                }
                let is_ring = group.name.as_ref() == "c:doughnutChart";
                let hole = if is_ring { amount(group, "c:holeSize").unwrap_or(50.0).max(10.0) / 100.0 } else { 0.0 };
                ChartKind::Slices { hole, from: amount(group, "c:firstSliceAng").unwrap_or(0.0) }
            }
            "c:scatterChart" => ChartKind::Points,
            "c:radarChart" => ChartKind::Radar { filled: value(group, "c:radarStyle") == Some("filled") },
            "c:bubbleChart" => {
                self.lacks("气泡图", "a bubble chart");
                return None;
            }
            "c:stockChart" => {
                self.lacks("股价图", "a stock chart");
                return None;
            }
            _ => {
                self.lacks("曲面图", "a surface chart");
                return None;
            }
        })
    }

    fn series(
        &mut self,
        element: &Element,
        group: &Element,
        kind: ChartKind,
        order: usize,
        (numbers, at): (Numbers, Vec<Option<f64>>),
    ) -> Series {
        let place = amount(element, "c:idx").map_or(order, |idx| idx.clamp(0.0, 1e6) as usize);
        let accent =
            |at: usize| ACCENTS.get(at % ACCENTS.len()).and_then(|name| self.theme.color(name)).unwrap_or(GREY);
        let own = element.child("c:spPr");
        let line = own.and_then(|own| own.child("a:ln"));
        let is_line = matches!(kind, ChartKind::Lines(_) | ChartKind::Points | ChartKind::Radar { filled: false });
        let by_fill = own.and_then(|own| self.fill(own));
        let by_line = line.and_then(|line| self.fill(line));
        let drawn = if is_line { by_line.or_else(|| self.marker_fill(element)) } else { by_fill };
        let is_slices = matches!(kind, ChartKind::Slices { .. });
        let varied = is_slices && switch(group, "c:varyColors").unwrap_or(true);
        let mut colors = Vec::new();
        if varied {
            colors.extend((0..numbers.values.len()).map(|at| (at, accent(at))));
        }
        for point in element.children_named("c:dPt") {
            let at = amount(point, "c:idx").map_or(usize::MAX, |at| at.clamp(0.0, 1e9) as usize);
            if let Some(color) = point.child("c:spPr").and_then(|own| self.fill(own)) {
                colors.retain(|(place, _)| *place != at);
                colors.push((at, color));
            }
        }
        let no_fill = |own: Option<&Element>| own.is_some_and(|own| own.child("a:noFill").is_some());
        for (name, zh, en) in [
            ("c:trendline", "图表的趋势线", "a chart's trend line"),
            ("c:errBars", "图表的误差线", "a chart's error bars"),
        ] {
            if element.child(name).is_some() {
                self.lacks(zh, en);
            }
        }
        let width = line.and_then(|line| line.attribute("w")).and_then(emu).unwrap_or(points(2.25));
        Series {
            name: element.child("c:tx").map(words).unwrap_or_default(),
            values: numbers.values,
            at,
            color: drawn.unwrap_or_else(|| accent(place)),
            unfilled: no_fill(own) && !is_line,
            colors,
            line: (is_line && !no_fill(line)).then_some(width.clamp(Length::ZERO, points(30.0))),
            marker: marker(element, group, kind, place),
            passes_gaps: false,
            labels: self.labels(element, &numbers.form).or_else(|| self.labels(group, &numbers.form)).flatten(),
        }
    }

    fn marker_fill(&self, element: &Element) -> Option<Color> {
        self.fill(element.child("c:marker")?.child("c:spPr")?)
    }
}

/// The words of a title or a name: typed ones, or what the cell that it names last showed.
pub fn words(element: &Element) -> String {
    let mut found = Vec::new();
    let mut open = vec![element];
    while let Some(element) = open.pop() {
        match element.name.as_ref() {
            "a:t" | "c:v" => found.push(element.text.trim()),
            "a:br" => found.push(" "),
            "c:f" => {}
            _ => open.extend(element.children.iter().rev()),
        }
    }
    found.concat().trim().to_owned()
}
