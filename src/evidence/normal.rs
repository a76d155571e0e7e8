use super::Evidence;

/// What a matched normal shows of one allele. That it is absent may only be said where the normal shows depth.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum MatchedNormal {
    /// There is no matched normal.
    #[default]
    None,
    /// There is one, and it shows neither the allele nor depth at its place.
    Silent,
    /// Not called, at this depth (of the least covered base of the variant).
    NotCalled(u32),
    /// The allele was called there, and nothing was counted.
    Called,
    /// Read evidence of the allele.
    Counted(Evidence),
}

impl MatchedNormal {
    /// Returns the read evidence, where there is some.
    pub const fn evidence(&self) -> Option<&Evidence> {
        match self {
            Self::Counted(evidence) => Some(evidence),
            _ => None,
        }
    }

    /// Returns what holds for several alleles of one molecule: it is in the normal only where each of them is.
    pub fn of_all<'a>(alleles: impl IntoIterator<Item = &'a Self>) -> Self {
        let less = |a: &Evidence, b: &Evidence| a.alt_count < b.alt_count;
        let mut joined: Option<Self> = None;
        for next in alleles {
            joined = Some(match (joined, next) {
                (None, next) => next.clone(),
                (Some(Self::NotCalled(a)), Self::NotCalled(b)) => Self::NotCalled(a.min(*b)),
                (Some(Self::NotCalled(depth)), _) | (Some(_), &Self::NotCalled(depth)) => {
                    Self::NotCalled(depth)
                }
                (Some(Self::Counted(a)), Self::Counted(b)) => {
                    Self::Counted(if less(b, &a) { b.clone() } else { a })
                }
                (Some(known), next) if known == *next => known,
                (Some(_), _) => Self::Silent,
            });
        }
        joined.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_is_in_the_normal_only_where_each_part_is() {
        let counted = |alt| MatchedNormal::Counted(Evidence::from_counts(alt, 60, "AD"));
        let of = |list: &[MatchedNormal]| MatchedNormal::of_all(list);
        assert_eq!(of(&[counted(30), counted(2)]), counted(2));
        assert_eq!(
            of(&[counted(30), MatchedNormal::NotCalled(40)]),
            MatchedNormal::NotCalled(40)
        );
        assert_eq!(
            of(&[MatchedNormal::NotCalled(50), MatchedNormal::NotCalled(40)]),
            MatchedNormal::NotCalled(40)
        );
        assert_eq!(of(&[counted(30), MatchedNormal::Silent]), MatchedNormal::Silent);
        assert_eq!(
            of(&[MatchedNormal::None, MatchedNormal::None]),
            MatchedNormal::None
        );
        assert_eq!(of(&[]), MatchedNormal::None);
    }
}
