//! What `EQ` fields draw, in one line: `EQ \o\ac(○,3)` is ③, `EQ \f(1,2)` is 1/2.

/// Equations within equations deeper than this are left as they stand.
const MOST_DEPTH: usize = 8;
/// Signs that other signs are put into.
const CIRCLES: [&str; 4] = ["○", "〇", "◯", "O"];

/// The text of an equation, and whether its form is lost in one line.
pub fn text(instruction: &str) -> (String, bool) {
    let code = instruction.trim();
    let after = code.get(2..).filter(|_| code.get(..2).is_some_and(|kind| kind.eq_ignore_ascii_case("eq")));
    let mut form_lost = false;
    let text = line(after.unwrap_or(code).trim(), &mut form_lost, 0);
    (text, form_lost)
}

/// Texts and switches one after the other.
fn line(code: &str, form_lost: &mut bool, depth: usize) -> String {
    let mut text = String::new();
    let mut rest = code;
    while let Some((before, _)) = rest.split_once('\\') {
        text += before;
        let (options, after) = switches(&rest[before.len()..]);
        rest = after;
        if let Some((arguments, after)) = arguments(after).filter(|_| depth < MOST_DEPTH) {
            let parts: Vec<String> =
                arguments.into_iter().map(|part| line(part.trim(), form_lost, depth + 1)).collect();
            text += &joined(options.first().map(String::as_str), &parts, form_lost);
            rest = after;
        }
    }
    text + rest
}

/// The switches before the arguments, such as `o` and `ac`, and what follows them.
fn switches(code: &str) -> (Vec<String>, &str) {
    let mut options = Vec::new();
    let mut rest = code;
    while let Some(after) = rest.strip_prefix('\\') {
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        options.push(after[..end].to_ascii_lowercase());
        // a switch may have an amount, and blanks after it
        rest = after[end..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c.is_whitespace());
    }
    (options, rest)
}

/// The arguments in brackets, and what follows them.
fn arguments(code: &str) -> Option<(Vec<&str>, &str)> {
    let inner = code.strip_prefix('(')?;
    let (mut parts, mut open, mut from) = (Vec::new(), 0usize, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => {
                parts.push(&inner[from..at]);
                return Some((parts, &inner[at + 1..]));
            }
            ')' => open -= 1,
            ',' | ';' if open == 0 => {
                parts.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    None
}

fn joined(kind: Option<&str>, parts: &[String], form_lost: &mut bool) -> String {
    let is_circle = |part: &String| CIRCLES.contains(&part.as_str());
    if let (Some("o"), [one, other]) = (kind, parts)
        && let Some(inside) = if is_circle(one) { Some(other) } else { is_circle(other).then_some(one) }
    {
        let sign = circled(inside);
        *form_lost |= sign.is_none();
        return sign.map_or_else(|| format!("({inside})"), String::from);
    }
    *form_lost |= !matches!(kind, Some("b" | "l"));
    match (kind, parts) {
        (Some("f"), [above, below]) => format!("{above}/{below}"),
        (Some("r"), [degree @ .., root]) => format!("{}√({root})", degree.concat()),
        (Some("b"), parts) => format!("({})", parts.join(",")),
        (Some("l"), parts) => parts.join(","),
        (_, parts) => parts.join(" "),
    }
}

/// A sign in a circle, if there is one of it.
fn circled(text: &str) -> Option<char> {
    /// The words in circles, as they follow each other from U+3280 on.
    const WORDS: &str =
        "一二三四五六七八九十月火水木金土日株有社名特财祝劳秘男女适优印注项休写正上中下左右医宗学监企资协夜";
    let of = |first: u32, place: u32| char::from_u32(first + place);
    if let Ok(number) = text.parse::<u32>() {
        return match number {
            1..=20 => of(0x2460, number - 1),
            21..=35 => of(0x3251, number - 21),
            36..=50 => of(0x32B1, number - 36),
            _ => None,
        };
    }
    let mut signs = text.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    match sign {
        'a'..='z' => of(0x24D0, sign as u32 - 'a' as u32),
        'A'..='Z' => of(0x24B6, sign as u32 - 'A' as u32),
        _ => of(0x3280, u32::try_from(WORDS.chars().position(|known| known == sign)?).ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_circles_are_signs_and_what_has_a_form_is_written_in_a_line() {
        assert_eq!(text(r" eq \o\ac(○,12) "), ("⑫".into(), false));
        assert_eq!(text(r"EQ \o\ac(○,正)"), ("㊣".into(), false));
        assert_eq!(text(r"EQ \o\ac(○,夜)"), ("㊰".into(), false));
        assert_eq!(text(r"EQ \o\ac(○,党)"), ("(党)".into(), true));
        assert_eq!(text(r"EQ 面积 \f(1,\r(,2))"), ("面积 1/√(2)".into(), true));
        assert_eq!(text(r"EQ \s\up 8(a)\b(c)"), ("a(c)".into(), true));
    }

    #[test]
    fn no_equation_makes_the_reader_fall() {
        for code in ["EQ", r"EQ \", r"EQ \o(", r"EQ \o(,)", r"EQ \f(\(,\))", "党", &r"\b(".repeat(40)] {
            let _ = text(code);
        }
    }
}
