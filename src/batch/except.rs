//! Files that a project keeps out of a table (`except`), though its patterns mean them.

use super::folder::ProjectFolder;
use super::problem;
use crate::diagnostic::Diagnostic;
use crate::project::TableSource;

/// Takes the files that a table excepts out of those that its patterns mean, and tells which they are; says of an
/// exception that none of them is meant by it.
pub(super) fn keep_out<T>(
    folder: &ProjectFolder,
    table: &TableSource,
    files: &mut Vec<T>,
    path: &dyn Fn(&T) -> &str,
    problems: &mut Vec<Diagnostic>,
) {
    for except in &table.except {
        let Ok(pattern) = glob::Pattern::new(&except.value) else {
            problems.push(problem::bad_pattern(except.place.clone(), &except.value));
            continue;
        };
        let mut kept_out = Vec::new();
        files.retain(|file| {
            let excepted = is_meant(&pattern, path(file));
            if excepted {
                kept_out.push(folder.shown(path(file)));
            }
            !excepted
        });
        kept_out.dedup();
        problems.push(match kept_out.is_empty() {
            true => problem::nothing_excepted(except.place.clone(), &except.value),
            false => problem::kept_out(except.place.clone(), &table.name.value, &kept_out),
        });
    }
}

/// A pattern without folders means files of that name wherever they are.
fn is_meant(pattern: &glob::Pattern, path: &str) -> bool {
    let options =
        glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };
    let name = path.rsplit('/').next().unwrap_or(path);
    let held_against = if pattern.as_str().contains('/') { path } else { name };
    pattern.matches_with(held_against, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_means_files_in_every_folder() {
        let is_meant = |pattern: &str, path: &str| is_meant(&glob::Pattern::new(pattern).unwrap(), path);
        assert!(is_meant("汇总*.xlsx", "input/党支部/汇总2023.xlsx"));
        assert!(is_meant("input/*/汇总.xlsx", "input/党支部/汇总.xlsx"));
        assert!(!is_meant("input/*.xlsx", "input/党支部/汇总.xlsx"));
        assert!(!is_meant("汇总*.xlsx", "input/汇总/一小.xlsx"));
    }
}
