//! Mates that overlap, brought together: a fragment is one molecule and counts once.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

use rust_htslib::bam::record::Record;

use super::filter::ReadFilter;
use super::read::{AlignedRead, MatePlace, mate_place};

/// What a region does with fragments.
pub(crate) trait FragmentSink {
    /// Takes a read whose mate does not overlap it or does not count.
    fn single(&mut self, read: &AlignedRead);
    /// Takes two mates that overlap, in the order in which they arrived.
    fn pair(&mut self, left: &AlignedRead, right: &AlignedRead);
}

/// Holds reads until their overlapping mates come. Memory is that of the reads whose mates are still to come, which lie
/// within one insert of the current position.
#[derive(Debug)]
pub(crate) struct Pairing {
    filter: ReadFilter,
    /// Slots by the hash of the read name; the last one where two names share a hash, the others are then searched for.
    waiting: HashMap<u64, usize, BuildHasherDefault<Unchanged>>,
    /// Whether two names that waited shared a hash.
    collided: bool,
    /// Reads by slot, with the first column of the mate that is awaited.
    slots: Vec<Slot>,
    free: Vec<usize>,
    /// Slots in the order of arrival.
    order: VecDeque<(usize, u64)>,
    current: AlignedRead,
    arrivals: u64,
    without_qualities: u64,
    at_primers: u64,
}

#[derive(Debug, Default)]
struct Slot {
    read: AlignedRead,
    name: Vec<u8>,
    mate: u32,
    /// The arrival that the slot holds; 0 when it is free.
    arrival: u64,
}

/// Reads between two looks at the queue for reads whose mates did not come.
const LOOK_EVERY: u64 = 1024;

impl Pairing {
    /// Makes an empty pairing.
    pub(crate) fn new(filter: ReadFilter) -> Self {
        Self {
            filter,
            waiting: HashMap::default(),
            collided: false,
            slots: Vec::new(),
            free: Vec::new(),
            order: VecDeque::new(),
            current: AlignedRead::default(),
            arrivals: 0,
            without_qualities: 0,
            at_primers: 0,
        }
    }

    /// Returns the reads that had no base qualities.
    pub(crate) fn without_qualities(&self) -> u64 {
        self.without_qualities
    }

    /// Returns the reads that begin or end with a primer.
    pub(crate) fn at_primers(&self) -> u64 {
        self.at_primers
    }

    /// Takes the next record in coordinate order; returns whether the filter let it pass.
    pub(crate) fn take(&mut self, record: &Record, sink: &mut impl FragmentSink) -> bool {
        if !self.current.fill(record, &self.filter) {
            return false;
        }
        self.arrivals += 1;
        self.without_qualities += u64::from(self.current.without_qualities);
        self.at_primers += u64::from(self.current.at_primer != [false; 2]);
        let place = if self.filter.mates_are_one {
            mate_place(record)
        } else {
            MatePlace::None
        };
        let MatePlace::At(mate) = place else {
            sink.single(&self.current);
            return true;
        };
        if mate <= self.current.first
            && !self.waiting.is_empty()
            && let Some(slot) = self.waiting_mate(record.qname())
        {
            sink.pair(&self.slots[slot].read, &self.current);
            self.release(slot);
        } else if mate >= self.current.first && mate < self.current.end() {
            self.hold(record.qname(), mate);
        } else {
            sink.single(&self.current);
        }
        if self.arrivals.is_multiple_of(LOOK_EVERY) {
            let here = self.current.first;
            self.let_go(Some(here), sink);
        }
        true
    }

    /// Hands out the reads whose mates did not come.
    pub(crate) fn finish(&mut self, sink: &mut impl FragmentSink) {
        self.let_go(None, sink);
    }

    fn hold(&mut self, name: &[u8], mate: u32) {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::default());
            self.slots.len() - 1
        });
        let held = &mut self.slots[slot];
        std::mem::swap(&mut held.read, &mut self.current);
        // `take` goes on with the coordinates of the read that it has just put away.
        self.current.first = held.read.first;
        held.name.clear();
        held.name.extend_from_slice(name);
        held.mate = mate;
        held.arrival = self.arrivals;
        self.order.push_back((slot, self.arrivals));
        // Another name of the same hash, or a third read of one name (an aligner's fault), stays in the queue.
        self.collided |= self.waiting.insert(hash(name), slot).is_some();
    }

    /// Takes the slot of the waiting read of a name.
    fn waiting_mate(&mut self, name: &[u8]) -> Option<usize> {
        let key = hash(name);
        if let Some(&slot) = self.waiting.get(&key)
            && self.slots[slot].name == name
        {
            self.waiting.remove(&key);
            return Some(slot);
        }
        if !self.collided {
            return None;
        }
        let found = |(slot, arrival): &&(usize, u64)| {
            self.slots[*slot].arrival == *arrival && self.slots[*slot].name == name
        };
        self.order.iter().find(found).map(|(slot, _)| *slot)
    }

    fn release(&mut self, slot: usize) {
        self.slots[slot].arrival = 0;
        self.free.push(slot);
    }

    /// Gives up on mates that lie before `here` and have not come.
    fn let_go(&mut self, here: Option<u32>, sink: &mut impl FragmentSink) {
        while let Some(&(slot, arrival)) = self.order.front() {
            let held = &self.slots[slot];
            if held.arrival == arrival {
                if here.is_some_and(|here| held.mate >= here) {
                    return;
                }
                sink.single(&held.read);
                let key = hash(&held.name);
                if self.waiting.get(&key) == Some(&slot) {
                    self.waiting.remove(&key);
                }
                self.release(slot);
            }
            self.order.pop_front();
        }
    }
}

/// Hashes a read name, eight bytes at a time. Names are not chosen by an adversary who could gain: equal hashes cost time, never
/// an answer.
fn hash(name: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut words = name.chunks_exact(8);
    let mix = |state: u64, word: u64| (state.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let state = words.by_ref().fold(FACTOR, |state, bytes| {
        mix(state, bytes.try_into().map_or(0, u64::from_le_bytes))
    });
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    let state = mix(state, u64::from_le_bytes(last));
    state ^ (state >> 32)
}

/// Takes a hash for what it is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unchanged(u64);

impl Hasher for Unchanged {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
