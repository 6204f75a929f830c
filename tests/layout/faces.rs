//! Rules of faces and of marks on text.

use huibao::layout::Item;

use crate::{NARROW, golden, place, set_report_in};

/// Word, CLREQ: a character that the style's face lacks comes from another, on the same baseline and as wide.
#[test]
fn rare_characters_do_not_move_the_line() {
    golden("rare", "align = \"left\"\n", "校长王堃李喆䶮玥燊㛃");
}

/// Word: bold and italic that a face lacks are made of it; widths stay.
#[test]
fn made_bold_and_italic_are_as_wide() {
    golden("bold", "align = \"left\"\n", "党**建工作**与*学习*教育");
}

/// Word, CLREQ 3.3.1: a line does not move where its face changes: bold, rare characters, Latin and symbols on one baseline, all
/// lines as far apart.
#[test]
fn a_line_does_not_jump_when_its_face_changes() {
    let text = golden(
        "one-pitch",
        "align = \"left\"\n",
        "党建工作总结各学校按\\\n党**建**Excel*工作*䶮☑\\\n党建工作总结各学校按",
    );
    let baselines: Vec<&str> = text.lines().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(baselines, ["y116.0", "y136.0", "y156.0"]);
}

/// GB/T 9704 5.2.2 by custom: figures and Latin letters are as wide as those of Times New Roman: a digit half an em, `M` 0.889,
/// `i` 0.278.
#[test]
fn latin_is_as_wide_as_times_new_roman() {
    let width = |text: &str| {
        let (_, _, left, right) = place(&golden(&format!("latin-{text}"), "align = \"left\"\n", text), text);
        ((right - left) / 12.0 / text.len() as f32 * 1000.0).round()
    };
    assert_eq!(["0000000000", "MMMMMMMMMM", "iiiiiiiiii"].map(width), [500.0, 889.0, 278.0]);
}

/// Word (vertAlign, measured in a PDF of its own): raised and lowered text is 58 % as large, raised by a third, its line as high as
/// others.
#[test]
fn raised_and_lowered_text_is_smaller_and_leaves_the_line_as_it_is() {
    let text = golden("raised", "align = \"left\"\n", "面积10^3^米，H~2~O和CO~2~的量，5~10人，20~30人");
    let (_, base, ..) = place(&text, "面积");
    assert_eq!((place(&text, "3").1, place(&text, "2").1), (base - 4.0, base + 1.5), "{text}");
    assert_eq!(place(&text, "20~30人").1, base + 40.0);
}

/// Word (u single): the rule stands below the baseline, under marks and spaces within too, and is one over runs of several
/// formats.
#[test]
fn an_underline_runs_through() {
    let text = golden("underline", "align = \"left\"\n", "签名：++王堃 **党**委++书记");
    let rules: Vec<&str> = text.lines().filter(|line| line.contains(" rule ")).collect();
    assert!(rules.iter().all(|rule| rule.starts_with("1 y117.7 ")), "{text}");
    let ends: Vec<_> = rules.iter().map(|rule| rule.split(' ').nth(2).unwrap().trim_start_matches('x')).collect();
    let joined = ends.windows(2).all(|pair| pair[0].split('–').nth(1) == pair[1].split('–').next());
    assert!(joined && ends[0].starts_with("136.0–"), "{text}");
}

/// GB/T 15834-2011 A.5, Word (em dot): a dot stands below the middle of each Han character, none below marks; its line stays.
#[test]
fn emphasis_dots_stand_below_the_middle_of_their_characters() {
    let text = golden("emphasis", "align = \"left\"\n", "务必==按时，报送==总结");
    let dots: Vec<&str> = text.lines().filter(|line| line.ends_with(" shape")).collect();
    let middles = dots.iter().map(|dot| {
        let across = dot.split(' ').nth(2).unwrap().trim_start_matches('x');
        let (left, right) = across.split_once('–').unwrap();
        (left.parse::<f32>().unwrap() + right.parse::<f32>().unwrap()) / 2.0
    });
    assert_eq!(middles.map(f32::round).collect::<Vec<_>>(), [130.0, 142.0, 166.0, 178.0], "{text}");
}

/// PDF/A 6.2.11.8: what has no face for is no box but told, and keeps its place.
#[test]
fn signs_that_no_face_has_keep_their_place_and_are_told() {
    let (text, _, layout) = set_report_in("missing", &format!("{NARROW}first_line = 0\n"), "", "校\u{10FFFD}长");
    assert_eq!(layout.missing.len(), 1);
    assert_eq!(place(&text, "校").3, 136.0);
}

/// Word: a style's face is the run's face; each of the three styles sets Han, Latin and headings in its own.
#[test]
fn faces_are_those_of_the_style() {
    let faces = |style: &str| {
        let source = format!("based_on = \"{style}\"\n\n[footer]\ntext = \"\"\n");
        let (_, _, layout) = set_report_in(&format!("faces-{style}"), &source, "", "# 总体\n\n党建A1");
        let of = |wanted: char| {
            let runs = layout.pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
                Item::Text(run) => Some(run),
                _ => None,
            });
            runs.filter(|run| run.glyphs.iter().any(|glyph| glyph.character == wanted)).map(|run| run.face).next_back()
        };
        (of('体'), of('党'), of('A'))
    };
    for style in ["gongwen", "report", "plain"] {
        let (heading, body, latin) = faces(style);
        assert!(heading.is_some() && body.is_some() && latin.is_some(), "{style}");
        assert!(heading != body && body != latin, "{style}: {heading:?} {body:?} {latin:?}");
    }
}
