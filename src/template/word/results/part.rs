//! A part of a document as its fields need it: which text belongs to which paragraph, where fields and bookmarks begin
//! and end.

use std::collections::HashMap;
use std::ops::Range;

use super::super::tree::{Id, Tree};
use crate::diagnostic::DocumentPart;
use crate::document::Instruction;

/// Fields within fields; more are none that a word processor wrote.
const DEEPEST: usize = 32;

/// A part, read.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) path: String,
    pub(super) kind: DocumentPart,
    pub(super) tree: Tree,
    contexts: Vec<Context>,
    pub(super) fields: Vec<Field>,
    pub(super) bookmarks: Vec<Bookmark>,
    by_name: HashMap<String, usize>,
    atoms: Vec<Atom>,
}

/// What stands around an element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// The paragraph.
    pub(super) paragraph: Option<Id>,
    /// The text box.
    text_box: Option<Id>,
    /// It is deleted, or moved away.
    gone: bool,
    /// It is said a second time, for old programs.
    pub(super) fallback: Option<Id>,
}

/// A field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) instruction: Instruction,
    /// As it is written.
    pub(super) written: String,
    /// `w:fldSimple`, or the `w:fldChar` that begins it.
    pub(super) begin: Id,
    /// Where its result begins.
    pub(super) separate: Option<Id>,
    /// The `w:fldChar` that ends it; `begin` of a simple one.
    pub(super) end: Id,
    pub(super) simple: bool,
    /// It stands in another's instruction.
    pub(super) in_instruction: bool,
    /// Its author wants it to stay as it is (`w:fldLock`).
    pub(super) locked: bool,
}

/// A bookmark that begins and ends.
#[derive(Debug)]
pub(super) struct Bookmark {
    pub(super) name: String,
    pub(super) start: Id,
    pub(super) end: Id,
}

/// Something that is seen, or a field that shows something.
#[derive(Clone, Copy, Debug)]
struct Atom {
    id: Id,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// An element of text, in the result of a field or not.
    Text(Option<usize>),
    Field(usize),
}

/// A field that has not ended.
struct Open {
    begin: Id,
    separate: Option<Id>,
    written: String,
    atom: usize,
    in_instruction: bool,
}

impl Part {
    pub(super) fn read(path: &str, kind: DocumentPart, tree: Tree) -> Self {
        let contexts = contexts(&tree);
        let mut part = Self {
            path: path.to_owned(),
            kind,
            tree,
            contexts,
            fields: Vec::new(),
            bookmarks: Vec::new(),
            by_name: HashMap::new(),
            atoms: Vec::new(),
        };
        part.find();
        part
    }

    fn find(&mut self) {
        let mut open: Vec<Open> = Vec::new();
        let mut marks: HashMap<String, (String, Id)> = HashMap::new();
        // A simple field is over behind its last element.
        let mut simple: Vec<(usize, Id)> = Vec::new();
        // Atoms of fields that never end belong to nothing.
        let mut owners: Vec<(usize, usize)> = Vec::new();
        for id in self.tree.ids() {
            simple.retain(|(_, end)| id < *end);
            if self.context(id).gone {
                continue;
            }
            let in_instruction = open.iter().any(|field| field.separate.is_none());
            match (self.tree.name(id), self.tree.value(id, "w:fldCharType")) {
                ("w:fldChar", Some("begin")) if open.len() < DEEPEST => {
                    let atom = self.atoms.len();
                    // Which field it is, is known when it ends.
                    self.atoms.push(Atom { id, what: What::Text(None) });
                    open.push(Open { begin: id, separate: None, written: String::new(), atom, in_instruction });
                }
                ("w:fldChar", Some("separate")) => {
                    if let Some(field) = open.last_mut() {
                        field.separate = Some(id);
                    }
                }
                ("w:fldChar", Some("end")) => {
                    let Some(Open { begin, separate, written, atom, in_instruction }) = open.pop() else { continue };
                    let instruction = Instruction::read(&written);
                    if !in_instruction && let Some(place) = self.atoms.get_mut(atom) {
                        place.what = What::Field(self.fields.len());
                    }
                    let number = self.fields.len();
                    for (at, of) in owners.iter().rev().take_while(|(at, _)| *at > atom) {
                        if let Some(Atom { what: What::Text(owner @ None), .. }) =
                            self.atoms.get_mut(*at).filter(|_| *of == begin)
                        {
                            *owner = Some(number);
                        }
                    }
                    let (end, simple) = (id, false);
                    let locked = self.is_locked(begin);
                    self.fields.push(Field {
                        instruction,
                        written,
                        begin,
                        separate,
                        end,
                        simple,
                        in_instruction,
                        locked,
                    });
                }
                ("w:fldSimple", _) => {
                    let written = self.tree.value(id, "w:instr").map(unescaped).unwrap_or_default();
                    let instruction = Instruction::read(&written);
                    let (begin, end, separate) = (id, id, None);
                    if !in_instruction {
                        self.atoms.push(Atom { id, what: What::Field(self.fields.len()) });
                    }
                    simple.push((self.fields.len(), self.tree.within(id).end));
                    let (simple, locked) = (true, self.is_locked(id));
                    self.fields.push(Field {
                        instruction,
                        written,
                        begin,
                        separate,
                        end,
                        simple,
                        in_instruction,
                        locked,
                    });
                }
                ("w:instrText", _) => {
                    if let Some(field) = open.last_mut().filter(|field| field.separate.is_none()) {
                        field.written += &unescaped(self.tree.text(self.tree.inner(id)));
                    }
                }
                ("w:t" | "w:tab" | "w:br" | "w:cr" | "w:noBreakHyphen" | "w:sym", _)
                    if !in_instruction && self.is_in_run(id) =>
                {
                    let owner = simple.last().map(|(field, _)| *field);
                    if let (Some(field), None) = (open.last(), owner) {
                        owners.push((self.atoms.len(), field.begin));
                    }
                    self.atoms.push(Atom { id, what: What::Text(owner) });
                }
                ("w:bookmarkStart", _) => {
                    let (number, name) = (self.tree.value(id, "w:id"), self.tree.value(id, "w:name"));
                    if let (Some(number), Some(name)) = (number, name) {
                        marks.insert(number.to_owned(), (unescaped(name), id));
                    }
                }
                ("w:bookmarkEnd", _) => {
                    let Some((name, start)) = self.tree.value(id, "w:id").and_then(|number| marks.remove(number))
                    else {
                        continue;
                    };
                    self.by_name.entry(name.to_lowercase()).or_insert(self.bookmarks.len());
                    self.bookmarks.push(Bookmark { name, start, end: id });
                }
                _ => {}
            }
        }
        self.in_order();
    }

    fn is_locked(&self, id: Id) -> bool {
        matches!(self.tree.value(id, "w:fldLock"), Some("1" | "true" | "on"))
    }

    /// Fields in the order in which they begin.
    fn in_order(&mut self) {
        let mut order: Vec<usize> = (0..self.fields.len()).collect();
        order.sort_by_key(|at| self.fields.get(*at).map(|field| field.begin));
        let mut new = vec![0; order.len()];
        for (place, at) in order.iter().enumerate() {
            if let Some(new) = new.get_mut(*at) {
                *new = place;
            }
        }
        self.fields.sort_by_key(|field| field.begin);
        for atom in &mut self.atoms {
            match &mut atom.what {
                What::Field(field) | What::Text(Some(field)) => *field = new.get(*field).copied().unwrap_or_default(),
                What::Text(None) => {}
            }
        }
    }

    /// Whether an element stands in a run that can be seen.
    fn is_in_run(&self, id: Id) -> bool {
        let Some(run) = self.tree.parent(id).filter(|&run| self.tree.name(run) == "w:r") else { return false };
        let hidden = self.tree.child(run, "w:rPr").and_then(|look| self.tree.child(look, "w:vanish"));
        hidden.is_none_or(|hidden| matches!(self.tree.value(hidden, "w:val"), Some("0" | "false" | "off")))
    }

    pub(super) fn context(&self, id: Id) -> Context {
        self.contexts.get(id).copied().unwrap_or_default()
    }

    /// The bookmark of a name.
    pub(super) fn bookmark(&self, name: &str) -> Option<&Bookmark> {
        self.bookmarks.get(*self.by_name.get(&name.to_lowercase())?)
    }

    /// The fields that begin in a stretch.
    pub(super) fn fields_in(&self, ids: Range<Id>) -> &[Field] {
        let (from, to) = (self.number_of(ids.start), self.number_of(ids.end));
        self.fields.get(from..to).unwrap_or_default()
    }

    /// How many fields begin before an element.
    pub(super) fn number_of(&self, id: Id) -> usize {
        self.fields.partition_point(|field| field.begin < id)
    }

    /// The elements of a field's result.
    pub(super) fn result(&self, field: &Field) -> Range<Id> {
        match (field.simple, field.separate) {
            (true, _) => self.tree.within(field.begin),
            (false, Some(separate)) => separate + 1..field.end,
            (false, None) => field.end..field.end,
        }
    }

    /// The text that a field last showed.
    pub(super) fn cached(&self, field: &Field) -> String {
        self.text_of(self.result(field), |_| true, &[])
    }

    /// The text of a paragraph with the results of its fields, text boxes in it left out.
    pub(super) fn paragraph_text(&self, paragraph: Id, results: &[Option<String>]) -> String {
        self.text_of(self.tree.within(paragraph), |context| context.paragraph == Some(paragraph), results)
    }

    /// The text of a paragraph behind one of its fields.
    pub(super) fn after(&self, field: &Field, paragraph: Id, results: &[Option<String>]) -> String {
        let behind = self.result(field).end..self.tree.within(paragraph).end;
        self.text_of(behind, |context| context.paragraph == Some(paragraph), results)
    }

    /// The text of a paragraph's stretch before an element.
    pub(super) fn before(&self, paragraph: Id, from: Id, to: Id) -> String {
        let range = self.tree.within(paragraph).start.max(from)..to;
        self.text_of(range, |context| context.paragraph == Some(paragraph), &[])
    }

    /// The text of a run.
    pub(super) fn run_text(&self, run: Id) -> String {
        self.text_of(self.tree.within(run), |context| context.text_box == self.context(run).text_box, &[])
    }

    /// The text of a bookmark; `None` if it is of several paragraphs.
    pub(super) fn bookmark_text(&self, bookmark: &Bookmark, results: &[Option<String>]) -> Option<String> {
        let (start, end) = (self.context(bookmark.start), self.context(bookmark.end));
        let range = bookmark.start + 1..bookmark.end;
        let in_boxes = |context: &Context| context.text_box == start.text_box || context.text_box == end.text_box;
        let here = self.seen(range.clone()).map(|id| self.context(id)).filter(in_boxes);
        let mut paragraphs: Vec<Id> = here.filter_map(|context| context.paragraph).collect();
        paragraphs.dedup();
        (paragraphs.len() <= 1).then(|| self.text_of(range, in_boxes, results))
    }

    fn seen(&self, ids: Range<Id>) -> impl Iterator<Item = Id> + '_ {
        let from = self.atoms.partition_point(|atom| atom.id < ids.start);
        self.atoms.iter().skip(from).map(|atom| atom.id).take_while(move |id| *id < ids.end)
    }

    /// The elements of text in a stretch.
    pub(super) fn texts(&self, ids: Range<Id>) -> impl Iterator<Item = Id> + '_ {
        let from = self.atoms.partition_point(|atom| atom.id < ids.start);
        let atoms = self.atoms.iter().skip(from).take_while(move |atom| atom.id < ids.end);
        atoms
            .filter(|atom| self.tree.name(atom.id) != "w:fldChar" && matches!(atom.what, What::Text(_)))
            .map(|atom| atom.id)
    }

    /// The text of a stretch, with `results` in the place of what fields last showed.
    fn text_of(&self, ids: Range<Id>, only: impl Fn(&Context) -> bool, results: &[Option<String>]) -> String {
        let mut text = String::new();
        let mut from = ids.start;
        let at = self.atoms.partition_point(|atom| atom.id < ids.start);
        for atom in self.atoms.iter().skip(at).take_while(|atom| atom.id < ids.end) {
            if atom.id < from || !only(&self.context(atom.id)) {
                continue;
            }
            let (What::Field(field) | What::Text(Some(field))) = atom.what else {
                self.push(atom.id, &mut text);
                continue;
            };
            match (results.get(field).and_then(Option::as_ref), self.fields.get(field)) {
                (Some(result), Some(field)) => {
                    text += result;
                    from = self.result(field).end;
                }
                _ if matches!(atom.what, What::Text(_)) => self.push(atom.id, &mut text),
                _ => {}
            }
        }
        text
    }

    fn push(&self, id: Id, text: &mut String) {
        match self.tree.name(id) {
            "w:t" => *text += &unescaped(self.tree.text(self.tree.inner(id))),
            "w:tab" => text.push('\t'),
            "w:br" if self.tree.value(id, "w:type").is_none_or(|kind| kind == "textWrapping") => text.push('\n'),
            "w:cr" => text.push('\n'),
            "w:noBreakHyphen" => text.push('\u{2011}'),
            "w:sym" => {
                let code = self.tree.value(id, "w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
                text.extend(code.and_then(char::from_u32).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c)));
            }
            _ => {}
        }
    }

    /// The child of a paragraph that an element stands in, or is.
    pub(super) fn child_of_paragraph(&self, id: Id) -> Option<Id> {
        let paragraph = self.context(id).paragraph?;
        std::iter::once(id).chain(self.tree.ancestors(id)).find(|&at| self.tree.parent(at) == Some(paragraph))
    }
}

fn contexts(tree: &Tree) -> Vec<Context> {
    let mut contexts: Vec<Context> = Vec::with_capacity(tree.ids().len());
    for id in tree.ids() {
        let around = tree.parent(id).and_then(|parent| contexts.get(parent)).copied().unwrap_or_default();
        contexts.push(match tree.name(id) {
            "w:p" => Context { paragraph: Some(id), ..around },
            "w:txbxContent" => Context { paragraph: None, text_box: Some(id), ..around },
            "w:del" | "w:moveFrom" => Context { gone: true, ..around },
            "mc:Fallback" => Context { fallback: Some(id), ..around },
            _ => around,
        });
    }
    contexts
}

/// Text without the entities of XML.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), |text| text.into_owned())
}
