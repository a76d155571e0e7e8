//! IPSS-R and IPSS-RA of tables.

#![allow(clippy::unwrap_used)] // Test code.

mod score_support;

use score_support::{assert_fails, score_text};

#[test]
fn scores_the_worked_cases() {
    let actual = score_text(
        "ipss-r",
        "ID,HB,PLT,BM_BLAST,ANC,AGE,CYTO_IPSSR\n\
         first,10,150,2,1.8,28,Poor\n\
         second,8.2,239,0,0.72,63.5,Good\n\
         third,8.2,239,0,NA,63.5,good\n\
         fourth,7.9,49,10.5,0.7,NA,Very-Poor\n",
        &[],
    )
    .unwrap();
    let expected = "\
ID,IPSSRscore,IPSSRcat,IPSSRAscore,IPSSRAcat,IPSSRscore_best,IPSSRcat_best,IPSSRscore_worst,IPSSRcat_worst,points_CYTO_IPSSR,points_BM_BLAST,points_HB,points_PLT,points_ANC,missing
first,3,Low,1.53,Low,3,Low,3,Low,3,0,0,0,0,
second,2.5,Low,2.2563,Low,2.5,Low,2.5,Low,1,0,1,0,0.5,
third,NA,NA,NA,NA,2,Low,2.5,Low,1,0,1,0,NA,ANC 0.5
fourth,10,Very High,NA,NA,10,Very High,10,Very High,4,3,1.5,1,0.5,
";
    assert_eq!(actual, expected);
}

#[test]
fn names_what_is_wrong() {
    assert_fails(
        score_text(
            "ipss-r",
            "ID,HB,PLT,BM_BLAST,ANC,AGE,CYTO_IPSSR\na,10,150,2,1800,28,Poor\n",
            &[],
        ),
        &["line 2, column ANC: \"1800\"", "anc_per_ul"],
    );
    assert_fails(
        score_text("ipss-r", "ID,HB,PLT,BM_BLAST,CYTO_IPSSR\na,10,150,2,Poor\n", &[]),
        &["no column anc"],
    );
    assert_fails(
        score_text(
            "ipss-r",
            "ID,HB,PLT,BM_BLAST,ANC,AGE,CYTO_IPSSR\na,10,150,2,1.8,280,Poor\n",
            &[],
        ),
        &["column AGE: \"280\" is not plausible for age: 0 to 122 years"],
    );
}

#[test]
fn a_table_without_ages_is_told_apart() {
    use hemoclone::myeloid::ipss_r::IpssrTable;
    use hemoclone::patient::Header;
    use hemoclone::patient::StatedUnits;
    let has_age = |names: &[&str]| {
        let header = Header::new("t.csv", names.iter().map(|n| (*n).to_owned()).collect()).unwrap();
        IpssrTable::new(&header, StatedUnits::default())
            .unwrap()
            .has_age()
    };
    let needed = ["ID", "HB", "PLT", "ANC", "BM_BLAST", "CYTO_IPSSR"];
    assert!(!has_age(&needed));
    assert!(has_age(&[&needed[..], &["AGE"]].concat()));
}
