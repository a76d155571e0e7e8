//! Genes stated by columns of their own in a table without calls: `SF3B1` 1, `TP53mut` 2, beside a list of mutations or in its place.

use super::findings::{Driver, Findings};
use super::mutations::gene_symbol;
use crate::panel::Text;
use crate::patient::{Clinical, Field, Tp53Count, gene_fields};

/// Difference between two VAFs of one mutation that rounding does not explain.
pub(in crate::myeloid) const VAF_DIFFERENCE: f64 = 0.02;

/// The column of the partial tandem duplication, which is no mutation that stages or counts of mutations know.
const DUPLICATION: &str = "MLL_PTD";

impl Clinical {
    /// Names the covered genes as a panel does, and those that it does not hold by their symbols of today: a laboratory writes them
    /// in any case and by older names too. A name that is not known stays as it is.
    pub(crate) fn naming_genes_as(mut self, panel: &[&str]) -> Self {
        for gene in &mut self.covered_genes {
            let today = gene_symbol(gene);
            let same = panel
                .iter()
                .copied()
                .find(|g| g.eq_ignore_ascii_case(gene) || (today.is_some() && gene_symbol(g) == today));
            if let Some(symbol) = same.or(today) {
                symbol.clone_into(gene);
            }
        }
        self
    }

    /// Takes the genes that columns state into the findings of a row. Without a list of mutations the genes that have no column stay
    /// open, but for those that were covered. Returns where the columns and the list disagree; the mutation that one of both names counts.
    pub(in crate::myeloid) fn add_stated_genes(&self, findings: &mut Findings) -> Vec<Text> {
        let genes: Vec<(&str, bool)> = self
            .genes
            .iter()
            .map(|(gene, mutated)| (gene.as_ref(), *mutated))
            .chain((self.flt3_itd == Some(true)).then_some(("FLT3", true)))
            .filter(|(gene, _)| *gene != DUPLICATION)
            .collect();
        // A VAF alone makes no mutation, but says how large those are that the list names without theirs.
        let listed = findings.drivers.is_some();
        if listed && !self.covered_genes.is_empty() {
            // Who names what was covered says that the list speaks of no other gene.
            findings.open_genes = self.not_covered();
        }
        let speaks_of_tp53 = self.tp53_mutations.is_some() || (listed && self.tp53_max_vaf.is_some());
        if genes.is_empty() && !speaks_of_tp53 {
            return Vec::new();
        }
        let drivers = findings.drivers.get_or_insert_default();
        if !listed {
            findings.open_genes = self.not_covered();
        }
        let mut disagree = Vec::new();
        for (gene, mutated) in genes {
            let found = drivers.iter().any(|d| d.gene == gene);
            if found != mutated && listed {
                disagree.push(gene);
            }
            if mutated && !found {
                drivers.push(Driver::stated(gene, None));
            }
            findings.open_genes.retain(|g| g != gene);
        }
        let said = |gene: &str| {
            Text::new(
                format!("{gene}: its column and the list of mutations disagree; taken as mutated"),
                format!("{gene}：列の値と変異リストが一致しない。変異ありとして扱った"),
            )
        };
        let mut notes: Vec<Text> = disagree.into_iter().map(said).collect();
        notes.extend(self.add_stated_tp53(findings, listed));
        notes
    }

    /// Returns the genes that rules and scores ask for and that were not covered.
    fn not_covered(&self) -> Vec<String> {
        let covered = self.clone().naming_genes_as(&[]);
        let open = asked_genes().filter(|gene| !covered.states_coverage_of(gene));
        open.map(str::to_owned).collect()
    }

    /// Takes the stated number and VAF of the TP53 mutations in; returns where they and the list disagree.
    fn add_stated_tp53(&self, findings: &mut Findings, listed: bool) -> Vec<Text> {
        let mut notes = Vec::new();
        let drivers = findings.drivers.get_or_insert_default();
        // The largest of the gene is stated: none whose own VAF is not listed is above it.
        let unmeasured = drivers.iter_mut().filter(|d| d.gene == "TP53" && d.vaf.is_none());
        unmeasured.for_each(|d| d.vaf = self.tp53_max_vaf);
        if let Some(count) = self.tp53_mutations {
            let found = drivers.iter().filter(|d| d.gene == "TP53").count();
            if listed && Tp53Count::from_count(found) != count {
                notes.push(Text::new(
                    format!(
                        "TP53mut is given as {}, the list of mutations holds {found} of TP53; the larger number was used",
                        count.text()
                    ),
                    format!(
                        "TP53変異数は{}と入力されたが、変異リストにはTP53変異が{found}個ある。多い方を使用した",
                        count.text()
                    ),
                ));
            }
            for _ in found..count.at_least() {
                drivers.push(Driver::stated("TP53", self.tp53_max_vaf));
            }
            findings.open_genes.retain(|g| g != "TP53");
        }
        notes.extend(self.disagree_on_tp53_vaf(findings));
        notes
    }

    /// Returns what to say where the stated VAF of TP53 is not that of the mutations; a VAF without a mutation leaves the gene open.
    fn disagree_on_tp53_vaf(&self, findings: &mut Findings) -> Option<Text> {
        let given = self.tp53_max_vaf?;
        if findings.mutations("TP53", 0.0) == 0 {
            if given <= 0.0 {
                return None;
            }
            if self.tp53_mutations.is_none() {
                findings.open_genes.push("TP53".to_owned());
            }
            return Some(Text::new(
                format!("TP53maxvaf is given as {given}, but no mutation of TP53; give its number (TP53mut)"),
                format!(
                    "TP53の最大VAFは{given}と入力されたが、TP53変異の入力がない。変異数(TP53mut)を入力する"
                ),
            ));
        }
        let listed = findings.largest_vaf("TP53")?;
        ((given - listed).abs() > VAF_DIFFERENCE).then(|| {
            Text::new(
                format!("TP53maxvaf is given as {given}, the largest VAF of the list of mutations is {listed}; the list was used"),
                format!("TP53の最大VAFは{given}と入力されたが、変異リストの最大VAFは{listed}。リストの値を使用した"),
            )
        })
    }
}

fn asked_genes() -> impl Iterator<Item = &'static str> {
    gene_fields()
        .map(Field::name)
        .filter(|g| *g != DUPLICATION)
        .chain(["TP53"])
}
