//! Filters, platforms and a laboratory's own artifacts, through the command.

#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

#[path = "support/lab.rs"]
mod lab;
#[path = "support/vcf.rs"]
mod vcf;

use std::path::Path;

use hemoclone::panel::Filters;
use lab::{Lab, call_at, detail, reasons};
use vcf::VcfBuilder;

#[test]
fn filters_are_set_by_panel_profile_and_command_line_in_that_order() {
    let lab = Lab::new();
    lab.write(
        "a.vcf",
        VcfBuilder::grch38("A")
            .call("chr2", 25_234_373, "C", "T", (1500, 500))
            .text(),
    );
    lab.write(
        "panel.toml",
        "name = \"ours\"\nversion = \"1\"\ngenes = [\"DNMT3A\"]\n[filters]\nhigh_vaf = 0.3\ndust = 90\ncluster = \"off\"\n",
    );
    lab.write("lab.toml", "panel = \"panel.toml\"\n[filters]\nhigh_vaf = 0.2\n");
    let setting = |arguments: &[&str]| {
        let all: Vec<&str> = ["a.vcf"].iter().chain(arguments).copied().collect();
        let result = lab.result("A", &all);
        let call = call_at(&result, 25_234_373);
        let filters = &result["settings"]["filters"];
        (
            filters["high_vaf"].clone(),
            filters["dust"].clone(),
            filters["cluster"].clone(),
            detail(call, "high_vaf"),
        )
    };
    let panel = setting(&["-p", "panel.toml"]);
    assert_eq!(panel, (0.3.into(), 90.0.into(), serde_json::Value::Null, None));
    let profile = setting(&["--config", "lab.toml"]);
    assert_eq!(
        (&profile.0, profile.3.as_deref()),
        (&0.2.into(), Some("VAF 0.2500 >= 0.2"))
    );
    let command = setting(&[
        "--config",
        "lab.toml",
        "--filter",
        "high-vaf=off",
        "--filter",
        "dust=off",
    ]);
    assert_eq!(
        (&command.0, &command.1, command.3),
        (&serde_json::Value::Null, &serde_json::Value::Null, None)
    );
    let result = lab.result("A", &["a.vcf", "--filter", "dust=50"]);
    assert_eq!(result["settings"]["overrides"]["filter dust"], "50");
}

#[test]
fn a_filter_that_is_none_is_wrong_use() {
    let lab = Lab::new();
    lab.write("a.vcf", VcfBuilder::grch38("A").text());
    for (argument, words) in [
        ("dusty=7", "strand_fisher"),
        ("dust=x", "a number"),
        ("dust", "NAME=VALUE"),
    ] {
        let said = lab.refusal(2, &["a.vcf", "--filter", argument]);
        assert!(said.contains(words), "{said}");
    }
    lab.write(
        "panel.toml",
        "name = \"ours\"\nversion = \"1\"\ngenes = [\"TET2\"]\n\n[filters]\ncluster = 2.5\n",
    );
    let output = lab.run(&["panel", "check", "panel.toml"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3));
    assert!(
        said.contains("panel.toml:6:") && said.contains("filters.cluster"),
        "{said}"
    );
}

#[test]
fn four_calls_within_54_bases_are_marked_and_noise_is_not_counted() {
    let lab = Lab::new();
    let calls = |last: (u32, u32)| {
        VcfBuilder::grch38("A")
            .call("chr4", 105_235_001, "T", "C", (900, 100))
            .call("chr4", 105_235_013, "C", "G", (900, 100))
            .call("chr4", 105_235_025, "A", "C", (900, 100))
            .call("chr4", 105_235_054, "T", "C", last)
            .text()
    };
    let marked = |text: String| {
        lab.write("a.vcf", text);
        let result = lab.result("A", &["a.vcf"]);
        let calls = result["calls"].as_array().unwrap();
        calls
            .iter()
            .filter(|c| detail(c, "clustered").as_deref() == Some("4 within 54 bases"))
            .count()
    };
    assert_eq!(marked(calls((900, 100))), 4);
    assert_eq!(marked(calls((999, 1))), 0, "below the threshold");
}

#[test]
fn two_alleles_of_one_place_go_to_review() {
    let lab = Lab::new();
    let record = "chr2\t25234373\t.\tC\tT,A\t.\tPASS\t.\tGT:AD\t0/1/2:1000,100,50\n";
    lab.write("a.vcf", VcfBuilder::grch38("A").text() + record);
    let of = |arguments: &[&str]| {
        let all: Vec<&str> = ["a.vcf"].iter().chain(arguments).copied().collect();
        let result = lab.result("A", &all);
        let calls = result["calls"].as_array().unwrap();
        calls
            .iter()
            .map(|c| {
                (
                    c["status"].as_str().unwrap().to_owned(),
                    detail(c, "multiallelic"),
                )
            })
            .collect::<Vec<_>>()
    };
    let review = ("driver_review".to_owned(), Some("2".to_owned()));
    assert_eq!(of(&[]), [review.clone(), review]);
    // A call that no rule matches is no error for it.
    let other = "chr4\t105235013\t.\tC\tG,T\t.\tPASS\t.\tGT:AD\t0/1/2:1000,100,50\n";
    lab.write("a.vcf", VcfBuilder::grch38("A").text() + other);
    let uncertain = ("uncertain".to_owned(), Some("2".to_owned()));
    assert_eq!(of(&[]), [uncertain.clone(), uncertain]);
    lab.write("a.vcf", VcfBuilder::grch38("A").text() + record);
    assert!(
        of(&["--filter", "multiallelic=off"])
            .iter()
            .all(|(status, _)| status == "driver")
    );
    // A second allele that is noise leaves the first alone.
    let record = "chr2\t25234373\t.\tC\tT,A\t.\tPASS\t.\tGT:AD\t0/1/2:1000,100,2\n";
    lab.write("a.vcf", VcfBuilder::grch38("A").text() + record);
    assert_eq!(of(&[])[0], ("driver".to_owned(), None));
}

#[test]
fn four_drivers_are_told_to_be_many() {
    let lab = Lab::new();
    let calls = VcfBuilder::grch38("A")
        .call("chr2", 25_234_373, "C", "T", (1880, 120))
        .call("chr9", 5_073_770, "G", "T", (960, 40))
        .call("chr17", 7_674_220, "C", "T", (900, 100));
    lab.write("a.vcf", calls.text());
    let of = |result: &serde_json::Value| {
        let call = call_at(result, 5_073_770);
        (
            call["status"].as_str().unwrap().to_owned(),
            detail(call, "many_drivers"),
        )
    };
    assert_eq!(of(&lab.result("A", &["a.vcf"])), ("driver".to_owned(), None));
    let fewer = lab.result("A", &["a.vcf", "--filter", "many_drivers=3"]);
    assert_eq!(of(&fewer), ("driver".to_owned(), Some("3 >= 3".to_owned())));
}

/// TET2 I1873T, which Vlasschaert 2023 spares from the binomial test, and a neighbor that it does not.
#[test]
fn exempt_changes_pass_the_germline_test() {
    let lab = Lab::new();
    // c.5618T>C and c.5705A>G; the last exon begins with c.4538 at chr4:105275048.
    let at = |coding: u32| 105_275_048 + coding - 4538;
    let calls = VcfBuilder::grch38("A")
        .call("chr4", at(5618), "T", "C", (520, 480))
        .call("chr4", at(5705), "A", "G", (520, 480));
    lab.write("a.vcf", calls.text());
    let result = lab.result("A", &["a.vcf"]);
    let exempt = call_at(&result, u64::from(at(5618)));
    assert_eq!(exempt["consequence"]["hgvs_p_short"], "p.I1873T");
    assert_eq!(exempt["status"], "driver");
    let other = call_at(&result, u64::from(at(5705)));
    assert_eq!(other["status"], "driver_review", "{:?}", reasons(other));
}

/// U2AF1 R156H (GRCh38 chr21:43094670 C>T), an artifact of UK Biobank exomes.
#[test]
fn a_platforms_artifacts_weigh_on_that_platform_alone() {
    let lab = Lab::new();
    let text = VcfBuilder::grch38("A")
        .meta("##contig=<ID=chr21,length=46709983>")
        .text();
    lab.write(
        "a.vcf",
        text + "chr21\t43094670\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/1:900,100\n",
    );
    let of = |arguments: &[&str]| {
        let all: Vec<&str> = ["a.vcf"].iter().chain(arguments).copied().collect();
        let result = lab.result("A", &all);
        let call = call_at(&result, 43_094_670);
        (call["status"].as_str().unwrap().to_owned(), reasons(call))
    };
    let (status, said) = of(&[]);
    assert_eq!(status, "driver");
    assert!(
        said.contains(&"platform_artifact: U2AF1-platform-ukb".to_owned()),
        "{said:?}"
    );
    let (status, said) = of(&["--platform", "ukb-exome"]);
    assert_eq!(status, "driver_review");
    assert!(
        said.contains(&"rule_excluded: U2AF1-platform-ukb".to_owned()),
        "{said:?}"
    );
    let (status, _) = of(&["--platform", "ukb-exome", "--rules", "vlasschaert"]);
    assert_eq!(status, "artifact_suspected");
    assert_eq!(of(&["--platform", "aou-genome"]).0, "driver");
    let annotated = lab.run(&["annotate", "a.vcf", "--platform", "ukb-exome"]);
    assert!(String::from_utf8_lossy(&annotated.stdout).contains("HC_DRIVER=review"));
    let said = lab.refusal(2, &["a.vcf", "--platform", "ukb"]);
    assert!(said.contains("aou-genome, ukb-exome"), "{said}");
}

/// A laboratory's own artifacts: by protein name, by c. name where there is no protein name, and of a platform of its own.
const OWN: &str = r#"
name = "our-lab"
version = "1"
genes = ["DNMT3A", "JAK2", "TET2"]

[[gene]]
symbol = "DNMT3A"
[[gene.rule]]
id = "our-artifact"
sets = ["local"]
sources = ["ours"]
kind = "coding_changes"
changes = ["c.2645G>A", "c.1936+2T>C"]
exclude = true
excluded_as = "artifact"
below_vaf = 0.10

[[gene]]
symbol = "JAK2"
[[gene.rule]]
id = "our-platform"
sets = ["local"]
sources = ["ours"]
kind = "substitutions"
changes = ["V617F"]
exclude = true
excluded_as = "artifact"
platforms = ["our-amplicons"]

[[gene]]
symbol = "TET2"
[[gene.rule]]
id = "our-driver"
sets = ["local"]
sources = ["ours"]
kind = "coding_changes"
changes = ["c.-80C>T", "c.100_101insA"]

[sources.ours]
citation = "Our laboratory, validation report 12, 2026"
"#;

#[test]
fn a_laboratorys_own_artifacts_hold_whatever_rule_set_decides() {
    let lab = Lab::new();
    lab.write("our.toml", OWN);
    let check = lab.run(&["panel", "check", "our.toml"]);
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stderr)
    );
    let show = lab.run(&["panel", "show", "our.toml", "--rules", "--gene", "DNMT3A"]);
    let shown = String::from_utf8_lossy(&show.stdout).into_owned();
    assert!(shown.contains("not c.2645G>A c.1936+2T>C, VAF < 0.10"), "{shown}");
    let whole = lab.run(&["panel", "show", "our.toml"]);
    let shown = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert!(
        shown.contains("artifacts of their own: aou-genome, our-amplicons, ukb-exome"),
        "{shown}"
    );
    let calls = |alt: u32| {
        VcfBuilder::grch38("A")
            .call("chr2", 25_234_373, "C", "T", (1000 - alt, alt))
            .call("chr9", 5_073_770, "G", "T", (960, 40))
            .text()
    };
    let of = |alt: u32, position: u64, arguments: &[&str]| {
        lab.write("a.vcf", calls(alt));
        let all: Vec<&str> = ["a.vcf", "-p", "our.toml"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        let result = lab.result("A", &all);
        call_at(&result, position)["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(of(60, 25_234_373, &[]), "artifact_suspected");
    assert_eq!(of(60, 25_234_373, &["--rules", "bick"]), "artifact_suspected");
    assert_eq!(
        of(150, 25_234_373, &[]),
        "driver",
        "at 0.10 and above it is believed"
    );
    assert_eq!(of(60, 5_073_770, &[]), "driver");
    assert_eq!(
        of(60, 5_073_770, &["--platform", "our-amplicons"]),
        "artifact_suspected"
    );
}

#[test]
fn a_laboratorys_own_rules_can_decide_alone() {
    let lab = Lab::new();
    let rule = "[[gene.rule]]\nid = \"ours\"\nsets = [\"local\"]\nsources = [\"ours\"]\nkind = \"coding_changes\"\nchanges = [\"c.2645G>T\"]\n";
    let panel = "name = \"ours\"\nversion = \"1\"\ngenes = [\"DNMT3A\", \"JAK2\"]\n[sources.ours]\ncitation = \"Ours\"\n";
    lab.write(
        "our.toml",
        format!("{panel}[[gene]]\nsymbol = \"DNMT3A\"\n{rule}"),
    );
    lab.write("none.toml", panel);
    let calls = VcfBuilder::grch38("A")
        .call("chr2", 25_234_373, "C", "A", (900, 100))
        .call("chr9", 5_073_770, "G", "T", (960, 40));
    lab.write("a.vcf", calls.text());
    let result = lab.result("A", &["a.vcf", "-p", "our.toml", "--rules", "local"]);
    let own = call_at(&result, 25_234_373);
    assert_eq!((&own["status"], &own["rule"]), (&"driver".into(), &"ours".into()));
    assert_eq!(call_at(&result, 5_073_770)["status"], "uncertain");
    assert_eq!(result["rules"], "local");
    let said = lab.refusal(2, &["a.vcf", "-p", "none.toml", "--rules", "local"]);
    assert!(said.contains("no rule of the set local"), "{said}");
}

#[test]
fn mistakes_in_own_artifacts_are_named_with_their_line() {
    let lab = Lab::new();
    for (wrong, right, words) in [
        ("\"c.1936+2T>C\"", "\"c.99999G>A\"", "behind the coding sequence"),
        ("\"c.1936+2T>C\"", "\"1936+2T>C\"", "no HGVS c. change"),
        (
            "exclude = true\nexcluded_as = \"artifact\"\nbelow_vaf = 0.10",
            "excluded_as = \"artifact\"",
            "only an excluding rule",
        ),
        (
            "exclude = true\nexcluded_as = \"artifact\"\nplatforms",
            "platforms",
            "only an excluding rule",
        ),
        (
            "excluded_as = \"artifact\"\nbelow",
            "excluded_as = \"noise\"\nbelow",
            "must be one of",
        ),
    ] {
        assert!(OWN.contains(wrong), "{wrong}");
        lab.write("our.toml", OWN.replacen(wrong, right, 1));
        let output = lab.run(&["panel", "check", "our.toml"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{wrong}: {said}");
        assert!(said.contains(words) && said.contains("our.toml:"), "{said}");
    }
}

#[test]
fn every_filter_is_documented_with_its_default() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/filters.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|l| l.starts_with("| `"))
        .map(|l| l.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    for (name, value) in Filters::default().pairs() {
        let row = rows
            .iter()
            .find(|r| r[0] == format!("`{name}`"))
            .unwrap_or_else(|| panic!("{name} is missing"));
        assert_eq!(row[1], value, "{name}");
        assert!(
            row.len() == 4 && row[2..].iter().all(|cell| cell.len() > 15),
            "{name}: {row:?}"
        );
    }
}

/// DNMT3A is on the minus strand: what stands before c.1 is not in the file. Only an A there would make a new start of the old one.
#[test]
fn a_start_codon_that_is_lost_but_for_unknown_bases_is_reviewed_not_dropped() {
    let lab = Lab::new();
    for (position, reference, alternate) in [
        (25_313_983, "AT", "A"),
        (25_313_982, "CAT", "C"),
        (25_313_981, "GCAT", "G"),
    ] {
        let call = VcfBuilder::grch38("A").call("chr2", position, reference, alternate, (800, 200));
        lab.write("a.vcf", call.text());
        let result = lab.result("A", &["a.vcf"]);
        let call = call_at(&result, u64::from(position));
        assert_eq!(call["status"], "driver_review", "{reference}>{alternate}: {call}");
        assert!(
            reasons(call)
                .iter()
                .any(|r| r == "protein_change_unknown: start codon"),
            "{call}"
        );
    }
}
