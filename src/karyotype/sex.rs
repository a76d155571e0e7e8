//! Whether the sex chromosomes of a karyotype fit the sex that is given.

use super::model::{AbnormalityBody, Karyotype};
use crate::genome::Sex;

impl Karyotype {
    /// Whether the patient's own cells have a Y where the sex is female, or two X and no Y where it is male: another person's sample,
    /// cells of a donor, or a slip.
    pub fn contradicts(&self, sex: Sex) -> bool {
        let names_y = |body: &AbnormalityBody| match body {
            AbnormalityBody::Chromosome(c) => c == "Y",
            AbnormalityBody::Heteromorphism(text) => text.starts_with('Y'),
            AbnormalityBody::Structure { segments, .. } => {
                segments.iter().any(|s| s.chromosomes.iter().any(|c| c == "Y"))
            }
        };
        let has_y = self
            .clones
            .iter()
            .any(|c| c.sex.contains('Y') || c.abnormalities.iter().any(|a| names_y(&a.body)));
        match sex {
            Sex::Female => has_y,
            Sex::Male => !has_y && self.clones.iter().any(|c| c.sex.contains("XX")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sex_chromosomes_fit_the_sex_or_do_not() {
        for (text, female, male) in [
            ("46,XX[20]", false, true),
            ("46,XY[20]", true, false),
            ("45,X[20]", false, false),
            ("45,X,-Y[20]", true, false),
            ("45,X,-X[20]", false, false),
            ("47,XXY[20]", true, false),
            ("47,XXX[20]", false, true),
            ("46,X,t(Y;1)(q12;q21)[20]", true, false),
            ("46,XY,Yqh-[20]", true, false),
            ("46,XX[5]/46,XY[15]", true, false),
            ("46,XX[5]//46,XY[15]", false, true),
            ("-Y", true, false),
            ("del(5q)", false, false),
            ("normal", false, false),
        ] {
            let karyotype = Karyotype::parse(text).unwrap();
            let actual = (
                karyotype.contradicts(Sex::Female),
                karyotype.contradicts(Sex::Male),
            );
            assert_eq!(actual, (female, male), "{text}");
        }
    }
}
