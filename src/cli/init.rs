//! `huibao init`: a new project from the shipped example.

use std::fs;
use std::io;
use std::path::Path;

use super::End;
use super::console::{Console, counted};
use super::problem;
use crate::diagnostic::Words;

/// The files of the shipped example: their paths in the project, and what they hold.
macro_rules! example {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../", $path)) as &[u8])),*]
    };
}

const EXAMPLE: &[(&str, &[u8])] = example![
    "huibao.toml",
    "input/五好评分.xlsx",
    "input/作用发挥.xlsx",
    "input/党支部/兰渚区.xlsx",
    "input/党支部/栖云区.xlsx",
    "input/党支部/青岚县.xlsx",
    "input/基本情况.xlsx",
    "input/干部队伍.xlsx",
    "input/民办学校调查.xlsx",
    "templates/city.md",
    "templates/district.md",
    "templates/school.md",
];

pub(super) fn run(folder: &Path, console: &Console) -> End {
    match folder.read_dir().map(|mut entries| entries.next().is_some()) {
        Ok(false) => {}
        Ok(true) => return console.refuse(&[problem::folder_not_empty(folder)]),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return console.refuse(&[problem::cannot_read(folder, &error)]),
    }
    if let Err(error) = write(folder) {
        return console.refuse(&[problem::cannot_write(folder, &error)]);
    }
    let (count, shown) = (EXAMPLE.len(), folder.display());
    console.tell(&Words::new(
        format!("新项目在 {shown}（{count} 个文件）。下一步：huibao build --project {shown}"),
        format!("a new project is in {shown} ({}). Next: huibao build --project {shown}", counted(count, "file")),
    ));
    End::Fine
}

/// Writes the example beside the folder first, so that the folder is there whole or not at all.
fn write(folder: &Path) -> io::Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let made = tempfile::Builder::new().prefix(".huibao-").tempdir_in(parent)?;
    let project = made.path().join("project");
    for (path, bytes) in EXAMPLE {
        let target = project.join(path);
        fs::create_dir_all(target.parent().unwrap_or(&project))?;
        fs::write(&target, bytes)?;
    }
    if folder.is_dir() {
        fs::remove_dir(folder)?; // empty, or the system refuses
    }
    fs::rename(&project, folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_project_has_every_file_of_the_example() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = vec!["huibao.toml".to_owned()];
        let mut folders = vec![root.join("input"), root.join("templates")];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        files.sort();
        let mut carried: Vec<_> = EXAMPLE.iter().map(|(path, _)| (*path).to_owned()).collect();
        carried.sort();
        assert_eq!(carried, files);
    }
}
