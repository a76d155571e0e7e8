//! Where given values and calls, or two given values, do not agree: said, not smoothed over.

use super::SequencedSample;
use super::genes::{self, GeneBasis};
use crate::myeloid::clinical::Clinical;
use crate::myeloid::findings::Findings;
use crate::myeloid::ipss_m::Tp53Mutations;
use crate::panel::Text;

/// Difference between a stated and a called VAF that rounding does not explain.
const VAF_DIFFERENCE: f64 = 0.02;

pub(super) fn contradictions(
    sample: &SequencedSample<'_>,
    clinical: &Clinical,
    findings: &Findings,
) -> Vec<Text> {
    let mut found = Vec::new();
    for (gene, mutated) in &clinical.genes {
        found.extend(of_gene(sample, clinical, gene, *mutated));
    }
    found.extend(of_tp53_count(sample, clinical));
    found.extend(of_tp53_vaf(sample, clinical));
    of_karyotype(clinical, findings, &mut found);
    found.extend(of_loss(clinical, findings));
    found
}

fn of_gene(sample: &SequencedSample<'_>, clinical: &Clinical, gene: &str, mutated: bool) -> Option<Text> {
    let calls: Vec<String> = genes::drivers_of(sample.calls, gene)
        .map(|c| {
            c.consequence
                .hgvs_p_short
                .clone()
                .unwrap_or_else(|| c.variant.to_string())
        })
        .collect();
    let calls = calls.join(", ");
    match (mutated, genes::state(sample, clinical, gene).basis) {
        (false, GeneBasis::Call) => Some(Text::new(
            format!(
                "{gene} is given as not mutated, but the calls hold a driver ({calls}); the given value was used"
            ),
            format!(
                "{gene}は変異なしと入力されたが、ドライバー変異({calls})が検出されている。入力値を使用した"
            ),
        )),
        (true, GeneBasis::Covered | GeneBasis::StatedCovered) => Some(Text::new(
            format!(
                "{gene} is given as mutated, but the gene was covered and no driver was called; the given value was used"
            ),
            format!(
                "{gene}は変異ありと入力されたが、カバーされた領域にドライバー変異は検出されていない。入力値を使用した"
            ),
        )),
        _ => None,
    }
}

fn of_tp53_count(sample: &SequencedSample<'_>, clinical: &Clinical) -> Option<Text> {
    let given = clinical.tp53_mutations?;
    let found = genes::drivers_of(sample.calls, "TP53").count();
    let called = Tp53Mutations::from_count(found);
    let complete = !genes::is_open(sample, clinical, "TP53");
    (called > given || (called < given && complete)).then(|| {
        Text::new(
            format!(
                "TP53mut is given as {}, but {found} drivers were called in TP53; the given value was used",
                given.text()
            ),
            format!(
                "TP53mutは{}と入力されたが、TP53のドライバー変異は{found}個検出されている。入力値を使用した",
                given.text()
            ),
        )
    })
}

fn of_tp53_vaf(sample: &SequencedSample<'_>, clinical: &Clinical) -> Option<Text> {
    let given = clinical.tp53_max_vaf?;
    let called = genes::drivers_of(sample.calls, "TP53")
        .filter_map(|c| c.evidence.vaf)
        .max_by(f64::total_cmp)?;
    ((called - given).abs() > VAF_DIFFERENCE).then(|| {
        Text::new(
            format!("TP53maxvaf is given as {given}, the largest called VAF is {called:.4}; the given value was used"),
            format!("TP53maxvafは{given}と入力されたが、検出された最大VAFは{called:.4}。入力値を使用した"),
        )
    })
}

fn of_karyotype(clinical: &Clinical, findings: &Findings, found: &mut Vec<Text>) {
    let Some(karyotype) = &findings.karyotype else {
        return;
    };
    for (column, given, read) in [
        ("del5q", clinical.del5q, karyotype.known(|f| f.del5q)),
        ("del7_7q", clinical.del7_7q, karyotype.known(|f| f.del7_7q)),
        ("del17_17p", clinical.del17_17p, karyotype.known(|f| f.del17_17p)),
        ("complex", clinical.complex, karyotype.known(|f| f.complex)),
    ] {
        if let (Some(given), Some(read)) = (given, read)
            && given != read
        {
            let digit = |value| u8::from(value);
            let given = digit(given);
            let read = digit(read);
            found.push(Text::new(
                format!("{column} is given as {given}, the karyotype says {read}; IPSS-M used the given value, the classifications the karyotype"),
                format!("{column}は{given}と入力されたが、核型からは{read}。IPSS-Mには入力値を、分類には核型を使用した"),
            ));
        }
    }
    if clinical.fusions.as_ref().is_some_and(Vec::is_empty) && !karyotype.fusions.is_empty() {
        let names = karyotype.fusions.join(", ");
        found.push(Text::new(
            format!("fusions are given as none, but the karyotype shows {names}; the karyotype was used"),
            format!("融合遺伝子は「なし」と入力されたが、核型から{names}が示唆される。核型を使用した"),
        ));
    }
    if let (Some(given), Some(read)) = (clinical.cytogenetics, karyotype.risk)
        && given != read
    {
        let (given, read) = (given.label(), read.label());
        found.push(Text::new(
            format!("CYTO_IPSSR is given as {given}, the karyotype gives {read}; the given value was used"),
            format!("CYTO_IPSSRは{given}と入力されたが、核型からは{read}。入力値を使用した"),
        ));
    }
}

fn of_loss(clinical: &Clinical, findings: &Findings) -> Option<Text> {
    if clinical.tp53_loh != Some(false) {
        return None;
    }
    if findings.karyotype.as_ref().is_some_and(|k| k.flags.del17_17p) {
        return Some(Text::new(
            "TP53loh is given as 0, but the karyotype shows a loss of 17p; the loss counts",
            "TP53lohは0と入力されたが、核型に17p欠失がある。欠失ありとして扱った",
        ));
    }
    (clinical.del17_17p == Some(true)).then(|| {
        Text::new(
            "TP53loh is given as 0, but del17_17p as 1; the loss counts",
            "TP53lohは0、del17_17pは1と入力された。欠失ありとして扱った",
        )
    })
}
