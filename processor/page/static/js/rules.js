// The rules as sentences, what the shop has changed of them, and what they say about an order that is only supposed.
import { ask, tell } from "./api.js";
import { by, filled, folded, isNew, made, named, para, whileBusy } from "./dom.js";
import { complain } from "./notice.js";
import { storyOf } from "./story.js";
import { words } from "./words.js";

const FIRST = ["decisions", "fees", "penalties"]; // the sections that are looked up most

let versions = 0; // of the rules that were laid out
let rows = []; // { line, text, section, rule, own }
let used = {};

export function listenForRules() {
  by("rules-find").addEventListener("input", filter);
  for (const id of ["rules-only-used", "rules-only-own"]) by(id).addEventListener("change", filter);
  whenOpened("rules-changes", async () => showChanges(await ask("api/rule_changes")));
  whenOpened("supposing", async () => showWords((await ask("api/words")).words));
  by("suppose").addEventListener("submit", (event) => {
    event.preventDefault();
    suppose();
  });
}

// What takes time to be told is asked for when it is looked at, and again when the rules have changed.
function whenOpened(id, show) {
  const details = by(id);
  details.addEventListener("toggle", () => {
    if (!details.open || details.version === versions) return;
    details.version = versions;
    whileBusy("rules", show).catch((refusal) => complain(refusal.message));
  });
}

// rule: the one to which one goes at once
export const showRules = (rule) =>
  whileBusy("rules", async () => {
    const told = await ask("api/rules");
    if (isNew("rules-sections", told)) {
      layOut(told);
      versions += 1;
      for (const id of ["rules-changes", "supposing"]) by(id).open = false;
      filter();
    }
    ({ used } = await ask("api/rules_used"));
    for (const { line, rule: id } of rows) {
      line.querySelector(".used").textContent = used[id] ? filled(words.rules_used_today, { n: used[id].toLocaleString() }) : "";
    }
    filter();
    if (rule) goToRule(rule);
  });

function layOut({ summary, sections }) {
  rows = [];
  by("rules-summary").replaceChildren(...summary.map((line) => para(line, "state")));
  const first = sections.filter(({ name }) => FIRST.includes(name));
  by("rules-sections").replaceChildren(...[...first, ...sections.filter((each) => !first.includes(each))].map(section));
}

function section({ name, heading, rows: its, beside }) {
  const lines = its.map((row) => rule(row));
  const details = folded(heading, made("ul", {}, ...lines), ...beside.map((line) => para(line)));
  details.open = name === FIRST[0];
  its.forEach((row, place) => {
    const text = [row.id, row.sentence, row.why, ...Object.values(row.details)].join(" ").toLowerCase();
    rows.push({ line: lines[place], section: details, rule: row.id, own: row.owner !== "default", text });
  });
  return details;
}

function rule({ id, sentence, owner, owner_name, in_force, details }) {
  const about = made("p", { className: "about" }, made("span", { className: "used" }));
  if (owner !== "default") about.append(made("span", { className: "own", textContent: owner_name }));
  if (!in_force) about.append(made("span", { textContent: words.rules_asleep }));
  return made(
    "li",
    { className: "rule", id: `rule-${id}`, tabIndex: -1 },
    made("p", {}, made("b", { textContent: id }), ` ${sentence}`),
    about,
    folded(words.rules_more, named(Object.entries(details))),
  );
}

function filter() {
  const wanted = by("rules-find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [only_used, only_own] = [by("rules-only-used").checked, by("rules-only-own").checked];
  let found = 0;
  const open = new Set();
  for (const { line, text, section, rule, own } of rows) {
    line.hidden = (only_used && !used[rule]) || (only_own && !own) || !wanted.every((word) => text.includes(word));
    if (line.hidden) continue;
    found += 1;
    open.add(section);
  }
  by("rules-found").textContent = filled(words.rules_found, { n: found.toLocaleString() });
  if (wanted.length || only_used || only_own)
    for (const each of by("rules-sections").children) each.open = open.has(each);
}

function goToRule(id) {
  const found = rows.find(({ rule }) => rule === id);
  if (!found) return;
  if (found.line.hidden) {
    by("rules-find").value = "";
    by("rules-only-used").checked = by("rules-only-own").checked = false;
    filter();
  }
  found.section.open = true;
  found.line.scrollIntoView({ block: "center" });
  setTimeout(() => found.line.focus()); // after the title of the screen, which is focused when it is shown
}

function showChanges({ settings, entries, rows: changed }) {
  const both = (name, before, after) => [name, `${words.rules_default}: ${before}\n${words.rules_here}: ${after}`];
  const pairs = [
    ...settings.map(({ label, before, after }) => both(label, before, after)),
    ...changed.map((row) => both(row.id, row.default?.sentence ?? words.rules_off, row.desk?.sentence ?? words.rules_off)),
    ...entries.map(({ name, before, after }) => both(name, before, after)),
  ];
  by("rules-changed").replaceChildren(pairs.length ? named(pairs) : para(words.rules_no_changes));
}

// ── 이런 주문이면? ──

function showWords(all) {
  for (const [id, wanted] of [["suppose-first", true], ["suppose-more", false]])
    by(id).replaceChildren(...all.filter(({ first }) => first === wanted).map(choice));
}

function choice({ name, said, meaning, counted, values }) {
  const empty = made("option", { value: "", textContent: words.suppose_open });
  const options = values.map(([value, textContent]) => made("option", { value, textContent }));
  const field = counted
    ? made("input", { name, inputMode: "numeric", autocomplete: "off" })
    : made("select", { name }, empty, ...options);
  return made("label", {}, made("b", { textContent: said }), field, made("small", { textContent: counted ? `${meaning} (${words.suppose_days})` : meaning }));
}

async function suppose() {
  const facts = Object.fromEntries([...new FormData(by("suppose"))].filter(([, value]) => value.trim()));
  const part = await tell("api/suppose", { facts }).then(storyOf, (refusal) =>
    made("div", {}, ...refusal.message.split("\n").map((line) => para(line, "wrong"))),
  );
  by("supposed").replaceChildren(part);
}
