// Files that are dropped or chosen, one after the other; what lies in the inbox, and what each file is.
import { ask, send, tell } from "./api.js";
import { showRowsToCorrect } from "./correcting.js";
import { by, filled, made } from "./dom.js";
import { complain, notify } from "./notice.js";
import { ended, showNewestRun } from "./run.js";
import { goTo, showing } from "./screens.js";
import { lang, words } from "./words.js";

let most; // MiB of one file, by rules.yaml
let refused = []; // [name, sentence] of what was not taken, until the next drop
let lying = []; // as the server lists the inbox
let seen = null; // what the engine has recognised, as the desk was then
let known; // the desk of then
let wanted = false;
let reading = null;

export async function showFiles() {
  const { files, file_mib, changes } = await ask("api/files");
  [lying, most] = [files, file_mib];
  const now = JSON.stringify([files, changes]);
  if (now !== known) recognise(now);
  showCards();
  await showNewestRun();
}

// Asks the engine what the files are. If something changes meanwhile, it is asked once more afterwards.
function recognise(now) {
  [wanted, known] = [true, now];
  reading ??= recognised().finally(() => (reading = null));
  return reading;
}

async function recognised() {
  while (wanted) {
    wanted = false;
    by("reading").hidden = lying.length === 0;
    showReading(null);
    by("not-recognised").hidden = true;
    try {
      const { state, outcome, error } = await ended("recognise", (await tell("api/recognise")).number, showReading);
      if (state === "done") seen = outcome;
      else notRecognised(error.message);
    } catch (refusal) {
      notRecognised(refusal.message);
    }
  }
  by("reading").hidden = true;
  showCards();
}

function showReading(progress) {
  if (progress?.of) Object.assign(by("reading-bar"), { max: progress.of, value: progress.done });
  else by("reading-bar").removeAttribute("value");
}

function notRecognised(message) {
  [seen, known] = [null, undefined];
  const again = made("button", { type: "button", textContent: words.try_again });
  again.addEventListener("click", () => showFiles().catch((refusal) => notRecognised(refusal.message)));
  by("not-recognised").replaceChildren(...paragraphs(message.split("\n"), "wrong"), again);
  by("not-recognised").hidden = false;
}

const paragraphs = (lines, className = "") => lines.map((line) => made("p", { textContent: line, className }));

// ── a card for each file ──

let shown; // what the cards were made of; they are left alone while it is the same, for somebody may be typing there

function showCards() {
  const files = new Map(lying.map(({ name, size }) => [name, { name, state: sized(size) }]));
  for (const file of seen?.files ?? []) if (files.has(file.name) || file.name.includes("/")) files.set(file.name, file);
  const now = JSON.stringify([[...files], refused, seen]);
  if (now === shown) return;
  shown = now;
  by("lying").replaceChildren(
    ...[...files.values()].map(card),
    ...(seen?.passed_over ?? []).map((name) => plainCard(name, words.file_link, "wrong")),
    ...refused.map(([name, why]) => plainCard(name, why, "wrong")),
  );
  showNeeded(seen?.exports ?? []);
  showRowsToCorrect(seen?.to_correct ?? [], seen?.further_to_correct ?? 0);
  by("files-warning-text").textContent = seen?.warning ?? "";
  by("files-warning").hidden = !seen?.warning;
  by("run").hidden = Boolean(seen?.warning); // the warning has a button of its own
}

function plainCard(name, state, kind = "state") {
  return made("li", {}, made("strong", { textContent: name }), made("span", { className: kind, textContent: state }));
}

function card(file) {
  if (!file.sheets) return plainCard(file.name, `${file.state} · ${words.files_reading}`);
  const correct = seen.to_correct.find(({ file: name }) => name === file.name)?.rows.length ?? 0;
  const problems = file.problems.filter(({ code }) => !code.startsWith("password_"));
  const out = made("button", { type: "button", textContent: words.take_out, ariaLabel: `${words.take_out}: ${file.name}` });
  out.addEventListener("click", () => takeOut(file.name));
  return made(
    "li",
    {},
    made("strong", { textContent: file.name }),
    ...file.sheets.map((sheet) => made("span", { className: "state", textContent: told(sheet) })),
    ...file.repeats.map((repeat) => made("span", { className: "state", textContent: repeat })),
    ...(correct ? [toCorrect(file.name, correct)] : []),
    out,
    ...file.sheets.filter(({ switched_off }) => switched_off.length).map((sheet) => switchedOff(file.name, sheet)),
    ...problems.map((problem) => problemOf(file.name, problem)),
    ...(file.locked ? [passwordOf(file)] : []),
  );
}

function told({ screen, rows, taken_at }) {
  const parts = [filled(words.rows_of, { screen, n: rows.toLocaleString(lang) })];
  if (taken_at) parts.push(filled(words.made_at, { time: shortly(taken_at) }));
  return parts.join(" · ");
}

// A moment of today by its time alone.
function shortly(moment) {
  const [day, time] = moment.split("T");
  return seen.as_of.startsWith(day) ? time : `${day.slice(5)} ${time}`;
}

function toCorrect(file, count) {
  const button = made("button", { type: "button", textContent: filled(words.to_correct_in, { n: count }) });
  button.addEventListener("click", () => {
    const form = [...by("to-correct").children].find((each) => each.dataset.file === file);
    form?.querySelector("input")?.focus();
  });
  return button;
}

function teachLink(file) {
  return made("a", { className: "button", href: `#teach/${encodeURIComponent(file)}`, textContent: words.teach_columns });
}

function switchedOff(file, { switched_off, note }) {
  const how = made("details", {}, made("summary", { textContent: words.switch_on }), made("p", { textContent: note }));
  const text = `${filled(words.switched_off, { n: switched_off.length })}: ${switched_off.join(" · ")}`;
  return made("div", { className: "more" }, made("p", { className: "wrong", textContent: text }), how, teachLink(file));
}

function problemOf(file, { message, fix, teachable }) {
  const lines = [made("p", { className: "wrong", textContent: message }), made("p", { textContent: fix })];
  return made("div", { className: "more" }, ...lines, ...(teachable ? [teachLink(file)] : []));
}

function passwordOf(file) {
  const text = made("input", { type: "password", autocomplete: "off", required: true });
  const keep = made("input", { type: "checkbox" });
  const wrong = made("p", { className: "wrong" });
  wrong.setAttribute("role", "alert");
  text.setAttribute("aria-label", filled(words.password_of, { file: file.name }));
  const form = made(
    "form",
    { className: "more password" },
    made("span", { textContent: file.needed ? words.password_needed_first : words.password_needed }),
    text,
    made("label", {}, keep, ` ${words.keep}`),
    made("button", { textContent: words.open_file }),
    wrong,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const password = text.value;
    text.value = wrong.textContent = "";
    try {
      const { opens, kept } = await tell("api/password", { password, file: file.name, keep: keep.checked });
      if (!opens) {
        wrong.textContent = words.password_wrong;
        text.focus();
      } else {
        if (keep.checked && !kept) notify(words.not_kept);
        recognise(known);
      }
    } catch (refusal) {
      wrong.textContent = refusal.message;
    }
  });
  return form;
}

async function takeOut(file) {
  try {
    const { place } = await tell("api/set_aside", { file });
    notify(filled(words.taken_out, { file, place }));
  } catch (refusal) {
    complain(refusal.message);
  }
  await showFiles();
  by("files-title").focus();
}

function showNeeded(exports) {
  by("files-needed").hidden = exports.length === 0;
  by("needed").replaceChildren(
    ...exports.map(({ screen, taken_at, unseen }) => {
      const state = taken_at ? shortly(taken_at) : unseen;
      const mark = made("span", { textContent: taken_at ? "☑" : "☐", role: "img", ariaLabel: taken_at ? words.file_there : words.file_lacking });
      return made("li", {}, mark, made("span", { textContent: screen }), made("span", { className: taken_at ? "state" : "wrong", textContent: state }));
    }),
  );
}

function sized(bytes) {
  const kib = bytes / 1024;
  const [size, unit] = kib < 1024 ? [Math.max(1, Math.round(kib)), "KB"] : [Math.round(kib / 102.4) / 10, "MB"];
  return `${size.toLocaleString(lang)} ${unit}`;
}

// ── what is dropped or chosen ──

async function taken(file) {
  if (file.size > most * 1024 * 1024) return `${words.too_large} (${most} MiB)`; // before any of it is sent
  if (file.size === 0) return words.empty;
  try {
    await send(`api/files?name=${encodeURIComponent(file.name)}`, file);
    return null;
  } catch (refusal) {
    return refusal.message;
  }
}

async function take(files, others = []) {
  refused = others;
  if (showing() !== "files") goTo("files"); // else the focus would leave whoever goes on typing
  try {
    most ??= (await ask("api/files")).file_mib;
    for (const [place, file] of files.entries()) {
      by("arriving").textContent = filled(words.arriving, { done: place + 1, of: files.length });
      const why = await taken(file);
      if (why) refused.push([file.name, `${words.not_arrived}: ${why}`]);
    }
    const arrived = files.length + others.length - refused.length;
    by("arriving").textContent = arrived ? filled(words.arrived, { n: arrived.toLocaleString(lang) }) : "";
    await showFiles();
  } catch (refusal) {
    by("arriving").textContent = "";
    notRecognised(refusal.message);
  }
}

function dropped(transfer) {
  const items = [...transfer.items];
  const folders = items.filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory);
  const names = new Set(folders.map((folder) => folder.name));
  const files = [...transfer.files].filter((file) => !names.has(file.name));
  const link = items.length > 0 && items.every(({ kind }) => kind === "string") ? [[words.dropped_link, words.no_link]] : [];
  return take(files, [...[...names].map((name) => [name, words.no_folder]), ...link]);
}

export function listenForFiles() {
  by("choose").addEventListener("change", async ({ target }) => {
    const files = [...target.files];
    target.value = ""; // so that the same file may be chosen again
    await take(files);
  });
  by("choose-more").addEventListener("click", () => by("choose").click());
  const dragging = (on) => document.body.classList.toggle("dropping", on);
  addEventListener("dragover", (event) => {
    event.preventDefault();
    dragging(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget ?? dragging(false));
  addEventListener("drop", (event) => {
    event.preventDefault();
    dragging(false);
    dropped(event.dataTransfer);
  });
}
