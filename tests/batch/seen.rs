//! What is told of a run: records, events, a log; and a project that is watched.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::city::{build, city, contents, tables, write};

#[test]
fn a_record_has_every_report_with_its_files_pages_time_and_problems() {
    let project = city();
    project.change("templates/school.md", "# {{名称}}\n", "# {{名称}}\n\n{{地址}}\n");
    let mut all = tables();
    all.get_mut("学校").unwrap()[2][4] = "\u{2ebf0}街".to_owned();
    write(&project, &all);
    fs::create_dir_all(project.path("out/学校")).unwrap();
    fs::write(project.path("out/学校/03.pdf"), "mine").unwrap();
    let run = build(&project, "out", &["--record", "run.json", "--record", "run.html"]);
    assert_eq!(run.code, 1);
    let record: serde_json::Value = serde_json::from_slice(&fs::read(project.path("run.json")).unwrap()).unwrap();
    let reports = record["reports"].as_array().unwrap();
    let of = |name: &str| reports.iter().find(|report| report["report"] == name).unwrap();
    assert_eq!(reports.len(), 7);
    assert_eq!(of("school 03")["state"], "failed");
    assert_eq!(of("school 03")["problems"][0]["code"], "batch.not-ours");
    let made = of("school 02");
    assert_eq!((made["state"].as_str(), made["pages"].as_u64()), (Some("made"), Some(1)));
    assert_eq!(made["files"].as_array().unwrap().len(), 2);
    assert!(made["seconds"].as_f64().unwrap() > 0.0);
    assert_eq!(made["problems"][0]["code"], "batch.missing-character");
    let page = fs::read_to_string(project.path("run.html")).unwrap();
    assert_eq!(page.matches("<tr class=").count(), 7);
    assert!(page.contains("school 03") && page.contains("did not make"), "{page}");
    let (code, text) = project.run(&["build", "--record", "run.txt", "--lang", "zh"]);
    assert!(code == 2 && text.contains(".json 或 .html"), "{text}");
}

#[test]
fn events_come_a_line_each_and_the_log_has_them_in_words() {
    let project = city();
    let (code, text) = project.run(&["build", "--fonts", "carried", "--events", "--log", "run.log", "--lang", "zh"]);
    assert_eq!(code, 0, "{text}");
    let events: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!((names[0], names[names.len() - 1]), ("begun", "ended"));
    assert_eq!(names.iter().filter(|name| **name == "made").count(), 7);
    assert_eq!((events[0]["reports"].as_u64(), events[8]["made"].as_u64()), (Some(7), Some(7)));
    let log = fs::read_to_string(project.path("run.log")).unwrap();
    assert!(log.lines().count() == 9 && log.contains("做成 school 01") && log.contains("做成 7 份报告"), "{log}");
    let (_, text) = project.run(&["build", "--fonts", "carried", "--events"]);
    assert_eq!(text.lines().filter(|line| line.contains("\"unchanged\",")).count(), 7, "{text}");
}

#[test]
fn a_saved_workbook_is_made_into_its_reports_while_the_project_is_watched() {
    let project = city();
    let child = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(["watch", "--fonts", "carried", "--events"])
        .current_dir(project.path(""))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut child = Watching(child);
    let (send, lines) = channel();
    let output = BufReader::new(child.0.stdout.take().unwrap());
    std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(send.send(line))));
    // The reports made until the next end of a run that made some.
    let made = || {
        let mut made = Vec::new();
        loop {
            let line = lines.recv_timeout(Duration::from_secs(60)).expect("no run came to its end");
            let Ok(event) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
            match event["event"].as_str() {
                Some("made") => made.push(event["report"].as_str().unwrap().to_owned()),
                Some("ended") if !made.is_empty() => break,
                _ => {}
            }
        }
        made.sort();
        made
    };
    assert_eq!(made().len(), 7);
    std::thread::sleep(Duration::from_millis(300));
    let mut all = tables();
    all.get_mut("党支部").unwrap()[3][2] = "77".to_owned();
    let start = Instant::now();
    let rows: Vec<Vec<&str>> = all["党支部"].iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    project.workbook("input/党支部.xlsx", "党支部", &rows);
    assert_eq!(made(), ["city", "district 东区", "school 02"]);
    eprintln!("{:?} from the save to the reports", start.elapsed());
    std::thread::sleep(Duration::from_millis(300));
    project.change("templates/school.md", "人。", "人！");
    assert_eq!(made().len(), 4);
    // Nothing goes on by itself.
    std::thread::sleep(Duration::from_millis(600));
    assert!(lines.try_iter().all(|line| !line.contains("\"begun\"")));
    #[cfg(unix)]
    {
        Command::new("kill").args(["-INT", &child.0.id().to_string()]).status().unwrap();
        assert!(child.0.wait().unwrap().success());
    }
    drop(child);
    assert_eq!(build(&project, "out", &[]).unchanged, 7);
    assert!(contents(&project.path("out")).len() > 7);
}

/// A program that ends with the test.
struct Watching(std::process::Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
