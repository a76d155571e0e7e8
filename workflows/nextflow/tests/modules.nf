/*
 * Every module once over the bundled samples: nextflow run workflows/nextflow/tests/modules.nf --outdir FOLDER
 * (batches with their plan are what the workflow itself is for).
 */

include { HEMOCLONE_ANNOTATE   } from '../modules/hemoclone/hemoclone/annotate/main'
include { HEMOCLONE_BACKGROUND } from '../modules/hemoclone/hemoclone/background/main'
include { HEMOCLONE_CALL       } from '../modules/hemoclone/hemoclone/call/main'
include { HEMOCLONE_COHORT     } from '../modules/hemoclone/hemoclone/cohort/main'
include { HEMOCLONE_COMPARE    } from '../modules/hemoclone/hemoclone/compare/main'
include { HEMOCLONE_COUNT      } from '../modules/hemoclone/hemoclone/count/main'
include { HEMOCLONE_SCORE      } from '../modules/hemoclone/hemoclone/score/main'
include { HEMOCLONE_SERIAL     } from '../modules/hemoclone/hemoclone/serial/main'
include { HEMOCLONE_VAF        } from '../modules/hemoclone/hemoclone/vaf/main'

params.outdir = 'modules'

workflow {
    def reads = "${projectDir}/../../../testdata/alignments"
    def demo = "${projectDir}/../../../testdata/demo"
    def bam = file("${reads}/demo10-drivers.bam", checkIfExists: true)
    def bai = file("${reads}/demo10-drivers.bam.bai", checkIfExists: true)
    def cram = file("${reads}/demo11-healthy.cram", checkIfExists: true)
    def crai = file("${reads}/demo11-healthy.cram.crai", checkIfExists: true)
    def targets = file("${reads}/targets.bed", checkIfExists: true)
    def genome = [
        [id: 'genome'],
        file("${reads}/reference.fa.gz", checkIfExists: true),
        [file("${reads}/reference.fa.gz.fai", checkIfExists: true), file("${reads}/reference.fa.gz.gzi", checkIfExists: true)],
    ]
    def sample = [id: 'demo10']
    def reports = [
        [id: 'demo'],
        ['demo02-chip', 'demo03-ccus'].collect { name -> file("${demo}/expected/${name}.json", checkIfExists: true) },
    ]
    // One sample, and what would be its report a year later: one report is no second visit.
    def report = file("${demo}/expected/demo02-chip.json", checkIfExists: true)
    def folder = workflow.workDir.resolve('visits')
    folder.mkdirs()
    def visits = [first: '72.0', second: '73.0'].collect { name, age ->
        def visit = folder.resolve("${name}.json")
        visit.text = report.text.replace('"age": 72.0', "\"age\": ${age}")
        visit
    }

    HEMOCLONE_BACKGROUND([[id: 'normals'], [bam, cram], [bai, crai]], genome, targets)
    HEMOCLONE_CALL([sample, bam, bai], genome, targets, HEMOCLONE_BACKGROUND.out.background.map { _meta, table -> table })
    HEMOCLONE_COUNT([sample, bam, bai], genome, targets)
    HEMOCLONE_VAF(HEMOCLONE_CALL.out.calls)
    HEMOCLONE_ANNOTATE(HEMOCLONE_CALL.out.calls, genome)
    HEMOCLONE_COMPARE(
        HEMOCLONE_CALL.out.calls.map { meta, calls -> [meta, file("${reads}/demo10-drivers.truth.vcf", checkIfExists: true), calls] },
        targets,
    )
    HEMOCLONE_SCORE([[id: 'patients'], file("${projectDir}/data/patients.csv", checkIfExists: true)], 'ipss-r')
    HEMOCLONE_COHORT(reports)
    HEMOCLONE_SERIAL(
        [[id: 'visits'], visits],
        file("${projectDir}/data/visits.csv", checkIfExists: true),
    )
}
