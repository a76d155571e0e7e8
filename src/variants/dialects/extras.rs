//! What stands beside the counts: strands, orientations, qualities, the caller's own fraction.

use super::cell::{Cell, counts};
use super::{fraction, sanger};
use crate::evidence::{Evidence, OrientationCounts, StrandCounts};

/// Fills what the record gives.
pub(super) fn add(cell: &Cell<'_>, evidence: &mut Evidence) {
    evidence.strands = strands(cell);
    evidence.orientations = orientations(cell);
    evidence.base_quality = base_quality(cell);
    evidence.mapping_quality = mapping_quality(cell);
    evidence.caller_vaf = fraction::printed(cell).map(|(_, vaf)| vaf);
}

fn strands(cell: &Cell<'_>) -> Option<StrandCounts> {
    by_allele(cell)
        .or_else(|| vardict(cell))
        .or_else(|| four(cell))
        .or_else(|| forward_reverse(cell))
        .or_else(|| table(cell))
        .or_else(|| sanger::strands(cell))
}

fn strand_counts(values: [Option<u32>; 4]) -> Option<StrandCounts> {
    let [
        Some(ref_forward),
        Some(ref_reverse),
        Some(alt_forward),
        Some(alt_reverse),
    ] = values
    else {
        return None;
    };
    Some(StrandCounts {
        ref_forward,
        ref_reverse,
        alt_forward,
        alt_reverse,
    })
}

/// `ADF`, `ADR`: per allele (bcftools, Strelka germline), or the alternative alone with `RDF`, `RDR` (VarScan).
fn by_allele(cell: &Cell<'_>) -> Option<StrandCounts> {
    let (forward, reverse) = (cell.format_counts("ADF")?, cell.format_counts("ADR")?);
    let (ref_forward, ref_reverse) = if forward.len() == cell.alternates() + 1 {
        (forward[0], *reverse.first()?)
    } else {
        (cell.format_count("RDF"), cell.format_count("RDR"))
    };
    strand_counts([
        ref_forward,
        ref_reverse,
        cell.of_allele(&forward),
        cell.of_allele(&reverse),
    ])
}

/// VarDict: `RD` and `ALD`, forward and reverse each.
fn vardict(cell: &Cell<'_>) -> Option<StrandCounts> {
    let (reference, alternate) = (cell.format_counts("RD")?, cell.format_counts("ALD")?);
    match (&*reference, &*alternate) {
        (&[rf, rr], &[af, ar]) if cell.real_alternates() == 1 => strand_counts([rf, rr, af, ar]),
        _ => None,
    }
}

/// Four numbers in one field: `SB` of GATK and DRAGEN, `DP4` of VarScan, SomaticSniper, LoFreq and bcftools. Other callers
/// put a score into SB; it is no list of four.
fn four(cell: &Cell<'_>) -> Option<StrandCounts> {
    if cell.real_alternates() != 1 {
        return None;
    }
    [cell.format("SB"), cell.format("DP4"), cell.info("DP4")]
        .into_iter()
        .flatten()
        .find_map(|text| {
            <[Option<u32>; 4]>::try_from(counts(text))
                .ok()
                .and_then(strand_counts)
        })
}

/// `SRF SRR SAF SAR` of freebayes (INFO) and Torrent Variant Caller (FORMAT, flow-space ones with an F before).
fn forward_reverse(cell: &Cell<'_>) -> Option<StrandCounts> {
    let get = |key: &str| cell.format(key).or_else(|| cell.info(key)).map(counts);
    for [rf, rr, af, ar] in [["FSRF", "FSRR", "FSAF", "FSAR"], ["SRF", "SRR", "SAF", "SAR"]] {
        let (Some(af), Some(ar)) = (get(af), get(ar)) else {
            continue;
        };
        let one = |key: &str| get(key).and_then(|v| v.first().copied().flatten());
        let found = strand_counts([one(rf), one(rr), cell.of_allele(&af), cell.of_allele(&ar)]);
        if found.is_some() {
            return found;
        }
    }
    None
}

/// INFO `AS_SB_TABLE`, `ref|alt1|alt2` with forward and reverse each: Mutect2 sums it over samples.
fn table(cell: &Cell<'_>) -> Option<StrandCounts> {
    let rows: Vec<Vec<Option<u32>>> = cell.info("AS_SB_TABLE")?.split('|').map(counts).collect();
    match (rows.first()?.as_slice(), rows.get(cell.allele)?.as_slice()) {
        (&[rf, rr], &[af, ar]) => strand_counts([rf, rr, af, ar]),
        _ => None,
    }
}

/// GATK 4: `F1R2`, `F2R1` per allele; GATK 3: `REF_F1R2` and the like.
fn orientations(cell: &Cell<'_>) -> Option<OrientationCounts> {
    let one = |key: &str| cell.format_count(key);
    if let (Some(f1r2), Some(f2r1)) = (cell.format_counts("F1R2"), cell.format_counts("F2R1")) {
        if f1r2.len() != cell.alternates() + 1 || f2r1.len() != f1r2.len() {
            return None;
        }
        return Some(OrientationCounts {
            ref_f1r2: f1r2[0]?,
            ref_f2r1: f2r1[0]?,
            alt_f1r2: f1r2[cell.allele]?,
            alt_f2r1: f2r1[cell.allele]?,
        });
    }
    Some(OrientationCounts {
        ref_f1r2: one("REF_F1R2")?,
        ref_f2r1: one("REF_F2R1")?,
        alt_f1r2: one("ALT_F1R2")?,
        alt_f2r1: one("ALT_F2R1")?,
    })
}

fn numbers(text: &str) -> Vec<Option<f64>> {
    text.split(',')
        .map(|t| t.parse().ok().filter(|v: &f64| v.is_finite()))
        .collect()
}

fn quality(cell: &Cell<'_>, formats: &[&str], infos: &[&str]) -> Option<f64> {
    let texts = formats
        .iter()
        .filter_map(|k| cell.format(k))
        .chain(infos.iter().filter_map(|k| cell.info(k)));
    texts.into_iter().find_map(|text| cell.of_allele(&numbers(text)))
}

/// Mutect2 `MBQ`, VarScan `ABQ`, VarDict `QUAL`; freebayes sums (`QA`), divided by its count.
fn base_quality(cell: &Cell<'_>) -> Option<f64> {
    let mut infos = vec!["MBQ"];
    // INFO QUAL and MQ are of the alternative reads in VarDict only.
    if cell.info("VARBIAS").is_some() {
        infos.push("QUAL");
    }
    quality(cell, &["MBQ", "ABQ", "QUAL"], &infos).or_else(|| {
        let total = cell.of_allele(&numbers(cell.format("QA")?))?;
        let count = cell.of_allele(&cell.format_counts("AO")?)?;
        (count > 0).then(|| total / f64::from(count))
    })
}

/// Mutect2 `MMQ`, freebayes `MQM`, VarDict `MQ`.
fn mapping_quality(cell: &Cell<'_>) -> Option<f64> {
    let vardict = cell.info("VARBIAS").is_some() || cell.format("ALD").is_some();
    let formats: &[&str] = if vardict { &["MQ"] } else { &["MMQ"] };
    let infos: &[&str] = if vardict { &["MQ"] } else { &["MMQ", "MQM"] };
    quality(cell, formats, infos)
}
