//! `huibao init DIR`: a new project from the shipped example.

use std::path::Path;

use crate::cli::End;
use crate::cli::console::{Console, counted};
use crate::cli::problem;
use crate::diagnostic::Words;

/// The files of the shipped example: their paths in the project, and what they hold.
macro_rules! example {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../../", $path)) as &[u8])),*]
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
    "templates/notice.md",
    "templates/school.docx",
    "templates/school.md",
    "templates/党支部登记表.docx",
    "templates/照片.png",
];

pub(super) fn run(folder: &Path, console: &Console) -> End {
    if let Err(problem) = super::must_be_new(folder) {
        return console.refuse(&[problem]);
    }
    let fill = |project: &Path| EXAMPLE.iter().try_for_each(|(path, bytes)| super::write(project, path, bytes));
    if let Err(error) = super::make(folder, fill) {
        return console.refuse(&[problem::cannot_write(folder, &error)]);
    }
    let (count, shown) = (EXAMPLE.len(), folder.display());
    console.tell(&Words::new(
        format!("新项目在 {shown}（{count} 个文件）。下一步：huibao build --project {shown}"),
        format!("a new project is in {shown} ({}). Next: huibao build --project {shown}", counted(count, "file")),
    ));
    End::Fine
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
