#!/usr/bin/env bash
# hemoclone beside bcftools on the same files, in alternation: seconds of CPU, peak memory, ratio. Needs python3, bgzip,
# bcftools, GNU time, and a release build (cargo build --release). WORK is where the data goes (default: a new folder).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
hemoclone=${HEMOCLONE:-$here/../../target/release/hemoclone}
work=${WORK:-$(mktemp -d)}; rounds=${ROUNDS:-3}
mkdir -p "$work"; cd "$work"
[ -s m1m.vcf.gz ] || python3 "$here/make_vcf.py" 1000000 42 | bgzip > m1m.vcf.gz
mkdir -p cohort
for i in $(seq 200); do [ -s "cohort/p$i.vcf.gz" ] || python3 "$here/make_vcf.py" 600 "$((1000 + i))" "P$i" | bgzip > "cohort/p$i.vcf.gz"; done

# name, command: the least CPU seconds of the rounds and the most memory, into the file "figures".
: > figures
measure() {
  local name=$1; shift
  /usr/bin/time -f "$name %U %S %M" -a -o figures "$@" > /dev/null 2> /dev/null
}
for _ in $(seq "$rounds"); do
  measure view bcftools view -o /dev/null m1m.vcf.gz
  rm -rf out; measure analyze "$hemoclone" -q analyze m1m.vcf.gz -o out -t 1
  measure rewrite bcftools view -Oz -o rewritten.vcf.gz m1m.vcf.gz
  measure annotate "$hemoclone" -q annotate m1m.vcf.gz -o annotated.vcf.gz -t 1 --force
  measure query_200 bash -c 'for f in cohort/*.vcf.gz; do bcftools query -f "%CHROM\t%POS\t%REF\t%ALT[\t%AD]\n" "$f"; done'
  rm -rf out; measure analyze_200 "$hemoclone" -q analyze cohort/*.vcf.gz -o out -t 1
done
python3 - <<'PY'
best, memory = {}, {}
for line in open("figures"):
    name, user, system, kilobytes = line.split()
    best[name] = min(best.get(name, 1e9), float(user) + float(system))
    memory[name] = max(memory.get(name, 0), int(kilobytes))
print("| work | peer, CPU s | hemoclone, CPU s | ratio | hemoclone, peak MB |\n|---|---|---|---|---|")
for work, peer, own in [("1 M records: `bcftools view` to nowhere / `analyze`", "view", "analyze"),
                        ("1 M records: `bcftools view -Oz` / `annotate` to .vcf.gz", "rewrite", "annotate"),
                        ("200 files of 600 records: `bcftools query` loop / one `analyze`", "query_200", "analyze_200")]:
    print(f"| {work} | {best[peer]:.2f} | {best[own]:.2f} | {best[own] / best[peer]:.2f} | {memory[own] / 1024:.0f} |")
PY
