use super::super::assessment::situation_of_row;
use super::super::findings::{Driver, Findings};
use super::super::stage::{Stage, stage};
use super::*;
use crate::genome::Sex;
use crate::karyotype::{Karyotype, assess};
use crate::patient::Clinical;

mod by_type;

fn driver(gene: &str, vaf: f64) -> Driver {
    Driver {
        gene: gene.into(),
        vaf: Some(vaf),
        bzip: false,
    }
}

/// A person of 70 with normal counts and every gene covered.
fn person() -> (Findings, Clinical) {
    let findings = Findings {
        sex: Some(Sex::Male),
        age: Some(70.0),
        hemoglobin: Some(14.0),
        platelets: Some(220.0),
        neutrophils: Some(3.5),
        drivers: Some(Vec::new()),
        fusions_looked_for: Some(true),
        ..Findings::default()
    };
    let clinical = Clinical {
        mcv: Some(92.0),
        rdw: Some(13.0),
        ..Clinical::default()
    };
    (findings, clinical)
}

type Set = fn(&mut Findings, &mut Clinical);

fn codes(set: Set) -> Vec<StepCode> {
    let situation = situation(set);
    steps(&situation).iter().map(|s| s.code).collect()
}

fn situation(set: Set) -> Situation {
    let (mut findings, mut clinical) = person();
    set(&mut findings, &mut clinical);
    situation_of_row(&stage(&findings), &findings, &clinical)
}

fn karyotype(findings: &mut Findings, text: &str) {
    findings.karyotype = Some(assess(&Karyotype::parse(text).unwrap(), findings.sex));
}

/// MDS with anemia: hemoglobin, blasts and karyotype decide on the risk.
fn mds(findings: &mut Findings, hemoglobin: f64, blasts: f64, iscn: &str) {
    findings.hemoglobin = Some(hemoglobin);
    findings.marrow_blasts = Some(blasts);
    findings.blood_blasts = Some(0.0);
    findings.dysplastic_lineages = Some(1);
    findings.cytopenia_months = Some(6.0);
    findings.causes_excluded = Some(true);
    findings.drivers = Some(vec![driver("TET2", 0.3)]);
    karyotype(findings, iscn);
}

#[test]
fn nothing_found_asks_for_nothing() {
    assert_eq!(codes(|_, _| ()), []);
}

#[test]
fn chip_is_followed_by_its_chrs_group() {
    let low = codes(|f, _| f.drivers = Some(vec![driver("DNMT3A", 0.05)]));
    assert!(
        low.contains(&StepCode::CountYearly) && low.contains(&StepCode::CardiologyFirst),
        "{low:?}"
    );
    let intermediate = codes(|f, _| f.drivers = Some(vec![driver("SF3B1", 0.25)]));
    assert!(
        intermediate.contains(&StepCode::CountHalfYearly),
        "{intermediate:?}"
    );
    let high = codes(|f, c| {
        f.drivers = Some(vec![driver("SRSF2", 0.4), driver("TET2", 0.3)]);
        c.mcv = Some(104.0);
        c.rdw = Some(17.0);
    });
    assert!(high.contains(&StepCode::ReferChrsHigh), "{high:?}");
    let open = codes(|f, c| {
        f.drivers = Some(vec![driver("SRSF2", 0.4), driver("TET2", 0.3)]);
        c.rdw = None;
    });
    assert!(open.contains(&StepCode::CompleteChrs), "{open:?}");
    for list in [&low, &intermediate, &high, &open] {
        assert!(list.contains(&StepCode::CardiovascularFigures), "{list:?}");
        let intervals = [
            StepCode::CountYearly,
            StepCode::CountHalfYearly,
            StepCode::ReferChrsHigh,
            StepCode::CompleteChrs,
        ];
        assert_eq!(
            list.iter().filter(|c| intervals.contains(c)).count(),
            1,
            "{list:?}"
        );
    }
}

#[test]
fn the_yearly_risk_of_chip_is_reconciled_with_the_group_of_chrs() {
    let low: Vec<_> = risks(&situation(|f, _| f.drivers = Some(vec![driver("DNMT3A", 0.05)])))
        .iter()
        .map(|r| r.code)
        .collect();
    assert_eq!(low, [RiskCode::ChipYearly, RiskCode::ChipYearlyAndChrsLow]);
    // The group that holds only without a mutation of a gene off the panel says so, the figure that rests on no group does not.
    let held = situation(|f, _| {
        f.drivers = Some(vec![driver("DNMT3A", 0.05)]);
        f.off_panel = vec!["ZRSR2".into()];
    });
    let says: Vec<bool> = risks(&held).iter().map(|r| r.text.en.contains("ZRSR2")).collect();
    assert_eq!(says, [false, true]);
}

#[test]
fn an_open_stage_gets_what_closes_it_and_no_treatment() {
    let counts = codes(|f, _| {
        f.drivers = Some(vec![driver("TET2", 0.1)]);
        f.platelets = None;
        f.neutrophils = None;
    });
    assert!(counts.contains(&StepCode::CountBlood), "{counts:?}");
    assert!(!counts.contains(&StepCode::CountYearly), "{counts:?}");
    let marrow = codes(|f, _| {
        f.drivers = Some(vec![driver("TET2", 0.1)]);
        f.hemoglobin = Some(9.0);
    });
    for code in [
        StepCode::ExamineMarrow,
        StepCode::ExcludeCauses,
        StepCode::RepeatCounts,
    ] {
        assert!(marrow.contains(&code), "{code:?} {marrow:?}");
    }
    let clone = codes(|f, _| f.open_genes = vec!["TET2".into()]);
    assert_eq!(clone, [StepCode::DecideClone]);
    // Nothing of the table closes it: NPM1 with normal counts and no marrow.
    let npm1 = codes(|f, _| f.drivers = Some(vec![driver("NPM1", 0.03)]));
    assert_eq!(npm1, [StepCode::CompleteValues]);
    let mpn = codes(|f, _| {
        f.drivers = Some(vec![driver("JAK2", 0.3)]);
        f.hemoglobin = Some(18.0);
    });
    assert_eq!(mpn, [StepCode::ExcludeOtherDisease]);
    // What must be excluded need not be a myeloproliferative neoplasm: blasts without a cytopenia.
    let blasts = situation(|f, _| {
        f.marrow_blasts = Some(7.0);
        f.dysplastic_lineages = Some(0);
    });
    assert!(steps(&blasts)[0].text.en.contains("or another myeloid disease"));
}

/// Trisomy 8 with normal counts got the figures of CHIP and a Mediterranean diet, and nobody who looks at the blood.
#[test]
fn a_clonal_karyotype_alone_is_followed_and_gets_no_figures_of_chip() {
    let trisomy: Set = |f, _| karyotype(f, "47,XY,+8[5]/46,XY[15]");
    let monosomy: Set = |f, _| karyotype(f, "45,XY,-7[10]/46,XY[10]");
    for set in [trisomy, monosomy] {
        assert_eq!(codes(set), [StepCode::FollowClonalKaryotype, StepCode::Lifestyle]);
        assert_eq!(risks(&situation(set)).len(), 0);
    }
    let both = codes(|f, _| {
        karyotype(f, "47,XY,+8[5]/46,XY[15]");
        f.drivers = Some(vec![driver("TET2", 0.1)]);
    });
    assert!(
        both.contains(&StepCode::CardiovascularFigures) && !both.contains(&StepCode::FollowClonalKaryotype)
    );
}

/// The trial of luspatercept enrolled below 5 % blasts; leukemia that is not excluded is urgent from 10 % on.
#[test]
fn blasts_decide_at_their_limits() {
    let with = |set: fn(&mut Findings)| {
        let (mut findings, clinical) = person();
        set(&mut findings);
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        steps(&situation).iter().map(|s| s.code).collect::<Vec<_>>()
    };
    let few = with(|f| mds(f, 10.5, 4.9, "46,XY[20]"));
    assert!(few.contains(&StepCode::LuspaterceptFigures), "{few:?}");
    let many = with(|f| mds(f, 10.5, 5.0, "46,XY[20]"));
    assert!(
        many.contains(&StepCode::EsaOrLuspatercept) && !many.contains(&StepCode::LuspaterceptFigures),
        "{many:?}"
    );
    let urgent = with(|f| f.blood_blasts = Some(10.0));
    assert!(urgent.contains(&StepCode::UrgentBlasts), "{urgent:?}");
    let not_yet = with(|f| f.blood_blasts = Some(9.9));
    assert!(!not_yet.contains(&StepCode::UrgentBlasts), "{not_yet:?}");
}

/// CCUS gets the interval of its group of CCRS, and of no other.
#[test]
fn ccus_is_followed_by_its_ccrs_group() {
    let ccus = |gene: &str, platelets: f64| {
        let (mut findings, clinical) = person();
        mds(&mut findings, 9.0, 2.0, "46,XY[20]");
        findings.dysplastic_lineages = Some(0);
        findings.platelets = Some(platelets);
        findings.drivers = Some(vec![driver(gene, 0.3)]);
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        let steps = steps(&situation);
        let intervals = [
            StepCode::CountCcrsLow,
            StepCode::CountCcrsIntermediate,
            StepCode::CountCcrsHigh,
            StepCode::CompleteCcrs,
        ];
        steps
            .iter()
            .map(|s| s.code)
            .filter(|c| intervals.contains(c))
            .collect::<Vec<_>>()
    };
    assert_eq!(ccus("TET2", 220.0), [StepCode::CountCcrsLow]);
    assert_eq!(ccus("SRSF2", 60.0).len(), 1);
    assert_ne!(ccus("SRSF2", 60.0), [StepCode::CountCcrsLow]);
}

/// IPSS-R of 3.5 (good karyotype 1, blasts 1, hemoglobin 1, platelets 0.5) is lower risk, 4 (very low platelets) is not.
#[test]
fn the_line_between_the_risks_is_lower_risk() {
    for (platelets, expected) in [(90.0, StepCode::LowerRisk), (40.0, StepCode::HigherRisk)] {
        let (mut findings, clinical) = person();
        mds(&mut findings, 9.0, 4.0, "46,XY[20]");
        findings.platelets = Some(platelets);
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        let codes: Vec<StepCode> = steps(&situation).iter().map(|s| s.code).collect();
        assert!(codes.contains(&expected), "{platelets}: {codes:?}");
    }
}

#[test]
fn lower_risk_mds_is_treated_by_del5q() {
    let del5q = codes(|f, _| mds(f, 9.0, 2.0, "46,XY,del(5)(q13q33)[20]"));
    assert!(
        del5q.contains(&StepCode::LowerRisk) && del5q.contains(&StepCode::Lenalidomide),
        "{del5q:?}"
    );
    assert!(!del5q.contains(&StepCode::EsaOrLuspatercept), "{del5q:?}");
    let without = codes(|f, _| mds(f, 9.0, 2.0, "46,XY[20]"));
    assert!(without.contains(&StepCode::EsaOrLuspatercept), "{without:?}");
    assert!(!without.contains(&StepCode::Lenalidomide), "{without:?}");
    assert!(
        !without.contains(&StepCode::LuspaterceptRingSideroblasts),
        "{without:?}"
    );
    let ring = codes(|f, _| {
        mds(f, 9.0, 2.0, "46,XY[20]");
        f.drivers = Some(vec![driver("SF3B1", 0.3)]);
    });
    assert!(ring.contains(&StepCode::LuspaterceptRingSideroblasts), "{ring:?}");
    for list in [&del5q, &without, &ring] {
        assert!(!list.contains(&StepCode::Azacitidine), "{list:?}");
    }
}

#[test]
fn lenalidomide_is_for_lower_risk_with_anemia_only() {
    let higher = codes(|f, _| mds(f, 7.0, 12.0, "44,XY,del(5)(q13q33),-7,-18,+8[20]"));
    assert!(
        higher.contains(&StepCode::HigherByBlasts) && higher.contains(&StepCode::Azacitidine),
        "{higher:?}"
    );
    assert!(higher.contains(&StepCode::TransplantHigherRisk), "{higher:?}");
    assert!(!higher.contains(&StepCode::Lenalidomide), "{higher:?}");
    let no_anemia = codes(|f, _| {
        mds(f, 14.0, 2.0, "46,XY,del(5)(q13q33)[20]");
        f.platelets = Some(90.0);
    });
    assert!(!no_anemia.contains(&StepCode::Lenalidomide), "{no_anemia:?}");
}

#[test]
fn mds_whose_risk_is_open_gets_no_treatment() {
    let open = codes(|f, _| {
        mds(f, 9.0, 6.0, "46,XY[20]");
        f.karyotype = None;
    });
    assert!(open.contains(&StepCode::CompleteMdsScores), "{open:?}");
    for code in [
        StepCode::LowerRisk,
        StepCode::HigherRisk,
        StepCode::Azacitidine,
        StepCode::EsaOrLuspatercept,
    ] {
        assert!(!open.contains(&code), "{code:?} {open:?}");
    }
}

#[test]
fn aml_names_flt3_and_apl() {
    let flt3 = codes(|f, _| {
        f.marrow_blasts = Some(60.0);
        f.drivers = Some(vec![driver("FLT3", 0.4), driver("NPM1", 0.4)]);
    });
    assert!(
        flt3.contains(&StepCode::Flt3Inhibitor) && flt3.contains(&StepCode::ElnGroup),
        "{flt3:?}"
    );
    assert!(!flt3.contains(&StepCode::TestFlt3), "{flt3:?}");
    let open = codes(|f, _| {
        f.marrow_blasts = Some(60.0);
        f.drivers = None;
        f.fusions_looked_for = Some(false);
    });
    assert!(
        open.contains(&StepCode::TestFlt3) && open.contains(&StepCode::AplExclude),
        "{open:?}"
    );
    let wild = codes(|f, _| f.marrow_blasts = Some(60.0));
    assert!(
        !wild.contains(&StepCode::Flt3Inhibitor) && !wild.contains(&StepCode::TestFlt3),
        "{wild:?}"
    );
    let apl = codes(|f, _| {
        f.marrow_blasts = Some(60.0);
        f.fusions = vec!["PML::RARA".into()];
    });
    assert!(
        apl.contains(&StepCode::AplFound) && !apl.contains(&StepCode::AmlInduction),
        "{apl:?}"
    );
}

#[test]
fn every_code_has_its_own_words_in_both_languages_and_stands_in_a_table() {
    let steps: Vec<_> = table::STEPS.iter().map(|r| r.code).collect();
    for code in StepCode::ALL {
        assert!(
            *code == StepCode::CompleteValues || steps.contains(code),
            "{code:?}"
        );
    }
    for code in RiskCode::ALL {
        assert!(table::RISKS.iter().any(|r| r.code == *code), "{code:?}");
    }
    let sentences: Vec<Phrase> = StepCode::ALL
        .iter()
        .map(|c| c.words())
        .chain(RiskCode::ALL.iter().map(|c| c.words()))
        .chain(BackgroundCode::ALL.iter().map(|c| c.words()))
        .collect();
    for (index, s) in sentences.iter().enumerate() {
        assert!(s.en().ends_with('.') && s.ja().ends_with('。'), "{s:?}");
        assert!(!s.en().contains("ChIP") && !s.en().contains("memory"), "{s:?}");
        assert_eq!(
            sentences.iter().position(|o| o.en() == s.en()),
            Some(index),
            "{s:?}"
        );
        assert_eq!(
            sentences.iter().position(|o| o.ja() == s.ja()),
            Some(index),
            "{s:?}"
        );
    }
}

#[test]
fn every_row_has_a_source_and_a_proposal_says_so() {
    for row in table::STEPS {
        assert!(!row.sources.is_empty(), "{:?}", row.code);
        let proposal = row.level == Some(EvidenceLevel::Proposal);
        assert_eq!(
            proposal,
            row.code.words().en().contains("a proposal"),
            "{:?}",
            row.code
        );
        assert!(!proposal || row.sources.contains(&sources::OWN), "{:?}", row.code);
    }
}

#[test]
fn background_touches_genes_and_stage_only() {
    let taught = |genes: &[&str], set: Set| -> Vec<BackgroundCode> {
        let (mut findings, mut clinical) = person();
        set(&mut findings, &mut clinical);
        let genes: Vec<String> = genes.iter().map(|g| (*g).to_owned()).collect();
        let found = stage(&findings);
        background(&genes, Some(&found)).iter().map(|b| b.code).collect()
    };
    assert_eq!(taught(&[], |_, _| ()), []);
    assert_eq!(
        taught(&["TET2"], |f, _| f.drivers = Some(vec![driver("TET2", 0.1)])),
        [
            BackgroundCode::Prevalence,
            BackgroundCode::Tet2,
            BackgroundCode::Tet2Canakinumab,
            BackgroundCode::LectureCardiovascular,
            BackgroundCode::NoSymptoms
        ]
    );
    assert_eq!(
        taught(&["ASXL1"], |f, _| mds(f, 9.0, 2.0, "46,XY[20]")),
        [
            BackgroundCode::Asxl1,
            BackgroundCode::Smear,
            BackgroundCode::IneffectiveHematopoiesis,
            BackgroundCode::Marrow,
            BackgroundCode::Sequencing
        ]
    );
    // Of the heart in CHIP and in these genes, of stress in one of them.
    assert_eq!(
        taught(&["ASXL1"], |f, _| f.drivers = Some(vec![driver("ASXL1", 0.1)])),
        [
            BackgroundCode::Prevalence,
            BackgroundCode::Asxl1,
            BackgroundCode::NoSymptoms
        ]
    );
    assert_eq!(
        taught(&["DNMT3A"], |f, _| mds(f, 9.0, 2.0, "46,XY[20]")),
        [
            BackgroundCode::Dnmt3a,
            BackgroundCode::Smear,
            BackgroundCode::IneffectiveHematopoiesis,
            BackgroundCode::Marrow,
            BackgroundCode::Sequencing
        ]
    );
    let second_hit = |genes: &[&str], set: Set| taught(genes, set).contains(&BackgroundCode::SecondHit);
    assert!(second_hit(&["FLT3"], |f, _| f.drivers = Some(vec![driver("FLT3", 0.1)])));
    assert!(second_hit(&[], |f, _| f.marrow_blasts = Some(30.0)));
    assert!(!second_hit(&["TET2"], |f, _| f.drivers = Some(vec![driver("TET2", 0.1)])));
    let alone = background(&["JAK2".to_owned()], None);
    assert_eq!(
        alone.iter().map(|b| b.code).collect::<Vec<_>>(),
        [BackgroundCode::Jak2]
    );
    assert_eq!(Stage::ALL.len(), 7, "a new stage wants its advice");
}

/// A stated del(5q) that the karyotype contradicts recommended lenalidomide, one denied ESA, without a word on the other.
#[test]
fn a_disputed_del5q_is_settled_before_it_is_treated() {
    let treatments = [
        StepCode::Lenalidomide,
        StepCode::EsaOrLuspatercept,
        StepCode::LookForDel5q,
        StepCode::SettleDel5q,
    ];
    for (iscn, stated, expected) in [
        ("46,XY[20]", None, StepCode::EsaOrLuspatercept),
        ("46,XY[20]", Some(false), StepCode::EsaOrLuspatercept),
        ("46,XY[20]", Some(true), StepCode::SettleDel5q),
        ("46,XY,del(5)(q13q33)[20]", None, StepCode::Lenalidomide),
        ("46,XY,del(5)(q13q33)[20]", Some(true), StepCode::Lenalidomide),
        ("46,XY,del(5)(q13q33)[20]", Some(false), StepCode::SettleDel5q),
        ("46,XY,del(5)[20]", None, StepCode::LookForDel5q),
        ("46,XY,del(5)[20]", Some(true), StepCode::Lenalidomide),
        ("46,XY,del(5)[20]", Some(false), StepCode::EsaOrLuspatercept),
    ] {
        let (mut findings, mut clinical) = person();
        mds(&mut findings, 9.0, 2.0, iscn);
        clinical.del5q = stated;
        let situation = situation_of_row(&stage(&findings), &findings, &clinical);
        let actual: Vec<StepCode> = steps(&situation)
            .iter()
            .map(|s| s.code)
            .filter(|c| treatments.contains(c))
            .collect();
        assert_eq!(actual, [expected], "{iscn} {stated:?}");
    }
}
