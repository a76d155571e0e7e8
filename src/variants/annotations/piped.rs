//! `CSQ` of VEP and `ANN` of SnpEff: entries separated by commas, columns by `|`, named in the header.

use super::{AnnotationSource, FileAnnotation, change, given, minimal};
use crate::variants::record::Record;

/// Reads `Format: Allele|Consequence|…` of a description.
pub(super) fn columns(description: &str) -> Vec<String> {
    let list = ["Format:", "fields are:", "format:"]
        .iter()
        .find_map(|mark| description.split_once(mark))
        .map_or(description, |(_, list)| list);
    if !list.contains('|') {
        return Vec::new();
    }
    list.split('|')
        .map(|c| {
            c.trim_matches(|c: char| c.is_whitespace() || "'\"[]()".contains(c))
                .to_owned()
        })
        .collect()
}

/// Columns of the ANN field, version 1.0 (Cingolani et al. 2015, "Variant annotations in VCF format").
const ANN: [&str; 11] = [
    "Allele",
    "Annotation",
    "Annotation_Impact",
    "Gene_Name",
    "Gene_ID",
    "Feature_Type",
    "Feature_ID",
    "Transcript_BioType",
    "Rank",
    "HGVS.c",
    "HGVS.p",
];

/// SnpEff names its columns in quotes; the order never changed, so a lost header line costs nothing.
pub(super) fn ann_columns(description: &str) -> Vec<String> {
    let list = description.split_once('\'').map_or(description, |(_, list)| list);
    let found = columns(list);
    if found.len() > 10 {
        found
    } else {
        ANN.map(str::to_owned).into()
    }
}

struct Entry<'a> {
    columns: &'a [String],
    values: Vec<&'a str>,
}

impl<'a> Entry<'a> {
    fn get(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| {
            let at = self.columns.iter().position(|c| c.eq_ignore_ascii_case(name))?;
            self.values.get(at).copied().filter(|v| !v.is_empty())
        })
    }
}

fn entries<'a>(text: &'a str, columns: &'a [String]) -> Vec<Entry<'a>> {
    text.split(',')
        .map(|e| Entry {
            columns,
            values: e.split('|').collect(),
        })
        .collect()
}

pub(super) fn csq(record: &Record<'_>, allele: usize, columns: &[String], found: &mut Vec<FileAnnotation>) {
    let Some(text) = record.info.get("CSQ").filter(|_| !columns.is_empty()) else {
        return;
    };
    let entries = entries(text, columns);
    for entry in &entries {
        if csq_is_of(record, allele, entry, &entries)
            && entry.get(&["Feature_type"]).is_none_or(|t| t == "Transcript")
        {
            found.push(csq_entry(entry));
        }
    }
}

/// Returns the values of some columns of the entries of one allele.
pub(crate) fn csq_values<'a>(
    record: &Record<'a>,
    allele: usize,
    columns: &'a [String],
    mut wanted: impl FnMut(&str) -> bool,
) -> Vec<(&'a str, &'a str)> {
    let Some(text) = record.info.get("CSQ").filter(|_| !columns.is_empty()) else {
        return Vec::new();
    };
    let entries = entries(text, columns);
    let mut values = Vec::new();
    for entry in entries.iter().filter(|e| csq_is_of(record, allele, e, &entries)) {
        for (name, value) in columns.iter().zip(&entry.values) {
            if !value.is_empty() && wanted(name) {
                values.push((name.as_str(), *value));
            }
        }
    }
    values
}

/// VEP names an allele as in the file, or without the first base that all alleles share (`-` when nothing is left), or
/// minimal.
fn csq_is_of(record: &Record<'_>, allele: usize, entry: &Entry<'_>, all: &[Entry<'_>]) -> bool {
    if let Some(number) = entry.get(&["ALLELE_NUM"]).and_then(|n| n.parse::<usize>().ok()) {
        return number == allele;
    }
    let Some(name) = entry.get(&["Allele"]) else {
        return record.alternates.len() == 1;
    };
    let owner = |alternate: &str| -> u8 {
        let shortened = alternate.get(1..).map(|a| if a.is_empty() { "-" } else { a });
        let (_, least) = minimal(record.reference, alternate);
        let least = if least.is_empty() { "-" } else { least };
        let same_start = record.reference.as_bytes().first() == alternate.as_bytes().first();
        match () {
            () if alternate == name => 3,
            () if same_start && shortened == Some(name) => 2,
            () if least == name => 1,
            // VEP writes symbolic alleles without brackets or in words.
            () if alternate.starts_with('<') && record.alternates.len() == 1 => 1,
            () => 0,
        }
    };
    let mine = owner(record.alternates[allele - 1]);
    let best = record.alternates.iter().map(|a| owner(a)).max().unwrap_or(0);
    if best > 0 {
        return mine == best;
    }
    // A record that was moved or trimmed after annotation: one name and one allele can only belong together.
    record.alternates.len() == 1 && all.iter().all(|e| e.get(&["Allele"]) == Some(name))
}

fn terms(text: &str) -> Vec<String> {
    text.split('&').filter_map(given).collect()
}

fn csq_entry(entry: &Entry<'_>) -> FileAnnotation {
    let coding = entry.get(&["HGVSc", "HGVS_C"]);
    let feature = entry.get(&["Feature", "Feature_ID"]).and_then(given);
    // Only the HGVS column has the version in many files.
    let versioned = coding
        .and_then(|c| c.rsplit_once(':'))
        .map(|(transcript, _)| transcript.to_owned())
        .filter(|t| {
            feature
                .as_ref()
                .is_none_or(|f| t.split('.').next() == f.split('.').next())
        });
    FileAnnotation {
        gene: entry
            .get(&["SYMBOL", "HGNC", "Gene_Name", "Gene"])
            .and_then(given),
        transcript: versioned.or(feature),
        terms: entry.get(&["Consequence"]).map(terms).unwrap_or_default(),
        hgvs_c: coding.and_then(change),
        hgvs_p: entry.get(&["HGVSp", "HGVS_P"]).and_then(change),
        exon: entry.get(&["EXON"]).and_then(given),
        intron: entry.get(&["INTRON"]).and_then(given),
        ..FileAnnotation::new(AnnotationSource::Csq)
    }
}

pub(super) fn ann(record: &Record<'_>, allele: usize, columns: &[String], found: &mut Vec<FileAnnotation>) {
    let Some(text) = record.info.get("ANN") else {
        return;
    };
    let alternate = record.alternates[allele - 1];
    for entry in entries(text, columns) {
        let name = entry.values.first().copied().unwrap_or_default();
        let transcript = entry.get(&["Feature_Type"]).is_none_or(|t| t == "transcript");
        if !transcript || !(name == alternate || (record.alternates.len() == 1 && name.is_empty())) {
            continue;
        }
        let intronic = entry.get(&["Annotation"]).is_some_and(|a| a.contains("intron"));
        let rank = entry.get(&["Rank"]).and_then(given);
        found.push(FileAnnotation {
            gene: entry.get(&["Gene_Name"]).and_then(given),
            transcript: entry.get(&["Feature_ID"]).and_then(given),
            terms: entry.get(&["Annotation"]).map(terms).unwrap_or_default(),
            hgvs_c: entry.get(&["HGVS.c"]).and_then(change),
            hgvs_p: entry.get(&["HGVS.p"]).and_then(change),
            exon: rank.clone().filter(|_| !intronic),
            intron: rank.filter(|_| intronic),
            ..FileAnnotation::new(AnnotationSource::Ann)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(reference: &str, alternate: &str, info: &str) -> String {
        format!("chr1\t10\t.\t{reference}\t{alternate}\t.\t.\t{info}")
    }

    fn csq_of(reference: &str, alternate: &str, info: &str, allele: usize) -> Vec<FileAnnotation> {
        let columns =
            columns("Annotations from VEP. Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp|EXON");
        let line = line(reference, alternate, info);
        let mut found = Vec::new();
        csq(&Record::parse(&line).unwrap(), allele, &columns, &mut found);
        found
    }

    #[test]
    fn reads_vep() {
        let info = "CSQ=T|missense_variant&splice_region_variant|TP53|ENST00000269305|ENST00000269305.9:c.524G>A|ENSP00000269305.4:p.Arg175%3D|5/11";
        let actual = csq_of("C", "T", info, 1);
        assert_eq!(actual.len(), 1);
        assert_eq!(actual[0].transcript.as_deref(), Some("ENST00000269305.9"));
        assert_eq!(actual[0].terms, ["missense_variant", "splice_region_variant"]);
        assert_eq!(actual[0].hgvs_c.as_deref(), Some("c.524G>A"));
        assert_eq!(actual[0].hgvs_p.as_deref(), Some("p.Arg175="));
        assert_eq!(actual[0].exon.as_deref(), Some("5/11"));
    }

    #[test]
    fn matches_vep_alleles() {
        let info = "CSQ=-|frameshift_variant|G1||||,GT|inframe|G2||||,TTA|x|G3||||";
        let gene = |allele| {
            csq_of("CA", "C,CGT,CTTA", info, allele)
                .into_iter()
                .map(|a| a.gene.unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (gene(1), gene(2), gene(3)),
            (vec!["G1".to_owned()], vec!["G2".into()], vec!["G3".into()])
        );
        // Decomposed: the entry of the other allele is still there.
        let actual = csq_of("C", "T", "CSQ=A|x|A1||||,T|y|T1||||", 1);
        assert_eq!(
            actual.iter().map(|a| a.gene.as_deref()).collect::<Vec<_>>(),
            [Some("T1")]
        );
    }

    #[test]
    fn reads_snpeff() {
        let text = line(
            "C",
            "T",
            "ANN=T|stop_gained|HIGH|ASXL1|ASXL1|transcript|NM_015338.6|protein_coding|12/13|c.1772C>T|p.Gln591*|x|y|z||,G|a|b|c|d|transcript|f|g|h|i|j",
        );
        let mut found = Vec::new();
        ann(&Record::parse(&text).unwrap(), 1, &ann_columns(""), &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hgvs_p.as_deref(), Some("p.Gln591*"));
        assert_eq!(found[0].transcript.as_deref(), Some("NM_015338.6"));
        assert_eq!(found[0].exon.as_deref(), Some("12/13"));
    }
}
