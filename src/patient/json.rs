//! Reads visits from JSON: an object, an array of objects, or one object per line, with the columns of the table as names.

use std::collections::HashSet;
use std::fmt;
use std::io::Read;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::input_error::InputError;
use super::visits::{Table, VisitColumns, group};
use crate::tables::Dot;

/// An object that keeps its fields in order and does not swallow a repeated name.
pub(crate) struct Record(pub(crate) Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Record;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of column names and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
                let mut fields = Vec::new();
                while let Some(entry) = map.next_entry::<String, Value>()? {
                    fields.push(entry);
                }
                Ok(Record(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// Reads JSON; `path` is only for messages. Lines in messages are those where an object begins.
///
/// # Errors
///
/// Where the file is not JSON of this form. Errors of single objects are in [`Table::errors`].
pub fn read_json(reader: impl Read, path: &str) -> Result<Table, InputError> {
    let fail = |message: String| InputError::Json {
        path: path.to_owned(),
        message,
    };
    let (text, assumed) = crate::tables::text(reader).map_err(|e| fail(e.to_string()))?;
    let text = text.as_str();
    let records: Vec<Record> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(|e| fail(e.to_string()))?
    } else {
        serde_json::Deserializer::from_str(text)
            .into_iter()
            .collect::<Result<_, _>>()
            .map_err(|e| fail(e.to_string()))?
    };
    let lines = object_lines(text);
    let dot = dot_of(
        records
            .iter()
            .flat_map(|record| &record.0)
            .map(|(_, value)| value),
    );
    let mut unknown: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut rows = Vec::new();
    for (index, record) in records.into_iter().enumerate() {
        let line = lines.get(index).copied().unwrap_or(0);
        let (names, values): (Vec<String>, Vec<String>) = record
            .0
            .into_iter()
            .map(|(name, value)| {
                let text = plain(&value);
                (name, if value.is_number() { dot.typed(text) } else { text })
            })
            .unzip();
        // Each object has its own names, so a bad name spoils that object alone.
        rows.push(match VisitColumns::new(names.clone(), path) {
            Ok(columns) => {
                let columns = columns.with_dot(dot);
                let unread = columns.unread();
                unknown.extend(unread.into_iter().filter(|c| seen.insert(c.clone())));
                columns.visit(&values.iter().map(String::as_str).collect(), line)
            }
            Err(error) => {
                let at = names.iter().position(|n| n.trim().eq_ignore_ascii_case("sample"));
                let sample = at.map(|i| values[i].clone()).unwrap_or_default();
                Err(Box::new((sample, error)))
            }
        });
    }
    let mut table = group(rows, unknown, path)?;
    table.notes.extend(assumed);
    Ok(table)
}

/// The value as it would stand in a table.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        // An empty list of abnormalities is an answer: tested, none found.
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Tells what the dot of a number in quotation marks means.
pub(crate) fn dot_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Dot {
    let mut open: Vec<&Value> = values.into_iter().collect();
    let mut texts = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => texts.push(text),
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
    Dot::of(texts, false)
}

/// The lines on which the outermost objects begin.
pub(crate) fn object_lines(text: &str) -> Vec<u64> {
    let (mut line, mut depth, mut quoted, mut escaped) = (1, 0_u32, false, false);
    let mut lines = Vec::new();
    for c in text.chars() {
        match c {
            '\n' => line += 1,
            _ if escaped => escaped = false,
            // Elsewhere than in a string a backslash is no JSON.
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => {
                if depth == 0 {
                    lines.push(line);
                }
                depth += 1;
            }
            '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_by_line() {
        let text = "[\n {\"a\": \"{\\\"\", \"b\": {}},\n\n {\"a\": 1}\n]";
        assert_eq!(object_lines(text), [2, 4]);
        let closing = "[\n {\"a\": \"}\", \"b\": {}},\n\n {\"a\": 1}\n]";
        assert_eq!(object_lines(closing), [2, 4]);
    }

    #[test]
    fn a_dot_in_quotation_marks_may_part_thousands() {
        let text = r#"[{"sample": "A", "hb_g_dl": "9,6", "m_protein_g_l": "1.250"},
            {"sample": "B", "hb_g_dl": 9.625, "m_protein_g_l": 1.250}]"#;
        let table = read_json(text.as_bytes(), "x.json").unwrap();
        assert_eq!(table.patients[0][0].hb, Some(9.625));
        let error = table.errors[0].to_string();
        assert!(
            error.contains("column m_protein_g_l: \"1.250\" is not clear, for its dot"),
            "{error}"
        );
    }

    #[test]
    fn three_forms_and_a_repeated_name() {
        for text in [
            r#"{"sample": "A", "hb_g_dl": 12.5, "fish": []}"#,
            r#"[{"sample": "A", "hb_g_dl": "12.5", "fish": ["normal"]}]"#,
            "{\"sample\": \"A\", \"hb_g_l\": 125, \"fish\": \"none\", \"calcium_mg_dl\": null}\n",
        ] {
            let table = read_json(text.as_bytes(), "x.json").unwrap();
            assert_eq!(table.errors, []);
            assert_eq!(table.patients[0][0].hb, Some(12.5), "{text}");
            assert_eq!(table.patients[0][0].fish, Some(vec![]));
        }
        let table = read_json(
            r#"[{"sample": "A"}, {"sample": "B", "hb_g_dl": 9, "hb_g_dl": 19}]"#.as_bytes(),
            "x",
        )
        .unwrap();
        assert_eq!(table.patients.len(), 1);
        assert!(
            table.errors[0].to_string().contains("remove one"),
            "{}",
            table.errors[0]
        );
        assert!(read_json("[1]".as_bytes(), "x").is_err());
        assert!(read_json("[]".as_bytes(), "x").is_err());
        assert!(read_json("".as_bytes(), "x").is_err());
    }
}
