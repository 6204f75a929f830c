//! What is written at a chart's values, and what marks them.

use super::chart::{MARKERS, Reader, switch, value};
use super::tree::{Element, is_on};
use crate::document::{ChartKind, Color, Marker, ValueLabels};

impl Reader<'_> {
    /// What is written at values: nothing said, nothing written, or what.
    pub fn labels(&self, element: &Element, source_form: &str) -> Option<Option<ValueLabels>> {
        let own = element.child("c:dLbls")?;
        let shows = |name: &str| switch(own, name).unwrap_or(false);
        let form = own.child("c:numFmt");
        let linked = form.and_then(|form| form.attribute("sourceLinked")).is_none_or(is_on);
        let picture = form.and_then(|form| form.attribute("formatCode")).unwrap_or_default();
        let place = |one: &Element| value(one, "c:idx")?.parse::<usize>().ok();
        let labels = ValueLabels {
            value: shows("c:showVal"),
            share: shows("c:showPercent"),
            category: shows("c:showCatName"),
            series: shows("c:showSerName"),
            inside: matches!(value(own, "c:dLblPos"), Some("ctr" | "inEnd" | "inBase")),
            form: if linked { source_form.to_owned() } else { super::chart_data::picture(picture) },
            ink: self.ink(own),
            left_out: own
                .children_named("c:dLbl")
                .filter(|one| switch(one, "c:delete") == Some(true))
                .filter_map(place)
                .collect(),
            inks: own.children_named("c:dLbl").filter_map(|one| Some((place(one)?, self.ink(one)?))).collect(),
        };
        let any = labels.value || labels.share || labels.category || labels.series;
        Some((any && !shows("c:delete")).then_some(labels))
    }

    /// The colour that labels say they have.
    fn ink(&self, own: &Element) -> Option<Color> {
        own.child("c:txPr").and_then(|text| self.text(Some(text)).color)
    }
}

/// What marks a series's points.
pub fn marker(element: &Element, group: &Element, kind: ChartKind, place: usize) -> Option<Marker> {
    let symbol = element.child("c:marker").and_then(|marker| value(marker, "c:symbol"));
    let automatic = match kind {
        ChartKind::Lines(_) => switch(group, "c:marker").unwrap_or(false),
        ChartKind::Points => true,
        ChartKind::Radar { filled: false } => value(group, "c:radarStyle") == Some("marker"),
        _ => return None,
    };
    match symbol {
        Some("none") => None,
        Some("circle" | "dot") => Some(Marker::Round),
        Some("square") => Some(Marker::Square),
        Some("diamond") => Some(Marker::Diamond),
        Some("triangle") => Some(Marker::Triangle),
        Some(_) => MARKERS.get(place % MARKERS.len()).copied(),
        None => MARKERS.get(place % MARKERS.len()).copied().filter(|_| automatic),
    }
}
