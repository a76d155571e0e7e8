//! A report with the earlier ones of its person.

use super::assess::{Settings, serial};
use super::visits::{SerialError, SerialInput, persons};
use crate::sample::{History, SampleResult};

/// Puts earlier reports of a person and a new one together; `file` names the new one.
///
/// # Errors
///
/// Every earlier report that cannot be a visit of this person before the new one, with the reason. None is left out without a word.
pub fn history(
    new: &SampleResult,
    file: &str,
    earlier: Vec<SerialInput>,
) -> Result<History, Vec<SerialError>> {
    let mut inputs = earlier;
    inputs.push(SerialInput {
        file: file.to_owned(),
        result: new.clone(),
        person: None,
        collected: None,
    });
    // Without names of a sheet they are all one person's.
    let mut found = Ok(None);
    for (_, person) in persons(inputs) {
        found = person.map(Some);
    }
    let Some(person) = found? else {
        return Err(Vec::new());
    };
    if !person.left_out.is_empty() {
        return Err(person.left_out);
    }
    let later = person.later_than(file);
    if !later.is_empty() {
        return Err(later);
    }
    Ok(serial(&person, Settings::default()).into())
}
