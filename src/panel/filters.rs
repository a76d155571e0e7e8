//! The filters of a panel, each a named value that can be changed or switched off; what each does stands in
//! `src/drivers/filters/`, where it comes from and why its default is what it is in `docs/filters.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What switches a filter off.
const OFF: &str = "off";

/// Why a filter could not be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// There is no filter of this name.
    #[error("{name:?} is no filter; known: {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Every name.
        known: String,
    },
    /// The value is not of the filter's kind.
    #[error("filter {name} = {value:?}: give {wanted}")]
    Value {
        /// The filter.
        name: String,
        /// What was given.
        value: String,
        /// What it takes.
        wanted: &'static str,
    },
    /// The text is no `NAME=VALUE`.
    #[error("{0:?} is no filter setting: write NAME=VALUE or NAME=off")]
    Form(String),
}

/// A kind of filter value: how it is read and written.
trait Kind {
    /// What a filter of the kind holds.
    type Value: PartialEq;
    /// What to give, for messages.
    const WANTED: &'static str;
    fn read(text: &str) -> Option<Self::Value>;
    fn write(value: &Self::Value) -> String;
}

/// A whole number, or off.
struct Count;
/// A fraction or probability from 0 to 1, or off.
struct Fraction;
/// A number of 0 or more, or off.
struct Number;
/// On or off.
struct Switch;

fn written<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| OFF.to_owned(), ToString::to_string)
}

impl Kind for Count {
    type Value = Option<u32>;
    const WANTED: &'static str = "a whole number, or off";
    fn read(text: &str) -> Option<Self::Value> {
        if text == OFF {
            Some(None)
        } else {
            text.parse().ok().map(Some)
        }
    }
    fn write(value: &Self::Value) -> String {
        written(value.as_ref())
    }
}

impl Kind for Fraction {
    type Value = Option<f64>;
    const WANTED: &'static str = "a fraction from 0 to 1, or off";
    fn read(text: &str) -> Option<Self::Value> {
        Number::read(text).filter(|value| value.is_none_or(|v| v <= 1.0))
    }
    fn write(value: &Self::Value) -> String {
        written(value.as_ref())
    }
}

impl Kind for Number {
    type Value = Option<f64>;
    const WANTED: &'static str = "a number of 0 or more, or off";
    fn read(text: &str) -> Option<Self::Value> {
        if text == OFF {
            return Some(None);
        }
        let value: f64 = text.parse().ok()?;
        (value.is_finite() && value >= 0.0).then_some(Some(value))
    }
    fn write(value: &Self::Value) -> String {
        written(value.as_ref())
    }
}

impl Kind for Switch {
    type Value = bool;
    const WANTED: &'static str = "on or off";
    fn read(text: &str) -> Option<Self::Value> {
        match text {
            "on" | "true" => Some(true),
            OFF | "false" => Some(false),
            _ => None,
        }
    }
    fn write(value: &Self::Value) -> String {
        if *value { "on" } else { OFF }.to_owned()
    }
}

macro_rules! value_of {
    (Count) => { Option<u32> };
    (Switch) => { bool };
    ($number:ident) => { Option<f64> };
}

macro_rules! filters {
    ($($(#[doc = $doc:literal])+ $name:ident: $kind:ident = $default:expr;)*) => {
        /// Every filter with its value; `None` and `false` are off.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        #[allow(clippy::struct_excessive_bools, reason = "each is a filter with a name of its own")]
        pub struct Filters {
            $($(#[doc = $doc])+ pub $name: value_of!($kind),)*
        }

        impl Default for Filters {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        impl Filters {
            /// Every name, in the order of the documentation.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];

            /// Sets one filter from text: a value of its kind, or `off`.
            pub fn set(&mut self, name: &str, value: &str) -> Result<(), FilterError> {
                let wanted = match name {
                    $(stringify!($name) => match $kind::read(value) {
                        Some(read) => {
                            self.$name = read;
                            return Ok(());
                        }
                        None => $kind::WANTED,
                    },)*
                    _ => return Err(FilterError::Unknown {
                        name: name.to_owned(),
                        known: Self::NAMES.join(", "),
                    }),
                };
                Err(FilterError::Value {
                    name: name.to_owned(),
                    value: value.to_owned(),
                    wanted,
                })
            }

            /// Returns every filter with its value as text.
            pub fn pairs(&self) -> Vec<(&'static str, String)> {
                vec![$((stringify!($name), $kind::write(&self.$name)),)*]
            }
        }
    };
}

filters! {
    /// Strands: the two alleles lie on the strands differently beyond chance below this p of Fisher's exact test.
    strand_fisher: Fraction = Some(0.001);
    /// Strands: more than this share of the alternative fragments lies on one strand.
    strand_share: Fraction = Some(0.90);
    /// Strands: symmetric odds ratio (GATK's `SOR`) above this.
    strand_sor: Number = Some(3.0);
    /// Strands: fewest alternative fragments on each strand.
    both_strands: Count = None;
    /// Pair orientations: the two alleles lie on F1R2 and F2R1 differently beyond chance below this p of Fisher's exact test.
    orientation_fisher: Fraction = Some(0.001);
    /// Pair orientations: more than this share of the alternative fragments lies in one.
    orientation_share: Fraction = Some(0.90);
    /// Pair orientations: fewest fragments of each allele in each.
    both_orientations: Count = None;
    /// Smallest mean or median base quality (phred) of the alternative allele.
    base_quality: Number = Some(20.0);
    /// Smallest mean or median mapping quality (phred) of the alternative reads.
    mapping_quality: Number = Some(20.0);
    /// Length of a run of one base from which insertions and deletions of that base are doubtful.
    homopolymer: Count = Some(5);
    /// Alternative fragments from which a change in a run is believed, together with the fraction below.
    homopolymer_min_alt: Count = Some(10);
    /// VAF from which a change in a run is believed, together with the fragments above.
    homopolymer_min_vaf: Fraction = Some(0.10);
    /// Whether substitutions and other changes that touch, break or make such a run are doubtful too.
    homopolymer_all_kinds: Switch = false;
    /// Whether a change that completes a run of four in its neighborhood is doubtful (ArCH's patterns NXXX to XXNN).
    repeat_pattern: Switch = false;
    /// DUST score of the neighborhood (0 to 100) from which it is of low complexity.
    dust: Number = None;
    /// Calls of one sample within `cluster_window` bases from which they are doubtful together.
    cluster: Count = Some(4);
    /// Bases that `cluster` calls lie within, the first and the last counted.
    cluster_window: Count = Some(54);
    /// Drivers of one sample from which its quality is to be looked at.
    many_drivers: Count = Some(4);
    /// Whether several alternative alleles of one place with enough fragments each go to review.
    multiallelic: Switch = true;
    /// Bases inserted or deleted beyond which an indel is doubtful.
    long_indel: Count = None;
    /// Whether the caller's own FILTER is a doubt; it is shown either way.
    caller_filter: Switch = true;
    /// VAF from which a call goes to review whatever else is known.
    high_vaf: Fraction = None;
    /// A VAF fits a heterozygous variant unless the test around one half rejects it below this p.
    germline_test: Fraction = Some(0.01);
    /// Mean of the test: a little below one half, since reads with the reference base align better.
    germline_mean: Fraction = Some(0.49);
    /// Concentration of its beta-binomial; off is the plain binomial.
    germline_spread: Number = Some(200.0);
    /// Whether the test is made for all genes; off: for missense changes of TET2 and CBL alone.
    germline_all_genes: Switch = true;
    /// Probability of "inherited" from which a VAF that fits is a doubt about a driver, and below which it is a remark; off: always.
    germline_posterior: Fraction = Some(0.5);
    /// VAF from which a homozygous or hemizygous inherited variant fits.
    germline_homozygous: Fraction = Some(0.90);
    /// VAF from which, up to `germline_to`, a variant is taken for inherited without a test.
    germline_from: Fraction = None;
    /// Upper end of that window.
    germline_to: Fraction = Some(1.0);
    /// Population allele frequency from which a variant is inherited whatever the rules say.
    population_common: Fraction = Some(0.01);
    /// Population allele frequency from which a variant is doubtful.
    population_seen: Fraction = Some(0.001);
    /// VAF in the matched normal from which the variant is inherited, not blood in the normal sample.
    normal_inherited: Fraction = Some(0.30);
    /// Alternative fragments in the matched normal from which it holds the variant at all.
    normal_min_alt: Count = Some(3);
    /// Depth of the matched normal from which absence there means that the variant is not inherited.
    normal_clean_depth: Count = Some(20);
    /// VAF in the matched normal up to which the variant is not inherited; without counts, up to which it is absent.
    normal_clean_vaf: Fraction = Some(0.02);
    /// Share of the samples of `--recurrent` above which an allele is taken for a recurrent error.
    recurrent_share: Fraction = Some(0.06);
    /// Samples of `--recurrent` above which it is, whatever the share; both must be passed.
    recurrent_samples: Count = Some(5);
}

impl Filters {
    /// Sets one filter from `NAME=VALUE`, as on the command line; a hyphen is read as an underscore. Returns the name.
    pub fn set_text(&mut self, text: &str) -> Result<String, FilterError> {
        let (name, value) = text
            .split_once('=')
            .ok_or_else(|| FilterError::Form(text.to_owned()))?;
        let name = name.trim().replace('-', "_");
        self.set(&name, value.trim())?;
        Ok(name)
    }

    /// Sets one filter from a TOML value: a number, true or false, or a string.
    pub fn set_toml(&mut self, name: &str, value: &toml::Value) -> Result<(), FilterError> {
        match value {
            toml::Value::String(text) => self.set(name, text),
            other => self.set(name, &other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let mut filters = Filters::default();
        for (name, value) in Filters::default().pairs() {
            filters.set(name, &value).unwrap();
        }
        assert_eq!(filters, Filters::default());
        assert_eq!(Filters::NAMES.len(), filters.pairs().len());
    }

    #[test]
    fn off_and_values_of_each_kind() {
        let mut filters = Filters::default();
        assert_eq!(filters.set_text("strand-sor=off").unwrap(), "strand_sor");
        filters.set_text("cluster = 6").unwrap();
        filters.set_text("dust=7").unwrap();
        filters
            .set_toml("multiallelic", &toml::Value::Boolean(false))
            .unwrap();
        filters
            .set_toml("population_seen", &toml::Value::Float(0.0005))
            .unwrap();
        assert_eq!(
            (
                filters.strand_sor,
                filters.cluster,
                filters.dust,
                filters.multiallelic,
                filters.population_seen
            ),
            (None, Some(6), Some(7.0), false, Some(0.0005))
        );
    }

    #[test]
    fn refuses_what_is_no_filter_or_no_value() {
        let mut filters = Filters::default();
        let message = |r: Result<String, FilterError>| r.unwrap_err().to_string();
        assert!(message(filters.set_text("strand=1")).contains("strand_fisher"));
        assert!(message(filters.set_text("cluster=-1")).contains("whole number"));
        assert!(message(filters.set_text("cluster=1.5")).contains("whole number"));
        assert!(message(filters.set_text("germline_test=2")).contains("from 0 to 1"));
        assert!(message(filters.set_text("dust=NaN")).contains("0 or more"));
        assert!(message(filters.set_text("multiallelic=3")).contains("on or off"));
        assert!(message(filters.set_text("multiallelic")).contains("NAME=VALUE"));
        assert_eq!(filters, Filters::default());
    }
}
