//! Sample results made in code, for the tests of the reports.

use hemoclone::drivers::GeneResult;
use hemoclone::drivers::GeneState;
use hemoclone::drivers::{
    Call, CallStatus, IpssmDecision, IpssmOpinion, IpssmReason, Reason, ReasonCode, RuleMatch,
};
use hemoclone::evidence::FileAllele;
use hemoclone::evidence::PopulationFrequency;
use hemoclone::evidence::{Evidence, StrandCounts};
use hemoclone::genome::Sex;
use hemoclone::genome::{Build, Chromosome, Variant};
use hemoclone::panel::{GeneClass, IpssmRole, RiskFact, RiskKind, RuleSet, RuleSetChoice, Text, Thresholds};
use hemoclone::sample::{
    ChState, ChSummary, CloneSize, HighRiskFlag, InputRecord, PanelRecord, Program, SampleResult, Settings,
    SourceRecord,
};
use hemoclone::transcript::{Consequence, ProteinChange, ProteinChangeKind, Region, SequenceSource, SoTerm};

fn owned(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn text(en: &str, ja: &str) -> Text {
    Text {
        en: en.to_owned(),
        ja: ja.to_owned(),
    }
}

/// What a test call is made of.
pub struct Spec {
    pub gene: &'static str,
    pub transcript: &'static str,
    pub site: (&'static str, u32, &'static str, &'static str),
    pub hgvs: (&'static str, &'static str, &'static str),
    pub term: SoTerm,
    pub counts: (u32, u32),
    pub status: CallStatus,
    pub reasons: &'static [(ReasonCode, &'static str)],
}

/// What IPSS-M would make of a call of this status.
fn opinion(spec: &Spec) -> IpssmOpinion {
    let (decision, because) = match spec.status {
        CallStatus::Driver => (IpssmDecision::Counted, IpssmReason::DriverList),
        CallStatus::DriverReview => (IpssmDecision::InDoubt, IpssmReason::Artifact),
        CallStatus::ReferenceMismatch => (IpssmDecision::InDoubt, IpssmReason::ReferenceMismatch),
        _ => (IpssmDecision::NotCounted, IpssmReason::OnlyRulesCount),
    };
    IpssmOpinion {
        decision,
        because,
        rule: None,
        detail: String::new(),
    }
}

/// Returns a call with strands, filter and rule.
pub fn call(spec: &Spec) -> Call {
    let (chrom, position, reference, alternate) = spec.site;
    let chromosome = Chromosome::parse(chrom).unwrap();
    let (alt, depth) = spec.counts;
    let driver = matches!(spec.status, CallStatus::Driver | CallStatus::DriverReview);
    let mut evidence = Evidence::from_counts(alt, depth, "AD");
    evidence.ref_count = Some(depth - alt);
    evidence.strands = Some(StrandCounts {
        ref_forward: (depth - alt) / 2,
        ref_reverse: (depth - alt).div_ceil(2),
        alt_forward: alt / 2,
        alt_reverse: alt.div_ceil(2),
    });
    let ipssm = Some(opinion(spec));
    Call {
        ipssm,
        inheritance: None,
        variant: Variant::new(Build::Grch38, chromosome, position, reference, alternate)
            .unwrap()
            .into(),
        allelic_ratio: None,
        phase: None,
        file_allele: FileAllele {
            contig: chrom.to_owned(),
            position,
            reference: reference.to_owned(),
            alternate: alternate.to_owned(),
        },
        consequence: Consequence {
            gene: spec.gene.to_owned(),
            transcript: spec.transcript.to_owned(),
            region: Region::Coding,
            exon: Some("23/23".to_owned()),
            intron: None,
            terms: vec![spec.term],
            hgvs_c: owned(spec.hgvs.0),
            hgvs_p: owned(spec.hgvs.1),
            hgvs_p_short: owned(spec.hgvs.2),
            protein_change: Some(ProteinChange {
                start: 882,
                end: 882,
                reference_start: 'R',
                reference_end: 'R',
                kind: ProteinChangeKind::Substitution { to: 'H' },
            }),
            cds_range: None,
            nmd_escape: None,
            source: SequenceSource::Embedded,
            note: None,
            note_coded: Vec::new(),
            event: None,
        },
        common_name: None,
        evidence,
        recount: None,
        normal: None,
        caller_filter: Some("PASS".to_owned()),
        population: None,
        status: spec.status,
        rule: driver.then(|| format!("{}-rule", spec.gene)),
        rules: if driver {
            vec![RuleMatch {
                id: format!("{}-rule", spec.gene),
                sets: vec![RuleSet::Bick, RuleSet::Vlasschaert],
                sources: vec!["vlasschaert2023".to_owned(), "bick2020".to_owned()],
                exclude: false,
                platform_specific: false,
                excluded_as: None,
                vaf_too_low: false,
                note: None,
            }]
        } else {
            vec![]
        },
        rule_sets: if driver {
            vec![RuleSet::Bick, RuleSet::Vlasschaert]
        } else {
            vec![]
        },
        rule_sets_against: if driver { vec![RuleSet::Who] } else { vec![] },
        ipssm_gene: true,
        vaf_threshold: 0.02,
        reasons: spec
            .reasons
            .iter()
            .map(|(code, detail)| Reason::new(*code, *detail))
            .collect(),
    }
}

/// DNMT3A R882H, the commonest driver.
pub fn dnmt3a() -> Call {
    let mut call = call(&Spec {
        gene: "DNMT3A",
        transcript: "NM_022552.5",
        site: ("chr2", 25_234_373, "C", "T"),
        hgvs: ("c.2645G>A", "p.(Arg882His)", "p.R882H"),
        term: SoTerm::Missense,
        counts: (97, 812),
        status: CallStatus::Driver,
        reasons: &[
            (ReasonCode::RuleMatched, "DNMT3A-rule"),
            (ReasonCode::ConsensusOfSets, "vlasschaert;bick"),
        ],
    });
    call.population = Some(PopulationFrequency {
        frequency: 0.000_53,
        field: "INFO/gnomAD_AF".to_owned(),
    });
    call
}

/// The ASXL1 G-run, a driver in doubt.
pub fn asxl1() -> Call {
    call(&Spec {
        gene: "ASXL1",
        transcript: "NM_015338.6",
        site: ("chr20", 32_434_638, "A", "AG"),
        hgvs: ("c.1934dup", "p.(Gly646TrpfsTer12)", "p.G646Wfs*12"),
        term: SoTerm::Frameshift,
        counts: (21, 480),
        status: CallStatus::DriverReview,
        reasons: &[
            (ReasonCode::RuleVafTooLow, "0.043750 < 0.1"),
            (ReasonCode::Homopolymer, "G x 8"),
        ],
    })
}

/// A TP53 variant that looks inherited, without protein change.
pub fn tp53() -> Call {
    let mut call = call(&Spec {
        gene: "TP53",
        transcript: "NM_000546.6",
        site: ("chr17", 7_674_220, "C", "T"),
        hgvs: ("c.743G>A", "", ""),
        term: SoTerm::CodingSequence,
        counts: (201, 398),
        status: CallStatus::GermlineSuspected,
        reasons: &[
            (ReasonCode::GermlineVaf, "0.505025 [0.456098, 0.553861]"),
            (ReasonCode::GermlineGene, ""),
        ],
    });
    call.consequence.note = Some("protein change not determined: give --reference".to_owned());
    call.consequence.note_coded = vec![hemoclone::transcript::ConsequenceNote::ReferenceNeeded];
    call.caller_filter = None;
    call.evidence.strands = None;
    call
}

/// A TET2 truncation of which the file gives a fraction only.
pub fn tet2() -> Call {
    let mut call = call(&Spec {
        gene: "TET2",
        transcript: "NM_001127208.3",
        site: ("chr4", 105_234_000, "CTA", "C"),
        hgvs: ("c.58_59del", "p.(Leu20GlnfsTer28)", "p.L20Qfs*28"),
        term: SoTerm::Frameshift,
        counts: (9, 430),
        status: CallStatus::BelowThreshold,
        reasons: &[
            (ReasonCode::VafBelowThreshold, "0.012 < 0.02"),
            (ReasonCode::NoReadCounts, "AF"),
        ],
    });
    call.evidence = Evidence::from_fraction(0.012, None, "AF (no counts)");
    call
}

fn gene(symbol: &str, transcript: &str, state: GeneState, covered: bool) -> GeneResult {
    GeneResult {
        gene: symbol.to_owned(),
        transcript: transcript.to_owned(),
        class: GeneClass::DnaMethylation,
        ipssm: IpssmRole::Main,
        chrs_high_risk: false,
        state,
        drivers: 0,
        drivers_to_review: 0,
        other_calls: 0,
        largest_vaf: None,
        target_bases: 2827,
        targeted_bases: None,
        assessed_bases: if covered { 2827 } else { 0 },
        coverage_stated: false,
        min_depth: covered.then_some(212),
        detection_limit: covered.then_some(0.0294),
        detection_limit_95: None,
        facts: vec![],
        protein: None,
    }
}

fn genes() -> Vec<GeneResult> {
    let fact = |kind, text, source: &str, residues| RiskFact {
        kind,
        text,
        source: source.to_owned(),
        residues,
    };
    let mut asxl1 = gene("ASXL1", "NM_015338.6", GeneState::Mutated, false);
    asxl1.drivers_to_review = 1;
    asxl1.largest_vaf = Some(21.0 / 480.0);
    asxl1.class = GeneClass::Chromatin;
    let mut dnmt3a = gene("DNMT3A", "NM_022552.5", GeneState::Mutated, false);
    dnmt3a.drivers = 1;
    dnmt3a.largest_vaf = Some(97.0 / 812.0);
    dnmt3a.facts = vec![
        fact(
            RiskKind::Progression,
            text("Fact on the whole gene.", "遺伝子全体に関する知見。"),
            "weeks2023",
            None,
        ),
        fact(
            RiskKind::Growth,
            text("Fact on R882.", "R882に関する知見。"),
            "weeks2023",
            Some((882, 882)),
        ),
        fact(
            RiskKind::Growth,
            text("Fact on another residue.", "他の残基。"),
            "weeks2023",
            Some((1, 10)),
        ),
    ];
    let mut tet2 = gene("TET2", "NM_001127208.3", GeneState::NoDriver, false);
    tet2.other_calls = 1;
    let mut tp53 = gene("TP53", "NM_000546.6", GeneState::PartlyAssessed, true);
    tp53.assessed_bases = 1200;
    tp53.chrs_high_risk = true;
    tp53.detection_limit = None;
    vec![
        asxl1,
        dnmt3a,
        gene("IDH2", "NM_002168.4", GeneState::NotDetected, true),
        gene("JAK2", "NM_004972.4", GeneState::NotAssessed, false),
        tet2,
        tp53,
    ]
}

fn sources() -> indexmap::IndexMap<String, SourceRecord> {
    [
        (
            "vlasschaert2023",
            "Vlasschaert C, et al. Blood 2023;141:2214",
            "10.1182/blood.2022018825",
        ),
        (
            "bick2020",
            "Bick AG, et al. Nature 2020;586:763",
            "10.1038/s41586-020-2819-2",
        ),
        ("weeks2023", "Weeks LD, et al. NEJM Evid 2023;2(5)", ""),
    ]
    .into_iter()
    .map(|(key, citation, doi)| {
        (
            key.to_owned(),
            SourceRecord {
                citation: citation.to_owned(),
                doi: owned(doi),
            },
        )
    })
    .collect()
}

/// Returns a sample without calls.
pub fn healthy(name: &str) -> SampleResult {
    SampleResult {
        schema_version: "1.0.0".to_owned(),
        identity: Vec::new(),
        program: Program {
            name: "hemoclone".to_owned(),
            version: "0.0.0".to_owned(),
        },
        sample: name.to_owned(),
        sex: None,
        age: None,
        report: hemoclone::patient::ReportIdentity::default(),
        inputs: vec![InputRecord {
            file: "s1.vcf.gz".to_owned(),
            format: "vcf.gz".to_owned(),
            caller: "Mutect2".to_owned(),
            column: Some(name.to_owned()),
            normal_column: None,
            normal_file: None,
            panel_records: 14,
            indexed: true,
            reads: None,
            build_from: "contig lengths".to_owned(),
            build_from_coded: None,
        }],
        build: Build::Grch38,
        panel: PanelRecord {
            name: "myeloid33".to_owned(),
            version: "1.0.0".to_owned(),
            title: text("Myeloid panel, 33 genes", "骨髄系パネル 33遺伝子"),
            checksum: "1c291ca3".to_owned(),
            genes: 6,
        },
        rules: RuleSetChoice::Consensus,
        settings: Settings {
            thresholds: Thresholds {
                min_vaf: 0.02,
                min_vaf_x_linked_male: 0.04,
                min_depth: 20,
                min_alt: 3,
            },
            filters: hemoclone::panel::Filters::default(),
            platform: None,
            population: vec![],
            recurrent: None,
            reference: None,
            targets: None,
            overrides: indexmap::IndexMap::new(),
        },
        ch: ChSummary {
            state: ChState::NoneCalled,
            drivers: 0,
            drivers_to_review: 0,
            genes: vec![],
            largest_vaf: None,
            largest_gene: None,
            largest_to_review: None,
            clone_size: None,
            vaf_at_least_20_percent: None,
            high_risk: vec![],
            genes_assessed: 1,
            genes_not_assessed: 4,
        },
        calls: vec![],
        unresolved: vec![],
        genes: genes()
            .into_iter()
            .map(|g| {
                let covered = g.state == GeneState::NotDetected;
                let state = if covered { g.state } else { GeneState::NotAssessed };
                gene(&g.gene, &g.transcript, state, covered)
            })
            .collect(),
        copies: None,
        myeloid: None,
        plasma_cell: None,
        background: Vec::new(),
        quality: None,
        hotspots: Vec::new(),
        event_limits: Vec::new(),
        pileups: Vec::new(),
        history: None,
        warnings: vec![],
        warnings_coded: vec![],
        sources: sources(),
    }
}

/// Returns a sample with a call of every kind.
pub fn mutated(name: &str) -> SampleResult {
    SampleResult {
        sex: Some(Sex::Male),
        age: Some(71.0),
        ch: ChSummary {
            state: ChState::Present,
            drivers: 1,
            drivers_to_review: 1,
            genes: vec!["DNMT3A".to_owned()],
            largest_vaf: Some(97.0 / 812.0),
            largest_gene: Some("DNMT3A".to_owned()),
            largest_to_review: Some(false),
            clone_size: Some(CloneSize::From10Percent),
            vaf_at_least_20_percent: Some(false),
            high_risk: vec![HighRiskFlag {
                code: "two_or_more_drivers".to_owned(),
                detail: "ASXL1, DNMT3A".to_owned(),
                source: "weeks2023".to_owned(),
            }],
            ..healthy(name).ch
        },
        calls: vec![dnmt3a(), asxl1(), tp53(), tet2()],
        genes: genes(),
        copies: None,
        myeloid: None,
        plasma_cell: None,
        warnings: vec!["INFO/XY is used but not declared in the header".to_owned()],
        ..healthy(name)
    }
}
