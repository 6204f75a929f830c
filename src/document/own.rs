//! Properties of single paragraphs and runs: most have none.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Properties that have a form in which none is set.
pub trait Unset: Clone + PartialEq + 'static {
    /// None set.
    fn unset() -> &'static Self;
}

/// The properties of one among very many. Where none is set it takes no room, and what has equal ones can share them.
#[derive(Clone, Debug)]
pub struct Own<F>(Option<Arc<F>>);

impl<F> Default for Own<F> {
    fn default() -> Self {
        Self(None)
    }
}

impl<F: Unset> From<F> for Own<F> {
    fn from(properties: F) -> Self {
        Self((properties != *F::unset()).then(|| Arc::new(properties)))
    }
}

impl<F: Unset> Deref for Own<F> {
    type Target = F;

    fn deref(&self) -> &F {
        self.0.as_deref().unwrap_or(F::unset())
    }
}

impl<F: Unset> DerefMut for Own<F> {
    fn deref_mut(&mut self) -> &mut F {
        Arc::make_mut(self.0.get_or_insert_with(|| Arc::new(F::unset().clone())))
    }
}

impl<F: Unset> PartialEq for Own<F> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(own), Some(others)) if Arc::ptr_eq(own, others) => true,
            _ => **self == **other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Align, ParagraphFormat};
    use super::*;

    #[test]
    fn properties_that_are_not_set_take_no_room_and_set_ones_are_ones_own() {
        let mut one: Own<ParagraphFormat> = ParagraphFormat::default().into();
        assert!(one.0.is_none() && one == Own::default());
        one.align = Some(Align::End);
        let mut other = one.clone();
        other.keep_next = Some(true);
        assert_eq!((one.keep_next, other.keep_next, other.align), (None, Some(true), Some(Align::End)));
        assert_eq!(size_of::<Own<ParagraphFormat>>(), size_of::<usize>());
    }
}
