//! FLT3-ITD, KMT2A-PTD and other named events, as callers write them, through the whole road: file, call, scores, reports.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hemoclone::drivers::Call;
use hemoclone::report;
use hemoclone::sample::SampleResult;

#[path = "support/in_memory.rs"]
mod in_memory;

/// Contigs of GRCh38 and GRCh37.
const CONTIGS: [[&str; 2]; 2] = [
    [
        "##contig=<ID=chr11,length=135086622>",
        "##contig=<ID=chr13,length=114364328>",
    ],
    [
        "##contig=<ID=chr11,length=135006516>",
        "##contig=<ID=chr13,length=115169878>",
    ],
];

fn vcf(contigs: &[&str], records: &[&str]) -> Vec<u8> {
    let fields = [
        r#"##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">"#,
        r#"##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Depth per allele">"#,
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1",
    ];
    let lines: Vec<&str> = std::iter::once("##fileformat=VCFv4.2")
        .chain(contigs.iter().copied())
        .chain(fields)
        .chain(records.iter().copied())
        .collect();
    (lines.join("\n") + "\n").into_bytes()
}

fn of(records: &[&str]) -> SampleResult {
    in_memory::result(vcf(&CONTIGS[0], records), None, None)
}

fn of_grch37(records: &[&str]) -> SampleResult {
    in_memory::result(vcf(&CONTIGS[1], records), None, None)
}

/// What a call says of its event, in one line.
fn told(call: &Call) -> String {
    let event = call.consequence.event.as_ref().unwrap();
    let text = |t: &Option<String>| t.clone().unwrap_or_else(|| "-".into());
    let frame = event
        .in_frame
        .map_or("frame?", |f| if f { "in frame" } else { "out of frame" });
    format!(
        "{} | {} | {} | {} | {frame} | {} | {} | {}",
        call.status.name(),
        text(&call.common_name),
        text(&call.consequence.hgvs_c),
        text(&call.consequence.hgvs_p_short),
        event.residue.map_or_else(|| "-".into(), |r| r.to_string()),
        event.domain.map_or("-", |d| d.name()),
        text(&event.inserted)
    )
}

fn all_told(result: &SampleResult) -> Vec<String> {
    result.calls.iter().map(told).collect()
}

fn reasons(call: &Call) -> Vec<&'static str> {
    call.reasons.iter().map(|r| r.code.name()).collect()
}

fn column<'r>(result: &'r SampleResult, name: &str) -> (Option<&'r str>, String) {
    let scores = result.myeloid.as_ref().unwrap().ipss_m.as_ref().unwrap();
    let column = scores.columns.iter().find(|c| c.column == name).unwrap();
    (column.value.as_deref(), format!("{:?}", column.basis))
}

/// Chr13:28034105-28034164, 60 bases of exon 14 (c.1755 to c.1814, of chr13:28034082-28034214 as c.1837 to c.1705), twice. That the
/// first changed residue is 605 and 20 are put in was found by translating the coding sequence with another program.
const ITD60: [&str; 6] = [
    "chr13\t28034104\t.\tA\t<DUP:TANDEM>\t.\tPASS\tEND=28034164;SVTYPE=DUP;SVLEN=60\tGT:AD\t0/1:80,20",
    "chr13\t28034104\t.\tA\t<DUP>\t.\tPASS\tPRECISE;END=28034164;SVTYPE=DUP\tGT:AD\t0/1:80,20",
    "chr13\t28034105\t.\tA\t<DUP>\t.\tPASS\tEND=28034164;SVTYPE=DUP;SVLEN=60\tGT:AD\t0/1:80,20",
    "chr13\t28034105\t.\tA\t]chr13:28034164]A\t.\tPASS\tSVTYPE=BND\tGT:AD\t0/1:80,20",
    "chr13\t28034164\t.\tT\tT[chr13:28034105[\t.\tPASS\tSVTYPE=BND\tGT:AD\t0/1:80,20",
    "chr13\t28034104\t.\tA\tAAACTCCCATTTGAGATCATATTCATATTCTCTGAAATCAACGTAGAAGTACTCATTATCT\t.\tPASS\t.\tGT:AD\t0/1:80,20",
];

#[test]
fn one_itd_in_the_words_of_many_callers() {
    let expected = [
        "driver | FLT3-ITD 60 bp | c.1755_1814dup | p.E604_F605insLDNEYFYVDFREYEYDLKWE | in frame | 605 | jmd_hinge | ",
    ];
    for record in ITD60 {
        let result = of(&[record]);
        assert_eq!(all_told(&result), expected, "{record}");
        assert!(result.unresolved.is_empty());
        assert_eq!(result.calls[0].evidence.vaf, Some(0.2));
    }
    // All of them in one file are one call.
    let together = of(&ITD60);
    assert_eq!(all_told(&together), expected);
    let again = reasons(&together.calls[0]);
    assert!(again.contains(&"duplicate_record"), "{again:?}");
}

#[test]
fn an_itd_that_the_file_gives_no_bases_of_is_one_all_the_same() {
    for (record, expected) in [
        (
            "chr13\t28034104\t.\tA\t<INS>\t.\tPASS\tSVTYPE=INS;SVLEN=63\tGT:AD\t0/1:80,20",
            "driver | FLT3-ITD 63 bp | - | - | in frame | 605 | jmd_hinge | -",
        ),
        // Pindel: so many bases between the copies, and not which.
        (
            "chr13\t28034104\t.\tA\t<DUP:TANDEM>\t.\tPASS\tEND=28034164;SVLEN=60;NTLEN=6\tGT:AD\t0/1:80,20",
            "driver | FLT3-ITD 66 bp | - | - | in frame | 605 | jmd_hinge | -",
        ),
        (
            "chr13\t28034104\t.\tA\t<DUP:TANDEM>\t.\tPASS\tEND=28034164;SVLEN=60;NTLEN=5\tGT:AD\t0/1:80,20",
            "driver_review | FLT3-ITD 65 bp | - | - | out of frame | 605 | jmd_hinge | -",
        ),
        (
            "chr13\t28034104\t.\tA\t<DUP:TANDEM>\t.\tPASS\tEND=28034164;IMPRECISE\tGT:AD\t0/1:80,20",
            "driver_review | FLT3-ITD 60 bp | - | - | frame? | 605 | jmd_hinge | ",
        ),
        // Nothing tells how long it is.
        (
            "chr13\t28034104\t.\tA\t<INS>\t.\tPASS\tSVTYPE=INS\tGT:AD\t0/1:80,20",
            "driver_review | FLT3-ITD | - | - | frame? | 605 | jmd_hinge | -",
        ),
    ] {
        assert_eq!(all_told(&of(&[record])), [expected], "{record}");
    }
}

/// `SVMETHOD` marks ScanITD, which counts in INFO, and whose POS is the first base that is there twice.
#[test]
fn an_itd_of_scanitd() {
    let copy = "AACTCCCATTTGAGATCATATTCATATTCTCTGAAATCAACGTAGAAGTACTCATTATCT";
    let record = format!(
        "chr13\t28034105\t1\tA\t<TDUP>\t.\t.\tSVTYPE=TDUP;OAO=15;AO=20;CHR2=chr13;END=28034165;DP=100;AF=0.2;SVLEN=60;INSSEQ=.;HOMSEQ=.;\
         SEQ={copy};SVMETHOD=ScanITD2\tGT\t0/1"
    );
    let result = of(&[&record]);
    assert_eq!(
        all_told(&result),
        [
            "driver | FLT3-ITD 60 bp | c.1755_1814dup | p.E604_F605insLDNEYFYVDFREYEYDLKWE | in frame | 605 | jmd_hinge | "
        ]
    );
    let evidence = &result.calls[0].evidence;
    assert_eq!((evidence.alt_count, evidence.depth), (Some(20), Some(100)));
    assert_eq!(evidence.counts_from, "INFO AO/DP");
}

#[test]
fn bases_between_the_copies_are_read_in_transcript_direction() {
    // ACG of the plus strand stands between the copies as CGT of the transcript.
    let record =
        "chr13\t28034104\t.\tA\t<DUP:TANDEM>\t.\tPASS\tEND=28034164;SVLEN=60;SVINSSEQ=ACG\tGT:AD\t0/1:80,20";
    let actual = all_told(&of(&[record]));
    assert_eq!(actual.len(), 1);
    assert!(
        actual[0].starts_with("driver | FLT3-ITD 63 bp | c.1814_1815ins") && actual[0].ends_with("| CGT"),
        "{actual:?}"
    );
}

/// From exon 14 (chr13:28608219-28608351 on GRCh37) into the intron before it in the genome: its bases are in the program on GRCh37, and
/// without `--reference` not on GRCh38. A doctor is told of an ITD either way.
#[test]
fn an_itd_over_the_border_of_an_exon() {
    let on_37 = of_grch37(&[
        "chr13\t28608199\t.\tN\t<DUP:TANDEM>\t.\tPASS\tEND=28608298;SVTYPE=DUP;SVLEN=99\tGT:AD\t0/1:80,20",
    ]);
    assert_eq!(
        all_told(&on_37),
        ["driver_review | FLT3-ITD 99 bp | c.1758_1837+19dup | - | frame? | 613 | tkd1_beta1 | "]
    );
    let on_38 = of(&[
        "chr13\t28034062\t.\tN\t<DUP:TANDEM>\t.\tPASS\tEND=28034161;SVTYPE=DUP;SVLEN=99\tGT:AD\t0/1:80,20",
    ]);
    assert_eq!(
        all_told(&on_38),
        ["driver_review | FLT3-ITD 99 bp | c.1758_1837+19dup | - | frame? | 613 | tkd1_beta1 | "]
    );
}

/// From exon 14 through intron 14 (90 bases) into exon 15, c.1730 to c.1879: 150 bases of exons twice, in frame once the intron is spliced out
/// of both copies. Reading the intron as protein is wrong.
#[test]
fn an_itd_that_holds_an_intron() {
    let result = of_grch37(&[
        "chr13\t28608086\t.\tN\t<DUP:TANDEM>\t.\tPASS\tEND=28608326;SVTYPE=DUP;SVLEN=240\tGT:AD\t0/1:80,20",
    ]);
    assert_eq!(
        all_told(&result),
        ["driver | FLT3-ITD 240 bp | c.1730_1879dup | - | in frame | 627 | tkd1_beta2 | "]
    );
    assert!(!reasons(&result.calls[0]).contains(&"reaches_intron"));
    // 238 bases: 148 of exons.
    let shifted = of_grch37(&[
        "chr13\t28608088\t.\tN\t<DUP:TANDEM>\t.\tPASS\tEND=28608326;SVTYPE=DUP;SVLEN=238\tGT:AD\t0/1:80,20",
    ]);
    assert!(
        all_told(&shifted)[0].contains("out of frame"),
        "{:?}",
        all_told(&shifted)
    );
}

/// Bases of chr13:28034105 to :28034164, the stretch of `ITD60`.
const COPY: &str = "AACTCCCATTTGAGATCATATTCATATTCTCTGAAATCAACGTAGAAGTACTCATTATCT";

/// The frame is that of all bases gained, those between the copies counted and those lost taken off. Where it is lost a person looks: neither
/// a driver for certain, nor none.
#[test]
fn an_itd_out_of_frame_is_for_review_and_leaves_its_gene_in_doubt() {
    let short = &COPY[..58];
    let ins = |alternate: &str| format!("chr13\t28034104\t.\tA\tA{alternate}\t.\tPASS\t.\tGT:AD\t0/1:80,20");
    let dup = |rest: &str| {
        format!("chr13\t28034104\t.\tA\t<DUP:TANDEM>\t.\tPASS\tEND=28034162;{rest}\tGT:AD\t0/1:80,20")
    };
    for (record, length, lost) in [
        (ins(short), 58, true),
        (ins(&format!("{short}G")), 59, true),
        // Two bases between the copies bring the frame back.
        (ins(&format!("{short}GG")), 60, false),
        (dup("SVLEN=58"), 58, true),
        (dup("SVLEN=58;SVINSSEQ=GG"), 60, false),
        (dup("SVLEN=58;NTLEN=2"), 60, false),
        (
            "chr13\t28034104\t.\tA\t<INS>\t.\tPASS\tSVTYPE=INS;SVLEN=62\tGT:AD\t0/1:80,20".to_owned(),
            62,
            true,
        ),
        // Two bases lost and as many put in their place, and 60 more; and one more than that.
        (
            format!("chr13\t28034104\t.\tAAA\tA{COPY}GG\t.\tPASS\t.\tGT:AD\t0/1:80,20"),
            60,
            false,
        ),
        (
            format!("chr13\t28034104\t.\tAAA\tA{COPY}G\t.\tPASS\t.\tGT:AD\t0/1:80,20"),
            59,
            true,
        ),
    ] {
        let result = in_memory::result(vcf(&CONTIGS[0], &[&record]), Some(SHEET), None);
        let call = &result.calls[0];
        let event = call.consequence.event.as_ref().unwrap();
        assert_eq!(
            (event.length, event.in_frame),
            (Some(length), Some(!lost)),
            "{record}"
        );
        assert_eq!(reasons(call).contains(&"out_of_frame"), lost, "{record}");
        let (status, value) = if lost {
            ("driver_review", (None, "InDoubt"))
        } else {
            ("driver", (Some("1"), "Call"))
        };
        assert_eq!(call.status.name(), status, "{record}");
        let (actual, basis) = column(&result, "FLT3");
        assert_eq!((actual, basis.as_str()), value, "{record}");
        let gene = result.genes.iter().find(|g| g.gene == "FLT3").unwrap();
        assert_eq!(
            (gene.drivers, gene.drivers_to_review),
            (usize::from(!lost), usize::from(lost))
        );
    }
}

/// In frame by its length, with a stop between the copies (GTAAGG of the transcript, whose first base ends codon 605): no kinase follows.
#[test]
fn an_itd_with_a_stop_is_for_review() {
    let record = format!("chr13\t28034104\t.\tA\tA{COPY}CCTTAC\t.\tPASS\t.\tGT:AD\t0/1:80,20");
    let result = in_memory::result(vcf(&CONTIGS[0], &[&record]), Some(SHEET), None);
    let call = &result.calls[0];
    assert_eq!(
        call.consequence.event.as_ref().unwrap().in_frame,
        Some(false),
        "{}",
        told(call)
    );
    assert!(reasons(call).contains(&"out_of_frame"));
    assert_eq!(call.status.name(), "driver_review");
    let opinion = call.ipssm.as_ref().unwrap();
    assert_eq!(
        (opinion.decision.name(), opinion.because.name()),
        ("in_doubt", "out_of_frame")
    );
}

/// The first page says in both languages what is in doubt, and why.
#[test]
fn the_page_tells_of_a_lost_frame() {
    let record = format!(
        "chr13\t28034104\t.\tA\tA{}\t.\tPASS\t.\tGT:AD\t0/1:80,20",
        &COPY[..58]
    );
    let result = in_memory::result(vcf(&CONTIGS[0], &[&record]), Some(SHEET), None);
    let mut page = Vec::new();
    report::write_html(&mut page, &result, &report::Languages::default()).unwrap();
    let page = String::from_utf8(page).unwrap();
    for text in [
        "not in frame",
        "アウトオブフレーム",
        "Reading frame lost behind the duplication",
        "重複の後で読み枠がずれる",
        "the duplication is not in frame, or holds a stop",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn what_is_no_itd() {
    for record in [
        // The whole of chromosome 13 twice, a gene twice, a stretch of 600 bases.
        "chr13\t1000000\t.\tN\t<DUP>\t.\tPASS\tEND=114000000;SVTYPE=DUP\tGT:AD\t0/1:80,20",
        "chr13\t28033700\t.\tN\t<DUP>\t.\tPASS\tEND=28034300;SVTYPE=DUP\tGT:AD\t0/1:80,20",
        // Within intron 14, and exon 20.
        "chr13\t28034010\t.\tN\t<DUP:TANDEM>\t.\tPASS\tEND=28034070;SVLEN=60\tGT:AD\t0/1:80,20",
        "chr13\t28018470\t.\tN\t<INS>\t.\tPASS\tSVLEN=60\tGT:AD\t0/1:80,20",
        // A deletion, and a substitution.
        "chr13\t28034104\t.\tA\t<DEL>\t.\tPASS\tEND=28034164;SVLEN=-60\tGT:AD\t0/1:80,20",
        "chr13\t28018505\t.\tC\tA\t.\tPASS\t.\tGT:AD\t0/1:80,20",
    ] {
        let result = of(&[record]);
        let names: Vec<String> = result
            .calls
            .iter()
            .filter_map(|c| c.common_name.clone())
            .collect();
        assert!(names.iter().all(|n| !n.contains("ITD")), "{record}: {names:?}");
    }
}

#[test]
fn two_itds_share_the_wild_type() {
    let result = of(&[
        ITD60[0],
        "chr13\t28034120\t.\tN\t<DUP:TANDEM>\t.\tPASS\tEND=28034150;SVTYPE=DUP;SVLEN=30\tGT:AD\t0/1:70,30",
    ]);
    let ratios: Vec<(Option<u32>, f64, bool)> = result
        .calls
        .iter()
        .map(|c| {
            let ratio = c.allelic_ratio.unwrap();
            (
                c.consequence.event.as_ref().unwrap().length,
                ratio.ratio,
                ratio.is_high,
            )
        })
        .collect();
    // VAF 0.2 and 0.3: half of the molecules are wild type.
    assert_eq!(ratios, [(Some(60), 0.4, false), (Some(30), 0.6, true)]);
    let one = of(&[ITD60[0]]).calls[0].allelic_ratio.unwrap();
    assert_eq!((one.ratio, one.is_high), (0.25, false));
    // Wilson: 20 of 100 is 0.1334 to 0.2888.
    assert_eq!((one.low, one.high), (Some(0.1539), Some(0.4061)));
}

const SHEET: &str = "sample,vcf,hb,plt,bm_blast,cyto_ipssr\nP1,P1.vcf,9,100,3,Good\n";

#[test]
fn the_columns_of_ipss_m_follow() {
    let itd = in_memory::result(vcf(&CONTIGS[0], &[ITD60[0]]), Some(SHEET), None);
    assert_eq!(column(&itd, "FLT3"), (Some("1"), "Call".into()));
    assert_eq!(column(&itd, "MLL_PTD"), (None, "NotLookedFor".into()));
    // KMT2A exons 2 to 8: chr11:118468775 to 118482495.
    let ptd = "chr11\t118460000\t.\tN\t<DUP:TANDEM>\t.\tPASS\tEND=118483000;SVTYPE=DUP;SVLEN=23000\tGT:AD\t0/1:170,30";
    let ptd = in_memory::result(vcf(&CONTIGS[0], &[ptd]), Some(SHEET), None);
    assert_eq!(ptd.calls[0].common_name.as_deref(), Some("KMT2A-PTD e2-e8"));
    assert_eq!(column(&ptd, "MLL_PTD"), (Some("1"), "Call".into()));
    assert!(ptd.unresolved.is_empty());
}

/// Either end of the junction, in introns far from any exon, is found, and both are one call.
#[test]
fn a_ptd_by_its_breakends() {
    let ends = [
        "chr11\t118450001\t.\tA\t]chr11:118489000]A\t.\tPASS\tSVTYPE=BND\tGT:AD\t0/1:170,30",
        "chr11\t118489000\t.\tA\tA[chr11:118450001[\t.\tPASS\tSVTYPE=BND\tGT:AD\t0/1:170,30",
    ];
    for records in [&ends[..1], &ends[1..], &ends[..]] {
        let result = of(records);
        let names: Vec<_> = result.calls.iter().map(|c| c.common_name.as_deref()).collect();
        assert_eq!(names, [Some("KMT2A-PTD e2-e11")], "{records:?}");
    }
}

#[test]
fn other_duplications_of_kmt2a_are_no_ptd() {
    for (first, last, expected) in [
        // Exon 1 to 8, exon 2 to 3, exon 12 to 13, the whole gene.
        (118_436_000, 118_483_000, None),
        (118_460_000, 118_475_000, Some("exon duplication e2-e3")),
        (118_489_500, 118_490_700, Some("exon duplication e12-e13")),
        (118_400_000, 118_600_000, None),
    ] {
        let record = format!("chr11\t{first}\t.\tN\t<DUP>\t.\tPASS\tEND={last};SVTYPE=DUP\tGT:AD\t0/1:80,20");
        let result = in_memory::result(vcf(&CONTIGS[0], &[&record]), Some(SHEET), None);
        let names: Vec<_> = result.calls.iter().map(|c| c.common_name.as_deref()).collect();
        assert_eq!(
            names,
            expected.map(Some).into_iter().collect::<Vec<_>>(),
            "{record}"
        );
        assert_eq!(column(&result, "MLL_PTD").0, None);
        assert_eq!(result.unresolved.len(), usize::from(expected.is_none()));
    }
}

/// Every report tells of an event whose bases are not known, and the annotated VCF can be read again.
#[test]
fn reports_hold_an_event_without_bases() {
    let record = "chr13\t28034104\t.\tA\t<INS>\t.\tPASS\tSVTYPE=INS;SVLEN=63\tGT:AD\t0/1:80,20";
    let result = of(&[record]);
    let mut json = Vec::new();
    report::write_json(&mut json, &result).unwrap();
    let read: SampleResult = serde_json::from_slice(&json).unwrap();
    assert_eq!(read, result);
    let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let call = &value["calls"][0];
    assert_eq!(call["variant"]["position"], 28_034_104);
    assert_eq!(call["variant"]["alternate"], "<INS>");
    assert_eq!(call["consequence"]["event"]["name"], "flt3_itd");

    let mut vcf = Vec::new();
    report::write_vcf(&mut vcf, &result).unwrap();
    let again = in_memory::result(vcf, None, None);
    assert_eq!(all_told(&again), all_told(&result));
    assert_eq!(again.calls[0].evidence.alt_count, Some(20));

    let mut page = Vec::new();
    report::write_html(&mut page, &result, &report::Languages::default()).unwrap();
    let page = String::from_utf8(page).unwrap();
    for text in [
        "FLT3-ITD 63 bp",
        "allelic ratio (ITD / wild type)",
        "アレル比（ITD／野生型）",
    ] {
        assert!(page.contains(text), "{text}");
    }
}
