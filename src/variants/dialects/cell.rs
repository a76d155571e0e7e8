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
