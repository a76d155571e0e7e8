//! Which columns of a sheet name files, and how.

/// Columns that name a file.
pub(super) const FILES: [&str; 4] = ["vcf", "bam", "normal", "clinical"];

/// The column that may name several.
pub(super) const PREVIOUS: &str = "previous";

/// Returns the files that a cell names: of the column of several, those that `|` or `;` part.
pub(super) fn files_of_cell<'c>(column: &str, cell: &'c str) -> Vec<&'c str> {
    if column != PREVIOUS {
        return vec![cell];
    }
    let files = cell.split(['|', ';']).map(str::trim);
    files.filter(|file| !file.is_empty()).collect()
}
