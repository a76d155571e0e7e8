use super::*;

/// Reads a cell as `gene change kind VAF` of each mutation.
fn written(text: &str) -> String {
    match read(text) {
        Ok(None) => "not known".into(),
        Ok(Some(list)) if list.is_empty() => "none".into(),
        Ok(Some(list)) => list
            .iter()
            .map(|m| {
                let kind = m.kind.map(|k| format!("<{k:?}>")).unwrap_or_default();
                let vaf = m.vaf.map(|v| format!(":{v}")).unwrap_or_default();
                [m.gene, &m.change, &kind, &vaf]
                    .iter()
                    .filter(|t| !t.is_empty())
                    .copied()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect::<Vec<_>>()
            .join("; "),
        Err(error) => format!("error: {error}"),
    }
}

const SPELLINGS: &[(&str, &str)] = &[
    ("DNMT3A", "DNMT3A"),
    ("DNMT3A;TET2", "DNMT3A; TET2"),
    ("CALR 52-bp deletion", "CALR 52-bp deletion"),
    ("No pathogenic variants detected.", "none"),
    ("no mutations", "none"),
    ("病的変異なし", "none"),
    ("有意な変異を認めず", "none"),
    ("TP53 deletion of exon 5", "TP53 deletion exon 5"),
    ("DNMT3A; TET2", "DNMT3A; TET2"),
    ("DNMT3A/TET2", "DNMT3A; TET2"),
    ("DNMT3A, TET2", "DNMT3A; TET2"),
    ("DNMT3A+TET2", "DNMT3A; TET2"),
    ("DNMT3A & TET2", "DNMT3A; TET2"),
    ("DNMT3A and TET2", "DNMT3A; TET2"),
    ("DNMT3A TET2", "DNMT3A; TET2"),
    ("DNMT3A\nTET2", "DNMT3A; TET2"),
    ("ＤＮＭＴ３Ａ、ＴＥＴ２", "DNMT3A; TET2"),
    ("DNMT3A・TET2", "DNMT3A; TET2"),
    ("DNMT3A；TET2", "DNMT3A; TET2"),
    ("(DNMT3A, TET2)", "DNMT3A; TET2"),
    ("DNMT3A;;TET2;", "DNMT3A; TET2"),
    ("dnmt3a変異、tet2変異", "DNMT3A; TET2"),
    ("DNMT3A;DNMT3A", "DNMT3A; DNMT3A"),
    ("TET2 x2", "TET2; TET2"),
    ("TET2×2;ASXL1", "TET2; TET2; ASXL1"),
    ("JAK2 V617F", "JAK2 V617F"),
    ("JAK2V617F", "JAK2 V617F"),
    ("JAK2 p.V617F (c.1849G>T)", "JAK2 p.V617F c.1849G>T"),
    ("DNMT3A(R882H)", "DNMT3A R882H"),
    ("DNMT3A(R882H, 12%)", "DNMT3A R882H :0.12"),
    ("SRSF2-P95H", "SRSF2 P95H"),
    ("SF3B1 K700E/TET2 Q1523*", "SF3B1 K700E; TET2 Q1523*"),
    ("TET2 p.Gln1523*", "TET2 p.Gln1523*"),
    ("TET2 p.(Gln1523Ter)", "TET2 p.(Gln1523Ter)"),
    ("TET2 R1261C TET2 Q1523*", "TET2 R1261C; TET2 Q1523*"),
    ("ASXL1 G646Wfs*12", "ASXL1 G646Wfs*12"),
    ("ASXL1:c.1934dupG", "ASXL1 c.1934dupG"),
    (
        "JAK2:NM_004972.4:exon14:c.1849G>T:p.V617F:0.3",
        "JAK2 NM_004972.4 exon14 c.1849G>T p.V617F :0.3",
    ),
    ("CALR 52bp del", "CALR 52bp del"),
    ("CALR type 1", "CALR type 1"),
    ("NPM1 type A 0.3", "NPM1 type A :0.3"),
    ("JAK2 exon 12; TET2 0.05", "JAK2 exon 12; TET2 :0.05"),
    ("SRSF2 P95_R102del", "SRSF2 P95_R102del"),
    ("IDH2 R140Q mutation", "IDH2 R140Q"),
    ("TET2:0.12", "TET2 :0.12"),
    ("TET2:0,01", "TET2 :0.01"),
    ("TET2：０．１２", "TET2 :0.12"),
    ("TET2:0,12,DNMT3A:0,05", "TET2 :0.12; DNMT3A :0.05"),
    ("TET2 12%", "TET2 :0.12"),
    ("TET2 (12.5 %)", "TET2 :0.125"),
    ("TET2 VAF 12%", "TET2 :0.12"),
    ("TET2, 12%; DNMT3A, 0.05", "TET2 :0.12; DNMT3A :0.05"),
    ("TET2=0.12", "TET2 :0.12"),
    ("TET2[0.12]", "TET2 :0.12"),
    ("TET2:1.0", "TET2 :1"),
    ("FLT3-ITD", "FLT3 <Itd>"),
    ("FLT3ITD:0.3", "FLT3 <Itd> :0.3"),
    ("FLT3 (TKD)", "FLT3 <Tkd>"),
    ("MLL-PTD", "KMT2A <Ptd>"),
    ("KMT2A_PTD", "KMT2A <Ptd>"),
    ("CEBPA(bZIP):0.40", "CEBPA <Bzip> :0.4"),
    ("C/EBPα bZIP", "CEBPA <Bzip>"),
    ("NPM1c", "NPM1"),
    ("p53", "TP53"),
    ("MLL", "KMT2A"),
    ("MLL2", "KMT2D"),
    ("FAM46C", "TENT5C"),
    ("AML1;N-RAS", "RUNX1; NRAS"),
    ("TET2 12%; NPM1 wt; FLT3-ITD(-)", "TET2 :0.12"),
    ("NPM1+/FLT3-ITD-", "NPM1"),
    ("NPM1陽性、FLT3-ITD陰性", "NPM1"),
    ("none", "none"),
    ("None.", "none"),
    ("なし", "none"),
    ("変異なし", "none"),
    ("wt", "none"),
    ("wild-type", "none"),
    ("No mutations detected", "none"),
    ("not detected", "none"),
    ("not done", "not known"),
    ("未検査", "not known"),
];

#[test]
fn every_spelling_is_read() {
    for (text, expected) in SPELLINGS {
        assert_eq!(written(text), *expected, "{text:?}");
    }
}

/// What is wrong, and a part of what is said.
const WRONG: &[(&str, &str)] = &[
    ("DMNT3A", "DMNT3A is no gene known here; did you mean DNMT3A?"),
    ("DNMT3", "did you mean DNMT3A?"),
    ("TET2;ASLX1", "did you mean ASXL1?"),
    ("ASLX1-R693X", "did you mean ASXL1?"),
    ("TTN:0.3", "TTN is no gene known here"),
    ("TET2 TTN", "TTN is no gene and no change known here"),
    ("IDH1/2", "2 is no gene"),
    ("TET2:12", "per cent need their sign"),
    ("TET2:-0.1", "-0.1"),
    ("TET2:1", "may be a VAF or a yes"),
    ("TET2 0.1 0.2", "write each mutation with its gene"),
    ("TET2 <5%", "the sign <"),
    ("TET2 VUS", "VUS"),
    ("TP53 biallelic", "biallelic"),
    ("TP53 deletion", "may be a loss of 17p"),
    ("TP53 del 30%", "may be a loss of 17p"),
    ("no other mutations", "no gene known here"),
    ("TET2:", "nothing stands behind a colon"),
    (":0.12", "no gene stands before its colon"),
    ("0.12", "is no gene"),
    ("2", "is no gene"),
    ("-", "write none, or NA"),
    ("TET2 (12%", "never closed"),
    ("TET2 12%)", "was not opened"),
    ("PML::RARA", "belongs into the column fusions"),
    ("RUNX1-RUNX1T1", "belongs into the column fusions"),
    ("NPM1 wt", "no mutated gene is named"),
    ("JAK2 ITD", "no kind of mutation of JAK2"),
    ("JAK2 V617F;JAK2 V617F", "stands twice"),
    ("TET2 x2 12%", "one VAF for 2 mutations"),
    ("TET2 p.(=)", "p.(=)"),
];

#[test]
fn what_is_not_understood_is_an_error() {
    for (text, said) in WRONG {
        let actual = written(text);
        assert!(
            actual.starts_with("error: ") && actual.contains(said),
            "{text:?}: {actual}"
        );
    }
}

/// No text may bring it down, and nothing read may hold less than was written.
#[test]
fn any_text_is_read_or_refused() {
    let alphabet: Vec<char> = "TET2 DNMT3A:;,/()%.0129-*+p>×、＝[x]".chars().collect();
    let mut state = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).unwrap() % alphabet.len();
            text.push(alphabet[at]);
        }
        if let Ok(Some(list)) = read(&text) {
            assert!(
                list.iter()
                    .all(|m| m.vaf.is_none_or(|v| (0.0..=1.0).contains(&v))),
                "{text:?}"
            );
        }
    }
}
