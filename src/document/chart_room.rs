//! Where the parts of a chart stand: decided here for Word and for the page alike, from the number of characters, since
//! a word processor measures with faces of its own.

use super::chart_scale::{steps_along, steps_outwards};
use super::{Axis, Chart, ChartGroup, ChartKind, LegendSide, Length, PlotArea, Script, Stacking, figure, scripts};

/// Space between a chart's edge and what stands in it, in points.
const MARGIN: f64 = 6.0;
/// Space between the parts of a chart.
const GAP: f64 = 4.0;
/// Height of a line, in parts of its size: that of the faces with the highest lines.
const LINE: f64 = 1.45;
/// What is written at an axis takes so much of the chart at most.
const MOST: f64 = 0.4;
/// Names at an axis break into so many lines at most; longer ones are turned.
const MOST_LINES: f64 = 2.0;

/// A rectangle in points.
#[derive(Clone, Copy)]
struct Room {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// The width of a text in ems of its size, with the space between Chinese and other characters.
pub fn ems(text: &str) -> f64 {
    let of = |(range, script): (std::ops::Range<usize>, Script)| -> f64 {
        let part = text.get(range).unwrap_or_default().chars();
        match script {
            Script::EastAsian => part.count() as f64,
            Script::Latin => part.map(|c| if c.is_uppercase() || c == '%' { 0.75 } else { 0.5 }).sum(),
        }
    };
    let (width, parts) = scripts(text).map(of).fold((0.0, 0_u32), |(width, parts), part| (width + part, parts + 1));
    width + f64::from(parts.saturating_sub(1)) * 0.25
}

fn widest(names: &[String]) -> f64 {
    names.iter().map(|name| ems(name)).fold(0.0, f64::max)
}

impl Chart {
    /// Finds room for everything in a chart of a size: sets where the values and the titles of axes stand, and turns
    /// names that would collide.
    pub fn arrange(&mut self, (width, height): (Length, Length)) {
        let (width, height) = (width.to_pt(), height.to_pt());
        let em = self.format.size.map_or(10.0, Length::to_pt);
        let mut room = Room { left: MARGIN, top: MARGIN, right: width - MARGIN, bottom: height - MARGIN };
        if !self.title.is_empty() {
            let size = self.title_format.size.map_or(em, Length::to_pt);
            let lines = (ems(&self.title) * size / (room.right - room.left).max(1.0)).ceil().clamp(1.0, 3.0);
            room.top += lines * size * LINE + GAP;
        }
        self.leave_legend(&mut room, em);
        match self.groups.first().map(|group| group.kind) {
            Some(ChartKind::Slices { hole, .. }) => {
                let labelled = hole == 0.0 && self.series().any(|series| series.labels.is_some());
                let outside = if labelled { em * 3.0 } else { GAP };
                room.square((outside, if labelled { em * LINE } else { GAP }));
            }
            Some(ChartKind::Radar { .. }) => {
                let names = widest(&self.categories) * em;
                room.square((names.min(width * MOST / 2.0) + GAP, em * LINE + GAP));
            }
            Some(_) => self.leave_axes(&mut room, em, (width, height)),
            None => return,
        }
        let part = |length: f64, whole: f64| (length / whole * 1e4).round() / 1e4;
        let (wide, high) = (room.right - room.left, room.bottom - room.top);
        self.plot = (wide > em && high > em).then(|| PlotArea {
            left: part(room.left, width),
            top: part(room.top, height),
            width: part(wide, width),
            height: part(high, height),
        });
        if self.plot.is_some() {
            self.set_steps((wide, high), em);
        }
        for axis in [&mut self.category_axis, &mut self.value_axis, &mut self.second_axis] {
            axis.title_at = axis.title_at.map(|(x, y)| (part(x, width).max(0.0), part(y, height).max(0.0)));
        }
    }

    /// Sets the steps of the axes in a plot of a size, where the chart does not say them.
    fn set_steps(&mut self, (width, height): (f64, f64), em: f64) {
        let has = |is: fn(&ChartKind) -> bool| self.groups.iter().any(|group| is(&group.kind));
        if has(|kind| matches!(kind, ChartKind::Slices { .. })) {
            return;
        }
        let across = has(|kind| matches!(kind, ChartKind::Bars { across: true, .. }));
        let room = match has(|kind| matches!(kind, ChartKind::Radar { .. })) {
            true => steps_outwards(width.min(height) / 2.0, em),
            false => steps_along(if across { width } else { height }, em, !across),
        };
        let points = has(|kind| *kind == ChartKind::Points).then(|| steps_along(width, em, false));
        let second = self.groups.iter().any(|group| group.second_axis);
        let steps = [
            points.map(|room| self.point_scale(room).step()),
            Some(self.value_scale(false, room).step()),
            second.then(|| self.value_scale(true, room).step()),
        ];
        for (axis, step) in
            [&mut self.category_axis, &mut self.value_axis, &mut self.second_axis].into_iter().zip(steps)
        {
            axis.step = axis.step.or(step);
        }
    }

    fn series(&self) -> impl Iterator<Item = &super::Series> {
        self.groups.iter().flat_map(|group| &group.series)
    }

    fn leave_legend(&self, room: &mut Room, em: f64) {
        let Some(side) = self.legend else { return };
        let entry = |name: &str| em * 0.7 + GAP + ems(name) * em + 3.0 * GAP;
        let slices = matches!(self.groups.first(), Some(ChartGroup { kind: ChartKind::Slices { .. }, .. }));
        let entries: Vec<f64> = match slices {
            true => self.categories.iter().map(|name| entry(name)).collect(),
            false => self.series().map(|series| entry(&series.name)).collect(),
        };
        let width = (room.right - room.left).max(1.0);
        let rows = (entries.iter().sum::<f64>() / (width * 0.9)).ceil().max(1.0);
        let high = rows * em * LINE + 2.0 * GAP;
        let wide = entries.iter().copied().fold(0.0, f64::max).min(width * MOST) + GAP;
        match side {
            LegendSide::Right => room.right -= wide,
            LegendSide::Left => room.left += wide,
            LegendSide::Top => room.top += high,
            LegendSide::Bottom => room.bottom -= high,
        }
    }

    fn leave_axes(&mut self, room: &mut Room, em: f64, (width, height): (f64, f64)) {
        let across = self.groups.iter().any(|group| matches!(group.kind, ChartKind::Bars { across: true, .. }));
        let second = self.groups.iter().any(|group| group.second_axis);
        let line = em * LINE;
        let first_ticks = self.ticks(false) * em;
        let second_ticks = if second { self.ticks(true) * em } else { 0.0 };
        let titled = |axis: &Axis| !axis.title.is_empty() && !axis.hidden;
        let points = self.groups.iter().any(|group| group.kind == ChartKind::Points);
        if across {
            if titled(&self.category_axis) {
                self.category_axis.title_at = Some((room.left, room.top));
                room.top += line;
            }
            if titled(&self.value_axis) {
                room.bottom -= line;
                let right = room.right - ems(&self.value_axis.title) * em - 2.0 * GAP;
                self.value_axis.title_at = Some((right, room.bottom));
            }
            room.top += if second { line + GAP } else { 0.0 };
            room.bottom -= if self.value_axis.hidden { 0.0 } else { line + GAP };
            room.left += (widest(&self.categories) * em).min(width * MOST) + GAP;
            room.right -= (first_ticks / 2.0).max(em);
            let slot = (room.bottom - room.top) / self.categories.len().max(1) as f64;
            let every = (em * 1.15 / slot.max(0.01)).ceil().clamp(1.0, 1e4);
            self.category_axis.every = (every > 1.0).then_some(every as usize);
            return;
        }
        let above = titled(&self.value_axis) || second && titled(&self.second_axis);
        if above {
            self.value_axis.title_at = titled(&self.value_axis).then_some((room.left, room.top));
            let right = room.right - ems(&self.second_axis.title) * em - 2.0 * GAP;
            self.second_axis.title_at = (second && titled(&self.second_axis)).then_some((right, room.top));
            room.top += line;
        }
        // half of the topmost figure stands above the plot
        room.top += line / 2.0;
        room.left += if first_ticks > 0.0 { first_ticks + GAP } else { 0.0 };
        room.right -= if second_ticks > 0.0 { second_ticks + GAP } else { em / 2.0 };
        if titled(&self.category_axis) {
            room.bottom -= line;
            let middle = (room.left + room.right - ems(&self.category_axis.title) * em) / 2.0 - GAP;
            self.category_axis.title_at = Some((middle, room.bottom));
        }
        if self.category_axis.hidden || self.category_axis.unlabelled {
            return;
        }
        let slot = (room.right - room.left) / self.categories.len().max(1) as f64;
        let longest = widest(&self.categories) * em;
        let word = |name: &String| name.split_whitespace().filter(|word| word.is_ascii()).map(ems).fold(1.0, f64::max);
        let widest_word = self.categories.iter().map(word).fold(1.0, f64::max) * em;
        let lines = (longest / (slot * 0.92).max(1.0)).ceil().max(1.0);
        room.bottom -= match () {
            () if points => line + GAP,
            () if widest_word <= slot * 0.92 && lines <= MOST_LINES => lines * line + GAP,
            () => {
                self.category_axis.turned = true;
                let every = (em * 1.15 / slot.max(0.01)).ceil().clamp(1.0, 1e4);
                self.category_axis.every = (every > 1.0).then_some(every as usize);
                longest.min(height * MOST) + GAP
            }
        };
    }

    /// The width of the widest value at an axis, in ems.
    fn ticks(&self, second: bool) -> f64 {
        let axis = if second { &self.second_axis } else { &self.value_axis };
        if axis.hidden || axis.unlabelled {
            return 0.0;
        }
        let groups = || self.groups.iter().filter(|group| group.second_axis == second);
        if groups().any(|group| group.kind.stacking() == Stacking::Share) {
            return ems("100%");
        }
        let (low, high) =
            groups().map(ChartGroup::extent).fold((0f64, 0f64), |sum, one| (sum.0.min(one.0), sum.1.max(one.1)));
        // the axis goes on to the next round value, in steps that may have a decimal
        let high = axis.most.unwrap_or(high * 1.15).max(-low * 1.15);
        let text = match axis.form.as_str() {
            "" if high >= 8.0 => figure::plain(high.ceil()),
            "" => figure::plain((high * 10.0).ceil() / 10.0 + 0.01),
            form => figure::as_picture(high, form),
        };
        ems(&text) + if low < 0.0 { 0.5 } else { 0.0 }
    }
}

impl ChartKind {
    /// How the series of one category stand to each other.
    pub fn stacking(self) -> Stacking {
        match self {
            Self::Bars { stacking, .. } | Self::Lines(stacking) | Self::Areas(stacking) => stacking,
            Self::Slices { .. } | Self::Points | Self::Radar { .. } => Stacking::None,
        }
    }
}

impl Room {
    /// The largest square in its middle, so far from its sides and from its ends.
    fn square(&mut self, (side, end): (f64, f64)) {
        let (x, y) = ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0);
        let half = ((self.right - self.left) / 2.0 - side).min((self.bottom - self.top) / 2.0 - end).max(0.0);
        *self = Self { left: x - half, top: y - half, right: x + half, bottom: y + half };
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Axis, CharacterFormat, Series};
    use super::*;

    fn columns(names: &[&str]) -> Chart {
        let values = vec![Some(50.0); names.len()];
        let kind = ChartKind::Bars { across: false, stacking: Stacking::None, gap: 1.0, overlap: 0.0 };
        Chart {
            categories: names.iter().map(|name| (*name).to_owned()).collect(),
            format: CharacterFormat { size: Some(Length::pt(10.0)), ..CharacterFormat::default() },
            groups: vec![ChartGroup { kind, second_axis: false, series: vec![Series { values, ..Series::default() }] }],
            ..Chart::default()
        }
    }

    fn arranged(mut chart: Chart) -> Chart {
        chart.arrange((Length::pt(200.0), Length::pt(200.0)));
        chart
    }

    #[test]
    fn a_text_is_as_wide_as_its_signs_and_the_spaces_between_scripts() {
        assert_eq!((ems("党员"), ems("12"), ems("第1名"), ems("")), (2.0, 1.0, 3.0, 0.0));
    }

    #[test]
    fn titles_and_legends_take_room_from_the_plot() {
        let plain = arranged(columns(&["甲", "乙"])).plot.unwrap();
        let full = Chart {
            title: "题".into(),
            legend: Some(LegendSide::Bottom),
            value_axis: Axis { title: "单位：人".into(), ..Axis::default() },
            ..columns(&["甲", "乙"])
        };
        let full = arranged(full);
        let (left, top) = full.value_axis.title_at.unwrap();
        let plot = full.plot.unwrap();
        assert!(plot.top > plain.top + 0.15 && plot.height < plain.height - 0.25, "{plot:?} {plain:?}");
        assert!(left < plot.left && top < plot.top);
    }

    #[test]
    fn names_break_then_turn_then_are_left_out() {
        let short = arranged(columns(&["甲区", "乙区"])).category_axis;
        assert_eq!((short.turned, short.every), (false, None));
        let long = arranged(columns(&["云江市第一实验中学"; 6])).category_axis;
        assert_eq!((long.turned, long.every), (true, None));
        let many = arranged(columns(&["云江市第一实验中学"; 40])).category_axis;
        assert!(many.turned && many.every.is_some_and(|every| every > 1), "{many:?}");
        let word = arranged(columns(&["Administration"; 6])).category_axis;
        assert!(word.turned, "a word is not torn");
    }

    #[test]
    fn a_step_is_found_with_the_room_and_told_to_word() {
        let chart = arranged(columns(&["甲", "乙"]));
        assert_eq!(chart.value_axis.step, Some(10.0));
        assert_eq!((chart.value_axis.most, chart.second_axis.step), (None, None), "the end stays Word's to find");
        // whatever room the page has for figures, the step is what Word was told
        assert_eq!(chart.value_scale(false, 100.0).ticks(), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0]);
        let said = Chart { value_axis: Axis { step: Some(30.0), ..Axis::default() }, ..columns(&["甲"]) };
        assert_eq!(arranged(said).value_axis.step, Some(30.0));
    }

    #[test]
    fn a_chart_without_room_has_no_plot() {
        let mut chart = columns(&["甲"]);
        chart.arrange((Length::pt(20.0), Length::pt(15.0)));
        assert_eq!(chart.plot, None);
    }
}
