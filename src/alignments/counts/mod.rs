//! What columns count: fragments by base, sight and cycle, substitutions and indels, and the tables of `count`.

pub mod column_depth;
pub mod count;
pub mod cycle;
pub mod forced;
pub mod fragments;
pub mod indel;
pub mod observation;
pub mod pileup;
pub mod readcount;
pub mod substitution;
pub mod tally;
