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
        copies: None,
        itd: None,
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
        said.contains(
            "Do next Hematology: a myeloproliferative neoplasm or another myeloid disease must be excluded"
        ),
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

/// A cytopenia that another cause explains leaves "no CH" standing; the counts are not normal for that.
#[test]
fn a_cytopenia_is_not_told_as_normal_counts() {
    let explained = Clinical {
        causes_excluded: Some(false),
        marrow_blasts: Some(1.0),
        dysplastic_lineages: Some(0),
        karyotype: Some("46,XY[20]".parse().unwrap()),
        covered_genes: vec!["all".to_owned()],
        genes: hemoclone::myeloid::assessment::asked_genes()
            .into_iter()
            .map(|gene| (gene.into(), false))
            .collect(),
        ..anemia()
    };
    let result = sample(Vec::new(), &explained);
    let stage = &result.myeloid.as_ref().unwrap().stage;
    assert_eq!(stage.stage, Some(hemoclone::myeloid::stage::Stage::NoCh));
    let said = first(&result);
    assert!(!said.contains("counts normal"), "{said}");
    assert!(said.contains("the cytopenia has another cause"), "{said}");
}

/// Its record contradicts the reference: nothing is known of the gene, however well it was covered.
#[test]
fn an_undecided_gene_is_not_covered_without_a_driver() {
    let mut result = sample(Vec::new(), &Clinical::default());
    let gene = result.genes.iter_mut().find(|g| g.gene == "IDH2").unwrap();
    assert!(gene.is_assessed());
    gene.state = GeneState::Undecided;
    let said = first(&result);
    assert!(!said.contains("no driver 1"), "{said}");
    assert!(
        said.contains(
            "Undecided, a record contradicts the reference 1 A clone in them is not excluded. IDH2"
        ),
        "{said}"
    );
    assert!(said.contains("6 of 6 genes not assessed"), "{said}");
}

/// The file shows the depth, which is too low: nobody needs to ask whether the gene was covered.
#[test]
fn a_gene_that_is_too_shallow_is_not_of_unknown_coverage() {
    let mut result = sample(Vec::new(), &Clinical::default());
    for gene in &mut result.genes {
        gene.state = GeneState::NotAssessed;
        gene.assessed_bases = 0;
        gene.min_depth = Some(9);
        gene.detection_limit = Some(0.43);
    }
    let said = first(&result);
    assert!(!said.contains("Unknown whether covered"), "{said}");
    assert!(
        said.contains(
            "Depth too low, as the data show 6 detection limit 43.0 % A clone in them is not excluded."
        ),
        "{said}"
    );
    assert!(!said.contains("Ask the laboratory which genes"), "{said}");
    assert!(said.contains("6 of 6 genes not assessed"), "{said}");
}

#[test]
fn two_open_roads_have_one_title() {
    let counts = Clinical {
        hemoglobin: Some(15.0),
        platelets: Some(250.0),
        neutrophils: Some(4.0),
        ..Clinical::default()
    };
    let mut result = sample(Vec::new(), &counts);
    let open = PlasmaInput {
        m_protein: Some(1.0),
        ..PlasmaInput::default()
    };
    result.plasma_cell = plasma_cell::assess(&[open], plasma_cell::Settings::default());
    let said = first(&result);
    assert_eq!(said.matches("Stage not certain yet").count(), 1, "{said}");
}

#[test]
fn certain_leukemia_is_not_told_as_not_excluded() {
    let leukemia = Clinical {
        marrow_blasts: Some(45.0),
        ..anemia()
    };
    let mut result = sample(vec![driver("TET2", 5, 272)], &leukemia);
    result.identity = vec![hemoclone::sample::IdentityHint {
        code: hemoclone::sample::IdentityCode::ReadsDisagree,
        sites: 9,
        of: 10,
        fraction: None,
    }];
    let said = first(&result);
    assert!(said.contains("Also: Acute myeloid leukemia"), "{said}");
    assert!(!said.contains("leukemia not excluded"), "{said}");
}

/// Without counts there is no section on the stage; what is not shown is named where it stands.
#[test]
fn steps_that_are_left_out_are_told_of_where_they_stand() {
    let review = {
        let mut call = driver("TET2", 5, 272);
        call.status = CallStatus::DriverReview;
        call
    };
    let mut result = sample(vec![review], &Clinical::default());
    assert!(result.myeloid.is_none());
    let smoldering = PlasmaInput {
        m_protein: Some(3.5),
        heavy_chain: Some(hemoclone::patient::HeavyChain::IgG),
        light_chain: Some(hemoclone::patient::LightChain::Kappa),
        kappa_flc: Some(20.0),
        lambda_flc: Some(15.0),
        urine_m_protein: Some(0.0),
        plasma_cells: Some(20.0),
        hb: Some(14.0),
        calcium: Some(2.3),
        creatinine: Some(70.0),
        bone_lesions: Some(0),
        ..PlasmaInput::default()
    };
    result.plasma_cell = plasma_cell::assess(&[smoldering], plasma_cell::Settings::default());
    assert!(result.plasma_cell.as_ref().unwrap().follow_up.len() > 1);
    let page = page_in(&result, "en");
    let said = first(&result);
    assert!(!page.contains("id=\"stage\"") && !page.contains("href=\"#stage\""));
    assert!(!said.contains("Stage and prognosis"), "{said}");
    // The page's own steps stand nowhere else.
    for step in [
        "Decide on the calls",
        "Complete blood count",
        "Ask the laboratory",
    ] {
        assert!(said.contains(step), "{step}: {said}");
    }
    assert!(said.contains("more under “Stage and risk”"), "{said}");
    assert!(page.contains("<a href=\"#plasma\">"));
}

#[test]
fn the_line_beneath_the_chips_has_no_loose_ends_and_tells_no_untruth() {
    let line = |result: &SampleResult| {
        let page = page_in(result, "en");
        let (_, coverage) = page.split_once("<section class=\"coverage\"").unwrap();
        let (coverage, _) = coverage.split_once("</section>").unwrap();
        text(
            coverage
                .rsplit_once("<p class=\"sub\">")
                .map_or("", |(_, line)| line),
        )
    };
    let many: Vec<Call> = (0..9).map(|n| driver("TET2", 100 + n, 300)).collect();
    let mut result = sample(many, &Clinical::default());
    assert!(!line(&result).contains("shown above"), "{}", line(&result));
    assert!(line(&result).starts_with("Mutated: 1 ·"), "{}", line(&result));
    // Everything is stated that could be missing.
    let given = Clinical {
        flt3_itd: Some(false),
        hemoglobin: Some(15.0),
        genes: std::iter::once("MLL_PTD")
            .chain(hemoclone::myeloid::assessment::asked_genes())
            .map(|gene| (gene.into(), false))
            .collect(),
        ..Clinical::default()
    };
    result = sample(vec![driver("TET2", 5, 272)], &given);
    assert_eq!(line(&result), "Mutated, shown above: 1");
    result = sample(Vec::new(), &given);
    assert_eq!(line(&result), "");
}
