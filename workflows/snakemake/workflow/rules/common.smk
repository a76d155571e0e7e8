# The plan: hemoclone itself reads the sheet, looks for the files and makes the batches.
import json
import shlex
import subprocess
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake_interface_executor_plugins.settings import ExecMode

OUT = config["outdir"].rstrip("/")
STORE = f"{OUT}/.hemoclone"
PLAN = f"{STORE}/plan.json"
PARTS = f"{STORE}/parts.txt"


def wanted(name):
    """Whether a setting says yes: `--config multiqc=true` gives the word and not the value."""
    return str(config[name]).lower() == "true"


def options():
    """Return the options of analyze that the settings stand for."""
    given = []
    for name in (
        "panel",
        "rules",
        "lang",
        "reference",
        "targets",
        "background",
        "recurrent",
        "config",
    ):
        value = config["profile"] if name == "config" else config[name]
        if value:
            given.append(f"--{name}={value}")
    given.extend(f"--population={path}" for path in config["population"])
    given.extend(str(word) for word in config["extra"])
    return given


def written(path, text):
    """Write a file unless it says so already: what a job depends on must not look new."""
    path = Path(path)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)


def planned():
    """Ask hemoclone for the plan."""
    command = [
        "hemoclone",
        "samplesheet",
        "check",
        "--json",
        f"--samples={config['samples']}",
        f"--batch-bytes={config['batch_bytes']}",
        f"--batch-samples={config['batch_samples']}",
        *options(),
    ]
    try:
        asked = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    except FileNotFoundError as error:
        raise WorkflowError("hemoclone is not on the PATH of this machine") from error
    # 3: some samples cannot be analyzed; the plan tells which.
    if asked.returncode not in (0, 3) or not asked.stdout:
        raise WorkflowError(
            f"hemoclone could not read {config['samples']}: see the message above"
        )
    plan = json.loads(asked.stdout)
    written(PLAN, asked.stdout.decode("utf-8"))
    parts = [f".hemoclone/parts/{batch['name']}\n" for batch in plan["batches"]]
    written(PARTS, "".join(parts))
    for batch in plan["batches"]:
        written(f"{STORE}/sheets/{batch['name']}.tsv", batch["sheet"])
    return plan


def known_plan():
    """Return the plan: made by whoever was called by a person, read by the jobs that it starts."""
    if workflow.exec_mode != ExecMode.DEFAULT and Path(PLAN).exists():
        return json.loads(Path(PLAN).read_text(encoding="utf-8"))
    return planned()


KNOWN = known_plan()
BATCHES = {batch["name"]: batch for batch in KNOWN["batches"]}


def files_of(wildcards):
    return BATCHES[wildcards.batch]["files"]


def memory(wildcards, attempt):
    return config["memory_mb"] * attempt


def minutes(wildcards, attempt):
    """A minute for each gigabyte, whose part on the panel is all that is read where there is an index."""
    return (
        config["minutes"] + BATCHES[wildcards.batch]["bytes"] // 1_000_000_000
    ) * attempt


def merge_command():
    """Put together what is there; that something failed (3) is told by the rule `complete`."""
    words = [
        *(
            "hemoclone",
            "merge",
            f"--plan={PLAN}",
            f"--batches={STORE}/parts",
            "--reports",
        ),
        *(f"--formats={config['formats']}", f"--output={OUT}", "--force"),
    ]
    return f"{shlex.join(words)} || [ $? -eq 3 ]"
