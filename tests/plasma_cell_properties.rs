//! What must hold for any input: no panic, complete words and sources, and risk that never falls as a value rises.

#![allow(clippy::expect_used, clippy::unwrap_used)] // Helpers of tests, outside the functions that clippy exempts.

use hemoclone::patient::{Crab, Fish, HeavyChain, LightChain, PlasmaInput, Plasmacytoma};
use hemoclone::patient::{read_json, read_table};
use hemoclone::plasma_cell::{EventState, PlasmaResult, Settings, Severity, Stage, assess, row, words};
use proptest::prelude::*;

fn maybe(range: std::ops::RangeInclusive<f64>) -> impl Strategy<Value = Option<f64>> {
    proptest::option::weighted(0.7, range)
}

/// Values near limits are drawn as often as any others.
fn near(limits: &'static [f64], range: std::ops::RangeInclusive<f64>) -> impl Strategy<Value = Option<f64>> {
    prop_oneof![maybe(range), proptest::sample::select(limits).prop_map(Some),]
}

fn heavy() -> impl Strategy<Value = Option<HeavyChain>> {
    proptest::option::of(proptest::sample::select(vec![
        HeavyChain::IgG,
        HeavyChain::IgA,
        HeavyChain::IgM,
        HeavyChain::IgD,
        HeavyChain::IgE,
        HeavyChain::None,
    ]))
}

prop_compose! {
    fn clone_values()(
        m_protein in near(&[0.0, 1.5, 2.0, 3.0], 0.0..=15.0),
        heavy_chain in heavy(),
        light_chain in proptest::option::of(proptest::sample::select(vec![LightChain::Kappa, LightChain::Lambda])),
        urine_m_protein in near(&[0.0, 500.0], 0.0..=5000.0),
        kappa_flc in maybe(0.1..=5000.0),
        lambda_flc in maybe(0.1..=5000.0),
        flc_ratio in near(&[0.26, 1.65, 20.0, 100.0], 0.0001..=1000.0),
        plasma_cells in near(&[0.0, 10.0, 20.0, 60.0], 0.0..=100.0),
        plasmacytoma in proptest::option::of(proptest::sample::select(vec![
            Plasmacytoma::None, Plasmacytoma::Bone, Plasmacytoma::SoftTissue,
        ])),
        fish in proptest::option::of(proptest::sample::subsequence(
            vec![Fish::T4_14, Fish::T14_16, Fish::Gain1q, Fish::Del13q, Fish::Del17p], 0..=5,
        )),
        reduced_isotypes in proptest::option::of(0_u32..=4),
    ) -> PlasmaInput {
        PlasmaInput {
            sample: "A".into(),
            m_protein, heavy_chain, light_chain, urine_m_protein, kappa_flc, lambda_flc, flc_ratio,
            plasma_cells, plasmacytoma, fish, reduced_isotypes,
            ..PlasmaInput::default()
        }
    }
}

prop_compose! {
    fn any_input()(
        base in clone_values(),
        calcium in near(&[2.75], 1.0..=6.0),
        calcium_uln in maybe(2.2..=2.9),
        albumin in maybe(0.5..=7.0),
        creatinine in near(&[177.0], 8.0..=3000.0),
        egfr in near(&[40.0], 0.0..=250.0),
        hb in near(&[10.0], 2.0..=25.0),
        hb_lln in maybe(9.0..=16.0),
        bone_lesions in proptest::option::of(0_u32..=3),
        mri_lesions in proptest::option::of(0_u32..=3),
        amyloidosis in proptest::option::weighted(0.5, proptest::bool::weighted(0.1)),
        other_cause in proptest::sample::subsequence(vec![Crab::C, Crab::R, Crab::A, Crab::B], 0..=4),
    ) -> PlasmaInput {
        PlasmaInput {
            calcium, calcium_uln, albumin, creatinine, egfr, hb, hb_lln, bone_lesions, mri_lesions,
            amyloidosis, other_cause,
            ..base
        }
    }
}

fn judge(input: &PlasmaInput) -> PlasmaResult {
    assess(std::slice::from_ref(input), Settings::default()).expect("one visit")
}

fn total_of(result: &PlasmaResult, id: &str) -> Option<(u32, u32)> {
    result
        .risk
        .iter()
        .find(|m| m.id == id)
        .map(|m| (m.total_min, m.total_max))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_input_has_a_complete_result(input in any_input()) {
        let actual = judge(&input);
        prop_assert_eq!(actual.events.len(), 7);
        prop_assert!(!actual.rules.is_empty());
        // Every key has words, every cited source is listed.
        for key in actual.words.keys() {
            prop_assert!(words(key).is_some());
        }
        let has = |key: String| actual.words.contains_key(&key);
        let mut keys = vec![
            format!("stage.{}", actual.stage.key()),
            format!("definition.{}", actual.stage.key()),
            format!("certainty.{}", actual.certainty.key()),
        ];
        keys.extend(actual.rules.iter().map(|r| format!("rule.{}", r.rule)));
        keys.extend(actual.events.iter().map(|e| format!("eventrule.{}", e.rule)));
        keys.extend(actual.events.iter().map(|e| format!("event.{:?}", e.code)));
        keys.extend(actual.findings.iter().map(|f| format!("finding.{}", f.code)));
        keys.extend(actual.risk.iter().map(|m| format!("model.{}", m.id)));
        keys.extend(actual.risk.iter().flat_map(|m| m.factors.iter().map(|f| format!("factor.{}", f.id))));
        keys.extend(actual.risk.iter().flat_map(|m| m.groups_possible.iter().map(|g| format!("group.{}", g.key()))));
        keys.extend(actual.follow_up.iter().chain(&actual.progression).chain(&actual.evidence)
            .chain(&actual.tests).chain(&actual.notices).map(|s| s.key.clone()));
        for key in keys {
            prop_assert!(has(key.clone()), "no words for {}", key);
        }
        let listed: Vec<&str> = actual.sources.iter().map(|s| s.key.as_str()).collect();
        for cited in actual.risk.iter().flat_map(|m| &m.sources).chain(actual.rules.iter().flat_map(|r| &r.sources)) {
            prop_assert!(listed.contains(&cited.as_str()), "{} is not listed", cited);
        }
        prop_assert_eq!(row(&actual).len(), hemoclone::plasma_cell::COLUMNS.len());
        let json = serde_json::to_string(&actual).unwrap();
        let back: PlasmaResult = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(back.stage, actual.stage);
    }

    #[test]
    fn myeloma_means_an_event_and_a_clone(input in any_input()) {
        let actual = judge(&input);
        let met = actual.events.iter().any(|e| e.state == EventState::Met);
        let clone = input.plasma_cells.is_some_and(|c| c >= 10.0) || input.has_plasmacytoma();
        prop_assert_eq!(actual.stage == Stage::Mm, met && clone);
        let igm = input.heavy_chain == Some(HeavyChain::IgM);
        if met && !clone && input.plasma_cells.is_some() && !igm {
            prop_assert_eq!(actual.stage, Stage::Review);
            prop_assert!(actual.findings.iter().any(|f| f.severity == Severity::Contradiction));
        }
        if actual.stage.is_mgus() {
            prop_assert!(!met);
            prop_assert!(input.plasma_cells.is_none_or(|c| c < 10.0));
            prop_assert!(input.m_protein.is_none_or(|m| m < 3.0));
            prop_assert_ne!(input.amyloidosis, Some(true));
        }
        if actual.stage == Stage::Smm {
            prop_assert!(!met);
            prop_assert!(input.plasma_cells.is_none_or(|c| c < 60.0));
        }
    }

    #[test]
    fn more_plasma_cells_never_lead_back(input in any_input(), more in 0.0..=50.0_f64) {
        prop_assume!(input.plasma_cells.is_some());
        let higher = PlasmaInput { plasma_cells: input.plasma_cells.map(|c| (c + more).min(100.0)), ..input.clone() };
        let (before, after) = (judge(&input), judge(&higher));
        if before.stage == Stage::Mm {
            prop_assert_eq!(after.stage, Stage::Mm);
        }
        if before.stage == Stage::Smm {
            prop_assert!(matches!(after.stage, Stage::Smm | Stage::Mm));
        }
        for id in ["mayo_2018_20_2_20", "imwg_2020_cytogenetics", "imwg_2020_points", "lecture_five_factors"] {
            if let (Some(a), Some(b)) = (total_of(&before, id), total_of(&after, id)) {
                prop_assert!(a.0 <= b.0 && a.1 <= b.1, "{}: {:?} {:?}", id, a, b);
            }
        }
    }

    #[test]
    fn more_m_protein_never_lowers_a_total(input in any_input(), more in 0.0..=5.0_f64) {
        prop_assume!(input.m_protein.is_some());
        let higher = PlasmaInput { m_protein: input.m_protein.map(|m| m + more), ..input.clone() };
        let (before, after) = (judge(&input), judge(&higher));
        for id in ["mayo_mgus_2005", "imwg_2020_20_2_20", "imwg_2020_points", "lecture_five_factors", "aquila_entry"] {
            if let (Some(a), Some(b)) = (total_of(&before, id), total_of(&after, id)) {
                prop_assert!(a.0 <= b.0 && a.1 <= b.1, "{}: {:?} {:?}", id, a, b);
            }
        }
        if before.stage == Stage::Smm {
            prop_assert_eq!(after.stage, Stage::Smm);
        }
    }

    #[test]
    fn a_worse_crab_value_never_takes_myeloma_away(input in any_input(), worse in 0.0..=2.0_f64) {
        let input = PlasmaInput { other_cause: Vec::new(), ..input };
        let before = judge(&input);
        let after = PlasmaInput {
            calcium: input.calcium.map(|c| c + worse),
            creatinine: input.creatinine.map(|c| c + worse * 100.0),
            egfr: input.egfr.map(|e| (e - worse * 10.0).max(0.0)),
            hb: input.hb.map(|h| (h - worse).max(0.0)),
            bone_lesions: input.bone_lesions.map(|b| b + 1),
            mri_lesions: input.mri_lesions.map(|m| m + 1),
            ..input.clone()
        };
        if before.stage == Stage::Mm {
            prop_assert_eq!(judge(&after).stage, Stage::Mm);
        }
    }

    #[test]
    fn a_missing_value_only_widens_the_range(input in any_input()) {
        let before = judge(&input);
        for drop in [
            |i: &mut PlasmaInput| i.fish = None,
            |i: &mut PlasmaInput| i.reduced_isotypes = None,
            |i: &mut PlasmaInput| i.mri_lesions = None,
        ] {
            let mut less = input.clone();
            drop(&mut less);
            let after = judge(&less);
            if after.stage != before.stage {
                continue;
            }
            for model in &before.risk {
                let Some((low, high)) = total_of(&after, &model.id) else {
                    // It spoke of a stage that only the value given up had made a candidate, such as myeloma of type IgM.
                    prop_assert!(!model.stage_is_certain, "{}", model.id);
                    prop_assert_ne!(&after.candidates, &before.candidates, "{}", model.id);
                    continue;
                };
                prop_assert!(low <= model.total_min && high >= model.total_max, "{}", model.id);
            }
        }
    }

    #[test]
    fn readers_never_panic(text in "\\PC{0,200}", cells in proptest::collection::vec("\\PC{0,12}", 4)) {
        let _ = read_table(text.as_bytes(), "x");
        let _ = read_json(text.as_bytes(), "x");
        let table = format!("sample\tcalcium_mg_dl\tfish\tdate\n{}\n", cells.join("\t"));
        if let Ok(table) = read_table(table.as_bytes(), "x") {
            for visits in &table.patients {
                let _ = assess(visits, Settings::default());
            }
        }
    }
}
