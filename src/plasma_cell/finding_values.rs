//! What a finding is about, typed. As text it is `detail`; words of other languages are the report's.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mm::EventCode;
use crate::patient::{Crab, LightChain};

/// The values that a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the line above a variant says what its fields are")]
pub enum FindingValues {
    /// The code says it all.
    #[default]
    Nothing,
    /// A date, or values that stand elsewhere in the result.
    AsWritten { text: String },
    /// Events that are met, with the clonal plasma cells, per cent.
    EventsWithCells {
        events: Vec<EventCode>,
        plasma_cells: f64,
    },
    /// Events.
    Events { events: Vec<EventCode> },
    /// Events that were put down to another cause.
    Causes { causes: Vec<Crab> },
    /// M protein, g/dL, without a clonal plasma cell.
    MProteinWithoutCells { m_protein: f64 },
    /// M protein, g/dL.
    MProtein { m_protein: f64 },
    /// Clonal plasma cells, per cent.
    PlasmaCells { plasma_cells: f64 },
    /// The ratio of kappa to lambda from both chains, and the one that was reported.
    KappaLambda { from_chains: f64, reported: f64 },
    /// The ratio of the involved to the other chain, and the one that was reported.
    Involved { from_chains: f64, reported: f64 },
    /// The involved chain, mg/L, and the one that was reported.
    InvolvedChain { from_chains: f64, reported: f64 },
    /// The light chain by immunofixation, and the involved free one.
    LightChains {
        immunofixation: LightChain,
        free: LightChain,
    },
    /// The ratio of kappa to lambda, and the clearance, mL/min.
    RatioAtClearance { kappa_lambda: f64, egfr: f64 },
    /// A plasmacytoma of bone, and no lesion of bone.
    NoLesion,
    /// Whether immunoparesis was stated, and how many classes are reduced.
    Immunoparesis { stated: bool, classes: u32 },
    /// Calcium, mmol/L.
    Calcium { calcium: f64 },
    /// One focal lesion by MRI.
    OneFocalLesion,
    /// Models of risk, and whether each says "high".
    Models { verdicts: Vec<(String, bool)> },
}

fn codes(events: &[EventCode]) -> String {
    let names: Vec<&str> = events.iter().map(|code| code.letters()).collect();
    names.join(", ")
}

impl fmt::Display for FindingValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::AsWritten { text } => f.write_str(text),
            Self::EventsWithCells { events, plasma_cells } => {
                write!(f, "{} with {plasma_cells} % clonal plasma cells", codes(events))
            }
            Self::Events { events } => f.write_str(&codes(events)),
            Self::Causes { causes } => {
                let letters: Vec<&str> = causes.iter().map(|cause| cause.letter()).collect();
                f.write_str(&letters.join(", "))
            }
            Self::MProteinWithoutCells { m_protein } => {
                write!(f, "M protein {m_protein} g/dL with 0 % clonal plasma cells")
            }
            Self::MProtein { m_protein } => write!(f, "M protein {m_protein} g/dL"),
            Self::PlasmaCells { plasma_cells } => write!(f, "{plasma_cells} % clonal plasma cells"),
            Self::NoLesion => f.write_str("plasmacytoma of bone, bone_lesions 0"),
            Self::Immunoparesis { stated, classes } => {
                let stated = if *stated { "yes" } else { "no" };
                write!(f, "immunoparesis {stated}, {classes} classes reduced")
            }
            Self::Calcium { calcium } => write!(f, "calcium {calcium} mmol/L"),
            Self::OneFocalLesion => f.write_str("mri_lesions 1"),
            Self::Models { verdicts } => {
                let say = |(id, high): &(String, bool)| {
                    format!("{id}: {}", if *high { "high" } else { "not high" })
                };
                f.write_str(&verdicts.iter().map(say).collect::<Vec<_>>().join(", "))
            }
            _ => self.fmt_light_chains(f),
        }
    }
}

impl FindingValues {
    fn fmt_light_chains(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KappaLambda {
                from_chains,
                reported,
            } => {
                write!(
                    f,
                    "kappa/lambda {from_chains:.4} from both chains, {reported} reported"
                )
            }
            Self::Involved {
                from_chains,
                reported,
            } => {
                write!(
                    f,
                    "involved/uninvolved {from_chains} from the chains, {reported} reported"
                )
            }
            Self::InvolvedChain {
                from_chains,
                reported,
            } => {
                write!(
                    f,
                    "involved chain {from_chains} mg/L from the chains, {reported} mg/L reported"
                )
            }
            Self::LightChains { immunofixation, free } => {
                let (fixed, free) = (immunofixation.name(), free.name());
                write!(f, "immunofixation {fixed}, free light chains {free}")
            }
            Self::RatioAtClearance { kappa_lambda, egfr } => {
                write!(f, "kappa/lambda {kappa_lambda} at {egfr} mL/min")
            }
            // The others are written above.
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Causes stood in brackets, and chains had the names of the code.
    #[test]
    fn details_hold_no_names_of_the_code() {
        let causes = vec![Crab::C, Crab::R];
        assert_eq!(FindingValues::Causes { causes }.to_string(), "C, R");
        let chains = FindingValues::LightChains {
            immunofixation: LightChain::Kappa,
            free: LightChain::Lambda,
        };
        assert_eq!(
            chains.to_string(),
            "immunofixation kappa, free light chains lambda"
        );
        let events = vec![EventCode::Li, EventCode::S];
        assert_eq!(FindingValues::Events { events }.to_string(), "Li, S");
    }
}
