//! The tables and the JSON of a sample, compared as whole texts.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/results.rs"]
mod results;

use hemoclone::report::table::Row as _;
use hemoclone::report::{self, CallRow, SummaryRow};
use hemoclone::sample::SampleResult;

fn calls(result: &SampleResult) -> String {
    let mut out = Vec::new();
    report::write_calls(&mut out, result).unwrap();
    String::from_utf8(out).unwrap()
}

/// Returns a row as name = value for every cell that is not empty.
fn filled(table: &str, row: usize) -> Vec<String> {
    let lines: Vec<_> = table.lines().collect();
    let cells = lines[row + 1].split('\t');
    lines[0]
        .split('\t')
        .zip(cells)
        .filter(|(_, v)| !v.is_empty())
        .map(|(n, v)| format!("{n}={v}"))
        .collect()
}

#[test]
fn calls_hold_every_number_with_fixed_decimals() {
    let table = calls(&results::mutated("S1"));
    assert_eq!(table.lines().count(), 5);
    let expected = "sample=S1 gene=DNMT3A chrom=chr2 pos=25234373 ref=C alt=T status=driver rule=DNMT3A-rule \
        rule_sets=bick;vlasschaert transcript=NM_022552.5 exon=23/23 consequence=missense_variant hgvs_c=c.2645G>A \
        hgvs_p=p.(Arg882His) depth=812 alt_count=97 vaf=0.119458 vaf_low=0.098923 vaf_high=0.143577 caller_filter=PASS \
        reasons=rule_matched;consensus_of_sets \
        variant_key=GRCh38:chr2:25234373:C:T status_label=Driver build=GRCh38 region=coding impact=MODERATE hgvs_p_short=p.R882H \
        ref_count=715 alt_forward=48 alt_reverse=49 ref_forward=357 ref_reverse=358 population_af=0.000530 \
        population_field=INFO/gnomAD_AF counts_from=AD vaf_threshold=0.020000 rule_sets_against=who rules=DNMT3A-rule \
        ipssm_gene=true ipssm_decision=counted ipssm_because=driver_list sequence_source=embedded file_contig=chr2 file_pos=25234373 file_ref=C file_alt=T \
        schema_version=2.2.0";
    let actual: Vec<_> = filled(&table, 0)
        .into_iter()
        .filter(|cell| !cell.starts_with("reason_details"))
        .collect();
    assert_eq!(actual.join(" "), expected);
}

#[test]
fn missing_values_are_empty_and_never_zero() {
    let row = filled(&calls(&results::mutated("S1")), 3);
    for missing in [
        "depth=",
        "alt_count=",
        "vaf_low=",
        "vaf_high=",
        "alt_forward=",
        "ref_count=",
        "normal_",
    ] {
        assert!(
            !row.iter().any(|cell| cell.starts_with(missing)),
            "{missing} in {row:?}"
        );
    }
    assert!(row.contains(&"vaf=0.012000".to_owned()));
}

#[test]
fn hostile_text_stays_in_its_cell() {
    let mut result = results::mutated("=cmd()\t\u{1b}[2J\n");
    result.calls[0].caller_filter = Some("@x\r".to_owned());
    result.calls[0].file_allele.contig = "\"chr2".to_owned();
    let table = calls(&result);
    // As cut and awk see it, and as readers see it that obey quotes.
    let plain: Vec<&str> = table.lines().nth(1).unwrap().split('\t').collect();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_reader(table.as_bytes());
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!(row.iter().collect::<Vec<_>>(), plain);
    assert_eq!(row.len(), CallRow::COLUMNS.len());
    assert_eq!(&row[0], "'=cmd()\\t\\u{1b}[2J\\n");
    assert_eq!(&row[20], "'@x\\r");
    assert!(row.iter().any(|cell| cell == "\\u{22}chr2"));
}

#[test]
fn genes_have_a_row_each() {
    let mut out = Vec::new();
    report::write_genes(&mut out, &results::mutated("S1")).unwrap();
    let actual = String::from_utf8(out).unwrap();
    let expected = "\
sample\tgene\tstate\tstate_label\tdrivers\tdrivers_to_review\tother_calls\tlargest_vaf\ttranscript\tclass\tipssm\tchrs_high_risk\ttarget_bases\tassessed_bases\tmin_depth\tdetection_limit\tdetection_limit_95\tcoverage_stated\tbuild\tschema_version
S1\tASXL1\tmutated\tMutated\t0\t1\t0\t0.043750\tNM_015338.6\tchromatin\tmain\tfalse\t2827\t0\t\t\t\tfalse\tGRCh38\t2.2.0
S1\tDNMT3A\tmutated\tMutated\t1\t0\t0\t0.119458\tNM_022552.5\tdna_methylation\tmain\tfalse\t2827\t0\t\t\t\tfalse\tGRCh38\t2.2.0
S1\tIDH2\tnot_detected\tNot detected\t0\t0\t0\t\tNM_002168.4\tdna_methylation\tmain\tfalse\t2827\t2827\t212\t0.029400\t\tfalse\tGRCh38\t2.2.0
S1\tJAK2\tnot_assessed\tNot assessed\t0\t0\t0\t\tNM_004972.4\tdna_methylation\tmain\tfalse\t2827\t0\t\t\t\tfalse\tGRCh38\t2.2.0
S1\tTET2\tno_driver\tVariants, no driver\t0\t0\t1\t\tNM_001127208.3\tdna_methylation\tmain\tfalse\t2827\t0\t\t\t\tfalse\tGRCh38\t2.2.0
S1\tTP53\tpartly_assessed\tPartly assessed\t0\t0\t0\t\tNM_000546.6\tdna_methylation\tmain\ttrue\t2827\t1200\t212\t\t\tfalse\tGRCh38\t2.2.0
";
    assert_eq!(actual, expected);
}

#[test]
fn what_is_not_known_is_told_from_what_is_not_there() {
    let row = |result: &SampleResult| {
        let mut out = Vec::new();
        report::write_summary(&mut out, vec![SummaryRow::new(result)]).unwrap();
        let table = String::from_utf8(out).unwrap();
        let [header, row] = [0, 1].map(|n| table.lines().nth(n).unwrap().to_owned());
        let cells: Vec<String> = row.split('\t').map(str::to_owned).collect();
        let names = header.split('\t').map(str::to_owned);
        names.zip(cells).collect::<std::collections::BTreeMap<_, _>>()
    };
    let healthy = row(&results::healthy("S 1"));
    for (column, expected) in [
        // Genes are open: the word of the genes table for a gene that was looked at is not used.
        ("ch", "none_called"),
        ("ch_label", "No driver found among the calls"),
        // Without a clone it has no size.
        ("vaf_at_least_20_percent", ""),
        ("largest_to_review", ""),
        ("largest_vaf", ""),
        // Looked for among the calls, and not there.
        ("genes", "none"),
        ("high_risk", "none"),
        // Without alignments or clinical values nothing is known.
        ("quality", ""),
        ("quality_reasons", ""),
        ("stage", ""),
        ("stage_certainty", ""),
        ("possible_stages", ""),
        ("file_stem", "S%201"),
        ("schema_version", "2.2.0"),
    ] {
        assert_eq!(healthy[column], expected, "{column}");
    }
    let mutated = row(&results::mutated("S1"));
    assert_eq!(mutated["vaf_at_least_20_percent"], "false");
    assert_eq!(mutated["largest_to_review"], "false");
}

#[test]
fn a_summary_of_another_layout_is_not_added_to() {
    let mut out = Vec::new();
    report::write_summary(&mut out, vec![SummaryRow::new(&results::mutated("S1"))]).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines = report::SummaryLines::read(&text).unwrap();
    assert_eq!(lines.samples().collect::<Vec<_>>(), ["S1"]);
    assert_eq!(lines.rows()[0].len(), SummaryRow::COLUMNS.len());
    for other in [
        text.replace("2.2.0\n", "1.0.0\n"),
        text.replace("ch_label\t", ""),
        text.replace("\t14\t", "\tx\t"),
    ] {
        assert_ne!(other, text);
        assert_eq!(report::SummaryLines::read(&other), None);
    }
}

#[test]
fn summary_is_sorted_whatever_the_order_of_the_inputs() {
    let rows = |names: [&str; 3]| {
        names
            .map(|name| SummaryRow::new(&results::mutated(name)))
            .to_vec()
    };
    let write = |rows| {
        let mut out = Vec::new();
        report::write_summary(&mut out, rows).unwrap();
        String::from_utf8(out).unwrap()
    };
    let actual = write(rows(["b", "a-1", "a"]));
    assert_eq!(actual, write(rows(["a", "b", "a-1"])));
    let names: Vec<_> = actual
        .lines()
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    assert_eq!(names, ["sample", "a", "a-1", "b"]);
    let row = filled(&actual, 0).join(" ");
    for cell in [
        "ch=present",
        "drivers=1",
        "drivers_to_review=1",
        "genes=DNMT3A",
        "largest_vaf=0.119458",
        "clone_size=10_percent_or_more",
        "germline_suspected=1",
        "artifact_suspected=0",
        "below_threshold=1",
        "sex=male",
        "age=71",
        "callers=Mutect2",
        "panel_records=14",
        "warnings=1",
        "panel=myeloid33 1.0.0",
    ] {
        assert!(row.contains(cell), "{cell} not in {row}");
    }
}

#[test]
fn json_reads_back_as_the_same_result() {
    let expected = results::mutated("S1");
    let mut out = Vec::new();
    report::write_json(&mut out, &expected).unwrap();
    let actual: SampleResult = serde_json::from_slice(&out).unwrap();
    assert_eq!(actual, expected);
    assert!(out.starts_with(b"{\n  \"schema_version\": \"1.0.0\",\n") && out.ends_with(b"}\n"));
}
