//! How charts look.

use crate::document::{CharacterFormat, Color};
use crate::settings::{Group, Reader};

use super::{format, problem};

/// Colours of series where a style names none.
const COLORS: [Color; 6] = [
    Color { red: 0x1F, green: 0x38, blue: 0x64 },
    Color { red: 0xDB, green: 0xA1, blue: 0x2F },
    Color { red: 0x2F, green: 0x80, blue: 0x76 },
    Color { red: 0xB4, green: 0xD3, blue: 0xEA },
    Color { red: 0x9E, green: 0x2A, blue: 0x2B },
    Color { red: 0x7F, green: 0xA0, blue: 0x5A },
];

/// How charts look.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartLook {
    /// Colours that series and slices take in turn.
    pub colors: Vec<Color>,
    /// All text but the title.
    pub text: CharacterFormat,
    /// The title.
    pub title: CharacterFormat,
    /// The axes; the rules between are lighter.
    pub axis: Color,
}

impl Default for ChartLook {
    fn default() -> Self {
        let axis = Color { red: 0x7F, green: 0x7F, blue: 0x7F };
        Self { colors: COLORS.to_vec(), text: Default::default(), title: Default::default(), axis }
    }
}

impl ChartLook {
    /// The colour of a series or slice; beyond the last they begin again, lighter each time.
    pub fn color(&self, number: usize) -> Color {
        let count = self.colors.len().max(1);
        let color = self.colors.get(number % count).copied().unwrap_or(Color::BLACK);
        // an odd number of steps, so that the lightest still differs from paper
        (0..(number / count).min(3)).fold(color, |color, _| color.mixed(Color::WHITE, 0.35))
    }

    /// The rules between values.
    pub fn grid(&self) -> Color {
        self.axis.mixed(Color::WHITE, 0.7)
    }
}

/// Reads what a style file says of charts.
pub(super) fn read(reader: &Reader<'_>, mut group: Group<'_, '_>, look: &mut ChartLook) {
    let mut colors = Vec::new();
    for text in group.texts("colors") {
        match Color::from_hex(&text.value) {
            Some(color) => colors.push(color),
            None => reader.report(problem::not_understood(&text, "\"1F3864\"")),
        }
    }
    if !colors.is_empty() {
        look.colors = colors;
    }
    if let Some(font) = group.text("font") {
        look.text.east_asian_font = Some(font.value.into());
    }
    if let Some(font) = group.text("latin_font") {
        look.text.latin_font = Some(font.value.into());
    }
    if let Some(size) = format::size(reader, &mut group, "size") {
        look.text.size = Some(size);
    }
    if let Some(font) = group.text("title_font") {
        let font: crate::document::FontName = font.value.into();
        (look.title.east_asian_font, look.title.latin_font) = (Some(font.clone()), Some(font));
    }
    if let Some(size) = format::size(reader, &mut group, "title_size") {
        look.title.size = Some(size);
    }
    if let Some(color) = format::color(reader, &mut group, "axis_color") {
        look.axis = color;
    }
    group.finish();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Style;

    #[test]
    fn colours_of_carried_styles_differ_in_grey() {
        for name in Style::carried_names() {
            let colors = Style::carried(name).unwrap().chart.colors;
            assert!(colors.len() >= 6, "{name}");
            let mut greys: Vec<f64> = colors.iter().map(|color| color.lightness()).collect();
            for pair in greys.windows(2) {
                assert!((pair[0] - pair[1]).abs() >= 15.0, "{name}: neighbours {greys:?}");
            }
            greys.sort_by(f64::total_cmp);
            assert!(greys.windows(2).all(|pair| pair[1] - pair[0] >= 6.0), "{name}: {greys:?}");
            assert!(greys.last().is_some_and(|lightest| *lightest <= 85.0), "{name}: {greys:?}");
        }
    }

    #[test]
    fn more_series_than_colours_begin_again_lighter() {
        let look = ChartLook::default();
        let (first, again) = (look.color(0), look.color(look.colors.len()));
        assert!(again.lightness() > first.lightness() + 15.0);
    }

    #[test]
    fn a_style_says_how_charts_look() {
        let style = Style::parse("a.toml", "[chart]\ncolors = ['000000', '#FF0000']\nsize = '五号'\n").unwrap();
        assert_eq!(style.chart.colors, [Color::BLACK, Color { red: 255, green: 0, blue: 0 }]);
        assert_eq!(style.chart.text.size.map(|size| size.to_pt()), Some(10.5));
        let problems = Style::parse("a.toml", "[chart]\ncolors = ['红']\ncolours = 'FF0000'\n").unwrap_err();
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>().len(), 2);
    }
}
