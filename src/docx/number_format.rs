//! The names of ways to write numbers (`w:numFmt`), for writing and for reading.

use crate::document::NumberFormat::{self, *};

/// The names; of several for one format, the first is written.
const NAMES: [(NumberFormat, &str); 31] = [
    (Decimal, "decimal"),
    (Decimal, "decimalHalfWidth"),
    (DecimalZero, "decimalZero"),
    (FullWidth, "decimalFullWidth"),
    (FullWidth, "decimalFullWidth2"),
    (Chinese, "chineseCountingThousand"),
    (Chinese, "chineseCounting"),
    (Chinese, "taiwaneseCountingThousand"),
    (Chinese, "taiwaneseCounting"),
    (Chinese, "japaneseCounting"),
    (Chinese, "ideographDigital"),
    (ChineseDigits, "japaneseDigitalTenThousand"),
    (ChineseDigits, "taiwaneseDigital"),
    (ChineseLegal, "chineseLegalSimplified"),
    (ChineseLegal, "ideographLegalTraditional"),
    (ChineseLegal, "japaneseLegal"),
    (HeavenlyStems, "ideographTraditional"),
    (EarthlyBranches, "ideographZodiac"),
    (Circled, "decimalEnclosedCircleChinese"),
    (Circled, "decimalEnclosedCircle"),
    (Circled, "ideographEnclosedCircle"),
    (LowerLetter, "lowerLetter"),
    (UpperLetter, "upperLetter"),
    (LowerRoman, "lowerRoman"),
    (UpperRoman, "upperRoman"),
    (Ordinal, "ordinal"),
    (InDashes, "numberInDash"),
    (Bullet, "bullet"),
    (Bullet, "none"),
    (Decimal, "decimalEnclosedFullstop"),
    (Decimal, "decimalEnclosedParen"),
];

/// The name to write for a format.
pub fn name(format: NumberFormat) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == format).map_or("decimal", |(_, name)| name)
}

/// The format of a name, if it is one that can be shown.
pub fn named(name: &str) -> Option<NumberFormat> {
    NAMES.iter().find(|(_, known)| *known == name).map(|(format, _)| *format)
}
