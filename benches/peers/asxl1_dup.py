#!/usr/bin/env python3
"""ASXL1 c.1934dup, a base gained in a run of eight: how many clones of a fraction are found, and how many samples without one have a false call.

Reads of event_limit.py from a window of real sequence around c.1934 (300 bases to each side; fragments of 230 ± 50 bases, pairs of 150 with
errors, placed by bwa mem). Runs slip as there (1.2 in 1,000 molecules lose or gain a base of this run), in `none` 1, 1, 3 or 10 times as often,
at 300, 500, 1,000, 1,000 or 2,000 fragments. Same arguments, same reads; rows are written as they come. Needs bwa, samtools.

usage: asxl1_dup.py WORK HEMOCLONE clone SAMPLES [DEPTH [FRACTION]]    through call and analyze
       asxl1_dup.py WORK HEMOCLONE none SAMPLES                        through call
"""
import os
import random
import sys

WORK, HEMOCLONE, MODE, SAMPLES = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
DEPTH = int(sys.argv[5]) if len(sys.argv) > 5 else 1000
FRACTION = float(sys.argv[6]) if len(sys.argv) > 6 else 0.02
sys.argv = ["event_limit.py", WORK, HEMOCLONE, str(DEPTH), "0"]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import event_limit  # noqa: E402

event_limit.TARGETS = [("chr20", 32434560, 32434720, "ASXL1 exon 13, part")]
event_limit.AROUND = 300


def passing_indels(windows):
    """Passing changes of length of `call`, and whether the duplication is one of them."""
    event_limit.shell(f"samtools index s.bam; {event_limit.HEMOCLONE} -q call s.bam -f ref.fa.gz -L targets.bed -o calls.vcf --force -t 1")
    found, others = [], 0
    contig, first = windows.first["ASXL1"]
    wanted, bases = windows.molecule("ASXL1", 1934, 0, "G"), windows.bases["ASXL1"]
    with open(f"{event_limit.WORK}/calls.vcf") as calls:
        for line in calls:
            row = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(row[3]) == len(row[4]):
                continue
            at = int(row[1]) - first
            values = dict(zip(row[8].split(":"), row[9].split(":")))
            if bases[:at] + row[4] + bases[at + len(row[3]):] == wanted:
                found.append((row[6], row[5], values["AF"], values["AD"]))
            else:
                others += row[6] == "PASS"
    return found[0] if found else ("", "", "", ""), others


def main():
    os.makedirs(event_limit.WORK, exist_ok=True)
    windows = event_limit.Windows()
    bases, changed = windows.bases["ASXL1"], windows.molecule("ASXL1", 1934, 0, "G")
    name = f"{MODE}{DEPTH}_{FRACTION}" if MODE == "clone" else "none"
    with open(f"{event_limit.WORK}/{name}.tsv", "w") as table:
        table.write("sample\tdepth\tslips\tfilter\tqual\tfraction\tfragments\tother_indels\tanalyze\n")
        for sample in range(SAMPLES):
            rng = random.Random(f"{MODE}:{DEPTH}:{FRACTION}:{sample}")
            clone = MODE == "clone"
            depth = DEPTH if clone else rng.choice((300, 500, 1000, 1000, 2000))
            factor = 1 if clone else rng.choice((1, 1, 3, 10))
            event_limit.SLIPS = factor
            fragments = int(depth / 230 * (len(bases) - 230))
            mutated = sum(rng.random() < FRACTION for _ in range(fragments)) if clone else 0
            event_limit.sequence(windows, [("r", bases, fragments - mutated), ("m", changed, mutated)], rng, "s")
            (state, quality, fraction, counts), others = passing_indels(windows)
            told = ""
            if clone:
                event_limit.shell("cp s.bam kept.bam")
                row = event_limit.analyzed("kept").get(("ASXL1", "c.1934dup"), {})
                told = row.get("state", "")
            table.write("\t".join(map(str, (sample, depth, factor, state, quality, fraction, counts, others, told))) + "\n")
            table.flush()


if __name__ == "__main__":
    main()
