//! Chromosomes, fusions and genes: what a laboratory found, and what it states in place of a list of mutations.

use super::super::answers::is_none;
use super::super::clinical::{ALL_GENES, GivenKaryotype, Tp53Mutations};
use super::super::entry::Entry;
use super::super::units::{FRACTION, Quantity};
use super::Reader::{Analyze, Ccrs, Chrs, Eln, IpssM, IpssR, Karyotype as KaryotypeScore, Stage};
use super::{Field, Kind, Reader, Refusal, field, or_refused, text};
use crate::karyotype::{FusionName, Karyotype};

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
        ],
        "karyotype",
        "核型",
        text("a karyotype in ISCN notation", false, karyotype),
    )
    .for_readers(&[Analyze, Stage, Eln, KaryotypeScore])
    .with_note("in ISCN notation"),
    field(
        &["fusions", "融合遺伝子"],
        "fusions",
        "融合遺伝子",
        text(FUSIONS, true, |e, t| {
            e.clinical.fusions = Some(if is_none(t) {
                Vec::new()
            } else {
                FusionName::list(t)
            });
            Ok(())
        }),
    )
    .with_note(
        "fusions and rearrangements, in any spelling, as in PML::RARA;KMT2A-r or t(8;21)(q22;q22), or none",
    ),
    field(&["mutations", "変異"], "mutations", "変異", Kind::Mutations)
        .for_readers(&[Stage, Eln, Chrs, Ccrs])
        .with_note("see [mutations](scores/mutations.md); `analyze` finds them itself"),
    field(
        &["genes", "mutated_genes", "変異遺伝子"],
        "mutated genes",
        "変異遺伝子",
        Kind::Mutations,
    )
    .for_readers(&[Stage, Eln, Chrs, Ccrs])
    .with_note("in the same grammar"),
    field(
        &["n_mutations", "number_of_mutations", "mutation_count", "変異数"],
        "number of mutations",
        "変異数",
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
        "cytogenetic group of IPSS-R",
        "IPSS-Rの染色体リスク群",
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
        "del(5q)",
        "5q欠失",
        Kind::YesNo(|e, v| e.clinical.del5q = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note("overrides the karyotype"),
    field(
        &[
            "del7_7q",
            "minus7_del7q",
            "7_del7q",
            "monosomy7_del7q",
            "del7_del7q",
        ],
        "-7 or del(7q)",
        "7番モノソミー・7q欠失",
        Kind::YesNo(|e, v| e.clinical.del7_7q = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note("overrides the karyotype"),
    field(
        &[
            "del17_17p",
            "del17p",
            "minus17_del17p",
            "17_del17p",
            "monosomy17_del17p",
            "del17_del17p",
        ],
        "-17 or del(17p)",
        "17p欠失",
        Kind::YesNo(|e, v| e.clinical.del17_17p = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note("overrides the karyotype"),
    field(
        &["complex", "complex_karyotype", "複雑核型"],
        "complex karyotype",
        "複雑核型",
        Kind::YesNo(|e, v| e.clinical.complex = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note("overrides the karyotype"),
    field(
        &[
            "TP53mut",
            "TP53_mutations",
            "number_of_TP53_mutations",
            "TP53_number",
            "n_TP53",
        ],
        "number of TP53 mutations",
        "TP53変異数",
        text(
            "the number of TP53 mutations: 0, 1, 2 or more, or NA",
            true,
            |e, t| {
                e.clinical.tp53_mutations = Some(or_refused(Tp53Mutations::from_text(t))?);
                Ok(())
            },
        ),
    )
    .for_readers(WITH_IPSSM)
    .with_note("0, 1, or 2 or more; overrides the calls"),
    field(
        &["TP53maxvaf", "TP53_vaf", "maximum_TP53_vaf", "max_TP53_vaf"],
        "largest VAF of TP53",
        "TP53の最大VAF",
        Kind::Quantity(Quantity::new(FRACTION, (0.0, 1.0)), |e, v| {
            e.clinical.tp53_max_vaf = Some(v);
        }),
    )
    .for_readers(WITH_IPSSM)
    .with_note("overrides the calls"),
    field(
        &["TP53loh", "loss_of_heterozygosity_at_TP53", "loh_at_TP53"],
        "loss of heterozygosity at TP53",
        "TP53のヘテロ接合性消失",
        Kind::YesNo(|e, v| e.clinical.tp53_loh = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note("by copy loss or copy-neutral"),
    field(
        &["FLT3_ITD", "FLT3_internal_tandem_duplication"],
        "internal tandem duplication of FLT3",
        "FLT3-ITD",
        Kind::YesNo(|e, v| e.clinical.flt3_itd = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note(
        "by fragment analysis or sequencing; yes counts as a mutation of FLT3, no does not exclude others",
    ),
    field(
        &["FLT3_TKD", "FLT3_D835"],
        "mutation of the kinase domain of FLT3",
        "FLT3-TKD",
        Kind::YesNo(|e, v| e.flt3_tkd = Some(v)),
    )
    .for_readers(WITH_IPSSM)
    .with_note("with FLT3_ITD it makes the answer for FLT3"),
    field(
        &["covered_genes", "解析済み遺伝子"],
        "genes sequenced in full",
        "全長解析済み遺伝子",
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

const fn gene(names: &'static [&'static str], readers: &'static [Reader]) -> Field {
    field(names, "mutated", "変異", Kind::Gene).for_readers(readers)
}

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

/// Words for every gene of the panel.
const EVERY_GENE: [&str; 6] = ["all", "every", "complete", "全て", "すべて", "全遺伝子"];

/// Reads a list of genes; `None` where something in it is no name of one.
fn covered(text: &str) -> Option<Vec<String>> {
    if is_none(text) {
        return Some(Vec::new());
    }
    let items = text.split([';', ',', ' ', '/', '+', '|', '、', '・', '；', '，', '　']);
    items
        .filter(|item| !item.is_empty())
        .map(|item| {
            if EVERY_GENE.iter().any(|all| all.eq_ignore_ascii_case(item)) {
                return Some(ALL_GENES.to_owned());
            }
            let is_name = item.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            is_name.then(|| item.to_owned())
        })
        .collect()
}
