use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A length on paper, kept in English Metric Units (914 400 an inch), in which points, twips, millimetres of a tenth and
/// OOXML's own measures are whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(i64);

impl Length {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    const EMU_PER_PT: f64 = 12_700.0;
    const EMU_PER_MM: f64 = 36_000.0;
    const EMU_PER_TWIP: i64 = 635;

    /// English Metric Units.
    pub const fn emu(emu: i64) -> Self {
        Self(emu)
    }

    /// Points, 72 an inch.
    pub fn pt(pt: f64) -> Self {
        Self((pt * Self::EMU_PER_PT).round() as i64)
    }

    /// Millimetres.
    pub fn mm(mm: f64) -> Self {
        Self((mm * Self::EMU_PER_MM).round() as i64)
    }

    /// Twips, 20 a point.
    pub const fn twips(twips: i32) -> Self {
        Self(twips as i64 * Self::EMU_PER_TWIP)
    }

    /// In English Metric Units.
    pub const fn to_emu(self) -> i64 {
        self.0
    }

    /// In points.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / Self::EMU_PER_PT
    }

    /// In millimetres.
    pub fn to_mm(self) -> f64 {
        self.0 as f64 / Self::EMU_PER_MM
    }

    /// In twips, rounded to the nearest.
    pub fn to_twips(self) -> i32 {
        (self.0 as f64 / Self::EMU_PER_TWIP as f64).round() as i32
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Length {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self((self.0 as f64 * factor).round() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twips_and_points_are_exact() {
        assert_eq!(Length::pt(15.75), Length::twips(315));
        assert_eq!(Length::twips(579).to_pt(), 28.95);
        assert_eq!(Length::mm(210.0).to_twips(), 11906);
    }
}
