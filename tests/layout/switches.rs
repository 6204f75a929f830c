//! The switches of lines: what each does to lines, and what the Word file says of it.

use std::io::{Cursor, Read};

use crate::{NARROW, golden, place, set_report_in, texts};

/// Parts of the Word file of a text in narrow lines: styles, settings, text.
fn word(name: &str, style: &str, body: &str) -> [String; 3] {
    let (_, document, _) = set_report_in(name, &format!("{NARROW}first_line = 0\n{style}"), "", body);
    let file = huibao::docx::write(&document).unwrap();
    let mut parts = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    ["word/styles.xml", "word/settings.xml", "word/document.xml"].map(|part| {
        let mut text = String::new();
        parts.by_name(part).unwrap().read_to_string(&mut text).unwrap();
        text
    })
}

/// Word (kinsoku): off, any mark may begin or end a line.
#[test]
fn kinsoku_has_a_switch() {
    let (style, body) = ("\n[typography]\nkinsoku = false\n", "教育系统党建工作总结，各学校按时报送《工作要点》。");
    let text = golden("kinsoku-off", style, body);
    assert_eq!(texts(&text)[0..2], ["教育系统党建工作总结", "，各学校按时报送《工"]);
    let [styles, ..] = word("kinsoku-off", style, body);
    assert!(styles.contains("<w:kinsoku w:val=\"0\"/>"));
}

/// Word (autoSpaceDE, autoSpaceDN): off where the style's joint is zero.
#[test]
fn the_space_between_han_and_latin_has_a_switch() {
    let (style, body) = ("align = \"left\"\n\n[typography]\njoint = 0\n", "共12所，用Excel。");
    let text = golden("joint-off", style, body);
    let (_, _, left, right) = place(&text, "共12所");
    assert!((right - left - (5.0 * 12.0 + 12.0 + 27.3)).abs() < 0.3, "{text}");
    let [styles, ..] = word("joint-off", style, body);
    assert!(styles.contains("<w:autoSpaceDE w:val=\"0\"/>") && styles.contains("<w:autoSpaceDN w:val=\"0\"/>"));
    let [styles, ..] = word("joint-off", "align = \"left\"\n\n[typography]\njoint = 0\n", body);
    assert!(!styles.contains("<w:autoSpaceDE/>"));
}

/// Word (characterSpacingControl): compressPunctuation where the style asks for it.
#[test]
fn compression_is_said_to_word() {
    let body = "教育系统，12党建工作总结情况";
    let [_, off, _] = word("compression-off", "", body);
    let [_, on, _] = word("compression-on", "\n[typography]\ncompress_punctuation = true\n", body);
    assert!(off.contains("characterSpacingControl w:val=\"doNotCompress\""));
    assert!(on.contains("characterSpacingControl w:val=\"compressPunctuation\""));
}

/// Word (overflowPunct): on is its default; LibreOffice takes the value the other way round.
#[test]
fn hanging_is_said_to_word() {
    let body = "教育系统党建工作总结。各学校报送工作要点与总结。”完";
    let [off, ..] = word("no-hanging", "", body);
    let [on, ..] = word("hanging", "\n[typography]\nhang_punctuation = true\n", body);
    assert!(off.contains("<w:overflowPunct w:val=\"1\"/>") && !on.contains("overflowPunct"));
}

/// Word (w:rFonts): quotation marks in the Latin face where the style has them at their natural width.
#[test]
fn full_width_quotation_marks_have_a_switch() {
    let (style, body) = ("align = \"left\"\n\n[typography]\nfull_width_quotes = false\n", "“五好”和‘两新’党支部——完");
    let text = golden("quotes-narrow", style, body);
    let (_, _, left, right) = place(&text, "“五好”和");
    assert!(right - left < 120.0 && text.contains("——"), "{text}");
    let [_, _, document] = word("quotes-narrow", style, body);
    let quote = document.split("<w:r>").find(|run| run.contains('“')).unwrap();
    assert!(quote.contains("w:eastAsia=\"Times New Roman\""), "{quote}");
    assert!(document.split("<w:r>").find(|run| run.contains("——")).unwrap().contains("w:ascii=\"宋体\""));
}

/// Word (noLineBreaksBefore, noLineBreaksAfter): the lists are the style's.
#[test]
fn lists_of_marks_are_the_styles() {
    let (style, body) =
        ("\n[typography]\nnot_at_start = \"工\"\nnot_at_end = \"作\"\n", "教育系统党建各中小学工作总结");
    let text = golden("own-lists", style, body);
    assert_eq!(texts(&text)[0], "教育系统党建各中小");
    let [_, settings, _] = word("own-lists", style, body);
    assert!(settings.contains("noLineBreaksBefore w:lang=\"zh-CN\" w:val=\"工\""));
}

/// Word (docGrid), GB/T 9704 5.2.3: 22 lines of 28 characters by the document grid, lines on their natural pitch.
#[test]
fn a_document_grid_has_22_lines_of_28_characters() {
    let style = "based_on = \"gongwen\"\n\n[page]\nlines = 22\ncharacters = 28\n\n[normal]\nline_pitch = \"auto\"\n\
        character_spacing = \"0pt\"\n\n[body]\nfirst_line = 0\n";
    let (text, document, _) = set_report_in("grid", style, "", &"字".repeat(28 * 22));
    let lines: Vec<&str> = texts(&text).into_iter().filter(|line| line.contains('字')).collect();
    assert_eq!(lines.len(), 22);
    assert!(lines.iter().all(|line| line.chars().count() == 28) && !text.contains("\n2 "), "{text}");
    let file = huibao::docx::write(&document).unwrap();
    let mut parts = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut part = String::new();
    parts.by_name("word/document.xml").unwrap().read_to_string(&mut part).unwrap();
    assert!(part.contains("w:type=\"linesAndChars\"") && part.contains("w:linePitch=\"579\""), "{part}");
}
