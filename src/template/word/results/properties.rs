//! What a document says about itself, as its fields ask for it.

use super::super::package::Package;
use super::super::tree::Tree;
use super::part::unescaped;
use crate::diagnostic::Diagnostic;

/// Properties by their names in small letters.
#[derive(Debug, Default)]
pub(super) struct Properties {
    list: Vec<(String, String)>,
    /// The names of those that are points in time: how one is shown hangs on the place of the reader.
    dates: Vec<String>,
}

/// Names of properties: in the file, and in fields.
const NAMES: [(&str, &str); 9] = [
    ("dc:title", "title"),
    ("dc:subject", "subject"),
    ("dc:creator", "author"),
    ("cp:keywords", "keywords"),
    ("dc:description", "comments"),
    ("cp:category", "category"),
    ("cp:lastModifiedBy", "lastsavedby"),
    ("Company", "company"),
    ("Manager", "manager"),
];

impl Properties {
    pub(super) fn read(package: &mut Package) -> Result<Self, Diagnostic> {
        let mut properties = Self::default();
        for path in ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"] {
            let Some(tree) = package.tree(path)? else { continue };
            properties.take(&tree);
        }
        Ok(properties)
    }

    fn take(&mut self, tree: &Tree) {
        for id in tree.ids() {
            let text = || unescaped(tree.text(tree.inner(id)));
            if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == tree.name(id)) {
                self.list.push(((*name).to_owned(), text()));
            }
            if let (Some(name), "property") = (tree.value(id, "name"), tree.name(id))
                && let Some(value) = tree.children(id).next()
            {
                let name = unescaped(name).to_lowercase();
                match tree.name(value) {
                    "vt:filetime" | "vt:date" => self.dates.push(name),
                    _ => self.list.push((name, unescaped(tree.text(tree.inner(value))))),
                }
            }
        }
    }

    /// Whether a property is a point in time.
    pub(super) fn is_date(&self, name: &str) -> bool {
        self.dates.contains(&name.to_lowercase())
    }

    /// A property that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        let found = self.list.iter().find(|(known, _)| *known == name)?;
        Some(found.1.as_str()).filter(|value| !value.is_empty())
    }
}
