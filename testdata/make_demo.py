#!/usr/bin/env python3
"""Write the demo samples: small VCF files in the layouts of different variant callers.

The people are invented; the variants are real positions of the human genome (GRCh38 or GRCh37) with their true
reference bases. Read counts are drawn with a fixed seed, so that the same files come out every time.

    python3 testdata/make_demo.py [FOLDER]      (default: testdata/demo beside this script)

Python 3.8 or newer, standard library only.
"""

import math
import random
import sys
from pathlib import Path

SEED = 20221101

# Lengths of the primary chromosomes: Genome Reference Consortium, GRCh37.p13 and GRCh38.p14 (NCBI assembly reports).
LENGTHS = {
    "GRCh37": [
        249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022, 141213431, 135534747,
        135006516, 133851895, 115169878, 107349540, 102531392, 90354753, 81195210, 78077248, 59128983, 63025520,
        48129895, 51304566, 155270560, 59373566,
    ],
    "GRCh38": [
        248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717, 133797422,
        135086622, 133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616, 64444167,
        46709983, 50818468, 156040895, 57227415,
    ],
}
NAMES = [str(n) for n in range(1, 23)] + ["X", "Y"]

# Sites by name: chromosome without prefix, {build: position}, REF, ALT. Each is a published variant of the gene's MANE
# Select transcript; tests/demo_data.rs checks REF and place against the transcript models.
SITES = {
    "DNMT3A R882H": ("2", {"GRCh37": 25457242, "GRCh38": 25234373}, "C", "T"),
    "DNMT3A R882C": ("2", {"GRCh37": 25457243, "GRCh38": 25234374}, "G", "A"),
    "TET2 Q317*": ("4", {"GRCh38": 105234891}, "C", "T"),
    "TET2 N275fs": ("4", {"GRCh38": 105234763}, "TC", "T"),
    "TET2 I1762V": ("4", {"GRCh38": 105275794}, "A", "G"),
    "SF3B1 K700E": ("2", {"GRCh37": 198266834, "GRCh38": 197402110}, "T", "C"),
    "SRSF2 P95H": ("17", {"GRCh37": 74732959, "GRCh38": 76736877}, "G", "T"),
    "IDH2 R140Q": ("15", {"GRCh37": 90631934, "GRCh38": 90088702}, "C", "T"),
    "TP53 R248Q": ("17", {"GRCh37": 7577538, "GRCh38": 7674220}, "C", "T"),
    "ASXL1 G646fs": ("20", {"GRCh38": 32434638}, "A", "AG"),
    "JAK2 V617F": ("9", {"GRCh37": 5073770, "GRCh38": 5073770}, "G", "T"),
    "STAG2 R604*": ("X", {"GRCh37": 123197044, "GRCh38": 124063194}, "C", "T"),
    "U2AF1 S34F": ("21", {"GRCh37": 44524456, "GRCh38": 43104346}, "G", "A"),
    # Type A: c.860_863dup, left-aligned.
    "NPM1 W288fs": ("5", {"GRCh37": 170837543, "GRCh38": 171410539}, "C", "CTCTG"),
    # A tandem duplication of 21 bases within exon 14, left-aligned.
    "FLT3 ITD": ("13", {"GRCh37": 28608260, "GRCh38": 28034123}, "T", "TATTCATATTCTCTGAAATCAA"),
}

# Reference blocks of a gVCF (1-based, GRCh38) over whole genes, a few bases wider than the coding sequence, and the
# plus-strand base at the first.
BLOCKS = [
    ("RUNX1", "21", 34792129, 35048910, "G"),
    ("IDH1", "2", 208237079, 208251560, "T"),
]


class Draw:
    """Read counts with a fixed seed."""

    def __init__(self, name):
        self.random = random.Random(f"{SEED} {name}")

    def split(self, count, share=0.5):
        """Split a count over two strands."""
        forward = sum(self.random.random() < share for _ in range(count))
        return forward, count - forward

    def counts(self, depth, alt):
        """Return ref and alt, each with its strands."""
        ref = depth - alt
        return ref, alt, self.split(ref), self.split(alt)


def contigs(build, prefix, assembly=False):
    extra = f",assembly={build}" if assembly else ""
    return [
        f"##contig=<ID={prefix}{name},length={length}{extra}>" for name, length in zip(NAMES, LENGTHS[build])
    ]


def site(name, build, prefix):
    chrom, positions, ref, alt = SITES[name]
    return f"{prefix}{chrom}", positions[build], ref, alt


def info(id_, number, type_, text):
    return f'##INFO=<ID={id_},Number={number},Type={type_},Description="{text}">'


def form(id_, number, type_, text):
    return f'##FORMAT=<ID={id_},Number={number},Type={type_},Description="{text}">'


def filt(id_, text):
    return f'##FILTER=<ID={id_},Description="{text}">'


def file_text(header, columns, records, build):
    """Put a file together, records in the order of the genome."""
    order = {name: index for index, name in enumerate(NAMES)}
    records = sorted(records, key=lambda r: (order[r[0].replace("chr", "")], r[1]))
    head = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    if columns:
        head += ["FORMAT", *columns]
    lines = [*header, "\t".join(head)]
    lines += ["\t".join(str(field) for field in record) for record in records]
    return "\n".join(lines) + "\n"


def mutect2(sample, build, prefix, variants):
    """GATK 4 Mutect2 after FilterMutectCalls, tumor only. A variant: site, depth, alt, filter, population AF."""
    header = [
        "##fileformat=VCFv4.2",
        filt("PASS", "Passed every filter"),
        filt("base_qual", "Median base quality of the alternate reads too low"),
        filt("germline", "More likely a germline variant than a somatic one"),
        filt("slippage", "Likely a polymerase slippage in a short repeat"),
        filt("strand_bias", "Alternate reads come from one direction"),
        filt("weak_evidence", "Likelihood of a mutation below the threshold"),
        form("AD", "R", "Integer", "Reads of each allele, reference first"),
        form("AF", "A", "Float", "Estimated fraction of the alternate alleles"),
        form("DP", "1", "Integer", "Read depth after filtering"),
        form("F1R2", "R", "Integer", "Reads in F1R2 orientation of each allele"),
        form("F2R1", "R", "Integer", "Reads in F2R1 orientation of each allele"),
        form("GT", "1", "String", "Genotype"),
        form("SB", "4", "Integer", "Reference and alternate reads by strand"),
        info("DP", "1", "Integer", "Read depth, some reads may have been filtered"),
        info("MBQ", "R", "Integer", "Median base quality of each allele"),
        info("MMQ", "R", "Integer", "Median mapping quality of each allele"),
        info("MPOS", "A", "Integer", "Median distance from the end of the read"),
        info("POPAF", "A", "Float", "Negative log 10 population allele frequency"),
        info("TLOD", "A", "Float", "Log 10 likelihood ratio of variant against none"),
        "##MutectVersion=2.2",
        *contigs(build, prefix),
        "##source=FilterMutectCalls",
        "##source=Mutect2",
        f"##tumor_sample={sample}",
    ]
    draw, records = Draw(sample), []
    for name, depth, alt, flt, popaf in variants:
        chrom, pos, ref_base, alt_base = site(name, build, prefix)
        ref, alt, (rf, rr), (af, ar) = draw.counts(depth, alt)
        r1, r2 = draw.split(ref)
        a1, a2 = draw.split(alt)
        fraction = (alt + 1) / (depth + 2)  # the caller's posterior is near, not equal to, the ratio
        lod = alt * 1.9 + 0.31
        records.append((
            chrom, pos, ".", ref_base, alt_base, ".", flt,
            f"DP={depth + 7};MBQ=33,32;MMQ=60,60;MPOS=31;POPAF={popaf:.2f};TLOD={lod:.2f}",
            "GT:AD:AF:DP:F1R2:F2R1:SB",
            f"0/1:{ref},{alt}:{fraction:.3f}:{depth}:{r1},{a1}:{r2},{a2}:{rf},{rr},{af},{ar}",
        ))
    return file_text(header, [sample], records, build)


def vardict(sample, build, prefix, variants):
    """VarDictJava with var2vcf_valid.pl. DP may exceed the sum of AD: reads of neither allele count in it."""
    header = [
        "##fileformat=VCFv4.1",
        "##source=VarDict_v1.8.3",
        *contigs(build, prefix),
        info("SAMPLE", "1", "String", "Sample name (blanks as underscores)"),
        info("TYPE", "1", "String", "SNV, Insertion, Deletion or Complex"),
        info("DP", "1", "Integer", "Total depth"),
        info("END", "1", "Integer", "End position"),
        info("VD", "1", "Integer", "Variant depth"),
        info("AF", "A", "Float", "Allele frequency"),
        info("BIAS", "1", "String", "Strand bias of reference and variant"),
        info("REFBIAS", "1", "String", "Reference reads by strand"),
        info("VARBIAS", "1", "String", "Variant reads by strand"),
        info("QUAL", "1", "Float", "Mean base quality of the variant"),
        info("MQ", "1", "Float", "Mean mapping quality of the variant"),
        info("SBF", "1", "Float", "Fisher p-value of strand bias"),
        info("MSI", "1", "Float", "Microsatellite if above 1"),
        info("HIAF", "1", "Float", "Allele frequency of high-quality bases"),
        filt("q22.5", "Mean base quality below 22.5"),
        filt("f0.01", "Allele frequency below 0.01"),
        filt("v2", "Variant depth below 2"),
        form("GT", "1", "String", "Genotype"),
        form("DP", "1", "Integer", "Total depth"),
        form("VD", "1", "Integer", "Variant depth"),
        form("AD", "R", "Integer", "Depth of reference and variant"),
        form("AF", "A", "Float", "Allele frequency"),
        form("RD", "2", "Integer", "Reference reads forward, reverse"),
        form("ALD", "2", "Integer", "Variant reads forward, reverse"),
    ]
    draw, records = Draw(sample), []
    for name, depth, alt, flt, other in variants:
        chrom, pos, ref_base, alt_base = site(name, build, prefix)
        ref, alt, (rf, rr), (af, ar) = draw.counts(depth - other, alt)
        kind = "SNV" if len(ref_base) == len(alt_base) else "Deletion" if len(ref_base) > len(alt_base) else "Insertion"
        fraction = f"{alt / depth:.4f}"
        records.append((
            chrom, pos, ".", ref_base, alt_base, 148, flt,
            f"SAMPLE={sample};TYPE={kind};DP={depth};VD={alt};AF={fraction};BIAS=2:2;REFBIAS={rf}:{rr};"
            f"VARBIAS={af}:{ar};SBF=0.81;QUAL=35.2;MQ=60;HIAF={fraction};MSI=1;END={pos + len(ref_base) - 1}",
            "GT:DP:VD:AD:AF:RD:ALD",
            f"0/1:{depth}:{alt}:{ref},{alt}:{fraction}:{rf},{rr}:{af},{ar}",
        ))
    return file_text(header, [sample], records, build)


def freebayes(sample, build, prefix, variants):
    """freebayes 1.3: counts in RO and AO; INFO AF is an estimate over genotypes, not a read fraction."""
    header = [
        "##fileformat=VCFv4.2",
        "##source=freeBayes v1.3.6",
        *contigs(build, prefix),
        "##phasing=none",
        info("DP", "1", "Integer", "Total read depth at the locus"),
        info("AC", "A", "Integer", "Alternate alleles in called genotypes"),
        info("AN", "1", "Integer", "Alleles in called genotypes"),
        info("AF", "A", "Float", "Estimated allele frequency over genotypes"),
        info("RO", "1", "Integer", "Reference observations"),
        info("AO", "A", "Integer", "Alternate observations"),
        info("SRF", "1", "Integer", "Reference observations, forward strand"),
        info("SRR", "1", "Integer", "Reference observations, reverse strand"),
        info("SAF", "A", "Integer", "Alternate observations, forward strand"),
        info("SAR", "A", "Integer", "Alternate observations, reverse strand"),
        info("MQM", "A", "Float", "Mean mapping quality of the alternate"),
        info("TYPE", "A", "String", "snp, mnp, ins, del or complex"),
        form("GT", "1", "String", "Genotype"),
        form("DP", "1", "Integer", "Read depth"),
        form("AD", "R", "Integer", "Observations of each allele"),
        form("RO", "1", "Integer", "Reference observations"),
        form("QR", "1", "Integer", "Sum of qualities of the reference"),
        form("AO", "A", "Integer", "Alternate observations"),
        form("QA", "A", "Integer", "Sum of qualities of the alternate"),
        form("GL", "G", "Float", "Genotype likelihood, log 10"),
    ]
    draw, records = Draw(sample), []
    for name, depth, alt in variants:
        chrom, pos, ref_base, alt_base = site(name, build, prefix)
        ref, alt, (rf, rr), (af, ar) = draw.counts(depth, alt)
        likelihoods = f"{-alt * 3.1:.1f},0,{-ref * 3.1:.1f}"
        records.append((
            chrom, pos, ".", ref_base, alt_base, f"{alt * 31.4:.2f}", ".",
            f"AC=1;AF=0.5;AN=2;AO={alt};DP={depth};MQM=60;RO={ref};SAF={af};SAR={ar};SRF={rf};SRR={rr};TYPE=snp",
            "GT:DP:AD:RO:QR:AO:QA:GL",
            f"0/1:{depth}:{ref},{alt}:{ref}:{ref * 36}:{alt}:{alt * 36}:{likelihoods}",
        ))
    return file_text(header, [sample], records, build)


def lofreq(sample, build, prefix, variants):
    """LoFreq 2: no sample column at all, counts in INFO DP4."""
    header = [
        "##fileformat=VCFv4.0",
        "##source=lofreq call-parallel --pp-threads 4 --call-indels",
        *contigs(build, prefix),
        info("DP", "1", "Integer", "Raw depth"),
        info("AF", "1", "Float", "Allele frequency"),
        info("SB", "1", "Integer", "Phred-scaled strand bias"),
        info("DP4", "4", "Integer", "Reference forward, reverse, alternate forward, reverse"),
        info("INDEL", "0", "Flag", "An insertion or deletion"),
        info("CONSVAR", "0", "Flag", "A consensus variant"),
        info("HRUN", "1", "Integer", "Length of the homopolymer to the right"),
        filt("min_snvqual_62", "SNV quality below 62"),
        filt("min_indelqual_46", "Indel quality below 46"),
        filt("sb_fdr", "Strand bias after correction for many tests"),
    ]
    draw, records = Draw(sample), []
    for name, depth, alt, run in variants:
        chrom, pos, ref_base, alt_base = site(name, build, prefix)
        _, alt, (rf, rr), (af, ar) = draw.counts(depth, alt)
        indel = f";INDEL;HRUN={run}" if run else ""
        records.append((
            chrom, pos, ".", ref_base, alt_base, 30 * alt, "PASS",
            f"DP={depth};AF={alt / depth:.6f};SB=0;DP4={rf},{rr},{af},{ar}{indel}",
        ))
    return file_text(header, [], records, build)


def strelka2(sample, build, prefix, variants):
    """Strelka2 somatic SNVs: columns NORMAL and TUMOR, no GT, no AD; counts by base and tier."""
    header = [
        "##fileformat=VCFv4.1",
        "##source=strelka",
        "##source_version=2.9.10",
        "##content=strelka somatic snv calls",
        *contigs(build, prefix),
        info("QSS", "1", "Integer", "Quality of any somatic SNV"),
        info("TQSS", "1", "Integer", "Tier used for QSS"),
        info("NT", "1", "String", "Genotype of the normal: ref, het, hom or conflict"),
        info("QSS_NT", "1", "Integer", "Quality of a somatic variant with this NT"),
        info("TQSS_NT", "1", "Integer", "Tier used for QSS_NT"),
        info("SGT", "1", "String", "Most likely somatic genotype"),
        info("SOMATIC", "0", "Flag", "Somatic mutation"),
        info("DP", "1", "Integer", "Depth over both samples"),
        info("MQ", "1", "Float", "RMS mapping quality"),
        info("SomaticEVS", "1", "Float", "Empirical variant score"),
        form("DP", "1", "Integer", "Depth of tier 1"),
        form("FDP", "1", "Integer", "Bases filtered from tier 1"),
        form("SDP", "1", "Integer", "Reads with a deletion over the site"),
        form("SUBDP", "1", "Integer", "Reads below the mapping quality of tier 1"),
        *[form(f"{base}U", "2", "Integer", f"Number of {base} in tiers 1, 2") for base in "ACGT"],
        filt("LowEVS", "Somatic score below the threshold"),
        filt("LowDepth", "Depth below 2"),
    ]

    def column(depth, ref_base, alt_base, alt):
        counts = {base: 0 for base in "ACGT"}
        counts[ref_base], counts[alt_base] = depth - alt, alt
        # Tier 2 also counts reads of low mapping quality.
        tiers = [f"{counts[b]},{counts[b] + (2 if b == ref_base else 0)}" for b in "ACGT"]
        return ":".join([str(depth), "0", "0", "0", *tiers])

    records = []
    for name, depth, alt, normal_depth in variants:
        chrom, pos, ref_base, alt_base = site(name, build, prefix)
        sgt = f"{ref_base}{ref_base}->{''.join(sorted(ref_base + alt_base))}"
        records.append((
            chrom, pos, ".", ref_base, alt_base, ".", "PASS",
            f"SOMATIC;QSS=188;TQSS=1;NT=ref;QSS_NT=188;TQSS_NT=1;SGT={sgt};DP={depth + normal_depth};MQ=60.00;"
            "SomaticEVS=18.77",
            "DP:FDP:SDP:SUBDP:AU:CU:GU:TU",
            column(normal_depth, ref_base, alt_base, 0),
            column(depth, ref_base, alt_base, alt),
        ))
    return file_text(header, ["NORMAL", "TUMOR"], records, build)


def dragen_gvcf(sample, build, prefix, variants):
    """DRAGEN somatic, tumor only, gVCF: reference blocks with END and MIN_DP beside the variants."""
    header = [
        "##fileformat=VCFv4.2",
        '##DRAGENVersion=<ID=dragen,Version="SW: 07.021.645.4.0.3">',
        "##source=DRAGEN_SNV",
        "##referenceSexKaryotype=XY",
        *contigs(build, prefix),
        info("DP", "1", "Integer", "Approximate depth, informative and not"),
        info("END", "1", "Integer", "Last position of the block"),
        info("MQ", "1", "Float", "RMS mapping quality"),
        info("FractionInformativeReads", "1", "Float", "Informative reads of all"),
        filt("PASS", "All filters passed"),
        filt("weak_evidence", "Somatic score below the threshold"),
        form("GT", "1", "String", "Genotype"),
        form("SQ", "1", "Float", "Somatic quality"),
        form("AD", "R", "Integer", "Reads of each allele"),
        form("AF", "A", "Float", "Fraction of each alternate allele"),
        form("F1R2", "R", "Integer", "Reads in F1R2 orientation"),
        form("F2R1", "R", "Integer", "Reads in F2R1 orientation"),
        form("DP", "1", "Integer", "Depth of informative reads"),
        form("SB", "4", "Integer", "Reference and alternate reads by strand"),
        form("MIN_DP", "1", "Integer", "Lowest depth within the block"),
    ]
    draw, records = Draw(sample), []
    for gene, chrom, first, last, base in BLOCKS:
        depth = draw.random.randrange(600, 700)
        records.append((
            f"{prefix}{chrom}", first, ".", base, "<NON_REF>", ".", "PASS", f"END={last}",
            "GT:AD:DP:SQ:MIN_DP", f"0/0:{depth - 1},1:{depth}:0:{depth - 90}",
        ))
    for name, depth, alt, flt in variants:
        chrom, pos, ref_base, alt_base = site(name, build, prefix)
        ref, alt, (rf, rr), (af, ar) = draw.counts(depth, alt)
        r1, r2 = draw.split(ref)
        a1, a2 = draw.split(alt)
        records.append((
            chrom, pos, ".", ref_base, f"{alt_base},<NON_REF>", ".", flt,
            f"DP={depth + 2};MQ=249.10;FractionInformativeReads={depth / (depth + 2):.3f}",
            "GT:SQ:AD:AF:F1R2:F2R1:DP:SB",
            f"0/1:21.40:{ref},{alt},0:{alt / depth:.4f},0.0000:{r1},{a1},0:{r2},{a2},0:{depth}:{rf},{rr},{af},{ar}",
        ))
    return file_text(header, [sample], records, build)


def bcftools(samples, build, prefix, variants):
    """bcftools mpileup -a AD,ADF,ADR and call, two samples in one file. A variant: site, (depth, alt) per sample."""
    header = [
        "##fileformat=VCFv4.2",
        filt("PASS", "All filters passed"),
        "##bcftoolsVersion=1.19+htslib-1.19",
        *contigs(build, prefix),
        info("DP", "1", "Integer", "Raw read depth"),
        info("MQ", "1", "Integer", "Average mapping quality"),
        info("AC", "A", "Integer", "Allele count in genotypes"),
        info("AN", "1", "Integer", "Alleles in called genotypes"),
        info("DP4", "4", "Integer", "High-quality reference and alternate bases by strand, all samples"),
        form("GT", "1", "String", "Genotype"),
        form("PL", "G", "Integer", "Phred-scaled genotype likelihoods"),
        form("DP", "1", "Integer", "High-quality bases"),
        form("ADF", "R", "Integer", "Depth of each allele, forward strand"),
        form("ADR", "R", "Integer", "Depth of each allele, reverse strand"),
        form("AD", "R", "Integer", "Depth of each allele"),
        "##bcftools_callVersion=1.19+htslib-1.19",
    ]
    draw, records = Draw(samples[0]), []
    for name, counts in variants:
        chrom, pos, ref_base, alt_base = site(name, build, prefix)
        columns, total, called = [], [0, 0, 0, 0], 0
        for depth, alt in counts:
            ref, alt, (rf, rr), (af, ar) = draw.counts(depth, alt)
            genotype = "0/1" if alt else "0/0"
            called += 1 if alt else 0
            likelihoods = "255,0,255" if alt else "0,255,255"
            columns.append(f"{genotype}:{likelihoods}:{depth}:{rf},{af}:{rr},{ar}:{ref},{alt}")
            total = [a + b for a, b in zip(total, (rf, rr, af, ar))]
        records.append((
            chrom, pos, ".", ref_base, alt_base, "222.4", ".",
            f"DP={sum(total) + 5};AC={called};AN={2 * len(counts)};DP4={','.join(map(str, total))};MQ=60",
            "GT:PL:DP:ADF:ADR:AD", *columns,
        ))
    return file_text(header, samples, records, build)


def log_af(frequency):
    return -math.log10(frequency)


def files():
    """Return the demo files by name."""
    return {
        # Two inherited or weak records, no driver.
        "demo01.mutect2.vcf": mutect2("demo01-healthy", "GRCh38", "chr", [
            ("TET2 I1762V", 604, 297, "germline", log_af(0.29)),
            ("DNMT3A R882C", 911, 4, "weak_evidence", 5.6),
        ]),
        "demo02.mutect2.vcf": mutect2("demo02-chip", "GRCh38", "chr", [
            ("DNMT3A R882H", 1012, 121, "PASS", log_af(0.0003)),
            ("TET2 Q317*", 873, 38, "PASS", 6.0),
        ]),
        "demo03.vardict.vcf": vardict("demo03-ccus", "GRCh38", "chr", [
            ("SF3B1 K700E", 742, 231, "PASS", 1),
            ("TET2 N275fs", 688, 187, "PASS", 3),
        ]),
        "demo04.freebayes.vcf": freebayes("demo04-germline-tp53", "GRCh37", "", [
            ("TP53 R248Q", 214, 108),
        ]),
        "demo05.lofreq.vcf": lofreq("demo05-asxl1-run", "GRCh38", "chr", [
            ("ASXL1 G646fs", 1204, 46, 8),
        ]),
        "demo06.strelka2.vcf": strelka2("demo06-jak2", "GRCh38", "chr", [
            ("JAK2 V617F", 388, 97, 141),
        ]),
        "demo07.dragen.gvcf.vcf": dragen_gvcf("demo07-x-linked", "GRCh38", "chr", [
            ("STAG2 R604*", 503, 15, "PASS"),
            ("SRSF2 P95H", 640, 7, "weak_evidence"),
        ]),
        "demo08.mutect2.vcf": mutect2("demo08-npm1-flt3", "GRCh37", "", [
            ("NPM1 W288fs", 466, 168, "PASS", 6.0),
            ("FLT3 ITD", 391, 55, "PASS", 6.0),
            ("DNMT3A R882H", 702, 288, "PASS", log_af(0.0003)),
        ]),
        "demo09.bcftools.vcf": bcftools(["demo09a-mds", "demo09b-mds"], "GRCh38", "chr", [
            ("SRSF2 P95H", [(312, 118), (288, 0)]),
            ("IDH2 R140Q", [(405, 133), (377, 0)]),
            ("U2AF1 S34F", [(266, 0), (251, 84)]),
        ]),
        "demo10.mutect2.vcf": mutect2("demo10-ccus", "GRCh38", "chr", [
            ("DNMT3A R882C", 836, 204, "PASS", 5.6),
            ("TET2 Q317*", 790, 66, "PASS", 6.0),
        ]),
    }


# Blood counts of every sample: sample, file, sex, age (years), hemoglobin (g/dL), platelets and neutrophils (10^9/L)
SHEET = [
    ("demo01-healthy", "demo01.mutect2.vcf", "female", 54, 13.4, 251, 3.6),
    ("demo02-chip", "demo02.mutect2.vcf", "female", 72, 13.1, 228, 4.1),
    ("demo03-ccus", "demo03.vardict.vcf", "male", 77, 9.8, 164, 2.2),
    ("demo04-germline-tp53", "demo04.freebayes.vcf", "female", 33, 12.6, 240, 3.9),
    ("demo05-asxl1-run", "demo05.lofreq.vcf", "male", 66, 14.9, 213, 5.0),
    ("demo06-jak2", "demo06.strelka2.vcf", "male", 61, 18.9, 612, 8.3),
    ("demo07-x-linked", "demo07.dragen.gvcf.vcf", "male", 70, 14.2, 198, 3.3),
    ("demo08-npm1-flt3", "demo08.mutect2.vcf", "female", 58, 8.1, 41, 0.7),
    ("demo09a-mds", "demo09.bcftools.vcf", "male", 74, 9.1, 88, 1.2),
    ("demo09b-mds", "demo09.bcftools.vcf", "female", 69, 10.3, 131, 1.9),
    ("demo10-ccus", "demo10.mutect2.vcf", "male", 73, 11.6, 96, 2.4),
]

# What else is known of some: columns of docs/sample-sheet.md. Where a column is empty the report says what is missing.
CLINICAL = {
    # CHIP with a laboratory that vouches for its panel, and an IgA M protein found at the same check-up: MGUS.
    "demo02-chip": {
        "mcv": 92, "rdw": 13.1, "covered_genes": "all", "date": "2026-03-02", "m_protein_g_dl": 1.8, "heavy_chain": "IgA",
        "light_chain": "kappa", "kappa_flc_mg_l": 61.0, "lambda_flc_mg_l": 9.4, "plasma_cells_percent": 6, "calcium_mmol_l": 2.3,
        "creatinine_umol_l": 71, "hb_lln_g_dl": 12, "bone_lesions": 0, "mri_lesions": 0, "urine_m_protein_mg_24h": 0,
    },
    # A clone and anemia without a marrow: CCUS and MDS cannot be told apart.
    "demo03-ccus": {"mcv": 104, "rdw": 17.2, "cytopenia_months": 7, "excluded_causes": 1},
    # Acute leukemia by 62 % blasts.
    "demo08-npm1-flt3": {
        "wbc": 41.0, "amc": 2.6, "bm_blast": 62, "pb_blast": 35, "auer_rods": 0, "karyotype": "46,XX[20]",
    },
    # MDS with everything that IPSS-M asks for.
    "demo09a-mds": {
        "wbc": 2.9, "amc": 0.2, "mcv": 102, "rdw": 18.4, "cytopenia_months": 9, "excluded_causes": 1, "bm_blast": 7,
        "pb_blast": 1, "dysplasia_lineages": 2, "ring_sideroblasts": 0, "auer_rods": 0, "cellularity": 70, "fibrosis": 0,
        "karyotype": "47,XY,+8[14]/46,XY[6]", "covered_genes": "all", "MLL_PTD": 0, "TP53loh": 0,
    },
    # MDS of which the genes without a call are not known to be covered: scores with what is missing.
    "demo09b-mds": {
        "mcv": 97, "rdw": 15.6, "cytopenia_months": 5, "excluded_causes": 1, "bm_blast": 3, "pb_blast": 0,
        "dysplasia_lineages": 1, "karyotype": "46,XX,del(20)(q11.2q13.1)[12]/46,XX[8]",
    },
    # CCUS: a marrow without dysplasia, everything else excluded.
    "demo10-ccus": {
        "wbc": 4.9, "amc": 0.4, "mcv": 101, "rdw": 15.4, "cytopenia_months": 6, "excluded_causes": 1, "bm_blast": 1,
        "pb_blast": 0, "dysplasia_lineages": 0, "auer_rods": 0, "karyotype": "46,XY[20]", "covered_genes": "all",
    },
}


def sheet():
    clinical = []
    for values in CLINICAL.values():
        clinical += [name for name in values if name not in clinical]
    rows = [",".join(["sample", "vcf", "sex", "age", "hb", "plt", "anc", *clinical])]
    for sample, file, *rest in SHEET:
        values = CLINICAL.get(sample, {})
        cells = [f'"{v}"' if "," in str(v) else str(v) for v in (values.get(name, "") for name in clinical)]
        rows.append(",".join([sample, f"inputs/{file}", *map(str, rest), *cells]))
    return "\n".join(rows) + "\n"


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "demo"
    (folder / "inputs").mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (folder / "inputs" / name).write_bytes(text.encode())
    (folder / "samples.csv").write_bytes(sheet().encode())


if __name__ == "__main__":
    main()
