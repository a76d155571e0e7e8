//! Which program wrote the file: read from header lines, else from the fields it declares; never from the file name.

use std::collections::BTreeSet;

use super::header::Header;

macro_rules! callers {
    ($($variant:ident = $name:literal;)*) => {
        /// A variant caller, or `Generic` where the header does not tell.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each variant is the program of that name")]
        pub enum Caller { $($variant,)* }

        impl Caller {
            /// Returns the name for the report.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

callers! {
    Mutect2 = "Mutect2";
    Mutect1 = "MuTect";
    VarDict = "VarDict";
    LoFreq = "LoFreq";
    Freebayes = "freebayes";
    Strelka2 = "Strelka2";
    Strelka1 = "Strelka";
    VarScan2 = "VarScan2";
    Bcftools = "bcftools";
    Dragen = "DRAGEN";
    DeepVariant = "DeepVariant";
    DeepSomatic = "DeepSomatic";
    Clair3 = "Clair3";
    ClairS = "ClairS";
    Pisces = "Pisces";
    Platypus = "Platypus";
    Tvc = "Torrent Variant Caller";
    Sentieon = "Sentieon";
    Pindel = "Pindel";
    SmCounter = "smCounter";
    Sage = "SAGE";
    Varlociraptor = "varlociraptor";
    SomaticSeq = "SomaticSeq";
    SomaticSniper = "SomaticSniper";
    Muse = "MuSE";
    Octopus = "Octopus";
    Ivar = "iVar";
    Outlyzer = "outLyzer";
    Caveman = "CaVEMan";
    CgpPindel = "cgpPindel";
    Manta = "Manta";
    Sniffles = "Sniffles";
    CuteSv = "cuteSV";
    Gridss = "GRIDSS";
    Svaba = "SvABA";
    Longshot = "Longshot";
    NanoCaller = "NanoCaller";
    Lancet = "Lancet";
    Scalpel = "Scalpel";
    Gatk = "GATK";
    Ensemble = "ensemble";
    Generic = "generic";
}

/// What to look for in `##key=value` lines, lower case: (in the key, in the value, caller); empty matches all.
const MARKS: [(&str, &str, Caller); 59] = [
    ("cavemanversion", "", Caller::Caveman),
    ("vcfprocesslog", "caveman", Caller::Caveman),
    ("source", "cgppindel", Caller::CgpPindel),
    ("source", "generatesvcandidates", Caller::Manta),
    ("source", "manta", Caller::Manta),
    ("source", "sniffles", Caller::Sniffles),
    ("source", "cutesv", Caller::CuteSv),
    ("gridssversion", "", Caller::Gridss),
    ("source", "svaba", Caller::Svaba),
    ("source", "longshot", Caller::Longshot),
    ("source", "nanocaller", Caller::NanoCaller),
    ("source", "lancet", Caller::Lancet),
    ("source", "scalpel", Caller::Scalpel),
    ("dragencommandline", "", Caller::Dragen),
    ("source", "dragen", Caller::Dragen),
    ("sageversion", "", Caller::Sage),
    ("source", "sage", Caller::Sage),
    ("deepvariant_version", "", Caller::DeepVariant),
    ("deepsomatic_version", "", Caller::DeepSomatic),
    ("source", "deepsomatic", Caller::DeepSomatic),
    ("source", "deepvariant", Caller::DeepVariant),
    ("sentieoncommandline", "", Caller::Sentieon),
    ("mutectversion", "", Caller::Mutect2),
    ("mutect version", "", Caller::Mutect2),
    ("source", "mutect2", Caller::Mutect2),
    ("source", "filtermutectcalls", Caller::Mutect2),
    ("gatkcommandline.mutect2", "", Caller::Mutect2),
    ("gatkcommandline", "id=mutect2", Caller::Mutect2),
    ("pbrun", "mutect", Caller::Mutect2),
    ("source", "haplotypecaller", Caller::Gatk),
    ("gatkcommandline", "haplotypecaller", Caller::Gatk),
    ("source", "genotypegvcfs", Caller::Gatk),
    ("source", "applyvqsr", Caller::Gatk),
    ("unifiedgenotyper", "", Caller::Gatk),
    ("source", "gatksomaticindel", Caller::Gatk),
    ("source", "strelka", Caller::Strelka2),
    ("content", "strelka", Caller::Strelka2),
    ("source", "freebayes", Caller::Freebayes),
    ("source", "varscan", Caller::VarScan2),
    ("source", "lofreq", Caller::LoFreq),
    ("source", "vardict", Caller::VarDict),
    ("pisces", "", Caller::Pisces),
    ("source", "pisces", Caller::Pisces),
    ("source", "clairs", Caller::ClairS),
    ("source", "clair3", Caller::Clair3),
    ("source", "clair", Caller::Clair3),
    ("source", "platypus", Caller::Platypus),
    ("platypusoptions", "", Caller::Platypus),
    ("source", "torrent variant caller", Caller::Tvc),
    ("source", "tvc ", Caller::Tvc),
    ("source", "pindel", Caller::Pindel),
    ("vcfprocesslog", "pindel", Caller::Pindel),
    ("smcounter", "", Caller::SmCounter),
    ("source", "smcounter", Caller::SmCounter),
    ("octopus", "", Caller::Octopus),
    ("muse", "", Caller::Muse),
    ("source", "ivar", Caller::Ivar),
    ("bcftools_callcommand", "", Caller::Bcftools),
    ("outlyzer", "", Caller::Outlyzer),
];

/// Fields that only one caller declares: (all of these in FORMAT, all of these in INFO, caller).
const FIELDS: [(&[&str], &[&str], Caller); 21] = [
    (&["FAZ", "RTZ"], &[], Caller::Caveman),
    (&["PU", "NU", "PR", "NR"], &[], Caller::CgpPindel),
    (&["RC_CNT", "RABQ"], &[], Caller::Sage),
    (&["VD", "ALD"], &[], Caller::VarDict),
    (&["VD", "AD"], &["SSF"], Caller::VarDict),
    (&["AU", "CU", "GU", "TU", "SUBDP"], &[], Caller::Strelka2),
    (&["TAR", "TIR"], &[], Caller::Strelka2),
    (&["RD", "AD", "FREQ"], &[], Caller::VarScan2),
    (&["FAO", "FDP"], &[], Caller::Tvc),
    (&[], &["UMT", "VMT"], Caller::SmCounter),
    (&["NR", "NV"], &[], Caller::Platypus),
    (&["VF", "NL"], &[], Caller::Pisces),
    (&["IGT", "BCOUNT"], &[], Caller::SomaticSniper),
    (&["F1R2", "F2R1"], &["TLOD"], Caller::Mutect2),
    (&["AD"], &["TLOD", "ECNT"], Caller::Mutect2),
    (&["FA", "SS", "BQ"], &["VT"], Caller::Mutect1),
    (&["AO", "RO"], &[], Caller::Freebayes),
    (&["VAF", "MED_DP"], &[], Caller::DeepVariant),
    (&["ALT_FREQ", "ALT_DP"], &[], Caller::Ivar),
    (&[], &["IDV", "IMF"], Caller::Bcftools),
    (&[], &["DP4", "HRUN", "SB"], Caller::LoFreq),
];

/// Recognizes the caller.
pub(crate) fn recognize(header: &Header) -> Caller {
    // These write the headers of other callers through.
    if header
        .meta
        .iter()
        .any(|(k, _)| k.to_ascii_lowercase().starts_with("varlociraptor"))
    {
        return Caller::Varlociraptor;
    }
    // `##SomaticSeq=v3…`, older `##source=SomaticSeq`; MVJSDU where the header lost both.
    let somaticseq = header.meta.iter().any(|(key, value)| {
        let is = |text: &str, word: &str| text.to_ascii_lowercase().contains(word);
        is(key, "somaticseq") || key == "source" && is(value, "somaticseq")
    });
    if somaticseq || header.infos.contains_key("MVJSDU") {
        return Caller::SomaticSeq;
    }
    let mut found = BTreeSet::new();
    for (key, value) in &header.meta {
        let key = key.to_ascii_lowercase();
        // Command lines can be long and hold paths; the name of the tool stands at the start.
        let value: String = value.chars().take(200).collect::<String>().to_ascii_lowercase();
        let mark = MARKS
            .iter()
            .find(|(k, v, _)| key.starts_with(k) && value.contains(v));
        found.extend(mark.map(|m| m.2));
    }
    if header.infos.contains_key("CALLERS") || header.infos.contains_key("CALLER") && found.len() != 1 {
        return Caller::Ensemble;
    }
    merge(found).map_or_else(|| by_fields(header), |caller| refine(caller, header))
}

fn merge(mut found: BTreeSet<Caller>) -> Option<Caller> {
    if found.contains(&Caller::Mutect2) || found.contains(&Caller::Sentieon) {
        found.remove(&Caller::Gatk);
    }
    if found.contains(&Caller::Sentieon) {
        found.remove(&Caller::Mutect2);
    }
    if found.contains(&Caller::DeepSomatic) {
        found.remove(&Caller::DeepVariant);
    }
    match found.len() {
        0 => None,
        1 => found.pop_first(),
        _ => Some(Caller::Ensemble),
    }
}

fn refine(caller: Caller, header: &Header) -> Caller {
    match caller {
        Caller::Strelka2 => {
            let old = header
                .meta_values("source_version")
                .any(|v| v.starts_with("1.") || v.starts_with("v1."));
            if old { Caller::Strelka1 } else { caller }
        }
        // DeepSomatic calls itself DeepVariant but has this filter.
        Caller::DeepVariant if header.filters.contains("GERMLINE") => Caller::DeepSomatic,
        _ => caller,
    }
}

fn by_fields(header: &Header) -> Caller {
    FIELDS
        .iter()
        .find(|(formats, infos, _)| {
            formats.iter().all(|f| header.formats.contains_key(*f))
                && infos.iter().all(|i| header.infos.contains_key(*i))
        })
        .map_or(Caller::Generic, |f| f.2)
}

#[cfg(test)]
mod tests {
    use super::super::warnings::Warnings;
    use super::*;

    #[test]
    fn recognizes_what_only_the_header_tells() {
        for (line, expected) in [
            ("##SomaticSeq=v3.9.0", Caller::SomaticSeq),
            ("##source=SomaticSeq_v2", Caller::SomaticSeq),
            ("##source=GenotypeGVCFs", Caller::Gatk),
            ("##source=ApplyVQSR", Caller::Gatk),
            ("##source=lofreq call -f x.fa", Caller::LoFreq),
            ("##note=none", Caller::Generic),
        ] {
            let mut header = Header::new();
            header.push_meta(line, &mut Warnings::default());
            assert_eq!(recognize(&header), expected, "{line}");
        }
    }
}
