//! The pictures that a merge puts in: their files, and the relations of the parts that show them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;

use super::escape::escaped;
use super::package::{Package, relations_of};
use super::shelf;
use crate::diagnostic::Diagnostic;
use crate::document::{Chart, ChartDrawing, Image, Length, Picture};
use crate::docx::media::{CONTENT_TYPES, crop_attributes, extension, svg_extension};
use crate::drawingml;

const TYPES: &str = "[Content_Types].xml";
const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// Pictures put in so far.
#[derive(Debug, Default)]
pub(super) struct Media {
    /// Numbers that the template has from former merges.
    given: usize,
    files: Vec<Arc<Image>>,
    /// For each owner (a part's path, or the identifier of an aside) the numbers of its pictures.
    shown: BTreeMap<String, Vec<usize>>,
    /// Charts put in so far.
    charts: Vec<Arc<Chart>>,
    /// Further relations of owners.
    related: BTreeMap<String, String>,
}

impl Media {
    /// No pictures yet, for a template that has so many numbers from former merges.
    pub(super) fn after(given: usize) -> Self {
        Self { given, ..Self::default() }
    }

    /// The drawing of a picture that stands in the line; `id` is unique in the document.
    pub(super) fn drawing(&mut self, owner: &str, picture: &Picture, id: usize) -> String {
        let known = self.files.iter().position(|file| Arc::ptr_eq(file, &picture.image) || *file == picture.image);
        let number = known.unwrap_or_else(|| {
            self.files.push(Arc::clone(&picture.image));
            self.files.len() - 1
        });
        let shown = self.shown.entry(owner.to_owned()).or_default();
        if !shown.contains(&number) {
            shown.push(number);
        }
        let (width, height) = (picture.width.to_emu().max(1), picture.height.to_emu().max(1));
        let mut words = String::new();
        picture.description.chars().for_each(|c| escaped(c, &mut words));
        let drawing = picture.image.drawing.as_ref().map(|_| svg_extension(&self.drawing_relation(number)));
        let (relation, drawing, crop) =
            (self.relation(number), drawing.unwrap_or_default(), crop_attributes(&picture.crop));
        format!(
            "<w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{id}\" name=\"图片{id}\" descr=\"{words}\"/><wp:cNvGraphicFramePr>\
             <a:graphicFrameLocks xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" noChangeAspect=\"1\"/>\
             </wp:cNvGraphicFramePr><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr>\
             <pic:cNvPr id=\"{id}\" name=\"图片{id}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{relation}\">\
             {drawing}</a:blip><a:srcRect{crop}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    }

    /// The drawing of a chart that stands in the line; `id` is unique in the document.
    pub(super) fn chart(&mut self, owner: &str, drawing: &ChartDrawing, id: usize) -> String {
        self.charts.push(Arc::clone(&drawing.chart));
        let number = self.given + self.charts.len();
        let relation = format!("rIdHuibaoChart{number}");
        self.relate(owner, &shelf::relation(&relation, "chart", &chart_path(number)));
        drawingml::inline(&relation, id, (drawing.width, drawing.height), &drawing.description)
    }

    /// The relations of an owner, as they stand in its part of relations.
    pub(super) fn relations(&self, owner: &str) -> String {
        let one = |id: &str, path: &str| {
            format!(
                "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"/{path}\"/>"
            )
        };
        let line = |number: &usize| {
            let drawing = self.files.get(*number).filter(|file| file.drawing.is_some());
            let drawing = drawing.map(|_| one(&self.drawing_relation(*number), &self.drawing_path(*number)));
            one(&self.relation(*number), &self.path(*number)) + &drawing.unwrap_or_default()
        };
        let pictures: String = self.shown.get(owner).into_iter().flatten().map(line).collect();
        pictures + self.related.get(owner).map_or("", String::as_str)
    }

    /// Gives an owner a further relation.
    pub(super) fn relate(&mut self, owner: &str, relation: &str) {
        *self.related.entry(owner.to_owned()).or_default() += relation;
    }

    fn path(&self, number: usize) -> String {
        let extension = self.files.get(number).map_or("png", |file| extension(file.format));
        format!("word/media/huibao{}.{extension}", self.given + number + 1)
    }

    fn drawing_path(&self, number: usize) -> String {
        format!("word/media/huibao{}.svg", self.given + number + 1)
    }

    fn relation(&self, number: usize) -> String {
        format!("rIdHuibaoPicture{}", self.given + number + 1)
    }

    fn drawing_relation(&self, number: usize) -> String {
        format!("rIdHuibaoDrawing{}", self.given + number + 1)
    }

    /// Adds the files, their content types, and the relations of parts; gives the files that are compressed already.
    pub(super) fn keep(
        &self,
        package: &Package,
        changed: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<Vec<(String, Bytes)>, Diagnostic> {
        let owners: BTreeSet<&String> = self.shown.keys().chain(self.related.keys()).collect();
        for owner in owners.into_iter().filter(|owner| owner.contains('/') && !owner.starts_with('<')) {
            let path = relations_of(owner);
            let source = package.current(&path, changed)?;
            changed.insert(path, with_relations(source, &self.relations(owner)));
        }
        let mut compressed = self.keep_charts(package, changed)?;
        if self.files.is_empty() {
            return Ok(compressed);
        }
        for (number, file) in self.files.iter().enumerate() {
            compressed.push((self.path(number), file.bytes.clone()));
            if let Some(drawing) = &file.drawing {
                changed.insert(self.drawing_path(number), drawing.to_vec());
            }
        }
        let types = package.current(TYPES, changed)?.unwrap_or_default();
        let holds = |ending: &str| match ending {
            "svg" => self.files.iter().any(|file| file.drawing.is_some()),
            _ => self.files.iter().any(|file| extension(file.format) == ending),
        };
        let missing = CONTENT_TYPES.into_iter().filter(|(ending, _)| {
            let known = format!("extension=\"{ending}\"");
            holds(ending) && !types.to_lowercase().contains(&known)
        });
        let defaults: String =
            missing.map(|(ending, kind)| format!("<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>")).collect();
        // Defaults come first.
        let at = types.find("<Default").or(types.find("<Override")).or(types.find("</")).unwrap_or(types.len());
        let (before, after) = types.split_at(at);
        changed.insert(TYPES.into(), [before, &defaults, after].concat().into_bytes());
        Ok(compressed)
    }
}

impl Media {
    /// Adds the charts; gives their workbooks.
    fn keep_charts(
        &self,
        package: &Package,
        changed: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<Vec<(String, Bytes)>, Diagnostic> {
        let (mut own, mut books) = (String::new(), Vec::new());
        for (number, chart) in (self.given + 1..).zip(&self.charts) {
            let (path, book) = (chart_path(number), format!("word/embeddings/huibao-chart{number}.xlsx"));
            own += &shelf::of_type(&path, drawingml::CHART_TYPE);
            own += &shelf::of_type(&book, drawingml::WORKBOOK_TYPE);
            let relation = shelf::relation(drawingml::WORKBOOK_RELATION, "package", &book);
            changed.insert(relations_of(&path), with_relations(None, &relation));
            changed.insert(path, drawingml::part(chart).into_bytes());
            books.push((book, drawingml::workbook(chart)?.into()));
        }
        if !own.is_empty() {
            let types = package.current(TYPES, changed)?.unwrap_or_default();
            changed.insert(TYPES.into(), types.replace("</Types>", &(own + "</Types>")).into_bytes());
        }
        Ok(books)
    }
}

fn chart_path(number: usize) -> String {
    format!("word/charts/huibao{number}.xml")
}

/// A part of relations with more of them.
pub(super) fn with_relations(source: Option<String>, more: &str) -> Vec<u8> {
    let source = source.unwrap_or_else(|| EMPTY.to_owned());
    // A part without relations may be one empty tag.
    let source = match source.rfind("</Relationships>") {
        Some(_) => source,
        None => source.trim_end().trim_end_matches("/>").to_owned() + "></Relationships>",
    };
    let at = source.rfind("</Relationships>").unwrap_or(source.len());
    let (before, after) = source.split_at(at);
    [before, more, after].concat().into_bytes()
}

/// The highest that a picture may be: the text of an A4 page.
pub(super) const HIGHEST: Length = Length::twips(14_000);

/// A picture's own width: pixels are 96 to the inch where nobody says otherwise.
pub(super) fn own_width(image: &Image) -> Length {
    Length::pt(f64::from(image.width_px.max(1)) * 0.75)
}
