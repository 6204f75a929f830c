//! The scale of an axis: where it begins and ends, and which values are written at it. The step is told to Word, which finds
//! the ends by the same rule, also when somebody has changed the figures there.

use super::{Axis, Chart, ChartGroup, ChartKind, Stacking, figure};

/// Nobody reads more values at an axis.
const MOST_TICKS: f64 = 100.0;

/// The scale of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AxisScale {
    least: f64,
    most: f64,
    step: f64,
    reversed: bool,
}

impl AxisScale {
    /// The scale for values from `low` to `high`, with no more than `room` steps; what the axis says holds.
    ///
    /// As in Office, it begins at zero unless all values are close to each other and far from zero, and beyond either end is
    /// a twentieth of the range (Peltier, How Excel Calculates Automatic Chart Axis Limits).
    pub fn of(axis: &Axis, (low, high): (f64, f64), room: f64) -> Self {
        let known = |value: Option<f64>| value.filter(|value| value.is_finite() && value.abs() < 1e300);
        let (low, high) = if low.is_finite() && high.is_finite() && low <= high { (low, high) } else { (0.0, 1.0) };
        let (low, high) = (low.clamp(-1e300, 1e300), high.clamp(-1e300, 1e300));
        let range = high - low;
        let far = range <= high.abs().max(low.abs()) / 6.0;
        let bottom = known(axis.least).unwrap_or(match () {
            () if low >= 0.0 && !(far && low > 0.0 && range > 0.0) => 0.0,
            () if low >= 0.0 => low - range * 0.05,
            () => low - range.max(low.abs() / 5.0) * 0.05,
        });
        let top = known(axis.most).unwrap_or(match () {
            () if high <= 0.0 && !(far && high < 0.0 && range > 0.0) => 0.0,
            () if high <= 0.0 => high + range * 0.05,
            () => high + (high - bottom) * 0.05,
        });
        let (bottom, top) = if top > bottom { (bottom, top) } else { (bottom, bottom + bottom.abs().max(1.0)) };
        let step = known(axis.step).filter(|step| *step > 0.0 && (top - bottom) / step <= MOST_TICKS);
        let step = step.unwrap_or_else(|| round_step((top - bottom) / room.max(1.0)));
        let least = known(axis.least).unwrap_or((bottom / step).floor() * step);
        let most =
            known(axis.most).filter(|most| *most > least).unwrap_or(((top / step).ceil() * step).max(least + step));
        Self { least, most, step, reversed: axis.reversed }
    }

    /// From each value that is written to the next.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// Where a value stands between the axis's ends, from 0 to 1.
    pub fn place(&self, value: f64) -> f64 {
        let range = self.most - self.least;
        let place = if range > 0.0 { ((value - self.least) / range).clamp(0.0, 1.0) } else { 0.0 };
        if self.reversed { 1.0 - place } else { place }
    }

    /// Where bars stand on: zero, or the end that is closest to it.
    pub fn ground(&self) -> f64 {
        0f64.clamp(self.least, self.most)
    }

    /// The values that are written.
    pub fn ticks(&self) -> Vec<f64> {
        let count = ((self.most - self.least) / self.step + 1e-6).floor().clamp(0.0, MOST_TICKS) as usize;
        (0..=count).map(|at| self.least + at as f64 * self.step).collect()
    }

    /// A value as it is written at the axis: as the picture says, or with as many places as the step has.
    pub fn written(&self, value: f64, form: &str) -> String {
        // what is not quite zero is a fault of adding up
        let value = if value.abs() < self.step * 1e-9 { 0.0 } else { value };
        value_text(value, form)
    }
}

impl ChartGroup {
    /// Least and greatest of what it shows on its axis, whatever stands on each other added up; upside down if there is nothing.
    pub fn extent(&self) -> (f64, f64) {
        let values = || self.series.iter().flat_map(|series| &series.values).flatten().copied();
        match self.kind.stacking() {
            Stacking::Share => (if values().any(|value| value < 0.0) { -1.0 } else { 0.0 }, 1.0),
            Stacking::Sum => {
                let count = self.series.iter().map(|series| series.values.len()).max().unwrap_or(0);
                let sums = (0..count).map(|at| {
                    let values = self.series.iter().filter_map(|series| series.values.get(at).copied().flatten());
                    values.fold((0.0, 0.0), |(down, up), value: f64| (down + value.min(0.0), up + value.max(0.0)))
                });
                sums.fold((0.0, 0.0), joined)
            }
            Stacking::None => {
                let from_zero =
                    matches!(self.kind, ChartKind::Bars { .. } | ChartKind::Areas(_) | ChartKind::Radar { .. });
                let nothing = if from_zero { (0.0, 0.0) } else { NOTHING };
                values().map(|value| (value, value)).fold(nothing, joined)
            }
        }
    }
}

impl Chart {
    /// The scale of the values' first or second axis, with no more than `room` steps.
    pub fn value_scale(&self, second: bool, room: f64) -> AxisScale {
        let axis = if second { &self.second_axis } else { &self.value_axis };
        let groups = || self.groups.iter().filter(|group| group.second_axis == second);
        let extent = groups().map(ChartGroup::extent).fold(NOTHING, joined);
        let shares = groups().any(|group| group.kind.stacking() == Stacking::Share);
        // shares end at their whole
        let ends = |given: Option<f64>, end: f64| given.or(shares.then_some(end));
        let axis = Axis { least: ends(axis.least, extent.0), most: ends(axis.most, extent.1), ..axis.clone() };
        AxisScale::of(&axis, extent, room)
    }

    /// The scale of the axis along which points stand.
    pub fn point_scale(&self, room: f64) -> AxisScale {
        let at = self.groups.iter().flat_map(|group| &group.series).flat_map(|series| &series.at);
        let extent = at.flatten().map(|value| (*value, *value)).fold(NOTHING, joined);
        AxisScale::of(&self.category_axis, extent, room)
    }
}

/// How many steps an axis of values has room for, by its length in the plot and the size of what is written at it, in points.
pub fn steps_along(length: f64, size: f64, upright: bool) -> f64 {
    let each = if upright { 1.8 } else { 3.75 };
    (length / (size * each)).clamp(2.0, 10.0)
}

/// How many steps the axis of a radar has room for.
pub fn steps_outwards(radius: f64, size: f64) -> f64 {
    (radius / (size * 1.6)).clamp(2.0, 6.0)
}

/// The extent of no values.
const NOTHING: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

fn joined(sum: (f64, f64), one: (f64, f64)) -> (f64, f64) {
    (sum.0.min(one.0), sum.1.max(one.1))
}

/// A value as a picture of Excel's says; as it is without one.
pub fn value_text(value: f64, form: &str) -> String {
    if form.is_empty() { figure::plain(value) } else { figure::as_picture(value, form) }
}

/// The least step of 1, 2 or 5 and zeros that is no smaller.
fn round_step(least: f64) -> f64 {
    // the exponent is taken from the figure, so that it is the same on every machine
    let text = format!("{:e}", least.max(1e-300));
    let (figures, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (figures, exponent): (f64, i32) = (figures.parse().unwrap_or(1.0), exponent.parse().unwrap_or(0));
    let round = [1.0, 2.0, 5.0].into_iter().find(|round| figures <= *round * 1.000_001).unwrap_or(10.0);
    format!("{round}e{exponent}").parse().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(axis: &Axis, values: (f64, f64), room: f64) -> String {
        let scale = AxisScale::of(axis, values, room);
        scale.ticks().into_iter().map(|tick| scale.written(tick, "")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn scales_have_round_steps_and_begin_at_zero() {
        let axis = Axis::default();
        for (values, room, ticks) in [
            ((3.0, 95.0), 6.0, "0 20 40 60 80 100"),
            ((0.0, 0.7), 8.0, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8"),
            ((950.0, 1000.0), 5.0, "940 960 980 1000 1020"),
            ((-30.0, 40.0), 5.0, "-40 -20 0 20 40 60"),
            ((-9.0, -2.0), 5.0, "-10 -8 -6 -4 -2 0"),
            ((0.0, 0.0), 5.0, "0 0.2 0.4 0.6 0.8 1"),
            ((5.0, 5.0), 6.0, "0 1 2 3 4 5 6"),
        ] {
            assert_eq!(told(&axis, values, room), ticks, "{values:?}");
        }
    }

    #[test]
    fn what_the_axis_says_holds() {
        let axis = Axis { least: Some(10.0), most: Some(50.0), step: Some(20.0), ..Axis::default() };
        assert_eq!(told(&axis, (0.0, 1000.0), 5.0), "10 30 50");
        let scale = AxisScale::of(&Axis { reversed: true, ..axis }, (0.0, 1.0), 5.0);
        assert_eq!((scale.place(10.0), scale.place(50.0), scale.place(99.0)), (1.0, 0.0, 0.0));
        assert_eq!(scale.written(30.0, "0.0\"万\""), "30.0万");
    }

    proptest! {
        #[test]
        fn any_values_have_a_scale_that_holds_them(low in any::<f64>(), high in any::<f64>(), room in 0.0..40.0f64,
            least in proptest::option::of(any::<f64>()), most in proptest::option::of(any::<f64>()),
            step in proptest::option::of(any::<f64>())) {
            let free = least.is_none() && most.is_none();
            let scale = AxisScale::of(&Axis { least, most, step, ..Axis::default() }, (low, high), room);
            let ticks = scale.ticks();
            prop_assert!(!ticks.is_empty() && ticks.len() <= 101);
            prop_assert!((0.0..=1.0).contains(&scale.place(low)) || low.is_nan());
            if free && low <= high && low.abs() < 1e300 && high.abs() < 1e300 {
                // but for what rounding takes, which nobody sees
                let slack = scale.step * 1e-9;
                prop_assert!(scale.least <= low + slack && scale.most >= high - slack, "{:?}", scale);
            }
        }
    }
}
