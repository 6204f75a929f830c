//! Texts in drawings become shapes, in the faces that come with the program.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, ID, Source};
use resvg::usvg::{Font, FontFamily, FontResolver, FontStyle};

use crate::font::{carried_bytes, carried_for};

/// The faces, and their identifiers in the order of `font::carried_bytes`.
struct Faces {
    database: Arc<Database>,
    ids: Vec<Option<ID>>,
}

/// Opened when a drawing has text for the first time.
static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let mut database = Database::new();
    let mut load = |bytes: Vec<u8>| database.load_font_source(Source::Binary(Arc::new(bytes))).first().copied();
    let ids = carried_bytes().map(|bytes| if bytes.is_empty() { None } else { load(bytes) }).collect();
    Faces { database: Arc::new(database), ids }
});

/// The faces as a drawing's reader wants them.
pub(super) fn database() -> Arc<Database> {
    Arc::clone(&FACES.database)
}

/// Finds the face for a text, and for characters that it lacks.
pub(super) fn resolver() -> FontResolver<'static> {
    FontResolver {
        select_font: Box::new(|font, _| chosen(font).into_iter().next()),
        select_fallback: Box::new(|character, tried, database| {
            let base = tried.first().and_then(|first| FACES.ids.iter().position(|id| *id == Some(*first)));
            let like = base
                .and_then(|base| FACES.database.face(FACES.ids.get(base).copied().flatten()?))
                .and_then(|face| face.families.first());
            let family = like.map_or("", |(name, _)| name.as_str());
            let mut faces = ids(carried_for(family, false, false));
            faces.find(|id| !tried.contains(id) && has(database, *id, character))
        }),
    }
}

/// The faces for what a drawing asks of its text, best first.
fn chosen(font: &Font) -> Vec<ID> {
    let bold = font.weight() >= 600;
    let italic = font.style() != FontStyle::Normal;
    let family = font.families().first().map_or("Times New Roman", |family| match family {
        FontFamily::Named(name) => name.as_str(),
        FontFamily::SansSerif => "Arial",
        FontFamily::Monospace => "Courier New",
        _ => "Times New Roman",
    });
    ids(carried_for(family, bold, italic)).collect()
}

fn ids(places: Vec<usize>) -> impl Iterator<Item = ID> {
    places.into_iter().filter_map(|place| FACES.ids.get(place).copied().flatten())
}

fn has(database: &Database, face: ID, character: char) -> bool {
    let glyph = |data: &[u8], index| ttf_parser::Face::parse(data, index).ok()?.glyph_index(character);
    database.with_face_data(face, glyph).flatten().is_some()
}
