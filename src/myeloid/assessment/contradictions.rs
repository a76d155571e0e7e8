//! Where given values and calls, or two given values, do not agree: said, not smoothed over.

use super::SequencedSample;
use super::genes::{self, GeneBasis};
use crate::genome::Sex;
use crate::myeloid::findings::Findings;
use crate::myeloid::mutations::{gene_like, gene_symbol};
use crate::myeloid::stated::VAF_DIFFERENCE;
use crate::panel::Text;
use crate::patient::Tp53Count;
use crate::patient::{ALL_GENES, Clinical};

/// What rounding of three counts may add up to, 10^9/L.
const ROUNDED_COUNT: f64 = 0.1;

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
    found.extend(between_given(clinical, findings));
    found.extend(of_coverage(sample, clinical));
    found
}

/// Where two given values do not agree, for which no calls are needed.
pub(in crate::myeloid) fn between_given(clinical: &Clinical, findings: &Findings) -> Vec<Text> {
    let mut found = Vec::new();
    of_karyotype(clinical, findings, &mut found);
    found.extend(of_sex(clinical, findings));
    found.extend(of_white_cells(findings));
    found.extend(of_loss(clinical, findings));
    found
}

/// Neutrophils and monocytes are white cells: more of them than of all is a wrong unit or value, on which CMML and the place beside the
/// road may hang.
fn of_white_cells(findings: &Findings) -> Option<Text> {
    let white = findings.white_cells?;
    let (neutrophils, monocytes) = (findings.neutrophils, findings.monocytes);
    let parts = neutrophils.unwrap_or(0.0) + monocytes.unwrap_or(0.0);
    (parts > white + ROUNDED_COUNT).then(|| {
        let list = |of_neutrophils: &str, of_monocytes: &str, and: &str| {
            let named = [(neutrophils, of_neutrophils), (monocytes, of_monocytes)];
            let given = named.iter().filter_map(|(value, name)| Some(format!("{name} {}", (*value)?)));
            given.collect::<Vec<_>>().join(and)
        };
        Text::new(
            format!(
                "white cells are given as {white} x 10^9/L, but {}, which are white cells: a unit or a value is wrong; all were used as given",
                list("neutrophils as", "monocytes as", ", ")
            ),
            format!(
                "白血球{white}×10^9/Lに対し、{}と入力され、白血球数を超えている：単位または値の誤り。入力値をそのまま使用した",
                list("好中球", "単球", "、")
            ),
        )
    })
}

/// The sex chromosomes of the karyotype against the sex.
fn of_sex(clinical: &Clinical, findings: &Findings) -> Option<Text> {
    let sex = findings.sex?;
    let karyotype = clinical.karyotype.as_ref()?.karyotype();
    let (en, ja) = match sex {
        Sex::Female => (
            "female, but the karyotype has a Y",
            "女性と入力されたが、核型にY染色体がある",
        ),
        Sex::Male => (
            "male, but the karyotype has two X and no Y",
            "男性と入力されたが、核型はX2本でY染色体がない",
        ),
    };
    karyotype.contradicts(sex).then(|| {
        Text::new(
            format!("the sex is given as {en}: another person's sample, cells of a donor (behind // in the karyotype), or a slip; the given sex was used"),
            format!("性別は{ja}：検体の取り違え、ドナー細胞（核型では//の後に記す）、または誤記の可能性。入力された性別を使用した"),
        )
    })
}

/// A name in `covered_genes` that is no gene, neither here nor on the panel, covers nothing: the statement was meant for another.
fn of_coverage(sample: &SequencedSample<'_>, clinical: &Clinical) -> Option<Text> {
    let unknown: Vec<&str> = clinical
        .covered_genes
        .iter()
        .map(String::as_str)
        .filter(|g| {
            !g.eq_ignore_ascii_case(ALL_GENES)
                && gene_symbol(g).is_none()
                && sample.genes.iter().all(|r| r.gene != *g)
        })
        .collect();
    if unknown.is_empty() {
        return None;
    }
    let named = |join: &str, meant: &dyn Fn(&str) -> String| {
        let names = unknown.iter().map(|name| match gene_like(name) {
            Some(near) => format!("{name}{}", meant(near)),
            None => (*name).to_owned(),
        });
        names.collect::<Vec<_>>().join(join)
    };
    Some(Text::new(
        format!(
            "covered_genes names what is no gene known here and not on the panel: {}; no coverage was taken from it",
            named(", ", &|near| format!(" (did you mean {near}?)"))
        ),
        format!(
            "カバー済みとして入力された遺伝子に不明な名称がある：{}。カバー済みとしては扱っていない",
            named("、", &|near| format!("（{near}の誤りか）"))
        ),
    ))
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
                "{gene}は変異なしと入力されたが、ドライバー変異（{calls}）が検出されている。入力値を使用した"
            ),
        )),
        // A tandem duplication found by another method is what a caller of short variants misses.
        (true, _) if gene == "FLT3" && clinical.flt3_itd == Some(true) => None,
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
    let called = Tp53Count::from_count(found);
    let complete = !genes::is_open(sample, clinical, "TP53");
    (called > given || (called < given && complete)).then(|| {
        Text::new(
            format!(
                "TP53mut is given as {}, but {found} drivers were called in TP53; the given value was used",
                given.text()
            ),
            format!(
                "TP53変異数は{}と入力されたが、TP53のドライバー変異は{found}個検出されている。入力値を使用した",
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
            format!("TP53の最大VAFは{given}と入力されたが、検出された最大VAFは{called:.4}。入力値を使用した"),
        )
    })
}

fn of_karyotype(clinical: &Clinical, findings: &Findings, found: &mut Vec<Text>) {
    let Some(karyotype) = &findings.karyotype else {
        return;
    };
    for (column, ja, given, read) in [
        ("del5q", "5q欠失", clinical.del5q, karyotype.known(|f| f.del5q)),
        (
            "del7_7q",
            "7番モノソミー・7q欠失",
            clinical.del7_7q,
            karyotype.known(|f| f.del7_7q),
        ),
        (
            "del17_17p",
            "17p欠失",
            clinical.del17_17p,
            karyotype.known(|f| f.del17_17p),
        ),
        (
            "complex",
            "複雑核型",
            clinical.complex,
            karyotype.known(|f| f.complex),
        ),
    ] {
        if let (Some(given), Some(read)) = (given, read)
            && given != read
        {
            let digit = |value| u8::from(value);
            let given = digit(given);
            let read = digit(read);
            found.push(Text::new(
                format!("{column} is given as {given}, the karyotype says {read}; IPSS-M used the given value, the classifications the karyotype"),
                format!("{ja}は{given}と入力されたが、核型からは{read}。IPSS-Mには入力値を、分類には核型を使用した"),
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
            format!("IPSS-Rの染色体リスク群は{given}と入力されたが、核型からは{read}。入力値を使用した"),
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
            "TP53のヘテロ接合性消失は0と入力されたが、核型に17p欠失がある。欠失ありとして扱った",
        ));
    }
    (clinical.del17_17p == Some(true)).then(|| {
        Text::new(
            "TP53loh is given as 0, but del17_17p as 1; the loss counts",
            "TP53のヘテロ接合性消失は0、17p欠失は1と入力された。欠失ありとして扱った",
        )
    })
}
