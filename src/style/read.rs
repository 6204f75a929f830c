//! Reads style files.

use super::draft::{Draft, OfficialDraft, Rules};
use super::page_mark::{self, PageMark, Side};
use super::{NumberPattern, carried, chart, format, id, problem, roles, typography};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Align, Border, Length, LineSpacing, PageSetup, Paragraph, ParagraphStyleId, TabLeader};
use crate::settings::{Group, Located, Reader};

/// The carried style that a file begins from if it does not say.
const DEFAULT_BASE: &str = "plain";

/// The type area is at least this wide and high; less would not take a table.
const LEAST_AREA: Length = Length::twips(1134);

/// Lines of a page, or characters of a line, that a document grid has at most.
const MOST_IN_GRID: u16 = 100;

/// Papers by name, in millimetres.
const PAPERS: [(&str, (f64, f64)); 6] = [
    ("A3", (297.0, 420.0)),
    ("A4", (210.0, 297.0)),
    ("A5", (148.0, 210.0)),
    ("B5", (176.0, 250.0)),
    ("16开", (184.0, 260.0)),
    ("Letter", (215.9, 279.4)),
];

/// Reads a style file that begins from a carried style.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn parse(file: &str, source: &str) -> Result<Draft, Vec<Diagnostic>> {
    let reader = Reader::new(file, source);
    let base = reader.parse().text("based_on");
    let name = base.as_ref().map_or(DEFAULT_BASE, |base| base.value.as_str());
    let mut problems = Vec::new();
    let mut draft = carried::draft(name).unwrap_or_else(|| {
        problems.extend(base.as_ref().map(|base| problem::unknown_base(base, carried::SOURCES.map(|(name, _)| name))));
        carried::draft(DEFAULT_BASE).unwrap_or_else(|| Draft::new(DEFAULT_BASE))
    });
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    draft.name = stem.strip_suffix(".toml").unwrap_or(stem).to_owned();
    problems.extend(apply(&mut draft, file, source));
    problems.sort_by(|a, b| a.place.cmp(&b.place));
    if problems.is_empty() { Ok(draft) } else { Err(problems) }
}

/// Puts what a file says over what a draft already has; the problems that the file has.
pub(super) fn apply(draft: &mut Draft, file: &str, source: &str) -> Vec<Diagnostic> {
    let reader = Reader::new(file, source);
    let mut top = reader.parse();
    top.text("based_on");
    let page_place = read_page(&reader, top.group("page"), draft);
    typography::read(&reader, top.group("typography"), &mut draft.sheet);
    read_lists(&reader, top.group("list"), draft);
    read_table(&reader, top.group("table"), draft);
    chart::read(&reader, top.group("chart"), &mut draft.chart);
    read_cover(top.group("cover"), draft);
    read_contents(&reader, top.group("contents"), draft);
    let role_places = read_roles(&reader, &mut top, draft);
    top.finish();
    check_area(&reader, page_place, &draft.page);
    check_pitches(&reader, &role_places, draft);
    reader.into_problems()
}

fn read_page(reader: &Reader<'_>, mut group: Group<'_, '_>, draft: &mut Draft) -> Place {
    let place = group.place();
    if let Some(words) = group.text("watermark") {
        draft.watermark = words.value;
    }
    for (key, count) in [("lines", &mut draft.grid.lines), ("characters", &mut draft.grid.characters)] {
        if let Some(number) = group.number(key) {
            match (0..=MOST_IN_GRID).find(|count| f64::from(*count) == number.value) {
                Some(wanted) => *count = wanted,
                None => reader.report(problem::grid_out_of_range(number.place, key, MOST_IN_GRID)),
            }
        }
    }
    let page = &mut draft.page;
    if let Some((width, height)) = format::choice(reader, &mut group, "size", &PAPERS) {
        (page.width, page.height) = (Length::mm(width), Length::mm(height));
    }
    if let Some(landscape) = group.switch("landscape")
        && landscape.value != (page.width > page.height)
    {
        (page.width, page.height) = (page.height, page.width);
    }
    for (key, length) in [
        ("margin_top", &mut page.margin_top),
        ("margin_bottom", &mut page.margin_bottom),
        ("margin_left", &mut page.margin_left),
        ("margin_right", &mut page.margin_right),
        ("header_distance", &mut page.header_distance),
        ("footer_distance", &mut page.footer_distance),
    ] {
        if let Some(found) = format::distance(reader, &mut group, key) {
            *length = found;
        }
    }
    group.finish();
    place
}

fn read_lists(reader: &Reader<'_>, mut group: Group<'_, '_>, draft: &mut Draft) {
    let bullets = group.texts("bullets");
    if !bullets.is_empty() {
        draft.list.bullets = bullets.into_iter().map(|sign| sign.value).collect();
    }
    let numbers: Vec<_> =
        group.texts("numbers").into_iter().filter_map(|example| pattern(reader, example, 1)).flatten().collect();
    if !numbers.is_empty() {
        draft.list.numbers = numbers;
    }
    if let Some(indent) = group.number("indent") {
        draft.list.indent = indent.value.clamp(0.0, 20.0);
    }
    group.finish();
}

fn read_table(reader: &Reader<'_>, mut group: Group<'_, '_>, draft: &mut Draft) {
    let table = &mut draft.table;
    let looks = [("grid", Rules::Grid), ("three_line", Rules::ThreeLine), ("rows", Rules::Rows)];
    if let Some(rules) = format::choice(reader, &mut group, "look", &looks) {
        table.rules = rules;
    }
    for (key, length) in [
        ("outer_rule", &mut table.outer_rule),
        ("inner_rule", &mut table.inner_rule),
        ("margin_side", &mut table.margin_side),
        ("margin_above", &mut table.margin_above),
        ("margin_below", &mut table.margin_below),
        ("space_below", &mut table.space_below),
    ] {
        if let Some(found) = format::distance(reader, &mut group, key) {
            *length = found;
        }
    }
    if let Some(shading) = format::color(reader, &mut group, "header_shading") {
        table.header_shading = Some(shading);
    }
    if let Some(number) = group.text("number").and_then(|example| pattern(reader, example, 1)) {
        table.number = number;
    }
    group.finish();
}

fn read_cover(mut group: Group<'_, '_>, draft: &mut Draft) {
    if let Some(on) = group.switch("show") {
        draft.cover = on.value;
    }
    group.finish();
}

fn read_contents(reader: &Reader<'_>, mut group: Group<'_, '_>, draft: &mut Draft) {
    if let Some(levels) = group.number("levels") {
        match (0_u8..=4).find(|level| f64::from(*level) == levels.value) {
            Some(level) => draft.contents.levels = level,
            None => reader.report(problem::no_such_level(levels.place)),
        }
    }
    for (key, on) in [("tables", &mut draft.contents.tables), ("figures", &mut draft.contents.figures)] {
        if let Some(switch) = group.switch(key) {
            *on = switch.value;
        }
    }
    let leaders = [
        ("dot", TabLeader::Dot),
        ("middle_dot", TabLeader::MiddleDot),
        ("line", TabLeader::Underscore),
        ("hyphen", TabLeader::Hyphen),
        ("none", TabLeader::None),
    ];
    if let Some(leader) = format::choice(reader, &mut group, "leader", &leaders) {
        draft.leader = leader;
    }
    group.finish();
}

/// The named styles; where each is spoken of.
fn read_roles(reader: &Reader<'_>, top: &mut Group<'_, '_>, draft: &mut Draft) -> Vec<Place> {
    let mut places = Vec::new();
    for (at, role) in roles::ROLES.iter().enumerate() {
        let mut group = top.group(role.key);
        places.push(group.place());
        let mark = match role.key {
            "header" => Some(&mut draft.header),
            "footer" => Some(&mut draft.footer),
            _ => None,
        };
        if let Some(style) = draft.sheet.paragraph_styles.get_mut(at) {
            format::read(reader, &mut group, mark.is_none(), style);
        }
        if let Some(mark) = mark {
            read_mark(reader, &mut group, mark);
        }
        let level = id::HEADINGS.iter().position(|id| *id == role.id);
        if let Some(level) = level
            && let Some(number) = group.text("number").and_then(|example| pattern(reader, example, level + 1))
        {
            draft.heading_numbers[level] = number;
        }
        read_official(reader, &mut group, role.id, &mut draft.official);
        if role.key == "figure"
            && let Some(number) = group.text("number").and_then(|example| pattern(reader, example, 1))
        {
            draft.figure_number = number;
        }
        group.finish();
    }
    // under all styles the default one's face and size, which readers take for a character's width
    if let Some(normal) = draft.sheet.paragraph_styles.first() {
        draft.sheet.default_character.apply(&normal.character);
    }
    places
}

/// What the head and the foot of an official document have beside their styles.
fn read_official(reader: &Reader<'_>, group: &mut Group<'_, '_>, id: &str, official: &mut OfficialDraft) {
    let lengths: &mut [(&'static str, &mut Length)] = match id {
        id::ISSUER => &mut [("top", &mut official.issuer_top)],
        id::DOCUMENT_NUMBER => &mut [("rule", &mut official.rule), ("rule_space", &mut official.rule_space)],
        id::IMPRINT => &mut [("rule", &mut official.imprint_rule), ("inner_rule", &mut official.imprint_inner_rule)],
        _ => &mut [],
    };
    for (key, length) in lengths {
        if let Some(found) = format::distance(reader, group, key) {
            **length = found;
        }
    }
    match id {
        id::DOCUMENT_NUMBER => {
            if let Some(color) = format::color(reader, group, "rule_color") {
                official.rule_color = color;
            }
        }
        id::IMPRINT => {
            if let Some(on) = group.switch("even_page") {
                official.even_page = on.value;
            }
        }
        _ => {}
    }
}

fn read_mark(reader: &Reader<'_>, group: &mut Group<'_, '_>, mark: &mut PageMark) {
    if let Some(text) = group.text("text") {
        for name in page_mark::unknown_fields(&text.value) {
            reader.report(problem::unknown_field(name, &text));
        }
        mark.text = text.value;
    }
    let sides = [
        ("left", Side::All(Align::Start)),
        ("center", Side::All(Align::Center)),
        ("right", Side::All(Align::End)),
        ("outside", Side::Outside),
    ];
    if let Some(side) = format::choice(reader, group, "align", &sides) {
        mark.side = side;
    }
    if let Some(indent) = format::indent(reader, group, "indent") {
        mark.indent = indent;
    }
    if let Some(width) = format::distance(reader, group, "rule") {
        let space = Length::pt(1.0);
        mark.rule = (width > Length::ZERO).then(|| Border { space, ..Border::single(width) });
    }
    if let Some(on) = group.switch("first_page") {
        mark.on_first_page = on.value;
    }
}

/// How something is numbered; `Some(None)`: not at all. An example has at most `depth` numerals.
fn pattern(reader: &Reader<'_>, example: Located<String>, depth: usize) -> Option<Option<NumberPattern>> {
    if example.value.is_empty() {
        return Some(None);
    }
    let read = |text: &str| NumberPattern::from_example(text).filter(|pattern| pattern.depth() <= depth);
    format::read_as(reader, Some(example), "\"一、\"、\"（一）\"、\"1.\"、\"①\"", read).map(Some)
}

fn check_area(reader: &Reader<'_>, place: Place, page: &PageSetup) {
    if page.text_width() < LEAST_AREA || page.text_height() < LEAST_AREA {
        reader.report(problem::area_too_small(place, page.text_width(), page.text_height()));
    }
}

/// Lines on an exact pitch below their size would lose the tops of their characters. Told once for the styles that have
/// it from one another.
fn check_pitches(reader: &Reader<'_>, places: &[Place], draft: &Draft) {
    let size_and_pitch = |style: ParagraphStyleId| {
        let format = draft.sheet.paragraph_format(&Paragraph { style, ..Default::default() });
        (draft.sheet.style_character_format(style).size, format.line_spacing)
    };
    for (at, (role, place)) in roles::ROLES.iter().zip(places).enumerate() {
        let style = ParagraphStyleId(at as u16);
        let own = size_and_pitch(style);
        let inherited = draft.sheet.paragraph_style(style).and_then(|style| style.based_on).map(size_and_pitch);
        if let (size, LineSpacing::Exact(pitch)) = own
            && pitch < size
            && inherited != Some(own)
        {
            reader.report(problem::pitch_below_size(place.clone(), role.key, pitch, size));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::document::Indent;
    use crate::style::Style;

    #[test]
    fn a_style_says_only_what_differs() {
        let source = "based_on = 'official'\n[typography]\njoint = 0.20\n[body]\nfont = '宋体'\nsize = '小四'\n\
            line_pitch = '22pt'\nfirst_line = '8mm'\n[heading2]\nnumber = '1.1　'\n[heading3]\nnumber = ''\n\
            [footer]\ntext = '第 {page} 页'\n[table]\nlook = 'three_line'\n";
        let style = Style::parse("styles/本校.toml", source).unwrap();
        let official = Style::carried("gongwen").unwrap();
        let body = style.sheet.find(id::BODY).unwrap();
        let format = style.sheet.paragraph_format(&Paragraph { style: body, ..Default::default() });
        assert_eq!(style.name, "本校");
        assert_eq!(style.sheet.typography.joint_em, 0.20);
        assert_eq!(format.line_spacing, LineSpacing::Exact(Length::pt(22.0)));
        assert_eq!(format.first_line, Indent::Length(Length::mm(8.0)));
        assert_eq!(&*style.sheet.style_character_format(body).east_asian_font, "宋体");
        assert_eq!(style.heading_numbers[1].as_ref().unwrap().write(&[2, 3]), "2.3　");
        assert_eq!(style.heading_numbers[2], None);
        assert_eq!(style.heading_numbers[0], official.heading_numbers[0]);
        assert!(style.footer.even.is_some(), "the outer edge is still official's");
        assert_eq!(style.table.borders.left, None);
        assert_eq!(style.page, official.page);
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let source = "based_on = 'gongwne'\n[page]\nsize = 'A6'\nmargin_left = '180mm'\nmargin_top = 37\n[body]\n\
            fond = '宋体'\nsize = '特号'\nline_pitch = '8pt'\n[heading1]\nnumber = '甲、'\n[footer]\n\
            text = '{seite}'\n[typography]\njoint = 3\n";
        let problems = Style::parse("a.toml", source).unwrap_err();
        let text: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
        assert_eq!(
            text.join("\n"),
            "错误：a.toml:1:12：没有带“gongwne”这个样式\n  办法：是不是“gongwen”？\n\
             错误：a.toml:2:1：版心只剩 2 × 246.2 毫米\n  办法：纸再大些，或页边距再小些\n\
             错误：a.toml:3:8：这里不能写“A6”\n  办法：可以写 A3、A4、A5、B5、16开、Letter\n\
             错误：a.toml:5:14：看不懂“37”\n  办法：写成 \"28pt\"、\"10mm\" 的样子\n\
             错误：a.toml:6:1：“body”的行距 8 磅小于字号 12 磅，字会被切掉\n  办法：行距最好不小于字号的 1.3 倍\n\
             错误：a.toml:7:1：没有“fond”这项设置\n  办法：是不是“font”？\n\
             错误：a.toml:8:8：看不懂“特号”\n  办法：写成 \"三号\"、\"16pt\" 的样子\n\
             错误：a.toml:11:10：看不懂“甲、”\n  办法：写成 \"一、\"、\"（一）\"、\"1.\"、\"①\" 的样子\n\
             错误：a.toml:13:8：没有“{seite}”这个域\n  办法：可以写 {page}、{pages}、{title}、{chapter}\n\
             错误：a.toml:15:9：joint 应在 0 和 1 之间\n  办法：Word 是 0.25，LibreOffice 是 0.20"
        );
    }

    #[test]
    fn a_landscape_page_is_wider_than_high() {
        let style = Style::parse("a.toml", "[page]\nlandscape = true").unwrap();
        assert!(style.page.width > style.page.height);
    }
}
