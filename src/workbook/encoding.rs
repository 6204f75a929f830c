//! In which encoding a text file is: told, marked, or found out.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::problem;
use crate::diagnostic::{Diagnostic, Place};

/// An encoding of text files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The encodings that are named to users.
    pub(super) const NAMES: [&'static str; 6] = ["UTF-8", "GB18030", "GBK", "Big5", "UTF-16LE", "UTF-16BE"];

    /// The encoding of a name, as settings give it; capitals do not count. `ANSI` and `Unicode` are what Windows in
    /// Chinese calls GB18030 and UTF-16.
    ///
    /// # Errors
    /// There is no such encoding.
    pub fn named(name: &str, place: &Place) -> Result<Self, Diagnostic> {
        let label = match name.trim().to_ascii_lowercase().as_str() {
            "ansi" | "cp936" | "936" => "gb18030".to_owned(),
            "unicode" => "utf-16le".to_owned(),
            label => label.to_owned(),
        };
        let found = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        found.map(Self).ok_or_else(|| problem::unknown_encoding(name, place.clone()))
    }
}

/// The text of a file.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Bytes that mean nothing are U+FFFD.
    pub(super) text: String,
    /// The encoding's name.
    pub(super) encoding: &'static str,
    /// Whether nothing in the file and no setting says that it is this one.
    pub(super) guessed: bool,
    /// Whether all bytes mean something, and the text looks like one.
    pub(super) sound: bool,
}

/// Decodes a file's bytes. A mark at the beginning is believed before a setting, and a setting before a guess.
pub(super) fn decode(bytes: &[u8], wanted: Option<Encoding>) -> Decoded {
    let (encoding, guessed) = match (encoding_rs::Encoding::for_bom(bytes), wanted) {
        (Some((marked, _)), _) => (marked, false),
        (None, Some(wanted)) => (wanted.0, false),
        (None, None) => (guess(bytes), true),
    };
    let (text, replaced) = encoding.decode_with_bom_removal(bytes);
    let believable = !guessed || encoding != GB18030 || is_common_chinese(bytes);
    let guessed = guessed && encoding != UTF_8;
    Decoded { text: text.into_owned(), encoding: encoding.name(), guessed, sound: !replaced && believable }
}

fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    // In the others no byte is zero.
    if bytes.contains(&0) {
        let zeros = |rest: usize| bytes.iter().skip(rest).step_by(2).filter(|byte| **byte == 0).count();
        return if zeros(0) > zeros(1) { UTF_16BE } else { UTF_16LE };
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(_) if is_common_chinese(bytes) => GB18030,
        // A few damaged bytes make no other encoding.
        Err(_) => UTF_8,
    }
}

/// Whether the bytes are GB18030 as it is written: pairs, most of which are common characters and signs.
fn is_common_chinese(bytes: &[u8]) -> bool {
    let (mut all, mut common) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let [lead, after @ ..] = rest {
        if lead.is_ascii() {
            rest = after;
            continue;
        }
        all += 1;
        let Some(next) = after.first() else { break };
        let two_level = *next >= 0xA1 && matches!(lead, 0xA1..=0xA9 | 0xB0..=0xD7);
        common += usize::from(two_level);
        let length = match next {
            b'0'..=b'9' => 4,
            0x40..=0xFE => 2,
            _ => 1,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    all > 0 && common * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    const TEXT: &str = "学校,党员\n第一小学,12\n玥珺镕学校,3\n";

    #[test]
    fn encodings_are_found_out() {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        for (bytes, name, guessed) in [
            (TEXT.as_bytes().to_vec(), "UTF-8", false),
            (["\u{FEFF}", TEXT].concat().into_bytes(), "UTF-8", false),
            (GB18030.encode(TEXT).0.into_owned(), "gb18030", true),
            (utf16(u16::to_le_bytes), "UTF-16LE", true),
            (utf16(u16::to_be_bytes), "UTF-16BE", true),
            ([&[0xFF, 0xFE][..], &utf16(u16::to_le_bytes)].concat(), "UTF-16LE", false),
        ] {
            let decoded = decode(&bytes, None);
            assert_eq!(decoded.text, TEXT, "{name}");
            assert_eq!((decoded.encoding, decoded.guessed, decoded.sound), (name, guessed, true));
        }
    }

    #[test]
    fn what_is_neither_utf_8_nor_common_chinese_is_not_believed() {
        // Latin-1, and traditional characters in Big5.
        assert!(!decode(b"Universit\xE9,caf\xE9\nM\xFCnchen,1\n", None).sound);
        let big5 = encoding_rs::BIG5.encode("學校名稱,黨員總數\n第一國小,十二").0;
        assert!(!decode(&big5, None).sound);
        assert_eq!(decode(&big5, Some(Encoding(encoding_rs::BIG5))).text, "學校名稱,黨員總數\n第一國小,十二");
    }

    #[test]
    fn a_damaged_byte_among_utf_8_is_no_other_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes[8] = 0xFF;
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.encoding, decoded.sound), ("UTF-8", false));
        assert!(decoded.text.contains('\u{FFFD}') && decoded.text.contains("第一小学"));
    }

    #[test]
    fn encodings_have_the_names_that_people_give_them() {
        for name in ["GBK", "gb2312", "GB18030", "ansi", "utf-8", "UTF8", "Big5", "Unicode"] {
            assert!(Encoding::named(name, &Place::Run).is_ok(), "{name}");
        }
        let problem = Encoding::named("GB18303", &Place::Run).unwrap_err();
        assert_eq!(problem.to_text(Language::Chinese), "错误：不认识的编码“GB18303”\n  办法：是不是“GB18030”？");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            decode(&bytes, None);
        }
    }
}
