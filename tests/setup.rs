//! What a machine needs to build and test the program, and what it is told when it lacks it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/outside.rs"]
mod outside;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of programs that is all a script gets to see: what scripts need of any system, and what a test puts there.
struct Programs {
    folder: TempDir,
}

impl Programs {
    fn new(others: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let system = [
            "awk", "bash", "cat", "dirname", "grep", "head", "id", "mktemp", "rm", "sed", "sort", "tee",
        ];
        for name in system.iter().chain(others) {
            let path = std::env::var_os("PATH").unwrap();
            let found = std::env::split_paths(&path)
                .map(|f| f.join(name))
                .find(|f| f.is_file());
            symlink(
                found.unwrap_or_else(|| panic!("no {name}")),
                folder.path().join(name),
            )
            .unwrap();
        }
        Self { folder }
    }

    /// Adds a script of the shell.
    fn with(self, name: &str, script: &str) -> Self {
        let path = self.folder.path().join(name);
        fs::write(&path, format!("#!/usr/bin/env bash\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(self.folder.path().join("bash"));
        command.arg(root().join("scripts").join(script)).env_clear();
        command
            .env("PATH", self.folder.path())
            .envs(variables.iter().copied());
        command.output().unwrap()
    }
}

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(bytes)
        .lines()
        .map(str::to_owned)
        .collect()
}

/// The commands that a message names: the lines that are set off.
fn commands(output: &Output) -> Vec<String> {
    let said = lines(&output.stderr);
    let set_off = said.iter().filter_map(|line| line.strip_prefix("  "));
    set_off.map(str::to_owned).collect()
}

#[test]
fn what_is_missing_is_named_in_one_command() {
    let without_rust = Programs::new(&[]);
    let actual = without_rust.run("check-tools", &[]);
    assert_eq!(actual.status.code(), Some(1));
    assert!(
        commands(&actual).len() == 1 && commands(&actual)[0].contains("rustup"),
        "{actual:?}"
    );

    let rust = || Programs::new(&[]).with("cargo", "exit 0");
    for (manager, expected) in [
        ("apt-get", "apt-get install gcc libc6-dev"),
        ("dnf", "dnf install gcc"),
        ("apk", "apk add gcc musl-dev"),
        ("none", "conda install"),
    ] {
        let actual = rust().with(manager, "exit 1").run("check-tools", &[]);
        assert_eq!(actual.status.code(), Some(1), "{manager}");
        let named = commands(&actual);
        assert!(
            named.len() == 1 && named[0].contains(expected),
            "{manager}: {named:?}"
        );
    }
}

/// A compiler that is there and cannot compile: a Debian machine with gcc and without libc6-dev.
#[test]
fn a_compiler_without_headers_is_not_taken_for_one() {
    let programs = Programs::new(&[])
        .with("cargo", "exit 0")
        .with("apt-get", "exit 1")
        .with(
            "cc",
            "echo \"probe.c:2:10: fatal error: stdlib.h: No such file or directory\" >&2; exit 1",
        );
    let actual = programs.run("check-tools", &[]);
    assert_eq!(actual.status.code(), Some(1));
    let said = String::from_utf8_lossy(&actual.stderr).into_owned();
    assert!(
        said.contains("stdlib.h: No such file") && said.contains("install gcc libc6-dev"),
        "{said}"
    );
    // CC names another one, with arguments.
    let actual = programs
        .with("good-cc", "[ \"$1\" = -m64 ]")
        .run("check-tools", &[("CC", "good-cc -m64")]);
    assert!(actual.status.success(), "{actual:?}");
}

/// The machine on which the tests run can build, whatever of LLVM it holds: neither a libclang without headers nor an llvm-config of libclang-cpp alone is asked.
#[test]
fn nothing_of_llvm_is_needed() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for name in ["clang-sys", "bindgen"] {
        let package = lock
            .split("[[package]]")
            .find(|p| p.contains(&format!("name = \"{name}\"\n")));
        assert!(
            package.is_none_or(|p| !p.contains("source = ")),
            "{name} is among the dependencies and needs libclang on every machine that builds"
        );
    }
    let output = Command::new("bash")
        .arg(root().join("scripts/check-tools"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// What a fake `cargo test` prints and notes, and what is made of it.
fn tested(script: &str) -> (Option<i32>, Vec<String>) {
    let programs = Programs::new(&[]).with("cargo", script);
    let output = programs.run("run-tests", &[]);
    (output.status.code(), lines(&output.stdout))
}

#[test]
fn the_last_line_sums_all_test_programs() {
    let (code, said) = tested(
        "echo 'test a ... ok'
        echo 'test writes ... ignored, writes docs anew'
        echo 'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s'
        printf 'whole\\tone::first\\tsamtools is not installed\\n' >>\"$HEMOCLONE_SKIPPED\"
        printf 'whole\\tone::first\\tand another reason\\n' >>\"$HEMOCLONE_SKIPPED\"
        printf 'part\\ttwo::second\\ta file is absent\\n' >>\"$HEMOCLONE_SKIPPED\"
        echo 'test result: ok. 10 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s'",
    );
    assert_eq!(code, Some(0));
    let expected = [
        "Skipped:",
        "  two::second (in part): a file is absent",
        "  one::first: and another reason",
        "  one::first: samtools is not installed",
        "  writes: writes docs anew",
        "",
        "12 passed, 0 failed, 2 skipped",
    ];
    assert_eq!(said[said.len() - expected.len()..], expected);
}

#[test]
fn a_failure_keeps_its_exit_code() {
    let (code, said) = tested(
        "echo 'test room::breaks ... FAILED'
        echo 'test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s'
        exit 101",
    );
    assert_eq!(code, Some(101));
    assert!(said.contains(&"Failed: room::breaks".to_owned()), "{said:?}");
    assert_eq!(said.last().unwrap(), "2 passed, 1 failed, 0 skipped");
    // Nothing was run, or a program died on the way: never a clean count.
    let (code, said) = tested("echo 'error: could not compile'; exit 101");
    assert_eq!(code, Some(101));
    assert_eq!(said.last().unwrap(), "0 passed, 1 failed, 0 skipped");
}

/// Only what goes through `support/outside.rs` is counted.
#[test]
fn no_test_skips_silently() {
    let mut found = Vec::new();
    let mut folders = vec![root().join("tests"), root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("support/outside.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let printed = |line: &str| line.contains(concat!("println!(\"", "skipped"));
                let at = text.lines().enumerate().filter(|(_, line)| printed(line));
                found.extend(at.map(|(i, _)| format!("{}:{}", path.display(), i + 1)));
            }
        }
    }
    assert!(
        found.is_empty(),
        "use outside::skip of tests/support/outside.rs: {found:#?}"
    );
}

/// The C compiler's view of htslib against the bindings that are compiled in.
#[cfg(feature = "alignments")]
mod bindings {
    use std::fmt::Write as _;
    use std::mem::{offset_of, size_of};

    use rust_htslib::htslib::{
        BAM_CDIFF, BAM_FSUPPLEMENTARY, BGZF, HTS_VERSION, bam_pileup1_t, bam1_core_t, bam1_t, bcf_hdr_t,
        bcf1_t, hFILE, hts_fmt_option_CRAM_OPT_DECODE_MD, hts_fmt_option_CRAM_OPT_NTHREADS,
        hts_fmt_option_CRAM_OPT_REFERENCE, hts_fmt_option_CRAM_OPT_REQUIRED_FIELDS,
        hts_fmt_option_HTS_OPT_COMPRESSION_LEVEL, hts_itr_t, hts_pair64_max_t, hts_reglist_t,
        htsCompression_bgzf, htsExactFormat_bam, htsExactFormat_cram, htsFile, htsFormat, htsThreadPool,
        kstring_t, sam_fields_SAM_QUAL, sam_fields_SAM_RGAUX, sam_hdr_t, tbx_t,
    };

    use super::{Command, Path, PathBuf, fs, lines, root};

    /// Expressions of C, and what Rust takes them for.
    macro_rules! layout {
        ($($structure:ident: $($field:ident)*;)*) => {
            vec![$(
                (format!("sizeof({})", stringify!($structure)), size_of::<$structure>()),
                $((format!("offsetof({}, {})", stringify!($structure), stringify!($field)), offset_of!($structure, $field)),)*
            )*]
        };
    }

    /// Folder of the source of hts-sys in use.
    fn hts_sys() -> PathBuf {
        let host = Command::new("rustc").arg("-vV").output().unwrap();
        let host = lines(&host.stdout)
            .iter()
            .find_map(|l| l.strip_prefix("host: ").map(str::to_owned))
            .unwrap();
        let output = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--format-version",
                "1",
                "--locked",
                "--offline",
                "--filter-platform",
                &host,
            ])
            .current_dir(root())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let all: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let packages = all["packages"].as_array().unwrap();
        let package = packages.iter().find(|p| p["name"] == "hts-sys").unwrap();
        Path::new(package["manifest_path"].as_str().unwrap())
            .parent()
            .unwrap()
            .to_owned()
    }

    /// Values of expressions, by a program that the C compiler makes of the headers.
    fn values(expressions: &[String]) -> Vec<usize> {
        let folder = tempfile::tempdir().unwrap();
        let (source, program) = (folder.path().join("probe.c"), folder.path().join("probe"));
        let mut text = String::from(
            "#include <stdio.h>\n#include <stddef.h>\n#include \"wrapper.h\"\nint main(void) {\n",
        );
        for expression in expressions {
            writeln!(text, "  printf(\"%zu\\n\", (size_t)({expression}));").unwrap();
        }
        fs::write(&source, text + "  return 0;\n}\n").unwrap();
        let cc = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let mut words = cc.split_whitespace();
        let mut compiler = Command::new(words.next().unwrap());
        compiler
            .args(words)
            .arg("-I")
            .arg(hts_sys())
            .arg(&source)
            .arg("-o")
            .arg(&program);
        let output = compiler.output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let output = Command::new(program).output().unwrap();
        lines(&output.stdout)
            .iter()
            .map(|line| line.parse().unwrap())
            .collect()
    }

    #[test]
    fn layouts_are_those_of_the_headers() {
        let expected = layout! {
            bam1_core_t: pos tid bin qual l_extranul flag l_qname n_cigar l_qseq mtid mpos;
            bam1_t: core id data l_data m_data;
            bam_pileup1_t: b qpos indel level cd cigar_ind;
            sam_hdr_t: n_targets l_text target_len target_name text sdict hrecs ref_count;
            htsFile: lineno line fn_aux fp state format idx fnidx bam_header filter;
            htsFormat: category format version compression compression_level specific;
            htsThreadPool: pool qsize;
            BGZF: cache_size block_length block_offset block_address uncompressed_block cache fp mt idx gz_stream seeked;
            hFILE: buffer begin end limit backend offset has_errno;
            hts_itr_t: tid n_off i n_reg beg end reg_list curr_tid curr_off nocoor_off off readrec seek tell bins;
            hts_reglist_t: reg intervals tid count min_beg max_end;
            hts_pair64_max_t: u v max;
            kstring_t: l m s;
            bcf1_t: pos rlen rid qual shared indiv d max_unpack errcode;
            bcf_hdr_t: n id dict samples hrec nhrec transl keep_samples mem m;
            tbx_t: conf idx dict;
        };
        let expressions: Vec<String> = expected.iter().map(|(e, _)| e.clone()).collect();
        let actual: Vec<(String, usize)> = expressions.iter().cloned().zip(values(&expressions)).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn constants_are_those_of_the_headers() {
        let expected = [
            ("HTS_VERSION", HTS_VERSION),
            ("CRAM_OPT_REFERENCE", hts_fmt_option_CRAM_OPT_REFERENCE),
            (
                "CRAM_OPT_REQUIRED_FIELDS",
                hts_fmt_option_CRAM_OPT_REQUIRED_FIELDS,
            ),
            ("CRAM_OPT_DECODE_MD", hts_fmt_option_CRAM_OPT_DECODE_MD),
            ("CRAM_OPT_NTHREADS", hts_fmt_option_CRAM_OPT_NTHREADS),
            (
                "HTS_OPT_COMPRESSION_LEVEL",
                hts_fmt_option_HTS_OPT_COMPRESSION_LEVEL,
            ),
            ("SAM_QUAL", sam_fields_SAM_QUAL),
            ("SAM_RGAUX", sam_fields_SAM_RGAUX),
            ("BAM_FSUPPLEMENTARY", BAM_FSUPPLEMENTARY),
            ("BAM_CDIFF", BAM_CDIFF),
            ("cram", htsExactFormat_cram),
            ("bam", htsExactFormat_bam),
            ("bgzf", htsCompression_bgzf),
        ];
        let expressions = expected.map(|(e, _)| e.to_owned());
        let actual: Vec<_> = expected
            .iter()
            .map(|(e, _)| *e)
            .zip(values(&expressions))
            .collect();
        assert_eq!(actual, expected.map(|(e, value)| (e, value as usize)));
    }
}
