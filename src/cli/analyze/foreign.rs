//! Files that bear the name of an output and are none of ours: an annotated VCF is named as a caller's file may be.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// Ending of the annotated VCF, and of its index behind it.
const VCF: &str = ".vcf.gz";
const INDEX: &str = ".tbi";

/// Bytes of a VCF in which its `##source` must stand; ours is on the second line.
const BEGINNING: u64 = 1024;

/// Whether a file is there that `analyze` did not write, and must neither be removed nor replaced. Only a VCF and its index may be:
/// no caller's file has one of the other names.
pub(super) fn is_foreign(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let vcf = name.strip_suffix(INDEX).unwrap_or(&name);
    vcf.ends_with(VCF) && path.symlink_metadata().is_ok() && !is_ours(Path::new(vcf))
}

fn is_ours(vcf: &Path) -> bool {
    let Ok(file) = File::open(vcf) else {
        return false;
    };
    let mut beginning = Vec::new();
    let read = MultiGzDecoder::new(file)
        .take(BEGINNING)
        .read_to_end(&mut beginning);
    let text = String::from_utf8_lossy(&beginning);
    let source = text.lines().find(|line| line.starts_with("##source="));
    read.is_ok()
        && source.is_some_and(|line| line.starts_with("##source=hemoclone ") && line.ends_with(" analyze"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn only_what_says_so_itself_is_ours() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, text: &str| {
            let mut file = GzEncoder::new(fs::File::create(path(name)).unwrap(), Compression::fast());
            file.write_all(text.as_bytes()).unwrap();
            file.finish().unwrap();
            fs::write(path(&format!("{name}.tbi")), "x").unwrap();
        };
        write(
            "ours.vcf.gz",
            "##fileformat=VCFv4.3\n##source=hemoclone 0.1.0 analyze\n",
        );
        write(
            "called.vcf.gz",
            "##fileformat=VCFv4.3\n##source=hemoclone 0.1.0 call\n",
        );
        write("other.vcf.gz", "##fileformat=VCFv4.3\n##source=Mutect2\n");
        fs::write(path("text.vcf.gz"), "##source=hemoclone 0.1.0 analyze\n").unwrap();
        for (name, foreign) in [
            ("ours.vcf.gz", false),
            ("ours.vcf.gz.tbi", false),
            ("called.vcf.gz", true),
            ("other.vcf.gz", true),
            ("other.vcf.gz.tbi", true),
            ("text.vcf.gz", true),
            ("none.vcf.gz", false),
            ("S.html", false),
        ] {
            assert_eq!(is_foreign(&path(name)), foreign, "{name}");
        }
    }
}
