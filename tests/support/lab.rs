//! A folder with inputs, and the command run in it.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test uses its part, and may stop at what cannot be"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use hemoclone::variants::{OutputFormat, VcfWriter};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with inputs, and the command run in it.
pub struct Lab {
    folder: TempDir,
}

impl Lab {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// Writes text compressed by BGZF, and its tabix index.
    pub fn write_indexed(&self, name: &str, content: &str) {
        self.write_bgzf(name, content);
        let path = self.path(name);
        let noodles::vcf::Index::Tabix(index) = noodles::vcf::fs::index(&path).unwrap() else {
            panic!("no chromosome of ours needs a CSI");
        };
        noodles::tabix::fs::write(index_of(&path), &index).unwrap();
    }

    /// Writes text compressed by BGZF.
    pub fn write_bgzf(&self, name: &str, content: &str) {
        let mut out =
            VcfWriter::new(fs::File::create(self.path(name)).unwrap(), OutputFormat::VcfGz, 1).unwrap();
        out.write_all(content.as_bytes()).unwrap();
        out.finish().unwrap();
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::cargo_bin("hemoclone")
            .unwrap()
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .unwrap()
    }

    /// Runs `analyze`, expects success, and returns the JSON of a sample.
    pub fn result(&self, sample: &str, arguments: &[&str]) -> Value {
        let mut all = vec!["analyze", "--force", "-o", "out"];
        all.extend(arguments);
        let output = self.run(&all);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = fs::read_to_string(self.path(&format!("out/{sample}.json"))).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Runs `analyze`, expects this exit code, and returns what it says.
    pub fn refusal(&self, code: i32, arguments: &[&str]) -> String {
        let mut all = vec!["analyze", "--force", "-o", "out"];
        all.extend(arguments);
        let output = self.run(&all);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        said
    }
}

fn index_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".tbi");
    PathBuf::from(name)
}

/// Returns the only call at a position.
pub fn call_at(result: &Value, position: u64) -> &Value {
    let calls = result["calls"].as_array().unwrap();
    let mut found = calls.iter().filter(|c| c["variant"]["position"] == position);
    let call = found.next().unwrap_or_else(|| panic!("no call at {position}"));
    assert!(found.next().is_none());
    call
}

/// Returns the reasons of a call as `code: detail`.
pub fn reasons(call: &Value) -> Vec<String> {
    let list = call["reasons"].as_array().unwrap();
    let text = |r: &Value| {
        format!(
            "{}: {}",
            r["code"].as_str().unwrap(),
            r["detail"].as_str().unwrap()
        )
    };
    list.iter().map(text).collect()
}

/// Returns the detail of the only reason with a code.
pub fn detail(call: &Value, code: &str) -> Option<String> {
    let prefix = format!("{code}: ");
    let mut found = reasons(call)
        .into_iter()
        .filter_map(|r| r.strip_prefix(&prefix).map(str::to_owned));
    let detail = found.next();
    assert!(found.next().is_none(), "{code} twice");
    detail
}
