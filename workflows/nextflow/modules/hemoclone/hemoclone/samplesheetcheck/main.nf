process HEMOCLONE_SAMPLESHEETCHECK {
    tag "$meta.id"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), val(folders), path(samplesheet), path(profile), val(options), val(sizes)
    val batch_bytes
    val batch_samples

    output:
    tuple val(meta), path("${prefix}.plan.json"), emit: plan
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    def given = options + ["--sheet-folder=${folders.sheet}", "--working-folder=${folders.working}"]
    def config = profile ? "--config ${profile} --config-folder='${folders.profile.replace("'", "'\\''")}'" : ''
    def words = given.collect { word -> "'" + word.toString().replace("'", "'\\''") + "'" }.join(' ')
    // 3: some samples cannot be analyzed, and the plan tells which. The sizes go through base64, so that no name of a file can become a command.
    """
    echo '${sizes.bytes.encodeBase64()}' | base64 -d > sizes.json
    hemoclone samplesheet check \\
        --json \\
        --stage \\
        --sizes sizes.json \\
        --batch-bytes ${batch_bytes} \\
        --batch-samples ${batch_samples} \\
        --samples ${samplesheet} \\
        ${words} \\
        ${config} \\
        ${args} \\
        > ${prefix}.plan.json || { [ \$? -eq 3 ] && [ -s ${prefix}.plan.json ]; }
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    echo '{"version": "0.1.0", "warnings": [], "arguments": [], "files": [], "links": "", "failed": [], "batches": [
      {"name": "stub", "samples": ["stub"], "bytes": 0, "sheet": "sample", "files": [], "links": ""}]}' > ${prefix}.plan.json
    """
}
