#!/usr/bin/env python3
"""hemoclone beside its peers on BAM files with a known truth.

alignments.py make  [--seeds 10] [--depth 1000]        panels and reads, one sample a seed, into WORK
alignments.py run   [--tools REGEX] [--rounds 1]       every program in alternation, under GNU time
alignments.py score [--tools REGEX]                    finds and false calls by fraction, summed over the samples
alignments.py table                                    CPU seconds and memory of the runs
alignments.py versions

`run` and `score` take samples as FOLDER/NAME (FOLDER holds ref.fa, panel.bed, NAME.bam, NAME.truth.vcf); without any, those that `make` made.
Rows of programs that are run again replace their earlier ones, so that one program can be measured anew. WORK: environment variable, default
./alignments-bench. SIMULATE: the simulator, default `target/release/examples/simulate`. Programs: peers_of_alignments.py.
"""
import argparse
import fcntl
import glob
import os
import re
import subprocess
import sys

import peers_of_alignments as peers
import scoring

WORK = os.environ.get("WORK", "alignments-bench")
SIMULATE = os.environ.get("SIMULATE", os.path.join(peers.HERE, "../../target/release/examples/simulate"))
RESULTS = os.path.join(WORK, "runs.tsv")
COLUMNS = ["sample", "task", "tool", "threads", "round", "cpu_s", "wall_s", "memory_mb", "status"]


class Workload:
    """A sample with its reference, targets and truth."""

    def __init__(self, path):
        self.folder, self.name = os.path.split(os.path.abspath(path))
        self.fasta, self.bed = os.path.join(self.folder, "ref.fa"), os.path.join(self.folder, "panel.bed")
        self.bam, self.truth = os.path.join(self.folder, f"{self.name}.bam"), os.path.join(self.folder, f"{self.name}.truth.vcf")
        self.out = os.path.join(WORK, "calls", os.path.basename(self.folder))
        os.makedirs(self.out, exist_ok=True)
        missing = [path for path in (self.fasta, self.bed, self.bam) if not os.path.exists(path)]
        if missing:
            sys.exit(f"{missing[0]}: not there; a sample is FOLDER/NAME")

    def calls(self, tool):
        return os.path.join(self.out, f"{self.name}.{tool}.vcf")

    def label(self):
        return f"{os.path.basename(self.folder)}/{self.name}"


def shell(command, **options):
    return subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True, **options)


def make(arguments):
    """Each seed is another panel on another genome, so that no program can be tuned to one. Profiles alternate."""
    profiles = ["", "--qualities full", "--damage oxidation", "--damage deamination", "--errors uniform --contamination 0.01"]
    for seed in range(arguments.first, arguments.first + arguments.seeds):
        folder = os.path.join(WORK, f"seed{seed}")
        name = f"d{arguments.depth}"
        if os.path.exists(f"{folder}/{name}.bam.bai"):
            continue
        shell(f"{SIMULATE} reference --out {folder} --seed {seed} --bases 12000000 && samtools faidx {folder}/ref.fa "
              f"&& samtools dict {folder}/ref.fa -o {folder}/ref.dict")
        profile = profiles[(seed - 1) % len(profiles)]
        shell(f"{SIMULATE} reads --reference {folder}/ref.fa --targets {folder}/panel.bed --copies {folder}/copies.tsv "
              f"--sample {name} --seed {seed} --depth {arguments.depth} --truth {folder}/{name}.truth.vcf {profile} "
              f"| samtools sort -m 1G -T {folder}/{name}.tmp -o {folder}/{name}.bam - && samtools index {folder}/{name}.bam",
              stderr=subprocess.DEVNULL)
        print(f"seed{seed}/{name} {profile or '(defaults)'}", flush=True)


def measured(job):
    """CPU seconds, wall seconds, peak megabytes and exit status of a command."""
    figures = os.path.join(WORK, f"time.{os.getpid()}")
    done = subprocess.run(
        ["/usr/bin/time", "-o", figures, "-f", "%U %S %e %M", "bash", "-o", "pipefail", "-c", job.command],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
    with open(figures) as file:
        user, system, wall, kilobytes = file.read().split("\n")[-2].split()
    os.remove(figures)
    if done.returncode:
        print("  failed: " + " | ".join(done.stderr.strip().splitlines()[-3:])[:500], flush=True)
    return [f"{float(user) + float(system):.2f}", wall, f"{int(kilobytes) / 1024:.0f}", str(done.returncode)]


def read_results():
    if not os.path.exists(RESULTS):
        return []
    with open(RESULTS) as lines:
        return [line.rstrip("\n").split("\t") for line in lines][1:]


def add_result(row, replace):
    """Adds a row, in the place of those of the same program on the same sample if it is the first of this run."""
    with open(RESULTS + ".lock", "w") as lock:
        # Two runs at once must not lose each other's rows.
        fcntl.flock(lock, fcntl.LOCK_EX)
        rows = [old for old in read_results() if not (replace and old[:4] == row[:4])]
        with open(RESULTS + ".tmp", "w") as file:
            file.writelines("\t".join(line) + "\n" for line in [COLUMNS, *rows, row])
        os.replace(RESULTS + ".tmp", RESULTS)


def samples(arguments):
    paths = arguments.samples or sorted(path[:-4] for path in glob.glob(os.path.join(WORK, "seed*", "*.bam")))
    if not paths:
        sys.exit("no samples: name some, or `make` them")
    return [Workload(path) for path in paths]


def run(arguments):
    seen = set()
    for round_ in range(arguments.rounds):
        for workload in samples(arguments):
            for task in arguments.tasks.split(","):
                for available, job in peers.TASKS[task](workload):
                    if not re.search(arguments.tools, job.tool) or job.threads > arguments.threads:
                        continue
                    if not available:
                        print(f"skipped: {job.tool} is not installed", flush=True)
                        continue
                    row = [workload.label(), task, job.tool, str(job.threads), str(round_), *measured(job)]
                    add_result(row, replace=tuple(row[:4]) not in seen)
                    seen.add(tuple(row[:4]))
                    print("\t".join(row), flush=True)


def score(arguments):
    table, limit = [], {}
    tools = ["hemoclone", "mutect2", "vardict", "lofreq", "freebayes", "bcftools"]
    for tool in (tool for tool in tools if re.search(arguments.tools, tool)):
        scores = {}
        scored = 0
        for workload in samples(arguments):
            if os.path.exists(workload.calls(tool)):
                scoring.score(workload, workload.calls(tool), scores)
                scored += 1
        if scored:
            limit = scores
            table.extend(scoring.rows(f"{tool} ({scored})", scores))
    print_table(scoring.HEADING, [*table, *scoring.reach(limit)])


def table(_):
    """Least CPU and most memory of the rounds, beside the floor of its sample."""
    best = {}
    for sample, task, tool, threads, _, cpu, wall, memory, status in read_results():
        if status == "0":
            old = best.get((sample, task, tool, threads), (1e9, 1e9, 0))
            best[sample, task, tool, threads] = (min(old[0], float(cpu)), min(old[1], float(wall)), max(old[2], int(memory)))
    rows = []
    for (sample, task, tool, threads), (cpu, wall, memory) in sorted(best.items()):
        floor = best.get((sample, "decode", "samtools view -c", "1"))
        ratio = f"{cpu / floor[0]:.1f}" if floor else "-"
        rows.append([sample, task, tool, threads, f"{cpu:.2f}", ratio, f"{wall:.1f}", str(memory)])
    print_table(["sample", "task", "program", "threads", "CPU s", "× decode", "wall s", "peak MB"], rows)


def print_table(heading, rows):
    for row in [heading, ["---"] * len(heading), *rows]:
        print("| " + " | ".join(row) + " |")


def versions(_):
    for name, version in peers.versions():
        print(f"{name}\t{version}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["make", "run", "score", "table", "versions"])
    parser.add_argument("samples", nargs="*")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--depth", type=int, default=1000)
    parser.add_argument("--tools", default=".")
    parser.add_argument("--tasks", default="decode,count,call")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    os.makedirs(WORK, exist_ok=True)
    {"make": make, "run": run, "score": score, "table": table, "versions": versions}[arguments.command](arguments)


if __name__ == "__main__":
    main()
