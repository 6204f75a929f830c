//! Only what is needed is made again.

use std::fs;

use super::city::{assert_equals_clean_run, build, city, tables, write};
use super::project::Project;

/// Changes a cell of a table's workbook.
fn change(project: &Project, table: &str, row: usize, column: usize, value: &str) {
    let mut all = tables();
    all.get_mut(table).unwrap()[row][column] = value.to_owned();
    write(project, &all);
}

#[test]
fn nothing_is_made_again_when_nothing_has_changed() {
    let project = city();
    let first = build(&project, "out", &[]);
    assert_eq!((first.code, first.made.len(), first.unchanged), (0, 7, 0), "{first:?}");
    let manifest = fs::read(project.path("out/.huibao.jsonl")).unwrap();
    let second = build(&project, "out", &[]);
    assert_eq!((second.code, second.made.len(), second.unchanged), (0, 0, 7));
    assert_eq!(fs::read(project.path("out/.huibao.jsonl")).unwrap(), manifest);
    let all = build(&project, "out", &["--all"]);
    assert_eq!((all.made.len(), all.unchanged), (7, 0));
}

#[test]
fn a_schools_cell_is_its_own_its_districts_and_the_citys() {
    let project = city();
    build(&project, "out", &[]);
    change(&project, "党支部", 3, 2, "10");
    assert_eq!(build(&project, "out", &[]).made, ["city", "district 东区", "school 02"]);
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn what_a_template_never_reads_makes_nothing_anew_and_what_it_reads_of_all_makes_all_anew() {
    let project = city();
    build(&project, "out", &[]);
    change(&project, "培训", 1, 1, "31");
    assert_eq!(build(&project, "out", &[]).made, ["city"]);
    write(&project, &tables());
    build(&project, "out", &[]);
    // of the activities only the districts' workbooks have something
    change(&project, "活动", 2, 2, "32");
    assert_eq!(build(&project, "out", &[]).made, ["district 西区"]);
    write(&project, &tables());
    build(&project, "out", &[]);
    // the rank among all
    change(&project, "学校", 1, 3, "60");
    let made = build(&project, "out", &[]).made;
    assert_eq!(made.iter().filter(|name| name.starts_with("school")).count(), 4, "{made:?}");
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn a_template_a_style_and_the_project_count() {
    let project = city();
    build(&project, "out", &[]);
    project.change("templates/district.md", "：", "有");
    assert_eq!(build(&project, "out", &[]).made, ["district 东区", "district 西区"]);
    project.write("own.toml", "based_on = \"plain\"\n\n[normal]\ncharacter_spacing = \"1pt\"\n");
    project.change("huibao.toml", "\"plain\"", "\"own.toml\"");
    assert_eq!(build(&project, "out", &[]).made.len(), 7);
    project.change("own.toml", "1pt", "2pt");
    assert_eq!(build(&project, "out", &[]).made.len(), 7);
    project.change("huibao.toml", "年度总结", "总结");
    assert_eq!(build(&project, "out", &[]).made.len(), 7);
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn a_document_and_a_picture_that_are_put_in_count() {
    let project = city();
    let png = |shade: u8| {
        // One pixel; the bytes of its data are stored, not deflated.
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut chunk = |kind: &[u8; 4], data: &[u8]| {
            png.extend((data.len() as u32).to_be_bytes());
            png.extend(kind);
            png.extend(data);
            let mut crc = flate2::Crc::new();
            crc.update(kind);
            crc.update(data);
            png.extend(crc.sum().to_be_bytes());
        };
        chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut deflated, &[0, shade]).unwrap();
        chunk(b"IDAT", &deflated.finish().unwrap());
        chunk(b"IEND", &[]);
        png
    };
    for school in ["01", "02", "03", "04"] {
        fs::write(project.path(&format!("照片/{school}.png")), png(10)).unwrap();
        project.write(&format!("templates/部分/{school}.md"), "都好。\n");
    }
    project.write("templates/尾.md", "完。\n");
    project.change("templates/school.md", "# {{名称}}\n", "# {{名称}}\n\n{{插入文档 \"尾.md\"}}\n\n{{图片 地址}}\n");
    let mut all = tables();
    let address = |row: usize| format!("照片/{:02}.png", row);
    all.get_mut("学校").unwrap().iter_mut().enumerate().skip(1).for_each(|(at, row)| row[4] = address(at));
    write(&project, &all);
    let first = build(&project, "out", &[]);
    assert_eq!((first.code, first.made.len()), (0, 7), "{first:?}");
    assert_eq!(build(&project, "out", &[]).unchanged, 7);
    fs::write(project.path("照片/02.png"), png(99)).unwrap();
    assert_eq!(build(&project, "out", &[]).made, ["school 02"]);
    project.write("templates/尾.md", "结束。\n");
    assert_eq!(build(&project, "out", &[]).made.len(), 4);
    // a document that data name may be any of those in the template's folder
    project.change("templates/school.md", "\"尾.md\"", "名称");
    all.get_mut("学校")
        .unwrap()
        .iter_mut()
        .enumerate()
        .skip(1)
        .for_each(|(at, row)| row[1] = format!("部分/{at:02}.md"));
    write(&project, &all);
    let made = build(&project, "out", &[]);
    assert_eq!((made.code, made.made.len()), (0, 7), "{made:?}");
    assert_eq!(build(&project, "out", &[]).unchanged, 7);
    project.write("templates/部分/03.md", "都很好。\n");
    assert!(build(&project, "out", &[]).made.contains(&"school 03".to_owned()));
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn a_file_that_is_gone_is_made_again_and_one_that_somebody_changed_is_not_replaced() {
    let project = city();
    build(&project, "out", &[]);
    fs::remove_file(project.path("out/学校/03.pdf")).unwrap();
    assert_eq!(build(&project, "out", &[]).made, ["school 03"]);
    fs::write(project.path("out/学校/03.pdf"), "mine").unwrap();
    let run = build(&project, "out", &[]);
    assert_eq!((run.code, run.result["failed"][0].as_str()), (1, Some("school 03")));
    assert_eq!(fs::read(project.path("out/学校/03.pdf")).unwrap(), b"mine");
    assert_eq!(build(&project, "out", &["--replace"]).made, ["school 03"]);
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn one_format_alone_is_made_and_the_others_stay_as_they_are() {
    let project = city();
    build(&project, "out", &["--format", "pdf"]);
    assert_eq!(build(&project, "out", &["--format", "pdf"]).unchanged, 4);
    assert_eq!(build(&project, "out", &[]).made.len(), 7);
    assert_eq!(build(&project, "out", &["--format", "pdf"]).unchanged, 4);
    assert_eq!(build(&project, "out", &[]).unchanged, 7);
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn figures_trace_to_where_their_cells_stand_now() {
    let project = city();
    build(&project, "out", &["--trace"]);
    assert_eq!(build(&project, "out", &["--trace"]).unchanged, 7);
    let mut all = tables();
    let school = all.get_mut("学校").unwrap();
    let last = school.pop().unwrap();
    school.insert(1, last);
    write(&project, &all);
    let made = build(&project, "out", &["--trace"]).made;
    assert_eq!(made.iter().filter(|name| name.starts_with("school")).count(), 4, "{made:?}");
}

#[test]
fn warnings_of_reports_that_stand_already_are_told_again() {
    let project = city();
    let mut all = tables();
    all.get_mut("学校").unwrap()[2][4] = "\u{2ebf0}街".to_owned();
    write(&project, &all);
    project.change("templates/school.md", "# {{名称}}\n", "# {{名称}}\n\n{{地址}}\n");
    let first = build(&project, "out", &[]);
    let second = build(&project, "out", &[]);
    assert!(first.result["problems"].to_string().contains("missing-character"), "{}", first.result["problems"]);
    assert_eq!((second.unchanged, &second.result["problems"]), (7, &first.result["problems"]));
}

#[test]
fn a_report_whose_unit_is_gone_is_listed_and_pruned_only_as_it_was_made() {
    let project = city();
    build(&project, "out", &[]);
    let mut all = tables();
    all.get_mut("学校").unwrap().retain(|row| row[0] != "03" && row[0] != "04");
    all.get_mut("党支部").unwrap().retain(|row| row[0] != "03" && row[0] != "04");
    all.get_mut("活动").unwrap().retain(|row| row[0] != "04");
    write(&project, &all);
    fs::write(project.path("out/学校/04.docx"), "mine").unwrap();
    fs::write(project.path("out/学校/别的.docx"), "mine").unwrap();
    let listed = build(&project, "out", &[]);
    let vanished = listed.result["vanished"].as_array().unwrap();
    assert_eq!((vanished.len(), vanished[0]["report"].as_str()), (2, Some("school 03")));
    assert!(project.path("out/学校/03.docx").exists());
    // A run over some reports knows nothing of the others.
    assert!(build(&project, "out", &["--report", "city", "--prune"]).result["vanished"].as_array().unwrap().is_empty());
    let pruned = build(&project, "out", &["--prune"]);
    assert!(!project.path("out/学校/03.docx").exists() && !project.path("out/学校/04.pdf").exists());
    assert_eq!(fs::read(project.path("out/学校/04.docx")).unwrap(), b"mine");
    assert!(project.path("out/学校/别的.docx").exists());
    assert!(pruned.result["problems"].to_string().contains("not-pruned"), "{}", pruned.result["problems"]);
}
