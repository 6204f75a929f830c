//! Formulas (`m:oMath`) as runs: what goes on in one line as text, raised and lowered parts too; anything that stands above or
//! below as a piece of its own.

use crate::document::{Align, CharacterFormat, Content, Formula as Piece, Run, VerticalPosition};

use super::math::math;
use super::tree::Element;

/// The text face of Word's face of mathematics, which is measured by rules of its own.
pub(super) const FACE: &str = "Cambria";

/// A formula as a stretch of a line.
#[derive(Debug, Default)]
pub struct Formula {
    /// Its text and its pieces.
    pub runs: Vec<Run>,
    /// A part of it stands above or below another.
    form_lost: bool,
    /// Something of it is not known.
    pub unknown: bool,
}

impl Formula {
    /// Reads `m:oMath` or `m:oMathPara`.
    pub fn of(element: &Element) -> Self {
        let mut formula = Self::default();
        formula.pieces(element, element.name.as_ref() == "m:oMathPara");
        formula
    }

    /// The parts of a line one after the other, so that it may break between them.
    fn pieces(&mut self, element: &Element, display: bool) {
        for child in &element.children {
            if child.name.as_ref() == "m:oMath" {
                self.pieces(child, display);
                continue;
            }
            let mut line = Self::default();
            line.part(child, None);
            if !line.form_lost {
                self.runs.append(&mut line.runs);
                continue;
            }
            let texts = line.runs.iter().filter_map(|run| match &run.content {
                Content::Text(text) => Some(text.as_str()),
                _ => None,
            });
            let text = texts.collect();
            let math = math(child, 0, &mut self.unknown);
            let format = CharacterFormat { latin_font: Some(FACE.into()), ..CharacterFormat::default() };
            let content = Content::Formula(Box::new(Piece { math, display, text }));
            self.runs.push(Run { format: format.into(), ..Run::of(content) });
        }
    }

    /// How a formula of a paragraph's own stands in it: in the middle, if it does not say otherwise.
    pub fn align_of(paragraph: &Element) -> Option<Align> {
        let own = paragraph.child("m:oMathPara").filter(|_| paragraph.child("w:r").is_none())?;
        let asked_for = own.child("m:oMathParaPr").and_then(|properties| properties.child("m:jc"));
        Some(match asked_for.and_then(|asked_for| asked_for.attribute("m:val")) {
            Some("left") => Align::Start,
            Some("right") => Align::End,
            _ => Align::Center,
        })
    }

    fn parts(&mut self, element: &Element, position: Option<VerticalPosition>) {
        for child in &element.children {
            self.part(child, position);
        }
    }

    fn child(&mut self, element: &Element, name: &str, position: Option<VerticalPosition>) {
        if let Some(child) = element.child(name) {
            self.parts(child, position);
        }
    }

    fn part(&mut self, element: &Element, position: Option<VerticalPosition>) {
        let (lowered, raised) = (Some(VerticalPosition::Subscript), Some(VerticalPosition::Superscript));
        let setting = |properties: &str, name: &str| {
            element.child(properties)?.child(name).map(|setting| setting.attribute("m:val").unwrap_or_default())
        };
        match element.name.as_ref() {
            "m:r" => self.run(element, position),
            "m:sSub" | "m:sSup" | "m:sSubSup" => {
                self.child(element, "m:e", position);
                self.child(element, "m:sub", lowered);
                self.child(element, "m:sup", raised);
                // one above the other in Word
                self.form_lost |= element.name.as_ref() == "m:sSubSup" || position.is_some();
            }
            "m:sPre" => {
                self.form_lost = true;
                self.child(element, "m:sub", lowered);
                self.child(element, "m:sup", raised);
                self.child(element, "m:e", position);
            }
            "m:nary" => {
                self.form_lost = true;
                self.sign(setting("m:naryPr", "m:chr").unwrap_or("∫"), position);
                self.child(element, "m:sub", lowered);
                self.child(element, "m:sup", raised);
                self.child(element, "m:e", position);
            }
            "m:f" => {
                self.form_lost = true;
                self.bracketed(element, "m:num", position);
                self.sign("/", position);
                self.bracketed(element, "m:den", position);
            }
            "m:rad" => {
                self.form_lost = true;
                self.child(element, "m:deg", raised);
                self.sign("√", position);
                self.bracketed(element, "m:e", position);
            }
            "m:d" => {
                self.sign(setting("m:dPr", "m:begChr").unwrap_or("("), position);
                for (at, inner) in element.children_named("m:e").enumerate() {
                    if at > 0 {
                        self.sign(setting("m:dPr", "m:sepChr").unwrap_or("|"), position);
                    }
                    self.parts(inner, position);
                }
                self.sign(setting("m:dPr", "m:endChr").unwrap_or(")"), position);
            }
            "m:func" | "m:fName" | "m:e" | "m:oMath" => self.parts(element, position),
            name if name.ends_with("Pr") => {}
            _ => {
                self.form_lost = true;
                self.parts(element, position);
            }
        }
    }

    /// A part in brackets, unless it is one sign or a word.
    fn bracketed(&mut self, element: &Element, name: &str, position: Option<VerticalPosition>) {
        let text = element.child(name).map(Element::all_text).unwrap_or_default();
        let one = text.trim().chars().all(char::is_alphanumeric);
        if !one {
            self.sign("(", position);
        }
        self.child(element, name, position);
        if !one {
            self.sign(")", position);
        }
    }

    fn sign(&mut self, text: &str, position: Option<VerticalPosition>) {
        if !text.is_empty() {
            self.push(text.to_owned(), false, false, position);
        }
    }

    fn run(&mut self, element: &Element, position: Option<VerticalPosition>) {
        for (text, italic, bold) in letters(element) {
            self.push(text, italic, bold, position);
        }
    }

    fn push(&mut self, text: String, italic: bool, bold: bool, position: Option<VerticalPosition>) {
        let format = CharacterFormat {
            latin_font: Some(FACE.into()),
            east_asian_signs: Some(false),
            italic: Some(italic),
            bold: bold.then_some(true),
            position,
            ..CharacterFormat::default()
        };
        self.runs.push(Run { format: format.into(), ..Run::of(Content::Text(text)) });
    }
}

/// The signs of a run (`m:r`) in stretches that are slanted or not, and whether they are bold.
pub(super) fn letters(run: &Element) -> Vec<(String, bool, bool)> {
    let properties = run.child("m:rPr");
    let style = properties.and_then(|own| own.child("m:sty")).and_then(|style| style.attribute("m:val"));
    let upright = matches!(style, Some("p" | "b")) || properties.is_some_and(|own| own.child("m:nor").is_some());
    let bold = matches!(style, Some("b" | "bi"));
    let is_text = properties.is_some_and(|own| own.child("m:nor").is_some());
    let texts = run.children_named("m:t").flat_map(|text| text.text.chars());
    // what is typed as a hyphen is a minus
    let letters: Vec<char> = texts.map(|letter| if letter == '-' && !is_text { '−' } else { letter }).collect();
    let stretches = letters.chunk_by(|one, next| italic(*one).is_some() == italic(*next).is_some());
    let slanted = |stretch: &[char]| {
        let is_italic = !upright && stretch.first().is_some_and(|first| italic(*first).is_some());
        let letter = |plain: &char| if is_italic { italic(*plain).unwrap_or(*plain) } else { *plain };
        (stretch.iter().map(letter).collect(), is_italic, bold)
    };
    stretches.map(slanted).collect()
}

/// The letter of mathematics that Word makes of a letter.
fn italic(letter: char) -> Option<char> {
    let at = |first: u32, from: char| char::from_u32(first + u32::from(letter) - u32::from(from));
    match letter {
        'h' => Some('\u{210E}'),
        'A'..='Z' => at(0x1D434, 'A'),
        'a'..='z' => at(0x1D44E, 'a'),
        'Α'..='Ω' => at(0x1D6E2, 'Α'),
        'α'..='ω' => at(0x1D6FC, 'α'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inner: &str) -> (String, bool) {
        let part = format!("<m:oMath xmlns:m=\"m\">{inner}</m:oMath>");
        let mut formula = Formula::default();
        formula.parts(&super::super::tree::parse(part.as_bytes()).unwrap(), None);
        let text = |run: &Run| {
            let Content::Text(text) = &run.content else { return String::new() };
            match run.format.position {
                Some(VerticalPosition::Subscript) => format!("_{text}"),
                Some(VerticalPosition::Superscript) => format!("^{text}"),
                _ => text.clone(),
            }
        };
        (formula.runs.iter().map(text).collect(), formula.form_lost)
    }

    #[test]
    fn powers_and_indices_are_raised_and_lowered() {
        let letter = |name: &str, text: &str| format!("<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>");
        assert_eq!(
            read(&format!("<m:sSup>{}{}</m:sSup>", letter("e", "x"), letter("sup", "2"))),
            ("𝑥^2".into(), false)
        );
        assert_eq!(
            read(&format!("<m:sSub>{}{}</m:sSub>", letter("e", "α"), letter("sub", "h"))),
            ("𝛼_ℎ".into(), false)
        );
    }

    #[test]
    fn what_stands_above_and_below_is_written_in_one_line_without_changing_its_sense() {
        let text = |name: &str, text: &str| format!("<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>");
        assert_eq!(read(&format!("<m:f>{}{}</m:f>", text("num", "a+b"), text("den", "2"))), ("(𝑎+𝑏)/2".into(), true));
        assert_eq!(read(&format!("<m:rad>{}</m:rad>", text("e", "x+1"))), ("√(𝑥+1)".into(), true));
        let sum = format!(
            "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr>{}{}{}</m:nary>",
            text("sub", "1"),
            text("sup", "9"),
            text("e", "x")
        );
        assert_eq!(read(&sum), ("∑_1^9𝑥".into(), true));
    }

    #[test]
    fn upright_text_and_brackets_stay() {
        let inner = "<m:d><m:e><m:r><m:rPr><m:sty m:val=\"p\"/></m:rPr><m:t>sin</m:t></m:r></m:e></m:d>";
        assert_eq!(read(inner), ("(sin)".into(), false));
    }
}
