//! Names of a report's files that stay inside the output folder and that every system takes.

use std::path::PathBuf;

/// Why a text cannot be the name of a report's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadName {
    /// Nothing, or a folder without a name: `学校//x`.
    Empty,
    /// It begins at a root or drive, or climbs with `..`.
    LeavesFolder,
    /// It has a character that Windows or Unix does not take.
    Character(char),
    /// A name that Windows keeps for devices, such as `CON`.
    Reserved(String),
    /// A part longer than file systems take.
    TooLong,
}

/// The longest file name, in UTF-8 bytes, that leaves room for an extension and a temporary suffix.
const LONGEST_PART: usize = 230;

/// A report's path below the output folder, without extension, from the text that its `output` pattern gave.
///
/// # Errors
/// The first reason why it cannot be one on Windows, macOS and Linux alike.
pub fn relative_path(name: &str) -> Result<PathBuf, BadName> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with(['/', '\\']) || drive {
        return Err(BadName::LeavesFolder);
    }
    let mut path = PathBuf::new();
    for part in name.split('/') {
        let part = part.trim();
        if part == ".." || part == "." {
            return Err(BadName::LeavesFolder);
        }
        let part = part.trim_end_matches('.').trim_end();
        if part.is_empty() {
            return Err(BadName::Empty);
        }
        if let Some(bad) = part.chars().find(|c| c.is_control() || r#"\<>:"|?*"#.contains(*c)) {
            return Err(BadName::Character(bad));
        }
        let stem = part.split('.').next().unwrap_or(part).to_ascii_uppercase();
        let numbered = |prefix: &str| {
            stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
        };
        if ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT") {
            return Err(BadName::Reserved(part.to_owned()));
        }
        if part.len() > LONGEST_PART {
            return Err(BadName::TooLong);
        }
        path.push(part);
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_the_folder() {
        assert_eq!(relative_path("学校/0101 甲小学"), Ok(PathBuf::from("学校/0101 甲小学")));
        assert_eq!(relative_path("../x"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("a/../../x"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("/etc/x"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("C:x"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("a//b"), Err(BadName::Empty));
        assert_eq!(relative_path("a:b c"), Err(BadName::LeavesFolder));
        assert_eq!(relative_path("甲?"), Err(BadName::Character('?')));
        assert_eq!(relative_path("学校/con.txt"), Err(BadName::Reserved("con.txt".into())));
        assert_eq!(relative_path(&"长".repeat(100)), Err(BadName::TooLong));
    }
}
