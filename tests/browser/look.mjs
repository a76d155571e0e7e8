// Looks at reports in a real browser, as a reader meets them: on a phone, on a screen, on paper, in the dark, with a keyboard.
//
//   node look.mjs FOLDER [--ten-seconds]
//
// With --ten-seconds the whole first page must stand on a screen of 1280 by 900, as it must for ordinary samples. One line a fault:
// file, language, what. Exit code 1 where there is one, 2 on wrong use. CHROMIUM names another browser than /usr/bin/chromium.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const [folder, option] = process.argv.slice(2);
if (!folder || (option && option !== '--ten-seconds')) {
  console.error('usage: node look.mjs FOLDER [--ten-seconds]');
  process.exit(2);
}
const SCREEN = { width: 1280, height: 900 };
const SIZES = [SCREEN, { width: 768, height: 1024 }, { width: 360, height: 740 }];
const MOST_BYTES = 500_000;
const MOST_PAGES = 2; // with the details folded

const pages = readdirSync(folder, { recursive: true }).map(name => join(folder, String(name)))
  .filter(file => file.endsWith('.html')).sort();
const faults = [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const file of pages) await look(file);
await browser.close();
for (const line of faults) console.log(line);
console.log(`${faults.length} faults in ${pages.length} pages`);
process.exit(faults.length || !pages.length ? 1 : 0);

async function look(file) {
  const say = (language, what) => {
    const line = `${basename(file).slice(0, 60)}\t${language}\t${String(what).replace(/\s+/g, ' ').slice(0, 300)}`;
    if (!faults.includes(line)) faults.push(line);
  };
  if (statSync(file).size > MOST_BYTES) say('', `${statSync(file).size} bytes`);
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: SCREEN });
  const page = await context.newPage();
  const address = pathToFileURL(resolve(file)).href;
  page.on('request', r => r.url().startsWith(address) || r.url().startsWith('data:') || say('', `asks for ${r.url()}`));
  page.on('console', m => m.type() === 'error' && say('', `console: ${m.text()}`));
  page.on('dialog', d => { say('', 'runs a script'); d.dismiss(); });
  await page.goto(address);
  const languages = await page.$$eval('.languages label', all => all.map(label => label.lang));
  const only = await page.evaluate(() => document.documentElement.lang);
  for (const language of languages.length ? languages : [only]) {
    if (languages.length) await page.click(`.languages label[lang=${language}]`);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const what of await page.evaluate(shape)) say(language, `${size.width} px: ${what}`);
    }
    await page.setViewportSize(SCREEN);
    for (const what of await page.evaluate(text, language)) say(language, what);
    if (option) for (const what of await page.evaluate(tenSeconds, SCREEN.height)) say(language, what);
    await paper(page, language, say);
  }
  if (languages.length > 1) await keys(page, address, languages, say);
  await context.close();
  await assistive(address, say);
}

// Geometry: nothing wider than the window, nothing out of its box, no picture cut.
function shape() {
  const wrong = [];
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`${document.documentElement.scrollWidth - innerWidth} px too wide`);
  for (const section of document.querySelectorAll('section')) {
    const edge = section.getBoundingClientRect().right + 1;
    for (const inner of section.querySelectorAll('p, li, td, th, dd, dt, h2, h3, svg, .road')) {
      if (inner.closest('.scroll') || inner.closest('.unseen') || !inner.checkVisibility()) continue;
      if (inner.getBoundingClientRect().right > edge) wrong.push(`sticks out: ${inner.textContent.trim().slice(0, 40)}`);
    }
  }
  for (const picture of document.querySelectorAll('svg')) {
    if (!picture.checkVisibility()) continue;
    const frame = picture.getBoundingClientRect();
    for (const part of picture.querySelectorAll('line, circle, rect, path, text')) {
      const box = part.getBoundingClientRect();
      if (box.left < frame.left - 2 || box.right > frame.right + 2) wrong.push(`cut: ${part.localName} ${part.textContent}`);
    }
  }
  for (const label of document.querySelectorAll('.pin > span, .bracket > span')) {
    const box = label.getBoundingClientRect();
    if (label.checkVisibility() && (box.left < 0 || box.right > innerWidth)) wrong.push(`the words of the road are cut: ${label.textContent}`);
  }
  return wrong;
}

// Words: one language at a time, and nothing that belongs to the program.
function text(language) {
  const wrong = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: at } = walker.currentNode;
    const words = walker.currentNode.textContent.trim();
    if (!words || at.closest('bdi, .mono, .sources, .languages')) continue;
    if (getComputedStyle(at).display === 'none' || at.closest(`[lang]`).lang !== language) continue;
    const kana = /[\u3040-\u30ff\u3400-\u9fff]/.test(words);
    if (kana && language !== 'ja') wrong.push(`Japanese in an English page: ${words}`);
    for (const [sign, pattern] of [['an option', /(^|\s)--[a-z]/], ['a file of docs/', /docs\//], ['an unrounded number', /\d\.\d{5,}/],
      ['a name of a column', /\b[a-z]+_[a-z_]+\b/], ['signs of a keyboard', />=|<=|10\^/], ['one of many', /(^|[^\d.–-])1 (years|genes|drivers|months|calls)\b/], ['a value of a program', /\bNaN\b|\bnull\b/]]) {
      if (pattern.test(words)) wrong.push(`${sign}: ${words}`);
    }
  }
  return wrong;
}

// The ten-second test: the answer, the genes with their size, where the person stands, what to do and what was not assessed.
function tenSeconds(height) {
  const wrong = [];
  const shown = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility());
  for (const [name, selector] of [['the answer', '.answer .headline'], ['the road', '.where'], ['the drivers', '.drivers'],
    ['the risk', '.risk-block'], ['what to do next', '.next'], ['what would decide it', '.decide'], ['what was not assessed', '.coverage']]) {
    const parts = shown(selector);
    if (!parts.length) { wrong.push(`${name} is missing`); continue; }
    const bottom = Math.round(Math.max(...parts.map(e => e.getBoundingClientRect().bottom)) + scrollY);
    if (bottom > height) wrong.push(`${name} ends at ${bottom} of ${height} px`);
  }
  return wrong;
}

// Paper: few pages, none nearly empty, the answer on the first, the sample's name and a number on each.
async function paper(page, language, say) {
  const parts = await page.evaluate(() => {
    const seen = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(e => e.innerText.trim());
    return {
      sample: document.querySelector('.sample bdi')?.textContent ?? '',
      texts: [...seen('.answer .headline'), ...seen('.driver-list .gene'), ...seen('.driver-list .num b'), ...seen('.next li'), ...seen('.coverage h2'), ...seen('.disclaimer strong')],
    };
  });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const work = mkdtempSync(join(tmpdir(), 'pages-'));
  const file = join(work, 'page.pdf');
  writeFileSync(file, pdf);
  let printed;
  try {
    printed = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
  } catch {
    printed = undefined; // the caller says that pdftotext is not there
  }
  rmSync(work, { recursive: true });
  if (!printed) return;
  if (printed.length > MOST_PAGES) say(language, `${printed.length} printed pages`);
  printed.forEach((sheet, n) => {
    if (sheet.replace(/\s/g, '').length < 300) say(language, `printed page ${n + 1} is nearly empty`);
    if (!sheet.replace(/\s/g, '').includes(`${n + 1}/${printed.length}`)) say(language, `printed page ${n + 1} has no number`);
  });
  const bare = s => s.replace(/\[\d+\]|\s|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').normalize('NFKC');
  const first = bare(printed[0]);
  for (const part of parts.texts) {
    // A line of two fonts may be torn apart on paper: a part is found by its beginning or its end.
    const whole = bare(part);
    if (!first.includes(whole.slice(0, 10)) && !first.includes(whole.slice(-10))) say(language, `not on the first printed page: ${part.slice(0, 60)}`);
  }
}

async function keys(page, address, languages, say) {
  await page.goto('about:blank');
  await page.goto(address);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  const now = await page.evaluate(() => document.querySelector('.languages input:checked')?.id);
  if (now !== `lang-${languages[1]}`) say('', 'Tab and an arrow key do not switch the language');
  const left = await page.evaluate(other => [...document.querySelectorAll(`[lang=${other}]:not(.always):not(html)`)].filter(e => e.checkVisibility()).length, languages[0]);
  if (left) say('', `${left} texts of ${languages[0]} are left after the switch`);
}

// What a screen reader needs, in light and in the dark, all details open.
async function assistive(address, say) {
  for (const colorScheme of ['light', 'dark']) {
    for (const size of [SCREEN, SIZES[2]]) {
      const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: size });
      const page = await context.newPage();
      await page.goto(address);
      const paperColor = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      if (colorScheme === 'dark' && paperColor.match(/\d+/g).slice(0, 3).every(part => part > 127)) say('', 'bright in the dark');
      await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      for (const v of violations) say('', `${v.id}, ${colorScheme} at ${size.width} px: ${v.nodes.length} × ${v.nodes[0].target.join(' ')}`);
      await context.close();
    }
  }
}
