process HEMOCLONE_COHORT {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), path(reports, stageAs: "reports/?/*")

    output:
    tuple val(meta), path("${prefix}"), emit: cohort, optional: true
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}.cohort"
    // 3: a report belongs into no cohort with the others (another build, panel or rule set), and the log tells which; or there is none.
    """
    hemoclone cohort \\
        reports/*/* \\
        --output ${prefix} \\
        --threads ${task.cpus} \\
        ${args} || [ \$? -eq 3 ]
    [ -f ${prefix}/cohort.json ] || rm -rf ${prefix}
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}.cohort"
    """
    mkdir ${prefix}
    """
}
