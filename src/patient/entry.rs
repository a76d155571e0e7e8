//! What one row of a table, or one object of a clinical file, says of a person.

use super::clinical::Clinical;
use super::visit::PlasmaInput;
use crate::genome::Sex;

/// What one row of a table, or one object of a clinical file, says of a person. `None` is "not known", which is never "no".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Sex.
    pub sex: Option<Sex>,
    /// Age, years.
    pub age: Option<f64>,
    /// Counts, marrow, karyotype, history, statements on genes.
    pub clinical: Clinical,
    /// Values of the plasma-cell road.
    pub visit: PlasmaInput,
    /// What a table says of the clone in place of a list of mutations.
    pub clone: StatedClone,
    /// A mutation of the kinase domain of FLT3, which with the tandem duplication makes the answer for FLT3.
    pub flt3_tkd: Option<bool>,
}

/// What a table says of the clone of clonal hematopoiesis in place of a list of mutations.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StatedClone {
    /// The only mutation is one of DNMT3A.
    pub single_dnmt3a: Option<bool>,
    /// A gene of high risk is mutated.
    pub high_risk: Option<bool>,
    /// A gene of the splicing machinery is mutated.
    pub splicing: Option<bool>,
    /// Largest VAF, 0 to 1.
    pub largest_vaf: Option<f64>,
    /// A cytopenia: CCUS instead of CHIP.
    pub cytopenia: Option<bool>,
}
