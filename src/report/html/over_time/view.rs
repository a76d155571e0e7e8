//! Several visits of a person as views: picture, clones by visit, counts, what changed, and how the numbers were made.

use super::clone_view::CloneView;
use super::picture::{DRAWN, picture};
use crate::myeloid::stage::Stage;
use crate::report::words::{Bilingual, Label, Language, Languages, serial_phrases as phrases};
use crate::sample::History;
use crate::sample::over_time::{
    ChangeRecord, CloneRecord, LikelihoodKind, NoiseRecord, NoiseSource, ScoreRecord, SerialWarning,
    VisitRecord,
};

/// Sources of the method, as read: papers' abstracts, and the code of Fabre 2022 (josegcpa/clonal_dynamics).
pub(crate) const SOURCES: [(&str, Option<&str>); 5] = [
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

/// What the views are made of.
pub(crate) struct OverTime<'a> {
    pub noise: &'a NoiseRecord,
    pub visits: &'a [VisitRecord],
    pub clones: &'a [CloneRecord],
    pub changes: &'a [ChangeRecord],
    pub warnings: &'a [SerialWarning],
}

impl<'a> From<&'a History> for OverTime<'a> {
    fn from(history: &'a History) -> Self {
        Self {
            noise: &history.noise,
            visits: &history.visits,
            clones: &history.clones,
            changes: &history.changes,
            warnings: &history.warnings,
        }
    }
}

/// The views.
pub(crate) struct OverTimeView {
    pub warnings: Vec<(Bilingual, Bilingual)>,
    pub clones: Vec<CloneView>,
    pub dates: Vec<String>,
    pub picture: String,
    /// Clones that are not drawn.
    pub hidden: usize,
    pub visits: Vec<VisitView>,
    pub changes: Vec<ChangeView>,
    pub methods: Vec<Bilingual>,
    /// Heads of the columns of times.
    pub reaches: [Bilingual; 2],
}

/// One visit.
pub(crate) struct VisitView {
    pub date: String,
    pub sample: Bilingual,
    pub specimen: Bilingual,
    pub counts: Vec<String>,
    pub stage: Bilingual,
    pub types: String,
    pub scores: Vec<String>,
}

/// One change.
pub(crate) struct ChangeView {
    pub item: Bilingual,
    pub before: Bilingual,
    pub after: Bilingual,
    pub from: String,
    pub to: String,
}

impl OverTimeView {
    pub(crate) fn new(over: &OverTime<'_>, languages: &Languages) -> Self {
        let warning = |warning: &SerialWarning| {
            (
                languages.say(warning.code.label()),
                languages.name(&warning.detail),
            )
        };
        Self {
            warnings: over.warnings.iter().map(warning).collect(),
            clones: over
                .clones
                .iter()
                .map(|clone| CloneView::new(clone, languages))
                .collect(),
            dates: over.visits.iter().map(|visit| visit.date.to_string()).collect(),
            picture: picture(over.visits, over.clones),
            hidden: over.clones.len().saturating_sub(DRAWN),
            visits: over
                .visits
                .iter()
                .map(|visit| visit_view(visit, languages))
                .collect(),
            changes: changes(over, languages),
            methods: methods(over, languages),
            reaches: ["10 %", "20 %"].map(|vaf| languages.fill(phrases::reaches, &[("vaf", vaf)])),
        }
    }
}

fn stage_words(stage: Stage, languages: &Languages) -> Bilingual {
    languages.say(stage.words())
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
        &phrases::possible.fill(Language::English, &[("list", &list.join(", "))]),
        &phrases::possible.fill(Language::Japanese, &[("list", &list.join("、"))]),
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
        c.m_protein,
    ];
    let types = [&visit.who5, &visit.icc].map(|name| name.clone().unwrap_or_else(|| "–".to_owned()));
    let score = |score: &ScoreRecord| {
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

fn changes(over: &OverTime<'_>, languages: &Languages) -> Vec<ChangeView> {
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
    let view = |change: &ChangeRecord| ChangeView {
        item: name(&change.item),
        before: value(&change.item, &change.from),
        after: value(&change.item, &change.to),
        from: change.from_date.to_string(),
        to: change.to_date.to_string(),
    };
    over.changes.iter().map(view).collect()
}

fn methods(over: &OverTime<'_>, languages: &Languages) -> Vec<Bilingual> {
    let noise = over.noise;
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
        (NoiseSource::Assumed, _) => phrases::method_assumed,
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
