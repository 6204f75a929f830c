//! What can be wrong with a workbook, in words.

use super::container::{MAX_PARTS, MAX_RATIO};
use super::grid::MAX_CELLS;
use crate::diagnostic::{Diagnostic, Place, Words};

fn error(code: &'static str, file: &str, zh: String, en: String) -> Diagnostic {
    Diagnostic::error(code, Place::File { file: file.to_owned() }, Words::new(zh, en))
}

fn send_again() -> Words {
    Words::new(
        "在 Excel 或 WPS 里打开看看，另存为 .xlsx；打不开就请对方重发",
        "open it in Excel and save it as .xlsx; if it does not open, ask for it again",
    )
}

pub(super) fn empty(file: &str) -> Diagnostic {
    error("workbook.empty", file, "文件是空的，一个字节也没有".into(), "the file is empty: not one byte".into())
        .with_hint(Words::new("请对方重发", "ask for it again"))
}

pub(super) fn not_a_workbook(file: &str, zh: &str, en: &str) -> Diagnostic {
    error("workbook.not-a-workbook", file, format!("这不是工作簿，而是{zh}"), format!("this is no workbook but {en}"))
        .with_hint(Words::new(
            "在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”",
            "open it in Excel and save it as “Excel Workbook (.xlsx)”",
        ))
}

pub(super) fn locked(file: &str) -> Diagnostic {
    error("workbook.locked", file, "工作簿有打开密码".into(), "the workbook is locked with a password".into())
        .with_hint(Words::new(
            "在 Excel 里打开，“文件→信息→保护工作簿→用密码进行加密”里清空密码再保存",
            "open it in Excel, clear the password under File, Info, Protect Workbook, and save",
        ))
}

pub(super) fn cut_short(file: &str) -> Diagnostic {
    error(
        "workbook.cut-short",
        file,
        "文件不完整，后面一截没有了（可能没有传完）".into(),
        "the file is cut short: its end is missing (perhaps it was not copied to the end)".into(),
    )
    .with_hint(Words::new("重新复制或下载一次，或请对方重发", "copy or download it again, or ask for it again"))
}

pub(super) fn damaged(file: &str, why: &str) -> Diagnostic {
    error(
        "workbook.damaged",
        file,
        format!("文件损坏，读不出来（{why}）"),
        format!("the file is damaged and cannot be read ({why})"),
    )
    .with_hint(send_again())
}

pub(super) fn no_sheets(file: &str) -> Diagnostic {
    error("workbook.no-sheets", file, "工作簿里没有工作表".into(), "the workbook has no worksheet".into())
        .with_hint(send_again())
}

fn too_large_hint() -> Words {
    Words::new(
        "把用不着的行、列、工作表删掉，另存一份",
        "delete rows, columns and sheets that are not needed, and save a copy",
    )
}

pub(super) fn too_many_parts(file: &str, parts: usize) -> Diagnostic {
    error(
        "workbook.too-many-parts",
        file,
        format!("文件里有 {parts} 个部件，超过上限 {MAX_PARTS}"),
        format!("the file has {parts} parts, more than the limit of {MAX_PARTS}"),
    )
    .with_hint(send_again())
}

pub(super) fn too_large(file: &str, packed: u64, limit: u64) -> Diagnostic {
    let (packed_kib, limit_mib) = (packed.div_ceil(1024), limit >> 20);
    error(
        "workbook.too-large",
        file,
        format!("文件 {packed_kib} KB，解压后超过 {limit_mib} MB，不予读取（上限为 {MAX_RATIO} 倍）"),
        format!(
            "a file of {packed_kib} KB that unpacks to more than {limit_mib} MB is not read (at most {MAX_RATIO} times)"
        ),
    )
    .with_hint(too_large_hint())
}

pub(super) fn too_many_cells(file: &str, sheet: Option<&str>) -> Diagnostic {
    let place = match sheet {
        Some(sheet) => Place::Sheet { file: file.to_owned(), sheet: sheet.to_owned() },
        None => Place::File { file: file.to_owned() },
    };
    Diagnostic::error(
        "workbook.too-many-cells",
        place,
        Words::new(
            format!("单元格太多，超过上限 {MAX_CELLS} 个"),
            format!("there are more cells than the limit of {MAX_CELLS}"),
        ),
    )
    .with_hint(too_large_hint())
}
