"""Compare c. and p. with the biocommons `hgvs` package (PyPI hgvs 1.5.7) over a local data provider.

Usage: python hgvs_differential.py FOLDER

FOLDER holds mini.fa, models.tsv (accession, contig, strand, cds offsets, exons) and variants.tsv
(accession, position, ref, alt, c., p.), as written by tests/transcript_differential.rs. Prints a count for each
kind of outcome and each unexplained difference; exit status 1 if there is one.
"""

import collections
import re
import sys

import hgvs
import hgvs.dataproviders.interface
import hgvs.edit
import hgvs.exceptions
import hgvs.location
import hgvs.normalizer
import hgvs.posedit
import hgvs.sequencevariant
import hgvs.variantmapper

folder = sys.argv[1]
METHOD = "splign"


def read_fasta(path):
    contigs, name = {}, None
    for line in open(path):
        if line.startswith(">"):
            name = line[1:].split()[0]
            contigs[name] = []
        else:
            contigs[name].append(line.strip())
    return {k: "".join(v) for k, v in contigs.items()}


COMPLEMENT = str.maketrans("ACGT", "TGCA")
contigs = read_fasta(f"{folder}/mini.fa")
contig_ac = {name: f"NC_{i + 1:06d}.99" for i, name in enumerate(sorted(contigs))}
sequences = {contig_ac[n]: s for n, s in contigs.items()}
models = {}
for line in open(f"{folder}/models.tsv"):
    accession, contig, strand, start, end, exons = line.rstrip("\n").split("\t")
    exons = [tuple(map(int, e.split("-"))) for e in exons.split(",")]
    pieces = [contigs[contig][a - 1 : b] for a, b in exons]
    if strand == "-":
        pieces = [p.translate(COMPLEMENT)[::-1] for p in pieces]
    sequences[accession] = "".join(pieces)
    models[accession] = (contig_ac[contig], 1 if strand == "+" else -1, int(start), int(end), exons)


class Local(hgvs.dataproviders.interface.Interface):
    required_version = "1.1"

    def data_version(self):
        return "mini"

    def schema_version(self):
        return "1.1"

    def get_seq(self, ac, start_i=None, end_i=None):
        return sequences[ac][start_i:end_i]

    def get_tx_info(self, tx_ac, alt_ac, alt_aln_method):
        _, _, start, end, _ = models[tx_ac]
        return dict(hgnc=tx_ac, cds_start_i=start, cds_end_i=end, tx_ac=tx_ac, alt_ac=alt_ac, alt_aln_method=METHOD)

    def get_tx_exons(self, tx_ac, alt_ac, alt_aln_method):
        contig, strand, _, _, exons = models[tx_ac]
        rows, at = [], 0
        for i, (a, b) in enumerate(exons):
            n = b - a + 1
            rows.append(
                dict(
                    tx_ac=tx_ac, alt_ac=contig, alt_strand=strand, alt_aln_method=METHOD, ord=i, hgnc=tx_ac,
                    tx_start_i=at, tx_end_i=at + n, alt_start_i=a - 1, alt_end_i=b, cigar=f"{n}=",
                    tx_exon_id=i, alt_exon_id=i, exon_aln_id=i, tx_exon_set_id=0, alt_exon_set_id=0,
                    tes_exon_set_id=0, aes_exon_set_id=0, tx_aseq=None, alt_aseq=None,
                )
            )  # fmt: skip
            at += n
        # The mapper walks the genome: ascending there, with ord in transcript direction.
        return sorted(rows, key=lambda row: row["alt_start_i"])

    def get_tx_identity_info(self, tx_ac):
        _, _, start, end, exons = models[tx_ac]
        return dict(
            tx_ac=tx_ac, alt_ac=tx_ac, alt_aln_method="transcript", cds_start_i=start, cds_end_i=end,
            lengths=[b - a + 1 for a, b in exons], hgnc=tx_ac, translation_table="standard",
        )  # fmt: skip

    def get_tx_mapping_options(self, tx_ac):
        return [dict(tx_ac=tx_ac, alt_ac=models[tx_ac][0], alt_aln_method=METHOD)]

    def get_pro_ac_for_tx_ac(self, tx_ac):
        return "NP_" + tx_ac[3:]

    def get_acs_for_protein_seq(self, seq):
        return []

    def get_assembly_map(self, assembly_name):
        return {}

    def get_gene_info(self, gene):
        return None

    def get_tx_for_gene(self, gene):
        return []

    def get_tx_for_region(self, alt_ac, alt_aln_method, start_i, end_i):
        return []

    def get_similar_transcripts(self, tx_ac):
        return []


hdp = Local()
mapper = hgvs.variantmapper.VariantMapper(hdp, prevalidation_level=None)
normalizer = hgvs.normalizer.Normalizer(hdp, shuffle_direction=3, cross_boundaries=False, validate=False)


def genomic(contig, position, ref, alt):
    while ref and alt and ref[0] == alt[0]:
        ref, alt, position = ref[1:], alt[1:], position + 1
    if ref:
        start, end = position, position + len(ref) - 1
    else:
        start, end = position - 1, position
    interval = hgvs.location.Interval(
        start=hgvs.location.SimplePosition(start), end=hgvs.location.SimplePosition(end)
    )
    edit = hgvs.edit.NARefAlt(ref=ref or None, alt=alt or None)
    posedit = hgvs.posedit.PosEdit(pos=interval, edit=edit)
    return hgvs.sequencevariant.SequenceVariant(ac=contig, type="g", posedit=posedit)


def at_border(accession, c):
    """Whether an insertion or duplication lies exactly on an exon border."""
    _, _, start, _, exons = models[accession]
    named = [int(n) for n in re.findall(r"\d+", c)]
    borders, at = set(), -start
    for a, b in exons:
        at += b - a + 1
        borders.update((at, at + 1))
    return any(n in borders for n in named)


def to_stop(p):
    """The new residues up to the first stop, for a change that brings one."""
    found = re.search(r"ins((?:[A-Z][a-z][a-z])*?Ter)", p)
    return found and found.group(1)


def explained(accession, ours_c, ours_p, theirs_c, theirs_p):
    """Names a difference of convention, or returns None."""
    if ours_c != theirs_c:
        return None
    if theirs_p == "p.?" and re.search("dup|ins", ours_c) and at_border(accession, ours_c):
        return "insertion on an exon border: they write p.?"
    if to_stop(ours_p) and to_stop(ours_p) == to_stop(theirs_p):
        return "inserted stop: they go on behind it"
    if "=)" in ours_p and re.search(r"=\)|Ter\d+Ter\)|fsTer\?\)", theirs_p):
        return "no change of the protein: other spelling"
    if ours_p == "." and theirs_p == "p.(=)":
        return "insertion behind the stop codon: no change of the protein"
    if accession.startswith("NM_024426") and ours_p == "p.(Met1?)":
        return "CTG start: they read it as leucine"
    stop = (models[accession][3] - models[accession][2]) // 3
    if re.search("dup|ins", ours_p) and theirs_p.startswith(f"p.(Ter{stop}") and "ext" in theirs_p:
        return "residues inserted before the stop: they write an extension"
    if "delins" in ours_p and ours_p.endswith("Ter)") and "delins" in theirs_p:
        if ours_p.split("delins")[1][:-4] == theirs_p.split("delins")[1][:-1]:
            return "stop lost with a new one behind: they leave the stop out"
    last = f"{stop - 1}del)"
    if ours_p.endswith(last) and re.fullmatch(r"p\.\(\w{3}\d+Ter\)", theirs_p):
        return "last residues deleted: they write Ter"
    return None


counts = collections.Counter()
different = []
for line in open(f"{folder}/variants.tsv"):
    accession, position, ref, alt, ours_c, ours_p = line.rstrip("\n").split("\t")
    contig = models[accession][0]
    if "+" in ours_c or "-" in ours_c or "*" in ours_c:
        counts["not compared: intron or UTR"] += 1
        continue
    try:
        g = genomic(contig, int(position), ref, alt)
        c = normalizer.normalize(mapper.g_to_c(g, accession, METHOD))
        p = mapper.c_to_p(c)
    except hgvs.exceptions.HGVSUnsupportedOperationError:
        counts["not compared: hgvs does not normalize across exon borders"] += 1
        continue
    theirs_c = str(c).split(":")[1]
    theirs_p = str(p).split(":")[1].replace("p.Met1?", "p.(Met1?)")
    if ours_c == theirs_c and ours_p == theirs_p:
        counts["equal"] += 1
        continue
    kind = explained(accession, ours_c, ours_p, theirs_c, theirs_p)
    if kind:
        counts[kind] += 1
    else:
        counts["DIFFERENT " + ("c" if ours_c != theirs_c else "p")] += 1
        different.append((line.strip(), theirs_c, theirs_p))

for kind, n in sorted(counts.items()):
    print(f"{n:7} {kind}")
for row in different[:400]:
    print(*row, sep="  |  ")
sys.exit(1 if different else 0)
