process HEMOCLONE_COUNT {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), path(reads), path(index)
    tuple val(meta2), path(reference), path(reference_index)
    path targets

    output:
    tuple val(meta), path("${prefix}.tsv"), emit: counts
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    def targets_option = targets ? "--targets ${targets}" : ''
    """
    hemoclone count \\
        ${reads} \\
        --reference ${reference} \\
        ${targets_option} \\
        --threads ${task.cpus} \\
        ${args} > ${prefix}.tsv
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    touch ${prefix}.tsv
    """
}
