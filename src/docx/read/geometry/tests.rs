use super::super::tree::parse;
use super::*;
use crate::document::PathFill;

fn of(xml: &str, size: (f64, f64)) -> Geometry {
    read(&parse(xml.as_bytes()).unwrap(), size, 1.0).unwrap()
}

fn preset(name: &str) -> Geometry {
    of(&format!("<wps:spPr><a:prstGeom prst='{name}'/></wps:spPr>"), (200.0, 100.0))
}

/// The steps in words, to whole points.
fn told(path: &OutlinePath) -> String {
    let at = |(x, y): (f32, f32)| format!("{},{}", x.round() as i32, y.round() as i32);
    let step = |step: &Step| match *step {
        Step::Move(to) => format!("M{}", at(to)),
        Step::Line(to) => format!("L{}", at(to)),
        Step::Curve(one, two, to) => format!("C{} {} {}", at(one), at(two), at(to)),
        Step::Close => "Z".to_owned(),
    };
    path.steps.iter().map(step).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_named_shape_has_its_own_lines_and_room_for_its_text() {
    let triangle = preset("triangle");
    assert_eq!(told(&triangle.outline.paths[0]), "M0,100 L100,0 L200,100 Z");
    assert_eq!(triangle.text, [0.25, 0.5, 0.75, 1.0]);
    let round = preset("roundRect");
    assert_eq!(
        told(&round.outline.paths[0]),
        "M0,17 C0,7 7,0 17,0 L183,0 C193,0 200,7 200,17 L200,83 C200,93 193,100 183,100 L17,100 C7,100 0,93 0,83 Z"
    );
    let ellipse = preset("ellipse");
    assert!(told(&ellipse.outline.paths[0]).starts_with("M0,50 C0,22 45,0 100,0 C155,0 200,22 200,50"));
}

#[test]
fn the_documents_adjustments_stand_in_the_place_of_the_shapes_own() {
    let xml = "<wps:spPr><a:prstGeom prst='rightArrow'><a:avLst><a:gd name='adj1' fmla='val 100000'/>\
               <a:gd name='adj2' fmla='val 100000'/></a:avLst></a:prstGeom></wps:spPr>";
    assert_eq!(
        told(&of(xml, (200.0, 100.0)).outline.paths[0]),
        "M0,0 L100,0 L100,0 L200,50 L100,100 L100,100 L0,100 Z"
    );
}

#[test]
fn a_mirrored_and_a_turned_shape_are_so() {
    let xml = "<wps:spPr><a:xfrm rot='5400000' flipH='1' flipV='true'/><a:prstGeom prst='rtTriangle'/></wps:spPr>";
    let shape = of(xml, (200.0, 100.0));
    assert_eq!(told(&shape.outline.paths[0]), "M200,0 L200,100 L0,0 Z");
    assert_eq!(shape.outline.degrees, 90.0);
    assert!(read(&parse(b"<wps:spPr><a:prstGeom prst='rect'/></wps:spPr>").unwrap(), (9.0, 9.0), 1.0).is_none());
}

#[test]
fn a_shape_drawn_freely_is_read_in_its_own_measures() {
    let xml = "<wps:spPr><a:custGeom><a:gdLst><a:gd name='m' fmla='*/ w 1 2'/></a:gdLst><a:pathLst><a:path w='100' h='10' fill='darken'>\
               <a:moveTo><a:pt x='0' y='0'/></a:moveTo><a:quadBezTo><a:pt x='50' y='10'/><a:pt x='100' y='0'/></a:quadBezTo></a:path>\
               <a:path stroke='0'><a:moveTo><a:pt x='m' y='0'/></a:moveTo><a:lnTo><a:pt x='m' y='b'/></a:lnTo></a:path></a:pathLst></a:custGeom></wps:spPr>";
    let paths = of(xml, (200.0, 100.0)).outline.paths;
    assert_eq!(told(&paths[0]), "M0,0 C67,67 133,67 200,0");
    assert_eq!((paths[0].fill, paths[0].stroked), (PathFill::Shape(-0.4), true));
    assert_eq!((told(&paths[1]).as_str(), paths[1].stroked), ("M100,0 L100,100", false));
}

#[test]
fn a_line_has_the_heads_it_is_given_also_where_it_is_flat() {
    let xml = "<wps:spPr><a:prstGeom prst='straightConnector1'/><a:ln><a:headEnd type='none'/><a:tailEnd type='triangle'/></a:ln></wps:spPr>";
    let shape = of(xml, (100.0, 0.0));
    let paths: Vec<_> = shape.outline.paths.iter().map(told).collect();
    assert_eq!(paths, ["M0,0 L100,0", "M100,0 L94,3 L94,-3 Z"]);
    assert_eq!(shape.outline.paths[1].fill, PathFill::Line);
}

#[test]
fn every_named_shape_can_be_drawn_at_any_size() {
    let definitions = zstd::decode_all(include_bytes!("../../../../shapes/preset-shapes.xml.zst").as_slice()).unwrap();
    let definitions = String::from_utf8(definitions).unwrap();
    let names = definitions.lines().map(|line| line.split(['<', '>']).nth(1).unwrap());
    for (number, name) in names.enumerate() {
        for size in [(200.0, 100.0), (0.0, 100.0), (0.0, 0.0), (1e9, 1e-9)] {
            let xml = format!("<wps:spPr><a:xfrm rot='1'/><a:prstGeom prst='{name}'/></wps:spPr>");
            let geometry = of(&xml, size);
            assert!(!geometry.outline.paths.is_empty(), "{number} {name}");
            let finite = |(x, y): &(f32, f32)| x.is_finite() && y.is_finite();
            let steps = geometry.outline.paths.iter().flat_map(|path| &path.steps);
            let all = steps.flat_map(arrow::places).collect::<Vec<_>>();
            assert!(!all.is_empty() && all.iter().all(finite), "{name}");
        }
    }
}
