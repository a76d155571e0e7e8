process HEMOCLONE_MERGE {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), path(plan), path(parts, stageAs: 'parts/*')
    val formats

    output:
    tuple val(meta), path("${prefix}/summary.tsv"), emit: summary
    tuple val(meta), path("${prefix}/failed.tsv"), emit: failed
    tuple val(meta), path("${prefix}/*_mqc.json"), emit: multiqc, optional: true
    tuple val(meta), path("${prefix}/hemoclone.{maf,xlsx}", glob: true), emit: tables, optional: true
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    // 3: a sample failed, and failed.tsv tells which.
    """
    mkdir -p parts
    hemoclone merge \\
        --plan ${plan} \\
        --batches parts \\
        --formats '${formats}' \\
        --output ${prefix} \\
        ${args} || { [ \$? -eq 3 ] && [ -f ${prefix}/failed.tsv ]; }
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    mkdir -p ${prefix}
    printf 'sample\\tch\\n' > ${prefix}/summary.tsv
    printf 'sample\\tfile\\treason\\n' > ${prefix}/failed.tsv
    touch ${prefix}/hemoclone_mqc.json
    """
}
