//! Residue codes and the standard genetic code.

/// Residue codes, three letters and one; `Ter` is a stop and `Xaa` any residue (HGVS, IUPAC-IUB 1983).
const CODES: [(&str, u8); 24] = [
    ("Ala", b'A'),
    ("Arg", b'R'),
    ("Asn", b'N'),
    ("Asp", b'D'),
    ("Cys", b'C'),
    ("Gln", b'Q'),
    ("Glu", b'E'),
    ("Gly", b'G'),
    ("His", b'H'),
    ("Ile", b'I'),
    ("Leu", b'L'),
    ("Lys", b'K'),
    ("Met", b'M'),
    ("Phe", b'F'),
    ("Pro", b'P'),
    ("Ser", b'S'),
    ("Thr", b'T'),
    ("Trp", b'W'),
    ("Tyr", b'Y'),
    ("Val", b'V'),
    ("Sec", b'U'),
    ("Ter", b'*'),
    ("Xaa", b'X'),
    ("Stop", b'*'),
];

/// Returns the three-letter code of a one-letter code; `Xaa` for what is none.
pub fn three_letter(one: u8) -> &'static str {
    CODES
        .iter()
        .find(|(_, code)| *code == one)
        .map_or("Xaa", |(three, _)| three)
}

/// Reads one residue from the front of a text, three-letter before one-letter, and returns the rest.
///
/// A one-letter `X` is read as it stands; whether an old source means a stop by it depends on the place.
pub fn read_residue(text: &str) -> Option<(u8, &str)> {
    for (three, one) in CODES {
        if let Some(rest) = text.strip_prefix(three) {
            return Some((one, rest));
        }
    }
    let first = *text.as_bytes().first()?;
    let known = CODES.iter().any(|(_, code)| *code == first);
    // The next character must be no lower-case letter, or `Foo` would be read as F; but `fs`, `del`, `ins`, `dup` and
    // `ext` follow a residue directly.
    known.then(|| (first, &text[1..]))
}

/// Returns the residue of a codon given as plus-sense bases; `X` where a base is not one of A, C, G, T.
///
/// A base known only as one of several (`Y` C or T, `R` A or G, `H` not G, `n` any of the four) is read where all of them make the
/// same residue.
pub fn translate_codon(codon: [u8; 3]) -> u8 {
    // NCBI genetic code 1, bases in the order T, C, A, G.
    const TABLE: &[u8; 64] = b"FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG";
    if let Some(at) = codon.iter().position(|base| !one_of(*base).is_empty()) {
        let mut residues = one_of(codon[at]).iter().map(|base| {
            let mut plain = codon;
            plain[at] = *base;
            translate_codon(plain)
        });
        let first = residues.next().unwrap_or(b'X');
        return if residues.all(|r| r == first) { first } else { b'X' };
    }
    let mut index = 0;
    for base in codon {
        let value = match base {
            b'T' => 0,
            b'C' => 1,
            b'A' => 2,
            b'G' => 3,
            _ => return b'X',
        };
        index = index * 4 + value;
    }
    TABLE[index]
}

/// Returns the bases that an ambiguous one stands for; none for a plain or an unknown one.
const fn one_of(base: u8) -> &'static [u8] {
    match base {
        b'R' => b"AG",
        b'Y' => b"CT",
        b'H' => b"ACT",
        b'n' => b"ACGT",
        _ => b"",
    }
}

/// Returns the complement of a base; anything else than A, C, G, T becomes N.
pub const fn complement(base: u8) -> u8 {
    match base {
        b'A' => b'T',
        b'C' => b'G',
        b'G' => b'C',
        b'T' => b'A',
        _ => b'N',
    }
}

/// Returns the sequence of the other strand.
pub fn reverse_complement(bases: &[u8]) -> Vec<u8> {
    bases.iter().rev().map(|b| complement(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translates_by_the_standard_code() {
        for (codon, expected) in [
            (*b"ATG", b'M'),
            (*b"TGG", b'W'),
            (*b"TGA", b'*'),
            (*b"TAA", b'*'),
            (*b"TAG", b'*'),
            (*b"CGT", b'R'),
            (*b"AGA", b'R'),
            (*b"GGG", b'G'),
            (*b"CTG", b'L'),
            (*b"NTG", b'X'),
            (*b"GGN", b'X'),
            (*b"GGn", b'G'),
            (*b"GAY", b'D'),
            (*b"AAR", b'K'),
            (*b"GAR", b'E'),
            (*b"ATH", b'I'),
            (*b"GAn", b'X'),
            (*b"YTA", b'L'),
            (*b"YTT", b'X'),
        ] {
            assert_eq!(translate_codon(codon), expected, "{codon:?}");
        }
    }

    #[test]
    fn reads_both_codes() {
        assert_eq!(read_residue("Arg882"), Some((b'R', "882")));
        assert_eq!(read_residue("R882"), Some((b'R', "882")));
        assert_eq!(read_residue("Ter"), Some((b'*', "")));
        assert_eq!(read_residue("*12"), Some((b'*', "12")));
        assert_eq!(read_residue("fs"), None);
    }
}
