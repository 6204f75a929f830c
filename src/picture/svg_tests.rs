use proptest::prelude::*;

use super::*;

const FLAG: &str = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>\
    <style>.a{fill:#f00}</style><rect class='a' width='20' height='20'/></svg>";

fn of(svg: &str) -> Result<Image, Unreadable> {
    super::super::read(svg.as_bytes().to_vec(), &Print::default())
}

#[test]
fn a_drawing_keeps_its_shapes_and_has_a_copy_in_pixels() {
    let image = of(FLAG).unwrap();
    assert_eq!((image.width_px, image.height_px), (40, 20));
    let drawing = String::from_utf8(image.drawing.clone().unwrap().to_vec()).unwrap();
    assert!(drawing.contains("#ff0000") && !drawing.contains("<style"), "{drawing}");
    let copy = image::load_from_memory(&image.bytes).unwrap().to_rgba8();
    assert_eq!(copy.dimensions(), (80, 40));
    assert_eq!(copy.get_pixel(10, 10).0, [255, 0, 0, 255]);
    assert_eq!(copy.get_pixel(70, 10).0[3], 0);
    assert_eq!(of(FLAG).unwrap(), image);
}

#[test]
fn a_drawing_sees_no_file_and_no_network() {
    for link in ["/etc/hostname", "file:///etc/hostname", "http://127.0.0.1/a.png", "b.png"] {
        let image = format!("<image width='9' height='9' href='{link}'/>");
        assert_eq!(
            of(&FLAG.replace("<style>", &format!("{image}<style>"))),
            Err(Unreadable::Format("SVG <image href>"))
        );
    }
}

#[test]
fn pictures_within_a_drawing_are_bounded_too() {
    // base64 of the head of a PNG file of 50,000 by 50,000 pixels
    let huge = "iVBORw0KGgoAAAANSUhEUgAAw1AAAMNQCAIAAAAAAAAA";
    let image = format!("<image width='9' height='9' href='data:image/png;base64,{huge}'/>");
    let drawn = of(&FLAG.replace("<style>", &format!("{image}<style>"))).unwrap();
    assert!(!String::from_utf8(drawn.drawing.unwrap().to_vec()).unwrap().contains("<image"));
}

#[test]
fn what_cannot_be_drawn_is_told() {
    assert_eq!(of("<svg"), Err(Unreadable::Damaged));
    assert_eq!(of("<svg xmlns='http://www.w3.org/2000/svg' width='0'/>"), Err(Unreadable::Damaged));
    assert_eq!(of("<html><svg></html>"), Err(Unreadable::Damaged));
    let wide = of(&FLAG.replace("'40'", "'400000'")).unwrap();
    assert!(image::load_from_memory(&wide.bytes).unwrap().width() <= 2400);
}

#[test]
fn texts_become_shapes_in_the_faces_of_the_program() {
    let lettered = |attributes: &str, text: &str| {
        let text = format!("<text x='2' y='16' {attributes}>{text}</text><style>");
        let image = of(&FLAG.replace("<style>", &text)).unwrap();
        String::from_utf8(image.drawing.unwrap().to_vec()).unwrap()
    };
    let plain = lettered("", "中学☑");
    assert!(!plain.contains("<text") && plain.matches(" Z").count() > 6, "{plain}");
    assert!(plain == lettered("font-family='SimSun, serif'", "中学☑"), "宋体 is what text is set in");
    assert!(plain != lettered("font-family='黑体'", "中学☑"));
    assert!(lettered("", "A") != lettered("font-family='Arial'", "A"));
    assert!(lettered("", "A") != lettered("font-weight='bold'", "A"));
}

#[test]
fn a_drawing_with_filters_becomes_pixels_as_many_as_paper_shows() {
    let blurred = FLAG.replace("<style>", "<filter id='f'><feGaussianBlur stdDeviation='1'/></filter><style>");
    let blurred = blurred.replace("<rect ", "<rect filter='url(#f)' ");
    let print = Print { width: Some(crate::document::Length::mm(25.4)), dots: 150, ..Print::default() };
    let image = super::super::read(blurred.into_bytes(), &print).unwrap();
    assert_eq!((image.drawing, image.width_px, image.height_px), (None, 40, 20));
    let pixels = image::load_from_memory(&image.bytes).unwrap().to_rgba8();
    assert_eq!(pixels.dimensions(), (150, 75));
    let alpha = pixels.get_pixel(75, 37).0[3];
    assert!((60..200).contains(&alpha), "the edge is soft: {alpha}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_make_it_panic(at in 0usize..180, with in "[<>/='\" a-z0-9#.%-]{0,12}") {
        let mut text = FLAG.to_owned();
        let at = at.min(text.len());
        text.insert_str(at, &with);
        let _ = of(&text);
    }
}
