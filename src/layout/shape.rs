//! A paragraph's runs as measured signs: each character with its glyph, its advance, and whether a line may end after it.

use crate::document::{
    Content, Document, LabelSuffix, Length, Link, Paragraph, Picture, ResolvedCharacter, ResolvedParagraph, Run,
    SYMBOL_FACE, Script, Signs, is_symbol, scripts_with,
};
use crate::font::{Glyph, SelectedFace};

use super::chart::set_chart;
use super::faces::SelectionId;
use super::float::set_float;
use super::formula::set_formula;
use super::measure::{ems, font_size, half, snapped, snapped_positive};
use super::setter::Setter;
use super::shaped::{Kind, Look, Sign, Text};
use super::sign::{
    given_by, is_closing_mark, is_han_side, is_invisible, is_opening_mark, joins, natural_line, plain_letter,
};
use super::structure::{ElementId, ParagraphTags};

/// Measures the runs of one paragraph.
pub(super) struct Shaper<'a, 'd> {
    setter: &'a mut Setter<'d>,
    paragraph: &'a Paragraph,
    format: &'a ResolvedParagraph,
    text: Text,
}

/// What the stretches of one run share.
struct RunStyle<'a> {
    run: Option<&'a Run>,
    format: &'a ResolvedCharacter,
    /// Looks before this one belong to other runs.
    first_look: usize,
}

impl<'a, 'd> Shaper<'a, 'd> {
    pub fn new(
        setter: &'a mut Setter<'d>,
        paragraph: &'a Paragraph,
        format: &'a ResolvedParagraph,
        tags: ParagraphTags,
    ) -> Self {
        let length =
            paragraph.runs.iter().map(|run| if let Content::Text(text) = &run.content { text.len() } else { 4 });
        let text = Text { signs: Vec::with_capacity(length.sum::<usize>() / 2), tags, ..Text::default() };
        Self { setter, paragraph, format, text }
    }

    /// The document that is set.
    pub fn document(&self) -> &'d Document {
        self.setter.document
    }

    /// The label of a list item, and what stands after it.
    pub fn label(&mut self, label: &str, suffix: LabelSuffix, format: &ResolvedCharacter) {
        let style = RunStyle { run: None, format, first_look: self.text.looks.len() };
        self.push_text(label, &style);
        match suffix {
            LabelSuffix::Tab => self.push_mark(Kind::Tab, '\t', &style),
            LabelSuffix::Space => self.push_text(" ", &style),
            LabelSuffix::Nothing => {}
        }
        self.text.label = self.text.signs.len();
    }

    /// A run.
    pub fn run(&mut self, run: &'a Run, format: &ResolvedCharacter) {
        let style = RunStyle { run: Some(run), format, first_look: self.text.looks.len() };
        match &run.content {
            Content::Text(text) => self.push_text(text, &style),
            Content::Tab => self.push_mark(Kind::Tab, '\t', &style),
            Content::LineBreak => self.push_mark(Kind::LineBreak, '\n', &style),
            Content::PageBreak => self.push_mark(Kind::PageBreak, '\n', &style),
            Content::ColumnBreak => self.push_mark(Kind::ColumnBreak, '\n', &style),
            Content::Float(float) => {
                let float = set_float(self.setter, float, self.text.signs.len(), self.text.tags.body);
                self.text.floats.push(float);
            }
            // it belongs to the sign that shows its number
            Content::Note(note) => self.text.notes.push((self.text.signs.len().saturating_sub(1), *note)),
            Content::Bookmark(bookmark) => self.text.bookmarks.push((self.text.signs.len(), bookmark.clone())),
            Content::Bound(_) => {}
            Content::Field(field) => {
                let value = self.setter.field(*field);
                self.push_text(&value, &style);
            }
            Content::Picture(picture) => {
                let kind = Kind::Picture(self.text.pictures.len() as u32);
                // a single point only holds room open
                let is_room =
                    picture.description.is_empty() && picture.image.width_px == 1 && picture.image.height_px == 1;
                let body = self.text.tags.body;
                let element = (!is_room).then(|| self.setter.tags.figure(&picture.description, body)).flatten();
                let (width, height) = (snapped_positive(picture.width), snapped_positive(picture.height));
                self.text.pictures.push((Picture { width, height, ..picture.as_ref().clone() }, element));
                self.push_mark(kind, '\u{FFFC}', &style);
                if let Some(sign) = self.text.signs.last_mut() {
                    sign.advance = width;
                }
            }
            Content::Formula(formula) => {
                let kind = Kind::Formula(self.text.formulas.len() as u32);
                let body = self.text.tags.body;
                let set = set_formula(self.setter, &formula.math, formula.display, format, body);
                let width = Length::twips((f64::from(set.width) * 20.0).ceil() as i32);
                self.text.formulas.push(set);
                self.push_mark(kind, '\u{FFFC}', &style);
                if let Some(sign) = self.text.signs.last_mut() {
                    sign.advance = width;
                }
            }
            Content::Chart(drawing) => {
                let kind = Kind::Chart(self.text.charts.len() as u32);
                let element = self.setter.tags.figure(&drawing.description, self.text.tags.body);
                let size = (snapped_positive(drawing.width), snapped_positive(drawing.height));
                self.text.charts.push(set_chart(self.setter, &drawing.chart, size, element));
                self.push_mark(kind, '\u{FFFC}', &style);
                if let Some(sign) = self.text.signs.last_mut() {
                    sign.advance = size.0;
                }
            }
        }
    }

    /// The measured text. `mark` is the format of an empty paragraph's one line.
    pub fn finish(mut self, mark: &ResolvedCharacter) -> Text {
        let word = self.setter.document.styles.typography.word.is_some();
        if self.text.looks.is_empty() || word {
            let selection = self.selection(mark, Script::Latin);
            let face = self.setter.faces.first_face(selection);
            let style = RunStyle { run: None, format: mark, first_look: self.text.looks.len() };
            self.text.mark = self.look(face, selection, &style);
        }
        self.setter.breaks.keep_numbers(&mut self.text.signs);
        self.text
    }

    fn selection(&mut self, format: &ResolvedCharacter, script: Script) -> SelectionId {
        let family = match script {
            Script::Latin => &format.latin_font,
            Script::EastAsian => &format.east_asian_font,
        };
        self.setter.faces.selection(family, format.bold, format.italic, script)
    }

    /// The faces that symbols are set in, which the .docx names too.
    fn symbols(&mut self, format: &ResolvedCharacter) -> SelectionId {
        self.setter.faces.selection(&SYMBOL_FACE.into(), format.bold, format.italic, Script::EastAsian)
    }

    fn push_text(&mut self, text: &str, style: &RunStyle) {
        if style.format.small_capitals && !style.format.capitals {
            return self.push_small_capitals(text, style);
        }
        let capitals = style.format.capitals.then(|| text.to_uppercase());
        let text = capitals.as_deref().unwrap_or(text);
        let own = self.setter.document.styles.typography.word.is_none();
        let wide_quotes = self.setter.document.styles.typography.full_width_quotes;
        for (range, script) in scripts_with(text, Signs { east_asian: style.format.east_asian_signs, wide_quotes }) {
            let Some(stretch) = text.get(range) else { continue };
            let text_faces = self.selection(style.format, script);
            for character in stretch.chars() {
                let symbol = own && is_symbol(character);
                let selection = if symbol { self.symbols(style.format) } else { text_faces };
                self.push_character(character, script, selection, style);
            }
        }
    }

    /// Small letters as capitals of four fifths of the size.
    fn push_small_capitals(&mut self, text: &str, style: &RunStyle) {
        let small = ResolvedCharacter { size: style.format.size * 0.8, ..style.format.clone() };
        let parts: Vec<char> = text.chars().collect();
        for part in parts.chunk_by(|one, next| one.is_lowercase() == next.is_lowercase()) {
            let is_small = part.first().is_some_and(|first| first.is_lowercase());
            let format = if is_small { &small } else { style.format };
            let format = ResolvedCharacter { small_capitals: false, capitals: true, ..format.clone() };
            let style = RunStyle { run: style.run, format: &format, first_look: self.text.looks.len() };
            self.push_text(&part.iter().collect::<String>(), &style);
        }
    }

    fn push_character(&mut self, character: char, script: Script, selection: SelectionId, style: &RunStyle) {
        match character {
            '\t' => return self.push_mark(Kind::Tab, '\t', style),
            '\n' => return self.push_mark(Kind::LineBreak, '\n', style),
            '\u{200B}' => {
                if let Some(last) = self.text.signs.last_mut() {
                    last.break_after = true;
                }
                return;
            }
            _ if character.is_control() || is_invisible(character) => return,
            _ => {}
        }
        let drawn = if matches!(character, '\u{A0}' | '\u{202F}') { ' ' } else { character };
        let found = self.setter.faces.glyph(selection, drawn);
        let found = found.or_else(|| self.setter.faces.glyph(selection, plain_letter(drawn)?));
        let found = found.or_else(|| {
            let source = style.run.and_then(|run| run.source);
            self.setter.report_missing(character, self.paragraph, source);
            REPLACEMENTS.iter().find_map(|replacement| self.setter.faces.glyph(selection, *replacement))
        });
        let face = found.map(|(face, _)| face).or_else(|| self.setter.faces.first_face(selection));
        let look = self.look(face, selection, style);
        let kind = match (found, drawn) {
            (None, _) => Kind::Blank,
            (_, ' ') if character == ' ' => Kind::Space,
            _ => Kind::Glyph,
        };
        let glyph = found.map_or(Glyph { id: 0, advance_em: 1.0 }, |(_, glyph)| glyph);
        let size = self.text.looks.get(look as usize).map_or(Length::ZERO, |look| look.size);
        let in_east_asian_face = self.text.looks.get(look as usize).is_some_and(|look| look.east_asian);
        let on_grid = style.format.snap_to_grid && (script == Script::EastAsian || in_east_asian_face);
        let grid = if on_grid { self.setter.character_grid() } else { Length::ZERO };
        let width = ems(size, glyph.advance_em) * style.format.scale;
        let word = self.setter.document.styles.typography.word;
        let full = script == Script::EastAsian && glyph.advance_em > 0.99;
        let twice = full && word.is_some_and(|word| word.double_spacing);
        let spacing = snapped(style.format.spacing) * if twice { 2.0 } else { 1.0 };
        let advance = (width + spacing + grid).max(Length::ZERO);
        let (tail, gives) = match word {
            Some(_) if full && style.format.narrows_marks => (spacing, width * given_by(character)),
            Some(_) => (spacing, Length::ZERO),
            None => (Length::ZERO, Length::ZERO),
        };
        if full {
            self.halve_before(character, style.format);
        }
        self.push(Sign {
            kind,
            character,
            glyph: glyph.id,
            latin: script == Script::Latin,
            break_after: false,
            look,
            advance,
            joint: Length::ZERO,
            tail,
            gives,
        });
    }

    /// Two marks that follow each other stand closer where the text is kerned: a closing mark before another mark, and
    /// an opening one after a mark, are half as wide.
    fn halve_before(&mut self, character: char, format: &ResolvedCharacter) {
        let kerned = format.kern_from.is_some_and(|from| font_size(format.size) >= from);
        let Some(before) = self.text.signs.last_mut().filter(|_| kerned) else { return };
        let opens = is_opening_mark(character);
        let closes = is_closing_mark(character) || "・：；".contains(character);
        let pair = (is_closing_mark(before.character) && (opens || closes))
            || (opens && (is_opening_mark(before.character) || "・：；".contains(before.character)));
        let em = self.text.looks.get(before.look as usize).map_or(Length::ZERO, |look| look.size);
        if pair && before.kind == Kind::Glyph && !before.latin && before.advance > half(em) {
            before.advance = before.advance - half(em);
            before.gives = Length::ZERO;
        }
    }

    /// A sign that is not drawn from a face.
    fn push_mark(&mut self, kind: Kind, character: char, style: &RunStyle) {
        let selection = self.selection(style.format, Script::Latin);
        let face = self.setter.faces.first_face(selection);
        let look = self.look(face, selection, style);
        let advance = Length::ZERO;
        self.push(Sign {
            kind,
            character,
            glyph: 0,
            latin: false,
            break_after: false,
            look,
            advance,
            joint: advance,
            tail: advance,
            gives: advance,
        });
    }

    /// Whether a sign is the raised number of a footnote, which stays with what it is about.
    fn is_mark_of_note(&self, sign: &Sign) -> bool {
        let raised = || self.text.looks.get(sign.look as usize).is_some_and(|look| look.rise > Length::ZERO);
        matches!(sign.character, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿') && raised()
    }

    fn push(&mut self, sign: Sign) {
        let allowed = self.setter.breaks.allow(&self.text.signs, &sign, self.format) && !self.is_mark_of_note(&sign);
        if let Some(before) = self.text.signs.last_mut() {
            before.break_after |= allowed;
            let han = match (is_han_side(before), is_han_side(&sign)) {
                (true, false) if joins(&sign, self.format) => Some(before.look),
                (false, true) if joins(before, self.format) => Some(sign.look),
                _ => None,
            };
            if let Some(look) = han.and_then(|look| self.text.looks.get(look as usize)) {
                before.joint = look.full_size * self.setter.joint_em();
            }
        }
        self.text.signs.push(sign);
    }

    /// The element of a link: one for all runs that lead to the same place.
    fn link_element(&mut self, link: &Link) -> Option<ElementId> {
        let before = self.text.looks.last().filter(|look| look.link.as_ref() == Some(link));
        before.map_or_else(|| self.setter.tags.link(self.text.tags.body), |look| look.element)
    }

    /// The look of a run in a face.
    fn look(&mut self, face: Option<SelectedFace>, selection: SelectionId, style: &RunStyle) -> u32 {
        let of_run = self.text.looks.get(style.first_look..).unwrap_or_default();
        if let Some(at) = of_run.iter().rposition(|look| look.face == face && look.selection == selection) {
            return (style.first_look + at) as u32;
        }
        let format = style.format;
        let element = format.link.as_ref().and_then(|link| self.link_element(link));
        let full_size = font_size(format.size);
        let (size, rise) = format.position.of(full_size);
        let metrics = face.map(|face| self.setter.faces.vertical_metrics(selection, face.face)).unwrap_or_default();
        let (ascent, descent) = natural_line(&metrics, full_size);
        let rise = rise + snapped(format.rise);
        let (ascent, descent) = (ascent + snapped(format.rise), descent - snapped(format.rise));
        let stretch = face.map_or(1.0, |face| self.setter.faces.stretch(selection, face.face));
        self.text.looks.push(Look {
            face,
            selection,
            size,
            full_size,
            rise,
            ascent,
            descent,
            east_asian: metrics.east_asian,
            on_grid: format.snap_to_grid,
            color: format.color,
            shading: format.shading,
            underline: format.underline,
            strike: format.strike,
            emphasis_mark: format.emphasis_mark,
            stretch: stretch * format.scale as f32,
            link: format.link.clone(),
            element,
        });
        (self.text.looks.len() - 1) as u32
    }
}

/// What stands where a character has no glyph, first that there is.
const REPLACEMENTS: [char; 3] = ['〓', '□', '?'];

#[cfg(test)]
mod tests {
    use crate::document::Length;
    use crate::layout::testing::signs_of;

    fn joints(text: &str) -> Vec<f64> {
        signs_of(text).iter().map(|sign| sign.joint.to_pt()).collect()
    }

    #[test]
    fn han_and_latin_stand_a_quarter_em_apart() {
        assert_eq!(joints("共12所A"), [2.5, 0.0, 2.5, 2.5, 0.0]);
    }

    #[test]
    fn there_is_no_joint_beside_a_space_or_a_mark() {
        assert!(joints("共 12，A（B）").iter().all(|joint| *joint == 0.0));
    }

    #[test]
    fn a_character_is_an_em_and_a_figure_half_of_it() {
        let advances: Vec<f64> = signs_of("党1").iter().map(|sign| sign.advance.to_pt()).collect();
        assert_eq!(advances, [10.0, 5.0]);
    }

    #[test]
    fn variation_selectors_and_soft_hyphens_take_no_room() {
        assert_eq!(signs_of("葛\u{E0100}a\u{AD}b").len(), 3);
    }

    #[test]
    fn a_missing_character_keeps_its_place() {
        let signs = signs_of("有\u{2A700}字");
        assert_eq!(signs.len(), 3);
        assert_eq!(signs[1].character, '\u{2A700}');
        assert_eq!(signs[1].advance, Length::pt(10.0));
    }
}
