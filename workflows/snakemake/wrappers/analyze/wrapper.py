"""Wrapper of Snakemake for `hemoclone analyze`; meta.yaml tells inputs, outputs and parameters."""

import shlex

from snakemake.shell import shell

# The input of a name is the file of an option, or a list of them.
OPTIONS = {
    "samples": "--samples",
    "reference": "--reference",
    "targets": "--targets",
    "primers": "--primers",
    "panel": "--panel",
    "background": "--background",
    "recurrent": "--recurrent",
    "artifacts": "--artifacts",
    "population": "--population",
    "clinical": "--clinical",
    "normal": "--normal",
    "previous": "--previous",
    "config": "--config",
}


def files(name):
    """Return the input of a name as a list, empty where it was not given."""
    given = snakemake.input.get(name, [])
    return [given] if isinstance(given, str) else list(given)


words = [f"{option}={path}" for name, option in OPTIONS.items() for path in files(name)]
words += [
    f"--output={snakemake.output.reports}",
    f"--threads={snakemake.threads}",
    "--force",
]
failed = snakemake.output.get("failed", "")
tolerated = ""
if failed:
    # Whoever asks for the table of failed samples wants the reports of the others (exit code 3).
    words.append(f"--failed={failed}")
    tolerated = f"|| {{ [ $? -eq 3 ] && [ -f {shlex.quote(failed)} ]; }}"
words += ["--", *files("calls")]

words = shlex.join(words)
extra = snakemake.params.get("extra", "")
log = snakemake.log_fmt_shell(stdout=True, stderr=True)

shell("{{ hemoclone analyze {extra} {words} {tolerated}; }} {log}")
