//! What others say of an official document with every element.

use std::fs;
use std::process::Command;

use crate::common::{has_judge, run};
use crate::set::project;

const EVERYTHING: &str = "---\n样式：official\n份号：1\n密级：机密★1年\n紧急程度：特急\n发文机关标志：云江市教育局、云江市财政局文件\n\
    发文字号：云教发〔2023〕15号\n签发人：赵学文、钱多\n标题：云江市教育局关于做好年度总结的通知\n主送：各区县教育局\n\
    署名：云江市教育局、云江市财政局\n日期：2024年1月15日\n盖章：是\n附注：此件公开发布\n抄送：市委组织部，市委宣传部\n\
    印发机关：云江市教育局办公室\n印发日期：2024年1月16日\n---\n\n# 总体\n\n请按时报送。\n\n题：各区县情况{横排}\n\n\
    | 区县 | 人数 |\n|---|---:|\n| 东区 | 12 |\n\n又一段。\n\n# 附件：要求\n\n写清楚。\n\n# 附件：名单\n\n名单略。\n";

#[test]
fn the_open_xml_sdk_and_libreoffice_take_every_element() {
    let project = project(EVERYTHING);
    let (code, said) = project.run(&["build", "--fonts", "carried", "--lang", "zh"]);
    assert_eq!(code, 0, "{said}");
    let (docx, pdf) = (project.path("out/公文.docx"), project.path("out/公文.pdf"));
    if has_judge("ooxml-validator") {
        run(Command::new("ooxml-validator").arg(&docx).args(["--officeVersion", "Office2019"]));
    }
    if has_judge("qpdf") {
        run(Command::new("qpdf").arg("--check").arg(&pdf));
    }
    if !(has_judge("soffice") && has_judge("pdftotext")) {
        return;
    }
    let profile = format!("-env:UserInstallation=file://{}", project.path("profile").display());
    let there = project.path("libreoffice/公文.pdf");
    let convert = ["--headless", "--convert-to", "pdf", "--outdir"];
    run(Command::new("soffice").arg(profile).args(convert).arg(there.parent().unwrap()).arg(&docx));
    let pages = |path| {
        let output = run(Command::new("pdftotext").arg("-layout").arg(path).arg("-"));
        let text = String::from_utf8(output.stdout).unwrap();
        let pages =
            text.trim_end_matches('\u{C}').split('\u{C}').map(|page| page.split_whitespace().collect::<String>());
        pages.collect::<Vec<_>>()
    };
    let (ours, theirs) = (pages(&pdf), pages(&there));
    assert_eq!(ours.len(), theirs.len(), "{theirs:#?}");
    for (ours, theirs) in ours.iter().zip(&theirs) {
        for piece in ["机密★1年", "又一段", "附件2", "抄送：市委组织部", "2024年1月16日印发"] {
            assert_eq!(ours.contains(piece), theirs.contains(piece), "{piece}\n{ours}\n{theirs}");
        }
    }
    assert!(fs::metadata(&docx).unwrap().len() > 0);
}
