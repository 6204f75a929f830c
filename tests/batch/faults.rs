//! What happens to programs and disks: whatever it was, nothing stands half, and the next run's outputs are those of a
//! clean run.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::city::{assert_equals_clean_run, build, city, contents, tables, write};
use super::project::Project;

/// Begins a build of all reports and does not wait for it.
fn begin(project: &Project, out: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(["build", "--all", "--fonts", "carried", "--jobs", "2", "--out", out])
        .current_dir(project.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// No temporary file is left, and no run is under way.
fn assert_tidy(project: &Project, out: &str) {
    let left: Vec<_> = contents(&project.path(out)).into_keys().filter(|name| name.ends_with(".tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
    let manifest = fs::read_to_string(project.path(&format!("{out}/.huibao.jsonl"))).unwrap();
    assert!(!manifest.contains("begun"), "{manifest}");
}

#[test]
fn killed_at_any_moment_the_next_run_makes_what_is_missing() {
    let kills = std::env::var("KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(40);
    let project = city();
    let start = Instant::now();
    assert!(begin(&project, "whole").wait().unwrap().success());
    let whole = start.elapsed();
    let mut broken_off = 0;
    for kill in 0..kills {
        let out = format!("out{}", kill % 4);
        // some into a folder in which all has to be replaced, some into an empty one
        if kill % 3 == 0 && project.path(&out).exists() {
            fs::remove_dir_all(project.path(&out)).unwrap();
        }
        let mut all = tables();
        all.get_mut("党支部").unwrap()[1][2] = (kill % 7).to_string();
        write(&project, &all);
        let mut child = begin(&project, &out);
        // moments spread over the run, in an order that jumps
        std::thread::sleep(whole.mul_f64(f64::from((kill * 37) % kills) / f64::from(kills)));
        child.kill().unwrap();
        broken_off += u32::from(!child.wait().unwrap().success());
        // whatever stands is whole
        for (name, bytes) in contents(&project.path(&format!("{out}/."))) {
            match name.rsplit_once('.').map(|(_, ending)| ending) {
                Some("pdf") => assert!(bytes.ends_with(b"%%EOF\n") || bytes.ends_with(b"%%EOF"), "{name}"),
                Some("docx" | "xlsx") => {
                    assert!(bytes.windows(4).rev().take(64).any(|end| end == b"PK\x05\x06"), "{name}")
                }
                _ => {}
            }
        }
        if kill % 2 == 0 {
            continue; // the next into this folder comes upon what this one left
        }
        let run = build(&project, &out, &[]);
        assert_eq!(run.code, 0, "{:?}", run.result["problems"]);
        assert_tidy(&project, &out);
        assert_equals_clean_run(&project, &out, "clean");
    }
    assert!(broken_off > kills / 4, "only {broken_off} of {kills} runs were killed while they ran");
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let project = city();
    build(&project, "out", &[]);
    let lock = fs::OpenOptions::new().write(true).open(project.path("out/.huibao.lock")).unwrap();
    lock.lock().unwrap();
    let (code, text) = project.run(&["build", "--all", "--fonts", "carried", "--lang", "zh"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("另一个 huibao 正在往这个输出文件夹里写"), "{text}");
    drop(lock);
    assert_eq!(build(&project, "out", &[]).unchanged, 7);
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn two_runs_at_once_leave_what_one_leaves() {
    let project = city();
    let mut children = [begin(&project, "out"), begin(&project, "out"), begin(&project, "out")];
    let codes: Vec<_> = children.iter_mut().map(|child| child.wait().unwrap().code().unwrap()).collect();
    assert!(codes.contains(&0) && codes.iter().all(|code| [0, 2].contains(code)), "{codes:?}");
    assert_tidy(&project, "out");
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn a_manifest_of_anything_at_all_costs_time_and_no_report() {
    let project = city();
    build(&project, "out", &[]);
    let path = project.path("out/.huibao.jsonl");
    let sound = fs::read(&path).unwrap();
    let half = sound[..sound.len() / 2].to_vec();
    let mixed = [b"\xff\xfe\x00\n{}\n[1]\n".as_slice(), &sound[..100], b"\n", &sound].concat();
    for (what, text, code) in
        [("empty", Vec::new(), None), ("half", half, None), ("mixed", mixed, Some("manifest-damaged"))]
    {
        fs::write(&path, text).unwrap();
        let run = build(&project, "out", &[]);
        assert_eq!((run.code, run.made.len() + run.unchanged), (0, 7), "{what}: {:?}", run.result);
        assert_eq!(code.is_some(), run.result["problems"].to_string().contains("manifest-damaged"), "{what}");
        assert_tidy(&project, "out");
        assert_equals_clean_run(&project, "out", "clean");
    }
}

#[test]
fn a_manifest_names_nothing_outside_the_folder_to_be_removed() {
    let project = city();
    build(&project, "out", &[]);
    project.write("mine.docx", "mine");
    let hash = blake3::hash(b"mine").to_hex().to_string();
    for path in ["../mine.docx", "/etc/hostname", "a/../../mine.docx"] {
        let line =
            format!("{{\"report\":\"x\",\"output\":\"{path}\",\"from\":\"\",\"files\":{{\"{path}\":\"{hash}\"}}}}\n");
        let manifest = project.path("out/.huibao.jsonl");
        fs::write(&manifest, [fs::read(&manifest).unwrap(), line.into_bytes()].concat()).unwrap();
    }
    build(&project, "out", &["--prune"]);
    assert_eq!(fs::read(project.path("mine.docx")).unwrap(), b"mine");
}

#[test]
fn a_workbook_that_has_vanished_keeps_everything_as_it_is() {
    let project = city();
    build(&project, "out", &[]);
    let before = contents(&project.path("out"));
    let book = project.path("input/党支部.xlsx");
    fs::rename(&book, project.path("elsewhere.xlsx")).unwrap();
    assert_eq!(build(&project, "out", &["--prune"]).code, 2);
    assert_eq!(contents(&project.path("out")), before);
    fs::rename(project.path("elsewhere.xlsx"), book).unwrap();
    assert_eq!(build(&project, "out", &[]).unchanged, 7);
}

#[test]
fn an_output_folder_that_has_vanished_is_made_anew() {
    let project = city();
    build(&project, "out", &[]);
    fs::remove_dir_all(project.path("out/学校")).unwrap();
    let run = build(&project, "out", &[]);
    assert_eq!((run.code, run.made.len(), run.unchanged), (0, 4, 3));
    assert_equals_clean_run(&project, "out", "clean");
}

#[cfg(unix)]
#[test]
fn a_full_disk_ends_the_run_and_the_next_goes_on() {
    // A limit of the size of files stands in for a disk: writing beyond it fails as a full disk does.
    let project = city();
    let program = env!("CARGO_BIN_EXE_huibao");
    let limited = |kilobytes: u32| {
        let line = format!(
            "trap '' XFSZ; ulimit -f {kilobytes}; exec {program} build --fonts carried --lang zh --jobs 1 --out out"
        );
        let output = Command::new("bash").args(["-c", &line]).current_dir(project.path("")).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        (output.status.code().unwrap(), text)
    };
    let (code, text) = limited(8);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("磁盘满了") && text.contains("还剩"), "{text}");
    assert!(contents(&project.path("out")).keys().all(|name| !name.ends_with(".tmp")));
    let run = build(&project, "out", &[]);
    assert_eq!(run.code, 0, "{:?}", run.result["problems"]);
    assert_tidy(&project, "out");
    assert_equals_clean_run(&project, "out", "clean");
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_disk_that_is_really_full_nothing_stands_half() {
    let project = city();
    fs::create_dir_all(project.path("small")).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=60k none small && {program} build --fonts carried --lang en --jobs 2 --out small/out; \
         code=$?; find small -name '*.tmp' | wc -l; mount -o remount,size=64m small && \
         {program} build --fonts carried --lang en --out small/out >&2 && cp -r small/out kept; echo $code",
        program = env!("CARGO_BIN_EXE_huibao")
    );
    let mut command = Command::new("unshare");
    let output = command.args(["--user", "--map-root-user", "--mount", "bash", "-c", &script]);
    let Ok(output) = output.current_dir(project.path("")).output() else { return };
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if errors.contains("unshare:") || errors.contains("mount:") {
        eprintln!("skipped: no disk of its own may be mounted here ({errors})");
        return;
    }
    let lines: Vec<_> = said.lines().collect();
    let [.., left, code] = lines.as_slice() else { panic!("{said}{errors}") };
    assert!(*left == "0" && ["1", "3"].contains(code), "{said}{errors}");
    assert_equals_clean_run(&project, "kept", "clean");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let project = city();
    build(&project, "out", &[]);
    let folder = project.path("out/学校");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let may_all_the_same = fs::write(folder.join("x"), "").is_ok();
    let _ = fs::remove_file(folder.join("x"));
    project.change("templates/school.md", "人。", "人！");
    let run = build(&project, "out", &[]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    if may_all_the_same {
        eprintln!("skipped: this user may write everywhere");
    } else {
        assert_eq!((run.code, run.result["failed"].as_array().unwrap().len()), (1, 4));
        assert!(run.result["problems"].to_string().contains("cannot-write"));
    }
    assert_eq!(build(&project, "out", &[]).code, 0);
    assert_equals_clean_run(&project, "out", "clean");
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_finishes_what_it_has_in_hand_and_says_what_is_left() {
    let project = city();
    let mut stopped = 0;
    for round in 0..12_u64 {
        let out = format!("out{round}");
        let child = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["build", "--fonts", "carried", "--jobs", "1", "--lang", "en", "--json", "--out", &out])
            .current_dir(project.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(60 + 40 * round));
        let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        let output = child.wait_with_output().unwrap();
        if output.status.code() == Some(3) {
            stopped += 1;
            let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            let number = |key: &str| result[key].as_array().unwrap().len();
            assert_eq!(number("made") + number("remaining"), 7);
            assert!(number("remaining") > 0);
            assert_tidy(&project, &out);
            assert_eq!(build(&project, &out, &[]).unchanged, number("made"));
        } else if output.status.code() == Some(0) {
            break; // done before it was told
        }
        if project.path(&out).exists() {
            assert_eq!(build(&project, &out, &[]).code, 0);
            assert_equals_clean_run(&project, &out, "clean");
        }
    }
    assert!(stopped > 0, "no run was stopped while it ran");
}
