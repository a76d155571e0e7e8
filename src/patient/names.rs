//! Names of columns as people write them.

use crate::tables;

/// Returns what of a name or a unit is compared: letters and digits alone, so that `Calcium [mg/dL]`, `calcium_mg_dl` and
/// `CALCIUM MG/DL` are one; Greek letters and raised digits as what they are written for.
pub(crate) fn key(name: &str) -> String {
    if name.is_ascii() {
        return tables::key(name);
    }
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'κ' | 'Κ' => plain.push_str("kappa"),
            'λ' | 'Λ' => plain.push_str("lambda"),
            'β' | 'Β' => plain.push_str("beta"),
            '²' => plain.push('2'),
            '³' => plain.push('3'),
            '⁴' => plain.push('4'),
            '⁹' => plain.push('9'),
            'ℓ' | '㍑' => plain.push('l'),
            other => plain.push(other),
        }
    }
    tables::key(&plain)
}

/// Returns what stands behind a known name and a sign, `mmol_l` of `hb_mmol_l`; `None` where the name goes on with a letter.
pub(crate) fn behind(name: &str, base: &str) -> Option<String> {
    let words = snake(name);
    let rest = words.strip_prefix(&snake(base))?.strip_prefix('_')?;
    Some(rest.to_owned())
}

/// Reduces a name to lower snake case: `Calcium [mg/dL]` becomes `calcium_mg_dl`.
fn snake(text: &str) -> String {
    let mut out = String::new();
    for c in tables::plain(text).chars() {
        match c {
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if !out.is_empty() && !out.ends_with('_') => out.push('_'),
            _ => {}
        }
    }
    out.truncate(out.trim_end_matches('_').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_people_become_the_names_of_columns() {
        for (header, name) in [
            ("Calcium [mg/dL]", "calcium_mg_dl"),
            ("creatinine (µmol/L)", "creatinine_umol_l"),
            ("creatinine (μmol/L)", "creatinine_umol_l"),
            ("eGFR (mL/min/1.73m²)", "egfr_ml_min_1_73m2"),
            ("Urine M protein (g/24 h)", "urine_m_protein_g_24_h"),
            ("plasma cells %", "plasma_cells_percent"),
            ("plasma_cells%", "plasma_cells_percent"),
            ("κ FLC mg/L", "kappa_flc_mg_l"),
            (" _Hb_ ", "hb"),
            ("PLT (10³/µL)", "plt_10^3_ul"),
            ("ＨＢ", "hb"),
        ] {
            assert_eq!(key(header), key(name), "{header}");
        }
        assert_eq!(behind("hb_mmol_l", "hb").as_deref(), Some("mmol_l"));
        assert_eq!(
            behind("Platelet Count [G/L]", "platelet_count").as_deref(),
            Some("g_l")
        );
        assert_eq!(behind("hb1", "hb"), None);
        assert_eq!(behind("hb", "hb"), None);
    }
}
