use super::{all, any};
use crate::myeloid::findings::Findings;

/// A single TP53 mutation above this VAF is presumed to have lost the other allele (WHO 2022; "> 49 %" in Shah, Blood Cancer J 2025,
/// 10.1038/s41408-025-01290-0, of authors of ICC, which applied both systems to 603 cases; another extract says 0.50 or more).
const WHO_PRESUMPTIVE_VAF: f64 = 0.49;
/// Smallest VAF of a TP53 mutation that counts (ICC 2022; ">= 10 %" in the same study; one table of ICC says "> 10 %").
pub(super) const ICC_VAF: f64 = 0.10;
/// A single TP53 mutation above this VAF counts as multi-hit (ICC 2022).
const ICC_MULTI_HIT_VAF: f64 = 0.50;

/// What TP53 says for WHO 2022.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhoTp53 {
    /// Two mutations, or one with loss of the other allele.
    Biallelic,
    /// One mutation with a VAF above 0.49.
    Presumptive,
    /// One mutation and no sign of loss, or none.
    Not,
    /// Cannot be told.
    Unknown,
}

/// Returns whether the other allele is lost: by karyotype or as reported.
fn loss(findings: &Findings) -> Option<bool> {
    let by_karyotype = findings.chromosomes(|f| f.del17_17p);
    match (findings.tp53_loh, by_karyotype) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), _) => Some(false),
        // A karyotype without loss of 17p says nothing of copy-neutral loss.
        (None, _) => None,
    }
}

/// The same for ICC 2022, which may count one of several mutations: a second one, however small, is the other hit that was looked
/// for, and its allele is not lost.
fn loss_of_the_other(findings: &Findings) -> Option<bool> {
    match loss(findings) {
        None if findings.mutations("TP53", 0.0) > 1 => Some(false),
        known => known,
    }
}

/// Whether there is one mutation of which the other allele was not looked at.
pub(super) fn is_loss_open(findings: &Findings) -> bool {
    let large = findings
        .largest_vaf("TP53")
        .is_some_and(|v| v > WHO_PRESUMPTIVE_VAF);
    findings.mutations("TP53", 0.0) == 1 && loss(findings).is_none() && !large
}

/// Returns what TP53 says for WHO 2022: no lower limit of the VAF.
pub(super) fn who(findings: &Findings) -> WhoTp53 {
    if findings.drivers.is_none() {
        return WhoTp53::Unknown;
    }
    let open = findings.is_open("TP53");
    match findings.mutations("TP53", 0.0) {
        1 if loss(findings) == Some(true) => WhoTp53::Biallelic,
        1 if findings
            .largest_vaf("TP53")
            .is_some_and(|v| v > WHO_PRESUMPTIVE_VAF) =>
        {
            WhoTp53::Presumptive
        }
        // Another mutation may lie where nothing was seen.
        0 | 1 if open => WhoTp53::Unknown,
        // Loss that was not looked at is not absent, as for IPSS-M (Bernard 2022).
        1 if loss(findings).is_none() => WhoTp53::Unknown,
        0 | 1 => WhoTp53::Not,
        _ => WhoTp53::Biallelic,
    }
}

/// Returns whether TP53 is multi-hit by ICC 2022.
pub(super) fn icc_multi_hit(findings: &Findings) -> Option<bool> {
    findings.drivers.as_ref()?;
    let no = if findings.is_open("TP53") {
        None
    } else {
        Some(false)
    };
    match findings.mutations("TP53", ICC_VAF) {
        0 => no,
        1 => {
            let complex = findings.chromosomes(|f| f.complex);
            // A complex karyotype stands in where loss of heterozygosity is not known.
            let complex_stands_in = all(&[Some(findings.tp53_loh.is_none()), complex]);
            let large = findings
                .largest_vaf("TP53")
                .is_some_and(|v| v > ICC_MULTI_HIT_VAF);
            any(&[no, loss_of_the_other(findings), Some(large), complex_stands_in])
        }
        _ => Some(true),
    }
}

/// Returns whether any TP53 mutation counts for ICC 2022.
pub(super) fn icc_mutated(findings: &Findings) -> Option<bool> {
    findings.mutated("TP53", ICC_VAF)
}
