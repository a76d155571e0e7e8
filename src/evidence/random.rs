//! Draws for simulations in tests: the same each time.

/// Numbers at random: SplitMix64 (Steele, Lea, Flood: OOPSLA 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// From 0 up to, and without, 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Evenly.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// Evenly on the scale of the logarithm.
    pub(crate) fn scaled(&mut self, low: f64, high: f64) -> f64 {
        low * (high / low).powf(self.share())
    }

    /// Of the standard normal distribution (Box and Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.share()).cos()
    }

    /// How often a thing of that chance happens in so many draws.
    pub(crate) fn count(&mut self, of: u32, share: f64) -> u32 {
        (0..of).map(|_| u32::from(self.share() < share)).sum()
    }
}
