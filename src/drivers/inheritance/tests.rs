use super::*;

struct Case {
    evidence: Evidence,
    kind: InheritanceKind,
    background: CloneBackground,
    others: &'static [f64],
    normal: Normal,
    frequency: Option<f64>,
    sex: Option<Sex>,
    x_linked: bool,
    share: Option<f64>,
}

fn case(alt: u32, depth: u32, kind: InheritanceKind) -> Case {
    Case {
        evidence: Evidence::from_counts(alt, depth, "AD"),
        kind,
        background: CloneBackground::UnknownOrHealthy,
        others: &[],
        normal: Normal::None,
        frequency: None,
        sex: None,
        x_linked: false,
        share: None,
    }
}

fn found(case: &Case) -> Option<Inheritance> {
    let gene = PanelGene {
        x_linked: case.x_linked,
        inherited_share: case.share,
        ..PanelGene::of_no_rules("GENE")
    };
    let population = case.frequency.map(|frequency| PopulationFrequency {
        frequency,
        field: "AF".into(),
    });
    inheritance(&InheritanceInput {
        evidence: &case.evidence,
        normal: &case.normal,
        population: population.as_ref(),
        gene: &gene,
        sex: case.sex,
        kind: case.kind,
        background: case.background,
        other_clones: &OtherClones::of(case.others),
        filters: &Filters::default(),
    })
}

fn probability(case: &Case) -> f64 {
    found(case).unwrap().probability
}

/// Writes the posterior and what it was made of: probability, counts if inherited, counts if of a clone, matched normal.
fn numbers(case: &Case) -> String {
    let found = found(case).unwrap();
    format!(
        "{:.4} {:.3e} {:.3e} {:.3e}",
        found.probability, found.if_inherited, found.if_clone, found.normal_factor
    )
}

#[test]
fn a_hotspot_near_one_half_is_of_a_clone_and_an_unknown_change_is_inherited() {
    assert!(probability(&case(447, 1000, InheritanceKind::Hotspot)) < 0.05);
    assert!(probability(&case(490, 1000, InheritanceKind::Truncation)) < 0.1);
    assert!(probability(&case(490, 1000, InheritanceKind::Unlisted)) > 0.99);
    assert!(probability(&case(100, 1000, InheritanceKind::Unlisted)) < 0.01);
}

#[test]
fn disease_and_another_clone_of_the_size_speak_for_a_clone() {
    let healthy = case(440, 1000, InheritanceKind::Domain);
    let ill = Case {
        background: CloneBackground::Disease,
        ..case(440, 1000, InheritanceKind::Domain)
    };
    let with_another = Case {
        others: &[0.44],
        background: CloneBackground::Disease,
        ..case(440, 1000, InheritanceKind::Domain)
    };
    let (a, b, c) = (
        probability(&healthy),
        probability(&ill),
        probability(&with_another),
    );
    assert!(a > b && b > c && c < 0.5, "{a} {b} {c}");
}

#[test]
fn a_predisposition_gene_keeps_its_share() {
    let at = |share| {
        probability(&Case {
            share: Some(share),
            background: CloneBackground::Disease,
            ..case(430, 1000, InheritanceKind::Predisposition)
        })
    };
    assert!(at(0.1) < 0.5, "{}", at(0.1));
    assert!(at(0.8) > 0.5, "{}", at(0.8));
}

#[test]
fn a_normal_decides_both_ways() {
    let with = |normal: Normal, kind| {
        probability(&Case {
            normal,
            ..case(480, 1000, kind)
        })
    };
    assert!(with(Normal::NotCalled(60), InheritanceKind::Unlisted) < 0.01);
    let mutated = Normal::Counted(Evidence::from_counts(30, 60, "AD"));
    assert!(with(mutated, InheritanceKind::Domain) > 0.5);
}

#[test]
fn the_population_speaks_but_not_against_a_hotspot() {
    let with = |frequency, kind| {
        probability(&Case {
            frequency: Some(frequency),
            ..case(460, 1000, kind)
        })
    };
    assert!(with(0.002, InheritanceKind::Domain) > 0.95);
    assert!(with(0.002, InheritanceKind::Hotspot) < 0.05);
    assert!(with(1e-6, InheritanceKind::Domain) < with(5e-5, InheritanceKind::Domain));
}

#[test]
fn the_one_x_of_a_male_is_at_one_if_inherited() {
    let x = |alt, sex| {
        probability(&Case {
            sex: Some(sex),
            x_linked: true,
            ..case(alt, 1000, InheritanceKind::Unlisted)
        })
    };
    assert!(x(500, Sex::Male) < 0.01 && x(500, Sex::Female) > 0.9);
    assert!(x(990, Sex::Male) > 0.9);
}

/// Counts, kind, background, VAF of the other clones, and the [`numbers`].
type Posterior = (
    u32,
    u32,
    InheritanceKind,
    CloneBackground,
    &'static [f64],
    &'static str,
);

/// Computed from the table in `docs/status.md` with scipy 1.17: `scipy.stats.betabinom.pmf(k, n, m * 200, (1 - m) * 200)` for counts at
/// a mean m; if inherited 0.98 of m = 0.49 and 0.02 of m = 0.99; if of a clone the sum over m = 0.02 to 0.99 in steps of 0.01, weighted by
/// 1 / (m ln 25) × 0.97 (`UnknownOrHealthy`) or 1 / 0.48 × 0.90 (`Disease`) up to one half and by 0.03 / 0.5 or 0.10 / 0.5 beyond, scaled
/// to a sum of 1; other clones take half of the weight, each by `scipy.stats.norm.pdf(m, vaf, 0.04)` scaled to 1.
#[rustfmt::skip]
const POSTERIORS: &[Posterior] = {
    use CloneBackground::{Disease, UnknownOrHealthy as Healthy};
    use InheritanceKind::{Domain, Hotspot, Predisposition, Truncation, Unlisted};
    &[
        (20, 1000, Unlisted, Healthy, &[], "0.0000 1.109e-66 8.947e-3 1.000e0"),
        (447, 1000, Hotspot, Healthy, &[], "0.0092 5.477e-3 5.902e-4 1.000e0"),
        (440, 1000, Domain, Healthy, &[], "0.6439 4.410e-3 6.098e-4 1.000e0"),
        (700, 1000, Domain, Healthy, &[], "0.0000 1.697e-9 5.503e-5 1.000e0"),
        (990, 1000, Domain, Healthy, &[], "0.8221 9.919e-4 5.366e-5 1.000e0"),
        (990, 1000, Truncation, Healthy, &[], "0.0527 9.919e-4 5.366e-5 1.000e0"),
        (440, 1000, Domain, Disease, &[], "0.3855 4.410e-3 1.757e-3 1.000e0"),
        (490, 1000, Domain, Disease, &[], "0.6665 1.008e-2 1.261e-3 1.000e0"),
        (700, 1000, Domain, Disease, &[], "0.0000 1.697e-9 1.955e-4 1.000e0"),
        (960, 1000, Unlisted, Disease, &[], "0.5904 1.483e-5 1.955e-4 1.000e0"),
        (430, 1000, Predisposition, Disease, &[], "0.0824 3.053e-3 1.790e-3 1.000e0"),
        (440, 1000, Domain, Disease, &[0.44], "0.1981 4.410e-3 4.462e-3 1.000e0"),
        (440, 1000, Domain, Disease, &[0.44, 0.10], "0.2922 4.410e-3 2.670e-3 1.000e0"),
    ]
};

#[test]
fn posteriors_are_those_of_the_documented_model() {
    for (alt, depth, kind, background, others, expected) in POSTERIORS {
        let case = Case {
            background: *background,
            others,
            ..case(*alt, *depth, *kind)
        };
        assert_eq!(
            numbers(&case),
            *expected,
            "{alt}/{depth} {kind:?} {background:?} {others:?}"
        );
    }
}

/// As above, with the share of the gene as prior; on the one X of a male inherited is m = 0.99 alone, and clones run up to 1.
#[test]
fn the_gene_and_the_sex_change_the_numbers() {
    let share = Case {
        share: Some(0.1),
        background: CloneBackground::Disease,
        ..case(430, 1000, InheritanceKind::Predisposition)
    };
    assert_eq!(numbers(&share), "0.1593 3.053e-3 1.790e-3 1.000e0");
    let male = |alt, kind, background| Case {
        sex: Some(Sex::Male),
        x_linked: true,
        background,
        ..case(alt, 1000, kind)
    };
    assert_eq!(
        numbers(&male(970, InheritanceKind::Domain, CloneBackground::Disease)),
        "0.4695 3.590e-3 1.014e-3 1.000e0"
    );
    assert_eq!(
        numbers(&male(
            900,
            InheritanceKind::Unlisted,
            CloneBackground::UnknownOrHealthy
        )),
        "0.0013 1.804e-8 2.660e-4 1.000e0"
    );
}

/// 0.447 is 45 of 100: the next whole fragment.
#[test]
fn a_bare_fraction_is_taken_as_of_a_hundred_fragments() {
    let with = |evidence| Case {
        evidence,
        ..case(0, 0, InheritanceKind::Domain)
    };
    for depth in [None, Some(1000)] {
        let fraction = with(Evidence::from_fraction(0.447, depth, "AF"));
        assert_eq!(numbers(&fraction), "0.7079 5.169e-2 5.331e-3 1.000e0");
    }
    // A depth of zero is no share of anything, and without a fraction there is no number.
    assert_eq!(found(&case(0, 0, InheritanceKind::Domain)), None);
    assert_eq!(found(&with(Evidence::default())), None);
    let no_depth = with(Evidence {
        depth: Some(0),
        alt_count: Some(0),
        vaf: Some(0.447),
        ..Evidence::default()
    });
    assert_eq!(numbers(&no_depth), "0.7079 5.169e-2 5.331e-3 1.000e0");
}

/// The normal's counts if inherited (as above) over those of an acquired change: 0.6 × `betabinom.pmf` at m = 0.002 and 0.4 × the mean of
/// ten at m = VAF of the sample × 0.1 to 1.
#[test]
fn the_counts_of_a_normal_make_the_documented_factor() {
    let counts = |alt, depth| Normal::Counted(Evidence::from_counts(alt, depth, "AD"));
    for (normal, expected) in [
        (Normal::NotCalled(5), "0.0813 4.410e-3 6.098e-4 4.895e-2"),
        (counts(0, 5), "0.0813 4.410e-3 6.098e-4 4.895e-2"),
        (counts(12, 60), "0.0027 4.410e-3 6.098e-4 1.502e-3"),
        (counts(30, 60), "0.9729 4.410e-3 6.098e-4 1.985e1"),
        (counts(0, 60), "0.0000 4.410e-3 6.098e-4 1.000e-6"),
        (
            Normal::Counted(Evidence::from_fraction(0.25, None, "AF")),
            "0.0040 4.410e-3 6.098e-4 2.211e-3",
        ),
        (Normal::Called, "0.9004 4.410e-3 6.098e-4 5.000e0"),
        // Nothing seen is nothing said.
        (Normal::NotCalled(0), "0.6439 4.410e-3 6.098e-4 1.000e0"),
        (counts(0, 0), "0.6439 4.410e-3 6.098e-4 1.000e0"),
        (Normal::Silent, "0.6439 4.410e-3 6.098e-4 1.000e0"),
        (Normal::None, "0.6439 4.410e-3 6.098e-4 1.000e0"),
    ] {
        let label = format!("{normal:?}");
        let case = Case {
            normal,
            ..case(440, 1000, InheritanceKind::Domain)
        };
        assert_eq!(numbers(&case), expected, "{label}");
    }
}

#[test]
fn only_the_one_x_of_a_male_is_at_one_in_the_normal() {
    let at = |alt, normal, sex, x_linked| {
        numbers(&Case {
            normal: Normal::Counted(Evidence::from_counts(normal, 60, "AD")),
            sex: Some(sex),
            x_linked,
            ..case(alt, 1000, InheritanceKind::Domain)
        })
    };
    assert_eq!(at(900, 57, Sex::Male, true), "0.0001 1.804e-8 2.660e-4 7.306e0");
    let two_copies = "0.9729 4.410e-3 6.098e-4 1.985e1";
    assert_eq!(at(440, 30, Sex::Female, true), two_copies);
    assert_eq!(at(440, 30, Sex::Male, false), two_copies);
}

/// Densities by hand: 1 / (0.02 ln 25) = 15.5333, 1 / (0.02 ln 50) = 12.7811, 1 / 0.48 = 2.0833, 1 / 0.98 = 1.0204.
#[test]
fn clones_begin_at_two_percent_and_pass_one_half_by_a_lost_allele_alone() {
    use CloneBackground::{Disease, UnknownOrHealthy as Healthy};
    for (vaf, one_copy, background, expected) in [
        (0.019_999, false, Healthy, "0.0000"),
        (0.02, false, Healthy, "15.0674"),
        (0.5, false, Healthy, "0.6027"),
        (0.51, false, Healthy, "0.0600"),
        (0.019_999, false, Disease, "0.0000"),
        (0.02, false, Disease, "1.8750"),
        (0.5, false, Disease, "1.8750"),
        (0.51, false, Disease, "0.2000"),
        (0.02, true, Healthy, "12.3977"),
        (0.99, true, Healthy, "0.2505"),
        (0.99, true, Disease, "0.9184"),
    ] {
        let actual = format!("{:.4}", density(vaf, one_copy, background));
        assert_eq!(actual, expected, "{vaf} {one_copy} {background:?}");
    }
}

#[test]
fn the_population_factor_steps_at_the_stated_frequencies() {
    use InheritanceKind::{Domain, Hotspot};
    for (frequency, kind, expected) in [
        (Some(0.01), Domain, "1000"),
        (Some(0.009_999), Domain, "100"),
        (Some(0.001), Domain, "100"),
        (Some(0.000_999), Domain, "5"),
        (Some(1e-4), Domain, "5"),
        (Some(9.99e-5), Domain, "1"),
        (Some(1e-5), Domain, "1"),
        (Some(9.99e-6), Domain, "0.5"),
        (Some(0.0), Domain, "0.5"),
        (None, Domain, "1"),
        (Some(0.01), Hotspot, "1000"),
        (Some(0.009_999), Hotspot, "1"),
        (Some(0.0), Hotspot, "1"),
    ] {
        let case = Case {
            frequency,
            ..case(440, 1000, kind)
        };
        let actual = found(&case).unwrap().population_factor.to_string();
        assert_eq!(actual, expected, "{frequency:?} {kind:?}");
    }
}

#[test]
fn a_probability_is_shown_to_the_hundredth_and_never_as_none_or_all() {
    for (probability, expected) in [
        (0.0, "< 0.01"),
        (0.0099, "< 0.01"),
        (0.01, "0.01"),
        (0.5, "0.50"),
        (0.126, "0.13"),
        (0.99, "0.99"),
        (0.9901, "> 0.99"),
        (1.0, "> 0.99"),
    ] {
        assert_eq!(shown(probability), expected, "{probability}");
    }
    let found = found(&case(440, 1000, InheritanceKind::Domain)).unwrap();
    assert_eq!(found.shown(), "0.64");
}
