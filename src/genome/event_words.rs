//! An allele that is no sequence, as its file tells it.

use std::fmt;

use crate::text::sayings;

sayings! {
    /// An allele that is no sequence, with type, length and end as its file gives them.
    pub enum WrittenEvent {
        Overlapped = "* (deleted by another allele)";
        Breakend { alternate: String } = "breakend {alternate}";
        Symbolic { alternate: String, svtype: Option<String>, svlen: Option<String>, end: Option<String> } =
            "symbolic allele {alternate}{}", Fields([svtype, svlen, end]);
        Unreadable { problem: String } = "{problem}";
    }
}

/// Type, length and end, as far as a record has them, as they stand behind the allele.
struct Fields<'f>([&'f Option<String>; 3]);

impl fmt::Display for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (key, value) in ["SVTYPE", "SVLEN", "END"].iter().zip(self.0) {
            if let Some(value) = value {
                write!(f, ", {key} {value}")?;
            }
        }
        Ok(())
    }
}

impl WrittenEvent {
    /// Returns type, length and end of a symbolic allele as they stand behind it: `, SVTYPE DUP, SVLEN 48`.
    pub(crate) fn fields(&self) -> String {
        match self {
            Self::Symbolic {
                svtype, svlen, end, ..
            } => Fields([svtype, svlen, end]).to_string(),
            _ => String::new(),
        }
    }
}
