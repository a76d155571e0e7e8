//! What was odd about an input but could be read: one warning a kind, with a count and the first example.

use std::collections::BTreeMap;

use super::error::shown;
pub(crate) use crate::evidence::FileOddity as Kind;
use crate::evidence::Warning;
use crate::genome::BuildDoubt;

/// Warnings by kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Warnings {
    found: BTreeMap<Kind, (u64, String)>,
    build: Option<BuildDoubt>,
}

impl Warnings {
    /// Adds a warning; an example is cut where it is text of the file, but not where it is a sentence of ours, which ends in what
    /// matters.
    pub(super) fn add(&mut self, kind: Kind, example: &str) {
        let is_ours = matches!(kind, Kind::StaleIndex | Kind::BadIndex);
        let example = || {
            if is_ours {
                example.to_owned()
            } else {
                shown(example)
            }
        };
        let entry = self.found.entry(kind).or_insert_with(|| (0, example()));
        entry.0 += 1;
    }

    /// Returns the first example of a kind.
    pub(super) fn example(&self, kind: Kind) -> Option<&str> {
        self.found.get(&kind).map(|(_, example)| example.as_str())
    }

    /// Says that the build was taken on trust.
    pub(super) fn doubt_build(&mut self, doubt: BuildDoubt) {
        self.build = Some(doubt);
    }

    /// Returns one warning a kind.
    pub(super) fn list(&self) -> Vec<Warning> {
        let odd = |(kind, (times, example)): (&Kind, &(u64, String))| Warning::OddFile {
            oddity: *kind,
            times: *times,
            first: Some(example.clone()).filter(|e| !e.is_empty()),
        };
        // That of the build stands behind those of the file and its index.
        let build = self.build.clone().map(|doubt| Warning::BuildOnTrust { doubt });
        let before = self.found.range(..=Kind::BadIndex).map(odd);
        let behind = self.found.range(Kind::TooFewSampleFields..).map(odd);
        before.chain(build).chain(behind).collect()
    }
}
