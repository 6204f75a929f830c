//! Numbers as people write them: 1,200, ￥30.5, 12人, 约30, 1.2万, 一百二十三.

/// A number beyond doubt: digits in any width, thousands separators where they belong, a sign of currency before it.
pub(super) fn plain(text: &str) -> Option<f64> {
    digits(text.strip_prefix(['¥', '￥', '+']).unwrap_or(text))
}

/// Digits, with thousands separators where they belong, and a point.
pub(super) fn digits(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let well_grouped = all_digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && all_digits(group));
    if !well_grouped || !all_digits(fraction) {
        return None;
    }
    digits.replace(',', "").parse::<f64>().ok().map(|number| sign * number)
}

/// A number with a measure word, a word of doubt, blanks for separators, ten thousands, or in Chinese numerals.
pub(super) fn guess(text: &str) -> Option<f64> {
    const BEFORE: &str = "大约 约 近 共计 共 计";
    const AFTER: &str = "左右 上下 余 多";
    const MEASURES: &str = "人次 平方米 人 名 个 次 元 场 期 所 件 项 篇 分 岁 家 台 册 户 学时 小时 天";
    let without =
        |text: &'_ str, ends: &str| -> usize { ends.split(' ').find(|end| text.ends_with(end)).map_or(0, str::len) };
    let start = BEFORE.split(' ').find(|start| text.starts_with(start)).map_or(0, str::len);
    let mut text = text.get(start..)?.trim();
    // 30人左右, 30余人.
    for ends in [AFTER, MEASURES, AFTER] {
        text = text.get(..text.len() - without(text, ends))?.trim_end();
    }
    let (text, times) = match (text.strip_suffix('万'), text.strip_suffix('亿')) {
        (Some(text), _) => (text, 1e4),
        (_, Some(text)) => (text, 1e8),
        _ => (text, 1.0),
    };
    let number = digits(text).or_else(|| spaced(text)).or_else(|| chinese(text))?;
    // 1.1 times 10,000 is to be 11,000, not 11,000.000000000002.
    Some((number * times * 1e6).round() / 1e6)
}

/// Whether a number is written with a unit that does not depend on its heading: 1.2万, 300元 under 金额（万元）.
pub(super) fn is_absolute(text: &str) -> bool {
    text.contains(['万', '亿', '元'])
}

/// 1 234 567
fn spaced(text: &str) -> Option<f64> {
    let is_blank = |c: char| c.is_whitespace();
    text.contains(is_blank).then(|| digits(&text.replace(is_blank, ",")))?
}

pub(super) fn chinese_digit(c: char) -> Option<u32> {
    let digit = match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    };
    Some(digit)
}

pub(super) fn chinese_unit(c: char) -> Option<u32> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

/// 十二, 二百零三, 一万二千; of 一百二 nobody knows whether it is 102 or 120.
pub(super) fn chinese(text: &str) -> Option<f64> {
    if text.is_empty() || text.chars().count() > 16 {
        return None;
    }
    let Some((high, low)) = text.split_once('万') else { return below_ten_thousand(text).map(f64::from) };
    let clear = low.is_empty() || low.starts_with(['零', '〇']) || low.chars().any(|c| chinese_unit(c).is_some());
    let low = if low.is_empty() { Some(0) } else { below_ten_thousand(low) };
    Some(f64::from(below_ten_thousand(high)?) * 1e4 + f64::from(low.filter(|_| clear)?))
}

fn below_ten_thousand(text: &str) -> Option<u32> {
    let (mut total, mut digit, mut last_unit, mut zero) = (0, None, u32::MAX, false);
    for c in text.chars() {
        let Some(unit) = chinese_unit(c) else {
            let value = chinese_digit(c)?;
            if digit.is_some_and(|digit| digit != 0) {
                return None;
            }
            zero = value == 0 || digit == Some(0);
            digit = Some(value);
            continue;
        };
        if unit >= last_unit {
            return None;
        }
        total += digit.take().filter(|digit| *digit > 0).unwrap_or(1) * unit;
        (last_unit, zero) = (unit, false);
    }
    if text.is_empty() || digit.is_some_and(|digit| digit > 0) && !zero && (100..u32::MAX).contains(&last_unit) {
        return None;
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_are_read_up_to_ten_thousands_and_only_if_they_are_clear() {
        for (text, number) in [
            ("十二", 12.0),
            ("二十", 20.0),
            ("一百二十三", 123.0),
            ("二百零三", 203.0),
            ("一百一十", 110.0),
            ("两千零五十", 2050.0),
            ("一万二千", 12000.0),
            ("三万零五", 30005.0),
            ("壹佰贰拾叁", 123.0),
            ("零", 0.0),
        ] {
            assert_eq!(chinese(text), Some(number), "{text}");
        }
        for text in ["一百二", "一万二", "一二三", "十百", "", "第一", "万"] {
            assert_eq!(chinese(text), None, "{text}");
        }
    }

    #[test]
    fn words_around_a_number_are_taken_off() {
        for (text, number) in [
            ("12人", 12.0),
            ("约30", 30.0),
            ("大约30人左右", 30.0),
            ("50余人", 50.0),
            ("1.2万", 12_000.0),
            ("1.2万元", 12_000.0),
            ("3亿", 3e8),
            ("1 234", 1234.0),
            ("一百二十人", 120.0),
            ("共 5 名", 5.0),
        ] {
            assert_eq!(guess(text), Some(number), "{text}");
        }
        for text in ["人", "约", "1 23", "12人以上", "12-15", "1.2.3", "多"] {
            assert_eq!(guess(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_number_below_a_hundred_million_is_read_back_from_its_chinese_words(number in 0_u32..100_000_000) {
            let words = words(number);
            proptest::prop_assert_eq!(chinese(&words), Some(f64::from(number)), "{}", words);
        }
    }

    /// A number in Chinese words, written the plain way.
    fn words(number: u32) -> String {
        if number == 0 {
            return "零".to_owned();
        }
        if number >= 10_000 {
            let low = match number % 10_000 {
                0 => String::new(),
                low @ 1..1000 => format!("零{}", words(low)),
                low => words(low),
            };
            return format!("{}万{low}", words(number / 10_000));
        }
        let (mut words, mut gap) = (String::new(), false);
        for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            match number / unit % 10 {
                0 => gap = !words.is_empty(),
                digit => {
                    words += if gap { "零" } else { "" };
                    words.push("零一二三四五六七八九".chars().nth(digit as usize).unwrap());
                    words += name;
                    gap = false;
                }
            }
        }
        words
    }
}
