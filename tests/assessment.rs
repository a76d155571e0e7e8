//! Stage and scores of a sample from its calls, its coverage and what is known of the patient.
#![allow(
    clippy::unwrap_used,
    clippy::unnecessary_wraps,
    clippy::similar_names,
    clippy::cast_possible_truncation,
    dead_code,
    reason = "test code; each test file uses a part of the support"
)]

#[path = "support/results.rs"]
mod results;

use hemoclone::drivers::{Call, CallStatus};
use hemoclone::myeloid::assessment::{GeneBasis, MyeloidResult, SequencedSample, assess};
use hemoclone::myeloid::clinical::Clinical;
use hemoclone::myeloid::ipss_m::{IpssmCategory, IpssmComment, Tp53Mutations};
use hemoclone::myeloid::stage::Stage;
use hemoclone::panel::{GeneClass, IpssmRole};
use hemoclone::sample::{GeneResult, GeneState, Sex};
use hemoclone::transcript::{ProteinChange, ProteinChangeKind, SoTerm};

/// The genes of IPSS-M with TET2 and JAK2, all covered in full.
fn covered() -> Vec<GeneResult> {
    let symbols = "ASXL1 BCOR BCORL1 CBL CEBPA DNMT3A ETNK1 ETV6 EZH2 FLT3 GATA2 GNB1 IDH1 IDH2 JAK2 KMT2A KRAS NF1 NPM1 NRAS \
                   PHF6 PPM1D PRPF8 PTPN11 RUNX1 SETBP1 SF3B1 SRSF2 STAG2 TET2 TP53 U2AF1 WT1";
    symbols
        .split_whitespace()
        .map(|symbol| GeneResult {
            gene: symbol.to_owned(),
            transcript: String::new(),
            class: GeneClass::Other,
            ipssm: IpssmRole::None,
            chrs_high_risk: false,
            state: GeneState::NotDetected,
            drivers: 0,
            drivers_to_review: 0,
            other_calls: 0,
            largest_vaf: None,
            target_bases: 1000,
            assessed_bases: 1000,
            min_depth: Some(500),
            detection_limit: Some(0.01),
            detection_limit_95: None,
            facts: vec![],
        })
        .collect()
}

fn mutation(gene: &'static str, vaf_percent: u32, status: CallStatus) -> Call {
    results::call(&results::Spec {
        gene,
        transcript: "NM_1.1",
        // A position of its own for each, so that two mutations of a gene are two.
        site: ("chr1", 1000 + vaf_percent, "C", "T"),
        hgvs: ("c.1G>A", "", "p.R1H"),
        term: SoTerm::Missense,
        counts: (10 * vaf_percent, 1000),
        status,
        reasons: &[],
    })
}

fn driver(gene: &'static str, vaf_percent: u32) -> Call {
    mutation(gene, vaf_percent, CallStatus::Driver)
}

/// MDS with 7 % blasts, every clinical value known.
fn mds() -> Clinical {
    Clinical {
        hemoglobin: Some(9.1),
        platelets: Some(88.0),
        neutrophils: Some(1.2),
        white_cells: Some(2.9),
        monocytes: Some(0.2),
        marrow_blasts: Some(7.0),
        blood_blasts: Some(1.0),
        dysplastic_lineages: Some(2),
        auer_rods: Some(false),
        karyotype: Some("47,XY,+8[14]/46,XY[6]".into()),
        cytopenia_months: Some(9.0),
        causes_excluded: Some(true),
        tp53_loh: Some(false),
        genes: [("MLL_PTD".to_owned(), false)].into(),
        ..Clinical::default()
    }
}

/// A marrow without dysplasia or blasts.
fn ccus() -> Clinical {
    Clinical {
        platelets: Some(160.0),
        mcv: Some(95.0),
        rdw: Some(13.0),
        marrow_blasts: Some(1.0),
        blood_blasts: Some(0.0),
        dysplastic_lineages: Some(0),
        karyotype: Some("46,XY[20]".into()),
        ..mds()
    }
}

fn run(calls: &[Call], genes: &[GeneResult], clinical: &Clinical) -> MyeloidResult {
    let sample = SequencedSample {
        sex: Some(Sex::Male),
        age: Some(74.0),
        calls,
        genes,
    };
    assess(&sample, clinical).unwrap()
}

fn column(result: &MyeloidResult, name: &str) -> (Option<String>, GeneBasis) {
    let columns = &result.ipss_m.as_ref().unwrap().columns;
    let found = columns.iter().find(|c| c.column == name).unwrap();
    (found.value.clone(), found.basis)
}

fn value(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn nothing_clinical_gives_no_section() {
    let sample = SequencedSample {
        sex: None,
        age: Some(70.0),
        calls: &[driver("TET2", 20)],
        genes: &covered(),
    };
    assert_eq!(assess(&sample, &Clinical::default()), None);
}

/// Bernard 2022 by hand: see tests/analyze_clinical.rs for the same through `score ipss-m`.
#[test]
fn a_covered_gene_without_driver_is_not_mutated() {
    let result = run(&[driver("SRSF2", 38), driver("IDH2", 33)], &covered(), &mds());
    let score = result.ipss_m.as_ref().unwrap();
    assert_eq!(score.result.report.comment, IpssmComment::NoUncertainty);
    assert_eq!(score.result.report.category, Some(IpssmCategory::High));
    assert!(score.stage_is_certain && score.missing.is_empty());
    assert_eq!(column(&result, "SRSF2"), (value("1"), GeneBasis::Call));
    assert_eq!(column(&result, "RUNX1"), (value("0"), GeneBasis::Covered));
    assert_eq!(column(&result, "MLL_PTD"), (value("0"), GeneBasis::Given));
    assert_eq!(column(&result, "TP53mut"), (value("0"), GeneBasis::Covered));
    assert_eq!(result.stage.stage, Some(Stage::Mds));
    assert_eq!(result.contradictions, []);
}

#[test]
fn a_gene_that_was_not_covered_is_missing_and_so_is_one_covered_in_part() {
    let mut genes = covered();
    for (gene, assessed) in [("RUNX1", 0), ("NRAS", 999), ("SRSF2", 0)] {
        genes.iter_mut().find(|g| g.gene == gene).unwrap().assessed_bases = assessed;
    }
    genes.retain(|g| g.gene != "WT1");
    let result = run(&[driver("SRSF2", 38)], &genes, &mds());
    assert_eq!(column(&result, "RUNX1"), (None, GeneBasis::NotCovered));
    assert_eq!(column(&result, "NRAS"), (None, GeneBasis::PartlyCovered));
    // A driver is seen whatever the rest of the gene's coverage.
    assert_eq!(column(&result, "SRSF2"), (value("1"), GeneBasis::Call));
    assert_eq!(column(&result, "WT1"), (None, GeneBasis::NotOnPanel));
    let section = result.ipss_m.unwrap();
    assert!(section.result.worst.score > section.result.best.score);
    let missing: Vec<_> = section.missing.iter().map(|m| m.variable.label()).collect();
    for variable in ["RUNX1", "NRAS", "nRes2"] {
        assert!(missing.contains(&variable), "{missing:?}");
    }
    assert!(!missing.contains(&"SRSF2"));
}

#[test]
fn a_statement_on_coverage_fills_the_gap_of_a_plain_vcf() {
    let mut genes = covered();
    for gene in &mut genes {
        gene.assessed_bases = 0;
    }
    let open = run(&[driver("SRSF2", 38)], &genes, &mds());
    assert_eq!(column(&open, "TP53mut"), (None, GeneBasis::NotCovered));
    let one = Clinical {
        covered_genes: vec!["TP53".into()],
        ..mds()
    };
    let one = run(&[driver("SRSF2", 38)], &genes, &one);
    assert_eq!(column(&one, "TP53mut"), (value("0"), GeneBasis::StatedCovered));
    assert_eq!(column(&one, "NRAS"), (None, GeneBasis::NotCovered));
    let all = Clinical {
        covered_genes: vec!["all".into()],
        ..mds()
    };
    let all = run(&[driver("SRSF2", 38)], &genes, &all);
    assert_eq!(
        all.ipss_m.unwrap().result.report.comment,
        IpssmComment::NoUncertainty
    );
}

#[test]
fn kmt2a_ptd_is_never_concluded_from_calls() {
    let clinical = Clinical {
        genes: [].into(),
        ..mds()
    };
    let result = run(&[driver("KMT2A", 20)], &covered(), &clinical);
    assert_eq!(column(&result, "MLL_PTD"), (None, GeneBasis::NotLookedFor));
    assert!(result.notes.iter().any(|n| n.en.contains("KMT2A-PTD")));
}

#[test]
fn a_call_in_doubt_leaves_its_gene_open() {
    let doubt = [
        mutation("ASXL1", 4, CallStatus::DriverReview),
        driver("SRSF2", 38),
    ];
    let result = run(&doubt, &covered(), &mds());
    assert_eq!(column(&result, "ASXL1"), (None, GeneBasis::InDoubt));
    // Alone it leaves open whether there is a clone.
    let result = run(&doubt[..1], &covered(), &ccus());
    assert_eq!(result.stage.possible, [Stage::Icus, Stage::Ccus]);
    assert!(
        result
            .stage
            .needed
            .iter()
            .any(|n| n.en.contains("calls in doubt"))
    );
    let healthy = Clinical {
        hemoglobin: Some(14.0),
        platelets: Some(200.0),
        neutrophils: Some(3.0),
        ..Clinical::default()
    };
    assert_eq!(
        run(&doubt[..1], &covered(), &healthy).stage.possible,
        [Stage::NoCh, Stage::Chip]
    );
    assert_eq!(run(&[], &covered(), &healthy).stage.stage, Some(Stage::NoCh));
}

/// Bernard 2022 counts one hit with loss, or two hits; one that may not be alone is known only with loss.
#[test]
fn tp53_is_counted_with_what_could_hide() {
    let tp53 = |calls: &[Call], assessed, set: fn(&mut Clinical)| {
        let mut genes = covered();
        genes
            .iter_mut()
            .find(|g| g.gene == "TP53")
            .unwrap()
            .assessed_bases = assessed;
        let mut clinical = mds();
        set(&mut clinical);
        let result = run(calls, &genes, &clinical);
        let missing = result.ipss_m.as_ref().unwrap().missing.clone();
        let multi = missing.iter().any(|m| m.variable.label() == "TP53multi");
        (column(&result, "TP53mut").0, multi)
    };
    let none: fn(&mut Clinical) = |_| ();
    assert_eq!(tp53(&[], 1000, none), (value("0"), false));
    assert_eq!(tp53(&[driver("TP53", 20)], 1000, none), (value("1"), false));
    assert_eq!(tp53(&[driver("TP53", 20)], 500, none), (None, true));
    assert_eq!(tp53(&[driver("TP53", 56)], 500, none), (value("1"), false));
    let two = [driver("TP53", 20), driver("TP53", 10)];
    assert_eq!(tp53(&two, 0, none), (value("2 or more"), false));
    let del17p: fn(&mut Clinical) = |c| c.karyotype = Some("45,XY,-17[20]".into());
    assert_eq!(tp53(&[driver("TP53", 20)], 500, del17p), (value("1"), false));
    let in_doubt = [driver("TP53", 20), mutation("TP53", 5, CallStatus::DriverReview)];
    assert_eq!(tp53(&in_doubt, 1000, none), (None, true));
    let given: fn(&mut Clinical) = |c| c.tp53_mutations = Some(Tp53Mutations::None);
    assert_eq!(tp53(&[], 0, given), (value("0"), false));
}

#[test]
fn what_is_given_overrides_and_every_disagreement_is_said() {
    let clinical = Clinical {
        genes: [("SRSF2", false), ("NRAS", true), ("MLL_PTD", false)]
            .map(|(g, m)| (g.to_owned(), m))
            .into(),
        tp53_mutations: Some(Tp53Mutations::One),
        tp53_max_vaf: Some(0.5),
        cytogenetics: Some(hemoclone::myeloid::CytogeneticRisk::Good),
        del5q: Some(true),
        complex: Some(false),
        ..mds()
    };
    let calls = [driver("SRSF2", 38), driver("TP53", 20), driver("TP53", 10)];
    let result = run(&calls, &covered(), &clinical);
    assert_eq!(column(&result, "SRSF2"), (value("0"), GeneBasis::Given));
    assert_eq!(column(&result, "NRAS"), (value("1"), GeneBasis::Given));
    assert_eq!(column(&result, "TP53mut"), (value("1"), GeneBasis::Given));
    let said: Vec<_> = result.contradictions.iter().map(|t| t.en.as_str()).collect();
    let expected = [
        "NRAS is given as mutated, but the gene was covered",
        "SRSF2 is given as not mutated, but the calls hold a driver (p.R1H)",
        "TP53mut is given as 1, but 2 drivers were called",
        "TP53maxvaf is given as 0.5, the largest called VAF is 0.2000",
        "del5q is given as 1, the karyotype says 0",
        "CYTO_IPSSR is given as Good, the karyotype gives Intermediate",
    ];
    assert_eq!(said.len(), expected.len(), "{said:?}");
    for (actual, expected) in said.iter().zip(expected) {
        assert!(actual.starts_with(expected), "{actual}");
    }
    assert!(result.contradictions.iter().all(|t| !t.ja.is_ascii()));
    let lost = Clinical {
        karyotype: Some("45,XY,-17[20]".into()),
        ..mds()
    };
    let lost = run(&[driver("TP53", 20)], &covered(), &lost);
    assert!(
        lost.contradictions[0]
            .en
            .starts_with("TP53loh is given as 0, but the karyotype")
    );
    assert_eq!(lost.stage.who5.name.as_deref(), Some("MDS-biTP53"));
    // An open gene stated mutated is no contradiction.
    let mut genes = covered();
    genes
        .iter_mut()
        .find(|g| g.gene == "NRAS")
        .unwrap()
        .assessed_bases = 0;
    let stated = Clinical {
        genes: [("NRAS".to_owned(), true)].into(),
        ..mds()
    };
    assert_eq!(run(&[], &genes, &stated).contradictions, []);
}

#[test]
fn scores_stand_only_where_their_stage_is_possible() {
    let which = |calls: &[Call], clinical: &Clinical| {
        let r = run(calls, &covered(), clinical);
        let names = [
            ("r", r.ipss_r.as_ref().map(|s| s.stage_is_certain)),
            ("m", r.ipss_m.as_ref().map(|s| s.stage_is_certain)),
            ("chrs", r.chrs.as_ref().map(|s| s.stage_is_certain)),
            ("ccrs", r.ccrs.as_ref().map(|s| s.stage_is_certain)),
        ];
        let named = names
            .iter()
            .filter_map(|(n, c)| c.map(|c| format!("{n}{}", if c { "" } else { "?" })));
        (r.stage.stage, named.collect::<Vec<_>>().join(" "))
    };
    let tet2 = [driver("TET2", 30)];
    let healthy = Clinical {
        hemoglobin: Some(14.0),
        platelets: Some(200.0),
        neutrophils: Some(3.0),
        ..Clinical::default()
    };
    assert_eq!(which(&[], &healthy), (Some(Stage::NoCh), String::new()));
    assert_eq!(which(&tet2, &healthy), (Some(Stage::Chip), "chrs".into()));
    assert_eq!(which(&tet2, &ccus()), (Some(Stage::Ccus), "chrs ccrs".into()));
    assert_eq!(which(&[], &ccus()), (Some(Stage::Icus), String::new()));
    assert_eq!(which(&tet2, &mds()), (Some(Stage::Mds), "r m".into()));
    let no_marrow = Clinical {
        marrow_blasts: None,
        dysplastic_lineages: None,
        ..ccus()
    };
    assert_eq!(which(&tet2, &no_marrow), (None, "r? m? chrs? ccrs?".into()));
    let aml = Clinical {
        marrow_blasts: Some(20.0),
        ..mds()
    };
    assert_eq!(which(&tet2, &aml), (Some(Stage::Aml), String::new()));
    let cmml = Clinical {
        white_cells: Some(8.0),
        monocytes: Some(1.2),
        monocytosis_months: Some(5.0),
        ..ccus()
    };
    assert_eq!(which(&tet2, &cmml), (Some(Stage::Cmml), String::new()));
    assert_eq!(run(&tet2, &covered(), &cmml).road.beside, [Stage::Cmml]);
}

/// Weeks 2023, Table 2: single DNMT3A 0.5, no high-risk gene 1, one mutation 1, VAF below 0.2 1, RDW 1, MCV 1, cytopenia
/// 1.5, age 1.5.
#[test]
fn chrs_counts_what_was_found_and_leaves_open_what_could_hide() {
    let score = |calls: &[Call], genes: &[GeneResult]| {
        let result = run(calls, genes, &ccus());
        let result = result.chrs.unwrap().result;
        (result.score, result.possible.map(|p| (p * 2.0) as i32))
    };
    let open = |gene: &str| {
        let mut genes = covered();
        genes.iter_mut().find(|g| g.gene == gene).unwrap().assessed_bases = 0;
        genes
    };
    let dnmt3a = [driver("DNMT3A", 19)];
    assert_eq!(score(&dnmt3a, &covered()), (Some(8.5), [17, 17]));
    assert_eq!(score(&[driver("DNMT3A", 20)], &covered()).0, Some(9.5));
    assert_eq!(score(&[driver("TET2", 19)], &covered()).0, Some(9.0));
    assert_eq!(score(&[driver("SRSF2", 19)], &covered()).0, Some(10.5));
    assert_eq!(
        score(&[driver("DNMT3A", 19), driver("DNMT3A", 5)], &covered()).0,
        Some(10.0)
    );
    // TET2 not covered: a second mutation (+1, and then no single DNMT3A: +0.5) with a larger VAF (+1) may be there.
    assert_eq!(score(&dnmt3a, &open("TET2")), (None, [17, 22]));
    // An open high-risk gene could add 1.5 more.
    assert_eq!(score(&dnmt3a, &open("RUNX1")), (None, [17, 25]));
    // What is known already cannot change.
    assert_eq!(
        score(&[driver("DNMT3A", 30), driver("TP53", 5)], &open("TET2")).0,
        Some(12.5)
    );
}

/// Xie 2024: splicing 2, platelets below 100 2.5, two or more mutations 3.
#[test]
fn ccrs_of_the_calls() {
    let score = |calls: &[Call], platelets| {
        let clinical = Clinical {
            platelets: Some(platelets),
            ..ccus()
        };
        run(calls, &covered(), &clinical).ccrs.unwrap().result.score
    };
    assert_eq!(score(&[driver("TET2", 30)], 100.0), Some(0.0));
    assert_eq!(score(&[driver("SRSF2", 30)], 100.0), Some(2.0));
    assert_eq!(score(&[driver("TET2", 30)], 99.0), Some(2.5));
    assert_eq!(score(&[driver("SRSF2", 30), driver("TET2", 5)], 99.0), Some(7.5));
}

#[test]
fn bzip_of_cebpa_is_in_frame_and_in_the_domain() {
    let name = |start, kind| {
        let mut call = driver("CEBPA", 40);
        call.consequence.protein_change = Some(ProteinChange {
            start,
            end: start,
            reference_start: 'R',
            reference_end: 'R',
            kind,
        });
        let clinical = Clinical {
            marrow_blasts: Some(12.0),
            ..mds()
        };
        run(&[call], &covered(), &clinical).stage.icc.name.unwrap()
    };
    let bzip = "AML with in-frame bZIP CEBPA";
    let substitution = || ProteinChangeKind::Substitution { to: 'P' };
    assert_eq!(name(297, substitution()), bzip);
    assert_eq!(name(282, substitution()), bzip);
    assert_eq!(name(345, ProteinChangeKind::Duplication), bzip);
    for (start, kind) in [
        (281, substitution()),
        (346, substitution()),
        (300, ProteinChangeKind::Nonsense),
        (
            300,
            ProteinChangeKind::Frameshift {
                new: 'A',
                stop_after: None,
            },
        ),
    ] {
        assert_ne!(name(start, kind.clone()), bzip, "{start} {kind:?}");
    }
}

/// Covering one more gene never widens what is possible, for any genes not covered before.
#[test]
fn coverage_only_narrows() {
    let all = covered();
    let calls = [driver("DNMT3A", 12), driver("TP53", 20)];
    for first in 0..all.len() {
        let second = (first * 7 + 3) % all.len();
        let with_open = |open: &[usize]| {
            let mut genes = covered();
            for index in open {
                genes[*index].assessed_bases = 10;
            }
            (run(&calls, &genes, &mds()), run(&calls, &genes, &ccus()))
        };
        let (one, two) = (with_open(&[first]), with_open(&[first, second]));
        let range = |r: &MyeloidResult| {
            let m = &r.ipss_m.as_ref().unwrap().result;
            [m.best.raw, m.worst.raw]
        };
        let (narrow, wide) = (range(&one.0), range(&two.0));
        assert!(wide[0] <= narrow[0] && narrow[1] <= wide[1], "{first} {second}");
        let possible = |r: &MyeloidResult| r.chrs.as_ref().unwrap().result.possible;
        let (narrow, wide) = (possible(&one.1), possible(&two.1));
        assert!(wide[0] <= narrow[0] && narrow[1] <= wide[1], "{first} {second}");
        let types = |r: &MyeloidResult| {
            let mut types = r.stage.who5.possible.clone();
            types.extend(r.stage.who5.name.clone());
            types
        };
        let wide = types(&two.0);
        assert!(types(&one.0).iter().all(|t| wide.contains(t)), "{first} {second}");
    }
}

/// A type that rests on a gene which was not seen is not excluded by it.
#[test]
fn classifications_keep_open_what_was_not_covered() {
    let mut genes = covered();
    for gene in ["TP53", "NPM1"] {
        genes.iter_mut().find(|g| g.gene == gene).unwrap().assessed_bases = 0;
    }
    let result = run(&[driver("SRSF2", 38)], &genes, &mds());
    assert_eq!(result.stage.who5.name, None);
    assert_eq!(result.stage.who5.by_what_is_known.as_deref(), Some("MDS-IB1"));
    assert_eq!(
        result.stage.who5.possible,
        ["AML with NPM1", "MDS-biTP53", "MDS-IB1"]
    );
    assert_eq!(result.stage.icc.possible, ["MDS with mutated TP53", "MDS-EB"]);
    // Whichever of the ICC's it is, it is MDS.
    assert_eq!(result.stage.stage, Some(Stage::Mds));
}

#[test]
fn the_road_shows_stage_and_group() {
    let at = |calls: &[Call], clinical: &Clinical| run(calls, &covered(), clinical).road.position.unwrap();
    let low = at(&[driver("DNMT3A", 3)], &ccus());
    let high = at(&[driver("SRSF2", 30), driver("TET2", 20)], &ccus());
    let mds = at(&[driver("SRSF2", 30)], &mds());
    assert!(0.36 < low && low < high && high < 0.58 && 0.58 < mds && mds < 0.86);
    let open = Clinical {
        marrow_blasts: None,
        ..ccus()
    };
    let road = run(&[driver("TET2", 30)], &covered(), &open).road;
    assert_eq!(road.position, None);
    let possible: Vec<_> = road
        .segments
        .iter()
        .filter(|s| s.possible)
        .map(|s| s.stage)
        .collect();
    assert_eq!(possible, [Stage::Ccus, Stage::Mds]);
}
