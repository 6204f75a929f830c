//! Guides: the named lengths and angles of a shape, each computed from those before it (`a:gd`).

use std::collections::HashMap;

use super::super::tree::Element;

/// Angles are counted in 60,000ths of a degree.
const DEGREE: f64 = 60_000.0;

/// The values that a shape's paths speak of, in its own measures.
#[derive(Debug)]
pub(super) struct Guides<'a> {
    values: HashMap<&'a str, f64>,
    width: f64,
    height: f64,
}

impl<'a> Guides<'a> {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { values: HashMap::new(), width, height }
    }

    /// Computes a list of guides; a name that is there already gets the new value.
    pub(super) fn compute(&mut self, list: &'a Element) {
        for guide in &list.children {
            if let (Some(name), Some(formula)) = (guide.attribute("name"), guide.attribute("fmla")) {
                let value = self.formula(formula);
                self.values.insert(name, value);
            }
        }
    }

    /// A number, a guide, or one of the names that every shape has.
    pub(super) fn value(&self, word: &str) -> f64 {
        let value = self.values.get(word).copied().or_else(|| word.parse().ok()).or_else(|| self.own(word));
        value.filter(|value| value.is_finite()).unwrap_or(0.0)
    }

    /// A value in radians.
    pub(super) fn angle(&self, word: &str) -> f64 {
        radians(self.value(word))
    }

    fn own(&self, word: &str) -> Option<f64> {
        let (width, height) = (self.width, self.height);
        let (short, long) = (width.min(height), width.max(height));
        Some(match word {
            "l" | "t" => 0.0,
            "r" | "w" => width,
            "b" | "h" => height,
            "hc" => width / 2.0,
            "vc" => height / 2.0,
            "ss" => short,
            "ls" => long,
            "cd2" => 180.0 * DEGREE,
            "cd4" => 90.0 * DEGREE,
            "cd8" => 45.0 * DEGREE,
            "3cd4" => 270.0 * DEGREE,
            "3cd8" => 135.0 * DEGREE,
            "5cd8" => 225.0 * DEGREE,
            "7cd8" => 315.0 * DEGREE,
            _ => {
                let part = |name: &str, of: f64| {
                    let divisor: f64 = word.strip_prefix(name)?.parse().ok()?;
                    Some(of / divisor)
                };
                part("wd", width).or_else(|| part("hd", height)).or_else(|| part("ssd", short))?
            }
        })
    }

    fn formula(&self, formula: &str) -> f64 {
        let mut words = formula.split_ascii_whitespace();
        let operator = words.next().unwrap_or_default();
        let mut next = || words.next().map_or(0.0, |word| self.value(word));
        let (x, y, z) = (next(), next(), next());
        match operator {
            "val" => x,
            "*/" => x * y / z,
            "+-" => x + y - z,
            "+/" => (x + y) / z,
            "?:" => {
                if x > 0.0 {
                    y
                } else {
                    z
                }
            }
            "abs" => x.abs(),
            "at2" => y.atan2(x).to_degrees() * DEGREE,
            "cat2" => x * z.atan2(y).cos(),
            "sat2" => x * z.atan2(y).sin(),
            "cos" => x * radians(y).cos(),
            "sin" => x * radians(y).sin(),
            "tan" => x * radians(y).tan(),
            "max" => x.max(y),
            "min" => x.min(y),
            "mod" => (x * x + y * y + z * z).sqrt(),
            "pin" => y.min(z).max(x),
            "sqrt" => x.sqrt(),
            _ => 0.0,
        }
    }
}

fn radians(angle: f64) -> f64 {
    (angle / DEGREE).to_radians()
}

#[cfg(test)]
mod tests {
    use super::super::super::tree::parse;
    use super::*;

    #[test]
    fn guides_are_computed_one_from_the_other() {
        let list = "<gdLst><gd name='a' fmla='pin 0 60000 50000'/><gd name='x1' fmla='*/ ss a 100000'/>\
                    <gd name='x2' fmla='+- r 0 x1'/><gd name='q' fmla='?: -1 x1 hd4'/><gd name='s' fmla='sin w cd4'/>\
                    <gd name='m' fmla='mod 3 4 0'/><gd name='bad' fmla='*/ 1 1 0'/></gdLst>";
        let list = parse(list.as_bytes()).unwrap();
        let mut guides = Guides::new(200.0, 100.0);
        guides.compute(&list);
        let of = |word| guides.value(word);
        assert_eq!([of("x1"), of("x2"), of("q"), of("m")], [50.0, 150.0, 25.0, 5.0]);
        assert!((of("s") - 200.0).abs() < 1e-9);
        assert_eq!([of("bad"), of("unknown"), of("NaN")], [0.0; 3]);
    }
}
