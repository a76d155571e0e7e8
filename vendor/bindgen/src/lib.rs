//! Takes the place of `bindgen` in the build of `hts-sys`: hands over the bindings that `hts-sys` ships for its htslib, instead of making them anew with libclang.
//!
//! Only the calls that the build script of `hts-sys` makes exist. What this crate cannot know to be right is refused, never guessed.

use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

/// What is asked for: the bindings of one header.
#[derive(Debug, Default)]
pub struct Builder {
    header: String,
}

impl Builder {
    /// Names the header.
    #[must_use]
    pub fn header(mut self, header: impl Into<String>) -> Self {
        self.header = header.into();
        self
    }

    /// Taken for granted: the shipped bindings have no layout tests.
    #[must_use]
    pub fn layout_tests(self, _wanted: bool) -> Self {
        self
    }

    /// Without meaning for a build.
    #[must_use]
    pub fn generate_comments(self, _wanted: bool) -> Self {
        self
    }

    /// Without meaning: nothing of the project calls what is blocked.
    #[must_use]
    pub fn blocklist_function(self, _name: impl AsRef<str>) -> Self {
        self
    }

    /// Without meaning: nothing of the project uses what is blocked.
    #[must_use]
    pub fn blocklist_type(self, _name: impl AsRef<str>) -> Self {
        self
    }

    /// Finds the bindings that fit the header, the system and the version of htslib.
    ///
    /// # Errors
    ///
    /// Whatever does not fit is refused with the reason.
    pub fn generate(self) -> Result<Bindings, Refusal> {
        self.find(&|name| env::var(name).ok())
    }

    fn find(&self, variable: &dyn Fn(&str) -> Option<String>) -> Result<Bindings, Refusal> {
        let get = |name: &str| variable(name).ok_or_else(|| Refusal(format!("{name} is not set")));
        let asked_by = get("CARGO_PKG_NAME")?;
        if asked_by != "hts-sys" || self.header != "wrapper.h" {
            return Err(Refusal(format!(
                "{asked_by} asks for bindings of {:?}",
                self.header
            )));
        }
        // `long`, pointers and file offsets have the same size on every 64-bit Unix, and with them the structures of htslib the same layout.
        let (family, width) = (
            get("CARGO_CFG_TARGET_FAMILY")?,
            get("CARGO_CFG_TARGET_POINTER_WIDTH")?,
        );
        if family != "unix" || width != "64" {
            return Err(Refusal(format!(
                "hts-sys ships no bindings for a {width}-bit {family} system"
            )));
        }
        let file = match get("CARGO_CFG_TARGET_OS")?.as_str() {
            "macos" => "osx_prebuilt_bindings.rs",
            _ => "linux_prebuilt_bindings.rs",
        };
        let folder = PathBuf::from(get("CARGO_MANIFEST_DIR")?);
        let text = read(&folder.join(file))?;
        let bound = version(&text, "pub const HTS_VERSION: u32 = ");
        let built = version(
            &read(&folder.join("htslib/htslib/hts.h"))?,
            "#define HTS_VERSION ",
        );
        match (bound, built) {
            (Some(bound), Some(built)) if bound == built => Ok(Bindings { text }),
            (Some(bound), Some(built)) => Err(Refusal(format!(
                "{file} is of htslib {bound}, the source is {built}"
            ))),
            _ => Err(Refusal(format!(
                "{file} or hts.h does not tell its version of htslib"
            ))),
        }
    }
}

/// Bindings that fit.
#[derive(Debug)]
pub struct Bindings {
    text: String,
}

impl Bindings {
    /// Writes the bindings.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write_to_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        fs::write(path, &self.text)
    }
}

/// Why no bindings are handed over.
pub struct Refusal(String);

/// What a build script prints, and so where the remedy has to stand.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}. Take [patch.crates-io] out of Cargo.toml: the real bindgen then makes them, which needs libclang.",
            self.0
        )
    }
}

fn read(path: &Path) -> Result<String, Refusal> {
    fs::read_to_string(path).map_err(|e| Refusal(format!("{}: {e}", path.display())))
}

/// Returns the number behind `start`.
fn version(text: &str, start: &str) -> Option<u32> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix(start))?;
    line.trim().trim_end_matches(';').parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// A folder as hts-sys has it, with bindings of one version of htslib and the source of another.
    fn folder(bound: &str, built: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("htslib/htslib")).unwrap();
        for (file, mark) in [("linux", "of Linux"), ("osx", "of macOS")] {
            let text = format!("// {mark}\npub const HTS_VERSION: u32 = {bound};\n");
            fs::write(folder.path().join(format!("{file}_prebuilt_bindings.rs")), text).unwrap();
        }
        fs::write(
            folder.path().join("htslib/htslib/hts.h"),
            format!("#define HTS_VERSION {built}\n"),
        )
        .unwrap();
        folder
    }

    /// What is handed over when one variable of the build differs from those of Linux.
    fn found(folder: &Path, header: &str, name: &str, value: &str) -> Result<String, String> {
        let variable = |asked: &str| {
            let usual = match asked {
                _ if asked == name => value,
                "CARGO_PKG_NAME" => "hts-sys",
                "CARGO_CFG_TARGET_FAMILY" => "unix",
                "CARGO_CFG_TARGET_POINTER_WIDTH" => "64",
                "CARGO_CFG_TARGET_OS" => "linux",
                "CARGO_MANIFEST_DIR" => folder.to_str()?,
                _ => return None,
            };
            (!usual.is_empty()).then(|| usual.to_owned())
        };
        let bindings = Builder::default().header(header).find(&variable);
        bindings.map(|b| b.text).map_err(|e| format!("{e:?}"))
    }

    #[test]
    fn the_bindings_of_the_system_are_handed_over() {
        let folder = folder("101901", "101901");
        for (system, expected) in [
            ("linux", "of Linux"),
            ("freebsd", "of Linux"),
            ("macos", "of macOS"),
        ] {
            let actual = found(folder.path(), "wrapper.h", "CARGO_CFG_TARGET_OS", system).unwrap();
            assert!(actual.contains(expected), "{system}: {actual}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let folder = folder("101901", "101901");
        for (header, name, value, expected) in [
            (
                "wrapper.h",
                "CARGO_PKG_NAME",
                "other-sys",
                "other-sys asks for bindings",
            ),
            ("other.h", "", "", "\"other.h\""),
            ("wrapper.h", "CARGO_CFG_TARGET_POINTER_WIDTH", "32", "32-bit unix"),
            (
                "wrapper.h",
                "CARGO_CFG_TARGET_FAMILY",
                "windows",
                "64-bit windows",
            ),
            (
                "wrapper.h",
                "CARGO_CFG_TARGET_OS",
                "",
                "CARGO_CFG_TARGET_OS is not set",
            ),
            (
                "wrapper.h",
                "CARGO_MANIFEST_DIR",
                "/nowhere",
                "/nowhere/linux_prebuilt",
            ),
        ] {
            let actual = found(folder.path(), header, name, value).unwrap_err();
            assert!(actual.contains(expected), "{actual}");
            assert!(actual.contains("[patch.crates-io]"), "no remedy: {actual}");
        }
    }

    #[test]
    fn bindings_of_another_htslib_are_refused() {
        for (bound, built, expected) in [
            ("101901", "102301", "is of htslib 101901, the source is 102301"),
            ("x", "x", "does not tell its version"),
        ] {
            let actual = found(folder(bound, built).path(), "wrapper.h", "", "").unwrap_err();
            assert!(actual.contains(expected), "{actual}");
        }
    }
}
