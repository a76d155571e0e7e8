"""Wrapper of Snakemake for `hemoclone score`; meta.yaml tells inputs, outputs and parameters."""

import shlex

from snakemake.shell import shell


def files(name):
    """Return the input of a name as a list, empty where it was not given."""
    given = snakemake.input.get(name, [])
    return [given] if isinstance(given, str) else list(given)


words = [
    snakemake.params.model,
    f"--output={snakemake.output[0]}",
    "--force",
    "--",
    *files("table"),
]

words = shlex.join(words)
extra = snakemake.params.get("extra", "")
log = snakemake.log_fmt_shell(stdout=True, stderr=True)

shell("hemoclone score {words} {extra} {log}")
