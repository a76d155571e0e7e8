use super::*;
use crate::drivers::inheritance::{CloneBackground, InheritanceKind};

fn gene(germline_predisposition: bool, x_linked: bool) -> PanelGene {
    PanelGene {
        x_linked,
        germline_predisposition,
        ..PanelGene::of_no_rules("GENE")
    }
}

fn codes(alt: u32, depth: u32, change: impl Fn(&mut GermlineInput<'_>)) -> Vec<(ReasonCode, Weight)> {
    let (evidence, gene) = (Evidence::from_counts(alt, depth, "AD"), gene(false, false));
    let mut input = GermlineInput {
        evidence: &evidence,
        normal: &Normal::None,
        missense: false,
        filters: &Filters::default(),
        population: None,
        gene: &gene,
        sex: None,
        known_somatic: false,
        exempt: false,
        inheritance: None,
    };
    change(&mut input);
    assess(&input)
        .into_iter()
        .map(|f| (f.reason.code, f.weight))
        .collect()
}

#[test]
fn a_half_fits_an_inherited_variant_and_a_tenth_does_not() {
    assert_eq!(
        codes(480, 1000, |_| ()),
        [(ReasonCode::GermlineVaf, Weight::Doubt)]
    );
    assert_eq!(
        codes(990, 1000, |_| ()),
        [(ReasonCode::GermlineVaf, Weight::Doubt)]
    );
    assert_eq!(codes(100, 1000, |_| ()), []);
    assert_eq!(
        codes(480, 1000, |i| i.known_somatic = true),
        [(ReasonCode::GermlineVaf, Weight::Remark)]
    );
    assert_eq!(
        codes(480, 1000, |i| i.exempt = true),
        [(ReasonCode::GermlineVaf, Weight::Remark)]
    );
}

#[test]
fn a_clean_normal_rules_inheritance_out_and_a_mutated_one_proves_it() {
    let clean = Evidence::from_counts(0, 60, "AD");
    let remark = codes(480, 1000, |i| i.normal = counted(&clean));
    assert_eq!(
        remark,
        [
            (ReasonCode::AbsentInNormal, Weight::Remark),
            (ReasonCode::GermlineVaf, Weight::Remark)
        ]
    );
    let thin = Evidence::from_counts(0, 5, "AD");
    let doubt = codes(480, 1000, |i| i.normal = counted(&thin));
    assert_eq!(
        doubt,
        [
            (ReasonCode::AbsentInNormal, Weight::Remark),
            (ReasonCode::GermlineVaf, Weight::Doubt)
        ]
    );
    let mutated = Evidence::from_counts(30, 60, "AD");
    let decisive = codes(100, 1000, |i| i.normal = counted(&mutated));
    assert_eq!(decisive, [(ReasonCode::InNormal, Weight::Decisive)]);
}

#[test]
fn twenty_of_a_thousand_are_in_the_normal_and_not_inherited() {
    use ReasonCode::{AbsentInNormal, GermlineVaf, InNormal};
    for (alt, depth, in_normal, fits) in [
        (2, 1000, (AbsentInNormal, Weight::Remark), Weight::Remark),
        (3, 1000, (InNormal, Weight::Doubt), Weight::Remark),
        (20, 1000, (InNormal, Weight::Doubt), Weight::Remark),
        (21, 1000, (InNormal, Weight::Doubt), Weight::Doubt),
        (299, 1000, (InNormal, Weight::Doubt), Weight::Doubt),
        (300, 1000, (InNormal, Weight::Decisive), Weight::Doubt),
    ] {
        let normal = Evidence::from_counts(alt, depth, "AD");
        assert_eq!(
            codes(480, 1000, |i| i.normal = counted(&normal)),
            [in_normal, (GermlineVaf, fits)],
            "{alt} of {depth}"
        );
    }
}

fn counted(evidence: &Evidence) -> &'static Normal {
    Box::leak(Box::new(Normal::Counted(evidence.clone())))
}

#[test]
fn absence_needs_depth_and_a_call_without_counts_is_a_doubt() {
    let with = |normal: Normal| codes(480, 1000, |i| i.normal = Box::leak(Box::new(normal.clone())));
    let fits = |weight| (ReasonCode::GermlineVaf, weight);
    assert_eq!(
        with(Normal::NotCalled(20)),
        [(ReasonCode::AbsentInNormal, Weight::Remark), fits(Weight::Remark)]
    );
    assert_eq!(
        with(Normal::NotCalled(19)),
        [(ReasonCode::AbsentInNormal, Weight::Remark), fits(Weight::Doubt)]
    );
    assert_eq!(
        with(Normal::Silent),
        [
            (ReasonCode::NormalNotAssessed, Weight::Remark),
            fits(Weight::Doubt)
        ]
    );
    assert_eq!(
        with(Normal::Called),
        [(ReasonCode::InNormal, Weight::Doubt), fits(Weight::Doubt)]
    );
    let fraction = Normal::Counted(Evidence::from_fraction(0.48, None, "AF (no counts)"));
    assert_eq!(
        with(fraction),
        [(ReasonCode::InNormal, Weight::Decisive), fits(Weight::Doubt)]
    );
    let unknown = Normal::Counted(Evidence::default());
    assert_eq!(
        with(unknown),
        [
            (ReasonCode::NormalNotAssessed, Weight::Remark),
            fits(Weight::Doubt)
        ]
    );
}

#[test]
fn the_variations_of_the_sources_can_be_set() {
    let with = |alt: u32, set: &[&str], symbol: &str| {
        let mut filters = Filters::default();
        for text in set {
            filters.set_text(text).unwrap();
        }
        let gene = PanelGene::of_no_rules(symbol);
        codes(alt, 1000, |i| {
            i.filters = Box::leak(Box::new(filters.clone()));
            i.gene = Box::leak(Box::new(gene.clone()));
            i.missense = true;
        })
    };
    let fits = [(ReasonCode::GermlineVaf, Weight::Doubt)];
    // A plain binomial rejects 0.455 at 1,000 reads, the beta-binomial does not.
    assert_eq!(with(455, &[], "X"), fits);
    assert_eq!(with(455, &["germline_spread=off", "germline_mean=0.5"], "X"), []);
    assert_eq!(with(480, &["germline_test=off"], "X"), []);
    assert_eq!(with(480, &["germline_all_genes=off"], "X"), []);
    assert_eq!(with(480, &["germline_all_genes=off"], "TET2"), fits);
    let window = ["germline_test=off", "germline_from=0.45", "germline_to=0.55"];
    assert_eq!(
        with(500, &window, "X"),
        [(ReasonCode::GermlineWindow, Weight::Doubt)]
    );
    assert_eq!(with(560, &window, "X"), []);
    assert_eq!(
        with(950, &["germline_homozygous=off", "germline_test=off"], "X"),
        []
    );
}

#[test]
fn a_gene_of_inherited_predisposition_is_to_be_confirmed_even_at_a_hotspot() {
    let predisposing = gene(true, false);
    let actual = codes(480, 1000, |i| {
        i.known_somatic = true;
        i.gene = Box::leak(Box::new(predisposing.clone()));
    });
    assert_eq!(
        actual,
        [
            (ReasonCode::GermlineVaf, Weight::Doubt),
            (ReasonCode::GermlineGene, Weight::Doubt)
        ]
    );
}

#[test]
fn a_half_on_the_one_x_of_a_male_is_a_clone() {
    let linked = gene(false, true);
    let half = |sex| {
        codes(480, 1000, |i| {
            i.sex = sex;
            i.gene = Box::leak(Box::new(linked.clone()));
        })
    };
    assert_eq!(half(Some(Sex::Male)), []);
    assert_eq!(
        half(Some(Sex::Female)),
        [(ReasonCode::GermlineVaf, Weight::Doubt)]
    );
}

#[test]
fn population_frequency_weighs_by_how_common_and_how_known() {
    let with = |frequency: f64, known_somatic: bool| {
        let population = PopulationFrequency {
            frequency,
            field: "INFO/gnomAD_AF".into(),
        };
        codes(100, 1000, |i| {
            i.population = Some(Box::leak(Box::new(population.clone())));
            i.known_somatic = known_somatic;
        })
    };
    assert_eq!(
        with(0.01, false),
        [(ReasonCode::PopulationFrequency, Weight::Decisive)]
    );
    assert_eq!(
        with(0.01, true),
        [(ReasonCode::PopulationFrequency, Weight::Doubt)]
    );
    assert_eq!(
        with(0.001, false),
        [(ReasonCode::PopulationFrequency, Weight::Doubt)]
    );
    assert_eq!(
        with(0.001, true),
        [(ReasonCode::PopulationRescued, Weight::Remark)]
    );
    assert_eq!(with(0.0009, false), []);
}

fn posterior(probability: f64) -> &'static Inheritance {
    Box::leak(Box::new(Inheritance {
        probability,
        kind: InheritanceKind::Domain,
        prior: 0.2,
        background: CloneBackground::UnknownOrHealthy,
        other_clone_vaf: None,
        if_inherited: 0.1,
        if_clone: 0.1,
        population_factor: 1.0,
        normal_factor: 1.0,
    }))
}

#[test]
fn a_fitting_vaf_is_a_doubt_from_the_posterior_on_that_the_filter_names() {
    let weight = |probability, from: &'static str| {
        let mut filters = Filters::default();
        filters.set("germline_posterior", from).unwrap();
        codes(480, 1000, |i| {
            i.filters = Box::leak(Box::new(filters.clone()));
            i.inheritance = Some(posterior(probability));
        })
    };
    for (probability, from, expected) in [
        (0.5, "0.5", Weight::Doubt),
        (0.4999, "0.5", Weight::Remark),
        (0.0, "0.5", Weight::Remark),
        (1.0, "0.5", Weight::Doubt),
        (0.0, "off", Weight::Doubt),
    ] {
        let actual = weight(probability, from);
        assert_eq!(
            actual,
            [(ReasonCode::GermlineVaf, expected)],
            "{probability} {from}"
        );
    }
}

#[test]
fn a_gene_of_predisposition_is_remarked_where_the_posterior_is_low() {
    let predisposing = gene(true, false);
    let weights = |probability| {
        codes(480, 1000, |i| {
            i.gene = Box::leak(Box::new(predisposing.clone()));
            i.inheritance = Some(posterior(probability));
        })
    };
    for (probability, weight) in [(0.5, Weight::Doubt), (0.4999, Weight::Remark)] {
        let expected = [
            (ReasonCode::GermlineVaf, weight),
            (ReasonCode::GermlineGene, weight),
        ];
        assert_eq!(weights(probability), expected, "{probability}");
    }
}

#[test]
fn the_detail_tells_the_fit_and_the_posterior() {
    let detail = |alt, depth, probability: Option<f64>| {
        let evidence = Evidence::from_counts(alt, depth, "AD");
        let flags = assess(&GermlineInput {
            evidence: &evidence,
            normal: &Normal::None,
            population: None,
            gene: &gene(false, false),
            sex: None,
            missense: false,
            filters: &Filters::default(),
            known_somatic: false,
            exempt: false,
            inheritance: probability.map(posterior),
        });
        flags[0].reason.detail.clone()
    };
    // 490 of 1,000 is the likeliest count of a mean of 0.49: every other one is at most as likely.
    for (probability, expected) in [
        (None, "VAF 0.4900 fits 0.5, p = 1.000"),
        (Some(0.12), "VAF 0.4900 fits 0.5, p = 1.000; P(inherited) = 0.12"),
        (Some(0.001), "VAF 0.4900 fits 0.5, p = 1.000; P(inherited) < 0.01"),
        (Some(0.999), "VAF 0.4900 fits 0.5, p = 1.000; P(inherited) > 0.99"),
    ] {
        assert_eq!(detail(490, 1000, probability), expected);
    }
    assert_eq!(detail(90, 100, None), "VAF 0.9000 >= 0.9");
}

#[test]
fn a_vaf_fits_at_the_very_limits() {
    // Nine tenths fit a homozygous variant, a little less does not.
    assert_eq!(
        codes(900, 1000, |_| ()),
        [(ReasonCode::GermlineVaf, Weight::Doubt)]
    );
    assert_eq!(codes(899, 1000, |_| ()), []);
    // The likeliest count has a p of 1, which a limit of 1 does not reject; any other has less.
    let strict = |alt| {
        let mut filters = Filters::default();
        filters.set("germline_test", "1").unwrap();
        codes(alt, 1000, |i| i.filters = Box::leak(Box::new(filters.clone())))
    };
    assert_eq!(strict(490), [(ReasonCode::GermlineVaf, Weight::Doubt)]);
    assert_eq!(strict(480), []);
}

#[test]
fn a_normal_holds_the_variant_and_rules_inheritance_out_at_the_very_limits() {
    use ReasonCode::{AbsentInNormal, InNormal};
    let counts = |alt, depth| Normal::Counted(Evidence::from_counts(alt, depth, "AD"));
    let fraction = |vaf| Normal::Counted(Evidence::from_fraction(vaf, None, "AF"));
    for (normal, code, weight, fits) in [
        // Three fragments are there, whatever their share; two are not.
        (counts(3, 1000), InNormal, Weight::Doubt, Weight::Remark),
        (counts(2, 1000), AbsentInNormal, Weight::Remark, Weight::Remark),
        (counts(2, 10), AbsentInNormal, Weight::Remark, Weight::Doubt),
        // Up to 2 % of enough fragments is not inherited, though it is there; what is more may be.
        (counts(20, 1000), InNormal, Weight::Doubt, Weight::Remark),
        (counts(21, 1000), InNormal, Weight::Doubt, Weight::Doubt),
        (counts(0, 20), AbsentInNormal, Weight::Remark, Weight::Remark),
        (counts(0, 19), AbsentInNormal, Weight::Remark, Weight::Doubt),
        (fraction(0.02), AbsentInNormal, Weight::Remark, Weight::Doubt),
        (fraction(0.0201), InNormal, Weight::Doubt, Weight::Doubt),
        // Three tenths are inherited.
        (counts(30, 100), InNormal, Weight::Decisive, Weight::Doubt),
        (counts(299, 1000), InNormal, Weight::Doubt, Weight::Doubt),
        (fraction(0.3), InNormal, Weight::Decisive, Weight::Doubt),
    ] {
        let actual = codes(480, 1000, |i| i.normal = Box::leak(Box::new(normal.clone())));
        let expected = [(code, weight), (ReasonCode::GermlineVaf, fits)];
        assert_eq!(actual, expected, "{normal:?}");
    }
}
