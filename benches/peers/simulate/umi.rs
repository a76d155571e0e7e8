//! Molecular tags: records as after consensus calling, with the tags that fgbio documents.

use std::fmt::Write;

use crate::rng::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Umi {
    None,
    /// Families of one strand: cD, cM, cE.
    Simplex,
    /// Families of both strands: also aD, aM, aE, bD, bM, bE.
    Duplex,
}

/// The reads that became one consensus.
pub struct Family {
    umi: Umi,
    /// Raw reads of the two strands; the second is zero but for duplex families.
    depths: [usize; 2],
    tag: String,
    errors: [f64; 2],
}

impl Family {
    /// None without molecular tags.
    pub fn draw(umi: Umi, mean: f64, rng: &mut Rng) -> Option<Self> {
        if umi == Umi::None {
            return None;
        }
        let per_strand = if umi == Umi::Duplex { mean / 2.0 } else { mean };
        let size = |rng: &mut Rng| rng.geometric(1.0 / per_strand.max(1.0));
        let mut depths = [1 + size(rng), 0];
        // One strand is often lost.
        if umi == Umi::Duplex && rng.chance(0.7) {
            depths[1] = 1 + size(rng);
        }
        let word = |rng: &mut Rng| (0..8).map(|_| rng.base() as char).collect::<String>();
        let tag = if umi == Umi::Duplex {
            format!("{}-{}", word(rng), word(rng))
        } else {
            word(rng)
        };
        let errors = depths.map(|depth| {
            if depth > 1 && rng.chance(0.3) {
                0.002 * rng.unit()
            } else {
                0.0
            }
        });
        Some(Self {
            umi,
            depths,
            tag,
            errors,
        })
    }

    /// Both strands were seen: damage of one is gone.
    pub fn is_duplex(&self) -> bool {
        self.depths[0] > 0 && self.depths[1] > 0
    }

    /// Typical base quality of the consensus: a single read keeps its own, a duplex reaches the cap.
    pub fn quality(&self) -> u8 {
        match (self.is_duplex(), self.depths[0]) {
            (true, _) => 80,
            (false, 1) => 34,
            (false, 2) => 40,
            (false, _) => 45,
        }
    }

    /// The tags, each with a tab before it.
    pub fn tags(&self, serial: u64) -> String {
        let [a, b] = self.depths;
        let mut tags = format!("\tMI:Z:{serial}\tRX:Z:{}", self.tag);
        let least = |depth: usize| depth.saturating_sub(usize::from(depth > 3));
        let mut strand = |name: char, depth: usize, least: usize, errors: f64| {
            let _ = write!(
                tags,
                "\t{name}D:i:{depth}\t{name}M:i:{least}\t{name}E:f:{errors:.6}"
            );
        };
        let weight = self.errors[0] * a as f64 + self.errors[1] * b as f64;
        strand('c', a + b, least(a) + least(b), weight / (a + b) as f64);
        if self.umi == Umi::Duplex {
            strand('a', a, least(a), self.errors[0]);
            strand('b', b, least(b), self.errors[1]);
        }
        tags
    }
}
