#!/usr/bin/env python3
"""KMT2A-PTD from reads that are split at its junction: how often `analyze` tells it, by the split fragments that are there.

A duplication of exons 2 or 3 to 8, 9, 10 or 11 whose ends lie in the introns, 20 to 150 bases beside the exons, where capture still reaches.
Exons are real sequence, introns invented; targets are the exons 2 (and the first 300 bases of 3), 8, 9, 10 and 11. Reads as in itd_grid.py,
placed by bwa mem, which writes split reads. Samples without one have chimeras (none, 0.1 or 1 % of the fragments, joined anywhere on the
targets). Same seed, same reads. Needs bwa, samtools.

usage: kmt2a_ptd.py WORK HEMOCLONE ptd|none SAMPLES
"""
import json
import os
import random
import subprocess
import sys

WORK, HEMOCLONE, MODE, SAMPLES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3], int(sys.argv[4])
sys.argv = ["itd_grid.py", WORK, HEMOCLONE, "-"]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import itd_grid  # noqa: E402

itd = itd_grid.itd

FIRST, LAST, LENGTH = 118468001, 118489200, 135086622
TARGETS = [
    ("chr11", 118468775, 118468844, "KMT2A exon 2"), ("chr11", 118471662, 118471961, "KMT2A exon 3, part"),
    ("chr11", 118482422, 118482495, "KMT2A exon 8"), ("chr11", 118484183, 118484314, "KMT2A exon 9"),
    ("chr11", 118484862, 118484975, "KMT2A exon 10"), ("chr11", 118488614, 118488760, "KMT2A exon 11"),
]
AROUND, SPLIT = 500, 20


def prepare():
    os.makedirs(WORK, exist_ok=True)
    module = itd.maker()
    module.CONTIGS, module.TARGETS, module.FLANK = {"chr11": LENGTH}, TARGETS, AROUND + 100
    itd.TARGETS = TARGETS
    known = module.known_bases()
    itd.write_reference(module, known)
    region = "".join(known["chr11"].get(p, "N") for p in range(FIRST, LAST + 1)).upper()
    with open(f"{WORK}/region.fa", "w") as fasta:
        fasta.write(f">chr11\n{region}\n")
    itd_grid.shell("bwa index region.fa 2>/dev/null")
    return region


def place(name):
    """Aligns to the region, and moves records and split parts to their place on the chromosome."""
    align = f"cd {WORK}; bwa mem -v 1 -t 1 -Y -I 230,50 -R '@RG\\tID:s\\tSM:s' region.fa r1.fq r2.fq 2>/dev/null"
    records = subprocess.run(["bash", "-c", align], check=True, capture_output=True, text=True).stdout.splitlines()
    with open(f"{WORK}/{name}.sam", "w") as out:
        out.write(f"@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr11\tLN:{LENGTH}\n@RG\tID:s\tSM:s\n")
        for record in records:
            if record.startswith("@"):
                continue
            row = record.split("\t")
            row[3] = str(int(row[3]) + FIRST - 1) if row[2] != "*" else "0"
            row[7] = str(int(row[7]) + FIRST - 1) if row[6] != "*" else "0"
            for number, tag in enumerate(row[11:], 11):
                if tag.startswith("SA:Z:"):
                    parts = [part.split(",") for part in tag[5:].rstrip(";").split(";")]
                    row[number] = "SA:Z:" + "".join(",".join([p[0], str(int(p[1]) + FIRST - 1), *p[2:]]) + ";" for p in parts)
                elif tag.startswith("XA:"):
                    row[number] = "XX:i:0"
            out.write("\t".join(row) + "\n")
    itd_grid.shell(f"samtools sort -m 200M -o {name}.bam {name}.sam 2>/dev/null && samtools index {name}.bam && rm {name}.sam")


def of_targets(region, depth, rng):
    """Fragments that touch a target, so that each of its bases has `depth` of them in the mean."""
    for _, first, last, _ in TARGETS:
        low, high = first - FIRST - 350, last - FIRST + 350
        stretch = region[low:high + 1]
        for _ in range(int(depth / 230 * (len(stretch) - 230))):
            start, size = itd_grid.place_of(stretch, rng)
            if start + size > 350 and start < len(stretch) - 350:
                yield stretch[start:start + size]


def of_junction(region, depth, vaf, rng):
    """Name of the duplication, fragments over its junction, and how many of them have a read split by it."""
    start = rng.choice(TARGETS[:2])
    end = rng.choice(TARGETS[2:])
    first, last = start[1] - FIRST - rng.randint(20, 150), end[2] - FIRST + rng.randint(20, 150)
    # Neither beyond the exon beside it.
    molecule = region[last - 450:last + 1] + region[first:first + 450]
    fragments, split = [], 0
    for _ in range(int(depth * vaf / 230 * (len(molecule) - 230))):
        at, size = itd_grid.place_of(molecule, rng)
        if at < 451 < at + size:
            fragments.append(molecule[at:at + size])
            split += itd_grid.supports(at, size, 451, 451) >= SPLIT
    return f"{start[3].split()[2].rstrip(',')}-{end[3].split()[2]}", fragments, split


def analyzed():
    itd_grid.shell(f"rm -rf out; {HEMOCLONE} -q analyze s.bam -f ref.fa.gz -L targets.bed -o out --formats json -t 1")
    with open(f"{WORK}/out/s.json") as report:
        result = json.load(report)
    calls = [c for c in result["calls"] if ((c.get("consequence") or {}).get("event") or {}).get("name") == "kmt2a_ptd"]
    return (result["copies"] or {}).get("ptd") or {}, calls


def main():
    region = prepare()
    with open(f"{WORK}/{MODE}.tsv", "w") as table:
        table.write("sample\tdepth\tvaf\texons\tsplit\tstate\ttold_split\ttold_pairs\tcalls\n")
        for sample in range(SAMPLES):
            rng = random.Random(f"kmt2a:{MODE}:{sample}")
            depth = rng.choice((200, 300, 500))
            noise = itd_grid.Noise() if MODE == "ptd" else itd_grid.Noise(rng.choice((1.0, 3.0)), 1.0, rng.choice((0.0, 0.001, 0.01)))
            vaf, exons, junction, split = 0.0, "", [], 0
            if MODE == "ptd":
                vaf = rng.choice((0.01, 0.02, 0.05, 0.10, 0.30))
                exons, junction, split = of_junction(region, depth, vaf, rng)
            whole = list(of_targets(region, depth, rng))
            joined = {at: rng.choice(whole) for at in range(len(whole)) if rng.random() < noise.chimeras}
            with open(f"{WORK}/r1.fq", "w") as one, open(f"{WORK}/r2.fq", "w") as two:
                for number, bases in enumerate([*whole, *junction]):
                    if number in joined:
                        cut = rng.randrange(20, min(len(bases), len(joined[number])) - 10)
                        bases = bases[:cut] + joined[number][cut - 10:]
                    itd_grid.write(bases, f"f{number}", (one, two), rng, noise)
            place("s")
            ptd, calls = analyzed()
            row = (sample, depth, vaf, exons, split, ptd.get("state", ""), ptd.get("split", ""), ptd.get("pairs", ""), len(calls))
            table.write("\t".join(map(str, row)) + "\n")
            table.flush()


if __name__ == "__main__":
    main()
