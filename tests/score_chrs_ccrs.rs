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
ID,CHRS,CHRS_group,ten_year_myeloid_neoplasm_percent,CHRS_lowest,CHRS_highest,missing
a,7.5,Low,0.67,7.5,7.5,
b,9.0,Low,0.67,9.0,9.0,
c,15.5,High,52.2,15.5,15.5,
d,7.5,Low,0.67,7.5,7.5,
e,NA,NA,NA,9.5,12.5,rdw 1.5; mcv 1.5
";
    assert_eq!(actual, expected);
    assert_fails(
        score_text("chrs", "ID,genes,max_vaf\na,TET2,20\n", &[]),
        &["line 2, column max_vaf: \"20\"", "divide per cent by 100"],
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
ID,CCRS,CCRS_group,two_year_myeloid_neoplasm_percent,CCRS_lowest,CCRS_highest,missing
a,0.0,Low,6.4,0.0,0.0,
b,7.5,High,37.2,7.5,7.5,
c,4.5,Intermediate,14.1,4.5,4.5,
d,NA,NA,NA,0.0,2.5,platelets 2.5
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
