//! Reads what a formula is made of, and computes it.

use crate::document::figure;

/// Brackets within brackets.
const DEEPEST: usize = 64;

/// Why a formula has no figure.
pub(super) enum Failed {
    /// A figure that it needs is not there.
    Lacking,
    /// It is none that is understood.
    Unknown,
}

/// Signs of full width as those that a formula is written with.
pub(super) fn signs(text: &str) -> Vec<char> {
    let plain = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '×' => '*',
        '÷' => '/',
        '−' => '-',
        '\u{3000}' | '\u{A0}' => ' ',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// What a formula comes to; `look` finds the figures that a name stands for.
pub(super) fn value(text: &str, look: &dyn Fn(&str) -> Option<Vec<f64>>) -> Result<f64, Failed> {
    Reader { signs: signs(text), at: 0, depth: 0, calls: 0, look }.whole()
}

/// Reads a formula and computes it on the way.
struct Reader<'a> {
    signs: Vec<char>,
    at: usize,
    depth: usize,
    /// Functions around.
    calls: usize,
    /// The figures that a name stands for.
    look: &'a dyn Fn(&str) -> Option<Vec<f64>>,
}

impl Reader<'_> {
    fn whole(&mut self) -> Result<f64, Failed> {
        let value = self.comparison()?;
        if self.peek().is_some() { Err(Failed::Unknown) } else { Ok(value) }
    }

    fn peek(&mut self) -> Option<char> {
        while self.signs.get(self.at).is_some_and(|sign| sign.is_whitespace()) {
            self.at += 1;
        }
        self.signs.get(self.at).copied()
    }

    fn takes(&mut self, sign: char) -> bool {
        let is_next = self.peek() == Some(sign);
        self.at += usize::from(is_next);
        is_next
    }

    fn comparison(&mut self) -> Result<f64, Failed> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Failed::Unknown);
        }
        let mut value = self.sum()?;
        loop {
            let holds: fn(f64, f64) -> bool = match self.peek() {
                Some('=') => |one, other| one == other,
                Some('<') if self.signs.get(self.at + 1) == Some(&'>') => |one, other| one != other,
                Some('<') if self.signs.get(self.at + 1) == Some(&'=') => |one, other| one <= other,
                Some('>') if self.signs.get(self.at + 1) == Some(&'=') => |one, other| one >= other,
                Some('<') => |one, other| one < other,
                Some('>') => |one, other| one > other,
                _ => break,
            };
            let two = matches!(self.signs.get(self.at + 1), Some('=' | '>'));
            self.at += 1 + usize::from(two);
            let other = self.sum()?;
            value = f64::from(u8::from(holds(value, other)));
        }
        self.depth -= 1;
        Ok(value)
    }

    fn sum(&mut self) -> Result<f64, Failed> {
        let mut value = self.product()?;
        loop {
            if self.takes('+') {
                value += self.product()?;
            } else if self.takes('-') {
                value -= self.product()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<f64, Failed> {
        let mut value = self.power()?;
        loop {
            if self.takes('*') {
                value *= self.power()?;
            } else if self.takes('/') {
                value /= self.power()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn power(&mut self) -> Result<f64, Failed> {
        let mut value = self.single()?;
        while self.takes('^') {
            value = value.powf(self.single()?);
        }
        Ok(value)
    }

    fn single(&mut self) -> Result<f64, Failed> {
        let mut sign = 1.0;
        while let Some(minus @ ('-' | '+')) = self.peek() {
            self.at += 1;
            sign = if minus == '-' { -sign } else { sign };
        }
        let mut value = match self.peek() {
            Some('(') => {
                self.at += 1;
                let value = self.comparison()?;
                if !self.takes(')') {
                    return Err(Failed::Unknown);
                }
                value
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.figure()?,
            Some(c) if c.is_alphabetic() => self.named()?,
            Some('*' | '/' | '^' | ')' | ',' | ';') | None => return Err(Failed::Lacking),
            Some(_) => return Err(Failed::Unknown),
        };
        while self.takes('%') {
            value /= 100.0;
        }
        Ok(sign * value)
    }

    fn figure(&mut self) -> Result<f64, Failed> {
        let mut text = String::new();
        while let Some(&sign) = self.signs.get(self.at) {
            // a comma before three digits parts thousands; among arguments it parts these
            let thousands = sign == ','
                && self.calls == 0
                && self.signs.get(self.at + 1..self.at + 4).is_some_and(|next| next.iter().all(char::is_ascii_digit))
                && !self.signs.get(self.at + 4).is_some_and(char::is_ascii_digit);
            match sign {
                ',' if thousands => {}
                sign if sign.is_ascii_digit() || sign == '.' => text.push(sign),
                _ => break,
            }
            self.at += 1;
        }
        text.parse().map_err(|_| Failed::Unknown)
    }

    /// A function with what it is computed of, or a cell.
    fn named(&mut self) -> Result<f64, Failed> {
        let name = self.name();
        if !self.takes('(') {
            return match name.as_str() {
                "TRUE" => Ok(1.0),
                "FALSE" => Ok(0.0),
                name => match (self.look)(name).ok_or(Failed::Unknown)?.as_slice() {
                    [] => Err(Failed::Lacking),
                    [value] => Ok(*value),
                    values => Ok(values.iter().sum()),
                },
            };
        }
        let mut given: Vec<f64> = Vec::new();
        self.calls += 1;
        if !self.takes(')') {
            loop {
                self.argument(&mut given)?;
                if self.takes(')') {
                    break;
                }
                if !self.takes(',') && !self.takes(';') {
                    return Err(Failed::Unknown);
                }
            }
        }
        self.calls -= 1;
        computed(&name, &given)
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(&sign) = self.signs.get(self.at).filter(|sign| sign.is_alphanumeric() || **sign == ':') {
            name.push(sign.to_ascii_uppercase());
            self.at += 1;
        }
        name
    }

    /// An argument: cells, whose figures all count, or one value.
    fn argument(&mut self, given: &mut Vec<f64>) -> Result<(), Failed> {
        let from = self.at;
        if self.peek().is_some_and(char::is_alphabetic) {
            let name = self.name();
            let alone = matches!(self.peek(), Some(')' | ',' | ';'));
            if let Some(figures) = (self.look)(&name).filter(|_| alone) {
                given.extend(figures);
                return Ok(());
            }
            self.at = from;
        }
        given.push(self.comparison()?);
        Ok(())
    }
}

/// What a function comes to.
fn computed(name: &str, given: &[f64]) -> Result<f64, Failed> {
    let sum: f64 = given.iter().sum();
    let truth = |holds: bool| f64::from(u8::from(holds));
    let fold = |pick: fn(f64, f64) -> f64| given.iter().copied().reduce(pick).ok_or(Failed::Lacking);
    match (name, given) {
        ("SUM", _) => Ok(sum),
        ("COUNT", _) => Ok(given.len() as f64),
        ("AVERAGE", []) => Err(Failed::Lacking),
        ("AVERAGE", _) => Ok(sum / given.len() as f64),
        ("PRODUCT", _) => fold(|one, other| one * other),
        ("MIN", _) => fold(f64::min),
        ("MAX", _) => fold(f64::max),
        ("ABS", [value]) => Ok(value.abs()),
        ("INT", [value]) => Ok(value.floor()),
        ("SIGN", [value]) => Ok(if *value == 0.0 { 0.0 } else { value.signum() }),
        ("NOT", [value]) => Ok(truth(*value == 0.0)),
        ("ROUND", [value, places]) if (0.0..=15.0).contains(places) => {
            figure::fixed(*value, *places as usize).parse().map_err(|_| Failed::Unknown)
        }
        ("MOD", [value, by]) => Ok(value - by * (value / by).floor()),
        ("AND", [one, other]) => Ok(truth(*one != 0.0 && *other != 0.0)),
        ("OR", [one, other]) => Ok(truth(*one != 0.0 || *other != 0.0)),
        ("IF", [holds, yes, no]) => Ok(if *holds != 0.0 { *yes } else { *no }),
        _ => Err(Failed::Unknown),
    }
}
