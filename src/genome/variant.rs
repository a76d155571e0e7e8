use std::collections::VecDeque;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::as_count;
use super::{BaseSource, Build, Chromosome};

/// One alternative allele at one place, trimmed to its shortest VCF form.
///
/// Positions are 1-based on the plus strand. An insertion or deletion keeps the one base before it, as in VCF.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Variant {
    build: Build,
    chromosome: Chromosome,
    position: u32,
    reference: String,
    alternate: String,
}

/// What sort of change a variant is, by the lengths of its trimmed alleles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VariantKind {
    /// One base for another.
    Snv,
    /// Several bases for as many others.
    Mnv,
    /// Bases added after the anchor base.
    Insertion,
    /// Bases removed after the anchor base.
    Deletion,
    /// Bases replaced by another number of bases.
    Delins,
}

/// Why alleles do not make a variant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VariantError {
    /// The position is 0; VCF uses it for telomeres only.
    #[error("position 0 is before the first base of the chromosome")]
    Position,
    /// An allele is empty or holds something else than A, C, G, T or N.
    #[error("allele {0:?} is no sequence of A, C, G, T, N")]
    Allele(String),
    /// Reference and alternative are the same.
    #[error("the alternative allele equals the reference {0:?}")]
    Same(String),
}

impl Variant {
    /// Trims and checks the alleles of one VCF record's allele.
    ///
    /// Common bases are removed from the end first, then from the start, always leaving at least one base in each
    /// allele (Tan, Abecasis, Kang: Bioinformatics 2015;31:2202). Lower-case bases are read as upper-case. Left
    /// alignment needs reference bases: see [`Variant::left_aligned`].
    pub fn new(
        build: Build,
        chromosome: Chromosome,
        position: u32,
        reference: &str,
        alternate: &str,
    ) -> Result<Self, VariantError> {
        if position == 0 {
            return Err(VariantError::Position);
        }
        let reference = checked(reference)?;
        let alternate = checked(alternate)?;
        if reference == alternate {
            return Err(VariantError::Same(reference));
        }
        let (mut r, mut a) = (reference.as_str(), alternate.as_str());
        while r.len() > 1 && a.len() > 1 && r.as_bytes()[r.len() - 1] == a.as_bytes()[a.len() - 1] {
            r = &r[..r.len() - 1];
            a = &a[..a.len() - 1];
        }
        let mut position = position;
        while r.len() > 1 && a.len() > 1 && r.as_bytes()[0] == a.as_bytes()[0] {
            r = &r[1..];
            a = &a[1..];
            position += 1;
        }
        let (reference, alternate) = (r.to_owned(), a.to_owned());
        Ok(Self {
            build,
            chromosome,
            position,
            reference,
            alternate,
        })
    }

    /// Moves an insertion or deletion as far left as the reference allows, the VCF normal form.
    ///
    /// An indel anchored on the base behind it (`CCGGATAT>T`) gets the base before it. Stops where `bases` does not know
    /// the next base; variants that are no pure insertion or deletion are returned as they are.
    #[must_use]
    pub fn left_aligned(mut self, bases: &dyn BaseSource) -> Self {
        // Trimmed alleles that end on the same base are an indel; all others end on different ones.
        if self.reference.as_bytes().last() != self.alternate.as_bytes().last() {
            return self;
        }
        let [mut reference, mut alternate] =
            [&self.reference, &self.alternate].map(|allele| allele.bytes().collect::<VecDeque<u8>>());
        while reference.back() == alternate.back() && self.position > 1 {
            let previous = bases.base(self.chromosome, self.position - 1);
            let Some(previous) = previous.filter(|b| b"ACGT".contains(b)) else {
                break;
            };
            for allele in [&mut reference, &mut alternate] {
                allele.pop_back();
                allele.push_front(previous);
            }
            self.position -= 1;
        }
        let text = |allele: VecDeque<u8>| allele.into_iter().map(char::from).collect();
        (self.reference, self.alternate) = (text(reference), text(alternate));
        self
    }

    /// Returns the variant in one word, `GRCh38:chr2:25234373:C:T`: equal where and only where the variants are.
    pub fn key(&self) -> String {
        format!(
            "{}:{}:{}:{}:{}",
            self.build.name(),
            self.chromosome.name(),
            self.position,
            self.reference,
            self.alternate
        )
    }

    /// Returns the genome build that the position is on.
    pub const fn build(&self) -> Build {
        self.build
    }

    /// Returns the chromosome.
    pub const fn chromosome(&self) -> Chromosome {
        self.chromosome
    }

    /// Returns the 1-based position of the first reference base.
    pub const fn position(&self) -> u32 {
        self.position
    }

    /// Returns the reference allele.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// Returns the alternative allele.
    pub fn alternate(&self) -> &str {
        &self.alternate
    }

    /// Returns the 1-based position of the last reference base.
    pub fn end(&self) -> u32 {
        self.position + as_count(self.reference.len()) - 1
    }

    /// Returns the substitutions of single bases that an MNV is made of; empty for any other kind.
    pub fn substitutions(&self) -> Vec<Self> {
        if self.kind() != VariantKind::Mnv {
            return Vec::new();
        }
        let pairs = (self.position..).zip(self.reference.chars().zip(self.alternate.chars()));
        pairs
            .filter(|(_, (reference, alternate))| reference != alternate)
            .map(|(position, (reference, alternate))| Self {
                position,
                reference: reference.into(),
                alternate: alternate.into(),
                ..*self
            })
            .collect()
    }

    /// Returns the sort of change.
    pub fn kind(&self) -> VariantKind {
        match (self.reference.len(), self.alternate.len()) {
            (1, 1) => VariantKind::Snv,
            (r, a) if r == a => VariantKind::Mnv,
            (1, _) if self.reference.as_bytes()[0] == self.alternate.as_bytes()[0] => VariantKind::Insertion,
            (_, 1) if self.reference.as_bytes()[0] == self.alternate.as_bytes()[0] => VariantKind::Deletion,
            _ => VariantKind::Delins,
        }
    }

    /// Whether it lies within one that replaces several bases: reads show such a change in pieces.
    pub fn is_part_of(&self, whole: &Self) -> bool {
        let is_complex = matches!(whole.kind(), VariantKind::Mnv | VariantKind::Delins);
        // The first base of an insertion or deletion is the one before it.
        let anchor = usize::from(self.reference.len() != self.alternate.len());
        let first = self.position as usize + anchor;
        let behind = |v: &Self| v.position as usize + v.reference.len();
        is_complex
            && self.chromosome == whole.chromosome
            && first >= whole.position as usize
            && behind(self) <= behind(whole)
    }
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{} {}>{}",
            self.chromosome, self.position, self.reference, self.alternate
        )
    }
}

fn checked(allele: &str) -> Result<String, VariantError> {
    let upper = allele.to_ascii_uppercase();
    if upper.is_empty() || !upper.bytes().all(|b| b"ACGTN".contains(&b)) {
        return Err(VariantError::Allele(allele.to_owned()));
    }
    Ok(upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::WrittenBases;

    fn variant(position: u32, reference: &str, alternate: &str) -> Variant {
        Variant::new(Build::Grch38, Chromosome::X, position, reference, alternate).unwrap()
    }

    fn shape(v: &Variant) -> (u32, &str, &str, VariantKind) {
        (v.position(), v.reference(), v.alternate(), v.kind())
    }

    #[test]
    fn trims_to_the_shortest_form() {
        assert_eq!(
            shape(&variant(10, "CTATT", "CTATTATT")),
            (10, "C", "CTAT", VariantKind::Insertion)
        );
        assert_eq!(
            shape(&variant(10, "ACG", "ATG")),
            (11, "C", "T", VariantKind::Snv)
        );
        assert_eq!(
            shape(&variant(10, "CTTATTG", "CTATTG")),
            (10, "CT", "C", VariantKind::Deletion)
        );
        assert_eq!(
            shape(&variant(10, "ATG", "A")),
            (10, "ATG", "A", VariantKind::Deletion)
        );
        assert_eq!(
            shape(&variant(10, "AG", "GA")),
            (10, "AG", "GA", VariantKind::Mnv)
        );
        assert_eq!(
            shape(&variant(10, "TTC", "TGA")),
            (11, "TC", "GA", VariantKind::Mnv)
        );
        assert_eq!(
            shape(&variant(10, "ac", "t")),
            (10, "AC", "T", VariantKind::Delins)
        );
    }

    #[test]
    fn rejects_what_is_no_allele() {
        let build = |r: &str, a: &str| Variant::new(Build::Grch38, Chromosome::X, 5, r, a);
        assert_eq!(build("A", "<DEL>"), Err(VariantError::Allele("<DEL>".into())));
        assert_eq!(build("A", "*"), Err(VariantError::Allele("*".into())));
        assert_eq!(build("A", "a"), Err(VariantError::Same("A".into())));
        assert_eq!(
            Variant::new(Build::Grch38, Chromosome::X, 0, "A", "C"),
            Err(VariantError::Position)
        );
    }

    #[test]
    fn moves_indels_left() {
        let bases = WrittenBases(b"TGGGGCACACAT");
        assert_eq!(
            shape(&variant(5, "G", "GG").left_aligned(&bases)),
            (1, "T", "TG", VariantKind::Insertion)
        );
        assert_eq!(
            shape(&variant(8, "CAC", "C").left_aligned(&bases)),
            (5, "GCA", "G", VariantKind::Deletion)
        );
        assert_eq!(
            shape(&variant(7, "ACAC", "C").left_aligned(&bases)),
            (6, "CACA", "C", VariantKind::Deletion)
        );
        assert_eq!(
            shape(&variant(12, "T", "TAC").left_aligned(&bases)),
            (12, "T", "TAC", VariantKind::Insertion)
        );
    }
}
