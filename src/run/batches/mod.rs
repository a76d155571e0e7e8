//! A sample sheet in batches: what one task of a workflow reports on and needs for it, and which samples can be told beforehand to fail.
//!
//! Two hundred small files cost a task each more than all of them in one. What becomes of a sample does not depend on its batch.

mod located;
mod plan;

pub use located::{Located, Places, candidates, locate};
pub use plan::{Batch, BatchPlan, Limits, Staged, plan_batches};
