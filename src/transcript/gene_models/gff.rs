//! Lines of GFF3 and GTF.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::line::{Draft, GeneModelError, problem, strand};
use crate::genome::Chromosome;

pub(super) struct GffReader<'w> {
    wanted: &'w HashSet<&'w str>,
    /// Symbol by id of the gene line.
    genes: HashMap<String, String>,
    /// Accession by id of the transcript line.
    accessions: HashMap<String, String>,
    pub(super) drafts: BTreeMap<String, Draft>,
}

impl<'w> GffReader<'w> {
    pub(super) fn new(wanted: &'w HashSet<&'w str>) -> Self {
        Self {
            wanted,
            genes: HashMap::new(),
            accessions: HashMap::new(),
            drafts: BTreeMap::new(),
        }
    }

    pub(super) fn gff(&mut self, line: usize, text: &str) -> Result<(), GeneModelError> {
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
                    let symbol = self.drafts[&accession].gene.clone();
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
            if !self.drafts.contains_key(&accession) {
                self.accessions.insert(id.to_owned(), accession.clone());
                self.drafts.insert(accession, place.draft(&symbol)?);
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
        if !self.drafts.contains_key(accession) {
            let draft = place.draft(symbol)?;
            self.drafts.insert(accession.to_owned(), draft);
        }
        let Some(draft) = self.drafts.get_mut(accession) else {
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
