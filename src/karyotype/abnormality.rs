use super::lost_arm::lost_arm;
use super::model::{Abnormality, AbnormalityBody, Inheritance, Lineage, Range, Segment, SegmentKind, Sign};
use super::note::KaryotypeNote;
use super::scanner::{KaryotypeError, Scanner};

/// What may stand between two commas.
pub(super) enum Item {
    Abnormality(Abnormality),
    Inheritance(Inheritance),
    Incomplete,
}

/// Spellings that are no symbols of the standard but can mean only one.
const OTHER_SPELLINGS: [(&str, SegmentKind); 7] = [
    ("psuidic", SegmentKind::Isodicentric),
    ("marker", SegmentKind::Marker),
    ("mark", SegmentKind::Marker),
    ("iso", SegmentKind::Isochromosome),
    ("ring", SegmentKind::Ring),
    ("dm", SegmentKind::DoubleMinutes),
    ("m", SegmentKind::Marker),
];

/// Marks of inheritance from a parent; what carries one is constitutional.
const PARENTAL: [&str; 3] = ["mat", "pat", "inh"];

/// What may stand behind a chromosome in a heteromorphism; the longer before what could hide it.
const HETEROMORPHISMS: [&str; 13] = [
    "phqh", "pstkstk", "pstk", "pss", "ps", "ph", "qstk", "qss", "qs", "qh", "cenh", "stk", "h",
];

/// Words between changes of which one is there.
const ALTERNATIVES: [&str; 3] = ["or", "または", "あるいは"];

/// Most copies of one change; a larger number is a slip.
const MAX_COPIES: u32 = 99;

/// Reads what stands before the next comma.
pub(super) fn item(scanner: &mut Scanner, notes: &mut Vec<KaryotypeNote>) -> Result<Item, KaryotypeError> {
    if let Some(from) = lineage(scanner) {
        let times = times(scanner)?.map_or(1, |r| r.high);
        return Ok(Item::Inheritance(Inheritance { from, times }));
    }
    if scanner.sees("inc") {
        scanner.take_text("inc");
        return Ok(Item::Incomplete);
    }
    if let Some(variant) = heteromorphism(scanner)? {
        return Ok(Item::Abnormality(variant));
    }
    let position = scanner.position();
    if let Some((written, lost)) = lost_arm(scanner) {
        notes.push(KaryotypeNote::TakenAs {
            position,
            written,
            read: lost.to_string(),
        });
        return Ok(Item::Abnormality(lost));
    }
    let mut first = abnormality(scanner, notes)?;
    while ALTERNATIVES.iter().any(|word| scanner.take_text(word)) {
        first.alternatives.push(abnormality(scanner, notes)?);
    }
    if !first.alternatives.is_empty() {
        notes.push(KaryotypeNote::OneOfSeveral { position });
    }
    Ok(Item::Abnormality(first))
}

fn lineage(scanner: &mut Scanner) -> Option<Lineage> {
    if scanner.take_text("idem") {
        Some(Lineage::Idem)
    } else if scanner.take_text("sdl") {
        Some(Lineage::Sideline(scanner.number().unwrap_or(0)))
    } else if scanner.take_text("sl") {
        Some(Lineage::Stemline)
    } else {
        None
    }
}

fn abnormality(scanner: &mut Scanner, notes: &mut Vec<KaryotypeNote>) -> Result<Abnormality, KaryotypeError> {
    let mut uncertain = scanner.take('?');
    let sign = if scanner.take('+') {
        Some(Sign::Gain)
    } else if scanner.take('-') {
        Some(Sign::Loss)
    } else {
        None
    };
    // `-+i(11)(q10)`: the first sign is left over from a slip.
    let sign = if sign.is_some() && scanner.peek() == Some('+') {
        notes.push(KaryotypeNote::TwoSigns {
            position: scanner.position(),
        });
        scanner.next();
        Some(Sign::Gain)
    } else {
        sign
    };
    uncertain |= scanner.take('?');
    let body = if let Some(chromosome) = whole_chromosome(scanner, sign)? {
        AbnormalityBody::Chromosome(chromosome)
    } else {
        structure(scanner, notes)?
    };
    uncertain |= scanner.take('?');
    let times = times(scanner)?;
    let constitutional = is_inherited(scanner);
    Ok(Abnormality {
        uncertain,
        times,
        constitutional,
        ..Abnormality::plain(sign, body)
    })
}

/// Reads the marks of what a person was born with: `c`, `mat`, `pat`, `inh`.
fn is_inherited(scanner: &mut Scanner) -> bool {
    let mut constitutional = false;
    loop {
        if PARENTAL.iter().any(|p| scanner.take_text(p)) || (!scanner.sees("cp") && scanner.take('c')) {
            constitutional = true;
        } else if !scanner.take_text("dn") {
            return constitutional;
        }
    }
}

/// Reads a variant of heterochromatin, satellites or their stalks: `1qh+`, `Yqh-`, `21ps+`, `15cenh+mat`, `22pstk+`
/// (ISCN, variation in heterochromatic segments and satellites).
fn heteromorphism(scanner: &mut Scanner) -> Result<Option<Abnormality>, KaryotypeError> {
    let mark = scanner.mark();
    let mut text = match scanner.peek() {
        Some(c @ ('x' | 'y')) => {
            scanner.next();
            c.to_ascii_uppercase().to_string()
        }
        _ => match scanner.number() {
            Some(number) if (1..=22).contains(&number) => number.to_string(),
            _ => String::new(),
        },
    };
    let found = HETEROMORPHISMS
        .iter()
        .filter(|_| !text.is_empty())
        .find(|word| scanner.take_text(word));
    let Some(word) = found else {
        scanner.reset(mark);
        return Ok(None);
    };
    text.push_str(word);
    if let Some(sign @ ('+' | '-')) = scanner.peek()
        && scanner.peek_at(1).is_none_or(|c| !c.is_ascii_digit())
    {
        scanner.next();
        text.push(sign);
    }
    let uncertain = scanner.take('?');
    let times = times(scanner)?;
    if !is_inherited(scanner)
        && !matches!(
            scanner.peek(),
            None | Some(',' | '[' | '/' | '.' | ';' | '+' | '-')
        )
    {
        scanner.reset(mark);
        return Ok(None);
    }
    Ok(Some(Abnormality {
        uncertain,
        times,
        constitutional: true,
        ..Abnormality::plain(None, AbnormalityBody::Heteromorphism(text))
    }))
}

/// Reads a whole chromosome, which needs a sign before it.
fn whole_chromosome(scanner: &mut Scanner, sign: Option<Sign>) -> Result<Option<String>, KaryotypeError> {
    let mark = scanner.mark();
    let at_start = scanner.clone();
    let name = if let Some(c @ ('x' | 'y')) = scanner.peek() {
        scanner.next();
        c.to_ascii_uppercase().to_string()
    } else if let Some(number) = scanner.number() {
        // A number before a letter or a range counts structures: `2mar`, `1~3mar`.
        let counts = scanner
            .peek()
            .is_some_and(|c| c.is_ascii_lowercase() && !matches!(c, 'c' | 'x') && !scanner.sees("or"))
            || scanner.peek() == Some('~')
            || scanner.sees("?mar")
            || range_of_structures(scanner);
        if counts {
            scanner.reset(mark);
            return Ok(None);
        }
        if !(1..=22).contains(&number) {
            return Err(at_start.error(format!("there is no chromosome {number}")));
        }
        number.to_string()
    } else {
        return Ok(None);
    };
    if sign.is_none() {
        return Err(at_start.error(format!("expected + or - before chromosome {name}")));
    }
    Ok(Some(name))
}

/// Whether a range with a hyphen, `1-4mar`, goes on here after its first number.
fn range_of_structures(scanner: &Scanner) -> bool {
    let mut probe = scanner.clone();
    probe.take('-')
        && probe.number().is_some()
        && probe
            .peek()
            .is_some_and(|c| matches!(c, 'm' | 'd' | 'r' | 'a' | 'h'))
}

fn structure(
    scanner: &mut Scanner,
    notes: &mut Vec<KaryotypeNote>,
) -> Result<AbnormalityBody, KaryotypeError> {
    let count = match scanner.number() {
        Some(low) => Some(range_from(scanner, low)?),
        None => None,
    };
    let mut segments = vec![segment(scanner, notes)?];
    while scanner.peek().is_some_and(|c| c.is_ascii_lowercase() || c == '?') && next_is_segment(scanner) {
        segments.push(segment(scanner, notes)?);
    }
    Ok(AbnormalityBody::Structure { count, segments })
}

/// Whether another structure of the same chromosome goes on here.
fn next_is_segment(scanner: &Scanner) -> bool {
    let mut probe = scanner.clone();
    probe.take('?');
    kind(&mut probe, &mut Vec::new())
        .is_some_and(|k| probe.peek() == Some('(') || k == SegmentKind::HomogeneouslyStaining)
}

fn range_from(scanner: &mut Scanner, low: u32) -> Result<Range, KaryotypeError> {
    let mut range = Range::one(low);
    if scanner.take('~') || scanner.take('-') {
        range.high = scanner
            .number()
            .ok_or_else(|| scanner.error("expected the highest number of the range"))?;
    }
    if range.high < range.low || range.high > MAX_COPIES || range.low == 0 {
        return Err(scanner.error(format!("expected a number or range from 1 to {MAX_COPIES}")));
    }
    Ok(range)
}

/// Reads `×2`, also written `x2`.
fn times(scanner: &mut Scanner) -> Result<Option<Range>, KaryotypeError> {
    let ascii = scanner.peek() == Some('x') && scanner.peek_at(1).is_some_and(|c| c.is_ascii_digit());
    if !ascii && scanner.peek() != Some('×') {
        return Ok(None);
    }
    scanner.next();
    let low = scanner
        .number()
        .ok_or_else(|| scanner.error("expected the number of copies, as in ×2"))?;
    range_from(scanner, low).map(Some)
}

fn segment(scanner: &mut Scanner, notes: &mut Vec<KaryotypeNote>) -> Result<Segment, KaryotypeError> {
    let uncertain = scanner.take('?');
    let Some(kind) = kind(scanner, notes) else {
        return Err(scanner.error("expected a change, as in del(5)(q13q33), +8 or -7"));
    };
    let mut segment = Segment {
        uncertain,
        kind,
        number: None,
        chromosomes: Vec::new(),
        breakpoints: Vec::new(),
    };
    if kind == SegmentKind::Marker {
        segment.number = scanner.number();
    }
    if scanner.take('(') {
        let inside = chromosomes(scanner, notes)?;
        segment.chromosomes = inside.0;
        if let Some(bands) = inside.1 {
            segment.breakpoints = bands;
        } else if scanner.take('(') {
            segment.breakpoints = breakpoints(scanner, notes, segment.chromosomes.len())?;
        }
    } else if !kind.stands_alone() {
        return Err(scanner.error(format!("expected ( and a chromosome after {}", kind.symbol())));
    }
    Ok(segment)
}

fn kind(scanner: &mut Scanner, notes: &mut Vec<KaryotypeNote>) -> Option<SegmentKind> {
    let by_length = |text: &str| text.len();
    let symbol = SegmentKind::ALL
        .iter()
        .filter(|k| scanner.sees(k.symbol()))
        .max_by_key(|k| by_length(k.symbol()));
    let other = OTHER_SPELLINGS
        .iter()
        .filter(|(text, _)| scanner.sees(text))
        .max_by_key(|(text, _)| by_length(text));
    match (symbol, other) {
        (Some(kind), None) => {
            scanner.take_text(kind.symbol());
            Some(*kind)
        }
        (Some(kind), Some((text, _))) if text.len() <= kind.symbol().len() => {
            scanner.take_text(kind.symbol());
            Some(*kind)
        }
        (_, Some((text, kind))) => {
            notes.push(KaryotypeNote::TakenAs {
                position: scanner.position(),
                written: (*text).to_owned(),
                read: kind.symbol().to_owned(),
            });
            scanner.take_text(text);
            Some(*kind)
        }
        (None, None) => None,
    }
}

/// Reads `5)` or `5;17)` after the opening parenthesis.
///
/// `del(5q13q33)`, with the bands in the same parentheses, can only mean `del(5)(q13q33)`: the bands come second.
fn chromosomes(
    scanner: &mut Scanner,
    notes: &mut Vec<KaryotypeNote>,
) -> Result<(Vec<String>, Option<Vec<String>>), KaryotypeError> {
    let mut list = vec![chromosome(scanner)?];
    loop {
        let position = scanner.position();
        match scanner.peek() {
            Some(')') => {
                scanner.next();
                if scanner.sees(")p") || scanner.sees(")q") {
                    notes.push(KaryotypeNote::TakenAsParenthesis {
                        position: scanner.position(),
                    });
                    scanner.next();
                    let bands = breakpoints(scanner, notes, list.len())?;
                    return Ok((list, Some(bands)));
                }
                if scanner.sees(")(") {
                    notes.push(KaryotypeNote::ParenthesisTooMany {
                        position: scanner.position(),
                    });
                    scanner.next();
                }
                return Ok((list, None));
            }
            Some('p' | 'q') if list.len() == 1 => {
                notes.push(KaryotypeNote::BandWithChromosome { position });
                let bands = breakpoints(scanner, notes, 1)?;
                return Ok((list, Some(vec![bands.concat()])));
            }
            Some(';' | ':') => {
                if scanner.next() == Some(':') {
                    notes.push(KaryotypeNote::TakenAsSemicolon { position });
                }
                list.push(chromosome(scanner)?);
            }
            // `der(1;16(q10;p10)`: the parenthesis that closes the chromosomes was forgotten.
            Some('(') => {
                notes.push(KaryotypeNote::ParenthesisMissing { position });
                return Ok((list, None));
            }
            _ => return Err(scanner.error("expected ; or ) after a chromosome")),
        }
    }
}

fn chromosome(scanner: &mut Scanner) -> Result<String, KaryotypeError> {
    let at_start = scanner.clone();
    let uncertain = scanner.take('?');
    if let Some(c @ ('x' | 'y')) = scanner.peek() {
        scanner.next();
        let _ = scanner.take('?');
        return Ok(c.to_ascii_uppercase().to_string());
    }
    match scanner.number() {
        Some(number) if (1..=22).contains(&number) => {
            let unsure = scanner.take('?') || uncertain;
            Ok(format!("{}{number}", if unsure { "?" } else { "" }))
        }
        None if uncertain => Ok("?".into()),
        _ => Err(at_start.error("expected a chromosome: 1 to 22, X, Y or ?")),
    }
}

/// Reads `q13q33)` or `q10;p10)` after the opening parenthesis; the bands are kept as written.
fn breakpoints(
    scanner: &mut Scanner,
    notes: &mut Vec<KaryotypeNote>,
    chromosomes: usize,
) -> Result<Vec<String>, KaryotypeError> {
    let mut list = vec![String::new()];
    loop {
        let position = scanner.position();
        match scanner.peek() {
            Some(')') => break,
            // A break at an end of the detailed form: `(pter→q13:)`, `(:p13→qter)`.
            Some(':')
                if chromosomes == 1
                    && !scanner.sees("::")
                    && (scanner.peek_at(1) == Some(')') || list.concat().is_empty()) => {}
            Some(c @ (';' | ':')) if !scanner.sees("::") => {
                if c == ':' {
                    notes.push(KaryotypeNote::TakenAsSemicolon { position });
                }
                list.push(String::new());
            }
            Some(':') => {
                scanner.next();
                push(&mut list, "::");
            }
            Some('-') if scanner.peek_at(1) == Some('>') => {
                scanner.next();
                push(&mut list, "→");
            }
            Some('-') => push(&mut list, "~"),
            Some(',') if matches!(scanner.peek_at(1), Some('p' | 'q')) => {
                notes.push(KaryotypeNote::TakenAsSemicolon { position });
                list.push(String::new());
            }
            Some(',') if scanner.peek_at(1).is_some_and(|c| c.is_ascii_digit()) => {
                notes.push(KaryotypeNote::TakenAsPoint { position });
                push(&mut list, ".");
            }
            Some(c) if c.is_ascii_alphanumeric() || matches!(c, '.' | '?' | '~' | '>' | '→') => {
                push(&mut list, c.encode_utf8(&mut [0; 4]));
            }
            _ => return Err(scanner.error("expected a band or ) to close the breakpoints")),
        }
        scanner.next();
    }
    if list.iter().any(String::is_empty) || !list.iter().any(|b| b.contains(['p', 'q', '?', 'c'])) {
        return Err(scanner.error("expected bands with their arm, as in q13q33"));
    }
    scanner.next();
    // `del(5)(q13;q33)`: two bands of one chromosome, which stand without a semicolon.
    if chromosomes == 1 && list.len() > 1 {
        notes.push(KaryotypeNote::BandsSeparated);
        return Ok(vec![list.concat()]);
    }
    Ok(list)
}

fn push(list: &mut [String], text: &str) {
    if let Some(last) = list.last_mut() {
        last.push_str(text);
    }
}
