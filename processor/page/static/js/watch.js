// What arrives while the page is open: files in the inbox, exports in the downloads folder, what is due. And what the seller allows.
import { ask, tell } from "./api.js";
import { by, made } from "./dom.js";
import { complain, notify } from "./notice.js";
import { goTo } from "./screens.js";
import { words } from "./words.js";

const filled = (text, n) => text.replace("{n}", n.toLocaleString());
let shown = ""; // what stands there, so that nothing is read out twice
let noticed = null; // the time of the day of which the desktop has been told
let choices = 0; // how many were made here
let telling = 0; // and how many of them are on their way

// told: what the server sees around the page
export function showArrivals(told) {
  const now = JSON.stringify([told.new, told.downloads, told.due]);
  if (now === shown) return;
  shown = now;
  by("arrivals").replaceChildren(
    ...(told.new ? [offer(filled(words.watch_new, told.new), [[words.run, run]], [], "new")] : []),
    ...(told.downloads.length ? [downloads(told.downloads)] : []),
    ...(told.due ? [offer(told.due.lines.join(" "), [[words.watch_close, close]])] : []),
  );
  if (told.due) notice(told.due);
}

function offer(text, choices, names = [], className = "") {
  const buttons = choices.map(([label, choose]) => {
    const button = made("button", { type: "button", textContent: label });
    button.addEventListener("click", () => choose().catch((refusal) => complain(refusal.message)));
    return button;
  });
  const list = names.length ? [made("ul", {}, ...names.map((name) => made("li", { textContent: name })))] : [];
  return made("div", { className }, made("span", { textContent: text }), ...buttons, ...list);
}

function downloads(names) {
  const choices = [
    [words.watch_fetch, fetchThem],
    [words.watch_not_now, async () => gone(await tell("api/pass_over"))],
  ];
  return offer(filled(words.watch_downloads, names.length), choices, names);
}

async function run() {
  goTo("files");
  by("run").click();
}

async function fetchThem() {
  const told = await tell("api/fetch");
  gone(told);
  notify(filled(words.watch_fetched, told.files.length));
  goTo("files");
}

async function close() {
  gone(await tell("api/heard"));
}

// What was chosen is no longer offered; the keyboard stands at the beginning of the screen again.
function gone(told) {
  showArrivals(told);
  by("main").focus();
}

function notice({ at, lines }) {
  if (noticed === at || globalThis.Notification?.permission !== "granted") return;
  noticed = at;
  new Notification(document.title, { body: lines.join("\n"), tag: at }); // several tabs show one
}

export async function showWatch() {
  const before = choices;
  const told = await ask("api/choices");
  if (!telling && choices === before) layOut(told); // else what was chosen is newer than this answer
  return told;
}

function layOut(told) {
  for (const [id, chosen] of [["watch-downloads", told.downloads], ["watch-reminders", told.reminders]])
    Object.assign(by(id), { checked: chosen, disabled: false });
  by("watch-folder").textContent = told.folder;
  by("watch-blocked").hidden = !told.reminders || globalThis.Notification?.permission === "granted";
}

export function listenForWatch() {
  const change = async () => {
    const chosen = { downloads: by("watch-downloads").checked, reminders: by("watch-reminders").checked };
    choices += 1;
    telling += 1;
    try {
      const asks = chosen.reminders && globalThis.Notification?.permission === "default";
      const answered = asks ? Notification.requestPermission() : null; // who does not answer is reminded on the page
      await tell("api/choices", chosen).finally(() => (telling -= 1));
      answered?.then(showWatch, () => {});
      const { kept } = await showWatch();
      by("watch-said").textContent = kept ? words.watch_saved : words.watch_not_kept;
    } catch (refusal) {
      complain(refusal.message);
      await showWatch().catch(() => {}); // as it was
    }
  };
  for (const id of ["watch-downloads", "watch-reminders"]) by(id).addEventListener("change", change);
}
