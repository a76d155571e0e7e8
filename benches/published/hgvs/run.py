#!/usr/bin/env python3
"""Names published variants with `hemoclone annotate` and compares with the published c. and p.

    python3 benches/published/hgvs/run.py --data validation.tsv [--source bolton_NG_CH] [--binary target/release/hemoclone]

The table has one variant a row: gene, build, chrom, pos, ref, alt, HGVSc, HGVSp, source. Compared are rows of one source whose gene
is on panel `ch`. Bases behind del and dup are left out of c. on both sides, and p. is compared by its first residue, its number and
its kind, as the sources differ in how they write frameshifts. Differences are printed; `docs/differences-hgvs.md` explains their kinds.
"""
import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", "..", ".."))
THREE = dict(zip("Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Ter".split(), "ARNDCQEGHILKMFPSTWYV*"))
# The longest chromosomes of each build suffice to tell the build; others are named without length.
LENGTHS = {"GRCh37": {"chr1": 249250621, "chr2": 243199373}, "GRCh38": {"chr1": 248956422, "chr2": 242193529}}


def coding(text):
    text = text.split(":")[-1]
    return re.sub(r"(del|dup)[ACGT]+", r"\1", text)


def protein(text):
    """First residue, number and kind of a change: (`W`, 13, `*`)."""
    text = text.split(":")[-1].replace("(", "").replace(")", "").replace("%3D", "=")
    for three, one in THREE.items():
        text = text.replace(three, one)
    found = re.match(r"p\.([A-Z*])(\d+)(.*)", text)
    if not found:
        return text
    first, number, rest = found.groups()
    if "fs" in rest:
        return first, int(number), "fs"
    if rest in ("=", first):
        return first, int(number), "="
    return first, int(number), rest


def info(text):
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)


def annotated(binary, folder, build, rows):
    """Returns c. and p. of ours by place and alleles."""
    path = os.path.join(folder, f"{build}.vcf")
    chroms = sorted({r["chrom"] for r in rows} | {"chr1", "chr2"})
    with open(path, "w") as out:
        out.write("##fileformat=VCFv4.2\n")
        for name in chroms:
            length = LENGTHS[build].get(name)
            out.write(f"##contig=<ID={name}{f',length={length}' if length else ''}>\n")
        out.write("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
        places = sorted({(chroms.index(r["chrom"]), int(r["pos"]), r["ref"], r["alt"]) for r in rows})
        for chrom, pos, ref, alt in places:
            out.write(f"{chroms[chrom]}\t{pos}\t.\t{ref}\t{alt}\t.\t.\t.\n")
    done = subprocess.run(
        [binary, "-q", "annotate", path, "--panel", "ch", "--build", build.lower()], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"failed: {done.stderr.strip()}")
    ours = {}
    for line in done.stdout.splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            ours[(cells[0], cells[1], cells[3], cells[4])] = info(cells[7])
    return ours


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.path.join(ROOT, "target", "release", "hemoclone"))
    parser.add_argument("--data", required=True)
    parser.add_argument("--source", default="bolton_NG_CH")
    args = parser.parse_args()
    with open(args.data, newline="") as file:
        lines = (line[1:] if line.startswith("#gene") else line for line in file if not line.startswith("# "))
        rows = [r for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if r["source"].startswith(args.source)]
    bases = lambda text: text and set(text) <= set("ACGT")
    rows = [r for r in rows if bases(r["ref"]) and bases(r["alt"]) and r["build"] in LENGTHS]
    tally = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for build in LENGTHS:
            of = [r for r in rows if r["build"] == build]
            ours = annotated(args.binary, folder, build, of) if of else {}
            for r in of:
                own = ours[(r["chrom"], r["pos"], r["ref"], r["alt"])]
                if r["gene"] not in own.get("HC_GENE", "").split(","):
                    tally["off the panel"] += 1
                    continue
                for name, published, mine, form in (
                    ("c.", r["HGVSc"], own.get("HC_HGVSC", ""), coding), ("p.", r["HGVSp"], own.get("HC_HGVSP", ""), protein)
                ):
                    # `p.X1167_splice` names a place, not a change of the protein.
                    if published in (".", "") or "_splice" in published or not mine:
                        continue
                    tally[name] += 1
                    if form(published) == form(mine):
                        tally[name + " equal"] += 1
                    else:
                        print(f"{r['gene']} {build} {r['chrom']}:{r['pos']} {r['ref']}>{r['alt']}: published {published}, ours {mine}")
    for name in ("c.", "p."):
        print(f"{name}: {tally[name + ' equal']} of {tally[name]} equal")
    print(f"off the panel or beyond what it looks at: {tally['off the panel']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
