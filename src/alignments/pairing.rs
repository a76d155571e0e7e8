//! Mates that overlap, brought together: a fragment is one molecule and counts once.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

use rust_htslib::bam::record::Record;

use super::filter::ReadFilter;
use super::read::{AlignedRead, MatePlace, mate_place};

/// What a region does with fragments.
pub trait FragmentSink {
    /// Takes a read whose mate does not overlap it or does not count.
    fn single(&mut self, read: &AlignedRead);
    /// Takes two mates that overlap, in the order in which they arrived.
    fn pair(&mut self, left: &AlignedRead, right: &AlignedRead);
}

/// Holds reads until their overlapping mates come. Memory is that of the reads whose mates are still to come, which lie
/// within one insert of the current position.
#[derive(Debug)]
pub struct Pairing {
    filter: ReadFilter,
    waiting: HashMap<Box<[u8]>, usize, BuildHasherDefault<NameHasher>>,
    /// Reads by slot, with the first column of the mate that is awaited.
    slots: Vec<Slot>,
    free: Vec<usize>,
    /// Slots in the order of arrival.
    order: VecDeque<(usize, u64)>,
    current: AlignedRead,
    arrivals: u64,
}

#[derive(Debug, Default)]
struct Slot {
    read: AlignedRead,
    name: Box<[u8]>,
    mate: u32,
    /// The arrival that the slot holds; 0 when it is free.
    arrival: u64,
}

/// Reads between two looks at the queue for reads whose mates did not come.
const LOOK_EVERY: u64 = 1024;

impl Pairing {
    /// Makes an empty pairing.
    pub fn new(filter: ReadFilter) -> Self {
        Self {
            filter,
            waiting: HashMap::default(),
            slots: Vec::new(),
            free: Vec::new(),
            order: VecDeque::new(),
            current: AlignedRead::default(),
            arrivals: 0,
        }
    }

    /// Takes the next record in coordinate order; returns whether the filter let it pass.
    pub fn take(&mut self, record: &Record, sink: &mut impl FragmentSink) -> bool {
        if !self.current.fill(record, &self.filter) {
            return false;
        }
        self.arrivals += 1;
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
            && let Some(slot) = self.waiting.remove(record.qname())
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
    pub fn finish(&mut self, sink: &mut impl FragmentSink) {
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
        held.name = name.into();
        held.mate = mate;
        held.arrival = self.arrivals;
        self.order.push_back((slot, self.arrivals));
        // A third read of one name (an aligner's fault) must not lose the one that waits: it stays in the queue.
        self.waiting.insert(name.into(), slot);
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
                let name = std::mem::take(&mut self.slots[slot].name);
                if self.waiting.get(&name) == Some(&slot) {
                    self.waiting.remove(&name);
                }
                self.release(slot);
            }
            self.order.pop_front();
        }
    }
}

/// FxHash over eight bytes at a time: read names are short, many and not chosen by an adversary who could gain from collisions
/// (a collision costs time, never an answer).
#[derive(Clone, Copy, Debug, Default)]
pub struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn write_usize(&mut self, value: usize) {
        self.write(&value.to_le_bytes());
    }

    fn finish(&self) -> u64 {
        // The high bits are the well mixed ones; the table uses the low.
        self.0.rotate_left(26)
    }
}
