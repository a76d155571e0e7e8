#!/usr/bin/env bash
# Is the detection limit honest? Spikes hotspots of RUNX1 and U2AF1 at their stated limits into simulated reads of chr21 and counts
# how many are called. Needs chr21.fa and targets.bed of chr21.sh in $WORK, bwa is not needed: reads are placed by the simulator.
# SCORES names a file for the table of spikes: position, allele, state, depth, fragments, depth of the limit, filter.
#
#   WORK=folder HEMOCLONE_BIN=hemoclone SIMULATE=simulate benches/peers/detection_limit.sh [ROUNDS]
set -euo pipefail
: "${WORK:?folder with chr21.fa and targets.bed}" "${HEMOCLONE_BIN:=hemoclone}" "${SIMULATE:=simulate}"
rounds=${1:-10} depth=${DEPTH:-1000}
here=$(cd "$(dirname "$0")" && pwd)
run=$(mktemp -d)
trap 'rm -rf "$run"' EXIT

reads() { # seed, variants
  "$SIMULATE" reads --reference "$WORK/chr21.fa" --targets "$WORK/targets.bed" --truth "$run/truth.vcf" --sample spiked \
    --seed "$1" --depth "$depth" --artefacts 0 --variants "$2" | samtools sort -u -o "$run/spiked.bam" - 2> /dev/null
  samtools index "$run/spiked.bam"
  rm -rf "$run/out"
  "$HEMOCLONE_BIN" -q analyze "$run/spiked.bam" -f "$WORK/chr21.fa" -o "$run/out"
}

printf '##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n' > "$run/none.vcf"
for ((round = 1; round <= rounds; round++)); do
  # The same seed twice: depths are drawn anew with each, and a limit speaks of its own.
  reads $((round + 100)) "$run/none.vcf"
  cp "$run/out/spiked.hotspots.tsv" "$run/limits.tsv"
  python3 "$here/detection_limit.py" spike "$run/limits.tsv" "$round" > "$run/spikes.vcf"
  reads $((round + 100)) "$run/spikes.vcf"
  python3 "$here/detection_limit.py" score "$run/spikes.vcf" "$run/out/spiked.hotspots.tsv" "$run/out/spiked.calls.tsv" "$run/limits.tsv" \
    >> "$run/scores.tsv"
done
python3 "$here/detection_limit.py" sum "$run/scores.tsv"
[ -z "${SCORES:-}" ] || cp "$run/scores.tsv" "$SCORES"
