#!/usr/bin/env python3
"""Writes a Mutect2-like VCF on GRCh38 to standard output: make_vcf.py RECORDS SEED [SAMPLE].

Positions are drawn over the whole genome, with VEP-like annotation of up to six transcripts a record; ten hotspots of the
default panel are among them, so that an analysis has something to report. Same seed, same bytes.
"""
import random
import sys

LENGTHS = {
    "1": 248956422, "2": 242193529, "3": 198295559, "4": 190214555, "5": 181538259, "6": 170805979, "7": 159345973,
    "8": 145138636, "9": 138394717, "10": 133797422, "11": 135086622, "12": 133275309, "13": 114364328, "14": 107043718,
    "15": 101991189, "16": 90338345, "17": 83257441, "18": 80373285, "19": 58617616, "20": 64444167, "21": 46709983,
    "22": 50818468, "X": 156040895,
}
# DNMT3A R882H, JAK2 V617F, TP53 R175H and R248Q, ASXL1 G646fs, IDH2 R140Q, SRSF2 P95H, U2AF1 S34F, SF3B1 K700E, NPM1 type A.
HOTSPOTS = [
    ("2", 25234373, "C", "T"), ("9", 5073770, "G", "T"), ("17", 7675088, "C", "T"), ("17", 7674220, "C", "T"),
    ("20", 32434638, "A", "AG"), ("15", 90088702, "C", "T"), ("17", 76736877, "G", "T"), ("21", 43104346, "G", "A"),
    ("2", 197402110, "T", "C"), ("5", 171410539, "C", "CTCTG"),
]
# Coding regions of the panel lie in these genes: background records stay out, for their reference bases are drawn.
GENES = [
    ("1", 1780000, 1900000), ("1", 114700000, 114720000), ("2", 25220000, 25350000), ("2", 197380000, 197440000),
    ("2", 208230000, 208260000), ("3", 128470000, 128500000), ("4", 105140000, 105280000), ("5", 171380000, 171420000),
    ("7", 148800000, 148890000), ("8", 0, 0), ("9", 4980000, 5130000), ("11", 32380000, 32440000),
    ("11", 118430000, 118530000), ("11", 119200000, 119310000), ("12", 11640000, 11900000), ("12", 22620000, 22700000),
    ("12", 25200000, 25260000), ("12", 112410000, 112520000), ("13", 28000000, 28110000), ("15", 90080000, 90110000),
    ("17", 1640000, 1690000), ("17", 7660000, 7690000), ("17", 31090000, 31380000), ("17", 60590000, 60670000),
    ("17", 76730000, 76740000), ("18", 44670000, 45070000), ("19", 33290000, 33310000), ("20", 32350000, 32440000),
    ("21", 34780000, 36010000), ("21", 43090000, 43110000), ("X", 40040000, 40180000), ("X", 123960000, 124110000),
    ("X", 129980000, 130070000), ("X", 134370000, 134430000),
]
TERMS = [("missense_variant", "MODERATE"), ("synonymous_variant", "LOW"), ("stop_gained", "HIGH"), ("intron_variant", "MODIFIER"),
         ("upstream_gene_variant", "MODIFIER"), ("3_prime_UTR_variant", "MODIFIER")]
FILTERS = ["PASS", "PASS", "germline", "weak_evidence", "strand_bias;weak_evidence", "clustered_events;haplotype", "slippage"]


def header(out, sample):
    out("##fileformat=VCFv4.2\n##source=Mutect2\n")
    for chrom, length in LENGTHS.items():
        out(f"##contig=<ID=chr{chrom},length={length}>\n")
    out('##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">\n'
        '##INFO=<ID=TLOD,Number=A,Type=Float,Description="Log odds">\n'
        '##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Allele|Consequence|IMPACT|SYMBOL|Feature|HGVSc|HGVSp|gnomADe_AF">\n'
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Depth per allele">\n'
        '##FORMAT=<ID=AF,Number=A,Type=Float,Description="Fraction">\n'
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">\n')
    for name in sorted({part for f in FILTERS for part in f.split(";")} - {"PASS"}):
        out(f'##FILTER=<ID={name},Description="{name}">\n')
    out(f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{sample}\n")


def positions(count, rng):
    order = {chrom: index for index, chrom in enumerate(LENGTHS)}
    chroms, weights = list(LENGTHS), list(LENGTHS.values())
    drawn = [(chrom, rng.randrange(10_000, LENGTHS[chrom] - 10_000)) for chrom in rng.choices(chroms, weights, k=count)]
    off_panel = [(c, p, None, None) for c, p in drawn if not any(c == g and a <= p <= b for g, a, b in GENES)]
    return sorted(off_panel + HOTSPOTS, key=lambda r: (order[r[0]], r[1]))


def annotation(rng, chrom, pos, alt):
    rows = []
    for transcript in range(rng.randrange(1, 7)):
        term, impact = rng.choice(TERMS)
        name = f"ENST{pos // 20000:011d}.{transcript + 1}"
        rows.append(f"{alt}|{term}|{impact}|GENE{chrom}{pos // 20000}|{name}|{name}:c.{pos % 3000}A>G|ENSP{pos % 9999:011d}.1:p.Arg{pos % 900}His|")
    return ",".join(rows)


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    rng, out = random.Random(seed), sys.stdout.write
    header(out, sys.argv[3] if len(sys.argv) > 3 else "SAMPLE")
    for chrom, pos, ref, alt in positions(count, rng):
        if ref is None:
            ref = rng.choice("ACGT")
            alt = rng.choice([b for b in "ACGT" if b != ref]) if rng.random() < 0.85 else ref + "".join(rng.choices("ACGT", k=3))
        depth = rng.randrange(100, 3000)
        count_alt = int(depth * (0.5 if rng.random() < 0.5 else rng.random() ** 4 / 2))
        out(f"chr{chrom}\t{pos}\t.\t{ref}\t{alt}\t.\t{rng.choice(FILTERS)}\tDP={depth};TLOD={rng.random() * 90:.2f};"
            f"CSQ={annotation(rng, chrom, pos, alt)}\tGT:AD:AF:DP\t0/1:{depth - count_alt},{count_alt}:{count_alt / depth:.3f}:{depth}\n")


main()
