//! What is written, read again by other means.

use std::collections::BTreeMap;
use std::path::Path;

use crate::align::align;
use crate::genome::{Contig, Genome};
use crate::molecule::{Molecule, Site};
use crate::options::Options;
use crate::panel::Invention;
use crate::settings::Job;
use crate::variants::{Origin, Seen, Variant, Variants, left_align};
use crate::{produce, reference};

struct Run {
    job: Job,
    sam: String,
    variants: Variants,
}

/// A panel of its own folder, sequenced with these options.
fn run(folder: &Path, options: &str) -> Run {
    let invention = Invention {
        seed: 3,
        bases: 4_000_000,
        genes: 23,
        exons: 46,
    };
    invention.write(folder).unwrap();
    let depth = if options.contains("--depth") {
        ""
    } else {
        "--depth 60"
    };
    let text = format!(
        "--reference {0}/ref.fa --targets {0}/panel.bed {depth} --off-target 0 --paralog-targets 0 {options}",
        folder.display()
    );
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let mut job = Job::read(Options::read(&words).unwrap()).unwrap();
    let artefacts = job.artefacts();
    let mut sam = Vec::new();
    let variants = produce(&mut job, &artefacts, &mut sam).unwrap();
    Run {
        job,
        sam: String::from_utf8(sam).unwrap(),
        variants,
    }
}

/// An aligned base of a record: contig, place (0-based), base, quality.
type Aligned = (String, usize, u8, u8);

/// The aligned bases of a record, read from its CIGAR alone.
fn aligned(fields: &[&str]) -> Vec<Aligned> {
    let (mut place, mut index, mut length) = (fields[3].parse::<usize>().unwrap() - 1, 0, 0);
    let mut bases = Vec::new();
    for symbol in fields[5].bytes() {
        match symbol {
            b'0'..=b'9' => {
                length = 10 * length + usize::from(symbol - b'0');
                continue;
            }
            b'M' => {
                for _ in 0..length {
                    let (base, quality) = (fields[9].as_bytes()[index], fields[10].as_bytes()[index] - 33);
                    bases.push((fields[2].to_owned(), place, base, quality));
                    (place, index) = (place + 1, index + 1);
                }
            }
            b'D' => place += length,
            b'I' | b'S' => index += length,
            other => panic!("{}", other as char),
        }
        length = 0;
    }
    bases
}

fn records(sam: &str) -> impl Iterator<Item = Vec<&str>> {
    sam.lines()
        .filter(|line| !line.starts_with('@'))
        .map(|line| line.split('\t').collect())
}

fn flag(fields: &[&str], bit: u16) -> bool {
    fields[1].parse::<u16>().unwrap() & bit != 0
}

const PLAIN: &str = "--damage none --slippage 0 --artefacts 0 --duplicates 0";
const NO_VARIANTS: &str = "--somatic 0,0,0,0,0 --heterozygous 0,0,0,0,0 --homozygous 0,0,0,0,0";

#[test]
fn same_seed_same_bytes_other_seed_other_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let one = run(folder.path(), "--seed 5 --depth 4 --ladder 0.1");
    let again = run(folder.path(), "--seed 5 --depth 4 --ladder 0.1");
    let other = run(folder.path(), "--seed 6 --depth 4 --ladder 0.1");
    assert!(one.sam == again.sam);
    assert!(one.sam != other.sam);
}

/// Bases of fragments with mapping and base quality 20 whose mates agree, counted from the records.
fn carriers(sam: &str, contig: &str, place: usize, base: u8) -> usize {
    let mut fragments: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for fields in records(sam) {
        if flag(&fields, 0x404) || fields[4].parse::<u8>().unwrap() < 20 || fields[2] != contig {
            continue;
        }
        let good = aligned(&fields)
            .into_iter()
            .filter(|(_, at, _, quality)| *at == place && *quality >= 20);
        fragments
            .entry(fields[0])
            .or_default()
            .extend(good.map(|(_, _, base, _)| base));
    }
    fragments
        .values()
        .filter(|bases| !bases.is_empty() && bases.iter().all(|b| *b == base))
        .count()
}

#[test]
fn support_in_the_truth_is_what_the_records_show() {
    let folder = tempfile::tempdir().unwrap();
    let options = "--seed 8 --ladder 0.05,0.2 --somatic 6,0,0,0,0 --heterozygous 4,0,0,0,0 --homozygous 2,0,0,0,0 \
                   --artefacts 0 --errors uniform --calibration 0 --damage none --slippage 0";
    let run = run(folder.path(), options);
    let mut judged = 0;
    for (contig, here) in run.job.genome.contigs.iter().zip(&run.variants) {
        for variant in here.values() {
            let actual = carriers(&run.sam, &contig.name, variant.start, variant.inserted[0]);
            assert_eq!(actual, variant.seen.support, "{}:{}", contig.name, variant.start);
            judged += 1;
        }
    }
    assert_eq!(judged, 18);
}

#[test]
fn fractions_are_the_simulated_ones() {
    let folder = tempfile::tempdir().unwrap();
    let options = "--seed 9 --depth 150 --unevenness 0 --ladder 0.02,0.1,0.4 --somatic 10,4,4,2,2";
    let run = run(folder.path(), &format!("{PLAIN} {options}"));
    let mut squares = Vec::new();
    for variant in run.variants.iter().flat_map(BTreeMap::values) {
        let (fraction, seen) = (variant.fractions[0], &variant.seen);
        if fraction < 1.0 {
            let variance = fraction * (1.0 - fraction) * seen.fragments as f64;
            squares.push((seen.carriers as f64 - fraction * seen.fragments as f64).powi(2) / variance);
        } else {
            assert_eq!(seen.carriers, seen.fragments);
        }
    }
    let mean = squares.iter().sum::<f64>() / squares.len() as f64;
    assert!((0.7..1.4).contains(&mean), "{mean} of {}", squares.len());
}

/// The error rate of bases of each quality is what the quality says, within four standard deviations.
fn errors_follow(options: &str) {
    let folder = tempfile::tempdir().unwrap();
    let run = run(
        folder.path(),
        &format!("{PLAIN} {NO_VARIANTS} --seed 2 --calibration 6 {options}"),
    );
    let mut counts = [[0_u32; 2]; 94];
    for fields in records(&run.sam) {
        for (contig, place, base, quality) in aligned(&fields) {
            let contig = run.job.genome.contig(&contig, "test").unwrap();
            counts[usize::from(quality)][0] += 1;
            counts[usize::from(quality)][1] += u32::from(base != run.job.genome.base(contig, place));
        }
    }
    let mut judged = 0;
    for (quality, [bases, errors]) in counts.into_iter().enumerate() {
        let expected = f64::from(bases) * (6.0 * 10_f64.powf(-(quality as f64) / 10.0)).min(0.75);
        if expected > 250.0 && quality > 5 {
            // Errors near the ends of reads are clipped away, and the table of places is finite: 8 percent more.
            let tolerance = 4.0 * expected.sqrt() + 0.08 * expected;
            assert!(
                (f64::from(errors) - expected).abs() < tolerance,
                "Q{quality}: {errors}, expected {expected}"
            );
            judged += 1;
        }
    }
    assert!(judged >= 2, "{judged}");
}

#[test]
fn errors_follow_binned_qualities() {
    errors_follow("--qualities binned --errors uniform");
}

#[test]
fn errors_follow_full_qualities() {
    errors_follow("--qualities full --errors uniform");
}

/// Mismatches by (base before, base after) on the strand of read 1.
fn changes(run: &Run) -> BTreeMap<(char, char), usize> {
    let mut changes = BTreeMap::new();
    for fields in records(&run.sam) {
        let first_forward = flag(&fields, 0x40) != flag(&fields, 0x10);
        for (contig, place, base, _) in aligned(&fields) {
            let contig = run.job.genome.contig(&contig, "test").unwrap();
            let (from, to) = (run.job.genome.base(contig, place), base);
            let strand = |b: u8| {
                if first_forward {
                    b
                } else {
                    crate::molecule::complement(b)
                }
            };
            if from != to {
                *changes
                    .entry((strand(from) as char, strand(to) as char))
                    .or_default() += 1;
            }
        }
    }
    changes
}

#[test]
fn damage_lies_on_the_strand_of_read_1_and_not_in_duplexes() {
    let folder = tempfile::tempdir().unwrap();
    let base = format!(
        "{NO_VARIANTS} --seed 2 --calibration 0 --slippage 0 --artefacts 0 --damage-rate 0.006 --depth 20 \
                        --insert-mean 320 --insert-sd 20"
    );
    for (damage, expected) in [("oxidation", ('G', 'T')), ("deamination", ('C', 'T'))] {
        let damaged = changes(&run(folder.path(), &format!("{base} --damage {damage}")));
        assert!(damaged[&expected] > 200, "{damaged:?}");
        assert_eq!(damaged.len(), 1, "{damaged:?}");
    }
    let duplex = run(folder.path(), &format!("{base} --damage oxidation --umi duplex"));
    for fields in records(&duplex.sam) {
        let both_strands = !fields.contains(&"bD:i:0");
        let edits = fields
            .iter()
            .find_map(|field| field.strip_prefix("NM:i:"))
            .unwrap();
        assert!(!both_strands || edits == "0", "{fields:?}");
    }
}

#[test]
fn both_copies_of_a_doubled_gene_have_mapping_quality_0() {
    let folder = tempfile::tempdir().unwrap();
    let copies = format!("{}/copies.tsv", folder.path().display());
    let run = run(folder.path(), &format!("{PLAIN} {NO_VARIANTS} --copies {copies}"));
    let copy = run.job.settings.copies[0];
    let name = &run.job.genome.contigs[copy.contig].name;
    let length = copy.end - copy.start;
    let mut counts = [0_usize; 2];
    for fields in records(&run.sam).filter(|fields| fields[2] == name) {
        let place = fields[3].parse::<usize>().unwrap() - 1;
        for (index, start) in [copy.start, copy.other_start].into_iter().enumerate() {
            // Pairs that reach out of the copy are unique: they lie within 600 bases of its ends.
            if place > start + 600 && place + 600 < start + length {
                assert_eq!(fields[4], "0", "{fields:?}");
                counts[index] += 1;
            }
        }
    }
    let share = counts[0] as f64 / (counts[0] + counts[1]) as f64;
    assert!((0.4..0.6).contains(&share), "{counts:?}");
}

#[test]
fn contamination_brings_the_other_persons_variants() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(
        folder.path(),
        &format!("{PLAIN} --seed 4 --depth 80 --contamination 0.1 --ladder 0.2"),
    );
    let strangers = run
        .variants
        .iter()
        .flat_map(BTreeMap::values)
        .filter(|v| v.origin == Origin::Contaminant);
    let (carriers, fragments) = strangers.fold((0, 0), |(carriers, fragments), variant| {
        let weight = if variant.fractions[1] < 1.0 { 2 } else { 1 };
        (
            carriers + weight * variant.seen.carriers,
            fragments + variant.seen.fragments,
        )
    });
    let fraction = carriers as f64 / fragments as f64;
    assert!((0.08..0.12).contains(&fraction), "{fraction}");
}

#[test]
fn a_misspelled_option_is_an_error() {
    let words = ["--out", "nowhere", "--sede", "3"].map(str::to_owned);
    let error = reference(Options::read(&words).unwrap()).unwrap_err();
    assert_eq!(error.0, "--sede is not an option here; try `help`");
}

fn one_contig(bases: &str) -> Genome {
    Genome {
        contigs: vec![Contig {
            name: "c".to_owned(),
            bases: bases.as_bytes().to_vec(),
        }],
    }
}

fn variant(start: usize, deleted: usize, inserted: &str) -> Variant {
    Variant {
        start,
        deleted,
        inserted: inserted.as_bytes().to_vec(),
        origin: Origin::Somatic,
        fractions: [0.5, 0.0],
        haplotype: 0,
        seen: Seen::default(),
    }
}

/// A molecule that begins at a substitution, or within one, carries it: a homozygous variant shows no reference base.
#[test]
fn a_molecule_may_begin_within_a_substitution() {
    let genome = one_contig("ACGTACGTACGTACGT");
    let mut rng = crate::rng::Rng::new(1, "test");
    let mut built = |start: usize, variant: Variant| -> String {
        let variants = vec![BTreeMap::from([(variant.start, variant)])];
        let origin = crate::molecule::Origin {
            contig: 0,
            start,
            length: 6,
            person: 0,
            haplotype: 0,
            order: 0.0,
            haploid: false,
            paralog: false,
            first_forward: true,
        };
        let molecule = Molecule::build(&origin, &genome, &variants, &mut rng).unwrap();
        let text: String = molecule.sites.iter().map(|s| char::from(s.base)).collect();
        let first = molecule.sites[0].place;
        format!("{first} {text}")
    };
    assert_eq!(built(4, variant(4, 1, "T")), "4 TCGTAC");
    assert_eq!(built(3, variant(4, 1, "T")), "3 TTCGTA");
    assert_eq!(built(5, variant(4, 1, "T")), "5 CGTACG");
    assert_eq!(built(5, variant(4, 3, "TTT")), "5 TTTACG");
    assert_eq!(built(6, variant(4, 3, "TTT")), "6 TTACGT");
    assert_eq!(built(7, variant(4, 3, "TTT")), "7 TACGTA");
    // Of an indel nothing shows.
    assert_eq!(built(4, variant(4, 2, "")), "4 ACGTAC");
}

#[test]
fn variants_are_trimmed_and_moved_left() {
    //                         0123456789012345
    let genome = one_contig("ACGTTTTTGACACACAT");
    for (mut given, expected) in [
        (variant(7, 1, ""), (3, 1, "")),
        (variant(8, 0, "T"), (3, 0, "T")),
        (variant(13, 2, ""), (9, 2, "")),
        (variant(15, 0, "AC"), (9, 0, "AC")),
        (variant(2, 3, "GCT"), (3, 1, "C")),
        (variant(8, 1, "GG"), (8, 0, "G")),
    ] {
        left_align(&genome, 0, &mut given);
        let actual = (
            given.start,
            given.deleted,
            std::str::from_utf8(&given.inserted).unwrap(),
        );
        assert_eq!(actual, expected);
    }
}

/// Reads a molecule whose sites are given as pieces of a random reference, and describes where it lies.
fn placed(pieces: &[(usize, usize, bool)]) -> String {
    let mut rng = crate::rng::Rng::new(4, "test");
    let genome = Genome {
        contigs: vec![Contig {
            name: "c".to_owned(),
            bases: (0..1000).map(|_| rng.base()).collect(),
        }],
    };
    let end = pieces
        .iter()
        .filter(|piece| !piece.2)
        .map(|piece| piece.1)
        .next_back()
        .unwrap();
    let mut sites = Vec::new();
    for (index, (from, to, inserted)) in pieces.iter().enumerate() {
        let next = pieces[index..]
            .iter()
            .find(|piece| !piece.2)
            .map_or(end, |piece| piece.0);
        for place in *from..*to {
            let base = genome.base(0, place);
            sites.push(Site {
                base,
                place: if *inserted { next } else { place },
                inserted: *inserted,
            });
        }
    }
    let read: Vec<u8> = sites.iter().map(|site| site.base).collect();
    let alignment = align(&read, &sites, 0, 0, &genome).unwrap();
    format!(
        "{} {} NM{} AS{}",
        alignment.place,
        alignment.cigar_text(),
        alignment.edits,
        alignment.score
    )
}

#[test]
fn reads_lie_where_bwa_mem_scores_them_best() {
    assert_eq!(placed(&[(100, 250, false)]), "100 150M NM0 AS150");
    // A deletion in the middle, and one that leaves too little beyond it.
    assert_eq!(
        placed(&[(100, 170, false), (190, 270, false)]),
        "100 70M20D80M NM20 AS124"
    );
    let near_the_end = placed(&[(100, 240, false), (260, 270, false)]);
    assert!(
        near_the_end.starts_with("100 14") && near_the_end.contains('S'),
        "{near_the_end}"
    );
    // A tandem duplication of 10 bases is an insertion; of 60 bases, soft clipped on the shorter side.
    assert_eq!(
        placed(&[(100, 180, false), (170, 180, true), (180, 240, false)]),
        "100 70M10I70M NM10 AS124"
    );
    let clipped = placed(&[(100, 160, false), (100, 160, true), (160, 190, false)]);
    assert!(clipped.contains('S') && !clipped.contains('I'), "{clipped}");
}
