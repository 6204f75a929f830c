//! A project fetched into a folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::ObjectStoreExt;

use super::address::Address;
use super::bucket::{AT_ONCE, Bucket, Listed, as_io};
use super::problem;
use crate::batch::MANIFEST;
use crate::diagnostic::Diagnostic;

/// The most objects of a project.
const MOST: usize = 100_000;
/// The most bytes of all of them.
const LARGEST: u64 = 16 << 30;

/// Fetches the objects below an address into a folder, but for those below `but` and in any other output folder.
///
/// # Errors
/// The store cannot be reached, or what is there is too much or cannot be a folder of files.
pub fn fetch(address: &Address, into: &Path, but: Option<&Address>) -> Result<(), Diagnostic> {
    fetch_from(&Bucket::open(address.clone())?, into, but)
}

fn fetch_from(bucket: &Bucket, into: &Path, but: Option<&Address>) -> Result<(), Diagnostic> {
    let shown = bucket.address.to_string();
    let outputs = but.and_then(|but| bucket.address.within(but)).filter(|outputs| !outputs.is_empty());
    let is_output = |name: &str| outputs.is_some_and(|outputs| lies_in(name, outputs));
    let mut objects = bucket.list(is_output).map_err(|error| problem::cannot_reach(&shown, &error))?;
    leave_out_outputs(&mut objects);
    let not_a_file = |name: &str| problem::not_a_file_name(&bucket.address.below(name).to_string());
    leave_out_folders(&mut objects).map_err(|name| not_a_file(&name))?;
    if objects.len() > MOST || objects.values().map(|object| object.size).sum::<u64>() > LARGEST {
        return Err(problem::too_much(&shown, MOST, LARGEST >> 20));
    }
    let files: Vec<(&str, PathBuf, u64)> = objects
        .iter()
        .map(|(name, object)| Ok((name.as_str(), into.join(file(name)?), object.size)))
        .collect::<Result<_, &str>>()
        .map_err(not_a_file)?;
    let fetched = stream::iter(files).map(|(name, path, size)| async move {
        let done = one(bucket, name, &path, size).await;
        done.map_err(|error| problem::cannot_fetch(&bucket.address.below(name).to_string(), &error))
    });
    bucket.wait(fetched.buffer_unordered(AT_ONCE).try_collect())
}

/// Fetches an object; one that has changed its size since it was listed is refused.
async fn one(bucket: &Bucket, name: &str, path: &Path, size: u64) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
    let mut file = File::create(path)?;
    let mut pieces = bucket.store.get(&bucket.name(name)?).await.map_err(as_io)?.into_stream();
    let changed = || io::Error::other("it has changed meanwhile");
    let mut left = size;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(as_io)?;
        left = left.checked_sub(piece.len() as u64).ok_or_else(changed)?;
        file.write_all(&piece)?;
    }
    if left == 0 { Ok(()) } else { Err(changed()) }
}

fn lies_in(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Output folders within the project are not its inputs.
fn leave_out_outputs(objects: &mut BTreeMap<String, Listed>) {
    let outputs: Vec<String> =
        objects.keys().filter_map(|name| Some(name.strip_suffix(MANIFEST)?.strip_suffix('/')?.to_owned())).collect();
    objects.retain(|name, _| !outputs.iter().any(|folder| lies_in(name, folder)));
}

/// Some programs put an empty object where a folder would be; one that is not empty is in the way of those below it, and
/// is named.
fn leave_out_folders(objects: &mut BTreeMap<String, Listed>) -> Result<(), String> {
    let holds = |name: &str| {
        let below = format!("{name}/");
        objects.range(below.clone()..).next().is_some_and(|(next, _)| next.starts_with(&below))
    };
    let folders: Vec<(String, u64)> =
        objects.iter().filter(|(name, _)| holds(name)).map(|(name, object)| (name.clone(), object.size)).collect();
    folders.into_iter().try_for_each(|(name, size)| match size {
        0 => {
            objects.remove(&name);
            Ok(())
        }
        _ => Err(name),
    })
}

/// The path of the file that an object becomes; the name again if it cannot be one.
fn file(name: &str) -> Result<PathBuf, &str> {
    let path = PathBuf::from(name);
    let is_plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    let is_whole = path.components().count() == name.split('/').count();
    (is_plain && is_whole).then_some(path).ok_or(name)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use object_store::memory::InMemory;
    use object_store::path::Path as Name;

    use super::*;

    fn bucket(objects: &[(&str, &str)]) -> Bucket {
        let address = Address { bucket: "b".into(), prefix: "省/项目".into() };
        let bucket = Bucket::new(Arc::new(InMemory::new()), address).unwrap();
        for (name, text) in objects {
            let name = Name::parse(name).unwrap();
            bucket.wait(bucket.store.put(&name, text.to_string().into())).unwrap();
        }
        bucket
    }

    #[test]
    fn a_project_is_fetched_without_what_was_made_of_it_or_lies_beside_it() {
        let bucket = bucket(&[
            ("省/项目/huibao.toml", "project"),
            ("省/项目/input/学校 1#.xlsx", "rows"),
            ("省/项目/input", ""),
            ("省/项目/out/a.pdf", "made"),
            ("省/项目/旧/.huibao.jsonl", "made before"),
            ("省/项目/旧/a.pdf", "made before"),
            ("省/项目2/huibao.toml", "another"),
            ("huibao.toml", "another"),
        ]);
        let folder = tempfile::tempdir().unwrap();
        fetch_from(&bucket, folder.path(), Some(&bucket.address.below("out"))).unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).ok();
        assert_eq!(read("huibao.toml").as_deref(), Some("project"));
        assert_eq!(read("input/学校 1#.xlsx").as_deref(), Some("rows"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn an_object_in_the_way_of_others_is_told() {
        let bucket = bucket(&[("省/项目/input", "a file"), ("省/项目/input/a.xlsx", "rows")]);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(fetch_from(&bucket, folder.path(), None).unwrap_err().code, "store.not-a-file-name");
    }
}
