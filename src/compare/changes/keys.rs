//! What an entry of a list in a report is about, so that entries of two reports go together wherever they stand.

use indexmap::IndexMap;
use serde_json::Value;

/// Fields by which an entry is known, those that are there joined; the first set of which one is there decides.
const NAMES: [&[&str]; 6] = [
    &["file_allele", "genes"],
    &["gene", "rule"],
    &["code", "detail"],
    &["column"],
    &["id"],
    &["file", "name", "type"],
];

/// Returns the entries of a list by what they are about, in their order; `None` where an entry is no object.
pub(super) fn keyed(list: &[Value]) -> Option<IndexMap<String, &Value>> {
    let mut entries: IndexMap<String, &Value> = IndexMap::with_capacity(list.len());
    for (place, entry) in list.iter().enumerate() {
        let name = name(entry)?;
        let name = if name.is_empty() {
            format!("#{}", place + 1)
        } else {
            name
        };
        // Of two that are about the same, the second is the second.
        let mut key = name.clone();
        let mut times = 1;
        while entries.contains_key(&key) {
            times += 1;
            key = format!("{name} #{times}");
        }
        entries.insert(key, entry);
    }
    Some(entries)
}

/// Returns what an entry is about; empty where nothing tells.
fn name(entry: &Value) -> Option<String> {
    let fields = entry.as_object()?;
    if let Some(variant) = fields.get("variant") {
        let gene = entry.pointer("/consequence/gene").or_else(|| fields.get("gene"));
        let parts = [Some(variant), gene].into_iter().flatten();
        return Some(parts.map(text).collect::<Vec<_>>().join(" "));
    }
    let known = NAMES.iter().find(|names| fields.contains_key(names[0]));
    let parts = known
        .into_iter()
        .flat_map(|names| names.iter())
        .filter_map(|name| fields.get(*name));
    Some(
        parts
            .map(text)
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Returns a value as a name: an allele as `GRCh38:chr9:5073770:G:T`.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            // What is said by code is said in words beside it.
            let own = fields.iter().filter(|(name, _)| !name.ends_with("_coded"));
            own.map(|(_, value)| text(value)).collect::<Vec<_>>().join(":")
        }
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn entries_are_known_by_what_they_are_about() {
        let names = |list: Value| {
            let list = list.as_array().unwrap().clone();
            keyed(&list).map(|entries| entries.keys().cloned().collect::<Vec<_>>())
        };
        let list = json!([{"gene": "TET2"}, {"gene": "TP53", "state": "x"}, {"gene": "TET2"}]);
        assert_eq!(names(list).unwrap(), ["TET2", "TP53", "TET2 #2"]);
        let list = json!([{"code": "germline", "detail": ""}, {"code": "x", "detail": "y"}, {"z": 1}]);
        assert_eq!(names(list).unwrap(), ["germline", "x y", "#3"]);
        assert_eq!(names(json!(["a"])), None);
        assert_eq!(names(json!([])), Some(Vec::new()));
    }
}
