#!/usr/bin/env python3
"""Is the detection limit of FLT3-ITD honest? Spikes duplications at their stated limit into reads made as itd.py makes them, and counts how many
are called with their length.

For each class of lengths SEEDS duplications of a length and place drawn evenly from those that begin and end in exon 14 or 15; reads of READ
bases, DEPTH fragments, three sets of reads without one in turn. Same arguments, same reads. Needs bwa, samtools.

usage: itd_limit.py WORK HEMOCLONE DEPTH SEEDS [READ]
"""
import json
import os
import random
import subprocess
import sys

WORK, HEMOCLONE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
DEPTH, SEEDS = int(sys.argv[3]), int(sys.argv[4])
READ = int(sys.argv[5]) if len(sys.argv) > 5 else 150
sys.argv = ["itd.py", WORK]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import itd  # noqa: E402

EXONS = [(first, last) for _, first, last, name in itd.TARGETS if "exon 13" not in name]
SETS = 3
# Fragments are 230 bases long in the mean, of which two reads of 150 cover about 285 with their overlap counted twice.
DENSITY = DEPTH / (285.0 if READ == 150 else 1.9 * READ)


def shell(command):
    subprocess.run(["bash", "-c", f"set -o pipefail; cd {WORK}; {command}"], check=True)


def sequence(molecule, count, tag, rng, name):
    with open(f"{WORK}/r1.fq", "w") as one, open(f"{WORK}/r2.fq", "w") as two:
        for number in range(count):
            size = max(READ // 2 + 15, int(rng.gauss(230, 50)))
            start = rng.randrange(0, len(molecule) - size)
            fragment = molecule[start:start + size]
            ends = [fragment[:READ], fragment[-READ:].translate(itd.COMPLEMENT)[::-1]]
            if rng.random() < 0.5:
                ends.reverse()
            for end, file in zip(ends, (one, two)):
                bases, qualities = itd.read_of(end, rng)
                file.write(f"@{tag}:{number}\n{bases}\n+\n{qualities}\n")
    # A few fragments tell bwa nothing of their length: -I does.
    moved = (
        f'!/^@/{{ $4+={itd.FIRST - 1}; if($7=="=")$8+={itd.FIRST - 1}; $3="chr13"; '
        'for(i=12;i<=NF;i++)if($i~/^(SA|XA):/)$i="XX:i:0"; print}'
    )
    header = "@HD\\tVN:1.6\\tSO:coordinate\\n@SQ\\tSN:chr13\\tLN:114364328\\n@RG\\tID:s\\tSM:s\\n"
    align = "bwa mem -v 1 -t 1 -Y -I 230,50 -R '@RG\\tID:s\\tSM:s' window.fa r1.fq r2.fq 2>/dev/null"
    shell(f"(printf '{header}'; {align} | awk -F'\\t' -v OFS='\\t' '{moved}') | samtools sort -o {name}.bam - 2>/dev/null")


def within(place):
    return any(first <= place <= last for first, last in EXONS)


def is_called(window, limit, seed):
    rng = random.Random(seed * 1000 + limit["shortest"] + DEPTH)
    length = rng.randint(limit["shortest"], limit["longest"])
    first, last = min(e[0] for e in EXONS), max(e[1] for e in EXONS)
    places = [p for p in range(first, last + 2 - length) if within(p) and within(p + length - 1)]
    at = rng.choice(places) - itd.FIRST
    molecule = window[:at + length] + window[at:]
    count = sum(rng.random() < limit["detection_limit"] for _ in range(int(DENSITY * len(molecule))))
    sequence(molecule, count, "m", rng, "clone")
    shell(f"samtools merge -f -o s.bam none{seed % SETS}.bam clone.bam; samtools index s.bam")
    shell(f"{HEMOCLONE} -q call s.bam -f ref.fa.gz -L targets.bed -o calls.vcf --force -t 1")
    with open(f"{WORK}/calls.vcf") as calls:
        rows = [line.split("\t") for line in calls if not line.startswith("#")]
    return any(row[6] == "PASS" and len(row[4]) - len(row[3]) == length for row in rows)


def main():
    os.makedirs(WORK, exist_ok=True)
    module = itd.maker()
    known = module.known_bases()
    itd.write_reference(module, known)
    rng = random.Random(7)
    window = "".join(known["chr13"].get(p, "N") for p in range(itd.FIRST, itd.LAST + 1)).upper()
    window = "".join(base if base in "ACGT" else rng.choice("ACGT") for base in window)
    with open(f"{WORK}/window.fa", "w") as fasta:
        fasta.write(f">FLT3\n{window}\n")
    shell("bwa index window.fa 2>/dev/null")
    rng = random.Random(DEPTH * 31 + READ)
    for number in range(SETS):
        sequence(window, int(DENSITY * len(window)), f"w{number}", rng, f"none{number}")
    shell("cp none0.bam s.bam; samtools index s.bam")
    shell(f"{HEMOCLONE} -q analyze s.bam -f ref.fa.gz -L targets.bed -o out --force --lang en -t 1")
    with open(f"{WORK}/out/s.json") as report:
        limits = json.load(report)["event_limits"]
    for limit in limits:
        told = f"{limit['shortest']}-{limit['longest']} bases"
        if limit["detection_limit"] is None:
            print(f"{told}: not assessed", flush=True)
            continue
        called = sum(is_called(window, limit, seed) for seed in range(SEEDS))
        print(f"{told}: limit {limit['detection_limit']:.4f}, called {called} of {SEEDS}", flush=True)


main()
