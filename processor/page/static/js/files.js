// Files that are dropped or chosen, one after the other, and what lies in the inbox.
import { ask, send } from "./api.js";
import { by, made } from "./dom.js";
import { goTo } from "./screens.js";
import { lang, words } from "./words.js";

let most = Infinity; // MiB of one file, by rules.yaml
const refused = new Map(); // name → sentence, until the next drop

function line(name, state, kind = "state") {
  return made("li", {}, made("span", { textContent: name }), made("span", { className: kind, textContent: state }));
}

function sized(bytes) {
  const kib = bytes / 1024;
  const [size, unit] = kib < 1024 ? [Math.max(1, Math.round(kib)), "KB"] : [Math.round(kib / 102.4) / 10, "MB"];
  return `${size.toLocaleString(lang)} ${unit}`;
}

export async function showFiles() {
  const { files, file_mib } = await ask("/api/files");
  most = file_mib;
  by("lying").replaceChildren(
    ...files.map((file) => line(file.name, `${sized(file.size)} · ${words.waiting}`)),
    ...[...refused].map(([name, why]) => line(name, why, "wrong")),
  );
}

async function taken(file) {
  if (file.size > most * 1024 * 1024) return `${words.too_large} (${most} MiB)`;
  if (file.size === 0) return words.empty;
  try {
    await send(`/api/files?name=${encodeURIComponent(file.name)}`, file);
    return null;
  } catch (refusal) {
    return refusal.message;
  }
}

async function take(files) {
  refused.clear();
  goTo("files");
  const waiting = files.map(({ name }) => line(name, words.arriving));
  by("lying").append(...waiting);
  for (const [place, file] of files.entries()) {
    const why = await taken(file);
    if (why) refused.set(file.name, `${words.not_arrived}: ${why}`);
    waiting[place].lastChild.textContent = why ?? words.arrived;
  }
  await showFiles();
}

function dropped(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const folders = items.map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory);
  const names = new Set(folders.map((folder) => folder.name));
  const files = [...transfer.files].filter((file) => !names.has(file.name));
  return take(files).then(() => {
    for (const name of names) refused.set(name, words.no_folder);
    return showFiles();
  });
}

export function listenForFiles() {
  by("choose").addEventListener("change", async ({ target }) => {
    await take([...target.files]);
    target.value = "";
  });
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
