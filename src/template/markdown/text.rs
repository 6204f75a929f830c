//! Gathers the runs of a paragraph: cleans text, joins lines, keeps stretches of one format together.

use crate::document::{CharacterFormat, Content, Run, Script, SourceId, scripts};

/// Gathers runs.
#[derive(Debug, Default)]
pub(super) struct RunBuilder {
    runs: Vec<Run>,
    /// A line of the template ended here; whether that is a space depends on what comes next.
    line_ended: bool,
}

impl RunBuilder {
    /// Adds text. A line feed in it is a line break; what has no shape is dropped.
    pub(super) fn text(&mut self, text: &str, format: &CharacterFormat, source: Option<SourceId>) {
        for (at, line) in text.split(['\n', '\u{2028}', '\u{2029}']).enumerate() {
            if at > 0 {
                self.push(Content::LineBreak, format, None);
            }
            let line = shaped(line);
            if line.is_empty() {
                continue;
            }
            if std::mem::take(&mut self.line_ended) && self.ends_in_latin() && begins_in_latin(&line) {
                self.push(Content::Text(" ".to_owned()), format, None);
            }
            self.push(Content::Text(line), format, source);
        }
    }

    /// A line break.
    pub(super) fn line_break(&mut self) {
        self.line_ended = false;
        self.push(Content::LineBreak, &CharacterFormat::default(), None);
    }

    /// The end of a line of the template: a space between Latin words, nothing beside Chinese.
    pub(super) fn line_end(&mut self) {
        self.line_ended = true;
    }

    /// Whether the text so far ends in one of some characters.
    pub(super) fn ends_with(&self, characters: &[char]) -> bool {
        matches!(self.runs.last().map(|run| &run.content), Some(Content::Text(text)) if text.ends_with(characters))
    }

    /// The runs.
    pub(super) fn finish(mut self) -> Vec<Run> {
        while matches!(self.runs.last().map(|run| &run.content), Some(Content::LineBreak)) {
            self.runs.pop();
        }
        // most paragraphs and cells have one run, and a vector that grows makes room for four
        self.runs.shrink_to_fit();
        self.runs
    }

    fn push(&mut self, content: Content, format: &CharacterFormat, source: Option<SourceId>) {
        if let Content::Text(text) = &content
            && source.is_none()
            && let Some(last) = self.runs.last_mut()
            && last.source.is_none()
            && *last.format == *format
            && let Content::Text(before) = &mut last.content
        {
            before.push_str(text);
            return;
        }
        self.runs.push(Run { content, format: format.clone().into(), source });
    }

    fn ends_in_latin(&self) -> bool {
        match self.runs.last().map(|run| &run.content) {
            Some(Content::Text(text)) => scripts(text).last().is_some_and(|(_, script)| script == Script::Latin),
            _ => false,
        }
    }
}

fn begins_in_latin(text: &str) -> bool {
    scripts(text).next().is_some_and(|(_, script)| script == Script::Latin)
}

/// What is seen of a line, with spaces for tabs.
fn shaped(line: &str) -> String {
    if line.chars().all(has_shape) {
        return line.to_owned();
    }
    line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| has_shape(*c)).collect()
}

/// Whether a character is seen. Control and format characters, noncharacters and variation selectors are not, and a font
/// that lacks them would show a box.
pub(super) fn has_shape(c: char) -> bool {
    match u32::from(c) {
        // most of any text
        0x20..0x7F | 0x2E80..=0x9FFF => true,
        0xAD | 0x34F | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F => false,
        0xFE00..=0xFE0F | 0xFEFF | 0xFDD0..=0xFDEF | 0xFFF0..=0xFFFB | 0xE0000..=0xE0FFF => false,
        number => !c.is_control() && number & 0xFFFE != 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> String {
        let mut runs = RunBuilder::default();
        for line in lines {
            runs.text(line, &CharacterFormat::default(), None);
            runs.line_end();
        }
        runs.finish()
            .iter()
            .map(|run| match &run.content {
                Content::Text(text) => text.clone(),
                _ => "/".to_owned(),
            })
            .collect()
    }

    #[test]
    fn a_line_end_is_a_space_only_between_latin_words() {
        assert_eq!(joined(&["党的", "建设"]), "党的建设");
        assert_eq!(joined(&["共有", "3所，", "其中"]), "共有3所，其中");
        assert_eq!(joined(&["open", "source"]), "open source");
    }

    #[test]
    fn line_feeds_break_lines_and_what_has_no_shape_is_dropped() {
        assert_eq!(joined(&["甲\n乙\u{200B}\u{7}\tA\u{FEFF}"]), "甲/乙 A");
        assert_eq!(joined(&["甲\n"]), "甲");
    }
}
