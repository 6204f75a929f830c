//! What a column holds, judged from all its cells and its name.

use super::Kind;
use super::cell::{self, Reading};
use super::date_text;
use super::names::{last_part, trimmed};
use crate::workbook::{CellValue, in_percent};

/// Nothing is more than ten times what it should be.
const MOST_PERCENT: f64 = 1000.0;

/// What a column's name says about its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct NameSays {
    /// 代码, 身份证号, 电话: digits are names.
    pub(super) code: bool,
    /// 时间, 日期.
    pub(super) date: bool,
    /// 人数, 金额.
    pub(super) number: bool,
    /// 名称, 备注: words are at home, whatever most cells are.
    pub(super) words: bool,
    /// The heading, or the one over it, counts in percent: 85% is 85.
    pub(super) percent: bool,
    /// The heading counts in ten thousands or more: 1.2万 under 金额（万元） is 1.2.
    pub(super) times: Option<f64>,
}

impl NameSays {
    pub(super) fn of(name: &str) -> Self {
        let last = last_part(name);
        let has = |words: &[&str]| words.iter().any(|word| last.contains(word));
        let (base, unit) = last.split_once(['（', '(']).unwrap_or((last, ""));
        let code = has(&[
            "代码",
            "编码",
            "编号",
            "身份证",
            "电话",
            "手机",
            "邮编",
            "账号",
            "学号",
            "工号",
            "证号",
            "联系方式",
            "统一社会信用",
        ]) || base.ends_with("号码")
            || base.split(|c: char| !c.is_ascii_alphabetic()).any(is_english_code);
        let date = has(&["时间", "日期", "年月", "出生"]);
        let words = has(&[
            "名", "备注", "说明", "情况", "地址", "类型", "类别", "级", "班", "内容", "意见", "职务", "专业", "规格",
        ]);
        let measured = [
            "元",
            "人",
            "个",
            "次",
            "%",
            "％",
            "分",
            "岁",
            "场",
            "平方米",
            "学时",
            "天",
            "所",
            "名",
            "户",
            "件",
            "篇",
            "年",
        ]
        .iter()
        .any(|measure| unit.trim_end_matches(['）', ')']).ends_with(measure));
        let number = measured
            || [
                "数", "数量", "总额", "金额", "费", "率", "次", "得分", "分数", "占比", "比例", "面积", "年龄", "总计",
                "合计",
            ]
            .iter()
            .any(|ending| base.ends_with(ending));
        let times = match unit.chars().next() {
            Some('万') => Some(1e4),
            Some('亿') => Some(1e8),
            _ => None,
        };
        let percent = name.contains(['%', '％']) || has(&["百分"]);
        Self { code, date, number: number && !code && !date, words, percent, times }
    }

    /// The number that a share is under this name: 0.9 is 90 where the heading counts in percent.
    pub(super) fn share(&self, share: f64) -> f64 {
        if self.percent { in_percent(share) } else { share }
    }
}

/// A time of day: 8:30, 23:59:59.
fn is_clock_time(text: &str) -> bool {
    let mut parts = 0;
    text.len() <= 8
        && text.split(':').all(|part| {
            parts += 1;
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
        && (2..=3).contains(&parts)
}

fn is_english_code(word: &str) -> bool {
    ["code", "id", "fips", "zip", "zipcode", "postcode", "phone", "tel", "mobile"]
        .contains(&word.to_ascii_lowercase().as_str())
}

/// How many of a column's cells can be read as what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    numbers: u32,
    /// Of the numbers, those with a percent sign.
    percents: u32,
    /// Of the numbers without one, those between 0 and 1 that are neither, those that are beyond, and of these 10 and more.
    fractions: u32,
    beyond_one: u32,
    tens: u32,
    /// Of those beyond 1, the ones that are no percentage of anything: more than a thousand.
    thousands: u32,
    /// Texts that are a time of day, as 8:30.
    clock_times: u32,
    guesses: u32,
    codes: u32,
    dates: u32,
    /// Of the dates, those with the year last.
    years_last: u32,
    /// Dates in a column of dates, numbers or words elsewhere.
    maybe_dates: u32,
    bools: u32,
    others: u32,
}

impl Tally {
    /// Counts a cell in; `dates` says whether the column's name lets numbers be dates.
    pub(super) fn count(&mut self, value: &CellValue, dates: bool) {
        match value {
            CellValue::Empty | CellValue::Error(_) | CellValue::NotComputed => {}
            CellValue::Percent(_) => self.count_percent(),
            CellValue::Number(number) => {
                self.count_number(*number);
                self.maybe_dates += u32::from(
                    dates && date_text::of_number(*number).or_else(|| date_text::of_serial(*number)).is_some(),
                );
            }
            CellValue::Date { .. } => self.dates += 1,
            CellValue::Bool(_) => self.bools += 1,
            CellValue::Text(text) => {
                let text = trimmed(text);
                if !text.is_empty() {
                    self.count_text(&text, dates);
                }
            }
        }
    }

    fn count_number(&mut self, number: f64) {
        self.numbers += 1;
        self.fractions += u32::from(number > 0.0 && number < 1.0);
        self.beyond_one += u32::from(!(0.0..=1.0).contains(&number));
        self.tens += u32::from(number >= 10.0);
        self.thousands += u32::from(number.abs() > MOST_PERCENT);
    }

    fn count_percent(&mut self) {
        self.numbers += 1;
        self.percents += 1;
    }

    /// Adds what was counted in other cells of the column.
    pub(super) fn add(&mut self, other: &Self) {
        let Self {
            numbers,
            percents,
            guesses,
            codes,
            dates,
            years_last,
            maybe_dates,
            bools,
            others,
            fractions,
            beyond_one,
            tens,
            thousands,
            clock_times,
        } = other;
        self.numbers += numbers;
        self.percents += percents;
        self.guesses += guesses;
        self.codes += codes;
        self.dates += dates;
        self.years_last += years_last;
        self.maybe_dates += maybe_dates;
        self.bools += bools;
        self.others += others;
        self.fractions += fractions;
        self.beyond_one += beyond_one;
        self.tens += tens;
        self.thousands += thousands;
        self.clock_times += clock_times;
    }

    fn count_text(&mut self, text: &str, dates: bool) {
        let reading = cell::read(text);
        match reading {
            Reading::Number(number) => self.count_number(number),
            Reading::Percent(_) => self.count_percent(),
            Reading::Guess(_) => self.guesses += 1,
            Reading::Code => self.codes += 1,
            Reading::Date(_) | Reading::ImpossibleDate => self.dates += 1,
            Reading::YearLast(_) => {
                self.dates += 1;
                self.years_last += 1;
            }
            Reading::Bool(_) => self.bools += 1,
            Reading::Nothing => {}
            Reading::Words => {
                self.others += 1;
                self.clock_times += u32::from(is_clock_time(text));
            }
        }
        let sure = matches!(reading, Reading::Date(_) | Reading::ImpossibleDate | Reading::YearLast(_));
        self.maybe_dates += u32::from(dates && !sure && date_text::of_text(text).is_some());
    }

    /// What the column holds. A text in a column of numbers is somebody's slip only if nearly all others are numbers,
    /// or the name says that numbers belong there; else a column of words that has numbers in it would be called wrong.
    pub(super) fn kind(&self, name: NameSays) -> Kind {
        let Self { numbers, guesses, codes, dates, maybe_dates, bools, others, .. } = *self;
        let all = numbers + guesses + codes + dates + bools + others;
        if all == 0 {
            return if name.number { Kind::Number } else { Kind::Text };
        }
        if name.code {
            return Kind::Text;
        }
        if bools == all {
            return Kind::Bool;
        }
        // A word among dates, such as 待定, does not make them words.
        let (dated, share) = if name.date { (dates + maybe_dates, 2) } else { (dates, 9) };
        if dated > 0 && !name.words && dated >= share * (all - dated) || dates == all {
            return Kind::Date;
        }
        if numbers == all {
            return Kind::Number;
        }
        let words = codes + dates + bools + others;
        if codes > 0 && !(name.number && codes * 10 <= numbers) {
            return Kind::Text;
        }
        let by_name = name.number && numbers + guesses > 0 && words <= numbers + guesses;
        let by_count = !name.words && !name.date && numbers >= 9 * (words + guesses);
        // 12, 8, 12人: nothing but numbers, some with a word of measure.
        let by_cells = !name.words && !name.date && words == 0 && numbers >= guesses && numbers > 0;
        if by_name || by_count || by_cells { Kind::Number } else { Kind::Text }
    }

    /// Whether some of the column's dates have the year last.
    pub(super) fn has_years_last(&self) -> bool {
        self.years_last > 0
    }

    /// Whether some of the column's numbers have a percent sign, and others may lack it: numbers in the thousands beside
    /// percentages are those of other rows, as in a table that has its shares in rows of their own.
    pub(super) fn has_percents(&self) -> bool {
        self.percents > 0 && self.thousands * 2 <= self.beyond_one
    }

    /// Whether the column holds times of day, so that 0:00 is one.
    pub(super) fn has_clock_times(&self) -> bool {
        self.clock_times > 0
    }

    /// Whether the numbers without a percent sign look like shares of one: 0.9 where others would write 90%.
    pub(super) fn are_shares(&self) -> bool {
        self.fractions > 0 && self.beyond_one == 0
    }

    /// Whether those that may be shares stand among numbers that are none: 0.9 among 90, 85 and 100, not among 2.5 and 12.
    pub(super) fn has_shares_among_others(&self) -> bool {
        self.tens > 0 && self.tens == self.beyond_one && self.tens >= self.fractions
    }

    /// Whether digits of this column are names, so that its numbers are to be texts.
    pub(super) fn has_codes(&self, name: NameSays) -> bool {
        name.code || self.codes > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, cells: &[&str]) -> Kind {
        let says = NameSays::of(name);
        let mut tally = Tally::default();
        for text in cells {
            tally.count(&CellValue::Text((*text).into()), says.date);
        }
        tally.kind(says)
    }

    #[test]
    fn numbers_as_text_make_a_column_of_numbers() {
        assert_eq!(kind("党员总数", &["12", "１，０００".replace('，', ",").as_str(), "", "—"]), Kind::Number);
    }

    #[test]
    fn one_text_among_the_numbers_of_a_column_named_for_numbers_is_a_slip() {
        assert_eq!(kind("党员总数", &["12", "5", "若干"]), Kind::Number);
        assert_eq!(kind("党费（元）", &["12", "未交"]), Kind::Number);
    }

    #[test]
    fn an_honest_column_of_words_with_numbers_in_it_stays_one() {
        assert_eq!(kind("班级", &["1", "2", "3", "4", "5", "6", "7", "8", "9", "高一"]), Kind::Text);
        assert_eq!(kind("备注", &["3", "已报"]), Kind::Text);
        assert_eq!(kind("得奖", &["1", "2", "市级"]), Kind::Text);
        assert_eq!(kind("届次", &["十二", "十三"]), Kind::Number);
    }

    #[test]
    fn a_word_among_dates_does_not_make_them_words() {
        assert_eq!(kind("换届时间", &["2023年4月15日", "2023.4", "待定"]), Kind::Date);
        assert_eq!(kind("换届时间", &["2023年4月15日", "2023年13月"]), Kind::Date);
        assert_eq!(kind("换届时间", &["2023年4月15日", "待定", "未定"]), Kind::Text);
        assert_eq!(kind("说明", &["2023年4月15日", "2023年5月", "见附件"]), Kind::Text);
    }

    #[test]
    fn times_of_day_are_told_from_other_words() {
        assert!(["8:30", "0:00", "23:59:59"].into_iter().all(is_clock_time));
        assert!(!["8", "8:", "8:3a", "1:2:3:4", "星期一:8"].into_iter().any(is_clock_time));
    }

    #[test]
    fn codes_stay_text() {
        assert_eq!(kind("学校", &["0101", "1102"]), Kind::Text);
        assert_eq!(kind("学校代码", &["3101", "3102"]), Kind::Text);
        assert_eq!(kind("联系", &["13812345678"]), Kind::Text);
    }

    #[test]
    fn dates_and_years_and_yes_and_no() {
        assert_eq!(kind("换届时间", &["2023年4月15日", "2023.4", "2022"]), Kind::Date);
        assert_eq!(kind("年度", &["2022", "2023"]), Kind::Number);
        assert_eq!(kind("培训时间", &["8", "16"]), Kind::Number);
        assert_eq!(kind("民办", &["是", "否", ""]), Kind::Bool);
        assert_eq!(kind("达标", &["√", "×"]), Kind::Bool);
    }
}
