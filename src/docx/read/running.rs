//! The styles whose text headers and footers show (`STYLEREF`).

use super::package::{Package, Relations};
use super::tree::Element;
use crate::diagnostic::Diagnostic;
use crate::document::{Instruction, style_name_in_file};

/// More styles than the headers of a document ask for.
const MOST_STYLES: usize = 32;

/// The styles that headers and footers ask for, each by the number that is its place.
#[derive(Debug, Default)]
pub struct Running {
    styles: Vec<RunningStyle>,
}

#[derive(Debug)]
struct RunningStyle {
    /// Its name in the file, in small letters.
    name: String,
    /// The identifiers of the paragraph and character styles of this name.
    ids: Vec<String>,
}

impl Running {
    /// Reads which styles the headers and footers of a document ask for.
    ///
    /// # Errors
    /// A header is damaged.
    pub fn read(package: &Package, relations: &Relations, styles: Option<&Element>) -> Result<Self, Diagnostic> {
        let mut running = Self::default();
        for path in ["header", "footer"].iter().flat_map(|kind| relations.all_of_kind(kind)) {
            let asks = |part: &[u8]| part.windows(8).any(|window| window.eq_ignore_ascii_case(b"STYLEREF"));
            if !package.part(path).is_some_and(asks) {
                continue;
            }
            let Some(part) = package.tree(path)? else { continue };
            let mut instructions = Vec::new();
            collect(&part, &mut String::new(), &mut instructions);
            for instruction in instructions.iter().map(|text| Instruction::read(text)) {
                if let Some(name) = instruction.argument().filter(|_| instruction.kind == "STYLEREF") {
                    running.add(style_name_in_file(name), styles);
                }
            }
        }
        Ok(running)
    }

    fn add(&mut self, name: String, styles: Option<&Element>) {
        if self.styles.len() >= MOST_STYLES || self.styles.iter().any(|style| style.name == name) {
            return;
        }
        let all = styles.into_iter().flat_map(|styles| styles.children_named("w:style"));
        let of_name = all.filter(|style| {
            let aliases = style.child_value("w:aliases").unwrap_or_default();
            let own = style.child_value("w:name").into_iter().chain(aliases.split(','));
            own.into_iter().any(|own| style_name_in_file(own) == name)
        });
        let ids = of_name.filter_map(|style| style.attribute("w:styleId")).map(str::to_owned).collect();
        self.styles.push(RunningStyle { name, ids });
    }

    /// The number of a style, by the name that a field has.
    pub fn find(&self, shown: &str) -> Option<u32> {
        let name = style_name_in_file(shown);
        self.styles.iter().position(|style| style.name == name).map(|at| at as u32)
    }

    /// The number of a style, by its identifier.
    pub fn of_id(&self, id: Option<&str>) -> Option<u32> {
        let id = id?;
        self.styles.iter().position(|style| style.ids.iter().any(|known| known == id)).map(|at| at as u32)
    }
}

/// The instructions of an element's fields; those within others are read apart.
fn collect(element: &Element, open: &mut String, found: &mut Vec<String>) {
    for child in &element.children {
        match child.name.as_ref() {
            "w:fldSimple" => found.extend(child.attribute("w:instr").map(str::to_owned)),
            "w:instrText" => open.push_str(&child.text),
            "w:fldChar" => found.push(std::mem::take(open)),
            _ => {}
        }
        collect(child, open, found);
    }
}
