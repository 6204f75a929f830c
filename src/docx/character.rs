//! Character properties (`w:rPr`).

use docx_rs::{RunFonts, RunProperty, RunStyle, Shading, VertAlignType};

use super::aside::{Aside, Asides};
use super::measure::{half_points, signed_half_points, twips};
use super::xml::clean;
use crate::document::{CharacterFormat, Color, Underline, VerticalPosition};

/// The properties that a run or style sets.
pub fn run_property(format: &CharacterFormat, asides: &mut Asides) -> RunProperty {
    let mut aside = Aside::default();
    let property = open_property(format, &mut aside);
    with_aside(property, aside, asides)
}

/// The character style of the numbers of footnotes.
pub const NOTE_NUMBER: &str = "FootnoteReference";

/// The properties of a footnote's number: those of a run, over the style.
pub fn note_number_property(format: &CharacterFormat, asides: &mut Asides) -> RunProperty {
    let mut aside = Aside::default();
    let property = open_property(format, &mut aside);
    aside.push("w:rStyle", format!(" w:val=\"{NOTE_NUMBER}\""));
    with_aside(property, aside, asides)
}

/// The properties under all styles: those that the sheet sets, and the languages.
pub fn default_run_property(format: &CharacterFormat, asides: &mut Asides) -> RunProperty {
    let mut aside = Aside::default();
    let property = open_property(format, &mut aside);
    aside.push("w:lang", " w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"");
    with_aside(property, aside, asides)
}

/// The same face for every character of a run, whatever script a reader takes it for.
pub fn one_face(face: &str, east_asian: bool) -> RunFonts {
    let face = clean(face);
    let fonts = RunFonts::new().ascii(face.as_ref()).hi_ansi(face.as_ref()).east_asia(face.as_ref());
    if east_asian { fonts.hint("eastAsia") } else { fonts }
}

/// `w:shd` with a colour behind, or with none.
pub fn shading(color: Option<Color>) -> Shading {
    Shading::new().fill(color.map_or_else(|| "auto".to_owned(), Color::to_hex))
}

fn with_aside(mut property: RunProperty, aside: Aside, asides: &mut Asides) -> RunProperty {
    property.style = asides.keep(aside).map(RunStyle::new);
    property
}

fn open_property(format: &CharacterFormat, aside: &mut Aside) -> RunProperty {
    let mut property = RunProperty::new();
    property.fonts = fonts(format);
    if let Some(size) = format.size {
        property = property.size(half_points(size));
    }
    match format.bold {
        Some(true) => property = property.bold(),
        Some(false) => property = property.disable_bold(),
        None => {}
    }
    match format.italic {
        Some(true) => property = property.italic(),
        Some(false) => property = property.disable_italic(),
        None => {}
    }
    if let Some(underline) = format.underline {
        property = property.underline(match underline {
            Underline::None => "none",
            Underline::Single => "single",
            Underline::Double => "double",
        });
    }
    match format.strike {
        Some(true) => property = property.strike(),
        Some(false) => property = property.disable_strike(),
        None => {}
    }
    if let Some(color) = format.color {
        property = property.color(color.to_hex());
    }
    if let Some(color) = format.shading {
        property = property.shading(shading(color));
    }
    if let Some(position) = format.position {
        property = property.vert_align(match position {
            VerticalPosition::Baseline => VertAlignType::Baseline,
            VerticalPosition::Superscript => VertAlignType::SuperScript,
            VerticalPosition::Subscript => VertAlignType::SubScript,
        });
    }
    if let Some(spacing) = format.spacing {
        property = property.spacing(twips(spacing));
    }
    if let Some(scale) = format.scale {
        // whole percents, within what Word takes
        aside.push("w:w", format!(" w:val=\"{}\"", (scale * 100.0).round().clamp(1.0, 600.0)));
    }
    if let Some(rise) = format.rise {
        aside.push("w:position", format!(" w:val=\"{}\"", signed_half_points(rise)));
    }
    if let Some(on) = format.emphasis_mark {
        // Word sets `dot` below Han characters
        aside.push("w:em", if on { " w:val=\"dot\"" } else { " w:val=\"none\"" });
    }
    property
}

fn fonts(format: &CharacterFormat) -> Option<RunFonts> {
    if format.latin_font.is_none() && format.east_asian_font.is_none() {
        return None;
    }
    let mut fonts = RunFonts::new();
    if let Some(latin) = &format.latin_font {
        let latin = clean(latin);
        fonts = fonts.ascii(latin.as_ref()).hi_ansi(latin.as_ref()).cs(latin.as_ref());
    }
    if let Some(east_asian) = &format.east_asian_font {
        fonts = fonts.east_asia(clean(east_asian));
    }
    Some(fonts)
}
