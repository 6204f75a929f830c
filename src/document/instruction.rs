//! What a field of a Word document says: `SEQ 表 \* ARABIC \s 1`.

use super::NumberFormat;

/// A field's instruction in its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instruction {
    /// What it asks for, in capitals: `SEQ`.
    pub kind: String,
    /// The words after that which belong to no switch.
    pub words: Vec<String>,
    /// The switches with the word that follows each, if one does: `\s 1`.
    switches: Vec<(char, Option<String>)>,
}

impl Instruction {
    /// Reads an instruction: words parted by blanks or in quotation marks, switches after `\`.
    pub fn read(text: &str) -> Self {
        let mut instruction = Self::default();
        let mut characters = text.chars().peekable();
        let mut first = true;
        while let Some(c) = characters.next() {
            if c.is_whitespace() {
                continue;
            }
            if c == '\\' && !first {
                let Some(switch) = characters.next() else { break };
                instruction.switches.push((switch.to_ascii_lowercase(), None));
                continue;
            }
            let quoted = matches!(c, '"' | '“' | '”');
            let mut word = if quoted { String::new() } else { String::from(c) };
            while let Some(&c) = characters.peek() {
                match c {
                    '"' | '“' | '”' if quoted => {
                        characters.next();
                        break;
                    }
                    '\\' if quoted => {
                        characters.next();
                        word.extend(characters.next());
                    }
                    c if !quoted && (c.is_whitespace() || c == '"') => break,
                    c => {
                        characters.next();
                        word.push(c);
                    }
                }
            }
            match instruction.switches.last_mut() {
                _ if first => instruction.kind = word.to_uppercase(),
                Some((_, argument @ None)) => *argument = Some(word),
                _ => instruction.words.push(word),
            }
            first = false;
        }
        instruction
    }

    /// Whether it has a switch.
    pub fn has(&self, switch: char) -> bool {
        self.switches.iter().any(|(known, _)| *known == switch)
    }

    /// The word after a switch.
    pub fn value(&self, switch: char) -> Option<&str> {
        self.switches.iter().find(|(known, _)| *known == switch)?.1.as_deref()
    }

    /// Its first word; switches that take none may stand before it.
    pub fn argument(&self) -> Option<&str> {
        let after_switch = || self.switches.iter().find(|(switch, word)| *switch != '*' && word.is_some());
        self.words.first().map(String::as_str).or_else(|| after_switch()?.1.as_deref())
    }

    /// How it asks for numbers to be written (`\*`).
    pub fn number_format(&self) -> Option<NumberFormat> {
        let formats = self.switches.iter().filter(|(switch, _)| *switch == '*').filter_map(|(_, word)| word.as_deref());
        formats.filter_map(number_format).next()
    }

    /// The name that asks for a way of writing numbers (after `\\*`), if there is one.
    pub fn format_name(format: NumberFormat) -> Option<&'static str> {
        Some(match format {
            NumberFormat::Decimal => "Arabic",
            NumberFormat::UpperRoman => "ROMAN",
            NumberFormat::LowerRoman => "roman",
            NumberFormat::UpperLetter => "ALPHABETIC",
            NumberFormat::LowerLetter => "alphabetic",
            NumberFormat::Chinese => "CHINESENUM3",
            NumberFormat::ChineseLegal => "CHINESENUM2",
            NumberFormat::ChineseDigits => "DBNUM1",
            NumberFormat::Circled => "CIRCLENUM",
            NumberFormat::FullWidth => "DBCHAR",
            NumberFormat::InDashes => "ArabicDash",
            NumberFormat::HeavenlyStems => "ZODIAC1",
            NumberFormat::EarthlyBranches => "ZODIAC2",
            NumberFormat::Ordinal => "Ordinal",
            NumberFormat::DecimalZero | NumberFormat::Bullet => return None,
        })
    }
}

/// The format of a name that follows `\*`; that of letters tells capitals by its own first letter.
fn number_format(name: &str) -> Option<NumberFormat> {
    let capital = name.starts_with(|c: char| c.is_uppercase());
    Some(match name.to_uppercase().as_str() {
        "ARABIC" | "SBCHAR" | "GB1" | "GB2" => NumberFormat::Decimal,
        "ARABICDASH" => NumberFormat::InDashes,
        "ROMAN" if capital => NumberFormat::UpperRoman,
        "ROMAN" => NumberFormat::LowerRoman,
        "ALPHABETIC" if capital => NumberFormat::UpperLetter,
        "ALPHABETIC" => NumberFormat::LowerLetter,
        "CHINESENUM1" | "CHINESENUM3" | "DBNUM2" => NumberFormat::Chinese,
        "CHINESENUM2" | "DBNUM3" => NumberFormat::ChineseLegal,
        "DBNUM1" => NumberFormat::ChineseDigits,
        "CIRCLENUM" | "GB3" | "GB4" => NumberFormat::Circled,
        "ZODIAC1" => NumberFormat::HeavenlyStems,
        "ZODIAC2" => NumberFormat::EarthlyBranches,
        "DBCHAR" => NumberFormat::FullWidth,
        "ORDINAL" => NumberFormat::Ordinal,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_is_read_in_its_words_and_switches() {
        let toc = Instruction::read(" TOC \\o \"1-3\" \\h \\z \\t “章标题,1,节 标题,2” ");
        assert_eq!((toc.kind.as_str(), toc.words.len()), ("TOC", 0));
        assert_eq!((toc.value('o'), toc.value('t')), (Some("1-3"), Some("章标题,1,节 标题,2")));
        assert!(toc.has('h') && toc.has('z') && !toc.has('u'));
        let link = Instruction::read("HYPERLINK \"C:\\\\表 一.docx\" \\l 书签");
        assert_eq!((link.argument(), link.value('l')), (Some("C:\\表 一.docx"), Some("书签")));
        assert_eq!(Instruction::read("REF \\h _Ref1").argument(), Some("_Ref1"));
        assert_eq!(Instruction::read("").kind, "");
    }

    #[test]
    fn numbers_are_written_as_the_field_says() {
        let format = |text: &str| Instruction::read(text).number_format();
        assert_eq!(format("SEQ 表 \\* ARABIC \\s 1"), Some(NumberFormat::Decimal));
        assert_eq!(format("PAGE \\* roman \\* MERGEFORMAT"), Some(NumberFormat::LowerRoman));
        assert_eq!(format("PAGE \\*Roman"), Some(NumberFormat::UpperRoman));
        assert_eq!(format("SEQ 图 \\* MERGEFORMAT \\* CHINESENUM3"), Some(NumberFormat::Chinese));
        assert_eq!(format("PAGE"), None);
        for written in [NumberFormat::Decimal, NumberFormat::LowerRoman, NumberFormat::Chinese, NumberFormat::Circled] {
            let name = Instruction::format_name(written).unwrap();
            assert_eq!(format(&format!("PAGE \\* {name}")), Some(written));
        }
    }
}
