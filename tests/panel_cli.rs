//! The `panel` command.

#![allow(clippy::expect_used, reason = "a test may stop at what cannot be")]

/// Runs the command; returns what it prints, or its errors without the word `error` in front.
fn run(args: &[&str]) -> Result<String, String> {
    let mut command = assert_cmd::Command::cargo_bin("hemoclone").expect("built");
    let output = command.arg("panel").args(args).output().expect("started");
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout).expect("text"));
    }
    let errors = String::from_utf8(output.stderr).expect("text");
    let lines = errors
        .lines()
        .map(|line| line.strip_prefix("error: ").unwrap_or(line));
    Err(lines.collect::<Vec<_>>().join("\n"))
}

fn check(toml: &str) -> Result<String, String> {
    let file = tempfile::Builder::new()
        .prefix("panel")
        .suffix(".toml")
        .tempfile()
        .expect("a file");
    std::fs::write(file.path(), toml).expect("written");
    let path = file.path().to_str().expect("text");
    run(&["check", path]).map_err(|e| e.replace(path, "my.toml"))
}

#[test]
fn lists_the_bundled_panels() {
    let actual = run(&["list"]).expect("listed");
    let names: Vec<&str> = actual
        .lines()
        .map(|l| l.split('\t').next().unwrap_or(""))
        .collect();
    assert_eq!(names, ["name", "myeloid33", "ipssm31", "myeloid_mpn", "ch"]);
}

#[test]
fn shows_rules_of_one_gene() {
    let actual = run(&["show", "ch", "--gene", "MYD88", "--rules"]).expect("shown");
    for part in ["M219T S230N L252P", "13 subtracted for NM_002468.5", "[niroula]"] {
        assert!(actual.contains(part), "{part}\n{actual}");
    }
}

#[test]
fn json_reads_back_as_the_panel() {
    let json = run(&["show", "ch", "--format", "json"]).expect("shown");
    let actual: hemoclone::panel::Panel = serde_json::from_str(&json).expect("a panel");
    assert_eq!(actual, hemoclone::panel::Panel::bundled("ch").expect("bundled"));
}

#[test]
fn an_unknown_gene_is_named_with_the_known_ones() {
    let error = run(&["show", "ipssm31", "--gene", "TET2"]).expect_err("not in IPSS-M");
    assert!(
        error.contains("has no gene \"TET2\"; its genes: ASXL1"),
        "{error}"
    );
}

#[test]
fn bed_is_zero_based_and_padded() {
    let bed = run(&[
        "bed",
        "myeloid33",
        "--build",
        "grch38",
        "--padding",
        "0",
        "--no-chr",
    ])
    .expect("bed");
    // NPM1 exon 11, c.847 to the stop codon: GRCh38 chr5:171410527-171410565, 1-based.
    assert!(bed.lines().any(|l| l == "5\t171410526\t171410565\tNPM1"), "{bed}");
    let padded = run(&["bed", "myeloid33", "--build", "grch37"]).expect("bed");
    assert!(padded.starts_with("chr1\t"), "{padded}");
}

#[test]
fn a_good_panel_of_a_laboratory_is_accepted() {
    let actual = check(
        r#"
name = "ours"
version = "2026-01"
genes = ["DNMT3A", "TET2"]
[thresholds]
min_vaf = 0.01
[[gene]]
symbol = "DNMT3A"
[[gene.rule]]
id = "DNMT3A-ours"
sets = ["local"]
sources = ["ours"]
kind = "any_substitution_at"
residues = ["R882"]
[[gene]]
symbol = "DDX41"
transcript = "NM_016222.4"
class = "other"
germline_predisposition = true
[[gene.rule]]
id = "DDX41-R525H-ours"
sets = ["local"]
sources = ["ours"]
kind = "substitutions"
changes = ["R525H"]
[sources.ours]
citation = "Our laboratory, 2026"
"#,
    );
    let actual = actual.expect("no mistakes");
    assert!(
        actual.starts_with("my.toml: panel ours 2026-01: 3 genes, ") || actual.contains("3 genes"),
        "{actual}"
    );
}

const WRONG: &str = r#"name = "wrong"
version = "1"
genes = ["TET2", "TET2", "FOO1"]
[thresholds]
min_vaf = 2.0
[[gene]]
symbol = "IDH1"
transcript = "NM_005896.1"
[[gene]]
symbol = "IDH2"
transcript = "NM_002168.4"
[[gene.rule]]
id = "a"
sets = ["local"]
sources = ["nobody"]
kind = "substitutions"
changes = ["R140Q"]
[[gene.rule]]
id = "b"
sets = ["local"]
sources = ["bick_2020"]
kind = "substitutions"
changes = ["K140Q", "R9999Q", "rubbish", "F132del"]
[[gene.rule]]
id = "c"
sets = ["local"]
sources = ["bick_2020"]
kind = "residues"
classes = ["missense"]
ranges = [[180, 164], [400, 500]]
[[gene.rule]]
id = "d"
sets = ["local"]
sources = ["bick_2020"]
kind = "anywhere"
classes = ["missense"]
exons = [3]
[[gene.rule]]
id = "e"
sets = ["local"]
sources = ["bick_2020"]
kind = "exons"
classes = ["frameshift"]
exons = [99]
"#;

#[test]
fn every_mistake_is_named_at_once_with_line_and_remedy() {
    let actual = check(WRONG).expect_err("wrong");
    let expected = r#"my.toml:3:18: genes = "TET2": named twice: remove one
my.toml:3:26: genes = "FOO1": no bundled gene of this symbol
my.toml:5:11: thresholds.min_vaf = 2.0: a VAF is a fraction from 0 to 1: write 0.02 for 2 %
my.toml:8:14: IDH1 transcript = "NM_005896.1": unknown transcript; known transcripts of IDH1: NM_005896.4
my.toml:15:12: a sources = "nobody": no such source: add [sources.nobody] with a citation, or use a bundled key
my.toml:23:12: b changes = "K140Q": residue 140 of the transcript is R, not K: is the rule stated on another transcript?
my.toml:23:21: b changes = "R9999Q": the protein has 452 residues
my.toml:23:31: b changes = "rubbish": no protein change: write R882H, F732del, H538_K539delinsL, W288fs or R603*
my.toml:23:42: b changes = "F132del": a rule of kind substitutions lists only changes that are a substitution such as R882H
my.toml:30:11: c ranges = (180, 164): the range is reversed: write [164, 180]
my.toml:30:23: c ranges = (400, 500): the protein has 452 residues
my.toml:37:9: d exons = "": a rule of kind anywhere has no exons: it has classes
my.toml:44:10: e exons = 99: the transcript has 11 exons, those of the untranslated regions counted
"#;
    let short: Vec<String> = actual
        .lines()
        .map(|l| l.split("; known: ").next().unwrap_or("").to_owned())
        .filter(|l| !l.contains("residue 132"))
        .collect();
    assert_eq!(short.join("\n") + "\n", expected);
}

#[test]
fn spelling_mistakes_and_broken_toml_carry_their_line() {
    let head = "name = \"x\"\nversion = \"1\"\n";
    for (toml, place, part) in [
        (
            "gens = [\"TET2\"]\n",
            "my.toml:3:1: ",
            "field \"gens\" is not known here; did you mean \"genes\"?",
        ),
        ("genes = [\"TET2\"\n[x]\n", "my.toml:4:", ""),
        ("genes = []\n", "my.toml:1:1: ", "the panel is empty"),
        (
            "genes = [\"TET2\"]\n[thresholds]\nmin_depth = -1\n",
            "my.toml:5:13: ",
            "-1",
        ),
    ] {
        let error = check(&format!("{head}{toml}")).expect_err(toml);
        assert!(
            error.starts_with(place) && error.contains(part),
            "{toml}: {error}"
        );
    }
}

#[test]
fn a_rule_id_used_twice_is_an_error() {
    let toml = r#"name = "x"
version = "1"
genes = ["TET2"]
[[gene]]
symbol = "TET2"
[[gene.rule]]
id = "TET2-lof-bick-vlasschaert-niroula-who"
sets = ["local"]
sources = ["bick_2020"]
kind = "anywhere"
classes = ["start_lost"]
"#;
    let error = check(toml).expect_err("twice");
    assert!(error.starts_with("my.toml:7:6: TET2 rule.id"), "{error}");
}

#[test]
fn exit_codes_follow_the_contract() {
    let panel = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("hemoclone").expect("built");
        command.arg("panel").args(args).assert()
    };
    panel(&["show", "myeloid33"]).code(0);
    panel(&["show", "myeloid33", "--gene", "FOO1"]).code(2);
    panel(&["bed", "myeloid33"]).code(2);
    panel(&["check", "no-such-file.toml"]).code(3);
}
