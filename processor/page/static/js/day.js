// The day as it is now, as the header and the side of the page show it on every screen.
import { ask } from "./api.js";
import { by, filled, made } from "./dom.js";
import { lang, words } from "./words.js";

const IN_TURN = ["review", "approve", "seller_cancel", "negotiate", "return", "ship"]; // as they stand in the side
const FINISHED = "done"; // in the place of an outcome: what was finished today

let now = { list: null, status: null };
let results = new Map(); // number of an order → 보류 or 실패, as the seller told it

export const day = () => now;
export const nameOf = (action) => (action === FINISHED ? words.done_today : words[`outcome_${action}`]);
export const countOf = ({ groups }) => groups.reduce((sum, { orders }) => sum + orders.length, 0);
export const ordersOf = ({ groups }) => groups.flatMap(({ orders }) => orders);
export const addressOf = (action) => `#today/${action}`;
export const resultOf = (number) => results.get(number);
// How many orders wait in all, whatever for.
export const open = () => now.list.outcomes.reduce((sum, outcome) => sum + countOf(outcome), 0);
// What asks for an answer comes first, then what has the earliest deadline.
export const mostUrgent = () =>
  now.list?.outcomes.find(({ action }) => action === "review") ?? now.list?.outcomes[0] ?? null;

// What cannot be asked for is thrown as a Refusal; then nothing is known of the day.
// known: the list, if it has just come with an answer.
export async function loadDay(known) {
  now = await Promise.all([known ?? ask("api/today"), ask("api/status")]).then(
    ([list, status]) => ({ list, status }),
    (refusal) => {
      now = { list: null, status: null };
      throw refusal;
    },
  );
  const { list, status } = now;
  results = new Map(status.waiting.map(({ product_order_no, result }) => [product_order_no, result]));
  if (list.shop) by("shop").textContent = list.shop;
  showFiles(list);
  const outcomes = IN_TURN.map((action) => list.outcomes.find((each) => each.action === action)).filter(Boolean);
  by("outcomes").replaceChildren(...outcomes.map(linkOf));
  by("done-link").replaceChildren(words.count_done, count(list.done.length));
  by("nothing-to-do").replaceChildren(words.outcome_none, count(list.nothing_to_do));
}

function showFiles({ as_of, files }) {
  const [date, time] = as_of.split("T");
  by("day").textContent = dayOf(date);
  by("day").title = time;
  by("files-at").hidden = by("fresh").hidden = !files.at;
  if (!files.at) return;
  const [on, at] = files.at.split("T");
  by("files-at").textContent = filled(words.files_as_of, { at: files.of_today ? at : `${shortDay(on)} ${at}` });
  by("fresh").textContent = files.stale ? `○ ${words.out_of_date}` : `● ${words.fresh}`;
  by("fresh").className = files.stale ? "late" : "done";
}

// A day as 2026-11-30 in words, and as short as in a row.
const local = (date) => new Date(`${date}T00:00`);
const dayOf = (date) =>
  new Intl.DateTimeFormat(lang, { month: "long", day: "numeric", weekday: "short" }).format(local(date));
export const shortDay = (date) => date.slice(5).replace("-", ".");

const count = (number) => made("span", { className: "count", textContent: number.toLocaleString() });

function linkOf(outcome) {
  const { action, groups } = outcome;
  const late = groups.some(({ days }) => days !== null && days < 0);
  const dot = made("span", { className: "late" }, made("span", { ariaHidden: "true", textContent: "●" }));
  dot.append(made("span", { className: "unseen", textContent: words.outcome_late }));
  const link = made("a", { href: addressOf(action) }, made("span", {}, nameOf(action)), ...(late ? [dot] : []));
  link.append(count(countOf(outcome)));
  return made("li", {}, link);
}
