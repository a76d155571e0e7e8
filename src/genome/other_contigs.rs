//! Contigs of human references besides the chromosomes: no panel has a gene there, and nobody needs a warning.

/// Beginnings, upper case: RefSeq scaffolds, GRC names of alternate loci (Ensembl), HLA alleles, spike-ins, and the viruses of
/// the reference of the Genomic Data Commons (GRCh38.d1.vd1).
const BEGINNINGS: [&str; 28] = [
    "NT_",
    "NW_",
    "HLA-",
    "HSCHR",
    "CHR_HSCHR",
    "UN_",
    "CHRUN",
    "HS37D5",
    "HS38D1",
    "PHIX",
    "CHREBV",
    "EBV",
    "CMV",
    "HBV",
    "HCV",
    "HIV-",
    "HIV1",
    "HIV2",
    "KSHV",
    "HTLV",
    "MCV",
    "SV40",
    "HPV",
    "HHV",
    "ERCC-",
    "LAMBDA",
    "NC_007605",
    "NC_001422",
];

/// Words inside the names of UCSC and Ensembl (`chr1_KI270706v1_random`, `chrUn_JTFH01000001v1_decoy`, `HG1287_PATCH`).
const WORDS: [&str; 6] = ["_RANDOM", "_ALT", "_DECOY", "_FIX", "_HAP", "_PATCH"];

/// Names of the mitochondrial genome that are no name of [`super::Chromosome::M`]: the sequence of hg19 (NC_001807), other case.
const MITOCHONDRIAL: [&str; 6] = ["NC_001807", "M", "MT", "CHRM", "CHRMT", "CHRM_RCRS"];

/// Whether a name is one of a contig that human references have besides their chromosomes.
pub fn is_other_contig(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let bare = upper.split_once('.').map_or(upper.as_str(), |(bare, _)| bare);
    MITOCHONDRIAL.contains(&bare)
        || is_scaffold(bare)
        || BEGINNINGS.iter().any(|beginning| upper.starts_with(beginning))
        || WORDS.iter().any(|word| upper.contains(word))
}

/// Whether a name is a GenBank accession (`GL000191`, `KI270706`, `JTFH01000001`), but of no chromosome: `CM` and `CP` are whole
/// chromosomes, and one that is not known is a fault.
fn is_scaffold(accession: &str) -> bool {
    let letters = accession.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = &accession[letters..];
    (2..=6).contains(&letters)
        && (6..=10).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !accession.starts_with("CM")
        && !accession.starts_with("CP")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_scaffolds_decoys_and_viruses() {
        for name in [
            "GL000191.1",
            "KI270706.1",
            "chr1_KI270706v1_random",
            "chrUn_GL000220v1",
            "chr6_GL000250v2_alt",
            "chr6_apd_hap1",
            "HLA-A*01:01:01:01",
            "hs37d5",
            "chrEBV",
            "NC_007605",
            "NC_007605.1",
            "HSCHR6_MHC_COX_CTG1",
            "CHR_HG1_PATCH",
            "NT_187633.1",
            "NW_003315950.2",
            "chrUn_JTFH01000001v1_decoy",
            "phiX174",
            "HPV16",
            "chrM_rCRS",
            "NC_001807.4",
            "mt",
        ] {
            assert!(is_other_contig(name), "{name}");
        }
    }

    #[test]
    fn does_not_know_chromosomes_under_wrong_names() {
        for name in [
            "chr02",
            "02",
            "\"chr2\"",
            "chromosome2",
            "2.0",
            "chr2.fa",
            "NC_000002.13",
            "23",
            "chr23",
            "",
            "*",
            "CP068276.2",
            "hg38_chr2",
            "HG38.chr2",
            "NG_029019.1",
            "CM000664.3",
        ] {
            assert!(!is_other_contig(name), "{name}");
        }
    }
}
