#!/usr/bin/env python3
"""Are the detection limits of the indels that are asked for by name honest? Spikes each at its stated limit into reads that bwa places, and
counts in how many samples `analyze` reports it (hotspots.tsv: called).

Windows of real sequence around CALR exon 9, NPM1 exon 11, ASXL1 exon 13 and SRSF2 exon 1; fragments of 230 ± 50 bases drawn evenly from the
molecules, read as pairs of READ bases with errors of itd.py, runs of six bases and more slip (2 in 10,000 molecules at six, 1.7 times as many
with each base more, a third of them gained). SETS sets of reads without a variant in turn; the limit is the one that `analyze` states for the
set that the clone is added to. FACTOR multiplies it. Same arguments, same reads. Needs bwa, samtools.

usage: event_limit.py WORK HEMOCLONE DEPTH SAMPLES [READ [FACTOR]]
"""
import csv
import os
import random
import statistics
import subprocess
import sys

WORK, HEMOCLONE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
DEPTH, SAMPLES = int(sys.argv[3]), int(sys.argv[4])
READ = int(sys.argv[5]) if len(sys.argv) > 5 else 150
FACTOR = float(sys.argv[6]) if len(sys.argv) > 6 else 1.0
sys.argv = ["itd.py", WORK]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import itd  # noqa: E402

CONTIGS = {"chr5": 181538259, "chr17": 83257441, "chr19": 58617616, "chr20": 64444167}
TARGETS = [
    ("chr5", 171410540, 171410565, "NPM1 exon 11"),
    ("chr17", 76736799, 76737161, "SRSF2 exon 1"),
    ("chr19", 12943713, 12943913, "CALR exon 9"),
    ("chr20", 32434432, 32434900, "ASXL1 exon 13, part"),
]
# Gene, coding change as hotspots.tsv writes it, coding base before the change, bases lost (plus strand), bases gained.
ALLELES = [
    [("CALR", "c.1099_1150del", 1098, 52, ""), ("NPM1", "c.860_863dup", 863, 0, "TCTG"),
     ("ASXL1", "c.1934dup", 1934, 0, "G"), ("SRSF2", "c.284_307del", 307, 24, "")],
    [("CALR", "c.1154_1155insTTGTC", 1154, 0, "TTGTC"), ("NPM1", "c.863_864insCATG", 863, 0, "CATG"),
     ("ASXL1", "c.1934dup", 1934, 0, "G"), ("SRSF2", "c.284_307del", 307, 24, "")],
]
SETS, AROUND = 4, 500
# Slippage of the molecules, times the usual.
SLIPS = 1.0
DENSITY = DEPTH / (285.0 if READ == 150 else 1.9 * READ)


def shell(command):
    subprocess.run(["bash", "-c", f"set -o pipefail; cd {WORK}; {command}"], check=True)


def coding_places():
    """Places of the coding bases on GRCh38, by gene."""
    places = {}
    with open(os.path.join(itd.ROOT, "panels", "transcripts.tsv")) as table:
        for line in table:
            row = line.rstrip("\n").split("\t")
            if row[0] in ("CALR", "NPM1", "ASXL1", "SRSF2") and row[4] == "select" and row[5] == "GRCh38":
                first, last = map(int, row[8].split("-"))
                exons = [tuple(map(int, exon.split("-"))) for exon in row[9].split(",")]
                bases = sorted(b for a, z in exons for b in range(max(a, first), min(z, last) + 1))
                places[row[0]] = (row[6], bases if row[7] == "+" else bases[::-1])
    return places


class Windows:
    """Sequence around each target, and the molecules that alleles make of it."""

    def __init__(self):
        module = itd.maker()
        module.CONTIGS, module.TARGETS, module.FLANK = CONTIGS, TARGETS, AROUND + 400
        itd.TARGETS = TARGETS
        known = module.known_bases()
        itd.write_reference(module, known)
        self.places = coding_places()
        self.bases, self.first = {}, {}
        for contig, start, end, name in TARGETS:
            gene, middle = name.split()[0], (start + end) // 2
            self.first[gene] = (contig, middle - AROUND)
            self.bases[gene] = "".join(known[contig][p] for p in range(middle - AROUND, middle + AROUND)).upper()
        with open(f"{WORK}/windows.fa", "w") as fasta:
            for gene, bases in self.bases.items():
                fasta.write(f">{gene}\n{bases}\n")
        shell("bwa index windows.fa 2>/dev/null")

    def molecule(self, gene, before, lost, gained):
        """The window with a change; on the minus strand `before` is the last base lost."""
        contig, first = self.first[gene]
        bases, place = self.bases[gene], self.places[gene][1][before - 1]
        at = place - first if gene == "SRSF2" else place - first + 1
        return bases[:at] + gained + bases[at + lost:]


def fragments(molecule, count, tag, rng, files):
    for number in range(count):
        size = max(READ // 2 + 15, int(rng.gauss(230, 50)))
        start = rng.randrange(0, len(molecule) - size)
        fragment = itd.slipped(molecule[start:start + size], rng, SLIPS)
        ends = [fragment[:READ], fragment[-READ:].translate(itd.COMPLEMENT)[::-1]]
        if rng.random() < 0.5:
            ends.reverse()
        for end, file in zip(ends, files):
            bases, qualities = itd.read_of(end, rng)
            file.write(f"@{tag}:{number}\n{bases}\n+\n{qualities}\n")


def place(windows, name):
    header = "@HD\\tVN:1.6\\tSO:coordinate\\n" + "".join(f"@SQ\\tSN:{c}\\tLN:{n}\\n" for c, n in CONTIGS.items()) + "@RG\\tID:s\\tSM:s\\n"
    starts = "".join(f'O["{g}"]={first - 1};C["{g}"]="{contig}";' for g, (contig, first) in windows.first.items())
    moved = (
        f"BEGIN{{{starts}}}"
        '!/^@/ && $3!="*"{$4+=O[$3]; if($7=="=")$8+=O[$3]; else if($7!="*"){$8+=O[$7];$7=C[$7]} $3=C[$3]; '
        'for(i=12;i<=NF;i++)if($i~/^(SA|XA):/)$i="XX:i:0"; print}'
    )
    align = "bwa mem -v 1 -t 1 -Y -I 230,50 -R '@RG\\tID:s\\tSM:s' windows.fa r1.fq r2.fq 2>/dev/null"
    shell(f"(printf '{header}'; {align} | awk -F'\\t' -v OFS='\\t' '{moved}') | samtools sort -o {name}.bam - 2>/dev/null")


def sequence(windows, molecules, rng, name):
    """Reads of so many fragments of each molecule, placed."""
    with open(f"{WORK}/r1.fq", "w") as one, open(f"{WORK}/r2.fq", "w") as two:
        for tag, molecule, count in molecules:
            fragments(molecule, count, tag, rng, (one, two))
    place(windows, name)


def analyzed(bam):
    """Rows of hotspots.tsv by gene and coding change."""
    shell(f"cp {bam}.bam s.bam; samtools index s.bam")
    shell(f"{HEMOCLONE} -q analyze s.bam -f ref.fa.gz -L targets.bed -p ch -o out --force --formats hotspots -t 1")
    with open(f"{WORK}/out/s.hotspots.tsv", newline="") as table:
        return {(row["gene"], row["hgvs_c"]): row for row in csv.DictReader(table, delimiter="\t")}


def main():
    os.makedirs(WORK, exist_ok=True)
    windows = Windows()
    rng = random.Random(DEPTH * 31 + READ)
    limits = []
    for number in range(SETS):
        molecules = [(f"w{g}{number}", b, int(DENSITY * len(b))) for g, b in windows.bases.items()]
        sequence(windows, molecules, rng, f"none{number}")
        limits.append(analyzed(f"none{number}"))
    seen = {}
    for sample in range(SAMPLES):
        rng = random.Random(sample * 1000 + DEPTH + READ)
        at_set = sample % SETS
        for alleles in ALLELES:
            molecules = []
            for gene, change, before, lost, gained in alleles:
                limit = limits[at_set][gene, change]["detection_limit"]
                fraction = min(float(limit) * FACTOR, 0.9) if limit else 0.0
                molecule = windows.molecule(gene, before, lost, gained)
                share = fraction / (1.0 - fraction)
                count = sum(rng.random() < share for _ in range(int(DENSITY * len(molecule))))
                molecules.append((f"m{gene}", molecule, count))
            sequence(windows, molecules, rng, "clone")
            shell(f"samtools merge -f -o spiked.bam none{at_set}.bam clone.bam")
            rows = analyzed("spiked")
            for gene, change, *_ in alleles:
                seen.setdefault((gene, change), []).append((rows[gene, change], limits[at_set][gene, change]))
    print("gene\tchange\tlimit\tcalled\tsamples\tstates\tlimit with the clone / without")
    for (gene, change), pairs in seen.items():
        states = [row["state"] for row, _ in pairs]
        stated = statistics.mean(float(none["detection_limit"] or "nan") for _, none in pairs)
        ratio = statistics.mean(float(row["detection_limit"] or "nan") / float(none["detection_limit"] or "nan") for row, none in pairs)
        counts = ", ".join(f"{s} {states.count(s)}" for s in sorted(set(states)))
        print(f"{gene}\t{change}\t{stated:.4f}\t{states.count('called')}\t{len(states)}\t{counts}\t{ratio:.3f}", flush=True)


if __name__ == "__main__":
    main()
