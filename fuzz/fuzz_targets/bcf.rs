//! The records of a BCF after a fixed header, without compression, so that no checksum stands in the way.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

const HEADER: &str = "##fileformat=VCFv4.2\n##FILTER=<ID=PASS,Description=\"\",IDX=0>\n\
##contig=<ID=chr2,length=242193529>\n##contig=<ID=chr4,length=190214555>\n\
##INFO=<ID=DP,Number=1,Type=Integer,Description=\"\",IDX=1>\n\
##INFO=<ID=AF,Number=A,Type=Float,Description=\"\",IDX=2>\n\
##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\",IDX=3>\n\
##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"\",IDX=4>\n\
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n\0";

fuzz_target!(|data: &[u8]| {
    let mut file = b"BCF\x02\x02".to_vec();
    file.extend_from_slice(&(HEADER.len() as u32).to_le_bytes());
    file.extend_from_slice(HEADER.as_bytes());
    file.extend_from_slice(data);
    support::read_variants(&support::bgzf(&file));
});
