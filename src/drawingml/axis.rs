//! The axes of a chart.

use crate::document::{Axis, CharacterFormat, Color, Length};

use super::line;
use super::text::{properties, title};

/// The rules of axes.
const RULE: Length = Length::twips(15);

/// What an axis is of.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// Names.
    Categories,
    /// Numbers; whether categories have room of their own beside it.
    Values {
        /// They have.
        between: bool,
    },
}

/// Where an axis stands.
pub struct Place {
    /// Its number.
    pub id: u32,
    /// The number of the axis that it crosses.
    pub crosses: u32,
    /// At which edge of the plot: `b`, `l`, `r`, `t`.
    pub side: &'static str,
    /// It crosses the other at its end.
    pub at_end: bool,
    /// Its labels stand at the plot's edge, wherever the other axis's zero is.
    pub low: bool,
}

/// An axis.
pub fn write(axis: &Axis, kind: Kind, place: &Place, format: &CharacterFormat, out: &mut String) {
    let name = if kind == Kind::Categories { "c:catAx" } else { "c:valAx" };
    *out += &format!("<{name}><c:axId val=\"{}\"/><c:scaling>", place.id);
    *out += if axis.reversed { "<c:orientation val=\"maxMin\"/>" } else { "<c:orientation val=\"minMax\"/>" };
    let limit = |name: &str, value: Option<f64>| value.map(|value| format!("<c:{name} val=\"{value}\"/>"));
    *out += &limit("max", axis.most).unwrap_or_default();
    *out += &limit("min", axis.least).unwrap_or_default();
    *out += &format!("</c:scaling><c:delete val=\"{}\"/><c:axPos val=\"{}\"/>", u8::from(axis.hidden), place.side);
    if let Some(color) = axis.grid {
        *out += &format!("<c:majorGridlines><c:spPr>{}</c:spPr></c:majorGridlines>", line(Some(color), RULE));
    }
    if !axis.title.is_empty() {
        *out += &title(&axis.title, format, axis.title_at);
    }
    let form = if axis.form.is_empty() { "General" } else { axis.form.as_str() };
    *out += &format!("<c:numFmt formatCode=\"{}\" sourceLinked=\"0\"/>", super::xml::escape(form));
    let labels = match (axis.unlabelled, place.low) {
        (true, _) => "none",
        (false, true) => "low",
        (false, false) => "nextTo",
    };
    *out += &format!(
        "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"{labels}\"/><c:spPr>{}</c:spPr>",
        rule(axis.line)
    );
    let direction = if axis.turned { " rot=\"0\" vert=\"eaVert\"" } else { " rot=\"0\" vert=\"horz\"" };
    *out += &properties(format, direction);
    let crosses = if place.at_end { "max" } else { "autoZero" };
    *out += &format!("<c:crossAx val=\"{}\"/><c:crosses val=\"{crosses}\"/>", place.crosses);
    match kind {
        Kind::Categories => {
            *out += "<c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"50\"/>";
            if let Some(every) = axis.every {
                *out += &format!("<c:tickLblSkip val=\"{every}\"/>");
            }
            *out += "<c:noMultiLvlLbl val=\"1\"/>";
        }
        Kind::Values { between } => {
            let between = if between { "between" } else { "midCat" };
            *out += &format!("<c:crossBetween val=\"{between}\"/>");
            *out += &limit("majorUnit", axis.step).unwrap_or_default();
        }
    }
    *out += &format!("</{name}>");
}

fn rule(color: Option<Color>) -> String {
    line(color, RULE)
}
