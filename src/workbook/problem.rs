//! What can be wrong with a workbook, in words.

use super::encoding::Encoding;
use super::grid::{MAX_COLUMNS, MAX_ROWS};
use super::limits::Limits;
use super::text_table::Shortened;
use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};

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

/// What comes under the name of a workbook and is none.
#[derive(Clone, Copy, Debug)]
pub(super) enum Foreign {
    WebPage,
    Xml2003,
    Word,
    Rtf,
    Slides,
    OldOffice,
    OpenDocument,
    Pdf,
    Picture,
    Archive,
    Other,
}

impl Foreign {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::WebPage => ("一个网页（系统导出的 .xls 常是这样）", "a web page, as many systems export .xls"),
            Self::Xml2003 => ("“XML 电子表格 2003”", "an XML Spreadsheet 2003"),
            Self::Word => ("一个 Word 文档", "a Word document"),
            Self::Rtf => ("一个 RTF 文档", "an RTF document"),
            Self::Slides => ("一个演示文稿", "a presentation"),
            Self::OldOffice => ("一个旧格式的 Office 文件", "an old Office file"),
            Self::OpenDocument => ("一个开放格式（ODF）的文档", "another kind of OpenDocument file"),
            Self::Pdf => ("一个 PDF 文件", "a PDF file"),
            Self::Picture => ("一张图片", "a picture"),
            Self::Archive => ("一个压缩包", "an archive"),
            Self::Other => ("别的文件", "some other kind of file"),
        }
    }

    fn way_out(self) -> Words {
        match self {
            // Excel and WPS open these.
            Self::WebPage | Self::Xml2003 | Self::OldOffice => Words::new(
                "在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”",
                "open it in Excel and save it as “Excel Workbook (.xlsx)”",
            ),
            Self::Archive => Words::new("解开它，把里面的工作簿放到这里", "unpack it, and put the workbook in it here"),
            _ => Words::new("请对方发来 Excel 工作簿（.xlsx）", "ask for the Excel workbook (.xlsx)"),
        }
    }
}

pub(super) fn not_a_workbook(file: &str, kind: Foreign) -> Diagnostic {
    let (zh, en) = kind.words();
    error("workbook.not-a-workbook", file, format!("这不是工作簿，而是{zh}"), format!("this is no workbook but {en}"))
        .with_hint(kind.way_out())
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
        // The reader gives its reason in English, and it says nothing to a clerk.
        "文件损坏，读不出来".to_owned(),
        format!("the file is damaged and cannot be read ({why})"),
    )
    .with_hint(send_again())
}

pub(super) fn no_sheets(file: &str) -> Diagnostic {
    error("workbook.no-sheets", file, "工作簿里没有工作表".into(), "the workbook has no worksheet".into())
        .with_hint(send_again())
}

/// The way out where a limit is met: less, or the setting that raises it.
fn less_or_more(setting: &str, value: u64) -> Words {
    Words::new(
        format!(
            "把用不着的行、列、工作表删掉，另存一份；确实要这么多，就在 huibao.toml 的 [limits] 里把 {setting} 调大（现在是 {value}）"
        ),
        format!(
            "delete rows, columns and sheets that are not needed, and save a copy; if that much is meant, raise [limits] {setting} in huibao.toml (it is {value})"
        ),
    )
}

fn megabytes(bytes: u64) -> u64 {
    bytes >> 20
}

pub(super) fn too_many_parts(file: &str, parts: usize, limits: &Limits) -> Diagnostic {
    let most = limits.parts;
    error(
        "workbook.too-many-parts",
        file,
        format!("文件里有 {parts} 个部件，超过上限 {most}"),
        format!("the file has {parts} parts, more than the limit of {most}"),
    )
    .with_hint(less_or_more("parts", most as u64))
}

pub(super) fn too_large(file: &str, bytes: u64, limits: &Limits) -> Diagnostic {
    let (size, most) = (bytes.div_ceil(1 << 20), megabytes(limits.unpacked));
    error(
        "workbook.too-large",
        file,
        format!("文件 {size} MB，超过上限 {most} MB，不予读取"),
        format!("the file has {size} MB, more than the limit of {most} MB, and is not read"),
    )
    .with_hint(less_or_more("unpacked", most))
}

pub(super) fn unpacks_to_too_much(file: &str, packed: u64, limit: u64, limits: &Limits) -> Diagnostic {
    let (packed, limit_mib, ratio) = (packed.div_ceil(1024), megabytes(limit), limits.ratio);
    let (zh, en, hint) = if limit < limits.unpacked {
        let en = format!(
            "a file of {packed} KB that unpacks to more than {limit_mib} MB, {ratio} times its size, is not read"
        );
        (
            format!("文件 {packed} KB，解压后超过 {limit_mib} MB（{ratio} 倍），不予读取"),
            en,
            less_or_more("ratio", ratio),
        )
    } else {
        let en = format!("a file of {packed} KB that unpacks to more than {limit_mib} MB is not read");
        (format!("文件 {packed} KB，解压后超过 {limit_mib} MB，不予读取"), en, less_or_more("unpacked", limit_mib))
    };
    error("workbook.too-large", file, zh, en).with_hint(hint)
}

pub(super) fn too_many_cells(file: &str, sheet: Option<&str>, limits: &Limits) -> Diagnostic {
    let place = match sheet {
        Some(sheet) => Place::Sheet { file: file.to_owned(), sheet: sheet.to_owned() },
        None => Place::File { file: file.to_owned() },
    };
    let most = limits.cells;
    Diagnostic::error(
        "workbook.too-many-cells",
        place,
        Words::new(
            format!("单元格太多：上限是 {most} 个，且不超过 {MAX_ROWS} 行、{MAX_COLUMNS} 列"),
            format!("there are too many cells: at most {most}, in {MAX_ROWS} rows and {MAX_COLUMNS} columns"),
        ),
    )
    .with_hint(less_or_more("cells", most as u64))
}

pub(super) fn too_many_cells_in_all(file: &str, limits: &Limits, most: usize) -> Diagnostic {
    error(
        "workbook.too-many-cells",
        file,
        format!("各工作表的单元格合计太多：上限是 {most} 个"),
        format!("the sheets have too many cells together: at most {most}"),
    )
    .with_hint(less_or_more("cells", limits.cells as u64))
}

pub(super) fn unknown_encoding(name: &str, place: Place) -> Diagnostic {
    let known = Encoding::NAMES;
    let nearest = known.iter().find(|known| nearest(&name.to_uppercase(), [known.to_uppercase().as_str()]).is_some());
    let hint = nearest.map_or_else(
        || Words::new(format!("可以写 {}", known.join("、")), format!("possible: {}", known.join(", "))),
        |meant| did_you_mean(meant),
    );
    Diagnostic::error(
        "workbook.unknown-encoding",
        place,
        Words::new(format!("不认识的编码“{name}”"), format!("“{name}” is not a known encoding")),
    )
    .with_hint(hint)
}

fn state_encoding() -> Words {
    Words::new(
        "在 huibao.toml 这张表里写明编码，例如 encoding = \"GB18030\"；或者在 Excel 里打开，另存为 .xlsx",
        "state the encoding in the table's settings in huibao.toml, such as encoding = \"GB18030\"; or open the file in Excel and save it as .xlsx",
    )
}

pub(super) fn unknown_encoding_of_file(file: &str) -> Diagnostic {
    error(
        "workbook.encoding-not-found",
        file,
        "看不出这个文本文件是什么编码：既不是 UTF-8，也不像 GB18030".into(),
        "the encoding of this text file cannot be found out: it is not UTF-8, and does not look like GB18030".into(),
    )
    .with_hint(state_encoding())
}

pub(super) fn undecodable(place: Place, encoding: &str, line: usize, more: usize, told: bool) -> Diagnostic {
    let encoding = encoding.to_uppercase();
    let (also_zh, also_en) = match more {
        0 => (String::new(), String::new()),
        more => (format!("（另有 {more} 个单元格也是）"), format!(" (and so have {more} more cells)")),
    };
    let hint = if told {
        Words::new(
            "写明的编码不对，或文件损坏：换一种编码，或者请对方另存为 .xlsx",
            "the encoding stated is wrong, or the file is damaged: state another, or ask for the file as .xlsx",
        )
    } else {
        state_encoding()
    };
    let message = Words::new(
        format!("第 {line} 行有按 {encoding} 认不出的字符{also_zh}"),
        format!("line {line} has bytes that mean nothing in {encoding}{also_en}"),
    );
    Diagnostic::error("workbook.undecodable", place, message).with_hint(hint)
}

pub(super) fn encoding_guessed(file: &str, encoding: &str) -> Diagnostic {
    let encoding = encoding.to_uppercase();
    let place = Place::File { file: file.to_owned() };
    let message = Words::new(format!("按 {encoding} 编码读取"), format!("read in the encoding {encoding}"));
    Diagnostic::note("workbook.encoding-guessed", place, message)
}

pub(super) fn no_table(file: &str) -> Diagnostic {
    error(
        "workbook.not-a-workbook",
        file,
        "这是一个文本文件，看不出是表格".into(),
        "this is a text file in which no table can be seen".into(),
    )
    .with_hint(Words::new(
        "表格请存为 .xlsx，或一条一行、各列之间用逗号或制表符分开的 .csv",
        "save a table as .xlsx, or as .csv with a line a row and commas or tabs between the columns",
    ))
}

pub(super) fn quote_not_closed(place: Place) -> Diagnostic {
    Diagnostic::error(
        "workbook.quote-not-closed",
        place,
        Words::new(
            "引号没有收尾，后面的行都算进了这一格",
            "a quotation mark is never closed, so that all lines after it are in this cell",
        ),
    )
    .with_hint(Words::new("补上或删掉这个英文双引号，再存一次", "close or delete the quotation mark, and save again"))
}

pub(super) fn digits_shortened(place: Place, found: &Shortened) -> Diagnostic {
    let Shortened { text, cells, .. } = found;
    Diagnostic::warning(
        "workbook.digits-shortened",
        place,
        Words::new(
            format!("“{text}”（共 {cells} 处）像是长数字存成了科学计数法，后面的数位已经没有了"),
            format!("“{text}” ({cells} such cells) seems to be a long number in scientific notation; its last digits are lost"),
        ),
    )
    .with_hint(Words::new(
        "请用原来的 .xlsx；要存 .csv，先把这一列设成“文本”格式再填",
        "use the original .xlsx; for a .csv, format the column as text before filling it in",
    ))
}
