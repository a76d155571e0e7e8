//! A read: which count, what it shows by column, which mates make a fragment, and the visit of all reads of a region.

pub(super) mod filter;
pub(super) mod junctions;
pub(super) mod kernel;
pub(super) mod pairing;
pub(super) mod pileup;
pub(super) mod primer_learning;
pub(super) mod primers;
pub(super) mod read;
pub(super) mod read_facts;
pub(super) mod same_bases;
pub(super) mod visit;
