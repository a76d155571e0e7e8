//! Substitutions of one codon, read together where they lie on one molecule.
//!
//! Two single-base changes of a codon can make a stop, or another residue than each alone says. Where the caller proves that
//! they lie on one chromosome copy they become one allele; where it proves that they do not, each stands alone; where it says
//! nothing, both stay, and know of each other. Only substitutions inside the coding sequence are looked at.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::RangeInclusive;

use super::codons::{Codons, Reading, Unphased, overlap};
use super::joined_allele::joined;
use super::neighbors::Neighbors;
use crate::evidence::{Evidence, SampleAllele};
use crate::genome::Variant;

/// Asked before alleles become one: whether the whole can be read, and what would be lost.
pub(super) type Accept<'f> = dyn Fn(&SampleAllele, &[&SampleAllele]) -> bool + 'f;

/// An allele that takes part: with its variant and codons.
struct Substitution<'a> {
    allele: &'a SampleAllele,
    variant: &'a Variant,
    codons: RangeInclusive<i32>,
}

impl Substitution<'_> {
    fn shares_codon(&self, other: &Self) -> bool {
        share(&self.codons, &other.codons)
    }

    /// Whether at most one unchanged base lies between: HGVS describes such changes as one deletion-insertion (recommendations
    /// 21.0, DNA, deletion-insertion).
    fn is_next_to(&self, other: &Self) -> bool {
        let follows = |first: &Variant, second: &Variant| {
            let gap = second.position().checked_sub(first.end() + 1);
            gap.is_some_and(|gap| gap <= 1)
        };
        follows(self.variant, other.variant) || follows(other.variant, self.variant)
    }
}

fn share(a: &RangeInclusive<i32>, b: &RangeInclusive<i32>) -> bool {
    a.start() <= b.end() && b.start() <= a.end()
}

/// Reads the alleles of one gene: merges what lies on one molecule, and notes what might.
///
/// `accept` may refuse a merge; a refused one over several codons is tried codon by codon.
pub(super) fn read_together<'a>(
    alleles: &[&'a SampleAllele],
    codons: &Codons<'_>,
    accept: &Accept<'_>,
) -> Vec<Reading<'a>> {
    let substitutions: BTreeMap<usize, Substitution<'a>> = alleles
        .iter()
        .enumerate()
        .filter_map(|(index, &allele)| {
            let variant = allele.sequence()?;
            let codons = codons.of(variant)?;
            let substitution = Substitution {
                allele,
                variant,
                codons,
            };
            Some((index, substitution))
        })
        .collect();
    let merged = merge(&substitutions, codons, accept);
    // By variant: a record that stands in the file twice is merged once.
    let mut wholes: HashMap<&Variant, Vec<&Merged>> = HashMap::new();
    for whole in &merged {
        for member in &whole.members {
            wholes
                .entry(substitutions[member].variant)
                .or_default()
                .push(whole);
        }
    }
    let mut readings = Vec::with_capacity(alleles.len());
    for (index, allele) in alleles.iter().enumerate() {
        let of = allele.sequence().and_then(|v| wholes.get(v));
        if let Some(part_of) = left_over(allele, of.map_or(&[], Vec::as_slice)) {
            readings.push(Reading {
                index: Some(index),
                allele: Cow::Borrowed(*allele),
                members: Vec::new(),
                part_of,
                unphased: Vec::new(),
            });
        }
    }
    readings.extend(merged.into_iter().map(|m| {
        Reading {
            index: None,
            members: m
                .members
                .iter()
                .map(|i| substitutions[i].variant.clone())
                .collect(),
            allele: Cow::Owned(m.allele),
            part_of: Vec::new(),
            unphased: Vec::new(),
        }
    }));
    note_unphased(&mut readings, codons);
    readings
}

/// Several alleles of one molecule as one.
struct Merged {
    allele: SampleAllele,
    /// Places of the members in the list of alleles, along the genome.
    members: Vec<usize>,
    /// The copies of the chromosome that hold all of them.
    copies: BTreeSet<usize>,
}

fn merge(
    substitutions: &BTreeMap<usize, Substitution<'_>>,
    codons: &Codons<'_>,
    accept: &Accept<'_>,
) -> Vec<Merged> {
    let mut haplotypes: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
    for (index, substitution) in substitutions {
        for (set, copy) in places(substitution.allele) {
            haplotypes.entry((set, copy)).or_default().push(*index);
        }
    }
    let mut merged: Vec<Merged> = Vec::new();
    let mut known: HashMap<Vec<usize>, usize> = HashMap::new();
    for ((_, copy), members) in haplotypes {
        let linked = |a: usize, b: usize| {
            let (a, b) = (&substitutions[&a], &substitutions[&b]);
            a.shares_codon(b) || a.is_next_to(b)
        };
        let same_codon = |a: usize, b: usize| substitutions[&a].shares_codon(&substitutions[&b]);
        let mut found = Vec::new();
        for group in chains(&members, substitutions, &linked) {
            match merged_allele(&group, substitutions, codons, accept) {
                Some(allele) => found.push((group, allele)),
                None => found.extend(chains(&group, substitutions, &same_codon).into_iter().filter_map(
                    |part| merged_allele(&part, substitutions, codons, accept).map(|a| (part, a)),
                )),
            }
        }
        for (members, allele) in found {
            if let Some(at) = known.get(&members) {
                merged[*at].copies.insert(copy);
                continue;
            }
            known.insert(members.clone(), merged.len());
            merged.push(Merged {
                allele,
                members,
                copies: BTreeSet::from([copy]),
            });
        }
    }
    merged
}

/// Returns phase set and copies that are known to carry an allele.
fn places(allele: &SampleAllele) -> impl Iterator<Item = (&str, usize)> {
    allele
        .phase
        .iter()
        .flat_map(|phase| phase.copies.iter().map(|copy| (phase.set.as_str(), *copy)))
}

/// Splits the alleles of one haplotype, along the genome, into chains of linked neighbors; single ones are left out.
fn chains(
    members: &[usize],
    substitutions: &BTreeMap<usize, Substitution<'_>>,
    linked: &dyn Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut sorted = members.to_vec();
    sorted.sort_by_key(|i| (substitutions[i].variant, *i));
    // A variant that stands in the file twice is one.
    sorted.dedup_by_key(|i| substitutions[i].variant);
    let mut chains: Vec<Vec<usize>> = Vec::new();
    for index in sorted {
        match chains.last_mut() {
            Some(chain) if chain.last().is_some_and(|last| linked(*last, index)) => chain.push(index),
            _ => chains.push(vec![index]),
        }
    }
    chains.retain(|chain| chain.len() > 1);
    chains
}

fn merged_allele(
    members: &[usize],
    substitutions: &BTreeMap<usize, Substitution<'_>>,
    codons: &Codons<'_>,
    accept: &Accept<'_>,
) -> Option<SampleAllele> {
    let parts: Vec<&Substitution<'_>> = members.iter().map(|i| &substitutions[i]).collect();
    // Two alleles of one base on one copy contradict each other.
    if parts.windows(2).any(|p| overlap(p[0].variant, p[1].variant)) {
        return None;
    }
    let variants: Vec<&Variant> = parts.iter().map(|p| p.variant).collect();
    let alleles: Vec<&SampleAllele> = parts.iter().map(|p| p.allele).collect();
    let allele = joined(&alleles, codons.together(&variants)?)?;
    accept(&allele, &alleles).then_some(allele)
}

/// Returns `None` for an allele that is seen only as part of merged ones, else the merged ones that it is also part of.
fn left_over(allele: &SampleAllele, of: &[&Merged]) -> Option<Vec<Variant>> {
    if of.is_empty() {
        return Some(Vec::new());
    }
    let everywhere = places(allele).all(|(_, copy)| of.iter().any(|m| m.copies.contains(&copy)));
    // With one merged allele the remainder can be told; with several, each on its copy, the fractions add up.
    let remainder = match of {
        [one] => surely_more(&allele.evidence, &one.allele.evidence),
        _ => false,
    };
    (!everywhere || remainder).then(|| of.iter().filter_map(|m| m.allele.sequence().cloned()).collect())
}

/// Whether an allele is more frequent than another beyond chance: the 95 % intervals do not meet.
fn surely_more(a: &Evidence, b: &Evidence) -> bool {
    match (a.interval, b.interval) {
        (Some(a), Some(b)) => a.low > b.high,
        _ => false,
    }
}

fn note_unphased(readings: &mut [Reading<'_>], codons: &Codons<'_>) {
    let neighbors = Neighbors::new(readings, codons);
    let notes: Vec<Vec<Unphased>> = (0..readings.len())
        .map(|index| {
            let Some(variant) = readings[index].allele.sequence() else {
                return Vec::new();
            };
            let others = neighbors.of(index, readings).into_iter();
            let notes = others.filter_map(|other| {
                let (a, b) = (&readings[index].allele, &readings[other].allele);
                let with = b.sequence()?.clone();
                Some(Unphased {
                    together: codons.together(&[variant, &with]),
                    with,
                    surely_alone: surely_more(&a.evidence, &b.evidence),
                })
            });
            notes.collect()
        })
        .collect();
    for (reading, notes) in readings.iter_mut().zip(notes) {
        reading.unphased = notes;
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::joined_allele::rarer;
    use super::*;
    use crate::evidence::{FileAllele, MatchedNormal, PopulationFrequency};
    use crate::genome::{BaseSource, Build, Chromosome};
    use crate::transcript::{EmbeddedBases, transcript};
    use crate::variants::Phase;

    /// TET2 on GRCh38: codon 182 is CTG at chr4:105234486-105234488.
    const CODON: u32 = 105_234_486;

    fn variant(at: u32, reference: &str, alternate: &str) -> Variant {
        let chromosome = Chromosome::parse("chr4").unwrap();
        Variant::new(Build::Grch38, chromosome, CODON + at, reference, alternate).unwrap()
    }

    fn allele(variant: Variant, alt: u32, phase: Option<(&str, &[usize])>) -> SampleAllele {
        SampleAllele {
            file_allele: FileAllele {
                contig: "chr4".into(),
                position: variant.position(),
                reference: variant.reference().into(),
                alternate: variant.alternate().into(),
            },
            allele: variant.into(),
            evidence: Evidence::from_counts(alt, 1000, "AD"),
            recount: None,
            normal: MatchedNormal::None,
            caller_filter: Some("PASS".into()),
            population: None,
            annotations: Vec::new(),
            phase: phase.map(|(set, copies)| Phase {
                set: set.into(),
                genotype: "0|1".into(),
                copies: copies.to_vec(),
            }),
            genotype: None,
        }
    }

    fn read(alleles: &[SampleAllele]) -> Vec<String> {
        read_if(alleles, &|_, _| true)
    }

    /// Each reading as `alleles alt_count`, with what it is part of and what may lie with it.
    fn read_if(alleles: &[SampleAllele], accept: &Accept<'_>) -> Vec<String> {
        let codons = Codons {
            transcript: transcript("NM_001127208.3", Build::Grch38).unwrap(),
            bases: EmbeddedBases::of(Build::Grch38),
        };
        let list: Vec<&SampleAllele> = alleles.iter().collect();
        let name = |v: &Variant| format!("{}{}>{}", v.position() - CODON, v.reference(), v.alternate());
        read_together(&list, &codons, accept)
            .iter()
            .map(|r| {
                let mut text = name(r.allele.sequence().unwrap());
                write!(text, " {}", r.allele.evidence.alt_count.unwrap()).unwrap();
                for whole in &r.part_of {
                    write!(text, " of {}", name(whole)).unwrap();
                }
                for u in &r.unphased {
                    write!(text, " with {}", name(&u.with)).unwrap();
                    text += &u
                        .together
                        .as_ref()
                        .map_or(String::new(), |t| format!(" as {}", name(t)));
                }
                text
            })
            .collect()
    }

    #[test]
    fn one_copy_is_one_allele_and_the_base_between_is_kept() {
        let (a, b) = (variant(0, "C", "A"), variant(2, "G", "T"));
        let set = Some(("1", [1].as_slice()));
        let actual = read(&[allele(a.clone(), 90, set), allele(b.clone(), 100, set)]);
        assert_eq!(actual, ["0CTG>ATT 90"]);
        // The whole has the filter names of both, and what is known of both only.
        let mut first = allele(a, 90, set);
        first.caller_filter = Some("clustered_events;haplotype".into());
        first.population = Some(PopulationFrequency {
            frequency: 0.2,
            field: "AF".into(),
        });
        first.normal = MatchedNormal::Counted(Evidence::from_counts(20, 40, "AD"));
        let mut second = allele(b, 100, set);
        second.caller_filter = Some("haplotype".into());
        second.normal = MatchedNormal::Counted(Evidence::from_counts(0, 40, "AD"));
        let whole = joined(&[&first, &second], variant(0, "CTG", "ATT")).unwrap();
        assert_eq!(whole.caller_filter.as_deref(), Some("clustered_events;haplotype"));
        assert_eq!(whole.population, None);
        assert_eq!(whole.normal.evidence().unwrap().alt_count, Some(0));
    }

    #[test]
    fn other_copies_and_other_codons_stand_alone() {
        let (a, b) = (variant(0, "C", "A"), variant(1, "T", "A"));
        let on = |copy: &'static [usize]| Some(("1", copy));
        let actual = read(&[allele(a.clone(), 90, on(&[0])), allele(b.clone(), 100, on(&[1]))]);
        assert_eq!(actual, ["0C>A 90", "1T>A 100"]);
        let far = variant(4, "A", "C");
        let actual = read(&[allele(a.clone(), 90, on(&[1])), allele(far, 100, on(&[1]))]);
        assert_eq!(actual.len(), 2, "{actual:?}");
        // No phase, another set, or a set that does not say which copy.
        for phase in [None, Some(("2", [1].as_slice())), Some(("1", [].as_slice()))] {
            let actual = read(&[allele(a.clone(), 90, on(&[1])), allele(b.clone(), 100, phase)]);
            assert_eq!(
                actual,
                ["0C>A 90 with 1T>A as 0CT>AA", "1T>A 100 with 0C>A as 0CT>AA"]
            );
        }
    }

    #[test]
    fn an_allele_that_exists_alone_too_is_kept() {
        let (a, b) = (variant(0, "C", "A"), variant(1, "T", "A"));
        // On both copies, the other on one.
        let actual = read(&[
            allele(a.clone(), 990, Some(("1", &[0, 1]))),
            allele(b.clone(), 500, Some(("1", &[1]))),
        ]);
        assert_eq!(actual, ["0C>A 990 of 0CT>AA", "0CT>AA 500"]);
        // On the same copy, but far more frequent.
        let set = Some(("1", [1].as_slice()));
        let actual = read(&[allele(a, 400, set), allele(b, 30, set)]);
        assert_eq!(actual, ["0C>A 400 of 0CT>AA", "0CT>AA 30"]);
    }

    #[test]
    fn neighbors_of_two_codons_are_one_unless_refused() {
        let set = Some(("1", [1].as_slice()));
        let alleles = [
            allele(variant(0, "C", "A"), 90, set),
            allele(variant(2, "G", "T"), 91, set),
            allele(variant(3, bases(3, 3).as_str(), other(3)), 92, set),
        ];
        assert_eq!(read(&alleles).len(), 1);
        // Refused as a whole: the codon of two is still one.
        let two_bases =
            |whole: &SampleAllele, _: &[&SampleAllele]| whole.sequence().unwrap().reference().len() <= 3;
        let actual = read_if(&alleles, &two_bases);
        assert_eq!(actual.len(), 2, "{actual:?}");
        assert!(actual.contains(&"0CTG>ATT 90".to_owned()), "{actual:?}");
        // Nothing may be merged: the two of the codon know of each other, the neighbor does not.
        let actual = read_if(&alleles, &|_, _| false);
        assert_eq!(actual[0], "0C>A 90 with 2G>T as 0CTG>ATT");
        assert!(!actual[2].contains("with"), "{actual:?}");
    }

    #[test]
    fn two_alleles_of_one_base_are_never_one() {
        let set = Some(("1", [1].as_slice()));
        let actual = read(&[
            allele(variant(0, "C", "A"), 90, set),
            allele(variant(0, "C", "G"), 90, set),
        ]);
        assert_eq!(actual, ["0C>A 90", "0C>G 90"]);
        // The same record twice is one member.
        let actual = read(&[
            allele(variant(0, "C", "A"), 90, set),
            allele(variant(0, "C", "A"), 90, None),
            allele(variant(1, "T", "A"), 90, set),
        ]);
        assert_eq!(actual, ["0CT>AA 90"]);
    }

    #[test]
    fn unknown_evidence_of_a_member_makes_the_whole_unknown() {
        let known = Evidence::from_counts(10, 100, "AD");
        assert_eq!(rarer(&Evidence::default(), &known), std::cmp::Ordering::Less);
        assert_eq!(
            rarer(&Evidence::from_counts(9, 200, "AD"), &known),
            std::cmp::Ordering::Less
        );
        assert!(!surely_more(&known, &Evidence::default()));
    }

    fn bases(from: u32, to: u32) -> String {
        let chromosome = Chromosome::parse("chr4").unwrap();
        let range = CODON + from..=CODON + to;
        String::from_utf8(EmbeddedBases::of(Build::Grch38).bases(chromosome, range).unwrap()).unwrap()
    }

    fn other(at: u32) -> &'static str {
        if bases(at, at) == "A" { "C" } else { "A" }
    }

    #[test]
    fn copies_of_a_record_are_compared_once() {
        let one = allele(variant(0, "C", "T"), 100, None);
        let other = allele(variant(1, "T", "A"), 90, None);
        let alleles: Vec<SampleAllele> = (0..500).flat_map(|_| [one.clone(), other.clone()]).collect();
        let readings: Vec<Reading<'_>> = alleles
            .iter()
            .enumerate()
            .map(|(index, allele)| Reading {
                index: Some(index),
                allele: Cow::Borrowed(allele),
                members: Vec::new(),
                part_of: Vec::new(),
                unphased: Vec::new(),
            })
            .collect();
        let codons = Codons {
            transcript: transcript("NM_001127208.3", Build::Grch38).unwrap(),
            bases: EmbeddedBases::of(Build::Grch38),
        };
        let neighbors = Neighbors::new(&readings, &codons);
        assert_eq!(neighbors.kept(), 2);
        assert_eq!(neighbors.of(998, &readings), [1]);
        assert_eq!(neighbors.of(999, &readings), [0]);
    }
}
