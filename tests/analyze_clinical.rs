//! `analyze` with clinical values: from the sheet, from a clinical JSON, and what is said where they are wrong.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

fn demo(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testdata/demo/inputs")
        .join(file)
}

struct Run {
    folder: TempDir,
    code: i32,
    error: String,
}

impl Run {
    fn json(&self, sample: &str) -> Value {
        let path = self.folder.path().join(format!("out/{sample}.json"));
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    }

    /// Names of the files written, in order.
    fn written(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder.path().join("out")) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// Runs `analyze` over a sheet, a clinical file, or both.
fn analyze(sheet: Option<&str>, clinical: Option<&str>, inputs: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("hemoclone").unwrap();
    command.arg("analyze").args(inputs.iter().map(|i| demo(i)));
    command.arg("-o").arg(folder.path().join("out"));
    for (name, option, text) in [("sheet.csv", "-s", sheet), ("c.json", "--clinical", clinical)] {
        if let Some(text) = text {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            command.arg(option).arg(path);
        }
    }
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
        folder,
    }
}

const MDS_ROW: &str = "demo09a-mds,M,74,9.1,88,1.2,2.9,0.2,7,1,2,\"47,XY,+8[14]/46,XY[6]\",all,0,0";
const MDS_HEAD: &str = "sample,sex,age,hb,plt,anc,wbc,amc,bm_blast,pb_blast,dysplasia_lineages,karyotype,covered_genes,MLL_PTD,TP53loh";

/// The same patient through `score ipss-m` and `score ipss-r`, with the columns written by hand.
#[test]
fn the_scores_are_those_of_the_score_command() {
    let run = analyze(
        Some(&format!("{MDS_HEAD}\n{MDS_ROW}\n")),
        None,
        &["demo09.bcftools.vcf"],
    );
    assert_eq!(run.code, 0, "{}", run.error);
    let result = run.json("demo09a-mds");
    let genes = "MLL_PTD FLT3 ASXL1 BCOR BCORL1 CBL CEBPA DNMT3A ETV6 EZH2 IDH1 IDH2 KRAS NF1 NPM1 NRAS RUNX1 SETBP1 SF3B1 SRSF2 \
                 STAG2 U2AF1 ETNK1 GATA2 GNB1 PHF6 PPM1D PRPF8 PTPN11 WT1";
    let genes: Vec<_> = genes.split_whitespace().collect();
    let states: Vec<_> = genes
        .iter()
        .map(|g| if ["SRSF2", "IDH2"].contains(g) { "1" } else { "0" })
        .collect();
    let table = format!(
        "ID,HB,PLT,ANC,BM_BLAST,AGE,CYTO_IPSSR,del5q,del7_7q,del17_17p,complex,TP53mut,TP53maxvaf,TP53loh,{}\n\
         a,9.1,88,1.2,7,74,Intermediate,0,0,0,0,0,NA,0,{}\n",
        genes.join(","),
        states.join(",")
    );
    let path = run.folder.path().join("t.csv");
    fs::write(&path, table).unwrap();
    let score = |model: &str| {
        let output = Command::cargo_bin("hemoclone")
            .unwrap()
            .args(["score", model])
            .arg(&path)
            .args(["-o", "-"])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let row = reader.records().next().unwrap().unwrap();
        move |name: &str| row[names.iter().position(|n| n == name).unwrap()].to_owned()
    };
    let (m, r) = (score("ipss-m"), score("ipss-r"));
    let report = &result["myeloid"]["ipss_m"]["result"]["report"];
    assert_eq!(report["score"].as_f64().unwrap().to_string(), m("IPSSMscore"));
    assert_eq!(report["category"], m("IPSSMcat"));
    let section = &result["myeloid"]["ipss_r"]["result"];
    assert_eq!(
        section["score"]["score"].as_f64().unwrap().to_string(),
        r("IPSSRscore")
    );
    assert_eq!(
        section["age_adjusted"]["score"].as_f64().unwrap().to_string(),
        r("IPSSRAscore")
    );
    assert_eq!(result["myeloid"]["stage"]["who5"]["name"], "MDS-IB1");
    assert_eq!(result["myeloid"]["stage"]["icc"]["name"], "MDS-EB");
}

#[test]
fn units_stand_in_the_names_of_columns() {
    let other = MDS_HEAD
        .replace("hb", "hb_g_l")
        .replace("plt", "plt_per_ul")
        .replace("anc", "anc_per_ul");
    let row = MDS_ROW.replace("9.1,88,1.2", "91,88000,1200");
    let first = analyze(
        Some(&format!("{MDS_HEAD}\n{MDS_ROW}\n")),
        None,
        &["demo09.bcftools.vcf"],
    );
    let second = analyze(Some(&format!("{other}\n{row}\n")), None, &["demo09.bcftools.vcf"]);
    assert_eq!(first.json("demo09a-mds"), second.json("demo09a-mds"));
}

#[test]
fn a_wrong_value_of_the_sheet_names_its_cell_and_nothing_is_written() {
    for (head, row, said) in [
        (
            "hb",
            "96",
            "line 2, column hb: \"96\" is not plausible for hemoglobin: 1.5 to 25 g/dL",
        ),
        (
            "bm_blast",
            "120",
            "line 2, column bm_blast: \"120\" is not plausible for marrow blasts: 0 to 100 %",
        ),
        ("dysplasia_lineages", "4", "column dysplasia_lineages: \"4\""),
        (
            "karyotype",
            "complex",
            "column karyotype: \"complex\" is not a karyotype in ISCN notation (karyotype, character 1",
        ),
        ("FLT3", "maybe", "column FLT3: \"maybe\" is not 0 (no), 1 (yes)"),
        ("TP53maxvaf", "30", "column TP53maxvaf: \"30\""),
        ("m_protein", "1.2", "column m_protein: \"1.2\" has no unit"),
        (
            "hb_mmol_l",
            "6",
            "the unit in column name \"hb_mmol_l\" is not known",
        ),
        ("covered_genes", "TP53 (exons 4-8)", "column covered_genes"),
    ] {
        let run = analyze(
            Some(&format!("sample,{head}\ndemo02-chip,{row}\n")),
            None,
            &["demo02.mutect2.vcf"],
        );
        assert_eq!(run.code, 3, "{head}: {}", run.error);
        assert!(run.error.contains(said), "{said}\n{}", run.error);
        assert_eq!(run.written(), [""; 0], "{head}");
    }
}

/// The sheet of a run of two samples, the first with a value that cannot be right.
const ONE_BAD: [(&str, &str, &str, &str); 6] = [
    (
        "hb",
        "96",
        "13",
        "line 2, column hb: \"96\" is not plausible for hemoglobin: 1.5 to 25 g/dL",
    ),
    (
        "sex",
        "2",
        "F",
        "line 2, column sex: \"2\" is not female, male, F or M, or NA",
    ),
    (
        "age",
        "740",
        "74",
        "line 2, column age: \"740\" is not plausible for age: 0 to 122 years",
    ),
    (
        "karyotype",
        "complex",
        "\"46,XY[20]\"",
        "line 2, column karyotype: \"complex\" is not a karyotype in ISCN notation",
    ),
    (
        "plasma_cells_percent",
        "160",
        "6",
        "line 2, column plasma_cells_percent: \"160\" is not plausible for clonal plasma cells: 0 to 100 %",
    ),
    (
        "calcium",
        "9.1",
        "",
        "line 2, column calcium: \"9.1\" has no unit",
    ),
];

#[test]
fn one_bad_clinical_value_fails_its_sample_and_not_the_others() {
    for (column, bad, good, said) in ONE_BAD {
        let sheet = format!("sample,{column},plt\ndemo09a-mds,{bad},88\ndemo09b-mds,{good},90\n");
        let run = analyze(Some(&sheet), None, &["demo09.bcftools.vcf", "demo02.mutect2.vcf"]);
        assert_eq!(run.code, 3, "{column}: {}", run.error);
        assert!(
            run.error.contains("sample \"demo09a-mds\": sample sheet "),
            "{}",
            run.error
        );
        assert_eq!(run.error.matches(said).count(), 1, "{said}\n{}", run.error);
        assert!(
            run.error.contains("2 samples reported, 1 input or sample failed"),
            "{}",
            run.error
        );
        assert!(
            !run.written().iter().any(|f| f.starts_with("demo09a-mds")),
            "{column}"
        );
        let reported = run.json("demo09b-mds");
        assert_eq!(reported["myeloid"]["given"]["platelets"], 90.0, "{column}");
        let alone = analyze(
            Some(&format!("sample,{column},plt\ndemo09b-mds,{good},90\n")),
            None,
            &["demo09.bcftools.vcf"],
        );
        assert_eq!(reported, alone.json("demo09b-mds"), "{column}");
        let summary = fs::read_to_string(run.folder.path().join("out/summary.tsv")).unwrap();
        assert!(
            summary.contains("demo02-chip") && !summary.contains("demo09a-mds"),
            "{summary}"
        );
    }
}

/// Of the same sample too: the visits, and what sheet and clinical file say against each other.
#[test]
fn one_bad_object_of_the_clinical_file_fails_its_sample_and_not_the_others() {
    for (bad, said) in [
        (
            r#"{"sample": "demo09a-mds", "hb": 96}"#,
            "line 1, column hb: \"96\"",
        ),
        (
            r#"{"sample": "demo09a-mds", "hemoglobine": 9}"#,
            "line 1: key \"hemoglobine\" is not known",
        ),
        (
            r#"{"sample": "demo09a-mds", "sex": "2"}"#,
            "line 1, column sex: \"2\" is not female, male, F or M, or NA",
        ),
        (
            r#"{"sample": "demo09a-mds", "age": 740}"#,
            "line 1, column age: \"740\" is not plausible for age: 0 to 122 years",
        ),
        (
            r#"{"sample": "demo09a-mds", "visits": 3}"#,
            "line 1: visits is not a list of objects",
        ),
        (
            r#"{"sample": "demo09a-mds", "visits": [{"m_protein_g_dl": 1}, {"m_protein_g_dl": 2}]}"#,
            "needs a date of its own",
        ),
        (
            r#"{"sample": "demo09a-mds", "plt": 87}"#,
            "platelets is 88.0 in the sample sheet and 87.0 in the clinical file",
        ),
        (
            r#"{"sample": "demo09a-mds", "sex": "F"}"#,
            "sex is Male in the sample sheet and Female in the clinical file",
        ),
        (
            r#"{"sample": "demo09a-mds", "age": 73}"#,
            "age is 74 in the sample sheet and 73 in the clinical file",
        ),
    ] {
        let run = analyze(
            Some("sample,sex,age,plt\ndemo09a-mds,M,74,88\n"),
            Some(&format!("{bad}\n{{\"sample\": \"demo09b-mds\", \"hb\": 9.5}}\n")),
            &["demo09.bcftools.vcf"],
        );
        assert_eq!(run.code, 3, "{bad}: {}", run.error);
        assert!(run.error.contains(said), "{said}\n{}", run.error);
        assert!(run.error.contains("sample \"demo09a-mds\": "), "{}", run.error);
        assert!(
            !run.written().iter().any(|f| f.starts_with("demo09a-mds")),
            "{bad}"
        );
        assert_eq!(run.json("demo09b-mds")["myeloid"]["given"]["hemoglobin"], 9.5);
    }
}

#[test]
fn a_broken_clinical_file_that_the_sheet_names_fails_the_samples_that_name_it() {
    for (text, said) in [
        (Some("{\"hb\": 96}"), "column hb: \"96\""),
        (Some("{\"hb\": "), "EOF while parsing"),
        (
            Some("{\"sample\": \"other\", \"hb\": 9}"),
            "no object of sample \"demo09a-mds\"",
        ),
        (None, "cannot read the clinical file"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        if let Some(text) = text {
            fs::write(folder.path().join("a.json"), text).unwrap();
        }
        fs::write(folder.path().join("b.json"), "{\"hb\": 9.5}").unwrap();
        let sheet = folder.path().join("s.csv");
        fs::write(
            &sheet,
            "sample,clinical\ndemo09a-mds,a.json\ndemo09b-mds,b.json\n",
        )
        .unwrap();
        let out = folder.path().join("out");
        let output = Command::cargo_bin("hemoclone")
            .unwrap()
            .arg("analyze")
            .arg(demo("demo09.bcftools.vcf"))
            .arg("-s")
            .arg(&sheet)
            .arg("-o")
            .arg(&out)
            .output()
            .unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{error}");
        assert!(
            error.contains(said) && error.contains("a.json"),
            "{said}\n{error}"
        );
        assert!(!out.join("demo09a-mds.json").exists());
        assert!(out.join("demo09b-mds.json").exists(), "{error}");
    }
}

/// Yesterday's report of a sample whose values are wrong today must not stay beside today's of the others.
#[test]
fn a_sample_that_fails_by_its_values_keeps_no_older_report() {
    let folder = tempfile::tempdir().unwrap();
    let (sheet, out) = (folder.path().join("s.csv"), folder.path().join("out"));
    for (hb, code) in [("9.6", 0), ("96", 3)] {
        fs::write(&sheet, format!("sample,hb\ndemo09a-mds,{hb}\n")).unwrap();
        let output = Command::cargo_bin("hemoclone")
            .unwrap()
            .args(["analyze", "--force"])
            .arg(demo("demo09.bcftools.vcf"))
            .arg("-s")
            .arg(&sheet)
            .arg("-o")
            .arg(&out)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert_eq!(out.join("demo09a-mds.json").exists(), code == 0);
        assert!(out.join("demo09b-mds.json").exists());
    }
}

/// What is said of a sample that is not part of the run takes nothing down, and is not passed over.
#[test]
fn a_bad_value_of_a_sample_outside_the_run_is_a_warning() {
    let run = analyze(
        Some("sample,hb\nsomeone else,96\n"),
        Some("{\"sample\": \"demo02-chip\", \"hb\": 13}\n{\"sample\": \"another\", \"plt\": -1}\n"),
        &["demo02.mutect2.vcf"],
    );
    assert_eq!(run.code, 0, "{}", run.error);
    for said in ["line 2, column hb: \"96\"", "line 2, column plt: \"-1\""] {
        assert!(run.error.contains(said), "{said}\n{}", run.error);
    }
    assert_eq!(run.json("demo02-chip")["myeloid"]["given"]["hemoglobin"], 13.0);
}

#[test]
fn a_sheet_that_is_malformed_stops_the_run() {
    for (sheet, said) in [
        ("name,hb\ndemo09a-mds,9\n", "no column \"sample\""),
        (
            "sample,hb\ndemo09a-mds,9\ndemo09a-mds,9\n",
            "stands in lines 2 and 3",
        ),
        ("sample,hb\n,9\ndemo09b-mds,9\n", "line 2, column sample"),
        ("sample,hb,hb_g_l\ndemo09a-mds,9,90\n", "hb"),
        ("sample,hb_mmol_l\ndemo09a-mds,6\n", "hb_mmol_l"),
    ] {
        let run = analyze(Some(sheet), None, &["demo09.bcftools.vcf"]);
        assert_eq!(run.code, 3, "{sheet}: {}", run.error);
        assert!(run.error.contains(said), "{said}\n{}", run.error);
        assert_eq!(run.written(), [""; 0], "{sheet}");
    }
}

#[test]
fn every_form_of_the_clinical_file_says_the_same() {
    let values = json!({"hb": 9.1, "plt": 88, "anc": 1.2, "bm_blast": 7, "dysplasia_lineages": 2, "auer_rods": false,
        "fusions": [], "covered_genes": ["TP53", "NPM1"], "karyotype": "47,XY,+8[14]/46,XY[6]", "sex": "M", "age": 74});
    let mut named = values.clone();
    named["sample"] = json!("demo09a-mds");
    let forms = [
        named.to_string(),
        json!([named]).to_string(),
        json!({"demo09a-mds": values}).to_string(),
        format!("{named}\n{}", json!({"sample": "someone else", "hb": 12})),
    ];
    let results: Vec<Value> = forms
        .iter()
        .map(|form| {
            let run = analyze(None, Some(form), &["demo09.bcftools.vcf"]);
            assert_eq!(run.code, 0, "{form}\n{}", run.error);
            assert!(run.json("demo09b-mds")["myeloid"].is_null());
            run.json("demo09a-mds")
        })
        .collect();
    assert_eq!(results[0]["myeloid"]["given"]["marrow_blasts"], 7.0);
    assert_eq!(results[0]["myeloid"]["given"]["auer_rods"], false);
    assert_eq!(results[0]["myeloid"]["given"]["fusions"], json!([]));
    assert_eq!(
        (&results[0]["sex"], &results[0]["age"]),
        (&json!("male"), &json!(74.0))
    );
    for result in &results[1..] {
        assert_eq!(*result, results[0]);
    }
    // The one sample of a run needs no name.
    let run = analyze(None, Some(&values.to_string()), &["demo02.mutect2.vcf"]);
    assert_eq!(run.code, 0, "{}", run.error);
    assert_eq!(run.json("demo02-chip")["myeloid"]["given"]["hemoglobin"], 9.1);
}

#[test]
fn a_clinical_file_that_cannot_be_right_is_an_error_and_nothing_is_written() {
    for (file, code, said) in [
        (
            r#"{"sample": "demo02-chip", "hemoglobine": 9}"#,
            3,
            "key \"hemoglobine\" is not known",
        ),
        (r#"{"sample": "demo02-chip", "hb": 96}"#, 3, "column hb: \"96\""),
        (r#"{"sample": "demo02-chip", "hb": 9, "hb": 10}"#, 3, "\"hb\""),
        (r#"{"demo02-chip": {"hb": 9, "hb": 10}}"#, 3, "\"hb\""),
        (
            r#"[{"sample": "demo02-chip"}, {"sample": "demo02-chip"}]"#,
            3,
            "stands twice",
        ),
        (
            r#"{"sample": "other", "hb": 9}"#,
            2,
            "none of its samples is one of this run",
        ),
        (
            r#"[{"hb": 9}, {"sample": "demo02-chip", "hb": 9}]"#,
            2,
            "without the key sample",
        ),
        (
            r#"{"sample": "demo02-chip", "visits": [{"bm_blast": 3}]}"#,
            3,
            "a visit holds plasma-cell values only",
        ),
        (
            r#"{"sample": "demo02-chip", "visits": [{"m_protein_g_dl": 1}, {"m_protein_g_dl": 2}]}"#,
            3,
            "needs a date of its own",
        ),
        ("[1]", 3, "give an object"),
        ("", 3, "no object"),
    ] {
        let run = analyze(None, Some(file), &["demo02.mutect2.vcf"]);
        assert_eq!(run.code, code, "{file}: {}", run.error);
        assert!(run.error.contains(said), "{file}: {}", run.error);
        assert!(!run.folder.path().join("out/demo02-chip.json").exists());
    }
}

#[test]
fn sheet_and_clinical_file_complete_each_other_and_must_not_disagree() {
    let sheet = "sample,hb,FLT3\ndemo02-chip,13.1,0\n";
    let run = analyze(
        Some(sheet),
        Some(r#"{"sample": "demo02-chip", "plt": 228, "NPM1": 0, "hb": 13.1}"#),
        &["demo02.mutect2.vcf"],
    );
    assert_eq!(run.code, 0, "{}", run.error);
    let given = &run.json("demo02-chip")["myeloid"]["given"];
    assert_eq!(
        (&given["hemoglobin"], &given["platelets"]),
        (&json!(13.1), &json!(228.0))
    );
    assert_eq!(given["genes"], json!({"FLT3": false, "NPM1": false}));
    for (file, said) in [
        (
            r#"{"sample": "demo02-chip", "hb": 12}"#,
            "hemoglobin is 13.1 in the sample sheet and 12.0 in the clinical file",
        ),
        (
            r#"{"sample": "demo02-chip", "FLT3": 1}"#,
            "FLT3 is false in the sample sheet and true",
        ),
    ] {
        let run = analyze(Some(sheet), Some(file), &["demo02.mutect2.vcf"]);
        assert_eq!(run.code, 3, "{}", run.error);
        assert!(run.error.contains(said), "{}", run.error);
    }
}

#[test]
fn the_sheet_may_name_a_clinical_file_of_a_sample() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("p.json"),
        r#"{"hb": 9.5, "plt": 100, "anc": 2}"#,
    )
    .unwrap();
    let sheet = folder.path().join("s.csv");
    fs::write(&sheet, "sample,clinical\ndemo02-chip,p.json\n").unwrap();
    let out = folder.path().join("out");
    Command::cargo_bin("hemoclone")
        .unwrap()
        .arg("analyze")
        .arg(demo("demo02.mutect2.vcf"))
        .arg("-s")
        .arg(&sheet)
        .arg("-o")
        .arg(&out)
        .assert()
        .success();
    let result: Value =
        serde_json::from_str(&fs::read_to_string(out.join("demo02-chip.json")).unwrap()).unwrap();
    assert_eq!(result["myeloid"]["given"]["hemoglobin"], 9.5);
}

/// Coverage of a gVCF over RUNX1 and IDH1.
#[test]
fn reference_blocks_make_a_gene_not_mutated() {
    let clinical = r#"{"hb": 9, "plt": 90, "anc": 1, "bm_blast": 7, "dysplasia_lineages": 1}"#;
    let run = analyze(None, Some(clinical), &["demo07.dragen.gvcf.vcf"]);
    assert_eq!(run.code, 0, "{}", run.error);
    let result = run.json("demo07-x-linked");
    let columns = result["myeloid"]["ipss_m"]["columns"].as_array().unwrap().clone();
    let of = |name: &str| columns.iter().find(|c| c["column"] == name).unwrap().clone();
    assert_eq!(
        of("RUNX1"),
        json!({"column": "RUNX1", "value": "0", "basis": "covered", "calls": []})
    );
    assert_eq!(
        of("IDH1"),
        json!({"column": "IDH1", "value": "0", "basis": "covered", "calls": []})
    );
    assert_eq!(
        of("ASXL1"),
        json!({"column": "ASXL1", "value": null, "basis": "not_covered", "calls": []})
    );
}

#[test]
fn plasma_cell_values_of_sheet_and_visits_make_a_section() {
    let sheet =
        "sample,sex,hb,m_protein_g_dl,heavy_chain,plasma_cells_percent\ndemo02-chip,F,13.1,1.8,IgA,6\n";
    let run = analyze(Some(sheet), None, &["demo02.mutect2.vcf"]);
    assert_eq!(run.code, 0, "{}", run.error);
    let result = run.json("demo02-chip");
    let section = &result["plasma_cell"];
    assert_eq!(
        (&section["stage"], &section["sample"]),
        (&json!("non_igm_mgus"), &json!("demo02-chip"))
    );
    assert_eq!(section["values"]["hb"], 13.1);
    // Hemoglobin alone is no plasma-cell value.
    let run = analyze(
        Some("sample,hb\ndemo02-chip,13.1\n"),
        None,
        &["demo02.mutect2.vcf"],
    );
    assert!(run.json("demo02-chip")["plasma_cell"].is_null());
    let visits = r#"{"hb": 12.9, "visits": [
        {"date": "2025-01-10", "m_protein_g_dl": 3.1, "heavy_chain": "IgG", "plasma_cells_percent": 15, "hb_g_dl": 12.8},
        {"date": "2025-06-20", "m_protein_g_dl": 3.7, "hb_g_dl": 12.1}]}"#;
    let run = analyze(None, Some(visits), &["demo02.mutect2.vcf"]);
    assert_eq!(run.code, 0, "{}", run.error);
    let result = run.json("demo02-chip");
    assert_eq!(result["plasma_cell"]["stage"], "smm");
    assert_eq!(result["plasma_cell"]["serial"]["m_protein"], "yes");
    assert_eq!(result["myeloid"]["given"]["hemoglobin"], 12.9);
}

#[test]
fn the_page_has_both_roads_in_both_languages() {
    let sheet = format!("{MDS_HEAD},m_protein_g_l\n{MDS_ROW},35\n");
    let run = analyze(Some(&sheet), None, &["demo09.bcftools.vcf"]);
    let page = fs::read_to_string(run.folder.path().join("out/demo09a-mds.html")).unwrap();
    for said in [
        "Stage and prognosis: the myeloid road",
        "病期と予後：骨髄系",
        "骨髄異形成症候群／腫瘍（MDS）",
        "MDS-IB1（芽球増加MDS 1型）",
        "Bernard E et al. Molecular International Prognostic Scoring System",
        "中間（Intermediate）",
        "47,XY,+8[14]/46,XY[6]",
        "+8",
        "診断を補助する資料であり",
        "does not replace a diagnosis",
        "Stage and risk: the plasma-cell road",
        "病期とリスク：形質細胞系",
        "<svg class=\"vaf\"",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("{n}") && !page.contains("{list}") && !page.contains("{p}"));
    let other = fs::read_to_string(run.folder.path().join("out/demo09b-mds.html")).unwrap();
    assert!(other.contains("stage not assessed (no blood counts given)"));
    assert!(!other.contains("the plasma-cell road"));
}

#[test]
fn hostile_clinical_text_stays_text() {
    let sheet = "sample,hb,karyotype,fusions\ndemo02-chip,9,46,<img src=x onerror=alert(1)>\n";
    let run = analyze(Some(sheet), None, &["demo02.mutect2.vcf"]);
    assert_ne!(run.code, 0);
    let run = analyze(
        None,
        Some(r#"{"hb": 9, "fusions": ["<script>alert(1)</script>"]}"#),
        &["demo02.mutect2.vcf"],
    );
    assert_eq!(run.code, 0, "{}", run.error);
    let page = fs::read_to_string(run.folder.path().join("out/demo02-chip.html")).unwrap();
    assert!(!page.contains("<script") && page.contains("&#60;script&#62;"));
}

/// 2.6 mmol/L at an albumin of 3.0 g/dL are 2.8 mmol/L corrected (Payne 1973), above the 2.75 of Rajkumar 2014.
#[test]
fn calcium_is_corrected_for_albumin_where_the_run_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let sheet = write(
        "s.csv",
        "sample,m_protein_g_dl,heavy_chain,plasma_cells,calcium_mmol_l,albumin_g_dl\ndemo02-chip,3.2,IgG,15,2.6,3.0\n",
    );
    let (yes, no) = (
        write("yes.toml", "correct-calcium = true\n"),
        write("no.toml", "correct-calcium = false\n"),
    );
    let (yes, no) = (yes.to_str().unwrap(), no.to_str().unwrap());
    for (number, (options, corrected)) in [
        (vec![], false),
        (vec!["--correct-calcium"], true),
        (vec!["--config", yes], true),
        (vec!["--config", no], false),
        (vec!["--config", no, "--correct-calcium"], true),
    ]
    .into_iter()
    .enumerate()
    {
        let out = folder.path().join(number.to_string());
        Command::cargo_bin("hemoclone")
            .unwrap()
            .arg("analyze")
            .arg(demo("demo02.mutect2.vcf"))
            .arg("-s")
            .arg(&sheet)
            .arg("-o")
            .arg(&out)
            .args(&options)
            .assert()
            .success();
        let result: Value =
            serde_json::from_str(&fs::read_to_string(out.join("demo02-chip.json")).unwrap()).unwrap();
        let section = &result["plasma_cell"];
        assert_eq!(section["settings"]["correct_calcium"], corrected, "{options:?}");
        let (judged, stage) = if corrected { (2.8, "mm") } else { (2.6, "smm") };
        assert_eq!(
            (&section["calcium_judged"], &section["stage"]),
            (&json!(judged), &json!(stage)),
            "{options:?}"
        );
        let recorded = &result["settings"]["overrides"]["correct-calcium"];
        assert_eq!(
            *recorded,
            if corrected { json!("true") } else { Value::Null },
            "{options:?}"
        );
        let cites_payne = section["sources"].to_string().contains("payne_1973");
        assert_eq!(cites_payne, corrected, "{options:?}");
    }
}

/// The table of genes read the names as written, the scores those of today: one report said that TP53 was covered and that it was not.
#[test]
fn covered_genes_have_one_name_in_every_part_of_a_report() {
    let sheet = "sample,hb,covered_genes\ndemo09a-mds,9.1,tp53;SFRS2;N-RAS;sf3b1\ndemo09b-mds,9.1,\n";
    let run = analyze(Some(sheet), None, &["demo09.bcftools.vcf"]);
    assert_eq!(run.code, 0, "{}", run.error);
    let stated = |sample: &str| -> Vec<String> {
        let result = run.json(sample);
        let genes = result["genes"].as_array().unwrap().iter();
        let stated = genes.filter(|g| g["coverage_stated"] == true);
        stated.map(|g| g["gene"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(stated("demo09a-mds"), ["NRAS", "SF3B1", "SRSF2", "TP53"]);
    assert_eq!(stated("demo09b-mds"), [""; 0]);
    let given = &run.json("demo09a-mds")["myeloid"]["given"]["covered_genes"];
    assert_eq!(*given, json!(["TP53", "SRSF2", "NRAS", "SF3B1"]));
}
