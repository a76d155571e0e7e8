//! A seeded generator of our own, so that the same seed gives the same reads with any version of any crate.

/// SplitMix64 (Steele, Lea and Flood 2014): one word of state, passes the usual batteries, trivially forked.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// Starts a stream. Streams of one seed and different names do not depend on each other, so that an option
    /// which draws more numbers in one place leaves the other places as they were.
    pub fn new(seed: u64, stream: &str) -> Self {
        let name = stream.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut rng = Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ name);
        rng.next();
        rng
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform in `0..bound`; 0 if the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Standard normal (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let (radius, angle) = (self.unit().max(1e-12), self.unit());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }

    /// Number of failures before the first success.
    pub fn geometric(&mut self, success: f64) -> usize {
        if success >= 1.0 {
            return 0;
        }
        (self.unit().max(1e-300).ln() / (1.0 - success).ln()) as usize
    }

    pub fn base(&mut self) -> u8 {
        b"ACGT"[self.below(4)]
    }

    /// Any base but this one.
    pub fn other_base(&mut self, base: u8) -> u8 {
        loop {
            let drawn = self.base();
            if drawn != base {
                return drawn;
            }
        }
    }
}
