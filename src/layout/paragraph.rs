//! A paragraph set in lines.

use std::borrow::Cow;

use crate::document::{
    Align, Color, Content, Indent, LabelSuffix, Length, LineSpacing, Paragraph, ParagraphBorders, ParagraphNumber,
    ParagraphStyleId, ResolvedCharacter, ResolvedParagraph, Underline,
};

use super::float::AnchorPoint;
use super::line::{End, Line, Measure, Squeeze, fill};
use super::measure::{font_size, half, snapped, snapped_positive};
use super::numbering::level_of;
use super::pitch::Pitch;
use super::setter::Setter;
use super::shape::Shaper;
use super::shaped::{Kind, Text};
use super::spread::Spread;
use super::structure::Kind as TextKind;

/// A paragraph set in lines, not yet on a page.
#[derive(Clone, Debug)]
pub(super) struct SetParagraph {
    /// Its signs.
    pub text: Text,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Where the lines stand in the column.
    pub measure: Measure,
    /// How the lines stand in the measure.
    pub align: Align,
    /// How high they are.
    pub pitch: Pitch,
    /// Width of the column.
    pub width: Length,
    /// Its style.
    pub style: ParagraphStyleId,
    /// It keeps no space to a neighbour of its style.
    pub contextual: bool,
    /// The spaces between paragraphs add up.
    spaces_add_up: bool,
    /// Space above.
    pub space_before: Length,
    /// Space below.
    pub space_after: Length,
    /// The space above is Word's choice.
    pub auto_before: bool,
    /// The space below is Word's choice.
    pub auto_after: bool,
    /// The rules around it.
    pub borders: ParagraphBorders,
    /// It continues the frame of the paragraph above.
    pub joined_above: bool,
    /// The paragraph below continues its frame.
    pub joined_below: bool,
    /// Colour behind.
    pub shading: Option<Color>,
    /// On the same page as what follows.
    pub keep_next: bool,
    /// All lines on one page.
    pub keep_lines: bool,
    /// Begins a page.
    pub page_break_before: bool,
    /// No line alone on a page.
    pub widow_control: bool,
    /// It is there for nothing but the end of its section, and takes no room.
    pub ends_section: bool,
    /// Its level in the outline, and its title there.
    pub outline: Option<(u8, String)>,
    /// Its number, where something refers to it.
    pub number: Option<Box<ParagraphNumber>>,
}

/// Space that Word leaves where it is to choose it, but for list items.
const AUTOMATIC_SPACE: Length = Length::twips(280);

/// A line in which space is counted where there is no document grid.
const LINE_WITHOUT_GRID: Length = Length::twips(240);

/// Sets a paragraph in a column of the given width.
pub(super) fn set_paragraph(setter: &mut Setter, paragraph: &Paragraph, width: Length) -> SetParagraph {
    let style = setter.style(paragraph.style);
    let mut format = Cow::Borrowed(&style.paragraph);
    if !paragraph.format.is_empty() {
        format.to_mut().apply(&paragraph.format);
    }
    if format.numbering.is_some() {
        take_list_indents(setter, paragraph, &mut format);
    }
    let format = format.as_ref();
    let label = format.numbering.and_then(|item| setter.counters.next_label(setter.document, item));
    let referred_to = paragraph.runs.iter().any(|run| matches!(run.content, Content::Bookmark(_)));
    let item = format.numbering.filter(|_| referred_to && label.is_some());
    let number = item.and_then(|item| setter.counters.number(setter.document, item)).map(Box::new);
    let mut mark = style.character.clone();
    mark.apply(&paragraph.mark);

    let style_name = setter.document.styles.paragraph_style(paragraph.style).map_or("", |style| style.name.as_str());
    let (is_title, is_entry) = (style_name.eq_ignore_ascii_case("title"), is_of_contents(style_name));
    let tags = setter.tags.paragraph(match (format.outline_level, format.numbering) {
        (Some(level), _) => TextKind::Heading(level.saturating_add(1)),
        (None, Some(item)) if label.is_some() => TextKind::Item(item.list, item.level),
        _ if is_title => TextKind::Title,
        _ if is_entry && !paragraph.runs.is_empty() => TextKind::Entry,
        _ => TextKind::Text,
    });
    let mut left = setter.signs_left();
    let mut shaper = Shaper::new(setter, paragraph, format, tags);
    if let Some(label) = &label {
        let level = format.numbering.and_then(|item| level_of(shaper.document(), item));
        let mut own = mark.clone();
        own.underline = Underline::None;
        if let Some(level) = level {
            own.apply(&level.character);
        }
        shaper.label(label, level.map_or(LabelSuffix::Tab, |level| level.suffix), &own);
    }
    for run in &paragraph.runs {
        let signs = if let Content::Text(text) = &run.content { text.chars().count() } else { 1 };
        left = left.saturating_sub(signs);
        if left == 0 {
            break;
        }
        if run.format.is_empty() {
            shaper.run(run, &style.character);
        } else {
            let mut own = style.character.clone();
            own.apply(&run.format);
            shaper.run(run, &own);
        }
    }
    let mut text = shaper.finish(&mark);
    setter.count_signs(if left == 0 { usize::MAX } else { text.signs.len() });

    let measure = measure_of(setter, format, &style.character, width);
    let mut lines = fill(&mut text.signs, &measure);
    let pitch = Pitch::of(setter, format);
    let rows = setter.grid.map(|grid| snapped(grid.line_pitch)).filter(|pitch| *pitch > Length::ZERO);
    let line = rows.unwrap_or(LINE_WITHOUT_GRID);
    let space = |auto: bool, asked: Length, lines: f64| match (auto, format.numbering) {
        (true, Some(_)) => Length::ZERO,
        (true, None) => AUTOMATIC_SPACE,
        (false, _) if lines > 0.0 => snapped_positive(line * lines),
        (false, _) => snapped_positive(asked),
    };
    for line in &mut lines {
        align_line(line, &text, format.align, &measure);
        pitch.size_line(line, &text);
        // what of an empty line is below its baseline may hang over the page's foot
        let automatic = matches!(format.line_spacing, LineSpacing::Multiple(_));
        if automatic
            && text.signs.is_empty()
            && setter.grid.is_none()
            && setter.document.styles.typography.word.is_some()
        {
            line.must_fit = line.must_fit.min(line.baseline);
        }
    }
    SetParagraph {
        lines,
        space_before: space(format.auto_before, format.space_before, format.lines_before),
        space_after: space(format.auto_after, format.space_after, format.lines_after),
        auto_before: format.auto_before,
        auto_after: format.auto_after,
        borders: framed(&format.borders),
        joined_above: false,
        joined_below: false,
        shading: format.shading,
        keep_next: format.keep_next,
        keep_lines: format.keep_lines,
        page_break_before: format.page_break_before,
        widow_control: format.widow_control,
        ends_section: false,
        outline: format.outline_level.map(|level| (level, label.unwrap_or_default() + &title(paragraph))),
        number,
        style: paragraph.style,
        contextual: format.contextual_spacing,
        spaces_add_up: setter.document.styles.typography.word.is_some_and(|word| word.spaces_add_up),
        align: format.align,
        pitch,
        width,
        text,
        measure,
    }
}

/// The measure of a paragraph in no width, and the width of its longest word; lists keep their count.
pub(super) fn longest_word(setter: &mut Setter, paragraph: &Paragraph) -> (Measure, Length) {
    let (counters, missing) = (setter.counters.clone(), setter.missing.len());
    setter.tags.mute();
    let set = set_paragraph(setter, paragraph, Length::ZERO);
    setter.tags.unmute();
    setter.counters = counters;
    setter.missing.truncate(missing);
    let mut longest = Length::ZERO;
    let mut word = Length::ZERO;
    for sign in &set.text.signs {
        if matches!(sign.kind, Kind::Space | Kind::Tab | Kind::LineBreak | Kind::PageBreak | Kind::ColumnBreak) {
            word = Length::ZERO;
            continue;
        }
        word += sign.advance;
        longest = longest.max(word);
        if sign.break_after {
            word = Length::ZERO;
        }
    }
    (set.measure, longest)
}

/// The paragraph's text on one line, for the outline.
fn title(paragraph: &Paragraph) -> String {
    let text = paragraph.plain_text();
    if text.contains(['\n', '\t']) { text.replace(['\n', '\t'], " ") } else { text }
}

/// A list level's indents count more than the style's and less than the paragraph's own.
fn take_list_indents(setter: &Setter, paragraph: &Paragraph, format: &mut Cow<ResolvedParagraph>) {
    let Some(level) = format.numbering.and_then(|item| level_of(setter.document, item)) else { return };
    let (indent_left, first_line) = (level.indent_left, level.first_line);
    // a style that names the list itself may also override its indents
    let by_style = paragraph.format.numbering.is_none();
    let style =
        setter.document.styles.paragraph_style(paragraph.style).filter(|_| by_style).map(|style| &style.paragraph);
    let own = &paragraph.format;
    if own.indent_left.is_none() && style.is_none_or(|style| style.indent_left.is_none()) {
        format.to_mut().indent_left = indent_left;
    }
    if own.first_line.is_none() && style.is_none_or(|style| style.first_line.is_none()) {
        format.to_mut().first_line = first_line;
    }
}

fn measure_of(setter: &Setter, format: &ResolvedParagraph, character: &ResolvedCharacter, width: Length) -> Measure {
    let size = font_size(character.size);
    let indent = |indent: Indent| snapped(indent.at_size(size));
    let left = indent(format.indent_left);
    let mut tabs = format.tabs.clone();
    tabs.iter_mut().for_each(|stop| stop.at = snapped(stop.at));
    tabs.sort_by_key(|stop| stop.at);
    let typography = &setter.document.styles.typography;
    let word = typography.word;
    let old = word.is_some_and(|word| word.mode < 15);
    Measure {
        first_left: left + indent(format.first_line),
        left,
        right: width - indent(format.indent_right),
        tabs,
        squeeze: squeeze_of(setter, format),
        word: word.is_some(),
        shrink: format.align == Align::Justify && word.is_some() && !old,
        hang: typography.hang_punctuation || format.overflow_punctuation && old,
        narrow_start: format.narrow_line_start && word.is_some(),
        stretch_breaks: word.is_some_and(|word| !word.breaks_end_stretch),
        default_tab: snapped(typography.default_tab).max(Length::twips(20)),
    }
}

/// How much the marks of a paragraph give up. Since Word 2013 they do in justified text, and in tables.
fn squeeze_of(setter: &Setter, format: &ResolvedParagraph) -> Squeeze {
    let justified = matches!(format.align, Align::Justify | Align::Distribute);
    match setter.document.styles.typography.word {
        _ if !setter.squeeze => Squeeze::None,
        None => Squeeze::Half,
        Some(word) if word.mode < 15 => Squeeze::HalfPoints,
        Some(_) if setter.in_cell => Squeeze::AllByKind,
        Some(_) if justified => Squeeze::ByKind,
        Some(_) => Squeeze::None,
    }
}

/// The borders with measures that can be relied on.
fn framed(borders: &ParagraphBorders) -> ParagraphBorders {
    let mut borders = *borders;
    for border in [&mut borders.top, &mut borders.bottom, &mut borders.left, &mut borders.right].into_iter().flatten() {
        border.space = snapped_positive(border.space);
        border.width = snapped_positive(border.width);
    }
    borders
}

/// Moves or stretches a line to its measure.
pub(super) fn align_line(line: &mut Line, text: &Text, align: Align, measure: &Measure) {
    let slack = measure.right - line.left - line.width;
    let visible = text.signs.get(line.signs.start..line.visible_end).unwrap_or_default();
    if line.squeezed {
        line.spread = Spread::squeezed(visible, line.signs.start, slack);
    }
    if line.shrunk {
        line.spread = Spread::shrunk(visible, line.signs.start, slack);
    }
    if slack <= Length::ZERO {
        return;
    }
    match align {
        Align::Start => {}
        Align::Center => line.left += half(slack),
        Align::End => line.left += slack,
        Align::Justify if line.end != End::Full && !(line.end == End::LineBreak && measure.stretch_breaks) => {}
        Align::Justify => line.spread = Spread::over(visible, &text.looks, line.signs.start, slack, false),
        Align::Distribute => line.spread = Spread::over(visible, &text.looks, line.signs.start, slack, true),
    }
}

impl SetParagraph {
    /// The footnotes of a line.
    pub fn notes_of<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = usize> + 'a {
        self.text.notes.iter().filter(|(sign, _)| line.holds(*sign)).map(|(_, note)| *note)
    }

    /// Where something that is anchored in a line has its anchor.
    pub fn anchor_point(&self, line: &Line, sign: usize, x: Length, paragraph: Length, top: Length) -> AnchorPoint {
        let before = self.text.signs.get(line.signs.start..sign).unwrap_or_default();
        let along = before.iter().fold(line.left, |along, sign| along + sign.advance + sign.joint);
        AnchorPoint { column: x, column_width: self.width, paragraph, line: top, sign: x + along }
    }

    /// Room for the rule above: its distance and thickness.
    pub fn top_room(&self) -> Length {
        if self.joined_above { Length::ZERO } else { room(self.borders.top) }
    }

    /// Room for the rule below.
    pub fn bottom_room(&self) -> Length {
        if self.joined_below { Length::ZERO } else { room(self.borders.bottom) }
    }

    /// Whether it is in Word's sense an empty paragraph without space above, of which nothing can be seen.
    pub fn is_mere_mark(&self) -> bool {
        let Text { signs, floats, bookmarks, .. } = &self.text;
        self.measure.word
            && signs.is_empty()
            && floats.is_empty()
            && bookmarks.is_empty()
            && self.space_before == Length::ZERO
            && self.borders == ParagraphBorders::default()
    }

    /// Height of all lines.
    pub fn lines_height(&self) -> Length {
        height_of(&self.lines)
    }

    /// Makes two paragraphs neighbours: one frame if they have the same rules around them, and the space between them.
    pub fn join(above: &mut Self, below: &mut Self) {
        let (after, before) = (above.space_after, below.space_before);
        if above.style == below.style && (above.contextual || below.contextual) {
            // what the one gives up, the other may still ask for
            let after_kept = if above.contextual { Length::ZERO } else { after };
            let more = if below.contextual { Length::ZERO } else { (before - after).max(Length::ZERO) };
            above.space_after = after_kept + more;
            below.space_before = Length::ZERO;
        } else if below.spaces_add_up {
            above.space_after = after + before;
            below.space_before = Length::ZERO;
        }

        let same_edges = above.measure.left == below.measure.left && above.measure.right == below.measure.right;
        if above.borders == below.borders && above.borders != ParagraphBorders::default() && same_edges {
            above.joined_below = true;
            below.joined_above = true;
        }
    }
}

/// Height of some lines.
pub(super) fn height_of(lines: &[Line]) -> Length {
    lines.iter().fold(Length::ZERO, |height, line| height + line.height)
}

fn room(border: Option<crate::document::Border>) -> Length {
    border.map_or(Length::ZERO, |border| border.space + super::border::thickness(&border))
}

/// Whether a style of this name is that of an entry of contents or of a list of tables or figures.
fn is_of_contents(style_name: &str) -> bool {
    let name = style_name.to_ascii_lowercase();
    name == "table of figures" || name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok())
}
