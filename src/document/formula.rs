//! Formulas: parts beside, above and below each other.

/// A formula, or a part of one that takes more than one line, standing in the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Its parts.
    pub math: Math,
    /// It has a line of its own, and is not kept low.
    pub display: bool,
    /// All of it in one line, for those who cannot show it.
    pub text: String,
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Math {
    /// Parts beside each other.
    Row(Vec<Math>),
    /// Signs.
    Text {
        /// The signs.
        text: String,
        /// They are slanted.
        italic: bool,
        /// They are bold.
        bold: bool,
    },
    /// A sign of a sum, a product or an integral, larger than the others.
    Large(String),
    /// One part above another, with or without a rule between them.
    Fraction {
        /// What stands above and below.
        parts: Box<(Math, Math)>,
        /// There is a rule between them.
        ruled: bool,
    },
    /// A part with others raised and lowered beside it.
    Scripts {
        /// The part.
        of: Box<Math>,
        /// What is lowered.
        lower: Option<Box<Math>>,
        /// What is raised.
        upper: Option<Box<Math>>,
        /// They stand before it.
        before: bool,
    },
    /// A part with others right below and above it.
    Limits {
        /// The part.
        of: Box<Math>,
        /// What stands below.
        lower: Option<Box<Math>>,
        /// What stands above.
        upper: Option<Box<Math>>,
    },
    /// A root.
    Root {
        /// Which one, if it is not the square root.
        degree: Option<Box<Math>>,
        /// What it is taken of.
        of: Box<Math>,
    },
    /// Parts in brackets as high as they are.
    Fenced {
        /// The opening bracket, perhaps nothing.
        open: String,
        /// The closing bracket, perhaps nothing.
        close: String,
        /// What parts them.
        separator: String,
        /// The parts.
        parts: Vec<Math>,
    },
    /// Rows and columns.
    Grid {
        /// The rows.
        rows: Vec<Vec<Math>>,
        /// The columns are set from the left, not in the middle.
        from_left: bool,
    },
    /// A part with a sign close above it.
    Accent {
        /// The part.
        of: Box<Math>,
        /// The sign.
        sign: String,
    },
    /// A part with a rule above or below it.
    Ruled {
        /// The part.
        of: Box<Math>,
        /// The rule is above.
        above: bool,
    },
}
