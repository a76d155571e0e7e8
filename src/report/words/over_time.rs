//! Names of codes in tables, and their words on the page.

use super::{Label, Phrase};
use crate::sample::over_time::{
    Assumption, Course, Direction, LikelihoodKind, LimitSource, NoiseSource, NotAssessed, Relation, Response,
    SightState, Since, WarningCode,
};

macro_rules! codes {
    ($($type:ident { $($variant:ident = $name:literal;)* })*) => {
        $(
            impl $type {
                /// Returns the name used in tables, the same as in the JSON.
                pub const fn name(self) -> &'static str {
                    match self { $(Self::$variant => $name,)* }
                }
            }

            impl Label for $type {
                fn label(&self) -> Phrase {
                    match self { $(Self::$variant => Phrase::new(stringify!($type), stringify!($variant)),)* }
                }
            }
        )*

        /// The labels of every type.
        #[cfg(test)]
        pub(super) fn all_labels() -> Vec<Phrase> {
            vec![$($($type::$variant.label(),)*)*]
        }

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn names_are_those_of_the_json_and_both_languages_have_words() {
                $($({
                    let value = $type::$variant;
                    assert_eq!(serde_json::to_value(value).unwrap(), $name);
                    assert_eq!(value.name(), $name);
                    let phrase = value.label();
                    assert!(phrase.en().is_ascii() && !phrase.ja().is_ascii(), "{phrase:?}");
                })*)*
            }
        }
    };
}

codes! {
    SightState {
        Seen = "seen";
        BelowDetection = "below_detection";
        NotAssessed = "not_assessed";
    }
    LimitSource {
        Place = "place";
        Gene = "gene";
        Stated = "stated";
        Given = "given";
    }
    NotAssessed {
        OffPanel = "off_panel";
        CoverageUnknown = "coverage_unknown";
        TooThin = "too_thin";
        Overlapping = "overlapping";
        ReferenceMismatch = "reference_mismatch";
    }
    Assumption {
        Heterozygous = "heterozygous";
        OneCopy = "one_copy";
        SexUnknown = "sex_unknown";
        MoreThanHalf = "more_than_half";
        ManyCopies = "many_copies";
    }
    Course {
        OneVisit = "one_visit";
        Persistent = "persistent";
        New = "new";
        Lost = "lost";
        Intermittent = "intermittent";
    }
    Direction {
        Growing = "growing";
        Shrinking = "shrinking";
        NotShown = "not_shown";
    }
    Since {
        First = "first";
        Peak = "peak";
        Nadir = "nadir";
    }
    Response {
        NotAssessed = "not_assessed";
        NoChange = "no_change";
        Rise = "rise";
        Fall = "fall";
        Cleared = "cleared";
        Relapse = "relapse";
    }
    Relation {
        SecondInFirst = "second_in_first";
        FirstInSecond = "first_in_second";
        ShareCells = "share_cells";
        Separate = "separate";
        Contradictory = "contradictory";
        CannotBeTold = "cannot_be_told";
    }
    LikelihoodKind {
        Binomial = "binomial";
        BetaBinomial = "beta_binomial";
    }
    NoiseSource {
        Assumed = "assumed";
        Data = "data";
        Given = "given";
    }
    WarningCode {
        VisitLeftOut = "visit_left_out";
        PanelsDiffer = "panels_differ";
        SettingsDiffer = "settings_differ";
        SpecimensDiffer = "specimens_differ";
        PersonNotNamed = "person_not_named";
        GenotypesDiffer = "genotypes_differ";
        VersionsDiffer = "versions_differ";
        CallersDiffer = "callers_differ";
    }
}
