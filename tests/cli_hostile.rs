//! Broken and hostile inputs against the whole program: a clear error or a safe report, the exit code of the contract,
//! and nothing written by halves.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[path = "support/outside.rs"]
mod outside;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use assert_cmd::Command;
use noodles::bgzf;
use tempfile::TempDir;

const GRCH38: &str = "##contig=<ID=chr2,length=242193529>";

/// A file with one DNMT3A record, 10 of 100 reads.
fn vcf(contig: &str, columns: &str) -> String {
    let cells = "\t0/1:90,10".repeat(columns.split('\t').count());
    format!(
        "##fileformat=VCFv4.2\n{contig}\n\
         ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n\
         ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{columns}\n\
         chr2\t25234373\t.\tC\tT\t.\tPASS\t.\tGT:AD{cells}\n"
    )
}

fn bgzipped(text: &str) -> Vec<u8> {
    let mut writer = bgzf::io::Writer::new(Vec::new());
    for line in text.lines() {
        writeln!(writer, "{line}").unwrap();
        // A block a line, so that a cut can fall between blocks.
        writer.flush().unwrap();
    }
    writer.finish().unwrap()
}

struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

fn run_with(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Ran {
    let output = Command::cargo_bin("hemoclone")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .write_stdin(stdin)
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_with(folder, arguments, b"")
}

/// File names and contents of a folder; empty where it is not there.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

#[test]
fn an_unusable_input_is_named_and_the_others_are_finished() {
    let truncated = bgzipped(&vcf(GRCH38, "T"));
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("empty.vcf", Vec::new(), "empty (0 bytes)"),
        ("zero.vcf", vec![0; 500], "binary data"),
        (
            "text.vcf",
            b"hello\nworld\n".to_vec(),
            "does not start with a VCF header",
        ),
        ("cram.vcf", b"CRAM\x03\x00aaaaaaaaaaaaaaaaaaaa".to_vec(), "CRAM"),
        (
            "mouse.vcf",
            vcf("##contig=<ID=chr2,length=181755017>", "M").into(),
            "GRCm39",
        ),
        (
            "t2t.vcf",
            vcf("##contig=<ID=chr2,length=242696752>", "M").into(),
            "T2T-CHM13",
        ),
        (
            "pos.vcf",
            vcf(GRCH38, "P").replace("25234373", "X1").into(),
            "\"X1\"",
        ),
        ("two.vcf", vcf(GRCH38, "A\tA").into(), "stands 2 times"),
        (
            "cut.vcf.gz",
            truncated[..truncated.len() - 28].to_vec(),
            "cut short",
        ),
    ];
    for (name, bytes, words) in cases {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(name), bytes).unwrap();
        fs::write(folder.path().join("good.vcf"), vcf(GRCH38, "GOOD")).unwrap();
        let ran = run(folder.path(), &["analyze", name, "good.vcf", "-o", "out"]);
        assert_eq!(ran.code, 3, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(name), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{name}: {}", ran.stderr);
        let actual = names(&folder.path().join("out"));
        let expected = [
            "GOOD.calls.tsv",
            "GOOD.genes.tsv",
            "GOOD.html",
            "GOOD.json",
            "GOOD.vcf.gz",
            "GOOD.vcf.gz.tbi",
            "summary.tsv",
        ];
        assert_eq!(actual, expected, "{name}");
    }
}

#[test]
fn a_folder_or_nothing_is_no_input() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("dir.vcf")).unwrap();
    for (name, words) in [("dir.vcf", "it is a folder"), ("none.vcf", "No such file")] {
        for command in ["analyze", "vaf", "annotate"] {
            let arguments: &[&str] = match command {
                "vaf" => &["vaf", name],
                "annotate" => &["annotate", name, "-o", "annotated.vcf"],
                _ => &["analyze", name, "-o", "out", "--force"],
            };
            let ran = run(folder.path(), arguments);
            assert_eq!(ran.code, 3, "{command} {name}: {}", ran.stderr);
            assert!(ran.stderr.contains(words), "{command} {name}: {}", ran.stderr);
        }
    }
    assert!(!folder.path().join("annotated.vcf").exists());
}

#[test]
fn a_file_cut_anywhere_is_never_taken_for_whole() {
    let folder = TempDir::new().unwrap();
    let whole = bgzipped(&vcf(GRCH38, "T"));
    for length in (1..whole.len())
        .step_by(41)
        .chain([whole.len() - 28, whole.len() - 1])
    {
        fs::write(folder.path().join("cut.vcf.gz"), &whole[..length]).unwrap();
        let ran = run(folder.path(), &["vaf", "cut.vcf.gz"]);
        assert_eq!(ran.code, 3, "{length} of {} bytes", whole.len());
        let ran = run(folder.path(), &["annotate", "cut.vcf.gz", "-o", "annotated.vcf"]);
        assert_eq!(ran.code, 3, "{length} of {} bytes", whole.len());
        assert!(!folder.path().join("annotated.vcf").exists(), "{length} bytes");
    }
}

#[test]
fn hostile_sample_names_stay_inside_the_folder_and_the_cell() {
    let long = "L".repeat(300);
    let cases = [
        "../../x",
        "/etc/passwd",
        "..",
        "=cmd()",
        "<script>alert(1)</script>",
        "",
        &long,
        "a\u{1b}[31mred",
        "a\u{0}b",
        "a\u{85}b",
        "a\u{202e}gnp.exe",
        "CON",
        "-rf",
        "summary",
    ];
    for name in cases {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("in.vcf"), vcf(GRCH38, name)).unwrap();
        let ran = run(
            folder.path(),
            &["-v", "analyze", "in.vcf", "-o", "out", "--formats", "default,mqc"],
        );
        assert_eq!(ran.code, 0, "{name:?}: {}", ran.stderr);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "{name:?}");
        let out = tree(&folder.path().join("out"));
        assert_eq!(out.len(), 10, "{name:?}: {:?}", out.keys());
        for (file, bytes) in &out {
            assert!(file.len() < 200 && !file.starts_with('-') && !file.contains(['\u{1b}', '<', '=']));
            let kind = file.rsplit('.').next().unwrap();
            let text = match kind {
                "tbi" => continue,
                "gz" => {
                    let mut text = String::new();
                    let mut file = flate2::read::MultiGzDecoder::new(&bytes[..]);
                    std::io::Read::read_to_string(&mut file, &mut text).unwrap();
                    text
                }
                _ => String::from_utf8(bytes.clone()).unwrap(),
            };
            // JSON may hold what is no control character of ASCII; readers of JSON are programs.
            let raw =
                text.contains(['\u{1b}', '\u{0}']) || kind != "json" && text.contains(['\u{85}', '\u{202e}']);
            assert!(!raw, "{name:?} in {file}");
            let script = kind == "html" && text.contains("<script>alert");
            let formula = kind == "tsv" && text.split(['\t', '\n']).any(|c| c.starts_with("=cmd"));
            assert!(!script && !formula, "{name:?} in {file}");
        }
        let table = run(folder.path(), &["vaf", "in.vcf"]).stdout;
        assert_eq!(table.lines().count(), 2, "{name:?}: {table}");
        assert!(!table.contains(['\u{1b}', '\u{0}', '\u{85}']), "{name:?}");
        assert!(!ran.stderr.contains('\u{202e}'), "{name:?}");
    }
}

#[test]
fn one_name_in_two_files_writes_neither() {
    let folder = TempDir::new().unwrap();
    for name in ["a.vcf", "b.vcf"] {
        fs::write(folder.path().join(name), vcf(GRCH38, "S")).unwrap();
    }
    for inputs in [["a.vcf", "b.vcf"], ["a.vcf", "a.vcf"]] {
        let ran = run(
            folder.path(),
            &["analyze", inputs[0], inputs[1], "-o", "out", "--force"],
        );
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        let words = if inputs[0] == inputs[1] {
            "a.vcf: is given 2 times"
        } else {
            "sample name \"S\""
        };
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        assert!(names(&folder.path().join("out")).is_empty());
    }
}

#[test]
fn standard_input_is_a_file_like_another() {
    let folder = TempDir::new().unwrap();
    let text = vcf(GRCH38, "S");
    fs::write(folder.path().join("in.vcf"), &text).unwrap();
    assert_eq!(run(folder.path(), &["analyze", "in.vcf", "-o", "file"]).code, 0);
    for bytes in [text.clone().into_bytes(), bgzipped(&text)] {
        let ran = run_with(folder.path(), &["analyze", "-", "-o", "pipe", "--force"], &bytes);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let (pipe, file) = (
            tree(&folder.path().join("pipe")),
            tree(&folder.path().join("file")),
        );
        assert_eq!(pipe["S.calls.tsv"], file["S.calls.tsv"]);
        assert_eq!(pipe.len(), file.len());
        let rows = run_with(folder.path(), &["vaf", "-"], &bytes).stdout;
        assert!(rows.contains("\t100\t10\t0.100000\t"), "{rows}");
    }
    let twice = run_with(
        folder.path(),
        &["analyze", "-", "-", "-o", "pipe", "--force"],
        text.as_bytes(),
    );
    assert_eq!(twice.code, 2, "{}", twice.stderr);
    let nothing = run(folder.path(), &["analyze", "-", "-o", "pipe", "--force"]);
    assert_eq!(nothing.code, 3);
    assert!(nothing.stderr.contains("standard input"), "{}", nothing.stderr);
}

/// A pipe with a name, and whoever writes into it, once.
#[cfg(unix)]
fn pipe(folder: &Path, name: &str, bytes: impl Into<Vec<u8>>) -> std::thread::JoinHandle<()> {
    let path = folder.join(name);
    _ = fs::remove_file(&path);
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    let bytes = bytes.into();
    std::thread::spawn(move || {
        // Who reads may look at the begin alone and close.
        _ = fs::write(path, bytes);
    })
}

#[cfg(unix)]
#[test]
fn a_pipe_is_a_file_like_another() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let text = vcf(GRCH38, "S");
    fs::write(at.join("in.vcf"), &text).unwrap();
    assert_eq!(run(at, &["analyze", "in.vcf", "-o", "file"]).code, 0);
    let file = tree(&at.join("file"));
    for bytes in [text.clone().into_bytes(), bgzipped(&text)] {
        let writer = pipe(at, "p", bytes.clone());
        let ran = run(at, &["analyze", "p", "-o", "pipe", "--force"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(tree(&at.join("pipe"))["S.calls.tsv"], file["S.calls.tsv"]);
        writer.join().unwrap();
        for (arguments, words) in [
            (&["vaf", "p"][..], "\t100\t10\t0.100000\t"),
            (&["annotate", "p"], "HC_"),
        ] {
            let writer = pipe(at, "p", bytes.clone());
            let ran = run(at, arguments);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            assert!(ran.stdout.contains(words), "{}", ran.stdout);
            writer.join().unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn every_input_may_be_a_pipe_and_is_read_once() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let text = vcf(GRCH38, "S");
    fs::write(at.join("in.vcf"), &text).unwrap();
    let panel =
        "name = \"ours\"\nversion = \"1\"\ngenes = [\"DNMT3A\"]\n[title]\nen = \"Ours\"\nja = \"Ours\"\n";
    let list = "chrom\tpos\tref\talt\tsamples_with\tsamples\nchr2\t25234373\tC\tT\t7\t60\n";
    for (content, arguments) in [
        ("sample,vcf,sex,age\nS,in.vcf,male,74\n", &["-s", "p"][..]),
        (
            "[{\"sample\": \"S\", \"age\": 74}]",
            &["in.vcf", "--clinical", "p"],
        ),
        ("chr2\t25234300\t25234400\n", &["in.vcf", "-L", "p"]),
        (panel, &["in.vcf", "-p", "p"]),
        ("panel = \"ch\"\nmin-vaf = 0.01\n", &["in.vcf", "-c", "p"]),
        (list, &["in.vcf", "--recurrent", "p"]),
        (&text, &["in.vcf", "--normal", "p"]),
    ] {
        let writer = pipe(at, "p", content);
        let mut all = vec!["analyze", "-o", "out", "--force"];
        all.extend(arguments);
        let ran = run(at, &all);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
        assert!(at.join("out/S.json").exists());
        writer.join().unwrap();
    }
    // A column of a sheet, and one normal of two samples.
    let two = vcf(GRCH38, "A\tB");
    fs::write(at.join("two.vcf"), two).unwrap();
    fs::write(at.join("s.csv"), "sample,vcf\nS,p\n").unwrap();
    let writer = pipe(at, "p", text.clone());
    let ran = run(at, &["analyze", "-s", "s.csv", "-o", "sheet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    writer.join().unwrap();
    fs::write(
        at.join("s.csv"),
        "sample,vcf,normal,clinical\nA,two.vcf,p,q\nB,two.vcf,p,q\n",
    )
    .unwrap();
    let writers = [
        pipe(at, "p", text),
        pipe(
            at,
            "q",
            "[{\"sample\": \"A\", \"age\": 74}, {\"sample\": \"B\", \"age\": 47}]",
        ),
    ];
    let ran = run(at, &["analyze", "-s", "s.csv", "-o", "normals"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(names(&at.join("normals")).len(), 2 * 6 + 1);
    for writer in writers {
        writer.join().unwrap();
    }
    let writer = pipe(at, "p", panel);
    let ran = run(at, &["panel", "check", "p"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    writer.join().unwrap();
}

#[cfg(unix)]
#[test]
fn a_pipe_of_something_else_is_named_by_its_begin() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let mut bam = bgzf::io::Writer::new(Vec::new());
    bam.write_all(b"BAM\x01").unwrap();
    // Longer than a pipe holds.
    bam.write_all(&(0..400_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>())
        .unwrap();
    for (bytes, code, words) in [
        (bam.finish().unwrap(), 2, "give --reference"),
        (b"@HD\tVN:1.6\n".to_vec(), 3, "the header names no contig"),
        (b"hello\n".repeat(100_000), 3, "no VCF or BCF file but text"),
        (Vec::new(), 3, "empty"),
    ] {
        let writer = pipe(at, "p", bytes);
        let ran = run(at, &["analyze", "p", "-o", "out"]);
        assert_eq!(ran.code, code, "{}", ran.stderr);
        assert!(
            ran.stderr.contains(words) && ran.stderr.contains("p: "),
            "{}",
            ran.stderr
        );
        writer.join().unwrap();
    }
    let ran = run(at, &["analyze", "/dev/zero", "-o", "out"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("binary data"), "{}", ran.stderr);
    let writer = pipe(at, "p", vcf(GRCH38, "S"));
    let twice = run(at, &["analyze", "p", "p", "-o", "out"]);
    assert_eq!(twice.code, 2, "{}", twice.stderr);
    // Lets whoever writes go.
    drop(fs::File::open(at.join("p")).unwrap());
    writer.join().unwrap();
}

#[cfg(unix)]
#[test]
fn the_pipes_of_the_shell_do_not_show_in_the_reports() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let bare = vcf(GRCH38, "S")
        .replace("\tFORMAT\tS", "")
        .replace("\tGT:AD\t0/1:90,10", "");
    fs::write(at.join("in.vcf"), bare.replace("PASS\t.", "PASS\tDP=100;AF=0.1")).unwrap();
    let program = assert_cmd::cargo::cargo_bin("hemoclone");
    for (shell, name) in [
        ("cat in.vcf | \"$0\" analyze /dev/stdin -o stdin", "stdin"),
        ("\"$0\" analyze <(cat in.vcf) -o first", "first"),
        ("\"$0\" analyze 7< <(cat in.vcf) /dev/fd/7 -o second", "second"),
    ] {
        let shell = std::process::Command::new("bash")
            .args(["-c", shell])
            .arg(&program)
            .current_dir(at)
            .output();
        let Ok(output) = shell else {
            outside::skip("no bash");
            return;
        };
        assert!(
            output.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let stdin = tree(&at.join("stdin"));
    assert!(stdin.contains_key("stdin.json"), "{:?}", stdin.keys());
    assert_eq!(tree(&at.join("first")), stdin);
    assert_eq!(tree(&at.join("second")), stdin);
}

#[test]
fn a_crafted_index_takes_nobody_down() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("good.vcf"), vcf(GRCH38, "G")).unwrap();
    fs::write(at.join("bad.vcf.gz"), bgzipped(&vcf(GRCH38, "B"))).unwrap();
    let numbers = |start: &[u8], values: &[i32]| {
        let values = values.iter().flat_map(|v| v.to_le_bytes());
        start.iter().copied().chain(values).collect::<Vec<u8>>()
    };
    let mut writer = bgzf::io::Writer::new(Vec::new());
    for (ending, bytes) in [
        ("csi", numbers(b"CSI\x01", &[14, 5, 0, i32::MAX])),
        ("csi", numbers(b"CSI\x01", &[14, 5, i32::MAX])),
        (
            "csi",
            numbers(b"CSI\x01", &[i32::MAX, i32::MAX, 0, 1, 1, 1, 0, 0, 1]),
        ),
        ("csi", numbers(b"CSI\x01", &[14, 5, 0, 1, i32::MAX])),
        (
            "csi",
            numbers(b"CSI\x01", &[14, 5, 0, 1, 1, 4681, 0, 0, i32::MAX]),
        ),
        (
            "csi",
            numbers(b"CSI\x01", &[14, 5, 0, 1, 1, -1, 0, 0, 1, 0, 0, 0, 0]),
        ),
        ("tbi", numbers(b"TBI\x01", &[i32::MAX, 2, 1, 2, 0, 35, 0, 0])),
        ("tbi", numbers(b"TBI\x01", &[0, 2, 1, 2, 0, 35, 0, -1])),
        (
            "tbi",
            numbers(b"TBI\x01", &[0, 2, 1, 2, 0, 35, 0, 0])
                .into_iter()
                .chain(vec![0; 20 << 20])
                .collect(),
        ),
    ] {
        writer.write_all(&bytes).unwrap();
        let index = at.join(format!("bad.vcf.gz.{ending}"));
        fs::write(
            &index,
            std::mem::replace(&mut writer, bgzf::io::Writer::new(Vec::new()))
                .finish()
                .unwrap(),
        )
        .unwrap();
        let ran = run(at, &["analyze", "good.vcf", "bad.vcf.gz", "-o", "out", "--force"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let warned = format!("\"bad.vcf.gz.{ending}: ");
        assert!(
            ran.stderr.contains("the index could not be used") && ran.stderr.contains(&warned),
            "{}",
            ran.stderr
        );
        let out = tree(&at.join("out"));
        assert!(String::from_utf8_lossy(&out["B.calls.tsv"]).contains("25234373"));
        fs::remove_file(index).unwrap();
    }
}

#[test]
fn existing_reports_are_kept_without_force() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    let arguments = ["analyze", "in.vcf", "-o", "out"];
    assert_eq!(run(folder.path(), &arguments).code, 0);
    let before = tree(&folder.path().join("out"));
    let ran = run(folder.path(), &arguments);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--force"), "{}", ran.stderr);
    assert_eq!(tree(&folder.path().join("out")), before);
    let forced = run(folder.path(), &["analyze", "in.vcf", "-o", "out", "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.stderr);
    assert_eq!(tree(&folder.path().join("out")), before);
}

#[test]
fn wrong_options_say_what_is_wrong() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("in.vcf", &vcf(GRCH38, "S"));
    write("age.csv", "sample,vcf,age\nS,in.vcf,old\n");
    write("sex.csv", "sample,vcf,sex\nS,in.vcf,purple\n");
    write("twice.csv", "sample,vcf\nS,in.vcf\nS,in.vcf\n");
    write("back.bed", "chr2\t50\t10\n");
    write("panel.toml", "name = 3\n");
    for (options, code, words) in [
        (&["-s", "age.csv"][..], 3, "line 2, column age: \"old\""),
        (&["-s", "sex.csv"], 3, "line 2, column sex: \"purple\""),
        (&["-s", "twice.csv"], 3, "lines 2 and 3"),
        (&["in.vcf", "-L", "back.bed"], 3, "BED line 1"),
        (&["in.vcf", "-L", "none.bed"], 3, "none.bed"),
        (&["in.vcf", "-p", "panel.toml"], 3, "panel.toml:1"),
        (&["in.vcf", "-p", "unheard"], 3, "unheard"),
        (&["in.vcf", "--min-vaf", "2"], 2, "--min-vaf 2"),
        (&["in.vcf", "--min-vaf", "NaN"], 2, "'NaN' for '--min-vaf"),
        (&["in.vcf", "--min-vaf", "0,02"], 2, "with a decimal point"),
        (&["in.vcf", "--min-depth", "-3"], 2, "a whole number from 0"),
        (&["in.vcf", "-t", "0"], 2, "a whole number from 1"),
        (&["in.vcf", "-t", "-1"], 2, "a whole number from 1"),
        (&["in.vcf", "--tumor-column", "X"], 3, "\"X\""),
        (&[], 2, "INPUT"),
    ] {
        let arguments = [&["analyze", "-o", "out", "--force"], options].concat();
        let ran = run(folder.path(), &arguments);
        assert_eq!(ran.code, code, "{options:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{options:?}: {}", ran.stderr);
        let out = names(&folder.path().join("out"));
        assert!(out.iter().all(|n| n == "summary.tsv"), "{options:?}: {out:?}");
    }
}

#[test]
fn targets_off_the_panel_leave_every_gene_unassessed() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    fs::write(folder.path().join("off.bed"), "chr9\t10\t20\n").unwrap();
    let ran = run(
        folder.path(),
        &["analyze", "in.vcf", "-L", "off.bed", "-o", "out"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let out = tree(&folder.path().join("out"));
    let genes = String::from_utf8(out["S.genes.tsv"].clone()).unwrap();
    assert!(!genes.contains("not_detected"), "{genes}");
    let calls = String::from_utf8(out["S.calls.tsv"].clone()).unwrap();
    assert_eq!(
        calls.lines().filter(|l| !l.starts_with('#')).count(),
        1,
        "{calls}"
    );
}

#[test]
fn threads_and_order_change_nothing() {
    let folder = TempDir::new().unwrap();
    let files: Vec<String> = (0..6).map(|i| format!("f{i}.vcf")).collect();
    for (i, file) in files.iter().enumerate() {
        fs::write(folder.path().join(file), vcf(GRCH38, &format!("S{i}"))).unwrap();
    }
    let ordered: Vec<&str> = files.iter().map(String::as_str).collect();
    let shuffled: Vec<&str> = [3, 0, 5, 1, 4, 2].iter().map(|&i| ordered[i]).collect();
    let analyze = |inputs: &[&str], threads: &str, out: &str| {
        let arguments = [&["analyze", "-t", threads, "-o", out], inputs].concat();
        assert_eq!(run(folder.path(), &arguments).code, 0);
        tree(&folder.path().join(out))
    };
    let expected = analyze(&ordered, "1", "one");
    assert_eq!(expected.len(), 6 * 6 + 1);
    assert!(analyze(&shuffled, "8", "eight") == expected);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    for arguments in [&["vaf", "in.vcf"][..], &["annotate", "in.vcf", "-o", "-"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(assert_cmd::cargo::cargo_bin("hemoclone"))
            .current_dir(folder.path())
            .args(arguments)
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains("No space left"), "{arguments:?}: {stderr}");
    }
    fs::write(folder.path().join("taken"), "").unwrap();
    let ran = run(folder.path(), &["analyze", "in.vcf", "-o", "taken"]);
    assert_ne!(ran.code, 0);
    assert!(ran.stderr.contains("taken"), "{}", ran.stderr);
}

/// `a_b-10a3f9f2` is what `a b` was written as; the other two had one 32-bit hash (FNV-1a).
#[test]
fn two_names_never_share_a_file() {
    let folder = TempDir::new().unwrap();
    let names = [
        "a b",
        "a_b-10a3f9f2",
        "a%20b",
        "P #?!\"$1",
        "P:/+:#:1",
        "患者１",
        "患者２",
    ];
    let files: Vec<String> = (0..names.len()).map(|i| format!("f{i}.vcf")).collect();
    for (file, name) in files.iter().zip(names) {
        fs::write(folder.path().join(file), vcf(GRCH38, name)).unwrap();
    }
    let inputs: Vec<&str> = files.iter().map(String::as_str).collect();
    let ran = run(folder.path(), &[&["analyze", "-o", "out"], &*inputs].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let out = tree(&folder.path().join("out"));
    assert_eq!(out.len(), 6 * names.len() + 1);
    let summary = String::from_utf8(out["summary.tsv"].clone()).unwrap();
    assert_eq!(summary.lines().count(), names.len() + 1);
    assert!(out.contains_key("患者１.html") && out.contains_key("a%20b.json"));
}

#[test]
fn names_that_some_systems_take_for_one_are_refused() {
    let folder = TempDir::new().unwrap();
    for (file, name) in [
        ("a.vcf", "s1"),
        ("b.vcf", "S1"),
        ("c.vcf", "P\u{f6}hl"),
        ("d.vcf", "Po\u{308}hl"),
        // The capital of the first is SS, and the second a capital itself: one name where case is not told apart.
        ("f.vcf", "Gro\u{df}"),
        ("g.vcf", "GRO\u{1e9e}"),
    ] {
        fs::write(folder.path().join(file), vcf(GRCH38, name)).unwrap();
    }
    fs::write(folder.path().join("e.vcf"), vcf(GRCH38, "E")).unwrap();
    let all = [
        "analyze", "-o", "out", "a.vcf", "b.vcf", "c.vcf", "d.vcf", "e.vcf", "f.vcf", "g.vcf",
    ];
    let ran = run(folder.path(), &all);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("sample name \"s1\" and \"S1\" (b.vcf)"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        ran.stderr.matches("would be one file").count(),
        6,
        "{}",
        ran.stderr
    );
    assert_eq!(names(&folder.path().join("out")).len(), 7);
    // Neither does another run add one.
    assert_eq!(run(folder.path(), &["analyze", "-o", "out", "a.vcf"]).code, 0);
    for force in [&[][..], &["--force"]] {
        let ran = run(
            folder.path(),
            &[&["analyze", "-o", "out", "b.vcf"], force].concat(),
        );
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(
            ran.stderr.contains("S1.json") && ran.stderr.contains("s1.json"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn force_overwrites_no_input() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let text = vcf(GRCH38, "S");
    fs::write(path("in.vcf"), &text).unwrap();
    fs::hard_link(path("in.vcf"), path("link.vcf")).unwrap();
    fs::write(path("k.csv"), "ID,karyotype,sex\nA,\"46,XX[20]\",F\n").unwrap();
    fs::write(path("p.json"), "{\"sample\":\"P\",\"m_protein_g_dl\":1}").unwrap();
    let sheet = "sample,vcf\nX,in.vcf\n";
    let clinical = "{\"sample\":\"S\",\"age\":70}";
    let recurrent = "chrom\tpos\tref\talt\tsamples_with\tsamples\nchr2\t25234373\tC\tT\t7\t60\n";
    for (input, content, arguments) in [
        (
            "S.json",
            clinical,
            &["analyze", "in.vcf", "--clinical", "S.json", "-o", "."][..],
        ),
        ("summary.tsv", sheet, &["analyze", "-s", "summary.tsv", "-o", "."]),
        ("S.json", &*text, &["analyze", "S.json", "-o", "."]),
        (
            "S.calls.tsv",
            recurrent,
            &["analyze", "in.vcf", "--recurrent", "S.calls.tsv", "-o", "."],
        ),
        (
            "S.html",
            &*text,
            &["analyze", "in.vcf", "--normal", "S.html", "-o", "."],
        ),
        ("link.vcf", &*text, &["annotate", "in.vcf", "-o", "link.vcf"]),
        ("in.vcf", &*text, &["annotate", "in.vcf", "-o", "./in.vcf"]),
        ("k.csv", "", &["score", "karyotype", "k.csv", "-o", "k.csv"]),
        ("p.json", "", &["score", "plasma-cell", "p.json", "-o", "p.json"]),
    ] {
        if !content.is_empty() && !matches!(input, "in.vcf" | "link.vcf") {
            fs::write(path(input), content).unwrap();
        }
        let before = tree(folder.path());
        let ran = run(folder.path(), &[arguments, &["--force"]].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("is read too"),
            "{arguments:?}: {}",
            ran.stderr
        );
        assert!(tree(folder.path()) == before, "{arguments:?}");
        if !matches!(input, "in.vcf" | "link.vcf" | "k.csv" | "p.json") {
            fs::remove_file(path(input)).unwrap();
        }
    }
}

#[test]
fn the_reader_of_standard_error_may_be_gone() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    for (arguments, code) in [
        (&["analyze", "in.vcf", "none.vcf", "-o", "out", "--force"][..], 3),
        (&["-v", "analyze", "in.vcf", "-o", "out", "--force"], 0),
        (&["vaf", "none.vcf"], 3),
        (&["panel", "check", "none.toml"], 3),
        (&["analyze"], 2),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = std::process::Command::new(assert_cmd::cargo::cargo_bin("hemoclone"))
            .current_dir(folder.path())
            .args(arguments)
            .stdout(std::process::Stdio::null())
            .stderr(writer)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

/// Runs a line of the shell in which `hc` is the program.
#[cfg(target_os = "linux")]
fn shell(folder: &Path, line: &str) -> Ran {
    let program = assert_cmd::cargo::cargo_bin("hemoclone");
    let output = std::process::Command::new("sh")
        .current_dir(folder)
        .env("HC", program)
        .args(["-c", line])
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_printed_arrives_or_is_an_error() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    fs::write(
        folder.path().join("k.csv"),
        "ID,karyotype,sex\nA,\"46,XX[20]\",F\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("p.json"),
        "{\"sample\":\"P\",\"m_protein_g_dl\":1}",
    )
    .unwrap();
    let for_people = [
        "panel list",
        "panel show ch --rules",
        "panel show ch --format json",
        "panel bed ch --build grch38",
        "schema panel",
        "docs",
        "docs --format markdown",
        "completions zsh",
    ];
    let for_programs = [
        "--help",
        "analyze --help",
        "--version",
        "vaf in.vcf",
        "annotate in.vcf",
        "score karyotype k.csv -o -",
        "score plasma-cell p.json -o -",
    ];
    for command in for_people.iter().chain(&for_programs) {
        let full = shell(folder.path(), &format!("\"$HC\" {command} > /dev/full"));
        assert_eq!(full.code, 3, "{command}: {}", full.stderr);
        assert_eq!(
            full.stderr.matches("No space left").count(),
            1,
            "{command}: {}",
            full.stderr
        );
        let closed_early = shell(
            folder.path(),
            &format!("{{ \"$HC\" {command}; echo $? >&2; }} | true"),
        );
        assert_eq!(closed_early.stderr, "0\n", "{command}");
    }
    // Where the answer was to be seen, a standard output that is closed is no success; one that others opened for reading, too, to
    // throw it away (Python's DEVNULL) is.
    for command in for_people.iter().chain(&for_programs) {
        for null in [">/dev/null", "1<>/dev/null", "1<>/dev/null 2>&1"] {
            let thrown_away = shell(folder.path(), &format!("\"$HC\" {command} {null}"));
            assert_eq!(thrown_away.code, 0, "{command} {null}: {}", thrown_away.stderr);
        }
        if command.starts_with("--") || command.ends_with("--help") {
            continue;
        }
        for closed in [">&-", ">&- <&-"] {
            let closed = shell(folder.path(), &format!("\"$HC\" {command} {closed}"));
            assert_eq!(closed.code, 3, "{command}: {}", closed.stderr);
            assert!(
                closed.stderr.contains("it is closed"),
                "{command}: {}",
                closed.stderr
            );
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_written_is_named_and_not_left() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    fs::write(
        folder.path().join("k.csv"),
        format!("ID,karyotype\n{}", "A,\"46,XX[20]\"\n".repeat(500)),
    )
    .unwrap();
    // A block of dash has 512 bytes: the annotated file has more.
    for (command, named) in [
        ("analyze in.vcf -o .", "S.calls.tsv"),
        ("annotate in.vcf -o a.vcf", "a.vcf"),
        ("annotate in.vcf -o a.vcf.gz", "a.vcf.gz"),
        ("annotate in.vcf -t 1 -o a.vcf.gz", "a.vcf.gz"),
        ("score karyotype k.csv -o k.tsv", "k.tsv"),
    ] {
        let ran = shell(folder.path(), &format!("ulimit -f 1; \"$HC\" {command}"));
        assert_eq!(ran.code, 3, "{command}: {}", ran.stderr);
        let words = format!("{named}: File too large");
        assert!(
            ran.stderr.contains(&words) && ran.stderr.contains("ulimit -f"),
            "{command}: {}",
            ran.stderr
        );
        assert_eq!(names(folder.path()), ["in.vcf", "k.csv"], "{command}");
    }
    let ran = run(folder.path(), &["annotate", "in.vcf", "-o", "none/a.vcf"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr.contains("none/a.vcf") && ran.stderr.contains("make its folder"),
        "{}",
        ran.stderr
    );
    // What is read is not what is written.
    fs::write(folder.path().join("bad.csv"), "ID,karyotype\n\"A\n").unwrap();
    let ran = run(folder.path(), &["score", "ipss-r", "bad.csv", "-o", "k.tsv"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr.contains("bad.csv") && !ran.stderr.contains("cannot write"),
        "{}",
        ran.stderr
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_device_is_written_to_and_not_replaced() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    let ran = run(
        folder.path(),
        &["annotate", "in.vcf", "-o", "/dev/stdout", "--force"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("HC_"), "{}", ran.stdout);
    let before = fs::metadata("/dev/null").unwrap().file_type();
    assert_eq!(
        run(
            folder.path(),
            &["annotate", "in.vcf", "-o", "/dev/null", "--force"]
        )
        .code,
        0
    );
    assert_eq!(fs::metadata("/dev/null").unwrap().file_type(), before);
}

#[test]
#[cfg(unix)]
fn messages_about_hostile_names_are_harmless_lines() {
    let folder = TempDir::new().unwrap();
    let name = "a\u{1b}[31m\nERROR x\u{202e}\u{9b}\r.vcf";
    fs::write(folder.path().join(name), vcf(GRCH38, "S\u{1b}]0;t\u{7}\u{2028}")).unwrap();
    let out = "o\n\u{1b}[2J";
    let panel = "name = \"x\u{202e}\"\nversion = \"\\u001b[31m\"\ngenes = [\"NO\\nPE\"]\n";
    fs::write(folder.path().join("p.toml"), panel).unwrap();
    fs::write(
        folder.path().join("s.csv"),
        format!("sample,vcf,c\u{1b}[1m\nS,\"{name}\",1\n"),
    )
    .unwrap();
    for arguments in [
        &["-v", "analyze", name, "-o", out][..],
        &["-v", "analyze", name, "-o", out],
        &["-vv", "analyze", "-s", "s.csv", "-o", out, "--force"],
        &["vaf", &format!("{name}.none")],
        &["annotate", name, "-o", &format!("{out}/none/x")],
        &["panel", "check", "p.toml"],
        &["panel", "show", "p.toml"],
        &["analyze", name, "-p", "p.toml", "-o", "out2"],
        &["score", "karyotype", &format!("{name}.none"), "-o", "x.csv"],
        &["score", "plasma-cell", "s.csv", "-o", "x.tsv"],
    ] {
        let ran = run(folder.path(), arguments);
        let harmful = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{2028}'));
        assert!(!ran.stderr.contains(harmful), "{arguments:?}: {:?}", ran.stderr);
        assert!(
            ran.stderr.lines().all(|l| !l.starts_with("ERROR x")),
            "{arguments:?}: {}",
            ran.stderr
        );
        assert!(
            !ran.stdout.contains(harmful) || arguments[0] == "vaf",
            "{arguments:?}: {:?}",
            ran.stdout
        );
    }
}

#[test]
fn every_mistake_has_its_line_and_no_cause_is_told_twice() {
    let folder = TempDir::new().unwrap();
    let panel = "name = \"x\"\nversion = \"1\"\ngenes = [\"NOPE\", \"NADA\"]\n";
    fs::write(folder.path().join("p.toml"), panel).unwrap();
    let ran = run(folder.path(), &["panel", "check", "p.toml"]);
    assert_eq!(ran.stderr.matches("error: p.toml:3").count(), 2, "{}", ran.stderr);
    fs::write(folder.path().join("c.toml"), "min-vaf = 0.01\nmin-waf = 3\n").unwrap();
    fs::write(folder.path().join("v.toml"), "min-vaf = 3\n").unwrap();
    for (arguments, words) in [
        (&["analyze", "none.vcf", "-o", "out"][..], "none.vcf"),
        (&["analyze", "none.bam", "-f", "none.fa", "-o", "out"], "none.bam"),
        (
            &["analyze", "none.vcf", "-c", "none.toml", "-o", "out"],
            "none.toml",
        ),
        (
            &["analyze", "none.vcf", "-c", "c.toml", "-o", "out"],
            "c.toml, line 2: key min-waf is not known; did you mean min-vaf?",
        ),
        (&["analyze", "none.vcf", "-c", "v.toml", "-o", "out"], "v.toml"),
        (&["analyze", "-s", "none.csv", "-o", "out"], "none.csv"),
        (
            &["analyze", "none.vcf", "-L", "none.bed", "-o", "out"],
            "none.bed",
        ),
        (
            &["analyze", "none.vcf", "-p", "none.toml", "-o", "out"],
            "none.toml",
        ),
        (&["vaf", "none.vcf"], "none.vcf"),
        (&["annotate", "none.vcf", "-o", "a.vcf"], "none.vcf"),
        (&["score", "ipss-m", "none.csv", "-o", "a.csv"], "none.csv"),
        (
            &["score", "plasma-cell", "none.json", "-o", "a.json"],
            "none.json",
        ),
        (&["panel", "check", "none.toml"], "none.toml"),
    ] {
        let ran = run(folder.path(), arguments);
        assert!(ran.code == 3 || ran.code == 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{arguments:?}: {}", ran.stderr);
        for line in ran.stderr.lines() {
            assert!(
                line.matches("os error").count() < 2 && !line.contains("\\n"),
                "{arguments:?}: {line}"
            );
        }
    }
}

/// A table of Europe or of Japan: a dot between thousands was read as a decimal point, without a word.
#[test]
fn a_dot_between_thousands_is_no_decimal_point() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    let head = "ID;hb;plt;anc;bm_blast;cyto_ipssr";
    let row = |name: &str, plt: &str| format!("{name};9,6;{plt};1,8;2;Good\n");
    for plt in [
        "1.250",
        "1,250",
        "1 250",
        "1'250",
        "１．２５０",
        "1\u{a0}250",
        "-1.250",
        "1.250,5",
        "1.250.000",
    ] {
        fs::write(
            at.join("t.csv"),
            format!("{head}\n{}{}", row("A", "80"), row("B", plt)),
        )
        .unwrap();
        let ran = run(at, &["score", "ipss-r", "t.csv", "-o", "-"]);
        assert_eq!(ran.code, 3, "{plt}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("t.csv, line 3, column plt: ") && ran.stderr.contains("thousands"),
            "{plt}: {}",
            ran.stderr
        );
        assert!(
            ran.stdout.contains("\nA,") && !ran.stdout.contains("\nB,"),
            "{}",
            ran.stdout
        );
        fs::write(
            at.join("s.csv"),
            format!("sample;vcf;hb;plt\nS;in.vcf;9,6;{plt}\n"),
        )
        .unwrap();
        let ran = run(at, &["analyze", "-s", "s.csv", "-o", "out", "--force"]);
        assert_eq!(ran.code, 3, "{plt}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("sample sheet s.csv, line 2, column plt: "),
            "{plt}: {}",
            ran.stderr
        );
    }
    fs::write(
        at.join("t.csv"),
        format!("{head}\n{}{}", row("A", "80,25"), row("B", "80.5")),
    )
    .unwrap();
    let ran = run(at, &["score", "ipss-r", "t.csv", "-o", "-"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    fs::write(
        at.join("p.csv"),
        "sample;m_protein_g_l;hb_g_dl\nA;1.250;9,6\nB;12,5;9,6\n",
    )
    .unwrap();
    let ran = run(at, &["score", "plasma-cell", "p.csv", "-o", "-"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("line 2, column m_protein_g_l: \"1.250\""),
        "{}",
        ran.stderr
    );
}

/// A VCF with these records, of one sample.
fn records(lines: &[&str]) -> String {
    let whole = vcf(GRCH38, "S");
    let header = whole.split_inclusive('\n').filter(|line| line.starts_with('#'));
    let mut text: String = header.collect();
    for line in lines {
        text.push_str(line);
        text.push_str("\tGT:AD\t0/1:90,10\n");
    }
    text
}

/// Such files gave a report without findings, and no word. Where only the end is not known, the first base is looked at; alone the
/// others are an error.
#[test]
fn records_that_cannot_be_placed_are_told_and_alone_are_an_error() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let good = "chr2\t25234373\t.\tC\tT\t.\tPASS\t.";
    for (bad, words) in [
        (
            "chr2_alt\t25234373\t.\tC\tT\t.\tPASS\t.",
            "contig \"chr2_alt\" is no chromosome",
        ),
        ("chr2\t0\t.\tN\tT\t.\tPASS\t.", "telomere"),
        ("chr2\t25234373\t.\tC\t<DEL>\t.\tPASS\t.", "end nothing tells"),
        (
            "chr2\t25234373\t.\tC\t<DUP>\t.\tPASS\tSVTYPE=DUP",
            "end nothing tells",
        ),
        ("chr2\t25234373\t.\tC\t<DEL>\t.\tPASS\tSVLEN=long", "no length"),
        ("chr2\t25234373\t.\tC\t<DUP>\t.\tPASS\tSVLEN=-500", "no length"),
        (
            "chr2\t25234373\t.\tC\t<DEL>\t.\tPASS\tSVLEN=-999999999999",
            "behind the end of their contig",
        ),
        (
            "chr2\t25234373\t.\tC\t<DEL>\t.\tPASS\tEND=2000000000",
            "behind the end of their contig",
        ),
        ("chr2\t25234373\t.\tC\t<DEL>\t.\tPASS\tEND=25", "END before POS"),
    ] {
        fs::write(at.join("both.vcf"), records(&[good, bad, bad])).unwrap();
        let ran = run(at, &["analyze", "both.vcf", "-o", "both", "--force"]);
        assert_eq!(ran.code, 0, "{bad}: {}", ran.stderr);
        assert_eq!(ran.stderr.matches(words).count(), 1, "{bad}: {}", ran.stderr);
        fs::write(at.join("only.vcf"), records(&[bad])).unwrap();
        for arguments in [
            &["analyze", "only.vcf", "-o", "only"][..],
            &["annotate", "only.vcf"],
        ] {
            let ran = run(at, arguments);
            let is_placed = ["end nothing tells", "no length", "END before POS"].contains(&words);
            assert_eq!(ran.code, if is_placed { 0 } else { 3 }, "{bad}: {}", ran.stderr);
            assert!(ran.stderr.contains(words), "{bad}: {}", ran.stderr);
            fs::remove_dir_all(at.join("only")).unwrap_or_default();
        }
    }
    for fine in [
        "chr2\t25234373\t.\tC\t<DEL>\t.\tPASS\tSVLEN=-500",
        "chr2\t25234373\t.\tC\t<DEL>\t.\tPASS\tEND=25234873;SVLEN=500",
        "chr2\t25234373\t.\tC\t<INS>\t.\tPASS\t.",
        "chr2\t25234373\t.\tC\tC[chr9:5[\t.\tPASS\t.",
    ] {
        fs::write(at.join("fine.vcf"), records(&[fine])).unwrap();
        let ran = run(at, &["analyze", "fine.vcf", "-o", "fine", "--force"]);
        assert_eq!(ran.code, 0, "{fine}: {}", ran.stderr);
        assert!(!ran.stderr.contains("symbolic alleles"), "{fine}: {}", ran.stderr);
    }
}

#[test]
fn many_errors_are_counted_and_not_listed() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    let missing: Vec<String> = (0..300).map(|i| format!("none{i}.vcf")).collect();
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    for command in [&["analyze", "-o", "out"][..], &["vaf"]] {
        let ran = run(at, &[command, &missing].concat());
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(
            ran.stderr.lines().count() <= 12 && ran.stderr.contains("290 more"),
            "{}",
            ran.stderr
        );
        let all = run(at, &[&["-v"], command, &missing].concat());
        assert_eq!(all.stderr.matches("No such file").count(), 300, "{}", all.stderr);
    }
    let two = run(at, &["vaf", "none1.vcf", "none2.vcf"]);
    assert_eq!(two.stderr.lines().count(), 2, "{}", two.stderr);
}

#[test]
fn success_says_where_and_more_on_demand() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    fs::write(at.join("k.csv"), "ID,karyotype,sex\nA,\"46,XX[20]\",F\n").unwrap();
    fs::write(at.join("p.json"), "{\"sample\":\"P\",\"m_protein_g_dl\":1}").unwrap();
    for (arguments, line) in [
        (&["annotate", "in.vcf", "-o", "a.vcf"][..], "1 record in a.vcf\n"),
        (
            &["score", "karyotype", "k.csv", "-o", "k.tsv"],
            "1 row scored in k.tsv\n",
        ),
        (
            &["score", "plasma-cell", "p.json", "-o", "p.tsv"],
            "1 patient in p.tsv\n",
        ),
    ] {
        let again = [arguments, &["--force"]].concat();
        let ran = run(at, arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, line), "{arguments:?}");
        let quiet = run(at, &[&["-q"], &*again].concat());
        assert_eq!((quiet.code, quiet.stderr.as_str()), (0, ""), "{arguments:?}");
        let loud = run(at, &[&["-v"], &*again].concat());
        assert!(
            loud.stderr.contains("INFO") && loud.stderr.contains(arguments[arguments.len() - 3]),
            "{arguments:?}: {}",
            loud.stderr
        );
        let position = arguments.len() - 1;
        let printed = [&arguments[..position], &["-"]].concat();
        assert_eq!(run(at, &printed).stderr, "", "{arguments:?}");
    }
    let loud = run(at, &["-v", "vaf", "in.vcf"]);
    let words = "INFO in.vcf: GRCh38 (contig chr2 has the length 242193529 of GRCh38), generic, 1 row, ";
    assert!(loud.stderr.contains(words), "{}", loud.stderr);
}

/// Root may write anywhere but where the system itself refuses; `/sys` is an ordinary folder in some containers.
#[test]
#[cfg(target_os = "linux")]
fn a_place_that_cannot_be_written_to_is_named() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    fs::write(at.join("k.csv"), "ID,karyotype,sex\nA,\"46,XX[20]\",F\n").unwrap();
    fs::write(at.join("file"), "").unwrap();
    for (arguments, path) in [
        (&["analyze", "in.vcf", "-o", "/proc/out"][..], "/proc/out"),
        (&["analyze", "in.vcf", "-o", "/proc"], "/proc"),
        (&["analyze", "in.vcf", "-o", "file"], "file is no folder"),
        (&["analyze", "in.vcf", "-o", "file/below"], "file"),
        (&["annotate", "in.vcf", "-o", "/proc/a.vcf"], "/proc/a.vcf"),
        (&["annotate", "in.vcf", "-o", "file/a.vcf"], "file/a.vcf"),
        (
            &["score", "karyotype", "k.csv", "-o", "/proc/k.tsv"],
            "/proc/k.tsv",
        ),
    ] {
        let ran = run(at, arguments);
        assert!(ran.code == 3 || ran.code == 2, "{arguments:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains(path) && ran.stderr.lines().count() == 1,
            "{arguments:?}: {}",
            ran.stderr
        );
        assert!(
            ran.stderr.contains("--output") || ran.stderr.contains("permissions"),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
    assert_eq!(names(at), ["file", "in.vcf", "k.csv"]);
}

/// Threads that cannot be started, and a table that does not fit, end with a message.
#[test]
#[cfg(target_os = "linux")]
fn little_memory_is_no_abort_without_a_word() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.vcf"), vcf(GRCH38, "S")).unwrap();
    // Stacks of 512 threads, 2 MiB each, do not fit.
    let ran = shell(
        folder.path(),
        "ulimit -v 700000; \"$HC\" analyze in.vcf -t 512 -o out",
    );
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("cannot start 512 threads") && ran.stderr.contains("--threads"),
        "{}",
        ran.stderr
    );
    // Who compresses alone writes the same bytes.
    for (name, limit) in [("a.vcf.gz", "ulimit -v 700000;"), ("b.vcf.gz", "")] {
        let ran = shell(
            folder.path(),
            &format!("{limit} \"$HC\" annotate in.vcf -t 512 -o {name}"),
        );
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(bytes("a.vcf.gz"), bytes("b.vcf.gz"));
}
