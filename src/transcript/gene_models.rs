//! Transcripts from a laboratory's annotation file: GFF3, GTF or genePred, only the genes that are asked for.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, BufRead};

use super::model::{ManeStatus, Strand, Transcript, TranscriptError, TranscriptParts};
use crate::genome::{Build, Chromosome};

/// Form of an annotation file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneModelFormat {
    /// GFF3 or GTF; told apart line by line by the attributes.
    Gff,
    /// genePred as UCSC's tables have it, with or without bin, plain, extended or refFlat.
    GenePred,
}

/// Why an annotation file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GeneModelError {
    /// Reading failed.
    #[error("line {line}: cannot be read (a compressed file must be unpacked first)")]
    Read {
        /// Line, from 1.
        line: usize,
        /// Cause.
        source: io::Error,
    },
    /// A line that is not of the format.
    #[error("line {line}: {what}: {value:?}; {remedy}")]
    Line {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
        /// The value.
        value: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The parts of a transcript do not fit.
    #[error("line {line}: transcript {source}")]
    Transcript {
        /// Line of its first part.
        line: usize,
        /// What is wrong.
        source: TranscriptError,
    },
}

/// The transcripts of some genes, as a file has them.
#[derive(Clone, Debug, Default)]
pub struct GeneModels {
    by_accession: BTreeMap<String, Draft>,
}

#[derive(Clone, Debug)]
struct Draft {
    line: usize,
    gene: String,
    chromosome: Chromosome,
    strand: Strand,
    exons: Vec<(u32, u32)>,
    coding: Option<(u32, u32)>,
}

impl Draft {
    fn add_coding(&mut self, start: u32, end: u32) {
        let (low, high) = self.coding.unwrap_or((start, end));
        self.coding = Some((low.min(start), high.max(end)));
    }
}

impl GeneModels {
    /// Reads the genes that are wanted, by symbol; contigs that are no chromosome are passed over.
    pub fn read(
        input: impl BufRead,
        format: GeneModelFormat,
        wanted: &HashSet<&str>,
    ) -> Result<Self, GeneModelError> {
        let mut reader = GffReader {
            wanted,
            genes: HashMap::new(),
            accessions: HashMap::new(),
            models: Self::default(),
        };
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
                        reader.models.by_accession.entry(accession).or_insert(draft);
                    }
                }
            }
        }
        Ok(reader.models)
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

struct GffReader<'w> {
    wanted: &'w HashSet<&'w str>,
    /// Symbol by id of the gene line.
    genes: HashMap<String, String>,
    /// Accession by id of the transcript line.
    accessions: HashMap<String, String>,
    models: GeneModels,
}

impl GffReader<'_> {
    fn gff(&mut self, line: usize, text: &str) -> Result<(), GeneModelError> {
        let columns: Vec<&str> = text.split('\t').collect();
        let &[contig, _, feature, start, end, _, strand, _, attributes] = columns.as_slice() else {
            return Err(problem(
                line,
                "not the 9 columns of GFF3 or GTF",
                text,
                "give a GFF3 or GTF file, or --genepred",
            ));
        };
        let Some(chromosome) = Chromosome::parse(contig) else {
            return Ok(());
        };
        let attributes = Attributes::parse(attributes);
        let place = Place {
            line,
            chromosome,
            start,
            end,
            strand,
        };
        if attributes.gtf {
            self.gtf_line(feature, &place, &attributes)
        } else {
            self.gff3_line(feature, &place, &attributes)
        }
    }

    fn gtf_line(
        &mut self,
        feature: &str,
        place: &Place<'_>,
        attributes: &Attributes,
    ) -> Result<(), GeneModelError> {
        let symbol = ["gene_name", "gene", "gene_id"]
            .into_iter()
            .find_map(|key| attributes.get(key));
        let (Some(symbol), Some(id)) = (symbol, attributes.get("transcript_id")) else {
            return Ok(());
        };
        if !self.wanted.contains(symbol) || id.is_empty() {
            return Ok(());
        }
        let accession = versioned(id, attributes.get("transcript_version"));
        self.part(feature, place, &accession, symbol)
    }

    fn gff3_line(
        &mut self,
        feature: &str,
        place: &Place<'_>,
        attributes: &Attributes,
    ) -> Result<(), GeneModelError> {
        let parents: Vec<&str> = attributes
            .get("Parent")
            .map_or_else(Vec::new, |p| p.split(',').collect());
        if matches!(feature, "exon" | "CDS" | "stop_codon") {
            for parent in parents {
                if let Some(accession) = self.accessions.get(parent).cloned() {
                    let symbol = self.models.by_accession[&accession].gene.clone();
                    self.part(feature, place, &accession, &symbol)?;
                }
            }
            return Ok(());
        }
        let Some(id) = attributes.get("ID") else {
            return Ok(());
        };
        if let Some(symbol) = parents.iter().find_map(|p| self.genes.get(*p)).cloned() {
            let bare = id.trim_start_matches("transcript:").trim_start_matches("rna-");
            let accession = versioned(
                attributes.get("transcript_id").unwrap_or(bare),
                attributes.get("version"),
            );
            // A second place of the same transcript (PAR of Y) is passed over.
            if !self.models.by_accession.contains_key(&accession) {
                self.accessions.insert(id.to_owned(), accession.clone());
                self.models.by_accession.insert(accession, place.draft(&symbol)?);
            }
            return Ok(());
        }
        let names = ["gene_name", "gene", "Name"];
        if let (true, Some(symbol)) = (
            parents.is_empty(),
            names.into_iter().find_map(|key| attributes.get(key)),
        ) && self.wanted.contains(symbol)
        {
            self.genes.insert(id.to_owned(), symbol.to_owned());
        }
        Ok(())
    }

    fn part(
        &mut self,
        feature: &str,
        place: &Place<'_>,
        accession: &str,
        symbol: &str,
    ) -> Result<(), GeneModelError> {
        if !matches!(feature, "exon" | "CDS" | "stop_codon") {
            return Ok(());
        }
        let (start, end) = place.range()?;
        if !self.models.by_accession.contains_key(accession) {
            let draft = place.draft(symbol)?;
            self.models.by_accession.insert(accession.to_owned(), draft);
        }
        let Some(draft) = self.models.by_accession.get_mut(accession) else {
            return Ok(());
        };
        if draft.chromosome != place.chromosome {
            return Ok(());
        }
        if feature == "exon" {
            draft.exons.push((start, end));
        } else {
            draft.add_coding(start, end);
        }
        Ok(())
    }
}

/// Where a line says that its feature lies.
struct Place<'l> {
    line: usize,
    chromosome: Chromosome,
    start: &'l str,
    end: &'l str,
    strand: &'l str,
}

impl Place<'_> {
    fn range(&self) -> Result<(u32, u32), GeneModelError> {
        let number = |text: &str| {
            text.parse::<u32>().ok().filter(|n| *n > 0).ok_or_else(|| {
                problem(
                    self.line,
                    "not a position",
                    text,
                    "positions are whole numbers from 1",
                )
            })
        };
        let (start, end) = (number(self.start)?, number(self.end)?);
        if end < start {
            return Err(problem(
                self.line,
                "the end lies before the start",
                self.end,
                "correct the line",
            ));
        }
        Ok((start, end))
    }

    fn draft(&self, symbol: &str) -> Result<Draft, GeneModelError> {
        Ok(Draft {
            line: self.line,
            gene: symbol.to_owned(),
            chromosome: self.chromosome,
            strand: strand(self.line, self.strand)?,
            exons: Vec::new(),
            coding: None,
        })
    }
}

fn strand(line: usize, text: &str) -> Result<Strand, GeneModelError> {
    match text {
        "+" => Ok(Strand::Plus),
        "-" => Ok(Strand::Minus),
        _ => Err(problem(line, "not a strand", text, "write + or -")),
    }
}

fn problem(line: usize, what: &'static str, value: &str, remedy: &'static str) -> GeneModelError {
    GeneModelError::Line {
        line,
        what,
        value: value.chars().take(80).collect(),
        remedy,
    }
}

/// Adds a version that stands in an attribute of its own (Ensembl).
fn versioned(accession: &str, version: Option<&str>) -> String {
    match version {
        Some(version) if !accession.contains('.') => format!("{accession}.{version}"),
        _ => accession.to_owned(),
    }
}

/// The last column: `key=value;` in GFF3, `key "value";` in GTF.
struct Attributes {
    gtf: bool,
    pairs: Vec<(String, String)>,
}

impl Attributes {
    fn parse(text: &str) -> Self {
        let mut gtf = false;
        let mut pairs = Vec::new();
        for field in text.split(';').map(str::trim).filter(|f| !f.is_empty()) {
            match field.split_once(['=', ' ']) {
                Some((key, value)) => {
                    gtf |= field[key.len()..].starts_with(' ');
                    pairs.push((key.to_owned(), value.trim().trim_matches('"').to_owned()));
                }
                None => pairs.push((field.to_owned(), String::new())),
            }
        }
        Self { gtf, pairs }
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a line of genePred: 0-based starts, the coding range includes the stop codon.
fn gene_pred(
    line: usize,
    text: &str,
    wanted: &HashSet<&str>,
) -> Result<Option<(String, Draft)>, GeneModelError> {
    let all: Vec<&str> = text.split('\t').collect();
    let is_strand = |i: usize| all.get(i).is_some_and(|s| matches!(*s, "+" | "-"));
    // name, chrom, strand …; with a number (bin) or the symbol (refFlat) before it.
    let first = usize::from(!is_strand(2) && is_strand(3));
    let columns = all.get(first..).unwrap_or_default();
    if columns.len() < 10 || !is_strand(first + 2) {
        return Err(problem(
            line,
            "not the columns of genePred",
            text,
            "give name, chrom, strand, txStart, txEnd, cdsStart, cdsEnd, exonCount, exonStarts, exonEnds",
        ));
    }
    let is_bin = first == 1 && all[0].bytes().all(|b| b.is_ascii_digit());
    let symbol = match columns.get(11) {
        Some(symbol) => *symbol,
        None if first == 1 && !is_bin => all[0],
        None => {
            return Err(problem(
                line,
                "no gene symbol",
                text,
                "give extended genePred (name2) or refFlat",
            ));
        }
    };
    let Some(chromosome) = Chromosome::parse(columns[1]).filter(|_| wanted.contains(symbol)) else {
        return Ok(None);
    };
    let number = |text: &str| {
        text.parse::<u32>()
            .map_err(|_| problem(line, "not a position", text, "positions are whole numbers"))
    };
    let list = |text: &str| -> Result<Vec<u32>, GeneModelError> {
        text.trim_end_matches(',').split(',').map(number).collect()
    };
    let (starts, ends) = (list(columns[8])?, list(columns[9])?);
    if starts.len() != ends.len() {
        return Err(problem(
            line,
            "as many exonStarts as exonEnds are needed",
            columns[9],
            "correct the line",
        ));
    }
    let (coding_start, coding_end) = (number(columns[5])?, number(columns[6])?);
    let draft = Draft {
        line,
        gene: symbol.to_owned(),
        chromosome,
        strand: strand(line, columns[2])?,
        exons: starts.into_iter().map(|s| s + 1).zip(ends).collect(),
        coding: (coding_start < coding_end).then_some((coding_start + 1, coding_end)),
    };
    Ok(Some((columns[0].to_owned(), draft)))
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
