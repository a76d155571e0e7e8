use super::model::{IpssmRole, PanelGene};
use crate::transcript::{Consequence, ProteinChange};

impl PanelGene {
    /// Whether IPSS-M counts the gene at all.
    pub fn is_ipssm(&self) -> bool {
        self.ipssm != IpssmRole::None
    }

    /// Returns the name that clinicians know: of a named kind of change, `FLT3-ITD 60 bp`, or the change in another numbering, `R201H` for
    /// GNAS `R844H`, where the panel names one.
    pub fn common_name(&self, consequence: &Consequence) -> Option<String> {
        let named = consequence.event.as_ref().map(ToString::to_string);
        named.or_else(|| self.renumbered(consequence))
    }

    fn renumbered(&self, consequence: &Consequence) -> Option<String> {
        let change = consequence.protein_change.as_ref()?;
        let alias = self
            .aliases
            .iter()
            .find(|a| a.common && (a.first..=a.last).contains(&change.start))?;
        let shift = |residue: u32| u32::try_from(i64::from(residue) + i64::from(alias.offset)).ok();
        let renumbered = ProteinChange {
            start: shift(change.start)?,
            end: shift(change.end)?,
            ..change.clone()
        };
        Some(renumbered.short().trim_start_matches("p.").to_owned())
    }
}
