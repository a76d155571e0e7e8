//! Everything of a file that `analyze` needs: the alleles on the wanted regions, by sample, with their evidence.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::annotations::{self, AnnotationColumns};
use super::caller::{self, Caller};
use super::columns::columns_text;
use super::dialects::{self, Cell};
use super::error::ScanError;
use super::events::event;
use super::header::Header;
use super::input::Input;
use super::population;
use super::reader::Reader;
use super::record::Record;
use super::samples::{NamedColumns, Pairer, Pairing};
use super::warnings::{Kind, Warnings};
use crate::evidence::{
    Coverage, CoverageBuilder, DepthRange, Evidence, FileAllele, FileAnnotation, MatchedNormal, Phase,
    SampleAllele, Warning,
};
use crate::genome::{Allele, Build, BuildSource, Chromosome, Regions, Variant, as_count, overlaps};

/// Bases put in beside a wanted region from which an insertion may be a duplication that reaches into it.
const SHORTEST_INSERTION: usize = 3;

/// How to read a file.
#[derive(Clone, Debug, Default)]
pub struct ScanOptions {
    /// The build, where the user gives it.
    pub build: Option<Build>,
    /// The sample columns wanted, each by name with its normal, in the order of the samples returned; empty: all.
    pub columns: Vec<NamedColumns>,
    /// Transcripts, without version, whose annotations in the file are kept; `None`: all. A file with a hundred thousand
    /// annotated records on the panel would otherwise fill the memory with what nobody reads.
    pub annotations_on: Option<Vec<String>>,
    /// Read the samples as normals: alleles of a record that they do not hold are kept, `normal` of an allele is what its own
    /// column shows, and the depth of every record counts.
    pub keep_absent: bool,
    /// Stretches by build in which events are looked for, but no other changes: introns that duplications begin and end in.
    pub event_regions: Vec<(Build, Regions)>,
    /// Threads for decompressing one file; 0 and 1 mean none besides the caller's.
    pub threads: usize,
}

/// What was found in a file.
#[derive(Clone, Debug)]
pub struct Scan {
    /// Genome build of every position.
    pub build: Build,
    /// How the build was recognized.
    pub build_from: BuildSource,
    /// The program that called the variants.
    pub caller: Caller,
    /// `vcf`, `vcf.gz`, `bcf`.
    pub format: &'static str,
    /// Whether an index let the program read only the wanted regions.
    pub indexed: bool,
    /// The samples in column order; a file without sample columns has one.
    pub samples: Vec<ScannedSample>,
    /// What was odd but could be read, one sentence a kind.
    pub warnings: Vec<Warning>,
}

/// One sample of a file.
#[derive(Clone, Debug)]
pub struct ScannedSample {
    /// Its column; `None` for a file without sample columns.
    pub column: Option<String>,
    /// The column of its normal.
    pub normal_column: Option<String>,
    /// Its alleles in file order.
    pub alleles: Vec<SampleAllele>,
    /// Depth over the wanted regions as far as the file shows it.
    pub coverage: Coverage,
    /// Variant records of the file that overlap the wanted regions.
    pub panel_records: u64,
}

/// Reads a file over the regions that `wanted` gives for its build.
pub fn scan(
    input: &Input,
    wanted: &dyn Fn(Build) -> Regions,
    options: &ScanOptions,
) -> Result<Scan, ScanError> {
    let mut reader = Reader::open(input, options.threads)?;
    let recognized = reader.recognize_build(options.build)?;
    let caller = caller::recognize(&reader.header);
    let pairer = Pairer::new(&reader.header, caller);
    let pair = |named: &NamedColumns| {
        pairer.pair(named).map_err(|name| ScanError::Column {
            file: input.display(),
            name,
            columns: columns_text(&reader.header),
        })
    };
    let pairs = if options.columns.is_empty() {
        pair(&NamedColumns::default())?
    } else {
        options
            .columns
            .iter()
            .map(pair)
            .collect::<Result<Vec<_>, _>>()?
            .concat()
    };
    let regions = wanted(recognized.build);
    let around = options
        .event_regions
        .iter()
        .find(|(build, _)| *build == recognized.build);
    let read = around.map_or_else(|| regions.clone(), |(_, around)| regions.with(around));
    let mut collector = Collector::new(&reader.header, caller, recognized.build, &regions, pairs);
    collector.annotations_on.clone_from(&options.annotations_on);
    if options.keep_absent {
        collector.keep_absent();
    }
    reader.for_each(Some(&read), &mut |record, header, warnings| {
        collector.take(record, header, warnings);
        Ok(ControlFlow::Continue(()))
    })?;
    let contigs = reader.check_contigs()?;
    Ok(Scan {
        build: recognized.build,
        build_from: recognized.from,
        caller,
        format: reader.format(),
        indexed: reader.indexed,
        samples: collector.finish(&reader.header),
        warnings: [reader.warnings.list(), contigs].concat(),
    })
}

struct Collector<'r> {
    caller: Caller,
    build: Build,
    regions: &'r Regions,
    pairs: Vec<Pairing>,
    alleles: Vec<Vec<SampleAllele>>,
    coverage: Vec<CoverageBuilder>,
    panel_records: u64,
    columns: AnnotationColumns,
    annotations_on: Option<Vec<String>>,
    keep_absent: bool,
    contigs: BTreeSet<String>,
}

impl<'r> Collector<'r> {
    fn new(header: &Header, caller: Caller, build: Build, regions: &'r Regions, pairs: Vec<Pairing>) -> Self {
        Self {
            caller,
            build,
            regions,
            alleles: vec![Vec::new(); pairs.len()],
            coverage: vec![CoverageBuilder::default(); pairs.len()],
            pairs,
            panel_records: 0,
            columns: AnnotationColumns::new(header),
            annotations_on: None,
            keep_absent: false,
            contigs: header.contigs.iter().map(|c| c.name.clone()).collect(),
        }
    }

    /// The samples are looked at as normals: what they do not hold is of interest too.
    fn keep_absent(&mut self) {
        self.keep_absent = true;
        self.coverage.iter_mut().for_each(CoverageBuilder::count_records);
    }

    fn take(&mut self, record: &Record<'_>, header: &Header, warnings: &mut Warnings) {
        let Some(chromosome) = Chromosome::parse(record.contig) else {
            return;
        };
        let wanted = self.regions.of(chromosome);
        if !overlaps(wanted, record.position, record.end()) {
            self.take_events(record, header, chromosome);
            return;
        }
        self.warn_undeclared(record, header, warnings);
        let block = record.is_reference_block();
        if !block {
            self.panel_records += 1;
        }
        for (index, pair) in self.pairs.clone().into_iter().enumerate() {
            let cell = Cell::new(record, header, self.caller, pair.column, 1);
            let normal = pair.normal;
            let normal = normal.map(|column| Cell::new(record, header, self.caller, Some(column), 1));
            if let Some(depth) = depth_of(&cell, block) {
                let range = DepthRange {
                    first: record.position,
                    last: record.end_in(pair.column),
                    depth,
                    limit: None,
                };
                if block {
                    self.coverage[index].add_block(chromosome, wanted, range);
                } else {
                    let last = record
                        .position
                        .saturating_add(as_count(record.reference.len()).saturating_sub(1));
                    self.coverage[index].add(chromosome, wanted, DepthRange { last, ..range });
                }
            }
            for (i, alternate) in record.alternates.iter().enumerate() {
                if !Record::is_no_variant(alternate) {
                    let allele = self.allele(&cell.of_other(i + 1), normal.as_ref(), chromosome, pair);
                    self.alleles[index].extend(allele);
                }
            }
        }
    }

    /// Takes from a record beside the wanted regions what may reach into them in other words: events and insertions.
    fn take_events(&mut self, record: &Record<'_>, header: &Header, chromosome: Chromosome) {
        let may_reach = |alternate: &str| {
            let is_sequence = alternate.bytes().all(|b| b.is_ascii_alphabetic());
            !Record::is_no_variant(alternate)
                && (!is_sequence || alternate.len() >= record.reference.len() + SHORTEST_INSERTION)
        };
        for (index, pair) in self.pairs.clone().into_iter().enumerate() {
            let cell = Cell::new(record, header, self.caller, pair.column, 1);
            let normal = pair.normal;
            let normal = normal.map(|column| Cell::new(record, header, self.caller, Some(column), 1));
            for (i, alternate) in record.alternates.iter().enumerate() {
                if may_reach(alternate) {
                    let allele = self.allele(&cell.of_other(i + 1), normal.as_ref(), chromosome, pair);
                    self.alleles[index].extend(allele);
                }
            }
        }
    }

    fn annotations(&self, record: &Record<'_>, allele: usize) -> Vec<FileAnnotation> {
        let wanted = |annotation: &FileAnnotation| match (&self.annotations_on, &annotation.transcript) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(kept), Some(name)) => kept.iter().any(|k| name.split('.').next() == Some(k)),
        };
        if self.annotations_on.as_ref().is_some_and(Vec::is_empty) {
            return Vec::new();
        }
        let mut found = annotations::read(record, allele, &self.columns);
        found.retain(wanted);
        found.shrink_to_fit();
        found
    }

    fn allele(
        &self,
        cell: &Cell<'_>,
        normal: Option<&Cell<'_>>,
        chromosome: Chromosome,
        pair: Pairing,
    ) -> Option<SampleAllele> {
        let (record, allele) = (cell.record, cell.allele);
        let evidence = dialects::evidence(cell);
        if pair.normal.is_none() && !self.keep_absent && is_of_others(cell, &evidence) {
            return None;
        }
        let alternate = record.alternates[allele - 1];
        let variant = Variant::new(
            self.build,
            chromosome,
            record.position,
            record.reference,
            alternate,
        );
        let end = record.end_in(pair.column);
        let place = (self.build, chromosome);
        let allele_of = |e| Allele::Event(event(record, allele, place, end, &e));
        let normal = match normal {
            Some(normal) => shown_by(&normal.of_other(allele)),
            None if self.keep_absent => shown_by(cell),
            None => dialects::inline_normal(cell).map_or(MatchedNormal::None, MatchedNormal::Counted),
        };
        Some(SampleAllele {
            allele: variant.map_or_else(allele_of, Allele::Sequence),
            file_allele: FileAllele {
                contig: record.contig.to_owned(),
                position: record.position,
                reference: record.reference.to_owned(),
                alternate: alternate.to_owned(),
            },
            evidence,
            recount: None,
            normal,
            caller_filter: (record.filter != ".").then(|| record.filter.to_owned()),
            population: population::highest(record, allele, &self.columns),
            annotations: self.annotations(record, allele),
            phase: phase(cell),
            genotype: cell.genotype().map(std::borrow::Cow::into_owned),
        })
    }

    fn warn_undeclared(&self, record: &Record<'_>, header: &Header, warnings: &mut Warnings) {
        if !self.contigs.contains(record.contig) {
            warnings.add(Kind::UndeclaredContig, record.contig);
        }
        if !matches!(record.quality, "." | "") && record.quality.trim().parse::<f64>().is_err() {
            let place = format!("{}:{} {}", record.contig, record.position, record.quality);
            warnings.add(Kind::Quality, &place);
        }
        for filter in record.filter.split(';') {
            if !matches!(filter, "." | "PASS" | "") && !header.filters.contains(filter) {
                warnings.add(Kind::UndeclaredFilter, filter);
            }
        }
        for key in record
            .format
            .iter()
            .filter(|key| !header.formats.contains_key(**key))
        {
            warnings.add(Kind::UndeclaredFormat, key);
        }
        for (key, _) in record
            .info
            .pairs()
            .filter(|(key, _)| !header.infos.contains_key(*key))
        {
            warnings.add(Kind::UndeclaredInfo, key);
        }
        if record
            .cells
            .iter()
            .any(|c| c.split(':').count() > record.format.len().max(1))
        {
            warnings.add(
                Kind::TooFewSampleFields,
                &format!("{}:{}", record.contig, record.position),
            );
        }
    }

    fn finish(self, header: &Header) -> Vec<ScannedSample> {
        let name = |column: Option<usize>| column.and_then(|c| header.samples.get(c).cloned());
        let parts = self.pairs.iter().zip(self.alleles).zip(self.coverage);
        parts
            .map(|((pair, alleles), coverage)| ScannedSample {
                column: name(pair.column),
                normal_column: name(pair.normal),
                alleles,
                coverage: coverage.finish(),
                panel_records: self.panel_records,
            })
            .collect()
    }
}

/// Returns the depth that a record shows: of a block the lowest, else that of the position.
fn depth_of(cell: &Cell<'_>, block: bool) -> Option<u32> {
    let lowest = || {
        cell.format_count("MIN_DP")
            .or_else(|| cell.info("MIN_DP").and_then(|v| v.parse().ok()))
    };
    let of_alleles = || {
        cell.format_counts("AD")
            .or_else(|| cell.format_counts("LAD"))
            .map(|ad| ad.iter().flatten().fold(0, |sum: u32, &n| sum.saturating_add(n)))
    };
    let depth = if block { lowest() } else { None };
    depth.or_else(|| cell.any_depth()).or_else(of_alleles)
}

/// What the normal's own column shows of an allele: counts, else the genotype.
fn shown_by(cell: &Cell<'_>) -> MatchedNormal {
    let evidence = dialects::evidence(cell);
    if evidence.alt_count.is_some() || evidence.vaf.is_some() {
        return MatchedNormal::Counted(evidence);
    }
    if is_genotyped(cell) {
        return MatchedNormal::Called;
    }
    match evidence.depth.or_else(|| cell.any_depth()) {
        Some(depth) if depth > 0 && has_reference_genotype(cell) => MatchedNormal::NotCalled(depth),
        _ => MatchedNormal::Silent,
    }
}

/// Whether the genotype holds the allele.
fn is_genotyped(cell: &Cell<'_>) -> bool {
    let genotype = cell.genotype().unwrap_or_default();
    genotype.split(['/', '|']).any(|a| a.parse() == Ok(cell.allele))
}

/// Whether the genotype is known and holds other alleles only.
fn has_reference_genotype(cell: &Cell<'_>) -> bool {
    let genotype = cell.genotype().unwrap_or_default();
    let mut alleles = genotype.split(['/', '|']).map(str::parse::<usize>);
    alleles.all(|a| a.is_ok_and(|a| a != cell.allele))
}

/// In a file of several samples most alleles are another one's: not in the genotype, and no read shows them.
fn is_of_others(cell: &Cell<'_>, evidence: &Evidence) -> bool {
    if cell.values.is_none()
        || evidence.alt_count.is_some_and(|n| n > 0)
        || evidence.vaf.is_some_and(|f| f > 0.0)
    {
        return false;
    }
    if cell.has_genotypes() {
        !is_genotyped(cell)
    } else {
        // Counts that do not tell whose they are (Strelka's indels, merged) may be this sample's.
        let known = evidence.alt_count.is_some() || evidence.vaf.is_some();
        !cell.alone && (known || evidence.counts_from.is_empty())
    }
}

/// Mutect2 phases in PGT and PID; others in GT with a phase set.
fn phase(cell: &Cell<'_>) -> Option<Phase> {
    let phased = |genotype: &str, set: &str, allele: Option<usize>| Phase {
        set: set.to_owned(),
        genotype: genotype.to_owned(),
        copies: allele.map_or_else(Vec::new, |allele| copies(genotype, allele)),
    };
    if let (Some(genotype), Some(set)) = (cell.format("PGT"), cell.format("PID")) {
        // GATK phases records of one real alternative allele, which is 1 whatever its place in ALT.
        let real = |a: &&&str| **a != "*" && !Record::is_no_variant(a);
        let one = cell.record.alternates.iter().filter(real).count() == 1;
        return Some(phased(genotype, set, one.then_some(1)));
    }
    let genotype = cell.genotype().filter(|g| g.contains('|'))?;
    let set = cell.format("PS")?;
    Some(phased(&genotype, set, Some(cell.allele)))
}

/// Returns the places in a phased genotype that hold an allele.
fn copies(genotype: &str, allele: usize) -> Vec<usize> {
    if !genotype.contains('|') || genotype.contains('/') {
        return Vec::new();
    }
    let held = genotype.split('|').map(|a| a.parse() == Ok(allele));
    held.enumerate()
        .filter(|(_, is)| *is)
        .map(|(copy, _)| copy)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::copies;

    #[test]
    fn copies_are_places_of_the_allele_in_a_phased_genotype() {
        assert_eq!(copies("0|1", 1), [1]);
        assert_eq!(copies("1|0", 1), [0]);
        assert_eq!(copies("1|2", 2), [1]);
        assert_eq!(copies("1|1", 1), [0, 1]);
        assert_eq!(copies(".|1", 1), [1]);
        assert!(copies("0|1", 2).is_empty() && copies("0/1", 1).is_empty() && copies("0|1/1", 1).is_empty());
    }
}
