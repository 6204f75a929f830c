//! Charts of two hundred by one hundred points, in the test faces.

use std::sync::Arc;

use super::super::Item;
use super::super::testing::{document, set};
use crate::document::{
    Anchor, Axis, Block, CellMargins, CharacterFormat, Chart, ChartGroup, ChartKind, Color, Content, Float,
    FloatContent, LegendSide, Length, Marker, Paragraph, Place, Position, Run, Series, Stacking, ValueLabels, Wrap,
};

const RED: Color = Color { red: 200, green: 0, blue: 0 };
const BLUE: Color = Color { red: 0, green: 0, blue: 200 };

fn series(name: &str, color: Color, values: &[Option<f64>]) -> Series {
    Series { name: name.into(), color, values: values.to_vec(), line: Some(Length::pt(1.5)), ..Series::default() }
}

fn chart(kind: ChartKind, series: Vec<Series>) -> Chart {
    Chart {
        categories: ["甲", "乙", "丙"].map(String::from).into(),
        format: CharacterFormat { size: Some(Length::pt(8.0)), ..CharacterFormat::default() },
        groups: vec![ChartGroup { kind, second_axis: false, series }],
        between: true,
        ..Chart::default()
    }
}

fn columns(stacking: Stacking) -> ChartKind {
    ChartKind::Bars { across: false, stacking, gap: 1.0, overlap: 0.0 }
}

/// What is drawn: each shape with its colour and corners, each text with its place.
fn drawn(chart: Chart) -> Vec<String> {
    let none = CellMargins { top: Length::ZERO, bottom: Length::ZERO, left: Length::ZERO, right: Length::ZERO };
    let at = |from| Position { from, at: Place::Offset(Length::ZERO) };
    let float = Float {
        horizontal: at(Anchor::Page),
        vertical: at(Anchor::Page),
        width: Length::pt(200.0),
        height: Length::pt(100.0),
        wrap: Wrap::None,
        distance: none,
        behind: false,
        content: FloatContent::Chart { chart: Arc::new(chart), description: "图".into() },
    };
    let paragraph = Paragraph { runs: vec![Run::of(Content::Float(Box::new(float)))], ..Paragraph::default() };
    let pages = set(&document(vec![Block::Paragraph(paragraph)], |_| ())).pages;
    let told = pages.pages[0].items.iter().skip(1).filter_map(|item| match item {
        Item::Shape(shape) => {
            assert_eq!(shape.element, Some(super::super::ElementId(1)), "it is a part of the figure");
            let points: Vec<String> = shape.points.iter().map(|(x, y)| format!("{:.0},{:.0}", x, y)).collect();
            let kind = match (shape.fill, shape.stroke) {
                (Some(color), _) => format!("fill {}", color.to_hex()),
                (None, Some((color, width))) => format!("line {} {width}", color.to_hex()),
                (None, None) => "room".into(),
            };
            Some(format!("{kind} {}", points.join(" ")))
        }
        Item::Text(run) => {
            let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
            Some(format!("{text} at {:.0},{:.0}", run.x_pt, run.baseline_pt))
        }
        _ => None,
    });
    told.collect()
}

fn only(lines: &[String], beginning: &str) -> Vec<String> {
    lines.iter().filter(|line| line.starts_with(beginning)).cloned().collect()
}

/// Width and height of a drawn rectangle.
fn size(line: &str) -> (f64, f64) {
    let points: Vec<(f64, f64)> = line
        .split(' ')
        .filter_map(|point| point.split_once(','))
        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
        .collect();
    let extent = |of: fn(&(f64, f64)) -> f64| {
        let all = points.iter().map(of);
        all.clone().fold(f64::MIN, f64::max) - all.fold(f64::MAX, f64::min)
    };
    (extent(|point| point.0), extent(|point| point.1))
}

#[test]
fn columns_are_as_high_as_their_values_and_a_gap_is_nothing() {
    let labels = Some(ValueLabels { value: true, form: "0.0".into(), ..ValueLabels::default() });
    let one = Series { labels, ..series("一", RED, &[Some(20.0), None, Some(10.0)]) };
    let lines = drawn(Chart { title: "题".into(), ..chart(columns(Stacking::None), vec![one]) });
    let bars = only(&lines, "fill C80000");
    assert_eq!(bars.len(), 2, "{lines:#?}");
    let [(width, high), (other_width, low)] = [size(&bars[0]), size(&bars[1])];
    assert_eq!(width, other_width);
    assert!((high - 2.0 * low).abs() <= 1.0, "{bars:?}");
    for text in ["题 at", "甲 at", "乙 at", "丙 at", "20.0 at", "10.0 at", "0 at"] {
        assert_eq!(only(&lines, text).len(), 1, "{text}: {lines:#?}");
    }
}

#[test]
fn stacked_columns_stand_on_each_other_and_shares_fill_the_height() {
    let two = || vec![series("一", RED, &[Some(10.0), Some(5.0)]), series("二", BLUE, &[Some(30.0), Some(5.0)])];
    let lines = drawn(chart(columns(Stacking::Sum), two()));
    let (red, blue) = (only(&lines, "fill C80000"), only(&lines, "fill 0000C8"));
    let top = |line: &str| line.split([' ', ',']).nth(3).unwrap().parse::<f64>().unwrap();
    let bottom = |line: &str| line.split([' ', ',']).nth(7).unwrap().parse::<f64>().unwrap();
    assert_eq!(top(&red[0]), bottom(&blue[0]), "{lines:#?}");
    assert!((size(&blue[0]).1 - 3.0 * size(&red[0]).1).abs() <= 2.0);

    let lines = drawn(chart(columns(Stacking::Share), two()));
    assert!(lines.iter().any(|line| line.starts_with("100% at")), "{lines:#?}");
    let heights = |at: usize| size(&only(&lines, "fill C80000")[at]).1 + size(&only(&lines, "fill 0000C8")[at]).1;
    assert!((heights(0) - heights(1)).abs() <= 1.0, "all columns are as high");
}

#[test]
fn bars_lie_and_values_below_zero_go_the_other_way() {
    let kind = ChartKind::Bars { across: true, stacking: Stacking::None, gap: 1.0, overlap: 0.0 };
    let lines = drawn(chart(kind, vec![series("一", RED, &[Some(-10.0), Some(10.0), Some(20.0)])]));
    let widths: Vec<f64> = only(&lines, "fill C80000").iter().map(|line| size(line).0).collect();
    assert!((widths[0] - widths[1]).abs() <= 1.0 && (widths[2] - 2.0 * widths[1]).abs() <= 1.5, "{widths:?}");
}

#[test]
fn a_line_breaks_at_a_gap_unless_it_passes_over() {
    let one = series("一", RED, &[Some(1.0), None, Some(3.0)]);
    let lines = |series: Series| only(&drawn(chart(ChartKind::Lines(Stacking::None), vec![series])), "line C80000");
    assert_eq!(lines(one.clone()).len(), 0, "single points have no line");
    assert_eq!(lines(Series { passes_gaps: true, ..one.clone() }).len(), 1);
    let marked = Series { marker: Some(Marker::Square), ..one };
    assert_eq!(only(&drawn(chart(ChartKind::Lines(Stacking::None), vec![marked])), "fill C80000").len(), 2);
}

#[test]
fn slices_are_parts_of_a_circle() {
    let colors = vec![(0, RED), (1, BLUE)];
    let labels = Some(ValueLabels { share: true, ..ValueLabels::default() });
    let one = Series { colors, labels, ..series("一", RED, &[Some(3.0), Some(1.0), None]) };
    let pie = ChartKind::Slices { hole: 0.0, from: 0.0 };
    let lines = drawn(Chart { legend: Some(LegendSide::Right), ..chart(pie, vec![one.clone()]) });
    assert!(["75% at", "25% at", "甲 at"].iter().all(|text| only(&lines, text).len() == 1), "{lines:#?}");
    let corners = |line: &String| line.split(' ').count();
    // the slices, not the squares of the legend
    let slices: Vec<usize> =
        lines.iter().filter(|line| line.starts_with("fill")).map(corners).filter(|n| *n > 6).collect();
    assert_eq!(slices, [2 + 91 + 1, 2 + 31 + 1], "three degrees a corner, and the centre");
    let ring = ChartKind::Slices { hole: 0.5, from: 0.0 };
    assert!(drawn(chart(ring, vec![one])).iter().any(|line| corners(line) == 2 + 2 * 91));
}

#[test]
fn a_second_axis_has_a_scale_of_its_own() {
    let mut chart = chart(columns(Stacking::None), vec![series("人", RED, &[Some(1000.0), Some(2000.0)])]);
    let rate = series("率", BLUE, &[Some(0.5), Some(1.0)]);
    chart.groups.push(ChartGroup { kind: ChartKind::Lines(Stacking::None), second_axis: true, series: vec![rate] });
    chart.second_axis = Axis { form: "0%".into(), title: "率".into(), ..Axis::default() };
    let lines = drawn(chart);
    let place = |text: &str| only(&lines, text)[0].split(" at ").nth(1).unwrap().split(',').next().unwrap().to_owned();
    assert!(
        place("2000").parse::<f64>().unwrap() < 30.0 && place("100%").parse::<f64>().unwrap() > 150.0,
        "{lines:#?}"
    );
}

#[test]
fn points_and_radars_are_drawn_by_their_numbers() {
    let at = vec![Some(0.0), Some(5.0), Some(10.0)];
    let one = Series { at, marker: Some(Marker::Round), ..series("一", RED, &[Some(1.0), Some(2.0), Some(3.0)]) };
    let lines = drawn(chart(ChartKind::Points, vec![one.clone()]));
    assert_eq!((only(&lines, "fill C80000").len(), only(&lines, "line C80000").len()), (3, 1), "{lines:#?}");
    let lines = drawn(chart(ChartKind::Radar { filled: true }, vec![one]));
    assert_eq!(only(&lines, "fill C80000")[0].split(' ').count(), 2 + 3, "{lines:#?}");
}

#[test]
fn names_that_have_no_room_are_thinned_out() {
    let count = 120;
    let mut chart = chart(columns(Stacking::None), vec![series("一", RED, &vec![Some(1.0); count])]);
    chart.categories = (0..count).map(|at| format!("category {at}")).collect();
    let lines = drawn(chart);
    let names = lines.iter().filter(|line| line.starts_with("category") || line.contains("category")).count();
    assert!((1..=8).contains(&names), "{names}");
    assert_eq!(only(&lines, "fill C80000").len(), count);
}

#[test]
fn charts_of_any_numbers_and_sizes_do_no_harm() {
    let odd = [f64::MAX, f64::MIN, 1e-320, -0.0, 1e308, f64::INFINITY, f64::NAN];
    let values: Vec<Option<f64>> = odd.iter().map(|value| Some(*value)).chain([None]).collect();
    let kinds = [
        columns(Stacking::Share),
        columns(Stacking::Sum),
        ChartKind::Bars { across: true, stacking: Stacking::None, gap: f64::NAN, overlap: 1e9 },
        ChartKind::Lines(Stacking::Sum),
        ChartKind::Areas(Stacking::None),
        ChartKind::Slices { hole: 1e9, from: f64::NAN },
        ChartKind::Points,
        ChartKind::Radar { filled: false },
    ];
    for kind in kinds {
        let one = Series { at: values.clone(), ..series("一", RED, &values) };
        drawn(chart(kind, vec![one, series("空", BLUE, &[])]));
        drawn(Chart { categories: Vec::new(), ..chart(kind, Vec::new()) });
    }
}
