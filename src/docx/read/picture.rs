//! Pictures of drawings (`pic:pic`): their files, the vectors that they are copies of, and what of them is cut off.

use super::measure::number;
use super::story::Story;
use super::tree::Element;
use super::unshown_drawing as unshown;
use crate::diagnostic::Words;
use crate::document::{Crop, Image, ImageFormat, Length, Picture};

impl Story<'_> {
    /// A picture; a blank one, and a warning, where its file cannot be shown.
    pub fn picture(
        &mut self,
        element: &Element,
        (width, height): (Length, Length),
        description: &str,
    ) -> Option<Picture> {
        let blip = element.child("pic:blipFill").and_then(|fill| fill.child("a:blip"))?;
        let relation = blip.attribute("r:embed").and_then(|id| self.relations.get(id)).cloned();
        let image =
            relation.as_ref().filter(|relation| !relation.external).and_then(|relation| match self.drawing_of(blip) {
                Some(drawing) => self.book.drawing(&relation.target, &drawing),
                None => self.book.image(&relation.target),
            });
        if image.is_none() {
            let inside = relation.filter(|relation| !relation.external).map(|relation| relation.target);
            let ending =
                inside.as_deref().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_uppercase());
            self.missing.push(match ending {
                Some(ending) => Words::new(format!("{ending} 图片"), format!("a {ending} picture")),
                None => Words::new("链接在文件外面的图片", "a picture outside the file"),
            });
        }
        let crop = element.child("pic:blipFill").and_then(|fill| fill.child("a:srcRect"));
        let cut = |side: &str| crop.and_then(|crop| crop.attribute(side).and_then(number)).unwrap_or(0.0) / 100_000.0;
        let crop = Crop { left: cut("l"), top: cut("t"), right: cut("r"), bottom: cut("b") };
        let turned = element.child("pic:spPr").and_then(|own| own.child("a:xfrm")?.attribute("rot"));
        self.missing.extend(unshown::of_picture(element.child("pic:spPr"), blip));
        if turned.and_then(number).is_some_and(|angle| angle != 0.0) {
            self.missing.push(Words::new("图片的旋转", "a picture's rotation"));
        }
        let image = image.unwrap_or_else(blank);
        Some(Picture { image, width, height, crop, description: description.to_owned() })
    }

    /// The part of the drawing that a picture is a copy of ([MS-ODRAWXML], 2.8.1).
    fn drawing_of(&self, blip: &Element) -> Option<String> {
        let drawing = self.relations.get(blip.find("asvg:svgBlip")?.attribute("r:embed")?)?;
        (!drawing.external).then(|| drawing.target.clone())
    }
}

/// What stands where a picture cannot be shown: nothing, in its size.
pub fn blank() -> std::sync::Arc<Image> {
    const WHITE: [u8; 67] = [
        137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58, 126,
        155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 248, 15, 0, 1, 1, 1, 0, 27, 182, 238, 86, 0, 0, 0, 0, 73,
        69, 78, 68, 174, 66, 96, 130,
    ];
    std::sync::Arc::new(Image {
        format: ImageFormat::Png,
        bytes: WHITE.to_vec().into(),
        width_px: 1,
        height_px: 1,
        drawing: None,
    })
}
