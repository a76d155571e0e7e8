//! Population allele frequencies that the input carries: the highest of what it has, and where it stood.

use super::annotations::{AnnotationColumns, annovar_block, csq_values, funcotation_transcripts};
use super::record::Record;
use crate::evidence::PopulationFrequency;
use crate::genome::Chromosome;

/// Words in a key that name a population resource, lower case.
const RESOURCES: [&str; 18] = [
    "gnomad", "exac", "1000g", "1kg", "esp6500", "popmax", "grpmax", "max_af", "kaviar", "tommo", "jpn",
    "hgvd", "topmed", "uk10k", "swegen", "abraom", "g1k", "alfa",
];

/// Words in a key that say it is a frequency: `AF` itself, or a population, or `all` as ANNOVAR writes it.
const FREQUENCIES: [&str; 26] = [
    "af",
    "freq",
    "all",
    "popmax",
    "grpmax",
    "afr",
    "amr",
    "eas",
    "sas",
    "nfe",
    "eur",
    "fin",
    "asj",
    "oth",
    "mid",
    "ami",
    "remaining",
    "male",
    "female",
    "raw",
    "maf",
    "xx",
    "xy",
    "aa",
    "ea",
    "jpn",
];

/// Words that say it is a count, a bound or another thing.
const NOT_FREQUENCIES: [&str; 18] = [
    "ac", "an", "hom", "nhomalt", "hemi", "het", "count", "filter", "filters", "dp", "cov", "coverage", "rs",
    "id", "faf95", "faf99", "faf", "flag",
];

/// VEP columns that are frequencies without naming a resource: 1000 Genomes and ESP.
const CSQ_COLUMNS: [&str; 9] = [
    "AF", "AFR_AF", "AMR_AF", "EAS_AF", "EUR_AF", "SAS_AF", "AA_AF", "EA_AF", "MAX_AF",
];

/// Mutect2 writes this for alleles that are not in its resource: `--af-of-alleles-not-in-resource` is 1e-6 with a normal
/// and 5e-8 without (GATK 4.1 and later), so POPAF is 6.00 or 7.30.
const POPAF_ABSENT: f64 = 5.995;

/// The same default in GATK 4.0, where POP_AF is linear.
const POP_AF_ABSENT: f64 = 0.001;

/// Returns the highest frequency of one allele (1 for the first ALT).
pub(crate) fn highest(
    record: &Record<'_>,
    allele: usize,
    columns: &AnnotationColumns,
) -> Option<PopulationFrequency> {
    let mut best: Option<PopulationFrequency> = None;
    let mut offer = |frequency: Option<f64>, field: String| {
        let Some(frequency) = frequency.filter(|f| (0.0..=1.0).contains(f)) else {
            return;
        };
        if best.as_ref().is_none_or(|b| frequency > b.frequency) {
            best = Some(PopulationFrequency { frequency, field });
        }
    };
    let block = annovar_block(record, allele).filter(|_| record.alternates.len() > 1);
    let in_blocks = block.is_some();
    for (key, value) in block.as_ref().unwrap_or(&record.info).pairs() {
        match key {
            "POPAF" => offer(popaf(record, allele, value), "INFO/POPAF".into()),
            "POP_AF" => {
                let value = of_allele(record, allele, value).filter(|f| (f - POP_AF_ABSENT).abs() > 1e-9);
                offer(value, "INFO/POP_AF".into());
            }
            _ if is_frequency(key) => {
                let value = if in_blocks {
                    value.parse().ok()
                } else {
                    of_allele(record, allele, value)
                };
                offer(value, format!("INFO/{key}"));
            }
            _ => {}
        }
    }
    for (name, value) in csq_values(record, allele, &columns.csq, |c| {
        CSQ_COLUMNS.contains(&c) || is_frequency(c)
    }) {
        // Several co-located variants are joined by `&`; old releases write `A:0.02`.
        for part in value.split('&') {
            let number = part.rsplit_once(':').map_or(part, |(_, n)| n);
            offer(number.parse().ok(), format!("CSQ {name}"));
        }
    }
    for values in funcotation_transcripts(record, allele) {
        for (name, value) in columns.funcotation.iter().zip(values) {
            if is_frequency(name) {
                offer(value.parse().ok(), format!("FUNCOTATION {name}"));
            }
        }
    }
    best
}

/// Whether a key names a frequency of a population resource.
pub(super) fn is_frequency(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    if !RESOURCES.iter().any(|r| lower.contains(r)) && !is_gnomad_211(&lower) {
        return false;
    }
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    !words.iter().any(|w| NOT_FREQUENCIES.contains(w)) && words.iter().any(|w| FREQUENCIES.contains(w))
}

/// ANNOVAR's gnomad211 columns are `AF_nfe` and the like.
fn is_gnomad_211(lower: &str) -> bool {
    matches!(
        lower,
        "af_afr"
            | "af_amr"
            | "af_asj"
            | "af_eas"
            | "af_fin"
            | "af_nfe"
            | "af_oth"
            | "af_sas"
            | "af_raw"
            | "af_male"
            | "af_female"
    )
}

/// Returns the value of one allele (1 for the first ALT) out of a list.
pub(super) fn of_allele(record: &Record<'_>, allele: usize, value: &str) -> Option<f64> {
    let values: Vec<&str> = value.split(',').collect();
    match values.len() {
        n if n == record.alternates.len() => values[allele - 1].parse().ok(),
        1 => values[0].parse().ok(),
        // Several co-located entries of one allele: the highest.
        _ if record.alternates.len() == 1 => values
            .iter()
            .filter_map(|v| v.parse::<f64>().ok())
            .fold(None, |best, v| Some(best.map_or(v, |b: f64| b.max(v)))),
        _ => None,
    }
}

/// POPAF is -log10 of the frequency. In mitochondrial mode its default is another (4e-3), so it says nothing there.
fn popaf(record: &Record<'_>, allele: usize, value: &str) -> Option<f64> {
    if Chromosome::parse(record.contig) == Some(Chromosome::M) {
        return None;
    }
    let values: Vec<&str> = value.split(',').collect();
    let text = if values.len() == record.alternates.len() {
        values[allele - 1]
    } else {
        values[0]
    };
    let minus_log: f64 = text.parse().ok()?;
    (0.0..POPAF_ABSENT)
        .contains(&minus_log)
        .then(|| 10f64.powf(-minus_log))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(info: &str, allele: usize) -> Option<(f64, String)> {
        let line = format!("chr1\t10\t.\tA\tC,G\t.\t.\t{info}");
        let record = Record::parse(&line).unwrap();
        highest(&record, allele, &AnnotationColumns::default()).map(|p| (p.frequency, p.field))
    }

    #[test]
    fn takes_the_highest_of_the_allele() {
        assert_eq!(
            of("gnomAD_AF=0.1,0.2;ExAC_ALL=0.05", 1),
            Some((0.1, "INFO/gnomAD_AF".into()))
        );
        assert_eq!(
            of("gnomAD_AF=0.1,0.2;ExAC_ALL=0.05", 2),
            Some((0.2, "INFO/gnomAD_AF".into()))
        );
        assert_eq!(
            of("AF_popmax=.;gnomad_exome_AF_nfe=0.01,.", 1),
            Some((0.01, "INFO/gnomad_exome_AF_nfe".into()))
        );
    }

    #[test]
    fn knows_what_is_no_frequency() {
        assert_eq!(
            of("AF=0.5,0.5;gnomAD_AC=1;gnomAD_nhomalt=0;gnomad_DP=1;MLEAF=0.5", 1),
            None
        );
        assert_eq!(of("POPAF=6.00,7.30", 1), None);
        assert_eq!(of("POPAF=6.00,7.30", 2), None);
        assert_eq!(of("POP_AF=0.001,0.001", 1), None);
    }

    #[test]
    fn undoes_the_logarithm() {
        assert_eq!(of("POPAF=2.00,6.00", 1), Some((0.01, "INFO/POPAF".into())));
    }
}
