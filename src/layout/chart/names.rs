//! Names at the axis of the categories.

use crate::document::Chart;

use super::GAP;
use super::pen::{Frame, Label, Pen};
use super::plot::{MOST_ROOM, Plane, highest, tick_labels};

/// What is written at the categories; takes its room from the plot unless the chart says where that is. Names break into lines; where even that has no
/// room, only every so many are written, as in Word.
pub(super) fn at_axis(pen: &mut Pen, chart: &Chart, plane: &mut Plane, whole: &Frame) -> Vec<(f64, Label)> {
    let axis = &chart.category_axis;
    if axis.hidden || axis.unlabelled {
        return Vec::new();
    }
    if let Some(scale) = plane.numbers {
        let labels = tick_labels(pen, axis, &scale, &axis.form, plane.frame.width() / 4.0);
        if chart.plot.is_none() {
            plane.frame.bottom -= highest(&labels) + GAP / 2.0;
        }
        return labels;
    }
    let size = pen.size();
    let room = plane.frame;
    let most = if plane.across && chart.plot.is_some() {
        room.left - whole.left - GAP
    } else if plane.across {
        room.width() * MOST_ROOM
    } else {
        (plane.slot() * 0.96).max(1.0)
    };
    let mut labels: Vec<Label> = Vec::new();
    let mut every = 1;
    if plane.across {
        every = axis.every.unwrap_or((size * 1.3 / plane.slot().max(0.01)).ceil().max(1.0) as usize);
        labels.extend(chart.categories.iter().step_by(every.max(1)).map(|name| pen.label(name, most)));
    } else if axis.turned {
        every = axis.every.unwrap_or((size * 1.1 / plane.slot().max(0.01)).ceil().max(1.0) as usize);
        // a name a little longer than it was taken for stays one line
        let down = if chart.plot.is_some() { whole.bottom - room.bottom } else { whole.height() * MOST_ROOM };
        labels.extend(chart.categories.iter().step_by(every.max(1)).map(|name| pen.label(name, down)));
    } else {
        // Chinese may stand in a narrow column, other words may not be torn
        let word = |name: &String| name.split_whitespace().map(|word| width_of(word, size)).fold(size, f64::max);
        let needed = chart.categories.iter().map(word).fold(size, f64::max);
        if needed <= most {
            labels.extend(chart.categories.iter().map(|name| pen.label(name, most)));
        }
        let highest = labels.iter().fold(0.0, |highest: f64, label| highest.max(label.height));
        if labels.is_empty() || highest > room.height() * MOST_ROOM {
            let whole = chart.categories.iter().map(|name| width_of(name, size)).fold(size, f64::max);
            let wide = whole.min(room.width() / 3.0);
            every = axis.every.unwrap_or(((wide + GAP) / plane.slot().max(0.01)).ceil().max(1.0) as usize);
            let limit = (every as f64 * plane.slot()).min(room.width());
            labels = chart.categories.iter().step_by(every.max(1)).map(|name| pen.label(name, limit)).collect();
        }
    }
    if chart.plot.is_some() {
        // room is left already
    } else if plane.across {
        plane.frame.left += labels.iter().fold(0.0, |widest: f64, label| widest.max(label.width)) + GAP;
    } else {
        let down = |label: &Label| if axis.turned { label.width } else { label.height };
        plane.frame.bottom -= labels.iter().map(down).fold(0.0, f64::max) + GAP / 2.0;
    }
    labels.into_iter().enumerate().map(|(at, label)| (plane.along(at * every, 0.5), label)).collect()
}

/// About how wide a word is that may not be torn; a Chinese one may.
fn width_of(word: &str, size: f64) -> f64 {
    if word.is_ascii() { word.len() as f64 * size * 0.55 } else { size * 1.1 }
}
