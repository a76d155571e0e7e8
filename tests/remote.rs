//! Files on a server: the reports are those of the files themselves, little of them is read, and what goes wrong is told and hurts nobody
//! else. The server is on this machine.

#![cfg(all(feature = "alignments", feature = "cli"))]
#![allow(clippy::unwrap_used, reason = "a test may stop at what cannot be")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn command() -> Command {
    let mut command = Command::cargo_bin("hemoclone").unwrap();
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(name);
    }
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Without being asked for, nothing is opened, and the message says what to do; nor does it show what is secret in an address.
#[test]
fn an_address_alone_is_an_error_that_names_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    for address in [
        "https://me:word@host.invalid/a.vcf.gz?sig=abc",
        "s3://bucket/a.bam",
        "gs://bucket/a.cram",
    ] {
        let output = command()
            .args(["analyze", address, "-o"])
            .arg(&out)
            .output()
            .unwrap();
        let text = said(&output);
        assert_eq!(output.status.code(), Some(3), "{text}");
        assert!(
            text.contains("is an address") && text.contains("--remote"),
            "{text}"
        );
        assert!(!text.contains("word") && !text.contains("abc"), "{text}");
    }
    // As a row of a sheet it fails alone.
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo/inputs/demo02.mutect2.vcf");
    let sheet = folder.path().join("sheet.csv");
    fs::write(
        &sheet,
        format!(
            "sample,vcf\nfar,https://host.invalid/a.vcf.gz\nnear,{}\n",
            near.display()
        ),
    )
    .unwrap();
    let output = command()
        .args(["analyze", "-s"])
        .arg(&sheet)
        .arg("-o")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(
        out.join("near.json").exists() && !out.join("far.json").exists(),
        "{}",
        said(&output)
    );
}

/// What only looks at files says so.
#[test]
fn commands_that_read_files_alone_say_so() {
    for arguments in [
        vec!["vaf", "https://host.invalid/a.vcf"],
        vec!["annotate", "s3://b/a.vcf", "-o", "-"],
    ] {
        let output = command().args(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("is an address"), "{}", said(&output));
    }
}

#[cfg(feature = "remote")]
#[path = "support/reads.rs"]
mod reads;
#[cfg(feature = "remote")]
#[path = "support/server.rs"]
mod server;

#[cfg(feature = "remote")]
mod remote {
    use std::collections::BTreeMap;
    use std::io::Write as _;
    use std::path::PathBuf;

    use hemoclone::genome::Build;
    use noodles::bgzf;

    use super::*;
    use crate::reads::{Random, ReadSet, human_chromosome, write_bed};
    use crate::server::{Fault, Server};

    /// R201 of RUNX1 on GRCh38.
    const R201: usize = 34_859_486;

    const FAULTS: &[(&str, Fault)] = &[
        ("whole", Fault::NoRanges),
        ("busy", Fault::Busy(2)),
        ("down", Fault::Busy(usize::MAX)),
        ("cut", Fault::Cut),
        ("later", Fault::CutLater(3)),
        ("changing", Fault::Changing),
        ("closed", Fault::Forbidden),
    ];

    /// Reads over RUNX1 among many of elsewhere, as BAM and CRAM; calls among many, as VCF and BCF.
    struct Lab {
        folder: tempfile::TempDir,
        server: Server,
    }

    impl Lab {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            write_reads(folder.path());
            write_calls(folder.path());
            let server = Server::start(folder.path().to_owned(), FAULTS);
            Self { folder, server }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn size(&self, name: &str) -> u64 {
            fs::metadata(self.path(name)).unwrap().len()
        }

        /// Analyzes the rows of a sheet into a folder.
        fn analyze(&self, out: &str, rows: &[(&str, String)], more: &[&str]) -> Output {
            let sheet = self.path(&format!("{out}.csv"));
            let mut text = "sample,vcf,bam\n".to_owned();
            for (sample, file) in rows {
                let is_reads = [".bam", ".cram"].iter().any(|ending| file.contains(ending));
                let (vcf, bam) = if is_reads {
                    ("", file.as_str())
                } else {
                    (file.as_str(), "")
                };
                text.extend([sample, ",", vcf, ",", bam, "\n"]);
            }
            fs::write(&sheet, text).unwrap();
            command()
                .args(["analyze", "-v", "-s"])
                .arg(&sheet)
                .arg("-f")
                .arg(self.path("reference.fa"))
                .arg("-o")
                .arg(self.path(out))
                .args(more)
                .env("TMPDIR", self.path(""))
                .output()
                .unwrap()
        }

        fn files(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
            fs::read_dir(self.path(out))
                .unwrap()
                .map(|e| e.unwrap().path())
                .filter(|p| p.is_file())
                .map(|p| {
                    (
                        p.file_name().unwrap().to_string_lossy().into_owned(),
                        fs::read(&p).unwrap(),
                    )
                })
                .collect()
        }
    }

    /// Returns a place before or behind RUNX1, far from it.
    fn elsewhere(random: &mut Random) -> usize {
        match random.below(2) {
            0 => 7_000_000 + random.below(27_000_000),
            _ => 36_000_000 + random.below(7_000_000),
        }
    }

    fn write_reads(folder: &Path) {
        let mut set = ReadSet {
            contigs: vec![("chr21".to_owned(), human_chromosome(Build::Grch38, "21"))],
            lines: Vec::new(),
            header_lines: vec!["@RG\tID:r\tSM:person".to_owned()],
        };
        let mut random = Random::new(3);
        for i in 0..200 {
            set.add_pair(&format!("p{i}"), 0, R201 - 40 + i % 30, R201 - 30 + i % 30, 50);
        }
        set.substitute(0, R201, b'A', |line| {
            line.name.ends_with('7') || line.name.ends_with('3')
        });
        for i in 0..60_000 {
            let at = elsewhere(&mut random);
            let begin = set.lines.len();
            set.add_pair(&format!("e{i}"), 0, at, at + 20, 50);
            for line in &mut set.lines[begin..] {
                line.bases = (0..50).map(|_| char::from(b"ACGT"[random.below(4)])).collect();
                line.qualities = (0..50)
                    .map(|_| u8::try_from(2 + random.below(38)).unwrap())
                    .collect();
            }
        }
        let fasta = set.write_fasta(folder);
        set.write_bam(&folder.join("person.bam"));
        set.write_cram(&folder.join("person.cram"), &fasta);
        for name in ["alone.bam", "foreign.bam"] {
            fs::copy(folder.join("person.bam"), folder.join(name)).unwrap();
        }
        let index = fs::read(folder.join("person.bam.bai")).unwrap();
        fs::write(folder.join("foreign.bam.bai"), &index[..index.len() / 2]).unwrap();
        write_bed(&folder.join("t.bed"), &[("chr21", R201 - 100, R201 + 100)]);
    }

    /// A VCF of one called variant among 500,000 of elsewhere, with its index.
    fn write_calls(folder: &Path) {
        let mut random = Random::new(5);
        let mut lines: Vec<(usize, String)> = (0..500_000)
            .map(|_| {
                let at = elsewhere(&mut random);
                let (depth, alt) = (100 + random.below(900), random.below(100));
                (
                    at,
                    format!(
                        "chr21\t{at}\t.\tA\tC\t{}\tPASS\t.\tGT:AD\t0/1:{depth},{alt}\n",
                        random.below(10_000)
                    ),
                )
            })
            .collect();
        lines.push((
            R201,
            format!("chr21\t{R201}\t.\tG\tA\t90\tPASS\t.\tGT:AD\t0/1:460,40\n"),
        ));
        lines.sort();
        let path = folder.join("calls.vcf.gz");
        let mut writer = bgzf::io::Writer::new(fs::File::create(&path).unwrap());
        writer
            .write_all(b"##fileformat=VCFv4.2\n##contig=<ID=chr21,length=46709983>\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"d\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tperson\n")
            .unwrap();
        for (_, line) in &lines {
            writer.write_all(line.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        let noodles::vcf::Index::Tabix(index) = noodles::vcf::fs::index(&path).unwrap() else {
            panic!("a tabix index is made");
        };
        noodles::tabix::fs::write(folder.join("calls.vcf.gz.tbi"), &index).unwrap();
    }

    #[test]
    fn reports_are_those_of_the_files_and_little_is_read() {
        let lab = Lab::new();
        let names = [("b", "person.bam"), ("c", "person.cram"), ("v", "calls.vcf.gz")];
        let near: Vec<(&str, String)> = names.iter().map(|(s, n)| (*s, (*n).to_owned())).collect();
        let far: Vec<(&str, String)> = names
            .iter()
            .map(|(s, n)| (*s, format!("{}?token=hushhush", lab.server.address(n))))
            .collect();
        let output = lab.analyze("near", &near, &[]);
        assert!(output.status.success(), "{}", said(&output));
        let output = lab.analyze("far", &far, &["--remote"]);
        assert!(output.status.success(), "{}", said(&output));
        assert!(!said(&output).contains("hushhush"), "{}", said(&output));
        let (actual, expected) = (lab.files("far"), lab.files("near"));
        assert_eq!(
            actual.keys().collect::<Vec<_>>(),
            expected.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &expected {
            assert!(actual[name] == *bytes, "{name} differs");
        }
        let json = String::from_utf8_lossy(&actual["b.json"]).into_owned();
        assert!(
            json.contains("\"indexed\": true") && json.contains("R201"),
            "{json}"
        );
        for (_, name) in names {
            let (sent, size) = (lab.server.bytes(name), lab.size(name));
            assert!(size > 2_000_000, "{name} has {size} bytes");
            assert!(
                sent > 0 && sent * 3 < size,
                "{sent} of {size} bytes of {name} were sent"
            );
        }
    }

    #[test]
    fn call_and_count_read_addresses_too() {
        let lab = Lab::new();
        for tool in ["call", "count"] {
            let run = |input: &str, more: &[&str]| {
                let output = command()
                    .args([tool, input, "-f"])
                    .arg(lab.path("reference.fa"))
                    .arg("-L")
                    .arg(lab.path("t.bed"))
                    .args(more)
                    .output()
                    .unwrap();
                assert!(output.status.success(), "{}", said(&output));
                output.stdout
            };
            let expected = run(lab.path("person.bam").to_str().unwrap(), &[]);
            let actual = run(&lab.server.address("person.bam"), &["--remote"]);
            assert!(!expected.is_empty() && actual == expected, "{tool}");
        }
    }

    /// What a fault of a server says, and how often it was asked.
    #[test]
    fn what_goes_wrong_is_told_and_hurts_nobody_else() {
        let lab = Lab::new();
        let at = |path: &str| lab.server.address(path);
        let rows = [
            ("good", at("person.bam")),
            ("slow", at("busy/person.bam")),
            ("missing", at("nowhere.bam")),
            ("unranged", at("whole/person.bam")),
            ("unindexed", at("alone.bam")),
            ("foreign", at("foreign.bam")),
            ("broken", at("cut/person.bam")),
            ("breaking", at("later/person.bam")),
            ("breaking_calls", at("later/calls.vcf.gz")),
            ("down", at("down/calls.vcf.gz")),
            ("changing", at("changing/person.cram")),
            ("closed", at("closed/person.bam")),
            ("plain", "http://host.invalid/person.bam".to_owned()),
        ];
        let failed = lab.path("failed.tsv");
        let more = ["--remote", "--failed", failed.to_str().unwrap()];
        let output = lab.analyze("faults", &rows, &more);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(3), "{text}");
        let failed = fs::read_to_string(failed).unwrap();
        for (sample, problem) in [
            ("missing", "404"),
            ("unranged", "whole files only"),
            ("unindexed", "no index beside it"),
            ("foreign", "the index is damaged or another file's"),
            ("broken", "tried 4 times"),
            ("breaking", "tried 4 times"),
            ("breaking_calls", "tried 4 times"),
            ("down", "503"),
            ("changing", "changed while it was read"),
            ("closed", "403"),
            ("plain", "not encrypted"),
        ] {
            let line = failed.lines().find(|l| l.starts_with(&format!("{sample}\t")));
            assert!(
                line.is_some_and(|l| l.contains(problem)),
                "{sample}: {problem}\n{failed}\n{text}"
            );
            assert!(
                !lab.path("faults").join(format!("{sample}.json")).exists(),
                "{sample}"
            );
        }
        for sample in ["good", "slow"] {
            assert!(
                lab.path("faults").join(format!("{sample}.json")).exists(),
                "{sample}: {text}"
            );
        }
        assert_eq!(
            lab.server.requests("nowhere.bam"),
            1,
            "what is not there is asked for once"
        );
        assert_eq!(lab.server.requests("down/calls.vcf.gz"), 4);
    }

    /// An index may be named, and credentials of the environment sign the request without being written down.
    #[test]
    fn stores_are_asked_as_they_want_it() {
        let lab = Lab::new();
        let data = lab.path("bucket");
        fs::create_dir_all(&data).unwrap();
        for name in ["person.bam", "person.bam.bai"] {
            fs::copy(lab.path(name), data.join(name)).unwrap();
        }
        let named = format!(
            "{}##idx##{}",
            lab.server.address("alone.bam"),
            lab.server.address("person.bam.bai")
        );
        let sheet = lab.path("stores.csv");
        fs::write(
            &sheet,
            format!("sample,bam\nnamed,{named}\ns3,s3://bucket/person.bam\ngs,gs://bucket/person.bam\n"),
        )
        .unwrap();
        let output = command()
            .args(["analyze", "-v", "--remote", "-s"])
            .arg(&sheet)
            .arg("-f")
            .arg(lab.path("reference.fa"))
            .arg("-L")
            .arg(lab.path("t.bed"))
            .arg("-o")
            .arg(lab.path("stores"))
            .env("AWS_ENDPOINT_URL", lab.server.address(""))
            .env("AWS_ACCESS_KEY_ID", "AKIAKEYKEY")
            .env("AWS_SECRET_ACCESS_KEY", "hushhush")
            .env("STORAGE_EMULATOR_HOST", lab.server.address(""))
            .env("GCS_OAUTH_TOKEN", "tokentoken")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", said(&output));
        let heads = lab.server.heads().join("\n");
        assert!(
            heads.contains("X-Amz-Signature=") && heads.contains("AKIAKEYKEY"),
            "{heads}"
        );
        assert!(
            heads.to_lowercase().contains("authorization: bearer tokentoken"),
            "{heads}"
        );
        let mut all = said(&output);
        for bytes in lab.files("stores").values() {
            all += &String::from_utf8_lossy(bytes);
        }
        for secret in ["AKIAKEYKEY", "hushhush", "tokentoken", "X-Amz", "127.0.0.1"] {
            assert!(
                !all.contains(secret) || secret == "127.0.0.1" && !all.contains("X-Amz"),
                "{secret} is written down"
            );
        }
        let [named, s3] = ["named", "s3"]
            .map(|name| fs::read_to_string(lab.path("stores").join(format!("{name}.calls.tsv"))).unwrap());
        assert_eq!(named.replace("named", "s3"), s3);
    }
}
