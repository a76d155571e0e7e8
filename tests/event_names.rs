//! Names of short changes that clinicians ask for, however a file spells them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use hemoclone::genome::{BaseSource as _, Build, Variant, VariantKind};
use hemoclone::sample::SampleResult;
use hemoclone::transcript::{CodingChange, EmbeddedBases, transcript};

#[path = "support/in_memory.rs"]
mod in_memory;

const BUILD: Build = Build::Grch38;

fn bases(variant: &Variant, first: u32, last: u32) -> String {
    let known = EmbeddedBases::of(BUILD)
        .bases(variant.chromosome(), first..=last)
        .unwrap();
    String::from_utf8(known).unwrap()
}

/// Returns the variant that a coding name means, left-aligned.
fn variant(accession: &str, change: &str) -> Variant {
    let transcript = transcript(accession, BUILD).unwrap();
    let change = CodingChange::parse(change).unwrap();
    change.to_variant(transcript, EmbeddedBases::of(BUILD)).unwrap()
}

/// POS, REF, ALT and INFO of every way in which callers write a variant.
fn spellings(variant: &Variant) -> Vec<(u32, String, String, String)> {
    let (at, last) = (variant.position(), variant.end());
    let (reference, alternate) = (variant.reference().to_owned(), variant.alternate().to_owned());
    let mut all = vec![(at, reference.clone(), alternate.clone(), ".".to_owned())];
    // With bases around it that do not change, as of haplotype callers.
    let (before, behind) = (bases(variant, at - 2, at - 1), bases(variant, last + 1, last + 3));
    let padded = |allele: &str| format!("{before}{allele}{behind}");
    all.push((at - 2, padded(&reference), padded(&alternate), ".".to_owned()));
    // As far to the right as the same sequence allows, as of callers that align so.
    let mut right = (at, reference.clone(), alternate.clone());
    loop {
        let next = bases(
            variant,
            right.0 + u32::try_from(right.1.len()).unwrap(),
            right.0 + u32::try_from(right.1.len()).unwrap(),
        );
        let longer = if right.1.len() > right.2.len() {
            &right.1
        } else {
            &right.2
        };
        let is_pure = right.1.len().min(right.2.len()) == 1;
        if !is_pure || longer.get(1..2) != Some(next.as_str()) {
            break;
        }
        let moved = |allele: &str| format!("{}{next}", &allele[1..]);
        right = (right.0 + 1, moved(&right.1), moved(&right.2));
    }
    all.push((right.0, right.1, right.2, ".".to_owned()));
    match variant.kind() {
        VariantKind::Deletion => {
            let gone = reference.len() - 1;
            let info = format!("SVTYPE=DEL;END={last};SVLEN=-{gone}");
            all.push((at, reference[..1].to_owned(), "<DEL>".to_owned(), info));
        }
        VariantKind::Insertion => {
            let gained = &alternate[1..];
            let info = format!("SVTYPE=INS;SVLEN={};SVINSSEQ={gained}", gained.len());
            all.push((at, reference.clone(), "<INS>".to_owned(), info));
        }
        _ => {}
    }
    all
}

fn contigs() -> String {
    let lengths = [
        ("chr5", 181_538_259),
        ("chr4", 190_214_555),
        ("chr9", 138_394_717),
        ("chr17", 83_257_441),
        ("chr19", 58_617_616),
        ("chr21", 46_709_983),
    ];
    lengths.iter().fold(String::new(), |mut text, (name, length)| {
        writeln!(text, "##contig=<ID={name},length={length}>").unwrap();
        text
    })
}

fn result(records: &[String], sheet: Option<&str>) -> SampleResult {
    let head = "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
                ##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"Phase set\">\n\
                ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depth per allele\">\n\
                #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1\n";
    let vcf = format!(
        "##fileformat=VCFv4.2\n{}{head}{}\n",
        contigs(),
        records.join("\n")
    );
    in_memory::result(vcf.into_bytes(), sheet, Some("ch"))
}

fn record(
    variant: &Variant,
    (at, reference, alternate, info): &(u32, String, String, String),
    sample: &str,
) -> String {
    let (chromosome, keys) = (
        variant.chromosome(),
        if sample.matches(':').count() > 1 {
            "GT:PS:AD"
        } else {
            "GT:AD"
        },
    );
    format!("{chromosome}\t{at}\t.\t{reference}\t{alternate}\t.\tPASS\t{info}\t{keys}\t{sample}")
}

/// Checks one change in every spelling: the name clinicians use, and the name of HGVS.
fn check(accession: &str, change: &str, name: Option<&str>) {
    let variant = variant(accession, change);
    let mut first = None;
    for spelling in spellings(&variant) {
        let result = result(&[record(&variant, &spelling, "0/1:70,30")], None);
        assert_eq!(
            result.calls.len(),
            1,
            "{change} {spelling:?} {:?}",
            result.unresolved
        );
        let consequence = &result.calls[0].consequence;
        let event = consequence.event.as_ref().map(|e| e.name.name());
        assert_eq!(
            event, name,
            "{change} {spelling:?} {:?}",
            consequence.hgvs_p_short
        );
        // Named as far to the 3' end as the sequence allows, whatever the spelling.
        let hgvs = first.get_or_insert_with(|| consequence.hgvs_c.clone());
        assert!(hgvs.is_some(), "{change} {spelling:?}");
        assert_eq!(consequence.hgvs_c, *hgvs, "{change} {spelling:?}");
    }
}

#[test]
fn calr_in_all_spellings() {
    for (change, name) in [
        ("c.1099_1150del", Some("calr_type1")),
        ("c.1154_1155insTTGTC", Some("calr_type2")),
        // 46 and 34 bases lost before the acid residues, and five others put in among them: all go on in the frame of both types.
        ("c.1092_1137del", Some("calr_type1_like")),
        ("c.1102_1135del", Some("calr_type1_like")),
        ("c.1155_1156insTGTCG", Some("calr_type2_like")),
        // In frame, as inherited ones are, and into the other frame: not the new end.
        ("c.1142_1144del", None),
        ("c.1102_1136del", None),
    ] {
        check("NM_004343.4", change, name);
    }
}

#[test]
fn npm1_in_all_spellings() {
    for (change, name) in [
        ("c.860_863dup", Some("npm1_type_a")),
        ("c.863_864insCATG", Some("npm1_type_b")),
        ("c.863_864insCCTG", Some("npm1_type_d")),
        ("c.863_864insCGTG", Some("npm1_other")),
        ("c.863_864insTATG", Some("npm1_other")),
        // In frame: no export signal.
        ("c.861_863dup", None),
    ] {
        check("NM_002520.7", change, name);
    }
}

#[test]
fn others_in_all_spellings() {
    for (accession, change, name) in [
        ("NM_004364.5", "c.937_939dup", Some("cebpa_bzip_in_frame")),
        ("NM_004364.5", "c.68dup", None),
        ("NM_004972.4", "c.1624_1629del", Some("jak2_exon12")),
        ("NM_000222.3", "c.1255_1257del", Some("kit_exon8")),
        ("NM_003016.4", "c.284_307del", Some("srsf2_p95_r102del")),
    ] {
        check(accession, change, name);
    }
}

/// Deletions of 40 and more bases within an exon are changes of the sequence, in each spelling the same, and drivers by what they do.
#[test]
fn long_deletions_of_tp53_and_runx1() {
    for (accession, change) in [("NM_000546.6", "c.401_446del"), ("NM_001754.5", "c.860_930del")] {
        check(accession, change, None);
        let variant = variant(accession, change);
        for spelling in spellings(&variant) {
            let result = result(&[record(&variant, &spelling, "0/1:70,30")], None);
            assert_eq!(result.calls[0].status.name(), "driver", "{change} {spelling:?}");
        }
    }
}

/// Exon 6 of TP53 (113 bases) with its borders, told by its ends alone: the intron's bases are not in the program.
#[test]
fn a_lost_exon_is_named() {
    let exon = transcript("NM_000546.6", BUILD).unwrap().exons()[5];
    let (at, end) = (exon.start - 21, exon.end + 20);
    let record = format!(
        "chr17\t{at}\t.\tN\t<DEL>\t.\tPASS\tSVTYPE=DEL;END={end};SVLEN=-{}\tGT:AD\t0/1:70,30",
        end - at
    );
    let result = result(&[record], None);
    assert_eq!(result.calls.len(), 1, "{:?}", result.unresolved);
    assert_eq!(result.calls[0].common_name.as_deref(), Some("exon deletion e6"));
}

const SHEET: &str =
    "sample,vcf,hb,plt,bm_blast,karyotype,covered_genes\nP1,P1.vcf,9,100,30,\"46,XX[20]\",all\n";

/// The two mutations of CEBPA on one copy or two, as the phase sets tell; without a phase it is said that nothing tells.
#[test]
fn two_mutations_of_cebpa_and_their_phase() {
    let (first, second) = (
        variant("NM_004364.5", "c.68dup"),
        variant("NM_004364.5", "c.939_940insTCG"),
    );
    let stop = variant("NM_004364.5", "c.250dup");
    let note = |samples: [&str; 2]| {
        let records = [(&first, samples[0]), (&second, samples[1])]
            .map(|(v, sample)| record(v, &spellings(v)[0], sample))
            .to_vec();
        let result = result(&records, Some(SHEET));
        let myeloid = result.myeloid.as_ref().unwrap();
        let notes = myeloid.notes.iter().filter(|n| n.en.contains("of CEBPA"));
        let notes: Vec<(String, String)> = notes.map(|n| (n.en.clone(), n.ja.clone())).collect();
        assert_eq!(
            notes.len(),
            1,
            "{:?}",
            result.calls.iter().map(|c| c.status).collect::<Vec<_>>()
        );
        notes[0].clone()
    };
    let (en, ja) = note(["0|1:5:70,30", "1|0:5:70,30"]);
    assert!(
        en.contains("different copies") && ja.contains("両アレル性"),
        "{en} {ja}"
    );
    assert!(note(["0|1:5:70,30", "0|1:5:70,30"]).0.contains("on one copy"));
    for samples in [["0/1:70,30", "0/1:70,30"], ["0|1:5:70,30", "0|1:9:70,30"]] {
        let (en, ja) = note(samples);
        assert!(
            en.contains("cannot be told") && ja.contains("判別できない"),
            "{en} {ja}"
        );
    }
    // Two truncations, both drivers: WHO's type needs both copies.
    let who = |samples: [&str; 2]| {
        let records = [(&first, samples[0]), (&stop, samples[1])]
            .map(|(v, sample)| record(v, &spellings(v)[0], sample))
            .to_vec();
        let myeloid = result(&records, Some(SHEET)).myeloid.unwrap();
        myeloid.stage.who5.name
    };
    assert_eq!(
        who(["0|1:5:70,30", "1|0:5:70,30"]).as_deref(),
        Some("AML with CEBPA")
    );
    assert_ne!(
        who(["0|1:5:70,30", "0|1:5:70,30"]).as_deref(),
        Some("AML with CEBPA")
    );
}

/// One mutation has no second copy to speak of.
#[test]
fn one_mutation_of_cebpa_has_no_note() {
    let first = variant("NM_004364.5", "c.68dup");
    let result = result(&[record(&first, &spellings(&first)[0], "0/1:70,30")], Some(SHEET));
    let myeloid = result.myeloid.unwrap();
    assert!(
        myeloid.notes.iter().all(|n| !n.en.contains("of CEBPA")),
        "{:?}",
        myeloid.notes
    );
}
