//! Tables as people keep them: every encoding, separator and workbook, hostile cells, rows that cannot be used, and the spellings of
//! options and columns.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::format_push_string, reason = "clearer in a test")]

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Every model of `score` with the columns that it cannot do without, and a row that it can score.
const MODELS: [(&str, &str, &str); 7] = [
    ("ipss-m", "HB,PLT,BM_BLAST", "9.6,88,7"),
    ("ipss-r", "HB,PLT,ANC,BM_BLAST,CYTO_IPSSR", "9.6,88,1.2,7,Good"),
    ("karyotype", "karyotype", "\"46,XX[20]\""),
    ("stage", "hb", "9.6"),
    ("chrs", "max_vaf", "0.1"),
    ("ccrs", "plt", "88"),
    ("plasma-cell", "plasma_cells", "12"),
];

struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Scores a table of these bytes and returns what came of it.
fn score(model: &str, name: &str, bytes: &[u8], more: &[&str]) -> Ran {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    run(
        folder.path(),
        &[&["score", model, name, "-o", "-"], more].concat(),
    )
}

/// Makes a workbook of worksheets, each with its name and its rows of texts.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut parts = vec![
        ("xl/workbook.xml".to_owned(), String::new()),
        ("xl/_rels/workbook.xml.rels".to_owned(), String::new()),
    ];
    let (mut names, mut relations) = (String::new(), String::new());
    for (index, (name, rows)) in sheets.iter().enumerate() {
        names += &format!("<sheet name=\"{name}\" sheetId=\"{index}\" r:id=\"r{index}\"/>");
        relations += &format!(
            "<Relationship Id=\"r{index}\" Type=\"x/worksheet\" Target=\"worksheets/{index}.xml\"/>"
        );
        let mut data = String::new();
        for row in *rows {
            let cells = row
                .iter()
                .map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
            data += &format!("<row>{}</row>", cells.collect::<String>());
        }
        let text = format!("<worksheet><sheetData>{data}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/{index}.xml"), text));
    }
    parts[0].1 = format!("<workbook><sheets>{names}</sheets></workbook>");
    parts[1].1 = format!("<Relationships>{relations}</Relationships>");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn one_bad_row_of_any_model_leaves_the_others() {
    for (model, columns, good) in MODELS {
        let width = columns.split(',').count();
        for id in ["ID", "sample"] {
            let ragged = vec!["x"; width + 2].join(",");
            let table = format!("{id},{columns}\na,{good}\nbad,{ragged}\nc,{good}\n");
            let ran = score(model, "t.csv", table.as_bytes(), &[]);
            assert_eq!(ran.code, 3, "{model}: {}", ran.stderr);
            let names: Vec<&str> = ran
                .stdout
                .lines()
                .skip(1)
                .filter_map(|l| l.split([',', '\t']).next())
                .collect();
            assert_eq!(names, ["a", "c"], "{model}: {}", ran.stdout);
            let said = format!(
                "t.csv, line 3: {} cells where the header has {} cell",
                width + 3,
                width + 1
            );
            assert!(ran.stderr.contains(&said), "{model}: {}", ran.stderr);
        }
    }
    let ran = score("ipss-m", "t.csv", b"ID,HB,PLT,BM_BLAST\na,ten,88,7\n", &[]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("line 2, column HB: \"ten\"") && ran.stderr.contains("no row can be used"));
}

/// A name was once a formula to a spreadsheet and an escape to a terminal, in three of the models.
#[test]
fn no_model_writes_a_formula_or_a_control_character() {
    for (model, columns, good) in MODELS {
        for name in [
            "=cmd|x",
            "+1+cmd",
            "@SUM(A1)",
            "a\u{1b}[31mb",
            "a\u{202e}b\u{0}c",
            "a\u{9b}31m",
        ] {
            let table = format!("ID,{columns},=cmd\u{1b}[2J\n{name},{good},x\n");
            let ran = score(model, "t.csv", table.as_bytes(), &[]);
            assert_eq!(ran.code, 0, "{model} {name:?}: {}", ran.stderr);
            for text in [&ran.stdout, &ran.stderr] {
                assert!(
                    !text.contains(['\u{1b}', '\u{202e}', '\u{0}', '\u{9b}']),
                    "{model} {name:?}: {text}"
                );
            }
            let starts = |c: &str| c.trim_start_matches('"').starts_with(['=', '+', '@']);
            assert!(
                !ran.stdout.split(['\n', ',', '\t']).any(starts),
                "{model} {name:?}: {}",
                ran.stdout
            );
        }
    }
}

#[test]
fn every_spreadsheets_text_says_the_same() {
    let table = "ID;HB;PLT;BM_BLAST;名前\r\np1;9,6;88;4,5;山田\r\n";
    let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode(table);
    let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let expected = score("ipss-m", "t.csv", b"ID,HB,PLT,BM_BLAST\np1,9.6,88,4.5\n", &[]);
    assert_eq!(expected.code, 0, "{}", expected.stderr);
    for (bytes, assumed) in [
        (table.as_bytes().to_vec(), None),
        ([b"\xef\xbb\xbf", table.as_bytes()].concat(), None),
        (table.replace("\r\n", "\r").into_bytes(), None),
        (format!("sep=;\r\n{table}").into_bytes(), None),
        (table.replace("9,6", "９，６").into_bytes(), None),
        (japanese.into_owned(), Some("read as Shift_JIS")),
        ([b"\xff\xfe", &*wide].concat(), None),
        (wide, Some("read as UTF-16LE")),
    ] {
        let ran = score("ipss-m", "t.csv", &bytes, &[]);
        assert_eq!((ran.code, &ran.stdout), (0, &expected.stdout), "{}", ran.stderr);
        let said = ran.stderr.contains("was read as");
        assert_eq!(said, assumed.is_some(), "{}", ran.stderr);
        assert!(ran.stderr.contains(assumed.unwrap_or("")), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("unknown column 名前 is not used"),
            "{}",
            ran.stderr
        );
    }
    let unclear = score("ipss-m", "t.csv", b"ID;HB;PLT;BM_BLAST\np1;9,600;88;4\n", &[]);
    assert_eq!(unclear.code, 3);
    assert!(
        unclear
            .stderr
            .contains("column HB: \"9,600\" is not clear, for its comma"),
        "{}",
        unclear.stderr
    );
}

#[test]
fn a_workbook_is_read_by_every_model_and_as_sample_sheet() {
    for (model, columns, good) in MODELS {
        let header: Vec<&str> = std::iter::once("ID").chain(columns.split(',')).collect();
        let cells: Vec<&str> = std::iter::once("p1")
            .chain(if model == "karyotype" {
                vec!["46,XX[20]"]
            } else {
                good.split(',').collect()
            })
            .collect();
        let book = workbook(&[("first", &[&header, &cells]), ("second", &[&header])]);
        let expected = score(
            model,
            "t.csv",
            format!("ID,{columns}\np1,{good}\n").as_bytes(),
            &[],
        );
        // By its bytes, whatever its name.
        for name in ["t.xlsx", "t.csv"] {
            let ran = score(model, name, &book, &[]);
            assert_eq!(
                (ran.code, &ran.stdout),
                (0, &expected.stdout),
                "{model}: {}",
                ran.stderr
            );
            assert!(
                ran.stderr.contains("sheet \"first\" was read, the first of 2"),
                "{model}: {}",
                ran.stderr
            );
        }
        let second = score(model, "t.xlsx", &book, &["--sheet", "second"]);
        assert!(
            second.code == 3 && second.stderr.contains("no row below the header"),
            "{model}: {}",
            second.stderr
        );
        let none = score(model, "t.xlsx", &book, &["--sheet", "3"]);
        assert!(
            none.stderr
                .contains("no sheet \"3\"; it has \"first\", \"second\""),
            "{model}: {}",
            none.stderr
        );
    }
}

/// A file with one DNMT3A record, 10 of 100 reads.
fn vcf(sample: &str) -> String {
    format!(
        "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n\
         ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{sample}\n\
         chr2\t25234373\t.\tC\tT\t.\tPASS\t.\tGT:AD\t0/1:90,10\n"
    )
}

fn lab() -> TempDir {
    let folder = TempDir::new().unwrap();
    for sample in ["A", "B"] {
        fs::write(folder.path().join(format!("{sample}.vcf")), vcf(sample)).unwrap();
    }
    folder
}

fn reported(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder.join("out")) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.retain(|n| Path::new(n).extension().is_some_and(|e| e == "json"));
    names.sort();
    names
}

#[test]
fn a_sample_sheet_is_any_spreadsheets_table() {
    let rows: [&[&str]; 3] = [
        &["sample", "vcf", "sex", "hb"],
        &["A", "A.vcf", "女性", "9.6"],
        &["B", "B.vcf", "M", "10"],
    ];
    let text = "Sample;VCF;Sex;HB\r\nA;A.vcf;女性;9,6\r\nB;B.vcf;M;10\r\n";
    let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    for (name, bytes) in [
        ("s.csv", text.as_bytes().to_vec()),
        ("s.csv", japanese.into_owned()),
        ("s.xlsx", workbook(&[("S", &rows)])),
        ("s.csv", workbook(&[("S", &rows)])),
    ] {
        let folder = lab();
        fs::write(folder.path().join(name), bytes).unwrap();
        let ran = run(folder.path(), &["analyze", "-s", name, "-o", "out"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(reported(folder.path()), ["A.json", "B.json"]);
        let result = fs::read_to_string(folder.path().join("out/A.json")).unwrap();
        assert!(
            result.contains("\"sex\": \"female\"") && result.contains("9.6"),
            "{result}"
        );
    }
}

/// A row of another length was once called an encoding, and took the run with it.
#[test]
fn a_ragged_row_of_a_sheet_keeps_its_sample_out_and_no_other() {
    let folder = lab();
    for (row, said) in [
        (
            "A,A.vcf,F,9,6",
            "s.csv, line 2: 5 cells where the header has 4 cells; a decimal comma",
        ),
        ("A,A.vcf", "s.csv, line 2: 2 cells where the header has 4 cells"),
        ("A", "s.csv, line 2: 1 cell where the header has 4 cells"),
    ] {
        fs::write(
            folder.path().join("s.csv"),
            format!("sample,vcf,sex,hb\n{row}\nB,B.vcf,M,10\n"),
        )
        .unwrap();
        let ran = run(folder.path(), &["analyze", "-s", "s.csv", "-o", "out", "--force"]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(
            ran.stderr.contains(said) && !ran.stderr.contains("UTF-8"),
            "{}",
            ran.stderr
        );
        assert_eq!(reported(folder.path()), ["B.json"], "{row}");
        fs::remove_dir_all(folder.path().join("out")).unwrap();
    }
}

#[test]
fn an_unknown_column_is_named_with_the_nearest() {
    let folder = lab();
    fs::write(
        folder.path().join("s.csv"),
        "sample,vcf,FLT3-ITD,karyotyp,mood\u{1b}[31m\nA,A.vcf,1,NA,good\n",
    )
    .unwrap();
    let ran = run(folder.path(), &["analyze", "-s", "s.csv", "-o", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("unknown columns karyotyp (did you mean karyotype?), mood\\u{1b}[31m are not used"),
        "{}",
        ran.stderr
    );
    for (model, columns, good) in MODELS {
        let table = format!("ID,{columns},zzzzzzzz\na,{good},1\n");
        let ran = score(model, "t.csv", table.as_bytes(), &[]);
        assert!(
            ran.stderr.contains("unknown column zzzzzzzz is not used"),
            "{model}: {}",
            ran.stderr
        );
    }
    let ran = score(
        "ipss-m",
        "t.csv",
        b"ID,HB,PLT,BM_BLAST,FLT3-ITD,KMT2A-PTD,AXSL1\na,9.6,88,7,1,1,0\n",
        &[],
    );
    assert!(
        ran.stderr
            .contains("unknown column AXSL1 (did you mean ASXL1?) is not used"),
        "{}",
        ran.stderr
    );
    assert!(
        !ran.stdout.contains("MLL_PTD") && !ran.stdout.contains("FLT3"),
        "{}",
        ran.stdout
    );
}

#[test]
fn mutations_mean_one_thing_in_every_model() {
    let listed = score(
        "chrs",
        "t.csv",
        b"ID,mutations,rdw,mcv,cytopenia,age\na,DNMT3A:0.05,13,90,0,60\n",
        &[],
    );
    let stated = score(
        "chrs",
        "t.csv",
        b"ID,genes,max_vaf,rdw,mcv,cytopenia,age\na,DNMT3A,0.05,13,90,0,60\n",
        &[],
    );
    let counted = score("chrs", "t.csv", b"ID,single_dnmt3a,high_risk_mutation,mutations,max_vaf,rdw,mcv,cytopenia,age\na,1,0,1,0.05,13,90,0,60\n", &[]);
    assert_eq!(
        (listed.code, &listed.stdout),
        (0, &stated.stdout),
        "{}",
        listed.stderr
    );
    assert_eq!(counted.stdout, stated.stdout, "{}", counted.stderr);
    let listed = score(
        "ccrs",
        "t.csv",
        b"ID,mutations,plt\na,SRSF2:0.3;TET2:0.1,99\n",
        &[],
    );
    let stated = score("ccrs", "t.csv", b"ID,genes,plt\na,SRSF2;TET2,99\n", &[]);
    assert_eq!(
        (listed.code, &listed.stdout),
        (0, &stated.stdout),
        "{}",
        listed.stderr
    );
    let number = score("stage", "t.csv", b"ID,mutations,hb\na,3,9\nb,TET2:0.1,9\n", &[]);
    assert!(
        number.code == 3
            && number
                .stderr
                .contains("line 2, column mutations: \"3\" is not mutations"),
        "{}",
        number.stderr
    );
}

#[test]
fn options_are_read_as_people_write_them() {
    let folder = lab();
    for (sex, build) in [
        ("f", "hg38"),
        ("女性", "GRCh38.p14"),
        ("Female", "b38"),
        ("female", "grch38"),
    ] {
        let ran = run(
            folder.path(),
            &[
                "analyze", "A.vcf", "-o", "out", "--force", "--sex", sex, "--build", build,
            ],
        );
        assert_eq!(ran.code, 0, "{sex} {build}: {}", ran.stderr);
        let result = fs::read_to_string(folder.path().join("out/A.json")).unwrap();
        assert!(result.contains("\"sex\": \"female\""), "{sex}");
    }
    for (option, value, said) in [
        ("--sex", "x", "write female or male"),
        ("--build", "hg18", "neither grch37 (hg19, b37) nor grch38"),
    ] {
        let ran = run(
            folder.path(),
            &["analyze", "A.vcf", "-o", "out", "--force", option, value],
        );
        assert!(ran.code == 2 && ran.stderr.contains(said), "{}", ran.stderr);
    }
    let beds = ["hg19", "GRCh37", "hs37d5", "b37"]
        .map(|b| run(folder.path(), &["panel", "bed", "ch", "--build", b]).stdout);
    assert!(!beds[0].is_empty() && beds.iter().all(|b| *b == beds[0]));
}

#[test]
fn a_panel_file_of_a_stranger_prints_no_escape() {
    let folder = TempDir::new().unwrap();
    let panel = "name = \"x\\u001B[31m\\u202E\\u0000\"\nversion = \"1\\u009B31m\"\ngenes = [\"DNMT3A\"]\n[title]\nen = \"a\\u001B]0;t\\u0007\\nb\"\nja = \"b\"\n";
    fs::write(folder.path().join("p.toml"), panel).unwrap();
    for arguments in [
        &["panel", "check", "p.toml"][..],
        &["panel", "show", "p.toml", "--rules"],
        &["panel", "show", "p.toml", "--format", "markdown"],
        &["panel", "show", "p.toml", "--gene", "X\u{1b}[31m"],
        &["panel", "bed", "p.toml", "--build", "hg38"],
    ] {
        let ran = run(folder.path(), arguments);
        for text in [&ran.stdout, &ran.stderr] {
            assert!(
                !text.contains(['\u{1b}', '\u{202e}', '\u{0}', '\u{7}', '\u{9b}']),
                "{arguments:?}: {text}"
            );
        }
    }
}

#[test]
fn a_profile_serves_every_command_and_names_itself() {
    let folder = lab();
    fs::create_dir(folder.path().join("lab")).unwrap();
    let write = |text: &str| fs::write(folder.path().join("lab/lab.toml"), text).unwrap();
    fs::write(
        folder.path().join("lab/ours.toml"),
        "name = \"ours\"\nversion = \"1\"\ngenes = [\"TET2\"]\n",
    )
    .unwrap();
    write("panel = \"ours.toml\"\nbuild = \"hg38\"\nsex = \"F\"\n");
    let ran = run(folder.path(), &["annotate", "A.vcf", "-c", "lab/lab.toml"]);
    assert!(
        ran.code == 0 && !ran.stdout.contains("HC_Gene=DNMT3A"),
        "{}",
        ran.stderr
    );
    let ran = run(
        folder.path(),
        &["analyze", "A.vcf", "-c", "lab/lab.toml", "-o", "out"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        fs::read_to_string(folder.path().join("out/A.json"))
            .unwrap()
            .contains("\"sex\": \"female\"")
    );
    for (text, said) in [
        (
            "min-waf = 0.1\n",
            "line 1: key min-waf is not known; did you mean min-vaf?",
        ),
        ("recurrent = \"\"\n", "key recurrent"),
        (
            "population = \"none.vcf\"\n",
            "key population: \"lab/none.vcf\" is no file that is there",
        ),
        ("rules = \"local\"\n", "--rules local"),
        ("build = \"hg18\"\n", "hg18"),
    ] {
        write(text);
        let ran = run(
            folder.path(),
            &["analyze", "A.vcf", "-c", "lab/lab.toml", "-o", "out", "--force"],
        );
        assert!(matches!(ran.code, 2 | 3), "{text}");
        assert!(
            ran.stderr.contains(said) && ran.stderr.contains("lab.toml"),
            "{text}: {}",
            ran.stderr
        );
    }
}
