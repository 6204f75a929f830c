//! What makes a file fit for the archive (PDF/A-2b, ISO 19005-2): the meaning of its colours.

use std::sync::LazyLock;

use lopdf::{Dictionary, dictionary, text_string};
use moxcms::{ColorDateTime, ColorProfile};

use super::objects::Objects;
use crate::deflate::{self, Effort};

/// The colour space of everything that is drawn.
const COLORS: &str = "sRGB IEC61966-2.1";

/// The profile of that colour space, deflated.
static PROFILE: LazyLock<Option<Vec<u8>>> = LazyLock::new(|| {
    let mut profile = ColorProfile::new_srgb();
    // the profile's date, not the clock's: the same input gives the same bytes
    profile.creation_date_time =
        ColorDateTime { year: 2024, month: 1, day_of_the_month: 1, hours: 0, minutes: 0, seconds: 0 };
    Some(deflate::zlib(&profile.encode().ok()?, Effort::Full))
});

/// Adds the profile, and gives the output intent that names it.
pub(super) fn output_intent(file: &mut Objects) -> Option<Dictionary> {
    let profile = PROFILE.as_ref()?;
    let profile = file.add_stream(dictionary! { "N" => 3, "Filter" => "FlateDecode" }, profile);
    Some(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text_string(COLORS),
        "Info" => text_string(COLORS),
        "DestOutputProfile" => profile,
    })
}
