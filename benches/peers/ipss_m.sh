#!/usr/bin/env bash
# Rows a second and peak memory of `score ipss-m` at three sizes of a made-up table: memory must not grow with the rows. Needs
# python3, GNU time, and a release build (cargo build --release). WORK is where the data goes (default: a new folder).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
hemoclone=${HEMOCLONE:-$here/../../target/release/hemoclone}
work=${WORK:-$(mktemp -d)}; rounds=${ROUNDS:-3}
mkdir -p "$work"; cd "$work"
cat > make_patients.py <<'PY'
import random, sys
genes = "MLL_PTD FLT3 ASXL1 BCOR BCORL1 CBL CEBPA DNMT3A ETV6 EZH2 IDH1 IDH2 KRAS NF1 NPM1 NRAS RUNX1 SETBP1 SF3B1 SRSF2 STAG2 U2AF1 ETNK1 GATA2 GNB1 PHF6 PPM1D PRPF8 PTPN11 WT1".split()
rows, draw = int(sys.argv[1]), random.Random(42)
print(",".join(["ID,HB,PLT,BM_BLAST,CYTO_IPSSR,del5q,del7_7q,del17_17p,complex,TP53mut,TP53maxvaf,TP53loh"] + genes))
groups = ["Very Good", "Good", "Good", "Good", "Intermediate", "Poor", "Very Poor", "NA"]
for row in range(rows):
    flags = ["1" if draw.random() < 0.1 else "0" for _ in range(4)]
    tp53 = draw.choice(["0", "0", "0", "1", "2 or more", "NA"])
    states = ["NA" if x < 0.05 else "1" if x < 0.15 else "0" for x in (draw.random() for _ in genes)]
    print(",".join([f"p{row}", f"{draw.uniform(6, 14):.1f}", str(draw.randrange(10, 400)), str(draw.randrange(0, 20)),
                    draw.choice(groups), *flags, tp53, f"{draw.random() * 0.6:.3f}" if tp53 != "0" else "NA", "NA", *states]))
PY
for rows in 10000 100000 1000000; do [ -s "p$rows.csv" ] || python3 make_patients.py "$rows" > "p$rows.csv"; done
: > figures
for _ in $(seq "$rounds"); do
  for rows in 10000 100000 1000000; do
    /usr/bin/time -f "$rows %U %S %M" -a -o figures "$hemoclone" -q score ipss-m "p$rows.csv" -o "scores$rows.csv" --force
  done
done
python3 - <<'PY'
best, memory = {}, {}
for line in open("figures"):
    rows, user, system, kilobytes = line.split()
    best[int(rows)] = min(best.get(int(rows), 1e9), float(user) + float(system))
    memory[int(rows)] = max(memory.get(int(rows), 0), int(kilobytes))
print("| rows | CPU s | rows a CPU second | peak MB |\n|---|---|---|---|")
for rows in sorted(best):
    print(f"| {rows:,} | {best[rows]:.2f} | {rows / max(best[rows], 0.01):,.0f} | {memory[rows] / 1024:.1f} |")
PY
