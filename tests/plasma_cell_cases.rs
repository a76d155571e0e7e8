//! The plasma-cell road: worked cases, both sides of every limit, every row of every decision table.
//!
//! Expected values come from the papers' tables (docs/scores/plasma-cell.md names them), not from the program.

#![allow(clippy::expect_used, clippy::unwrap_used)] // Helpers of tests, outside the functions that clippy exempts.

use hemoclone::patient::PlasmaInput;
use hemoclone::patient::read_table;
use hemoclone::plasma_cell::{
    Certainty, Comparison, EventCode, EventState, Factor, Group, PlasmaResult, RiskModel, Settings, Stage,
    Statement, assess,
};

/// Reads `column=value` pairs through the table reader, so that every case passes through the units too.
fn visits(cells: &str) -> Vec<PlasmaInput> {
    let pairs: Vec<(&str, &str)> = cells
        .split_whitespace()
        .map(|pair| pair.split_once('=').expect("column=value"))
        .collect();
    let names: Vec<&str> = pairs.iter().map(|p| p.0).collect();
    let values: Vec<&str> = pairs.iter().map(|p| p.1).collect();
    let text = format!("sample\t{}\nA\t{}\n", names.join("\t"), values.join("\t"));
    let table = read_table(text.as_bytes(), "case").expect("a table");
    assert_eq!(table.errors, [], "{cells}");
    assert_eq!(table.unknown_columns, Vec::<String>::new(), "{cells}");
    table.patients.into_iter().next().expect("a patient")
}

fn judge(cells: &str) -> PlasmaResult {
    assess(&visits(cells), Settings::default()).expect("a result")
}

fn model(result: &PlasmaResult, id: &str) -> RiskModel {
    result
        .risk
        .iter()
        .find(|m| m.id == id)
        .unwrap_or_else(|| panic!("no model {id}"))
        .clone()
}

fn met(result: &PlasmaResult) -> Vec<EventCode> {
    result
        .events
        .iter()
        .filter(|e| e.state == EventState::Met)
        .map(|e| e.code)
        .collect()
}

/// Clean values that meet no event, so that a case stands on its own columns.
const CLEAN: &str = "calcium_mmol_l=2.3 creatinine_umol_l=70 egfr=90 hb_g_dl=14 hb_lln_g_dl=13 bone_lesions=0 \
                     mri_lesions=0 amyloidosis=no urine_m_protein_mg_24h=0";

#[test]
fn worked_cases_of_the_stages() {
    use Stage::{LightChainMgus, Mm, NonIgmMgus, Smm};
    for (cells, stage, events) in [
        (
            "m_protein_g_dl=1.0 heavy_chain=IgG plasma_cells=5 flc_ratio=1.0",
            NonIgmMgus,
            vec![],
        ),
        (
            "m_protein_g_dl=2.0 heavy_chain=IgA plasma_cells=8 flc_ratio=5",
            NonIgmMgus,
            vec![],
        ),
        (
            "m_protein_g_dl=3.0 heavy_chain=IgG plasma_cells=5 flc_ratio=1.2 fish=normal",
            Smm,
            vec![],
        ),
        (
            "m_protein_g_dl=2.5 heavy_chain=IgG plasma_cells=25 flc_ratio=30 fish=t(4;14)",
            Smm,
            vec![],
        ),
        (
            "m_protein_g_dl=2.0 heavy_chain=IgG plasma_cells=20 flc_ratio=20",
            Smm,
            vec![],
        ),
        ("plasma_cells=60", Mm, vec![EventCode::S]),
        (
            "plasma_cells=12 involved_flc_ratio=120 involved_flc_mg_l=80",
            Smm,
            vec![],
        ),
        ("plasma_cells=12 mri_lesions=1", Smm, vec![]),
        ("plasma_cells=12 mri_lesions=2", Mm, vec![EventCode::M]),
        ("plasma_cells=12 calcium_mmol_l=2.76", Mm, vec![EventCode::C]),
        (
            "plasma_cells=12 hb_g_dl=10.0 hb_lln_g_dl=13",
            Mm,
            vec![EventCode::A],
        ),
        ("plasma_cells=12 hb_g_dl=11.0 hb_lln_g_dl=13", Smm, vec![]),
        (
            "heavy_chain=none flc_ratio=3 involved_flc_raised=yes plasma_cells=4 urine_m_protein_mg_24h=100",
            LightChainMgus,
            vec![],
        ),
    ] {
        let actual = judge(cells);
        assert_eq!((actual.stage, met(&actual)), (stage, events), "{cells}");
    }
}

#[test]
fn worked_cases_of_the_risk() {
    let mayo = |cells: &str| model(&judge(cells), "mayo_mgus_2005");
    let actual = mayo("m_protein_g_dl=1.0 heavy_chain=IgG plasma_cells=5 flc_ratio=1.0");
    assert_eq!(
        (
            actual.total,
            actual.progression_percent,
            actual.progression_percent_competing
        ),
        (Some(0), Some(5.0), Some(2.0))
    );
    let actual = mayo("m_protein_g_dl=2.0 heavy_chain=IgA plasma_cells=8 flc_ratio=5");
    assert_eq!((actual.total, actual.progression_percent), (Some(3), Some(58.0)));

    let actual = judge("m_protein_g_dl=3.0 heavy_chain=IgG plasma_cells=5 flc_ratio=1.2 fish=normal");
    let twenty = model(&actual, "mayo_2018_20_2_20");
    assert_eq!((twenty.total, twenty.group), (Some(1), Some(Group::Intermediate)));
    let points = model(&actual, "imwg_2020_points");
    assert_eq!((points.total, points.progression_percent), (Some(3), Some(3.8)));

    let actual = judge("m_protein_g_dl=2.5 heavy_chain=IgG plasma_cells=25 flc_ratio=30 fish=t(4;14)");
    let twenty = model(&actual, "imwg_2020_20_2_20");
    assert_eq!((twenty.total, twenty.group), (Some(3), Some(Group::High)));
    let cytogenetics = model(&actual, "imwg_2020_cytogenetics");
    assert_eq!(
        (cytogenetics.total, cytogenetics.progression_percent),
        (Some(4), Some(63.0))
    );
    let points = model(&actual, "imwg_2020_points");
    assert_eq!((points.total, points.progression_percent), (Some(11), Some(51.0)));

    let actual = judge("m_protein_g_dl=2.0 heavy_chain=IgG plasma_cells=20 flc_ratio=20");
    let twenty = model(&actual, "imwg_2020_20_2_20");
    assert_eq!((twenty.total, twenty.group), (Some(0), Some(Group::Low)));
    let lecture = model(&actual, "lecture_five_factors");
    assert_eq!((lecture.total_min, lecture.group), (3, Some(Group::High)));
    assert!(actual.findings.iter().any(|f| f.code == "models_differ"));

    let mri = model(&judge("plasma_cells=12 mri_lesions=1"), "lecture_five_factors");
    assert_eq!(mri.total_min, 1);
}

/// Each row: a case, the stage, and the rule that must decide it. Every rule key of the program must stand here.
#[rustfmt::skip]
const DECISIONS: &[(&str, &str, &str)] = &[
    ("plasma_cells=60", "mm", "mm.sixty_percent"),
    ("plasma_cells=10 calcium_mmol_l=2.76", "mm", "mm.marrow_and_event"),
    ("plasma_cells=59.9 mri_lesions=2", "mm", "mm.marrow_and_event"),
    ("plasmacytoma=bone plasma_cells=0 bone_lesions=2", "mm", "mm.plasmacytoma_and_event"),
    ("plasmacytoma=soft_tissue hb_g_dl=9", "mm", "mm.plasmacytoma_and_event"),
    ("hb_g_dl=9 m_protein_g_dl=1 heavy_chain=IgG", "undetermined", "undetermined.event_marrow_missing"),
    ("hb_g_dl=9 m_protein_g_dl=1 heavy_chain=IgG plasma_cells=9.9", "review", "review.event_marrow_below_10"),
    ("mri_lesions=2 plasma_cells=9.9", "review", "review.event_marrow_below_10"),
    ("hb_g_dl=9 m_protein_g_dl=1 heavy_chain=IgG plasma_cells=0", "review", "review.event_no_plasma_cells"),
    ("amyloidosis=yes plasma_cells=12", "amyloidosis_workup", "off_road.amyloidosis"),
    ("plasmacytoma=bone", "undetermined", "plasmacytoma.marrow_missing"),
    ("plasmacytoma=soft_tissue plasma_cells=10", "review", "review.plasmacytoma_marrow_10"),
    ("plasmacytoma=soft_tissue plasma_cells=0 bone_lesions=1", "review", "review.plasmacytoma_second_lesion"),
    ("plasmacytoma=bone plasma_cells=0 bone_lesions=1", "solitary_plasmacytoma", "plasmacytoma.solitary"),
    ("plasmacytoma=soft_tissue plasma_cells=0 bone_lesions=0", "solitary_plasmacytoma", "plasmacytoma.solitary"),
    ("plasmacytoma=soft_tissue plasma_cells=0", "solitary_plasmacytoma", "plasmacytoma.solitary"),
    ("plasmacytoma=bone plasma_cells=9.9 bone_lesions=1", "solitary_plasmacytoma_minimal_marrow", "plasmacytoma.minimal_marrow"),
    ("plasmacytoma=bone plasma_cells=1 bone_lesions=1", "solitary_plasmacytoma_minimal_marrow", "plasmacytoma.minimal_marrow"),
    ("bone_lesions=1 plasma_cells=5 m_protein_g_dl=1 heavy_chain=IgG", "undetermined", "undetermined.single_bone_lesion"),
    ("bone_lesions=1 m_protein_g_dl=1 heavy_chain=IgG", "undetermined", "undetermined.single_bone_lesion"),
    ("heavy_chain=IgM m_protein_g_dl=1 plasma_cells=5 hb_g_dl=9.9", "igm_beyond_mgus", "igm.anemia"),
    ("heavy_chain=IgM m_protein_g_dl=1 plasma_cells=5 igm_signs=yes", "igm_beyond_mgus", "igm.signs"),
    ("heavy_chain=IgM m_protein_g_dl=3.0 plasma_cells=5", "igm_beyond_mgus", "igm.m_protein"),
    ("heavy_chain=IgM m_protein_g_dl=1 lymphoplasmacytic_cells=10", "igm_beyond_mgus", "igm.marrow"),
    ("heavy_chain=IgM m_protein_g_dl=1 lymphoplasmacytic_cells=2 plasma_cells=10", "igm_beyond_mgus", "igm.marrow"),
    ("heavy_chain=IgM m_protein_g_dl=1 lymphoplasmacytic_cells=10 plasma_cells=2", "igm_beyond_mgus", "igm.marrow"),
    ("heavy_chain=IgM m_protein_g_dl=2.9 lymphoplasmacytic_cells=9.9", "igm_mgus", "mgus.igm"),
    ("heavy_chain=IgM m_protein_g_dl=2.9", "undetermined", "undetermined.igm"),
    ("heavy_chain=IgM plasma_cells=5", "undetermined", "undetermined.igm"),
    ("plasma_cells=10 m_protein_g_dl=1 heavy_chain=IgG", "smm", "smm.marrow"),
    ("plasma_cells=59.9", "smm", "smm.marrow"),
    ("plasma_cells=9.9 m_protein_g_dl=3.0 heavy_chain=IgG", "smm", "smm.m_protein"),
    ("plasma_cells=9.9 m_protein_g_dl=3.0 heavy_chain=IgA", "smm", "smm.m_protein"),
    ("plasma_cells=9.9 m_protein_g_dl=3.0", "smm", "smm.m_protein"),
    ("m_protein_g_dl=3.0 heavy_chain=IgG", "smm", "smm.m_protein"),
    ("plasma_cells=9.9 m_protein_g_dl=1 heavy_chain=IgG urine_m_protein_mg_24h=500", "smm", "smm.urine"),
    ("heavy_chain=none flc_ratio=9 involved_flc_raised=yes plasma_cells=5 urine_m_protein_mg_24h=500", "smm", "smm.urine"),
    ("plasma_cells=5 m_protein_g_dl=3.0 heavy_chain=IgD", "review", "review.m_protein_3_not_igg_iga"),
    ("plasma_cells=5 m_protein_g_dl=3.0 heavy_chain=IgE", "review", "review.m_protein_3_not_igg_iga"),
    ("plasma_cells=5 m_protein_g_dl=3.0 heavy_chain=none", "review", "review.m_protein_3_not_igg_iga"),
    ("plasma_cells=9.9 m_protein_g_dl=2.9 heavy_chain=IgG", "non_igm_mgus", "mgus.non_igm"),
    ("plasma_cells=9.9 m_protein_g_dl=2.9 heavy_chain=IgD", "non_igm_mgus", "mgus.non_igm"),
    ("plasma_cells=5 m_protein_g_dl=0 heavy_chain=IgG", "non_igm_mgus", "mgus.non_igm"),
    ("plasma_cells=5 m_protein_g_dl=1 heavy_chain=IgG urine_m_protein_mg_24h=499", "non_igm_mgus", "mgus.non_igm"),
    ("plasma_cells=9.9 m_protein_g_dl=2.9", "mgus_type_not_given", "mgus.type_not_given"),
    ("m_protein_g_dl=1.5 heavy_chain=IgG flc_ratio=1.65", "non_igm_mgus", "mgus.marrow_deferred"),
    ("m_protein_g_dl=1.5 heavy_chain=IgG flc_ratio=0.26", "non_igm_mgus", "mgus.marrow_deferred"),
    ("m_protein_g_dl=1.51 heavy_chain=IgG flc_ratio=1.0", "undetermined", "undetermined.marrow_missing"),
    ("m_protein_g_dl=1.0 heavy_chain=IgA flc_ratio=1.0", "undetermined", "undetermined.marrow_missing"),
    ("m_protein_g_dl=1.0 heavy_chain=IgG flc_ratio=1.66", "undetermined", "undetermined.marrow_missing"),
    ("m_protein_g_dl=1.0 heavy_chain=IgG flc_ratio=0.25", "undetermined", "undetermined.marrow_missing"),
    ("m_protein_g_dl=1.0 heavy_chain=IgG", "undetermined", "undetermined.marrow_missing"),
    ("m_protein_g_dl=1.0", "undetermined", "undetermined.marrow_missing"),
    ("heavy_chain=none flc_ratio=1.66 involved_flc_raised=yes plasma_cells=9.9", "light_chain_mgus", "mgus.light_chain"),
    ("heavy_chain=none flc_ratio=0.25 involved_flc_raised=yes plasma_cells=9.9", "light_chain_mgus", "mgus.light_chain"),
    ("heavy_chain=none kappa_flc_mg_l=33 lambda_flc_mg_l=11 plasma_cells=4", "light_chain_mgus", "mgus.light_chain"),
    ("heavy_chain=none kappa_flc_mg_l=5 lambda_flc_mg_l=26.4 plasma_cells=4", "light_chain_mgus", "mgus.light_chain"),
    ("m_protein_g_dl=0", "undetermined", "undetermined.immunofixation_missing"),
    ("m_protein_g_dl=0 plasma_cells=3", "undetermined", "undetermined.immunofixation_missing"),
    ("heavy_chain=none plasma_cells=5", "undetermined", "undetermined.flc_missing"),
    ("heavy_chain=none plasma_cells=5 flc_ratio=3", "undetermined", "undetermined.flc_concentration_missing"),
    ("heavy_chain=none kappa_flc_mg_l=33 lambda_flc_mg_l=11", "undetermined", "undetermined.light_chain_marrow_missing"),
    ("heavy_chain=none flc_ratio=1.0 urine_m_protein_mg_24h=100", "review", "review.urine_protein_normal_ratio"),
    ("heavy_chain=none flc_ratio=1.0 urine_m_protein_mg_24h=0", "no_monoclonal_protein", "none.no_monoclonal_protein"),
    ("heavy_chain=none flc_ratio=1.65", "no_monoclonal_protein", "none.no_monoclonal_protein"),
    ("heavy_chain=none kappa_flc_mg_l=19.4 lambda_flc_mg_l=5 plasma_cells=4", "no_monoclonal_protein", "none.light_chain_not_raised"),
    ("calcium_mmol_l=2.3", "undetermined", "undetermined.nothing_given"),
    ("heavy_chain=IgG", "undetermined", "undetermined.marrow_missing"),
    ("plasma_cells=5", "undetermined", "undetermined.m_protein_missing"),
    ("plasma_cells=5 heavy_chain=IgG", "undetermined", "undetermined.m_protein_missing"),
];

#[test]
fn every_row_of_the_decision_tables() {
    for (cells, stage, rule) in DECISIONS {
        let actual = judge(cells);
        assert_eq!(
            (actual.stage.key(), actual.rules[0].rule.as_str()),
            (*stage, *rule),
            "{cells}"
        );
        assert!(
            actual.words.contains_key(&format!("rule.{rule}")),
            "no words for {rule}"
        );
        let open = matches!(actual.stage, Stage::Undetermined | Stage::Review);
        assert_eq!(actual.certainty == Certainty::None, open, "{cells}");
        assert_eq!(!actual.candidates.is_empty(), open, "{cells}");
    }
    // Stages are all reached, and so is every rule that has words (the one for an earlier visit is tested with serial values).
    let stages: std::collections::BTreeSet<&str> = DECISIONS.iter().map(|d| d.1).collect();
    assert_eq!(stages.len(), Stage::ALL.len());
    let source = include_str!("../languages/en.toml");
    for part in source.split("\"rule.").skip(1) {
        let rule = part.split('"').next().unwrap_or_default();
        assert!(
            rule == "mm.earlier_visit" || DECISIONS.iter().any(|d| d.2 == rule),
            "no case for {rule}"
        );
    }
}

#[test]
fn both_sides_of_every_limit_of_the_events() {
    let marrow = "plasma_cells=12 m_protein_g_dl=1 heavy_chain=IgG";
    for (cells, event, is_met) in [
        ("calcium_mmol_l=2.75 calcium_uln_mmol_l=2.6", EventCode::C, false),
        ("calcium_mmol_l=2.751 calcium_uln_mmol_l=2.6", EventCode::C, true),
        ("calcium_mmol_l=2.70 calcium_uln_mmol_l=2.45", EventCode::C, false),
        ("calcium_mmol_l=2.71 calcium_uln_mmol_l=2.45", EventCode::C, true),
        ("calcium_mg_dl=11.0 calcium_uln_mg_dl=10.4", EventCode::C, false),
        ("calcium_mg_dl=11.1 calcium_uln_mg_dl=10.4", EventCode::C, true),
        ("calcium_mg_dl=10.9 calcium_uln_mg_dl=9.9", EventCode::C, false),
        ("calcium_mg_dl=10.9 calcium_uln_mg_dl=9.8", EventCode::C, true),
        ("egfr=40", EventCode::R, false),
        ("egfr=39.9", EventCode::R, true),
        ("creatinine_umol_l=177", EventCode::R, false),
        ("creatinine_umol_l=177.5", EventCode::R, true),
        ("creatinine_mg_dl=2.0", EventCode::R, false),
        ("creatinine_mg_dl=2.01", EventCode::R, true),
        ("hb_g_dl=10.0 hb_lln_g_dl=11", EventCode::A, false),
        ("hb_g_dl=9.9 hb_lln_g_dl=11", EventCode::A, true),
        ("hb_g_l=100 hb_lln_g_l=110", EventCode::A, false),
        ("hb_g_l=99 hb_lln_g_l=110", EventCode::A, true),
        ("hb_g_dl=11.7 hb_lln_g_dl=13.7", EventCode::A, false),
        ("hb_g_dl=11.6 hb_lln_g_dl=13.7", EventCode::A, true),
        ("hb_g_dl=11.2 hb_lln_g_dl=13.2", EventCode::A, false),
        ("bone_lesions=0", EventCode::B, false),
        ("bone_lesions=1", EventCode::B, true),
        ("kappa_flc_mg_l=100 lambda_flc_mg_l=1", EventCode::Li, true),
        ("kappa_flc_mg_l=99.9 lambda_flc_mg_l=0.5", EventCode::Li, false),
        ("kappa_flc_mg_l=199 lambda_flc_mg_l=2", EventCode::Li, false),
        ("kappa_flc_mg_l=200 lambda_flc_mg_l=2", EventCode::Li, true),
        ("kappa_flc_mg_l=2 lambda_flc_mg_l=200", EventCode::Li, true),
        ("kappa_flc_mg_l=2 lambda_flc_mg_l=199", EventCode::Li, false),
        ("kappa_flc_mg_dl=20 lambda_flc_mg_dl=0.2", EventCode::Li, true),
        ("mri_lesions=1", EventCode::M, false),
        ("mri_lesions=2", EventCode::M, true),
    ] {
        let actual = judge(&format!("{marrow} {cells}"));
        assert_eq!(met(&actual).contains(&event), is_met, "{cells}");
        let expected = if is_met { Stage::Mm } else { Stage::Smm };
        assert_eq!(actual.stage, expected, "{cells}");
    }
}

#[test]
fn both_sides_of_every_limit_of_the_models() {
    let smm = |m: f64, cells: f64, ratio: f64| {
        judge(&format!(
            "m_protein_g_dl={m} heavy_chain=IgG plasma_cells={cells} flc_ratio={ratio} fish=normal mri_lesions=0 immunoparesis=no"
        ))
    };
    // (M protein, plasma cells, ratio): 20/2/20, points, lecture.
    for ((m, cells, ratio), twenty, points, lecture) in [
        ((1.5, 15.0, 10.0), 0, 0, 0),
        ((1.51, 15.0, 10.0), 0, 3, 0),
        ((1.5, 15.1, 10.0), 0, 2, 0),
        ((1.5, 15.0, 10.1), 0, 2, 0),
        ((2.0, 15.0, 10.0), 0, 3, 1),
        ((1.9, 15.0, 10.0), 0, 3, 0),
        ((2.01, 15.0, 10.0), 1, 3, 1),
        ((3.0, 15.0, 10.0), 1, 3, 1),
        ((3.01, 15.0, 10.0), 1, 4, 1),
        ((1.5, 20.0, 10.0), 0, 2, 1),
        ((1.5, 19.9, 10.0), 0, 2, 0),
        ((1.5, 20.1, 10.0), 1, 3, 1),
        ((1.5, 30.0, 10.0), 1, 3, 1),
        ((1.5, 30.1, 10.0), 1, 5, 1),
        ((1.5, 40.0, 10.0), 1, 5, 1),
        ((1.5, 40.1, 10.0), 1, 6, 1),
        ((1.5, 15.0, 20.0), 0, 2, 1),
        ((1.5, 15.0, 19.9), 0, 2, 0),
        ((1.5, 15.0, 20.1), 1, 2, 1),
        ((1.5, 15.0, 25.0), 1, 2, 1),
        ((1.5, 15.0, 25.1), 1, 3, 1),
        ((1.5, 15.0, 40.0), 1, 3, 1),
        ((1.5, 15.0, 40.1), 1, 5, 1),
        ((3.1, 40.1, 40.1), 3, 15, 3),
        ((2.0, 20.0, 20.0), 0, 7, 3),
    ] {
        let actual = smm(m, cells, ratio);
        assert_eq!(actual.stage, Stage::Smm);
        let total = |id| model(&actual, id).total;
        assert_eq!(
            (
                total("imwg_2020_20_2_20"),
                total("mayo_2018_20_2_20"),
                total("imwg_2020_points"),
                total("lecture_five_factors")
            ),
            (Some(twenty), Some(twenty), Some(points), Some(lecture)),
            "{m} {cells} {ratio}"
        );
    }
}

#[test]
fn figures_of_every_mayo_mgus_total() {
    let mayo = |m, heavy, ratio| {
        let r = judge(&format!(
            "m_protein_g_dl={m} heavy_chain={heavy} flc_ratio={ratio} plasma_cells=5"
        ));
        let m = model(&r, "mayo_mgus_2005");
        (
            m.group.unwrap(),
            m.progression_percent.unwrap(),
            m.progression_percent_competing.unwrap(),
            m.relative_risk.unwrap(),
        )
    };
    assert_eq!(mayo("1.4", "IgG", "1.65"), (Group::Low, 5.0, 2.0, 1.0));
    assert_eq!(
        mayo("1.5", "IgG", "1.65"),
        (Group::LowIntermediate, 21.0, 10.0, 5.4)
    );
    assert_eq!(
        mayo("1.4", "IgA", "1.65"),
        (Group::LowIntermediate, 21.0, 10.0, 5.4)
    );
    assert_eq!(
        mayo("1.4", "IgG", "1.66"),
        (Group::LowIntermediate, 21.0, 10.0, 5.4)
    );
    assert_eq!(
        mayo("1.4", "IgG", "0.25"),
        (Group::LowIntermediate, 21.0, 10.0, 5.4)
    );
    assert_eq!(
        mayo("1.4", "IgD", "0.25"),
        (Group::HighIntermediate, 37.0, 18.0, 10.1)
    );
    assert_eq!(
        mayo("1.5", "IgM", "0.26"),
        (Group::HighIntermediate, 37.0, 18.0, 10.1)
    );
    assert_eq!(mayo("1.5", "IgM", "0.25"), (Group::High, 58.0, 27.0, 20.8));
}

/// Total, group and percentage of a model whose factors are all known.
fn known(cells: &str, id: &str) -> (u32, Group, Option<f64>) {
    let m = model(&judge(&format!("heavy_chain=IgG {cells}")), id);
    (
        m.total.expect("known"),
        m.group.expect("one group"),
        m.progression_percent,
    )
}

#[test]
fn figures_of_every_imwg_total() {
    let three = "imwg_2020_20_2_20";
    let four = "imwg_2020_cytogenetics";
    for (cells, expected_three, expected_four) in [
        (
            "m_protein_g_dl=1 plasma_cells=12 flc_ratio=2 fish=normal",
            (0, Group::Low, Some(6.0)),
            (0, Group::Low, Some(6.0)),
        ),
        (
            "m_protein_g_dl=1 plasma_cells=12 flc_ratio=2 fish=+1q",
            (0, Group::Low, Some(6.0)),
            (1, Group::LowIntermediate, Some(23.0)),
        ),
        (
            "m_protein_g_dl=2.1 plasma_cells=12 flc_ratio=2 fish=normal",
            (1, Group::Intermediate, Some(18.0)),
            (1, Group::LowIntermediate, Some(23.0)),
        ),
        (
            "m_protein_g_dl=2.1 plasma_cells=12 flc_ratio=2 fish=-13",
            (1, Group::Intermediate, Some(18.0)),
            (2, Group::Intermediate, Some(46.0)),
        ),
        (
            "m_protein_g_dl=2.1 plasma_cells=21 flc_ratio=2 fish=normal",
            (2, Group::High, Some(44.0)),
            (2, Group::Intermediate, Some(46.0)),
        ),
        (
            "m_protein_g_dl=2.1 plasma_cells=21 flc_ratio=2 fish=t(14;16)",
            (2, Group::High, Some(44.0)),
            (3, Group::High, Some(63.0)),
        ),
        (
            "m_protein_g_dl=2.1 plasma_cells=21 flc_ratio=21 fish=normal",
            (3, Group::High, Some(44.0)),
            (3, Group::High, Some(63.0)),
        ),
        (
            "m_protein_g_dl=2.1 plasma_cells=21 flc_ratio=0.04 fish=t(4;14)",
            (3, Group::High, Some(44.0)),
            (4, Group::High, Some(63.0)),
        ),
        // Not among the four of Mateos 2020.
        (
            "m_protein_g_dl=1 plasma_cells=12 flc_ratio=2 fish=del(17p),t(11;14),t(14;20),hyperdiploidy",
            (0, Group::Low, Some(6.0)),
            (0, Group::Low, Some(6.0)),
        ),
    ] {
        assert_eq!(
            (known(cells, three), known(cells, four)),
            (expected_three, expected_four),
            "{cells}"
        );
    }
}

#[test]
fn figures_of_every_mayo_2018_total() {
    let eighteen = |cells: &str| {
        let m = model(&judge(&format!("heavy_chain=IgG {cells}")), "mayo_2018_20_2_20");
        (
            m.progression_percent.unwrap(),
            m.median_months_to_progression.unwrap(),
            m.from_memory,
        )
    };
    assert_eq!(
        eighteen("m_protein_g_dl=1 plasma_cells=12 flc_ratio=2"),
        (9.7, 110.0, true)
    );
    assert_eq!(
        eighteen("m_protein_g_dl=1 plasma_cells=21 flc_ratio=2"),
        (26.3, 68.0, true)
    );
    assert_eq!(
        eighteen("m_protein_g_dl=1 plasma_cells=21 flc_ratio=21"),
        (47.4, 29.0, true)
    );
    assert_eq!(
        eighteen("m_protein_g_dl=3 plasma_cells=21 flc_ratio=21"),
        (47.4, 29.0, true)
    );
}

#[test]
fn both_sides_of_every_limit_between_point_groups() {
    let points = |cells| known(cells, "imwg_2020_points");
    assert_eq!(
        points("m_protein_g_dl=3.1 plasma_cells=12 flc_ratio=2 fish=normal"),
        (4, Group::Low, Some(3.8))
    );
    assert_eq!(
        points("m_protein_g_dl=3.0 plasma_cells=16 flc_ratio=2 fish=normal"),
        (5, Group::LowIntermediate, Some(26.0))
    );
    assert_eq!(
        points("m_protein_g_dl=3.0 plasma_cells=16 flc_ratio=30 fish=normal"),
        (8, Group::LowIntermediate, Some(26.0))
    );
    assert_eq!(
        points("m_protein_g_dl=3.1 plasma_cells=16 flc_ratio=30 fish=normal"),
        (9, Group::Intermediate, Some(51.0))
    );
    assert_eq!(
        points("m_protein_g_dl=3.1 plasma_cells=21 flc_ratio=30 fish=+1q"),
        (12, Group::Intermediate, Some(51.0))
    );
    assert_eq!(
        points("m_protein_g_dl=3.0 plasma_cells=31 flc_ratio=50 fish=normal"),
        (13, Group::High, Some(73.0))
    );
    assert_eq!(
        points("m_protein_g_dl=3.1 plasma_cells=41 flc_ratio=50 fish=del(13q)"),
        (17, Group::High, Some(73.0))
    );
}

#[test]
fn only_figures_from_memory_are_marked_so() {
    let actual = judge("m_protein_g_dl=2.5 heavy_chain=IgG plasma_cells=12 flc_ratio=2 fish=normal");
    let marked: Vec<&str> = actual
        .risk
        .iter()
        .filter(|m| m.from_memory)
        .map(|m| m.id.as_str())
        .collect();
    assert_eq!(marked, ["mayo_2018_20_2_20"]);
    assert!(actual.risk.iter().all(|m| m.stage_is_certain));
    for care in CARE {
        let actual = judge(care.cells);
        let mut said = actual
            .progression
            .iter()
            .chain(&actual.follow_up)
            .chain(&actual.evidence);
        assert!(said.all(|s| !s.from_memory), "{}", care.stage);
    }
    let open = judge("m_protein_g_dl=2.5 heavy_chain=IgG");
    assert!(!open.risk.is_empty() && open.risk.iter().all(|m| !m.stage_is_certain));
}

#[test]
fn the_lists_of_lecture_and_trial() {
    let base = "plasma_cells=12 flc_ratio=2 fish=normal";
    let lecture = |cells: &str| {
        let m = model(&judge(&format!("{base} {cells}")), "lecture_five_factors");
        (m.total_min, m.total_max)
    };
    let rest = "mri_lesions=0 immunoparesis=no";
    assert_eq!(
        lecture(&format!("m_protein_g_dl=2.5 heavy_chain=IgG {rest}")),
        (1, 1)
    );
    assert_eq!(
        lecture(&format!("m_protein_g_dl=2.5 heavy_chain=IgA {rest}")),
        (0, 0)
    );
    assert_eq!(lecture(&format!("m_protein_g_dl=2.5 {rest}")), (0, 1));
    assert_eq!(lecture(&format!("m_protein_g_dl=1.9 {rest}")), (0, 0));
    assert_eq!(lecture(&format!("heavy_chain=IgG {rest}")), (0, 1));
    assert_eq!(lecture(&format!("heavy_chain=IgA {rest}")), (0, 0));
    let m = "m_protein_g_dl=1 heavy_chain=IgG";
    assert_eq!(lecture(&format!("{m} mri_lesions=1 immunoparesis=no")), (1, 1));
    for (flow, expected) in [
        ("aberrant_plasma_cells=95 immunoparesis=yes", (1, 1)),
        ("aberrant_plasma_cells=94.9 immunoparesis=yes", (0, 0)),
        ("aberrant_plasma_cells=95 immunoparesis=no", (0, 0)),
        ("aberrant_plasma_cells=95", (0, 1)),
        ("immunoparesis=yes", (0, 1)),
        ("aberrant_plasma_cells=50", (0, 0)),
    ] {
        assert_eq!(lecture(&format!("{m} mri_lesions=0 {flow}")), expected, "{flow}");
    }
    let aquila = |cells: &str| model(&judge(cells), "aquila_entry").groups_possible;
    let high = [Group::High];
    let not = [Group::NotHigh];
    // A ratio of 100 with little of the involved chain is no event, and the trial did not admit it.
    let ratio = |r| {
        aquila(&format!(
            "plasma_cells=10 m_protein_g_dl=1 heavy_chain=IgG involved_flc_ratio={r} involved_flc_mg_l=80 immunoparesis=no"
        ))
    };
    assert_eq!(ratio("99.9"), high);
    assert_eq!(ratio("100"), not);
    assert_eq!(
        aquila("plasma_cells=10 m_protein_g_dl=3 heavy_chain=IgG flc_ratio=1 immunoparesis=no"),
        high
    );
    assert_eq!(
        aquila("plasma_cells=9.9 m_protein_g_dl=3 heavy_chain=IgG flc_ratio=1 immunoparesis=no"),
        not
    );
    assert_eq!(
        aquila("plasma_cells=10 m_protein_g_dl=2.9 heavy_chain=IgG flc_ratio=1 immunoparesis=no"),
        not
    );
    assert_eq!(
        aquila("plasma_cells=10 m_protein_g_dl=1 heavy_chain=IgA flc_ratio=1 immunoparesis=no"),
        high
    );
    assert_eq!(
        aquila("plasma_cells=10 m_protein_g_dl=1 heavy_chain=IgG flc_ratio=8 immunoparesis=no"),
        high
    );
    assert_eq!(
        aquila("plasma_cells=10 m_protein_g_dl=1 heavy_chain=IgG flc_ratio=7.9 immunoparesis=no"),
        not
    );
    assert_eq!(
        aquila("plasma_cells=10 m_protein_g_dl=1 heavy_chain=IgG flc_ratio=1 reduced_isotypes=2"),
        high
    );
    assert_eq!(
        aquila("plasma_cells=10 m_protein_g_dl=1 heavy_chain=IgG flc_ratio=1 reduced_isotypes=1"),
        not
    );
    assert_eq!(
        aquila("plasma_cells=50 m_protein_g_dl=1 heavy_chain=IgG flc_ratio=1 immunoparesis=no"),
        not
    );
    assert_eq!(
        aquila("plasma_cells=50.1 m_protein_g_dl=1 heavy_chain=IgG flc_ratio=1 immunoparesis=no"),
        high
    );
    assert_eq!(
        aquila("plasma_cells=10 m_protein_g_dl=1 heavy_chain=IgG flc_ratio=1 immunoparesis=yes"),
        [Group::NotHigh, Group::High]
    );
}

#[test]
fn every_unit_gives_the_same_answer() {
    let base = judge(
        "m_protein_g_dl=2.4 heavy_chain=IgG kappa_flc_mg_l=330 lambda_flc_mg_l=11 plasma_cells=22 calcium_mmol_l=2.5 \
         calcium_uln_mmol_l=2.6 albumin_g_dl=4.1 creatinine_umol_l=88.5 hb_g_dl=12.1 hb_lln_g_dl=13.7 \
         urine_m_protein_mg_24h=480",
    );
    for cells in [
        "m_protein_g_l=24 heavy_chain=IgG kappa_flc_mg_dl=33 lambda_flc_mg_dl=1.1 plasma_cells_percent=22 calcium_mg_dl=10 \
         calcium_uln_mg_dl=10.4 albumin_g_l=41 creatinine_mg_dl=1 hb_g_l=121 hb_lln_g_l=137 urine_m_protein_g_24h=0.48",
        "m_protein_mg_dl=2400 heavy_chain=IgG kappa_flc_g_l=0.33 lambda_flc_g_l=0.011 plasma_cells_fraction=0.22 \
         calcium_mg_dl=10.0 calcium_uln_mmol_l=2.6 albumin_g_l=41.0 creatinine_mg_dl=1.00 hb_g_l=121.0 hb_lln_g_dl=13.7 \
         urine_m_protein_g_day=0.48",
        "m_protein=24 m_protein_unit=g/L heavy_chain=IgG kappa_flc=33 kappa_flc_unit=mg/dL lambda_flc=11 lambda_flc_unit=mg/L \
         plasma_cells=22 calcium=10 calcium_unit=mg/dl calcium_uln=2.6 calcium_uln_unit=mmol/L albumin=41 albumin_unit=g/l \
         creatinine=88.5 creatinine_unit=µmol/L hb=121 hb_unit=g/L hb_lln=13.7 hb_lln_unit=g/dL urine_m_protein=480 \
         urine_m_protein_unit=mg/24h",
    ] {
        assert_eq!(judge(cells), base, "{cells}");
    }
}

#[test]
fn certainty_and_road() {
    let clean = judge(&format!(
        "m_protein_g_dl=1.0 heavy_chain=IgG plasma_cells=5 kappa_flc_mg_l=12 lambda_flc_mg_l=10 {CLEAN}"
    ));
    assert_eq!(clean.stage, Stage::NonIgmMgus);
    assert_eq!((clean.certainty, clean.missing.len()), (Certainty::Complete, 0));
    assert_eq!(clean.road.position, Some(0.13));
    let bare = judge("m_protein_g_dl=1.0 heavy_chain=IgG plasma_cells=5 flc_ratio=1.0");
    assert_eq!(bare.certainty, Certainty::Provisional);
    let inputs: Vec<&str> = bare.missing.iter().map(|m| m.input.as_str()).collect();
    assert_eq!(
        inputs,
        [
            "urine_m_protein",
            "calcium",
            "creatinine+egfr",
            "hb",
            "bone_lesions",
            "mri_lesions",
            "amyloidosis"
        ]
    );
    assert!(bare.missing[0].could_become.contains(&Stage::Smm));
    let mm = judge("plasma_cells=60");
    assert_eq!(mm.certainty, Certainty::Complete);
    assert_eq!(mm.road.position, Some(0.85));
    let models: Vec<&str> = mm.risk.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(models, ["iss_2005", "r_iss_2015", "r2_iss_2022"]);
    let low: Vec<_> = clean.follow_up.iter().map(|s| s.interval_months).collect();
    assert_eq!(low, [Some((24, 36)), Some((6, 24))]);
    let other: Vec<_> = judge("m_protein_g_dl=1.5 heavy_chain=IgG plasma_cells=5 flc_ratio=1.0")
        .follow_up
        .iter()
        .map(|s| s.interval_months)
        .collect();
    assert_eq!(other, [Some((12, 12)), Some((6, 24))]);
}

#[test]
fn the_result_has_a_schema() {
    let schema = schemars::schema_for!(PlasmaResult);
    let text = serde_json::to_string(&schema).expect("a schema");
    for field in ["stage", "events", "missing", "risk", "road", "words"] {
        assert!(text.contains(&format!("\"{field}\"")), "{field}");
    }
}

/// What is said of a stage: progression, follow-up with its interval in months, tests, trials.
struct Care {
    cells: &'static str,
    stage: &'static str,
    progression: &'static [&'static str],
    follow_up: &'static [(&'static str, Option<(u32, u32)>)],
    tests: &'static [&'static str],
    trials: bool,
}

/// Kyle 2010 (IMWG), the table of Blood (view 7583955) and the lecture's tables 3 and 11: every stage, in the order of the road.
const CARE: &[Care] = &[
    Care {
        cells: "heavy_chain=none flc_ratio=1.0",
        stage: "no_monoclonal_protein",
        progression: &[],
        follow_up: &[("follow_up.none", None)],
        tests: &[],
        trials: false,
    },
    Care {
        cells: "m_protein_g_dl=1.4 heavy_chain=IgG flc_ratio=1.0 plasma_cells=5",
        stage: "non_igm_mgus",
        progression: &["progression.non_igm_mgus", "progression.mgus_overall"],
        follow_up: &[
            ("follow_up.mgus_low.imwg", Some((24, 36))),
            ("follow_up.mgus.lecture", Some((6, 24))),
        ],
        tests: &[
            "test.m_protein",
            "test.flc",
            "test.cbc",
            "test.calcium",
            "test.creatinine",
        ],
        trials: false,
    },
    Care {
        cells: "m_protein_g_dl=1.4 heavy_chain=IgM flc_ratio=1.0 lymphoplasmacytic_cells=5",
        stage: "igm_mgus",
        progression: &["progression.igm_mgus", "progression.mgus_overall"],
        follow_up: &[
            ("follow_up.mgus_other.imwg", Some((12, 12))),
            ("follow_up.mgus.lecture", Some((6, 24))),
        ],
        tests: &[
            "test.m_protein",
            "test.flc",
            "test.cbc",
            "test.calcium",
            "test.creatinine",
        ],
        trials: false,
    },
    // Low only by what is known: the type is open, and so is the long interval.
    Care {
        cells: "m_protein_g_dl=1.4 flc_ratio=1.0 plasma_cells=5",
        stage: "mgus_type_not_given",
        progression: &["progression.mgus_overall"],
        follow_up: &[
            ("follow_up.mgus_other.imwg", Some((12, 12))),
            ("follow_up.mgus.lecture", Some((6, 24))),
        ],
        tests: &[
            "test.m_protein",
            "test.flc",
            "test.cbc",
            "test.calcium",
            "test.creatinine",
        ],
        trials: false,
    },
    Care {
        cells: "heavy_chain=none kappa_flc_mg_l=33 lambda_flc_mg_l=11 plasma_cells=4",
        stage: "light_chain_mgus",
        progression: &["progression.light_chain_mgus"],
        follow_up: &[
            ("follow_up.mgus_other.imwg", Some((12, 12))),
            ("follow_up.mgus.lecture", Some((6, 24))),
        ],
        tests: &[
            "test.flc",
            "test.urine",
            "test.cbc",
            "test.calcium",
            "test.creatinine",
        ],
        trials: false,
    },
    Care {
        cells: "m_protein_g_dl=2 heavy_chain=IgG plasma_cells=12",
        stage: "smm",
        progression: &["progression.smm"],
        follow_up: &[
            ("follow_up.smm.imwg", Some((6, 12))),
            ("follow_up.smm.lecture", Some((3, 6))),
            ("follow_up.smm.risk_open", None),
        ],
        tests: &[
            "test.m_protein",
            "test.flc",
            "test.cbc",
            "test.creatinine",
            "test.whole_body_mri",
        ],
        trials: true,
    },
    Care {
        cells: "plasmacytoma=bone plasma_cells=0 bone_lesions=1",
        stage: "solitary_plasmacytoma",
        progression: &["progression.solitary_plasmacytoma_by_flow"],
        follow_up: &[("follow_up.refer_now", None)],
        tests: &[],
        trials: false,
    },
    Care {
        cells: "plasmacytoma=bone plasma_cells=5 bone_lesions=1",
        stage: "solitary_plasmacytoma_minimal_marrow",
        progression: &["progression.solitary_plasmacytoma_by_flow"],
        follow_up: &[("follow_up.refer_now", None)],
        tests: &[],
        trials: false,
    },
    Care {
        cells: "plasma_cells=60",
        stage: "mm",
        progression: &[],
        follow_up: &[("follow_up.refer_now", None)],
        tests: &[],
        trials: false,
    },
    Care {
        cells: "heavy_chain=IgM m_protein_g_dl=3.0 plasma_cells=5",
        stage: "igm_beyond_mgus",
        progression: &[],
        follow_up: &[("follow_up.refer_now", None)],
        tests: &[],
        trials: false,
    },
    Care {
        cells: "amyloidosis=yes plasma_cells=12",
        stage: "amyloidosis_workup",
        progression: &[],
        follow_up: &[("follow_up.refer_now", None)],
        tests: &[],
        trials: false,
    },
    Care {
        cells: "m_protein_g_dl=2 heavy_chain=IgG",
        stage: "undetermined",
        progression: &[],
        follow_up: &[("follow_up.complete_values", None)],
        tests: &[],
        trials: false,
    },
    Care {
        cells: "mri_lesions=2 plasma_cells=9.9",
        stage: "review",
        progression: &[],
        follow_up: &[("follow_up.complete_values", None)],
        tests: &[],
        trials: false,
    },
];

#[test]
fn what_follows_from_every_stage() {
    for care in CARE {
        let actual = judge(care.cells);
        let keys = |list: &[Statement]| list.iter().map(|s| s.key.clone()).collect::<Vec<_>>();
        assert_eq!(actual.stage.key(), care.stage, "{}", care.cells);
        assert_eq!(keys(&actual.progression), care.progression, "{}", care.stage);
        let follow_up: Vec<_> = actual
            .follow_up
            .iter()
            .map(|s| (s.key.as_str(), s.interval_months))
            .collect();
        assert_eq!(follow_up, care.follow_up, "{}", care.stage);
        assert_eq!(keys(&actual.tests), care.tests, "{}", care.stage);
        let trials: &[&str] = if care.trials {
            &[
                "evidence.aquila",
                "evidence.aquila_entry",
                "evidence.fda",
                "evidence.ec",
            ]
        } else {
            &[]
        };
        assert_eq!(keys(&actual.evidence), trials, "{}", care.stage);
        let notices: Vec<_> = actual
            .notices
            .iter()
            .map(|s| (s.key.as_str(), &s.sources[..]))
            .collect();
        let lecture = ["yoshida_lecture".to_owned()];
        assert_eq!(
            notices,
            [
                ("notice.support", &[][..]),
                ("notice.not_assessed", &[]),
                ("road.continuum", &lecture),
            ],
            "{}",
            care.stage
        );
    }
    assert_eq!(CARE.len(), Stage::ALL.len());
}

/// What follows from the risk of smoldering myeloma, from light chains alone, and from the kidney.
#[test]
fn advice_follows_risk_light_chain_and_kidney() {
    let asked = |cells: &str, key: &str| judge(cells).follow_up.iter().any(|s| s.key == key);
    let trials = |cells: &str| judge(cells).evidence.len();
    let high = "m_protein_g_dl=3.2 heavy_chain=IgG plasma_cells=28 flc_ratio=40";
    assert!(asked(high, "follow_up.smm.daratumumab") && trials(high) == 4);
    let low = "m_protein_g_dl=1 heavy_chain=IgG plasma_cells=12 flc_ratio=2 fish=normal mri_lesions=0 immunoparesis=no reduced_isotypes=0";
    assert!(!asked(low, "follow_up.smm.daratumumab") && !asked(low, "follow_up.smm.risk_open"));
    assert_eq!(trials(low), 0);
    let open = "m_protein_g_dl=1 heavy_chain=IgG plasma_cells=12";
    assert!(asked(open, "follow_up.smm.risk_open") && !asked(open, "follow_up.smm.daratumumab"));
    let light = "follow_up.smm.light_chain";
    assert!(asked(
        "heavy_chain=none kappa_flc_mg_l=8 lambda_flc_mg_l=300 plasma_cells=18",
        light
    ));
    assert!(!asked(high, light));
    let kidney = "follow_up.mgrs";
    let mgus = "m_protein_g_dl=1 heavy_chain=IgG plasma_cells=5";
    assert!(asked(&format!("{mgus} egfr=59"), kidney));
    assert!(!asked(&format!("{mgus} egfr=60"), kidney) && !asked(mgus, kidney));
    // In smoldering myeloma too; of myeloma it is told otherwise.
    assert!(asked(
        "m_protein_g_dl=2 heavy_chain=IgG plasma_cells=20 egfr=59",
        kidney
    ));
    assert!(!asked(
        "m_protein_g_dl=2 heavy_chain=IgG plasma_cells=65 egfr=59",
        kidney
    ));
}

/// The figures that the facts give, in both languages: a wrong digit here is a wrong counsel.
#[test]
fn figures_of_what_follows_are_those_of_their_sources() {
    let said = |cells: &str, key: &str, figures: &[&str]| {
        let actual = judge(cells);
        let words = &actual.words[key];
        for figure in figures {
            assert!(words.en.contains(figure), "{key}: {figure}\n{}", words.en);
            let digits = figure.trim_end_matches(" %");
            assert!(words.ja.contains(digits), "{key}: {digits}\n{}", words.ja);
        }
    };
    let smm = "plasma_cells=12";
    said(smm, "progression.smm", &["10 %", "3 %", "2 %"]);
    said(
        smm,
        "evidence.aquila",
        &[
            "390", "1,800", "36", "63.1", "40.8 %", "0.49", "0.36", "0.67", "93.0", "86.9 %",
        ],
    );
    said(smm, "evidence.fda", &["6", "2025"]);
    said(smm, "evidence.ec", &["23", "2025"]);
    said(
        "m_protein_g_dl=1 heavy_chain=IgG plasma_cells=5",
        "progression.non_igm_mgus",
        &["0.5 %"],
    );
    said(
        "m_protein_g_dl=1 heavy_chain=IgM lymphoplasmacytic_cells=5",
        "progression.igm_mgus",
        &["1 %"],
    );
    said(
        "heavy_chain=none kappa_flc_mg_l=33 lambda_flc_mg_l=11 plasma_cells=4",
        "progression.light_chain_mgus",
        &["0.3 %"],
    );
}

#[test]
fn rules_cite_the_papers_that_they_come_from() {
    let criteria = "rajkumar_2014";
    for (cells, rule, sources) in [
        ("plasma_cells=60", "mm.sixty_percent", vec![criteria]),
        (
            "m_protein_g_dl=1.5 heavy_chain=IgG flc_ratio=1.65",
            "mgus.marrow_deferred",
            vec![criteria, "bmj_best_practice_1173"],
        ),
        (
            "heavy_chain=none kappa_flc_mg_l=33 lambda_flc_mg_l=11 plasma_cells=4",
            "mgus.light_chain",
            vec![criteria, "katzmann_2002"],
        ),
        (
            "heavy_chain=none flc_ratio=1.0",
            "none.no_monoclonal_protein",
            vec![criteria, "katzmann_2002"],
        ),
        (
            "heavy_chain=none kappa_flc_mg_l=19.4 lambda_flc_mg_l=5 plasma_cells=4",
            "none.light_chain_not_raised",
            vec![criteria, "katzmann_2002"],
        ),
        (
            "heavy_chain=none plasma_cells=5 flc_ratio=3",
            "undetermined.flc_concentration_missing",
            vec![criteria, "katzmann_2002"],
        ),
    ] {
        let actual = judge(cells);
        assert_eq!(
            (actual.rules[0].rule.as_str(), &actual.rules[0].sources),
            (rule, &sources.iter().map(|s| (*s).to_owned()).collect()),
            "{cells}"
        );
    }
}

/// Sources of a result are those of what it says, and no others.
#[test]
fn sources_are_listed_where_they_are_needed() {
    let lists = |cells: &str, key: &str| judge(cells).sources.iter().any(|s| s.key == key);
    let base = "m_protein_g_dl=2 heavy_chain=IgG plasma_cells=12";
    for (cells, key, listed) in [
        // The caution on the renal range (Hutchison 2008): clearance below 60 and a ratio above 1.65, at most 3.1.
        ("flc_ratio=2.0 egfr=59", "hutchison_2008", true),
        ("flc_ratio=3.1 egfr=59", "hutchison_2008", true),
        ("flc_ratio=3.11 egfr=59", "hutchison_2008", false),
        ("flc_ratio=1.65 egfr=59", "hutchison_2008", false),
        ("flc_ratio=2.0 egfr=60", "hutchison_2008", false),
        // "Normal whatever is missing" rests on CKD-EPI 2021.
        ("creatinine_umol_l=70", "ckd_epi_2021", true),
        ("creatinine_umol_l=90", "ckd_epi_2021", false),
        ("egfr=39", "ckd_epi_2021", false),
        ("", "ckd_epi_2021", false),
        ("flc_ratio=1.0", "katzmann_2002", true),
        ("", "katzmann_2002", false),
        ("", "payne_1973", false),
    ] {
        assert_eq!(lists(&format!("{base} {cells}"), key), listed, "{cells}: {key}");
    }
}

#[test]
fn factors_say_what_they_were_held_against() {
    let actual = judge("m_protein_g_dl=2.5 heavy_chain=IgG plasma_cells=12 flc_ratio=0.04 fish=normal");
    let of = |id: &str| -> Vec<_> {
        let said = |f: Factor| {
            let sign = f.comparison.map(Comparison::sign);
            (f.id, f.value, f.unit, sign, f.limit, f.points)
        };
        model(&actual, id).factors.into_iter().map(said).collect()
    };
    let row = |id: &str, value: f64, unit: &str, sign, limit, points| {
        (
            id.to_owned(),
            Some(value),
            unit.to_owned(),
            sign,
            limit,
            Some(points),
        )
    };
    assert_eq!(
        of("imwg_2020_20_2_20"),
        [
            row("plasma_cells", 12.0, "%", Some(">"), Some(20.0), 0),
            row("m_protein", 2.5, "g/dL", Some(">"), Some(2.0), 1),
            row("involved_flc_ratio", 25.0, "", Some(">"), Some(20.0), 1),
        ]
    );
    assert_eq!(
        of("imwg_2020_points")[..3],
        [
            row("involved_flc_ratio", 25.0, "", None, None, 2),
            row("m_protein", 2.5, "g/dL", None, None, 3),
            row("plasma_cells", 12.0, "%", None, None, 0),
        ]
    );
    assert_eq!(
        of("lecture_five_factors")[..3],
        [
            row("plasma_cells", 12.0, "%", Some(">="), Some(20.0), 0),
            row("m_protein_igg", 2.5, "g/dL", Some(">="), Some(2.0), 1),
            row("involved_flc_ratio", 25.0, "", Some(">="), Some(20.0), 1),
        ]
    );
}

/// Stages that an input could lead to, as `input>stages`.
fn could(cells: &str) -> Vec<String> {
    let stages = |list: &[Stage]| list.iter().map(|s| s.key()).collect::<Vec<_>>().join("/");
    judge(cells)
        .missing
        .iter()
        .map(|m| format!("{}>{}", m.input, stages(&m.could_become)))
        .collect()
}

/// The one missing input of a topic, or nothing: both sides of every "is it missing, and can it matter".
#[test]
fn inputs_are_missing_only_where_they_could_change_the_stage() {
    let smm = format!(
        "m_protein_g_dl=2 heavy_chain=IgG plasma_cells=15 kappa_flc_mg_l=20 lambda_flc_mg_l=10 {CLEAN}"
    );
    let with = |more: &str| {
        let names: Vec<&str> = more
            .split_whitespace()
            .filter_map(|c| c.split_once('=').map(|p| p.0))
            .collect();
        let kept = smm
            .split_whitespace()
            .filter(|c| !names.iter().any(|n| c.split('=').next() == Some(n)))
            .chain(more.split_whitespace().filter(|c| !c.ends_with('=')));
        kept.collect::<Vec<_>>().join(" ")
    };
    for (more, expected) in [
        ("", vec![]),
        // Limits that are known are not asked for again.
        ("calcium_mmol_l=2.7 calcium_uln_mmol_l=2.6", vec![]),
        ("calcium_mmol_l=2.7", vec!["calcium_uln>mm"]),
        ("calcium_mmol_l=2.65", vec![]),
        ("hb_g_dl=11.9 hb_lln_g_dl=12", vec![]),
        ("hb_g_dl=11.9 hb_lln_g_dl=", vec!["hb_lln>mm"]),
        // 1 mg/dL of creatinine and a clearance of 60 cannot hide renal insufficiency (CKD-EPI 2021).
        ("creatinine_umol_l=88.5 egfr=", vec![]),
        ("creatinine_umol_l=88.6 egfr=", vec!["egfr>mm"]),
        ("creatinine_umol_l= egfr=60", vec![]),
        ("creatinine_umol_l= egfr=59.9", vec!["creatinine>mm"]),
        ("creatinine_umol_l= egfr=", vec!["creatinine+egfr>mm"]),
        // Only IgM asks for what belongs to IgM.
        ("heavy_chain=IgA", vec![]),
        (
            "heavy_chain=IgM plasma_cells=5",
            vec![
                "lymphoplasmacytic_cells>igm_beyond_mgus",
                "igm_signs>igm_beyond_mgus",
            ],
        ),
        (
            "heavy_chain=IgM plasma_cells=5 lymphoplasmacytic_cells=5",
            vec!["igm_signs>igm_beyond_mgus"],
        ),
        (
            "heavy_chain=IgM plasma_cells=5 igm_signs=no",
            vec!["lymphoplasmacytic_cells>igm_beyond_mgus"],
        ),
        (
            "heavy_chain=IgM plasma_cells=5 lymphoplasmacytic_cells=5 igm_signs=no",
            vec![],
        ),
        // A plasmacytoma is asked for where a lesion points to it.
        (
            "bone_lesions=1 plasma_cells=5",
            vec!["plasmacytoma>solitary_plasmacytoma_minimal_marrow"],
        ),
        ("bone_lesions=1 plasma_cells=5 plasmacytoma=none", vec![]),
        // An M protein that is not known, and none to be known: immunofixation without a heavy chain.
        (
            "m_protein_g_dl= plasma_cells=5",
            vec!["m_protein>non_igm_mgus/smm"],
        ),
        (
            "m_protein_g_dl= heavy_chain=none plasma_cells=5 kappa_flc_mg_l=10 lambda_flc_mg_l=10",
            vec![],
        ),
        // "No heavy chain" is an answer only where no M protein was measured.
        (
            "heavy_chain= plasma_cells=5",
            vec!["heavy_chain>non_igm_mgus/igm_mgus"],
        ),
        (
            "heavy_chain= m_protein_g_dl=0 plasma_cells=5 kappa_flc_mg_l=10 lambda_flc_mg_l=10",
            vec!["heavy_chain>no_monoclonal_protein/non_igm_mgus/igm_mgus"],
        ),
    ] {
        assert_eq!(could(&with(more)), expected, "{more}");
    }
}

/// Chains whose ratio was reported are looked for at that ratio: little of the chain is not raised, much is.
#[test]
fn a_reported_ratio_is_kept_while_its_chains_are_looked_for() {
    let open = |ratio: &str| {
        let cells = format!("heavy_chain=none flc_ratio={ratio} plasma_cells=4 {CLEAN}");
        could(&cells)
    };
    for ratio in ["0.2", "5", "0.1", "10"] {
        assert_eq!(
            open(ratio),
            ["kappa_flc+lambda_flc>no_monoclonal_protein/light_chain_mgus"],
            "{ratio}"
        );
    }
    // Within 0.26-1.65 no amount of the chains makes a clone.
    for ratio in ["0.26", "0.3", "1.0", "1.65"] {
        assert_eq!(open(ratio), Vec::<String>::new(), "{ratio}");
    }
}

#[test]
fn models_are_said_to_differ_only_where_they_do() {
    let differ = |cells: &str| {
        let actual = judge(&format!(
            "heavy_chain=IgG fish=normal mri_lesions=0 immunoparesis=no {cells}"
        ));
        let found = actual.findings.into_iter().find(|f| f.code == "models_differ");
        found.map(|f| f.detail)
    };
    // 0 of 20/2/20 (more than), 3 of the lecture's (at least), 7 points.
    assert_eq!(
        differ("m_protein_g_dl=2.0 plasma_cells=20 flc_ratio=20").unwrap(),
        "imwg_2020_20_2_20: not high, imwg_2020_cytogenetics: not high, imwg_2020_points: not high, \
         lecture_five_factors: high"
    );
    assert_eq!(
        differ("m_protein_g_dl=2.1 plasma_cells=21 flc_ratio=10").unwrap(),
        "imwg_2020_20_2_20: high, imwg_2020_cytogenetics: not high, imwg_2020_points: not high, \
         lecture_five_factors: not high"
    );
    assert_eq!(differ("m_protein_g_dl=1 plasma_cells=12 flc_ratio=2"), None);
    assert_eq!(differ("m_protein_g_dl=3.1 plasma_cells=41 flc_ratio=50"), None);
}
