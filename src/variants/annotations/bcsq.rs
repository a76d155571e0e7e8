//! `BCSQ` of `bcftools csq`: `Consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change`.

use super::{AnnotationSource, FileAnnotation, given};
use crate::variants::record::Record;

const COLUMNS: [&str; 7] = [
    "Consequence",
    "gene",
    "transcript",
    "biotype",
    "strand",
    "amino_acid_change",
    "dna_change",
];

pub(super) fn read(record: &Record<'_>, allele: usize, columns: &[String], found: &mut Vec<FileAnnotation>) {
    let Some(text) = record.info.get("BCSQ") else {
        return;
    };
    for entry in text.split(',') {
        // `@123` points to the record that holds the consequence of both together.
        if entry.starts_with('@') {
            continue;
        }
        let values: Vec<&str> = entry.split('|').collect();
        let get = |name: &str| {
            let named = columns.iter().position(|c| c.eq_ignore_ascii_case(name));
            let at = named.or_else(|| COLUMNS.iter().position(|c| *c == name))?;
            values.get(at).copied().filter(|v| !v.is_empty())
        };
        let dna = get("dna_change");
        if record.alternates.len() > 1 && !dna.is_some_and(|d| is_of(d, record, allele)) {
            continue;
        }
        found.push(FileAnnotation {
            gene: get("gene").and_then(given),
            transcript: get("transcript").and_then(given),
            // A star marks a consequence behind a stop.
            terms: get("Consequence")
                .map(|c| {
                    c.split('&')
                        .filter_map(|t| given(t.trim_start_matches('*')))
                        .collect()
                })
                .unwrap_or_default(),
            hgvs_p: get("amino_acid_change").and_then(protein),
            ..FileAnnotation::new(AnnotationSource::Bcsq)
        });
    }
}

/// `14522G>A`, several joined by `+` for a haplotype.
fn is_of(dna: &str, record: &Record<'_>, allele: usize) -> bool {
    dna.split('+').any(|change| {
        change
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .split_once('>')
            .is_some_and(|(r, a)| r == record.reference && a == record.alternates[allele - 1])
    })
}

/// `175R>175H` as HGVS; other shapes (frameshifts list whole tails) are no HGVS and are left out.
fn protein(text: &str) -> Option<String> {
    let split = |t: &str| {
        let at = t.find(|c: char| !c.is_ascii_digit())?;
        let (position, residue) = t.split_at(at);
        (residue.len() == 1 && !position.is_empty()).then(|| (position.to_owned(), residue.to_owned()))
    };
    match text.split_once('>') {
        None => split(text).map(|(position, residue)| format!("p.{residue}{position}=")),
        Some((old, new)) => match (split(old)?, split(new)?) {
            ((p, r), (q, s)) if p == q => Some(format!("p.{r}{p}{s}")),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_entries() {
        let line = "17\t7675088\t.\tC\tT\t.\t.\tBCSQ=missense|TP53|ENST00000269305|protein_coding|-|175R>175H|7675088C>T,@99";
        let mut found = Vec::new();
        read(&Record::parse(line).unwrap(), 1, &[], &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hgvs_p.as_deref(), Some("p.R175H"));
        assert_eq!(found[0].terms, ["missense"]);
    }

    #[test]
    fn leaves_long_tails_out() {
        assert_eq!(protein("125SPQ*>125SX*"), None);
        assert_eq!(protein("12L"), Some("p.L12=".into()));
    }
}
