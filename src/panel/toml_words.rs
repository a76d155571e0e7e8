//! What the reader of TOML complains about, in the words of those who write panels.

use crate::tables::nearest;
use crate::text::beginning;

/// What is wrong with a panel file that cannot be read.
pub(super) struct Complaint {
    /// The field, where there is one.
    pub field: String,
    /// Its value as written.
    pub value: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Longest value that is shown whole.
const LONGEST: usize = 60;

/// Says what is wrong, and what would be right.
pub(super) fn complaint(text: &str, error: &toml::de::Error) -> Complaint {
    let message = error.message();
    let span = error.span().unwrap_or(0..0);
    let line = line_of(text, span.start);
    let (field, value) = line
        .split_once('=')
        .map_or((line, ""), |(field, value)| (field.trim(), value.trim()));
    let is_field = !field.is_empty() && !field.starts_with(['[', '#', '"', '\'', '{']);
    let plain = |message: String| Complaint {
        field: String::new(),
        value: String::new(),
        message,
    };
    let of_field = |message: String| {
        if is_field {
            Complaint {
                field: short(field),
                value: short(value),
                message,
            }
        } else {
            plain(message)
        }
    };
    let mut names = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let unknown = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        let meant = nearest(unknown, known.iter().copied())
            .map_or_else(String::new, |near| format!("; did you mean {near:?}?"));
        return plain(format!(
            "field {:?} is not known here{meant} (known here: {})",
            short(unknown),
            known.join(", ")
        ));
    }
    if message.starts_with("missing field") {
        let name = names.next().unwrap_or_default();
        return plain(format!("field {name:?} is missing; write a line `{name} = ...`"));
    }
    if message.starts_with("duplicate key") {
        return of_field("stands twice; remove one".to_owned());
    }
    if message.starts_with("unknown variant") {
        let known: Vec<&str> = names.skip(1).collect();
        return of_field(format!("must be one of {}", known.join(", ")));
    }
    if let Some(wanted) = wanted(message) {
        return of_field(format!("must be {wanted}"));
    }
    // What is TOML was refused by a field, which says why.
    if toml::from_str::<toml::Table>(text).is_ok() {
        return of_field(message.replace('\n', "; "));
    }
    plain(format!(
        "{:?} cannot be read; {}",
        short(line),
        remedy(is_field, line, value)
    ))
}

fn line_of(text: &str, offset: usize) -> &str {
    // An error at a line end is of the line before it.
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    text[start..].lines().next().unwrap_or("").trim()
}

fn short(text: &str) -> String {
    beginning(text, LONGEST).into_owned()
}

/// Returns what a field wants, of what the reader of TOML says by names of types.
fn wanted(message: &str) -> Option<&'static str> {
    let is_of_type = ["invalid type", "invalid value", "wanted"]
        .iter()
        .any(|begin| message.starts_with(begin));
    let (_, kind) = message.rsplit_once("expected ").filter(|_| is_of_type)?;
    Some(match kind.trim() {
        "f64" => "a number with a decimal point and without quotation marks, such as 0.02",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0 on, without quotation marks",
        "i8" | "i16" | "i32" | "i64" => "a whole number, without quotation marks",
        "a boolean" => "true or false, without quotation marks",
        "a string" | "string or table" => "text in quotation marks",
        "a sequence" => "a list in brackets, as in [\"TET2\", \"DNMT3A\"]",
        "a map" => "a table, which begins with a line of its own, as in [thresholds]",
        name if name.starts_with("struct ") => "a table, which begins with a line of its own, as in [[gene]]",
        _ => return None,
    })
}

/// Says what to do about a line that is no TOML.
fn remedy(is_field: bool, line: &str, value: &str) -> &'static str {
    if line.starts_with('[') {
        "a table begins with its name in brackets, as in [thresholds] or [[gene]]"
    } else if !is_field || !line.contains('=') {
        "write the field, an equals sign and the value, as in name = \"ours\""
    } else if value.is_empty() {
        "the field has no value; write one, or remove the line"
    } else if value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+')) {
        "write one number with a decimal point and without a unit, as in 0.02"
    } else {
        "text stands in quotation marks, as in name = \"ours\", a list in brackets"
    }
}
