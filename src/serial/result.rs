//! What is found over the visits of one person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::genome::{Build, Sex};
use crate::sample::Program;
use crate::sample::over_time::{
    ChangeRecord, CloneRecord, History, NoiseRecord, PairRecord, SerialWarning, VisitRecord,
};

/// Version of the layout of [`SerialResult`] and of its tables: the first number is raised where what a reader relies on changes its meaning
/// or goes, the second where something is added.
pub const SERIAL_VERSION: &str = "1.1.0";

/// Everything that was found for one person over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SerialResult {
    /// Version of this layout.
    pub schema_version: String,
    /// The program that wrote it.
    pub made_by: Program,
    /// The person, as the sheet or the reports name them.
    pub person: String,
    /// Sex as the reports give it; decides how much of the DNA a clone with a variant on X makes up.
    pub sex: Option<Sex>,
    /// Genome build of the positions.
    pub build: Build,
    /// What the counts were taken to vary by.
    pub noise: NoiseRecord,
    /// The visits, in order of date.
    pub visits: Vec<VisitRecord>,
    /// The clones, the largest at its last sight first.
    pub clones: Vec<CloneRecord>,
    /// What the sizes of each two clones say of their order.
    pub pairs: Vec<PairRecord>,
    /// Changes of stage, type and risk group between visits.
    pub changes: Vec<ChangeRecord>,
    /// What a reader must know of the reports that were put together.
    pub warnings: Vec<SerialWarning>,
}

impl From<SerialResult> for History {
    fn from(result: SerialResult) -> Self {
        Self {
            noise: result.noise,
            visits: result.visits,
            clones: result.clones,
            changes: result.changes,
            warnings: result.warnings,
        }
    }
}
