// One screen is shown at a time, by the end of the address: #today/ship, or #order/2026112790007124. The first is for none.
import { by } from "./dom.js";

const screens = new Map(); // name → its show(argument), which asks for what it shows and may be called again at any time
let last = null;

export function addScreen(name, show) {
  screens.set(name, show);
}

// Going to where one is already shows it anew.
export function goTo(name, argument = "") {
  const hash = argument ? `#${name}/${encodeURIComponent(argument)}` : `#${name}`;
  if (location.hash === hash) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
}

// Of an address that is no screen's, such as that of the skip link, nothing changes.
function asked() {
  const [name, argument = ""] = location.hash.slice(1).split("/");
  if (screens.has(name)) last = [name, decodeURIComponent(argument)];
  return (last ??= [screens.keys().next().value, ""]);
}

export const showing = () => asked()[0];

// Shows the screen of the address anew. What cannot be shown is thrown as a Refusal.
export async function refresh() {
  const [name, argument] = asked();
  for (const each of screens.keys()) by(each).hidden = each !== name;
  try {
    await screens.get(name)(argument);
  } finally {
    markCurrent(name);
  }
}

function markCurrent(name) {
  for (const link of document.querySelectorAll("header a, #side a"))
    if ([location.hash, `#${name}`].includes(link.hash)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
}

export function listenForScreens(show) {
  addEventListener("hashchange", async () => {
    if (location.hash && !screens.has(location.hash.slice(1).split("/")[0])) return;
    await show();
    by(`${showing()}-title`).focus();
  });
}
