//! What IF, COMPARE, NEXTIF and SKIPIF ask.

use super::value::picture;
use super::words::{Item, Meant, Word, words};
use super::{Conversion, look_of, value, without_looks};

/// IF: one text or another.
pub(super) fn branches(words: &[Word]) -> Option<String> {
    let holds = condition(words)?;
    let text = |at: usize| words.get(at).map(|word| word.text.as_str()).unwrap_or_default();
    let (yes, no) = (text(3), text(4));
    let otherwise = if without_looks(no).is_empty() { String::new() } else { format!("{{{{else}}}}{no}") };
    Some(format!("{{{{#if {holds}}}}}{yes}{otherwise}{{{{/if}}}}"))
}

/// What must hold, as it stands in a tag of a block: two values and a sign between them.
pub(super) fn condition(words: &[Word]) -> Option<String> {
    let [left, sign, right, ..] = words else { return None };
    let sign = sign.text.as_str();
    if let (Some(Meant::Truth(holds)), "=" | "<>") = (&left.value, sign) {
        return match (right.text.trim(), sign == "=") {
            ("1", true) | ("0", false) => Some(holds.clone()),
            ("0", true) | ("1", false) => Some(format!("(非 {holds})")),
            _ => None,
        };
    }
    let (a, b) = (operand(left)?, operand(right)?);
    if !right.has_fields && right.text.contains(['*', '?']) && matches!(sign, "=" | "<>") {
        let like = format!("(匹配 {a} {b})");
        return Some(if sign == "=" { like } else { format!("(非 {like})") });
    }
    let helper = match sign {
        "=" => "等于",
        "<>" => "不等于",
        ">" => "大于",
        "<" => "小于",
        ">=" => "不小于",
        "<=" => "不大于",
        _ => return None,
    };
    Some(format!("({helper} {a} {b})"))
}

/// One side of a comparison; nothing if it is put together from fields and text.
fn operand(word: &Word) -> Option<String> {
    match &word.value {
        Some(Meant::Value(value)) => Some(value.clone()),
        Some(Meant::Truth(_)) => None,
        None if word.has_fields => None,
        None if word.text.parse::<f64>().is_ok_and(f64::is_finite) => Some(word.text.clone()),
        // Word takes a name without quotation marks for a column's only in the dialog that writes the field.
        None => Some(format!("\"{}\"", picture(&word.text))),
    }
}

/// `= OR ( { COMPARE … }, { COMPARE … } )`, and AND: all that a formula of a mail merge is for. COMPARE alone too.
pub(super) fn formula(instruction: &[Item], conversion: &mut Conversion<'_>) -> Option<String> {
    let mut skeleton = String::new();
    let mut parts = Vec::new();
    for item in instruction {
        match item {
            Item::Text(text) => skeleton.extend(
                text.chars().filter(|c| !c.is_whitespace() && look_of(*c).is_none()).flat_map(char::to_uppercase),
            ),
            Item::Field(field) if item.is_comparison() => {
                let compared = words(&field.instruction, conversion);
                parts.push(condition(compared.get(1..)?)?);
            }
            Item::Field(field) => {
                let inner = words(&field.instruction, conversion);
                parts.push(value::expression(inner.get(1..)?)?.0);
            }
        }
    }
    let inside = |name: &str| skeleton.strip_prefix(name).and_then(|rest| rest.strip_suffix(')'));
    let helper = match (inside("=OR("), inside("=AND(")) {
        (Some(_), _) => "或者",
        (_, Some(_)) => "并且",
        _ => return None,
    };
    let commas = inside("=OR(").or(inside("=AND("))?;
    (parts.len() > 1 && commas.chars().all(|c| c == ',' || c == ';') && commas.len() + 1 == parts.len())
        .then(|| format!("({helper} {})", parts.join(" ")))
}
