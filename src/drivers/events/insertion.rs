//! What an insertion is made of: a copy of the bases beside it, and bases that are none.

use crate::genome::{BaseSource, Variant, VariantKind, as_count};

/// Bases that a copy must have, or an insertion that begins like what follows it by chance would be one.
const SHORTEST_COPY: usize = 3;
/// Share of an insertion that a copy must make up.
const COPIED: f64 = 0.5;

/// An insertion taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// First and last base of the reference that is there twice, 1-based; `None` where the insertion is no copy of what is beside it.
    pub stretch: Option<(u32, u32)>,
    /// Bases between the copies, or all of an insertion that is no copy, plus strand.
    pub others: String,
}

/// Returns how many bases further right an insertion may stand with the same result; 0 for anything else.
pub fn slack(variant: &Variant, bases: &dyn BaseSource) -> u32 {
    inserted(variant).map_or(0, |inserted| as_count(run(variant, inserted, bases)))
}

fn inserted(variant: &Variant) -> Option<&[u8]> {
    (variant.kind() == VariantKind::Insertion).then(|| &variant.alternate().as_bytes()[1..])
}

/// Counts the bases behind the anchor that go on as the insertion does, at most as many as it has.
fn run(variant: &Variant, inserted: &[u8], bases: &dyn BaseSource) -> usize {
    let length = as_count(inserted.len());
    let first = variant.position().saturating_add(1);
    let last = first.saturating_add(length).saturating_sub(1);
    let following = bases.bases_or_n(variant.chromosome(), first..=last);
    following.iter().zip(inserted).take_while(|(a, b)| a == b).count()
}

/// Takes an insertion in leftmost form apart; `None` for anything that loses bases too.
pub(super) fn parts(variant: &Variant, bases: &dyn BaseSource) -> Option<Parts> {
    let inserted = inserted(variant)?;
    let text = |bases: &[u8]| String::from_utf8_lossy(bases).into_owned();
    // In its leftmost form an insertion begins like what follows it, as far as it is a copy of that.
    let copied = run(variant, inserted, bases);
    if copied < SHORTEST_COPY || (copied as f64) < COPIED * inserted.len() as f64 {
        return Some(Parts {
            stretch: None,
            others: text(inserted),
        });
    }
    let first = variant.position() + 1;
    Some(Parts {
        stretch: Some((first, first + u32::try_from(copied).ok()? - 1)),
        others: text(&inserted[copied..]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::{Build, Chromosome, WrittenBases};

    #[test]
    fn a_copy_and_what_stands_between() {
        let bases = WrittenBases(b"TTACGGATCCATTTTTTTTTTT");
        for (alternate, stretch, others, slack_is) in [
            ("TACGGAT", Some((3, 8)), "", 6),
            ("TACGGATGG", Some((3, 8)), "GG", 6),
            // Begins like what follows, but is mostly something else.
            ("TACGTTTTTTT", None, "ACGTTTTTTT", 3),
            ("TGGG", None, "GGG", 0),
        ] {
            let variant = Variant::new(Build::Grch38, Chromosome::X, 2, "T", alternate).unwrap();
            let expected = Parts {
                stretch,
                others: others.into(),
            };
            assert_eq!(parts(&variant, &bases), Some(expected), "{alternate}");
            assert_eq!(slack(&variant, &bases), slack_is, "{alternate}");
        }
        let substitution = Variant::new(Build::Grch38, Chromosome::X, 2, "T", "A").unwrap();
        assert_eq!(slack(&substitution, &bases), 0);
    }
}
