//! Published prevalence of clonal hematopoiesis: only figures that were seen, each with where.

/// A published figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Study {
    /// First author and year.
    pub name: &'static str,
    /// Ages in years, as the cohort's table writes them.
    pub band: &'static str,
    /// First age, and the age before which the group ends, in years.
    ages: (f64, f64),
    /// Persons with a mutation, and persons; `None` where only a rounded share was seen.
    pub counts: Option<(u32, u32)>,
    /// Share as published, 0 to 1.
    pub share: f64,
    /// What to keep in mind.
    pub note: &'static str,
    /// Where the figure was read.
    pub source: &'static str,
}

impl Study {
    /// Whether an age in years belongs to the group.
    pub(super) fn holds(&self, age: f64) -> bool {
        age >= self.ages.0 && age < self.ages.1
    }
}

/// Exomes of that time are shallow: a panel with a detection limit of 2 % sees more.
const EXOMES: &str = "whole exomes, 160 genes, people not chosen for a blood disease; a deep panel sees more of the small clones";

const JAISWAL: &str = "Jaiswal et al., N Engl J Med 2014;371:2488, abstract; doi:10.1056/NEJMoa1408617";

const UNUSUAL: &str =
    "whole exomes, any somatic mutation by its fraction, with or without a known driver; a rounded share";

const GENOVESE: &str =
    "Genovese et al., N Engl J Med 2014;371:2477, as quoted in a summary; doi:10.1056/NEJMoa1409405";

/// The figures, by study and age. The last group of Jaiswal ends at 108.
pub(super) const STUDIES: [Study; 5] = [
    Study {
        name: "Jaiswal 2014",
        band: "70-79",
        ages: (70.0, 80.0),
        counts: Some((219, 2300)),
        share: 0.095,
        note: EXOMES,
        source: JAISWAL,
    },
    Study {
        name: "Jaiswal 2014",
        band: "80-89",
        ages: (80.0, 90.0),
        counts: Some((37, 317)),
        share: 0.117,
        note: EXOMES,
        source: JAISWAL,
    },
    Study {
        name: "Jaiswal 2014",
        band: "90-108",
        ages: (90.0, 109.0),
        counts: Some((19, 103)),
        share: 0.184,
        note: EXOMES,
        source: JAISWAL,
    },
    Study {
        name: "Genovese 2014",
        band: "0-49",
        ages: (0.0, 50.0),
        counts: None,
        share: 0.01,
        note: UNUSUAL,
        source: GENOVESE,
    },
    Study {
        name: "Genovese 2014",
        band: "66+",
        ages: (66.0, f64::INFINITY),
        counts: None,
        share: 0.10,
        note: UNUSUAL,
        source: GENOVESE,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The shares of the abstract follow from its counts.
    #[test]
    fn shares_are_those_of_the_counts() {
        for study in STUDIES {
            if let Some((with, of)) = study.counts {
                let share = f64::from(with) / f64::from(of);
                assert!((share - study.share).abs() < 0.0005, "{study:?}");
            }
        }
    }
}
