//! Chromosomes, fusions and genes: what a laboratory found, and what it states in place of a list of mutations.

use super::super::answers::{is_none, says_none_found, yes_or_no};
use super::super::clinical::{ALL_GENES, GivenKaryotype, Tp53Count};
use super::super::entry::Entry;
use super::super::units::{FRACTION, Quantity};
use super::Reader::{Analyze, Ccrs, Chrs, Eln, IpssM, IpssR, Karyotype as KaryotypeScore, Stage};
use super::{Field, Kind, Reader, Refusal, field, or_refused, text};
use crate::karyotype::{FusionName, Karyotype};
use crate::tables::shown;
use crate::words::Phrase;

/// What IPSS-M reads too.
const WITH_IPSSM: &[Reader] = &[Analyze, Stage, Eln, IpssM];

pub(super) const FIELDS: &[Field] = &[
    field(
        &[
            "karyotype",
            "cytogenetics",
            "iscn",
            "karyotype_iscn",
            "核型",
            "染色体核型",
            "染色体検査",
            "染色体分析",
        ],
        text("a karyotype in ISCN notation", false, karyotype),
    )
    .for_readers(&[Analyze, Stage, Eln, KaryotypeScore])
    .with_note("in ISCN notation"),
    field(
        &["fusions", "融合遺伝子"],
        text(FUSIONS, true, |e, t| {
            e.clinical.fusions = Some(fusions(t)?);
            Ok(())
        }),
    )
    .with_note(
        "fusions and rearrangements, in any spelling, as in PML::RARA;KMT2A-r or t(8;21)(q22;q22), or none",
    ),
    field(&["mutations", "変異"], Kind::Mutations)
        .for_readers(&[Stage, Eln, Chrs, Ccrs])
        .with_note("see [mutations](scores/mutations.md); `analyze` finds them itself"),
    field(&["genes", "mutated_genes", "変異遺伝子"], Kind::Mutations)
        .for_readers(&[Stage, Eln, Chrs, Ccrs])
        .with_note("in the same grammar"),
    field(
        &["n_mutations", "number_of_mutations", "mutation_count", "変異数"],
        Kind::Mutations,
    )
    .for_readers(&[Chrs, Ccrs])
    .with_note("where they are not listed"),
    field(
        &[
            "CYTO_IPSSR",
            "cytogenetics_ipssr",
            "ipssr_cytogenetics",
            "ipssr_cyto",
            "cytogenetics_category",
            "cytogenetic_category",
            "cytogenetic_risk",
        ],
        text(
            "Very Good, Good, Intermediate, Poor, Very Poor or NA",
            false,
            |e, t| {
                e.clinical.cytogenetics = Some(or_refused(t.parse().ok())?);
                Ok(())
            },
        ),
    )
    .for_readers(&[Analyze, Stage, Eln, IpssM, IpssR])
    .with_note("Very Good, Good, Intermediate, Poor or Very Poor; overrides what the karyotype gives"),
    field(
        &["del5q", "5q欠失"],
        Kind::YesNo(|e, v| e.clinical.del5q = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note(OVERRIDES),
    field(
        &[
            "del7_7q",
            "minus7_del7q",
            "7_del7q",
            "monosomy7_del7q",
            "del7_del7q",
        ],
        Kind::YesNo(|e, v| e.clinical.del7_7q = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note(OVERRIDES),
    field(
        &[
            "del17_17p",
            "del17p",
            "minus17_del17p",
            "17_del17p",
            "monosomy17_del17p",
            "del17_del17p",
        ],
        Kind::YesNo(|e, v| e.clinical.del17_17p = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note(OVERRIDES),
    field(
        &["complex", "complex_karyotype", "複雑核型"],
        Kind::YesNo(|e, v| e.clinical.complex = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note(OVERRIDES),
    field(
        &[
            "TP53mut",
            "TP53_mutations",
            "number_of_TP53_mutations",
            "TP53_number",
            "n_TP53",
        ],
        text(
            "the number of TP53 mutations: 0, 1, 2 or more, or NA",
            true,
            |e, t| {
                e.clinical.tp53_mutations = Some(or_refused(Tp53Count::from_text(t))?);
                Ok(())
            },
        ),
    )
    .for_readers(WITH_IPSSM)
    .with_note("0, 1, or 2 or more; overrides the calls"),
    field(
        &["TP53maxvaf", "TP53_vaf", "maximum_TP53_vaf", "max_TP53_vaf"],
        Kind::Quantity(Quantity::new(FRACTION, (0.0, 1.0)), |e, v| {
            e.clinical.tp53_max_vaf = Some(v);
        }),
    )
    .for_readers(WITH_IPSSM)
    .with_note("overrides the calls"),
    field(
        &["TP53loh", "loss_of_heterozygosity_at_TP53", "loh_at_TP53"],
        Kind::YesNo(|e, v| e.clinical.tp53_loh = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note("by copy loss or copy-neutral"),
    field(
        &["FLT3_ITD", "FLT3_internal_tandem_duplication"],
        Kind::YesNo(|e, v| e.clinical.flt3_itd = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note(
        "by fragment analysis or sequencing; yes counts as a mutation of FLT3, no does not exclude others",
    ),
    field(
        &["FLT3_TKD", "FLT3_D835"],
        Kind::YesNo(|e, v| e.flt3_tkd = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note("with FLT3_ITD it makes the answer for FLT3"),
    field(
        &["covered_genes", "解析済み遺伝子"],
        text(COVERED, true, |e, t| {
            e.clinical.covered_genes = or_refused(covered(t))?;
            Ok(())
        }),
    )
    .with_note(
        "genes that the laboratory states were sequenced in full and deep enough, as in TP53;SF3B1, or all",
    ),
];

/// Whether a gene is mutated: those of IPSS-M in the order of its published table, then those that stages, other scores and risks
/// ask for, some of which are on few panels.
pub(super) const GENES: &[Field] = &[
    gene(
        &["MLL_PTD", "KMT2A_PTD", "KMT2A_MLL_PTD", "MLL_KMT2A_PTD"],
        WITH_IPSSM,
    )
    .with_note("partial tandem duplication of KMT2A, which variant calls show only where a caller of structural variants reports it"),
    gene(
        &[
            "FLT3",
            "FLT3_ITD_TKD",
            "FLT3_TKD_ITD",
            "FLT3_ITD_or_TKD",
            "FLT3all",
        ],
        WITH_IPSSM,
    ),
    gene(&["ASXL1"], WITH_IPSSM),
    gene(&["BCOR"], WITH_IPSSM),
    gene(&["BCORL1"], WITH_IPSSM),
    gene(&["CBL"], WITH_IPSSM),
    gene(&["CEBPA"], WITH_IPSSM),
    gene(&["DNMT3A"], WITH_IPSSM),
    gene(&["ETV6"], WITH_IPSSM),
    gene(&["EZH2"], WITH_IPSSM),
    gene(&["IDH1"], WITH_IPSSM),
    gene(&["IDH2"], WITH_IPSSM),
    gene(&["KRAS"], WITH_IPSSM),
    gene(&["NF1"], WITH_IPSSM),
    gene(&["NPM1"], WITH_IPSSM),
    gene(&["NRAS"], WITH_IPSSM),
    gene(&["RUNX1"], WITH_IPSSM),
    gene(&["SETBP1"], WITH_IPSSM),
    gene(&["SF3B1"], WITH_IPSSM),
    gene(&["SRSF2"], WITH_IPSSM),
    gene(&["STAG2"], WITH_IPSSM),
    gene(&["U2AF1"], WITH_IPSSM),
    gene(&["ETNK1"], WITH_IPSSM),
    gene(&["GATA2"], WITH_IPSSM),
    gene(&["GNB1"], WITH_IPSSM),
    gene(&["PHF6"], WITH_IPSSM),
    gene(&["PPM1D"], WITH_IPSSM),
    gene(&["PRPF8"], WITH_IPSSM),
    gene(&["PTPN11"], WITH_IPSSM),
    gene(&["WT1"], WITH_IPSSM),
    gene(&["TET2"], super::ROAD),
    gene(&["JAK2"], super::ROAD),
    gene(&["ZRSR2"], super::ROAD),
    gene(&["CALR"], super::ROAD),
    gene(&["MPL"], super::ROAD),
    gene(&["DDX41"], super::ROAD),
];

/// What every column of a gene holds.
const MUTATED: Phrase = Phrase::new("columns", "mutated");

const fn gene(names: &'static [&'static str], readers: &'static [Reader]) -> Field {
    Field {
        label: MUTATED,
        ..field(names, Kind::Gene)
    }
    .for_readers(readers)
}

/// What the columns of single changes are to a karyotype.
const OVERRIDES: &str =
    "overrides the karyotype in IPSS-M; elsewhere answers what a karyotype leaves open, or stands in for it";

const FUSIONS: &str = "fusions as in PML::RARA;KMT2A-r, or none, or NA";

const COVERED: &str = "genes as in TP53;SF3B1, or all, or NA";

/// Takes in a karyotype; that a culture gave none is not known, which is never normal.
fn karyotype(entry: &mut Entry, text: &str) -> Result<(), Refusal> {
    if Karyotype::is_without_result(text) {
        return Ok(());
    }
    // It says where it breaks.
    let given = GivenKaryotype::read(text).map_err(|error| Refusal(Some(error.to_string())))?;
    entry.clinical.karyotype = Some(given);
    Ok(())
}

/// What a sentence calls the fusions of which it says that none was found.
const FUSION_WORDS: [&str; 5] = [
    "fusion",
    "rearrangement",
    "translocation",
    "融合遺伝子",
    "キメラ遺伝子",
];

/// Reads a list of the fusions that were found. A cell that only says that there is one, or that one is not there, would be taken for
/// a search that found no other.
fn fusions(text: &str) -> Result<Vec<String>, Refusal> {
    if is_none(text) || says_none_found(text, &FUSION_WORDS) {
        return Ok(Vec::new());
    }
    let names = FusionName::list(text);
    let refuse = |why: String| Err(Refusal(Some(why)));
    if names.is_empty() {
        return refuse("nothing is named".to_owned());
    }
    for name in &names {
        let said = shown(name);
        if yes_or_no(name) == Some(true) {
            return refuse(format!("{said} does not say which was found; name it"));
        }
        if FusionName::is_of_one_gene(name) {
            return refuse(format!(
                "{said} is a mutation of one gene: it has a column of its own, or belongs into the mutations"
            ));
        }
        if is_none(name) || FusionName::says_absent(name) {
            return refuse(format!(
                "{said} was not found: leave it out, and write none where all that matter were looked for"
            ));
        }
    }
    Ok(names)
}

/// Words for every gene of the panel.
const EVERY_GENE: [&str; 6] = ["all", "every", "complete", "全て", "すべて", "全遺伝子"];

/// Words behind them that say nothing further: `all panel genes`.
const OF_THE_PANEL: [&str; 5] = ["gene", "genes", "panel", "of", "the"];

/// Words with which a gene was not covered, or not in full: beside a name they would be taken for a gene of their own.
const NOT_IN_FULL: [&str; 42] = [
    "no",
    "not",
    "non",
    "none",
    "without",
    "except",
    "excepting",
    "exception",
    "excluding",
    "exclude",
    "excluded",
    "excl",
    "minus",
    "but",
    "besides",
    "apart",
    "from",
    "other",
    "than",
    "only",
    "part",
    "partly",
    "partial",
    "partially",
    "exon",
    "exons",
    "intron",
    "introns",
    "codon",
    "codons",
    "hotspot",
    "hotspots",
    "region",
    "regions",
    "failed",
    "missing",
    "insufficient",
    "incomplete",
    "uncovered",
    "pending",
    "unknown",
    "low",
];

/// Reads a list of genes; `None` where something in it is no name of one, or says more than that it was covered.
fn covered(text: &str) -> Option<Vec<String>> {
    if is_none(text) {
        return Some(Vec::new());
    }
    let is = |word: &str, words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(word));
    if yes_or_no(text).is_some() {
        return None;
    }
    let mut genes = Vec::new();
    for item in text.split([';', ',', '/', '+', '|', '、', '・', '；', '，']) {
        let words: Vec<&str> = item.split([' ', '　']).filter(|word| !word.is_empty()).collect();
        match words[..] {
            // `all but TP53`, `all TP53`: whatever stands behind it there may take something away again.
            [all, ref rest @ ..] if is(all, &EVERY_GENE) => {
                if !rest.iter().all(|word| is(word, &OF_THE_PANEL)) {
                    return None;
                }
                genes.push(ALL_GENES.to_owned());
            }
            _ => {
                for word in words {
                    let begins = word.starts_with(|c: char| c.is_ascii_alphabetic());
                    let is_name = begins && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
                    let part = word
                        .split('-')
                        .any(|part| is(part, &NOT_IN_FULL) || is(part, &EVERY_GENE));
                    if !is_name || part {
                        return None;
                    }
                    genes.push(word.to_owned());
                }
            }
        }
    }
    (!genes.is_empty()).then_some(genes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `all except TP53` covered TP53, `TP53 exons 4-8` all of it.
    #[test]
    fn covered_genes_are_names_and_nothing_else() {
        let of = |text: &str| covered(text).map(|genes| genes.join(" "));
        for (text, expected) in [
            ("all", Some("all")),
            ("ALL", Some("all")),
            ("all genes", Some("all")),
            ("all genes of the panel", Some("all")),
            ("全遺伝子", Some("all")),
            ("all; ZRSR2, DDX41", Some("all ZRSR2 DDX41")),
            ("TP53;SF3B1", Some("TP53 SF3B1")),
            ("tp53 NKX2-1、HLA-A", Some("tp53 NKX2-1 HLA-A")),
            ("none", Some("")),
            ("all except TP53", None),
            ("all, except TP53", None),
            ("all but TP53", None),
            ("all minus TP53", None),
            ("all-TP53", None),
            ("all TP53", None),
            ("all genes, not TP53", None),
            ("All (except TP53)", None),
            ("TP53以外", None),
            ("TP53を除く全て", None),
            ("TP53 not covered", None),
            ("TP53 excluded; SF3B1", None),
            ("non-TP53", None),
            ("TP53 exons 4-8", None),
            ("TP53 exon 4", None),
            ("TP53 4-8", None),
            ("TP53 partial", None),
            ("SF3B1 hotspots", None),
            ("not all", None),
            (";", None),
            ("yes", None),
            ("あり", None),
        ] {
            assert_eq!(of(text).as_deref(), expected, "{text}");
        }
    }

    /// `yes` and `1` counted as a search that found nothing else, `KMT2A rearrangement negative` as one that was found.
    #[test]
    fn fusions_are_those_that_were_found() {
        for (text, expected) in [
            ("none", Ok("")),
            ("なし", Ok("")),
            ("not detected", Ok("")),
            ("normal", Ok("")),
            ("no fusion detected", Ok("")),
            ("No fusions.", Ok("")),
            ("融合遺伝子なし", Ok("")),
            ("融合遺伝子未検出", Ok("")),
            ("キメラ遺伝子は検出されず", Ok("")),
            ("no other fusion", Err("was not found")),
            ("PML::RARA;KMT2A-r", Ok("PML::RARA KMT2A-r")),
            ("t(8;21)(q22;q22)", Ok("t(8;21)(q22;q22)")),
            ("KMT2A rearrangement positive", Ok("KMT2A rearrangement positive")),
            ("yes", Err("does not say which")),
            ("1", Err("does not say which")),
            ("あり", Err("does not say which")),
            ("陽性", Err("does not say which")),
            ("detected", Err("does not say which")),
            ("+", Err("does not say which")),
            ("FLT3-ITD", Err("a mutation of one gene")),
            ("KMT2A-PTD", Err("a mutation of one gene")),
            ("yes;PML::RARA", Err("does not say which")),
            ("KMT2A rearrangement negative", Err("was not found")),
            ("BCR-ABL陰性", Err("was not found")),
            ("PML::RARA;BCR::ABL1 (-)", Err("was not found")),
            ("PML::RARA;none", Err("was not found")),
            ("no KMT2A rearrangement", Err("was not found")),
            (";", Err("nothing is named")),
        ] {
            let actual = fusions(text)
                .map(|names| names.join(" "))
                .map_err(|why| why.0.unwrap());
            match (actual, expected) {
                (Err(why), Err(part)) => assert!(why.contains(part), "{text}: {why}"),
                (actual, expected) => assert_eq!(
                    actual,
                    expected.map_err(str::to_owned).map(str::to_owned),
                    "{text}"
                ),
            }
        }
    }
}
