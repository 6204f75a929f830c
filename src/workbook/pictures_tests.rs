use super::*;

/// A package of parts.
fn package(parts: &[(&str, &str)]) -> Package {
    let mut package = Package::default();
    for (path, text) in parts {
        package.push((*path).to_owned(), path.to_lowercase(), 0, text.as_bytes().to_vec());
    }
    package
}

fn relations(targets: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    format!("<Relationships>{}</Relationships>", targets.iter().map(one).collect::<String>())
}

fn end(name: &str, (row, row_offset): (u32, i64), column: u32) -> String {
    format!(
        "<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>\
         <xdr:rowOff>{row_offset}</xdr:rowOff></xdr:{name}>"
    )
}

fn picture(id: &str, height: i64) -> String {
    format!(
        "<xdr:pic><xdr:blipFill><a:blip r:embed=\"{id}\"/></xdr:blipFill><xdr:spPr><a:xfrm><a:ext cx=\"9\" \
         cy=\"{height}\"/></a:xfrm></xdr:spPr></xdr:pic>"
    )
}

fn two(from: (u32, i64), to: (u32, i64), id: &str, height: i64) -> String {
    let ends = end("from", from, 2) + &end("to", to, 2);
    format!("<xdr:twoCellAnchor>{ends}{}</xdr:twoCellAnchor>", picture(id, height))
}

fn floating(anchors: &str, merged: &[Area]) -> Vec<((u32, u32), String)> {
    let sheet = relations(&[("rId1", "drawing", "../drawings/drawing1.xml")]);
    let drawing = relations(&[("rId1", "image", "../media/image1.png"), ("rId2", "image", "../media/image2.jpeg")]);
    let package = package(&[
        ("xl/worksheets/_rels/sheet1.xml.rels", &sheet),
        ("xl/drawings/drawing1.xml", &format!("<xdr:wsDr>{anchors}</xdr:wsDr>")),
        ("xl/drawings/_rels/drawing1.xml.rels", &drawing),
    ]);
    let found = of_sheet(&package, "xl/worksheets/sheet1.xml", b"", &Album::default(), merged);
    assert!(found.values.is_empty());
    found.files.into_iter().map(|(cell, file)| (cell, file.to_string())).collect()
}

#[test]
fn a_floating_picture_belongs_to_the_cell_that_holds_most_of_it() {
    let one = |anchor: &str| floating(anchor, &[]);
    let at = |row| vec![((row, 2), "xl/media/image1.png".to_owned())];
    assert_eq!(one(&two((3, 100), (3, 900), "rId1", 800)), at(3));
    assert_eq!(one(&two((3, 900), (4, 700), "rId1", 800)), at(4), "drawn a little too high");
    assert_eq!(one(&two((3, 100), (4, 50), "rId1", 950)), at(3), "hanging over");
    assert_eq!(one(&two((3, 0), (6, 50), "rId1", 3000)), at(3), "over many rows");
    assert_eq!(one(&two((3, 900), (6, 50), "rId1", 3000)), at(4));
    let only_from = format!("<xdr:oneCellAnchor>{}{}</xdr:oneCellAnchor>", end("from", (5, 0), 2), picture("rId1", 9));
    assert_eq!(one(&only_from), at(5));
    assert_eq!(one(&two((3, 0), (3, 9), "rId9", 9)), [], "of no file");
    assert_eq!(one("<xdr:twoCellAnchor><xdr:from><xdr:col>"), [], "cut short");
}

#[test]
fn a_picture_in_a_merged_area_belongs_to_its_first_cell() {
    let merged = [Area { top: 2, left: 1, bottom: 5, right: 4 }];
    let found = floating(&two((3, 0), (3, 9), "rId2", 9), &merged);
    assert_eq!(found, [((2, 1), "xl/media/image2.jpeg".to_owned())]);
    let both = two((3, 0), (3, 9), "rId2", 9) + &two((4, 0), (4, 9), "rId1", 9);
    assert_eq!(floating(&both, &merged).len(), 1);
}

#[test]
fn pictures_that_formulas_of_wps_name_are_their_cells_values() {
    let images = "<etc:cellImages><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"2\" name=\"ID_A1\"/>\
        </xdr:nvPicPr><xdr:blipFill><a:blip r:embed=\"rId1\"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>";
    let package = package(&[
        ("xl/cellimages.xml", images),
        ("xl/_rels/cellimages.xml.rels", &relations(&[("rId1", "image", "media/image1.jpeg")])),
    ]);
    let album = Album::read(&package);
    let sheet = "<sheetData><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"C2\" t=\"str\">\
        <f>_xlfn.DISPIMG(&quot;ID_A1&quot;,1)</f><v>=DISPIMG(\"ID_A1\",1)</v></c><c r=\"D2\" t=\"str\">\
        <f>_xlfn.DISPIMG(\"ID_B\",1)</f><v>=DISPIMG(\"ID_B\",1)</v></c></row></sheetData>";
    let found = of_sheet(&package, "xl/worksheets/sheet1.xml", sheet.as_bytes(), &album, &[]);
    assert_eq!(found.files, BTreeMap::from([((1, 2), Arc::from("xl/media/image1.jpeg"))]));
    assert!(found.values.iter().all(|cell| *cell == (1, 2)));
}

#[test]
fn pictures_that_excel_holds_as_values_are_found() {
    let metadata = "<metadata><metadataTypes><metadataType name=\"XLRICHVALUE\"/></metadataTypes>\
        <futureMetadata name=\"XLRICHVALUE\"><bk><extLst><ext><xlrd:rvb i=\"1\"/></ext></extLst></bk></futureMetadata>\
        <cellMetadata><bk><rc t=\"1\" v=\"7\"/></bk></cellMetadata>\
        <valueMetadata><bk><rc t=\"1\" v=\"0\"/></bk></valueMetadata></metadata>";
    let structure = "<rvStructures><s t=\"_other\"><k n=\"x\"/></s><s t=\"_localImage\"><k n=\"CalcOrigin\" t=\"i\"/>\
        <k n=\"_rvRel:LocalImageIdentifier\" t=\"i\"/></s></rvStructures>";
    let package = package(&[
        ("xl/metadata.xml", metadata),
        ("xl/richdata/rdrichvaluestructure.xml", structure),
        ("xl/richdata/rdrichvalue.xml", "<rvData><rv s=\"0\"><v>9</v></rv><rv s=\"1\"><v>5</v><v>1</v></rv></rvData>"),
        ("xl/richdata/richvaluerel.xml", "<richValueRels><rel r:id=\"rId1\"/><rel r:id=\"rId2\"/></richValueRels>"),
        (
            "xl/richdata/_rels/richvaluerel.xml.rels",
            &relations(&[("rId1", "image", "../media/image1.png"), ("rId2", "image", "../media/image2.png")]),
        ),
    ]);
    let album = Album::read(&package);
    let sheet = "<row r=\"2\"><c r=\"B2\" t=\"e\" vm=\"1\"><v>#VALUE!</v></c><c r=\"C2\" vm=\"9\"/></row>";
    let found = of_sheet(&package, "xl/worksheets/sheet1.xml", sheet.as_bytes(), &album, &[]);
    assert_eq!(found.files, BTreeMap::from([((1, 1), Arc::from("xl/media/image2.png"))]));
    assert_eq!(found.values, [(1, 1)]);
}
