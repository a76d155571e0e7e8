//! One sample through the whole engine, without files.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop at what cannot be"
)]

use hemoclone::run::{self, Files, Job, Request, Results};
use hemoclone::sample::SampleResult;

/// Analyzes the only sample, `P1`, of a VCF; `sheet` describes it, with `P1.vcf` in its column `vcf`. Any error of the run fails the test.
pub fn result(vcf: Vec<u8>, sheet: Option<&str>, panel: Option<&str>) -> SampleResult {
    let mut files = Files::default().with("P1.vcf", vcf);
    let mut request = Request {
        inputs: vec!["P1.vcf".into()],
        ..Request::default()
    };
    request.options.panel = panel.map(str::to_owned);
    if let Some(sheet) = sheet {
        files = files.with("sheet.csv", sheet.as_bytes());
        request.samples = Some("sheet.csv".into());
        request.inputs.clear();
    }
    let mut results = Results::default();
    let ended = run::analyze(&Job::new(request, files).unwrap(), &mut results).unwrap();
    assert_eq!(ended.errors, [""; 0]);
    results.into_sorted().remove(0)
}
