//! Numbers of captions (`SEQ`): counted through the body, anew in each chapter where a field says so.

use std::collections::HashMap;

use super::super::tree::Id;
use super::part::{Field, Part};
use super::text::Paragraph;
use crate::document::number;

/// How far one kind of captions has counted.
#[derive(Debug, Default)]
struct Counter {
    value: u32,
    last: Id,
    /// What the fields of alternatives came to: the alternatives' element, and the values in its first branch.
    said: Vec<(Id, Vec<u32>)>,
    counted: Vec<(Id, u32)>,
}

/// What the fields of a part come to, by their places in it.
pub(super) fn sequences(part: &Part, paragraphs: &[Paragraph]) -> HashMap<usize, String> {
    // For each level the headings of it or an outer one.
    let headings: Vec<Vec<Id>> = (0..=9_u8)
        .map(|level| {
            let counts = |of: &&Paragraph| of.heading.or(of.outline).is_some_and(|own| own <= level);
            paragraphs.iter().filter(counts).map(|paragraph| paragraph.id).collect()
        })
        .collect();
    let mut counters: HashMap<String, Counter> = HashMap::new();
    let mut results = HashMap::new();
    for (at, field) in part.fields.iter().enumerate() {
        let Some(name) = field.instruction.argument().filter(|_| field.instruction.kind == "SEQ") else { continue };
        let counter = counters.entry(name.to_lowercase()).or_default();
        let Some(value) = counter.next(part, field, &headings) else { continue };
        let format = field.instruction.number_format();
        let hidden = field.instruction.has('h') && format.is_none();
        if field.instruction.has('#') {
            continue;
        }
        results.insert(at, if hidden { String::new() } else { number(value, format.unwrap_or_default()) });
    }
    results
}

impl Counter {
    fn next(&mut self, part: &Part, field: &Field, headings: &[Vec<Id>]) -> Option<u32> {
        let instruction = &field.instruction;
        if let Some(name) = instruction.words.get(1) {
            // The number that stood last at another place.
            let there = part.bookmark(name)?.end;
            let before = self.counted.partition_point(|(at, _)| *at < there);
            return Some(self.counted.get(before.checked_sub(1)?)?.1);
        }
        let alternatives = part.tree.around(field.begin, "mc:AlternateContent");
        if let (Some(_), Some(alternatives)) = (part.context(field.begin).fallback, alternatives) {
            // What is said a second time counts once.
            let (_, values) = self.said.iter_mut().find(|(of, _)| *of == alternatives)?;
            return (!values.is_empty()).then(|| values.remove(0));
        }
        let chapter = instruction.value('s').and_then(|level| level.parse::<usize>().ok());
        let headings = chapter.and_then(|level| headings.get(level.min(9)));
        let begun = headings.is_some_and(|headings| {
            let next = headings.partition_point(|at| *at <= self.last);
            headings.get(next).is_some_and(|at| *at < field.begin)
        });
        self.value = match instruction.value('r').and_then(|value| value.parse().ok()) {
            Some(value) => value,
            None if instruction.has('c') => self.value,
            None if begun => 1,
            None => self.value.saturating_add(1),
        };
        self.last = field.begin;
        self.counted.push((field.begin, self.value));
        if let Some(alternatives) = alternatives {
            match self.said.iter_mut().find(|(of, _)| *of == alternatives) {
                Some((_, values)) => values.push(self.value),
                None => self.said.push((alternatives, vec![self.value])),
            }
        }
        Some(self.value)
    }
}
