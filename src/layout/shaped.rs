//! What a paragraph's runs become: signs, and what they look like.

use crate::document::{Bookmark, Color, Length, Link, Picture, Underline};
use crate::font::SelectedFace;

use super::chart::SetChart;
use super::faces::SelectionId;
use super::float::SetFloat;
use super::formula::SetFormula;
use super::structure::{ElementId, ParagraphTags};

/// What a sign is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A glyph.
    Glyph,
    /// A space, which may vanish at a line's end or be stretched.
    Space,
    /// A character that no face can draw: room is left for it.
    Blank,
    /// A tab.
    Tab,
    /// The end of the line.
    LineBreak,
    /// The end of the line and of the page.
    PageBreak,
    /// The end of the line and of the column.
    ColumnBreak,
    /// A picture, by its place in [`Text::pictures`].
    Picture(u32),
    /// A chart, by its place in [`Text::charts`].
    Chart(u32),
    /// A formula, by its place in [`Text::formulas`].
    Formula(u32),
}

/// One character, measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    /// What it is.
    pub kind: Kind,
    /// The character that it stands for.
    pub character: char,
    /// Its glyph.
    pub glyph: u16,
    /// Whether it is set in the Latin face.
    pub latin: bool,
    /// A line may end after it.
    pub break_after: bool,
    /// How it looks, by its place in [`Text::looks`].
    pub look: u32,
    /// From its left edge to the next sign's.
    pub advance: Length,
    /// Space to the next sign if that stands on the same line: the joint of Han and Latin.
    pub joint: Length,
    /// The part of the advance that does not count at a line's end: added spacing.
    pub tail: Length,
    /// How much a mark gives up where one more character is to come into its line.
    pub gives: Length,
}

/// What signs of one run and face share.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// The face; none if there is none at all.
    pub face: Option<SelectedFace>,
    /// The faces that it is of.
    pub selection: SelectionId,
    /// The size of the glyphs.
    pub size: Length,
    /// The run's size, of which raised and lowered text shows a part.
    pub full_size: Length,
    /// How far above the baseline the glyphs stand.
    pub rise: Length,
    /// Height of the natural line above the baseline.
    pub ascent: Length,
    /// Height of the natural line below the baseline.
    pub descent: Length,
    /// The face is an East Asian one.
    pub east_asian: bool,
    /// It keeps to the document grid.
    pub on_grid: bool,
    /// Colour of the glyphs.
    pub color: Color,
    /// Colour behind.
    pub shading: Option<Color>,
    /// Underline.
    pub underline: Underline,
    /// Struck through.
    pub strike: bool,
    /// Dots under Han characters.
    pub emphasis_mark: bool,
    /// Width of the glyphs against their own.
    pub stretch: f32,
    /// Where a click on it leads.
    pub link: Option<Link>,
    /// The element of that link.
    pub element: Option<ElementId>,
}

impl Look {
    /// Whether it has a colour behind it or a line under or through it.
    pub fn is_lined(&self) -> bool {
        self.underline != Underline::None || self.strike || self.shading.is_some()
    }
}

/// A paragraph's text, measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// The signs in order.
    pub signs: Vec<Sign>,
    /// How they look.
    pub looks: Vec<Look>,
    /// The pictures among them, and what they are in the structure.
    pub pictures: Vec<(Picture, Option<ElementId>)>,
    /// The charts among them.
    pub charts: Vec<SetChart>,
    /// The formulas among them.
    pub formulas: Vec<SetFormula>,
    /// What the paragraph is in the structure.
    pub tags: ParagraphTags,
    /// What stands beside the text.
    pub floats: Vec<SetFloat>,
    /// The footnotes, and the signs that they belong to.
    pub notes: Vec<(usize, usize)>,
    /// The places that are referred to, and the signs that follow them.
    pub bookmarks: Vec<(usize, Bookmark)>,
    /// The look of the paragraph mark, if that has a say in the last line's height.
    pub mark: u32,
    /// So many signs belong to the label of a list item.
    pub label: usize,
}
