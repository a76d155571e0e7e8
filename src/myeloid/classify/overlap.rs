//! MDS/MPN with SF3B1 and thrombocytosis. ICC 2022: Arber, Blood 2022;140:1200, table of MDS/MPN-T-SF3B1 (read, as reprinted by
//! mdsclearpath.org): platelets of 450 x 10^9/L or more, anemia, blasts below 1 % in blood and 5 % in marrow, SF3B1. WHO 2022
//! (Khoury, Leukemia 2022;36:1703) asks for the same; 15 % ring sideroblasts stand in for SF3B1 (WHO 2016: Arber, Blood
//! 2016;127:2391, Table 13, read).

use super::{Answer, all, any, not, seen_blasts_reach};
use crate::myeloid::findings::Findings;
use crate::myeloid::limits::{RING_SIDEROBLASTS, THROMBOCYTOSIS};
use crate::panel::Text;
use crate::words::Phrase;

/// Marrow and blood blasts that exclude it, per cent.
const BLASTS: (f64, f64) = (5.0, 1.0);

/// The type by the VAF of SF3B1 that the system asks for (as for its MDS with SF3B1), under its name there.
pub(super) fn with_thrombocytosis(findings: &Findings, vaf: f64, name: &str) -> Answer {
    let why = Text::from(Phrase::new("overlap", "thrombocytosis_with_sf3b1"));
    match findings.platelets.map(|p| p >= THROMBOCYTOSIS) {
        Some(true) => {}
        Some(false) => {
            return Answer::no(name, Text::from(Phrase::new("overlap", "platelets_below_450")));
        }
        None => return Answer::no(name, Text::from(Phrase::new("overlap", "platelets_not_given"))),
    }
    let mutated = findings.mutated("SF3B1", vaf);
    let ringed = findings.ring_sideroblasts.map(|r| r >= RING_SIDEROBLASTS);
    let isolated = findings.chromosomes(|f| f.isolated_del5q);
    let name = if mutated == Some(false) && ringed == Some(true) {
        "MDS/MPN with ring sideroblasts and thrombocytosis"
    } else {
        name
    };
    // Ring sideroblasts not looked at leave nothing open where SF3B1 was looked at.
    let support = match (mutated, ringed) {
        (Some(false), None) => Some(false),
        _ => any(&[mutated, ringed]),
    };
    Answer::of(
        all(&[
            findings.cytopenia().anemia,
            not(seen_blasts_reach(findings, BLASTS.0, BLASTS.1)),
            support,
            not(isolated),
        ]),
        name,
        why,
    )
}
