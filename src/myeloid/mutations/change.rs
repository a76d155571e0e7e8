//! Words behind a gene: what changed in it, how it is said that it is mutated, or that it is not.

/// What a word behind a gene says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A change of the gene, or a part of one: `V617F`, `c.1934dupG`, `exon`.
    Change,
    /// A kind of change that models ask for.
    Kind(MutationKind),
    /// That the gene is mutated, or a word that says nothing further: `mutated`, `VAF`.
    Mutated,
    /// That the gene is not mutated: `wt`, `negative`, `陰性`.
    NotMutated,
    /// So many mutations: `x2`.
    Times(u8),
    /// Of a change: a number may follow, which is no VAF (`exon 12`).
    Numbered,
}

/// Kinds of mutation that models tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MutationKind {
    /// Internal tandem duplication of FLT3.
    Itd,
    /// Mutation of the tyrosine kinase domain of FLT3.
    Tkd,
    /// Partial tandem duplication of KMT2A.
    Ptd,
    /// In-frame mutation of the bZIP domain of CEBPA.
    Bzip,
}

impl MutationKind {
    /// Returns the gene that has this kind.
    pub const fn gene(self) -> &'static str {
        match self {
            Self::Itd | Self::Tkd => "FLT3",
            Self::Ptd => "KMT2A",
            Self::Bzip => "CEBPA",
        }
    }
}

const MUTATED: [&str; 32] = [
    "mut",
    "mutation",
    "mutations",
    "mutated",
    "mutant",
    "mt",
    "mu",
    "pos",
    "positive",
    "detected",
    "present",
    "variant",
    "vaf",
    "af",
    "vf",
    "freq",
    "frequency",
    "fraction",
    "allele",
    "allelic",
    "burden",
    "load",
    "of",
    "at",
    "gene",
    "pathogenic",
    "driver",
    "somatic",
    "変異",
    "変異あり",
    "変異陽性",
    "陽性",
];

const NOT_MUTATED: [&str; 18] = [
    "wt",
    "wild",
    "wildtype",
    "wild-type",
    "unmutated",
    "neg",
    "negative",
    "none",
    "not",
    "no",
    "absent",
    "-",
    "陰性",
    "変異なし",
    "野生型",
    "なし",
    "検出されず",
    "検出せず",
];

const CHANGES: [&str; 29] = [
    "missense",
    "nonsense",
    "frameshift",
    "truncating",
    "truncation",
    "splice",
    "splicing",
    "site",
    "stop",
    "stopgain",
    "stop_gained",
    "gain",
    "lof",
    "inframe",
    "in-frame",
    "indel",
    "del",
    "ins",
    "dup",
    "deletion",
    "insertion",
    "duplication",
    "hotspot",
    "domain",
    "tandem",
    "internal",
    "partial",
    "bp",
    "fs",
];

const NUMBERED: [&str; 6] = ["exon", "ex", "intron", "codon", "type", "エクソン"];

/// Amino acids by three letters (IUPAC), with the stop codon as HGVS writes it.
const THREE_LETTERS: [&str; 21] = [
    "ala", "arg", "asn", "asp", "cys", "gln", "glu", "gly", "his", "ile", "leu", "lys", "met", "phe", "pro",
    "ser", "thr", "trp", "tyr", "val", "ter",
];

/// Amino acids by one letter, and the sign of a stop codon; `X` for a stop stands only behind a residue.
const ONE_LETTER: &str = "ACDEFGHIKLMNPQRSTVWY*";

/// Reads a word behind a gene; `None` where it is not understood.
pub(super) fn word(text: &str) -> Option<Word> {
    let lower = text.to_lowercase();
    let said = lower.as_str();
    let kind = match said {
        "itd" => Some(MutationKind::Itd),
        "tkd" => Some(MutationKind::Tkd),
        "ptd" => Some(MutationKind::Ptd),
        "bzip" => Some(MutationKind::Bzip),
        _ => None,
    };
    if let Some(kind) = kind {
        return Some(Word::Kind(kind));
    }
    if MUTATED.contains(&said) {
        Some(Word::Mutated)
    } else if NOT_MUTATED.contains(&said) {
        Some(Word::NotMutated)
    } else if NUMBERED.contains(&said) {
        Some(Word::Numbered)
    } else if let Some(times) = times(said) {
        Some(Word::Times(times))
    } else {
        (CHANGES.contains(&said) || is_change(said)).then_some(Word::Change)
    }
}

/// Reads `x2` and `2x`.
fn times(text: &str) -> Option<u8> {
    let number = text.strip_prefix('x').or_else(|| text.strip_suffix('x'))?;
    let digit = number.len() == 1 && number.as_bytes()[0].is_ascii_digit();
    number.parse().ok().filter(|n| digit && (2..=9).contains(n))
}

/// Whether a lower-case word is a change in the notation of HGVS, with or without its prefix, or names a transcript or exon.
fn is_change(text: &str) -> bool {
    is_prefixed(text)
        || is_named_piece(text)
        || is_coding(text)
        || is_protein(text.trim_start_matches('(').trim_end_matches(')'))
}

/// `p.(Arg882His)`, `c.2644C>T`: with a digit, for `p.` alone says nothing, and none that changes nothing (`p.(=)`, `p.Leu5=`).
fn is_prefixed(text: &str) -> bool {
    let prefix = ["p.", "c.", "g.", "n.", "r.", "m."]
        .iter()
        .any(|p| text.starts_with(p));
    prefix && text.bytes().any(|b| b.is_ascii_digit()) && !text.contains('=')
}

/// `NM_004972.4`, `ENST00000381652`, `exon12`, `type1`.
fn is_named_piece(text: &str) -> bool {
    const PIECES: [&str; 12] = [
        "nm_", "np_", "nr_", "lrg_", "enst", "ensp", "exon", "ex", "intron", "ivs", "type", "codon",
    ];
    PIECES.iter().any(|p| {
        text.strip_prefix(p).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) || (*p == "type" && rest.len() == 1)
        })
    })
}

/// `1849G>T`, `1934dupG`, `52bp`, `del52`.
fn is_coding(text: &str) -> bool {
    let first_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let changes = ["del", "dup", "ins"];
    let behind = |p: &&str| {
        text.strip_prefix(*p).is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b"bp".contains(&b))
        })
    };
    first_digit && (text.contains('>') || text.ends_with("bp") || changes.iter().any(|c| text.contains(c)))
        || changes.iter().any(behind)
}

/// `V617F`, `R882*`, `P95_R102del`, `Q1523fs`, `Arg882His`; a residue alone from two digits on, `K700`.
fn is_protein(text: &str) -> bool {
    let Some(rest) = after_residue(text) else {
        return false;
    };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let change = &rest[digits..];
    let amino_acid = |t: &str| {
        THREE_LETTERS.contains(&t)
            || t == "x"
            || (t.len() == 1 && t.chars().all(|c| ONE_LETTER.contains(c.to_ascii_uppercase())))
    };
    match digits {
        0 => false,
        1 if change.is_empty() => false,
        _ => {
            change.is_empty()
                || amino_acid(change)
                || ["fs", "del", "dup", "ins", "ext", "_"].iter().any(|c| change.starts_with(c))
                // `R882Hfs*`, `Gly646TrpfsTer12`: the new residue before the shift.
                || change.split_once("fs").is_some_and(|(new, _)| amino_acid(new))
        }
    }
}

/// Returns what follows the amino acid that a change begins with.
fn after_residue(text: &str) -> Option<&str> {
    if let Some(rest) = THREE_LETTERS.iter().find_map(|aa| text.strip_prefix(aa)) {
        return Some(rest);
    }
    let first = text.chars().next()?.to_ascii_uppercase();
    ONE_LETTER.contains(first).then(|| &text[first.len_utf8()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_changes_in_every_notation() {
        for text in [
            "V617F",
            "v617f",
            "p.V617F",
            "p.(Arg882His)",
            "Arg882His",
            "p.Gln1523*",
            "Q1523*",
            "Q1523X",
            "R882",
            "K700",
            "P95_R102del",
            "L287fs",
            "G646Wfs*12",
            "Gly646TrpfsTer12",
            "c.1934dupG",
            "1849G>T",
            "c.1849+1G>A",
            "NM_004972.4",
            "exon12",
            "type1",
            "52bp",
            "del52",
            "E592fs*",
            "*376Y",
        ] {
            assert_eq!(word(text), Some(Word::Change), "{text}");
        }
    }

    #[test]
    fn what_is_no_change_is_none() {
        for text in [
            "DNMT3A",
            "DMNT3A",
            "p.",
            "p.(=)",
            "c.=",
            "biallelic",
            "VUS",
            "germline",
            "D2",
            "01",
            "TTN",
            "KMT2",
            "SF3B",
            "ABC1D",
            "",
        ] {
            assert_eq!(word(text), None, "{text}");
        }
        assert_eq!(word("wild-type"), Some(Word::NotMutated));
        assert_eq!(word("ITD"), Some(Word::Kind(MutationKind::Itd)));
        assert_eq!(
            (word("x2"), word("3x"), word("x12")),
            (Some(Word::Times(2)), Some(Word::Times(3)), None)
        );
    }
}
