//! Pictures and charts in the line, and what stands beside the text.

use std::sync::Arc;

use docx_rs::{Drawing, Pic};

use super::aside::{Asides, PictureAside};
use super::body::Part;
use super::charts;
use super::float;
use super::problem;
use crate::diagnostic::Diagnostic;
use crate::document::{ChartDrawing, Float, FloatContent, Image, Length, Picture};
use crate::drawingml;

impl Part<'_> {
    /// The number of the part's relation to a file.
    fn relate_picture(&mut self, path: String) -> usize {
        self.pictures.iter().position(|known| *known == path).unwrap_or_else(|| {
            self.pictures.push(path);
            self.pictures.len() - 1
        })
    }

    /// The relations to a picture, and to the drawing that it is a copy of.
    fn relate(&mut self, image: &Arc<Image>) -> (String, Option<String>) {
        let (path, drawing) = self.shared.media.keep(image);
        let mut relation = |path| picture_relation(self.relate_picture(path));
        (relation(path), drawing.map(relation))
    }

    /// The number of the next drawing of the file.
    fn next_drawing(&mut self) -> usize {
        self.shared.drawings += 1;
        self.shared.drawings
    }

    /// Adds a picture in the line.
    ///
    /// # Errors
    /// docx-rs's output is not well-formed.
    pub fn picture(&mut self, picture: &Picture) -> Result<(), Diagnostic> {
        let (relation, drawing) = self.relate(&picture.image);
        let (number, description, crop) = (self.next_drawing(), picture.description.clone(), picture.crop);
        let emu = |length: Length| u32::try_from(length.to_emu()).unwrap_or(0).min(i32::MAX as u32);
        // the bytes go into the package by our own hand: docx-rs would call every picture a PNG
        let pic = Pic::new_with_dimensions(Vec::new(), 0, 0).size(emu(picture.width), emu(picture.height)).id(relation);
        let picture = PictureAside { number, description, crop, drawing };
        self.finished(&Drawing::new().pic(pic), &Asides::of_picture(picture))
    }

    /// Adds a chart in the line.
    pub fn chart(&mut self, drawing: &ChartDrawing) {
        let chart = self.shared.charts.keep(&drawing.chart);
        if !self.charts.contains(&chart) {
            self.charts.push(chart);
        }
        let (number, size) = (self.next_drawing(), (drawing.width, drawing.height));
        self.add(drawingml::inline(&charts::relation(chart), number, size, &drawing.description));
    }

    /// Adds something beside the text.
    ///
    /// # Errors
    /// Something that is not written.
    pub fn float(&mut self, float: &Float) -> Result<(), Diagnostic> {
        match &float.content {
            FloatContent::Picture(picture) => {
                let (relation, drawing) = self.relate(&picture.image);
                let number = self.next_drawing();
                self.add(float::picture(float, picture, &relation, drawing.as_deref(), number));
            }
            FloatContent::WordArt(art) => {
                self.note_font(&art.font);
                let number = self.next_drawing();
                self.add(float::word_art(float, art, number));
            }
            FloatContent::Box(_) | FloatContent::Chart { .. } => {
                return Err(problem::not_written("文字旁边的图形", "something beside the text"));
            }
        }
        Ok(())
    }
}

/// The relation identifier of a part's picture.
pub fn picture_relation(at: usize) -> String {
    format!("rIdPicture{}", at + 1)
}
