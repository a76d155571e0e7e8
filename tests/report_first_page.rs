//! The first page: the answer, by the worst finding; the largest clones first; and nothing not assessed taken for a negative.

#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "test code; each test file uses a part of the support"
)]

#[path = "support/results.rs"]
mod results;

use hemoclone::drivers::{Call, CallStatus, GeneState, ReasonCode};
use hemoclone::genome::Sex;
use hemoclone::myeloid::assessment::{SequencedSample, assess};
use hemoclone::patient::{Clinical, PlasmaInput, ReportIdentity};
use hemoclone::plasma_cell;
use hemoclone::report::write_html;
use hemoclone::sample::{SampleResult, summarize};
use hemoclone::transcript::SoTerm;

fn page_in(result: &SampleResult, languages: &str) -> String {
    let mut out = Vec::new();
    write_html(&mut out, result, &languages.parse().unwrap()).unwrap();
    String::from_utf8(out).unwrap()
}

/// The first page in English, without tags.
fn first(result: &SampleResult) -> String {
    let page = page_in(result, "en");
    let (_, body) = page.split_once("<body>").unwrap();
    let (first, _) = body.split_once("<div class=\"contents\">").unwrap();
    text(first)
}

fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once('>').map_or("", |(_, behind)| behind);
    }
    text.push_str(rest);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Tags within a sentence part no words.
    [(" :", ":"), ("( ", "("), (" )", ")"), (" ,", ",")]
        .iter()
        .fold(words, |text, (apart, joined)| text.replace(apart, joined))
}

fn driver(gene: &'static str, position: u32, alt: u32) -> Call {
    results::call(&results::Spec {
        gene,
        transcript: "NM_1.1",
        site: ("chr4", position, "C", "T"),
        hgvs: ("c.1G>A", "", "p.R1H"),
        term: SoTerm::Missense,
        counts: (alt, 1000),
        status: CallStatus::Driver,
        reasons: &[],
    })
}

/// A sample with these calls and what is known of the patient.
fn sample(calls: Vec<Call>, clinical: &Clinical) -> SampleResult {
    let mut result = results::healthy("S1");
    for gene in &mut result.genes {
        let own = calls
            .iter()
            .filter(|c| c.consequence.gene == gene.gene && c.status == CallStatus::Driver);
        gene.drivers = own.count();
        if gene.drivers > 0 {
            gene.state = GeneState::Mutated;
        }
    }
    result.sex = Some(Sex::Male);
    result.age = Some(70.0);
    result.ch = summarize(&calls, &result.genes);
    result.calls = calls;
    let sequenced = SequencedSample {
        sex: result.sex,
        age: result.age,
        calls: &result.calls,
        genes: &result.genes,
    };
    result.myeloid = assess(&sequenced, clinical);
    result
}

fn anemia() -> Clinical {
    Clinical {
        hemoglobin: Some(9.8),
        platelets: Some(164.0),
        neutrophils: Some(2.2),
        cytopenia_months: Some(7.0),
        causes_excluded: Some(true),
        ..Clinical::default()
    }
}

#[test]
fn says_what_is_open_and_brackets_it_on_the_road() {
    let result = sample(vec![driver("TET2", 5, 272), driver("DNMT3A", 9, 311)], &anemia());
    let first = first(&result);
    for expected in [
        "CCUS or MDS, not separable yet: DNMT3A and TET2 clones, largest 31.1 % (",
        "somewhere here",
        "What would decide it Marrow with dysplasia and blasts",
        "IPSS-M",
        "if MDS",
        "if CCUS",
    ] {
        assert!(first.contains(expected), "{expected}: {first}");
    }
    assert!(!first.contains("you are here"), "{first}");
}

/// Clonal hematopoiesis is there too; it is not the finding.
#[test]
fn the_worst_finding_on_either_road_is_the_title() {
    let leukemia = Clinical {
        marrow_blasts: Some(45.0),
        ..anemia()
    };
    let result = sample(vec![driver("TET2", 5, 272)], &leukemia);
    let page = page_in(&result, "en");
    assert!(page.contains("class=\"answer urgent\""));
    let said = first(&result);
    assert!(said.contains("Acute myeloid leukemia AML"), "{said}");
    assert!(
        said.contains("First: Urgent referral to hematology the same day."),
        "{said}"
    );

    let myeloma = PlasmaInput {
        m_protein: Some(3.6),
        plasma_cells: Some(64.0),
        hb: Some(9.8),
        ..PlasmaInput::default()
    };
    let mut result = sample(vec![driver("TET2", 5, 272)], &anemia());
    result.plasma_cell = plasma_cell::assess(&[myeloma], plasma_cell::Settings::default());
    let page = page_in(&result, "en");
    assert!(page.contains("class=\"answer urgent\""));
    let said = first(&result);
    let (title, rest) = said
        .split_once("Multiple myeloma (MM): M protein 3.6 g/dL")
        .unwrap();
    assert!(title.ends_with("Multiple myeloma "), "{title}");
    assert!(
        rest.contains("CCUS or MDS") && rest.contains("Myeloma-defining event"),
        "{rest}"
    );
}

#[test]
fn the_largest_clones_stand_first_and_the_rest_is_counted() {
    // The largest is the last along the genome.
    let calls: Vec<Call> = (0..50).map(|n| driver("TET2", 100 + n, 30 + 5 * n)).collect();
    let first = first(&sample(calls, &Clinical::default()));
    let largest = first.find("27.5 %").unwrap();
    assert!(largest < first.find("27.0 %").unwrap());
    assert!(first.contains("42 more, smaller or of unknown VAF"), "{first}");
    assert!(!first.contains("3.00 % ("), "{first}");
}

/// What the file does not show is unknown; what is outside the target is not targeted; a mutated gene is neither.
#[test]
fn chips_tell_four_states_apart() {
    let mut result = sample(vec![driver("TET2", 5, 272)], &Clinical::default());
    let gene =
        |result: &mut SampleResult, name: &str| result.genes.iter().position(|g| g.gene == name).unwrap();
    let (asxl1, jak2) = (gene(&mut result, "ASXL1"), gene(&mut result, "JAK2"));
    result.genes[asxl1].targeted_bases = Some(0);
    result.genes[jak2].coverage_stated = true;
    result.genes[jak2].state = GeneState::NotDetected;
    let page = page_in(&result, "en");
    let group = |class: &str| {
        let (_, rest) = page
            .split_once(&format!("<div class=\"chips {class}\">"))
            .unwrap();
        text(rest.split_once("</ul>").unwrap().0)
    };
    assert_eq!(
        group("unknown"),
        "Unknown whether covered 2 A clone in them is not excluded. DNMT3A TP53"
    );
    assert_eq!(
        group("untargeted"),
        "Not targeted 1 A clone in them is not excluded. ASXL1"
    );
    assert_eq!(
        group("stated"),
        "Covered as the laboratory states, no driver 1 JAK2"
    );
    assert_eq!(
        group("shown"),
        "Covered as the data show, no driver 1 detection limit 2.94 % IDH2 2.94 %"
    );
    let said = first(&result);
    assert!(said.contains("Mutated, shown above: 1"), "{said}");
    assert!(said.contains("KMT2A-PTD") && said.contains("FLT3-ITD"), "{said}");
    assert!(!said.to_lowercase().contains("negative"), "{said}");
}

#[test]
fn nothing_found_is_not_told_as_nothing_there() {
    let normal = Clinical {
        hemoglobin: Some(15.0),
        platelets: Some(250.0),
        neutrophils: Some(4.0),
        ..Clinical::default()
    };
    let said = first(&sample(Vec::new(), &normal));
    assert!(
        said.contains("no driver among the calls; 5 of 6 genes not assessed, which is no proof of absence"),
        "{said}"
    );
}

#[test]
fn a_variant_that_may_be_inherited_goes_first() {
    let mut call = results::tp53();
    call.status = CallStatus::GermlineSuspected;
    let said = first(&sample(vec![call], &Clinical::default()));
    assert!(
        said.contains("First: Could be inherited, confirm in other tissue: TP53 c.743G>A 50.5 %")
            || said.contains("First: Could be inherited, confirm in other tissue: TP53 c.743G&#62;A 50.5 %"),
        "{said}"
    );
}

/// The one step stands in the red line too; "do next" is never empty.
#[test]
fn what_goes_first_is_what_to_do_where_nothing_else_is() {
    let polycythemia = Clinical {
        hemoglobin: Some(18.9),
        platelets: Some(612.0),
        neutrophils: Some(8.3),
        ..Clinical::default()
    };
    let said = first(&sample(vec![driver("JAK2", 5, 250)], &polycythemia));
    assert!(
        said.contains("CHIP only if another myeloid disease is excluded: JAK2 clone"),
        "{said}"
    );
    assert!(
        said.contains("Do next Hematology: a myeloproliferative neoplasm must be excluded"),
        "{said}"
    );
    assert!(said.contains("here, if another disease is excluded"), "{said}");
}

#[test]
fn many_drivers_ask_for_the_quality_first() {
    let calls = (0..12)
        .map(|n| {
            let mut call = driver("TET2", 100 + n, 300 - n);
            call.reasons.push(hemoclone::drivers::Reason::new(
                ReasonCode::ManyDrivers,
                "12 >= 4",
            ));
            call
        })
        .collect();
    let said = first(&sample(calls, &Clinical::default()));
    assert!(said.contains("First: Very many drivers (12)"), "{said}");
}

#[test]
fn names_person_sample_and_laboratory_as_given() {
    let mut result = results::mutated("S1");
    assert!(!first(&result).contains("Patient ID"));
    result.report = ReportIdentity {
        patient_id: Some("<P&1>".to_owned()),
        collected: Some("2026-11-20".to_owned()),
        ..ReportIdentity::default()
    };
    let page = page_in(&result, "en");
    assert!(page.contains("<bdi>&#60;P&#38;1&#62;</bdi>"));
    let said = first(&result);
    assert!(
        said.contains("Collected 2026-11-20") && !said.contains("Requested by"),
        "{said}"
    );
}

/// A figure of a group that holds only without a mutation nobody looked for says so wherever it stands.
#[test]
fn a_conditional_group_repeats_its_condition() {
    let normal = Clinical {
        hemoglobin: Some(15.0),
        platelets: Some(250.0),
        neutrophils: Some(4.0),
        mcv: Some(90.0),
        rdw: Some(13.0),
        covered_genes: vec!["all".to_owned()],
        ..Clinical::default()
    };
    let page = text(&page_in(&sample(vec![driver("DNMT3A", 5, 100)], &normal), "en"));
    for (at, _) in page.match_indices("0.67 %") {
        let around = &page[at..(at + 400).min(page.len())];
        assert!(around.contains("without a mutation of"), "{around}");
    }
    assert!(page.contains("0.67 %"));
    assert!(page.contains("complete blood count once a year; a marrow is usually not needed. This holds only without a mutation of"));
}

#[test]
fn every_citation_leads_to_a_source_and_every_source_is_cited() {
    let result = sample(vec![driver("TET2", 5, 272), driver("DNMT3A", 9, 311)], &anemia());
    let page = page_in(&result, "en,ja");
    let cited: std::collections::BTreeSet<&str> = page
        .split("href=\"#ref-")
        .skip(1)
        .map(|rest| rest.split_once('"').unwrap().0)
        .collect();
    let listed: std::collections::BTreeSet<&str> = page
        .split("<li id=\"ref-")
        .skip(1)
        .map(|rest| rest.split_once('"').unwrap().0)
        .collect();
    assert_eq!(cited, listed);
}
