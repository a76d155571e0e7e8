process HEMOCLONE_SERIAL {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), path(reports)
    path visits

    output:
    tuple val(meta), path("${prefix}"), emit: series
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}.serial"
    // With a table only what it names is read.
    def what = visits ? "--samples ${visits}" : reports
    """
    hemoclone serial \\
        ${what} \\
        --output ${prefix} \\
        ${args}
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}.serial"
    """
    mkdir ${prefix}
    """
}
