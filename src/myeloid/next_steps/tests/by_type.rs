//! Steps of a type, of a gene, of an age.

use super::*;

/// Two mutations of TP53 with few blasts and a normal karyotype were of lower risk by IPSS-R, and got ESA.
#[test]
fn both_alleles_of_tp53_are_higher_risk_and_near_leukemia() {
    let bi: Set = |f, _| {
        mds(f, 9.0, 2.0, "46,XY[20]");
        f.drivers = Some(vec![driver("TP53", 0.3), driver("TP53", 0.2)]);
    };
    let presumed: Set = |f, _| {
        mds(f, 9.0, 2.0, "46,XY[20]");
        f.drivers = Some(vec![driver("TP53", 0.6)]);
    };
    for set in [bi, presumed] {
        let steps = codes(set);
        for code in [
            StepCode::HigherByTp53,
            StepCode::AmlEquivalent,
            StepCode::Azacitidine,
            StepCode::TransplantHigherRisk,
        ] {
            assert!(steps.contains(&code), "{code:?} {steps:?}");
        }
        for code in [
            StepCode::LowerRisk,
            StepCode::HigherRisk,
            StepCode::EsaOrLuspatercept,
            StepCode::ScoresDiffer,
        ] {
            assert!(!steps.contains(&code), "{code:?} {steps:?}");
        }
    }
    let one: Set = |f, c| {
        mds(f, 9.0, 2.0, "46,XY[20]");
        f.drivers = Some(vec![driver("TP53", 0.2)]);
        f.tp53_loh = Some(false);
        c.tp53_loh = Some(false);
    };
    let steps = codes(one);
    assert!(
        steps.contains(&StepCode::LowerRisk) && !steps.contains(&StepCode::AmlEquivalent),
        "{steps:?}"
    );
}

/// The steps of a type go with its blasts: 9.9 % and 10 %.
#[test]
fn increased_blasts_of_the_second_kind_are_near_leukemia() {
    let of = |blasts: f64| {
        let (mut findings, clinical) = person();
        mds(&mut findings, 9.0, blasts, "46,XY[20]");
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        steps(&situation)
            .iter()
            .any(|s| s.code == StepCode::AmlEquivalent)
    };
    assert_eq!([9.9, 10.0, 19.9].map(of), [false, true, true]);
}

#[test]
fn ivosidenib_is_for_aml_with_idh1() {
    let of = |gene: &'static str, blasts: f64| {
        let (mut findings, clinical) = person();
        findings.marrow_blasts = Some(blasts);
        findings.drivers = Some(vec![driver(gene, 0.3)]);
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        steps(&situation).iter().any(|s| s.code == StepCode::Ivosidenib)
    };
    assert!(of("IDH1", 40.0) && !of("IDH2", 40.0) && !of("IDH1", 3.0));
}

fn codes_with(genes: &[&str], is_mds: bool) -> Vec<StepCode> {
    let (mut findings, clinical) = person();
    if is_mds {
        mds(&mut findings, 9.0, 2.0, "46,XY[20]");
    }
    findings.drivers = Some(genes.iter().map(|gene| driver(gene, 0.1)).collect());
    let situation = situation_of_row(&stage(&findings), &findings, &clinical);
    steps(&situation).iter().map(|s| s.code).collect()
}

#[test]
fn uba1_asks_for_vexas_at_every_stage() {
    for is_mds in [false, true] {
        let with = codes_with(&["UBA1"], is_mds);
        assert!(with.contains(&StepCode::AskForVexas), "{with:?}");
        let without = codes_with(&["TET2"], is_mds);
        assert!(!without.contains(&StepCode::AskForVexas), "{without:?}");
    }
}

/// JAK2 alone had the step.
#[test]
fn each_driver_of_mpn_is_watched_in_chip() {
    for (gene, expected) in [("JAK2", 1), ("CALR", 1), ("MPL", 1), ("DNMT3A", 0)] {
        let steps = codes_with(&[gene, "TET2"], false);
        let found = steps.iter().filter(|s| **s == StepCode::WatchForMpn).count();
        assert_eq!(found, expected, "{gene} {steps:?}");
    }
    let both = codes_with(&["JAK2", "CALR"], false);
    assert_eq!(
        both.iter().filter(|s| **s == StepCode::WatchForMpn).count(),
        1,
        "{both:?}"
    );
}

/// A marrow with Auer rods and few blasts was MDS-IB2 of lower risk, and got ESA.
#[test]
fn a_type_near_leukemia_is_higher_risk() {
    let steps = codes(|f, _| {
        mds(f, 9.0, 2.0, "46,XY[20]");
        f.auer_rods = Some(true);
    });
    assert!(
        steps.contains(&StepCode::HigherByBlasts) && steps.contains(&StepCode::AmlEquivalent),
        "{steps:?}"
    );
    assert!(
        !steps.contains(&StepCode::LowerRisk) && !steps.contains(&StepCode::EsaOrLuspatercept),
        "{steps:?}"
    );
}

#[test]
fn one_mutation_of_tp53_is_settled_first() {
    let open = codes(|f, _| {
        mds(f, 9.0, 2.0, "46,XY[20]");
        f.drivers = Some(vec![driver("TP53", 0.2)]);
    });
    assert!(open.contains(&StepCode::SettleTp53), "{open:?}");
    let none = codes(|f, _| mds(f, 9.0, 2.0, "46,XY[20]"));
    assert!(!none.contains(&StepCode::SettleTp53), "{none:?}");
    let not_sequenced = codes(|f, _| {
        mds(f, 9.0, 2.0, "46,XY[20]");
        f.drivers = None;
    });
    assert!(
        !not_sequenced.contains(&StepCode::SettleTp53),
        "{not_sequenced:?}"
    );
}

/// A woman with a hemoglobin of 11.8 and no mutation was sent to a marrow before iron was looked at.
#[test]
fn a_marrow_comes_last_where_no_clone_was_found() {
    let anemia = |clone: bool| {
        let (mut findings, clinical) = person();
        findings.hemoglobin = Some(11.8);
        if clone {
            findings.drivers = Some(vec![driver("TET2", 0.1)]);
        }
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        steps(&situation).iter().map(|s| s.code).collect::<Vec<_>>()
    };
    assert_eq!(
        anemia(false),
        [
            StepCode::ExcludeCauses,
            StepCode::RepeatCounts,
            StepCode::MarrowIfUnexplained
        ]
    );
    assert_eq!(
        anemia(true),
        [
            StepCode::ExamineMarrow,
            StepCode::ExcludeCauses,
            StepCode::RepeatCounts
        ]
    );
}

/// Children got ESA, azacitidine, CHRS and the figures of adults.
#[test]
fn a_child_gets_a_pediatric_hematologist_and_nothing_of_adults() {
    let with_age = |age: f64, set: Set| {
        let (mut findings, mut clinical) = person();
        findings.age = Some(age);
        set(&mut findings, &mut clinical);
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        let codes: Vec<StepCode> = steps(&situation).iter().map(|s| s.code).collect();
        (codes, risks(&situation).len())
    };
    let of_mds: Set = |f, _| mds(f, 9.0, 2.0, "46,XY[20]");
    let of_chip: Set = |f, _| f.drivers = Some(vec![driver("TET2", 0.1)]);
    let of_aml: Set = |f, _| f.marrow_blasts = Some(60.0);
    for set in [of_mds, of_chip] {
        assert_eq!(with_age(17.9, set), (vec![StepCode::PediatricHematology], 0));
        let (adult, figures) = with_age(18.0, set);
        assert!(
            !adult.contains(&StepCode::PediatricHematology) && figures > 0,
            "{adult:?}"
        );
    }
    assert_eq!(
        with_age(5.0, of_aml).0,
        [StepCode::PediatricHematology, StepCode::AmlUrgent]
    );
    assert_eq!(with_age(5.0, |_, _| ()), (Vec::new(), 0));
}

/// A child of three with monocytes and NRAS was CMML.
#[test]
fn monocytes_of_a_child_are_no_cmml() {
    for (age, certain) in [(3.0, false), (17.9, false), (18.0, true)] {
        let (mut findings, clinical) = person();
        mds(&mut findings, 9.0, 2.0, "46,XY[20]");
        findings.age = Some(age);
        findings.white_cells = Some(30.0);
        findings.monocytes = Some(6.0);
        findings.monocytosis_months = Some(6.0);
        let found = stage(&findings);
        assert_eq!(found.stage == Some(Stage::Cmml), certain, "{age}");
        assert_eq!(found.possible, [Stage::Cmml]);
        let situation = situation_of_row(&found, &findings, &clinical);
        let first = steps(&situation)[0].code;
        let expected = if certain {
            StepCode::CmmlExclude
        } else {
            StepCode::PediatricHematology
        };
        assert_eq!(first, expected, "{age}");
    }
}

/// IDH1 in CCUS is low by CCRS and high by CHRS, of which nothing was said.
#[test]
fn chrs_that_is_high_is_said_beside_ccrs() {
    let ccus = |gene: &str, vaf: f64| {
        let (mut findings, mut clinical) = person();
        mds(&mut findings, 9.0, 2.0, "46,XY[20]");
        findings.dysplastic_lineages = Some(0);
        findings.drivers = Some(vec![driver(gene, vaf)]);
        clinical.mcv = Some(101.0);
        clinical.rdw = Some(16.0);
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        steps(&situation).iter().map(|s| s.code).collect::<Vec<_>>()
    };
    let high = ccus("IDH1", 0.3);
    assert!(
        high.contains(&StepCode::CountCcrsLow) && high.contains(&StepCode::CcusChrsHigh),
        "{high:?}"
    );
    let (mut findings, clinical) = person();
    mds(&mut findings, 9.0, 2.0, "46,XY[20]");
    findings.dysplastic_lineages = Some(0);
    let situation = situation_of_row(&stage(&findings), &findings, &clinical);
    let low: Vec<StepCode> = steps(&situation).iter().map(|s| s.code).collect();
    assert!(
        low.contains(&StepCode::CountCcrsLow) && !low.contains(&StepCode::CcusChrsHigh),
        "{low:?}"
    );
}
