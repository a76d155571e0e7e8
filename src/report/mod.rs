//! Reports: JSON, TSV, HTML, words in English and Japanese. Nothing is computed here that a [`crate::sample::SampleResult`] does not hold.

mod safe;

pub use safe::tsv;
