//! ELN risks of tables.
#![allow(clippy::unwrap_used)] // Test code.

mod score_support;

use score_support::{assert_fails, score_text, table};

fn row(header: &str, cells: &str) -> std::collections::BTreeMap<String, String> {
    let text = format!("ID\t{header}\na\t{cells}\n");
    let written = score_text("eln", &text, &[]).unwrap_or_else(|e| panic!("{cells}: {e}"));
    table(&written, ',').remove(0)
}

fn risks(mutations: &str, karyotype: &str, fusions: &str) -> (String, String) {
    let row = row(
        "mutations\tkaryotype\tfusions",
        &format!("{mutations}\t{karyotype}\t{fusions}"),
    );
    (row["ELN2022"].clone(), row["ELN2024"].clone())
}

/// The tables of Döhner 2022 and 2024, row by row, as a patient's values.
#[test]
fn every_row_of_both_tables() {
    for (mutations, karyotype, fusions, of_2022, of_2024) in [
        (
            "none",
            "46,XX,t(8;21)(q22;q22.1)[20]",
            "",
            "Favorable",
            "Favorable",
        ),
        (
            "FLT3-ITD",
            "46,XX,inv(16)(p13.1q22)[20]",
            "",
            "Favorable",
            "Intermediate",
        ),
        (
            "ASXL1",
            "46,XX,t(16;16)(p13.1;q22)[20]",
            "",
            "Favorable",
            "Favorable",
        ),
        ("NPM1:0.4", "46,XX[20]", "", "Favorable", "Favorable"),
        ("NPM1;FLT3-ITD", "46,XX[20]", "", "Intermediate", "Intermediate"),
        ("NPM1;FLT3 D835Y", "46,XX[20]", "", "Favorable", "Favorable"),
        ("NPM1;SRSF2", "46,XX[20]", "", "Favorable", "Favorable"),
        ("NPM1", "45,XX,-7[20]", "", "Adverse", "Favorable"),
        ("CEBPA(bZIP):0.4", "46,XX[20]", "", "Favorable", "Favorable"),
        ("CEBPA:0.4", "46,XX[20]", "", "Intermediate", "Favorable"),
        ("FLT3-ITD", "46,XX[20]", "", "Intermediate", "Intermediate"),
        ("FLT3-ITD;RUNX1", "46,XX[20]", "", "Adverse", "Intermediate"),
        (
            "none",
            "46,XX,t(9;11)(p21.3;q23.3)[20]",
            "",
            "Intermediate",
            "Favorable",
        ),
        ("none", "46,XX[20]", "MLL-AF9", "Intermediate", "Favorable"),
        (
            "none",
            "46,XX,t(11;19)(q23;p13.1)[20]",
            "",
            "Adverse",
            "Favorable",
        ),
        ("none", "46,XX[20]", "KMT2A::AFDN", "Adverse", "Favorable"),
        ("none", "46,XX[20]", "KMT2A-r", "NA", "Favorable"),
        ("none", "46,XX,t(6;9)(p23;q34.1)[20]", "", "Adverse", "Favorable"),
        ("none", "46,XX,t(9;22)(q34;q11)[20]", "", "Adverse", "Favorable"),
        (
            "none",
            "46,XX,t(8;16)(p11.2;p13.3)[20]",
            "",
            "Adverse",
            "Favorable",
        ),
        ("none", "46,XX,inv(3)(q21q26)[20]", "", "Adverse", "Favorable"),
        ("none", "46,XX,del(5)(q13q33)[20]", "", "Adverse", "Favorable"),
        ("none", "45,XX,-5[20]", "", "Adverse", "Favorable"),
        ("none", "46,XX,del(7)(q22)[20]", "", "Intermediate", "Favorable"),
        ("none", "46,XX,add(17)(p13)[20]", "", "Adverse", "Favorable"),
        ("none", "47,XX,+8[20]", "", "Intermediate", "Favorable"),
        ("none", "49,XX,+8,+13,+21[20]", "", "Intermediate", "Favorable"),
        (
            "none",
            "49,XX,+8,+13,+21,del(20)(q11)[20]",
            "",
            "Adverse",
            "Favorable",
        ),
        ("none", "44,XX,-12,-13[20]", "", "Adverse", "Favorable"),
        ("ZRSR2", "46,XX[20]", "", "Adverse", "Favorable"),
        ("TP53:0.10", "46,XX[20]", "", "Adverse", "Adverse"),
        ("TP53:0.09", "46,XX[20]", "", "Intermediate", "NA"),
        ("IDH1;NRAS", "46,XX[20]", "", "Intermediate", "Favorable"),
        ("DDX41", "46,XX[20]", "", "Intermediate", "Favorable"),
        ("KRAS", "46,XX[20]", "", "Intermediate", "Intermediate"),
        ("none", "46,XX,t(15;17)(q24;q21)[20]", "", "NA", "NA"),
    ] {
        let actual = risks(mutations, karyotype, fusions);
        assert_eq!(
            actual,
            (of_2022.to_owned(), of_2024.to_owned()),
            "{mutations} {karyotype} {fusions}"
        );
    }
}

#[test]
fn what_is_not_given_leaves_a_range_and_is_named() {
    let open = row("mutations\tkaryotype", "NPM1;FLT3\t46,XX[20]");
    assert_eq!(
        [
            &open["ELN2022"],
            &open["ELN2022_best"],
            &open["ELN2022_worst"],
            &open["ELN2022_open"]
        ],
        ["NA", "Favorable", "Intermediate", "FLT3-ITD"]
    );
    // Neither a karyotype nor another search for fusions.
    let not_looked_for = row("mutations", "NPM1");
    assert!(
        not_looked_for["ELN2022_open"]
            .starts_with("t(8;21) or inv(16)/t(16;16); t(9;11)/KMT2A::MLLT3; adverse fusion"),
        "{not_looked_for:?}"
    );
    let no_karyotype = row("mutations\tfusions", "NPM1\tnone");
    assert_eq!(no_karyotype["ELN2022_open"], "adverse karyotype");
    // Gene columns instead of a list: what has no column stays open.
    let columns = row("NPM1\tFLT3_ITD\tkaryotype\tTP53mut", "1\t0\t46,XX[20]\t0");
    assert_eq!(
        (columns["ELN2022"].as_str(), columns["ELN2024"].as_str()),
        ("Favorable", "NA")
    );
    // With either of both the signaling genes would not matter, so nothing but these settles it.
    assert_eq!(columns["ELN2024_open"], "IDH1; DDX41; NRAS or KRAS");
    let wild_type = row("NPM1\tFLT3_ITD\tkaryotype\tTP53mut", "0\t0\t46,XX[20]\t0");
    assert_eq!(
        (
            wild_type["ELN2022_best"].as_str(),
            wild_type["ELN2022_worst"].as_str()
        ),
        ("Favorable", "Adverse")
    );
    assert!(
        wild_type["ELN2022_open"].contains("myelodysplasia-related gene"),
        "{wild_type:?}"
    );
    assert!(!columns["ELN2022_open"].contains("TP53"), "{columns:?}");
    let tp53 = row("TP53mut\tTP53maxvaf\tkaryotype", "1\t0.3\t46,XX[20]");
    assert_eq!(tp53["ELN2024"], "Adverse");
    let nothing = row("mutations", "NA");
    assert_eq!(
        (
            nothing["ELN2022_best"].as_str(),
            nothing["ELN2022_worst"].as_str()
        ),
        ("Favorable", "Adverse")
    );
    assert_fails(
        score_text("eln", "ID\tmutations\tFLT3_ITD\na\tFLT3-ITD\t0\n", &[]),
        &["column FLT3_ITD: \"0\"", "correct one of them"],
    );
}

/// A stated TP53 was left out beside a list of mutations: NPM1 alone made the risk favorable.
#[test]
fn a_stated_tp53_counts_beside_a_list_of_mutations() {
    let header = "mutations\tkaryotype\tTP53mut\tTP53maxvaf";
    for (list, count, vaf, of_2022, of_2024, note) in [
        (
            "NPM1:0.4",
            "1",
            "0.3",
            "Adverse",
            "Adverse",
            "TP53mut is given as 1",
        ),
        (
            "NPM1:0.4",
            "2 or more",
            "0.3",
            "Adverse",
            "Adverse",
            "holds 0 of TP53",
        ),
        ("none", "1", "0.3", "Adverse", "Adverse", "the larger number"),
        // Below 10 % it is none of 2022; the table of 2024 gives no limit.
        (
            "NPM1:0.4",
            "1",
            "0.05",
            "Favorable",
            "NA",
            "TP53mut is given as 1",
        ),
        ("NPM1:0.4;TP53", "1", "0.05", "Favorable", "NA", ""),
        ("NPM1:0.4;TP53", "NA", "0.05", "Favorable", "NA", ""),
        (
            "NPM1:0.4;TP53:0.3",
            "0",
            "NA",
            "Adverse",
            "Adverse",
            "TP53mut is given as 0",
        ),
        (
            "NPM1:0.4;TP53:0.3",
            "1",
            "0.05",
            "Adverse",
            "Adverse",
            "TP53maxvaf is given as 0.05",
        ),
        ("NPM1:0.4", "0", "NA", "Favorable", "Favorable", ""),
        // A VAF of no mutation may be a mutation that the list forgot.
        (
            "NPM1:0.4",
            "NA",
            "0.3",
            "NA",
            "NA",
            "no mutation of TP53; give its number",
        ),
        ("NPM1:0.4", "NA", "0", "Favorable", "Favorable", ""),
    ] {
        let cells = format!("{list}\t46,XX[20]\t{count}\t{vaf}");
        let row = row(header, &cells);
        assert_eq!(
            (row["ELN2022"].as_str(), row["ELN2024"].as_str()),
            (of_2022, of_2024),
            "{cells}"
        );
        assert!(row["notes"].contains(note), "{cells}: {}", row["notes"]);
        assert_eq!(
            row["notes"].is_empty(),
            note.is_empty(),
            "{cells}: {}",
            row["notes"]
        );
    }
}

/// A column says that a gene is mutated, not how: CEBPA may be in frame in its bZIP domain, FLT3 duplicated.
#[test]
fn a_column_leaves_the_kind_of_a_mutation_open() {
    for (header, cells, expected, open) in [
        ("CEBPA\tmutations", "1\tnone", "NA", "CEBPA bZIP in frame"),
        ("CEBPA\tmutations", "1\tCEBPA:0.4", "Intermediate", ""),
        ("CEBPA\tmutations", "0\tnone", "Intermediate", ""),
        ("FLT3\tmutations", "1\tNPM1", "NA", "FLT3-ITD"),
        ("FLT3\tmutations", "0\tNPM1", "Favorable", ""),
        // One residue for another, in letters of either kind, is no duplication.
        ("mutations", "NPM1;FLT3 p.Asp835Tyr", "Favorable", ""),
        ("mutations", "NPM1;FLT3 p.(Asp835Tyr)", "Favorable", ""),
        ("mutations", "NPM1;FLT3 D835Y", "Favorable", ""),
        ("mutations", "NPM1;FLT3 p.Asp835del", "Favorable", ""),
        ("mutations", "NPM1;FLT3 p.Tyr591del", "Favorable", ""),
        ("mutations", "NPM1;FLT3 p.D835_I836del", "Favorable", ""),
        ("mutations", "NPM1;FLT3 p.Y597_E598insDY", "NA", "FLT3-ITD"),
        ("mutations", "NPM1;FLT3 p.Tyr591dup", "NA", "FLT3-ITD"),
        ("mutations", "NPM1;FLT3 p.Y591dup", "NA", "FLT3-ITD"),
    ] {
        let row = row(&format!("karyotype\t{header}"), &format!("46,XX[20]\t{cells}"));
        assert_eq!(
            (row["ELN2022"].as_str(), row["ELN2022_open"].as_str()),
            (expected, open),
            "{cells}"
        );
    }
}

/// Three changes beside a recurring one are not called complex; without a karyotype whatever else there is stays open.
#[test]
fn a_stated_complex_karyotype_beside_a_recurring_fusion() {
    let risk = |cells: &str| row("fusions\tcomplex\tmutations", cells)["ELN2022"].clone();
    assert_eq!(risk("none\t1\tnone"), "Adverse");
    assert_eq!(risk("KMT2A::MLLT3\t1\tnone"), "NA");
    assert_eq!(risk("none\t0\tnone"), "NA");
}
