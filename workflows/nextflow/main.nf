#!/usr/bin/env nextflow

/*
 * hemoclone over a sample sheet: one task a sample (or a batch of samples), every report published, one summary.
 */

// Columns of the sheet that name files.
def fileColumns() {
    ['vcf', 'bam', 'normal', 'clinical']
}

def quoted(value) {
    def text = value == null ? '' : value.toString()
    text =~ /[",\r\n]/ ? '"' + text.replace('"', '""') + '"' : text
}

/** The rows as a sheet whose files lie in inputs/, where the task finds them. */
def sheetText(rows) {
    def header = rows[0].keySet().toList()
    def lines = rows.collect { row ->
        header.collect { name -> quoted(name in fileColumns() && row[name] ? "inputs/${file(row[name]).name}" : row[name]) }.join(',')
    }
    ([header.collect { name -> quoted(name) }.join(',')] + lines).join('\n') + '\n'
}

/** The indexes that lie beside a file: sample.bam.bai and sample.bai, sample.vcf.gz.tbi, ... Without one, a file is read whole. */
def indexesOf(path) {
    def text = path.toString()
    def names = ['.tbi', '.csi', '.bai', '.crai'].collect { ending -> text + ending }
    if (text =~ /\.(bam|cram)$/) {
        def stem = text.replaceFirst(/\.(bam|cram)$/, '')
        names += ['.csi', '.bai', '.crai'].collect { ending -> stem + ending }
    }
    names.collect { name -> file(name) }.findAll { index -> index.exists() }
}

/** The reference with the indexes beside it; that of a bgzipped one has two. */
def referenceFiles(path) {
    def gzi = file("${path}.gzi")
    [file(path, checkIfExists: true), file("${path}.fai", checkIfExists: true)] + (gzi.exists() ? [gzi] : [])
}

/** The files of the rows, each once, with their indexes. */
def filesOf(rows) {
    def named = rows
        .collectMany { row -> fileColumns().collect { name -> row[name] }.findAll { path -> path } }
        .unique()
    named.collectMany { path ->
        [file(path, checkIfExists: true)] + indexesOf(path)
    }.unique()
}

/** A row with paths relative to the sheet made absolute. */
def located(row, folder) {
    row.collectEntries { name, value ->
        def relative = name in fileColumns() && value && !(value =~ /^(\/|[a-z0-9]+:\/\/)/)
        [name, relative ? "${folder}/${value}" : value]
    }
}

process ANALYZE {
    tag "${label}"
    label 'analyze'
    publishDir "${params.outdir}", mode: params.publish_mode, saveAs: { name ->
        def base = name.tokenize('/').last()
        // Each task has its own summary; the merged one is published by SUMMARIZE. Other files of a run are of one task each.
        base ==~ /summary\.tsv|hemoclone(_\w+)?_mqc\.json|hemoclone\.(maf|xlsx)/ ? null : base
    }

    input:
    tuple val(label), val(sheet), path(inputs, stageAs: 'inputs/*')
    path reference, stageAs: 'reference/*'
    path panel, stageAs: 'panel/*'
    path targets, stageAs: 'targets/*'

    output:
    path 'reports/*', emit: reports
    path 'reports/summary.tsv', emit: summary

    script:
    def fasta = reference ? "--reference '${reference[0]}'" : ''
    def panel_option = panel ? "--panel '${panel}'" : "--panel '${params.panel}'"
    def bed = targets ? "--targets '${targets}'" : ''
    // The sheet goes through base64, so that no sample name can become a command.
    """
    echo '${sheet.bytes.encodeBase64()}' | base64 -d > samples.csv
    hemoclone analyze \\
        --samples samples.csv \\
        --output reports \\
        --rules '${params.rules}' \\
        --lang '${params.lang}' \\
        --threads ${task.cpus} \\
        ${fasta} ${panel_option} ${bed} ${task.ext.args ?: ''}
    """

    stub:
    """
    mkdir -p reports
    echo '${sheet.bytes.encodeBase64()}' | base64 -d > samples.csv
    printf 'sample\\tch\\n' > reports/summary.tsv
    tail -n +2 samples.csv | cut -d , -f 1 | while read -r sample; do
        touch "reports/\$sample.json" "reports/\$sample.calls.tsv" "reports/\$sample.genes.tsv" "reports/\$sample.html" \\
            "reports/\$sample.vcf.gz" "reports/\$sample.vcf.gz.tbi"
        printf '%s\\tnone_called\\n' "\$sample" >> reports/summary.tsv
    done
    """
}

process SUMMARIZE {
    label 'summarize'
    publishDir "${params.outdir}", mode: params.publish_mode

    input:
    path parts, stageAs: 'parts/part?.tsv'

    output:
    path 'summary.tsv'

    script:
    // Sorted by the bytes of the first column, as one run over all samples sorts them.
    """
    head -q -n 1 parts/*.tsv | LC_ALL=C sort -u > header.tsv
    if [ "\$(wc -l < header.tsv)" -ne 1 ]; then
        echo "the parts of the summary have different columns: were they made by different versions?" >&2
        exit 1
    fi
    tail -q -n +2 parts/*.tsv | LC_ALL=C sort -s -t "\$(printf '\\t')" -k 1,1 > rows.tsv
    cat header.tsv rows.tsv > summary.tsv
    """
}

workflow {
    main:
    if (!params.input) {
        error "no sample sheet: give --input samples.csv"
    }
    def sheet = file(params.input, checkIfExists: true)
    // The sheet may be separated by tabs, like the one that hemoclone itself reads.
    def separator = sheet.name.endsWith('.tsv') ? '\t' : ','

    batches = channel
        .of(sheet)
        .splitCsv(header: true, sep: separator, quote: '"', strip: true)
        .map { row -> located(row, sheet.parent) }
        .buffer(size: params.batch_size as Integer, remainder: true)
        .map { rows ->
            def label = rows.size() == 1 ? rows[0].sample : "${rows[0].sample} and ${rows.size() - 1} more"
            [label, sheetText(rows), filesOf(rows)]
        }

    def reference = params.reference ? referenceFiles(params.reference) : []
    // A panel is a name that hemoclone knows, or a file.
    def panel = params.panel.toString().endsWith('.toml') ? file(params.panel, checkIfExists: true) : []
    def targets = params.targets ? file(params.targets, checkIfExists: true) : []

    ANALYZE(batches, reference, panel, targets)
    SUMMARIZE(ANALYZE.out.summary.collect(sort: { part -> part.toString() }))
}
