//! Stage of multiple myeloma: ISS (Greipp, J Clin Oncol 2005;23:3412), R-ISS (Palumbo, J Clin Oncol 2015;33:2863) and R2-ISS
//! (D'Agostino, J Clin Oncol 2022;40:3406).

use super::risk::{Comparison, Factor, Group, ModelBuilder, Outcome, RiskModel};
use crate::patient::{Fish, PlasmaInput};

/// β2-microglobulin from which stage I is left, mg/L (Greipp 2005).
const MICROGLOBULIN_II: f64 = 3.5;

/// β2-microglobulin of stage III, mg/L (Greipp 2005).
const MICROGLOBULIN_III: f64 = 5.5;

/// Albumin of stage I, g/dL (Greipp 2005).
const ALBUMIN: f64 = 3.5;

// What is found makes a code: each finding has a digit of its own.
const LOW_ALBUMIN: u32 = 1;
const RAISED_MICROGLOBULIN: u32 = 2;
const HIGH_MICROGLOBULIN: u32 = 4;
const HIGH_RISK: u32 = 8;
const HIGH_LDH: u32 = 16;
/// Half a point of R2-ISS.
const HALF_POINT: u32 = 8;

const fn has(code: u32, finding: u32) -> bool {
    code & finding != 0
}

/// Median survival 62, 44 and 29 months: not printed here, for it is that of the years before novel agents.
fn iss_of(code: u32) -> Group {
    if has(code, HIGH_MICROGLOBULIN) {
        Group::StageIii
    } else if has(code, RAISED_MICROGLOBULIN) || has(code, LOW_ALBUMIN) {
        Group::StageIi
    } else {
        Group::StageI
    }
}

fn r_iss_of(code: u32) -> Group {
    let further = has(code, HIGH_RISK) || has(code, HIGH_LDH);
    match iss_of(code) {
        Group::StageI if !further => Group::StageI,
        Group::StageIii if further => Group::StageIii,
        _ => Group::StageIi,
    }
}

/// Overall survival at five years (Palumbo 2015).
const fn r_iss_outcome(group: Group) -> Outcome {
    let survival = match group {
        Group::StageI => 82.0,
        Group::StageIii => 40.0,
        _ => 62.0,
    };
    Outcome::new(group).survival(survival)
}

fn tumor_mass(builder: ModelBuilder, input: &PlasmaInput) -> ModelBuilder {
    let limit =
        |id, value: Option<f64>, unit, limit| Factor::number(id, value, unit, Comparison::AtLeast, limit);
    let microglobulin = Factor {
        points: input.beta2_microglobulin.map(microglobulin_code),
        points_possible: input.beta2_microglobulin.map_or_else(
            || vec![0, RAISED_MICROGLOBULIN, HIGH_MICROGLOBULIN],
            |v| vec![microglobulin_code(v)],
        ),
        ..limit(
            "beta2_microglobulin",
            input.beta2_microglobulin,
            "mg/L",
            MICROGLOBULIN_II,
        )
    };
    let low = input.albumin.map(|a| a < ALBUMIN);
    builder
        .factor(microglobulin)
        .factor(Factor::yes_no("albumin_low", low).worth(LOW_ALBUMIN))
}

fn microglobulin_code(value: f64) -> u32 {
    if value >= MICROGLOBULIN_III {
        HIGH_MICROGLOBULIN
    } else if value >= MICROGLOBULIN_II {
        RAISED_MICROGLOBULIN
    } else {
        0
    }
}

/// ISS.
pub(crate) fn iss(input: &PlasmaInput) -> RiskModel {
    tumor_mass(ModelBuilder::new("iss_2005", 0, &["greipp_2005"]), input)
        .by_code(|code| Some(Outcome::new(iss_of(code))))
}

/// R-ISS: del(17p), t(4;14) or t(14;16), and lactate dehydrogenase above its limit.
pub(crate) fn r_iss(input: &PlasmaInput) -> RiskModel {
    let high_risk = input.fish.as_ref().map(|found| {
        found
            .iter()
            .any(|f| matches!(f, Fish::Del17p | Fish::T4_14 | Fish::T14_16))
    });
    let ldh = input.ldh.zip(input.ldh_uln).map(|(ldh, limit)| ldh > limit);
    tumor_mass(ModelBuilder::new("r_iss_2015", 5, &["palumbo_2015"]), input)
        .factor(Factor::yes_no("fish_r_iss", high_risk).worth(HIGH_RISK))
        .factor(Factor::yes_no("ldh_high", ldh).worth(HIGH_LDH))
        .by_code(|code| Some(r_iss_outcome(r_iss_of(code))))
}

/// Points in halves: ISS II 1, ISS III 1.5, del(17p) 1, high LDH 1, t(4;14) 1, gain of 1q 0.5; I at 0, II to 1, III to 2.5, IV above.
fn r2_iss_of(code: u32) -> Group {
    let of_iss = match iss_of(code) {
        Group::StageI => 0,
        Group::StageIii => 3,
        _ => 2,
    };
    match code / HALF_POINT + of_iss {
        0 => Group::StageI,
        1..=2 => Group::StageIi,
        3..=5 => Group::StageIii,
        _ => Group::StageIv,
    }
}

/// R2-ISS.
pub(crate) fn r2_iss(input: &PlasmaInput) -> RiskModel {
    let has = |wanted: Fish| input.fish.as_ref().map(|found| found.contains(&wanted));
    let ldh = input.ldh.zip(input.ldh_uln).map(|(ldh, limit)| ldh > limit);
    tumor_mass(ModelBuilder::new("r2_iss_2022", 0, &["dagostino_2022"]), input)
        .factor(Factor::yes_no("fish_del17p", has(Fish::Del17p)).worth(2 * HALF_POINT))
        .factor(Factor::yes_no("ldh_high", ldh).worth(2 * HALF_POINT))
        .factor(Factor::yes_no("fish_t4_14", has(Fish::T4_14)).worth(2 * HALF_POINT))
        .factor(Factor::yes_no("fish_gain_1q", has(Fish::Gain1q)).worth(HALF_POINT))
        .by_code(|code| Some(Outcome::new(r2_iss_of(code))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patient(microglobulin: f64, albumin: f64, fish: &[Fish], ldh: f64) -> PlasmaInput {
        PlasmaInput {
            beta2_microglobulin: Some(microglobulin),
            albumin: Some(albumin),
            fish: Some(fish.to_vec()),
            ldh: Some(ldh),
            ldh_uln: Some(250.0),
            ..PlasmaInput::default()
        }
    }

    /// Palumbo 2015: I is ISS I, standard risk and normal LDH; III is ISS III with high risk or high LDH; II is the rest.
    #[test]
    fn every_combination_has_its_stage() {
        use Group::{StageI, StageIi, StageIii};
        for (microglobulin, albumin, of_iss) in [
            (3.4, 3.5, StageI),
            (3.4, 3.4, StageIi),
            (3.5, 4.0, StageIi),
            (5.4, 3.0, StageIi),
            (5.5, 4.0, StageIii),
            (9.0, 2.0, StageIii),
        ] {
            for (fish, ldh, further) in [
                (&[][..], 250.0, false),
                (&[Fish::T11_14, Fish::Gain1q][..], 200.0, false),
                (&[Fish::Del17p][..], 200.0, true),
                (&[Fish::T4_14][..], 200.0, true),
                (&[Fish::T14_16][..], 200.0, true),
                (&[][..], 251.0, true),
            ] {
                let input = patient(microglobulin, albumin, fish, ldh);
                let expected = match (of_iss, further) {
                    (StageI, false) => (StageI, 82.0),
                    (StageIii, true) => (StageIii, 40.0),
                    _ => (StageIi, 62.0),
                };
                assert_eq!(iss(&input).group, Some(of_iss));
                let actual = r_iss(&input);
                assert_eq!(
                    (actual.group, actual.survival_percent),
                    (Some(expected.0), Some(expected.1)),
                    "{input:?}"
                );
            }
        }
    }

    #[test]
    fn the_points_of_the_second_revision() {
        use Group::{StageI, StageIi, StageIii, StageIv};
        for (microglobulin, albumin, fish, ldh, expected) in [
            (3.0, 4.0, &[][..], 200.0, StageI),
            (3.0, 4.0, &[Fish::T14_16][..], 200.0, StageI),
            (3.0, 4.0, &[Fish::Gain1q][..], 200.0, StageIi),
            (3.0, 3.0, &[][..], 200.0, StageIi),
            (3.0, 4.0, &[][..], 300.0, StageIi),
            (3.0, 4.0, &[Fish::Gain1q, Fish::T4_14][..], 200.0, StageIii),
            (6.0, 4.0, &[][..], 200.0, StageIii),
            (6.0, 4.0, &[Fish::Del17p][..], 200.0, StageIii),
            (6.0, 4.0, &[Fish::Del17p, Fish::Gain1q][..], 200.0, StageIv),
            (6.0, 4.0, &[Fish::T4_14, Fish::Gain1q][..], 200.0, StageIv),
            (6.0, 4.0, &[Fish::Gain1q][..], 300.0, StageIv),
            (3.0, 3.0, &[Fish::T4_14][..], 300.0, StageIv),
            (3.0, 3.0, &[Fish::T4_14][..], 200.0, StageIii),
            (
                6.0,
                3.0,
                &[Fish::Del17p, Fish::T4_14, Fish::Gain1q][..],
                300.0,
                StageIv,
            ),
        ] {
            let input = patient(microglobulin, albumin, fish, ldh);
            assert_eq!(r2_iss(&input).group, Some(expected), "{input:?}");
        }
    }

    #[test]
    fn what_is_not_known_leaves_the_stages_that_are_possible() {
        let mut input = patient(5.5, 4.0, &[], 200.0);
        input.ldh_uln = None;
        let open = r_iss(&input);
        assert_eq!(open.groups_possible, [Group::StageIi, Group::StageIii]);
        assert_eq!(
            (open.survival_percent, open.survival_percent_range),
            (None, Some((40.0, 62.0)))
        );
        // Stage II of ISS stays II whatever the rest is.
        input.beta2_microglobulin = Some(4.0);
        input.fish = None;
        assert_eq!(r_iss(&input).group, Some(Group::StageIi));
        let nothing = r_iss(&PlasmaInput::default());
        assert_eq!(nothing.groups_possible.len(), 3);
    }
}
