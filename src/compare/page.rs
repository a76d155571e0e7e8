//! `comparison.html`: figures, pictures and changes for people, in English and Japanese, without network or script.

use std::io::Write;

use askama::Template;

use super::change::ChangeType;
use super::evaluate::{ComparedChange, Outcome, Why};
use super::figures::Share;
use super::matching::MatchedBy;
use super::metrics::{Figures, Stratum};
use super::observed::NotAssessed;
use super::output::Told;
use super::picture::{Bar, VafPicture, bars};
use crate::report::words::{
    Bilingual, CompareWords, Language, Languages, Phrase, compare_phrases as phrases,
};
use crate::report::{ReportError, percent, percent_range, shortened_allele};
use crate::text;

/// Rows of a table that a page shows; the files have them all.
const ROWS: usize = 1_000;

#[derive(Template)]
#[template(path = "comparison.html")]
struct Page<'a> {
    w: CompareWords,
    languages: &'a [Language],
    first_language: &'static str,
    truth: &'a str,
    samples: usize,
    verdicts: Vec<VerdictView>,
    answer: Bilingual,
    is_met: bool,
    counts: Vec<(Bilingual, usize)>,
    picture: Option<VafPicture>,
    bars: Vec<BarView>,
    figures: Vec<FiguresView>,
    groups: Vec<Group>,
    warnings: &'a [String],
    is_complete: bool,
    version: &'static str,
}

struct VerdictView {
    requirement: String,
    is_met: bool,
    value: Option<String>,
}

struct BarView {
    name: Bilingual,
    bar: Bar,
}

struct FiguresView {
    kind: Bilingual,
    vaf: String,
    sample: Option<String>,
    found: u32,
    missed: u32,
    not_assessed: u32,
    sensitivity: String,
    precision: String,
    bias: String,
    rmse: String,
    in_interval: String,
    above_limit: String,
}

/// The changes of one outcome.
struct Group {
    name: Bilingual,
    about: Bilingual,
    count: usize,
    is_open: bool,
    rows: Vec<ChangeView>,
    more: Option<Bilingual>,
}

struct ChangeView {
    sample: String,
    name: String,
    kind: Bilingual,
    place: String,
    truth_vaf: String,
    observed_vaf: String,
    interval: String,
    reasons: Vec<Bilingual>,
}

impl Told {
    /// Writes `comparison.html`.
    pub fn write_html(&self, mut writer: impl Write, languages: &Languages) -> Result<(), ReportError> {
        let page = Page::new(self, languages).render()?;
        writer
            .write_all(text::page(&page).as_bytes())
            .and_then(|()| writer.flush())
            .map_err(ReportError::Write)
    }

    /// Says how it stands in a line.
    pub fn summary(&self) -> String {
        let count = |outcome| {
            self.comparison
                .changes
                .iter()
                .filter(|c| c.outcome == outcome)
                .count()
        };
        let parts = Outcome::ALL.map(|outcome| format!("{} {}", count(outcome), outcome.name()));
        let met = self.verdicts.iter().filter(|v| v.is_met).count();
        let requirements = match self.verdicts.len() {
            0 => String::new(),
            all => format!("; requirements met: {met} of {all}"),
        };
        format!(
            "samples: {}; {}{requirements}",
            self.comparison.samples.len(),
            parts.join(", ")
        )
    }
}

impl<'a> Page<'a> {
    fn new(told: &'a Told, languages: &'a Languages) -> Self {
        let comparison = &told.comparison;
        let count = |outcome| comparison.changes.iter().filter(|c| c.outcome == outcome).count();
        let shown = Outcome::ALL
            .into_iter()
            .filter(|o| is_told(*o, comparison.is_complete));
        let bars = bars(&told.metrics);
        Self {
            w: CompareWords::new(languages),
            languages: languages.list(),
            first_language: languages.first().code(),
            truth: &comparison.truth,
            samples: comparison.samples.len(),
            verdicts: told.verdicts.iter().map(VerdictView::new).collect(),
            answer: answer(told, languages),
            is_met: told.verdicts.iter().all(|v| v.is_met),
            counts: shown
                .clone()
                .map(|o| (languages.say(outcome_words(o).0), count(o)))
                .collect(),
            picture: VafPicture::new(&comparison.changes),
            bars: bars.into_iter().map(|bar| BarView::new(bar, languages)).collect(),
            figures: told
                .metrics
                .iter()
                .map(|(s, f)| FiguresView::new(s, f, languages))
                .collect(),
            groups: shown
                .map(|o| Group::new(o, &comparison.changes, languages))
                .collect(),
            warnings: &comparison.warnings,
            is_complete: comparison.is_complete,
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// Nothing is extra to a truth that lists all there is, and nothing false to one that does not.
fn is_told(outcome: Outcome, is_complete: bool) -> bool {
    match outcome {
        Outcome::False => is_complete,
        Outcome::Extra => !is_complete,
        _ => true,
    }
}

fn answer(told: &Told, languages: &Languages) -> Bilingual {
    match told.verdicts.iter().filter(|v| !v.is_met).count() {
        _ if told.verdicts.is_empty() => languages.say(phrases::no_requirements),
        0 => languages.say(phrases::all_met),
        n => languages.fill(phrases::some_not_met, &[("n", &n.to_string())]),
    }
}

const fn outcome_words(outcome: Outcome) -> (Phrase, Phrase) {
    match outcome {
        Outcome::Found => (phrases::found, phrases::about_found),
        Outcome::Missed => (phrases::missed, phrases::about_missed),
        Outcome::NotAssessed => (phrases::not_assessed, phrases::about_not_assessed),
        Outcome::False => (phrases::false_positive, phrases::about_false),
        Outcome::Extra => (phrases::extra, phrases::about_extra),
    }
}

const fn type_words(kind: Option<ChangeType>) -> Phrase {
    match kind {
        None => phrases::all,
        Some(ChangeType::Snv) => phrases::snv,
        Some(ChangeType::Mnv) => phrases::mnv,
        Some(ChangeType::Insertion) => phrases::insertion,
        Some(ChangeType::Deletion) => phrases::deletion,
        Some(ChangeType::Complex) => phrases::complex,
        Some(ChangeType::Event) => phrases::event,
    }
}

const fn why_words(why: &Why) -> Phrase {
    match why {
        Why::SetAside(_) => phrases::set_aside,
        Why::CoverageNotStated => phrases::coverage_not_stated,
        Why::NotAssessed(NotAssessed::OffPanel) => phrases::off_panel,
        Why::NotAssessed(NotAssessed::OutsideTargets) => phrases::outside_targets,
        Why::NotAssessed(NotAssessed::TooShallow) => phrases::too_shallow,
        Why::PlaceNotSure => phrases::place_not_sure,
    }
}

impl VerdictView {
    fn new(verdict: &super::Verdict) -> Self {
        Self {
            requirement: verdict.requirement.clone(),
            is_met: verdict.is_met,
            value: verdict.value.map(|v| format!("{v:.4}")),
        }
    }
}

fn vaf_range(stratum: &Stratum) -> String {
    stratum
        .vaf
        .map_or_else(String::new, |(low, high)| percent_range(low, high))
}

impl BarView {
    fn new(bar: Bar, languages: &Languages) -> Self {
        let name = match bar.stratum.vaf {
            Some(_) => languages.name(&vaf_range(&bar.stratum)),
            None => languages.say(type_words(bar.stratum.kind)),
        };
        Self { name, bar }
    }
}

/// Writes a share with its interval.
fn share(share: Share) -> String {
    match (share.value(), share.interval()) {
        (Some(value), Some(interval)) => {
            format!(
                "{} ({})",
                percent(value),
                percent_range(interval.low, interval.high)
            )
        }
        _ => "–".to_owned(),
    }
}

/// Writes a difference of VAF in points of per cent.
fn points(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |v| format!("{:+.2} %", v * 100.0))
}

impl FiguresView {
    fn new(stratum: &Stratum, figures: &Figures, languages: &Languages) -> Self {
        Self {
            kind: languages.say(type_words(stratum.kind)),
            vaf: vaf_range(stratum),
            sample: stratum.sample.clone(),
            found: figures.sensitivity.count,
            missed: figures.sensitivity.total - figures.sensitivity.count,
            not_assessed: figures.not_assessed,
            sensitivity: share(figures.sensitivity),
            precision: share(figures.precision),
            bias: points(figures.deviation.bias()),
            rmse: points(figures.deviation.rmse()).replace('+', ""),
            in_interval: share(figures.in_interval),
            above_limit: share(figures.above_limit),
        }
    }
}

impl Group {
    fn new(outcome: Outcome, changes: &[ComparedChange], languages: &Languages) -> Self {
        let (name, about) = outcome_words(outcome);
        let of: Vec<&ComparedChange> = changes.iter().filter(|c| c.outcome == outcome).collect();
        let more = of.len().saturating_sub(ROWS);
        Self {
            name: languages.say(name),
            about: languages.say(about),
            count: of.len(),
            is_open: outcome != Outcome::Found && outcome != Outcome::Extra,
            rows: of
                .iter()
                .take(ROWS)
                .map(|c| ChangeView::new(c, languages))
                .collect(),
            more: (more > 0).then(|| languages.fill(phrases::more_rows, &[("n", &more.to_string())])),
        }
    }
}

impl ChangeView {
    fn new(change: &ComparedChange, languages: &Languages) -> Self {
        let (position, reference, alternate) = change.change.columns();
        let alleles = match reference {
            Some(reference) => format!(
                "{}>{}",
                shortened_allele(&reference),
                shortened_allele(&alternate)
            ),
            None => alternate,
        };
        let parts = [change.gene.as_deref(), change.name.as_deref()];
        let mut reasons: Vec<Bilingual> = change.why.iter().map(|why| reason(why, languages)).collect();
        match change.matched_by {
            Some(MatchedBy::Haplotype) => reasons.push(languages.say(phrases::matched_haplotype)),
            Some(MatchedBy::Event) => reasons.push(languages.say(phrases::matched_event)),
            Some(MatchedBy::Allele) | None => {}
        }
        let vaf = |vaf: Option<f64>| vaf.map_or_else(|| "–".to_owned(), percent);
        Self {
            sample: change.sample.clone(),
            name: parts.into_iter().flatten().collect::<Vec<_>>().join(" "),
            kind: languages.say(type_words(Some(change.change.change_type()))),
            place: format!("{}:{position} {alleles}", change.change.chromosome().name()),
            truth_vaf: vaf(change.truth_vaf),
            observed_vaf: vaf(change.observed_vaf),
            interval: change
                .interval
                .map_or_else(String::new, |i| percent_range(i.low, i.high)),
            reasons,
        }
    }
}

fn reason(why: &Why, languages: &Languages) -> Bilingual {
    let words = why_words(why);
    match why {
        Why::SetAside(state) => languages.text(
            &format!("{}: {state}", words.en()),
            &format!("{}：{state}", words.ja()),
        ),
        _ => languages.say(words),
    }
}
