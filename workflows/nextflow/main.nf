#!/usr/bin/env nextflow

/*
 * hemoclone over a sample sheet: batches of samples, every report published, one summary, and a table of what failed.
 */

include { HEMOCLONE } from './workflows/hemoclone'

/** Refuses a parameter that the schema does not know: a slip of the pen would go unseen. */
def refuseUnknown() {
    def schema = new groovy.json.JsonSlurper().parseText(file("${projectDir}/nextflow_schema.json").text)
    def known = schema['$defs'].values().collectMany { group -> group.properties.keySet().toList() }
    def unknown = params.keySet().findAll { name -> !(name in known) }
    if (unknown) {
        error("unknown parameter: ${unknown.collect { name -> '--' + name }.join(', ')}; those there are stand in nextflow_schema.json")
    }
}

workflow {
    main:
    refuseUnknown()
    if (!params.input) {
        error("no sample sheet: give --input samples.csv")
    }
    HEMOCLONE(file(params.input, checkIfExists: true, glob: false))
}
