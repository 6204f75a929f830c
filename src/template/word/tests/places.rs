//! Odd places of tags: controls, links, properties, drawings.

use super::super::testing::{body, body_of, docx, merge, p, part};

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn control(look: &str, content: &str) -> String {
    format!("<w:p><w:sdt><w:sdtPr>{look}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt></w:p>")
}

#[test]
fn a_control_that_is_filled_is_no_placeholder_any_more() {
    let styles = "<w:styles><w:style w:type=\"character\" w:styleId=\"a5\"><w:name w:val=\"Placeholder Text\"/></w:style></w:styles>";
    let grey = "<w:r><w:rPr><w:rStyle w:val=\"a5\"/></w:rPr><w:t>{{学校名称}}</w:t></w:r>";
    let source = control("<w:id w:val=\"3\"/><w:showingPlcHdr/><w:text/>", grey);
    assert_eq!(
        body_of(&docx(&source, &[("styles.xml", styles)]), Some(0)),
        "<w:p><w:sdt><w:sdtPr><w:id w:val=\"3\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr></w:rPr>\
         <w:t xml:space=\"preserve\">一中</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    );
    // One without tags waits for somebody to fill it.
    let source = control("<w:showingPlcHdr/>", &run("单击填写")) + &p("{{学校名称}}");
    assert!(body(&source, Some(0)).contains("<w:showingPlcHdr/>"));
}

#[test]
fn a_control_shows_what_was_merged_and_not_what_it_was_bound_to() {
    let bound = |text: &str| {
        control(
            "<w:dataBinding w:xpath=\"/a\"/><w:date w:fullDate=\"2020-01-01T00:00:00Z\"><w:lid/></w:date>",
            &run(text),
        )
    };
    let merged = body(&bound("{{学校名称}}"), Some(0));
    assert!(!merged.contains("dataBinding") && merged.contains("<w:date><w:lid/></w:date>"), "{merged}");
    // Where the same tag stands in what it is bound to both are filled alike.
    let core = "<cp:coreProperties><dc:title>{{学校名称}}</dc:title></cp:coreProperties>";
    let merged = body_of(&docx(&bound("{{学校名称}}"), &[("core.xml", core)]), Some(0));
    assert!(merged.contains("<w:dataBinding w:xpath=\"/a\"/>"), "{merged}");
}

#[test]
fn a_hyphen_that_word_may_break_at_does_not_part_a_tag() {
    let source = "<w:p><w:r><w:t>{{学校</w:t><w:softHyphen/><w:t>名称}}</w:t></w:r></w:p>";
    assert_eq!(
        body(source, Some(0)),
        "<w:p><w:r><w:t xml:space=\"preserve\">一中</w:t><w:t xml:space=\"preserve\"></w:t></w:r></w:p>"
    );
}

const LINKS: &str = "<Relationships><Relationship Id=\"rId3\" Type=\"hyperlink\" Target=\"http://example.cn/%7B%7B支部名称%7D%7D?a=1&amp;b={{书记}}\" TargetMode=\"External\"/></Relationships>";

#[test]
fn a_link_in_a_loop_leads_each_turn_to_its_own_target() {
    let link = format!("<w:p><w:hyperlink r:id=\"rId3\">{}</w:hyperlink></w:p>", run("{{支部名称}}"));
    let source = docx(&[p("{{#each 党支部}}"), link, p("{{/each}}")].concat(), &[("_rels/document.xml.rels", LINKS)]);
    let merged = merge(&source, Some(0)).unwrap().0.bytes;
    let xml = part(&merged, "word/document.xml");
    let ids: Vec<_> = xml.split("<w:hyperlink r:id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let relations = part(&merged, "word/_rels/document.xml.rels");
    let target = |id: &str| {
        let relation = relations.split("<Relationship ").find(|one| one.contains(&format!("Id=\"{id}\""))).unwrap();
        relation.split("Target=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let targets: Vec<_> = ids.iter().map(|id| target(id)).collect();
    assert_eq!(targets.len(), 3);
    assert!(targets[1].starts_with("http://example.cn/%E6%95%99") && targets[1].contains("?a=1&amp;b="), "{targets:?}");
    assert!(targets[0] != targets[1] && !relations.contains("rId3") && !relations.contains("{{"), "{relations}");
}

#[test]
fn smartart_is_filled() {
    let data = "<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>{{学校</a:t></a:r><a:r><a:t>名称}}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>";
    let source = docx(&p("图示"), &[("diagramData1.xml", data)]);
    let merged = merge(&source, Some(0)).unwrap().0.bytes;
    assert!(part(&merged, "word/diagramData1.xml").contains("<a:t>一中</a:t>"));
}
