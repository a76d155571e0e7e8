//! A reference FASTA is compared with the bases inside the program before anything is annotated with it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hemoclone::genome::{BaseSource as _, Build};
use hemoclone::transcript::{EmbeddedBases, transcript};

const PANEL: &str = "name = \"two\"\nversion = \"1\"\ngenes = [\"JAK2\", \"TET2\"]\n";

const RECORDS: &str = "##fileformat=VCFv4.2
##FORMAT=<ID=GT,Number=1,Type=String,Description=\"x\">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">
##contig=<ID=chr4,length=190214555>
##contig=<ID=chr9,length=138394717>
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS
chr4\t105234487\t.\tT\tA\t.\tPASS\t.\tGT:AD\t0/1:900,100
chr9\t5073770\t.\tG\tT\t.\tPASS\t.\tGT:AD\t0/1:900,100
";

/// The coding bases of JAK2 on GRCh38 in their place, N elsewhere; `changes` are made afterwards.
fn jak2(changes: &[(u32, u8)]) -> Vec<u8> {
    let transcript = transcript("NM_004972.4", Build::Grch38).unwrap();
    let regions = transcript.coding_regions(0);
    let end = *regions.last().unwrap().end() as usize;
    let mut bases = vec![b'N'; end + 100];
    for region in regions {
        let known = EmbeddedBases::of(Build::Grch38).bases_or_n(transcript.chromosome(), region.clone());
        // Where the program knows no base, any will do: there is nothing to compare it with.
        let known: Vec<u8> = known
            .into_iter()
            .map(|b| if b == b'N' { b'A' } else { b })
            .collect();
        bases[*region.start() as usize - 1..*region.end() as usize].copy_from_slice(&known);
    }
    for (position, base) in changes {
        bases[*position as usize - 1] = *base;
    }
    bases
}

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new(name: &str, bases: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fasta = [format!(">{name}\n").as_bytes(), bases, b"\n"].concat();
        std::fs::write(folder.path().join("ref.fa"), fasta).unwrap();
        std::fs::write(folder.path().join("panel.toml"), PANEL).unwrap();
        std::fs::write(folder.path().join("s.vcf"), RECORDS).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, command: &str, output: &Path) -> Output {
        Command::new(env!("CARGO_BIN_EXE_hemoclone"))
            .arg(command)
            .arg(self.path("s.vcf"))
            .arg("-p")
            .arg(self.path("panel.toml"))
            .arg("-f")
            .arg(self.path("ref.fa"))
            .arg("-o")
            .arg(output)
            .output()
            .unwrap()
    }

    /// Runs both commands that take a reference and returns what they complain of.
    fn complaints(&self) -> [String; 2] {
        ["analyze", "annotate"].map(|command| {
            let run = self.run(command, &self.path(&format!("{command}.vcf")));
            assert_eq!(run.status.code(), Some(3), "{command}");
            String::from_utf8(run.stderr).unwrap()
        })
    }
}

#[test]
fn a_fasta_of_pieces_serves_its_genes_and_the_program_the_others() {
    let files = Files::new("9", &jak2(&[]));
    let run = files.run("analyze", &files.path("out"));
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{said}");
    assert!(said.contains("no bases of TET2"), "{said}");
    let result: serde_json::Value =
        serde_json::from_slice(&std::fs::read(files.path("out/S.json")).unwrap()).unwrap();
    let mut actual: Vec<(&str, &str)> = result["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            let consequence = &c["consequence"];
            (
                consequence["hgvs_p_short"].as_str().unwrap(),
                consequence["source"].as_str().unwrap(),
            )
        })
        .collect();
    actual.sort_unstable();
    assert_eq!(actual, [("p.L182Q", "embedded"), ("p.V617F", "reference")]);
    let run = files.run("annotate", &files.path("out.vcf"));
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn a_wrong_base_is_named() {
    let files = Files::new("chr9", &jak2(&[(5_073_771, b'A'), (5_073_780, b'A')]));
    for said in files.complaints() {
        assert!(
            said.contains("JAK2 at chr9:5073771 has A, GRCh38 has T") && said.contains("ref.fa"),
            "{said}"
        );
    }
}

#[test]
fn a_masked_base_is_named() {
    let files = Files::new("chr9", &jak2(&[(5_073_771, b'N')]));
    for said in files.complaints() {
        assert!(said.contains("masked: JAK2 at chr9:5073771 is N"), "{said}");
    }
}

#[test]
fn a_cut_off_chromosome_is_named() {
    let mut bases = jak2(&[]);
    bases.truncate(5_073_770);
    for said in Files::new("chr9", &bases).complaints() {
        assert!(said.contains("the reference has no chr9:5073"), "{said}");
    }
}

#[test]
fn a_fasta_without_any_gene_of_the_panel_is_refused() {
    // The contig is shorter than the chromosome and nothing in it could be compared.
    for said in Files::new("chr9", &[b'N'; 1000]).complaints() {
        assert!(
            said.contains("chr9 has 1000 bases, GRCh38 has 138394717"),
            "{said}"
        );
    }
    for said in Files::new("chr1", &[b'A'; 1000]).complaints() {
        assert!(said.contains("no bases of any gene of panel two"), "{said}");
    }
}
