//! The engine of `analyze`: what is reported on, by which options, and how the results come about.

#[cfg(feature = "alignments")]
mod background;
pub(crate) mod clinical;
pub(crate) mod companions;
pub(crate) mod messages;
pub(crate) mod options;
pub(crate) mod panel_source;
pub(crate) mod pipes;
pub(crate) mod plan;
pub(crate) mod profile;
#[cfg(feature = "alignments")]
pub(crate) mod read_options;
#[cfg(feature = "alignments")]
pub(crate) mod reads;
pub(crate) mod same_file;
pub(crate) mod spellings;
pub(crate) mod threads;

#[cfg(feature = "alignments")]
pub use background::BackgroundOption;
pub use messages::{counted, explained, first_of, warn_of};
pub(crate) use panel_source::{PanelFile, PanelSource, check_source, read_genes};
pub use profile::Profile;
#[cfg(feature = "alignments")]
pub use read_options::ReadArgs;

/// Wrong use of the program, found after the arguments were parsed: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);
