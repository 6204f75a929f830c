//! Pictures beside and below each other, in a table without rules: a row of pictures with their texts stays on a page.

use super::super::anchors::Kind;
use super::super::inline;
use super::super::text::RunBuilder;
use super::Writer;
use super::objects::as_runs;
use crate::document::{
    Align, Block, Cell, CellMargins, CharacterFormat, Content, Length, Paragraph, ParagraphFormat, Picture, Run, Table,
    TableRow, VerticalAlign,
};
use crate::picture::Print;
use crate::style::id;
use crate::template::helpers::gallery::AROUND;
use crate::template::inserts::{GalleryPicture, InsertedGallery, InsertedPicture};

impl Writer<'_> {
    pub(super) fn gallery(&mut self, gallery: &InsertedGallery) {
        let caption = match (self.caption.take(), gallery.caption.as_deref()) {
            (Some(line), _) => inline::runs_of(&[line], self.inserts, &mut self.problems),
            (None, Some(text)) => as_runs(text),
            (None, None) => Vec::new(),
        };
        if gallery.pictures.is_empty() {
            return;
        }
        let room = self.style.page.text_width() * (1.0 / gallery.across as f64);
        let column = gallery.width.map_or(room, |width| room.min(width + AROUND + AROUND));
        // whole twips, so that Word's columns are these
        let column = Length::twips(column.to_twips());
        let inner = (column - AROUND - AROUND).max(Length::pt(1.0));
        let highest = self.style.page.text_height() * 0.75;
        // fewer than a row stand in its middle
        let across = gallery.across.min(gallery.pictures.len());
        let last = gallery.pictures.chunks(gallery.across).len().saturating_sub(1);
        let rows = gallery.pictures.chunks(gallery.across).enumerate().map(|(at, row)| {
            let keeps = !caption.is_empty() && at == last;
            let mut cells: Vec<Cell> =
                row.iter().map(|one| self.gallery_cell(one, (inner, inner * gallery.ratio), highest, keeps)).collect();
            cells.resize_with(across, || Cell::of(vec![Block::Paragraph(Paragraph::default())]));
            TableRow { keep_whole: true, cells, ..TableRow::default() }
        });
        let texts = gallery.pictures.iter().map(|one| one.text.as_str()).filter(|text| !text.is_empty());
        let description = match inline::text_of(&caption) {
            text if text.is_empty() => texts.collect::<Vec<_>>().join("、"),
            text => text,
        };
        let table = Table {
            columns: vec![column; across],
            align: Align::Center,
            margins: CellMargins { top: AROUND, bottom: AROUND, left: AROUND, right: AROUND },
            rows: rows.collect(),
            description,
            ..Table::default()
        };
        self.push(Block::from(table));
        if !caption.is_empty() {
            self.figures += 1;
            self.caption_paragraph(Kind::Figure, caption, self.figures, false);
            self.caption_is_below();
        }
    }

    /// A picture with its text below it.
    fn gallery_cell(
        &self,
        one: &GalleryPicture,
        (width, height): (Length, Length),
        highest: Length,
        keeps: bool,
    ) -> Cell {
        let GalleryPicture { picture, text, source } = one;
        let print = Print { width: Some(width), height: Some(height), ..picture.print };
        let placed = InsertedPicture { print, ..picture.clone() };
        let (width, height, crop) = placed.placed(width, highest, width);
        let description = if text.is_empty() { picture.description.clone() } else { text.clone() };
        let content = Content::from(Picture { image: picture.image.clone(), width, height, crop, description });
        // a row that is never split keeps both together; kept with the next, it would keep all rows on one page
        let format = ParagraphFormat { keep_next: Some(keeps), align: Some(Align::Center), ..Default::default() };
        let figure = Paragraph {
            style: self.style(id::FIGURE),
            format: format.into(),
            runs: vec![Run::of(content)],
            ..Paragraph::default()
        };
        let mut blocks = vec![Block::Paragraph(figure)];
        if !text.is_empty() {
            let mut runs = RunBuilder::default();
            runs.text(text, &CharacterFormat::default(), *source);
            let format =
                ParagraphFormat { keep_next: keeps.then_some(true), align: Some(Align::Center), ..Default::default() };
            let style = self.style(id::TABLE_TEXT);
            blocks.push(Block::Paragraph(Paragraph {
                style,
                format: format.into(),
                runs: runs.finish(),
                ..Paragraph::default()
            }));
        }
        Cell { vertical_align: VerticalAlign::Top, ..Cell::of(blocks) }
    }
}
