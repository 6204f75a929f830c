//! Lists and how they count (`numbering.xml`).

use std::collections::HashMap;

use super::super::number_format::named;
use super::properties::{self, Ground};
use super::theme::Theme;
use super::tree::Element;
use crate::diagnostic::Words;
use crate::document::{Indent, LabelSuffix, Length, NumberFormat, Numbering, NumberingLevel};

/// More lists than a document has.
const MOST_LISTS: usize = 20_000;

/// The lists of a document.
#[derive(Debug, Default)]
pub struct Lists {
    /// The definitions.
    pub definitions: Vec<Numbering>,
    /// The definition of each list.
    pub lists: Vec<usize>,
    by_number: HashMap<String, usize>,
    /// Which style each level of a list belongs to: list, level, style.
    styles: Vec<(usize, u8, String)>,
    /// Formats that are not shown as they should be.
    pub unknown_formats: Vec<String>,
    /// What else of them is not shown.
    pub unshown: Vec<Words>,
}

impl Lists {
    /// Reads the lists.
    pub fn read(part: Option<&Element>, theme: &Theme) -> Self {
        let mut lists = Self::default();
        let Some(part) = part else { return lists };
        let abstracts: HashMap<&str, &Element> = part
            .children_named("w:abstractNum")
            .filter_map(|definition| Some((definition.attribute("w:abstractNumId")?, definition)))
            .collect();
        // a definition may only name the style that has the true one
        let by_style: HashMap<&str, &Element> = abstracts
            .values()
            .filter_map(|definition| Some((definition.child_value("w:styleLink")?, *definition)))
            .collect();
        // lists of one definition go on with one count; one that changes a level is a list of its own all the same
        let mut shared: HashMap<&str, usize> = HashMap::new();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for number in part.children_named("w:num").take(MOST_LISTS) {
            let (Some(id), Some(of)) = (number.attribute("w:numId"), number.child_value("w:abstractNumId")) else {
                continue;
            };
            let Some(definition) = abstracts.get(of) else { continue };
            let linked = definition.child_value("w:numStyleLink").and_then(|style| by_style.get(style));
            let definition = linked.unwrap_or(definition);
            let overrides: Vec<&Element> = number.children_named("w:lvlOverride").collect();
            let list = match shared.get(of) {
                Some(list) if overrides.is_empty() => *list,
                _ => {
                    let list = lists.add(definition, &overrides, theme, counts.get(of).copied());
                    counts.entry(of).or_insert(list);
                    if overrides.is_empty() {
                        shared.insert(of, list);
                    }
                    list
                }
            };
            lists.by_number.insert(id.to_owned(), list);
        }
        lists
    }

    fn add(
        &mut self,
        definition: &Element,
        overrides: &[&Element],
        theme: &Theme,
        counts_with: Option<usize>,
    ) -> usize {
        let mut begins = Vec::new();
        let list = self.lists.len();
        let mut levels = vec![NumberingLevel::default(); 9];
        for element in definition.children_named("w:lvl") {
            self.level(element, list, theme, &mut levels);
        }
        for change in overrides {
            let at: Option<usize> = change.attribute("w:ilvl").and_then(|at| at.parse().ok());
            for element in change.children_named("w:lvl") {
                self.level(element, list, theme, &mut levels);
            }
            let start = change.child_value("w:startOverride").and_then(|start| start.parse().ok());
            if let (Some(level), Some(start)) = (at.and_then(|at| levels.get_mut(at)), start) {
                level.start = start;
                begins.extend(at.and_then(|at| u8::try_from(at).ok()));
            }
        }
        self.lists.push(self.definitions.len());
        self.definitions.push(Numbering { levels, counts_with, begins });
        list
    }

    fn level(&mut self, element: &Element, list: usize, theme: &Theme, levels: &mut [NumberingLevel]) {
        let Some(at) = element.attribute("w:ilvl").and_then(|at| at.parse::<u8>().ok()) else { return };
        let Some(place) = levels.get_mut(usize::from(at)) else { return };
        let format_name = element.child_value("w:numFmt").unwrap_or("decimal");
        let format = named(format_name);
        if format.is_none() && !self.unknown_formats.iter().any(|known| known == format_name) {
            self.unknown_formats.push(format_name.to_owned());
        }
        let format = format.unwrap_or(NumberFormat::Decimal);
        let picture = element.child("w:lvlPicBulletId").and_then(super::unshown::of);
        self.unshown.extend(picture.filter(|picture| !self.unshown.contains(picture)));
        let paragraph = properties::paragraph(element.child("w:pPr"), &Ground::default());
        let character = properties::run(element.child("w:rPr"), theme).format;
        let text = element.child_value("w:lvlText").unwrap_or_default();
        let face = character.latin_font.as_deref().unwrap_or_default();
        if let Some(style) = element.child_value("w:pStyle") {
            self.styles.push((list, at, style.to_owned()));
        }
        *place = NumberingLevel {
            format,
            start: element.child_value("w:start").and_then(|start| start.parse().ok()).unwrap_or(0),
            restart_after: element.child_value("w:lvlRestart").and_then(|after| after.parse().ok()),
            arabic: element.switch("w:isLgl").unwrap_or(false),
            suffix: match element.child_value("w:suff") {
                Some("space") => LabelSuffix::Space,
                Some("nothing") => LabelSuffix::Nothing,
                _ => LabelSuffix::Tab,
            },
            align: element.child_value("w:lvlJc").map(properties::align).unwrap_or_default(),
            text: super::symbols::in_unicode(text, face).into_owned(),
            indent_left: paragraph.indent_left.unwrap_or(Indent::Length(Length::ZERO)),
            first_line: paragraph.first_line.unwrap_or(Indent::Length(Length::ZERO)),
            character: super::symbols::in_symbol_face(character),
        };
    }

    /// The list of a number; none for 0 and for numbers that are not there.
    pub fn find(&self, number: &str) -> Option<usize> {
        self.by_number.get(number).copied()
    }

    /// The level of a list that belongs to a style.
    pub fn level_of_style(&self, list: usize, style: &str) -> u8 {
        self.styles.iter().find(|(of, _, known)| *of == list && known == style).map_or(0, |(_, level, _)| *level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_one_definition_share_their_count_and_begin_anew_where_they_say_so() {
        let part = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
            <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
            <w:num w:numId="5"><w:abstractNumId w:val="8"/></w:num>
            <w:num w:numId="6"><w:abstractNumId w:val="8"/></w:num>
            <w:num w:numId="11"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
        </w:numbering>"#;
        let part = super::super::tree::parse(part.as_bytes()).unwrap();
        let lists = Lists::read(Some(&part), &Theme::default());
        let of = |number| lists.find(number).unwrap();
        assert_eq!(of("5"), of("6"));
        let anew = &lists.definitions[of("11")];
        assert_eq!(
            (anew.counts_with, anew.begins.as_slice(), anew.levels[0].start),
            (Some(of("5")), [0].as_slice(), 4)
        );
    }
}
