#!/usr/bin/env python3
"""FLT3-ITD over a grid of length, bases between the copies, fraction and depth, for the tables of docs/benchmarks.md.

Reads of real sequence as itd.py makes them (exons 13 to 15 with their introns, pairs of 150 bases, fragments of 230 ± 50 bases drawn evenly from
the molecules, placed by bwa mem); beside its errors one read in fifty has a wrong base of high quality, and runs of six bases and more slip. Same
seed, same reads. Needs bwa, samtools.

usage: itd_grid.py WORK HEMOCLONE grid [SAMPLES]          one duplication a sample: every class of length and filler, fraction, depth
       itd_grid.py WORK HEMOCLONE several [SAMPLES]       two or three duplications a sample
       itd_grid.py WORK HEMOCLONE negatives [SAMPLES]     none; with chimeras, adapters, inherited substitutions, up to ten times the errors
       itd_grid.py WORK HEMOCLONE table                   what the rows written so far say

Reads are kept in WORK/samples, rows in WORK; with `-` for HEMOCLONE reads are made and not called. Support is counted from the simulated
fragments: one of their reads shows so many bases (10, 20) on both sides of what lies between the copies.
"""
import csv
import itertools
import json
import os
import random
import statistics
import subprocess
import sys

WORK, MODE = os.path.abspath(sys.argv[1]), sys.argv[3]
HEMOCLONE = os.path.abspath(sys.argv[2]) if sys.argv[2] != "-" else None
NUMBER = int(sys.argv[4]) if len(sys.argv) > 4 else None
sys.argv = ["itd.py", WORK]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import itd  # noqa: E402

SEED = 20261130
LENGTHS = [(6, 9), (10, 15), (16, 21), (22, 30), (31, 45), (46, 60), (61, 80), (81, 100), (101, 130), (131, 170), (171, 230), (231, 300)]
FILLERS = [(0, 0), (1, 3), (4, 8), (9, 14), (15, 20)]
VAFS = (0.02, 0.03, 0.05, 0.10, 0.20, 0.30)
DEPTHS = (300, 500, 1000, 2000, 5000)
NEGATIVE_DEPTHS = (300,) * 8 + (500,) * 6 + (1000,) * 4 + (2000, 3000)
# Sets of reads without a duplication, in turn.
SETS = 3
READ, SIZE, SPREAD = 150, 230, 50
# Fragments that begin at a place, for one fragment over each.
DENSITY = 1 / SIZE
SIDES = (10, 20)
ADAPTERS = ("AGATCGGAAGAGCACACGTCTGAACTCCAGTCA", "AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGT")
HEADER = "@HD\\tVN:1.6\\tSO:coordinate\\n@SQ\\tSN:chr13\\tLN:114364328\\n@RG\\tID:s\\tSM:s\\n"
FIELDS = [
    "mode", "cell", "depth", "vaf", "length", "filler", "gap", "first", "place", *(f"support{n}" for n in SIDES),
    "found", "filter", "called_vaf", "interval", "like", "others", "named", "status", "named_length", "named_vaf",
]


def shell(command):
    subprocess.run(["bash", "-c", f"set -o pipefail; cd {WORK}; {command}"], check=True)


class Noise:
    """How often reads and molecules err; the defaults are those of itd.py."""

    def __init__(self, errors=1.0, slips=1.0, chimeras=0.0, adapters=False):
        self.errors, self.slips, self.chimeras, self.adapters = errors, slips, chimeras, adapters


def read_of(bases, rng, noise):
    low = int(rng.expovariate(1 / 3.0))
    if low == 0 and rng.random() >= 0.02:
        return bases, "F" * len(bases)
    bases, qualities = list(bases), ["F"] * len(bases)
    for _ in range(low):
        at = int(len(bases) * max(rng.random(), rng.random()))
        qualities[at] = rng.choice(":,")
        if rng.random() < noise.errors * (0.003 if qualities[at] == ":" else 0.06):
            bases[at] = rng.choice("ACGT")
    if rng.random() < 0.02 * noise.errors:
        bases[rng.randrange(len(bases))] = rng.choice("ACGT")
    return "".join(bases), "".join(qualities)


def place_of(molecule, rng):
    size = max(90, int(rng.gauss(SIZE, SPREAD)))
    return rng.randrange(0, len(molecule) - size), size


def write(fragment, tag, files, rng, noise):
    fragment = itd.slipped(fragment, rng, noise.slips)
    ends = [fragment[:READ], fragment[-READ:].translate(itd.COMPLEMENT)[::-1]]
    if noise.adapters and len(fragment) < READ:
        ends = [(end + adapter)[:READ] for end, adapter in zip(ends, ADAPTERS)]
    if rng.random() < 0.5:
        ends.reverse()
    for end, file in zip(ends, files):
        bases, qualities = read_of(end, rng, noise)
        file.write(f"@{tag}\n{bases}\n+\n{qualities}\n")


def supports(start, size, first, last):
    """How many bases the read that shows most has on the poorer side of first..last of its molecule."""
    reads = ((start, start + min(size, READ)), (start + size - min(size, READ), start + size))
    return max(min(first - a, b - last) for a, b in reads)


def sequence(molecules, name, rng, noise):
    """Reads of so many fragments of each molecule (bases, number, junction or None); returns the support of each."""
    seen = []
    with open(f"{WORK}/r1.fq", "w") as one, open(f"{WORK}/r2.fq", "w") as two:
        for number, (molecule, count, junction) in enumerate(molecules):
            shown = []
            for fragment in range(count):
                start, size = place_of(molecule, rng)
                bases = molecule[start:start + size]
                if rng.random() < noise.chimeras:
                    other, length = place_of(molecule, rng)
                    tail = molecule[other:other + length]
                    bases = bases[:rng.randrange(20, size - 20)] + (tail if rng.random() < 0.5 else tail.translate(itd.COMPLEMENT)[::-1])
                    bases = bases[:max(size, 90)]
                write(bases, f"{name}:{number}:{fragment}", (one, two), rng, noise)
                if junction:
                    shown.append(supports(start, size, *junction))
            seen.append([sum(side >= n for side in shown) for n in SIDES])
    # A few fragments tell bwa nothing of their length: -I does.
    moved = (
        f'!/^@/{{ $4+={itd.FIRST - 1}; if($7=="=")$8+={itd.FIRST - 1}; $3="chr13"; '
        'for(i=12;i<=NF;i++)if($i~/^(SA|XA):/)$i="XX:i:0"; print}'
    )
    align = f"bwa mem -v 1 -t 1 -Y -I {SIZE},{SPREAD} -R '@RG\\tID:s\\tSM:s' window.fa r1.fq r2.fq 2>/dev/null"
    shell(f"(printf '{HEADER}'; {align} | awk -F'\\t' -v OFS='\\t' '{moved}') | samtools sort -m 200M -o {name}.bam - 2>/dev/null")
    return seen


class Duplication:
    """A stretch of the window and what stands between its two copies."""

    def __init__(self, window, lengths, fillers, rng):
        self.gap = rng.randint(*fillers)
        length = rng.randint(*lengths)
        exons = [(first - itd.FIRST, last - itd.FIRST + 1) for _, first, last, _ in itd.TARGETS]
        # It holds at least six bases of an exon, wherever it begins and ends.
        starts = [at for at in range(len(window)) if any(min(at + length, z) - max(at, a) >= min(6, length) for a, z in exons)]
        self.at, self.length = rng.choice(starts), length
        end = self.at + length
        inside = any(a <= self.at and end <= z for a, z in exons)
        self.place = "within an exon" if inside else "over a border"
        self.between = "".join(rng.choice("ACGT") for _ in range(self.gap))
        self.molecule = window[:end] + self.between + window[self.at:]
        self.junction = (end, end + self.gap)

    def clone(self, density, vaf, others, rng):
        """Molecules to be added to `density` of the others, so that `vaf` of all are changed."""
        expected = density * (len(self.molecule) - SIZE) * vaf / others
        count = sum(rng.random() < expected / (2 * int(expected) + 2) for _ in range(2 * int(expected) + 2))
        return self.molecule, count, self.junction


def haplotype(window, pos, ref, alt):
    at = pos - 1 - (itd.FIRST - 1)
    if at < 0 or window[at:at + len(ref)] != ref.upper():
        return None
    return window[:at] + alt.upper() + window[at + len(ref):]


def called(window, path):
    """(haplotype or symbolic allele, gain, filter, fraction, fraction's own words) of every allele of a VCF."""
    out = []
    with open(path) as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            row = line.rstrip("\n").split("\t")
            sample = dict(zip(row[8].split(":"), row[9].split(":"))) if len(row) > 9 else {}
            info = dict(entry.partition("=")[::2] for entry in row[7].split(";"))
            for number, alt in enumerate(row[4].split(",")):
                fraction = fraction_of(sample, info, number)
                if set(alt.upper()) <= set("ACGT"):
                    out.append((haplotype(window, int(row[1]), row[3], alt), len(alt) - len(row[3]), row[6], fraction))
                elif alt.startswith("<DUP") or alt.startswith("<INS"):
                    gain = int((info.get("SVLEN") or "0").split(",")[0]) + int((info.get("NTLEN") or "0").split(",")[0])
                    out.append((None, abs(gain), row[6], fraction))
    return out


def fraction_of(sample, info, number):
    if "AO" in sample:
        alts = [float(n) for n in sample["AO"].split(",")]
        return alts[number] / max(1.0, sum(alts) + float(sample["RO"]))
    if "AF" in sample or "AF" in info:
        return float((sample.get("AF") or info["AF"]).split(",")[number])
    depths = [float(n) for n in sample.get("AD", "0,0").split(",")]
    return depths[number + 1] / max(1.0, sum(depths))


def is_like(gain, duplication):
    """A gain of about the size: another program's words for the same."""
    want = duplication.length + duplication.gap
    return gain > 0 and abs(gain - want) <= max(3, 0.1 * want)


def score(window, calls, duplications):
    """Per duplication (found, filter, fraction, like), and how many passing alleles are none of them."""
    rows, used = [], set()
    passing = [number for number, call in enumerate(calls) if call[2] in ("PASS", ".")]
    for duplication in duplications:
        exact = [n for n, call in enumerate(calls) if call[0] == duplication.molecule]
        like = [n for n in passing if is_like(calls[n][1], duplication)]
        used.update(exact)
        used.update(like)
        best = min(exact, key=lambda n: n not in passing, default=None)
        if best is None:
            rows.append((0, "", "", int(bool(like))))
        else:
            rows.append((int(best in passing), calls[best][2], f"{calls[best][3]:.5f}", int(bool(like))))
    return rows, len([n for n in passing if n not in used])


def run_call(path):
    shell(f"{HEMOCLONE} -q call {path}.bam -f ref.fa.gz -L targets.bed -o calls.vcf --force -t 1")
    return f"{WORK}/calls.vcf"


def run_analyze(path):
    """Rows of the calls table that have a length."""
    shell(f"rm -rf out; {HEMOCLONE} -q analyze {path}.bam -f ref.fa.gz -L targets.bed -o out --force --lang en --formats calls -t 1")
    with open(f"{WORK}/out/s.calls.tsv", newline="") as table:
        return [row for row in csv.DictReader(table, delimiter="\t") if row["event"] or len(row["ref"]) != len(row["alt"])]


def name_of(window, rows, duplication):
    for row in rows:
        if set(row["alt"]) <= set("ACGT") and haplotype(window, int(row["pos"]), row["ref"], row["alt"]) == duplication.molecule:
            return row["common_name"] or row["event"] or "-", row["status"], row["event_length"], row["vaf"]
    return "", "", "", ""


class Rows:
    """Rows of the run so far; what is there is not run again."""

    def __init__(self, name):
        self.path = f"{WORK}/{name}.tsv"
        self.done = set()
        if os.path.exists(self.path):
            with open(self.path, newline="") as table:
                self.done = {row["cell"] for row in csv.DictReader(table, delimiter="\t")}
        else:
            with open(self.path, "w") as table:
                table.write("\t".join(FIELDS) + "\n")

    def add(self, **values):
        with open(self.path, "a") as table:
            table.write("\t".join(str(values.get(field, "")) for field in FIELDS) + "\n")


def prepare():
    os.makedirs(f"{WORK}/samples", exist_ok=True)
    module = itd.maker()
    known = module.known_bases()
    itd.write_reference(module, known)
    window = "".join(known["chr13"].get(p, "N") for p in range(itd.FIRST, itd.LAST + 1)).upper()
    rng = random.Random(7)
    window = "".join(base if base in "ACGT" else rng.choice("ACGT") for base in window)
    if not os.path.exists(f"{WORK}/window.fa.bwt"):
        with open(f"{WORK}/window.fa", "w") as fasta:
            fasta.write(f">FLT3\n{window}\n")
        shell("bwa index window.fa 2>/dev/null")
    for depth in DEPTHS:
        for number in range(SETS):
            if not os.path.exists(f"{WORK}/none{depth}_{number}.bam"):
                rng = random.Random(SEED + depth * 10 + number)
                sequence([(window, int(depth * DENSITY * (len(window) - SIZE)), None)], f"none{depth}_{number}", rng, Noise())
    return window


def kept(name, make):
    """The reads of a sample, made once as s.bam; returns the path without .bam, and what `make` told."""
    path = f"{WORK}/samples/{name}"
    if not os.path.exists(f"{path}.json"):
        told = make()
        shell(f"mv s.bam {path}.bam && samtools index {path}.bam")
        with open(f"{path}.json", "w") as file:
            json.dump(told, file)
    with open(f"{path}.json") as file:
        return path, json.load(file)


def sample_with(duplications, vafs, depth, number, rng):
    """s.bam: reads of the clones beside a set without; returns the support of each duplication."""
    others = 1.0 - sum(vafs)
    clones = [d.clone(depth * DENSITY, vaf, others, rng) for d, vaf in zip(duplications, vafs)]
    support = sequence(clones, "clone", rng, Noise())
    shell(f"samtools merge -f -o s.bam none{depth}_{number % SETS}.bam clone.bam")
    return support


def cells():
    for number, cell in enumerate(itertools.product(LENGTHS, FILLERS, VAFS, DEPTHS)):
        yield number, *cell


def in_order():
    """The cells in an order of chance, so that a part of the run is a sample of the whole; three in four of the deep ones, which cost most, come
    last."""
    order = list(cells())
    random.Random(SEED).shuffle(order)
    deep = [cell for cell in order if cell[4] > 1000]
    first = [cell for cell in order if cell[4] <= 1000 or cell in deep[::4]]
    return first + [cell for cell in order if cell not in first]


def add_rows(rows, window, mode, cell, depth, duplications, vafs, rng):
    number = rng.randrange(SETS)
    path, support = kept(f"{mode}_{cell}".replace(":", "_"), lambda: sample_with(duplications, vafs, depth, number, rng))
    if not HEMOCLONE:
        return
    scores, others = score(window, called(window, run_call(path)), duplications)
    table = run_analyze(path)
    for duplication, vaf, shown, (found, state, fraction, like) in zip(duplications, vafs, support, scores):
        named, status, length, named_vaf = name_of(window, table, duplication)
        rows.add(
            mode=mode, cell=cell, depth=depth, vaf=vaf, length=duplication.length, filler=duplication.between or "-", gap=duplication.gap,
            first=duplication.at + itd.FIRST, place=duplication.place, support10=shown[0], support20=shown[1], found=found, filter=state,
            called_vaf=fraction, like=like, others=others, named=named, status=status, named_length=length, named_vaf=named_vaf,
        )


def grid(window, samples):
    rows = Rows("grid")
    for number, lengths, fillers, vaf, depth in in_order()[:samples]:
        if str(number) in rows.done:
            continue
        rng = random.Random(f"{SEED}:{number}")
        duplication = Duplication(window, lengths, fillers, rng)
        add_rows(rows, window, "grid", number, depth, [duplication], [vaf], rng)


def several(window, samples):
    rows = Rows("several")
    for number in range(samples):
        if str(number) in rows.done:
            continue
        rng = random.Random(f"{SEED}:several:{number}")
        count, depth = rng.choice((2, 2, 3)), rng.choice((500, 1000, 2000))
        duplications = [Duplication(window, rng.choice(LENGTHS), rng.choice(FILLERS), rng) for _ in range(count)]
        vafs = [rng.choice((0.02, 0.03, 0.05, 0.10, 0.20)) for _ in range(count)]
        add_rows(rows, window, "several", number, depth, duplications, vafs, rng)


def negatives(window, samples):
    rows = Rows("negatives")
    for number in range(samples):
        if str(number) in rows.done:
            continue
        rng = random.Random(f"{SEED}:none:{number}")
        depth = rng.choice(NEGATIVE_DEPTHS)
        noise = Noise(rng.choice((1.0, 1.0, 3.0, 10.0)), rng.choice((1.0, 1.0, 3.0, 10.0)), rng.choice((0.0, 0.001, 0.01)), rng.random() < 0.5)
        person = [list(window), list(window)]
        inherited = []
        for _ in range(rng.randrange(4)):
            at, base, copies = rng.randrange(len(window)), rng.choice("ACGT"), rng.choice(((0,), (1,), (0, 1)))
            inherited.append((at, base))
            for copy in copies:
                person[copy][at] = base
        count = int(depth * DENSITY * (len(window) - SIZE) / 2)
        molecules = [("".join(copy), count, None) for copy in person]
        path, _ = kept(f"none_{number}", lambda: sequence(molecules, "s", rng, noise))
        if not HEMOCLONE:
            continue
        false = [call for call in called(window, run_call(path)) if call[2] in ("PASS", ".")]
        indels = [call for call in false if call[1] != 0]
        singles = {haplotype(window, at + itd.FIRST, window[at], base) for at, base in inherited}
        changed = [call for call in false if call[1] == 0 and call[0] not in singles]
        names = [row["common_name"] or row["event"] or row["alt"] for row in run_analyze(path) if row["status"] != "artifact_suspected"]
        rows.add(
            mode="negatives", cell=number, depth=depth, found=len(indels), others=len(changed), named=";".join(names),
            filter=f"errors {noise.errors} slips {noise.slips} chimeras {noise.chimeras} adapters {noise.adapters}",
        )


def read_rows(name):
    path = f"{WORK}/{name}.tsv"
    if not os.path.exists(path):
        return []
    with open(path, newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def enough(row):
    return int(row[f"support{SIDES[0]}"]) >= 5


def share_row(name, rows):
    """Found of those with five supporting fragments, named, mean and spread of the fraction over the simulated one."""
    there = [row for row in rows if enough(row)]
    found = [row for row in there if row["found"] == "1"]
    named = sum(row["named_length"] == str(int(row["length"]) + int(row["gap"])) for row in there)
    ratios = [float(row["called_vaf"]) / float(row["vaf"]) for row in found]
    few = [row for row in rows if not enough(row)]
    mean = f"{statistics.mean(ratios):.3f} ± {statistics.stdev(ratios) / len(ratios) ** 0.5:.3f}" if len(ratios) > 1 else "-"
    low = f"{sum(row['found'] == '1' for row in few)} / {len(few)}"
    print(f"| {name} | {len(found)} / {len(there)} | {named} | {mean} | {low} |")


def table():
    rows = read_rows("grid")
    print("| cells | found exactly / with five fragments | named with the length | fraction called / simulated | found / with fewer |")
    print("|---|---|---|---|---|")
    share_row("all", rows)
    for low, high in LENGTHS:
        share_row(f"{low}-{high} bases", [row for row in rows if low <= int(row["length"]) <= high])
    for low, high in FILLERS:
        share_row(f"{low}-{high} between", [row for row in rows if low <= int(row["gap"]) <= high])
    for vaf in VAFS:
        share_row(f"{100 * vaf:.0f} %", [row for row in rows if float(row["vaf"]) == vaf])
    for depth in DEPTHS:
        share_row(f"{depth} fragments", [row for row in rows if int(row["depth"]) == depth])
    for place in ("within an exon", "over a border"):
        share_row(place, [row for row in rows if row["place"] == place])
    in_frame = [row for row in rows if (int(row["length"]) + int(row["gap"])) % 3 == 0]
    share_row("in frame", in_frame)
    share_row("out of frame", [row for row in rows if row not in in_frame])
    share_row("two or three in a sample", read_rows("several"))
    print(f"other alleles that passed: {sum(int(row['others']) for row in rows)} in {len(rows)} samples")
    for row in rows + read_rows("several"):
        if enough(row) and row["found"] != "1":
            print("missed:", *(row[field] for field in FIELDS[:16]))
    none = read_rows("negatives")
    indels, substitutions = (sum(int(row[field]) for row in none) for field in ("found", "others"))
    named = sum(row["named"] != "" for row in none)
    print(f"{len(none)} samples without: indels that passed {indels}, substitutions {substitutions}, reports with an event or indel {named}")


if __name__ == "__main__":
    WINDOW = prepare()
    if MODE == "grid":
        grid(WINDOW, NUMBER)
    elif MODE == "several":
        several(WINDOW, NUMBER or 200)
    elif MODE == "negatives":
        negatives(WINDOW, NUMBER or 1000)
    elif MODE == "table":
        table()
