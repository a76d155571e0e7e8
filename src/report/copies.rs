//! `<sample>.copies.tsv`: what the depth of exons and heterozygous sites say of copies.

use std::io::Write;

use super::ReportError;
use super::output::{Output, Place, Selection, Writer};
use super::table::{Row as _, table, write_table};
use super::value::Fraction;
use super::words::Label as _;
use crate::copies::{
    AlleleShift, CopyGap, CopyNumber, CopyState, DepthBasis, DepthRatio, ShiftGap, ShiftKind,
};
use crate::sample::{SCHEMA_VERSION, SampleResult};

/// The table of copies.
pub(super) const COPIES: Output = Output {
    name: "copies",
    place: Place::Sample(".copies.tsv"),
    holds: "depth ratios of genes, KMT2A-PTD, arms that may be lost or gained, and lost heterozygosity; where something could be compared",
    about: "What the depth of exons and the fractions of heterozygous sites suggest: KMT2A-PTD, losses and gains of arms, loss of \
            heterozygosity, and the depth ratio of each gene. All of it is to be confirmed by another method. Depth is known of alignments \
            (BAM, CRAM) alone; sites also of a variant file that holds inherited variants. Only where something could be compared.",
    columns: CopyRow::COLUMNS,
    selection: Selection::Always,
    applies: |result| result.copies.as_ref().is_some_and(holds_any),
    writer: Writer::Sample(|writer, result, _| write_copies(writer, result)),
};

fn holds_any(copies: &CopyNumber) -> bool {
    let is_assessed = |shift: &AlleleShift| shift.state != CopyState::NotAssessed;
    copies.basis.is_some()
        || copies.ptd.state != CopyState::NotAssessed
        || copies
            .regions
            .iter()
            .any(|r| r.shift.as_ref().is_some_and(is_assessed))
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
    shift: Option<AlleleShift>,
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
        shift: None,
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
        shift: region.shift.clone(),
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

fn cells_of_kinds(shift: &AlleleShift) -> String {
    let each = shift.cells.iter().map(|c| {
        let (kind, cells) = (c.kind.name(), c.cells);
        format!("{kind} {:.3} ({:.3}-{:.3})", cells.value, cells.low, cells.high)
    });
    each.collect::<Vec<_>>().join(", ")
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
        state_label: Option<&'static str>, "Suspected, to be confirmed" => row.state.map(|s| s.label().en());
        /// Why nothing can be said: `low_depth`, `few_exons`, `amplicons`, `few_of_gene`, `noise`, `reference_low`, `sex_unknown`, `one_copy`,
        /// `no_reads`.
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
        /// What the heterozygous sites of the region say: `suspected` (an allele is lost or gained in some cells: to be confirmed),
        /// `not_detected` (down to `sites_cells_limit`) or `not_assessed`; empty but for a region.
        sites_state: Option<&'static str>, "suspected" => row.shift.as_ref().map(|s| s.state.name());
        /// Why they say nothing: `no_germline_sites` (a file of somatic calls alone), `few_sites`, `few_reference_sites`, `mixed_dna`,
        /// `sex_unknown`, `one_copy`, `noise`, `inconclusive`.
        sites_gap: Option<&'static str>, "few_sites" => row.shift.as_ref().and_then(|s| s.gap).map(ShiftGap::name);
        /// Heterozygous sites of the region.
        sites: Option<u32>, "4" => row.shift.as_ref().map(|s| s.sites);
        /// Sites that show the shift.
        sites_shifted: Option<u32>, "4" => row.shift.as_ref().map(|s| s.shifted);
        /// Genes that the sites lie in; of a suspected shift those that show it.
        sites_genes: String, "PRPF8,TP53" => row.shift.as_ref().map(|s| s.genes.join(",")).unwrap_or_default();
        /// Distance of the allele fraction from balance, 0 to 0.5; of a suspected shift.
        allele_shift: Option<Fraction>, "0.150000" => row.shift.as_ref().and_then(|s| s.shift).map(|s| Fraction(s.value));
        /// Lower end of its 95 % interval.
        allele_shift_low: Option<Fraction>, "0.135000" => row.shift.as_ref().and_then(|s| s.shift).map(|s| Fraction(s.low));
        /// Upper end.
        allele_shift_high: Option<Fraction>, "0.165000" => row.shift.as_ref().and_then(|s| s.shift).map(|s| Fraction(s.high));
        /// What it comes from, by depth: `loss`, `copy_neutral`, `gain`, or `imbalance` where depth does not tell.
        sites_kind: Option<&'static str>, "copy_neutral" => row.shift.as_ref().and_then(|s| s.kind).map(ShiftKind::name);
        /// Share of cells by each change that may explain it, with its 95 % interval, separated by commas.
        sites_cells: String, "copy_neutral 0.300 (0.270-0.330)" => row.shift.as_ref().map(cells_of_kinds).unwrap_or_default();
        /// Smallest share of cells with a loss of one allele that the sites would have shown with 95 % power.
        sites_cells_limit: Option<Fraction>, "0.240000" => row.shift.as_ref().and_then(|s| s.limit).map(Fraction);
        /// Genome build of the positions.
        build: &'static str, "GRCh38" => result.build.name();
        /// Version of the layout of all outputs; the first number is raised where the meaning of a column changes.
        schema_version: &'static str, "2.2.0" => SCHEMA_VERSION;
    }
}
