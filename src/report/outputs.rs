//! The registry of outputs: every file that `analyze` can write, once. `docs`, `--formats`, the folder of a run and the pages of
//! the book read it from here.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::calls::CALLS;
use super::copies::COPIES;
use super::fhir::FHIR;
use super::genes::GENES;
use super::hotspots::HOTSPOTS;
use super::html::write_html;
use super::json::JSON;
use super::maf::MAF;
use super::mqc::{MQC, MQC_GENES, MQC_LIMITS, MQC_VAF};
use super::output::{Output, Place, Selection, Writer};
use super::summary::SUMMARY;
use super::vcf::{VCF, VCF_INDEX};
use super::workbook::WORKBOOK;

/// The report for people.
const HTML: Output = Output {
    name: "html",
    place: Place::Sample(".html"),
    holds: "the report for people, English and Japanese in one file",
    about: "The report for people.",
    columns: &[],
    selection: Selection::Default,
    applies: |_| true,
    writer: Writer::Sample(|writer, result, languages| write_html(writer, result, languages)),
};

/// Every output. Those of a sample are written in this order, the JSON last: a sample whose JSON is there is complete.
pub const OUTPUTS: &[Output] = &[
    CALLS, GENES, HOTSPOTS, COPIES, HTML, VCF, VCF_INDEX, FHIR, JSON, SUMMARY, MQC, MQC_VAF, MQC_GENES,
    MQC_LIMITS, MAF, WORKBOOK,
];

/// Stands for what is written without `--formats`.
const DEFAULT: &str = "default";

/// Stands for everything.
const ALL: &str = "all";

/// Returns the endings of a sample's files, in the order in which they are written.
pub fn sample_suffixes() -> impl DoubleEndedIterator<Item = &'static str> {
    OUTPUTS.iter().filter_map(|output| match output.place {
        Place::Sample(suffix) => Some(suffix),
        Place::Run(_) => None,
    })
}

/// Returns the names of the files of a run.
pub fn run_files() -> impl Iterator<Item = &'static str> {
    OUTPUTS.iter().filter_map(|output| match output.place {
        Place::Sample(_) => None,
        Place::Run(name) => Some(name),
    })
}

/// The outputs that were chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formats(BTreeSet<&'static str>);

/// A list of outputs that names one there is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("--formats: {given:?} is no output; there are {known}, and {DEFAULT} and {ALL} for several of them")]
pub struct FormatsError {
    given: String,
    known: String,
}

impl Default for Formats {
    fn default() -> Self {
        Self(names(|selection| selection == Selection::Default))
    }
}

impl Formats {
    /// Whether an output is to be written.
    pub fn hold(&self, output: &Output) -> bool {
        output.selection == Selection::Always || self.0.contains(output.name)
    }
}

impl FromStr for Formats {
    type Err = FormatsError;

    /// Reads a list of names, separated by commas. What is always written need not be named.
    fn from_str(list: &str) -> Result<Self, FormatsError> {
        let mut chosen = BTreeSet::new();
        for given in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match given.to_ascii_lowercase().as_str() {
                DEFAULT => chosen.extend(Self::default().0),
                ALL => chosen.extend(names(|_| true)),
                name => match names(|_| true).get(name) {
                    Some(name) => _ = chosen.insert(*name),
                    None => return Err(unknown(given)),
                },
            }
        }
        Ok(Self(chosen))
    }
}

fn names(wanted: impl Fn(Selection) -> bool) -> BTreeSet<&'static str> {
    let outputs = OUTPUTS.iter().filter(|output| wanted(output.selection));
    outputs.map(|output| output.name).collect()
}

fn unknown(given: &str) -> FormatsError {
    let known: Vec<&str> = names(|selection| selection != Selection::Always)
        .into_iter()
        .collect();
    FormatsError {
        given: given.to_owned(),
        known: known.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_output_has_a_file_of_its_own_and_the_json_comes_last() {
        let files: BTreeSet<String> = OUTPUTS.iter().map(Output::file).collect();
        assert_eq!(files.len(), OUTPUTS.len());
        assert_eq!(sample_suffixes().next_back(), Some(".json"));
        for output in OUTPUTS {
            let of_sample = matches!(output.writer, Writer::Sample(_));
            assert_eq!(
                of_sample,
                matches!(output.place, Place::Sample(_)),
                "{}",
                output.name
            );
        }
    }

    #[test]
    fn formats_are_chosen_by_name() {
        let holds = |list: &str, output: &Output| list.parse::<Formats>().unwrap().hold(output);
        assert!(holds("", &JSON) && !holds("", &HTML) && holds("HTML", &HTML));
        assert!(holds("default", &HTML) && holds("all", &HTML));
        assert_eq!(" default,".parse(), Ok(Formats::default()));
        let error = "html,pdf".parse::<Formats>().unwrap_err().to_string();
        assert!(
            error.contains("\"pdf\" is no output; there are fhir, html"),
            "{error}"
        );
    }
}
