//! What depth and heterozygous sites say of copies: under the details, and in a line on the first page where something is to be confirmed.

use super::context::{Context, Pair};
use super::format::percent;
use crate::copies::{AlleleShift, CopyGap, CopyNumber, CopyRegion, CopyState, DepthRatio, ShiftKind};
use crate::report::words::{Bilingual, Label as _, Language, first_phrases, page_phrases as phrases};

/// The part on copies.
pub(super) struct CopiesView {
    pub facts: Vec<Pair>,
    pub rows: Vec<CopyView>,
}

/// One change that was looked for.
pub(super) struct CopyView {
    pub name: Bilingual,
    pub genes: String,
    pub state: Bilingual,
    /// Name of the style class.
    pub class: &'static str,
    pub why: Option<Bilingual>,
    pub ratio: String,
    pub cells: String,
    pub limit: String,
    /// What the heterozygous sites say, of a region.
    pub sites: Option<SitesView>,
}

/// What the heterozygous sites of a region say.
pub(super) struct SitesView {
    pub state: Bilingual,
    /// Name of the style class.
    pub class: &'static str,
    /// Why they say nothing, or what a shift comes from.
    pub why: Option<Bilingual>,
    pub detail: Bilingual,
    /// Share of cells by each change that may explain it.
    pub cells: Vec<Bilingual>,
}

impl CopiesView {
    /// Returns the part; `None` in reports of versions that looked at neither.
    pub(super) fn new(context: &Context<'_>) -> Option<Self> {
        let copies = context.result.copies.as_ref()?;
        let ptd = &copies.ptd;
        let mut rows = Vec::new();
        if ptd.gap != Some(CopyGap::NoReads) {
            rows.push(CopyView {
                name: context.same("KMT2A-PTD"),
                genes: "KMT2A".to_owned(),
                ..row(context, ptd.state, ptd.gap, (ptd.ratio, ptd.cells, ptd.limit))
            });
        }
        // Without depth there is something to tell only where there are sites.
        let has_sites = |s: &AlleleShift| s.state != CopyState::NotAssessed || s.sites > 0;
        let is_told = copies.gap != Some(CopyGap::NoReads)
            || copies
                .regions
                .iter()
                .any(|r| r.shift.as_ref().is_some_and(has_sites));
        let regions = copies.regions.iter().filter(|r| is_told && !r.genes.is_empty());
        rows.extend(regions.map(|region| CopyView {
            name: context.label(&region.region),
            genes: region.genes.join(", "),
            sites: region.shift.as_ref().map(|shift| sites(context, shift)),
            ..row(
                context,
                region.state,
                region.gap,
                (region.ratio, region.cells, region.limit),
            )
        }));
        Some(Self {
            facts: facts(context, copies),
            rows,
        })
    }
}

fn row(
    context: &Context<'_>,
    state: CopyState,
    gap: Option<CopyGap>,
    (ratio, cells, limit): (Option<DepthRatio>, Option<f64>, Option<f64>),
) -> CopyView {
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), percent);
    CopyView {
        name: context.same(""),
        genes: String::new(),
        state: context.label(&state),
        class: class(state),
        sites: None,
        why: gap.map(|gap| context.label(&gap)),
        ratio: ratio.map_or_else(
            || "–".to_owned(),
            |r| format!("{:.2} ({:.2}–{:.2})", r.value, r.low, r.high),
        ),
        cells: share(cells),
        limit: share(limit),
    }
}

const fn class(state: CopyState) -> &'static str {
    match state {
        CopyState::Detected => "driver",
        CopyState::Suspected => "review",
        CopyState::NotDetected => "not_detected",
        CopyState::NotAssessed => "not_assessed",
    }
}

fn sites(context: &Context<'_>, shift: &AlleleShift) -> SitesView {
    let languages = context.languages;
    let count = shift.sites.to_string();
    let detail = match (shift.state, shift.shift, shift.limit) {
        (CopyState::Suspected, Some(found), _) => languages.fill(
            phrases::copies_shift,
            &[
                ("shifted", &shift.shifted.to_string()),
                ("sites", &count),
                ("shift", &format!("{:.2}", found.value)),
                ("low", &format!("{:.2}", found.low)),
                ("high", &format!("{:.2}", found.high)),
            ],
        ),
        (CopyState::NotDetected, _, Some(limit)) => languages.fill(
            phrases::copies_balanced,
            &[("sites", &count), ("limit", &percent(limit))],
        ),
        _ => languages.fill(phrases::copies_sites_of, &[("sites", &count)]),
    };
    let cells = shift.cells.iter().map(|c| {
        let name = c.kind.label();
        let share = [c.cells.value, c.cells.low, c.cells.high].map(percent);
        let text = |name: &str| format!("{name}: {} ({}–{})", share[0], share[1], share[2]);
        languages.text(&text(name.en()), &text(name.ja()))
    });
    SitesView {
        state: context.label(&shift.state),
        class: class(shift.state),
        why: match (shift.gap, shift.kind) {
            (Some(gap), _) => Some(context.label(&gap)),
            (None, kind) => kind.map(|kind| context.label(&kind)),
        },
        detail,
        cells: cells.collect(),
    }
}

fn facts(context: &Context<'_>, copies: &CopyNumber) -> Vec<Pair> {
    let languages = context.languages;
    let basis = match (copies.basis, copies.gap) {
        (Some(basis), _) => context.label(&basis),
        (None, Some(gap)) => context.label(&gap),
        (None, None) => languages.say(phrases::none_reached),
    };
    let mut facts = vec![Pair {
        name: languages.say(phrases::copies_basis),
        value: basis,
    }];
    if let Some(spread) = copies.spread {
        facts.push(Pair {
            name: languages.say(phrases::copies_spread),
            value: context.same(&format!("{} ({})", percent(spread), copies.exons)),
        });
    }
    if let Some(usual) = &copies.heterozygous {
        let of = |value: Option<f64>, digits: usize| {
            value.map_or_else(|| "–".to_owned(), |v| format!("{v:.digits$}"))
        };
        facts.push(Pair {
            name: languages.say(phrases::copies_sites_count),
            value: context.same(&format!(
                "{} ({}, {})",
                usual.sites,
                of(usual.mean, 3),
                of(usual.dispersion, 4)
            )),
        });
    }
    if let Some(tp53) = &copies.tp53 {
        let [vaf, low, high] = [tp53.vaf.value, tp53.vaf.low, tp53.vaf.high].map(|v| format!("{v:.2}"));
        let values = [
            ("change", tp53.change.as_str()),
            ("vaf", &vaf),
            ("low", &low),
            ("high", &high),
        ];
        facts.push(Pair {
            name: languages.say(phrases::copies_tp53_name),
            value: languages.fill(phrases::copies_tp53, &values),
        });
    }
    facts
}

/// Returns what is to be confirmed, a line each, for the first page; the duplication of KMT2A and 17p before the others.
pub(super) fn to_confirm(context: &Context<'_>) -> Vec<Bilingual> {
    let Some(copies) = &context.result.copies else {
        return Vec::new();
    };
    let mut list = Vec::new();
    if copies.ptd.state == CopyState::Suspected {
        list.push(context.languages.say(first_phrases::confirm_ptd));
    }
    let mut regions: Vec<_> = copies.suspected().filter(|r| r.stated != Some(true)).collect();
    regions.sort_by_key(|r| r.region != CopyRegion::Loss17p);
    list.extend(regions.into_iter().map(|region| {
        let name = region.region.label();
        let cells = region.cells.map(percent).unwrap_or_default();
        let fill = |language| {
            let values = [("what", name.say(language)), ("cells", cells.as_str())];
            first_phrases::confirm_region.fill(language, &values)
        };
        context
            .languages
            .text(&fill(Language::English), &fill(Language::Japanese))
    }));
    let mut shifted: Vec<_> = copies.shifted().filter(|(r, _)| r.stated != Some(true)).collect();
    shifted.sort_by_key(|(r, _)| r.region != CopyRegion::Loss17p);
    list.extend(shifted.into_iter().map(|(region, shift)| {
        let what = shift.kind.unwrap_or(ShiftKind::Imbalance).label();
        let (en, ja) = region.region.place();
        let fill = |language, place| {
            let values = [("what", what.say(language)), ("place", place)];
            first_phrases::confirm_shift.fill(language, &values)
        };
        context
            .languages
            .text(&fill(Language::English, en), &fill(Language::Japanese, ja))
    }));
    list
}
