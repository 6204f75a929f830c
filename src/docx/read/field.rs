//! Fields: page numbers and what headers show of the text are computed, all others show what they last showed.

use std::sync::Arc;

use super::running::Running;
use crate::document::{Count, Field, Instruction, Link, Shows, StyledText};

/// The fields that are open, the innermost last.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Open>,
    /// The styles that headers ask for; none outside of headers and footers.
    running: Option<Arc<Running>>,
}

#[derive(Debug, Default)]
struct Open {
    instruction: String,
    /// Its result has begun.
    shows: bool,
    /// What it computes.
    computed: Option<Field>,
    /// Where its result leads.
    link: Option<Link>,
    /// It has shown something.
    shown: bool,
    /// The box that it is to be ticked in, if it is one.
    tick_box: Option<&'static str>,
    /// Some text stands in its result.
    has_result: bool,
}

/// What a field leaves in the text where it ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ended {
    /// A computed field that has not been shown yet.
    pub field: Option<Field>,
    /// Text that Word keeps no result of.
    pub text: Option<String>,
    /// The form of its text is lost.
    pub form_lost: bool,
}

impl Fields {
    /// The fields of a header or footer.
    pub fn running(running: &Arc<Running>) -> Self {
        Self { open: Vec::new(), running: Some(Arc::clone(running)) }
    }

    /// None open yet, for a text box.
    pub fn of_same_part(&self) -> Self {
        Self { open: Vec::new(), running: self.running.clone() }
    }

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
            let instruction = Instruction::read(&field.instruction);
            field.shows = true;
            field.computed = computed(&instruction, self.running.as_deref());
            field.link = link(&instruction);
        }
    }

    /// The field that has begun is a box to be ticked.
    pub fn tick_box(&mut self, ticked: bool) {
        if let Some(field) = self.open.last_mut() {
            field.tick_box = Some(if ticked { "☒" } else { "☐" });
        }
    }

    /// It ends; gives what has not been shown yet.
    pub fn end(&mut self) -> Ended {
        let Some(field) = self.open.pop() else { return Ended::default() };
        if field.shown || !self.are_shown() {
            return Ended::default();
        }
        let instruction = Instruction::read(&field.instruction);
        let computed = field.computed.or_else(|| {
            let unread = !field.shows;
            computed(&instruction, self.running.as_deref()).filter(|_| unread)
        });
        match instruction.kind.as_str() {
            "FORMCHECKBOX" => Ended { text: field.tick_box.map(str::to_owned), ..Ended::default() },
            "EQ" if !field.has_result => {
                let (text, form_lost) = super::equation::text(&field.instruction);
                Ended { text: Some(text), form_lost, ..Ended::default() }
            }
            _ => Ended { field: computed, ..Ended::default() },
        }
    }

    fn are_shown(&self) -> bool {
        self.open.iter().all(|field| field.shows && field.computed.is_none())
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
        self.open.iter_mut().for_each(|field| field.has_result = true);
        match self.open.iter_mut().find(|field| field.computed.is_some()) {
            None => Shown::Text,
            Some(field) if field.shown => Shown::Nothing,
            Some(field) => {
                field.shown = true;
                field.computed.map_or(Shown::Text, Shown::Field)
            }
        }
    }

    /// Where text here leads.
    pub fn link(&self) -> Option<&Link> {
        self.open.iter().rev().find_map(|field| field.link.as_ref())
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

/// The field that an instruction asks for, if it is one that is computed. `running`: it stands in a header or footer.
fn computed(instruction: &Instruction, running: Option<&Running>) -> Option<Field> {
    let count = match instruction.kind.as_str() {
        "PAGE" => Count::Page,
        "NUMPAGES" => Count::Pages,
        "SECTIONPAGES" if running.is_some() => Count::SectionPages,
        "SECTION" if running.is_some() => Count::Section,
        "STYLEREF" => {
            let style = running?.find(instruction.argument()?)?;
            let shows =
                [('n', Shows::Number), ('r', Shows::Number), ('w', Shows::FullNumber), ('s', Shows::BareNumber)];
            let asked = shows.iter().find(|(switch, _)| instruction.has(*switch));
            let shows = asked.map_or(Shows::Text, |(_, shows)| *shows);
            let bare = instruction.has('t') && shows == Shows::Number;
            let shows = if bare { Shows::BareNumber } else { shows };
            return Some(Field::Styled(StyledText { style, last: instruction.has('l'), shows }));
        }
        _ => return None,
    };
    Some(match (count, instruction.number_format()) {
        (Count::Page, None) => Field::Page,
        (Count::Pages, None) => Field::PageCount,
        (count, format) => Field::Count(count, format),
    })
}

/// Where a field's result leads.
fn link(instruction: &Instruction) -> Option<Link> {
    match instruction.kind.as_str() {
        "HYPERLINK" => {
            let mark = instruction.value('l').filter(|mark| !mark.is_empty());
            match instruction.words.first().filter(|address| !address.is_empty()) {
                Some(address) => Some(address_link(address, mark)),
                None => mark.map(|mark| Link::Bookmark(mark.into())),
            }
        }
        "REF" | "PAGEREF" | "NOTEREF" if instruction.has('h') => Some(Link::Bookmark(instruction.argument()?.into())),
        _ => None,
    }
}

/// A link to an address, and a place in what is found there.
pub fn address_link(address: &str, mark: Option<&str>) -> Link {
    Link::Address(match mark {
        Some(mark) if !address.contains('#') => format!("{address}#{mark}").into(),
        _ => address.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::NumberFormat;

    #[test]
    fn a_page_number_is_computed_once_and_other_fields_show_their_last_result() {
        let mut fields = Fields::default();
        fields.begin();
        fields.instruction(" PAGE \\* MERGEFORMAT ");
        assert_eq!(fields.computed(), Shown::Nothing);
        fields.separate();
        assert_eq!(fields.computed(), Shown::Field(Field::Page));
        assert_eq!(fields.computed(), Shown::Nothing);
        assert_eq!(fields.end(), Ended::default());
        fields.begin();
        fields.instruction("REF x");
        fields.separate();
        assert_eq!(fields.computed(), Shown::Text);
        assert_eq!(fields.end(), Ended::default());
        fields.begin();
        fields.instruction("NUMPAGES");
        assert_eq!(fields.end().field, Some(Field::PageCount));
    }

    #[test]
    fn boxes_to_tick_and_equations_have_no_result_and_show_what_they_say() {
        let mut fields = Fields::default();
        fields.begin();
        fields.tick_box(true);
        fields.instruction("FORMCHECKBOX");
        assert_eq!(fields.end().text.as_deref(), Some("☒"));
        fields.begin();
        fields.instruction(" eq \\o\\ac(○,3) ");
        assert_eq!(fields.end(), Ended { text: Some("③".into()), ..Ended::default() });
        fields.begin();
        fields.instruction("EQ \\f(1,2)");
        fields.separate();
        assert_eq!(fields.computed(), Shown::Text);
        assert_eq!(fields.end(), Ended::default(), "what it last showed is there");
    }

    #[test]
    fn numbers_are_written_as_their_field_says_and_sections_are_counted_in_headers() {
        let of = |text: &str, running| computed(&Instruction::read(text), running);
        let header = Running::default();
        assert_eq!(of("PAGE \\* ArabicDash", None), Some(Field::Count(Count::Page, Some(NumberFormat::InDashes))));
        assert_eq!(of("SECTIONPAGES", Some(&header)), Some(Field::Count(Count::SectionPages, None)));
        assert_eq!(of("SECTIONPAGES", None), None);
    }

    #[test]
    fn results_of_references_lead_to_what_they_refer_to() {
        let of = |text: &str| link(&Instruction::read(text));
        assert_eq!(of("PAGEREF _Toc1 \\h"), Some(Link::Bookmark("_Toc1".into())));
        assert_eq!(of("REF _Ref1"), None);
        assert_eq!(of("HYPERLINK \\l \"附件\""), Some(Link::Bookmark("附件".into())));
        assert_eq!(of("HYPERLINK \"https://x.cn/\" \\l a"), Some(Link::Address("https://x.cn/#a".into())));
    }
}
