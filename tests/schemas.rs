//! The JSON of `compare` against the schemas that `hemoclone schema` prints; by jsonschema too, where it is at hand.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/outside.rs"]
mod outside;
#[path = "support/vcf.rs"]
mod vcf;

use std::fs;
use std::path::Path;
use std::process::Command;

use lab::Lab;
use serde_json::{Value, json};
use vcf::VcfBuilder;

/// Returns what of a value does not fit a schema; of the keywords only those that these schemas have.
fn misfits(schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |wanted: &Value| wanted == kind || (wanted == "number" && kind == "integer");
    let is_allowed = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(fits),
        one => fits(one),
    };
    let mut wrong = Vec::new();
    if !is_allowed {
        wrong.push(format!("{place}: {value} is no {}", schema["type"]));
    }
    if let Value::Object(object) = value {
        for name in schema["required"].as_array().unwrap() {
            if !object.contains_key(name.as_str().unwrap()) {
                wrong.push(format!("{place}: no {name}"));
            }
        }
        for (name, value) in object {
            match schema["properties"].get(name) {
                Some(schema) => wrong.extend(misfits(schema, value, &format!("{place}.{name}"))),
                None => wrong.push(format!("{place}: {name} is not known")),
            }
        }
    }
    for item in value.as_array().into_iter().flatten() {
        wrong.extend(misfits(&schema["items"], item, &format!("{place}[]")));
    }
    wrong
}

fn file(alternate: u32) -> String {
    VcfBuilder::grch38("S1")
        .call("chr2", 25_234_373, "C", "T", (1000 - alternate, alternate))
        .call("chr9", 5_073_770, "G", "T", (950, 50))
        .text()
}

#[test]
fn comparisons_fit_their_schemas_and_nothing_else_does() {
    let lab = Lab::new();
    lab.write("a.vcf", file(80));
    lab.write("b.vcf", file(60));
    for (input, folder) in [("a.vcf", "old"), ("b.vcf", "new")] {
        assert!(lab.run(&["analyze", input, "-o", folder]).status.success());
    }
    lab.write(
        "truth.tsv",
        "chrom\tpos\tref\talt\tvaf\tgene\nchr2\t25234373\tC\tT\t0.08\tDNMT3A\nchr17\t7675088\tC\tT\t0.05\tTP53\n",
    );
    let compared = lab.run(&[
        "compare",
        "truth.tsv",
        "old",
        "-o",
        "cmp",
        "--require",
        "sensitivity>=0.4",
    ]);
    assert_eq!(
        compared.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&compared.stderr)
    );
    let changed = lab.run(&["compare", "old", "new", "-o", "chg"]);
    assert_eq!(changed.status.code(), Some(1));
    for (name, path) in [
        ("comparison", "cmp/comparison.json"),
        ("changes", "chg/changes.json"),
    ] {
        let schema = lab.run(&["schema", name]).stdout;
        lab.write(name, &schema);
        let schema: Value = serde_json::from_slice(&schema).unwrap();
        let text = fs::read_to_string(lab.path(path)).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(!value["changes"].as_array().unwrap().is_empty());
        assert_eq!(misfits(&schema, &value, name), [""; 0]);
        for (field, wrong) in [
            ("changes", json!([{}])),
            ("samples", json!("S1")),
            ("more", json!(1)),
        ] {
            let mut other = value.clone();
            other[field] = wrong;
            assert!(!misfits(&schema, &other, name).is_empty(), "{name} {field}");
        }
        by_jsonschema(&lab.path(name), &lab.path(path));
    }
}

/// Another reader of schemas, where there is one.
fn by_jsonschema(schema: &Path, value: &Path) {
    let Some(python) = std::env::var_os("HEMOCLONE_PYTHON") else {
        outside::skip_part("HEMOCLONE_PYTHON is not set: no jsonschema");
        return;
    };
    let script = "import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[2])), json.load(open(sys.argv[1])))";
    let output = Command::new(python)
        .args(["-c", script])
        .args([schema, value])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
