"""Wrapper of Snakemake for `hemoclone vaf`; meta.yaml tells inputs, outputs and parameters."""

import shlex

from snakemake.shell import shell


def files(name):
    """Return the input of a name as a list, empty where it was not given."""
    given = snakemake.input.get(name, [])
    return [given] if isinstance(given, str) else list(given)


words = [f"--threads={snakemake.threads}", "--", *files("calls")]

words = shlex.join(words)
extra = snakemake.params.get("extra", "")
log = snakemake.log_fmt_shell(stdout=False, stderr=True)

shell("hemoclone vaf {extra} {words} > {snakemake.output[0]:q} {log}")
