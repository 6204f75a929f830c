//! What headers and footers show of the text: the heading that stands on the page.

use crate::document::{Bookmark, BookmarkPlace, Shows, StyledText};

/// The text of a style that stands on a page; or else the last one before it; or else the first one after it.
pub(super) fn styled(bookmarks: &[BookmarkPlace], page: usize, wanted: StyledText) -> String {
    let (before, rest) = bookmarks.split_at(bookmarks.partition_point(|place| place.page < page));
    let (on_page, after) = rest.split_at(rest.partition_point(|place| place.page == page));
    let mut here = on_page.iter().filter(|place| is(place, wanted.style));
    let here = if wanted.last { here.next_back() } else { here.next() };
    let before = || before.iter().rfind(|place| is(place, wanted.style));
    let found = here.or_else(before).or_else(|| after.iter().find(|place| is(place, wanted.style)));
    let Some(BookmarkPlace { bookmark: Bookmark::Styled { text, .. }, number, .. }) = found else {
        return String::new();
    };
    match wanted.shows {
        Shows::Text => text.to_string(),
        // a paragraph without a number is shown as 0, as in Word
        shows => number.as_ref().map_or_else(|| "0".to_owned(), |number| number.shown(shows)),
    }
}

fn is(place: &BookmarkPlace, wanted: u32) -> bool {
    matches!(place.bookmark, Bookmark::Styled { style, .. } if style == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{
        Block, CharacterFormat, Content, Count, Field, Link, NumberFormat, Paragraph, ParagraphNumber, Run, Section,
    };
    use crate::layout::testing::{document, lines_of, paragraph, set};

    fn heading(page: usize, text: &str) -> BookmarkPlace {
        let number =
            ParagraphNumber { label: format!("第{page}章"), bare: page.to_string(), ..ParagraphNumber::default() };
        BookmarkPlace {
            bookmark: Bookmark::Styled { style: 0, text: text.into() },
            page,
            top_pt: 0.0,
            number: Some(number),
        }
    }

    #[test]
    fn a_header_names_the_chapter_of_its_page_or_the_one_that_goes_on_there() {
        let headings = [heading(1, "概况"), heading(1, "组织"), heading(3, "党费")];
        let shown = |page, last| styled(&headings, page, StyledText { style: 0, last, shows: Shows::Text });
        assert_eq!([shown(0, false), shown(1, false), shown(1, true)], ["概况", "概况", "组织"]);
        assert_eq!([shown(2, false), shown(3, false)], ["组织", "党费"]);
        assert_eq!(styled(&headings, 1, StyledText { style: 7, last: false, shows: Shows::Text }), "");
        assert_eq!(styled(&headings, 3, StyledText { style: 0, last: false, shows: Shows::BareNumber }), "3");
    }

    fn chapter(text: &str) -> Block {
        let mut chapter = paragraph(text);
        chapter.format.page_break_before = Some(true);
        chapter.runs.insert(0, Run::of(Content::Bookmark(Bookmark::Styled { style: 0, text: text.into() })));
        Block::Paragraph(chapter)
    }

    #[test]
    fn headers_show_the_heading_of_their_page_and_footers_count_the_pages_of_their_section() {
        let mut document = document(vec![chapter("甲"), chapter("乙")], |_| ());
        let field = |field| Block::Paragraph(Paragraph { runs: vec![Run::of(Content::Field(field))], ..paragraph("") });
        let of_style = Field::Styled(StyledText { style: 0, last: false, shows: Shows::Text });
        document.sections[0].header.default = vec![field(of_style)];
        let count = Field::Count(Count::SectionPages, Some(NumberFormat::Chinese));
        document.sections[0].footer.default = vec![field(count)];
        let mut second = document.sections[0].clone();
        second.blocks.truncate(1);
        document.sections.push(Section { blocks: vec![chapter("丙")], ..second });
        let texts: Vec<String> = lines_of(&set(&document).pages)
            .iter()
            .filter_map(|line| Some(line.rsplit_once(' ')?.1.to_owned()))
            .collect();
        assert_eq!(texts.concat(), "甲甲二乙乙二丙丙一");
    }

    #[test]
    fn a_link_is_one_rectangle_a_line_and_a_bookmark_knows_its_page() {
        let link = Link::Bookmark("附".into());
        let linked = |text: &str| Run {
            format: CharacterFormat { link: Some(Some(link.clone())), ..CharacterFormat::default() }.into(),
            ..Run::text(text)
        };
        let first = Paragraph {
            runs: vec![Run::text("见"), linked("附件一"), linked("a"), Run::text("。")],
            ..paragraph("")
        };
        let mut second = paragraph("附件");
        second.format.page_break_before = Some(true);
        second.runs.insert(0, Run::of(Content::Bookmark(Bookmark::Named("附".into()))));
        let pages = set(&document(vec![Block::Paragraph(first), Block::Paragraph(second)], |_| ())).pages;
        let [placed] = pages.pages[0].links.as_slice() else { panic!("one link: {:?}", pages.pages[0].links) };
        assert_eq!((placed.left_pt, placed.link.clone()), (30.0, link));
        let place = &pages.pagination.bookmarks[0];
        assert_eq!((place.page, place.top_pt), (1, 20.0));
        assert_eq!(pages.pagination.pages[1].text, "2");
    }
}
