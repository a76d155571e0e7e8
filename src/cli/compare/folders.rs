//! Two folders of reports, or two reports: what changed, and whether it is to be the new reference.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use serde_json::Value;

use super::args::CompareArgs;
use super::sources::{is_json, reports_of};
use crate::cli::Outcome;
use crate::cli::output::{OutputSet, stdout, write_whole};
use crate::cli::say::{self, Errors};
use hemoclone::compare::{ChangesTold, FieldRuleError, FieldRules, changes};
use hemoclone::report::Languages;
use hemoclone::report::read::read_json;
use hemoclone::run::{UsageError, counted, explained};

/// A report as it stands.
struct Report {
    path: PathBuf,
    json: Value,
}

type Reports = BTreeMap<String, Report>;

/// Tells what changed.
pub(super) fn run(args: &CompareArgs, languages: &Languages, quiet: bool) -> anyhow::Result<Outcome> {
    refuse_options_of_truths(args)?;
    let rules = rules(args).map_err(|e| UsageError(e.to_string()))?;
    let outputs = args.outputs(&["changes.tsv", "changes.json", "changes.html"])?;
    let mut all_read = true;
    let before = if args.folders.accept && (!args.truth.exists() || reports_of(&args.truth)?.is_empty()) {
        Reports::new()
    } else {
        read(&args.truth, &mut all_read)?
    };
    let after = read(&args.observed[0], &mut all_read)?;
    let told = compared(&before, &after, &rules);
    write(&told, args, &outputs, languages)?;
    let mut errors = Errors::new("field changed", "fields changed");
    told.lines().for_each(|line| errors.tell(&line));
    errors.finish();
    say::line(&told.summary(), quiet);
    if !all_read {
        if args.folders.accept {
            tracing::error!("nothing was accepted, for a report could not be read");
        }
        return Ok(Outcome::SomeInputsFailed);
    }
    if args.folders.accept {
        accept(args, &before, &after, quiet)?;
        return Ok(Outcome::Done);
    }
    Ok(if told.is_changed() {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn refuse_options_of_truths(args: &CompareArgs) -> Result<(), UsageError> {
    let given = [
        ("--require", !args.require.is_empty()),
        ("--reference", args.reference.is_some()),
        ("--targets", args.targets.is_some()),
        ("--build", args.build.is_some()),
        ("--partial-truth", args.partial_truth),
        ("--any-filter", args.any_filter),
        ("--vaf-bins", !args.vaf_bins.is_empty()),
    ];
    if let Some((option, _)) = given.iter().find(|(_, given)| *given) {
        return Err(UsageError(format!(
            "{option} is for a truth (VCF, table or reference standard), and {} holds reports; leave it out",
            args.truth.display()
        )));
    }
    let observed = &args.observed[0];
    if args.folders.accept && !(observed.is_dir() && (args.truth.is_dir() || !args.truth.exists())) {
        return Err(UsageError("--accept takes two folders".to_owned()));
    }
    let fits = args.observed.len() == 1
        && (observed.is_dir() && !args.truth.is_file() || is_json(observed) && args.truth.is_file());
    if !fits {
        return Err(UsageError(format!(
            "{} holds reports: give one other of the same kind (a folder, or one report), to see what changed",
            args.truth.display()
        )));
    }
    Ok(())
}

fn rules(args: &CompareArgs) -> Result<FieldRules, FieldRuleError> {
    let mut rules = FieldRules::default();
    args.folders
        .tolerance
        .iter()
        .try_for_each(|text| rules.tolerate(text))?;
    args.folders
        .ignore
        .iter()
        .try_for_each(|field| rules.ignore(field))?;
    Ok(rules)
}

/// Reads the reports of a folder, or one, by sample.
fn read(path: &Path, all_read: &mut bool) -> anyhow::Result<Reports> {
    let paths: Vec<PathBuf> = if path.is_dir() {
        reports_of(path)?.into_values().collect()
    } else {
        vec![path.to_owned()]
    };
    let mut reports = Reports::new();
    for path in &paths {
        match report(path) {
            Ok((sample, json)) => {
                let path = path.clone();
                if let Some(first) = reports.get(&sample) {
                    *all_read = false;
                    let first = first.path.display();
                    tracing::error!(
                        "{}: sample {sample:?} has a report in {first} already; take one away",
                        path.display()
                    );
                    continue;
                }
                reports.insert(sample, Report { path, json });
            }
            Err(error) => {
                *all_read = false;
                tracing::error!("{}", explained(&error));
            }
        }
    }
    if reports.is_empty() {
        return Err(anyhow!(
            "{}: no report (<sample>.json) that can be read",
            path.display()
        ));
    }
    Ok(reports)
}

fn report(path: &Path) -> anyhow::Result<(String, Value)> {
    let name = path.display().to_string();
    let bytes = fs::read(path).with_context(|| format!("cannot read {name}"))?;
    let result = read_json(&bytes, &name)?;
    Ok((result.sample, serde_json::from_slice(&bytes)?))
}

fn compared(before: &Reports, after: &Reports, rules: &FieldRules) -> ChangesTold {
    let mut told = ChangesTold::default();
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        match (before.get(name), after.get(name)) {
            (Some(before), Some(after)) => {
                told.samples.push(name.clone());
                told.changes
                    .extend(changes(name, &before.json, &after.json, rules));
            }
            (earlier, _) => told.only_in_one(name, earlier.is_some()),
        }
    }
    told
}

fn write(
    told: &ChangesTold,
    args: &CompareArgs,
    outputs: &[PathBuf],
    languages: &Languages,
) -> anyhow::Result<()> {
    if let [table, json, page] = outputs {
        args.make_folder()?;
        let mut set = OutputSet::default();
        set.write(table, |out| Ok(told.write_table(out)?))?;
        set.write(json, |out| Ok(told.write_json(out)?))?;
        set.write(page, |out| Ok(told.write_html(out, languages)?))?;
        set.commit()?;
    } else {
        let mut out = stdout()?;
        told.write_table(&mut out)?;
    }
    match &args.junit {
        Some(path) => write_whole(path, |out| Ok(told.write_junit(out)?)),
        None => Ok(()),
    }
}

/// Puts the observed reports in the place of the earlier ones: all are written under other names first, and only then get theirs.
///
/// Other files of the reference (tables, pages) are renewed where the observed folder has them too.
fn accept(args: &CompareArgs, before: &Reports, after: &Reports, quiet: bool) -> anyhow::Result<()> {
    let observed = &args.observed[0];
    fs::create_dir_all(&args.truth)
        .with_context(|| format!("cannot make the folder {}", args.truth.display()))?;
    anyhow::ensure!(
        fs::canonicalize(&args.truth)? != fs::canonicalize(observed)?,
        "{} and {} are one folder: nothing was accepted",
        args.truth.display(),
        observed.display()
    );
    let mut files: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for entry in fs::read_dir(&args.truth)?.chain(fs::read_dir(observed)?) {
        let name = entry?.file_name();
        let (target, source) = (args.truth.join(&name), observed.join(&name));
        let is_report = after.values().any(|report| report.path == source);
        if source.is_file() && (is_report || target.is_file()) {
            files.insert(target, source);
        }
    }
    let mut set = OutputSet::default();
    for (target, source) in &files {
        let bytes = fs::read(source).with_context(|| format!("cannot read {}", source.display()))?;
        set.write(target, |out| Ok(out.write_all(&bytes)?))?;
    }
    set.commit()?;
    let mut removed = 0;
    for report in before.values().filter(|report| !files.contains_key(&report.path)) {
        crate::cli::output::remove_if_there(&report.path)?;
        removed += 1;
    }
    let text = format!(
        "accepted: {} written, {} removed in {}",
        counted(files.len(), "file"),
        counted(removed, "report"),
        args.truth.display()
    );
    say::line(&text, quiet);
    Ok(())
}
