//! What others say of the charts in a Word file: Microsoft's Open XML SDK, and openpyxl of the workbooks behind them.

use std::process::Command;

use super::{CASES, common, project};

/// Tells every chart of a Word file: its kinds, and each reference of its part with the cells that it names, where the
/// values kept in the part are those of the cells.
const READ: &str = r#"
import io, re, sys, zipfile
from xml.etree import ElementTree
import openpyxl
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
parts = zipfile.ZipFile(sys.argv[1])
charts = sorted((n for n in parts.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", n)), key=lambda n: int(re.findall(r"\d+", n)[0]))
for name in charts:
    relations = ElementTree.fromstring(parts.read(name.replace("charts/", "charts/_rels/") + ".rels"))
    target = relations.find(R + "Relationship").get("Target").replace("../", "word/")
    sheet = openpyxl.load_workbook(io.BytesIO(parts.read(target)))["Sheet1"]
    part = ElementTree.fromstring(parts.read(name))
    kinds = [e.tag[len(C):] for e in part.find(f".//{C}plotArea") if e.tag.endswith("Chart")]
    count = 0
    for reference in list(part.iter(C + "strRef")) + list(part.iter(C + "numRef")):
        cells = sheet[reference.find(C + "f").text.split("!")[1].replace("$", "")]
        cells = [row[0] for row in cells] if isinstance(cells, tuple) else [cells]
        kept = {int(p.get("idx")): p.find(C + "v").text for p in reference.iter(C + "pt")}
        for at, cell in enumerate(cells):
            value = kept.get(at)
            if reference.tag == C + "numRef":
                value = None if value is None else float(value)
            assert cell.value == value, (name, cell.coordinate, cell.value, value)
            count += cell.value is not None
    print(" ".join(kinds), len(list(part.iter(C + "ser"))), count)
"#;

/// A Word file with all charts.
fn built(project: &super::Project) -> std::path::PathBuf {
    let (code, said) = project.run(&["build", "--fonts", "carried", "--lang", "zh"]);
    assert_eq!(code, 0, "{said}");
    project.path("out/图表.docx")
}

#[test]
fn microsofts_sdk_finds_no_fault_in_any_chart() {
    if !common::has_judge("ooxml-validator") {
        return;
    }
    let project = project(&CASES);
    let output =
        Command::new("ooxml-validator").arg(built(&project)).args(["--officeVersion", "Office2019"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_workbooks_behind_charts_hold_what_the_charts_show() {
    if !common::has_judge("openpyxl") {
        return;
    }
    let project = project(&CASES);
    let output = common::run(Command::new("python3").args(["-c", READ]).arg(built(&project)));
    let told = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), CASES.len(), "{told}");
    // two series of three values with their names, and the names of the categories for each
    assert_eq!(lines[0], "barChart 2 14");
    assert_eq!(lines[6], "lineChart 1 21");
    assert_eq!(lines[15], "barChart lineChart 2 14");
    assert_eq!(lines[16], "barChart 1 20", "a blank is an empty cell");
}
