//! What a merged document must not take from its file: macros, where they are not kept; signatures, which the merge
//! breaks; the kind of a template, which is that of a document.

use std::collections::BTreeSet;

use super::package::{Package, relations_of, target_of};
use super::tree::Tree;
use crate::diagnostic::Diagnostic;

/// What becomes of a template's macros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Macros {
    /// They go, since nobody asked for them.
    #[default]
    Unsaid,
    /// They go.
    Drop,
    /// They stay, and the merged document is a .docm.
    Keep,
}

impl Macros {
    /// What becomes of them where a setting says whether they are kept.
    pub fn said(kept: Option<bool>) -> Self {
        match kept {
            None => Self::Unsaid,
            Some(false) => Self::Drop,
            Some(true) => Self::Keep,
        }
    }
}

const TYPES: &str = "[Content_Types].xml";
const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const WITH_MACROS: &str = "application/vnd.ms-word.document.macroEnabled.main+xml";
/// The ends of the content types of a document with macros, a template, and a template with macros.
const OTHER_MAINS: [&str; 3] =
    [".document.macroEnabled.main+xml", ".template.main+xml", ".template.macroEnabledTemplate.main+xml"];
/// The content type of the macros themselves, which .bin files have by default where they are kept.
const PROJECT: &str = "application/vnd.ms-office.vbaProject";
/// Relations to macros and to what calls them: toolbars, keys, the ribbon.
const OF_MACROS: [&str; 8] = [
    "/vbaProject",
    "/vbaProjectSignature",
    "/vbaProjectSignatureAgile",
    "/vbaProjectSignatureV3",
    "/wordVbaData",
    "/keyMapCustomizations",
    "/attachedToolbars",
    "/ui/extensibility",
];
const OF_SIGNATURES: [&str; 2] = ["/digital-signature/origin", "/digital-signature/signature"];

/// What was found in a template's file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// It has macros.
    pub(super) macros: bool,
    /// It was signed.
    pub(super) signed: bool,
}

/// Makes the file one of a document: what goes is taken out with all that refers to it.
pub(super) fn prepare(package: &mut Package, macros: Macros) -> Result<Found, Diagnostic> {
    let names = package.names().to_vec();
    let mut found = Found::default();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for path in names.iter().filter(|path| path.ends_with(".rels")) {
        let Some(tree) = package.tree(path)? else { continue };
        let kind_of = |id: usize| tree.value(id, "Type").unwrap_or_default();
        let is = |id: usize, kinds: &[&str]| kinds.iter().any(|end| kind_of(id).ends_with(end));
        found.macros |= tree.ids().any(|id| kind_of(id).ends_with("/vbaProject"));
        found.signed |= tree.ids().any(|id| is(id, &OF_SIGNATURES));
        let goes = |id: &usize| is(*id, &OF_SIGNATURES) || macros != Macros::Keep && is(*id, &OF_MACROS);
        let relations: Vec<usize> = tree.ids().filter(goes).collect();
        if relations.is_empty() {
            continue;
        }
        let owner = owner_of(path);
        let inside = relations.iter().filter(|id| tree.value(**id, "TargetMode") != Some("External"));
        gone.extend(inside.filter_map(|id| Some(target_of(&owner, tree.value(*id, "Target")?))));
        let kept = without(&tree, &relations);
        package.replace(path, kept);
    }
    // What only these referred to goes with them.
    let of_gone: Vec<String> = gone.iter().map(|path| relations_of(path)).collect();
    gone.extend(of_gone);
    gone.extend(names.iter().filter(|path| found.signed && path.starts_with("_xmlsignatures/")).cloned());
    gone.iter().for_each(|path| package.remove(path));
    types(package, &gone, found.macros && macros == Macros::Keep)?;
    Ok(found)
}

/// The content types: the main part is a document's, what is gone has none.
fn types(package: &mut Package, gone: &BTreeSet<String>, macros: bool) -> Result<(), Diagnostic> {
    let Some(tree) = package.tree(TYPES)? else { return Ok(()) };
    let main = if macros { WITH_MACROS } else { DOCUMENT };
    let mut out = String::new();
    let mut at = 0;
    for id in tree.ids() {
        let kind = tree.value(id, "ContentType").unwrap_or_default();
        let part = tree.value(id, "PartName").unwrap_or_default().trim_start_matches('/');
        let is_gone = gone.contains(part) || tree.name(id) == "Default" && kind == PROJECT && !macros;
        let other_main =
            tree.name(id) == "Override" && OTHER_MAINS.iter().any(|end| kind.ends_with(end)) && kind != main;
        let change = match tree.attribute(id, "ContentType").filter(|_| other_main) {
            Some(value) if !is_gone => Some((value, main)),
            _ if is_gone => Some((tree.outer(id), "")),
            _ => None,
        };
        if let Some((bytes, new)) = change {
            out += tree.text(at..bytes.start);
            out += new;
            at = bytes.end;
        }
    }
    if at > 0 {
        out += tree.text(at..tree.source().len());
        package.replace(TYPES, out.into_bytes());
    }
    Ok(())
}

/// A part of relations without some of them.
pub(super) fn without(tree: &Tree, relations: &[usize]) -> Vec<u8> {
    let mut kept = String::new();
    let mut at = 0;
    for id in relations {
        kept += tree.text(at..tree.outer(*id).start);
        at = tree.outer(*id).end;
    }
    kept += tree.text(at..tree.source().len());
    kept.into_bytes()
}

/// The part that a part of relations belongs to.
fn owner_of(relations: &str) -> String {
    let path = relations.replacen("_rels/", "", 1);
    path.strip_suffix(".rels").unwrap_or(&path).to_owned()
}
