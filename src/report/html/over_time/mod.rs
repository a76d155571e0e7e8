//! A person's clones over several visits, as pages show them.

mod clone_view;
mod picture;
mod view;

pub(crate) use clone_view::{CloneView, per_cent, range_of_growth};
pub(crate) use view::{OverTime, OverTimeView, SOURCES};
