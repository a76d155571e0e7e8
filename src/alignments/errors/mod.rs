//! What errors look like: rates of substitutions, damage, slippage of repeats, errors of single sites, and the chance of what is seen.

pub(super) mod background;
pub(super) mod damage;
pub(super) mod error_model;
pub(super) mod normal_depths;
pub(super) mod prior;
pub(super) mod repeats;
pub(super) mod slippage;
pub(super) mod slippage_counts;
pub(super) mod slippage_curve;
pub(super) mod tail;
