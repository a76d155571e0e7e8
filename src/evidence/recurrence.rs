/// How often an allele was seen in other samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// Samples that hold the allele.
    pub samples_with: u32,
    /// Samples looked at.
    pub samples: u32,
    /// Mean VAF over the samples that hold it, 0 to 1.
    pub mean_vaf: Option<f64>,
}
