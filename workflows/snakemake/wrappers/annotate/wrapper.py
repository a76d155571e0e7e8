"""Wrapper of Snakemake for `hemoclone annotate`; meta.yaml tells inputs, outputs and parameters."""

import shlex

from snakemake.shell import shell

# The input of a name is the file of an option, or a list of them.
OPTIONS = {
    "reference": "--reference",
    "panel": "--panel",
    "population": "--population",
    "config": "--config",
}


def files(name):
    """Return the input of a name as a list, empty where it was not given."""
    given = snakemake.input.get(name, [])
    return [given] if isinstance(given, str) else list(given)


words = [f"{option}={path}" for name, option in OPTIONS.items() for path in files(name)]
words += [
    f"--output={snakemake.output[0]}",
    f"--threads={snakemake.threads}",
    "--force",
    "--",
]
words += files("calls")

words = shlex.join(words)
extra = snakemake.params.get("extra", "")
log = snakemake.log_fmt_shell(stdout=True, stderr=True)

shell("hemoclone annotate {extra} {words} {log}")
