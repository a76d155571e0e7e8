// Pictures of reports for the documentation: the first page of demo samples and the pictures among the details.
//
//   node pictures.mjs HEMOCLONE REPOSITORY FOLDER
//
// Writes PNG files to FOLDER (docs/pictures). CHROMIUM names another browser than /usr/bin/chromium.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [binary, repository, folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node pictures.mjs HEMOCLONE REPOSITORY FOLDER');
  process.exit(2);
}
const program = resolve(binary);
const at = name => join(repository, 'testdata', name);
const work = mkdtempSync(join(tmpdir(), 'pictures-'));
const analyze = (out, ...args) =>
  execFileSync(program, ['-q', 'analyze', '-o', join(work, out), '--force', '-t', '1', ...args], { cwd: repository, stdio: 'inherit' });
analyze('calls', '-s', at('demo/samples.csv'));
analyze('reads', '-s', at('alignments/samples.csv'), '-f', at('alignments/reference.fa.gz'), '-L', at('alignments/targets.bed'), '--pileups');

// Name, report, language, window, colors, and what of the page: nothing for the screen, else the element.
const SCREEN = { width: 1280, height: 900 };
const PICTURES = [
  ['first-page-en', 'calls/demo03-ccus', 'en', SCREEN, 'light'],
  ['first-page-ja', 'calls/demo03-ccus', 'ja', SCREEN, 'light'],
  ['protein', 'calls/demo03-ccus', 'en', SCREEN, 'light', '#meaning', 'article.risk:has(.protein)'],
  ['ipss-m', 'calls/demo03-ccus', 'en', SCREEN, 'light', '#stage', 'article.score details'],
  ['reads', 'reads/demo11-bam-drivers', 'en', SCREEN, 'light', '#calls', 'details.reads'],
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [name, report, language, viewport, colorScheme, part, element] of PICTURES) {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(pathToFileURL(join(work, `${report}.html`)).href);
  await page.click(`.languages label[lang=${language}]`);
  if (part) await page.evaluate(whole => document.querySelectorAll(`${whole}, ${whole} details`).forEach(d => { d.open = true; }), part);
  const target = element ? page.locator(element).first() : page;
  writeFileSync(join(folder, `${name}.png`), await target.screenshot());
  await page.close();
}
await browser.close();
rmSync(work, { recursive: true });
