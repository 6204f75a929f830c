//! What can be wrong with a workbook that is to be written.

use crate::diagnostic::{Diagnostic, Place, Words};

pub(super) fn too_many_rows(sheet: &str, rows: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "xlsx.too-many-rows",
        Place::Run,
        Words::new(
            format!("工作表“{sheet}”有 {rows} 行，Excel 的工作表最多 {most} 行"),
            format!("the sheet “{sheet}” has {rows} rows; a sheet of Excel has at most {most}"),
        ),
    )
    .with_hint(Words::new(
        "按单位分开做：在 [[report]] 里加上 each = \"…\"",
        "make one workbook per unit: add each = \"…\" to the [[report]]",
    ))
}

pub(super) fn too_many_sheets(sheets: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "xlsx.too-many-sheets",
        Place::Run,
        Words::new(
            format!("工作簿有 {sheets} 张工作表，最多 {most} 张"),
            format!("the workbook has {sheets} sheets; there may be at most {most}"),
        ),
    )
}

pub(super) fn too_many_columns(sheet: &str, columns: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "xlsx.too-many-columns",
        Place::Run,
        Words::new(
            format!("工作表“{sheet}”有 {columns} 列，Excel 的工作表最多 {most} 列"),
            format!("the sheet “{sheet}” has {columns} columns; a sheet of Excel has at most {most}"),
        ),
    )
}

pub(super) fn not_written(error: &str) -> Diagnostic {
    Diagnostic::error(
        "xlsx.not-written",
        Place::Run,
        Words::new(format!("工作簿没有写成（{error}）"), format!("the workbook could not be written ({error})")),
    )
}
