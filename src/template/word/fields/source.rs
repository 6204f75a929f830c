//! Where Word's own mail merge has its data from: Word would ask for it when the merged document is opened.

use super::super::macros::without;
use super::super::package::{Package, relations_of, target_of};
use crate::diagnostic::Diagnostic;

/// The relations of a document's settings to the data of its mail merge.
const SOURCES: [&str; 3] = ["/mailMergeSource", "/mailMergeHeaderSource", "/recipientData"];

/// Takes the data source out of a document's settings, with its relations and the list of recipients.
pub(in crate::template::word) fn without_source(package: &mut Package) -> Result<(), Diagnostic> {
    let Some(path) = package.names().iter().find(|name| name.ends_with("/settings.xml")).cloned() else {
        return Ok(());
    };
    let Some(tree) = package.tree(&path)? else { return Ok(()) };
    if let Some(merge) = tree.ids().find(|&id| tree.name(id) == "w:mailMerge") {
        package.replace(&path, without(&tree, &[merge]));
    }
    let relations = relations_of(&path);
    let Some(tree) = package.tree(&relations)? else { return Ok(()) };
    let is_source =
        |id: &usize| tree.value(*id, "Type").is_some_and(|kind| SOURCES.iter().any(|end| kind.ends_with(end)));
    let gone: Vec<usize> = tree.ids().filter(is_source).collect();
    if gone.is_empty() {
        return Ok(());
    }
    for target in gone.iter().filter(|id| tree.value(**id, "TargetMode") != Some("External")) {
        if let Some(target) = tree.value(*target, "Target") {
            let part = target_of(&path, target);
            package.forget(&part)?;
        }
    }
    package.replace(&relations, without(&tree, &gone));
    Ok(())
}
