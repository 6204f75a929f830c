//! What a row must hold to be found: `类型="民办"`, `学生数=">=1000"`.

use std::cmp::Ordering;

use super::value::Value;
use crate::dataset;
use crate::template::calendar;
use crate::template::helpers::logic;

/// What a cell must be.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::template) enum Condition {
    /// This value, or not this value.
    Is(Value, bool),
    /// Before or after this value, and perhaps equal to it.
    Compares { to: Value, wanted: Ordering, or_equal: bool },
}

impl Condition {
    /// A condition; only a value typed in the template may begin with a sign.
    pub(in crate::template) fn of(value: Value, typed: bool) -> Self {
        let Value::Text(text) = &value else { return Self::Is(value, true) };
        if !typed {
            return Self::Is(value, true);
        }
        let signs = [
            (">=", Some((Ordering::Greater, true))),
            ("<=", Some((Ordering::Less, true))),
            ("≥", Some((Ordering::Greater, true))),
            ("≤", Some((Ordering::Less, true))),
            ("!=", None),
            ("≠", None),
            (">", Some((Ordering::Greater, false))),
            ("<", Some((Ordering::Less, false))),
        ];
        for (sign, compares) in signs {
            let Some(rest) = text.strip_prefix(sign) else { continue };
            let Some((wanted, or_equal)) = compares else { return Self::Is(Value::text(rest.trim()), false) };
            return Self::Compares { to: limit(rest.trim()), wanted, or_equal };
        }
        Self::Is(value, true)
    }

    /// Whether a cell is so; nothing if it cannot be compared. A blank is neither before nor after anything.
    pub(super) fn holds(&self, cell: &dataset::Value) -> Option<bool> {
        self.is_met(&Value::from(cell))
    }

    /// Whether a value is so.
    pub(in crate::template) fn is_met(&self, cell: &Value) -> Option<bool> {
        match self {
            Self::Is(value, wanted) => Some(logic::same(cell, value) == *wanted),
            Self::Compares { .. } if cell.is_blank() => Some(false),
            Self::Compares { to, wanted, or_equal } => {
                let found = logic::compare(cell, to)?;
                Some(found == *wanted || *or_equal && found == Ordering::Equal)
            }
        }
    }
}

fn limit(text: &str) -> Value {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Value::Number(number),
        _ => calendar::read(text).map_or_else(|| Value::text(text), Value::Date),
    }
}
