//! `{{格式 值 "样式"}}`: numbers, dates and words as the pictures of Excel and Word say: `#,##0.00`, `0.0%`,
//! `yyyy年M月d日`, `upper`.

use super::Arguments;
use crate::dataset::Date;
use crate::template::chinese_number::{self, Figures};
use crate::template::expression::{Runner, Traced, Value};
use crate::template::problem::values as problem;
use crate::template::{calendar, figure};

pub(super) fn format(runner: &mut Runner<'_>, arguments: &Arguments<'_>) -> Traced {
    let Some(value) = arguments.value(0) else { return Traced::blank() };
    let picture = arguments.value(1).and_then(|picture| picture.value.shown()).unwrap_or_default();
    let shown = value.value.shown().unwrap_or_default();
    let words = match picture.to_lowercase().as_str() {
        _ if value.value.is_blank() => Some(String::new()),
        "upper" => Some(shown.to_uppercase()),
        "lower" => Some(shown.to_lowercase()),
        "caps" => Some(capitals(&shown, true)),
        "firstcap" => Some(capitals(&shown, false)),
        _ if is_date(&picture) => {
            let date = match &value.value {
                Value::Date(date) => Some(*date),
                Value::Text(text) => calendar::read(text),
                _ => None,
            };
            if date.is_none() {
                let place = runner.value_place(value, arguments.at());
                let spot = runner.spot(arguments.at());
                runner.report(problem::not_a_date(place, &value.value, &spot));
                return Traced::new(Value::Blank, value.cells.clone());
            }
            date.map(|date| date_as(date, &picture))
        }
        _ if picture.contains(['0', '#']) => {
            let Some(number) = runner.number(value, arguments) else {
                return Traced::new(Value::Blank, value.cells.clone());
            };
            let text = figure::as_picture(number, &picture);
            return Traced::new(Value::Figure { number, text }, value.cells.clone());
        }
        _ => {
            let known = ["0.00", "#,##0", "0.0%", "yyyy年M月d日", "yyyy-MM-dd", "upper"];
            runner.report(problem::unknown_form(runner.place(arguments.at()), &picture, &known));
            None
        }
    };
    Traced::new(words.map_or(Value::Blank, Value::text), value.cells.clone())
}

/// The first letter of the text, or of every word, as a capital.
fn capitals(text: &str, every: bool) -> String {
    let mut begins = true;
    let mut out = String::new();
    for c in text.chars() {
        match begins {
            true => out.extend(c.to_uppercase()),
            false => out.push(c),
        }
        begins = every && c.is_whitespace() || begins && !c.is_alphabetic();
    }
    out
}

fn is_date(picture: &str) -> bool {
    let signs = figure::signs(picture);
    let has = |wanted: &[char]| signs.iter().any(|(c, quoted)| !quoted && wanted.contains(c));
    has(&['y', 'Y', 'M', 'd', 'D', 'E', 'O']) && !has(&['0', '#'])
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [(&str, &str); 7] = [
    ("Sunday", "日"),
    ("Monday", "一"),
    ("Tuesday", "二"),
    ("Wednesday", "三"),
    ("Thursday", "四"),
    ("Friday", "五"),
    ("Saturday", "六"),
];

/// Which day of the week it is, Sunday being 0.
fn day_of_week(date: Date) -> Option<usize> {
    let (month, day) = (i64::from(date.month?), i64::from(date.day?));
    let year = i64::from(date.year) - i64::from(month < 3);
    const OFFSETS: [i64; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let offset = OFFSETS.get(usize::try_from(month - 1).ok()?)?;
    usize::try_from(
        (year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + offset + day).rem_euclid(7),
    )
    .ok()
}

fn month_name(date: Date, english: bool, short: bool) -> Option<String> {
    let month = date.month?;
    match english {
        true => {
            let name = MONTHS.get(usize::from(month).checked_sub(1)?)?;
            Some(if short { name.get(..3)? } else { name }.to_owned())
        }
        false => chinese(month).map(|month| format!("{month}月")),
    }
}

fn day_name(date: Date, english: bool, short: bool) -> Option<String> {
    let (name, chinese) = DAYS.get(day_of_week(date)?)?;
    Some(match (english, short) {
        (true, true) => name.get(..3)?.to_owned(),
        (true, false) => (*name).to_owned(),
        (false, true) => format!("周{chinese}"),
        (false, false) => format!("星期{chinese}"),
    })
}

fn chinese(number: u8) -> Option<String> {
    chinese_number::words(f64::from(number), Figures::Everyday)
}

fn date_as(date: Date, picture: &str) -> String {
    let mut out = String::new();
    let all = figure::signs(picture);
    // `d MMMM yyyy` is English, `yyyy年MMMM` is not.
    let english = picture.is_ascii() && picture.contains("MMM");
    for same in all.chunk_by(|a, b| a == b) {
        let Some(&(sign, quoted)) = same.first() else { continue };
        let part = match sign {
            _ if quoted => None,
            'E' => Some(chinese_number::year(date.year)),
            'O' => Some(date.month.and_then(chinese).unwrap_or_else(|| "　".to_owned())),
            'A' if same.len() >= 3 => Some(day_name(date, false, same.len() == 3).unwrap_or_default()),
            'A' if same.len() == 1 && all.contains(&('E', false)) => {
                Some(date.day.and_then(chinese).unwrap_or_else(|| "　".to_owned()))
            }
            'M' if same.len() >= 3 => Some(month_name(date, english, same.len() == 3).unwrap_or_default()),
            'd' | 'D' if same.len() >= 3 => Some(day_name(date, english, same.len() == 3).unwrap_or_default()),
            'y' | 'Y' if same.len() <= 2 => Some(format!("{:02}", date.year.rem_euclid(100))),
            'y' | 'Y' => Some(date.year.to_string()),
            'M' | 'm' => Some(two(date.month, same.len())),
            'd' | 'D' => Some(two(date.day, same.len())),
            _ => None,
        };
        match part {
            Some(part) => out += &part,
            None => out.extend(same.iter().map(|(c, _)| c)),
        }
    }
    out
}

/// A month or a day; blanks where it is not known.
fn two(number: Option<u8>, width: usize) -> String {
    match number {
        Some(number) if width >= 2 => format!("{number:02}"),
        Some(number) => number.to_string(),
        None => "　".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_their_picture() {
        let date = Date { year: 2023, month: Some(4), day: Some(5) };
        for (picture, text) in [
            ("yyyy年M月d日", "2023年4月5日"),
            ("yyyy-MM-dd", "2023-04-05"),
            ("yy.M", "23.4"),
            ("yyyy'd'", "2023d"),
            ("EEEE年O月A日", "二〇二三年四月五日"),
            ("d MMMM yyyy", "5 April 2023"),
            ("dddd, d MMM yy", "Wednesday, 5 Apr 23"),
            ("M月d日 dddd", "4月5日 星期三"),
            ("yyyy年MMMM", "2023年四月"),
        ] {
            assert_eq!(date_as(date, picture), text);
        }
    }

    #[test]
    fn pictures_work_in_templates() {
        use crate::template::testing::{problems, text};
        assert_eq!(text("{{格式 学生数 \"#,##0\"}}，{{格式 成立时间 \"yyyy.MM.dd\"}}", Some(0)), "1,200，1956.09.01");
        assert!(problems("{{格式 学校名称 \"0\"}}", Some(0))[0].contains("不是数字"));
        assert!(problems("{{格式 学校名称 \"乱\"}}", Some(0))[0].contains("没有“乱”这种写法"));
    }
}
