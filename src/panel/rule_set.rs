use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A published list of driver rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// Bick 2020, 74 genes.
    Bick,
    /// Vlasschaert 2023, the field's present curation practice.
    Vlasschaert,
    /// Niroula 2021, pathogenic list.
    Niroula,
    /// WHO 5th edition as encoded for 12 genes.
    Who,
    /// What IPSS-M counts, or a disease is defined by, and no CH list covers: our own statement, marked as such.
    Ipssm,
    /// A laboratory's own rules.
    Local,
}

impl RuleSet {
    /// Returns the name used in panel files and outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bick => "bick",
            Self::Vlasschaert => "vlasschaert",
            Self::Niroula => "niroula",
            Self::Who => "who",
            Self::Ipssm => "ipssm",
            Self::Local => "local",
        }
    }
}

impl RuleSet {
    /// Every set, in the order of tables.
    pub const ALL: [Self; 6] = [
        Self::Bick,
        Self::Vlasschaert,
        Self::Niroula,
        Self::Who,
        Self::Ipssm,
        Self::Local,
    ];
}

impl fmt::Display for RuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which rules decide: one published set, or the documented consensus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleSetChoice {
    /// Vlasschaert, or at least two of the other sets; see docs.
    #[default]
    Consensus,
    /// Bick 2020 alone.
    Bick,
    /// Vlasschaert 2023 alone.
    Vlasschaert,
    /// Niroula 2021 alone.
    Niroula,
    /// WHO 5th edition alone.
    Who,
    /// The laboratory's own rules alone.
    Local,
}

impl RuleSetChoice {
    /// Every choice, the default first.
    pub const ALL: [Self; 6] = [
        Self::Consensus,
        Self::Bick,
        Self::Vlasschaert,
        Self::Niroula,
        Self::Who,
        Self::Local,
    ];

    /// Returns the name used on the command line and in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::Bick => "bick",
            Self::Vlasschaert => "vlasschaert",
            Self::Niroula => "niroula",
            Self::Who => "who",
            Self::Local => "local",
        }
    }

    /// Returns the one set that decides, or `None` for the consensus.
    pub const fn set(self) -> Option<RuleSet> {
        match self {
            Self::Consensus => None,
            Self::Bick => Some(RuleSet::Bick),
            Self::Vlasschaert => Some(RuleSet::Vlasschaert),
            Self::Niroula => Some(RuleSet::Niroula),
            Self::Who => Some(RuleSet::Who),
            Self::Local => Some(RuleSet::Local),
        }
    }
}

impl fmt::Display for RuleSetChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no rule set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no rule set: use consensus, bick, vlasschaert, niroula, who or local")]
pub struct RuleSetChoiceError(String);

impl FromStr for RuleSetChoice {
    type Err = RuleSetChoiceError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|choice| choice.name() == name)
            .ok_or_else(|| RuleSetChoiceError(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_json() {
        for choice in RuleSetChoice::ALL {
            assert_eq!(serde_json::to_value(choice).unwrap(), choice.name());
        }
        for set in RuleSet::ALL {
            assert_eq!(serde_json::to_value(set).unwrap(), set.name());
        }
    }
}
