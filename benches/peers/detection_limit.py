#!/usr/bin/env python3
"""Spikes hotspots at their stated detection limits, and counts those that are called. Used by detection_limit.sh."""

import csv
import random
import sys

APART = 60  # Columns between spikes of one round: an allele must not lie on the molecules of another.


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def spike(table, seed):
    random.seed(int(seed))
    spots = [r for r in rows(table) if r["detection_limit"] and len(r["ref"]) == len(r["alt"]) == 1]
    random.shuffle(spots)
    chosen = []
    for spot in spots:
        if all(abs(int(spot["pos"]) - int(c["pos"])) >= APART for c in chosen):
            chosen.append(spot)
    print("##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    for s in sorted(chosen, key=lambda s: int(s["pos"])):
        info = f"TAF={s['detection_limit']};HAP={random.randint(0, 1)}"
        print(s["chrom"], s["pos"], ".", s["ref"], s["alt"], ".", "PASS", info, sep="\t")


def score(spikes, table, calls, limits):
    filters = {(r["pos"], r["alt"]): r["caller_filter"] for r in rows(calls)}
    before = {(r["pos"], r["alt"]): r["depth"] for r in rows(limits)}
    found = {(r["pos"], r["alt"]): r for r in rows(table)}
    with open(spikes) as file:
        for line in file:
            if line.startswith("#"):
                continue
            fields = line.split("\t")
            row = found[fields[1], fields[4]]
            print(fields[1], fields[4], row["state"], row["depth"], row["alt_count"], before[fields[1], fields[4]],
                  filters.get((fields[1], fields[4]), "not listed"), sep="\t")


def total(scores):
    with open(scores) as file:
        states = [line.split("\t")[2] for line in file]
    called = states.count("called")
    print(f"{called} of {len(states)} spikes called: {100 * called / len(states):.2f} %")


if __name__ == "__main__":
    {"spike": spike, "score": score, "sum": total}[sys.argv[1]](*sys.argv[2:])
