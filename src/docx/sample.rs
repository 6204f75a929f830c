//! A document with something of everything, for tests.

use std::sync::Arc;

use crate::document::*;

/// Styles as a report has them.
pub fn styles() -> StyleSheet {
    let exact = |pitch| Some(LineSpacing::Exact(Length::pt(pitch)));
    let normal = ParagraphStyle {
        id: "Normal".into(),
        name: "Normal".into(),
        paragraph: ParagraphFormat {
            align: Some(Align::Justify),
            line_spacing: exact(28.95),
            snap_to_grid: Some(false),
            ..Default::default()
        },
        character: CharacterFormat {
            latin_font: Some("Times New Roman".into()),
            east_asian_font: Some("仿宋_GB2312".into()),
            size: Some(Length::pt(16.0)),
            spacing: Some(Length::twips(-5)),
            ..Default::default()
        },
        ..Default::default()
    };
    let child = |id: &str, name: &str, paragraph, character| ParagraphStyle {
        id: id.into(),
        name: name.into(),
        based_on: Some(ParagraphStyleId(0)),
        next: Some(ParagraphStyleId(1)),
        paragraph,
        character,
    };
    let body = child(
        "BodyText",
        "Body Text",
        ParagraphFormat { first_line: Some(Indent::Chars(2.0)), ..Default::default() },
        CharacterFormat::default(),
    );
    let heading = child(
        "Heading1",
        "heading 1",
        ParagraphFormat { keep_next: Some(true), outline_level: Some(Some(0)), ..Default::default() },
        CharacterFormat { east_asian_font: Some("黑体".into()), ..Default::default() },
    );
    let mut table_text = child(
        "TableText",
        "Table Text",
        ParagraphFormat { line_spacing: exact(16.0), align: Some(Align::Center), ..Default::default() },
        CharacterFormat { size: Some(Length::pt(10.5)), spacing: Some(Length::ZERO), ..Default::default() },
    );
    table_text.based_on = Some(ParagraphStyleId(1));
    table_text.paragraph.first_line = Some(Indent::Length(Length::ZERO));
    let level = |format, text: &str| NumberingLevel {
        format,
        text: text.into(),
        indent_left: Indent::Chars(2.0),
        first_line: Indent::Chars(-2.0),
        ..Default::default()
    };
    StyleSheet {
        paragraph_styles: vec![normal, body, heading, table_text],
        numberings: vec![Numbering {
            levels: vec![level(NumberFormat::Decimal, "%1."), level(NumberFormat::Circled, "%2")],
            ..Numbering::default()
        }],
        ..Default::default()
    }
}

/// A paragraph in a style of [`styles`].
pub fn paragraph(style: u16, runs: Vec<Run>) -> Block {
    Block::Paragraph(Paragraph { style: ParagraphStyleId(style), runs, ..Default::default() })
}

/// A cell with a text.
pub fn cell(text: &str) -> Cell {
    Cell::of(vec![Block::Paragraph(Paragraph::text(ParagraphStyleId(3), text))])
}

/// A table of schools with a header row and a merged cell.
pub fn table() -> Table {
    let rule = Some(Border::single(Length::pt(0.5)));
    let row = |cells| TableRow { keep_whole: true, cells, ..Default::default() };
    let merged = |merge, text: &str| Cell { merge, ..cell(text) };
    Table {
        columns: vec![Length::mm(40.0), Length::mm(60.0), Length::mm(40.0)],
        align: Align::Center,
        borders: CellBorders {
            top: rule,
            bottom: rule,
            left: rule,
            right: rule,
            inside_horizontal: rule,
            inside_vertical: rule,
        },
        rows: vec![
            TableRow {
                header: true,
                height: Some(RowHeight::AtLeast(Length::mm(10.0))),
                cells: vec![Cell { shading: Color::from_hex("D9E2F3"), span: 2, ..cell("学校") }, cell("党员数")],
                ..Default::default()
            },
            row(vec![merged(VerticalMerge::Restart, "东区"), cell("第一中学"), cell("35")]),
            row(vec![merged(VerticalMerge::Continue, ""), cell("“实验”小学"), cell("21")]),
        ],
        description: "各校党员数".into(),
        ..Default::default()
    }
}

/// A PNG file of one white pixel.
pub fn pixel() -> Arc<Image> {
    let bytes = [
        137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58, 126,
        155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 248, 15, 0, 1, 1, 1, 0, 27, 182, 238, 86, 0, 0, 0, 0, 73,
        69, 78, 68, 174, 66, 96, 130,
    ];
    Arc::new(Image { format: ImageFormat::Png, bytes: bytes.to_vec().into(), width_px: 1, height_px: 1, drawing: None })
}

/// A document of some blocks on one page setup.
pub fn document(blocks: Vec<Block>) -> Document {
    Document {
        info: Info { title: "年度总结".into(), date: Some("2024-01-05".into()), ..Default::default() },
        styles: Arc::new(styles()),
        lists: vec![0, 0],
        sections: vec![Section { blocks, ..Default::default() }],
        sources: Vec::new(),
        notes: Vec::new(),
        note_separator: Vec::new(),
    }
}

/// A paragraph with a footnote, a link, a bookmark and fields that refer to it.
fn referring() -> Block {
    let bound = |bound| Run::of(Content::Bound(bound));
    let begin = |instruction: &str| bound(Bound::FieldBegin(instruction.into()));
    let linked = |link, text: &str| Run {
        format: CharacterFormat { link: Some(Some(link)), ..Default::default() }.into(),
        ..Run::text(text)
    };
    let raised = CharacterFormat { position: Some(VerticalPosition::Superscript), ..Default::default() };
    let runs = vec![
        Run::of(Content::Bookmark(Bookmark::Named("_Ref1".into()))),
        Run::text("表"),
        begin("SEQ 表 \\* ARABIC"),
        Run::text("1"),
        bound(Bound::FieldEnd),
        bound(Bound::BookmarkEnd("_Ref1".into())),
        Run { format: raised.clone().into(), ..Run::text("①") },
        Run { format: raised.into(), ..Run::of(Content::Note(0)) },
        Run::text("，见"),
        begin("REF _Ref1 \\h"),
        linked(Link::Bookmark("_Ref1".into()), "表1"),
        bound(Bound::FieldEnd),
        Run::text("和"),
        linked(Link::Address("https://example.com/?a=1&b=2".into()), "网址"),
        Run::of(Content::Field(Field::Count(Count::Page, Some(NumberFormat::UpperRoman)))),
    ];
    paragraph(1, runs)
}

/// Something of everything.
pub fn everything() -> Document {
    let run = |text: &str, format| Run { format, ..Run::text(text) };
    let picture = |description: &str| {
        Run::of(Content::from(Picture {
            crop: crate::document::Crop::NONE,
            image: pixel(),
            width: Length::mm(20.0),
            height: Length::mm(20.0),
            description: description.into(),
        }))
    };
    let item = |list, text: &str| {
        Block::Paragraph(Paragraph {
            format: ParagraphFormat { numbering: Some(Some(NumberingRef { list, level: 0 })), ..Default::default() }
                .into(),
            ..Paragraph::text(ParagraphStyleId(1), text)
        })
    };
    let rule = Border { space: Length::pt(1.0), line: BorderLine::Double, ..Border::single(Length::pt(0.75)) };
    let framed = Paragraph {
        format: ParagraphFormat {
            borders: Some(ParagraphBorders { bottom: Some(rule), ..Default::default() }),
            shading: Some(Color::from_hex("EEEEEE")),
            tabs: Some(vec![TabStop { at: Length::mm(100.0), align: TabAlign::End, leader: TabLeader::Dot }]),
            keep_lines: Some(true),
            page_break_before: Some(true),
            widow_control: Some(false),
            space_before: Some(Length::pt(6.0)),
            auto_space_digits: Some(false),
            kinsoku: Some(true),
            ..Default::default()
        }
        .into(),
        runs: vec![Run::text("目录"), Run::of(Content::Tab), Run::text("3")],
        ..Default::default()
    };
    let formats = CharacterFormat {
        bold: Some(true),
        italic: Some(false),
        underline: Some(Underline::Double),
        strike: Some(true),
        color: Color::from_hex("C00000"),
        shading: Some(None),
        position: Some(VerticalPosition::Superscript),
        emphasis_mark: Some(true),
        ..Default::default()
    };
    let page = |text: &str, field| paragraph(0, vec![Run::text(text), Run::of(Content::Field(field)), Run::text("—")]);
    let heading = Run::of(Content::Bookmark(Bookmark::Styled { style: 2, text: "一、总体情况".into() }));
    let mut document = document(vec![
        paragraph(2, vec![heading, Run::text("一、总体情况")]),
        paragraph(
            1,
            vec![
                run("截至2023年底，全市共有", Default::default()),
                run("“五好”", formats.into()),
                Run::text("党支部12个。"),
            ],
        ),
        item(0, "第一项"),
        item(1, "另一列表的第一项"),
        referring(),
        Block::Paragraph(framed),
        paragraph(0, vec![Run::text("甲"), Run::of(Content::LineBreak), Run::text("乙"), Run::of(Content::PageBreak)]),
        paragraph(0, vec![picture("图一：<各区>"), picture("图二")]),
        Block::from(table()),
        Block::from(table()),
    ]);
    let chapter = Field::Styled(StyledText { style: 2, last: false, shows: Shows::Text });
    document.sections[0].header.default = vec![page("市教育系统", Field::PageCount), page("", chapter)];
    let raised = CharacterFormat { position: Some(VerticalPosition::Superscript), ..Default::default() };
    document.notes = vec![vec![paragraph(0, vec![run("①", raised.into()), Run::text(" 年底数。")])]];
    document.sections[0].header.first = Some(Vec::new());
    let wide = PageSetup {
        width: Length::mm(297.0),
        height: Length::mm(210.0),
        grid: Some(DocumentGrid { line_pitch: Length::twips(579), character_spacing: Some(Length::twips(-4)) }),
        first_page_number: Some(1),
        ..Default::default()
    };
    let footer = HeaderFooter {
        default: vec![page("— ", Field::Page)],
        first: None,
        even: Some(vec![page("偶 ", Field::Page), paragraph(0, vec![picture("徽标")])]),
    };
    document.sections.push(Section { page: wide, footer, blocks: vec![item(0, "接着数")], ..Default::default() });
    document
}
