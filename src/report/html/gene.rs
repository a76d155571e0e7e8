use super::context::Context;
use super::format::percent;
use super::protein::ProteinView;
use super::sources::Cite;
use crate::drivers::Call;
use crate::drivers::GeneResult;
use crate::drivers::GeneState;
use crate::panel::RiskFact;
use crate::report::names;
use crate::report::words::{Bilingual, Label};

/// A row of the table of genes.
pub(super) struct GeneView {
    pub gene: String,
    pub transcript: String,
    pub class: Bilingual,
    pub ipssm: Bilingual,
    pub chrs_high_risk: bool,
    pub state: Bilingual,
    /// Name of the style class.
    pub state_class: &'static str,
    pub calls: String,
    pub largest_vaf: String,
    pub coverage: String,
    /// The laboratory states the coverage; the file does not show it.
    pub coverage_stated: bool,
    pub min_depth: String,
    pub limit: String,
    pub limit_95: String,
    /// Where the limit stands on the scale of the picture, and where the threshold does.
    pub limit_at: Option<(String, String)>,
    /// Whether a clone at the threshold would have been seen.
    pub reaches: bool,
}

impl GeneView {
    pub(super) fn new(context: &Context<'_>, gene: &GeneResult) -> Self {
        // Without any assessed base the file shows no depth at all: a dash says more than a zero.
        let covered = gene.assessed_bases > 0;
        Self {
            gene: gene.gene.clone(),
            transcript: gene.transcript.clone(),
            class: context.label(&gene.class),
            ipssm: context.label(&gene.ipssm),
            chrs_high_risk: gene.chrs_high_risk,
            state: context.label(&gene.state),
            state_class: names::gene_state(gene.state),
            calls: format!(
                "{} / {} / {}",
                gene.drivers, gene.drivers_to_review, gene.other_calls
            ),
            largest_vaf: gene.largest_vaf.map(percent).unwrap_or_default(),
            coverage: if covered {
                format!("{} / {}", gene.assessed_bases, gene.target_bases)
            } else {
                format!("– / {}", gene.target_bases)
            },
            coverage_stated: gene.coverage_stated,
            min_depth: gene.min_depth.map(|d| d.to_string()).unwrap_or_default(),
            limit: gene.detection_limit.map(percent).unwrap_or_default(),
            limit_95: gene.detection_limit_95.map(percent).unwrap_or_default(),
            limit_at: gene.detection_limit.map(|limit| {
                let threshold = context.result.settings.thresholds.min_vaf;
                (on_scale(limit), on_scale(threshold))
            }),
            reaches: gene
                .detection_limit
                .is_some_and(|limit| limit <= context.result.settings.thresholds.min_vaf),
        }
    }
}

/// Ends of the scale of detection limits, 0.1 % to 20 %: beyond them a point stands at the end.
const LIMITS: (f64, f64) = (0.001, 0.2);

/// Returns the place of a limit on the logarithmic scale, per cent of its width, with room for the point at each end.
fn on_scale(vaf: f64) -> String {
    let along = (vaf.clamp(LIMITS.0, LIMITS.1) / LIMITS.0).ln() / (LIMITS.1 / LIMITS.0).ln();
    format!("{:.1}%", 5.0 + 90.0 * along)
}

/// What the mutation of one gene means.
pub(super) struct RiskView {
    pub gene: String,
    pub class: Bilingual,
    pub changes: String,
    /// Its drivers on its protein.
    pub protein: Option<ProteinView>,
    pub facts: Vec<FactView>,
}

pub(super) struct FactView {
    pub kind: Bilingual,
    pub text: Bilingual,
    pub cite: Cite,
}

/// Returns the cited facts of every mutated gene.
pub(super) fn risks(context: &Context<'_>) -> Vec<RiskView> {
    let drivers = context.result.ch.drivers + context.result.ch.drivers_to_review;
    let alone = drivers == 1;
    let mutated = context
        .result
        .genes
        .iter()
        .filter(|gene| gene.state == GeneState::Mutated);
    mutated
        .map(|gene| {
            let calls: Vec<_> = context
                .result
                .calls
                .iter()
                .filter(|call| call.consequence.gene == gene.gene)
                .filter(|call| call.status.is_driver_or_review())
                .collect();
            let changes: Vec<_> = calls
                .iter()
                .filter_map(|call| call.consequence.hgvs_p_short.as_deref())
                .collect();
            RiskView {
                gene: gene.gene.clone(),
                class: context.label(&gene.class),
                changes: changes.join(", "),
                protein: gene
                    .protein
                    .as_ref()
                    .and_then(|map| ProteinView::new(context, map, &calls)),
                facts: gene
                    .facts
                    .iter()
                    .filter(|fact| applies(fact, &calls) && (alone || !is_of_one_alone(fact)))
                    .map(|fact| FactView {
                        kind: context.languages.say(fact.kind.label()),
                        text: context.languages.panel_text(&fact.text),
                        cite: context.cite(&fact.source),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Whether a fact speaks of a mutation that is the only driver of a person; panels say so in these words.
fn is_of_one_alone(fact: &RiskFact) -> bool {
    let text = &fact.text.en;
    text.starts_with("A single ") || text.contains("isolated ") || text.contains("without any other driver")
}

/// Returns whether a fact speaks of one of the calls: of the whole gene, or of residues that one of them touches.
fn applies(fact: &RiskFact, calls: &[&Call]) -> bool {
    fact.residues.is_none_or(|(first, last)| {
        calls
            .iter()
            .filter_map(|call| call.consequence.protein_change.as_ref())
            .any(|change| change.start <= last && change.end >= first)
    })
}
