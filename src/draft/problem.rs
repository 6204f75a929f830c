//! What is to be said of workbooks that a project is drafted from, in words.

use crate::diagnostic::{Diagnostic, Place, Words};

pub(super) fn sheet(file: &str, sheet: &str) -> Place {
    Place::Sheet { file: file.to_owned(), sheet: sheet.to_owned() }
}

pub(super) fn hidden_sheet(place: Place) -> Diagnostic {
    Diagnostic::note(
        "draft.hidden-sheet",
        place,
        Words::new("隐藏的工作表，没有用", "the sheet is hidden and left out"),
    )
}

pub(super) fn no_table(place: Place) -> Diagnostic {
    Diagnostic::note(
        "draft.no-table",
        place,
        Words::new("这张工作表里没有认出表，没有用", "no table was found on this sheet; it is left out"),
    )
}

pub(super) fn too_many_tables(found: usize, most: usize) -> Diagnostic {
    Diagnostic::warning(
        "draft.too-many-tables",
        Place::Run,
        Words::new(
            format!("认出了 {found} 张列名不同的表，只用前 {most} 张"),
            format!("{found} tables with different columns were found; the first {most} are taken"),
        ),
    )
    .with_hint(Words::new("分几次起草，每次少给几个工作簿", "draft several projects, of fewer workbooks each"))
}

pub(super) fn kept_out(file: &str, table: &str, why: &Words) -> Diagnostic {
    Diagnostic::warning(
        "draft.kept-out",
        Place::File { file: file.to_owned() },
        Words::new(format!("没有读进“{table}”：{}", why.zh), format!("left out of “{table}”: {}", why.en)),
    )
    .with_hint(Words::new(
        "改好以后，在 huibao.toml 的 except 里去掉它；前面有 # 的，去掉 #",
        "when it is mended, take it out of except in huibao.toml, or the # in front of it",
    ))
}
