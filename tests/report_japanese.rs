//! A page in Japanese says everything in Japanese: no English is left in it but names, citations and units.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// What stays English on purpose: published names with a Japanese gloss behind them, and what an abbreviation stands for.
const NAMES: [&str; 8] = [
    "with mutated NPM1（NPM1変異を伴うAML）",
    "with mutated TP53（TP53変異MDS",
    "defined by differentiation（分化により定義されるAML）",
    "NOS without dysplasia（異形成のないMDS、非特定）",
    "related gene mutation（骨髄異形成関連遺伝子変異MDS/AML）",
    "related cytogenetic abnormalities（骨髄異形成関連染色体異常MDS/AML）",
    "with defining genetic abnormalities（遺伝子異常により定義されるAML）",
    "clonal hematopoiesis of indeterminate potential",
];

/// Returns the texts of a page that a reader sees, citations left out.
fn texts(page: &str) -> Vec<String> {
    let (mut texts, mut rest, mut skipped) = (Vec::new(), page, None);
    while let Some((text, after)) = rest.split_once('<') {
        let (tag, behind) = after.split_once('>').unwrap();
        let text = text.trim();
        let is_citation = text.starts_with('[') || text.starts_with(": ");
        if skipped.is_none() && !text.is_empty() && !is_citation {
            texts.push(text.to_owned());
        }
        let closes = skipped.is_some_and(|name: &str| tag == format!("/{name}"));
        if closes {
            skipped = None;
        } else if skipped.is_none() {
            skipped = ["style", "script", "title"]
                .into_iter()
                .find(|n| tag.starts_with(n));
            if tag.starts_with("ol class=\"sources\"") {
                skipped = Some("ol");
            }
        }
        rest = behind;
    }
    texts
}

/// Two words of lower-case letters one after the other, or a name with an underscore, as columns have.
fn is_english(text: &str) -> bool {
    let text = NAMES
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(name, ""));
    let words: Vec<bool> = text
        .split([' ', ','])
        .map(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    let is_column = |w: &str| {
        w.contains('_')
            && w.bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
    };
    words.windows(2).any(|pair| pair[0] && pair[1]) || text.split([' ', '、', '：']).any(is_column)
}

/// Lower-case and capitalized Latin words that stand in Japanese pages on purpose: names, units, ISCN, HGVS and file formats. What is
/// written in capitals, alone or mixed, is an abbreviation or a name.
const LATIN: &[&str] = &[
    "Adverse",
    "Auer",
    "Bick",
    "Favorable",
    "Fenaux",
    "Fisher",
    "Giemsa",
    "Good",
    "High",
    "Intermediate",
    "Kappa",
    "Kyle",
    "Lambda",
    "Lifelines",
    "Low",
    "Mayo",
    "Moderate",
    "Mutect",
    "Newcombe",
    "Niroula",
    "Oxford",
    "Phred",
    "Poor",
    "Ravi",
    "Shapiro",
    "Very",
    "Vlasschaert",
    "Weeks",
    "Wilson",
    "abnormalities",
    "add",
    "age",
    "alleles",
    "bick",
    "build",
    "call",
    "chr",
    "clinical",
    "clonal",
    "cytogenetic",
    "defined",
    "defining",
    "del",
    "der",
    "detection",
    "dic",
    "differentiation",
    "docs",
    "dup",
    "dysplasia",
    "edu",
    "file",
    "frame",
    "gene",
    "genetic",
    "hematopoiesis",
    "hotspots",
    "html",
    "idem",
    "idic",
    "inc",
    "indeterminate",
    "index",
    "ins",
    "inv",
    "ish",
    "iso",
    "json",
    "judgement",
    "kappa",
    "lambda",
    "lecture",
    "limit",
    "list",
    "lof",
    "log",
    "loss",
    "mar",
    "mark",
    "min",
    "mmol",
    "mol",
    "more",
    "mos",
    "multi",
    "mut",
    "mutated",
    "mutation",
    "myelodysplasia",
    "myelodysplastic",
    "myeloid",
    "myeloproliferative",
    "niroula",
    "oncogenic",
    "option",
    "panel",
    "potential",
    "rearrangement",
    "ref",
    "reference",
    "related",
    "residue",
    "samples",
    "samtools",
    "sheet",
    "splice",
    "stop",
    "the",
    "trp",
    "tsv",
    "vlasschaert",
    "who",
    "with",
    "without",
];

/// Returns the Latin words that are not on the list.
fn latin<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let is_word = |w: &&str| w.len() > 2 && w.bytes().skip(1).all(|b| b.is_ascii_lowercase());
    let mut words: Vec<&str> = texts
        .iter()
        .filter(|t| t.chars().any(is_japanese))
        .flat_map(|t| t.split(|c: char| !c.is_ascii_alphabetic()))
        .filter(is_word)
        .filter(|w| !LATIN.contains(w))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30fa}' | 'ー' | '々' | '\u{3400}'..='\u{9fff}')
}

/// Returns the places where half-width punctuation touches Japanese, names of ISCN and literals in 「」 or backticks left out.
fn half_width(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let (mut quotes, mut ticks) = (0_i32, false);
    let mut found = Vec::new();
    for (index, c) in chars.iter().enumerate() {
        match c {
            '「' => quotes += 1,
            '」' => quotes -= 1,
            '`' => ticks = !ticks,
            _ => {}
        }
        let beside = |at: Option<usize>| at.and_then(|i| chars.get(i)).is_some_and(|c| is_japanese(*c));
        let touches = beside(index.checked_sub(1)) || beside(Some(index + 1));
        if quotes > 0 || ticks || !touches || !"(),:;/!?".contains(*c) {
            continue;
        }
        // The end of a name of ISCN or HGVS, `del(5q)`, `p.(Arg882His)`.
        let opened = chars[..index].iter().rposition(|c| *c == '(');
        let named = opened
            .and_then(|i| i.checked_sub(1))
            .is_some_and(|i| chars[i].is_ascii_lowercase() || matches!(chars[i], ')' | '.'));
        // `del(13q)/13モノソミー`, and units as in `mL/分`.
        let slash_of_name =
            *c == '/' && index > 0 && (chars[index - 1] == ')' || chars[index - 1].is_ascii_alphabetic());
        if (*c == ')' && named) || slash_of_name {
            continue;
        }
        let around = index.saturating_sub(8)..(index + 9).min(chars.len());
        found.push(chars[around].iter().collect());
    }
    found
}

/// Takes the tags within a line out, so that a mark after a word in its own tag stands beside it.
fn joined(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((text, after)) = rest.split_once('<') {
        out.push_str(text);
        let (tag, behind) = after.split_once('>').unwrap();
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        if !["span", "b", "strong", "a", "bdi"].contains(&name) {
            out.push('<');
            out.push_str(tag);
            out.push('>');
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Asserts it of a page; names of filters and callers stay as the file writes them.
fn assert_japanese(path: &Path, verbatim: &[&str]) {
    let page = fs::read_to_string(path).unwrap();
    let texts = texts(&page);
    assert!(texts.len() > 20, "{}", path.display());
    let english: Vec<_> = texts
        .iter()
        .filter(|t| is_english(t) && !verbatim.iter().any(|v| t.contains(v)))
        .collect();
    assert_eq!(english, [""; 0], "{}", path.display());
    let shown: Vec<&str> = texts
        .iter()
        .map(String::as_str)
        .filter(|t| !verbatim.iter().any(|v| t.contains(v)))
        .collect();
    assert_eq!(latin(&shown), [""; 0], "{}", path.display());
    let whole = joined(&page);
    let marks: Vec<String> = self::texts(&whole).iter().flat_map(|t| half_width(t)).collect();
    assert_eq!(marks, [""; 0], "{}", path.display());
}

fn hemoclone(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("hemoclone").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args);
    command
}

#[test]
fn the_demo_has_no_english_in_its_japanese_pages() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    hemoclone(&[
        "analyze",
        "-s",
        "testdata/demo/samples.csv",
        "--lang",
        "ja",
        "--force",
        "-o",
        folder,
    ])
    .assert()
    .success();
    let mut pages = 0;
    for entry in fs::read_dir(out.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "html") {
            assert_japanese(&path, &["weak_evidence"]);
            pages += 1;
        }
    }
    assert!(pages > 10);
    let page = fs::read_to_string(out.path().join("demo02-chip.html")).unwrap();
    assert!(page.contains("<dd><span lang=\"ja\">すべて</span></dd>"));
}

#[cfg(feature = "alignments")]
#[test]
fn samples_of_reads_have_no_english_in_their_japanese_pages() {
    let out = tempfile::tempdir().unwrap();
    let reads = "testdata/alignments";
    let file = |name: &str| format!("{reads}/{name}");
    hemoclone(&[
        "analyze",
        "--lang",
        "ja",
        "-t",
        "1",
        "-o",
        out.path().to_str().unwrap(),
    ])
    .args([
        "-s",
        &file("samples.csv"),
        "-f",
        &file("reference.fa.gz"),
        "-L",
        &file("targets.bed"),
    ])
    .assert()
    .success();
    let pages = fs::read_dir(out.path()).unwrap().map(|e| e.unwrap().path());
    let pages: Vec<_> = pages
        .filter(|p| p.extension().is_some_and(|e| e == "html"))
        .collect();
    assert!(pages.len() > 1);
    for page in pages {
        assert_japanese(&page, &[]);
    }
}

/// Karyotypes that the reader has something to say about, each with a part of what is then on the page.
const KARYOTYPES: [(&str, &str); 21] = [
    (
        "46,XY,del(5)(q13q33)[1]/46,XY[19]",
        "：2細胞未満のため、クローン性とみなさない",
    ),
    ("47,XY,+8[10],inc", "不完全な核型（inc）"),
    ("46,XY,?del(5)(q13q33)[10]", "不確実な異常（?）も異常数に含めた"),
    ("46,XY,t(3;5)(q25;q34)[10]", "3q26を含まない3q異常"),
    ("45,XY[20]", "染色体数が記載された異常では説明できず"),
    ("46,XY,del(5(q13q33)[20]", "閉じ括弧がない"),
    ("46,XY,del(5q13q33)[20]", "染色体とバンドが同じ括弧内にある"),
    ("46,XY,XY,+8[20]", "性染色体が2回記載されている"),
    ("46,XY;+8[20]", "「,」として解釈"),
    ("47,XY,+mark[20]", "「mark」を「mar」として解釈"),
    (
        "46,XY,del(5)(q13q33)[5]/46,idem,-mar[3]",
        "失われるべき異常がないため除外",
    ),
    (
        "46,XY,del(5)(q13;q33)[20]",
        "1本の染色体のバンドが「;」で区切られている",
    ),
    ("46,XY,+8-7[20]", "文字目：「,」がない"),
    ("46,del(5)(q13q33)[20]", "性染色体の記載がない"),
    ("46,XY,,del(5)(q13q33)[20]", "「,」の間に記載がない"),
    ("46,XY[20].ish del(5)(q31q31)", "FISHまたはアレイの記載のため除外"),
    ("46,XY,-Y or -X[20]", "複数の候補のうちのいずれか"),
    ("46,XY,-7 or +8[20]", "未確定：複数の候補のうちいずれの異常か不明"),
    ("46,XY,inc[20]", "未確定：不完全核型（inc）"),
    ("46,XY[5]46,XY,+8[5]", "「/」がない"),
    (
        "47,idem,+8[5]/46,XY,del(5)(q13q33)[5]",
        "最初のクローンが他のクローンを参照",
    ),
];

#[test]
fn what_the_reader_of_karyotypes_says_is_in_japanese() {
    for (karyotype, said) in KARYOTYPES {
        let folder = tempfile::tempdir().unwrap();
        let sheet = folder.path().join("s.csv");
        let text = format!("sample,sex,hb,bm_blast,karyotype\ndemo02-chip,M,9.1,7,\"{karyotype}\"\n");
        fs::write(&sheet, text).unwrap();
        let out = folder.path().join("out");
        hemoclone(&[
            "analyze",
            "testdata/demo/inputs/demo02.mutect2.vcf",
            "--lang",
            "ja",
            "-s",
        ])
        .arg(&sheet)
        .arg("-o")
        .arg(&out)
        .assert()
        .success();
        let page = out.join("demo02-chip.html");
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.contains(said), "{karyotype}: {said}");
        assert_japanese(&page, &["weak_evidence"]);
    }
}

/// Visits of which the page says a contradiction, a caution or what is missing; columns as in docs/scores/plasma-cell.md.
const VISITS: &str = "\
sample,date,m_protein_g_dl,heavy_chain,light_chain,kappa_flc_mg_l,lambda_flc_mg_l,flc_ratio,involved_flc_ratio,involved_flc_mg_l,plasma_cells,calcium_mmol_l,creatinine_umol_l,egfr,hb_g_dl,bone_lesions,mri_lesions,immunoparesis,reduced_isotypes,other_cause,plasmacytoma,amyloidosis
event without cells,,1,IgG,,,,,,,0,3.0,,,,,,,,,,
event low marrow,,1,IgG,,,,,,,5,3.0,,,,,,,,,,
large m no cells,,3.5,IgG,,,,,,,0,,,,,,,,,,,
ratio,,2,IgG,,40,20,9,,,15,,,,,,,,,,,
involved ratio,,2,IgG,,40,20,,7,,15,,,,,,,,,,,
involved,,2,IgG,,40,20,,,90,15,,,,,,,,,,,
chains,,2,IgG,lambda,90,20,,,,15,,,,,,,,,,,
kidney,,2,IgG,,50,20,,,,15,,,50,,,,,,,,
bare large,,3.5,none,,,,,,,15,,,,,,,,,,,
bare,,1,none,,,,,,,5,,,,,,,,,,,
igm,,2,IgM,,,,,,,70,,,,,,,,,,,
bone,,1,IgG,,,,,,,5,,,,,0,,,,,bone,
immunity,,2,IgG,,,,,,,15,,,,,,,yes,0,,,
immunity too,,2,IgG,,,,,,,15,,,,,,,no,2,,,
one lesion,,2,IgG,,,,,,,15,,,,,,1,,,,,yes
elsewhere,,2,IgG,,,,,,,15,,,,9,,,,,A,,
idle,,2,IgG,,,,,,,15,,,,13,,,,,\"C, R\",,
models,,2,IgG,,200,10,,,,20,,,,13,0,0,,,,,
serial,2025-01-10,2.1,IgG,kappa,40,20,,,,15,2.3,,,12.8,0,0,,,,,
serial,2025-06-20,3.2,,,,,,,,,,80,,12.1,,,,,,,
";

#[test]
fn plasma_cell_findings_are_in_japanese() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    fs::write(&table, VISITS).unwrap();
    let page = folder.path().join("p.html");
    hemoclone(&["score", "plasma-cell", "--correct-calcium", "--lang", "ja"])
        .arg(&table)
        .arg("-o")
        .arg(&page)
        .assert()
        .success();
    let text = fs::read_to_string(&page).unwrap();
    for said in [
        "C、クローン性形質細胞 0 %</span>",
        "C、クローン性形質細胞 5 %</span>",
        "κ/λ比 各軽鎖から2、報告値9</span>",
        "腫瘍側／非腫瘍側比 各軽鎖から2、報告値7</span>",
        "腫瘍側軽鎖 各軽鎖から40 mg/L、報告値90 mg/L</span>",
        "免疫固定法 λ、遊離軽鎖 κ</span>",
        "κ/λ比 2.5、クリアランス 50 mL/min</span>",
        "M蛋白 3.5 g/dL</span>",
        "骨の形質細胞腫、溶骨性病変 0</span>",
        "正常免疫グロブリン低下 あり、低下したクラス数 0</span>",
        "正常免疫グロブリン低下 なし、低下したクラス数 2</span>",
        "カルシウム 3 mmol/L</span>",
        "MRI局在病変 1</span>",
        "クローン性形質細胞：2025-01-10",
        "高リスクに該当せず",
        "クローン性形質細胞 15 %",
        "クレアチニン + クレアチニンクリアランスにより変わり得る病期",
        "遊離κ軽鎖、遊離λ軽鎖",
    ] {
        assert!(text.contains(said), "{said}");
    }
    // Names of the samples of this test.
    let samples: Vec<&str> = VISITS
        .lines()
        .skip(1)
        .filter_map(|l| l.split(',').next())
        .collect();
    assert_japanese(&page, &samples);
}
