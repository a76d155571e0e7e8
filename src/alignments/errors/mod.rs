//! What errors look like: rates of substitutions, damage, slippage of repeats, errors of single sites, and the chance of what is seen.

pub mod background;
pub mod damage;
pub mod error_model;
pub mod prior;
pub mod repeats;
pub mod slippage;
pub mod slippage_counts;
pub mod slippage_curve;
pub mod tail;
