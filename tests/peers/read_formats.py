#!/usr/bin/env python3
"""Read what hemoclone writes with libraries that others use. `read_formats.py MODULE` says whether a module is here."""

import importlib
import json
import pathlib
import subprocess
import sys


def has(module):
    importlib.import_module(module)


def xlsx(path):
    """Print the sheets: name, freeze, then each row as JSON with the types of its cells."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    for sheet in book:
        print(json.dumps(["sheet", sheet.title, sheet.freeze_panes, sheet.auto_filter.ref is not None]))
        for row in sheet.iter_rows():
            formulas = [cell.coordinate for cell in row if cell.data_type == "f"]
            assert not formulas, formulas
            print(json.dumps([cell.value for cell in row]))
    assert str(book.properties.created).startswith("2000-01-01"), book.properties.created


def schema(path, *files):
    """Hold files against a schema, and see that it refuses a property that it does not list."""
    import jsonschema

    text = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(text)
    validator = jsonschema.Draft202012Validator(text)
    for file in files:
        content = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
        for error in validator.iter_errors(content):
            sys.exit(f"{file}: {list(error.absolute_path)}: {error.message[:300]}")
        content["not_listed"] = 1
        assert any(validator.iter_errors(content)), "a property that is not listed passes"
    print(f"{len(files)} files fit {text['$id']}")


def table(path):
    """Print a table as pandas reads it without being told anything of quotes or comments."""
    import pandas

    frame = pandas.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    print(json.dumps([list(frame.columns), frame.values.tolist()]))


def maf(path):
    """Print the non-silent mutations of each sample by class, as fuc (after maftools) counts them."""
    from fuc import pymaf

    counts = pymaf.MafFrame.from_file(path).matrix_tmb()
    print(json.dumps({sample: {kind: int(n) for kind, n in row.items() if n} for sample, row in counts.iterrows()}))


def fhir(*files):
    """Read bundles by a model of the resources that knows every field, and refuses what it does not know."""
    from fhir.resources.R4B.bundle import Bundle

    for file in files:
        bundle = Bundle.model_validate_json(pathlib.Path(file).read_text(encoding="utf-8"))
        assert bundle.entry[0].resource.status == "preliminary", file
    print(f"{len(files)} bundles")


def multiqc(folder, out):
    """Run MultiQC over a folder and print what its report holds of ours."""
    command = [sys.executable, "-m", "multiqc", "--quiet", "--no-ansi", "--no-version-check", "-o", out, folder]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    data = json.loads((pathlib.Path(out) / "multiqc_data" / "multiqc_data.json").read_text(encoding="utf-8"))
    page = (pathlib.Path(out) / "multiqc_report.html").read_text(encoding="utf-8")
    sections = [name for name in ("Drivers", "Genes", "Detection limits") if f">{name}" in page.replace("\n", "").replace("  ", "")]
    print(json.dumps({"general": data["report_general_stats_data"], "plots": sorted(data["report_plot_data"]), "sections": sections, "log": done.stdout + done.stderr}))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    actions = {"xlsx": xlsx, "schema": schema, "table": table, "maf": maf, "fhir": fhir, "multiqc": multiqc}
    if sys.argv[1] == "has":
        has(sys.argv[2])
    else:
        actions[sys.argv[1]](*sys.argv[2:])
