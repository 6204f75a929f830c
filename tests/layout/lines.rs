//! Rules of lines.

use crate::{golden, set_in, texts};

/// CLREQ 3.1.4, Word: closing marks begin no line, opening ones end none; with the mark goes the character before it.
#[test]
fn kinsoku_closing_and_opening_marks() {
    let text = golden("kinsoku", "", "教育系统党建工作总结，各学校按时报送《工作要点》。");
    assert_eq!(texts(&text), ["教育系统党建工作总", "结，各学校按时报送", "《工作要点》。"]);
}

/// Word (mode 15), CLREQ 3.1.5 as a choice: no mark hangs in the margin, unless the style lets one, as Word did up to 2010.
#[test]
fn one_mark_hangs_in_the_margin_only_where_the_style_lets_it() {
    let text = "教育系统党建工作总结。各学校报送工作要点与总结。”完";
    let plain = golden("no-hanging", "", text);
    assert_eq!(texts(&plain)[0], "教育系统党建工作总");
    let hung = golden("hanging", "\n[typography]\nhang_punctuation = true\n", text);
    assert_eq!(texts(&hung)[0], "教育系统党建工作总结。");
    assert!(texts(&hung).iter().all(|line| line.chars().count() <= 11), "two marks do not: {hung}");
}

/// CLREQ 3.1.6 (marks give up half an em), a switch of the style: `compress_punctuation`.
#[test]
fn compression_takes_in_one_more_character() {
    let text = "教育系统，12党建工作总结情况";
    let plain = golden("compression-off", "", text);
    let squeezed = golden("compression-on", "\n[typography]\ncompress_punctuation = true\n", text);
    assert_eq!((texts(&plain)[0], texts(&squeezed)[0]), ("教育系统，12党建工", "教育系统，12党建工作"));
}

/// CLREQ 3.2.2, Word (autoSpaceDE, autoSpaceDN): a quarter em between Han and Latin or figures, none beside marks and at a
/// line's edges.
#[test]
fn a_quarter_em_between_han_and_latin() {
    golden("joint", "align = \"left\"\n", "共12所，用Excel。2023年");
}

/// CLREQ 3.1.4: 破折号 and 省略号 are not broken; GB/T 15834-2011: both are two characters wide.
#[test]
fn dashes_and_ellipses_hold_together() {
    let text = golden("dashes", "", "教育系统党建工作总——各学校按时报送工作……完");
    assert!(texts(&text).iter().all(|line| !line.ends_with("—") || line.ends_with("——")), "{text}");
    assert!(!text.contains(" —各") && !text.contains(" …完"), "{text}");
}

/// Word with East Asian text, GB/T 15834-2011: curly quotation marks are as wide as a character.
#[test]
fn quotation_marks_are_full_width() {
    golden("quotes", "align = \"left\"\n", "“五好”和‘两新’党支部");
}

/// CLREQ 3.1.3: a number is not broken; Word parts it from its unit, `keep_numbers_with_units` keeps both together.
#[test]
fn numbers_and_their_units() {
    let text = "教育系统党建学12345所";
    let plain = golden("numbers", "", text);
    let kept = golden("numbers-with-units", "\n[typography]\nkeep_numbers_with_units = true\n", text);
    assert_eq!(texts(&plain), ["教育系统党建学12345", "所"]);
    assert_eq!(texts(&kept), ["教育系统党建学", "12345所"]);
}

/// Word: a line may end after a hyphen between letters or figures.
#[test]
fn hyphens_part_words() {
    golden("hyphens", "align = \"left\"\n", "教育系统党建2023-04-15和Wi-Fi网络全覆盖e-mail");
}

/// CLREQ 3.3, Word (jc both): lines are stretched to the measure, all characters alike, but for the last.
#[test]
fn lines_are_justified_but_for_the_last() {
    let text = golden("justified", "", "教育系统Excel党建工作总结，情况通报如下各学校");
    for line in text.lines().take(2) {
        assert!(line.contains("x100.0–220.1"), "{line}");
    }
}

/// GB/T 7.3.3: the first line is indented by two characters, whatever their size.
#[test]
fn an_indent_follows_the_size() {
    let indented = |size: &str| {
        let style = format!("{}first_line = 2\nsize = \"{size}\"\nline_pitch = \"30pt\"\n", crate::NARROW);
        set_in(&format!("indent-{size}"), &style, "教育系统党建工作总结")
    };
    assert!(indented("10pt").contains("x120.0–"));
    assert!(indented("16pt").contains("x132.0–"));
}
