//! VCF and BCF: records of any caller to [`crate::evidence::Evidence`], one file per dialect.

mod bcf;
mod caller;
mod dialects;
mod error;
mod header;
mod index;
mod input;
mod reader;
mod record;
mod regions;
mod samples;
mod table;
mod warnings;

pub use caller::Caller;
pub use error::{Place, ScanError};
pub use input::Input;
pub use regions::Regions;
pub use samples::NamedColumns;
pub use table::{TableError, VAF_COLUMNS, write_vaf_rows};
