//! A laboratory's profile: options in a TOML file, below the command line in rank. One file serves every command: each takes
//! what it knows.

use std::path::Path;

use anyhow::Context;

use super::UsageError;
use super::files::Files;
use super::options::Options;
use crate::panel::PANEL_NAMES;
use crate::tables::{nearest, shown};

impl Options {
    /// Reads a profile and checks that the files are there that a command takes from it: those of the keys that are taken.
    pub fn of_profile_taking(
        path: &Path,
        files: &Files,
        is_taken: impl Fn(&str) -> bool,
    ) -> anyhow::Result<Self> {
        let profile = Self::of_profile(path, files)?;
        profile.check_files(path, files, is_taken)?;
        Ok(profile)
    }

    /// Checks that the files are there that a command takes from a profile.
    pub fn check_files(
        &self,
        profile: &Path,
        files: &Files,
        is_taken: impl Fn(&str) -> bool,
    ) -> anyhow::Result<()> {
        for (key, file) in self.files().filter(|(key, _)| is_taken(key)) {
            if !files.has(file) || file.is_dir() {
                anyhow::bail!(
                    "profile {}, key {key}: {:?} is no file that is there; a path is looked up beside the profile",
                    profile.display(),
                    file.display().to_string()
                );
            }
        }
        Ok(())
    }

    /// Reads a profile; a key that is no option is an error with its line.
    fn of_profile(path: &Path, files: &Files) -> anyhow::Result<Self> {
        let name = path.display();
        let bytes = files
            .read(path)
            .with_context(|| format!("cannot read the profile {name}"))?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
            let line = memchr::memchr_iter(b'\n', before).count() + 1;
            UsageError(format!(
                "profile {name}: line {line} is not text in UTF-8; save it in UTF-8"
            ))
        })?;
        // Editors of Windows begin a file with a mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut profile: Self =
            toml::from_str(text).map_err(|e| UsageError(said(&name.to_string(), text, &e)))?;
        // A pipe stands in no folder of the laboratory.
        let folder = path
            .parent()
            .filter(|_| files.is_file(path))
            .unwrap_or(Path::new(""));
        for file in profile.files_mut() {
            *file = folder.join(&*file);
        }
        if let Some(panel) = profile
            .panel
            .as_mut()
            .filter(|p| !PANEL_NAMES.contains(&p.as_str()))
        {
            *panel = folder.join(&*panel).to_string_lossy().into_owned();
        }
        Ok(profile)
    }
}

/// Keys of the tables, to tell whoever wrote one of them outside of its table.
const TABLES: [(&str, &[&str]); 3] = [
    (
        "reads",
        &[
            "min-mapping-quality",
            "min-base-quality",
            "exclude-flags",
            "max-mismatches",
            "min-family-size",
            "duplex-only",
            "count-reads",
            "cram-decoder",
        ],
    ),
    ("call", &["min-quality", "min-alt", "min-vaf"]),
    ("report", &["laboratory", "requester", "specimen"]),
];

/// Says what is wrong with a profile: of a key that is not known the nearest that is, of a value what its key wants.
fn said(path: &str, text: &str, error: &toml::de::Error) -> String {
    let span = error.span().unwrap_or(0..0);
    let before = text.get(..span.start).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let mut quoted = error.message().split('`').skip(1).step_by(2);
    if let (true, Some(unknown)) = (error.message().starts_with("unknown field"), quoted.next()) {
        let known: Vec<&str> = quoted.collect();
        return format!(
            "profile {path}, line {line}: key {} is not known{} (known here: {})",
            shown(unknown),
            meant(unknown, &known),
            known.join(", ")
        );
    }
    let whole = text.lines().nth(line - 1).unwrap_or("").trim();
    if let Some(wanted) = wanted(error.message()) {
        let value = text.get(span).unwrap_or("").lines().next().unwrap_or("");
        return format!(
            "profile {path}, line {line}: {} is not {wanted}: {}",
            shown(value),
            shown(whole)
        );
    }
    // What is TOML and still no profile was refused by one of its keys, which says why.
    if toml::from_str::<toml::Table>(text).is_ok() {
        return format!("profile {path}, line {line}: {}", shown(error.message()));
    }
    format!(
        "profile {path}, line {line}: {}: cannot be read; {}",
        shown(whole),
        remedy(whole, error.message())
    )
}

/// Says what to do about a line that is no TOML.
fn remedy(line: &str, message: &str) -> &'static str {
    let Some((_, value)) = line.split_once('=') else {
        return if message.starts_with("duplicate key") {
            "the table stands twice; join the two"
        } else if line.starts_with('[') {
            "a table begins with its name in brackets, as in [reads]"
        } else {
            "write the key, an equals sign and the value, as in min-vaf = 0.02"
        };
    };
    let value = value.trim();
    let begins = |is: fn(char) -> bool| value.starts_with(is);
    if message.starts_with("duplicate key") {
        "the key stands twice; remove one"
    } else if value.is_empty() {
        "the key has no value; write one, or remove the line"
    } else if has_decimal_comma(value) {
        "write decimals with a point, as in 0.02"
    } else if ["true", "false"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
    {
        "write true or false in small letters"
    } else if begins(|c| c == '.' || c == ',') {
        "a number begins with a digit, as in 0.02"
    } else if begins(|c| c.is_ascii_digit() || matches!(c, '-' | '+')) {
        "write one number without a unit, as in 0.02"
    } else {
        "text stands in quotation marks, as in panel = \"myeloid33\"; a path with backslashes in single ones"
    }
}

/// Returns where a key that is not known here belongs, or the one that it is nearest to.
fn meant(unknown: &str, known: &[&str]) -> String {
    let name = unknown.replace('_', "-").to_lowercase();
    let elsewhere = TABLES.iter().find(|(table, keys)| {
        !known.contains(&name.as_str()) && keys.contains(&name.as_str()) && *table != name
    });
    if let Some((table, _)) = elsewhere {
        return format!("; it belongs into the table [{table}], below a line [{table}]");
    }
    if known.contains(&"min-family-size") && !known.contains(&name.as_str()) && is_top_level(&name) {
        return "; it belongs to the top of the profile, before the first line in brackets".to_owned();
    }
    if name == "analyze" || name == "profile" || name == "options" {
        return "; the options of analyze stand at the top, in no table".to_owned();
    }
    nearest(unknown, known.iter().copied()).map_or_else(String::new, |near| format!("; did you mean {near}?"))
}

/// Whether a key is one of the top of a profile.
fn is_top_level(name: &str) -> bool {
    toml::from_str::<Options>(&format!("{name} = {{}}"))
        .is_err_and(|e| !e.message().starts_with("unknown field"))
}

/// Whether a value looks like a number with a decimal comma.
fn has_decimal_comma(value: &str) -> bool {
    value.split_once(',').is_some_and(|(whole, fraction)| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits(whole.trim()) && digits(fraction.trim())
    })
}

/// Returns in plain words what a key wants, of what the reader of TOML says by names of types.
fn wanted(message: &str) -> Option<String> {
    if message.starts_with("unknown variant") {
        let names: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        return Some(format!("one of {}", names.join(", ")));
    }
    if message.contains("OneOrMany") {
        return Some("a file in quotation marks, or a list of them in brackets".to_owned());
    }
    if message.contains("enum Flags") {
        return Some("a number of SAM flags, such as 3844 or \"0xF04\"".to_owned());
    }
    let kind = message.rsplit_once("expected ").map_or(message, |(_, kind)| kind);
    let wanted = match kind.trim() {
        "f64" => "a number with a decimal point and without quotation marks, such as 0.02",
        "u8" => "a whole number from 0 to 255, without quotation marks",
        "u16" => "a whole number from 0 to 65535, without quotation marks",
        "u32" => "a whole number from 0 to 4294967295, without quotation marks",
        "a nonzero usize" => "a whole number from 1 on, without quotation marks",
        "a boolean" => "true or false, without quotation marks",
        "a string" | "path string" | "string or table" => "text in quotation marks",
        "a sequence" => "a list in brackets, as in [\"AF\", \"AF_eas\"]",
        "a map" => "a table, which begins with a line of its own, as in [filters]",
        struct_name if struct_name.starts_with("struct ") => {
            "a table, which begins with a line of its own, as in [reads]"
        }
        _ if message.starts_with("wanted string or table") => "text in quotation marks",
        _ => return None,
    };
    (message.starts_with("invalid type")
        || message.starts_with("invalid value")
        || message.starts_with("wanted"))
    .then(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(path: &Path) -> anyhow::Result<Options> {
        Options::of_profile(path, &Files::default())
    }

    #[test]
    fn reads_options_and_resolves_files_beside_the_profile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        fs::write(&path, "min-vaf = 0.01\nreference = \"ref.fa\"\n").unwrap();
        let actual = read(&path).unwrap();
        assert_eq!(actual.min_vaf, Some(0.01));
        assert_eq!(actual.reference, Some(folder.path().join("ref.fa")));
    }

    #[test]
    fn reads_files_beside_the_profile_and_filters() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        let text = "population = [\"a.vcf.gz\", \"b.vcf.gz\"]\nrecurrent = \"list.tsv\"\n[filters]\ndust = 7\nstrand_sor = \"off\"\n";
        fs::write(&path, text).unwrap();
        let actual = read(&path).unwrap();
        let beside = |name: &str| folder.path().join(name);
        assert_eq!(actual.population, [beside("a.vcf.gz"), beside("b.vcf.gz")]);
        assert_eq!(actual.recurrent, Some(beside("list.tsv")));
        assert_eq!(actual.filters.len(), 2);
        fs::write(&path, "population = \"a.vcf.gz\"\n").unwrap();
        assert_eq!(read(&path).unwrap().population, [beside("a.vcf.gz")]);
    }

    #[cfg(feature = "alignments")]
    #[test]
    fn reads_what_counts_of_alignments() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        let text =
            "background = \"normals.tsv\"\n[reads]\nmin-base-quality = 30\nexclude-flags = \"0xB04\"\n";
        fs::write(&path, text).unwrap();
        let actual = read(&path).unwrap();
        assert_eq!(actual.background, Some(folder.path().join("normals.tsv")));
        let changed = [
            ("min-base-quality", "30".to_owned()),
            ("exclude-flags", "0xB04".to_owned()),
        ];
        assert_eq!(actual.reads.changed(), changed);
        for (wrong, named) in [
            ("min-base-qality = 3", "min-base-qality"),
            ("exclude-flags = \"x\"", "SAM flags"),
        ] {
            fs::write(&path, format!("[reads]\n{wrong}\n")).unwrap();
            let message = format!("{:#}", read(&path).unwrap_err());
            assert!(message.contains(named) && message.contains("line 2"), "{message}");
        }
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        fs::write(&path, "min-vaf = 0.01\nmin-waf = 3\n").unwrap();
        let message = format!("{:#}", read(&path).unwrap_err());
        let expected = "line 2: key min-waf is not known; did you mean min-vaf? (known here: panel, ";
        assert!(message.contains(expected), "{message}");
        fs::write(&path, "\u{feff}\n\nmin-vaf = \"x\u{1b}\"\n").unwrap();
        let message = format!("{:#}", read(&path).unwrap_err());
        assert!(
            message.contains("line 3") && !message.contains('\u{1b}'),
            "{message}"
        );
        fs::write(&path, b"min-vaf = 0.1\n\xff\n").unwrap();
        let message = format!("{:#}", read(&path).unwrap_err());
        assert!(
            message.contains("lab.toml: line 2 is not text in UTF-8"),
            "{message}"
        );
    }

    #[cfg(feature = "alignments")]
    #[test]
    fn values_are_told_in_plain_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        for (text, words) in [
            (
                "min-vaf = \"0.02\"",
                "\"0.02\" is not a number with a decimal point",
            ),
            ("min-vaf = 0,02", "write decimals with a point"),
            ("min-vaf =", "the key has no value"),
            ("min-vaf: 0.02", "an equals sign"),
            ("min-vaf = 1\nmin-vaf = 2", "stands twice"),
            ("min-vaf = .02", "begins with a digit"),
            ("min-vaf = 2%", "without a unit"),
            ("correct-calcium = TRUE", "in small letters"),
            ("[reads]\n[reads]", "join the two"),
            ("threads = -1", "-1 is not a whole number from 1 on"),
            ("threads = 0", "a whole number from 1 on"),
            ("threads = \"4\"", "a whole number from 1 on"),
            ("min-depth = 1.5", "a whole number from 0 to"),
            ("min-depth = 99999999999", "a whole number from 0 to 4294967295"),
            ("panel = 3", "text in quotation marks"),
            ("panel = myeloid33", "text stands in quotation marks"),
            ("reference = true", "text in quotation marks"),
            ("name-by = 3", "text in quotation marks"),
            ("name-by = \"x\"", "one of sample, file"),
            ("correct-calcium = \"yes\"", "true or false"),
            ("population = 3", "a file in quotation marks"),
            ("population-key = \"AF\"", "a list in brackets"),
            ("filters = 3", "a table"),
            ("reads = 3", "a table"),
            ("[reads", "a table begins"),
            ("[reads]\nmin-base-quality = 300", "a whole number from 0 to 255"),
            ("[reads]\nexclude-flags = -3", "a number of SAM flags"),
            ("[reads]\ncram-decoder = \"x\"", "one of safe, htslib"),
            ("[call]\nmin-quality = \"x\"", "a number with a decimal point"),
            ("min-base-quality = 30", "it belongs into the table [reads]"),
            ("min_base_quality = 30", "it belongs into the table [reads]"),
            ("min-quality = 30", "it belongs into the table [call]"),
            ("[reads]\nmin-quality = 30", "it belongs into the table [call]"),
            ("[reads]\nmin-depth = 30", "it belongs to the top"),
            ("[analyze]\nmin-vaf = 0.1", "in no table"),
        ] {
            fs::write(&path, text).unwrap();
            let message = format!("{:#}", read(&path).unwrap_err());
            let types = [
                "f64", "usize", "u32", "u8", "enum", "struct", "boolean", "literal", "sequence",
            ];
            assert!(
                message.contains(words) && !types.iter().any(|t| message.contains(t)),
                "{text}: {message}"
            );
        }
    }

    #[cfg(feature = "alignments")]
    #[test]
    fn every_key_of_a_table_is_known_to_belong_there() {
        for (table, keys) in TABLES {
            let read = toml::from_str::<Options>(&format!("[{table}]\n? = 1").replace('?', "zzz"));
            let message = read.unwrap_err().message().to_owned();
            let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
            assert_eq!(known, keys, "{table}");
        }
    }

    #[test]
    fn a_panel_is_a_name_or_a_file_beside_the_profile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        fs::write(&path, "panel = \"ch\"\nsex = \"F\"\n").unwrap();
        let profile = read(&path).unwrap();
        assert_eq!(
            (profile.panel.as_deref(), profile.sex.as_deref()),
            (Some("ch"), Some("F"))
        );
        fs::write(&path, "panel = \"ours.toml\"\n").unwrap();
        let expected = folder.path().join("ours.toml").to_string_lossy().into_owned();
        assert_eq!(read(&path).unwrap().panel, Some(expected));
    }
}
