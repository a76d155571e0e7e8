//! Names of samples: by their columns or by their files, and no two of a run with the same files.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Component, Path};

use super::known::known_by_name;
use super::planned::{FilePlan, SamplePlan};
use crate::report::{file_stem, folded};
use crate::run::job::Job;
use crate::run::messages::first_of;
use crate::run::options::NameBy;
use crate::run::same_file::is_same_file;
use crate::variants::Input;

/// Names that callers and pipelines give a column by its role, whoever the person is (Strelka2, VarScan, Manta, Pindel, ...).
const ROLES: [&str; 8] = [
    "tumor", "tumour", "normal", "sample", "sample1", "primary", "unknown", "default",
];

/// From how many files on a name that all of them hold is no person's: fewer may be one sample by several callers.
const FILES_OF_ONE_NAME: usize = 3;

/// Files whose equal names are told in full; of the others, their number.
const TOLD: usize = 3;

/// A file is kept out for the reason that the errors of others tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("for the same reason as others")]
pub(crate) struct SameReason;

/// Names samples by their files, where that is wanted or nothing else can tell them apart.
pub(super) fn choose_names(plans: &mut [FilePlan], job: &Job) {
    match job.options().name_by {
        Some(NameBy::Sample) => {}
        Some(NameBy::File) => {
            let places: Vec<usize> = (0..plans.len()).collect();
            name_by_file(plans, &places, job);
        }
        None => {
            for (name, places) in names_of_nobody(plans) {
                let (files, all) = (places.len(), plans.len());
                let which = if files == all {
                    format!("all {all} files name their sample {name}: samples")
                } else {
                    format!("{files} of {all} files name their sample {name}: their samples")
                };
                tracing::warn!("{which} are named by their files; give --name-by to choose");
                name_by_file(plans, &places, job);
            }
        }
    }
}

/// Returns each name that several files give their only sample, with the places of the files, where it is that of a role, or of
/// too many files to be a person's.
fn names_of_nobody(plans: &[FilePlan]) -> Vec<(String, Vec<usize>)> {
    let mut places: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (place, plan) in plans.iter().enumerate().filter(|(_, plan)| !plan.is_named) {
        if let Ok([sample]) = plan.samples.as_deref() {
            let of_name = places.entry(folded(&file_stem(&sample.name)));
            let (_, of_name) = of_name.or_insert_with(|| (sample.name.clone(), Vec::new()));
            of_name.push(place);
        }
    }
    let is_nobody = |(name, places): &(String, Vec<usize>)| {
        let paths: Vec<&Path> = places.iter().map(|i| plans[*i].path.as_path()).collect();
        let is_role = ROLES.contains(&name.to_lowercase().as_str());
        let enough = paths.len() >= FILES_OF_ONE_NAME || paths.len() > 1 && is_role;
        // One file twice is a mistake that no other name makes good.
        let mut seen = HashSet::new();
        let is_twice = paths
            .iter()
            .any(|p| !seen.insert(p.canonicalize().unwrap_or_else(|_| p.to_path_buf())));
        let are_chromosomes = paths.iter().all(|p| names_chromosome(p));
        enough && !is_twice && !are_chromosomes
    };
    places.into_values().filter(is_nobody).collect()
}

/// Whether a file name holds the name of a chromosome: a genome in several files is one sample.
fn names_chromosome(path: &Path) -> bool {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(|part| part.strip_prefix("chr"))
        .any(|rest| {
            matches!(rest, "x" | "y" | "m" | "mt") || rest.parse::<u8>().is_ok_and(|n| (1..=22).contains(&n))
        })
}

fn name_by_file(plans: &mut [FilePlan], places: &[usize], job: &Job) {
    let places = places.iter().copied();
    let places: Vec<usize> = places
        .filter(|i| !plans[*i].is_named && plans[*i].samples.is_ok())
        .collect();
    let paths: Vec<&Path> = places.iter().map(|i| plans[*i].path.as_path()).collect();
    let names = names_of_files(&paths);
    for (place, name) in places.into_iter().zip(names) {
        let Ok(samples) = &mut plans[place].samples else {
            continue;
        };
        let several = samples.len() > 1;
        for sample in samples {
            let name = match &sample.columns.tumor {
                Some(column) if several => format!("{name}.{column}"),
                _ => name.clone(),
            };
            let columns = sample.columns.clone();
            *sample = known_by_name(name, columns, job);
        }
    }
}

/// Names files by what tells them apart: the file names, else with the folders that differ (`P1/results/somatic.vcf.gz`).
fn names_of_files(paths: &[&Path]) -> Vec<String> {
    let stems: Vec<String> = paths.iter().map(|p| stem(p)).collect();
    let distinct: HashSet<&String> = stems.iter().collect();
    if distinct.len() == stems.len() {
        return stems;
    }
    let parts: Vec<Vec<String>> = paths.iter().zip(&stems).map(|(p, s)| parts(p, s)).collect();
    let longest = parts.iter().map(Vec::len).max().unwrap_or(0);
    // Counted from the file up, for that is how folders of one pipeline look alike.
    let differing: Vec<usize> = (0..longest)
        .rev()
        .filter(|i| parts.iter().any(|p| p.get(*i) != parts[0].get(*i)))
        .collect();
    let name = |(parts, stem): (Vec<String>, String)| {
        let differing: Vec<&str> = differing
            .iter()
            .filter_map(|i| parts.get(*i).map(String::as_str))
            .collect();
        if differing.is_empty() {
            stem
        } else {
            differing.join("_")
        }
    };
    parts.clone().into_iter().zip(stems).map(name).collect()
}

/// Returns the parts of a path, the file's stem first.
fn parts(path: &Path, stem: &str) -> Vec<String> {
    let folders = path.parent().into_iter().flat_map(Path::components);
    let names = folders.filter_map(|c| match c {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    let mut parts: Vec<String> = names.collect();
    parts.push(stem.to_owned());
    parts.reverse();
    parts
}

/// Returns the file name without the endings of variant and alignment files: the name of a sample that has no column.
pub(super) fn stem(path: &Path) -> String {
    // A pipe of the shell has a number for a name, another one each time.
    let name = Input::from_argument(path).file_name();
    let lower = name.to_lowercase();
    let ending = [
        ".vcf.gz", ".vcf.bgz", ".vcf", ".bcf", ".gvcf.gz", ".gvcf", ".bam", ".cram", ".sam",
    ]
    .iter()
    .find(|e| lower.ends_with(**e));
    let stem = ending.map_or(&*name, |e| &name[..name.len() - e.len()]);
    if name == "-" || stem.is_empty() {
        "stdin".to_owned()
    } else {
        stem.to_owned()
    }
}

/// One sample of a run, as its files would meet those of others.
struct Holder {
    name: String,
    file: String,
}

/// Keeps files out whose samples would be written into the files of another sample of the run.
pub(super) fn refuse_equal_names(plans: &mut [FilePlan]) {
    let key = |sample: &SamplePlan| folded(&file_stem(&sample.name));
    let mut holders: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
    for plan in plans.iter() {
        for sample in plan.samples.iter().flatten() {
            holders.entry(key(sample)).or_default().push(Holder {
                name: sample.name.clone(),
                file: plan.path.display().to_string(),
            });
        }
    }
    holders.retain(|_, of_name| of_name.len() > 1);
    let mut told: HashMap<String, usize> = HashMap::new();
    for plan in plans {
        let Ok(samples) = &plan.samples else { continue };
        let Some((key, of_name, name)) = samples.iter().find_map(|s| {
            let (key, of_name) = holders.get_key_value(&key(s))?;
            Some((key, of_name, &s.name))
        }) else {
            continue;
        };
        let told = told.entry(key.clone()).or_default();
        *told += 1;
        plan.samples = Err(if *told > TOLD {
            SameReason.into()
        } else {
            anyhow::anyhow!(
                "{}: sample name {name:?} {}, nothing was written for it",
                plan.path.display(),
                why_not(name, &plan.path, of_name)
            )
        });
    }
}

fn why_not(name: &str, path: &Path, holders: &[Holder]) -> String {
    if let Some(other) = holders.iter().find(|h| h.name != name) {
        return format!(
            "and {:?} ({}) differ only in upper and lower case or in the composition of their letters, and would be one file on some systems; give each its own name in a sample sheet (--samples)",
            other.name, other.file
        );
    }
    let files: Vec<String> = holders.iter().map(|h| h.file.clone()).collect();
    if files.iter().all(|f| *f == files[0]) {
        format!(
            "stands {} times in {}: give the file once, or rename its columns (`bcftools reheader -s`)",
            files.len(),
            path.display()
        )
    } else if holders.iter().all(|h| is_same_file(path, Path::new(&h.file))) {
        format!(
            "comes from {}, which are one file: give it once",
            first_of(&files, " and ")
        )
    } else {
        format!(
            "comes from {}; give each its own name in a sample sheet (--samples), or name samples by their files (--name-by file)",
            first_of(&files, " and ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_columns_is_named_after_itself() {
        assert_eq!(stem(Path::new("x/P1.lofreq.vcf.gz")), "P1.lofreq");
        assert_eq!(stem(Path::new("P1.VCF")), "P1");
        assert_eq!(stem(Path::new("-")), "stdin");
        assert_eq!(stem(Path::new("plain")), "plain");
        assert_eq!(stem(Path::new("x/P2.dedup.bam")), "P2.dedup");
    }

    #[test]
    fn knows_a_genome_in_several_files() {
        for (name, expected) in [
            ("S.chr1.vcf.gz", true),
            ("x/S_chrX.vcf", true),
            ("chr23.vcf", false),
            ("chris.vcf", false),
        ] {
            assert_eq!(names_chromosome(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn files_are_named_by_what_tells_them_apart() {
        let names = |paths: &[&str]| {
            let paths: Vec<&Path> = paths.iter().map(Path::new).collect();
            names_of_files(&paths)
        };
        assert_eq!(names(&["x/a.vcf", "y/b.vcf.gz"]), ["a", "b"]);
        let strelka = [
            "run/P1/results/variants/somatic.vcf.gz",
            "run/P2/results/variants/somatic.vcf.gz",
        ];
        assert_eq!(names(&strelka), ["P1", "P2"]);
        assert_eq!(
            names(&["/d/P1/a.vcf", "/d/P2/a.vcf", "/d/P2/b.vcf"]),
            ["P1_a", "P2_a", "P2_b"]
        );
        assert_eq!(names(&["a.vcf", "x/a.vcf"]), ["a", "x"]);
        assert_eq!(names(&["a.vcf", "a.vcf"]), ["a", "a"]);
    }
}
