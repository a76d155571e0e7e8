#!/usr/bin/env python3
"""Counts, for each gene and rule set, the single-base changes of the coding sequence that the published tables call drivers.

Reads the tables themselves (chip_driver_rules.tsv), not the panel files, and follows residues to the panel's transcript
through genomic positions, so that a wrong conversion in the panel shows. Usage: count_snvs.py FACTS_DIR > snv_counts.tsv
"""
import csv
import os
import re
import sys

FACTS = sys.argv[1]
BASES = "TCAG"
AMINO = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODE = {a + b + c: AMINO[16 * i + 4 * j + k]
        for i, a in enumerate(BASES) for j, b in enumerate(BASES) for k, c in enumerate(BASES)}
SETS = {"bick_2020": "bick", "vlasschaert_2023": "vlasschaert", "niroula_2021_pathogenic": "niroula"}


def transcripts():
    """Coding positions in transcript order and the exon of each base, GRCh38."""
    out = {}
    for line in open(os.path.join(FACTS, "transcripts.tsv")):
        f = line.rstrip("\n").split("\t")
        if line[0] == "#" or f[2] != "GRCh38":
            continue
        starts, ends = ([int(x) for x in t.strip(",").split(",")] for t in (f[14], f[15]))
        exons = list(zip(starts, ends))
        numbered = list(enumerate(exons if f[4] == "+" else exons[::-1], 1))
        bases = []
        for number, (start, end) in numbered:
            coding = range(max(start, int(f[11])), min(end, int(f[12])))
            bases += [(p, number) for p in (coding if f[4] == "+" else reversed(coding))]
        out[f[0], f[5]] = {"bases": bases, "mane": f[8] == "yes"}
    return out


def sequences():
    out = {}
    for record in open(os.path.join(FACTS, "cds.fa")).read().split(">")[1:]:
        header, bases = record.split("\n", 1)
        out[tuple(header.split()[0].split("|"))] = bases.replace("\n", "")
    return out


def snvs(bases):
    """Every single-base change of fully read codons, as (residue, reference, new, coding base from 0, new base)."""
    for i in range(0, len(bases) - 2, 3):
        codon = bases[i:i + 3].upper()
        if set(bases[i:i + 3]) - set("ACGT") and i > 0 or set(codon) - set("ACGT"):
            continue
        for j in range(3):
            for base in "ACGT":
                if base != codon[j]:
                    new = codon[:j] + base + codon[j + 1:]
                    yield i // 3 + 1, CODE[codon], CODE[new], i + j, base


def main():
    models, seqs = transcripts(), sequences()
    mane = {g: t for (g, t), m in models.items() if m["mane"]}
    rows = list(csv.DictReader(open(os.path.join(FACTS, "chip_driver_rules.tsv")), delimiter="\t"))
    removed = {r["gene"] for r in rows if r["detail"].startswith("whole gene left out")}
    published_length = {}
    print("gene\tset\tsnvs")
    for gene in sorted({r["gene"] for r in rows} & set(mane)):
        bases = seqs.get((gene, mane[gene]))
        if bases is None:
            continue
        model = models[gene, mane[gene]]
        position = {p: i for i, (p, _) in enumerate(model["bases"])}

        def follow(row, residue):
            """A published residue on the panel's transcript."""
            names = [n for n in re.findall(r"NM_\d+", row["transcript"])]
            if gene == "MYD88":
                return residue - 13  # NM_002468.4 is in no table: 39 bases longer at the start
            if gene == "GNAS":
                if residue in (844, 870, 1017):
                    names = ["NM_080425"]
                else:
                    names = ["NM_000516"]
            for (g, t), other in models.items():
                if g == gene and t.split(".")[0] in names and t != mane[gene]:
                    if any(mane[gene].startswith(n) for n in names):
                        break
                    if residue * 3 > len(other["bases"]):
                        return None
                    at = position.get(other["bases"][residue * 3 - 2][0])
                    return None if at is None else at // 3 + 1
            return residue

        matched = {}

        def mark(sets, test):
            for change in snvs(bases):
                if test(*change):
                    for s in sets:
                        matched.setdefault(s, set()).add(change)

        bick_base = next((r["detail"].split() for r in rows if r["gene"] == gene and r["rule_type"] == "missense_list"
                          and "bick_2020" in r["source"] and not r["detail"].startswith("bick_2020")), [])
        for r in rows:
            if r["gene"] != gene or r["rule_type"] in ("exclude", "numbering"):
                continue
            if r["source"].startswith("WHO"):
                sets = ["who"]
            elif "as encoded in mgeaghan" in r["source"]:
                sets = [SETS[x.strip()] for x in r["source"].split(" (")[0].split(";") if x.strip() in SETS]
            else:
                continue
            if gene in removed:
                sets = [s for s in sets if s != "vlasschaert"]
            if not sets:
                continue
            for s in sets:
                matched.setdefault(s, set())
            d, kind = r["detail"], r["rule_type"]
            exons = None
            if kind == "exon_range":
                exons = {"ASXL1": (12, 13), "ASXL2": (12, 13), "PPM1D": (5, 6)}[gene]
            ranges = [tuple(follow(r, int(x)) or int(x) for x in pair) for pair in re.findall(r"aa (\d+)-(\d+)", d)]
            ranges += [(follow(r, int(x)),) * 2 for x in re.findall(r"aa (\d+)(?![\d-])", d)]
            if "c.741-791" in d:
                ranges = [(741, 791)]
            if kind in ("lof", "lof_range", "exon_range"):
                if "stop_gain" in d:
                    mark(sets, lambda p, a, b, c, _: b == "*" and a != "*"
                         and (not exons or model["bases"][c][1] in exons)
                         and (not ranges or any(x <= p <= y for x, y in ranges)))
            elif kind in ("missense_range", "missense_all"):
                mark(sets, lambda p, a, b, c, _: a != b and "*" not in (a, b) and p > 1
                     and (kind == "missense_all" or any(x <= p <= y for x, y in ranges)))
            elif kind == "missense_list":
                listed = d.split()
                if d.startswith("bick_2020 list"):
                    plus = d.partition(" PLUS ")[2].partition(" MINUS ")[0].split()
                    minus = d.partition(" MINUS ")[2].split()
                    listed = [x for x in bick_base if x not in minus] + plus
                listed = {(x[0], follow(r, int(x[1:-1])), x[-1]) for x in listed}
                mark(sets, lambda p, a, b, c, _: a != b and (a, p, b) in listed)
            elif kind == "hotspot" and ("any substitution" in d or "missense" in d):
                residues = {(x[0], follow(r, int(x[1:]))) for x in re.findall(r"\b[A-Z]\d+\b", d)}
                mark(sets, lambda p, a, b, c, _: a != b and b != "*" and (a, p) in residues)
            elif kind == "hotspot" and d.startswith("stop_gain"):
                m = re.search(r"([A-Z])(\d+)\*", d)
                mark(sets, lambda p, a, b, c, _: (a, p, b) == (m[1], int(m[2]), "*"))
        # What Vlasschaert 2023 leaves out of its own list, single-base changes only.
        left_out = {"DNMT3A": ("G", 298, "R"), "RUNX1": ("R", 250, "C")}.get(gene)
        if "vlasschaert" in matched and left_out:
            matched["vlasschaert"] = {x for x in matched["vlasschaert"] if (x[1], x[0], x[2]) != left_out}
        for s in sorted(matched):
            print(gene, s, len(matched[s]), sep="\t")


main()
