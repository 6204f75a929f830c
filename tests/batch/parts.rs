//! A project made in parts, by several programs, and put together.

use std::fs;
use std::process::{Command, Stdio};

use super::city::{assert_equals_clean_run, build, city, contents, tables, write};
use super::project::Project;

fn parts(project: &Project, of: u32) -> Vec<String> {
    let children = (1..=of).map(|number| {
        let (shard, out) = (format!("{number}/{of}"), format!("part{number}"));
        let child = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["build", "--fonts", "carried", "--shard", &shard, "--out", &out])
            .current_dir(project.path(""))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        (child, out)
    });
    let children: Vec<_> = children.collect();
    let wait = |(mut child, out): (std::process::Child, String)| {
        assert!(child.wait().unwrap().success());
        out
    };
    children.into_iter().map(wait).collect()
}

fn collect(project: &Project, parts: &[String]) -> (i32, String) {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    project.run(&[&["collect", "--lang", "zh", "--out", "out"], parts.as_slice()].concat())
}

#[test]
fn four_parts_in_four_programs_are_one_run_to_the_byte() {
    let project = city();
    let parts = parts(&project, 4);
    let sizes: Vec<_> = parts.iter().map(|part| contents(&project.path(part)).len()).collect();
    assert!(sizes.iter().filter(|size| **size > 1).count() > 1, "{sizes:?}");
    let (code, text) = collect(&project, &parts);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("做成 7 份报告"), "{text}");
    assert_equals_clean_run(&project, "out", "clean");
    // The next run over everything finds them made.
    assert_eq!(build(&project, "out", &[]).unchanged, 7);
}

#[test]
fn a_report_stays_in_its_part_when_others_come() {
    let project = city();
    let parts = parts(&project, 3);
    let before: Vec<_> = parts.iter().map(|part| contents(&project.path(part))).collect();
    let mut all = tables();
    let new = ["05", "五小", "东区", "60", "中街"].map(str::to_owned).to_vec();
    all.get_mut("学校").unwrap().insert(1, new);
    write(&project, &all);
    let again = super::parts::parts(&project, 3);
    for (part, before) in again.iter().zip(before) {
        let now = contents(&project.path(part));
        assert!(before.keys().all(|name| now.contains_key(name)), "{part}");
    }
    assert_eq!(collect(&project, &again).0, 0);
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn what_does_not_fit_together_is_told_and_nothing_is_collected() {
    let project = city();
    let parts = parts(&project, 2);
    let (code, text) = collect(&project, &[parts[0].clone(), "input".into()]);
    assert!(code == 2 && text.contains("没有清单"), "{text}");
    fs::create_dir_all(project.path("old")).unwrap();
    project.change("templates/school.md", "人。", "人！");
    assert_eq!(build(&project, "old", &[]).code, 0);
    let (code, text) = collect(&project, &[parts[0].clone(), parts[1].clone(), "old".into()]);
    assert!(code == 2 && text.contains("两份不一样"), "{text}");
    let docx = contents(&project.path("part1")).into_keys().chain(contents(&project.path("part2")).into_keys());
    let docx = docx.filter(|name| name.ends_with(".docx")).collect::<Vec<_>>();
    let of = ["part1", "part2"].iter().find(|part| project.path(part).join(&docx[0]).exists()).unwrap();
    fs::write(project.path(of).join(&docx[0]), "changed").unwrap();
    let (code, text) = collect(&project, &parts);
    assert!(code == 1 && text.contains("做好以后有人改过"), "{text}");
    assert!(!project.path("out").join(&docx[0]).exists());
}
