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

/// Ends of the names of UCSC, behind a chromosome and an accession (`chr1_KI270706v1_random`, `chrUn_JTFH01000001v1_decoy`).
const ENDS: [&str; 4] = ["RANDOM", "ALT", "DECOY", "FIX"];

/// The haplotypes of hg19, which have no accession (UCSC, hg19 chromosome list).
const HAPLOTYPES: [&str; 9] = [
    "CHR4_CTG9_HAP1",
    "CHR6_APD_HAP1",
    "CHR6_COX_HAP2",
    "CHR6_DBB_HAP3",
    "CHR6_MANN_HAP4",
    "CHR6_MCF_HAP5",
    "CHR6_QBL_HAP6",
    "CHR6_SSTO_HAP7",
    "CHR17_CTG5_HAP1",
];

/// Names of the mitochondrial genome that are no name of [`super::Chromosome::M`]: the sequence of hg19 (NC_001807), other case.
const MITOCHONDRIAL: [&str; 6] = ["NC_001807", "M", "MT", "CHRM", "CHRMT", "CHRM_RCRS"];

/// Whether a name is one of a contig that human references have besides their chromosomes.
pub fn is_other_contig(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let bare = upper.split_once('.').map_or(upper.as_str(), |(bare, _)| bare);
    MITOCHONDRIAL.contains(&bare)
        || is_scaffold(bare)
        || BEGINNINGS.iter().any(|beginning| upper.starts_with(beginning))
        || HAPLOTYPES.contains(&upper.as_str())
        || is_patch(&upper)
        || is_placed_scaffold(&upper)
}

/// Whether a name is one of a patch as Ensembl writes it: `HG1287_PATCH`, `HG104_HG975_PATCH`, `CHR_HG1_PATCH`.
fn is_patch(upper: &str) -> bool {
    let name = upper.strip_prefix("CHR_").unwrap_or(upper);
    name.strip_suffix("_PATCH")
        .and_then(|name| name.strip_prefix("HG"))
        .is_some_and(|rest| {
            rest.trim_start_matches('_')
                .starts_with(|c: char| c.is_ascii_digit())
        })
}

/// Whether a name is that of a scaffold of UCSC: `chr2_alt` is none, for it says no accession.
fn is_placed_scaffold(upper: &str) -> bool {
    let mut parts = upper.split('_');
    let (Some(_), Some(accession), Some(end), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let bare = accession.rsplit_once('V').map_or(accession, |(bare, version)| {
        if version.bytes().all(|b| b.is_ascii_digit()) {
            bare
        } else {
            accession
        }
    });
    ENDS.contains(&end) && is_scaffold(bare)
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
            "chr1_gl000191_random",
            "chr17_ctg5_hap1",
            "chrX_KI270880v1_alt",
            "chr1_KN196472v1_fix",
            "HG1287_PATCH",
            "HG104_HG975_PATCH",
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
            "chr2_alt",
            "chr2_random",
            "2_ALT",
            "chr2_fix",
            "my_alternative",
            "chr2_hap1",
            "chr2_PATCH",
            "chr2_decoy",
            "sample_alternate_2",
            "HG38.chr2",
            "NG_029019.1",
            "CM000664.3",
        ] {
            assert!(!is_other_contig(name), "{name}");
        }
    }
}
