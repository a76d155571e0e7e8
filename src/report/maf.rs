//! `hemoclone.maf`: the calls of every sample in the Mutation Annotation Format of the GDC, which maftools and cBioPortal read.
//!
//! Columns and their values: GDC MAF format v1.0.0 and the file formats of cBioPortal ("Mutation Data"). Rows are the calls that pass
//! in the annotated VCF: drivers, drivers to review and variants of uncertain significance; a reader takes every row for a mutation.

use std::io::Write;

use super::ReportError;
use super::output::{Output, Place, RunWriter, Selection, Writer};
use super::table::{Row as _, header_line, line, table};
use super::value::{Fraction, List, Value};
use crate::drivers::{Call, CallStatus};
use crate::genome::{Allele, Event, EventKind, Variant, as_count};
use crate::sample::{SCHEMA_VERSION, SampleResult};
use crate::transcript::SoTerm;

/// The calls of the run as MAF.
pub(super) const MAF: Output = Output {
    name: "maf",
    place: Place::Run("hemoclone.maf"),
    holds: "the calls of every sample as MAF, for maftools and cBioPortal",
    about: "One row per driver, driver to review or variant of uncertain significance, as a mutation of the sample: what looks inherited, \
            like an artifact, or lies below the threshold is left out. An indel begins with its first changed base, without the \
            base before it. The first line is the header: maftools and cBioPortal do without `#version`, and plain readers stumble over it.",
    columns: MafRow::COLUMNS,
    selection: Selection::OnRequest,
    applies: |_| true,
    writer: Writer::Run(|| Box::new(Maf::default())),
};

table! {
    /// One call as a mutation.
    MafRow(result: &SampleResult, call: &Call, change: &Change) {
        /// HGNC gene symbol.
        hugo_symbol as "Hugo_Symbol": String, "DNMT3A" => call.consequence.gene.clone();
        /// NCBI gene id; always empty, readers go by the symbol.
        entrez_gene_id as "Entrez_Gene_Id": Option<u32>, "" => None;
        /// Genome build of the positions.
        ncbi_build as "NCBI_Build": &'static str, "GRCh38" => call.variant.build().name();
        /// Chromosome without `chr`, as cBioPortal wants it.
        chromosome as "Chromosome": &'static str, "2" => call.variant.chromosome().name().trim_start_matches("chr");
        /// First changed base, 1-based; of an insertion the base before it.
        start_position as "Start_Position": u32, "25234373" => change.start;
        /// Last changed base; of an insertion the base behind it.
        end_position as "End_Position": u32, "25234373" => change.end;
        /// Strand of the alleles: always plus.
        strand as "Strand": &'static str, "+" => "+";
        /// Effect, in the words of MAF.
        variant_classification as "Variant_Classification": &'static str, "Missense_Mutation"
            => classification(call.consequence.term(), &call.variant);
        /// `SNP`, `DNP`, `TNP`, `ONP`, `INS` or `DEL`.
        variant_type as "Variant_Type": &'static str, "SNP" => change.kind;
        /// Reference bases; `-` for an insertion.
        reference_allele as "Reference_Allele": String, "C" => change.reference.clone();
        /// The same: the other allele of a clone is taken for the reference.
        tumor_seq_allele1 as "Tumor_Seq_Allele1": String, "C" => change.reference.clone();
        /// Alternative bases; `-` for a deletion.
        tumor_seq_allele2 as "Tumor_Seq_Allele2": String, "T" => change.alternate.clone();
        /// Sample name as in the input.
        tumor_sample_barcode as "Tumor_Sample_Barcode": String, "S1" => result.sample.clone();
        /// Column of the matched normal, where there is one.
        matched_norm_sample_barcode as "Matched_Norm_Sample_Barcode": Option<String>, "S1-N"
            => result.inputs.iter().find_map(|input| input.normal_column.clone());
        /// `Somatic` for a driver, else `Unknown`.
        mutation_status as "Mutation_Status": &'static str, "Somatic"
            => if call.status == CallStatus::Driver { "Somatic" } else { "Unknown" };
        /// HGVS of the coding change.
        hgvsc as "HGVSc": Option<String>, "c.2645G>A" => call.consequence.hgvs_c.clone();
        /// HGVS of the predicted protein change.
        hgvsp as "HGVSp": Option<String>, "p.(Arg882His)" => call.consequence.hgvs_p.clone();
        /// The same in one-letter residues.
        hgvsp_short as "HGVSp_Short": Option<String>, "p.R882H" => call.consequence.hgvs_p_short.clone();
        /// RefSeq transcript.
        transcript_id as "Transcript_ID": String, "NM_022552.5" => call.consequence.transcript.clone();
        /// Exon number and count.
        exon_number as "Exon_Number": Option<String>, "23/23" => call.consequence.exon.clone();
        /// Fragments counted.
        t_depth: Option<u32>, "812" => call.evidence.depth;
        /// Fragments with the reference allele.
        t_ref_count: Option<u32>, "715" => call.evidence.ref_count;
        /// Fragments with the alternative allele.
        t_alt_count: Option<u32>, "97" => call.evidence.alt_count;
        /// Depth of the matched normal.
        n_depth: Option<u32>, "402" => call.normal.as_ref().and_then(|n| n.depth);
        /// Reference fragments of the matched normal.
        n_ref_count: Option<u32>, "402" => call.normal.as_ref().and_then(|n| n.ref_count);
        /// Alternative fragments of the matched normal.
        n_alt_count: Option<u32>, "0" => call.normal.as_ref().and_then(|n| n.alt_count);
        /// Sequence Ontology terms, most severe first.
        consequence as "Consequence": Option<List>, "missense_variant"
            => (!call.consequence.terms.is_empty()).then(|| call.consequence.terms.iter().map(|t| t.name()).collect());
        /// FILTER of the caller.
        filter as "FILTER": Option<String>, "PASS" => call.caller_filter.clone();
        /// Variant allele fraction, 0 to 1.
        vaf as "hemoclone_vaf": Option<Fraction>, "0.119458" => call.evidence.vaf.map(Fraction);
        /// Status as in the calls table.
        status as "hemoclone_status": &'static str, "driver" => call.status.name();
        /// The variant in one word, as in every table.
        variant_key: String, "GRCh38:chr2:25234373:C:T" => call.variant.key();
        /// Version of the layout of all outputs.
        schema_version: &'static str, "2.2.0" => SCHEMA_VERSION;
    }
}

/// Rows gathered over the samples.
#[derive(Debug, Default)]
struct Maf {
    lines: Vec<String>,
}

impl RunWriter for Maf {
    fn add(&mut self, result: &SampleResult) {
        let passes = |call: &&Call| call.status.is_driver_or_review() || call.status == CallStatus::Uncertain;
        let rows = result.calls.iter().filter(passes);
        self.lines
            .extend(rows.map(|call| line(&MafRow::new(result, call, &Change::of(&call.variant)))));
    }

    fn write(&mut self, _: &[Vec<Value>], writer: &mut dyn Write) -> Result<(), ReportError> {
        let header = std::iter::once(header_line(MafRow::COLUMNS));
        for line in header.chain(std::mem::take(&mut self.lines)) {
            writeln!(writer, "{line}").map_err(ReportError::Write)?;
        }
        Ok(())
    }
}

/// A variant as MAF places it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    start: u32,
    end: u32,
    reference: String,
    alternate: String,
    kind: &'static str,
}

impl Change {
    fn of(allele: &Allele) -> Self {
        match allele {
            Allele::Sequence(variant) => Self::of_sequence(variant),
            Allele::Event(event) => Self::of_event(event),
        }
    }

    /// MAF has alleles of bases alone: a symbol stands in their place, and the kind is the nearest that it knows.
    fn of_event(event: &Event) -> Self {
        let (start, end) = event.stretch.unwrap_or((event.position, event.end));
        Self {
            start,
            end,
            reference: event.reference.clone(),
            alternate: event.alternate.clone(),
            kind: if event.kind == EventKind::Deletion {
                "DEL"
            } else {
                "INS"
            },
        }
    }

    fn of_sequence(variant: &Variant) -> Self {
        let (reference, alternate) = (variant.reference(), variant.alternate());
        let position = variant.position();
        let end = |bases: &str, start: u32| start.saturating_add(as_count(bases.len()).saturating_sub(1));
        let text = str::to_owned;
        if let Some(inserted) = alternate.strip_prefix(reference).filter(|_| reference.len() == 1) {
            return Self {
                start: position,
                end: position.saturating_add(1),
                reference: text("-"),
                alternate: text(inserted),
                kind: "INS",
            };
        }
        if let Some(deleted) = reference.strip_prefix(alternate).filter(|_| alternate.len() == 1) {
            let start = position.saturating_add(1);
            return Self {
                start,
                end: end(deleted, start),
                reference: text(deleted),
                alternate: text("-"),
                kind: "DEL",
            };
        }
        let kind = match (reference.len(), alternate.len()) {
            (1, 1) => "SNP",
            (2, 2) => "DNP",
            (3, 3) => "TNP",
            (r, a) if r == a => "ONP",
            (r, a) if r < a => "INS",
            _ => "DEL",
        };
        Self {
            start: position,
            end: end(reference, position),
            reference: text(reference),
            alternate: text(alternate),
            kind,
        }
    }
}

/// Returns the effect in the words of MAF, by the severest term (GDC, "MAF format", Variant_Classification).
fn classification(term: Option<SoTerm>, variant: &Allele) -> &'static str {
    let [reference, alternate] = [variant.reference(), variant.alternate()].map(str::len);
    let (grows, is_as_long) = (alternate > reference, alternate == reference);
    let Some(term) = term else {
        return "Unknown";
    };
    match term {
        SoTerm::TranscriptAblation | SoTerm::SpliceAcceptor | SoTerm::SpliceDonor => "Splice_Site",
        SoTerm::StopGained => "Nonsense_Mutation",
        SoTerm::Frameshift if grows => "Frame_Shift_Ins",
        SoTerm::Frameshift => "Frame_Shift_Del",
        SoTerm::StopLost => "Nonstop_Mutation",
        SoTerm::StartLost => "Translation_Start_Site",
        SoTerm::Missense => "Missense_Mutation",
        SoTerm::ProteinAltering if is_as_long => "Missense_Mutation",
        SoTerm::InframeInsertion => "In_Frame_Ins",
        SoTerm::ProteinAltering if grows => "In_Frame_Ins",
        SoTerm::InframeDeletion | SoTerm::ProteinAltering => "In_Frame_Del",
        SoTerm::SpliceDonorFifthBase
        | SoTerm::SpliceRegion
        | SoTerm::SpliceDonorRegion
        | SoTerm::SplicePolypyrimidine => "Splice_Region",
        SoTerm::IncompleteTerminalCodon
        | SoTerm::StartRetained
        | SoTerm::StopRetained
        | SoTerm::Synonymous => "Silent",
        SoTerm::FivePrimeUtr => "5'UTR",
        SoTerm::ThreePrimeUtr => "3'UTR",
        SoTerm::NonCodingExon => "RNA",
        SoTerm::Intron => "Intron",
        SoTerm::Upstream => "5'Flank",
        SoTerm::Downstream => "3'Flank",
        SoTerm::Intergenic => "IGR",
        // Coding, and what it does is not known: vcf2maf says missense, which nobody has seen. MAF has no words for changes of exons.
        SoTerm::CodingSequence | SoTerm::FeatureElongation | SoTerm::FeatureTruncation => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::{Build, Chromosome};

    fn variant(reference: &str, alternate: &str) -> Allele {
        let chromosome = Chromosome::parse("2").unwrap();
        let variant = Variant::new(Build::Grch38, chromosome, 100, reference, alternate);
        variant.unwrap().into()
    }

    /// Places as vcf2maf gives them.
    #[test]
    fn an_indel_begins_with_its_first_changed_base() {
        for (reference, alternate, expected) in [
            ("C", "T", (100, 100, "C", "T", "SNP")),
            ("CA", "TG", (100, 101, "CA", "TG", "DNP")),
            ("CAT", "TGC", (100, 102, "CAT", "TGC", "TNP")),
            ("CATC", "TGCA", (100, 103, "CATC", "TGCA", "ONP")),
            ("C", "CAT", (100, 101, "-", "AT", "INS")),
            ("CAT", "C", (101, 102, "AT", "-", "DEL")),
            ("AT", "GCC", (100, 101, "AT", "GCC", "INS")),
            ("ATG", "CC", (100, 102, "ATG", "CC", "DEL")),
        ] {
            let change = Change::of(&variant(reference, alternate));
            let actual = (
                change.start,
                change.end,
                &*change.reference,
                &*change.alternate,
                change.kind,
            );
            assert_eq!(actual, expected, "{reference}>{alternate}");
        }
    }

    /// What maftools knows (its vc_nonSyn and the silent ones) and cBioPortal (its list of classifications).
    #[test]
    fn every_term_has_a_classification_that_readers_know() {
        let known = [
            "Frame_Shift_Del",
            "Frame_Shift_Ins",
            "In_Frame_Del",
            "In_Frame_Ins",
            "Missense_Mutation",
            "Nonsense_Mutation",
            "Nonstop_Mutation",
            "Silent",
            "Splice_Region",
            "Splice_Site",
            "Translation_Start_Site",
            "3'Flank",
            "3'UTR",
            "5'Flank",
            "5'UTR",
            "IGR",
            "Intron",
            "RNA",
            "Unknown",
        ];
        for term in SoTerm::ALL.iter().copied().map(Some).chain([None]) {
            for variant in [variant("C", "T"), variant("C", "CA"), variant("CA", "C")] {
                assert!(known.contains(&classification(term, &variant)), "{term:?}");
            }
        }
        assert_eq!(
            classification(Some(SoTerm::Frameshift), &variant("C", "CA")),
            "Frame_Shift_Ins"
        );
        assert_eq!(
            classification(Some(SoTerm::Frameshift), &variant("CA", "C")),
            "Frame_Shift_Del"
        );
    }
}
