//! The fields of Word's own mail merge as tags: `MERGEFIELD 姓名 \\@ "yyyy年M月d日"` is `{{格式 姓名 "yyyy年M月d日"}}`,
//! `IF { MERGEFIELD 性别 } = "男" "先生" "女士"` is `{{#if (等于 性别 "男")}}先生{{else}}女士{{/if}}`, `NEXT` is
//! `{{@下一条}}`. What a template is made of after this has tags only.
//!
//! `words` takes an instruction apart, `value` and `condition` turn it into tags, `source` takes the data that Word would
//! ask for out of the settings.

mod condition;
mod source;
#[cfg(test)]
mod tests;
mod value;
mod words;

pub(super) use source::without_source;

use std::collections::BTreeMap;
use std::ops::Range;

use words::{Item, Meant, words};

use super::escape::escaped;
use super::tree::{Id, Tree};

/// Fields within fields.
const DEEPEST: usize = 16;
/// Stands for a line break in an instruction.
const LINE_BREAK: char = '\u{2028}';
/// The first of the signs that stand for the looks of an instruction's runs, each before its text; no text has them.
const FIRST_LOOK: u32 = 0x10_0000;
/// So many looks are told apart.
const MOST_LOOKS: u32 = 0xFFFD;

/// The place among the looks that a sign stands for.
fn look_of(sign: char) -> Option<usize> {
    (sign as u32).checked_sub(FIRST_LOOK).map(|place| place as usize)
}

/// A field.
#[derive(Debug, Default)]
struct Field {
    bytes: Range<usize>,
    /// Its instruction, in which other fields may stand.
    instruction: Vec<Item>,
    /// Other fields in what it shows.
    shown: Vec<Field>,
    /// The look of the instruction's first run, and of what it shows.
    code_look: Option<Id>,
    look: Option<Id>,
    /// Where it begins.
    at: Id,
    /// It begins and ends in one paragraph.
    in_one_paragraph: bool,
}

/// A field that has not ended yet.
struct Open {
    field: Field,
    paragraph: Option<Id>,
    /// Its result has begun.
    result: bool,
    look_found: bool,
}

/// A field of a mail merge that cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// Its name, such as `ADDRESSBLOCK`.
    pub(super) field: String,
    /// An element of the part at which it begins.
    pub(super) at: Id,
    pub(super) why: Why,
}

/// Why a field cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It asks whoever merges.
    Asks,
    /// It is put together from columns by Word's own guesses.
    Composed,
    /// Its instruction is not understood.
    NotUnderstood,
    /// It goes on in another paragraph.
    Parted,
}

/// What fields are turned into tags with.
struct Conversion<'r> {
    refused: &'r mut Vec<Refused>,
    /// What SET fields said so far, as tags, by the bookmark's name.
    bookmarks: BTreeMap<String, String>,
    /// The field that is being turned.
    at: Id,
}

impl Conversion<'_> {
    fn refuse(&mut self, field: &str, why: Why) {
        let refused = Refused { field: field.to_owned(), at: self.at, why };
        if !self.refused.contains(&refused) {
            self.refused.push(refused);
        }
    }
}

/// The part with tags instead of merge fields; nothing if it has none. `refused` takes the fields of a mail merge that
/// cannot be had.
pub(super) fn as_tags(tree: &Tree, refused: &mut Vec<Refused>) -> Option<String> {
    let mut conversion = Conversion { refused, bookmarks: BTreeMap::new(), at: 0 };
    let mut runs = Vec::new();
    let (fields, looks) = fields(tree);
    let tree = (tree, looks.as_slice());
    for field in fields {
        convert(tree, &field, false, &mut conversion, &mut runs);
    }
    let (tree, _) = tree;
    let mut source = String::new();
    let mut at = 0;
    for (bytes, run) in runs {
        if bytes.start >= at {
            source += tree.text(at..bytes.start);
            source += &run;
            at = bytes.end;
        }
    }
    (at > 0).then(|| source + tree.text(at..tree.source().len()))
}

/// What stands in the place of a field of the merge; fields within others are looked for too. `in_code` if it stands in
/// another's instruction.
fn convert(
    tree: (&Tree, &[Id]),
    field: &Field,
    in_code: bool,
    conversion: &mut Conversion<'_>,
    runs: &mut Vec<(Range<usize>, String)>,
) {
    conversion.at = field.at;
    let Read { kind, tags, char_format, .. } = read(&field.instruction, conversion);
    if let Some(tags) = tags {
        if !field.in_one_paragraph {
            return conversion.refuse(&kind, Why::Parted);
        }
        let look = if char_format { field.code_look } else { field.look };
        runs.push((field.bytes.clone(), run(tree, look, &tags, in_code)));
        return;
    }
    let in_instruction = field.instruction.iter().filter_map(|item| match item {
        Item::Field(inner) => Some((inner, true)),
        Item::Text(_) => None,
    });
    let within: Vec<_> = in_instruction.chain(field.shown.iter().map(|inner| (inner, in_code))).collect();
    for (inner, in_code) in within {
        convert(tree, inner, in_code, conversion, runs);
    }
}

fn run((tree, looks): (&Tree, &[Id]), look_of_all: Option<Id>, tags: &str, in_code: bool) -> String {
    let name = if in_code { "w:instrText" } else { "w:t" };
    let look = |look: Option<Id>| look.map(|look| tree.text(tree.outer(look))).unwrap_or_default();
    let open = format!("<{name} xml:space=\"preserve\">");
    let mut run = format!("<w:r>{}{open}", look(look_of_all));
    for c in tags.chars() {
        match c {
            LINE_BREAK => run += &format!("</{name}><w:br/>{open}"),
            '\t' => run += &format!("</{name}><w:tab/>{open}"),
            c if look_of(c).is_some() => {
                let own = look_of(c).and_then(|place| looks.get(place)).copied();
                run += &format!("</{name}></w:r><w:r>{}{open}", look(own));
            }
            c => escaped(c, &mut run),
        }
    }
    run + &format!("</{name}></w:r>")
}

/// The outermost fields, others within them, and the looks of their instructions.
fn fields(tree: &Tree) -> (Vec<Field>, Vec<Id>) {
    let mut found = Vec::new();
    let mut looks: Vec<Id> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for id in tree.ids() {
        let run = tree.parent(id);
        let paragraph = tree.around(id, "w:p");
        match (tree.name(id), tree.value(id, "w:fldCharType")) {
            ("w:fldSimple", _) => {
                let text = tree.value(id, "w:instr").map(unescaped).unwrap_or_default();
                let look = tree.within(id).find(|&id| tree.name(id) == "w:rPr");
                let field = Field {
                    bytes: tree.outer(id),
                    instruction: vec![Item::Text(text)],
                    look,
                    code_look: look,
                    at: id,
                    in_one_paragraph: true,
                    ..Field::default()
                };
                keep(field, &mut open, &mut found);
            }
            ("w:fldChar", Some("begin")) if open.len() < DEEPEST => {
                let look = run.and_then(|run| tree.child(run, "w:rPr"));
                let start = run.map_or(0, |run| tree.outer(run).start);
                let field = Field { bytes: start..start, look, code_look: look, at: id, ..Field::default() };
                open.push(Open { field, paragraph, result: false, look_found: false });
            }
            ("w:fldChar", Some("separate")) => {
                if let Some(open) = open.last_mut() {
                    open.result = true;
                }
            }
            ("w:fldChar", Some("end")) => {
                let Some(Open { mut field, paragraph: begins_in, .. }) = open.pop() else { continue };
                field.bytes.end = run.map_or(0, |run| tree.outer(run).end);
                field.in_one_paragraph = begins_in == paragraph;
                keep(field, &mut open, &mut found);
            }
            ("w:instrText", _) => {
                if let Some(Open { field, result: false, .. }) = open.last_mut() {
                    let look = run.and_then(|run| tree.child(run, "w:rPr"));
                    if field.instruction.is_empty() {
                        field.code_look = look;
                    }
                    let text = unescaped(tree.text(tree.inner(id)));
                    let mut text: String = text.chars().filter(|sign| look_of(*sign).is_none()).collect();
                    let sign = u32::try_from(looks.len()).ok().filter(|place| *place < MOST_LOOKS);
                    if let (Some(look), Some(sign)) = (look, sign.and_then(|place| char::from_u32(FIRST_LOOK + place)))
                    {
                        looks.push(look);
                        text.insert(0, sign);
                    }
                    field.instruction.push(Item::Text(text));
                }
            }
            (kind @ ("w:br" | "w:tab"), _) if run.is_some_and(|run| tree.name(run) == "w:r") => {
                if let Some(Open { field, result: false, .. }) = open.last_mut() {
                    let sign = if kind == "w:br" { LINE_BREAK } else { '\t' };
                    field.instruction.push(Item::Text(sign.to_string()));
                }
            }
            ("w:t", _) => {
                // The result looks as its first run does.
                let look = run.and_then(|run| tree.child(run, "w:rPr"));
                if let Some(open) = open.last_mut().filter(|open| open.result && !open.look_found && look.is_some()) {
                    (open.field.look, open.look_found) = (look, true);
                }
            }
            _ => {}
        }
    }
    (found, looks)
}

/// A text without the signs for looks.
fn without_looks(text: &str) -> String {
    text.chars().filter(|sign| look_of(*sign).is_none()).collect()
}

/// Keeps a field that has ended, in the one that it stands in.
fn keep(field: Field, open: &mut [Open], found: &mut Vec<Field>) {
    match open.last_mut() {
        Some(outer) if !outer.result => outer.field.instruction.push(Item::Field(field)),
        Some(outer) => outer.field.shown.push(field),
        None => found.push(field),
    }
}

fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// What a field comes to.
#[derive(Debug, Default)]
struct Read {
    /// Its name, in capitals.
    kind: String,
    /// The tags that a field of a mail merge becomes; nothing of other fields.
    tags: Option<String>,
    /// What it stands for among the words of another.
    meant: Option<Meant>,
    /// Its value looks as its instruction does.
    char_format: bool,
}

fn read(instruction: &[Item], conversion: &mut Conversion<'_>) -> Read {
    let mut words = words(instruction, conversion);
    if words.is_empty() {
        return Read::default();
    }
    let kind = words.remove(0).text.to_uppercase();
    let is_char_format = |pair: &[words::Word]| matches!(pair, [sign, format] if sign.text == "\\*" && format.text.eq_ignore_ascii_case("charformat"));
    let char_format = words.windows(2).any(is_char_format);
    let block = |holds: Option<String>, yes: &str, no: &str| {
        holds.map(|holds| format!("{{{{#if {holds}}}}}{yes}{no}{{{{/if}}}}"))
    };
    let truth = match kind.as_str() {
        "COMPARE" => condition::condition(&words),
        "=" if instruction.iter().any(Item::is_comparison) => condition::formula(instruction, conversion),
        _ => None,
    };
    let mut meant = truth.clone().map(Meant::Truth);
    let tags = match kind.as_str() {
        "MERGEFIELD" => {
            meant = value::expression(&words).map(|(value, ..)| Meant::Value(value));
            value::merge_field(&words)
        }
        "MERGEREC" | "MERGESEQ" => {
            let counted = if kind == "MERGEREC" { "@记录号" } else { "@合并号" };
            meant = Some(Meant::Value(counted.to_owned()));
            Some(value::of_record(counted, &words))
        }
        "IF" => {
            // what keeps its former look has one look
            let keeps = words.iter().any(|word| word.text.eq_ignore_ascii_case("mergeformat"));
            let tags = condition::branches(&words);
            if keeps || char_format { tags.map(|tags| without_looks(&tags)) } else { tags }
        }
        "COMPARE" => block(truth, "1", "{{else}}0"),
        "=" if instruction.iter().any(Item::is_comparison) => block(truth, "1", "{{else}}0"),
        "NEXT" => Some("{{@下一条}}".to_owned()),
        "NEXTIF" => block(condition::condition(&words), "{{@下一条}}", ""),
        "SKIPIF" => block(condition::condition(&words), "{{@跳过}}", ""),
        "INCLUDEPICTURE" if words.first().is_some_and(|word| word.has_fields) => value::picture_of(&words),
        "SET" => {
            let text = words.get(1).map(|word| word.text.clone()).unwrap_or_default();
            words.first().map(|name| {
                conversion.bookmarks.insert(name.text.to_lowercase(), text);
                String::new()
            })
        }
        "ASK" | "FILLIN" => {
            conversion.refuse(&kind, Why::Asks);
            return Read { kind, ..Read::default() };
        }
        "ADDRESSBLOCK" | "GREETINGLINE" => {
            conversion.refuse(&kind, Why::Composed);
            return Read { kind, ..Read::default() };
        }
        other => {
            let name = if other == "REF" { words.first().map(|word| word.text.to_lowercase()) } else { None };
            let tags = conversion.bookmarks.get(&name.unwrap_or_else(|| other.to_lowercase())).cloned();
            return Read { kind, tags, meant: None, char_format };
        }
    };
    if tags.is_none() {
        conversion.refuse(&kind, Why::NotUnderstood);
    }
    Read { kind, tags, meant, char_format }
}
