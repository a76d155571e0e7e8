//! The batches of a sheet: rows that can be used, grouped in the order of the sheet up to a size.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::located::{Located, Places, locate};
use crate::patient::Patient;
use crate::report::{FailedRow, file_stem, folded};
use crate::sample::{SampleSheet, SheetCells, SheetRow};

/// How large a batch may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of its files together; a sample that is larger alone is a batch of its own.
    pub bytes: u64,
    /// Samples.
    pub samples: usize,
}

/// Files that a task needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Staged {
    /// Paths or addresses, each once.
    pub files: Vec<String>,
    /// For an engine that hands file number N, from 1 on, over in a folder `FOLDER/N`: lines of the shell that put each beside its
    /// indexes, where the names of the plan lead. Empty where the names are paths.
    pub links: String,
}

/// Samples that one task reports on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Batch {
    /// A name that follows from the content: another one where a row, a file or its place changes.
    pub name: String,
    /// Names of the samples, in the order of the sheet.
    pub samples: Vec<String>,
    /// Size of the files together, bytes.
    pub bytes: u64,
    /// The sheet of these samples, for `analyze --samples`.
    pub sheet: String,
    /// What the task needs.
    #[serde(flatten)]
    pub staged: Staged,
}

/// A sheet as a workflow runs it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BatchPlan {
    /// Version of the program that made the plan.
    pub version: &'static str,
    /// What a reader of the run must know.
    pub warnings: Vec<String>,
    /// Options for `analyze` in every task.
    pub arguments: Vec<String>,
    /// Files that the options name.
    #[serde(flatten)]
    pub options: Staged,
    /// The batches, in the order of the sheet.
    pub batches: Vec<Batch>,
    /// Samples that cannot be analyzed, in the order of the sheet.
    pub failed: Vec<FailedRow>,
}

/// A row with its files.
struct Usable {
    row: usize,
    /// By column and name as written.
    files: BTreeMap<(&'static str, String), Located>,
}

impl Usable {
    /// The file that the sample is read from.
    fn main(&self) -> &str {
        let of = |wanted| self.files.iter().find(|((column, _), _)| *column == wanted);
        of("vcf").or_else(|| of("bam")).map_or("", |(_, file)| &file.path)
    }
}

/// Groups the samples of a sheet; `size` tells the bytes of a file that is there, and `folder` is the one in which an engine hands files
/// over (see [`Staged::links`]), where it does.
pub fn plan_batches(
    sheet: &SampleSheet,
    cells: &SheetCells,
    places: &Places,
    size: &dyn Fn(&str) -> Option<u64>,
    limits: Limits,
    folder: Option<&str>,
) -> (Vec<Batch>, Vec<FailedRow>) {
    let (mut groups, mut failed): (IndexMap<String, Vec<Usable>>, Vec<_>) = <_>::default();
    let shared = shared_names(sheet);
    for (row, described) in sheet.rows.iter().enumerate() {
        let usable = match shared.get(&row) {
            Some(reason) => Err(reason.clone()),
            None => usable(row, described, places, size).and_then(|usable| same_alone(cells, usable, sheet)),
        };
        match usable {
            Ok(usable) => groups.entry(usable.main().to_owned()).or_default().push(usable),
            Err(reason) => failed.push(FailedRow {
                sample: described.sample.clone(),
                file: described
                    .vcf
                    .clone()
                    .or_else(|| described.bam.clone())
                    .unwrap_or_default(),
                reason,
            }),
        }
    }
    let batches = grouped(groups.into_values(), limits);
    let made = batches.into_iter().map(|rows| batch(&rows, sheet, cells, folder));
    (made.collect(), failed)
}

/// Names that would be one file on some systems: a task of its own for each would not see it.
fn shared_names(sheet: &SampleSheet) -> HashMap<usize, String> {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (row, described) in sheet.rows.iter().enumerate() {
        holders
            .entry(folded(&file_stem(&described.sample)))
            .or_default()
            .push(row);
    }
    let reason = |row: usize, rows: &[usize]| {
        let other = rows.iter().find(|other| **other != row)?;
        let other = &sheet.rows[*other];
        Some(format!(
            "line {}: the name differs from {:?} (line {}) only in upper and lower case or in the composition of its letters, and would be one file on some systems; give each its own name",
            sheet.rows[row].line, other.sample, other.line
        ))
    };
    holders
        .values()
        .filter(|rows| rows.len() > 1)
        .flat_map(|rows| rows.iter().filter_map(|row| Some((*row, reason(*row, rows)?))))
        .collect()
}

/// Looks the files of a row up; the error is why the sample cannot be analyzed.
fn usable(
    row: usize,
    described: &SheetRow,
    places: &Places,
    size: &dyn Fn(&str) -> Option<u64>,
) -> Result<Usable, String> {
    described.patient.as_ref().map_err(ToString::to_string)?;
    let mut files = BTreeMap::new();
    for (column, name) in described.files() {
        let paths = places.of_sheet(name);
        let found = locate(&paths, size).ok_or_else(|| {
            format!(
                "line {}, column {column}: {name:?} is no file that is there (looked for: {}); a path is looked up beside the sheet first, then in the working folder",
                described.line,
                paths.join(", ")
            )
        })?;
        files.insert((column, name.to_owned()), found);
    }
    let usable = Usable { row, files };
    if usable.main().is_empty() {
        return Err(format!(
            "line {}: names no file in column vcf or bam; a workflow has no other input",
            described.line
        ));
    }
    Ok(usable)
}

/// Holds that a row says the same without the others, on which the meaning of a dot in its numbers may depend.
fn same_alone(cells: &SheetCells, usable: Usable, sheet: &SampleSheet) -> Result<Usable, String> {
    let described = &sheet.rows[usable.row];
    let text = cells.part(&[usable.row], |_, _, cell| cell.to_owned());
    let alone = SampleSheet::read(text.as_bytes(), "").ok();
    let same = alone
        .as_ref()
        .and_then(|alone| alone.rows.first())
        .is_some_and(|alone| alone.sample == described.sample && said(alone) == said(described));
    if same {
        Ok(usable)
    } else {
        Err(format!(
            "line {}: what its numbers mean depends on the other rows of the sheet; write decimals with one sign in all of them",
            described.line
        ))
    }
}

/// What a row says of the person, wherever it stands: a visit knows its line.
fn said(row: &SheetRow) -> Option<Patient> {
    let mut patient = row.patient.clone().ok()?;
    for visit in &mut patient.visits {
        visit.line = 0;
    }
    Some(patient)
}

/// Puts groups of rows together up to the limits; rows of one file stay together, so that it is read once.
fn grouped(groups: impl Iterator<Item = Vec<Usable>>, limits: Limits) -> Vec<Vec<Usable>> {
    let mut batches: Vec<Vec<Usable>> = Vec::new();
    let mut bytes: u64 = 0;
    for group in groups {
        let more = files_of(&group).values().map(|file| file.bytes).sum::<u64>();
        let fits = batches.last().is_some_and(|last| {
            bytes.saturating_add(more) <= limits.bytes && last.len() + group.len() <= limits.samples
        });
        if let Some(last) = batches.last_mut().filter(|_| fits) {
            last.extend(group);
            bytes = bytes.saturating_add(more);
        } else {
            batches.push(group);
            bytes = more;
        }
    }
    batches
}

/// Returns the files of rows, each once, in the order of the rows.
fn files_of(rows: &[Usable]) -> IndexMap<&str, &Located> {
    rows.iter()
        .flat_map(|row| row.files.values())
        .map(|file| (file.path.as_str(), file))
        .collect()
}

fn batch(rows: &[Usable], sheet: &SampleSheet, cells: &SheetCells, folder: Option<&str>) -> Batch {
    let files = files_of(rows);
    let (staged, names) = Staged::of(files.values().copied(), folder, "inputs");
    let by_row: HashMap<usize, &Usable> = rows.iter().map(|row| (row.row, row)).collect();
    let order: Vec<usize> = rows.iter().map(|row| row.row).collect();
    let text = cells.part(&order, |row, column, cell| {
        let of_row = by_row.get(&row).map(|row| row.files.iter()).into_iter().flatten();
        let is_it = |place: &(&str, String)| place.0 == column && place.1 == cell;
        let file = of_row
            .into_iter()
            .find_map(|(place, file)| is_it(place).then_some(file));
        let name = file.and_then(|file| names.get(&file.path));
        name.map_or_else(|| cell.to_owned(), Clone::clone)
    });
    Batch {
        name: name_of(&text, &staged),
        samples: order.iter().map(|row| sheet.rows[*row].sample.clone()).collect(),
        bytes: files.values().map(|file| file.bytes).sum(),
        sheet: text,
        staged,
    }
}

/// Sixteen hexadecimal digits of what a batch is made of: a coincidence among a million batches has a chance of one in forty million.
fn name_of(sheet: &str, staged: &Staged) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(sheet).chain(staged.files.iter().map(String::as_str)) {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let (first, _) = digest.split_at(8);
    format!(
        "{:016x}",
        first
            .iter()
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    )
}

impl Staged {
    /// Names files as a task finds them: by their paths, or where an engine hands them over, in folders below `into`, each with its
    /// indexes. Returns the names by path.
    pub fn of<'f>(
        files: impl Iterator<Item = &'f Located>,
        folder: Option<&str>,
        into: &str,
    ) -> (Self, HashMap<String, String>) {
        let (mut staged, mut names) = (Self::default(), HashMap::new());
        for (number, file) in files.enumerate() {
            let place = format!("{into}/{}", number + 1);
            let name = match folder {
                None => file.path.clone(),
                Some(_) => format!("{place}/{}", base(&file.path)),
            };
            names.insert(file.path.clone(), name);
            for path in std::iter::once(&file.path).chain(&file.indexes) {
                staged.files.push(path.clone());
                if let Some(folder) = folder {
                    let from = format!("../../{folder}/{}/{}", staged.files.len(), base(path));
                    let to = format!("{place}/{}", base(path));
                    let link = [
                        "mkdir -p ",
                        &place,
                        " && ln -s ",
                        &quoted(&from),
                        " ",
                        &quoted(&to),
                        "\n",
                    ];
                    staged.links.extend(link);
                }
            }
        }
        (staged, names)
    }
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns a text as one word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "sample;VCF;bam;hb\nA;a.vcf;;9,6\nB;cohort.vcf;;10,1\nbad;no.vcf;;9\nC;c.vcf;c.bam;\nD;cohort.vcf;;\na;d.vcf;;\nE;e.vcf;;1.250\nnone;;;\n";

    fn plan(limits: Limits, folder: Option<&str>) -> (Vec<Batch>, Vec<FailedRow>) {
        let sheet = SampleSheet::read(SHEET.as_bytes(), "s.csv").unwrap();
        let cells = SheetCells::read(SHEET.as_bytes(), "s.csv", None).unwrap();
        let places = Places {
            sheet: "/s".into(),
            working: "/w".into(),
        };
        let size = |path: &str| match path {
            "/s/a.vcf" | "/s/d.vcf" | "/s/e.vcf" | "/w/c.vcf" => Some(10),
            "/s/cohort.vcf" => Some(30),
            "/s/cohort.vcf.tbi" | "/s/c.bai" => Some(1),
            "/s/c.bam" => Some(500),
            _ => None,
        };
        plan_batches(&sheet, &cells, &places, &size, limits, folder)
    }

    fn samples(limits: Limits) -> Vec<String> {
        let (batches, _) = plan(limits, None);
        batches.iter().map(|batch| batch.samples.join(" ")).collect()
    }

    #[test]
    fn batches_keep_within_size_and_number_and_the_rows_of_a_file_together() {
        let limits = |bytes, samples| Limits { bytes, samples };
        assert_eq!(samples(limits(1000, 100)), ["B D C"]);
        assert_eq!(samples(limits(100, 100)), ["B D", "C"]);
        assert_eq!(samples(limits(0, 1)), ["B D", "C"]);
    }

    #[test]
    fn what_cannot_be_analyzed_is_told_with_its_line() {
        let (_, failed) = plan(Limits { bytes: 0, samples: 1 }, None);
        let told: Vec<String> = failed
            .iter()
            .map(|f| format!("{}: {}", f.sample, f.reason))
            .collect();
        assert_eq!(told.len(), 5, "{told:?}");
        for (told, expected) in told.iter().zip([
            "A: line 2: the name differs from \"a\" (line 7)",
            "bad: line 4, column vcf: \"no.vcf\" is no file that is there (looked for: /s/no.vcf, /w/no.vcf)",
            "a: line 7: the name differs from \"A\" (line 2)",
            "E: sample sheet s.csv, line 8, column hb: ",
            "none: line 9: names no file in column vcf or bam",
        ]) {
            assert!(told.starts_with(expected), "{told}");
        }
    }

    #[test]
    fn a_task_finds_its_files_by_path_or_where_the_engine_puts_them() {
        let limits = Limits {
            bytes: 1000,
            samples: 100,
        };
        let (by_path, _) = plan(limits, None);
        assert_eq!(
            by_path[0].sheet,
            "sample\tVCF\tbam\thb\nB\t/s/cohort.vcf\t\t10,1\nD\t/s/cohort.vcf\t\t\nC\t/w/c.vcf\t/s/c.bam\t\n"
        );
        assert_eq!(by_path[0].staged.links, "");
        assert_eq!(by_path[0].bytes, 31 + 10 + 501);
        let (staged, _) = plan(limits, Some("staged"));
        let files = [
            "/s/cohort.vcf",
            "/s/cohort.vcf.tbi",
            "/s/c.bam",
            "/s/c.bai",
            "/w/c.vcf",
        ];
        assert_eq!(staged[0].staged.files, files);
        assert_eq!(
            staged[0].sheet,
            "sample\tVCF\tbam\thb\nB\tinputs/1/cohort.vcf\t\t10,1\nD\tinputs/1/cohort.vcf\t\t\nC\tinputs/3/c.vcf\tinputs/2/c.bam\t\n"
        );
        let links: Vec<&str> = staged[0].staged.links.lines().collect();
        assert_eq!(
            links[3],
            "mkdir -p inputs/2 && ln -s '../../staged/4/c.bai' 'inputs/2/c.bai'"
        );
        assert_ne!(staged[0].name, by_path[0].name);
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
