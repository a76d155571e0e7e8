process HEMOCLONE_SAMPLESHEETFILES {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), val(folders), path(samplesheet), path(profile), val(options)

    output:
    tuple val(meta), path("${prefix}.files.json"), emit: files
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    def given = options + ["--sheet-folder=${folders.sheet}", "--working-folder=${folders.working}"]
    def config = profile ? "--config ${profile} --config-folder='${folders.profile.replace("'", "'\\''")}'" : ''
    def words = given.collect { word -> "'" + word.toString().replace("'", "'\\''") + "'" }.join(' ')
    """
    hemoclone samplesheet files \\
        --samples ${samplesheet} \\
        ${words} \\
        ${config} \\
        ${args} \\
        > ${prefix}.files.json
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    echo '[]' > ${prefix}.files.json
    """
}
