//! What is missing, and what it could change.
//!
//! Nothing here is a second set of rules: each missing input is tried with values from every region that the rules tell apart,
//! and the stages that come out are what it could change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::diagnosis::decide;
use super::{Settings, Stage, mm};
use crate::patient::{HeavyChain, PlasmaInput, Plasmacytoma};

/// A missing input that could change the stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Missing {
    /// Column, or columns that belong together.
    pub input: String,
    /// Stages that a value could lead to, other than the present one.
    pub could_become: Vec<Stage>,
}

type Probe = fn(&mut PlasmaInput);

/// An input, how to see that it is missing, and values from every region.
struct Topic {
    input: &'static str,
    is_missing: fn(&PlasmaInput) -> bool,
    probes: &'static [Probe],
}

const TOPICS: &[Topic] = &[
    Topic {
        input: "m_protein",
        is_missing: |i| i.m_protein.is_none() && i.heavy_chain != Some(HeavyChain::None),
        probes: &[
            |i| i.m_protein = Some(1.0),
            |i| i.m_protein = Some(2.0),
            |i| {
                i.m_protein = Some(3.5);
            },
        ],
    },
    Topic {
        input: "heavy_chain",
        is_missing: |i| i.heavy_chain.is_none(),
        probes: &[
            |i| i.heavy_chain = Some(HeavyChain::IgG),
            |i| i.heavy_chain = Some(HeavyChain::IgA),
            |i| i.heavy_chain = Some(HeavyChain::IgM),
            |i| {
                if i.m_protein.is_none_or(|m| m <= 0.0) {
                    i.heavy_chain = Some(HeavyChain::None);
                }
            },
        ],
    },
    Topic {
        input: "urine_m_protein",
        is_missing: |i| i.urine_m_protein.is_none(),
        probes: &[
            |i| i.urine_m_protein = Some(0.0),
            |i| {
                i.urine_m_protein = Some(600.0);
            },
        ],
    },
    Topic {
        input: "kappa_flc+lambda_flc",
        is_missing: |i| {
            let flc = i.free_light_chains();
            flc.involved_ratio.is_none() || flc.involved_mg_l.is_none()
        },
        probes: &[
            |i| chains(i, 10.0, 10.0),
            |i| chains(i, 100.0, 10.0),
            |i| chains(i, 10.0, 100.0),
            |i| chains(i, 2_000.0, 10.0),
            |i| chains(i, 10.0, 2_000.0),
        ],
    },
    Topic {
        input: "plasma_cells",
        is_missing: |i| i.plasma_cells.is_none(),
        probes: &[
            |i| i.plasma_cells = Some(0.0),
            |i| i.plasma_cells = Some(5.0),
            |i| i.plasma_cells = Some(30.0),
            |i| i.plasma_cells = Some(70.0),
        ],
    },
    Topic {
        input: "lymphoplasmacytic_cells",
        is_missing: |i| i.heavy_chain == Some(HeavyChain::IgM) && i.lymphoplasmacytic_cells.is_none(),
        probes: &[
            |i| i.lymphoplasmacytic_cells = Some(5.0),
            |i| {
                i.lymphoplasmacytic_cells = Some(30.0);
            },
        ],
    },
    Topic {
        input: "igm_signs",
        is_missing: |i| i.heavy_chain == Some(HeavyChain::IgM) && i.igm_signs.is_none(),
        probes: &[|i| i.igm_signs = Some(true)],
    },
    Topic {
        input: "calcium",
        is_missing: |i| i.calcium.is_none(),
        probes: &[|i| {
            i.albumin = None;
            i.calcium = Some(4.0);
        }],
    },
    Topic {
        input: "calcium_uln",
        is_missing: |i| i.calcium.is_some() && i.calcium_uln.is_none(),
        probes: &[|i| i.calcium_uln = Some(mm::LOWEST_CALCIUM_ULN)],
    },
    Topic {
        input: "creatinine+egfr",
        is_missing: |i| i.creatinine.is_none() && i.egfr.is_none(),
        probes: &[|i| i.egfr = Some(20.0)],
    },
    Topic {
        input: "egfr",
        is_missing: |i| i.creatinine.is_some_and(|c| c > mm::CREATININE_CLEARLY_FINE) && i.egfr.is_none(),
        probes: &[|i| i.egfr = Some(20.0)],
    },
    Topic {
        input: "creatinine",
        is_missing: |i| i.creatinine.is_none() && i.egfr.is_some_and(|e| e < mm::CLEARANCE_CLEARLY_FINE),
        probes: &[|i| i.creatinine = Some(500.0)],
    },
    Topic {
        input: "hb",
        is_missing: |i| i.hb.is_none(),
        probes: &[|i| i.hb = Some(7.0)],
    },
    Topic {
        input: "hb_lln",
        is_missing: |i| i.hb.is_some() && i.hb_lln.is_none(),
        probes: &[|i| i.hb_lln = Some(mm::HIGHEST_HB_LLN)],
    },
    Topic {
        input: "bone_lesions",
        is_missing: |i| i.bone_lesions.is_none(),
        probes: &[|i| i.bone_lesions = Some(1), |i| i.bone_lesions = Some(3)],
    },
    Topic {
        input: "mri_lesions",
        is_missing: |i| i.mri_lesions.is_none(),
        probes: &[|i| i.mri_lesions = Some(3)],
    },
    Topic {
        input: "amyloidosis",
        is_missing: |i| i.amyloidosis.is_none(),
        probes: &[|i| i.amyloidosis = Some(true)],
    },
    Topic {
        // A plasmacytoma is looked for only where something points to it; asking everyone for a biopsy would be noise.
        input: "plasmacytoma",
        is_missing: |i| i.plasmacytoma.is_none() && i.bone_lesions.is_some_and(|n| n > 0),
        probes: &[|i| i.plasmacytoma = Some(Plasmacytoma::Bone)],
    },
];

fn chains(input: &mut PlasmaInput, kappa: f64, lambda: f64) {
    // A reported ratio stays: the chains are probed so as to agree with it.
    if let Some(ratio) = input.free_light_chains().kappa_lambda {
        let larger = kappa.max(lambda);
        (input.kappa_flc, input.lambda_flc) = if ratio < 1.0 {
            (Some(larger * ratio), Some(larger))
        } else {
            (Some(larger), Some(larger / ratio))
        };
    } else {
        input.kappa_flc = input.kappa_flc.or(Some(kappa));
        input.lambda_flc = input.lambda_flc.or(Some(lambda));
    }
}

/// Lists the missing inputs that could change the stage, in the order of the columns.
pub(crate) fn missing(input: &PlasmaInput, present: Stage, settings: Settings) -> Vec<Missing> {
    TOPICS
        .iter()
        .filter(|topic| (topic.is_missing)(input))
        .filter_map(|topic| {
            let mut stages: Vec<Stage> = topic
                .probes
                .iter()
                .map(|probe| {
                    let mut tried = input.clone();
                    probe(&mut tried);
                    decide(&tried, settings).stage
                })
                .filter(|stage| *stage != present && *stage != Stage::Undetermined)
                .collect();
            stages.sort();
            stages.dedup();
            (!stages.is_empty()).then(|| Missing {
                input: topic.input.to_owned(),
                could_become: stages,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(input: &PlasmaInput) -> Vec<String> {
        let settings = Settings::default();
        let stage = decide(input, settings).stage;
        missing(input, stage, settings)
            .into_iter()
            .map(|m| {
                format!(
                    "{}>{}",
                    m.input,
                    m.could_become
                        .iter()
                        .map(|s| s.key())
                        .collect::<Vec<_>>()
                        .join("/")
                )
            })
            .collect()
    }

    fn complete_smm() -> PlasmaInput {
        PlasmaInput {
            m_protein: Some(2.0),
            heavy_chain: Some(HeavyChain::IgG),
            urine_m_protein: Some(0.0),
            kappa_flc: Some(20.0),
            lambda_flc: Some(10.0),
            plasma_cells: Some(15.0),
            calcium: Some(2.3),
            creatinine: Some(70.0),
            egfr: Some(90.0),
            hb: Some(13.0),
            hb_lln: Some(12.0),
            bone_lesions: Some(0),
            mri_lesions: Some(0),
            amyloidosis: Some(false),
            ..Default::default()
        }
    }

    #[test]
    fn a_complete_case_misses_nothing() {
        assert!(names(&complete_smm()).is_empty());
    }

    #[test]
    fn each_missing_input_says_what_it_could_change() {
        let drop = |f: fn(&mut PlasmaInput)| {
            let mut input = complete_smm();
            f(&mut input);
            names(&input)
        };
        assert_eq!(drop(|i| i.calcium = None), ["calcium>mm"]);
        assert_eq!(drop(|i| i.calcium = Some(2.7)), ["calcium_uln>mm"]);
        assert_eq!(drop(|i| i.hb = None), ["hb>mm"]);
        assert_eq!(
            drop(|i| {
                i.hb = Some(11.9);
                i.hb_lln = None;
            }),
            ["hb_lln>mm"]
        );
        assert!(
            drop(|i| {
                i.hb = Some(12.0);
                i.hb_lln = None;
            })
            .is_empty()
        );
        assert_eq!(
            drop(|i| {
                i.creatinine = None;
                i.egfr = None;
            }),
            ["creatinine+egfr>mm"]
        );
        assert_eq!(
            drop(|i| {
                i.creatinine = Some(90.0);
                i.egfr = None;
            }),
            ["egfr>mm"]
        );
        assert_eq!(
            drop(|i| {
                i.creatinine = None;
                i.egfr = Some(59.0);
            }),
            ["creatinine>mm"]
        );
        assert_eq!(drop(|i| i.bone_lesions = None), ["bone_lesions>mm"]);
        assert_eq!(drop(|i| i.mri_lesions = None), ["mri_lesions>mm"]);
        assert_eq!(drop(|i| i.amyloidosis = None), ["amyloidosis>amyloidosis_workup"]);
        assert_eq!(drop(|i| i.kappa_flc = None), ["kappa_flc+lambda_flc>mm"]);
        assert_eq!(drop(|i| i.heavy_chain = None), ["heavy_chain>igm_beyond_mgus"]);
        assert_eq!(
            drop(|i| i.plasma_cells = None),
            ["plasma_cells>non_igm_mgus/smm/mm"]
        );
        assert!(drop(|i| i.urine_m_protein = None).is_empty());
    }

    #[test]
    fn a_reported_ratio_without_concentration_is_probed_at_that_ratio() {
        let mut input = complete_smm();
        input.kappa_flc = None;
        input.lambda_flc = None;
        input.flc_ratio = Some(30.0);
        assert!(names(&input).is_empty());
        input.flc_ratio = Some(120.0);
        assert_eq!(names(&input), ["kappa_flc+lambda_flc>mm"]);
        input.flc_ratio = Some(0.005);
        assert_eq!(names(&input), ["kappa_flc+lambda_flc>mm"]);
    }
}
