//! Reads visits from JSON: an object, an array of objects, or one object per line, with the columns of the table as names.

use std::collections::HashSet;
use std::io::Read;

use super::input_error::InputError;
use super::json_value::{Record, dot_of};
use super::table::sample_place;
use super::visits::{Table, VisitColumns, group};

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
            .map(|(name, value)| (name, value.cell(dot)))
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
                let sample = sample_place(&names).map(|i| values[i].clone());
                let sample = sample.unwrap_or_default();
                Err(Box::new((sample, error)))
            }
        });
    }
    let mut table = group(rows, unknown, path)?;
    table.notes.extend(assumed);
    Ok(table)
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

    /// A bad object spoils the other visits of its sample by whichever name it gives it: half of them could mislead.
    #[test]
    fn a_bad_object_takes_its_sample_along_by_any_name() {
        for name in ["sample", "id", "Sample ID", "patient"] {
            let text = format!(
                r#"[{{"{name}": "A", "date": "2026-01-02", "m_protein_g_dl": 1}},
                    {{"{name}": "A", "date": "2026-02-02", "m_protein_g_dl": 1, "m_protein_g_l": 30}},
                    {{"{name}": "B", "m_protein_g_dl": 1}}]"#
            );
            let table = read_json(text.as_bytes(), "x.json").unwrap();
            let samples: Vec<&str> = table.patients.iter().map(|p| p[0].sample.as_str()).collect();
            assert_eq!((samples, table.errors.len()), (vec!["B"], 1), "{name}");
        }
        // `true` is no number here either, and an answer where one is asked for.
        let table = read_json(
            r#"[{"sample": "A", "m_protein_g_dl": true}, {"sample": "B", "immunoparesis": true}]"#.as_bytes(),
            "x.json",
        )
        .unwrap();
        assert_eq!(
            (table.patients.len(), table.patients[0][0].immunoparesis),
            (1, Some(true))
        );
        assert!(
            table.errors[0]
                .to_string()
                .contains("column m_protein_g_dl: \"true\"")
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
