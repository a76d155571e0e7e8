//! `FUNCOTATION` of GATK: `[a|b|c]` for each ALT, `#` between transcripts, columns named in the header with the data source
//! and its version before them.

use super::{AnnotationSource, FileAnnotation, given};
use crate::variants::record::Record;

/// Takes the field apart: for one allele, the values of each transcript.
pub(crate) fn transcripts<'a>(record: &Record<'a>, allele: usize) -> Vec<Vec<&'a str>> {
    let Some(text) = record.info.get("FUNCOTATION") else {
        return Vec::new();
    };
    let alleles: Vec<&str> = text.split("],[").collect();
    let at = if alleles.len() == record.alternates.len() {
        allele - 1
    } else {
        0
    };
    if alleles.len() != record.alternates.len() && record.alternates.len() > 1 {
        return Vec::new();
    }
    alleles[at]
        .split("]#[")
        .map(|t| t.trim_matches(['[', ']']).split('|').collect())
        .collect()
}

pub(super) fn read(record: &Record<'_>, allele: usize, columns: &[String], found: &mut Vec<FileAnnotation>) {
    for values in transcripts(record, allele) {
        let get = |ending: &str| {
            let at = columns
                .iter()
                .position(|c| c.starts_with("Gencode") && c.ends_with(ending))?;
            values.get(at).and_then(|v| given(&unescaped(v)))
        };
        let annotation = FileAnnotation {
            gene: get("_hugoSymbol"),
            transcript: get("_annotationTranscript"),
            terms: [
                get("_variantClassification"),
                get("_secondaryVariantClassification"),
            ]
            .into_iter()
            .flatten()
            .collect(),
            hgvs_c: get("_cDnaChange"),
            hgvs_p: get("_proteinChange"),
            exon: get("_transcriptExon"),
            ..FileAnnotation::new(AnnotationSource::Funcotation)
        };
        if annotation.gene.is_some() || annotation.transcript.is_some() {
            found.push(annotation);
        }
    }
}

/// Funcotator writes `_%20_` for a space and the like.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_%") {
        let code = rest
            .get(at + 2..at + 4)
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match code {
            Some(code) if rest[at + 4..].starts_with('_') => {
                out.push_str(&rest[..at]);
                out.push(char::from(code));
                rest = &rest[at + 5..];
            }
            _ => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_alleles_and_transcripts() {
        let columns: Vec<String> = [
            "Gencode_34_hugoSymbol",
            "Gencode_34_variantClassification",
            "Gencode_34_annotationTranscript",
            "Gencode_34_proteinChange",
        ]
        .map(str::to_owned)
        .into();
        let line = "chr1\t1\t.\tA\tC,G\t.\t.\tFUNCOTATION=[G1|MISSENSE|T1.1|p.A1C]#[G1|INTRON|T2.1|],[G2|NONSENSE|T3.1|p.A1_%3D_]";
        let record = Record::parse(line).unwrap();
        let mut found = Vec::new();
        read(&record, 1, &columns, &mut found);
        assert_eq!(
            found.iter().map(|f| f.transcript.as_deref()).collect::<Vec<_>>(),
            [Some("T1.1"), Some("T2.1")]
        );
        assert_eq!(found[1].hgvs_p, None);
        found.clear();
        read(&record, 2, &columns, &mut found);
        assert_eq!(found[0].hgvs_p.as_deref(), Some("p.A1="));
    }
}
