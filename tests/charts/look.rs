//! Charts as LibreOffice draws them from the Word file, beside those of the PDF, as pictures.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::{CASES, Project, TABLES, common, data};

/// A project with a report a chart; each chart is the first thing on its page.
fn one_each(cases: &[(&str, &str)]) -> Project {
    let project = Project::new();
    let (tables, _) = TABLES.split_once("[[report]]").unwrap();
    let mut settings = tables.to_owned();
    for (name, tag) in cases {
        settings +=
            &format!("[[report]]\nname = \"{name}\"\ntemplate = \"templates/{name}.md\"\noutput = \"{name}\"\n\n");
        let text = if tag.is_empty() { "没有图。".to_owned() } else { format!("{{{{图表 {tag}}}}}") };
        project.write(&format!("templates/{name}.md"), &format!("---\n样式：gongwen\n---\n\n{text}\n"));
    }
    project.write("huibao.toml", &settings);
    data(&project);
    project
}

/// What the judge tells of pairs of Word files and PDFs, by their names.
fn judged(project: &Project, pairs: &[(&str, &str)]) -> HashMap<String, serde_json::Value> {
    let (code, said) = project.run(&["build", "--fonts", "carried", "--lang", "zh"]);
    assert_eq!(code, 0, "{said}");
    let fonts = project.path("fonts");
    let (code, said) = project.run(&["fonts", "--fonts", "carried", "--export", fonts.to_str().unwrap()]);
    assert_eq!(code, 0, "{said}");
    let file = |name: &str, extension: &str| -> PathBuf { project.path(&format!("out/{name}.{extension}")) };
    let pairs =
        pairs.iter().map(|(word, pdf)| format!("{}={}", file(word, "docx").display(), file(pdf, "pdf").display()));
    let judge = common::root().join("tests/judges/chart_pictures.py");
    let output = common::run(Command::new("python3").arg(judge).arg(fonts).args(pairs));
    let told = String::from_utf8(output.stdout).unwrap();
    let lines = told.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines.map(|line| (line["pdf"].as_str().unwrap().to_owned(), line)).collect()
}

/// Why two pictures are not of one chart; the least that scores may be.
fn faults(told: &serde_json::Value, overlap: f64, size: f64) -> Vec<String> {
    let mut faults = Vec::new();
    if told["missing"] != serde_json::json!([]) {
        faults.push(format!("missing {}", told["missing"]));
    }
    for (score, least) in [("areas", 0.9), ("overlap", overlap), ("size", size), ("structure", 0.35)] {
        if told[score].as_f64().unwrap() < least {
            faults.push(format!("{score} {} < {least}", told[score]));
        }
    }
    faults
}

fn has_judges() -> bool {
    ["soffice", "pillow"].into_iter().all(common::has_judge)
}

#[test]
fn libreoffice_draws_each_chart_of_the_word_file_as_the_pdf_has_it() {
    if !has_judges() {
        return;
    }
    let pairs: Vec<(&str, &str)> = CASES.iter().map(|(name, _)| (*name, *name)).collect();
    let told = judged(&one_each(&CASES), &pairs);
    let mut wrong = Vec::new();
    for (name, _) in CASES {
        // axes end elsewhere: LibreOffice's begins at 800, Word's and ours at 0
        let size = if name == "scatter" { 0.45 } else { 0.75 };
        // thin lines of few points, marked by larger points
        let overlap = if name == "radar" { 0.5 } else { 0.8 };
        wrong.extend(faults(&told[name], overlap, size).iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}\n{told:#?}", wrong.join("\n"));
}

#[test]
fn the_judge_sees_a_chart_that_is_missing_or_has_other_colours_or_heights() {
    if !has_judges() {
        return;
    }
    let cases = [
        ("right", "区 类型=\"柱形图\" 分类=\"区县\" 数值=\"正式党员，预备党员\""),
        ("missing", ""),
        ("colours", "区 类型=\"柱形图\" 分类=\"区县\" 数值=\"预备党员，正式党员\""),
        ("heights", "区 类型=\"柱形图\" 分类=\"区县\" 数值=\"正式=加(正式党员 预备党员 预备党员)，预备党员\""),
        ("kind", "区 类型=\"折线图\" 分类=\"区县\" 数值=\"正式党员，预备党员\""),
    ];
    let project = one_each(&cases);
    let pairs = cases.map(|(name, _)| ("right", name));
    let told = judged(&project, &pairs);
    for (name, _) in cases {
        let faults = faults(&told[name], 0.8, 0.75);
        assert_eq!(faults.is_empty(), name == "right", "{name}: {faults:?} {}", told[name]);
    }
    assert!(fs::metadata(project.path("out/missing.pdf")).is_ok());
}
