use crate::transcript::{ProteinChange, ProteinChangeKind};

/// A change as a rule lists it: what rules leave open is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// The change.
    pub change: ProteinChange,
    /// An insertion without its residues, `A502_Y503ins`: any residues match.
    pub any_insertion: bool,
}

impl RuleChange {
    /// Returns whether the change is a substitution of one residue by another.
    pub fn is_substitution(&self) -> bool {
        matches!(&self.change.kind, ProteinChangeKind::Substitution { to } if *to != self.change.reference_start)
    }

    /// Returns whether the change is an in-frame insertion, deletion, duplication or delins.
    pub const fn is_inframe(&self) -> bool {
        matches!(
            self.change.kind,
            ProteinChangeKind::Deletion
                | ProteinChangeKind::Duplication
                | ProteinChangeKind::Insertion { .. }
                | ProteinChangeKind::Delins { .. }
        )
    }

    /// Returns whether the change is a frameshift.
    pub const fn is_frameshift(&self) -> bool {
        matches!(self.change.kind, ProteinChangeKind::Frameshift { .. })
    }

    /// Returns whether the change is a stop.
    pub const fn is_stop(&self) -> bool {
        matches!(self.change.kind, ProteinChangeKind::Nonsense)
    }

    /// Returns whether a change that was found is the listed one.
    pub fn matches(&self, found: &ProteinChange) -> bool {
        let listed = &self.change;
        let place = listed.start == found.start
            && listed.end == found.end
            && listed.reference_start == found.reference_start
            && listed.reference_end == found.reference_end;
        if !place {
            return false;
        }
        match (&listed.kind, &found.kind) {
            (
                ProteinChangeKind::Frameshift {
                    new: n,
                    stop_after: s,
                },
                ProteinChangeKind::Frameshift { new, stop_after },
            ) => (*n == 'X' || n == new) && (s.is_none() || s == stop_after),
            (ProteinChangeKind::Insertion { .. }, ProteinChangeKind::Insertion { .. })
                if self.any_insertion =>
            {
                true
            }
            (listed, found) => listed == found,
        }
    }
}

/// Reads a change as rules list it: short HGVS, and insertions without residues.
pub fn parse_rule_change(text: &str) -> Option<RuleChange> {
    // Without residues the text is no HGVS; a residue is lent to read the place.
    let any_insertion = text.ends_with("ins");
    let change = if any_insertion {
        ProteinChange::parse(&format!("{text}A"))?
    } else {
        ProteinChange::parse(text)?
    };
    Some(RuleChange {
        change,
        any_insertion,
    })
}

/// Reads a residue and its position, `R882`.
pub fn parse_residue(text: &str) -> Option<(char, u32)> {
    let mut letters = text.chars();
    let letter = letters.next()?;
    let position: u32 = letters.as_str().parse().ok()?;
    let known = "ACDEFGHIKLMNPQRSTVWY".contains(letter);
    (known && position > 0 && !letters.as_str().starts_with(['+', '0'])).then_some((letter, position))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> RuleChange {
        parse_rule_change(text).expect("a change")
    }

    fn found(text: &str) -> ProteinChange {
        ProteinChange::parse(text).expect("a change")
    }

    #[test]
    fn an_open_frameshift_matches_every_frame() {
        assert!(listed("W288fs").matches(&found("p.Trp288CysfsTer12")));
        assert!(!listed("G646Wfs*12").matches(&found("p.Gly646TrpfsTer13")));
        assert!(!listed("W288fs").matches(&found("W288*")));
    }

    #[test]
    fn an_open_insertion_matches_any_residues() {
        assert!(listed("A502_Y503ins").matches(&found("A502_Y503insAY")));
        assert!(!listed("A502_Y503ins").matches(&found("A502_Y503del")));
    }

    #[test]
    fn reads_residues() {
        assert_eq!(parse_residue("R882"), Some(('R', 882)));
        for text in ["882", "R", "R0", "R+8", "B12", "R882H"] {
            assert_eq!(parse_residue(text), None, "{text}");
        }
    }
}
