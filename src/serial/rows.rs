//! The tables of a person over time, and the list of all files.

use std::io::Write;

use super::page::write_serial_html;
use super::result::{SERIAL_VERSION, SerialResult};
use crate::myeloid::stage::Stage;
use crate::report::table::{Column, Row as _, table, write_table};
use crate::report::value::{Fraction, List, Number};
use crate::report::{Languages, ReportError};
use crate::sample::over_time::{
    Bounded, CloneRecord, GrowthRecord, PairRecord, SightRecord, Since, VisitRecord,
};
use crate::text;

/// A file of a person.
#[derive(Clone, Copy, Debug)]
pub struct SerialFile {
    /// What stands behind the stem of the person's name.
    pub suffix: &'static str,
    /// What it holds.
    pub holds: &'static str,
    /// The columns in order; none where it is no table.
    pub columns: &'static [Column],
    /// Writes it.
    pub writer: fn(&mut dyn Write, &SerialResult, &Languages) -> Result<(), ReportError>,
}

/// Every file, in the order in which they are written: the JSON last, so that a person whose JSON is there is complete.
pub const SERIAL_FILES: &[SerialFile] = &[
    SerialFile {
        suffix: ".serial.clones.tsv",
        holds: "one row per clone: course, growth, times, changes",
        columns: CloneRow::COLUMNS,
        writer: |writer, result, _| {
            write_table(
                writer,
                result.clones.iter().map(|clone| CloneRow::new(result, clone)),
            )
        },
    },
    SerialFile {
        suffix: ".serial.sights.tsv",
        holds: "one row per clone and visit: VAF, detection limit, or why it was not assessed",
        columns: SightRow::COLUMNS,
        writer: |writer, result, _| {
            let clones = result.clones.iter();
            let rows = clones.flat_map(|clone| clone.sights.iter().map(move |sight| (clone, sight)));
            write_table(
                writer,
                rows.map(|(clone, sight)| SightRow::new(result, clone, sight)),
            )
        },
    },
    SerialFile {
        suffix: ".serial.visits.tsv",
        holds: "one row per visit: counts, stage, types, scores",
        columns: VisitRow::COLUMNS,
        writer: |writer, result, _| {
            write_table(
                writer,
                result.visits.iter().map(|visit| VisitRow::new(result, visit)),
            )
        },
    },
    SerialFile {
        suffix: ".serial.pairs.tsv",
        holds: "one row per pair of clones: what their sizes say of their order",
        columns: PairRow::COLUMNS,
        writer: |writer, result, _| {
            write_table(writer, result.pairs.iter().map(|pair| PairRow::new(result, pair)))
        },
    },
    SerialFile {
        suffix: ".serial.html",
        holds: "the page for people, English and Japanese in one file",
        columns: &[],
        writer: |writer, result, languages| write_serial_html(writer, result, languages),
    },
    SerialFile {
        suffix: ".serial.json",
        holds: "everything",
        columns: &[],
        writer: |writer, result, _| write_json(writer, result),
    },
];

fn write_json(writer: &mut dyn Write, result: &SerialResult) -> Result<(), ReportError> {
    let text = serde_json::to_string_pretty(result)?;
    writeln!(writer, "{}", text::json(&text))
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}

pub(super) fn number(value: Option<f64>) -> Option<Number> {
    value.map(Number)
}

/// What tables tell of growth, for all that have one.
pub(super) trait Growing {
    /// Returns its growth, where there is one.
    fn growth(&self) -> Option<&GrowthRecord>;

    fn per_year(&self) -> Option<Bounded> {
        self.growth().map(|growth| growth.per_year)
    }

    fn rate(&self) -> Option<Bounded> {
        self.growth().map(|growth| growth.rate)
    }

    fn doubling(&self) -> Option<Bounded> {
        self.growth()?.doubling_years
    }

    fn halving(&self) -> Option<Bounded> {
        self.growth()?.halving_years
    }

    /// Returns the years to a VAF.
    fn arrival(&self, vaf: f64) -> Option<Bounded> {
        let mut arrivals = self.growth()?.arrivals.iter();
        arrivals
            .find(|arrival| (arrival.vaf - vaf).abs() < 1e-9)
            .map(|arrival| arrival.years)
    }
}

impl Growing for CloneRecord {
    fn growth(&self) -> Option<&GrowthRecord> {
        self.growth.as_ref()
    }
}

fn fold(clone: &CloneRecord, since: Since) -> Option<Bounded> {
    clone
        .folds
        .iter()
        .find(|fold| fold.since == since)
        .map(|fold| fold.fold)
}

table! {
    /// One clone of a person.
    CloneRow(result: &SerialResult, clone: &CloneRecord) {
        /// The person, as the sheet or the reports name them.
        person: String, "007" => result.person.clone();
        /// HGNC gene symbol.
        gene: String, "DNMT3A" => clone.gene.clone();
        /// HGVS of the coding change.
        hgvs_c: Option<String>, "c.2645G>A" => clone.hgvs_c.clone();
        /// HGVS of the protein change, one-letter residues.
        hgvs_p: Option<String>, "p.R882H" => clone.hgvs_p.clone();
        /// The name clinicians know.
        common_name: Option<String>, "L265P" => clone.common_name.clone();
        /// The variant in one word, the same as in the tables of a sample.
        variant_key: String, "GRCh38:chr2:25234373:C:T" => clone.key.clone();
        /// `one_visit`, `persistent`, `new`, `lost` (below detection now) or `intermittent`; visits that assessed nothing do not count.
        course: &'static str, "persistent" => clone.course.name();
        /// Whether a visit before the first sight did not assess it.
        unknown_before: bool, "false" => clone.unknown_before;
        /// Whether the last visit did not assess it.
        unknown_after: bool, "false" => clone.unknown_after;
        /// How the size of the clone follows from the VAF: `heterozygous`, `one_copy`, `sex_unknown`, `more_than_half` or `many_copies`.
        assumption: &'static str, "heterozygous" => clone.assumption.name();
        /// Visits that counted it and enter the growth; empty where there is none.
        counted_visits: Option<u32>, "3" => clone.growth.as_ref().map(|g| g.counted);
        /// Visits below detection that enter the growth as a bound.
        bounded_visits: Option<u32>, "1" => clone.growth.as_ref().map(|g| g.bounded);
        /// Growth per year of a small clone, exp(rate) − 1: 0.12 is +12 % a year; empty where only a bound is known.
        growth_per_year: Option<Number>, "0.12" => clone.per_year().and_then(|g| number(g.value));
        /// Lower end of its 95 % profile-likelihood interval; empty where the visits give none.
        growth_low: Option<Number>, "0.05" => clone.per_year().and_then(|g| number(g.low));
        /// Upper end.
        growth_high: Option<Number>, "0.19" => clone.per_year().and_then(|g| number(g.high));
        /// `growing`, `shrinking`, or `not_shown` where the interval holds zero.
        direction: Option<&'static str>, "growing" => clone.growth.as_ref().map(|g| g.direction.name());
        /// Change of the logit of the clone's share per year.
        rate: Option<Number>, "0.1133" => clone.rate().and_then(|r| number(r.value));
        /// Lower end of its interval.
        rate_low: Option<Number>, "0.0488" => clone.rate().and_then(|r| number(r.low));
        /// Upper end.
        rate_high: Option<Number>, "0.174" => clone.rate().and_then(|r| number(r.high));
        /// Years in which a small clone doubles, ln 2 / rate; empty where it does not grow.
        doubling_years: Option<Number>, "6.12" => clone.doubling().and_then(|d| number(d.value));
        /// The shortest, by the interval of the growth.
        doubling_low: Option<Number>, "3.98" => clone.doubling().and_then(|d| number(d.low));
        /// The longest; empty where growth is not shown.
        doubling_high: Option<Number>, "14.2" => clone.doubling().and_then(|d| number(d.high));
        /// Years in which a small clone halves; empty where it does not shrink.
        halving_years: Option<Number>, "1.5" => clone.halving().and_then(|d| number(d.value));
        /// The shortest.
        halving_low: Option<Number>, "1.1" => clone.halving().and_then(|d| number(d.low));
        /// The longest; empty where shrinking is not shown.
        halving_high: Option<Number>, "2.3" => clone.halving().and_then(|d| number(d.high));
        /// Years from the last assessed visit to a VAF of 10 % if growth goes on; empty where it is there, or not expected within 50 years.
        years_to_10_percent: Option<Number>, "1.22" => clone.arrival(0.1).and_then(|a| number(a.value));
        /// The earliest.
        years_to_10_percent_low: Option<Number>, "0.5" => clone.arrival(0.1).and_then(|a| number(a.low));
        /// The latest; empty beyond 50 years, or where it may never get there.
        years_to_10_percent_high: Option<Number>, "2.49" => clone.arrival(0.1).and_then(|a| number(a.high));
        /// The same for a VAF of 20 %.
        years_to_20_percent: Option<Number>, "4.06" => clone.arrival(0.2).and_then(|a| number(a.value));
        /// The earliest.
        years_to_20_percent_low: Option<Number>, "2.73" => clone.arrival(0.2).and_then(|a| number(a.low));
        /// The latest.
        years_to_20_percent_high: Option<Number>, "6.49" => clone.arrival(0.2).and_then(|a| number(a.high));
        /// Last VAF over that of the first assessed visit; empty where one of them is below detection.
        fold_since_first: Option<Number>, "2.1" => fold(clone, Since::First).and_then(|f| number(f.value));
        /// Lower end of its 95 % profile-likelihood interval.
        fold_since_first_low: Option<Number>, "1.6" => fold(clone, Since::First).and_then(|f| number(f.low));
        /// Upper end.
        fold_since_first_high: Option<Number>, "2.8" => fold(clone, Since::First).and_then(|f| number(f.high));
        /// Last VAF over the largest before.
        fold_since_peak: Option<Number>, "0.12" => fold(clone, Since::Peak).and_then(|f| number(f.value));
        /// Lower end.
        fold_since_peak_low: Option<Number>, "0.08" => fold(clone, Since::Peak).and_then(|f| number(f.low));
        /// Upper end.
        fold_since_peak_high: Option<Number>, "0.17" => fold(clone, Since::Peak).and_then(|f| number(f.high));
        /// Last VAF over the smallest after the largest.
        fold_since_nadir: Option<Number>, "3.4" => fold(clone, Since::Nadir).and_then(|f| number(f.value));
        /// Lower end.
        fold_since_nadir_low: Option<Number>, "2.2" => fold(clone, Since::Nadir).and_then(|f| number(f.low));
        /// Upper end.
        fold_since_nadir_high: Option<Number>, "5.5" => fold(clone, Since::Nadir).and_then(|f| number(f.high));
        /// `no_change` (none shown), `rise`, `fall`, `cleared` (fallen, now below detection), `relapse` or `not_assessed`.
        response: &'static str, "rise" => clone.response.name();
        /// Distribution of the counts: `binomial` or `beta_binomial`.
        likelihood: &'static str, "binomial" => result.noise.likelihood.name();
        /// Concentration of the beta-binomial.
        concentration: Option<Number>, "812.5" => number(result.noise.concentration);
        /// How the distribution was chosen: `assumed`, `data` or `given`.
        likelihood_from: &'static str, "data" => result.noise.from.name();
        /// Version of the layout.
        schema_version: &'static str, "1.0.0" => SERIAL_VERSION;
    }
}

table! {
    /// One clone at one visit.
    SightRow(result: &SerialResult, clone: &CloneRecord, sight: &SightRecord) {
        /// The person.
        person: String, "007" => result.person.clone();
        /// Date of collection.
        date: String, "2025-03-01" => sight.date.to_string();
        /// Years since the first visit.
        years: Number, "1.5" => Number(sight.years);
        /// HGNC gene symbol.
        gene: String, "DNMT3A" => clone.gene.clone();
        /// HGVS of the protein change, one-letter residues.
        hgvs_p: Option<String>, "p.R882H" => clone.hgvs_p.clone();
        /// The variant in one word.
        variant_key: String, "GRCh38:chr2:25234373:C:T" => clone.key.clone();
        /// `seen`, `below_detection` (a bound, never zero) or `not_assessed`.
        state: &'static str, "seen" => sight.state.name();
        /// Status of the call at that visit; empty without a call.
        status: Option<&'static str>, "driver" => sight.status.map(crate::drivers::CallStatus::name);
        /// Fragments with the variant.
        alt_count: Option<u32>, "97" => sight.alt_count;
        /// All fragments.
        depth: Option<u32>, "812" => sight.depth;
        /// Variant allele fraction, 0 to 1.
        vaf: Option<Fraction>, "0.119458" => sight.vaf.map(Fraction);
        /// Lower end of its 95 % Wilson interval.
        vaf_low: Option<Fraction>, "0.098923" => sight.interval.map(|i| Fraction(i.low));
        /// Upper end.
        vaf_high: Option<Fraction>, "0.143577" => sight.interval.map(|i| Fraction(i.high));
        /// Smallest VAF that would have been called with 95 % power; where it is below detection.
        detection_limit: Option<Fraction>, "0.007730" => sight.detection_limit.map(Fraction);
        /// Where the limit comes from: `place`, `gene`, `stated` or `given`.
        limit_from: Option<&'static str>, "gene" => sight.limit_from.map(crate::sample::over_time::LimitSource::name);
        /// Why it was not assessed: `off_panel`, `coverage_unknown`, `too_thin`, `overlapping` or `reference_mismatch`.
        why_not_assessed: Option<&'static str>, "coverage_unknown" => sight.not_assessed.map(crate::sample::over_time::NotAssessed::name);
        /// Whether the growth rests on this visit.
        used: bool, "true" => sight.is_used;
        /// Version of the layout.
        schema_version: &'static str, "1.0.0" => SERIAL_VERSION;
    }
}

fn score(visit: &VisitRecord, name: &str) -> Option<Number> {
    visit
        .scores
        .iter()
        .find(|score| score.name == name)
        .and_then(|score| number(score.score))
}

fn group(visit: &VisitRecord, name: &str) -> Option<String> {
    visit
        .scores
        .iter()
        .find(|score| score.name == name)
        .and_then(|score| score.group.clone())
}

table! {
    /// One visit of a person.
    VisitRow(result: &SerialResult, visit: &VisitRecord) {
        /// The person.
        person: String, "007" => result.person.clone();
        /// Date of collection.
        date: String, "2025-03-01" => visit.date.to_string();
        /// Years since the first visit.
        years: Number, "1.5" => Number(visit.years);
        /// Sample name of the report.
        sample: String, "S1" => visit.sample.clone();
        /// File of the report, without its folder.
        file: String, "S1.json" => visit.file.clone();
        /// Kind of specimen, as given.
        specimen: Option<String>, "blood" => visit.specimen.clone();
        /// Age in years, as given.
        age: Option<Number>, "71" => number(visit.age);
        /// Panel and its version.
        panel: String, "myeloid33 1.1.0" => format!("{} {}", visit.panel.name, visit.panel.version);
        /// Hemoglobin, g/dL.
        hemoglobin: Option<Number>, "13.1" => number(visit.counts.hemoglobin);
        /// Platelets, 10^9/L.
        platelets: Option<Number>, "228" => number(visit.counts.platelets);
        /// Neutrophils, 10^9/L.
        neutrophils: Option<Number>, "4.1" => number(visit.counts.neutrophils);
        /// White cells, 10^9/L.
        white_cells: Option<Number>, "6.2" => number(visit.counts.white_cells);
        /// Monocytes of the blood, 10^9/L.
        monocytes: Option<Number>, "0.4" => number(visit.counts.monocytes);
        /// Marrow blasts, per cent.
        marrow_blasts: Option<Number>, "3" => number(visit.counts.marrow_blasts);
        /// M protein of the serum, g/dL.
        m_protein: Option<Number>, "1.2" => number(visit.counts.m_protein);
        /// Stage on the myeloid road; empty where it is not certain.
        stage: Option<&'static str>, "chip" => visit.stage.map(Stage::key);
        /// Stages still possible; empty without clinical values.
        possible_stages: Option<List>, "ccus;mds"
            => (!visit.possible_stages.is_empty()).then(|| visit.possible_stages.iter().map(|s| s.key()).collect());
        /// Type by WHO 2022, as published.
        who5_label: Option<String>, "MDS-SF3B1" => visit.who5.clone();
        /// Type by ICC 2022, as published.
        icc_label: Option<String>, "MDS-SF3B1" => visit.icc.clone();
        /// IPSS-R.
        ipssr_score: Option<Number>, "3.5" => score(visit, "ipss_r");
        /// Its category.
        ipssr_category: Option<String>, "Int" => group(visit, "ipss_r");
        /// IPSS-M.
        ipssm_score: Option<Number>, "-0.36" => score(visit, "ipss_m");
        /// Its category.
        ipssm_category: Option<String>, "Moderate Low" => group(visit, "ipss_m");
        /// CHRS.
        chrs_score: Option<Number>, "10.5" => score(visit, "chrs");
        /// Its group.
        chrs_group: Option<String>, "Intermediate" => group(visit, "chrs");
        /// CCRS.
        ccrs_score: Option<Number>, "3" => score(visit, "ccrs");
        /// Its group.
        ccrs_group: Option<String>, "Intermediate" => group(visit, "ccrs");
        /// ELN 2022 risk.
        eln_2022: Option<String>, "Favorable" => group(visit, "eln_2022");
        /// ELN 2024 risk for less-intensive therapy.
        eln_2024: Option<String>, "Favorable" => group(visit, "eln_2024");
        /// Version of the layout.
        schema_version: &'static str, "1.0.0" => SERIAL_VERSION;
    }
}

table! {
    /// Two clones of a person.
    PairRow(result: &SerialResult, pair: &PairRecord) {
        /// The person.
        person: String, "007" => result.person.clone();
        /// The first variant, in one word.
        first: String, "GRCh38:chr2:25234373:C:T" => pair.first.clone();
        /// The second variant, in one word.
        second: String, "GRCh38:chr9:5073770:G:T" => pair.second.clone();
        /// `second_in_first`, `first_in_second`, `share_cells`, `separate`, `contradictory` or `cannot_be_told`.
        relation: &'static str, "cannot_be_told" => pair.relation.name();
        /// First visit at which the two together make up more than all cells.
        more_than_all_cells: Option<String>, "2025-03-01" => pair.together.map(|d| d.to_string());
        /// First visit at which the first is the larger.
        first_larger: Option<String>, "2025-03-01" => pair.first_larger.map(|d| d.to_string());
        /// First visit at which the second is the larger.
        second_larger: Option<String>, "2025-03-01" => pair.second_larger.map(|d| d.to_string());
        /// Version of the layout.
        schema_version: &'static str, "1.0.0" => SERIAL_VERSION;
    }
}
