//! The page for people: complete, in both languages, safe to open.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/results.rs"]
mod results;

use hemoclone::drivers::{CallStatus, ReasonCode};
use hemoclone::report::words::Label;
use hemoclone::report::{Languages, write_html};
use hemoclone::sample::{ChState, SampleResult};

fn page(result: &SampleResult, languages: &str) -> String {
    let mut out = Vec::new();
    write_html(&mut out, result, &languages.parse::<Languages>().unwrap()).unwrap();
    let page = String::from_utf8(out).unwrap();
    // For looking at pages in a browser.
    if let Some(folder) = std::env::var_os("HEMOCLONE_PAGES") {
        let name = format!(
            "{}-{languages}.html",
            hemoclone::report::file_stem(&result.sample)
        );
        std::fs::write(std::path::Path::new(&folder).join(name), &page).unwrap();
    }
    page
}

#[test]
fn says_what_was_found_in_both_languages() {
    let page = page(&results::mutated("S1"), "en,ja");
    for expected in [
        "Clonal hematopoiesis, stage not assessed (no blood counts given): DNMT3A clone, VAF 11.9 % (9.89–14.4 %); 1 call to review",
        "クローン性造血あり、病期は未評価（血球数の入力なし）：DNMT3Aクローン、VAF 11.9 %（9.89–14.4 %）、要確認の変異1個",
        "11.9 %",
        "97 / 812",
        "p.R882H",
        "DNMT3A-rule",
        "Bick 2020, Vlasschaert 2023",
        "0.0437 &#60; 0.1",
        "A change in a run of one base, with little evidence",
        "同一塩基の連続配列内の変化で、証拠が少ない",
        "protein change not determined: a reference sequence would tell",
        "no interval (no counts)",
        "Fact on the whole gene.",
        "Fact on R882.",
        "R882に関する知見。",
        "Two or more driver mutations",
        "Not assessed",
        "未評価",
        "INFO/XY is used but not declared in the header",
        "本レポートは診断を確定するものではありません。",
        "This report supports and does not replace a diagnosis.",
        "Vlasschaert C et al. Blood 2023;141:2214",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("Fact on another residue."));
    assert!(
        !page.to_lowercase().contains(">negative<") && !page.contains("{n}") && !page.contains("{genes}")
    );
}

#[test]
fn says_that_nothing_found_is_no_proof() {
    let page = page(&results::healthy("H"), "en,ja");
    assert!(page.contains("No driver among the calls, stage not assessed"));
    assert!(page.contains("This is no proof of absence") && page.contains("A clone in them is not excluded"));
    assert!(!page.contains("class=\"driver-list\""));
}

#[test]
fn shows_alleles_that_could_not_be_judged() {
    let mut result = results::healthy("D");
    assert!(!page(&result, "en,ja").contains("could not be judged"));
    let mut file_allele = results::tet2().file_allele;
    file_allele.alternate = "<DUP:TANDEM>".to_owned();
    result.unresolved = vec![hemoclone::sample::UnresolvedAllele {
        genes: vec!["FLT3".to_owned()],
        file_allele,
        evidence: hemoclone::evidence::Evidence::from_counts(20, 400, "AD"),
        caller_filter: None,
        why: "symbolic allele".to_owned(),
        why_coded: None,
    }];
    let page = page(&result, "en,ja");
    for expected in [
        "FLT3",
        "&#60;DUP:TANDEM&#62;",
        "5.00 %",
        "20 / 400",
        "symbolic allele",
        "could not be judged: 1",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
}

#[test]
fn says_review_without_a_certain_driver() {
    let mut result = results::mutated("R");
    result.calls.remove(0);
    result.ch.state = ChState::Review;
    result.ch.drivers = 0;
    result.ch.largest_vaf = None;
    let page = page(&result, "en,ja");
    assert!(page.contains("Possible clonal hematopoiesis, to be decided by a person"));
    assert!(page.contains("class=\"hollow\""));
}

#[test]
fn has_one_language_where_one_is_asked_for() {
    let japanese = page(&results::mutated("S1"), "ja");
    assert!(japanese.contains("<html lang=\"ja\">"));
    assert!(!japanese.contains("lang=\"en\"") && !japanese.contains("lang-en\""));
    let both = page(&results::mutated("S1"), "ja,en");
    assert!(both.contains("id=\"lang-ja\" checked"));
}

#[test]
fn asks_nothing_of_the_network_and_runs_nothing() {
    let page = page(&results::mutated("S1"), "en,ja");
    assert!(page.contains("default-src 'none'"));
    // A reader may follow a DOI; nothing is fetched by itself.
    let rest = page
        .replace("xmlns=\"http://www.w3.org/2000/svg\"", "")
        .replace("<a class=\"doi\" href=\"https://doi.org/", "");
    for forbidden in [
        "http:",
        "https:",
        "<script",
        "@import",
        "url(",
        "src=",
        "onload",
        "javascript:",
    ] {
        assert!(!rest.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn hostile_names_are_text() {
    let name = "<script>alert(1)</script>\"' onload=x";
    let mut result = results::mutated(name);
    result.warnings = vec![name.to_owned()];
    result.inputs[0].file = name.to_owned();
    result.calls[0].caller_filter = Some(name.to_owned());
    result.calls[0].consequence.gene = name.to_owned();
    result.calls[0].rules[0].sources = vec![name.to_owned()];
    result.calls[0].reasons[0].detail = name.to_owned();
    result.ch.genes = vec![name.to_owned()];
    result.ch.high_risk[0].code = name.to_owned();
    let page = page(&result, "en,ja");
    assert!(!page.contains("<script"));
    assert!(page.contains("&#60;script&#62;alert(1)"));
    // It stands in the style sheet too, at the top of each printed page, and ends neither its string nor the sheet.
    assert_eq!(page.matches("</style>").count(), 1);
    // Within a tag the name would stand with its quotes; as text they are escaped.
    assert!(!page.contains("\"' onload"));
}

#[test]
fn long_lists_are_cut_and_say_so() {
    let mut result = results::mutated("L");
    let call = results::tet2();
    result.calls.extend(std::iter::repeat_n(call, 500));
    let page = page(&result, "en");
    assert!(page.contains("301 more calls of this status are in the calls table"));
}

#[test]
fn every_reason_can_be_shown() {
    let mut result = results::mutated("all");
    result.calls[0].reasons = ReasonCode::ALL
        .iter()
        .map(|code| hemoclone::drivers::Reason::new(*code, ""))
        .collect();
    for status in CallStatus::ALL {
        let mut call = results::tp53();
        call.status = status;
        result.calls.push(call);
    }
    let page = page(&result, "en,ja");
    let escaped = |text: &str| text.replace('\'', "&#39;");
    for code in ReasonCode::ALL {
        assert!(
            page.contains(&escaped(code.label().en())) && page.contains(&escaped(code.label().ja())),
            "{code:?}"
        );
    }
    for status in CallStatus::ALL {
        assert!(page.contains(status.label().ja()), "{status:?}");
    }
}
