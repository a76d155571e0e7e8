//! Variants of healthy people, which count as no change whether or not they are marked constitutional.

use super::band::{Arm, breaks};
use super::model::{Abnormality, AbnormalityBody, SegmentKind};

/// Inversions around a centromere that healthy people carry: chromosome, bands on the short and on the long arm, both ends
/// included (ISCN and textbooks of cytogenetics name them as variants; the frequent one is inv(9)(p12q13)).
const INVERSIONS: [(&str, [i32; 2], [i32; 2]); 6] = [
    ("1", [11, 11], [11, 13]),
    ("2", [11, 11], [13, 13]),
    ("9", [11, 12], [11, 21]),
    ("10", [11, 11], [21, 21]),
    ("16", [11, 11], [11, 13]),
    ("Y", [11, 11], [11, 11]),
];

/// Whether a change is a variant of healthy people: `1qh+`, `21ps+`, `inv(9)(p12q13)`, a fragile site.
pub(super) fn is_variant(abnormality: &Abnormality) -> bool {
    match &abnormality.body {
        AbnormalityBody::Heteromorphism(_) => true,
        AbnormalityBody::Chromosome(_) => false,
        AbnormalityBody::Structure { segments, .. } => {
            let [only] = &segments[..] else {
                return false;
            };
            let [chromosome] = &only.chromosomes[..] else {
                return false;
            };
            match only.kind {
                SegmentKind::FragileSite => abnormality.sign.is_none(),
                // Without its bands it is taken for the frequent variant.
                SegmentKind::Inversion if only.breakpoints.is_empty() => chromosome == "9",
                SegmentKind::Inversion => {
                    let [a, b] = breaks(only, 0)[..] else {
                        return false;
                    };
                    let (p, q) = if a.arm == Arm::P { (a, b) } else { (b, a) };
                    INVERSIONS.iter().any(|(c, on_p, on_q)| {
                        c == chromosome
                            && p.lies_in(Arm::P, on_p[0], on_p[1])
                            && q.lies_in(Arm::Q, on_q[0], on_q[1])
                    })
                }
                _ => false,
            }
        }
    }
}
