//! The shapes that Office knows by name (`shapes/`).

use std::sync::LazyLock;

use super::super::tree::{Element, parse};

/// A shape a line, each an element of its name.
static DEFINITIONS: LazyLock<String> = LazyLock::new(|| {
    let packed: &[u8] = include_bytes!("../../../../shapes/preset-shapes.xml.zst");
    zstd::decode_all(packed).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
});

/// The definition of a shape.
pub(super) fn definition(name: &str) -> Option<Element> {
    let line = DEFINITIONS.lines().find(|line| {
        line.strip_prefix('<').and_then(|line| line.strip_prefix(name)).is_some_and(|rest| rest.starts_with('>'))
    })?;
    parse(line.as_bytes()).ok()
}
