//! Panel `myeloid_mpn`: drivers of myeloproliferative neoplasms and of VEXAS syndrome, from the file to the verdict.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hemoclone::genome::Build;
use hemoclone::sample::SampleResult;
use hemoclone::transcript::{CodingChange, EmbeddedBases, transcript};

#[path = "support/in_memory.rs"]
mod in_memory;

/// Contigs of X and 19 in both builds.
const CONTIGS: [(Build, u32, u32); 2] = [
    (Build::Grch37, 155_270_560, 59_128_983),
    (Build::Grch38, 156_040_895, 58_617_616),
];

fn analyzed(build: Build, record: &str, sex: &str) -> SampleResult {
    let (_, x, chr19) = CONTIGS.into_iter().find(|(b, ..)| *b == build).unwrap();
    let vcf = format!(
        "##fileformat=VCFv4.2\n##contig=<ID=chr19,length={chr19}>\n##contig=<ID=chrX,length={x}>\n\
         ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
         ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depth per allele\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1\n{record}\n"
    );
    let sheet = format!("sample,vcf,sex\nP1,P1.vcf,{sex}\n");
    in_memory::result(vcf.into_bytes(), Some(&sheet), Some("myeloid_mpn"))
}

/// A record at a place of chromosome X, reads of the reference and of the variant.
fn on_x((position, reference, alternate): (u32, &str, &str), reads: [u32; 2]) -> String {
    format!(
        "chrX\t{position}\t.\t{reference}\t{alternate}\t.\tPASS\t.\tGT:AD\t0/1:{},{}",
        reads[0], reads[1]
    )
}

fn verdict(result: &SampleResult) -> String {
    let [call] = result.calls.as_slice() else {
        panic!("{:?} {:?}", result.calls, result.unresolved)
    };
    let name = call
        .consequence
        .hgvs_p_short
        .as_ref()
        .or(call.consequence.hgvs_c.as_ref());
    format!("{} {}", name.map_or("-", String::as_str), call.status.name())
}

/// Places as printed for patients: chrX:47058450 and 47058451 of GRCh37 are c.121 and c.122.
#[test]
fn met41_of_uba1_is_a_driver_in_both_builds() {
    for (build, c121) in [(Build::Grch37, 47_058_450), (Build::Grch38, 47_199_051)] {
        for (at, reference, alternate, expected) in [
            (c121, "A", "G", "p.M41V driver"),
            (c121, "A", "C", "p.M41L driver"),
            (c121, "A", "T", "p.M41L driver"),
            (c121 + 1, "T", "C", "p.M41T driver"),
            // Not seen in patients with the syndrome.
            (c121 + 2, "G", "A", "p.M41I uncertain"),
            (c121 - 4, "G", "C", "c.118-1G>C driver"),
            (c121 - 5, "A", "C", "c.118-2A>C driver"),
        ] {
            let record = on_x((at, reference, alternate), [70, 30]);
            assert_eq!(verdict(&analyzed(build, &record, "F")), expected, "{build}");
        }
    }
}

/// A clone in most cells of a man has a VAF far above one half, and is no inherited variant; the threshold of an only X is 4 %.
#[test]
fn met41_in_a_man_is_judged_by_his_one_copy() {
    for (reads, expected) in [
        ([20, 180], "p.M41T driver"),
        ([110, 90], "p.M41T driver"),
        ([291, 9], "p.M41T below_threshold"),
    ] {
        let record = on_x((47_199_052, "T", "C"), reads);
        assert_eq!(
            verdict(&analyzed(Build::Grch38, &record, "M")),
            expected,
            "{reads:?}"
        );
    }
}

#[test]
fn frameshifts_of_calr_count_where_they_make_the_common_end() {
    for (change, expected) in [
        ("c.1099_1150del", "driver"),
        ("c.1154_1155insTTGTC", "driver"),
        // One of the kind of type 1.
        ("c.1092_1137del", "driver"),
        // Into the other frame: in one published list alone.
        ("c.1139dup", "driver_review"),
        // In frame: inherited variants lie here.
        ("c.1142_1144del", "germline_suspected"),
    ] {
        for (build, ..) in CONTIGS {
            let accession = transcript("NM_004343.4", build).unwrap();
            let parsed = CodingChange::parse(change).unwrap();
            let variant = parsed.to_variant(accession, EmbeddedBases::of(build)).unwrap();
            let (at, reference, alternate) = (variant.position(), variant.reference(), variant.alternate());
            let record = format!("chr19\t{at}\t.\t{reference}\t{alternate}\t.\tPASS\t.\tGT:AD\t0/1:55,45");
            let result = analyzed(build, &record, "F");
            assert_eq!(result.calls.len(), 1, "{change} {:?}", result.unresolved);
            assert_eq!(result.calls[0].status.name(), expected, "{change} {build}");
        }
    }
}
