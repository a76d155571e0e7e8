//! The fixed names that tables use for values of enumerations; the same as in the JSON (a test compares them).

use crate::drivers::GeneState;
use crate::genome::Sex;
use crate::panel::IpssmRole;
use crate::sample::{ChState, CloneSize};
use crate::transcript::{Impact, Region, SequenceSource};

macro_rules! names {
    ($($function:ident($type:ident) { $($variant:ident = $name:literal,)* })*) => {
        $(
            pub(crate) const fn $function(value: $type) -> &'static str {
                match value { $($type::$variant => $name,)* }
            }
        )*

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn are_those_of_the_json() {
                $($(
                    let json = serde_json::to_value($type::$variant).unwrap();
                    assert_eq!(json, $name);
                    assert_eq!($function($type::$variant), $name);
                )*)*
            }
        }
    };
}

names! {
    region(Region) {
        Coding = "coding",
        SpliceSite = "splice_site",
        SpliceRegion = "splice_region",
        Intron = "intron",
        FivePrimeUtr = "five_prime_utr",
        ThreePrimeUtr = "three_prime_utr",
        Outside = "outside",
    }
    impact(Impact) {
        High = "HIGH",
        Moderate = "MODERATE",
        Low = "LOW",
        Modifier = "MODIFIER",
    }
    sequence_source(SequenceSource) {
        Embedded = "embedded",
        Reference = "reference",
        Bundle = "bundle",
        File = "file",
        Coordinates = "coordinates",
        None = "none",
    }
    gene_state(GeneState) {
        Mutated = "mutated",
        Undecided = "undecided",
        NoDriver = "no_driver",
        NotDetected = "not_detected",
        PartlyAssessed = "partly_assessed",
        NotAssessed = "not_assessed",
    }
    ipssm_role(IpssmRole) {
        Main = "main",
        Residual = "residual",
        None = "none",
    }
    ch_state(ChState) {
        Present = "present",
        Review = "review",
        NotDetected = "not_detected",
        NoneCalled = "none_called",
    }
    clone_size(CloneSize) {
        Below2Percent = "below_2_percent",
        From2To10Percent = "2_to_10_percent",
        From10Percent = "10_percent_or_more",
    }
    sex(Sex) {
        Female = "female",
        Male = "male",
    }
}
