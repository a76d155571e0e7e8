use super::*;
use crate::genome::{Build, Chromosome, Variant};
use crate::panel::RuleSet;
use Outcome::{No, Possible, Yes};

/// Alleles of a substitution and of an insertion.
const SNV: (&str, &str) = ("A", "C");
const INDEL: (&str, &str) = ("A", "ACCCC");

fn variant((reference, alternate): (&str, &str)) -> Allele {
    let variant = Variant::new(Build::Grch38, Chromosome::X, 100, reference, alternate);
    variant.unwrap().into()
}

fn rule(kind: RuleKind) -> Rule {
    Rule::of_kind("rule", &[RuleSet::Bick], kind)
}

fn outcome(kind: RuleKind, consequence: &Consequence, alleles: (&str, &str)) -> Outcome {
    View::new(consequence, &variant(alleles)).outcome(&rule(kind))
}

/// A coding change of which the terms and the codon are known, but not the protein change.
fn without_protein(terms: &[SoTerm], residue: u32) -> Consequence {
    Consequence {
        terms: terms.to_vec(),
        cds_range: Some((residue * 3 - 2, residue * 3 - 2)),
        ..Consequence::of_nothing_known(SequenceSource::None)
    }
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|t| (*t).to_owned()).collect()
}

fn change(text: &str) -> ProteinChange {
    ProteinChange::parse(text).unwrap()
}

#[test]
fn a_rule_asks_for_its_vaf_and_does_not_count_where_none_is_known() {
    let of = |min_vaf, vaf: Option<f64>| {
        let rule = Rule {
            min_vaf,
            ..rule(RuleKind::Substitutions {
                changes: texts(&["K10L"]),
            })
        };
        let evidence = Evidence {
            vaf,
            ..Evidence::default()
        };
        let found = match_list(
            &[rule],
            &Consequence::of_change("K10L"),
            &variant(SNV),
            &evidence,
            None,
        );
        found[0].vaf_too_low
    };
    assert!(!of(Some(0.1), Some(0.1)));
    assert!(of(Some(0.1), Some(0.0999)));
    assert!(of(Some(0.1), None));
    assert!(!of(None, Some(0.01)));
    assert!(!of(None, None));
}

#[test]
fn an_indel_may_have_another_coding_name_where_its_place_is_not_known() {
    use SequenceSource::{Bundle, Coordinates, Embedded, File, None as Nothing, Reference};
    for (alleles, source, name, expected) in [
        (SNV, Embedded, Some("c.30A>C"), Yes),
        (SNV, Embedded, Some("c.31A>C"), No),
        // A substitution has one name, whoever gives it.
        (SNV, File, Some("c.31A>C"), No),
        (SNV, Nothing, Some("c.31A>C"), No),
        (SNV, File, None, Possible),
        (INDEL, Embedded, Some("c.30A>C"), Yes),
        (INDEL, Embedded, Some("c.31_32insCCCC"), No),
        (INDEL, Reference, Some("c.31_32insCCCC"), No),
        (INDEL, Bundle, Some("c.31_32insCCCC"), No),
        (INDEL, File, Some("c.31_32insCCCC"), Possible),
        (INDEL, Coordinates, Some("c.31_32insCCCC"), Possible),
        (INDEL, Nothing, Some("c.31_32insCCCC"), Possible),
        (INDEL, Embedded, None, Possible),
    ] {
        let consequence = Consequence {
            hgvs_c: name.map(str::to_owned),
            ..Consequence::of_nothing_known(source)
        };
        let kind = RuleKind::CodingChanges {
            changes: texts(&["c.30A>C"]),
        };
        assert_eq!(
            outcome(kind, &consequence, alleles),
            expected,
            "{alleles:?} {source:?} {name:?}"
        );
    }
}

#[test]
fn an_in_frame_change_counts_where_it_touches_and_others_by_their_first_residue() {
    let kind = |class| RuleKind::Residues {
        classes: vec![class],
        ranges: vec![(10, 20)],
    };
    for (class, name, expected) in [
        (VariantClass::Inframe, "K8_L9del", No),
        (VariantClass::Inframe, "K8_L10del", Yes),
        (VariantClass::Inframe, "K20_L22del", Yes),
        (VariantClass::Inframe, "K21_L22del", No),
        (VariantClass::Frameshift, "K9fs", No),
        (VariantClass::Frameshift, "K10fs", Yes),
        (VariantClass::Frameshift, "K20fs", Yes),
        (VariantClass::Frameshift, "K21fs", No),
        // Two residues replaced, of which only the second lies in the range.
        (VariantClass::Missense, "K9_L10delinsAG", No),
        (VariantClass::Missense, "K10_L11delinsAG", Yes),
    ] {
        let actual = outcome(kind(class), &Consequence::of_change(name), INDEL);
        assert_eq!(actual, expected, "{name}");
    }
}

#[test]
fn a_place_is_exact_by_the_protein_change_one_base_or_a_splice_site() {
    let at = |class, consequence: &Consequence, alleles| {
        let kind = RuleKind::Residues {
            classes: vec![class],
            ranges: vec![(10, 20)],
        };
        outcome(kind, consequence, alleles)
    };
    let missense = without_protein(&[SoTerm::Missense], 10);
    assert_eq!(at(VariantClass::Missense, &missense, SNV), Yes);
    assert_eq!(
        at(VariantClass::Missense, &Consequence::of_change("K10L"), SNV),
        Yes
    );
    // Where a frameshift begins to change residues is known from the sequence alone.
    let frameshift = without_protein(&[SoTerm::Frameshift], 10);
    assert_eq!(at(VariantClass::Frameshift, &frameshift, INDEL), Possible);
    assert_eq!(
        at(
            VariantClass::Frameshift,
            &without_protein(&[SoTerm::Frameshift], 21),
            INDEL
        ),
        No
    );
    let splice = Consequence {
        terms: vec![SoTerm::SpliceDonor],
        hgvs_c: Some("c.30+1_30+2insCCCC".to_owned()),
        ..Consequence::of_nothing_known(SequenceSource::Coordinates)
    };
    assert_eq!(at(VariantClass::SpliceSite, &splice, INDEL), Yes);
}

#[test]
fn a_listed_change_is_possible_for_its_class_and_place_alone() {
    let kinds: [(RuleKind, SoTerm, SoTerm); 5] = [
        (
            RuleKind::Substitutions {
                changes: texts(&["K10L"]),
            },
            SoTerm::Missense,
            SoTerm::Frameshift,
        ),
        (
            RuleKind::AnySubstitutionAt {
                residues: texts(&["K10"]),
            },
            SoTerm::Missense,
            SoTerm::StopGained,
        ),
        (
            RuleKind::InframeList {
                changes: texts(&["K10del"]),
            },
            SoTerm::InframeDeletion,
            SoTerm::Missense,
        ),
        (
            RuleKind::FrameshiftAt {
                changes: texts(&["K10fs"]),
            },
            SoTerm::Frameshift,
            SoTerm::InframeDeletion,
        ),
        (
            RuleKind::StopAt {
                changes: texts(&["K10*"]),
            },
            SoTerm::StopGained,
            SoTerm::Missense,
        ),
    ];
    for (kind, own, other) in kinds {
        let at = |terms: &[SoTerm], residue| outcome(kind.clone(), &without_protein(terms, residue), INDEL);
        assert_eq!(at(&[own], 10), Possible, "{kind:?}");
        assert_eq!(at(&[own], 9), No, "{kind:?}");
        assert_eq!(at(&[own], 11), No, "{kind:?}");
        assert_eq!(at(&[other], 10), No, "{kind:?}");
    }
    // One base whose codon alone is known may be a substitution or a stop, but shifts no frame.
    let open = without_protein(&[SoTerm::CodingSequence], 10);
    let substitution = RuleKind::Substitutions {
        changes: texts(&["K10L"]),
    };
    let frameshift = RuleKind::FrameshiftAt {
        changes: texts(&["K10fs"]),
    };
    assert_eq!(outcome(substitution, &open, SNV), Possible);
    assert_eq!(outcome(frameshift, &open, SNV), No);
}

#[test]
fn in_frame_rules_take_what_lengthens_or_shortens_as_they_say() {
    // Insertions alone, deletions alone, both.
    for (name, expected) in [
        ("K12dup", [Yes, No, Yes]),
        ("K12_L13insAG", [Yes, No, Yes]),
        ("K12_L13delinsAGR", [Yes, No, Yes]),
        ("K12del", [No, Yes, Yes]),
        ("K12_L14delinsAG", [No, Yes, Yes]),
        ("K12_L13delinsAG", [No, No, Yes]),
        ("K12L", [No, No, No]),
        ("K12*", [No, No, No]),
        ("K12fs", [No, No, No]),
        ("K12delinsA*", [No, No, No]),
        ("K8_L9del", [No, No, No]),
        ("K21_L22insAG", [No, No, No]),
    ] {
        let actual = [(true, false), (false, true), (true, true)].map(|(insertions, deletions)| {
            let kind = RuleKind::InframeIn {
                range: (10, 20),
                insertions,
                deletions,
            };
            outcome(kind, &Consequence::of_change(name), INDEL)
        });
        assert_eq!(actual, expected, "{name}");
    }
    for (term, residue, expected) in [
        (SoTerm::InframeDeletion, 10, Possible),
        (SoTerm::InframeDeletion, 21, No),
        (SoTerm::Frameshift, 10, No),
    ] {
        let kind = RuleKind::InframeIn {
            range: (10, 20),
            insertions: true,
            deletions: true,
        };
        let actual = outcome(kind, &without_protein(&[term], residue), INDEL);
        assert_eq!(actual, expected, "{term:?} {residue}");
    }
}

#[test]
fn an_insertion_behind_a_coding_base_may_be_written_as_a_duplication() {
    let at = |name: &str, after: u32, frameshift, term| {
        let consequence = Consequence {
            terms: vec![term],
            hgvs_c: Some(name.to_owned()),
            ..Consequence::of_nothing_known(SequenceSource::File)
        };
        let kind = RuleKind::CdsInsertions {
            after: vec![after],
            frameshift,
        };
        outcome(kind, &consequence, INDEL)
    };
    let (shift, inframe) = (SoTerm::Frameshift, SoTerm::InframeInsertion);
    for (name, after, expected) in [
        ("c.860_863dup", 858, No),
        ("c.860_863dup", 859, Yes),
        ("c.860_863dup", 863, Yes),
        ("c.860_863dup", 864, No),
        ("c.860dup", 859, Yes),
        ("c.860dup", 860, Yes),
        ("c.860_861insTCTG", 859, No),
        ("c.860_861insTCTG", 860, Yes),
        ("c.860_861insTCTG", 861, No),
        ("c.860_861del", 860, No),
    ] {
        for frameshift in [false, true] {
            assert_eq!(at(name, after, frameshift, shift), expected, "{name} {after}");
        }
    }
    assert_eq!(at("c.860_863dup", 860, true, inframe), No);
    assert_eq!(at("c.860_863dup", 860, false, inframe), Yes);
    assert_eq!(at("c.860_863dup", 864, false, inframe), No);
}

#[test]
fn a_replaced_residue_is_told_where_the_reference_fits() {
    for (name, letter, position, expected) in [
        ("K10L", 'K', 10, Some('L')),
        ("K10L", 'R', 10, None),
        ("K10L", 'K', 9, None),
        ("K10L", 'K', 11, None),
        ("K10_M12delinsRST", 'K', 10, Some('R')),
        ("K10_M12delinsRST", 'R', 10, None),
        // The residue in the middle is not named, so that nothing contradicts.
        ("K10_M12delinsRST", 'Q', 11, Some('S')),
        ("K10_M12delinsRST", 'M', 12, Some('T')),
        ("K10_M12delinsRST", 'K', 12, None),
        ("K10_M12delinsRST", 'K', 9, None),
        ("K10_M12delinsRST", 'M', 13, None),
        // Of another length nothing stands one by one.
        ("K10_M12delinsRS", 'K', 10, None),
        ("K10_M12delinsRSTV", 'K', 10, None),
        ("K10_M12del", 'K', 10, None),
        ("K10fs", 'K', 10, None),
    ] {
        let actual = replaced(&change(name), letter, position);
        assert_eq!(actual, expected, "{name} {letter}{position}");
    }
}

#[test]
fn the_length_of_the_protein_changes_by_what_is_put_in_and_taken_out() {
    for (name, inframe, longer, shorter) in [
        ("K10dup", true, true, false),
        ("K10_L11insA", true, true, false),
        ("K10del", true, false, true),
        ("K10_L12delinsAG", true, false, true),
        ("K10_L12delinsAGR", true, false, false),
        ("K10_L12delinsAGRE", true, true, false),
        ("K10delinsAG", true, true, false),
        ("K10_L11insA*", false, true, false),
        ("K10L", false, false, false),
        ("K10*", false, false, false),
        ("K10fs", false, false, false),
        ("K10=", false, false, false),
    ] {
        let change = change(name);
        let actual = (is_inframe(&change), length_change(&change));
        assert_eq!(actual, (inframe, (longer, shorter)), "{name}");
    }
}
