//! What the files of one run share, so that it is made once.

use super::embed::{Program, ProgramKey};
use super::picture::Shown;
use crate::shelf::Shelf;

/// What the files of one run share.
#[derive(Debug, Default)]
pub(super) struct Share {
    /// Font programs by face, glyphs and what these stand for.
    pub programs: Shelf<ProgramKey, Program>,
    /// Pictures that take work to be read, by the BLAKE3 hash of their file.
    pub pictures: Shelf<[u8; 32], Shown>,
}
