process HEMOCLONE_SCORE {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), path(table)
    val model

    output:
    tuple val(meta), path("${prefix}.csv"), emit: scores
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}.scores"
    """
    hemoclone score ${model} \\
        ${table} \\
        --output ${prefix}.csv \\
        ${args}
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}.scores"
    """
    touch ${prefix}.csv
    """
}
