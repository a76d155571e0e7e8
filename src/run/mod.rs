//! The engine of `analyze`: what is reported on, by which options, and how the results come about. It knows nothing of a command line and
//! writes nothing: results go to an [`Output`].
//!
//! A [`Request`] names files and [`Options`]; a [`Job`] is the request understood, and [`analyze`] runs it. Files may be given as bytes
//! ([`Files`]).

mod artifacts;
pub mod batches;
mod clinical;
mod companions;
mod copied;
#[cfg(feature = "alignments")]
mod depths;
mod ended;
mod engine;
mod error;
#[cfg(feature = "alignments")]
mod event_limits;
mod failed;
mod file;
mod files;
mod history;
mod job;
mod kept;
mod messages;
mod options;
mod output;
mod panel_source;
pub mod pipes;
mod plan;
mod profile;
#[cfg(feature = "alignments")]
mod read_options;
#[cfg(feature = "alignments")]
mod reads;
pub mod remote;
mod same_file;
#[cfg(feature = "cli")]
pub mod spellings;
mod threads;

pub use ended::{Ended, Failure};
pub use engine::analyze;
pub use error::{ErrorKind, RunError};
pub use files::Files;
pub use job::{DEFAULT_PANEL, Job};
pub use messages::{counted, explained, warn_of};
#[cfg(feature = "alignments")]
pub use options::CallProfile;
pub use options::{NameBy, Options, ReportProfile, Request};
pub use output::{Output, Results};
pub use panel_source::{PanelFile, PanelSource, check_source, read_genes};
pub use plan::{Content, FilePlan, NormalPlan, SamplePlan};
#[cfg(feature = "alignments")]
pub use read_options::{CramDecoderName, ReadOptions};
#[cfg(feature = "alignments")]
pub use reads::read_background;
pub use same_file::{Identity, identity, is_same_file};
pub use threads::{MOST_THREADS, allowed as allowed_threads};

/// Wrong use of the program, found after the arguments were parsed: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);
