//! `<sample>.fhir.json`: one collection that holds together, from sheets of strangers; read by a library of others where it is at hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/outside.rs"]
mod outside;
#[path = "support/vcf.rs"]
mod vcf;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use lab::Lab;
use serde_json::Value;
use vcf::VcfBuilder;

const SHEET: &str = "sample,vcf,sex,age,patient_id,birth_date,specimen,collected,received,laboratory,hb,plt,anc,covered_genes\n\
    \"=cmd|'x'<b>&\",a.vcf,female,71,P-1,1955-03-01,末梢血,2026/01/31,2026-02-01,Lab <A>,9.1,110,1.2,all\n\
    検体B,b.vcf,male,71,\"\u{1b}[31m\",around 1955,blood,yesterday,2026-02-30,,,,,\n";

fn lab() -> Lab {
    let lab = Lab::new();
    let one = VcfBuilder::grch38("=cmd|'x'<b>&")
        .call("chr17", 7_674_220, "C", "T", (900, 100))
        .call("chr2", 25_234_373, "C", "T", (1880, 120))
        .call("chr2", 25_234_380, "T", "TA", (950, 50))
        .call("chr9", 5_073_770, "G", "T", (995, 5));
    let other = VcfBuilder::grch37("検体B").call("17", 7_577_538, "C", "T", (951, 47));
    lab.write("a.vcf", one.text());
    lab.write("b.vcf", other.text());
    lab.write("samples.csv", SHEET);
    let output = lab.run(&["analyze", "-s", "samples.csv", "-o", "out", "--formats", "fhir"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    lab
}

fn bundle(lab: &Lab, file: &str) -> Value {
    serde_json::from_slice(&std::fs::read(lab.path("out").join(file)).unwrap()).unwrap()
}

const FIRST: &str = "%3Dcmd%7C%27x%27%3Cb%3E%26.fhir.json";

/// Resources of a kind.
fn resources<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let entries = bundle["entry"].as_array().unwrap().iter();
    entries
        .map(|entry| &entry["resource"])
        .filter(|resource| resource["resourceType"] == kind)
        .collect()
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("reference").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_to_a_resource_of_the_bundle() {
    let lab = lab();
    let mut of_all = BTreeSet::new();
    for file in [FIRST, "検体B.fhir.json"] {
        let bundle = bundle(&lab, file);
        let entries = bundle["entry"].as_array().unwrap();
        let addresses: BTreeSet<String> = entries
            .iter()
            .map(|entry| entry["fullUrl"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(addresses.len(), entries.len());
        let mut found = Vec::new();
        references(&bundle, &mut found);
        assert!(found.len() > entries.len());
        assert!(found.iter().all(|address| addresses.contains(address)));
        let told: usize = resources(&bundle, "DiagnosticReport")[0]["result"]
            .as_array()
            .unwrap()
            .len();
        assert_eq!(told, resources(&bundle, "Observation").len());
        // Two samples have no resource in common.
        assert!(addresses.into_iter().all(|address| of_all.insert(address)));
    }
}

#[test]
fn what_was_given_is_told_and_what_is_no_date_is_left_out() {
    let lab = lab();
    let first = bundle(&lab, FIRST);
    let patient = resources(&first, "Patient")[0];
    assert_eq!(patient["identifier"][0]["value"], "P-1");
    assert_eq!(patient["gender"], "female");
    assert_eq!(patient["birthDate"], "1955-03-01");
    let report = resources(&first, "DiagnosticReport")[0];
    assert_eq!(report["status"], "preliminary");
    assert_eq!(report["effectiveDateTime"], "2026-01-31");
    assert_eq!(report["performer"][0]["display"], "Lab <A>");
    let narrative = report["text"]["div"].as_str().unwrap();
    assert!(
        narrative.contains("DNMT3A") && narrative.contains("does not replace"),
        "{narrative}"
    );
    assert_eq!(
        report["_conclusion"]["extension"][0]["extension"][0]["valueCode"],
        "ja"
    );
    let specimen = resources(&first, "Specimen")[0];
    assert_eq!(specimen["collection"]["collectedDateTime"], "2026-01-31");
    assert_eq!(specimen["receivedTime"], "2026-02-01");

    let second = bundle(&lab, "検体B.fhir.json");
    let patient = resources(&second, "Patient")[0];
    assert_eq!(patient.get("birthDate"), None);
    assert!(!patient.to_string().contains("\\u001b"), "{patient}");
    let specimen = resources(&second, "Specimen")[0];
    assert_eq!(
        (specimen.get("collection"), specimen.get("receivedTime")),
        (None, None)
    );
}

#[test]
fn a_variant_has_its_place_counts_and_names() {
    let lab = lab();
    let bundle = bundle(&lab, FIRST);
    let observations = resources(&bundle, "Observation");
    // The clone below the threshold is none of them.
    let variants: Vec<&&Value> = observations
        .iter()
        .filter(|o| o["code"]["coding"][0]["code"] == "69548-6")
        .collect();
    assert_eq!(variants.len(), 3);
    let r882 = variants
        .iter()
        .find(|o| o["code"]["text"] == "DNMT3A p.R882H")
        .unwrap();
    let value = |code: &str| {
        let components = r882["component"].as_array().unwrap();
        let component = components.iter().find(|c| c["code"]["coding"][0]["code"] == code);
        component.unwrap_or_else(|| panic!("{code}"))
    };
    assert_eq!(value("48018-6")["valueCodeableConcept"]["text"], "DNMT3A");
    assert_eq!(
        value("48004-6")["valueCodeableConcept"]["coding"][0]["code"],
        "NM_022552.5:c.2645G>A"
    );
    assert_eq!(value("48005-3")["valueCodeableConcept"]["text"], "p.(Arg882His)");
    assert_eq!(
        value("62374-4")["valueCodeableConcept"]["coding"][0]["code"],
        "LA26806-2"
    );
    assert_eq!(value("81254-5")["valueRange"]["low"]["value"], 25_234_373);
    assert_eq!(value("69547-8")["valueString"], "C");
    assert_eq!(value("69551-0")["valueString"], "T");
    assert_eq!(value("81258-6")["valueQuantity"]["value"], 0.06);
    assert_eq!(value("82121-5")["valueQuantity"]["value"], 120);
    assert_eq!(
        value("48019-4")["valueCodeableConcept"]["coding"][0]["code"],
        "SO:0001483"
    );
}

/// Genes that were not looked at are named, so that the absence of a variant is no negative.
#[test]
fn what_was_not_assessed_is_said() {
    let lab = lab();
    let genes = |file: &str| {
        let bundle = bundle(&lab, file);
        let observations = resources(&bundle, "Observation");
        let genes = observations
            .iter()
            .find(|o| o["code"]["text"] == "Genes of the panel")
            .unwrap();
        genes["component"].to_string()
    };
    assert!(genes("検体B.fhir.json").contains("Not assessed"));
    assert!(!genes(FIRST).contains("Not assessed"), "{}", genes(FIRST));
}

/// R4B differs from R4 in none of the resources used here.
#[test]
fn another_library_reads_the_bundles() {
    let python = std::env::var("HEMOCLONE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/read_formats.py");
    let run = |arguments: &[&str]| Command::new(&python).arg(&script).args(arguments).output();
    if !run(&["has", "fhir.resources"]).is_ok_and(|output| output.status.success()) {
        outside::skip(format_args!(
            "{python} has no module fhir.resources (pip install fhir.resources)"
        ));
        return;
    }
    let lab = lab();
    let files = [FIRST, "検体B.fhir.json"].map(|file| lab.path("out").join(file));
    let mut arguments = vec!["fhir"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    let output = run(&arguments).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("2 bundles"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
