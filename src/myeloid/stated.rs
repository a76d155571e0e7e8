//! Genes stated by columns of their own in a table without calls: `SF3B1` 1, `TP53mut` 2, beside a list of mutations or in its place.

use super::findings::{Driver, Findings};
use crate::panel::Text;
use crate::patient::{Clinical, Field, Tp53Mutations, gene_fields};

/// The column of the partial tandem duplication, which is no mutation that stages or counts of mutations know.
const DUPLICATION: &str = "MLL_PTD";

impl Clinical {
    /// Takes the genes that columns state into the findings of a row. Without a list of mutations the genes that have no column stay
    /// open. Returns where the columns and the list disagree; the mutation that one of both names counts.
    pub(in crate::myeloid) fn add_stated_genes(&self, findings: &mut Findings) -> Vec<Text> {
        let genes: Vec<(&str, bool)> = self
            .genes
            .iter()
            .map(|(gene, mutated)| (gene.as_ref(), *mutated))
            .chain((self.flt3_itd == Some(true)).then_some(("FLT3", true)))
            .filter(|(gene, _)| *gene != DUPLICATION)
            .collect();
        if genes.is_empty() && self.tp53_mutations.is_none() {
            return Vec::new();
        }
        let listed = findings.drivers.is_some();
        let drivers = findings.drivers.get_or_insert_default();
        if !listed {
            findings.open_genes = asked_genes().map(str::to_owned).collect();
        }
        let mut disagree = Vec::new();
        for (gene, mutated) in genes {
            let found = drivers.iter().any(|d| d.gene == gene);
            if found != mutated && listed {
                disagree.push(gene);
            }
            if mutated && !found {
                drivers.push(unmeasured(gene, None));
            }
            findings.open_genes.retain(|g| g != gene);
        }
        if let Some(count) = self.tp53_mutations {
            let found = drivers.iter().filter(|d| d.gene == "TP53").count();
            if listed && Tp53Mutations::from_count(found) != count {
                disagree.push("TP53");
            }
            let wanted = match count {
                Tp53Mutations::None => 0,
                Tp53Mutations::One => 1,
                Tp53Mutations::TwoOrMore => 2,
            };
            for _ in found..wanted {
                drivers.push(unmeasured("TP53", self.tp53_max_vaf));
            }
            findings.open_genes.retain(|g| g != "TP53");
        }
        let said = |gene: &str| {
            Text::new(
                format!("{gene}: its column and the list of mutations disagree; taken as mutated"),
                format!("{gene}：列の値と変異リストが一致しない。変異ありとして扱った"),
            )
        };
        disagree.into_iter().map(said).collect()
    }
}

fn asked_genes() -> impl Iterator<Item = &'static str> {
    gene_fields()
        .map(Field::name)
        .filter(|g| *g != DUPLICATION)
        .chain(["TP53"])
}

fn unmeasured(gene: &str, vaf: Option<f64>) -> Driver {
    Driver {
        gene: gene.to_owned(),
        vaf,
        bzip: false,
    }
}
