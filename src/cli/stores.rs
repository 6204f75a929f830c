//! Projects and places of reports that are in object stores: fetched, worked in, and put back.

use std::env;
use std::io;
use std::path::{Path, PathBuf, absolute};

use tempfile::TempDir;

use super::arguments::{BuildOptions, CheckOptions, Request};
use super::build::default_output;
use super::problem;
use crate::batch::Destination;
use crate::diagnostic::Diagnostic;
use crate::store::{self, Address};

/// Folders that are worked in while a command runs.
#[derive(Debug, Default)]
pub(super) struct Working {
    folders: Vec<TempDir>,
    /// The folder that was worked in before.
    before: Option<PathBuf>,
}

impl Drop for Working {
    fn drop(&mut self) {
        // A folder that somebody is in cannot be removed everywhere.
        let _ = self.before.take().map(env::set_current_dir);
    }
}

impl Working {
    /// Has the project and the place of its reports at hand: what is in a store is fetched and opened. Gives where the
    /// reports go.
    pub(super) fn building(&mut self, options: &mut BuildOptions) -> Result<Destination, Diagnostic> {
        let project = address(&options.project.project)?.map(folder_of_project);
        let out = match (&options.out, &project) {
            (Some(out), _) => address(out)?,
            (None, project) => project.as_ref().map(|project| project.below("out")),
        };
        let mut to = match &out {
            Some(out) => self.place(out)?,
            None => {
                let default = || default_output(&options.project.project);
                Destination::folder(&options.out.clone().unwrap_or_else(default))
            }
        };
        if let Some(project) = &project {
            let options = &mut *options;
            let named = options.log.iter_mut().chain(&mut options.records).chain(&mut options.project.fonts.folder);
            self.fetch(project, out.as_ref(), named.chain([&mut to.folder]))?;
            options.project.project = PathBuf::from(".");
        }
        Ok(to)
    }

    /// Has the project to check at hand.
    pub(super) fn checking(&mut self, options: &mut CheckOptions) -> Result<(), Diagnostic> {
        if let Some(project) = address(&options.project.project)?.map(folder_of_project) {
            let named = options.xlsx.iter_mut().chain(&mut options.project.fonts.folder);
            self.fetch(&project, None, named)?;
            options.project.project = PathBuf::from(".");
        }
        Ok(())
    }

    /// A place of reports: a folder, or one in a store.
    pub(super) fn place_named(&mut self, path: &Path) -> Result<Destination, Diagnostic> {
        match address(path)? {
            Some(address) => self.place(&address),
            None => Ok(Destination::folder(path)),
        }
    }

    fn place(&mut self, address: &Address) -> Result<Destination, Diagnostic> {
        let folder = self.folder()?;
        let elsewhere = Some(store::open(address, &folder)?);
        Ok(Destination { folder, shown_as: address.to_string(), elsewhere })
    }

    /// Fetches a project and goes there, so that its files have the names that they have in the project; files that the user
    /// named otherwise stay where they are.
    fn fetch<'p>(
        &mut self,
        project: &Address,
        but: Option<&Address>,
        named: impl Iterator<Item = &'p mut PathBuf>,
    ) -> Result<(), Diagnostic> {
        let folder = self.folder()?;
        store::fetch(project, &folder, but)?;
        let refuse = |error: io::Error| problem::cannot_work_in(&folder, &error);
        for path in named {
            *path = absolute(&*path).map_err(refuse)?;
        }
        self.before = Some(env::current_dir().map_err(refuse)?);
        env::set_current_dir(&folder).map_err(refuse)
    }

    fn folder(&mut self) -> Result<PathBuf, Diagnostic> {
        let folder = tempfile::Builder::new().prefix("huibao-").tempdir();
        let folder = folder.map_err(|error| problem::cannot_work_in(&env::temp_dir(), &error))?;
        let path = folder.path().to_owned();
        self.folders.push(folder);
        Ok(path)
    }
}

/// What is wrong with a request that names an address where only a folder or a file will do.
pub(super) fn misplaced(request: &Request) -> Option<Diagnostic> {
    let named: Vec<&PathBuf> = match request {
        Request::Build(options) | Request::Watch(options) => options.log.iter().chain(&options.records).collect(),
        Request::Check(options) => options.xlsx.iter().collect(),
        Request::Convert(options) => options.out.iter().collect(),
        Request::Merge(options) => options.starter.iter().collect(),
        Request::Init { paths, to } => paths.iter().chain(to).collect(),
        Request::Fonts { export, .. } => export.iter().collect(),
        Request::Collect { .. } | Request::Inspect { .. } | Request::Tags { .. } => Vec::new(),
    };
    named.into_iter().find(|path| Address::is_meant(path)).map(|path| problem::no_store_here(path))
}

/// The part of a store that a path means; nothing if it means a file or folder.
fn address(path: &Path) -> Result<Option<Address>, Diagnostic> {
    match (Address::is_meant(path), Address::read(path)) {
        (false, _) => Ok(None),
        (true, Some(address)) => Ok(Some(address)),
        (true, None) => Err(problem::not_an_address(path)),
    }
}

/// A project is named by its folder or by the project file in it.
fn folder_of_project(address: Address) -> Address {
    let folder = address.prefix.strip_suffix("huibao.toml").map(|folder| folder.trim_end_matches('/').to_owned());
    Address { prefix: folder.unwrap_or(address.prefix), bucket: address.bucket }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::parse;
    use crate::diagnostic::Language;

    #[test]
    fn an_address_is_refused_where_a_folder_is_wanted_and_a_folder_never() {
        let told = |line: &str| {
            let words: Vec<std::ffi::OsString> = line.split(' ').map(Into::into).collect();
            misplaced(&parse(words, Language::English).unwrap_or_else(|_| panic!("{line}"))).map(|problem| problem.code)
        };
        for line in
            ["convert a.docx --out s3://b/x", "init gs://b/x", "fonts --export s3://b", "build --log s3://b/log"]
        {
            assert_eq!(told(&format!("huibao {line}")), Some("cli.no-store-here"), "{line}");
        }
        for line in
            ["convert a.docx --out x", "init 新项目", "build --out s3://b/x", "merge a.xlsx b.docx --out s3://b/x"]
        {
            assert_eq!(told(&format!("huibao {line}")), None, "{line}");
        }
        assert_eq!(address(Path::new("gs://b/x")).unwrap_err().code, "cli.not-an-address");
        assert_eq!(address(Path::new("x")).unwrap(), None);
    }
}
