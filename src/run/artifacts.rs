//! The likely artifacts of a cohort beside a panel: their excluding rules are added to its genes.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::files::Files;
use super::panel_source::PanelFile;
use crate::panel::{BuiltInTranscripts, ExcludedAs, Panel, Rule, RuleSet};

/// Adds the rules of a list of artifacts; those of genes that the panel does not hold are of no use to it.
pub(super) fn add(path: &Path, files: &Files, panel: &mut Panel) -> anyhow::Result<()> {
    let file = path.display().to_string();
    let bytes = files
        .read(path)
        .with_context(|| format!("cannot read the artifacts {file}"))?;
    let list = PanelFile::of(path, bytes)
        .panel(Some(&BuiltInTranscripts))
        .context("--artifacts")?;
    let (mut found, mut added) = (false, false);
    for gene in &list.genes {
        let rules: Vec<&Rule> = gene.rules.iter().filter(|rule| is_artifact(rule)).collect();
        found |= !rules.is_empty();
        let own = panel.genes.iter_mut().find(|own| own.symbol == gene.symbol);
        let Some(own) = own.filter(|_| !rules.is_empty()) else {
            continue;
        };
        if own.transcript != gene.transcript {
            bail!(
                "--artifacts {file}: gene {}: its changes are stated on {}, and the panel has {}; make the list of a cohort of this panel",
                gene.symbol,
                gene.transcript,
                own.transcript
            );
        }
        for rule in rules {
            if own.rules.iter().any(|known| known.id == rule.id) {
                bail!(
                    "--artifacts {file}: gene {}: the panel has a rule {:?} already; give the list once, as --artifacts or as --panel",
                    gene.symbol,
                    rule.id
                );
            }
            added = true;
            own.rules.push(rule.clone());
            for key in &rule.sources {
                if let Some(source) = list.sources.get(key) {
                    panel.sources.entry(key.clone()).or_insert_with(|| source.clone());
                }
            }
        }
    }
    if !found {
        tracing::warn!("--artifacts {file}: names no artifact; nothing is excluded by it");
    } else if !added {
        tracing::warn!(
            "--artifacts {file}: names no artifact in a gene of the panel; nothing is excluded by it"
        );
    }
    Ok(())
}

/// Whether a rule of the laboratory's own excludes an artifact: the bundled genes of the list bring rules of other kinds.
fn is_artifact(rule: &Rule) -> bool {
    rule.exclude && rule.excluded_as == Some(ExcludedAs::Artifact) && rule.sets.contains(&RuleSet::Local)
}
