//! One DNA fragment of one person: its bases, where each lies on the reference, and what happened to it before
//! it was sequenced (copying errors in repeats, chemical damage).

use crate::genome::Genome;
use crate::rng::Rng;
use crate::variants::{Variant, Variants};

/// One base of a molecule.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    pub base: u8,
    /// The reference place that it lies on; of an inserted base, the place after it.
    pub place: usize,
    pub inserted: bool,
}

/// What a molecule is made from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub contig: usize,
    pub start: usize,
    pub length: usize,
    /// 0: the person sequenced; 1: the contaminating person.
    pub person: usize,
    pub haplotype: u8,
    /// Rank in the clonal hierarchy, in [0, 1).
    pub order: f64,
    /// One copy only: X and Y of a man.
    pub haploid: bool,
    /// From a similar sequence elsewhere: differs from the reference at some bases.
    pub paralog: bool,
    /// Read 1 is the forward read (F1R2).
    pub first_forward: bool,
}

pub struct Molecule {
    pub sites: Vec<Site>,
    /// Starts of the variants within its range, and whether it has each.
    pub carried: Vec<(usize, bool)>,
}

impl Molecule {
    /// Copies the haplotype. None where the reference is mostly unknown.
    pub fn build(origin: &Origin, genome: &Genome, variants: &Variants, rng: &mut Rng) -> Option<Self> {
        let bases = &genome.contigs[origin.contig].bases;
        let mut molecule = Self {
            sites: Vec::with_capacity(origin.length + 8),
            carried: Vec::new(),
        };
        let mut near = variants[origin.contig]
            .range(origin.start + 1..)
            .map(|(_, v)| v)
            .peekable();
        let (mut place, mut unknown) = (origin.start, 0);
        // A molecule may begin within a substitution and carries the rest of it. One that begins at an indel does not show it.
        let at_start = variants[origin.contig].range(..=origin.start).next_back();
        if let Some((_, variant)) = at_start
            && !variant.is_indel()
            && let Some(rest) = variant.inserted.get(origin.start - variant.start..)
            && !rest.is_empty()
        {
            let has = variant.carried(origin.person, origin.haplotype, origin.order, origin.haploid);
            if variant.start == origin.start {
                molecule.carried.push((variant.start, has));
            }
            if has {
                for base in rest {
                    molecule.sites.push(Site {
                        base: *base,
                        place,
                        inserted: false,
                    });
                    place += 1;
                }
            }
        }
        while molecule.sites.len() < origin.length && place < bases.len() {
            while near.next_if(|variant| variant.start < place).is_some() {}
            if let Some(variant) = near.next_if(|variant| variant.start == place) {
                let has = variant.carried(origin.person, origin.haplotype, origin.order, origin.haploid);
                molecule.carried.push((variant.start, has));
                if has {
                    molecule.change(variant);
                    place += variant.deleted;
                    continue;
                }
            }
            let base = bases[place];
            unknown += usize::from(base == b'N');
            let base = match base {
                b'N' => rng.base(),
                _ if origin.paralog && differs(place) => other_of(place, base),
                _ => base,
            };
            molecule.sites.push(Site {
                base,
                place,
                inserted: false,
            });
            place += 1;
        }
        molecule.sites.truncate(origin.length);
        (unknown * 5 <= molecule.sites.len()).then_some(molecule)
    }

    fn change(&mut self, variant: &Variant) {
        let substituted = variant.deleted.min(variant.inserted.len());
        let end = variant.start + variant.deleted;
        for (index, base) in variant.inserted.iter().enumerate() {
            let inserted = index >= substituted;
            let place = if inserted { end } else { variant.start + index };
            self.sites.push(Site {
                base: *base,
                place,
                inserted,
            });
        }
    }

    /// Index of the base that lies on the place.
    pub fn index_of(&self, place: usize) -> Option<usize> {
        // Inserted bases come before the base that lies on their place.
        let before = |site: &Site| site.place < place || (site.place == place && site.inserted);
        let index = self.sites.partition_point(before);
        self.sites
            .get(index)
            .is_some_and(|site| site.place == place)
            .then_some(index)
    }

    /// Polymerase slippage: a repeat loses or gains units, the longer the more often (`rate` scales all).
    pub fn slip(&mut self, rate: f64, rng: &mut Rng) {
        let mut at = 1;
        while at + 12 < self.sites.len() {
            let Some((unit, copies)) = repeat_at(&self.sites, at) else {
                at += 1;
                continue;
            };
            let length = unit * copies;
            if rng.chance((rate * slippage(unit, copies)).min(0.4)) {
                let units = 1 + usize::from(rng.chance(0.08));
                if rng.chance(0.65) && copies > units {
                    self.sites.drain(at..at + unit * units);
                } else {
                    let place = self.sites[at].place;
                    let gained: Vec<Site> = self.sites[at..at + unit * units]
                        .iter()
                        .map(|site| Site {
                            base: site.base,
                            place,
                            inserted: true,
                        })
                        .collect();
                    self.sites.splice(at..at, gained);
                }
            }
            at += length;
        }
    }
}

/// Slips per molecule and repeat: homopolymers rise from 2 in 10,000 at 5 bases to some percent at 12, repeats of
/// longer units less steeply.
pub fn slippage(unit: usize, copies: usize) -> f64 {
    let beyond = copies as f64 - 5.0;
    if unit == 1 {
        2e-4 * 1.8_f64.powf(beyond)
    } else {
        4e-4 * 1.45_f64.powf(beyond)
    }
}

/// Unit length and copies of the repeat that starts here: at least 5 copies, units of 1 to 4 bases.
fn repeat_at(sites: &[Site], at: usize) -> Option<(usize, usize)> {
    (1..=4).find_map(|unit| {
        let same = (at + unit..sites.len())
            .take_while(|i| sites[*i].base == sites[i - unit].base)
            .count();
        let copies = same / unit + 1;
        let earlier =
            at >= 1 && at - 1 + unit < sites.len() && sites[at - 1].base == sites[at - 1 + unit].base;
        (copies >= 5 && !earlier).then_some((unit, copies))
    })
}

/// A paralog differs at one base of 64, always at the same ones.
fn differs(place: usize) -> bool {
    (place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58 == 0
}

fn other_of(place: usize, base: u8) -> u8 {
    let others: Vec<u8> = b"ACGT".iter().copied().filter(|other| *other != base).collect();
    others[place % 3]
}

/// Chemical damage of single strands, which the polymerase copies into all reads of the molecule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    None,
    /// Little of both kinds, as in DNA of fresh blood.
    Fresh,
    /// Oxidized guanine read as T: G>T in the read 1 direction, CCG most.
    Oxidation,
    /// Deaminated cytosine read as T: C>T in the read 1 direction, CpG most; formalin-fixed tissue.
    Deamination,
}

impl Molecule {
    /// Damages the strand of read 1. `rate`: per base that can be damaged.
    pub fn damage(&mut self, kind: Damage, rate: f64, first_forward: bool, rng: &mut Rng) {
        if kind == Damage::None || rate <= 0.0 {
            return;
        }
        let mut at = rng.geometric(rate);
        while at < self.sites.len() {
            let base = self.strand_base(at, first_forward);
            let (before, after) = self.neighbors(at, first_forward);
            let damaged = match kind {
                Damage::Oxidation => oxidized(base, before, after, rng),
                Damage::Deamination => deaminated(base, after, rng),
                Damage::None | Damage::Fresh => {
                    if rng.chance(0.5) {
                        oxidized(base, before, after, rng)
                    } else {
                        deaminated(base, after, rng)
                    }
                }
            };
            if let Some(new) = damaged {
                self.sites[at].base = if first_forward { new } else { complement(new) };
            }
            at += 1 + rng.geometric(rate);
        }
    }

    fn strand_base(&self, at: usize, forward: bool) -> u8 {
        let base = self.sites[at].base;
        if forward { base } else { complement(base) }
    }

    fn neighbors(&self, at: usize, forward: bool) -> (u8, u8) {
        let base = |index: usize| {
            if index < self.sites.len() {
                self.strand_base(index, forward)
            } else {
                b'N'
            }
        };
        let (left, right) = (base(at.wrapping_sub(1)), base(at + 1));
        if forward { (left, right) } else { (right, left) }
    }
}

/// G>T; three times as often in CGG, as where acoustic shearing oxidized the DNA (Costello 2013: CCG>CAG, on the
/// other strand).
fn oxidized(base: u8, before: u8, after: u8, rng: &mut Rng) -> Option<u8> {
    let favored = before == b'C' && after == b'G';
    (base == b'G' && rng.chance(if favored { 1.0 } else { 0.33 })).then_some(b'T')
}

fn deaminated(base: u8, after: u8, rng: &mut Rng) -> Option<u8> {
    (base == b'C' && rng.chance(if after == b'G' { 1.0 } else { 0.4 })).then_some(b'T')
}

pub fn complement(base: u8) -> u8 {
    match base {
        b'A' => b'T',
        b'C' => b'G',
        b'G' => b'C',
        b'T' => b'A',
        other => other,
    }
}
