//! Changes of which a karyotype says that one of several is there: `45,X,-X or -Y`, `der(5) or del(7)(q22)`. Each is put in turn.

use super::clones::Change;
use super::model::{Abnormality, Karyotype};

/// Most karyotypes that are tried; what would make more is left open like a part that cannot be read.
const MOST: usize = 64;

/// Returns every karyotype that is meant; the same alternatives, written twice, mean the same change.
pub(super) fn choices(karyotype: &Karyotype) -> Vec<Karyotype> {
    let mut choices = vec![karyotype.clone()];
    for group in groups(karyotype) {
        let meant = one_by_one(group);
        choices = if choices.len() * meant.len() > MOST {
            choices.iter().map(|k| left_open(k, group)).collect()
        } else {
            choices
                .iter()
                .flat_map(|k| meant.iter().map(|one| with(k, group, one)))
                .collect()
        };
    }
    choices
}

/// Returns the key of the change that the first choice has, and how all of them are written.
pub(super) fn written(karyotype: &Karyotype) -> Vec<(String, String)> {
    groups(karyotype)
        .into_iter()
        .filter_map(|group| {
            let meant = one_by_one(group);
            let texts: Vec<String> = meant.iter().map(|one| Change::of(one).key).collect();
            Some((texts.first()?.clone(), texts.join(" or ")))
        })
        .collect()
}

/// Returns the changes with alternatives, each once.
fn groups(karyotype: &Karyotype) -> Vec<&Abnormality> {
    let mut groups: Vec<&Abnormality> = Vec::new();
    for abnormality in karyotype.clones.iter().flat_map(|c| &c.abnormalities) {
        if !abnormality.alternatives.is_empty() && !groups.contains(&abnormality) {
            groups.push(abnormality);
        }
    }
    groups
}

/// Returns what may be there, each without its alternatives; the cells are those of the clone or of the whole group.
fn one_by_one(group: &Abnormality) -> Vec<Abnormality> {
    let first = Abnormality {
        alternatives: Vec::new(),
        ..group.clone()
    };
    let others = group.alternatives.iter().map(|other| Abnormality {
        cells: group.cells,
        ..other.clone()
    });
    std::iter::once(first).chain(others).collect()
}

fn with(karyotype: &Karyotype, group: &Abnormality, one: &Abnormality) -> Karyotype {
    let mut chosen = karyotype.clone();
    for abnormality in chosen.clones.iter_mut().flat_map(|c| &mut c.abnormalities) {
        if abnormality == group {
            abnormality.clone_from(one);
        }
    }
    chosen
}

fn left_open(karyotype: &Karyotype, group: &Abnormality) -> Karyotype {
    let mut open = karyotype.clone();
    for clone in &mut open.clones {
        let before = clone.abnormalities.len();
        clone.abnormalities.retain(|a| a != group);
        if clone.abnormalities.len() < before {
            clone.unreadable.push(group.to_string());
        }
    }
    open
}
