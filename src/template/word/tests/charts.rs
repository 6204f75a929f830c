//! Charts drawn in Word that get their data.

use super::super::testing::{docx, merge, p, part, problems};
use crate::workbook;

const CHART: &str = "<c:chartSpace><c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/><c:barChart><c:barDir val=\"col\"/>\
    <c:ser><c:idx val=\"0\"/><c:order val=\"0\"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f></c:strRef></c:tx>\
    <c:spPr><a:solidFill><a:schemeClr val=\"accent1\"/></a:solidFill></c:spPr><c:dPt><c:idx val=\"9\"/></c:dPt>\
    <c:cat><c:strRef/></c:cat><c:val><c:numRef><c:numCache><c:formatCode>0.0</c:formatCode></c:numCache></c:numRef></c:val>\
    <c:extLst><c:ext uri=\"{1}\"/></c:extLst></c:ser><c:axId val=\"1\"/></c:barChart>\
    <c:catAx><c:title><c:tx><c:rich><a:p><a:r><a:t>{{项目.年度}}年</a:t></a:r></a:p></c:rich></c:tx></c:title></c:catAx></c:plotArea>\
    <c:plotVisOnly val=\"1\"/></c:chart><c:externalData r:id=\"rId1\"/></c:chartSpace>";
const LINKS: &str = "<Relationships><Relationship Id=\"rId7\" Type=\"chart\" Target=\"chart1.xml\"/></Relationships>";
const OWN: &str =
    "<Relationships><Relationship Id=\"rId1\" Type=\"package\" Target=\"embeddings/a.xlsx\"/></Relationships>";

fn drawing(words: &str) -> String {
    format!(
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图表 1\" descr=\"{words}\"/><a:graphic><a:graphicData>\
         <c:chart r:id=\"rId7\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
}

fn with_chart(body: &str) -> Vec<u8> {
    let parts = [("_rels/document.xml.rels", LINKS), ("chart1.xml", CHART), ("_rels/chart1.xml.rels", OWN)];
    docx(body, &parts)
}

fn embedded(docx: &[u8], path: &str) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut zip.by_name(path).unwrap(), &mut bytes).unwrap();
    let book = workbook::read("a.xlsx", &bytes).unwrap();
    let sheet = &book.sheets[0];
    sheet.rows.iter().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn a_chart_gets_the_data_that_its_text_names_and_so_does_its_workbook() {
    let tag = "{{图表 数值=“党员队伍/党员总数=总数，党员队伍/正式党员=正式” 数据=党支部 分类=“支部名称” 标题=“各支部&amp;党员”}}";
    let merged = merge(&with_chart(&drawing(tag)), Some(0)).unwrap().0.bytes;
    let xml = part(&merged, "word/chart1.xml");
    for piece in [
        "<c:chart><c:title ",
        "<a:t>各支部&amp;党员</a:t>",
        "<c:autoTitleDeleted val=\"0\"/>",
        "<c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>总数</c:v>",
        "<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$4</c:f><c:strCache><c:ptCount val=\"3\"/><c:pt idx=\"0\"><c:v>教工一支部</c:v></c:pt>",
        "<c:val><c:numRef><c:f>Sheet1!$B$2:$B$4</c:f><c:numCache><c:formatCode>0.0</c:formatCode><c:ptCount val=\"3\"/>\
         <c:pt idx=\"0\"><c:v>12</c:v></c:pt><c:pt idx=\"1\"><c:v>8</c:v></c:pt><c:pt idx=\"2\"><c:v>30</c:v></c:pt>",
        "<c:idx val=\"1\"/><c:order val=\"1\"/><c:tx><c:strRef><c:f>Sheet1!$C$1</c:f>",
        "<a:schemeClr val=\"accent2\"/>",
        "<c:f>Sheet1!$C$2:$C$4</c:f>",
        "<a:t>2023年</a:t>",
        "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart><c:externalData r:id=\"rId1\"/>",
    ] {
        assert!(xml.contains(piece), "{piece} in {xml}");
    }
    assert!(xml.matches("<c:extLst>").count() == 1 && !xml.contains("c:dPt"), "{xml}");
    assert_eq!(
        embedded(&merged, "word/embeddings/a.xlsx"),
        ["支部名称|总数|正式", "教工一支部|12|10", "教工二支部|8|8", "学生支部|30|15"]
    );
    let body = part(&merged, "word/document.xml");
    assert!(body.contains(
        "descr=\"柱形图“各支部&amp;党员”，按支部名称列出总数、正式，共3项。总数：教工一支部12、教工二支部8、学生支部30；\
         正式：教工一支部10、教工二支部8、学生支部15。\""
    ), "{body}");
}

#[test]
fn what_is_missing_is_a_gap() {
    let tag = "{{chart data=党支部 category=“支部名称” value=“党员队伍/正式党员” kind=“column”}}";
    let merged = merge(&with_chart(&drawing(tag)), Some(1)).unwrap().0.bytes;
    let xml = part(&merged, "word/chart1.xml");
    assert!(xml.contains("<c:formatCode>0.0</c:formatCode><c:ptCount val=\"1\"/></c:numCache>"), "{xml}");
    assert!(part(&merged, "word/document.xml").contains("正式党员：联合支部无数据。"));
    assert_eq!(embedded(&merged, "word/embeddings/a.xlsx")[1], "联合支部");
}

#[test]
fn a_chart_in_a_loop_is_a_chart_a_turn() {
    let tag = "{{学校名称}}：{{图表 党支部 分类=“支部名称” 数值=“党员队伍/党员总数”}}";
    let body = [p("{{#each 学校}}"), drawing(tag), p("{{/each}}")].concat();
    let merged = merge(&with_chart(&body), None).unwrap().0.bytes;
    let xml = part(&merged, "word/document.xml");
    let ids: Vec<_> = xml.split("<c:chart r:id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!((ids.len(), ids[0]), (3, "rId7"));
    let relations = part(&merged, "word/_rels/document.xml.rels");
    let types = part(&merged, "[Content_Types].xml");
    let path = |id: &str| {
        let one = relations.split("<Relationship ").find(|one| one.contains(&format!("Id=\"{id}\""))).unwrap();
        one.split("Target=\"").nth(1).unwrap().split('"').next().unwrap().trim_start_matches('/').to_owned()
    };
    let second = path(ids[1]);
    assert!(types.contains(&format!("PartName=\"/{second}\"")), "{types}");
    assert!(part(&merged, &second).contains("<c:v>联合支部</c:v>"));
    let own = part(&merged, &format!("word/_rels/{}.rels", second.rsplit('/').next().unwrap()));
    let book = own.split("Target=\"/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(embedded(&merged, book), ["支部名称|党员总数", "联合支部|5"]);
    assert!(part(&merged, &path(ids[2])).contains("<c:ptCount val=\"0\"/>"));
    assert!(xml.contains("descr=\"二小：柱形图"), "{xml}");
}

#[test]
fn a_chart_s_tag_outside_of_a_chart_and_words_for_figures_are_errors() {
    let tag = "{{图表 党支部 分类=“支部名称” 数值=“书记”}}";
    let picture = drawing(tag).replace("<c:chart r:id=\"rId7\"/>", "<pic:pic/>");
    assert!(problems(&with_chart(&picture))[0].contains("不在能换数据的图表里"));
    let found = merge(&with_chart(&drawing(tag)), Some(0)).unwrap_err();
    assert_eq!(found[0].code, "template.not-a-number");
    let odd = drawing("{{图表 党支部 分类=“支部名称” 数值=“书记” 类型=“饼形”}}");
    assert!(problems(&with_chart(&odd))[0].contains("是不是“饼图”"));
    let (_, said) =
        merge(&with_chart(&drawing("{{图表 党支部 分类=“支部名称” 数值=“党员队伍/党员总数” 类型=“饼图”}}")), Some(0))
            .unwrap();
    assert_eq!(said[0].code, "template.other-chart");
}

#[test]
fn a_new_chart_takes_the_colours_of_the_template_s_theme() {
    let theme = "<a:theme><a:clrScheme name=\"办公\"><a:dk1><a:sysClr lastClr=\"000000\"/></a:dk1>\
        <a:accent1><a:srgbClr val=\"4472C4\"/></a:accent1><a:accent2><a:srgbClr val=\"ED7D31\"/></a:accent2></a:clrScheme></a:theme>";
    let tag = "{{图表 党支部 分类=“支部名称” 数值=“党员队伍/党员总数=党员，党员队伍/正式党员=正式”}}";
    let colors = |parts: &[(&str, &str)]| {
        let merged = merge(&docx(&p(tag), parts), Some(0)).unwrap().0.bytes;
        let xml = part(&merged, "word/charts/huibao1.xml");
        let series = xml.split("<c:ser>").skip(1);
        series.map(|series| series.split("srgbClr val=\"").nth(1).unwrap()[..6].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(colors(&[("theme/theme1.xml", theme)]), ["4472C4", "ED7D31"]);
    let own = crate::style::ChartLook::default();
    assert_eq!(colors(&[]), [own.color(0).to_hex(), own.color(1).to_hex()]);
    assert_eq!(colors(&[("theme/theme1.xml", "<a:theme")]), [own.color(0).to_hex(), own.color(1).to_hex()]);
}

#[test]
fn a_chart_s_tag_in_a_paragraph_puts_a_new_chart_in() {
    let tag = "{{图表 党支部 类型=“条形图” 分类=“支部名称” 数值=“党员队伍/党员总数=党员” 题=“各支部党员”}}";
    let body = [p("{{#each 学校}}"), p(tag), p("{{/each}}")].concat();
    let merged = merge(&docx(&body, &[]), None).unwrap().0.bytes;
    let xml = part(&merged, "word/document.xml");
    let ids: Vec<_> = xml.split("r:id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    // the third school has no branches
    assert_eq!(ids, ["rIdHuibaoChart1", "rIdHuibaoChart2"]);
    assert!(
        xml.contains("descr=\"条形图“各支部党员”，按支部名称列出党员，共3项。") && xml.contains("各支部党员"),
        "{xml}"
    );
    let relations = part(&merged, "word/_rels/document.xml.rels");
    assert!(
        relations.contains("Id=\"rIdHuibaoChart2\"") && relations.contains("/word/charts/huibao2.xml"),
        "{relations}"
    );
    let types = part(&merged, "[Content_Types].xml");
    for path in ["/word/charts/huibao1.xml", "/word/embeddings/huibao-chart2.xlsx"] {
        assert!(types.contains(&format!("PartName=\"{path}\"")), "{types}");
    }
    assert!(part(&merged, "word/charts/huibao2.xml").contains("<c:barDir val=\"bar\"/>"));
    let own = part(&merged, "word/charts/_rels/huibao2.xml.rels");
    assert!(own.contains("/word/embeddings/huibao-chart2.xlsx"), "{own}");
    assert_eq!(embedded(&merged, "word/embeddings/huibao-chart2.xlsx"), ["支部名称|党员", "联合支部|5"]);
    let (read, _) = crate::docx::read("a.docx", &merged).unwrap();
    let blocks = &read.sections[0].blocks;
    let drawn = blocks.iter().filter(|block| match block {
        crate::document::Block::Paragraph(paragraph) => {
            paragraph.runs.iter().any(|run| matches!(run.content, crate::document::Content::Chart(_)))
        }
        crate::document::Block::Table(_) => false,
    });
    assert_eq!(drawn.count(), 2, "the PDF shows them");
}
