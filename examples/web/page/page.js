"use strict";
/* global engine, startEngine */

// What the page shows is made of elements and text, never of HTML: nothing that a file
// or an answer holds can become part of the page's code.

const $ = (id) => document.getElementById(id);

// el makes an element. A member of props that the element has is set as one, any other
// as an attribute; what is undefined is left out.
function el(tag, props = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined) continue;
    if (name in e && !name.startsWith("aria")) e[name] = value;
    else e.setAttribute(name, value);
  }
  e.append(...children.filter((c) => c !== undefined && c !== null));
  return e;
}

// say is a text in both languages; the style sheet shows the one that was chosen.
function say(en, it) {
  const both = document.createDocumentFragment();
  both.append(el("span", { className: "en", lang: "en" }, en), el("span", { className: "it", lang: "it" }, it));
  return both;
}
const both = (text) => say(text.en, text.it);
const capital = (s) => s.charAt(0).toUpperCase() + s.slice(1);
const language = () => document.documentElement.lang;

function tell(en, it) {
  $("state").replaceChildren(say(en, it));
}

// ---- The engine.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let functions; // those of the WebAssembly

// call asks a function of the engine; run reads its answer as JSON.
const call = (name, question) => decoder.decode(functions[name](encoder.encode(JSON.stringify(question ?? null))));
const run = (name, question) => JSON.parse(call(name, question));

// ---- Languages and sections.

function setLanguage(lang) {
  document.documentElement.lang = lang;
  for (const l of ["it", "en"]) $("to-" + l).setAttribute("aria-pressed", String(l === lang));
  document.title = lang === "it" ? "Lavoro intermittente" : "On-call work in Italy";
  drawMonth();
  drawMore();
}

function showSection() {
  const shown = location.hash === "#call" ? "call" : "month";
  for (const id of ["month", "call"]) $(id).hidden = id !== shown;
  for (const a of document.querySelectorAll("nav a")) {
    if (a.hash === "#" + shown) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
  }
}

// ---- Time in Rome, whatever the time of this computer is.

const romeParts = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Rome", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

// romeClock is an instant as clocks in Rome show it: 2025-02-20T09:00.
function romeClock(instant) {
  const p = Object.fromEntries(romeParts.formatToParts(instant).map((x) => [x.type, x.value]));
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

// romeInstant is what a clock in Rome shows, as an instant with its offset. A time that
// the clocks show twice is the first of the two.
function romeInstant(clock) {
  for (const offset of ["+02:00", "+01:00"]) {
    const s = clock.slice(0, 16) + ":00" + offset;
    if (romeClock(new Date(s)) === clock.slice(0, 16)) return s;
  }
  return clock.slice(0, 16) + ":00+01:00"; // the hour that is left out in March
}

function clockText(instant) {
  const s = romeClock(new Date(instant));
  return dayText(s.slice(0, 10)) + " " + s.slice(11);
}

const dayText = (day) => (language() === "it" ? day.split("-").reverse().join("/") : day);

// ---- Reasons and sources.

function cites(rules, list) {
  const line = el("span", { className: "cites" });
  for (const r of rules) line.append(el("code", {}, r), " ");
  (list ?? []).forEach((c, i) => {
    if (i > 0) line.append("; ");
    line.append(c.url ? el("a", { href: c.url, rel: "noreferrer" }, c.text) : c.text);
  });
  return line;
}

const verdictNames = {
  clear: ["✓ clear", "✓ regolare"], doubt: ["~ doubt", "~ dubbio"], breach: ["✗ breach", "✗ violazione"], undetermined: ["? undetermined", "? da chiarire"],
};

// ---- A month.

const tables = new Map(); // name of a table to {bytes, from}
let month; // the question that was judged

const tableNames = {
  "employers.csv": ["Employers", "Datori di lavoro", /employer|datori|aziende|ditte/],
  "workers.csv": ["Workers", "Lavoratori", /worker|lavorator|dipendenti/],
  "contracts.csv": ["Contracts", "Contratti", /contract|contratti/],
  "worked.csv": ["Days worked", "Giornate lavorate", /worked|lavorate|presenze/],
  "calls.csv": ["Calls", "Chiamate", /calls|chiamate/],
};

function drawTables() {
  $("tables").replaceChildren(...Object.entries(tableNames).map(([name, [en, it]]) => {
    const status = el("span", { id: "status-" + name, className: "quiet" });
    const area = el("textarea", { rows: 6, spellcheck: false, id: "paste-" + name, placeholder: "" });
    const paste = el("div", { className: "paste", hidden: true }, el("label", { htmlFor: "paste-" + name },
      say(`Paste the table ${name}, its header first`, `Incollare la tabella ${name}, prima riga le intestazioni`)), area);
    area.addEventListener("input", () => give(name, encoder.encode(area.value), ["pasted", "incollato"]));
    const button = el("button", { type: "button", className: "small", "aria-expanded": "false" }, say("Paste ", "Incolla "), el("span", {}, name));
    button.addEventListener("click", () => {
      paste.hidden = !paste.hidden;
      button.setAttribute("aria-expanded", String(!paste.hidden));
      if (!paste.hidden) area.focus();
    });
    return el("li", {}, el("span", {}, el("strong", {}, say(en, it)), " ", el("code", {}, name)), status, button, paste);
  }));
  for (const name of Object.keys(tableNames)) showStatus(name);
}

function give(name, bytes, from) {
  if (bytes.length === 0) tables.delete(name);
  else tables.set(name, { bytes, from });
  showStatus(name);
}

function showStatus(name) {
  const t = tables.get(name);
  $("status-" + name).replaceChildren(t
    ? say(`✓ ${t.from[0]}, ${kilobytes(t.bytes.length)}`, `✓ ${t.from[1]}, ${kilobytes(t.bytes.length)}`)
    : say("not given", "non indicato"));
}

const kilobytes = (n) => (n < 1024 ? `${n} B` : `${Math.ceil(n / 1024)} kB`);

async function takeFiles(list) {
  const strangers = [];
  for (const f of list) {
    const base = f.name.toLowerCase();
    const name = Object.keys(tableNames).find((n) => n === base) ?? Object.keys(tableNames).find((n) => tableNames[n][2].test(base));
    if (name === undefined) strangers.push(f.name);
    else give(name, new Uint8Array(await f.arrayBuffer()), [f.name, f.name]);
  }
  if (strangers.length > 0) {
    const names = strangers.join(", ");
    tell(`${names}: the name does not say which table it is. Rename it, or paste its text.`,
      `${names}: il nome non dice quale tabella sia. Rinominarlo, o incollarne il testo.`);
  } else {
    tell(`Files taken: ${list.length}.`, `File acquisiti: ${list.length}.`);
  }
}

function base64(bytes) {
  const parts = [];
  for (let i = 0; i < bytes.length; i += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  return btoa(parts.join(""));
}

// judgeMonth judges the files as they are now. What is shown, kept and printed later is
// of these.
function judgeMonth() {
  const question = { now: romeInstant($("as-of").value), files: {} };
  for (const [name, t] of tables) question.files[name] = base64(t.bytes);
  tell("Judging …", "Valutazione in corso …");
  setTimeout(() => { // so that the line above is seen
    const start = performance.now();
    month = question;
    const n = drawMonth();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    tell(`Calls judged: ${n}, in ${seconds} s.`, `Chiamate valutate: ${n}, in ${seconds.replace(".", ",")} s.`);
    $("report-title").focus();
  }, 30);
}

// drawMonth shows what was judged, in the language chosen, and answers the number of
// calls.
function drawMonth() {
  if (!month) return 0;
  month.lang = language();
  const v = run("month", month);
  const report = el("div", {},
    el("h3", { id: "report-title", tabIndex: -1 }, v.title),
    el("p", {}, v.as_of + ". " + v.totals + "."),
    el("p", { className: "quiet" }, v.no_advice),
    el("p", { className: "actions" },
      action(() => print(), "Print", "Stampa"),
      action(() => save("chiamate.ics", "text/calendar", call("calendar", month)), "Calendar of the deadlines", "Calendario delle scadenze"),
      action(() => save("chiamate.json", "application/json", call("report", month)), "Report as JSON", "Esito in JSON")),
    problems(v),
    ...v.employers.map((e, i) => drawEmployer(v, e, i)));
  $("report").replaceChildren(report);
  return v.calls;
}

function problems(v) {
  if (v.problems.length === 0) return undefined;
  return el("section", {}, el("h4", {}, v.unusable), el("ul", {}, ...v.problems.map((p) => el("li", {}, p))));
}

function action(f, en, it) {
  const b = el("button", { type: "button" }, say(en, it));
  b.addEventListener("click", f);
  return b;
}

// save gives the browser a file to keep; it goes nowhere else.
function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

function drawEmployer(v, e, n) {
  const id = "employer-" + n;
  const section = el("section", { "aria-labelledby": id }, el("h3", { id }, e.name),
    ...e.notes.map((text, i) => el("p", { className: i > 0 ? "quiet" : undefined }, text)),
    drawCalls(v, e));
  if (e.repairs.length > 0) {
    section.append(el("h4", {}, v.repairs), el("ul", {}, ...e.repairs.map((r) => el("li", {}, el("strong", {}, r.worker), ": " + r.text + " ",
      el("span", { className: "quiet" }, "(", ...r.mends.flatMap((m, i) => [i > 0 ? ", " : "", el("code", {}, m)]), ")")))));
  }
  section.append(el("h4", {}, v.workers), table("sums", e.workers[0], e.workers.slice(1).map((cells) => el("tbody", { role: "rowgroup" }, row(e.workers[0], cells)))));
  if (e.charts.length > 0) {
    section.append(el("h4", {}, v.counters), el("p", { className: "quiet" }, v.counter_say), el("div", { className: "charts" }, ...e.charts.map(drawChart)));
  }
  return section;
}

// table says its roles, since the style sheet of a phone shows its cells as blocks and
// browsers then forget that it is a table.
function table(name, head, bodies) {
  return el("table", { className: name, role: "table" },
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...head.map((h) => el("th", { role: "columnheader", scope: "col" }, h)))), ...bodies);
}

function row(head, cells) {
  return el("tr", { role: "row" }, el("th", { role: "rowheader", scope: "row" }, cells[0]),
    ...cells.slice(1).map((c, i) => el("td", { role: "cell", "data-name": head[i + 1], "data-none": c === "-" ? "" : undefined }, c)));
}

function drawCalls(v, e) {
  return table("calls", v.columns, e.calls.map((c) => {
    const verdict = el("span", { className: "v " + c.verdict }, c.cells[0]);
    const worker = document.createDocumentFragment();
    worker.append(c.worker);
    if (c.code) worker.append(" ", el("code", {}, c.code));
    const body = el("tbody", { role: "rowgroup" }, row(v.columns, [worker, verdict, ...c.cells.slice(1)]));
    if (c.reasons.length > 0) {
      body.append(el("tr", { role: "row", className: "why" }, el("td", { role: "cell", colSpan: v.columns.length },
        ...c.reasons.map((r) => el("p", { className: "reason" }, r.text + " ", cites(r.rules ?? [], r.cites))))));
    }
    return body;
  }));
}

function svg(tag, attributes, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

function drawChart(g) {
  const line = (name, x1, x2, y1, y2) => svg("line", { class: name, x1, x2, y1, y2 });
  return el("figure", {}, el("figcaption", {}, g.Title),
    svg("svg", { viewBox: `0 0 ${g.Width} ${g.Height}`, role: "img", "aria-labelledby": `${g.ID}-t ${g.ID}-d` },
      svg("title", { id: g.ID + "-t" }, g.Title), svg("desc", { id: g.ID + "-d" }, g.Desc),
      ...g.Counts.flatMap((c) => [line("grid", g.Left, g.Right, c.At, c.At), svg("text", { x: g.Left, dx: -5, y: c.At, dy: 4, "text-anchor": "end" }, c.Text)]),
      ...(g.Months ?? []).map((m) => svg("text", { x: m.At, y: g.Bottom, dy: 15, "text-anchor": "middle" }, m.Text)),
      line("cap", g.Left, g.Right, g.CapY, g.CapY), svg("text", { x: g.Left, dx: 4, y: g.CapY, dy: -4 }, g.Cap),
      line("now", g.Now, g.Now, g.Top, g.Bottom),
      svg("path", { class: "line", d: g.Done }), svg("path", { class: "line ahead", d: g.Ahead }),
      ...(g.Lanes ?? []).map((l) => svg("g", { class: l.Class }, line("lane", g.Left, g.Right, l.Y, l.Y),
        svg("text", { class: "laneword", x: g.Left, y: l.Y, dy: 13 }, l.Text),
        ...l.Marks.map((x) => svg("rect", { x, y: l.Y, width: 2.5, height: 14 }))))));
}

// ---- A single call. Which facts there are, and of what kind, the schema says; which of
// them are missing the answer says.

const asked = "preflight.run";
const fields = new Map(); // pointer to {node, read, wrong}, in the order of the page
let schema;
let caseSchema;

// resolve follows references.
function resolve(s) {
  while (s.$ref) s = schema.$defs[s.$ref.slice("#/$defs/".length)];
  return s;
}

const isDays = (s) => s.$ref === "#/$defs/days";
const isA = (s, type) => [s.type].flat().includes(type);

// at finds the schema of a pointer.
function at(pointer) {
  let s = caseSchema;
  for (const step of pointer.split("/").slice(1)) {
    s = resolve(s).properties?.[step];
    if (!s) return undefined;
  }
  return s;
}

// label names a fact, as a line of its own.
function label(pointer) {
  const name = run("fact", pointer);
  return { en: capital(name.en), it: capital(name.it) };
}

let ids = 0;

// control makes what a fact is given with: a node, and read, which answers its JSON
// value, or undefined while there is none. What makes no value is handed on as it
// stands, so that the engine says what is wrong with it.
function control(s, name, changed) {
  const id = "fact-" + ++ids;
  const r = resolve(s);
  const titled = (input, hint) => el("div", { className: "field" }, el("label", { htmlFor: id }, name),
    input, hint && el("p", { className: "hint", id: id + "-hint" }, hint));
  const plain = (props, value, hint) => {
    const input = el(props.tag ?? "input", { id, ...props, tag: undefined, "aria-describedby": hint ? id + "-hint" : undefined });
    input.addEventListener("change", changed);
    return { node: titled(input, hint), input, read: () => (input.value.trim() === "" ? undefined : value(input.value.trim())) };
  };
  if (isDays(s)) {
    return plain({ tag: "textarea", rows: 3, spellcheck: false }, readDays,
      say("A line for each day, 2025-07-01, or for the first and the last of several.",
        "Una riga per ogni giorno, 01/07/2025, o per il primo e l'ultimo di più giorni."));
  }
  if (r.enum) {
    const select = el("select", { id }, el("option", { value: "" }, "–"), ...r.enum.map((w) => el("option", { value: w }, w)));
    select.addEventListener("change", changed);
    return { node: titled(select), input: select, read: () => select.value || undefined };
  }
  if (isA(r, "boolean")) return choice(id, name, changed);
  if (isA(r, "string") || isA(r, "integer")) {
    if (r.format === "date") return plain({ type: "date" }, (v) => v);
    if (r.format === "date-time") return plain({ type: "datetime-local" }, romeInstant, say("As clocks in Rome show it", "Ora di Roma"));
    if (isA(r, "integer")) return plain({ type: "text", inputMode: "numeric" }, (v) => (/^\d+$/.test(v) ? Number(v) : v));
    return plain({ type: "text", autocomplete: "off", spellcheck: false }, (v) => v);
  }
  if (isA(r, "array")) return list(r, name, changed);
  return group(r, name, changed);
}

// readDays reads lines of one day or two, as 2025-07-01 or 01/07/2025.
function readDays(text) {
  return text.split(/\n/).map((l) => l.trim()).filter((l) => l !== "").map((l) => {
    const days = l.split(/\s+/).map((d) => d.replace(/^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/, (_, a, b, c) => `${c}-${b.padStart(2, "0")}-${a.padStart(2, "0")}`));
    return days.length === 2 ? { first: days[0], last: days[1] } : days.join(" ");
  });
}

function choice(id, name, changed) {
  const radios = [["true", say("yes", "sì")], ["false", say("no", "no")], ["", say("not known", "non so")]].map(([value, text]) => {
    const input = el("input", { type: "radio", name: id, value, checked: value === "" });
    input.addEventListener("change", changed);
    return [input, el("label", {}, input, text)];
  });
  return {
    node: el("fieldset", { className: "field" }, el("legend", {}, name), el("div", { className: "choices" }, ...radios.map((x) => x[1]))),
    input: radios[0][0],
    read: () => ({ true: true, false: false })[radios.find(([i]) => i.checked)[0].value],
  };
}

// group is the members of an object.
function group(r, name, changed) {
  const members = Object.entries(r.properties ?? {}).map(([member, s]) => [member, control(s, both(label("/" + member)), changed)]);
  return {
    node: el("fieldset", { className: "field" }, el("legend", {}, name), ...members.map((m) => m[1].node)),
    input: members[0]?.[1].input,
    read: () => {
      const given = members.map(([member, c]) => [member, c.read()]).filter((x) => x[1] !== undefined);
      return given.length > 0 ? Object.fromEntries(given) : undefined;
    },
  };
}

// list is a list of words, or of objects. That there are none is a fact too.
function list(r, name, changed) {
  const words = resolve(r.items).enum;
  const items = [];
  const place = el("div", { className: "choices" });
  const none = el("input", { type: "checkbox" });
  none.addEventListener("change", () => {
    if (none.checked) {
      for (const i of items) if (words) i.input.checked = false;
      if (!words) { items.length = 0; place.replaceChildren(); }
    }
    changed();
  });
  const node = el("fieldset", { className: "field" }, el("legend", {}, name), el("div", { className: "choices" }, el("label", {}, none, say("none", "nessuno"))), place);
  if (words) {
    for (const w of words) {
      const input = el("input", { type: "checkbox", value: w });
      input.addEventListener("change", () => { none.checked = false; changed(); });
      items.push({ input, read: () => (input.checked ? w : undefined) });
      place.append(el("label", {}, input, w));
    }
  } else {
    const add = el("button", { type: "button", className: "small" }, say("Add one", "Aggiungi"));
    add.addEventListener("click", () => {
      none.checked = false;
      const item = control(r.items, say(`No. ${items.length + 1}`, `N. ${items.length + 1}`), changed);
      items.push(item);
      place.append(item.node);
      item.input?.focus();
    });
    node.append(add);
  }
  return {
    node, input: none,
    read: () => {
      const given = items.map((i) => i.read()).filter((x) => x !== undefined);
      return given.length > 0 || none.checked ? given : undefined;
    },
  };
}

// covered finds the field in which a pointer is given: its own or that of what it is
// part of. Part of a list is given with the list.
function covered(pointer) {
  for (let p = pointer; p !== ""; p = p.slice(0, p.lastIndexOf("/"))) if (fields.has(p)) return p;
  return [...fields.keys()].find((p) => p.startsWith(pointer + "/"));
}

function addField(pointer) {
  pointer = pointer.replace(/\/\d+(\/.*)?$/, "");
  const s = at(pointer);
  if (!s || covered(pointer)) return undefined;
  const c = control(s, both(label(pointer)), ask);
  const wrong = el("p", { className: "wrong", id: "wrong-" + ++ids, hidden: true });
  c.node.append(wrong);
  fields.set(pointer, { ...c, wrong });
  $("given").append(c.node);
  return fields.get(pointer);
}

// put sets a value at a pointer of an object.
function put(object, pointer, value) {
  const steps = pointer.split("/").slice(1);
  const last = steps.pop();
  for (const s of steps) object = object[s] ??= {};
  object[last] = value;
}

// An absent list of days means that there were none. The page takes that for granted of
// no worker: it always asks for the days worked.
const alwaysAsked = ["/worked"];
let chosen; // pointers that are asked although the answer does not miss them

function beginCall() {
  fields.clear();
  $("given").replaceChildren();
  chosen = new Set(alwaysAsked);
  ask();
}

// ask puts the question that the fields hold, then asks for what the answer misses.
function ask() {
  const facts = { now: romeInstant(romeClock(new Date())) };
  for (const [pointer, f] of fields) {
    const value = f.read();
    if (value !== undefined) put(facts, pointer, value);
  }
  const question = { id: 1, ask: asked, in: facts };
  $("question").value = JSON.stringify(question, null, 2);
  const answer = run("answer", question);
  $("answer").value = JSON.stringify(answer, null, 2);
  const faults = answer.error ? answer.error.errors ?? [answer.error] : [];
  const needs = new Set([
    ...faults.filter((f) => f.code === "missing" && f.path).map((f) => f.path),
    ...(answer.out?.checks ?? []).flatMap((c) => c.needs ?? []),
    // A rule may be broken by a fact that was not told, such as a code that is empty.
    ...(answer.out?.checks ?? []).filter((c) => c.severity === "breach" && c.path).map((c) => c.path),
    ...chosen,
  ]);
  for (const [pointer, f] of fields) {
    const needed = [...needs].some((n) => covered(n) === pointer);
    if (!needed && f.read() === undefined && !f.node.contains(document.activeElement)) {
      f.node.remove();
      fields.delete(pointer);
    }
  }
  for (const n of needs) addField(n);
  const loose = []; // faults that no field shows
  for (const f of fields.values()) wrong(f);
  for (const fault of faults) {
    const field = fault.path && fields.get(covered(fault.path));
    if (field && fault.code !== "missing") wrong(field, fault.text);
    else if (!field) loose.push(fault.text);
  }
  drawAnswer(answer, faults, loose, [...fields.values()].filter((f) => f.read() === undefined).length);
  drawMore();
}

function wrong(field, text) {
  field.wrong.hidden = !text;
  field.wrong.replaceChildren(text ? both(text) : "");
  if (!field.input) return;
  if (text) {
    field.input.setAttribute("aria-invalid", "true");
    field.input.setAttribute("aria-errormessage", field.wrong.id);
  } else {
    field.input.removeAttribute("aria-invalid");
    field.input.removeAttribute("aria-errormessage");
  }
}

const order = ["breach", "undetermined", "doubt", "advice"];
const weight = (c) => order.indexOf(c.outcome === "undetermined" ? "undetermined" : c.severity);

function drawAnswer(answer, faults, loose, missing) {
  const verdict = answer.out?.verdict ?? "undetermined";
  const [en, it] = verdictNames[verdict];
  const told = (answer.out?.checks ?? []).filter((c) => c.outcome === "fail" || c.outcome === "undetermined").sort((a, b) => weight(a) - weight(b));
  const kept = (answer.out?.checks ?? []).filter((c) => c.outcome === "pass");
  const facts = el("dl");
  const line = (en, it, value) => { if (value !== undefined && value !== null && value !== "") facts.append(el("dt", {}, say(en, it)), el("dd", {}, String(value))); };
  const out = answer.out ?? {};
  line("Days left on that day, itself included", "Giornate residue quel giorno, compreso", out.remaining);
  line("Last day on which the worker may be called", "Ultimo giorno in cui si può chiamare", out.last_callable && dayText(out.last_callable));
  line("First free day", "Primo giorno libero", out.next_free && dayText(out.next_free));
  for (const c of out.channels ?? []) line(`By ${c.channel} before`, `Tramite ${c.channel} prima`, clockText(c.until));
  const more = el("details", { hidden: kept.length === 0 }, el("summary", {}, say(`Rules kept: ${kept.length}`, `Regole rispettate: ${kept.length}`)),
    el("ul", {}, ...kept.map((c) => el("li", {}, cites([c.rule], c.cites)))));
  $("verdict").replaceChildren(
    el("p", {}, el("span", { className: "v " + verdict }, say(en, it))),
    el("p", {}, missing > 0 ? say(`Facts still missing: ${missing}.`, `Dati ancora mancanti: ${missing}.`) : ""),
    facts,
    ...loose.map((t) => el("p", { className: "wrong" }, both(t))),
    ...told.map((c) => el("p", { className: "reason" }, el("span", { className: c.outcome === "fail" ? c.severity : "undetermined" }, both(reason(c))), " ", cites([c.rule], c.cites))),
    more);
  const wrongs = faults.filter((f) => f.code !== "missing").length;
  tell(`Verdict: ${en.slice(2)}. Facts missing: ${missing}.` + (wrongs > 0 ? ` Errors: ${wrongs}.` : ""),
    `Esito: ${it.slice(2)}. Dati mancanti: ${missing}.` + (wrongs > 0 ? ` Errori: ${wrongs}.` : ""));
}

// reason is what a check says; one that misses facts may say so by their names alone.
function reason(check) {
  if (check.message) return check.message;
  const names = (check.needs ?? []).map((n) => run("fact", n));
  return { en: "Missing: " + names.map((n) => n.en).join("; ") + ".", it: "Manca: " + names.map((n) => n.it).join("; ") + "." };
}

// drawMore lists the facts that may be given beside those asked.
function drawMore() {
  if (!caseSchema) return;
  const select = $("more");
  const pointers = [];
  const walk = (s, pointer) => {
    for (const [name, p] of Object.entries(resolve(s).properties ?? {})) {
      const r = resolve(p);
      if (isA(r, "object") && !r.properties?.first) walk(p, pointer + "/" + name);
      else if (!covered(pointer + "/" + name)) pointers.push(pointer + "/" + name);
    }
  };
  walk(caseSchema, "");
  const options = pointers.map((p) => [p, label(p)[language()]]).sort((a, b) => a[1].localeCompare(b[1], language()));
  select.replaceChildren(el("option", { value: "" }, "–"), ...options.map(([p, text]) => el("option", { value: p }, text)));
}

// ---- Start.

async function start() {
  functions = await startEngine(engine);
  schema = run("schema");
  caseSchema = schema.oneOf.find((q) => q.title === asked).properties.in;
  beginCall();
  $("state").replaceChildren();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

setLanguage((navigator.language ?? "it").startsWith("it") ? "it" : "en");
showSection();
drawTables();
$("as-of").value = romeClock(new Date());
tell("Starting …", "Avvio in corso …");
addEventListener("hashchange", () => {
  showSection();
  $("state").replaceChildren();
  scrollTo(0, 0);
});
for (const lang of ["it", "en"]) $("to-" + lang).addEventListener("click", () => setLanguage(lang));
$("several").addEventListener("change", (e) => takeFiles(e.target.files));
for (const name of ["dragover", "dragleave", "drop"]) {
  addEventListener(name, (e) => {
    e.preventDefault();
    document.body.classList.toggle("over", name === "dragover");
    if (name === "drop") takeFiles(e.dataTransfer.files);
  });
}
$("files").addEventListener("submit", (e) => { e.preventDefault(); judgeMonth(); });
$("try").addEventListener("click", () => {
  const sample = run("sample");
  for (const [name, text] of Object.entries(sample.files)) give(name, Uint8Array.from(atob(text), (c) => c.charCodeAt(0)), ["sample", "esempio"]);
  $("as-of").value = romeClock(new Date(sample.now));
  judgeMonth();
});
$("facts").addEventListener("submit", (e) => e.preventDefault());
$("facts").addEventListener("reset", () => setTimeout(beginCall));
$("more").addEventListener("change", (e) => {
  if (e.target.value === "") return;
  chosen.add(e.target.value);
  const field = addField(e.target.value);
  drawMore();
  field?.input?.focus();
});
$("ask").addEventListener("click", () => {
  const line = encoder.encode($("question").value);
  $("answer").value = JSON.stringify(JSON.parse(decoder.decode(functions.answer(line))), null, 2);
});
start().catch(() => tell("The engine could not be started: this browser is too old.", "Il motore non si avvia: il browser è troppo vecchio."));
