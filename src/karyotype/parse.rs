use super::abnormality::{Item, item};
use super::model::{Abnormality, CellClone, Cells, Karyotype, ModalNumber, Range};
use super::no_result::is_normal;
use super::note::KaryotypeNote;
use super::scanner::{KaryotypeError, Scanner};
use super::shorthand::changes;

/// Marks of fluorescence in situ hybridization and arrays, which follow the banded karyotype and are another method.
const OTHER_METHODS: [&str; 5] = [".nucish", "nucish", ".ish", ".arr", ".rsa"];

/// Most characters that are read: the longest karyotype of the published IPSS-M cohort has some 600.
const MAX_LENGTH: usize = 20_000;

/// Where a part that cannot be read ends.
const PART_ENDS: [char; 3] = [',', '[', '/'];

/// Most characters of a part that a note repeats.
const SHOWN: usize = 60;

/// Fewest chromosomes of a near-haploid cell (ISCN: 23 to 34).
const FEWEST: u32 = 23;

/// Chromosomes of a normal cell.
const NORMAL: u32 = 46;

/// A karyotype while it is read.
struct Reader {
    scanner: Scanner,
    notes: Vec<KaryotypeNote>,
    /// Why the first part that cannot be read cannot.
    first_error: Option<KaryotypeError>,
}

impl Karyotype {
    /// Reads a karyotype; upper and lower case are the same, blanks are ignored.
    ///
    /// What can mean only one thing is repaired with a note: a missing comma before a sign, `:` for `;`, `46-48` for
    /// `46~48`, full-width characters. A part that cannot be read is kept as written beside those that can; where nothing
    /// abnormal can be read, the karyotype is an error with its position.
    pub fn parse(text: &str) -> Result<Self, KaryotypeError> {
        let mut reader = Reader {
            scanner: Scanner::new(text),
            notes: Vec::new(),
            first_error: None,
        };
        if text.len() > MAX_LENGTH {
            let message = format!("longer than {MAX_LENGTH} bytes; give one karyotype");
            return Err(reader.scanner.error(message));
        }
        if let Some(position) = reader.scanner.first_wide() {
            reader.notes.push(KaryotypeNote::WideCharacters { position });
        }
        if let Some(position) = reader.scanner.cut_at(&OTHER_METHODS) {
            reader.notes.push(KaryotypeNote::OtherMethod { position });
            if reader.scanner.peek().is_none() {
                let message = "no banded karyotype, only in situ hybridization or array";
                return Err(reader.scanner.error(message));
            }
        }
        if is_normal(text) {
            reader.notes.push(KaryotypeNote::TakenAsNormal);
            return Ok(reader.one_clone(NORMAL, Vec::new(), false));
        }
        let mosaic = reader.scanner.take_text("mos");
        let _ = reader.scanner.take_text("chi");
        let start = reader.scanner.mark();
        let mut karyotype = match reader.clones(mosaic) {
            Ok(karyotype) => karyotype,
            Err(error) => {
                reader.scanner.reset(start);
                // `-9` alone is rather a code for a missing value.
                if text.trim().parse::<f64>().is_ok() {
                    return Err(error);
                }
                return reader.shorthand(mosaic).ok_or(error);
            }
        };
        let readable = karyotype.clones.iter().any(|c| !c.abnormalities.is_empty());
        match reader.first_error {
            Some(error) if !readable => Err(error),
            _ => {
                karyotype.notes = reader.notes;
                Ok(karyotype)
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

impl Reader {
    fn note_here(&mut self, note: fn(usize) -> KaryotypeNote) {
        self.notes.push(note(self.scanner.position()));
    }

    /// Takes changes named without a karyotype around them as one clone; `None` where anything else is said.
    fn shorthand(mut self, mosaic: bool) -> Option<Karyotype> {
        let abnormalities = changes(&self.scanner, &mut self.notes)?;
        self.notes.push(KaryotypeNote::NumberMissing);
        Some(self.one_clone(0, abnormalities, mosaic))
    }

    /// Returns a karyotype of one clone without its sex chromosomes.
    fn one_clone(self, number: u32, abnormalities: Vec<Abnormality>, mosaic: bool) -> Karyotype {
        let clone = CellClone {
            modal: ModalNumber {
                range: Range::one(number),
                ploidy: None,
            },
            sex: String::new(),
            sex_constitutional: false,
            inherits: None,
            abnormalities,
            unreadable: Vec::new(),
            incomplete: false,
            cells: None,
        };
        Karyotype {
            clones: vec![clone],
            donor: Vec::new(),
            mosaic,
            unreadable: Vec::new(),
            notes: self.notes,
        }
    }

    fn clones(&mut self, mosaic: bool) -> Result<Karyotype, KaryotypeError> {
        let mut karyotype = Karyotype {
            clones: Vec::new(),
            donor: Vec::new(),
            mosaic,
            unreadable: Vec::new(),
            notes: Vec::new(),
        };
        let mut donor = self.scanner.take_text("//");
        loop {
            let start = self.scanner.mark();
            match self.clone() {
                Ok(clone) if donor => karyotype.donor.push(clone),
                Ok(clone) => karyotype.clones.push(clone),
                Err(error) if karyotype.clones.is_empty() || donor => return Err(error),
                Err(error) => {
                    self.scanner.reset(start);
                    karyotype.unreadable.push(self.give_up(error, &['/']));
                }
            }
            // Some laboratories close the karyotype with a full stop.
            let _ = self.scanner.take('.');
            if self.scanner.peek().is_none() {
                return Ok(karyotype);
            }
            if self.scanner.take_text("//") {
                donor = true;
            } else if self.scanner.peek().is_some_and(|c| c.is_ascii_digit()) {
                self.note_here(|position| KaryotypeNote::SlashMissing { position });
            } else if !self.scanner.take('/') {
                let error = self.scanner.error("expected / before the next clone, or the end");
                let part = self.give_up(error, &['/']);
                match karyotype.clones.last_mut() {
                    Some(last) if !donor => last.unreadable.push(part),
                    _ => {}
                }
                if self.scanner.peek().is_none() {
                    return Ok(karyotype);
                }
                donor |= self.scanner.take_text("//");
                let _ = self.scanner.take('/');
            }
        }
    }

    /// Steps over a part that cannot be read and says so.
    fn give_up(&mut self, error: KaryotypeError, ends: &[char]) -> String {
        let position = self.scanner.position();
        let part = self.scanner.skip_to(ends);
        let shown: String = part.chars().take(SHOWN).collect();
        let dots = if shown.len() < part.len() { "…" } else { "" };
        self.notes.push(KaryotypeNote::Unreadable {
            position,
            part: format!("{shown}{dots}"),
        });
        self.first_error.get_or_insert(error);
        part
    }

    fn clone(&mut self) -> Result<CellClone, KaryotypeError> {
        let mut clone = CellClone {
            modal: self.modal()?,
            sex: String::new(),
            sex_constitutional: false,
            inherits: None,
            abnormalities: Vec::new(),
            unreadable: Vec::new(),
            incomplete: false,
            cells: None,
        };
        if matches!(self.scanner.peek(), Some('x' | 'y')) {
            self.note_here(|position| KaryotypeNote::CommaMissing { position });
        } else {
            self.separator()?;
        }
        sex(&mut self.scanner, &mut clone)?;
        let position = self.scanner.position();
        if let Some(ploidy) = self.ploidy()? {
            self.notes.push(KaryotypeNote::PloidyBehindSex { position });
            clone.modal.ploidy.get_or_insert(ploidy);
        }
        if clone.sex.is_empty() {
            let position = self.scanner.position();
            self.item(&mut clone);
            // A clone that refers to another takes its sex chromosomes from there (ISCN: 46,XX,del(5q)/47,idem,+8).
            if clone.inherits.is_none() {
                self.notes.push(KaryotypeNote::SexMissing { position });
            }
        }
        while self.next_part(&mut clone) {}
        Ok(clone)
    }

    /// Reads what stands behind the next comma; `false` where the clone ends.
    fn next_part(&mut self, clone: &mut CellClone) -> bool {
        match self.scanner.peek() {
            None | Some('/') => return false,
            Some('.') if self.scanner.peek_at(1).is_none_or(|c| c == '/') => return false,
            Some('[') => return self.cells(clone),
            Some('+' | '-') => self.note_here(|position| KaryotypeNote::CommaMissing { position }),
            Some(_) => {
                if let Err(error) = self.separator() {
                    let part = self.give_up(error, &PART_ENDS);
                    clone.unreadable.push(part);
                    return true;
                }
            }
        }
        if repeats_sex(&self.scanner, clone) {
            self.note_here(|position| KaryotypeNote::SexTwice { position });
            self.scanner.take_text(&clone.sex.to_ascii_lowercase());
        } else if matches!(self.scanner.peek(), Some(',' | '[' | '/') | None) {
            self.note_here(|position| KaryotypeNote::NothingBetweenCommas { position });
        } else {
            self.item(clone);
        }
        true
    }

    fn item(&mut self, clone: &mut CellClone) {
        let start = self.scanner.mark();
        let notes = self.notes.len();
        let position = self.scanner.position();
        let result = match item(&mut self.scanner, &mut self.notes) {
            Ok(Item::Abnormality(abnormality)) => {
                clone.abnormalities.push(abnormality);
                Ok(())
            }
            Ok(Item::Inheritance(inherits)) if clone.inherits.is_none() => {
                clone.inherits = Some(inherits);
                Ok(())
            }
            Ok(Item::Inheritance(_)) => Err(KaryotypeError {
                position,
                message: "a clone can derive from one clone only".into(),
            }),
            Ok(Item::Incomplete) => {
                clone.incomplete = true;
                Ok(())
            }
            Err(error) => Err(error),
        };
        if let Err(error) = result {
            self.notes.truncate(notes);
            self.scanner.reset(start);
            let part = self.give_up(error, &PART_ENDS);
            clone.unreadable.push(part);
        }
    }

    /// Reads the cells of a clone, or of the change before; `false` where the clone ends with them.
    fn cells(&mut self, clone: &mut CellClone) -> bool {
        let start = self.scanner.mark();
        match cells(&mut self.scanner) {
            Ok((cells, closed)) => {
                if !closed {
                    self.note_here(|position| KaryotypeNote::BracketMissing { position });
                }
                // Within a composite clone each change can have its number of cells: `-5[4],+8[2][cp7]`.
                match clone.abnormalities.last_mut() {
                    Some(last)
                        if last.cells.is_none()
                            && !cells.composite
                            && matches!(self.scanner.peek(), Some(',' | '[')) =>
                    {
                        last.cells = cells.count;
                        return true;
                    }
                    _ => clone.cells = Some(cells),
                }
            }
            Err(error) => {
                self.scanner.reset(start);
                let part = self.give_up(error, &['/']);
                clone.unreadable.push(part);
            }
        }
        false
    }
}

/// Whether the sex chromosomes stand here once more: `46,XX,XX,del(5)(q13q33)`.
fn repeats_sex(scanner: &Scanner, clone: &CellClone) -> bool {
    let mut probe = scanner.clone();
    clone.sex.len() > 1
        && probe.take_text(&clone.sex.to_ascii_lowercase())
        && matches!(probe.peek(), Some(',' | '['))
}

impl Reader {
    /// Steps over the comma, or over a full stop or semicolon that stands for it.
    fn separator(&mut self) -> Result<(), KaryotypeError> {
        if self.scanner.take(',') {
            return Ok(());
        }
        let position = self.scanner.position();
        if self.scanner.take(';') || self.scanner.take('.') {
            self.notes.push(KaryotypeNote::TakenAsComma { position });
            return Ok(());
        }
        Err(self.scanner.error("expected a comma, [cells], / or the end"))
    }

    fn modal(&mut self) -> Result<ModalNumber, KaryotypeError> {
        let position = self.scanner.position();
        let Some(low) = self.scanner.number() else {
            let message = "expected the number of chromosomes, as in 46,XX[20]";
            return Err(self.scanner.error(message));
        };
        let mut range = Range::one(low);
        if let Some(both) = two_numbers(low) {
            self.notes.push(KaryotypeNote::TwoNumbers { position });
            range = both;
        }
        if self.scanner.take('~') || self.scanner.take('-') {
            let Some(high) = self.scanner.number() else {
                return Err(self.scanner.error("expected the highest number of chromosomes"));
            };
            if high < low {
                return Err(self
                    .scanner
                    .error("the range of chromosome numbers runs backwards"));
            }
            range.high = high;
        }
        let ploidy = self.ploidy()?;
        if ploidy.is_some() && self.scanner.peek() != Some(',') {
            let message = "expected a comma after the number of chromosomes";
            return Err(self.scanner.error(message));
        }
        Ok(ModalNumber { range, ploidy })
    }

    /// Reads `<4n>`, or `<3n->` for fewer chromosomes than that; `None` where none stands here.
    fn ploidy(&mut self) -> Result<Option<u32>, KaryotypeError> {
        if !self.scanner.take('<') {
            return Ok(None);
        }
        let ploidy = self.scanner.number().filter(|p| (1..=9).contains(p));
        let mut ends = ["n>", "n->", "n+>"].iter();
        if ploidy.is_none() || !ends.any(|end| self.scanner.take_text(end)) {
            return Err(self.scanner.error("expected a ploidy as in <4n>"));
        }
        Ok(ploidy)
    }
}

/// Returns the range that four digits can only mean: `4445` is 44 to 45.
fn two_numbers(digits: u32) -> Option<Range> {
    let (low, high) = (digits / 100, digits % 100);
    (digits < 10_000 && low >= FEWEST && high >= low).then_some(Range { low, high })
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
        None | Some(',' | '[' | '/' | '.' | '+' | '-' | ';' | '<')
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

/// Reads the number of cells and whether its bracket is closed.
fn cells(scanner: &mut Scanner) -> Result<(Cells, bool), KaryotypeError> {
    scanner.next();
    let composite = scanner.take_text("cp");
    let mut count = scanner.number();
    // `[23+6]`: two cultures.
    while count.is_some() && scanner.take('+') {
        count = count.zip(scanner.number()).map(|(a, b)| a.saturating_add(b));
    }
    // `[18/20]`: 18 of 20 cells.
    let mark = scanner.mark();
    if count.is_some() && scanner.take('/') {
        let of = scanner.number();
        if of < count || scanner.peek() != Some(']') {
            scanner.reset(mark);
        }
    }
    if count.is_none() && !composite {
        return Err(scanner.error("expected the number of cells, as in [20] or [cp20]"));
    }
    let closed = scanner.take(']');
    if closed || matches!(scanner.peek(), None | Some('/')) {
        Ok((Cells { count, composite }, closed))
    } else {
        Err(scanner.error("expected ] after the number of cells"))
    }
}
