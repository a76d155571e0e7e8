//! The columns of IPSS-M, derived from calls and coverage, overridden by what is stated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SequencedSample;
use super::genes::{self, GeneBasis, GeneState};
use crate::copies::CopyState;
use crate::drivers::{Call, IpssmDecision, IpssmOpinion, IpssmReason, ReasonCode};
use crate::karyotype::{KaryotypeAssessment, KaryotypeFlags};
use crate::myeloid::findings::Findings;
use crate::myeloid::ipss_m::{IpssmGene, IpssmInput};
use crate::panel::Text;
use crate::patient::Clinical;
use crate::patient::Tp53Count;
use crate::transcript::EventName;

/// A gene column of IPSS-M as it went into the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssmColumn {
    /// The column, `FLT3`, `MLL_PTD`, `TP53mut`.
    pub column: String,
    /// The value as the published table writes it: `0`, `1`, for TP53 also `2 or more`; `None` where it is missing.
    pub value: Option<String>,
    /// What it rests on.
    pub basis: GeneBasis,
    /// The calls on the gene and what the model makes of each: "mutated because", "in doubt because", "not counted because".
    #[serde(default)]
    pub calls: Vec<IpssmColumnCall>,
}

/// A call as a column of IPSS-M takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IpssmColumnCall {
    /// Protein change, else coding change, else the variant.
    pub change: String,
    /// VAF, 0 to 1.
    pub vaf: Option<f64>,
    /// What the model makes of it, and why.
    pub opinion: IpssmOpinion,
    /// Probability that it is inherited, where that could be computed.
    pub inherited_probability: Option<f64>,
    /// Counts, but could be inherited in a gene of predisposition: other tissue should be tested.
    pub test_other_tissue: bool,
}

/// The input of the score with where its gene columns come from.
pub(super) struct Derived {
    pub values: IpssmInput,
    pub columns: Vec<IpssmColumn>,
    pub notes: Vec<Text>,
}

/// Derives the input.
pub(super) fn input(sample: &SequencedSample<'_>, clinical: &Clinical, findings: &Findings) -> Derived {
    let karyotype = findings.karyotype.as_ref();
    let known = |test: fn(&KaryotypeFlags) -> bool| karyotype.and_then(|k| k.known(test));
    let mut values = IpssmInput {
        hemoglobin: clinical.hemoglobin,
        platelets: clinical.platelets,
        marrow_blasts: clinical.marrow_blasts,
        cytogenetics: clinical.cytogenetics.or(karyotype.and_then(|k| k.risk)),
        cytogenetics_range: karyotype.and_then(KaryotypeAssessment::risk_range),
        del5q: clinical.del5q.or(known(|f| f.del5q)),
        del7_7q: clinical.del7_7q.or(known(|f| f.del7_7q)),
        del17_17p: clinical.del17_17p.or(known(|f| f.del17_17p)),
        complex: clinical.complex.or(known(|f| f.complex)),
        tp53_max_vaf: clinical.tp53_max_vaf.or(largest_tp53(sample, findings)),
        tp53_loh: clinical.tp53_loh,
        ..IpssmInput::default()
    };
    let mut notes = Vec::new();
    let (mutations, basis) = tp53(sample, clinical, &values, &mut notes);
    values.tp53_mutations = mutations;
    let mut columns = vec![IpssmColumn {
        column: "TP53mut".to_owned(),
        value: mutations.map(|m| m.text().to_owned()),
        basis,
        calls: column_calls(sample, "TP53"),
    }];
    for gene in IpssmGene::ALL {
        let GeneState { mutated, basis } = state(sample, clinical, gene);
        values.genes[gene] = mutated;
        columns.push(IpssmColumn {
            column: gene.column().to_owned(),
            value: mutated.map(|m| if m { "1" } else { "0" }.to_owned()),
            basis,
            calls: column_calls(sample, gene.column()),
        });
    }
    let ptd = columns.iter().find(|c| c.column == IpssmGene::MllPtd.column());
    notes.extend(ptd.and_then(|column| duplication_note(sample, column.basis)));
    let flt3 = columns.iter().find(|c| c.column == IpssmGene::Flt3.column());
    notes.extend(flt3.and_then(|column| itd_note(sample, column.basis)));
    Derived {
        values,
        columns,
        notes,
    }
}

/// Says what the column of FLT3 means for internal tandem duplications.
fn itd_note(sample: &SequencedSample<'_>, basis: GeneBasis) -> Option<Text> {
    let counted = matches!(basis, GeneBasis::Covered | GeneBasis::StatedCovered);
    if !counted && basis != GeneBasis::NotShownByReads {
        return None;
    }
    let Some(missed) = sample.itd else {
        return Some(Text::new(
            "FLT3 counts as not mutated; a long internal tandem duplication is seen only as far as the caller reports it",
            "FLT3は変異なしとして算入。長いITDはコーラーが報告する範囲でのみ検出される",
        ));
    };
    let classes = missed.usual.iter().chain(&missed.longer);
    let lengths: Vec<String> = classes.map(|(a, b)| format!("{a}–{b}")).collect();
    if lengths.is_empty() {
        return None;
    }
    let (lengths, vaf) = (lengths.join(", "), (missed.vaf * 1e4).round() / 100.0);
    Some(if counted {
        Text::new(
            format!(
                "FLT3 counts as not mutated; internal tandem duplications of {lengths} bp would not surely have been seen in these reads at a VAF of {vaf} %"
            ),
            format!(
                "FLT3は変異なしとして算入。{lengths} bpのITDは、これらのリードではVAF {vaf} %での検出が保証されない"
            ),
        )
    } else {
        Text::new(
            format!(
                "Internal tandem duplications of FLT3 of {lengths} bp, usual lengths among them, would not surely have been seen in these reads at a VAF of {vaf} %: FLT3 is not known to be without a mutation. Give FLT3_ITD or FLT3 (0 or 1) of another test, such as fragment analysis; without it the score stays a range"
            ),
            format!(
                "{lengths} bpのFLT3-ITD（一般的な長さを含む）は、これらのリードではVAF {vaf} %での検出が保証されず、FLT3は変異なしとは判定できない。フラグメント解析など別の検査によるFLT3_ITDまたはFLT3（0または1）の入力がなければ、スコアは範囲での表示となる"
            ),
        )
    })
}

/// Says why the column of the partial tandem duplication of KMT2A is open.
fn duplication_note(sample: &SequencedSample<'_>, basis: GeneBasis) -> Option<Text> {
    match basis {
        GeneBasis::NotLookedFor => Some(Text::new(
            "KMT2A-PTD is seen among variant calls only where a caller of structural variants reports it: none is reported, which is no negative. Give MLL_PTD (0 or 1), without it the score stays uncertain",
            "KMT2A-PTDは構造変異コーラーが報告した場合のみ変異コールに現れる。今回は報告がないが、陰性を意味しない。MLL_PTD（0または1）の入力がなければスコアは不確実となる",
        )),
        GeneBasis::NotSeenByDepth => {
            let limit = sample.ptd().and_then(|ptd| ptd.limit)?;
            Some(Text::new(
                format!(
                    "the depth of its exons shows no KMT2A-PTD down to {:.0} % of the cells, which is no negative below that. Give MLL_PTD (0 or 1), without it the score stays uncertain",
                    limit * 100.0
                ),
                format!(
                    "エクソン深度ではKMT2A-PTDを認めない（検出限界：細胞の{:.0} %）が、それ未満の陰性は意味しない。MLL_PTD（0または1）の入力がなければスコアは不確実となる",
                    limit * 100.0
                ),
            ))
        }
        _ => None,
    }
}

fn state(sample: &SequencedSample<'_>, clinical: &Clinical, gene: IpssmGene) -> GeneState {
    if let Some(mutated) = clinical.genes.get(gene.column()) {
        return GeneState {
            mutated: Some(*mutated),
            basis: GeneBasis::Given,
        };
    }
    if gene == IpssmGene::MllPtd {
        return partial_duplication(sample);
    }
    let found = genes::ipssm_state(sample, clinical, gene.column());
    let is_tested = clinical.flt3_itd.is_some();
    if gene == IpssmGene::Flt3 && found.basis == GeneBasis::Covered && sample.misses_itd() && !is_tested {
        return GeneState {
            mutated: None,
            basis: GeneBasis::NotShownByReads,
        };
    }
    found
}

/// Returns what the calls say of the partial tandem duplication of KMT2A: a file of variants can show it, and never that it is absent; depth
/// can show its absence only down to a limit that is far above that of a mutation.
fn partial_duplication(sample: &SequencedSample<'_>) -> GeneState {
    let has = |decision| genes::ipssm_calls(sample.calls, "KMT2A", decision).any(is_partial_duplication);
    let (mutated, basis) = if has(IpssmDecision::Counted) {
        (Some(true), GeneBasis::Call)
    } else if has(IpssmDecision::InDoubt) {
        (None, GeneBasis::InDoubt)
    } else if sample
        .ptd()
        .is_some_and(|ptd| ptd.state == CopyState::NotDetected)
    {
        (None, GeneBasis::NotSeenByDepth)
    } else {
        (None, GeneBasis::NotLookedFor)
    };
    GeneState { mutated, basis }
}

fn is_partial_duplication(call: &Call) -> bool {
    let event = call.consequence.event.as_ref();
    event.is_some_and(|e| e.name == EventName::Kmt2aPtd)
}

/// Returns the calls on a gene as its column takes them, those that count first.
fn column_calls(sample: &SequencedSample<'_>, gene: &str) -> Vec<IpssmColumnCall> {
    let (symbol, only): (_, fn(&Call) -> bool) = if gene == IpssmGene::MllPtd.column() {
        ("KMT2A", is_partial_duplication)
    } else {
        (gene, |_| true)
    };
    let mut calls: Vec<IpssmColumnCall> = genes::calls_of(sample.calls, symbol)
        .filter(|call| only(call))
        .filter_map(|call| {
            let opinion = call.ipssm.clone()?;
            let flagged = call.reasons.iter().any(|r| r.code == ReasonCode::GermlineGene);
            Some(IpssmColumnCall {
                change: call
                    .consequence
                    .hgvs_p_short
                    .clone()
                    .or_else(|| call.consequence.event.as_ref().map(ToString::to_string))
                    .or_else(|| call.consequence.hgvs_c.clone())
                    .unwrap_or_else(|| call.variant.to_string()),
                vaf: call.evidence.vaf,
                test_other_tissue: opinion.decision == IpssmDecision::Counted
                    && (flagged || opinion.because == IpssmReason::InheritedPredisposition),
                opinion,
                inherited_probability: call.inheritance.map(|i| i.probability),
            })
        })
        .collect();
    calls.sort_by_key(|c| c.opinion.decision);
    calls
}

/// Returns the largest VAF of the TP53 mutations that count.
fn largest_tp53(sample: &SequencedSample<'_>, findings: &Findings) -> Option<f64> {
    let counted = genes::ipssm_calls(sample.calls, "TP53", IpssmDecision::Counted);
    let vafs = counted.filter_map(|c| c.evidence.vaf);
    vafs.max_by(f64::total_cmp).or(findings.largest_vaf("TP53"))
}

/// Returns the number of TP53 mutations; one that may not be the only one is known only where the other allele is lost
/// anyway.
fn tp53(
    sample: &SequencedSample<'_>,
    clinical: &Clinical,
    values: &IpssmInput,
    notes: &mut Vec<Text>,
) -> (Option<Tp53Count>, GeneBasis) {
    if let Some(given) = clinical.tp53_mutations {
        return (Some(given), GeneBasis::Given);
    }
    let state = genes::ipssm_state(sample, clinical, "TP53");
    let found = genes::ipssm_calls(sample.calls, "TP53", IpssmDecision::Counted).count();
    if state.mutated != Some(true) {
        return (state.mutated.map(|_| Tp53Count::None), state.basis);
    }
    let in_doubt = genes::ipssm_calls(sample.calls, "TP53", IpssmDecision::InDoubt)
        .next()
        .is_some();
    let covered = sample.genes.iter().any(|g| g.gene == "TP53" && g.is_assessed())
        || clinical.states_coverage_of("TP53");
    if found == 1 && (in_doubt || !covered) && values.tp53_loss() != Some(true) {
        notes.push(Text::new(
            "One TP53 mutation was found, but TP53 was not covered in full or holds a call in doubt: a second one is not \
             excluded, and the number counts as missing",
            "TP53変異が1個検出されたが、TP53の全域がカバーされていないか要確認の変異があるため、2個目は否定できず、変異数は不明として扱う",
        ));
        let basis = if in_doubt {
            GeneBasis::InDoubt
        } else {
            GeneBasis::NotCovered
        };
        return (None, basis);
    }
    (Some(Tp53Count::from_count(found)), GeneBasis::Call)
}
