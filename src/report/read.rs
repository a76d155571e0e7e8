//! A sample's JSON, read back: what was written by this program, of a layout that it knows, and fit to be put beside others.
//!
//! Fields that this version does not know are tolerated, for a later one may add some. What does not fit is told with file, field,
//! value and remedy.

use serde_json::Value;

use super::faults::fault;
use crate::sample::{SCHEMA_VERSION, SampleResult};
use crate::tables::short;

/// Endings of JSON files that stand beside the reports: sections of MultiQC, resources of FHIR.
const BESIDE: [&str; 2] = ["_mqc.json", ".fhir.json"];

/// Ending of a report.
const REPORT: &str = ".json";

/// Objects of a report that other readers take strictly.
const STRICT: [&str; 2] = ["/report", "/settings/thresholds"];

/// Why a file is not taken as a sample's report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be read.
    #[error("{file}: cannot be read: {problem}")]
    Unreadable {
        /// File as given.
        file: String,
        /// Why.
        problem: String,
    },
    /// It is no JSON, or cut off.
    #[error("{file}: no JSON: {problem}; was it cut off? copy it again, or analyze the sample again")]
    Json {
        /// File as given.
        file: String,
        /// What is wrong, with line and column.
        problem: String,
    },
    /// It is JSON of something else.
    #[error(
        "{file}: no report of hemoclone: field {field:?} is {found}; give the <sample>.json that `analyze` wrote"
    )]
    NoReport {
        /// File as given.
        file: String,
        /// The field that tells.
        field: &'static str,
        /// What stands there.
        found: String,
    },
    /// The layout is one that this version cannot read.
    #[error(
        "{file}: field \"schema_version\" is {found}, and this version reads {}.x; analyze the sample again with this version",
        major(SCHEMA_VERSION)
    )]
    Layout {
        /// File as given.
        file: String,
        /// Version of the layout.
        found: String,
    },
    /// A field cannot be read.
    #[error("{file}: field {field}: {problem}; {}", remedy(written_by))]
    Field {
        /// File as given.
        file: String,
        /// Where it stands.
        field: String,
        /// What is wrong.
        problem: String,
        /// Version of the program that wrote the report.
        written_by: String,
    },
    /// It cannot be put beside the others.
    #[error("{file}: field {field:?} is {found}, and {expected} in the others; {remedy}")]
    Differs {
        /// File as given.
        file: String,
        /// The field.
        field: &'static str,
        /// Its value.
        found: String,
        /// Its value in the others.
        expected: String,
        /// What to do.
        remedy: &'static str,
    },
}

impl ReadError {
    /// Whether the file is something else than a report, so that it may stand in a folder of reports without harm.
    pub const fn is_something_else(&self) -> bool {
        matches!(self, Self::NoReport { .. })
    }
}

fn remedy(written_by: &str) -> String {
    let own = env!("CARGO_PKG_VERSION");
    if written_by == own {
        return "was it changed by hand? analyze the sample again".to_owned();
    }
    format!(
        "it was written by version {written_by}, this is {own}: analyze the sample again with this version"
    )
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// Whether a file of this name may be a sample's report: any JSON but the sections of MultiQC that stand beside the reports.
pub fn is_report_name(name: &str) -> bool {
    name.ends_with(REPORT) && !BESIDE.iter().any(|end| name.ends_with(end)) && !name.starts_with('.')
}

/// Reads a sample's JSON; `file` is only for messages.
///
/// # Errors
///
/// Where it is no JSON, no report, of another layout, or holds what no report can.
pub fn read_json(json: &[u8], file: &str) -> Result<SampleResult, ReadError> {
    let result = match serde_json::from_slice::<SampleResult>(json) {
        Ok(result) => result,
        Err(error) => read_slowly(json, file, error)?,
    };
    check_origin(&result.program.name, &result.schema_version, file)?;
    check(&result, file)?;
    Ok(result)
}

/// Finds out why a report could not be read, and reads it without fields that only a later version knows.
fn read_slowly(json: &[u8], file: &str, first: serde_json::Error) -> Result<SampleResult, ReadError> {
    let mut value: Value = serde_json::from_slice(json).map_err(|error| ReadError::Json {
        file: file.to_owned(),
        problem: error.to_string(),
    })?;
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let (program, version) = (text("/program/name"), text("/schema_version"));
    check_origin(
        program.as_deref().unwrap_or("absent"),
        version.as_deref().unwrap_or("absent"),
        file,
    )?;
    let mut error = first;
    while let Some(unknown) = unknown_field(&error).filter(|name| remove(&mut value, name)) {
        tracing::debug!("{file}: field {unknown:?} is not known to this version");
        // As text again: reading from a `Value` would compile a second reader of everything a report holds.
        match serde_json::to_vec_pretty(&value).and_then(|json| serde_json::from_slice(&json)) {
            Ok(result) => return Ok(result),
            Err(next) => error = next,
        }
    }
    Err(ReadError::Field {
        file: file.to_owned(),
        field: place(&error),
        problem: error.to_string(),
        written_by: text_of(&value, "/program/version"),
    })
}

fn text_of(value: &Value, pointer: &str) -> String {
    let text = value.pointer(pointer).and_then(Value::as_str);
    short(text.unwrap_or("unknown")).into_owned()
}

/// Returns the name between the first pair of backticks of a message on a field.
fn quoted(message: &str) -> Option<String> {
    message.split('`').nth(1).map(str::to_owned)
}

fn unknown_field(error: &serde_json::Error) -> Option<String> {
    let message = error.to_string();
    message
        .starts_with("unknown field")
        .then(|| quoted(&message))
        .flatten()
}

/// Takes a field out of the objects that are read strictly; returns whether there was one.
fn remove(value: &mut Value, name: &str) -> bool {
    let mut removed = false;
    for pointer in STRICT {
        let object = value.pointer_mut(pointer).and_then(Value::as_object_mut);
        removed |= object.is_some_and(|object| object.shift_remove(name).is_some());
    }
    removed
}

/// Says where a problem is, as far as the message does.
fn place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match quoted(&message).filter(|_| message.contains("field `")) {
        Some(field) => format!("{field:?}"),
        None => format!("in line {}, column {}", error.line(), error.column()),
    }
}

fn check_origin(program: &str, version: &str, file: &str) -> Result<(), ReadError> {
    let shown = |text: &str| match text {
        "absent" => "absent".to_owned(),
        text => format!("{:?}", short(text)),
    };
    let no_report = |field, found| ReadError::NoReport {
        file: file.to_owned(),
        field,
        found,
    };
    if program != env!("CARGO_PKG_NAME") {
        return Err(no_report("program.name", shown(program)));
    }
    if version == "absent" {
        return Err(no_report("schema_version", shown(version)));
    }
    if major(version) != major(SCHEMA_VERSION) {
        return Err(ReadError::Layout {
            file: file.to_owned(),
            found: shown(version),
        });
    }
    Ok(())
}

/// Refuses what no report can hold, for it would be counted as if it were true.
fn check(result: &SampleResult, file: &str) -> Result<(), ReadError> {
    match fault(result) {
        None => Ok(()),
        Some((field, problem)) => Err(ReadError::Field {
            file: file.to_owned(),
            field: format!("{field:?}"),
            problem,
            written_by: short(&result.program.version).into_owned(),
        }),
    }
}

/// Fields in which reports must agree to be counted together.
const FIELDS: [&str; 8] = [
    "build",
    "panel.name",
    "panel.checksum",
    "rules",
    "settings.thresholds.min_vaf",
    "settings.thresholds.min_vaf_x_linked_male",
    "settings.thresholds.min_depth",
    "settings.thresholds.min_alt",
];

/// What reports must have in common to be counted together: fields with their values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Basis([(&'static str, String); FIELDS.len()]);

/// What to do where a field differs.
const REMEDIES: [(&str, &str); 2] = [
    (
        "build",
        "positions of two builds cannot be compared: put each build into a folder of its own, or analyze again on one build",
    ),
    (
        "panel.checksum",
        "the content of the panel differs: analyze again with one panel, or put each panel into a folder of its own",
    ),
];

const ANOTHER_RUN: &str = "analyze again with the same options, or put them into a folder of their own";

impl Basis {
    /// Takes it from a report.
    pub fn of(result: &SampleResult) -> Self {
        let thresholds = &result.settings.thresholds;
        let values = [
            result.build.name().to_owned(),
            short(&result.panel.name).into_owned(),
            short(&result.panel.checksum).into_owned(),
            result.rules.name().to_owned(),
            thresholds.min_vaf.to_string(),
            thresholds.min_vaf_x_linked_male.to_string(),
            thresholds.min_depth.to_string(),
            thresholds.min_alt.to_string(),
        ];
        let mut values = values.into_iter();
        Self(FIELDS.map(|field| (field, values.next().unwrap_or_default())))
    }

    /// Returns the fields with their values.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, value)| (*field, value.as_str()))
    }

    /// Makes one of fields that were kept; `None` where one is missing.
    pub fn of_fields(kept: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let mut basis = Self(FIELDS.map(|field| (field, String::new())));
        for (field, value) in &mut basis.0 {
            *value = kept(field)?;
        }
        Some(basis)
    }

    /// Refuses a report that differs from the others, whose basis this is; `file` is only for the message.
    ///
    /// # Errors
    ///
    /// Names the first field that differs.
    pub fn check(&self, other: &Self, file: &str) -> Result<(), ReadError> {
        let mut both = self.fields().zip(other.fields());
        let Some(((field, expected), (_, found))) = both.find(|(own, other)| own != other) else {
            return Ok(());
        };
        let remedy = REMEDIES.iter().find(|(name, _)| *name == field);
        Err(ReadError::Differs {
            file: file.to_owned(),
            field,
            found: found.to_owned(),
            expected: expected.to_owned(),
            remedy: remedy.map_or(ANOTHER_RUN, |(_, remedy)| remedy),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEMO: &str = include_str!("../../testdata/demo/expected/demo02-chip.json");

    fn changed(change: impl FnOnce(&mut Value)) -> Result<SampleResult, ReadError> {
        let mut value: Value = serde_json::from_str(DEMO).unwrap();
        change(&mut value);
        read_json(value.to_string().as_bytes(), "S.json")
    }

    fn message(change: impl FnOnce(&mut Value)) -> String {
        changed(change).unwrap_err().to_string()
    }

    #[test]
    fn reads_what_was_written_to_the_last_byte() {
        let result = read_json(DEMO.as_bytes(), "S.json").unwrap();
        let mut again = Vec::new();
        crate::report::write_json(&mut again, &result).unwrap();
        assert_eq!(String::from_utf8(again).unwrap(), DEMO);
    }

    #[test]
    fn tolerates_fields_of_a_later_version_and_a_later_second_number() {
        let result = changed(|v| {
            v["schema_version"] = "2.9.0".into();
            v["news"] = 1.into();
            v["calls"][0]["news"] = 1.into();
            v["report"] = serde_json::json!({"ward": "7", "specimen": "blood"});
            v["settings"]["thresholds"]["min_quality"] = 3.into();
        });
        assert_eq!(result.unwrap().report.specimen.as_deref(), Some("blood"));
    }

    #[test]
    fn says_what_is_wrong_and_what_to_do() {
        let cut = read_json(&DEMO.as_bytes()[..2000], "S.json")
            .unwrap_err()
            .to_string();
        assert!(
            cut.starts_with("S.json: no JSON: ") && cut.contains("cut off"),
            "{cut}"
        );
        for (actual, wanted) in [
            (
                message(|v| v["schema_version"] = "1.4.0".into()),
                "is \"1.4.0\", and this version reads 2.x",
            ),
            (
                message(|v| v["program"]["name"] = "other".into()),
                "no report of hemoclone: field \"program.name\" is \"other\"",
            ),
            (
                message(|v| *v = serde_json::json!([1])),
                "field \"program.name\" is absent",
            ),
            (
                message(|v| drop(v.as_object_mut().unwrap().remove("schema_version"))),
                "\"schema_version\" is absent",
            ),
            (
                message(|v| drop(v.as_object_mut().unwrap().remove("sample"))),
                "field \"sample\": missing field",
            ),
            (
                message(|v| v["calls"][0]["status"] = "new".into()),
                "unknown variant `new`",
            ),
            (
                message(|v| v["calls"][0]["variant"]["reference"] = "<b>".into()),
                "field \"calls[0].variant\"",
            ),
            (
                message(|v| v["calls"][0]["evidence"]["alt_count"] = 100_000.into()),
                "more than the depth",
            ),
            (
                message(|v| v["calls"][0]["evidence"]["vaf"] = 1.5.into()),
                "no fraction",
            ),
            (
                message(|v| v["build"] = "GRCh37".into()),
                "calls[0].variant.build",
            ),
            (message(|v| v["age"] = 900.into()), "no age in years"),
        ] {
            assert!(
                actual.starts_with("S.json: ") && actual.contains(wanted),
                "{actual}"
            );
        }
    }

    #[test]
    fn reports_of_another_panel_or_threshold_are_not_put_together() {
        let basis = Basis::of(&read_json(DEMO.as_bytes(), "S.json").unwrap());
        let other = |change: fn(&mut Value)| {
            basis
                .check(&Basis::of(&changed(change).unwrap()), "T.json")
                .map_err(|e| e.to_string())
        };
        assert_eq!(other(|v| v["sample"] = "T".into()), Ok(()));
        let panel = other(|v| v["panel"]["checksum"] = "00000000".into()).unwrap_err();
        let own = basis.fields().find(|(field, _)| *field == "panel.checksum");
        let expected = format!(
            "\"panel.checksum\" is 00000000, and {} in the others; the content",
            own.unwrap().1
        );
        assert!(panel.contains(&expected), "{panel}");
        let vaf = other(|v| v["settings"]["thresholds"]["min_vaf"] = 0.01.into()).unwrap_err();
        assert!(vaf.contains("min_vaf\" is 0.01, and 0.02"), "{vaf}");
    }

    #[test]
    fn names_of_reports() {
        for (name, expected) in [
            ("S1.json", true),
            ("hemoclone_mqc.json", false),
            ("a_mqc.json", false),
            ("S1.fhir.json", false),
            (".S1.json.12.tmp", false),
            (".x.json", false),
            ("S1.calls.tsv", false),
        ] {
            assert_eq!(is_report_name(name), expected, "{name}");
        }
    }
}
