// The keys of the screens, by the place of a key on the keyboard: with the Korean keyboard on, E arrives as ㄷ.
import { by } from "./dom.js";
import { showing } from "./screens.js";

const keys = new Map([["", {}]]); // name of a screen, or nothing for all of them → code of a key → what it does

// An act that returns false leaves the key to the browser.
export function listenForKeys(screen, acts) {
  keys.set(screen, { ...keys.get(screen), ...acts });
}

const WRITING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

function pressed(event) {
  if (document.querySelector("dialog[open]") || event.altKey) return;
  const held = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.shiftKey ? "Shift+" : "");
  if (event.target.closest(WRITING) && !event.ctrlKey && !event.metaKey) return;
  const code = `${held}${event.code.replace("Numpad", "Digit")}`;
  const act = keys.get(showing())?.[code] ?? keys.get("")[code];
  if (act && act() !== false) event.preventDefault();
}

export function listenForAllKeys() {
  document.addEventListener("keydown", pressed);
  const help = () => by("keys-dialog").showModal();
  listenForKeys("", { "Shift+Slash": help });
  by("help").addEventListener("click", help);
}
