//! Lost heterozygosity from the inherited variants of a VCF, through the command itself: what is suspected, what it changes, and what is no
//! evidence.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;

use hemoclone::genome::{Build, Chromosome};
use hemoclone::panel::Panel;
use hemoclone::transcript::transcript;
use serde_json::Value;

#[path = "support/lab.rs"]
mod lab;

use lab::Lab;

/// Genes with sites, and how many: nine on other chromosomes, four on 17p.
const ELSEWHERE: [&str; 9] = [
    "DNMT3A", "TET2", "EZH2", "RUNX1", "CBL", "ASXL1", "ETV6", "KRAS", "SF3B1",
];

/// Places in introns five bases behind coding exons of a gene: changes there are inherited, as a rule.
fn places(gene: &str, count: usize) -> Vec<(Chromosome, u32)> {
    let panel = Panel::bundled("myeloid33").unwrap();
    let transcript = transcript(&panel.gene(gene).unwrap().transcript, Build::Grch38).unwrap();
    let exons = transcript.coding_regions(0);
    let mut found: Vec<u32> = Vec::new();
    for exon in &exons[..exons.len() - 1] {
        let at = *exon.end() + 5;
        if found.len() < count && found.last().is_none_or(|last| at > last + 400) {
            found.push(at);
        }
    }
    assert_eq!(found.len(), count, "{gene}");
    found
        .into_iter()
        .map(|at| (transcript.chromosome(), at))
        .collect()
}

/// One line of a VCF.
#[derive(Clone, Copy)]
struct Line {
    place: (Chromosome, u32),
    alleles: (&'static str, &'static str),
    filter: &'static str,
    alternate: u32,
    depth: u32,
}

fn line(place: (Chromosome, u32), share: f64, depth: u32) -> Line {
    Line {
        place,
        alleles: ("A", "G"),
        filter: "PASS",
        alternate: (0..depth)
            .find(|n| f64::from(*n) >= f64::from(depth) * share)
            .unwrap(),
        depth,
    }
}

/// R175H of TP53 in so large a share of the fragments.
fn tp53(share: f64) -> Line {
    let place = (Chromosome::parse("17").unwrap(), 7_675_088);
    Line {
        alleles: ("C", "T"),
        ..line(place, share, 800)
    }
}

/// Balanced sites of the other chromosomes.
fn elsewhere() -> Vec<Line> {
    let shares = [0.487, 0.502, 0.473, 0.495, 0.51, 0.481, 0.466, 0.499, 0.49];
    let sites = ELSEWHERE.iter().zip(shares);
    sites
        .map(|(gene, share)| line(places(gene, 1)[0], share, 600))
        .collect()
}

/// Sites of TP53 and PRPF8, off balance by `shift`, to either side.
fn on_17p(shift: f64) -> Vec<Line> {
    let sites = [places("TP53", 2), places("PRPF8", 3)].concat().into_iter();
    let signs = [1.0, -1.0, -1.0, 1.0, -1.0];
    sites
        .zip(signs)
        .map(|(place, sign)| line(place, 0.49 + sign * shift, 600))
        .collect()
}

/// How FORMAT and sample columns are written.
#[derive(Clone, Copy)]
enum Format {
    Counts,
    NoGenotype,
    FractionsOnly,
}

fn vcf(mut lines: Vec<Line>, format: Format, samples: &[&str]) -> String {
    lines.sort_by_key(|l| l.place);
    let mut text = String::from(
        "##fileformat=VCFv4.2\n\
         ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
         ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depth per allele\">\n\
         ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n\
         ##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"Fraction\">\n",
    );
    writeln!(
        text,
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{}",
        samples.join("\t")
    )
    .unwrap();
    for l in &lines {
        let reference = l.depth - l.alternate;
        let (keys, values) = match format {
            Format::Counts => ("GT:AD:DP", format!("0/1:{reference},{}:{}", l.alternate, l.depth)),
            Format::NoGenotype => ("AD:DP", format!("{reference},{}:{}", l.alternate, l.depth)),
            Format::FractionsOnly => (
                "GT:AF",
                format!("0/1:{:.4}", f64::from(l.alternate) / f64::from(l.depth)),
            ),
        };
        // Another sample has the site balanced.
        let others = samples[1..]
            .iter()
            .map(|_| format!("\t0/1:{}:{}", "300,290", 590));
        writeln!(
            text,
            "{}\t{}\t.\t{}\t{}\t.\t{}\t.\t{keys}\t{values}{}",
            l.place.0.name(),
            l.place.1,
            l.alleles.0,
            l.alleles.1,
            l.filter,
            others.collect::<String>()
        )
        .unwrap();
    }
    text
}

struct Run {
    lab: Lab,
    json: Value,
}

impl Run {
    /// Analyzes a file with a patient with MDS; `more` are further columns and values of the sheet.
    fn new(text: &str, sample: &str, more: (&str, &str)) -> Self {
        let lab = Lab::new();
        lab.write("in.vcf", text);
        let sheet = format!(
            "sample,vcf,sex,age,hb,plt,anc,bm_blast,dysplasia_lineages,covered_genes{}\n{sample},in.vcf,F,70,9,90,1.5,3,2,all{}\n",
            more.0, more.1
        );
        lab.write("sheet.csv", sheet);
        let json = lab.result(sample, &["-s", "sheet.csv", "--build", "grch38"]);
        Self { lab, json }
    }

    fn of(lines: Vec<Line>, more: (&str, &str)) -> Self {
        Self::new(&vcf(lines, Format::Counts, &["P"]), "P", more)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.lab.path("out").join(name)).unwrap()
    }
}

/// Returns what the sites of a region say.
fn shift(json: &Value, region: &str) -> Value {
    let regions = json["copies"]["regions"].as_array().unwrap();
    let found = regions.iter().find(|r| r["region"] == region).unwrap();
    found["shift"].clone()
}

fn says(json: &Value, list: &str, text: &str) -> bool {
    let said = json["myeloid"][list].as_array().unwrap();
    said.iter().any(|t| t["en"].as_str().unwrap().contains(text))
}

#[test]
fn lost_heterozygosity_of_17p_is_suspected_and_never_counted() {
    let lines = [elsewhere(), on_17p(0.2), vec![tp53(0.38)]].concat();
    let run = Run::of(lines, ("", ""));
    let json = &run.json;
    let found = shift(json, "loss_17p");
    assert_eq!(found["state"], "suspected", "{found:#}");
    assert_eq!((&found["sites"], &found["shifted"]), (&5.into(), &5.into()));
    assert_eq!(found["genes"], serde_json::json!(["PRPF8", "TP53"]));
    assert_eq!(found["kind"], "imbalance", "no depth tells which");
    let value = found["shift"]["value"].as_f64().unwrap();
    assert!((value - 0.2).abs() < 0.02, "{found:#}");
    let cells = found["cells"].as_array().unwrap();
    let share = |kind: &str| {
        cells
            .iter()
            .find(|c| c["kind"] == kind)
            .map(|c| c["cells"]["value"].as_f64().unwrap())
    };
    assert!((share("copy_neutral").unwrap() - 0.4).abs() < 0.04, "{found:#}");
    assert!((share("loss").unwrap() - 0.57).abs() < 0.05, "{found:#}");
    assert_eq!(share("gain"), None, "a third copy makes a sixth at the most");
    // Depth is not told of a file of variants.
    assert_eq!(json["copies"]["gap"], "no_reads");

    let ipss_m = &json["myeloid"]["ipss_m"]["result"];
    assert_ne!(ipss_m["best"]["score"], ipss_m["worst"]["score"]);
    let multi = ipss_m["contributions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["variable"] == "TP53multi")
        .unwrap();
    assert_eq!(multi["value"], Value::Null, "a suggestion counts in no score");
    let answers = &json["myeloid"]["if_tp53_loh"];
    let worst = |answer: &str| answers[answer]["ipss_m"]["possible"][1].as_f64().unwrap();
    assert!(worst("confirmed") > worst("excluded"), "{answers:#}");
    assert_eq!(
        ipss_m["worst"]["score"],
        answers["confirmed"]["ipss_m"]["possible"][1]
    );
    assert_eq!(
        ipss_m["best"]["score"],
        answers["excluded"]["ipss_m"]["possible"][0]
    );
    assert!(
        answers["confirmed"]["who5"].to_string().contains("TP53"),
        "{answers:#}"
    );
    assert!(says(
        json,
        "notes",
        "Heterozygous sites on 17p are off balance (5/5 sites"
    ));
    assert!(says(json, "notes", "If it is confirmed (TP53loh 1): WHO 2022"));

    let page = run.read("P.html");
    for said in [
        "Heterozygous sites on 17p suggest loss or gain, not told apart: confirm by another method",
        "17pのヘテロ接合部位から欠失または増加（区別不能）が疑われる",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let table = run.read("P.copies.tsv");
    let header: Vec<&str> = table.lines().next().unwrap().split('\t').collect();
    let row: Vec<&str> = table
        .lines()
        .find(|l| l.contains("\tloss_17p\t"))
        .unwrap()
        .split('\t')
        .collect();
    let cell = |name: &str| row[header.iter().position(|h| *h == name).unwrap()];
    assert_eq!(
        (cell("sites_state"), cell("sites"), cell("state"), cell("gap")),
        ("suspected", "5", "not_assessed", "no_reads")
    );
}

#[test]
fn what_is_stated_wins_and_a_contradiction_is_said() {
    let lines = || [elsewhere(), on_17p(0.2), vec![tp53(0.38)]].concat();
    let stated = Run::of(lines(), (",TP53loh", ",0")).json;
    assert!(says(
        &stated,
        "contradictions",
        "TP53loh is given as 0, but the heterozygous sites of PRPF8, TP53 suggest the loss"
    ));
    assert_eq!(stated["myeloid"]["if_tp53_loh"], Value::Null);
    let suggested = Run::of(lines(), ("", "")).json;
    let excluded = &suggested["myeloid"]["if_tp53_loh"]["excluded"]["ipss_m"]["possible"];
    let scores = &stated["myeloid"]["ipss_m"]["result"];
    assert_eq!(scores["worst"]["score"], excluded[1]);
    assert_eq!(scores["best"]["score"], excluded[0]);
    let confirmed = Run::of(lines(), (",TP53loh", ",1")).json;
    let expected = &suggested["myeloid"]["if_tp53_loh"]["confirmed"]["ipss_m"]["possible"];
    assert_eq!(
        confirmed["myeloid"]["ipss_m"]["result"]["worst"]["score"],
        expected[1]
    );
    assert!(!says(&confirmed, "contradictions", "TP53loh"));
}

#[test]
fn balanced_sites_leave_it_open_down_to_a_limit() {
    let json = Run::of([elsewhere(), on_17p(0.0), vec![tp53(0.3)]].concat(), ("", "")).json;
    let found = shift(&json, "loss_17p");
    assert_eq!(found["state"], "not_detected", "{found:#}");
    let limit = found["limit"].as_f64().unwrap();
    assert!((0.1..0.5).contains(&limit), "{found:#}");
    assert!(says(&json, "notes", "show no loss of an allele on 17p down to"));
    assert_eq!(json["myeloid"]["if_tp53_loh"], Value::Null);
    assert_eq!(shift(&json, "loss_5q")["gap"], "few_sites");
    // Stated all the same: said, and used.
    let stated = Run::of(
        [elsewhere(), on_17p(0.0), vec![tp53(0.3)]].concat(),
        (",TP53loh", ",1"),
    )
    .json;
    assert!(says(
        &stated,
        "contradictions",
        "TP53loh is given as 1, but the heterozygous sites"
    ));
    let lost = Run::of(
        [elsewhere(), on_17p(0.0), vec![tp53(0.3)]].concat(),
        (",karyotype", ",\"46,XX,del(17)(p11)[10]/46,XX[10]\""),
    );
    assert!(says(
        &lost.json,
        "contradictions",
        "a loss on 17p is stated, but the heterozygous sites"
    ));
}

#[test]
fn a_file_of_somatic_calls_tells_nothing() {
    let run = Run::of(vec![tp53(0.38)], ("", ""));
    let json = &run.json;
    let found = shift(json, "loss_17p");
    assert_eq!(
        (&found["state"], &found["gap"]),
        (&"not_assessed".into(), &"no_germline_sites".into())
    );
    assert_eq!(json["copies"]["heterozygous"]["sites"], 0);
    assert!(!run.lab.path("out/P.copies.tsv").exists());
}

#[test]
fn a_clones_own_mutations_are_no_sites() {
    // TP53 in a third of the fragments beside one balanced site: nothing is off balance.
    let mut lines = [elsewhere(), vec![tp53(0.33)]].concat();
    lines.extend(on_17p(0.0).into_iter().take(1));
    let found = shift(&Run::of(lines, ("", "")).json, "loss_17p");
    assert_eq!((&found["sites"], &found["gap"]), (&1.into(), &"few_sites".into()));
    // One site off balance is not enough, whatever it shows.
    let one = [
        on_17p(0.25).into_iter().take(1).collect(),
        on_17p(0.0).split_off(3),
    ];
    let lines = [elsewhere(), one.concat()].concat();
    let found = shift(&Run::of(lines, ("", "")).json, "loss_17p");
    assert_eq!(found["state"], "not_assessed", "{found:#}");
    assert_eq!(found["gap"], "inconclusive", "{found:#}");
}

#[test]
fn a_fraction_above_one_half_is_a_sign_of_its_own() {
    let json = Run::of([elsewhere(), vec![tp53(0.72)]].concat(), (",TP53loh", ",0")).json;
    let sign = &json["copies"]["tp53"];
    assert_eq!(sign["change"], "p.R175H");
    assert!(
        (sign["cells_at_least"].as_f64().unwrap() - 0.37).abs() < 0.03,
        "{sign:#}"
    );
    assert!(says(
        &json,
        "contradictions",
        "TP53loh is given as 0, but TP53 p.R175H has VAF 0.72"
    ));
    assert_eq!(shift(&json, "loss_17p")["sites"], 0, "it is no site");
    let below = Run::of([elsewhere(), vec![tp53(0.5)]].concat(), ("", "")).json;
    assert_eq!(below["copies"]["tp53"], Value::Null);
}

#[test]
fn odd_files_are_read_as_far_as_they_tell() {
    let lines = || [elsewhere(), on_17p(0.2)].concat();
    let state = |json: &Value| shift(json, "loss_17p")["state"].clone();
    let no_genotype = Run::new(&vcf(lines(), Format::NoGenotype, &["P"]), "P", ("", "")).json;
    assert_eq!(state(&no_genotype), "suspected");
    // Fractions without counts have no weight.
    let fractions = Run::new(&vcf(lines(), Format::FractionsOnly, &["P"]), "P", ("", "")).json;
    assert_eq!(state(&fractions), "not_assessed");
    assert_eq!(fractions["copies"]["heterozygous"]["sites"], 0);
    // Each sample of a file by its own counts.
    let text = vcf(lines(), Format::Counts, &["P", "Q"]);
    assert_eq!(state(&Run::new(&text, "P", ("", "")).json), "suspected");
    let other = Run::new(&text, "Q", ("", "")).json;
    assert_eq!(state(&other), "not_detected");
    // What a caller doubts, several alleles at a place, and shallow places are left out.
    let mut doubted = lines();
    let from = doubted.len() - 5;
    doubted[from].filter = "strand_bias";
    doubted[from + 1].depth = 30;
    doubted[from + 1].alternate = 9;
    let mut third = line(doubted[from + 2].place, 0.2, 600);
    third.alleles = ("A", "C");
    doubted.push(third);
    let json = Run::of(doubted, ("", "")).json;
    assert_eq!(
        shift(&json, "loss_17p")["sites"],
        2,
        "{:#}",
        shift(&json, "loss_17p")
    );
}
