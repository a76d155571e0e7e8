//! The inner loops over columns, written so that the compiler turns them into vector instructions.

use super::filter::HIGH_QUALITY;
use crate::genome::as_count;

/// Columns handled at once.
const STEP: usize = 16;

/// Adds one to `all` (and to `high`) where a base of enough quality is the reference's; lists what differs as index, code and quality.
#[inline]
pub(crate) fn add_matches(
    codes: &[u8],
    qualities: &[u8],
    reference: &[u8],
    all: &mut [u8],
    high: &mut [u8],
    min_quality: u8,
    differing: &mut Vec<(u32, u8, u8)>,
) {
    let length = codes.len();
    let (qualities, reference) = (&qualities[..length], &reference[..length]);
    let (all, high) = (&mut all[..length], &mut high[..length]);
    let mut start = 0;
    while start < length {
        let end = (start + STEP).min(length);
        let mut differs = 0;
        if end - start == STEP {
            // Fixed length: the compiler turns this into a handful of vector instructions.
            let base: &[u8; STEP] = codes[start..end].try_into().unwrap_or(&[0; STEP]);
            let quality: &[u8; STEP] = qualities[start..end].try_into().unwrap_or(&[0; STEP]);
            let wanted: &[u8; STEP] = reference[start..end].try_into().unwrap_or(&[0; STEP]);
            let all = &mut all[start..end];
            let high = &mut high[start..end];
            for i in 0..STEP {
                let counts = u8::from(quality[i] >= min_quality);
                let same = u8::from(base[i] == wanted[i]);
                all[i] = all[i].wrapping_add(counts & same);
                high[i] = high[i].wrapping_add(counts & same & u8::from(quality[i] >= HIGH_QUALITY));
                differs |= counts & (same ^ 1);
            }
        } else {
            for i in start..end {
                let counts = u8::from(qualities[i] >= min_quality);
                let same = u8::from(codes[i] == reference[i]);
                all[i] = all[i].wrapping_add(counts & same);
                high[i] = high[i].wrapping_add(counts & same & u8::from(qualities[i] >= HIGH_QUALITY));
                differs |= counts & (same ^ 1);
            }
        }
        if differs != 0 {
            for i in start..end {
                if qualities[i] >= min_quality && codes[i] != reference[i] {
                    let index = as_count(i);
                    differing.push((index, codes[i], qualities[i]));
                }
            }
        }
        start = end;
    }
}

/// Adds one to `both` where two mates agree on the reference; lists the other columns in which at least one mate is seen.
#[inline]
pub(crate) fn add_agreements(
    codes: [&[u8]; 2],
    qualities: [&[u8]; 2],
    reference: &[u8],
    both: &mut [u8],
    min_quality: u8,
    odd: &mut Vec<(u32, u8, u8)>,
) {
    let length = reference.len();
    let (a, b) = (&codes[0][..length], &codes[1][..length]);
    let (qa, qb) = (&qualities[0][..length], &qualities[1][..length]);
    let both = &mut both[..length];
    let mut start = 0;
    while start < length {
        let end = (start + STEP).min(length);
        let mut differs = 0;
        for i in start..end {
            let plain = u8::from(a[i] == reference[i])
                & u8::from(b[i] == reference[i])
                & u8::from(qa[i] >= min_quality)
                & u8::from(qb[i] >= min_quality);
            both[i] = both[i].wrapping_add(plain);
            differs |= plain ^ 1;
        }
        if differs != 0 {
            for i in start..end {
                let plain = a[i] == reference[i]
                    && b[i] == reference[i]
                    && qa[i] >= min_quality
                    && qb[i] >= min_quality;
                if !plain && (qa[i] >= min_quality || qb[i] >= min_quality) {
                    odd.push((as_count(i), a[i], qa[i]));
                }
            }
        }
        start = end;
    }
}
