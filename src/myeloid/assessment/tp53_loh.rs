//! Both answers where sequencing suggests that the other allele of TP53 is lost and nobody stated it: a suggestion counts in none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SequencedSample;
use crate::copies::CopyNumber;
use crate::myeloid::classify::Classification;
use crate::myeloid::findings::Findings;
use crate::myeloid::ipss_m::{self, HemoglobinLimits, IpssmCategory, IpssmInput};
use crate::myeloid::stage::stage;
use crate::panel::Text;
use crate::patient::{Clinical, Tp53Count};

/// What follows if the loss of the other TP53 allele that sequencing suggests is confirmed, and if it is excluded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tp53LohAnswers {
    /// With `TP53loh` 1.
    pub confirmed: Tp53LohAnswer,
    /// With `TP53loh` 0.
    pub excluded: Tp53LohAnswer,
}

/// What follows with one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tp53LohAnswer {
    /// Types of WHO 2022 that are possible.
    pub who5: Vec<String>,
    /// Types of ICC 2022 that are possible.
    pub icc: Vec<String>,
    /// IPSS-M, where the sample has one.
    pub ipss_m: Option<IpssmOfAnswer>,
}

/// IPSS-M with one answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssmOfAnswer {
    /// The score; `None` where too much else is missing.
    pub score: Option<f64>,
    /// Its category.
    pub category: Option<IpssmCategory>,
    /// Lowest and highest score still possible.
    pub possible: [f64; 2],
}

/// Returns both answers; `None` where no loss is suspected, one is stated or excluded, or TP53 has not just one mutation.
pub(super) fn answers(
    sample: &SequencedSample<'_>,
    clinical: &Clinical,
    findings: &Findings,
    (values, is_scored): (&IpssmInput, bool),
) -> Option<Tp53LohAnswers> {
    let one = values.tp53_mutations == Some(Tp53Count::One) || findings.mutations("TP53", 0.0) == 1;
    let by_karyotype = findings.karyotype.as_ref().is_some_and(|k| k.flags.del17_17p);
    let is_open = clinical.tp53_loh.is_none() && clinical.del17_17p != Some(true) && !by_karyotype;
    if !one || !is_open || !sample.copies.is_some_and(CopyNumber::suggests_tp53_loss) {
        return None;
    }
    let answer = |lost: bool| {
        let findings = Findings {
            tp53_loh: Some(lost),
            ..findings.clone()
        };
        let stage = stage(&findings);
        let ipss_m = is_scored.then(|| {
            // As if it were stated: with a loss, a second mutation that may be there changes nothing.
            let clinical = Clinical {
                tp53_loh: Some(lost),
                ..clinical.clone()
            };
            let values = super::ipss_m::input(sample, &clinical, &findings).values;
            let result = ipss_m::score(&values, HemoglobinLimits::Published);
            IpssmOfAnswer {
                score: result.report.score,
                category: result.report.category,
                possible: [result.best.score, result.worst.score],
            }
        });
        Tp53LohAnswer {
            who5: types(&stage.who5),
            icc: types(&stage.icc),
            ipss_m,
        }
    };
    Some(Tp53LohAnswers {
        confirmed: answer(true),
        excluded: answer(false),
    })
}

fn types(classification: &Classification) -> Vec<String> {
    let name = classification.name.iter().cloned();
    if classification.name.is_some() {
        name.collect()
    } else {
        classification.possible.clone()
    }
}

impl Tp53LohAnswers {
    /// Says both.
    pub(super) fn note(&self) -> Text {
        let list = |types: &[String], none: &str| match types {
            [] => none.to_owned(),
            types => types.join(" / "),
        };
        let score = |answer: &Tp53LohAnswer, japanese: bool| {
            let Some(ipss_m) = &answer.ipss_m else {
                return String::new();
            };
            let value = match (ipss_m.score, ipss_m.category) {
                (Some(score), Some(category)) => format!("{score:.2} ({})", category.label()),
                _ => format!("{:.2} – {:.2}", ipss_m.possible[0], ipss_m.possible[1]),
            };
            let start = if japanese { "、" } else { "; " };
            format!("{start}IPSS-M {value}")
        };
        let en = |answer: &Tp53LohAnswer| {
            format!(
                "WHO 2022 {}; ICC 2022 {}{}",
                list(&answer.who5, "no type"),
                list(&answer.icc, "no type"),
                score(answer, false)
            )
        };
        let ja = |answer: &Tp53LohAnswer| {
            format!(
                "WHO 2022：{}、ICC 2022：{}{}",
                list(&answer.who5, "該当なし"),
                list(&answer.icc, "該当なし"),
                score(answer, true)
            )
        };
        Text::new(
            format!(
                "Sequencing suggests that the other allele of TP53 is lost, which is not counted. If it is confirmed (TP53loh 1): {}. If it is excluded (TP53loh 0): {}",
                en(&self.confirmed),
                en(&self.excluded)
            ),
            format!(
                "シーケンスからTP53のもう一方のアレルの消失が疑われるが、判定には算入していない。確認された場合（TP53loh = 1）：{}。否定された場合（TP53loh = 0）：{}",
                ja(&self.confirmed),
                ja(&self.excluded)
            ),
        )
    }
}
