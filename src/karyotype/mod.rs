//! Karyotypes in ISCN notation: reading them, the changes of each clone, the cytogenetic group of IPSS-R.
//!
//! ```
//! use hemoclone::karyotype::{CytogeneticRisk, Karyotype, assess};
//!
//! let karyotype = Karyotype::parse("46,XX,del(5)(q13q33)[18]/46,XX[2]")?;
//! let assessment = assess(&karyotype, None);
//! assert_eq!(assessment.risk, Some(CytogeneticRisk::Good));
//! assert!(assessment.flags.del5q);
//! # Ok::<(), hemoclone::karyotype::KaryotypeError>(())
//! ```

mod abnormality;
mod assess;
mod clones;
mod cytogenetic_risk;
mod model;
mod parse;
mod risk;
mod scanner;

pub use assess::{CloneAssessment, KaryotypeAssessment, KaryotypeFlags, assess};
pub use cytogenetic_risk::{CytogeneticRisk, NoCytogeneticRisk};
pub use model::{
    Abnormality, AbnormalityBody, CellClone, Cells, Inheritance, Karyotype, Lineage, ModalNumber, Range,
    Segment, SegmentKind, Sign,
};
pub use scanner::KaryotypeError;
