//! `<person>.serial.html`: one self-contained page, in English and Japanese, that runs no script and asks nothing of the network.

use std::collections::HashMap;
use std::io::Write;

use askama::Template;

use super::clone_view::CloneView;
use super::picture::{DRAWN, picture};
use super::result::{LikelihoodKind, NoiseSource, PairRecord, SerialResult, VisitRecord};
use crate::myeloid::stage::Stage;
use crate::report::ReportError;
use crate::report::words::{
    Bilingual, Label, Language, Languages, SerialWords, Words, serial_phrases as phrases,
};
use crate::text;

/// Sources of the method, as read: papers' abstracts, and the code of Fabre 2022 (josegcpa/clonal_dynamics).
const SOURCES: [(&str, Option<&str>); 5] = [
    (
        "Fabre MA et al. The longitudinal dynamics and natural history of clonal haematopoiesis. Nature 2022;606:335-342",
        Some("10.1038/s41586-022-04785-z"),
    ),
    (
        "Robertson NA et al. Longitudinal dynamics of clonal hematopoiesis identifies gene-specific fitness effects. Nat Med 2022",
        Some("10.1038/s41591-022-01883-3"),
    ),
    (
        "Uddin MM et al. Longitudinal profiling of clonal hematopoiesis provides insight into clonal dynamics. Immun Ageing 2022",
        Some("10.1186/s12979-022-00278-9"),
    ),
    (
        "van Zeventer IA et al. Evolutionary landscape of clonal hematopoiesis in 3,359 individuals from the general population. Cancer Cell 2023",
        None,
    ),
    (
        "Weeks LD et al. Prediction of risk for myeloid malignancy in clonal hematopoiesis. NEJM Evid 2023;2(5):EVIDoa2200310 (VAF 20 %)",
        Some("10.1056/EVIDoa2200310"),
    ),
];

/// The page.
#[derive(Template)]
#[template(path = "serial.html")]
struct SerialPage<'a> {
    w: Words,
    s: SerialWords,
    languages: &'a [Language],
    first_language: &'static str,
    title: String,
    person: Bilingual,
    facts: Vec<Bilingual>,
    warnings: Vec<(Bilingual, Bilingual)>,
    clones: Vec<CloneView>,
    dates: Vec<String>,
    picture: String,
    hidden: usize,
    visits: Vec<VisitView>,
    changes: Vec<ChangeView>,
    pairs: Vec<(Bilingual, Bilingual)>,
    methods: Vec<Bilingual>,
    reaches: [Bilingual; 2],
    sources: [(&'static str, Option<&'static str>); 5],
    version: &'static str,
}

/// One visit.
struct VisitView {
    date: String,
    sample: Bilingual,
    specimen: Bilingual,
    counts: Vec<String>,
    stage: Bilingual,
    types: String,
    scores: Vec<String>,
}

/// One change.
struct ChangeView {
    item: Bilingual,
    before: Bilingual,
    after: Bilingual,
    from: String,
    to: String,
}

/// Writes the page of a person.
///
/// # Errors
///
/// Where it cannot be made or written.
pub fn write_serial_html(
    mut writer: impl Write,
    result: &SerialResult,
    languages: &Languages,
) -> Result<(), ReportError> {
    let page = SerialPage::new(result, languages).render()?;
    writer
        .write_all(text::page(&page).as_bytes())
        .and_then(|()| writer.flush())
        .map_err(ReportError::Write)
}

impl<'a> SerialPage<'a> {
    fn new(result: &'a SerialResult, languages: &'a Languages) -> Self {
        Self {
            w: Words::new(languages),
            s: SerialWords::new(languages),
            languages: languages.list(),
            first_language: languages.first().code(),
            title: result.person.clone(),
            person: languages.name(&result.person),
            facts: facts(result, languages),
            warnings: result
                .warnings
                .iter()
                .map(|warning| {
                    (
                        languages.say(warning.code.label()),
                        languages.name(&warning.detail),
                    )
                })
                .collect(),
            clones: result
                .clones
                .iter()
                .map(|clone| CloneView::new(clone, languages))
                .collect(),
            dates: result.visits.iter().map(|visit| visit.date.to_string()).collect(),
            picture: picture(result),
            hidden: result.clones.len().saturating_sub(DRAWN),
            visits: result
                .visits
                .iter()
                .map(|visit| visit_view(visit, languages))
                .collect(),
            changes: changes(result, languages),
            pairs: pairs(result, languages),
            methods: methods(result, languages),
            reaches: ["10 %", "20 %"].map(|vaf| languages.fill(phrases::reaches, &[("vaf", vaf)])),
            sources: SOURCES,
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

fn facts(result: &SerialResult, languages: &Languages) -> Vec<Bilingual> {
    let (first, last) = (result.visits.first(), result.visits.last());
    let date = |visit: Option<&VisitRecord>| visit.map(|v| v.date.to_string()).unwrap_or_default();
    let n = result.visits.len().to_string();
    let visits = [("n", n.as_str()), ("from", &date(first)), ("to", &date(last))];
    let mut facts = vec![languages.fill(phrases::visits_n, &visits)];
    facts.extend(result.sex.map(|sex| languages.say(sex.label())));
    facts.push(languages.text(result.build.name(), result.build.name()));
    facts
}

fn stage_words(stage: Stage, languages: &Languages) -> Bilingual {
    languages.text(stage.label(), stage.label_ja())
}

fn stage_of(visit: &VisitRecord, languages: &Languages) -> Bilingual {
    if let Some(stage) = visit.stage {
        return stage_words(stage, languages);
    }
    if visit.possible_stages.is_empty() {
        return languages.say(phrases::not_assessed);
    }
    let list: Vec<&str> = visit.possible_stages.iter().map(|stage| stage.label()).collect();
    languages.text(
        &phrases::possible.en.replace("{list}", &list.join(", ")),
        &phrases::possible.ja.replace("{list}", &list.join("、")),
    )
}

fn visit_view(visit: &VisitRecord, languages: &Languages) -> VisitView {
    let c = &visit.counts;
    let counts = [
        c.hemoglobin,
        c.platelets,
        c.neutrophils,
        c.white_cells,
        c.monocytes,
        c.marrow_blasts,
    ];
    let types = [&visit.who5, &visit.icc].map(|name| name.clone().unwrap_or_else(|| "–".to_owned()));
    let score = |score: &super::result::ScoreRecord| {
        let value = score.score.map(|value| value.to_string());
        let parts = [
            Some(score_name(&score.name).to_owned()),
            value,
            score.group.clone(),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    VisitView {
        date: visit.date.to_string(),
        sample: languages.name(&visit.sample),
        specimen: languages.name(visit.specimen.as_deref().unwrap_or_default()),
        counts: counts
            .iter()
            .map(|value| value.map_or_else(|| "–".to_owned(), |v| v.to_string()))
            .collect(),
        stage: stage_of(visit, languages),
        types: types.join(" / "),
        scores: visit.scores.iter().map(score).collect(),
    }
}

/// Returns the name of a score as people write it.
fn score_name(name: &str) -> &str {
    match name {
        "ipss_r" => "IPSS-R",
        "ipss_m" => "IPSS-M",
        "chrs" => "CHRS",
        "ccrs" => "CCRS",
        "eln_2022" => "ELN 2022",
        "eln_2024" => "ELN 2024",
        "who5" => "WHO 2022",
        "icc" => "ICC 2022",
        other => other,
    }
}

fn changes(result: &SerialResult, languages: &Languages) -> Vec<ChangeView> {
    let value = |item: &str, text: &str| {
        let stage = Stage::ALL
            .into_iter()
            .find(|stage| item == "stage" && stage.key() == text);
        stage.map_or_else(
            || languages.text(text, text),
            |stage| stage_words(stage, languages),
        )
    };
    let name = |item: &str| match item {
        "stage" => languages.say(phrases::stage),
        other => languages.text(score_name(other), score_name(other)),
    };
    let view = |change: &super::result::ChangeRecord| ChangeView {
        item: name(&change.item),
        before: value(&change.item, &change.from),
        after: value(&change.item, &change.to),
        from: change.from_date.to_string(),
        to: change.to_date.to_string(),
    };
    result.changes.iter().map(view).collect()
}

/// Pairs that are listed; the table of pairs has all.
const LISTED: usize = 60;

fn pairs(result: &SerialResult, languages: &Languages) -> Vec<(Bilingual, Bilingual)> {
    let names: HashMap<&str, String> = result
        .clones
        .iter()
        .map(|clone| (clone.key.as_str(), CloneView::title(clone)))
        .collect();
    let name = |key: &str| names.get(key).cloned().unwrap_or_else(|| key.to_owned());
    let view = |pair: &PairRecord| {
        let both = format!("{} · {}", name(&pair.first), name(&pair.second));
        (languages.name(&both), languages.say(pair.relation.label()))
    };
    result.pairs.iter().take(LISTED).map(view).collect()
}

fn methods(result: &SerialResult, languages: &Languages) -> Vec<Bilingual> {
    let noise = &result.noise;
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    let values = [
        ("n", noise.degrees_of_freedom.to_string()),
        ("inflation", number(noise.inflation)),
        (
            "m",
            noise
                .concentration
                .map_or_else(|| "–".to_owned(), |m| format!("{m:.0}")),
        ),
    ];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let spread = match (noise.from, noise.likelihood) {
        (NoiseSource::Given, _) => phrases::method_given,
        (NoiseSource::Assumed, _) => phrases::method_binomial_assumed,
        (NoiseSource::Data, LikelihoodKind::Binomial) => phrases::method_binomial,
        (NoiseSource::Data, LikelihoodKind::BetaBinomial) => phrases::method_spread,
    };
    vec![
        languages.say(phrases::method_model),
        languages.say(phrases::method_interval),
        languages.fill(spread, &values),
        languages.say(phrases::method_times),
        languages.say(phrases::method_folds),
        languages.say(phrases::abbreviation_vaf),
    ]
}
