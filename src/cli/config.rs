//! A laboratory's profile: options of `analyze` in a TOML file, below the command line in rank.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use indexmap::IndexMap;
use serde::Deserialize;

use super::UsageError;
use super::plan::NameBy;
#[cfg(feature = "alignments")]
use super::reads::ReadArgs;

/// What a profile may set; names are those of the command line.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Profile {
    /// `--panel`.
    pub panel: Option<String>,
    /// `--reference`; relative to the profile.
    pub reference: Option<PathBuf>,
    /// `--targets`; relative to the profile.
    pub targets: Option<PathBuf>,
    /// `--build`.
    pub build: Option<String>,
    /// `--rules`.
    pub rules: Option<String>,
    /// `--min-vaf`.
    pub min_vaf: Option<f64>,
    /// `--min-vaf-x-linked-male`.
    pub min_vaf_x_linked_male: Option<f64>,
    /// `--min-depth`.
    pub min_depth: Option<u32>,
    /// `--min-alt`.
    pub min_alt: Option<u32>,
    /// `--population`, one file or a list; relative to the profile.
    pub population: Files,
    /// `--population-key`.
    pub population_key: Vec<String>,
    /// `--recurrent`; relative to the profile.
    pub recurrent: Option<PathBuf>,
    /// `--correct-calcium`: true or false.
    pub correct_calcium: Option<bool>,
    /// `--platform`.
    pub platform: Option<String>,
    /// `--filter`: a table of names and values.
    pub filters: IndexMap<String, toml::Value>,
    /// `--background`; relative to the profile.
    #[cfg(feature = "alignments")]
    pub background: Option<PathBuf>,
    /// Which reads and bases count: a table of the options under that heading.
    #[cfg(feature = "alignments")]
    pub reads: ReadArgs,
    /// `--name-by`: sample or file.
    pub name_by: Option<NameBy>,
    /// `--lang`.
    pub lang: Option<String>,
    /// `--threads`.
    pub threads: Option<std::num::NonZeroUsize>,
}

/// One file or several.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "OneOrMany")]
pub struct Files(pub Vec<PathBuf>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(PathBuf),
    Many(Vec<PathBuf>),
}

impl From<OneOrMany> for Files {
    fn from(files: OneOrMany) -> Self {
        match files {
            OneOrMany::One(file) => Self(vec![file]),
            OneOrMany::Many(files) => Self(files),
        }
    }
}

impl Profile {
    /// Reads a profile; a key that is no option is an error with its line.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("cannot read the profile {}", path.display()))?;
        let mut profile: Self = toml::from_str(&text).map_err(|e| {
            let start = e.span().map_or(0, |span| span.start);
            let line = text.get(..start).unwrap_or(&text).matches('\n').count() + 1;
            UsageError(format!(
                "profile {}, line {line}: {}",
                path.display(),
                e.message().trim_end().replace('\n', "; ")
            ))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let files = [
            &mut profile.reference,
            &mut profile.targets,
            &mut profile.recurrent,
            #[cfg(feature = "alignments")]
            &mut profile.background,
        ];
        for file in files.into_iter().flatten().chain(&mut profile.population.0) {
            *file = folder.join(&*file);
        }
        Ok(profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_options_and_resolves_files_beside_the_profile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        fs::write(&path, "min-vaf = 0.01\nreference = \"ref.fa\"\n").unwrap();
        let actual = Profile::read(&path).unwrap();
        assert_eq!(actual.min_vaf, Some(0.01));
        assert_eq!(actual.reference, Some(folder.path().join("ref.fa")));
    }

    #[test]
    fn reads_files_beside_the_profile_and_filters() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        let text = "population = [\"a.vcf.gz\", \"b.vcf.gz\"]\nrecurrent = \"list.tsv\"\n[filters]\ndust = 7\nstrand_sor = \"off\"\n";
        fs::write(&path, text).unwrap();
        let actual = Profile::read(&path).unwrap();
        let beside = |name: &str| folder.path().join(name);
        assert_eq!(actual.population.0, [beside("a.vcf.gz"), beside("b.vcf.gz")]);
        assert_eq!(actual.recurrent, Some(beside("list.tsv")));
        assert_eq!(actual.filters.len(), 2);
        fs::write(&path, "population = \"a.vcf.gz\"\n").unwrap();
        assert_eq!(Profile::read(&path).unwrap().population.0, [beside("a.vcf.gz")]);
    }

    #[cfg(feature = "alignments")]
    #[test]
    fn reads_what_counts_of_alignments() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        let text =
            "background = \"normals.tsv\"\n[reads]\nmin-base-quality = 30\nexclude-flags = \"0xB04\"\n";
        fs::write(&path, text).unwrap();
        let actual = Profile::read(&path).unwrap();
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
            let message = format!("{:#}", Profile::read(&path).unwrap_err());
            assert!(message.contains(named) && message.contains("line 2"), "{message}");
        }
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lab.toml");
        fs::write(&path, "min-vaf = 0.01\nmin-waf = 3\n").unwrap();
        let message = format!("{:#}", Profile::read(&path).unwrap_err());
        assert!(
            message.contains("line 2") && message.contains("min-waf"),
            "{message}"
        );
    }
}
