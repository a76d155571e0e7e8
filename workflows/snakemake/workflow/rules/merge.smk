rule merge:
    """One folder of reports, one summary, the sections for MultiQC and a table of what failed."""
    input:
        parts=expand(f"{STORE}/parts/{{batch}}", batch=BATCHES),
        plan=PLAN,
    output:
        f"{OUT}/summary.tsv",
        f"{OUT}/failed.tsv",
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
        f"{OUT}/multiqc_report.html",
    log:
        f"{OUT}/logs/multiqc.log",
    conda:
        "../envs/multiqc.yaml"
    params:
        folder=lambda wildcards, input: os.path.dirname(input.summary),
    shell:
        "multiqc --force --outdir {params.folder:q} {params.folder:q}/*_mqc.json 2> {log:q}"


rule cohort:
    """The tables of the cohort."""
    input:
        summary=f"{OUT}/summary.tsv",
    output:
        directory(f"{OUT}/cohort"),
    log:
        f"{OUT}/logs/cohort.log",
    conda:
        "../envs/hemoclone.yaml"
    params:
        folder=lambda wildcards, input: os.path.dirname(input.summary),
    shell:
        "hemoclone cohort {params.folder:q} --output {output:q} 2> {log:q}"
