//! Names for what is drafted: of tables, titles and files, and how texts are written in the files of a project.

/// Names that say nothing: what programs call a sheet or a file that nobody named.
pub(super) fn says_nothing(name: &str) -> bool {
    let bare = name.trim().trim_end_matches(|c: char| c.is_ascii_digit() || " ()（）_-".contains(c)).to_lowercase();
    let nothing = [
        "",
        "sheet",
        "工作表",
        "表",
        "表格",
        "book",
        "工作簿",
        "data",
        "数据",
        "新建",
        "新建工作表",
        "副本",
        "test",
        "table",
        "input",
        "新建 xlsx 工作表",
        "新建 xls 工作表",
        "新建 microsoft excel 工作表",
        "export",
        "导出",
    ];
    nothing.contains(&bare.as_str())
}

/// A name as templates can say it without brackets: letters and digits alone, a letter first. Nothing if no letter is
/// left.
pub(super) fn table_name(text: &str) -> Option<String> {
    const LONGEST: usize = 30;
    let letters = letters(text, LONGEST);
    let first = letters.chars().next()?;
    let name = if first.is_alphabetic() { letters } else { format!("表{letters}") };
    let taken = [
        "全部",
        "项目",
        "键",
        "key",
        "this",
        "true",
        "false",
        "null",
        "undefined",
        "else",
        "否则",
        "as",
        "lookup",
        "log",
    ];
    Some(if taken.contains(&name.as_str()) { format!("{name}表") } else { name })
}

/// A name for a column whose own no tag can say: its letters and digits; 1990 is 1990年. Nothing if there are none.
pub(super) fn column_name(text: &str) -> Option<String> {
    const LONGEST: usize = 30;
    let name = letters(text, LONGEST);
    match name.chars().all(|c| c.is_ascii_digit()) {
        true if name.is_empty() => None,
        true if year(&name).is_some() => Some(format!("{name}年")),
        true => Some(format!("列{name}")),
        false => table_name(&name),
    }
}

/// A text's letters and digits; `_` stands for blanks between Latin ones.
fn letters(text: &str, most: usize) -> String {
    let mut letters = String::new();
    let mut blank = false;
    for c in text.chars() {
        let kept = c.is_alphanumeric() || c == '_';
        if kept {
            if blank && c.is_ascii_alphanumeric() && letters.ends_with(|last: char| last.is_ascii_alphanumeric()) {
                letters.push('_');
            }
            letters.push(c);
        }
        blank = !kept;
    }
    letters.chars().take(most).collect()
}

/// The title of a report on what is called so: 学校情况报告 of 学校.
pub(super) fn report_title(subject: &str) -> String {
    let subject = file_name(subject);
    let subject = subject.trim_end_matches("汇报").trim_end_matches("报告");
    let short = subject.strip_suffix(['表', '册', '单']).filter(|short| short.chars().count() >= 2).unwrap_or(subject);
    if short.is_empty() || says_nothing(short) {
        return "数据情况报告".to_owned();
    }
    let blank = if short.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    match short.ends_with("情况") {
        true => format!("{short}报告"),
        false => format!("{short}{blank}情况报告"),
    }
}

/// The year that a text speaks of: 2023 of `2023年党员统计`.
pub(super) fn year(text: &str) -> Option<u16> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    runs.find_map(|run| run.parse().ok().filter(|year| (1980..=2100).contains(year)))
}

/// Whether names differ only in the year, quarter or month that they speak of.
pub(super) fn differ_in_time_alone(names: &[&str]) -> bool {
    let timeless = |name: &str| -> Option<String> {
        let speaks_of_time =
            year(name).is_some() || ["年", "季度", "月", "学期", "周"].iter().any(|word| name.contains(word));
        let is_time = |c: char| c.is_numeric() || "年季度月学期周第上下半一二三四五六七八九十〇 -._".contains(c);
        speaks_of_time.then(|| name.chars().filter(|c| !is_time(*c)).collect())
    };
    let mut rest = names.iter().map(|name| timeless(name));
    let Some(Some(first)) = rest.next() else { return false };
    rest.all(|other| other.as_ref() == Some(&first))
}

/// A file's or folder's name that every system takes and that is no pattern: signs that mean something are full width.
pub fn file_name(name: &str) -> String {
    const LONGEST: usize = 60;
    let safe = |c: char| match c {
        '#' => '＃',
        '*' => '＊',
        '?' => '？',
        '[' => '［',
        ']' => '］',
        '<' => '＜',
        '>' => '＞',
        ':' => '：',
        '"' => '＂',
        '|' => '｜',
        '/' => '／',
        '\\' => '＼',
        '{' => '｛',
        '}' => '｝',
        c if c.is_control() => ' ',
        c => c,
    };
    let name: String = name.chars().map(safe).take(LONGEST).collect();
    name.trim().trim_matches('.').trim().to_owned()
}

/// Whether a text can be the name of a report's file as it is.
pub(super) fn is_file_name(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or(text).trim().to_ascii_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || ["COM", "LPT"]
            .iter()
            .any(|device| stem.strip_prefix(device).is_some_and(|number| number.chars().count() == 1));
    let plain = !text.is_empty() && text == file_name(text) && text.trim_end_matches(['.', ' ']) == text;
    plain && !device
}

/// A text as TOML writes it.
pub(super) fn toml_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted += &format!("\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// A text as it stands in a cell of a Markdown table without being markup, or a tag.
pub(super) fn markdown_text(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_get_names_that_need_no_brackets() {
        assert_eq!(table_name("党支部").as_deref(), Some("党支部"));
        assert_eq!(table_name("2023年 各校{统计}").as_deref(), Some("表2023年各校统计"));
        assert_eq!(table_name("项目").as_deref(), Some("项目表"));
        assert_eq!(table_name("NE data (1)").as_deref(), Some("NE_data_1"));
        assert_eq!(table_name("{}/"), None);
    }

    #[test]
    fn columns_that_tags_cannot_say_keep_what_can_be_said_of_their_names() {
        assert_eq!(column_name("1990").as_deref(), Some("1990年"));
        assert_eq!(column_name("12").as_deref(), Some("列12"));
        assert_eq!(column_name("{{党员}}，\"数\"").as_deref(), Some("党员数"));
        assert_eq!(column_name("，"), None);
    }

    #[test]
    fn names_that_programs_give_say_nothing() {
        assert!(["Sheet1", "工作表2", "Book1", "新建 XLSX 工作表", "data (2)"].iter().all(|name| says_nothing(name)));
        assert!(!says_nothing("党支部") && !says_nothing("学校1"));
    }

    #[test]
    fn a_report_is_called_after_its_data() {
        assert_eq!(report_title("学校"), "学校情况报告");
        assert_eq!(report_title("2023年党员统计表"), "2023年党员统计情况报告");
        assert_eq!(report_title("各校情况"), "各校情况报告");
        assert_eq!(report_title("sales"), "sales 情况报告");
        assert_eq!(report_title("Sheet1"), "数据情况报告");
    }

    #[test]
    fn sheets_of_years_and_months_are_told_from_sheets_of_schools() {
        assert!(differ_in_time_alone(&["2022年", "2023年"]));
        assert!(differ_in_time_alone(&["1月", "2月", "十二月"]));
        assert!(!differ_in_time_alone(&["1班", "2班"]));
        assert!(!differ_in_time_alone(&["兰渚区2023年", "栖云区2023年"]));
    }

    #[test]
    fn file_names_suit_every_system() {
        assert_eq!(file_name(" a/b*[1]#?.xlsx "), "a／b＊［1］＃？.xlsx");
        assert!(is_file_name("0101 第一小学") && is_file_name("甲（乙）.v2"));
        assert!(!is_file_name("a/b") && !is_file_name("con") && !is_file_name("甲.") && !is_file_name(""));
    }

    #[test]
    fn texts_are_written_so_that_they_come_back() {
        for text in ["甲\"乙\\", "a\u{1}b", "'{{x}}'"] {
            let read: toml::Table = toml::from_str(&format!("a = {}", toml_text(text))).unwrap();
            assert_eq!(read["a"].as_str(), Some(text));
        }
        assert_eq!(markdown_text("a|b*{{"), "a\\|b\\*\\{\\{");
    }
}
