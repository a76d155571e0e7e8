//! Annotations that a file already carries, one file a format. They are read as written; what they mean on the panel's
//! transcript is decided elsewhere.

mod annovar;
mod bcsq;
mod eff;
mod funcotation;
mod piped;

pub(crate) use annovar::block as annovar_block;
pub(crate) use funcotation::transcripts as funcotation_transcripts;
pub(crate) use piped::csq_values;

use std::borrow::Cow;

use super::header::Header;
use super::record::Record;
use crate::evidence::{AnnotationSource, FileAnnotation};

/// Column names of the annotation fields of a header.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnnotationColumns {
    pub csq: Vec<String>,
    ann: Vec<String>,
    bcsq: Vec<String>,
    pub funcotation: Vec<String>,
    eff: Vec<String>,
}

impl AnnotationColumns {
    /// Reads them from the descriptions of the INFO fields.
    pub(super) fn new(header: &Header) -> Self {
        let description = |key: &str| {
            header
                .infos
                .get(key)
                .map(|d| d.description.as_str())
                .unwrap_or_default()
        };
        Self {
            csq: piped::columns(description("CSQ")),
            ann: piped::ann_columns(description("ANN")),
            bcsq: piped::columns(description("BCSQ")),
            funcotation: piped::columns(description("FUNCOTATION")),
            eff: eff::columns(description("EFF")),
        }
    }
}

/// Reads every annotation of one allele (1 for the first ALT).
pub(crate) fn read(record: &Record<'_>, allele: usize, columns: &AnnotationColumns) -> Vec<FileAnnotation> {
    let mut found = Vec::new();
    piped::csq(record, allele, &columns.csq, &mut found);
    piped::ann(record, allele, &columns.ann, &mut found);
    bcsq::read(record, allele, &columns.bcsq, &mut found);
    funcotation::read(record, allele, &columns.funcotation, &mut found);
    annovar::read(record, allele, &mut found);
    eff::read(record, allele, &columns.eff, &mut found);
    found
}

/// Undoes `%3D` escapes (VCF 4.3, section 1.2).
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| {
                std::str::from_utf8(bytes.get(at + 1..at + 3)?)
                    .ok()
                    .and_then(|h| u8::from_str_radix(h, 16).ok())
            })
            .flatten();
        if let Some(code) = code {
            decoded.push(code);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

/// Returns text that says something.
fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!matches!(text, "" | "." | "NA" | "null")).then(|| percent_decoded(text).into_owned())
}

/// Returns what stands after the sequence name: `c.524G>A` of `NM_000546.6:c.524G>A`.
fn change(text: &str) -> Option<String> {
    given(text.rsplit_once(':').map_or(text, |(_, change)| change))
}

/// Returns the minimal form of REF and ALT and whether anything is left, as annotators compare them.
fn minimal<'a>(reference: &'a str, alternate: &'a str) -> (&'a str, &'a str) {
    let common = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let start = common(reference, alternate);
    if !reference.is_char_boundary(start) || !alternate.is_char_boundary(start) {
        return (reference, alternate);
    }
    let (r, a) = (&reference[start..], &alternate[start..]);
    let end = r
        .bytes()
        .rev()
        .zip(a.bytes().rev())
        .take_while(|(x, y)| x == y)
        .count();
    match (r.get(..r.len() - end), a.get(..a.len() - end)) {
        (Some(r), Some(a)) => (r, a),
        _ => (r, a),
    }
}
