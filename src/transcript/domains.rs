//! Domains of the proteins of the embedded transcripts: what a picture of a protein is read by. No rule rests on them.

/// A domain of a protein. Residues are 1-based, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProteinDomain {
    /// First residue.
    pub first: u32,
    /// Last residue.
    pub last: u32,
    /// Short name.
    pub en: &'static str,
    /// The same in Japanese.
    pub ja: &'static str,
}

/// Where the borders were seen.
pub const DOMAIN_SOURCE: &str = "NCBI RefSeq, domain features (Pfam, SMART, CDD), in maftools";

/// The table inside the program; its header names the source.
const TABLE: &str = include_str!("../../panels/domains.tsv");

/// Returns the domains of the protein of a transcript (RefSeq, with or without version), along the protein; none where none is known.
pub fn protein_domains(accession: &str) -> Vec<ProteinDomain> {
    let bare = accession.split_once('.').map_or(accession, |(bare, _)| bare);
    rows()
        .filter(|(transcript, _)| *transcript == bare)
        .map(|(_, domain)| domain)
        .collect()
}

/// Returns transcript and domain of each row. A test reads them all, so a row that does not parse cannot reach a user.
fn rows() -> impl Iterator<Item = (&'static str, ProteinDomain)> {
    TABLE.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let mut next = || fields.next();
        let (transcript, first, last) = (next()?, next()?.parse().ok()?, next()?.parse().ok()?);
        let (en, ja) = (next()?, next()?);
        let domain = ProteinDomain { first, last, en, ja };
        Some((transcript, domain))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::Build;
    use crate::transcript::transcript;

    #[test]
    fn every_row_is_a_stretch_of_a_known_protein() {
        let lines = TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.starts_with("transcript\t"));
        assert_eq!(lines.count(), rows().count());
        let mut before = ("", 0);
        for (accession, domain) in rows() {
            let transcript = transcript(accession, Build::Grch38).unwrap();
            let residues = transcript.residues();
            assert!(
                domain.first < domain.last && domain.last <= residues,
                "{accession} {domain:?} of {residues}"
            );
            assert!(
                before.0 != accession || before.1 < domain.first,
                "{accession} {domain:?} lies over the one before it"
            );
            before = (accession, domain.last);
        }
    }

    #[test]
    fn a_hotspot_lies_in_the_domain_that_papers_name() {
        let of = |accession, residue| {
            protein_domains(accession)
                .into_iter()
                .find(|d| (d.first..=d.last).contains(&residue))
                .map(|d| d.en)
        };
        assert_eq!(of("NM_022552.5", 882), Some("methyltransferase"));
        assert_eq!(of("NM_004972.4", 617), Some("pseudokinase (JH2)"));
        assert_eq!(of("NM_000546.6", 175), Some("DNA binding"));
        assert_eq!(of("NM_012433.4", 700), Some("HEAT repeats (HSH155)"));
        assert_eq!(of("NM_005188.4", 404), Some("RING finger"));
        assert_eq!(of("NM_018638.5", 155), Some("ethanolamine kinase"));
        assert_eq!(of("NM_000546.6", 400), None);
        assert!(protein_domains("NM_000000.1").is_empty());
    }
}
