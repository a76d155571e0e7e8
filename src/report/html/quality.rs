use super::context::{Context, Pair};
use super::format::percent;
use crate::genome::{Sex, VariantKind};
use crate::report::words::{Bilingual, page_phrases as phrases};
use crate::sample::{
    HotspotResult, HotspotState, IdentityCode, IdentityHint, QualityCode, QualityReason, SampleQuality,
};

/// Hotspots shown on the page; the table has all.
const SHOWN: usize = 60;

/// The part on alignments.
pub(super) struct QualityView {
    pub verdict: Bilingual,
    /// Name of the style class.
    pub class: &'static str,
    pub reasons: Vec<(Bilingual, Bilingual)>,
    pub facts: Vec<Pair>,
    pub counts: Bilingual,
    pub hotspots: Vec<HotspotView>,
    /// Insertions, deletions and duplications that are sought by name.
    pub sought: Vec<SoughtView>,
}

/// An insertion, deletion or duplication, and how small a clone with it would have been seen.
pub(super) struct SoughtView {
    pub what: String,
    pub state: Bilingual,
    pub limit: Bilingual,
}

/// A hotspot with fragments, or one that was not assessed.
pub(super) struct HotspotView {
    pub gene: String,
    pub change: String,
    pub place: String,
    pub state: Bilingual,
    pub reads: String,
    pub vaf: String,
    pub limit: String,
}

impl QualityView {
    /// Returns the part; `None` without alignments.
    pub(super) fn new(context: &Context<'_>) -> Option<Self> {
        let quality = context.result.quality.as_ref()?;
        let spots = &context.result.hotspots;
        let count = |state| spots.iter().filter(|s| s.state == state).count().to_string();
        let shown = spots.iter().filter(|s| is_shown(s)).take(SHOWN);
        Some(Self {
            verdict: context.label(&quality.verdict),
            class: match quality.verdict.name() {
                "pass" => "not_detected",
                "limited" => "review",
                _ => "driver",
            },
            reasons: quality
                .reasons
                .iter()
                .map(|r| (context.label(&r.code), detail(context, quality, r)))
                .collect(),
            facts: facts(context, quality),
            counts: context.languages.fill(
                phrases::hotspots_counts,
                &[
                    ("all", &spots.len().to_string()),
                    ("called", &count(HotspotState::Called)),
                    ("below", &count(HotspotState::BelowLimit)),
                    ("none", &count(HotspotState::NotDetected)),
                    ("open", &count(HotspotState::NotAssessed)),
                ],
            ),
            hotspots: shown.map(|s| HotspotView::new(context, s)).collect(),
            sought: sought(context),
        })
    }
}

/// Returns what a reason rests on; the ratio of depths is the only one that has words.
fn detail(context: &Context<'_>, quality: &SampleQuality, reason: &QualityReason) -> Bilingual {
    match (reason.code, quality.sex_by_depth) {
        (QualityCode::SexContradicts, Some(found)) => context.languages.text(
            &format!("X / autosomes {:.2}", found.ratio),
            &format!("X／常染色体 {:.2}", found.ratio),
        ),
        _ => context.languages.as_written(&reason.detail),
    }
}

/// Returns the duplications by length, then the insertions and deletions among the hotspots.
fn sought(context: &Context<'_>) -> Vec<SoughtView> {
    let view = |what: String, state: HotspotState, limit: Option<f64>| SoughtView {
        what,
        state: context.label(&state),
        limit: match limit {
            Some(limit) => context.same(&percent(limit)),
            None => context.label(&HotspotState::NotAssessed),
        },
    };
    let events = context.result.event_limits.iter().map(|e| {
        let what = format!("{} {}–{} bp", e.event.label(), e.shortest, e.longest);
        view(what, e.state, e.detection_limit)
    });
    let spots = context.result.hotspots.iter();
    let indels = spots.filter(|s| s.variant.kind() != VariantKind::Snv).map(|s| {
        let change = s.hgvs_c.as_ref().or(s.hgvs_p.as_ref());
        let what = format!("{} {}", s.gene, change.map_or("", String::as_str));
        view(what, s.state, s.detection_limit)
    });
    events.chain(indels).collect()
}

fn is_shown(spot: &HotspotResult) -> bool {
    matches!(spot.state, HotspotState::Called | HotspotState::BelowLimit)
}

/// Returns what speaks against one person behind the data, in sentences.
pub(super) fn identity(context: &Context<'_>) -> Vec<Bilingual> {
    let sentence = |hint: &IdentityHint| {
        let phrase = match hint.code {
            IdentityCode::OtherPersonsDna => phrases::identity_other,
            IdentityCode::ReadsDisagree => phrases::identity_reads,
            IdentityCode::NormalDisagrees => phrases::identity_normal,
        };
        let values = [
            ("fraction", hint.fraction.map(rough).unwrap_or_default()),
            ("sites", hint.sites.to_string()),
            ("of", hint.of.to_string()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        context.languages.fill(phrase, &values)
    };
    context.result.identity.iter().map(sentence).collect()
}

/// An estimate with the digits that it is good for.
fn rough(fraction: f64) -> String {
    format!("{:.1} %", fraction * 100.0)
}

fn facts(context: &Context<'_>, quality: &SampleQuality) -> Vec<Pair> {
    let languages = context.languages;
    let none = || languages.say(phrases::none_reached);
    let limit = |l: Option<f64>| l.map_or_else(|| "–".to_owned(), percent);
    let threshold = percent(context.result.settings.thresholds.min_vaf);
    let mut facts = vec![
        Pair {
            name: languages.say(phrases::quality_reads),
            value: context.same(&quality.reads.to_string()),
        },
        Pair {
            name: languages.say(phrases::quality_depth),
            value: quality
                .median_depth
                .map_or_else(none, |d| context.same(&d.to_string())),
        },
        Pair {
            name: languages.fill(phrases::quality_assessed, &[("vaf", &threshold)]),
            value: quality.assessed_share.map_or_else(none, |share| {
                context.same(&format!(
                    "{} ({} / {})",
                    percent(share),
                    quality.assessed_bases,
                    quality.target_bases
                ))
            }),
        },
        Pair {
            name: languages.say(phrases::quality_limits),
            value: context.same(&format!(
                "{} / {}",
                limit(quality.detection_limit_median),
                limit(quality.detection_limit_95)
            )),
        },
    ];
    facts.extend(quality.sex_by_depth.map(|found| {
        let phrase = match found.sex {
            Some(Sex::Male) => phrases::quality_one_x,
            Some(Sex::Female) => phrases::quality_two_x,
            None => phrases::quality_unclear_x,
        };
        Pair {
            name: languages.say(phrases::quality_sex),
            value: languages.fill(phrase, &[("ratio", &format!("{:.2}", found.ratio))]),
        }
    }));
    facts
}

impl HotspotView {
    fn new(context: &Context<'_>, spot: &HotspotResult) -> Self {
        let evidence = spot.evidence.as_ref();
        let count = |n: Option<u32>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
        Self {
            gene: spot.gene.clone(),
            change: spot
                .hgvs_p
                .as_ref()
                .or(spot.hgvs_c.as_ref())
                .cloned()
                .unwrap_or_default(),
            place: spot.variant.to_string(),
            state: context.label(&spot.state),
            reads: format!(
                "{} / {}",
                count(evidence.and_then(|e| e.alt_count)),
                count(evidence.and_then(|e| e.depth))
            ),
            vaf: evidence.and_then(|e| e.vaf).map(percent).unwrap_or_default(),
            limit: spot.detection_limit.map_or_else(|| "–".to_owned(), percent),
        }
    }
}
