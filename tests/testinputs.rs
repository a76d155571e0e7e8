//! Real files of every caller, read through `write_vaf_rows` and compared with what bcftools or a person read in them.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests stop at any fault")]

#[path = "support/outside.rs"]
mod outside;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use hemoclone::evidence::{MatchedNormal, statistics};
use hemoclone::genome::{Build, Chromosome};
use hemoclone::variants::{AnnotationSource, FileAnnotation, Input, Scan, ScanOptions, scan, write_vaf_rows};

fn folder() -> Option<PathBuf> {
    outside::shared("testinputs")
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    write_vaf_rows(&Input::from_argument(path), 1, &mut out)
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let text = String::from_utf8(out).unwrap();
    text.lines()
        .map(|l| l.split('\t').map(str::to_owned).collect())
        .collect()
}

fn whole_genome(build: Build) -> hemoclone::genome::Regions {
    hemoclone::genome::Regions::new(
        Chromosome::all().map(|c| (c, 1..=hemoclone::genome::chromosome_length(build, c))),
    )
}

fn scanned(name: &str, build: Option<Build>) -> Option<Scan> {
    let path = folder()?.join("vcf").join(name);
    let options = ScanOptions {
        build,
        ..ScanOptions::default()
    };
    Some(scan(&Input::from_argument(&path), &whole_genome, &options).unwrap_or_else(|e| panic!("{e}")))
}

#[test]
fn every_expected_row_is_right() {
    let Some(folder) = folder() else { return };
    let expected = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut files: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in expected.lines().skip(1) {
        let e: Vec<&str> = line.split('\t').collect();
        let table = files
            .entry(e[0].to_owned())
            .or_insert_with(|| rows(&folder.join("vcf").join(e[0])));
        let matching: Vec<_> = table
            .iter()
            .filter(|r| r[1] == e[6] && r[2] == e[1] && r[3] == e[2] && r[4] == e[3] && r[5] == e[4])
            .collect();
        let close = |a: &str, b: &str| match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => (a - b).abs() <= 1e-4,
            _ => a == b,
        };
        let good = matching
            .iter()
            .any(|r| r[6] == e[8] && r[7] == e[9] && close(&r[8], e[10]) && r[12] == e[7]);
        checked += 1;
        if !good {
            wrong.push(format!("{line}\n    got {matching:?}"));
        }
    }
    assert!(checked > 80, "{checked} rows");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_can_be_read_but_the_empty_one() {
    let Some(folder) = folder() else { return };
    let mut read = 0;
    for entry in std::fs::read_dir(folder.join("vcf")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "tbi") {
            continue;
        }
        let mut out = Vec::new();
        let result = write_vaf_rows(&Input::from_argument(&path), 1, &mut out);
        if name == "no_header_no_records.vcf" {
            let message = result.unwrap_err().to_string();
            assert!(message.contains("empty (0 bytes)"), "{message}");
        } else {
            result.unwrap_or_else(|e| panic!("{name}: {e}"));
            read += 1;
        }
    }
    assert!(read > 30, "{read} files");
}

#[test]
fn text_compressed_and_binary_give_the_same_rows() {
    let Some(folder) = folder() else { return };
    let table = |ending: &str| -> Vec<Vec<String>> {
        let path = folder
            .join("vcf")
            .join(format!("bcftools_mpileup_call_ad.{ending}"));
        rows(&path).into_iter().map(|r| r[1..].to_vec()).collect()
    };
    let expected = table("vcf");
    assert_eq!(expected.len(), 38);
    assert_eq!(table("vcf.gz"), expected);
    assert_eq!(table("bcf"), expected);
}

/// Every AD that bcftools prints is found again as `alt_count`, in every file that is not of a caller with another rule.
#[test]
fn alternative_counts_equal_those_bcftools_prints() {
    let Some(folder) = folder() else { return };
    if !outside::programs(&["bcftools"]) {
        return;
    }
    let mut compared = 0;
    for name in [
        "mutect2_gatk4_ann_tumor_normal_b37.vcf",
        "mutect2_gatk4_chip_sample1_hg38.vcf",
        "mutect2_gatk4_dream3_mini_b37.vcf",
        "dragen_mito_gvcf_sq_af.vcf",
        "freebayes_multiallelic_test.vcf",
        "generic_ad_dp_b37.vcf",
        "pindel_simulated.vcf",
        "pisces_tso500_tumor_only_hg19.vcf",
        "sage2_three_samples_csq_head.vcf",
        "sentieon_tnhaplotyper2_csq_hg38.vcf",
        "vep_csq_tp53_hg38.vcf",
        "bcftools_mpileup_call_ad.bcf",
        "deepsomatic_model_vaf_field_hg19_excerpt.vcf",
    ] {
        let path = folder.join("vcf").join(name);
        let query = Command::new("bcftools")
            .args(["query", "-f", "%CHROM\t%POS\t%REF\t%ALT[\t%AD]\n"])
            .arg(&path)
            .output()
            .unwrap();
        let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in String::from_utf8_lossy(&query.stdout).lines() {
            let c: Vec<&str> = line.split('\t').collect();
            for (i, alternate) in c[3].split(',').enumerate() {
                // A single AD of Pindel counts the alternative reads of a long insertion.
                if !matches!(alternate, "." | "<NON_REF>" | "<*>" | "<INS>") {
                    let key = format!("{}:{}:{}:{alternate}", c[0], c[1], c[2]);
                    let counts = c[4..].iter().map(|ad| {
                        ad.split(',')
                            .nth(i + 1)
                            .filter(|v| *v != ".")
                            .unwrap_or_default()
                            .to_owned()
                    });
                    expected.entry(key).or_default().extend(counts);
                }
            }
        }
        let mut actual: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for r in rows(&path).into_iter().filter(|r| r[5] != "<INS>") {
            actual
                .entry(format!("{}:{}:{}:{}", r[2], r[3], r[4], r[5]))
                .or_default()
                .push(r[7].clone());
        }
        assert!(actual == expected, "{name}");
        compared += expected.len();
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn recognizes_callers_and_builds() {
    use Build::{Grch37, Grch38};
    for (name, caller, build) in [
        ("mutect2_gatk4_ann_tumor_normal_b37.vcf", "Mutect2", Grch37),
        ("mutect2_gatk4_chip_sample1_hg38.vcf", "Mutect2", Grch38),
        ("mutect2_gatk4_dream3_mini_b37.vcf", "Mutect2", Grch37),
        ("vardict_tumor_normal_ann_b37.vcf", "VarDict", Grch37),
        ("freebayes_full_ann_hg19.vcf", "freebayes", Grch37),
        ("strelka2_tumor_normal_ann_b37.vcf", "Strelka2", Grch37),
        ("dragen_germline_hg38.vcf", "DRAGEN", Grch38),
        ("dragen_mito_gvcf_sq_af.vcf", "DRAGEN", Grch38),
        (
            "deepsomatic_model_vaf_field_hg19_excerpt.vcf",
            "DeepVariant",
            Grch37,
        ),
        ("empty_header_only.vcf", "DeepVariant", Grch38),
        ("pisces_gvcf_kras_nras_hg19.vcf", "Pisces", Grch37),
        ("platypus_0.1.vcf", "Platypus", Grch37),
        ("sage2_three_samples_csq_head.vcf", "SAGE", Grch38),
        ("sentieon_tnhaplotyper2_csq_hg38.vcf", "Sentieon", Grch37),
        ("pindel_tumor_normal_b37.vcf", "Pindel", Grch37),
        ("pisces_tso500_tumor_only_hg19.vcf", "Pisces", Grch38),
        ("clair3_ont.vcf", "Clair3", Grch38),
        ("varlociraptor_tumor_only_head.vcf", "varlociraptor", Grch38),
        ("multisample_csq_b37.vcf", "ensemble", Grch37),
        ("snpeff_eff_old.vcf", "GATK", Grch37),
    ] {
        let Some(actual) = scanned(name, None) else { return };
        assert_eq!(
            (actual.caller.name(), actual.build),
            (caller, build),
            "{name}: {}",
            actual.build_from
        );
    }
    for (name, caller) in [
        ("varscan2_somatic_hg19_excerpt.vcf", "VarScan2"),
        ("vep_csq_tp53_hg38.vcf", "generic"),
    ] {
        let Some(actual) = scanned(name, Some(Grch38)) else {
            return;
        };
        assert_eq!(actual.caller.name(), caller, "{name}");
    }
    // Calls on a plasmid, and on amplicons: nothing could be found in them, and that must not look like a finding.
    let Some(folder) = folder() else { return };
    let options = ScanOptions {
        build: Some(Grch38),
        ..ScanOptions::default()
    };
    for (name, contig) in [
        ("lofreq_indel_excerpt.vcf", "pBR322"),
        ("tvc_4.x_example.vcf", "ABL1"),
    ] {
        let input = Input::from_argument(&folder.join("vcf").join(name));
        let refused = scan(&input, &whole_genome, &options).unwrap_err().to_string();
        assert!(refused.contains(&format!("{contig:?}")), "{refused}");
    }
}

#[test]
fn pairs_tumor_and_normal() {
    for (name, tumor, normal) in [
        (
            "mutect2_gatk4_ann_tumor_normal_b37.vcf",
            "tumor_downsample",
            "MB_normal_50x",
        ),
        (
            "mutect2_gatk4_dream3_mini_b37.vcf",
            "IS3.snv.indel.sv",
            "G15512.prenormal.sorted",
        ),
        (
            "vardict_tumor_normal_ann_b37.vcf",
            "tumor_downsample",
            "MB_normal_50x",
        ),
        (
            "strelka2_tumor_normal_ann_b37.vcf",
            "tumor_downsample",
            "MB_normal_50x",
        ),
        ("pindel_tumor_normal_b37.vcf", "TUMOR", "NORMAL"),
        ("sentieon_tnhaplotyper2_csq_hg38.vcf", "Tumor-666", "Normal-666"),
        ("generic_ad_dp_b38.vcf", "TUMOR", "NORMAL"),
    ] {
        let Some(actual) = scanned(name, None) else { return };
        assert_eq!(actual.samples.len(), 1, "{name}");
        let sample = &actual.samples[0];
        assert_eq!(sample.column.as_deref(), Some(tumor), "{name}");
        assert_eq!(sample.normal_column.as_deref(), Some(normal), "{name}");
        assert!(
            sample.alleles.iter().all(|a| a.normal != MatchedNormal::None),
            "{name}"
        );
    }
    let Some(actual) = scanned("empty_header_only.vcf", None) else {
        return;
    };
    assert_eq!(actual.samples.len(), 3);
}

#[test]
fn reads_the_annotations_of_the_files() {
    for (name, build, source) in [
        (
            "vep_csq_tp53_hg38.vcf",
            Some(Build::Grch38),
            AnnotationSource::Csq,
        ),
        ("multisample_csq_b37.vcf", None, AnnotationSource::Csq),
        (
            "mutect2_gatk4_ann_tumor_normal_b37.vcf",
            None,
            AnnotationSource::Ann,
        ),
        ("bcsq_small.vcf", None, AnnotationSource::Bcsq),
        (
            "funcotation_sites_small_b37.vcf",
            None,
            AnnotationSource::Funcotation,
        ),
        (
            "mutect2_gatk4_chip_sample1_hg38.vcf",
            None,
            AnnotationSource::Annovar,
        ),
        ("snpeff_eff_old.vcf", None, AnnotationSource::Eff),
    ] {
        let Some(actual) = scanned(name, build) else {
            return;
        };
        let found: Vec<_> = actual
            .samples
            .iter()
            .flat_map(|s| &s.alleles)
            .flat_map(|a| &a.annotations)
            .filter(|a| a.source == source)
            .collect();
        assert!(!found.is_empty(), "{name}");
        // One of the files keeps only the column with the changes.
        let speaks = |a: &FileAnnotation| !a.terms.is_empty() || a.hgvs_p.is_some();
        assert!(found.iter().any(|a| a.gene.is_some() && speaks(a)), "{name}");
    }
}

#[test]
fn reference_blocks_become_coverage() {
    let Some(actual) = scanned("dragen_mito_gvcf_sq_af.vcf", None) else {
        return;
    };
    let coverage = &actual.samples[0].coverage;
    assert_eq!(coverage.depth_at(Chromosome::M, 20), Some(1417));
    let Some(actual) = scanned("pisces_gvcf_kras_nras_hg19.vcf", None) else {
        return;
    };
    let chromosome = Chromosome::parse("chr1").unwrap();
    assert_eq!(
        actual.samples[0].coverage.depth_at(chromosome, 115_252_175),
        Some(78)
    );
    let Some(actual) = scanned("vardict_tumor_normal_ann_b37.vcf", None) else {
        return;
    };
    assert!(actual.samples[0].coverage.is_empty());
}

/// The INFO fields SOR and FS of a DRAGEN file, which it computes from the SB counts beside them.
#[test]
fn strand_statistics_equal_those_of_the_caller() {
    let Some(path) = folder().map(|f| f.join("vcf/dragen_germline_hg38.vcf")) else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let mut compared = 0;
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let info = |key: &str| -> Option<f64> {
            let field = columns[7]
                .split(';')
                .find_map(|f| f.strip_prefix(key)?.strip_prefix('='));
            field?.parse().ok()
        };
        let at = columns[8].split(':').position(|key| key == "SB");
        let counts: Vec<u32> = at
            .and_then(|at| columns[9].split(':').nth(at))
            .map(|text| text.split(',').filter_map(|n| n.parse().ok()).collect())
            .unwrap_or_default();
        let (Some(sor), Some(fs), &[a, b, c, d]) = (info("SOR"), info("FS"), counts.as_slice()) else {
            continue;
        };
        // Several alternative alleles are one column of the table there.
        let table = [[a, b], [c, d]];
        let actual = statistics::strand_odds_ratio(table);
        assert!((actual - sor).abs() < 0.0011, "{line}: {actual}");
        let phred = -10.0 * statistics::fisher_exact_two_sided(table).log10();
        assert!((phred - fs).abs() < 0.0011 * fs.max(1.0), "{line}: {phred}");
        compared += 1;
    }
    assert!(compared >= 80, "{compared}");
}
