//! VCF and BCF: records of any caller to [`crate::evidence::Evidence`], one file per dialect.
//!
//! Real files break the rules: contigs and tags are not declared, lines are blank, quotes do not close. What can be read is
//! read, with a warning; what would lose or change a call (a cut file, a broken position, an index of another file) is an
//! error or makes the reader take the whole file. Memory does not grow with the file: one record is held at a time.

mod alleles;
mod annotations;
mod bcf;
mod bcf_values;
mod bcf_writer;
mod caller;
mod chunks;
mod columns;
mod contig_check;
mod contig_log;
mod dialects;
mod error;
mod events;
mod failed;
mod header;
mod index;
mod indexed;
mod input;
mod lines;
mod normal;
mod odd_span;
mod placed;
mod population;
mod population_file;
mod reader;
mod record;
mod recurrent;
mod rewrite;
mod samples;
mod scan;
mod table;
mod tail;
mod warnings;
mod workers;
mod writer;

pub use alleles::alleles_of_file;
pub use caller::Caller;
pub use columns::{ColumnFinder, FileColumns, ReportColumn, report_columns};
pub use error::{Place, RecordError, ScanError};
pub use indexed::{IndexedVcf, PlacedLine, indexed_vcf};
pub use input::Input;
pub use normal::{NormalError, NormalFile};
pub use population_file::{PopulationError, PopulationFiles};
pub use recurrent::{RecurrentAlleles, RecurrentError};
pub use rewrite::{Annotate, MakeAnnotate, Rewrite, RewriteError, Rewritten, SiteAllele, rewrite};
pub use samples::NamedColumns;
pub use scan::{Scan, ScanOptions, ScannedSample, scan};
pub use table::{PrintedFile, TableError, VAF_COLUMNS, write_named_vaf_rows, write_vaf_rows};
pub use writer::{OutputFormat, VcfWriter};

pub use crate::evidence::{AnnotationSource, Coverage, DepthRange, FileAnnotation, Phase, SampleAllele};
