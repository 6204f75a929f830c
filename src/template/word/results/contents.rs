//! Tables of contents and lists of captions (`TOC`): what stands in them.

use super::super::tree::Id;
use super::evaluate::Book;
use super::part::Field;
use super::text::on_one_line;
use crate::document::{Instruction, LabelSuffix, ParagraphNumber};

/// A line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// From 1.
    pub(super) level: u8,
    /// The paragraph that it leads to.
    pub(super) paragraph: Id,
    pub(super) text: String,
    /// It shows its page.
    pub(super) has_page: bool,
    /// What stands before its page's number: that of the chapter.
    pub(super) before_page: String,
}

/// Which paragraphs a table of contents takes.
pub(super) struct Wanted<'a> {
    instruction: &'a Instruction,
    /// Built-in headings of these levels.
    headings: Option<(u8, u8)>,
    /// Whatever has a level in the outline of these.
    outline: Option<(u8, u8)>,
    /// Styles and their levels.
    styles: Vec<(&'a str, u8)>,
    /// Captions that are numbered under this name.
    captions: Option<&'a str>,
    /// Captions without their label and number.
    bare: bool,
    /// Entries typed by hand (`TC`).
    typed: bool,
}

impl<'a> Wanted<'a> {
    pub(super) fn of(instruction: &'a Instruction) -> Self {
        let levels = |switch| range(instruction.value(switch).unwrap_or("1-9"));
        let captions = instruction.value('c').or(instruction.value('a'));
        let styles = instruction.value('t').map(styles).unwrap_or_default();
        let says = |switch| instruction.has(switch);
        let nothing_said = !says('o') && !says('u') && !says('t') && !says('f') && captions.is_none();
        Self {
            instruction,
            headings: (says('o') || nothing_said).then(|| levels('o')),
            outline: says('u').then(|| levels('o')),
            styles,
            captions,
            bare: !says('c') && says('a'),
            typed: says('f') || (says('l') && nothing_said),
        }
    }

    /// Whether it is a list of captions.
    pub(super) fn lists_captions(&self) -> bool {
        self.captions.is_some()
    }
}

/// `1-3`, or `2`.
fn range(text: &str) -> (u8, u8) {
    let level = |text: &str| text.trim().parse::<u8>().ok().map(|level| level.clamp(1, 9));
    let (from, to) = text.split_once(['-', '－', '–']).unwrap_or((text, text));
    match (level(from), level(to)) {
        (Some(from), Some(to)) => (from.min(to), from.max(to)),
        _ => (1, 9),
    }
}

/// `章标题,1,节标题,2`; the comma is what the user's system parts lists by.
fn styles(text: &str) -> Vec<(&str, u8)> {
    let words: Vec<&str> = text.split([',', '，', ';', '；']).map(str::trim).collect();
    let pair = |pair: &[&'_ str]| match pair {
        [_, level] => level.parse::<u8>().ok().map(|level| level.clamp(1, 9)),
        _ => None,
    };
    words.chunks(2).filter_map(|chunk| Some((*chunk.first()?, pair(chunk)?))).collect()
}

impl Book<'_> {
    /// The entries of a table of contents, in the order of the text.
    pub(super) fn entries(&self, wanted: &Wanted<'_>) -> Vec<Entry> {
        let instruction = wanted.instruction;
        let within = instruction.value('b').and_then(|name| self.body.bookmark(name)).map(|mark| mark.start..mark.end);
        let no_pages = instruction.has('n').then(|| range(instruction.value('n').unwrap_or("1-9")));
        let mut entries = Vec::new();
        for paragraph in self.paragraphs {
            if within.as_ref().is_some_and(|within| !within.contains(&paragraph.id)) {
                continue;
            }
            let level = self.level(wanted, paragraph);
            let text = match (level, wanted.captions) {
                (Some(_), _) => self.body.paragraph_text(paragraph.id, self.results),
                (None, Some(name)) => match self.caption(paragraph.id, name, wanted.bare) {
                    Some(text) => text,
                    None => continue,
                },
                (None, None) => String::new(),
            };
            let text = on_one_line(&text);
            if !text.is_empty() {
                let level = level.unwrap_or(1);
                let has_page = no_pages.is_none_or(|(from, to)| !(from..=to).contains(&level));
                entries.push(Entry { level, paragraph: paragraph.id, text, has_page, before_page: String::new() });
            }
        }
        if wanted.typed {
            entries.extend(self.typed(wanted));
            entries.sort_by_key(|entry| entry.paragraph);
        }
        if let Some(name) = instruction.value('s') {
            let parted = instruction.value('d').unwrap_or("-");
            for entry in &mut entries {
                let before = self.last_number(name, entry.paragraph);
                entry.before_page = before.map(|number| number + parted).unwrap_or_default();
            }
        }
        entries
    }

    fn level(&self, wanted: &Wanted<'_>, paragraph: &super::text::Paragraph) -> Option<u8> {
        let in_range = |level: Option<u8>, range: Option<(u8, u8)>| {
            level.zip(range).and_then(|(level, (from, to))| (from..=to).contains(&level).then_some(level))
        };
        let by_style = wanted.styles.iter().find(|(name, _)| self.styles.is_called(&paragraph.style, name));
        by_style
            .map(|(_, level)| *level)
            .or_else(|| in_range(paragraph.heading, wanted.headings))
            .or_else(|| in_range(paragraph.outline, wanted.outline))
    }

    /// The text of a paragraph that is a caption of a kind.
    fn caption(&self, paragraph: Id, name: &str, bare: bool) -> Option<String> {
        let within = self.body.tree.within(paragraph);
        let field = self.body.fields_in(within).iter().find(|field| {
            field.instruction.kind == "SEQ"
                && field.instruction.argument().is_some_and(|own| own.eq_ignore_ascii_case(name))
        })?;
        let text = self.body.paragraph_text(paragraph, self.results);
        let bare_text = || {
            let after = self.body.after(field, paragraph, self.results);
            after.trim_start_matches([' ', '\t', '：', ':', '.', '、', '　']).to_owned()
        };
        Some(if bare { bare_text() } else { text })
    }

    /// Entries that stand in the text as hidden fields.
    fn typed(&self, wanted: &Wanted<'_>) -> Vec<Entry> {
        let kind = wanted.instruction.value('f').unwrap_or("C");
        let (from, to) = range(wanted.instruction.value('l').unwrap_or("1-9"));
        let entry = |field: &Field| {
            let instruction = &field.instruction;
            let level = instruction.value('l').and_then(|level| level.parse().ok()).unwrap_or(1);
            let of_kind = instruction.value('f').unwrap_or("C").eq_ignore_ascii_case(kind);
            let is_wanted = instruction.kind == "TC" && of_kind && (from..=to).contains(&level);
            let paragraph = self.body.context(field.begin).paragraph.filter(|_| is_wanted)?;
            let text = on_one_line(instruction.argument()?);
            Some(Entry { level, paragraph, text, has_page: !instruction.has('n'), before_page: String::new() })
        };
        self.body.fields.iter().filter_map(entry).collect()
    }

    /// The number that captions of a kind have come to at a paragraph.
    fn last_number(&self, name: &str, paragraph: Id) -> Option<String> {
        let until = self.body.tree.within(paragraph).end;
        let of_name = |field: &Field| {
            field.begin < until
                && field.instruction.kind == "SEQ"
                && field.instruction.argument().is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        let at = self.body.fields.iter().rposition(of_name)?;
        self.results.get(at).cloned().flatten()
    }
}

/// The label of a heading as its entry shows it, and what parts it from the text.
pub(super) fn label(number: &ParagraphNumber) -> (String, &'static str) {
    let parted = match number.suffix {
        LabelSuffix::Tab => "\t",
        LabelSuffix::Space => " ",
        LabelSuffix::Nothing => "",
    };
    (number.label.clone(), parted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_contents_says_what_it_takes() {
        let instruction = Instruction::read("TOC \\o \"1-2\" \\h \\z \\t \"附件标题,1;章,2\"");
        let wanted = Wanted::of(&instruction);
        assert_eq!((wanted.headings, wanted.outline), (Some((1, 2)), None));
        assert_eq!(wanted.styles, [("附件标题", 1), ("章", 2)]);
        let of = |text: &str| {
            let instruction = Instruction::read(text);
            let wanted = Wanted::of(&instruction);
            (wanted.headings, wanted.outline, wanted.lists_captions(), wanted.typed)
        };
        assert_eq!(of("TOC"), (Some((1, 9)), None, false, false));
        assert_eq!(of("TOC \\u"), (None, Some((1, 9)), false, false));
        assert_eq!(of("TOC \\h \\c \"表\""), (None, None, true, false));
        assert_eq!(of("TOC \\f"), (None, None, false, true));
    }
}
