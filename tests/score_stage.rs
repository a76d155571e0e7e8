//! Stages and classifications: worked cases, every rule, tables.
#![allow(clippy::unwrap_used)] // Test code.

mod score_support;

use hemoclone::genome::Sex;
use hemoclone::karyotype::{Karyotype, KaryotypeAssessment, assess};
use hemoclone::myeloid::classify::{Classification, icc, who5};
use hemoclone::myeloid::findings::{Driver, Findings};

use score_support::{assert_fails, score_text, table};

fn karyotype(text: &str) -> KaryotypeAssessment {
    assess(&Karyotype::parse(text).unwrap(), Some(Sex::Female))
}

fn drivers(list: &[(&str, f64)]) -> Vec<Driver> {
    list.iter()
        .map(|(gene, vaf)| Driver {
            gene: gene.trim_end_matches('*').to_owned(),
            vaf: Some(*vaf),
            bzip: gene.ends_with('*'),
        })
        .collect()
}

/// Hb 9, normal karyotype, nothing mutated.
fn case(bm: f64, pb: f64, lineages: u8, mutations: &[(&str, f64)]) -> Findings {
    Findings {
        sex: Some(Sex::Female),
        hemoglobin: Some(9.0),
        platelets: Some(200.0),
        neutrophils: Some(3.0),
        drivers: Some(drivers(mutations)),
        marrow_blasts: Some(bm),
        blood_blasts: Some(pb),
        dysplastic_lineages: Some(lineages),
        auer_rods: Some(false),
        karyotype: Some(karyotype("46,XX[20]")),
        tp53_loh: Some(false),
        prior_mds: Some(false),
        ..Findings::default()
    }
}

fn names(findings: &Findings) -> (String, String) {
    let name = |c: Classification| c.name.unwrap_or_else(|| format!("? {}", c.possible.join(" | ")));
    (name(who5(findings)), name(icc(findings)))
}

fn check(findings: &Findings, who: &str, icc: &str) {
    assert_eq!(names(findings), (who.to_owned(), icc.to_owned()), "{findings:?}");
}

#[test]
fn worked_cases_of_low_blasts() {
    check(&case(2.0, 0.0, 1, &[("SF3B1", 0.30)]), "MDS-SF3B1", "MDS-SF3B1");
    check(
        &case(2.0, 0.0, 1, &[("SF3B1", 0.07)]),
        "MDS-SF3B1",
        "MDS, NOS-SLD",
    );
    check(
        &case(2.0, 0.0, 1, &[("SF3B1", 0.30), ("RUNX1", 0.2)]),
        "MDS-SF3B1",
        "MDS, NOS-SLD",
    );
    let with = |text: &str, lineages, mutations: &[(&str, f64)]| Findings {
        karyotype: Some(karyotype(text)),
        ..case(3.0, 0.0, lineages, mutations)
    };
    check(
        &with("46,XX,del(5)(q13q33)[20]", 1, &[("SF3B1", 0.30)]),
        "MDS-5q",
        "MDS-del(5q)",
    );
    check(
        &with("46,XX,del(5)(q13q33),del(20)(q11)[20]", 1, &[]),
        "MDS-5q",
        "MDS-del(5q)",
    );
    check(
        &with("45,XX,del(5)(q13q33),-7[20]", 2, &[]),
        "MDS-LB",
        "MDS, NOS-MLD",
    );
    check(&with("45,XX,-7[20]", 0, &[]), "? ", "MDS, NOS without dysplasia");
    check(&with("46,XX[20]", 0, &[]), "? ", "? ");
    check(
        &with("46,XX,inv(3)(q21q26)[20]", 1, &[("SF3B1", 0.30)]),
        "MDS-SF3B1",
        "MDS, NOS-SLD",
    );
    check(
        &with("45,XX,-7[20]", 1, &[("SF3B1", 0.30)]),
        "MDS-LB",
        "MDS, NOS-SLD",
    );
    check(
        &with("46,XX,del(7)(q22)[20]", 1, &[("SF3B1", 0.30)]),
        "MDS-SF3B1",
        "MDS, NOS-SLD",
    );
    check(
        &with("48,XX,+8,+9,del(20)(q11)[20]", 1, &[("SF3B1", 0.30)]),
        "MDS-LB",
        "MDS, NOS-SLD",
    );
    let hypoplastic = Findings {
        cellularity: Some(25.0),
        ..case(3.0, 0.0, 1, &[])
    };
    check(&hypoplastic, "MDS-h", "MDS, NOS-SLD");
    let cellular = Findings {
        cellularity: Some(25.1),
        ..case(3.0, 0.0, 1, &[])
    };
    check(&cellular, "MDS-LB", "MDS, NOS-SLD");
    let ringed = Findings {
        drivers: None,
        ring_sideroblasts: Some(15.0),
        ..case(3.0, 0.0, 1, &[])
    };
    assert!(
        who5(&ringed)
            .possible
            .contains(&"MDS-LB with ring sideroblasts".to_owned())
    );
}

#[test]
fn worked_cases_of_increased_blasts() {
    check(&case(7.0, 1.0, 1, &[]), "MDS-IB1", "MDS-EB");
    check(&case(3.0, 3.0, 1, &[]), "MDS-IB1", "MDS-EB");
    check(&case(4.0, 6.0, 1, &[]), "MDS-IB2", "MDS-EB");
    let auer = Findings {
        auer_rods: Some(true),
        ..case(6.0, 0.0, 1, &[])
    };
    check(&auer, "MDS-IB2", "MDS-EB");
    // The same with few blasts (J Hematol Oncol 2024, Table 3), whatever type genetics would make of them.
    for mutations in [&[][..], &[("SF3B1", 0.3)]] {
        let few_blasts = Findings {
            auer_rods: Some(true),
            ..case(2.0, 0.0, 1, mutations)
        };
        check(&few_blasts, "MDS-IB2", "MDS-EB");
    }
    check(
        &case(12.0, 0.0, 1, &[("ASXL1", 0.3)]),
        "MDS-IB2",
        "MDS/AML with myelodysplasia-related gene mutation",
    );
    check(&case(12.0, 0.0, 1, &[]), "MDS-IB2", "MDS/AML, NOS");
    let plus8 = Findings {
        karyotype: Some(karyotype("47,XX,+8[20]")),
        ..case(12.0, 0.0, 1, &[])
    };
    check(
        &plus8,
        "MDS-IB2",
        "MDS/AML with myelodysplasia-related cytogenetic abnormalities",
    );
    for (bm, pb, who, of_icc) in [
        (4.9, 1.9, "MDS-LB", "MDS, NOS-SLD"),
        (5.0, 0.0, "MDS-IB1", "MDS-EB"),
        (9.9, 0.0, "MDS-IB1", "MDS-EB"),
        (10.0, 0.0, "MDS-IB2", "MDS/AML, NOS"),
        (19.9, 0.0, "MDS-IB2", "MDS/AML, NOS"),
        (20.0, 0.0, "AML, defined by differentiation", "AML, NOS"),
        (0.0, 2.0, "MDS-IB1", "MDS-EB"),
        (0.0, 4.9, "MDS-IB1", "MDS-EB"),
        (0.0, 5.0, "MDS-IB2", "MDS-EB"),
        (0.0, 10.0, "MDS-IB2", "MDS/AML, NOS"),
        (0.0, 20.0, "AML, defined by differentiation", "AML, NOS"),
    ] {
        check(&case(bm, pb, 1, &[]), who, of_icc);
    }
    for (bm, grade, who) in [
        (6.0, 2, "MDS-f"),
        (6.0, 1, "MDS-IB1"),
        (3.0, 3, "MDS-LB"),
        (12.0, 3, "MDS-f"),
    ] {
        let findings = Findings {
            fibrosis: Some(grade),
            ..case(bm, 0.0, 1, &[])
        };
        assert_eq!(names(&findings).0, who, "{bm} {grade}");
    }
}

#[test]
fn worked_cases_of_tp53() {
    check(
        &case(12.0, 0.0, 1, &[("TP53", 0.20)]),
        "MDS-IB2",
        "MDS/AML with mutated TP53",
    );
    check(&case(3.0, 0.0, 1, &[("TP53", 0.20)]), "MDS-LB", "MDS, NOS-SLD");
    check(
        &case(3.0, 0.0, 1, &[("TP53", 0.30), ("TP53", 0.25)]),
        "MDS-biTP53",
        "MDS with mutated TP53",
    );
    check(
        &case(3.0, 0.0, 1, &[("TP53", 0.05), ("TP53", 0.04)]),
        "MDS-biTP53",
        "MDS, NOS-SLD",
    );
    check(
        &case(3.0, 0.0, 1, &[("TP53", 0.60)]),
        "MDS-biTP53 (presumptive)",
        "MDS with mutated TP53",
    );
    check(&case(3.0, 0.0, 1, &[("TP53", 0.49)]), "MDS-LB", "MDS, NOS-SLD");
    check(
        &case(3.0, 0.0, 1, &[("TP53", 0.50)]),
        "MDS-biTP53 (presumptive)",
        "MDS, NOS-SLD",
    );
    check(
        &case(3.0, 0.0, 1, &[("TP53", 0.10), ("TP53", 0.09)]),
        "MDS-biTP53",
        "MDS, NOS-SLD",
    );
    check(
        &case(3.0, 0.0, 1, &[("TP53", 0.10), ("TP53", 0.10)]),
        "MDS-biTP53",
        "MDS with mutated TP53",
    );
    let deleted = Findings {
        karyotype: Some(karyotype("46,XX,del(17)(p11)[20]")),
        ..case(3.0, 0.0, 1, &[("TP53", 0.20)])
    };
    check(&deleted, "MDS-biTP53", "MDS with mutated TP53");
    let neutral = Findings {
        tp53_loh: Some(true),
        ..case(3.0, 0.0, 1, &[("TP53", 0.20)])
    };
    check(&neutral, "MDS-biTP53", "MDS with mutated TP53");
    // Complex karyotype stands in for loss only where loss is not known, and only in ICC.
    let complex = |tp53_loh| Findings {
        karyotype: Some(karyotype("49,XX,+8,+9,+11[20]")),
        tp53_loh,
        ..case(3.0, 0.0, 1, &[("TP53", 0.20)])
    };
    check(&complex(None), "? MDS-biTP53 | MDS-LB", "MDS with mutated TP53");
    check(&complex(Some(false)), "MDS-LB", "MDS, NOS-SLD");
    check(
        &case(25.0, 0.0, 1, &[("TP53", 0.20)]),
        "AML, defined by differentiation",
        "AML with mutated TP53",
    );
    check(&case(12.0, 0.0, 1, &[("TP53", 0.09)]), "MDS-IB2", "MDS/AML, NOS");
}

/// Loss of the other allele, copy-neutral too, counts for both lists: not looked at, it leaves the type open, as IPSS-M does.
#[test]
fn one_tp53_mutation_whose_other_allele_was_not_looked_at_leaves_the_type_open() {
    let open = |vaf, text: Option<&str>| Findings {
        tp53_loh: None,
        karyotype: text.map(karyotype),
        ..case(3.0, 0.0, 1, &[("TP53", vaf)])
    };
    let normal = Some("46,XX[20]");
    check(
        &open(0.40, normal),
        "? MDS-biTP53 | MDS-LB",
        "? MDS with mutated TP53 | MDS, NOS-SLD",
    );
    // Below the VAF that ICC counts it is open for WHO alone; a large one, or a karyotype with the loss, is not open.
    check(&open(0.09, normal), "? MDS-biTP53 | MDS-LB", "MDS, NOS-SLD");
    check(
        &open(0.50, normal),
        "MDS-biTP53 (presumptive)",
        "? MDS with mutated TP53 | MDS, NOS-SLD",
    );
    check(
        &open(0.40, Some("45,XX,-17[20]")),
        "MDS-biTP53",
        "MDS with mutated TP53",
    );
    let without_karyotype = who5(&open(0.40, None));
    assert_eq!(without_karyotype.possible, ["MDS-biTP53", "MDS-5q", "MDS-LB"]);
    assert!(
        without_karyotype
            .notes
            .iter()
            .any(|n| n.en.contains("loss of the other allele"))
    );
    // Two mutations, one too small for ICC: the second is on the other allele.
    let two = Findings {
        drivers: Some(drivers(&[("TP53", 0.20), ("TP53", 0.05)])),
        ..open(0.2, normal)
    };
    check(&two, "MDS-biTP53", "MDS, NOS-SLD");
    // From 10 % blasts on any TP53 mutation names the type of ICC.
    let blasts = Findings {
        marrow_blasts: Some(12.0),
        ..open(0.40, normal)
    };
    check(&blasts, "? MDS-biTP53 | MDS-IB2", "MDS/AML with mutated TP53");
}

#[test]
fn worked_cases_of_leukemia() {
    check(
        &case(12.0, 0.0, 1, &[("NPM1", 0.3)]),
        "AML with NPM1 (judgement)",
        "AML with mutated NPM1",
    );
    check(
        &case(6.0, 0.0, 1, &[("NPM1", 0.3)]),
        "AML with NPM1 (judgement)",
        "MDS-EB",
    );
    check(
        &case(25.0, 0.0, 1, &[("NPM1", 0.3)]),
        "AML with NPM1",
        "AML with mutated NPM1",
    );
    check(
        &case(15.0, 0.0, 1, &[("CEBPA*", 0.4)]),
        "MDS-IB2",
        "AML with in-frame bZIP CEBPA",
    );
    check(
        &case(25.0, 0.0, 1, &[("CEBPA*", 0.4)]),
        "AML with CEBPA",
        "AML with in-frame bZIP CEBPA",
    );
    check(
        &case(25.0, 0.0, 1, &[("CEBPA", 0.4), ("CEBPA", 0.3)]),
        "AML with CEBPA",
        "AML, NOS",
    );
    check(
        &case(25.0, 0.0, 1, &[("CEBPA", 0.4)]),
        "AML, defined by differentiation",
        "AML, NOS",
    );
    let fusion = |name: &str, bm| Findings {
        fusions: vec![name.into()],
        ..case(bm, 0.0, 1, &[])
    };
    check(&fusion("BCR::ABL1", 15.0), "MDS-IB2", "MDS/AML, NOS");
    assert!(
        who5(&fusion("BCR::ABL1", 15.0))
            .notes
            .iter()
            .any(|n| n.en.contains("review"))
    );
    check(
        &fusion("BCR::ABL1", 20.0),
        "AML with BCR::ABL1",
        "AML with BCR::ABL1",
    );
    for name in [
        "PML::RARA",
        "RUNX1::RUNX1T1",
        "CBFB::MYH11",
        "DEK::NUP214",
        "RBM15::MRTFA",
        "KMT2A-r",
        "MECOM-r",
        "NUP98-r",
    ] {
        check(
            &fusion(name, 20.0),
            &format!("AML with {name}"),
            &format!("AML with {name}"),
        );
        check(
            &fusion(name, 10.0),
            &format!("AML with {name} (judgement)"),
            &format!("AML with {name}"),
        );
        check(
            &fusion(name, 9.9),
            &format!("AML with {name} (judgement)"),
            "MDS-EB",
        );
    }
    for gene in [
        "ASXL1", "BCOR", "EZH2", "SF3B1", "SRSF2", "STAG2", "U2AF1", "ZRSR2",
    ] {
        check(
            &case(25.0, 0.0, 1, &[(gene, 0.3)]),
            "AML, myelodysplasia-related",
            "AML with myelodysplasia-related gene mutation",
        );
    }
    check(
        &case(25.0, 0.0, 1, &[("RUNX1", 0.3)]),
        "AML, defined by differentiation",
        "AML with myelodysplasia-related gene mutation",
    );
    let after_mds = Findings {
        prior_mds: Some(true),
        ..case(25.0, 0.0, 1, &[])
    };
    check(&after_mds, "AML, myelodysplasia-related", "AML, NOS");
}

/// Karyotype, and whether it is myelodysplasia-related by WHO 2022 and by ICC 2022.
#[test]
fn every_myelodysplasia_related_change() {
    for (text, by_who, by_icc) in [
        ("46,XX[20]", false, false),
        ("46,XX,del(5)(q13q33)[20]", true, true),
        ("46,XX,add(5)(q31)[20]", true, true),
        // WHO asks for a loss, ICC also for t(5q) and t(12p).
        ("46,XX,t(5;12)(q33;p13)[20]", false, true),
        ("46,XX,der(5)t(5;12)(q33;p13)[20]", true, true),
        ("47,XX,+der(5)t(5;12)(q33;p13)[20]", false, false),
        ("47,XX,+del(5)(q13q33)[20]", false, false),
        ("45,XX,dic(5;17)(q11;p11)[20]", true, true),
        ("45,XX,-5[20]", true, false),
        ("45,XX,-7[20]", true, true),
        ("46,XX,del(7)(q22)[20]", true, true),
        ("46,XX,del(11)(q23)[20]", true, false),
        ("46,XX,del(12)(p13)[20]", true, true),
        ("46,XX,add(12)(p13)[20]", true, true),
        ("45,XX,-13[20]", true, false),
        ("46,XX,del(13)(q14)[20]", true, false),
        ("45,XX,-17[20]", true, true),
        ("46,XX,del(17)(p11)[20]", true, true),
        ("46,XX,add(17)(p13)[20]", true, true),
        ("46,XX,idic(17)(p11.2)[20]", true, true),
        ("46,XX,add(17)(q25)[20]", false, false),
        ("46,XX,i(17)(q10)[20]", true, true),
        ("46,X,idic(X)(q13)[20]", true, true),
        ("47,XX,+8[20]", false, true),
        ("46,XX,del(20)(q11)[20]", false, true),
        ("47,XX,+21[20]", false, false),
        ("49,XX,+4,+9,+21[20]", true, true),
    ] {
        let findings = Findings {
            karyotype: Some(karyotype(text)),
            ..case(25.0, 0.0, 1, &[])
        };
        let who = if by_who {
            "AML, myelodysplasia-related"
        } else {
            "AML, defined by differentiation"
        };
        let icc = if by_icc {
            "AML with myelodysplasia-related cytogenetic abnormalities"
        } else {
            "AML, NOS"
        };
        check(&findings, who, icc);
    }
}

#[test]
fn no_cytopenia_is_no_mds_and_missing_findings_leave_types_possible() {
    let healthy = Findings {
        hemoglobin: Some(13.0),
        ..case(3.0, 0.0, 1, &[("TP53", 0.3), ("TP53", 0.2)])
    };
    check(&healthy, "? ", "? ");
    let no_karyotype = Findings {
        karyotype: None,
        ..case(3.0, 0.0, 1, &[])
    };
    check(&no_karyotype, "? MDS-5q | MDS-LB", "? MDS-del(5q) | MDS, NOS-SLD");
    let unsequenced = Findings {
        drivers: None,
        ..case(3.0, 0.0, 1, &[])
    };
    assert!(who5(&unsequenced).possible.contains(&"MDS-biTP53".to_owned()));
    assert!(icc(&unsequenced).possible.contains(&"MDS-SF3B1".to_owned()));
}

#[test]
fn a_type_of_mds_without_dysplasia_is_to_be_confirmed() {
    let doubted = |findings: &Findings| {
        who5(findings)
            .notes
            .iter()
            .any(|n| n.en.starts_with("no dysplasia"))
    };
    assert!(doubted(&case(2.0, 0.0, 0, &[("SF3B1", 0.30)])));
    assert!(!doubted(&case(2.0, 0.0, 1, &[("SF3B1", 0.30)])));
    // No type of MDS: nothing to doubt.
    assert!(!doubted(&case(2.0, 0.0, 0, &[])));
    assert!(!doubted(&case(30.0, 0.0, 0, &[])));
}

/// A gene that was not covered, or holds a call in doubt, excludes nothing.
#[test]
fn open_genes_leave_their_types_open() {
    let open = |genes: &[&str], mut findings: Findings| {
        findings.open_genes = genes.iter().map(|g| (*g).to_owned()).collect();
        let all = |c: Classification| c.possible.join(" | ");
        (all(who5(&findings)), all(icc(&findings)))
    };
    let says = |who: &str, icc: &str| (who.to_owned(), icc.to_owned());
    let low = || case(2.0, 0.0, 1, &[]);
    assert_eq!(open(&["NPM1"], low()), says("AML with NPM1 | MDS-LB", ""));
    assert_eq!(
        open(&["TP53"], low()),
        says("MDS-biTP53 | MDS-LB", "MDS with mutated TP53 | MDS, NOS-SLD")
    );
    assert_eq!(
        open(&["SF3B1"], low()),
        says("MDS-SF3B1 | MDS-LB", "MDS-SF3B1 | MDS, NOS-SLD")
    );
    assert_eq!(
        open(&["RUNX1"], case(2.0, 0.0, 1, &[("SF3B1", 0.3)])),
        says("", "MDS-SF3B1 | MDS, NOS-SLD")
    );
    // One TP53 mutation may not be the only one; with loss, or a large one, that does not matter.
    assert_eq!(
        open(&["TP53"], case(2.0, 0.0, 1, &[("TP53", 0.2)])),
        says("MDS-biTP53 | MDS-LB", "MDS with mutated TP53 | MDS, NOS-SLD")
    );
    assert_eq!(open(&["TP53"], case(2.0, 0.0, 1, &[("TP53", 0.6)])), says("", ""));
    let lost = Findings {
        tp53_loh: Some(true),
        ..case(2.0, 0.0, 1, &[("TP53", 0.2)])
    };
    assert_eq!(open(&["TP53"], lost), says("", ""));
    assert_eq!(
        open(&["ASXL1"], case(12.0, 0.0, 1, &[])),
        says(
            "",
            "MDS/AML with myelodysplasia-related gene mutation | MDS/AML, NOS"
        )
    );
    assert_eq!(
        open(&["NPM1", "TP53"], case(12.0, 0.0, 1, &[("ASXL1", 0.2)])),
        says(
            "AML with NPM1 | MDS-biTP53 | MDS-IB2",
            "AML with mutated NPM1 | MDS/AML with mutated TP53 | MDS/AML with myelodysplasia-related gene mutation"
        )
    );
    // A gene on which no rule rests changes nothing.
    assert_eq!(open(&["TET2"], low()), says("", ""));
}

#[test]
fn every_classification_says_why() {
    let actual = who5(&case(7.0, 1.0, 1, &[]));
    let last = actual.rules.last().unwrap();
    assert_eq!((last.name.as_str(), last.matched), ("MDS-IB1", Some(true)));
    assert!(
        actual
            .rules
            .iter()
            .all(|r| !r.why.en.is_empty() && !r.why.ja.is_empty())
    );
    assert_eq!(actual.rules.len(), 14);
}

#[test]
fn a_table_of_stages() {
    let text = "ID,sex,hb_g_l,plt,anc,mutations,bm_blast,pb_blast,dysplasia_lineages,karyotype,cytopenia_months,excluded_causes\n\
         chip,F,130,200,3,DNMT3A:0.12,NA,NA,NA,NA,NA,NA\n\
         none,M,140,200,3,none,NA,NA,NA,NA,NA,NA\n\
         open,F,100,200,3,TET2:0.30;SRSF2:0.3,NA,NA,NA,NA,6,1\n\
         ccus,F,100,200,3,TET2:0.30,2,0,0,\"46,XX[20]\",6,1\n\
         mds,F,90,100,1,SF3B1:0.30,2,0,1,\"46,XX[20]\",6,1\n\
         aml,F,90,100,1,NPM1:0.40,30,10,1,\"46,XX[20]\",NA,NA\n\
         unknown,F,100,200,3,NA,NA,NA,NA,NA,NA,NA\n";
    let rows = table(&score_text("stage", text, &[]).unwrap(), ',');
    let stages: Vec<_> = rows
        .iter()
        .map(|r| (r["stage"].as_str(), r["possible_stages"].as_str()))
        .collect();
    assert_eq!(
        stages,
        [
            ("CHIP", "CHIP"),
            ("no CH", "no CH"),
            ("NA", "CCUS; MDS"),
            ("CCUS", "CCUS"),
            ("MDS", "MDS"),
            ("AML", "AML"),
            ("NA", "no CH; CHIP; ICUS; CCUS; MDS"),
        ]
    );
    assert_eq!(rows[4]["who5"], "MDS-SF3B1");
    assert_eq!(rows[4]["icc"], "MDS-SF3B1");
    assert!(rows[2]["needed"].contains("CCUS and MDS cannot be separated without it"));
    assert!(rows[0]["risk_en"].contains("0.5-1 % a year"));
    assert!(rows[0]["next_steps_ja"].contains("循環器内科"));
    assert!(
        rows.iter()
            .all(|r| r["next_steps_en"].contains("does not replace it"))
    );
    assert_fails(
        score_text("stage", "ID,mutations\na,TET2:12\n", &[]),
        &["line 2, column mutations: \"TET2:12\"", "as a fraction"],
    );
    assert_fails(
        score_text("stage", "ID,karyotype\na,complex\n", &[]),
        &["column karyotype: \"complex\"", "character 1"],
    );
}

#[test]
fn aml_after_a_myelodysplastic_disease_says_so() {
    let why = |prior, mutations: &[(&str, f64)]| {
        let findings = Findings {
            prior_mds: prior,
            ..case(25.0, 0.0, 1, mutations)
        };
        let actual = who5(&findings);
        (actual.name.unwrap(), actual.rules.last().unwrap().why.en.clone())
    };
    let related = "AML, myelodysplasia-related";
    let (name, said) = why(Some(true), &[("SRSF2", 0.2)]);
    assert_eq!(name, related);
    assert!(said.starts_with("after a myelodysplastic disease"), "{said}");
    let (name, said) = why(Some(false), &[("SRSF2", 0.2)]);
    assert_eq!(name, related);
    assert!(said.starts_with("SRSF2 mutated"), "{said}");
    assert_ne!(why(None, &[]).0, related);
}

/// Monocytes of 0.7 of 5 x 10^9/L for half a year with a TET2 clone, no dysplasia.
fn clonal_monocytosis(hemoglobin: f64) -> Findings {
    Findings {
        hemoglobin: Some(hemoglobin),
        white_cells: Some(5.0),
        monocytes: Some(0.7),
        monocytosis_months: Some(6.0),
        cytopenia_months: Some(6.0),
        causes_excluded: Some(true),
        ..case(2.0, 0.0, 0, &[("TET2", 0.05)])
    }
}

/// Arber 2022, table of CMUS: persistent, 0.5 x 10^9/L and 10 % of the white cells, VAF 0.02, no dysplasia, no increased blasts.
#[test]
fn clonal_monocytosis_of_undetermined_significance_at_its_borders() {
    use hemoclone::myeloid::stage::{Stage, stage};
    type Set = fn(&mut Findings);
    let rows: [(Set, &str, &str); 10] = [
        (|_| (), "CMUS", "CCMUS"),
        (|f| f.monocytes = Some(0.5), "CMUS", "CCMUS"),
        (|f| f.monocytes = Some(0.49), "? ", "? "),
        (|f| f.white_cells = Some(7.1), "? ", "? "),
        (|f| f.monocytosis_months = Some(2.9), "? ", "? "),
        (|f| f.monocytosis_months = None, "? CMUS | not MDS", "? CCMUS"),
        (|f| f.drivers.as_mut().unwrap()[0].vaf = Some(0.019), "? ", "? "),
        (|f| f.drivers = Some(vec![]), "? ", "? "),
        (|f| f.blood_blasts = Some(2.0), "? ", "MDS-EB"),
        (|f| f.dysplastic_lineages = Some(1), "? ", "MDS, NOS-SLD"),
    ];
    for (index, (set, normal, low)) in rows.iter().enumerate() {
        for (hemoglobin, expected) in [(13.0, normal), (11.0, low)] {
            let mut findings = clonal_monocytosis(hemoglobin);
            set(&mut findings);
            assert_eq!(
                names(&findings).1,
                **expected,
                "row {index}, hemoglobin {hemoglobin}"
            );
        }
    }
    let said = stage(&clonal_monocytosis(13.0));
    assert_eq!(said.stage, Some(Stage::Chip));
    assert!(said.reasons.iter().any(|r| r.en.contains("(CMUS, ICC 2022)")));
    assert_eq!(stage(&clonal_monocytosis(11.0)).stage, Some(Stage::Ccus));
}

/// Arber 2022, table of MDS/MPN-T-SF3B1; WHO 2022 counts SF3B1 from a VAF of 0.05 on and takes ring sideroblasts for it.
#[test]
fn mds_mpn_with_thrombocytosis_at_its_borders() {
    use hemoclone::myeloid::stage::{Stage, stage};
    let row = |platelets, hemoglobin, blood, vaf| Findings {
        platelets: Some(platelets),
        hemoglobin: Some(hemoglobin),
        neutrophils: Some(1.5),
        blood_blasts: Some(blood),
        ..case(4.9, 0.0, 1, &[("SF3B1", vaf)])
    };
    let (who, icc_name) = ("MDS/MPN-SF3B1-T", "MDS/MPN-T-SF3B1");
    check(&row(450.0, 11.9, 0.9, 0.10), who, icc_name);
    check(&row(449.0, 11.9, 0.9, 0.10), "MDS-SF3B1", "MDS-SF3B1");
    check(&row(450.0, 12.0, 0.9, 0.10), "MDS-SF3B1", "MDS-SF3B1");
    check(&row(450.0, 11.9, 1.0, 0.10), "MDS-SF3B1", "MDS-SF3B1");
    check(&row(450.0, 11.9, 0.9, 0.05), who, "MDS, NOS-SLD");
    check(&row(450.0, 11.9, 0.9, 0.04), "MDS-LB", "MDS, NOS-SLD");
    let ringed = |percent| Findings {
        ring_sideroblasts: Some(percent),
        ..row(500.0, 9.0, 0.0, 0.04)
    };
    let by_sideroblasts = "MDS/MPN with ring sideroblasts and thrombocytosis";
    check(&ringed(15.0), by_sideroblasts, by_sideroblasts);
    check(&ringed(14.9), "MDS-LB", "MDS, NOS-SLD");
    let isolated = Findings {
        karyotype: Some(karyotype("46,XX,del(5)(q13q33)[20]")),
        ..row(500.0, 9.0, 0.0, 0.3)
    };
    check(&isolated, "MDS-5q", "MDS-del(5q)");
    for (findings, certain, asked) in [
        (row(450.0, 9.0, 0.0, 0.3), false, true),
        (row(449.0, 9.0, 0.0, 0.3), true, false),
        (isolated, true, false),
    ] {
        let actual = stage(&findings);
        assert_eq!(actual.possible, [Stage::Mds]);
        assert_eq!(actual.stage.is_some(), certain);
        assert_eq!(actual.needed.iter().any(|n| n.en.contains("MDS/MPN")), asked);
    }
}

/// WHO 2022, Table 3, footnote a: 15 % ring sideroblasts stand in for SF3B1, whether it was not looked at or not mutated.
#[test]
fn ring_sideroblasts_stand_in_for_sf3b1() {
    let row = |percent, mutations: &[(&str, f64)]| Findings {
        ring_sideroblasts: Some(percent),
        ..case(2.0, 0.0, 1, mutations)
    };
    let ringed = "MDS-LB with ring sideroblasts";
    check(&row(15.0, &[("TET2", 0.3)]), ringed, "MDS, NOS-SLD");
    check(&row(14.9, &[("TET2", 0.3)]), "MDS-LB", "MDS, NOS-SLD");
    check(&row(15.0, &[("SF3B1", 0.04)]), ringed, "MDS, NOS-SLD");
    check(&row(40.0, &[("SF3B1", 0.05)]), "MDS-SF3B1", "MDS, NOS-SLD");
    let blasts = Findings {
        marrow_blasts: Some(5.0),
        ..row(40.0, &[])
    };
    check(&blasts, "MDS-IB1", "MDS-EB");
    let monosomy7 = Findings {
        karyotype: Some(karyotype("45,XX,-7[20]")),
        ..row(40.0, &[])
    };
    check(&monosomy7, "MDS-LB", "MDS, NOS-SLD");
}

/// A row of a table of stages: a woman of 70 with normal counts, changed and completed as said.
fn stage_row(changes: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
    let mut columns = vec![
        ("sex", "F"),
        ("age", "70"),
        ("hb", "13.2"),
        ("plt", "250"),
        ("anc", "3.0"),
        ("wbc", "5.5"),
        ("amc", "0.4"),
    ];
    for change in changes {
        columns.retain(|c| c.0 != change.0);
        columns.push(*change);
    }
    let line = |cells: Vec<&str>| {
        cells
            .iter()
            .map(|c| format!("\"{c}\""))
            .collect::<Vec<_>>()
            .join(",")
    };
    let text = format!(
        "ID,{}\na,{}\n",
        line(columns.iter().map(|c| c.0).collect()),
        line(columns.iter().map(|c| c.1).collect())
    );
    let row = &table(&score_text("stage", &text, &[]).unwrap(), ',')[0];
    row.iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// A marrow that was looked at: little blasts, no dysplasia, nothing open.
const QUIET_MARROW: [(&str, &str); 11] = [
    ("bm_blast", "2"),
    ("pb_blast", "0"),
    ("dysplasia_lineages", "0"),
    ("karyotype", "46,XX[20]"),
    ("cytopenia_months", "6"),
    ("excluded_causes", "1"),
    ("fusions", "none"),
    ("auer_rods", "0"),
    ("ring_sideroblasts", "0"),
    ("fibrosis", "0"),
    ("cellularity", "40"),
];

fn with_marrow<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> = QUIET_MARROW
        .into_iter()
        .filter(|c| changes.iter().all(|change| change.0 != c.0))
        .collect();
    all.extend(changes);
    all
}

/// Nobody looks into the marrow of a person with normal counts: no type of leukemia is named for want of it.
#[test]
fn a_person_with_normal_counts_is_no_candidate_of_leukemia() {
    for mutations in ["DNMT3A:0.08", "TET2:0.3;ASXL1:0.2", "none", "TP53:0.3"] {
        let row = stage_row(&[("mutations", mutations)]);
        assert_eq!(
            (row["who5"].as_str(), row["icc"].as_str()),
            ("none", "none"),
            "{mutations}"
        );
        assert!(row["notes"].contains("marrow blasts not given: with normal counts"));
    }
    let low = stage_row(&[("mutations", "DNMT3A:0.08"), ("hb", "10")]);
    assert!(
        low["who5"].contains("MDS-IB") || low["who5"].contains("MDS-LB"),
        "{}",
        low["who5"]
    );
    assert!(!low["who5"].contains("AML, defined"), "{}", low["who5"]);
    assert!(low["notes"].contains("acute leukemia"), "{}", low["notes"]);
    let unknown = stage_row(&[("mutations", "DNMT3A:0.08"), ("hb", ""), ("plt", ""), ("anc", "")]);
    assert!(!unknown["who5"].contains("AML"), "{}", unknown["who5"]);
}

/// Arber 2022 asks for 10 % blasts, Khoury 2022 for judgment: a mutation without a marrow tells neither.
#[test]
fn npm1_without_a_marrow_leaves_the_stage_open() {
    for (hb, pb, possible) in [
        ("14", "", "CHIP; AML"),
        ("14", "0", "CHIP; AML"),
        ("9", "0", "CHIP; CCUS; MDS; AML"),
        ("14", "3", "MDS; AML"),
        ("14", "10", "AML"),
    ] {
        let row = stage_row(&[("mutations", "NPM1:0.03"), ("hb", hb), ("pb_blast", pb)]);
        assert_eq!(row["possible_stages"], possible, "{hb} {pb}: {row:?}");
        assert!(
            row["who5"].contains("AML with NPM1") && row["icc"].contains("AML with mutated NPM1"),
            "{row:?}"
        );
        assert_eq!(row["needed"].contains("marrow"), possible != "AML", "{row:?}");
    }
    let seen = with_marrow(&[("mutations", "NPM1:0.03")]);
    assert_eq!(stage_row(&seen)["possible_stages"], "CHIP; AML");
    assert_eq!(
        stage_row(&[("mutations", "none"), ("fusions", "PML::RARA"), ("hb", "8")])["stage"],
        "AML"
    );
}

/// Where the sex decides whether there is a clone, it is asked for.
#[test]
fn an_x_linked_mutation_without_the_sex_is_open_between_its_limits() {
    for (mutations, stage) in [
        ("STAG2:0.03", "NA"),
        ("STAG2:0.04", "CHIP"),
        ("STAG2:0.019", "no CH"),
        ("STAG2:0.03;TET2:0.02", "CHIP"),
        ("TET2:0.03", "CHIP"),
    ] {
        let row = stage_row(&[("sex", ""), ("hb", "14.5"), ("mutations", mutations)]);
        assert_eq!(row["stage"], stage, "{mutations}");
        assert_eq!(row["needed"].contains("the sex"), stage == "NA", "{mutations}");
    }
}

/// Each row: changes of a marrow without cytopenia, whether CHIP is told, what is asked for.
#[test]
fn what_excludes_chip_beside_the_road() {
    for (changes, told, asked) in [
        (&[("bm_blast", "4.9")][..], true, ""),
        (&[("bm_blast", "5")], false, "without a cytopenia are not CHIP"),
        (&[("bm_blast", "12")], false, "without a cytopenia are not CHIP"),
        (&[("pb_blast", "1.9")], true, ""),
        (&[("pb_blast", "2")], false, "without a cytopenia are not CHIP"),
        (&[("auer_rods", "1")], false, "without a cytopenia are not CHIP"),
        (&[("mutations", "JAK2:0.3"), ("wbc", "10.9")], true, ""),
        (
            &[("mutations", "JAK2:0.3"), ("wbc", "11")],
            false,
            "myeloproliferative neoplasm",
        ),
        (&[("mutations", "CALR:0.3"), ("plt", "449")], true, ""),
        (
            &[("mutations", "CALR:0.3"), ("plt", "450")],
            false,
            "myeloproliferative neoplasm",
        ),
        (&[("mutations", "MPL:0.3"), ("fibrosis", "1")], true, ""),
        (
            &[("mutations", "MPL:0.3"), ("fibrosis", "2")],
            false,
            "primary myelofibrosis",
        ),
        (&[("fusions", "BCR::ABL1")], false, "chronic myeloid leukemia"),
        (&[("wbc", "24.9"), ("anc", "20"), ("amc", "0.4")], true, ""),
        (&[("wbc", "25"), ("anc", "20"), ("amc", "0.4")], false, "CSF3R"),
        (
            &[("wbc", "13"), ("anc", "10"), ("dysplasia_lineages", "1")],
            false,
            "atypical CML",
        ),
        (
            &[("wbc", "12.9"), ("anc", "10"), ("dysplasia_lineages", "1")],
            true,
            "",
        ),
        // Lymphocytes, not neutrophils.
        (&[("wbc", "40"), ("anc", "3")], true, ""),
    ] {
        let mut all = vec![("mutations", "ASXL1:0.3")];
        all.retain(|c| changes.iter().all(|change| change.0 != c.0));
        all.extend(changes);
        let row = stage_row(&with_marrow(&all));
        assert_eq!(row["stage"] == "CHIP", told, "{changes:?}: {row:?}");
        assert!(
            row["needed"].contains(asked) && (row["needed"].is_empty() == told),
            "{changes:?}: {row:?}"
        );
    }
}

/// Changes of an anemia with a quiet marrow, the stage, what is asked for.
type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

fn check_anemias(rows: &[Row<'_>]) {
    for (changes, stage, asked) in rows {
        let mut all = vec![("hb", "9.0")];
        all.extend(*changes);
        let row = stage_row(&with_marrow(&all));
        assert_eq!(row["stage"], *stage, "{changes:?}: {row:?}");
        assert!(row["needed"].contains(asked), "{changes:?}: {row:?}");
        if *stage != "NA" && asked.is_empty() {
            assert_eq!(row["needed"], "", "{changes:?}");
        }
    }
}

/// Fibrosis and JAK2 with anemia: primary myelofibrosis first. High counts: MDS/MPN first. A clonal karyotype is a clone.
#[test]
fn what_excludes_ccus_and_mds_beside_the_road() {
    let (asxl1, none) = (("mutations", "ASXL1:0.3"), ("mutations", "none"));
    let jak2 = ("mutations", "JAK2:0.4");
    check_anemias(&[
        (&[jak2, ("fibrosis", "3")], "NA", "primary myelofibrosis"),
        (&[jak2, ("fibrosis", "1")], "CCUS", ""),
        (&[asxl1, ("wbc", "20"), ("anc", "15")], "NA", "atypical CML"),
        (
            &[asxl1, ("plt", "500"), ("dysplasia_lineages", "2")],
            "NA",
            "MDS/MPN",
        ),
        (
            &[none, ("karyotype", "46,XX,del(20)(q11.2q13.1)[15]/46,XX[5]")],
            "CCUS",
            "",
        ),
        (&[none, ("karyotype", "47,XX,+8[15]/46,XX[5]")], "CCUS", ""),
        (
            &[none, ("sex", "M"), ("karyotype", "45,X,-Y[15]/46,XY[5]")],
            "ICUS",
            "",
        ),
        (&[none, ("karyotype", "45,XX,-7[15]/46,XX[5]")], "MDS", ""),
    ]);
}

/// Dysplasia and an unexplained cytopenia without a clone: other causes first.
#[test]
fn dysplasia_without_a_clone_asks_for_its_other_causes() {
    let (asxl1, none) = (("mutations", "ASXL1:0.3"), ("mutations", "none"));
    let (one, not_said) = (("dysplasia_lineages", "1"), ("excluded_causes", ""));
    check_anemias(&[
        (&[none, one], "MDS", ""),
        (&[none, one, ("excluded_causes", "0")], "NA", "other causes"),
        (&[none, one, not_said], "NA", "other causes"),
        (&[asxl1, one, not_said], "MDS", "other causes"),
        (&[("mutations", "SF3B1:0.3"), one, not_said], "MDS", ""),
        (&[none, one, not_said, ("bm_blast", "7")], "MDS", ""),
        (&[asxl1, one, ("bm_blast", "")], "MDS", "marrow blasts"),
    ]);
}

/// What was not given and could name another type is named, and only where it could.
#[test]
fn what_was_not_given_is_named_beside_the_type() {
    let without = |column: &str, changes: &[(&str, &str)]| {
        let mut all = vec![("hb", "9.0"), ("dysplasia_lineages", "1"), ("prior_mds", "0")];
        all.extend(changes);
        let mut all = with_marrow(&all);
        all.retain(|c| c.0 != column);
        stage_row(&all)["notes"].clone()
    };
    let clone = ("mutations", "ASXL1:0.3");
    for (column, changes, said) in [
        (
            "fibrosis",
            &[clone, ("bm_blast", "7")][..],
            "fibrosis (grade 2 or 3",
        ),
        ("auer_rods", &[clone, ("bm_blast", "7")], "Auer rods (seen"),
        ("auer_rods", &[("mutations", "SF3B1:0.3")], "Auer rods (seen"),
        ("cellularity", &[clone], "cellularity (25 %"),
        ("ring_sideroblasts", &[clone], "ring sideroblasts (15 %"),
        ("fusions", &[clone, ("bm_blast", "7")], "fusions not given"),
        ("fusions", &[clone, ("bm_blast", "25")], "fusions not given"),
        (
            "prior_mds",
            &[("mutations", "RUNX1:0.3"), ("bm_blast", "25")],
            "a history of MDS",
        ),
        ("pb_blast", &[clone], "blood blasts not given"),
        ("bm_blast", &[clone], "marrow blasts not given"),
        (
            "fibrosis",
            &[("mutations", "JAK2:0.3")],
            "primary myelofibrosis is not excluded",
        ),
    ] {
        assert!(
            without(column, changes).contains(said),
            "{column} {changes:?}: {}",
            without(column, changes)
        );
        assert!(
            !without("nothing", changes).contains(said),
            "{column} {changes:?}"
        );
    }
    // Each where it cannot change the type.
    assert!(!without("fibrosis", &[clone]).contains("not given, and could"));
    assert!(!without("ring_sideroblasts", &[("mutations", "SF3B1:0.3")]).contains("not given, and could"));
    assert!(!without("cellularity", &[clone, ("bm_blast", "7")]).contains("not given, and could"));
    assert!(!without("auer_rods", &[clone, ("bm_blast", "12")]).contains("not given, and could"));
}

/// A fusion that WHO names and no rule has is said at any share of blasts.
#[test]
fn a_fusion_that_no_rule_has_is_said_at_any_share_of_blasts() {
    let row = |fusions: &str, blasts: &str| {
        stage_row(&with_marrow(&[
            ("hb", "9.0"),
            ("fusions", fusions),
            ("bm_blast", blasts),
            ("mutations", "ASXL1:0.3"),
        ]))["notes"]
            .clone()
    };
    for name in ["KAT6A::CREBBP", "FUS-ERG", "CBFA2T3/GLIS2"] {
        assert!(
            row(name, "30").contains("which is no rule here"),
            "{}",
            row(name, "30")
        );
        for blasts in ["3", "12"] {
            let notes = row(name, blasts);
            assert!(notes.contains("AML is not excluded"), "{notes}");
        }
    }
    assert!(!row("none", "12").contains("other defined genetic"));
}

/// Without sequencing no type that a mutation defines is excluded.
#[test]
fn leukemia_that_was_not_sequenced_has_no_certain_type() {
    let row = |mutations, karyotype| {
        stage_row(&with_marrow(&[
            ("hb", "9.0"),
            ("bm_blast", "25"),
            ("mutations", mutations),
            ("karyotype", karyotype),
        ]))
    };
    let unsequenced = row("NA", "46,XX[20]");
    assert_eq!(unsequenced["stage"], "AML");
    for name in [
        "AML with NPM1",
        "AML, myelodysplasia-related",
        "AML, defined by differentiation",
    ] {
        assert!(unsequenced["who5"].contains(name), "{}", unsequenced["who5"]);
    }
    assert!(unsequenced["icc"].contains("AML with mutated NPM1") && unsequenced["icc"].contains("AML, NOS"));
    assert!(unsequenced["notes"].contains("genes not sequenced"));
    assert!(row("none", "")["who5"].starts_with("not certain"));
    assert_eq!(
        row("none", "46,XX[20]")["who5"],
        "AML, defined by differentiation"
    );
}

/// Each rule of both lists decides a case; the number is the place of the rule in its list.
#[test]
fn every_rule_of_both_lists_decides_a_case() {
    let karyotyped = |text: &str, findings: Findings| Findings {
        karyotype: Some(karyotype(text)),
        ..findings
    };
    let fused = |fusion: &str, blasts| Findings {
        fusions: vec![fusion.to_owned()],
        ..case(blasts, 0.0, 1, &[])
    };
    let monocytic = Findings {
        white_cells: Some(8.0),
        monocytes: Some(1.2),
        monocytosis_months: Some(4.0),
        ..case(2.0, 0.0, 1, &[("TET2", 0.3)])
    };
    let cases = [
        fused("PML::RARA", 12.0),
        fused("BCR::ABL1", 25.0),
        case(12.0, 0.0, 1, &[("NPM1", 0.3)]),
        case(25.0, 0.0, 1, &[("CEBPA*", 0.4)]),
        case(25.0, 0.0, 1, &[("TP53", 0.2)]),
        case(25.0, 0.0, 1, &[("SRSF2", 0.2)]),
        karyotyped("47,XX,+8[20]", case(12.0, 0.0, 1, &[])),
        case(25.0, 0.0, 1, &[]),
        monocytic,
        Findings {
            hemoglobin: Some(13.0),
            ..case(2.0, 0.0, 1, &[])
        },
        case(3.0, 0.0, 1, &[("TP53", 0.3), ("TP53", 0.25)]),
        karyotyped("46,XX,del(5)(q13q33)[20]", case(3.0, 0.0, 1, &[])),
        case(3.0, 0.0, 1, &[("SF3B1", 0.3)]),
        Findings {
            fibrosis: Some(2),
            ..case(7.0, 0.0, 1, &[])
        },
        case(12.0, 0.0, 1, &[]),
        case(7.0, 0.0, 1, &[]),
        case(3.0, 0.0, 1, &[]),
        case(3.0, 0.0, 2, &[]),
        karyotyped("45,XX,-7[20]", case(3.0, 0.0, 0, &[])),
        Findings {
            platelets: Some(450.0),
            ..case(3.0, 0.0, 1, &[("SF3B1", 0.3)])
        },
        clonal_monocytosis(13.0),
        clonal_monocytosis(11.0),
    ];
    let deciding = |classify: fn(&Findings) -> Classification| {
        let mut rules: Vec<usize> = cases
            .iter()
            .map(classify)
            .filter(|c| c.rules.last().is_some_and(|r| r.matched == Some(true)))
            .map(|c| c.rules.len())
            .collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    };
    assert_eq!(deciding(who5), (1..=15).collect::<Vec<_>>());
    assert_eq!(deciding(icc), (1..=20).collect::<Vec<_>>());
}

#[test]
fn stages_have_their_names_in_both_languages() {
    use hemoclone::myeloid::stage::Stage;
    let names: Vec<_> = Stage::ALL.iter().map(|s| (s.label(), s.words().ja())).collect();
    assert_eq!(
        names,
        [
            ("no CH", "クローン性造血なし"),
            ("CHIP", "クローン性造血(CHIP)"),
            ("ICUS", "意義不明血球減少症(ICUS)"),
            ("CCUS", "意義不明クローン性血球減少症(CCUS)"),
            ("MDS", "骨髄異形成症候群／腫瘍(MDS)"),
            ("CMML", "慢性骨髄単球性白血病(CMML)"),
            ("AML", "急性骨髄性白血病(AML)"),
        ]
    );
}

#[test]
fn every_stage_says_why_in_both_languages() {
    use hemoclone::myeloid::stage::stage;
    let said = |findings: &Findings| {
        let result = stage(findings);
        assert!(
            result
                .reasons
                .iter()
                .chain(&result.needed)
                .all(|t| !t.ja.is_ascii())
        );
        result.reasons.iter().map(|t| t.en.clone()).collect::<Vec<_>>()
    };
    assert_eq!(said(&case(25.0, 0.0, 1, &[])), ["20 % blasts or more"]);
    assert_eq!(
        said(&case(6.0, 0.0, 1, &[("NPM1", 0.3)])),
        ["genetics that define AML below 20 % blasts"]
    );
    assert_eq!(
        said(&case(6.0, 0.0, 1, &[("TET2", 0.3)])),
        [
            "a driver at or above the threshold",
            "cytopenia",
            "meets a type of MDS by WHO 2022 or ICC 2022"
        ]
    );
    assert_eq!(
        said(&case(2.0, 0.0, 0, &[])),
        [
            "no driver at or above the threshold",
            "cytopenia",
            "no dysplasia in 10 % of a lineage"
        ]
    );
    let explained = Findings {
        causes_excluded: Some(false),
        ..case(2.0, 0.0, 0, &[])
    };
    assert!(said(&explained).contains(&"the cytopenia has another cause".to_owned()));
}

/// A clone and 1.2 of 8 x 10^9/L monocytes; WHO asks for no cytopenia, ICC for no duration.
#[test]
fn cmml_is_a_stage_or_stays_possible() {
    use hemoclone::myeloid::stage::{Stage, stage};
    let monocytic = |hemoglobin, months, monocytes| Findings {
        hemoglobin: Some(hemoglobin),
        white_cells: Some(8.0),
        monocytes: Some(monocytes),
        monocytosis_months: months,
        cytopenia_months: Some(6.0),
        causes_excluded: Some(true),
        ..case(2.0, 0.0, 0, &[("TET2", 0.3)])
    };
    let by_who_alone = stage(&monocytic(13.0, Some(4.0), 1.2));
    assert_eq!(by_who_alone.stage, Some(Stage::Cmml));
    assert!(by_who_alone.could_be(Stage::Cmml) && !by_who_alone.could_be(Stage::Chip));
    assert_eq!(by_who_alone.reasons[0].en, "meets CMML by WHO 2022 or ICC 2022");
    let by_icc_alone = stage(&monocytic(9.0, Some(1.0), 1.2));
    assert_eq!(by_icc_alone.stage, Some(Stage::Cmml));
    // How long it has lasted is not known: WHO cannot tell, ICC says no for want of a cytopenia.
    let open = stage(&monocytic(13.0, None, 1.2));
    assert_eq!(open.possible, [Stage::Chip, Stage::Cmml]);
    assert_eq!(open.stage, None);
    assert!(open.needed.iter().any(|n| n.en.contains("to decide on CMML")));
    let none = stage(&monocytic(13.0, None, 0.4));
    assert_eq!((none.stage, none.needed.len()), (Some(Stage::Chip), 0));
    // WHO says no, for it has not lasted; the white cells that ICC needs are missing.
    let icc_open = Findings {
        white_cells: None,
        ..monocytic(9.0, Some(1.0), 1.2)
    };
    assert_eq!(stage(&icc_open).possible, [Stage::Ccus, Stage::Cmml]);
}

#[test]
fn what_is_asked_for_where_a_clone_is_not_known() {
    use hemoclone::myeloid::stage::stage;
    let asked = |findings: Findings| stage(&findings).needed[0].en.clone();
    let open = Findings {
        open_genes: vec!["TET2".to_owned()],
        ..case(2.0, 0.0, 0, &[])
    };
    assert!(asked(open).starts_with("coverage of the genes without a driver"));
    let unsequenced = Findings {
        drivers: None,
        ..case(2.0, 0.0, 0, &[])
    };
    assert_eq!(asked(unsequenced), "sequencing of the myeloid genes");
}

/// MDS by one list alone, by dysplasia alone, and where the counts are not known.
#[test]
fn mds_needs_one_list_or_dysplasia_with_a_cytopenia() {
    use hemoclone::myeloid::stage::{Stage, stage};
    let who_alone = stage(&case(3.0, 0.0, 0, &[("TP53", 0.05), ("TP53", 0.04)]));
    assert_eq!(who_alone.stage, Some(Stage::Mds));
    assert_eq!((who_alone.icc.name, who_alone.icc.possible.len()), (None, 0));
    let monosomy7 = Findings {
        karyotype: Some(karyotype("45,XX,-7[20]")),
        ..case(3.0, 0.0, 0, &[])
    };
    let icc_alone = stage(&monosomy7);
    assert_eq!(icc_alone.stage, Some(Stage::Mds));
    assert_eq!((icc_alone.who5.name, icc_alone.who5.possible.len()), (None, 0));
    // NPM1 and the counts of ICC are open, so that neither list is sure; dysplasia with a cytopenia is.
    let open = Findings {
        open_genes: vec!["NPM1".to_owned()],
        marrow_blasts: Some(12.0),
        ..case(12.0, 0.0, 2, &[])
    };
    let by_dysplasia = stage(&open);
    assert_eq!(by_dysplasia.possible, [Stage::Mds]);
    assert!(
        by_dysplasia
            .reasons
            .iter()
            .any(|r| r.en == "dysplasia in 10 % of a lineage or more")
    );
    let uncounted = Findings {
        hemoglobin: None,
        ..case(3.0, 0.0, 1, &[])
    };
    assert_eq!(stage(&uncounted).possible, [Stage::NoCh, Stage::Icus, Stage::Mds]);
}

/// What a reader must be told beside the type, and what not.
#[test]
fn assumptions_are_said_where_they_were_made() {
    let base = || Findings {
        monocytes: Some(0.2),
        white_cells: Some(4.0),
        prior_therapy: Some(false),
        fibrosis: Some(0),
        ..case(6.0, 0.0, 1, &[])
    };
    let fused = |fusion: &str, blasts| Findings {
        fusions: vec![fusion.to_owned()],
        marrow_blasts: Some(blasts),
        ..base()
    };
    for (findings, expected) in [
        (base(), ""),
        (
            Findings {
                blood_blasts: None,
                ..base()
            },
            "blood blasts not given: decided by the marrow alone",
        ),
        (
            Findings {
                monocytes: None,
                ..base()
            },
            "monocytes not given: CMML was not looked for",
        ),
        (
            Findings {
                prior_therapy: Some(true),
                ..base()
            },
            "after cytotoxic therapy: qualify as post cytotoxic therapy (WHO) / therapy-related (ICC)",
        ),
        (
            Findings {
                prior_mds: Some(true),
                ..base()
            },
            "progressed from a myelodysplastic disease: a qualifier in ICC",
        ),
        (
            fused("BCR::ABL1", 6.0),
            "BCR::ABL1 below 20 % blasts is not AML: review",
        ),
        (fused("BCR::ABL1", 20.0), ""),
        (fused("ETV6::ABL1", 6.0), ""),
    ] {
        let said = |c: Classification| {
            c.notes
                .iter()
                .map(|n| n.en.clone())
                .collect::<Vec<_>>()
                .join("; ")
        };
        assert_eq!(said(who5(&findings)), expected, "{findings:?}");
    }
}

/// WHO and ICC differ in what excludes MDS with SF3B1: a mutated RUNX1 does for ICC alone.
#[test]
fn mds_stays_possible_where_one_list_alone_leaves_it_open() {
    use hemoclone::myeloid::stage::{Stage, stage};
    let findings = Findings {
        open_genes: vec!["SF3B1".to_owned()],
        monocytes: Some(0.2),
        white_cells: Some(4.0),
        cytopenia_months: Some(6.0),
        causes_excluded: Some(true),
        ..case(2.0, 0.0, 0, &[("RUNX1", 0.3)])
    };
    let result = stage(&findings);
    assert_eq!(result.who5.possible, ["MDS-SF3B1"]);
    assert_eq!((result.icc.name, result.icc.possible.len()), (None, 0));
    assert_eq!(result.possible, [Stage::Ccus, Stage::Mds]);
}

#[test]
fn hypoplastic_mds_says_what_it_rests_on() {
    let why = |cellularity| {
        let findings = Findings {
            cellularity,
            ..case(3.0, 0.0, 1, &[])
        };
        let rules = who5(&findings).rules;
        let last = rules.last().unwrap();
        (
            last.name.clone(),
            last.why.en.contains("cellularity 25 % or less"),
        )
    };
    assert_eq!(why(Some(25.0)), ("MDS-h".to_owned(), true));
    assert_eq!(why(Some(30.0)), ("MDS-LB".to_owned(), false));
}

/// Types, reasons and notes as the table writes them; rows that are not certain are counted.
#[test]
fn the_table_writes_types_reasons_and_notes() {
    use hemoclone::myeloid::stage::StageTable;
    use hemoclone::myeloid::table::score_table;
    use hemoclone::patient::StatedUnits;
    use hemoclone::patient::TableReader;
    let text = "\
ID,sex,age,hb,anc,plt,wbc,monocytes,bm_blast,pb_blast,dysplasia_lineages,karyotype,mutations,prior_mds
mds,F,70,9,3,200,4,0.2,2,0,1,\"46,XX[20]\",SF3B1:0.07,0
open,F,70,9,3,200,4,0.2,2,NA,1,NA,none,0
chip,F,70,13,3,200,4,0.2,1,0,0,\"46,XX[20]\",TET2:0.1,0
open2,F,70,NA,3,200,4,0.2,NA,NA,NA,NA,TET2:0.1,0
open3,F,70,NA,3,200,4,0.2,NA,NA,NA,NA,none,0
";
    let mut reader = TableReader::new(text.as_bytes(), "t.csv").unwrap();
    let model = StageTable::new(reader.header(), StatedUnits::default()).unwrap();
    let mut out = Vec::new();
    assert_eq!(score_table(&mut reader, &model, &mut out, b',').unwrap().rows, 5);
    assert_eq!(model.undecided(), 3);
    let rows = table(&String::from_utf8(out).unwrap(), ',');
    let cells = |index: usize, names: [&str; 5]| names.map(|n| rows[index][n].clone());
    let columns = ["stage", "who5", "who5_why", "icc", "icc_why"];
    assert_eq!(
        cells(0, columns),
        [
            "MDS",
            "MDS-SF3B1",
            "low blasts, SF3B1 with a VAF of 0.05 or more, no del(5q), -7 or complex karyotype",
            "MDS, NOS-SLD",
            &rows[0]["icc_why"],
        ]
    );
    assert!(!rows[0]["icc_why"].is_empty());
    assert_eq!(rows[1]["who5"], "not certain: MDS-5q or MDS-LB");
    assert_eq!(
        (rows[2]["stage"].as_str(), rows[2]["who5"].as_str()),
        ("CHIP", "none")
    );
    assert_eq!(rows[3]["possible_stages"], "CHIP; CCUS; MDS");
    // Notes of the two lists, each once.
    assert_eq!(
        rows[1]["notes"],
        "blood blasts not given: decided by the marrow alone; an earlier rule lacks a finding; the type is not certain; not given, and \
         could change the type: Auer rods (seen: MDS-IB2), cellularity (25 % or less for the age: MDS-h), ring sideroblasts (15 % or \
         more: MDS-LB with ring sideroblasts)"
    );
    // Dysplasia without a clone, other causes not spoken of.
    assert_eq!(rows[1]["possible_stages"], "no CH; ICUS; MDS");
    for wrong in ["TET 2:0.1", ":0.1", "TET2:1.2", "TET2:x", "TET2*:0.1"] {
        assert_fails(
            score_text("stage", &format!("ID,mutations\na,{wrong}\n"), &[]),
            &[
                "line 2, column mutations",
                "mutations with their VAF as a fraction",
            ],
        );
    }
    assert!(score_text("stage", "ID,mutations\na,N-RAS:0.1; cebpa(bZIP):0.4\n", &[]).is_ok());
    // A gene of which no list of myeloid disease knows is said, and never counted or left out without a word.
    assert_fails(
        score_text("stage", "ID,mutations\na,NKX2-1:0.1\n", &[]),
        &["line 2, column mutations", "NKX2-1 is no gene known here"],
    );
    assert!(score_text("stage", "ID,covered_genes\na,TP53;NKX2-1\n", &[]).is_ok());
    assert_fails(
        score_text("stage", "ID,covered_genes\na,TP53*\n", &[]),
        &["line 2, column covered_genes: \"TP53*\""],
    );
}

/// A gene that a column of its own states was read, and then left out: SF3B1 1 gave "sequencing of the myeloid genes".
#[test]
fn columns_of_genes_stand_in_for_a_list_of_mutations() {
    let head = "ID,sex,hb,plt,anc,bm_blast,pb_blast,dysplasia_lineages,karyotype,TP53loh,auer_rods";
    let row = "a,F,9,200,3,2,0,1,\"46,XX[20]\",0,0";
    let mds = |columns: &str, values: &str| {
        let text = score_text("stage", &format!("{head},{columns}\n{row},{values}\n"), &[]).unwrap();
        let rows = table(&text, ',');
        (rows[0]["who5"].clone(), rows[0]["notes"].clone())
    };
    assert_eq!(mds("SF3B1,TP53mut,NPM1", "1,0,0").0, "MDS-SF3B1");
    assert_eq!(mds("SF3B1,TP53mut,TP53maxvaf,NPM1", "0,2,0.3,0").0, "MDS-biTP53");
    // The genes that no column states stay open.
    assert!(
        mds("SF3B1", "0")
            .0
            .starts_with("not certain: AML with NPM1 or MDS-biTP53 or ")
    );
    let (who, notes) = mds("mutations,SF3B1", "TET2:0.3,1");
    assert_eq!(who, "MDS-SF3B1");
    assert!(
        notes.starts_with("SF3B1: its column and the list of mutations disagree; taken as mutated"),
        "{notes}"
    );
    assert!(!mds("mutations,SF3B1", "SF3B1:0.3,1").1.contains("disagree"));
    // Genes that few panels hold have columns too.
    let blood = |values: &str| {
        let text = format!("ID,sex,hb,plt,anc,{values}\n");
        table(&score_text("stage", &text, &[]).unwrap(), ',')[0]["stage"].clone()
    };
    assert_eq!(blood("ZRSR2\na,M,15,250,3,1"), "CHIP");
    assert_eq!(blood("mutations,CALR\na,M,15,250,3,none,0"), "no CH");
}

/// A culture without metaphases is not known, which is never normal and no error of notation.
#[test]
fn a_karyotype_without_result_is_not_known() {
    for text in ["no growth", "failed", "not done", "分裂像なし", "未検査"] {
        let row = format!("ID,sex,hb,plt,anc,bm_blast,karyotype,mutations\na,F,9,200,3,2,{text},none\n");
        let rows = table(&score_text("stage", &row, &[]).unwrap(), ',');
        assert!(rows[0]["who5"].contains("MDS-5q"), "{text}: {}", rows[0]["who5"]);
        let rows = table(
            &score_text("karyotype", &format!("ID,karyotype\na,{text}\n"), &[]).unwrap(),
            ',',
        );
        assert_eq!(rows[0]["CYTO_IPSSR"], "NA", "{text}");
    }
}

/// Changes stated in columns of their own reached IPSS-M alone: `del5q` 1 was no MDS with del(5q), `complex` 1 no reason for leukemia
/// related to myelodysplasia.
#[test]
fn stated_changes_stand_in_for_a_karyotype() {
    let head = "ID,sex,hb,plt,anc,bm_blast,pb_blast,dysplasia_lineages,auer_rods,mutations,del5q,del7_7q,del17_17p,complex";
    for (values, who, icc) in [
        // Blasts of marrow and blood, dysplastic lineages, Auer rods, mutations, the four columns.
        ("2,0,1,0,none,1,0,0,0", "MDS-5q", "MDS-del(5q)"),
        ("2,0,1,0,none,1,0,0,1", "MDS-LB", "MDS, NOS-SLD"),
        ("2,0,1,0,none,1,1,0,0", "MDS-LB", "MDS, NOS-SLD"),
        ("2,0,1,0,none,0,0,0,0", "MDS-LB", "MDS, NOS-SLD"),
        (
            "2,0,1,0,none,1,0,0,NA",
            "not certain: MDS-5q or MDS-LB",
            "not certain: MDS-del(5q) or MDS, NOS-SLD",
        ),
        (
            "2,0,1,0,none,NA,0,0,0",
            "not certain: MDS-5q or MDS-LB",
            "not certain: MDS-del(5q) or MDS, NOS-SLD",
        ),
        (
            "2,0,1,0,SF3B1:0.3,0,0,0,0",
            "MDS-SF3B1",
            "not certain: MDS-SF3B1 or MDS, NOS-SLD",
        ),
        ("2,0,1,0,SF3B1:0.3,1,0,0,0", "MDS-5q", "MDS-del(5q)"),
        ("2,0,1,0,SF3B1:0.3,0,0,0,1", "MDS-LB", "MDS, NOS-SLD"),
        ("2,0,0,0,none,0,1,0,0", "none", "MDS, NOS without dysplasia"),
        ("2,0,0,0,none,0,0,0,1", "none", "MDS, NOS without dysplasia"),
        ("2,0,0,0,none,0,0,0,0", "none", "none"),
        ("2,0,1,0,TP53:0.2,0,0,1,0", "MDS-biTP53", "MDS with mutated TP53"),
        (
            "30,0,1,0,none,0,0,0,1",
            "AML, myelodysplasia-related",
            "AML with myelodysplasia-related cytogenetic abnormalities",
        ),
        (
            "30,0,1,0,none,1,0,0,0",
            "AML, myelodysplasia-related",
            "AML with myelodysplasia-related cytogenetic abnormalities",
        ),
        (
            "30,0,1,0,none,0,1,0,0",
            "AML, myelodysplasia-related",
            "AML with myelodysplasia-related cytogenetic abnormalities",
        ),
        (
            "30,0,1,0,none,0,0,1,0",
            "AML, myelodysplasia-related",
            "AML with myelodysplasia-related cytogenetic abnormalities",
        ),
        (
            "30,0,1,0,none,0,0,0,0",
            "not certain: AML, myelodysplasia-related or AML, defined by differentiation",
            "not certain: AML with myelodysplasia-related cytogenetic abnormalities or AML, NOS",
        ),
    ] {
        let text = format!("{head}\na,F,9,200,3,{values}\n");
        let rows = table(&score_text("stage", &text, &[]).unwrap(), ',');
        assert_eq!(
            (rows[0]["who5"].as_str(), rows[0]["icc"].as_str()),
            (who, icc),
            "{values}"
        );
    }
    // A karyotype goes before them, and they answer what it leaves open.
    let row = |karyotype: &str, del5q: &str| {
        let text = format!("{head},karyotype\na,F,9,200,3,2,0,1,0,none,{del5q},0,0,0,\"{karyotype}\"\n");
        table(&score_text("stage", &text, &[]).unwrap(), ',')[0]["who5"].clone()
    };
    assert_eq!(row("46,XX,del(5)(q13q33)[20]", "0"), "MDS-5q");
    assert_eq!(row("46,XX[20]", "1"), "MDS-LB");
    assert_eq!(row("46,XX,del(5)[20]", "1"), "MDS-5q");
    // A stated change is a clone as one of a karyotype is.
    let text =
        format!("{head}\na,F,13,200,3,NA,NA,NA,NA,none,1,0,0,0\nb,F,13,200,3,NA,NA,NA,NA,none,0,0,0,0\n");
    let rows = table(&score_text("stage", &text, &[]).unwrap(), ',');
    assert_eq!(
        (rows[0]["stage"].as_str(), rows[1]["stage"].as_str()),
        ("CHIP", "no CH")
    );
    assert!(
        rows[0]["reasons"].contains("a clonal karyotype"),
        "{}",
        rows[0]["reasons"]
    );
}

/// A fusion that was found and whose name nobody understands may be any: it was taken for a search that found none.
#[test]
fn a_fusion_that_is_not_understood_leaves_its_rules_open() {
    let head = "ID,sex,hb,plt,anc,bm_blast,pb_blast,dysplasia_lineages,karyotype,mutations,fusions";
    let row = |hb: &str, blasts: &str, fusions: &str| {
        let text = format!("{head}\na,F,{hb},200,3,{blasts},0,1,\"46,XX[20]\",none,{fusions}\n");
        let rows = table(&score_text("stage", &text, &[]).unwrap(), ',');
        (rows[0]["who5"].clone(), rows[0]["icc"].clone())
    };
    let open = "not certain: AML with a defining rearrangement or ";
    let (who, icc) = row("9", "30", "FOO::BAR");
    assert_eq!(who, format!("{open}AML, defined by differentiation"));
    assert_eq!(icc, format!("{open}AML, NOS"));
    let (who, icc) = row("9", "2", "KMT2A-r?");
    assert_eq!(who, format!("{open}MDS-LB"));
    assert_eq!(icc, "MDS, NOS-SLD");
    assert_eq!(row("9", "30", "none").0, "AML, defined by differentiation");
    assert_eq!(
        row("9", "30", "KMT2A rearrangement positive").0,
        "AML with KMT2A-r"
    );
    // Of a person with normal counts and few blasts nothing absurd is said.
    assert_eq!(row("13", "2", "FOO::BAR").0, "none");
    for (cell, said) in [
        ("yes", "does not say which was found; name it"),
        ("あり", "does not say which was found; name it"),
        ("BCR-ABL negative", "was not found: leave it out"),
    ] {
        assert_fails(
            score_text("stage", &format!("ID,fusions\na,{cell}\n"), &[]),
            &[&format!("line 2, column fusions: \"{cell}\""), said],
        );
    }
}

/// Genes that the laboratory covered are not open where other genes have columns.
#[test]
fn covered_genes_close_what_columns_leave_open() {
    let row = |covered: &str| {
        let text = format!(
            "ID,sex,hb,plt,anc,bm_blast,pb_blast,dysplasia_lineages,karyotype,TP53loh,auer_rods,SF3B1,covered_genes\n\
             a,F,9,200,3,2,0,1,\"46,XX[20]\",0,0,0,{covered}\n"
        );
        table(&score_text("stage", &text, &[]).unwrap(), ',')[0]["who5"].clone()
    };
    assert_eq!(row("all"), "MDS-LB");
    assert_eq!(row("npm1;p53"), "MDS-LB");
    assert!(
        row("NPM1").starts_with("not certain: MDS-biTP53"),
        "{}",
        row("NPM1")
    );
    assert!(row("NA").starts_with("not certain: AML with NPM1"));
}

/// Blasts of the blood make a question of a marrow that was not looked at from 2 % on, and leukemia of genetics that define it from 10 %.
#[test]
fn blood_blasts_without_a_marrow() {
    let row = |hb: &str, blood: &str, mutations: &str, fusions: &str| {
        let text = format!(
            "ID,sex,hb,plt,anc,pb_blast,karyotype,mutations,fusions,TP53loh\na,F,{hb},200,3,{blood},\"46,XX[20]\",{mutations},{fusions},0\n"
        );
        table(&score_text("stage", &text, &[]).unwrap(), ',')[0]["who5"].clone()
    };
    for (blood, asked) in [("0", false), ("1.9", false), ("2", true), ("12", true)] {
        let of_leukemia = row("9", blood, "none", "none").contains("AML, defined by differentiation");
        assert_eq!(of_leukemia, asked, "{blood}");
    }
    let possible = |blood: &str| {
        let text = format!("ID,sex,hb,plt,anc,pb_blast,mutations\na,F,9,200,3,{blood},none\n");
        table(&score_text("stage", &text, &[]).unwrap(), ',')[0]["possible_stages"].clone()
    };
    // Without a marrow a low count leaves open what ICC calls MDS/AML.
    let text = "ID,sex,hb,plt,anc,pb_blast,mutations\na,F,9,200,3,0,none\nb,F,13,200,3,0,none\n";
    let rows = table(&score_text("stage", text, &[]).unwrap(), ',');
    assert!(
        rows[0]["icc"].contains("MDS/AML, NOS") && !rows[1]["icc"].contains("MDS/AML"),
        "{rows:?}"
    );
    assert_eq!(possible("2"), "MDS; AML");
    assert!(!possible("1.9").contains("AML"), "{}", possible("1.9"));
    for (blood, expected) in [
        ("9.9", "not certain: AML with NPM1 (judgement)"),
        ("10", "AML with NPM1 (judgement)"),
        ("20", "AML with NPM1"),
    ] {
        let actual = row("9", blood, "NPM1:0.3", "none");
        assert!(actual.starts_with(expected), "{blood}: {actual}");
    }
}

/// High counts ask for their own explanation from their limits on, but not beside acute leukemia.
#[test]
fn high_counts_are_noted_from_their_limits_on() {
    let notes = |hb: &str, plt: &str, wbc: &str, blasts: &str| {
        let text =
            format!("ID,sex,hb,plt,anc,wbc,bm_blast,mutations\na,M,{hb},{plt},3,{wbc},{blasts},none\n");
        table(&score_text("stage", &text, &[]).unwrap(), ',')[0]["notes"].clone()
    };
    let reason = ": a reactive cause and a myeloproliferative neoplasm are to be excluded";
    for (hb, plt, wbc, expected) in [
        ("16.5", "449", "12.9", ""),
        ("16.6", "449", "12.9", "hemoglobin above 16.5 g/dL"),
        ("16.5", "450", "12.9", "platelets of 450 x 10^9/L or more"),
        ("16.5", "449", "13", "white cells of 13 x 10^9/L or more"),
        (
            "17",
            "500",
            "20",
            "platelets of 450 x 10^9/L or more, white cells of 13 x 10^9/L or more, hemoglobin above 16.5 g/dL",
        ),
    ] {
        let said = notes(hb, plt, wbc, "2");
        assert_eq!(
            said.contains(reason),
            !expected.is_empty(),
            "{hb} {plt} {wbc}: {said}"
        );
        assert!(
            said.contains(&format!(
                "{expected}{}",
                if expected.is_empty() { "" } else { reason }
            )),
            "{said}"
        );
        assert!(!notes(hb, plt, wbc, "20").contains(reason));
    }
}

/// Increased blasts without a cytopenia are no CHIP, dysplasia without one is no MDS.
#[test]
fn a_marrow_without_a_cytopenia() {
    let row = |blasts: &str, lineages: &str| {
        let text = format!(
            "ID,sex,hb,plt,anc,bm_blast,pb_blast,dysplasia_lineages,mutations\na,F,13,200,3,{blasts},0,{lineages},TET2:0.2\n"
        );
        table(&score_text("stage", &text, &[]).unwrap(), ',').remove(0)
    };
    let blasts = row("5", "0");
    assert_eq!(
        (blasts["stage"].as_str(), blasts["possible_stages"].as_str()),
        ("NA", "MDS")
    );
    assert!(
        blasts["reasons"].contains("blasts of 5 % or more in the marrow"),
        "{}",
        blasts["reasons"]
    );
    let dysplasia = row("4", "1");
    assert_eq!(
        (dysplasia["stage"].as_str(), dysplasia["possible_stages"].as_str()),
        ("CHIP", "CHIP")
    );
    assert!(
        dysplasia["reasons"].contains("idiopathic dysplasia"),
        "{}",
        dysplasia["reasons"]
    );
    assert!(!row("4", "0")["reasons"].contains("dysplasia"));
}

/// A rule on blasts was looked for where either marrow or blood was counted, and is said to be passed over where neither was.
#[test]
fn rules_on_blasts_are_looked_for_where_any_were_counted() {
    for (marrow, blood, passed_over) in [
        (Some(2.0), None, false),
        (None, Some(0.0), false),
        (Some(2.0), Some(0.0), false),
        (None, None, true),
    ] {
        let mut findings = case(2.0, 0.0, 1, &[]);
        findings.hemoglobin = Some(14.0);
        findings.marrow_blasts = marrow;
        findings.blood_blasts = blood;
        let rules = who5(&findings).rules;
        let rule = rules
            .iter()
            .find(|r| r.name == "AML, defined by differentiation")
            .unwrap();
        assert_eq!(
            (rule.matched, rule.not_looked_for),
            (Some(false), passed_over),
            "{marrow:?} {blood:?}"
        );
    }
}

/// Platelets of 450 with dysplasia in one lineage ask for a hematologist, below either limit they do not.
#[test]
fn thrombocytosis_with_dysplasia_is_asked_from_its_limits_on() {
    let said = "platelets of 450 x 10^9/L or more with dysplasia";
    for (platelets, lineages, asked) in [("450", "1", true), ("449", "1", false), ("450", "0", false)] {
        let text = format!(
            "ID,sex,hb,plt,anc,bm_blast,pb_blast,dysplasia_lineages,karyotype,mutations\n\
             a,F,9,{platelets},3,2,0,{lineages},\"46,XX[20]\",none\n"
        );
        let rows = table(&score_text("stage", &text, &[]).unwrap(), ',');
        assert_eq!(
            rows[0]["needed"].contains(said),
            asked,
            "{platelets} {lineages}: {}",
            rows[0]["needed"]
        );
    }
}

/// Fibrosis of grade 2 with low blasts is no criterion of MDS: other diseases come first.
#[test]
fn fibrosis_with_low_blasts_is_noted_from_grade_2_on() {
    let said = "fibrosis of grade 2 or 3 with low blasts";
    for (fibrosis, blasts, noted) in [
        ("2", "2", true),
        ("3", "4.9", true),
        ("1", "2", false),
        ("2", "5", false),
    ] {
        let text = format!(
            "ID,sex,hb,plt,anc,bm_blast,pb_blast,dysplasia_lineages,fibrosis,karyotype,mutations\n\
             a,F,9,200,3,{blasts},0,1,{fibrosis},\"46,XX[20]\",none\n"
        );
        let rows = table(&score_text("stage", &text, &[]).unwrap(), ',');
        assert_eq!(
            rows[0]["notes"].contains(said),
            noted,
            "{fibrosis} {blasts}: {}",
            rows[0]["notes"]
        );
    }
}

/// Without counts and a marrow increased blasts are a question, those of leukemia are not. One mutation of CEBPA outside of the bZIP
/// domain defines nothing.
#[test]
fn what_is_a_question_without_a_marrow_and_what_cebpa_defines() {
    let rows = table(
        &score_text("stage", "ID,sex,mutations\na,F,none\n", &[]).unwrap(),
        ',',
    );
    assert!(
        rows[0]["who5"].contains("MDS-IB1") && !rows[0]["who5"].contains("AML"),
        "{}",
        rows[0]["who5"]
    );
    assert!(!rows[0]["icc"].contains("AML"), "{}", rows[0]["icc"]);
    check(
        &case(30.0, 0.0, 0, &[("CEBPA", 0.4)]),
        "AML, defined by differentiation",
        "AML, NOS",
    );
    check(
        &case(30.0, 0.0, 0, &[("TET2*", 0.4)]),
        "AML, defined by differentiation",
        "AML, NOS",
    );
    assert_eq!(names(&case(30.0, 0.0, 0, &[("CEBPA*", 0.4)])).0, "AML with CEBPA");
}

/// Values that cannot both be right were used without a word in tables.
#[test]
fn a_table_names_values_that_cannot_both_be_right() {
    const HEADER: &str = "ID,sex,age,hb,plt,anc,wbc,amc,bm_blast,pb_blast,dysplasia_lineages,karyotype,mutations,del5q,complex,fusions";
    let notes = |values: &str| {
        let text = format!("{HEADER}\na,{values}\n");
        table(&score_text("stage", &text, &[]).unwrap(), ',')[0]["notes"].clone()
    };
    for (values, said) in [
        ("F,70,9,200,2,4,0.2,2,0,1,\"46,XX[20]\",none,,,none", ""),
        (
            "F,70,9,200,2,4,0.2,2,0,1,\"46,XX[20]\",none,1,,none",
            "del5q is given as 1, the karyotype says 0",
        ),
        (
            "F,70,9,200,2,4,0.2,2,0,1,\"46,XX,del(5)(q13q33)[20]\",none,0,,none",
            "del5q is given as 0, the karyotype says 1",
        ),
        (
            "F,70,9,200,2,4,0.2,2,0,1,\"46,XX[20]\",none,,1,none",
            "complex is given as 1, the karyotype says 0",
        ),
        (
            "F,70,9,200,2,4,0.2,25,0,1,\"46,XX,t(8;21)(q22;q22)[20]\",none,,,none",
            "fusions are given as none, but the karyotype shows RUNX1::RUNX1T1",
        ),
        (
            "F,70,9,200,2,4,0.2,2,0,1,\"46,XY[20]\",none,,,none",
            "given as female, but the karyotype has a Y",
        ),
        (
            "M,70,9,200,2,4,0.2,2,0,1,\"46,XX[20]\",none,,,none",
            "given as male, but the karyotype has two X and no Y",
        ),
        (
            "F,70,9,200,4.2,4,,2,0,1,\"46,XX[20]\",none,,,none",
            "white cells are given as 4 x 10^9/L, but neutrophils as 4.2, which",
        ),
        ("F,70,9,200,4.1,4,,2,0,1,\"46,XX[20]\",none,,,none", ""),
        (
            "F,70,9,200,3,4,1.2,2,0,1,\"46,XX[20]\",none,,,none",
            "but neutrophils as 3, monocytes as 1.2, which",
        ),
        ("F,70,9,200,3,4,1,2,0,1,\"46,XX[20]\",none,,,none", ""),
        (
            "F,70,9,200,,4,5,2,0,1,\"46,XX[20]\",none,,,none",
            "but monocytes as 5, which",
        ),
        (
            "F,17.9,9,200,2,4,0.2,2,0,1,\"46,XX[20]\",none,,,none",
            "a child or adolescent",
        ),
        ("F,18,9,200,2,4,0.2,2,0,1,\"46,XX[20]\",none,,,none", ""),
    ] {
        let actual = notes(values);
        assert!(actual.contains(said), "{values}: {actual}");
        let says = ["is given as", "are given as", "given as", "a child"];
        assert_eq!(
            says.iter().any(|s| actual.contains(s)),
            !said.is_empty(),
            "{values}: {actual}"
        );
    }
}
