//! The objects of a file, written down as they come: none is kept in memory, so that a document of thousands of pages takes
//! no more than its file. lopdf has their kinds; its own way of saving holds them all, and each a second time.
//!
//! Small objects go into object streams (ISO 32000-1, 7.5.7), where each is found through the cross-reference stream at the
//! file's end (7.5.8).

use bytes::Bytes;
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::syntax::{write_integer, write_object};
use crate::deflate::{self, Effort};
use crate::pieces::Pieces;

/// Objects of one object stream.
const MOST_TOGETHER: usize = 200;
/// Bytes of one, about.
const MOST_BYTES: usize = 64 << 10;
/// Length of a file identifier.
const ID_BYTES: usize = 16;

/// Where an object stands.
#[derive(Clone, Copy)]
enum Place {
    /// It has a number only.
    Nowhere,
    /// At an offset of the file.
    At(u32),
    /// In an object stream, by its place there.
    In(u32, u16),
}

/// A file being written.
pub(super) struct Objects {
    file: Pieces,
    /// Where each object stands, from number 1.
    places: Vec<Place>,
    /// The object stream that is being filled: the numbers of its objects and where each begins, and the objects.
    together: Vec<(u32, usize)>,
    bytes: Vec<u8>,
}

/// A file that cannot be: it is longer than four gigabytes.
#[derive(Debug)]
pub(super) struct TooLong;

impl Objects {
    /// A file without objects.
    pub fn new() -> Self {
        // The bytes above 127 tell programs that move files that this is no text (7.5.2).
        let file = Pieces::from(b"%PDF-1.7\n%\xBB\xAD\xC0\xDE\n".to_vec());
        Self { file, places: Vec::new(), together: Vec::new(), bytes: Vec::new() }
    }

    /// The number of an object that comes later.
    pub fn new_object_id(&mut self) -> ObjectId {
        self.places.push(Place::Nowhere);
        (self.places.len() as u32, 0)
    }

    /// The number that the next object gets.
    pub fn next_number(&self) -> u32 {
        self.places.len() as u32 + 1
    }

    /// Takes the numbers up to this one, for objects that come with theirs.
    pub fn take_numbers(&mut self, last: u32) {
        self.places.resize(self.places.len().max(last as usize), Place::Nowhere);
    }

    /// Writes an object and gives its number.
    pub fn add_object(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.new_object_id();
        self.set_object(id, object);
        id
    }

    /// Writes an object of a number.
    pub fn set_object(&mut self, id: ObjectId, object: impl Into<Object>) {
        match object.into() {
            Object::Stream(Stream { dict, content, .. }) => {
                self.write_stream(id, dict, content.len(), |file| file.end().extend_from_slice(&content));
            }
            object => self.write_object(id, |out| write_object(out, &object)),
        }
    }

    /// Writes an object of a number that is no stream and whose syntax is known.
    pub fn write_object(&mut self, id: ObjectId, write: impl FnOnce(&mut Vec<u8>)) {
        self.together.push((id.0, self.bytes.len()));
        write(&mut self.bytes);
        self.bytes.push(b'\n');
        if self.together.len() >= MOST_TOGETHER || self.bytes.len() >= MOST_BYTES {
            self.end_object_stream();
        }
    }

    /// Writes a stream of these bytes, and gives its number.
    pub fn add_stream(&mut self, entries: Dictionary, bytes: &[u8]) -> ObjectId {
        let id = self.new_object_id();
        self.write_stream(id, entries, bytes.len(), |file| file.end().extend_from_slice(bytes));
        id
    }

    /// Writes a stream whose bytes others keep, and gives its number.
    pub fn add_kept_stream(&mut self, entries: Dictionary, bytes: &Bytes) -> ObjectId {
        let id = self.new_object_id();
        self.write_stream(id, entries, bytes.len(), |file| file.add(bytes));
        id
    }

    fn write_stream(&mut self, id: ObjectId, mut entries: Dictionary, length: usize, write: impl FnOnce(&mut Pieces)) {
        self.file.end_long_piece();
        // An offset that is too large is found when all is written.
        self.put(id.0, Place::At(u32::try_from(self.file.len()).unwrap_or(u32::MAX)));
        let out = self.file.end();
        out.extend_from_slice(format!("{} 0 obj\n", id.0).as_bytes());
        entries.set("Length", length as i64);
        write_object(out, &Object::Dictionary(entries));
        out.extend_from_slice(b"stream\n");
        write(&mut self.file);
        self.file.end().extend_from_slice(b"\nendstream\nendobj\n");
    }

    fn put(&mut self, number: u32, place: Place) {
        if let Some(known) = (number as usize).checked_sub(1).and_then(|at| self.places.get_mut(at)) {
            *known = place;
        }
    }

    fn end_object_stream(&mut self) {
        let together = std::mem::take(&mut self.together);
        if together.is_empty() {
            return;
        }
        let id = self.new_object_id();
        let mut content = Vec::with_capacity(self.bytes.len() + together.len() * 8);
        for (at, (number, begin)) in (0_u16..).zip(&together) {
            self.put(*number, Place::In(id.0, at));
            write_integer(&mut content, i64::from(*number));
            content.push(b' ');
            write_integer(&mut content, *begin as i64);
            content.push(b' ');
        }
        let first = content.len() as i64;
        content.append(&mut self.bytes);
        let entries = dictionary! {
            "Type" => "ObjStm",
            "N" => together.len() as i64,
            "First" => first,
            "Filter" => "FlateDecode",
        };
        let content = deflate::zlib(&content, Effort::Some);
        self.write_stream(id, entries, content.len(), |file| file.end().extend_from_slice(&content));
    }

    /// The whole file. Its identifier is a hash of it as it is with zeros in the identifier's place.
    ///
    /// # Errors
    /// It is longer than a file may be.
    pub fn finish(mut self, catalog: ObjectId, information: ObjectId) -> Result<Pieces, TooLong> {
        self.end_object_stream();
        let at = u32::try_from(self.file.len()).map_err(|_| TooLong)?;
        let id = self.new_object_id();
        self.put(id.0, Place::At(at));
        let mut rows = Vec::with_capacity(7 * (self.places.len() + 1));
        rows.extend([0, 0, 0, 0, 0, 0xFF, 0xFF]);
        for place in &self.places {
            let (kind, one, other): (u8, u32, u16) = match *place {
                Place::Nowhere => (0, 0, 0xFFFF),
                Place::At(offset) => (1, offset, 0),
                Place::In(stream, index) => (2, stream, index),
            };
            rows.push(kind);
            rows.extend(one.to_be_bytes());
            rows.extend(other.to_be_bytes());
        }
        let zeros = "0".repeat(2 * ID_BYTES);
        let rows = deflate::zlib(&rows, Effort::Some);
        let head = format!(
            "{} 0 obj\n<</Type/XRef/W[1 4 2]/Size {}/Root {} 0 R/Info {} 0 R/Filter/FlateDecode/Length {}/ID[<",
            id.0,
            self.places.len() + 1,
            catalog.0,
            information.0,
            rows.len()
        );
        let out = self.file.end();
        out.extend_from_slice(head.as_bytes());
        let first = out.len();
        let second = first + zeros.len() + 2;
        out.extend_from_slice(format!("{zeros}><{zeros}>]>>stream\n").as_bytes());
        out.extend_from_slice(&rows);
        out.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF").as_bytes());

        // What stands before the identifier is hashed once, for the identifier and for the file that has it.
        let mut hasher = self.file.hasher(first);
        let out = self.file.end();
        let hash = hasher.clone().update(&out[first..]).finalize().to_hex();
        let hash = hash.get(..2 * ID_BYTES).unwrap_or_default().to_uppercase();
        for begin in [first, second] {
            if let Some(place) = out.get_mut(begin..begin + hash.len()) {
                place.copy_from_slice(hash.as_bytes());
            }
        }
        let hash = hasher.update(&out[first..]).finalize();
        Ok(self.file.hashed(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Document;

    #[test]
    fn every_object_is_found_again_wherever_it_stands() {
        let mut objects = Objects::new();
        let later = objects.new_object_id();
        let numbers: Vec<ObjectId> = (0..2 * MOST_TOGETHER as i64 + 7).map(|n| objects.add_object(n)).collect();
        let stream = objects.add_object(Stream::new(Dictionary::new(), b"BT ET".to_vec()));
        let catalog = objects.add_object(dictionary! { "Type" => "Catalog", "Later" => later });
        objects.set_object(later, Object::string_literal("a (b\\"));
        let information = objects.add_object(Dictionary::new());
        let file = Document::load_mem(&objects.finish(catalog, information).unwrap().into_vec()).unwrap();
        for (n, id) in (0..).zip(numbers) {
            assert_eq!(file.get_object(id).unwrap().as_i64().unwrap(), n);
        }
        assert_eq!(file.get_object(stream).unwrap().as_stream().unwrap().content, b"BT ET");
        let known = file.catalog().unwrap().get(b"Later").and_then(Object::as_reference).unwrap();
        assert_eq!(file.get_object(known).unwrap().as_str().unwrap(), b"a (b\\");
    }

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        let mut objects = Objects::new();
        let catalog = objects.add_kept_stream(Dictionary::new(), &vec![b'%'; 90_000].into());
        let file = objects.finish(catalog, catalog).unwrap();
        assert_eq!(file.hash(), blake3::hash(&file.into_vec()));
    }

    #[test]
    fn the_identifier_tells_files_apart() {
        let identifier = |number: i64| {
            let mut objects = Objects::new();
            let catalog = objects.add_object(dictionary! { "Type" => "Catalog", "N" => number });
            let information = objects.add_object(Dictionary::new());
            let file = Document::load_mem(&objects.finish(catalog, information).unwrap().into_vec()).unwrap();
            file.trailer.get(b"ID").unwrap().as_array().unwrap()[0].as_str().unwrap().to_vec()
        };
        assert_eq!(identifier(1), identifier(1));
        assert_ne!(identifier(1), identifier(2));
        assert!(identifier(1).iter().any(|byte| *byte != 0));
    }
}
