//! Signs of symbol faces (Symbol, Wingdings) as the characters that they look like.

use std::borrow::Cow;

use crate::document::CharacterFormat;

/// Wingdings: what stands for a code in text.
const WINGDINGS: [(u8, char); 34] = [
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x4A, '☺'),
    (0x4C, '☹'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '◆'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xAB, '★'),
    (0xAC, '☆'),
    (0xD8, '➢'),
    (0xE0, '→'),
    (0xDF, '←'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
    (0xA4, '◉'),
];

/// Symbol: what stands for a code in text, where it is no plain letter.
const SYMBOL: [(u8, char); 24] = [
    (0xB7, '•'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB4, '×'),
    (0xB8, '÷'),
    (0xA3, '≤'),
    (0xB3, '≥'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xA5, '∞'),
    (0xAE, '→'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAF, '↓'),
    (0xDE, '⇒'),
    (0xD6, '√'),
    (0xE5, '∑'),
    (0xD2, '®'),
    (0xD3, '©'),
    (0xD4, '™'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x6D, 'μ'),
    (0x70, 'π'),
];

/// Whether a face is one of signs, whose codes are no characters.
pub fn is_symbol_face(face: &str) -> bool {
    face.starts_with("Wingdings") || face == "Symbol" || face == "Webdings"
}

/// A text of a symbol face in the characters that it looks like; other text as it is.
pub fn in_unicode<'a>(text: &'a str, face: &str) -> Cow<'a, str> {
    if is_symbol_face(face) || text.chars().any(|c| matches!(u32::from(c), 0xF000..=0xF0FF)) {
        Cow::Owned(text.chars().map(|c| character(c, face)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A sign of a symbol face as a character.
pub fn character(sign: char, face: &str) -> char {
    let code = match u32::from(sign) {
        code @ 0xF000..=0xF0FF => code - 0xF000,
        code if is_symbol_face(face) => code,
        _ => return sign,
    };
    let table: &[(u8, char)] = if face.starts_with("Wingdings") || face == "Webdings" { &WINGDINGS } else { &SYMBOL };
    let found = table.iter().find(|(known, _)| u32::from(*known) == code).map(|(_, sign)| *sign);
    let plain = char::from_u32(code).filter(|plain| plain.is_ascii_graphic() && face == "Symbol");
    // a sign that nothing is known of is a bullet more often than not
    found.or(plain).unwrap_or(if code == 0x20 { ' ' } else { '•' })
}

/// A format of signs: they are of the symbol face whatever script the characters in their place belong to.
pub fn in_symbol_face(mut format: CharacterFormat) -> CharacterFormat {
    if format.latin_font.as_deref().is_some_and(is_symbol_face) {
        format.east_asian_font.clone_from(&format.latin_font);
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_symbol_faces_become_characters() {
        assert_eq!(in_unicode("\u{F0B7}", "Symbol"), "•");
        assert_eq!(in_unicode("\u{F0FE}", "Wingdings"), "☑");
        assert_eq!(in_unicode("v", "Wingdings"), "❖");
        assert_eq!(in_unicode("党 v", "宋体"), "党 v");
    }
}
