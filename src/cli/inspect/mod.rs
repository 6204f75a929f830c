//! `huibao inspect`: says what is found in workbooks.

mod text;

use std::path::PathBuf;

use serde::Serialize;

use super::End;
use super::console::Console;
use super::inputs;
use crate::dataset::{FoundTable, describe};
use crate::diagnostic::Diagnostic;

/// What `--json` prints.
#[derive(Serialize)]
struct Report {
    files: Vec<FoundFile>,
    /// Of files that could not be read, and what was noticed in reading the others.
    problems: Vec<Diagnostic>,
}

/// A workbook, and the tables in it.
#[derive(Debug, Serialize)]
struct FoundFile {
    file: String,
    tables: Vec<FoundTable>,
}

pub(super) fn run(paths: &[PathBuf], json: bool, console: &Console) -> End {
    let (files, mut problems) = inputs::files(paths);
    // A workbook is let go as soon as it is described: a folder may hold hundreds.
    let read = inputs::read(files, |input| {
        let workbook = input.workbook?;
        let file = FoundFile { file: input.path.display().to_string(), tables: describe(&workbook) };
        Ok((file, workbook.problems))
    });
    let mut files = Vec::new();
    for file in read {
        match file {
            Ok((file, noticed)) => {
                files.push(file);
                problems.extend(noticed);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let end = match (files.is_empty(), problems.iter().any(Diagnostic::is_error)) {
        (_, false) => End::Fine,
        (false, true) => End::ReportsFailed,
        (true, true) => End::Refused,
    };
    if json {
        console.say_json(&Report { files, problems });
        return end;
    }
    for line in text::lines(&files, console.language()) {
        console.say(&line);
    }
    console.problems(&problems);
    end
}
