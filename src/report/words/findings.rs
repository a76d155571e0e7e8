//! Words for the values of a plasma-cell finding, English and Japanese side by side; those that name models stand with the models.

use crate::patient::LightChain;
use crate::plasma_cell::FindingValues as Values;

/// Says what a finding is about; codes of events as they are known to doctors.
pub(super) fn said(values: &Values) -> (String, String) {
    let both = |en: String, ja: String| (en, ja);
    match values {
        Values::EventsWithCells { events, plasma_cells } => {
            let names: Vec<&str> = events.iter().map(|event| event.letters()).collect();
            both(
                format!("{} with {plasma_cells} % clonal plasma cells", names.join(", ")),
                format!("{}、クローン性形質細胞 {plasma_cells} %", names.join("、")),
            )
        }
        Values::Causes { causes } => {
            let names: Vec<&str> = causes.iter().map(|cause| cause.letter()).collect();
            both(names.join(", "), names.join("、"))
        }
        Values::MProteinWithoutCells { m_protein } => both(
            format!("M protein {m_protein} g/dL with 0 % clonal plasma cells"),
            format!("M蛋白 {m_protein} g/dL、クローン性形質細胞 0 %"),
        ),
        Values::MProtein { m_protein } => both(
            format!("M protein {m_protein} g/dL"),
            format!("M蛋白 {m_protein} g/dL"),
        ),
        Values::PlasmaCells { plasma_cells } => both(
            format!("{plasma_cells} % clonal plasma cells"),
            format!("クローン性形質細胞 {plasma_cells} %"),
        ),
        Values::NoLesion => both(
            "plasmacytoma of bone, lytic lesions 0".to_owned(),
            "骨の形質細胞腫、溶骨性病変 0".to_owned(),
        ),
        Values::Immunoparesis { stated, classes } => both(
            format!(
                "immunoparesis {}, {classes} classes reduced",
                if *stated { "yes" } else { "no" }
            ),
            format!(
                "正常免疫グロブリン低下 {}、低下したクラス数 {classes}",
                if *stated { "あり" } else { "なし" }
            ),
        ),
        Values::Calcium { calcium } => both(
            format!("calcium {calcium} mmol/L"),
            format!("カルシウム {calcium} mmol/L"),
        ),
        Values::OneFocalLesion => both("one focal lesion by MRI".to_owned(), "MRI局在病変 1".to_owned()),
        Values::KappaLambda { .. }
        | Values::Involved { .. }
        | Values::InvolvedChain { .. }
        | Values::LightChains { .. }
        | Values::RatioAtClearance { .. } => light_chains(values),
        Values::Nothing | Values::AsWritten { .. } | Values::Events { .. } | Values::Models { .. } => {
            both(values.to_string(), values.to_string())
        }
    }
}

fn light_chains(values: &Values) -> (String, String) {
    let letter = |chain: LightChain| match chain {
        LightChain::Kappa => "κ",
        LightChain::Lambda => "λ",
    };
    match values {
        Values::KappaLambda {
            from_chains,
            reported,
        } => (
            format!("kappa/lambda {from_chains:.4} from both chains, {reported} reported"),
            format!("κ/λ比 各軽鎖から{from_chains:.4}、報告値{reported}"),
        ),
        Values::Involved {
            from_chains,
            reported,
        } => (
            format!("involved/uninvolved {from_chains} from the chains, {reported} reported"),
            format!("腫瘍側／非腫瘍側比 各軽鎖から{from_chains}、報告値{reported}"),
        ),
        Values::InvolvedChain {
            from_chains,
            reported,
        } => (
            format!("involved chain {from_chains} mg/L from the chains, {reported} mg/L reported"),
            format!("腫瘍側軽鎖 各軽鎖から{from_chains} mg/L、報告値{reported} mg/L"),
        ),
        Values::LightChains { immunofixation, free } => (
            format!(
                "immunofixation {}, free light chains {}",
                letter(*immunofixation),
                letter(*free)
            ),
            format!(
                "免疫固定法 {}、遊離軽鎖 {}",
                letter(*immunofixation),
                letter(*free)
            ),
        ),
        Values::RatioAtClearance { kappa_lambda, egfr } => (
            format!("kappa/lambda {kappa_lambda} at {egfr} mL/min"),
            format!("κ/λ比 {kappa_lambda}、クリアランス {egfr} mL/min"),
        ),
        other => (other.to_string(), other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_values_in_both_languages_without_names_of_columns() {
        for (values, en, ja) in [
            (
                Values::KappaLambda {
                    from_chains: 2.0,
                    reported: 3.5,
                },
                "kappa/lambda 2.0000 from both chains, 3.5 reported",
                "κ/λ比 各軽鎖から2.0000、報告値3.5",
            ),
            (
                Values::LightChains {
                    immunofixation: LightChain::Kappa,
                    free: LightChain::Lambda,
                },
                "immunofixation κ, free light chains λ",
                "免疫固定法 κ、遊離軽鎖 λ",
            ),
            (
                Values::Immunoparesis {
                    stated: true,
                    classes: 0,
                },
                "immunoparesis yes, 0 classes reduced",
                "正常免疫グロブリン低下 あり、低下したクラス数 0",
            ),
            (
                Values::NoLesion,
                "plasmacytoma of bone, lytic lesions 0",
                "骨の形質細胞腫、溶骨性病変 0",
            ),
            (Values::OneFocalLesion, "one focal lesion by MRI", "MRI局在病変 1"),
            (
                Values::MProtein { m_protein: 3.6 },
                "M protein 3.6 g/dL",
                "M蛋白 3.6 g/dL",
            ),
        ] {
            assert_eq!(said(&values), (en.to_owned(), ja.to_owned()));
        }
    }
}
