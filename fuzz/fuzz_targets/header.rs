//! Header lines before a fixed line of columns and a fixed record.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut file = b"##fileformat=VCFv4.2\n".to_vec();
    file.extend_from_slice(data);
    file.extend_from_slice(b"\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n");
    file.extend_from_slice(b"chr2\t25234373\t.\tC\tT\t.\tPASS\tDP=100\tGT:AD\t0/1:90,10\n");
    support::read_variants(&file);
});
