//! The theme: faces and colours that a document names by their part in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::tree::Element;
use crate::document::{Color, FontName};

/// A document's theme.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    major: Faces,
    minor: Faces,
    colors: BTreeMap<String, Color>,
    /// The script whose face stands for East Asian text, such as `Hans`.
    script: Option<&'static str>,
}

#[derive(Clone, Debug, Default)]
struct Faces {
    latin: Option<FontName>,
    east_asian: Option<FontName>,
    by_script: BTreeMap<String, FontName>,
}

impl Theme {
    /// Reads the theme part; `language` is the East Asian language of the document's settings.
    pub fn read(part: Option<&Element>, language: Option<&str>) -> Self {
        let script = language.and_then(|language| match language.get(..2)? {
            "zh" if ["TW", "HK", "MO", "Hant"].iter().any(|place| language.contains(place)) => Some("Hant"),
            "zh" => Some("Hans"),
            "ja" => Some("Jpan"),
            "ko" => Some("Hang"),
            _ => None,
        });
        let Some(part) = part else { return Self { script, ..Self::default() } };
        let faces = |name| part.find(name).map(faces).unwrap_or_default();
        let mut colors = BTreeMap::new();
        for color in part.find("a:clrScheme").iter().flat_map(|scheme| &scheme.children) {
            let name = color.name.trim_start_matches("a:").to_owned();
            let value = color.children.iter().find_map(|kind| {
                let value =
                    if kind.name.as_ref() == "a:sysClr" { kind.attribute("lastClr") } else { kind.attribute("val") };
                Color::from_hex(value?)
            });
            colors.extend(value.map(|value| (name, value)));
        }
        Self { major: faces("a:majorFont"), minor: faces("a:minorFont"), colors, script }
    }

    /// The face of a name such as `minorEastAsia`.
    pub fn face(&self, name: &str) -> Option<FontName> {
        let faces = if name.starts_with("major") { &self.major } else { &self.minor };
        if name.ends_with("EastAsia") {
            let of_script = self.script.and_then(|script| faces.by_script.get(script));
            // the script's own face counts only where the theme names none
            faces.east_asian.as_ref().or(of_script).cloned()
        } else {
            faces.latin.clone()
        }
    }

    /// The colour of a name such as `accent1` or `tx1`.
    pub fn color(&self, name: &str) -> Option<Color> {
        let name = match name {
            "tx1" | "text1" | "dark1" => "dk1",
            "tx2" | "text2" | "dark2" => "dk2",
            "bg1" | "background1" | "light1" => "lt1",
            "bg2" | "background2" | "light2" => "lt2",
            name => name,
        };
        self.colors.get(name).copied()
    }
}

fn faces(element: &Element) -> Faces {
    let face = |name: &str| {
        let face = element.child(name)?.attribute("typeface")?;
        (!face.is_empty()).then(|| Arc::from(face))
    };
    let by_script = element
        .children_named("a:font")
        .filter_map(|font| Some((font.attribute("script")?.to_owned(), Arc::from(font.attribute("typeface")?))));
    Faces { latin: face("a:latin"), east_asian: face("a:ea"), by_script: by_script.collect() }
}
