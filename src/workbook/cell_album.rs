//! Pictures of a workbook that cells name as their values: those of WPS (`DISPIMG`) and of Excel 365 (rich values).

use std::collections::HashMap;
use std::sync::Arc;

use super::package::{Package, attribute};
use super::pictures::{Piece, read_events, targets};

/// Pictures that cells of any sheet may name.
#[derive(Debug, Default)]
pub(super) struct Album {
    /// WPS: files by the identifier that a formula names.
    pub(super) named: HashMap<String, Arc<str>>,
    /// Excel 365: files by the number that a cell's `vm` gives, from 1.
    pub(super) rich: Vec<Option<Arc<str>>>,
}

impl Album {
    pub(super) fn read(package: &Package) -> Self {
        Self { named: cell_images(package), rich: rich_values(package) }
    }
}

/// WPS: the pictures that formulas name.
fn cell_images(package: &Package) -> HashMap<String, Arc<str>> {
    const PATH: &str = "xl/cellimages.xml";
    let Some(part) = package.part(PATH) else { return HashMap::new() };
    let files = targets(package, PATH);
    let mut named = HashMap::new();
    let mut name = None;
    read_events(part, |event| {
        if let Piece::Open(tag) = event {
            match tag.local_name().as_ref() {
                "cNvPr" => name = attribute(tag, "name"),
                "blip" => {
                    let file = attribute(tag, "r:embed").and_then(|id| files.get(&id).cloned());
                    named.extend(name.take().zip(file));
                }
                _ => {}
            }
        }
    });
    named
}

/// Excel 365: the pictures of the workbook's values ([MS-XLSX], 2.6.204 and further).
fn rich_values(package: &Package) -> Vec<Option<Arc<str>>> {
    const RELATIONS: &str = "xl/richData/richValueRel.xml";
    let (Some(relations), Some(metadata)) = (package.part(RELATIONS), package.part("xl/metadata.xml")) else {
        return Vec::new();
    };
    let files = targets(package, RELATIONS);
    let files: Vec<Option<Arc<str>>> =
        attributes(relations, "rel", "r:id").into_iter().map(|id| files.get(&id?).cloned()).collect();
    // which value of a structure says which picture
    let mut keys: Vec<Option<usize>> = Vec::new();
    let mut at = 0;
    read_events(package.part("xl/richData/rdrichvaluestructure.xml").unwrap_or_default(), |event| {
        if let Piece::Open(tag) = event {
            match tag.local_name().as_ref() {
                "s" => {
                    keys.push(None);
                    at = 0;
                }
                "k" => {
                    if attribute(tag, "n").as_deref() == Some("_rvRel:LocalImageIdentifier")
                        && let Some(key) = keys.last_mut()
                    {
                        *key = Some(at);
                    }
                    at += 1;
                }
                _ => {}
            }
        }
    });
    let mut values: Vec<Option<Arc<str>>> = Vec::new();
    let (mut wanted, mut at) = (None, 0);
    read_events(package.part("xl/richData/rdrichvalue.xml").unwrap_or_default(), |event| match event {
        Piece::Open(tag) if tag.local_name().as_ref() == "rv" => {
            let structure = attribute(tag, "s").and_then(|number| number.parse::<usize>().ok());
            wanted = structure.and_then(|structure| keys.get(structure).copied()).flatten();
            values.push(None);
            at = 0;
        }
        Piece::Text(text) if wanted == Some(at) => {
            let file = text.trim().parse::<usize>().ok().and_then(|number| files.get(number)).cloned().flatten();
            if let Some(value) = values.last_mut() {
                *value = file;
            }
        }
        Piece::Close("v") => at += 1,
        _ => {}
    });
    let rich: Vec<_> = attributes(metadata, "rvb", "i").into_iter().map(number).collect();
    let mut of_cells = Vec::new();
    let mut within = false;
    read_events(metadata, |event| match event {
        Piece::Open(tag) => match tag.local_name().as_ref() {
            "valueMetadata" => within = true,
            "rc" if within => {
                let value = number(attribute(tag, "v")).and_then(|at| *rich.get(at)?);
                of_cells.push(value.and_then(|value| values.get(value)?.clone()));
            }
            _ => {}
        },
        Piece::Close("valueMetadata") => within = false,
        _ => {}
    });
    of_cells
}

fn number(text: Option<String>) -> Option<usize> {
    text?.parse().ok()
}

/// An attribute of all elements of a name.
fn attributes(part: &[u8], element: &str, name: &str) -> Vec<Option<String>> {
    let mut found = Vec::new();
    read_events(part, |event| {
        if let Piece::Open(tag) = event
            && tag.local_name().as_ref() == element
        {
            found.push(attribute(tag, name));
        }
    });
    found
}
