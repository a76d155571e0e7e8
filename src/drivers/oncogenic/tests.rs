use super::*;
use crate::drivers::inheritance::{CloneBackground, InheritanceKind};
use crate::genome::{Build, Chromosome, Variant};
use crate::panel::IpssmRole;
use IpssmDecision::{Counted, InDoubt, NotCounted};
use Strength::{Domain, Named, Truncation};

/// A gene of IPSS-M, its rules for oncogenic mutations and its driver rules.
fn gene(oncogenic: Vec<Rule>, rules: Vec<Rule>) -> PanelGene {
    PanelGene {
        ipssm: IpssmRole::Main,
        oncogenic,
        rules,
        ..PanelGene::of_no_rules("GENE")
    }
}

/// A rule that names the change K10L.
fn named(id: &str) -> Rule {
    let changes = vec!["K10L".to_owned()];
    Rule::of_kind(id, &[RuleSet::Bick], RuleKind::Substitutions { changes })
}

/// A rule for every missense change from residue 1 to 20.
fn domain(id: &str) -> Rule {
    let kind = RuleKind::Residues {
        classes: vec![VariantClass::Missense],
        ranges: vec![(1, 20)],
    };
    Rule::of_kind(id, &[RuleSet::Bick], kind)
}

fn look_up_k10l(gene: &PanelGene, vaf: f64, drivers: &[RuleMatch]) -> OncogenicVerdict {
    look_up_on(None, gene, vaf, drivers)
}

fn look_up_on(platform: Option<&str>, gene: &PanelGene, vaf: f64, drivers: &[RuleMatch]) -> OncogenicVerdict {
    let variant = Variant::new(Build::Grch38, Chromosome::X, 100, "A", "C")
        .unwrap()
        .into();
    let evidence = Evidence::from_fraction(vaf, None, "AF");
    look_up(
        gene,
        &Consequence::of_change("K10L"),
        &variant,
        &evidence,
        platform,
        drivers,
    )
}

/// Rule, strength, and whether the panel's own list states it.
fn found(verdict: &OncogenicVerdict) -> Option<(&str, Strength, bool)> {
    let matched = verdict.matched.as_ref()?;
    Some((matched.rule.as_str(), matched.strength, matched.of_panel))
}

#[test]
fn the_surest_rule_speaks_and_of_equal_ones_that_of_the_panel() {
    let (d, n) = (domain, named);
    for (oncogenic, rules, expected) in [
        (vec![d("own")], vec![], ("own", Domain, true)),
        (vec![n("own")], vec![], ("own", Named, true)),
        (vec![d("own"), n("surer")], vec![], ("surer", Named, true)),
        (vec![n("surer"), d("own")], vec![], ("surer", Named, true)),
        (vec![], vec![d("other"), n("list")], ("list", Named, false)),
        (vec![], vec![n("other"), d("list")], ("list", Domain, false)),
        (vec![d("own")], vec![d("list")], ("own", Domain, true)),
        (vec![d("own")], vec![n("list")], ("list", Named, false)),
        (vec![n("own")], vec![d("list")], ("own", Named, true)),
        (vec![n("own")], vec![n("list")], ("own", Named, true)),
    ] {
        // Of the driver rules that called "list" matched.
        let list = rules.iter().filter(|r| r.id == "list");
        let drivers: Vec<RuleMatch> = list.map(|r| RuleMatch::of(&r.id, &r.sets)).collect();
        let verdict = look_up_k10l(&gene(oncogenic, rules), 0.2, &drivers);
        assert_eq!(found(&verdict), Some(expected));
    }
}

#[test]
fn a_rule_that_asks_for_more_or_excludes_does_not_speak() {
    let own = |min_vaf| {
        vec![Rule {
            min_vaf,
            ..named("own")
        }]
    };
    assert_eq!(
        found(&look_up_k10l(&gene(own(Some(0.1)), vec![]), 0.1, &[])),
        Some(("own", Named, true))
    );
    assert_eq!(
        found(&look_up_k10l(&gene(own(Some(0.1)), vec![]), 0.0999, &[])),
        None
    );
    let list = gene(vec![], vec![named("list")]);
    let too_low = RuleMatch::of_too_low_a_vaf("list", &[RuleSet::Bick]);
    assert_eq!(found(&look_up_k10l(&list, 0.2, &[too_low])), None);
    let excluding = |set, elsewhere| RuleMatch::of_exclusion("list", &[set], elsewhere);
    for (set, elsewhere, expected) in [
        // An exclusion of another platform only marks.
        (RuleSet::Bick, true, None),
        (RuleSet::Bick, false, Some(("list".to_owned(), false))),
        (RuleSet::Local, false, Some(("list".to_owned(), true))),
    ] {
        let verdict = look_up_k10l(&list, 0.2, &[excluding(set, elsewhere)]);
        assert_eq!(found(&verdict), None);
        assert_eq!(verdict.excluded, expected);
    }
}

/// As for driver rules: an exclusion that was seen on some platforms holds on these alone (`docs/panels.md`).
#[test]
fn an_exclusion_of_a_platform_holds_on_it_alone() {
    let excluding = |platforms: &[&str]| Rule {
        exclude: true,
        platforms: platforms.iter().map(|p| (*p).to_owned()).collect(),
        ..named("exclusion")
    };
    for (platforms, platform, holds) in [
        (&[] as &[&str], None, true),
        (&[], Some("exome"), true),
        (&["exome"], Some("exome"), true),
        (&["genome", "exome"], Some("exome"), true),
        (&["genome"], Some("exome"), false),
        (&["genome"], None, false),
    ] {
        let gene = gene(vec![domain("own"), excluding(platforms)], vec![]);
        let verdict = look_up_on(platform, &gene, 0.2, &[]);
        let expected = holds.then(|| ("exclusion".to_owned(), true));
        assert_eq!(verdict.excluded, expected, "{platforms:?} {platform:?}");
    }
}

#[test]
fn a_range_speaks_by_its_domain_and_a_truncation_for_itself() {
    let missense = [VariantClass::Missense];
    let both = [VariantClass::Missense, VariantClass::Frameshift];
    let lost = [VariantClass::Frameshift, VariantClass::StopGained];
    for (classes, term, expected) in [
        (&missense[..], SoTerm::Missense, Domain),
        (&both[..], SoTerm::Missense, Domain),
        (&both[..], SoTerm::Frameshift, Domain),
        (&lost[..], SoTerm::Frameshift, Truncation),
        (&lost[..], SoTerm::InframeDeletion, Domain),
    ] {
        let classes = classes.to_vec();
        let consequence = Consequence {
            terms: vec![term],
            ..Consequence::of_nothing_known(SequenceSource::Embedded)
        };
        for kind in [
            RuleKind::Anywhere {
                classes: classes.clone(),
            },
            RuleKind::Residues {
                classes: classes.clone(),
                ranges: vec![(1, 9)],
            },
            RuleKind::Exons {
                classes: classes.clone(),
                exons: vec![1],
            },
        ] {
            let rule = Rule::of_kind("rule", &[], kind);
            assert_eq!(strength(&rule, &consequence), expected, "{rule:?} {term:?}");
        }
    }
    let inframe = RuleKind::InframeIn {
        range: (1, 9),
        insertions: true,
        deletions: true,
    };
    let stop = Consequence::of_change("K10*");
    assert_eq!(strength(&Rule::of_kind("rule", &[], inframe), &stop), Domain);
    assert_eq!(strength(&named("rule"), &stop), Named);
}

/// What the decision is asked about; at first a change that a rule of the panel matches, 450 of 1,000 reads.
struct Ask {
    gene: PanelGene,
    consequence: Consequence,
    verdict: OncogenicVerdict,
    evidence: Evidence,
    filters: Filters,
    germline: Vec<Flag>,
    artifact: Vec<Flag>,
    inheritance: Option<Inheritance>,
    phase_decides: bool,
}

fn ask(strength: Option<Strength>) -> Ask {
    Ask {
        gene: gene(vec![], vec![]),
        consequence: Consequence::of_change("K10L"),
        verdict: OncogenicVerdict {
            matched: strength.map(|strength| Oncogenic {
                rule: "rule".to_owned(),
                detail: "note".to_owned(),
                strength,
                of_panel: true,
            }),
            excluded: None,
            undetermined: false,
        },
        evidence: Evidence::from_counts(450, 1000, "AD"),
        filters: Filters::default(),
        germline: Vec::new(),
        artifact: Vec::new(),
        inheritance: None,
        phase_decides: false,
    }
}

impl Ask {
    fn opinion(&self) -> IpssmOpinion {
        let thresholds = Thresholds {
            min_vaf: 0.02,
            min_vaf_x_linked_male: 0.04,
            min_depth: 20,
            min_alt: 3,
        };
        opinion(&OpinionInput {
            gene: &self.gene,
            consequence: &self.consequence,
            verdict: &self.verdict,
            evidence: &self.evidence,
            thresholds: &thresholds,
            filters: &self.filters,
            germline: &self.germline,
            artifact: &self.artifact,
            inheritance: self.inheritance.as_ref(),
            phase_decides: self.phase_decides,
        })
        .unwrap()
    }

    fn said(&self) -> (IpssmDecision, IpssmReason, String) {
        let opinion = self.opinion();
        (opinion.decision, opinion.because, opinion.detail)
    }
}

#[test]
fn reads_are_enough_from_the_thresholds_on() {
    use IpssmReason::{BelowVaf, FewReads, OncogenicRule};
    for ((alt, depth), expected) in [
        ((20, 1000), (Counted, OncogenicRule, "note")),
        ((199, 10_000), (NotCounted, BelowVaf, "0.0199 < 0.02")),
        ((3, 20), (Counted, OncogenicRule, "note")),
        ((3, 19), (InDoubt, FewReads, "3/19")),
        ((2, 20), (InDoubt, FewReads, "2/20")),
    ] {
        let asked = Ask {
            evidence: Evidence::from_counts(alt, depth, "AD"),
            ..ask(Some(Named))
        };
        let (decision, because, detail) = asked.said();
        assert_eq!((decision, because, detail.as_str()), expected, "{alt}/{depth}");
    }
    let unknown = Ask {
        evidence: Evidence::default(),
        ..ask(Some(Named))
    };
    assert_eq!(unknown.said().1, IpssmReason::VafUnknown);
}

#[test]
fn a_doubt_adds_nothing_to_a_doubt_and_what_speaks_against_settles_it() {
    let excluded = |counts: (u32, u32)| {
        let mut asked = ask(Some(Named));
        asked.verdict.excluded = Some(("exclusion".to_owned(), false));
        asked.evidence = Evidence::from_counts(counts.0, counts.1, "AD");
        asked.opinion()
    };
    let opinion = |decision, because, detail: &str| IpssmOpinion {
        decision,
        because,
        rule: Some("exclusion".to_owned()),
        detail: detail.to_owned(),
    };
    assert_eq!(excluded((5, 15)), opinion(InDoubt, IpssmReason::Excluded, ""));
    assert_eq!(
        excluded((1, 100)),
        opinion(NotCounted, IpssmReason::BelowVaf, "0.0100 < 0.02")
    );
}

#[test]
fn what_no_rule_matches_is_unknown_where_its_effect_is() {
    use Region::{Coding, Intron};
    use SequenceSource::{Embedded, None as Nothing, Reference};
    let changed = (InDoubt, IpssmReason::NoRuleMatched);
    let unknown = (InDoubt, IpssmReason::ProteinChangeUnknown);
    let unchanged = (NotCounted, IpssmReason::ProteinUnchanged);
    for (terms, region, source, expected) in [
        (&[SoTerm::Missense][..], Coding, Embedded, changed),
        (&[SoTerm::CodingSequence], Coding, Reference, unknown),
        (&[], Coding, Embedded, unknown),
        (&[SoTerm::CodingSequence], Coding, Nothing, unknown),
        (&[SoTerm::SpliceRegion], Coding, Nothing, unknown),
        (&[SoTerm::SpliceRegion], Coding, Embedded, unchanged),
        (&[SoTerm::Synonymous], Coding, Embedded, unchanged),
        (&[SoTerm::Intron], Intron, Nothing, unchanged),
        (&[], Intron, Embedded, unchanged),
    ] {
        let asked = Ask {
            consequence: Consequence {
                terms: terms.to_vec(),
                region,
                ..Consequence::of_nothing_known(source)
            },
            ..ask(None)
        };
        let (decision, because, _) = asked.said();
        assert_eq!((decision, because), expected, "{terms:?} {region:?} {source:?}");
    }
}

#[test]
fn a_domain_alone_is_in_doubt_from_nine_in_ten_that_it_is_inherited() {
    use IpssmReason::{LikelyInherited, OncogenicRule};
    for (probability, strength, expected) in [
        (0.9, Domain, (InDoubt, LikelyInherited, "P(inherited) = 0.90")),
        (0.8999, Domain, (Counted, OncogenicRule, "note")),
        (0.1, Domain, (Counted, OncogenicRule, "note")),
        (0.9, Truncation, (Counted, OncogenicRule, "note")),
        (0.9999, Named, (Counted, OncogenicRule, "note")),
    ] {
        let asked = Ask {
            inheritance: Some(Inheritance {
                probability,
                kind: InheritanceKind::Domain,
                prior: 0.2,
                background: CloneBackground::UnknownOrHealthy,
                other_clone_vaf: None,
                if_inherited: 0.1,
                if_clone: 0.1,
                population_factor: 1.0,
                normal_factor: 1.0,
            }),
            ..ask(Some(strength))
        };
        let (decision, because, detail) = asked.said();
        assert_eq!(
            (decision, because, detail.as_str()),
            expected,
            "{probability} {strength:?}"
        );
    }
}

#[test]
fn a_doubt_about_the_reads_is_told_from_review_on() {
    use ReasonCode::{OrientationBias, StrandBias};
    for (flags, expected) in [
        (vec![(StrandBias, Weight::Remark)], None),
        (vec![(StrandBias, Weight::Review)], Some("strand_bias")),
        (vec![(StrandBias, Weight::Doubt)], Some("strand_bias")),
        (
            vec![(StrandBias, Weight::Review), (OrientationBias, Weight::Doubt)],
            Some("strand_bias, orientation_bias"),
        ),
        (
            vec![(StrandBias, Weight::Remark), (OrientationBias, Weight::Review)],
            Some("orientation_bias"),
        ),
    ] {
        let asked = Ask {
            artifact: flags
                .iter()
                .map(|(code, weight)| Flag::new(*code, *weight, ""))
                .collect(),
            ..ask(Some(Named))
        };
        let expected = expected.map_or(
            (Counted, IpssmReason::OncogenicRule, "note".to_owned()),
            |codes| (InDoubt, IpssmReason::Artifact, codes.to_owned()),
        );
        assert_eq!(asked.said(), expected, "{flags:?}");
    }
    let phase = Ask {
        phase_decides: true,
        ..ask(Some(Named))
    };
    assert_eq!(phase.said(), (InDoubt, IpssmReason::PhaseUnknown, String::new()));
}

/// Ten fragments (`homopolymer_min_alt`) and a VAF of 0.05.
#[test]
fn a_change_in_a_run_of_one_base_is_believed_where_there_is_more_than_slippage_makes() {
    use ReasonCode::{Homopolymer, StrandBias};
    let decision = |code, weight, (alt, depth), least| {
        Ask {
            artifact: vec![Flag::new(code, weight, "")],
            evidence: Evidence::from_counts(alt, depth, "AD"),
            filters: Filters {
                homopolymer_min_alt: least,
                ..Filters::default()
            },
            ..ask(Some(Named))
        }
        .said()
        .0
    };
    for (code, weight, counts, least, expected) in [
        (Homopolymer, Weight::Review, (10, 200), Some(10), Counted),
        (Homopolymer, Weight::Doubt, (10, 200), Some(10), Counted),
        (Homopolymer, Weight::Review, (9, 180), Some(10), InDoubt),
        (Homopolymer, Weight::Review, (10, 201), Some(10), InDoubt),
        (Homopolymer, Weight::Review, (450, 1000), Some(10), Counted),
        (Homopolymer, Weight::Remark, (9, 180), Some(10), Counted),
        // Without the filter nothing says how much is enough.
        (Homopolymer, Weight::Review, (450, 1000), None, InDoubt),
        (StrandBias, Weight::Review, (450, 1000), Some(10), InDoubt),
    ] {
        let actual = decision(code, weight, counts, least);
        assert_eq!(actual, expected, "{code:?} {weight:?} {counts:?} {least:?}");
    }
}
