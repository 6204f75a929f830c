//! What of a document is not shown. Each element is read by the modules beside this one, changes nothing on paper, or is
//! told in a warning: by what it is, or, where it is not known at all, by its name.

use super::properties;
use super::tree::{Element, is_on};
use crate::diagnostic::Words;

/// Elements that are read, in order.
#[rustfmt::skip]
const SHOWN: &[&str] = &[
    "m:oMath", "m:oMathPara", "w:altChunk", "w:autoSpaceDE", "w:autoSpaceDN", "w:b", "w:bdo", "w:bidi", "w:bookmarkStart",
    "w:br", "w:cantSplit", "w:caps", "w:color", "w:cols", "w:contextualSpacing", "w:cr", "w:customXml", "w:dir",
    "w:docGrid", "w:drawing", "w:dstrike", "w:em", "w:endnoteRef", "w:endnoteReference", "w:fldChar", "w:fldSimple",
    "w:footerReference", "w:footnoteRef", "w:footnoteReference", "w:framePr", "w:gridBefore", "w:gridSpan", "w:hMerge",
    "w:headerReference", "w:highlight", "w:hyperlink", "w:i", "w:ind", "w:ins", "w:instrText", "w:jc", "w:keepLines",
    "w:keepNext", "w:kern", "w:kinsoku", "w:lang", "w:lnNumType", "w:moveTo", "w:noBreakHyphen", "w:numPr", "w:object",
    "w:outlineLvl", "w:overflowPunct", "w:p", "w:pPr", "w:pStyle", "w:pageBreakBefore", "w:pgMar", "w:pgNum", "w:pgSz",
    "w:pict", "w:position", "w:ptab", "w:r", "w:rFonts", "w:rPr", "w:rStyle", "w:ruby", "w:sdt", "w:sectPr",
    "w:separator", "w:smallCaps", "w:smartTag", "w:snapToGrid", "w:softHyphen", "w:spacing", "w:strike", "w:sym", "w:sz",
    "w:t", "w:tab", "w:tbl", "w:tblBorders", "w:tblCellMar", "w:tblCellSpacing", "w:tblDescription", "w:tblGrid",
    "w:tblHeader", "w:tblInd", "w:tblLayout", "w:tblLook", "w:tblPr", "w:tblPrEx", "w:tblStyle", "w:tblW", "w:tblpPr",
    "w:tc", "w:tcBorders", "w:tcMar", "w:tcPr", "w:tcW", "w:textDirection", "w:titlePg", "w:topLinePunct", "w:tr",
    "w:trHeight", "w:trPr", "w:txbxContent", "w:type", "w:vAlign", "w:vMerge", "w:vanish", "w:vertAlign", "w:w",
    "w:widowControl", "w:wordWrap",
];

/// Elements that change nothing on paper, or nothing that their neighbours do not say as well, in order.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "w:adjustRightInd", "w:annotationRef", "w:attr", "w:bCs", "w:bookmarkEnd", "w:cellDel", "w:cellIns", "w:cellMerge",
    "w:cnfStyle", "w:commentRangeEnd", "w:commentRangeStart", "w:continuationSeparator", "w:cs", "w:customXmlDelRangeEnd",
    "w:customXmlDelRangeStart", "w:customXmlInsRangeEnd", "w:customXmlInsRangeStart", "w:customXmlMoveFromRangeEnd",
    "w:customXmlMoveFromRangeStart", "w:customXmlMoveToRangeEnd", "w:customXmlMoveToRangeStart", "w:customXmlPr",
    "w:delInstrText", "w:delText", "w:divId", "w:endnotePr", "w:fitText", "w:formProt", "w:gridAfter",
    "w:headers", "w:hideMark", "w:iCs", "w:id", "w:lastRenderedPageBreak", "w:moveFromRangeEnd", "w:moveFromRangeStart",
    "w:moveToRangeEnd", "w:moveToRangeStart", "w:noEndnote", "w:noProof", "w:noWrap", "w:oMath", "w:pPrChange",
    "w:paperSrc", "w:permEnd", "w:permStart", "w:printerSettings", "w:proofErr", "w:rPrChange", "w:sdtContent",
    "w:sdtEndPr", "w:sdtPr", "w:sectPrChange", "w:smartTagPr", "w:suppressAutoHyphens", "w:suppressLineNumbers",
    "w:suppressOverlap", "w:szCs", "w:tblCaption", "w:tblGridChange", "w:tblOverlap", "w:tblPrChange", "w:tblPrExChange",
    "w:tblStyleColBandSize", "w:tblStyleRowBandSize", "w:tcPrChange", "w:textboxTightWrap", "w:trPrChange", "w:wAfter",
    "w:wBefore", "w:webHidden",
];

/// Elements that are not shown, in order, and what they are. Switches that say no are nothing.
#[rustfmt::skip]
const NOT_SHOWN: &[(&str, &str, &str)] = &[
    ("w:bidiVisual", "表格从右到左的列序", "the columns of a table from right to left"),
    ("w:commentReference", "批注", "a comment"),
    ("w:contentPart", "墨迹", "ink"),
    ("w:dayLong", "当天日期", "the date of the day"),
    ("w:dayShort", "当天日期", "the date of the day"),
    ("w:del", "修订中删去的内容", "what tracked changes have deleted"),
    ("w:emboss", "文字的阳文效果", "embossed letters"),
    ("w:hidden", "隐藏的行", "a hidden row"),
    ("w:imprint", "文字的阴文效果", "engraved letters"),
    ("w:lvlPicBulletId", "图片项目符号", "a picture as a bullet"),
    ("w:mirrorIndents", "对称缩进", "mirrored indents"),
    ("w:monthLong", "当天日期", "the date of the day"),
    ("w:monthShort", "当天日期", "the date of the day"),
    ("w:moveFrom", "修订中移走的内容", "what tracked changes have moved away"),
    ("w:outline", "文字的空心效果", "the outline of letters"),
    ("w:rtl", "从右到左的文字方向", "text from right to left"),
    ("w:rtlGutter", "右侧的装订线", "a gutter at the right"),
    ("w:shadow", "文字的阴影", "the shadow of letters"),
    ("w:specVanish", "隐藏的段落标记（同段的标题）", "a hidden paragraph mark (a heading within a line)"),
    ("w:subDoc", "子文档", "a subdocument"),
    ("w:tcFitText", "单元格的“适应文字”", "text fitted to its cell"),
    ("w:yearLong", "当天日期", "the date of the day"),
    ("w:yearShort", "当天日期", "the date of the day"),
];

/// Extensions of Word's that draw something: effects of letters, and forms of figures that a face may have.
const EXTENSIONS: [&str; 9] =
    ["glow", "shadow", "reflection", "textOutline", "textFill", "scene3d", "props3d", "stylisticSets", "numForm"];

/// Settings of the whole document that are not obeyed.
const SETTINGS: [(&str, &str, &str); 6] = [
    ("w:autoHyphenation", "自动断字", "automatic hyphenation"),
    ("w:bookFoldPrinting", "书籍折页", "a book fold"),
    ("w:bookFoldRevPrinting", "反向书籍折页", "a book fold from right to left"),
    ("w:gutterAtTop", "顶部的装订线", "a gutter at the top"),
    ("w:mirrorMargins", "对称页边距", "mirrored margins"),
    ("w:printTwoOnOne", "一张纸打印两页", "two pages on a sheet"),
];

/// What is not shown of an element's children.
pub fn of_children(element: Option<&Element>) -> impl Iterator<Item = Words> + '_ {
    element.into_iter().flat_map(|element| &element.children).filter_map(of)
}

/// Which of the document's settings are not obeyed.
pub fn of_settings(settings: &Element) -> impl Iterator<Item = Words> + '_ {
    let set = SETTINGS.iter().filter(|(name, ..)| settings.switch(name) == Some(true));
    set.map(|(_, zh, en)| Words::new(*zh, *en)).chain(settings.child("w:footnotePr").and_then(of))
}

/// What is not shown of an element, what is in it not counted.
pub fn of(element: &Element) -> Option<Words> {
    let name = element.name.as_ref();
    if SHOWN.binary_search(&name).is_ok() {
        return if name.ends_with("Borders") { of_rules(element, "表格线", "a rule of a table") } else { None };
    }
    if HARMLESS.binary_search(&name).is_ok() {
        return None;
    }
    if let Ok(at) = NOT_SHOWN.binary_search_by_key(&name, |(known, ..)| known) {
        let (_, zh, en) = NOT_SHOWN.get(at)?;
        return element.value().is_none_or(is_on).then(|| Words::new(*zh, *en));
    }
    let (zh, en) = match name {
        "w:bdr" => properties::border(element).map(|_| ("文字的边框", "the rules around letters"))?,
        "w:u" => {
            (!matches!(element.value(), None | Some("single" | "none" | "double" | "words" | "wavyDouble" | "thick")))
                .then_some(("下划线的线型（画成单线）", "the kind of an underline (drawn as a single line)"))?
        }
        "w:effect" => element.value().filter(|kind| *kind != "none").map(|_| ("文字动画", "animated letters"))?,
        "w:shd" => (element.value().is_some_and(|kind| kind.contains("Stripe") || kind.contains("Cross")))
            .then_some(("底纹的图案（画成一种颜色）", "the pattern of a shading (drawn in one colour)"))?,
        "w:eastAsianLayout" => ["w:combine", "w:vert"]
            .iter()
            .any(|kind| element.attribute(kind).is_some_and(is_on))
            .then_some(("双行合一或纵横混排", "two lines in one, or upright letters in vertical text"))?,
        "w:textAlignment" => element
            .value()
            .is_some_and(|kind| kind != "auto" && kind != "baseline")
            .then_some(("行内文字的垂直对齐", "how the letters of a line are aligned vertically"))?,
        "w:tabs" => element
            .children_named("w:tab")
            .any(|tab| tab.value() == Some("bar"))
            .then_some(("竖线制表位", "the rule of a bar tab"))?,
        "w:pBdr" => {
            let more = ["w:between", "w:bar"].iter().filter_map(|side| element.child(side));
            if more.filter_map(properties::border).next().is_none() {
                return of_rules(element, "段落边框", "a rule of a paragraph");
            }
            ("段落之间或旁边的线", "the rule between or beside paragraphs")
        }
        "w:pgBorders" => {
            if element.attribute("w:display").is_some_and(|pages| pages != "allPages") {
                ("只在部分页上的页面边框（每页都画）", "that the page's rules are on some pages only (drawn on all)")
            } else {
                return of_rules(element, "页面边框", "a rule of the page");
            }
        }
        "w:footnotePr" => (element.child_value("w:pos").is_some_and(|place| place != "pageBottom"))
            .then_some(("脚注的位置（放在页末）", "the place of footnotes (set at the foot of their page)"))?,
        "w:pgNumType" => {
            element.attribute("w:chapStyle").map(|_| ("页码里的章号", "the chapter's number in the page's number"))?
        }
        name if name.starts_with("w14:") || name.starts_with("w15:") || name.starts_with("w16") => EXTENSIONS
            .iter()
            .any(|kind| name.ends_with(kind))
            .then_some(("文字的艺术效果", "an artistic effect of letters"))?,
        name => return Some(Words::new(format!("元素 {name}"), format!("the element {name}"))),
    };
    Some(Words::new(zh, en))
}

/// Rules of a kind that is drawn as another.
fn of_rules(element: &Element, zh: &str, en: &str) -> Option<Words> {
    const DRAWN: [&str; 9] = ["nil", "none", "single", "thick", "double", "triple", "dotted", "dashed", "dashSmallGap"];
    let kinds = element.children.iter().filter_map(Element::value);
    let other = kinds.into_iter().find(|kind| !DRAWN.contains(kind))?;
    Some(Words::new(format!("{zh}的线型 {other}（画成普通的线）"), format!("the kind {other} of {en} (drawn plainly)")))
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    fn told(xml: &str) -> Vec<String> {
        let element = parse(format!("<w:rPr>{xml}</w:rPr>").as_bytes()).unwrap();
        of_children(Some(&element)).map(|words| words.zh).collect()
    }

    #[test]
    fn each_element_is_in_one_list_and_found_there() {
        let not_shown: Vec<&str> = NOT_SHOWN.iter().map(|(name, ..)| *name).collect();
        for list in [SHOWN, HARMLESS, &not_shown] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] > pair[1]));
        }
        let all: Vec<&str> = SHOWN.iter().chain(HARMLESS).chain(&not_shown).copied().collect();
        let once: std::collections::BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), once.len());
    }

    #[test]
    fn what_is_shown_or_harmless_is_not_told_and_a_switch_may_say_no() {
        assert_eq!(told("<w:b/><w:noProof/><w:u w:val='double'/><w:shd w:val='pct15'/><w14:ligatures/>"), [""; 0]);
        assert_eq!(told("<w:shadow w:val='0'/><w:bdr w:val='nil'/><w:effect w:val='none'/>"), [""; 0]);
        assert_eq!(told("<w:tabs><w:tab w:val='left'/></w:tabs><w:pBdr><w:top w:val='single'/></w:pBdr>"), [""; 0]);
    }

    #[test]
    fn what_is_not_shown_is_told_by_what_it_is_and_what_is_unknown_by_its_name() {
        assert_eq!(told("<w:shadow/>"), ["文字的阴影"]);
        assert_eq!(told("<w:u w:val='wave'/>"), ["下划线的线型（画成单线）"]);
        assert_eq!(told("<w14:glow/>"), ["文字的艺术效果"]);
        assert_eq!(told("<w:tabs><w:tab w:val='bar'/></w:tabs>"), ["竖线制表位"]);
        assert_eq!(told("<w:pBdr><w:between w:val='single'/></w:pBdr>"), ["段落之间或旁边的线"]);
        assert_eq!(
            told("<w:pgBorders><w:top w:val='apples'/></w:pgBorders>"),
            ["页面边框的线型 apples（画成普通的线）"]
        );
        assert_eq!(told("<w:brandNew/><x:y/>"), ["元素 w:brandNew", "元素 x:y"]);
    }
}
