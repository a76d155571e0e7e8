#!/usr/bin/env python3
"""Other programs on samples of itd_grid.py: which duplications they write exactly, and which as a gain of about the size.

Programs as in peers_of_alignments.py, and Pindel (PINDEL, PINDEL2VCF); those that are not there are left out. Takes the first SAMPLES cells of
DEPTH fragments in the order of the grid, which must have been made (itd_grid.py WORK - grid).

usage: itd_peers.py WORK HEMOCLONE SAMPLES [DEPTH [TOOLS]]
"""
import os
import random
import re
import subprocess
import sys

WORK, HEMOCLONE, SAMPLES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
DEPTH = int(sys.argv[4]) if len(sys.argv) > 4 else 500
TOOLS = sys.argv[5] if len(sys.argv) > 5 else "."
os.environ["HEMOCLONE_BIN"] = HEMOCLONE
sys.argv = ["itd_grid.py", WORK, HEMOCLONE, "-"]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import itd_grid  # noqa: E402
import peers_of_alignments as peers  # noqa: E402

PINDEL, PINDEL2VCF = peers.program("PINDEL", "pindel"), peers.program("PINDEL2VCF", "pindel2vcf")


class Sample:
    """What peers_of_alignments.py asks of a sample."""

    def __init__(self, name):
        self.name, self.bam = "s", f"{WORK}/samples/{name}.bam"
        self.fasta, self.bed, self.out = f"{WORK}/ref.fa", f"{WORK}/targets.bed", f"{WORK}/peers"

    def calls(self, tool):
        return f"{self.out}/{tool}.vcf"


def pindel(sample):
    """Tandem duplications and short insertions; fragments of 230 bases."""
    prefix, vcf = f"{sample.out}/pindel", sample.calls("pindel")
    command = (
        f"printf '{sample.bam}\\t230\\ts\\n' > {prefix}.txt && {PINDEL} -f {sample.fasta} -i {prefix}.txt -o {prefix} -T 1 "
        f"-c chr13:{itd_grid.itd.FIRST}-{itd_grid.itd.LAST} -r false -t true && "
        f"{PINDEL2VCF} -P {prefix} -r {sample.fasta} -R GRCh38 -d 2013 -c chr13 -v {vcf} -e 3"
    )
    return PINDEL and PINDEL2VCF, peers.Job("call", "pindel", 1, command, vcf)


def main():
    window = itd_grid.prepare()
    os.makedirs(f"{WORK}/peers", exist_ok=True)
    if not os.path.exists(f"{WORK}/ref.dict"):
        itd_grid.shell("gzip -dc ref.fa.gz > ref.fa && samtools faidx ref.fa && samtools dict ref.fa -o ref.dict")
    chosen = [cell for cell in itd_grid.in_order() if cell[4] == DEPTH and os.path.exists(f"{WORK}/samples/grid_{cell[0]}.json")][:SAMPLES]
    print("cell\ttool\tlength\tgap\tvaf\texact\tfilter\tfraction\tlike\tothers\tCPU s", flush=True)
    for number, lengths, fillers, vaf, _ in chosen:
        duplication = itd_grid.Duplication(window, lengths, fillers, random.Random(f"{itd_grid.SEED}:{number}"))
        sample = Sample(f"grid_{number}")
        for there, job in [*peers.calling(sample), pindel(sample)]:
            if not there or job.threads != 1 or not re.search(TOOLS, job.tool):
                continue
            before = os.times()
            done = subprocess.run(["bash", "-o", "pipefail", "-c", job.command], capture_output=True, text=True)
            after = os.times()
            seconds = after.children_user + after.children_system - before.children_user - before.children_system
            if done.returncode:
                print(f"{number}\t{job.tool}\tfailed: {done.stderr.strip()[-200:]}", flush=True)
                continue
            rows, others = itd_grid.score(window, itd_grid.called(window, job.vcf), [duplication])
            words = (number, job.tool, duplication.length, duplication.gap, vaf, *rows[0], others, f"{seconds:.1f}")
            print("\t".join(map(str, words)), flush=True)


if __name__ == "__main__":
    main()
