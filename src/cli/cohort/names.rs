//! Names of the files of a cohort.

use hemoclone::cohort::tables::tables;

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
