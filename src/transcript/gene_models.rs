//! Transcripts from a laboratory's annotation file: GFF3, GTF or genePred, only the genes that are asked for.

mod gene_pred;
mod gff;
mod line;

use std::collections::{BTreeMap, HashSet};
use std::io::BufRead;

use self::gene_pred::gene_pred;
use self::gff::GffReader;
use self::line::Draft;
use super::model::{ManeStatus, Strand, Transcript, TranscriptParts};
use crate::genome::Build;

pub use self::line::GeneModelError;

/// Form of an annotation file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneModelFormat {
    /// GFF3 or GTF; told apart line by line by the attributes.
    Gff,
    /// genePred as UCSC's tables have it, with or without bin, plain, extended or refFlat.
    GenePred,
}

/// The transcripts of some genes, as a file has them.
#[derive(Clone, Debug, Default)]
pub struct GeneModels {
    by_accession: BTreeMap<String, Draft>,
}

impl GeneModels {
    /// Reads the genes that are wanted, by symbol; contigs that are no chromosome are passed over.
    pub fn read(
        input: impl BufRead,
        format: GeneModelFormat,
        wanted: &HashSet<&str>,
    ) -> Result<Self, GeneModelError> {
        let mut reader = GffReader::new(wanted);
        for (index, text) in input.lines().enumerate() {
            let line = index + 1;
            let text = text.map_err(|source| GeneModelError::Read { line, source })?;
            if text == "##FASTA" {
                break;
            }
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            match format {
                GeneModelFormat::Gff => reader.gff(line, &text)?,
                GeneModelFormat::GenePred => {
                    if let Some((accession, draft)) = gene_pred(line, &text, wanted)? {
                        reader.drafts.entry(accession).or_insert(draft);
                    }
                }
            }
        }
        Ok(Self {
            by_accession: reader.drafts,
        })
    }

    /// Returns the accessions of a gene's coding transcripts.
    pub fn accessions(&self, gene: &str) -> Vec<&str> {
        self.by_accession
            .iter()
            .filter(|(_, draft)| draft.gene == gene && draft.coding.is_some())
            .map(|(accession, _)| accession.as_str())
            .collect()
    }

    /// Returns a transcript under another or the same accession; `None` where the file does not have it or it codes for nothing.
    pub fn transcript(
        &self,
        accession: &str,
        as_accession: &str,
        build: Build,
    ) -> Result<Option<Transcript>, GeneModelError> {
        let Some((draft, coding)) = self
            .by_accession
            .get(accession)
            .and_then(|draft| Some((draft, draft.coding?)))
        else {
            return Ok(None);
        };
        let mut exons = draft.exons.clone();
        exons.sort_unstable();
        if draft.strand == Strand::Minus {
            exons.reverse();
        }
        Transcript::new(TranscriptParts {
            gene: draft.gene.clone(),
            hgnc: String::new(),
            accession: as_accession.to_owned(),
            ensembl: None,
            mane: ManeStatus::Other,
            build,
            chromosome: draft.chromosome,
            strand: draft.strand,
            coding,
            exons,
        })
        .map(Some)
        .map_err(|source| GeneModelError::Transcript {
            line: draft.line,
            source,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GFF3: &str = "##gff-version 3
NC_000021.9\tRefSeq\tgene\t101\t400\t.\t-\t.\tID=gene-MINI;gene=MINI
NC_000021.9\tRefSeq\tmRNA\t101\t400\t.\t-\t.\tID=rna-NM_1.2;Parent=gene-MINI;transcript_id=NM_1.2
NC_000021.9\tRefSeq\texon\t301\t400\t.\t-\t.\tID=e1;Parent=rna-NM_1.2
NC_000021.9\tRefSeq\texon\t101\t200\t.\t-\t.\tID=e2;Parent=rna-NM_1.2
NC_000021.9\tRefSeq\tCDS\t301\t350\t.\t-\t0\tID=c;Parent=rna-NM_1.2
NC_000021.9\tRefSeq\tCDS\t155\t200\t.\t-\t1\tID=c;Parent=rna-NM_1.2
NT_1.1\tRefSeq\tgene\t1\t2\t.\t-\t.\tID=gene-MINI-2;gene=MINI
##FASTA
>x
";
    const GTF: &str = "chr21\te\tgene\t101\t400\t.\t-\t.\tgene_id \"G\"; gene_name \"MINI\";
chr21\te\texon\t301\t400\t.\t-\t.\tgene_id \"G\"; transcript_id \"ENST1\"; transcript_version \"3\"; gene_name \"MINI\";
chr21\te\tCDS\t301\t350\t.\t-\t0\tgene_id \"G\"; transcript_id \"ENST1\"; transcript_version \"3\"; gene_name \"MINI\";
chr21\te\texon\t101\t200\t.\t-\t.\tgene_id \"G\"; transcript_id \"ENST1\"; transcript_version \"3\"; gene_name \"MINI\";
chr21\te\tCDS\t158\t200\t.\t-\t1\tgene_id \"G\"; transcript_id \"ENST1\"; transcript_version \"3\"; gene_name \"MINI\";
chr21\te\tstop_codon\t155\t157\t.\t-\t0\tgene_id \"G\"; transcript_id \"ENST1\"; transcript_version \"3\"; gene_name \"MINI\";
chr21\te\texon\t1\t9\t.\t-\t.\tgene_id \"H\"; transcript_id \"ENST2\"; gene_name \"OTHER\";
";

    fn read(text: &str, format: GeneModelFormat) -> Result<GeneModels, GeneModelError> {
        GeneModels::read(text.as_bytes(), format, &HashSet::from(["MINI"]))
    }

    fn shape(models: &GeneModels, accession: &str) -> (Vec<(u32, u32)>, u32, String) {
        let t = models
            .transcript(accession, "NM_1.2", Build::Grch38)
            .unwrap()
            .unwrap();
        let exons = t.exons().iter().map(|e| (e.start, e.end)).collect();
        (exons, t.cds_length(), t.c_position(350).to_string())
    }

    #[test]
    fn gff3_gtf_and_genepred_give_the_same_transcript() {
        let expected = (vec![(301, 400), (101, 200)], 96, "1".to_owned());
        let models = read(GFF3, GeneModelFormat::Gff).unwrap();
        assert_eq!(models.accessions("MINI"), ["NM_1.2"]);
        assert_eq!(shape(&models, "NM_1.2"), expected);
        let models = read(GTF, GeneModelFormat::Gff).unwrap();
        assert_eq!(models.accessions("MINI"), ["ENST1.3"]);
        assert_eq!(shape(&models, "ENST1.3"), expected);
        let plain = "NM_1.2\tchr21\t-\t100\t400\t154\t350\t2\t100,300,\t200,400,";
        for text in [
            format!("{plain}\t0\tMINI\tcmpl\tcmpl\t2,0,"),
            format!("77\t{plain}\t0\tMINI\tcmpl\tcmpl\t2,0,"),
            format!("MINI\t{plain}"),
        ] {
            let models = read(&text, GeneModelFormat::GenePred).unwrap();
            assert_eq!(shape(&models, "NM_1.2"), expected, "{text}");
        }
    }

    #[test]
    fn faults_are_named_with_their_line() {
        for (text, line, what) in [
            (GFF3.replace("101\t200", "x\t200"), 5, "not a position"),
            (GFF3.replace("101\t200", "201\t200"), 5, "the end lies before"),
            (GFF3.replace("RefSeq\texon\t301", "exon\t301"), 4, "9 columns"),
            (
                GFF3.replacen("400\t.\t-\t.\tID=rna", "400\t.\t?\t.\tID=rna", 1),
                3,
                "not a strand",
            ),
        ] {
            let error = read(&text, GeneModelFormat::Gff).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("line {line}: {what}")) || error.contains(what),
                "{error}"
            );
            assert!(error.starts_with(&format!("line {line}:")), "{error}");
        }
        let models = read(&GFF3.replace("155\t200", "156\t200"), GeneModelFormat::Gff).unwrap();
        let error = models.transcript("NM_1.2", "NM_1.2", Build::Grch38).unwrap_err();
        assert!(error.to_string().contains("no multiple of three"), "{error}");
        let error = read("a\tb", GeneModelFormat::GenePred).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("line 1: not the columns of genePred"),
            "{error}"
        );
    }
}
