//! Paragraph properties (`w:pPr`).
//!
//! Some properties add to what the ancestors set instead of taking its place: tab stops, the rules around, and indents,
//! where one in characters beats one in twips wherever it was set. So each is written with what it takes to undo the
//! ancestors'.

use docx_rs::{
    AlignmentType, IndentLevel, LineSpacing as Spacing, LineSpacingType, NumberingId, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders, ParagraphProperty, Tab, TabLeaderType, TabValueType,
};

use super::aside::Aside;
use super::character::shading;
use super::measure::{border_size, border_space, border_type, positive_twips, twips, width};
use crate::document::{
    Align, Border, Indent, Length, LineSpacing, NumberingLevel, ParagraphFormat, ResolvedParagraph, TabAlign, TabLeader,
};

/// What a paragraph's own properties stand on.
pub struct Ground<'a> {
    /// The properties that the ancestors come to.
    pub parent: &'a ResolvedParagraph,
    /// Their font size.
    pub parent_size: Length,
    /// The font size here, which indents in characters are measured by.
    pub size: Length,
    /// The level of the list that it begins or is an item of.
    pub level: Option<&'a NumberingLevel>,
}

/// The properties that a paragraph or style sets; what docx-rs cannot write goes into the aside.
pub fn paragraph_property(format: &ParagraphFormat, ground: &Ground, aside: &mut Aside) -> ParagraphProperty {
    let parent = ground.parent;
    for (name, switch) in [
        ("w:keepNext", format.keep_next),
        ("w:keepLines", format.keep_lines),
        ("w:pageBreakBefore", format.page_break_before),
        ("w:kinsoku", format.kinsoku),
        ("w:autoSpaceDE", format.auto_space_latin),
        ("w:autoSpaceDN", format.auto_space_digits),
        ("w:snapToGrid", format.snap_to_grid),
        ("w:widowControl", format.widow_control),
    ] {
        aside.push_switch(name, switch);
    }
    if let Some(attributes) = indents(format, ground) {
        aside.push("w:ind", attributes);
    }

    let mut property = ParagraphProperty::new();
    if let Some(align) = format.align {
        property = property.align(match align {
            Align::Start => AlignmentType::Left,
            Align::Center => AlignmentType::Center,
            Align::End => AlignmentType::Right,
            Align::Justify => AlignmentType::Both,
            Align::Distribute => AlignmentType::Distribute,
        });
    }
    property.line_spacing = spacing(format);
    if let Some(level) = format.outline_level {
        // 9 is body text
        property = property.outline_lvl(level.map_or(9, |level| usize::from(level).min(8)));
    }
    if let Some(tabs) = &format.tabs {
        let undone = parent.tabs.iter().filter(|stop| !tabs.iter().any(|own| own.at == stop.at));
        let mut stops: Vec<_> = undone.map(|stop| (stop.at, Tab::new().val(TabValueType::Clear))).collect();
        stops.extend(
            tabs.iter().map(|stop| (stop.at, Tab::new().val(tab_align(stop.align)).leader(leader(stop.leader)))),
        );
        stops.sort_by_key(|(at, _)| *at);
        property.tabs = stops.into_iter().map(|(at, tab)| tab.pos(width(at))).collect();
    }
    if let Some(borders) = &format.borders {
        use ParagraphBorderPosition::{Bottom, Left, Right, Top};
        let sides = [
            (Top, borders.top, parent.borders.top),
            (Left, borders.left, parent.borders.left),
            (Bottom, borders.bottom, parent.borders.bottom),
            (Right, borders.right, parent.borders.right),
        ];
        let all =
            sides.into_iter().fold(ParagraphBorders::with_empty(), |all, (side, own, parent)| match (own, parent) {
                (Some(own), _) => all.set(border(side, &own)),
                (None, Some(_)) => all.clear(side),
                (None, None) => all,
            });
        if borders != &Default::default() || parent.borders != Default::default() {
            property = property.set_borders(all);
        }
    }
    if let Some(color) = format.shading {
        property = property.shading(shading(color));
    }
    if let Some(numbering) = format.numbering {
        property = match numbering {
            Some(_) if ground.level.is_none() => property, // there is no such list
            Some(item) => property.numbering(
                NumberingId::new(item.list.saturating_add(1)),
                IndentLevel::new(usize::from(item.level.min(8))),
            ),
            None => property.numbering(NumberingId::new(0), IndentLevel::new(0)),
        };
    }
    property
}

/// `w:ind` whole, if anything here makes it differ from the ancestors': both in characters, for Word, and in twips, for
/// readers that know no characters.
fn indents(format: &ParagraphFormat, ground: &Ground) -> Option<String> {
    let parent = ground.parent;
    let sets_one = format.indent_left.is_some() || format.indent_right.is_some() || format.first_line.is_some();
    let in_characters = [parent.indent_left, parent.indent_right, parent.first_line]
        .iter()
        .any(|indent| matches!(indent, Indent::Chars(_)));
    let rescaled = in_characters && ground.size != ground.parent_size;
    if !sets_one && !rescaled && ground.level.is_none() {
        return None;
    }
    let level = ground.level;
    let left = format.indent_left.or(level.map(|level| level.indent_left)).unwrap_or(parent.indent_left);
    let first = format.first_line.or(level.map(|level| level.first_line)).unwrap_or(parent.first_line);
    let right = format.indent_right.unwrap_or(parent.indent_right);
    let chars_above = |above: Indent, of_level: Option<Indent>| {
        matches!(above, Indent::Chars(_)) || matches!(of_level, Some(Indent::Chars(_)))
    };

    let mut attributes = String::new();
    let mut write = |name: &str, indent: Indent, length: i32, undo: bool| {
        match indent {
            Indent::Chars(chars) => {
                let hundredths = (chars.abs() * 100.0).round().min(100_000.0);
                let sign = if chars < 0.0 && name != "hanging" { "-" } else { "" };
                attributes += &format!(" w:{name}Chars=\"{sign}{hundredths}\"");
            }
            Indent::Length(_) if undo => attributes += &format!(" w:{name}Chars=\"0\""),
            Indent::Length(_) => {}
        }
        attributes += &format!(" w:{name}=\"{length}\"");
    };
    let left_twips = twips(left.at_size(ground.size));
    let right_twips = twips(right.at_size(ground.size));
    let first_twips = twips(first.at_size(ground.size));
    write("left", left, left_twips, chars_above(parent.indent_left, level.map(|level| level.indent_left)));
    write("right", right, right_twips, chars_above(parent.indent_right, None));
    let undo = chars_above(parent.first_line, level.map(|level| level.first_line));
    if first_twips < 0 {
        write("hanging", first, -first_twips, undo);
    } else {
        write("firstLine", first, first_twips, undo);
    }
    Some(attributes)
}

fn spacing(format: &ParagraphFormat) -> Option<Spacing> {
    if format.space_before.is_none() && format.space_after.is_none() && format.line_spacing.is_none() {
        return None;
    }
    let mut spacing = Spacing::new();
    if let Some(before) = format.space_before {
        spacing = spacing.before(positive_twips(before));
    }
    if let Some(after) = format.space_after {
        spacing = spacing.after(positive_twips(after));
    }
    if let Some(line) = format.line_spacing {
        let (rule, value) = match line {
            LineSpacing::Exact(pitch) => (LineSpacingType::Exact, twips(pitch).max(1)),
            LineSpacing::AtLeast(pitch) => (LineSpacingType::AtLeast, twips(pitch).max(0)),
            LineSpacing::Multiple(times) => {
                (LineSpacingType::Auto, (times * 240.0).round().clamp(1.0, 31_680.0) as i32)
            }
        };
        spacing = spacing.line_rule(rule).line(value);
    }
    Some(spacing)
}

fn border(side: ParagraphBorderPosition, border: &Border) -> ParagraphBorder {
    ParagraphBorder::new(side)
        .val(border_type(border.line))
        .size(border_size(border))
        .space(border_space(border.space))
        .color(border.color.to_hex())
}

fn tab_align(align: TabAlign) -> TabValueType {
    match align {
        TabAlign::Start => TabValueType::Left,
        TabAlign::Center => TabValueType::Center,
        TabAlign::End => TabValueType::Right,
        TabAlign::Decimal => TabValueType::Decimal,
    }
}

fn leader(leader: TabLeader) -> TabLeaderType {
    match leader {
        TabLeader::None => TabLeaderType::None,
        TabLeader::Dot => TabLeaderType::Dot,
        TabLeader::MiddleDot => TabLeaderType::MiddleDot,
        TabLeader::Underscore => TabLeaderType::Underscore,
        TabLeader::Hyphen => TabLeaderType::Hyphen,
    }
}
