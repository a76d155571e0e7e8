#!/usr/bin/env python3
"""Runs published tables through hemoclone and prints the agreement: one command, a row each table.

    python3 benches/published/run.py [--binary target/release/hemoclone] [--shared DIR] [--only NAME]... [--require] [--verbose]

| table | source | asks |
| --- | --- | --- |
| ipss_m_cohort | Bernard 2022 (NEJM Evid 1:EVIDoa2200008), study repository | variants and values of patients to score and category |
| guidelines | cases with the answer of WHO 2022, ICC 2022, ELN, IPSS-R, IMWG and others, each with its page or table | `score` |
| hgvs | Bolton 2020 (Nat Genet), table of the study repository | place and alleles to c. and p. |
| reference_standard | TETRIS-seq (HD829, measured fragments of one lot), certified fractions | counts to calls, fractions and intervals, by `compare` |

The tables are not part of the repository: --shared is the folder that holds them (../shared), or your own download in the same layout. A table
that is not there is said to be skipped. With --require the exit code is 1 where a table falls short of its target, or is not there.
"""
import argparse
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))


def commands(shared, binary):
    """Name, command, what to read from its output, and the least that agrees."""
    inputs = os.path.join(shared, "testinputs")
    cohort, cases, facts = os.path.join(inputs, "mds_cohort"), os.path.join(inputs, "clinical"), os.path.join(shared, "facts")
    own = lambda name: os.path.join(HERE, name, "run.py")
    return [
        ("ipss_m_cohort", cohort, [own("ipss_m_cohort"), "--binary", binary, "--data", cohort],
         [("category", r"(?P<all>\d+) patients: category equal in (?P<ok>\d+)", 0.98), ("score", r"(?P<all>\d+) patients: .*score equal in (?P<ok>\d+)", 0.95),
          ("gene not called wild type", r"(?P<all>\d+) mutated genes: .*, (?P<not>\d+) called wild type", 0.995)]),
        ("guidelines", os.path.join(cases, "run.py"), [os.path.join(cases, "run.py"), "--bin", binary],
         [("answer", r"(?P<ok>\d+)/(?P<all>\d+) agree", 0.99)]),
        ("hgvs", os.path.join(facts, "validation.tsv"), [own("hgvs"), "--binary", binary, "--data", os.path.join(facts, "validation.tsv")],
         [("c.", r"c\.: (?P<ok>\d+) of (?P<all>\d+)", 0.98), ("p.", r"p\.: (?P<ok>\d+) of (?P<all>\d+)", 0.98)]),
        ("reference_standard", os.path.join(facts, "reference_standards.tsv"),
         [own("reference_standard"), "--binary", binary, "--data", os.path.join(facts, "reference_standards.tsv")],
         [("found", r"found (?P<ok>\d+) of (?P<all>\d+)", 0.99), ("certified VAF in the 95 % interval", r"in the interval (?P<ok>\d+) of (?P<all>\d+)", 0.0)]),
    ]


def wilson(ok, total):
    z = 1.959963984540054
    p, z2 = ok / total, z * z
    center, half = p + z2 / (2 * total), z * (p * (1 - p) / total + z2 / (4 * total * total)) ** 0.5
    return max(0.0, (center - half) / (1 + z2 / total)), min(1.0, (center + half) / (1 + z2 / total))


def run(name, data, command, figures, verbose):
    """Prints the rows of a table; returns whether each target is met."""
    if not os.path.exists(data):
        print(f"| {name} | skipped: no {os.path.basename(data)} | | | |")
        return False
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if verbose:
        sys.stderr.write(done.stdout + done.stderr)
    met = True
    for what, pattern, least in figures:
        found = list(re.finditer(pattern, done.stdout))
        if not found:
            print(f"| {name} | {what} | failed: {(done.stderr or done.stdout).strip()[-120:]} | | |")
            met = False
            continue
        values = found[-1].groupdict()
        total = int(values["all"])
        ok = total - int(values["not"]) if "not" in values else int(values["ok"])
        low, high = wilson(ok, total)
        met &= ok >= least * total
        print(f"| {name} | {what} | {ok} of {total} | {ok / total:.1%} | {low:.1%}–{high:.1%} |")
    return met


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.path.join(ROOT, "target", "release", "hemoclone"))
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"), help="folder of the tables")
    parser.add_argument("--only", action="append", default=[], help="only this table; may be given several times")
    parser.add_argument("--require", action="store_true", help="exit code 1 where a target is missed")
    parser.add_argument("--verbose", action="store_true", help="what the runs say, on standard error")
    args = parser.parse_args()
    tables = commands(os.path.abspath(args.shared), os.path.abspath(args.binary))
    unknown = set(args.only) - {name for name, *_ in tables}
    if unknown:
        parser.error(f"unknown table {', '.join(sorted(unknown))}; known: {', '.join(name for name, *_ in tables)}")
    print("| table | what is equal | count | share | 95 % interval |\n| --- | --- | --- | --- | --- |")
    met = [run(*table, args.verbose) for table in tables if not args.only or table[0] in args.only]
    return 1 if args.require and not all(met) else 0


if __name__ == "__main__":
    sys.exit(main())
