//! What changed between two reports of one sample: call by call, gene by gene, field by field.
//!
//! Reports are compared as the JSON that they are, so that no field is forgotten. Entries of lists go together by what they are about
//! (the variant of a call, the name of a gene), not by their place.

mod keys;
mod output;
mod page;
mod rules;

use serde_json::Value;

use self::keys::keyed;
pub use self::output::{ChangesTold, FieldChangeRow};
pub use self::rules::{FieldRuleError, FieldRules};

/// How a field differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It has another value.
    Changed,
    /// It, or its entry, was not there.
    Added,
    /// It, or its entry, is gone.
    Removed,
    /// The sample has no report any more.
    SampleMissing,
    /// The sample had no report.
    SampleAdded,
    /// It says which program wrote the report; it counts for nothing.
    Provenance,
    /// It differs, and was allowed to: `--ignore`, or within its tolerance.
    Tolerated,
}

impl ChangeKind {
    /// Returns the name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::SampleMissing => "sample_missing",
            Self::SampleAdded => "sample_added",
            Self::Provenance => "provenance",
            Self::Tolerated => "tolerated",
        }
    }

    /// Whether it makes the answer "changed".
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Provenance | Self::Tolerated)
    }
}

/// One field that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Sample.
    pub sample: String,
    /// How it differs.
    pub kind: ChangeKind,
    /// Part of the report: `calls`, `genes`, `ch`.
    pub section: String,
    /// The entry of a list that it belongs to: a variant with its gene, a gene, a code.
    pub item: String,
    /// The field, with those that it lies in.
    pub field: String,
    /// Earlier value, as JSON; `None` where there was none.
    pub before: Option<String>,
    /// Value now.
    pub after: Option<String>,
    /// Now less earlier, of numbers.
    pub difference: Option<f64>,
}

/// Fields that say who wrote a report, not what it says.
const PROVENANCE: [&str; 2] = ["program", "schema_version"];

/// Compares two reports of a sample.
pub fn changes(sample: &str, before: &Value, after: &Value, rules: &FieldRules) -> Vec<FieldChange> {
    let mut found = Vec::new();
    Walk {
        sample,
        rules,
        found: &mut found,
    }
    .values(&Place::default(), Some(before), Some(after));
    found
}

/// Where in a report a value stands.
#[derive(Clone, Debug, Default)]
struct Place {
    fields: Vec<String>,
    /// What the entries are about that it lies in.
    items: Vec<String>,
}

impl Place {
    fn field(&self, name: &str) -> Self {
        let mut place = self.clone();
        place.fields.push(name.to_owned());
        place
    }

    fn item(&self, key: &str) -> Self {
        let mut place = self.clone();
        place.items.push(key.to_owned());
        place
    }
}

struct Walk<'a> {
    sample: &'a str,
    rules: &'a FieldRules,
    found: &'a mut Vec<FieldChange>,
}

impl Walk<'_> {
    /// Compares what stands at a place; what is null and what is not there are the same.
    fn values(&mut self, place: &Place, before: Option<&Value>, after: Option<&Value>) {
        let some = |value: Option<&Value>| value.filter(|v| !v.is_null()).cloned();
        match (some(before), some(after)) {
            (None, None) => {}
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                let new = after.keys().filter(|name| !before.contains_key(*name));
                for name in before.keys().chain(new) {
                    self.values(&place.field(name), before.get(name), after.get(name));
                }
            }
            (Some(Value::Array(before)), Some(Value::Array(after))) => self.lists(place, &before, &after),
            (before, after) if before != after => self.differs(place, before, after),
            _ => {}
        }
    }

    fn lists(&mut self, place: &Place, before: &[Value], after: &[Value]) {
        let (Some(earlier), Some(later)) = (keyed(before), keyed(after)) else {
            // A list of plain values is one value.
            if before != after {
                self.differs(place, Some(Value::from(before)), Some(Value::from(after)));
            }
            return;
        };
        for (key, value) in &earlier {
            self.values(&place.item(key), Some(value), later.get(key).copied());
        }
        for (key, value) in later.iter().filter(|(key, _)| !earlier.contains_key(*key)) {
            self.values(&place.item(key), None, Some(value));
        }
    }

    fn differs(&mut self, place: &Place, before: Option<Value>, after: Option<Value>) {
        let difference = match (
            before.as_ref().and_then(Value::as_f64),
            after.as_ref().and_then(Value::as_f64),
        ) {
            (Some(before), Some(after)) => Some((before, after)),
            _ => None,
        };
        let is_provenance = place
            .fields
            .first()
            .is_some_and(|f| PROVENANCE.contains(&f.as_str()));
        let kind = match (&before, &after) {
            _ if is_provenance => ChangeKind::Provenance,
            _ if self.rules.allow(&place.fields, difference) => ChangeKind::Tolerated,
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        };
        let (section, fields) = match place.fields.split_first() {
            Some((section, fields)) => (section.clone(), fields.join(".")),
            None => (String::new(), String::new()),
        };
        self.found.push(FieldChange {
            sample: self.sample.to_owned(),
            kind,
            section,
            item: place.items.join(" / "),
            field: fields,
            before: before.map(|v| v.to_string()),
            after: after.map(|v| v.to_string()),
            difference: difference.map(|(before, after)| after - before),
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(before: &Value, after: &Value, rules: &FieldRules) -> Vec<(ChangeKind, String, String, String)> {
        changes("S", before, after, rules)
            .into_iter()
            .map(|c| (c.kind, c.section, c.item, c.field))
            .collect()
    }

    fn report(position: u64, vaf: f64) -> Value {
        let variant = json!({"build": "GRCh38", "chromosome": "chr9", "position": position, "reference": "G", "alternate": "T"});
        json!({
            "program": {"version": "1"},
            "ch": {"state": "present"},
            "calls": [{"variant": variant, "consequence": {"gene": "JAK2"}, "evidence": {"vaf": vaf, "depth": 1000}, "note": null}],
            "warnings": ["a"],
        })
    }

    #[test]
    fn tells_field_by_field_what_changed() {
        let rules = FieldRules::default();
        assert_eq!(found(&report(5, 0.1), &report(5, 0.1), &rules), []);
        let key = "GRCh38:chr9:5:G:T JAK2".to_owned();
        let vaf = (
            ChangeKind::Changed,
            "calls".to_owned(),
            key.clone(),
            "evidence.vaf".to_owned(),
        );
        assert_eq!(found(&report(5, 0.1), &report(5, 0.2), &rules), [vaf]);
        let gone = (ChangeKind::Removed, "calls".to_owned(), key, String::new());
        let key = "GRCh38:chr9:6:G:T JAK2".to_owned();
        let new = (ChangeKind::Added, "calls".to_owned(), key, String::new());
        assert_eq!(found(&report(5, 0.1), &report(6, 0.1), &rules), [gone, new]);
    }

    #[test]
    fn what_is_null_is_not_there_and_provenance_counts_for_nothing() {
        let mut after = report(5, 0.1);
        after["calls"][0].as_object_mut().unwrap().remove("note");
        after["program"]["version"] = json!("2");
        let found = changes("S", &report(5, 0.1), &after, &FieldRules::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, ChangeKind::Provenance);
        assert!(!found[0].kind.counts());
    }

    #[test]
    fn tolerances_and_ignored_fields_are_told_and_do_not_count() {
        let mut rules = FieldRules::default();
        rules.tolerate("vaf=0.01").unwrap();
        rules.ignore("warnings").unwrap();
        let mut after = report(5, 0.109);
        after["warnings"] = json!(["b"]);
        let kinds: Vec<_> = found(&report(5, 0.1), &after, &rules)
            .into_iter()
            .map(|f| f.0)
            .collect();
        assert_eq!(kinds, [ChangeKind::Tolerated; 2]);
        let kinds: Vec<_> = found(&report(5, 0.1), &report(5, 0.111), &rules)
            .into_iter()
            .map(|f| f.0)
            .collect();
        assert_eq!(kinds, [ChangeKind::Changed]);
    }
}
