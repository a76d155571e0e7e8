#!/usr/bin/env python3
"""Writes testdata/alignments/: a reference of five chromosomes, and the reads of two invented people as BAM and CRAM.

The reference has the true lengths of GRCh38 and real bases where this repository has them (coding exons from panels/cds.fa, pieces from
panels/segments.fa; upper case), invented bases beside the exons that are sequenced and where an exon is unknown (lower case), and N elsewhere. The reads come from
the simulator of benches/peers. Same seed, same reads; the bytes of BAM and CRAM depend on the version of samtools.

Needs samtools, and cargo or the simulator in SIMULATE: python3 testdata/make_alignments.py
With --check it only compares the committed reference with what it would write.
"""
import bisect
import gzip
import hashlib
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
PANELS = os.path.join(HERE, "..", "panels")
OUT = os.path.join(HERE, "alignments")
# Lengths: Genome Reference Consortium, GRCh38.p14.
CONTIGS = {"chr2": 242193529, "chr9": 138394717, "chr17": 83257441, "chr20": 64444167, "chr21": 46709983}
# What is sequenced: 1-based, inclusive; whole coding exons but for ASXL1, of which the stretch around c.1934 is taken.
TARGETS = [
    ("chr2", 25234279, 25234420, "DNMT3A exon 23"),
    ("chr9", 5073698, 5073785, "JAK2 exon 14"),
    ("chr17", 76736799, 76737161, "SRSF2 exon 1"),
    ("chr17", 76736212, 76736514, "SRSF2 exon 2"),
    ("chr20", 32434560, 32434720, "ASXL1 exon 13, part"),
    ("chr21", 43104315, 43104402, "U2AF1 exon 2"),
]
# Invented bases on both sides of a target: longer than any fragment reaches.
FLANK = 420
COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
BLOCK = 0xFF00
# A line and its end fill one block, so that blocks of N are alike and small.
LINE = BLOCK - 1

# Published variants of the transcripts in panels/; fractions of the alleles.
DRIVERS = """\
chr2	25234373	C	T	TAF=0.08;HAP=0	DNMT3A R882H
chr9	5073770	G	T	TAF=0.03;HAP=1	JAK2 V617F
chr17	76736877	G	T	TAF=0.22;HAP=0	SRSF2 P95H
chr17	76737017	G	A	TAF=0.5;GERMLINE;HAP=1	SRSF2 c.144C>T, silent, frequent in people
chr20	32434638	A	AG	TAF=0.12;HAP=1	ASXL1 c.1934dup
chr21	43104346	G	A	TAF=0.05;HAP=0	U2AF1 S34F
"""
HEALTHY = """\
chr17	76737017	G	A	TAF=1;GERMLINE	SRSF2 c.144C>T, silent, frequent in people
"""
SIMULATE = os.environ.get("SIMULATE", "cargo run --release --quiet --example simulate --").split()
SAMPLES = [("demo10-drivers", DRIVERS, 24, "bam"), ("demo11-healthy", HEALTHY, 11, "cram")]


def fasta(name):
    """Records of a file in panels/: header words and bases."""
    records, words = [], None
    with open(os.path.join(PANELS, name)) as lines:
        for line in lines:
            if line.startswith(">"):
                words = line[1:].split()
                records.append((words, []))
            elif not line.startswith(";"):
                records[-1][1].append(line.strip())
    return [(words, "".join(bases)) for words, bases in records]


def coding_pieces():
    """(contig, 1-based start, bases on the plus strand) of every coding exon whose sequence is known."""
    sequences = {words[0]: bases for words, bases in fasta("cds.fa")}
    with open(os.path.join(PANELS, "transcripts.tsv")) as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    for row in rows[1:]:
        transcript, build, contig, strand = row[2], row[5], row[6], row[7]
        if build != "GRCh38" or contig not in CONTIGS or transcript not in sequences:
            continue
        first, last = map(int, row[8].split("-"))
        exons = [tuple(map(int, exon.split("-"))) for exon in row[9].split(",")]
        coding = [(max(a, first), min(b, last)) for a, b in exons if a <= last and b >= first]
        sequence, used = sequences[transcript], 0
        if sum(b - a + 1 for a, b in coding) != len(sequence):
            sys.exit(f"{transcript}: exons and sequence differ in length")
        for start, end in coding:
            bases = sequence[used:used + end - start + 1]
            used += end - start + 1
            yield contig, start, bases if strand == "+" else bases.translate(COMPLEMENT)[::-1]


def segment_pieces():
    for words, bases in fasta("segments.fa"):
        build, contig, places = words[0].split(":")
        # Single codons of a gene that is otherwise unknown would make a reference that looks masked.
        alone = "gene=PRPF8" in words or "gene=UBA1" in words
        if build == "GRCh38" and contig in CONTIGS and not alone:
            yield contig, int(places.split("-")[0]), bases


def known_bases():
    """Bases by contig and place. The pieces must agree where they overlap; exons of unknown bases (N) give way."""
    known, unknown = {contig: {} for contig in CONTIGS}, []
    for contig, start, bases in [*coding_pieces(), *segment_pieces()]:
        for offset, base in enumerate(bases):
            before = known[contig].get(start + offset, "N")
            if "N" not in (before, base) and before != base:
                sys.exit(f"{contig}:{start + offset}: {before} and {base}")
            if base != "N":
                known[contig][start + offset] = base
            else:
                unknown.append((contig, start + offset))
    # The stop codons of some sequences were not read at the source. A reference with N in an exon is taken for masked.
    rng = random.Random(20261126)
    for contig, place in unknown:
        known[contig].setdefault(place, rng.choice("acgt"))
    for contig, start, end, _ in TARGETS:
        for place in range(start - FLANK, end + FLANK + 1):
            known[contig].setdefault(place, rng.choice("acgt"))
    return known


class Bgzf:
    """Writes a FASTA as blocked gzip, with its two indexes. Blocks of N alone are compressed once."""

    def __init__(self, path):
        self.path, self.file = path, open(path, "wb")
        self.buffer, self.blocks, self.read, self.fai, self.cache = bytearray(), [], 0, [], {}

    def block(self, data):
        if data not in self.cache:
            packers = [zlib.compressobj(9, zlib.DEFLATED, -15, 9), zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)]
            packed = min((packer.compress(data) + packer.flush() for packer in packers), key=len)
            header = struct.pack("<4BI2BH2BHH", 31, 139, 8, 4, 0, 0, 255, 6, 66, 67, 2, len(packed) + 25)
            self.cache = {key: value for key, value in self.cache.items() if len(self.cache) < 64}
            self.cache[data] = header + packed + struct.pack("<II", zlib.crc32(data), len(data))
        self.file.write(self.cache[data])
        self.read += len(data)
        self.blocks.append((self.file.tell(), self.read))

    def write(self, data):
        self.buffer += data
        while len(self.buffer) >= BLOCK:
            self.block(bytes(self.buffer[:BLOCK]))
            del self.buffer[:BLOCK]

    def contig(self, name, length, known):
        self.write(f">{name}\n".encode())
        self.fai.append((name, length, self.read + len(self.buffer), LINE, LINE + 1))
        places = sorted(known)
        rows = b"N" * LINE + b"\n"
        row, rows_total = 0, -(-length // LINE)
        while row < rows_total:
            # The next row with a known base, or the last row, which may be shorter.
            index = bisect.bisect_left(places, row * LINE + 1)
            wanted = min((places[index] - 1) // LINE if index < len(places) else rows_total - 1, rows_total - 1)
            for _ in range(row, wanted):
                self.write(rows)
            end = min((wanted + 1) * LINE, length)
            self.write("".join(known.get(place, "N") for place in range(wanted * LINE + 1, end + 1)).encode() + b"\n")
            row = wanted + 1

    def close(self):
        if self.buffer:
            self.block(bytes(self.buffer))
        self.file.write(bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000"))
        self.file.close()
        with open(self.path + ".fai", "w") as index:
            index.writelines("\t".join(map(str, row)) + "\n" for row in self.fai)
        with open(self.path + ".gzi", "wb") as index:
            # The start of the first block is not listed, nor is the end of the last.
            entries = self.blocks[:-1]
            index.write(struct.pack("<Q", len(entries)))
            index.writelines(struct.pack("<QQ", *entry) for entry in entries)


def write_reference(path):
    known = known_bases()
    writer = Bgzf(path)
    for contig, length in CONTIGS.items():
        writer.contig(contig, length, known[contig])
    writer.close()


def run(*command, **options):
    return subprocess.run(command, check=True, **options)


def name_checksums(sam, reference):
    """Puts the M5 of each contig into the header: CRAM wants it."""
    checksums = {}
    for contig in CONTIGS:
        bases = run("samtools", "faidx", reference, contig, capture_output=True).stdout.split(b"\n", 1)[1]
        checksums[contig] = hashlib.md5(bases.replace(b"\n", b"").upper()).hexdigest()
    with open(sam) as lines, open(sam + ".tmp", "w") as out:
        for line in lines:
            if line.startswith("@SQ"):
                contig = line.split("SN:")[1].split("\t")[0]
                line = f"{line.rstrip()}\tM5:{checksums[contig]}\n"
            out.write(line)
    os.replace(sam + ".tmp", sam)


def forget_path(cram):
    """Takes the path of the reference, which samtools adds whether wanted or not, out of the header."""
    header = run("samtools", "view", "--no-PG", "-H", cram, capture_output=True, text=True).stdout
    with open(cram + ".header", "w") as file:
        file.write(re.sub(r"\tUR:[^\t\n]*", "", header))
    with open(cram + ".tmp", "wb") as out:
        run("samtools", "reheader", "--no-PG", cram + ".header", cram, stdout=out)
    os.remove(cram + ".header")
    os.replace(cram + ".tmp", cram)


def write_reads(reference, work):
    bed = os.path.join(OUT, "targets.bed")
    with open(bed, "w") as file:
        file.writelines(f"{contig}\t{start - 1}\t{end}\t{name}\n" for contig, start, end, name in TARGETS)
    plain = os.path.join(work, "reference.fa")
    with open(plain, "wb") as file:
        run("gzip", "-dc", reference, stdout=file)
    run("samtools", "faidx", plain)
    for name, variants, seed, format_ in SAMPLES:
        spikes, sam = os.path.join(work, f"{name}.vcf"), os.path.join(work, f"{name}.sam")
        with open(spikes, "w") as file:
            for line in variants.splitlines():
                contig, place, ref, alt, info, _ = line.split("\t")
                file.write(f"{contig}\t{place}\t.\t{ref}\t{alt}\t.\tPASS\t{info}\n")
        with open(sam, "w") as file:
            run(*SIMULATE, "reads", "--reference", plain,
                "--targets", bed, "--variants", spikes, "--sample", name, "--seed", str(seed), "--depth", "500",
                "--insert-mean", "190", "--insert-sd", "35", "--unevenness", "0.06", "--duplicates", "0.03", "--off-target", "0",
                "--paralog-targets", "0", "--artefacts", "2", "--truth", os.path.join(work, f"{name}.truth.vcf"),
                stdout=file, cwd=os.path.join(HERE, ".."))
        run("cp", os.path.join(work, f"{name}.truth.vcf"), os.path.join(OUT, f"{name}.truth.vcf"))
        name_checksums(sam, plain)
        target = os.path.join(OUT, f"{name}.{format_}")
        sort = ["samtools", "sort", "--no-PG", "-O", format_, "-o", target, "--reference", plain]
        sort += ["-l", "9"] if format_ == "bam" else []
        run(*sort, sam, stderr=subprocess.DEVNULL)
        if format_ == "cram":
            forget_path(target)
        run("samtools", "index", target)


def same_bases(one, other):
    """Compares two compressed files by what they hold: the compressed bytes depend on the version of zlib."""
    with gzip.open(one) as a, gzip.open(other) as b:
        while True:
            x, y = a.read(1 << 22), b.read(1 << 22)
            if x != y:
                return False
            if not x:
                return True


def main():
    reference = os.path.join(OUT, "reference.fa.gz")
    with tempfile.TemporaryDirectory() as work:
        if sys.argv[1:] == ["--check"]:
            write_reference(os.path.join(work, "reference.fa.gz"))
            if not same_bases(reference, os.path.join(work, "reference.fa.gz")):
                sys.exit(f"{reference} is not what this script writes")
            return
        os.makedirs(OUT, exist_ok=True)
        write_reference(reference)
        write_reads(reference, work)


if __name__ == "__main__":
    main()
