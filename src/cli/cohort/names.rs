//! Names of the files of a cohort, and what to do where they do not fit.

use hemoclone::cohort::tables::tables;

/// What helps where the folder's cohort cannot be added to.
pub(super) const ANEW: &str = "make the cohort anew from all reports (--force)";

/// Returns the files of a cohort of these forms.
pub(super) fn files(forms: &[String]) -> impl Iterator<Item = String> {
    tables().into_iter().flat_map(move |table| {
        let ending = |form: &String| form == "tsv" || (form == "parquet" && table.parquet);
        let endings: Vec<String> = forms.iter().filter(|form| ending(form)).cloned().collect();
        endings
            .into_iter()
            .map(move |form| format!("{}.{form}", table.name))
    })
}
