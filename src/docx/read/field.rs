//! Fields: page numbers are computed, all others show what they last showed.

use crate::document::Field;

/// The fields that are open, the innermost last.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Open>,
}

#[derive(Debug, Default)]
struct Open {
    instruction: String,
    /// Its result has begun.
    shows: bool,
    /// It has shown something.
    shown: bool,
}

impl Fields {
    /// A field begins.
    pub fn begin(&mut self) {
        self.open.push(Open::default());
    }

    /// A part of its instruction.
    pub fn instruction(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut() {
            field.instruction += text;
        }
    }

    /// Its result begins.
    pub fn separate(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.shows = true;
        }
    }

    /// It ends; gives the computed field that has not been shown yet.
    pub fn end(&mut self) -> Option<Field> {
        let field = self.open.pop()?;
        computed(&field.instruction).filter(|_| !field.shown && self.are_shown())
    }

    fn are_shown(&self) -> bool {
        self.open.iter().all(|field| field.shows && computed(&field.instruction).is_none())
    }

    /// Whether text here is an instruction and not shown.
    pub fn in_instruction(&self) -> bool {
        self.open.iter().any(|field| !field.shows)
    }

    /// The computed field whose last result this text is; the first time it is asked for.
    pub fn computed(&mut self) -> Shown {
        if self.in_instruction() {
            return Shown::Nothing;
        }
        match self.open.iter_mut().find(|field| computed(&field.instruction).is_some()) {
            None => Shown::Text,
            Some(field) if field.shown => Shown::Nothing,
            Some(field) => {
                field.shown = true;
                computed(&field.instruction).map_or(Shown::Text, Shown::Field)
            }
        }
    }
}

/// What stands for a text within fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The text itself.
    Text,
    /// A computed field in its place.
    Field(Field),
    /// Nothing: an instruction, or more of a computed field's last result.
    Nothing,
}

/// The field that an instruction asks for, if it is one that is computed.
pub fn computed(instruction: &str) -> Option<Field> {
    match instruction.split_whitespace().next()?.to_ascii_uppercase().as_str() {
        "PAGE" => Some(Field::Page),
        "NUMPAGES" => Some(Field::PageCount),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_number_is_computed_once_and_other_fields_show_their_last_result() {
        let mut fields = Fields::default();
        fields.begin();
        fields.instruction(" PAGE \\* MERGEFORMAT ");
        assert_eq!(fields.computed(), Shown::Nothing);
        fields.separate();
        assert_eq!(fields.computed(), Shown::Field(Field::Page));
        assert_eq!(fields.computed(), Shown::Nothing);
        assert_eq!(fields.end(), None);
        fields.begin();
        fields.instruction("REF x");
        fields.separate();
        assert_eq!(fields.computed(), Shown::Text);
        assert_eq!(fields.end(), None);
        fields.begin();
        fields.instruction("NUMPAGES");
        assert_eq!(fields.end(), Some(Field::PageCount));
    }
}
