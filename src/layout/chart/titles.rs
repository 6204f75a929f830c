//! Titles of axes: above and below, so that nobody has to turn the head.

use crate::document::{Axis, Chart};

use super::GAP;
use super::pen::{Frame, Label, Pen};

/// Draws the titles, and takes their room from the frame unless the chart says where they stand.
pub(super) fn draw(pen: &mut Pen, chart: &Chart, across: bool, whole: &Frame, frame: &mut Frame) {
    let limit = frame.width() / 2.0;
    let mut label = |axis: &Axis| {
        let label = (!axis.title.is_empty() && !axis.hidden).then(|| pen.label(&axis.title, limit))?;
        match axis.title_at {
            None => Some(label),
            Some((x, y)) => {
                pen.write(&label, (whole.left + x * whole.width(), whole.top + y * whole.height()));
                None
            }
        }
    };
    let [value, second, category] = [&chart.value_axis, &chart.second_axis, &chart.category_axis].map(&mut label);
    let (above, below) = if across { (&category, &value) } else { (&value, &category) };
    let height_of = |label: &Option<Label>| label.as_ref().map_or(0.0, |label| label.height + GAP / 2.0);
    let above_height = height_of(above).max(if across { 0.0 } else { height_of(&second) });
    if let Some(label) = above {
        pen.write(label, (frame.left, frame.top));
    }
    if let (Some(label), false) = (&second, across) {
        pen.write(label, (frame.right - label.width, frame.top));
    }
    frame.top += above_height;
    if let Some(label) = below {
        frame.bottom -= label.height;
        let x = if across { frame.right - label.width } else { frame.middle().0 - label.width / 2.0 };
        pen.write(label, (x, frame.bottom));
        frame.bottom -= GAP / 2.0;
    }
}
