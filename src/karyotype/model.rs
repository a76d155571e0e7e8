use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::note::KaryotypeNote;

/// A karyotype: clones of the patient, and of the donor after a transplantation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Karyotype {
    /// Clones in the order written.
    pub clones: Vec<CellClone>,
    /// Clones of the donor, written after `//`; they say nothing of the disease.
    pub donor: Vec<CellClone>,
    /// Marked `mos`: a mosaic that the person was born with.
    pub mosaic: bool,
    /// Clones of which not even the number of chromosomes can be read, as written.
    pub unreadable: Vec<String>,
    /// What was repaired or left out while reading, with the 1-based character where it stands.
    pub notes: Vec<KaryotypeNote>,
}

/// Cells with one karyotype.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CellClone {
    /// Number of chromosomes; 0 where changes are named without one.
    pub modal: ModalNumber,
    /// Sex chromosomes as written: `X` and `Y`, `?` for unknown; empty where left out.
    pub sex: String,
    /// The sex chromosomes are marked constitutional, `XXYc`.
    pub sex_constitutional: bool,
    /// Another clone whose changes this one has too.
    pub inherits: Option<Inheritance>,
    /// Changes in the order written.
    pub abnormalities: Vec<Abnormality>,
    /// Parts that cannot be read, as written.
    pub unreadable: Vec<String>,
    /// Marked `inc`: there is more that could not be described.
    pub incomplete: bool,
    /// Cells seen.
    pub cells: Option<Cells>,
}

/// A number or a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Range {
    /// Lowest.
    pub low: u32,
    /// Highest; equal to the lowest for a number.
    pub high: u32,
}

/// Number of chromosomes of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ModalNumber {
    /// The number or range.
    pub range: Range,
    /// Ploidy that changes are counted from, `4` for `<4n>`.
    pub ploidy: Option<u32>,
}

/// Cells of a clone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cells {
    /// How many; `None` for `[cp]`.
    pub count: Option<u32>,
    /// A composite karyotype: not every cell has every change.
    pub composite: bool,
}

/// Which clone another one derives from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Inheritance {
    /// The clone.
    pub from: Lineage,
    /// How many times its chromosomes are there: 2 for `idem×2`.
    pub times: u32,
}

/// A clone named by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Lineage {
    /// `idem`: the first clone.
    Idem,
    /// `sl`: the stem line, the first clone.
    Stemline,
    /// `sdl` or `sdl2`: a side line by its number, the first being the second clone; 0 where no number stands.
    Sideline(u32),
}

/// Gain or loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Sign {
    /// `+`.
    Gain,
    /// `-`.
    Loss,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Abnormality {
    /// Gain or loss, where written.
    pub sign: Option<Sign>,
    /// Marked `?`.
    pub uncertain: bool,
    /// What changed.
    pub body: AbnormalityBody,
    /// Copies, `×2`.
    pub times: Option<Range>,
    /// Marked `c`, or inherited from a parent: not of the disease.
    pub constitutional: bool,
    /// Cells that show it, where the karyotype counts each change of a composite clone.
    pub cells: Option<u32>,
    /// Other changes of which one may be there in its place: `-X or -Y`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Abnormality>,
}

impl Abnormality {
    /// Makes a change of which nothing else is said.
    pub(super) const fn plain(sign: Option<Sign>, body: AbnormalityBody) -> Self {
        Self {
            sign,
            uncertain: false,
            body,
            times: None,
            constitutional: false,
            cells: None,
            alternatives: Vec::new(),
        }
    }

    /// Makes a structure of one chromosome.
    pub(super) fn of_one(kind: SegmentKind, chromosome: String, breakpoints: Vec<String>) -> Self {
        let segment = Segment {
            uncertain: false,
            kind,
            number: None,
            chromosomes: vec![chromosome],
            breakpoints,
        };
        Self::plain(
            None,
            AbnormalityBody::Structure {
                count: None,
                segments: vec![segment],
            },
        )
    }
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum AbnormalityBody {
    /// A whole chromosome: `1` to `22`, `X`, `Y`.
    Chromosome(String),
    /// A heteromorphism, `1qh+`, `21ps+`: a variant of healthy people.
    Heteromorphism(String),
    /// Structures, chained in a derivative chromosome: `der(1)t(1;3)(p36;q21)`.
    Structure {
        /// How many of them, `2` in `+2mar`.
        count: Option<Range>,
        /// The structures.
        segments: Vec<Segment>,
    },
}

/// A structure: kind, chromosomes, breakpoints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Segment {
    /// Marked `?`.
    pub uncertain: bool,
    /// Its kind.
    pub kind: SegmentKind,
    /// Number of a marker, `mar1`.
    pub number: Option<u32>,
    /// Chromosomes, `?` where unknown.
    pub chromosomes: Vec<String>,
    /// Breakpoints of each chromosome as written, `q13q33`.
    pub breakpoints: Vec<String>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Kinds of structure (ISCN 2020).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
        pub enum SegmentKind {
            $($(#[$doc])* $name,)*
        }

        impl SegmentKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the symbol.
            pub const fn symbol(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

kinds! {
    /// Additional material of unknown origin.
    Add = "add",
    /// Acentric fragment.
    AcentricFragment = "ace",
    /// Deletion.
    Deletion = "del",
    /// Derivative chromosome.
    Derivative = "der",
    /// Dicentric chromosome.
    Dicentric = "dic",
    /// Double minutes.
    DoubleMinutes = "dmin",
    /// Duplication.
    Duplication = "dup",
    /// Fission.
    Fission = "fis",
    /// Fragile site.
    FragileSite = "fra",
    /// Homogeneously staining region.
    HomogeneouslyStaining = "hsr",
    /// Isochromosome.
    Isochromosome = "i",
    /// Isoderivative chromosome.
    Isoderivative = "ider",
    /// Isodicentric chromosome.
    Isodicentric = "idic",
    /// Insertion.
    Insertion = "ins",
    /// Inversion.
    Inversion = "inv",
    /// Inverted duplication.
    InvertedDuplication = "invdup",
    /// Marker chromosome.
    Marker = "mar",
    /// Minute.
    Minute = "min",
    /// Pseudodicentric chromosome.
    Pseudodicentric = "psudic",
    /// Ring chromosome.
    Ring = "r",
    /// Recombinant chromosome.
    Recombinant = "rec",
    /// Robertsonian translocation.
    Robertsonian = "rob",
    /// Telomeric association.
    TelomericAssociation = "tas",
    /// Translocation.
    Translocation = "t",
    /// Tricentric chromosome.
    Tricentric = "trc",
    /// Triplication.
    Triplication = "trp",
    /// Quadruplication.
    Quadruplication = "qdp",
    /// Uniparental disomy.
    UniparentalDisomy = "upd",
}

impl SegmentKind {
    /// Whether it may stand without chromosomes.
    pub const fn stands_alone(self) -> bool {
        matches!(
            self,
            Self::Marker
                | Self::DoubleMinutes
                | Self::Ring
                | Self::HomogeneouslyStaining
                | Self::AcentricFragment
                | Self::Minute
        )
    }
}

impl Karyotype {
    /// Whether every part could be read.
    pub fn is_read_in_full(&self) -> bool {
        self.unreadable.is_empty() && self.clones.iter().all(|c| c.unreadable.is_empty())
    }
}

impl Range {
    /// Makes a range of one number.
    pub const fn one(number: u32) -> Self {
        Self {
            low: number,
            high: number,
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high {
            write!(f, "{}", self.low)
        } else {
            write!(f, "{}~{}", self.low, self.high)
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.uncertain {
            f.write_str("?")?;
        }
        f.write_str(self.kind.symbol())?;
        if let Some(number) = self.number {
            write!(f, "{number}")?;
        }
        for list in [&self.chromosomes, &self.breakpoints] {
            if !list.is_empty() {
                write!(f, "({})", list.join(";"))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Abnormality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sign {
            Some(Sign::Gain) => f.write_str("+")?,
            Some(Sign::Loss) => f.write_str("-")?,
            None => {}
        }
        if self.uncertain {
            f.write_str("?")?;
        }
        match &self.body {
            AbnormalityBody::Chromosome(text) | AbnormalityBody::Heteromorphism(text) => f.write_str(text)?,
            AbnormalityBody::Structure { count, segments } => {
                if let Some(count) = count {
                    write!(f, "{count}")?;
                }
                for segment in segments {
                    write!(f, "{segment}")?;
                }
            }
        }
        if let Some(times) = self.times {
            write!(f, "×{times}")?;
        }
        if self.constitutional {
            f.write_str("c")?;
        }
        for alternative in &self.alternatives {
            write!(f, "or{alternative}")?;
        }
        if let Some(cells) = self.cells {
            write!(f, "[{cells}]")?;
        }
        Ok(())
    }
}

impl fmt::Display for CellClone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modal.range.high == 0 {
            // Changes that were named without a number of chromosomes.
            let list: Vec<String> = self.abnormalities.iter().map(ToString::to_string).collect();
            return f.write_str(&list.join(","));
        }
        write!(f, "{}", self.modal.range)?;
        if let Some(ploidy) = self.modal.ploidy {
            write!(f, "<{ploidy}n>")?;
        }
        if !self.sex.is_empty() {
            write!(
                f,
                ",{}{}",
                self.sex,
                if self.sex_constitutional { "c" } else { "" }
            )?;
        }
        if let Some(inherits) = self.inherits {
            match inherits.from {
                Lineage::Idem => f.write_str(",idem")?,
                Lineage::Stemline => f.write_str(",sl")?,
                Lineage::Sideline(0) => f.write_str(",sdl")?,
                Lineage::Sideline(number) => write!(f, ",sdl{number}")?,
            }
            if inherits.times > 1 {
                write!(f, "×{}", inherits.times)?;
            }
        }
        for abnormality in &self.abnormalities {
            write!(f, ",{abnormality}")?;
        }
        for part in &self.unreadable {
            write!(f, ",{part}")?;
        }
        if self.incomplete {
            f.write_str(",inc")?;
        }
        match self.cells {
            Some(Cells { count, composite }) => write!(
                f,
                "[{}{}]",
                if composite { "cp" } else { "" },
                count.map(|c| c.to_string()).unwrap_or_default()
            ),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Karyotype {
    /// Writes the canonical form: no blanks, `~` for ranges, `×` for copies, sex chromosomes in upper case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.mosaic {
            f.write_str("mos ")?;
        }
        for (index, clone) in self.clones.iter().enumerate() {
            write!(f, "{}{clone}", if index > 0 { "/" } else { "" })?;
        }
        for clone in &self.unreadable {
            write!(f, "/{clone}")?;
        }
        for (index, clone) in self.donor.iter().enumerate() {
            write!(f, "{}{clone}", if index > 0 { "/" } else { "//" })?;
        }
        Ok(())
    }
}
