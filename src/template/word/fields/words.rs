//! The words of a field's instruction: parted by blanks, in quotation marks, or signs of comparison.

use super::{Conversion, Field, Read, look_of, read, without_looks};

#[derive(Debug)]
pub(super) enum Item {
    Text(String),
    Field(Field),
}

impl Item {
    /// Whether it is a field that compares: its result is 1 or 0.
    pub(super) fn is_comparison(&self) -> bool {
        matches!(self, Self::Field(field) if kind(&field.instruction).is_some_and(|kind| kind == "COMPARE"))
    }
}

/// A word of an instruction.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Word {
    /// Fields in it are tags already.
    pub(super) text: String,
    pub(super) quoted: bool,
    /// Fields stand in it.
    pub(super) has_fields: bool,
    /// The value, if it is one field and nothing else.
    pub(super) value: Option<Meant>,
}

/// What a field stands for in a tag's brackets.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meant {
    /// A value.
    Value(String),
    /// What holds or does not; 1 or 0 in Word.
    Truth(String),
}

/// The name of a field, in capitals.
fn kind(instruction: &[Item]) -> Option<String> {
    let Some(Item::Text(text)) =
        instruction.iter().find(|item| !matches!(item, Item::Text(text) if without_looks(text).trim().is_empty()))
    else {
        return None;
    };
    without_looks(text).split_whitespace().next().map(str::to_uppercase)
}

/// The words of an instruction.
pub(super) fn words(instruction: &[Item], conversion: &mut Conversion<'_>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    // The mark that will end the quotation.
    let mut closing: Option<char> = None;
    let mut fresh = true;
    // The sign for the look of the text that is being read.
    let mut look: Option<char> = None;
    for item in instruction {
        match item {
            Item::Field(field) => {
                let outer = std::mem::replace(&mut conversion.at, field.at);
                let Read { tags, meant, .. } = read(&field.instruction, conversion);
                let tags = tags.unwrap_or_default();
                conversion.at = outer;
                if fresh {
                    words.push(Word { value: meant, has_fields: true, ..Word::default() });
                } else if let Some(word) = words.last_mut() {
                    word.value = meant.filter(|_| word.text.is_empty());
                    word.has_fields = true;
                }
                if let Some(word) = words.last_mut() {
                    word.text += &tags;
                }
                fresh = false;
            }
            Item::Text(text) => {
                let mut characters = text.chars().peekable();
                while let Some(c) = characters.next() {
                    match c {
                        c if look_of(c).is_some() => {
                            look = Some(c);
                            if closing.is_some() && is_branch(&words) {
                                put(&mut words, c);
                            }
                        }
                        '\\' if closing.is_some()
                            && characters.peek().is_some_and(|next| matches!(next, '"' | '\\')) =>
                        {
                            words.extend(fresh.then(Word::default));
                            put(&mut words, characters.next().unwrap_or(c));
                            fresh = false;
                        }
                        c if closing == Some(c) => {
                            closing = None;
                            fresh = true;
                        }
                        '"' | '“' if closing.is_none() => {
                            closing = Some(if c == '"' { '"' } else { '”' });
                            words.push(Word { quoted: true, ..Word::default() });
                            if let Some(look) = look.filter(|_| is_branch(&words)) {
                                put(&mut words, look);
                            }
                            fresh = false;
                        }
                        c if c.is_whitespace() && closing.is_none() => fresh = true,
                        '=' | '<' | '>' if closing.is_none() => {
                            let goes_on = words
                                .last()
                                .is_some_and(|last| !last.quoted && matches!(last.text.as_str(), "<" | ">"));
                            if fresh || !goes_on {
                                words.push(Word::default());
                            }
                            put(&mut words, c);
                            // What follows is another word, but for the second sign of a comparison.
                            fresh = !characters.peek().is_some_and(|next| matches!(next, '=' | '>'));
                        }
                        c => {
                            if fresh {
                                words.push(Word::default());
                            }
                            fresh = false;
                            put(&mut words, c);
                        }
                    }
                }
            }
        }
    }
    words
}

/// Whether the last word is a text that an IF shows: only there each run has a look of its own.
fn is_branch(words: &[Word]) -> bool {
    words.len() > 4 && words.first().is_some_and(|kind| kind.text.eq_ignore_ascii_case("if"))
}

fn put(words: &mut [Word], c: char) {
    if let Some(word) = words.last_mut() {
        word.text.push(c);
        word.value = None;
    }
}
