//! Rearrangements that define diseases, read from the breakpoints of a karyotype.
//!
//! Bands: Khoury, Leukemia 2022;36:1703 (AML); Arber, Blood 2022;140:1200 (Table 25); older spellings of the same breaks are
//! taken in.

use super::band::{Arm, Band, breaks};
use super::clones::{Change, Resolved};
use super::fusion::Fusion;
use super::model::{AbnormalityBody, Karyotype, Segment, SegmentKind};
use super::note::KaryotypeNote;

/// Bands of a chromosome, both ends included.
struct Site(&'static str, Arm, i32, i32);

/// Two breaks that make a fusion.
struct Pattern {
    name: &'static str,
    sites: [Site; 2],
    /// The derivative chromosome that has it; of an unbalanced translocation this one must be left.
    derivative: &'static str,
}

const fn pattern(name: &'static str, a: Site, b: Site, derivative: &'static str) -> Pattern {
    Pattern {
        name,
        sites: [a, b],
        derivative,
    }
}

use Arm::{P, Q};

/// Where KMT2A lies.
const fn kmt2a(name: &'static str, partner: Site) -> Pattern {
    pattern(name, Site("11", Q, 23, 23), partner, "11")
}

/// Where NUP98 lies.
const fn nup98(name: &'static str, partner: Site) -> Pattern {
    pattern(name, Site("11", P, 15, 15), partner, "11")
}

/// Where MECOM lies.
const fn mecom(name: &'static str, partner: Site) -> Pattern {
    pattern(name, Site("3", Q, 26, 26), partner, "3")
}

/// The first that matches counts.
const PATTERNS: &[Pattern] = &[
    pattern("PML::RARA", Site("15", Q, 22, 26), Site("17", Q, 11, 22), "15"),
    pattern("RUNX1::RUNX1T1", Site("8", Q, 21, 22), Site("21", Q, 22, 22), "8"),
    pattern("CBFB::MYH11", Site("16", P, 13, 13), Site("16", Q, 22, 22), "16"),
    pattern("BCR::ABL1", Site("9", Q, 34, 34), Site("22", Q, 11, 11), "22"),
    pattern("DEK::NUP214", Site("6", P, 21, 24), Site("9", Q, 34, 34), "6"),
    mecom("GATA2::MECOM", Site("3", Q, 21, 21)),
    mecom("RUNX1::MECOM", Site("21", Q, 22, 22)),
    mecom("ETV6::MECOM", Site("12", P, 12, 13)),
    mecom("MYC::MECOM", Site("8", Q, 24, 24)),
    mecom("MECOM-r", Site("2", P, 11, 24)),
    mecom("CDK6::MECOM", Site("7", Q, 21, 22)),
    mecom("MECOM-r", Site("6", Q, 24, 26)),
    mecom("MECOM-r", Site("17", Q, 22, 22)),
    kmt2a("KMT2A::MLLT3", Site("9", P, 21, 22)),
    kmt2a("KMT2A::AFF1", Site("4", Q, 21, 21)),
    kmt2a("KMT2A::AFDN", Site("6", Q, 26, 27)),
    kmt2a("KMT2A::MLLT10", Site("10", P, 11, 13)),
    kmt2a("KMT2A-r", Site("19", P, 13, 13)),
    kmt2a("KMT2A::MLLT11", Site("1", Q, 21, 21)),
    kmt2a("KMT2A::EPS15", Site("1", P, 32, 32)),
    kmt2a("KMT2A::CREBBP", Site("16", P, 13, 13)),
    kmt2a("KMT2A::SEPTIN9", Site("17", Q, 25, 25)),
    kmt2a("KMT2A::SEPTIN5", Site("22", Q, 11, 11)),
    kmt2a("KMT2A::EP300", Site("22", Q, 13, 13)),
    kmt2a("KMT2A::FOXO4", Site("X", Q, 13, 13)),
    kmt2a("KMT2A::SEPTIN6", Site("X", Q, 24, 24)),
    kmt2a("KMT2A::ARHGAP26", Site("5", Q, 31, 31)),
    nup98("NUP98::NSD1", Site("5", Q, 35, 35)),
    nup98("NUP98::KDM5A", Site("12", P, 13, 13)),
    nup98("NUP98::HOXA9", Site("7", P, 15, 15)),
    nup98("NUP98-r", Site("2", Q, 31, 31)),
    nup98("NUP98::RAP1GDS1", Site("4", Q, 21, 23)),
    nup98("NUP98::PRRX1", Site("1", Q, 23, 24)),
    nup98("NUP98::PSIP1", Site("9", P, 21, 24)),
    nup98("NUP98::TOP1", Site("20", Q, 11, 12)),
    nup98("NUP98::DDX10", Site("11", Q, 22, 22)),
    nup98("NUP98::NSD3", Site("8", P, 11, 12)),
    nup98("NUP98::PHF23", Site("17", P, 13, 13)),
    nup98("NUP98-r", Site("3", Q, 11, 13)),
    nup98("NUP98-r", Site("12", Q, 13, 13)),
    nup98("NUP98-r", Site("10", Q, 23, 25)),
    nup98("NUP98::SETBP1", Site("18", Q, 12, 12)),
    nup98("NUP98::HMGB3", Site("X", Q, 28, 28)),
    pattern("NPM1::MLF1", Site("3", Q, 25, 25), Site("5", Q, 33, 35), "5"),
    pattern("RBM15::MRTFA", Site("1", P, 12, 13), Site("22", Q, 13, 13), "22"),
    pattern("ETV6::MNX1", Site("7", Q, 32, 36), Site("12", P, 12, 13), "12"),
    pattern("KAT6A::CREBBP", Site("8", P, 11, 11), Site("16", P, 13, 13), "8"),
    pattern("FUS::ERG", Site("16", P, 11, 11), Site("21", Q, 22, 22), "16"),
    pattern(
        "RUNX1::CBFA2T3",
        Site("16", Q, 24, 24),
        Site("21", Q, 22, 22),
        "21",
    ),
    pattern(
        "CBFA2T3::GLIS2",
        Site("16", P, 13, 13),
        Site("16", Q, 24, 24),
        "16",
    ),
    pattern(
        "PICALM::MLLT10",
        Site("10", P, 11, 13),
        Site("11", Q, 14, 21),
        "10",
    ),
    pattern("PRDM16::RPN1", Site("1", P, 36, 36), Site("3", Q, 21, 21), "1"),
    pattern("NPM1::RARA", Site("5", Q, 35, 35), Site("17", Q, 12, 21), "5"),
    pattern("NUMA1::RARA", Site("11", Q, 13, 13), Site("17", Q, 12, 21), "11"),
    pattern("ETV6::PDGFRB", Site("5", Q, 31, 33), Site("12", P, 12, 13), "12"),
    pattern("ETV6::ABL1", Site("9", Q, 34, 34), Site("12", P, 12, 13), "12"),
    pattern("ETV6::FLT3", Site("12", P, 13, 13), Site("13", Q, 12, 12), "12"),
    pattern("ZMYM2::FGFR1", Site("8", P, 11, 12), Site("13", Q, 12, 12), "13"),
    pattern("CNTRL::FGFR1", Site("8", P, 11, 12), Site("9", Q, 33, 33), "9"),
    pattern("CEP43::FGFR1", Site("6", Q, 27, 27), Site("8", P, 11, 12), "6"),
    pattern("BCR::FGFR1", Site("8", P, 11, 12), Site("22", Q, 11, 11), "22"),
    pattern("PCM1::JAK2", Site("8", P, 21, 23), Site("9", P, 24, 24), "8"),
];

/// Translocations known by their chromosomes alone: what they are where no breakpoints are written.
const BY_CHROMOSOMES: [(SegmentKind, &[&str], &str); 9] = [
    (SegmentKind::Translocation, &["15", "17"], "PML::RARA"),
    (SegmentKind::Translocation, &["8", "21"], "RUNX1::RUNX1T1"),
    (SegmentKind::Inversion, &["16"], "CBFB::MYH11"),
    (SegmentKind::Translocation, &["16", "16"], "CBFB::MYH11"),
    (SegmentKind::Translocation, &["9", "22"], "BCR::ABL1"),
    (SegmentKind::Translocation, &["6", "9"], "DEK::NUP214"),
    (SegmentKind::Translocation, &["9", "11"], "KMT2A::MLLT3"),
    (SegmentKind::Inversion, &["3"], "GATA2::MECOM"),
    (SegmentKind::Translocation, &["3", "3"], "GATA2::MECOM"),
];

/// Breaks that often are a rearrangement of a gene, with any partner: worth a look, not enough to say.
const HINTS: [(Site, &str); 3] = [
    (Site("11", Q, 23, 23), "KMT2A"),
    (Site("11", P, 15, 15), "NUP98"),
    (Site("3", Q, 26, 26), "MECOM"),
];

/// What a structure shows.
enum Found {
    /// A fusion, by its breaks or by its chromosomes alone.
    Fusion { name: &'static str, banded: bool },
    /// A gene that may be rearranged.
    Hint(&'static str),
}

/// Returns the fusions of the clones of a patient, and notes what may be one.
pub(super) fn of_clones(resolved: &[Resolved], notes: &mut Vec<KaryotypeNote>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for change in resolved.iter().flat_map(|r| &r.changes) {
        let note = match of_change(change) {
            Some(Found::Fusion { name, banded }) => {
                if !names.iter().any(|n| n == name) {
                    names.push(name.to_owned());
                }
                if banded {
                    continue;
                }
                KaryotypeNote::FusionWithoutBands {
                    change: change.key.clone(),
                    fusion: name.to_owned(),
                }
            }
            Some(Found::Hint(gene)) => KaryotypeNote::MayBeRearranged {
                change: change.key.clone(),
                gene: gene.to_owned(),
            },
            None => continue,
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    names
}

/// Reads a structure that stands for a fusion, `t(8;21)(q22;q22)`.
pub(super) fn of_text(text: &str) -> Option<Fusion> {
    let karyotype = Karyotype::parse(&format!("46,XX,{text}")).ok()?;
    let [clone] = &karyotype.clones[..] else {
        return None;
    };
    let [only] = &clone.abnormalities[..] else {
        return None;
    };
    let read_whole = karyotype.is_read_in_full() && clone.inherits.is_none() && only.alternatives.is_empty();
    match of_change(&Change::of(only)).filter(|_| read_whole)? {
        Found::Fusion { name, .. } => Some(Fusion::of(name)),
        Found::Hint(_) => None,
    }
}

fn of_change(change: &Change) -> Option<Found> {
    let AbnormalityBody::Structure { segments, .. } = &change.abnormality.as_ref()?.body else {
        return None;
    };
    let [first, rest @ ..] = &segments[..] else {
        return None;
    };
    match first.kind {
        SegmentKind::Translocation | SegmentKind::Inversion | SegmentKind::Insertion => {
            of_exchange(first, None)
        }
        SegmentKind::Derivative => rest
            .iter()
            .filter(|s| {
                matches!(
                    s.kind,
                    SegmentKind::Translocation | SegmentKind::Inversion | SegmentKind::Insertion
                )
            })
            .find_map(|s| of_exchange(s, Some(&first.chromosomes))),
        // Most deletions of 16q22 are just that; some hide an inversion.
        SegmentKind::Deletion if first.chromosomes == ["16"] => breaks(first, 0)
            .iter()
            .any(|b| b.lies_in(Q, 22, 22))
            .then_some(Found::Hint("CBFB")),
        _ => None,
    }
}

/// Looks a translocation, inversion or insertion up; `derivatives`: only these chromosomes of it are left.
fn of_exchange(segment: &Segment, derivatives: Option<&Vec<String>>) -> Option<Found> {
    let sites: Vec<(&str, Band)> = segment
        .chromosomes
        .iter()
        .enumerate()
        .flat_map(|(index, c)| breaks(segment, index).into_iter().map(move |b| (c.as_str(), b)))
        .collect();
    if sites.is_empty() {
        let chromosomes: Vec<&str> = segment.chromosomes.iter().map(String::as_str).collect();
        return BY_CHROMOSOMES
            .iter()
            .find(|(kind, of, _)| *kind == segment.kind && *of == chromosomes)
            .filter(|_| derivatives.is_none())
            .map(|(_, _, name)| Found::Fusion { name, banded: false });
    }
    // The bands 11q23 and 17q21 are those of two diseases.
    let at = |site: &Site| sites.iter().position(|(c, b)| hits(site, c, *b));
    if at(&Site("11", Q, 23, 23)).is_some() && at(&Site("17", Q, 11, 21)).is_some() {
        return Some(Found::Hint("KMT2A (with MLLT6) or RARA (with ZBTB16)"));
    }
    let found = PATTERNS.iter().find(|p| {
        let on = |site: &Site| -> Vec<usize> {
            (0..sites.len())
                .filter(|i| hits(site, sites[*i].0, sites[*i].1))
                .collect()
        };
        let (a, b) = (on(&p.sites[0]), on(&p.sites[1]));
        a.iter().any(|a| b.iter().any(|b| a != b))
    });
    match (found, derivatives) {
        (Some(found), None) => Some(Found::Fusion {
            name: found.name,
            banded: true,
        }),
        (Some(found), Some(left)) if left.iter().any(|c| c == found.derivative) => Some(Found::Fusion {
            name: found.name,
            banded: true,
        }),
        (Some(found), Some(_)) => Some(Found::Hint(found.name)),
        (None, _) => HINTS
            .iter()
            .find(|(site, _)| at(site).is_some())
            .map(|(_, gene)| Found::Hint(gene)),
    }
}

/// Whether a break lies in a site; an arm without a band lies in none.
fn hits(site: &Site, chromosome: &str, band: Band) -> bool {
    let Site(of, arm, from, to) = site;
    chromosome == *of && band.near > 0 && band.lies_in(*arm, *from, *to)
}
