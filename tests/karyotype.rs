//! Karyotypes: groups checked by hand, malformed strings with their positions, properties.
//!
//! `karyotype/groups.tsv` was written by hand from the rules of Schanz 2012 and Greenberg 2012 (Table 2): karyotype, sex
//! (`-`: not given), cytogenetic group, changes of the largest clone.
#![allow(clippy::unwrap_used)] // Test code.

mod score_support;

use hemoclone::genome::Sex;
use hemoclone::karyotype::{CytogeneticRisk, Karyotype, KaryotypeAssessment, KaryotypeFlags, assess};
use proptest::prelude::*;

use score_support::{assert_fails, score_text};

const GROUPS: &str = include_str!("karyotype/groups.tsv");
/// Strings of each kind with every answer, reasoned from ISCN: what an arm lost or kept, heteromorphisms, mosaics, numbers that
/// contradict, full-width characters, parts that cannot be read, rearrangements.
const KINDS: &str = include_str!("karyotype/kinds.tsv");

fn assessed(text: &str, sex: Option<Sex>) -> KaryotypeAssessment {
    match Karyotype::parse(text) {
        Ok(karyotype) => assess(&karyotype, sex),
        Err(error) => panic!("{text}: {error}"),
    }
}

#[test]
fn every_string_checked_by_hand_has_its_group() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in GROUPS.lines().skip(1) {
        let [text, sex, group, changes] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let sex = match sex {
            "F" => Some(Sex::Female),
            "M" => Some(Sex::Male),
            _ => None,
        };
        let actual = assessed(text, sex);
        let found = (
            actual.risk.map_or("none", |r| r.label()),
            actual.changes.to_string(),
        );
        if found != (group, changes.to_owned()) {
            wrong.push(format!(
                "{text}: {found:?} ({}), expected {group} {changes}",
                actual.row
            ));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 200);
}

#[test]
fn every_kind_of_string_has_its_answers() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in KINDS.lines().skip(1) {
        let [
            text,
            sex,
            group,
            changes,
            del5q,
            del7q,
            del17p,
            complex,
            fusions,
            note,
        ] = line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("{line}");
        };
        let sex = match sex {
            "F" => Some(Sex::Female),
            "M" => Some(Sex::Male),
            _ => None,
        };
        let actual = assessed(text, sex);
        let known = |test: fn(&KaryotypeFlags) -> bool| match actual.known(test) {
            Some(true) => "1",
            Some(false) => "0",
            None => "NA",
        };
        let found = [
            actual.risk.map_or("NA", CytogeneticRisk::label),
            &actual.changes.to_string(),
            known(|f| f.del5q),
            known(|f| f.del7_7q),
            known(|f| f.del17_17p),
            known(|f| f.complex),
            &actual.fusions.join(";"),
        ]
        .join(" ");
        let expected = [group, changes, del5q, del7q, del17p, complex, fusions].join(" ");
        if found != expected || !actual.notes.iter().any(|n| n.contains(note)) && !note.is_empty() {
            wrong.push(format!(
                "{text}: {found}, expected {expected}, {note}: {:?}",
                actual.notes
            ));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 200);
}

/// A part that cannot be read leaves a range: its best and worst group, and what is still possible.
/// The row of the published table that gave the group stands beside it.
#[test]
fn every_group_says_its_row() {
    for (text, row) in [
        ("46,XX[20]", "normal"),
        ("46,XX,i(17)(q10)[20]", "i(17q)"),
        ("46,XX,del(9)(q22)[20]", "any other single"),
        ("47,XX,+i(17)(q10)[20]", "any other single"),
        ("47,XX,+8[20]", "+8"),
    ] {
        assert_eq!(assessed(text, Some(Sex::Female)).row, row, "{text}");
    }
}

#[test]
fn a_part_that_cannot_be_read_makes_bounds() {
    use CytogeneticRisk::{Good, Intermediate, Poor, VeryGood, VeryPoor};
    for (text, sex, range, open) in [
        ("47,XX,+8[20]", "F", [Intermediate; 2], ""),
        (
            "45,XX,-7,foo(12)(p13)[10]",
            "F",
            [Poor, VeryPoor],
            "CYTO_IPSSR complex",
        ),
        (
            "46,XX,del(5)(q13q33),foo(3)(p13)[10]",
            "F",
            [Good, VeryPoor],
            "CYTO_IPSSR complex",
        ),
        (
            "47,XX,+8,foo(5)(q13)[10]",
            "F",
            [Good, VeryPoor],
            "CYTO_IPSSR del5q complex",
        ),
        (
            "47,XX,+8,foo(7)(q22)[10]",
            "F",
            [Intermediate, VeryPoor],
            "CYTO_IPSSR del7_7q complex",
        ),
        (
            "47,XX,+8,foo(17)(p13)[10]",
            "F",
            [Intermediate, VeryPoor],
            "CYTO_IPSSR del17_17p complex",
        ),
        (
            "46,XX,-7,+8,+21,foo[10]",
            "F",
            [Poor, VeryPoor],
            "CYTO_IPSSR del5q del17_17p",
        ),
        ("49,XX,-7,+8,+21,+22,+9,foo(2)[10]", "F", [VeryPoor; 2], ""),
        // A clone that cannot be read may be independent.
        (
            "45,XX,-7[10]/xx,foo(3)[3]",
            "F",
            [Intermediate, VeryPoor],
            "CYTO_IPSSR complex",
        ),
        ("45,X[20]", "-", [VeryGood, Intermediate], "CYTO_IPSSR"),
        ("46,XX,r(17)[20]", "F", [Intermediate; 2], "del17_17p"),
    ] {
        let actual = assessed(text, (sex == "F").then_some(Sex::Female));
        assert_eq!(actual.risk_range(), Some(range), "{text}: {actual:?}");
        assert_eq!(actual.risk.is_some(), range[0] == range[1], "{text}");
        assert_eq!(actual.open_columns().join(" "), open, "{text}");
    }
    for text in [
        "46,XX,foo[20]",
        "46,XX,foo[20]/46,XX",
        "foo,del(5)(q13q33)",
        "-9",
        "+8",
        "7",
        "complex",
    ] {
        assert!(Karyotype::parse(text).is_err(), "{text}");
    }
}

/// Mutations, marrow blasts, karyotype, fusions, what the row says: the second hit of TP53 by structure, rearrangements by
/// karyotype and by every name, remarks of the reader, complex whatever the rest says, a part that may be -7.
const CLASSIFIED: &str = "\
TP53:0.3|2|46,XX,i(17)(q10)[20]|none|MDS-biTP53
TP53:0.3|2|45,XX,dic(5;17)(q11;p11)[20]|none|MDS-biTP53
TP53:0.3|2|46,XX,der(17)t(1;17)(q21;p13)[20]|none|MDS-biTP53
TP53:0.3|2|46,XX,i(17)(q10)[20]|none|MDS with mutated TP53
none|12|46,XX,t(8;21)(q22;q22.1)[20]|NA|AML with RUNX1::RUNX1T1
none|12|46,XX,t(8;21)(q22;q22.1)[20]|none|AML with RUNX1::RUNX1T1
none|12|46,XX,t(6;11)(q27;q23)[20]|NA|AML with KMT2A-r
none|12|46,XX,t(3;5)(q25;q35)[20]|NA|AML with NPM1::MLF1
none|12|46,XX[20]|MLL-AF9|AML with KMT2A-r
none|12|46,XX[20]|t(8;21)(q22;q22)|AML with RUNX1::RUNX1T1
none|12|46,XX[20]|ＰＭＬ－ＲＡＲＡ|AML with PML::RARA
none|12|46,XX[20]|FOO::BAR|fusion FOO::BAR is not understood
none|25|46,XX,t(3;5)(q25;q35)[20]|NA|other defined genetic alterations
none|2|46,XX,+8[20]|none|the number of chromosomes does not fit
none|25|46,XX,t(2;11)(p21;q23)[20]|NA|KMT2A may be rearranged
none|25|50,XX,+1,+8,+9,+21,foo[20]|none|myelodysplasia-related
SF3B1:0.3|2|47,XX,+8,foo(7)(q22)[20]|none|not certain: MDS-SF3B1
";

/// Stage tables: the second hit of TP53 by structure, rearrangements by karyotype and by every name, names not understood.
#[test]
fn structures_and_rearrangements_reach_the_classification() {
    const HEAD: &str = "ID,sex,hb,plt,anc,mutations,bm_blast,pb_blast,dysplasia_lineages,karyotype,fusions\n";
    let row = |mutations: &str, blasts: &str, karyotype: &str, fusions: &str| {
        let text = format!("{HEAD}a,F,9,200,3,{mutations},{blasts},0,1,\"{karyotype}\",{fusions}\n");
        score_text("stage", &text, &[])
    };
    for line in CLASSIFIED.lines() {
        let [mutations, blasts, karyotype, fusions, said] = line.split('|').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let output =
            row(mutations, blasts, karyotype, fusions).unwrap_or_else(|e| panic!("{karyotype}: {e:?}"));
        assert!(output.contains(said), "{karyotype} {fusions}: {output}");
    }
}

#[test]
fn findings_for_the_scores_are_told_apart() {
    // Karyotype, del5q, del7_7q, del17_17p, complex, isolated del(5q), 3q26, -5
    let rows = [
        ("46,XX[20]", [false; 7]),
        (
            "46,XX,del(5)(q13q33)[20]",
            [true, false, false, false, true, false, false],
        ),
        (
            "47,XX,del(5)(q13q33),+8[20]",
            [true, false, false, false, true, false, false],
        ),
        (
            "45,XX,del(5)(q13q33),-7[20]",
            [true, true, false, false, false, false, false],
        ),
        (
            "48,XX,del(5)(q13q33),+8,+9[20]",
            [true, false, false, true, false, false, false],
        ),
        ("46,XX,del(5)(p13)[20]", [false; 7]),
        // What is lost follows from arm and sign, whatever the partner.
        (
            "46,XX,der(7)t(3;7)(q21;q22)[20]",
            [false, true, false, false, false, false, false],
        ),
        ("46,XX,der(1)t(1;7)(p36;q22)[20]", [false; 7]),
        ("45,XX,-5[20]", [false, false, false, false, false, false, true]),
        ("46,XX,der(5)t(5;12)(q13;q13)[20]", [false; 7]),
        (
            "46,XX,del(7)(q22)[20]",
            [false, true, false, false, false, false, false],
        ),
        ("46,XX,del(7)(p14)[20]", [false; 7]),
        (
            "46,XX,+1,der(1;7)(q10;p10)[20]",
            [false, true, false, false, false, false, false],
        ),
        ("45,XX,-17[20]", [false, false, true, false, false, false, false]),
        (
            "46,XX,del(17)(p11.2)[20]",
            [false, false, true, false, false, false, false],
        ),
        ("46,XX,del(17)(q21)[20]", [false; 7]),
        (
            "46,XX,i(17)(q10)[20]",
            [false, false, true, false, false, false, false],
        ),
        (
            "46,XX,inv(3)(q21q26)[20]",
            [false, false, false, false, false, true, false],
        ),
        (
            "46,XX,t(3;21)(q26.2;q22)[20]",
            [false, false, false, false, false, true, false],
        ),
        ("46,XX,t(3;5)(q25;q34)[20]", [false; 7]),
        (
            "46,XX,del(5)(q13q33)[9]/45,XX,-7[5]",
            [true, true, false, false, false, false, false],
        ),
        ("45,XX,-17[2]/46,XX[18]", [false; 7]),
    ];
    for (text, expected) in rows {
        let f = assessed(text, Some(Sex::Female)).flags;
        let actual = [
            f.del5q,
            f.del7_7q,
            f.del17_17p,
            f.complex,
            f.isolated_del5q,
            f.abnormal_3q26,
            f.monosomy5,
        ];
        assert_eq!(actual, expected, "{text}");
    }
}

#[test]
fn a_single_x_needs_the_sex() {
    let actual = assessed("45,X[20]", None);
    assert_eq!(actual.risk, None);
    assert!(actual.row.contains("without the sex"));
}

#[test]
fn malformed_strings_are_errors_with_their_position() {
    for (text, position, said) in [
        ("", 1, "the number of chromosomes"),
        ("complex", 1, "the number of chromosomes"),
        ("XX,46", 1, "the number of chromosomes"),
        ("46", 3, "expected a comma"),
        ("46,", 4, "the sex chromosomes"),
        ("46,XX,", 7, ""),
        ("46,XX,del", 10, "expected ( and a chromosome after del"),
        ("46,XX,del(5", 12, "expected ; or )"),
        ("46,XX,del(5)(q13q33", 20, "a band or )"),
        ("46,XX,del(5)(q13q33[20]", 20, "a band or )"),
        ("46,XX,del(25)(q13)[20]", 11, "a chromosome: 1 to 22"),
        ("46,XX,del(5)(13)[20]", 16, "bands with their arm"),
        ("46,XX,8[20]", 7, "expected + or - before chromosome 8"),
        ("46,XX,+23[20]", 8, "there is no chromosome 23"),
        ("46,XX,foo(5)(q13)[20]", 7, "expected a change"),
        ("46,XX[20]/", 11, "the number of chromosomes"),
        ("46,XX,idem,sl[20]", 12, "from one clone only"),
        ("48~46,XX[20]", 6, "runs backwards"),
        ("46<0n>,XX", 5, "a ploidy"),
        ("nuc ish(D5S23x2)[200]", 22, "only in situ hybridization"),
        ("46,XX,+200mar", 11, "from 1 to 99"),
        ("46,ZZ[20]", 4, "expected a change"),
    ] {
        match Karyotype::parse(text) {
            Err(error) => {
                assert_eq!(error.position, position, "{text}: {error}");
                assert!(error.message.contains(said), "{text}: {error}");
            }
            Ok(karyotype) => assert!(
                said.is_empty() && !karyotype.notes.is_empty(),
                "{text}: {karyotype:?}"
            ),
        }
    }
}

#[test]
fn repairs_are_noted() {
    for text in [
        "46,XX,del(5)(q13;q33)[20]",
        "46,XX,t(3;21)(q26:q22)[20]",
        "46,XX,+1,der(1;7(q10;p10)[20]",
        "44,XX,-7,add(9)(q34)-12[10]",
        "46,XX,del(5q)[20]",
        "46XX[20]",
        "46,XX[20].nuc ish(D5S23x2)[200]",
        "46,XY,iso(17)(q10)[20]",
    ] {
        assert!(!Karyotype::parse(text).unwrap().notes.is_empty(), "{text}");
    }
    assert!(
        Karyotype::parse("46,XX,del(5)(q13q33)[18]/46,XX[2]")
            .unwrap()
            .notes
            .is_empty()
    );
}

#[test]
fn a_repair_is_accepted_and_what_is_no_repair_is_refused() {
    for (text, printed, said) in [
        // A comma is missing before a sign, and no range of structures begins.
        (
            "46,XX,+8-7[20]",
            "46,XX,+8,-7[20]",
            "character 9: a comma is missing",
        ),
        (
            "46,XX,XX,del(5)(q13q33)[20]",
            "46,XX,del(5)(q13q33)[20]",
            "the sex chromosomes stand twice",
        ),
        (
            "46,XX,,+8[20]",
            "46,XX,+8[20]",
            "character 7: nothing stands between commas",
        ),
        (
            "46,XX,t(3;21)(q26,q22)[20]",
            "46,XX,t(3;21)(q26;q22)[20]",
            "character 18: taken as ;",
        ),
        (
            "46,XX,t(3:21)(q26;q22)[20]",
            "46,XX,t(3;21)(q26;q22)[20]",
            "character 10: taken as ;",
        ),
        (
            "46,XX,del(5)(q13,1q33)[20]",
            "46,XX,del(5)(q13.1q33)[20]",
            "character 17: taken as a point",
        ),
        ("46,XX.", "46,XX", ""),
        ("46,XX[20].", "46,XX[20]", ""),
        ("46,XX./47,XX,+8", "46,XX/47,XX,+8", ""),
        (
            "46,XX.del(5)(q13q33)[20]",
            "46,XX,del(5)(q13q33)[20]",
            "taken as a comma",
        ),
        ("mos 45,X[5]/46,XX[15]", "mos 45,X[5]/46,XX[15]", ""),
        ("47,XX,+8[20", "47,XX,+8[20]", "a closing bracket is missing"),
        (
            "46,XX,add(1))p36)[20]",
            "46,XX,add(1)(p36)[20]",
            "character 13: taken as (",
        ),
        ("4445,XX,-7[20]", "44~45,XX,-7[20]", "without a ~ between them"),
        (
            "46，XX，del（5）（q13q33）[20]",
            "46,XX,del(5)(q13q33)[20]",
            "character 3: full-width characters",
        ),
        ("chi 46,XX[20]//46,XY[2]", "46,XX[20]//46,XY[2]", ""),
        ("46~46,XX[20]", "46,XX[20]", ""),
        ("46,XX,+99mar[20]", "46,XX,+99mar[20]", ""),
        (
            "46,XX,der(1)?t(1;3)(p36;q21)[20]",
            "46,XX,der(1)?t(1;3)(p36;q21)[20]",
            "",
        ),
        ("46,XX,t(3;?)(q26;?)[20]", "46,XX,t(3;?)(q26;?)[20]", ""),
        ("46,XX,add(?5)(q13)[20]", "46,XX,add(?5)(q13)[20]", ""),
        ("46,XX,add(5?)(q13)[20]", "46,XX,add(?5)(q13)[20]", ""),
        ("46,XX,del(5)(q13-15q33)[20]", "46,XX,del(5)(q13~15q33)[20]", ""),
        (
            "46,XX,del(5)(pter→q13::q33→qter)[20]",
            "46,XX,del(5)(pter→q13::q33→qter)[20]",
            "",
        ),
        // In situ hybridization is left out from its first character on.
        (
            "46,XX[20].nuc ish(D5S23x2)[200]",
            "46,XX[20]",
            "from character 10 on",
        ),
    ] {
        let actual = Karyotype::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(actual.to_string(), printed, "{text}");
        let notes: Vec<String> = actual.notes.iter().map(ToString::to_string).collect();
        let notes = notes.join("; ");
        assert!(notes.contains(said), "{text}: {notes}");
        assert_eq!(notes.is_empty(), said.is_empty(), "{text}: {notes}");
    }
    for text in [
        "46,XX,t(3;21q22)[20]",
        "46,XX,del()(q13)[20]",
        "46,XX,del(5)(q13,?q33)[20]",
        "46,XX,del(5)(q13,)[20]",
        "46,XX,+100mar[20]",
        "45,X,X[20]",
    ] {
        assert!(Karyotype::parse(text).is_err(), "{text}");
    }
    let of_length = |length: usize| format!("46,XX[20]{}", " ".repeat(length - 9));
    assert!(Karyotype::parse(&of_length(20_000)).is_ok());
    assert!(Karyotype::parse(&of_length(20_001)).is_err());
}

/// Doubts that a reader of the report must know of, and none where there is nothing to doubt.
#[test]
fn doubtful_karyotypes_say_so() {
    for (text, said) in [
        ("46,XX,del(5)(q13q33)[20]", ""),
        ("46,XX,t(3;21)(q26;q22)[20]", ""),
        (
            "46,XX,del(5)(q13q33),inc[20]",
            "incomplete karyotype (inc): there is more that is not described",
        ),
        ("46,XX,?del(5)(q13q33)[20]", "uncertain changes (?) are counted"),
        (
            "46,XX,t(3;5)(q25;q34)[20]",
            "3q without 3q26: Poor by the written rule; some laboratories say Intermediate",
        ),
        (
            "45,XX,-7[2]/46,XX[18]",
            "-7: seen in fewer than 3 cells, not clonal",
        ),
        (
            "45,XX,-7[1]/44,XX,-7,-20[1]/46,XX[18]",
            "-7: seen in fewer than 3 cells, not clonal; -20: seen in fewer than 3 cells, not clonal",
        ),
        (
            "46,XX,del(5)(q13q33)[5]/45,XX,idem,-mar[5]",
            "-mar: no such change to be lost; left out",
        ),
    ] {
        assert_eq!(assessed(text, Some(Sex::Female)).notes.join("; "), said, "{text}");
    }
}

/// Changes of the largest clone: what a clone inherits it has once, and what it loses again it has no more (ISCN 2020, idem).
#[test]
fn inherited_changes_count_once_and_can_be_lost_again() {
    let female = Some(Sex::Female);
    let male = Some(Sex::Male);
    for (text, sex, clones) in [
        ("45,XX,-7[5]/46,XX,idem,+8[6]", female, "-7 | -7 +8"),
        ("45,XX,-7[5]/46,XX,idem,+7[6]", female, "-7 | "),
        ("47,XX,+8[5]/46,XX,idem,-8[6]", female, "+8 | "),
        ("48,XX,+8,+8[5]", female, "+8×2"),
        (
            "46,XX,del(5)(q13q33)[5]/47,XX,idem,del(5)(q13q33),+8[6]",
            female,
            "del(5)(q13q33) | del(5)(q13q33) +8",
        ),
        // A loss takes the derivative that it names, by its breakpoints where they are given.
        (
            "46,XX,del(5)(q13q33)[5]/45,XX,idem,-del(5)(q13q33)[6]",
            female,
            "del(5)(q13q33) | ",
        ),
        (
            "46,XX,der(1)t(1;3)(p36;q21)[5]/45,XX,idem,-der(1)[6]",
            female,
            "der(1)t(1;3)(p36;q21) | ",
        ),
        (
            "46,XX,del(5)(q13q33)[5]/45,XX,idem,-del(5)(q31q35)[6]",
            female,
            "del(5)(q13q33) | del(5)(q13q33)",
        ),
        (
            "46,XX,del(5)(q13q33)[5]/45,XX,idem,-del(20)[6]",
            female,
            "del(5)(q13q33) | del(5)(q13q33)",
        ),
        (
            "46,XX,del(5)(q13q33)[5]/45,XX,idem,-add(5)[6]",
            female,
            "del(5)(q13q33) | del(5)(q13q33)",
        ),
        // Without a clone to inherit from, the loss of a structure is a change of its own.
        ("45,XX,-mar[5]", female, "-mar"),
        // The sex chromosome that `45,X` lost is lost once, whatever else there is.
        ("44,X,-7[20]", male, "-Y -7"),
        ("44,X,-7[20]", female, "-X -7"),
        (
            "45,X[10]/45,X,idem,del(5)(q13q33)[6]",
            female,
            "-X | -X del(5)(q13q33)",
        ),
        ("45,X,idic(X)(q13)[20]", female, "idic(X)(q13)"),
        // A doubled near-haploid clone: the ploidy is a change.
        ("28,XX,-7[5]/56,XX,idemx2[6]", female, "-7 | -7 ploidy"),
    ] {
        let actual: Vec<String> = assessed(text, sex)
            .clones
            .iter()
            .map(|c| c.abnormalities.join(" "))
            .collect();
        assert_eq!(actual.join(" | "), clones, "{text}");
    }
    // Another change does not tell which sex chromosome is lost; here either is the same group, there it is not.
    let untold = assessed("45,X,del(5)(q13q33)[10]", None);
    assert_eq!(untold.risk, Some(CytogeneticRisk::Good));
    let untold = assessed("45,X,del(11)(q23)[10]/46,X,del(11)(q23)[3]", None);
    assert_eq!(untold.risk, Some(CytogeneticRisk::Intermediate));
    let told = assessed("44,X,-7[10]/45,X,-Y[5]", None);
    assert_eq!(
        (told.risk.map(CytogeneticRisk::label), told.changes),
        (Some("Poor"), 2)
    );
}

/// The arm of a change of 3 or 5 in the short and in the detailed form (ISCN 2020), and bands of other chromosomes.
#[test]
fn the_detailed_form_means_the_same_as_the_short_one() {
    // Karyotype, group, del(5q), 3q26
    for (text, group, del5q, mecom) in [
        ("46,XX,del(5)(q13q33)[20]", "Good", true, false),
        ("46,XX,del(5)(pter→q13::q33→qter)[20]", "Good", true, false),
        ("46,XX,del(5)(pter>q13::q33>qter)[20]", "Good", true, false),
        ("46,XX,del(5)(qter→q33::q13→pter)[20]", "Good", true, false),
        ("46,XX,del(5)(pter→q13)[20]", "Good", true, false),
        ("46,XX,del(5)(qter→p13)[20]", "Intermediate", false, false),
        ("46,XX,inv(3)(q21q26)[20]", "Poor", false, true),
        (
            "46,XX,inv(3)(pter→q21::q26→q21::q26→qter)[20]",
            "Poor",
            false,
            true,
        ),
        (
            "46,XX,t(3;21)(3pter→3q26::21q22→21qter;21pter→21q22::3q26→3qter)[20]",
            "Poor",
            false,
            true,
        ),
        (
            "46,XX,t(3;10)(3pter→3p13::10q26→10qter;10pter→10q26::3p13→3pter)[20]",
            "Intermediate",
            false,
            false,
        ),
        ("46,XX,del(5)(?q13q33)[20]", "Good", true, false),
        (
            "46,XX,i(17)(qter→q10::q10→qter)[20]",
            "Intermediate",
            false,
            false,
        ),
        ("46,XX,inv(3)(p13q21)[20]", "Intermediate", false, false),
        ("46,XX,inv(5)(q13q31)[20]", "Intermediate", false, false),
        ("46,XX,t(10;12)(q26;p13)[20]", "Intermediate", false, false),
        ("46,XX,del(10)(q26)[20]", "Intermediate", false, false),
    ] {
        let actual = assessed(text, Some(Sex::Female));
        let found = (
            actual.risk.map(CytogeneticRisk::label),
            actual.flags.del5q,
            actual.flags.abnormal_3q26,
        );
        assert_eq!(found, (Some(group), del5q, mecom), "{text}");
    }
}

#[test]
fn prints_the_canonical_form() {
    for (text, expected) in [
        (
            "46, xx, DEL(5)(Q13Q33) [18] / 46,xx[2]",
            "46,XX,del(5)(q13q33)[18]/46,XX[2]",
        ),
        ("45-48,xy,+1-3mar,+8x2[CP7]", "45~48,XY,+1~3mar,+8×2[cp7]"),
        ("47,xxyc,+8[3]//46,xx[17]", "47,XXYc,+8[3]//46,XX[17]"),
        (
            "46,xx,psu dic(20;20)(q13;q13)[2]",
            "46,XX,psudic(20;20)(q13;q13)[2]",
        ),
        ("92<4n>,XXYY,idem*2,?-7[4]", "92<4n>,XXYY,idem×2,-?7[4]"),
    ] {
        assert_eq!(Karyotype::parse(text).unwrap().to_string(), expected);
    }
}

#[test]
fn a_table_names_what_cannot_be_read_and_does_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("k.csv");
    let out = folder.path().join("out.csv");
    std::fs::write(
        &table,
        "ID,karyotype,sex\na,\"46,XX,del(5)(q13q33)[18]/46,XX[2]\",F\nb,complex,M\nc,NA,M\n",
    )
    .unwrap();
    let status = assert_cmd::Command::cargo_bin("hemoclone")
        .unwrap()
        .args(["score", "karyotype"])
        .arg(&table)
        .arg("-o")
        .arg(&out)
        .output()
        .unwrap()
        .status;
    assert_eq!(status.code(), Some(3));
    let expected = "\
ID,CYTO_IPSSR,del5q,del7_7q,del17_17p,complex,changes,independent_clones,row,notes,CYTO_IPSSR_best,CYTO_IPSSR_worst,open,fusions
a,Good,1,0,0,0,1,0,del(5q),,Good,Good,,
b,NA,NA,NA,NA,NA,NA,NA,not readable,\"karyotype, character 1: expected the number of chromosomes, as in 46,XX[20]\",NA,NA,,NA
c,NA,NA,NA,NA,NA,NA,NA,no karyotype,,NA,NA,,NA
";
    assert_eq!(std::fs::read_to_string(&out).unwrap(), expected);
    assert_fails(
        score_text("karyotype", "ID,karyotype,sex\na,\"46,XX\",Z\n", &[]),
        &["line 2, column sex: \"Z\" is not female, male"],
    );
}

#[test]
fn karyotypes_that_cannot_be_read_are_counted() {
    use hemoclone::myeloid::KaryotypeTable;
    use hemoclone::myeloid::table::score_table;
    use hemoclone::patient::TableReader;
    for (text, expected) in [
        ("ID,karyotype\na,\"46,XX\"\nb,NA\n", 0),
        ("ID,karyotype\na,\"46,XX\"\nb,complex\nc,poor\nd,normal\n", 2),
    ] {
        let mut reader = TableReader::new(text.as_bytes(), "k.csv").unwrap();
        let model = KaryotypeTable::new(reader.header()).unwrap();
        score_table(&mut reader, &model, Vec::new(), b',').unwrap();
        assert_eq!(model.unreadable(), expected, "{text}");
    }
}

fn chromosome() -> impl Strategy<Value = String> {
    prop_oneof![
        (1..=22u32).prop_map(|n| n.to_string()),
        Just("X".into()),
        Just("Y".into())
    ]
}

fn band() -> impl Strategy<Value = String> {
    ("[pq]", 10..40u32, prop::option::of(1..9u32)).prop_map(|(arm, band, sub)| match sub {
        Some(sub) => format!("{arm}{band}.{sub}"),
        None => format!("{arm}{band}"),
    })
}

fn structure() -> impl Strategy<Value = String> {
    let one = (
        prop::sample::select(vec!["del", "add", "dup", "inv", "i", "r", "der", "idic", "trp"]),
        chromosome(),
        band(),
    )
        .prop_map(|(kind, chromosome, band)| format!("{kind}({chromosome})({band})"));
    let two = (
        prop::sample::select(vec!["t", "dic", "ins", "der"]),
        chromosome(),
        chromosome(),
        band(),
        band(),
    )
        .prop_map(|(kind, a, b, p, q)| format!("{kind}({a};{b})({p};{q})"));
    let chained = (chromosome(), chromosome(), band(), band(), band())
        .prop_map(|(a, b, p, q, d)| format!("der({a})t({a};{b})({p};{q})del({a})({d})"));
    prop_oneof![one, two, chained]
}

fn abnormality() -> impl Strategy<Value = String> {
    prop_oneof![
        ("[+-]", "\\??", chromosome()).prop_map(|(sign, unsure, c)| format!("{sign}{unsure}{c}")),
        ("\\??", structure()).prop_map(|(unsure, s)| format!("{unsure}{s}")),
        structure().prop_map(|s| format!("+{s}")),
        structure().prop_map(|s| format!("{s}×2")),
        structure().prop_map(|s| format!("{s}c")),
        (1..9u32).prop_map(|n| format!("+{n}mar")),
        (1..9u32).prop_map(|n| format!("+{n}~{}mar", n + 2)),
        (1..9u32).prop_map(|n| format!("+mar{n}")),
        Just("dmin".to_owned()),
    ]
}

fn cell_clone() -> impl Strategy<Value = String> {
    (
        40..60u32,
        prop::option::of(60..100u32),
        prop::sample::select(vec!["XX", "XY", "X", "XXYc"]),
        prop::sample::select(vec!["", "", ",idem", ",sl", ",sdl", ",sdl2", ",idem×2"]),
        prop::collection::vec(abnormality(), 0..6),
        prop::sample::select(vec!["", ",inc"]),
        prop::sample::select(vec!["", "[20]", "[1]", "[cp12]"]),
    )
        .prop_map(|(low, high, sex, inherits, abnormalities, inc, cells)| {
            let high = high.map_or(String::new(), |h| format!("~{h}"));
            let list: String = [vec![String::new()], abnormalities].concat().join(",");
            format!("{low}{high},{sex}{inherits}{list}{inc}{cells}")
        })
}

fn canonical() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(cell_clone(), 1..4),
        prop::option::of(cell_clone()),
    )
        .prop_map(|(clones, donor)| {
            let donor = donor.map_or(String::new(), |d| format!("//{d}"));
            format!("{}{donor}", clones.join("/"))
        })
}

#[test]
fn a_clone_that_refers_to_another_needs_no_sex_chromosomes() {
    for text in [
        "47,XY,+8[10]/48,idem,+21[5]",
        "46,XX,del(5)(q13q33)[12]/46,sl,del(20)(q11.2)[3]/47,sdl1,+8[2]",
    ] {
        assert_eq!(assessed(text, None).notes, [""; 0], "{text}");
    }
    let without = assessed("47,+8[10]", None).notes;
    assert_eq!(without, ["character 4: no sex chromosomes"]);
}

/// Changes of every group and finding.
const READABLE: [&str; 20] = [
    "del(5)(q13q33)",
    "-5",
    "-7",
    "del(7)(q22)",
    "der(7)t(3;7)(q21;q22)",
    "+8",
    "del(11)(q23)",
    "del(12)(p13)",
    "-13",
    "i(17)(q10)",
    "-17",
    "add(17)(p13)",
    "dic(5;17)(q11;p11)",
    "del(20)(q11)",
    "+21",
    "idic(X)(q13)",
    "-Y",
    "inv(3)(q21q26)",
    "t(8;21)(q22;q22)",
    "+mar",
];

proptest! {
    /// Whatever a part that cannot be read stands for, the answer lies within the bounds.
    #[test]
    fn what_cannot_be_read_stays_within_its_bounds(
        (read, rest) in (prop::sample::subsequence(&READABLE[..], 1..5), prop::sample::subsequence(&READABLE[..], 0..4)),
        apart in any::<bool>(),
    ) {
        let rest: Vec<&str> = rest.into_iter().filter(|r| !read.contains(r)).collect();
        let clone = |list: &[&str]| format!("44~50,XY,{}[cp10]", list.join(","));
        let (bounded, full) = if apart && !rest.is_empty() {
            (format!("{}/zz[cp10]", clone(&read)), format!("{}/{}", clone(&read), clone(&rest)))
        } else {
            (clone(&[&read[..], &["zz"]].concat()), clone(&[&read[..], &rest[..]].concat()))
        };
        let (bounds, answer) = (assessed(&bounded, Some(Sex::Male)), assessed(&full, Some(Sex::Male)));
        let [best, worst] = bounds.risk_range().unwrap();
        let risk = answer.risk.unwrap();
        prop_assert!(best <= risk && risk <= worst, "{bounded}: {best:?} {worst:?}, {full}: {risk:?}");
        let tests: [fn(&KaryotypeFlags) -> bool; 9] = [
            |f| f.del5q,
            |f| f.del7_7q,
            |f| f.del17_17p,
            |f| f.complex,
            |f| f.isolated_del5q,
            |f| f.abnormal_3q26,
            |f| f.monosomy7,
            |f| f.myelodysplasia_related_who,
            |f| f.myelodysplasia_related_icc,
        ];
        for test in tests {
            let bound = bounds.known(test);
            prop_assert!(bound.is_none() || bound == answer.known(test), "{bounded}, {full}");
        }
    }

    #[test]
    fn printing_what_was_read_changes_nothing(text in canonical()) {
        let karyotype = Karyotype::parse(&text).map_err(|e| TestCaseError::fail(format!("{text}: {e}")))?;
        prop_assert_eq!(karyotype.to_string(), text);
        assess(&karyotype, None);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(karyotype) = Karyotype::parse(&String::from_utf8_lossy(&bytes)) {
            assess(&karyotype, None);
        }
    }

    #[test]
    fn nothing_that_looks_like_a_karyotype_makes_it_panic(text in "[0-9XYxypq,;:/+\\-()\\[\\]?~.<>nidelmarstczw ×→]{0,80}") {
        let text = format!("46,XX,{text}");
        if let Ok(karyotype) = Karyotype::parse(&text) {
            assess(&karyotype, Some(Sex::Male));
            let printed = karyotype.to_string();
            if !karyotype.is_read_in_full() {
                return Ok(());
            }
            let again = Karyotype::parse(&printed).map_err(|e| TestCaseError::fail(format!("{text} -> {printed}: {e}")))?;
            prop_assert_eq!(again.to_string(), printed);
        }
    }
}
