//! What columns count: fragments by base, sight and cycle, substitutions and indels, and the tables of `count`.

pub(super) mod column_depth;
pub(super) mod count;
pub(super) mod cycle;
pub(super) mod forced;
pub(super) mod fragments;
pub(super) mod indel;
pub(super) mod observation;
pub(super) mod pileup;
pub(super) mod readcount;
pub(super) mod substitution;
pub(super) mod tally;
pub(super) mod target_depth;
