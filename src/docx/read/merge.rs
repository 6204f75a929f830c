//! Formats laid over each other, and runs of one format made one.

use crate::document::{CharacterFormat, Content, ParagraphFormat, Run};

/// Direct properties of text in a table: what the table sets holds where the paragraph's style says nothing.
pub fn under(table: &CharacterFormat, style: &CharacterFormat, own: &CharacterFormat) -> CharacterFormat {
    let mut format = CharacterFormat::default();
    macro_rules! take {
        ($($field:ident),*) => {
            $(format.$field = own.$field.clone().or_else(|| if style.$field.is_none() { table.$field.clone() } else { None });)*
        };
    }
    take!(
        latin_font,
        east_asian_font,
        size,
        bold,
        italic,
        underline,
        strike,
        color,
        shading,
        position,
        spacing,
        emphasis_mark,
        capitals,
        small_capitals,
        scale,
        rise,
        kern_from,
        east_asian_signs,
        narrows_marks,
        snap_to_grid,
        link
    );
    format
}

/// Leaves of a format only what the table or the paragraph itself sets.
pub fn keep_set(format: &mut ParagraphFormat, table: &ParagraphFormat, own: &ParagraphFormat) {
    macro_rules! keep {
        ($($field:ident),*) => {
            $(if table.$field.is_none() && own.$field.is_none() { format.$field = None; })*
        };
    }
    keep!(
        align,
        indent_left,
        indent_right,
        first_line,
        space_before,
        space_after,
        lines_before,
        lines_after,
        auto_before,
        auto_after,
        line_spacing,
        keep_next,
        keep_lines,
        page_break_before,
        widow_control,
        snap_to_grid,
        kinsoku,
        overflow_punctuation,
        auto_space_latin,
        auto_space_digits,
        outline_level,
        tabs,
        borders,
        shading,
        numbering,
        breaks_words,
        contextual_spacing,
        narrow_line_start
    );
}

/// Neighbouring texts of one format as one run.
pub fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        if let (Some(Run { content: Content::Text(before), format, .. }), Content::Text(text)) =
            (joined.last_mut(), &run.content)
            && *format == run.format
        {
            before.push_str(text);
            continue;
        }
        joined.push(run);
    }
    joined
}
