//! The smallest clone that would have been called, and the alleles of a sample with it.

pub mod alleles;
pub mod called_limit;
pub mod detection;
pub mod indel;
pub mod site;
