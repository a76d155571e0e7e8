//! The engine as a library: bytes in, results out, no file and no command line.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use hemoclone::report;
use hemoclone::run::{self, ErrorKind, FilePlan, Files, Job, Options, Output, Request, Results};
use hemoclone::sample::SampleResult;

#[path = "support/vcf.rs"]
mod vcf;

use vcf::VcfBuilder;

/// DNMT3A R882H at 8 %.
fn chip() -> Vec<u8> {
    let vcf = VcfBuilder::grch38("P1").call("chr2", 25_234_373, "C", "T", (460, 40));
    vcf.text().into_bytes()
}

fn request(inputs: &[&str], options: Options) -> Request {
    Request {
        inputs: inputs.iter().map(Into::into).collect(),
        options,
        ..Request::default()
    }
}

fn results(request: Request, files: Files) -> Vec<SampleResult> {
    let mut results = Results::default();
    let ended = run::analyze(&Job::new(request, files).unwrap(), &mut results).unwrap();
    assert_eq!(ended.errors, [""; 0]);
    results.into_sorted()
}

#[test]
fn the_demo_in_memory_is_the_demo_on_disk() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo");
    let mut files = Files::default().with("memory/samples.csv", fs::read(demo.join("samples.csv")).unwrap());
    for input in fs::read_dir(demo.join("inputs")).unwrap() {
        let input = input.unwrap();
        let name = Path::new("memory/inputs").join(input.file_name());
        files = files.with(name, fs::read(input.path()).unwrap());
    }
    let sheet = Request {
        samples: Some("memory/samples.csv".into()),
        ..Request::default()
    };
    let results = results(sheet, files);
    assert_eq!(results.len(), 11);
    for result in &results {
        let mut actual = Vec::new();
        report::write_json(&mut actual, result).unwrap();
        let expected = demo.join("expected").join(format!("{}.json", result.sample));
        let expected = fs::read(expected).unwrap();
        assert!(actual == expected, "{}", result.sample);
    }
}

#[test]
fn profile_panel_and_regions_may_be_bytes() {
    let panel = "name = \"ours\"\nversion = \"1\"\ngenes = [\"DNMT3A\", \"TET2\"]\n";
    let files = Files::default()
        .with("P1.vcf", chip())
        .with("lab.toml", "panel = \"ours.toml\"\nmin-vaf = 0.05\n".as_bytes())
        .with("ours.toml", panel.as_bytes())
        .with("regions.bed", "chr2\t25234000\t25235000\n".as_bytes());
    let options = Options {
        targets: Some("regions.bed".into()),
        ..Options::default()
    };
    let request = Request {
        config: Some("lab.toml".into()),
        ..request(&["P1.vcf"], options)
    };
    let results = results(request, files);
    let [only] = results.as_slice() else {
        panic!("one sample")
    };
    assert_eq!(only.panel.name, "ours");
    assert_eq!(only.calls.len(), 1);
    assert!((only.settings.thresholds.min_vaf - 0.05).abs() < 1e-12);
    assert_eq!(only.settings.targets.as_deref(), Some("regions.bed"));
}

#[test]
fn what_is_given_wins_over_the_profile() {
    let files = Files::default()
        .with("P1.vcf", chip())
        .with("lab.toml", "min-vaf = 0.05\nmin-depth = 30\n".as_bytes());
    let options = Options {
        min_vaf: Some(0.01),
        ..Options::default()
    };
    let request = Request {
        config: Some("lab.toml".into()),
        ..request(&["P1.vcf"], options)
    };
    let thresholds = results(request, files).remove(0).settings.thresholds;
    assert!((thresholds.min_vaf - 0.01).abs() < 1e-12);
    assert_eq!(thresholds.min_depth, 30);
}

#[test]
fn wrong_use_is_told_apart_from_what_cannot_be_read() {
    let options = Options {
        rules: Some("mine".to_owned()),
        ..Options::default()
    };
    let error = Job::new(request(&["P1.vcf"], options), Files::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage, "{error:#}");
    let absent = request(&["absent.vcf"], Options::default());
    let job = Job::new(absent, Files::default().with("P1.vcf", chip())).unwrap();
    let ended = run::analyze(&job, &mut Results::default()).unwrap();
    assert_eq!((ended.reported, ended.failed()), (0, 1));
    assert!(ended.errors[0].starts_with("absent.vcf: "), "{:?}", ended.errors);
    assert_eq!(ended.failures[0].kind, ErrorKind::CannotRead);
}

/// An output that takes every sample but one.
#[derive(Default)]
struct Picky {
    announced: usize,
    taken: Mutex<Vec<String>>,
}

impl Output for Picky {
    fn prepare(&mut self, plans: &[FilePlan]) -> anyhow::Result<()> {
        self.announced = plans.iter().map(FilePlan::weight).sum();
        Ok(())
    }

    fn take(&self, result: &SampleResult) -> anyhow::Result<()> {
        anyhow::ensure!(result.sample != "P2", "no room");
        self.taken.lock().unwrap().push(result.sample.clone());
        Ok(())
    }
}

#[test]
fn what_an_output_refuses_is_the_failure_of_that_sample_alone() {
    let vcf = |name| VcfBuilder::grch38(name).text().into_bytes();
    let files = Files::default()
        .with("1.vcf", vcf("P1"))
        .with("2.vcf", vcf("P2"))
        .with("3.vcf", vcf("P3"));
    let job = Job::new(request(&["1.vcf", "2.vcf", "3.vcf"], Options::default()), files).unwrap();
    let mut output = Picky::default();
    let ended = run::analyze(&job, &mut output).unwrap();
    assert_eq!(ended.errors, ["2.vcf, sample \"P2\": no room"]);
    assert_eq!((output.announced, ended.reported), (3, 2));
    let mut taken = output.taken.into_inner().unwrap();
    taken.sort();
    assert_eq!(taken, ["P1", "P3"]);
}

/// Files in memory are on no disk that could tell: their names do.
#[test]
fn a_normal_that_is_the_samples_own_file_is_refused_in_memory_too() {
    let files = || Files::default().with("P1.vcf", chip()).with("N1.vcf", chip());
    let ended = |normal: &str| {
        let request = Request {
            normal: Some(normal.into()),
            ..request(&["P1.vcf"], Options::default())
        };
        run::analyze(&Job::new(request, files()).unwrap(), &mut Results::default()).unwrap()
    };
    let own = ended("P1.vcf");
    assert!(
        own.errors[0].contains("is the sample's own file"),
        "{:?}",
        own.errors
    );
    assert_eq!(ended("N1.vcf").reported, 1);
}
