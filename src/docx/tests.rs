use std::io::{Cursor, Read};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::sample::{cell, document, everything, paragraph, table};
use super::{Writer, write};
use crate::document::*;

fn part(file: &[u8], path: &str) -> String {
    let mut text = String::new();
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    zip.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The content of the body, one paragraph, row or table a line.
fn body(document: &Document) -> String {
    let xml = part(&write(document).unwrap(), "word/document.xml");
    let (_, body) = xml.split_once("<w:body>").unwrap();
    let (body, _) = body.rsplit_once("<w:sectPr>").unwrap();
    let mut lines = body.to_owned();
    for end in
        ["</w:p>", "<w:p/>", "</w:tblPr>", "</w:tblGrid>", "</w:trPr>", "</w:tcPr>", "</w:tc>", "</w:tr>", "</w:tbl>"]
    {
        lines = lines.replace(end, &format!("{end}\n"));
    }
    lines
}

#[test]
fn a_small_document_reads_as_it_should() {
    let mut emphasised = Run::text("“五好”");
    emphasised.format = CharacterFormat { bold: Some(true), emphasis_mark: Some(true), ..Default::default() }.into();
    let document = document(vec![
        paragraph(2, vec![Run::text("一、总体情况")]),
        paragraph(1, vec![Run::text("共有"), emphasised, Run::text("支部"), Run::text("12个。")]),
    ]);
    assert_eq!(
        body(&document),
        r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">一、总体情况</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t xml:space="preserve">共有</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hint="eastAsia" /><w:b /><w:bCs /><w:em w:val="dot"/></w:rPr><w:t xml:space="preserve">“五好”</w:t></w:r><w:r><w:t xml:space="preserve">支部12个。</w:t></w:r></w:p>
"#
    );
}

#[test]
fn a_table_has_fixed_columns_a_repeated_header_and_merged_cells() {
    let mut table = table();
    table.rows.pop();
    table.rows[1].cells.truncate(2);
    table.columns.pop();
    table.rows[0].cells.pop();
    has_in_order(
        &body(&document(vec![Block::from(table)])),
        &[
            r#"<w:tblW w:w="5670" w:type="dxa" /><w:jc w:val="center" /><w:tblInd w:w="0" w:type="dxa" /><w:tblBorders>"#,
            r#"<w:tblLayout w:type="fixed" /><w:tblCellMar>"#,
            r#"</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1""#,
            r#"<w:tblDescription w:val="各校党员数"/></w:tblPr>"#,
            r#"<w:tblGrid><w:gridCol w:w="2268"/><w:gridCol w:w="3402"/></w:tblGrid>"#,
            r#"<w:trPr><w:tblHeader/><w:trHeight w:val="567" w:hRule="atLeast" /></w:trPr>"#,
            r#"<w:tc><w:tcPr><w:tcW w:w="5670" w:type="dxa" /><w:gridSpan w:val="2" /><w:shd"#,
            r#"<w:trPr><w:cantSplit /></w:trPr>"#,
            r#"<w:vMerge w:val="restart" /><w:vAlign w:val="center" /></w:tcPr>"#,
        ],
    );
}

/// Each of the pieces is there, in order.
fn has_in_order(text: &str, pieces: &[&str]) {
    let mut rest = text;
    for piece in pieces {
        let (_, after) = rest.split_once(piece).unwrap_or_else(|| panic!("{piece}\nis not in\n{rest}"));
        rest = after;
    }
}

#[test]
fn styles_say_indents_in_characters_and_in_twips_and_undo_their_ancestors() {
    let styles = part(&write(&document(Vec::new())).unwrap(), "word/styles.xml");
    has_in_order(
        &styles,
        &[
            r#"<w:lang w:val="en-US" w:eastAsia="zh-CN""#,
            r#"<w:style w:default="1" w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal" />"#,
            r#"<w:overflowPunct w:val="1"/><w:snapToGrid w:val="0"/><w:spacing w:line="579" w:lineRule="exact" /><w:jc w:val="both" />"#,
            r#"<w:spacing w:val="-5" /><w:sz w:val="32" />"#,
            r#"w:styleId="BodyText"><w:name w:val="Body Text" /><w:basedOn w:val="Normal" /><w:next w:val="BodyText" />"#,
            r#"w:firstLineChars="200" w:firstLine="640"/>"#,
            r#"<w:name w:val="heading 1" />"#,
            r#"<w:keepNext/><w:outlineLvl w:val="0" /></w:pPr>"#,
            r#"w:styleId="TableText">"#,
            r#"w:firstLineChars="0" w:firstLine="0"/>"#,
        ],
    );
}

#[test]
fn an_indent_in_characters_follows_the_size_of_a_style_that_inherits_it() {
    let mut document = document(Vec::new());
    let mut styles = super::sample::styles();
    styles.paragraph_styles[3].paragraph.first_line = None;
    document.styles = styles.into();
    let styles = part(&write(&document).unwrap(), "word/styles.xml");
    has_in_order(&styles, &[r#"w:styleId="TableText">"#, r#"w:firstLineChars="200" w:firstLine="420"/>"#]);
}

#[test]
fn settings_leave_readers_nothing_to_decide() {
    let settings = part(&write(&everything()).unwrap(), "word/settings.xml");
    has_in_order(
        &settings,
        &[
            r#"<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>"#,
            r#"<w:noLineBreaksAfter w:lang="zh-CN" w:val="$([{£¥"#,
            r#"<w:noLineBreaksBefore w:lang="zh-CN" w:val="!%),.:;&gt;?]}"#,
            r#"w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>"#,
        ],
    );
}

#[test]
fn a_new_list_counts_anew() {
    let numbering = part(&write(&everything()).unwrap(), "word/numbering.xml");
    has_in_order(
        &numbering,
        &[
            r#"<w:abstractNum w:abstractNumId="0""#,
            r#"<w:numFmt w:val="decimal" />"#,
            r#"<w:numFmt w:val="decimalEnclosedCircleChinese" />"#,
            r#"<w:num w:numId="1"><w:abstractNumId w:val="0" /><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1" />"#,
            r#"<w:num w:numId="2"><w:abstractNumId w:val="0" />"#,
        ],
    );
    let body = body(&everything());
    has_in_order(&body, &[r#"<w:numPr><w:ilvl w:val="0" /><w:numId w:val="2" /></w:numPr>"#]);
    has_in_order(&body, &[r#"w:leftChars="200" w:left="640" w:right="0" w:hangingChars="200" w:hanging="640"/>"#]);
}

#[test]
fn equal_pictures_are_in_the_file_once_and_drawings_have_numbers_of_their_own() {
    let file = write(&everything()).unwrap();
    let names = |folder: &str| {
        let zip = ZipArchive::new(Cursor::new(&file)).unwrap();
        let names = zip.file_names().map(|name| name.unwrap().into_owned());
        names.filter(|name| name.starts_with(folder)).collect::<Vec<_>>()
    };
    assert_eq!(names("word/media/"), ["word/media/image1.png"]);
    let body = part(&file, "word/document.xml");
    has_in_order(
        &body,
        &[
            r#"<wp:docPr id="1" name="图片 1" descr="图一：&lt;各区&gt;"/>"#,
            r#"<wp:docPr id="2" name="图片 2" descr="图二"/>"#,
        ],
    );
    let footers: String = names("word/footer").iter().map(|name| part(&file, name)).collect();
    assert!(footers.contains(r#"<wp:docPr id="3" name="图片 3" descr="徽标"/>"#));
}

#[test]
fn every_section_names_each_kind_of_header_and_footer_that_can_show() {
    let xml = part(&write(&everything()).unwrap(), "word/document.xml");
    let kinds: Vec<Vec<&str>> = xml
        .split("<w:sectPr>")
        .skip(1)
        .map(|section| {
            section.split("Reference w:type=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect()
        })
        .collect();
    assert_eq!(
        kinds,
        [vec!["default", "first", "even", "default", "first", "even"], vec!["default", "even", "default", "even"]]
    );
    has_in_order(
        &xml,
        &[
            "<w:titlePg />",
            r#"w:orient="landscape""#,
            r#"<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-819" />"#,
        ],
    );
    assert_eq!(xml.matches("<w:docGrid").count(), 1);
}

#[test]
fn the_table_of_faces_gives_each_face_its_other_name() {
    let fonts = part(&write(&everything()).unwrap(), "word/fontTable.xml");
    has_in_order(&fonts, &[r#"<w:font w:name="Times New Roman"><w:charset w:val="00"/>"#]);
    has_in_order(&fonts, &[r#"<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/><w:charset w:val="86"/>"#]);
    has_in_order(&fonts, &[r#"<w:font w:name="黑体"><w:altName w:val="SimHei"/>"#]);
}

#[test]
fn equal_documents_give_equal_bytes() {
    let first = write(&everything()).unwrap();
    write(&document(vec![Block::from(table())])).unwrap();
    assert_eq!(first, write(&everything()).unwrap());
}

#[test]
fn a_table_that_no_word_processor_opens_is_a_problem() {
    let row = TableRow { cells: (0..64).map(|_| cell("格")).collect(), ..Default::default() };
    let wide = Table { columns: vec![Length::mm(2.0); 64], rows: vec![row], ..Default::default() };
    assert_eq!(write(&document(vec![Block::from(wide)])).unwrap_err().code, "docx.too-many-columns");

    let deep = (0..40).fold(Block::from(table()), |inner, _| {
        let row = TableRow { cells: vec![Cell::of(vec![inner])], ..Default::default() };
        Block::from(Table { columns: vec![Length::mm(100.0)], rows: vec![row], ..Default::default() })
    });
    assert_eq!(write(&document(vec![deep])).unwrap_err().code, "docx.nested-too-deep");
}

#[test]
fn odd_values_are_brought_within_what_readers_accept() {
    let mut document = everything();
    let far = Length::emu(i64::MAX / 4);
    document.sections[0].page.width = far;
    document.sections[0].page.margin_left = -far;
    document.lists.clear(); // list items without a list
    let paragraph = Paragraph {
        style: ParagraphStyleId(999),
        format: ParagraphFormat {
            first_line: Some(Indent::Chars(f64::INFINITY)),
            indent_left: Some(Indent::Chars(f64::NAN)),
            line_spacing: Some(LineSpacing::Multiple(-1.0)),
            outline_level: Some(Some(200)),
            ..Default::default()
        }
        .into(),
        runs: vec![Run {
            format: CharacterFormat { size: Some(far), ..Default::default() }.into(), ..Run::text("大")
        }],
        ..Default::default()
    };
    document.sections[0].blocks.push(Block::Paragraph(paragraph));
    let xml = part(&write(&document).unwrap(), "word/document.xml");
    assert!(!xml.contains("NaN") && !xml.contains("inf") && xml.contains(r#"<w:sz w:val="3276" />"#), "{xml}");
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}

fn text_of(blocks: &[Block]) -> String {
    let of_table = |table: &Table| {
        table.rows.iter().flat_map(|row| &row.cells).map(|cell| text_of(&cell.blocks)).collect::<String>()
    };
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => shown(&paragraph.plain_text()),
            Block::Table(table) => of_table(table),
        })
        .collect()
}

/// The text of a part as an XML reader that knows nothing of us finds it.
fn text_in(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut in_text) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => in_text = element.name().as_ref() == "w:t",
            Event::End(_) => in_text = false,
            Event::Text(part) if in_text => text.push_str(&part),
            Event::GeneralRef(name) if in_text => text.push_str(match &*name {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("{other}"),
            }),
            Event::Eof => return text,
            _ => {}
        }
    }
}

/// Readers differ in how high the rule above footnotes and how large a raised number is, so both are told in figures.
#[test]
fn the_rule_above_notes_has_its_height_in_figures_and_their_numbers_their_style() {
    let bytes = write(&everything()).unwrap();
    let notes = part(&bytes, "word/footnotes.xml");
    assert_eq!(notes.matches("w:line=\"124\" w:lineRule=\"exact\"").count(), 2, "{notes}");
    let number =
        [r#"<w:rStyle w:val="FootnoteReference"/>"#, r#"<w:vertAlign w:val="superscript" />"#, "<w:footnoteRef/>"];
    has_in_order(&notes, &number);
    assert!(part(&bytes, "word/styles.xml").contains("<w:name w:val=\"footnote reference\"/>"));
}

/// A footer's fields are lost to LibreOffice where its section ends within the field of contents.
#[test]
fn a_section_of_contents_ends_behind_their_field() {
    let bound = |bound| Run::of(Content::Bound(bound));
    let entry = vec![bound(Bound::FieldBegin("TOC".into())), Run::text("一"), bound(Bound::FieldEnd)];
    let contents = Paragraph { runs: entry, ..Paragraph::default() };
    let mut document = document(vec![Block::Paragraph(contents)]);
    document.sections.push(document.sections[0].clone());
    let xml = part(&write(&document).unwrap(), "word/document.xml");
    has_in_order(&xml, &[r#"w:fldCharType="end""#, "</w:p>", "<w:p>", "<w:sectPr>", "<w:p>", r#"w:fldCharType="end""#]);
    assert_eq!(xml.matches("<w:p>").count(), 3, "none at the document's end: {xml}");
}

fn any_run() -> impl Strategy<Value = Run> {
    let text = prop_oneof![
        any::<String>(),
        "[一-龥“”—，。 a-z0-9<&>\"']{0,12}",
        prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
    ];
    (text, any::<Option<bool>>(), any::<Option<bool>>(), prop::option::of(-40..40i32)).prop_map(
        |(text, bold, emphasis_mark, spacing)| {
            let spacing = spacing.map(Length::twips);
            Run {
                format: CharacterFormat { bold, emphasis_mark, spacing, ..Default::default() }.into(),
                ..Run::text(text)
            }
        },
    )
}

fn any_paragraph() -> impl Strategy<Value = Block> {
    let indent = prop::option::of(prop_oneof![
        any::<i32>().prop_map(|twips| Indent::Length(Length::twips(twips))),
        (-10.0..10.0).prop_map(Indent::Chars),
    ]);
    (
        prop::collection::vec(any_run(), 0..4),
        0..6u16,
        any::<Option<bool>>(),
        indent,
        prop::option::of((0..3usize, 0..9u8)),
    )
        .prop_map(|(runs, style, keep_next, first_line, item)| {
            let numbering = item.map(|(list, level)| Some(NumberingRef { list, level }));
            let format = ParagraphFormat { keep_next, first_line, numbering, ..Default::default() };
            Block::Paragraph(Paragraph {
                style: ParagraphStyleId(style),
                format: format.into(),
                runs,
                ..Default::default()
            })
        })
}

fn any_block() -> impl Strategy<Value = Block> {
    any_paragraph().prop_recursive(2, 12, 4, |inner| {
        let cell = (prop::collection::vec(inner, 0..3), 0..3usize)
            .prop_map(|(blocks, span)| Cell { span, ..Cell::of(blocks) });
        let row = (prop::collection::vec(cell, 0..4), any::<bool>(), any::<bool>())
            .prop_map(|(cells, header, keep_whole)| TableRow { header, keep_whole, cells, height: None });
        (prop::collection::vec(row, 0..4), 0..4usize).prop_map(|(rows, columns)| {
            Block::from(Table { columns: vec![Length::mm(30.0); columns], rows, ..Default::default() })
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_text_comes_back_and_nothing_else(blocks in prop::collection::vec(any_block(), 0..5)) {
        let document = document(blocks);
        let xml = part(&write(&document).unwrap(), "word/document.xml");
        prop_assert_eq!(text_in(&xml), text_of(&document.sections[0].blocks).replace(['\t', '\n'], ""));
    }
}

#[test]
fn files_of_one_writer_are_those_that_are_written_alone() {
    let mut other = everything();
    std::sync::Arc::make_mut(&mut other.styles).default_character.bold = Some(true);
    other.info.title = "另一份".into();
    let writer = Writer::default();
    for document in [&everything(), &other, &everything(), &other] {
        assert_eq!(writer.write(document).unwrap().into_vec(), write(document).unwrap());
    }
}
