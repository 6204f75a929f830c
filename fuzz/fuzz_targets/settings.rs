//! Any text as a project file and as a style.
#![no_main]

use huibao::style::Style;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let _ = huibao::project::parse("huibao.toml", source);
    let _ = Style::parse("任意.toml", source);
});
