//! From reports to the visits of one person: in order of date, each once, and of one person only.

use std::collections::BTreeMap;

use crate::genome::Build;
use crate::patient::Date;
use crate::sample::SampleResult;
use crate::text;

/// A report as it comes in.
#[derive(Clone, Debug)]
pub struct SerialInput {
    /// File as given, for messages.
    pub file: String,
    /// What stands in it.
    pub result: SampleResult,
    /// The person, where a sheet names them; reports of the same name are of one person.
    pub person: Option<String>,
    /// When the sample was collected, where a sheet says it.
    pub collected: Option<Date>,
}

/// A report with its date.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub file: String,
    pub date: Date,
    pub result: SampleResult,
}

/// The visits of one person.
#[derive(Clone, Debug)]
pub struct Person {
    /// Name of the person's files and page.
    pub name: String,
    /// Reports that cannot be used, and why.
    pub left_out: Vec<SerialError>,
    pub(super) build: Build,
    pub(super) visits: Vec<Visit>,
}

impl Person {
    /// Returns the visits that lie behind that of a file.
    pub(super) fn later_than(&self, file: &str) -> Vec<SerialError> {
        let Some(place) = self.visits.iter().rposition(|visit| visit.file == file) else {
            return Vec::new();
        };
        let (until, later) = self.visits.split_at(place + 1);
        let this = until[place].date;
        let error = |visit: &Visit| SerialError::Later {
            file: visit.file.clone(),
            date: visit.date,
            this,
        };
        later.iter().map(error).collect()
    }
}

/// Why the reports of a person cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SerialError {
    /// A report that cannot be read, with the whole reason.
    #[error("{reason}")]
    Unreadable {
        /// File as given.
        file: String,
        /// What is wrong, with the file and the remedy.
        reason: String,
    },
    /// No date of collection.
    #[error(
        "{file}: no date of collection; give one in a sheet (--samples, column collected), or analyze again with column collected in the sample sheet"
    )]
    NoDate {
        /// File as given.
        file: String,
    },
    /// The date is none.
    #[error(
        "{file}: field \"report.{field}\": {value:?} is not a date YYYY-MM-DD; correct it in the sample sheet and analyze again, or give the date in a sheet (--samples, column collected)"
    )]
    NotADate {
        /// File as given.
        file: String,
        /// Field of the report.
        field: &'static str,
        /// What stands there.
        value: String,
    },
    /// Two dates contradict each other.
    #[error("{file}: {first} contradicts {second}; correct the wrong one")]
    Contradicts {
        /// File as given.
        file: String,
        /// One statement.
        first: String,
        /// The other.
        second: String,
    },
    /// Reports of two persons.
    #[error(
        "{first} and {second} are of different persons: {field} is {first_value} and {second_value}; give a sheet that says whose each is (--samples, column person), or leave one out"
    )]
    DifferentPersons {
        /// File as given.
        first: String,
        /// File as given.
        second: String,
        /// Field of the report.
        field: &'static str,
        /// Its value in the first.
        first_value: String,
        /// Its value in the second.
        second_value: String,
    },
    /// Reports on two builds.
    #[error(
        "{first} is on {first_value} and {second} on {second_value}: positions of two builds cannot be compared; analyze one of them again on the other build"
    )]
    DifferentBuilds {
        /// File as given.
        first: String,
        /// File as given.
        second: String,
        /// Build of the first.
        first_value: String,
        /// Build of the second.
        second_value: String,
    },
    /// Two reports of one day.
    #[error(
        "{first} and {second} are two reports of one visit, {date}; leave one of them out, or correct a date"
    )]
    SameVisit {
        /// File as given.
        first: String,
        /// File as given.
        second: String,
        /// The day.
        date: Date,
    },
    /// One report at two days.
    #[error(
        "{first} and {second} are one and the same report, and are given with two dates, {first_date} and {second_date}; leave one of them out, or give the report that is meant"
    )]
    SameReport {
        /// File as given.
        first: String,
        /// File as given.
        second: String,
        /// Day of the first.
        first_date: Date,
        /// Day of the second.
        second_date: Date,
    },
    /// A report that is to be an earlier one lies behind the sample.
    #[error("{file}: collected {date}, after this sample of {this}; give earlier reports only")]
    Later {
        /// File as given.
        file: String,
        /// Its date.
        date: Date,
        /// That of the sample.
        this: Date,
    },
    /// One visit only.
    #[error("{file}: the only visit of {person}: nothing to compare; give at least two visits of a person")]
    OneVisit {
        /// File as given.
        file: String,
        /// The person.
        person: String,
    },
}

impl SerialError {
    /// Returns the file that it speaks of, the first of two.
    pub fn file(&self) -> &str {
        match self {
            Self::NoDate { file }
            | Self::Unreadable { file, .. }
            | Self::NotADate { file, .. }
            | Self::Contradicts { file, .. }
            | Self::Later { file, .. }
            | Self::OneVisit { file, .. } => file,
            Self::DifferentPersons { first, .. }
            | Self::DifferentBuilds { first, .. }
            | Self::SameVisit { first, .. }
            | Self::SameReport { first, .. } => first,
        }
    }
}

/// Days of a year on average, by which years between visits are counted.
const DAYS_OF_YEAR: f64 = 365.25;

/// Years by which the ages of two reports may differ from the time between them: whole years are given, counted from birthdays or calendar years.
const AGE_TOLERANCE: f64 = 1.5;

/// Returns the years between two days.
pub(super) fn years_between(first: Date, second: Date) -> f64 {
    f64::from(second.days_since(first)) / DAYS_OF_YEAR
}

/// Puts reports together by person, in order of the persons' names; each with its visits or the reasons why it has none.
pub fn persons(inputs: Vec<SerialInput>) -> Vec<(String, Result<Person, Vec<SerialError>>)> {
    let mut groups: BTreeMap<Option<String>, Vec<SerialInput>> = BTreeMap::new();
    for input in inputs {
        groups.entry(input.person.clone()).or_default().push(input);
    }
    let named = groups.into_iter().map(|(name, inputs)| {
        let name = name.unwrap_or_else(|| name_of(&inputs));
        let person = person(name.clone(), inputs);
        (name, person)
    });
    named.collect()
}

/// Returns the number of the person, or the first sample's name where none is given.
fn name_of(inputs: &[SerialInput]) -> String {
    let number = inputs
        .iter()
        .filter_map(|input| input.result.report.patient_id.as_deref())
        .min();
    let sample = inputs.iter().map(|input| input.result.sample.as_str()).min();
    number.or(sample).unwrap_or("person").to_owned()
}

fn person(name: String, inputs: Vec<SerialInput>) -> Result<Person, Vec<SerialError>> {
    let (mut visits, mut left_out, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for input in inputs {
        match date_of(&input) {
            Ok(date) => visits.push(Visit {
                file: input.file,
                date,
                result: input.result,
            }),
            Err(error) => left_out.push(error),
        }
    }
    visits.sort_by(|a, b| (a.date, &a.result.sample, &a.file).cmp(&(b.date, &b.result.sample, &b.file)));
    // Against all earlier ones: what stands between two of them may name nobody.
    for (place, visit) in visits.iter().enumerate() {
        let mut earlier = visits[..place].iter().rev();
        errors.extend(earlier.find_map(|earlier| disagreement(earlier, visit)));
    }
    match visits.as_slice() {
        [first, _, ..] if errors.is_empty() => Ok(Person {
            name,
            left_out,
            build: first.result.build,
            visits,
        }),
        [only] if errors.is_empty() => {
            left_out.push(SerialError::OneVisit {
                file: only.file.clone(),
                person: text::beginning(&name, 60).into_owned(),
            });
            Err(left_out)
        }
        _ => Err([left_out, errors].concat()),
    }
}

/// Returns the date of collection, where it contradicts nothing else.
fn date_of(input: &SerialInput) -> Result<Date, SerialError> {
    let report = &input.result.report;
    let read = |field, value: &Option<String>| {
        value
            .as_deref()
            .map(|text| date(&input.file, field, text))
            .transpose()
    };
    // What is no date in the report does not matter where the sheet has one.
    let own = match input.collected {
        Some(_) => report.collected.as_deref().and_then(Date::parse),
        None => read("collected", &report.collected)?,
    };
    let contradicts = |first: String, second: String| SerialError::Contradicts {
        file: input.file.clone(),
        first,
        second,
    };
    if let (Some(sheet), Some(own)) = (input.collected, own)
        && sheet != own
    {
        let first = format!("collected {sheet} of the sheet");
        return Err(contradicts(first, format!("collected {own} of the report")));
    }
    let Some(collected) = input.collected.or(own) else {
        return Err(SerialError::NoDate {
            file: input.file.clone(),
        });
    };
    for (field, value) in [("received", &report.received), ("reported", &report.reported)] {
        // Free text for the page: only what is a date can contradict.
        if let Some(later) = value
            .as_deref()
            .and_then(Date::parse)
            .filter(|later| *later < collected)
        {
            return Err(contradicts(
                format!("collected {collected}"),
                format!("{field} {later}, which is before"),
            ));
        }
    }
    let born = report.birth_date.as_deref().and_then(Date::parse);
    if let Some(born) = born.filter(|born| *born > collected) {
        return Err(contradicts(
            format!("collected {collected}"),
            format!("birth_date {born}, which is later"),
        ));
    }
    Ok(collected)
}

fn date(file: &str, field: &'static str, value: &str) -> Result<Date, SerialError> {
    Date::parse(value.trim()).ok_or_else(|| SerialError::NotADate {
        file: file.to_owned(),
        field,
        value: text::beginning(value, 40).into_owned(),
    })
}

/// Returns why two visits, the earlier first, cannot be of one series.
fn disagreement(first: &Visit, second: &Visit) -> Option<SerialError> {
    let (one, other) = (&first.result, &second.result);
    let differ = |field, a: Option<String>, b: Option<String>| {
        let (first_value, second_value) = (a?, b?);
        (first_value != second_value).then(|| SerialError::DifferentPersons {
            first: first.file.clone(),
            second: second.file.clone(),
            field,
            first_value,
            second_value,
        })
    };
    let shown = |value: &Option<String>| {
        value
            .as_deref()
            .map(|text| text::beginning(text, 40).into_owned())
    };
    let sex = |result: &SampleResult| result.sex.map(|sex| format!("{sex:?}").to_lowercase());
    if one.build != other.build {
        return Some(SerialError::DifferentBuilds {
            first: first.file.clone(),
            second: second.file.clone(),
            first_value: one.build.name().to_owned(),
            second_value: other.build.name().to_owned(),
        });
    }
    differ(
        "patient_id",
        shown(&one.report.patient_id),
        shown(&other.report.patient_id),
    )
    .or_else(|| {
        differ(
            "birth_date",
            shown(&one.report.birth_date),
            shown(&other.report.birth_date),
        )
    })
    .or_else(|| differ("sex", sex(one), sex(other)))
    .or_else(|| {
        (first.date == second.date).then(|| SerialError::SameVisit {
            first: first.file.clone(),
            second: second.file.clone(),
            date: first.date,
        })
    })
    .or_else(|| {
        (one == other).then(|| SerialError::SameReport {
            first: first.file.clone(),
            second: second.file.clone(),
            first_date: first.date,
            second_date: second.date,
        })
    })
    .or_else(|| ages_contradict(first, second))
}

fn ages_contradict(first: &Visit, second: &Visit) -> Option<SerialError> {
    let (young, old) = (first.result.age?, second.result.age?);
    let passed = years_between(first.date, second.date);
    ((old - young) - passed)
        .abs()
        .gt(&AGE_TOLERANCE)
        .then(|| SerialError::Contradicts {
            file: second.file.clone(),
            first: format!("age {old} at {}", second.date),
            second: format!("age {young} at {} ({})", first.date, first.file),
        })
}
