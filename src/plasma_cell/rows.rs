//! The result as one line of a table. Every column has its name and its meaning here; the documentation prints them.

use super::{EventState, PlasmaResult, RiskModel, Severity};
use crate::patient::HeavyChain;

/// A column: name and meaning.
pub struct Column {
    /// Lower snake case.
    pub name: &'static str,
    /// What it holds, with its unit.
    pub meaning: &'static str,
    value: fn(&PlasmaResult) -> String,
}

const fn column(name: &'static str, meaning: &'static str, value: fn(&PlasmaResult) -> String) -> Column {
    Column { name, meaning, value }
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

fn name(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}

fn word(result: &PlasmaResult, key: &str, japanese: bool) -> String {
    result.words.get(key).map_or_else(
        String::new,
        |w| {
            if japanese { w.ja.clone() } else { w.en.clone() }
        },
    )
}

fn events(result: &PlasmaResult, states: &[EventState]) -> String {
    let codes: Vec<&str> = result
        .events
        .iter()
        .filter(|e| states.contains(&e.state))
        .map(|e| e.code.letters())
        .collect();
    codes.join(";")
}

fn model<'a>(result: &'a PlasmaResult, id: &str) -> Option<&'a RiskModel> {
    result.risk.iter().find(|m| m.id == id)
}

/// The total, or its range where factors are missing: `1` or `1-3`.
fn total(result: &PlasmaResult, id: &str) -> String {
    model(result, id).map_or_else(String::new, |m| match m.total {
        Some(total) => total.to_string(),
        None => format!("{}-{}", m.total_min, m.total_max),
    })
}

/// The group, or all that are possible: `low` or `low;high`.
fn group(result: &PlasmaResult, id: &str) -> String {
    model(result, id).map_or_else(String::new, |m| {
        let keys: Vec<&str> = m.groups_possible.iter().map(|g| g.key()).collect();
        keys.join(";")
    })
}

/// The percentage, or its range: `18` or `6-44`.
fn percent(result: &PlasmaResult, id: &str) -> String {
    model(result, id).map_or_else(String::new, |m| {
        match (m.progression_percent, m.progression_percent_range) {
            (Some(p), _) => p.to_string(),
            (None, Some((low, high))) => format!("{low}-{high}"),
            (None, None) => String::new(),
        }
    })
}

/// The survival, or its range.
fn survival(result: &PlasmaResult, id: &str) -> String {
    model(result, id).map_or_else(String::new, |m| {
        match (m.survival_percent, m.survival_percent_range) {
            (Some(p), _) => p.to_string(),
            (None, Some((low, high))) => format!("{low}-{high}"),
            (None, None) => String::new(),
        }
    })
}

/// The model of Kyle 2018 for the type of MGUS; none where the type is not given.
fn kyle(result: &PlasmaResult) -> &'static str {
    match result.values.heavy_chain {
        Some(HeavyChain::IgM) => "kyle_2018_igm",
        Some(_) => "kyle_2018_non_igm",
        None => "",
    }
}

fn findings(result: &PlasmaResult, severity: Severity) -> String {
    let codes: Vec<&str> = result
        .findings
        .iter()
        .filter(|f| f.severity == severity)
        .map(|f| f.code.as_str())
        .collect();
    codes.join(";")
}

fn list(keys: impl Iterator<Item = String>) -> String {
    keys.collect::<Vec<_>>().join(";")
}

/// The columns, in order.
pub const COLUMNS: &[Column] = &[
    column("sample", "sample or patient, as in the input", |r| {
        r.sample.clone()
    }),
    column("date", "date of the latest visit, YYYY-MM-DD", |r| {
        r.date.map_or_else(String::new, |d| d.to_string())
    }),
    column("visits", "number of visits", |r| r.visits.to_string()),
    column("stage", "the stage, as a key", |r| r.stage.key().to_owned()),
    column("stage_en", "the stage, English", |r| {
        word(r, &format!("stage.{}", r.stage.key()), false)
    }),
    column("stage_ja", "the stage, Japanese", |r| {
        word(r, &format!("stage.{}", r.stage.key()), true)
    }),
    column(
        "certainty",
        "complete: no missing value could change the stage; provisional: one could; none: there is no stage",
        |r| r.certainty.key().to_owned(),
    ),
    column(
        "rules",
        "keys of the rules that gave the stage, the deciding one first",
        |r| list(r.rules.iter().map(|m| m.rule.clone())),
    ),
    column(
        "candidates",
        "stages that stay possible where none could be told",
        |r| list(r.candidates.iter().map(|s| s.key().to_owned())),
    ),
    column(
        "events_met",
        "myeloma-defining events that are met, of C, R, A, B, S, Li, M",
        |r| events(r, &[EventState::Met]),
    ),
    column("events_not_met", "events that are not met", |r| {
        events(r, &[EventState::NotMet])
    }),
    column("events_not_assessed", "events not assessed, or not fully", |r| {
        events(r, &[EventState::NotAssessed, EventState::PartlyAssessed])
    }),
    column(
        "events_other_cause",
        "events met by number and put down to another cause",
        |r| events(r, &[EventState::OtherCause]),
    ),
    column(
        "missing",
        "missing inputs that could change the stage, with the stages: input>stage/stage",
        |r| {
            list(r.missing.iter().map(|m| {
                let stages: Vec<&str> = m.could_become.iter().map(|s| s.key()).collect();
                format!("{}>{}", m.input, stages.join("/"))
            }))
        },
    ),
    column("contradictions", "codes of contradictions", |r| {
        findings(r, Severity::Contradiction)
    }),
    column("cautions", "codes of cautions", |r| {
        findings(r, Severity::Caution)
    }),
    column("m_protein_g_dl", "serum M protein, g/dL", |r| {
        number(r.values.m_protein)
    }),
    column("heavy_chain", "heavy chain", |r| {
        r.values.heavy_chain.map_or_else(String::new, name)
    }),
    column("plasma_cells_percent", "clonal marrow plasma cells, %", |r| {
        number(r.values.plasma_cells)
    }),
    column(
        "kappa_lambda_ratio",
        "kappa/lambda ratio of serum free light chains",
        |r| number(r.free_light_chains.kappa_lambda),
    ),
    column("involved_flc_ratio", "involved/uninvolved ratio", |r| {
        number(r.free_light_chains.involved_ratio)
    }),
    column("involved_flc_mg_l", "involved free light chain, mg/L", |r| {
        number(r.free_light_chains.involved_mg_l)
    }),
    column(
        "mayo_mgus_factors",
        "Mayo MGUS model: factors, or their range",
        |r| total(r, "mayo_mgus_2005"),
    ),
    column("mayo_mgus_group", "its group, or all possible groups", |r| {
        group(r, "mayo_mgus_2005")
    }),
    column(
        "mayo_mgus_20y_percent",
        "progression within 20 years, %, or its range",
        |r| percent(r, "mayo_mgus_2005"),
    ),
    column(
        "mayo_mgus_20y_percent_competing",
        "the same with death competing, %",
        |r| number(model(r, "mayo_mgus_2005").and_then(|m| m.progression_percent_competing)),
    ),
    column(
        "kyle_2018_factors",
        "Kyle 2018, for the type of MGUS: factors, or their range",
        |r| total(r, kyle(r)),
    ),
    column(
        "kyle_2018_20y_percent",
        "progression within 20 years, %, or its range; empty where the type is not given",
        |r| percent(r, kyle(r)),
    ),
    column("mayo_2008_factors", "Mayo 2008: factors, or their range", |r| {
        total(r, "mayo_2008")
    }),
    column(
        "mayo_2008_5y_percent",
        "progression within 5 years, %, or its range",
        |r| percent(r, "mayo_2008"),
    ),
    column(
        "pethema_2007_factors",
        "PETHEMA 2007: factors, or their range",
        |r| total(r, "pethema_2007"),
    ),
    column(
        "pethema_2007_5y_percent",
        "progression within 5 years, %, or its range",
        |r| percent(r, "pethema_2007"),
    ),
    column("iss_stage", "ISS of myeloma, or all possible stages", |r| {
        group(r, "iss_2005")
    }),
    column("r_iss_stage", "R-ISS of myeloma, or all possible stages", |r| {
        group(r, "r_iss_2015")
    }),
    column(
        "r_iss_5y_survival_percent",
        "overall survival at 5 years, %, or its range",
        |r| survival(r, "r_iss_2015"),
    ),
    column("r2_iss_stage", "R2-ISS of myeloma, or all possible stages", |r| {
        group(r, "r2_iss_2022")
    }),
    column(
        "mayo_2018_factors",
        "Mayo 2018 20/2/20 (strictly more than): factors, or their range",
        |r| total(r, "mayo_2018_20_2_20"),
    ),
    column("mayo_2018_group", "its group, or all possible groups", |r| {
        group(r, "mayo_2018_20_2_20")
    }),
    column(
        "mayo_2018_2y_percent",
        "progression within 2 years, % (from memory of the paper)",
        |r| percent(r, "mayo_2018_20_2_20"),
    ),
    column("imwg_2020_group", "IMWG 2020, the same factors: group", |r| {
        group(r, "imwg_2020_20_2_20")
    }),
    column("imwg_2020_2y_percent", "progression within 2 years, %", |r| {
        percent(r, "imwg_2020_20_2_20")
    }),
    column(
        "imwg_2020_cytogenetics_factors",
        "IMWG 2020 with cytogenetics: factors, or their range",
        |r| total(r, "imwg_2020_cytogenetics"),
    ),
    column(
        "imwg_2020_cytogenetics_group",
        "its group, or all possible groups",
        |r| group(r, "imwg_2020_cytogenetics"),
    ),
    column(
        "imwg_2020_cytogenetics_2y_percent",
        "progression within 2 years, %",
        |r| percent(r, "imwg_2020_cytogenetics"),
    ),
    column("imwg_2020_points", "IMWG 2020 points, or their range", |r| {
        total(r, "imwg_2020_points")
    }),
    column(
        "imwg_2020_points_group",
        "its group, or all possible groups",
        |r| group(r, "imwg_2020_points"),
    ),
    column(
        "imwg_2020_points_2y_percent",
        "progression within 2 years, %",
        |r| percent(r, "imwg_2020_points"),
    ),
    column(
        "lecture_factors",
        "the lecture's list of five (at least): factors, or their range",
        |r| total(r, "lecture_five_factors"),
    ),
    column("lecture_group", "its group, or all possible groups", |r| {
        group(r, "lecture_five_factors")
    }),
    column(
        "aquila_entry_group",
        "high: would have counted as high risk at entry to AQUILA",
        |r| group(r, "aquila_entry"),
    ),
    column(
        "evolving_m_protein",
        "yes, no or not_assessed (Ravi 2016); empty for one visit",
        |r| r.serial.as_ref().map_or_else(String::new, |s| name(s.m_protein)),
    ),
    column(
        "evolving_hb",
        "yes, no or not_assessed (Ravi 2016); empty for one visit",
        |r| r.serial.as_ref().map_or_else(String::new, |s| name(s.hb)),
    ),
    column("follow_up", "keys of the follow-up sentences", |r| {
        list(r.follow_up.iter().map(|s| s.key.clone()))
    }),
    column("road_position", "place on the road, 0 to 1", |r| {
        number(r.road.position)
    }),
    column("sources", "keys of all sources", |r| {
        list(r.sources.iter().map(|s| s.key.clone()))
    }),
];

/// Returns the line of a result, one text per column of [`COLUMNS`].
pub fn row(result: &PlasmaResult) -> Vec<String> {
    COLUMNS.iter().map(|c| (c.value)(result)).collect()
}
