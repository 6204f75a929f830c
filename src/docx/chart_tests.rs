//! Charts written to a .docx and read back.

use std::sync::Arc;

use crate::document::*;

fn format(size: f64) -> CharacterFormat {
    CharacterFormat {
        latin_font: Some("Times New Roman".into()),
        east_asian_font: Some("仿宋".into()),
        size: Some(Length::pt(size)),
        bold: Some(false),
        italic: Some(false),
        color: Some(Color::BLACK),
        ..CharacterFormat::default()
    }
}

fn series(name: &str, values: &[Option<f64>], color: u8) -> Series {
    Series {
        name: name.into(),
        values: values.to_vec(),
        color: Color { red: color, green: 0, blue: 9 },
        ..Series::default()
    }
}

fn chart(kind: ChartKind, series: Vec<Series>) -> Chart {
    let grey = Some(Color { red: 0x80, green: 0x80, blue: 0x80 });
    let is_slices = matches!(kind, ChartKind::Slices { .. });
    let axis = if is_slices { Axis::default() } else { Axis { line: grey, ..Axis::default() } };
    let mut chart = Chart {
        title: "各支部 <党员>".into(),
        title_format: format(12.0),
        format: format(9.0),
        categories: ["甲", "乙&", "丙"].map(String::from).into(),
        groups: vec![ChartGroup { kind, second_axis: false, series }],
        category_axis: axis.clone(),
        value_axis: if is_slices {
            axis
        } else {
            Axis { grid: grey, title: "单位：人".into(), form: "#,##0".into(), least: Some(0.0), ..axis }
        },
        legend: Some(LegendSide::Bottom),
        between: !is_slices && kind != ChartKind::Points && !matches!(kind, ChartKind::Areas(_)),
        ..Chart::default()
    };
    chart.arrange((Length::pt(400.0), Length::pt(200.0)));
    chart
}

fn document(chart: Chart) -> Document {
    let drawing = ChartDrawing {
        chart: Arc::new(chart),
        width: Length::pt(400.0),
        height: Length::pt(200.0),
        description: "柱形图：甲 1".into(),
        sources: Vec::new(),
    };
    let shown = |drawing| Paragraph { runs: vec![Run::of(Content::from(drawing))], ..Paragraph::default() };
    super::sample::document(vec![Block::Paragraph(shown(drawing.clone())), Block::Paragraph(shown(drawing))])
}

fn read_back(chart: &Chart) -> Vec<ChartDrawing> {
    let bytes = super::write(&document(chart.clone())).unwrap();
    assert_eq!(bytes, super::write(&document(chart.clone())).unwrap(), "the same bytes each time");
    let (read, warnings) = super::read("a.docx", &bytes).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    let runs = read.sections[0].blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(&paragraph.runs),
        Block::Table(_) => None,
    });
    let drawings = runs.flatten().filter_map(|run| match &run.content {
        Content::Chart(drawing) => Some(drawing.as_ref().clone()),
        _ => None,
    });
    drawings.collect()
}

#[test]
fn every_kind_of_chart_is_read_back_as_it_was_written() {
    let values = [Some(1.0), None, Some(-3.25)];
    let two = || vec![series("一", &values, 1), series("二", &[Some(2.0), Some(4.0), Some(1e-7)], 2)];
    let lines = || {
        let mut lines = two();
        lines[0].line = Some(Length::pt(2.25));
        lines[1].line = Some(Length::pt(1.0));
        lines[1].marker = Some(Marker::Diamond);
        lines
    };
    let labels = |inside| ValueLabels {
        value: true,
        form: "0.0\"%\"".into(),
        inside,
        ink: Some(Color::BLACK),
        left_out: vec![1],
        ..ValueLabels::default()
    };
    let bars = |across, stacking, overlap| ChartKind::Bars { across, stacking, gap: 1.2, overlap };
    let mut all = vec![
        chart(bars(false, Stacking::None, 0.0), two()),
        chart(bars(true, Stacking::Sum, 1.0), two()),
        chart(bars(false, Stacking::Share, 1.0), two()),
        chart(ChartKind::Lines(Stacking::None), lines()),
        chart(ChartKind::Areas(Stacking::Sum), two()),
        chart(ChartKind::Radar { filled: false }, lines()),
    ];
    all[0].groups[0].series[0].labels = Some(labels(false));
    all[1].groups[0].series[1].labels = Some(labels(true));
    all[1].category_axis.reversed = true;
    all[3].category_axis.every = Some(2);
    all[3].category_axis.turned = true;
    for hole in [0.0, 0.55] {
        let mut one = series("一", &[Some(1.0), Some(2.0), None], 1);
        one.colors = (0..3).map(|at| (at, Color { red: 0, green: at as u8, blue: 3 })).collect();
        let share = ValueLabels { share: true, form: "0.0%".into(), ink: Some(Color::BLACK), ..ValueLabels::default() };
        one.labels = Some(ValueLabels { inks: vec![(1, Color::WHITE)], ..share });
        all.push(chart(ChartKind::Slices { hole, from: 90.0 }, vec![one]));
    }
    let mut points = lines();
    points.iter_mut().for_each(|one| one.at = vec![Some(1.5), Some(2.0), None]);
    let mut scatter = chart(ChartKind::Points, points);
    scatter.categories = (1..=3).map(|at| at.to_string()).collect();
    all.push(scatter);
    let mut combined = chart(bars(false, Stacking::None, 0.0), vec![series("一", &values, 1)]);
    let rate = Series { line: Some(Length::pt(2.0)), ..series("率", &[Some(0.5), None, Some(0.25)], 2) };
    combined.groups.push(ChartGroup { kind: ChartKind::Lines(Stacking::None), second_axis: true, series: vec![rate] });
    combined.second_axis = Axis { title: "率".into(), form: "0%".into(), ..combined.category_axis.clone() };
    combined.arrange((Length::pt(400.0), Length::pt(200.0)));
    all.push(combined);
    for chart in all {
        let drawings = read_back(&chart);
        assert_eq!(drawings.len(), 2, "one part, shown twice");
        let drawing = &drawings[0];
        assert_eq!((drawing.width, drawing.height), (Length::pt(400.0), Length::pt(200.0)));
        assert_eq!(drawing.description, "柱形图：甲 1");
        assert_eq!(drawing.chart.as_ref(), &chart);
    }
}
