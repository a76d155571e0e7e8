//! A variant written as HGVS c. and read back is the same variant, in normal form.

mod transcript_support;

use hemoclone::genome::Build;
use hemoclone::transcript::{Annotator, CodingChange, SequenceSource};
use transcript_support::MiniGenome;

#[test]
fn variant_to_c_to_variant_is_the_identity() {
    let genome = MiniGenome::new(1);
    let annotator = Annotator::with_source(
        Build::Grch38,
        Box::new(MiniGenome::new(1)),
        SequenceSource::Reference,
    );
    for (variant, transcript) in genome.variants(30_000, 7) {
        let found = annotator.annotate(&variant, transcript).unwrap();
        let c = found.hgvs_c.unwrap();
        let change = CodingChange::parse(&c).unwrap();
        assert_eq!(change.to_string(), c);
        let actual = change.to_variant(transcript, &genome).unwrap();
        assert_eq!(actual, variant, "{} {c}", transcript.accession());
    }
}
