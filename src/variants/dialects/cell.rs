use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

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
    pub values: Option<Rc<[&'a str]>>,
    /// Number of the allele, 1 for the first ALT.
    pub allele: usize,
    /// Whether INFO speaks of this sample alone: one sample column or none.
    pub alone: bool,
    /// What was read of the cell, for all alleles of the record: each list has a value for every one of them.
    read: Rc<Read<'a>>,
}

/// Lists of numbers by their text, and how many alleles are variants.
#[derive(Debug, Default)]
struct Read<'a> {
    counts: RefCell<HashMap<&'a str, Counts>>,
    real_alternates: OnceCell<usize>,
}

/// A list of counts.
pub(crate) type Counts = Rc<[Option<u32>]>;

impl<'a> Cell<'a> {
    /// Looks at an allele (1 for the first ALT) in a sample column, or in INFO where there are none.
    pub(crate) fn new(
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
                .map_or_else(Rc::default, |cell| cell.split(':').collect())
        });
        Self {
            record,
            header,
            caller,
            values,
            allele,
            alone: header.samples.len() <= 1,
            read: Rc::default(),
        }
    }

    /// Looks at another allele of the same cell.
    pub(crate) fn of_other(&self, allele: usize) -> Self {
        Self {
            allele,
            ..self.clone()
        }
    }

    fn counts_of(&self, text: &'a str) -> Counts {
        let mut read = self.read.counts.borrow_mut();
        read.entry(text).or_insert_with(|| counts(text).into()).clone()
    }

    /// Returns a FORMAT value; `None` where absent or missing in every part.
    pub(crate) fn format(&self, key: &str) -> Option<&'a str> {
        let at = self.record.format.iter().position(|k| *k == key)?;
        let value = *self.values.as_ref()?.get(at)?;
        value.bytes().any(|b| !matches!(b, b'.' | b',')).then_some(value)
    }

    /// Returns an INFO value where INFO speaks of this sample alone.
    pub(crate) fn info(&self, key: &str) -> Option<&'a str> {
        if self.alone {
            self.record.info.get(key)
        } else {
            None
        }
    }

    pub(crate) fn format_counts(&self, key: &str) -> Option<Counts> {
        self.format(key).map(|text| self.counts_of(text))
    }

    pub(crate) fn info_counts(&self, key: &str) -> Option<Counts> {
        self.info(key).map(|text| self.counts_of(text))
    }

    pub(crate) fn format_count(&self, key: &str) -> Option<u32> {
        self.format(key).and_then(count)
    }

    /// Returns FORMAT DP.
    pub(crate) fn depth(&self) -> Option<u32> {
        self.format_count("DP")
    }

    /// Returns FORMAT DP, else INFO DP where it is of this sample.
    pub(crate) fn any_depth(&self) -> Option<u32> {
        self.depth().or_else(|| self.info("DP").and_then(count))
    }

    /// Returns the alleles that lists of local alleles speak of, REF left out (`LAA`, VCF 4.5 section 1.6.2; Hail's `LA`
    /// names REF too); `None` where the record has no such list. An allele that is not in it has no reads in the sample.
    pub(crate) fn local_alternates(&self) -> Option<Vec<usize>> {
        let key = ["LAA", "LA"]
            .into_iter()
            .find(|k| self.record.format.contains(k))?;
        let Some(value) = self.format(key) else {
            return Some(Vec::new());
        };
        let alleles: Option<Vec<usize>> = value.split(',').map(|a| a.parse().ok()).collect();
        alleles.map(|a| a.into_iter().filter(|a| *a > 0).collect())
    }

    /// Returns the genotype: `GT`, else `LGT` with its local alleles turned into those of the record; without a phase before its
    /// first allele.
    pub(crate) fn genotype(&self) -> Option<Cow<'a, str>> {
        if let Some(genotype) = self.format("GT") {
            return Some(without_leading_phase(genotype));
        }
        let local = without_leading_phase(self.format("LGT")?);
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
    pub(crate) fn has_genotypes(&self) -> bool {
        self.record.format.iter().any(|k| matches!(*k, "GT" | "LGT"))
    }

    pub(crate) fn alternates(&self) -> usize {
        self.record.alternates.len()
    }

    /// Returns the alternate alleles that are variants, `<NON_REF>` and `<*>` not counted.
    pub(crate) fn real_alternates(&self) -> usize {
        let real = || {
            self.record
                .alternates
                .iter()
                .filter(|a| !Record::is_no_variant(a))
        };
        *self.read.real_alternates.get_or_init(|| real().count())
    }

    /// Returns the base of an allele that stands for one: REF itself, a substitution. A merge with a deletion pads both on the
    /// right.
    pub(crate) fn base(&self, allele: &'a str) -> Option<&'a str> {
        let (_, padding) = self.record.reference.split_at_checked(1)?;
        allele.strip_suffix(padding).filter(|base| base.len() == 1)
    }

    /// Returns this allele's value of a list with one entry per ALT, or per allele.
    pub(crate) fn of_allele<T: Copy>(&self, values: &[Option<T>]) -> Option<T> {
        match values.len() {
            n if n == self.alternates() => values[self.allele - 1],
            n if n == self.alternates() + 1 => values[self.allele],
            _ => None,
        }
    }

    pub(crate) fn declared(&self, format: &str) -> Option<Number> {
        self.header.formats.get(format).map(|d| d.number)
    }
}

/// Takes the phase before the first allele (VCF 4.4) out of a genotype. Where it is not that of the others the genotype counts as
/// unphased: a copy of the chromosome that holds all its alleles is then not known.
fn without_leading_phase(genotype: &str) -> Cow<'_, str> {
    let Some(rest) = genotype.strip_prefix(['/', '|']) else {
        return Cow::Borrowed(genotype);
    };
    if genotype.starts_with('|') && rest.contains('/') || genotype.starts_with('/') && !rest.contains('/') {
        return Cow::Owned(rest.replace('|', "/"));
    }
    Cow::Borrowed(rest)
}

/// Reads a comma-separated list of counts.
pub(crate) fn counts(text: &str) -> Vec<Option<u32>> {
    text.split(',').map(count).collect()
}

/// Returns the first value of a list that is neither a count nor missing.
pub(crate) fn no_count(text: &str) -> Option<&str> {
    text.split(',')
        .find(|value| !matches!(value.trim(), "." | "") && count(value).is_none())
}

/// Reads a count. Some callers print counts as decimal numbers (`20.0`); a part of a read is none.
pub(crate) fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let value: f64 = text.parse().ok()?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range was checked"
        )]
        (value >= 0.0 && value <= f64::from(u32::MAX) && value.fract() == 0.0).then_some(value as u32)
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

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::super::caller::Caller;
    use super::super::super::header::Header;
    use super::super::super::record::Record;
    use super::{Cell, without_leading_phase};

    #[test]
    fn a_list_of_counts_is_read_once_for_all_alleles_of_a_record() {
        let record = Record::parse("chr1\t10\t.\tA\tC,G\t.\t.\tAC=5,6\tGT:AD\t0/1:1,2,3").unwrap();
        let header = Header::new();
        let one = Cell::new(&record, &header, Caller::Generic, Some(0), 1);
        let other = one.of_other(2);
        let counts = [&one, &other].map(|cell| cell.format_counts("AD").unwrap());
        assert_eq!(*counts[0], [Some(1), Some(2), Some(3)]);
        assert!(Rc::ptr_eq(&counts[0], &counts[1]));
        assert_eq!(
            [&one, &other].map(|cell| cell.of_allele(&counts[0])),
            [Some(2), Some(3)]
        );
        assert!(Rc::ptr_eq(
            &one.info_counts("AC").unwrap(),
            &other.info_counts("AC").unwrap()
        ));
    }

    #[test]
    fn a_phase_before_the_first_allele_shifts_no_allele() {
        for (written, expected) in [
            ("0|1", "0|1"),
            ("|0|1", "0|1"),
            ("/0/1", "0/1"),
            ("|1", "1"),
            ("/1", "1"),
            ("/.", "."),
            // The first allele is not of the phase set, or it alone is.
            ("/1|2", "1/2"),
            ("|1/2", "1/2"),
            ("|0|1/2", "0/1/2"),
        ] {
            assert_eq!(without_leading_phase(written), expected, "{written}");
        }
    }
}
