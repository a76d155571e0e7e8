//! Names of gene fusions in every usual spelling and order: `PML::RARA`, `PML-RARA`, `RARA/PML`, `MLL-AF9`, `KMT2A-r`.

use super::fusion::{CLASSES, Fusion, OWN};
use super::fusions;

/// Reader of names.
#[derive(Clone, Copy, Debug)]
pub struct FusionName;

/// Older names of genes (HGNC, previous and alias symbols). Those of the partners of FGFR1: t(8;13), t(8;9) and t(6;8)(q27;p11) fuse ZNF198,
/// CEP110 and FOP (abstract of Sohal, Genes Chromosomes Cancer 2001;32:155), which the Atlas of Genetics and Cytogenetics calls
/// ZMYM2 (entry 1094) and CNTRL (entry 1129); FGFR1OP stands for CEP43 (HGNC:17012) in public tables of genes.
const OLDER: [(&str, &str); 48] = [
    ("MLL", "KMT2A"),
    ("MLL1", "KMT2A"),
    ("ALL1", "KMT2A"),
    ("HRX", "KMT2A"),
    ("AF9", "MLLT3"),
    ("AF4", "AFF1"),
    ("AF6", "AFDN"),
    ("MLLT4", "AFDN"),
    ("AF10", "MLLT10"),
    ("ENL", "MLLT1"),
    ("AF17", "MLLT6"),
    ("AF1Q", "MLLT11"),
    ("AF1P", "EPS15"),
    ("AFX1", "FOXO4"),
    ("SEPT6", "SEPTIN6"),
    ("SEPT9", "SEPTIN9"),
    ("SEPT5", "SEPTIN5"),
    ("ETO", "RUNX1T1"),
    ("MTG8", "RUNX1T1"),
    ("CBFA2T1", "RUNX1T1"),
    ("AML1", "RUNX1"),
    ("CBFA2", "RUNX1"),
    ("MTG16", "CBFA2T3"),
    ("ETO2", "CBFA2T3"),
    ("RUNX1T3", "CBFA2T3"),
    ("EVI1", "MECOM"),
    ("CAN", "NUP214"),
    ("OTT", "RBM15"),
    ("MAL", "MRTFA"),
    ("MKL1", "MRTFA"),
    ("MRTF1", "MRTFA"),
    ("TEL", "ETV6"),
    ("HLXB9", "MNX1"),
    ("PLZF", "ZBTB16"),
    ("MOZ", "KAT6A"),
    ("MYST3", "KAT6A"),
    ("CBP", "CREBBP"),
    ("TLS", "FUS"),
    ("JARID1A", "KDM5A"),
    ("CALM", "PICALM"),
    ("ABL", "ABL1"),
    ("SMMHC", "MYH11"),
    ("LEDGF", "PSIP1"),
    ("WHSC1L1", "NSD3"),
    ("ZNF198", "ZMYM2"),
    ("FGFR1OP", "CEP43"),
    ("FOP", "CEP43"),
    ("CEP110", "CNTRL"),
];

/// Partners of the genes with a class, and others that stand in names of fusions; of a name with another separator than `::`
/// both sides must be known, so that `FLT3-ITD` or `JAK2-V617F` is no fusion.
const PARTNERS: [&str; 62] = [
    "AFF1", "AFDN", "MLLT1", "MLLT3", "MLLT6", "MLLT10", "MLLT11", "ELL", "EPS15", "FOXO4", "FOXO3",
    "SEPTIN5", "SEPTIN6", "SEPTIN9", "CREBBP", "EP300", "ARHGAP26", "TET1", "ZFYVE19", "MYO1F", "USP2",
    "NSD1", "NSD3", "HOXA9", "HOXA11", "HOXA13", "HOXC11", "HOXC13", "HOXD11", "HOXD13", "RAP1GDS1", "PRRX1",
    "PRRX2", "PSIP1", "TOP1", "TOP2B", "DDX10", "PHF23", "LNP1", "KDM5A", "SETBP1", "HMGB3", "BPTF", "GATA2",
    "RUNX1", "ETV6", "MYC", "CDK6", "THADA", "BCR", "ABL1", "ZBTB16", "NPM1", "NUMA1", "STAT5B", "STAT3",
    "BCOR", "FIP1L1", "ZMYM2", "CNTRL", "PCM1", "CEP43",
];

/// Words for a rearrangement whose partner is not said.
const REARRANGED: [&str; 8] = [
    "R",
    "RE",
    "REARRANGED",
    "REARRANGEMENT",
    "REARR",
    "FUSION",
    "再構成",
    "転座",
];

/// Words behind a name that say that it was found.
const FOUND: [&str; 11] = [
    "POSITIVE",
    "POS",
    "DETECTED",
    "FOUND",
    "PRESENT",
    "陽性",
    "検出",
    "あり",
    "融合",
    "遺伝子",
    "キメラ",
];

/// Those of them that Japanese writes behind a structure.
const FOUND_JA: [&str; 3] = ["陽性", "検出", "あり"];

/// Words before a name that say which transcript was asked for: `minor BCR-ABL1 mRNA`.
const BREAKPOINT_CLUSTERS: [&str; 3] = ["MAJOR", "MINOR", "MICRO"];

/// Names of the chromosome that has BCR::ABL1.
const PHILADELPHIA: [&[&str]; 4] = [
    &["PH"],
    &["PH1"],
    &["PHILADELPHIA"],
    &["PHILADELPHIA", "CHROMOSOME"],
];

/// Words that say that it was not found.
const NOT_FOUND: [&str; 14] = [
    "NEGATIVE",
    "NEG",
    "NO",
    "NOT",
    "NONE",
    "NON",
    "WITHOUT",
    "ABSENT",
    "UNDETECTED",
    "UNDETECTABLE",
    "EXCLUDED",
    "NORMAL",
    "WT",
    "ND",
];

/// The same in Japanese, which parts no words.
const NOT_FOUND_JA: [&str; 8] = [
    "未検出",
    "陰性",
    "なし",
    "無し",
    "認めず",
    "認めない",
    "検出せず",
    "検出されず",
];

impl FusionName {
    /// Returns the symbol of today of a gene that fusions may name by an older one, in upper case; the name itself where there is none.
    pub(crate) fn symbol_of_today(name: &str) -> &str {
        symbol(name)
    }

    /// Parts a list at semicolons and commas, full-width ones too, but not within parentheses: `t(8;21)(q22;q22);KMT2A-r`.
    pub fn list(text: &str) -> Vec<String> {
        let mut items = vec![String::new()];
        let mut depth = 0_u32;
        for c in text.chars() {
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && matches!(c, ';' | ',' | '；' | '，' | '、') {
                items.push(String::new());
            } else if let Some(last) = items.last_mut() {
                last.push(c);
            }
        }
        items
            .iter()
            .map(|i| i.trim().to_owned())
            .filter(|i| !i.is_empty())
            .collect()
    }

    /// Whether a text says that a fusion is not there: `BCR-ABL negative`, `KMT2A-r (-)`, `PML-RARA陰性`.
    pub fn says_absent(text: &str) -> bool {
        let plain = upper(text).replace(['–', '—', '−', '‐', 'ー'], "-");
        let end = plain.trim_end();
        let signed = end.ends_with('-') || end.ends_with("(-)") || end.ends_with("[-]");
        signed
            || NOT_FOUND_JA.iter().any(|word| plain.contains(word))
            || words(&plain).iter().any(|word| NOT_FOUND.contains(word))
    }

    /// Whether a text names a mutation within one gene, which is no fusion: `FLT3-ITD`, `KMT2A-PTD`.
    pub fn is_of_one_gene(text: &str) -> bool {
        words(&upper(text))
            .iter()
            .any(|word| ["ITD", "PTD", "TKD"].contains(word))
    }

    /// Reads a name; `None` where it is not understood, or says that the fusion is not there or is in doubt.
    pub fn read(text: &str) -> Option<Fusion> {
        if Self::says_absent(text) || text.contains(['?', '？']) {
            return None;
        }
        // `t(8;21)陽性`: Japanese parts no words.
        let structure = FOUND_JA
            .iter()
            .find_map(|word| text.trim_end().strip_suffix(word))
            .unwrap_or(text);
        if text.contains(['(', '（'])
            && let Some(fusion) = fusions::of_text(structure).or_else(|| with_structure(structure))
        {
            return Some(fusion);
        }
        // `MECOM(EVI1)`: the older name behind that of today.
        let plain = without_older_names(&upper(text));
        let strict = plain.contains("::");
        // `AF-9` is AF9, `MLL再構成陽性` three words.
        let mut spaced = plain.replace("AF-", "AF");
        for word in [
            "再構成",
            "転座",
            "陽性",
            "検出",
            "あり",
            "融合",
            "キメラ",
            "遺伝子",
        ] {
            spaced = spaced.replace(word, &format!(" {word} "));
        }
        let mut words = words(&spaced);
        while words
            .last()
            .is_some_and(|word| FOUND.contains(word) || is_transcript(word))
        {
            words.pop();
        }
        if words
            .first()
            .is_some_and(|word| BREAKPOINT_CLUSTERS.contains(word))
        {
            words.remove(0);
        }
        if PHILADELPHIA.contains(&&words[..]) {
            return Some(Fusion::of("BCR::ABL1"));
        }
        match words[..] {
            [one] => of_class(symbol(one)).or_else(|| of_class(symbol(one.strip_suffix('R')?))),
            [gene, rest] if REARRANGED.contains(&rest) => of_class(symbol(gene)),
            // `11q23/KMT2A`, `KMT2A(11q23)`: a band beside the gene.
            [gene, other] if is_band(other) => of_class(symbol(gene)),
            [other, gene] if is_band(other) => of_class(symbol(gene)),
            // `MDS1-EVI1` was one gene; `RPN1-EVI1` a fusion.
            ["MDS1", "EVI1"] => of_class("MECOM"),
            [a, b] => pair(symbol(a), symbol(b), strict),
            [a, b, rest] if REARRANGED.contains(&rest) => pair(symbol(a), symbol(b), strict),
            _ => None,
        }
    }
}

/// Returns the text in half width and upper case, Greek letters as those that names are written with.
fn upper(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect::<String>()
        .replace(['β', 'Β'], "B")
        .replace(['α', 'Α'], "A")
        .to_uppercase()
}

fn words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect()
}

/// Whether a word behind a fusion names its transcript: `p210`, `e13a2`, `b3a2`, `bcr3`.
fn is_transcript(word: &str) -> bool {
    let mut kinds = word
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect::<Vec<_>>();
    kinds.dedup();
    let kind: String = kinds.into_iter().collect();
    ["P0", "E0A0", "B0A0", "BCR0", "TRANSCRIPT", "MRNA", "GENE"].contains(&kind.as_str())
}

/// Leaves out a name in brackets behind a gene where it is an older one of the same gene.
fn without_older_names(text: &str) -> String {
    let mut kept = text.to_owned();
    for (older, today) in OLDER {
        kept = kept.replace(&format!("{today}({older})"), today);
    }
    kept
}

/// Reads a name with its structure behind it, `KMT2A rearrangement t(9;11)(p21;q23)`; `None` where the two do not go together.
fn with_structure(text: &str) -> Option<Fusion> {
    let at = ["t(", "inv(", "ins("]
        .iter()
        .filter_map(|start| text.find(start))
        .min()?;
    let named = FusionName::read(text[..at].trim_end_matches([' ', ',', ':', '(']))?;
    let structure = text[at..].trim_end();
    let bracketed = structure.matches(')').count() > structure.matches('(').count();
    let shown = fusions::of_text(
        structure
            .strip_suffix(')')
            .filter(|_| bracketed)
            .unwrap_or(structure),
    )?;
    let same = shown.name == named.name || shown.class.is_some_and(|class| class == named.name);
    same.then_some(shown)
}

/// Returns the symbol of today.
fn symbol(word: &str) -> &str {
    OLDER
        .iter()
        .find(|(older, _)| *older == word)
        .map_or(word, |(_, today)| today)
}

fn of_class(gene: &str) -> Option<Fusion> {
    let (_, class) = CLASSES.iter().find(|(g, _)| *g == gene)?;
    Some(Fusion {
        name: (*class).to_owned(),
        class: Some(class),
    })
}

fn is_band(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < word.len()
        && digits.starts_with(['P', 'Q'])
        && digits[1..].chars().all(|c| c.is_ascii_digit())
}

/// Returns the fusion of two genes in either order.
fn pair(a: &str, b: &str, strict: bool) -> Option<Fusion> {
    if let Some(own) = OWN.iter().find(|o| **o == [a, b] || **o == [b, a]) {
        return Some(Fusion::of(&own.join("::")));
    }
    for (gene, _) in CLASSES {
        let partner = match (a == gene, b == gene) {
            (true, false) => b,
            (false, true) => a,
            _ => continue,
        };
        if strict || PARTNERS.contains(&partner) || OWN.iter().flatten().any(|g| *g == partner) {
            let name = match gene {
                // These two are named first, the others last, as the classifications write them.
                "KMT2A" | "NUP98" => format!("{gene}::{partner}"),
                _ => format!("{partner}::{gene}"),
            };
            return Some(Fusion::of(&name));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, class, spellings.
    const SPELLINGS: &str = "\
PML::RARA||PML::RARA,PML-RARA,PML/RARA,pml rara,RARA::PML,ＰＭＬ：：ＲＡＲＡ,PML_RARA,PML-RARα,PML–RARA,t(15;17)(q24;q21)
RUNX1::RUNX1T1||RUNX1::RUNX1T1,AML1-ETO,AML1/MTG8,RUNX1T1-RUNX1,t(8;21),t(8;21)(q22;q22)
CBFB::MYH11||CBFB::MYH11,CBFβ-MYH11,CBFβ/SMMHC,MYH11-CBFB,inv(16),inv(16)(p13.1q22),t(16;16)(p13;q22)
KMT2A::MLLT3|KMT2A-r|KMT2A::MLLT3,MLLT3::KMT2A,MLL-AF9,MLL/AF9,MLL-AF-9,t(9;11)(p22;q23),kmt2a-mllt3
KMT2A::AFDN|KMT2A-r|KMT2A::AFDN,MLL-AF6,MLL-MLLT4
KMT2A-r|KMT2A-r|KMT2A-r,KMT2A,KMT2A融合遺伝子,KMT2A(MLL) rearrangement,MLL-r,MLLr,KMT2A rearrangement,KMT2A rearranged,KMT2A再構成,11q23/KMT2A,KMT2A (11q23),t(11;19)(q23;p13)
KMT2A::FOO|KMT2A-r|KMT2A::FOO
NUP98::NSD1|NUP98-r|NUP98::NSD1,NSD1-NUP98,t(5;11)(q35;p15)
MECOM-r|MECOM-r|MECOM-r,MECOM(EVI1),EVI1,EVI1 rearrangement,MDS1-EVI1
GATA2::MECOM|MECOM-r|GATA2::MECOM,MECOM::GATA2,inv(3)(q21q26),t(3;3)(q21;q26.2)
DEK::NUP214||DEK::NUP214,DEK-CAN
RBM15::MRTFA||RBM15::MRTFA,OTT-MAL,RBM15-MKL1
BCR::ABL1||BCR::ABL1,BCR-ABL,bcr/abl1,ABL1::BCR,minor BCR-ABL1 mRNA,Major BCR::ABL1,BCR-ABL1融合遺伝子陽性,BCR-ABLキメラ遺伝子,Ph+,Ph陽性,Philadelphia chromosome
ZMYM2::FGFR1|FGFR1-r|ZMYM2::FGFR1,ZNF198-FGFR1
CEP43::FGFR1|FGFR1-r|CEP43::FGFR1,FGFR1OP-FGFR1,FOP-FGFR1,t(6;8)(q27;p11)
CNTRL::FGFR1|FGFR1-r|CNTRL::FGFR1,CEP110-FGFR1,t(8;9)(p11;q33)
ZBTB16::RARA|RARA-r|ZBTB16::RARA,PLZF-RARA
ETV6::PDGFRB|PDGFRB-r|ETV6::PDGFRB,TEL-PDGFRB
ETV6::MNX1||ETV6::MNX1,MNX1::ETV6,TEL-HLXB9
";

    #[test]
    fn every_spelling_and_order_has_one_name() {
        for line in SPELLINGS.lines() {
            let [name, class, spellings] = line.split('|').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            for text in spellings.split(',') {
                let read = FusionName::read(text).map(|f| (f.name, f.class.unwrap_or_default()));
                assert_eq!(read, Some((name.to_owned(), class)), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_fusion_is_not_taken_for_one() {
        for text in [
            "FOO::BAR",
            "FLT3-ITD",
            "KMT2A-PTD",
            "MLL PTD",
            "JAK2-V617F",
            "PML",
            "RUNX1",
            "positive",
            "t(2;3)(p13;q29)",
            "",
            "::",
            "()",
        ] {
            assert_eq!(FusionName::read(text), None, "{text}");
        }
    }

    #[test]
    fn japanese_says_behind_the_name_whether_it_was_found() {
        let read = |text: &str| FusionName::read(text).map(|f| f.name);
        for text in ["KMT2A再構成未検出", "t(8;21)未検出", "t(8;21)陰性"] {
            assert!(FusionName::says_absent(text) && read(text).is_none(), "{text}");
        }
        assert_eq!(read("t(8;21)陽性").unwrap(), "RUNX1::RUNX1T1");
        assert_eq!(read("t(15;17)(q24;q21)検出").unwrap(), "PML::RARA");
        assert_eq!(read("KMT2A再構成 t(9;11)(p21;q23)あり").unwrap(), "KMT2A::MLLT3");
    }

    /// `KMT2A rearrangement negative` was read as found: whatever stood behind the word was not looked at.
    #[test]
    fn what_was_not_found_or_is_in_doubt_is_no_fusion() {
        for text in [
            "KMT2A rearrangement negative",
            "KMT2A-r negative",
            "KMT2A-r not detected",
            "KMT2A rearrangement: no",
            "KMT2A再構成陰性",
            "KMT2A再構成なし",
            "KMT2A再構成を認めず",
            "KMT2A-r(-)",
            "KMT2A-r (−)",
            "KMT2A-r－",
            "BCR-ABL1 (-)",
            "PML-RARA-",
            "BCR::ABL1 neg.",
            "KMT2A::NEGATIVE",
            "no KMT2A rearrangement",
            "t(9;22) negative",
            "t(15;17)(q24;q21) (-)",
        ] {
            assert!(FusionName::says_absent(text), "{text}");
            assert_eq!(FusionName::read(text), None, "{text}");
        }
        for text in [
            "KMT2A-r?",
            "KMT2A rearrangement suspected",
            "KMT2A-r pending",
            "KMT2A-r 0/200",
            "KMT2A再構成疑い",
        ] {
            assert!(!FusionName::says_absent(text), "{text}");
            assert_eq!(FusionName::read(text), None, "{text}");
        }
        for (text, name) in [
            ("KMT2A rearrangement positive", "KMT2A-r"),
            ("KMT2A-r (+)", "KMT2A-r"),
            ("KMT2A再構成陽性", "KMT2A-r"),
            ("KMT2A再構成あり", "KMT2A-r"),
            ("BCR-ABL1 detected", "BCR::ABL1"),
            ("BCR-ABL p210", "BCR::ABL1"),
            ("BCR::ABL1 (e13a2) positive", "BCR::ABL1"),
            ("BCR-ABL1 b3a2", "BCR::ABL1"),
            ("PML-RARA bcr3", "PML::RARA"),
            ("PML::RARA transcript detected", "PML::RARA"),
            ("PML-RARA陽性", "PML::RARA"),
            ("KMT2A rearrangement t(9;11)(p21;q23)", "KMT2A::MLLT3"),
            ("KMT2A-r (t(9;11)(p21;q23))", "KMT2A::MLLT3"),
            ("PML::RARA t(15;17)(q24;q21)", "PML::RARA"),
        ] {
            assert!(!FusionName::says_absent(text), "{text}");
            assert_eq!(
                FusionName::read(text).map(|f| f.name).as_deref(),
                Some(name),
                "{text}"
            );
        }
        assert_eq!(FusionName::read("PML::RARA t(8;21)(q22;q22)"), None);
    }

    #[test]
    fn lists_part_outside_parentheses() {
        assert_eq!(
            FusionName::list("t(8;21)(q22;q22);KMT2A-r， PML::RARA、"),
            ["t(8;21)(q22;q22)", "KMT2A-r", "PML::RARA"]
        );
    }
}
