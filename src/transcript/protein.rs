//! HGVS p. notation: a protein change as data, read from every spelling in use and written in two.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::residue::{read_residue, three_letter};

/// A change of the protein in a form that rules can be matched against.
///
/// Residues are one-letter codes, `*` for a stop; positions are 1-based residues of the transcript's own protein.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProteinChange {
    /// First residue changed (for an insertion the residue before it).
    pub start: u32,
    /// Last residue changed (for an insertion the residue after it); equals `start` for one residue.
    pub end: u32,
    /// The reference residue at `start`.
    pub reference_start: char,
    /// The reference residue at `end`.
    pub reference_end: char,
    /// What happens to them.
    pub kind: ProteinChangeKind,
}

/// What happens to the residues of a [`ProteinChange`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProteinChangeKind {
    /// No change of the protein, `p.(Leu100=)`.
    Synonymous,
    /// One residue for another; `to` is its one-letter code.
    Substitution {
        /// The new residue.
        to: char,
    },
    /// A stop codon at `start`, by substitution or in frame.
    Nonsense,
    /// A shifted frame; `new` is the first changed residue, `stop_after` residues until and with the new stop
    /// (`None`: no stop before the end of the known sequence).
    Frameshift {
        /// The first new residue; `X` where the text it was read from does not state it (`W288fs`).
        new: char,
        /// Distance to the new stop, HGVS `Ter` number.
        stop_after: Option<u32>,
    },
    /// Residues removed in frame.
    Deletion,
    /// Residues repeated in frame.
    Duplication,
    /// Residues put between `start` and `end`.
    Insertion {
        /// The new residues.
        residues: String,
    },
    /// Residues replaced by others in frame.
    Delins {
        /// The new residues.
        residues: String,
    },
    /// The start codon is lost.
    StartLost,
    /// The stop codon becomes a residue.
    Extension {
        /// The residue in place of the stop.
        to: char,
        /// Distance to the next stop; `None` where the sequence behind is not known or has none.
        stop_after: Option<u32>,
    },
}

/// Why a text is no protein change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no protein change: write it as HGVS, short (R882H, F732del, W288Cfs*12) or long (Arg882His)"
)]
pub struct ProteinChangeError(String);

impl ProteinChange {
    /// Reads HGVS p. in the forms that files, publications and rule lists use.
    ///
    /// Long and short codes, with or without accession, `p.` and brackets, `%3D` for `=`: `p.(Arg882His)`, `R882H`,
    /// `p.Trp288CysfsTer12`, `W288Cfs*12`, `W288fs`, `F732del`, `H538_K539delinsL`, `I546_F547insLF`, `M1?`, `R603*`,
    /// `R603X`, `p.Ter758GlnextTer12`, `L100=`, `L100L`. Returns `None` for text that states no residue (`p.?`, `p.=`,
    /// `p.X362_splice`) or is no HGVS.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace("%3D", "=").replace("%3d", "=");
        let text = text.trim();
        let text = text.rsplit_once(':').map_or(text, |(_, change)| change);
        let text = text.strip_prefix("p.").unwrap_or(text);
        let text = text
            .strip_prefix('(')
            .and_then(|t| t.strip_suffix(')'))
            .unwrap_or(text);
        if matches!(text, "0" | "0?") {
            return Some(Self::start_lost());
        }
        let (reference_start, rest) = read_residue(text)?;
        let (start, rest) = read_number(rest)?;
        let (end, reference_end, rest) = match rest.strip_prefix('_') {
            Some(rest) => {
                let (residue, rest) = read_residue(rest)?;
                let (end, rest) = read_number(rest)?;
                (end, residue, rest)
            }
            None => (start, reference_start, rest),
        };
        if start == 0 || end < start {
            return None;
        }
        let kind = read_kind(rest, start, end, reference_start)?;
        Some(Self {
            start,
            end,
            reference_start: char::from(reference_start),
            reference_end: char::from(reference_end),
            kind,
        })
    }

    /// The loss of the start codon.
    pub const fn start_lost() -> Self {
        Self {
            start: 1,
            end: 1,
            reference_start: 'M',
            reference_end: 'M',
            kind: ProteinChangeKind::StartLost,
        }
    }

    /// Writes the long form as a prediction, `p.(Arg882His)`.
    pub fn long(&self) -> String {
        format!(
            "p.({})",
            self.body(&|residues| residues.bytes().map(three_letter).collect::<String>())
        )
    }

    /// Writes the short form, `p.R882H`.
    pub fn short(&self) -> String {
        format!("p.{}", self.body(&str::to_owned))
    }

    fn body(&self, code: &dyn Fn(&str) -> String) -> String {
        let one = |residue: char| code(residue.encode_utf8(&mut [0; 4]));
        let stop = one('*');
        let distance = |stop_after: Option<u32>| stop_after.map_or_else(|| "?".to_owned(), |n| n.to_string());
        let first = format!("{}{}", one(self.reference_start), self.start);
        let range = if self.start == self.end {
            first.clone()
        } else {
            format!("{first}_{}{}", one(self.reference_end), self.end)
        };
        match &self.kind {
            ProteinChangeKind::Synonymous => format!("{range}="),
            ProteinChangeKind::Substitution { to } => format!("{first}{}", one(*to)),
            ProteinChangeKind::Nonsense => format!("{first}{stop}"),
            ProteinChangeKind::Frameshift {
                new: 'X',
                stop_after: None,
            } => format!("{first}fs"),
            ProteinChangeKind::Frameshift { new: 'X', stop_after } => {
                format!("{first}fs{stop}{}", distance(*stop_after))
            }
            ProteinChangeKind::Frameshift { new, stop_after } => {
                format!("{first}{}fs{stop}{}", one(*new), distance(*stop_after))
            }
            ProteinChangeKind::Deletion => format!("{range}del"),
            ProteinChangeKind::Duplication => format!("{range}dup"),
            ProteinChangeKind::Insertion { residues } => format!("{range}ins{}", code(residues)),
            ProteinChangeKind::Delins { residues } => format!("{range}delins{}", code(residues)),
            ProteinChangeKind::StartLost => format!("{first}?"),
            ProteinChangeKind::Extension { to, stop_after } => {
                format!("{first}{}ext{stop}{}", one(*to), distance(*stop_after))
            }
        }
    }
}

impl fmt::Display for ProteinChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

impl FromStr for ProteinChange {
    type Err = ProteinChangeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or_else(|| ProteinChangeError(text.to_owned()))
    }
}

fn read_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok()?;
    Some((number, &text[digits..]))
}

/// Reads residues up to the end of the text; a count (`ins12`) or anything else is no sequence.
fn read_residues(mut text: &str) -> Option<String> {
    let mut residues = String::new();
    while !text.is_empty() {
        let (residue, rest) = read_residue(text)?;
        residues.push(char::from(residue));
        text = rest;
    }
    (!residues.is_empty()).then_some(residues)
}

/// Reads what stands behind the residue or range.
fn read_kind(text: &str, start: u32, end: u32, reference: u8) -> Option<ProteinChangeKind> {
    // Longest keyword first: `delins` also starts with `del`.
    if let Some(residues) = text.strip_prefix("delins").or_else(|| text.strip_prefix('>')) {
        return Some(ProteinChangeKind::Delins {
            residues: read_residues(residues)?,
        });
    }
    if let Some((_, inserted)) = text.strip_prefix("del").and_then(|t| t.split_once("ins")) {
        return Some(ProteinChangeKind::Delins {
            residues: read_residues(inserted)?,
        });
    }
    if text.starts_with("del") {
        return Some(ProteinChangeKind::Deletion);
    }
    if text.starts_with("dup") {
        return Some(ProteinChangeKind::Duplication);
    }
    if let Some(residues) = text.strip_prefix("ins") {
        return (end == start + 1)
            .then(|| read_residues(residues))
            .flatten()
            .map(|residues| ProteinChangeKind::Insertion { residues });
    }
    if matches!(text, "=" | "(=)") {
        return Some(ProteinChangeKind::Synonymous);
    }
    if end != start {
        return None;
    }
    read_kind_of_residue(text, start, reference)
}

/// Reads what stands behind a residue and speaks of it alone.
fn read_kind_of_residue(text: &str, start: u32, reference: u8) -> Option<ProteinChangeKind> {
    if text == "?" {
        return (start == 1).then_some(ProteinChangeKind::StartLost);
    }
    if start == 1 && text.starts_with("ext-") {
        return Some(ProteinChangeKind::StartLost);
    }
    if let Some(rest) = text.strip_prefix("fs") {
        return Some(ProteinChangeKind::Frameshift {
            new: 'X',
            stop_after: read_stop(rest)?.0,
        });
    }
    if let Some(rest) = text.strip_prefix("ext") {
        return Some(ProteinChangeKind::Extension {
            to: 'X',
            stop_after: read_stop(rest)?.0,
        });
    }
    let (to, rest) = read_residue(text)?;
    let new = char::from(to);
    if let Some(rest) = rest.strip_prefix("fs") {
        return Some(ProteinChangeKind::Frameshift {
            new,
            stop_after: read_stop(rest)?.0,
        });
    }
    if let Some(rest) = rest.strip_prefix("ext") {
        return Some(ProteinChangeKind::Extension {
            to: new,
            stop_after: read_stop(rest)?.0,
        });
    }
    match (to, rest) {
        // Sources before 2016 wrote a stop as X.
        (b'*' | b'X', "") if reference != b'*' => Some(ProteinChangeKind::Nonsense),
        (_, "") if to == reference => Some(ProteinChangeKind::Synonymous),
        (_, "") if reference == b'*' => Some(ProteinChangeKind::Extension {
            to: new,
            stop_after: None,
        }),
        (_, "") => Some(ProteinChangeKind::Substitution { to: new }),
        _ => None,
    }
}

/// What stands behind `fs` or `ext`: the distance to the new stop where it is stated.
struct StopDistance(Option<u32>);

/// Reads `*12`, `Ter12`, `X12`, `*?`, `12` or nothing; `None` where the text is none of them.
fn read_stop(text: &str) -> Option<StopDistance> {
    let number = text
        .strip_prefix("Ter")
        .or_else(|| text.strip_prefix('*'))
        .or_else(|| text.strip_prefix('X'))
        .unwrap_or(text);
    if number.is_empty() || number == "?" {
        return Some(StopDistance(None));
    }
    number.parse().ok().map(|n| StopDistance(Some(n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(text: &str) -> Option<String> {
        ProteinChange::parse(text).map(|change| change.short())
    }

    #[test]
    fn reads_every_spelling_of_a_change() {
        for (text, expected) in [
            ("p.(Arg882His)", "p.R882H"),
            ("NP_072046.2:p.Arg882His", "p.R882H"),
            ("R882H", "p.R882H"),
            ("p.Trp288CysfsTer12", "p.W288Cfs*12"),
            ("p.W288Cfs*12", "p.W288Cfs*12"),
            ("W288fs", "p.W288fs"),
            ("W288fs*12", "p.W288fs*12"),
            ("G646WfsX12", "p.G646Wfs*12"),
            ("G646Wfs", "p.G646Wfs*?"),
            ("p.Gly646TrpfsTer?", "p.G646Wfs*?"),
            ("R603*", "p.R603*"),
            ("R603X", "p.R603*"),
            ("p.Arg603Ter", "p.R603*"),
            ("F732del", "p.F732del"),
            ("p.Phe732_Leu735del", "p.F732_L735del"),
            ("D835dup", "p.D835dup"),
            ("H538_K539delinsL", "p.H538_K539delinsL"),
            ("H538_K539delHKinsL", "p.H538_K539delinsL"),
            ("I546_F547insLFHKIRNEDLI", "p.I546_F547insLFHKIRNEDLI"),
            ("p.Leu100%3D", "p.L100="),
            ("p.Leu100=", "p.L100="),
            ("L100L", "p.L100="),
            ("p.Met1?", "p.M1?"),
            ("p.0?", "p.M1?"),
            ("p.Ter758GlnextTer12", "p.*758Qext*12"),
            ("p.*342Rext*?", "p.*342Rext*?"),
            ("p.Ter342=", "p.*342="),
            ("Y591delinsFT", "p.Y591delinsFT"),
        ] {
            assert_eq!(short(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_written_form_reads_back() {
        for text in [
            "p.(Arg882His)",
            "p.(Trp288CysfsTer12)",
            "p.(Gly646TrpfsTer?)",
            "p.(Phe732_Leu735del)",
            "p.(Asp835dup)",
            "p.(His538_Lys539delinsLeu)",
            "p.(Ile546_Phe547insLeuPheTer)",
            "p.(Leu100=)",
            "p.(Leu100_Arg101=)",
            "p.(Met1?)",
            "p.(Ter758GlnextTer12)",
            "p.(Ter758GlnextTer?)",
            "p.(Arg603Ter)",
        ] {
            let change = ProteinChange::parse(text).unwrap();
            assert_eq!(change.long(), text);
            assert_eq!(ProteinChange::parse(&change.short()), Some(change));
        }
    }

    #[test]
    fn leaves_alone_what_states_no_change() {
        for text in [
            "",
            ".",
            "p.?",
            "p.=",
            "p.(=)",
            "p.X362_splice",
            "R882",
            "882H",
            "R882HH",
            "R_882",
            "F735_F732del",
            "K5_L9insA",
            "K5_L6ins12",
            "c.2645G>A",
            "B12C",
        ] {
            assert_eq!(ProteinChange::parse(text), None, "{text}");
        }
    }
}
