//! Genotypes of genes: all variants of one gene in one sample are one observation, for they are inherited together.

use std::collections::HashMap;

use crate::genome::as_count;

/// Gene and place of a variant that most cells carry.
pub(super) type Carried = (u16, u32);

/// Share of genes in which the same person is called otherwise the second time. A choice.
const CALLED_OTHERWISE: f64 = 0.02;

/// Samples of one genotype up to which each two are compared: more would be a comparison of all with all.
const COMPARED: usize = 64;

/// Genes whose genotypes must be the same, so that two samples are compared: every other, or all.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Even,
    Odd,
    All,
}

pub(super) const PARTS: [Part; 3] = [Part::Even, Part::Odd, Part::All];

impl Part {
    fn holds(self, gene: u16) -> bool {
        match self {
            Self::Even => gene.is_multiple_of(2),
            Self::Odd => !gene.is_multiple_of(2),
            Self::All => true,
        }
    }
}

/// Takes the next number into a sum that tells sequences apart: a step of the finalizer of MurmurHash3 (Appleby), for speed alone.
const fn mixed(sum: u64, next: u64) -> u64 {
    let sum = (sum ^ next).wrapping_mul(0xff51_afd7_ed55_8ccd);
    sum ^ (sum >> 33)
}

/// Genotypes of genes: all variants of one gene in one sample are one, with its frequency.
pub(super) struct Types {
    /// Of each sample, where its genotypes end.
    ends: Vec<u32>,
    /// The genotypes of the samples one after the other, other than "no variant", by gene.
    all: Vec<(u16, u32)>,
    /// Samples with each genotype.
    counts: Vec<u32>,
    /// Of each gene, logarithm of the share of samples without a variant.
    ln_none: Vec<f64>,
    /// Minus its sum.
    if_none: f64,
}

impl Types {
    /// Takes the variants of every sample, and the number of genes.
    pub(super) fn new<'c>(samples: impl Iterator<Item = &'c [Carried]>, genes: usize) -> Self {
        let mut known: HashMap<&[Carried], u32> = HashMap::new();
        let mut counts: Vec<u32> = Vec::new();
        let mut with_any = vec![0_u32; genes];
        let mut ends = Vec::new();
        let mut all = Vec::new();
        for carried in samples {
            for variants in carried.chunk_by(|a, b| a.0 == b.0) {
                let next = as_count(counts.len());
                let id = *known.entry(variants).or_insert(next);
                if id == next {
                    counts.push(0);
                }
                counts[id as usize] += 1;
                all.push((variants[0].0, id));
                if let Some(with) = with_any.get_mut(usize::from(variants[0].0)) {
                    *with += 1;
                }
            }
            ends.push(as_count(all.len()));
        }
        let n = ends.len() as f64;
        let ln_none: Vec<f64> = with_any
            .iter()
            .map(|with| ((n - f64::from(*with)).max(1.0) / n).ln())
            .collect();
        let if_none = -ln_none.iter().sum::<f64>();
        Self {
            ends,
            all,
            counts,
            ln_none,
            if_none,
        }
    }

    /// Returns the genotypes of a sample.
    fn of(&self, sample: u32) -> &[(u16, u32)] {
        let sample = sample as usize;
        let start = sample.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[sample] as usize]
    }

    /// Returns the logarithm of how much likelier the genotypes of two samples are for one person than for two strangers.
    pub(super) fn same(&self, a: u32, b: u32) -> f64 {
        let n = self.ends.len() as f64;
        let (mut a, mut b) = (self.of(a).iter().peekable(), self.of(b).iter().peekable());
        let mut sum = self.if_none;
        loop {
            let gene = match (a.peek(), b.peek()) {
                (None, None) => return sum,
                (Some(one), None) | (None, Some(one)) => one.0,
                (Some(one), Some(other)) => one.0.min(other.0),
            };
            let one = a.next_if(|(g, _)| *g == gene);
            let other = b.next_if(|(g, _)| *g == gene);
            sum += self.ln_none.get(usize::from(gene)).copied().unwrap_or(0.0);
            sum += match (one, other) {
                // Without the pair itself, and one added.
                (Some((_, one)), Some((_, other))) if one == other => {
                    let others = f64::from(self.counts[*one as usize]) - 2.0;
                    -((others + 1.0) / n).ln()
                }
                _ => CALLED_OTHERWISE.ln(),
            };
        }
    }

    /// Gives the samples whose genotypes are the same in these genes, where they are few.
    pub(super) fn alike(&self, part: Part, each: &mut impl FnMut(&[u32])) {
        let own = |sample: u32| {
            let types = self.of(sample).iter();
            types.filter(|(gene, _)| part.holds(*gene))
        };
        // No variant in every other gene is no likeness; none in any is one, where few have none.
        let is_told = |sample: &u32| matches!(part, Part::All) || own(*sample).next().is_some();
        let samples = (0..as_count(self.ends.len())).filter(is_told);
        let mut order: Vec<(u64, u32)> = samples
            .map(|sample| {
                let sum = own(sample).fold(1, |sum, (_, id)| mixed(sum, u64::from(*id)));
                (sum, sample)
            })
            .collect();
        // By a sum of them, which costs less than to compare genotypes; these decide where it is the same.
        let compare = |a: &(u64, u32), b: &(u64, u32)| {
            let hash = a.0.cmp(&b.0);
            hash.then_with(|| own(a.1).cmp(own(b.1))).then(a.1.cmp(&b.1))
        };
        order.sort_unstable_by(compare);
        for group in order.chunk_by(|a, b| a.0 == b.0 && own(a.1).eq(own(b.1))) {
            if (2..=COMPARED).contains(&group.len()) {
                let samples: Vec<u32> = group.iter().map(|(_, sample)| *sample).collect();
                each(&samples);
            }
        }
    }
}
