//! The transcript table inside the program.

use std::sync::OnceLock;

use super::model::{ManeStatus, Strand, Transcript, TranscriptParts};
use crate::genome::{Build, Chromosome};

/// The transcript table inside the program; its header names source and version.
const TABLE: &str = include_str!("../../panels/transcripts.tsv");

/// Returns every transcript of the table, both builds, by gene, MANE Select first.
pub fn transcripts() -> &'static [Transcript] {
    static TRANSCRIPTS: OnceLock<Vec<Transcript>> = OnceLock::new();
    TRANSCRIPTS.get_or_init(|| TABLE.lines().filter_map(read_line).collect())
}

/// Returns a transcript by RefSeq accession, with or without its version.
pub fn transcript(accession: &str, build: Build) -> Option<&'static Transcript> {
    let bare = |text: &'_ str| text.split_once('.').map_or(text.len(), |(bare, _)| bare.len());
    transcripts().iter().find(|t| {
        t.build() == build
            && (t.accession() == accession
                || (!accession.contains('.') && &t.accession()[..bare(t.accession())] == accession))
    })
}

/// Returns the transcripts of a gene symbol, MANE Select first.
pub fn transcripts_of(gene: &str, build: Build) -> Vec<&'static Transcript> {
    transcripts()
        .iter()
        .filter(|t| t.build() == build && t.gene() == gene)
        .collect()
}

fn read_line(line: &str) -> Option<Transcript> {
    if line.starts_with('#') || line.starts_with("gene\t") {
        return None;
    }
    // The table is part of the program; a test reads it whole, so a row that does not parse cannot reach a user.
    let fields: Vec<&str> = line.split('\t').collect();
    let [
        gene,
        hgnc,
        accession,
        ensembl,
        mane,
        build,
        chromosome,
        strand,
        coding,
        exons,
    ] = fields.as_slice()
    else {
        return None;
    };
    Transcript::new(TranscriptParts {
        gene: (*gene).to_owned(),
        hgnc: (*hgnc).to_owned(),
        accession: (*accession).to_owned(),
        ensembl: (*ensembl != ".").then(|| (*ensembl).to_owned()),
        mane: match *mane {
            "select" => ManeStatus::Select,
            "plus_clinical" => ManeStatus::PlusClinical,
            _ => ManeStatus::Other,
        },
        build: Build::ALL.into_iter().find(|b| b.name() == *build)?,
        chromosome: Chromosome::parse(chromosome)?,
        strand: match *strand {
            "+" => Strand::Plus,
            "-" => Strand::Minus,
            _ => return None,
        },
        coding: read_range(coding)?,
        exons: exons.split(',').map(read_range).collect::<Option<_>>()?,
    })
    .ok()
}

fn read_range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_stands_on_both_builds() {
        let rows = TABLE.lines().filter(|l| !l.starts_with('#')).count() - 1;
        assert_eq!((transcripts().len(), rows), (228, 228));
        for t in transcripts().iter().filter(|t| t.build() == Build::Grch38) {
            let other = transcript(t.accession(), Build::Grch37).unwrap();
            assert_eq!(t.cds_length(), other.cds_length(), "{}", t.accession());
            assert_eq!(t.exon_count(), other.exon_count(), "{}", t.accession());
        }
    }

    #[test]
    fn every_gene_has_one_mane_select() {
        let mut genes: Vec<_> = transcripts().iter().map(Transcript::gene).collect();
        genes.dedup();
        assert_eq!(genes.len(), 85);
        for gene in genes {
            for build in Build::ALL {
                let select = transcripts_of(gene, build);
                assert_eq!(select[0].mane(), ManeStatus::Select, "{gene}");
                assert_eq!(
                    select.iter().filter(|t| t.mane() == ManeStatus::Select).count(),
                    1,
                    "{gene}"
                );
            }
        }
    }

    #[test]
    fn positions_map_both_ways() {
        for t in transcripts() {
            let span = t.span();
            let (low, high) = (*span.start(), *span.end());
            let mut position = low.saturating_sub(50).max(1);
            while position <= high + 50 {
                let c = t.c_position(position);
                assert_eq!(t.genomic_position(c), Some(position), "{} {c}", t.accession());
                // Every base near an exon, big steps elsewhere.
                let near = t
                    .exons()
                    .iter()
                    .any(|e| position + 60 > e.start && position < e.end + 60);
                position += if near { 1 } else { 31 };
            }
        }
    }

    #[test]
    fn known_positions() {
        let at = |accession: &str, build, position| {
            transcript(accession, build)
                .unwrap()
                .c_position(position)
                .to_string()
        };
        assert_eq!(at("NM_022552.5", Build::Grch38, 25_234_373), "2645");
        assert_eq!(at("NM_004972.4", Build::Grch38, 5_073_770), "1849");
        assert_eq!(at("NM_004972.4", Build::Grch37, 5_073_770), "1849");
        assert_eq!(at("NM_198253.3", Build::Grch38, 1_295_113), "-124");
        assert_eq!(at("NM_001127208.3", Build::Grch37, 106_164_086), "3594+2");
    }

    #[test]
    fn coding_regions_cover_the_coding_sequence() {
        for t in transcripts() {
            let bases: u32 = t.coding_regions(0).iter().map(|r| r.end() - r.start() + 1).sum();
            assert_eq!(bases, t.cds_length(), "{}", t.accession());
        }
    }
}
