//! The answer for a sample, from its calls and genes.

use super::{ChState, ChSummary, CloneSize, HighRiskFlag};
use crate::drivers::GeneResult;
use crate::drivers::GeneState;
use crate::drivers::{Call, CallStatus};

/// A large clone: VAF 10 % (Jaiswal 2017; Vlasschaert 2023).
const LARGE_CLONE: f64 = 0.10;

/// The definition of CHIP (WHO 5th edition 2022).
const CHIP: f64 = 0.02;

/// VAF that the Clonal Hematopoiesis Risk Score counts: 20 % (Weeks 2023).
const CHRS_VAF: f64 = 0.20;

/// Source keys of the panel's table, cited by the flags.
const WEEKS_2023: &str = "weeks_2023";

impl CloneSize {
    /// Returns the class of a VAF (0 to 1).
    pub fn of(vaf: f64) -> Self {
        if vaf < CHIP {
            Self::Below2Percent
        } else if vaf < LARGE_CLONE {
            Self::From2To10Percent
        } else {
            Self::From10Percent
        }
    }
}

/// Summarizes classified calls and gene states.
pub fn summarize(calls: &[Call], genes: &[GeneResult]) -> ChSummary {
    let with = |status| calls.iter().filter(move |c| c.status == status);
    let drivers = with(CallStatus::Driver).count();
    let drivers_to_review = with(CallStatus::DriverReview).count();
    let mut driver_genes: Vec<String> = with(CallStatus::Driver)
        .map(|c| c.consequence.gene.clone())
        .collect();
    driver_genes.sort();
    driver_genes.dedup();
    // The first of equal fractions in the order of the calls, so that ties do not depend on anything else.
    // Calls to review are among them: the largest clone of a sample may be the one that a person must look at.
    let largest = calls
        .iter()
        .filter(|c| c.status.is_driver_or_review())
        .filter_map(|c| c.evidence.vaf.map(|vaf| (vaf, c)))
        .fold(None, |best: Option<(f64, &Call)>, next| match best {
            Some(b) if b.0 >= next.0 => Some(b),
            _ => Some(next),
        });
    let largest_vaf = largest.map(|(vaf, _)| vaf);
    // What marks the sample as high-risk rests on certain drivers only.
    let largest_certain = with(CallStatus::Driver)
        .filter_map(|c| c.evidence.vaf)
        .max_by(f64::total_cmp);
    let counted = largest_certain.filter(|v| *v >= CHRS_VAF);
    ChSummary {
        state: if drivers > 0 {
            ChState::Present
        } else if drivers_to_review > 0 {
            ChState::Review
        } else {
            without_driver(genes)
        },
        drivers,
        drivers_to_review,
        high_risk: high_risk(&driver_genes, drivers, counted, genes),
        genes: driver_genes,
        largest_vaf,
        largest_gene: largest.map(|(_, c)| c.consequence.gene.clone()),
        largest_to_review: largest.map(|(_, c)| c.status == CallStatus::DriverReview),
        clone_size: largest_vaf.map(CloneSize::of),
        vaf_at_least_20_percent: largest_certain.map(|_| counted.is_some()),
        genes_assessed: genes.iter().filter(|g| g.is_known_throughout()).count(),
        genes_not_assessed: genes
            .iter()
            .filter(|g| g.assessed_bases == 0 && !g.coverage_stated)
            .count(),
    }
}

/// Says what no driver means: only where every gene was looked at is it a finding.
fn without_driver(genes: &[GeneResult]) -> ChState {
    if !genes.is_empty() && genes.iter().all(GeneResult::is_negative) {
        ChState::NotDetected
    } else {
        ChState::NoneCalled
    }
}

impl GeneResult {
    /// Whether no driver is a finding: the whole target was assessed, and nothing is open.
    pub fn is_negative(&self) -> bool {
        self.is_known_throughout() && matches!(self.state, GeneState::NotDetected | GeneState::NoDriver)
    }

    /// Whether the whole target was assessed, as the file shows or the laboratory states.
    pub fn is_known_throughout(&self) -> bool {
        self.is_assessed() || self.coverage_stated
    }

    /// Whether the whole target was covered well enough to see a clone at the threshold.
    pub fn is_assessed(&self) -> bool {
        self.target_bases > 0 && self.assessed_bases == self.target_bases
    }

    /// Takes in whether the laboratory states that the gene was covered in full, which the file does not show.
    #[must_use]
    pub fn with_stated_coverage(mut self, stated: bool) -> Self {
        self.coverage_stated = stated && !self.is_assessed();
        if self.coverage_stated && matches!(self.state, GeneState::NotAssessed | GeneState::PartlyAssessed) {
            self.state = GeneState::NotDetected;
        }
        self
    }

    /// Returns what is known of a gene with these calls and this coverage.
    pub fn state_of(drivers: usize, other_calls: usize, target_bases: u32, assessed_bases: u32) -> GeneState {
        if drivers > 0 {
            GeneState::Mutated
        } else if other_calls > 0 {
            GeneState::NoDriver
        } else if assessed_bases == 0 {
            GeneState::NotAssessed
        } else if assessed_bases < target_bases {
            GeneState::PartlyAssessed
        } else {
            GeneState::NotDetected
        }
    }
}

fn high_risk(
    driver_genes: &[String],
    drivers: usize,
    vaf: Option<f64>,
    genes: &[GeneResult],
) -> Vec<HighRiskFlag> {
    let flag = |code: &str, detail: String| HighRiskFlag {
        code: code.into(),
        detail,
        source: WEEKS_2023.into(),
    };
    let chrs: Vec<&str> = genes
        .iter()
        .filter(|g| g.chrs_high_risk && driver_genes.contains(&g.gene))
        .map(|g| g.gene.as_str())
        .collect();
    let mut flags = Vec::new();
    if !chrs.is_empty() {
        flags.push(flag("chrs_high_risk_gene", chrs.join(", ")));
    }
    if drivers >= 2 {
        flags.push(flag("two_or_more_drivers", drivers.to_string()));
    }
    if let Some(vaf) = vaf {
        flags.push(flag("vaf_at_least_20_percent", format!("{vaf:.4}")));
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_classes_have_their_edges_in_the_upper_class() {
        assert_eq!(CloneSize::of(0.0199), CloneSize::Below2Percent);
        assert_eq!(CloneSize::of(0.02), CloneSize::From2To10Percent);
        assert_eq!(CloneSize::of(0.0999), CloneSize::From2To10Percent);
        assert_eq!(CloneSize::of(0.10), CloneSize::From10Percent);
    }

    #[test]
    fn a_gene_without_calls_is_negative_only_where_it_was_covered() {
        assert_eq!(GeneResult::state_of(0, 0, 100, 0), GeneState::NotAssessed);
        assert_eq!(GeneResult::state_of(0, 0, 100, 99), GeneState::PartlyAssessed);
        assert_eq!(GeneResult::state_of(0, 0, 100, 100), GeneState::NotDetected);
        assert_eq!(GeneResult::state_of(0, 2, 100, 0), GeneState::NoDriver);
        assert_eq!(GeneResult::state_of(1, 2, 100, 0), GeneState::Mutated);
    }

    #[test]
    fn a_stated_coverage_counts_as_assessed_and_is_marked() {
        use GeneState::{NoDriver, NotAssessed, NotDetected, PartlyAssessed};
        let gene = |state, assessed_bases, stated| {
            GeneResult {
                gene: "TET2".into(),
                transcript: String::new(),
                class: crate::panel::GeneClass::DnaMethylation,
                ipssm: crate::panel::IpssmRole::None,
                chrs_high_risk: false,
                state,
                drivers: 0,
                drivers_to_review: 0,
                other_calls: 0,
                largest_vaf: None,
                target_bases: 10,
                targeted_bases: None,
                assessed_bases,
                coverage_stated: false,
                min_depth: None,
                detection_limit: None,
                detection_limit_95: None,
                facts: Vec::new(),
                protein: None,
            }
            .with_stated_coverage(stated)
        };
        for (state, bases, stated, expected, marked, assessed, not_assessed) in [
            (NotAssessed, 0, true, NotDetected, true, 1, 0),
            (PartlyAssessed, 5, true, NotDetected, true, 1, 0),
            (NotDetected, 10, true, NotDetected, false, 1, 0),
            (NotAssessed, 0, false, NotAssessed, false, 0, 1),
            (NoDriver, 0, true, NoDriver, true, 1, 0),
        ] {
            let gene = gene(state, bases, stated);
            assert_eq!(
                (gene.state, gene.coverage_stated),
                (expected, marked),
                "{state:?}"
            );
            let actual = summarize(&[], &[gene]);
            let answered = if assessed == 1 {
                ChState::NotDetected
            } else {
                ChState::NoneCalled
            };
            assert_eq!(actual.state, answered, "{state:?}");
            assert_eq!(
                (actual.genes_assessed, actual.genes_not_assessed),
                (assessed, not_assessed),
                "{state:?}"
            );
        }
    }

    #[test]
    fn no_call_and_no_coverage_leaves_every_gene_open() {
        let actual = summarize(&[], &[]);
        assert_eq!(actual.state, ChState::NoneCalled);
        assert_eq!(
            (actual.vaf_at_least_20_percent, actual.largest_to_review),
            (None, None)
        );
        assert_eq!(actual.largest_vaf, None);
    }
}
