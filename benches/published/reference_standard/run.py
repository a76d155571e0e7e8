#!/usr/bin/env python3
"""Runs the measured fragments of a reference standard through `hemoclone analyze`, and compares with its certificate by `hemoclone compare`.

    python3 benches/published/reference_standard/run.py --data reference_standards.tsv [--binary target/release/hemoclone] [--standard HD829]

The table has measured fragments and depth beside the certified fraction (columns measured_alt, measured_depth, GRCh37 alleles); rows without
are left out of both. Ends with how many were found, the bias of the fraction, and how often the certified one lies in the 95 % interval.
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", "..", ".."))
CONTIGS = {
    "1": 249250621, "2": 243199373, "3": 198022430, "4": 191154276, "7": 159138663, "9": 141213431, "11": 135006516, "12": 133851895,
    "13": 115169878, "15": 102531392, "17": 81195210, "20": 63025520, "21": 48129895, "X": 155270560,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.path.join(ROOT, "target", "release", "hemoclone"))
    parser.add_argument("--data", required=True)
    parser.add_argument("--standard", default="HD829")
    args = parser.parse_args()
    with open(args.data, newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    rows = [r for r in rows if r["standard"] == args.standard and r["measured_alt"] and r["ref"] and r["grch37_chrom"] in CONTIGS]
    order = list(CONTIGS)
    rows.sort(key=lambda r: (order.index(r["grch37_chrom"]), int(r["grch37_pos"])))
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        with open(path("lot.vcf"), "w") as vcf, open(path("truth.tsv"), "w") as truth:
            vcf.write("##fileformat=VCFv4.2\n")
            for name, length in CONTIGS.items():
                vcf.write(f"##contig=<ID={name},length={length}>\n")
            vcf.write('##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Depths">\n')
            vcf.write("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tlot\n")
            truth.write("chrom\tpos\tref\talt\tvaf\tgene\tname\n")
            for r in rows:
                alt, depth = int(r["measured_alt"]), int(r["measured_depth"])
                place = f"{r['grch37_chrom']}\t{r['grch37_pos']}"
                vcf.write(f"{place}\t.\t{r['ref']}\t{r['alt']}\t.\tPASS\t.\tGT:AD\t0/1:{depth - alt},{alt}\n")
                truth.write(f"{place}\t{r['ref']}\t{r['alt']}\t{r['expected_vaf']}\t{r['gene']}\t{r['hgvsp_source']}\n")
        for command in (["analyze", path("lot.vcf"), "-o", path("out")], ["compare", path("truth.tsv"), path("out"), "-o", path("cmp"), "--partial-truth"]):
            done = subprocess.run([args.binary, "-q", *command], capture_output=True, text=True, check=False)
            if done.returncode not in (0,):
                print(f"failed: {command[0]}: {done.stderr.strip()}", file=sys.stderr)
                return 2
        with open(path("cmp/comparison.json")) as file:
            told = json.load(file)
    total = told["metrics"][0]
    for change in told["changes"]:
        if change["outcome"] != "found" or not change["in_interval"]:
            print(f"{change['gene']} {change['name']}: {change['outcome']}, certified {change['truth_vaf']}, observed {change['observed_vaf']} "
                  f"({change['observed_vaf_low']}-{change['observed_vaf_high']}) {';'.join(change['reasons'])}")
    print(f"found {total['found']} of {total['found'] + total['missed']}, not assessed {total['not_assessed']}")
    print(f"VAF bias {total['vaf_bias']:+.4f}, RMSE {total['vaf_rmse']:.4f}, in the interval {total['in_interval']} of {total['with_interval']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
