process HEMOCLONE_VAF {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), path(calls)

    output:
    tuple val(meta), path("${prefix}.tsv"), emit: table
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}.vaf"
    """
    hemoclone vaf \\
        ${calls} \\
        --threads ${task.cpus} \\
        ${args} > ${prefix}.tsv
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}.vaf"
    """
    touch ${prefix}.tsv
    """
}
