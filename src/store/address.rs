//! Addresses in object stores: `s3://bucket/folder`.

use std::path::Path;

/// A part of an object store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The bucket.
    pub bucket: String,
    /// The names of its objects begin with this and a `/`; nothing means all objects.
    pub prefix: String,
}

const SCHEME: &str = "s3://";

impl Address {
    /// Whether what a user typed is to be one, of whatever kind of store: `gs://` and `https://` name no folder either.
    pub fn is_meant(path: &Path) -> bool {
        let scheme = path.to_str().and_then(|path| Some(path.split_once("://")?.0));
        scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric()))
    }

    /// Reads what a user typed; nothing if it names no bucket, or a store of another kind.
    pub fn read(path: &Path) -> Option<Self> {
        let (bucket, prefix) = match path.to_str()?.strip_prefix(SCHEME)?.split_once('/') {
            Some(parts) => parts,
            None => (path.to_str()?.strip_prefix(SCHEME)?, ""),
        };
        let prefix = prefix.trim_matches('/').to_owned();
        (!bucket.is_empty()).then(|| Self { bucket: bucket.to_owned(), prefix })
    }

    /// A place below it.
    #[must_use]
    pub fn below(&self, name: &str) -> Self {
        let prefix = if self.prefix.is_empty() { name.to_owned() } else { format!("{}/{name}", self.prefix) };
        Self { bucket: self.bucket.clone(), prefix }
    }

    /// What a place of the same store is called below this one; nothing if it does not lie there.
    pub fn within<'o>(&self, other: &'o Self) -> Option<&'o str> {
        let rest = other.prefix.strip_prefix(&self.prefix).filter(|_| self.bucket == other.bucket)?;
        if self.prefix.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = if self.prefix.is_empty() { "" } else { "/" };
        write!(f, "{SCHEME}{}{part}{}", self.bucket, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_bucket_and_what_names_begin_with() {
        let read = |text: &str| Address::read(Path::new(text)).map(|address| (address.bucket, address.prefix));
        let is = |bucket: &str, prefix: &str| Some((bucket.to_owned(), prefix.to_owned()));
        assert_eq!(read("s3://省/2023/总结/"), is("省", "2023/总结"));
        assert_eq!(read("s3://b"), is("b", ""));
        assert_eq!(read("s3://b//"), is("b", ""));
        assert_eq!(read("s3:///x"), None);
        assert_eq!(read("s3://"), None);
        assert_eq!(read("gs://b/x"), None);
        for (text, meant) in
            [("s3://", true), ("gs://b/x", true), ("s3/x", false), ("C://x", false), ("a/b://c", false)]
        {
            assert_eq!(Address::is_meant(Path::new(text)), meant, "{text}");
        }
    }

    #[test]
    fn a_place_knows_what_lies_below_it() {
        let at = |text: &str| Address::read(Path::new(text)).unwrap();
        assert_eq!(at("s3://b/p").within(&at("s3://b/p/out")), Some("out"));
        assert_eq!(at("s3://b").within(&at("s3://b/p/out")), Some("p/out"));
        assert_eq!(at("s3://b/p").within(&at("s3://b/other")), None);
        assert_eq!(at("s3://b/p").within(&at("s3://b/pout")), None);
        assert_eq!(at("s3://b/p").within(&at("s3://c/p/out")), None);
        assert_eq!(at("s3://b/p").below("out").to_string(), "s3://b/p/out");
    }
}
