//! Charts and endnotes of small documents.

use super::super::package::{Package, Relation};
use super::super::share::Share;
use super::read;
use crate::document::*;

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"";

fn docx(body: &str, parts: &[(&str, &'static str, String)]) -> Vec<u8> {
    let share = Share::default();
    let mut package = Package::new(&share);
    let document = format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>");
    package.add_word("document.xml", "document.main", document.into_bytes());
    let mut relations = Vec::new();
    for (at, (name, kind, xml)) in parts.iter().enumerate() {
        package.add_word(name, kind, xml.replace("§", SPACES).into_bytes());
        relations.push(Relation { id: format!("rId{}", at + 1), kind, target: (*name).into() });
    }
    package.add_relations("word/_rels/document.xml.rels", &relations);
    package.pack().unwrap().into_vec()
}

fn cache(kind: &str, values: &[&str], form: &str) -> String {
    let points = values.iter().enumerate().map(|(at, value)| format!("<c:pt idx=\"{at}\"><c:v>{value}</c:v></c:pt>"));
    let form = if form.is_empty() { String::new() } else { format!("<c:formatCode>{form}</c:formatCode>") };
    format!("<c:{kind}>{form}<c:ptCount val=\"3\"/>{}</c:{kind}>", points.collect::<String>())
}

fn series(name: &str, values: &[&str], more: &str) -> String {
    format!(
        "<c:ser><c:idx val=\"0\"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f>{}</c:strRef></c:tx>{more}\
         <c:cat><c:strRef>{}</c:strRef></c:cat><c:val><c:numRef>{}</c:numRef></c:val></c:ser>",
        cache("strCache", &[name], ""),
        cache("strCache", &["甲", "乙", "丙"], ""),
        cache("numCache", values, "#,##0_ ")
    )
}

fn read_chart(plot: &str, around: &str) -> (Chart, Length, String, Vec<String>) {
    let drawing = "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"2540000\" cy=\"1270000\"/>\
        <wp:docPr id=\"1\" name=\"图表 1\" descr=\"各支部党员\"/><a:graphic><a:graphicData><c:chart r:id=\"rId1\"/></a:graphicData>\
        </a:graphic></wp:inline></w:drawing></w:r></w:p>";
    let chart = format!("<c:chartSpace §><c:chart>{around}<c:plotArea>{plot}</c:plotArea></c:chart></c:chartSpace>");
    let (document, warnings) = read("a.docx", &docx(drawing, &[("chart1.xml", "chart", chart)])).unwrap();
    let Block::Paragraph(paragraph) = &document.sections[0].blocks[0] else { panic!("no paragraph") };
    let warnings = warnings.iter().map(|warning| warning.message.zh.clone()).collect();
    match &paragraph.runs[0].content {
        Content::Chart(drawing) => {
            (drawing.chart.as_ref().clone(), drawing.width, drawing.description.clone(), warnings)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_chart_is_read_with_its_figures_its_looks_and_its_words() {
    let fill = "<c:spPr><a:solidFill><a:srgbClr val=\"C00000\"/></a:solidFill></c:spPr>\
        <c:dLbls><c:numFmt formatCode=\"0.0\" sourceLinked=\"0\"/><c:showVal val=\"1\"/></c:dLbls>";
    let plot = format!(
        "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"stacked\"/>{}{}<c:gapWidth val=\"50\"/><c:overlap val=\"100\"/>\
         <c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>\
         <c:lineChart><c:grouping val=\"standard\"/>{}<c:axId val=\"3\"/><c:axId val=\"4\"/></c:lineChart>\
         <c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"maxMin\"/></c:scaling><c:delete val=\"0\"/></c:catAx>\
         <c:valAx><c:axId val=\"2\"/><c:scaling><c:min val=\"0\"/><c:max val=\"90\"/></c:scaling><c:majorGridlines/>\
         <c:numFmt formatCode=\"General\" sourceLinked=\"1\"/><c:majorUnit val=\"30\"/><c:crossBetween val=\"between\"/></c:valAx>\
         <c:valAx><c:axId val=\"4\"/><c:numFmt formatCode=\"0%\" sourceLinked=\"0\"/></c:valAx><c:catAx><c:axId val=\"3\"/><c:delete val=\"1\"/></c:catAx>",
        series("正式", &["20", "x", "1200"], fill),
        series("预备", &["1", "2", "3"], ""),
        series("率", &["0.5", "0.25", "1"], ""),
    );
    let around = "<c:title><c:tx><c:rich><a:p><a:r><a:t>党员</a:t></a:r><a:r><a:t>情况</a:t></a:r></a:p></c:rich></c:tx></c:title>";
    let (chart, width, description, warnings) =
        read_chart(&plot, &format!("{around}<c:legend><c:legendPos val=\"b\"/></c:legend>"));
    assert_eq!((width, description.as_str(), warnings.len()), (Length::pt(200.0), "各支部党员", 0));
    assert_eq!((chart.title.as_str(), chart.legend), ("党员情况", Some(LegendSide::Bottom)));
    assert_eq!(chart.categories, ["甲", "乙", "丙"]);
    let [bars, lines] = chart.groups.as_slice() else { panic!("{:?}", chart.groups) };
    assert_eq!(bars.kind, ChartKind::Bars { across: true, stacking: Stacking::Sum, gap: 0.5, overlap: 1.0 });
    assert_eq!(bars.series[0].values, [Some(20.0), None, Some(1200.0)]);
    assert_eq!((bars.series[0].name.as_str(), bars.series[0].color.to_hex().as_str()), ("正式", "C00000"));
    assert_eq!(bars.series[0].labels.as_ref().map(|labels| labels.form.as_str()), Some("0.0"));
    assert!(lines.second_axis && !bars.second_axis);
    assert_eq!(
        (chart.value_axis.least, chart.value_axis.most, chart.value_axis.step),
        (Some(0.0), Some(90.0), Some(30.0))
    );
    assert_eq!((chart.value_axis.form.as_str(), chart.second_axis.form.as_str()), ("#,##0", "0%"), "one is the cells'");
    assert!(chart.category_axis.reversed && chart.value_axis.grid.is_some());
}

#[test]
fn a_chart_of_one_series_has_its_name_for_a_title_and_slices_have_colours() {
    let plot =
        format!("<c:pie3DChart><c:varyColors val=\"1\"/>{}</c:pie3DChart>", series("人数", &["1", "2", "3"], ""));
    let (chart, _, _, warnings) = read_chart(&plot, "<c:title/><c:view3D/>");
    assert_eq!((chart.title.as_str(), chart.groups[0].series[0].colors.len()), ("人数", 3));
    assert_eq!(warnings, ["正文里的图表的立体效果（画成平面）没有画出来"]);
    let (chart, ..) = read_chart(&plot, "<c:autoTitleDeleted val=\"1\"/>");
    assert_eq!(chart.title, "");
}

#[test]
fn what_a_chart_cannot_show_is_told() {
    let (chart, _, _, warnings) = read_chart("<c:stockChart/>", "");
    assert!(chart.groups.is_empty());
    assert_eq!(warnings, ["正文里的股价图没有画出来"]);
    let many = "<c:pt idx=\"4000000000\"><c:v>1</c:v></c:pt>";
    let plot = format!(
        "<c:lineChart><c:ser><c:val><c:numRef><c:numCache>{many}</c:numCache></c:numRef></c:val></c:ser></c:lineChart>"
    );
    let (chart, _, _, warnings) = read_chart(&plot, "");
    assert!(chart.groups.is_empty());
    assert_eq!(warnings, ["正文里的数据太多的图表没有画出来"]);
}

#[test]
fn endnotes_stand_below_the_text_under_a_rule_with_numbers_of_their_own() {
    let reference = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let note = |kind: &str, id: u32, text: &str| {
        format!("<w:{kind} w:id=\"{id}\"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>")
    };
    let own_mark = "<w:r><w:endnoteReference w:id=\"4\" w:customMarkFollows=\"1\"/><w:t>*</w:t></w:r>";
    let body = format!(
        "<w:p>{}{}{}</w:p><w:p>{own_mark}{}<w:r><w:t>末</w:t></w:r></w:p>",
        reference("footnote", 2),
        reference("endnote", 2),
        reference("footnote", 3),
        reference("endnote", 3)
    );
    let footnotes = note("footnote", 2, "脚一") + &note("footnote", 3, "脚二");
    let endnotes = note("endnote", 2, "尾一") + &note("endnote", 3, "尾二") + &note("endnote", 4, "星");
    let parts = [
        ("footnotes.xml", "footnotes", format!("<w:footnotes §>{footnotes}</w:footnotes>")),
        ("endnotes.xml", "endnotes", format!("<w:endnotes §>{endnotes}</w:endnotes>")),
    ];
    let (document, warnings) = read("a.docx", &docx(&body, &parts)).unwrap();
    let text = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.plain_text(),
        Block::Table(_) => String::new(),
    };
    let shown: Vec<String> = document.sections[0].blocks.iter().map(text).collect();
    assert_eq!(shown, ["1i2", "*ii末", "\t", "i尾一", "星", "ii尾二"]);
    assert_eq!(document.notes.iter().map(|note| text(&note[0])).collect::<Vec<_>>(), ["1脚一", "2脚二"]);
    assert_eq!(warnings, []);
}
