//! What is asked of a server: a part of a file, or a small file whole. A failure that may pass is tried again a few times.

use std::io::Read as _;
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use ureq::http::Response;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Error};

use super::store::Place;

/// How often a request is made, and how long is waited before the second; before each further one twice as long.
const ATTEMPTS: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// Time for a connection, for the begin of an answer, and between two parts of it.
const CONNECT: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_mins(1);

/// Bytes of the largest index.
const LARGEST_INDEX: u64 = 1 << 29;

/// Why a server gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    /// It has no such file, or does not show it.
    #[error("the server answers {0}: {problem}", problem = told(*.0))]
    Status(u16),
    /// It sends whole files only.
    #[error(
        "the server gives whole files only, no parts of them (it does not answer a request for a range): fetch the file and give its path"
    )]
    NoRanges,
    /// It gives another file than before.
    #[error("the file was changed while it was read: run again when it is written")]
    Changed,
    /// The connection, after all attempts.
    #[error("{0} (tried {ATTEMPTS} times): check address and network, and run again")]
    Connection(String),
    /// What is no matter of trying again.
    #[error("{0}")]
    Wrong(String),
}

impl Refusal {
    /// Whether it means that there is no such file: who may not list a store is not told which files it has.
    pub(super) const fn is_absent(&self) -> bool {
        matches!(self, Self::Status(403 | 404 | 410))
    }

    fn may_pass(&self) -> bool {
        matches!(self, Self::Connection(_) | Self::Status(408 | 429 | 500..=599))
    }
}

fn told(status: u16) -> &'static str {
    match status {
        401 | 403 => {
            "it does not show this file to whoever asks: check the address, or give credentials in the environment (docs/remote.md)"
        }
        404 | 410 => "there is no such file: check the address",
        301 | 307 | 400 => {
            "it does not take the request: for s3:// set AWS_REGION to the region of the bucket"
        }
        429 | 500..=599 => "it does not serve at the moment: run again later",
        _ => "it does not give the file",
    }
}

/// A part of a file.
pub(super) struct Part {
    pub bytes: Vec<u8>,
    /// Bytes of the whole file.
    pub size: u64,
    /// What names this version of the file.
    pub tag: Option<String>,
}

static AGENT: LazyLock<Result<Agent, String>> = LazyLock::new(agent);

fn agent() -> Result<Agent, String> {
    let mut tls = TlsConfig::builder();
    // Where a network has a certificate of its own, this is how other programs are told.
    if let Some(path) = std::env::var_os("SSL_CERT_FILE") {
        let name = std::path::Path::new(&path).display().to_string();
        let wrong = |problem: String| format!("SSL_CERT_FILE, {name}: {problem}");
        let pem = std::fs::read(&path).map_err(|e| wrong(e.to_string()))?;
        let mut roots = Vec::new();
        for item in parse_pem(&pem) {
            if let PemItem::Certificate(root) = item.map_err(|e| wrong(e.to_string()))? {
                roots.push(root);
            }
        }
        tls = tls.root_certs(RootCerts::from(roots));
    }
    let config = Agent::config_builder()
        .tls_config(tls.build())
        .http_status_as_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(SILENCE))
        .timeout_per_read(Some(SILENCE))
        .user_agent(concat!("hemoclone/", env!("CARGO_PKG_VERSION")));
    Ok(config.build().into())
}

/// Fetches the bytes from `start` to `end`, or to the end of the file; `tag` is the version that they must be of.
pub(super) fn part(place: &Place, start: u64, end: u64, tag: Option<&str>) -> Result<Part, Refusal> {
    again(|| {
        let range = format!("bytes={start}-{}", end.saturating_sub(1));
        let mut response = call(place, &[("Range", &range)])?;
        let status = response.status().as_u16();
        let (size, is_range) = match status {
            206 => {
                let (from, size) = content_range(&response).ok_or(Refusal::NoRanges)?;
                (size, from == start)
            }
            // Of an empty file no part can be asked for.
            416 => return Err(Refusal::Wrong("the file is empty".to_owned())),
            200 => return Err(Refusal::NoRanges),
            other => return Err(Refusal::Status(other)),
        };
        if !is_range {
            return Err(Refusal::NoRanges);
        }
        let found = header(&response, "etag");
        if tag.is_some() && found.as_deref() != tag {
            return Err(Refusal::Changed);
        }
        let wanted = end.min(size) - start.min(size);
        let bytes = body(&mut response, wanted)?;
        if bytes.len() as u64 != wanted {
            return Err(Refusal::Connection(format!(
                "the connection ended after {} of {wanted} bytes",
                bytes.len()
            )));
        }
        Ok(Part {
            bytes,
            size,
            tag: found,
        })
    })
}

/// Fetches a file whole.
pub(super) fn whole(place: &Place) -> Result<Vec<u8>, Refusal> {
    again(|| {
        let mut response = call(place, &[])?;
        match response.status().as_u16() {
            200 => {}
            other => return Err(Refusal::Status(other)),
        }
        let told: Option<u64> = header(&response, "content-length").and_then(|n| n.parse().ok());
        if told.is_some_and(|n| n > LARGEST_INDEX) {
            return Err(Refusal::Wrong(format!(
                "an index of {} bytes is none",
                told.unwrap_or(0)
            )));
        }
        let bytes = body(&mut response, LARGEST_INDEX)?;
        if told.is_some_and(|n| n != bytes.len() as u64) {
            return Err(Refusal::Connection(
                "the connection ended within the index".to_owned(),
            ));
        }
        Ok(bytes)
    })
}

fn again<T>(mut request: impl FnMut() -> Result<T, Refusal>) -> Result<T, Refusal> {
    let mut wait = FIRST_WAIT;
    let mut attempt = 1;
    loop {
        match request() {
            Err(refusal) if refusal.may_pass() && attempt < ATTEMPTS => thread::sleep(wait),
            ended => return ended,
        }
        wait *= 2;
        attempt += 1;
    }
}

fn call(place: &Place, headers: &[(&str, &str)]) -> Result<Response<Body>, Refusal> {
    let agent = AGENT.as_ref().map_err(|e| Refusal::Wrong(e.clone()))?;
    let address = place.address().map_err(Refusal::Wrong)?;
    // Packed on the way, lengths and places would be those of the packed bytes.
    let mut request = agent.get(&address).header("Accept-Encoding", "identity");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(token) = place.token() {
        request = request.header("Authorization", format!("Bearer {token}"));
    }
    let is_plain = address.starts_with("http://");
    let request = request.config().https_only(!is_plain).build();
    request.call().map_err(|error| failed(&error))
}

/// What went wrong, without the address: it may hold secrets.
fn failed(error: &Error) -> Refusal {
    match error {
        Error::Io(error) => Refusal::Connection(error.to_string()),
        Error::Timeout(_) => Refusal::Connection("the server does not answer".to_owned()),
        Error::HostNotFound => Refusal::Connection("no such host is known".to_owned()),
        Error::ConnectionFailed => Refusal::Connection("no connection".to_owned()),
        Error::Protocol(_) => Refusal::Connection("the answer is none of HTTP".to_owned()),
        Error::BadUri(_) | Error::Http(_) => {
            Refusal::Wrong("it is no address: write it with %20 for a blank".to_owned())
        }
        Error::TooManyRedirects | Error::RedirectFailed => {
            Refusal::Wrong("the server sends on and on".to_owned())
        }
        Error::RequireHttpsOnly(_) => {
            Refusal::Wrong("the server sends on to an address without encryption".to_owned())
        }
        Error::InvalidProxyUrl => {
            Refusal::Wrong("the proxy of the environment is none (HTTPS_PROXY)".to_owned())
        }
        _ => Refusal::Connection(
            "no safe connection (TLS); a certificate of your network is named in SSL_CERT_FILE".to_owned(),
        ),
    }
}

fn body(response: &mut Response<Body>, most: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let reader = response.body_mut().as_reader();
    let read = reader.take(most).read_to_end(&mut bytes);
    read.map_err(|e| Refusal::Connection(format!("the connection broke off ({e})")))?;
    Ok(bytes)
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// Returns from where the bytes are, and how many the file has: `bytes 0-99/1234`.
fn content_range(response: &Response<Body>) -> Option<(u64, u64)> {
    let text = header(response, "content-range")?;
    let (range, size) = text.trim().strip_prefix("bytes")?.trim().split_once('/')?;
    let (from, _) = range.split_once('-')?;
    Some((from.trim().parse().ok()?, size.trim().parse().ok()?))
}
