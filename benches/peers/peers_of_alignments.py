"""Programs that are run beside hemoclone on BAM files: how each is found and called.

A program that is not found is skipped. Environment: HEMOCLONE_BIN, GATK_JARS and VARDICT_JARS (class paths of Java),
VARDICT_SCRIPTS (folder with teststrandbias.R and var2vcf_valid.pl), LOFREQ, PERBASE, BAM_READCOUNT, PYSAM_PYTHON.
"""
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))


def program(variable, name):
    """Path of a program, from the environment or the PATH; None if there is none."""
    return shutil.which(os.environ.get(variable, name))


def java(variable, main):
    """Command of a Java program, or None if its class path is not given."""
    classpath = os.environ.get(variable)
    java_program = shutil.which("java")
    if not classpath or not java_program:
        return None
    return f"{java_program} -Xmx4g -XX:ParallelGCThreads=1 -cp {shlex.quote(classpath)} {main}"


def pysam_python():
    python = program("PYSAM_PYTHON", sys.executable)
    has_pysam = python and subprocess.run([python, "-c", "import pysam"], capture_output=True).returncode == 0
    return python if has_pysam else None


HEMOCLONE = program("HEMOCLONE_BIN", os.path.join(HERE, "../../target/release/hemoclone"))
SAMTOOLS = program("SAMTOOLS", "samtools")
BCFTOOLS = program("BCFTOOLS", "bcftools")
FREEBAYES = program("FREEBAYES", "freebayes")
MOSDEPTH = program("MOSDEPTH", "mosdepth")
PERBASE = program("PERBASE", "perbase")
READCOUNT = program("BAM_READCOUNT", "bam-readcount")
LOFREQ = program("LOFREQ", "lofreq")
GATK = java("GATK_JARS", "org.broadinstitute.hellbender.Main")
VARDICT = java("VARDICT_JARS", "com.astrazeneca.vardict.Main")
VARDICT_SCRIPTS = os.environ.get("VARDICT_SCRIPTS")
PYSAM = pysam_python()


@dataclass
class Job:
    """One command line, run by bash; `vcf` is where a caller leaves its calls."""

    task: str
    tool: str
    threads: int
    command: str
    vcf: str = ""


def decoding(w):
    """The floor: what it costs to read the file, and to know its depth."""
    yield SAMTOOLS, Job("decode", "samtools view -c", 1, f"{SAMTOOLS} view -c {w.bam}")
    yield SAMTOOLS, Job("decode", "samtools depth", 1, f"{SAMTOOLS} depth -a -b {w.bed} {w.bam} -o /dev/null")
    yield MOSDEPTH, Job("decode", "mosdepth", 1, f"{MOSDEPTH} -n -t 0 --by {w.bed} {w.out}/mosdepth {w.bam}")


def counting(w):
    """Bases at every target position."""
    for threads in (1, 2):
        yield HEMOCLONE, Job(
            "count", "hemoclone count", threads, f"{HEMOCLONE} -q count {w.bam} -f {w.fasta} -L {w.bed} -t {threads}")
    yield HEMOCLONE, Job(
        "count", "hemoclone count --format readcount", 1,
        f"{HEMOCLONE} -q count {w.bam} -f {w.fasta} -L {w.bed} -t 1 --format readcount"
        " --min-mapping-quality 20 --min-base-quality 20")
    yield SAMTOOLS, Job(
        "count", "samtools mpileup", 1,
        f"{SAMTOOLS} mpileup -d 0 -A -B -q 20 -Q 20 -l {w.bed} -f {w.fasta} {w.bam} -o /dev/null")
    yield BCFTOOLS, Job(
        "count", "bcftools mpileup", 1,
        f"{BCFTOOLS} mpileup -B -d 1000000 -q 20 -Q 20 -a AD,ADF,ADR -R {w.bed} -f {w.fasta} {w.bam} -Ou -o /dev/null")
    perbase = f"{PERBASE} base-depth -t 1 -D 1000000 -Q 20 -q 20 -b {w.bed} -r {w.fasta} {w.bam}"
    yield PERBASE, Job("count", "perbase", 1, perbase)
    yield PERBASE, Job("count", "perbase -m (mates)", 1, perbase.replace("base-depth", "base-depth -m"))
    yield PYSAM, Job("count", "pysam pileup", 1, f"{PYSAM} {HERE}/pysam_pileup.py {w.bam} {w.bed} {w.fasta}")
    yield READCOUNT, Job(
        "count", "bam-readcount", 1,
        f"{READCOUNT} -w 1 -d 1000000 -q 20 -b 20 -f {w.fasta} -l <(awk '{{print $1\"\\t\"$2+1\"\\t\"$3}}' {w.bed}) {w.bam}")


def calling(w):
    """Variants with fractions from half a percent on."""
    def job(tool, command, threads=1):
        vcf = w.calls(tool)
        return Job("call", tool, threads, command.replace("OUTPUT", vcf), vcf)

    for threads in (1, 2):
        yield HEMOCLONE, job(
            "hemoclone", f"{HEMOCLONE} -q call {w.bam} -f {w.fasta} -L {w.bed} -o OUTPUT -t {threads} --force", threads)
    quiet = "-verbosity ERROR -QUIET true"
    prefix = f"{w.out}/{w.name}.mutect2"
    yield GATK, job(
        "mutect2",
        f"{GATK} Mutect2 -R {w.fasta} -I {w.bam} -L {w.bed} --max-reads-per-alignment-start 0 "
        f"--native-pair-hmm-threads 1 --f1r2-tar-gz {prefix}.f1r2.tar.gz -O {prefix}.raw.vcf.gz {quiet} && "
        f"{GATK} LearnReadOrientationModel -I {prefix}.f1r2.tar.gz -O {prefix}.model.tar.gz {quiet} && "
        f"{GATK} FilterMutectCalls -R {w.fasta} -V {prefix}.raw.vcf.gz --ob-priors {prefix}.model.tar.gz -O OUTPUT {quiet}")
    yield VARDICT and VARDICT_SCRIPTS and shutil.which("Rscript"), job(
        "vardict",
        f"{VARDICT} -G {w.fasta} -f 0.005 -N {w.name} -b {w.bam} -c 1 -S 2 -E 3 -g 4 -F 0x504 -q 20 -Q 10 -th 1 {w.bed} "
        f"| Rscript {VARDICT_SCRIPTS}/teststrandbias.R | perl {VARDICT_SCRIPTS}/var2vcf_valid.pl -N {w.name} -E -f 0.005 > OUTPUT")
    yield LOFREQ, job(
        "lofreq",
        f"{LOFREQ} indelqual --dindel -f {w.fasta} -o {w.out}/{w.name}.indelqual.bam {w.bam} && "
        f"{SAMTOOLS} index {w.out}/{w.name}.indelqual.bam && rm -f OUTPUT && "
        f"{LOFREQ} call --call-indels -f {w.fasta} -l {w.bed} -d 1000000 -o OUTPUT {w.out}/{w.name}.indelqual.bam")
    yield FREEBAYES, job(
        "freebayes",
        f"{FREEBAYES} -f {w.fasta} -t {w.bed} --pooled-continuous -F 0.005 -C 3 -q 20 -m 20 --haplotype-length 0 {w.bam} > OUTPUT")
    yield BCFTOOLS, job(
        "bcftools",
        f"{BCFTOOLS} mpileup -d 1000000 -L 1000000 -q 20 -Q 20 -a AD -R {w.bed} -f {w.fasta} {w.bam} -Ou "
        "| bcftools call -mv -Ov -o OUTPUT")


TASKS = {"decode": decoding, "count": counting, "call": calling}


def versions():
    """What is installed, for the table's heading."""
    commands = {
        "hemoclone": HEMOCLONE and f"{HEMOCLONE} --version",
        "samtools": SAMTOOLS and f"{SAMTOOLS} --version | head -1",
        "bcftools": BCFTOOLS and f"{BCFTOOLS} --version | head -1",
        "freebayes": FREEBAYES and f"{FREEBAYES} --version",
        "mosdepth": MOSDEPTH and f"{MOSDEPTH} --version",
        "perbase": PERBASE and f"{PERBASE} --version",
        "pysam": PYSAM and f"{PYSAM} -c 'import pysam; print(pysam.__version__)'",
        "GATK": GATK and f"{GATK} --version 2>/dev/null | grep -m1 GATK",
        "VarDictJava": VARDICT and "echo 1.8 series, see VARDICT_JARS",
        "lofreq": LOFREQ and f"{LOFREQ} version | head -1",
        "bam-readcount": READCOUNT and f"{READCOUNT} --version 2>&1 | head -1",
    }
    for name, command in commands.items():
        text = "not installed"
        if command:
            text = subprocess.run(["bash", "-c", command], capture_output=True, text=True).stdout.strip()
        yield name, text
