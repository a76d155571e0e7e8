//! The likely artifacts of a cohort as a panel of the laboratory: a file for `analyze --panel`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::manifest::Manifest;
use super::variants::VariantRow;
use crate::text;

/// Standard deviations above the mean VAF up to which a call is taken for the artifact: above, it is believed. A choice of this program.
const ABOVE: f64 = 3.0;

/// Rules that exclude likely artifacts, by gene.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArtifactRules(BTreeMap<String, OfGene>);

/// Likely artifacts of a gene, and the rules as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OfGene {
    artifacts: usize,
    rules: String,
}

impl ArtifactRules {
    /// Takes in an allele; one that is no likely artifact is none.
    pub(super) fn add(&mut self, row: &VariantRow) {
        if row.kind == "likely_artifact" {
            let gene = self.0.entry(row.gene.clone()).or_default();
            gene.artifacts += 1;
            if let Some(rule) = rule(&row.gene, gene.artifacts, row) {
                gene.rules.push_str(&rule);
            }
        }
    }

    /// Returns a panel (TOML) with the genes of the cohort's and a rule that excludes the likely artifacts of each gene, by coding change
    /// and below the VAF that they have. Those without a coding change are left out.
    pub fn panel(&self, samples: u32, manifest: &Manifest) -> String {
        let name = manifest.basis.get("panel.name").map_or("cohort", String::as_str);
        let mut text = format!(
            "# Likely artifacts of a cohort of {samples} samples, for `hemoclone analyze --panel`. Look at each before you use it.\nname = {}\nversion = {}\ngenes = [{}]\n\n[title]\nen = {}\nja = {}\n",
            quoted(&format!("{name}-cohort")),
            quoted(&format!("{samples} samples")),
            manifest
                .genes
                .iter()
                .map(|gene| quoted(gene))
                .collect::<Vec<_>>()
                .join(", "),
            quoted(&format!("{name}, without the artifacts of a cohort")),
            quoted(&format!("{name}（コホートのアーチファクトを除外）")),
        );
        for (gene, OfGene { rules, .. }) in &self.0 {
            if !rules.is_empty() {
                // Writing to a String cannot fail.
                let _ = write!(text, "\n[[gene]]\nsymbol = {}\n{rules}", quoted(gene));
            }
        }
        let citation = format!("Own cohort of {samples} samples, hemoclone cohort");
        let _ = write!(text, "\n[sources.cohort]\ncitation = {}\n", quoted(&citation));
        text
    }
}

fn rule(gene: &str, number: usize, row: &VariantRow) -> Option<String> {
    let change = row.coding.as_deref()?;
    let (mean, spread) = (row.mean_vaf?.0, row.sd_vaf.map_or(0.0, |sd| sd.0));
    let below = ((mean + ABOVE * spread) * 1e4).ceil() / 1e4;
    Some(format!(
        "[[gene.rule]] # {} of {} samples, odds {}\nid = {}\nsets = [\"local\"]\nsources = [\"cohort\"]\nkind = \"coding_changes\"\nchanges = [{}]\nexclude = true\nexcluded_as = \"artifact\"\nbelow_vaf = {}\n",
        row.samples_with,
        row.samples,
        row.artifact_odds.map_or(0.0, |odds| odds.0),
        quoted(&format!("{gene}-cohort-artifact-{number}")),
        quoted(change),
        below.clamp(0.0001, 1.0),
    ))
}

/// Writes a basic string of TOML: JSON's, for what a name of a gene or a change may hold, in which nothing is unprintable.
fn quoted(name: &str) -> String {
    text::json(&serde_json::Value::from(name).to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::summary::Totals;
    use super::super::tests_support::{member, seen};
    use super::*;
    use crate::drivers::CallStatus;
    use crate::panel::Panel;
    use crate::report::read::Basis;

    fn panel_of(coding: &str) -> String {
        let genes = vec!["ASXL1".to_owned(), "TET2".to_owned()];
        let mut totals = Totals::new(genes.clone());
        for i in 0..8 {
            let mut member = member(&format!("S{i}"), vec![]);
            let mut call = seen(
                "GRCh38:chr20:32434638:A:AG",
                (30, 1000),
                CallStatus::ArtifactSuspected,
            );
            call.coding = Some(coding.to_owned());
            member.calls.push(call);
            totals.add(&member);
        }
        let basis = Basis::of_fields(|_| Some("myeloid33".to_owned())).unwrap();
        let summary = totals.summary(|_| Ok::<(), ()>(())).unwrap();
        summary
            .artifacts
            .panel(summary.samples, &Manifest::new(&basis, genes, vec![]))
    }

    #[test]
    fn names_cannot_break_out_of_the_panel() {
        for coding in [
            "c.1\u{7f}A>G",
            "c.1\"]\nx = [\"",
            "c.1\u{202e}\u{1b}[31m",
            "c.1\\",
        ] {
            let panel: toml::Table = toml::from_str(&panel_of(coding)).unwrap();
            let change = &panel["gene"][0]["rule"][0]["changes"][0];
            assert_eq!(change.as_str(), Some(coding));
        }
    }

    #[test]
    fn is_a_panel_that_excludes_the_artifact_below_its_vaf() {
        let text = panel_of("c.1934dup");
        let panel = Panel::from_toml("artifacts.toml", &text, None).unwrap();
        let gene = panel.genes.iter().find(|gene| gene.symbol == "ASXL1").unwrap();
        let rule = gene
            .rules
            .iter()
            .find(|rule| rule.id == "ASXL1-cohort-artifact-1")
            .unwrap();
        assert!(rule.exclude, "{text}");
        assert_eq!(panel.genes.len(), 2);
    }
}
