//! Projects and reports in an object store: the whole program against a server that speaks S3.

#![cfg(feature = "s3")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;
mod project;

#[path = "batch/city.rs"]
#[allow(dead_code, reason = "each test program uses some of it")]
mod city;

use std::collections::BTreeMap;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use object_store::ObjectStoreExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};

use city::{assert_equals_clean_run, city, contents, tables};
use project::Project;

/// A server with one bucket; its objects are files in a folder.
struct Server {
    folder: tempfile::TempDir,
    port: u16,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const KEY: [(&str, &str); 3] =
    [("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_REGION", "us-east-1")];

impl Server {
    /// Nothing if there is no such server on this machine.
    fn start() -> Option<Self> {
        if !common::has_judge("s3s-fs") {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("bucket")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new("s3s-fs")
            .args(["--host", "127.0.0.1", "--port", &port.to_string(), "--access-key", "key", "--secret-key", "secret"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { folder, port, child };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "s3s-fs does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(server)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("bucket").join(name)
    }

    /// Copies a project's files into the bucket.
    fn upload(&self, project: &Project, prefix: &str) {
        for (name, bytes) in contents(&project.path("")) {
            if name == "huibao.toml" || name.starts_with("input/") || name.starts_with("templates/") {
                self.put(&format!("{prefix}/{name}"), &bytes);
            }
        }
    }

    fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn client(&self) -> AmazonS3 {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = AmazonS3Builder::new().with_endpoint(self.endpoint()).with_allow_http(true);
        let client = client.with_region("us-east-1").with_access_key_id("key").with_secret_access_key("secret");
        client.with_bucket_name("bucket").build().unwrap()
    }

    /// Puts an object as anybody would.
    fn put(&self, name: &str, bytes: &[u8]) {
        let name = object_store::path::Path::parse(name).unwrap();
        wait(self.client().put(&name, bytes.to_vec().into())).unwrap();
    }

    fn delete(&self, name: &str) {
        let name = object_store::path::Path::parse(name).unwrap();
        wait(self.client().delete(&name)).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
        command.args(arguments).current_dir(self.folder.path()).envs(KEY);
        command.env("AWS_ENDPOINT_URL", self.endpoint()).env("AWS_ALLOW_HTTP", "true");
        command
    }

    /// Runs the program: its exit code, and what it said.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.command(arguments).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
        (output.status.code().unwrap(), text)
    }

    fn build(&self, out: &str, options: &[&str]) -> (i32, String) {
        let arguments =
            ["build", "--fonts", "carried", "--lang", "en", "--project", "s3://bucket/省/city", "--out", out];
        self.run(&[&arguments[..], options].concat())
    }

    /// The objects below a name with their content, but for the marks of the store.
    fn objects(&self, prefix: &str) -> BTreeMap<String, Vec<u8>> {
        let mut found = contents(&self.path(prefix));
        found.remove(".huibao.marks.jsonl");
        found
    }

    /// When each object below a name was put there.
    fn times(&self, prefix: &str) -> BTreeMap<String, SystemTime> {
        let root = self.path(prefix);
        let time = |name: &String| fs::metadata(root.join(name)).unwrap().modified().unwrap();
        contents(&root).keys().map(|name| (name.clone(), time(name))).collect()
    }
}

fn wait<T>(asked: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(asked)
}

const OUT: &str = "s3://bucket/省/city/out";

/// A server with the city's project.
fn served() -> Option<(Server, Project)> {
    let (server, project) = (Server::start()?, city());
    server.upload(&project, "省/city");
    Some((server, project))
}

fn assert_objects_equal(server: &Server, prefix: &str, folder: &Path) {
    let (found, wanted) = (server.objects(prefix), contents(folder));
    assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    let differ: Vec<_> = found.iter().filter(|(name, bytes)| wanted[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn a_project_in_a_store_gives_the_reports_of_one_in_a_folder_and_they_are_known_again() {
    let Some((server, project)) = served() else { return };
    let (code, text) = server.build(OUT, &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("7 reports made, 13 files in s3://bucket/省/city/out"), "{text}");
    city::build(&project, "out", &[]);
    assert_objects_equal(&server, "省/city/out", &project.path("out"));

    // Were the reports read again, this one would be seen to be another.
    fs::write(server.path("省/city/out/全市.docx"), "not looked at").unwrap();
    let before = server.times("省/city/out");
    let (code, text) = server.build(OUT, &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("0 reports made") && text.contains("7 reports unchanged"), "{text}");
    assert_eq!(server.times("省/city/out"), before);
}

#[test]
fn one_cell_changed_puts_the_reports_that_show_it() {
    let Some((server, project)) = served() else { return };
    server.build(OUT, &[]);
    let before = server.times("省/city/out");
    let mut all = tables();
    all.get_mut("党支部").unwrap()[1][2] = "13".into();
    city::write(&project, &all);
    server.upload(&project, "省/city");
    let (code, text) = server.build(OUT, &[]);
    assert_eq!(code, 0, "{text}");
    let after = server.times("省/city/out");
    let put: Vec<_> =
        after.iter().filter(|(name, time)| before[*name] != **time).map(|(name, _)| name.as_str()).collect();
    let reports: Vec<_> = put.into_iter().filter(|name| !name.starts_with('.')).collect();
    assert_eq!(reports, ["全市.docx", "区县/东区.docx", "区县/东区.xlsx", "学校/01.docx", "学校/01.pdf"]);
    city::build(&project, "out", &[]);
    assert_objects_equal(&server, "省/city/out", &project.path("out"));
}

#[test]
fn what_others_put_there_or_changed_is_neither_replaced_nor_removed() {
    let Some((server, project)) = served() else { return };
    server.put("省/city/out/学校/01.docx", b"a letter");
    let (code, text) = server.build(OUT, &[]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("s3://bucket/省/city/out/学校/01.docx") && text.contains("did not make"), "{text}");
    assert_eq!(fs::read(server.path("省/city/out/学校/01.docx")).unwrap(), b"a letter");
    let (code, text) = server.build(OUT, &["--replace"]);
    assert_eq!(code, 0, "{text}");

    server.put("省/city/out/学校/02.docx", b"edited by hand");
    let mut all = tables();
    all.get_mut("学校").unwrap().remove(2);
    all.get_mut("党支部").unwrap().retain(|row| row[0] != "02");
    city::write(&project, &all);
    server.delete("省/city/out/学校/02.pdf");
    server.upload(&project, "省/city");
    let (code, text) = server.build(OUT, &["--prune"]);
    assert!(text.contains("somebody has changed the file"), "{code} {text}");
    assert_eq!(fs::read(server.path("省/city/out/学校/02.docx")).unwrap(), b"edited by hand");
    server.delete("省/city/out/学校/02.docx");
    let (code, text) = server.build(OUT, &["--prune"]);
    assert_eq!(code, 0, "{text}");
    city::build(&project, "out", &[]);
    assert_objects_equal(&server, "省/city/out", &project.path("out"));
}

#[test]
fn a_report_of_a_unit_that_is_gone_is_removed_from_the_store() {
    let Some((server, project)) = served() else { return };
    server.build(OUT, &[]);
    let mut all = tables();
    all.get_mut("学校").unwrap().remove(4);
    all.get_mut("党支部").unwrap().retain(|row| row[0] != "04");
    all.get_mut("活动").unwrap().retain(|row| row[0] != "04");
    city::write(&project, &all);
    server.upload(&project, "省/city");
    let (code, text) = server.build(OUT, &["--prune"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("school 04): removed") && !server.path("省/city/out/学校/04.pdf").exists(), "{text}");
    city::build(&project, "out", &[]);
    assert_objects_equal(&server, "省/city/out", &project.path("out"));
}

#[test]
fn killed_or_without_its_manifest_the_next_run_knows_what_huibao_put_there() {
    let Some((server, project)) = served() else { return };
    for wait in [0, 60, 120, 200, 300] {
        let mut child = server
            .command(&["build", "--fonts", "carried", "--project", "s3://bucket/省/city", "--all"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let (code, text) = server.build(OUT, &[]);
    assert_eq!(code, 0, "{text}");
    server.delete("省/city/out/.huibao.jsonl");
    server.delete("省/city/out/.huibao.marks.jsonl");
    let mut all = tables();
    all.get_mut("党支部").unwrap()[1][2] = "13".into();
    city::write(&project, &all);
    server.upload(&project, "省/city");
    let (code, text) = server.build(OUT, &[]);
    assert_eq!(code, 0, "{text}");
    city::build(&project, "out", &[]);
    assert_objects_equal(&server, "省/city/out", &project.path("out"));
}

#[test]
fn parts_in_one_bucket_are_collected_there() {
    let Some((server, project)) = served() else { return };
    for number in 1..=3 {
        let (code, text) = server.build(&format!("s3://bucket/parts/{number}"), &["--shard", &format!("{number}/3")]);
        assert_eq!(code, 0, "{text}");
    }
    let parts = ["s3://bucket/parts/1", "s3://bucket/parts/2", "s3://bucket/parts/3"];
    let collect = [&["collect", "--lang", "en", "--out", "s3://bucket/all"], &parts[..]].concat();
    let (code, text) = server.run(&collect);
    assert_eq!(code, 0, "{text}");
    city::build(&project, "out", &[]);
    assert_objects_equal(&server, "all", &project.path("out"));
    let before = server.times("all");
    assert_eq!(server.run(&collect).0, 0);
    assert_eq!(server.times("all"), before);
}

#[test]
fn a_project_of_this_machine_is_built_into_a_store_and_one_of_a_store_into_a_folder() {
    let Some((server, project)) = served() else { return };
    let here = project.path("").display().to_string();
    let build = ["build", "--fonts", "carried", "--lang", "en"];
    let (code, text) = server.run(&[&build[..], &["--project", &here, "--out", "s3://bucket"]].concat());
    assert_eq!(code, 0, "{text}");
    city::build(&project, "out", &[]);
    let wanted = contents(&project.path("out"));
    for (name, bytes) in wanted.iter().filter(|(name, _)| !name.starts_with('.')) {
        assert_eq!(fs::read(server.path(name)).unwrap(), *bytes, "{name}");
    }
    let (code, text) = server.build("made/here", &["--record", "record.json", "--log", "log.txt"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(contents(&server.folder.path().join("made/here")), wanted);
    assert!(server.folder.path().join("record.json").exists() && server.folder.path().join("log.txt").exists());
    assert_equals_clean_run(&project, "out", "clean");
}

#[test]
fn mistakes_in_a_project_of_a_store_are_told_by_the_names_of_its_files() {
    let Some((server, project)) = served() else { return };
    project.change("huibao.toml", "党支部.xlsx", "支部.xlsx");
    server.upload(&project, "省/city");
    let (code, text) = server.build(OUT, &[]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("huibao.toml:") && text.contains("input/支部.xlsx") && !text.contains("/tmp"), "{text}");
    let (code, text) = server.run(&["check", "--lang", "zh", "--project", "s3://bucket/省/city"]);
    assert_eq!(code, 2, "{text}");
    let (code, text) = server.run(&["build", "--lang", "zh", "--project", "s3://bucket/none"]);
    assert_eq!(code, 2, "{text}");
    let (code, text) = server.run(&["build", "--lang", "zh", "--project", "s3://"]);
    assert!(code == 2 && text.contains("s3://桶/文件夹"), "{text}");
    let (code, text) = server.run(&["watch", "--lang", "zh", "--project", "s3://bucket/x"]);
    assert!(code == 2 && text.contains("huibao build"), "{text}");
}

#[test]
fn a_store_that_cannot_be_reached_is_told_with_a_way_out() {
    let Some(server) = Server::start() else { return };
    let run = |name: &str, value: &str| {
        let output =
            server.command(&["build", "--lang", "zh", "--project", "s3://bucket/x"]).env(name, value).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (name, value) in [("AWS_SECRET_ACCESS_KEY", "wrong"), ("AWS_ALLOW_HTTP", "false")] {
        let (code, text) = run(name, value);
        assert!(code == Some(2) && text.contains("对象存储读不了") && text.contains("AWS_ENDPOINT_URL"), "{text}");
    }
}
