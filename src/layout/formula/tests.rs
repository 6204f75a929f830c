use crate::document::{Block, Content, Formula, Math, Run};
use crate::layout::Item;
use crate::layout::testing::{document, paragraph, set, set_on_pages};

fn text(text: &str) -> Math {
    Math::Text { text: text.to_owned(), italic: false, bold: false }
}

/// The page's signs with their places and sizes, and its rules, in the order in which they are drawn.
fn drawn(math: Math, display: bool) -> Vec<String> {
    let mut line = paragraph("");
    let formula = Formula { math, display, text: String::new() };
    line.runs = vec![Run::of(Content::Formula(Box::new(formula)))];
    let pages = set_on_pages(vec![Block::Paragraph(line)]);
    let told = |item: &Item| match item {
        Item::Text(run) => {
            let signs: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
            format!("{signs} {:.0} {:.0} ({:.1})", run.x_pt, run.baseline_pt, run.size_pt)
        }
        Item::Rule(rule) => format!("— {:.0}–{:.0} {:.0}", rule.from_pt.0, rule.to_pt.0, rule.from_pt.1),
        Item::Shape(shape) => format!("√ of {} points", shape.points.len()),
        _ => "?".to_owned(),
    };
    pages.pages[0].items.iter().map(told).collect()
}

/// Baselines of signs by their characters.
fn heights(math: Math, display: bool) -> Vec<(String, f32)> {
    let place = |line: String| {
        let mut words = line.split(' ');
        let sign = words.next().unwrap().to_owned();
        (sign, words.nth(1).and_then(|word| word.parse().ok()).unwrap_or(0.0))
    };
    drawn(math, display).into_iter().map(place).collect()
}

#[test]
fn limits_stand_below_and_above_a_sum_and_beside_an_integral() {
    let limit = |of: &str| Some(Box::new(text(of)));
    let of = || Box::new(Math::Large("∑".into()));
    let sum = heights(Math::Limits { of: of(), lower: limit("1"), upper: limit("9") }, true);
    let height = |of: &[(String, f32)], sign: &str| of.iter().find(|(known, _)| known == sign).unwrap().1;
    assert!(height(&sum, "9") < height(&sum, "∑") && height(&sum, "∑") < height(&sum, "1"), "{sum:?}");
    let beside = drawn(Math::Scripts { of: of(), lower: limit("1"), upper: limit("9"), before: false }, false);
    let left = |line: &String| line.split(' ').nth(1).unwrap().parse::<f32>().unwrap();
    assert_eq!(left(&beside[1]), left(&beside[2]), "{beside:?}");
    assert!(left(&beside[1]) > left(&beside[0]), "{beside:?}");
}

#[test]
fn a_fraction_has_its_rule_between_its_parts_and_is_smaller_in_a_line_of_text() {
    let fraction = |display| drawn(Math::Fraction { parts: Box::new((text("12"), text("3"))), ruled: true }, display);
    let of_its_own = fraction(true);
    assert_eq!(of_its_own.len(), 3, "{of_its_own:?}");
    let size = |line: &str| line.rsplit(['(', ')']).nth(1).unwrap().parse::<f32>().unwrap();
    assert!(size(&of_its_own[0]) > size(&fraction(false)[0]));
    let baseline = |line: &str| line.split(' ').nth(2).unwrap().parse::<f32>().unwrap();
    let rule = of_its_own[2].rsplit(' ').next().unwrap().parse::<f32>().unwrap();
    assert!(baseline(&of_its_own[0]) < rule && rule < baseline(&of_its_own[1]), "{of_its_own:?}");
}

#[test]
fn brackets_are_as_high_as_what_they_hold() {
    let fenced =
        |part: Math| Math::Fenced { open: "(".into(), close: ")".into(), separator: "|".into(), parts: vec![part] };
    let size = |lines: Vec<String>| lines[0].rsplit(['(', ')']).nth(1).unwrap().parse::<f32>().unwrap();
    let fraction = Math::Fraction { parts: Box::new((text("1"), text("2"))), ruled: true };
    assert!(size(drawn(fenced(fraction), true)) > 1.5 * size(drawn(fenced(text("1")), true)));
}

#[test]
fn a_root_a_matrix_and_marks_are_drawn() {
    let root = drawn(Math::Root { degree: Some(Box::new(text("3"))), of: Box::new(text("5")) }, false);
    assert_eq!(root[0], "√ of 5 points");
    let grid = Math::Grid { rows: vec![vec![text("1"), text("2")], vec![text("3"), text("4")]], from_left: false };
    let places = heights(grid, false);
    assert_eq!((places[0].1, places[2].1), (places[1].1, places[3].1));
    assert!(places[0].1 < places[2].1);
    let accent = Math::Accent { of: Box::new(text("5")), sign: "ˆ".into() };
    assert!(!drawn(Math::Ruled { of: Box::new(accent), above: true }, false).is_empty());
}

#[test]
fn a_line_is_as_high_as_its_formula() {
    let fraction = Math::Fraction { parts: Box::new((text("1"), text("2"))), ruled: true };
    let nested = Math::Fraction { parts: Box::new((fraction.clone(), fraction)), ruled: true };
    let mut line = paragraph("");
    line.runs = vec![Run::of(Content::Formula(Box::new(Formula { math: nested, display: true, text: String::new() })))];
    let blocks = vec![Block::Paragraph(line), Block::Paragraph(paragraph("5"))];
    let pages = set(&document(blocks, |sheet| sheet.default_paragraph.line_spacing = None)).pages;
    let runs = pages.pages[0].items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    });
    let runs: Vec<_> = runs.collect();
    let lowest = runs.iter().rev().skip(1).map(|run| run.baseline_pt).fold(0.0, f32::max);
    assert!(runs.last().unwrap().baseline_pt > lowest + 4.0);
}
