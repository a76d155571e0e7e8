//! What the FILTER names of the callers mean, translated into three kinds.
//!
//! Meanings are those of the FILTER descriptions that the callers write into their headers. A name that is not listed
//! is kept and shown, and counts as "the caller filtered it", nothing more.

/// What a caller's filter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterMeaning {
    /// The record passed.
    Pass,
    /// The caller takes the variant for inherited.
    Germline,
    /// The caller takes the variant for an error.
    Artifact,
    /// Filtered for another reason: weak evidence, neighbours, low depth, or a name we do not know.
    Other,
}

/// Returns the names of a FILTER; some callers part them by commas.
pub(crate) fn filter_names(filter: &str) -> impl Iterator<Item = &str> {
    filter.split([';', ','])
}

/// Mutect2 (GATK 3.8 and 4), TNhaplotyper2, DRAGEN, SAGE, ClairS.
const GERMLINE: [&str; 9] = [
    "germline",
    "germline_risk",
    "alt_allele_in_normal",
    "germline_resource",
    "maxgermlinerelrawbasequal",
    "maxgermlinerelvaf",
    "maxgermlinevaf",
    "germlinefilter",
    "nonsomatic",
];

/// Mutect2: strand_bias to numt_novel; VarDict: p8 to longat; VarScan: str10, indelerror; Pisces: sb, r5x9, ob;
/// DRAGEN: as Mutect2 plus systematic_noise; LoFreq: sb; Platypus: strandbias to hapscore; freebayes/bcftools: strandbias.
/// Our own caller: mate_disagreement, many_mismatches, near_indel beside names that it shares.
const ARTIFACT: [&str; 57] = [
    "strand_bias",
    "strand_artifact",
    "strict_strand",
    "orientation",
    "orientation_bias",
    "read_orientation_artifact",
    "base_qual",
    "base_quality",
    "map_qual",
    "mapping_quality",
    "slippage",
    "str_contraction",
    "position",
    "read_position",
    "fragment",
    "fragment_length",
    "duplicate",
    "duplicate_evidence",
    "bad_haplotype",
    "haplotype",
    "contamination",
    "normal_artifact",
    "artifact_in_normal",
    "panel_of_normals",
    "pon",
    "systematic_noise",
    "possible_numt",
    "numt_novel",
    "n_ratio",
    "homologous_mapping_event",
    "p8",
    "pstd",
    "q22.5",
    "nm4.25",
    "nm5.25",
    "nm8.0",
    "sn1.5",
    "bias",
    "msi12",
    "ingap",
    "inins",
    "cluster0bp",
    "longmsi",
    "longat",
    "ampbias",
    "str10",
    "indelerror",
    "sb",
    "ob",
    "r5x9",
    "strandbias",
    "allelebias",
    "badreads",
    "hapscore",
    "mate_disagreement",
    "many_mismatches",
    "near_indel",
];

/// Returns what one FILTER name means, without regard to case.
pub fn meaning(name: &str) -> FilterMeaning {
    let lower = name.to_ascii_lowercase();
    if lower == "pass" || lower == "." || lower.is_empty() {
        FilterMeaning::Pass
    } else if GERMLINE.contains(&lower.as_str()) {
        FilterMeaning::Germline
    } else if ARTIFACT.contains(&lower.as_str()) {
        FilterMeaning::Artifact
    } else {
        FilterMeaning::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_callers_names() {
        assert_eq!(meaning("PASS"), FilterMeaning::Pass);
        assert_eq!(meaning("germline_risk"), FilterMeaning::Germline);
        assert_eq!(meaning("strand_bias"), FilterMeaning::Artifact);
        assert_eq!(meaning("SB"), FilterMeaning::Artifact);
        assert_eq!(meaning("weak_evidence"), FilterMeaning::Other);
        assert_eq!(meaning("multiallelic"), FilterMeaning::Other);
        assert_eq!(meaning("somebody's own"), FilterMeaning::Other);
    }
}
