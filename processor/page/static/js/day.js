// The day as it is now: what is open and the list, as the header and the side of the page show them on every screen.
import { ask } from "./api.js";
import { by, made } from "./dom.js";
import { goTo } from "./screens.js";
import { words } from "./words.js";

let now = { list: null, status: null };
let shown = null; // the action of the outcome that was chosen

export const day = () => now;
export const chosen = () => shown;

// What cannot be asked for is thrown as a Refusal; then nothing is known of the day.
export async function loadDay() {
  now = { list: null, status: null };
  const [list, status] = await Promise.all([ask("/api/today"), ask("/api/status")]);
  now = { list, status };
  if (!list.outcomes.some(({ action }) => action === shown)) shown = list.outcomes[0]?.action ?? null;
  by("last-run").textContent = status.last_run
    ? `${words.last_run} ${status.last_run.slice(0, 16).replace("T", " ")}`
    : words.never_run;
  by("outcomes").replaceChildren(...list.outcomes.map(choice));
  by("nothing-to-do").textContent = `${words.nothing_to_do} ${list.nothing_to_do.toLocaleString()}`;
}

function choice({ action, name, groups }) {
  const count = groups.reduce((sum, { orders }) => sum + orders.length, 0);
  const button = made("button", { type: "button", textContent: `${name} ${count.toLocaleString()}` });
  button.setAttribute("aria-pressed", String(action === shown));
  button.addEventListener("click", () => {
    shown = action;
    for (const each of by("outcomes").children) each.setAttribute("aria-pressed", String(each === button));
    goTo("today");
  });
  return button;
}
