#!/usr/bin/env python3
"""Reads of internal tandem duplications of FLT3, for the table of docs/benchmarks.md.

Fragments are drawn evenly from the molecules (real bases of exons 13 to 15 with their introns, GRCh38 chr13:28033300-28035000), read as pairs of
150 bases with errors, and placed by bwa mem. Writes WORK/ref.fa.gz (true length of chromosome 13, N elsewhere), WORK/targets.bed, one BAM a
sample and WORK/truth.tsv. Same seed, same reads. Needs bwa, samtools.

usage: itd.py WORK [DEPTH]
"""
import importlib.util
import os
import random
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
WORK = sys.argv[1]
DEPTH = int(sys.argv[2]) if len(sys.argv) > 2 else 900
FIRST, LAST = 28033300, 28035000
# Built-in bases of FLT3's introns stand on GRCh37; both builds have the same ones there, this far apart.
SHIFT = 574137
TARGETS = [
    ("chr13", 28033887, 28033991, "FLT3 exon 15"),
    ("chr13", 28034082, 28034214, "FLT3 exon 14"),
    ("chr13", 28034301, 28034407, "FLT3 exon 13"),
]
# Seed, fractions, and per sample: name, first duplicated base, bases, bases between the copies (plus strand).
RUNS = [
    (7, (0.05, 0.30), [
        ("ITD21", 28034105, 21, ""), ("ITD60", 28034105, 60, ""), ("ITD66f6", 28034110, 60, "CCTGGA"),
        ("ITD99b", 28034063, 99, ""), ("ITD150", 28034090, 150, ""), ("ITD200", 28034090, 200, ""), ("NONE", FIRST + 10, 0, ""),
    ]),
    (11, (0.02, 0.10), [
        ("ITD6", 28034120, 6, ""), ("ITD18", 28034120, 18, ""), ("ITD33", 28034120, 33, ""), ("ITD48f4", 28034120, 48, "CTTA"),
        ("ITD102", 28034095, 102, ""), ("ITD111f9", 28034100, 111, "TTCCGGAAC"), ("ITD99b", 28034063, 99, ""),
        ("ITD120e15", 28033900, 60, ""), ("ITD240", 28033950, 240, ""),
        *((f"NONE{i}", FIRST + 10, 0, "") for i in range(12)),
    ]),
]
COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
RUN = re.compile(r"(.)\1{5,}")


def maker():
    """The script that makes the demo's alignments knows the built-in bases and writes BGZF."""
    path = os.path.join(ROOT, "testdata", "make_alignments.py")
    spec = importlib.util.spec_from_file_location("make_alignments", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.CONTIGS, module.FLANK, module.TARGETS = {"chr13": 114364328}, 1500, TARGETS
    own = module.segment_pieces

    def pieces():
        yield from own()
        for words, bases in module.fasta("segments.fa"):
            build, contig, places = words[0].split(":")
            if build == "GRCh37" and contig == "chr13" and contig in module.CONTIGS:
                yield "chr13", int(places.split("-")[0]) - SHIFT, bases

    module.segment_pieces = pieces
    return module


def write_reference(module, known):
    path = f"{WORK}/ref.fa.gz"
    if not os.path.exists(path + ".gzi"):
        writer = module.Bgzf(path)
        for contig, length in module.CONTIGS.items():
            writer.contig(contig, length, known[contig])
        writer.close()
    with open(f"{WORK}/targets.bed", "w") as bed:
        for contig, first, last, name in TARGETS:
            bed.write(f"{contig}\t{first - 1}\t{last}\t{name}\n")


def read_of(bases, rng):
    bases, qualities = list(bases), ["F"] * len(bases)
    for _ in range(int(rng.expovariate(1 / 3.0))):
        at = int(len(bases) * max(rng.random(), rng.random()))
        qualities[at] = rng.choice(":,")
        if rng.random() < (0.003 if qualities[at] == ":" else 0.06):
            bases[at] = rng.choice("ACGT")
    return "".join(bases), "".join(qualities)


def slipped(fragment, rng, factor=1.0):
    """Runs of a molecule that gain or lose a base: 2 in 10,000 at six bases, 1.7 times as many with each base more, a third of them gained."""
    def changed(run):
        bases = run.group()
        if rng.random() >= factor * 2e-4 * 1.7 ** (len(bases) - 6):
            return bases
        return bases + bases[0] if rng.random() < 1 / 3 else bases[1:]

    return RUN.sub(changed, fragment)


def sequence(molecule, count, files, tag, rng):
    for number in range(count):
        size = max(90, int(rng.gauss(230, 50)))
        start = rng.randrange(0, len(molecule) - size)
        fragment = molecule[start:start + size]
        ends = [fragment[:150], fragment[-150:].translate(COMPLEMENT)[::-1]]
        if rng.random() < 0.5:
            ends.reverse()
        for end, file in zip(ends, files):
            bases, qualities = read_of(end, rng)
            file.write(f"@{tag}:{number}\n{bases}\n+\n{qualities}\n")


def place(sample):
    """Aligns to the window, and moves the records to their place on the chromosome."""
    header = f"@HD\\tVN:1.6\\tSO:coordinate\\n@SQ\\tSN:chr13\\tLN:114364328\\n@RG\\tID:{sample}\\tSM:{sample}\\n"
    moved = (
        f'!/^@/{{ $4+={FIRST - 1}; if($7=="=")$8+={FIRST - 1}; $3="chr13"; '
        'for(i=12;i<=NF;i++)if($i~/^(SA|XA):/)$i="XX:i:0"; print}'
    )
    align = f"bwa mem -v 1 -t 1 -Y -R '@RG\\tID:{sample}\\tSM:{sample}' window.fa r1.fq r2.fq 2>/dev/null"
    command = (
        f"cd {WORK} && (printf '{header}'; {align} | awk -F'\\t' -v OFS='\\t' '{moved}') | "
        f"samtools sort -o {sample}.bam - 2>/dev/null && samtools index {sample}.bam"
    )
    subprocess.run(["bash", "-c", command], check=True)


def main():
    os.makedirs(WORK, exist_ok=True)
    module = maker()
    known = module.known_bases()
    write_reference(module, known)
    with open(f"{WORK}/truth.tsv", "w") as truth:
        truth.write("sample\tfirst\tlength\tbetween\tvaf\n")
        for seed, fractions, samples in RUNS:
            rng = random.Random(seed)
            window = "".join(known["chr13"].get(p, "N") for p in range(FIRST, LAST + 1)).upper()
            window = "".join(base if base in "ACGT" else rng.choice("ACGT") for base in window)
            with open(f"{WORK}/window.fa", "w") as fasta:
                fasta.write(f">FLT3\n{window}\n")
            subprocess.run(["bash", "-c", f"cd {WORK} && bwa index window.fa 2>/dev/null"], check=True)
            for vaf in fractions:
                for name, first, length, between in samples:
                    at = first - FIRST
                    gained = between + window[at:at + length]
                    changed = window[:at + length] + gained + window[at + length:]
                    sample = f"{name}_v{int(vaf * 100)}"
                    density = DEPTH / 285.0
                    with open(f"{WORK}/r1.fq", "w") as one, open(f"{WORK}/r2.fq", "w") as two:
                        for molecule, share, tag in ((window, 1 - vaf, "r"), (changed, vaf, "m")):
                            sequence(molecule, int(density * len(molecule) * share), (one, two), tag, rng)
                    place(sample)
                    truth.write(f"{sample}\t{first}\t{length}\t{between}\t{vaf}\n")


if __name__ == "__main__":
    main()
