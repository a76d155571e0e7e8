//! A read: which count, what it shows by column, which mates make a fragment, and the visit of all reads of a region.

pub mod filter;
pub mod kernel;
pub mod pairing;
pub mod read;
pub mod read_facts;
pub mod same_bases;
pub mod visit;
