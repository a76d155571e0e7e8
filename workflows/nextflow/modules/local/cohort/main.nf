// The tables of the cohort; needs a hemoclone that has the command cohort.
process COHORT {
    label 'process_single'

    conda "${moduleDir}/../../hemoclone/hemoclone/merge/environment.yml"
    container "hemoclone:0.1.0"

    input:
    path parts, stageAs: 'parts/*'

    output:
    path 'cohort', emit: cohort

    script:
    """
    hemoclone cohort parts/*/*.json --output cohort
    """

    stub:
    """
    mkdir cohort
    """
}
