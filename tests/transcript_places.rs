//! Introns, borders, UTRs and neighborhood: terms, region, exon and intron numbers.

#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic is the failure")]

mod transcript_support;

use hemoclone::genome::{BaseSource, Build, Variant};
use hemoclone::transcript::{
    Annotator, CodingChange, Consequence, Region, SequenceSource, Strand, transcripts_of,
};
use transcript_support::{Dice, MiniGenome};

fn from_c(gene: &str, c: &str) -> Consequence {
    let annotator = Annotator::new(Build::Grch38, None);
    let transcript = transcripts_of(gene, Build::Grch38)[0];
    let variant = CodingChange::parse(c)
        .unwrap()
        .to_variant(transcript, annotator.bases())
        .unwrap();
    annotator.annotate(&variant, transcript).unwrap()
}

fn terms(found: &Consequence) -> String {
    found.terms.iter().map(|t| t.name()).collect::<Vec<_>>().join(",")
}

#[test]
fn distance_to_the_exon_names_the_term() {
    for (c, expected, region) in [
        ("c.2597+1G>A", "splice_donor_variant", Region::SpliceSite),
        ("c.2597+2T>C", "splice_donor_variant", Region::SpliceSite),
        (
            "c.2597+3A>G",
            "splice_donor_region_variant,intron_variant",
            Region::SpliceRegion,
        ),
        (
            "c.2597+5G>A",
            "splice_donor_5th_base_variant,intron_variant",
            Region::SpliceRegion,
        ),
        (
            "c.2597+8G>A",
            "splice_region_variant,intron_variant",
            Region::SpliceRegion,
        ),
        ("c.2597+9G>A", "intron_variant", Region::Intron),
        ("c.2598-40G>A", "intron_variant", Region::Intron),
        (
            "c.2598-12G>A",
            "splice_polypyrimidine_tract_variant,intron_variant",
            Region::Intron,
        ),
        (
            "c.2598-3C>G",
            "splice_region_variant,splice_polypyrimidine_tract_variant,intron_variant",
            Region::SpliceRegion,
        ),
        ("c.2598-2A>G", "splice_acceptor_variant", Region::SpliceSite),
    ] {
        let found = from_c("DNMT3A", c);
        assert_eq!((terms(&found).as_str(), found.region), (expected, region), "{c}");
        assert_eq!(
            (found.hgvs_c.as_deref(), found.intron.as_deref()),
            (Some(c), Some("22/22"))
        );
        assert_eq!((found.exon, found.source), (None, SequenceSource::Coordinates));
    }
    assert_eq!(
        terms(&from_c("DNMT3A", "c.2598G>A")),
        "splice_region_variant,synonymous_variant"
    );
}

#[test]
fn the_tert_promoter_keeps_its_name() {
    let transcript = transcripts_of("TERT", Build::Grch38)[0];
    let variant = Variant::new(Build::Grch38, transcript.chromosome(), 1_295_113, "G", "A").unwrap();
    let found = Annotator::new(Build::Grch38, None)
        .annotate(&variant, transcript)
        .unwrap();
    assert_eq!(found.hgvs_c.as_deref(), Some("c.-124C>T"));
    assert_eq!(
        (terms(&found).as_str(), found.region),
        ("upstream_gene_variant", Region::Outside)
    );
}

#[test]
fn a_deletion_over_a_border_leaves_the_protein_open() {
    let genome = MiniGenome::new(3);
    let annotator = Annotator::with_source(
        Build::Grch38,
        Box::new(MiniGenome::new(3)),
        SequenceSource::Reference,
    );
    for transcript in &genome.transcripts {
        let count = transcript.exon_count();
        // An inner coding exon: all of it with two bases of either intron.
        let inner = (1..count.saturating_sub(1)).find(|i| {
            let exon = transcript.exons()[*i];
            transcript.c_position(exon.start).is_coding() && transcript.c_position(exon.end).is_coding()
        });
        let Some(index) = inner else { continue };
        let exon = transcript.exons()[index];
        let bases = genome
            .bases(transcript.chromosome(), exon.start - 3..=exon.end + 2)
            .unwrap();
        let reference = String::from_utf8(bases).unwrap();
        let variant = Variant::new(
            Build::Grch38,
            transcript.chromosome(),
            exon.start - 3,
            &reference,
            &reference[..1],
        )
        .unwrap();
        let found = annotator.annotate(&variant, transcript).unwrap();
        let number = index + 1;
        // Moved 3' over repeated bases, it can leave one of the two sites and reach further beyond the other.
        let actual = terms(&found);
        assert!(
            actual.starts_with("splice_acceptor") || actual.starts_with("splice_donor"),
            "{variant} {actual}"
        );
        assert!(actual.contains("coding_sequence_variant"), "{variant} {actual}");
        assert_eq!((found.region, found.protein_change), (Region::Coding, None));
        assert_eq!(found.exon, Some(format!("{number}/{count}")));
        let introns = [
            format!("{}-{number}/{}", number - 1, count - 1),
            format!("{number}/{}", count - 1),
        ];
        assert!(found.intron.is_some_and(|i| introns.contains(&i)), "{variant}");
        let lowest = if transcript.strand() == Strand::Plus {
            exon.start
        } else {
            exon.end
        };
        let first = transcript.c_position(lowest).base.unsigned_abs();
        let (low, high) = found.cds_range.unwrap();
        assert!((first..first + 9).contains(&low), "{variant}");
        assert_eq!(high, first + exon.length() - 1, "{variant}");
    }
}

#[test]
fn a_lost_stop_is_read_on_in_the_reference() {
    let genome = MiniGenome::new(3);
    let annotator = Annotator::with_source(
        Build::Grch38,
        Box::new(MiniGenome::new(3)),
        SequenceSource::Reference,
    );
    for transcript in &genome.transcripts {
        // The stop written into the mini genome is TGA; TTA is a leucine.
        let c = format!("c.{}G>T", transcript.cds_length() - 1);
        let variant = CodingChange::parse(&c)
            .unwrap()
            .to_variant(transcript, &genome)
            .unwrap();
        let found = annotator.annotate(&variant, transcript).unwrap();
        let start = format!("p.(Ter{}Leuext", transcript.residues() + 1);
        assert!(
            found.hgvs_p.as_deref().is_some_and(|p| p.starts_with(&start)),
            "{:?}",
            found.hgvs_p
        );
        assert!(terms(&found).starts_with("stop_lost"), "{}", terms(&found));
        let synonymous = format!("c.{}G>A", transcript.cds_length() - 1);
        let variant = CodingChange::parse(&synonymous)
            .unwrap()
            .to_variant(transcript, &genome)
            .unwrap();
        let found = annotator.annotate(&variant, transcript).unwrap();
        assert!(
            terms(&found).starts_with("stop_retained_variant") || terms(&found).contains("stop_retained")
        );
        assert_eq!(
            found.hgvs_p,
            Some(format!("p.(Ter{}=)", transcript.residues() + 1))
        );
    }
}

/// An exon in transcript direction with a base changed here and there, as whoever reads the molecule would see it.
struct Molecule {
    exon: Vec<u8>,
    /// Offset of the codon in it.
    codon: usize,
}

impl Molecule {
    fn changed(&self, from: usize, to: usize, inserted: &[u8]) -> Vec<u8> {
        [&self.exon[..from], inserted, &self.exon[to..]].concat()
    }
}

fn complement(base: u8) -> u8 {
    match base {
        b'A' => b'T',
        b'C' => b'G',
        b'G' => b'C',
        _ => b'A',
    }
}

/// Makes the variant of an exon's bases `from..to` (transcript direction) replaced; VCF wants a base before.
fn variant_of(
    genome: &MiniGenome,
    transcript: &hemoclone::transcript::Transcript,
    exon: (u32, u32),
    (from, to): (usize, usize),
    inserted: &[u8],
) -> Option<Variant> {
    let (from, to) = (u32::try_from(from).unwrap(), u32::try_from(to).unwrap());
    let mut inserted = inserted.to_vec();
    let (low, high) = match transcript.strand() {
        Strand::Plus => (exon.0 + from - 1, exon.0 + to - 1),
        Strand::Minus => {
            inserted.reverse();
            inserted = inserted.into_iter().map(complement).collect();
            (exon.1 - to, exon.1 - from)
        }
    };
    let reference = String::from_utf8(genome.bases(transcript.chromosome(), low..=high).unwrap()).unwrap();
    let alternate = format!("{}{}", &reference[..1], String::from_utf8(inserted).unwrap());
    let variant = Variant::new(
        Build::Grch38,
        transcript.chromosome(),
        low,
        &reference,
        &alternate,
    );
    variant.ok().map(|v| v.left_aligned(genome))
}

/// Spliced offset of the start codon.
fn start_offset(transcript: &hemoclone::transcript::Transcript) -> u32 {
    let coding = transcript.coding_regions(0);
    let plus = transcript.strand() == Strand::Plus;
    let start = if plus {
        *coding[0].start()
    } else {
        *coding[coding.len() - 1].end()
    };
    let exon = transcript
        .exons()
        .iter()
        .find(|e| (e.start..=e.end).contains(&start))
        .unwrap();
    exon.offset
        + if plus {
            start - exon.start
        } else {
            exon.end - start
        }
}

/// The exon that holds a coding base, and its offset there.
fn molecule(
    genome: &MiniGenome,
    transcript: &hemoclone::transcript::Transcript,
    codon: u32,
) -> (Molecule, (u32, u32)) {
    let exon = transcript
        .exons()
        .iter()
        .find(|e| e.offset <= codon && codon < e.offset + e.length())
        .unwrap();
    let mut bases = genome
        .bases(transcript.chromosome(), exon.start..=exon.end)
        .unwrap();
    if transcript.strand() == Strand::Minus {
        bases.reverse();
        bases = bases.into_iter().map(complement).collect();
    }
    let molecule = Molecule {
        exon: bases,
        codon: (codon - exon.offset) as usize,
    };
    (molecule, (exon.start, exon.end))
}

/// Short edits around a codon: up to four bases deleted, up to four inserted.
fn edits(molecule: &Molecule, dice: &mut Dice) -> Vec<((usize, usize), Vec<u8>)> {
    let (low, high) = (
        molecule.codon.saturating_sub(5).max(1),
        (molecule.codon + 8).min(molecule.exon.len() - 1),
    );
    let mut found = Vec::new();
    for from in low..high {
        for to in from..(from + 5).min(high) {
            for length in 0..5 {
                let mut inserted = dice.bases(length);
                // Random bases seldom repeat what is there: half of the insertions do.
                if dice.below(2) == 0 && from >= length {
                    inserted = molecule.exon[from - length..from].to_vec();
                }
                found.push(((from, to), inserted));
            }
        }
    }
    found
}

#[test]
fn the_start_codon_is_kept_where_the_molecule_still_has_it() {
    let genome = MiniGenome::new(7);
    let annotator = Annotator::with_source(
        Build::Grch38,
        Box::new(MiniGenome::new(7)),
        SequenceSource::Reference,
    );
    let mut dice = Dice::new(11);
    let mut kept_and_touched = 0;
    for transcript in &genome.transcripts {
        let start = start_offset(transcript);
        let (molecule, exon) = molecule(&genome, transcript, start);
        for ((from, to), inserted) in edits(&molecule, &mut dice) {
            let Some(variant) = variant_of(&genome, transcript, exon, (from, to), &inserted) else {
                continue;
            };
            let changed = molecule.changed(from, to, &inserted);
            // A second ATG in the place of the first is where translation begins: an insertion behind it.
            let again = changed.len() > molecule.exon.len()
                && changed[..molecule.codon + 3] == molecule.exon[..molecule.codon + 3];
            let kept = changed.ends_with(&molecule.exon[molecule.codon..]) && !again;
            let found = annotator.annotate(&variant, transcript).unwrap();
            let actual = terms(&found);
            let lost = actual.contains("start_lost") || actual.contains("frameshift");
            if kept {
                assert!(!lost, "{} {variant} {actual}", transcript.gene());
                if actual.contains("start_retained") {
                    kept_and_touched += 1;
                    assert_eq!(found.hgvs_p.as_deref(), Some("p.(Met1=)"));
                    assert_eq!((found.region, found.cds_range), (Region::FivePrimeUtr, None));
                }
            } else {
                let five_prime = found.region == Region::FivePrimeUtr;
                assert!(!five_prime, "{} {variant} {actual}", transcript.gene());
            }
        }
    }
    assert!(kept_and_touched > 100, "{kept_and_touched}");
}

#[test]
fn the_stop_codon_is_kept_where_the_molecule_still_has_it() {
    let genome = MiniGenome::new(8);
    let annotator = Annotator::with_source(
        Build::Grch38,
        Box::new(MiniGenome::new(8)),
        SequenceSource::Reference,
    );
    let mut dice = Dice::new(13);
    let mut kept = 0;
    let protein = |bases: &[u8]| -> Option<Vec<[u8; 3]>> {
        let codons: Vec<[u8; 3]> = bases.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect();
        let stop = codons
            .iter()
            .position(|c| [*b"TAA", *b"TAG", *b"TGA"].contains(c))?;
        Some(codons[..stop].to_vec())
    };
    for transcript in &genome.transcripts {
        let stop = start_offset(transcript) + transcript.cds_length() - 3;
        let (molecule, exon) = molecule(&genome, transcript, stop);
        let frame = if molecule.codon < 6 {
            molecule.codon % 3
        } else {
            molecule.codon - 6
        };
        for ((from, to), inserted) in edits(&molecule, &mut dice) {
            if from < frame {
                continue;
            }
            let Some(variant) = variant_of(&genome, transcript, exon, (from, to), &inserted) else {
                continue;
            };
            let changed = molecule.changed(from, to, &inserted);
            if protein(&changed[frame..]) != protein(&molecule.exon[frame..]) {
                continue;
            }
            let found = annotator.annotate(&variant, transcript).unwrap();
            let actual = terms(&found);
            let lost = ["stop_lost", "frameshift", "stop_gained", "missense", "inframe"]
                .iter()
                .any(|t| actual.contains(t));
            assert!(
                !lost,
                "{} {variant} {actual} {:?} {} {}",
                transcript.gene(),
                found,
                String::from_utf8_lossy(&molecule.exon[molecule.codon - 9..]),
                String::from_utf8_lossy(&changed[molecule.codon - 9..])
            );
            kept += usize::from(actual.contains("stop_retained"));
        }
    }
    assert!(kept > 100, "{kept}");
}

#[test]
fn what_hangs_on_unknown_bases_before_the_start_codon_stays_open() {
    // DNMT3A is on the minus strand: VCF's anchor stands behind c.1, and nothing says what is before it.
    let transcript = transcripts_of("DNMT3A", Build::Grch38)[0];
    let annotator = Annotator::new(Build::Grch38, None);
    let start = transcript.coding_regions(0).last().map(|r| *r.end()).unwrap();
    let known = annotator.bases().base(transcript.chromosome(), start + 1);
    if known.is_some_and(|b| b != b'N') {
        return;
    }
    let variant = Variant::new(Build::Grch38, transcript.chromosome(), start - 1, "AT", "A").unwrap();
    let found = annotator.annotate(&variant, transcript).unwrap();
    assert!(terms(&found).contains("start_lost"), "{}", terms(&found));
    assert_eq!(found.source, SequenceSource::None);
    assert!(found.note.unwrap().contains("give --reference"));
}
