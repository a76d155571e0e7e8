//! The smallest clone that would have been called, and the alleles of a sample with it.

pub(super) mod alleles;
pub(super) mod called_limit;
pub(super) mod detection;
pub(super) mod duplication;
pub(super) mod indel;
pub(super) mod site;
