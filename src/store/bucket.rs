//! Objects of one store, by their names below a prefix.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::path::Path as Name;
use object_store::{Error, ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::runtime::Runtime;

use super::address::Address;
use super::problem;
use crate::diagnostic::Diagnostic;

/// So many objects are on their way at once.
pub(super) const AT_ONCE: usize = 16;
/// The most objects that are looked through.
const MOST: usize = 2_000_000;

/// Objects of one store whose names begin alike.
#[derive(Clone, Debug)]
pub(super) struct Bucket {
    pub(super) store: Arc<dyn ObjectStore>,
    pub(super) address: Address,
    runtime: Arc<Runtime>,
}

/// What a list of objects tells of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) size: u64,
    /// The store's mark of its content, if lists have it.
    pub(super) mark: Option<String>,
}

impl Bucket {
    /// Objects of S3, found and opened by what the environment says (`AWS_…`).
    pub(super) fn open(address: Address) -> Result<Self, Diagnostic> {
        // Another one that was installed before does as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let retry = RetryConfig { max_retries: 5, retry_timeout: Duration::from_secs(60), ..RetryConfig::default() };
        let store = AmazonS3Builder::from_env().with_bucket_name(&address.bucket).with_retry(retry).build();
        let store = store.map_err(|error| problem::cannot_reach(&address.to_string(), &as_io(error)))?;
        Self::new(Arc::new(store), address)
    }

    pub(super) fn new(store: Arc<dyn ObjectStore>, address: Address) -> Result<Self, Diagnostic> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| problem::cannot_reach(&address.to_string(), &error))?;
        Ok(Self { store, address, runtime: Arc::new(runtime) })
    }

    /// Waits for what is asked of the store.
    pub(super) fn wait<T>(&self, asked: impl Future<Output = T>) -> T {
        self.runtime.block_on(asked)
    }

    /// The name of an object.
    pub(super) fn name(&self, path: &str) -> io::Result<Name> {
        let name = self.address.below(path).prefix;
        Name::parse(name).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))
    }

    /// The objects, by their names below the prefix, but for those that `skip` passes over.
    pub(super) fn list(&self, skip: impl Fn(&str) -> bool) -> io::Result<BTreeMap<String, Listed>> {
        let prefix = Name::parse(&self.address.prefix).map_err(|error| as_io(error.into()))?;
        let is_named = !self.address.prefix.is_empty();
        self.wait(async {
            let mut all = BTreeMap::new();
            let mut found = self.store.list(Some(&prefix).filter(|_| is_named));
            while let Some(object) = found.try_next().await.map_err(as_io)? {
                let name: &str = object.location.as_ref();
                let below = name.strip_prefix(&self.address.prefix).map(|below| below.trim_start_matches('/'));
                let Some(below) = below.filter(|below| !below.is_empty() && !skip(below)) else { continue };
                all.insert(below.to_owned(), Listed { size: object.size, mark: object.e_tag });
                if all.len() > MOST {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, format!("more than {MOST} objects")));
                }
            }
            Ok(all)
        })
    }

    /// What an object holds, up to a limit; nothing if there is none. Its mark with it.
    pub(super) fn get(&self, path: &str, largest: u64) -> io::Result<Option<(Vec<u8>, Option<String>)>> {
        let name = self.name(path)?;
        self.wait(async {
            let found = match self.store.get(&name).await {
                Err(Error::NotFound { .. }) => return Ok(None),
                found => found.map_err(as_io)?,
            };
            let (size, mark) = (found.meta.size, found.meta.e_tag.clone());
            let too_large = || io::Error::new(io::ErrorKind::InvalidData, format!("more than {} MB", largest >> 20));
            if size > largest {
                return Err(too_large());
            }
            let mut bytes = Vec::new();
            let mut pieces = found.into_stream();
            while let Some(piece) = pieces.next().await {
                bytes.extend_from_slice(&piece.map_err(as_io)?);
                if bytes.len() as u64 > largest {
                    return Err(too_large());
                }
            }
            Ok(Some((bytes, mark)))
        })
    }
}

/// A store's refusal as one of a file system.
pub(super) fn as_io(error: Error) -> io::Error {
    let kind = match &error {
        Error::NotFound { .. } => io::ErrorKind::NotFound,
        Error::AlreadyExists { .. } | Error::Precondition { .. } | Error::NotModified { .. } => {
            io::ErrorKind::AlreadyExists
        }
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => io::ErrorKind::PermissionDenied,
        Error::NotImplemented { .. } | Error::NotSupported { .. } => io::ErrorKind::Unsupported,
        Error::InvalidPath { .. } => io::ErrorKind::InvalidInput,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}
