/*
 * The sheet is read by hemoclone itself, which says what the batches are; the engine looks which files are there, for only it knows
 * its file systems, and hands them over.
 */

include { HEMOCLONE_SAMPLESHEETFILES } from '../modules/hemoclone/hemoclone/samplesheetfiles/main'
include { HEMOCLONE_SAMPLESHEETCHECK } from '../modules/hemoclone/hemoclone/samplesheetcheck/main'
include { HEMOCLONE_ANALYZE          } from '../modules/hemoclone/hemoclone/analyze/main'
include { HEMOCLONE_COHORT           } from '../modules/hemoclone/hemoclone/cohort/main'
include { HEMOCLONE_MERGE            } from '../modules/hemoclone/hemoclone/merge/main'
include { MULTIQC                    } from '../modules/local/multiqc/main'
include { COMPLETE                   } from '../modules/local/complete/main'

/** The options of `analyze` that the parameters stand for. */
def analyzeOptions() {
    def single = ['panel', 'rules', 'lang', 'reference', 'targets', 'background', 'recurrent']
    def given = single.findAll { name -> params[name] }.collect { name -> "--${name}=${params[name]}".toString() }
    def population = params.population ? params.population.toString().tokenize(',') : []
    // A list where a word holds a blank, which a file of parameters can say and a command line cannot.
    def extra = params.extra instanceof List ? params.extra : (params.extra ?: '').toString().tokenize()
    return given + population.collect { path -> "--population=${path}".toString() } + extra.collect { word -> word.toString() }
}

/** A file by its very name: a star in it is a star. */
def exactly(path) {
    return file(path, glob: false)
}

def parsed(json) {
    return new groovy.json.JsonSlurper().parseText(json.text)
}

/** The files of a list that are there, with their sizes, as JSON. */
def sizesOf(json) {
    def there = parsed(json)
        .collect { path -> [path, exactly(path)] }
        .findAll { _path, found -> found.exists() && !found.isDirectory() }
    return groovy.json.JsonOutput.toJson(there.collectEntries { path, found -> [(path): found.size()] })
}

/** The folder in which a file lies, as text that other paths can be put behind. */
def folderOf(path) {
    return path ? path.parent.toUriString() : ''
}

workflow HEMOCLONE {
    take:
    sheet

    main:
    def profile = params.profile ? exactly(params.profile) : []
    def meta = [id: 'samplesheet']
    def folders = [sheet: folderOf(sheet), working: workflow.launchDir.toUriString(), profile: folderOf(profile)]

    HEMOCLONE_SAMPLESHEETFILES(channel.of([meta, folders, sheet, profile, analyzeOptions()]))

    to_check = HEMOCLONE_SAMPLESHEETFILES.out.files.map { its_meta, json ->
        [its_meta, folders, sheet, profile, analyzeOptions(), sizesOf(json)]
    }
    HEMOCLONE_SAMPLESHEETCHECK(to_check, params.batch_bytes, params.batch_samples)

    tasks = HEMOCLONE_SAMPLESHEETCHECK.out.plan.flatMap { _meta, json ->
        def plan = parsed(json)
        plan.batches.collect { batch ->
            [
                [[id: batch.name], batch.bytes, batch.sheet, batch.files.collect { path -> exactly(path) }, batch.links],
                [plan.files.collect { path -> exactly(path) }, plan.links, plan.arguments],
            ]
        }
    }
    HEMOCLONE_ANALYZE(tasks.map { batch, _options -> batch }, tasks.map { _batch, options -> options })

    parts = HEMOCLONE_ANALYZE.out.part
        .map { _meta, part -> part }
        .toSortedList { a, b -> a.name <=> b.name }
    plan = HEMOCLONE_SAMPLESHEETCHECK.out.plan.map { its_meta, json -> [its_meta + [id: 'hemoclone'], json] }
    HEMOCLONE_MERGE(plan.combine(parts.map { part -> [part] }), params.formats)

    if (params.multiqc) {
        MULTIQC(HEMOCLONE_MERGE.out.multiqc.map { _meta, files -> files })
    }
    if (params.cohort) {
        HEMOCLONE_COHORT(parts.map { part -> [[id: 'cohort'], part] })
    }
    // The table has a header in any case.
    COMPLETE(HEMOCLONE_MERGE.out.failed.map { _meta, failed -> failed }.filter { failed -> failed.countLines() > 1 })

    channel.topic('versions')
        .unique()
        .map { process, tool, version -> "${process}:\n    ${tool}: ${version}\n" }
        .collectFile(name: 'versions.yml', storeDir: "${params.outdir}/pipeline_info", sort: true)

    emit:
    summary = HEMOCLONE_MERGE.out.summary
}
