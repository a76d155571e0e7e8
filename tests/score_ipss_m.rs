//! IPSS-M of tables, against published values.

#![allow(clippy::unwrap_used)] // Test code.

#[path = "support/outside.rs"]
mod outside;
mod score_support;

use std::fs;

use score_support::{assert_fails, score, table};

fn score_text(text: &str, options: &[&str]) -> Result<String, String> {
    score_support::score_text("ipss-m", text, options)
}

/// The columns that the published R package demands.
const COLUMNS: &str = "ID,HB,PLT,BM_BLAST,del5q,del7_7q,complex,CYTO_IPSSR,del17_17p,TP53mut,TP53maxvaf,TP53loh,MLL_PTD,\
FLT3,ASXL1,BCOR,BCORL1,CBL,CEBPA,DNMT3A,ETV6,EZH2,IDH1,IDH2,KRAS,NF1,NPM1,NRAS,RUNX1,SETBP1,SF3B1,SRSF2,STAG2,U2AF1,\
ETNK1,GATA2,GNB1,PHF6,PPM1D,PRPF8,PTPN11,WT1";

#[test]
fn equals_every_row_of_the_published_examples() {
    let Some(path) = outside::shared("facts/ipssm_examples.tsv") else {
        return;
    };
    let expected = table(&fs::read_to_string(&path).unwrap(), '\t');
    let actual = table(&score("ipss-m", &path, &[]).unwrap(), ',');
    assert_eq!(expected.len(), 26);
    assert_eq!(actual.len(), 26);
    for (actual, expected) in actual.iter().zip(&expected) {
        for (ours, theirs) in [
            ("ID", "ID"),
            ("IPSSMscore", "IPSSMscore"),
            ("IPSSMcat", "IPSSMcat"),
            ("Comment", "Comment"),
            ("IPSSMscore_best", "score_best"),
            ("IPSSMscore_mean", "score_mean"),
            ("IPSSMscore_worst", "score_worst"),
            ("IPSSMcat_best", "cat_best"),
            ("IPSSMcat_mean", "cat_mean"),
            ("IPSSMcat_worst", "cat_worst"),
        ] {
            assert_eq!(actual[ours], expected[theirs], "{} {ours}", expected["ID"]);
        }
    }
}

/// A row with the given values and 0, or NA where asked, in every other.
fn row(values: &[(&str, &str)], other: &str) -> String {
    COLUMNS
        .split(',')
        .map(|column| {
            values
                .iter()
                .find(|(name, _)| *name == column)
                .map_or(other, |(_, value)| value)
        })
        .collect::<Vec<_>>()
        .join(",")
}

/// The three patients that the published R package carries, and its expected values.
#[test]
fn equals_the_patients_of_the_r_package() {
    let rows = [
        row(
            &[
                ("ID", "pp347"),
                ("HB", "9.6"),
                ("PLT", "281"),
                ("BM_BLAST", "9"),
                ("CYTO_IPSSR", "Good"),
                ("TP53maxvaf", "NA"),
                ("ASXL1", "1"),
                ("SRSF2", "1"),
                ("STAG2", "1"),
                ("ETNK1", "NA"),
                ("GNB1", "NA"),
                ("PRPF8", "NA"),
            ],
            "0",
        ),
        row(
            &[
                ("ID", "pp564"),
                ("HB", "7.5"),
                ("PLT", "23"),
                ("BM_BLAST", "16"),
                ("del5q", "1"),
                ("del7_7q", "1"),
                ("complex", "1"),
                ("CYTO_IPSSR", "Very Poor"),
                ("TP53mut", "1"),
                ("TP53maxvaf", "0.85"),
                ("TP53loh", "1"),
                ("NF1", "1"),
            ],
            "0",
        ),
        row(
            &[
                ("ID", "zeroScore"),
                ("HB", "10"),
                ("PLT", "10"),
                ("BM_BLAST", "10"),
                ("CYTO_IPSSR", "Very Good"),
                ("BCOR", "1"),
            ],
            "0",
        ),
    ];
    let actual = score_text(&format!("\u{feff}{COLUMNS}\n{}\n", rows.join("\n")), &[]).unwrap();
    let expected = "\
ID,IPSSMscore,IPSSMcat,Comment,IPSSMscore_mean,IPSSMcat_mean,IPSSMscore_best,IPSSMcat_best,IPSSMscore_worst,IPSSMcat_worst,missing,notes
pp347,0.31,Moderate High,range (worst - best) below limit,0.31,Moderate High,0.30,Moderate High,0.63,High,nRes2 0.33,
pp564,4.55,Very High,no uncertainty (no missing data),4.55,Very High,4.55,Very High,4.55,Very High,,
zeroScore,0.00,Moderate Low,no uncertainty (no missing data),0.00,Moderate Low,0.00,Moderate Low,0.00,Moderate Low,,
";
    assert_eq!(actual, expected);
}

const BASE: [(&str, &str); 5] = [
    ("ID", "a"),
    ("HB", "9.6"),
    ("PLT", "120"),
    ("BM_BLAST", "3"),
    ("CYTO_IPSSR", "Good"),
];

#[test]
fn reads_every_spelling_of_missing_the_same() {
    let expected = score_text(&format!("{COLUMNS}\n{}\n", row(&BASE, "NA")), &[]).unwrap();
    for missing in ["", " ", "N/A", "n/a", "na", "NaN"] {
        let actual = score_text(&format!("{COLUMNS}\n{}\n", row(&BASE, missing)), &[]).unwrap();
        assert_eq!(actual, expected, "{missing:?}");
    }
    assert!(
        expected.contains("range (worst - best) above limit,"),
        "{expected}"
    );
}

#[test]
fn columns_come_in_any_case_order_and_delimiter_and_units_from_the_name() {
    let expected = score_text(&format!("{COLUMNS}\n{}\n", row(&BASE, "0")), &[]).unwrap();
    let upper = format!("{}\n{}\n", COLUMNS.to_lowercase(), row(&BASE, "0"));
    assert_eq!(score_text(&upper, &[]).unwrap(), expected);
    let tabs = upper.replace(',', "\t");
    assert_eq!(score_text(&tabs, &[]).unwrap(), expected);
    let units = format!(
        "{}\n{}\n",
        COLUMNS.replace("HB", "hb_g_l").replace("PLT", "plt_per_ul"),
        row(&BASE, "0").replace("9.6,120", "96,120000")
    );
    assert_eq!(score_text(&units, &[]).unwrap(), expected);
    let stated = format!("{COLUMNS}\n{}\n", row(&BASE, "0").replace("9.6,120", "96,120000"));
    assert_eq!(
        score_text(&stated, &["--hb-unit", "g/L", "--count-unit", "/uL"]).unwrap(),
        expected
    );
}

#[test]
fn hemoglobin_below_four_counts_as_four_unless_told() {
    let mut values = BASE;
    values[1] = ("HB", "3.1");
    let text = format!("{COLUMNS}\n{}\n", row(&values, "0"));
    let clamped = table(&score_text(&text, &[]).unwrap(), ',');
    assert_eq!(clamped[0]["IPSSMscore"], "0.50");
    assert_eq!(clamped[0]["IPSSMcat"], "Moderate High");
    assert_eq!(
        clamped[0]["notes"],
        "Hb 3.1 g/dL lies outside 4-20 and counts as the nearer limit"
    );
    let unclamped = table(&score_text(&text, &["--unclamped-hb"]).unwrap(), ',');
    assert_eq!(unclamped[0]["IPSSMscore"], "0.72");
    assert_eq!(unclamped[0]["IPSSMcat"], "High");
}

#[test]
fn contributions_add_up_to_the_score() {
    let text = format!("{COLUMNS}\n{}\n", row(&BASE, "0"));
    let rows = table(&score_text(&text, &["--contributions"]).unwrap(), ',');
    let sum: f64 = rows[0]
        .iter()
        .filter(|(name, _)| name.starts_with("contribution_"))
        .map(|(_, value)| value.parse::<f64>().unwrap())
        .sum();
    let score: f64 = rows[0]["IPSSMscore"].parse().unwrap();
    assert_eq!(
        rows[0].keys().filter(|k| k.starts_with("contribution_")).count(),
        22
    );
    assert!((sum - score).abs() < 0.006, "{sum} {score}");
}

#[test]
fn a_wrong_cell_is_named_and_nothing_is_written() {
    for (column, value, wanted) in [
        ("HB", "96", "plausible for hemoglobin: 1.5 to 25 g/dL"),
        ("HB", "-1", "plausible for hemoglobin: 1.5 to 25 g/dL"),
        ("PLT", "120000", "plausible for platelets: 0 or 1 to 3000 10^9/L"),
        ("BM_BLAST", "101", "plausible for marrow blasts: 0 to 100 %"),
        (
            "TP53maxvaf",
            "45",
            "plausible for largest VAF of TP53: 0 to 1 (fraction)",
        ),
        ("TP53mut", "mono", "the number of TP53 mutations"),
        ("CYTO_IPSSR", "Bad", "Very Good, Good, Intermediate"),
        ("ASXL1", "2", "0 (no), 1 (yes) or NA"),
        ("ID", "", "a name"),
    ] {
        let mut values: Vec<(&str, &str)> = BASE.iter().copied().filter(|(c, _)| *c != column).collect();
        values.push((column, value));
        let text = format!("{COLUMNS}\n{}\n{}\n", row(&BASE, "0"), row(&values, "0"));
        assert_fails(
            score_text(&text, &[]),
            &[
                "patients.csv, line 3",
                &format!("column {column}"),
                &format!("{value:?}"),
                wanted,
            ],
        );
    }
}

#[test]
fn a_column_that_cannot_be_done_without_is_named() {
    for column in ["ID", "HB", "PLT", "BM_BLAST"] {
        let text = format!("{}\n{}\n", COLUMNS.replacen(column, "xx", 1), row(&BASE, "0"));
        let error = score_text(&text, &[]).unwrap_err().to_lowercase();
        assert!(
            error.contains(&format!("no column {}", column.to_lowercase())),
            "{error}"
        );
    }
    let text = format!("{}\n{}\n", COLUMNS.replace("WT1", "asxl1"), row(&BASE, "0"));
    assert_fails(score_text(&text, &[]), &["ASXL1", "asxl1", "remove one"]);
    assert_fails(
        score_text(&format!("{COLUMNS}\n"), &[]),
        &["no row below the header"],
    );
}

#[test]
fn columns_that_are_absent_are_told() {
    use hemoclone::myeloid::ipss_m::{IpssmGene, IpssmTable, IpssmTableOptions};
    use hemoclone::patient::Header;
    let absent = |names: &[&str]| {
        let header = Header::new("t.csv", names.iter().map(|n| (*n).to_owned()).collect()).unwrap();
        IpssmTable::new(&header, IpssmTableOptions::default())
            .unwrap()
            .absent_columns()
    };
    let others = [
        "CYTO_IPSSR",
        "del5q",
        "del7_7q",
        "del17_17p",
        "complex",
        "TP53mut",
        "TP53maxvaf",
        "TP53loh",
    ];
    let genes: Vec<&str> = IpssmGene::ALL.iter().map(|g| g.column()).collect();
    let needed = ["ID", "HB", "PLT", "BM_BLAST"];
    assert_eq!(absent(&needed), [&others[..], &genes].concat());
    assert_eq!(absent(&[&needed[..], &others, &genes].concat()), [""; 0]);
    assert_eq!(
        absent(&[&needed[..], &others[1..], &genes[1..]].concat()),
        [others[0], genes[0]]
    );
}
