use super::{Reason, ReasonCode, ReasonValues};

/// How much a flag weighs against a call being a somatic mutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Said, but changes nothing.
    Remark,
    /// Sends a driver to review; says neither "inherited" nor "error" of a call that no rule matches.
    Review,
    /// Puts a driver in doubt, decides a call that no rule matches.
    Doubt,
    /// Decides even against a driver rule.
    Decisive,
}

/// Something seen about a call, and how much it weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// The reason as it will be reported.
    pub reason: Reason,
    /// Its weight.
    pub weight: Weight,
}

impl Flag {
    /// Makes a flag.
    pub fn new(code: ReasonCode, weight: Weight, values: impl Into<ReasonValues>) -> Self {
        Self {
            reason: Reason::new(code, values),
            weight,
        }
    }
}

/// Returns the heaviest weight among flags.
pub(super) fn heaviest(flags: &[Flag]) -> Option<Weight> {
    flags.iter().map(|f| f.weight).max()
}
