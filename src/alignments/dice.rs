//! A generator for tests which does not change with the machine: xorshift64*.

/// Its state, not 0.
pub(super) struct Dice(pub u64);

impl Dice {
    pub(super) fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Jumps from success to success: the gaps are geometric.
    pub(super) fn binomial(&mut self, n: u32, p: f64) -> u32 {
        let (mut at, mut successes) = (0.0, 0);
        loop {
            at += (self.uniform().max(1e-300).ln() / (-p).ln_1p()).floor() + 1.0;
            if at > f64::from(n) {
                return successes;
            }
            successes += 1;
        }
    }

    pub(super) fn poisson(&mut self, mean: f64) -> u32 {
        let (mut k, mut product) = (0, self.uniform());
        let limit = (-mean).exp();
        while product > limit {
            product *= self.uniform();
            k += 1;
        }
        k
    }

    /// A factor of mean 1 and a squared coefficient of variation of a third: the mean of three exponentials.
    pub(super) fn factor(&mut self) -> f64 {
        (0..3).map(|_| -self.uniform().max(1e-300).ln()).sum::<f64>() / 3.0
    }
}
