//! Calls of one sample that lie close together: misaligned reads make several at once (CHMIP: four within 54 bases).

use super::FilterInput;
use crate::drivers::flags::{Flag, Weight};
use crate::drivers::{ReasonCode, ReasonValues};
use crate::genome::Chromosome;
use crate::panel::Filters;

/// A stretch with too many calls, 1-based inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Chromosome.
    pub chromosome: Chromosome,
    /// Position of the first call.
    pub first: u32,
    /// Position of the last call.
    pub last: u32,
    /// Number of calls in it.
    pub calls: usize,
}

/// Returns the stretches of a sample in which enough calls lie within the window; stretches that overlap are one.
///
/// `places` are chromosome and position of the sample's variants above its thresholds, each variant once, in any order.
pub fn clusters(mut places: Vec<(Chromosome, u32)>, filters: &Filters) -> Vec<Cluster> {
    let (Some(calls), Some(window)) = (filters.cluster, filters.cluster_window) else {
        return Vec::new();
    };
    let size = calls.max(2) as usize;
    places.sort_unstable();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (start, group) in places.windows(size).enumerate() {
        let (first, last) = (group[0], group[size - 1]);
        if first.0 != last.0 || last.1 - first.1 >= window {
            continue;
        }
        let end = start + size - 1;
        match found.last_mut() {
            Some(open) if open.1 >= start => open.1 = end,
            _ => found.push((start, end)),
        }
    }
    found
        .into_iter()
        .map(|(start, end)| Cluster {
            chromosome: places[start].0,
            first: places[start].1,
            last: places[end].1,
            calls: end - start + 1,
        })
        .collect()
}

/// The call lies in such a stretch.
pub(super) fn is_crowded(input: &FilterInput<'_>, _: &Filters) -> Option<Flag> {
    let variant = input.variant;
    let holds = |c: &&Cluster| {
        c.chromosome == variant.chromosome() && variant.position() <= c.last && variant.end() >= c.first
    };
    input.clusters.iter().find(holds).map(|c| {
        let values = ReasonValues::Crowded {
            calls: c.calls,
            bases: c.last - c.first + 1,
        };
        Flag::new(ReasonCode::Clustered, Weight::Doubt, values)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{Text, codes, variant};
    use super::*;
    use crate::evidence::Evidence;

    fn at(positions: &[u32], set: &str) -> Vec<(u32, u32, usize)> {
        let mut filters = Filters::default();
        filters.set_text(set).unwrap();
        let places = positions.iter().map(|p| (Chromosome::X, *p)).collect();
        clusters(places, &filters)
            .iter()
            .map(|c| (c.first, c.last, c.calls))
            .collect()
    }

    #[test]
    fn four_within_the_window_are_a_cluster() {
        assert_eq!(
            at(&[153, 100, 110, 120], "cluster=4"),
            [(100, 153, 4)],
            "the 54th base counts"
        );
        assert_eq!(at(&[154, 100, 110, 120], "cluster=4"), []);
        assert_eq!(at(&[100, 110, 120], "cluster=4"), []);
        assert_eq!(at(&[100, 110, 120], "cluster=3"), [(100, 120, 3)]);
        assert_eq!(at(&[100, 110, 120, 130], "cluster=off"), []);
        assert_eq!(at(&[100, 110, 120, 130, 160, 1000], "cluster=4"), [(100, 160, 5)]);
        assert_eq!(at(&[], "cluster=4"), []);
    }

    #[test]
    fn chromosomes_are_kept_apart() {
        let places = vec![
            (Chromosome::X, 1),
            (Chromosome::X, 2),
            (Chromosome::Y, 3),
            (Chromosome::Y, 4),
        ];
        assert_eq!(clusters(places, &Filters::default()), []);
    }

    #[test]
    fn calls_inside_are_marked() {
        const CLUSTERS: [Cluster; 1] = [Cluster {
            chromosome: Chromosome::X,
            first: 100,
            last: 130,
            calls: 4,
        }];
        let with = |position: u32| {
            let evidence = Evidence::from_counts(20, 500, "AD");
            let variant = variant(position, "A", "C");
            codes(&variant, &evidence, &Filters::default(), &Text(""), |i| {
                i.clusters = &CLUSTERS;
            })
        };
        assert_eq!(with(99), []);
        assert_eq!(with(100), [ReasonCode::Clustered]);
        assert_eq!(with(130), [ReasonCode::Clustered]);
        assert_eq!(with(131), []);
    }
}
