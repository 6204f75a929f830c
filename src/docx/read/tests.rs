//! What is written is read back as the same document.

use std::sync::Arc;

use proptest::prelude::*;

use super::super::sample;
use super::super::share::Share;
use super::super::write;
use super::read;
use crate::document::*;

fn read_back(document: &Document) -> Document {
    let (read, warnings) = read("a.docx", &write(document).unwrap()).unwrap();
    assert_eq!(warnings, []);
    read
}

/// Everything of a paragraph that a reader sees, each character with its look.
fn shown(document: &Document, paragraph: &Paragraph) -> String {
    let sheet = &document.styles;
    let format = sheet.paragraph_format(paragraph);
    let size = sheet.style_character_format(paragraph.style).size;
    // an item is written with the indents of its list
    let item = format.numbering.is_some();
    let twips = |indent: Indent| if item { 0 } else { indent.at_size(size).to_twips() };
    let tabs: Vec<_> = format.tabs.iter().map(|stop| (stop.at.to_twips(), stop.align, stop.leader)).collect();
    let mut shown = format!(
        "{:?} {} {} {} {} {} {:?} {}{}{}{} {:?} {:?} {:?}|",
        format.align,
        twips(format.indent_left),
        twips(format.indent_right),
        twips(format.first_line),
        format.space_before.to_twips(),
        format.space_after.to_twips(),
        format.line_spacing,
        format.keep_next,
        format.keep_lines,
        format.page_break_before,
        format.widow_control,
        format.outline_level,
        tabs,
        format.shading,
    );
    for run in &paragraph.runs {
        let look = sheet.character_format(paragraph, run);
        // the number of a note is written with its size and height
        let (size, rise) = look.position.of(look.size);
        let look = format!(
            "{}{}{:?}{}{}{}{:?}",
            look.bold,
            look.italic,
            look.underline,
            look.strike,
            (rise + look.rise).to_pt(),
            size.to_pt(),
            look.color
        );
        match &run.content {
            Content::Text(text) => text.chars().for_each(|c| shown += &format!("{c}{look} ")),
            Content::Picture(picture) => {
                shown += &format!("picture {} {}", picture.width.to_emu(), picture.description)
            }
            Content::Bookmark(Bookmark::Styled { text, .. }) => shown += &format!("[{text}]"),
            // what a field shows is read, not where it begins and ends
            Content::Bound(_) => {}
            other => shown += &format!("{other:?}"),
        }
    }
    shown
}

fn all(document: &Document, blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(shown(document, paragraph)),
            Block::Table(table) => {
                let columns: Vec<i32> = table.columns.iter().map(|column| column.to_twips()).collect();
                lines.push(format!("table {columns:?} {:?} {}", table.align, table.description));
                for row in &table.rows {
                    let height = row.height.map(|height| match height {
                        RowHeight::Exact(height) => (true, height.to_twips()),
                        RowHeight::AtLeast(height) => (false, height.to_twips()),
                    });
                    lines.push(format!("row {} {} {height:?}", row.header, row.keep_whole));
                    for cell in &row.cells {
                        let look = (cell.span, cell.merge, cell.shading, cell.vertical_align);
                        lines.push(format!("cell {look:?}"));
                        lines.extend(all(document, &cell.blocks));
                    }
                }
            }
        }
    }
    lines
}

fn body(document: &Document) -> Vec<String> {
    document.sections.iter().flat_map(|section| all(document, &section.blocks)).collect()
}

#[test]
fn something_of_everything_is_read_as_it_was_written() {
    let document = sample::everything();
    let again = read_back(&document);
    assert_eq!(again.sections.len(), document.sections.len());
    for (one, other) in document.sections.iter().zip(&again.sections) {
        assert_eq!(one.page.width.to_twips(), other.page.width.to_twips());
        let grid = |page: &PageSetup| {
            page.grid.map(|grid| (grid.line_pitch.to_twips(), grid.character_spacing.map(Length::to_twips)))
        };
        assert_eq!(grid(&one.page), grid(&other.page));
        assert_eq!(one.page.first_page_number, other.page.first_page_number);
        let header = |section: &Section| section.header.default.iter().filter(|block| is_text(block)).count();
        assert_eq!(header(one), header(other));
    }
    // what the format asks for between and after tables is not of the document
    let written =
        |lines: Vec<String>| -> Vec<String> { lines.into_iter().filter(|line| !line.ends_with('|')).collect() };
    assert_eq!(written(body(&document)), written(body(&again)));
    assert_eq!((again.info.title, again.info.date), (document.info.title, document.info.date));
}

#[test]
fn list_items_are_read_with_their_lists() {
    let again = read_back(&sample::everything());
    let items: Vec<NumberingRef> = again.sections[0]
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.format.numbering.flatten(),
            Block::Table(_) => None,
        })
        .collect();
    assert_eq!(items.len(), 2);
    assert_ne!(items[0].list, items[1].list, "another list counts anew");
    let definition = &again.styles.numberings[again.lists[items[0].list]];
    assert_eq!((definition.levels[0].text.as_str(), definition.levels[1].format), ("%1.", NumberFormat::Circled));
}

fn run() -> impl Strategy<Value = Run> {
    let bold = prop::option::of(any::<bool>());
    let size = prop::option::of(10u8..60);
    ("[党建工作a-z0-9，。“”（） ]{1,12}", bold, size, any::<bool>()).prop_map(|(text, bold, size, red)| Run {
        format: CharacterFormat {
            bold,
            size: size.map(|half_points| Length::pt(f64::from(half_points) / 2.0)),
            color: red.then_some(Color { red: 192, green: 0, blue: 0 }),
            ..Default::default()
        }
        .into(),
        ..Run::text(text)
    })
}

fn paragraph() -> impl Strategy<Value = Block> {
    let align =
        prop::option::of(prop::sample::select(vec![Align::Start, Align::Center, Align::End, Align::Distribute]));
    (
        0u16..4,
        align,
        prop::option::of(0i32..400),
        prop::option::of(-3.0f64..3.0),
        any::<bool>(),
        prop::collection::vec(run(), 1..4),
    )
        .prop_map(|(style, align, before, first, keep, runs)| {
            Block::Paragraph(Paragraph {
                style: ParagraphStyleId(style),
                format: ParagraphFormat {
                    align,
                    space_before: before.map(Length::twips),
                    first_line: first.map(|chars| Indent::Chars((chars * 2.0).round() / 2.0)),
                    keep_next: keep.then_some(true),
                    ..Default::default()
                }
                .into(),
                runs,
                ..Default::default()
            })
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn paragraphs_are_read_as_they_were_written(blocks in prop::collection::vec(paragraph(), 1..6)) {
        let document = sample::document(blocks);
        let again = read_back(&document);
        prop_assert_eq!(body(&document), body(&again));
    }

    #[test]
    fn no_bytes_make_the_reader_fall(at in 0usize..4000, byte in any::<u8>(), cut in 0usize..4000) {
        let mut bytes = write(&sample::everything()).unwrap();
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % 200);
        let _ = read("a.docx", &bytes);
    }
}

/// A document whose body is the given XML, without styles and settings.
fn of_body(xml: &str) -> (Document, Vec<crate::diagnostic::Diagnostic>) {
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let part = format!("<w:document xmlns:w=\"{word}\"><w:body>{xml}</w:body></w:document>");
    let share = Share::default();
    let mut package = super::super::package::Package::new(&share);
    package.add_word("document.xml", "document.main", part.into_bytes());
    read("a.docx", &package.pack().unwrap().into_vec()).unwrap()
}

fn texts(document: &Document) -> Vec<String> {
    let paragraphs = document.sections[0].blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.plain_text()),
        Block::Table(_) => None,
    });
    paragraphs.collect()
}

#[test]
fn a_second_body_is_read_as_well() {
    let body = "<w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body><w:body><w:p><w:r><w:t>乙</w:t></w:r></w:p>";
    assert_eq!(texts(&of_body(body).0), ["甲", "乙"]);
}

#[test]
fn what_was_deleted_or_hidden_is_not_read_and_what_was_inserted_is() {
    let xml = "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>\
               <w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>";
    assert_eq!(texts(&of_body(xml).0), ["新"]);
}

#[test]
fn a_page_number_is_a_field_and_a_reference_shows_its_last_result() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>{result}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    let (document, _) = of_body(&format!("<w:p>{}{}</w:p>", field(" PAGE ", "7"), field("REF x", "第3条")));
    let Block::Paragraph(paragraph) = &document.sections[0].blocks[0] else { panic!("no paragraph") };
    let contents: Vec<&Content> = paragraph.runs.iter().map(|run| &run.content).collect();
    assert_eq!(contents, [&Content::Field(Field::Page), &Content::Text("第3条".into())]);
}

#[test]
fn links_know_where_they_lead_and_bookmarks_where_they_stand() {
    let xml = "<w:bookmarkStart w:id='1' w:name='总则'/><w:p><w:r><w:t>一</w:t></w:r></w:p>\
               <w:p><w:hyperlink w:anchor='总则'><w:r><w:t>见</w:t></w:r></w:hyperlink>\
               <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK \"https://x.cn\"</w:instrText></w:r>\
               <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>网</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/>\
               </w:r><w:r><w:t>址</w:t></w:r><w:bookmarkStart w:id='2' w:name='_GoBack'/></w:p>";
    let (document, _) = of_body(xml);
    let [Block::Paragraph(first), Block::Paragraph(second)] = document.sections[0].blocks.as_slice() else {
        panic!("two paragraphs")
    };
    assert_eq!(first.runs[0].content, Content::Bookmark(Bookmark::Named("总则".into())));
    let links: Vec<_> = second.runs.iter().map(|run| run.format.link.clone().flatten()).collect();
    assert_eq!(links, [Some(Link::Bookmark("总则".into())), Some(Link::Address("https://x.cn".into())), None]);
}

#[test]
fn what_is_not_shown_is_told_with_its_place() {
    let (_, warnings) = of_body("<w:p><w:r><w:t>见下图</w:t></w:r><w:r><w:object/></w:r></w:p>");
    let told: Vec<&str> = warnings.iter().map(|warning| warning.message.zh.as_str()).collect();
    assert_eq!(told, ["正文里“见下图”处的嵌入的对象没有画出来"]);
}

#[test]
fn a_frame_stands_beside_the_paragraph_that_follows() {
    let xml = "<w:p><w:pPr><w:framePr w:dropCap='drop' w:lines='2' w:wrap='around' w:vAnchor='text' w:hAnchor='text'/>\
               </w:pPr><w:r><w:t>党</w:t></w:r></w:p><w:p><w:r><w:t>建工作</w:t></w:r></w:p>";
    let (document, _) = of_body(xml);
    assert_eq!(texts(&document), ["建工作"]);
    let Block::Paragraph(paragraph) = &document.sections[0].blocks[0] else { panic!("no paragraph") };
    assert!(matches!(&paragraph.runs[0].content, Content::Float(float) if float.wrap == Wrap::Square));
}

#[test]
fn merged_cells_and_a_table_style_are_read() {
    let xml = "<w:tbl><w:tblGrid><w:gridCol w:w='1000'/><w:gridCol w:w='2000'/></w:tblGrid>\
               <w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>\
               <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>\
               <w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>";
    let (document, _) = of_body(xml);
    let Block::Table(table) = &document.sections[0].blocks[0] else { panic!("no table") };
    let look: Vec<Vec<(usize, VerticalMerge)>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| (cell.span, cell.merge)).collect()).collect();
    use VerticalMerge::{Continue, None, Restart};
    assert_eq!(look, [vec![(1, Restart), (1, None)], vec![(1, Continue), (1, None)], vec![(2, None)]]);
    assert_eq!(table.columns.iter().map(|column| column.to_twips()).collect::<Vec<_>>(), [1000, 2000]);
    assert_eq!(Arc::strong_count(&document.styles), 1);
}

fn is_text(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if !paragraph.runs.is_empty())
}

#[test]
fn a_footnote_that_is_referred_to_many_times_is_one_note() {
    let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let reference = "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let note =
        "<w:footnote w:id=\"2\"><w:p><w:r><w:t>注</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:footnote>";
    let share = Share::default();
    let mut package = super::super::package::Package::new(&share);
    let part = format!("<w:document {word}><w:body>{}</w:body></w:document>", reference.repeat(3));
    package.add_word("document.xml", "document.main", part.into_bytes());
    package.add_word("footnotes.xml", "footnotes", format!("<w:footnotes {word}>{note}</w:footnotes>").into_bytes());
    let relation =
        super::super::package::Relation { id: "rId1".into(), kind: "footnotes", target: "footnotes.xml".into() };
    package.add_relations("word/_rels/document.xml.rels", &[relation]);
    let (document, _) = read("a.docx", &package.pack().unwrap().into_vec()).unwrap();
    assert_eq!(document.notes.len(), 1);
    let referred = body(&document).iter().filter(|line| line.contains("Note")).count();
    assert_eq!(referred, 3, "{:?}", body(&document));
}

/// A package of the main part and others that it points to: kind, content.
fn of_parts(body: &str, parts: &[(&'static str, &str)]) -> (Document, Vec<crate::diagnostic::Diagnostic>) {
    use super::super::package::{Package, Relation};
    let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let share = Share::default();
    let mut package = Package::new(&share);
    let main = format!("<w:document {word}><w:body>{body}</w:body></w:document>");
    package.add_word("document.xml", "document.main", main.into_bytes());
    let mut relations = Vec::new();
    for (at, (kind, part)) in parts.iter().enumerate() {
        let target = format!("{kind}.xml");
        package.add_word(&target, kind, part.replacen('>', &format!(" {word}>"), 1).into_bytes());
        relations.push(Relation { id: format!("rId{}", at + 1), kind, target });
    }
    package.add_relations("word/_rels/document.xml.rels", &relations);
    read("a.docx", &package.pack().unwrap().into_vec()).unwrap()
}

#[test]
fn a_paragraph_whose_mark_was_deleted_is_one_with_the_next_and_a_deleted_row_is_gone() {
    let deleted = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>";
    let xml = format!(
        "<w:p>{deleted}<w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:trPr><w:del w:id='2'/></w:trPr><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>\
         <w:p>{deleted}<w:r><w:t>丙</w:t></w:r></w:p>"
    );
    let (document, _) = of_body(&xml);
    assert_eq!(texts(&document), ["甲乙", "丙"]);
    let rows = document.sections[0].blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table.rows.len()),
        Block::Paragraph(_) => None,
    });
    assert_eq!(rows.collect::<Vec<_>>(), [1]);
}

#[test]
fn tabs_by_the_page_go_to_its_middle_and_end_whatever_stops_the_paragraph_has() {
    let xml = "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='300'/></w:tabs></w:pPr><w:r><w:ptab w:relativeTo='margin' \
               w:alignment='center' w:leader='none'/></w:r><w:r><w:t>中</w:t></w:r><w:r><w:ptab w:relativeTo='margin' \
               w:alignment='right' w:leader='dot'/></w:r></w:p><w:sectPr><w:pgSz w:w='10000' w:h='9000'/>\
               <w:pgMar w:left='1000' w:right='1000'/></w:sectPr>";
    let (document, _) = of_body(xml);
    let Block::Paragraph(paragraph) = &document.sections[0].blocks[0] else { panic!("no paragraph") };
    let stops = paragraph.format.tabs.clone().unwrap();
    let stops: Vec<_> = stops.iter().map(|stop| (stop.at.to_twips(), stop.align, stop.leader)).collect();
    let by_page = [(4000, TabAlign::Center, TabLeader::None), (8000, TabAlign::End, TabLeader::Dot)];
    assert!(stops.ends_with(&by_page), "{stops:?}");
}

#[test]
fn boxes_to_tick_and_signs_in_circles_are_shown() {
    let field = |inside: &str| {
        format!("<w:r><w:fldChar w:fldCharType='begin'>{inside}<w:r><w:fldChar w:fldCharType='end'/></w:r>")
    };
    let ticked = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>\
                  <w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>";
    let circled = "</w:fldChar></w:r><w:r><w:instrText> eq \\o\\ac(○,</w:instrText></w:r>\
                   <w:r><w:instrText>2</w:instrText></w:r><w:r><w:instrText>) </w:instrText></w:r>";
    let (document, warnings) = of_body(&format!("<w:p>{}{}</w:p>", field(ticked), field(circled)));
    assert_eq!((texts(&document), warnings), (vec!["☒②".to_owned()], Vec::new()));
}

#[test]
fn everything_that_is_not_shown_is_told_by_its_place() {
    let body = "<w:p><w:pPr><w:pStyle w:val='a'/><w:textAlignment w:val='top'/></w:pPr><w:r><w:rPr><w:shadow/></w:rPr>\
                <w:t>重点</w:t></w:r><w:r><w:commentReference w:id='1'/></w:r><w:r><w:contentPart/></w:r></w:p>\
                <w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>同样</w:t></w:r></w:p>\
                <w:tbl><w:tblPr><w:bidiVisual/></w:tblPr><w:tr><w:tc><w:tcPr><w:tcFitText/></w:tcPr><w:p><w:r><w:t>格</w:t></w:r>\
                </w:p></w:tc></w:tr></w:tbl><w:subDoc/><w:sectPr><w:rtlGutter/></w:sectPr>";
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='a'><w:name w:val='标题甲'/><w:basedOn w:val='b'/></w:style>\
                  <w:style w:type='paragraph' w:styleId='b'><w:name w:val='乙'/><w:rPr><w:emboss/></w:rPr></w:style>\
                  <w:style w:type='paragraph' w:styleId='c'><w:name w:val='未用'/><w:rPr><w:imprint/></w:rPr></w:style></w:styles>";
    let (_, warnings) =
        of_parts(body, &[("styles", styles), ("settings", "<w:settings><w:mirrorMargins/></w:settings>")]);
    let told: Vec<&str> = warnings.iter().map(|warning| warning.message.zh.as_str()).collect();
    let all = [
        "文档的设置里的对称页边距没有画出来",
        "节的版面里的右侧的装订线没有画出来",
        "样式“乙”里的文字的阳文效果没有画出来",
        "正文里“重点”处的行内文字的垂直对齐没有画出来",
        "正文里“重点”处的文字的阴影没有画出来",
        "正文里“重点”处的批注没有画出来",
        "正文里“重点”处的墨迹没有画出来",
        "正文里“格”处的表格从右到左的列序没有画出来",
        "正文里“格”处的单元格的“适应文字”没有画出来",
        "正文里的子文档没有画出来",
    ];
    assert_eq!(told, all);
}

#[test]
fn footnotes_count_anew_in_a_section_that_says_so() {
    let reference = |id: u32| format!("<w:r><w:footnoteReference w:id='{id}'/></w:r>");
    let section = "<w:sectPr><w:footnotePr><w:numFmt w:val='upperLetter'/><w:numRestart w:val='eachSect'/></w:footnotePr></w:sectPr>";
    let body = format!(
        "<w:p>{}</w:p><w:p><w:pPr>{section}</w:pPr>{}</w:p><w:p>{}</w:p>{section}",
        reference(1),
        reference(2),
        reference(3)
    );
    let notes: String = (1..=3).map(|id| format!("<w:footnote w:id='{id}'><w:p/></w:footnote>")).collect();
    let (document, _) = of_parts(&body, &[("footnotes", &format!("<w:footnotes>{notes}</w:footnotes>"))]);
    let shown: Vec<String> = document
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter_map(|block| if let Block::Paragraph(paragraph) = block { Some(paragraph.plain_text()) } else { None })
        .collect();
    assert_eq!(shown, ["A", "B", "A"]);
}

#[test]
fn lines_of_a_cell_run_down_where_its_row_is_given_a_height() {
    let cell = |direction: &str| format!("<w:tc><w:tcPr><w:textDirection w:val='{direction}'/></w:tcPr><w:p/></w:tc>");
    let cells = cell("tbRlV") + &cell("tbRl") + &cell("lrTb");
    let given = format!("<w:tbl><w:tr><w:trPr><w:trHeight w:val='900'/></w:trPr>{cells}</w:tr></w:tbl>");
    let (document, warnings) = of_body(&given);
    assert_eq!(warnings, []);
    let Block::Table(table) = &document.sections[0].blocks[0] else { panic!("no table") };
    let cells: Vec<_> = table.rows[0].cells.iter().map(|cell| (cell.turned, cell.upright)).collect();
    assert_eq!(cells, [(true, true), (true, false), (false, false)]);
    let (_, warnings) = of_body(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("tbRlV")));
    assert_eq!(warnings.len(), 1);
}

#[test]
fn the_empty_paragraph_that_ends_a_cell_below_a_table_takes_no_room() {
    let inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let blocks_of = |cell: &str| {
        let (document, _) = of_body(&format!("<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"));
        let Block::Table(table) = &document.sections[0].blocks[0] else { panic!("no table") };
        table.rows[0].cells[0].blocks.len()
    };
    let text = "<w:p><w:r><w:t>文</w:t></w:r></w:p>";
    assert_eq!(blocks_of(&format!("{inner}<w:p/>")), 1);
    assert_eq!(blocks_of(&format!("{inner}{text}")), 2);
    assert_eq!((blocks_of("<w:p/><w:p/>"), blocks_of("<w:p/>")), (2, 1));
}
