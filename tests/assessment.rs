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

use hemoclone::drivers::{Call, CallStatus, GeneResult, GeneState, ReasonCode};
use hemoclone::genome::Sex;
use hemoclone::myeloid::assessment::{GeneBasis, MissedDuplications, MyeloidResult, SequencedSample, assess};
use hemoclone::myeloid::ccrs::CcrsGroup;
use hemoclone::myeloid::chrs::ChrsGroup;
use hemoclone::myeloid::eln::ElnRisk;
use hemoclone::myeloid::ipss_m::{IpssmCategory, IpssmComment};
use hemoclone::myeloid::next_steps::StepCode;
use hemoclone::myeloid::stage::Stage;
use hemoclone::panel::{GeneClass, IpssmRole, Text};
use hemoclone::patient::Clinical;
use hemoclone::patient::Tp53Count;
use hemoclone::transcript::{ProteinChange, ProteinChangeKind, SoTerm};

/// The genes of IPSS-M with TET2, JAK2 and those that scores and MPN ask for, all covered in full.
fn covered() -> Vec<GeneResult> {
    let symbols = "CALR MPL ZRSR2 ASXL1 BCOR BCORL1 CBL CEBPA DNMT3A ETNK1 ETV6 EZH2 FLT3 GATA2 GNB1 IDH1 IDH2 JAK2 KMT2A KRAS NF1 NPM1 NRAS \
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
            targeted_bases: None,
            coverage_stated: false,
            assessed_bases: 1000,
            min_depth: Some(500),
            detection_limit: Some(0.01),
            detection_limit_95: None,
            facts: vec![],
            protein: None,
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
        karyotype: Some("47,XY,+8[14]/46,XY[6]".parse().unwrap()),
        cytopenia_months: Some(9.0),
        causes_excluded: Some(true),
        tp53_loh: Some(false),
        genes: [("MLL_PTD".into(), false)].into(),
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
        karyotype: Some("46,XY[20]".parse().unwrap()),
        ..mds()
    }
}

fn run(calls: &[Call], genes: &[GeneResult], clinical: &Clinical) -> MyeloidResult {
    of_reads(calls, genes, clinical, None)
}

/// The same where reads were looked at, which would have missed some duplications of FLT3.
fn of_reads(
    calls: &[Call],
    genes: &[GeneResult],
    clinical: &Clinical,
    itd: Option<&MissedDuplications>,
) -> MyeloidResult {
    let sample = SequencedSample {
        sex: Some(Sex::Male),
        age: Some(74.0),
        calls,
        genes,
        copies: None,
        itd,
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
        copies: None,
        itd: None,
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
    let del17p: fn(&mut Clinical) = |c| c.karyotype = Some("45,XY,-17[20]".parse().unwrap());
    assert_eq!(tp53(&[driver("TP53", 20)], 500, del17p), (value("1"), false));
    let in_doubt = [driver("TP53", 20), mutation("TP53", 5, CallStatus::DriverReview)];
    assert_eq!(tp53(&in_doubt, 1000, none), (None, true));
    let given: fn(&mut Clinical) = |c| c.tp53_mutations = Some(Tp53Count::None);
    assert_eq!(tp53(&[], 0, given), (value("0"), false));
}

#[test]
fn what_is_given_overrides_and_every_disagreement_is_said() {
    let clinical = Clinical {
        genes: [("SRSF2", false), ("NRAS", true), ("MLL_PTD", false)]
            .map(|(g, m)| (g.into(), m))
            .into(),
        tp53_mutations: Some(Tp53Count::One),
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
        karyotype: Some("45,XY,-17[20]".parse().unwrap()),
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
        genes: [("NRAS".into(), true)].into(),
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

/// Points go by halves.
fn halves(points: [f64; 2]) -> [i32; 2] {
    points.map(|p| (p * 2.0) as i32)
}

/// A mutation of a gene that was not looked at would be one mutation more; what the scores are without it is said beside the range.
#[test]
fn scores_say_what_holds_if_a_gene_off_the_panel_is_not_mutated() {
    let mut panel = covered();
    panel.retain(|g| g.gene != "ZRSR2");
    let scores = |calls: &[Call], clinical: &Clinical| {
        let result = run(calls, &panel, clinical);
        (result.chrs.unwrap(), result.ccrs)
    };
    let (chrs, _) = scores(&[driver("DNMT3A", 19)], &healthy());
    // 0.5 for the single DNMT3A goes too.
    assert_eq!((chrs.result.score, chrs.result.group), (None, None));
    assert_eq!(halves(chrs.result.possible), [16, 24]);
    let without = chrs.if_not_mutated.unwrap();
    assert_eq!(without.genes, ["ZRSR2"]);
    assert_eq!((without.score, without.group), (Some(8.0), Some(ChrsGroup::Low)));
    assert_eq!(halves(without.possible), [16, 16]);
    // Xie 2024: a splicing mutation 2 and, as the second one, 3: the low group is not certain.
    let (_, ccrs) = scores(&[driver("TET2", 19)], &ccus());
    let ccrs = ccrs.unwrap();
    assert_eq!((ccrs.result.possible, ccrs.result.group), ([0.0, 5.0], None));
    assert_eq!(ccrs.if_not_mutated.unwrap().group, Some(CcrsGroup::Low));
    // Where another mutation decides, the gene is not asked.
    let (chrs, ccrs) = scores(&[driver("SRSF2", 19)], &ccus());
    assert_eq!((chrs.result.score, chrs.if_not_mutated), (Some(10.5), None));
    assert_eq!(ccrs.unwrap().result.score, Some(2.0));
    // What else is missing stays missing, and a gene of the panel that is open is not taken for unmutated.
    let no_rdw = Clinical {
        rdw: None,
        ..healthy()
    };
    let without = scores(&[driver("DNMT3A", 19)], &no_rdw).0.if_not_mutated.unwrap();
    assert_eq!((without.score, without.possible), (None, [8.0, 9.5]));
    panel
        .iter_mut()
        .find(|g| g.gene == "RUNX1")
        .unwrap()
        .assessed_bases = 0;
    let result = run(&[driver("DNMT3A", 19)], &panel, &healthy());
    let without = result.chrs.unwrap().if_not_mutated.unwrap();
    assert_eq!(halves(without.possible), [16, 24]);
    let advice = |genes: &[GeneResult]| {
        let steps = run(&[driver("DNMT3A", 19)], genes, &healthy()).next_steps;
        steps.iter().map(|s| s.code).collect::<Vec<_>>()
    };
    let mut whole = covered();
    let as_covered = advice(&whole);
    whole.retain(|g| g.gene != "ZRSR2");
    assert_eq!(
        advice(&whole),
        as_covered,
        "advice follows the group that holds without the gene"
    );
}

/// A gene that the panel does not hold is not known to be without a mutation, unless the laboratory says so.
#[test]
fn a_gene_that_is_not_on_the_panel_gives_a_range() {
    let mut panel = covered();
    panel.retain(|g| !matches!(g.gene.as_str(), "ZRSR2" | "CALR"));
    let tet2 = [driver("TET2", 19)];
    let scores = |clinical: &Clinical| {
        let result = run(&tet2, &panel, clinical);
        let (chrs, ccrs) = (result.chrs.unwrap().result, result.ccrs.unwrap().result);
        (chrs.score, chrs.possible, ccrs.score)
    };
    // A mutation of ZRSR2 would be high-risk (+1.5), the second one (+1) and might be the larger one (+1; Weeks 2023).
    assert_eq!(scores(&ccus()), (None, [9.0, 12.5], None));
    let covered_too = Clinical {
        covered_genes: vec!["ZRSR2".to_owned()],
        ..ccus()
    };
    assert_eq!(scores(&covered_too), (Some(9.0), [9.0, 9.0], Some(0.0)));
    // Thrombocytosis asks for the genes of myeloproliferative neoplasms.
    let high = |genes: &[GeneResult], platelets| {
        let clinical = Clinical {
            platelets: Some(platelets),
            ..healthy()
        };
        let stage = run(&tet2, genes, &clinical).stage;
        (
            stage.stage,
            stage.needed.iter().map(|n| n.en.clone()).collect::<String>(),
        )
    };
    assert_eq!(high(&panel, 449.0), (Some(Stage::Chip), String::new()));
    let (stage, needed) = high(&panel, 450.0);
    assert_eq!(stage, None);
    assert!(needed.ends_with("not looked at in full: CALR"), "{needed}");
    assert_eq!(high(&covered(), 450.0).0, Some(Stage::Chip));
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

fn healthy() -> Clinical {
    Clinical {
        hemoglobin: Some(14.0),
        platelets: Some(200.0),
        neutrophils: Some(3.0),
        rdw: Some(13.0),
        mcv: Some(95.0),
        ..Clinical::default()
    }
}

fn stated(genes: &[(&str, bool)], clinical: Clinical) -> Clinical {
    Clinical {
        genes: genes.iter().map(|(g, m)| ((*g).to_owned().into(), *m)).collect(),
        ..clinical
    }
}

/// What a laboratory states of a gene holds for the clone as it does for IPSS-M; a partial tandem duplication is no clone of
/// CHIP (its list holds mutations).
#[test]
fn a_stated_gene_makes_or_takes_away_a_clone() {
    let none: &[(&str, bool)] = &[];
    let doubt = || vec![mutation("ASXL1", 4, CallStatus::DriverReview)];
    for (calls, genes, expected) in [
        (vec![], none, &[Stage::NoCh][..]),
        (vec![], &[("ASXL1", true)], &[Stage::Chip]),
        (vec![], &[("MLL_PTD", true)], &[Stage::NoCh]),
        (vec![driver("ASXL1", 20)], none, &[Stage::Chip]),
        (vec![driver("ASXL1", 20)], &[("ASXL1", false)], &[Stage::NoCh]),
        (vec![driver("ASXL1", 20)], &[("SRSF2", false)], &[Stage::Chip]),
        (doubt(), none, &[Stage::NoCh, Stage::Chip]),
        (doubt(), &[("ASXL1", false)], &[Stage::NoCh]),
        (doubt(), &[("SRSF2", false)], &[Stage::NoCh, Stage::Chip]),
    ] {
        let result = run(&calls, &covered(), &stated(genes, healthy()));
        assert_eq!(result.stage.possible, expected, "{genes:?}");
    }
}

/// Weeks 2023: a stated mutation counts once, whether it was called or not; its VAF is not known.
#[test]
fn a_stated_mutation_counts_once() {
    let score = |calls: &[Call], genes: &[(&str, bool)]| {
        let mut genes = genes.to_vec();
        genes.push(("MLL_PTD", false));
        let chrs = run(calls, &covered(), &stated(&genes, ccus()))
            .chrs
            .unwrap()
            .result;
        (chrs.score, chrs.possible)
    };
    let called = [driver("ASXL1", 19)];
    assert_eq!(score(&called, &[]), (Some(9.0), [9.0, 9.0]));
    assert_eq!(score(&called, &[("ASXL1", true)]), (Some(9.0), [9.0, 9.0]));
    // Two mutations (+1); the stated one may be the larger (+1).
    assert_eq!(score(&called, &[("EZH2", true)]), (None, [10.0, 11.0]));
    assert_eq!(score(&[driver("ASXL1", 20)], &[("EZH2", true)]).0, Some(11.0));
}

/// Weeks 2023: CHIP 1.0, CCUS 1.5; a cytopenia of another cause is none.
#[test]
fn a_cytopenia_of_another_cause_does_not_count_for_chrs() {
    let score = |clinical: &Clinical| {
        run(&[driver("DNMT3A", 19)], &covered(), clinical)
            .chrs
            .unwrap()
            .result
            .score
    };
    let explained = Clinical {
        causes_excluded: Some(false),
        ..ccus()
    };
    let counted = [healthy(), ccus(), explained].map(|c| score(&c));
    assert_eq!(counted, [Some(8.0), Some(8.5), Some(8.0)]);
}

/// The number of TP53 mutations as stated: the largest called stay where fewer are stated, others are added without a
/// VAF above the stated one. WHO 2022 and ICC 2022, 7 % blasts, no loss of heterozygosity.
#[test]
fn the_stated_number_of_tp53_mutations_decides_the_type() {
    use Tp53Count::{None as Zero, One, TwoOrMore};
    let (not, eb) = ("MDS-IB1", "MDS-EB");
    let (biallelic, presumptive) = ("MDS-biTP53", "MDS-biTP53 (presumptive)");
    let multi_hit = "MDS with mutated TP53";
    for (called, count, vaf, who, icc) in [
        (&[][..], Zero, None, not, eb),
        (&[60], Zero, None, not, eb),
        (&[20, 10], Zero, None, not, eb),
        (&[20, 10], One, None, not, eb),
        (&[60, 10], One, None, presumptive, multi_hit),
        (&[20, 10], TwoOrMore, None, biallelic, multi_hit),
        (&[20], TwoOrMore, None, biallelic, multi_hit),
        (&[], One, None, not, eb),
        (&[], One, Some(0.2), not, eb),
        (&[], One, Some(0.6), presumptive, multi_hit),
        (&[], TwoOrMore, Some(0.3), biallelic, multi_hit),
        // Below 10 % neither counts for ICC.
        (&[], TwoOrMore, Some(0.05), biallelic, eb),
    ] {
        let calls: Vec<Call> = called.iter().map(|vaf| driver("TP53", *vaf)).collect();
        // TP53 itself was not covered: what is stated settles it. Another clone must not be touched by it.
        let calls = [calls, vec![driver("SRSF2", 30)]].concat();
        let mut genes = covered();
        genes
            .iter_mut()
            .find(|g| g.gene == "TP53")
            .unwrap()
            .assessed_bases = 0;
        let clinical = Clinical {
            tp53_mutations: Some(count),
            tp53_max_vaf: vaf,
            ..mds()
        };
        let stage = run(&calls, &genes, &clinical).stage;
        let actual = (stage.who5.name.as_deref(), stage.icc.name.as_deref());
        assert_eq!(actual, (Some(who), Some(icc)), "{called:?} {count:?} {vaf:?}");
        let clinical = Clinical {
            marrow_blasts: Some(12.0),
            ..clinical
        };
        let icc = run(&calls, &genes, &clinical).stage.icc.name.unwrap();
        let counts = !matches!((called, count, vaf), (_, Zero, _) | (_, _, Some(0.05)));
        assert_eq!(
            icc == "MDS/AML with mutated TP53",
            counts,
            "{called:?} {count:?} {vaf:?}"
        );
    }
}

/// Loss of 17p, read or stated, is loss of the other allele (Bernard 2022; WHO 2022), whatever is said of heterozygosity.
#[test]
fn a_stated_loss_of_17p_makes_tp53_biallelic() {
    for (loh, del17p, who, said) in [
        (None, None, "MDS-IB1", ""),
        (Some(false), None, "MDS-IB1", ""),
        (Some(false), Some(false), "MDS-IB1", ""),
        (None, Some(false), "MDS-IB1", ""),
        (Some(true), None, "MDS-biTP53", ""),
        (None, Some(true), "MDS-biTP53", ""),
        (
            Some(false),
            Some(true),
            "MDS-biTP53",
            "TP53loh is given as 0, but del17_17p as 1; the loss counts",
        ),
    ] {
        let clinical = Clinical {
            tp53_loh: loh,
            del17_17p: del17p,
            karyotype: None,
            cytogenetics: Some(hemoclone::myeloid::CytogeneticRisk::Good),
            ..mds()
        };
        let result = run(&[driver("TP53", 20)], &covered(), &clinical);
        let stage = result.stage;
        let said_now: Vec<&str> = result.contradictions.iter().map(|t| t.en.as_str()).collect();
        let known = stage.who5.by_what_is_known.unwrap();
        assert_eq!(
            (known.as_str(), said_now.join("; ").as_str()),
            (who, said),
            "{loh:?} {del17p:?}"
        );
    }
}

/// A number or VAF of TP53 that agrees with the calls is not spoken of, one that does not is.
#[test]
fn tp53_as_stated_is_compared_with_the_calls() {
    use Tp53Count::{None as Zero, One, TwoOrMore};
    for (called, assessed, count, vaf, said) in [
        (&[][..], 1000, Some(Zero), None, ""),
        (&[20], 1000, Some(One), Some(0.2), ""),
        (&[20], 1000, Some(One), Some(0.19), ""),
        (&[20, 10], 1000, Some(TwoOrMore), None, ""),
        // Where the gene was not covered in full, what was not called may be there.
        (&[], 500, Some(One), None, ""),
        (&[20], 500, Some(TwoOrMore), None, ""),
        (&[], 1000, Some(One), None, "TP53mut is given as 1, but 0 drivers"),
        (
            &[20],
            1000,
            Some(TwoOrMore),
            None,
            "TP53mut is given as 2 or more, but 1 drivers",
        ),
        (
            &[20],
            1000,
            Some(Zero),
            None,
            "TP53mut is given as 0, but 1 drivers",
        ),
        (
            &[20],
            1000,
            None,
            Some(0.5),
            "TP53maxvaf is given as 0.5, the largest called VAF is 0.2000",
        ),
        (
            &[20],
            1000,
            None,
            Some(0.1),
            "TP53maxvaf is given as 0.1, the largest called VAF is 0.2000",
        ),
        (
            &[20],
            1000,
            None,
            Some(0.0),
            "TP53maxvaf is given as 0, the largest called VAF is 0.2000",
        ),
        // A difference of two per cent is one of rounding.
        (&[2], 1000, None, Some(0.0), ""),
        (&[], 1000, None, Some(0.5), ""),
    ] {
        let calls: Vec<Call> = called.iter().map(|vaf| driver("TP53", *vaf)).collect();
        let mut genes = covered();
        genes
            .iter_mut()
            .find(|g| g.gene == "TP53")
            .unwrap()
            .assessed_bases = assessed;
        let clinical = Clinical {
            tp53_mutations: count,
            tp53_max_vaf: vaf,
            ..mds()
        };
        let contradictions = run(&calls, &genes, &clinical).contradictions;
        let all: Vec<&str> = contradictions.iter().map(|t| t.en.as_str()).collect();
        let all = all.join("; ");
        assert!(all.starts_with(said), "{called:?} {count:?} {vaf:?}: {all}");
        assert_eq!(
            all.is_empty(),
            said.is_empty(),
            "{called:?} {count:?} {vaf:?}: {all}"
        );
    }
}

/// Bernard 2022: SF3B1 with del(5q) unless -7/del(7q) or complex, else SF3B1 alpha; what is read of the karyotype goes in.
#[test]
fn findings_of_the_karyotype_go_into_ipss_m() {
    let values = |karyotype: &str, set: fn(&mut Clinical)| {
        let mut clinical = Clinical {
            karyotype: Some(karyotype.parse().unwrap()),
            ..mds()
        };
        set(&mut clinical);
        let result = run(&[driver("SF3B1", 30)], &covered(), &clinical);
        let contributions = result.ipss_m.unwrap().result.contributions;
        ["SF3B1_5q", "SF3B1_alpha", "CYTOVEC"].map(|name| {
            let of = contributions.iter().find(|c| c.variable.label() == name);
            of.unwrap().value.unwrap() as i32
        })
    };
    let as_read: fn(&mut Clinical) = |_| ();
    assert_eq!(values("46,XY[20]", as_read), [0, 1, 1]);
    assert_eq!(values("46,XY,del(5)(q13q33)[20]", as_read), [1, 0, 1]);
    assert_eq!(values("45,XY,del(5)(q13q33),-7[20]", as_read), [0, 1, 3]);
    assert_eq!(values("48,XY,del(5)(q13q33),+8,+9[20]", as_read), [0, 1, 3]);
    // What is stated goes before.
    assert_eq!(
        values("46,XY,del(5)(q13q33)[20]", |c| c.del5q = Some(false))[0],
        0
    );
    assert_eq!(
        values("46,XY,del(5)(q13q33)[20]", |c| c.del7_7q = Some(true))[0],
        0
    );
    assert_eq!(
        values("46,XY,del(5)(q13q33)[20]", |c| c.complex = Some(true))[0],
        0
    );
}

/// Where reads would have missed duplications of usual lengths, nobody knows that FLT3 is not mutated; of long ones it is only said.
#[test]
fn flt3_is_open_where_usual_duplications_would_have_been_missed() {
    let missed = |usual: &[(u32, u32)], longer: &[(u32, u32)]| MissedDuplications {
        usual: usual.to_vec(),
        longer: longer.to_vec(),
        vaf: 0.02,
    };
    let said = |clinical: &Clinical, calls: &[Call], itd: Option<&MissedDuplications>| {
        let result = of_reads(calls, &covered(), clinical, itd);
        let of_itd = |t: &&Text| t.en.contains("nternal tandem duplication");
        let note = result.notes.iter().find(of_itd).cloned();
        let score = result.ipss_m.as_ref().unwrap().result;
        (column(&result, "FLT3"), note, score.best.raw < score.worst.raw)
    };
    let usual = missed(&[(36, 54), (60, 120)], &[(126, 198)]);
    let (state, note, is_range) = said(&mds(), &[], Some(&usual));
    assert_eq!(state, (None, GeneBasis::NotShownByReads));
    assert!(is_range);
    let note = note.unwrap();
    for text in [&note.en, &note.ja] {
        assert!(
            text.contains("36–54, 60–120, 126–198 bp") && text.contains("2 %"),
            "{text}"
        );
    }
    // Long ones alone, all seen, and a file of variants.
    let (state, note, is_range) = said(&mds(), &[], Some(&missed(&[], &[(204, 300)])));
    assert_eq!((state, is_range), ((value("0"), GeneBasis::Covered), false));
    assert!(note.unwrap().en.contains("204–300 bp would not surely"));
    let (state, note, _) = said(&mds(), &[], Some(&missed(&[], &[])));
    assert_eq!((state, note), ((value("0"), GeneBasis::Covered), None));
    assert_eq!(said(&mds(), &[], None).0, (value("0"), GeneBasis::Covered));
    // Whoever tested for them, or found one, knows.
    let tested = Clinical {
        flt3_itd: Some(false),
        ..mds()
    };
    assert_eq!(
        said(&tested, &[], Some(&usual)).0,
        (value("0"), GeneBasis::Covered)
    );
    let called = said(&mds(), &[driver("FLT3", 20)], Some(&usual));
    assert_eq!((called.0, called.1), ((value("1"), GeneBasis::Call), None));
}

/// What was not looked at, and what was seen and does not count.
#[test]
fn notes_name_the_genes_they_speak_of() {
    let said = |calls: &[Call], genes: &[GeneResult]| {
        let notes = run(calls, genes, &mds()).notes;
        assert!(notes.iter().all(|t| !t.ja.is_ascii()));
        notes.into_iter().map(|t| t.en).collect::<Vec<_>>()
    };
    let open = "Not known to be without a further mutation (not covered in full, or a call in doubt): ";
    let off_panel = "Not on the panel, so not known to be without a mutation (CHRS and CCRS give a range; a type or disease that such \
                     a mutation defines is not excluded). Where they were sequenced, state that they were covered, or whether they are \
                     mutated, or use a panel that holds them: ";
    let uncertain = "Calls that match no driver rule are not counted as mutations: ";
    let flt3 = "FLT3 counts as not mutated; a long internal tandem duplication is seen only as far as the caller reports it";
    // ZRSR2 is a gene of CHRS and CCRS and not of IPSS-M.
    let (mut panel, zrsr2) = (covered(), format!("{off_panel}ZRSR2"));
    panel.retain(|g| g.gene != "ZRSR2");
    let notes = said(&[], &panel);
    assert_eq!(notes, [zrsr2.as_str(), flt3]);
    assert_eq!(said(&[driver("FLT3", 20)], &panel), [zrsr2.as_str()]);
    let mut partly = panel.clone();
    for gene in &mut partly {
        gene.assessed_bases = if matches!(gene.gene.as_str(), "TP53" | "FLT3") {
            5
        } else {
            1000
        };
    }
    partly.retain(|g| g.gene != "U2AF1");
    let unsure = [
        mutation("TET2", 20, CallStatus::Uncertain),
        mutation("TET2", 10, CallStatus::Uncertain),
        mutation("CBL", 10, CallStatus::Uncertain),
        mutation("ASXL1", 4, CallStatus::DriverReview),
    ];
    assert_eq!(
        said(&unsure, &partly),
        [
            format!("{open}ASXL1, FLT3, TP53"),
            format!("{off_panel}U2AF1, ZRSR2"),
            format!("{uncertain}CBL, TET2"),
        ]
    );
}

/// The place within a stretch is that of the group: 15 % in for the lowest, 15 % before the end for the highest.
#[test]
fn the_place_on_the_road_is_that_of_the_group() {
    let at =
        |calls: &[Call], genes: &[GeneResult], clinical: &Clinical| run(calls, genes, clinical).road.position;
    let all = covered();
    // CHIP, 0.12 to 0.36. Weeks 2023: 8 low, 10 intermediate, 15 high.
    let chip = |calls: &[Call], rdw, mcv| {
        let clinical = Clinical {
            rdw: Some(rdw),
            mcv: Some(mcv),
            ..healthy()
        };
        at(calls, &all, &clinical)
    };
    assert_eq!(chip(&[driver("DNMT3A", 19)], 13.0, 95.0), Some(0.156));
    assert_eq!(chip(&[driver("SRSF2", 19)], 13.0, 95.0), Some(0.24));
    assert_eq!(
        chip(&[driver("SRSF2", 30), driver("TET2", 20)], 16.0, 101.0),
        Some(0.324)
    );
    // Without RDW and MCV, 8 to 11, there is no group: the middle.
    assert_eq!(
        at(
            &[driver("DNMT3A", 19)],
            &all,
            &Clinical {
                rdw: None,
                mcv: None,
                ..healthy()
            }
        ),
        Some(0.24)
    );
    // CCUS, 0.36 to 0.58. Xie 2024: 0 low, 3 intermediate, 5 high.
    assert_eq!(at(&[driver("TET2", 3)], &all, &ccus()), Some(0.393));
    assert_eq!(
        at(&[driver("TET2", 3), driver("ASXL1", 3)], &all, &ccus()),
        Some(0.47)
    );
    assert_eq!(
        at(&[driver("SRSF2", 3), driver("TET2", 3)], &all, &ccus()),
        Some(0.547)
    );
    // Without platelets CCRS has no group; CHRS has (8.5, low).
    let no_platelets = Clinical {
        platelets: None,
        ..ccus()
    };
    assert_eq!(at(&[driver("DNMT3A", 3)], &all, &no_platelets), Some(0.393));
    // MDS, 0.58 to 0.86: IPSS-M high is the fifth of six groups; without it IPSS-R, 5.5 points, is the fourth of five.
    assert_eq!(
        at(&[driver("SRSF2", 38), driver("IDH2", 33)], &all, &mds()),
        Some(0.779)
    );
    let mut uncovered = covered();
    for gene in &mut uncovered {
        gene.assessed_bases = 0;
    }
    let open = run(&[driver("SRSF2", 38)], &uncovered, &mds());
    assert_eq!(open.ipss_m.unwrap().result.report.category, None);
    assert_eq!(
        format!("{:.1}", open.ipss_r.unwrap().result.score.unwrap().score),
        "5.5"
    );
    assert_eq!(open.road.position, Some(0.769));
}

/// A word in `covered_genes` that is no gene covers nothing, and is said; a gene that is not on the panel may be named.
#[test]
fn a_misspelled_gene_in_the_stated_coverage_is_said() {
    let said = |covered_genes: &[&str]| {
        let clinical = Clinical {
            covered_genes: covered_genes.iter().map(|g| (*g).to_owned()).collect(),
            ..ccus()
        };
        let result = run(&[driver("TET2", 19)], &covered(), &clinical);
        result
            .contradictions
            .into_iter()
            .map(|t| t.en)
            .collect::<Vec<_>>()
    };
    assert_eq!(said(&["all", "ZRSR2", "DDX41"]), Vec::<String>::new());
    assert_eq!(
        said(&["SF3BI", "TET2"]),
        [
            "covered_genes names what is no gene known here and not on the panel: SF3BI (did you mean SF3B1?); no coverage was taken \
             from it"
        ]
    );
}

/// A fragment analysis sees a tandem duplication that a caller of short variants misses: no contradiction, and the kind is known.
#[test]
fn a_stated_tandem_duplication_settles_the_eln_risk() {
    let leukemia = Clinical {
        marrow_blasts: Some(60.0),
        karyotype: Some("46,XY[20]".parse().unwrap()),
        fusions: Some(Vec::new()),
        ..mds()
    };
    let run_with = |set: fn(&mut Clinical)| {
        let mut clinical = leukemia.clone();
        clinical.genes.insert("FLT3".into(), true);
        set(&mut clinical);
        let result = run(&[driver("NPM1", 40)], &covered(), &clinical);
        (result.eln.unwrap().eln_2022.risk, result.contradictions.len())
    };
    assert_eq!(run_with(|_| ()), (None, 1));
    assert_eq!(
        run_with(|c| c.flt3_itd = Some(true)),
        (Some(ElnRisk::Intermediate), 0)
    );
    assert_eq!(
        run_with(|c| c.flt3_itd = Some(false)),
        (Some(ElnRisk::Favorable), 1)
    );
}

/// NPM1 is favorable without a tandem duplication: reads that would have missed one do not say that there is none.
#[test]
fn duplications_that_reads_would_have_missed_leave_the_eln_risk_open() {
    let leukemia = Clinical {
        marrow_blasts: Some(60.0),
        karyotype: Some("46,XY[20]".parse().unwrap()),
        fusions: Some(Vec::new()),
        ..mds()
    };
    let missed = MissedDuplications {
        usual: vec![(36, 54)],
        ..MissedDuplications::default()
    };
    let risk = |itd: Option<&MissedDuplications>, set: fn(&mut Clinical)| {
        let mut clinical = leukemia.clone();
        set(&mut clinical);
        let result = of_reads(&[driver("NPM1", 40)], &covered(), &clinical, itd);
        result.eln.unwrap().eln_2022.risk
    };
    assert_eq!(risk(None, |_| ()), Some(ElnRisk::Favorable));
    assert_eq!(risk(Some(&missed), |_| ()), None);
    let tested: fn(&mut Clinical) = |c| c.flt3_itd = Some(false);
    assert_eq!(risk(Some(&missed), tested), Some(ElnRisk::Favorable));
    let long = MissedDuplications {
        longer: vec![(204, 300)],
        ..MissedDuplications::default()
    };
    assert_eq!(risk(Some(&long), |_| ()), Some(ElnRisk::Favorable));
}

/// ZRSR2 is on few panels: the ELN risk says what holds without a mutation of it.
#[test]
fn the_eln_risk_says_what_holds_without_a_gene_off_the_panel() {
    let mut panel = covered();
    panel.retain(|g| g.gene != "ZRSR2");
    let clinical = Clinical {
        marrow_blasts: Some(60.0),
        karyotype: Some("46,XY[20]".parse().unwrap()),
        fusions: Some(Vec::new()),
        ..mds()
    };
    let eln = |calls: &[Call]| run(calls, &panel, &clinical).eln.unwrap();
    let open = eln(&[driver("DNMT3A", 40)]);
    assert_eq!(open.eln_2022.risk, None);
    let held = open.eln_2022_if_not_mutated.unwrap();
    assert_eq!(
        (held.risk, held.genes),
        (ElnRisk::Intermediate, vec!["ZRSR2".to_owned()])
    );
    // DDX41 is asked by the classification of 2024 alone, which calls either way favorable.
    assert_eq!(open.eln_2024.risk, Some(ElnRisk::Favorable));
    assert_eq!(open.eln_2024_if_not_mutated, None);
    let ras = eln(&[driver("NRAS", 40)]);
    let held = ras.eln_2024_if_not_mutated.unwrap();
    assert_eq!(
        (held.risk, held.genes),
        (ElnRisk::Intermediate, vec!["DDX41".to_owned()])
    );
    // Another gene of the list decides.
    let sure = eln(&[driver("SRSF2", 40)]);
    assert_eq!(sure.eln_2022.risk, Some(ElnRisk::Adverse));
    assert_eq!(sure.eln_2022_if_not_mutated, None);
}

/// A rule that was passed over is no finding against its type.
#[test]
fn rules_that_were_passed_over_say_so() {
    let rules = |clinical: &Clinical| {
        let stage = run(&[driver("ASXL1", 25)], &covered(), clinical).stage;
        let passed = |c: &hemoclone::myeloid::classify::Classification| {
            let over = c.rules.iter().filter(|r| r.not_looked_for);
            over.map(|r| r.name.clone()).collect::<Vec<_>>().join("; ")
        };
        [passed(&stage.who5), passed(&stage.icc)]
    };
    let blood_alone = Clinical {
        hemoglobin: Some(10.1),
        platelets: Some(120.0),
        neutrophils: Some(1.5),
        ..Clinical::default()
    };
    assert_eq!(
        rules(&blood_alone),
        [
            "AML with defining genetic abnormalities; AML with BCR::ABL1; AML, myelodysplasia-related; AML, defined by differentiation; \
             CMML-1; MDS-f",
            "AML with a defining rearrangement; AML with BCR::ABL1; CMML-1; CMUS; CCMUS",
        ]
    );
    let complete = Clinical {
        fibrosis: Some(0),
        fusions: Some(Vec::new()),
        ..mds()
    };
    assert_eq!(rules(&complete), ["", ""]);
}

/// A driver of RUNX1 near one half may be inherited: whoever reads the steps must see it.
#[test]
fn what_may_be_inherited_is_a_step() {
    let result = |reasons: &'static [(ReasonCode, &'static str)]| {
        let call = results::call(&results::Spec {
            gene: "RUNX1",
            transcript: "NM_1.1",
            site: ("chr21", 1, "C", "T"),
            hgvs: ("c.610C>T", "", "p.R204*"),
            term: SoTerm::StopGained,
            counts: (490, 1000),
            status: CallStatus::Driver,
            reasons,
        });
        run(&[call], &covered(), &ccus()).next_steps
    };
    let tells = |reasons| {
        result(reasons)
            .iter()
            .any(|s| s.code == StepCode::TestOtherTissue)
    };
    assert!(tells(&[(ReasonCode::GermlineGene, "RUNX1")]));
    assert!(!tells(&[]));
}

/// `tp53` and `MLL` cover the genes of today's symbols, and the table of genes says what the scores say.
#[test]
fn covered_genes_go_by_any_name_and_case() {
    let mut genes = covered();
    for gene in &mut genes {
        gene.assessed_bases = 0;
    }
    for (name, gene) in [
        ("tp53", "TP53"),
        ("p53", "TP53"),
        ("SFRS2", "SRSF2"),
        ("N-RAS", "NRAS"),
    ] {
        let clinical = Clinical {
            covered_genes: vec![name.into()],
            ..mds()
        };
        let result = run(&[driver("IDH2", 38)], &genes, &clinical);
        let column_of = if gene == "TP53" { "TP53mut" } else { gene };
        assert_eq!(column(&result, column_of).1, GeneBasis::StatedCovered, "{name}");
    }
}

/// A duplication of FLT3 among the calls is one for ELN, a substitution is none, and what is in doubt leaves it open.
#[test]
fn calls_of_flt3_say_whether_it_is_duplicated() {
    let clinical = Clinical {
        marrow_blasts: Some(60.0),
        karyotype: Some("46,XY[20]".parse().unwrap()),
        fusions: Some(Vec::new()),
        ..mds()
    };
    let flt3 = |change: &str, status| {
        let mut call = mutation("FLT3", 20, status);
        call.consequence.protein_change = ProteinChange::parse(change);
        call
    };
    let risk = |call: Call| {
        run(&[driver("NPM1", 40), call], &covered(), &clinical)
            .eln
            .unwrap()
            .eln_2022
            .risk
    };
    let (favorable, intermediate) = (Some(ElnRisk::Favorable), Some(ElnRisk::Intermediate));
    for (change, status, expected) in [
        ("p.Y597_E598dup", CallStatus::Driver, intermediate),
        ("p.Y599_D600insGS", CallStatus::Driver, intermediate),
        ("p.E598_Y599delinsGSLV", CallStatus::Driver, intermediate),
        // As long as before, or outside of exons 14 and 15.
        ("p.E598_Y599delinsGS", CallStatus::Driver, favorable),
        ("p.Y99_D100insGS", CallStatus::Driver, favorable),
        ("p.D835Y", CallStatus::Driver, favorable),
        ("p.Y597_E598dup", CallStatus::DriverReview, None),
        ("p.?", CallStatus::Driver, None),
    ] {
        assert_eq!(risk(flt3(change, status)), expected, "{change} {status:?}");
    }
}

/// The study behind IPSS-M held nobody with 20 % blasts, in the marrow or in the blood.
#[test]
fn scores_of_mds_end_at_20_percent_blasts() {
    for (marrow, blood, asked) in [
        (10.0, 19.9, true),
        (10.0, 20.0, false),
        (19.9, 1.0, true),
        (20.0, 1.0, false),
    ] {
        let clinical = Clinical {
            marrow_blasts: Some(marrow),
            blood_blasts: Some(blood),
            ..mds()
        };
        let result = run(&[driver("SRSF2", 38)], &covered(), &clinical);
        let scores = (result.ipss_r.is_some(), result.ipss_m.is_some());
        assert_eq!(scores, (asked, asked), "{marrow} {blood}");
        // By a rearrangement that defines AML too.
        let rearranged = Clinical {
            fusions: Some(vec!["RUNX1::RUNX1T1".into()]),
            ..clinical
        };
        let result = run(&[driver("SRSF2", 38)], &covered(), &rearranged);
        assert_eq!(result.ipss_m.is_some(), asked, "{marrow} {blood}");
    }
}

/// A call that counts for IPSS-M and could be inherited asks for other tissue; one that does not count asks for nothing.
#[test]
fn calls_that_count_and_could_be_inherited_ask_for_other_tissue() {
    use hemoclone::drivers::{IpssmDecision, IpssmReason};
    for (decision, because, expected) in [
        (IpssmDecision::Counted, IpssmReason::InheritedPredisposition, true),
        (IpssmDecision::Counted, IpssmReason::DriverList, false),
        (
            IpssmDecision::NotCounted,
            IpssmReason::InheritedPredisposition,
            false,
        ),
    ] {
        let mut call = driver("RUNX1", 45);
        let opinion = call.ipssm.as_mut().unwrap();
        opinion.decision = decision;
        opinion.because = because;
        let section = run(&[call], &covered(), &mds()).ipss_m.unwrap();
        let column = section.columns.iter().find(|c| c.column == "RUNX1").unwrap();
        assert_eq!(
            column.calls[0].test_other_tissue, expected,
            "{decision:?} {because:?}"
        );
    }
}

/// A call of which nobody knows what it does leaves its gene open, however well the gene was covered.
#[test]
fn a_call_without_a_protein_change_leaves_its_gene_open() {
    let open = |status, reasons| {
        let call = results::call(&results::Spec {
            gene: "ETNK1",
            transcript: "NM_1.1",
            site: ("chr1", 1030, "C", "T"),
            hgvs: ("c.1G>A", "", ""),
            term: SoTerm::Missense,
            counts: (300, 1000),
            status,
            reasons,
        });
        let result = run(&[call], &covered(), &mds());
        let note = result
            .notes
            .iter()
            .find(|n| n.en.starts_with("Not known to be without a further mutation"));
        note.is_some_and(|n| n.en.contains("ETNK1"))
    };
    let unknown: &[(ReasonCode, &str)] = &[(ReasonCode::ProteinChangeUnknown, "")];
    assert!(open(CallStatus::Uncertain, unknown));
    assert!(open(CallStatus::GermlineSuspected, unknown));
    assert!(open(CallStatus::ReferenceMismatch, &[]));
    assert!(!open(CallStatus::Uncertain, &[]));
}
