//! Formulas with parts above and below each other (`m:f`, `m:nary`, `m:rad` …).

use super::formula::letters;
use super::tree::{Element, is_on};
use crate::document::Math;

/// Parts within parts deeper than this are left out.
const MOST_DEPTH: usize = 24;

/// A part of a formula; `unknown` is set if something of it is not known, and its text is taken.
pub(super) fn math(element: &Element, depth: usize, unknown: &mut bool) -> Math {
    if depth > MOST_DEPTH {
        return Math::Row(Vec::new());
    }
    let mut reader = Reader { element, depth: depth + 1, unknown };
    reader.read()
}

struct Reader<'a> {
    element: &'a Element,
    depth: usize,
    unknown: &'a mut bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self) -> Math {
        let boxed = |math: Math| Some(Box::new(math));
        match self.element.name.as_ref() {
            "m:r" => Math::Row(
                letters(self.element)
                    .into_iter()
                    .map(|(text, italic, bold)| Math::Text { text, italic, bold })
                    .collect(),
            ),
            "m:f" => {
                let kind = self.setting("m:fPr", "m:type");
                let parts = Box::new((self.child("m:num"), self.child("m:den")));
                match kind {
                    Some("lin") => Math::Row(vec![parts.0, sign("/"), parts.1]),
                    kind => Math::Fraction { parts, ruled: kind != Some("noBar") },
                }
            }
            "m:sSub" => self.scripts(true, false, false),
            "m:sSup" => self.scripts(false, true, false),
            "m:sSubSup" => self.scripts(true, true, false),
            "m:sPre" => self.scripts(true, true, true),
            "m:limLow" => {
                Math::Limits { of: Box::new(self.child("m:e")), lower: boxed(self.child("m:lim")), upper: None }
            }
            "m:limUpp" => {
                Math::Limits { of: Box::new(self.child("m:e")), lower: None, upper: boxed(self.child("m:lim")) }
            }
            "m:nary" => self.sum(),
            "m:rad" => {
                let hidden = self.element.child("m:radPr").and_then(|own| own.child("m:degHide"));
                let hidden = hidden.is_some_and(|hidden| hidden.attribute("m:val").is_none_or(is_on));
                let degree = (!hidden && self.has("m:deg")).then(|| Box::new(self.child("m:deg")));
                Math::Root { degree, of: Box::new(self.child("m:e")) }
            }
            "m:d" => {
                let of = |name: &str, default: &str| self.setting("m:dPr", name).unwrap_or(default).to_owned();
                let (open, close) = (of("m:begChr", "("), of("m:endChr", ")"));
                let separator = of("m:sepChr", "|");
                let parts = self.children("m:e");
                Math::Fenced { open, close, separator, parts }
            }
            "m:m" => {
                let rows = self.element.children_named("m:mr");
                let rows = rows.map(|row| self.of(row).children("m:e")).collect();
                Math::Grid { rows, from_left: false }
            }
            "m:eqArr" => {
                let rows = self.children("m:e").into_iter().map(|row| vec![row]).collect();
                Math::Grid { rows, from_left: true }
            }
            "m:acc" => {
                let mark = self.setting("m:accPr", "m:chr").unwrap_or("\u{302}");
                Math::Accent { of: Box::new(self.child("m:e")), sign: spacing(mark).to_owned() }
            }
            "m:bar" => {
                let above = self.setting("m:barPr", "m:pos") == Some("top");
                Math::Ruled { of: Box::new(self.child("m:e")), above }
            }
            "m:groupChr" => {
                let mark = boxed(sign(self.setting("m:groupChrPr", "m:chr").unwrap_or("\u{23DF}")));
                let of = Box::new(self.child("m:e"));
                match self.setting("m:groupChrPr", "m:pos") {
                    Some("top") => Math::Limits { of, lower: None, upper: mark },
                    _ => Math::Limits { of, lower: mark, upper: None },
                }
            }
            "m:func" => Math::Row(vec![self.child("m:fName"), sign(" "), self.child("m:e")]),
            "m:e" | "m:oMath" | "m:fName" | "m:num" | "m:den" | "m:sub" | "m:sup" | "m:deg" | "m:lim" | "m:box"
            | "m:borderBox" | "m:phant" => self.row(),
            name => {
                *self.unknown |= !name.ends_with("Pr") && !self.element.all_text().is_empty();
                self.row()
            }
        }
    }

    fn of<'b>(&'b mut self, element: &'b Element) -> Reader<'b> {
        Reader { element, depth: self.depth, unknown: self.unknown }
    }

    fn row(&mut self) -> Math {
        let parts = self.element.children.iter().filter(|child| !child.name.ends_with("Pr"));
        Math::Row(parts.map(|child| math(child, self.depth, self.unknown)).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.element.child(name).is_some_and(|child| !child.all_text().is_empty())
    }

    fn child(&mut self, name: &str) -> Math {
        self.element.child(name).map_or(Math::Row(Vec::new()), |child| math(child, self.depth, self.unknown))
    }

    fn children(&mut self, name: &str) -> Vec<Math> {
        self.element.children_named(name).map(|child| math(child, self.depth, self.unknown)).collect()
    }

    fn setting(&self, properties: &str, name: &str) -> Option<&'a str> {
        let setting = self.element.child(properties)?.child(name)?;
        Some(setting.attribute("m:val").unwrap_or_default())
    }

    fn scripts(&mut self, lower: bool, upper: bool, before: bool) -> Math {
        let of = Box::new(self.child("m:e"));
        let lower = lower.then(|| Box::new(self.child("m:sub")));
        let upper = upper.then(|| Box::new(self.child("m:sup")));
        Math::Scripts { of, lower, upper, before }
    }

    /// A sum, a product, an integral: its limits stand beside integrals and above and below all others, if nothing is said.
    fn sum(&mut self) -> Math {
        let large = self.setting("m:naryPr", "m:chr").unwrap_or("∫");
        let beside = match self.setting("m:naryPr", "m:limLoc") {
            Some(place) => place == "subSup",
            None => ('∫'..='∳').contains(&large.chars().next().unwrap_or(' ')),
        };
        let of = Box::new(Math::Large(large.to_owned()));
        let lower = self.has("m:sub").then(|| Box::new(self.child("m:sub")));
        let upper = self.has("m:sup").then(|| Box::new(self.child("m:sup")));
        let large = match beside {
            true => Math::Scripts { of, lower, upper, before: false },
            false => Math::Limits { of, lower, upper },
        };
        Math::Row(vec![large, self.child("m:e")])
    }
}

fn sign(text: &str) -> Math {
    Math::Text { text: text.to_owned(), italic: false, bold: false }
}

/// The mark that stands by itself for one that stands over a letter.
fn spacing(mark: &str) -> &str {
    match mark {
        "\u{300}" => "`",
        "\u{301}" => "´",
        "\u{302}" => "ˆ",
        "\u{303}" => "˜",
        "\u{304}" | "\u{305}" => "¯",
        "\u{306}" => "˘",
        "\u{307}" => "˙",
        "\u{308}" => "¨",
        "\u{30C}" => "ˇ",
        "\u{20D6}" => "←",
        "\u{20D7}" => "→",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    /// A formula in words: `a/b` with brackets around what belongs together.
    fn told(math: &Math) -> String {
        let all = |parts: &[Math], between: &str| parts.iter().map(told).collect::<Vec<_>>().join(between);
        let some = |mark: &str, part: &Option<Box<Math>>| {
            part.as_ref().map_or(String::new(), |part| format!("{mark}{}", told(part)))
        };
        match math {
            Math::Row(parts) => all(parts, ""),
            Math::Text { text, .. } => text.clone(),
            Math::Large(sign) => format!("<{sign}>"),
            Math::Fraction { parts, ruled } => {
                format!("[{}{}{}]", told(&parts.0), if *ruled { "—" } else { " " }, told(&parts.1))
            }
            Math::Scripts { of, lower, upper, .. } => format!("{}{}{}", told(of), some("_", lower), some("^", upper)),
            Math::Limits { of, lower, upper } => format!("{}{}{}", told(of), some("↓", lower), some("↑", upper)),
            Math::Root { degree, of } => format!("√{}[{}]", some("", degree), told(of)),
            Math::Fenced { open, close, separator, parts } => format!("{open}{}{close}", all(parts, separator)),
            Math::Grid { rows, .. } => rows.iter().map(|row| all(row, " & ")).collect::<Vec<_>>().join(" // "),
            Math::Accent { of, sign } => format!("{}{sign}", told(of)),
            Math::Ruled { of, above } => format!("{}{}", told(of), if *above { "‾" } else { "_" }),
        }
    }

    fn read(inner: &str) -> (String, bool) {
        let part = format!("<m:oMath xmlns:m=\"m\">{inner}</m:oMath>");
        let mut unknown = false;
        let math = math(&parse(part.as_bytes()).unwrap(), 0, &mut unknown);
        (told(&math), unknown)
    }

    fn text(name: &str, text: &str) -> String {
        format!("<m:{name}><m:r><m:rPr><m:sty m:val=\"p\"/></m:rPr><m:t>{text}</m:t></m:r></m:{name}>")
    }

    #[test]
    fn what_stands_above_and_below_is_read_so() {
        let sum = format!(
            "<m:nary><m:naryPr><m:chr m:val=\"∑\"/><m:limLoc m:val=\"undOvr\"/></m:naryPr>{}{}{}</m:nary>",
            text("sub", "i=1"),
            text("sup", "n"),
            text("e", "i")
        );
        assert_eq!(read(&sum).0, "<∑>↓i=1↑ni");
        assert_eq!(read(&format!("<m:nary>{}{}</m:nary>", text("sub", "0"), text("e", "x"))).0, "<∫>_0x");
        assert_eq!(read(&format!("<m:f>{}{}</m:f>", text("num", "a"), text("den", "b"))).0, "[a—b]");
        let root = format!("<m:rad><m:radPr><m:degHide m:val=\"1\"/></m:radPr><m:deg/>{}</m:rad>", text("e", "x"));
        assert_eq!(read(&root).0, "√[x]");
        let matrix = format!("<m:m><m:mr>{0}{0}</m:mr><m:mr>{0}{0}</m:mr></m:m>", text("e", "1"));
        assert_eq!(read(&format!("<m:d><m:e>{matrix}</m:e></m:d>")), ("(1 & 1 // 1 & 1)".to_owned(), false));
        assert_eq!(read(&format!("<m:acc>{}</m:acc><m:bar>{0}</m:bar>", text("e", "x"))).0, "xˆx_");
    }

    #[test]
    fn an_unknown_part_is_taken_as_its_text_and_endless_nesting_ends() {
        assert_eq!(read(&format!("<m:new>{}</m:new>", text("e", "x"))), ("x".to_owned(), true));
        let deep = format!("{}{}{}", "<m:e>".repeat(100), text("e", "x"), "</m:e>".repeat(100));
        assert_eq!(read(&deep).0, "");
    }
}
