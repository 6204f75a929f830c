//! The logical structure of what is set (ISO 32000-1, 14.7 and 14.8): which text is a heading, an item, a cell, for those
//! who have the page read to them.

/// A document's structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// The elements, each after the one that it is in. Some may have nothing on any page.
    pub elements: Vec<Element>,
}

/// Index into [`Structure::elements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u32);

/// A part of the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// The element that it is in; none for the document itself.
    pub parent: Option<ElementId>,
}

/// What an element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The document's title.
    Title,
    /// A heading, from level 1; none is passed over on the way down.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// An item's number or bullet.
    Label,
    /// An item's text.
    Body,
    /// A list of headings, tables or figures with their pages.
    Contents,
    /// An entry of such a list.
    Entry,
    /// A table, and what it shows.
    Table(String),
    /// A row.
    Row,
    /// A cell that heads columns, and how many rows and columns it covers.
    HeaderCell(usize, usize),
    /// A cell of data, and how many rows and columns it covers.
    Cell(usize, usize),
    /// A picture, and what it shows.
    Figure(String),
    /// A footnote.
    Note,
    /// A box of text.
    Box,
    /// Text that leads somewhere.
    Link,
}

/// The elements of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParagraphTags {
    /// The item's number or bullet, if it is one.
    pub label: Option<ElementId>,
    /// The text.
    pub body: Option<ElementId>,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The document's title.
    Title,
    /// A heading of a level from 1.
    Heading(u8),
    /// An item of a list, at a level from 0.
    Item(usize, u8),
    /// An entry of contents.
    Entry,
    /// Any other.
    Text,
}

/// Makes the structure while the document is set.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// What has been made.
    pub structure: Structure,
    open: Vec<Open>,
    /// What is set belongs to no structure: headers, footers, what is set only to be measured.
    muted: usize,
    last_heading: u8,
}

/// An element that more comes into.
#[derive(Debug, Default)]
struct Open {
    element: Option<ElementId>,
    /// Its only paragraph is the element itself.
    is_paragraph: bool,
    /// The lists that are not at their end, each within the one before.
    lists: Vec<OpenList>,
    /// The contents that are not at their end.
    contents: Option<ElementId>,
}

#[derive(Debug)]
struct OpenList {
    list: usize,
    level: u8,
    element: Option<ElementId>,
    /// The text of its last item, which an inner list belongs to.
    body: Option<ElementId>,
}

impl Tags {
    /// Until [`Self::unmute`], what is set belongs to no structure.
    pub fn mute(&mut self) {
        self.muted += 1;
    }

    /// Ends [`Self::mute`].
    pub fn unmute(&mut self) {
        self.muted = self.muted.saturating_sub(1);
    }

    /// Begins an element that the following ones are in.
    pub fn open(&mut self, role: Role) -> Option<ElementId> {
        let element = self.add(role, self.container());
        self.end_lists();
        self.open_again(element);
        element
    }

    /// Goes on with an element that was begun before.
    pub fn open_again(&mut self, element: Option<ElementId>) {
        self.open.push(Open { element, ..Open::default() });
    }

    /// Begins a cell. One of a single paragraph needs no element for that.
    pub fn open_cell(&mut self, role: Role, single: bool) {
        self.open(role);
        if let Some(open) = self.open.last_mut() {
            open.is_paragraph = single;
        }
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        self.open.pop();
    }

    /// A paragraph.
    pub fn paragraph(&mut self, kind: Kind) -> ParagraphTags {
        if self.muted > 0 {
            return ParagraphTags::default();
        }
        match kind {
            Kind::Item(list, level) => return self.item(list, level),
            Kind::Entry => return self.entry(),
            _ => self.end_lists(),
        }
        let role = match kind {
            Kind::Title => Role::Title,
            Kind::Heading(level) => {
                // no level is passed over, whatever styles the author chose
                self.last_heading = level.clamp(1, self.last_heading + 1).min(6);
                Role::Heading(self.last_heading)
            }
            _ => match self.open.last() {
                Some(open) if open.is_paragraph => return ParagraphTags { label: None, body: open.element },
                _ => Role::Paragraph,
            },
        };
        ParagraphTags { label: None, body: self.add(role, self.container()) }
    }

    /// Text of a paragraph that leads somewhere.
    pub fn link(&mut self, paragraph: Option<ElementId>) -> Option<ElementId> {
        self.add(Role::Link, paragraph)
    }

    /// A picture in a paragraph.
    pub fn figure(&mut self, description: &str, paragraph: Option<ElementId>) -> Option<ElementId> {
        self.add(Role::Figure(description.into()), paragraph)
    }

    fn entry(&mut self) -> ParagraphTags {
        let parent = self.container();
        let begun = self.innermost().contents;
        let contents = begun.or_else(|| {
            self.end_lists();
            self.add(Role::Contents, parent)
        });
        self.innermost().contents = contents;
        ParagraphTags { label: None, body: self.add(Role::Entry, contents) }
    }

    /// The element that more comes into; the document itself where none is open.
    fn innermost(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn item(&mut self, list: usize, level: u8) -> ParagraphTags {
        let mut lists = self.open.last_mut().map(|open| std::mem::take(&mut open.lists)).unwrap_or_default();
        lists.retain(|open| open.level < level || (open.level == level && open.list == list));
        if lists.last().is_none_or(|open| open.level < level) {
            let parent = lists.last().map_or(self.container(), |outer| outer.body);
            let element = self.add(Role::List, parent);
            lists.push(OpenList { list, level, element, body: None });
        }
        let item = self.add(Role::Item, lists.last().and_then(|open| open.element));
        let label = self.add(Role::Label, item);
        let body = self.add(Role::Body, item);
        if let Some(open) = lists.last_mut() {
            open.body = body;
        }
        let open = self.innermost();
        (open.lists, open.contents) = (lists, None);
        ParagraphTags { label, body }
    }

    fn container(&self) -> Option<ElementId> {
        self.open.last().and_then(|open| open.element)
    }

    fn end_lists(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.lists.clear();
            open.contents = None;
        }
    }

    fn add(&mut self, role: Role, parent: Option<ElementId>) -> Option<ElementId> {
        if self.muted > 0 {
            return None;
        }
        let id = ElementId(u32::try_from(self.structure.elements.len()).ok()?);
        self.structure.elements.push(Element { role, parent });
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each element with its parent's place.
    fn told(tags: &Tags) -> Vec<String> {
        let tell = |element: &Element| match element.parent {
            Some(parent) => format!("{:?} in {}", element.role, parent.0),
            None => format!("{:?}", element.role),
        };
        tags.structure.elements.iter().map(tell).collect()
    }

    #[test]
    fn no_level_of_headings_is_passed_over() {
        let mut tags = Tags::default();
        for level in [3, 3, 1, 4, 2] {
            tags.paragraph(Kind::Heading(level));
        }
        assert_eq!(told(&tags), ["Heading(1)", "Heading(2)", "Heading(1)", "Heading(2)", "Heading(2)"]);
    }

    #[test]
    fn items_that_follow_each_other_are_one_list_and_inner_ones_belong_to_the_item_above() {
        let mut tags = Tags::default();
        for kind in [Kind::Item(0, 0), Kind::Item(0, 1), Kind::Item(0, 0), Kind::Text, Kind::Item(0, 0)] {
            tags.paragraph(kind);
        }
        let lists: Vec<String> = told(&tags).into_iter().filter(|told| told.starts_with("List")).collect();
        assert_eq!(lists, ["List", "List in 3", "List"], "the inner list is in the first item's text");
    }

    #[test]
    fn entries_that_follow_each_other_are_one_list_of_contents() {
        let mut tags = Tags::default();
        for kind in [Kind::Text, Kind::Entry, Kind::Entry, Kind::Text, Kind::Entry] {
            tags.paragraph(kind);
        }
        let wanted = ["Paragraph", "Contents", "Entry in 1", "Entry in 1", "Paragraph", "Contents", "Entry in 5"];
        assert_eq!(told(&tags), wanted);
    }

    #[test]
    fn a_cell_of_one_paragraph_is_its_own_element() {
        let mut tags = Tags::default();
        tags.open(Role::Table(String::new()));
        tags.open(Role::Row);
        tags.open_cell(Role::Cell(1, 1), true);
        let only = tags.paragraph(Kind::Text);
        tags.close();
        tags.open_cell(Role::Cell(1, 1), false);
        let one_of_two = tags.paragraph(Kind::Text);
        assert_eq!((only.body, one_of_two.body), (Some(ElementId(2)), Some(ElementId(4))));
    }

    #[test]
    fn what_is_only_measured_has_no_structure() {
        let mut tags = Tags::default();
        tags.mute();
        assert!(tags.paragraph(Kind::Item(0, 0)).body.is_none());
        tags.unmute();
        assert!(tags.structure.elements.is_empty());
        assert!(tags.paragraph(Kind::Text).body.is_some());
    }
}
