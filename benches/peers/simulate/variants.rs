//! What differs from the reference: which variants there are, who has them, and what of them got into the reads.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::genome::{Genome, Target, place, table};
use crate::rng::Rng;
use crate::{Failure, create};

/// Replaces `deleted` reference bases at `start` (0-based) by `inserted`. Insertions and deletions are leftmost.
#[derive(Clone, Debug)]
pub struct Variant {
    pub start: usize,
    pub deleted: usize,
    pub inserted: Vec<u8>,
    pub origin: Origin,
    /// Fraction of the alleles of the person sequenced, and of the person whose DNA contaminates the sample.
    pub fractions: [f64; 2],
    /// 0 or 1; of no meaning where a fraction is above one half.
    pub haplotype: u8,
    pub seen: Seen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Somatic,
    Germline,
    Contaminant,
}

/// Counts over the fragments that were written, duplicates left out.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Fragments of which a read crosses the first changed place.
    pub fragments: usize,
    /// Those among them that have the variant.
    pub carriers: usize,
    /// Carriers that a caller can count: mapping quality 20, base quality 20, mates that agree; for insertions and
    /// deletions a read whose CIGAR shows it.
    pub support: usize,
}

/// Variants by contig and start.
pub type Variants = Vec<BTreeMap<usize, Variant>>;

impl Variant {
    pub fn is_indel(&self) -> bool {
        self.deleted != self.inserted.len()
    }

    /// How many reference bases longer (or, below zero, shorter) the allele is.
    pub fn growth(&self) -> i64 {
        self.inserted.len() as i64 - self.deleted as i64
    }

    /// Whether a molecule of this clone order (in [0, 1)) and haplotype has it. Clones are nested: the larger holds
    /// the smaller. Above one half, the rest is on the other haplotype.
    pub fn carried(&self, person: usize, haplotype: u8, order: f64, haploid: bool) -> bool {
        let fraction = self.fractions[person];
        if haploid {
            return order < fraction;
        }
        let own = (2.0 * fraction).min(1.0);
        let other = (2.0 * fraction - 1.0).max(0.0);
        order < if haplotype == self.haplotype { own } else { other }
    }
}

/// How many of what to draw for each fraction of the ladder.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    pub snvs: usize,
    pub insertions: usize,
    pub deletions: usize,
    pub duplications: usize,
    pub mnvs: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Snv,
    Insertion,
    Deletion,
    Duplication,
    Mnv,
}

impl Counts {
    fn kinds(&self) -> Vec<Kind> {
        let groups = [
            (Kind::Snv, self.snvs),
            (Kind::Insertion, self.insertions),
            (Kind::Deletion, self.deletions),
            (Kind::Duplication, self.duplications),
            (Kind::Mnv, self.mnvs),
        ];
        groups
            .iter()
            .flat_map(|(kind, count)| std::iter::repeat_n(*kind, *count))
            .collect()
    }
}

/// Draws variants into the targets.
pub struct Plan<'a> {
    pub genome: &'a Genome,
    pub targets: &'a [Target],
    pub ladder: Vec<f64>,
    pub somatic: Counts,
    pub heterozygous: Counts,
    pub homozygous: Counts,
    /// Fraction of the molecules that are of another person.
    pub contamination: f64,
}

/// Wanted distance to the next variant, so that each can be judged by itself.
const ROOM: usize = 40;

impl Plan<'_> {
    pub fn draw(&self, variants: &mut Variants, seed: u64) -> Result<(), Failure> {
        let mut rng = Rng::new(seed, "variants");
        for (counts, fraction) in [(self.heterozygous, 0.5), (self.homozygous, 1.0)] {
            for kind in counts.kinds() {
                // Another person shares half of the variants that are common enough to be met.
                let shared = self.contamination > 0.0 && rng.chance(0.5);
                let other = if shared { [0.5, 1.0][rng.below(2)] } else { 0.0 };
                self.place(variants, kind, Origin::Germline, [fraction, other], &mut rng)?;
            }
        }
        for fraction in &self.ladder {
            for kind in self.somatic.kinds() {
                self.place(variants, kind, Origin::Somatic, [*fraction, 0.0], &mut rng)?;
            }
        }
        if self.contamination > 0.0 {
            for (counts, fraction) in [(self.heterozygous, 0.5), (self.homozygous, 1.0)] {
                let kinds = counts.kinds();
                for kind in kinds.iter().take(kinds.len() / 2) {
                    self.place(variants, *kind, Origin::Contaminant, [0.0, fraction], &mut rng)?;
                }
            }
        }
        Ok(())
    }

    fn place(
        &self,
        variants: &mut Variants,
        kind: Kind,
        origin: Origin,
        fractions: [f64; 2],
        rng: &mut Rng,
    ) -> Result<(), Failure> {
        let total: usize = self.targets.iter().map(|target| target.end - target.start).sum();
        for _ in 0..20_000 {
            let mut offset = rng.below(total);
            let Some(target) = self.targets.iter().find(|target| {
                let length = target.end - target.start;
                let here = offset < length;
                offset -= if here { 0 } else { length };
                here
            }) else {
                continue;
            };
            let start = target.start + offset;
            let Some((deleted, inserted)) = self.alleles(kind, target.contig, start, rng) else {
                continue;
            };
            let mut variant = Variant {
                start,
                deleted,
                inserted,
                origin,
                fractions,
                haplotype: u8::from(rng.chance(0.5)),
                seen: Seen::default(),
            };
            left_align(self.genome, target.contig, &mut variant);
            let (first, last) = (variant.start, variant.start + variant.deleted);
            let near = first.saturating_sub(ROOM + 60)..last + ROOM;
            let taken = variants[target.contig]
                .range(near)
                .any(|(_, v)| v.start + v.deleted + ROOM > first);
            if taken || first < target.start + 2 || last + 2 > target.end {
                continue;
            }
            variants[target.contig].insert(first, variant);
            return Ok(());
        }
        Err(Failure(
            "the targets have no room for so many variants".to_owned(),
        ))
    }

    /// Bases deleted and inserted, or none where the reference has N.
    fn alleles(&self, kind: Kind, contig: usize, start: usize, rng: &mut Rng) -> Option<(usize, Vec<u8>)> {
        let bases = &self.genome.contigs[contig].bases;
        let around = bases.get(start.checked_sub(250)?..start + 250)?;
        if around.contains(&b'N') {
            return None;
        }
        let snv = |base: u8, rng: &mut Rng| {
            if rng.chance(0.65) {
                transition(base)
            } else {
                rng.other_base(base)
            }
        };
        Some(match kind {
            Kind::Snv => (1, vec![snv(bases[start], rng)]),
            Kind::Mnv => {
                let length = 2 + rng.below(2);
                (
                    length,
                    bases[start..start + length]
                        .iter()
                        .map(|base| snv(*base, rng))
                        .collect(),
                )
            }
            Kind::Deletion => (indel_length(rng), Vec::new()),
            Kind::Insertion => {
                let length = indel_length(rng);
                let tandem = length > 8 || rng.chance(0.5);
                let drawn: Vec<u8> = (0..length).map(|_| rng.base()).collect();
                (
                    0,
                    if tandem {
                        bases[start..start + length].to_vec()
                    } else {
                        drawn
                    },
                )
            }
            Kind::Duplication => (0, bases[start..start + 20 + rng.below(181)].to_vec()),
        })
    }
}

/// 1 to 60 bases, short ones most.
fn indel_length(rng: &mut Rng) -> usize {
    match rng.below(20) {
        0..=7 => 1,
        8..=13 => 2 + rng.below(4),
        14..=17 => 6 + rng.below(15),
        _ => 21 + rng.below(40),
    }
}

fn transition(base: u8) -> u8 {
    match base {
        b'A' => b'G',
        b'G' => b'A',
        b'C' => b'T',
        _ => b'C',
    }
}

/// Trims what both alleles share and moves an insertion or deletion as far left as it goes.
pub fn left_align(genome: &Genome, contig: usize, variant: &mut Variant) {
    let bases = &genome.contigs[contig].bases;
    let mut deleted = bases[variant.start..variant.start + variant.deleted].to_vec();
    let mut inserted = std::mem::take(&mut variant.inserted);
    while deleted.last().is_some() && deleted.last() == inserted.last() {
        deleted.pop();
        inserted.pop();
    }
    let shared = deleted
        .iter()
        .zip(&inserted)
        .take_while(|(one, other)| one == other)
        .count();
    deleted.drain(..shared);
    inserted.drain(..shared);
    variant.start += shared;
    if deleted.is_empty() || inserted.is_empty() {
        let longer = if deleted.is_empty() {
            &mut inserted
        } else {
            &mut deleted
        };
        while variant.start > 1 && !longer.is_empty() && longer.last() == Some(&bases[variant.start - 1]) {
            longer.rotate_right(1);
            variant.start -= 1;
        }
    }
    variant.deleted = deleted.len();
    variant.inserted = inserted;
}

/// Reads spikes from a VCF: INFO `TAF` (or `AF`) is the fraction; `GERMLINE` and `HAP=0|1` are optional.
pub fn read(path: &str, genome: &Genome, variants: &mut Variants) -> Result<(), Failure> {
    for (number, fields) in table(path)? {
        let source = format!("{path}: line {number}");
        let field = |index: usize| fields.get(index).map_or("", String::as_str);
        let contig = genome.contig(field(0), &source)?;
        let start = place(field(1), &source)?.checked_sub(1);
        let start = start.ok_or_else(|| Failure(format!("{source}: POS is 0")))?;
        let reference = field(3).as_bytes();
        if genome.contigs[contig].bases.get(start..start + reference.len()) != Some(reference) {
            return Err(Failure(format!(
                "{source}: REF {} is not what the reference has",
                field(3)
            )));
        }
        let info = |key: &str| {
            field(7)
                .split(';')
                .find_map(|entry| entry.strip_prefix(key)?.strip_prefix('='))
        };
        let fraction = info("TAF")
            .or_else(|| info("AF"))
            .and_then(|text| text.parse::<f64>().ok());
        let fraction = fraction.filter(|f| (0.0..=1.0).contains(f));
        let fraction = fraction.ok_or_else(|| Failure(format!("{source}: INFO/TAF must lie in 0 to 1")))?;
        let germline = field(7).split(';').any(|entry| entry == "GERMLINE");
        let mut variant = Variant {
            start,
            deleted: reference.len(),
            inserted: field(4).bytes().collect(),
            origin: if germline {
                Origin::Germline
            } else {
                Origin::Somatic
            },
            fractions: [fraction, 0.0],
            haplotype: u8::from(info("HAP") == Some("1")),
            seen: Seen::default(),
        };
        if !variant.inserted.iter().all(|base| b"ACGT".contains(base)) || variant.inserted == reference {
            return Err(Failure(format!(
                "{source}: ALT must be one allele of the bases A, C, G and T"
            )));
        }
        left_align(genome, contig, &mut variant);
        variants[contig].insert(variant.start, variant);
    }
    Ok(())
}

/// Writes the truth, once the reads are made.
pub fn write(path: &Path, genome: &Genome, variants: &Variants, contamination: f64) -> Result<(), Failure> {
    let mut out = BufWriter::new(create(path)?);
    out.write_all(HEADER.as_bytes())?;
    for contig in &genome.contigs {
        writeln!(out, "##contig=<ID={},length={}>", contig.name, contig.bases.len())?;
    }
    writeln!(out, "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")?;
    for (contig, here) in genome.contigs.iter().zip(variants) {
        for variant in here.values() {
            let anchor = usize::from(variant.deleted == 0 || variant.inserted.is_empty());
            let from = variant.start - anchor;
            let reference = &contig.bases[from..variant.start + variant.deleted];
            let alternative = [&contig.bases[from..variant.start], &variant.inserted].concat();
            let [own, other] = variant.fractions;
            let fraction = own * (1.0 - contamination) + other * contamination;
            let origin = match variant.origin {
                Origin::Somatic => "SOMATIC",
                Origin::Germline => "GERMLINE",
                Origin::Contaminant => "CONTAMINANT",
            };
            let Seen {
                fragments,
                carriers,
                support,
            } = variant.seen;
            writeln!(
                out,
                "{}\t{}\t.\t{}\t{}\t.\tPASS\tTAF={fraction:.6};{origin};HAP={};FRAGMENTS={fragments};\
                 CARRIERS={carriers};SUPPORT={support}",
                contig.name,
                from + 1,
                String::from_utf8_lossy(reference),
                String::from_utf8_lossy(&alternative),
                variant.haplotype,
            )?;
        }
    }
    Ok(out.flush()?)
}

const HEADER: &str = "##fileformat=VCFv4.3
##INFO=<ID=TAF,Number=1,Type=Float,Description=\"Fraction of the alleles that was simulated\">
##INFO=<ID=SOMATIC,Number=0,Type=Flag,Description=\"Somatic\">
##INFO=<ID=GERMLINE,Number=0,Type=Flag,Description=\"Germline\">
##INFO=<ID=CONTAMINANT,Number=0,Type=Flag,Description=\"Of the contaminating person alone\">
##INFO=<ID=HAP,Number=1,Type=Integer,Description=\"Haplotype\">
##INFO=<ID=FRAGMENTS,Number=1,Type=Integer,Description=\"Fragments written of which a read crosses the place\">
##INFO=<ID=CARRIERS,Number=1,Type=Integer,Description=\"Fragments among them with the allele\">
##INFO=<ID=SUPPORT,Number=1,Type=Integer,Description=\"Carriers of MAPQ 20, base quality 20, mates agreeing, indels in the CIGAR\">
##FILTER=<ID=PASS,Description=\"All\">
";
