//! Where the files of a sheet are, and the indexes beside them: on the disk, or in a list of what a workflow engine has seen.

/// Endings of indexes, put behind the whole name.
const INDEXES: [&str; 6] = [".tbi", ".csi", ".bai", ".crai", ".fai", ".gzi"];

/// Endings of indexes that may stand in the place of that of the alignments: `sample.bai` of `sample.bam`.
const INSTEAD: [&str; 3] = [".csi", ".bai", ".crai"];

/// A file that is there, with the indexes beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Path or address.
    pub path: String,
    /// Indexes beside it, in a fixed order.
    pub indexes: Vec<String>,
    /// Size of all of them, bytes.
    pub bytes: u64,
}

/// The folders in which a relative name is looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The folder of the sheet, which comes first.
    pub sheet: String,
    /// The working folder.
    pub working: String,
}

impl Places {
    /// Returns the paths that a name of the sheet may mean, the first that is there.
    pub fn of_sheet(&self, name: &str) -> Vec<String> {
        if is_whole(name) {
            return vec![name.to_owned()];
        }
        let mut paths = vec![joined(&self.sheet, name), joined(&self.working, name)];
        paths.dedup();
        paths
    }

    /// Returns the path that the name of an option means.
    pub fn of_option(&self, name: &str) -> String {
        if is_whole(name) {
            name.to_owned()
        } else {
            joined(&self.working, name)
        }
    }
}

/// Returns every path that may be read for a name: itself in each place, and its indexes.
pub fn candidates(paths: &[String]) -> impl Iterator<Item = String> {
    paths
        .iter()
        .flat_map(|path| std::iter::once(path.clone()).chain(indexes_of(path)))
}

/// Looks a file up; `size` tells the bytes of a file that is there.
pub fn locate(paths: &[String], size: &dyn Fn(&str) -> Option<u64>) -> Option<Located> {
    let (path, own) = paths.iter().find_map(|path| Some((path, size(path)?)))?;
    let beside: Vec<(String, u64)> = indexes_of(path)
        .filter_map(|index| size(&index).map(|bytes| (index, bytes)))
        .collect();
    Some(Located {
        path: path.clone(),
        bytes: beside
            .iter()
            .fold(own, |sum, (_, bytes)| sum.saturating_add(*bytes)),
        indexes: beside.into_iter().map(|(index, _)| index).collect(),
    })
}

/// Whether a name needs no folder: an absolute path, or an address as `s3://bucket/key`.
fn is_whole(name: &str) -> bool {
    let scheme = name.split_once("://").map_or("", |(scheme, _)| scheme);
    let is_address = !scheme.is_empty()
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_address || name.starts_with('/') || std::path::Path::new(name).is_absolute()
}

fn joined(folder: &str, name: &str) -> String {
    match folder.trim_end_matches('/') {
        "" if folder.is_empty() => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

fn indexes_of(path: &str) -> impl Iterator<Item = String> {
    let behind = INDEXES.iter().map(move |ending| format!("{path}{ending}"));
    let lower = path.to_ascii_lowercase();
    let ending = [".bam", ".cram"].iter().find(|ending| lower.ends_with(**ending));
    let stem = ending.map(|ending| path[..path.len() - ending.len()].to_owned());
    let instead = stem
        .into_iter()
        .flat_map(|stem| INSTEAD.map(|ending| format!("{stem}{ending}")));
    behind.chain(instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_name_lies_beside_the_sheet_or_in_the_working_folder() {
        let places = |sheet: &str, name: &str| {
            let places = Places {
                sheet: sheet.into(),
                working: "/w".into(),
            };
            places.of_sheet(name)
        };
        assert_eq!(places("/s/", "a.vcf"), ["/s/a.vcf", "/w/a.vcf"]);
        assert_eq!(places("/w", "a.vcf"), ["/w/a.vcf"]);
        assert_eq!(
            places("s3://bucket/x", "d/a.vcf"),
            ["s3://bucket/x/d/a.vcf", "/w/d/a.vcf"]
        );
        for whole in ["/d/a.vcf", "s3://bucket/a.vcf", "https://h/a.cram"] {
            assert_eq!(places("/s", whole), [whole]);
        }
        assert_eq!(places("/", "://a")[0], "/://a");
    }

    #[test]
    fn indexes_are_those_that_are_there() {
        let there = [
            ("x/a.bam", 100),
            ("x/a.bai", 7),
            ("x/a.bam.csi", 5),
            ("r.fa.gz", 9),
            ("r.fa.gz.fai", 1),
            ("r.fa.gz.gzi", 2),
        ];
        let size = |path: &str| there.iter().find(|(p, _)| *p == path).map(|(_, bytes)| *bytes);
        let found = |paths: &[&str]| {
            let paths: Vec<String> = paths.iter().map(|p| (*p).to_owned()).collect();
            locate(&paths, &size).map(|l| (l.path, l.indexes.join(" "), l.bytes))
        };
        let bam = ("x/a.bam".to_owned(), "x/a.bam.csi x/a.bai".to_owned(), 112);
        assert_eq!(found(&["y/a.bam", "x/a.bam"]), Some(bam));
        let reference = ("r.fa.gz".to_owned(), "r.fa.gz.fai r.fa.gz.gzi".to_owned(), 12);
        assert_eq!(found(&["r.fa.gz"]), Some(reference));
        assert_eq!(found(&["y/a.bam"]), None);
    }
}
