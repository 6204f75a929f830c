//! The keys of a front matter.

/// What a line of the front matter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum Key {
    /// 标题
    Title,
    /// 副标题
    Subtitle,
    /// 主送
    To,
    /// 样式
    Style,
    /// 署名
    Signed,
    /// 日期
    Date,
    /// 主题
    Subject,
    /// 关键词
    Keywords,
    /// 份号
    CopyNumber,
    /// 密级
    Secrecy,
    /// 紧急程度
    Urgency,
    /// 发文机关标志
    Issuer,
    /// 发文字号
    Number,
    /// 签发人
    Signer,
    /// 附件
    Attachments,
    /// 盖章
    Seal,
    /// 印章
    SealPicture,
    /// 签名章
    SignaturePicture,
    /// 职务
    Post,
    /// 水印
    Watermark,
    /// 附注
    Note,
    /// 格式
    Form,
    /// 抄送
    Copies,
    /// 印发机关
    PrintedBy,
    /// 印发日期
    PrintedOn,
    /// 出席
    Present,
    /// 请假
    Excused,
    /// 列席
    Observers,
    /// 封面
    Cover,
    /// 目录
    Contents,
}

impl Key {
    /// All of them, with their names in Chinese and English.
    pub(super) const NAMES: [(Self, &'static str, &'static str); 30] = [
        (Self::Title, "标题", "title"),
        (Self::Subtitle, "副标题", "subtitle"),
        (Self::To, "主送", "to"),
        (Self::Style, "样式", "style"),
        (Self::Signed, "署名", "signed"),
        (Self::Date, "日期", "date"),
        (Self::Subject, "主题", "subject"),
        (Self::Keywords, "关键词", "keywords"),
        (Self::CopyNumber, "份号", "copy_number"),
        (Self::Secrecy, "密级", "secrecy"),
        (Self::Urgency, "紧急程度", "urgency"),
        (Self::Issuer, "发文机关标志", "issuer"),
        (Self::Number, "发文字号", "number"),
        (Self::Signer, "签发人", "signer"),
        (Self::Form, "格式", "format"),
        (Self::Attachments, "附件", "attachments"),
        (Self::Seal, "盖章", "seal"),
        (Self::SealPicture, "印章", "seal_picture"),
        (Self::SignaturePicture, "签名章", "signature_picture"),
        (Self::Post, "职务", "post"),
        (Self::Watermark, "水印", "watermark"),
        (Self::Note, "附注", "note"),
        (Self::Copies, "抄送", "copies"),
        (Self::PrintedBy, "印发机关", "printed_by"),
        (Self::PrintedOn, "印发日期", "printed_on"),
        (Self::Present, "出席", "present"),
        (Self::Excused, "请假", "excused"),
        (Self::Observers, "列席", "observers"),
        (Self::Cover, "封面", "cover"),
        (Self::Contents, "目录", "contents"),
    ];

    /// Its name in Chinese and in English.
    pub(super) fn shown(self) -> (&'static str, &'static str) {
        Self::NAMES.into_iter().find(|(key, _, _)| *key == self).map_or(("", ""), |(_, zh, en)| (zh, en))
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(_, zh, en)| *zh == name || *en == name).map(|(key, _, _)| key)
    }
}
