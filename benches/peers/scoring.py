"""Compares calls with the simulated truth, allele by allele.

Both sides are brought to one form here, without another program: what two alleles share is trimmed, insertions and deletions are
moved left, and substitutions of several bases become single ones, so that every way of writing a variant counts the same.
"""
import gzip
import math
import os
from dataclasses import dataclass, field

BINS = [0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.4]
# Calls that carry one of these in FILTER count as made.
PASSED = {"PASS", "."}
# VAF is judged where every caller finds nearly all: below, only what luck made large is found.
LEAST_JUDGED = 0.02


class Reference:
    """An indexed, uncompressed FASTA."""

    def __init__(self, path):
        self.path = path
        with open(path + ".fai") as index:
            rows = [line.split("\t") for line in index]
        self.index = {row[0]: tuple(int(value) for value in row[1:5]) for row in rows}
        self.cache = {}

    def bases(self, contig, start, end):
        """Bases of a 0-based, half-open range."""
        if contig not in self.cache:
            length, offset, bases, width = self.index[contig]
            with open(self.path, "rb") as file:
                file.seek(offset)
                raw = file.read((length // bases + 1) * width)
            self.cache[contig] = raw.replace(b"\n", b"").replace(b"\r", b"")[:length].decode().upper()
        return self.cache[contig][max(start, 0):end]


def atoms(reference, contig, position, ref, alt):
    """The smallest parts of an allele: (contig, 0-based place, deleted, inserted)."""
    ref, alt, start = ref.upper(), alt.upper(), position - 1
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        ref, alt, start = ref[1:], alt[1:], start + 1
    if len(ref) == len(alt):
        return [(contig, start + i, r, a) for i, (r, a) in enumerate(zip(ref, alt)) if r != a]
    if ref and alt:
        return [(contig, start, ref, alt)]
    while start > 0:
        base = reference.bases(contig, start - 1, start)
        if (ref or alt)[-1] != base:
            break
        ref, alt, start = (base + ref[:-1] if ref else ""), (base + alt[:-1] if alt else ""), start - 1
    return [(contig, start, ref, alt)]


def records(path):
    """Lines of a VCF as (contig, position, ref, alternatives, filter, info, format)."""
    with open(path, "rb") as file:
        opener = gzip.open if file.read(2) == b"\x1f\x8b" else open
    with opener(path, "rt") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            fields = line.rstrip("\n").split("\t")
            info = dict(entry.partition("=")[::2] for entry in fields[7].split(";"))
            sample = dict(zip(fields[8].split(":"), fields[9].split(":"))) if len(fields) > 9 else {}
            yield fields[0], int(fields[1]), fields[3], fields[4].split(","), fields[6], info, sample


def called_depth(info, sample):
    """Depth as the caller gives it; 0 if it does not."""
    try:
        if "AD" in sample:
            return sum(float(value) for value in sample["AD"].split(",") if value != ".")
        return float(sample.get("DP", info.get("DP", 0)))
    except ValueError:
        return 0.0


def called_fraction(info, sample, index):
    """VAF of an alternative allele, from whatever the caller writes."""
    def number(values, place):
        try:
            return float(values.split(",")[place])
        except (AttributeError, ValueError, IndexError):
            return None

    if "AO" in sample and "RO" in sample:
        alts = [float(value) for value in sample["AO"].split(",")]
        return alts[index] / max(1.0, sum(alts) + float(sample["RO"]))
    for source in (sample, info):
        if "AF" in source:
            return number(source["AF"], index)
    if "AD" in sample:
        depths = [float(value) if value != "." else 0.0 for value in sample["AD"].split(",")]
        return depths[index + 1] / max(1.0, sum(depths))
    return None


@dataclass
class Spike:
    """A simulated variant."""

    kind: str
    origin: str
    fraction: float
    parts: list
    fragments: int
    carriers: int
    support: int


@dataclass
class Score:
    """Sums over samples of one caller and one kind of variant."""

    found: dict = field(default_factory=dict)
    present: dict = field(default_factory=dict)
    within_reach: dict = field(default_factory=dict)
    germline: list = field(default_factory=lambda: [0, 0])
    false: list = field(default_factory=lambda: [0, 0, 0])
    # Errors of the VAF in units of the binomial standard deviation: from the simulated fraction, where 1 is the limit,
    # and from that of the fragments themselves, where 0 is.
    from_truth: list = field(default_factory=list)
    from_reads: list = field(default_factory=list)


def root_mean_square(values):
    return f"{math.sqrt(sum(z * z for z in values) / len(values)):.2f}" if values else "-"


def kind_of(reference, parts):
    if all(len(ref) == len(alt) == 1 for _, _, ref, alt in parts):
        return "SNV" if len(parts) == 1 else "MNV"
    contig, start, ref, alt = parts[0]
    tandem = not ref and len(alt) > 60 and reference.bases(contig, start, start + len(alt)) == alt
    return "duplication" if tandem else "indel"


def read_truth(path, reference):
    truth = []
    for contig, position, ref, alts, _, info, _ in records(path):
        parts = atoms(reference, contig, position, ref, alts[0])
        origin = "somatic" if "SOMATIC" in info or "SOM" in info else "germline"
        if "CONTAMINANT" in info:
            origin = "contaminant"
        truth.append(Spike(kind_of(reference, parts), origin, float(info["TAF"]), parts,
                           int(info.get("FRAGMENTS", 0)), int(info.get("CARRIERS", 0)), int(info.get("SUPPORT", -1))))
    return truth


def read_calls(path, reference, targets):
    calls = {}
    for contig, position, ref, alts, filters, info, sample in records(path):
        if not set(filters.split(";")) <= PASSED:
            continue
        for index, alt in enumerate(alts):
            if not set(alt.upper()) <= set("ACGTN"):
                continue
            for part in atoms(reference, contig, position, ref, alt):
                # An insertion before the first base of a target is still at its edge.
                if any(start - 1 <= part[1] <= end for start, end in targets.get(contig, [])):
                    calls[part] = (called_fraction(info, sample, index), called_depth(info, sample))
    return calls


def read_targets(path):
    targets = {}
    with open(path) as lines:
        for line in lines:
            contig, start, end = line.split("\t")[:3]
            targets.setdefault(contig, []).append((int(start), int(end)))
    return targets


def read_artefacts(workload):
    """Places of artefact sites, of either simulator's table."""
    for path in (f"{workload.truth}.artefacts.tsv", os.path.join(workload.folder, "artefacts.tsv")):
        if os.path.exists(path):
            with open(path) as lines:
                rows = [line.split("\t") for line in lines]
            return {(row[0], int(row[1])) for row in rows if row[1].isdigit()}
    return set()


def deviate(total, variant, called, depth):
    """Notes how far a called VAF lies from the simulated one and from that of the fragments."""
    fragments = variant.fragments or depth
    if called is None or not fragments:
        return
    sd = math.sqrt(variant.fraction * (1 - variant.fraction) / fragments)
    total.from_truth.append((called - variant.fraction) / sd)
    if variant.fragments:
        total.from_reads.append((called - variant.carriers / variant.fragments) / sd)


def score(workload, vcf, scores):
    """Adds one sample's calls to `scores`, a dictionary of kind to Score."""
    reference = Reference(workload.fasta)
    truth = read_truth(workload.truth, reference)
    calls = read_calls(vcf, reference, read_targets(workload.bed))
    artefacts = read_artefacts(workload)
    for variant in truth:
        total = scores.setdefault(variant.kind, Score())
        hit = all(part in calls for part in variant.parts)
        if variant.origin == "germline":
            total.germline[0] += hit
            total.germline[1] += 1
        if variant.origin != "somatic":
            continue
        bin_ = min(BINS, key=lambda value: abs(value - variant.fraction))
        total.present[bin_] = total.present.get(bin_, 0) + 1
        total.found[bin_] = total.found.get(bin_, 0) + hit
        total.within_reach[bin_] = total.within_reach.get(bin_, 0) + (variant.support >= 4)
        if hit and variant.fraction >= LEAST_JUDGED:
            deviate(total, variant, *calls[variant.parts[0]])
    known = {part for variant in truth for part in variant.parts}
    for part, (fraction, _) in calls.items():
        if part in known:
            continue
        kind = "SNV" if len(part[2]) == len(part[3]) == 1 else "indel"
        total = scores.setdefault(kind, Score())
        total.false[0] += 1
        total.false[1] += (fraction or 0) >= 0.02
        total.false[2] += part[:2] in artefacts


def rows(tool, scores):
    """Rows of a Markdown table."""
    for kind in ("SNV", "MNV", "indel", "duplication"):
        total = scores.get(kind)
        if not total:
            continue
        found = [f"{total.found.get(b, 0)}/{total.present[b]}" if b in total.present else "-" for b in BINS]
        yield [tool, kind, *found, f"{total.germline[0]}/{total.germline[1]}",
               *map(str, total.false), root_mean_square(total.from_truth), root_mean_square(total.from_reads)]


def reach(scores):
    """Rows that say how many variants have at least four supporting fragments."""
    for kind, total in scores.items():
        if any(total.within_reach.values()):
            found = [f"{total.within_reach[b]}/{total.present[b]}" if b in total.present else "-" for b in BINS]
            yield ["(four fragments support it)", kind, *found, "", "", "", "", "", ""]


HEADING = ["caller", "kind", *(f"{100 * b:g} %" for b in BINS), "germline", "false", "false, 2 % or more",
           "false at artefact sites", "VAF error, of the truth", "of the reads"]
