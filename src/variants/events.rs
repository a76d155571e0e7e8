//! Alleles that are no sequence, read as events: symbolic alleles and breakends that join two places of one contig.
//!
//! What a duplication or a deletion spans is told from the base behind POS to END (VCF 4.5, section 1.4.5). Some callers give the first base
//! of the stretch as POS (ScanITD, and VarDict): SVLEN, or the stretch's own bases, tell.

use super::odd_span::contradict;
use super::record::{Info, Record};
use crate::genome::{self, Build, Chromosome, Event, EventKind, WrittenEvent, chromosome_length};

/// Keys of INFO that hold the bases put in at a junction: Manta and DRAGEN, GRIDSS and SvABA, ScanITD.
const JUNCTION_BASES: [&str; 3] = ["SVINSSEQ", "INSERTION", "INSSEQ"];
/// Keys that hold how many they are: Manta, Pindel, Delly.
const JUNCTION_LENGTHS: [&str; 3] = ["SVINSLEN", "NTLEN", "INSLEN"];
/// Keys that hold the bases of a whole insertion.
const INSERTED_BASES: [&str; 3] = ["SVINSSEQ", "SEQ", "INSSEQ"];
/// Keys that hold how long an insertion is: everybody, and ITDseek.
const LENGTHS: [&str; 2] = ["SVLEN", "LEN"];

/// Reads an allele that is no sequence; `end` is the last base that the record reaches, `error` why it is none.
pub(super) fn event(
    record: &Record<'_>,
    allele: usize,
    place: (Build, Chromosome),
    end: u32,
    error: &genome::VariantError,
) -> Event {
    let alternate = record.alternates[allele - 1];
    let contig_end = chromosome_length(place.0, place.1);
    let told = if alternate.starts_with('<') && end > contig_end {
        // What lies behind the end of its chromosome is of another build, or a mistake: nothing is told.
        Told::nothing(kind_of(alternate, &record.info))
    } else if alternate.starts_with('<') {
        symbolic(record, allele, end)
    } else if let Some(breakend) = Breakend::parse(alternate) {
        breakend.told(record)
    } else {
        Told::nothing(if alternate == "*" {
            EventKind::Overlapped
        } else {
            EventKind::Other
        })
    };
    let written = in_words(record, alternate, error);
    let is_known = !matches!(told.kind, EventKind::Breakend | EventKind::Other);
    // Of a stretch, the base before it: the ends of a junction then make one event, whichever the record stands at.
    let position = told
        .stretch
        .map_or(record.position, |(first, _)| first.saturating_sub(1).max(1));
    Event {
        build: place.0,
        chromosome: place.1,
        position,
        reference: if position == record.position {
            record.reference.to_ascii_uppercase()
        } else {
            "N".to_owned()
        },
        alternate: match told.kind {
            EventKind::Overlapped => "*".to_owned(),
            kind if is_known => format!("<{}>", kind.name()),
            _ => alternate.to_owned(),
        },
        kind: told.kind,
        stretch: told.stretch,
        length: told.length,
        inserted: told.inserted,
        precise: told.precise && !record.info.has("IMPRECISE"),
        end: told
            .stretch
            .map_or(end, |(_, last)| last.max(end))
            .min(contig_end),
        written: written.to_string(),
        written_coded: Some(written),
    }
}

/// What a record tells of an event.
struct Told {
    kind: EventKind,
    stretch: Option<(u32, u32)>,
    length: Option<u32>,
    inserted: Option<String>,
    precise: bool,
}

impl Told {
    const fn nothing(kind: EventKind) -> Self {
        Self {
            kind,
            stretch: None,
            length: None,
            inserted: None,
            precise: false,
        }
    }
}

fn symbolic(record: &Record<'_>, allele: usize, end: u32) -> Told {
    let kind = kind_of(record.alternates[allele - 1], &record.info);
    match kind {
        EventKind::Insertion => {
            let inserted = INSERTED_BASES.iter().find_map(|key| bases(&record.info, key));
            Told {
                kind,
                stretch: None,
                length: inserted
                    .as_ref()
                    .and_then(|bases| u32::try_from(bases.len()).ok())
                    .or_else(|| stated_length(record, allele)),
                precise: inserted.is_some(),
                inserted,
            }
        }
        EventKind::Duplication | EventKind::Deletion => stretched(record, allele, kind, end),
        _ => Told::nothing(kind),
    }
}

/// Returns the kind that the symbol names, or SVTYPE where the symbol is one's own.
fn kind_of(alternate: &str, info: &Info<'_>) -> EventKind {
    let of = |name: &str| {
        let name = name.to_ascii_uppercase();
        let is = |starts: &[&str]| starts.iter().any(|s| name.starts_with(s));
        if is(&["DUP", "TDUP", "ITD", "TANDEM"]) {
            Some(EventKind::Duplication)
        } else if is(&["DEL"]) {
            Some(EventKind::Deletion)
        } else if is(&["INS"]) {
            Some(EventKind::Insertion)
        } else if is(&["INV"]) {
            Some(EventKind::Inversion)
        } else if is(&["CN"]) {
            Some(EventKind::CopyNumber)
        } else if is(&["BND", "TRA", "CTX"]) {
            Some(EventKind::Breakend)
        } else {
            None
        }
    };
    let symbol = alternate.trim_start_matches('<').trim_end_matches('>');
    of(symbol)
        .or_else(|| of(info.get("SVTYPE")?))
        .unwrap_or(EventKind::Other)
}

fn stretched(record: &Record<'_>, allele: usize, kind: EventKind, end: u32) -> Told {
    let info = &record.info;
    let mut told = Told::nothing(kind);
    let stated = stated_length(record, allele);
    // The bases of the copy, where they are given (ScanITD), say where it begins by their number.
    let copy = bases(info, "SEQ").and_then(|bases| u32::try_from(bases.len()).ok());
    let span = end.saturating_sub(record.position);
    let begins_at_position = copy.or(stated) == Some(span.saturating_add(1));
    let first = if begins_at_position {
        record.position
    } else {
        record.position.saturating_add(1)
    };
    // ScanITD's END lies one base behind the copy where its length does not say otherwise.
    let last = match copy {
        Some(length) if is_scanitd(info) => record.position.saturating_add(length).saturating_sub(1),
        _ => end,
    };
    let first = if is_scanitd(info) { record.position } else { first };
    if last < first {
        return told;
    }
    let stretch = last - first + 1;
    if stated.is_some_and(|length| contradict(stretch.into(), length.into())) {
        return told;
    }
    told.stretch = Some((first, last));
    told.precise = stated.is_none_or(|length| !differs(length, stretch));
    let given = JUNCTION_BASES.iter().find_map(|key| bases(info, key));
    let number = JUNCTION_LENGTHS.iter().find_map(|key| number(info.get(key)?, 0));
    told.inserted = match (given, number) {
        (Some(bases), _) => Some(bases),
        (None, None | Some(0)) => Some(String::new()),
        (None, Some(_)) => None,
    };
    let junction = told
        .inserted
        .as_ref()
        .and_then(|bases| u32::try_from(bases.len()).ok())
        .filter(|length| *length > 0)
        .or(number)
        .unwrap_or(0);
    told.length = match kind {
        EventKind::Duplication => stretch.checked_add(junction),
        _ => stretch.checked_sub(junction),
    };
    told
}

fn is_scanitd(info: &Info<'_>) -> bool {
    info.get("SVMETHOD").is_some_and(|m| m.starts_with("ScanITD"))
}

/// Whether two lengths cannot be of one stretch told to the base.
fn differs(stated: u32, found: u32) -> bool {
    stated.abs_diff(found) > 1 && stated != found.saturating_add(1)
}

/// Returns the length that the record states for an allele.
fn stated_length(record: &Record<'_>, allele: usize) -> Option<u32> {
    LENGTHS
        .iter()
        .find_map(|key| number(record.info.get(key)?, allele - 1))
        .filter(|length| *length > 0)
}

/// Returns a value of a list, or the only one, without its sign.
fn number(text: &str, index: usize) -> Option<u32> {
    let values: Vec<&str> = text.split(',').collect();
    let value = match values.as_slice() {
        [one] => one,
        many => many.get(index)?,
    };
    let value = value.trim();
    value.strip_prefix('-').unwrap_or(value).parse().ok()
}

fn bases(info: &Info<'_>, key: &str) -> Option<String> {
    let text = info.get(key)?.to_ascii_uppercase();
    text.bytes().all(|b| b"ACGT".contains(&b)).then_some(text)
}

/// One end of a junction, as ALT writes it (VCF 4.5, section 5.4).
struct Breakend<'a> {
    /// The bases at this end, its own reference base among them.
    bases: &'a str,
    /// Whether the bases stand before the other end.
    bases_first: bool,
    /// Whether the other end goes on to the right of its position.
    to_the_right: bool,
    contig: &'a str,
    position: u32,
}

impl<'a> Breakend<'a> {
    fn parse(alternate: &'a str) -> Option<Self> {
        let bracket = alternate.find(['[', ']'])?;
        let kind = alternate[bracket..].chars().next()?;
        let behind = &alternate[bracket + 1..];
        let closing = behind.find(kind)?;
        let (place, rest) = (&behind[..closing], &behind[closing + 1..]);
        let (contig, position) = place.rsplit_once(':')?;
        let before = &alternate[..bracket];
        let (bases, bases_first) = match (before.is_empty(), rest.is_empty()) {
            (false, true) => (before, true),
            (true, false) => (rest, false),
            _ => return None,
        };
        Some(Self {
            bases,
            bases_first,
            to_the_right: kind == '[',
            contig,
            position: position.parse().ok()?,
        })
    }

    /// Tells the event: a stretch that is joined to itself is there twice, one that is jumped over is lost.
    fn told(&self, record: &Record<'_>) -> Told {
        let none = || Told::nothing(EventKind::Breakend);
        // The two ends run the same way only where bases come first and the other end goes right, or the reverse of both.
        if Chromosome::parse(self.contig) != Chromosome::parse(record.contig)
            || self.bases_first != self.to_the_right
        {
            return none();
        }
        let (left, right) = if self.bases_first {
            (record.position, self.position)
        } else {
            (self.position, record.position)
        };
        let own = if self.bases_first {
            self.bases.get(1..)
        } else {
            self.bases.get(..self.bases.len().saturating_sub(1))
        };
        let inserted = own.map(str::to_ascii_uppercase);
        let Some(inserted) = inserted.filter(|b| b.bytes().all(|b| b"ACGT".contains(&b))) else {
            return none();
        };
        // SvABA tells the bases at the junction beside ALT, on a strand that it does not name.
        let elsewhere = record.info.get("INSERTION").filter(|_| inserted.is_empty());
        let junction = elsewhere.map_or(inserted.len(), str::len);
        let Ok(junction) = u32::try_from(junction) else {
            return none();
        };
        let (kind, stretch) = if right <= left {
            (EventKind::Duplication, Some((right, left)))
        } else if right - left > 1 {
            (EventKind::Deletion, Some((left + 1, right - 1)))
        } else {
            (EventKind::Insertion, None)
        };
        let span = stretch.map_or(0, |(first, last)| last - first + 1);
        Told {
            kind,
            stretch,
            length: match kind {
                EventKind::Deletion => span.checked_sub(junction),
                _ => span.checked_add(junction),
            },
            // An insertion is anchored at the left of its two ends.
            precise: kind != EventKind::Insertion || left == record.position,
            inserted: elsewhere.is_none().then_some(inserted),
        }
    }
}

/// Returns the allele as the file tells it.
fn in_words(record: &Record<'_>, alternate: &str, error: &genome::VariantError) -> WrittenEvent {
    if alternate == "*" {
        return WrittenEvent::Overlapped;
    }
    if !alternate.starts_with('<') {
        return if alternate.contains(['[', ']']) {
            WrittenEvent::Breakend {
                alternate: alternate.to_owned(),
            }
        } else {
            WrittenEvent::Unreadable {
                problem: error.to_string(),
            }
        };
    }
    let field = |key| record.info.get(key).map(str::to_owned);
    WrittenEvent::Symbolic {
        alternate: alternate.to_owned(),
        svtype: field("SVTYPE"),
        svlen: field("SVLEN"),
        end: field("END"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genome::VariantError;

    fn read(position: u32, alternate: &str, info: &str) -> String {
        let line = format!("chr13\t{position}\t.\tA\t{alternate}\t.\tPASS\t{info}\tGT\t0/1");
        let record = Record::parse(&line).unwrap();
        let place = (Build::Grch38, Chromosome::parse("chr13").unwrap());
        let error = VariantError::Allele(alternate.into());
        let event = event(&record, 1, place, record.end(), &error);
        format!(
            "{} {:?} {:?} {:?} {}",
            event.kind.name(),
            event.stretch,
            event.length,
            event.inserted,
            event.precise
        )
    }

    /// One duplication of chr13:101-160, as callers write it.
    #[test]
    fn one_duplication_in_the_words_of_many_callers() {
        let expected = r#"DUP Some((101, 160)) Some(60) Some("") true"#;
        for (position, alternate, info) in [
            // Manta.
            (100, "<DUP:TANDEM>", "END=160;SVTYPE=DUP;SVLEN=60"),
            // VCF 4.4: no END.
            (100, "<DUP:TANDEM>", "SVLEN=60"),
            // Delly.
            (100, "<DUP>", "PRECISE;SVTYPE=DUP;END=160"),
            // VarDict gives the first base.
            (101, "<DUP>", "SVTYPE=DUP;SVLEN=60;END=160"),
            // ScanITD.
            (
                101,
                "<TDUP>",
                "SVTYPE=TDUP;END=161;SVLEN=60;INSSEQ=.;SVMETHOD=ScanITD2;SEQ=ACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGT",
            ),
            // GRIDSS and its like: either end.
            (101, "]chr13:160]A", "SVTYPE=BND"),
            (160, "A[chr13:101[", "SVTYPE=BND"),
            (160, "A[13:101[", "SVTYPE=BND"),
        ] {
            assert_eq!(read(position, alternate, info), expected, "{alternate} {info}");
        }
    }

    #[test]
    fn bases_at_the_junction_are_counted_where_they_are_told() {
        for (position, alternate, info, expected) in [
            (
                100,
                "<DUP:TANDEM>",
                "END=160;SVLEN=60;SVINSSEQ=ACG;SVINSLEN=3",
                r#"DUP Some((101, 160)) Some(63) Some("ACG") true"#,
            ),
            (
                160,
                "AGG[chr13:101[",
                "SVTYPE=BND",
                r#"DUP Some((101, 160)) Some(62) Some("GG") true"#,
            ),
            (
                101,
                "]chr13:160]GGA",
                "SVTYPE=BND",
                r#"DUP Some((101, 160)) Some(62) Some("GG") true"#,
            ),
            // Pindel and SvABA tell their number, or not on which strand.
            (
                100,
                "<DUP:TANDEM>",
                "END=160;SVLEN=60;NTLEN=16",
                "DUP Some((101, 160)) Some(76) None true",
            ),
            (
                160,
                "A[chr13:101[",
                "SVTYPE=BND;INSERTION=GG",
                "DUP Some((101, 160)) Some(62) None true",
            ),
            (
                100,
                "<DUP>",
                "END=160;IMPRECISE",
                r#"DUP Some((101, 160)) Some(60) Some("") false"#,
            ),
            // END and SVLEN contradict each other: which of them is right, nobody can tell.
            (100, "<DUP>", "END=160;SVLEN=30", "DUP None None None false"),
        ] {
            assert_eq!(read(position, alternate, info), expected, "{alternate} {info}");
        }
    }

    #[test]
    fn deletions_insertions_and_what_is_neither() {
        for (position, alternate, info, expected) in [
            (
                100,
                "<DEL>",
                "SVLEN=-60;END=160",
                r#"DEL Some((101, 160)) Some(60) Some("") true"#,
            ),
            (
                100,
                "A[chr13:161[",
                "SVTYPE=BND",
                r#"DEL Some((101, 160)) Some(60) Some("") true"#,
            ),
            (
                161,
                "]chr13:100]A",
                "SVTYPE=BND",
                r#"DEL Some((101, 160)) Some(60) Some("") true"#,
            ),
            (
                100,
                "<INS>",
                "SVLEN=3;SVINSSEQ=ACG",
                r#"INS None Some(3) Some("ACG") true"#,
            ),
            (100, "<INS>", "SVLEN=33", "INS None Some(33) None false"),
            (100, "<INS>", "END=100", "INS None None None false"),
            (
                100,
                "ACGT[chr13:101[",
                "SVTYPE=BND",
                r#"INS None Some(3) Some("CGT") true"#,
            ),
            // Turned round, and on another chromosome.
            (100, "A]chr13:160]", "SVTYPE=BND", "BND None None None false"),
            (100, "[chr13:160[A", "SVTYPE=BND", "BND None None None false"),
            (100, "A[chr9:160[", "SVTYPE=BND", "BND None None None false"),
            (100, "A[chr9:160", "SVTYPE=BND", "OTHER None None None false"),
            (100, "<CN0>", "END=160", "CNV None None None false"),
            (100, "<INV>", "END=160", "INV None None None false"),
            (100, "*", ".", "* None None None false"),
            (100, "<FOO>", "END=160", "OTHER None None None false"),
        ] {
            assert_eq!(read(position, alternate, info), expected, "{alternate} {info}");
        }
    }
}
