//! The forms that GB/T 9704-2012 gives the elements of an official document, and what a value is held against.

use super::{Key, OfficialForm, date, problem};
use crate::diagnostic::{Diagnostic, Place};

/// Grades of secrecy.
const SECRECY: [&str; 3] = ["绝密", "机密", "秘密"];
/// Degrees of urgency, those of telegrams last.
const URGENCY: [&str; 4] = ["特急", "加急", "特提", "平急"];
const DAY: &str = "2024年1月15日";
/// Digits of a copy number.
const COPY_DIGITS: usize = 6;

/// Whether a text says yes.
pub(in crate::template) fn yes(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "是" | "有" | "√" | "true" | "yes" => Some(true),
        "" | "否" | "无" | "×" | "false" | "no" => Some(false),
        _ => None,
    }
}

/// A copy number in its six digits.
pub(in crate::template) fn copy_number(text: &str) -> String {
    let text = narrow(text);
    if is_number(&text) { format!("{text:0>COPY_DIGITS$}") } else { text }
}

/// What is wrong with a value; `official` if the document has a head (issuer's mark, number), which makes more of it.
pub(in crate::template) fn check(
    key: Key,
    text: &str,
    form: OfficialForm,
    official: bool,
    place: &Place,
) -> Option<Diagnostic> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let differs = |right: Option<String>, example: &str| match right {
        Some(right) if right == text => None,
        right => Some(problem::wrong_form(place.clone(), key.shown(), text, right.as_deref(), example)),
    };
    match key {
        Key::CopyNumber if !is_number(&narrow(text)) || narrow(text).len() > COPY_DIGITS => differs(None, "000001"),
        Key::Secrecy => differs(secrecy(text), "机密★1年"),
        Key::Urgency if !URGENCY.contains(&text) => Some(problem::no_such_urgency(place.clone(), text, &URGENCY)),
        // minutes are counted by issues
        Key::Number if text.starts_with('第') && text.ends_with('期') => None,
        // orders have a number of their own
        Key::Number if form == OfficialForm::Order && text.starts_with('第') && text.ends_with('号') => None,
        Key::Number if form == OfficialForm::Order => differs(None, "第15号"),
        Key::PrintedBy | Key::PrintedOn if form == OfficialForm::Letter => {
            Some(problem::not_in_letters(place.clone(), key.shown()))
        }
        Key::Number => differs(number(text), "云教发〔2023〕15号"),
        Key::Date if official || has_zeros(text) => differs(day(text), DAY),
        Key::PrintedOn => {
            let printed = text.strip_suffix("印发").unwrap_or(text).trim_end();
            let right = day(printed);
            if right.as_deref() == Some(printed) { None } else { differs(right, DAY) }
        }
        Key::Seal if yes(text).is_none() => Some(problem::neither_yes_nor_no(place.clone(), key.shown(), text)),
        _ => None,
    }
}

/// 机密★1年 from what is near it.
fn secrecy(text: &str) -> Option<String> {
    let text = narrow(text);
    let grade = SECRECY.into_iter().find(|grade| text.starts_with(grade))?;
    let term = text[grade.len()..].trim_start_matches(['★', '☆', '*', '＊', '✩', '·', '-', '、', '，']);
    if term.is_empty() || term == "长期" {
        let star = if term.is_empty() { "" } else { "★" };
        return Some(format!("{grade}{star}{term}"));
    }
    let unit = ["年", "个月", "月", "日", "天"].into_iter().find(|unit| term.ends_with(unit))?;
    let count = term.strip_suffix(unit)?;
    let count = date::number(count).filter(|count| *count > 0)?;
    let unit = if unit == "月" { "个月" } else { unit };
    Some(format!("{grade}★{count}{unit}"))
}

/// 云教发〔2023〕15号 from what is near it: other brackets, 第, zeros before the number, no 号.
fn number(text: &str) -> Option<String> {
    let text = narrow(text);
    let open = text.find(['〔', '[', '(', '（', '【', '［', '{', '<', '〈', '﹝'])?;
    let (issuer, rest) = text.split_at(open);
    let rest = rest.get(rest.chars().next()?.len_utf8()..)?;
    let (year, rest) = rest.split_once(['〕', ']', ')', '）', '】', '］', '}', '>', '〉', '﹞'])?;
    let year = year.strip_suffix('年').unwrap_or(year);
    let count = rest.strip_prefix('第').unwrap_or(rest);
    let count = count.strip_suffix('号').unwrap_or(count);
    let sound = !issuer.is_empty() && year.len() == 4 && is_number(year) && is_number(count);
    let count = count.trim_start_matches('0');
    (sound && !count.is_empty()).then(|| format!("{issuer}〔{year}〕{count}号"))
}

/// 2024年1月15日 from a date in any of the ways it is written.
fn day(text: &str) -> Option<String> {
    date::read(&narrow(text)).map(|(year, month, day)| format!("{year}年{month}月{day}日"))
}

/// Whether a month or a day has a zero before it: 2024年01月05日.
fn has_zeros(text: &str) -> bool {
    ["年0", "月0"].iter().any(|zero| text.contains(zero))
}

/// Without blanks, and with digits half as wide.
fn narrow(text: &str) -> String {
    let digit = |c: char| match c {
        '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(digit).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right_form(key: Key, text: &str) -> Option<String> {
        match key {
            Key::Number => number(text),
            Key::Secrecy => secrecy(text),
            _ => day(text),
        }
    }

    /// GB/T 9704-2012, 7.2.5.
    #[test]
    fn a_document_number_has_its_year_in_hexagonal_brackets_and_a_bare_number() {
        for near in [
            "云教发[2023]15号",
            "云教发（2023）15号",
            "云教发(2023)第15号",
            "云教发〔2023〕015号",
            "云教发【２０２３】15号",
            "云教发〔2023年〕15",
            "云教发 〔2023〕 15 号",
        ] {
            assert_eq!(right_form(Key::Number, near).as_deref(), Some("云教发〔2023〕15号"), "{near}");
        }
        for none in ["云教发15号", "〔2023〕15号", "云教发〔23〕15号", "云教发〔2023〕0号", "云教发〔2023〕十五号"]
        {
            assert_eq!(right_form(Key::Number, none), None, "{none}");
        }
    }

    /// GB/T 9704-2012, 7.2.2.
    #[test]
    fn a_grade_of_secrecy_has_its_term_behind_a_star() {
        for near in ["机密★1年", "机密*1年", "机密 1年", "机密☆一年", "机密1年"] {
            assert_eq!(right_form(Key::Secrecy, near).as_deref(), Some("机密★1年"), "{near}");
        }
        assert_eq!(right_form(Key::Secrecy, "秘密★6月").as_deref(), Some("秘密★6个月"));
        assert_eq!(right_form(Key::Secrecy, "绝密★长期").as_deref(), Some("绝密★长期"));
        assert_eq!(right_form(Key::Secrecy, "内部"), None);
    }

    /// GB/T 9704-2012, 7.3.5.4.
    #[test]
    fn a_date_is_in_arabic_figures_without_zeros_before_them() {
        let place = Place::Run;
        for near in ["2024年01月05日", "2024-1-5", "二〇二四年一月五日"] {
            assert_eq!(right_form(Key::Date, near).as_deref(), Some("2024年1月5日"), "{near}");
            assert!(check(Key::Date, near, OfficialForm::Common, true, &place).is_some());
        }
        assert!(
            check(Key::Date, "二〇二四年一月五日", OfficialForm::Common, false, &place).is_none(),
            "a report may be dated so"
        );
        assert!(check(Key::Date, "2024年01月05日", OfficialForm::Common, false, &place).is_some());
        assert!(check(Key::PrintedOn, "2024年1月5日印发", OfficialForm::Common, false, &place).is_none());
    }

    #[test]
    fn a_copy_number_has_six_digits() {
        assert_eq!(copy_number("1"), "000001");
        assert_eq!(copy_number("００１２"), "000012");
        assert!(check(Key::CopyNumber, "1234567", OfficialForm::Common, false, &Place::Run).is_some());
        assert!(check(Key::CopyNumber, "甲1", OfficialForm::Common, false, &Place::Run).is_some());
    }
}
