//! Changes that clinicians and scores know by a name of their kind: FLT3-ITD, KMT2A-PTD, CALR type 1.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A change under the name of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamedEvent {
    /// The name.
    pub name: EventName,
    /// Bases gained or lost, those at the junction counted; `None` where nothing tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// Whether the reading frame goes on behind it, and no stop is among the new residues; `None` where that is not known: its ends are not
    /// told to the base, or one lies in an intron.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_frame: Option<bool>,
    /// First and last base that is there twice or lost, 1-based, plus strand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stretch: Option<(u32, u32)>,
    /// First and last exon that it repeats or removes in whole, in transcript direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exons: Option<(u32, u32)>,
    /// Bases between the two copies, or all bases of an insertion that is no copy, in transcript direction; empty where there are none,
    /// `None` where they are not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inserted: Option<String>,
    /// Residue of the panel's transcript that the first inserted base takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residue: Option<u32>,
    /// Part of the protein that holds the residue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Flt3Domain>,
}

impl NamedEvent {
    /// Makes an event of which only the name is of interest.
    pub const fn of(name: EventName) -> Self {
        Self {
            name,
            length: None,
            in_frame: None,
            stretch: None,
            exons: None,
            inserted: None,
            residue: None,
            domain: None,
        }
    }
}

impl fmt::Display for NamedEvent {
    /// Writes what clinicians call it, the same in every language: `FLT3-ITD 60 bp`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.label())?;
        if let (EventName::Flt3Itd, Some(length)) = (self.name, self.length) {
            write!(f, " {length} bp")?;
        }
        match (self.name, self.exons) {
            (
                EventName::Kmt2aPtd | EventName::ExonDeletion | EventName::ExonDuplication,
                Some((first, last)),
            ) => {
                if first == last {
                    write!(f, " e{first}")
                } else {
                    write!(f, " e{first}-e{last}")
                }
            }
            _ => Ok(()),
        }
    }
}

macro_rules! event_names {
    ($($variant:ident = $name:literal, $label:literal, $doc:literal;)*) => {
        /// Names of changes, by what they mean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum EventName {
            $(#[doc = $doc] #[serde(rename = $name)] $variant,)*
        }

        impl EventName {
            /// Every name.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the name used in tables and panel files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns what clinicians write.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }
    };
}

event_names! {
    Flt3Itd = "flt3_itd", "FLT3-ITD", "Internal tandem duplication of FLT3.";
    Flt3Tkd = "flt3_tkd", "FLT3-TKD", "Change of D835 or I836 of FLT3.";
    Flt3N676 = "flt3_n676", "FLT3 N676", "Change of N676 of FLT3, in the first kinase domain.";
    Flt3F691l = "flt3_f691l", "FLT3 F691L", "F691L of FLT3, the gatekeeper: resistance to gilteritinib and quizartinib.";
    Kmt2aPtd = "kmt2a_ptd", "KMT2A-PTD", "Partial tandem duplication of KMT2A.";
    CalrType1 = "calr_type1", "CALR type 1", "The deletion of 52 bases in exon 9 of CALR.";
    CalrType2 = "calr_type2", "CALR type 2", "The insertion of TTGTC in exon 9 of CALR.";
    CalrType1Like = "calr_type1_like", "CALR type 1-like", "Another frameshift of CALR exon 9 that removes most of the acid residues.";
    CalrType2Like = "calr_type2_like", "CALR type 2-like", "Another frameshift of CALR exon 9 that leaves the acid residues.";
    Npm1TypeA = "npm1_type_a", "NPM1 type A", "Insertion of TCTG in exon 11 of NPM1.";
    Npm1TypeB = "npm1_type_b", "NPM1 type B", "Insertion of CATG in exon 11 of NPM1.";
    Npm1TypeD = "npm1_type_d", "NPM1 type D", "Insertion of CCTG in exon 11 of NPM1.";
    Npm1Other = "npm1_other", "NPM1 exon 11, other type", "Another frameshift in exon 11 of NPM1 that makes the nuclear export signal.";
    CebpaBzipInFrame = "cebpa_bzip_in_frame", "CEBPA bZIP in-frame", "In-frame change of the bZIP domain of CEBPA.";
    Jak2Exon12 = "jak2_exon12", "JAK2 exon 12", "Change of JAK2 exon 12.";
    KitExon8 = "kit_exon8", "KIT exon 8", "In-frame deletion or insertion in KIT exon 8.";
    Srsf2Deletion = "srsf2_p95_r102del", "SRSF2 P95_R102del", "The deletion of 24 bases of SRSF2.";
    ExonDeletion = "exon_deletion", "exon deletion", "One or more whole exons are lost.";
    ExonDuplication = "exon_duplication", "exon duplication", "One or more whole exons are there twice.";
}

macro_rules! domains {
    ($($variant:ident = $name:literal, $first:literal, $last:literal, $doc:literal;)*) => {
        /// Parts of FLT3 that internal tandem duplications lie in, by residues of NM_004119 (Kayser 2009, Blood 114:2386, table 2; the
        /// borders after Griffith 2004, Mol Cell 13:169).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Flt3Domain {
            $(#[doc = $doc] #[serde(rename = $name)] $variant,)*
        }

        impl Flt3Domain {
            /// Every part, along the protein.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the name used in tables.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the part that holds a residue; `None` before the juxtamembrane domain.
            pub fn of_residue(residue: u32) -> Option<Self> {
                match residue {
                    $($first..=$last => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

domains! {
    Juxtamembrane = "jmd", 572, 603, "Juxtamembrane domain.";
    JuxtamembraneHinge = "jmd_hinge", 604, 609, "Its hinge.";
    Tkd1Beta1 = "tkd1_beta1", 610, 615, "First beta sheet of the first kinase domain.";
    Tkd1NucleotideLoop = "tkd1_nucleotide_loop", 616, 623, "Nucleotide binding loop of the first kinase domain.";
    Tkd1Beta2 = "tkd1_beta2", 624, 630, "Second beta sheet of the first kinase domain.";
    Tkd1Behind = "tkd1_behind_beta2", 631, 993, "Behind the second beta sheet.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_borders_of_the_domains() {
        let name = |residue| Flt3Domain::of_residue(residue).map(Flt3Domain::name);
        for (residue, expected) in [
            (571, None),
            (572, Some("jmd")),
            (603, Some("jmd")),
            (604, Some("jmd_hinge")),
            (609, Some("jmd_hinge")),
            (610, Some("tkd1_beta1")),
            (615, Some("tkd1_beta1")),
            (616, Some("tkd1_nucleotide_loop")),
            (624, Some("tkd1_beta2")),
            (631, Some("tkd1_behind_beta2")),
        ] {
            assert_eq!(name(residue), expected, "{residue}");
        }
    }

    #[test]
    fn a_name_is_the_one_of_clinicians() {
        let itd = NamedEvent {
            length: Some(63),
            ..NamedEvent::of(EventName::Flt3Itd)
        };
        assert_eq!(itd.to_string(), "FLT3-ITD 63 bp");
        let ptd = NamedEvent {
            exons: Some((2, 8)),
            length: Some(40_000),
            ..NamedEvent::of(EventName::Kmt2aPtd)
        };
        assert_eq!(ptd.to_string(), "KMT2A-PTD e2-e8");
        assert_eq!(NamedEvent::of(EventName::CalrType1).to_string(), "CALR type 1");
    }
}
