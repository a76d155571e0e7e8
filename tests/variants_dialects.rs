//! Layouts of callers, as their documentation or source describes them, in records made up here.
#![allow(clippy::unwrap_used, reason = "tests stop at any fault")]

use std::fmt::Write as _;

use hemoclone::evidence::Evidence;
use hemoclone::genome::Regions;
use hemoclone::genome::{Build, Chromosome};
use hemoclone::variants::{Input, Scan, ScanOptions, scan};

/// Depth, alternative count, fraction, fields.
type Shape = (Option<u32>, Option<u32>, Option<f64>, String);

struct Layout<'a> {
    header: &'a [&'a str],
    reference: &'a str,
    alternate: &'a str,
    info: &'a str,
    format: &'a str,
    samples: &'a [(&'a str, &'a str)],
}

fn read(layout: &Layout<'_>) -> Scan {
    let mut text = "##fileformat=VCFv4.2\n".to_owned();
    for line in layout.header {
        _ = writeln!(text, "{line}");
    }
    text.push_str("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO");
    if !layout.format.is_empty() {
        text.push_str("\tFORMAT");
        for (name, _) in layout.samples {
            _ = write!(text, "\t{name}");
        }
    }
    _ = write!(
        text,
        "\nchr2\t25234373\t.\t{}\t{}\t.\tPASS\t{}",
        layout.reference, layout.alternate, layout.info
    );
    if !layout.format.is_empty() {
        _ = write!(text, "\t{}", layout.format);
        for (_, cell) in layout.samples {
            _ = write!(text, "\t{cell}");
        }
    }
    text.push('\n');
    let regions = |_| Regions::new([(Chromosome::parse("chr2").unwrap(), 1..=u32::MAX)]);
    let options = ScanOptions {
        build: Some(Build::Grch38),
        ..ScanOptions::default()
    };
    scan(&Input::from_bytes("in", text.into_bytes()), &regions, &options).unwrap()
}

fn snv<'a>(header: &'a [&'a str], info: &'a str, format: &'a str, cell: &'a str) -> Vec<Shape> {
    let samples = [("S", cell)];
    let layout = Layout {
        header,
        reference: "C",
        alternate: "T",
        info,
        format,
        samples: &samples,
    };
    shape(&read(&layout))
}

fn shape(scan: &Scan) -> Vec<Shape> {
    let evidence = |e: &Evidence| {
        (
            e.depth,
            e.alt_count,
            e.vaf.map(|v| (v * 1e6).round() / 1e6),
            e.counts_from.clone(),
        )
    };
    scan.samples
        .iter()
        .flat_map(|s| &s.alleles)
        .map(|a| evidence(&a.evidence))
        .collect()
}

fn counts(depth: u32, alt: u32, vaf: f64, from: &str) -> Vec<Shape> {
    vec![(Some(depth), Some(alt), Some(vaf), from.to_owned())]
}

#[test]
#[allow(clippy::too_many_lines, reason = "one table")]
fn layouts_of_single_samples() {
    for (header, info, format, cell, expected) in [
        // smCounter2: molecules in INFO.
        (
            &[
                "##INFO=<ID=UMT,Number=1,Type=Integer,Description=\"u\">",
                "##INFO=<ID=VMT,Number=.,Type=Integer,Description=\"v\">",
            ][..],
            "DP=5000;UMT=1000;VMT=25;VMF=0.025",
            "GT:AD:VF",
            "0/1:970,25:0.025",
            counts(1000, 25, 0.025, "VMT/UMT"),
        ),
        // ClairS before and after its AD got a reference count; the rest of DP is other bases.
        (
            &[
                "##source=ClairS",
                "##FORMAT=<ID=AD,Number=1,Type=Integer,Description=\"alt\">",
            ],
            ".",
            "GT:GQ:DP:AF:AD:NAF:NDP:NAD:AU:CU:GU:TU",
            "0/1:9:50:0.2:10:0.02:50:1:0:40:0:10",
            counts(50, 10, 0.2, "AD/DP"),
        ),
        (
            &["##source=ClairS"],
            ".",
            "GT:GQ:DP:AF:AD",
            "0/1:9:58:0.7241:0,42",
            counts(58, 42, 0.724_138, "AD/DP"),
        ),
        // Clair3 with AD.
        (
            &["##source=Clair3"],
            ".",
            "GT:GQ:DP:AD:AF",
            "0/1:9:40:29,10:0.25",
            counts(40, 10, 0.25, "AD/DP"),
        ),
        // Platypus 0.7 and later.
        (
            &["##source=Platypus_Version_0.8.1"],
            "TC=100;TR=7",
            "GT:GL:GOF:GQ:NR:NV",
            "0/1:-1,0,-1:1:9:100:7",
            counts(100, 7, 0.07, "NV/NR"),
        ),
        // VarScan 2, one sample, with a decimal comma.
        (
            &["##source=VarScan2"],
            "ADP=52",
            "GT:GQ:SDP:DP:RD:AD:FREQ:PVAL:RBQ:ABQ:RDF:RDR:ADF:ADR",
            "0/1:9:54:52:45:5:9,62%:1E-1:30:35:20:25:2:3",
            counts(50, 5, 0.1, "AD/(RD+AD)"),
        ),
        // VarScan's fraction alone.
        (
            &[],
            ".",
            "GT:DP:FREQ",
            "0/1:50:4,76%",
            vec![(Some(50), None, Some(0.0476), "FREQ (no counts)".into())],
        ),
        // VarDict, one sample.
        (
            &["##source=VarDict_v1.8.2"],
            "SAMPLE=S;TYPE=SNV;DP=200;VD=9;AF=0.045;VARBIAS=5:4;QUAL=35.5;MQ=60",
            "GT:DP:VD:AD:AF:RD:ALD",
            "0/1:200:9:190,9:0.045:90,100:5,4",
            counts(200, 9, 0.045, "VD/DP"),
        ),
        // DeepSomatic.
        (
            &[
                "##DeepVariant_version=1.8.0",
                "##FILTER=<ID=GERMLINE,Description=\"g\">",
            ],
            ".",
            "GT:GQ:DP:AD:VAF:PL",
            "1/1:30:60:50,9:0.15:1,2,3",
            counts(60, 9, 0.15, "AD/DP"),
        ),
        // SomaticSniper and SomaticSeq.
        (
            &[],
            "DP=90",
            "GT:IGT:DP:DP4:BCOUNT:GQ",
            "0/1:0/1:90:40,40,6,4:0,80,0,10:9",
            counts(90, 10, 0.111_111, "DP4"),
        ),
        // Old samtools.
        (
            &[],
            ".",
            "GT:PL:DP:DV:SP:GQ",
            "0/1:1,2,3:40:4:0:9",
            counts(40, 4, 0.1, "DV/DP"),
        ),
        // MuTect 1.
        (
            &["##MuTect=\"analysis_type=MuTect\""],
            "SOMATIC",
            "GT:AD:BQ:DP:FA:SS",
            "0:95,5:30:101:0.050:2",
            counts(100, 5, 0.05, "AD"),
        ),
        // iVar as VCF.
        (
            &["##source=iVar"],
            "DP=200",
            "GT:REF_DP:REF_RV:REF_QUAL:ALT_DP:ALT_RV:ALT_QUAL:ALT_FREQ",
            "1:180:90:37:10:5:37:0.05",
            counts(200, 10, 0.05, "ALT_DP/DP"),
        ),
        // Torrent Variant Caller 5.
        (
            &["##source=\"tvc 5.12-27 - Torrent Variant Caller\""],
            "AF=0.05;AO=9;DP=210;FAO=10;FDP=200;FRO=190",
            "GT:GQ:DP:FDP:RO:FRO:AO:FAO:AF:SAR:SAF:SRF:SRR:FSAR:FSAF:FSRF:FSRR",
            "0/1:9:210:200:195:190:9:10:0.05:4:5:95:100:4:6:95:95",
            counts(200, 10, 0.05, "FAO/FDP"),
        ),
        // bcftools without AD.
        (
            &["##bcftools_callCommand=call -mv"],
            "DP=120;DP4=40,50,6,4;MQ=60",
            "GT:PL",
            "0/1:1,2,3",
            counts(100, 10, 0.1, "INFO DP4"),
        ),
        // varlociraptor.
        (
            &["##varlociraptor_version=8"],
            "PROB_X=1",
            "DP:AF:SAOBS:SROBS",
            "30:0.1:1V:2N",
            vec![(Some(30), None, Some(0.1), "AF (no counts)".into())],
        ),
        // TNscope, trailing fields dropped.
        (
            &["##SentieonCommandLine.TNscope=<ID=TNscope>"],
            ".",
            "GT:AD:AF:AFDP:ALTHC",
            "0/1:90,10",
            counts(100, 10, 0.1, "AD"),
        ),
        // AD without the reference count.
        (
            &[],
            ".",
            "GT:AD:DP",
            "0/1:.,21:54",
            counts(54, 21, 0.388_889, "AD/DP"),
        ),
        // Reference depths in a field of their own.
        (
            &[],
            ".",
            "GT:DP:RD:AD",
            "0/1:99:90:10",
            counts(100, 10, 0.1, "AD/(RD+AD)"),
        ),
        // Nothing to count.
        (
            &[],
            "AF=0.5;AC=1;AN=2",
            "GT:DP",
            "0/1:80",
            vec![(Some(80), None, None, String::new())],
        ),
    ] {
        assert_eq!(snv(header, info, format, cell), expected, "{format} {cell}");
    }
}

/// One line a caller: header lines, INFO, FORMAT, cell, then what is expected.
type Line<'a> = (&'a [&'a str], &'a str, &'a str, &'a str, Vec<Shape>);

fn check(lines: &[Line<'_>]) {
    for (header, info, format, cell, expected) in lines {
        assert_eq!(&snv(header, info, format, cell), expected, "{format} {cell}");
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "one table")]
fn counts_that_stand_in_fields_of_one_caller() {
    let caveman = "GT:FAZ:FCZ:FGZ:FTZ:RAZ:RCZ:RGZ:RTZ:PM";
    check(&[
        (
            &[],
            ".",
            caveman,
            "0|1:0:45:0:5:0:45:0:5:0.1",
            counts(100, 10, 0.1, "FAZ..RTZ"),
        ),
        // Bases of neither allele are part of the depth.
        (
            &[],
            ".",
            caveman,
            "0|1:2:45:1:5:1:45:1:5:0.1",
            counts(105, 10, 0.095_238, "FAZ..RTZ"),
        ),
        (
            &[],
            ".",
            "GT:AA:CA:GA:TA:PM",
            "0|1:0:90:0:10:0.1",
            counts(100, 10, 0.1, "AA,CA,GA,TA"),
        ),
        (
            &[],
            ".",
            "GT:PP:NP:PB:NB:PD:ND:PR:NR:PU:NU:FD:FC",
            "./.:4:5:5:5:50:50:50:50:5:6:90:11",
            counts(90, 11, 0.122_222, "FC/FD"),
        ),
        (
            &[],
            ".",
            "GT:PP:NP:PB:NB:PD:ND:PR:NR:PU:NU",
            "./.:4:5:5:5:50:50:50:50:5:6",
            counts(100, 11, 0.11, "(PU+NU)/(PR+NR)"),
        ),
        (
            &[],
            ".",
            "GT:MTR:WTR:DEP:MDR:WDR:VAF:OFS",
            "./.:10:90:102:3:3:0.1:PASS",
            counts(100, 10, 0.1, "MTR/(WTR+MTR)"),
        ),
        (
            &["##bcftoolsVersion=1.17"],
            "DP=100",
            "GT:ADF:ADR",
            "0/1:45,5:45,5",
            counts(100, 10, 0.1, "ADF+ADR"),
        ),
        (
            &[],
            ".",
            "GT:RDF:RDR:ADF:ADR",
            "0/1:40,50:1:5:5",
            vec![(None, None, None, String::new())],
        ),
        (
            &[],
            ".",
            "GT:RDF:RDR:ADF:ADR",
            "0/1:40:50:5:5",
            counts(100, 10, 0.1, "ADF+ADR/(RDF+RDR+ADF+ADR)"),
        ),
        (
            &[],
            "DP=100;AD=90,10",
            "GT",
            "0/1",
            counts(100, 10, 0.1, "INFO AD"),
        ),
        (
            &[],
            "DP=100;AD=90,10;DP4=1,2,3,4",
            "GT:PL",
            "0/1:1,2,3",
            counts(100, 10, 0.1, "INFO AD"),
        ),
        (
            &[],
            "ADF=45,5;ADR=45,5",
            "GT",
            "0/1",
            counts(100, 10, 0.1, "INFO ADF+ADR"),
        ),
        // SomaticSniper, in the order A, C, G, T.
        (
            &[],
            ".",
            "GT:IGT:BCOUNT:GQ",
            "0/1:0/1:0,90,0,10:9",
            counts(100, 10, 0.1, "BCOUNT"),
        ),
        (
            &[],
            ".",
            "GT:IGT:DP:DP4:BCOUNT",
            "0/1:0/1:100:.:0,90,0,10",
            counts(100, 10, 0.1, "BCOUNT"),
        ),
        (
            &["##source=NanoCaller"],
            ".",
            "GT:DP:FQ",
            "0/1:50:0.2",
            vec![(Some(50), None, Some(0.2), "FQ (no counts)".into())],
        ),
        (
            &[
                "##source=Longshot v0.4.0",
                "##INFO=<ID=AC,Number=R,Type=Integer,Description=\"n\">",
            ],
            "DP=110;AC=90,10;AM=10",
            "GT:GQ",
            "0/1:9",
            counts(100, 10, 0.1, "INFO AC"),
        ),
        (
            &["##INFO=<ID=AC,Number=A,Type=Integer,Description=\"n\">"],
            "AC=1;AN=2",
            "GT:GQ",
            "0/1:9",
            vec![(None, None, None, String::new())],
        ),
        // SvABA: the reads with the change alone.
        (
            &["##FORMAT=<ID=AD,Number=1,Type=Integer,Description=\"a\">"],
            ".",
            "GT:AD:DP:GQ:PL:SR:DR:LR:LO",
            "0/1:10:100:9:1,2,3:10:0:1:1",
            counts(100, 10, 0.1, "AD/DP"),
        ),
    ]);
}

#[test]
fn counts_of_structural_variants() {
    let gridss = "GT:REF:REFPAIR:VF:BVF";
    check(&[
        (&[], ".", "GT:PR:SR", "0/1:20,1:90,10", counts(100, 10, 0.1, "SR")),
        (
            &[],
            ".",
            "GT:FT:GQ:PL:PR",
            "0/1:PASS:9:1,2,3:45,5",
            counts(50, 5, 0.1, "PR"),
        ),
        (&[], ".", "GT:PR:SR", "0/1:45,5:0,0", counts(50, 5, 0.1, "PR")),
        (
            &[],
            ".",
            "GT:GQ:DR:DV",
            "0/1:60:80:20",
            counts(100, 20, 0.2, "DV/(DR+DV)"),
        ),
        (
            &[],
            "PRECISE",
            "GT:GL:GQ:FT:RCL:RC:RCR:RDCN:DR:DV:RR:RV",
            "0/1:1:9:PASS:1:2:3:2:10:1:90:10",
            counts(100, 10, 0.1, "RV/(RR+RV)"),
        ),
        (
            &[],
            "IMPRECISE",
            "GT:DR:DV:RR:RV",
            "0/1:45:5:0:0",
            counts(50, 5, 0.1, "DV/(DR+DV)"),
        ),
        (&[], ".", "GT:TR:VR", "0/1:50:5", counts(50, 5, 0.1, "VR/TR")),
        (
            &[],
            ".",
            gridss,
            "0/1:90:200:10:0",
            counts(100, 10, 0.1, "VF/(VF+REF)"),
        ),
        // One fragment is no fraction of 1.
        (
            &[],
            ".",
            gridss,
            "0/1:99:0:1:0",
            counts(100, 1, 0.01, "VF/(VF+REF)"),
        ),
        (
            &[],
            ".",
            "GT:GQ:SQ:GL:DP:RO:AO:QR:QA",
            "0/1:9:9:1:100:90:10:1:1",
            counts(100, 10, 0.1, "AO/(RO+AO)"),
        ),
        (
            &[],
            ".",
            "GT:SU:PE:SR",
            "./.:12:5:7",
            vec![(None, Some(12), None, "SU (no depth)".into())],
        ),
    ]);
    // An insertion with its sequence is a record as any other.
    let samples = [("S", "0/1:20,1:90,10")];
    let layout = Layout {
        header: &["##source=GenerateSVCandidates 1.6.0"],
        reference: "C",
        alternate: "CTTCATATTCTCTGAAATCAACG",
        info: "SVTYPE=INS;SVLEN=22",
        format: "GT:PR:SR",
        samples: &samples,
    };
    let actual = read(&layout);
    assert_eq!(actual.caller.name(), "Manta");
    assert_eq!(shape(&actual), counts(100, 10, 0.1, "SR"));
}

#[test]
fn numbers_that_cannot_be_make_no_fraction() {
    let none = |alt: u32, from: &str| vec![(None, Some(alt), None, from.to_owned())];
    check(&[
        // VarDict counts the change more often than the reads: its AD is whole.
        (
            &["##source=VarDict_v1.8.2"],
            ".",
            "GT:DP:VD:AD:AF",
            "0/1:31:65:10,65:2.0968",
            counts(75, 65, 0.866_667, "AD"),
        ),
        (
            &["##source=VarDict_v1.8.2"],
            ".",
            "GT:DP:VD:AF",
            "0/1:31:65:1",
            none(65, "VD/DP (impossible: 65 of 31)"),
        ),
        (
            &["##source=VarDict_v1.8.2"],
            "DP=31;VD=65;VARBIAS=1:2",
            "GT",
            "0/1",
            none(65, "INFO VD/DP (impossible: 65 of 31)"),
        ),
        (
            &[],
            ".",
            "GT:NR:NV",
            "0/1:20:25",
            none(25, "NV/NR (impossible: 25 of 20)"),
        ),
        (
            &[],
            ".",
            "GT:FD:FC",
            "0/1:20:25",
            none(25, "FC/FD (impossible: 25 of 20)"),
        ),
        (
            &["##source=Pindel"],
            ".",
            "GT:AD",
            "1/1:0,104",
            none(104, "AD (no reads of the reference counted)"),
        ),
        (
            &["##source=Pindel"],
            ".",
            "GT:AD",
            "0/1:96,104",
            counts(200, 104, 0.52, "AD"),
        ),
        (
            &[],
            ".",
            "GT:DP:AF",
            "0/1:31:2.0968",
            vec![(Some(31), None, None, "AF (not from 0 to 1)".into())],
        ),
        (
            &[],
            ".",
            "GT:DP:AF",
            "0/1:31:-0.5",
            vec![(Some(31), None, None, "AF (not from 0 to 1)".into())],
        ),
        (
            &[],
            ".",
            "GT:AD:DP",
            "0/1:80,15,5:100",
            vec![(Some(100), None, None, "AD (3 values for 2 alleles)".into())],
        ),
        // No read at all is a depth.
        (
            &[],
            ".",
            "GT:AD",
            "0/1:0,0",
            vec![(Some(0), Some(0), None, "AD".into())],
        ),
    ]);
}

#[test]
fn a_list_shorter_than_the_alleles_is_marked() {
    let of = |alternate: &str, format: &str, cell: &str| {
        let samples = [("S", cell)];
        let layout = Layout {
            header: &[],
            reference: "C",
            alternate,
            info: ".",
            format,
            samples: &samples,
        };
        shape(&read(&layout))
    };
    let marked = (Some(100), None, None, "AD (2 values for 3 alleles)".to_owned());
    assert_eq!(of("T,A", "GT:AD:DP", "1/2:80,20:100"), [marked.clone(), marked]);
    // What has a value for each is still to be had.
    let fraction = |vaf: f64| (Some(100), None, Some(vaf), "AF (no counts)".to_owned());
    assert_eq!(
        of("T,A", "GT:AD:DP:AF", "1/2:80,20:100:0.15,0.05"),
        [fraction(0.15), fraction(0.05)]
    );
    // The genotype may tell whose the second count is.
    let given = (
        Some(100),
        Some(20),
        Some(0.2),
        "AD (2 values for 3 alleles)".to_owned(),
    );
    let nobody = (Some(100), None, None, "AD (2 values for 3 alleles)".to_owned());
    let both = |cell: &str| -> Vec<Shape> {
        let samples = [("S", cell)];
        let layout = Layout {
            header: &[],
            reference: "C",
            alternate: "T,A",
            info: ".",
            format: "GT:AD:DP",
            samples: &samples,
        };
        let text = read(&layout);
        text.samples[0]
            .alleles
            .iter()
            .map(|a| {
                let e = &a.evidence;
                (e.depth, e.alt_count, e.vaf, e.counts_from.clone())
            })
            .collect()
    };
    for genotype in ["0/1", "0/2"] {
        let actual = both(&format!("{genotype}:80,20:100"));
        assert_eq!(actual, std::slice::from_ref(&given), "{genotype}");
    }
    assert_eq!(both("1/2:80,20:100"), [nobody.clone(), nobody]);
    // Only what stands for any other allele has none.
    let (depth, alt, vaf, from) = of("T,<NON_REF>", "GT:AD:DP", "0/1:80,20:100").remove(0);
    assert_eq!(
        (depth, alt, vaf, from.as_str()),
        (Some(100), Some(20), Some(0.2), "AD")
    );
}

#[test]
fn local_alleles() {
    let samples = [
        ("A", "0/1:2:90,10"),
        ("B", "1/2:1,2:80,15,5"),
        ("C", "0/0:.:50"),
        ("D", "0/1:2:90,10,3"),
    ];
    let layout = Layout {
        header: &["##fileformat=VCFv4.5"],
        reference: "C",
        alternate: "A,T",
        info: ".",
        format: "LGT:LAA:LAD",
        samples: &samples,
    };
    let scan = read(&layout);
    let found: Vec<Vec<_>> = scan
        .samples
        .iter()
        .map(|s| {
            let of = |a: &hemoclone::variants::SampleAllele| {
                let e = &a.evidence;
                (
                    a.file_allele.alternate.clone(),
                    e.alt_count,
                    e.depth,
                    a.genotype.clone(),
                )
            };
            s.alleles.iter().map(of).collect()
        })
        .collect();
    let one =
        |allele: &str, alt, depth, genotype: &str| (allele.to_owned(), alt, depth, Some(genotype.to_owned()));
    assert_eq!(found[0], [one("T", Some(10), Some(100), "0/2")]);
    assert_eq!(
        found[1],
        [
            one("A", Some(15), Some(100), "1/2"),
            one("T", Some(5), Some(100), "1/2")
        ]
    );
    assert_eq!(found[2], []);
    assert_eq!(found[3], [one("T", None, None, "0/2")]);
}

#[test]
fn strelka_in_merged_records() {
    // A merge with a deletion pads the substitution; whose TIR and TAR are is not told of two indels.
    let samples = [
        ("A", "100:0,0:90,91:0,0:10,10:.:."),
        ("B", "50:.:.:.:.:40,41:10,10"),
        ("C", ".:.:.:.:.:.:."),
    ];
    let layout = Layout {
        header: &["##source=strelka"],
        reference: "CA",
        alternate: "TA,C",
        info: ".",
        format: "DP:AU:CU:GU:TU:TAR:TIR",
        samples: &samples,
    };
    let scan = read(&layout);
    let of = |i: usize| -> Vec<(String, Shape)> {
        let alleles = scan.samples[i].alleles.iter();
        alleles
            .map(|a| {
                let e = &a.evidence;
                (
                    a.file_allele.alternate.clone(),
                    (e.depth, e.alt_count, e.vaf, e.counts_from.clone()),
                )
            })
            .collect()
    };
    let tiers = (Some(100), Some(10), Some(0.1), "tier 1 AU,CU,GU,TU".to_owned());
    assert_eq!(of(0), [("TA".to_owned(), tiers)]);
    let marked = (
        Some(50),
        None,
        None,
        "tier 1 TIR,TAR (of one of several alleles)".to_owned(),
    );
    assert_eq!(of(1), [("C".to_owned(), marked)]);
    assert_eq!(of(2), []);
}

#[test]
fn bases_of_padded_and_of_lower_case_alleles() {
    for (reference, alternate, format, cell, from) in [
        ("c", "t", "GT:IGT:BCOUNT", "0/1:0/1:0,90,0,10", "BCOUNT"),
        (
            "CA",
            "TA,C",
            "GT:IGT:DP4:BCOUNT",
            "0/1:0/1:45,45,5,5:0,90,0,10",
            "BCOUNT",
        ),
        (
            "CA",
            "TA,C",
            "GT:FAZ:FCZ:FGZ:FTZ:RAZ:RCZ:RGZ:RTZ:PM",
            "0/1:0:45:0:5:0:45:0:5:0.1",
            "FAZ..RTZ",
        ),
    ] {
        let samples = [("S", cell)];
        let layout = Layout {
            header: &[],
            reference,
            alternate,
            info: ".",
            format,
            samples: &samples,
        };
        assert_eq!(
            shape(&read(&layout))[..1],
            counts(100, 10, 0.1, from),
            "{reference} {format}"
        );
    }
}

#[test]
fn multi_allelic_records() {
    for (format, cell, expected) in [
        ("GT:AD", "1/2:80,15,5", [(100, 15), (100, 5)]),
        ("GT:RO:AO", "1/2:80:15,5", [(100, 15), (100, 5)]),
        ("GT:NR:NV", "1/2:100,100:15,5", [(100, 15), (100, 5)]),
        ("DP:AU:CU:GU:TU", "100:0,0:80,82:5,5:15,15", [(100, 15), (100, 5)]),
    ] {
        let samples = [("S", cell)];
        let layout = Layout {
            header: &[],
            reference: "C",
            alternate: "T,G",
            info: ".",
            format,
            samples: &samples,
        };
        let actual: Vec<_> = shape(&read(&layout))
            .into_iter()
            .map(|e| (e.0.unwrap(), e.1.unwrap()))
            .collect();
        assert_eq!(actual, expected, "{format}");
    }
}

#[test]
fn pisces_leaves_the_reference_out_of_two_alternatives() {
    let samples = [("S", "1/2:40,60:101:0.99:20")];
    let layout = Layout {
        header: &["##source=Pisces 5.2.9"],
        reference: "C",
        alternate: "T,G",
        info: "DP=101",
        format: "GT:AD:DP:VF:NL",
        samples: &samples,
    };
    let actual: Vec<_> = shape(&read(&layout)).into_iter().map(|e| (e.0, e.1)).collect();
    assert_eq!(actual, [(Some(101), Some(40)), (Some(101), Some(60))]);
}

#[test]
fn pisces_writes_the_reference_alone_for_a_forced_genotype() {
    let header = ["##source=Pisces 5.2.9"];
    // 120 reads of the reference: the sample does not have the allele.
    let actual = snv(&header, "DP=120", "GT:GQ:AD:DP:VF:NL", "0/0:0:120:120:0.00000:20");
    assert_eq!(actual, []);
    let actual = snv(
        &header,
        "DP=120",
        "GT:GQ:AD:DP:VF:NL",
        "1/1:90:118:120:0.98333:20",
    );
    assert_eq!(actual, counts(120, 118, 0.983_333, "AD/DP"));
}

#[test]
fn freebayes_without_its_reference_count() {
    let actual = snv(&[], ".", "GT:DP:AO", "0/1:70:7");
    assert_eq!(actual, counts(70, 7, 0.1, "AO/DP"));
    // Counts that cannot be of one site are of a record that was split badly.
    let actual = snv(&[], ".", "GT:DP:AO", "0/1:70:71");
    assert_eq!(actual, [(Some(70), None, None, String::new())]);
}

#[test]
fn strelka_pairs() {
    let samples = [
        ("NORMAL", "30:30:29,29:0,0:1,1"),
        ("TUMOR", "60:60:50,52:10,10:2,2"),
    ];
    let header = ["##source=strelka", "##source_version=1.0.14"];
    let layout = Layout {
        header: &header,
        reference: "C",
        alternate: "CA",
        info: "SOMATIC",
        format: "DP:DP2:TAR:TIR:TOR",
        samples: &samples,
    };
    let actual = read(&layout);
    assert_eq!(actual.caller.name(), "Strelka");
    assert_eq!(shape(&actual), counts(60, 10, 0.166_667, "tier 1 TIR,TAR"));
    assert_eq!(
        actual.samples[0].alleles[0].normal.evidence().unwrap().depth,
        Some(29)
    );
}

#[test]
fn lofreq_without_samples() {
    let header = ["##source=lofreq call"];
    let layout = Layout {
        header: &header,
        reference: "C",
        alternate: "T",
        info: "DP=1000;AF=0.02;SB=3;DP4=480,499,9,11",
        format: "",
        samples: &[],
    };
    let actual = read(&layout);
    assert_eq!(actual.samples[0].column, None);
    assert_eq!(shape(&actual), counts(1000, 20, 0.02, "INFO DP4/DP"));
    let strands = actual.samples[0].alleles[0].evidence.strands.unwrap();
    assert_eq!((strands.alt_forward, strands.alt_reverse), (9, 11));
}

#[test]
fn clairs_keeps_its_normal() {
    let samples = [("S", "0/1:50:0.2:10:0.02:50:1")];
    let header = [
        "##source=ClairS",
        "##FORMAT=<ID=AD,Number=1,Type=Integer,Description=\"a\">",
    ];
    let layout = Layout {
        header: &header,
        reference: "C",
        alternate: "T",
        info: ".",
        format: "GT:DP:AF:AD:NAF:NDP:NAD",
        samples: &samples,
    };
    let normal = read(&layout).samples[0].alleles[0]
        .normal
        .evidence()
        .unwrap()
        .clone();
    assert_eq!((normal.alt_count, normal.depth), (Some(1), Some(50)));
}

#[test]
fn extras_of_mutect2() {
    let samples = [("S", "0/1:88,12:0.118:100:40,5:48,7:0|1:25234373_C_T:44,44,6,6")];
    let layout = Layout {
        header: &["##MutectVersion=2.2"],
        reference: "C",
        alternate: "T",
        info: "MBQ=37,34;MMQ=60,58;POPAF=2.00;TLOD=30",
        format: "GT:AD:AF:DP:F1R2:F2R1:PGT:PID:SB",
        samples: &samples,
    };
    let actual = read(&layout);
    let allele = &actual.samples[0].alleles[0];
    let evidence = &allele.evidence;
    assert_eq!(
        (
            evidence.base_quality,
            evidence.mapping_quality,
            evidence.caller_vaf
        ),
        (Some(34.0), Some(58.0), Some(0.118))
    );
    assert_eq!(evidence.orientations.unwrap().alt_f2r1, 7);
    assert_eq!(evidence.strands.unwrap().alt_reverse, 6);
    assert_eq!(allele.phase.as_ref().unwrap().set, "25234373_C_T");
    assert!((allele.population.as_ref().unwrap().frequency - 0.01).abs() < 1e-9);
}
