//! Mutations as people write them into a cell of a table, in one grammar for every model.
//!
//! ```text
//! cell      := "none" | mutation (separator mutation)*
//! separator := ; , / + & | 、 ・ or a line break, or a blank before the next gene
//! mutation  := gene (change | VAF | "mutated" | "wt")*      in any order, behind a colon, in brackets or after a blank
//! VAF       := 0.12 | 0,12 | 12% | 12.5 %
//! ```
//!
//! A gene must be known by its symbol of today or another name; a word that is not understood is an error, for a word left out may be a
//! mutation taken for none.

mod change;
mod columns;
mod gene_names;
mod tokens;

use crate::karyotype::FusionName;
use crate::myeloid::findings::Driver;
use crate::patient::{is_missing, is_none, says_none_found};
use crate::tables::{plain, shown};

pub use change::MutationKind;
pub(in crate::myeloid) use columns::{MutationColumns, Stated};

use change::Word;
use gene_names::{beginning, nearest_gene, symbol};
use tokens::{Token, tokens};

/// Returns the symbol of today of a gene by any of its names, in any case; `None` where it is not known.
pub(in crate::myeloid) fn gene_symbol(name: &str) -> Option<&'static str> {
    symbol(name)
}

/// Returns the known gene that a misspelled name is nearest to.
pub(in crate::myeloid) fn gene_like(name: &str) -> Option<&'static str> {
    nearest_gene(name)
}

/// A mutation as stated.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedMutation {
    /// Symbol of the gene.
    pub gene: &'static str,
    /// VAF, 0 to 1.
    pub vaf: Option<f64>,
    /// Its kind, where the cell says one.
    pub kind: Option<MutationKind>,
    /// The change as written, words joined by blanks; empty where there is none.
    pub change: String,
}

impl From<&StatedMutation> for Driver {
    fn from(stated: &StatedMutation) -> Self {
        Self {
            gene: stated.gene.to_owned(),
            vaf: stated.vaf,
            bzip: stated.kind == Some(MutationKind::Bzip),
        }
    }
}

/// What in a cell is not understood, and what would be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MutationError(String);

/// Spellings of "looked for and none found" beside those of any column, without blanks and signs.
const NONE: [&str; 14] = [
    "nil",
    "nomutation",
    "nomutations",
    "nomutationdetected",
    "nomutationsdetected",
    "nomutationfound",
    "nomutationsfound",
    "nonedetected",
    "nonefound",
    "noneidentified",
    "nodriver",
    "notdetected",
    "変異無し",
    "認めず",
];

/// What a sentence calls the mutations of which it says that none was found.
const MUTATION_WORDS: [&str; 9] = [
    "mutation",
    "variant",
    "変異",
    "病的変異",
    "遺伝子変異",
    "有意な変異",
    "体細胞変異",
    "ドライバー変異",
    "病的バリアント",
];

/// Spellings of "not known" beside those of any cell of a table, without blanks and signs.
const NOT_KNOWN: [&str; 7] = [
    "notdone",
    "nottested",
    "notsequenced",
    "notassessed",
    "notavailable",
    "pending",
    "検査中",
];

/// Reads a cell: `None` where it says that the mutations are not known, an empty list where there are none.
///
/// # Errors
///
/// Where any part of the cell is not understood.
pub fn read(text: &str) -> Result<Option<Vec<StatedMutation>>, MutationError> {
    let whole: String = plain(text)
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_' | '.' | '。'))
        .collect();
    if !whole.is_empty() && is_missing(text) || NOT_KNOWN.contains(&whole.as_str()) {
        return Ok(None);
    }
    // A number of mutations stands in a column of its own, none too.
    if NONE.contains(&whole.as_str())
        || says_none_found(text, &MUTATION_WORDS)
        || is_none(text) && !whole.starts_with('0')
    {
        return Ok(Some(Vec::new()));
    }
    if whole.is_empty() {
        return Err(MutationError(
            "a dash may mean none or not known: write none, or NA".into(),
        ));
    }
    let tokens = tokens(text);
    if tokens.contains(&Token::Fusion) {
        return Err(fusion());
    }
    let mut reader = Reader::default();
    for token in tokens {
        reader.take(token)?;
    }
    reader.finish().map(Some)
}

/// A mutation that is being read.
#[derive(Debug, Default)]
struct Item {
    gene: &'static str,
    vaf: Option<f64>,
    kind: Option<MutationKind>,
    change: Vec<String>,
    times: Option<u8>,
    not_mutated: bool,
}

#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // What the last signs said, each of its own.
struct Reader {
    items: Vec<Item>,
    /// The last item may still be added to.
    within: bool,
    /// For each open bracket, whether it belongs to an item.
    brackets: Vec<bool>,
    /// A colon without what belongs behind it.
    colon: bool,
    /// The next number belongs to a word: `exon 12`.
    numbered: bool,
    /// The last sign was a comma, behind which a VAF may stand.
    comma: bool,
}

impl Reader {
    fn take(&mut self, token: Token) -> Result<(), MutationError> {
        match token {
            Token::Separator(sign) => {
                // Within the brackets of a gene it parts what is said of the gene.
                if !self.brackets.contains(&true) {
                    self.end_item()?;
                    self.comma = sign == ',';
                }
                Ok(())
            }
            Token::Open => {
                self.brackets.push(self.within);
                Ok(())
            }
            Token::Close => {
                let open = self.brackets.pop();
                open.map(|_| ())
                    .ok_or_else(|| MutationError("a bracket closes that was not opened".into()))
            }
            Token::Colon if self.within => {
                self.colon = true;
                Ok(())
            }
            Token::Colon => Err(MutationError("no gene stands before its colon".into())),
            Token::Fusion => Err(fusion()),
            Token::Other(sign) => Err(MutationError(format!(
                "the sign {} is not understood",
                shown(&sign.to_string())
            ))),
            Token::Number { value, text } => self.number(value, &text),
            Token::Word(word) => self.word(&word),
        }
    }

    fn item(&mut self) -> Option<&mut Item> {
        if self.within { self.items.last_mut() } else { None }
    }

    fn end_item(&mut self) -> Result<(), MutationError> {
        if self.colon {
            return Err(MutationError("nothing stands behind a colon".into()));
        }
        self.within = false;
        self.numbered = false;
        Ok(())
    }

    fn number(&mut self, value: f64, text: &str) -> Result<(), MutationError> {
        self.colon = false;
        if self.numbered {
            self.numbered = false;
            if let Some(item) = self.item() {
                item.change.push(text.to_owned());
            }
            return Ok(());
        }
        let sure = text.ends_with('%') || text.contains(['.', ',']);
        // `TET2, 12%`: the VAF of the gene before the comma.
        let follows = self.comma && sure;
        let item = if self.within || follows {
            self.items.last_mut()
        } else {
            None
        };
        let Some(item) = item.filter(|item| item.vaf.is_none()) else {
            return Err(MutationError(format!(
                "{text} is no gene; write each mutation with its gene, as in TET2:0.12;TET2:0.05"
            )));
        };
        if !sure && (value - 1.0).abs() < f64::EPSILON {
            return Err(MutationError(format!(
                "{text} may be a VAF or a yes; write 1.0, 100% or the gene alone"
            )));
        }
        if !(0.0..=1.0).contains(&value) {
            return Err(MutationError(format!(
                "{text} is no VAF as a fraction from 0 to 1; per cent need their sign, as in 12%"
            )));
        }
        item.vaf = Some(value);
        Ok(())
    }

    fn word(&mut self, text: &str) -> Result<(), MutationError> {
        let numbered = std::mem::take(&mut self.numbered);
        if numbered && text.chars().count() == 1 {
            // `type A`.
            return self.add(Word::Change, text);
        }
        let bracketed = self.brackets.contains(&true);
        if !bracketed && ["and", "with", "plus", "および", "及び"].contains(&text.to_lowercase().as_str())
        {
            return self.end_item();
        }
        if !bracketed && let Some(gene) = symbol(text) {
            return self.begin(gene);
        }
        if self.within
            && let Some(word) = change::word(text)
        {
            self.colon = false;
            return self.add(word, text);
        }
        if !bracketed
            && let Some((gene, rest)) = beginning(text)
            && let Some(words) = pieces(rest)
        {
            self.begin(gene)?;
            return words
                .into_iter()
                .try_for_each(|(word, text)| self.add(word, text));
        }
        // A transcript before its gene.
        if !self.within && text.to_lowercase().starts_with("nm_") {
            return Ok(());
        }
        Err(not_understood(text, self.within))
    }

    fn begin(&mut self, gene: &'static str) -> Result<(), MutationError> {
        self.end_item()?;
        self.comma = false;
        self.within = true;
        self.items.push(Item {
            gene,
            ..Item::default()
        });
        Ok(())
    }

    fn add(&mut self, word: Word, text: &str) -> Result<(), MutationError> {
        let numbered = word == Word::Numbered;
        let Some(item) = self.items.last_mut() else {
            return Ok(());
        };
        match word {
            Word::Kind(kind) if kind.gene() != item.gene => {
                return Err(MutationError(format!(
                    "{} is no kind of mutation of {}",
                    shown(text),
                    item.gene
                )));
            }
            Word::Kind(kind) => item.kind = Some(kind),
            Word::NotMutated => item.not_mutated = true,
            Word::Times(times) => item.times = Some(times),
            Word::Change | Word::Numbered => item.change.push(text.to_owned()),
            Word::Mutated => {}
        }
        self.numbered = numbered;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<StatedMutation>, MutationError> {
        self.end_item()?;
        if !self.brackets.is_empty() {
            return Err(MutationError("a bracket is never closed".into()));
        }
        let mut found: Vec<StatedMutation> = Vec::new();
        for item in self.items.iter().filter(|item| !item.not_mutated) {
            let mutation = item.mutation();
            // It may be the loss of the gene, which is the other hit and no mutation.
            if item.gene == "TP53" && is_bare_deletion(&mutation.change) {
                return Err(MutationError(
                    "TP53 deletion may be a loss of 17p, which belongs into del17_17p or the karyotype; of a mutation write the change".into(),
                ));
            }
            if !mutation.change.is_empty()
                && found
                    .iter()
                    .any(|f| f.gene == mutation.gene && f.change.eq_ignore_ascii_case(&mutation.change))
            {
                return Err(MutationError(format!(
                    "{} {} stands twice",
                    mutation.gene,
                    shown(&mutation.change)
                )));
            }
            let times = item.times.unwrap_or(1);
            if times > 1 && item.vaf.is_some() {
                return Err(MutationError(format!(
                    "one VAF for {times} mutations of {}; write each",
                    item.gene
                )));
            }
            found.extend(std::iter::repeat_n(mutation, usize::from(times)));
        }
        if found.is_empty() {
            return Err(MutationError(
                "no mutated gene is named; write none, or NA where it is not known".into(),
            ));
        }
        Ok(found)
    }
}

/// Whether a change says no more than that something is deleted.
fn is_bare_deletion(change: &str) -> bool {
    let change = change.to_lowercase();
    change == "del" || change == "deletion"
}

impl Item {
    fn mutation(&self) -> StatedMutation {
        StatedMutation {
            gene: self.gene,
            vaf: self.vaf,
            kind: self.kind,
            change: self.change.join(" "),
        }
    }
}

/// Reads what stands behind a gene without a blank: `-P95H`, `V617F`, `-ITD-positive`.
fn pieces(rest: &str) -> Option<Vec<(Word, &str)>> {
    if rest == "-" {
        return Some(vec![(Word::NotMutated, rest)]);
    }
    let trimmed = rest.trim_start_matches(['-', '_', '.']);
    if let Some(word) = change::word(trimmed) {
        return Some(vec![(word, trimmed)]);
    }
    let end = trimmed.strip_suffix('-').unwrap_or(trimmed);
    let mut words = Vec::new();
    for piece in end.split(['-', '_']) {
        words.push((change::word(piece)?, piece));
    }
    if end.len() < trimmed.len() {
        words.push((Word::NotMutated, "-"));
    }
    Some(words)
}

fn fusion() -> MutationError {
    MutationError("a fusion is no mutation of a gene; it belongs into the column fusions".into())
}

fn not_understood(text: &str, within: bool) -> MutationError {
    if FusionName::read(text).is_some() {
        return fusion();
    }
    // A change written together with a gene that is none.
    let name = text.split(['-', '_']).next().unwrap_or(text);
    let near = nearest_gene(text).or_else(|| nearest_gene(name));
    let what = if within {
        "no gene and no change known here"
    } else {
        "no gene known here"
    };
    MutationError(match near {
        Some(gene) => format!("{} is {what}; did you mean {gene}?", shown(text)),
        None => format!("{} is {what}; leave out what is no driver", shown(text)),
    })
}

#[cfg(test)]
mod tests;
