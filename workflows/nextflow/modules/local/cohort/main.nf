// The tables of the cohort.
process COHORT {
    label 'process_single'

    conda "${moduleDir}/../../hemoclone/hemoclone/merge/environment.yml"
    container "hemoclone:0.1.0"

    input:
    path parts, stageAs: 'parts/*'

    output:
    // None where no sample could be reported.
    path 'cohort', emit: cohort, optional: true
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions

    script:
    // 3: a report belongs into no cohort with the others (another build, panel or rule set), and the log tells which; or there is none.
    """
    hemoclone cohort parts/* --output cohort --threads ${task.cpus} || [ \$? -eq 3 ]
    [ -f cohort/cohort.json ] || rm -rf cohort
    """

    stub:
    """
    mkdir cohort
    """
}
