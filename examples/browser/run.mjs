// Runs the module in Node as a page would, and compares with what the program wrote:
//   node run.mjs hemoclone_browser.wasm SHEET.csv EXPECTED_FOLDER VCF...
import { readFile, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const [module, sheet, expected, ...variants] = process.argv.slice(2);
const compiled = await WebAssembly.compile(await readFile(module));
// Nothing is asked of the page. What is imported all the same is how a library of zip files gets random numbers, for writing, which is not done.
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(compiled)) {
  (imports[from] ??= {})[name] = () => {
    throw new Error(`the module asks for ${name}`);
  };
}
const instance = await WebAssembly.instantiate(compiled, imports);
const { memory, room, add_file, analyze, give_back } = instance.exports;

// Where the bytes are, and how many.
function handed(bytes) {
  const start = room(bytes.length);
  new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
  return [start, bytes.length];
}

const text = new TextEncoder();
const add = (name, bytes) => add_file(...handed(text.encode(name)), ...handed(bytes));
add("samples.csv", await readFile(sheet));
for (const path of variants) {
  add(join(basename(dirname(path)), basename(path)), await readFile(path));
}

const started = performance.now();
const answer = analyze(...handed(text.encode("samples.csv")));
const milliseconds = Math.round(performance.now() - started);
const length = new DataView(memory.buffer).getUint32(answer, true);
const { results, errors } = JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, answer + 4, length)));
give_back(answer, length + 4);

// Powers are those of the system's library of mathematics; the last digit is its own.
const compared = (result) =>
  JSON.stringify(result, (_, value) => (typeof value === "number" ? Number(value.toPrecision(12)) : value));
const wrong = [...errors];
for (const result of results) {
  const written = JSON.parse(await readFile(join(expected, `${result.sample}.json`), "utf8"));
  if (compared(written) !== compared(result)) wrong.push(`${result.sample}: differs from what the program wrote`);
}
// Of samples; what a run writes for MultiQC is no result.
const files = (await readdir(expected)).filter((name) => name.endsWith(".json") && !name.endsWith("_mqc.json"));
if (files.length !== results.length) wrong.push(`${results.length} results, ${files.length} expected`);
for (const message of wrong) console.error(message);
console.log(`${results.length} samples analyzed in WebAssembly in ${milliseconds} ms, ${wrong.length} differences`);
process.exit(wrong.length === 0 ? 0 : 1);
