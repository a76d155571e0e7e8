//! Values of a record as BCF writes them (VCF 4.4, section 6.3.3).

use super::header::Type;

/// Byte types of BCF values (VCF 4.4, section 6.3.3).
const INT8: u8 = 1;
const INT16: u8 = 2;
const INT32: u8 = 3;
const FLOAT: u8 = 5;
const CHAR: u8 = 7;

pub(super) const FLOAT_MISSING: u32 = 0x7f80_0001;
const FLOAT_END: u32 = 0x7f80_0002;

fn push_descriptor(bytes: &mut Vec<u8>, kind: u8, length: usize) {
    if length < 15 {
        bytes.push(u8::try_from(length).unwrap_or(0) << 4 | kind);
    } else {
        bytes.push(0xf0 | kind);
        push_integers(bytes, &[i64::try_from(length).ok()]);
    }
}

pub(super) fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_descriptor(bytes, CHAR, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

/// The smallest type that holds all; its lowest eight values are reserved.
fn integer_type(values: impl Iterator<Item = i64>) -> u8 {
    let (mut low, mut high) = (0, 0);
    for value in values {
        (low, high) = (low.min(value), high.max(value));
    }
    if low >= i64::from(i8::MIN) + 8 && high <= i64::from(i8::MAX) {
        INT8
    } else if low >= i64::from(i16::MIN) + 8 && high <= i64::from(i16::MAX) {
        INT16
    } else {
        INT32
    }
}

fn push_integer(bytes: &mut Vec<u8>, kind: u8, value: i64) {
    let size = match kind {
        INT8 => 1,
        INT16 => 2,
        _ => 4,
    };
    bytes.extend(value.to_le_bytes().iter().take(size));
}

const fn lowest(kind: u8) -> i64 {
    match kind {
        INT8 => i8::MIN as i64,
        INT16 => i16::MIN as i64,
        _ => i32::MIN as i64,
    }
}

/// Writes integers, `None` for missing ones.
pub(super) fn push_integers(bytes: &mut Vec<u8>, values: &[Option<i64>]) {
    let kind = integer_type(values.iter().flatten().copied());
    push_descriptor(bytes, kind, values.len());
    for value in values {
        push_integer(bytes, kind, value.unwrap_or(lowest(kind)));
    }
}

fn integers(text: &str) -> Option<Vec<Option<i64>>> {
    let fits = |n: &i64| (i64::from(i32::MIN) + 8..=i64::from(i32::MAX)).contains(n);
    let one = |v: &str| match v {
        "." => Some(None),
        v => v.parse().ok().filter(fits).map(Some),
    };
    text.split(',').map(one).collect()
}

fn floats(text: &str) -> Option<Vec<Option<f32>>> {
    let one = |v: &str| match v {
        "." => Some(None),
        v => v.parse().ok().map(Some),
    };
    text.split(',').map(one).collect()
}

pub(super) fn push_info(bytes: &mut Vec<u8>, kind: Type, value: &str) {
    if value.is_empty() || kind == Type::Flag {
        bytes.push(0);
        return;
    }
    if kind == Type::Integer
        && let Some(values) = integers(value)
    {
        push_integers(bytes, &values);
    } else if kind == Type::Float
        && let Some(values) = floats(value)
    {
        push_descriptor(bytes, FLOAT, values.len());
        for value in values {
            bytes.extend(value.map_or(FLOAT_MISSING, f32::to_bits).to_le_bytes());
        }
    } else {
        push_text(bytes, value);
    }
}

/// Writes a vector of integers for each sample, short ones filled up.
fn push_rows(bytes: &mut Vec<u8>, rows: &[Vec<Option<i64>>]) {
    let kind = integer_type(rows.iter().flatten().flatten().copied());
    let length = rows.iter().map(Vec::len).max().unwrap_or(0);
    push_descriptor(bytes, kind, length);
    for row in rows {
        for value in row {
            push_integer(bytes, kind, value.unwrap_or(lowest(kind)));
        }
        for _ in row.len()..length {
            push_integer(bytes, kind, lowest(kind) + 1);
        }
    }
}

/// Writes the values of a field, one for each sample; those that are not of its type are all text.
pub(super) fn push_format(bytes: &mut Vec<u8>, kind: Type, values: &[&str]) {
    let numbers: Option<Vec<Vec<Option<i64>>>> = (kind == Type::Integer)
        .then(|| values.iter().map(|v| integers(v)).collect())
        .flatten();
    if let Some(rows) = numbers {
        push_rows(bytes, &rows);
        return;
    }
    let numbers: Option<Vec<Vec<Option<f32>>>> = (kind == Type::Float)
        .then(|| values.iter().map(|v| floats(v)).collect())
        .flatten();
    if let Some(rows) = numbers {
        let length = rows.iter().map(Vec::len).max().unwrap_or(0);
        push_descriptor(bytes, FLOAT, length);
        for row in &rows {
            let known = row.iter().map(|v| v.map_or(FLOAT_MISSING, f32::to_bits));
            let padding = std::iter::repeat_n(FLOAT_END, length - row.len());
            known.chain(padding).for_each(|v| bytes.extend(v.to_le_bytes()));
        }
        return;
    }
    let length = values.iter().map(|v| v.len()).max().unwrap_or(0);
    push_descriptor(bytes, CHAR, length);
    for value in values {
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend(std::iter::repeat_n(0, length - value.len()));
    }
}

/// Writes the genotypes of a record; the text of the first that is none is the error.
///
/// `leading` tells that the first allele has a phase of its own (VCF 4.4): it is written as it is said or implied. Before, its
/// bit is unused and stays zero, as other writers leave it.
pub(super) fn push_genotypes<'v>(
    bytes: &mut Vec<u8>,
    values: &[&'v str],
    leading: bool,
) -> Result<(), &'v str> {
    let rows: Result<Vec<Vec<Option<i64>>>, &str> =
        values.iter().map(|v| genotype(v, leading).ok_or(*v)).collect();
    push_rows(bytes, &rows?);
    Ok(())
}

/// Returns the alleles as BCF numbers them: `(allele + 1) << 1`, and 1 more where it is phased.
fn genotype(text: &str, leading: bool) -> Option<Vec<Option<i64>>> {
    let body = text.strip_prefix(['/', '|']).unwrap_or(text);
    let mut alleles = Vec::new();
    let mut phased = 0;
    for part in body.split_inclusive(['/', '|']) {
        let allele = part.strip_suffix(['/', '|']).unwrap_or(part);
        let number = match allele {
            "." => 0,
            n if n.bytes().all(|b| b.is_ascii_digit()) => {
                n.parse::<i64>().ok().filter(|n| (0..1 << 24).contains(n))? + 1
            }
            _ => return None,
        };
        alleles.push(number << 1 | phased);
        phased = i64::from(part.ends_with('|'));
    }
    if alleles.is_empty() || body.ends_with(['/', '|']) {
        return None;
    }
    // Phased where all others are.
    let implied = !body.contains('/');
    let said = (body.len() < text.len()).then(|| text.starts_with('|'));
    if leading {
        alleles[0] |= i64::from(said.unwrap_or(implied));
    } else if alleles.len() > 1 && said.is_some_and(|said| said != implied) {
        // The version of the file has no place for what it says.
        return None;
    }
    Some(alleles.into_iter().map(Some).collect())
}

#[cfg(test)]
mod tests {
    use super::genotype;

    #[test]
    fn the_first_allele_is_phased_as_it_says_or_as_all_others_are() {
        let codes = |text: &str, leading: bool| {
            genotype(text, leading).map(|row| row.into_iter().flatten().collect::<Vec<i64>>())
        };
        // VCF 4.4: what is written, and what it is before.
        for (text, from_4_4, before) in [
            ("0/1", Some(vec![2, 4]), Some(vec![2, 4])),
            ("0|1", Some(vec![3, 5]), Some(vec![2, 5])),
            ("/0/1", Some(vec![2, 4]), Some(vec![2, 4])),
            ("|0|1", Some(vec![3, 5]), Some(vec![2, 5])),
            ("/0|1", Some(vec![2, 5]), None),
            ("|0/1", Some(vec![3, 4]), None),
            ("|1", Some(vec![5]), Some(vec![4])),
            ("/1", Some(vec![4]), Some(vec![4])),
            ("1", Some(vec![5]), Some(vec![4])),
            (".", Some(vec![1]), Some(vec![0])),
            ("./1|2", Some(vec![0, 4, 7]), Some(vec![0, 4, 7])),
            ("|.|.", Some(vec![1, 1]), Some(vec![0, 1])),
            ("", None, None),
            ("/", None, None),
            ("0/", None, None),
            ("//0", None, None),
            ("0//1", None, None),
            ("A/C", None, None),
            ("+1/0", None, None),
        ] {
            assert_eq!(codes(text, true), from_4_4, "{text}");
            assert_eq!(codes(text, false), before, "{text}");
        }
    }
}
