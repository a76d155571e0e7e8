//! Annotations of other programs: the first line is the description of the header, the rest the value of the record.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

const FIELDS: [&str; 7] = ["CSQ", "ANN", "EFF", "BCSQ", "FUNCOTATION", "AAChange.refGene", "vep"];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else { return };
    let field = FIELDS[usize::from(choice) % FIELDS.len()];
    let text = String::from_utf8_lossy(rest);
    let (description, value) = text.split_once('\n').unwrap_or((&text, ""));
    let file = format!(
        "##fileformat=VCFv4.2\n##reference=GRCh38\n\
         ##INFO=<ID={field},Number=.,Type=String,Description=\"{description}\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n\
         chr2\t25234373\t.\tC\tT\t.\tPASS\t{field}={value}\tGT:AD\t0/1:90,10\n"
    );
    support::read_variants(file.as_bytes());
});
