//! Start and stop codon under every short edit, against the molecule that the edit leaves.

#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic is the failure")]

mod transcript_support;

use std::collections::BTreeSet;

use hemoclone::genome::{BaseSource, Build, Variant};
use hemoclone::transcript::residue::{reverse_complement, translate_codon};
use hemoclone::transcript::{Annotator, Consequence, SequenceSource, SoTerm, Strand, Transcript};
use transcript_support::{Dice, MiniGenome, leads_to};

const LOSSES: [SoTerm; 8] = [
    SoTerm::Frameshift,
    SoTerm::StopGained,
    SoTerm::StopLost,
    SoTerm::StartLost,
    SoTerm::InframeInsertion,
    SoTerm::InframeDeletion,
    SoTerm::Missense,
    SoTerm::ProteinAltering,
];

/// The spliced transcript, its coding sequence, and the exon that is edited.
struct Molecule<'t> {
    transcript: &'t Transcript,
    bases: Vec<u8>,
    start: usize,
    end: usize,
    protein: String,
}

impl<'t> Molecule<'t> {
    fn new(genome: &MiniGenome, transcript: &'t Transcript) -> Self {
        let mut bases = Vec::new();
        for exon in transcript.exons() {
            let exon = genome
                .bases(transcript.chromosome(), exon.start..=exon.end)
                .unwrap();
            bases.extend(match transcript.strand() {
                Strand::Plus => exon,
                Strand::Minus => reverse_complement(&exon),
            });
        }
        let coding = transcript.coding_regions(0);
        let ends = (*coding[0].start(), *coding[coding.len() - 1].end());
        let first = if transcript.strand() == Strand::Plus {
            ends.0
        } else {
            ends.1
        };
        let exon = transcript
            .exons()
            .iter()
            .find(|e| (e.start..=e.end).contains(&first))
            .unwrap();
        let start = (exon.offset
            + first.abs_diff(if transcript.strand() == Strand::Plus {
                exon.start
            } else {
                exon.end
            })) as usize;
        Self {
            transcript,
            protein: translate(&bases, start),
            bases,
            start,
            end: start + transcript.cds_length() as usize,
        }
    }

    /// Whether bases `low..high` lie within one exon, with a base more on either side.
    fn in_one_exon(&self, low: usize, high: usize) -> bool {
        self.transcript.exons().iter().any(|e| {
            let (from, to) = (e.offset as usize, (e.offset + e.length()) as usize);
            from < low && high < to
        })
    }

    fn changed(&self, (from, to): (usize, usize), inserted: &[u8]) -> Vec<u8> {
        [&self.bases[..from], inserted, &self.bases[to..]].concat()
    }

    /// Makes the variant; VCF wants a base before.
    fn variant(&self, genome: &MiniGenome, (from, to): (usize, usize), inserted: &[u8]) -> Option<Variant> {
        let exons = self.transcript.exons();
        let exon = exons.iter().rfind(|e| e.offset as usize <= from).unwrap();
        let (from, to) = (narrow(from) - exon.offset, narrow(to) - exon.offset);
        let (low, high, inserted) = match self.transcript.strand() {
            Strand::Plus => (exon.start + from - 1, exon.start + to - 1, inserted.to_vec()),
            Strand::Minus => (exon.end - to, exon.end - from, reverse_complement(inserted)),
        };
        let chromosome = self.transcript.chromosome();
        let reference = String::from_utf8(genome.bases(chromosome, low..=high).unwrap()).unwrap();
        let alternate = format!("{}{}", &reference[..1], String::from_utf8(inserted).unwrap());
        let variant = Variant::new(Build::Grch38, chromosome, low, &reference, &alternate).ok()?;
        Some(variant.left_aligned(genome))
    }
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap()
}

fn signed(n: usize) -> i64 {
    i64::try_from(n).unwrap()
}

/// Translates to the first stop or the end, the first residue as methionine.
fn translate(bases: &[u8], start: usize) -> String {
    let mut protein = String::new();
    for codon in bases[start..].chunks_exact(3) {
        let residue = translate_codon([codon[0], codon[1], codon[2]]);
        protein.push(if protein.is_empty() {
            'M'
        } else {
            char::from(residue)
        });
        if residue == b'*' {
            break;
        }
    }
    protein
}

/// Every insertion of up to two bases, longer ones that hold a start or a stop codon, and some of up to six at random.
fn inserts(dice: &mut Dice) -> Vec<Vec<u8>> {
    let mut found: BTreeSet<Vec<u8>> = BTreeSet::from([Vec::new()]);
    for _ in 0..2 {
        let longer: Vec<Vec<u8>> = found
            .iter()
            .flat_map(|text| b"ACGT".map(|base| [text.as_slice(), &[base]].concat()))
            .collect();
        found.extend(longer);
    }
    for codon in [&b"ATG"[..], b"TAA", b"TGA"] {
        for (before, behind) in [(1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (3, 0), (0, 3)] {
            found.insert([dice.bases(before), codon.to_vec(), dice.bases(behind)].concat());
        }
    }
    found.extend((0..40).map(|i| dice.bases(3 + i % 4)));
    found.into_iter().collect()
}

/// Every deletion of up to six bases with every insertion.
fn all_edits(molecule: &Molecule<'_>, low: usize, high: usize) -> Vec<((usize, usize), Vec<u8>)> {
    let inserts = inserts(&mut Dice::new(5));
    let mut found = Vec::new();
    for from in low..high {
        for to in from..=(from + 6).min(high) {
            for inserted in &inserts {
                if inserted != &molecule.bases[from..to] {
                    found.push(((from, to), inserted.clone()));
                }
            }
        }
    }
    found
}

/// What one side of the molecules has in common, the 5' side first: the reference's bases and the new ones between.
fn differing(reference: &[u8], changed: &[u8]) -> ((usize, usize), usize) {
    let both = reference.len().min(changed.len());
    let before = (0..both).take_while(|i| reference[*i] == changed[*i]).count();
    let behind = (1..=both - before)
        .take_while(|i| reference[reference.len() - i] == changed[changed.len() - i])
        .count();
    ((before, reference.len() - behind), changed.len() - behind)
}

/// Where translation of a changed molecule begins; `None` where no start codon is left.
fn new_start(molecule: &Molecule<'_>, changed: &[u8]) -> Option<usize> {
    let start = molecule.start;
    let ((before, reference_end), changed_end) = differing(&molecule.bases, changed);
    let is_start = |at: usize| changed.get(at..at + 3) == Some(b"ATG");
    if before >= start + 3 {
        return Some(start);
    }
    // The whole coding sequence is there as it was.
    if changed.ends_with(&molecule.bases[start..]) {
        return Some(start + changed.len() - molecule.bases.len());
    }
    let in_frame = |at: usize| (reference_end - start) % 3 == (changed_end + 3 * start - at) % 3;
    let touched = || before - 2..changed_end;
    let found = touched().find(|at| is_start(*at) && in_frame(*at));
    found.or_else(|| Some(start).filter(|at| touched().contains(at) && is_start(*at)))
}

fn told(molecule: &Molecule<'_>, variant: &Variant, found: &Consequence) -> String {
    let terms: Vec<&str> = found.terms.iter().map(|t| t.name()).collect();
    let gene = molecule.transcript.gene();
    format!(
        "{gene} {variant} {:?} {:?} {}",
        found.hgvs_c,
        found.hgvs_p,
        terms.join("&")
    )
}

fn check_start(molecule: &Molecule<'_>, changed: &[u8], found: &Consequence) -> Result<(), &'static str> {
    let has = |term: SoTerm| found.terms.contains(&term);
    let longer = signed(changed.len()) - signed(molecule.bases.len());
    let Some(start) = new_start(molecule, changed) else {
        return match (
            has(SoTerm::StartLost),
            has(SoTerm::StartRetained),
            has(SoTerm::Frameshift),
        ) {
            (true, false, frameshift) if frameshift == (longer % 3 != 0) => Ok(()),
            (true, false, _) => Err("frameshift of a lost start codon"),
            _ => Err("no start codon is left"),
        };
    };
    if has(SoTerm::StartLost) {
        return Err("a start codon is left");
    }
    let (old, new) = (&molecule.protein, translate(changed, start));
    let shift = longer - (signed(start) - signed(molecule.start));
    if has(SoTerm::Frameshift) != (shift % 3 != 0) {
        return Err("the frame");
    }
    if *old == new && found.terms.iter().any(|t| LOSSES.contains(t)) {
        return Err("the protein is as it was");
    }
    match &found.protein_change {
        Some(change) if !leads_to(change, old, &new) => Err("the change of the protein"),
        None if *old != new => Err("no change of the protein"),
        _ => Ok(()),
    }
}

fn check_stop(molecule: &Molecule<'_>, changed: &[u8], found: &Consequence) -> Result<(), &'static str> {
    let has = |term: SoTerm| found.terms.contains(&term);
    let (old, new) = (&molecule.protein, translate(changed, molecule.start));
    if *old == new {
        let lost = found.terms.iter().any(|t| LOSSES.contains(t));
        return if lost {
            Err("the protein is as it was")
        } else {
            Ok(())
        };
    }
    let Some(change) = &found.protein_change else {
        return Err("no change of the protein");
    };
    if !leads_to(change, old, &new) {
        return Err("the change of the protein");
    }
    let shortened = new.len() < old.len() && old.starts_with(new.trim_end_matches('*'));
    if shortened
        && (has(SoTerm::StopLost)
            || !(has(SoTerm::StopGained) || has(SoTerm::InframeDeletion) || has(SoTerm::ProteinAltering)))
    {
        return Err("the protein ends earlier");
    }
    let ((_, reference_end), _) = differing(&molecule.bases, changed);
    let read_on = new.len() > old.len() && reference_end > molecule.end - 3;
    if read_on
        && !has(SoTerm::StopLost)
        && !has(SoTerm::Frameshift)
        && !has(SoTerm::InframeInsertion)
        && !has(SoTerm::ProteinAltering)
    {
        return Err("the protein goes on behind its stop");
    }
    Ok(())
}

type Check = fn(&Molecule<'_>, &[u8], &Consequence) -> Result<(), &'static str>;

/// Edits around a place of the shortest gene of either strand that has it far enough within an exon.
fn check_around(place: fn(&Molecule<'_>) -> (usize, usize), check: Check) {
    let genome = MiniGenome::new(21);
    let annotator = Annotator::with_source(
        Build::Grch38,
        Box::new(MiniGenome::new(21)),
        SequenceSource::Reference,
    );
    for strand in [Strand::Plus, Strand::Minus] {
        let molecule = genome
            .transcripts
            .iter()
            .filter(|t| t.strand() == strand)
            .map(|t| Molecule::new(&genome, t))
            .filter(|m| {
                let (low, high) = place(m);
                m.in_one_exon(low.saturating_sub(12), high + 12) && &m.bases[m.start..m.start + 3] == b"ATG"
            })
            .min_by_key(|m| m.protein.len())
            .unwrap();
        let (low, high) = place(&molecule);
        let (mut wrong, mut count) = (Vec::new(), 0);
        for (range, inserted) in all_edits(&molecule, low, high) {
            let Some(variant) = molecule.variant(&genome, range, &inserted) else {
                continue;
            };
            let changed = molecule.changed(range, &inserted);
            let found = annotator.annotate(&variant, molecule.transcript).unwrap();
            count += 1;
            if let Err(what) = check(&molecule, &changed, &found) {
                wrong.push(format!("{what}: {}", told(&molecule, &variant, &found)));
            }
        }
        assert!(count > 5_000, "{count}");
        assert!(
            wrong.is_empty(),
            "{} of {count}:\n{}",
            wrong.len(),
            wrong[..wrong.len().min(40)].join("\n")
        );
    }
}

#[test]
fn the_start_codon_is_judged_by_the_molecule_that_every_short_edit_leaves() {
    check_around(|m| (m.start - 6, m.start + 9), check_start);
}

#[test]
fn the_stop_codon_is_judged_by_the_molecule_that_every_short_edit_leaves() {
    check_around(|m| (m.end - 9, m.end + 6), check_stop);
}
