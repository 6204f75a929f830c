use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Face, FaceOrigin, FontLibrary, FontRequest, FontSource, SelectedFace};
use crate::document::Script;

fn fonts_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")
}

fn carried() -> FontLibrary {
    FontLibrary::load(FontSource::Carried, Some(&fonts_folder())).unwrap()
}

fn request(family: &str, bold: bool, script: Script) -> FontRequest {
    FontRequest { family: family.into(), bold, italic: false, script }
}

fn set(fonts: &FontLibrary, request: &FontRequest, character: char) -> (String, SelectedFace) {
    let (selected, glyph) = fonts.glyph(&fonts.select(request), character).unwrap();
    assert_ne!(glyph.id, 0);
    (fonts.face(selected.face).postscript_name().to_owned(), selected)
}

fn name(fonts: &FontLibrary, family: &str, script: Script, character: char) -> String {
    set(fonts, &request(family, false, script), character).0
}

#[test]
fn every_family_of_an_official_document_has_its_carried_face() {
    let fonts = carried();
    for (family, face) in [
        ("仿宋_GB2312", "FandolFang-Regular"),
        ("FangSong", "FandolFang-Regular"),
        ("方正小标宋简体", "NotoSerifSC-Black"),
        ("黑体", "NotoSansSC-Medium"),
        ("楷体_GB2312", "HuibaoKai-Regular"),
        ("宋体", "NotoSerifSC-Regular"),
        ("simsun", "NotoSerifSC-Regular"),
        ("没有这种字体", "NotoSerifSC-Regular"),
    ] {
        assert_eq!(name(&fonts, family, Script::EastAsian, '公'), face, "{family}");
    }
    assert_eq!(name(&fonts, "Times New Roman", Script::Latin, '8'), "LiberationSerif");
}

#[test]
fn a_character_that_fangsong_lacks_comes_from_the_light_kai() {
    for character in ['喆', '堃', '玥', '珺', '镕', '瑄', '昇', '祎', '旻'] {
        assert_eq!(name(&carried(), "仿宋_GB2312", Script::EastAsian, character), "HuibaoKai-Light", "{character}");
    }
}

#[test]
fn chinese_quotes_are_never_taken_from_a_latin_face() {
    for mark in ['“', '”', '—', '…'] {
        assert_eq!(name(&carried(), "Times New Roman", Script::EastAsian, mark), "NotoSerifSC-Regular", "{mark}");
    }
}

#[test]
fn every_sign_of_an_office_document_has_a_face() {
    let fonts = carried();
    let signs = "☐☑☒✓✔✗✘✕✖□■○●◎◇◆△▲▽▼★☆※→←↑↓↔⇒⇔⇧➔➜➤►▶℃‰‱№☎☏✆✉✎☞☜♂♀⚠⚡♥❤❶❿➀①⑳⑴⒛㈠㈩ⅠⅫⅰⅹ㊣㎡㎏㎞€￥£¥§©®™°±×÷≠≤≥≈≡∞∑√∫∈∩∪⊂⊥∠∴∵½⅓₂²³⁺⁻₊₋▪▫◐◉❖▢☀☁☂☺⚙♻✂✈✍✝✦❀❄〒〓〇々〆✅❎❌⭕⭐⬛⬜🗹";
    for family in ["仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体", "Segoe UI Symbol"] {
        let faces = fonts.select(&request(family, false, Script::EastAsian));
        let lacking: String = signs.chars().filter(|sign| fonts.glyph(&faces, *sign).is_none()).collect();
        assert_eq!(lacking, "", "{family}");
    }
    assert_eq!(name(&fonts, "Segoe UI Symbol", Script::EastAsian, '☑'), "HuibaoSymbols");
    assert_eq!(name(&fonts, "仿宋_GB2312", Script::EastAsian, '☑'), "HuibaoSymbols");
}

#[test]
fn the_yuan_is_no_dollar_in_fangsong() {
    assert_eq!(name(&carried(), "仿宋_GB2312", Script::EastAsian, '￥'), "HuibaoKai-Regular");
    assert_eq!(name(&carried(), "仿宋_GB2312", Script::EastAsian, '＄'), "FandolFang-Regular");
}

#[test]
fn bold_is_real_for_latin_and_synthetic_for_song() {
    let fonts = carried();
    let (face, latin) = set(&fonts, &request("Times New Roman", true, Script::Latin), 'A');
    assert_eq!((face.as_str(), latin.synthetic_bold), ("LiberationSerif-Bold", false));
    let (face, song) = set(&fonts, &request("宋体", true, Script::EastAsian), '市');
    assert_eq!((face.as_str(), song.synthetic_bold), ("NotoSerifSC-Regular", true));
}

#[test]
fn han_is_one_em_wide_and_latin_as_wide_as_times_new_roman() {
    let fonts = carried();
    let advance = |family, script, character| {
        fonts.glyph(&fonts.select(&request(family, false, script)), character).unwrap().1.advance_em
    };
    for family in ["仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"] {
        assert_eq!(advance(family, Script::EastAsian, '国'), 1.0, "{family}");
    }
    assert_eq!(advance("Times New Roman", Script::Latin, '0'), 0.5);
}

#[test]
fn metrics_point_up_and_down() {
    let fonts = carried();
    for family in ["仿宋_GB2312", "黑体", "宋体", "楷体"] {
        let (_, selected) = set(&fonts, &request(family, false, Script::EastAsian), '国');
        let metrics = fonts.face(selected.face).vertical_metrics();
        assert!(metrics.ascent_em > 0.5 && metrics.descent_em > 0.0, "{family}: {metrics:?}");
        assert!(metrics.win_ascent_em > 0.5 && metrics.win_descent_em > 0.0, "{family}: {metrics:?}");
        assert!(metrics.east_asian, "{family}: {metrics:?}");
    }
}

#[test]
fn without_its_file_fangsong_falls_to_kai_and_the_user_is_told() {
    let nothing = tempfile::tempdir().unwrap();
    let fonts = FontLibrary::load(FontSource::Carried, Some(nothing.path())).unwrap();
    assert_eq!(name(&fonts, "仿宋_GB2312", Script::EastAsian, '喆'), "HuibaoKai-Regular");
    assert_eq!(fonts.notes().iter().map(|note| note.code).collect::<Vec<_>>(), ["font.no-fangsong"]);
    assert!(carried().notes().is_empty());
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let problem = FontLibrary::load(FontSource::Carried, Some(Path::new("没有这个文件夹"))).unwrap_err();
    assert_eq!(problem.code, "font.folder-unreadable");
}

#[test]
fn a_broken_file_is_passed_over() {
    assert!(Face::open("不是字体".as_bytes().to_vec(), 0).is_none());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("FandolFang-Regular.otf"), "不是字体").unwrap();
    let fonts = FontLibrary::load(FontSource::Carried, Some(folder.path())).unwrap();
    assert_eq!(name(&fonts, "仿宋", Script::EastAsian, '公'), "HuibaoKai-Regular");
}

#[test]
fn the_list_names_origin_and_licence_of_every_carried_face() {
    let fonts = carried();
    let list = fonts.list();
    assert_eq!(list.len(), fonts.carried_files().len());
    assert!(list.iter().all(|face| face.licence.is_some()));
    assert!(list.iter().any(|face| face.origin == FaceOrigin::File(fonts_folder().join("FandolFang-Regular.otf"))));
}

#[test]
fn with_the_faces_of_the_system_every_request_still_finds_a_face() {
    let fonts = FontLibrary::load(FontSource::System, Some(&fonts_folder())).unwrap();
    for family in ["仿宋_GB2312", "没有这种字体", "Times New Roman"] {
        set(&fonts, &request(family, false, Script::EastAsian), '喆');
    }
}

#[test]
fn the_files_in_fonts_are_those_that_the_build_script_made() {
    let Ok(output) =
        Command::new("sha256sum").args(["--check", "--quiet", "SHA256SUMS"]).current_dir(fonts_folder()).output()
    else {
        return; // no sha256sum on this system
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
