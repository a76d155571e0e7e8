//! Records as lines of SAM.

use std::io::{self, Write};

use crate::genome::Genome;
use crate::reads::{Pair, Read};
use crate::umi::Family;

/// What the two records of a pair share.
pub struct Record<'a> {
    pub serial: u64,
    pub contig: &'a str,
    /// Added to every place.
    pub shift: i64,
    pub quality: u8,
    pub sample: &'a str,
    pub first_forward: bool,
    pub family: Option<&'a Family>,
}

pub fn header(genome: &Genome, sample: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "@HD\tVN:1.6\tSO:unsorted\tGO:query")?;
    for contig in &genome.contigs {
        writeln!(out, "@SQ\tSN:{}\tLN:{}", contig.name, contig.bases.len())?;
    }
    writeln!(out, "@RG\tID:{sample}\tSM:{sample}\tLB:{sample}\tPL:ILLUMINA")?;
    writeln!(out, "@PG\tID:simulate\tPN:simulate")
}

impl Record<'_> {
    pub fn write(&self, pair: &Pair, out: &mut impl Write) -> io::Result<()> {
        let (left, right) = (&pair.left, &pair.right);
        for (read, mate) in [(left, right), (right, left)] {
            self.line(read, mate, pair.duplicate, out)?;
        }
        Ok(())
    }

    fn line(&self, read: &Read, mate: &Read, duplicate: bool, out: &mut impl Write) -> io::Result<()> {
        // An unmapped read stands where its mate does.
        let own = read.alignment.as_ref().or(mate.alignment.as_ref());
        let other = mate.alignment.as_ref().or(read.alignment.as_ref());
        let (Some(own), Some(other)) = (own, other) else {
            return Ok(());
        };
        let place = |place: usize| place as i64 + self.shift + 1;
        let both = read.alignment.is_some() && mate.alignment.is_some();
        let length = own.end().max(other.end()) as i64 - own.place.min(other.place) as i64;
        let length = match (both, read.forward) {
            (false, _) => 0,
            (true, true) => length,
            (true, false) => -length,
        };
        let aligned = read.alignment.as_ref();
        let quality = if aligned.is_some() { self.quality } else { 0 };
        write!(
            out,
            "{}\t{}\t{}\t{}\t{quality}\t{}\t=\t{}\t{length}\t",
            self.name(),
            self.flags(read, mate, duplicate),
            self.contig,
            place(own.place),
            aligned.map_or_else(|| "*".to_owned(), crate::align::Alignment::cigar_text),
            place(other.place),
        )?;
        out.write_all(&read.bases)?;
        out.write_all(b"\t")?;
        let phred: Vec<u8> = read.qualities.iter().map(|quality| quality + 33).collect();
        out.write_all(&phred)?;
        write!(out, "\tRG:Z:{}", self.sample)?;
        if let Some(a) = aligned {
            write!(
                out,
                "\tNM:i:{}\tMD:Z:{}\tAS:i:{}",
                a.edits, a.differences, a.score
            )?;
        }
        if let Some(mate) = &mate.alignment {
            write!(out, "\tMC:Z:{}\tMQ:i:{}", mate.cigar_text(), self.quality)?;
        }
        let tags = self
            .family
            .map(|family| family.tags(self.serial))
            .unwrap_or_default();
        writeln!(out, "{tags}")
    }

    /// Like an instrument's: run, lane, tile and place, unique by the last.
    fn name(&self) -> String {
        let (tile, x) = (self.serial / 30_000, self.serial % 30_000);
        format!(
            "SIM:1:FLOWCELL:{}:{}:{}:{}",
            1 + tile % 4,
            1101 + tile / 4,
            1000 + x,
            1000 + x * 7 % 29_989
        )
    }

    fn flags(&self, read: &Read, mate: &Read, duplicate: bool) -> u16 {
        let first = read.forward == self.first_forward;
        let both = read.alignment.is_some() && mate.alignment.is_some();
        let bit = |set: bool, bit: u16| if set { bit } else { 0 };
        0x1 | bit(both, 0x2)
            | bit(read.alignment.is_none(), 0x4)
            | bit(mate.alignment.is_none(), 0x8)
            | bit(!read.forward, 0x10)
            | bit(!mate.forward, 0x20)
            | if first { 0x40 } else { 0x80 }
            | bit(duplicate, 0x400)
    }
}
