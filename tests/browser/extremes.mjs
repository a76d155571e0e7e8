// Reports of samples at the edges of what can come: none and hundreds of calls, fifty drivers, every identity column, both roads,
// long, Japanese and hostile names, one language alone.
//
//   node extremes.mjs HEMOCLONE REPOSITORY FOLDER
//
// Calls are made of the coding sequence of TET2 in panels/, so that each fits the reference.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [binary, repository, folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node extremes.mjs HEMOCLONE REPOSITORY FOLDER');
  process.exit(2);
}
const TRANSCRIPT = 'NM_001127208.3'; // TET2, plus strand

// The coding bases with their places on GRCh38.
function codingBases() {
  const row = readFileSync(join(repository, 'panels/transcripts.tsv'), 'utf8').split('\n')
    .find(line => line.includes(TRANSCRIPT) && line.includes('GRCh38')).split('\t');
  const [first, last] = row[8].split('-').map(Number);
  const places = row[9].split(',').flatMap(exon => {
    const [from, to] = exon.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(p => p >= first && p <= last);
  });
  const text = readFileSync(join(repository, 'panels/cds.fa'), 'utf8');
  const entry = text.slice(text.indexOf(`>${TRANSCRIPT}`)).split('\n').slice(1);
  const end = entry.findIndex(line => line.startsWith('>'));
  const bases = entry.slice(0, end < 0 ? undefined : end).join('').toUpperCase();
  return { chromosome: row[6], places, bases };
}

const tet2 = codingBases();
const other = { A: 'G', G: 'A', C: 'T', T: 'C' };

// A deletion of one base, a frameshift, at the n-th of its kind; VAF falls from one to the next.
function deletion(n) {
  const at = 60 + n * 90;
  const depth = 900 - n;
  const alt = Math.max(30, Math.round(depth * (0.45 - n * 0.008)));
  return record(tet2.places[at], tet2.bases.slice(at, at + 2), tet2.bases[at], depth, alt);
}

// A substitution of a third base of a codon.
function substitution(n) {
  const at = 2 + n * 18;
  return record(tet2.places[at], tet2.bases[at], other[tet2.bases[at]], 800, 20 + (n % 60));
}

const record = (pos, ref, alt, depth, count) =>
  `${tet2.chromosome}\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t.\tGT:AD:DP\t0/1:${depth - count},${count}:${depth}`;

// Next to each other in the genome, no base between them left out by an intron.
const isWhole = n => tet2.places[60 + n * 90 + 1] === tet2.places[60 + n * 90] + 1;

function vcf(name, records) {
  const sorted = [...records].sort((a, b) => a.split('\t')[1] - b.split('\t')[1]);
  return ['##fileformat=VCFv4.2', '##contig=<ID=chr4,length=190214555>', '##FILTER=<ID=PASS,Description="All">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">', '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
    `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${name}`, ...sorted].join('\n') + '\n';
}

const drivers = n => Array.from({ length: 66 }, (_, i) => i).filter(isWhole).slice(0, n).map(deletion);
const long = 'L'.repeat(200);
const hostile = `<img src=x onerror=alert(1)>"'&}</style>`;
const identity = { patient_id: 'P-0007', birth_date: '1950-02-03', specimen: 'marrow aspirate', collected: '2026-11-20', received: '2026-11-21', reported: '2026-11-28', laboratory: 'Central laboratory', requester: 'Dr. A. Example' };
const counts = { sex: 'male', age: 76, hb: 9.1, plt: 88, anc: 1.2, mcv: 102, rdw: 18.4, wbc: 2.9, amc: 0.2, covered_genes: 'all' };
const marrow = { bm_blast: 7, pb_blast: 1, auer_rods: 0, karyotype: '47,XY,+8[14]/46,XY[6]', dysplasia_lineages: 2, ring_sideroblasts: 0, cellularity: 70, fibrosis: 0, cytopenia_months: 9, excluded_causes: 1, MLL_PTD: 0, TP53loh: 0 };
const myeloma = { m_protein_g_dl: 3.6, heavy_chain: 'IgG', light_chain: 'kappa', kappa_flc_mg_l: 900, lambda_flc_mg_l: 6, plasma_cells_percent: 64, calcium_mmol_l: 2.9, creatinine_umol_l: 190, bone_lesions: 3, mri_lesions: 4 };
const smoldering = { m_protein_g_dl: 3.2, heavy_chain: 'IgA', light_chain: 'kappa', kappa_flc_mg_l: 200, lambda_flc_mg_l: 8, plasma_cells_percent: 22 };

const samples = [
  { name: 'none', records: [], values: {} },
  { name: 'hundreds', records: Array.from({ length: 300 }, (_, n) => substitution(n)), values: { ...counts } },
  { name: 'fifty-drivers', records: drivers(50), values: { ...counts, ...marrow, ...identity } },
  { name: 'eight-both-roads', records: drivers(8), values: { ...counts, ...marrow, ...myeloma, ...identity } },
  { name: 'open-both-roads', records: drivers(3), values: { sex: 'female', age: 71, hb: 10.2, plt: 150, anc: 2.1, ...smoldering, ...identity } },
  { name: 'leukemia', records: drivers(2), values: { ...counts, ...marrow, bm_blast: 45, ...identity } },
  { name: long, records: drivers(1), values: { ...identity, laboratory: long, requester: long } },
  { name: '検体その一（東京都中央病院・血液内科）', records: drivers(2), values: { ...counts, laboratory: '中央検査部', requester: '佐藤', specimen: '骨髄液' } },
  { name: hostile, records: drivers(2), values: { ...counts, patient_id: hostile, laboratory: hostile, specimen: '\u202eabc' } },
];

const quoted = value => (/[",\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : String(value));

function write(samples, into, more) {
  mkdirSync(into, { recursive: true });
  const columns = [...new Set(samples.flatMap(s => Object.keys(s.values)))];
  const lines = samples.map((sample, n) => {
    const file = join(into, `${n}.vcf`);
    writeFileSync(file, vcf(`s${n}`, sample.records));
    return [sample.name, `${n}.vcf`, `s${n}`, ...columns.map(c => sample.values[c] ?? '')].map(quoted).join(',');
  });
  writeFileSync(join(into, 'samples.csv'), [['sample', 'vcf', 'vcf_sample', ...columns].join(','), ...lines].join('\n') + '\n');
  execFileSync(binary, ['-q', 'analyze', '-s', join(into, 'samples.csv'), '-o', join(into, 'out'), '--build', 'grch38', '--force', '-t', '1', ...more], { stdio: 'inherit' });
}

write(samples, join(folder, 'both'), []);
write(samples.slice(2, 5).map(s => ({ ...s, name: `en-${s.name}` })), join(folder, 'english'), ['--lang', 'en']);
write(samples.slice(2, 5).map(s => ({ ...s, name: `ja-${s.name}` })), join(folder, 'japanese'), ['--lang', 'ja']);
