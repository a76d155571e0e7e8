//! Limits that more than one rule, note or step asks for. Each stands here once, with its source; those of one score stand with it.

use crate::genome::Sex;

/// Age from which types, limits of counts, scores and treatments are made, years. The calculator of IPSS-M takes patients from 18 on, ICC 2022 speaks
/// of adults in MDS/AML, WHO 2022 (Table 3) has types of childhood; where childhood ends was read in neither: an assumption.
pub(super) const ADULT: f64 = 18.0;
/// Blasts from which marrow and blood hold too many, per cent (WHO 2022, ICC 2022: MDS with increased or excess blasts).
pub(super) const EXCESS_BLASTS: (f64, f64) = (5.0, 2.0);
/// Marrow and blood blasts of the higher grade, per cent (WHO 2022: MDS-IB2; WHO 2022 and ICC 2022: CMML-2).
pub(super) const MANY_BLASTS: (f64, f64) = (10.0, 5.0);
/// Blasts from which ICC 2022 speaks of MDS/AML, and of AML where its genetics are there, per cent.
pub(super) const MDS_AML_BLASTS: f64 = 10.0;
/// Blasts from which it is acute leukemia whatever else is found, per cent (WHO 2022; ICC 2022).
pub(super) const AML_BLASTS: f64 = 20.0;
/// Ring sideroblasts that may stand in for SF3B1, per cent (WHO 2022, Table 3, footnote a; WHO 2016: Arber, Blood 2016;127:2391, Table 13,
/// read).
pub(super) const RING_SIDEROBLASTS: f64 = 15.0;
/// Grade of fibrosis from which it is overt (WHO 2022, MDS-f: 2 to 3; ICC 2022, table of PMF).
pub(super) const OVERT_FIBROSIS: u8 = 2;
/// Hemoglobin above this points to polycythemia vera in a man, g/dL (WHO 2016: Arber, Blood 2016;127:2391, table 4).
pub(super) const HIGH_HEMOGLOBIN_MALE: f64 = 16.5;
/// The same in a woman.
pub(super) const HIGH_HEMOGLOBIN_FEMALE: f64 = 16.0;
/// Platelets from which there is a thrombocytosis, 10^9/L (essential thrombocythemia: WHO 2016, Arber, Blood 2016;127:2391, table 5, the
/// same in WHO 2022 and ICC 2022, as a table of Blood compares them; MDS/MPN with SF3B1 and thrombocytosis: ICC 2022, read).
pub(super) const THROMBOCYTOSIS: f64 = 450.0;
/// White cells that are a minor criterion of primary myelofibrosis, 10^9/L (ICC 2022: Arber, Blood 2022;140:1200, table of PMF; the
/// same in WHO 2016, table 7; both read).
pub(super) const HIGH_WHITE_CELLS: f64 = 11.0;
/// White cells from which WHO 2022 and ICC 2022 ask for atypical CML / MDS/MPN with neutrophilia, and WHO 2022 calls CMML
/// myeloproliferative, 10^9/L (the tables read).
pub(super) const LEUKOCYTOSIS: f64 = 13.0;

/// Returns the hemoglobin above which polycythemia vera is thought of; the lower limit where the sex is not known: it only asks for a
/// look.
pub(super) const fn high_hemoglobin(sex: Option<Sex>) -> f64 {
    match sex {
        Some(Sex::Male) => HIGH_HEMOGLOBIN_MALE,
        Some(Sex::Female) | None => HIGH_HEMOGLOBIN_FEMALE,
    }
}
