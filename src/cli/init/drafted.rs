//! `huibao init FILES…`: a project drafted from workbooks.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::cli::End;
use crate::cli::console::{Console, counted};
use crate::cli::inputs;
use crate::cli::problem;
use crate::diagnostic::{Diagnostic, Words};
use crate::draft::{Draft, draft, file_name};
use crate::workbook::Workbook;

/// A workbook that was read, and where it goes in the project.
struct Input {
    from: PathBuf,
    to: String,
    workbook: Workbook,
}

pub(super) fn run(paths: &[PathBuf], to: Option<&Path>, console: &Console) -> End {
    let subject = subject(paths);
    let folder = to.map_or_else(|| PathBuf::from(format!("{subject}汇报")), Path::to_owned);
    if let Err(problem) = super::must_be_new(&folder) {
        return console.refuse(&[problem]);
    }
    let (inputs, mut problems) = read(paths);
    let (workbooks, files): (Vec<_>, Vec<_>) =
        inputs.into_iter().map(|input| (input.workbook, (input.from, input.to))).unzip();
    let in_project: Vec<_> = files.iter().map(|(_, to)| to.clone()).collect();
    let (drafted, notes) = draft(&in_project, &workbooks, &subject);
    problems.extend(notes);
    let Some(drafted) = drafted else {
        if !problems.iter().any(Diagnostic::is_error) {
            problems.push(problem::nothing_to_draft());
        }
        return console.refuse(&problems);
    };
    let made = super::make(&folder, |project| {
        super::write(project, "huibao.toml", drafted.project_file.as_bytes())?;
        for (path, text) in &drafted.templates {
            super::write(project, path, text.as_bytes())?;
        }
        files.iter().try_for_each(|(from, to)| super::write(project, to, &fs::read(from)?))
    });
    if let Err(error) = made {
        problems.push(problem::cannot_write(&folder, &error));
        return console.refuse(&problems);
    }
    console.problems(&problems);
    tell(&drafted, files.len(), &folder, console);
    if problems.iter().any(Diagnostic::is_error) { End::ReportsFailed } else { End::Fine }
}

fn tell(drafted: &Draft, files: usize, folder: &Path, console: &Console) {
    let shown = folder.display();
    let tables = |row: fn(&(String, usize)) -> String, comma: &str| {
        drafted.tables.iter().map(row).collect::<Vec<_>>().join(comma)
    };
    let zh = tables(|(name, rows)| format!("{name}（{rows} 行）"), "、");
    let en = tables(|(name, rows)| format!("{name} ({rows} rows)"), ", ");
    console.tell(&Words::new(
        format!("新项目在 {shown}：工作簿 {files} 个，已复制到 input；表 {} 张：{zh}", drafted.tables.len()),
        format!(
            "a new project is in {shown}: {} copied to input; {}: {en}",
            counted(files, "workbook"),
            counted(drafted.tables.len(), "table")
        ),
    ));
    let templates = drafted.templates.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>();
    console.tell(&Words::new(
        format!("下一步：huibao build --project {shown}；模板在 {}，用记事本就能改", templates.join("、")),
        format!("Next: huibao build --project {shown}; the templates are {}", templates.join(", ")),
    ));
}

/// Reads the workbooks, and says where each goes: files side by side, those of a folder as they lie in it.
fn read(paths: &[PathBuf]) -> (Vec<Input>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut planned = Vec::new();
    let only_folder = paths.len() == 1;
    let mut seen = HashSet::new();
    for path in paths {
        let (files, found) = inputs::files(std::slice::from_ref(path));
        problems.extend(found);
        for file in files.into_iter().filter(|file| seen.insert(file.clone())) {
            let within = file.strip_prefix(path).ok().filter(|within| !within.as_os_str().is_empty());
            let relative = match within {
                Some(within) if only_folder => within.to_owned(),
                Some(within) => Path::new(&name_of(path)).join(within),
                None => PathBuf::from(file.file_name().unwrap_or_default()),
            };
            planned.push((file, relative));
        }
    }
    let mut taken = HashSet::new();
    let places: Vec<_> = planned.iter().map(|(_, relative)| free_place(relative, &mut taken)).collect();
    let files = planned.into_iter().map(|(file, _)| file).collect();
    let read = inputs::read(files, |input| (input.path, input.workbook));
    let mut inputs = Vec::new();
    for ((from, workbook), to) in read.into_iter().zip(places) {
        match workbook {
            Ok(workbook) => inputs.push(Input { from, to, workbook }),
            Err(problem) => problems.push(problem),
        }
    }
    (inputs, problems)
}

/// A path below `input/` that no other file has, also where capitals do not count.
fn free_place(relative: &Path, taken: &mut HashSet<String>) -> String {
    let parts = relative.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        _ => None,
    });
    let mut parts: Vec<_> = parts.collect();
    let name = parts.pop().unwrap_or_default();
    let (stem, ending) = name
        .rsplit_once('.')
        .map_or((name.clone(), String::new()), |(stem, ending)| (stem.to_owned(), format!(".{}", file_name(ending))));
    let folders: Vec<_> = parts.iter().map(|part| named_or(part, "文件夹")).collect();
    let folder = folders.iter().fold("input".to_owned(), |path, part| format!("{path}/{part}"));
    let stem = named_or(&stem, "工作簿");
    let numbered = (2..).map(|number| format!("{folder}/{stem}（{number}）{ending}"));
    let mut places = std::iter::once(format!("{folder}/{stem}{ending}")).chain(numbered);
    places.find(|place| taken.insert(place.to_lowercase())).unwrap_or_default()
}

fn named_or(text: &str, otherwise: &str) -> String {
    let name = file_name(text);
    if name.is_empty() { otherwise.to_owned() } else { name }
}

/// What the workbooks are called together: the one file or folder; else the folder that they lie in.
fn subject(paths: &[PathBuf]) -> String {
    let own = match paths {
        [path] => Some(name_of(path)),
        [first, ..] => first.parent().map(name_of).filter(|name| !name.is_empty()),
        [] => None,
    };
    own.map(|name| file_name(&name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "数据".to_owned())
}

/// A file's name without its ending, a folder's name; `.` is the folder that it stands for.
fn name_of(path: &Path) -> String {
    let named = if path.file_name().is_none() {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    } else {
        path.to_owned()
    };
    let name = if named.is_dir() { named.file_name() } else { named.file_stem() };
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
