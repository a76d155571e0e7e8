process HEMOCLONE_COMPARE {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), path(truth, stageAs: "truth/*"), path(observed, stageAs: "observed/*")
    path targets

    output:
    tuple val(meta), path("${prefix}"), emit: comparison
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}.comparison"
    def targets_option = targets ? "--targets ${targets}" : ''
    """
    hemoclone compare \\
        ${truth} \\
        ${observed} \\
        ${targets_option} \\
        --output ${prefix} \\
        ${args}
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}.comparison"
    """
    mkdir ${prefix}
    """
}
