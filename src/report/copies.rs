//! `<sample>.copies.tsv`: what the depth of exons says of copies.

use std::io::Write;

use super::ReportError;
use super::output::{Output, Place, Selection, Writer};
use super::table::{Row as _, table, write_table};
use super::value::Fraction;
use super::words::Label as _;
use crate::copies::{CopyGap, CopyNumber, CopyState, DepthBasis, DepthRatio};
use crate::sample::{SCHEMA_VERSION, SampleResult};

/// The table of copies.
pub(super) const COPIES: Output = Output {
    name: "copies",
    place: Place::Sample(".copies.tsv"),
    holds: "depth ratios of genes, KMT2A-PTD, and arms that may be lost or gained; of alignments (BAM, CRAM) with depth enough",
    about: "What the depth of exons suggests: KMT2A-PTD, losses and gains of arms, and the depth ratio of each gene. All of it is to be \
            confirmed by another method. Only of alignments (BAM, CRAM) in which something could be compared.",
    columns: CopyRow::COLUMNS,
    selection: Selection::Always,
    applies: |result| result.copies.as_ref().is_some_and(holds_any),
    writer: Writer::Sample(|writer, result, _| write_copies(writer, result)),
};

fn holds_any(copies: &CopyNumber) -> bool {
    copies.basis.is_some() || copies.ptd.state != CopyState::NotAssessed
}

/// What a row tells of: KMT2A-PTD, a region or a gene.
struct CopiesOf {
    kind: &'static str,
    name: String,
    state: Option<CopyState>,
    gap: Option<CopyGap>,
    genes: String,
    exons: Option<u32>,
    ratio: Option<DepthRatio>,
    cells: Option<f64>,
    limit: Option<f64>,
    stated: Option<bool>,
    fragments: Option<(u32, u32)>,
    basis: Option<DepthBasis>,
    normals: Option<u32>,
}

/// Writes `<sample>.copies.tsv`: one row for KMT2A-PTD, one a region, one a gene.
pub fn write_copies(writer: impl Write, result: &SampleResult) -> Result<(), ReportError> {
    let rows = result.copies.iter().flat_map(rows);
    write_table(writer, rows.map(|copies| CopyRow::new(result, &copies)))
}

fn rows(copies: &CopyNumber) -> Vec<CopiesOf> {
    let empty = |kind, name: &str| CopiesOf {
        kind,
        name: name.to_owned(),
        state: None,
        gap: None,
        genes: String::new(),
        exons: None,
        ratio: None,
        cells: None,
        limit: None,
        stated: None,
        fragments: None,
        basis: copies.basis,
        normals: copies.normals,
    };
    let ptd = &copies.ptd;
    let mut rows = vec![CopiesOf {
        state: Some(ptd.state),
        gap: ptd.gap,
        genes: "KMT2A".to_owned(),
        ratio: ptd.ratio,
        cells: ptd.cells,
        limit: ptd.limit,
        fragments: Some((ptd.split, ptd.pairs)),
        ..empty("event", "KMT2A-PTD")
    }];
    rows.extend(copies.regions.iter().map(|region| CopiesOf {
        state: Some(region.state),
        gap: region.gap,
        genes: region.genes.join(","),
        exons: Some(region.exons),
        ratio: region.ratio,
        cells: region.cells,
        limit: region.limit,
        stated: region.stated,
        ..empty("region", region.region.name())
    }));
    rows.extend(copies.genes.iter().map(|gene| CopiesOf {
        genes: gene.gene.clone(),
        exons: Some(gene.exons),
        ratio: Some(gene.ratio),
        ..empty("gene", &gene.gene)
    }));
    rows
}

table! {
    /// One change of copies, or one gene, of one sample.
    CopyRow(result: &SampleResult, row: &CopiesOf) {
        /// Sample name as in the input.
        sample: String, "S1" => result.sample.clone();
        /// `event` (KMT2A-PTD), `region` (an arm or a chromosome) or `gene`.
        kind: &'static str, "region" => row.kind;
        /// What is asked for: `KMT2A-PTD`, `loss_5q`, `loss_7q`, `gain_8`, `loss_17p`, `loss_20q`, `loss_x`, or the gene.
        name: String, "loss_17p" => row.name.clone();
        /// `detected` (reads show where it is joined), `suspected` (depth suggests it: to be confirmed), `not_detected` (a clone above the limit
        /// would have been seen) or `not_assessed`; empty for a gene.
        state: Option<&'static str>, "suspected" => row.state.map(CopyState::name);
        /// `state` in words.
        state_label: Option<&'static str>, "Suspected, to be confirmed" => row.state.map(|s| s.label().en);
        /// Why nothing can be said: `low_depth`, `few_exons`, `amplicons`, `few_of_gene`, `noise`, `reference_low`, `sex_unknown`, `one_copy`.
        gap: Option<&'static str>, "low_depth" => row.gap.map(CopyGap::name);
        /// The panel's genes behind it, separated by commas.
        genes: String, "PRPF8,TP53" => row.genes.clone();
        /// Their exons that were compared.
        exons: Option<u32>, "52" => row.exons;
        /// Depth over what is usual; of KMT2A-PTD that of the exons it repeats over the others of the gene.
        ratio: Option<Fraction>, "0.801000" => row.ratio.map(|r| Fraction(r.value));
        /// Lower end of its 95 % interval.
        ratio_low: Option<Fraction>, "0.760000" => row.ratio.map(|r| Fraction(r.low));
        /// Upper end.
        ratio_high: Option<Fraction>, "0.844000" => row.ratio.map(|r| Fraction(r.high));
        /// Share of the cells that carry it, 0 to 1, where one copy of two is changed; of a suspected change.
        cells: Option<Fraction>, "0.398000" => row.cells.map(Fraction);
        /// Smallest share of cells that would have been seen with 95 % power.
        cells_limit: Option<Fraction>, "0.280000" => row.limit.map(Fraction);
        /// Whether the karyotype or the laboratory states it; empty where nothing is stated.
        stated: Option<bool>, "false" => row.stated;
        /// Fragments with a read that is split between the copies of KMT2A-PTD.
        split_reads: Option<u32>, "0" => row.fragments.map(|f| f.0);
        /// Fragments whose mates face away from each other over it.
        outward_pairs: Option<u32>, "0" => row.fragments.map(|f| f.1);
        /// What the usual depth is taken from: `normals` (of `--background`) or `sample` (its other exons).
        basis: Option<&'static str>, "normals" => row.basis.map(|b| match b {
            DepthBasis::Normals => "normals",
            DepthBasis::Sample => "sample",
        });
        /// Normals behind it.
        normals: Option<u32>, "12" => row.normals;
        /// Genome build of the positions.
        build: &'static str, "GRCh38" => result.build.name();
        /// Version of the layout of all outputs; the first number is raised where the meaning of a column changes.
        schema_version: &'static str, "2.1.0" => SCHEMA_VERSION;
    }
}
