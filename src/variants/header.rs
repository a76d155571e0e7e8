//! The header as callers really write it: broken or missing declarations are noted, not refused.

use std::collections::{HashMap, HashSet};

use super::warnings::{Kind, Warnings};
use crate::genome::ContigLine;

/// How many values a field declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Count(u32),
    /// One per ALT.
    Alternates,
    /// One per allele, REF included.
    Alleles,
    Genotypes,
    Unknown,
}

/// Type of the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Integer,
    Float,
    Flag,
    /// String, Character, and whatever is written wrongly.
    Text,
}

/// A declared INFO or FORMAT field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declaration {
    pub number: Number,
    pub kind: Type,
    pub description: String,
}

/// What a header says, as far as it is needed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    pub contigs: Vec<ContigLine>,
    pub infos: HashMap<String, Declaration>,
    pub formats: HashMap<String, Declaration>,
    pub filters: HashSet<String>,
    /// Every other `##key=value`, in order.
    pub meta: Vec<(String, String)>,
    /// Sample columns; empty for a file without FORMAT.
    pub samples: Vec<String>,
    /// Number of columns of every record.
    pub columns: usize,
    /// The version of VCF, by the first line that says one.
    version: Option<(u32, u32)>,
    /// The dictionary of strings of BCF: FILTER, INFO and FORMAT names by number.
    pub strings: Vec<Option<String>>,
    /// The dictionary of contigs of BCF.
    pub contig_names: Vec<Option<String>>,
    placed: HashSet<(bool, String)>,
}

impl Header {
    pub(super) fn new() -> Self {
        Self {
            strings: vec![Some("PASS".into())],
            placed: HashSet::from([(false, "PASS".into())]),
            ..Self::default()
        }
    }

    /// Takes one `##` line.
    pub(super) fn push_meta(&mut self, line: &str, warnings: &mut Warnings) {
        let Some((key, value)) = line.trim_start_matches('#').split_once('=') else {
            if line.trim_start_matches('#').trim().is_empty() {
                return;
            }
            warnings.add(Kind::HeaderLine, line);
            return;
        };
        if !matches!(key, "INFO" | "FORMAT" | "FILTER" | "contig") {
            if key.eq_ignore_ascii_case("fileformat") {
                self.version = self.version.or_else(|| version(value));
            }
            self.meta.push((key.to_owned(), value.to_owned()));
            return;
        }
        let fields = structured(value);
        let get = |name: &str| fields.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str());
        let Some(id) = get("ID").filter(|id| !id.is_empty()) else {
            warnings.add(Kind::HeaderLine, line);
            return;
        };
        let index = get("IDX").and_then(|v| v.parse::<usize>().ok());
        if key == "contig" {
            self.contigs.push(ContigLine {
                name: id.to_owned(),
                length: get("length").and_then(|v| v.parse().ok()),
                assembly: get("assembly").map(str::to_owned),
            });
            if self.placed.insert((true, id.to_owned())) {
                place(&mut self.contig_names, id, index);
            }
            return;
        }
        if self.placed.insert((false, id.to_owned())) {
            place(&mut self.strings, id, index);
        }
        let declaration = Declaration {
            number: number(get("Number")),
            kind: match get("Type") {
                Some("Integer") => Type::Integer,
                Some("Float") => Type::Float,
                Some("Flag") => Type::Flag,
                _ => Type::Text,
            },
            description: get("Description").unwrap_or_default().to_owned(),
        };
        match key {
            "INFO" => _ = self.infos.entry(id.to_owned()).or_insert(declaration),
            "FORMAT" => _ = self.formats.entry(id.to_owned()).or_insert(declaration),
            _ => _ = self.filters.insert(id.to_owned()),
        }
    }

    /// Takes the `#CHROM` line; says what is wrong with it. `nameless` tells that records have a value behind FORMAT, so that a tab
    /// there is a sample without a name.
    pub(super) fn push_columns(
        &mut self,
        line: &str,
        nameless: bool,
        warnings: &mut Warnings,
    ) -> Result<(), String> {
        // Each name takes some hundred bytes until its report is written.
        const MOST_SAMPLES: usize = 1_000_000;
        if line.bytes().filter(|&b| b == b'\t').count() > 8 + MOST_SAMPLES {
            return Err("the #CHROM line has more than a million sample columns".into());
        }
        let names = column_names(line, nameless);
        if names.len() < 5 {
            return Err(format!(
                "the #CHROM line has {} tab-separated columns",
                names.len()
            ));
        }
        if names.len() < line.split('\t').count() {
            warnings.add(Kind::TrailingTab, "");
        }
        self.columns = names.len();
        if names.len() > 9 {
            self.samples = names[9..].iter().map(|&s| s.to_owned()).collect();
        }
        let without = self.samples.iter().position(String::is_empty);
        if let Some(column) = without.filter(|_| self.samples.len() > 1) {
            return Err(format!("sample column {} has no name", column + 1));
        }
        let mut seen = HashSet::new();
        for sample in &self.samples {
            if !seen.insert(sample) {
                warnings.add(Kind::DuplicateSample, sample);
            }
        }
        Ok(())
    }

    /// Whether records may reach further than REF and INFO END say: VCF 4.4 gives the length of a symbolic allele in SVLEN, 4.5
    /// that of a reference block in FORMAT LEN, and an older index or BCF file knows neither.
    pub(super) fn has_hidden_ends(&self) -> bool {
        let svlen = self.infos.contains_key("SVLEN");
        self.formats.contains_key("LEN")
            || svlen && (self.has_leading_phase() || !self.infos.contains_key("END"))
    }

    /// Whether the first allele of a genotype has a phase of its own, which it has from VCF 4.4 on: `/0|1`, and in BCF a bit
    /// that means something (section 6.3.3.9).
    pub(super) const fn has_leading_phase(&self) -> bool {
        matches!(self.version, Some((4, 4..) | (5.., _)))
    }

    /// Returns the values of `##key=value` lines, keys compared without case.
    pub(super) fn meta_values<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.meta
            .iter()
            .filter(move |(k, _)| k.eq_ignore_ascii_case(key))
            .map(|(_, v)| v.as_str())
    }

    /// Returns the texts that may name the assembly.
    pub(super) fn assembly_texts(&self) -> Vec<(String, String)> {
        const KEYS: [&str; 8] = [
            "reference",
            "assembly",
            "genome",
            "genomeBuild",
            "genome_build",
            "buildName",
            "reference_genome",
            "ref",
        ];
        let mut texts: Vec<(String, String)> = Vec::new();
        // A liftover leaves the old ##reference behind and names the new one.
        for key in ["new_reference_genome", "liftover_target"] {
            texts.extend(self.meta_values(key).map(|v| (format!("##{key}"), v.to_owned())));
        }
        if !texts.is_empty() {
            return texts;
        }
        for key in KEYS {
            texts.extend(self.meta_values(key).map(|v| (format!("##{key}"), v.to_owned())));
        }
        // VEP records the assembly of its cache, which it checks against nothing, but it found genes there.
        for text in self.meta_values("VEP") {
            let assembly = text
                .split_once("assembly=\"")
                .and_then(|(_, rest)| rest.split('"').next());
            texts.extend(assembly.map(|a| ("##VEP assembly".to_owned(), a.to_owned())));
        }
        texts
    }
}

/// Returns the names of the columns. Tabs at the end of the line make none, but for a single sample `nameless`.
pub(super) fn column_names(line: &str, nameless: bool) -> Vec<&str> {
    let mut names: Vec<&str> = line.split('\t').map(str::trim).collect();
    let columns = names.len();
    while names.last() == Some(&"") {
        names.pop();
    }
    if nameless && names.len() == 9 && columns > 9 {
        names.push("");
    }
    names
}

/// Takes `<A=1,B="x, y">` apart; tolerates missing brackets, missing quotes and `\"`.
pub(crate) fn structured(value: &str) -> Vec<(String, String)> {
    // No line has so many; one of a million would take gigabytes.
    const MOST_FIELDS: usize = 10_000;
    let value = value.trim();
    let body = value.strip_prefix('<').unwrap_or(value);
    let body = body.strip_suffix('>').unwrap_or(body);
    let mut fields = Vec::new();
    let mut rest = body;
    while !rest.is_empty() && fields.len() < MOST_FIELDS {
        let Some((key, after)) = rest.split_once('=') else {
            break;
        };
        let key = key.trim().trim_start_matches(',').trim();
        let (value, next) = after.strip_prefix('"').map_or_else(
            || {
                let end = after.find(',').unwrap_or(after.len());
                (after[..end].to_owned(), &after[end..])
            },
            quoted,
        );
        fields.push((key.to_owned(), value));
        rest = next.strip_prefix(',').unwrap_or(next);
    }
    fields
}

/// Reads to the closing quote. Some programs write quotes inside quotes: a quote closes only before `,` or the end.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' if matches!(characters.peek(), Some((_, '"' | '\\'))) => {
                if let Some((_, escaped)) = characters.next() {
                    value.push(escaped);
                }
            }
            '"' if text[at + 1..].is_empty() || text[at + 1..].starts_with(',') => {
                return (value, &text[at + 1..]);
            }
            _ => value.push(c),
        }
    }
    (value, "")
}

fn version(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.trim().strip_prefix("VCFv")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn number(text: Option<&str>) -> Number {
    match text {
        Some("A") => Number::Alternates,
        Some("R") => Number::Alleles,
        Some("G") => Number::Genotypes,
        Some(n) => n.parse().map_or(Number::Unknown, Number::Count),
        None => Number::Unknown,
    }
}

fn place(dictionary: &mut Vec<Option<String>>, id: &str, index: Option<usize>) {
    // A header cannot hold more entries than this; a larger IDX is damage and must not take the memory.
    const LARGEST_INDEX: usize = 1_000_000;
    let index = index.filter(|&i| i < LARGEST_INDEX).unwrap_or(dictionary.len());
    if dictionary.len() <= index {
        dictionary.resize(index + 1, None);
    }
    dictionary[index] = Some(id.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_structured_lines_apart() {
        let actual = structured(r#"<ID=AD,Number=R,Description="a, \"b\" = c",Version="3">"#);
        let expected = [
            ("ID", "AD"),
            ("Number", "R"),
            ("Description", "a, \"b\" = c"),
            ("Version", "3"),
        ];
        let expected: Vec<_> = expected.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        assert_eq!(actual, expected);
    }

    #[test]
    fn tolerates_quotes_inside_quotes_and_missing_ends() {
        let actual = structured(r#"<ID=X,Description="say "hi" now""#);
        assert_eq!(actual[1], ("Description".to_owned(), "say \"hi\" now".to_owned()));
        assert_eq!(
            structured("<ID=X,Description="),
            [
                ("ID".to_owned(), "X".to_owned()),
                ("Description".to_owned(), String::new())
            ]
        );
    }

    #[test]
    fn keeps_idx_numbers() {
        let mut header = Header::new();
        let mut warnings = Warnings::default();
        header.push_meta("##FILTER=<ID=PASS,Description=\"ok\",IDX=0>", &mut warnings);
        header.push_meta("##INFO=<ID=DP,Number=1,IDX=3>", &mut warnings);
        header.push_meta("##FORMAT=<ID=DP,Number=1,IDX=3>", &mut warnings);
        assert_eq!(
            header.strings,
            [Some("PASS".into()), None, None, Some("DP".into())]
        );
    }
}
