//! Where a file is asked for: the address of a server behind `https://`, `s3://` or `gs://`.

use std::env;
use std::fmt::Write as _;
use std::time::Duration;

use rusty_s3::actions::GetObject;
use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};

/// How long a signed request is good; each is made anew.
const SIGNED_FOR: Duration = Duration::from_mins(15);

/// Region of S3 where none is named.
const REGION: &str = "us-east-1";

/// Where a file is.
#[derive(Clone)]
pub(super) enum Place {
    /// A server.
    Web(String),
    /// An object of S3, or of a store like it.
    S3 {
        /// The bucket.
        bucket: Box<Bucket>,
        /// Its key.
        key: String,
        /// Who asks, where the environment says it.
        credentials: Option<Box<Credentials>>,
    },
    /// An object of Google Cloud Storage: its address, and the token of the environment.
    Google(String, Option<String>),
}

impl Place {
    /// Understands an address.
    pub(super) fn of(address: &str) -> Result<Self, String> {
        let (scheme, rest) = address.split_once("://").unwrap_or_default();
        match scheme.to_ascii_lowercase().as_str() {
            "https" => Ok(Self::Web(format!("https://{rest}"))),
            "http" => safe(&format!("http://{rest}")).map(|address| Self::Web(address.to_owned())),
            "s3" => Self::s3(rest),
            "gs" => {
                let (bucket, key) = object(rest)?;
                let server = env::var("STORAGE_EMULATOR_HOST")
                    .unwrap_or_else(|_| "https://storage.googleapis.com".to_owned());
                let server = safe(server.trim_end_matches('/'))?;
                Ok(Self::Google(
                    format!("{server}/{bucket}/{}", escaped(key)),
                    variable("GCS_OAUTH_TOKEN"),
                ))
            }
            _ => Err("it is no address".to_owned()),
        }
    }

    fn s3(rest: &str) -> Result<Self, String> {
        if rest.split('/').next().is_some_and(|bucket| bucket.contains('@')) {
            return Err("credentials are not read from an address: give them as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".to_owned());
        }
        let (name, key) = object(rest)?;
        let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        let region = region.unwrap_or_else(|| REGION.to_owned());
        let own = variable("AWS_ENDPOINT_URL_S3").or_else(|| variable("AWS_ENDPOINT_URL"));
        // A name with a dot is no host that a certificate of the store holds for.
        let style = if own.is_some() || name.contains('.') {
            UrlStyle::Path
        } else {
            UrlStyle::VirtualHost
        };
        let server = own.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let server = safe(&server)?;
        let wrong =
            |problem: String| format!("s3://: {problem}; check bucket, AWS_REGION and AWS_ENDPOINT_URL");
        let server = server
            .parse()
            .map_err(|e| wrong(format!("the address of the store is none ({e})")))?;
        let bucket = Bucket::new(server, style, name.to_owned(), region).map_err(|e| wrong(e.to_string()))?;
        Ok(Self::S3 {
            bucket: Box::new(bucket),
            key: key.to_owned(),
            credentials: credentials().map(Box::new),
        })
    }

    /// Returns the address to ask, signed where it must be.
    pub(super) fn address(&self) -> Result<String, String> {
        match self {
            Self::Web(address) | Self::Google(address, _) => Ok(address.clone()),
            Self::S3 {
                bucket,
                key,
                credentials,
            } => match credentials {
                Some(own) => Ok(GetObject::new(bucket, Some(own), key).sign(SIGNED_FOR).into()),
                None => bucket
                    .object_url(key)
                    .map(String::from)
                    .map_err(|e| e.to_string()),
            },
        }
    }

    /// Returns the token that goes with a request.
    pub(super) fn token(&self) -> Option<&str> {
        match self {
            Self::Google(_, token) => token.as_deref(),
            Self::Web(_) | Self::S3 { .. } => None,
        }
    }

    /// Returns the place of another file beside it, by the ending put behind the name, or in the place of that of the file.
    pub(super) fn beside(&self, ending: &str, replace: bool) -> Option<Self> {
        let changed = |path: &str| {
            let base = if replace {
                let (base, last) = path.rsplit_once('.')?;
                if last.contains('/') {
                    return None;
                }
                base
            } else {
                path
            };
            Some(format!("{base}{ending}"))
        };
        match self {
            // What follows a question mark goes with the name: where it is a signature, it is none of the index.
            Self::Web(address) => {
                let at = address.find(['?', '#']).unwrap_or(address.len());
                let (path, rest) = address.split_at(at);
                changed(path).map(|path| Self::Web(path + rest))
            }
            Self::Google(address, token) => changed(address).map(|a| Self::Google(a, token.clone())),
            Self::S3 {
                bucket,
                key,
                credentials,
            } => changed(key).map(|key| Self::S3 {
                bucket: bucket.clone(),
                key,
                credentials: credentials.clone(),
            }),
        }
    }
}

/// Returns a variable of the environment that is not empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn credentials() -> Option<Credentials> {
    let (key, secret) = (variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?);
    Some(match variable("AWS_SESSION_TOKEN") {
        Some(token) => Credentials::new_with_token(key, secret, token),
        None => Credentials::new(key, secret),
    })
}

/// Parts a bucket from a key.
fn object(rest: &str) -> Result<(&str, &str), String> {
    match rest.split_once('/') {
        Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => Ok((bucket, key)),
        _ => Err("it names no object: bucket, slash, key".to_owned()),
    }
}

/// Data of patients goes over no network unencrypted.
fn safe(address: &str) -> Result<&str, String> {
    match address.strip_prefix("http://") {
        Some(rest) if !is_this_machine(rest) => Err(
            "http:// is not encrypted, and is read from this machine only: give the address as https://"
                .to_owned(),
        ),
        _ => Ok(address),
    }
}

fn is_this_machine(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// Writes what a path of an address may not hold as it may.
fn escaped(key: &str) -> String {
    let mut text = String::with_capacity(key.len());
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a text does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patients_go_over_no_network_unencrypted() {
        for local in ["127.0.0.1:80/x", "localhost/x", "[::1]:8000/x", "LOCALHOST:1/x"] {
            assert!(Place::of(&format!("http://{local}")).is_ok(), "{local}");
        }
        for other in [
            "host.org/x",
            "10.0.0.1/x",
            "localhost.evil.org/x",
            "127.0.0.1@evil.org/x",
        ] {
            assert!(Place::of(&format!("http://{other}")).is_err(), "{other}");
        }
    }

    #[test]
    fn an_index_lies_beside() {
        let place = |text: &str| Place::of(text).unwrap_or_else(|e| panic!("{e}"));
        let of = |text: &str, replace| place(text).beside(".bai", replace).and_then(|p| p.address().ok());
        assert_eq!(
            of("https://h/a.b/x.bam?q=1", false).as_deref(),
            Some("https://h/a.b/x.bam.bai?q=1")
        );
        assert_eq!(
            of("https://h/a.b/x.bam", true).as_deref(),
            Some("https://h/a.b/x.bai")
        );
        assert_eq!(of("https://h/a.b/x", true), None);
        assert_eq!(
            of("gs://b/a b.bam", false).as_deref(),
            Some("https://storage.googleapis.com/b/a%20b.bam.bai")
        );
        assert!(Place::of("s3://key:secret@bucket/x").is_err());
        assert!(Place::of("s3://bucket").is_err());
    }
}
