//! Clonal hematopoiesis from sequencing output: variant allele fractions over a myeloid gene panel, driver rules, risk.
//!
//! The data goes one way, a room at a time; no room looks back:
//!
//! ```text
//! input file ─► Evidence ─► annotated variant ─► classified Call ─► SampleResult ─► reports
//!  variants       evidence      transcript           drivers          sample         report
//! ```
//!
//! Each room knows those before it in this list, and none behind it (`tests/house.rs` holds that):
//!
//! ```rooms
//! text, tables, genome, karyotype,
//! evidence, transcript, panel, bundle, plasma_cell,
//! alignments, drivers, variants, myeloid,
//! sample, report, run, cli
//! ```
//!
//! A [`bundle`] is a panel with transcripts and bases of its own. The command line wires the rooms together and is the only place that opens files on its own account, starts threads or prints.
//!
//! Coordinates are 1-based and inclusive unless a name or comment says otherwise.

#[cfg(feature = "alignments")]
pub mod alignments;
pub mod bundle;
pub mod cli;
pub mod drivers;
pub mod evidence;
pub mod genome;
pub mod karyotype;
pub mod myeloid;
#[cfg(test)]
#[path = "../tests/support/outside.rs"]
mod outside;
pub mod panel;
pub mod plasma_cell;
pub mod report;
pub mod run;
pub mod sample;
mod tables;
pub mod text;
pub mod transcript;
pub mod variants;
