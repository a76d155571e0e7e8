"""Counts bases over targets as a Python user would: pysam_pileup.py BAM BED FASTA. The sum goes to standard output."""
import sys

import pysam

bam, bed, fasta = sys.argv[1:4]
total = 0
with pysam.AlignmentFile(bam) as reads, pysam.FastaFile(fasta) as reference, open(bed) as targets:
    for line in targets:
        contig, start, end = line.split("\t")[:3]
        columns = reads.pileup(
            contig, int(start), int(end), truncate=True, max_depth=1_000_000, min_base_quality=20,
            min_mapping_quality=20, stepper="samtools", fastafile=reference, compute_baq=False)
        for column in columns:
            counts = {}
            for base in column.get_query_sequences(add_indels=True):
                counts[base.upper()] = counts.get(base.upper(), 0) + 1
            total += sum(counts.values())
print(total)
