//! Which genome a file is on: told from contig lengths, accession versions and assembly names, never guessed.
//!
//! A wrong build moves every variant to another gene, so doubt is an error that asks the user.

use std::collections::BTreeMap;

use super::build_source::{BuildDoubt, BuildSource};
use super::chromosome::GRCH37_VERSIONS;
use super::chromosome_lengths::{Foreign, Genome, genome_name, genome_of_length};
use super::{Build, Chromosome};

/// One contig as a header declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContigLine {
    /// Name in the file.
    pub name: String,
    /// Length in bases.
    pub length: Option<u64>,
    /// Value of its `assembly` key.
    pub assembly: Option<String>,
}

/// A build and how it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognizedBuild {
    /// The build.
    pub build: Build,
    /// How it was recognized.
    pub from: BuildSource,
    /// Set where the user's `--build` could not be checked against any length.
    pub warning: Option<BuildDoubt>,
}

/// Why the build stays open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// Nothing in the header tells.
    #[error(
        "the genome build cannot be told from the header (no contig lengths, no assembly name): give --build grch37 or --build grch38"
    )]
    Unknown,
    /// The header contradicts itself.
    #[error(
        "the header contradicts itself on the genome build ({0}): find out which is right and give --build grch37 or --build grch38"
    )]
    Conflict(String),
    /// `--build` contradicts contig lengths or accessions.
    #[error("--build says {given}, but the file is on {found} ({evidence}): correct --build")]
    Contradicted {
        /// What the user said.
        given: Build,
        /// What the file says.
        found: Build,
        /// A contig and what tells.
        evidence: String,
    },
    /// A genome without panel coordinates.
    #[error("the file is on {} ({evidence})", .genome.advice())]
    Foreign {
        /// Which genome.
        genome: Foreign,
        /// What told it.
        evidence: String,
    },
}

/// Tells the build from contig lines and texts that may name an assembly (`##reference`, `##assembly`, command lines).
///
/// Lengths weigh most, then accession versions, then names: a `##reference` path may be a left-over, a length is not.
pub fn recognize(
    contigs: &[ContigLine],
    texts: &[(String, String)],
    given: Option<Build>,
) -> Result<RecognizedBuild, BuildError> {
    let mut certain = by_length(contigs);
    for (genome, text) in by_accession(contigs) {
        certain.entry(genome).or_insert(text);
    }
    if let (1, Some((Genome::Foreign(genome), text))) = (certain.len(), certain.iter().next()) {
        return Err(BuildError::Foreign {
            genome: *genome,
            evidence: text.to_string(),
        });
    }
    if let Some(given) = given {
        return check_given(given, contigs, &certain);
    }
    let mut found = certain;
    for (genome, text) in by_name(contigs, texts) {
        found.entry(genome).or_insert(text);
    }
    if found.len() > 1 {
        let list: Vec<String> = found.into_values().map(|from| from.to_string()).collect();
        return Err(BuildError::Conflict(list.join("; ")));
    }
    match found.pop_first() {
        Some((Genome::Ours(build), from)) => Ok(RecognizedBuild {
            build,
            from,
            warning: None,
        }),
        Some((Genome::Foreign(genome), from)) => Err(BuildError::Foreign {
            genome,
            evidence: from.to_string(),
        }),
        None => Err(BuildError::Unknown),
    }
}

type Found = BTreeMap<Genome, BuildSource>;

fn check_given(given: Build, contigs: &[ContigLine], certain: &Found) -> Result<RecognizedBuild, BuildError> {
    let mine = certain.contains_key(&Genome::Ours(given));
    let other = certain.iter().find_map(|(genome, text)| match genome {
        Genome::Ours(build) if *build != given => Some((*build, text)),
        _ => None,
    });
    let warning = match other {
        Some((found, text)) if !mine => {
            return Err(BuildError::Contradicted {
                given,
                found,
                evidence: text.to_string(),
            });
        }
        Some((_, source)) => Some(BuildDoubt::OtherBuild {
            source: source.clone(),
            given,
        }),
        None => {
            let known = contigs
                .iter()
                .any(|c| c.length.is_some() && Chromosome::parse(&c.name).is_some());
            (known && !mine).then_some(BuildDoubt::OtherLengths { given })
        }
    };
    Ok(RecognizedBuild {
        build: given,
        from: BuildSource::Stated,
        warning,
    })
}

fn by_length(contigs: &[ContigLine]) -> Found {
    let mut found = Found::new();
    for contig in contigs {
        let (Some(chromosome), Some(length)) = (Chromosome::parse(&contig.name), contig.length) else {
            continue;
        };
        if let Some(genome) = genome_of_length(chromosome, length) {
            found.entry(genome).or_insert_with(|| BuildSource::ContigLength {
                contig: contig.name.clone(),
                length,
                genome: genome_name(genome).to_owned(),
            });
        }
    }
    found
}

/// Returns the build that the accession of a chromosome belongs to by its version; `None` for every other name.
pub fn build_of_accession(name: &str) -> Option<Build> {
    Chromosome::build_of_accession(name)
}

fn by_accession(contigs: &[ContigLine]) -> Found {
    let mut found = Found::new();
    for contig in contigs {
        if let Some(genome) = genome_of_accession(&contig.name) {
            found
                .entry(genome)
                .or_insert_with(|| BuildSource::ContigAccession {
                    contig: contig.name.clone(),
                    genome: genome_name(genome).to_owned(),
                });
        }
    }
    found
}

fn genome_of_accession(name: &str) -> Option<Genome> {
    if let Some(build) = build_of_accession(name) {
        return Some(Genome::Ours(build));
    }
    let (accession, version) = name.split_once('.')?;
    let number = |prefix: &str| accession.strip_prefix(prefix)?.parse::<u32>().ok();
    if let Some(n) = number("NC_") {
        let version: u8 = version.parse().ok()?;
        return match n {
            1..=24 if version < GRCH37_VERSIONS[n as usize - 1] => Some(Genome::Foreign(Foreign::Ncbi36)),
            60_925..=60_948 => Some(Genome::Foreign(Foreign::Chm13)),
            67..=87 if version == 6 => Some(Genome::Foreign(Foreign::Grcm38)),
            67..=87 if version == 7 => Some(Genome::Foreign(Foreign::Grcm39)),
            _ => None,
        };
    }
    // GenBank: CP068254.1 to CP068277.2, and CP086569.2 for the Y of v2.0.
    number("CP")
        .is_some_and(|n| (68_254..=68_277).contains(&n) || n == 86_569)
        .then_some(Genome::Foreign(Foreign::Chm13))
}

/// Words that name a genome, lower case, as they stand in reference paths and assembly keys.
const NAMES: [(&str, Genome); 20] = [
    ("grch37", Genome::Ours(Build::Grch37)),
    ("hg19", Genome::Ours(Build::Grch37)),
    ("b37", Genome::Ours(Build::Grch37)),
    ("hs37d5", Genome::Ours(Build::Grch37)),
    ("assembly19", Genome::Ours(Build::Grch37)),
    ("gca_000001405.1", Genome::Ours(Build::Grch37)),
    ("grch38", Genome::Ours(Build::Grch38)),
    ("hg38", Genome::Ours(Build::Grch38)),
    ("b38", Genome::Ours(Build::Grch38)),
    ("hs38", Genome::Ours(Build::Grch38)),
    ("assembly38", Genome::Ours(Build::Grch38)),
    ("gca_000001405.15", Genome::Ours(Build::Grch38)),
    ("hg18", Genome::Foreign(Foreign::Ncbi36)),
    ("ncbi36", Genome::Foreign(Foreign::Ncbi36)),
    ("chm13", Genome::Foreign(Foreign::Chm13)),
    ("hs1", Genome::Foreign(Foreign::Chm13)),
    ("mm10", Genome::Foreign(Foreign::Grcm38)),
    ("grcm38", Genome::Foreign(Foreign::Grcm38)),
    ("mm39", Genome::Foreign(Foreign::Grcm39)),
    ("grcm39", Genome::Foreign(Foreign::Grcm39)),
];

fn by_name(contigs: &[ContigLine], texts: &[(String, String)]) -> Found {
    let mut found = Found::new();
    let assemblies = contigs
        .iter()
        .filter_map(|c| c.assembly.as_deref().map(|a| ("contig assembly", a)));
    for (key, text) in assemblies.chain(texts.iter().map(|(k, v)| (k.as_str(), v.as_str()))) {
        for genome in named(text) {
            found.entry(genome).or_insert_with(|| BuildSource::Named {
                by: key.to_owned(),
                genome: genome_name(genome).to_owned(),
            });
        }
    }
    found
}

/// Returns every genome that a text names. A name counts only where no letter stands before it and no digit after it
/// (`hg19` in `ucsc.hg19.fasta`, not in `xhg191`); `GCA_000001405.1` needs that to differ from `.15`.
fn named(text: &str) -> Vec<Genome> {
    let lower = text.to_ascii_lowercase();
    let mut genomes = Vec::new();
    for (word, genome) in NAMES {
        let hit = lower.match_indices(word).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let after = lower[at + word.len()..].chars().next();
            let long = word.len() > 3;
            let free = if long {
                true
            } else {
                !before.is_some_and(char::is_alphanumeric)
            };
            free && !after.is_some_and(|c| c.is_ascii_digit())
        });
        if hit && !genomes.contains(&genome) {
            genomes.push(genome);
        }
    }
    genomes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contig(name: &str, length: u64) -> ContigLine {
        ContigLine {
            name: name.into(),
            length: Some(length),
            assembly: None,
        }
    }

    fn text(key: &str, value: &str) -> Vec<(String, String)> {
        vec![(key.into(), value.into())]
    }

    #[test]
    fn tells_both_builds_from_one_length() {
        for (name, length, expected) in [
            ("chr17", 81_195_210, Build::Grch37),
            ("17", 83_257_441, Build::Grch38),
            ("NC_000023.11", 156_040_895, Build::Grch38),
        ] {
            let actual = recognize(&[contig(name, length)], &[], None).unwrap();
            assert_eq!(actual.build, expected, "{name}");
            assert!(actual.from.to_string().contains(name));
        }
    }

    #[test]
    fn tells_from_names_and_accessions_without_lengths() {
        let bare = |name: &str| ContigLine {
            name: name.into(),
            ..ContigLine::default()
        };
        let actual = recognize(&[bare("NC_000001.10")], &[], None).unwrap();
        assert_eq!(actual.build, Build::Grch37);
        let actual = recognize(&[bare("NC_000017.11")], &[], None).unwrap();
        assert_eq!(actual.build, Build::Grch38);
        let actual = recognize(
            &[bare("chr1")],
            &text("reference", "file:///refs/ucsc.hg19.fasta"),
            None,
        )
        .unwrap();
        assert_eq!(actual.build, Build::Grch37);
        assert_eq!(recognize(&[bare("chr1")], &[], None), Err(BuildError::Unknown));
        assert_eq!(recognize(&[], &[], None), Err(BuildError::Unknown));
    }

    #[test]
    fn refuses_other_genomes_by_name() {
        for (contigs, expected) in [
            (vec![contig("chr1", 248_387_328)], Foreign::Chm13),
            (vec![contig("chr1", 195_154_279)], Foreign::Grcm39),
            (vec![contig("1", 195_471_971)], Foreign::Grcm38),
            (vec![contig("chr1", 247_249_719)], Foreign::Ncbi36),
            (
                vec![ContigLine {
                    name: "CP068277.2".into(),
                    ..ContigLine::default()
                }],
                Foreign::Chm13,
            ),
            (
                vec![ContigLine {
                    name: "NC_060925.1".into(),
                    ..ContigLine::default()
                }],
                Foreign::Chm13,
            ),
        ] {
            for given in [None, Some(Build::Grch38)] {
                let actual = recognize(&contigs, &[], given);
                assert!(
                    matches!(actual, Err(BuildError::Foreign { genome, .. }) if genome == expected),
                    "{contigs:?}: {actual:?}"
                );
            }
        }
    }

    #[test]
    fn asks_when_evidence_conflicts() {
        let both = [contig("chr1", 249_250_621), contig("chr2", 242_193_529)];
        assert!(matches!(
            recognize(&both, &[], None),
            Err(BuildError::Conflict(_))
        ));
        let actual = recognize(
            &[contig("chr1", 249_250_621)],
            &text("reference", "hg38.fa"),
            None,
        );
        assert!(matches!(actual, Err(BuildError::Conflict(_))), "{actual:?}");
        let actual = recognize(
            &[contig("chr1", 249_250_621)],
            &text("reference", "hg38.fa"),
            Some(Build::Grch37),
        );
        assert_eq!(actual.map(|a| a.build), Ok(Build::Grch37));
    }

    #[test]
    fn checks_the_given_build_against_lengths() {
        let actual = recognize(&[contig("chr1", 249_250_621)], &[], Some(Build::Grch38));
        assert!(
            matches!(actual, Err(BuildError::Contradicted { .. })),
            "{actual:?}"
        );
        let actual = recognize(&[contig("chr1", 1000)], &[], Some(Build::Grch38)).unwrap();
        assert!(actual.warning.is_some());
    }

    #[test]
    fn reads_names_inside_paths_only_as_words() {
        assert_eq!(named("/refs/hs37d5.fa"), [Genome::Ours(Build::Grch37)]);
        assert_eq!(
            named("GCA_000001405.15_GRCh38_no_alt.fna"),
            [Genome::Ours(Build::Grch38)]
        );
        assert_eq!(named("human_g1k_v37_sub37.fa"), []);
        assert_eq!(named("Zm-B73"), []);
    }
}
