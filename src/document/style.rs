//! Named styles and how a property is found through them.

use super::{
    Align, CharacterFormat, Indent, Length, Paragraph, ParagraphFormat, ResolvedCharacter, ResolvedParagraph, Run,
};

/// Index into [`StyleSheet::paragraph_styles`]; 0 is the default paragraph style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ParagraphStyleId(pub u16);

/// The named styles of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StyleSheet {
    /// Paragraph properties under all styles (`w:docDefaults`).
    pub default_paragraph: ParagraphFormat,
    /// Character properties under all styles.
    pub default_character: CharacterFormat,
    /// The paragraph styles; the first is the default one.
    pub paragraph_styles: Vec<ParagraphStyle>,
    /// Definitions of lists.
    pub numberings: Vec<Numbering>,
    /// How lines are set.
    pub typography: Typography,
}

/// A named paragraph style.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParagraphStyle {
    /// Identifier in the file, such as `Heading1`.
    pub id: String,
    /// Name that a word processor shows, such as `heading 1`.
    pub name: String,
    /// The style that it begins from; it comes earlier in the sheet.
    pub based_on: Option<ParagraphStyleId>,
    /// The style of a paragraph that is typed after one of this style.
    pub next: Option<ParagraphStyleId>,
    /// Paragraph properties.
    pub paragraph: ParagraphFormat,
    /// Character properties.
    pub character: CharacterFormat,
}

/// How lines of the whole document are set.
#[derive(Clone, Debug, PartialEq)]
pub struct Typography {
    /// Width of the space between Han and Latin letters or digits, in ems of the font size. Word's is 0.25;
    /// LibreOffice's is 0.20, and a style has that value only to be compared with LibreOffice.
    pub joint_em: f64,
    /// The characters that may not begin or end a line.
    pub kinsoku: Kinsoku,
    /// Marks give up width when a line is too long (`w:characterSpacingControl` `compressPunctuation`).
    pub compress_punctuation: bool,
    /// Curly quotation marks are in the Chinese face, as wide as a character.
    pub full_width_quotes: bool,
    /// A full stop, a comma or a closing bracket that has no room on its line stands in the margin. Word did so up to 2010.
    pub hang_punctuation: bool,
    /// A number keeps with its unit, 第 with 3 with 届, and so on; not what Word does, so off where both must agree.
    pub keep_numbers_with_units: bool,
    /// A line may end between a full-width mark and a Latin letter or digit (`。|2023`), as Word has it. LibreOffice
    /// keeps them together, and a style does so only to be compared with LibreOffice.
    pub break_beside_marks: bool,
    /// Distance of the default tab stops.
    pub default_tab: Length,
    /// The rules that a document from elsewhere asks of Word. None for our own documents, which leave nothing to them.
    pub word: Option<WordRules>,
}

/// What a document that Word wrote leaves to Word's rules (`w:compat`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordRules {
    /// Word's compatibility mode: 15 since Word 2013, and for a file that does not say 12.
    pub mode: u8,
    /// Lines in tables keep to the document grid.
    pub grid_in_tables: bool,
    /// The spaces below one paragraph and above the next add up.
    pub spaces_add_up: bool,
    /// Spacing counts twice on full-width characters (`balanceSingleByteDoubleByteWidth`).
    pub double_spacing: bool,
    /// A line that ends in a line break is not stretched.
    pub breaks_end_stretch: bool,
    /// Footnotes are numbered anew on each page.
    pub notes_by_page: Option<NoteCount>,
}

/// How notes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteCount {
    /// How their numbers are written.
    pub format: NumberFormat,
    /// The first number.
    pub start: u32,
}

impl Default for WordRules {
    /// Those of a document that Word 2013 or a later one wrote and that asks for nothing.
    fn default() -> Self {
        Self {
            mode: 15,
            grid_in_tables: false,
            spaces_add_up: false,
            double_spacing: false,
            breaks_end_stretch: false,
            notes_by_page: None,
        }
    }
}

impl Default for Typography {
    fn default() -> Self {
        Self {
            joint_em: 0.25,
            kinsoku: Kinsoku::default(),
            compress_punctuation: false,
            full_width_quotes: true,
            hang_punctuation: false,
            keep_numbers_with_units: false,
            break_beside_marks: true,
            default_tab: Length::twips(420),
            word: None,
        }
    }
}

/// The characters that may not begin or end a line (`w:noLineBreaksBefore`, `w:noLineBreaksAfter`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinsoku {
    /// Never at a line's start.
    pub not_at_start: String,
    /// Never at a line's end.
    pub not_at_end: String,
}

impl Kinsoku {
    /// Word's own lists, for documents that name none.
    pub fn word() -> Self {
        let own = Self::default();
        Self { not_at_start: own.not_at_start.chars().filter(|c| !"/－—".contains(*c)).collect(), ..own }
    }
}

impl Default for Kinsoku {
    /// Word's lists for Simplified Chinese, and at a line's start also `/`, `－` and `—`, which CLREQ names.
    fn default() -> Self {
        Self {
            not_at_start:
                "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠/－—"
                    .into(),
            not_at_end: "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥".into(),
        }
    }
}

/// The definition of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbering {
    /// Its levels, outermost first.
    pub levels: Vec<NumberingLevel>,
    /// The list whose count it goes on with; one of its own if there is none.
    pub counts_with: Option<usize>,
    /// The levels at which its first item begins the count anew.
    pub begins: Vec<u8>,
}

/// One level of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberingLevel {
    /// How its number is written.
    pub format: NumberFormat,
    /// The number of its first item.
    pub start: u32,
    /// It begins anew after an item of this level or an outer one, from 1; 0 for never.
    pub restart_after: Option<u8>,
    /// All levels' numbers in the label are Arabic figures (`w:isLgl`).
    pub arabic: bool,
    /// What stands between label and text.
    pub suffix: LabelSuffix,
    /// How the label stands at its place.
    pub align: Align,
    /// How the label looks, beyond the paragraph mark.
    pub character: CharacterFormat,
    /// The label with `%1` for the first level's number, `%2` for the second's: `（%1）`.
    pub text: String,
    /// Indent of the item's text from the left.
    pub indent_left: Indent,
    /// Indent of the first line, where the label stands, relative to `indent_left`; negative hangs. The item's text
    /// begins at the next tab stop, which is `indent_left` for a hanging label.
    pub first_line: Indent,
}

impl Default for NumberingLevel {
    /// A label without text or indents.
    fn default() -> Self {
        let none = Indent::Length(Length::ZERO);
        Self {
            format: NumberFormat::Decimal,
            start: 1,
            restart_after: None,
            arabic: false,
            suffix: LabelSuffix::Tab,
            align: Align::Start,
            character: CharacterFormat::default(),
            text: String::new(),
            indent_left: none,
            first_line: none,
        }
    }
}

/// What stands between a list item's label and its text (`w:suff`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabelSuffix {
    /// A tab.
    #[default]
    Tab,
    /// A space.
    Space,
    /// Nothing.
    Nothing,
}

/// How a number is written (`w:numFmt`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// １２３ (`decimalFullWidth`).
    FullWidth,
    /// 一、二、…、九、〇: digit by digit (`chineseCounting` of page numbers, `japaneseDigitalTenThousand`).
    ChineseDigits,
    /// 壹、贰、叁 (`chineseLegalSimplified`).
    ChineseLegal,
    /// 甲、乙、丙 (`ideographTraditional`).
    HeavenlyStems,
    /// 子、丑、寅 (`ideographZodiac`).
    EarthlyBranches,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, C.
    UpperLetter,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// - 1 -.
    InDashes,
    /// 一、二、三 (`chineseCountingThousand`).
    Chinese,
    /// ①②③ (`decimalEnclosedCircleChinese`).
    Circled,
    /// a, b, c.
    LowerLetter,
    /// No number: the label is a fixed sign.
    Bullet,
}

impl StyleSheet {
    /// A style; the default one if the index is out of the sheet.
    pub fn paragraph_style(&self, id: ParagraphStyleId) -> Option<&ParagraphStyle> {
        self.paragraph_styles.get(id.0 as usize).or_else(|| self.paragraph_styles.first())
    }

    /// The style with an identifier such as `Heading1`.
    pub fn find(&self, id: &str) -> Option<ParagraphStyleId> {
        self.paragraph_styles.iter().position(|style| style.id == id).map(|at| ParagraphStyleId(at as u16))
    }

    /// The styles from the oldest ancestor to the style itself.
    fn lineage(&self, id: ParagraphStyleId) -> Vec<&ParagraphStyle> {
        let mut lineage = Vec::new();
        let mut next = Some(id);
        while let Some(style) = next.and_then(|id| self.paragraph_style(id)) {
            if lineage.len() > self.paragraph_styles.len() {
                break; // a style that is its own ancestor
            }
            lineage.push(style);
            next = style.based_on;
        }
        lineage.reverse();
        lineage
    }

    /// A paragraph's properties: defaults, then the style from its oldest ancestor down, then the paragraph's own.
    pub fn paragraph_format(&self, paragraph: &Paragraph) -> ResolvedParagraph {
        let mut format = ResolvedParagraph::default();
        format.apply(&self.default_paragraph);
        for style in self.lineage(paragraph.style) {
            format.apply(&style.paragraph);
        }
        format.apply(&paragraph.format);
        format
    }

    /// The character properties of a style, which runs begin from.
    pub fn style_character_format(&self, id: ParagraphStyleId) -> ResolvedCharacter {
        let mut format = ResolvedCharacter::default();
        format.apply(&self.default_character);
        for style in self.lineage(id) {
            format.apply(&style.character);
        }
        format
    }

    /// A run's properties: those of its paragraph's style, then the run's own.
    pub fn character_format(&self, paragraph: &Paragraph, run: &Run) -> ResolvedCharacter {
        let mut format = self.style_character_format(paragraph.style);
        format.apply(&run.format);
        format
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_definition_of_a_property_wins() {
        let body = ParagraphStyle {
            id: "Body".into(),
            paragraph: ParagraphFormat { align: Some(Align::Justify), keep_next: Some(true), ..Default::default() },
            character: CharacterFormat { bold: Some(true), ..Default::default() },
            ..Default::default()
        };
        let child = ParagraphStyle {
            id: "Child".into(),
            based_on: Some(ParagraphStyleId(0)),
            paragraph: ParagraphFormat { keep_next: Some(false), ..Default::default() },
            ..Default::default()
        };
        let sheet = StyleSheet { paragraph_styles: vec![body, child], ..Default::default() };
        let mut paragraph = Paragraph::text(sheet.find("Child").unwrap(), "文");
        paragraph.runs[0].format.bold = Some(false);
        let format = sheet.paragraph_format(&paragraph);
        assert_eq!((format.align, format.keep_next), (Align::Justify, false));
        assert!(!sheet.character_format(&paragraph, &paragraph.runs[0]).bold);
        assert!(sheet.style_character_format(paragraph.style).bold);
    }

    #[test]
    fn a_style_that_is_its_own_ancestor_ends() {
        let style = ParagraphStyle { based_on: Some(ParagraphStyleId(0)), ..Default::default() };
        let sheet = StyleSheet { paragraph_styles: vec![style], ..Default::default() };
        sheet.paragraph_format(&Paragraph::default());
    }
}
