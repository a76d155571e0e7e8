use std::fmt::Write as _;

use super::super::likelihood::Sight;
use super::rows::MutationRow;
use super::*;
use crate::report::table::Row as _;
use crate::report::value::Cell as _;

fn read(text: &str, depth: Option<u32>) -> Mutations {
    let settings = MutationSettings {
        depth,
        detection_limit: None,
    };
    Mutations::read(text.as_bytes(), "t.tsv", None, "t", &settings).unwrap()
}

fn refused(text: &str) -> String {
    let settings = MutationSettings::default();
    let read = Mutations::read(text.as_bytes(), "t.tsv", None, "t", &settings);
    read.unwrap_err().to_string()
}

fn table(mutations: &Mutations) -> GrowthTable {
    GrowthTable::new(mutations, Some(1e5))
}

/// The four visits of `growth.rs`, whose growth scipy gives: 0.345997 a year, 0.241920 to 0.453096, for binomial counts.
const STEADY: &str = "person,gene,age,alt_count,depth\n1,TET2,60,20,1000\n1,TET2,61,31,1200\n1,TET2,62.5,52,1100\n1,TET2,64,90,1300\n";

fn rate(growth: &GrowthTable, place: usize) -> [f64; 3] {
    let rate = growth.all[place].growth.as_ref().unwrap().rate;
    [rate.value, rate.low, rate.high].map(|value| value.unwrap_or(f64::NAN))
}

#[test]
fn counts_of_a_table_give_the_growth_that_scipy_gives() {
    let growth = table(&read(STEADY, None));
    let near = rate(&growth, 0)
        .into_iter()
        .zip([0.345_997, 0.241_920, 0.453_096]);
    for (actual, expected) in near {
        assert!((actual - expected).abs() < 5e-3, "{actual} {expected}");
    }
}

/// However a table has it: dates, years, visits in one row, fractions and per cent with the same depth.
#[test]
fn the_same_visits_in_another_form_give_the_same_growth() {
    let expected = rate(&table(&read(STEADY, None)), 0);
    for text in [
        "person\tgene\tyears\tmut_count\tdepth\n1\tTET2\t0\t20\t1000\n1\tTET2\t4\t90\t1300\n1\tTET2\t2.5\t52\t1100\n1\tTET2\t1\t31\t1200\n",
        "Patient ID;Gene;alt_count_1;depth_1;age_1;alt_count_2;depth_2;age_2;alt_count_3;depth_3;age_3;alt_count_4;depth_4;age_4\n1;TET2;20;1000;60;31;1200;61;52;1100;62.5;90;1300;64\n",
        "person,gene,years_2,years_3,years_4,vaf_1,vaf_2,vaf_3,vaf_4,depth_1,depth_2,depth_3,depth_4\n1,TET2,1,2.5,4,0.02,0.02583,0.04727,0.06923,1000,1200,1100,1300\n",
        "gene,age,VAF (%),DP\nTET2,60,2.0,1000\nTET2,61,2.583,1200\nTET2,62.5,4.727,1100\nTET2,64,6.923,1300\n",
        "gene,age,vaf,DP\nTET2,60,2.0%,1000\nTET2,61,2.583%,1200\nTET2,62.5,4.727 %,1100\nTET2,64,0.06923,1300\n",
    ] {
        let mutations = read(text, None);
        assert!(mutations.problems.is_empty(), "{text}: {:?}", mutations.problems);
        let actual = rate(&table(&mutations), 0);
        assert!(
            actual.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12),
            "{text}: {actual:?} {expected:?}"
        );
    }
}

#[test]
fn a_mean_depth_stands_in_and_without_any_a_fraction_tells_no_growth() {
    let text = "gene,age,vaf\nTET2,60,0.02\nTET2,61,0.025\nTET2,62.5,0.047\nTET2,64,0.069\n";
    let without = table(&read(text, None));
    assert_eq!(without.all[0].growth, Err(growth::NoGrowth::NoDepth));
    assert_eq!(without.all[0].mutation.sights[0].vaf, Some(0.02));
    let with = table(&read(text, Some(1000)));
    assert!((rate(&with, 0)[0] - 0.33).abs() < 0.02);
    assert!(with.all[0].is_depth_given());
}

/// Below detection in all its spellings is a bound; what is not known is nothing.
#[test]
fn below_detection_bounds_and_not_known_says_nothing() {
    let text = "gene,age,vaf_percent,depth,lod_percent\nTET2,60,<0.5,,\nTET2,61,not detected,2000,\nTET2,62,0,,1\nTET2,63,ND,1000,\n\
        TET2,64,検出されず,,2\nTET2,65,3,1000,\n";
    let mutations = read(text, None);
    assert!(mutations.problems.is_empty(), "{:?}", mutations.problems);
    let states: Vec<&str> = mutations.all[0].sights.iter().map(|s| s.state.name()).collect();
    assert_eq!(
        states,
        [
            "below_detection",
            "below_detection",
            "below_detection",
            "not_assessed",
            "below_detection",
            "seen"
        ]
    );
    let limits: Vec<Option<f64>> = mutations.all[0]
        .sights
        .iter()
        .map(|s| s.detection_limit)
        .collect();
    assert_eq!(
        (limits[0], limits[2], limits[4]),
        (Some(0.005), Some(0.01), Some(0.02))
    );
    assert!(mutations.all[0].sights.iter().all(|s| s.vaf != Some(0.0)));
    // None of so many fragments at a known place is less than one of them.
    let counted = read(
        "gene,age,alt_count,depth\nTET2,60,0,1000\nTET2,62,1,1000\nTET2,65,20,1000\n",
        None,
    );
    let worth: Vec<_> = counted.all[0].sights.iter().map(|s| s.sight.unwrap()).collect();
    assert_eq!(
        worth[0],
        Sight::Fewer {
            least: 1,
            depth: 1000
        }
    );
    assert_eq!(worth[1], Sight::Counted { alt: 1, depth: 1000 });
}

#[test]
fn copies_follow_from_the_place_or_the_gene() {
    let of = |head: &str, cells: &str| {
        let text = format!("{head},gene,age,alt_count,depth\n{cells},60,20,1000\n{cells},64,90,1000\n");
        let growth = table(&read(&text, None));
        (growth.all[0].assumption.name(), growth.all[0].is_place_known)
    };
    assert_eq!(of("sex", "M,ZRSR2"), ("one_copy", true));
    assert_eq!(of("sex", "女性,ZRSR2"), ("heterozygous", true));
    assert_eq!(of("sex", "NA,ZRSR2"), ("sex_unknown", true));
    assert_eq!(of("sex", "M,TET2"), ("heterozygous", true));
    assert_eq!(of("sex,chr,pos", "M,X,5000000,NOVEL1"), ("one_copy", true));
    assert_eq!(of("sex", "M,NOVEL1"), ("heterozygous", false));
}

#[test]
fn what_cannot_be_used_is_named() {
    for (text, wanted) in [
        ("a,b\n1,2\n", "no column vaf, vaf_percent or alt_count"),
        ("gene,vaf\nTET2,0.1\n", "no column collected, years or age"),
        ("age,vaf\n60,0.1\n", "no column gene, change or pos"),
        ("gene,age,vaf\n", "no row below the header"),
        ("gene,age,vaf_2\nTET2,60,0.1\n", "with the number of each visit"),
        (
            "gene,vaf_1,vaf_2,age_2\nTET2,0.1,0.2,61\n",
            "no column collected_1 or age_1",
        ),
        (
            "gene,age,vaf\nTET2,60,0.8\nTET2,61,1.3\n",
            "line 3, column vaf: \"1.3\" is not a fraction from 0 to 1: are these per cent? Then name the column vaf_percent",
        ),
        ("gene,gene_symbol,age,vaf\na,b,1,0.1\n", "both give gene"),
    ] {
        let error = refused(text);
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn rows_that_cannot_be_used_are_named() {
    for (text, wanted) in [
        (
            "gene,age,vaf,depth\nTET2,60,0.1,1000\nTET2,x,0.2,1000\n",
            "t.tsv, line 3, column age: \"x\" is not a number",
        ),
        (
            "gene,age,vaf,depth\nTET2,,0.2,1000\n",
            "line 2, column vaf: \"0.2\" has no time beside it",
        ),
        (
            "gene,age,alt_count,depth\nTET2,60,30,20\n",
            "line 2, column alt_count: \"30\" is more than the depth, 20",
        ),
        (
            "gene,age,alt_count,depth,vaf\nTET2,60,30,1000,0.3\n",
            "of 1000 is a VAF of 0.0300, and the VAF beside it is 0.3000",
        ),
        (
            "gene,collected,vaf,depth\nTET2,2020-02-30,0.2,1000\n",
            "column collected: \"2020-02-30\" is not a date",
        ),
        (
            "gene,age,vaf,depth\nTET2,60,0.1,1000\nTET2,60,0.2,1000\n",
            "lines 2 and 3: t, TET2: two rows of one visit",
        ),
        (
            "person,sex,gene,age,vaf\n1,F,TET2,60,0.1\n1,M,TET2,61,0.1\n",
            "line 3, column sex: \"M\" contradicts line 2",
        ),
        (
            "gene,age,vaf,depth\nTET2,-3,0.1,1000\n",
            "no number of years from 0 to 130",
        ),
        (
            "gene,age,vaf,depth\nTET2,60,0.1,0\n",
            "column depth: \"0\" is not a number of fragments",
        ),
        (
            "gene,age,vaf,depth\nTET2,60,many,1000\n",
            "column vaf: \"many\" is not a number",
        ),
        (
            "gene,age,vaf_percent,depth\nTET2,60,120,1000\n",
            "a percentage from 0 to 100",
        ),
        (
            "person,gene,age,vaf,depth\n,TET2,60,0.1,1000\n",
            "column person: \"\" is not a name",
        ),
    ] {
        let problems = read(text, None).problems;
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains(wanted), "{wanted}: {told:?}");
    }
}

/// One assay: what its counts vary by is told by all of its mutations, so that those of three visits need no wide interval.
#[test]
fn the_spread_is_that_of_the_whole_table() {
    let mut text = "person,gene,years,alt_count,depth\n".to_owned();
    for person in 0..40 {
        for (visit, wobble) in [(0, 1.0), (3, 1.25), (6, 0.85), (9, 1.1)] {
            let turned = if person % 2 == 0 { wobble } else { 2.0 - wobble };
            let alt = (30.0 * f64::from(visit + 3) * turned).round();
            writeln!(text, "{person},DNMT3A,{visit},{alt},2000").unwrap();
        }
    }
    let growth = GrowthTable::new(&read(&text, None), None);
    assert_eq!(growth.noise.degrees_of_freedom, 80);
    assert!(
        growth
            .noise
            .concentration
            .is_some_and(|c| c > 100.0 && c < 1000.0),
        "{:?}",
        growth.noise
    );
}

#[test]
fn rows_have_what_the_table_says() {
    let growth = table(&read(STEADY, None));
    let row = MutationRow::new(&growth.all[0], &growth.noise);
    assert_eq!(
        (row.person.as_str(), row.counted_visits, row.bounded_visits),
        ("1", 4, 0)
    );
    assert!((row.span_years.0 - 4.0).abs() < 1e-9);
    assert_eq!(row.values().len(), MutationRow::COLUMNS.len());
    assert_eq!(row.direction.value(), Some("growing").value());
}
