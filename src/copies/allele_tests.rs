//! Made sites: twelve on other chromosomes, some on 17p, with and without depth.

use super::tests::{exons, places, told};
use super::*;

/// Fragments of a site.
const DEPTH: u32 = 800;

fn site(chromosome: &str, gene: &str, position: u32, share: f64) -> HeterozygousSite {
    let alternate = (0..DEPTH)
        .find(|n| f64::from(*n) >= share * f64::from(DEPTH))
        .unwrap();
    HeterozygousSite {
        gene: gene.to_owned(),
        chromosome: Chromosome::parse(chromosome).unwrap(),
        position,
        reference: DEPTH - alternate,
        alternate,
        origin: SiteOrigin::Silent,
    }
}

/// Sites on four other chromosomes.
fn on_others(shares: &[f64]) -> Vec<HeterozygousSite> {
    let chromosomes = ["1", "2", "4", "21"].iter().cycle();
    let at = |((position, chromosome), share): ((u32, &&str), &f64)| site(chromosome, "G", position, *share);
    (1_000_000..)
        .step_by(1000)
        .zip(chromosomes)
        .zip(shares)
        .map(at)
        .collect()
}

/// Sites that are balanced, on four chromosomes.
fn balanced() -> Vec<HeterozygousSite> {
    let shares = [
        0.487, 0.502, 0.473, 0.495, 0.51, 0.481, 0.466, 0.499, 0.49, 0.478, 0.505, 0.494,
    ];
    on_others(&shares)
}

/// Four sites on 17p with this share of one allele.
fn on_17p(major: f64) -> Vec<HeterozygousSite> {
    let sites = [
        ("PRPF8", 1_600_000, 0.0),
        ("PRPF8", 1_620_000, 1.0),
        ("TP53", 7_670_000, 1.0),
        ("TP53", 7_672_000, 0.0),
    ];
    sites
        .map(|(gene, at, other)| {
            let share = if other > 0.0 { 1.0 - major } else { major };
            site("17", gene, at, share - 0.008)
        })
        .to_vec()
}

fn with_sites(
    mut copies: CopyNumber,
    sites: &[HeterozygousSite],
    change: impl Fn(&mut SiteInput<'_>),
) -> CopyNumber {
    let mut input = SiteInput {
        sites,
        build: Build::Grch38,
        sex: Some(Sex::Female),
        amplicons: false,
        mixed: false,
    };
    change(&mut input);
    copies.add_sites(&input);
    copies
}

fn without_reads(sites: &[HeterozygousSite], change: impl Fn(&mut SiteInput<'_>)) -> CopyNumber {
    let places = places(&exons(500.0, 0.05, |_, _| 1.0));
    with_sites(without_depth(&places, Build::Grch38, None), sites, change)
}

fn shift(copies: &CopyNumber, region: CopyRegion) -> &AlleleShift {
    let found = copies.regions.iter().find(|r| r.region == region).unwrap();
    found.shift.as_ref().unwrap()
}

/// Depth of the genes on 17p times this.
fn depth_of_17p(factor: f64) -> CopyNumber {
    let on = ["TP53", "PRPF8"];
    told(
        &exons(
            800.0,
            0.05,
            |gene, _| if on.contains(&gene) { factor } else { 1.0 },
        ),
        Some(Sex::Female),
    )
}

#[test]
fn depth_tells_loss_copy_neutral_loss_and_gain_apart() {
    // Half of the cells: 1 / 1.5, 1.5 / 2 and 1.5 / 2.5 of the copies are of one allele.
    for (factor, major, kind) in [
        (0.75, 2.0 / 3.0, ShiftKind::Loss),
        (1.0, 0.75, ShiftKind::CopyNeutral),
        (1.25, 0.6, ShiftKind::Gain),
    ] {
        let sites = [balanced(), on_17p(major)].concat();
        let copies = with_sites(depth_of_17p(factor), &sites, |_| ());
        let found = shift(&copies, CopyRegion::Loss17p);
        assert_eq!(
            (found.state, found.kind),
            (CopyState::Suspected, Some(kind)),
            "{found:?}"
        );
        assert_eq!(found.cells.len(), 1, "{found:?}");
        let cells = found.cells[0].cells;
        assert!((cells.value - 0.5).abs() < 0.08, "{found:?}");
        assert!(cells.low <= cells.value && cells.value <= cells.high, "{found:?}");
        assert_eq!(copies.suggests_tp53_loss(), kind != ShiftKind::Gain, "{found:?}");
    }
}

#[test]
fn without_depth_it_is_an_imbalance_that_a_third_copy_explains_only_where_it_can() {
    let kinds = |major| {
        let copies = without_reads(&[balanced(), on_17p(major)].concat(), |_| ());
        let found = shift(&copies, CopyRegion::Loss17p);
        assert_eq!(found.kind, Some(ShiftKind::Imbalance), "{found:?}");
        found.cells.iter().map(|c| c.kind).collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(0.6),
        [ShiftKind::Loss, ShiftKind::CopyNeutral, ShiftKind::Gain]
    );
    assert_eq!(kinds(0.75), [ShiftKind::Loss, ShiftKind::CopyNeutral]);
}

#[test]
fn balanced_sites_are_told_with_a_limit() {
    let copies = without_reads(&[balanced(), on_17p(0.5)].concat(), |_| ());
    let found = shift(&copies, CopyRegion::Loss17p);
    assert_eq!(
        (found.state, found.gap),
        (CopyState::NotDetected, None),
        "{found:?}"
    );
    assert!((0.1..0.4).contains(&found.limit.unwrap()), "{found:?}");
    assert_eq!(found.genes, ["PRPF8", "TP53"]);
    assert_eq!(copies.shifted().count(), 0);
}

#[test]
fn a_shift_of_one_gene_is_confined_to_it() {
    let mut sites = [balanced(), on_17p(0.7)].concat();
    for site in sites.iter_mut().filter(|s| s.gene == "TP53") {
        (site.reference, site.alternate) = (405, 395);
    }
    let copies = without_reads(&sites, |_| ());
    let found = shift(&copies, CopyRegion::Loss17p);
    assert_eq!(
        (found.state, found.only_in.as_deref()),
        (CopyState::Suspected, Some("PRPF8")),
        "{found:?}"
    );
    assert!(!copies.suggests_tp53_loss(), "the sites of TP53 are balanced");
}

#[test]
fn what_sites_cannot_tell_is_said() {
    let usual = [balanced(), on_17p(0.7)].concat();
    let gap = |sites: &[HeterozygousSite], change: &dyn Fn(&mut SiteInput<'_>)| {
        let copies = without_reads(sites, change);
        let found = shift(&copies, CopyRegion::Loss17p).clone();
        assert_eq!(found.state, CopyState::NotAssessed, "{found:?}");
        found.gap.unwrap()
    };
    assert_eq!(gap(&[], &|_| ()), ShiftGap::NoGermlineSites);
    assert_eq!(gap(&balanced(), &|_| ()), ShiftGap::FewSites);
    assert_eq!(gap(&usual, &|input| input.mixed = true), ShiftGap::MixedDna);
    let few = [balanced()[..3].to_vec(), on_17p(0.7)].concat();
    assert_eq!(gap(&few, &|_| ()), ShiftGap::FewReferenceSites);
    // One site off balance beside another gene's is no arm.
    let one = [balanced(), on_17p(0.75)[..1].to_vec(), on_17p(0.5)[3..].to_vec()].concat();
    assert_eq!(gap(&one, &|_| ()), ShiftGap::Inconclusive);
    // Of amplicons two sites may be one amplicon's.
    let two = [balanced(), on_17p(0.7)[..2].to_vec()].concat();
    assert_eq!(gap(&two, &|input| input.amplicons = true), ShiftGap::FewSites);
    // So shallow that nothing would be seen.
    let mut shallow = [balanced(), on_17p(0.5)[..2].to_vec()].concat();
    for site in &mut shallow {
        (site.reference, site.alternate) = (21, 20);
    }
    assert_eq!(gap(&shallow, &|_| ()), ShiftGap::Noise);
}

#[test]
fn an_x_is_told_of_women_only() {
    let mut sites = balanced();
    sites.extend((0..3).map(|i| site("X", "STAG2", 124_000_000 + 1000 * i, 0.68)));
    let of = |sex| {
        let copies = without_reads(&sites, |input| input.sex = sex);
        let found = shift(&copies, CopyRegion::LossX);
        (found.state, found.gap)
    };
    assert_eq!(of(Some(Sex::Female)), (CopyState::Suspected, None));
    assert_eq!(
        of(Some(Sex::Male)),
        (CopyState::NotAssessed, Some(ShiftGap::OneCopy))
    );
    assert_eq!(of(None), (CopyState::NotAssessed, Some(ShiftGap::SexUnknown)));
}

#[test]
fn fractions_that_vary_everywhere_are_no_shift() {
    let shares = [0.3, 0.68, 0.41, 0.61, 0.35, 0.58, 0.7, 0.38, 0.55, 0.33];
    let mut sites = on_others(&shares);
    sites.extend(on_17p(0.65));
    let copies = without_reads(&sites, |_| ());
    assert_ne!(shift(&copies, CopyRegion::Loss17p).state, CopyState::Suspected);
}
