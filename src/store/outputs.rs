//! Reports put into a store, and known again.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{StreamExt, stream};
use object_store::path::Path as Name;
use object_store::{
    Attribute, Attributes, Error, GetOptions, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload,
    UpdateVersion,
};
use serde::{Deserialize, Serialize};

use super::address::Address;
use super::bucket::{AT_ONCE, Bucket, Listed, as_io};
use super::problem;
use crate::batch::{Elsewhere, Found, LARGEST_MANIFEST, MANIFEST, Sending};
use crate::diagnostic::Diagnostic;

/// The metadata that tells what huibao has put there.
const HASH: Attribute = Attribute::Metadata(std::borrow::Cow::Borrowed("huibao-blake3"));
/// The object that has the store's marks of the reports, so that a list of objects tells whether they still stand.
const MARKS: &str = ".huibao.marks.jsonl";
/// The largest file that is got as a whole.
const LARGEST: u64 = 2 << 30;

/// Reports below an address.
#[derive(Debug)]
struct Outputs {
    bucket: Bucket,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// What stands there.
    listed: BTreeMap<String, Listed>,
    /// What was found out about it.
    marks: BTreeMap<String, Mark>,
    /// Whether more is known than the object of marks says.
    learned: bool,
    /// The hash of the manifest that stands there, and its mark; nothing if there is none.
    manifest: Option<(blake3::Hash, Option<String>)>,
}

/// What an object holds, as long as it has the mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    mark: String,
    blake3: String,
    /// Whether the object itself says that huibao put it there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    foreign: bool,
}

/// A line of the object of marks.
#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    #[serde(flatten)]
    mark: Mark,
}

/// Opens a place of reports: looks at what stands there, and gets its manifest into the working folder.
///
/// # Errors
/// The store cannot be reached.
pub fn open(address: &Address, working: &Path) -> Result<Arc<dyn Elsewhere>, Diagnostic> {
    Ok(Arc::new(Outputs::open(Bucket::open(address.clone())?, working)?))
}

impl Outputs {
    fn open(bucket: Bucket, working: &Path) -> Result<Self, Diagnostic> {
        let shown = bucket.address.to_string();
        let refuse = |error: io::Error| problem::cannot_reach(&shown, &error);
        let listed = bucket.list(|_| false).map_err(refuse)?;
        let manifest = bucket.get(MANIFEST, LARGEST_MANIFEST + 1).map_err(refuse)?;
        if let Some((text, _)) = &manifest {
            fs::write(working.join(MANIFEST), text).map_err(|error| problem::cannot_fetch(&shown, &error))?;
        }
        let manifest = manifest.map(|(text, mark)| (blake3::hash(&text), mark));
        let marks = bucket.get(MARKS, LARGEST_MANIFEST).map_err(refuse)?.map(|(text, _)| text).unwrap_or_default();
        let lines = marks.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Line>(line).ok());
        let marks = lines.map(|Line { path, mark }| (path, mark)).collect();
        Ok(Self { bucket, state: Mutex::new(State { listed, marks, learned: false, manifest }) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What an object says of itself: its mark, and its hash if huibao put it there; nothing if it is gone.
    async fn head(&self, name: &Name) -> io::Result<Option<(Listed, Option<String>)>> {
        match self.bucket.store.get_opts(name, GetOptions::new().with_head(true)).await {
            Ok(found) => {
                let hash = found.attributes.get(&HASH).map(|hash| hash.to_string());
                Ok(Some((Listed { size: found.meta.size, mark: found.meta.e_tag }, hash)))
            }
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(as_io(error)),
        }
    }

    /// The hash of what an object holds.
    async fn hash(&self, name: &Name) -> io::Result<String> {
        let mut pieces = self.bucket.store.get(name).await.map_err(as_io)?.into_stream();
        let mut hasher = blake3::Hasher::new();
        while let Some(piece) = pieces.next().await {
            hasher.update(&piece.map_err(as_io)?);
        }
        Ok(hasher.finalize().to_hex().to_string())
    }

    fn learn(&self, path: &str, listed: Listed, blake3: &str, foreign: bool) {
        let mut state = self.state();
        if let Some(mark) = listed.mark.clone() {
            let mark = Mark { mark, blake3: blake3.to_owned(), foreign };
            state.learned |= state.marks.get(path) != Some(&mark);
            state.marks.insert(path.to_owned(), mark);
        }
        state.listed.insert(path.to_owned(), listed);
    }

    async fn put_one(&self, sending: &Sending<'_>) -> io::Result<()> {
        let Sending { path, hash, file, replace } = *sending;
        let name = self.bucket.name(path)?;
        let bytes = fs::read(file)?;
        let size = bytes.len() as u64;
        let mode = match self.state().listed.get(path) {
            _ if replace => PutMode::Overwrite,
            Some(listed) => only_this(listed.mark.clone()),
            None => PutMode::Create,
        };
        let attributes = Attributes::from_iter([(HASH, hash.to_owned())]);
        let mark = match self.put_as(&name, bytes, mode, attributes).await {
            // Perhaps it was put there, and only the answer was lost.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match self.head(&name).await? {
                Some((listed, Some(found))) if found == hash => listed.mark,
                _ => return Err(error),
            },
            put => put?,
        };
        self.learn(path, Listed { size, mark }, hash, false);
        Ok(())
    }

    /// Puts an object in its place, and gives its mark.
    async fn put_as(
        &self,
        name: &Name,
        bytes: Vec<u8>,
        mode: PutMode,
        attributes: Attributes,
    ) -> io::Result<Option<String>> {
        let payload = PutPayload::from(bytes);
        let put = |mode: PutMode| {
            let options = PutOptions { mode, attributes: attributes.clone(), ..PutOptions::default() };
            self.bucket.store.put_opts(name, payload.clone(), options)
        };
        let done = match put(mode).await {
            // Told in the environment that the store cannot do it.
            Err(Error::NotImplemented { .. }) => put(PutMode::Overwrite).await,
            done => done,
        };
        done.map(|done| done.e_tag).map_err(as_io)
    }

    fn marks(&self) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        let state = self.state();
        let standing = state.marks.iter().filter(|(path, _)| state.listed.contains_key(*path));
        for (path, mark) in standing {
            serde_json::to_writer(&mut text, &Line { path: path.clone(), mark: mark.clone() })?;
            text.push(b'\n');
        }
        Ok(text)
    }
}

/// Replaces an object only if it has this mark.
fn only_this(mark: Option<String>) -> PutMode {
    match mark {
        Some(mark) => PutMode::Update(UpdateVersion { e_tag: Some(mark), version: None }),
        None => PutMode::Overwrite,
    }
}

impl Elsewhere for Outputs {
    fn found(&self, path: &str) -> io::Result<Option<Found>> {
        let state = self.state();
        let Some(listed) = state.listed.get(path) else { return Ok(None) };
        let known = state.marks.get(path).filter(|known| Some(&known.mark) == listed.mark.as_ref());
        if let Some(known) = known {
            return Ok(Some(Found { hash: known.blake3.clone(), ours: !known.foreign }));
        }
        let before = state.marks.get(path).cloned();
        drop(state);
        let name = self.bucket.name(path)?;
        self.bucket.wait(async {
            let Some((listed, hash)) = self.head(&name).await? else {
                self.state().listed.remove(path);
                return Ok(None);
            };
            let known = before.filter(|known| Some(&known.mark) == listed.mark.as_ref());
            let (hash, foreign) = match (hash, known) {
                (Some(hash), _) => (hash, false),
                (None, Some(known)) => (known.blake3, known.foreign),
                (None, None) => (self.hash(&name).await?, true),
            };
            self.learn(path, listed, &hash, foreign);
            Ok(Some(Found { hash, ours: !foreign }))
        })
    }

    fn get(&self, path: &str) -> io::Result<Vec<u8>> {
        let found = self.bucket.get(path, LARGEST)?;
        found.map(|(bytes, _)| bytes).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn put(&self, files: &[Sending<'_>]) -> Vec<io::Result<()>> {
        let sent = stream::iter(files).map(|sending| self.put_one(sending));
        self.bucket.wait(sent.buffered(AT_ONCE).collect())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let name = self.bucket.name(path)?;
        let mark = self.state().listed.get(path).and_then(|listed| listed.mark.clone());
        self.bucket.wait(async {
            match self.head(&name).await? {
                Some((now, _)) if now.mark != mark => return Err(io::ErrorKind::AlreadyExists.into()),
                Some(_) => self.bucket.store.delete(&name).await.map_err(as_io)?,
                None => {}
            }
            self.state().listed.remove(path);
            Ok(())
        })
    }

    fn put_manifest(&self, text: &[u8]) -> io::Result<()> {
        let hash = blake3::hash(text);
        let before = self.state().manifest.clone();
        if std::mem::take(&mut self.state().learned) {
            let (name, marks) = (self.bucket.name(MARKS)?, self.marks()?);
            self.bucket.wait(self.put_as(&name, marks, PutMode::Overwrite, Attributes::new()))?;
        }
        let mode = match before {
            Some((same, _)) if same == hash => return Ok(()),
            Some((_, mark)) => only_this(mark),
            None => PutMode::Create,
        };
        let name = self.bucket.name(MANIFEST)?;
        let put = self.bucket.wait(self.put_as(&name, text.to_vec(), mode, Attributes::new()));
        let mark = put.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => io::Error::new(io::ErrorKind::ResourceBusy, error),
            _ => error,
        })?;
        self.state().manifest = Some((hash, mark));
        Ok(())
    }
}

#[cfg(test)]
#[path = "outputs_tests.rs"]
mod tests;
