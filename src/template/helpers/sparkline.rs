//! `{{小图 列}}`: a chart as small as a word, of a column or of several values.

use std::sync::Arc;

use bytes::Bytes;

use super::{Arguments, picture_size, signs};
use crate::dataset;
use crate::document::{Length, figure};
use crate::picture::{Print, Sparkline};
use crate::style::ChartLook;
use crate::template::expression::{Cells, Runner, Traced, Value};
use crate::template::inserts::InsertedPicture;
use crate::template::problem::{charts, pictures, values};

/// More values than this cannot be told apart.
const MOST_VALUES: usize = 400;
/// Its size where nobody says another.
const SIZE: (Length, Length) = (Length::twips(1361), Length::twips(283));
/// Values that are written out for those who cannot see it.
const MOST_TOLD: usize = 24;

const KINDS: [(&[&str], Sparkline, &str); 3] = [
    (&["折线", "折线图", "line"], Sparkline::Line, "折线"),
    (&["柱形", "柱形图", "column"], Sparkline::Columns, "柱形"),
    (&["进度", "进度条", "progress"], Sparkline::Progress, "进度"),
];

/// `小图 列`, `小图 值 值 …`, `小图 部分 总数 类型="进度"`.
pub(super) fn make(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let Some((kind, called)) = kind(runner, arguments) else { return Traced::blank() };
    let size = ["width", "height"].map(|name| length(runner, arguments, name));
    let (numbers, cells) = match kind {
        Sparkline::Progress => {
            let (share, cells) = signs::share(runner, arguments);
            (vec![share], cells)
        }
        _ => numbers(runner, arguments),
    };
    if numbers.len() > MOST_VALUES {
        let place = runner.place(arguments.at());
        runner.report(charts::too_many_values(place, numbers.len(), MOST_VALUES));
        return Traced::blank();
    }
    let size = (size[0].unwrap_or(SIZE.0), size[1].unwrap_or(SIZE.1));
    let ink = runner.ink().unwrap_or_else(|| ChartLook::default().color(0));
    let Some(image) = kind.draw(&numbers, size, ink) else { return Traced::new(Value::Blank, cells) };
    runner.holds_bytes(image.bytes.len() + image.drawing.as_ref().map_or(0, Bytes::len));
    let print = Print { width: Some(size.0), height: Some(size.1), room: size.0, ..Print::default() };
    let description = described(kind, called, &numbers);
    let picture = InsertedPicture { image: Arc::new(image), print, align: None, description, caption: None };
    Traced::new(Value::Picture(Arc::new(picture)), cells)
}

fn kind(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Option<(Sparkline, &'static str)> {
    let name = arguments.words("kind", "折线");
    let found = KINDS.iter().find(|(names, ..)| names.contains(&name.trim()));
    if found.is_none() {
        let names: Vec<&str> = KINDS.iter().filter_map(|(names, ..)| names.first().copied()).collect();
        let place = runner.place(arguments.at());
        runner.report(charts::unknown_word(place, "类型", &name, &names));
    }
    found.map(|(_, kind, called)| (*kind, *called))
}

fn length(runner: &mut Runner<'_>, arguments: &Arguments<'_>, name: &'static str) -> Option<Length> {
    let text = arguments.option(name)?.value.shown()?;
    // no part of a page is larger
    let length = picture_size::read_length(&text).filter(|length| *length <= Length::mm(200.0));
    if length.is_none() {
        let place = runner.place(arguments.at());
        runner.report(pictures::bad_length(place, name, &text));
    }
    length
}

/// The values of all arguments in order, those of a column one after the other; a blank is a gap.
fn numbers(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> (Vec<Option<f64>>, Cells) {
    let (mut numbers, mut cells) = (Vec::new(), Cells::default());
    for value in &arguments.values {
        match &value.value {
            Value::Column(rows, column) => {
                for cell in rows.column(runner.dataset, *column) {
                    let number = match &cell.value {
                        dataset::Value::Number(number) => Some(*number),
                        _ => runner.number(&Traced::of(cell), arguments),
                    };
                    numbers.push(number);
                    cells.push(cell.origin);
                }
            }
            Value::Rows(_) | Value::Groups(_) => {
                let (place, spot) = (runner.place(arguments.at()), runner.spot(arguments.at()));
                runner.report(values::not_a_number(place, &value.value, "小图", &spot));
            }
            _ => {
                numbers.push(runner.number(value, arguments));
                cells.add(&value.cells);
            }
        }
    }
    (numbers, cells)
}

/// What it shows, for those who cannot see it.
fn described(kind: Sparkline, called: &str, numbers: &[Option<f64>]) -> String {
    if kind == Sparkline::Progress {
        let share = numbers.first().copied().flatten().unwrap_or_default();
        return format!("进度：{}%", crate::template::figure::fixed(share * 100.0, 0));
    }
    let told = numbers.iter().take(MOST_TOLD).map(|number| number.map_or("空".to_owned(), figure::plain));
    let more = if numbers.len() > MOST_TOLD { format!("等{}个数", numbers.len()) } else { String::new() };
    format!("{called}小图：{}{more}", told.collect::<Vec<_>>().join("、"))
}
