//! Where an aligner would have put a read. The true place is known, so only what makes callers' lives hard is
//! computed: the best local alignment over the diagonals that the read truly runs along. Gaps come out leftmost, and reads
//! that end in or near an insertion or deletion come out clipped or with mismatches, as from BWA-MEM.

use std::fmt::Write;

use crate::genome::Genome;
use crate::molecule::Site;

// Scores of BWA-MEM's defaults (Li 2013).
const MATCH: i32 = 1;
const MISMATCH: i32 = -4;
const UNKNOWN: i32 = -1;
const GAP_OPEN: i32 = 6;
const CLIP: i32 = 5;
const LEAST_SCORE: i32 = 30;
/// A difference that is this far from both ends and from the next one never makes clipping pay: it costs less
/// (4, and the match forgone) than the bases between it and the end are worth.
const ALONE: usize = 10;

/// An alignment: 0-based first place, CIGAR, and the tags that follow from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    pub place: usize,
    pub cigar: Vec<(usize, u8)>,
    pub edits: usize,
    pub differences: String,
    pub score: i32,
}

impl Alignment {
    pub fn cigar_text(&self) -> String {
        self.cigar.iter().fold(String::new(), |mut text, (length, op)| {
            let _ = write!(text, "{length}{}", *op as char);
            text
        })
    }

    /// Place after the last aligned base.
    pub fn end(&self) -> usize {
        let consumed = |(length, op): &(usize, u8)| if b"MD".contains(op) { *length } else { 0 };
        self.place + self.cigar.iter().map(consumed).sum::<usize>()
    }

    pub fn has_gap(&self, growth: i64) -> bool {
        let gap = |(length, op): &(usize, u8)| match op {
            b'I' => *length as i64,
            b'D' => -(*length as i64),
            _ => 0,
        };
        self.cigar.iter().any(|entry| gap(entry) == growth)
    }
}

/// Aligns `read`, of which the bases from `offset` on are the sites (the rest is adapter). None: unmapped.
pub fn align(
    read: &[u8],
    sites: &[Site],
    offset: usize,
    contig: usize,
    genome: &Genome,
) -> Option<Alignment> {
    let diagonals = diagonals(sites, offset);
    let path = best_path(read, &diagonals, contig, genome)?;
    Some(describe(read, &path, contig, genome))
}

/// Place minus read index, in the order in which the read runs along them.
fn diagonals(sites: &[Site], offset: usize) -> Vec<i64> {
    let mut diagonals: Vec<i64> = Vec::new();
    for (index, site) in sites.iter().enumerate().filter(|(_, site)| !site.inserted) {
        let diagonal = site.place as i64 - (index + offset) as i64;
        if diagonals.last() != Some(&diagonal) {
            diagonals.push(diagonal);
        }
    }
    // A read that ends within an insertion: a tandem duplication lies on the diagonal after it.
    let tail = sites.iter().rev().take_while(|site| site.inserted).count();
    if tail > 0 && tail < sites.len() {
        diagonals.push(sites[sites.len() - 1].place as i64 - (sites.len() + offset) as i64);
    }
    let head = sites.iter().take_while(|site| site.inserted).count();
    if head == sites.len() && head > 0 {
        diagonals.push(sites[0].place as i64 - (head + offset) as i64);
    }
    diagonals
}

struct Path {
    score: i32,
    /// Read index and the reference place of each aligned base, in order.
    pairs: Vec<(usize, usize)>,
}

const START: u8 = u8::MAX;

fn best_path(read: &[u8], diagonals: &[i64], contig: usize, genome: &Genome) -> Option<Path> {
    if let [diagonal] = diagonals
        && let Some(path) = plain(read, *diagonal, contig, genome)
    {
        return Some(path);
    }
    let (length, layers) = (read.len(), diagonals.len().min(START as usize));
    let mut scores = vec![i32::MIN / 2; length * layers];
    let mut from = vec![START; length * layers];
    let mut best = (LEAST_SCORE - 1, 0, 0);
    for index in 0..length {
        for layer in 0..layers {
            let place = index as i64 + diagonals[layer];
            if place < 0 {
                continue;
            }
            let fit = fit(read[index], genome.base(contig, place as usize));
            let mut score = if index == 0 { 0 } else { -CLIP };
            let mut source = START;
            // Later layers are tried last and staying is preferred: gaps come out leftmost. Clipping wins a draw.
            for earlier in 0..=layer {
                let Some((previous, cost)) = step(index, diagonals[layer] - diagonals[earlier]) else {
                    continue;
                };
                let reached = scores[previous * layers + earlier] - cost;
                if reached > score || (reached == score && source != START) {
                    (score, source) = (reached, earlier as u8);
                }
            }
            scores[index * layers + layer] = score + fit;
            from[index * layers + layer] = source;
            let whole = score + fit - if index + 1 == length { 0 } else { CLIP };
            if whole > best.0 || (whole == best.0 && index == best.1 && layer > best.2) {
                best = (whole, index, layer);
            }
        }
    }
    (best.0 >= LEAST_SCORE).then(|| trace(&from, diagonals, layers, best))
}

/// The common case: no gap, and no difference near the ends that clipping could pay for.
fn plain(read: &[u8], diagonal: i64, contig: usize, genome: &Genome) -> Option<Path> {
    let start = usize::try_from(diagonal).ok()?;
    let reference = genome.contigs[contig].bases.get(start..start + read.len())?;
    let (mut score, mut last) = (0, None);
    for (index, (base, other)) in read.iter().zip(reference).enumerate() {
        let fit = fit(*base, *other);
        score += fit;
        if fit != MATCH {
            // A clip costs less than a difference whose side it takes away only within this distance of an end, and
            // differences closer together than that could be clipped as one.
            let near = |distance: usize| distance < ALONE;
            if near(index) || near(read.len() - index) || last.is_some_and(|last| near(index - last)) {
                return None;
            }
            last = Some(index);
        }
    }
    Some(Path {
        score,
        pairs: (0..read.len()).map(|index| (index, start + index)).collect(),
    })
}

/// The base before, over a jump between diagonals, and what the gap costs.
fn step(index: usize, jump: i64) -> Option<(usize, i32)> {
    let skipped = usize::try_from(-jump).unwrap_or(0);
    let previous = index.checked_sub(1 + skipped)?;
    let cost = if jump == 0 {
        0
    } else {
        GAP_OPEN + jump.unsigned_abs() as i32
    };
    Some((previous, cost))
}

fn fit(base: u8, reference: u8) -> i32 {
    match (base, reference) {
        (b'N', _) | (_, b'N') => UNKNOWN,
        (one, other) if one == other => MATCH,
        _ => MISMATCH,
    }
}

fn trace(from: &[u8], diagonals: &[i64], layers: usize, best: (i32, usize, usize)) -> Path {
    let (score, mut index, mut layer) = best;
    let mut pairs = Vec::new();
    loop {
        pairs.push((index, (index as i64 + diagonals[layer]) as usize));
        let source = from[index * layers + layer];
        if source == START {
            break;
        }
        let jump = diagonals[layer] - diagonals[source as usize];
        let Some((previous, _)) = step(index, jump) else {
            break;
        };
        (index, layer) = (previous, source as usize);
    }
    pairs.reverse();
    // The reported score leaves out the price of clipping, as BWA-MEM's does.
    let clipped = [pairs[0].0 > 0, best.1 + 1 < from.len() / layers];
    let unclipped = clipped.iter().map(|end| if *end { CLIP } else { 0 }).sum::<i32>();
    Path {
        score: score + unclipped,
        pairs,
    }
}

fn describe(read: &[u8], path: &Path, contig: usize, genome: &Genome) -> Alignment {
    let mut cigar: Vec<(usize, u8)> = Vec::new();
    let mut push = |length: usize, op: u8| match cigar.last_mut() {
        _ if length == 0 => {}
        Some((total, last)) if *last == op => *total += length,
        _ => cigar.push((length, op)),
    };
    let (mut edits, mut same, mut differences) = (0, 0, String::new());
    let (mut next_index, mut next_place) = path.pairs[0];
    push(next_index, b'S');
    for (index, place) in &path.pairs {
        push(index - next_index, b'I');
        push(place - next_place, b'D');
        edits += index - next_index + place - next_place;
        if *place > next_place {
            let _ = write!(differences, "{same}^");
            differences.extend((next_place..*place).map(|at| genome.base(contig, at) as char));
            same = 0;
        }
        push(1, b'M');
        let reference = genome.base(contig, *place);
        if read[*index] == reference {
            same += 1;
        } else {
            edits += 1;
            let _ = write!(differences, "{same}{}", reference as char);
            same = 0;
        }
        (next_index, next_place) = (index + 1, place + 1);
    }
    push(read.len() - next_index, b'S');
    differences += &same.to_string();
    Alignment {
        place: path.pairs[0].1,
        cigar,
        edits,
        differences,
        score: path.score,
    }
}
