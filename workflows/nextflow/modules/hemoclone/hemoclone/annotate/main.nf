process HEMOCLONE_ANNOTATE {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), path(calls)
    tuple val(meta2), path(reference), path(reference_index)

    output:
    tuple val(meta), path("${prefix}.vcf.gz"), emit: calls
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}.annotated"
    def reference_option = reference ? "--reference ${reference}" : ''
    """
    hemoclone annotate \\
        ${calls} \\
        --output ${prefix}.vcf.gz \\
        --threads ${task.cpus} \\
        ${reference_option} \\
        ${args}
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}.annotated"
    """
    echo "" | gzip > ${prefix}.vcf.gz
    """
}
