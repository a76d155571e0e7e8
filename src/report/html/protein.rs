//! The drivers of a gene on its protein, a "lollipop" each, above what the panel's rules say of its places.

use std::collections::BTreeSet;

use super::context::Context;
use super::format::{percent, shortened};
use super::sources::{Cite, sorted};
use crate::drivers::{Call, CallStatus, ProteinMap};
use crate::genome::as_count;
use crate::report::words::{Bilingual, Language, page_phrases as phrases};
use crate::transcript::{DOMAIN_SOURCE, ProteinDomain, protein_domains};

/// The picture, and the same in words.
pub(super) struct ProteinView {
    pub length: u32,
    /// Beginning and width of each stretch.
    pub regions: Vec<(String, String)>,
    /// The domains of the protein, along it.
    pub domains: Vec<DomainView>,
    /// Places of residues that rules name.
    pub ticks: Vec<String>,
    pub lollipops: Vec<Lollipop>,
    /// Height of the picture, and where the protein lies in it, pixels.
    pub height: u32,
    pub base: u32,
    /// What the picture shows, in words.
    pub says: Vec<Bilingual>,
    pub cites: Vec<Cite>,
}

/// A domain of the protein.
pub(super) struct DomainView {
    /// By which the words name it.
    pub letter: char,
    /// Beginning, middle and width.
    pub x: String,
    pub middle: String,
    pub width: String,
}

/// One driver.
pub(super) struct Lollipop {
    /// Its number in the picture; none where it changes no residue that is known.
    pub number: Option<usize>,
    pub change: String,
    pub vaf: String,
    pub hollow: bool,
    /// Where it stands, per cent of the width, and how high, pixels.
    pub x: String,
    pub y: u32,
    /// Where on the protein it is, in words.
    pub place: Bilingual,
}

/// Share of the width kept free at each end, per cent.
const EDGE: f64 = 3.0;
/// Distance, per cent of the width, at which two circles would touch on a phone.
const APART: f64 = 7.0;
/// Rows of circles, the lowest first, and the pixels between two.
const ROWS: u32 = 6;
const ROW: u32 = 20;
/// Pixels from the top to the middle of the highest circle, and from the lowest to the protein.
const TOP: u32 = 11;
const STEM: u32 = 22;
/// Pixels from the protein to the lower edge of the picture, and those that the row of domains takes.
const BELOW: u32 = 34;
const DOMAINS: u32 = 18;

impl ProteinView {
    /// Returns the picture of a gene's drivers; `None` where no rule names a place, or nothing is known of where they are.
    pub(super) fn new(context: &Context<'_>, map: &ProteinMap, calls: &[&Call]) -> Option<Self> {
        let mut calls = calls.to_vec();
        calls.sort_by_key(|call| first_residue(call).unwrap_or(u32::MAX));
        if calls.iter().all(|call| first_residue(call).is_none()) {
            return None;
        }
        let place = |residue: u32| on_protein(residue, map.residues);
        let domains = calls
            .first()
            .map(|call| protein_domains(&call.consequence.transcript))
            .unwrap_or_default();
        let rows = rows(calls.iter().filter_map(|call| first_residue(call)).map(place));
        let highest = rows.iter().copied().max().unwrap_or(0);
        let base = TOP + highest * ROW + STEM;
        let numbered = calls.iter().enumerate();
        let lollipops = numbered.map(|(index, call)| {
            let residue = first_residue(call);
            let row = rows.get(index).copied().unwrap_or(0);
            Lollipop {
                number: residue.map(|_| index + 1),
                change: change(call),
                vaf: call.evidence.vaf.map(percent).unwrap_or_default(),
                hollow: call.status == CallStatus::DriverReview,
                x: residue.map(place).map(per_cent).unwrap_or_default(),
                y: base - STEM - row * ROW,
                place: where_it_is(context, map, &domains, residue),
            }
        });
        let ticks: BTreeSet<u32> = map
            .hotspots
            .iter()
            .flat_map(|h| h.residues.iter().copied())
            .collect();
        Some(Self {
            length: map.residues,
            regions: stretches(map)
                .into_iter()
                .map(|(first, last)| {
                    let (begin, end) = (place(first), place(last));
                    (per_cent(begin), per_cent((end - begin).max(0.4)))
                })
                .collect(),
            lollipops: lollipops.collect(),
            height: base + BELOW + if domains.is_empty() { 0 } else { DOMAINS },
            base,
            says: says(context, map, &domains, ticks.len()),
            domains: drawn(&domains, map.residues),
            ticks: ticks.into_iter().map(place).map(per_cent).collect(),
            cites: cites(context, map, !domains.is_empty()),
        })
    }
}

fn first_residue(call: &Call) -> Option<u32> {
    call.consequence
        .protein_change
        .as_ref()
        .map(|change| change.start)
}

fn change(call: &Call) -> String {
    call.consequence.change().map(shortened).unwrap_or_default()
}

/// Returns where a residue lies, per cent of the width.
fn on_protein(residue: u32, length: u32) -> f64 {
    let along = f64::from(residue.clamp(1, length.max(1)) - 1) / f64::from(length.max(2) - 1);
    EDGE + (100.0 - 2.0 * EDGE) * along
}

fn per_cent(value: f64) -> String {
    format!("{value:.1}%")
}

/// Returns the row of each circle, places ascending: the lowest that no neighbor takes; the highest where all are taken.
fn rows(places: impl Iterator<Item = f64>) -> Vec<u32> {
    let mut last: Vec<Option<f64>> = vec![None; ROWS as usize];
    places
        .map(|place| {
            let free = last
                .iter()
                .position(|taken| taken.is_none_or(|t| place - t >= APART));
            let row = free.unwrap_or(last.len() - 1);
            last[row] = Some(place);
            as_count(row)
        })
        .collect()
}

/// Returns the stretches that rules cover, joined where they overlap.
fn stretches(map: &ProteinMap) -> Vec<(u32, u32)> {
    let mut all: Vec<(u32, u32)> = map.regions.iter().map(|r| (r.first, r.last)).collect();
    all.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (first, last) in all {
        match joined.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => joined.push((first, last)),
        }
    }
    joined
}

fn drawn(domains: &[ProteinDomain], residues: u32) -> Vec<DomainView> {
    let letters = 'a'..='z';
    letters
        .zip(domains)
        .map(|(letter, domain)| {
            let (begin, end) = (
                on_protein(domain.first, residues),
                on_protein(domain.last, residues),
            );
            DomainView {
                letter,
                x: per_cent(begin),
                middle: per_cent(f64::midpoint(begin, end)),
                width: per_cent((end - begin).max(0.4)),
            }
        })
        .collect()
}

fn where_it_is(
    context: &Context<'_>,
    map: &ProteinMap,
    domains: &[ProteinDomain],
    residue: Option<u32>,
) -> Bilingual {
    let Some(residue) = residue else {
        return context.languages.say(phrases::lollipop_no_residue);
    };
    let named = map.hotspots.iter().any(|h| h.residues.contains(&residue));
    let phrase = if named {
        phrases::lollipop_hotspot
    } else if map.regions.iter().any(|r| (r.first..=r.last).contains(&residue)) {
        phrases::lollipop_region
    } else {
        phrases::lollipop_elsewhere
    };
    let n = residue.to_string();
    let [en, ja] =
        [Language::English, Language::Japanese].map(|language| phrase.fill(language, &[("n", &n)]));
    match domains.iter().find(|d| (d.first..=d.last).contains(&residue)) {
        Some(domain) => context
            .languages
            .text(&format!("{}, {en}", domain.en), &format!("{}、{ja}", domain.ja)),
        None => context.languages.text(&en, &ja),
    }
}

fn says(
    context: &Context<'_>,
    map: &ProteinMap,
    domains: &[ProteinDomain],
    hotspots: usize,
) -> Vec<Bilingual> {
    let languages = context.languages;
    let mut says = vec![languages.fill(phrases::lollipop_length, &[("n", &map.residues.to_string())])];
    if !domains.is_empty() {
        let phrase = phrases::lollipop_domains;
        let list = |gap: &str, name: &dyn Fn(&ProteinDomain) -> &'static str| {
            let each = ('a'..='z').zip(domains);
            let each = each.map(|(letter, d)| format!("{letter} {} {}–{}", name(d), d.first, d.last));
            each.collect::<Vec<_>>().join(gap)
        };
        says.push(languages.text(
            &phrase.fill(Language::English, &[("list", &list(", ", &|d| d.en))]),
            &phrase.fill(Language::Japanese, &[("list", &list("、", &|d| d.ja))]),
        ));
    }
    let stretches = stretches(map);
    if !stretches.is_empty() {
        let list = |gap: &str| {
            let each = stretches.iter().map(|(first, last)| format!("{first}–{last}"));
            each.collect::<Vec<_>>().join(gap)
        };
        let phrase = phrases::lollipop_regions;
        says.push(languages.text(
            &phrase.fill(Language::English, &[("list", &list(", "))]),
            &phrase.fill(Language::Japanese, &[("list", &list("、"))]),
        ));
    }
    if hotspots > 0 {
        says.push(languages.fill(phrases::lollipop_hotspots, &[("n", &hotspots.to_string())]));
    }
    says
}

fn cites(context: &Context<'_>, map: &ProteinMap, with_domains: bool) -> Vec<Cite> {
    let keys: BTreeSet<&String> = map.sources().collect();
    let rules = keys.into_iter().map(|key| context.cite(key));
    let domains = with_domains.then(|| context.sources.texts(DOMAIN_SOURCE));
    sorted(rules.chain(domains.into_iter().flatten()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::ProteinMap;

    #[test]
    fn residues_lie_between_the_ends() {
        let of = |residue| per_cent(on_protein(residue, 912));
        assert_eq!([of(1), of(912), of(5000)], ["3.0%", "97.0%", "97.0%"]);
        // 456 / 911 of the way.
        assert_eq!(per_cent(on_protein(456, 912)), "49.9%");
        assert!(on_protein(1, 1).is_finite());
    }

    #[test]
    fn circles_that_would_touch_stand_above_each_other() {
        let of = |places: &[f64]| rows(places.iter().copied());
        assert_eq!(of(&[10.0, 30.0, 33.0, 38.0, 90.0]), [0, 0, 1, 0, 0]);
        assert_eq!(of(&[50.0; 8]), [0, 1, 2, 3, 4, 5, 5, 5]);
    }

    #[test]
    fn stretches_of_several_rules_are_one() {
        let region = |first, last| crate::drivers::RuleRegion {
            first,
            last,
            rule: String::new(),
            sources: Vec::new(),
        };
        let map = ProteinMap {
            residues: 100,
            regions: vec![region(40, 60), region(10, 20), region(15, 30), region(31, 35)],
            hotspots: Vec::new(),
        };
        assert_eq!(stretches(&map), [(10, 35), (40, 60)]);
    }
}
