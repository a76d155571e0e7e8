//! CHRS and CCRS of tables.
#![allow(clippy::unwrap_used)] // Test code.

mod score_support;

use score_support::{assert_fails, score_text};

#[test]
fn chrs_takes_genes_or_what_they_mean() {
    let actual = score_text(
        "chrs",
        "ID,genes,single_dnmt3a,high_risk_mutation,mutations,max_vaf,rdw,mcv,cytopenia,age\n\
         a,DNMT3A,NA,NA,NA,0.05,13,90,0,60\n\
         b,DNMT3A;DNMT3A,NA,NA,NA,0.05,13,90,0,60\n\
         c,TP53;srsf2,NA,NA,NA,0.2,15,100,1,65\n\
         d,,1,0,1,0.05,13,90,0,60\n\
         e,TET2,NA,NA,NA,0.3,NA,NA,0,70\n",
        &[],
    )
    .unwrap();
    let expected = "\
ID,CHRS,CHRS_group,ten_year_myeloid_neoplasm_percent,CHRS_lowest,CHRS_highest,missing,notes
a,7.5,Low,0.67,7.5,7.5,,
b,9.0,Low,0.67,9.0,9.0,,
c,15.5,High,52.2,15.5,15.5,,
d,7.5,Low,0.67,7.5,7.5,,
e,NA,NA,NA,9.5,12.5,rdw 1.5; mcv 1.5,
";
    assert_eq!(actual, expected);
    assert_fails(
        score_text("chrs", "ID,genes,max_vaf\na,TET2,20\n", &[]),
        &[
            "line 2, column max_vaf: \"20\"",
            "0 to 1 (fraction); for another unit name the column max_vaf_percent (%)",
        ],
    );
}

#[test]
fn ccrs_takes_genes_or_what_they_mean() {
    let actual = score_text(
        "ccrs",
        "ID,genes,splicing_mutation,mutations,plt_per_ul\n\
         a,TET2,NA,NA,100000\n\
         b,SRSF2;TET2,NA,NA,99900\n\
         c,,1,1,99000\n\
         d,TET2,NA,NA,NA\n",
        &[],
    )
    .unwrap();
    let expected = "\
ID,CCRS,CCRS_group,two_year_myeloid_neoplasm_percent,CCRS_lowest,CCRS_highest,missing,notes
a,0.0,Low,6.4,0.0,0.0,,
b,7.5,High,37.2,7.5,7.5,,
c,4.5,Intermediate,14.1,4.5,4.5,,
d,NA,NA,NA,0.0,2.5,platelets 2.5,
";
    assert_eq!(actual, expected);
}

/// The number of mutations counts without their genes, too (Weeks 2023: one 1.0, two or more 2.0; Xie 2024: two or more 3).
#[test]
fn the_number_of_mutations_counts_without_genes() {
    let column = |model: &str, header: &str, cell: &str, result: &str| {
        let text = score_text(model, &format!("ID,{header}\na,{cell}\n"), &[]).unwrap();
        score_support::table(&text, ',')[0][result].clone()
    };
    let of_chip = |n: &str| {
        column(
            "chrs",
            "single_dnmt3a,high_risk_mutation,mutations,max_vaf,rdw,mcv,cytopenia,age",
            &format!("0,0,{n},0.05,13,90,0,60"),
            "CHRS",
        )
    };
    assert_eq!(
        [of_chip("1"), of_chip("2"), of_chip("7"), of_chip("NA")],
        ["8.0", "9.0", "9.0", "NA"]
    );
    let of_ccus = |n: &str| {
        column(
            "ccrs",
            "splicing_mutation,mutations,plt",
            &format!("0,{n},100"),
            "CCRS",
        )
    };
    assert_eq!([of_ccus("1"), of_ccus("2"), of_ccus("NA")], ["0.0", "3.0", "NA"]);
    for (model, header) in [("chrs", "mutations"), ("ccrs", "mutations,plt")] {
        for wrong in ["0", "-1", "1.5", "1001"] {
            let text = format!(
                "ID,{header}\na,{wrong}{}\n",
                if model == "ccrs" { ",100" } else { "" }
            );
            assert_fails(score_text(model, &text, &[]), &["column mutations"]);
        }
    }
}

fn row(model: &str, header: &str, cells: &str) -> std::collections::BTreeMap<String, String> {
    let text = score_text(model, &format!("ID,{header}\na,{cells}\n"), &[])
        .unwrap_or_else(|e| panic!("{cells}: {e}"));
    score_support::table(&text, ',').remove(0)
}

/// A mutation with its change, its VAF or another sign behind it was once two mutations, or none.
#[test]
fn a_gene_with_its_change_is_one_mutation() {
    let chrs = |genes: &str| {
        row(
            "chrs",
            "genes,max_vaf,rdw,mcv,cytopenia,age",
            &format!("\"{genes}\",0.1,13,90,0,50"),
        )
    };
    for (genes, expected) in [
        ("JAK2 V617F", "9.5"),
        ("JAK2V617F", "9.5"),
        ("SRSF2-P95H", "9.5"),
        ("DNMT3A(R882H)", "7.5"),
        ("DNMT3A p.(Arg882His) 8%", "7.5"),
        ("DNMT3A/TET2", "9.0"),
        ("DNMT3A; TET2", "9.0"),
        ("ＤＮＭＴ３Ａ、ＴＥＴ２", "9.0"),
        ("DNMT3A R882H, DNMT3A R736C", "9.0"),
        ("TET2 p.Gln1523*", "8.0"),
        ("MLL2", "8.0"),
        ("NPM1 wt; TET2", "8.0"),
    ] {
        assert_eq!(chrs(genes)["CHRS"], expected, "{genes}");
    }
    let of_ccus = row("ccrs", "genes,plt", "SF3B1 K700E,150");
    assert_eq!(
        (of_ccus["CCRS"].as_str(), of_ccus["CCRS_group"].as_str()),
        ("2.0", "Low")
    );
}

#[test]
fn without_a_clone_there_is_no_score() {
    for (model, columns, rest, score) in [
        ("chrs", "mutations,rdw,mcv,cytopenia,age", "13,90,0,50", "CHRS"),
        ("ccrs", "mutations,plt", "90", "CCRS"),
    ] {
        for none in ["none", "なし", "wt", "TET2:0.01"] {
            let row = row(model, columns, &format!("{none},{rest}"));
            assert_eq!(row[score], "NA", "{model} {none}");
            assert_eq!(row[&format!("{score}_lowest")], "NA");
            assert!(row["notes"].contains("no mutation of a clone"), "{row:?}");
        }
    }
    // A clone is one from 2 % on, whether a list or a column says so.
    for (vaf, score) in [("0.02", "8.0"), ("0.0199", "NA")] {
        let stated = row(
            "chrs",
            "n_mutations,max_vaf,single_dnmt3a,high_risk_mutation,rdw,mcv,cytopenia,age",
            &format!("1,{vaf},0,0,13,90,0,50"),
        );
        let listed = row(
            "chrs",
            "mutations,rdw,mcv,cytopenia,age",
            &format!("TET2:{vaf},13,90,0,50"),
        );
        assert_eq!(
            (stated["CHRS"].as_str(), listed["CHRS"].as_str()),
            (score, score),
            "{vaf}"
        );
    }
    let small = row(
        "chrs",
        "mutations,rdw,mcv,cytopenia,age",
        "DNMT3A:0.1;TET2:0.01,13,90,0,50",
    );
    assert_eq!(
        (small["CHRS"].as_str(), small["notes"].as_str()),
        ("7.5", "1 mutation with a VAF below 0.02 does not count")
    );
}

#[test]
fn what_is_not_understood_or_contradicts_is_an_error() {
    for (model, header, cells, said) in [
        ("chrs", "genes", "DNMT3", "line 2, column genes: \"DNMT3\""),
        ("chrs", "genes", "DMNT3A", "did you mean DNMT3A?"),
        ("ccrs", "genes,plt", "SFRB1,150", "line 2, column genes"),
        ("chrs", "mutations", "TET2:12", "per cent need their sign"),
        ("chrs", "genes", "-", "write none, or NA"),
        (
            "chrs",
            "genes,single_dnmt3a",
            "TET2,1",
            "column single_dnmt3a: \"1\"",
        ),
        (
            "chrs",
            "genes,high_risk_mutation",
            "TP53,0",
            "column high_risk_mutation: \"0\"",
        ),
        ("chrs", "genes,n_mutations", "TP53,2", "column n_mutations: \"2\""),
        (
            "chrs",
            "mutations,max_vaf",
            "TET2:0.3,0.1",
            "column max_vaf: \"0.1\"",
        ),
        (
            "ccrs",
            "genes,splicing_mutation",
            "SF3B1,0",
            "column splicing_mutation",
        ),
        ("stage", "mutations", "2", "n_mutations"),
        ("stage", "mutations", "TTN:0.3", "TTN is no gene known here"),
    ] {
        assert_fails(
            score_text(model, &format!("ID,{header}\na,{cells}\n"), &[]),
            &[said],
        );
    }
}

/// What the calculators and people call the columns.
#[test]
fn headers_are_read_in_every_usual_spelling() {
    let read = row(
        "chrs",
        "Genes,Max VAF (%),RDW (%),MCV (fL),CHIP/CCUS,Age (years)",
        "DNMT3A,5,13,90,CHIP,60",
    );
    assert_eq!(read["CHRS"], "7.5");
    let read = row(
        "chrs",
        "Single DNMT3A,High-risk mutation,Number of mutations,Largest VAF,RDW,MCV,cytopenia,age",
        "0,0,2,0.1,13,90,CCUS,60",
    );
    assert_eq!(read["CHRS"], "9.5");
    for id in ["ID", "sample", "Sample ID", "patient_id"] {
        for (model, header, cells) in [
            ("chrs", "genes", "TET2"),
            ("ccrs", "genes,plt", "TET2,150"),
            ("stage", "genes", "TET2"),
            ("karyotype", "karyotype", "46\u{2c}XX[20]"),
            ("ipss-m", "HB,PLT,BM_BLAST", "9,80,4"),
            ("ipss-r", "HB,PLT,ANC,BM_BLAST,CYTO_IPSSR", "9,80,1,4,Good"),
            ("plasma-cell", "m_protein_g_dl", "1.0"),
        ] {
            let cells = if model == "karyotype" {
                format!("\"{cells}\"")
            } else {
                cells.to_owned()
            };
            let text = format!("{id},{header}\na,{cells}\n");
            assert!(
                score_text(model, &text, &[]).is_ok(),
                "{model} {id}: {:?}",
                score_text(model, &text, &[])
            );
        }
    }
}
