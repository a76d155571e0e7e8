//! A fraction without counts: Clair3, varlociraptor and whoever else writes only that. It has no interval.

use super::cell::{Cell, fraction, fractions};
use crate::evidence::{CountsNote, Evidence};
use crate::variants::caller::Caller;

/// FORMAT fields that hold the allele fraction of the reads.
const FIELDS: [&str; 11] = [
    "AF", "VAF", "VF", "FREQ", "FA", "VMF", "ALT_FREQ", "MAP_VAF", "TVAF", "JAF", // NanoCaller.
    "FQ",
];

/// INFO AF is the reads' fraction only in these; elsewhere it is the genotypes' or a population's.
const INFO_AF: [Caller; 6] = [
    Caller::LoFreq,
    Caller::VarDict,
    Caller::Tvc,
    Caller::Outlyzer,
    Caller::Ivar,
    Caller::SmCounter,
];

pub(super) fn read(cell: &Cell<'_>) -> Option<Evidence> {
    let Some((field, vaf)) = printed(cell) else {
        return impossible(cell);
    };
    let depth = if field.starts_with("INFO") {
        cell.any_depth()
    } else {
        cell.depth()
    };
    Some(Evidence::from_fraction(
        vaf,
        depth,
        CountsNote::NoCounts { field: field.clone() },
    ))
}

/// Says that a fraction is none; a percentage without its sign is nothing that could be told from it.
fn impossible(cell: &Cell<'_>) -> Option<Evidence> {
    let is_number = |text: &str| {
        text.split(',')
            .any(|v| v.trim().parse::<f64>().is_ok_and(|v| !(0.0..=1.0).contains(&v)))
    };
    let field = FIELDS
        .iter()
        .find(|field| cell.format(field).is_some_and(is_number))?;
    Some(Evidence {
        depth: cell.depth(),
        ..Evidence::with_note(CountsNote::NoFraction {
            field: (*field).to_owned(),
        })
    })
}

/// Returns the fraction that the caller prints, and its field.
pub(super) fn printed(cell: &Cell<'_>) -> Option<(String, f64)> {
    for field in FIELDS {
        if let Some(vaf) = cell
            .format(field)
            .and_then(|text| cell.of_allele(&fractions(text)))
        {
            return Some((field.to_owned(), vaf));
        }
    }
    if let Some(vaf) = local(cell) {
        return Some(("LAF".to_owned(), vaf));
    }
    // CaVEMan's proportion of mutated reads; PM alone is a name for anything.
    if cell.format("FAZ").is_some() || cell.format("AA").is_some() {
        let vaf = cell.format("PM").and_then(fraction);
        if let Some(vaf) = vaf.filter(|_| cell.real_alternates() == 1) {
            return Some(("PM".to_owned(), vaf));
        }
    }
    let info = |field: &str| {
        let vaf = cell
            .info(field)
            .and_then(|text| cell.of_allele(&fractions(text)))?;
        Some((format!("INFO {field}"), vaf))
    };
    if INFO_AF.contains(&cell.caller) {
        return info("AF").or_else(|| info("VMF"));
    }
    info("VAF").or_else(|| info("VMF")).or_else(|| {
        if cell.values.is_none() {
            lofreq_like(cell).and_then(|()| info("AF"))
        } else {
            None
        }
    })
}

/// Fractions of local alleles, `LAF`; an allele that `LAA` does not name has none.
fn local(cell: &Cell<'_>) -> Option<f64> {
    let values = fractions(cell.format("LAF")?);
    let local = cell.local_alternates()?;
    let place = local.iter().position(|a| *a == cell.allele)?;
    (values.len() == local.len()).then(|| values[place]).flatten()
}

/// A file without samples whose INFO has DP4 beside AF is LoFreq's, whatever its header lost.
fn lofreq_like(cell: &Cell<'_>) -> Option<()> {
    (cell.info("DP4").is_some() && cell.info("AC").is_none()).then_some(())
}
