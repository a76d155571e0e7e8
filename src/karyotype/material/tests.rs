use super::super::clones::{View, resolve};
use super::super::model::Karyotype;
use super::*;

/// Returns the arms that the first clone lost, and with a question mark those that it may have lost.
fn lost(text: &str) -> String {
    let karyotype = Karyotype::parse(text).unwrap();
    let view = View {
        sex: None,
        mosaic: false,
    };
    let losses = Losses::of(&resolve(&karyotype, view, &mut Vec::new())[0]);
    let mut arms = Vec::new();
    for chromosome in (1..=22).map(|n| n.to_string()) {
        for (arm, letter) in [(Arm::P, 'p'), (Arm::Q, 'q')] {
            match (losses.loses(&chromosome, arm), losses.may_lose(&chromosome, arm)) {
                (true, true) => arms.push(format!("{chromosome}{letter}")),
                (false, true) => arms.push(format!("{chromosome}{letter}?")),
                (false, false) => {}
                (true, false) => panic!("{text}: {chromosome}{letter} is lost, and cannot be"),
            }
        }
    }
    arms.join(" ")
}

/// Reasoned from ISCN: what each structure stands for and what it is made of.
const LOST: &[(&str, &str)] = &[
    ("46,XX", ""),
    ("45,XX,-5", "5p 5q"),
    ("44,XX,-5,-5", "5p 5q"),
    ("47,XX,+5", ""),
    ("46,XX,del(5)(q13q33)", "5q"),
    ("46,XX,del(5)(q33q13)", "5q"),
    ("46,XX,del(5)(q13q?)", "5q"),
    ("46,XX,del(5)(q?)", "5q"),
    ("46,XX,del(5)(p14)", "5p"),
    ("46,XX,del(5)", "5p? 5q?"),
    ("46,XX,del(7)(p15q22)", "7p 7q"),
    ("46,XX,del(12)(p12p12)", "12p"),
    ("46,XX,add(12)(p13)", "12p"),
    ("46,XX,add(12)(q24)", "12q"),
    ("46,XX,add(12)", "12p? 12q?"),
    ("46,XX,i(12)(p10)", "12q"),
    ("46,XX,i(12)(q10)", "12p"),
    ("46,XX,i(12)(q11)", "12p"),
    ("46,XX,i(7)(p11)", "7p 7q?"),
    ("46,XX,i(12)", "12p? 12q?"),
    ("46,XX,idic(20)(q11)", "20q"),
    ("46,XX,idic(20)(p11)", "20p"),
    ("46,XX,ider(20)(q10)del(20)(q11q13)", "20p 20q"),
    ("46,XX,psu idic(17)(p11)", "17p"),
    ("46,XX,r(5)(p15q35)", "5p 5q?"),
    ("46,XX,r(5)(p15q34)", "5p 5q"),
    ("46,XX,r(7)(p22q36)", "7p 7q?"),
    ("46,XX,r(7)(p22q35)", "7p 7q"),
    ("46,XX,r(12)(p13q24)", "12p? 12q"),
    ("46,XX,r(12)(p12q24)", "12p 12q"),
    ("46,XX,r(17)(p13q25)", "17p? 17q"),
    ("46,XX,r(20)", "20p? 20q?"),
    // Two centromeres or more: each chromosome up to its breaks.
    ("45,XX,dic(5;17)(q31;p11)", "5q 17p"),
    ("45,XX,dic(5;17)(p15;q25)", "5p 17q"),
    ("45,XX,psu dic(17;18)(p11;p11)", "17p 18p"),
    ("45,XX,dic(5;17)", "5p? 5q? 17p? 17q?"),
    ("44,XX,trc(5;7;17)(q11;p11q11;p11)", "5q 7p 7q 17p"),
    ("45,XX,rob(13;14)(q10;q10)", "13p 14p"),
    ("45,XX,der(5;17)(p10;q10)", "5q 17p"),
    ("45,XX,der(5;17)(q10;p10)", "5p 17q"),
    // With band 11 the arms or all up to the breaks.
    ("45,XX,der(5;17)(p11;q11)", "5p? 5q 17p 17q?"),
    ("45,XX,der(5;17)(q12;p12)", "5q 17p"),
    ("45,XX,der(5;17)t(5;17)(p13;q21)", "5p 17q"),
    // Translocations: a derivative keeps its side and takes what its partner lost.
    ("46,XX,t(7;12)(q22;p13)", ""),
    ("46,XX,der(7)t(7;12)(q22;p13)", "7q"),
    ("46,XX,der(12)t(7;12)(q22;p13)", "12p"),
    ("46,XX,der(7)t(7;12)(q22;p13),der(12)t(7;12)(q22;p13)", ""),
    ("45,XX,der(7)t(7;12)(q22;p13),-12", "7q 12p 12q"),
    ("47,XX,+der(7)t(7;12)(q22;p13)", ""),
    ("46,XX,-5,+der(5)t(5;12)(q13;q13)", "5q"),
    ("46,XX,der(17)t(?;17)(?;p11)", "17p"),
    ("46,XX,der(?)t(?;17)(?;p11)", ""),
    ("46,XX,der(5)t(5;7)(q13;q22)t(7;17)(q31;q21)", "5q"),
    (
        "46,XX,der(5)t(5;7)(q13;q22)t(7;17)(q31;q21),der(7)t(5;7)(q13;q22)",
        "7q",
    ),
    ("46,XX,der(3)t(3;5;7)(q21;q13;q22)", "3q"),
    (
        "46,XX,der(3)t(3;5;7)(q21;q13;q22),der(5)t(3;5;7)(q21;q13;q22)",
        "5q",
    ),
    ("46,XX,der(17)dic(17;18)(p11;q11)", "17p"),
    ("46,XX,der(5)", "5p? 5q?"),
    ("46,XX,der(5)(q?)", "5q?"),
    // Insertions: `ins(3;5)` brings a stretch of 5 into 3.
    ("46,XX,ins(3;5)(q21;q13q33)", ""),
    ("46,XX,der(3)ins(3;5)(q21;q13q33)", ""),
    ("46,XX,der(5)ins(3;5)(q21;q13q33)", "5q"),
    ("46,XX,der(5)ins(3;5)(q21;q33q13)", "5q"),
    ("46,XX,der(3)ins(3;5)(q21;q13q33),der(5)ins(3;5)(q21;q13q33)", ""),
    ("46,XX,der(17)ins(3;17)(q21;p13p12)", "17p"),
    ("46,XX,der(17)ins(17;5)(p12;q13q33)", ""),
    ("45,XX,der(3)ins(3;5)(q21;q13q33),-5", "5p 5q"),
    ("46,XX,der(5)ins(3;5)(q21;q13)", "5q?"),
    ("46,XX,der(3)ins(3;5)(q21;q13)", ""),
    ("46,XX,der(20)del(20)(q11)add(20)(p13)", "20p 20q"),
    ("46,XX,der(20)r(20)(p13q13)", "20p 20q"),
    // Nothing is lost.
    ("46,XX,inv(5)(q13q33)", ""),
    ("46,XX,dup(5)(q13q33)", ""),
    ("47,XX,+mar", ""),
    ("47,XX,+del(5)(q13q33)", ""),
];

#[test]
fn every_structure_loses_what_it_does_not_hold() {
    let wrong: Vec<String> = LOST
        .iter()
        .map(|(text, expected)| (text, lost(text), expected))
        .filter(|(_, actual, expected)| actual != *expected)
        .map(|(text, actual, expected)| format!("{text}: {actual:?}, expected {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
