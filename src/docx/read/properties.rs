//! Properties of characters and paragraphs (`w:rPr`, `w:pPr`).

use std::sync::Arc;

use super::measure::{eighths, number, points, twips};
use super::theme::Theme;
use super::tree::{Element, is_on};
use crate::document::{
    Align, Border, BorderLine, CharacterFormat, Color, FontName, Indent, Length, LineSpacing, ParagraphBorders,
    ParagraphFormat, TabAlign, TabLeader, TabStop, Underline, VerticalPosition,
};

/// What a run says of itself: its format, and whether it is there at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunProperties {
    /// The format.
    pub format: CharacterFormat,
    /// It is hidden.
    pub hidden: Option<bool>,
}

impl RunProperties {
    /// Takes what `over` sets.
    pub fn apply(&mut self, over: &Self) {
        self.format.apply(&over.format);
        self.hidden = over.hidden.or(self.hidden);
    }
}

/// The first of the faces that LibreOffice writes one after the other: `Open Sans;Arial`.
fn first_face(names: &str) -> FontName {
    let first = names.split(';').map(str::trim).find(|name| !name.is_empty());
    Arc::from(first.unwrap_or(names))
}

/// Reads `w:rPr`; a character style that it names is not looked up.
pub fn run(element: Option<&Element>, theme: &Theme) -> RunProperties {
    let Some(element) = element else { return RunProperties::default() };
    let mut format = CharacterFormat::default();
    let fonts = element.child("w:rFonts");
    if let Some(fonts) = fonts {
        let face = |theme_names: &[&str], names: &[&str]| -> Option<FontName> {
            let of_theme = theme_names.iter().find_map(|name| theme.face(fonts.attribute(name)?));
            of_theme.or_else(|| names.iter().find_map(|name| fonts.attribute(name)).map(first_face))
        };
        format.latin_font = face(&["w:asciiTheme", "w:hAnsiTheme"], &["w:ascii", "w:hAnsi"]);
        format.east_asian_font = face(&["w:eastAsiaTheme"], &["w:eastAsia"]);
        format.east_asian_signs = (fonts.attribute("w:hint") == Some("eastAsia")).then_some(true);
    }
    let value = |name: &str| element.child_value(name);
    format.size = value("w:sz").and_then(number).map(|half_points| points(half_points / 2.0));
    format.bold = element.switch("w:b");
    format.italic = element.switch("w:i");
    format.strike = element.switch("w:strike").or_else(|| element.switch("w:dstrike"));
    format.capitals = element.switch("w:caps");
    format.small_capitals = element.switch("w:smallCaps");
    format.underline = element.child("w:u").map(|kind| match kind.value() {
        Some("none") => Underline::None,
        Some("double" | "wavyDouble") => Underline::Double,
        _ => Underline::Single,
    });
    format.color = element.child("w:color").and_then(|color| match color.value() {
        Some("auto") => Some(Color::BLACK),
        value => value.and_then(Color::from_hex),
    });
    format.shading = element.child("w:shd").map(shading);
    if let Some(name) = value("w:highlight") {
        format.shading = Some(highlight(name));
    }
    format.position = value("w:vertAlign").map(|value| match value {
        "superscript" => VerticalPosition::Superscript,
        "subscript" => VerticalPosition::Subscript,
        _ => VerticalPosition::Baseline,
    });
    format.spacing = value("w:spacing").and_then(twips);
    format.scale = value("w:w")
        .and_then(|scale| number(scale.trim_end_matches('%')))
        .map(|percent| (percent / 100.0).clamp(0.01, 6.0));
    format.rise = value("w:position").and_then(number).map(|half_points| points(half_points / 2.0));
    format.kern_from = value("w:kern").and_then(number).map(|from| (from > 0.0).then(|| points(from / 2.0)));
    format.emphasis_mark = value("w:em").map(|mark| mark != "none");
    format.snap_to_grid = element.switch("w:snapToGrid");
    let language = element.child("w:lang").and_then(|language| language.attribute("w:eastAsia"));
    format.narrows_marks = language.map(is_east_asian);
    RunProperties { format, hidden: element.switch("w:vanish") }
}

/// Whether a language is Chinese, Japanese or Korean.
pub fn is_east_asian(language: &str) -> bool {
    ["zh", "ja", "ko"].iter().any(|east| language.starts_with(east))
}

/// What the properties of a paragraph add to.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The tab stops that the ancestors set.
    pub tabs: Vec<TabStop>,
    /// The rules that they set.
    pub borders: ParagraphBorders,
    /// What they count in characters and lines.
    pub counted: Counted,
}

/// Which measures of a paragraph are counted in characters or lines: lengths in twips do not change those.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    indent_left: bool,
    indent_right: bool,
    first_line: bool,
    space_before: bool,
    space_after: bool,
}

impl Counted {
    /// Takes what `w:pPr` counts, or ceases to count with 0.
    pub fn take(&mut self, element: Option<&Element>) {
        let indent = element.and_then(|element| element.child("w:ind"));
        let spacing = element.and_then(|element| element.child("w:spacing"));
        let places: [(&mut bool, Option<&Element>, &[&str]); 5] = [
            (&mut self.indent_left, indent, &["w:leftChars", "w:startChars"]),
            (&mut self.indent_right, indent, &["w:rightChars", "w:endChars"]),
            (&mut self.first_line, indent, &["w:firstLineChars", "w:hangingChars"]),
            (&mut self.space_before, spacing, &["w:beforeLines"]),
            (&mut self.space_after, spacing, &["w:afterLines"]),
        ];
        for (place, element, names) in places {
            let counts = names.iter().filter_map(|name| number(element?.attribute(name)?));
            *place = counts
                .fold(None, |any: Option<bool>, count| Some(any.unwrap_or(false) || count != 0.0))
                .unwrap_or(*place);
        }
    }
}

/// Reads `w:pPr` but for its style and list.
pub fn paragraph(element: Option<&Element>, ground: &Ground) -> ParagraphFormat {
    let mut format = ParagraphFormat::default();
    let Some(element) = element else { return format };
    format.align = element.child_value("w:jc").map(align);
    if let Some(indent) = element.child("w:ind") {
        indents(indent, ground, &mut format);
    }
    if let Some(spacing) = element.child("w:spacing") {
        self::spacing(spacing, ground, &mut format);
    }
    format.keep_next = element.switch("w:keepNext");
    format.keep_lines = element.switch("w:keepLines");
    format.page_break_before = element.switch("w:pageBreakBefore");
    format.widow_control = element.switch("w:widowControl");
    format.snap_to_grid = element.switch("w:snapToGrid");
    format.kinsoku = element.switch("w:kinsoku");
    format.overflow_punctuation = element.switch("w:overflowPunct");
    format.narrow_line_start = element.switch("w:topLinePunct");
    format.breaks_words = element.switch("w:wordWrap").map(|whole| !whole);
    format.auto_space_latin = element.switch("w:autoSpaceDE");
    format.auto_space_digits = element.switch("w:autoSpaceDN");
    format.contextual_spacing = element.switch("w:contextualSpacing");
    format.outline_level = element
        .child_value("w:outlineLvl")
        .and_then(|level| level.parse().ok())
        .map(|level: u8| (level < 9).then_some(level));
    format.shading = element.child("w:shd").map(shading);
    if let Some(tabs) = element.child("w:tabs") {
        format.tabs = Some(tab_stops(tabs, &ground.tabs));
    }
    if let Some(rules) = element.child("w:pBdr") {
        let side = |name: &str, before: Option<Border>| match rules.child(name) {
            Some(rule) => border(rule),
            None => before,
        };
        let before = &ground.borders;
        format.borders = Some(ParagraphBorders {
            top: side("w:top", before.top),
            bottom: side("w:bottom", before.bottom),
            left: side("w:left", before.left),
            right: side("w:right", before.right),
        });
    }
    format
}

/// An alignment's name.
pub fn align(name: &str) -> Align {
    match name {
        "center" => Align::Center,
        "right" | "end" => Align::End,
        "both" | "lowKashida" | "mediumKashida" | "highKashida" => Align::Justify,
        "distribute" | "thaiDistribute" => Align::Distribute,
        _ => Align::Start,
    }
}

/// Indents. What an element counts in characters, Word has made twips of beside it; but twips alone change nothing where
/// an ancestor counts in characters.
fn indents(indent: &Element, ground: &Ground, format: &mut ParagraphFormat) {
    let length = |names: [&str; 2]| names.into_iter().find_map(|name| twips(indent.attribute(name)?));
    let chars = |names: [&str; 2]| names.into_iter().find_map(|name| number(indent.attribute(name)?));
    let indent = |length: Option<Length>, chars: Option<f64>, counted: bool| match (length, chars) {
        (Some(_), None) if counted => None,
        (Some(length), _) => Some(Indent::Length(length)),
        (None, Some(chars)) if chars != 0.0 => Some(Indent::Chars(chars / 100.0)),
        (None, _) => None,
    };
    let counted = &ground.counted;
    format.indent_left =
        indent(length(["w:left", "w:start"]), chars(["w:leftChars", "w:startChars"]), counted.indent_left);
    format.indent_right =
        indent(length(["w:right", "w:end"]), chars(["w:rightChars", "w:endChars"]), counted.indent_right);
    let hanging = length(["w:hanging"; 2]).map(|length| -length);
    let hanging_chars = chars(["w:hangingChars"; 2]).filter(|chars| *chars != 0.0).map(|chars| -chars);
    let first_chars = hanging_chars.or_else(|| chars(["w:firstLineChars"; 2]));
    format.first_line = indent(hanging.or_else(|| length(["w:firstLine"; 2])), first_chars, counted.first_line);
}

fn spacing(spacing: &Element, ground: &Ground, format: &mut ParagraphFormat) {
    let space = |fixed: &str, lines: &str, counted: bool| {
        let fixed = spacing.attribute(fixed).and_then(twips);
        let lines = spacing.attribute(lines).and_then(number).map(|hundredths| hundredths / 100.0);
        match (fixed, lines) {
            (Some(_), None) if counted => (None, None),
            (Some(fixed), _) => (Some(fixed), Some(0.0)),
            (None, lines) => (None, lines.map(|lines| lines.max(0.0))),
        }
    };
    (format.space_before, format.lines_before) = space("w:before", "w:beforeLines", ground.counted.space_before);
    (format.space_after, format.lines_after) = space("w:after", "w:afterLines", ground.counted.space_after);
    format.auto_before = spacing.attribute("w:beforeAutospacing").map(is_on);
    format.auto_after = spacing.attribute("w:afterAutospacing").map(is_on);
    format.line_spacing = spacing.attribute("w:line").and_then(|line| {
        Some(match spacing.attribute("w:lineRule") {
            Some("exact") => LineSpacing::Exact(twips(line)?),
            Some("atLeast") => LineSpacing::AtLeast(twips(line)?),
            _ => LineSpacing::Multiple(number(line)? / 240.0),
        })
    });
}

fn tab_stops(tabs: &Element, before: &[TabStop]) -> Vec<TabStop> {
    let mut stops = before.to_vec();
    for tab in tabs.children_named("w:tab") {
        let Some(at) = tab.attribute("w:pos").and_then(twips) else { continue };
        stops.retain(|stop| stop.at != at);
        let align = match tab.value() {
            Some("clear" | "bar") => continue,
            Some("center") => TabAlign::Center,
            Some("right" | "end") => TabAlign::End,
            Some("decimal") => TabAlign::Decimal,
            _ => TabAlign::Start,
        };
        stops.push(TabStop { at, align, leader: leader(tab) });
    }
    stops.sort_by_key(|stop| stop.at);
    stops
}

/// What leads to a tab stop.
pub fn leader(tab: &Element) -> TabLeader {
    match tab.attribute("w:leader") {
        Some("dot") => TabLeader::Dot,
        Some("middleDot") => TabLeader::MiddleDot,
        Some("hyphen") => TabLeader::Hyphen,
        Some("underscore" | "heavy") => TabLeader::Underscore,
        _ => TabLeader::None,
    }
}

/// The colour of `w:shd`: none where it says so. A pattern is the mixture that it seems from afar.
pub fn shading(element: &Element) -> Option<Color> {
    let color = |name: &str| element.attribute(name).filter(|value| *value != "auto").and_then(Color::from_hex);
    let fill = color("w:fill");
    let part = match element.value() {
        Some("solid") => 1.0,
        Some(pattern) => match pattern.strip_prefix("pct").map(number) {
            Some(percent) => percent.unwrap_or(0.0) / 100.0,
            None if pattern.starts_with("thin") => 0.25,
            None if pattern.contains("Stripe") || pattern.contains("Cross") => 0.5,
            None => return fill,
        },
        None => return fill,
    };
    let (over, under) = (color("w:color").unwrap_or(Color::BLACK), fill.unwrap_or(Color::WHITE));
    let mixed = |over: u8, under: u8| (f64::from(over) * part + f64::from(under) * (1.0 - part)).round() as u8;
    Some(Color {
        red: mixed(over.red, under.red),
        green: mixed(over.green, under.green),
        blue: mixed(over.blue, under.blue),
    })
}

fn highlight(name: &str) -> Option<Color> {
    Color::from_hex(match name {
        "black" => "000000",
        "blue" => "0000FF",
        "cyan" => "00FFFF",
        "darkBlue" => "000080",
        "darkCyan" => "008080",
        "darkGray" => "808080",
        "darkGreen" => "008000",
        "darkMagenta" => "800080",
        "darkRed" => "800000",
        "darkYellow" => "808000",
        "green" => "00FF00",
        "lightGray" => "C0C0C0",
        "magenta" => "FF00FF",
        "red" => "FF0000",
        "white" => "FFFFFF",
        "yellow" => "FFFF00",
        _ => return None,
    })
}

/// A rule; `None` where the element says that there is none.
pub fn border(element: &Element) -> Option<Border> {
    let line = match element.value()? {
        "nil" | "none" => return None,
        "double" | "doubleWave" | "thinThickSmallGap" | "thickThinSmallGap" | "thinThickMediumGap"
        | "thickThinMediumGap" | "thinThickLargeGap" | "thickThinLargeGap" => BorderLine::Double,
        "triple" | "thinThickThinSmallGap" | "thinThickThinMediumGap" | "thinThickThinLargeGap" => BorderLine::Triple,
        "dotted" => BorderLine::Dotted,
        "dashed" | "dashSmallGap" | "dotDash" | "dotDotDash" | "dashDotStroked" => BorderLine::Dashed,
        _ => BorderLine::Single,
    };
    Some(Border {
        line,
        width: element.attribute("w:sz").and_then(number).map_or(eighths(4.0), |size| eighths(size.clamp(0.0, 96.0))),
        color: element.attribute("w:color").and_then(Color::from_hex).unwrap_or(Color::BLACK),
        space: element.attribute("w:space").and_then(number).map_or(Length::ZERO, points),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn tab_stops_add_to_those_of_the_style_and_clear_them() {
        let xml = "<w:pPr><w:tabs><w:tab w:val='clear' w:pos='420'/><w:tab w:val='right' w:leader='dot' w:pos='8000'/></w:tabs></w:pPr>";
        let stop = |at| TabStop { at: Length::twips(at), align: TabAlign::Start, leader: TabLeader::None };
        let ground = Ground { tabs: vec![stop(420), stop(840)], ..Ground::default() };
        let tabs = paragraph(Some(&parse(xml.as_bytes()).unwrap()), &ground).tabs.unwrap();
        assert_eq!(tabs.iter().map(|stop| stop.at.to_twips()).collect::<Vec<_>>(), [840, 8000]);
        assert_eq!(tabs[1].align, TabAlign::End);
    }

    #[test]
    fn a_pattern_is_shaded_as_the_mixture_of_its_colours() {
        let of = |attributes: &str| shading(&parse(format!("<w:shd {attributes}/>").as_bytes()).unwrap());
        let color = |hex| Color::from_hex(hex);
        assert_eq!(of("w:val='pct15' w:color='auto' w:fill='FFFFFF'"), color("D9D9D9"));
        assert_eq!(of("w:val='solid' w:color='FF0000'"), color("FF0000"));
        assert_eq!(of("w:val='clear' w:color='auto' w:fill='FFEEDD'"), color("FFEEDD"));
        assert_eq!(of("w:val='clear' w:color='auto' w:fill='auto'"), None);
    }

    #[test]
    fn indents_in_characters_count_where_there_are_no_twips() {
        let read = |xml: &str| paragraph(Some(&parse(xml.as_bytes()).unwrap()), &Ground::default()).first_line;
        assert_eq!(read("<w:pPr><w:ind w:firstLineChars='200'/></w:pPr>"), Some(Indent::Chars(2.0)));
        let both = "<w:pPr><w:ind w:firstLineChars='200' w:firstLine='640'/></w:pPr>";
        assert_eq!(read(both), Some(Indent::Length(Length::twips(640))));
        assert_eq!(read("<w:pPr><w:ind w:hanging='420'/></w:pPr>"), Some(Indent::Length(Length::twips(-420))));
    }

    #[test]
    fn twips_alone_change_nothing_where_an_ancestor_counts_in_characters_or_lines() {
        let properties = |xml: &str| parse(format!("<w:pPr>{xml}</w:pPr>").as_bytes()).unwrap();
        let style = properties("<w:ind w:firstLineChars='200'/><w:spacing w:beforeLines='50'/>");
        let mut ground = Ground::default();
        let read = |xml: &str, ground: &Ground| {
            let format = paragraph(Some(&properties(xml)), ground);
            (format.first_line, format.space_before)
        };
        let lengths = "<w:ind w:firstLine='420'/><w:spacing w:before='100'/>";
        let both = (Some(Indent::Length(Length::twips(420))), Some(Length::twips(100)));
        assert_eq!(read(lengths, &ground), both);
        ground.counted.take(Some(&style));
        assert_eq!(read(lengths, &ground), (None, None));
        let off = "<w:ind w:firstLineChars='0' w:firstLine='420'/><w:spacing w:beforeLines='0' w:before='100'/>";
        assert_eq!(read(off, &ground), both);
    }

    #[test]
    fn marks_of_a_language_that_is_not_east_asian_give_up_nothing() {
        let of = |language: &str| {
            let xml = format!("<w:rPr><w:lang w:val='en-US' w:eastAsia='{language}'/></w:rPr>");
            run(Some(&parse(xml.as_bytes()).unwrap()), &Theme::default()).format.narrows_marks
        };
        assert_eq!((of("zh-CN"), of("ja-JP"), of("en-US")), (Some(true), Some(true), Some(false)));
    }

    #[test]
    fn a_switch_may_say_no_and_sizes_are_half_points() {
        let xml = "<w:rPr><w:b w:val='0'/><w:i/><w:sz w:val='21'/><w:vanish/></w:rPr>";
        let read = run(Some(&parse(xml.as_bytes()).unwrap()), &Theme::default());
        assert_eq!((read.format.bold, read.format.italic, read.hidden), (Some(false), Some(true), Some(true)));
        assert_eq!(read.format.size, Some(Length::pt(10.5)));
    }
}
