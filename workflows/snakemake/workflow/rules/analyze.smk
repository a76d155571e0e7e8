rule analyze:
    """Report on the samples of a batch. A sample that fails stands in failed.tsv and fails nobody else."""
    input:
        sheet=f"{STORE}/sheets/{{batch}}.tsv",
        files=files_of,
        options=KNOWN["files"],
    output:
        directory(f"{STORE}/parts/{{batch}}"),
    log:
        f"{OUT}/logs/analyze/{{batch}}.log",
    retries: config["retries"]
    conda:
        "../envs/hemoclone.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory,
        runtime=minutes,
    params:
        options=KNOWN["arguments"],
    shell:
        "{{ hemoclone analyze {params.options:q} --samples {input.sheet:q} --output {output:q}"
        " --failed {output:q}/failed.tsv --threads {threads} --force"
        " || {{ [ $? -eq 3 ] && [ -f {output:q}/failed.tsv ]; }}; }} 2> {log:q}"
