//! The axes of a chart, and where its parts stand.

use super::chart::{GREY, Reader, amount, switch, value, words};
use super::measure::number;
use super::tree::Element;
use crate::document::{Axis, CharacterFormat, PlotArea};

impl Reader<'_> {
    /// An axis.
    pub fn axis(&mut self, element: &Element, format: &mut CharacterFormat) -> Axis {
        format.apply(&self.text(element.child("c:txPr")));
        let scaling = element.child("c:scaling");
        let limit = |name: &str| scaling.and_then(|scaling| amount(scaling, name));
        if scaling.is_some_and(|scaling| scaling.child("c:logBase").is_some()) {
            self.lacks("图表的对数刻度（画成普通刻度）", "a chart's logarithmic scale (drawn as a plain one)");
        }
        let rule = |own: Option<&Element>| {
            let line = own.and_then(|own| own.child("a:ln"));
            if line.is_some_and(|line| line.child("a:noFill").is_some()) {
                return None;
            }
            line.and_then(|line| self.fill(line)).or(Some(GREY))
        };
        let grid = element.child("c:majorGridlines");
        let form = element.child("c:numFmt").and_then(|form| form.attribute("formatCode")).unwrap_or_default();
        Axis {
            hidden: switch(element, "c:delete").unwrap_or(false),
            title: element.child("c:title").map(words).unwrap_or_default(),
            title_at: element.child("c:title").and_then(edges),
            least: limit("c:min"),
            most: limit("c:max"),
            step: amount(element, "c:majorUnit"),
            form: super::chart_data::picture(form),
            grid: grid.and_then(|grid| rule(grid.child("c:spPr"))),
            line: rule(element.child("c:spPr")),
            reversed: scaling.and_then(|scaling| value(scaling, "c:orientation")) == Some("maxMin"),
            unlabelled: value(element, "c:tickLblPos") == Some("none"),
            every: amount(element, "c:tickLblSkip").filter(|every| *every >= 2.0).map(|every| every.min(1e6) as usize),
            turned: element.child("c:txPr").and_then(|text| text.child("a:bodyPr")).is_some_and(is_turned),
        }
    }
}

/// Whether text runs from top to bottom by its `a:bodyPr`.
fn is_turned(body: &Element) -> bool {
    let direction = body.attribute("vert").unwrap_or("horz");
    matches!(direction, "eaVert" | "vert" | "wordArtVert")
}

/// Numbers of a layout that is given by hand, each measured from the chart's edges.
fn by_hand<const N: usize>(element: &Element, names: [&str; N]) -> Option<[f64; N]> {
    let layout = element.child("c:layout")?.child("c:manualLayout")?;
    let from_edge = |mode| value(layout, mode) == Some("edge");
    let numbers = names.map(|name| value(layout, name).and_then(number).filter(|part| (0.0..=1.0).contains(part)));
    (from_edge("c:xMode") && from_edge("c:yMode") && numbers.iter().all(Option::is_some))
        .then(|| numbers.map(Option::unwrap_or_default))
}

/// Where a title stands by hand.
fn edges(element: &Element) -> Option<(f64, f64)> {
    by_hand(element, ["c:x", "c:y"]).map(|[x, y]| (x, y))
}

/// Where the values stand by hand, what is written at the axes not counted.
pub fn inner_area(area: &Element) -> Option<PlotArea> {
    let layout = area.child("c:layout")?.child("c:manualLayout")?;
    let is_size = |mode| value(layout, mode).is_none_or(|mode| mode == "factor");
    let [left, top, width, height] = by_hand(area, ["c:x", "c:y", "c:w", "c:h"])?;
    let inner = value(layout, "c:layoutTarget") == Some("inner") && is_size("c:wMode") && is_size("c:hMode");
    inner.then_some(PlotArea { left, top, width, height })
}
