"use strict";
// Nothing here reads or sends anything: the data stand in the page. Names go onto the page as text nodes only.
const D = JSON.parse(document.getElementById("data").textContent);
const W = JSON.parse(document.getElementById("words").textContent);
let lang = document.documentElement.lang;
const t = (name, values) => Object.entries(values || {}).reduce((s, [k, v]) => s.replace("{" + k + "}", v), W[name] ? W[name][lang] : name);
const code = (name) => (name == null ? "" : W["code." + name] ? W["code." + name][lang] : String(name));
const state = {text: "", sex: "", batch: "", from: "", to: "", gene: "", quality: "", mutated: false, prevalence: "any", sorts: {}, whole: {}};
const collator = new Intl.Collator("en", {numeric: true});

// --- Elements ---------------------------------------------------------------------------------------------------------------
function el(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes || {})) {
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (v === true) e.setAttribute(k, "");
    else if (v !== false && v != null) e.setAttribute(k, v);
  }
  for (const child of children.flat()) if (child != null) e.append(child);
  return e;
}
const NS = "http://www.w3.org/2000/svg";
function sv(tag, attributes, ...children) {
  const e = document.createElementNS(NS, tag);
  for (const [k, v] of Object.entries(attributes || {})) if (v != null) e.setAttribute(k, v);
  for (const child of children.flat()) if (child != null) e.append(child);
  return e;
}
const INK = "#1b2530", SOFT = "#51606e", TICK = "#dfe5ea", BRAND = "#7a1f2b", BLUE = "#22577a";
const GROUND = {n: "#cfe1ec", s: "#dcead9", p: "#f6e7c6", a: "#ffffff", c: "#ffffff", u: "#e6d7ee"};
const label = (x, y, text, more) => sv("text", {x, y, "font-size": 11, fill: INK, "font-family": "system-ui, 'Noto Sans', 'Noto Sans CJK JP', sans-serif", ...more}, text);
function figure(width, height, title, ...children) {
  return sv("svg", {xmlns: NS, width, height, viewBox: `0 0 ${width} ${height}`, role: "img"}, sv("title", {}, title), sv("rect", {width, height, fill: "#fff"}), ...children);
}
function save(svg, name) {
  const text = '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(svg);
  const link = el("a", {download: name + ".svg", href: URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}))});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
function shown(svg, name) {
  return [el("div", {class: "scroll figure", tabindex: 0}, svg), el("p", {}, el("button", {type: "button", onclick: () => save(svg, "hemoclone-" + name)}, t("save")))];
}
const percent = (x) => (x == null ? "" : (x * 100).toFixed(x >= 0.1 ? 1 : 2) + " %");
// Small numbers as in the tables beside this page.
const number = (x) => (x == null ? "" : x !== 0 && Math.abs(x) < 1e-5 ? x.toExponential() : String(x));
const probability = (x) => (x != null && x < 1e-300 ? "< 1e-300" : number(x));
const interval = (x, low, high) => (x == null ? "" : percent(x) + (low == null ? "" : " (" + percent(low).replace(" %", "") + "–" + percent(high) + ")"));
function objects(table) {
  return table.rows.map((row) => Object.fromEntries(table.columns.map((name, i) => [name, row[i]])));
}
const prevalence = objects(D.prevalence), outliers = objects(D.outliers);
const farOf = new Map();
for (const o of outliers) farOf.set(o.sample, [...(farOf.get(o.sample) || []), o]);

// --- Tables: sorted by a click on a header ----------------------------------------------------------------------------------
const FIRST = 200;
// A column: word, value to sort by, text or element to show, whether it is a number.
function table(name, columns, rows) {
  const sort = state.sorts[name];
  let sorted = rows;
  if (sort) {
    const by = columns[sort.column].value;
    const key = (x) => (x == null || x === "" ? null : x);
    sorted = [...rows].sort((a, b) => {
      const [x, y] = [key(by(a)), key(by(b))];
      // What is not known comes last either way.
      if (x == null || y == null) return (x == null) - (y == null);
      const order = typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y));
      return sort.down ? -order : order;
    });
  }
  const turn = (column) => {
    const old = state.sorts[name];
    state.sorts[name] = {column, down: old && old.column === column ? !old.down : columns[column].number === true};
    draw();
    const again = document.querySelector(`[data-table="${name}"] th:nth-child(${column + 1})`);
    if (again) again.focus();
  };
  const head = columns.map((c, i) => el("th", {scope: "col", class: c.number ? "num" : null, tabindex: 0, "aria-sort": sort && sort.column === i ? (sort.down ? "descending" : "ascending") : "none",
    onclick: () => turn(i), onkeydown: (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); turn(i); } }}, t(c.word) + (sort && sort.column === i ? (sort.down ? " ▼" : " ▲") : "")));
  const cut = state.whole[name] ? sorted : sorted.slice(0, FIRST);
  const body = cut.map((row) => el("tr", {}, columns.map((c) => {
    const shown = c.show ? c.show(row) : c.value(row);
    return el("td", {class: c.number ? "num" : null}, shown == null ? "" : shown);
  })));
  const whole = el("div", {class: "scroll", tabindex: 0, "data-table": name}, el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)));
  const more = cut.length < sorted.length ? el("p", {}, el("button", {type: "button", onclick: () => { state.whole[name] = true; draw(); }}, t("more_rows", {n: sorted.length}))) : null;
  return [whole, more];
}
const column = (word, value, show, isNumber) => ({word, value, show, number: isNumber});
const numeric = (word, field, show) => column(word, (r) => r[field], show ? (r) => show(r[field]) : (r) => number(r[field]), true);
const textual = (word, field) => column(word, (r) => r[field]);
const coded = (word, field) => column(word, (r) => code(r[field]));
const yes = (word, field) => column(word, (r) => (r[field] == null ? "" : t(r[field] ? "yes" : "no")));

// --- Filter -----------------------------------------------------------------------------------------------------------------
const has = (s, i) => s.g[i] === "m" || s.g[i] === "r";
function chosen() {
  const text = state.text.toLowerCase();
  return D.samples.filter((s) =>
    (!text || s.n.toLowerCase().includes(text)) &&
    (!state.sex || (s.x || "?") === state.sex) &&
    (!state.batch || s.b === state.batch) &&
    (state.from === "" || (s.a != null && s.a >= Number(state.from))) &&
    (state.to === "" || (s.a != null && s.a <= Number(state.to))) &&
    (!state.quality || (s.q || "?") === state.quality) &&
    (state.gene === "" || has(s, Number(state.gene))));
}
function filters(samples) {
  const set = (field) => (e) => { state[field] = e.target.value; draw(e.target.id); };
  const choice = (word, field, options) => el("label", {}, t(word), el("select", {id: "f-" + field, onchange: set(field)},
    [["", t("any")], ...options].map(([value, text]) => el("option", {value, selected: state[field] === value}, text))));
  const input = (word, field, type) => el("label", {}, t(word), el("input", {id: "f-" + field, type, value: state[field], oninput: set(field)}));
  const batches = [...new Set(D.samples.map((s) => s.b).filter((b) => b != null))].sort(collator.compare);
  const parts = [
    input("name_holds", "text", "search"),
    choice("sex", "sex", [["f", t("female")], ["m", t("male")], ["?", t("unknown")]]),
    input("age_from", "from", "number"), input("age_to", "to", "number"),
    choice("mutated_in", "gene", D.genes.map((g, i) => [String(i), g])),
    choice("quality", "quality", [...["pass", "limited", "fail"].map((q) => [q, code(q)]), ["?", t("unknown")]]),
  ];
  if (batches.length) parts.push(choice("batch", "batch", batches.map((b) => [b, b])));
  const reset = el("button", {type: "button", onclick: () => { Object.assign(state, {text: "", sex: "", batch: "", from: "", to: "", gene: "", quality: ""}); draw(); }}, t("reset"));
  return el("section", {class: "filter", "aria-label": t("filter")}, el("div", {class: "controls"}, parts, reset, el("span", {class: "k", role: "status"}, t("chosen", {n: samples.length, of: D.samples.length}))));
}

// --- Genes and samples ------------------------------------------------------------------------------------------------------
function oncoprint(all) {
  const samples = state.mutated ? all.filter((s) => /[mr]/.test(s.g)) : all;
  const check = el("label", {class: "check"}, el("input", {type: "checkbox", id: "f-mutated", checked: state.mutated, onchange: (e) => { state.mutated = e.target.checked; draw("f-mutated"); }}), t("only_mutated"));
  const parts = [el("h2", {}, t("oncoprint")), el("p", {class: "about"}, t("oncoprint_about")), el("div", {class: "controls"}, check)];
  if (!samples.length) return [...parts, el("p", {}, t("no_samples"))];
  const count = D.genes.map((_, i) => samples.reduce((n, s) => n + (s.g[i] === "m"), 0));
  const weight = D.genes.map((_, i) => samples.reduce((n, s) => n + (s.g[i] === "m" ? 2 : s.g[i] === "r" ? 1 : 0), 0));
  const order = D.genes.map((_, i) => i).sort((a, b) => weight[b] - weight[a] || a - b);
  // The usual order: by the most frequent gene, within it by the next.
  const rank = (s) => order.map((i) => (s.g[i] === "m" ? "0" : s.g[i] === "r" ? "1" : "2")).join("");
  const sorted = samples.map((s) => [rank(s), s]).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : collator.compare(a[1].n, b[1].n))).map((x) => x[1]);
  const width = Math.max(1, Math.min(14, Math.floor(1100 / sorted.length))), row = 15, left = 80, top = 8;
  const across = sorted.length * width, height = top + order.length * row + 40;
  const marks = [];
  order.forEach((gene, line) => {
    const y = top + line * row;
    marks.push(label(left - 6, y + 11, D.genes[gene], {"text-anchor": "end", "font-style": "italic"}));
    marks.push(label(left + across + 6, y + 11, count[gene] + " (" + percent(count[gene] / sorted.length) + ")", {fill: SOFT}));
    for (let i = 0; i < sorted.length; ) {
      const letter = sorted[i].g[gene];
      let end = i + 1;
      while (end < sorted.length && sorted[end].g[gene] === letter) end++;
      const x = left + i * width, w = (end - i) * width;
      const fill = letter === "m" ? BRAND : letter === "r" ? "url(#hatch)" : GROUND[letter];
      marks.push(sv("rect", {x, y, width: w, height: row - 2, fill, stroke: letter === "a" || letter === "c" ? TICK : null, "stroke-width": 0.5}));
      i = end;
    }
  });
  const legend = [["mutated", BRAND], ["review", "url(#hatch)"], ["assessed", GROUND.n], ["stated", GROUND.s], ["partly", GROUND.p], ["not_assessed", GROUND.a], ["undecided", GROUND.u]];
  let x = left;
  for (const [word, fill] of legend) {
    const y = top + order.length * row + 12;
    marks.push(sv("rect", {x, y, width: 12, height: 12, fill, stroke: TICK}), label(x + 16, y + 10, t(word)));
    x += 34 + t(word).length * (lang === "ja" ? 11 : 6.2);
  }
  const hatch = sv("defs", {}, sv("pattern", {id: "hatch", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)"}, sv("rect", {width: 4, height: 4, fill: "#f3d9dc"}), sv("rect", {width: 2, height: 4, fill: BRAND})));
  const svg = figure(Math.max(left + across + 110, x), height, t("oncoprint"), hatch, marks);
  const hint = sv("title", {});
  const cover = sv("rect", {x: left, y: top, width: across, height: order.length * row, fill: "transparent", style: "cursor:pointer"}, hint);
  const at = (e) => {
    const box = svg.getBoundingClientRect();
    return [sorted[Math.floor((e.clientX - box.left - left) / width)], order[Math.floor((e.clientY - box.top - top) / row)]];
  };
  cover.addEventListener("mousemove", (e) => { const [s, gene] = at(e); if (s && gene != null) hint.textContent = s.n + " · " + D.genes[gene] + " · " + said(s, gene); });
  cover.addEventListener("click", (e) => { const [s] = at(e); if (s && s.p) window.open(s.p, "_blank", "noopener"); });
  svg.append(cover);
  return [...parts, shown(svg, "oncoprint")];
}
function said(s, gene) {
  const own = s.o.filter((o) => o[0] === gene).map((o) => (o[1] || "?") + (o[2] == null ? "" : " " + percent(o[2])));
  if (own.length) return own.join(", ");
  const word = {m: "mutated", r: "review", n: "assessed", s: "stated", p: "partly", a: "not_assessed", c: "not_assessed", u: "undecided"}[s.g[gene]];
  const limit = s.v && s.v[gene];
  return t(word) + (limit != null && s.g[gene] === "n" ? ", " + t("down_to", {x: percent(limit)}) : "");
}
function together() {
  const columns = [textual("first_gene", "gene_a"), textual("second_gene", "gene_b"), numeric("samples", "samples"), numeric("both", "both"), numeric("only_first", "only_a"), numeric("only_second", "only_b"),
    numeric("neither", "neither"), numeric("odds_ratio", "odds_ratio"), numeric("p", "p", probability), numeric("q", "q", probability), coded("tendency", "tendency")];
  const rows = objects(D.pairs);
  return [el("h2", {}, t("together")), el("p", {class: "about"}, t("together_about")), rows.length ? table("pairs", columns, rows) : el("p", {}, t("none_found"))];
}

// --- Prevalence -------------------------------------------------------------------------------------------------------------
function bars(rows, name, title) {
  const row = 17, left = 110, width = 560, top = 6;
  const most = Math.max(0.01, ...rows.map((r) => r.high ?? r.value ?? 0), ...rows.flatMap((r) => (r.others || []).map((o) => o.high ?? o.value)));
  const step = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5].find((s) => most / s <= 6) || 0.5;
  const end = Math.min(1, Math.ceil(most / step) * step);
  const x = (v) => left + (v / end) * width;
  const marks = [], bottom = top + rows.length * row;
  for (let v = 0; v <= end + 1e-9; v += step) marks.push(sv("line", {x1: x(v), x2: x(v), y1: top, y2: bottom, stroke: TICK}), label(x(v), bottom + 14, percent(v).replace(/\.?0+ %/, " %"), {"text-anchor": "middle", fill: SOFT}));
  const whisker = (y, r, color) => r.low == null ? null : sv("line", {x1: x(r.low), x2: x(r.high), y1: y, y2: y, stroke: color, "stroke-width": 2});
  rows.forEach((r, i) => {
    const y = top + i * row + row / 2;
    marks.push(label(left - 6, y + 4, r.label, {"text-anchor": "end", "font-style": r.italic ? "italic" : null}));
    for (const o of r.others || []) marks.push(whisker(y + 4, o, BLUE), sv("rect", {x: x(o.value) - 3, y: y + 1, width: 6, height: 6, fill: BLUE}, sv("title", {}, o.title)));
    const tip = sv("title", {}, r.title);
    if (r.value != null) marks.push(whisker(y, r, BRAND), sv("circle", {cx: x(r.value), cy: y, r: 4, fill: BRAND}, tip));
    else if (r.found != null) marks.push(sv("circle", {cx: x(Math.min(end, r.found)), cy: y, r: 4, fill: "#fff", stroke: BRAND, "stroke-width": 1.5}, tip));
    marks.push(label(left + width + 10, y + 4, r.counts, {fill: SOFT}));
  });
  return shown(figure(left + width + 150, bottom + 22, title, marks), name);
}
function bar(r, text, italic) {
  const title = text + ": " + (r.prevalence == null ? r.found + " / " + r.samples : interval(r.prevalence, r.prevalence_low, r.prevalence_high));
  return {label: text, italic, value: r.prevalence, low: r.prevalence_low, high: r.prevalence_high, found: r.prevalence == null && r.samples > 0 ? r.frac_found : null,
    counts: r.prevalence == null ? r.found + " / " + r.samples + " *" : r.with_driver + " / " + r.assessed, title};
}
function prevalences() {
  const parts = [el("h2", {}, t("prevalence")), el("p", {class: "about"}, t("prevalence_about"))];
  const whole = prevalence.filter((r) => r.age_band === "all" && r.sex === "all");
  if (whole.some((r) => r.gene === "any" && r.assessed === 0)) parts.push(el("p", {class: "note"}, t("none_assessed")));
  const any = whole.filter((r) => r.gene === "any").map((r) => bar(r, t("any_gene")));
  const genes = whole.filter((r) => r.gene !== "any" && (r.found > 0)).sort((a, b) => (b.prevalence ?? b.frac_found) - (a.prevalence ?? a.frac_found)).map((r) => bar(r, r.gene, true));
  parts.push(bars([...any, ...genes], "prevalence", t("prevalence")));
  const choose = el("select", {id: "f-prevalence", onchange: (e) => { state.prevalence = e.target.value; draw("f-prevalence"); }},
    ["any", ...D.genes].map((g) => el("option", {value: g, selected: g === state.prevalence}, g === "any" ? t("any_gene") : g)));
  parts.push(el("h2", {}, t("by_age")), el("div", {class: "controls"}, el("label", {}, t("gene"), choose)));
  const studies = objects(D.published);
  const rows = [];
  for (const r of prevalence.filter((r) => r.gene === state.prevalence && r.age_band !== "all")) {
    const name = (r.age_band === "unknown" ? t("unknown") : r.age_band) + (r.sex === "all" ? "" : " · " + t(r.sex));
    const others = state.prevalence === "any" && r.sex === "all" ? studies.filter((s) => s.published_low != null && s.age_band.split("-")[0] === r.age_band.replace("+", "").split("-")[0])
      .map((s) => ({value: s.published, low: s.published_low, high: s.published_high, title: s.study + " " + s.age_band})) : [];
    rows.push({...bar(r, name), others});
  }
  parts.push(bars(rows, "prevalence-by-age", t("by_age")));
  const columns = [textual("study", "study"), textual("age_band", "age_band"), column("published_share", (r) => r.published, (r) => interval(r.published, r.published_low, r.published_high), true),
    column("counts", (r) => r.published_persons, (r) => (r.published_persons == null ? "" : r.published_with + " / " + r.published_persons), true),
    column("cohort_share", (r) => r.prevalence, (r) => interval(r.prevalence, r.prevalence_low, r.prevalence_high), true),
    column("counts", (r) => r.assessed, (r) => r.with_driver + " / " + r.assessed, true), numeric("p", "p"), column("note", (r) => code("about " + r.study)), textual("source", "source")];
  parts.push(el("h2", {}, t("published")), el("p", {class: "about"}, t("published_about")), table("published", columns, studies));
  return parts;
}

// --- Sizes of clones --------------------------------------------------------------------------------------------------------
function fractions() {
  const [low, high] = D.vaf_range, bins = D.vafs.length ? D.vafs[0].length : 0;
  const genes = D.genes.map((name, i) => ({name, counts: D.vafs[i] || []})).map((g) => ({...g, sum: g.counts.reduce((a, b) => a + b, 0)})).filter((g) => g.sum).sort((a, b) => b.sum - a.sum);
  const parts = [el("h2", {}, t("fractions")), el("p", {class: "about"}, t("fractions_about"))];
  if (!genes.length) return [...parts, el("p", {}, t("none_found"))];
  const left = 80, width = 480, row = 30, top = 4, bottom = top + genes.length * row;
  const x = (v) => left + (Math.log(v / low) / Math.log(high / low)) * width;
  const marks = [];
  for (const v of [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]) marks.push(sv("line", {x1: x(v), x2: x(v), y1: top, y2: bottom, stroke: v === 0.02 ? SOFT : TICK}), label(x(v), bottom + 14, v * 100 + " %", {"text-anchor": "middle", fill: SOFT}));
  genes.forEach((g, line) => {
    const base = top + (line + 1) * row - 3, most = Math.max(...g.counts);
    marks.push(label(left - 6, base - 4, g.name, {"text-anchor": "end", "font-style": "italic"}), label(left + width + 8, base - 4, String(g.sum), {fill: SOFT}));
    g.counts.forEach((n, i) => {
      if (!n) return;
      const h = Math.max(1.5, (n / most) * (row - 6));
      marks.push(sv("rect", {x: left + (i / bins) * width + 0.5, y: base - h, width: width / bins - 1, height: h, fill: BRAND}, sv("title", {}, String(n))));
    });
  });
  return [...parts, shown(figure(left + width + 60, bottom + 22, t("fractions"), marks), "vaf")];
}

// --- Samples ----------------------------------------------------------------------------------------------------------------
const linked = (s) => (s.p ? el("a", {href: s.p}, s.n) : s.n);
const known = new Map(D.samples.map((s) => [s.n, s]));
const named = (n) => (known.has(n) ? linked(known.get(n)) : n);
const doubts = (s) => s.w.map(code).join("; ");
const far = (s) => (farOf.get(s.n) || []).map((o) => code(o.measure)).join("; ");
function sampleColumns() {
  const driver = (o) => D.genes[o[0]] + " " + (o[1] || "") + (o[2] == null ? "" : " " + percent(o[2]));
  return [column("sample", (s) => s.n, linked), column("sex", (s) => (s.x === "f" ? t("female") : s.x === "m" ? t("male") : "")), column("age", (s) => s.a, (s) => number(s.a), true),
    column("batch", (s) => s.b), column("ch", (s) => code(s.c)), column("drivers", (s) => s.o.length, (s) => s.o.map(driver).join("; ")), column("calls", (s) => s.k, (s) => number(s.k), true),
    column("depth", (s) => s.d, (s) => (s.d == null ? "" : s.d + (s.t ? "" : " (" + t("of_calls") + ")")), true), column("frac_assessed", (s) => s.f, (s) => percent(s.f), true),
    column("quality", (s) => code(s.q)), column("doubts", doubts), column("outliers", far)];
}
function samplesOf(samples) {
  const parts = [el("h2", {}, t("sample_table"))];
  return [...parts, samples.length ? table("samples", sampleColumns(), samples) : el("p", {}, t("no_samples"))];
}
function failed() {
  const samples = D.samples.filter((s) => s.q === "fail");
  return [el("h2", {}, t("failed_samples") + " (" + D.failed + ")"), samples.length ? table("failed", sampleColumns(), samples) : el("p", {}, t("none_failed"))];
}
function lists() {
  const list = (name, word, about, columns, rows, none) => el("section", {}, el("h2", {}, t(word)), el("p", {class: "about"}, about), rows.length ? table(name, columns, rows) : el("p", {}, t(none)));
  return [
    list("relatives", "relatives", t("relatives_about"), [column("sample", (r) => r.sample_a, (r) => named(r.sample_a)), column("sample", (r) => r.sample_b, (r) => named(r.sample_b)), coded("relation", "relation"),
      numeric("log10_lr", "log10_likelihood_ratio"), numeric("shared", "shared"), column("only_one", (r) => r.only_a + r.only_b, (r) => r.only_a + " + " + r.only_b, true), yes("sex_differs", "sex_differs")], objects(D.relatives), "none_found"),
    list("outliers", "outliers", t("outliers_about"), [column("sample", (r) => r.sample, (r) => named(r.sample)), coded("measure", "measure"), numeric("value", "value"), numeric("median", "median"), numeric("deviations", "deviations")], outliers, "none_found"),
    list("batches", "batches", t("batches_about"), [textual("batch", "batch"), numeric("samples", "samples"), column("share_found", (r) => r.frac_found, (r) => interval(r.frac_found, r.frac_found_low, r.frac_found_high), true), numeric("q", "q", probability),
      numeric("failed", "failed"), numeric("depth", "median_depth"), numeric("calls_a_sample", "calls_a_sample"), numeric("artifacts_a_sample", "artifacts_a_sample")], objects(D.batches), "no_batches"),
    list("variants", "recurrent", t("recurrent_about", {n: 500}), [textual("allele", "variant_key"), textual("gene", "gene"), textual("name", "name"), numeric("samples_with", "samples_with"), numeric("mean_vaf", "mean_vaf", percent),
      numeric("sd_vaf", "sd_vaf", percent), coded("kind", "kind"), numeric("artifact_odds", "artifact_odds"), textual("batch", "batch"), numeric("q", "batch_q", probability)], objects(D.variants), "none_found"),
  ];
}

// --- The page ---------------------------------------------------------------------------------------------------------------
function facts() {
  const any = prevalence.find((r) => r.gene === "any" && r.age_band === "all" && r.sex === "all");
  const counts = (o) => Object.entries(o).map(([k, n]) => k + " (" + n + ")").join(", ");
  const pairs = [["samples", D.total], ["with_driver", any ? any.found : 0], ["failed", D.failed], ["genes", D.genes.length], ["panel", D.basis["panel.name"]], ["build", D.basis.build], ["rules", D.basis.rules],
    ["threshold", percent(Number(D.basis["settings.thresholds.min_vaf"]))], ["callers", counts(D.callers)], ["versions", counts(D.versions)]];
  document.getElementById("facts").replaceChildren(...pairs.map(([word, value]) => el("span", {}, el("span", {class: "k"}, t(word) + " "), el("b", {}, String(value)))));
}
function draw(focus) {
  document.documentElement.lang = lang;
  document.getElementById("title").textContent = t("title");
  facts();
  const samples = chosen();
  const place = document.activeElement && document.activeElement.selectionStart;
  const notes = [];
  if (D.samples.length < D.total) notes.push(t("not_all_shown", {shown: D.samples.length, total: D.total}));
  if (Object.keys(D.versions).length > 1) notes.push(t("several_versions"));
  const section = (parts) => el("section", {}, parts);
  document.getElementById("main").replaceChildren(...notes.map((text) => el("p", {class: "note"}, text)), filters(samples), section(oncoprint(samples).flat()), section(together().flat()),
    section(prevalences().flat()), section(fractions().flat()), section(samplesOf(samples).flat()), section(failed().flat()), ...lists());
  const again = focus && document.getElementById(focus);
  if (again) {
    again.focus();
    if (again.type === "search" && place != null) again.setSelectionRange(place, place);
  }
}
for (const choice of document.querySelectorAll("input[name=language]")) choice.addEventListener("change", () => { lang = choice.value; draw(); });
draw();
