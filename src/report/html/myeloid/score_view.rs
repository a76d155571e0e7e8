//! One score as the page shows it.

use crate::report::words::Bilingual;

/// One score.
pub(in crate::report::html) struct ScoreView {
    pub id: &'static str,
    pub name: &'static str,
    pub full: Bilingual,
    /// The category, or that there is none.
    pub category: Bilingual,
    pub known: bool,
    /// The score with its remark.
    pub score: Vec<Bilingual>,
    /// Where the stage is not certain.
    pub condition: Option<Bilingual>,
    /// Best, mean and worst, each with score and category.
    pub scenarios: Vec<(Bilingual, String, Bilingual)>,
    pub outcome: Vec<Bilingual>,
    pub contributions: Vec<Contribution>,
    /// Header of the column of contributions.
    pub unit: Bilingual,
    pub missing: Vec<(Bilingual, String)>,
    /// Gene columns with value, whether it is known, basis, and what each call of the gene counts for.
    pub columns: Vec<(String, Bilingual, bool, Bilingual, Vec<Bilingual>)>,
    pub source: String,
}

/// What one variable adds.
pub(in crate::report::html) struct Contribution {
    pub variable: Bilingual,
    /// What went in; a point that stands alone would read as a finding.
    pub value: Bilingual,
    pub adds: String,
    /// Where the bar begins and how wide it is, per cent of its track.
    pub bar: Option<(String, String)>,
    pub known: bool,
}
