//! Addresses in the place of paths: `https://`, `s3://` and `gs://`. In messages and reports stands an address without what may be secret in
//! it: user and password, and whatever follows a question mark.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

/// Beginnings of addresses.
const SCHEMES: [&str; 4] = ["https://", "http://", "s3://", "gs://"];

/// Parts the address of a file and that of its index, as htslib has it.
const INDEX: &str = "##idx##";

/// What was given, by what is shown of it.
static GIVEN: LazyLock<Mutex<HashMap<PathBuf, Given>>> = LazyLock::new(Mutex::default);

/// An address as it was given.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Given {
    /// The file.
    pub file: String,
    /// Its index, where it was named.
    pub index: Option<String>,
    /// Whether several were given of which the same is shown.
    pub is_one_of_several: bool,
}

/// Whether a name is an address.
pub fn is_address(path: &Path) -> bool {
    path.to_str().is_some_and(|text| {
        let begins = |scheme: &&str| {
            text.get(..scheme.len())
                .is_some_and(|t| t.eq_ignore_ascii_case(scheme))
        };
        SCHEMES.iter().any(begins)
    })
}

/// Returns the name under which an input is known from here on: a path as it is, an address without its secrets, which are kept for who
/// opens it.
pub fn entered(path: &Path) -> PathBuf {
    let Some(text) = path.to_str().filter(|_| is_address(path)) else {
        return path.to_owned();
    };
    let (file, index) = match text.split_once(INDEX) {
        Some((file, index)) => (file, Some(index.to_owned())),
        None => (text, None),
    };
    let name = PathBuf::from(shown(file));
    let mut known = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    let given = Given {
        file: file.to_owned(),
        index,
        is_one_of_several: false,
    };
    known
        .entry(name.clone())
        // What is shown is given again where a plan asks twice.
        .and_modify(|old| {
            let is_same = old.file == given.file && old.index == given.index;
            old.is_one_of_several |= !is_same && text != name.to_string_lossy();
        })
        .or_insert(given);
    name
}

/// Returns what was given under a name.
#[cfg(feature = "remote")]
pub(super) fn given(name: &Path) -> Option<Given> {
    let known = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    known.get(name).cloned()
}

/// Returns an address without user, password and what follows its path.
pub(super) fn shown(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let scheme = scheme.to_ascii_lowercase();
    // A key of a store may hold both signs.
    let ends: &[char] = if scheme.starts_with("http") {
        &['?', '#']
    } else {
        &[]
    };
    let rest = rest.split(ends).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{scheme}://{host}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        for (address, expected) in [
            (
                "https://me:word@host.org/a/x.bam?X-Amz-Signature=abc/def#top",
                "https://host.org/a/x.bam",
            ),
            ("HTTPS://host.org/x.bam", "https://host.org/x.bam"),
            ("s3://key:secret@bucket/a?b/x.cram", "s3://bucket/a?b/x.cram"),
            ("https://host.org", "https://host.org/"),
        ] {
            assert_eq!(shown(address), expected);
            assert_eq!(entered(Path::new(address)), Path::new(expected));
        }
        assert_eq!(entered(Path::new("a/x.bam?b")), Path::new("a/x.bam?b"));
    }

    #[test]
    fn an_address_is_no_path() {
        for address in ["https://h/x", "s3://b/k", "GS://b/k", "http://h/x"] {
            assert!(is_address(Path::new(address)), "{address}");
        }
        for path in ["x.vcf", "https:/h/x", "ftp.vcf", "./https://x", "ä://"] {
            assert!(!is_address(Path::new(path)), "{path}");
        }
    }
}
