#!/usr/bin/env bash
# Reads from a whole real chromosome: GRCh38 chr21 (test data of the PyPI package satmut-utils 1.1.2), in which U2AF1 stands twice
# (chr21:43.1 Mb and, falsely, 6.5 Mb). Reads are simulated from the first copy and placed by bwa mem, so that mapping
# quality 0 arises by itself. Nothing of the package is kept in this repository.
# Needs pip, unzip, samtools, bwa; SIMULATE (default: target/release/examples/simulate). WORK: where the data goes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
simulate=${SIMULATE:-$here/../../target/release/examples/simulate}
work=${WORK:-$PWD/chr21-bench}; depth=${DEPTH:-1000}; seed=${SEED:-21}
mkdir -p "$work"; cd "$work"

package=satmut_utils-1.1.2-py3-none-any.whl
[ -s "$package" ] || pip download --quiet --no-deps --dest . satmut-utils==1.1.2
if [ ! -s chr21.fa.fai ]; then
  unzip -p "$package" tests/test_data/GRCh38.chr21.fa.gz | gzip -dc | sed 's/^>.*/>chr21/' > chr21.fa
  samtools faidx chr21.fa
fi
[ -s chr21.fa.sa ] || bwa index chr21.fa 2> bwa-index.log

# Coding exons of RUNX1 (NM_001754.5) and U2AF1 (NM_006758.3), with 20 bases on both sides, as in panels/transcripts.tsv.
awk -F'\t' '($3 == "NM_001754.5" || $3 == "NM_006758.3") && $6 == "GRCh38" {
  split($9, cds, "-"); n = split($10, exon, ",")
  for (i = n; i > 0; i--) {
    split(exon[i], e, "-"); first = e[1] > cds[1] ? e[1] : cds[1]; last = e[2] < cds[2] ? e[2] : cds[2]
    if (first <= last) print "chr21\t" first - 21 "\t" last + 20 "\t" $1 "_exon" i
  }
}' "$here/../../panels/transcripts.tsv" | sort -k2,2n > targets.bed

# Published drivers: U2AF1 S34F and Q157P, RUNX1 R201* and D198N; a RUNX1 frameshift; RUNX1 L429P as if inherited.
at() { samtools faidx chr21.fa "chr21:$1-$1" | tail -1 | tr a-z A-Z; }
{
  printf '##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n'
  row() { printf 'chr21\t%s\t.\t%s\t%s\t.\tPASS\t%s\n' "$@"; }
  row 34792292 "$(at 34792292)" "$(at 34792292 | tr ACGT GTAC)" 'TAF=0.5;GERMLINE;HAP=1'
  row 34799400 "$(at 34799400)" "$(at 34799400)GA" 'TAF=0.12;HAP=1'
  row 34859486 G A 'TAF=0.05;HAP=0'
  row 34859495 C T 'TAF=0.02;HAP=0'
  row 43094667 T G 'TAF=0.03;HAP=1'
  row 43104346 G A 'TAF=0.08;HAP=0'
} > drivers.vcf

"$simulate" reads --reference chr21.fa --targets targets.bed --variants drivers.vcf --truth chr21.truth.vcf --sample chr21 \
  --seed "$seed" --depth "$depth" --artefacts 5 --off-target 0.02 --paralog-targets 0 |
  samtools fastq -n -F 0x900 - 2> fastq.log |
  bwa mem -p -t 1 -R '@RG\tID:chr21\tSM:chr21\tLB:chr21\tPL:ILLUMINA' chr21.fa - 2> bwa.log |
  samtools fixmate -m -u - - | samtools sort -u -m 500M -T sort.tmp - 2> sort.log | samtools markdup - chr21.bam
samtools index chr21.bam
samtools view -C -T chr21.fa -o chr21.cram chr21.bam
samtools index chr21.cram
echo "chr21.bam, chr21.cram, chr21.fa, targets.bed and chr21.truth.vcf are in $work"
