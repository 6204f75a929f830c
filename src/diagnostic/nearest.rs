//! Names that were meant by others.

use super::Words;

/// The way out where one name was meant by another.
pub fn did_you_mean(meant: &str) -> Words {
    Words::new(format!("是不是“{meant}”？"), format!("did you mean “{meant}”?"))
}

/// The known name nearest to one that is not known, if any is near enough to be meant. Brackets and the like are one in
/// either width.
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let unknown = half_width(unknown);
    let unknown_length = unknown.chars().count();
    known
        .into_iter()
        .filter_map(|name| {
            let plain = half_width(name);
            let distance = strsim::damerau_levenshtein(&unknown, &plain);
            let longest = unknown_length.max(plain.chars().count());
            let holds = || unknown.contains(plain.as_str()) && plain.chars().count() * 3 >= unknown_length;
            let within = || plain.contains(unknown.as_str()) || holds();
            // of names as near as each other, the one that was not written to its end
            let completes = plain.starts_with(unknown.as_str());
            (distance * 2 <= longest || unknown_length >= 2 && within()).then_some((distance, !completes, name))
        })
        .min_by_key(|(distance, other, name)| (*distance, *other, name.to_string()))
        .map(|(.., name)| name)
}

fn half_width(name: &str) -> String {
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    name.chars().map(half).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_of_the_other_width_is_no_slip() {
        assert_eq!(nearest("党员（男）", ["党费（元）", "党员(女)"]), Some("党员(女)"));
    }

    #[test]
    fn the_nearest_name_is_one_slip_away() {
        let known = ["支部名称", "支部类型", "党员总数"];
        assert_eq!(nearest("支部名陈", known), Some("支部名称"));
        assert_eq!(nearest("党员", known), Some("党员总数"));
        assert_eq!(nearest("电话", known), None);
        assert_eq!(nearest("insert_image", ["ge", "gt"]), None, "two letters of twelve");
        assert_eq!(nearest("学校名", ["学校", "学校名称"]), Some("学校名称"), "one that was not written to its end");
    }
}
