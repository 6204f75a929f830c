//! Paragraph and character properties: the open ones that styles and runs carry, and the resolved ones that layout reads.

use std::sync::Arc;

use super::{Length, Link, Unset};

/// A font family as the document names it, such as `仿宋_GB2312`.
pub type FontName = Arc<str>;

/// An sRGB colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Color {
    /// Black.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    /// White.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };

    /// Reads `RRGGBB`, with or without `#`.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let hex = hex.strip_prefix('#').unwrap_or(hex);
        if hex.len() != 6 || !hex.is_ascii() {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
        Some(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    /// With a part of another, from 0 to 1.
    pub fn mixed(self, other: Self, part: f64) -> Self {
        let mix = |own: u8, other: u8| (f64::from(own) * (1.0 - part) + f64::from(other) * part).round() as u8;
        Self { red: mix(self.red, other.red), green: mix(self.green, other.green), blue: mix(self.blue, other.blue) }
    }

    /// How light it looks, from 0 to 100 (CIE L*): what is left of it in grey.
    pub fn lightness(self) -> f64 {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            part => ((part + 0.055) / 1.055).powf(2.4),
        };
        let light = 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue);
        if light <= 0.008_856 { light * 903.3 } else { 116.0 * light.cbrt() - 16.0 }
    }

    /// Black or white, whichever can be read on it.
    pub fn ink_on(self) -> Self {
        if self.lightness() < 55.0 { Self::WHITE } else { Self::BLACK }
    }

    /// As `RRGGBB`.
    pub fn to_hex(self) -> String {
        format!("{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }
}

/// Alignment of a paragraph's lines (`w:jc`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Flush with the leading edge.
    #[default]
    Start,
    /// Centred.
    Center,
    /// Flush with the trailing edge.
    End,
    /// Justified but for the last line (`both`).
    Justify,
    /// Justified, the last line too (`distribute`).
    Distribute,
}

/// A distance from a paragraph's edge, either fixed or in characters of the paragraph's own size (`w:firstLineChars`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Indent {
    /// A fixed length; negative first-line indents hang.
    Length(Length),
    /// In ems of the paragraph's font size.
    Chars(f64),
}

impl Indent {
    /// The distance at a font size.
    pub fn at_size(self, size: Length) -> Length {
        match self {
            Self::Length(length) => length,
            Self::Chars(chars) => size * chars,
        }
    }
}

/// The distance from one baseline to the next (`w:spacing w:line`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LineSpacing {
    /// Exactly this.
    Exact(Length),
    /// This, or more if the line needs it.
    AtLeast(Length),
    /// A multiple of the font's natural line.
    Multiple(f64),
}

/// How a rule is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BorderLine {
    /// One line.
    #[default]
    Single,
    /// Two lines.
    Double,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Three lines.
    Triple,
    /// No line, though an ancestor has one.
    None,
}

/// A rule at the edge of a paragraph, cell or table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    /// How it is drawn.
    pub line: BorderLine,
    /// Thickness of one of its lines.
    pub width: Length,
    /// Colour.
    pub color: Color,
    /// Distance from the text (paragraphs only).
    pub space: Length,
}

impl Border {
    /// A single black rule.
    pub fn single(width: Length) -> Self {
        Self { line: BorderLine::Single, width, color: Color::BLACK, space: Length::ZERO }
    }
}

/// The rules around a paragraph (`w:pBdr`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParagraphBorders {
    /// Above.
    pub top: Option<Border>,
    /// Below.
    pub bottom: Option<Border>,
    /// Left.
    pub left: Option<Border>,
    /// Right.
    pub right: Option<Border>,
}

/// How text stands at a tab stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TabAlign {
    /// Text begins at the stop.
    #[default]
    Start,
    /// Text is centred on the stop.
    Center,
    /// Text ends at the stop.
    End,
    /// The decimal point is at the stop.
    Decimal,
}

/// What fills the way to a tab stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TabLeader {
    /// Nothing.
    #[default]
    None,
    /// Dots on the baseline.
    Dot,
    /// Middle dots.
    MiddleDot,
    /// A line.
    Underscore,
    /// Hyphens.
    Hyphen,
}

/// A tab stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TabStop {
    /// From the paragraph area's leading edge (not from the indent).
    pub at: Length,
    /// How text stands there.
    pub align: TabAlign,
    /// What leads there.
    pub leader: TabLeader,
}

/// Kinds of underline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Underline {
    /// None.
    #[default]
    None,
    /// One line.
    Single,
    /// Two lines.
    Double,
}

/// Raised or lowered text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerticalPosition {
    /// On the baseline.
    #[default]
    Baseline,
    /// Superscript.
    Superscript,
    /// Subscript.
    Subscript,
}

impl VerticalPosition {
    /// The size of such text beside text of a size, and how far it stands above that one's baseline, as Word has them: 58 %
    /// of the size, a third above, both in half points. Measured in a PDF of Word's: 7 pt beside 12, 6 beside 10, raised by
    /// 4 and 3.5 pt. How far lowered text stands below is not known of Word.
    pub fn of(self, size: Length) -> (Length, Length) {
        let part = |of: f64| Length::pt((size.to_pt() * of * 2.0).round() / 2.0);
        match self {
            Self::Baseline => (size, Length::ZERO),
            Self::Superscript => (part(0.58), part(1.0 / 3.0)),
            Self::Subscript => (part(0.58), Length::ZERO - part(1.0 / 8.0)),
        }
    }
}

/// Which list a paragraph is an item of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberingRef {
    /// Index into [`super::Document::lists`].
    pub list: usize,
    /// Level, from 0.
    pub level: u8,
}

/// Declares an open format (every property an `Option`), the same format resolved, and the step between them.
macro_rules! formats {
    ($(#[$open_doc:meta])* open $open:ident, $(#[$resolved_doc:meta])* resolved $resolved:ident {
        $($(#[$doc:meta])* $field:ident: $type:ty = $default:expr;)*
    }) => {
        $(#[$open_doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $open { $($(#[$doc])* pub $field: Option<$type>,)* }

        $(#[$resolved_doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $resolved { $($(#[$doc])* pub $field: $type,)* }

        impl $open {
            /// Takes every property that `over` sets.
            pub fn apply(&mut self, over: &Self) {
                $(if over.$field.is_some() { self.$field.clone_from(&over.$field); })*
            }

            /// Whether no property is set.
            pub fn is_empty(&self) -> bool {
                true $(&& self.$field.is_none())*
            }
        }

        impl Unset for $open {
            fn unset() -> &'static Self {
                static UNSET: $open = $open { $($field: None,)* };
                &UNSET
            }
        }

        impl $resolved {
            /// Takes every property that `over` sets.
            pub fn apply(&mut self, over: &$open) {
                $(if let Some(value) = &over.$field { self.$field = value.clone(); })*
            }
        }

        impl Default for $resolved {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }
    };
}

formats! {
    /// Paragraph properties that a style or a paragraph sets (`w:pPr`); `None` leaves the property to the ancestors.
    open ParagraphFormat,
    /// Paragraph properties with nothing left open; the defaults are WordprocessingML's.
    resolved ResolvedParagraph {
        /// Alignment.
        align: Align = Align::Start;
        /// Indent of all lines from the left.
        indent_left: Indent = Indent::Length(Length::ZERO);
        /// Indent of all lines from the right.
        indent_right: Indent = Indent::Length(Length::ZERO);
        /// Additional indent of the first line; negative hangs.
        first_line: Indent = Indent::Length(Length::ZERO);
        /// Space above.
        space_before: Length = Length::ZERO;
        /// Space below.
        space_after: Length = Length::ZERO;
        /// Space above in lines of the document grid, or of twelve points where there is none; instead of a length if
        /// it is not 0 (`w:beforeLines`).
        lines_before: f64 = 0.0;
        /// Space below in such lines (`w:afterLines`).
        lines_after: f64 = 0.0;
        /// Line pitch.
        line_spacing: LineSpacing = LineSpacing::Multiple(1.0);
        /// The word processor chooses the space above (`w:beforeAutospacing`).
        auto_before: bool = false;
        /// The word processor chooses the space below (`w:afterAutospacing`).
        auto_after: bool = false;
        /// On the same page as the next paragraph's first lines.
        keep_next: bool = false;
        /// All lines on one page.
        keep_lines: bool = false;
        /// Begins a new page.
        page_break_before: bool = false;
        /// No first or last line alone on a page.
        widow_control: bool = true;
        /// Lines sit on the section's document grid.
        snap_to_grid: bool = true;
        /// Line breaks obey the kinsoku lists.
        kinsoku: bool = true;
        /// One mark may hang into the margin.
        overflow_punctuation: bool = true;
        /// Space between Han and Latin letters.
        auto_space_latin: bool = true;
        /// Space between Han and digits.
        auto_space_digits: bool = true;
        /// Level in the outline, from 0; `None` for body text.
        outline_level: Option<u8> = None;
        /// Tab stops, in order.
        tabs: Vec<TabStop> = Vec::new();
        /// Rules around.
        borders: ParagraphBorders = ParagraphBorders::default();
        /// Colour behind.
        shading: Option<Color> = None;
        /// List membership.
        numbering: Option<NumberingRef> = None;
        /// Words are broken anywhere (`w:wordWrap` turned off).
        breaks_words: bool = false;
        /// No space to a neighbour of the same style (`w:contextualSpacing`).
        contextual_spacing: bool = false;
        /// An opening mark at a line's start is half as wide (`w:topLinePunct`).
        narrow_line_start: bool = false;
    }
}

formats! {
    /// Character properties that a style or a run sets (`w:rPr`); `None` leaves the property to the ancestors.
    open CharacterFormat,
    /// Character properties with nothing left open.
    resolved ResolvedCharacter {
        /// Face of Latin letters and digits (`w:ascii`, `w:hAnsi`).
        latin_font: FontName = Arc::from("Times New Roman");
        /// Face of Han and full-width characters (`w:eastAsia`).
        east_asian_font: FontName = Arc::from("宋体");
        /// Font size.
        size: Length = Length::twips(210);
        /// Bold.
        bold: bool = false;
        /// Italic.
        italic: bool = false;
        /// Underline.
        underline: Underline = Underline::None;
        /// Struck through.
        strike: bool = false;
        /// Colour of the text.
        color: Color = Color::BLACK;
        /// Colour behind the text.
        shading: Option<Color> = None;
        /// Raised or lowered.
        position: VerticalPosition = VerticalPosition::Baseline;
        /// Added to every character's advance.
        spacing: Length = Length::ZERO;
        /// Dots under Han characters (`w:em`).
        emphasis_mark: bool = false;
        /// Shown in capitals (`w:caps`).
        capitals: bool = false;
        /// Shown in small capitals (`w:smallCaps`).
        small_capitals: bool = false;
        /// Width of the characters against their natural one (`w:w`).
        scale: f64 = 1.0;
        /// How far the text stands above the baseline (`w:position`).
        rise: Length = Length::ZERO;
        /// Text of at least this size is kerned, and its marks give up room before each other (`w:kern`).
        kern_from: Option<Length> = None;
        /// Signs that both scripts use, such as quotation marks, are set in the East Asian face (`w:hint`).
        east_asian_signs: bool = true;
        /// It keeps to the document grid (`w:snapToGrid` of a run).
        snap_to_grid: bool = true;
        /// Its full-width marks give up room where lines are too long: the text's language is an East Asian one.
        narrows_marks: bool = true;
        /// Where a click on the text leads (`w:hyperlink`).
        link: Option<Link> = None;
    }
}
