use super::abnormality::{Item, item};
use super::model::{CellClone, Cells, Karyotype, ModalNumber, Range};
use super::scanner::{KaryotypeError, Scanner};

/// Marks of fluorescence in situ hybridization and arrays, which follow the banded karyotype and are another method.
const OTHER_METHODS: [&str; 5] = [".nucish", "nucish", ".ish", ".arr", ".rsa"];

/// Most characters that are read: the longest karyotype of the published IPSS-M cohort has some 600.
const MAX_LENGTH: usize = 20_000;

impl Karyotype {
    /// Reads a karyotype; upper and lower case are the same, blanks are ignored.
    ///
    /// What can mean only one thing is repaired with a note: a missing comma before a sign, `:` for `;`, `46-48` for
    /// `46~48`. Anything else is an error with its position.
    pub fn parse(text: &str) -> Result<Self, KaryotypeError> {
        let mut scanner = Scanner::new(text);
        if text.len() > MAX_LENGTH {
            return Err(scanner.error(format!("longer than {MAX_LENGTH} bytes; give one karyotype")));
        }
        let mut karyotype = Self {
            clones: Vec::new(),
            donor: Vec::new(),
            notes: Vec::new(),
        };
        if let Some(position) = scanner.cut_at(&OTHER_METHODS) {
            karyotype.notes.push(format!(
                "from character {position} on: in situ hybridization or array, left out"
            ));
            if scanner.peek().is_none() {
                return Err(scanner.error("no banded karyotype, only in situ hybridization or array"));
            }
        }
        let _ = scanner.take_text("mos") || scanner.take_text("chi");
        let mut donor = scanner.take_text("//");
        loop {
            let clone = clone(&mut scanner, &mut karyotype.notes)?;
            if donor {
                karyotype.donor.push(clone);
            } else {
                karyotype.clones.push(clone);
            }
            // Some laboratories close the karyotype with a full stop.
            let _ = scanner.take('.');
            if scanner.peek().is_none() {
                return Ok(karyotype);
            }
            if scanner.take_text("//") {
                donor = true;
            } else if scanner.peek().is_some_and(|c| c.is_ascii_digit()) {
                karyotype
                    .notes
                    .push(format!("character {}: a slash is missing", scanner.position()));
            } else if !scanner.take('/') {
                return Err(scanner.error("expected / before the next clone, or the end"));
            }
        }
    }
}

impl std::str::FromStr for Karyotype {
    type Err = KaryotypeError;

    fn from_str(text: &str) -> Result<Self, KaryotypeError> {
        Self::parse(text)
    }
}

fn clone(scanner: &mut Scanner, notes: &mut Vec<String>) -> Result<CellClone, KaryotypeError> {
    let mut clone = CellClone {
        modal: modal(scanner)?,
        sex: String::new(),
        sex_constitutional: false,
        inherits: None,
        abnormalities: Vec::new(),
        incomplete: false,
        cells: None,
    };
    if matches!(scanner.peek(), Some('x' | 'y')) {
        notes.push(format!("character {}: a comma is missing", scanner.position()));
    } else {
        separator(scanner, notes)?;
    }
    sex(scanner, &mut clone)?;
    if clone.sex.is_empty() {
        let position = scanner.position();
        read_item(scanner, &mut clone, notes)?;
        // A clone that refers to another takes its sex chromosomes from there (ISCN: 46,XX,del(5q)/47,idem,+8).
        if clone.inherits.is_none() {
            notes.push(format!("character {position}: no sex chromosomes"));
        }
    }
    loop {
        match scanner.peek() {
            None | Some('/') => break,
            Some('.') if scanner.peek_at(1).is_none_or(|c| c == '/') => break,
            Some('[') => {
                let cells = cells(scanner)?;
                // Within a composite clone each change can have its number of cells: `-5[4],+8[2][cp7]`.
                match clone.abnormalities.last_mut() {
                    Some(last)
                        if last.cells.is_none()
                            && !cells.composite
                            && matches!(scanner.peek(), Some(',' | '[')) =>
                    {
                        last.cells = cells.count;
                        continue;
                    }
                    _ => clone.cells = Some(cells),
                }
                break;
            }
            Some('+' | '-') => notes.push(format!("character {}: a comma is missing", scanner.position())),
            Some(_) => separator(scanner, notes)?,
        }
        if repeats_sex(scanner, &clone) {
            notes.push(format!(
                "character {}: the sex chromosomes stand twice",
                scanner.position()
            ));
            scanner.take_text(&clone.sex.to_ascii_lowercase());
            continue;
        }
        if matches!(scanner.peek(), Some(',' | '[' | '/') | None) {
            notes.push(format!(
                "character {}: nothing stands between commas",
                scanner.position()
            ));
            continue;
        }
        read_item(scanner, &mut clone, notes)?;
    }
    Ok(clone)
}

/// Whether the sex chromosomes stand here once more: `46,XX,XX,del(5)(q13q33)`.
fn repeats_sex(scanner: &Scanner, clone: &CellClone) -> bool {
    let mut probe = scanner.clone();
    clone.sex.len() > 1
        && probe.take_text(&clone.sex.to_ascii_lowercase())
        && matches!(probe.peek(), Some(',' | '['))
}

fn read_item(
    scanner: &mut Scanner,
    clone: &mut CellClone,
    notes: &mut Vec<String>,
) -> Result<(), KaryotypeError> {
    let position = scanner.position();
    match item(scanner, notes)? {
        Item::Abnormality(abnormality) => clone.abnormalities.push(abnormality),
        Item::Inheritance(inherits) if clone.inherits.is_none() => clone.inherits = Some(inherits),
        Item::Inheritance(_) => {
            return Err(KaryotypeError {
                position,
                message: "a clone can derive from one clone only".into(),
            });
        }
        Item::Incomplete => clone.incomplete = true,
    }
    Ok(())
}

/// Steps over the comma, or over a full stop or semicolon that stands for it.
fn separator(scanner: &mut Scanner, notes: &mut Vec<String>) -> Result<(), KaryotypeError> {
    if scanner.take(',') {
        return Ok(());
    }
    let position = scanner.position();
    if scanner.take(';') || scanner.take('.') {
        notes.push(format!("character {position}: taken as a comma"));
        return Ok(());
    }
    Err(scanner.error("expected a comma, [cells], / or the end"))
}

fn modal(scanner: &mut Scanner) -> Result<ModalNumber, KaryotypeError> {
    let Some(low) = scanner.number() else {
        return Err(scanner.error("expected the number of chromosomes, as in 46,XX[20]"));
    };
    let mut range = Range::one(low);
    if scanner.take('~') || scanner.take('-') {
        let Some(high) = scanner.number() else {
            return Err(scanner.error("expected the highest number of chromosomes"));
        };
        if high < low {
            return Err(scanner.error("the range of chromosome numbers runs backwards"));
        }
        range.high = high;
    }
    let mut ploidy = None;
    if scanner.take('<') {
        ploidy = scanner.number();
        if ploidy.is_none_or(|p| !(1..=9).contains(&p)) || !scanner.take_text("n>") {
            return Err(scanner.error("expected a ploidy as in <4n>"));
        }
        if scanner.peek() != Some(',') {
            return Err(scanner.error("expected a comma after the number of chromosomes"));
        }
    }
    Ok(ModalNumber { range, ploidy })
}

/// Reads the sex chromosomes if they stand here; they end at a comma, bracket, slash or the end.
fn sex(scanner: &mut Scanner, clone: &mut CellClone) -> Result<(), KaryotypeError> {
    let mark = scanner.mark();
    let mut sex = String::new();
    while let Some(c @ ('x' | 'y' | '?')) = scanner.peek() {
        sex.push(c.to_ascii_uppercase());
        scanner.next();
    }
    let constitutional = !sex.is_empty() && scanner.take('c');
    // A lone question mark before something else belongs to that.
    let ends = matches!(
        scanner.peek(),
        None | Some(',' | '[' | '/' | '.' | '+' | '-' | ';')
    );
    if sex.is_empty() || !ends {
        scanner.reset(mark);
        if scanner.peek().is_none() {
            return Err(scanner.error("expected the sex chromosomes, as in 46,XX"));
        }
        return Ok(());
    }
    clone.sex = sex;
    clone.sex_constitutional = constitutional;
    Ok(())
}

fn cells(scanner: &mut Scanner) -> Result<Cells, KaryotypeError> {
    scanner.next();
    let composite = scanner.take_text("cp");
    let mut count = scanner.number();
    // `[23+6]`: two cultures.
    while count.is_some() && scanner.take('+') {
        count = count.zip(scanner.number()).map(|(a, b)| a.saturating_add(b));
    }
    if count.is_none() && !composite {
        return Err(scanner.error("expected the number of cells, as in [20] or [cp20]"));
    }
    if scanner.take(']') {
        Ok(Cells { count, composite })
    } else {
        Err(scanner.error("expected ] after the number of cells"))
    }
}
