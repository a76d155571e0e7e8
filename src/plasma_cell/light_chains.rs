//! What follows from the values of a visit without any rule of a disease.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::patient::{LightChain, PlasmaInput, Plasmacytoma, tidy};

/// Normal κ/λ ratio of serum free light chains, ends included (Katzmann 2002, diagnostic interval).
pub(super) const FLC_RATIO_NORMAL: (f64, f64) = (0.26, 1.65);

/// Upper reference limit of κ free light chains, mg/L (Katzmann 2002).
pub(super) const KAPPA_UPPER: f64 = 19.4;

/// Upper reference limit of λ free light chains, mg/L (Katzmann 2002).
pub(super) const LAMBDA_UPPER: f64 = 26.3;

/// Albumin that calcium is corrected to, g/dL (Payne 1973).
const ALBUMIN_NORMAL: f64 = 4.0;

/// Calcium added per g/dL of albumin below normal, mmol/L: 0.8 mg/dL (Payne 1973).
const CALCIUM_PER_ALBUMIN: f64 = 0.2;

/// What the free light chains say, from whichever values were given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FreeLightChains {
    /// κ/λ.
    pub kappa_lambda: Option<f64>,
    /// The chain in excess.
    pub involved: Option<LightChain>,
    /// Involved/uninvolved, at least 1.
    pub involved_ratio: Option<f64>,
    /// Involved chain, mg/L.
    pub involved_mg_l: Option<f64>,
    /// κ/λ outside 0.26-1.65 (Katzmann 2002).
    pub abnormal: Option<bool>,
    /// The involved chain lies above its upper limit.
    pub raised: Option<bool>,
}

impl PlasmaInput {
    /// Returns the free light chains: from κ and λ where both are given, else from the ratios.
    pub fn free_light_chains(&self) -> FreeLightChains {
        let reported = self.flc_ratio.or_else(|| self.ratio_of_known_chain());
        let kappa_lambda = match (self.kappa_flc, self.lambda_flc) {
            (Some(kappa), Some(lambda)) => Some(tidy(kappa / lambda)),
            _ => reported,
        };
        let involved = kappa_lambda.map(|r| {
            if r < 1.0 {
                LightChain::Lambda
            } else {
                LightChain::Kappa
            }
        });
        let involved_ratio = match (self.kappa_flc, self.lambda_flc) {
            // Not from the rounded κ/λ, whose last decimals weigh more once turned over.
            (Some(kappa), Some(lambda)) => Some(tidy(kappa.max(lambda) / kappa.min(lambda))),
            _ => kappa_lambda.map(fold).or(self.involved_flc_ratio),
        };
        let measured = match involved {
            Some(LightChain::Kappa) => self.kappa_flc,
            Some(LightChain::Lambda) => self.lambda_flc,
            None => None,
        };
        let involved_mg_l = measured.or(self.involved_flc);
        FreeLightChains {
            kappa_lambda,
            involved,
            involved_ratio,
            involved_mg_l,
            abnormal: kappa_lambda
                .map(is_abnormal)
                .or_else(|| self.involved_flc_ratio.and_then(is_abnormal_either_way)),
            raised: self.involved_flc_raised.or_else(|| match involved? {
                LightChain::Kappa => involved_mg_l.map(|v| v > KAPPA_UPPER),
                LightChain::Lambda => involved_mg_l.map(|v| v > LAMBDA_UPPER),
            }),
        }
    }

    fn ratio_of_known_chain(&self) -> Option<f64> {
        match self.light_chain? {
            LightChain::Kappa => self.involved_flc_ratio,
            LightChain::Lambda => self.involved_flc_ratio.map(|r| tidy(1.0 / r)),
        }
    }

    /// Returns calcium in mmol/L, corrected for albumin if that was asked for and albumin is known.
    pub fn effective_calcium(&self, correct: bool) -> Option<f64> {
        match (self.calcium, self.albumin) {
            (Some(calcium), Some(albumin)) if correct => {
                Some(tidy(calcium + CALCIUM_PER_ALBUMIN * (ALBUMIN_NORMAL - albumin)))
            }
            (calcium, _) => calcium,
        }
    }

    /// Whether a plasmacytoma was proven.
    pub fn has_plasmacytoma(&self) -> bool {
        matches!(
            self.plasmacytoma,
            Some(Plasmacytoma::Bone | Plasmacytoma::SoftTissue)
        )
    }
}

/// The ratio the way round that makes it at least 1.
fn fold(ratio: f64) -> f64 {
    if ratio < 1.0 { tidy(1.0 / ratio) } else { ratio }
}

fn is_abnormal(kappa_lambda: f64) -> bool {
    !(FLC_RATIO_NORMAL.0..=FLC_RATIO_NORMAL.1).contains(&kappa_lambda)
}

/// Whether an involved/uninvolved ratio of an unnamed chain is abnormal; between the limits of κ and λ it depends on the chain.
fn is_abnormal_either_way(involved_ratio: f64) -> Option<bool> {
    let as_lambda = is_abnormal(tidy(1.0 / involved_ratio));
    (is_abnormal(involved_ratio) == as_lambda).then_some(as_lambda)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(f: impl Fn(&mut PlasmaInput)) -> FreeLightChains {
        let mut input = PlasmaInput::default();
        f(&mut input);
        input.free_light_chains()
    }

    #[test]
    fn ratio_limits_belong_to_normal() {
        for (ratio, abnormal) in [
            (0.25, true),
            (0.26, false),
            (1.0, false),
            (1.65, false),
            (1.66, true),
        ] {
            let actual = with(|i| i.flc_ratio = Some(ratio));
            assert_eq!(actual.abnormal, Some(abnormal), "{ratio}");
            let actual = with(|i| {
                i.kappa_flc = Some(tidy(ratio * 20.0));
                i.lambda_flc = Some(20.0);
            });
            assert_eq!(actual.abnormal, Some(abnormal), "{ratio} from both chains");
        }
    }

    #[test]
    fn involved_chain_is_the_one_in_excess() {
        let actual = with(|i| {
            i.kappa_flc = Some(2.0);
            i.lambda_flc = Some(300.0);
        });
        assert_eq!(
            (actual.involved, actual.involved_ratio, actual.involved_mg_l),
            (Some(LightChain::Lambda), Some(150.0), Some(300.0))
        );
        let actual = with(|i| {
            i.kappa_flc = Some(300.0);
            i.lambda_flc = Some(2.0);
        });
        assert_eq!(
            (actual.involved, actual.involved_ratio, actual.involved_mg_l),
            (Some(LightChain::Kappa), Some(150.0), Some(300.0))
        );
        assert_eq!(with(|i| i.flc_ratio = Some(0.01)).involved_ratio, Some(100.0));
        assert_eq!(
            with(|i| i.flc_ratio = Some(1.0)).involved,
            Some(LightChain::Kappa)
        );
        assert_eq!(with(|i| i.flc_ratio = Some(1.0)).involved_ratio, Some(1.0));
    }

    #[test]
    fn both_chains_outweigh_a_reported_ratio() {
        let actual = with(|i| {
            i.kappa_flc = Some(40.0);
            i.lambda_flc = Some(20.0);
            i.flc_ratio = Some(9.0);
        });
        assert_eq!(actual.kappa_lambda, Some(2.0));
    }

    #[test]
    fn an_unnamed_chain_leaves_the_middle_open() {
        let abnormal = |r| with(|i| i.involved_flc_ratio = Some(r)).abnormal;
        assert_eq!(abnormal(1.65), Some(false));
        assert_eq!(abnormal(1.66), None);
        assert_eq!(abnormal(3.84), None);
        assert_eq!(abnormal(3.85), Some(true));
        let actual = with(|i| {
            i.involved_flc_ratio = Some(2.0);
            i.light_chain = Some(LightChain::Kappa);
        });
        assert_eq!((actual.abnormal, actual.kappa_lambda), (Some(true), Some(2.0)));
        let actual = with(|i| {
            i.involved_flc_ratio = Some(2.0);
            i.light_chain = Some(LightChain::Lambda);
        });
        assert_eq!((actual.abnormal, actual.kappa_lambda), (Some(false), Some(0.5)));
    }

    #[test]
    fn raised_means_above_the_upper_limit() {
        let raised = |kappa, lambda| {
            with(|i| {
                i.kappa_flc = Some(kappa);
                i.lambda_flc = Some(lambda);
            })
            .raised
        };
        assert_eq!(raised(19.4, 5.0), Some(false));
        assert_eq!(raised(19.5, 5.0), Some(true));
        assert_eq!(raised(5.0, 26.3), Some(false));
        assert_eq!(raised(5.0, 26.4), Some(true));
        assert_eq!(with(|i| i.flc_ratio = Some(3.0)).raised, None);
        let stated = with(|i| {
            i.flc_ratio = Some(3.0);
            i.involved_flc_raised = Some(true);
        });
        assert_eq!(stated.raised, Some(true));
        assert_eq!(with(|i| i.involved_flc = Some(500.0)).raised, None);
    }

    #[test]
    fn calcium_is_corrected_only_on_request() {
        let input = PlasmaInput {
            calcium: Some(2.6),
            albumin: Some(3.0),
            ..Default::default()
        };
        assert_eq!(input.effective_calcium(false), Some(2.6));
        assert_eq!(input.effective_calcium(true), Some(2.8));
        let high = PlasmaInput {
            albumin: Some(5.0),
            ..input.clone()
        };
        assert_eq!(high.effective_calcium(true), Some(2.4));
        let low = PlasmaInput {
            albumin: Some(2.0),
            ..input.clone()
        };
        assert_eq!(low.effective_calcium(true), Some(3.0));
        let without = PlasmaInput {
            albumin: None,
            ..input
        };
        assert_eq!(without.effective_calcium(true), Some(2.6));
    }

    #[test]
    fn a_plasmacytoma_is_only_what_was_proven() {
        let has = |p| {
            PlasmaInput {
                plasmacytoma: p,
                ..Default::default()
            }
            .has_plasmacytoma()
        };
        assert!(has(Some(Plasmacytoma::Bone)));
        assert!(has(Some(Plasmacytoma::SoftTissue)));
        assert!(!has(Some(Plasmacytoma::None)));
        assert!(!has(None));
    }
}
