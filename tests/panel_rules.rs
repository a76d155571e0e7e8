//! Rules on the variants that trip tools: other numberings, splice sites, in-frame changes, exclusions, the consensus, and
//! what cannot be decided without the protein change.

#![allow(clippy::expect_used, reason = "a test may stop at what cannot be")]

mod panel_support;

use std::sync::LazyLock;

use hemoclone::drivers::consensus::decide;
use hemoclone::drivers::oncogenic::{OpinionInput, look_up, opinion};
use hemoclone::drivers::{Flag, IpssmDecision, IpssmReason, ReasonCode, Weight};
use hemoclone::drivers::{Verdict, VerdictState, match_rules, undetermined_rules};
use hemoclone::evidence::Evidence;
use hemoclone::genome::{Build, Chromosome, Variant};
use hemoclone::myeloid::findings::X_LINKED_GENES;
use hemoclone::panel::{Filters, PANEL_NAMES, Panel, PanelGene, RuleSet, RuleSetChoice};
use hemoclone::transcript::{Consequence, ProteinChange, SoTerm};
use panel_support::{SharedFacts, blank};

static CH: LazyLock<Panel> = LazyLock::new(|| Panel::bundled("ch").expect("bundled"));

fn gene(symbol: &str) -> PanelGene {
    CH.gene(symbol).expect("a gene of the panel").clone()
}

/// A variant of the kind that the coding description says; rules look at nothing else of it.
fn variant(consequence: &Consequence) -> Variant {
    let longer = consequence
        .hgvs_c
        .as_deref()
        .is_some_and(|c| c.contains("ins") || c.contains("dup"));
    let alternate = if longer { "ACCCC" } else { "C" };
    Variant::new(Build::Grch38, Chromosome::X, 100, "A", alternate).expect("a variant")
}

/// A consequence with a protein change as a file would state it.
fn protein(gene: &PanelGene, change: &str) -> Consequence {
    Consequence {
        protein_change: Some(ProteinChange::parse(change).expect("a change")),
        ..blank(&gene.symbol, &gene.transcript)
    }
}

fn judge(
    symbol: &str,
    choice: RuleSetChoice,
    vaf: f64,
    consequence: impl Fn(&PanelGene) -> Consequence,
) -> Verdict {
    let gene = gene(symbol);
    let consequence = consequence(&gene);
    let evidence = Evidence::from_fraction(vaf, Some(100), "AF");
    let variant = variant(&consequence).into();
    let matches = match_rules(&gene, &consequence, &variant, &evidence, None);
    let undetermined = undetermined_rules(&gene, &consequence, &variant);
    decide(choice, &gene, &consequence, matches, &undetermined)
}

fn consensus(symbol: &str, change: &str) -> VerdictState {
    judge(symbol, RuleSetChoice::Consensus, 0.2, |g| protein(g, change)).state
}

fn sets(symbol: &str, change: &str) -> Vec<RuleSet> {
    judge(symbol, RuleSetChoice::Consensus, 0.2, |g| protein(g, change)).sets_for
}

use RuleSet::{Bick, Ipssm, Niroula, Vlasschaert, Who};
use VerdictState::{Driver, NotDriver, Review, Unknown};

#[test]
fn other_numberings_are_brought_to_the_panel_transcript() {
    for (symbol, here, elsewhere) in [
        ("RUNX1", "R162G", "R135G"),
        ("RUNX1", "D198N", "D171N"),
        ("EZH2", "Y646N", "Y641N"),
        ("EZH2", "R690H", "R685H"),
        ("EZH2", "R288Q", "R283Q"),
        ("ETNK1", "N155S", "N244S"),
        ("GNAS", "R201H", "R844H"),
    ] {
        assert_eq!(consensus(symbol, here), Driver, "{symbol} {here}");
        let lists: Vec<RuleSet> = sets(symbol, elsewhere)
            .into_iter()
            .filter(|s| *s != Niroula)
            .collect();
        assert_eq!(lists, [], "{symbol} {elsewhere}");
    }
    assert_eq!(sets("MYD88", "L252P"), [Niroula]);
    assert_eq!(sets("MYD88", "L265P"), []);
}

#[test]
fn common_names_follow_the_aliases() {
    for (symbol, residue, number) in [("MYD88", 252, 265), ("ETNK1", 155, 244), ("EZH2", 646, 641)] {
        let actual = gene(symbol)
            .aliases
            .iter()
            .find(|a| a.common && a.first <= residue && residue <= a.last)
            .map(|a| i64::from(residue) + i64::from(a.offset));
        assert_eq!(actual, Some(number), "{symbol}");
    }
}

#[test]
fn the_reference_residue_must_fit() {
    assert_eq!(consensus("DNMT3A", "R882H"), Driver);
    assert_eq!(sets("JAK2", "V617F"), [Bick, Vlasschaert, Niroula]);
    assert_eq!(sets("JAK2", "A617F"), []);
}

#[test]
fn errors_of_the_published_lists_do_not_match() {
    for (symbol, change) in [
        ("DNMT3A", "P742P"),
        ("TP53", "A138A"),
        ("NRAS", "Q61Q"),
        ("PTPN11", "G503G"),
    ] {
        assert_eq!(sets(symbol, change), [], "{symbol} {change}");
    }
}

#[test]
fn asxl1_truncations_count_in_the_last_two_exons_only() {
    let stop = |exon: &'static str, change: &'static str| {
        move |g: &PanelGene| Consequence {
            exon: Some(exon.into()),
            terms: vec![SoTerm::StopGained],
            ..protein(g, change)
        }
    };
    let state = |exon, change| judge("ASXL1", RuleSetChoice::Consensus, 0.2, stop(exon, change)).state;
    assert_eq!(state("13/13", "R693*"), Driver);
    assert_eq!(state("12/13", "R404*"), Driver);
    assert_eq!(state("11/13", "R330*"), NotDriver);
}

#[test]
fn asxl1_homopolymer_changes_follow_vlasschaert() {
    let fs = |change: &'static str| {
        move |g: &PanelGene| Consequence {
            exon: Some("13/13".into()),
            terms: vec![SoTerm::Frameshift],
            ..protein(g, change)
        }
    };
    let at = |vaf, change, choice| judge("ASXL1", choice, vaf, fs(change)).state;
    let (all, v) = (RuleSetChoice::Consensus, RuleSetChoice::Vlasschaert);
    assert_eq!(at(0.10, "G646Wfs*12", v), Driver);
    assert_eq!(at(0.0999, "G646Wfs*12", v), NotDriver);
    assert_eq!(at(0.0999, "G646Wfs*12", all), Review);
    assert_eq!(at(0.10, "G646Wfs*12", all), Driver);
    assert_eq!(at(0.40, "G645Vfs*58", v), NotDriver);
    assert_eq!(at(0.40, "G645Vfs*58", all), Review);
    assert_eq!(at(0.05, "G646Wfs*12", RuleSetChoice::Bick), Driver);
}

#[test]
fn a_splice_site_belongs_to_the_exon_it_abuts() {
    let site = |intron: &'static str, term, hgvs: &'static str| {
        move |g: &PanelGene| Consequence {
            region: hemoclone::transcript::Region::SpliceSite,
            intron: Some(intron.into()),
            terms: vec![term],
            hgvs_c: Some(hgvs.into()),
            ..blank(&g.symbol, &g.transcript)
        }
    };
    let at = |symbol, intron, term, hgvs| {
        judge(symbol, RuleSetChoice::Consensus, 0.2, site(intron, term, hgvs)).state
    };
    let (donor, acceptor) = (SoTerm::SpliceDonor, SoTerm::SpliceAcceptor);
    assert_eq!(at("ASXL1", "12/12", donor, "c.1719+1G>A"), Driver);
    assert_eq!(at("ASXL1", "12/12", acceptor, "c.1720-1G>A"), Driver);
    assert_eq!(at("ASXL1", "11/12", acceptor, "c.1086-2A>G"), Driver);
    assert_eq!(at("ASXL1", "11/12", donor, "c.1085+1G>A"), NotDriver);
    // Between untranslated exons nothing of the protein is lost.
    assert_eq!(at("TET2", "1/10", donor, "c.-47+1G>A"), NotDriver);
    assert_eq!(at("TET2", "3/10", donor, "c.3409+1G>A"), Driver);
    // Bick and Vlasschaert leave the splice sites of NF1 out.
    assert_eq!(at("NF1", "3/57", donor, "c.288+1G>A"), Driver);
    assert_eq!(at("ZRSR2", "3/10", donor, "c.203+1G>A"), Review);
}

#[test]
fn in_frame_changes_match_where_they_touch() {
    assert_eq!(sets("JAK2", "H538_K539delinsL"), [Bick, Vlasschaert, Niroula]);
    assert_eq!(sets("SRSF2", "P95_R102del"), [Niroula, Who]);
    assert_eq!(sets("KIT", "A502_Y503dup"), [Bick, Vlasschaert]);
    assert_eq!(sets("KIT", "A502_Y503insSA"), [Bick, Vlasschaert]);
    assert_eq!(sets("TET2", "H1881del"), [Vlasschaert, Niroula]);
    assert_eq!(sets("TET2", "Q1500del"), []);
    assert_eq!(sets("DNMT3A", "F752del"), [Bick, Vlasschaert, Niroula]);
}

#[test]
fn flt3_duplications_and_kinase_domain_are_drivers() {
    assert_eq!(sets("FLT3", "D600_L601insFREYEYD"), [Niroula, Ipssm]);
    for change in [
        "Y597_E611dup",
        "D600_L601insFREYEYD",
        "E598_Y599delinsDVDFREYE",
        "D835V",
        "I836M",
    ] {
        assert_eq!(consensus("FLT3", change), Driver, "{change}");
    }
    assert_eq!(consensus("FLT3", "D835Y"), Driver);
    assert_eq!(consensus("FLT3", "N676K"), Review);
    assert_eq!(consensus("FLT3", "T227M"), NotDriver);
}

#[test]
fn npm1_insertions_match_by_protein_or_by_coding_position() {
    assert_eq!(sets("NPM1", "W288Cfs*12"), [Bick, Vlasschaert, Niroula]);
    for hgvs in ["c.860_863dup", "c.863_864insCATG", "c.859_860insTCTG"] {
        let actual = judge("NPM1", RuleSetChoice::Consensus, 0.3, |g| Consequence {
            terms: vec![SoTerm::Frameshift],
            hgvs_c: Some(hgvs.into()),
            exon: Some("11/11".into()),
            cds_range: Some((860, 863)),
            ..blank(&g.symbol, &g.transcript)
        });
        assert_eq!(actual.state, Driver, "{hgvs}");
        assert_eq!(actual.sets_for, [Bick, Vlasschaert, Ipssm], "{hgvs}");
    }
}

#[test]
fn two_substitutions_on_one_molecule_count_each() {
    assert_eq!(consensus("JAK2", "V617_C618delinsFR"), Driver);
    assert_eq!(consensus("IDH2", "R140_S141delinsQT"), Driver);
}

#[test]
fn consensus_counts_the_voices() {
    for (symbol, change, expected) in [
        ("TET2", "H1881R", Driver),   // all
        ("SF3B1", "K700E", Driver),   // all
        ("SF3B1", "R549H", Review),   // WHO alone
        ("TP53", "R175H", Driver),    // all, although an artifact on one platform
        ("TP53", "P72R", NotDriver),  // polymorphism
        ("TP53", "N235S", NotDriver), // a rarer one, in the ranges of Niroula and WHO
        ("TP53", "N239S", Driver),    // its neighbor
        ("IDH1", "R132S", Driver),    // Niroula and our statement
        ("IDH1", "V178I", NotDriver), // common as an inherited variant
        ("KRAS", "G12C", Driver),     // Niroula and our statement
        ("PTEN", "R130G", Review),    // removed by Vlasschaert
        ("KMT2A", "R100*", Review),   // removed by Vlasschaert, Bick alone
        ("DNMT3A", "G298R", Review),  // Niroula and WHO, excluded by Vlasschaert
        ("RUNX1", "R250C", Review),   // Niroula and Bick, excluded by Vlasschaert
        ("CEBPA", "K313dup", Review), // our statement alone
        ("MYD88", "L252P", Review),   // Niroula alone
    ] {
        let expect = if change == "R100*" { "p.Arg100Ter" } else { change };
        let actual = consensus(symbol, expect);
        assert_eq!(actual, expected, "{symbol} {change}");
    }
}

#[test]
fn platform_artifacts_only_mark() {
    let actual = judge("U2AF1", RuleSetChoice::Vlasschaert, 0.2, |g| protein(g, "R156H"));
    assert_eq!(actual.state, Driver);
    let codes: Vec<&str> = actual.reasons.iter().map(|r| r.code.name()).collect();
    assert_eq!(codes, ["rule_matched", "platform_artifact"]);
}

#[test]
fn a_set_may_be_chosen_alone() {
    let who = |symbol, change| judge(symbol, RuleSetChoice::Who, 0.2, |g| protein(g, change));
    assert_eq!(who("SF3B1", "R549H").state, Driver);
    assert_eq!(who("JAK2", "V617F").state, NotDriver);
    assert_eq!(who("JAK2", "V617F").sets_for, [Bick, Vlasschaert, Niroula]);
    assert_eq!(who("SF3B1", "R549H").sets_against, [Bick, Vlasschaert, Niroula]);
}

#[test]
fn no_small_variant_of_kmt2a_speaks_for_ipssm() {
    let is_event = |r: &hemoclone::panel::Rule| matches!(r.kind, hemoclone::panel::RuleKind::Events { .. });
    let kmt2a = gene("KMT2A");
    let mut small = kmt2a.rules.iter().filter(|r| !is_event(r));
    assert!(small.all(|r| r.sets == [Bick]));
    assert_eq!(kmt2a.rules.iter().filter(|r| is_event(r)).count(), 1);
}

#[test]
fn without_the_protein_change_nothing_is_negative() {
    let coding = |range: (u32, u32)| {
        move |g: &PanelGene| Consequence {
            terms: vec![SoTerm::CodingSequence],
            cds_range: Some(range),
            ..blank(&g.symbol, &g.transcript)
        }
    };
    let at = |symbol, base| judge(symbol, RuleSetChoice::Consensus, 0.2, coding((base, base))).state;
    // GNB1 codon 57 might be K57E; codon 200 is in no rule.
    assert_eq!(at("GNB1", 169), Unknown);
    assert_eq!(at("GNB1", 600), NotDriver);
    // Any base of TET2 might be a stop.
    assert_eq!(at("TET2", 30), Unknown);
}

/// Asks IPSS-M about a change at a VAF of 0.45, of 1,000 reads.
fn ipssm(symbol: &str, consequence: &Consequence, germline: &[Flag]) -> (IpssmDecision, IpssmReason) {
    ipssm_at(symbol, consequence, germline, (450, 1000))
}

fn ipssm_at(
    symbol: &str,
    consequence: &Consequence,
    germline: &[Flag],
    (alt, depth): (u32, u32),
) -> (IpssmDecision, IpssmReason) {
    let gene = CH.gene(symbol).expect("a gene of the panel");
    let evidence = Evidence::from_counts(alt, depth, "AD");
    let variant = variant(consequence).into();
    let drivers = match_rules(gene, consequence, &variant, &evidence, None);
    let verdict = look_up(gene, consequence, &variant, &evidence, None, &drivers);
    let said = opinion(&OpinionInput {
        gene,
        consequence,
        verdict: &verdict,
        evidence: &evidence,
        thresholds: &CH.thresholds,
        filters: &Filters::default(),
        germline,
        artifact: &[],
        inheritance: None,
        phase_decides: false,
    });
    let said = said.expect("a gene of IPSS-M");
    (said.decision, said.because)
}

fn changed(symbol: &str, change: &str, term: SoTerm) -> Consequence {
    Consequence {
        terms: vec![term],
        ..protein(&gene(symbol), change)
    }
}

/// Variants of the general population: none of them may become a mutation, whatever its VAF. Seen: TP53 V31I, P47S and R290H (ClinVar,
/// benign), P72R and V217M (UniProt P04637, dbSNP), CBL (UniProt P22681, dbSNP). UniProt names NF1 R765H of uncertain significance, and
/// TP53 G360V and N235S in cancers too. The others are from memory of dbSNP and gnomAD.
const POLYMORPHISMS: &str = "ASXL1:L815P ASXL1:E1102D ASXL1:G652S ASXL1:N986S ASXL1:S1231F ASXL1:R402Q ASXL1:A627G \
    BCORL1:G209S CBL:L620F CBL:P782L CBL:V904I CEBPA:G223S ETNK1:V5I EZH2:D185H FLT3:T227M FLT3:D324N FLT3:V194M FLT3:D7G FLT3:V557I \
    FLT3:D358V GATA2:A164T GATA2:P161A GATA2:P250A GNB1:R200C IDH1:V178I IDH1:Y183C IDH1:V71I NF1:D176E NF1:R765H NPM1:D180E \
    PPM1D:E525K PRPF8:R2000C RUNX1:L56S SETBP1:V231L SETBP1:V1101I SETBP1:P1130T SETBP1:H1100R TP53:P72R TP53:P47S TP53:V31I \
    TP53:D49H TP53:N235S TP53:V217M TP53:R290H TP53:G360V TP53:E11Q KMT2A:A53V";

#[test]
fn common_polymorphisms_are_not_counted_at_any_vaf() {
    for name in POLYMORPHISMS.split_whitespace() {
        let (symbol, change) = name.split_once(':').expect("gene:change");
        let consequence = changed(symbol, change, SoTerm::Missense);
        for counts in [(480, 1000), (200, 1000), (990, 1000), (30, 1000)] {
            let actual = ipssm_at(symbol, &consequence, &[], counts).0;
            assert_eq!(actual, IpssmDecision::NotCounted, "{name} {counts:?}");
        }
    }
    // What is excluded there as inherited is no driver of clonal hematopoiesis either, or one page would say both.
    for name in POLYMORPHISMS.split_whitespace() {
        let (symbol, change) = name.split_once(':').expect("gene:change");
        assert_eq!(consensus(symbol, change), NotDriver, "{name}");
    }
    let builds_differ = Consequence {
        hgvs_c: Some("c.331T>C".into()),
        ..changed("BCORL1", "F111L", SoTerm::Missense)
    };
    assert_eq!(ipssm("BCORL1", &builds_differ, &[]).0, IpssmDecision::NotCounted);
    let repeat = changed("CEBPA", "H195_P196dup", SoTerm::InframeInsertion);
    assert_eq!(ipssm("CEBPA", &repeat, &[]).0, IpssmDecision::NotCounted);
}

#[test]
fn synonymous_and_intronic_changes_are_not_counted_in_any_gene() {
    let panel = Panel::bundled("ipssm31").expect("bundled");
    for gene in &panel.genes {
        let synonymous = Consequence {
            terms: vec![SoTerm::Synonymous],
            hgvs_c: Some("c.30A>G".into()),
            cds_range: Some((30, 30)),
            ..blank(&gene.symbol, &gene.transcript)
        };
        let intron = Consequence {
            terms: vec![SoTerm::Intron],
            region: hemoclone::transcript::Region::Intron,
            hgvs_c: Some("c.30+40A>G".into()),
            ..blank(&gene.symbol, &gene.transcript)
        };
        for consequence in [synonymous, intron] {
            let actual = ipssm(&gene.symbol, &consequence, &[]).0;
            assert_eq!(actual, IpssmDecision::NotCounted, "{}", gene.symbol);
        }
    }
}

#[test]
fn what_the_study_counted_is_counted_by_its_kind() {
    use IpssmDecision::{Counted, InDoubt, NotCounted};
    for (symbol, change, term, expected) in [
        ("CBL", "W258*", SoTerm::StopGained, Counted),
        ("CBL", "Y371H", SoTerm::Missense, Counted),
        ("CBL", "C404Y", SoTerm::Missense, Counted),
        ("BCOR", "F1600Sfs*18", SoTerm::Frameshift, Counted),
        ("DNMT3A", "A410V", SoTerm::Missense, Counted),
        ("DNMT3A", "R882H", SoTerm::Missense, Counted),
        ("ETNK1", "G156V", SoTerm::Missense, Counted),
        ("ETV6", "R399C", SoTerm::Missense, Counted),
        ("ETV6", "P214L", SoTerm::Missense, Counted),
        ("EZH2", "D657H", SoTerm::Missense, Counted),
        ("GATA2", "R361G", SoTerm::Missense, Counted),
        ("KRAS", "L19F", SoTerm::Missense, Counted),
        ("NF1", "R1276Q", SoTerm::Missense, Counted),
        ("NRAS", "E63_Y64insLDG", SoTerm::InframeInsertion, Counted),
        ("PHF6", "H329R", SoTerm::Missense, Counted),
        ("PTPN11", "E76K", SoTerm::Missense, Counted),
        ("RUNX1", "R207W", SoTerm::Missense, Counted),
        ("RUNX1", "V119dup", SoTerm::InframeInsertion, Counted),
        ("SRSF2", "A78_R83del", SoTerm::InframeDeletion, Counted),
        ("STAG2", "V233_A234dup", SoTerm::InframeInsertion, Counted),
        ("TP53", "L344_E346del", SoTerm::InframeDeletion, Counted),
        ("U2AF1", "Y158_E159dup", SoTerm::InframeInsertion, Counted),
        ("WT1", "C398R", SoTerm::Missense, Counted),
        // No rule, in a gene where more than the rules may be oncogenic.
        ("BCOR", "E382K", SoTerm::Missense, InDoubt),
        ("NF1", "P678T", SoTerm::Missense, InDoubt),
        // A list takes it for inherited, another names it.
        ("DNMT3A", "G298R", SoTerm::Missense, InDoubt),
        // A lost protein where a changed one is the cause.
        ("KRAS", "Q61*", SoTerm::StopGained, NotCounted),
        ("SF3B1", "R100*", SoTerm::StopGained, NotCounted),
        ("PPM1D", "R20*", SoTerm::StopGained, NotCounted),
        ("SETBP1", "R500*", SoTerm::StopGained, NotCounted),
    ] {
        let consequence = changed(symbol, change, term);
        assert_eq!(ipssm(symbol, &consequence, &[]).0, expected, "{symbol} {change}");
    }
}

#[test]
fn splice_consensus_counts_in_tumor_suppressors_alone() {
    use IpssmDecision::{Counted, NotCounted};
    let at = |symbol: &str, name: &str, term| {
        let gene = gene(symbol);
        let consequence = Consequence {
            terms: vec![term],
            region: hemoclone::transcript::Region::SpliceRegion,
            hgvs_c: Some(name.into()),
            ..blank(&gene.symbol, &gene.transcript)
        };
        ipssm(symbol, &consequence, &[]).0
    };
    for (symbol, name, term, expected) in [
        ("DNMT3A", "c.1936+5G>A", SoTerm::SpliceDonorFifthBase, Counted),
        ("DNMT3A", "c.1936+4G>A", SoTerm::SpliceDonorRegion, NotCounted),
        ("NF1", "c.3197+2_3197+3insA", SoTerm::SpliceRegion, Counted),
        // The same insertion where the bases behind it are known.
        ("RUNX1", "c.805+2dup", SoTerm::SpliceRegion, Counted),
        ("RUNX1", "c.805+1_805+2dup", SoTerm::SpliceRegion, Counted),
        ("RUNX1", "c.805+2_805+7dup", SoTerm::SpliceRegion, NotCounted),
        ("RUNX1", "c.805+7dup", SoTerm::SpliceRegion, NotCounted),
        ("SF3B1", "c.805+2dup", SoTerm::SpliceRegion, NotCounted),
        ("WT1", "c.1354+4_1354+5insT", SoTerm::SpliceDonorRegion, Counted),
        ("WT1", "c.1354+7_1354+8insT", SoTerm::SpliceRegion, NotCounted),
        ("WT1", "c.1355-4_1355-3insT", SoTerm::SpliceRegion, NotCounted),
        ("RUNX1", "c.-59+5G>A", SoTerm::SpliceDonorFifthBase, NotCounted),
        ("SF3B1", "c.1936+5G>A", SoTerm::SpliceDonorFifthBase, NotCounted),
    ] {
        assert_eq!(at(symbol, name, term), expected, "{symbol} {name}");
    }
}

#[test]
fn reads_population_and_normal_are_weighed_for_ipssm() {
    use IpssmDecision::{Counted, InDoubt, NotCounted};
    let flag = |code, weight| [Flag::new(code, weight, "x")];
    let stop = |symbol: &str| changed(symbol, "R200*", SoTerm::StopGained);
    let at = |counts| ipssm_at("STAG2", &stop("STAG2"), &[], counts);
    // 4 % in males is the definition of CHIP, not what the study asked.
    assert_eq!(at((27, 1000)).0, Counted);
    assert_eq!(at((19, 1000)), (NotCounted, IpssmReason::BelowVaf));
    assert_eq!(at((5, 15)), (InDoubt, IpssmReason::FewReads));
    let common = flag(ReasonCode::PopulationFrequency, Weight::Decisive);
    assert_eq!(ipssm("RUNX1", &stop("RUNX1"), &common).0, NotCounted);
    let seen = flag(ReasonCode::PopulationFrequency, Weight::Doubt);
    assert_eq!(ipssm("RUNX1", &stop("RUNX1"), &seen).0, Counted);
    let domain = changed("RUNX1", "S94N", SoTerm::Missense);
    assert_eq!(ipssm("RUNX1", &domain, &seen).0, InDoubt);
    let unlisted = changed("BCOR", "E382K", SoTerm::Missense);
    assert_eq!(ipssm("BCOR", &unlisted, &seen).0, NotCounted);
    let normal = flag(ReasonCode::InNormal, Weight::Decisive);
    assert_eq!(
        ipssm("RUNX1", &stop("RUNX1"), &normal),
        (Counted, IpssmReason::InheritedPredisposition)
    );
    assert_eq!(ipssm("BCOR", &stop("BCOR"), &normal).0, InDoubt);
    assert_eq!(ipssm("BCOR", &unlisted, &normal).0, NotCounted);
}

#[test]
fn a_change_that_is_not_known_leaves_the_gene_in_doubt() {
    use IpssmDecision::{InDoubt, NotCounted};
    let coding = |symbol: &str, base: u32| {
        let gene = gene(symbol);
        let consequence = Consequence {
            terms: vec![SoTerm::CodingSequence],
            cds_range: Some((base, base)),
            source: hemoclone::transcript::SequenceSource::None,
            ..blank(&gene.symbol, &gene.transcript)
        };
        ipssm(symbol, &consequence, &[])
    };
    assert_eq!(coding("GNB1", 169), (InDoubt, IpssmReason::ProteinChangeUnknown));
    assert_eq!(coding("BCOR", 30), (InDoubt, IpssmReason::ProteinChangeUnknown));
    // Far from the hotspots of a gene that acts by them alone: none, by rule.
    assert_eq!(coding("GNB1", 600), (NotCounted, IpssmReason::OnlyRulesCount));
}

#[test]
fn rule_set_names_read_back() {
    for choice in RuleSetChoice::ALL {
        assert_eq!(choice.name().parse(), Ok(choice));
    }
    assert!("Bick".parse::<RuleSetChoice>().is_err());
}

/// The letters of every listed residue are checked by `every_rule_of_every_gene_fits_its_transcript`; here the genes
/// whose sequence is not at hand are named, so that one that appears is noticed.
#[test]
fn genes_without_sequence_are_known() {
    let Some(facts) = SharedFacts::load() else { return };
    let panel = Panel::bundled("ch").expect("bundled");
    let actual: Vec<&str> = panel
        .genes
        .iter()
        .filter(|g| {
            !facts
                .sequences
                .contains_key(&(g.symbol.clone(), g.transcript.clone()))
        })
        .map(|g| g.symbol.as_str())
        .collect();
    assert_eq!(
        actual.join(" "),
        include_str!("../testdata/rules/genes_without_sequence.txt").trim_end()
    );
}

#[test]
fn every_x_linked_gene_of_a_panel_is_one_for_the_stage() {
    for name in PANEL_NAMES {
        let panel = Panel::bundled(name).expect("bundled");
        for gene in &panel.genes {
            assert_eq!(
                gene.x_linked,
                X_LINKED_GENES.contains(&gene.symbol.as_str()),
                "{name}: {}",
                gene.symbol
            );
        }
    }
}
