//! What the header of an alignment file says: contigs and samples.

use rust_htslib::bam::HeaderView;

/// A contig of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contig {
    /// Name.
    pub name: String,
    /// Length in bases.
    pub length: u32,
    /// Assembly, `AS` of the header line.
    pub assembly: Option<String>,
}

fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.split('\t')
        .find_map(|f| f.strip_prefix(key)?.strip_prefix(':'))
}

fn lines_of<'t>(text: &'t str, kind: &'static str) -> impl Iterator<Item = &'t str> {
    text.lines()
        .filter(move |line| line.split('\t').next() == Some(kind))
}

fn samples_of_text(text: &str) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for sample in lines_of(text, "@RG").filter_map(|line| value(line, "SM")) {
        if !sample.is_empty() && !samples.iter().any(|s| s == sample) {
            samples.push(sample.to_owned());
        }
    }
    samples
}

/// Reads contigs and samples from the text of a header, or says which contig has no name or no length.
pub(crate) fn contigs_of_text(text: &str) -> Result<(Vec<Contig>, Vec<String>), String> {
    let contig = |(index, line): (usize, &str)| {
        let said = |what: &str| format!("its header: {what} of @SQ line {} is missing", index + 1);
        let name = value(line, "SN").filter(|name| !name.is_empty());
        let length = value(line, "LN").ok_or_else(|| said("LN"))?;
        Ok(Contig {
            name: name.ok_or_else(|| said("SN"))?.to_owned(),
            length: length.parse().map_err(|_| {
                let name = name.unwrap_or_default();
                format!(
                    "its header: LN {length:?} of contig {name:?} is no length; it must be a whole number (samtools reheader mends it)"
                )
            })?,
            assembly: value(line, "AS").map(str::to_owned),
        })
    };
    let contigs: Result<_, String> = lines_of(text, "@SQ").enumerate().map(contig).collect();
    Ok((contigs?, samples_of_text(text)))
}

pub(crate) fn read_header(header: &HeaderView) -> (Vec<Contig>, Vec<String>) {
    let text = String::from_utf8_lossy(header.as_bytes());
    let assemblies: Vec<Option<&str>> = lines_of(&text, "@SQ").map(|line| value(line, "AS")).collect();
    let contig = |tid: u32| Contig {
        name: String::from_utf8_lossy(header.tid2name(tid)).into_owned(),
        length: u32::try_from(header.target_len(tid).unwrap_or(0)).unwrap_or(u32::MAX),
        assembly: assemblies.get(tid as usize).copied().flatten().map(str::to_owned),
    };
    let contigs = (0..header.target_count()).map(contig).collect();
    (contigs, samples_of_text(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contig_without_name_or_length_is_an_error() {
        let of = |line: &str| contigs_of_text(&format!("@HD\tVN:1.6\n@SQ\tSN:chr1\tLN:5\n{line}\n"));
        let (contigs, samples) = of("@SQ\tSN:chr2\tLN:7\tAS:hg38\n@RG\tID:a\tSM:S1").unwrap();
        assert_eq!(
            (contigs[1].length, contigs[1].assembly.as_deref()),
            (7, Some("hg38"))
        );
        assert_eq!(samples, ["S1"]);
        for (line, expected) in [
            ("@SQ\tSN:chr2\tLN:many", "LN \"many\" of contig \"chr2\""),
            ("@SQ\tSN:chr2\tLN:-7", "LN \"-7\" of contig \"chr2\""),
            ("@SQ\tSN:chr2\tLN:4294967296", "LN \"4294967296\""),
            ("@SQ\tSN:chr2", "LN of @SQ line 2 is missing"),
            ("@SQ\tLN:5", "SN of @SQ line 2 is missing"),
        ] {
            let error = of(line).unwrap_err();
            assert!(error.contains(expected), "{line}: {error}");
        }
    }
}
