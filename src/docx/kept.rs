//! Properties of paragraphs, runs, rows and cells, finished and kept: most have those of another one.

use super::inline::Face;
use crate::document::{Cell, CharacterFormat, Own, ParagraphFormat, ParagraphStyleId, TableRow};

/// The properties kept of the documents of one style sheet.
#[derive(Debug, Default)]
pub struct Properties {
    /// Of paragraphs.
    pub paragraphs: Kept<(ParagraphStyleId, Own<ParagraphFormat>)>,
    /// Of runs, some of which name one face for every character.
    pub runs: Kept<(Own<CharacterFormat>, Option<Face>)>,
    /// Of rows: rows without cells.
    pub rows: Kept<TableRow>,
    /// Of cells: cells without content, and their widths.
    pub cells: Kept<(Cell, usize)>,
}

/// The properties that were last asked for, by what they were made of.
#[derive(Debug)]
pub struct Kept<K>(Vec<(K, Vec<u8>)>);

/// So many are kept: looking through them has to take less than making one.
const MOST: usize = 32;

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq> Kept<K> {
    /// The properties of this key, made if they are not kept.
    ///
    /// # Errors
    /// They cannot be made.
    pub fn get_or_make<E>(&mut self, key: K, make: impl FnOnce(&K) -> Result<Vec<u8>, E>) -> Result<&[u8], E> {
        match self.0.iter().position(|(known, _)| *known == key) {
            Some(at) => self.0[..=at].rotate_right(1),
            None => {
                let made = make(&key)?;
                self.0.truncate(MOST - 1);
                self.0.insert(0, (key, made));
            }
        }
        Ok(self.0.first().map_or(&[], |(_, properties)| properties))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_last_is_kept() {
        let mut kept = Kept::default();
        let mut made = Vec::new();
        let mut get = |key: u8| {
            let properties = kept.get_or_make(key, |key| {
                made.push(*key);
                Ok::<_, ()>(vec![*key])
            });
            assert_eq!(properties.unwrap(), [key]);
        };
        let most = MOST as u8;
        (0..most).for_each(&mut get);
        [0, most, 0, 1].into_iter().for_each(&mut get);
        assert_eq!(made, (0..=most).chain([1]).collect::<Vec<_>>(), "1 had to go for {most}");
    }
}
