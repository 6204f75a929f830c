//! Reads a written file back, for tests to look into.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A file, read back.
pub struct File(Document);

impl File {
    pub fn read(bytes: &[u8]) -> Self {
        Self(Document::load_mem(bytes).unwrap())
    }

    pub fn identifier(&self) -> Vec<u8> {
        self.0.trailer.get(b"ID").unwrap().as_array().unwrap()[0].as_str().unwrap().to_vec()
    }

    pub fn catalog_text(&self, key: &[u8]) -> String {
        lopdf::decode_text_string(self.0.catalog().unwrap().get(key).unwrap()).unwrap()
    }

    pub fn information(&self, key: &[u8]) -> String {
        let information = self.0.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
        lopdf::decode_text_string(self.0.get_dictionary(information).unwrap().get(key).unwrap()).unwrap()
    }

    pub fn metadata(&self) -> String {
        let id = self.0.catalog().unwrap().get(b"Metadata").and_then(Object::as_reference).unwrap();
        String::from_utf8(self.0.get_object(id).unwrap().as_stream().unwrap().content.clone()).unwrap()
    }

    pub fn shows_title(&self) -> bool {
        let preferences = self.0.catalog().unwrap().get(b"ViewerPreferences").and_then(Object::as_dict).unwrap();
        preferences.get(b"DisplayDocTitle").and_then(Object::as_bool).unwrap()
    }

    /// Titles of the outline, indented by level; checks the chain on the way.
    pub fn outline(&self) -> Vec<String> {
        let root = self.0.catalog().unwrap().get(b"Outlines").and_then(Object::as_reference).unwrap();
        let mut titles = Vec::new();
        let shown = self.outline_below(root, "", &mut titles);
        assert_eq!(shown, titles.len() as i64);
        titles
    }

    fn outline_below(&self, parent: ObjectId, indent: &str, titles: &mut Vec<String>) -> i64 {
        let reference = |item: &Dictionary, key: &[u8]| item.get(key).and_then(Object::as_reference).ok();
        let parent_item = self.0.get_dictionary(parent).unwrap();
        let (mut next, mut last, mut shown) = (reference(parent_item, b"First"), None, 0);
        while let Some(id) = next {
            let item = self.0.get_dictionary(id).unwrap();
            assert_eq!(reference(item, b"Parent"), Some(parent));
            assert_eq!(reference(item, b"Prev"), last);
            let title = lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap();
            titles.push(format!("{indent}{title}"));
            shown += 1 + self.outline_below(id, &format!("{indent}  "), titles);
            (next, last) = (reference(item, b"Next"), Some(id));
        }
        assert_eq!(reference(parent_item, b"Last"), last);
        assert_eq!(parent_item.get(b"Count").and_then(Object::as_i64).unwrap_or(0), shown);
        shown
    }

    /// The structure types, each with the text that it is described by, indented by depth.
    pub fn structure(&self) -> Vec<String> {
        let tree = self.0.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference).unwrap();
        let mut lines = Vec::new();
        self.structure_below(self.0.get_dictionary(tree).unwrap().get(b"K").unwrap(), "", &mut lines);
        lines
    }

    fn structure_below(&self, kid: &Object, indent: &str, lines: &mut Vec<String>) {
        let Ok(id) = kid.as_reference() else {
            let text = kid.as_i64().map_or_else(|_| "on another page, or an annotation".into(), |id| format!("{id}"));
            return lines.push(format!("{indent}{text}"));
        };
        let element = self.0.get_dictionary(id).unwrap();
        let role = String::from_utf8(element.get(b"S").and_then(Object::as_name).unwrap().to_vec()).unwrap();
        let alt = element.get(b"Alt").map(|alt| format!(" {}", lopdf::decode_text_string(alt).unwrap()));
        lines.push(format!("{indent}{role}{}", alt.unwrap_or_default()));
        for kid in element.get(b"K").and_then(Object::as_array).unwrap() {
            self.structure_below(kid, &format!("{indent}  "), lines);
        }
    }

    fn resources(&self) -> &Dictionary {
        let page = self.0.page_iter().next().unwrap();
        let resources = self.0.get_dictionary(page).unwrap().get(b"Resources").and_then(Object::as_reference).unwrap();
        self.0.get_dictionary(resources).unwrap()
    }

    /// The fonts by their names in the pages' resources.
    pub fn fonts(&self) -> Vec<(String, Dictionary)> {
        let fonts = self.resources().get(b"Font").and_then(Object::as_dict).unwrap();
        let font = |id: &Object| self.0.get_dictionary(id.as_reference().unwrap()).unwrap().clone();
        fonts.iter().map(|(name, id)| (String::from_utf8(name.clone()).unwrap(), font(id))).collect()
    }

    pub fn to_unicode(&self, font: &Dictionary) -> String {
        self.stream(font.get(b"ToUnicode").and_then(Object::as_reference).unwrap())
    }

    pub fn font_programs(&self) -> usize {
        let is_descriptor = |object: &&Object| object.type_name().is_ok_and(|name| name == b"FontDescriptor");
        self.0.objects.values().filter(is_descriptor).count()
    }

    pub fn pictures(&self) -> usize {
        self.resources().get(b"XObject").and_then(Object::as_dict).unwrap().len()
    }

    fn bytes(&self, id: ObjectId) -> Vec<u8> {
        self.0.get_object(id).unwrap().as_stream().unwrap().decompressed_content().unwrap()
    }

    fn stream(&self, id: ObjectId) -> String {
        String::from_utf8_lossy(&self.bytes(id)).into_owned()
    }

    /// A page's operators.
    pub fn content(&self, page: usize) -> String {
        let page = self.0.page_iter().nth(page).unwrap();
        self.0.get_page_contents(page).into_iter().map(|id| self.stream(id)).collect()
    }

    /// Left edges of the glyphs of a page, if all have one size and width.
    pub fn glyph_places(&self, page: usize, size: f32, width: f32) -> Vec<f32> {
        let page = self.0.page_iter().nth(page).unwrap();
        let content: Vec<u8> = self.0.get_page_contents(page).into_iter().flat_map(|id| self.bytes(id)).collect();
        let content = lopdf::content::Content::decode(&content).unwrap();
        let (mut x, mut spacing, mut places) = (0.0, 0.0, Vec::new());
        for operation in content.operations {
            match operation.operator.as_str() {
                "Tm" => x = operation.operands[4].as_float().unwrap(),
                "Tc" => spacing = operation.operands[0].as_float().unwrap(),
                "TJ" | "Tj" => {
                    let shown = &operation.operands[0];
                    for item in shown.as_array().map_or(std::slice::from_ref(shown), Vec::as_slice) {
                        match item {
                            Object::String(codes, _) => {
                                for _ in codes.chunks(2) {
                                    places.push(x);
                                    x += width * size / 1000.0 + spacing;
                                }
                            }
                            number => x -= number.as_float().unwrap() * size / 1000.0,
                        }
                    }
                }
                _ => {}
            }
        }
        places
    }
}
