//! Exhaustive: every single-base change of every gene with sequence, under each rule set, against counts that a script of
//! its own derives from the published tables (testdata/rules/).

#![allow(clippy::expect_used, reason = "a test may stop at what cannot be")]

mod panel_support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hemoclone::drivers::{RuleMatch, match_rules};
use hemoclone::evidence::Evidence;
use hemoclone::panel::{Panel, PanelGene, RuleSet};
use panel_support::{CodingSnv, SharedFacts, coding_snvs};

const COUNTS: &str = include_str!("../testdata/rules/snv_counts.tsv");
const DIFFERENCES: &str = include_str!("../testdata/rules/differences.tsv");
const PUBLISHED: [RuleSet; 4] = [
    RuleSet::Bick,
    RuleSet::Vlasschaert,
    RuleSet::Niroula,
    RuleSet::Who,
];

fn says(matches: &[RuleMatch], set: RuleSet) -> bool {
    let of_set = |exclude: bool| {
        matches
            .iter()
            .any(|m| m.sets.contains(&set) && m.exclude == exclude && !m.platform_specific)
    };
    of_set(false) && !of_set(true)
}

fn matches_of(gene: &PanelGene, snv: &CodingSnv) -> Vec<RuleMatch> {
    let evidence = Evidence::from_counts(40, 100, "AD");
    let allele = snv.variant.clone().into();
    match_rules(gene, &snv.consequence, &allele, &evidence, None)
}

/// Counts of a table `gene, set, number, …` without its header.
fn table(text: &str) -> BTreeMap<(String, String), i64> {
    text.lines()
        .skip(1)
        .map(|line| {
            let f: Vec<&str> = line.split('\t').collect();
            (
                (f[0].to_owned(), f[1].to_owned()),
                f[2].parse().expect("a number"),
            )
        })
        .collect()
}

#[test]
fn every_snv_agrees_with_the_counts_of_the_published_tables() {
    let Some(facts) = SharedFacts::load() else { return };
    let panel = Panel::bundled("ch").expect("bundled");
    let mut actual = BTreeMap::new();
    for gene in &panel.genes {
        let snvs = coding_snvs(&facts, &gene.symbol, &gene.transcript);
        if snvs.is_empty() {
            continue;
        }
        let all: Vec<_> = snvs.iter().map(|s| matches_of(gene, s)).collect();
        for set in PUBLISHED {
            let stated = |r: &&hemoclone::panel::Rule| !r.exclude && r.sets.contains(&set);
            if gene.rules.iter().any(|r| stated(&r)) {
                let count = all.iter().filter(|m| says(m, set)).count();
                actual.insert(
                    (gene.symbol.clone(), set.name().to_owned()),
                    i64::try_from(count).expect("few"),
                );
            }
        }
    }
    let mut expected = table(COUNTS);
    for (key, difference) in table(DIFFERENCES) {
        *expected.entry(key).or_default() += difference;
    }
    assert_eq!(actual, expected);
}

/// Writes what each set says of each change, to compare with tables that are not part of the repository.
#[test]
#[ignore = "writes a table for comparison by hand"]
fn write_every_snv() {
    let Some(facts) = SharedFacts::load() else { return };
    let panel = Panel::bundled("ch").expect("bundled");
    let mut text = String::from("gene\tchange\tbick\tvlasschaert\tniroula\twho\n");
    for gene in &panel.genes {
        for snv in coding_snvs(&facts, &gene.symbol, &gene.transcript) {
            let matches = matches_of(gene, &snv);
            let bits: Vec<&str> = PUBLISHED
                .iter()
                .map(|s| if says(&matches, *s) { "1" } else { "0" })
                .collect();
            writeln!(
                text,
                "{}\t{}{}{}\t{}",
                gene.symbol,
                snv.reference,
                snv.residue,
                snv.new,
                bits.join("\t")
            )
            .expect("memory");
        }
    }
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/snvs.tsv"), text).expect("written");
}
