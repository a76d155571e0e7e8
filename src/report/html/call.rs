use super::context::{Context, Pair};
use super::format::{likelihood, percent, percent_range, reads, shortened_allele};
use super::pileup::PileupView;
use super::sources::Cite;
use crate::drivers::{Call, CallStatus, Reason, ReasonCode};
use crate::evidence::Evidence;
use crate::report::words::{Bilingual, Label, Phrase, page_phrases as phrases};
use crate::sample::UnresolvedAllele;
use crate::transcript::Consequence;

/// Calls of one status that the page lists; a whole-genome file can hold thousands, and the table has them all.
const SHOWN_PER_STATUS: usize = 200;

/// A call as the page shows it.
pub(super) struct CallView {
    pub gene: String,
    /// The protein change, else the coding change.
    pub change: String,
    pub common_name: String,
    pub coding: String,
    pub protein: String,
    pub place: String,
    pub terms: Vec<Bilingual>,
    pub transcript: String,
    pub part: Option<(Bilingual, String)>,
    pub status: Bilingual,
    pub class: &'static str,
    pub vaf: String,
    pub interval: String,
    pub reads: String,
    /// Further numbers: strands, normal, population.
    pub more: Vec<Pair>,
    pub filter: String,
    pub rule: String,
    pub cites: Vec<Cite>,
    pub sets: Vec<Bilingual>,
    pub against: Vec<Bilingual>,
    pub reasons: Vec<(Bilingual, Bilingual)>,
    pub note: Bilingual,
    /// Some of its reads.
    pub pileup: Option<PileupView>,
}

/// An allele that could not be made a call.
pub(super) struct UnresolvedView {
    pub genes: String,
    pub place: String,
    pub vaf: String,
    pub interval: String,
    pub reads: String,
    pub filter: String,
    pub why: Bilingual,
}

impl UnresolvedView {
    pub(super) fn new(context: &Context<'_>, allele: &UnresolvedAllele) -> Self {
        let (file, evidence) = (&allele.file_allele, &allele.evidence);
        Self {
            genes: allele.genes.join(", "),
            place: format!(
                "{}:{} {}>{}",
                file.contig,
                file.position,
                shortened_allele(&file.reference),
                shortened_allele(&file.alternate)
            ),
            vaf: evidence.vaf.map(percent).unwrap_or_default(),
            interval: interval(evidence),
            reads: reads(evidence.alt_count, evidence.depth),
            filter: allele.caller_filter.clone().unwrap_or_default(),
            why: match &allele.why_coded {
                Some(why) => context.languages.saying(why),
                None => context.languages.as_written(&allele.why),
            },
        }
    }
}

fn interval(evidence: &Evidence) -> String {
    evidence
        .interval
        .map(|i| percent_range(i.low, i.high))
        .unwrap_or_default()
}

/// The calls of one status.
pub(super) struct CallGroup {
    pub status: Bilingual,
    pub count: usize,
    pub calls: Vec<CallView>,
    pub left_out: Option<Bilingual>,
}

impl CallGroup {
    /// Returns the group; `None` where there is no such call.
    pub(super) fn new(context: &Context<'_>, status: CallStatus) -> Option<Self> {
        let calls: Vec<_> = context
            .result
            .calls
            .iter()
            .filter(|call| call.status == status)
            .collect();
        let hidden = calls.len().saturating_sub(SHOWN_PER_STATUS);
        (!calls.is_empty()).then(|| Self {
            status: context.label(&status),
            count: calls.len(),
            calls: calls
                .iter()
                .take(SHOWN_PER_STATUS)
                .map(|call| CallView::new(context, call))
                .collect(),
            left_out: (hidden > 0).then(|| {
                context
                    .languages
                    .fill(phrases::calls_left_out, &[("n", &hidden.to_string())])
            }),
        })
    }
}

impl CallView {
    pub(super) fn new(context: &Context<'_>, call: &Call) -> Self {
        let consequence = &call.consequence;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let protein = consequence
            .hgvs_p_short
            .as_ref()
            .or(consequence.hgvs_p.as_ref())
            .cloned();
        let change = protein
            .clone()
            .or_else(|| consequence.hgvs_c.clone())
            .unwrap_or_default();
        Self {
            gene: consequence.gene.clone(),
            change,
            common_name: text(&call.common_name),
            coding: text(&consequence.hgvs_c),
            protein: text(&consequence.hgvs_p),
            place: place(call),
            terms: consequence.terms.iter().map(|term| context.label(term)).collect(),
            transcript: consequence.transcript.clone(),
            part: part(context, call),
            status: context.label(&call.status),
            class: if call.status == CallStatus::Driver {
                "driver"
            } else {
                "review"
            },
            vaf: call.evidence.vaf.map(percent).unwrap_or_default(),
            interval: interval(&call.evidence),
            reads: reads(call.evidence.alt_count, call.evidence.depth),
            more: more(context, call),
            filter: text(&call.caller_filter),
            rule: text(&call.rule),
            cites: cites(context, call),
            sets: call.rule_sets.iter().map(|set| context.label(set)).collect(),
            against: call
                .rule_sets_against
                .iter()
                .map(|set| context.label(set))
                .collect(),
            reasons: call
                .reasons
                .iter()
                .map(|r| (context.label(&r.code), detail(context, r)))
                .chain(parts_of_inheritance(context, call))
                .collect(),
            note: note(context, consequence),
            pileup: pileup(context, call),
        }
    }
}

fn pileup(context: &Context<'_>, call: &Call) -> Option<PileupView> {
    let pileups = &context.result.pileups;
    // Most samples have none: no key is made for nothing.
    let key = (!pileups.is_empty()).then(|| call.variant.key())?;
    let own = pileups.iter().find(|p| p.variant_key == key)?;
    Some(PileupView::new(context, own))
}

/// Returns what the probability of "inherited" was made of, where the VAF fits an inherited variant.
fn parts_of_inheritance(context: &Context<'_>, call: &Call) -> Option<(Bilingual, Bilingual)> {
    let parts = call.inheritance.as_ref()?;
    call.reasons.iter().find(|r| r.code == ReasonCode::GermlineVaf)?;
    let clone = parts.other_clone_vaf.map_or_else(|| "–".to_owned(), percent);
    let values = |kind: Phrase, background: Phrase, english: bool| {
        let pick = |p: Phrase| if english { p.en() } else { p.ja() };
        (pick(kind), pick(background))
    };
    let (kind, background) = (parts.kind.label(), parts.background.label());
    let (kind_en, background_en) = values(kind, background, true);
    let (kind_ja, background_ja) = values(kind, background, false);
    let (prior, inherited, of_clone) = (
        parts.prior,
        likelihood(parts.if_inherited),
        likelihood(parts.if_clone),
    );
    let (population, normal) = (parts.population_factor, parts.normal_factor);
    Some((
        context.languages.say(phrases::inherited_parts),
        context.languages.text(
            &format!(
                "{}: prior {prior} ({kind_en}); counts {inherited} if inherited, {of_clone} if of a clone ({background_en}; other clone \
                 at VAF {clone}); population × {population}, normal × {normal}",
                parts.shown()
            ),
            &format!(
                "{}：事前確率 {prior}（{kind_ja}）、リード数の尤度は生殖細胞系列なら {inherited}、クローンなら {of_clone}（{background_ja}、\
                 他クローンのVAF {clone}）、集団頻度 ×{population}、正常検体 ×{normal}",
                parts.shown()
            ),
        ),
    ))
}

fn place(call: &Call) -> String {
    let variant = &call.variant;
    format!(
        "{}:{} {}>{}",
        variant.chromosome(),
        variant.position(),
        shortened_allele(variant.reference()),
        shortened_allele(variant.alternate())
    )
}

/// Returns what must be known of a consequence; of a result of an earlier version, which has no codes, as it is written there.
fn note(context: &Context<'_>, consequence: &Consequence) -> Bilingual {
    if consequence.note_coded.is_empty() {
        let text = consequence.note.as_deref().unwrap_or_default();
        return context.languages.as_written(text);
    }
    context.languages.joined(&consequence.note_coded)
}

/// Returns what goes with a reason.
fn detail(context: &Context<'_>, reason: &Reason) -> Bilingual {
    // Words of the caller, as its file writes them.
    if matches!(
        reason.code,
        ReasonCode::CallerFilter | ReasonCode::CallerFilterGermline | ReasonCode::CallerFilterArtifact
    ) {
        return context.name(&reason.detail);
    }
    context.languages.reason(reason)
}

fn part(context: &Context<'_>, call: &Call) -> Option<(Bilingual, String)> {
    let exon = call.consequence.exon.as_ref().map(|exon| (phrases::exon, exon));
    let intron = call
        .consequence
        .intron
        .as_ref()
        .map(|intron| (phrases::intron, intron));
    exon.or(intron)
        .map(|(name, number)| (context.languages.say(name), number.clone()))
}

fn more(context: &Context<'_>, call: &Call) -> Vec<Pair> {
    let mut more = super::event::rows(context, call);
    let mut add = |name, value: String| {
        more.push(Pair {
            name: context.languages.say(name),
            value: context.same(&value),
        });
    };
    if let Some(strands) = call.evidence.strands {
        add(
            phrases::strands,
            format!("{}/{}", strands.alt_forward, strands.alt_reverse),
        );
    }
    if let Some(recount) = &call.recount {
        let vaf = recount.vaf.map(percent).unwrap_or_default();
        add(
            phrases::recount,
            format!("{} {vaf}", reads(recount.alt_count, recount.depth)),
        );
    }
    if let Some(normal) = &call.normal {
        let vaf = normal.vaf.map(percent).unwrap_or_default();
        add(
            phrases::normal,
            format!("{} {vaf}", reads(normal.alt_count, normal.depth)),
        );
    }
    if let Some(population) = &call.population {
        add(
            phrases::population,
            format!("{} ({})", percent(population.frequency), population.field),
        );
    }
    more.push(Pair {
        name: context.languages.say(phrases::counts_from),
        value: match &call.evidence.counts_note {
            Some(note) => context.languages.saying(note.as_ref()),
            None => context.languages.as_written(&call.evidence.counts_from),
        },
    });
    more
}

/// The sources of the rule that decided, or of every rule that matched where none did.
fn cites(context: &Context<'_>, call: &Call) -> Vec<Cite> {
    let mut keys: Vec<&String> = Vec::new();
    for rule in &call.rules {
        if call.rule_sets.iter().any(|set| rule.sets.contains(set)) || call.rule_sets.is_empty() {
            for key in &rule.sources {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
    }
    super::sources::sorted(keys.into_iter().map(|key| context.cite(key)).collect())
}
