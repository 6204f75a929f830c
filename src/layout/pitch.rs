//! How high lines are, and where their baselines stand.

use crate::document::{Length, LineSpacing, ResolvedParagraph};

use super::line::{End, Line};
use super::measure::{half, snapped, snapped_positive};
use super::setter::Setter;
use super::shaped::{Kind, Sign, Text};

/// How high the lines of a paragraph are.
#[derive(Clone, Debug)]
pub(super) struct Pitch {
    spacing: LineSpacing,
    /// The distance of the document grid's lines, if the paragraph keeps to it.
    grid: Option<Length>,
}

/// On a line of exact height the baseline is at four fifths, whatever stands on it (Word, and LibreOffice).
const EXACT_BASELINE: f64 = 0.8;

impl Pitch {
    pub fn of(setter: &Setter, format: &ResolvedParagraph) -> Self {
        let spacing = match format.line_spacing {
            LineSpacing::Exact(height) => LineSpacing::Exact(snapped(height).max(Length::twips(1))),
            LineSpacing::AtLeast(height) => LineSpacing::AtLeast(snapped_positive(height)),
            LineSpacing::Multiple(factor) => LineSpacing::Multiple(factor.clamp(0.05, 132.0)),
        };
        Self { spacing, grid: setter.line_grid().filter(|_| format.snap_to_grid) }
    }

    /// Gives a line its height.
    pub fn size_line(&self, line: &mut Line, text: &Text) {
        let (height, baseline, must_fit) = match self.spacing {
            LineSpacing::Exact(height) => (height, height * EXACT_BASELINE, height),
            LineSpacing::AtLeast(least) => {
                let natural = natural(line, text);
                let grid = self.grid.filter(|_| natural.on_grid);
                let free = (natural.height(), natural.ascent(), natural.height());
                let (height, baseline, must_fit) = grid.map_or(free, |pitch| on_grid(&natural, pitch, 1.0));
                let more = (least - height).max(Length::ZERO);
                (height + more, baseline + more, must_fit + more)
            }
            LineSpacing::Multiple(factor) => {
                let natural = natural(line, text);
                match self.grid.filter(|_| natural.on_grid) {
                    None => {
                        let height = natural.times(factor);
                        (height, natural.ascent(), height.min(natural.height()))
                    }
                    Some(pitch) => on_grid(&natural, pitch, factor),
                }
            }
        };
        line.height = height;
        line.baseline = baseline;
        line.must_fit = must_fit;
    }
}

/// An automatic line on the document grid: East Asian text takes whole rows, and stands in their middle.
fn on_grid(natural: &Natural, pitch: Length, factor: f64) -> (Length, Length, Length) {
    let (needed, row) = (natural.height().to_twips().max(1), pitch.to_twips().max(1));
    let rows =
        if natural.east_asian { pitch * f64::from((needed + row - 1) / row) } else { natural.height().max(pitch) };
    let height = (rows * factor).max(pitch);
    let free = height - natural.height();
    (height, half(free) + natural.ascent(), height - half(free))
}

/// What stands on a line, by its faces' natural lines.
#[derive(Default)]
struct Natural {
    /// Of the text, above the baseline.
    ascent: Length,
    /// Of the text, below the baseline.
    descent: Length,
    east_asian: bool,
    /// Something on it keeps to the document grid.
    on_grid: bool,
    /// Height of the highest picture.
    picture: Length,
}

impl Natural {
    /// From the line's top to the baseline.
    fn ascent(&self) -> Length {
        self.ascent.max(self.picture)
    }

    fn height(&self) -> Length {
        self.ascent() + self.descent
    }

    /// Height of a line of so many natural lines; pictures are not multiplied.
    fn times(&self, factor: f64) -> Length {
        let text = (self.ascent + self.descent) * factor;
        if self.picture > self.ascent { text.max(self.height()) } else { text }
    }
}

/// What stands on a line. A break or the paragraph mark has a say only where nothing else stands there, and a list's
/// label only above the baseline.
fn natural(line: &Line, text: &Text) -> Natural {
    let mut natural = Natural::default();
    let mut last_look = None;
    let mut take = |look: u32, is_label: bool| {
        if last_look != Some(look)
            && let Some(look) = text.looks.get(look as usize)
        {
            natural.ascent = natural.ascent.max(look.ascent);
            natural.east_asian |= look.east_asian;
            natural.on_grid |= look.on_grid;
            if !is_label {
                natural.descent = natural.descent.max(look.descent);
            }
        }
        last_look = Some(look);
    };
    let signs = text.signs.get(line.signs.clone()).unwrap_or_default();
    let is_break = |sign: &Sign| matches!(sign.kind, Kind::LineBreak | Kind::PageBreak | Kind::ColumnBreak);
    let alone = signs.iter().all(is_break);
    if alone && line.end == End::Paragraph && text.mark != 0 {
        take(text.mark, false);
    } else if signs.is_empty() {
        take(text.signs.last().map_or(text.mark, |sign| sign.look), false);
    }
    for (at, sign) in signs.iter().enumerate() {
        if alone || !is_break(sign) {
            take(sign.look, line.signs.start + at < text.label);
        }
    }
    for sign in signs {
        let height = match sign.kind {
            Kind::Picture(at) => text.pictures.get(at as usize).map(|(picture, _)| picture.height),
            Kind::Chart(at) => text.charts.get(at as usize).map(|chart| chart.height),
            Kind::Formula(at) => {
                let reach = |length: f32| Length::pt(f64::from(length));
                let formula = text.formulas.get(at as usize);
                let (up, down) = formula.map(|set| (reach(set.ascent), reach(set.descent))).unwrap_or_default();
                natural.descent = natural.descent.max(down);
                Some(up)
            }
            _ => None,
        };
        natural.picture = natural.picture.max(height.unwrap_or_default());
    }
    natural
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::document::{
        Block, CharacterFormat, Content, DocumentGrid, Image, ImageFormat, LineSpacing, Paragraph, ParagraphFormat,
        Picture, Run, Typography, WordRules,
    };
    use crate::layout::testing::{document, lines_of, paragraph, set};

    use super::*;

    /// The baselines of paragraphs in natural lines times `factor`; the page's text begins at 20. A Latin line of ten
    /// points is eight points high above the baseline and two below, an East Asian one 9.48 and 3.48.
    fn baselines(paragraphs: Vec<Paragraph>, spacing: LineSpacing, grid: Option<f64>) -> Vec<String> {
        let blocks = paragraphs.into_iter().map(Block::Paragraph).collect();
        let mut document = document(blocks, |sheet| {
            sheet.default_paragraph =
                ParagraphFormat { line_spacing: Some(spacing), snap_to_grid: Some(true), ..Default::default() };
            sheet.typography = Typography { word: Some(WordRules::default()), ..Typography::default() };
        });
        document.sections[0].page.grid =
            grid.map(|pitch| DocumentGrid { line_pitch: Length::pt(pitch), character_spacing: None });
        let lines = lines_of(&set(&document).pages);
        lines.iter().map(|line| line.split(' ').skip(2).collect::<Vec<_>>().join(" ")).collect()
    }

    fn single(paragraphs: Vec<Paragraph>) -> Vec<String> {
        baselines(paragraphs, LineSpacing::Multiple(1.0), None)
    }

    fn of_size(text: &str, points: f64) -> Run {
        let format = CharacterFormat { size: Some(Length::pt(points)), ..CharacterFormat::default() };
        Run { format: format.into(), ..Run::text(text) }
    }

    #[test]
    fn a_latin_line_is_its_face_and_an_east_asian_one_has_a_margin_above_and_below() {
        assert_eq!(single(vec![paragraph("ab"), paragraph("cd")]), ["28.0 ab", "38.0 cd"]);
        assert_eq!(single(vec![paragraph("党"), paragraph("建")]), ["29.5 党", "42.5 建"]);
    }

    #[test]
    fn what_a_multiple_adds_stands_below() {
        let lines = baselines(vec![paragraph("ab"), paragraph("cd")], LineSpacing::Multiple(1.5), None);
        assert_eq!(lines, ["28.0 ab", "43.0 cd"]);
    }

    #[test]
    fn what_at_least_adds_stands_above() {
        let least = |points| LineSpacing::AtLeast(Length::pt(points));
        assert_eq!(baselines(vec![paragraph("ab"), paragraph("cd")], least(15.0), None), ["33.0 ab", "48.0 cd"]);
        assert_eq!(baselines(vec![paragraph("ab"), paragraph("cd")], least(5.0), None), ["28.0 ab", "38.0 cd"]);
    }

    #[test]
    fn an_exact_line_has_its_baseline_at_four_fifths_whatever_stands_on_it() {
        let mut large = paragraph("");
        large.runs = vec![of_size("党", 30.0)];
        let exact = LineSpacing::Exact(Length::pt(20.0));
        assert_eq!(baselines(vec![large, paragraph("ab")], exact, Some(15.0)), ["36.0 党", "56.0 ab"]);
    }

    #[test]
    fn east_asian_text_takes_whole_rows_of_the_grid_and_latin_text_its_height_if_that_is_more() {
        let multiple = LineSpacing::Multiple;
        // 12.97 points in a row of 15, in two of 10, and one and a half rows
        assert_eq!(
            baselines(vec![paragraph("党"), paragraph("建")], multiple(1.0), Some(15.0)),
            ["30.5 党", "45.5 建"]
        );
        assert_eq!(
            baselines(vec![paragraph("党"), paragraph("建")], multiple(1.0), Some(10.0)),
            ["33.0 党", "53.0 建"]
        );
        assert_eq!(
            baselines(vec![paragraph("党"), paragraph("建")], multiple(1.5), Some(14.0)),
            ["33.5 党", "54.5 建"]
        );
        assert_eq!(baselines(vec![paragraph("ab"), paragraph("cd")], multiple(1.0), Some(8.0)), ["28.0 ab", "38.0 cd"]);
        assert_eq!(
            baselines(vec![paragraph("ab"), paragraph("cd")], multiple(1.0), Some(12.0)),
            ["29.0 ab", "41.0 cd"]
        );
        // less than a row is a row
        assert_eq!(
            baselines(vec![paragraph("党"), paragraph("建")], multiple(0.5), Some(15.0)),
            ["30.5 党", "45.5 建"]
        );
    }

    #[test]
    fn at_least_is_in_the_middle_of_its_row_and_adds_above_that() {
        let least = |points| LineSpacing::AtLeast(Length::pt(points));
        let two = || vec![paragraph("党"), paragraph("建")];
        assert_eq!(baselines(two(), least(10.0), Some(15.0)), ["30.5 党", "45.5 建"]);
        assert_eq!(baselines(two(), least(20.0), Some(15.0)), ["35.5 党", "55.5 建"]);
    }

    #[test]
    fn text_that_leaves_the_grid_is_as_high_as_it_is() {
        let mut off = paragraph("党");
        off.runs[0].format.snap_to_grid = Some(false);
        assert_eq!(baselines(vec![off.clone(), off], LineSpacing::Multiple(1.0), Some(15.0)), ["29.5 党", "42.5 党"]);
    }

    #[test]
    fn a_break_and_the_paragraph_mark_count_only_on_a_line_of_their_own() {
        let large = CharacterFormat { size: Some(Length::pt(20.0)), ..CharacterFormat::default() };
        let mark = Run { format: large.clone().into(), ..Run::of(Content::LineBreak) };
        let broken = Paragraph { runs: vec![Run::text("ab"), mark.clone(), Run::text("cd")], ..Paragraph::default() };
        assert_eq!(single(vec![broken]), ["28.0 ab", "38.0 cd"]);
        let marked = Paragraph { mark: large.clone().into(), ..paragraph("ab") };
        assert_eq!(single(vec![marked, paragraph("cd")]), ["28.0 ab", "38.0 cd"]);
        // an empty line of twenty points by its break, and one by the mark
        let alone = Paragraph { runs: vec![mark], ..Paragraph::default() };
        assert_eq!(single(vec![alone, paragraph("cd")]), ["58.0 cd"]);
        let empty = Paragraph { mark: large.into(), ..Paragraph::default() };
        assert_eq!(single(vec![empty, paragraph("cd")]), ["48.0 cd"]);
    }

    #[test]
    fn a_multiple_does_not_multiply_pictures() {
        let image = Arc::new(Image {
            format: ImageFormat::Png,
            bytes: Vec::new().into(),
            width_px: 3,
            height_px: 4,
            drawing: None,
        });
        let picture = Picture {
            image,
            width: Length::pt(30.0),
            height: Length::pt(40.0),
            crop: crate::document::Crop::NONE,
            description: String::new(),
        };
        let shown = Paragraph { runs: vec![Run::of(picture.into())], ..Paragraph::default() };
        let lines = baselines(vec![shown, paragraph("ab")], LineSpacing::Multiple(2.0), None);
        // forty points and the descent of the text
        assert_eq!(lines, ["70.0 ab"]);
    }
}
