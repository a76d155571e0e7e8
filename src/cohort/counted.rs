//! What was counted over the samples of a cohort, kept beside its tables: so that a batch is added without a look at the members of those before.
//!
//! It can be counted anew from the members at any time, so that a file that is not to the letter what it should be is none.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

use super::member::Member;
use super::page::Shown;
use super::summary::Totals;

/// Begins the file; another number for another order of its fields.
const BEGINNING: &[u8] = concat!("hemoclone ", env!("CARGO_PKG_VERSION"), " cohort counts 1\n").as_bytes();

/// Bytes of the checksum at the end.
const CHECKSUM: usize = 32;

/// Everything that is kept of the samples of a cohort while it is made.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// For the tables over all samples.
    pub totals: Totals,
    /// Samples of the page.
    pub shown: Shown,
}

impl Counted {
    /// Starts with the genes of the panel, in its order.
    pub fn new(genes: Vec<String>) -> Self {
        Self {
            totals: Totals::new(genes),
            shown: Shown::default(),
        }
    }

    /// Counts a member.
    pub fn add(&mut self, member: &Member) {
        self.totals.add(member);
        self.shown.add(member);
    }

    /// Writes it, for the cohort of this manifest.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write(&self, manifest: &str, writer: impl Write) -> io::Result<()> {
        let mut writer = Summing {
            writer,
            sum: Sha256::new_with_prefix(manifest),
        };
        writer.write_all(BEGINNING)?;
        let kept = (&self.totals, &self.shown);
        postcard::to_io(&kept, &mut writer).map_err(io::Error::other)?;
        let Summing { mut writer, sum } = writer;
        writer.write_all(&sum.finalize())?;
        writer.flush()
    }

    /// Reads it; `None` where it is damaged, of another version, or of another cohort than that of the manifest.
    pub fn read(bytes: &[u8], manifest: &str) -> Option<Self> {
        let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
        let sum = Sha256::new_with_prefix(manifest).chain_update(content).finalize();
        let kept = content.strip_prefix(BEGINNING).filter(|_| *sum == *checksum)?;
        let (totals, shown) = postcard::from_bytes(kept).ok()?;
        Some(Self { totals, shown })
    }
}

/// Takes the checksum of what is written.
struct Summing<W> {
    writer: W,
    sum: Sha256,
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.writer.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::super::member::{Known, State};
    use super::super::tests_support::{gene, member, seen};
    use super::super::variants::VariantRow;
    use super::*;
    use crate::drivers::CallStatus;

    fn counted(samples: std::ops::Range<u32>, mut counted: Counted) -> Counted {
        for i in samples {
            let mut member = member(&format!("S{i}"), vec![gene(State::Driver, Known::Shown)]);
            (member.batch, member.age) = (Some(format!("run{}", i % 3)), Some(f64::from(40 + i)));
            let key = format!("GRCh38:chr4:{}:A:C", 100 + i % 7);
            member.calls.push(seen(&key, (i + 10, 1000), CallStatus::Driver));
            counted.add(&member);
        }
        counted
    }

    fn tables(counted: &Counted) -> (Vec<VariantRow>, super::super::Summary) {
        let mut rows = Vec::new();
        let summary = counted.totals.summary(|row| {
            rows.push(row.clone());
            Ok::<(), ()>(())
        });
        (rows, summary.unwrap())
    }

    #[test]
    fn counting_goes_on_where_it_ended() {
        let whole = counted(0..30, Counted::new(vec!["TET2".to_owned()]));
        let first = counted(0..17, Counted::new(vec!["TET2".to_owned()]));
        let mut bytes = Vec::new();
        first.write("manifest", &mut bytes).unwrap();
        let read = Counted::read(&bytes, "manifest").unwrap();
        assert_eq!(read.totals.digest_of("S3"), first.totals.digest_of("S3"));
        assert_eq!(tables(&counted(17..30, read)), tables(&whole));
    }

    #[test]
    fn what_is_damaged_or_of_another_cohort_is_none() {
        let mut bytes = Vec::new();
        let counted = counted(0..3, Counted::new(vec!["TET2".to_owned()]));
        counted.write("manifest", &mut bytes).unwrap();
        assert!(Counted::read(&bytes, "another").is_none());
        for end in 0..bytes.len() {
            assert!(Counted::read(&bytes[..end], "manifest").is_none(), "{end}");
        }
        for place in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[place] ^= 1;
            assert!(Counted::read(&bytes, "manifest").is_none(), "{place}");
        }
    }
}
