//! What was not assessed, and how far the other genes were looked at: a chip a gene, mutated genes left out.

use super::super::context::Context;
use super::super::format::{percent, percent_range};
use crate::copies::CopyState;
use crate::drivers::{Call, GeneResult, GeneState};
use crate::myeloid::assessment::{asked_genes, holds_flt3_itd};
use crate::panel::IpssmRole;
use crate::report::words::{Bilingual, Phrase, first_phrases as phrases};
use crate::sample::{HotspotState, SampleResult};
use crate::transcript::EventName;

/// How far a gene without a driver was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// A record contradicts the reference: what it meant is not known, however well the gene was covered.
    Undecided,
    /// The file does not say whether it was covered.
    Unknown,
    /// The file shows its depth, which suffices nowhere.
    Shallow,
    /// The laboratory's target leaves it out.
    NotTargeted,
    /// Part of it was covered well enough.
    Part,
    /// The laboratory states that it was covered.
    Stated,
    /// The file shows that it was covered.
    Shown,
}

impl Seen {
    const ALL: [Self; 7] = [
        Self::Undecided,
        Self::Unknown,
        Self::Shallow,
        Self::NotTargeted,
        Self::Part,
        Self::Stated,
        Self::Shown,
    ];

    const fn label(self) -> Phrase {
        match self {
            Self::Undecided => phrases::chips_undecided,
            Self::Unknown => phrases::chips_unknown,
            Self::Shallow => phrases::chips_shallow,
            Self::NotTargeted => phrases::chips_not_targeted,
            Self::Part => phrases::chips_part,
            Self::Stated => phrases::chips_stated,
            Self::Shown => phrases::chips_shown,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Unknown => "unknown",
            Self::Shallow => "shallow",
            Self::NotTargeted => "untargeted",
            Self::Part => "part",
            Self::Stated => "stated",
            Self::Shown => "shown",
        }
    }

    /// Whether a clone in the gene is not excluded.
    const fn is_open(self) -> bool {
        !matches!(self, Self::Stated | Self::Shown)
    }

    /// Whether nothing is known of the gene.
    const fn is_blank(self) -> bool {
        self.is_open() && !matches!(self, Self::Part)
    }

    fn of(gene: &GeneResult) -> Self {
        if gene.state == GeneState::Undecided {
            Self::Undecided
        } else if gene.is_assessed() {
            Self::Shown
        } else if gene.coverage_stated {
            Self::Stated
        } else if gene.targeted_bases == Some(0) {
            Self::NotTargeted
        } else if gene.assessed_bases > 0 {
            Self::Part
        } else if gene.min_depth.is_some() {
            Self::Shallow
        } else {
            Self::Unknown
        }
    }
}

/// Returns how many genes without a driver were not assessed at all.
pub(super) fn open_genes(result: &SampleResult) -> usize {
    let open = |g: &&GeneResult| g.state != GeneState::Mutated && Seen::of(g).is_blank();
    result.genes.iter().filter(open).count()
}

/// Whether the file leaves open of a gene without a driver whether it was covered.
pub(super) fn is_unknown(result: &SampleResult) -> bool {
    any_is(result, Seen::Unknown)
}

/// Whether the depth of a gene without a driver suffices nowhere.
pub(super) fn is_shallow(result: &SampleResult) -> bool {
    any_is(result, Seen::Shallow)
}

fn any_is(result: &SampleResult, seen: Seen) -> bool {
    let mut others = result.genes.iter().filter(|g| g.state != GeneState::Mutated);
    others.any(|g| Seen::of(g) == seen)
}

/// The block.
pub(crate) struct CoverageView {
    pub groups: Vec<ChipGroup>,
    /// What stands beneath the chips: mutated genes, kinds of change that the calls do not show, genes off the panel.
    pub beneath: Vec<Beneath>,
    pub unresolved: Option<Bilingual>,
}

/// A name and what goes under it.
pub(crate) struct Beneath {
    pub name: Bilingual,
    pub values: Vec<Bilingual>,
}

/// Genes that were looked at alike.
pub(crate) struct ChipGroup {
    pub class: &'static str,
    pub label: Bilingual,
    /// Smallest and largest detection limit of the group.
    pub limit: Option<Bilingual>,
    pub open: bool,
    pub chips: Vec<Chip>,
}

/// One gene.
pub(crate) struct Chip {
    pub gene: String,
    /// Detection limit, or the share that was covered.
    pub more: String,
    pub is_ipssm: bool,
}

impl CoverageView {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let result = context.result;
        let groups = Seen::ALL.into_iter().filter_map(|seen| group(context, seen));
        let unresolved = result.unresolved.len();
        Self {
            groups: groups.collect(),
            beneath: beneath(context),
            unresolved: (unresolved > 0).then(|| {
                context
                    .languages
                    .fill(phrases::unresolved, &[("n", &unresolved.to_string())])
            }),
        }
    }
}

fn beneath(context: &Context<'_>) -> Vec<Beneath> {
    let (result, languages) = (context.result, context.languages);
    let mutated = result.genes.iter().filter(|g| g.state == GeneState::Mutated);
    let mutated = match mutated.count() {
        0 => Vec::new(),
        n => vec![context.same(&n.to_string())],
    };
    let shown_above = super::clones::drivers(context).len() <= super::drivers::SHOWN;
    let off_panel = off_panel(result).into_iter().map(|gene| context.same(gene));
    let lines = [
        (
            if shown_above {
                phrases::chips_mutated
            } else {
                phrases::chips_mutated_many
            },
            mutated,
        ),
        (phrases::not_looked_for, not_looked_for(context)),
        (phrases::off_panel, off_panel.collect()),
    ];
    lines
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(name, values)| Beneath {
            name: languages.say(name),
            values,
        })
        .collect()
}

fn group(context: &Context<'_>, seen: Seen) -> Option<ChipGroup> {
    let of = |g: &&GeneResult| g.state != GeneState::Mutated && Seen::of(g) == seen;
    let mut genes: Vec<&GeneResult> = context.result.genes.iter().filter(of).collect();
    if genes.is_empty() {
        return None;
    }
    // Genes of IPSS-M first; both in the order of the panel.
    genes.sort_by_key(|g| g.ipssm == IpssmRole::None);
    let limits: Vec<f64> = genes.iter().filter_map(|g| g.detection_limit).collect();
    let least = limits.iter().copied().min_by(f64::total_cmp);
    let most = limits.iter().copied().max_by(f64::total_cmp);
    let limit = least
        .zip(most)
        .filter(|_| matches!(seen, Seen::Shown | Seen::Shallow))
        .map(|(low, high)| {
            let text = percent_range(low, high);
            context.languages.fill(phrases::chips_limit, &[("n", &text)])
        });
    Some(ChipGroup {
        class: seen.class(),
        label: context.languages.say(seen.label()),
        limit,
        open: seen.is_open(),
        chips: genes.into_iter().map(|g| chip(g, seen)).collect(),
    })
}

fn chip(gene: &GeneResult, seen: Seen) -> Chip {
    let share = f64::from(gene.assessed_bases) / f64::from(gene.target_bases.max(1));
    Chip {
        gene: gene.gene.clone(),
        more: match seen {
            Seen::Shown | Seen::Shallow => gene.detection_limit.map(percent).unwrap_or_default(),
            // Rounded down: a part is not the whole.
            Seen::Part => format!("{:.0} %", (share * 100.0).floor()),
            _ => String::new(),
        },
        is_ipssm: gene.ipssm != IpssmRole::None,
    }
}

fn not_looked_for(context: &Context<'_>) -> Vec<Bilingual> {
    let result = context.result;
    let given = result.myeloid.as_ref().map(|m| &m.given);
    let mut list = Vec::new();
    let holds_kmt2a_ptd = |call: &Call| {
        let event = call.consequence.event.as_ref();
        event.is_some_and(|e| e.name == EventName::Kmt2aPtd)
    };
    if given.is_none_or(|g| !g.genes.contains_key("MLL_PTD")) && !result.calls.iter().any(holds_kmt2a_ptd) {
        let ptd = result.copies.as_ref().map(|c| &c.ptd);
        let limit = ptd
            .filter(|p| p.state == CopyState::NotDetected)
            .and_then(|p| p.limit);
        list.push(limit.map_or_else(
            || context.languages.say(phrases::kmt2a_ptd),
            |limit| {
                let limit = percent(limit);
                context
                    .languages
                    .fill(phrases::kmt2a_ptd_by_depth, &[("n", &limit)])
            },
        ));
    }
    let is_itd = |call: &Call| holds_flt3_itd(std::slice::from_ref(call));
    if given.is_none_or(|g| g.flt3_itd.is_none()) && !result.calls.iter().any(is_itd) {
        list.extend(flt3_itd(context));
    }
    list
}

/// Says of which lengths internal tandem duplications would not have been seen; `None` where all would.
fn flt3_itd(context: &Context<'_>) -> Option<Bilingual> {
    let limits = &context.result.event_limits;
    if limits.is_empty() {
        return Some(context.languages.say(phrases::flt3_itd));
    }
    let open: Vec<String> = limits
        .iter()
        .filter(|l| l.event == EventName::Flt3Itd && l.state == HotspotState::NotAssessed)
        .map(|l| format!("{}–{}", l.shortest, l.longest))
        .collect();
    let vaf = percent(context.result.settings.thresholds.min_vaf);
    let values = [("lengths", open.join(", ")), ("vaf", vaf)];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    (!open.is_empty()).then(|| context.languages.fill(phrases::flt3_itd_lengths, &values))
}

fn off_panel(result: &SampleResult) -> Vec<&'static str> {
    let given = result.myeloid.as_ref().map(|m| &m.given);
    let stated = |gene: &str| given.is_some_and(|g| g.states(gene));
    asked_genes()
        .into_iter()
        .filter(|gene| result.genes.iter().all(|g| g.gene != *gene) && !stated(gene))
        .collect()
}
