//! Loading panels: the bundled ones against the transcripts, and a laboratory's own with every mistake named.

#![allow(clippy::expect_used, reason = "a test may stop at what cannot be")]

mod panel_support;

use hemoclone::panel::{IpssmRole, PANEL_NAMES, Panel, PanelError};
use panel_support::SharedFacts;

#[test]
fn bundled_panels_load() {
    let genes: Vec<usize> = PANEL_NAMES
        .iter()
        .map(|n| {
            Panel::bundled(n)
                .unwrap_or_else(|e| panic!("{n}:\n{e}"))
                .genes
                .len()
        })
        .collect();
    assert_eq!(genes, [33, 31, 40, 78]);
}

#[test]
fn ipssm31_holds_16_main_and_15_residual_genes() {
    let panel = Panel::bundled("ipssm31").expect("bundled");
    let count = |role| panel.genes.iter().filter(|g| g.ipssm == role).count();
    assert_eq!((count(IpssmRole::Main), count(IpssmRole::Residual)), (16, 15));
}

/// `--platform` takes a name that some rule answers to, of whichever list.
#[test]
fn platforms_are_those_of_every_rule() {
    let mut panel = Panel::bundled("ch").expect("bundled");
    assert_eq!(panel.platforms(), ["aou-genome", "ukb-exome"]);
    let gene = panel.genes.first_mut().expect("a gene");
    let mut rule = gene
        .oncogenic
        .first()
        .or(gene.rules.first())
        .expect("a rule")
        .clone();
    rule.exclude = true;
    rule.platforms = vec!["our-amplicons".to_owned(), "ukb-exome".to_owned()];
    gene.oncogenic.push(rule);
    assert_eq!(panel.platforms(), ["aou-genome", "our-amplicons", "ukb-exome"]);
}

#[test]
fn every_rule_of_every_gene_fits_its_transcript() {
    let Some(facts) = SharedFacts::load() else { return };
    let names: Vec<String> = hemoclone::panel::bundled_genes()
        .iter()
        .map(|g| format!("{g:?}"))
        .collect();
    let text = format!(
        "name = \"all\"\nversion = \"1\"\ngenes = [{}]\n",
        names.join(", ")
    );
    let panel = Panel::from_toml("all.toml", &text, Some(&facts));
    if let Err(PanelError::Invalid(problems)) = &panel {
        for p in problems {
            println!("{p}");
        }
    }
    assert_eq!(panel.map(|p| p.genes.len()).ok(), Some(names.len()));
}
