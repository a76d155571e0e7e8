//! ANNOVAR: `Func.refGene`, `ExonicFunc.refGene`, `AAChange.refGene=GENE:NM_x:exon5:c.X:p.Y,…`; in multi-allelic records one
//! block per ALT, each closed by `ALLELE_END`.

use super::{AnnotationSource, FileAnnotation, given};
use crate::variants::record::{Info, Record};

/// Returns the part of INFO that speaks of one allele.
pub(crate) fn block<'a>(record: &Record<'a>, allele: usize) -> Option<Info<'a>> {
    let text = record.info.text;
    if !text.contains("ALLELE_END") {
        return (record.alternates.len() == 1).then(|| record.info.clone());
    }
    text.split("ALLELE_END").nth(allele - 1).map(Info::new)
}

pub(super) fn read(record: &Record<'_>, allele: usize, found: &mut Vec<FileAnnotation>) {
    // Most files have none; do not take every INFO column apart for nothing.
    if !record.info.text.contains("AAChange") && !record.info.text.contains("Func.") {
        return;
    }
    let Some(info) = block(record, allele) else { return };
    for (key, value) in info.pairs() {
        let (name, set) = key.split_once('.').unwrap_or((key, ""));
        if name != "AAChange" && name != "Func" {
            continue;
        }
        let sibling = |name: &str| {
            let key = if set.is_empty() {
                name.to_owned()
            } else {
                format!("{name}.{set}")
            };
            info.get(&key).map(unescaped)
        };
        let mut terms: Vec<String> = Vec::new();
        for text in [sibling("Func"), sibling("ExonicFunc")].into_iter().flatten() {
            terms.extend(text.split(';').filter_map(given).map(|t| t.replace('_', " ")));
        }
        if name == "AAChange" {
            push_changes(&unescaped(value), &terms, found);
        } else if let Some(detail) = sibling("GeneDetail") {
            // Splice variants stand here: `NM_x:exon5:c.100+1G>A`.
            push_details(&detail, sibling("Gene").as_deref(), &terms, found);
        }
    }
}

fn push_changes(text: &str, terms: &[String], found: &mut Vec<FileAnnotation>) {
    for change in text.split([',', '|']) {
        let parts: Vec<&str> = change.split(':').collect();
        if parts.len() < 3 {
            continue;
        }
        let part = |prefix: &str| {
            parts
                .iter()
                .find(|p| p.starts_with(prefix))
                .and_then(|p| given(p))
        };
        found.push(FileAnnotation {
            gene: given(parts[0]),
            transcript: given(parts[1]),
            terms: terms.to_vec(),
            hgvs_c: part("c.").map(|c| in_hgvs(&c)),
            hgvs_p: part("p."),
            exon: part("exon"),
            ..FileAnnotation::new(AnnotationSource::Annovar)
        });
    }
}

fn push_details(text: &str, gene: Option<&str>, terms: &[String], found: &mut Vec<FileAnnotation>) {
    for change in text.split([',', ';']) {
        let parts: Vec<&str> = change.split(':').collect();
        let coding = parts.iter().find(|p| p.starts_with("c.")).and_then(|p| given(p));
        if parts.len() < 2 || coding.is_none() {
            continue;
        }
        found.push(FileAnnotation {
            gene: gene.and_then(|g| given(g.split([';', ',']).next().unwrap_or_default())),
            transcript: given(parts[0]),
            terms: terms.to_vec(),
            hgvs_c: coding,
            exon: parts
                .iter()
                .find(|p| p.starts_with("exon"))
                .and_then(|p| given(p)),
            ..FileAnnotation::new(AnnotationSource::Annovar)
        });
    }
}

/// ANNOVAR writes substitutions as `c.G171C`; HGVS has `c.171G>C`. Everything else is returned as it is.
fn in_hgvs(coding: &str) -> String {
    let substitution = || {
        let rest = coding.strip_prefix("c.")?;
        let (reference, rest) = rest.split_at_checked(1)?;
        let (position, alternate) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
        let base = |text: &str| matches!(text, "A" | "C" | "G" | "T");
        let digits = !position.is_empty() && position.bytes().all(|b| b.is_ascii_digit());
        (base(reference) && base(alternate) && digits).then(|| format!("c.{position}{reference}>{alternate}"))
    };
    substitution().unwrap_or_else(|| coding.to_owned())
}

/// ANNOVAR escapes `;` and `=` as `\x3b` and `\x3d`.
fn unescaped(text: &str) -> String {
    text.replace("\\x3b", ";")
        .replace("\\x3d", "=")
        .replace("\\x3B", ";")
        .replace("\\x3D", "=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_blocks_of_alleles() {
        let line = "1\t5\t.\tA\tC,G\t.\t.\tDP=9;ANNOVAR_DATE=x;Func.refGene=exonic;Gene.refGene=TET2;GeneDetail.refGene=.;ExonicFunc.refGene=stopgain;AAChange.refGene=TET2:NM_001127208:exon3:c.A1C:p.Q1X,TET2:NM_017628:exon3:c.A1C:p.Q1X;ALLELE_END;ANNOVAR_DATE=x;Func.refGene=splicing;Gene.refGene=TET2;GeneDetail.refGene=NM_001127208:exon4:c.3409+1A>G;ExonicFunc.refGene=.;AAChange.refGene=.;ALLELE_END";
        let record = Record::parse(line).unwrap();
        let mut found = Vec::new();
        read(&record, 1, &mut found);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].transcript.as_deref(), Some("NM_001127208"));
        assert_eq!(found[0].hgvs_p.as_deref(), Some("p.Q1X"));
        assert_eq!(found[0].terms, ["exonic", "stopgain"]);
        found.clear();
        read(&record, 2, &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hgvs_c.as_deref(), Some("c.3409+1A>G"));
        assert_eq!(found[0].terms, ["splicing"]);
    }

    #[test]
    fn writes_substitutions_as_hgvs_does() {
        for (text, expected) in [
            ("c.G171C", "c.171G>C"),
            ("c.171G>C", "c.171G>C"),
            ("c.1934dupG", "c.1934dupG"),
            ("c.A", "c.A"),
            ("c.", "c."),
            ("c.é1A", "c.é1A"),
        ] {
            assert_eq!(in_hgvs(text), expected);
        }
    }

    #[test]
    fn undoes_escapes() {
        assert_eq!(unescaped("exonic\\x3bsplicing"), "exonic;splicing");
    }
}
