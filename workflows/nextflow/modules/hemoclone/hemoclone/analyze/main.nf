process HEMOCLONE_ANALYZE {
    tag "$meta.id"
    label 'process_single'
    // A minute for each gigabyte; with an index only the panel's part of it is read.
    time { (30.min + 1.min * bytes.intdiv(1000000000)) * task.attempt }

    conda "${moduleDir}/environment.yml"
    container "hemoclone:0.1.0"

    input:
    tuple val(meta), val(bytes), val(sheet), path(inputs, stageAs: 'staged/?/*'), val(links)
    tuple path(option_files, stageAs: 'staged_options/?/*'), val(option_links), val(arguments)

    output:
    tuple val(meta), path("${prefix}/*"), emit: reports, optional: true
    tuple val(meta), path("part/${prefix}"), emit: part
    tuple val("${task.process}"), val('hemoclone'), eval("hemoclone --version | sed 's/^hemoclone //'"), topic: versions, emit: versions_hemoclone

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    def words = arguments.collect { word -> "'" + word.toString().replace("'", "'\\''") + "'" }.join(' ')
    // The sheet and the links go through base64, so that no name of a sample or a file can become a command.
    // 3: a sample failed, and failed.tsv tells which; the others of the batch are reported.
    """
    echo '${sheet.bytes.encodeBase64()}' | base64 -d > samples.tsv
    echo '${(links + option_links).bytes.encodeBase64()}' | base64 -d > links.sh
    bash -e links.sh
    hemoclone analyze \\
        --samples samples.tsv \\
        --output ${prefix} \\
        --failed ${prefix}.failed \\
        --threads ${task.cpus} \\
        ${words} \\
        ${args} || { [ \$? -eq 3 ] && [ -f ${prefix}.failed ]; }
    mkdir -p part/${prefix}
    mv ${prefix}.failed part/${prefix}/failed.tsv
    find ${prefix} -maxdepth 1 -name '*.json' ! -name 'hemoclone*_mqc.json' -exec cp -l {} part/${prefix}/ \\;
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    mkdir -p ${prefix} part/${prefix}
    printf 'sample\\tfile\\treason\\n' > part/${prefix}/failed.tsv
    touch ${prefix}/stub.html
    """
}
