// One screen is shown at a time, by the end of the address: #today, or #order/2026112790007124. The first is for none.
import { by } from "./dom.js";

const screens = new Map(); // name → its show(argument), which asks for what it shows and may be called again at any time

export function addScreen(name, show) {
  screens.set(name, show);
}

// Going to where one is already shows it anew.
export function goTo(name, argument = "") {
  const hash = argument ? `#${name}/${encodeURIComponent(argument)}` : `#${name}`;
  if (location.hash === hash) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
}

function asked() {
  const [name, argument = ""] = location.hash.slice(1).split("/");
  return screens.has(name) ? [name, decodeURIComponent(argument)] : [screens.keys().next().value, ""];
}

// Shows the screen of the address anew. What cannot be shown is thrown as a Refusal.
export async function refresh() {
  const [name, argument] = asked();
  for (const each of screens.keys()) by(each).hidden = each !== name;
  for (const link of document.querySelectorAll("header a, #side a"))
    link.toggleAttribute("aria-current", link.hash === `#${name}`);
  await screens.get(name)(argument);
}

export function listenForScreens(show) {
  addEventListener("hashchange", async () => {
    await show();
    by(`${asked()[0]}-title`).focus();
  });
}
