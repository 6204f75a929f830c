//! How numbers are shown. All rounding is done on the decimal figure, half away from zero, as Excel does it.

/// The most decimal places that a number is ever shown with.
pub const MOST_PLACES: usize = 15;

/// Figures beyond these are not significant in a double, and Excel drops them too.
const SIGNIFICANT: usize = 15;

/// How many significant figures a number is shown with if nobody says otherwise.
const SHOWN: i32 = 10;

/// Whole numbers below this have no more figures than are significant.
const MOST_COUNTED: f64 = 1e15;

/// `0.d₁d₂d₃… × 10^point`, without zeros at the end.
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    fn of(number: f64) -> Self {
        let written = format!("{:.*e}", SIGNIFICANT - 1, number.abs());
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        let mut decimal = Self { negative: number < 0.0, digits, point: exponent.parse().unwrap_or(0) + 1 };
        decimal.drop_zeros();
        decimal
    }

    fn drop_zeros(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            (self.negative, self.point) = (false, 0);
        }
    }

    fn round(&mut self, places: usize) {
        let keep = self.point + places as i32;
        if keep >= self.digits.len() as i32 {
            return;
        }
        let keep = usize::try_from(keep).ok();
        let up = keep.and_then(|keep| self.digits.get(keep)).is_some_and(|&digit| digit >= 5);
        self.digits.truncate(keep.unwrap_or(0));
        if up {
            let nines = self.digits.iter().rev().take_while(|&&digit| digit == 9).count();
            self.digits.truncate(self.digits.len() - nines);
            match self.digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    self.digits.push(1);
                    self.point += 1;
                }
            }
        }
        self.drop_zeros();
    }

    fn digit(&self, at: i32) -> char {
        let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at));
        char::from(b'0' + digit.copied().unwrap_or(0))
    }

    fn write(&self, places: usize) -> String {
        let mut text = String::new();
        if self.negative {
            text.push('-');
        }
        text.extend((0..self.point.max(1)).map(|at| self.digit(if self.point < 1 { -1 } else { at })));
        if places > 0 {
            text.push('.');
            text.extend((0..places as i32).map(|at| self.digit(self.point + at)));
        }
        text
    }
}

/// A number as it is: whole digits in full, decimals as far as ten significant figures go.
pub fn plain(number: f64) -> String {
    // most figures in reports count something
    if number.fract() == 0.0 && number.abs() < MOST_COUNTED {
        return (number as i64).to_string();
    }
    let mut decimal = Decimal::of(number);
    decimal.round((SHOWN - decimal.point).clamp(0, MOST_PLACES as i32) as usize);
    let places = (decimal.digits.len() as i32 - decimal.point).max(0);
    decimal.write(if decimal.digits.is_empty() { 0 } else { places as usize })
}

/// A number with just so many decimal places.
pub fn fixed(number: f64, places: usize) -> String {
    let places = places.min(MOST_PLACES);
    let mut decimal = Decimal::of(number);
    decimal.round(places);
    decimal.write(places)
}

/// Puts commas between the thousands of a number's figures.
pub fn grouped(figures: &str) -> String {
    let (sign, unsigned) = figures.strip_prefix('-').map_or(("", figures), |rest| ("-", rest));
    let whole = unsigned.find('.').unwrap_or(unsigned.len());
    let mut text = sign.to_owned();
    for (at, digit) in unsigned.chars().enumerate() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The signs of a picture, each with whether it is only shown.
pub fn signs(picture: &str) -> Vec<(char, bool)> {
    let mut quoted = false;
    let mut signs = Vec::new();
    for c in picture.chars() {
        match c {
            '\'' | '"' => quoted = !quoted,
            c => signs.push((c, quoted)),
        }
    }
    signs
}

/// A number as a picture of Excel's says (`#,##0.00`, `0.0%`). It may have parts for positive, negative numbers and zero, with `;` between them.
pub fn as_picture(number: f64, picture: &str) -> String {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in picture.chars() {
        quoted ^= matches!(c, '\'' | '"');
        match parts.last_mut() {
            Some(part) if c != ';' || quoted => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    let positive = parts.first().map(String::as_str).unwrap_or_default();
    match (parts.get(1), parts.get(2)) {
        (_, Some(zero)) if number == 0.0 => number_as(0.0, zero),
        (Some(negative), _) if number < 0.0 => number_as(-number, negative),
        _ => number_as(number, positive),
    }
}

fn number_as(number: f64, picture: &str) -> String {
    let signs = signs(picture);
    let is_figure = |&(c, quoted): &(char, bool)| !quoted && matches!(c, '0' | '#' | ',' | '.');
    let (Some(from), Some(to)) = (signs.iter().position(is_figure), signs.iter().rposition(is_figure)) else {
        // Words for zero, or for negative numbers.
        return signs.iter().map(|(c, _)| c).collect();
    };
    let figures: Vec<char> = signs.get(from..=to).unwrap_or_default().iter().map(|(c, _)| *c).collect();
    let point = figures.iter().position(|c| *c == '.').unwrap_or(figures.len());
    let count = |part: &[char], sign: char| part.iter().filter(|c| **c == sign).count();
    let (whole, decimals) = figures.split_at(point);
    let (least, most) = (count(decimals, '0'), count(decimals, '0') + count(decimals, '#'));
    let percent = signs.contains(&('%', false));
    let mut text = fixed(if percent { number * 100.0 } else { number }, most);
    if text.contains('.') {
        let keep = text.find('.').map_or(0, |at| at + 1 + least);
        while text.len() > keep && text.ends_with('0') {
            text.pop();
        }
        if text.ends_with('.') {
            text.pop();
        }
    }
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let length = unsigned.find('.').unwrap_or(unsigned.len());
    let padded = "0".repeat(count(whole, '0').min(20).saturating_sub(length)) + unsigned;
    let grouped = if whole.contains(&',') { grouped(&padded) } else { padded };
    let side = |part: Option<&[(char, bool)]>| part.unwrap_or_default().iter().map(|(c, _)| c).collect::<String>();
    format!("{sign}{}{grouped}{}", side(signs.get(..from)), side(signs.get(to + 1..)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_shown_as_it_is() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (20.0, "20"),
            (3.5, "3.5"),
            (-3.25, "-3.25"),
            (0.1 + 0.2, "0.3"),
            (100.0, "100"),
            (0.05, "0.05"),
            (1.0 / 3.0, "0.3333333333"),
            (200.0 / 3.0, "66.66666667"),
            (0.999_999_999_99, "1"),
            (12_345_678_901.0, "12345678901"),
            (123_456_789.125, "123456789.1"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(plain(number), text);
        }
    }

    #[test]
    fn halves_are_rounded_away_from_zero_on_the_decimal_figure() {
        for (number, places, text) in [
            (0.285, 2, "0.29"),
            (1.005, 2, "1.01"),
            (-0.285, 2, "-0.29"),
            (2.5, 0, "3"),
            (-2.5, 0, "-3"),
            (0.5, 0, "1"),
            (0.4, 0, "0"),
            (-0.4, 0, "0"),
            (0.04, 1, "0.0"),
            (0.05, 1, "0.1"),
            (9.995, 2, "10.00"),
            (999.5, 0, "1000"),
            (3.0, 2, "3.00"),
            (45.25, 1, "45.3"),
            (0.000_4, 2, "0.00"),
            (1.1 * 1.1, 2, "1.21"),
        ] {
            assert_eq!(fixed(number, places), text, "{number} to {places}");
        }
    }

    #[test]
    fn thousands_are_parted_by_commas() {
        for (figures, text) in
            [("12345", "12,345"), ("123", "123"), ("-1234567.8912", "-1,234,567.8912"), ("100000", "100,000")]
        {
            assert_eq!(grouped(figures), text);
        }
    }

    #[test]
    fn numbers_follow_their_picture() {
        for (number, picture, text) in [
            (1234.5, "#,##0.00", "1,234.50"),
            (1234.5, "0", "1235"),
            (7.0, "000", "007"),
            (0.4567, "0.0%", "45.7%"),
            (45.0, "0'%'", "45%"),
            (-3.0, "¥#,##0.0#", "-¥3.0"),
            (12.5, "0.##元", "12.5元"),
            (12.0, "0.##", "12"),
            (-1234.5, "￥#,##0.00;(￥#,##0.00);无", "(￥1,234.50)"),
            (0.0, "￥#,##0.00;(￥#,##0.00);无", "无"),
            (5.0, "'共;'0", "共;5"),
            (1234.5, ",0.00", "1,234.50"),
        ] {
            assert_eq!(as_picture(number, picture), text, "{picture}");
        }
    }

    proptest! {
        #[test]
        fn rounding_moves_a_number_by_half_a_unit_at_most(hundredths in -10_000_000i64..10_000_000, places in 0usize..4) {
            let number = hundredths as f64 / 1000.0;
            let moved = (fixed(number, places).parse::<f64>().unwrap() - number).abs();
            prop_assert!(moved <= 0.5 * 10f64.powi(-(places as i32)) + 1e-9);
        }

        #[test]
        fn what_is_rounded_stays_when_rounded_again(number in -1e9..1e9f64, places in 0usize..6) {
            let once = fixed(number, places);
            prop_assert_eq!(&fixed(once.parse().unwrap(), places), &once);
        }

        #[test]
        fn a_plain_number_keeps_ten_figures(number in -1e12..1e12f64) {
            let shown: f64 = plain(number).parse().unwrap();
            prop_assert!((shown - number).abs() <= number.abs() * 1e-9 || (shown - number).abs() <= 0.5);
        }

        #[test]
        fn commas_change_nothing_else(number in -1e15..1e15f64) {
            let figures = fixed(number, 2);
            prop_assert_eq!(grouped(&figures).replace(',', ""), figures);
        }

        #[test]
        fn no_number_is_too_odd_to_show(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            prop_assert!(!plain(number).is_empty() && !fixed(number, 2).is_empty());
        }
    }
}
