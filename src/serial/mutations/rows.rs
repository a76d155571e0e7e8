//! The tables of growth, and their files.

use std::io::Write;

use super::super::clones::rounded;
use super::super::result::SERIAL_VERSION;
use super::super::rows::{Growing, number};
use super::growth::{Grown, GrowthTable, NoGrowth};
use super::observation::MutationSight;
use crate::report::ReportError;
use crate::report::table::{Column, Row as _, table, write_table};
use crate::report::value::{Fraction, Number};
use crate::sample::over_time::{GrowthRecord, NoiseRecord};

/// A file of a table of mutations.
#[derive(Clone, Copy, Debug)]
pub struct GrowthFile {
    /// What stands behind the stem of the table's name.
    pub suffix: &'static str,
    /// What it holds.
    pub holds: &'static str,
    /// The columns in order.
    pub columns: &'static [Column],
    /// Writes it.
    pub writer: fn(&mut dyn Write, &GrowthTable) -> Result<(), ReportError>,
}

/// Every file, in the order in which they are written.
pub const GROWTH_FILES: &[GrowthFile] = &[
    GrowthFile {
        suffix: ".growth.sights.tsv",
        holds: "one row per mutation and visit: counts, VAF, detection limit, and what of it was used",
        columns: MutationSightRow::COLUMNS,
        writer: |writer, growth| {
            let rows = growth.all.iter();
            let rows = rows.flat_map(|grown| grown.mutation.sights.iter().map(move |sight| (grown, sight)));
            write_table(
                writer,
                rows.map(|(grown, sight)| MutationSightRow::new(grown, sight)),
            )
        },
    },
    GrowthFile {
        suffix: ".growth.tsv",
        holds: "one row per mutation of a person: growth, times, change of the VAF",
        columns: MutationRow::COLUMNS,
        writer: |writer, growth| {
            let rows = growth
                .all
                .iter()
                .map(|grown| MutationRow::new(grown, &growth.noise));
            write_table(writer, rows)
        },
    },
];

impl Growing for Grown {
    fn growth(&self) -> Option<&GrowthRecord> {
        self.growth.as_ref().ok()
    }
}

fn vaf(sight: Option<&MutationSight>) -> Option<Fraction> {
    sight.and_then(|sight| sight.vaf).map(Fraction)
}

table! {
    /// One mutation of a person.
    MutationRow(grown: &Grown, noise: &NoiseRecord) {
        /// The person, as the table names them.
        person: String, "007" => grown.mutation.name.person.clone();
        /// Gene, as the table has it.
        gene: Option<String>, "DNMT3A" => grown.mutation.name.gene.clone();
        /// What the table calls the change.
        change: Option<String>, "p.R882H" => grown.mutation.name.change.clone();
        /// HGVS of the coding change, as the table has it.
        hgvs_c: Option<String>, "c.2645G>A" => grown.mutation.name.coding.clone();
        /// Chromosome, as the table has it.
        chrom: Option<String>, "chr2" => grown.mutation.name.chrom.clone();
        /// Position, as the table has it.
        pos: Option<String>, "25234373" => grown.mutation.name.pos.clone();
        /// Reference allele, as the table has it.
        reference as "ref": Option<String>, "C" => grown.mutation.name.reference.clone();
        /// Alternative allele, as the table has it.
        alternate as "alt": Option<String>, "T" => grown.mutation.name.alternate.clone();
        /// How the size of the clone follows from the VAF: `heterozygous`, `one_copy`, `sex_unknown`, `more_than_half` or `many_copies`.
        assumption: &'static str, "heterozygous" => grown.assumption.name();
        /// Whether chromosome or gene told where it lies; else an autosome was assumed.
        place_known: bool, "true" => grown.is_place_known;
        /// Visits that counted it.
        counted_visits: u32, "3" => grown.visits().0;
        /// Visits below detection, each a bound.
        bounded_visits: u32, "1" => grown.visits().1;
        /// Years from the first to the last visit of the table.
        span_years: Number, "12.4" => Number(rounded(grown.mutation.sights.last().map_or(0.0, |sight| sight.years), 4));
        /// VAF at the first visit; empty where it was not seen there.
        first_vaf: Option<Fraction>, "0.012000" => vaf(grown.mutation.sights.first());
        /// VAF at the last visit; empty likewise.
        last_vaf: Option<Fraction>, "0.041000" => vaf(grown.mutation.sights.last());
        /// Growth per year of a small clone, exp(rate) − 1: 0.12 is +12 % a year; empty where only a bound is known.
        growth_per_year: Option<Number>, "0.12" => grown.per_year().and_then(|g| number(g.value));
        /// Lower end of its 95 % profile-likelihood interval; empty where the visits give none.
        growth_low: Option<Number>, "0.05" => grown.per_year().and_then(|g| number(g.low));
        /// Upper end.
        growth_high: Option<Number>, "0.19" => grown.per_year().and_then(|g| number(g.high));
        /// `growing`, `shrinking`, or `not_shown` where the interval holds zero.
        direction: Option<&'static str>, "growing" => grown.growth.as_ref().ok().map(|g| g.direction.name());
        /// Change of the logit of the clone's share per year.
        rate: Option<Number>, "0.1133" => grown.rate().and_then(|r| number(r.value));
        /// Lower end of its interval.
        rate_low: Option<Number>, "0.0488" => grown.rate().and_then(|r| number(r.low));
        /// Upper end.
        rate_high: Option<Number>, "0.174" => grown.rate().and_then(|r| number(r.high));
        /// Years in which a small clone doubles, ln 2 / rate; empty where it does not grow.
        doubling_years: Option<Number>, "6.12" => grown.doubling().and_then(|d| number(d.value));
        /// The shortest, by the interval of the growth.
        doubling_low: Option<Number>, "3.98" => grown.doubling().and_then(|d| number(d.low));
        /// The longest; empty where growth is not shown.
        doubling_high: Option<Number>, "14.2" => grown.doubling().and_then(|d| number(d.high));
        /// Years in which a small clone halves; empty where it does not shrink.
        halving_years: Option<Number>, "1.5" => grown.halving().and_then(|d| number(d.value));
        /// The shortest.
        halving_low: Option<Number>, "1.1" => grown.halving().and_then(|d| number(d.low));
        /// The longest; empty where shrinking is not shown.
        halving_high: Option<Number>, "2.3" => grown.halving().and_then(|d| number(d.high));
        /// Years from the last visit used to a VAF of 10 % if growth goes on; empty where it is there, or not expected within 50 years.
        years_to_10_percent: Option<Number>, "1.22" => grown.arrival(0.1).and_then(|a| number(a.value));
        /// The earliest.
        years_to_10_percent_low: Option<Number>, "0.5" => grown.arrival(0.1).and_then(|a| number(a.low));
        /// The latest; empty beyond 50 years, or where it may never get there.
        years_to_10_percent_high: Option<Number>, "2.49" => grown.arrival(0.1).and_then(|a| number(a.high));
        /// The same for a VAF of 20 %.
        years_to_20_percent: Option<Number>, "4.06" => grown.arrival(0.2).and_then(|a| number(a.value));
        /// The earliest.
        years_to_20_percent_low: Option<Number>, "2.73" => grown.arrival(0.2).and_then(|a| number(a.low));
        /// The latest.
        years_to_20_percent_high: Option<Number>, "6.49" => grown.arrival(0.2).and_then(|a| number(a.high));
        /// VAF of the last visit used over that of the first; empty where one of them is below detection.
        fold: Option<Number>, "2.1" => grown.fold.and_then(|f| number(f.value));
        /// Lower end of its 95 % profile-likelihood interval.
        fold_low: Option<Number>, "1.6" => grown.fold.and_then(|f| number(f.low));
        /// Upper end.
        fold_high: Option<Number>, "2.8" => grown.fold.and_then(|f| number(f.high));
        /// Why there is no growth: `one_visit` (fewer than two say anything), `never_seen`, `no_depth` (fractions without depth).
        why_no_growth: Option<&'static str>, "one_visit" => grown.growth.as_ref().err().copied().map(NoGrowth::name);
        /// Whether the depth given for all visits (`--depth`) was used.
        depth_given: bool, "false" => grown.is_depth_given();
        /// Distribution of the counts: `binomial` or `beta_binomial`.
        likelihood: &'static str, "beta_binomial" => noise.likelihood.name();
        /// Concentration of the beta-binomial.
        concentration: Option<Number>, "812.5" => number(noise.concentration);
        /// How the distribution was chosen: `assumed`, `data` (all mutations of the table) or `given`.
        likelihood_from: &'static str, "data" => noise.from.name();
        /// Version of the layout.
        schema_version: &'static str, "1.1.0" => SERIAL_VERSION;
    }
}

table! {
    /// One mutation at one visit.
    MutationSightRow(grown: &Grown, sight: &MutationSight) {
        /// The person, as the table names them.
        person: String, "007" => grown.mutation.name.person.clone();
        /// Gene, as the table has it.
        gene: Option<String>, "DNMT3A" => grown.mutation.name.gene.clone();
        /// What the table calls the change.
        change: Option<String>, "p.R882H" => grown.mutation.name.change.clone();
        /// Position, as the table has it.
        pos: Option<String>, "25234373" => grown.mutation.name.pos.clone();
        /// Line of the table.
        line: u64, "17" => sight.line;
        /// Date, years or age.
        time: String, "61.02" => sight.time.to_string();
        /// Years since the first visit of the mutation.
        years: Number, "1.5" => Number(rounded(sight.years, 4));
        /// `seen`, `below_detection` (a bound, never zero) or `not_assessed`.
        state: &'static str, "seen" => sight.state.name();
        /// Fragments with the mutation; of a fraction and a depth, rounded.
        alt_count: Option<u32>, "97" => sight.alt_count;
        /// All fragments.
        depth: Option<u32>, "812" => sight.depth;
        /// Variant allele fraction, 0 to 1.
        vaf: Option<Fraction>, "0.119458" => sight.vaf.map(Fraction);
        /// Lower end of its 95 % Wilson interval.
        vaf_low: Option<Fraction>, "0.098923" => sight.interval.map(|i| Fraction(i.low));
        /// Upper end.
        vaf_high: Option<Fraction>, "0.143577" => sight.interval.map(|i| Fraction(i.high));
        /// Smallest VAF that would have been seen with 95 % power; where it is below detection.
        detection_limit: Option<Fraction>, "0.007730" => sight.detection_limit.map(Fraction);
        /// Whether the growth rests on this visit.
        used: bool, "true" => sight.sight.is_some();
        /// Version of the layout.
        schema_version: &'static str, "1.1.0" => SERIAL_VERSION;
    }
}
