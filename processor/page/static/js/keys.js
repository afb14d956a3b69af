// The keys of the screens, by the place of a key on the keyboard: with the Korean keyboard on, E arrives as ㄷ.
import { by } from "./dom.js";
import { showing } from "./screens.js";

const keys = new Map([["", {}]]); // name of a screen, or nothing for all of them → code of a key → what it does

// An act that returns false leaves the key to the browser. What has the key in its data-key on the screen needs no act.
export function listenForKeys(screen, acts) {
  keys.set(screen, { ...keys.get(screen), ...acts });
}

const WRITING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

function pressed(event) {
  if (document.querySelector("dialog[open], [popover]:popover-open") || event.altKey) return;
  const held = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.shiftKey ? "Shift+" : "");
  if (event.target.closest(WRITING) && !event.ctrlKey && !event.metaKey) return;
  const code = `${held}${event.code.replace("Numpad", "Digit")}`;
  const act = keys.get(showing())?.[code] ?? keys.get("")[code] ?? (() => use(code));
  if (act() !== false) event.preventDefault();
}

// Clicks what has that key, or goes to it if it is written in.
function use(code) {
  const key = code.replace(/^(Key|Digit)/, "");
  const target = [...by(showing()).querySelectorAll(`[data-key="${key}"]`)].find((each) => each.checkVisibility());
  if (!target) return false;
  if (target.matches(WRITING)) target.focus();
  else target.click();
}

export function listenForAllKeys() {
  document.addEventListener("keydown", pressed);
  const help = () => by("keys-dialog").showModal();
  listenForKeys("", { "Shift+Slash": help });
  by("help").addEventListener("click", help);
}
