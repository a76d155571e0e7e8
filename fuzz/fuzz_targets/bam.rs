//! The records of a BAM after a fixed header: read, visited and counted.
#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let header = b"@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c\tLN:300\n@RG\tID:r\tSM:s\n";
    let mut file = b"BAM\x01".to_vec();
    file.extend_from_slice(&(header.len() as u32).to_le_bytes());
    file.extend_from_slice(header);
    file.extend_from_slice(&1u32.to_le_bytes());
    file.extend_from_slice(&2u32.to_le_bytes());
    file.extend_from_slice(b"c\0");
    file.extend_from_slice(&300u32.to_le_bytes());
    file.extend_from_slice(data);
    support::count_reads("r.bam", &support::bgzf(&file));
});
