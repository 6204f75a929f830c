//! MERGEFIELD with its switches.

use super::words::{Meant, Word};

/// Before a name that begins with a digit Word puts this.
const PREFIX: &str = "M_";

/// A column's name as a tag has it.
pub(super) fn name(text: &str) -> String {
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let text = text.strip_prefix(PREFIX).filter(|rest| digit(rest)).unwrap_or(text);
    let plain = text.chars().all(|c| c.is_alphanumeric() || c == '_') && !digit(text);
    if plain { text.to_owned() } else { format!("[{}]", text.replace(['[', ']', '{', '}'], "")) }
}

/// What a merge field's words give: the value, and the texts before and after it. Nothing if a switch asks for what
/// cannot be had.
pub(super) fn expression(words: &[Word]) -> Option<(String, String, String)> {
    let mut words = words.iter();
    let mut value = name(&words.next()?.text);
    let (mut before, mut after) = (String::new(), String::new());
    while let Some(switch) = words.next() {
        // A switch and its argument may be written together: \\*Upper.
        let (sign, rest) = match switch.text.char_indices().nth(2) {
            Some((at, _)) => switch.text.split_at(at),
            None => (switch.text.as_str(), ""),
        };
        let takes = matches!(sign, "\\#" | "\\@" | "\\*" | "\\b" | "\\f");
        let argument = match rest {
            "" if takes => words.next().map(|word| word.text.clone()).unwrap_or_default(),
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
                "chinesenum1" | "chinesenum3" => value = format!("(中文数字 {value})"),
                "chinesenum2" => value = format!("(中文数字 {value} \"大写\")"),
                "mergeformat" | "charformat" | "mergeformatinet" | "arabic" | "" => {}
                _ => return None,
            },
            _ => {}
        }
    }
    Some((value, before, after))
}

/// The tags of a merge field.
pub(super) fn merge_field(words: &[Word]) -> Option<String> {
    let (value, before, after) = expression(words)?;
    let name = name(&words.first()?.text);
    let around = |text: &str| match text {
        "" => String::new(),
        text => format!("{{{{#if (不等于 {name} \"\")}}}}{text}{{{{/if}}}}"),
    };
    Some(format!("{}{{{{{}}}}}{}", around(&before), bare(&value), around(&after)))
}

/// The number of a record, as it is `counted`.
pub(super) fn of_record(counted: &str, words: &[Word]) -> String {
    let mut with_value = vec![Word { text: "x".to_owned(), ..Word::default() }];
    with_value.extend(words.iter().map(|word| Word { text: word.text.clone(), ..Word::default() }));
    match expression(&with_value) {
        Some((value, ..)) => format!("{{{{{}}}}}", bare(&value.replacen('x', counted, 1))),
        None => format!("{{{{{counted}}}}}"),
    }
}

/// INCLUDEPICTURE of a file that a column names.
pub(super) fn picture_of(words: &[Word]) -> Option<String> {
    match &words.first()?.value {
        Some(Meant::Value(value)) => Some(format!("{{{{图片 {value}}}}}")),
        _ => None,
    }
}

/// A value without the brackets around it.
fn bare(value: &str) -> &str {
    value.strip_prefix('(').and_then(|value| value.strip_suffix(')')).unwrap_or(value)
}

/// A picture as it can stand in quotation marks.
pub(super) fn picture(text: &str) -> String {
    text.replace(['"', '{', '}'], "")
}
