//! Which sample column is the tumor, which its normal, and which stand alone.

use std::collections::{HashMap, HashSet};

use super::caller::Caller;
use super::header::{Header, structured};

/// A sample of the report: its column, and the column of its normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pairing {
    pub column: Option<usize>,
    pub normal: Option<usize>,
}

/// Names that the user gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedColumns {
    /// Sample column to report; every other column but the normal is left out.
    pub tumor: Option<String>,
    /// Sample column of the matched normal.
    pub normal: Option<String>,
}

/// Finds columns by name: once for a file, which may have ten thousand.
pub(crate) struct Pairer<'h> {
    header: &'h Header,
    caller: Caller,
    /// The first column of each name.
    columns: HashMap<&'h str, usize>,
}

impl<'h> Pairer<'h> {
    pub(super) fn new(header: &'h Header, caller: Caller) -> Self {
        let names = header.samples.iter().enumerate().rev();
        Self {
            header,
            caller,
            columns: names.map(|(column, name)| (name.as_str(), column)).collect(),
        }
    }

    /// Whether there is a column of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(name)
    }

    /// Pairs the columns. The error is the name that is not there.
    pub(super) fn pair(&self, named: &NamedColumns) -> Result<Vec<Pairing>, String> {
        let find = |name: &String| {
            let column = self.columns.get(name.as_str()).copied();
            column.ok_or_else(|| name.clone())
        };
        let tumor = named.tumor.as_ref().map(find).transpose()?;
        let normal = named.normal.as_ref().map(find).transpose()?;
        if tumor.is_some() {
            return Ok(vec![Pairing {
                column: tumor,
                normal: normal.filter(|n| Some(*n) != tumor),
            }]);
        }
        Ok(pair_all(self.header, self.caller, normal))
    }
}

/// Pairs every column; `normal` is the one that the user named.
fn pair_all(header: &Header, caller: Caller, normal: Option<usize>) -> Vec<Pairing> {
    if header.samples.is_empty() {
        return vec![Pairing {
            column: None,
            normal: None,
        }];
    }
    let columns = 0..header.samples.len();
    let found: Option<Pair> = match normal {
        // The normal alone was named: with one other column that is the tumor.
        Some(normal) => Some((columns.clone().filter(|&c| c != normal).collect(), normal)),
        None => by_header(header)
            .or_else(|| by_name(header))
            .or_else(|| by_caller(header, caller)),
    };
    let normal = found.as_ref().map(|(_, normal)| *normal);
    let tumors: HashSet<usize> = found.into_iter().flat_map(|(tumors, _)| tumors).collect();
    columns
        .filter(|&column| Some(column) != normal)
        .map(|column| Pairing {
            column: Some(column),
            normal: normal.filter(|_| tumors.contains(&column)),
        })
        .collect()
}

/// Tumor columns and the normal of them all.
type Pair = (Vec<usize>, usize);

fn by_header(header: &Header) -> Option<Pair> {
    let mut tumor: Option<String> = None;
    let mut normal: Option<String> = None;
    for (key, value) in &header.meta {
        match key.to_ascii_lowercase().as_str() {
            "tumor_sample" => tumor = tumor.or_else(|| Some(value.trim().to_owned())),
            "normal_sample" => normal = normal.or_else(|| Some(value.trim().to_owned())),
            "sample" => sample_line(value, &mut tumor, &mut normal),
            "pedigree" => {
                let fields = structured(value);
                let get = |k: &str| fields.iter().find(|(key, _)| key == k).map(|(_, v)| v.clone());
                if let (Some(derived), Some(original)) =
                    (get("Derived").or_else(|| get("ID")), get("Original"))
                {
                    tumor = tumor.or(Some(derived));
                    normal = normal.or(Some(original));
                }
            }
            _ => {}
        }
    }
    let (t, n) = command_line(header);
    resolve(header, tumor.or(t), normal.or(n))
}

/// Finds the columns; the name of the normal is enough (Mutect2 on several tumors), of the tumor where there are two.
fn resolve(header: &Header, tumor: Option<String>, normal: Option<String>) -> Option<Pair> {
    let find = |name: Option<String>| header.samples.iter().position(|s| Some(s) == name.as_ref());
    match (find(tumor), find(normal), header.samples.len()) {
        (Some(t), Some(n), _) if t != n => Some((vec![t], n)),
        (Some(t), None, 2) => Some((vec![t], 1 - t)),
        (None, Some(n), columns) if columns > 1 => Some(((0..columns).filter(|&c| c != n).collect(), n)),
        _ => None,
    }
}

/// `##SAMPLE=<ID=x,Genomes=Tumor>`, `<ID=TUMOR,SampleName=x>` (GATK 3, Strelka pipelines), `<ID=x,IsTumor=yes>` (megSAP).
fn sample_line(value: &str, tumor: &mut Option<String>, normal: &mut Option<String>) {
    let fields = structured(value);
    let get = |name: &str| {
        fields
            .iter()
            .find(|(k, _)| k.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    };
    let Some(id) = get("ID") else { return };
    let name = get("SampleName").or_else(|| get("name")).unwrap_or(id);
    let genomes = get("Genomes").unwrap_or_default().to_ascii_lowercase();
    let tumor_flag = get("IsTumor").unwrap_or_default().to_ascii_lowercase();
    if id.eq_ignore_ascii_case("TUMOR") || genomes.contains("tumor") || tumor_flag == "yes" {
        *tumor = tumor.take().or_else(|| Some(name.to_owned()));
    } else if id.eq_ignore_ascii_case("NORMAL") || genomes.contains("germline") || genomes == "normal" {
        *normal = normal.take().or_else(|| Some(name.to_owned()));
    }
}

/// Sample names in recorded command lines: GATK, Sentieon, DRAGEN, SAGE.
fn command_line(header: &Header) -> (Option<String>, Option<String>) {
    const TUMOR: [&str; 6] = [
        "--tumor-sample",
        "--tumorSampleName",
        "--tumor_sample",
        "-tumor",
        "--tumor-name",
        "--sample-name-tumor",
    ];
    const NORMAL: [&str; 6] = [
        "--normal-sample",
        "--normalSampleName",
        "--normal_sample",
        "-normal",
        "--normal-name",
        "--sample-name-normal",
    ];
    let mut found = (None, None);
    for (key, value) in &header.meta {
        let key = key.to_ascii_lowercase();
        if !(key.contains("command") || key.contains("cmdline")) {
            continue;
        }
        let words = value.split([' ', '=', '"', ',']).filter(|w| !w.is_empty());
        for (option, name) in words.clone().zip(words.skip(1)) {
            if TUMOR.contains(&option) {
                found.0 = found.0.or_else(|| Some(name.to_owned()));
            } else if NORMAL.contains(&option) {
                found.1 = found.1.or_else(|| Some(name.to_owned()));
            }
        }
    }
    found
}

/// `NORMAL` and `TUMOR` (Strelka, VarScan, Pindel, MuSE), or two names that differ only in an ending such as `-T` and `-N`.
fn by_name(header: &Header) -> Option<Pair> {
    const TUMOR: [&str; 5] = ["tumor", "tumour", "primary", "tumor_sample", "tumour_sample"];
    const NORMAL: [&str; 4] = ["normal", "control", "germline", "normal_sample"];
    let only = |names: &[&str]| {
        let mut hits = (0..header.samples.len())
            .filter(|&c| names.contains(&header.samples[c].to_ascii_lowercase().as_str()));
        match (hits.next(), hits.next()) {
            (Some(hit), None) => Some(hit),
            _ => None,
        }
    };
    if let (Some(t), Some(n)) = (only(&TUMOR), only(&NORMAL)) {
        return Some((vec![t], n));
    }
    by_suffix(&header.samples)
}

/// Finds the only two names that have a common stem and then a word for tumor and one for normal.
fn by_suffix(names: &[String]) -> Option<Pair> {
    const WORDS: [(&str, &str); 3] = [("t", "n"), ("tumor", "normal"), ("tumour", "normal")];
    let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let mut only = None;
    for (tumor_word, normal_word) in WORDS {
        for separator in ["-", "_", "."] {
            for behind in [true, false] {
                // One letter before a name is too common to mean anything.
                if !behind && tumor_word.len() == 1 {
                    continue;
                }
                let stem = |name: &'_ str, word: &str| {
                    let rest = if behind {
                        name.strip_suffix(word)?.strip_suffix(separator)?
                    } else {
                        name.strip_prefix(word)?.strip_prefix(separator)?
                    };
                    Some(rest.to_owned())
                };
                let mut normals: HashMap<String, Vec<usize>> = HashMap::new();
                for (column, name) in lower.iter().enumerate() {
                    if let Some(stem) = stem(name, normal_word) {
                        normals.entry(stem).or_default().push(column);
                    }
                }
                for (column, name) in lower.iter().enumerate() {
                    let Some(found) = stem(name, tumor_word).and_then(|stem| normals.get(&stem)) else {
                        continue;
                    };
                    let [normal] = found[..] else { return None };
                    if only.replace((vec![column], normal)).is_some() {
                        return None;
                    }
                }
            }
        }
    }
    only
}

/// Callers that always write the tumor in one place.
fn by_caller(header: &Header, caller: Caller) -> Option<Pair> {
    if header.samples.len() != 2 {
        return None;
    }
    match caller {
        // VarDict's paired mode writes STATUS and SSF, the tumor first.
        Caller::VarDict if header.infos.contains_key("STATUS") && header.infos.contains_key("SSF") => {
            Some((vec![0], 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::warnings::Warnings;
    use super::*;

    fn header(lines: &[&str], samples: &[&str]) -> Header {
        let mut header = Header::new();
        for line in lines {
            header.push_meta(line, &mut Warnings::default());
        }
        header.samples = samples.iter().map(|&s| s.to_owned()).collect();
        header
    }

    fn pairs(lines: &[&str], samples: &[&str]) -> Vec<(usize, Option<usize>)> {
        Pairer::new(&header(lines, samples), Caller::Generic)
            .pair(&NamedColumns::default())
            .unwrap()
            .iter()
            .map(|p| (p.column.unwrap(), p.normal))
            .collect()
    }

    #[test]
    fn pairs_by_header_lines() {
        for lines in [
            &["##tumor_sample=A", "##normal_sample=B"][..],
            &["##normal_sample=B"],
            &[
                "##SAMPLE=<ID=A,Genomes=Tumor>",
                "##SAMPLE=<ID=B,Genomes=Germline>",
            ],
            &[
                "##SAMPLE=<ID=TUMOR,SampleName=A,File=x>",
                "##SAMPLE=<ID=NORMAL,SampleName=B>",
            ],
            &["##PEDIGREE=<Derived=A,Original=B>"],
            &[
                "##GATKCommandLine=<ID=Mutect2,CommandLine=\"Mutect2 --tumor-sample A --normal-sample B --output x\">",
            ],
        ] {
            assert_eq!(pairs(lines, &["B", "A"]), [(1, Some(0))], "{lines:?}");
        }
    }

    #[test]
    fn one_normal_serves_several_tumors() {
        let actual = pairs(&["##normal_sample=N"], &["N", "A", "B"]);
        assert_eq!(actual, [(1, Some(0)), (2, Some(0))]);
    }

    #[test]
    fn pairs_by_names_only_when_unambiguous() {
        assert_eq!(pairs(&[], &["NORMAL", "TUMOR"]), [(1, Some(0))]);
        assert_eq!(pairs(&[], &["P1-N", "P1-T"]), [(1, Some(0))]);
        assert_eq!(pairs(&[], &["P1_N", "P1_rna", "P1_T"]), [(1, None), (2, Some(0))]);
        assert_eq!(pairs(&[], &["P1-N", "P1-T", "P2-N", "P2-T"]).len(), 4);
        assert_eq!(pairs(&[], &["A", "B"]), [(0, None), (1, None)]);
        assert_eq!(pairs(&[], &["tumor_X", "normal_X"]), [(0, Some(1))]);
        assert_eq!(pairs(&[], &["T-X", "N-X"]).len(), 2);
        assert_eq!(pairs(&[], &["P1-T", "P1-N", "P1-n"]).len(), 3);
    }

    #[test]
    fn a_hundred_thousand_columns_are_paired_by_their_names_once() {
        let names: Vec<String> = (0..50_000)
            .flat_map(|i| [format!("P{i}-T"), format!("P{i}-N")])
            .chain(["Q.T".to_owned()])
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(pairs(&[], &names).len(), names.len());
        let normal_named = ["##normal_sample=P7-N"];
        assert_eq!(pairs(&normal_named, &names)[0], (0, Some(15)));
    }

    #[test]
    fn obeys_the_user() {
        let header = header(&[], &["NORMAL", "TUMOR"]);
        let named = NamedColumns {
            tumor: Some("NORMAL".into()),
            normal: None,
        };
        let pairer = Pairer::new(&header, Caller::Generic);
        let actual = pairer.pair(&named).unwrap();
        assert_eq!(
            actual,
            [Pairing {
                column: Some(0),
                normal: None
            }]
        );
        let named = NamedColumns {
            tumor: Some("X".into()),
            normal: None,
        };
        assert_eq!(pairer.pair(&named), Err("X".into()));
    }
}
