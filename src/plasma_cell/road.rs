//! The place on the road MGUS → SMM → MM, as numbers that a picture can be drawn from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Stage;
use super::risk::RiskModel;

/// A stretch of the road.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Segment {
    /// `none`, `mgus`, `smm`, `mm`.
    pub key: String,
    /// Where it begins, 0 to 1.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The person stands here.
    pub here: bool,
    /// The person may stand here: the stage could not be told, or missing values could change it.
    pub possible: bool,
}

/// The road and the person's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Road {
    /// The stretches, in order.
    pub segments: Vec<Segment>,
    /// Place, 0 to 1; within a stretch by the number of risk factors. None off the road or where the stage could not be told.
    pub position: Option<f64>,
    /// `plasmacytoma`, `igm`, `amyloidosis` for stages beside the road.
    pub branch: Option<String>,
}

const SEGMENTS: [(&str, f64, f64); 4] = [
    ("none", 0.0, 0.1),
    ("mgus", 0.1, 0.4),
    ("smm", 0.4, 0.7),
    ("mm", 0.7, 1.0),
];

/// Share of a stretch kept free at each end, so that no risk group looks like the border.
const MARGIN: f64 = 0.1;

fn segment_of(stage: Stage) -> Option<usize> {
    match stage {
        Stage::NoMonoclonalProtein => Some(0),
        Stage::NonIgmMgus | Stage::IgmMgus | Stage::MgusTypeNotGiven | Stage::LightChainMgus => Some(1),
        Stage::Smm => Some(2),
        Stage::Mm => Some(3),
        _ => None,
    }
}

fn branch_of(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::SolitaryPlasmacytoma | Stage::SolitaryPlasmacytomaMinimalMarrow => Some("plasmacytoma"),
        Stage::IgmBeyondMgus => Some("igm"),
        Stage::AmyloidosisWorkup => Some("amyloidosis"),
        _ => None,
    }
}

/// Makes the road; `possible` are stages that missing values could lead to.
pub(crate) fn road(stage: Stage, possible: &[Stage], models: &[RiskModel]) -> Road {
    let here = segment_of(stage);
    let position = here.map(|index| {
        let (_, from, to) = SEGMENTS[index];
        let share = MARGIN + (1.0 - 2.0 * MARGIN) * share(index, models);
        // Three decimals draw the same picture and keep the data free of binary noise.
        ((from + (to - from) * share) * 1000.0).round() / 1000.0
    });
    Road {
        segments: SEGMENTS
            .iter()
            .enumerate()
            .map(|(index, (key, from, to))| Segment {
                key: (*key).to_owned(),
                from: *from,
                to: *to,
                here: here == Some(index),
                possible: possible.iter().any(|s| segment_of(*s) == Some(index)),
            })
            .collect(),
        position,
        branch: branch_of(stage).map(str::to_owned),
    }
}

/// How far along its stretch: factors of three, the middle of the range where some are missing, else the middle.
fn share(index: usize, models: &[RiskModel]) -> f64 {
    let model = match index {
        1 => "mayo_mgus_2005",
        2 => "imwg_2020_20_2_20",
        _ => return 0.5,
    };
    models
        .iter()
        .find(|m| m.id == model)
        .map_or(0.5, |m| f64::from(m.total_min + m.total_max) / 6.0)
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // Exact values are what is tested.
mod tests {
    use super::*;
    use crate::patient::{HeavyChain, PlasmaInput};
    use crate::plasma_cell::{mgus, smm};

    #[test]
    fn more_factors_stand_further_along() {
        let at = |m, heavy, ratio| {
            let input = PlasmaInput {
                m_protein: Some(m),
                heavy_chain: Some(heavy),
                flc_ratio: Some(ratio),
                ..Default::default()
            };
            road(Stage::NonIgmMgus, &[], &[mgus::mayo(&input)])
                .position
                .unwrap()
        };
        let places = [
            at(1.0, HeavyChain::IgG, 1.0),
            at(2.0, HeavyChain::IgG, 1.0),
            at(2.0, HeavyChain::IgA, 1.0),
            at(2.0, HeavyChain::IgA, 3.0),
        ];
        assert_eq!(places, [0.13, 0.21, 0.29, 0.37]);
    }

    #[test]
    fn every_stage_has_its_place() {
        let input = PlasmaInput::default();
        let place = |s| road(s, &[], &[smm::imwg_2020(&input)]).position;
        assert_eq!(place(Stage::NoMonoclonalProtein), Some(0.05));
        assert_eq!(place(Stage::LightChainMgus), Some(0.25));
        assert_eq!(place(Stage::Smm), Some(0.55));
        assert_eq!(place(Stage::Mm), Some(0.85));
        for stage in Stage::ALL {
            let actual = road(stage, &[], &[]);
            let here = actual.segments.iter().filter(|s| s.here).count();
            assert_eq!(here, usize::from(actual.position.is_some()), "{stage:?}");
            assert!(actual.branch.is_none() || actual.position.is_none());
        }
        let open = road(Stage::Undetermined, &[Stage::Smm, Stage::Mm, Stage::Review], &[]);
        let possible: Vec<_> = open
            .segments
            .iter()
            .filter(|s| s.possible)
            .map(|s| s.key.as_str())
            .collect();
        assert_eq!(possible, ["smm", "mm"]);
        assert_eq!(
            road(Stage::SolitaryPlasmacytoma, &[], &[]).branch.unwrap(),
            "plasmacytoma"
        );
        assert_eq!(road(Stage::IgmBeyondMgus, &[], &[]).branch.unwrap(), "igm");
        assert_eq!(
            road(Stage::AmyloidosisWorkup, &[], &[]).branch.unwrap(),
            "amyloidosis"
        );
    }
}
