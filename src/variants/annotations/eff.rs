//! `EFF` of SnpEff before 4.1: `Effect(Impact|Class|Codon|AminoAcid|…|Gene|…|Transcript|Exon|Genotype)`.

use super::{AnnotationSource, FileAnnotation, given};
use crate::variants::record::Record;

const COLUMNS: [&str; 11] = [
    "Effect_Impact",
    "Functional_Class",
    "Codon_Change",
    "Amino_Acid_change",
    "Amino_Acid_length",
    "Gene_Name",
    "Transcript_BioType",
    "Gene_Coding",
    "Transcript_ID",
    "Exon_Rank",
    "Genotype_Number",
];

/// Reads the names between the brackets of the description.
pub(super) fn columns(description: &str) -> Vec<String> {
    let list = description.split_once('(').map_or("", |(_, list)| list);
    let names: Vec<String> = list
        .split('|')
        .map(|c| {
            c.trim_matches(|c: char| !c.is_alphanumeric())
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    if names.len() > 5 {
        names
    } else {
        COLUMNS.map(str::to_owned).into()
    }
}

pub(super) fn read(record: &Record<'_>, allele: usize, columns: &[String], found: &mut Vec<FileAnnotation>) {
    let Some(text) = record.info.get("EFF") else {
        return;
    };
    for entry in text.split("),") {
        let Some((effect, values)) = entry.split_once('(') else {
            continue;
        };
        let values: Vec<&str> = values.trim_end_matches(')').split('|').collect();
        let get = |names: &[&str]| {
            let at = columns
                .iter()
                .position(|c| names.iter().any(|n| c.eq_ignore_ascii_case(n)))?;
            values.get(at).copied().filter(|v| !v.is_empty())
        };
        let number = get(&["Genotype_Number", "Genotype"]).and_then(|n| n.parse::<usize>().ok());
        if number.map_or(record.alternates.len() > 1, |n| n != allele) {
            continue;
        }
        let (hgvs_p, hgvs_c) = changes(get(&["Amino_Acid_change"]).unwrap_or_default());
        found.push(FileAnnotation {
            gene: get(&["Gene_Name"]).and_then(given),
            transcript: get(&["Transcript_ID", "Transcript"]).and_then(given),
            terms: effect.split(['+', '&']).filter_map(given).collect(),
            hgvs_c,
            hgvs_p,
            exon: get(&["Exon_Rank", "Exon", "Exon_ID"]).and_then(given),
            ..FileAnnotation::new(AnnotationSource::Eff)
        });
    }
}

/// `p.Arg175His/c.524G>A`, or `R175H`.
fn changes(text: &str) -> (Option<String>, Option<String>) {
    let mut found = (None, None);
    for part in text.split('/') {
        if part.starts_with("p.") {
            found.0 = given(part);
        } else if part.starts_with("c.") || part.starts_with("n.") {
            found.1 = given(part);
        } else if is_substitution(part) {
            found.0 = Some(format!("p.{part}"));
        }
    }
    found
}

fn is_substitution(text: &str) -> bool {
    let residue = |c: char| c.is_ascii_uppercase() || c == '*';
    let middle = text.trim_start_matches(residue).trim_end_matches(residue);
    text.starts_with(residue) && !middle.is_empty() && middle.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_entries_of_the_allele() {
        let line = "1\t69511\t.\tA\tG,C\t.\t.\tEFF=NON_SYNONYMOUS_CODING(MODERATE|MISSENSE|Aca/Gca|T141A|305|OR4F5|protein_coding|CODING|ENST00000335137|1|1),X(L|||p.Thr141Pro/c.421A>C|305|OR4F5|protein_coding|CODING|ENST00000335137|1|2)";
        let record = Record::parse(line).unwrap();
        for (allele, p, c) in [(1, "p.T141A", None), (2, "p.Thr141Pro", Some("c.421A>C"))] {
            let mut found = Vec::new();
            read(&record, allele, &columns(""), &mut found);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].hgvs_p.as_deref(), Some(p));
            assert_eq!(found[0].hgvs_c.as_deref(), c);
        }
    }
}
