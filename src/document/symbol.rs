//! Symbols that Chinese faces do not have: Word takes them from a face of symbols, and so do we. The .docx and the PDF
//! must agree on which they are, so both ask here.

/// The face that a Word document names for them.
pub const SYMBOL_FACE: &str = "Segoe UI Symbol";

/// Whether a character is an arrow, sign or shape that is not among those of GBK, which every Chinese face has: ☐, ☑,
/// ✓, ⇒, ⚠, but not □, √, →, ★.
pub fn is_symbol(c: char) -> bool {
    match u32::from(c) {
        // most of any text
        0..0x2190 | 0x2C00..0x1F000 => false,
        0x2460..=0x259F => false,
        0x2190..=0x2193 | 0x2196..=0x2199 => false,
        0x2208 | 0x220F | 0x2211 | 0x2215 | 0x221A | 0x221D..=0x2220 | 0x2223 | 0x2225 | 0x2227..=0x222B => false,
        0x222E | 0x2234..=0x2237 | 0x223D | 0x2248 | 0x224C | 0x2252 | 0x2260 | 0x2261 | 0x2264..=0x2267 => false,
        0x226E | 0x226F | 0x2295 | 0x2299 | 0x22A5 | 0x22BF | 0x2312 => false,
        0x25A0 | 0x25A1 | 0x25B2 | 0x25B3 | 0x25BC | 0x25BD | 0x25C6 | 0x25C7 | 0x25CB | 0x25CE | 0x25CF => false,
        0x25E2..=0x25E5 | 0x2605 | 0x2606 | 0x2609 | 0x2640 | 0x2642 => false,
        0x2776..=0x2793 => false,
        0x2190..=0x2BFF | 0x1F000..=0x1F0FF | 0x1F300..=0x1FAFF => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_with_ticks_are_symbols_and_what_every_chinese_face_has_is_not() {
        assert!("☐☑☒✓✔✗✘⇒⇔☎☞⚠➤❖▶♥♻🗹".chars().all(is_symbol));
        assert!(!"公Aa1，“”—…□■√×→←★☆●○◎◇◆△▲※℃‰№①⑳⑴❶Ⅻ㎡＋𠀀".chars().any(is_symbol));
    }
}
