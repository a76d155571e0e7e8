"""Tests of scoring.py: python3 -m unittest discover benches/peers"""
import os
import tempfile
import unittest
from types import SimpleNamespace

import scoring

#        123456789012345678901234567890
BASES = "ACGTTTTTGACACACATGGCATTAGCCGAT"


class Scoring(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        fasta = self.write("ref.fa", f">c\n{BASES}\n")
        self.write("ref.fa.fai", f"c\t{len(BASES)}\t3\t{len(BASES)}\t{len(BASES) + 1}\n")
        self.workload = SimpleNamespace(
            folder=self.folder.name, fasta=fasta, bed=self.write("panel.bed", "c\t0\t30\tall\n"),
            truth=os.path.join(self.folder.name, "truth.vcf"))
        self.reference = scoring.Reference(fasta)

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def vcf(self, name, *records):
        return self.write(name, "##fileformat=VCFv4.3\n" + "".join("\t".join(record) + "\n" for record in records))

    def test_every_way_to_write_an_allele_is_one(self):
        same = [
            [(8, "TG", "G"), (4, "TT", "T"), (3, "GTT", "GT"), (7, "TTGA", "TGA")],
            [(9, "G", "GAC"), (16, "A", "ACA"), (12, "A", "ACA")],
            [(18, "GGC", "ATC"), (18, "GG", "AT")],
        ]
        for alleles in same:
            forms = {tuple(scoring.atoms(self.reference, "c", *allele)) for allele in alleles}
            self.assertEqual(len(forms), 1, forms)
        self.assertNotEqual(scoring.atoms(self.reference, "c", 4, "T", "A"), scoring.atoms(self.reference, "c", 5, "T", "A"))

    def test_counts(self):
        self.vcf("truth.vcf",
                 ("c", "2", ".", "C", "T", ".", "PASS", "TAF=0.1;SOMATIC;FRAGMENTS=100;CARRIERS=12;SUPPORT=12"),
                 ("c", "18", ".", "GG", "AT", ".", "PASS", "TAF=0.02;SOMATIC;FRAGMENTS=100;CARRIERS=2;SUPPORT=2"),
                 ("c", "3", ".", "GT", "G", ".", "PASS", "TAF=0.5;GERMLINE;FRAGMENTS=100;CARRIERS=50;SUPPORT=50"))
        calls = self.vcf("calls.vcf",
                         ("c", "2", ".", "C", "T", ".", "PASS", ".", "GT:AD:AF", "0/1:88,12:0.12"),
                         ("c", "18", ".", "G", "A", ".", "PASS", ".", "GT:AD:AF", "0/1:98,2:0.02"),
                         ("c", "7", ".", "TT", "T", ".", "PASS", ".", "GT:AD:AF", "0/1:50,50:0.5"),
                         ("c", "25", ".", "G", "C", ".", "PASS", ".", "GT:AD:AF", "0/1:97,3:0.03"),
                         ("c", "27", ".", "C", "A", ".", "weak", ".", "GT:AD:AF", "0/1:97,3:0.03"))
        scores = {}
        scoring.score(self.workload, calls, scores)
        snv, mnv, indel = scores["SNV"], scores["MNV"], scores["indel"]
        self.assertEqual((snv.found, snv.present, snv.false), ({0.1: 1}, {0.1: 1}, [1, 1, 0]))
        # One base of two: not found, and the called one is not false.
        self.assertEqual((mnv.found, mnv.present), ({0.02: 0}, {0.02: 1}))
        self.assertEqual((indel.germline, indel.false), ([1, 1], [0, 0, 0]))
        # 0.02 above the simulated fraction, whose standard deviation is 0.03; exactly that of the fragments.
        self.assertEqual(scoring.root_mean_square(snv.from_truth), "0.67")
        self.assertEqual(scoring.root_mean_square(snv.from_reads), "0.00")


if __name__ == "__main__":
    unittest.main()
