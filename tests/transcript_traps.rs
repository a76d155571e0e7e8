//! Hotspots and numbering traps: positions as published, consequence and HGVS on the transcript that the panel uses.

#![allow(clippy::unwrap_used, reason = "helpers of a test: a panic is the failure")]

use hemoclone::genome::Build::{Grch37, Grch38};
use hemoclone::genome::{Build, Chromosome, Variant};
use hemoclone::transcript::{Annotator, CodingChange, Consequence, SoTerm, transcript, transcripts_of};

fn annotate(accession: &str, build: Build, position: u32, reference: &str, alternate: &str) -> Consequence {
    let transcript = transcript(accession, build).unwrap();
    let variant = Variant::new(build, transcript.chromosome(), position, reference, alternate).unwrap();
    Annotator::new(build, None)
        .annotate(&variant, transcript)
        .unwrap()
}

/// Annotates what a c. text describes on the MANE Select transcript of a gene, on both builds.
fn from_c(gene: &str, c: &str) -> Vec<Consequence> {
    Build::ALL
        .into_iter()
        .map(|build| {
            let annotator = Annotator::new(build, None);
            let transcript = transcripts_of(gene, build)[0];
            let variant = CodingChange::parse(c)
                .unwrap()
                .to_variant(transcript, annotator.bases())
                .unwrap();
            annotator.annotate(&variant, transcript).unwrap()
        })
        .collect()
}

fn shape(found: &Consequence) -> (&str, &str, SoTerm) {
    (
        found.hgvs_c.as_deref().unwrap_or("none"),
        found.hgvs_p.as_deref().unwrap_or("none"),
        found.terms[0],
    )
}

/// Transcript, build, position, alleles, c. and p. as published.
const HOTSPOTS: &[(&str, Build, u32, &str, &str, &str)] = &[
    (
        "NM_022552.5",
        Grch38,
        25_234_373,
        "C>T",
        "c.2645G>A",
        "p.(Arg882His)",
    ),
    (
        "NM_022552.5",
        Grch37,
        25_457_242,
        "C>T",
        "c.2645G>A",
        "p.(Arg882His)",
    ),
    (
        "NM_022552.5",
        Grch37,
        25_457_243,
        "G>A",
        "c.2644C>T",
        "p.(Arg882Cys)",
    ),
    // JAK2 V617F has the same position on both builds.
    (
        "NM_004972.4",
        Grch38,
        5_073_770,
        "G>T",
        "c.1849G>T",
        "p.(Val617Phe)",
    ),
    (
        "NM_004972.4",
        Grch37,
        5_073_770,
        "G>T",
        "c.1849G>T",
        "p.(Val617Phe)",
    ),
    (
        "NM_012433.4",
        Grch38,
        197_402_110,
        "T>C",
        "c.2098A>G",
        "p.(Lys700Glu)",
    ),
    (
        "NM_012433.4",
        Grch37,
        198_266_834,
        "T>C",
        "c.2098A>G",
        "p.(Lys700Glu)",
    ),
    (
        "NM_001195427.2",
        Grch38,
        76_736_877,
        "G>T",
        "c.284C>A",
        "p.(Pro95His)",
    ),
    (
        "NM_001195427.2",
        Grch37,
        74_732_959,
        "G>T",
        "c.284C>A",
        "p.(Pro95His)",
    ),
    (
        "NM_004119.3",
        Grch38,
        28_018_505,
        "C>A",
        "c.2503G>T",
        "p.(Asp835Tyr)",
    ),
    (
        "NM_004119.3",
        Grch37,
        28_592_642,
        "C>A",
        "c.2503G>T",
        "p.(Asp835Tyr)",
    ),
    (
        "NM_002168.4",
        Grch38,
        90_088_702,
        "C>T",
        "c.419G>A",
        "p.(Arg140Gln)",
    ),
    (
        "NM_002168.4",
        Grch37,
        90_631_934,
        "C>T",
        "c.419G>A",
        "p.(Arg140Gln)",
    ),
    (
        "NM_000546.6",
        Grch38,
        7_675_088,
        "C>T",
        "c.524G>A",
        "p.(Arg175His)",
    ),
    (
        "NM_000546.6",
        Grch37,
        7_578_406,
        "C>T",
        "c.524G>A",
        "p.(Arg175His)",
    ),
    (
        "NM_006758.3",
        Grch38,
        43_104_346,
        "G>A",
        "c.101C>T",
        "p.(Ser34Phe)",
    ),
    (
        "NM_006758.3",
        Grch37,
        44_524_456,
        "G>A",
        "c.101C>T",
        "p.(Ser34Phe)",
    ),
    (
        "NM_002524.5",
        Grch37,
        115_258_747,
        "C>T",
        "c.35G>A",
        "p.(Gly12Asp)",
    ),
    (
        "NM_004333.6",
        Grch37,
        140_453_136,
        "A>T",
        "c.1799T>A",
        "p.(Val600Glu)",
    ),
];

#[test]
fn substitutions_at_hotspots() {
    for &(accession, build, position, alleles, c, p) in HOTSPOTS {
        let (reference, alternate) = alleles.split_once('>').unwrap();
        let found = annotate(accession, build, position, reference, alternate);
        assert_eq!(shape(&found), (c, p, SoTerm::Missense), "{accession} {build}");
    }
}

#[test]
fn npm1_type_a_is_a_duplication_read_into_the_utr() {
    for (build, position) in [(Build::Grch38, 171_410_539), (Build::Grch37, 170_837_543)] {
        let found = annotate("NM_002520.7", build, position, "C", "CTCTG");
        assert_eq!(
            shape(&found),
            ("c.860_863dup", "p.(Trp288CysfsTer12)", SoTerm::Frameshift)
        );
        assert_eq!(found.hgvs_p_short.as_deref(), Some("p.W288Cfs*12"));
        assert_eq!(found.nmd_escape, Some(true));
        assert_eq!(found.cds_range, Some((863, 864)));
    }
}

#[test]
fn asxl1_c1934dup_lies_in_a_run_of_eight() {
    for (build, position) in [(Build::Grch38, 32_434_638), (Build::Grch37, 31_022_441)] {
        let found = annotate("NM_015338.6", build, position, "A", "AG");
        assert_eq!(
            shape(&found),
            ("c.1934dup", "p.(Gly646TrpfsTer12)", SoTerm::Frameshift)
        );
        assert_eq!(
            (found.exon.as_deref(), found.nmd_escape),
            (Some("13/13"), Some(true))
        );
    }
}

#[test]
fn calr_type_1_and_2() {
    for found in from_c("CALR", "c.1099_1150del") {
        assert_eq!(
            shape(&found),
            ("c.1099_1150del", "p.(Leu367ThrfsTer46)", SoTerm::Frameshift)
        );
    }
    for found in from_c("CALR", "c.1154_1155insTTGTC") {
        assert_eq!(
            shape(&found),
            ("c.1154_1155insTTGTC", "p.(Lys385AsnfsTer47)", SoTerm::Frameshift)
        );
    }
    let found = annotate("NM_004343.4", Build::Grch38, 12_943_813, "A", "ATTGTC");
    assert_eq!(found.hgvs_p.as_deref(), Some("p.(Lys385AsnfsTer47)"));
}

#[test]
fn myd88_l265p_is_l252p_on_the_mane_transcript() {
    let found = annotate("NM_002468.5", Build::Grch37, 38_182_641, "T", "C");
    assert_eq!(shape(&found), ("c.755T>C", "p.(Leu252Pro)", SoTerm::Missense));
    let found = annotate("NM_001172567.2", Build::Grch37, 38_182_641, "T", "C");
    assert_eq!(found.hgvs_p_short.as_deref(), Some("p.L260P"));
}

#[test]
fn gnas_r201_is_r844_of_the_long_isoform() {
    for (build, position) in [(Build::Grch38, 58_909_366), (Build::Grch37, 57_484_421)] {
        let found = annotate("NM_000516.7", build, position, "G", "A");
        assert_eq!(shape(&found), ("c.602G>A", "p.(Arg201His)", SoTerm::Missense));
        let found = annotate("NM_080425.4", build, position, "G", "A");
        assert_eq!(shape(&found), ("c.2531G>A", "p.(Arg844His)", SoTerm::Missense));
    }
}

#[test]
fn etnk1_n244_of_the_literature_is_n155() {
    for build in Build::ALL {
        let transcript = transcripts_of("ETNK1", build)[0];
        // The literature counts 89 residues of an older, longer protein more.
        assert_eq!((transcript.residues(), transcript.residues() + 89), (363, 452));
        let annotator = Annotator::new(build, None);
        assert!(!annotator.has_sequence(transcript));
        let annotate = |name: &str| {
            let variant = CodingChange::parse(name)
                .unwrap()
                .to_variant(transcript, annotator.bases())
                .unwrap();
            annotator.annotate(&variant, transcript).unwrap()
        };
        let short = |name: &str| annotate(name).hgvs_p_short;
        // Of the codons inside the program the change is known, also where only the residue of a base is proven (P159); of GGn an A in the middle makes D or E.
        for (name, expected) in [
            ("c.462C>G", "p.H154Q"),
            ("c.463A>C", "p.N155H"),
            ("c.464A>G", "p.N155S"),
            ("c.465T>G", "p.N155K"),
            ("c.467G>A", "p.G156D"),
            ("c.476C>G", "p.P159R"),
        ] {
            let expected = (expected != "p.G156D").then(|| expected.to_owned());
            assert_eq!(short(name), expected, "{name}");
        }
        // The codon between is not known: what a change does there is not said.
        let found = annotate("c.470A>G");
        assert_eq!(found.cds_range.map(|(first, _)| first.div_ceil(3)), Some(157));
        assert_eq!(
            (found.protein_change, found.terms[0]),
            (None, SoTerm::CodingSequence)
        );
        assert_eq!(
            found.note.as_deref(),
            Some("protein change not determined: give --reference")
        );
    }
}

#[test]
fn runx1_isoforms_differ_by_27_residues() {
    for (long, short) in [("c.611G>A", "c.530G>A")] {
        for build in Build::ALL {
            let annotator = Annotator::new(build, None);
            let select = transcripts_of("RUNX1", build)[0];
            let other = transcript("NM_001001890.3", build).unwrap();
            let variant = CodingChange::parse(long)
                .unwrap()
                .to_variant(select, annotator.bases())
                .unwrap();
            let (a, b) = (
                annotator.annotate(&variant, select).unwrap(),
                annotator.annotate(&variant, other).unwrap(),
            );
            assert_eq!(
                (a.hgvs_c.as_deref(), a.hgvs_p_short.as_deref()),
                (Some(long), Some("p.R204Q"))
            );
            assert_eq!(
                (b.hgvs_c.as_deref(), b.hgvs_p_short.as_deref()),
                (Some(short), Some("p.R177Q"))
            );
        }
    }
}

#[test]
fn ezh2_y646_of_older_papers_is_y641() {
    for build in Build::ALL {
        let annotator = Annotator::new(build, None);
        let select = transcript("NM_004456.5", build).unwrap();
        let other = transcript("NM_001203247.2", build).unwrap();
        let variant = CodingChange::parse("c.1937A>T")
            .unwrap()
            .to_variant(select, annotator.bases())
            .unwrap();
        let (a, b) = (
            annotator.annotate(&variant, select).unwrap(),
            annotator.annotate(&variant, other).unwrap(),
        );
        assert_eq!(a.hgvs_p_short.as_deref(), Some("p.Y646F"));
        assert_eq!(b.hgvs_p_short.as_deref(), Some("p.Y641F"));
    }
}

#[test]
fn wt1_starts_at_ctg() {
    for found in from_c("WT1", "c.1C>G") {
        assert_eq!(shape(&found), ("c.1C>G", "p.(Met1?)", SoTerm::StartLost));
    }
    for found in from_c("WT1", "c.1C>A") {
        assert_eq!(found.terms[0], SoTerm::StartRetained);
    }
    for found in from_c("WT1", "c.2T>A") {
        assert_eq!(found.terms, [SoTerm::StartLost]);
    }
}

#[test]
fn tet2_start_codon_is_judged_by_what_is_left_of_it() {
    // CC|G ATG GAA CAG: the start codon is c.1 at chr4:105233943.
    for (position, reference, alternate, protein, terms) in [
        (
            105_233_942,
            "GATGGAA",
            "AATGA",
            None,
            &[SoTerm::Frameshift, SoTerm::StartRetained, SoTerm::FivePrimeUtr][..],
        ),
        (
            105_233_942,
            "GATGGAA",
            "AATG",
            Some("p.(Glu2del)"),
            &[
                SoTerm::ProteinAltering,
                SoTerm::StartRetained,
                SoTerm::FivePrimeUtr,
            ],
        ),
        (
            105_233_940,
            "CCGATGGAACAG",
            "C",
            Some("p.(Met1?)"),
            &[SoTerm::Frameshift, SoTerm::StartLost, SoTerm::FivePrimeUtr],
        ),
    ] {
        let found = annotate("NM_001127208.3", Build::Grch38, position, reference, alternate);
        assert_eq!(found.terms, terms, "{reference}>{alternate}");
        if protein.is_some() {
            assert_eq!(found.hgvs_p.as_deref(), protein);
        }
    }
}

#[test]
fn kdm6a_and_gata3_isoforms() {
    let at = |accession, build, position| {
        transcript(accession, build)
            .unwrap()
            .c_position(position)
            .to_string()
    };
    // Published on NM_021140 and NM_002051; MANE Select numbers 156 and 3 bases higher behind the extra sequence.
    assert_eq!(at("NM_021140.4", Build::Grch37, 44_922_769), "1630");
    assert_eq!(at("NM_001291415.2", Build::Grch37, 44_922_769), "1786");
    assert_eq!(at("NM_002051.3", Build::Grch37, 8_105_976), "796");
    assert_eq!(at("NM_001002295.2", Build::Grch37, 8_105_976), "799");
}

#[test]
fn builds_differ_at_three_coding_places() {
    // ASXL1 c.2444: Leu815 on GRCh38, Pro on GRCh37's base or the other way round; REF of each build is accepted.
    let found = annotate("NM_015338.6", Build::Grch37, 31_022_959, "T", "C");
    assert_eq!(shape(&found), ("c.2444T>C", "p.(Leu815Pro)", SoTerm::Missense));
    let found = annotate("NM_000051.4", Build::Grch37, 108_183_167, "A", "G");
    assert_eq!(shape(&found), ("c.5948A>G", "p.(Asn1983Ser)", SoTerm::Missense));
    for reference in ["T", "C"] {
        let found = annotate("NM_001379451.1", Build::Grch38, 130_013_103, reference, "G");
        assert_eq!(found.hgvs_c, Some(format!("c.331{reference}>G")));
        assert_eq!(
            found.hgvs_p_short.as_deref(),
            Some(if reference == "T" { "p.F111V" } else { "p.L111V" })
        );
    }
}

#[test]
fn a_wrong_build_is_an_error_that_says_so() {
    let transcript = transcripts_of("DNMT3A", Build::Grch38)[0];
    let chromosome = Chromosome::parse("chr2").unwrap();
    let variant = Variant::new(Build::Grch38, chromosome, 25_234_373, "G", "A").unwrap();
    let error = Annotator::new(Build::Grch38, None)
        .annotate(&variant, transcript)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "DNMT3A: REF does not match at chr2:25234373: the file has G, GRCh38 has C; most likely the file is on \
         another genome build (--build) or the reference is another one"
    );
}
