//! Alleles on the reference: left-aligned, and refused where REF is not what the reference has.

use super::change::Change;
use crate::genome::{BaseSource, Variant};

/// An allele whose REF is not the reference's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{place}: REF {stated} of {variant} is not what {build} has there ({known}): another build (--build), another reference, or a slip"
)]
pub struct WrongReference {
    /// Where the allele stands.
    pub place: String,
    /// The allele.
    pub variant: String,
    /// Its build.
    pub build: &'static str,
    /// Its REF.
    pub stated: String,
    /// The bases of the reference.
    pub known: String,
}

/// Puts alleles in their place.
#[derive(Clone, Copy)]
pub(super) struct Places<'b> {
    pub bases: &'b dyn BaseSource,
}

impl Places<'_> {
    /// Returns a change in normal form; `place` is for the message of one that contradicts the reference.
    pub(super) fn aligned(&self, change: Change, place: &str) -> Result<Change, WrongReference> {
        let Change::Sequence(variant) = change else {
            return Ok(change);
        };
        let range = variant.position()..=variant.end();
        let known = self.bases.bases_or_n(variant.chromosome(), range);
        let contradicts = |(stated, known): (u8, u8)| stated != known && stated != b'N' && known != b'N';
        if variant
            .reference()
            .bytes()
            .zip(known.iter().copied())
            .any(contradicts)
        {
            return Err(WrongReference {
                place: place.to_owned(),
                variant: variant.to_string(),
                build: variant.build().name(),
                stated: variant.reference().to_owned(),
                known: String::from_utf8_lossy(&known).into_owned(),
            });
        }
        Ok(Change::Sequence(variant.left_aligned(self.bases)))
    }

    /// Whether the base before a variant is known, without which an indel may stand in another place of its repeat.
    pub(super) fn knows(&self, variant: &Variant) -> bool {
        let before = variant.position().saturating_sub(1).max(1);
        self.bases.base(variant.chromosome(), before).is_some()
    }
}
