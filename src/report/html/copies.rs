//! What depth says of copies: under the details, and in a line on the first page where something is to be confirmed.

use super::context::{Context, Pair};
use super::format::percent;
use crate::copies::{CopyGap, CopyNumber, CopyRegion, CopyState, DepthRatio};
use crate::report::words::{Bilingual, Label as _, first_phrases, page_phrases as phrases};

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
}

impl CopiesView {
    /// Returns the part; `None` without alignments.
    pub(super) fn new(context: &Context<'_>) -> Option<Self> {
        let copies = context.result.copies.as_ref()?;
        let ptd = &copies.ptd;
        let mut rows = vec![CopyView {
            name: context.same("KMT2A-PTD"),
            genes: "KMT2A".to_owned(),
            ..row(context, ptd.state, ptd.gap, (ptd.ratio, ptd.cells, ptd.limit))
        }];
        let regions = copies.regions.iter().filter(|r| !r.genes.is_empty());
        rows.extend(regions.map(|region| CopyView {
            name: context.label(&region.region),
            genes: region.genes.join(", "),
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
        class: match state {
            CopyState::Detected => "driver",
            CopyState::Suspected => "review",
            CopyState::NotDetected => "not_detected",
            CopyState::NotAssessed => "not_assessed",
        },
        why: gap.map(|gap| context.label(&gap)),
        ratio: ratio.map_or_else(
            || "–".to_owned(),
            |r| format!("{:.2} ({:.2}–{:.2})", r.value, r.low, r.high),
        ),
        cells: share(cells),
        limit: share(limit),
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
        let fill = |text: &str, name: &str| text.replace("{what}", name).replace("{cells}", &cells);
        let phrase = first_phrases::confirm_region;
        context
            .languages
            .text(&fill(phrase.en, name.en), &fill(phrase.ja, name.ja))
    }));
    list
}
