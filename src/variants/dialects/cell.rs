use std::borrow::Cow;

use crate::variants::caller::Caller;
use crate::variants::header::{Header, Number};
use crate::variants::record::Record;

/// One allele of a record in one sample: what a dialect looks at.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    pub record: &'a Record<'a>,
    pub header: &'a Header,
    pub caller: Caller,
    /// Values of the sample in FORMAT order, trailing ones may be missing; `None` for a file without sample columns.
    pub values: Option<Vec<&'a str>>,
    /// Number of the allele, 1 for the first ALT.
    pub allele: usize,
    /// Whether INFO speaks of this sample alone: one sample column or none.
    pub alone: bool,
}

impl<'a> Cell<'a> {
    /// Looks at an allele (1 for the first ALT) in a sample column, or in INFO where there are none.
    pub fn new(
        record: &'a Record<'a>,
        header: &'a Header,
        caller: Caller,
        column: Option<usize>,
        allele: usize,
    ) -> Self {
        let values = column.map(|c| {
            record
                .cells
                .get(c)
                .map_or_else(Vec::new, |cell| cell.split(':').collect())
        });
        Self {
            record,
            header,
            caller,
            values,
            allele,
            alone: header.samples.len() <= 1,
        }
    }

    /// Returns a FORMAT value; `None` where absent or missing in every part.
    pub fn format(&self, key: &str) -> Option<&'a str> {
        let at = self.record.format.iter().position(|k| *k == key)?;
        let value = *self.values.as_ref()?.get(at)?;
        value.bytes().any(|b| !matches!(b, b'.' | b',')).then_some(value)
    }

    /// Returns an INFO value where INFO speaks of this sample alone.
    pub fn info(&self, key: &str) -> Option<&'a str> {
        if self.alone {
            self.record.info.get(key)
        } else {
            None
        }
    }

    pub fn format_counts(&self, key: &str) -> Option<Vec<Option<u32>>> {
        self.format(key).map(counts)
    }

    pub fn info_counts(&self, key: &str) -> Option<Vec<Option<u32>>> {
        self.info(key).map(counts)
    }

    pub fn format_count(&self, key: &str) -> Option<u32> {
        self.format(key).and_then(count)
    }

    /// Returns FORMAT DP.
    pub fn depth(&self) -> Option<u32> {
        self.format_count("DP")
    }

    /// Returns FORMAT DP, else INFO DP where it is of this sample.
    pub fn any_depth(&self) -> Option<u32> {
        self.depth().or_else(|| self.info("DP").and_then(count))
    }

    /// Returns the alleles that lists of local alleles speak of, REF left out (`LAA`, VCF 4.5 section 1.6.2; Hail's `LA`
    /// names REF too); `None` where the record has no such list. An allele that is not in it has no reads in the sample.
    pub fn local_alternates(&self) -> Option<Vec<usize>> {
        let key = ["LAA", "LA"]
            .into_iter()
            .find(|k| self.record.format.contains(k))?;
        let Some(value) = self.format(key) else {
            return Some(Vec::new());
        };
        let alleles: Option<Vec<usize>> = value.split(',').map(|a| a.parse().ok()).collect();
        alleles.map(|a| a.into_iter().filter(|a| *a > 0).collect())
    }

    /// Returns the genotype: `GT`, else `LGT` with its local alleles turned into those of the record.
    pub fn genotype(&self) -> Option<Cow<'a, str>> {
        if let Some(genotype) = self.format("GT") {
            return Some(Cow::Borrowed(genotype));
        }
        let local = self.format("LGT")?;
        let alternates = self.local_alternates()?;
        let mut text = String::new();
        for part in local.split_inclusive(['/', '|']) {
            let allele = part.trim_end_matches(['/', '|']);
            match allele.parse::<usize>() {
                Ok(0) => text.push('0'),
                Ok(n) => text.push_str(&alternates.get(n - 1)?.to_string()),
                Err(_) => text.push('.'),
            }
            text.push_str(&part[allele.len()..]);
        }
        Some(Cow::Owned(text))
    }

    /// Whether the record states genotypes at all.
    pub fn has_genotypes(&self) -> bool {
        self.record.format.iter().any(|k| matches!(*k, "GT" | "LGT"))
    }

    pub fn alternates(&self) -> usize {
        self.record.alternates.len()
    }

    /// Returns the alternate alleles that are variants, `<NON_REF>` and `<*>` not counted.
    pub fn real_alternates(&self) -> usize {
        self.record
            .alternates
            .iter()
            .filter(|a| !Record::is_no_variant(a))
            .count()
    }

    /// Returns the base of an allele that stands for one: REF itself, a substitution. A merge with a deletion pads both on the
    /// right.
    pub fn base(&self, allele: &'a str) -> Option<&'a str> {
        let (_, padding) = self.record.reference.split_at_checked(1)?;
        allele.strip_suffix(padding).filter(|base| base.len() == 1)
    }

    /// Returns this allele's value of a list with one entry per ALT, or per allele.
    pub fn of_allele<T: Copy>(&self, values: &[Option<T>]) -> Option<T> {
        match values.len() {
            n if n == self.alternates() => values[self.allele - 1],
            n if n == self.alternates() + 1 => values[self.allele],
            _ => None,
        }
    }

    pub fn declared(&self, format: &str) -> Option<Number> {
        self.header.formats.get(format).map(|d| d.number)
    }
}

/// Reads a comma-separated list of counts.
pub(crate) fn counts(text: &str) -> Vec<Option<u32>> {
    text.split(',').map(count).collect()
}

/// Reads a count. Some callers print counts as decimal numbers.
pub(crate) fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let value: f64 = text.parse().ok()?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range was checked"
        )]
        (value >= 0.0 && value <= f64::from(u32::MAX)).then(|| value.round() as u32)
    })
}

/// Reads a fraction: `0.05`, `5%`, `5,0%` (decimal comma); `None` outside 0 to 1.
pub(crate) fn fraction(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |t| (t, 100.0));
    let value: f64 = number.trim().replace(',', ".").parse().ok()?;
    let value = value / scale;
    (0.0..=1.0).contains(&value).then_some(value)
}

/// Reads a list of fractions. A comma separates values; it is a decimal comma only in a value with a per-cent sign.
pub(crate) fn fractions(text: &str) -> Vec<Option<f64>> {
    if text.contains('%') {
        let mut parts = Vec::new();
        for part in text.split('%').filter(|p| !p.is_empty()) {
            parts.push(fraction(&format!("{}%", part.trim_start_matches(','))));
        }
        return parts;
    }
    text.split(',').map(fraction).collect()
}

/// Sums what is known.
pub(crate) fn sum(values: &[Option<u32>]) -> u32 {
    values
        .iter()
        .flatten()
        .fold(0, |total, &v| total.saturating_add(v))
}
