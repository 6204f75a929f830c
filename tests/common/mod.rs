//! Outside judges: programs that were not written here and say whether our files are right. A test whose judge is
//! missing says so and passes; `tests/zz_missing_judges.rs` names them all at the end, and fails where they must be there.

#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The judges: the program, and how to see whether it is there.
pub const JUDGES: &[(&str, &[&str])] = &[
    ("soffice", &["soffice", "--version"]),
    ("pdftotext", &["pdftotext", "-v"]),
    ("pdffonts", &["pdffonts", "-v"]),
    ("qpdf", &["qpdf", "--version"]),
    ("ooxml-validator", &["ooxml-validator", "--version"]),
    ("s3s-fs", &["s3s-fs", "--version"]),
    ("python-docx", &["python3", "-c", "import docx"]),
    ("openpyxl", &["python3", "-c", "import openpyxl"]),
    ("pikepdf", &["python3", "-c", "import pikepdf"]),
    ("pillow", &["python3", "-c", "import PIL, numpy"]),
    ("fontTools", &["python3", "-c", "import fontTools"]),
];

/// Whether a judge of [`JUDGES`] is on this machine; says so on standard error if it is not.
pub fn has_judge(name: &str) -> bool {
    let Some((_, probe)) = JUDGES.iter().find(|(judge, _)| *judge == name) else { panic!("{name} is no judge") };
    let found = match name {
        // It has no harmless option: being there is enough.
        "ooxml-validator" => on_path(probe[0]),
        _ => Command::new(probe[0]).args(&probe[1..]).output().is_ok_and(|output| output.status.success()),
    };
    if !found {
        eprintln!("skipped: {name} is not on this machine (scripts/install-judges.sh installs it)");
    }
    found
}

fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Runs a judge and gives what it said.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with an extension, sorted.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
