//! The visits as records, and what changed between them.

use super::clones::rounded;
use super::visits::{SerialError, Visit, years_between};
use crate::drivers::{Call, CallStatus};
use crate::patient::Date;
use crate::report::SummaryRow;
use crate::sample::SampleResult;
use crate::sample::over_time::{ChangeRecord, Counts, ScoreRecord, SerialWarning, VisitRecord, WarningCode};

/// Makes the records of visits.
pub(super) fn records(visits: &[Visit]) -> Vec<VisitRecord> {
    let first = visits.first().map(|visit| visit.date);
    let record = |visit: &Visit| {
        let result = &visit.result;
        let stage = result.myeloid.as_ref().map(|myeloid| &myeloid.stage);
        VisitRecord {
            date: visit.date,
            years: rounded(first.map_or(0.0, |first| years_between(first, visit.date)), 4),
            sample: result.sample.clone(),
            file: file_name(&visit.file).to_owned(),
            specimen: result.report.specimen.clone(),
            age: result.age,
            panel: result.panel.clone(),
            version: result.program.version.clone(),
            counts: counts(result),
            stage: stage.and_then(|stage| stage.stage),
            possible_stages: stage.map(|stage| stage.possible.clone()).unwrap_or_default(),
            who5: stage.and_then(|stage| stage.who5.name.clone()),
            icc: stage.and_then(|stage| stage.icc.name.clone()),
            scores: scores(result),
        }
    };
    visits.iter().map(record).collect()
}

/// Returns a file's name without its folder, so that the result does not depend on the machine.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn counts(result: &SampleResult) -> Counts {
    let plasma = result.plasma_cell.as_ref().map(|plasma| &plasma.values);
    let of_plasma = Counts {
        hemoglobin: plasma.and_then(|values| values.hb),
        m_protein: plasma.and_then(|values| values.m_protein),
        ..Counts::default()
    };
    result.myeloid.as_ref().map_or(of_plasma, |myeloid| Counts {
        hemoglobin: myeloid.given.hemoglobin.or(of_plasma.hemoglobin),
        platelets: myeloid.given.platelets,
        neutrophils: myeloid.given.neutrophils,
        white_cells: myeloid.given.white_cells,
        monocytes: myeloid.given.monocytes,
        marrow_blasts: myeloid.given.marrow_blasts,
        ..of_plasma
    })
}

/// Returns the scores as the summary has them.
fn scores(result: &SampleResult) -> Vec<ScoreRecord> {
    let row = SummaryRow::new(result);
    let number = |score: Option<crate::report::value::Number>| score.map(|score| score.0);
    let all = [
        ("ipss_r", number(row.ipssr_score), row.ipssr_category),
        ("ipss_m", number(row.ipssm_score), row.ipssm_category),
        ("chrs", number(row.chrs_score), row.chrs_group),
        ("ccrs", number(row.ccrs_score), row.ccrs_group),
        ("eln_2022", None, row.eln_2022),
        ("eln_2024", None, row.eln_2024),
    ];
    let known = all
        .into_iter()
        .filter(|(_, score, group)| score.is_some() || group.is_some());
    let record = |(name, score, group): (&str, Option<f64>, Option<&str>)| ScoreRecord {
        name: name.to_owned(),
        score,
        group: group.map(str::to_owned),
    };
    known.map(record).collect()
}

/// What can change, in the order of the list.
const ITEMS: [&str; 9] = [
    "stage", "who5", "icc", "ipss_r", "ipss_m", "chrs", "ccrs", "eln_2022", "eln_2024",
];

/// Returns the value of an item at a visit, where it is known.
fn value(visit: &VisitRecord, item: &str) -> Option<String> {
    match item {
        "stage" => visit.stage.map(|stage| stage.key().to_owned()),
        "who5" => visit.who5.clone(),
        "icc" => visit.icc.clone(),
        score => visit.scores.iter().find(|s| s.name == score)?.group.clone(),
    }
}

/// Returns what changed from each visit that knows a value to the next that does.
pub(super) fn changes(visits: &[VisitRecord]) -> Vec<ChangeRecord> {
    let mut changes = Vec::new();
    for item in ITEMS {
        let known = visits.iter().filter_map(|v| Some((v.date, value(v, item)?)));
        let known: Vec<(Date, String)> = known.collect();
        let differing = known.windows(2).filter(|pair| pair[0].1 != pair[1].1);
        changes.extend(differing.map(|pair| ChangeRecord {
            item: item.to_owned(),
            from_date: pair[0].0,
            to_date: pair[1].0,
            from: pair[0].1.clone(),
            to: pair[1].1.clone(),
        }));
    }
    changes
}

/// Inherited variants of which this many must be absent before a report is taken for another person's, and more than are shared.
const FEWEST_ABSENT: usize = 2;

/// Returns what a reader must know of visits that are put together.
pub(super) fn warnings(visits: &[Visit], left_out: &[SerialError]) -> Vec<SerialWarning> {
    let differing = [
        (WarningCode::VisitLeftOut, left_out_files(left_out)),
        (
            WarningCode::PanelsDiffer,
            values(visits, |r| {
                Some(format!(
                    "{} {} ({})",
                    r.panel.name, r.panel.version, r.panel.checksum
                ))
            }),
        ),
        (WarningCode::SettingsDiffer, values(visits, |r| Some(settings(r)))),
        (
            WarningCode::SpecimensDiffer,
            values(visits, |r| r.report.specimen.clone()),
        ),
        (WarningCode::CallersDiffer, values(visits, |r| Some(callers(r)))),
        (
            WarningCode::VersionsDiffer,
            values(visits, |r| Some(r.program.version.clone())),
        ),
        (WarningCode::PersonNotNamed, named(visits)),
    ];
    let mut warnings: Vec<SerialWarning> = differing
        .into_iter()
        .filter_map(|(code, detail)| {
            Some(SerialWarning {
                code,
                detail: detail?,
            })
        })
        .collect();
    // A file without inherited variants was cleared of them: nothing can be compared.
    let with_genotypes: Vec<&Visit> = visits
        .iter()
        .filter(|visit| inherited(visit).next().is_some())
        .collect();
    let genotypes = with_genotypes
        .windows(2)
        .filter_map(|pair| genotypes_differ(pair[0], pair[1]));
    warnings.extend(genotypes.map(|detail| SerialWarning {
        code: WarningCode::GenotypesDiffer,
        detail,
    }));
    warnings
}

fn left_out_files(left_out: &[SerialError]) -> Option<String> {
    let files: Vec<&str> = left_out.iter().map(|error| file_name(error.file())).collect();
    (!files.is_empty()).then(|| files.join(", "))
}

/// Returns the values of a field by visit, where there are several.
fn values(visits: &[Visit], value: impl Fn(&SampleResult) -> Option<String>) -> Option<String> {
    let all: Vec<(String, String)> = visits
        .iter()
        .filter_map(|visit| Some((visit.date.to_string(), value(&visit.result)?)))
        .collect();
    let differ = all.iter().any(|(_, value)| *value != all[0].1);
    let said: Vec<String> = all
        .iter()
        .map(|(date, value)| format!("{date}: {value}"))
        .collect();
    differ.then(|| said.join("; "))
}

fn settings(result: &SampleResult) -> String {
    let t = &result.settings.thresholds;
    format!(
        "{}, VAF {}, depth {}, reads {}",
        result.rules.name(),
        t.min_vaf,
        t.min_depth,
        t.min_alt
    )
}

fn callers(result: &SampleResult) -> String {
    let names: Vec<&str> = result.inputs.iter().map(|input| input.caller.as_str()).collect();
    names.join(" + ")
}

/// Returns the reports without a number of the person, where others have one.
fn named(visits: &[Visit]) -> Option<String> {
    let (with, without): (Vec<&Visit>, Vec<&Visit>) = visits
        .iter()
        .partition(|visit| visit.result.report.patient_id.is_some());
    let names: Vec<&str> = without.iter().map(|visit| file_name(&visit.file)).collect();
    (!with.is_empty() && !names.is_empty()).then(|| names.join(", "))
}

/// Returns the calls of a visit that are suspected to be inherited.
fn inherited(visit: &Visit) -> impl Iterator<Item = &Call> {
    let calls = visit.result.calls.iter();
    calls.filter(|call| call.status == CallStatus::GermlineSuspected)
}

/// Returns how many inherited variants of two visits are in both, and how many are absent from one whose panel holds their gene.
fn genotypes_differ(first: &Visit, second: &Visit) -> Option<String> {
    let has = |visit: &Visit, call: &Call| visit.result.calls.iter().any(|own| own.variant == call.variant);
    let looked = |visit: &Visit, call: &Call| {
        let mut genes = visit.result.genes.iter();
        genes.any(|gene| gene.gene == call.consequence.gene)
    };
    let lacks = |visit: &Visit, call: &Call| looked(visit, call) && !has(visit, call);
    let absent = inherited(first).filter(|call| lacks(second, call)).count()
        + inherited(second).filter(|call| lacks(first, call)).count();
    let shared = inherited(first).filter(|call| has(second, call)).count();
    (absent >= FEWEST_ABSENT && absent > shared).then(|| {
        format!(
            "{} / {}: {shared} =, {absent} ≠",
            file_name(&first.file),
            file_name(&second.file)
        )
    })
}
