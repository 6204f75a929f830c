//! Which form of GB/T 9704-2012 an official document has (`格式：信函`).

/// The forms that stand apart; minutes (纪要) differ by their mark and lists alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::template) enum OfficialForm {
    /// The common one, clause 7.
    #[default]
    Common,
    /// Letters (信函), 10.1: the mark at the top of the paper, red double rules on the first page, no number there.
    Letter,
    /// Orders (命令), 10.2: a number in the middle without a rule, signed by a person.
    Order,
}

impl OfficialForm {
    /// What can be written.
    pub(super) const EXAMPLE: &str = "公文、信函、命令";

    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "公文" | "文件" | "document" => Self::Common,
            "信函" | "函" | "letter" => Self::Letter,
            "命令" | "令" | "order" => Self::Order,
            _ => return None,
        })
    }
}
