//! Samples of one person, and of relatives, told by the inherited variants that they share.
//!
//! Genes are compared, not variants: those of one gene are inherited together, and counting each would count one fact several times. A
//! pair is named only where chance would not bring one forth among all pairs of the cohort; in a small cohort, whose frequencies
//! say little, the rule of `same_genotype_as` in a run's summary decides. That nothing is named proves nothing: a panel
//! holds few inherited variants.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::genotypes::{Carried, PARTS, Types};
use super::member::Member;
use super::names::Names;
use super::variants::Variants;
use crate::genome::{Sex, as_count};
use crate::report::names;
use crate::report::table::table;
use crate::report::value::Number;

/// Samples from which frequencies say something. A choice of this program.
const FEWEST: usize = 100;

/// Pairs that chance may bring forth in the whole cohort. A choice.
const BY_CHANCE: f64 = 0.01;

/// Frequency below which a variant tells relatives; the common ones are shared with everybody.
const RARE: f64 = 0.05;

/// Carriers of a variant up to which each two are compared: more would be a comparison of all with all.
const COMPARED_CARRIERS: usize = 16;

/// As in a run's summary: variants that both samples need, and the share that they must have in common.
const TELLING: usize = 12;
const SAME: f64 = 0.9;

/// Inherited variants of every sample: eight bytes each, and five more a sample.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Kinship {
    sexes: Vec<Option<Sex>>,
    /// Where the variants of each sample end.
    ends: Vec<u32>,
    /// Those of the samples one after the other, each sample's sorted.
    carried: Vec<Carried>,
    /// Number of genes of the panel.
    genes: usize,
}

/// A sample of a pair.
struct Sample<'a> {
    name: &'a str,
    sex: Option<Sex>,
    carried: &'a [Carried],
}

/// What was found of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Found {
    relation: &'static str,
    /// Decimal logarithm of the likelihood ratio against strangers.
    evidence: Option<f64>,
}

impl Kinship {
    /// Takes the inherited variants of the next sample; `places` are those of its calls.
    pub(super) fn add(&mut self, member: &Member, places: &[Option<u32>]) {
        let calls = member.calls.iter().zip(places);
        let mut carried: Vec<Carried> = calls
            .filter_map(|(seen, place)| Some((seen.gene, (*place)?)).filter(|_| seen.is_carried))
            .collect();
        carried.sort_unstable();
        carried.dedup();
        self.genes = self.genes.max(member.genes.len());
        self.sexes.push(member.sex);
        self.carried.extend(carried);
        self.ends.push(as_count(self.carried.len()));
    }

    /// Returns the number of samples.
    const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the variants of a sample.
    fn carried(&self, sample: u32) -> &[Carried] {
        let sample = sample as usize;
        let start = sample
            .checked_sub(1)
            .map_or(Some(&0), |before| self.ends.get(before));
        let range = start.zip(self.ends.get(sample));
        let range = range.map(|(start, end)| *start as usize..*end as usize);
        range
            .and_then(|range| self.carried.get(range))
            .unwrap_or_default()
    }

    fn all(&self) -> impl Iterator<Item = (u32, &[Carried])> {
        (0..as_count(self.len())).map(|sample| (sample, self.carried(sample)))
    }

    /// Returns the pairs, by name; `names` are those of the samples in the order in which they came.
    pub(super) fn rows(&self, names: &Names, variants: &Variants) -> Vec<KinshipRow> {
        let found = if self.len() < FEWEST {
            self.by_share()
        } else {
            self.by_frequency(variants)
        };
        let sample = |place: u32| Sample {
            name: names.get(place),
            sex: self.sexes.get(place as usize).copied().flatten(),
            carried: self.carried(place),
        };
        let mut rows: Vec<KinshipRow> = found
            .into_iter()
            .map(|((a, b), found)| {
                let (a, b) = (sample(a), sample(b));
                let (a, b) = if a.name <= b.name { (a, b) } else { (b, a) };
                KinshipRow::new(&a, &b, found)
            })
            .collect();
        rows.sort_by(|a, b| (&a.sample_a, &a.sample_b).cmp(&(&b.sample_a, &b.sample_b)));
        rows
    }

    /// Compares all with all by the share of variants in common.
    fn by_share(&self) -> BTreeMap<(u32, u32), Found> {
        let mut found = BTreeMap::new();
        for (i, a) in self.all() {
            for (j, b) in self.all().skip(i as usize + 1) {
                let common = common(a, b);
                let fewer = a.len().min(b.len());
                let all = a.len() + b.len() - common;
                if fewer >= TELLING && common as f64 >= SAME * all as f64 {
                    found.insert(
                        (i, j),
                        Found {
                            relation: SAME_PERSON,
                            evidence: None,
                        },
                    );
                }
            }
        }
        found
    }

    fn by_frequency(&self, variants: &Variants) -> BTreeMap<(u32, u32), Found> {
        let types = Types::new(self.all().map(|(_, carried)| carried), self.genes);
        let pairs = self.len() as f64 * (self.len() as f64 - 1.0) / 2.0;
        let needed = (pairs / BY_CHANCE).ln();
        let mut found = BTreeMap::new();
        // What a shared variant says at most, of the pair alone: nearly no two strangers share enough to be looked at any closer.
        let at_most = (self.len() as f64).midpoint(1.0).ln();
        let mut compare = |pair: (u32, u32)| {
            let (a, b) = (self.carried(pair.0), self.carried(pair.1));
            let same = types.same(pair.0, pair.1);
            if same <= needed && common(a, b) as f64 * at_most < needed - 1e-6 {
                return;
            }
            let related = self.related(a, b, variants);
            let (relation, evidence) = if same >= related {
                (SAME_PERSON, same)
            } else {
                (RELATIVE, related)
            };
            if evidence > needed {
                let evidence = Some(evidence / std::f64::consts::LN_10);
                found.insert(pair, Found { relation, evidence });
            }
        };
        let mut compare_all = |group: &[u32]| {
            for (i, a) in group.iter().enumerate() {
                group[i + 1..]
                    .iter()
                    .for_each(|b| compare((*a.min(b), *a.max(b))));
            }
        };
        for part in PARTS {
            types.alike(part, &mut compare_all);
        }
        let carriers = self.rare_carriers(variants);
        for group in carriers.chunk_by(|a, b| a.0 == b.0) {
            let mut samples: Vec<u32> = group.iter().map(|(_, sample)| *sample).collect();
            samples.dedup();
            compare_all(&samples);
        }
        found
    }

    /// Returns each variant that few carry with each of its carriers, sorted.
    fn rare_carriers(&self, variants: &Variants) -> Vec<(u32, u32)> {
        let is_rare = |place: u32| {
            variants
                .get(place)
                .is_some_and(|v| (2..=COMPARED_CARRIERS).contains(&(v.carried as usize)))
        };
        let mut carriers: Vec<(u32, u32)> = self
            .all()
            .flat_map(|(sample, carried)| carried.iter().map(move |(_, place)| (*place, sample)))
            .filter(|(place, _)| is_rare(*place))
            .collect();
        carriers.sort_unstable();
        carriers
    }

    /// Returns the logarithm of how much likelier the rare variants of two samples are for first-degree relatives than for strangers: of
    /// each gene the rarest that both have, else the rarest that one has.
    fn related(&self, a: &[Carried], b: &[Carried], variants: &Variants) -> f64 {
        let n = self.len() as f64;
        let mut genes: BTreeMap<u16, (bool, f64)> = BTreeMap::new();
        for entry @ (gene, place) in a.iter().chain(b) {
            let shared = a.binary_search(entry).is_ok() && b.binary_search(entry).is_ok();
            let carriers = variants.get(*place).map_or(0, |v| v.carried);
            // Without the pair itself, and one added, as for anything not seen yet.
            let others = f64::from(carriers) - if shared { 2.0 } else { 1.0 };
            let frequency = (others + 1.0) / n;
            if frequency >= RARE {
                continue;
            }
            let known = genes.entry(*gene).or_insert((shared, frequency));
            let is_better = (shared, -frequency) > (known.0, -known.1);
            if is_better {
                *known = (shared, frequency);
            }
        }
        // Half of what one carries is inherited along; the rest is as frequent as among strangers.
        let of = |(shared, q): &(bool, f64)| {
            if *shared {
                ((0.5 + q / 2.0) / q).ln()
            } else {
                0.5_f64.ln()
            }
        };
        genes.values().map(of).sum()
    }
}

const SAME_PERSON: &str = "same_person";
const RELATIVE: &str = "relative";

/// Returns how many variants two samples share; each sample's are sorted.
fn common(a: &[Carried], b: &[Carried]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        common += usize::from(one == other);
        i += usize::from(one <= other);
        j += usize::from(other <= one);
    }
    common
}

table! {
    /// Two samples.
    KinshipRow(a: &Sample<'_>, b: &Sample<'_>, found: Found) {
        /// The first sample, by name.
        sample_a: String, "S1" => a.name.to_string();
        /// The second sample.
        sample_b: String, "S7" => b.name.to_string();
        /// `same_person`: one person twice, twins, or a swapped sample; `relative`: probably of the first degree. A hint, to be
        /// confirmed.
        relation: &'static str, "same_person" => found.relation;
        /// Decimal logarithm of how much likelier the variants are than for strangers; empty in a cohort of fewer than 100 samples,
        /// where 12 variants each of which nine in ten are shared decide.
        log10_likelihood_ratio: Option<Number>, "14.2" => found.evidence.map(|e| Number((e * 10.0).round() / 10.0));
        /// Substitutions that most cells carry (VAF of 0.25 or more at a depth of 20 or more), in both.
        shared: usize, "17" => common(a.carried, b.carried);
        /// Those of the first alone.
        only_a: usize, "0" => a.carried.len() - common(a.carried, b.carried);
        /// Those of the second alone.
        only_b: usize, "1" => b.carried.len() - common(a.carried, b.carried);
        /// Sex of the first as given.
        sex_a: Option<&'static str>, "female" => a.sex.map(names::sex);
        /// Sex of the second as given.
        sex_b: Option<&'static str>, "male" => b.sex.map(names::sex);
        /// Whether both were given and differ: of one person, a swapped sample or sheet.
        sex_differs: Option<bool>, "true" => a.sex.zip(b.sex).map(|(a, b)| a != b);
    }
}

#[cfg(test)]
mod tests {
    use super::super::member::{Known, State};
    use super::super::tests_support::{gene, member, seen};
    use super::*;
    use crate::drivers::CallStatus;

    /// Persons with an inherited variant in every other gene of 30 or so, frequencies of 2 to 50 %, and their own rare ones.
    struct People {
        state: u64,
        members: Vec<Member>,
    }

    impl People {
        fn chance(&mut self) -> f64 {
            // Knuth's MMIX generator: any will do.
            self.state = self
                .state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.state >> 40) as f64 / (1_u64 << 24) as f64
        }

        fn person(&mut self, i: usize) -> Vec<(u16, String)> {
            let mut own = Vec::new();
            for g in 0..30_u16 {
                for (v, share) in [(0, 0.4), (1, 0.2), (2, 0.02)] {
                    if self.chance() < share {
                        own.push((g, format!("GRCh38:chr1:{}:A:C", u32::from(g) * 100 + v + 1)));
                    }
                }
            }
            for g in 0..3_u16 {
                own.push((g * 10, format!("GRCh38:chr2:{}:A:C", i * 10 + usize::from(g) + 1)));
            }
            own
        }

        fn add(&mut self, name: &str, own: &[(u16, String)]) {
            let mut member = member(name, vec![gene(State::NoDriver, Known::No); 30]);
            for (g, key) in own {
                let mut call = seen(key, (50, 100), CallStatus::GermlineSuspected);
                call.gene = *g;
                member.calls.push(call);
            }
            self.members.push(member);
        }

        fn rows(&self) -> Vec<KinshipRow> {
            let (mut variants, mut kinship) = (Variants::default(), Kinship::default());
            let mut names = Names::default();
            for member in &self.members {
                names.place(&member.sample);
                let places = variants.add(member);
                kinship.add(member, &places);
            }
            kinship.rows(&names, &variants)
        }
    }

    fn strangers(number: usize) -> (People, Vec<Vec<(u16, String)>>) {
        let mut people = People {
            state: 7,
            members: Vec::new(),
        };
        let all: Vec<_> = (0..number).map(|i| people.person(i)).collect();
        for (i, own) in all.iter().enumerate() {
            people.add(&format!("S{i:04}"), own);
        }
        (people, all)
    }

    #[test]
    fn strangers_are_not_named() {
        assert_eq!(strangers(1500).0.rows(), []);
        assert_eq!(strangers(60).0.rows(), []);
    }

    #[test]
    fn one_person_twice_is_named_also_with_a_call_that_is_missing() {
        for number in [60, 1500] {
            let (mut people, all) = strangers(number);
            people.add("twice", &all[5]);
            people.add("again", &all[7][1..]);
            let rows = people.rows();
            let pairs: Vec<_> = rows
                .iter()
                .map(|r| (r.sample_a.as_str(), r.sample_b.as_str(), r.relation))
                .collect();
            let expected = [
                ("S0005", "twice", "same_person"),
                ("S0007", "again", "same_person"),
            ];
            assert_eq!(pairs, expected, "{number}");
        }
    }

    #[test]
    fn a_child_is_named_as_a_relative() {
        let (mut people, all) = strangers(1500);
        let child: Vec<_> = all[5]
            .iter()
            .filter(|(g, key)| key.contains("chr2") || g % 2 == 0)
            .cloned()
            .collect();
        let mut child: Vec<_> = child;
        child.extend(
            all[9]
                .iter()
                .filter(|(g, key)| !key.contains("chr2") && g % 2 == 1)
                .cloned(),
        );
        child.sort();
        people.add("child", &child);
        let rows = people.rows();
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(
            (
                rows[0].sample_a.as_str(),
                rows[0].sample_b.as_str(),
                rows[0].relation
            ),
            ("S0005", "child", "relative")
        );
    }
}
