//! The fields of Word's own mail merge as tags: `MERGEFIELD 姓名 \@ "yyyy年M月d日"` is `{{格式 姓名 "yyyy年M月d日"}}`,
//! `IF { MERGEFIELD 性别 } = "男" "先生" "女士"` is `{{#if (等于 性别 "男")}}先生{{else}}女士{{/if}}`. What a template
//! is made of after this has tags only.

use std::ops::Range;

use super::escape::escaped;
use super::tree::{Id, Tree};

/// Fields within fields.
const DEEPEST: usize = 16;

/// A field: its instruction, in which other fields may stand, and the look of what it shows.
#[derive(Debug, Default)]
struct Field {
    bytes: Range<usize>,
    instruction: Vec<Item>,
    look: Option<Id>,
}

/// A field that has not ended yet.
struct Open {
    field: Field,
    paragraph: Option<Id>,
    /// Its result has begun.
    result: bool,
    look_found: bool,
}

#[derive(Debug)]
enum Item {
    Text(String),
    Field(Field),
}

/// A word of an instruction.
#[derive(Debug, PartialEq)]
struct Word {
    /// Fields in it are tags already.
    text: String,
    quoted: bool,
    /// The name, if it is one merge field and nothing else.
    name: Option<String>,
}

/// The part with tags instead of merge fields; nothing if it has none. `refused` takes the fields of a mail merge that
/// cannot be had.
pub(super) fn as_tags(tree: &Tree, refused: &mut Vec<String>) -> Option<String> {
    let mut source = String::new();
    let mut at = 0;
    for field in fields(tree) {
        let Some(tags) = tags(&field.instruction, refused) else { continue };
        if field.bytes.start < at {
            continue;
        }
        source += tree.text(at..field.bytes.start);
        let look = field.look.map(|look| tree.text(tree.outer(look))).unwrap_or_default();
        source += &format!("<w:r>{look}<w:t xml:space=\"preserve\">");
        tags.chars().for_each(|c| escaped(c, &mut source));
        source += "</w:t></w:r>";
        at = field.bytes.end;
    }
    (at > 0).then(|| source + tree.text(at..tree.source().len()))
}

/// The settings of a document without the data source of its mail merge; nothing if they name none.
pub(super) fn without_source(tree: &Tree) -> Option<Vec<u8>> {
    let merge = tree.ids().find(|&id| tree.name(id) == "w:mailMerge")?;
    let bytes = tree.outer(merge);
    let (before, after) = (tree.text(0..bytes.start), tree.text(bytes.end..tree.source().len()));
    Some([before, after].concat().into_bytes())
}

/// The outermost fields that begin and end in one paragraph.
fn fields(tree: &Tree) -> Vec<Field> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for id in tree.ids() {
        let run = tree.parent(id);
        let paragraph = tree.around(id, "w:p");
        match (tree.name(id), tree.value(id, "w:fldCharType")) {
            ("w:fldSimple", _) if open.is_empty() => {
                let text = tree.value(id, "w:instr").map(unescaped).unwrap_or_default();
                let look = tree.within(id).find(|&id| tree.name(id) == "w:rPr");
                found.push(Field { bytes: tree.outer(id), instruction: vec![Item::Text(text)], look });
            }
            ("w:fldChar", Some("begin")) if open.len() < DEEPEST => {
                let look = run.and_then(|run| tree.child(run, "w:rPr"));
                let start = run.map_or(0, |run| tree.outer(run).start);
                let field = Field { bytes: start..start, instruction: Vec::new(), look };
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
                match open.last_mut() {
                    Some(outer) if !outer.result => outer.field.instruction.push(Item::Field(field)),
                    Some(_) => {}
                    None if begins_in == paragraph => found.push(field),
                    None => {}
                }
            }
            ("w:instrText", _) => {
                if let Some(Open { field, result: false, .. }) = open.last_mut() {
                    field.instruction.push(Item::Text(unescaped(tree.text(tree.inner(id)))));
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
    found
}

fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// The tags that a field of a mail merge becomes; nothing for other fields.
fn tags(instruction: &[Item], refused: &mut Vec<String>) -> Option<String> {
    let mut words = words(instruction, refused).into_iter();
    let kind = words.next()?.text.to_uppercase();
    match kind.as_str() {
        "MERGEFIELD" => merge_field(words.collect()),
        "IF" => condition(words.collect()),
        "NEXT" | "NEXTIF" | "SKIPIF" => {
            refused.push(kind);
            None
        }
        _ => None,
    }
}

/// The words of an instruction: parted by blanks, or in quotation marks.
fn words(instruction: &[Item], refused: &mut Vec<String>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut quoted = false;
    let mut fresh = true;
    for item in instruction {
        match item {
            Item::Field(field) => {
                let name = field_name(&field.instruction, refused);
                let tags = tags(&field.instruction, refused).unwrap_or_default();
                if fresh {
                    words.push(Word { text: String::new(), quoted, name });
                } else if let Some(word) = words.last_mut() {
                    word.name = if word.text.is_empty() { name } else { None };
                }
                if let Some(word) = words.last_mut() {
                    word.text += &tags;
                }
                fresh = false;
            }
            Item::Text(text) => {
                for c in text.chars() {
                    match c {
                        '"' | '“' | '”' => {
                            quoted = !quoted;
                            if quoted {
                                words.push(Word { text: String::new(), quoted: true, name: None });
                            }
                            fresh = !quoted;
                        }
                        c if c.is_whitespace() && !quoted => fresh = true,
                        c => {
                            if fresh {
                                words.push(Word { text: String::new(), quoted: false, name: None });
                            }
                            fresh = false;
                            if let Some(word) = words.last_mut() {
                                word.text.push(c);
                                word.name = None;
                            }
                        }
                    }
                }
            }
        }
    }
    words
}

fn field_name(instruction: &[Item], refused: &mut Vec<String>) -> Option<String> {
    let mut words = words(instruction, refused).into_iter();
    let is_field = words.next()?.text.eq_ignore_ascii_case("MERGEFIELD");
    words.next().filter(|_| is_field).map(|word| name(&word.text))
}

/// A column's name as a tag has it.
fn name(text: &str) -> String {
    let plain =
        text.chars().all(|c| c.is_alphanumeric() || c == '_') && !text.starts_with(|c: char| c.is_ascii_digit());
    if plain { text.to_owned() } else { format!("[{}]", text.replace(['[', ']'], "")) }
}

fn merge_field(words: Vec<Word>) -> Option<String> {
    let mut words = words.into_iter();
    let name = name(&words.next()?.text);
    let mut value = name.clone();
    let (mut before, mut after) = (String::new(), String::new());
    while let Some(switch) = words.next() {
        // A switch and its argument may be written together: \*Upper.
        let (sign, rest) = match switch.text.char_indices().nth(2) {
            Some((at, _)) => switch.text.split_at(at),
            None => (switch.text.as_str(), ""),
        };
        let takes = matches!(sign, "\\#" | "\\@" | "\\*" | "\\b" | "\\f");
        let argument = match rest {
            "" if takes => words.next().map(|word| word.text).unwrap_or_default(),
            rest => rest.to_owned(),
        };
        match sign {
            // A percent sign is only shown, and nothing multiplied.
            "\\#" => value = format!("(格式 {value} \"{}\")", picture(&argument).replace('%', "'%'")),
            "\\@" => value = format!("(格式 {value} \"{}\")", picture(&argument)),
            "\\b" => before = argument,
            "\\f" => after = argument,
            "\\*" => match argument.to_lowercase().as_str() {
                case @ ("upper" | "lower" | "caps" | "firstcap") => value = format!("(格式 {value} \"{case}\")"),
                "chinesenum3" => value = format!("(中文数字 {value})"),
                "chinesenum2" => value = format!("(中文数字 {value} \"大写\")"),
                _ => {}
            },
            _ => {}
        }
    }
    let around = |text: &str| match text {
        "" => String::new(),
        text => format!("{{{{#if (不等于 {name} \"\")}}}}{}{{{{/if}}}}", literal(text)),
    };
    let inside = value.strip_prefix('(').and_then(|value| value.strip_suffix(')')).unwrap_or(&value);
    Some(format!("{}{{{{{inside}}}}}{}", around(&before), around(&after)))
}

/// A picture as it can stand in quotation marks.
fn picture(text: &str) -> String {
    text.replace(['"', '{', '}'], "")
}

/// Text that is no tag.
fn literal(text: &str) -> String {
    text.replace("{{", "\\{{")
}

fn condition(words: Vec<Word>) -> Option<String> {
    let mut words = words.into_iter();
    let (left, sign, right) = (words.next()?, words.next()?, words.next()?);
    let (yes, no) = (words.next().map(|word| word.text), words.next().map(|word| word.text));
    let helper = match sign.text.as_str() {
        "=" => "等于",
        "<>" => "不等于",
        ">" => "大于",
        "<" => "小于",
        ">=" => "不小于",
        "<=" => "不大于",
        _ => return None,
    };
    let operand = |word: &Word| match &word.name {
        Some(name) => name.clone(),
        None if word.text.parse::<f64>().is_ok_and(f64::is_finite) => word.text.clone(),
        None => format!("\"{}\"", picture(&word.text)),
    };
    let (yes, no) = (yes.unwrap_or_default(), no.unwrap_or_default());
    Some(format!("{{{{#if ({helper} {} {})}}}}{yes}{{{{else}}}}{no}{{{{/if}}}}", operand(&left), operand(&right)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(paragraph: &str) -> (String, Vec<String>) {
        let tree = Tree::read(format!("<w:p>{paragraph}</w:p>").into_bytes()).unwrap();
        let mut refused = Vec::new();
        let source = as_tags(&tree, &mut refused).unwrap_or_default();
        let text =
            source.split("<w:t xml:space=\"preserve\">").skip(1).map(|rest| rest.split("</w:t>").next().unwrap());
        (unescaped(&text.collect::<String>()), refused)
    }

    fn field(instruction: &str) -> String {
        let run = |inside: &str| format!("<w:r>{inside}</w:r>");
        let text = instruction.replace('<', "&lt;");
        run("<w:fldChar w:fldCharType=\"begin\"/>")
            + &run(&format!("<w:instrText>{text}</w:instrText>"))
            + &run("<w:fldChar w:fldCharType=\"separate\"/>")
            + &run("<w:rPr><w:b/></w:rPr><w:t>«旧»</w:t>")
            + &run("<w:fldChar w:fldCharType=\"end\"/>")
    }

    #[test]
    fn merge_fields_are_tags_with_their_switches() {
        for (instruction, tags) in [
            (" MERGEFIELD 姓名 \\* MERGEFORMAT ", "{{姓名}}"),
            (" MERGEFIELD \"入党 时间\" \\@ \"yyyy年M月d日\" ", "{{格式 [入党 时间] \"yyyy年M月d日\"}}"),
            (" MERGEFIELD 党费 \\# \"#,##0.00\" ", "{{格式 党费 \"#,##0.00\"}}"),
            (" MERGEFIELD 占比 \\# 0% ", "{{格式 占比 \"0'%'\"}}"),
            (" MERGEFIELD code \\*Upper ", "{{格式 code \"upper\"}}"),
            (" MERGEFIELD 人数 \\* CHINESENUM3 ", "{{中文数字 人数}}"),
            (" MERGEFIELD 职务 \\b \"任\" ", "{{#if (不等于 职务 \"\")}}任{{/if}}{{职务}}"),
            (" PAGE ", ""),
        ] {
            assert_eq!(converted(&field(instruction)).0, tags);
        }
        let simple = "<w:fldSimple w:instr=\" MERGEFIELD 姓名 \"><w:r><w:t>旧</w:t></w:r></w:fldSimple>";
        assert_eq!(converted(simple).0, "{{姓名}}");
    }

    #[test]
    fn a_condition_with_a_field_in_it_is_a_block() {
        let nested = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>"
            .to_owned()
            + &field(" MERGEFIELD 性别 ")
            + "<w:r><w:instrText> = \"男\" \"先生\" \"女士\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
               <w:r><w:t>先生</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
        assert_eq!(converted(&nested).0, "{{#if (等于 性别 \"男\")}}先生{{else}}女士{{/if}}");
        assert_eq!(converted(&field(" NEXT ")).1, ["NEXT"]);
    }

    #[test]
    fn the_result_s_look_is_the_values() {
        let tree = Tree::read(format!("<w:p>{}</w:p>", field(" MERGEFIELD 姓名 ")).into_bytes()).unwrap();
        assert_eq!(
            as_tags(&tree, &mut Vec::new()).unwrap(),
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{{姓名}}</w:t></w:r></w:p>"
        );
    }
}
