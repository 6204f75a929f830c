//! The pictures that a merge puts in: their files, and the relations of the parts that show them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::escape::escaped;
use super::package::{Package, relations_of};
use crate::diagnostic::Diagnostic;
use crate::document::{Image, ImageFormat, Length, Picture};

const TYPES: &str = "[Content_Types].xml";
const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// Pictures put in so far.
#[derive(Debug, Default)]
pub(super) struct Media {
    files: Vec<Arc<Image>>,
    /// For each owner (a part's path, or the identifier of an aside) the numbers of its pictures.
    shown: BTreeMap<String, Vec<usize>>,
    /// Further relations of owners.
    related: BTreeMap<String, String>,
}

impl Media {
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
        let relation = relation(number);
        format!(
            "<w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{id}\" name=\"图片{id}\" descr=\"{words}\"/><wp:cNvGraphicFramePr>\
             <a:graphicFrameLocks xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" noChangeAspect=\"1\"/>\
             </wp:cNvGraphicFramePr><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr>\
             <pic:cNvPr id=\"{id}\" name=\"图片{id}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{relation}\"/>\
             <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
             </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    }

    /// The relations of an owner, as they stand in its part of relations.
    pub(super) fn relations(&self, owner: &str) -> String {
        let line = |number: &usize| {
            format!(
                "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"/{}\"/>",
                relation(*number),
                self.path(*number)
            )
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
        format!("word/media/huibao{}.{extension}", number + 1)
    }

    /// Adds the files, their content types, and the relations of parts.
    pub(super) fn keep(&self, package: &Package, changed: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Diagnostic> {
        let owners: BTreeSet<&String> = self.shown.keys().chain(self.related.keys()).collect();
        for owner in owners.into_iter().filter(|owner| owner.contains('/') && !owner.starts_with('<')) {
            let path = relations_of(owner);
            let source = package.current(&path, changed)?;
            changed.insert(path, with_relations(source, &self.relations(owner)));
        }
        if self.files.is_empty() {
            return Ok(());
        }
        for (number, file) in self.files.iter().enumerate() {
            changed.insert(self.path(number), file.bytes.clone());
        }
        let types = package.current(TYPES, changed)?.unwrap_or_default();
        let missing = [ImageFormat::Png, ImageFormat::Jpeg].into_iter().filter(|format| {
            let known = format!("Extension=\"{}\"", extension(*format));
            self.files.iter().any(|file| file.format == *format)
                && !types.to_lowercase().contains(&known.to_lowercase())
        });
        let defaults: String = missing
            .map(|format| {
                let extension = extension(format);
                format!("<Default Extension=\"{extension}\" ContentType=\"image/{extension}\"/>")
            })
            .collect();
        // Defaults come first.
        let at = types.find("<Default").or(types.find("<Override")).or(types.find("</")).unwrap_or(types.len());
        let (before, after) = types.split_at(at);
        changed.insert(TYPES.into(), [before, &defaults, after].concat().into_bytes());
        Ok(())
    }
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

fn relation(number: usize) -> String {
    format!("rIdHuibaoPicture{}", number + 1)
}

fn extension(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpeg",
    }
}

/// The size of a picture: as wide as is asked, or as it is, and never wider than its room.
pub(super) fn size(image: &Image, asked: Option<Length>, room: Length) -> (Length, Length) {
    // Pixels are 96 to the inch where nobody says otherwise.
    let own = Length::pt(f64::from(image.width_px.max(1)) * 0.75);
    let width = asked.unwrap_or(own).clamp(Length::pt(1.0), room.max(Length::pt(1.0)));
    let ratio = f64::from(image.height_px.max(1)) / f64::from(image.width_px.max(1));
    (width, width * ratio)
}
