//! Content controls that a tag stands in: what is merged into one is its content, and no longer a placeholder, nor what
//! it is bound to elsewhere.

use std::collections::BTreeSet;

use super::edits::Edits;
use super::tree::{Id, Tree};

/// What a template says elsewhere of its controls.
#[derive(Clone, Debug, Default)]
pub(super) struct Controls {
    /// The style of placeholders' text.
    placeholder: Option<String>,
    /// The texts with tags that controls may be bound to: properties and data of the document.
    stored: BTreeSet<String>,
}

impl Controls {
    /// Reads the styles.
    pub(super) fn of_styles(styles: Option<&Tree>) -> Self {
        let placeholder = styles.and_then(|tree| {
            let named = |id: Id| tree.child(id, "w:name").and_then(|name| tree.value(name, "w:val"));
            let style = tree.ids().find(|&id| tree.name(id) == "w:style" && named(id) == Some("Placeholder Text"))?;
            tree.value(style, "w:styleId").map(str::to_owned)
        });
        Self { placeholder, stored: BTreeSet::new() }
    }

    /// Keeps the texts of a part that controls may be bound to.
    pub(super) fn store(&mut self, tree: &Tree) {
        let leaves = tree.ids().filter(|&id| tree.within(id).is_empty());
        self.stored
            .extend(leaves.map(|id| tree.text(tree.inner(id)).trim().to_owned()).filter(|text| text.contains("{{")));
    }

    /// Makes the controls around elements ready to be filled.
    pub(super) fn fill(&self, tree: &Tree, elements: impl Iterator<Item = Id>, edits: &mut Edits) {
        let around: BTreeSet<Id> = elements.filter_map(|element| tree.around(element, "w:sdt")).collect();
        for control in around {
            let Some(look) = tree.child(control, "w:sdtPr") else { continue };
            let mut was_placeholder = false;
            for id in tree.children(look) {
                match tree.name(id) {
                    "w:showingPlcHdr" => {
                        was_placeholder = true;
                        edits.delete(tree.outer(id));
                    }
                    // Word would show what is stored instead of what is merged.
                    "w:dataBinding" | "w15:dataBinding" if !self.is_stored(tree, control) => {
                        edits.delete(tree.outer(id));
                    }
                    "w:date" => {
                        if let Some(date) = tree.whole_attribute(id, "w:fullDate") {
                            edits.delete(date);
                        }
                    }
                    _ => {}
                }
            }
            if was_placeholder {
                let is_placeholder = |&id: &Id| {
                    tree.name(id) == "w:rStyle"
                        && tree.value(id, "w:val").is_some_and(|style| Some(style) == self.placeholder.as_deref())
                };
                tree.within(control).filter(is_placeholder).for_each(|id| edits.delete(tree.outer(id)));
            }
        }
    }

    /// Whether what a control shows has the same tags where it is stored.
    fn is_stored(&self, tree: &Tree, control: Id) -> bool {
        let texts = tree.within(control).filter(|&id| tree.name(id) == "w:t");
        let text: String = texts.map(|id| tree.text(tree.inner(id))).collect();
        self.stored.contains(text.trim())
    }
}
