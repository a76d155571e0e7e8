//! A web server on this machine that gives parts of files, counts what it gives, and can be made to misbehave.

#![allow(dead_code, missing_docs, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test ends where its data cannot be made")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

/// What goes wrong with the files of a folder of the address: `http://…/cut/x.bam`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// Whole files only.
    NoRanges,
    /// The first requests of each file are answered by 503.
    Busy(usize),
    /// Every answer ends in its middle.
    Cut,
    /// Ends in the middle from the so-manieth request of the file on.
    CutLater(usize),
    /// Another version with every request.
    Changing,
    /// 403 for all.
    Forbidden,
}

#[derive(Debug, Default)]
struct Seen {
    requests: BTreeMap<String, usize>,
    bytes: BTreeMap<String, u64>,
    heads: Vec<String>,
}

/// The server; it ends with the test.
pub struct Server {
    address: String,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// Serves a folder; a first part of the path may name a fault.
    pub fn start(folder: PathBuf, faults: &[(&'static str, Fault)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (for_thread, faults) = (Arc::clone(&seen), faults.to_vec());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, faults, seen) = (folder.clone(), faults.clone(), Arc::clone(&for_thread));
                thread::spawn(move || answer(stream, &folder, &faults, &seen));
            }
        });
        Self { address, seen }
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}/{path}", self.address)
    }

    /// Bytes that were sent of a file.
    pub fn bytes(&self, path: &str) -> u64 {
        self.seen.lock().unwrap().bytes.get(path).copied().unwrap_or(0)
    }

    pub fn requests(&self, path: &str) -> usize {
        self.seen.lock().unwrap().requests.get(path).copied().unwrap_or(0)
    }

    /// Requests with their headers.
    pub fn heads(&self) -> Vec<String> {
        self.seen.lock().unwrap().heads.clone()
    }
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "the connection ends with its answer"
)]
fn answer(stream: TcpStream, folder: &std::path::Path, faults: &[(&str, Fault)], seen: &Mutex<Seen>) {
    let mut reader = BufReader::new(&stream);
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
    let target = head
        .split(' ')
        .nth(1)
        .unwrap_or("/")
        .trim_start_matches('/')
        .to_owned();
    let path = target.split('?').next().unwrap_or_default().to_owned();
    let (first, rest) = path.split_once('/').unwrap_or(("", &path));
    let fault = faults.iter().find(|(name, _)| *name == first);
    let (fault, file) = fault.map_or((Fault::None, path.as_str()), |(_, fault)| (*fault, rest));
    let number = {
        let mut seen = seen.lock().unwrap();
        seen.heads.push(head.clone());
        let number = seen.requests.entry(path.clone()).or_default();
        *number += 1;
        *number
    };
    let status = |text: &str| {
        let body = "<html>no</html>";
        let length = body.len();
        _ = write!(
            &stream,
            "HTTP/1.1 {text}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
    };
    match fault {
        Fault::Busy(times) if number <= times => return status("503 Service Unavailable"),
        Fault::Forbidden => return status("403 Forbidden"),
        _ => {}
    }
    let Ok(bytes) = fs::read(folder.join(file)) else {
        return status("404 Not Found");
    };
    let range = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("range: bytes=")
                .map(str::to_owned)
        })
        .filter(|_| fault != Fault::NoRanges);
    let tag = if fault == Fault::Changing { number } else { 0 };
    let (line, part) = match range {
        Some(range) => {
            let (from, to) = range.trim().split_once('-').unwrap();
            let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
            let to = (to + 1).min(bytes.len());
            let line = format!(
                "206 Partial Content\r\nContent-Range: bytes {from}-{}/{}",
                to - 1,
                bytes.len()
            );
            (line, &bytes[from..to])
        }
        None => ("200 OK".to_owned(), &bytes[..]),
    };
    let is_cut = fault == Fault::Cut || matches!(fault, Fault::CutLater(n) if number >= n);
    let sent = if is_cut { &part[..part.len() / 2] } else { part };
    let length = part.len();
    let said = write!(
        &stream,
        "HTTP/1.1 {line}\r\nETag: \"{tag}\"\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    if said.is_ok() && (&stream).write_all(sent).is_ok() {
        *seen.lock().unwrap().bytes.entry(path).or_default() += sent.len() as u64;
    }
}
