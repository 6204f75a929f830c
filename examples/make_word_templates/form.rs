//! The form 党支部登记表: one page, merged cells, a place for a photo.

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use huibao::document::{
    Align, Block, Border, Cell, CellBorders, Content, Document, Info, Length, Paragraph, ParagraphFormat, RowHeight,
    Run, Section, TabAlign, TabLeader, TabStop, Table, TableRow, VerticalAlign, VerticalMerge,
};
use huibao::style::{Style, id};

/// Widths of the six columns, in twips.
const COLUMNS: [i32; 6] = [1480, 1600, 1480, 1480, 1480, 1324];

/// A cell as it is drawn up: its text, how many columns it covers, whether it is a label.
struct Box(&'static str, usize, bool);

fn label(text: &'static str) -> Box {
    Box(text, 1, true)
}

fn value(text: &'static str, columns: usize) -> Box {
    Box(text, columns, false)
}

pub fn document(style: &Style) -> Document {
    let rows: Vec<(Vec<Box>, f64)> = vec![
        (vec![label("支部名称"), value("{{支部名称}}", 3)], 10.0),
        (vec![label("所在学校"), value("{{学校.学校名称}}", 3)], 10.0),
        (vec![label("支部类型"), value("{{支部类型}}", 1), label("支部书记"), value("{{书记}}", 1)], 10.0),
        (
            vec![label("换届时间"), value("{{日期 换届时间 \".\"}}", 1), label("换届情况"), value("{{换届情况}}", 1)],
            10.0,
        ),
        (
            vec![
                label("党员总数"),
                value("{{党员总数}}人", 1),
                label("正式党员"),
                value("{{正式党员}}人", 1),
                label("预备党员"),
                value("{{预备党员}}人", 1),
            ],
            10.0,
        ),
        (
            vec![
                label("研究生学历"),
                value("{{研究生}}人", 1),
                label("大学本科"),
                value("{{大学本科}}人", 1),
                label("大专以下"),
                value("{{大专及以下}}人", 1),
            ],
            10.0,
        ),
        (
            vec![
                label("三会一课"),
                value("{{三会一课次数}}次", 1),
                label("主题党日"),
                value("{{主题党日次数}}次", 1),
                label("谈心谈话"),
                value("{{谈心谈话人次}}人次", 1),
            ],
            10.0,
        ),
        (
            vec![
                label("发展党员"),
                value(
                    "{{项目.发展周期}}，{{#if 本期发展}}发展党员{{本期发展}}人{{else}}未发展党员{{/if}}；现有申请入党人{{申请入党人}}人、\
                     入党积极分子{{入党积极分子}}人、发展对象{{发展对象}}人。",
                    5,
                ),
            ],
            20.0,
        ),
        (
            vec![
                label("作用发挥"),
                value("设立党员责任区{{责任区数}}个、党员示范岗{{示范岗数}}个；收缴党费{{千分位 党费 位数=1}}元。", 5),
            ],
            14.0,
        ),
        (vec![label("备注"), value("{{缺省 备注 “无”}}", 5)], 14.0),
        (vec![label("学校党组织意见"), value("\n（盖章）　　　\n年　　月　　日　　　", 5)], 30.0),
    ];
    let last = rows.len() - 1;
    let rows = rows.into_iter().enumerate().map(|(number, (boxes, height))| {
        let mut cells: Vec<Cell> = boxes.into_iter().map(|one| cell(style, one, number == last)).collect();
        // The photo stands at the right of the first four rows.
        match number {
            0 => cells.push(Cell { span: 2, merge: VerticalMerge::Restart, ..Cell::of(vec![centred(style, PHOTO)]) }),
            1..=3 => cells.push(Cell { span: 2, merge: VerticalMerge::Continue, ..Cell::of(vec![centred(style, "")]) }),
            _ => {}
        }
        TableRow { header: false, keep_whole: true, height: Some(RowHeight::AtLeast(Length::mm(height))), cells }
    });
    let line = Some(Border::single(Length::pt(0.5)));
    let edge = Some(Border::single(Length::pt(1.0)));
    let table = Table {
        columns: COLUMNS.into_iter().map(Length::twips).collect(),
        align: Align::Center,
        borders: CellBorders {
            top: edge,
            bottom: edge,
            left: edge,
            right: edge,
            inside_horizontal: line,
            inside_vertical: line,
        },
        rows: rows.collect(),
        description: "党支部登记表".into(),
        ..Table::default()
    };
    let text = |id: &str, text: &str| Block::Paragraph(Paragraph::text(style.sheet.find(id).unwrap_or_default(), text));
    let blocks = vec![
        text(id::TITLE, "党支部登记表"),
        heading(style),
        Block::from(table),
        text(id::TABLE_NOTE, "注：本表由各支部填报的数据生成，一式两份，学校党组织和上级党组织各存一份。"),
    ];
    Document {
        info: Info { title: "{{支部名称}}登记表".into(), language: "zh-CN".into(), ..Info::default() },
        styles: Arc::clone(&style.sheet),
        lists: Vec::new(),
        sections: vec![Section { page: style.page.clone(), blocks, ..Section::default() }],
        sources: Vec::new(),
        notes: Vec::new(),
        note_separator: Vec::new(),
    }
}

/// Who fills the form in, at the left, and for which year, at the right.
fn heading(style: &Style) -> Block {
    let width = style.page.text_width();
    let mut paragraph =
        Paragraph::text(style.sheet.find(id::TABLE_TEXT).unwrap_or_default(), "填报单位：{{项目.填报单位}}");
    paragraph.runs.extend([Run::of(Content::Tab), Run::text("{{项目.年度}}年度")]);
    let tab = TabStop { at: width, align: TabAlign::End, leader: TabLeader::None };
    paragraph.format =
        ParagraphFormat { align: Some(Align::Start), tabs: Some(vec![tab]), ..ParagraphFormat::default() }.into();
    Block::Paragraph(paragraph)
}

const PHOTO: &str = "{{图片 “templates/照片.png” 宽=“26mm”}}";

fn cell(style: &Style, Box(text, span, is_label): Box, closing: bool) -> Cell {
    let look = if is_label { id::TABLE_HEADER } else { id::TABLE_TEXT };
    let align = match (is_label, span) {
        (true, _) | (false, 1) => Align::Center,
        _ if closing => Align::End,
        _ => Align::Start,
    };
    let paragraphs = text.split('\n').map(|line| paragraph(style, look, line, align)).collect();
    Cell { span, vertical_align: VerticalAlign::Center, ..Cell::of(paragraphs) }
}

fn centred(style: &Style, text: &str) -> Block {
    paragraph(style, id::TABLE_TEXT, text, Align::Center)
}

fn paragraph(style: &Style, look: &str, text: &str, align: Align) -> Block {
    let mut paragraph = Paragraph::text(style.sheet.find(look).unwrap_or_default(), text);
    paragraph.format = ParagraphFormat { align: Some(align), ..ParagraphFormat::default() }.into();
    Block::Paragraph(paragraph)
}

/// A grey figure on light grey, where a photo is to go: a PNG of 260 × 340 pixels.
pub fn photo() -> Vec<u8> {
    const SIZE: (i32, i32) = (260, 340);
    let mut rows = Vec::new();
    for y in 0..SIZE.1 {
        rows.push(0);
        for x in 0..SIZE.0 {
            let head = (x - 130).pow(2) + (y - 125).pow(2) < 55 * 55;
            let body = y > 190 && (x - 130).pow(2) * 100 + (y - 330).pow(2) * 60 < 105 * 105 * 100;
            rows.push(if head || body { 176 } else { 232 });
        }
    }
    let mut data = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = data.write_all(&rows);
    let mut header = Vec::new();
    header.extend(SIZE.0.to_be_bytes());
    header.extend(SIZE.1.to_be_bytes());
    // Eight bits a pixel, grey, no interlacing.
    header.extend([8, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", header), (b"IDAT", data.finish().unwrap_or_default()), (b"IEND", Vec::new())] {
        png.extend((data.len() as u32).to_be_bytes());
        let body = [kind.as_slice(), &data].concat();
        png.extend(&body);
        let mut sum = flate2::Crc::new();
        sum.update(&body);
        png.extend(sum.sum().to_be_bytes());
    }
    png
}
