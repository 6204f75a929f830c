//! The finishing pass over a part, or a piece of one, that docx-rs wrote: everything that is changed in its output is changed here.
//!
//! 1. Children of property elements are put in the schema's order ([`super::order`]); docx-rs has its own, which
//!    Microsoft's validator rejects.
//! 2. Property elements that hold nothing are dropped, and so is `w:type` of grid columns, which the schema does not know.
//! 3. Asides ([`super::aside`]) take the place of the style numbers: named styles, `w:ind` with characters and twips,
//!    kinsoku, overflowPunct, autoSpace, em, lang, switches that are off.
//! 4. Header rows of a table get `w:tblHeader`, the table `w:tblLook`, its description, and its place beside the text.
//! 5. Sections get what docx-rs has no word for: how their pages and footnotes are numbered.
//! 6. Pictures get numbers that are unique in the file, names and descriptions, their crops, and the vectors that they are
//!    copies of.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::aside::{Asides, PictureAside};
use super::media;
use super::order;
use super::xml::escape;

/// Finishes a part, or a piece of one.
///
/// # Errors
/// It is not well-formed.
pub fn finish(part: &[u8], asides: &Asides) -> Result<Vec<u8>, quick_xml::Error> {
    let mut pass = Pass { out: Vec::with_capacity(part.len() + part.len() / 4), frames: Vec::new(), depth: 0, asides };
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut from = 0;
    loop {
        let event = reader.read_event()?;
        let to = usize::try_from(reader.buffer_position()).unwrap_or(part.len()).min(part.len());
        let raw = &part[from..to];
        from = to;
        match event {
            Event::Start(element) => pass.start(&element, raw),
            Event::Empty(element) => pass.empty(&element, raw),
            Event::End(_) => pass.end(raw),
            Event::Eof => return Ok(pass.out),
            _ => pass.out.extend_from_slice(raw),
        }
    }
}

/// A property element that is open, and where in the output its children stand.
struct Frame {
    order: &'static [&'static str],
    depth: usize,
    begin: usize,
    content: usize,
    children: Vec<Child>,
}

struct Child {
    rank: usize,
    begin: usize,
    end: usize,
}

struct Pass<'a> {
    out: Vec<u8>,
    frames: Vec<Frame>,
    depth: usize,
    asides: &'a Asides,
}

impl Pass<'_> {
    fn start(&mut self, element: &BytesStart, raw: &[u8]) {
        let name = element.name();
        let name: &str = name.as_ref();
        self.open_child(name);
        self.depth += 1;
        let begin = self.out.len();
        self.out.extend_from_slice(raw);
        if let Some(order) = order::children_of(name) {
            let content = self.out.len();
            self.frames.push(Frame { order, depth: self.depth, begin, content, children: Vec::new() });
        }
        if name == "w:trPr" && self.asides.is_header_row {
            self.out.extend_from_slice(b"<w:tblHeader/>");
        }
    }

    fn end(&mut self, raw: &[u8]) {
        let own = self.frames.last().is_some_and(|frame| frame.depth == self.depth);
        if let Some(frame) = own.then(|| self.frames.pop()).flatten() {
            if self.out.len() == frame.content {
                self.out.truncate(frame.begin);
            } else {
                self.put_in_order(&frame);
                self.out.extend_from_slice(raw);
            }
        } else {
            self.out.extend_from_slice(raw);
        }
        self.depth = self.depth.saturating_sub(1);
        self.close_child();
    }

    fn empty(&mut self, element: &BytesStart, raw: &[u8]) {
        let name = element.name();
        let name: &str = name.as_ref();
        match name {
            "w:pStyle" | "w:rStyle" => {
                let asides = self.asides;
                if let Some(aside) = asides.find(&attribute(element, "w:val")) {
                    for (name, attributes) in aside.elements() {
                        self.element(name, attributes);
                    }
                }
            }
            "w:tblStyle" => self.table(),
            "w:trPr" => {
                if self.asides.is_header_row {
                    self.out.extend_from_slice(b"<w:trPr><w:tblHeader/></w:trPr>");
                }
            }
            "w:pgNumType" => {
                let given = |name: &str, from: &str| match attribute(element, from) {
                    value if value.is_empty() => String::new(),
                    value => format!(" {name}=\"{value}\""),
                };
                let attributes = given("w:fmt", "w:chapStyle") + &given("w:start", "w:start");
                self.element("w:pgNumType", &attributes);
            }
            "w:pgSz" => {
                if let Some(format) = self.asides.footnotes {
                    self.open_child("w:footnotePr");
                    let numbered = format!("<w:footnotePr><w:numFmt w:val=\"{format}\"/></w:footnotePr>");
                    self.out.extend_from_slice(numbered.as_bytes());
                    self.close_child();
                }
                self.open_child(name);
                self.out.extend_from_slice(raw);
                self.close_child();
            }
            "w:gridCol" => {
                let attributes = format!(" w:w=\"{}\"", attribute(element, "w:w"));
                self.element("w:gridCol", &attributes);
            }
            "wp:docPr" => {
                let asides = self.asides;
                if let Some(PictureAside { number, description, .. }) = &asides.picture {
                    let description = escape(description);
                    let attributes = format!(" id=\"{number}\" name=\"图片 {number}\" descr=\"{description}\"");
                    self.element("wp:docPr", &attributes);
                }
            }
            "a:blip" | "a:srcRect" => self.picture(name, raw),
            _ if order::children_of(name).is_some() => {}
            _ => {
                self.open_child(name);
                self.out.extend_from_slice(raw);
                self.close_child();
            }
        }
    }

    /// Writes an empty element as a child of the open property element.
    fn element(&mut self, name: &str, attributes: &str) {
        self.open_child(name);
        for part in ["<", name, attributes, "/>"] {
            self.out.extend_from_slice(part.as_bytes());
        }
        self.close_child();
    }

    /// The file of a picture, with the drawing that it is a copy of; or what of it is not shown.
    fn picture(&mut self, name: &str, raw: &[u8]) {
        match &self.asides.picture {
            Some(PictureAside { drawing: Some(drawing), .. }) if name == "a:blip" => {
                let open = raw.strip_suffix(b"/>").unwrap_or(raw).trim_ascii_end();
                self.out.extend_from_slice(open);
                self.out.extend_from_slice(format!(">{}</a:blip>", media::svg_extension(drawing)).as_bytes());
            }
            Some(aside) if name == "a:srcRect" => {
                let attributes = media::crop_attributes(&aside.crop);
                self.out.extend_from_slice(format!("<a:srcRect{attributes}/>").as_bytes());
            }
            _ => self.out.extend_from_slice(raw),
        }
    }

    fn table(&mut self) {
        let asides = self.asides;
        let Some(aside) = &asides.table else { return };
        let look =
            if aside.has_header { " w:val=\"0020\" w:firstRow=\"1\"" } else { " w:val=\"0000\" w:firstRow=\"0\"" };
        self.element(
            "w:tblLook",
            &format!("{look} w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"0\""),
        );
        if let Some(position) = &aside.position {
            self.element("w:tblpPr", position);
            self.element("w:tblOverlap", " w:val=\"never\"");
        }
        if !aside.description.is_empty() {
            self.element("w:tblDescription", &format!(" w:val=\"{}\"", escape(&aside.description)));
        }
    }

    /// Notes where a child of the open property element begins.
    fn open_child(&mut self, name: &str) {
        let begin = self.out.len();
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.depth == self.depth) {
            let rank = frame.order.iter().position(|known| *known == name).unwrap_or(frame.order.len());
            frame.children.push(Child { rank, begin, end: begin });
        }
    }

    /// Notes where it ends.
    fn close_child(&mut self) {
        let end = self.out.len();
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.depth == self.depth)
            && let Some(child) = frame.children.last_mut()
        {
            child.end = end;
        }
    }

    fn put_in_order(&mut self, frame: &Frame) {
        if frame.children.is_sorted_by_key(|child| child.rank) {
            return;
        }
        let mut children: Vec<&Child> = frame.children.iter().collect();
        children.sort_by_key(|child| child.rank);
        let mut ordered = Vec::with_capacity(self.out.len() - frame.content);
        for child in children {
            ordered.extend_from_slice(&self.out[child.begin..child.end]);
        }
        self.out.truncate(frame.content);
        self.out.extend_from_slice(&ordered);
    }
}

fn attribute(element: &BytesStart, name: &str) -> String {
    let found = element.try_get_attribute(name).ok().flatten();
    found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}
