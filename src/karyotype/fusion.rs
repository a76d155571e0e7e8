//! A fusion by its one name, and the class by which the classifications name it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A fusion or rearrangement by its one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fusion {
    /// Symbols in the order in which the classifications write them, `KMT2A::MLLT3`; `KMT2A-r` where the partner is not said.
    pub name: String,
    /// The rearranged gene by which the classifications name the type, `KMT2A-r`.
    pub class: Option<&'static str>,
}

/// Genes whose rearrangement counts with any partner (WHO 2022; ICC 2022), by class.
pub(super) const CLASSES: [(&str, &str); 9] = [
    ("KMT2A", "KMT2A-r"),
    ("NUP98", "NUP98-r"),
    ("MECOM", "MECOM-r"),
    ("RARA", "RARA-r"),
    ("PDGFRA", "PDGFRA-r"),
    ("PDGFRB", "PDGFRB-r"),
    ("FGFR1", "FGFR1-r"),
    ("JAK2", "JAK2-r"),
    ("FLT3", "FLT3-r"),
];

/// Fusions that have a type of their own, in the order of their name; they belong to no class.
pub(super) const OWN: [[&str; 2]; 16] = [
    ["PML", "RARA"],
    ["RUNX1", "RUNX1T1"],
    ["CBFB", "MYH11"],
    ["DEK", "NUP214"],
    ["RBM15", "MRTFA"],
    ["BCR", "ABL1"],
    ["ETV6", "ABL1"],
    ["NPM1", "MLF1"],
    ["ETV6", "MNX1"],
    ["KAT6A", "CREBBP"],
    ["FUS", "ERG"],
    ["RUNX1", "CBFA2T3"],
    ["CBFA2T3", "GLIS2"],
    ["PICALM", "MLLT10"],
    ["PRDM16", "RPN1"],
    ["ETV6", "RUNX1"],
];

impl Fusion {
    /// Returns the fusion of two genes by its name.
    pub(super) fn of(name: &str) -> Self {
        let class = CLASSES
            .iter()
            .find(|(gene, class)| name == *class || name.split("::").any(|g| g == *gene))
            .map(|(_, class)| *class)
            .filter(|_| !is_own(name));
        Self {
            name: name.to_owned(),
            class,
        }
    }

    /// Returns the names by which rules may ask for it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.class.filter(|c| *c != self.name))
    }
}

fn is_own(name: &str) -> bool {
    OWN.iter().any(|pair| name == pair.join("::"))
}
