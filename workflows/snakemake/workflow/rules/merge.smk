rule merge:
    """One folder of reports, one summary, the sections for MultiQC and a table of what failed."""
    input:
        parts=expand(f"{STORE}/parts/{{batch}}", batch=BATCHES),
        plan=PLAN,
    output:
        report(f"{OUT}/summary.tsv", category="Samples"),
        report(f"{OUT}/failed.tsv", category="Samples"),
    log:
        f"{OUT}/logs/merge.log",
    conda:
        "../envs/hemoclone.yaml"
    params:
        command=merge_command(),
    shell:
        "{{ {params.command}; }} 2> {log:q}"


rule complete:
    """Fails where a sample failed: whoever asked for all of them is told by the exit code."""
    input:
        failed=f"{OUT}/failed.tsv",
    output:
        touch(f"{STORE}/complete"),
    log:
        f"{OUT}/logs/complete.log",
    conda:
        "../envs/hemoclone.yaml"
    shell:
        '[ "$(wc -l < {input.failed:q})" -le 1 ] || {{ tee {log:q} < {input.failed:q} >&2; exit 3; }}'


rule multiqc:
    """The report of MultiQC with the sections of hemoclone."""
    input:
        summary=f"{OUT}/summary.tsv",
    output:
        report(f"{OUT}/multiqc_report.html", category="Quality"),
    log:
        f"{OUT}/logs/multiqc.log",
    conda:
        "../envs/multiqc.yaml"
    params:
        folder=lambda wildcards, input: os.path.dirname(input.summary),
    shell:
        "multiqc --force --outdir {params.folder:q} {params.folder:q}/*_mqc.json 2> {log:q}"


rule cohort:
    """The tables of the cohort: of the samples of the sheet, whatever else lies among the reports."""
    input:
        summary=f"{OUT}/summary.tsv",
        parts=PARTS,
    output:
        report(directory(f"{OUT}/cohort"), category="Cohort", patterns=["{page}.html"]),
    log:
        f"{OUT}/logs/cohort.log",
    conda:
        "../envs/hemoclone.yaml"
    params:
        folder=lambda wildcards, output: os.path.dirname(output[0]),
        parts=lambda wildcards, input: os.path.relpath(input.parts, OUT),
    shell:
        # Those beside their pages, which the page of the cohort leads to. By a list: there may be more than a command takes, and what
        # comes later is added. That a report belongs into no cohort with the others (3, of xargs 123) is told by the log.
        "{{ cd {params.folder:q};"
        " tr '\\n' '\\0' < {params.parts:q}"
        " | xargs -0 -I PART find PART -maxdepth 1 -name '*.json' ! -name 'hemoclone*_mqc.json'"
        " | sed 's:.*/::' | tr '\\n' '\\0'"
        " | xargs -0 hemoclone cohort --output cohort --threads {threads}"
        " || [ $? -eq 123 ]; mkdir -p cohort; }} 2> {log:q}"
