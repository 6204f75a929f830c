//! What stands in a store, what is put there, and what is left to others; the store is one in memory.

use object_store::memory::InMemory;

use super::*;

struct Place {
    bucket: Bucket,
    working: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let address = Address { bucket: "b".into(), prefix: "报告".into() };
        let bucket = Bucket::new(Arc::new(InMemory::new()), address).unwrap();
        Self { bucket, working: tempfile::tempdir().unwrap() }
    }

    fn open(&self) -> Outputs {
        Outputs::open(self.bucket.clone(), self.working.path()).unwrap()
    }

    /// Puts an object as somebody else would.
    fn others(&self, path: &str, text: &str) {
        let name = self.bucket.name(path).unwrap();
        self.bucket.wait(self.bucket.store.put(&name, text.to_owned().into())).unwrap();
    }

    fn holds(&self, path: &str) -> Option<String> {
        let found = self.bucket.get(path, 1 << 20).unwrap();
        found.map(|(bytes, _)| String::from_utf8(bytes).unwrap())
    }

    fn put(&self, outputs: &Outputs, path: &str, text: &str) -> io::Result<()> {
        let (file, hash) = (self.working.path().join("file"), hash(text));
        fs::write(&file, text).unwrap();
        outputs.put(&[Sending { path, hash: &hash, file: &file, replace: false }]).remove(0)
    }
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn found(text: &str, ours: bool) -> Option<Found> {
    Some(Found { hash: hash(text), ours })
}

#[test]
fn what_was_put_is_known_again_with_marks_and_without() {
    let place = Place::new();
    let outputs = place.open();
    assert_eq!(outputs.found("学校/01.pdf").unwrap(), None);
    place.put(&outputs, "学校/01.pdf", "one").unwrap();
    assert_eq!(outputs.found("学校/01.pdf").unwrap(), found("one", true));
    assert_eq!(place.open().found("学校/01.pdf").unwrap(), found("one", true));
    outputs.put_manifest(b"manifest").unwrap();
    let again = place.open();
    assert_eq!(again.state().marks.len(), 1);
    assert_eq!(again.found("学校/01.pdf").unwrap(), found("one", true));
    assert!(!again.state().learned);
    assert_eq!(fs::read(place.working.path().join(MANIFEST)).unwrap(), b"manifest");
}

#[test]
fn what_others_put_there_is_looked_at_once_and_is_not_ours() {
    let place = Place::new();
    place.others("a.pdf", "theirs");
    let outputs = place.open();
    assert_eq!(outputs.found("a.pdf").unwrap(), found("theirs", false));
    outputs.put_manifest(b"").unwrap();
    let again = place.open();
    assert_eq!(again.found("a.pdf").unwrap(), found("theirs", false));
    assert!(!again.state().learned);
}

#[test]
fn what_changes_after_it_was_looked_at_is_left_alone() {
    let place = Place::new();
    let outputs = place.open();
    place.put(&outputs, "a.pdf", "one").unwrap();
    place.others("a.pdf", "theirs");
    place.others("new.pdf", "theirs");
    for path in ["a.pdf", "new.pdf"] {
        let refused = place.put(&outputs, path, "two").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists, "{path}");
        assert_eq!(place.holds(path).as_deref(), Some("theirs"));
    }
    assert_eq!(outputs.remove("a.pdf").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(place.holds("a.pdf").as_deref(), Some("theirs"));
}

#[test]
fn a_report_that_another_run_put_there_meanwhile_is_as_good() {
    let place = Place::new();
    let (one, other) = (place.open(), place.open());
    place.put(&one, "a.pdf", "same").unwrap();
    place.put(&other, "a.pdf", "same").unwrap();
    assert_eq!(other.found("a.pdf").unwrap(), found("same", true));
}

#[test]
fn the_manifest_of_the_run_that_ends_first_stays() {
    let place = Place::new();
    let (one, other) = (place.open(), place.open());
    one.put_manifest(b"one").unwrap();
    one.put_manifest(b"one and more").unwrap();
    assert_eq!(other.put_manifest(b"other").unwrap_err().kind(), io::ErrorKind::ResourceBusy);
    assert_eq!(place.holds(MANIFEST).as_deref(), Some("one and more"));
}

#[test]
fn what_is_removed_is_gone_and_its_mark_with_it() {
    let place = Place::new();
    let outputs = place.open();
    place.put(&outputs, "a.pdf", "one").unwrap();
    outputs.remove("a.pdf").unwrap();
    outputs.remove("a.pdf").unwrap();
    assert_eq!((place.holds("a.pdf"), outputs.found("a.pdf").unwrap()), (None, None));
    outputs.put_manifest(b"").unwrap();
    assert_eq!(place.holds(MARKS).as_deref(), Some(""));
}
