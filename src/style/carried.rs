//! The styles that the program carries.

use super::draft::Draft;
use super::read;

/// Their names and sources.
pub(super) const SOURCES: [(&str, &str); 3] = [
    ("gongwen", include_str!("gongwen.toml")),
    ("report", include_str!("report.toml")),
    ("plain", include_str!("plain.toml")),
];

/// Other names that they answer to.
const ALIASES: [(&str, &str); 2] = [("official", "gongwen"), ("公文", "gongwen")];

/// A carried style, to be finished or to begin another from.
pub(super) fn draft(name: &str) -> Option<Draft> {
    let name = ALIASES.into_iter().find(|(alias, _)| *alias == name).map_or(name, |(_, own)| own);
    let (name, source) = SOURCES.into_iter().find(|(carried, _)| *carried == name)?;
    let mut draft = Draft::new(name);
    // the tests read every carried style, so no problem comes of this
    read::apply(&mut draft, name, source);
    Some(draft)
}
