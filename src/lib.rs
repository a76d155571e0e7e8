//! Clonal hematopoiesis from sequencing output: variant allele fractions over a myeloid gene panel, driver rules, risk.
//!
//! A VCF goes in, a [`sample::SampleResult`] comes out: every allele on the panel with the reason why it is a driver or none, what could not be
//! assessed, stage and scores. Nothing is downloaded: panels, transcripts and bases are part of the crate.
//!
//! ```
//! use hemoclone::drivers::CallStatus;
//! use hemoclone::run::{Files, Job, Request, Results, analyze};
//!
//! let vcf = [
//!     "##fileformat=VCFv4.2",
//!     "##contig=<ID=chr2,length=242193529>",
//!     r#"##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">"#,
//!     "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1",
//!     "chr2\t25234373\t.\tC\tT\t.\tPASS\t.\tAD\t460,40\n",
//! ]
//! .join("\n");
//! // Files on disk are named by their paths; these bytes stand in for one.
//! let files = Files::default().with("P1.vcf", vcf.into_bytes());
//! let request = Request {
//!     inputs: vec!["P1.vcf".into()],
//!     ..Request::default()
//! };
//! let mut results = Results::default();
//! let ended = analyze(&Job::new(request, files)?, &mut results)?;
//! assert!(ended.errors.is_empty(), "{:?}", ended.errors);
//!
//! let sample = results.into_sorted().remove(0);
//! let call = &sample.calls[0];
//! assert_eq!(call.consequence.gene, "DNMT3A");
//! assert_eq!(call.consequence.hgvs_p_short.as_deref(), Some("p.R882H"));
//! assert_eq!(call.evidence.vaf, Some(0.08));
//! assert_eq!(call.status, CallStatus::Driver);
//! # Ok::<(), hemoclone::run::RunError>(())
//! ```
//!
//! [`run::Request`] holds every option of the command `analyze`; [`report`] writes a result as JSON, tables or a page.
//!
//! # The rooms
//!
//! The data goes one way, a room at a time; no room looks back:
//!
//! ```text
//! input file ─► Evidence ─► annotated variant ─► classified Call ─► SampleResult ─► reports
//!  variants       evidence      transcript           drivers          sample         report
//! ```
//!
//! | to | go to |
//! | --- | --- |
//! | analyze samples as the program does | [`run`] |
//! | read alleles with counts from the VCF or BCF of any caller | [`variants`] |
//! | read, count and call BAM and CRAM (feature `alignments`) | `alignments` |
//! | name what a variant does to a protein (HGVS, consequence) | [`transcript`] |
//! | ask whether a change is a driver, and by which rule | [`drivers`], [`panel`] |
//! | tell losses, gains and the duplication of KMT2A by depth | [`copies`] |
//! | understand a karyotype | [`karyotype`] |
//! | read blood counts, marrow and history from tables and JSON | [`patient`] |
//! | stage and score without sequencing | [`myeloid`], [`plasma_cell`] |
//! | write reports | [`report`] |
//! | hold what was observed against a truth | [`compare`] |
//! | follow the clones of a person over time | [`serial`] |
//! | put the reports of many samples together (feature `cohort`) | `cohort` |
//!
//! Each room knows those before it in this list, and none behind it (`tests/house.rs` holds that):
//!
//! ```rooms
//! words, text, tables, genome, karyotype,
//! evidence, transcript, patient, panel, bundle, plasma_cell,
//! alignments, drivers, variants, copies, myeloid,
//! sample, report, compare, serial, cohort, run, cli
//! ```
//!
//! A [`bundle`] is a panel with transcripts and bases of its own. `cli` is the program: it alone writes files, starts threads, prints, and
//! decides on exit codes; the library has no part of it.
//!
//! # Features
//!
//! | feature | brings |
//! | --- | --- |
//! | `alignments` | BAM and CRAM, through C code of htslib |
//! | `libdeflate` | faster decompression, by C code |
//! | `cli` | the program, and its options as arguments of clap |
//! | `cohort` | tables of many samples, as Parquet too |
//!
//! All are on by default. Without them the crate is pure Rust and compiles for `wasm32-unknown-unknown`, where it analyzes variants from bytes.
//!
//! Coordinates are 1-based and inclusive unless a name or comment says otherwise.

// What a stranger cannot reach is not written as if they could. Not among the lints of Cargo.toml, which would hold for the helpers of tests too.
#![warn(unreachable_pub)]

#[cfg(feature = "alignments")]
pub mod alignments;
pub mod bundle;
#[cfg(feature = "cohort")]
pub mod cohort;
pub mod compare;
pub mod copies;
pub mod drivers;
pub mod evidence;
pub mod genome;
pub mod karyotype;
pub mod myeloid;
#[cfg(test)]
#[allow(unreachable_pub, reason = "shared with the tests outside of src/")]
#[path = "../tests/support/outside.rs"]
mod outside;
pub mod panel;
pub mod patient;
pub mod plasma_cell;
pub mod report;
pub mod run;
pub mod sample;
pub mod serial;
mod tables;
pub mod text;
pub mod transcript;
pub mod variants;
pub mod words;
