//! What the words of a form's cell say: a label's name, label and value in one cell, a place left to be filled.

use super::super::names::{folded, header_name, trimmed};

/// The longest name of a label.
const LONGEST_LABEL: usize = 16;

/// A label's name: without colon, numbering and lines to write on. `一、姓　名：` is 姓名.
pub(super) fn label_name(text: &str) -> String {
    let name = header_name(text);
    let name = without_numbering(&name);
    name.trim_end_matches([':', '：', '_', '＿', '*', '※']).trim_start_matches(['*', '※', '★']).to_owned()
}

/// Whether a text has a place in a list before it: 一、, （一）.
pub(super) fn is_numbered(text: &str) -> bool {
    let text = trimmed(text);
    without_numbering(&text).len() < text.len()
}

/// Text without a numbering before it: 一、, （一）, 1., 1、.
fn without_numbering(text: &str) -> &str {
    let open = text.strip_prefix(['（', '(']);
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = open.unwrap_or(text).trim_start_matches(digits);
    let numbered = rest.len() < open.unwrap_or(text).len();
    let signs: &[char] = if open.is_some() { &['）', ')'] } else { &['、', '.', '．'] };
    match rest.strip_prefix(signs) {
        Some(rest) if numbered && !rest.is_empty() => rest,
        _ => text,
    }
}

/// Whether a text ends as only labels do.
pub(super) fn ends_with_colon(text: &str) -> bool {
    text.trim_end_matches(['_', '＿', ' ', '\u{3000}']).ends_with([':', '：'])
}

/// Labels and values that stand together in one cell: `填报单位：第一小学　填报日期：2023年12月`. Nothing if the text
/// does not begin with a label and a colon.
pub(super) fn inline(text: &str) -> Option<Vec<(String, String)>> {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let short = |line: &&str| line.chars().count() <= 40 && pairs_of_line(line).is_some();
    if lines.len() > 1 && !lines.iter().all(short) {
        // Many lines of text below a label.
        let (label, value) = split_label(text)?;
        return Some(vec![(label, value.trim().to_owned())]);
    }
    let mut pairs = Vec::new();
    for line in lines {
        pairs.extend(pairs_of_line(line)?);
    }
    (!pairs.is_empty()).then_some(pairs)
}

fn pairs_of_line(line: &str) -> Option<Vec<(String, String)>> {
    let (label, mut rest) = split_label(line)?;
    let mut pairs = vec![(label, String::new())];
    // Each further colon ends a label, if a gap parts what stands before it from the value that goes before.
    let mut from = 0;
    while let Some(colon) = rest.get(from..).and_then(|after| after.find([':', '：'])).map(|at| at + from) {
        let before = rest.get(..colon).unwrap_or_default();
        let begin =
            before.trim_end().rfind(|c: char| c.is_whitespace() || c == '_').map(|at| begin_of_label(before, at));
        match begin.and_then(|begin| Some((rest.get(..begin)?, split_label(rest.get(begin..)?)?))) {
            Some((value, (label, after))) => {
                if let Some(last) = pairs.last_mut() {
                    last.1 = value.trim().to_owned();
                }
                pairs.push((label, String::new()));
                rest = after;
                from = 0;
            }
            None => from = colon + rest.get(colon..).and_then(|at| at.chars().next()).map_or(1, char::len_utf8),
        }
    }
    if let Some(last) = pairs.last_mut() {
        last.1 = rest.trim().to_owned();
    }
    Some(pairs)
}

/// Where the label begins whose last word begins after the gap at `gap`: letters set apart (`审 核 人`) are one word.
fn begin_of_label(before: &str, gap: usize) -> usize {
    let mut begin = gap + before.get(gap..).and_then(|at| at.chars().next()).map_or(1, char::len_utf8);
    loop {
        let word = before.get(begin..).unwrap_or_default();
        if word.split_whitespace().next().is_none_or(|word| word.chars().count() > 1) {
            return begin;
        }
        let earlier = before.get(..begin).unwrap_or_default().trim_end();
        let from = earlier
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + earlier.get(at..).and_then(|c| c.chars().next()).map_or(1, char::len_utf8));
        if from == 0 || earlier.get(from..).is_none_or(|word| word.chars().count() != 1) {
            return begin;
        }
        begin = from;
    }
}

/// `姓 名：张三` as 姓名 and 张三, if what stands before the first colon can be a label.
fn split_label(text: &str) -> Option<(String, &str)> {
    let colon = text.find([':', '：'])?;
    let (label, rest) = text.split_at_checked(colon)?;
    let rest = rest.get(rest.chars().next().map_or(1, char::len_utf8)..)?;
    let name = label_name(label);
    // 14：30 is a time; http://… an address.
    let digit = label.ends_with(|c: char| c.is_ascii_digit()) || rest.starts_with("//");
    let signs = name.contains(['。', '，', ',', '；', ';', '、', '“', '□', '☐', '☑']);
    let usable = !name.is_empty() && name.chars().count() <= LONGEST_LABEL && !digit && !signs;
    usable.then_some((name, rest))
}

/// A value without the lines to write on; nothing if there is only a place left to be filled: `____`, `年　月　日`,
/// `（盖章）`.
pub(super) fn filled_in(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '_' || c == '＿');
    if is_place_to_fill(text) { "" } else { text }
}

fn is_place_to_fill(text: &str) -> bool {
    let words = folded(text).replace('_', "");
    const LEFT_OPEN: [&str; 21] = [
        "年月日",
        "年月",
        "月日",
        "年月至年月",
        "年月日时",
        "年月日时分",
        "时分",
        "(盖章)",
        "盖章",
        "(签字)",
        "签字",
        "签名",
        "(签名)",
        "(公章)",
        "(章)",
        "(签章)",
        "公章",
        "人",
        "元",
        "次",
        "分",
    ];
    let mut rest: &str = &words;
    while let Some(after) = LEFT_OPEN.iter().find_map(|open| rest.strip_prefix(open)) {
        rest = after.trim_start_matches(':');
    }
    let unit_alone = ["人", "元", "次", "分"].contains(&text);
    rest.trim_matches(['_', '＿', ':', '(', ')', '/', '-', '.']).is_empty() && (!unit_alone || text.is_empty())
}

/// Whether a text marks the place for a photograph.
pub(super) fn is_photo_place(text: &str) -> bool {
    let words = folded(text).replace('_', "");
    let words = words.trim_matches(['(', ')']);
    if words.chars().count() > 24 || !(words.contains("照片") || words.contains("相片") || words.contains("免冠"))
    {
        return false;
    }
    matches!(words, "照片" | "相片" | "电子照片" | "登记照" | "证件照片" | "个人照片" | "本人照片")
        || ["贴", "处", "寸", "免冠", "近照"].iter().any(|word| words.contains(word))
}

/// Whether a text is a note to who fills the form in.
pub(super) fn is_note(text: &str) -> bool {
    let text = trimmed(text);
    const STARTS: [&str; 11] =
        ["注：", "注:", "注意", "说明：", "说明:", "填表说明", "填报说明", "填写说明", "备注：1", "本表", "附："];
    text.starts_with('※') || STARTS.iter().any(|start| text.starts_with(start))
}

/// Whether each letter stands on a line of its own, as in a tall narrow cell.
pub(super) fn is_vertical(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    text.lines().nth(1).is_some() && lines.all(|line| line.chars().count() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        inline(text).unwrap_or_default()
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_labels_name_is_what_its_reader_says() {
        for (text, name) in [
            ("姓　名", "姓名"),
            ("姓 名：", "姓名"),
            ("奖\n惩\n情\n况", "奖惩情况"),
            ("联系电话：____", "联系电话"),
            ("一、主要事迹", "主要事迹"),
            ("（二）存在问题", "存在问题"),
            ("出生年月（岁）", "出生年月（岁）"),
            ("*身份证号", "身份证号"),
            ("2023年党费", "2023年党费"),
        ] {
            assert_eq!(label_name(text), name, "{text}");
        }
    }

    #[test]
    fn labels_and_values_in_one_cell_are_taken_apart() {
        assert_eq!(pairs("填报单位：中共云江市第一小学支部"), owned(&[("填报单位", "中共云江市第一小学支部")]));
        assert_eq!(
            pairs("填报单位：第一小学    填报日期：2023年12月20日"),
            owned(&[("填报单位", "第一小学"), ("填报日期", "2023年12月20日")])
        );
        assert_eq!(
            pairs("负责人：王明 审 核 人：李四　填表人：____"),
            owned(&[("负责人", "王明"), ("审核人", "李四"), ("填表人", "____")])
        );
        assert_eq!(pairs("时间：2023年5月6日 14：30"), owned(&[("时间", "2023年5月6日 14：30")]));
        assert_eq!(pairs("主持人：张三\n记录人：李四"), owned(&[("主持人", "张三"), ("记录人", "李四")]));
        let long = "活动内容：\n一、学习：会议精神。\n二、讨论。";
        assert_eq!(pairs(long), owned(&[("活动内容", "一、学习：会议精神。\n二、讨论。")]));
        for plain in ["14：30", "同意。意见：无", "张三", "http://a.cn"] {
            assert_eq!(inline(plain), None, "{plain}");
        }
    }

    #[test]
    fn a_place_left_to_be_filled_is_no_value() {
        for open in ["____", "  年  月  日", "（盖章）\n   年  月  日", "签字：\n年 月 日", "____年__月", "（ ）"]
        {
            assert_eq!(filled_in(open), "", "{open}");
        }
        for (text, value) in
            [("__张三__", "张三"), ("同意（盖章）", "同意（盖章）"), ("2023年 月", "2023年 月"), ("人", "人")]
        {
            assert_eq!(filled_in(text), value);
        }
    }

    #[test]
    fn the_photographs_place_is_known_by_its_words() {
        for photo in ["照片", "贴照片处", "（一寸免冠照片）", "近期\n免冠\n照片"] {
            assert!(is_photo_place(photo), "{photo}");
        }
        for other in ["活动照片", "照片张数"] {
            assert!(!is_photo_place(other), "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken_apart_without_a_panic(text in "[：:_ 　\\n姓名审核人A1。□☑（）]{0,30}") {
            let _ = (inline(&text), label_name(&text), filled_in(&text), is_photo_place(&text), is_vertical(&text));
        }
    }
}
