//! What can be wrong with picture files, in words.

use crate::diagnostic::{Diagnostic, Place, Words};
use crate::picture::{MOST_PIXELS, Unreadable};

/// A file that is no picture, or none that can be shown; `name` is the file's.
pub(super) fn unreadable_picture(place: Place, name: &str, why: &Unreadable) -> Diagnostic {
    let most = MOST_PIXELS / 1_000_000;
    let (code, zh, en) = match why {
        Unreadable::NotAPicture => {
            ("batch.not-a-picture", format!("“{name}”不是图片"), format!("“{name}” is not a picture"))
        }
        Unreadable::Format(format) => (
            "batch.picture-format",
            format!("“{name}”是 {format}，读不了"),
            format!("“{name}” is {format}, which is not read"),
        ),
        Unreadable::TooLarge { width, height } => (
            "batch.picture-too-large",
            format!("图片“{name}”有 {width}×{height} 个像素，最多 {} 亿个像素", most as f64 / 100.0),
            format!("the picture “{name}” has {width} by {height} pixels, and {most} million are the most"),
        ),
        Unreadable::Damaged => {
            ("batch.picture-damaged", format!("图片“{name}”已损坏"), format!("the picture “{name}” is damaged"))
        }
        Unreadable::TooIntricate => (
            "batch.picture-too-intricate",
            format!("矢量图“{name}”太复杂"),
            format!("the drawing “{name}” has too many parts"),
        ),
    };
    let drawn = matches!(why, Unreadable::Format(format) if format.starts_with("SVG"));
    let problem = Diagnostic::error(code, place, Words::new(zh, en));
    problem.with_hint(match why {
        Unreadable::TooLarge { .. } => {
            Words::new("在画图里缩小，另存为 JPEG", "make it smaller in a picture editor and save it as JPEG")
        }
        _ if drawn => Words::new(
            "在绘图软件里嵌入外部图片、去掉特殊滤镜和沿路径的文字再导出，或者导出成 PNG",
            "embed linked pictures and leave out special filters and text on paths where it was drawn, or export it as PNG",
        ),
        Unreadable::Format("HEIC" | "AVIF") => Words::new(
            "在手机或电脑的照片程序里另存为 JPEG；苹果手机在“设置—相机—格式”里选“兼容性最佳”",
            "save it as JPEG in a photo program; on an iPhone choose Settings, Camera, Formats, Most Compatible",
        ),
        Unreadable::Format("EMF" | "WMF") => Words::new(
            "在 Word 或 WPS 里插入它，右键“另存为图片”，选 PNG",
            "insert it in Word or WPS, right-click it, choose Save as Picture, and PNG",
        ),
        Unreadable::Format("PDF" | "PSD") => Words::new(
            "用打开它的软件导出成 PNG 或 JPEG",
            "export it as PNG or JPEG in the program that opens it",
        ),
        Unreadable::TooIntricate => Words::new("在绘图软件里导出成 PNG", "export it as PNG where it was drawn"),
        _ => Words::new("在画图里打开，另存为 PNG 或 JPEG", "open it in a picture editor and save it as PNG or JPEG"),
    })
}

/// A picture in a cell whose file is not in the workbook, or larger than what is read.
pub(super) fn no_picture_in_workbook(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.picture-damaged",
        place,
        Words::new(
            format!("单元格里的图片“{name}”取不出来"),
            format!("the picture “{name}” in the cell cannot be taken out of the workbook"),
        ),
    )
    .with_hint(Words::new(
        "在 Excel 或 WPS 里重新插入图片再保存",
        "put the picture into the cell again in Excel or WPS, and save",
    ))
}
