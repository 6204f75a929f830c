//! Fields in runs: a sign that begins, the instruction, a sign before what is shown, and one that ends.

use super::escape::escaped;

/// A run of a look.
pub(super) fn run(look: &str, content: &str) -> String {
    format!("<w:r>{look}{content}</w:r>")
}

/// A sign of a field: `begin`, `separate` or `end`.
pub(super) fn mark(look: &str, kind: &str) -> String {
    run(look, &format!("<w:fldChar w:fldCharType=\"{kind}\"/>"))
}

/// All of a field that stands before what it shows.
pub(super) fn begin(look: &str, instruction: &str) -> String {
    let mut words = String::new();
    instruction.chars().for_each(|c| escaped(c, &mut words));
    let code = format!("<w:instrText xml:space=\"preserve\"> {words} </w:instrText>");
    mark(look, "begin") + &run(look, &code) + &mark(look, "separate")
}
