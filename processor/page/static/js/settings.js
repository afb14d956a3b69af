// The settings of the shop: as a seller writes them, tried on today's list before they are saved.
import { ask, tell } from "./api.js";
import { by, filled, made } from "./dom.js";
import { answer } from "./first_run.js";
import { notify } from "./notice.js";
import { goTo } from "./screens.js";
import { lang, words } from "./words.js";

const GROUPS = {
  packing: ["no_invoice_means", "packed", "unknown_handover"],
  shipping: ["return_fee", "outbound_fee", "free_shipping_over", "free_shipping_on_change_of_mind"],
  limits: ["today_cutoff", "approve_limit"],
  files: ["personal", "protect_outbox"],
  shop: ["name", "penalty_now.day", "penalty_now.points", "penalty_now.ratio_percent", "penalty_now.stage", "penalty_now.stage_since"],
};
const FIRST = ["no_invoice_means", "packed", "return_fee", "outbound_fee", "free_shipping_on_change_of_mind"]; // that matter most
const OF_A_PRODUCT = ["상품", "제작동의", "return_fee", "outbound_fee", "free_shipping_over"];
const NOTHING = "null"; // the word of rules.yaml for a field that is left blank

let known = new Map(); // key → the setting as it is in force
let choices = {}; // of the settings that are no fields to type in, beside those with words of their own
let names = new Map(); // number of a product → its name, as far as today's list tells
let counts = new Map(); // number of a product → how many orders it has today, in words
let out = new Set(); // numbers of the products that shall no longer differ
let laid = ""; // the answer by which all of this stands there
let tried = null; // what has been tried and may be saved
let afterwards = async () => {};

const said = (text, n) => text.replace("{n}", n);
const label = (key) => words[`settings_${key.replace(/^products\.\d+\./, "product_").replaceAll(".", "_")}`];
const fields = () => [...by("settings-form").querySelectorAll("[data-key]")];
const value = (field) => (field.matches("fieldset") ? (field.querySelector(":checked")?.value ?? "") : field.value.trim());

// What is written otherwise than it is in force: key → value as it is to be said.
function written() {
  const changed = fields()
    .filter((field) => !out.has(field.dataset.product) && value(field) !== field.dataset.before)
    .map((field) => [field.dataset.key, value(field) || field.dataset.blank]);
  const gone = [...out].filter(isKnown).map((number) => [`products.${number}`, NOTHING]);
  return Object.fromEntries([...changed, ...gone]);
}

const isKnown = (number) => [...known.keys()].some((key) => key.startsWith(`products.${number}.`));

export function listenForSettings(refresh) {
  afterwards = refresh;
  by("settings-form").addEventListener("submit", tryThem);
  by("settings-form").addEventListener("input", forget);
  by("settings-save").addEventListener("click", save);
  by("settings-cancel").addEventListener("click", async () => {
    await load();
    by("settings-title").focus();
  });
  by("settings-find").addEventListener("click", openSearch);
  by("settings-all").addEventListener("click", () => goTo("settings"));
  by("settings-find-by").addEventListener("input", showFound);
}

// What has been begun to write stays, also when another window has changed something.
// first: only those that matter most, for the first run
export async function showSettings(argument) {
  by("settings-form").classList.toggle("first", argument === "first");
  by("settings-all").hidden = argument !== "first";
  const answer = await ask("api/settings");
  if (JSON.stringify(answer) !== laid && !Object.keys(written()).length) layOut(answer);
}

const load = async () => layOut(await ask("api/settings"));

function layOut(answer) {
  laid = JSON.stringify(answer);
  known = new Map(answer.settings.map((setting) => [setting.key, setting]));
  choices = { "penalty_now.stage": answer.stages, 상품: answer.goods };
  out = new Set();
  by("settings-fields").replaceChildren(...Object.entries(GROUPS).map(groupOf));
  const numbers = new Set([...known.keys()].filter((key) => key.startsWith("products.")).map((key) => key.split(".")[1]));
  by("settings-each-product").replaceChildren(...[...numbers].map(product));
  by("settings-no-products").hidden = numbers.size > 0;
  forget();
}

function groupOf([name, keys]) {
  return made("fieldset", {}, made("legend", { textContent: words[`settings_${name}`] }), ...keys.map((key) => fieldOf(key)));
}

const classOf = (key) => (FIRST.includes(key) ? "field first" : "field");

function fieldOf(key, number) {
  const setting = known.get(key);
  const id = `set-${key}`;
  const wrong = made("p", { id: `${id}-wrong`, className: "wrong", hidden: true });
  const about = { key, before: "", blank: "", ...(number && { product: number }) };
  if (setting && !setting.free) return chosenField(setting, { ...about, before: inForce(setting) }, wrong);
  const listed = choices[number ? key.split(".")[2] : key] ?? (key.endsWith(".제작동의") ? AGREED : null);
  const field = listed ? selected(listed, id) : made("input", { type: "text", id, autocomplete: "off" });
  field.value = about.before = setting && setting.value !== null ? (listed ? setting.value : setting.said) : "";
  if (!listed) {
    field.placeholder = number ? words.settings_as_the_shop : (setting?.choices.find(({ word }) => word === NOTHING)?.said ?? "");
    about.blank = key.startsWith("penalty_now.") ? "" : NOTHING;
  }
  Object.assign(field.dataset, about);
  field.setAttribute("aria-describedby", wrong.id);
  return made("div", { className: classOf(key) }, made("label", { htmlFor: id, textContent: label(key) }), field, wrong);
}

const AGREED = ["예", "아니오", "모름"].map((word) => ({ word, said: words[`settings_agreed_${word}`] }));

// A choice of few, each with what is to be borne in mind.
function chosenField(setting, about, wrong) {
  const field = made("fieldset", { className: classOf(setting.key) }, made("legend", { textContent: label(setting.key) }));
  for (const { word, said: text, warning } of setting.choices) {
    const radio = made("input", { type: "radio", name: setting.key, value: word, checked: word === about.before });
    const hint = words[`settings_${setting.key}_${word}`] ?? "";
    const parts = [radio, ` ${text} `, made("span", { className: "hint", textContent: hint })];
    if (warning) parts.push(made("span", { className: "late", textContent: `⚠ ${warning}` }));
    field.append(made("label", {}, ...parts));
  }
  Object.assign(field.dataset, about);
  field.append(wrong);
  return field;
}

const inForce = ({ value }) => (typeof value === "string" ? value : JSON.stringify(value));

function selected(listed, id) {
  const nothing = made("option", { value: "", textContent: words.settings_not_told });
  return made("select", { id }, nothing, ...listed.map(({ word, said }) => made("option", { value: word, textContent: said })));
}

function product(number) {
  const name = names.get(number) ? `${names.get(number)} · ` : "";
  const legend = made("legend", { textContent: name + said(words.settings_product, number) });
  const gone = made("button", { type: "button", textContent: words.settings_take_out });
  const whole = made("fieldset", {}, legend, ...OF_A_PRODUCT.map((part) => fieldOf(`products.${number}.${part}`, number)), gone);
  gone.addEventListener("click", () => {
    out.add(number);
    whole.replaceChildren(legend, made("p", { textContent: words.settings_taken_out }));
    forget();
    by("settings-try").focus();
  });
  return whole;
}

// ── finding a product ──

async function openSearch() {
  const search = by("settings-search");
  search.hidden = !search.hidden;
  by("settings-find").setAttribute("aria-expanded", String(!search.hidden));
  if (search.hidden) return;
  by("settings-find-by").focus();
  if (!names.size) {
    const { products } = await ask("api/ordered").catch(refused);
    names = new Map((products ?? []).map(({ number, name }) => [number, name]));
    counts = new Map((products ?? []).map(({ number, orders }) => [number, said(words.settings_orders_of_it, orders)]));
  }
  showFound();
}

const MOST_SHOWN = 30;

function showFound() {
  const sought = by("settings-find-by").value.trim().toLowerCase();
  const found = [...names].filter(([number, name]) => `${number} ${name}`.toLowerCase().includes(sought));
  const lines = found.slice(0, MOST_SHOWN).map(([number, name]) => taking(number, `${name} · ${number} · ${counts.get(number)}`));
  if (/^\d+$/.test(sought) && !names.has(sought)) lines.push(taking(sought, said(words.settings_number_as_it_is, sought)));
  by("settings-found").replaceChildren(...(lines.length ? lines : [made("li", { textContent: words.settings_no_product_found })]));
}

function taking(number, text) {
  const button = made("button", { type: "button", textContent: text });
  button.addEventListener("click", () => {
    let there = by(`set-products.${number}.상품`);
    if (!there) {
      by("settings-each-product").append(product(number));
      by("settings-no-products").hidden = true;
      there = by(`set-products.${number}.상품`);
    }
    openSearch();
    there.focus();
  });
  return made("li", {}, button);
}

// ── trying and saving ──

function forget() {
  tried = null;
  by("settings-would").hidden = true;
  by("settings-said").textContent = "";
  for (const field of fields()) complainAt(field, "");
}

function complainAt(field, sentence) {
  const wrong = by(`set-${field.dataset.key}-wrong`);
  wrong.textContent = sentence;
  wrong.hidden = !sentence;
  field.toggleAttribute("aria-invalid", false);
  if (sentence) field.setAttribute("aria-invalid", "true");
}

function refused({ code, message, details }) {
  const wrong = code === "wrong_values" ? details.wrong : {};
  const at = fields().filter((field) => wrong[field.dataset.key]);
  for (const field of at) complainAt(field, wrong[field.dataset.key]);
  by("settings-said").textContent = at.length ? words.settings_wrong : message;
  (at[0]?.matches("fieldset") ? at[0].querySelector("input") : at[0])?.focus();
  return {};
}

async function tryThem(event) {
  event.preventDefault();
  forget();
  const settings = written();
  if (!Object.keys(settings).length) {
    if (await answeredAsItIs()) return;
    by("settings-said").textContent = words.settings_nothing_changed;
    return;
  }
  by("settings-form").setAttribute("aria-busy", "true");
  by("settings-said").textContent = words.settings_trying;
  const answer = await tell("api/try_settings", { settings }).catch(refused);
  by("settings-form").removeAttribute("aria-busy");
  if (!answer.lines) return;
  by("settings-said").textContent = "";
  tried = settings;
  by("settings-told").replaceChildren(...toldOf(answer));
  by("settings-would").hidden = false;
  by("settings-would-title").focus();
}

// In the first run the settings are answered with what is in force.
async function answeredAsItIs() {
  const first = by("settings-form").classList.contains("first");
  if (first) {
    await answer("settings");
    goTo("today");
  }
  return first;
}

function toldOf({ said: changes, warnings, lines, moved, told_otherwise }) {
  const orders = [...moved.map((each) => each.orders), ...(told_otherwise.length ? [told_otherwise] : [])];
  return [
    made("ul", {}, ...changes.map((text) => made("li", { textContent: text }))),
    ...warnings.map((text) => made("p", { className: "late", textContent: `⚠ ${text}` })),
    ...lines.map((text, place) => {
      const line = made("div", { className: "foreseen" }, made("p", { textContent: place < moved.length ? movedIn(moved[place]) : text }));
      if (orders[place]) line.append(listOf(orders[place], place < moved.length ? words.settings_see : words.settings_see_otherwise));
      return line;
    }),
  ];
}

// By the names that the page has for its lists.
const movedIn = ({ before, after, orders }) =>
  filled(words.settings_moved, { n: orders.length.toLocaleString(lang), before: words[`outcome_${before}`], after: words[`outcome_${after}`] });

function listOf(orders, title) {
  const lines = orders.map(({ number, product, option }) => made("li", { textContent: [product, option, number].filter(Boolean).join(" · ") }));
  return made("details", {}, made("summary", { textContent: title }), made("ul", {}, ...lines));
}

async function save() {
  by("settings-save").disabled = true;
  try {
    await tell("api/change_settings", { settings: tried });
    await load();
    await afterwards();
    notify(words.settings_saved);
    if (!(await answeredAsItIs())) by("settings-title").focus();
  } catch (refusal) {
    refused(refusal);
  } finally {
    by("settings-save").disabled = false;
  }
}
