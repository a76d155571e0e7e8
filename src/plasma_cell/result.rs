//! One result per person: the only thing that tables and pages read.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::case::{Case, Verdict};
use super::diagnosis::decide;
use super::findings::findings;
use super::missing::missing;
use super::road::road;
use super::serial::Serial;
use super::{
    Event, Finding, FindingValues, FreeLightChains, Missing, RiskModel, Road, Settings, Severity, Source,
    Stage, Statement, Words, follow_up, mgus, serial, smm, sources, staging, words,
};
use crate::genome::as_count;
use crate::patient::{Date, PlasmaInput};

/// Version of the layout; a change that breaks readers raises the first number.
const SCHEMA_VERSION: &str = "1.0";

/// Whether missing values could change the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// They could not.
    Complete,
    /// They could.
    Provisional,
    /// There is no stage.
    None,
}

impl Certainty {
    /// The name in JSON, tables and words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Provisional => "provisional",
            Self::None => "none",
        }
    }
}

/// A rule that matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleMatch {
    /// Its key; `rule.` before it gives the words.
    pub rule: String,
    /// Source keys.
    pub sources: Vec<String>,
}

/// A value taken from an earlier visit because the latest has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Carried {
    /// Column.
    pub input: String,
    /// Date of the visit it comes from.
    pub date: Date,
}

/// Everything that is said about a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlasmaResult {
    /// Version of this layout.
    pub schema_version: String,
    /// Name of the sample or patient.
    pub sample: String,
    /// Date of the latest visit.
    pub date: Option<Date>,
    /// Number of visits.
    pub visits: u32,
    /// What was asked for.
    pub settings: Settings,
    /// The values that were judged, in canonical units: the latest visit, with what was carried forward.
    pub values: PlasmaInput,
    /// Values carried forward from earlier visits (marrow, imaging, types, limits; never blood values).
    pub carried_forward: Vec<Carried>,
    /// The free light chains.
    pub free_light_chains: FreeLightChains,
    /// Calcium that was judged, mmol/L.
    pub calcium_judged: Option<f64>,
    /// The stage.
    pub stage: Stage,
    /// Whether missing values could change it.
    pub certainty: Certainty,
    /// The rules that gave it, the deciding one first.
    pub rules: Vec<RuleMatch>,
    /// Stages that stay possible where none could be told.
    pub candidates: Vec<Stage>,
    /// The seven myeloma-defining events.
    pub events: Vec<Event>,
    /// Missing inputs that could change the stage.
    pub missing: Vec<Missing>,
    /// Contradictions and cautions.
    pub findings: Vec<Finding>,
    /// Risk models, side by side.
    pub risk: Vec<RiskModel>,
    /// Published progression of the stage.
    pub progression: Vec<Statement>,
    /// Serial values, if there are at least two visits.
    pub serial: Option<Serial>,
    /// Follow-up.
    pub follow_up: Vec<Statement>,
    /// Tests of a follow-up visit.
    pub tests: Vec<Statement>,
    /// Trials.
    pub evidence: Vec<Statement>,
    /// What is taught about the stage, by key; its words are not among `words`.
    #[serde(default)]
    pub background: Vec<Statement>,
    /// What every report says.
    pub notices: Vec<Statement>,
    /// The place on the road.
    pub road: Road,
    /// The words of every key above.
    pub words: BTreeMap<String, Words>,
    /// The sources of every key above.
    pub sources: Vec<Source>,
}

/// Judges the visits of one person; `None` without a visit. Visits without a date count as the earliest.
pub fn assess(visits: &[PlasmaInput], settings: Settings) -> Option<PlasmaResult> {
    let mut visits = visits.to_vec();
    visits.sort_by_key(|v| v.date);
    let (values, carried_forward) = latest(&visits)?;
    let earlier = earlier_myeloma(&visits, settings).map(|visit| visit.date);
    let verdict = verdict(&values, earlier.is_some(), settings);
    let missing = match earlier {
        Some(_) => Vec::new(),
        None => missing(&values, verdict.stage, settings),
    };
    let serial = serial::compare(&visits);
    let risk = models(&verdict, &values, visits.first().zip(serial.as_ref()));
    let case = Case::new(&values, settings);
    let mut findings = findings(&case, verdict.stage, &risk, settings);
    findings.extend(earlier.map(earlier_visit));
    findings.extend(carried(&carried_forward));
    let possible = possible(&verdict, &missing);
    let events = case.events;
    let advised = follow_up::Case {
        stage: verdict.stage,
        values: &values,
        visits: &visits,
        models: &risk,
    };
    let to_do = follow_up::follow_up(&advised);
    let trials = follow_up::evidence(&advised);
    Some(with_words(PlasmaResult {
        schema_version: SCHEMA_VERSION.to_owned(),
        sample: values.sample.clone(),
        date: values.date,
        visits: as_count(visits.len()),
        settings,
        free_light_chains: values.free_light_chains(),
        calcium_judged: values.effective_calcium(settings.correct_calcium),
        stage: verdict.stage,
        certainty: certainty(verdict.stage, &missing),
        rules: verdict.rules.iter().map(|r| rule_match(r)).collect(),
        progression: follow_up::progression(verdict.stage),
        follow_up: to_do,
        tests: follow_up::tests(verdict.stage),
        evidence: trials,
        background: follow_up::background(verdict.stage),
        notices: follow_up::notices(),
        road: road(verdict.stage, &possible, &risk),
        candidates: verdict.candidates,
        values,
        carried_forward,
        events,
        missing,
        findings,
        risk,
        serial,
        words: BTreeMap::new(),
        sources: Vec::new(),
    }))
}

/// Returns the first visit before the last that shows myeloma.
fn earlier_myeloma(visits: &[PlasmaInput], settings: Settings) -> Option<PlasmaInput> {
    (1..visits.len())
        .filter_map(|n| latest(&visits[..n]))
        .map(|(visit, _)| visit)
        .find(|visit| decide(visit, settings).stage == Stage::Mm)
}

/// Returns the stages that missing values leave possible.
fn possible(verdict: &Verdict, missing: &[Missing]) -> Vec<Stage> {
    let by_values = missing.iter().flat_map(|m| m.could_become.iter().copied());
    by_values.chain(verdict.candidates.iter().copied()).collect()
}

/// Adds the words and the sources of every key.
fn with_words(mut result: PlasmaResult) -> PlasmaResult {
    result.words = word_keys(&result)
        .into_iter()
        .filter_map(|key| words(&key).map(|w| (key, w)))
        .collect();
    result.sources = sources::sources(source_keys(&result).iter().map(String::as_str));
    result
}

fn caution(code: &str, text: String) -> Finding {
    Finding::new(code, Severity::Caution, FindingValues::AsWritten { text })
}

fn earlier_visit(date: Option<Date>) -> Finding {
    let date = date.map_or_else(String::new, |d| d.to_string());
    caution("earlier_visit_mm", date)
}

fn carried(carried: &[Carried]) -> Option<Finding> {
    let list: Vec<String> = carried
        .iter()
        .map(|c| format!("{} of {}", c.input, c.date))
        .collect();
    (!list.is_empty()).then(|| caution("carried_forward", list.join(", ")))
}

fn verdict(values: &PlasmaInput, earlier_mm: bool, settings: Settings) -> Verdict {
    let verdict = decide(values, settings);
    if earlier_mm && verdict.stage != Stage::Mm {
        Verdict::of(Stage::Mm, "mm.earlier_visit")
    } else {
        verdict
    }
}

fn certainty(stage: Stage, missing: &[Missing]) -> Certainty {
    match stage {
        Stage::Undetermined | Stage::Review => Certainty::None,
        _ if missing.is_empty() => Certainty::Complete,
        _ => Certainty::Provisional,
    }
}

fn rule_match(rule: &str) -> RuleMatch {
    let sources: &[&str] = match rule {
        "mgus.marrow_deferred" => &["rajkumar_2014", "bmj_best_practice_1173"],
        "mgus.light_chain"
        | "none.no_monoclonal_protein"
        | "none.light_chain_not_raised"
        | "undetermined.flc_concentration_missing" => &["rajkumar_2014", "katzmann_2002"],
        _ => &["rajkumar_2014"],
    };
    RuleMatch {
        rule: rule.to_owned(),
        sources: sources.iter().map(|s| (*s).to_owned()).collect(),
    }
}

macro_rules! carry {
    ($into:ident, $from:ident, $carried:ident, $($field:ident),+) => {
        $(if $into.$field.is_none() && $from.$field.is_some() {
            $into.$field.clone_from(&$from.$field);
            if let Some(date) = $from.date {
                $carried.push(Carried { input: stringify!($field).to_owned(), date });
            }
        })+
    };
}

/// The last visit, completed with what does not change from one blood sample to the next.
fn latest(visits: &[PlasmaInput]) -> Option<(PlasmaInput, Vec<Carried>)> {
    let (last, before) = visits.split_last()?;
    let mut into = last.clone();
    let mut carried = Vec::new();
    for from in before.iter().rev() {
        carry!(
            into,
            from,
            carried,
            heavy_chain,
            light_chain,
            plasma_cells,
            lymphoplasmacytic_cells,
            plasmacytoma,
            calcium_uln,
            hb_lln,
            ldh_uln,
            bone_lesions,
            mri_lesions,
            aberrant_plasma_cells,
            fish,
            amyloidosis,
            igm_signs
        );
    }
    Some((into, carried))
}

/// The models that speak about the stage, or about a stage that is still possible.
fn models(
    verdict: &Verdict,
    values: &PlasmaInput,
    serial: Option<(&PlasmaInput, &Serial)>,
) -> Vec<RiskModel> {
    let possible = |wanted: fn(Stage) -> bool| {
        let certain = wanted(verdict.stage);
        (certain || verdict.candidates.iter().any(|s| wanted(*s))).then_some(certain)
    };
    let mut models = Vec::new();
    // The Mayo model knows a serum M protein only.
    if let Some(certain) = possible(|s| s.is_mgus() && s != Stage::LightChainMgus) {
        models.push((certain, mgus::mayo(values)));
    }
    // The type decides by which of the two risks.
    let certainly_mgus = verdict.stage.is_mgus() && values.heavy_chain.is_some();
    let non_igm = possible(|s| matches!(s, Stage::NonIgmMgus | Stage::MgusTypeNotGiven));
    if non_igm.is_some() {
        models.push((certainly_mgus, mgus::kyle_2018(values, false)));
    }
    if possible(|s| matches!(s, Stage::IgmMgus | Stage::MgusTypeNotGiven)).is_some() {
        models.push((certainly_mgus, mgus::kyle_2018(values, true)));
    }
    if let Some(certain) = possible(|s| s == Stage::Mm) {
        models.extend([staging::iss, staging::r_iss, staging::r2_iss].map(|model| (certain, model(values))));
    }
    if let Some(certain) = possible(|s| s == Stage::Smm) {
        for model in [
            smm::mayo_2008,
            smm::pethema,
            smm::mayo_2018,
            smm::imwg_2020,
            smm::imwg_2020_cytogenetics,
            smm::imwg_2020_points,
            smm::lecture,
            smm::aquila,
        ] {
            models.push((certain, model(values)));
        }
        if let Some((first, serial)) = serial {
            models.push((certain, serial::ravi(first, serial)));
        }
    }
    models
        .into_iter()
        .map(|(stage_is_certain, model)| RiskModel {
            stage_is_certain,
            ..model
        })
        .collect()
}

fn statements(result: &PlasmaResult) -> impl Iterator<Item = &Statement> {
    result
        .progression
        .iter()
        .chain(&result.follow_up)
        .chain(&result.tests)
        .chain(&result.evidence)
        .chain(&result.notices)
}

/// The name that serde gives a unit variant, which is also the last part of its key.
fn serde_name(value: impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn word_keys(result: &PlasmaResult) -> BTreeSet<String> {
    let mut keys = BTreeSet::from([
        format!("stage.{}", result.stage.key()),
        format!("definition.{}", result.stage.key()),
        format!("certainty.{}", result.certainty.key()),
    ]);
    keys.extend(result.rules.iter().map(|r| format!("rule.{}", r.rule)));
    let stages = result.missing.iter().flat_map(|m| &m.could_become);
    keys.extend(
        result
            .candidates
            .iter()
            .chain(stages)
            .map(|s| format!("stage.{}", s.key())),
    );
    keys.extend(named_inputs(result).map(|input| format!("input.{input}")));
    for event in &result.events {
        keys.insert(format!("event.{}", event.code.letters()));
        keys.insert(format!("state.{}", serde_name(event.state)));
        keys.insert(format!("eventrule.{}", event.rule));
    }
    for finding in &result.findings {
        keys.insert(format!("finding.{}", finding.code));
        keys.insert(format!("severity.{}", serde_name(finding.severity)));
    }
    for model in &result.risk {
        keys.insert(format!("model.{}", model.id));
        let factors = model.factors.iter().chain(&model.required);
        keys.extend(factors.map(|f| format!("factor.{}", f.id)));
        keys.extend(model.groups_possible.iter().map(|g| format!("group.{}", g.key())));
    }
    if let Some(serial) = &result.serial {
        keys.insert("serial.baseline".to_owned());
        keys.insert(format!("serial.m_protein.{}", serde_name(serial.m_protein)));
        keys.insert(format!("serial.hb.{}", serde_name(serial.hb)));
    }
    keys.extend(statements(result).map(|s| s.key.clone()));
    keys.extend(result.road.segments.iter().map(|s| format!("road.{}", s.key)));
    keys.extend(result.road.branch.iter().map(|b| format!("road.{b}")));
    keys
}

/// The inputs that events, missing values and values of earlier visits name.
fn named_inputs(result: &PlasmaResult) -> impl Iterator<Item = &str> {
    let values = result.events.iter().flat_map(|e| &e.values);
    let needs = result.events.iter().flat_map(|e| &e.needs);
    let missing = result.missing.iter().flat_map(|m| m.input.split('+'));
    let carried = result.carried_forward.iter().map(|c| c.input.as_str());
    values
        .filter_map(|value| value.split(' ').next())
        .chain(needs.map(String::as_str))
        .chain(missing)
        .chain(carried)
}

fn source_keys(result: &PlasmaResult) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = BTreeSet::new();
    keys.extend(result.rules.iter().flat_map(|r| r.sources.iter().cloned()));
    keys.extend(result.events.iter().flat_map(|e| e.sources.iter().cloned()));
    keys.extend(result.risk.iter().flat_map(|m| m.sources.iter().cloned()));
    let said = statements(result).chain(&result.background);
    keys.extend(said.flat_map(|s| s.sources.iter().cloned()));
    keys.extend(result.serial.iter().flat_map(|s| s.sources.iter().cloned()));
    let about = |code: &str| result.findings.iter().any(|f| f.code == code);
    if about("flc_ratio_in_renal_range") {
        keys.insert("hutchison_2008".to_owned());
    }
    if result.settings.correct_calcium {
        keys.insert("payne_1973".to_owned());
    }
    if result.events.iter().any(|e| e.rule == "r.normal") {
        keys.insert("ckd_epi_2021".to_owned());
    }
    if result.free_light_chains.abnormal.is_some() {
        keys.insert("katzmann_2002".to_owned());
    }
    keys
}
