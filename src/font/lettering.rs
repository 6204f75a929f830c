//! Which carried faces texts in drawings are lettered in: the same on every machine.

use super::carried::CARRIED;
use super::chains;
use crate::document::Script;

/// The bytes of the faces inside the program, in one order; empty for one that is a file beside it.
pub fn carried_bytes() -> impl Iterator<Item = Vec<u8>> {
    CARRIED.iter().map(|face| face.unpacked().unwrap_or_default())
}

/// The places of the faces for a family in that order, best first; Latin letters come from the family's own face, or from those of
/// Times New Roman.
pub fn carried_for(family: &str, bold: bool, italic: bool) -> Vec<usize> {
    let roles = chains::roles(family, Script::Latin, false);
    let of_role = |role| {
        let all = || CARRIED.iter().enumerate().filter(move |(_, face)| face.role == role && !face.is_file());
        let exact = all().find(|(_, face)| (face.bold, face.italic) == (bold, italic));
        exact.or_else(|| all().next()).map(|(at, _)| at)
    };
    roles.into_iter().filter_map(of_role).collect()
}
