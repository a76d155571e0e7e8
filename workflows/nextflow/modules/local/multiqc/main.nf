process MULTIQC {
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "multiqc:1.35"

    input:
    path sections

    output:
    path 'multiqc_report.html', emit: report
    tuple val("${task.process}"), val('multiqc'), eval("multiqc --version | sed 's/.* //'"), topic: versions

    script:
    """
    multiqc --force .
    """

    stub:
    """
    touch multiqc_report.html
    """
}
