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
mod adverse;
mod alternatives;
mod assess;
mod band;
mod clones;
mod cytogenetic_risk;
mod flags;
mod fusion;
mod fusion_names;
mod fusions;
mod heteromorphism;
mod lost_arm;
mod material;
mod model;
mod no_result;
mod note;
mod number;
mod parse;
mod readings;
mod repeated;
mod risk;
mod scanner;
mod sex;
mod shorthand;
mod stated;

pub use assess::{CloneAssessment, KaryotypeAssessment, OpenKaryotype, assess};
pub use cytogenetic_risk::{CytogeneticRisk, NoCytogeneticRisk};
pub use flags::KaryotypeFlags;
pub use fusion::Fusion;
pub use fusion_names::FusionName;
pub use model::{
    Abnormality, AbnormalityBody, CellClone, Cells, Inheritance, Karyotype, Lineage, ModalNumber, Range,
    Segment, SegmentKind, Sign,
};
pub use note::KaryotypeNote;
pub use scanner::KaryotypeError;
pub use stated::StatedChanges;
