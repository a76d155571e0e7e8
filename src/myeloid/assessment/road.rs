//! The place on the road CHIP → CCUS → MDS → AML, as numbers that a picture can be drawn from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CcrsSection, ChrsSection, IpssmSection, IpssrSection};
use crate::myeloid::ccrs::CcrsGroup;
use crate::myeloid::chrs::ChrsGroup;
use crate::myeloid::stage::{Stage, StageResult};

/// A stretch of the road.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoadSegment {
    /// The stage.
    pub stage: Stage,
    /// Where it begins, 0 to 1.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The person stands here.
    pub here: bool,
    /// The person may stand here.
    pub possible: bool,
}

/// The road and the person's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MyeloidRoad {
    /// The stretches, in order.
    pub segments: Vec<RoadSegment>,
    /// Place, 0 to 1, within a stretch by the group of its score; `None` off the road or where the stage is not certain.
    pub position: Option<f64>,
    /// Stages beside the road that are known or still possible: ICUS, CMML.
    pub beside: Vec<Stage>,
}

const SEGMENTS: [(Stage, f64, f64); 5] = [
    (Stage::NoCh, 0.0, 0.12),
    (Stage::Chip, 0.12, 0.36),
    (Stage::Ccus, 0.36, 0.58),
    (Stage::Mds, 0.58, 0.86),
    (Stage::Aml, 0.86, 1.0),
];

/// Share of a stretch kept free at each end, so that no group looks like the border.
const MARGIN: f64 = 0.15;

/// Scores by which a place within a stretch is chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scores<'a> {
    pub ipss_r: Option<&'a IpssrSection>,
    pub ipss_m: Option<&'a IpssmSection>,
    pub chip: Option<&'a ChrsSection>,
    pub ccus: Option<&'a CcrsSection>,
}

pub(super) fn road(result: &StageResult, scores: Scores<'_>) -> MyeloidRoad {
    let of_chip = scores
        .chip
        .and_then(ChrsSection::group_as_far_as_seen)
        .map(chrs_share);
    let share = match result.stage {
        Some(Stage::Chip) => of_chip,
        Some(Stage::Ccus) => scores
            .ccus
            .and_then(CcrsSection::group_as_far_as_seen)
            .map(ccrs_share)
            .or(of_chip),
        Some(Stage::Mds) => scores
            .ipss_m
            .and_then(|s| s.result.report.category)
            .map(|c| f64::from(c as u8) / 5.0)
            .or_else(|| {
                let score = scores.ipss_r.and_then(|s| s.result.score);
                score.map(|s| f64::from(s.category as u8) / 4.0)
            }),
        _ => None,
    };
    let segments: Vec<RoadSegment> = SEGMENTS
        .iter()
        .map(|(stage, from, to)| RoadSegment {
            stage: *stage,
            from: *from,
            to: *to,
            here: result.stage == Some(*stage),
            possible: result.could_be(*stage),
        })
        .collect();
    let position = segments.iter().find(|s| s.here).map(|s| {
        let within = MARGIN + (1.0 - 2.0 * MARGIN) * share.unwrap_or(0.5);
        // Three decimals draw the same picture and keep the data free of binary noise.
        ((s.from + (s.to - s.from) * within) * 1000.0).round() / 1000.0
    });
    MyeloidRoad {
        position,
        beside: [Stage::Icus, Stage::Cmml]
            .into_iter()
            .filter(|s| result.could_be(*s))
            .collect(),
        segments,
    }
}

const fn chrs_share(group: ChrsGroup) -> f64 {
    match group {
        ChrsGroup::Low => 0.0,
        ChrsGroup::Intermediate => 0.5,
        ChrsGroup::High => 1.0,
    }
}

const fn ccrs_share(group: CcrsGroup) -> f64 {
    match group {
        CcrsGroup::Low => 0.0,
        CcrsGroup::Intermediate => 0.5,
        CcrsGroup::High => 1.0,
    }
}
