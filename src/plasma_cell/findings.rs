//! Contradictions and cautions: what in the values does not fit together, said instead of smoothed over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::finding_values::FindingValues as Values;
use super::mm::{EventCode, EventState};
use super::risk::{Group, RiskModel};
use super::{FindingValues, Settings, Stage, smm};
use crate::patient::{Crab, HeavyChain, PlasmaInput, Plasmacytoma};

/// Relative difference that rounding in a laboratory report does not explain.
const ROUNDING: f64 = 0.05;

/// Rate below which the ratio of free light chains shifts upward, mL/min.
const RENAL_SHIFT: f64 = 60.0;

/// Upper κ/λ of the renal reference range (0.37-3.1: Hutchison 2008, as Ann Clin Biochem 2016;53:399 states it).
const RENAL_RATIO: f64 = 3.1;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Two values cannot both be right, or no definition holds them both.
    Contradiction,
    /// To be kept in mind.
    Caution,
}

/// Something about the values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Key of its words.
    pub code: String,
    /// Its weight.
    pub severity: Severity,
    /// The values that it is about, in a line.
    pub detail: String,
    /// The values; words of every language are made from these, never from `detail`.
    #[serde(default)]
    pub values: FindingValues,
}

impl Finding {
    pub(super) fn new(code: &str, severity: Severity, values: FindingValues) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            detail: values.to_string(),
            values,
        }
    }
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, when: bool, severity: Severity, code: &str, values: impl FnOnce() -> Values) {
        if when {
            self.0.push(Finding::new(code, severity, values()));
        }
    }
}

/// Lists findings, contradictions first.
pub(crate) fn findings(
    case: &Case<'_>,
    stage: Stage,
    models: &[RiskModel],
    settings: Settings,
) -> Vec<Finding> {
    let mut found = Findings(Vec::new());
    clone_and_events(case, &mut found);
    light_chains(case.input, &mut found);
    proteins(case.input, stage, &mut found);
    bone_and_flow(case.input, &mut found);
    cautions(case, stage, settings, &mut found);
    models_differ(models, &mut found);
    // Stable, so that findings of one weight stay in the order of the checks.
    found.0.sort_by_key(|f| f.severity);
    found.0
}

fn clone_and_events(case: &Case<'_>, found: &mut Findings) {
    use Severity::Contradiction;
    let input = case.input;
    let letters = || Values::EventsWithCells {
        events: case.met().map(|e| e.code).collect(),
        plasma_cells: input.plasma_cells.unwrap_or_default(),
    };
    let any = case.met().next().is_some() && !input.has_plasmacytoma() && !case.is_igm_anemia();
    let none = input.plasma_cells.is_some_and(|c| c <= 0.0);
    found.add(any && none, Contradiction, "event_no_plasma_cells", letters);
    found.add(
        any && case.low_marrow() && !none,
        Contradiction,
        "event_marrow_below_10",
        letters,
    );
    found.add(
        none && input.m_protein.is_some_and(|m| m >= smm::M_PROTEIN),
        Contradiction,
        "large_m_protein_no_plasma_cells",
        || Values::MProteinWithoutCells {
            m_protein: input.m_protein.unwrap_or_default(),
        },
    );
    let idle: Vec<Crab> = input
        .other_cause
        .iter()
        .copied()
        .filter(|crab| {
            !case.events.iter().any(|e| {
                e.state == EventState::OtherCause
                    && matches!(
                        (e.code, crab),
                        (EventCode::C, Crab::C)
                            | (EventCode::R, Crab::R)
                            | (EventCode::A, Crab::A)
                            | (EventCode::B, Crab::B)
                    )
            })
        })
        .collect();
    found.add(
        !idle.is_empty(),
        Severity::Caution,
        "other_cause_without_event",
        || Values::Causes { causes: idle.clone() },
    );
}

fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() > ROUNDING * a.abs().max(b.abs())
}

fn light_chains(input: &PlasmaInput, found: &mut Findings) {
    use Severity::Contradiction;
    let flc = input.free_light_chains();
    let measured = input.kappa_flc.zip(input.lambda_flc).map(|(k, l)| k / l);
    if let (Some(measured), Some(reported)) = (measured, input.flc_ratio) {
        found.add(
            differ(measured, reported),
            Contradiction,
            "flc_ratio_mismatch",
            || Values::KappaLambda {
                from_chains: measured,
                reported,
            },
        );
    }
    if let (Some(ratio), Some(reported)) = (flc.involved_ratio, input.involved_flc_ratio) {
        found.add(
            differ(ratio, reported),
            Contradiction,
            "flc_ratio_mismatch",
            || Values::Involved {
                from_chains: ratio,
                reported,
            },
        );
    }
    if let (Some(mg), Some(reported)) = (flc.involved_mg_l, input.involved_flc) {
        found.add(
            differ(mg, reported),
            Contradiction,
            "involved_flc_mismatch",
            || Values::InvolvedChain {
                from_chains: mg,
                reported,
            },
        );
    }
    if let (Some(chain), Some(involved), Some(true)) = (input.light_chain, flc.involved, flc.abnormal) {
        found.add(chain != involved, Contradiction, "light_chain_mismatch", || {
            Values::LightChains {
                immunofixation: chain,
                free: involved,
            }
        });
    }
    let (low, high) = (super::light_chains::FLC_RATIO_NORMAL.1, RENAL_RATIO);
    let shifted =
        input.egfr.is_some_and(|e| e < RENAL_SHIFT) && flc.kappa_lambda.is_some_and(|r| r > low && r <= high);
    found.add(shifted, Severity::Caution, "flc_ratio_in_renal_range", || {
        Values::RatioAtClearance {
            kappa_lambda: flc.kappa_lambda.unwrap_or_default(),
            egfr: input.egfr.unwrap_or_default(),
        }
    });
}

fn proteins(input: &PlasmaInput, stage: Stage, found: &mut Findings) {
    let m = input.m_protein.unwrap_or_default();
    let bare = input.heavy_chain == Some(HeavyChain::None);
    found.add(
        bare && m >= smm::M_PROTEIN,
        Severity::Contradiction,
        "large_m_protein_without_heavy_chain",
        || Values::MProtein { m_protein: m },
    );
    found.add(
        bare && m > 0.0 && m < smm::M_PROTEIN,
        Severity::Caution,
        "m_protein_without_heavy_chain",
        || Values::MProtein { m_protein: m },
    );
    found.add(
        input.heavy_chain == Some(HeavyChain::IgM) && stage == Stage::Mm,
        Severity::Caution,
        "igm_myeloma_is_rare",
        Values::default,
    );
    found.add(
        stage == Stage::NoMonoclonalProtein && input.plasma_cells.is_some_and(|c| c > 0.0),
        Severity::Caution,
        "clonal_cells_without_protein",
        || Values::PlasmaCells {
            plasma_cells: input.plasma_cells.unwrap_or_default(),
        },
    );
}

fn bone_and_flow(input: &PlasmaInput, found: &mut Findings) {
    use Severity::Contradiction;
    found.add(
        input.plasmacytoma == Some(Plasmacytoma::Bone) && input.bone_lesions == Some(0),
        Contradiction,
        "bone_plasmacytoma_no_lesion",
        || Values::NoLesion,
    );
    let (reduced, isotypes) = (input.immunoparesis, input.reduced_isotypes);
    found.add(
        matches!(
            (reduced, isotypes),
            (Some(false), Some(1..)) | (Some(true), Some(0))
        ),
        Contradiction,
        "immunoparesis_mismatch",
        || Values::Immunoparesis {
            stated: reduced == Some(true),
            classes: isotypes.unwrap_or_default(),
        },
    );
}

fn cautions(case: &Case<'_>, stage: Stage, settings: Settings, found: &mut Findings) {
    use Severity::Caution;
    let input = case.input;
    found.add(
        settings.correct_calcium && input.calcium.is_some() && input.albumin.is_none(),
        Caution,
        "calcium_not_corrected",
        || Values::Calcium {
            calcium: input.calcium.unwrap_or_default(),
        },
    );
    found.add(
        input.amyloidosis == Some(true) && stage == Stage::Mm,
        Caution,
        "amyloidosis_with_myeloma",
        Values::default,
    );
    found.add(
        input.mri_lesions == Some(1) && stage != Stage::Mm,
        Caution,
        "single_mri_lesion",
        || Values::OneFocalLesion,
    );
    let elsewhere: Vec<EventCode> = case
        .events
        .iter()
        .filter(|e| e.state == EventState::OtherCause)
        .map(|e| e.code)
        .collect();
    found.add(
        !elsewhere.is_empty(),
        Caution,
        "event_put_down_to_other_cause",
        || Values::Events {
            events: elsewhere.clone(),
        },
    );
}

/// The lists of high risk agree in most people; where they don't, the reader must know that it is the boundary.
fn models_differ(models: &[RiskModel], found: &mut Findings) {
    let verdicts: Vec<(&str, bool)> = models
        .iter()
        .filter(|m| {
            matches!(
                m.id.as_str(),
                "imwg_2020_20_2_20" | "imwg_2020_points" | "imwg_2020_cytogenetics" | "lecture_five_factors"
            )
        })
        .filter_map(|m| Some((m.id.as_str(), m.group? == Group::High)))
        .collect();
    let mixed = verdicts.iter().any(|v| v.1) && verdicts.iter().any(|v| !v.1);
    found.add(mixed, Severity::Caution, "models_differ", || {
        let owned = verdicts.iter().map(|(id, high)| ((*id).to_owned(), *high));
        Values::Models {
            verdicts: owned.collect(),
        }
    });
}
