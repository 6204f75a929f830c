//! What can go wrong with a PDF file, in words.

use crate::diagnostic::{Diagnostic, Place, Words};

pub(super) fn face_unreadable(name: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(
        "pdf.face-unreadable",
        Place::Run,
        Words::new(
            format!("字体“{name}”无法嵌入 PDF（{reason}）"),
            format!("the font “{name}” cannot be embedded in a PDF ({reason})"),
        ),
    )
    .with_hint(Words::new(
        "在样式里换一种字体，或者用 --fonts carried 只用自带字体",
        "name another font in the style, or use the carried fonts only: --fonts carried",
    ))
}

pub(super) fn picture_unreadable(description: &str, reason: Reason) -> Diagnostic {
    let name = |unnamed: &str| if description.is_empty() { unnamed.to_owned() } else { format!("“{description}”") };
    Diagnostic::error(
        "pdf.picture-unreadable",
        Place::Run,
        Words::new(
            format!("图片{}无法放入 PDF：{}", name(""), reason.words().zh),
            format!("the picture {} cannot be put into a PDF: {}", name("without a description"), reason.words().en),
        ),
    )
    .with_hint(Words::new(
        "用看图软件打开，另存为 PNG 或 JPEG",
        "open it in a picture viewer and save it as PNG or JPEG again",
    ))
}

pub(super) fn cannot_save(reason: &str) -> Diagnostic {
    Diagnostic::error(
        "pdf.cannot-save",
        Place::Run,
        Words::new(format!("PDF 无法生成（{reason}）"), format!("the PDF cannot be put together ({reason})")),
    )
}

/// Why a picture cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// It does not begin as a file of its format.
    NotTheFormat,
    /// It ends too early, or its parts contradict each other.
    Damaged,
    /// It has more pixels than there may be.
    TooLarge,
    /// It uses a rare form of its format.
    Unsupported,
}

impl Reason {
    fn words(self) -> Words {
        match self {
            Self::NotTheFormat => Words::new("内容与文件格式不符", "its content is not of the format it claims"),
            Self::Damaged => Words::new("文件已损坏", "the file is damaged"),
            Self::TooLarge => Words::new("像素太多", "it has too many pixels"),
            Self::Unsupported => Words::new("不支持这种编码方式", "this form of the format is not supported"),
        }
    }
}
